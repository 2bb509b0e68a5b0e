//! Colors of what is typed, by the lexer. Nothing is said by color alone.

use crate::repl::dots;
use crate::repl::knowledge::Knowledge;
use crate::source::span::SourceId;
use crate::syntax::lexer::{FileKind, Lexer};
use crate::syntax::token::Token;
use crate::syntax::{Known, Names};

const KEYWORD: &str = "\x1b[1;34m";
const COMMAND: &str = "\x1b[36m";
const CONSTANT: &str = "\x1b[35m";
const TEXT: &str = "\x1b[32m";
const NUMBER: &str = "\x1b[33m";
const COMMENT: &str = "\x1b[90m";
const WRONG: &str = "\x1b[31m";
const PLAIN: &str = "\x1b[0m";

struct Seen<'a>(&'a dyn Knowledge);

impl Names for Seen<'_> {
    fn find(&self, words: &str) -> Option<Known> {
        self.0.find(words)
    }
}

/// Longer inputs are not colored: it is done again for every key.
const LONGEST: usize = 20_000;

/// The sign at the beginning of a line that goes on with the one before, in the place of the first of the blanks that
/// the editor puts there.
pub const CONTINUED: &str = "\n  ";

/// An input in color, of the same width.
pub fn colored(text: &str, knowledge: &dyn Knowledge) -> String {
    if text.len() > LONGEST {
        return text.to_owned();
    }
    if text.starts_with('.') {
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        let color = if dots::find(name).is_some() { KEYWORD } else { PLAIN };
        return format!("{color}{name}{PLAIN}{rest}");
    }
    let names = Seen(knowledge);
    let mut lexer = Lexer::new(text, SourceId::default(), FileKind::Method, &names);
    let mut spans: Vec<(usize, usize, &str)> = Vec::new();
    let mut line = Vec::new();
    while lexer.next_line(&mut line) {
        for lexeme in &line {
            if let Some(color) = color_of(lexeme.token) {
                spans.push((lexeme.start as usize, lexeme.end as usize, color));
            }
        }
    }
    let (comments, _, open) = lexer.finish();
    spans.extend(comments.iter().map(|c| (c.span.start as usize, c.span.end as usize, COMMENT)));
    spans.extend(open.map(|span| (span.start as usize, text.len(), COMMENT)));
    spans.sort_unstable();
    painted(text, &spans)
}

fn painted(text: &str, spans: &[(usize, usize, &str)]) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut at = 0;
    for (start, end, color) in spans {
        if *start < at || *end > text.len() {
            continue;
        }
        let (Some(before), Some(inside)) = (text.get(at..*start), text.get(*start..*end)) else { continue };
        out.push_str(before);
        // A color ends with its line, so that what the editor draws there is not colored.
        let inside = inside.replace('\n', &format!("{PLAIN}\n{color}"));
        out.push_str(&format!("{color}{inside}{PLAIN}"));
        at = *end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

#[expect(clippy::wildcard_enum_match_arm, reason = "all other tokens look alike")]
fn color_of(token: Token) -> Option<&'static str> {
    match token {
        Token::Keyword(_) | Token::Declare | Token::TryCall => Some(KEYWORD),
        Token::Command(_) | Token::Plugin => Some(COMMAND),
        Token::Constant(_) | Token::ConstantToken(_) => Some(CONSTANT),
        Token::Text => Some(TEXT),
        Token::Number | Token::Hexadecimal | Token::Date | Token::Time => Some(NUMBER),
        Token::UnterminatedText | Token::Unknown => Some(WRONG),
        _ => None,
    }
}

/// The lines behind the first with the sign of a line that goes on, where the editor left room for it.
pub fn with_marks(text: &str, mark: &str) -> String {
    text.replace(CONTINUED, &format!("\n{mark} "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repl::knowledge::LanguageOnly;

    fn bare(text: &str) -> String {
        let mut out = String::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            if c == '\x1b' {
                _ = chars.by_ref().take_while(|c| *c != 'm').count();
            } else {
                out.push(c);
            }
        }
        out
    }

    #[test]
    fn colors_change_no_letter() {
        for text in [
            "$a:=Session info(1)  // x",
            "If (True)\n  /* a\nb",
            "\"open",
            ".vars",
            "ALERT(\"é\")\n  $x",
            "é ◊ \u{1F600} ?",
            "",
        ] {
            assert_eq!(bare(&colored(text, &LanguageOnly)), text);
        }
    }

    #[test]
    fn names_with_blanks_have_one_color() {
        let text = colored("$s:=Session info(1)", &LanguageOnly);
        assert!(text.contains("\x1b[36mSession info\x1b[0m"), "{text:?}");
        assert_eq!(with_marks("If (True)\n    x\n  y", "·"), "If (True)\n·   x\n· y");
    }
}
