//! What a user reads when a line or a block is wrong.
//!
//! Parsing resumes with the next line, so one run tells every syntax error of a file, and the blocks around a bad line
//! keep their shape. A bad line is told by the most telling of: a character or text that no token is made of; a mistake
//! that people bring from other languages; a bracket without its fellow; and else by what chumsky expected.

use crate::diagnostics::{Code, Diagnostic};
use crate::source::span::{SourceId, Span};
use crate::syntax::block::MAX_BLOCKS;
use crate::syntax::lexer::{FOREIGN_WORDS, Lexeme, MAX_LINE_TOKENS};
use crate::syntax::operator::BinaryOp;
use crate::syntax::primitive::{Careful, MAX_DEPTH, MAX_HEIGHT, Reason};
use crate::syntax::token::{Keyword, Token};
use chumsky::error::{RichPattern, RichReason};

const UNEXPECTED: Code = Code::Quatre(1001);
const UNTERMINATED_TEXT: Code = Code::Quatre(1002);
const NEVER_CLOSED: Code = Code::Quatre(1003);
const CLOSES_NOTHING: Code = Code::Quatre(1004);
const WRONG_CLOSER: Code = Code::Quatre(1005);
const OUT_OF_PLACE: Code = Code::Quatre(1006);
const OPEN_BRACKET: Code = Code::Quatre(1007);
const WRONG_BRACKET: Code = Code::Quatre(1008);
const UNKNOWN_CHARACTER: Code = Code::Quatre(1009);
const TOO_DEEP: Code = Code::Quatre(1010);
const COMMA: Code = Code::Quatre(1011);
const FOREIGN_OPERATOR: Code = Code::Quatre(1012);
const ELSE_IF: Code = Code::Quatre(1013);
const NOT_ASSIGNABLE: Code = Code::Quatre(1014);
const DECLARATION_OUT_OF_PLACE: Code = Code::Quatre(1015);
const SEVERAL_INITIALISED: Code = Code::Quatre(1016);
const BAD_LITERAL: Code = Code::Quatre(1017);
const UNCLOSED_COMMENT: Code = Code::Quatre(1018);
const CODE_OUTSIDE_FUNCTION: Code = Code::Quatre(1019);
const EMPTY_ARGUMENT: Code = Code::Quatre(1020);

/// A line that could not be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct BadLine<'t> {
    pub(super) text: &'t str,
    pub(super) source: SourceId,
    pub(super) tokens: &'t [Lexeme],
}

impl<'t> BadLine<'t> {
    fn span(&self, lexeme: Lexeme) -> Span {
        Span::new(self.source, lexeme.start, lexeme.end)
    }

