//! Parsers of expressions: one flat, left-associative chain of operands, and the ternary around it.
//!
//! Nothing is ever tried and given up: the next token decides. What nests (brackets, unary operators, ternaries) is
//! counted, so that neither reading nor dropping the tree can exhaust the stack.

use crate::source::span::{Span, Spanned};
use crate::syntax::lexer::Lexeme;
use crate::syntax::operator::{BinaryOp, UnaryOp};
use crate::syntax::primitive::{
    Extra, Fault, Few, In, MAX_DEPTH, MAX_HEIGHT, Reason, Tokens, at, expect, fault, is_name, name, one_of,
    peek, semicolon, skip, token, unexpected,
};
use crate::syntax::token::Token;
use crate::syntax::tree::{Argument, Assignment, ConstantRef, Expr, ExprKind, Name};
use chumsky::prelude::*;
use smallvec::SmallVec;

/// What stands where a value is missing.
const VALUE: &str = "a value";

/// A whole expression: a ternary or a chain.
pub(super) fn expression<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Expr, F> {
    enter(inp)?;
    let condition = chain(inp)?;
    let expression = if skip(inp, Token::Question) { ternary(inp, condition)? } else { condition };
    inp.state().depth -= 1;
    Ok(expression)
}

/// One level deeper, or the error that it is too deep.
fn enter<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<(), F> {
    if inp.state().depth >= MAX_DEPTH {
        return Err(fault(inp, Reason::TooDeep));
    }
    inp.state().depth += 1;
    Ok(())
}

/// What follows `condition ?`. The ternary ranks lowest and its branches are whole expressions.
fn ternary<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, condition: Expr) -> Result<Expr, F> {
    let height = inp.state().height;
    let then = raised(inp, expression)?;
    expect(inp, Token::Colon, "`:`")?;
    let otherwise = raised(inp, expression)?;
    let higher = inp.state().height.max(height + 1);
    inp.state().height = higher;
    let span = condition.span.to(otherwise.span);
    Ok(Expr { kind: ExprKind::Ternary(Box::new([condition, then, otherwise])), span })
}

/// Reads a part of a tree, and keeps the height of the tree that contains it.
fn raised<'s, F: Fault<'s>, T>(
    inp: &mut In<'s, '_, F>,
    part: impl FnOnce(&mut In<'s, '_, F>) -> Result<T, F>,
) -> Result<T, F> {
    let outside = std::mem::take(&mut inp.state().height);
    let read = part(inp)?;
    let state = inp.state();
    state.height = outside.max(state.height + 1);
    if state.height > MAX_HEIGHT { Err(fault(inp, Reason::TooLong)) } else { Ok(read) }
}

/// `$a+$b*$c`
fn chain<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Expr, F> {
    let first = operand(inp)?;
    if !matches!(peek(inp), Some(Token::Binary(_))) {
        return Ok(first);
    }
    let Few(rest) = inp.parse(binary().then(custom(operand)).repeated().at_least(1).collect())?;
    let state = inp.state();
    state.height += 1;
    let span = rest.last().map_or(first.span, |(_, last)| first.span.to(last.span));
    Ok(Expr { kind: ExprKind::Chain(Box::new(first), rest), span })
}

/// An operator between two values.
fn binary<'s, F: Fault<'s>>() -> impl Parser<'s, Tokens<'s>, Spanned<BinaryOp>, Extra<'s, F>> + Copy {
    one_of(["an operator"], |token| matches!(token, Token::Binary(_))).map_with(|lexeme: Lexeme, extra| {
        // The other tokens were refused just now.
        let node = if let Token::Binary(op) = lexeme.token { op } else { BinaryOp::Add };
        Spanned { node, span: extra.state().span(lexeme) }
    })
}

/// A value with the unary operators before it, which bind tighter than anything but what stands behind it.
fn operand<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Expr, F> {
    let Some(first) = unary_operator(peek(inp)) else { return raised(inp, value) };
    let mut operators = SmallVec::<[(UnaryOp, Span); 4]>::new();
    let mut next = Some(first);
    while let (Some(op), Some(lexeme)) = (next, inp.peek_ref()) {
        inp.skip();
        operators.push((op, inp.state().span(*lexeme)));
        if operators.len() > MAX_DEPTH as usize {
            return Err(fault(inp, Reason::TooDeep));
        }
        next = unary_operator(peek(inp));
    }
    let mut expr = raised(inp, value)?;
    for (op, place) in operators.into_iter().rev() {
        let span = place.to(expr.span);
        expr = Expr { kind: ExprKind::Unary(op, Box::new(expr)), span };
        inp.state().height += 1;
    }
    Ok(expr)
}

