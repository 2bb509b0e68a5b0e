//! What the parsers share: the input, the two kinds of error, and parsers of single tokens.
//!
//! A parser here is a plain function over chumsky's `InputRef` that decides by the next token and hands the rest to
//! combinators, so that no alternative is tried in vain. Every function is compiled twice: with [`EmptyErr`], which costs
//! nothing, for all lines; and with [`Rich`], which remembers what was expected, for a line that failed.

use crate::source::span::{SourceId, Span};
use crate::syntax::lexer::Lexeme;
use crate::syntax::token::{Keyword, Token};
use crate::syntax::tree::Name;
use chumsky::error::{EmptyErr, Error, LabelError, Rich};
use chumsky::extra::{Full, SimpleState};
use chumsky::input::InputRef;
use chumsky::prelude::*;
use chumsky::util::MaybeRef;

/// How deep brackets, unary operators and ternaries may nest.
pub(super) const MAX_DEPTH: u32 = 256;
/// How high the tree of one expression may grow; only chains of members and calls come near.
pub(super) const MAX_HEIGHT: u32 = 2_000;

/// The tokens of one logical line.
pub(super) type Tokens<'s> = &'s [Lexeme];
/// What parsers carry along: the kind of error and the [`Context`].
pub(super) type Extra<'s, F> = Full<F, SimpleState<Context<'s>>, ()>;
/// Where a parser reads.
pub(super) type In<'s, 'p, F> = InputRef<'s, 'p, Tokens<'s>, Extra<'s, F>>;
/// The error of the second reading.
pub(super) type Careful<'s> = Rich<'s, Lexeme, SimpleSpan, Reason>;
/// The error of the first reading.
pub(super) type Quick = EmptyErr;

/// Why a line is wrong, when more is known than the tokens that would have been right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// More than [`MAX_DEPTH`] levels.
    TooDeep,
    /// More than [`MAX_HEIGHT`] members, calls and indexes.
    TooLong,
    /// `f(1;)`
    EmptyLastArgument,
    /// `$a+$b:=1`
    NotAssignable,
    /// `var $a; $b:=1`
    SeveralInitialised,
    /// `!2024-02-31!`
    NoSuchDate,
    /// `?99999999:00:00?`
    NoSuchTime,
    /// `0x123456789`
    HexadecimalTooLong,
    /// `Else if`
    ElseIf,
    /// `Begin SQL` without an end; the span is that of the words.
    UnclosedSql,
}

/// An error of either reading.
pub(super) trait Fault<'s>:
    Error<'s, Tokens<'s>> + LabelError<'s, Tokens<'s>, &'static str> + Clone
{
    /// A reason instead of a set of tokens.
    fn because(reason: Reason, span: SimpleSpan) -> Self;
}

impl Fault<'_> for Quick {
    fn because(_: Reason, _: SimpleSpan) -> Self {
        Self::default()
    }
}

impl<'s> Fault<'s> for Careful<'s> {
    fn because(reason: Reason, span: SimpleSpan) -> Self {
        Rich::custom(span, reason)
    }
}

/// What a parser knows beside the tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'s> {
    text: &'s str,
    source: SourceId,
    /// How many expressions are being read inside one another.
    pub(super) depth: u32,
    /// How high the tree of what was read last is.
    pub(super) height: u32,
}

impl<'s> Context<'s> {
    pub(super) fn new(text: &'s str, source: SourceId) -> Self {
        Self { text, source, depth: 0, height: 0 }
    }

    /// The characters of a token.
    pub(super) fn slice(&self, lexeme: Lexeme) -> &'s str {
        self.text.get(lexeme.start as usize..lexeme.end as usize).unwrap_or_default()
    }

    /// The place of a token.
    pub(super) fn span(&self, lexeme: Lexeme) -> Span {
        Span::new(self.source, lexeme.start, lexeme.end)
    }

    /// The place from the beginning of one token to the end of another.
    pub(super) fn spread(&self, first: Lexeme, last: Lexeme) -> Span {
        Span::new(self.source, first.start, last.end)
    }

    /// The name that a token holds, without sigil, brackets and token suffix, its words joined by one blank.
    pub(super) fn name(&self, lexeme: Lexeme) -> Name {
        let slice = self.slice(lexeme);
        let bare = match Some(lexeme.token) {
            Some(Token::Name | Token::Constant(_)) => slice,
            Some(Token::Local) => slice.get(1..).unwrap_or_default(),
            Some(Token::Interprocess) => slice.trim_start_matches(['<', '>', '◊']),
            Some(Token::Table(_)) => before_colon(slice).trim_matches(['[', ']', ' ', '\t', '\u{A0}']),
            _ => before_colon(slice),
        };
        Name { text: joined(bare), span: self.span(lexeme) }
    }
}