    fn slice(&self, lexeme: Lexeme) -> &'t str {
        self.text.get(lexeme.start as usize..lexeme.end as usize).unwrap_or_default()
    }

    fn token(&self, index: usize) -> Option<Lexeme> {
        self.tokens.get(index).copied()
    }

    /// The place just behind the last token.
    fn end(&self) -> Span {
        self.tokens.last().map_or(Span::new(self.source, 0, 0), |last| self.span(*last).after())
    }

    /// What is wrong with the line, given where reading stopped.
    pub(super) fn explain(&self, error: &Careful<'_>) -> Vec<Diagnostic> {
        let unreadable = self.unreadable();
        if !unreadable.is_empty() {
            return unreadable;
        }
        let index = error.span().start;
        let diagnostic = match error.reason() {
            RichReason::Custom(reason) => self.reason(*reason, index, error.span().end),
            RichReason::ExpectedFound { expected, .. } => self
                .foreign(index)
                .or_else(|| self.brackets(index))
                .unwrap_or_else(|| self.expected(expected, index)),
        };
        vec![diagnostic]
    }

    /// The first text without an end, or character that means nothing. More of them come from the same mistake.
    fn unreadable(&self) -> Vec<Diagnostic> {
        let bad = |lexeme: &&Lexeme| {
            matches!(lexeme.token, Token::UnterminatedText | Token::Unknown | Token::OldComment)
        };
        let tell = |lexeme: &Lexeme| {
            if lexeme.token == Token::UnterminatedText {
                let message = "this text has no closing quotation mark";
                Diagnostic::error(UNTERMINATED_TEXT, message)
                    .at(self.span(*lexeme), "the text begins here")
                    .help("a text ends on the line where it begins; write `\\\"` for a quotation mark inside it")
            } else {
                self.unknown(*lexeme)
            }
        };
        self.tokens.iter().filter(bad).take(1).map(tell).collect()
    }

    fn unknown(&self, lexeme: Lexeme) -> Diagnostic {
        let slice = self.slice(lexeme);
        let first = slice.chars().next().unwrap_or_default();
        let span = self.span(lexeme);
        if let Some((_, meant)) = LOOKALIKES.iter().find(|(c, _)| *c == first) {
            let message = format!("`{first}` means nothing in 4D");
            return Diagnostic::error(UNKNOWN_CHARACTER, message)
                .at(span, "not a character of the language")
                .help(format!("write `{meant}`"));
        }
        if first == '!' && self.text.get(lexeme.end as usize..).is_some_and(|rest| rest.starts_with('=')) {
            let span = Span { end: span.end + 1, ..span };
            return foreign_operator("!=", "4D writes \"not equal\" as `#`", span, "#");
        }
        if first == '\'' {
            return Diagnostic::error(UNKNOWN_CHARACTER, "`'` means nothing in 4D")
                .at(span, "not a character of the language")
                .help("a text stands between double quotation marks: `\"text\"`");
        }
        let shown: String = slice.chars().take(8).flat_map(char::escape_debug).collect();
        let message = if slice.chars().nth(1).is_none() {
            format!("`{shown}` means nothing in 4D")
        } else {
            "these characters mean nothing in 4D".to_owned()
        };
        Diagnostic::error(UNKNOWN_CHARACTER, message).at(span, "not part of the language")
    }

    fn reason(&self, reason: Reason, index: usize, end: usize) -> Diagnostic {
        let span = self.token(index).map_or_else(|| self.end(), |lexeme| self.span(lexeme));
        let slice = self.token(index).map_or("", |lexeme| self.slice(lexeme));
        match reason {
            Reason::TooDeep => Diagnostic::error(TOO_DEEP, "this expression is nested too deeply")
                .at(span, format!("more than {MAX_DEPTH} levels"))
                .help("compute parts of it first, into variables"),
            Reason::TooLong => Diagnostic::error(TOO_DEEP, "this chain of members and calls is too long")
                .at(span, format!("more than {MAX_HEIGHT} links"))
                .help("compute parts of it first, into variables"),
            Reason::EmptyLastArgument => Diagnostic::error(EMPTY_ARGUMENT, "the last argument is missing")
                .at(span, "a value was expected before this")
                .help("remove the `;` before the `)`"),
            Reason::NotAssignable => Diagnostic::error(NOT_ASSIGNABLE, "only one thing can be given a value")
                .at(span, "what stands before this is a computed value")
                .help("`=` compares; `:=` needs a variable, a field, a property or an element on its left"),
            Reason::SeveralInitialised => Diagnostic::error(
                SEVERAL_INITIALISED,
                "a value can be given to one name of a declaration only",
            )
            .at(span, "this line declares several")
            .help("declare each on its own line, or assign the values after the declaration"),
            Reason::NoSuchDate => Diagnostic::error(BAD_LITERAL, format!("there is no date `{slice}`"))
                .at(span, "not in the calendar")
                .help("dates are written `!year-month-day!`; the null date is `!00-00-00!`"),
            Reason::NoSuchTime => Diagnostic::error(BAD_LITERAL, format!("there is no time `{slice}`"))
                .at(span, "too large")
                .help("times are written `?hours:minutes:seconds?`"),
            Reason::HexadecimalTooLong => {
                Diagnostic::error(BAD_LITERAL, format!("`{slice}` does not fit 32 bits"))
                    .at(span, "more than 8 digits")
            }
            Reason::ElseIf => Diagnostic::error(ELSE_IF, "4D has no `Else if`")
                .at(span, "two words of the language on one line")
                .help("use `Case of`, or write `Else` and, on the next line, an `If` with its own `End if`"),
            Reason::UnclosedSql => {
                let last =
                    self.token(end.saturating_sub(2).min(index)).map_or(span, |lexeme| self.span(lexeme));
                never_closed(Keyword::BeginSql, last, None)
            }
        }
    }

    /// What other languages write.
    fn foreign(&self, index: usize) -> Option<Diagnostic> {
        let found = self.token(index);
        let before = index.checked_sub(1).and_then(|index| self.token(index));
        if let (Some(before), Some(found)) = (before, found) {
            let span = self.span(before).to(self.span(found));
            let pair = (before.token, found.token, before.end == found.start);
            let message = match pair {
                (Token::Binary(BinaryOp::Equal), Token::Binary(BinaryOp::Equal), true) => {
                    Some(("==", "4D compares with `=`", "="))
                }
                (Token::Binary(BinaryOp::Equal), Token::Binary(BinaryOp::Greater), true) => {
                    Some(("=>", "write `>=`, or `->` for a pointer", ">="))
                }
                (Token::Binary(BinaryOp::Equal), Token::Binary(BinaryOp::Less), true) => {
                    Some(("=<", "write `<=`", "<="))
                }
                (Token::Binary(BinaryOp::Multiply), Token::Binary(BinaryOp::Multiply), true) => {
                    Some(("**", "4D writes a power as `^`", "^"))
                }
                _ => None,
            };
            if let Some((written, help, meant)) = message {
                return Some(foreign_operator(written, help, span, meant));
            }
        }
        let Some(found) = found else { return self.increment() };
        let span = self.span(found);
        let word = self.slice(found);
        match Some(found.token) {
            Some(Token::Comma) => Some(
                Diagnostic::error(COMMA, "`,` separates nothing in 4D")
                    .at(span, "a comma")
                    .help("separate with `;`; the decimal sign is `.`")
                    .fix("replace by `;`", span, ";"),
            ),
            Some(Token::Diamond) => Some(foreign_operator("<>", "4D writes \"not equal\" as `#`", span, "#")),
            Some(Token::Interprocess) if before.is_some_and(|before| before.token.ends_value()) => {
                let span = Span { end: span.start + 2, ..span };
                Some(foreign_operator(
                    "<>",
                    "4D writes \"not equal\" as `#`; `<>` begins the name of an interprocess variable",
                    span,
                    "#",
                ))
            }
            Some(Token::Name) => {
                let (_, meant) =
                    FOREIGN_WORDS.iter().find(|(written, _)| word.eq_ignore_ascii_case(written))?;
                let help = if meant.is_empty() { "remove it".to_owned() } else { format!("write `{meant}`") };
                let message = format!("`{word}` is no operator of 4D");
                Some(Diagnostic::error(FOREIGN_OPERATOR, message).at(span, "a name to 4D").help(help))
            }
            _ => None,
        }
    }

    /// `$i++`
    fn increment(&self) -> Option<Diagnostic> {
        let [.., first, second] = self.tokens else { return None };
        let (written, meant) = match (first.token, second.token) {
            (Token::Binary(BinaryOp::Add), Token::Binary(BinaryOp::Add)) => ("++", "+=1"),
            (Token::Binary(BinaryOp::Subtract), Token::Binary(BinaryOp::Subtract)) => ("--", "-=1"),
            _ => return None,
        };
        let span = self.span(*first).to(self.span(*second));
        Some(foreign_operator(written, &format!("write `{meant}`"), span, meant))
    }

    /// A bracket without its fellow, when that is what stopped the reading at this token.
    fn brackets(&self, index: usize) -> Option<Diagnostic> {
        let mut open: Vec<Lexeme> = Vec::new();
        for lexeme in self.tokens.iter().take(index) {
            if lexeme.token.closer().is_some() {
                open.push(*lexeme);
                if lexeme.token == Token::OpenCharacter {
                    open.push(Lexeme { token: Token::OpenBracket, ..*lexeme });
                }
            } else if lexeme.token.closes() {
                open.pop();
            }
        }
        let innermost = open.last().copied();
        let found = self.token(index);
        match (innermost, found) {
            (Some(opener), None) => Some(self.never_closed_bracket(opener)),
            (Some(opener), Some(closer))
                if closer.token.closes() && opener.token.closer() != Some(closer.token) =>
            {
                let message = format!("`{}` does not close `{}`", self.slice(closer), self.slice(opener));
                let diagnostic =
                    Diagnostic::error(WRONG_BRACKET, message).at(self.span(closer), "closed here");
                Some(diagnostic.also(self.span(opener), "opened here"))
            }
            (None, Some(closer)) if closer.token.closes() => {
                let message = format!("this `{}` closes nothing", self.slice(closer));
                Some(
                    Diagnostic::error(WRONG_BRACKET, message)
                        .at(self.span(closer), "no bracket is open here"),
                )
            }
            _ => None,
        }
    }

    fn never_closed_bracket(&self, opener: Lexeme) -> Diagnostic {
        let closer = match opener.token.closer() {
            Some(Token::CloseParen) => ")",
            Some(Token::CloseBrace) => "}",
            _ => "]",
        };
        let message = format!("this `{}` is never closed", self.slice(opener));
        Diagnostic::error(OPEN_BRACKET, message)
            .at(self.span(opener), "opened here")
            .also(self.end(), "the line ends here")
            .help(format!("add `{closer}`, or end the line with `\\` if it goes on"))
    }

    /// What was expected, filtered, sorted and cut.
    fn expected(&self, expected: &[RichPattern<'_, Lexeme>], index: usize) -> Diagnostic {
        let labels = expected.iter().filter_map(|pattern| {
            if let RichPattern::Label(label) = pattern { Some(label.as_ref()) } else { None }
        });
        let mut labels: Vec<&str> = labels.collect();
        labels.sort_by_key(|label| (label.starts_with('`'), *label));
        labels.dedup();
        // An operator may stand behind every value: it says nothing where something else must stand.
        let only_end = labels.iter().all(|label| matches!(*label, "an operator" | "the end of the line"));
        let after_value = index.checked_sub(1).and_then(|before| self.token(before));
        if !only_end {
            labels.retain(|label| *label != "an operator");
        } else if after_value.is_some_and(|before| before.token.ends_value()) && !labels.is_empty() {
            labels = vec!["an operator", "the end of the line"];
        }
        labels.truncate(4);
        let wanted = match labels.as_slice() {
            [] => "something else".to_owned(),
            [one] => (*one).to_owned(),
            [most @ .., last] => format!("{} or {last}", most.join(", ")),
        };
        match self.token(index) {
            None => Diagnostic::error(UNEXPECTED, format!("the line ends where {wanted} was expected"))
                .at(self.end(), format!("{wanted} was expected here")),
            Some(found) => {
                let message = format!("found {} where {wanted} was expected", self.describe(found));
                Diagnostic::error(UNEXPECTED, message).at(self.span(found), format!("expected {wanted}"))
            }
        }
    }

    /// A token in words.
    fn describe(&self, lexeme: Lexeme) -> String {
        let slice = self.slice(lexeme);
        let short = slice.chars().take(40).collect::<String>();
        let kind = match Some(lexeme.token) {
            Some(Token::Text) => "the text ",
            Some(Token::Number | Token::Hexadecimal) => "the number ",
            Some(Token::Local) => "the variable ",
            Some(Token::Parameter) => "the parameter ",
            Some(Token::Name) => "the name ",
            Some(Token::Command(_)) => "the command ",
            Some(Token::Constant(_) | Token::ConstantToken(_)) => "the constant ",
            _ => "",
        };
        let cut = if short.len() < slice.len() { "…" } else { "" };
        format!("{kind}`{short}{cut}`")
    }
}