fn unary_operator(token: Option<Token>) -> Option<UnaryOp> {
    match token {
        Some(Token::Binary(BinaryOp::Subtract)) => Some(UnaryOp::Negate),
        Some(Token::Binary(BinaryOp::Add)) => Some(UnaryOp::Plus),
        Some(Token::Arrow) => Some(UnaryOp::PointerTo),
        _ => None,
    }
}

/// A value and all that is read off it: members, indexes, calls, what it points to.
fn value<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Expr, F> {
    let mut expr = primary(inp)?;
    loop {
        let higher = inp.state().height + 1;
        if higher > MAX_HEIGHT {
            return Err(fault(inp, Reason::TooLong));
        }
        expr = match peek(inp) {
            Some(Token::Dot) => member(inp, expr)?,
            Some(Token::OpenParen) if may_be_called(&expr) => call(inp, expr)?,
            Some(Token::OpenBracket) => {
                let (index, span) = bracketed(inp, Token::OpenBracket, Token::CloseBracket, "`]`")?;
                let span = expr.span.to(span);
                Expr { kind: ExprKind::Index(Box::new(expr), Box::new(index)), span }
            }
            Some(Token::OpenCharacter) => {
                let (index, _) = bracketed(inp, Token::OpenCharacter, Token::CloseBracket, "`]]`")?;
                let close = expect(inp, Token::CloseBracket, "a second `]`")?;
                let span = expr.span.to(inp.state().span(close));
                Expr { kind: ExprKind::Character(Box::new(expr), Box::new(index)), span }
            }
            Some(Token::OpenBrace) => {
                let (index, span) = bracketed(inp, Token::OpenBrace, Token::CloseBrace, "`}`")?;
                let span = expr.span.to(span);
                Expr { kind: ExprKind::Element(Box::new(expr), Box::new(index)), span }
            }
            Some(Token::Deref) => dereferenced(inp, expr)?,
            _ => return Ok(expr),
        };
        let state = inp.state();
        state.height = state.height.max(higher);
    }
}

/// A literal is never called: `(` behind it is a mistake better told here.
fn may_be_called(expr: &Expr) -> bool {
    !matches!(
        expr.kind,
        ExprKind::Number(_)
            | ExprKind::Hexadecimal(_)
            | ExprKind::Text(_)
            | ExprKind::Date(..)
            | ExprKind::Time(_)
            | ExprKind::Object(_)
            | ExprKind::Collection(_)
            | ExprKind::Table(..)
            | ExprKind::Field(..)
    )
}

/// An expression between brackets, and the place of all of it.
fn bracketed<'s, F: Fault<'s>>(
    inp: &mut In<'s, '_, F>,
    open: Token,
    close: Token,
    label: &'static str,
) -> Result<(Expr, Span), F> {
    let open = expect(inp, open, "a bracket")?;
    let inside = raised(inp, expression)?;
    let close = expect(inp, close, label)?;
    Ok((inside, inp.state().spread(open, close)))
}

/// `.name`
fn member<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, base: Expr) -> Result<Expr, F> {
    expect(inp, Token::Dot, "`.`")?;
    let name = match inp.peek_ref() {
        // `$o.$cash` is a member whose name begins with `$`.
        Some(lexeme) if lexeme.token == Token::Local => {
            inp.skip();
            let state = inp.state();
            Name { text: state.slice(*lexeme).to_owned(), span: state.span(*lexeme) }
        }
        _ => inp.parse(name("the name of a property"))?,
    };
    let span = base.span.to(name.span);
    Ok(Expr { kind: ExprKind::Member(Box::new(base), name), span })
}

/// `->`, and the member when a name follows: `$p->name` is short for `$p->.name`.
fn dereferenced<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, base: Expr) -> Result<Expr, F> {
    let arrow = expect(inp, Token::Deref, "`->`")?;
    let span = base.span.to(inp.state().span(arrow));
    let pointed = Expr { kind: ExprKind::Deref(Box::new(base)), span };
    if !peek(inp).is_some_and(is_name) {
        return Ok(pointed);
    }
    let name = inp.parse(name("the name of a property"))?;
    let span = span.to(name.span);
    inp.state().height += 1;
    Ok(Expr { kind: ExprKind::Member(Box::new(pointed), name), span })
}

