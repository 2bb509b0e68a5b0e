//! Parsers of declarations: `var`, `#DECLARE`, `property`, `Function`, `Class constructor`, `Class extends`, `Alias`.
//!
//! Words are not looked up in these lines, so a variable or a function may have the name of a command.

use crate::source::span::Span;
use crate::syntax::expression::expression;
use crate::syntax::lexer::Lexeme;
use crate::syntax::primitive::{
    Extra, Fault, Few, In, Reason, Tokens, at, expect, fault, is_name, keyword, name, one_of, peek,
    semicolon, skip, token, unexpected,
};
use crate::syntax::statement::Line;
use crate::syntax::token::{Keyword, Token};
use crate::syntax::tree::{
    Alias, Expr, ExprKind, FunctionKind, Modifiers, Name, Parameter, Property, Signature, TypeName,
    VarDeclaration,
};
use chumsky::prelude::*;

/// The heading of a function or constructor.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Heading {
    /// What it is for.
    pub(super) kind: FunctionKind,
    /// The words before it.
    pub(super) modifiers: Modifiers,
    /// Its name.
    pub(super) name: Name,
    /// Parameters and result.
    pub(super) signature: Signature,
}

/// What stands after `var`: `$a; b : Text:=value`
pub(super) fn variables<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<VarDeclaration, F> {
    // Real code has commas here, and 4D takes them.
    let separator = one_of(["`;`"], |token| matches!(token, Token::Semicolon | Token::Comma));
    let Few(names) = inp.parse(custom(variable).separated_by(separator).at_least(1).collect())?;
    let type_ = optional_type(inp)?;
    let value = initial_value(inp, names.len())?;
    Ok(VarDeclaration { names, type_, value })
}

/// `$a`, `a`, `<>a`, `$1`, `${1}`
fn variable<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Expr, F> {
    let Some(lexeme) = inp.peek_ref().copied() else {
        return Err(unexpected(inp, ["the name of a variable"]));
    };
    if lexeme.token == Token::OpenParameter || matches!(lexeme.token, Token::Local | Token::Parameter) {
        return parameter_or_local(inp, lexeme);
    }
    let name = inp.state().name(lexeme);
    let span = name.span;
    let kind = if lexeme.token == Token::Interprocess {
        ExprKind::Interprocess(name)
    } else if is_name(lexeme.token) {
        ExprKind::Name(name)
    } else {
        return Err(unexpected(inp, ["the name of a variable"]));
    };
    inp.skip();
    Ok(Expr { kind, span })
}

fn parameter_or_local<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, lexeme: Lexeme) -> Result<Expr, F> {
    inp.skip();
    let state = inp.state();
    let span = state.span(lexeme);
    if lexeme.token == Token::Local {
        return Ok(Expr { kind: ExprKind::Local(state.name(lexeme)), span });
    }
    if lexeme.token == Token::Parameter {
        let number = state.slice(lexeme).trim_start_matches('$').parse().unwrap_or(u32::MAX);
        return Ok(Expr { kind: ExprKind::Parameter(number), span });
    }
    let number = expression(inp)?;
    let close = expect(inp, Token::CloseBrace, "`}`")?;
    let span = inp.state().spread(lexeme, close);
    Ok(Expr { kind: ExprKind::ParameterAt(Box::new(number)), span })
}

/// `:= value`, which only a single name may have.
fn initial_value<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, names: usize) -> Result<Option<Expr>, F> {
    if !matches!(peek(inp), Some(Token::Assign(_))) {
        return Ok(None);
    }
    if names > 1 {
        return Err(fault(inp, Reason::SeveralInitialised));
    }
    expect(inp, Token::Assign(crate::syntax::operator::AssignOp::Assign), "`:=`")?;
    expression(inp).map(Some)
}

/// `: Text`, when it is there.
fn optional_type<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Option<TypeName>, F> {
    if skip(inp, Token::Colon) { inp.parse(type_name()).map(Some) } else { Ok(None) }
}

