//! Parsers of one logical line: a simple statement, the heading of a structure, or a word that parts or closes one.
//!
//! A line is read without knowing what is open around it; [`super::block`] puts lines together.

use crate::syntax::declaration::{Heading, class_extends, declaration, declare, properties, variables};
use crate::syntax::expression::{assignment, expression};
use crate::syntax::primitive::{
    Fault, In, Reason, at, expect, fault, keyword, one_of, peek, semicolon, skip, token, unexpected,
};
use crate::syntax::token::{Keyword, Token};
use crate::syntax::tree::{
    Alias, Block, Expr, For, ForEach, LoopClause, Name, Property, Signature, StatementKind,
};
use chumsky::prelude::*;

/// What one logical line is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Line {
    /// A statement that stands alone.
    Simple(StatementKind),
    /// The heading of a structure.
    Open(Structure),
    /// `Else`
    Else,
    /// `Catch`
    Catch,
    /// `: condition`
    Branch(Expr),
    /// `Until (condition)`
    Until(Expr),
    /// `End if` and its like.
    Close(Keyword),
    /// `#DECLARE(…)`
    Declare(Signature),
    /// `Function …`, `Class constructor …`
    Heading(Box<Heading>),
    /// `Class extends Name`
    Extends(Name),
    /// `property a; b : Text`
    Properties(Vec<Property>),
    /// `Alias name path`
    Alias(Alias),
}

/// The heading of a structure, as far as it is read from its line.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Structure {
    /// `If (condition)`
    If(Expr),
    /// `Case of`
    CaseOf,
    /// `While (condition)`
    While(Expr),
    /// `Repeat`
    Repeat,
    /// `For (…)`, its body empty.
    For(Box<For>),
    /// `For each (…)`, its body empty.
    ForEach(Box<ForEach>),
    /// `Use (target)`
    Use(Expr),
    /// `Try`
    Try,
}

/// A whole line, to its end. A `;` may end it, as it does in code made by hand.
pub(super) fn line<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Line, F> {
    let line = match peek(inp) {
        Some(Token::Keyword(word)) => keyword_line(inp, word)?,
        Some(Token::Colon) => {
            inp.skip();
            Line::Branch(expression(inp)?)
        }
        Some(Token::Declare) => Line::Declare(declare(inp)?),
        _ => Line::Simple(plain(inp)?),
    };
    skip(inp, Token::Semicolon);
    end_of_line(inp)?;
    Ok(line)
}

/// One expression and nothing else.
pub(super) fn lone_expression<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Expr, F> {
    let expression = expression(inp)?;
    end_of_line(inp)?;
    Ok(expression)
}

fn end_of_line<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<(), F> {
    if peek(inp).is_none() { Ok(()) } else { Err(unexpected(inp, ["the end of the line"])) }
}

/// `target:=value`, or an expression alone.
fn plain<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<StatementKind, F> {
    let target = expression(inp)?;
    match peek(inp) {
        Some(Token::Assign(_)) => Ok(StatementKind::Assign(assignment(inp, target)?)),
        _ => Ok(StatementKind::Expression(target)),
    }
}

fn keyword_line<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, word: Keyword) -> Result<Line, F> {
    match word {
        Keyword::If => Ok(Line::Open(Structure::If(after(inp, word)?))),
        Keyword::While => Ok(Line::Open(Structure::While(after(inp, word)?))),
        Keyword::Until => Ok(Line::Until(after(inp, word)?)),
        Keyword::For => for_heading(inp),
        Keyword::ForEach => for_each_heading(inp),
        Keyword::Use => use_heading(inp),
        Keyword::CaseOf => alone(inp, Line::Open(Structure::CaseOf)),
        Keyword::Repeat => alone(inp, Line::Open(Structure::Repeat)),
        Keyword::Try => alone(inp, Line::Open(Structure::Try)),
        Keyword::Else => alone(inp, Line::Else),
        Keyword::Catch => alone(inp, Line::Catch),
        Keyword::Break => alone(inp, Line::Simple(StatementKind::Break)),
        Keyword::Continue => alone(inp, Line::Simple(StatementKind::Continue)),
        Keyword::EndIf
        | Keyword::EndCase
        | Keyword::EndWhile
        | Keyword::EndFor
        | Keyword::EndForEach
        | Keyword::EndUse
        | Keyword::EndTry
        | Keyword::EndSql => alone(inp, Line::Close(word)),
        Keyword::Return => return_(inp),
        Keyword::Var => {
            inp.skip();
            Ok(Line::Simple(StatementKind::Var(variables(inp)?)))
        }
        Keyword::Property => Ok(Line::Properties(properties(inp)?)),
        Keyword::ClassExtends => Ok(Line::Extends(class_extends(inp)?)),
        Keyword::BeginSql => sql(inp),
        Keyword::ElseIf => Err(fault(inp, Reason::ElseIf)),
        Keyword::Alias
        | Keyword::Function
        | Keyword::ClassConstructor
        | Keyword::Exposed
        | Keyword::Local
        | Keyword::Server
        | Keyword::Shared
        | Keyword::Session
        | Keyword::Singleton
        | Keyword::OnHttpGet => declaration(inp),
        Keyword::Get | Keyword::Set | Keyword::Query | Keyword::OrderBy | Keyword::Event => {
            Err(unexpected(inp, ["a statement"]))
        }
    }
}