/// `(…; …)` behind what is called.
fn call<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, callee: Expr) -> Result<Expr, F> {
    expect(inp, Token::OpenParen, "`(`")?;
    let arguments = if at(inp, Token::CloseParen) {
        Vec::new()
    } else {
        inp.parse(custom(argument).separated_by(semicolon()).at_least(1).collect::<Few<_>>())?.0
    };
    let close = inp.parse(one_of(["`;`", "`)`"], |token| token == Token::CloseParen))?;
    let span = callee.span.to(inp.state().span(close));
    Ok(Expr { kind: ExprKind::Call(Box::new(callee), arguments), span })
}

/// What stands between two `;` of a call.
fn argument<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Argument, F> {
    match inp.peek_ref().copied() {
        Some(next) if next.token == Token::Semicolon => {
            Ok(Argument::Missing(Span { end: next.start, ..inp.state().span(next) }))
        }
        Some(next) if next.token == Token::CloseParen => Err(fault(inp, Reason::EmptyLastArgument)),
        Some(Lexeme { token: Token::Binary(_), .. }) if unary_operator(peek(inp)).is_none() => {
            let op = inp.parse(binary())?;
            if matches!(peek(inp), Some(Token::Semicolon | Token::CloseParen)) {
                return Ok(Argument::Operator(op));
            }
            Ok(Argument::Clause(op, raised(inp, expression)?))
        }
        _ => {
            let target = raised(inp, expression)?;
            match peek(inp) {
                Some(Token::Assign(_)) => Ok(Argument::Assign(Box::new(assignment(inp, target)?))),
                _ => Ok(Argument::Value(target)),
            }
        }
    }
}

/// `:=` and what follows it. An expression with an operator cannot be assigned to.
pub(super) fn assignment<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, target: Expr) -> Result<Assignment, F> {
    let Some(Token::Assign(op)) = peek(inp) else { return Err(unexpected(inp, ["`:=`"])) };
    if !may_be_assigned(&target) {
        return Err(fault(inp, Reason::NotAssignable));
    }
    inp.skip();
    let value = raised(inp, expression)?;
    Ok(Assignment { target, op, value })
}

fn may_be_assigned(mut expr: &Expr) -> bool {
    // `(OBJECT Get pointer("x")->):=1` is how the editor of forms writes it.
    while let ExprKind::Paren(inside) = &expr.kind {
        expr = inside;
    }
    matches!(
        expr.kind,
        ExprKind::Local(_)
            | ExprKind::Parameter(_)
            | ExprKind::ParameterAt(_)
            | ExprKind::Interprocess(_)
            | ExprKind::Name(_)
            | ExprKind::Field(..)
            | ExprKind::Member(..)
            | ExprKind::Index(..)
            | ExprKind::Character(..)
            | ExprKind::Element(..)
            | ExprKind::Deref(_)
            // A process variable may have the name of a command that came later; `resolve` judges it.
            | ExprKind::Command(..)
            | ExprKind::Constant(..)
            // `OBJECT Get pointer(…):=` is wrong too, but what it means is for `resolve` to say.
            | ExprKind::Call(..)
    )
}

/// A value without anything read off it.
fn primary<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Expr, F> {
    let Some(lexeme) = inp.peek_ref().copied() else { return Err(unexpected(inp, [VALUE])) };
    let next = Some(lexeme.token);
    let state = inp.state();
    let span = state.span(lexeme);
    let kind = match next {
        Some(Token::Local) => ExprKind::Local(state.name(lexeme)),
        Some(Token::Name) => ExprKind::Name(state.name(lexeme)),
        Some(Token::Command(number)) => ExprKind::Command(number, state.name(lexeme)),
        Some(Token::Constant(number)) => ExprKind::Constant(ConstantRef::Known(number), state.name(lexeme)),
        Some(Token::ConstantToken((theme, index))) => {
            ExprKind::Constant(ConstantRef::Token(theme, index), state.name(lexeme))
        }
        Some(Token::Plugin) => ExprKind::Plugin(state.name(lexeme)),
        Some(Token::Interprocess) => ExprKind::Interprocess(state.name(lexeme)),
        Some(Token::TryCall) => ExprKind::Try,
        Some(Token::Number) => ExprKind::Number(state.slice(lexeme).parse().unwrap_or(f64::INFINITY)),
        Some(Token::Text) => ExprKind::Text(unescaped(state.slice(lexeme))),
        Some(Token::Parameter) => match state.slice(lexeme).get(1..).unwrap_or_default().parse() {
            Ok(number) => ExprKind::Parameter(number),
            Err(_) => ExprKind::Local(state.name(lexeme)),
        },
        Some(Token::Hexadecimal | Token::Date | Token::Time) => literal(inp, lexeme)?,
        Some(Token::Table(number)) => return table(inp, lexeme, number),
        Some(Token::OpenParen | Token::OpenBracket | Token::OpenBrace | Token::OpenParameter) => {
            return bracket(inp, lexeme);
        }
        _ => return Err(unexpected(inp, [VALUE])),
    };
    inp.skip();
    Ok(Expr { kind, span })
}

