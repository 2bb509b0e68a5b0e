//! Whether two texts are the same code: the same tokens on the same logical lines, and the same comments.

use crate::builtin::catalog::Catalog;
use crate::format::spelling::TYPES;
use crate::format::{Lexed, tidy};
use crate::syntax::lexer::Lexeme;
use crate::syntax::token::Token;

/// Whether `new` does what `old` does.
pub(super) fn same_code(old: &Lexed<'_>, new: &Lexed<'_>, catalog: &Catalog) -> bool {
    let same_line = |(old_line, new_line): (&Vec<Lexeme>, &Vec<Lexeme>)| {
        old_line.len() == new_line.len()
            && old_line.iter().zip(new_line).all(|(a, b)| same(a, old.of(a), b, new.of(b), catalog))
    };
    let comment = |lexed: &Lexed<'_>, index: usize| {
        lexed
            .comments
            .get(index)
            .map_or_else(String::new, |comment| lexed.slice(comment.span.start, comment.span.end).to_owned())
    };
    old.lines.len() == new.lines.len()
        && old.lines.iter().zip(&new.lines).all(same_line)
        && old.comments.len() == new.comments.len()
        && (0..old.comments.len()).all(|index| comment(old, index) == comment(new, index))
}

fn same(old: &Lexeme, old_text: &str, new: &Lexeme, new_text: &str, catalog: &Catalog) -> bool {
    let constant = |token: Token| {
        if let Token::Constant(id) = token {
            catalog.constant_token(id)
        } else if let Token::ConstantToken(token) = token {
            Some(token)
        } else {
            None
        }
    };
    match (old.token, new.token) {
        (Token::Command(a), Token::Command(b)) => a == b,
        (Token::Constant(a), Token::Constant(b)) => a == b,
        (Token::Constant(_) | Token::ConstantToken(_), Token::Constant(_) | Token::ConstantToken(_)) => {
            constant(old.token).is_some() && constant(old.token) == constant(new.token)
        }
        // `cs` in the name of a class, with its token and without.
        (Token::Command(_), Token::Name) => {
            old_text.split(':').next().is_some_and(|name| name.eq_ignore_ascii_case(new_text))
        }
        (Token::Name, Token::Command(_)) => {
            new_text.split(':').next().is_some_and(|name| name.eq_ignore_ascii_case(old_text))
        }
        (Token::Table(_), Token::Table(_)) | (Token::Field(_), Token::Field(_)) => {
            bare(old_text) == bare(new_text)
        }
        (a, b) if a != b => false,
        (Token::Name, _) => {
            let is_type = || TYPES.contains(&new_text) || ["cs", "4D"].contains(&new_text);
            tidy(old_text) == tidy(new_text) || old_text.eq_ignore_ascii_case(new_text) && is_type()
        }
        (Token::Local | Token::Interprocess | Token::Plugin, _) => tidy(old_text) == tidy(new_text),
        (Token::Keyword(_) | Token::TryCall | Token::Declare, _) => true,
        _ => old_text == new_text,
    }
}

/// The name of a table or field without brackets and token; without a name, the token.
fn bare(text: &str) -> String {
    let text = text.trim_start_matches('[').trim_end_matches(']');
    match text.split_once(':') {
        Some(("", _)) | None => tidy(text),
        Some((name, _)) => tidy(name),
    }
}