/// A line that is one word of the language.
fn alone<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, line: Line) -> Result<Line, F> {
    inp.skip();
    Ok(line)
}

/// The condition after `If`, `While` and `Until`: a whole expression, even when it begins with a parenthesis.
fn after<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, word: Keyword) -> Result<Expr, F> {
    keyword(inp, word)?;
    expression(inp)
}

fn return_<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Line, F> {
    inp.skip();
    let value = match peek(inp) {
        None | Some(Token::Semicolon) => None,
        Some(_) => Some(expression(inp)?),
    };
    Ok(Line::Simple(StatementKind::Return(value)))
}

/// `For ($i; start; end; step)`: here the parentheses belong to the statement.
fn for_heading<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Line, F> {
    inp.skip();
    expect(inp, Token::OpenParen, "`(`")?;
    let counter = expression(inp)?;
    let start = next_part(inp)?;
    let end = next_part(inp)?;
    let step = optional_part(inp)?;
    close(inp)?;
    Ok(Line::Open(Structure::For(Box::new(For { counter, start, end, step, body: Block::default() }))))
}

/// `For each ($x; values; begin; end) Until (condition)`
fn for_each_heading<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Line, F> {
    inp.skip();
    expect(inp, Token::OpenParen, "`(`")?;
    let item = expression(inp)?;
    let values = next_part(inp)?;
    let begin = optional_part(inp)?;
    let end = if begin.is_some() { optional_part(inp)? } else { None };
    close(inp)?;
    let clause = match peek(inp) {
        Some(Token::Keyword(Keyword::While)) => Some((LoopClause::While, after(inp, Keyword::While)?)),
        Some(Token::Keyword(Keyword::Until)) => Some((LoopClause::Until, after(inp, Keyword::Until)?)),
        _ => None,
    };
    let heading = ForEach { item, values, begin, end, clause, body: Block::default() };
    Ok(Line::Open(Structure::ForEach(Box::new(heading))))
}

/// `; expression`
fn next_part<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Expr, F> {
    inp.parse(semicolon())?;
    expression(inp)
}

fn optional_part<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Option<Expr>, F> {
    if at(inp, Token::Semicolon) { next_part(inp).map(Some) } else { Ok(None) }
}

fn close<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<(), F> {
    inp.parse(one_of(["`;`", "`)`"], |token| token == Token::CloseParen)).map(|_| ())
}

/// `Use (target)`
fn use_heading<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Line, F> {
    inp.skip();
    let target =
        custom(expression).delimited_by(token(Token::OpenParen, "`(`"), token(Token::CloseParen, "`)`"));
    Ok(Line::Open(Structure::Use(inp.parse(target)?)))
}

/// `Begin SQL`, the text, `End SQL`: one line to the lexer.
fn sql<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Line, F> {
    let begin = inp.cursor();
    inp.skip();
    if at(inp, Token::UnterminatedSql) {
        return Err(F::because(Reason::UnclosedSql, inp.span_since(&begin)));
    }
    let text = expect(inp, Token::Sql, "`End SQL`")?;
    let text = inp.state().slice(text).trim_matches(['\r', '\n']).to_owned();
    Ok(Line::Simple(StatementKind::Sql(text)))
}