/// A literal that may be written wrong.
fn literal<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, lexeme: Lexeme) -> Result<ExprKind, F> {
    let slice = inp.state().slice(lexeme);
    let (kind, reason) = match Some(lexeme.token) {
        Some(Token::Hexadecimal) => {
            (hexadecimal(slice).map(ExprKind::Hexadecimal), Reason::HexadecimalTooLong)
        }
        Some(Token::Date) => {
            (date(slice).map(|(year, month, day)| ExprKind::Date(year, month, day)), Reason::NoSuchDate)
        }
        _ => (time(slice).map(ExprKind::Time), Reason::NoSuchTime),
    };
    kind.ok_or_else(|| fault(inp, reason))
}

/// What begins with a bracket.
fn bracket<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, open: Lexeme) -> Result<Expr, F> {
    if open.token == Token::OpenBrace {
        return object(inp);
    }
    if open.token == Token::OpenBracket {
        return collection(inp);
    }
    if open.token == Token::OpenParameter {
        let (number, span) = bracketed(inp, Token::OpenParameter, Token::CloseBrace, "`}`")?;
        return Ok(Expr { kind: ExprKind::ParameterAt(Box::new(number)), span });
    }
    let (inside, span) = bracketed(inp, Token::OpenParen, Token::CloseParen, "`)`")?;
    Ok(Expr { kind: ExprKind::Paren(Box::new(inside)), span })
}

/// `[Table]`, `[Table]Field`
fn table<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, lexeme: Lexeme, number: Option<u32>) -> Result<Expr, F> {
    inp.skip();
    let table = inp.state().name(lexeme);
    let span = table.span;
    let Some(Lexeme { token: Token::Field(field_number), .. }) = inp.peek_ref() else {
        return Ok(Expr { kind: ExprKind::Table(table, number), span });
    };
    let field = inp.parse(token(Token::Field(*field_number), "the name of a field"))?;
    let field = inp.state().name(field);
    let span = span.to(field.span);
    Ok(Expr { kind: ExprKind::Field(table, number, Box::new((field, *field_number))), span })
}

/// `{a: 1; "b c": 2}`
fn object<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Expr, F> {
    let open = expect(inp, Token::OpenBrace, "`{`")?;
    let members = if at(inp, Token::CloseBrace) {
        Vec::new()
    } else {
        inp.parse(custom(pair).separated_by(semicolon()).at_least(1).collect::<Few<_>>())?.0
    };
    let close = expect(inp, Token::CloseBrace, "`}`")?;
    let span = inp.state().spread(open, close);
    Ok(Expr { kind: ExprKind::Object(members), span })
}

/// `a: 1`
fn pair<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<(Name, Expr), F> {
    let key = inp.parse(custom(key))?;
    expect(inp, Token::Colon, "`:`")?;
    Ok((key, raised(inp, expression)?))
}

/// The name of a member, bare or quoted. Bare ones may be any word, and begin with `$`.
fn key<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Name, F> {
    let Some(lexeme) = inp.peek_ref().copied() else {
        return Err(unexpected(inp, ["the name of a property"]));
    };
    let state = inp.state();
    let span = state.span(lexeme);
    let text = if lexeme.token == Token::Text {
        unescaped(state.slice(lexeme))
    } else if matches!(lexeme.token, Token::Local | Token::Parameter) {
        state.slice(lexeme).to_owned()
    } else if is_name(lexeme.token) {
        state.name(lexeme).text
    } else {
        return Err(unexpected(inp, ["the name of a property"]));
    };
    inp.skip();
    Ok(Name { text, span })
}