/// Characters that word processors make, and signs of long ago.
const LOOKALIKES: &[(char, &str)] = &[
    ('“', "\""),
    ('”', "\""),
    ('„', "\""),
    ('«', "\""),
    ('»', "\""),
    ('‘', "\""),
    ('’', "\""),
    ('–', "-"),
    ('—', "-"),
    ('−', "-"),
    ('×', "*"),
    ('÷', "/"),
    ('≠', "#"),
    ('≤', "<="),
    ('≥', ">="),
    ('…', "..."),
    ('→', "->"),
    ('`', "//"),
];

fn foreign_operator(written: &str, help: &str, span: Span, meant: &str) -> Diagnostic {
    Diagnostic::error(FOREIGN_OPERATOR, format!("`{written}` is no operator of 4D"))
        .at(span, "an operator of other languages")
        .help(help)
        .fix(format!("replace by `{meant}`"), span, meant)
}

/// A structure that is never closed: told where it was opened.
pub(super) fn never_closed(keyword: Keyword, word: Span, noticed: Option<(Span, &str)>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(NEVER_CLOSED, format!("this `{}` is never closed", keyword.spelling()))
            .at(word, "opened here")
            .help(format!("add `{}`", closer(keyword)));
    match noticed {
        Some((span, found)) => diagnostic.also(span, format!("still open at this `{found}`")),
        None => diagnostic,
    }
}