/// A vector that takes no more room than it needs while it is short: most calls have one or two arguments, and a tree
/// is made of little else. A plain vector would hold four from the first one on.
pub(super) struct Few<T>(pub(super) Vec<T>);

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut vector = Vec::new();
        for item in items {
            if vector.len() < 2 {
                vector.reserve_exact(1);
            }
            vector.push(item);
        }
        Self(vector)
    }
}

fn before_colon(text: &str) -> &str {
    // Names are short: looking at each byte is quicker than any search made for long texts.
    let end = text.bytes().position(|byte| byte == b':');
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// The words of a name with one blank between.
fn joined(text: &str) -> String {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\u{A0}' | '\u{FEFF}' | '\u{C}' | '\u{B}');
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return text.to_owned();
    }
    let mut name = String::with_capacity(text.len());
    for word in text.split(blank).filter(|word| !word.is_empty()) {
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word);
    }
    name
}

/// The next token, which stays where it is.
pub(super) fn peek<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>) -> Option<Token> {
    inp.peek_ref().map(|lexeme| lexeme.token)
}

/// Whether the next token is this one.
pub(super) fn at<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, token: Token) -> bool {
    peek(inp) == Some(token)
}

/// Takes the next token if it is this one.
pub(super) fn skip<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, token: Token) -> bool {
    let found = at(inp, token);
    if found {
        inp.skip();
    }
    found
}

/// The error that something else stands where one of these was expected, for a parser of one token.
fn mismatch<'s, F: Fault<'s>>(
    inp: &mut In<'s, '_, F>,
    expected: impl IntoIterator<Item = &'static str>,
) -> F {
    let checkpoint = inp.save();
    let found = inp.next_ref().map(MaybeRef::Ref);
    let span = inp.span_since(checkpoint.cursor());
    inp.rewind(checkpoint);
    F::expected_found(expected, found, span)
}

/// The same for a parser of more: what a part of it may have expected further on, or here, is not forgotten.
pub(super) fn unexpected<'s, F: Fault<'s>>(
    inp: &mut In<'s, '_, F>,
    expected: impl IntoIterator<Item = &'static str>,
) -> F {
    let error = mismatch(inp, expected);
    inp.parse(custom(|_: &mut In<'s, '_, F>| Err::<(), F>(error.clone()))).err().unwrap_or(error)
}

/// The error that this reason gives, at the next token. It replaces whatever else was expected.
pub(super) fn fault<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, reason: Reason) -> F {
    let checkpoint = inp.save();
    inp.next_ref();
    let error = F::because(reason, inp.span_since(checkpoint.cursor()));
    inp.rewind(checkpoint);
    // Reading makes chumsky forget what it remembers of other errors.
    let _forgotten = inp.parse(custom(|_: &mut In<'s, '_, F>| Err::<(), F>(error.clone())));
    error
}

/// One of these tokens.
pub(super) fn one_of<'s, F: Fault<'s>, const N: usize>(
    labels: [&'static str; N],
    wanted: impl Fn(Token) -> bool + Copy,
) -> impl Parser<'s, Tokens<'s>, Lexeme, Extra<'s, F>> + Copy {
    custom(move |inp: &mut In<'s, '_, F>| match inp.peek_ref() {
        Some(lexeme) if wanted(lexeme.token) => {
            inp.skip();
            Ok(*lexeme)
        }
        _ => Err(mismatch(inp, labels)),
    })
}

/// Exactly this token.
pub(super) fn token<'s, F: Fault<'s>>(
    wanted: Token,
    label: &'static str,
) -> impl Parser<'s, Tokens<'s>, Lexeme, Extra<'s, F>> + Copy {
    one_of([label], move |token| token == wanted)
}

/// Exactly this token, now.
pub(super) fn expect<'s, F: Fault<'s>>(
    inp: &mut In<'s, '_, F>,
    wanted: Token,
    label: &'static str,
) -> Result<Lexeme, F> {
    inp.parse(token(wanted, label))
}

/// Whether a token is a name in the wide sense of declarations, where no command is meant.
pub(super) fn is_name(token: Token) -> bool {
    matches!(
        token,
        Token::Name
            | Token::Command(_)
            | Token::Constant(_)
            | Token::ConstantToken(_)
            | Token::Plugin
            | Token::TryCall
    )
}

/// Any name, whether it is known or not.
pub(super) fn name<'s, F: Fault<'s>>(
    label: &'static str,
) -> impl Parser<'s, Tokens<'s>, Name, Extra<'s, F>> + Copy {
    one_of([label], is_name).map_with(|lexeme, extra| extra.state().name(lexeme))
}

/// `;`
pub(super) fn semicolon<'s, F: Fault<'s>>() -> impl Parser<'s, Tokens<'s>, Lexeme, Extra<'s, F>> + Copy {
    token(Token::Semicolon, "`;`")
}

/// Takes the keyword that the line is known to begin with.
pub(super) fn keyword<'s, F: Fault<'s>>(inp: &mut In<'s, '_, F>, keyword: Keyword) -> Result<Lexeme, F> {
    expect(inp, Token::Keyword(keyword), keyword.spelling())
}