/// `[1; 2]`
fn collection<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Result<Expr, F> {
    let open = expect(inp, Token::OpenBracket, "`[`")?;
    let elements = if at(inp, Token::CloseBracket) {
        Vec::new()
    } else {
        inp.parse(
            custom(|inp| raised(inp, expression)).separated_by(semicolon()).at_least(1).collect::<Vec<_>>(),
        )?
    };
    let close = expect(inp, Token::CloseBracket, "`]`")?;
    let span = inp.state().spread(open, close);
    Ok(Expr { kind: ExprKind::Collection(elements), span })
}

/// A text without its quotes, its escapes resolved. An unknown escape keeps both characters.
fn unescaped(literal: &str) -> String {
    let inside = literal.get(1..literal.len().saturating_sub(1)).unwrap_or_default();
    let Some(first) = inside.find('\\') else { return inside.to_owned() };
    let mut text = String::with_capacity(inside.len());
    let (before, escaped) = inside.split_at(first);
    text.push_str(before);
    let mut characters = escaped.chars();
    while let Some(c) = characters.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match characters.next() {
            Some('n' | 'N') => text.push('\n'),
            Some('t' | 'T') => text.push('\t'),
            Some('r' | 'R') => text.push('\r'),
            Some(c @ ('\\' | '"')) => text.push(c),
            Some(other) => text.extend(['\\', other]),
            None => text.push('\\'),
        }
    }
    text
}

/// `0xFFFFFFFF` is -1: at most eight digits make a 32-bit number.
fn hexadecimal(literal: &str) -> Option<i32> {
    let digits = literal.get(2..)?.trim_start_matches('0');
    if digits.is_empty() {
        return Some(0);
    }
    u32::from_str_radix(digits, 16).ok().map(u32::cast_signed)
}

/// `!2024-01-31!`; and for old code month, day and year, or day, month and year where that alone makes sense.
fn date(literal: &str) -> Option<(i32, u32, u32)> {
    let inside = literal.trim_matches('!');
    let parts: SmallVec<[&str; 3]> = inside.split(['-', '/', '.', ' ']).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let numbers = (first.parse::<u32>().ok()?, second.parse::<u32>().ok()?, third.parse::<u32>().ok()?);
    if numbers == (0, 0, 0) {
        return Some((0, 0, 0));
    }
    let ((year, digits), mut month, mut day) = if inside.contains('-') || first.len() > 2 {
        ((numbers.0, first.len()), numbers.1, numbers.2)
    } else {
        ((numbers.2, third.len()), numbers.0, numbers.1)
    };
    if month > 12 && day <= 12 {
        std::mem::swap(&mut month, &mut day);
    }
    let century = match year {
        _ if digits > 2 => 0,
        0..30 => 2000,
        _ => 1900,
    };
    let year = i32::try_from(year + century).ok()?;
    (1..=12).contains(&month).then_some(())?;
    (1..=days_in(year, month)).contains(&day).then_some((year, month, day))
}

fn days_in(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `?12:30:00?` in seconds; without seconds `?12:30?` is accepted too.
fn time(literal: &str) -> Option<i32> {
    let mut seconds = 0_i32;
    let mut unit = 3600;
    for part in literal.trim_matches('?').split(':') {
        seconds = seconds.checked_add(part.parse::<i32>().ok()?.checked_mul(unit)?)?;
        unit /= 60;
    }
    Some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        assert_eq!(date("!2024-02-29!"), Some((2024, 2, 29)));
        assert_eq!(date("!2023-02-29!"), None);
        assert_eq!(date("!00-00-00!"), Some((0, 0, 0)));
        assert_eq!(date("!00/00/00!"), Some((0, 0, 0)));
        assert_eq!(date("!12/25/98!"), Some((1998, 12, 25)));
        assert_eq!(date("!25/12/29!"), Some((2029, 12, 25)));
        assert_eq!(date("!2018/01/21!"), Some((2018, 1, 21)));
    }

    #[test]
    fn other_literals() {
        assert_eq!(time("?12:30:15?"), Some(45015));
        assert_eq!(time("?99999999:00:00?"), None);
        assert_eq!(hexadecimal("0xFFFFFFFF"), Some(-1));
        assert_eq!(hexadecimal("0x00000000F"), Some(15));
        assert_eq!(hexadecimal("0x1FFFFFFFF"), None);
        assert_eq!(unescaped(r#""a\tb\\c\"\d""#), "a\tb\\c\"\\d");
    }
}
