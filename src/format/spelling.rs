//! How a token is spelled: keywords, commands and constants as 4D writes them, everything else as it was written.

use std::borrow::Cow;

use crate::format::spacing::Role;
use crate::format::{Lexed, Tokens, Vocabulary, tidy};
use crate::syntax::Known;
use crate::syntax::lexer::Lexeme;
use crate::syntax::token::Token;

/// The types that need no class.
pub(super) const TYPES: &[&str] = &[
    "Text",
    "Date",
    "Time",
    "Boolean",
    "Integer",
    "Real",
    "Pointer",
    "Picture",
    "Blob",
    "Collection",
    "Variant",
    "Object",
];

/// The commands that begin the name of a class.
const CLASS_STORES: &[(&str, u16)] = &[("cs", 1710), ("4D", 1709)];

/// The spelling of a token. `next` is the token behind it.
pub(super) fn spelling<'t>(
    lexed: &Lexed<'t>,
    lexeme: &Lexeme,
    role: Role,
    next: Option<Token>,
    vocabulary: Vocabulary<'_>,
    tokens: Tokens,
) -> Cow<'t, str> {
    let text = lexed.of(lexeme);
    if role.is_key {
        return name(text);
    }
    match (lexeme.token, role.is_type) {
        (Token::Keyword(keyword), _) => keyword.spelling().into(),
        (Token::Declare, _) => "#DECLARE".into(),
        (Token::TryCall, _) => "Try".into(),
        (Token::Command(number), _) => command(text, number, role, vocabulary, tokens),
        (Token::Constant(id), _) => constant(text, id, vocabulary, tokens),
        (Token::ConstantToken(token), _) => constant_token(text, token, vocabulary, tokens),
        (Token::Table(number), _) => {
            // A field that has nothing but a number is read only behind a table that has one.
            let is_bare = lexed.text.as_bytes().get(lexeme.end as usize) == Some(&b':');
            table(text, number, if is_bare { Tokens::Keep } else { tokens })
        }
        (Token::Field(number), _) => {
            let (field, _) = without_suffix(text, number.is_some());
            // A field without a name has nothing but its number.
            if tokens == Tokens::Remove && !field.is_empty() { name(field) } else { name(text) }
        }
        (Token::Name, true) => type_name(text, next, tokens),
        (Token::Name | Token::Local | Token::Interprocess | Token::Plugin, _) => name(text),
        _ => text.into(),
    }
}

fn name(text: &str) -> Cow<'_, str> {
    let is_tidy = !text.contains("  ") && !text.chars().any(|c| c != ' ' && c.is_whitespace());
    if is_tidy { text.into() } else { tidy(text).into() }
}

/// A name and the `:C41` or the like behind it.
fn without_suffix(text: &str, has_one: bool) -> (&str, bool) {
    let cut = || text.find(':').and_then(|at| text.get(..at));
    match has_one.then(cut).flatten() {
        Some(name) => (name, true),
        None => (text, false),
    }
}

fn command<'t>(
    text: &'t str,
    number: u16,
    role: Role,
    vocabulary: Vocabulary<'_>,
    tokens: Tokens,
) -> Cow<'t, str> {
    let (written, has_token) = without_suffix(text, text.contains(':'));
    let today = vocabulary.catalog.command(number).map(|entry| entry.name());
    let means = |name: &str| match vocabulary.names.find(name) {
        // The two forms of `Super` share their name.
        Some(Known::Command(1705 | 1706)) => matches!(number, 1705 | 1706),
        Some(Known::Command(found)) => found == number,
        Some(Known::Constant(_) | Known::Method) | None => false,
    };
    // In the name of a class `cs` is no command, whatever it is elsewhere.
    let means = |name: &str| role.is_type || means(name);
    let spelled = match today {
        Some(today) if has_token || means(today) => today,
        _ => written,
    };
    let token = match tokens {
        Tokens::Keep => has_token,
        Tokens::Add => true,
        Tokens::Remove => has_token && !means(spelled),
    };
    with(name(spelled), token, || format!(":C{number}"))
}

fn constant<'t>(text: &'t str, id: u32, vocabulary: Vocabulary<'_>, tokens: Tokens) -> Cow<'t, str> {
    let today = vocabulary.catalog.constant(id).map_or(text, |constant| constant.name);
    let is_it = vocabulary.names.find(today) == Some(Known::Constant(id));
    let token = vocabulary.catalog.constant_token(id).filter(|_| tokens == Tokens::Add);
    let (theme, index) = token.unwrap_or_default();
    with(name(if is_it { today } else { text }), token.is_some(), || format!(":K{theme}:{index}"))
}

fn constant_token<'t>(
    text: &'t str,
    (theme, index): (u16, u16),
    vocabulary: Vocabulary<'_>,
    tokens: Tokens,
) -> Cow<'t, str> {
    let (written, _) = without_suffix(text, true);
    let today = vocabulary.catalog.constant_by_token(theme, index).map(|constant| constant.name);
    let same = today.is_some_and(|today| match vocabulary.names.find(today) {
        Some(Known::Constant(id)) => vocabulary.catalog.constant_token(id) == Some((theme, index)),
        Some(Known::Command(_) | Known::Method) | None => false,
    });
    let keeps = tokens != Tokens::Remove || !same;
    with(name(today.unwrap_or(written)), keeps, || format!(":K{theme}:{index}"))
}

fn with<'t>(name: Cow<'_, str>, has_token: bool, token: impl FnOnce() -> String) -> Cow<'t, str> {
    let mut name = name.into_owned();
    if has_token {
        name.push_str(&token());
    }
    name.into()
}

/// `[Table:3]` without the blanks that may stand in it.
fn table(text: &str, number: Option<u32>, tokens: Tokens) -> Cow<'_, str> {
    let inner = text.trim_start_matches('[').trim_end_matches(']');
    let (inner, _) = without_suffix(inner, number.is_some());
    match number {
        Some(number) if tokens != Tokens::Remove => format!("[{}:{number}]", tidy(inner)).into(),
        _ => format!("[{}]", tidy(inner)).into(),
    }
}

/// `text` is `Text`; the names of classes are theirs.
fn type_name(text: &str, next: Option<Token>, tokens: Tokens) -> Cow<'_, str> {
    if next == Some(Token::Dot) {
        let store = CLASS_STORES.iter().find(|(store, _)| text.eq_ignore_ascii_case(store));
        return match store {
            Some((store, number)) if tokens == Tokens::Add => format!("{store}:C{number}").into(),
            Some((store, _)) => (*store).into(),
            None => text.into(),
        };
    }
    let known = TYPES.iter().find(|known| known.eq_ignore_ascii_case(text));
    known.map_or_else(|| text.into(), |known| (*known).into())
}