/// `Text`, `cs.Person`, `4D.File`
fn type_name<'s, F: Fault<'s>>() -> impl Parser<'s, Tokens<'s>, TypeName, Extra<'s, F>> + Copy {
    let part = name("a type");
    part.separated_by(token(Token::Dot, "`.`")).at_least(1).collect::<Vec<_>>().map(|parts: Vec<Name>| {
        let span = match (parts.first(), parts.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => Span::default(),
        };
        TypeName { path: parts.into_iter().map(|part| part.text).collect(), span }
    })
}

/// `#DECLARE(…) -> $result : Type`
pub(super) fn declare<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Signature, F> {
    let word = expect(inp, Token::Declare, "`#DECLARE`")?;
    let span = inp.state().span(word);
    signature(inp, span)
}

/// `($a : Text; ... : Real) -> $r : Text`, or `: Text` for the result; each part may be missing.
fn signature<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, from: Span) -> Result<Signature, F> {
    let mut signature = Signature { span: from, ..Signature::default() };
    if let Some(open) = inp.peek_ref().copied().filter(|lexeme| lexeme.token == Token::OpenParen) {
        inp.skip();
        signature.span = inp.state().span(open);
        if !at(inp, Token::CloseParen) {
            parameters(inp, &mut signature)?;
        }
        let close = inp.parse(one_of(["`;`", "`)`"], |token| token == Token::CloseParen))?;
        signature.span.end = close.end;
    }
    if matches!(peek(inp), Some(Token::Arrow | Token::Deref)) {
        inp.skip();
        let name = inp.parse(dollar_name("the name of the result, which begins with `$`"))?;
        signature.span.end = name.span.end;
        signature.result_name = Some(name);
    }
    signature.result_type = optional_type(inp)?;
    if let Some(type_) = &signature.result_type {
        signature.span.end = type_.span.end;
    }
    Ok(signature)
}

/// `$name`, without its `$`.
fn dollar_name<'s, F: Fault<'s>>(
    label: &'static str,
) -> impl Parser<'s, Tokens<'s>, Name, Extra<'s, F>> + Copy {
    one_of([label], |token| matches!(token, Token::Local | Token::Parameter)).map_with(
        |lexeme: Lexeme, extra| {
            let state = extra.state();
            let text = state.slice(lexeme).trim_start_matches('$').to_owned();
            Name { text, span: state.span(lexeme) }
        },
    )
}

/// What stands between the parentheses, when something does.
fn parameters<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, signature: &mut Signature) -> Result<(), F> {
    loop {
        if skip(inp, Token::Ellipsis) {
            signature.variadic = Some(optional_type(inp)?);
            return Ok(());
        }
        let name = inp.parse(dollar_name("a parameter, which begins with `$`"))?;
        let type_ = optional_type(inp)?;
        signature.parameters.push(Parameter { name, type_ });
        if !skip(inp, Token::Semicolon) {
            return Ok(());
        }
    }
}

/// `property a; b : Text`, one entry a name.
pub(super) fn properties<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Vec<Property>, F> {
    let word = keyword(inp, Keyword::Property)?;
    let first = inp.state().span(word);
    let names = name("the name of a property").separated_by(semicolon()).at_least(1).collect::<Vec<_>>();
    let names = inp.parse(names)?;
    let type_ = optional_type(inp)?;
    let value = initial_value(inp, names.len())?;
    let mut span = names.last().map_or(first, |name| first.to(name.span));
    span = type_.as_ref().map_or(span, |type_| span.to(type_.span));
    span = value.as_ref().map_or(span, |value| span.to(value.span));
    let property = |name| Property { name, type_: type_.clone(), value: value.clone(), span };
    Ok(names.into_iter().map(property).collect())
}