fn closer(keyword: Keyword) -> &'static str {
    match Some(keyword) {
        Some(Keyword::If) => "End if",
        Some(Keyword::CaseOf) => "End case",
        Some(Keyword::While) => "End while",
        Some(Keyword::Repeat) => "Until (condition)",
        Some(Keyword::For) => "End for",
        Some(Keyword::ForEach) => "End for each",
        Some(Keyword::Use) => "End use",
        Some(Keyword::Try) => "End try",
        Some(Keyword::BeginSql) => "End SQL",
        _ => "",
    }
}

/// A closing word without anything open.
pub(super) fn stray_closer(keyword: Keyword, wanted: Option<Keyword>, word: Span) -> Diagnostic {
    let opener = wanted.map_or("", Keyword::spelling);
    Diagnostic::error(CLOSES_NOTHING, format!("this `{}` closes nothing", keyword.spelling()))
        .at(word, format!("no `{opener}` is open here"))
        .help("remove it, or look for a line above that should open the structure")
}

/// A closing word of another structure than the one that is open.
pub(super) fn wrong_closer(keyword: Keyword, word: Span, opened: Keyword, opener: Span) -> Diagnostic {
    let (found, opened_as) = (keyword.spelling(), opened.spelling());
    Diagnostic::error(WRONG_CLOSER, format!("`{found}` does not close `{opened_as}`"))
        .at(word, format!("expected `{}`", closer(opened)))
        .also(opener, "opened here")
        .help(format!("write `{}`", closer(opened)))
}