/// `Class extends Name`
pub(super) fn class_extends<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Name, F> {
    keyword(inp, Keyword::ClassExtends)?;
    let path = inp.parse(type_name())?;
    Ok(Name { text: path.path.join("."), span: path.span })
}

/// `shared exposed Function …`, `singleton Class constructor …`, `exposed Alias …`
pub(super) fn declaration<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Line, F> {
    let start = inp.peek_ref().copied();
    let mut modifiers = Modifiers::default();
    while let Some(Token::Keyword(word)) = peek(inp) {
        let flag = match Some(word) {
            Some(Keyword::Exposed) => &mut modifiers.exposed,
            Some(Keyword::Local) => &mut modifiers.local,
            Some(Keyword::Server) => &mut modifiers.server,
            Some(Keyword::Shared) => &mut modifiers.shared,
            Some(Keyword::Session) => &mut modifiers.session,
            Some(Keyword::Singleton) => &mut modifiers.singleton,
            Some(Keyword::OnHttpGet) => &mut modifiers.on_http_get,
            _ => return named(inp, word, modifiers, start),
        };
        *flag = true;
        inp.skip();
    }
    Err(unexpected(inp, ["`Function`"]))
}

/// What follows the modifiers.
fn named<'s, F: Fault<'s>>(
    inp: &mut In<'s, '_, F>,
    word: Keyword,
    modifiers: Modifiers,
    start: Option<Lexeme>,
) -> Result<Line, F> {
    let lexeme = keyword(inp, word)?;
    if word == Keyword::Alias {
        return alias(inp, modifiers.exposed, start.unwrap_or(lexeme)).map(Line::Alias);
    }
    if word == Keyword::ClassConstructor {
        let name = Name { text: "constructor".to_owned(), span: inp.state().span(lexeme) };
        let signature = signature(inp, name.span.after())?;
        return Ok(Line::Heading(Box::new(Heading {
            kind: FunctionKind::Constructor,
            modifiers,
            name,
            signature,
        })));
    }
    if word != Keyword::Function {
        return Err(unexpected(inp, ["`Function`"]));
    }
    let kind = function_kind(inp)?;
    let attribute = matches!(kind, FunctionKind::Event(_));
    let name = match peek(inp) {
        // `Function event restrict` is for the whole class, not for an attribute.
        next if attribute && !next.is_some_and(is_name) => {
            Name { text: String::new(), span: inp.state().span(lexeme) }
        }
        _ => inp.parse(name("the name of a function"))?,
    };
    let signature = signature(inp, name.span.after())?;
    Ok(Line::Heading(Box::new(Heading { kind, modifiers, name, signature })))
}

/// `get`, `set`, `query`, `orderBy`, `event restrict` or nothing.
fn function_kind<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<FunctionKind, F> {
    let kind = match peek(inp) {
        Some(Token::Keyword(Keyword::Get)) => FunctionKind::Get,
        Some(Token::Keyword(Keyword::Set)) => FunctionKind::Set,
        Some(Token::Keyword(Keyword::Query)) => FunctionKind::Query,
        Some(Token::Keyword(Keyword::OrderBy)) => FunctionKind::OrderBy,
        Some(Token::Keyword(Keyword::Event)) => {
            inp.skip();
            return Ok(FunctionKind::Event(inp.parse(name("the name of an event"))?.text));
        }
        _ => return Ok(FunctionKind::Plain),
    };
    inp.skip();
    Ok(kind)
}

/// `Alias name path.to.x`
fn alias<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, exposed: bool, start: Lexeme) -> Result<Alias, F> {
    let alias = inp.parse(name("the name of an attribute"))?;
    let path = name("the path of an attribute")
        .separated_by(token(Token::Dot, "`.`"))
        .at_least(1)
        .collect::<Vec<_>>();
    let path = inp.parse(path)?;
    let span = inp.state().span(start);
    let span = path.last().map_or(span, |last| span.to(last.span));
    Ok(Alias { name: alias, path, exposed, span })
}