/// `Else`, `Catch` or `:` where there is nothing to part.
pub(super) fn out_of_place(word: &str, place: &str, span: Span) -> Diagnostic {
    Diagnostic::error(OUT_OF_PLACE, format!("`{word}` {place}"))
        .at(span, "belongs to no structure that is open")
}

/// A second `Else`.
pub(super) fn second_else(word: Span, opener: Span) -> Diagnostic {
    Diagnostic::error(OUT_OF_PLACE, "a second `Else`")
        .at(word, "this structure has an `Else` already")
        .also(opener, "opened here")
}

/// A branch below the `Else` of its `Case of`.
pub(super) fn branch_after_else(word: Span) -> Diagnostic {
    Diagnostic::error(OUT_OF_PLACE, "a branch after `Else`")
        .at(word, "`Else` is the last branch of `Case of`")
        .help("move the branch above `Else`")
}

/// Code between `Case of` and its first branch.
pub(super) fn code_before_branch(span: Span, opener: Span) -> Diagnostic {
    Diagnostic::error(OUT_OF_PLACE, "code before the first branch of `Case of`")
        .at(span, "belongs to no branch")
        .also(opener, "opened here")
        .help("a branch begins with a line such as `: ($x=1)`")
}

/// More structures inside one another than are read.
pub(super) fn too_many_blocks(word: Span) -> Diagnostic {
    Diagnostic::error(TOO_DEEP, "structures are nested too deeply")
        .at(word, format!("{MAX_BLOCKS} are open already"))
        .help("move the inner part to a method of its own")
}

/// A line that is cut.
pub(super) fn too_long_line(span: Span) -> Diagnostic {
    Diagnostic::error(TOO_DEEP, "this line is too long")
        .at(span, format!("more than {MAX_LINE_TOKENS} words and signs on one line"))
}

/// `/*` without `*/`.
pub(super) fn unclosed_comment(span: Span) -> Diagnostic {
    let start = Span { end: (span.start + 2).min(span.end), ..span };
    Diagnostic::error(UNCLOSED_COMMENT, "this comment is never closed")
        .at(start, "opened here")
        .help("add `*/`; comments nest, so every `/*` needs its own")
}

/// A declaration where it may not stand.
pub(super) fn declaration_out_of_place(message: &str, span: Span, label: &str, help: &str) -> Diagnostic {
    Diagnostic::error(DECLARATION_OUT_OF_PLACE, message).at(span, label).help(help)
}

/// Code at the head of a class.
pub(super) fn code_outside_function(span: Span) -> Diagnostic {
    Diagnostic::error(CODE_OUTSIDE_FUNCTION, "code outside a function of the class")
        .at(span, "never runs")
        .help("move it into a `Function` or the `Class constructor`")
}
