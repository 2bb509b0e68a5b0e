//! The second half of reading characters: what depends on the place of a word.
//!
//! Names of 4D hold blanks, its keywords are names wherever no statement begins, and `[` may open a table, a collection
//! or an index. So `logos` finds single words and signs, and this file joins and judges them, one logical line at a time:
//!
//! * adjacent words form one run, and a run is one name, because two values never stand side by side;
//! * a run at the beginning of a line may begin with a keyword;
//! * a token such as `:C41` behind a run says what it is, whatever its spelling;
//! * a word after a dot or a postfix `->` is a member, whatever it is elsewhere.

use crate::source::span::{SourceId, Span, Spanned};
use crate::syntax::keyword::{First, first_word};
use crate::syntax::operator::BinaryOp;
use crate::syntax::token::{Keyword, Token};
use crate::syntax::tree::{Attributes, Comment};
use crate::syntax::{Known, Names};
use smallvec::SmallVec;

/// How many tokens a logical line may have. Real lines have fewer than a thousand.
pub(super) const MAX_LINE_TOKENS: usize = 1 << 20;

/// Words that are operators elsewhere, and what 4D writes instead.
pub(super) const FOREIGN_WORDS: &[(&str, &str)] = &[
    ("and", "&"),
    ("or", "|"),
    ("xor", "^|"),
    ("mod", "%"),
    ("div", "\\"),
    ("is", "="),
    ("then", ""),
    ("do", ""),
];

/// `Super(…)`, the constructor of the parent class.
const SUPER_CALL: u16 = 1705;
/// `Super.name`
const SUPER_MEMBER: u16 = 1706;

/// A token and its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lexeme {
    /// What it is.
    pub token: Token,
    /// Its first byte.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
}

/// Which words begin a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A method: `property` and `Alias` are names.
    Method,
    /// A class.
    Class,
}

/// Reads one logical line after the other.
pub struct Lexer<'t> {
    pub(super) text: &'t str,
    source: SourceId,
    pub(super) names: &'t dyn Names,
    pub(super) kind: FileKind,
    raw: logos::Lexer<'t, Token>,
    /// A token that was looked at and not used.
    ahead: Option<Lexeme>,
    /// The words of this line are declared, not looked up, until `:=`.
    pub(super) plain: bool,
    /// The line has more than [`MAX_LINE_TOKENS`].
    too_long: bool,
    joined: String,
    comments: Vec<Comment>,
    unclosed_comment: Option<Span>,
    attributes: Option<Attributes>,
}

/// Adjacent words.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) words: SmallVec<[(u32, u32); 8]>,
    /// The words are joined by one blank each, so that the source itself is the name.
    tidy: bool,
}

impl Run {
    pub(super) fn start(&self) -> u32 {
        self.words.first().map_or(0, |word| word.0)
    }

    pub(super) fn end(&self) -> u32 {
        self.words.last().map_or(0, |word| word.1)
    }
}

/// A file is shorter than 4 GB: `Sources` takes no longer one.
#[expect(clippy::cast_possible_truncation, reason = "places of a source file fit 32 bits")]
pub(super) fn place(offset: usize) -> u32 {
    offset as u32
}

impl<'t> Lexer<'t> {
    /// A lexer at the beginning of a text.
    pub fn new(text: &'t str, source: SourceId, kind: FileKind, names: &'t dyn Names) -> Self {
        let raw = logos::Lexer::new(text);
        let mut lexer = Self {
            text,
            source,
            names,
            kind,
            raw,
            ahead: None,
            plain: false,
            too_long: false,
            joined: String::new(),
            comments: Vec::new(),
            unclosed_comment: None,
            attributes: None,
        };
        lexer.skip_interpreter_line();
        lexer
    }

    /// `#!/usr/bin/env quatre run`: a first line for the shell.
    fn skip_interpreter_line(&mut self) {
        let start = if self.text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        let rest = self.text.get(start..).unwrap_or_default();
        if rest.starts_with("#!") {
            let end = start + rest.find(['\r', '\n']).unwrap_or(rest.len());
            self.raw.bump(end);
            self.comments.push(Comment { span: Span::new(self.source, place(start), place(end)) });
        }
    }

    /// All comments met so far, the line of attributes, and the comment that has no end.
    pub fn finish(self) -> (Vec<Comment>, Option<Attributes>, Option<Span>) {
        (self.comments, self.attributes, self.unclosed_comment)
    }

    /// Whether the line just read was cut at `MAX_LINE_TOKENS`.
    pub fn is_too_long(&self) -> bool {
        self.too_long
    }

    /// Reads the next logical line that is not empty; false at the end of the text.
    pub fn next_line(&mut self, line: &mut Vec<Lexeme>) -> bool {
        line.clear();
        self.plain = false;
        self.too_long = false;
        while let Some(lexeme) = self.next_raw() {
            if lexeme.token == Token::Newline {
                if !line.is_empty() {
                    return true;
                }
            } else {
                self.take(lexeme, line);
                if line.len() > MAX_LINE_TOKENS {
                    self.too_long = true;
                    line.truncate(1);
                }
            }
        }
        !line.is_empty()
    }

    fn next_raw(&mut self) -> Option<Lexeme> {
        if let Some(lexeme) = self.ahead.take() {
            return Some(lexeme);
        }
        let token = self.raw.next()?.unwrap_or(Token::Unknown);
        let span = self.raw.span();
        Some(Lexeme { token, start: place(span.start), end: place(span.end) })
    }

    /// Goes on reading at this byte, whatever was looked at.
    pub(super) fn seek(&mut self, at: u32) {
        self.ahead = None;
        self.raw = logos::Lexer::new(self.text);
        self.raw.bump(at as usize);
    }

    pub(super) fn slice(&self, start: u32, end: u32) -> &'t str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    fn byte(&self, at: u32) -> u8 {
        self.text.as_bytes().get(at as usize).copied().unwrap_or_default()
    }

    /// The next byte that is no blank.
    pub(super) fn byte_after_blanks(&self, at: u32) -> u8 {
        let rest = self.text.as_bytes().get(at as usize..).unwrap_or_default();
        rest.iter().copied().find(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or_default()
    }

    /// Puts a raw token into the line, as what it means there.
    fn take(&mut self, lexeme: Lexeme, line: &mut Vec<Lexeme>) {
        let Lexeme { token, start, end } = lexeme;
        match (token, line.last().map(|last| last.token)) {
            (Token::Continuation, _) => {}
            (Token::LineComment | Token::BlockComment, _) | (Token::OldComment, None) => {
                self.comment(start, end);
            }
            (Token::Word, Some(Token::Dot | Token::Deref)) => {
                line.push(Lexeme { token: Token::Name, start, end });
            }
            (Token::Word, _) => self.words(start, end, line),
            (Token::Number, _) if self.begins_name(start, end) => self.words(start, end, line),
            (Token::Local, _) => self.local(lexeme, line),
            (Token::LessDiamond, _) => {
                line.push(Lexeme { token: Token::Binary(BinaryOp::Less), start, end: start + 1 });
                self.seek(start + 1);
            }
            (Token::Assign(_), _) => {
                self.plain = false;
                line.push(lexeme);
            }
            (Token::Arrow, Some(last)) if last.ends_value() => {
                line.push(Lexeme { token: Token::Deref, start, end });
            }
            (Token::OpenBracket, Some(last)) if last.ends_value() => self.index(lexeme, line),
            (Token::OpenBracket, _) => self.table(lexeme, line),
            (Token::Diamond, _) => self.interprocess(lexeme, line),
            (Token::Declare, first) => self.declare(lexeme, first.is_none(), line),
            (Token::Unknown | Token::OldComment, _) => self.unknown(lexeme, line),
            _ => line.push(lexeme),
        }
    }

    fn comment(&mut self, start: u32, end: u32) {
        let span = Span::new(self.source, start, end);
        self.comments.push(Comment { span });
        if self.attributes.is_some() {
            return;
        }
        let text = self.slice(start, end);
        let Some(rest) = text.strip_prefix("//%attributes") else { return };
        if let (Some(open), Some(close)) = (rest.find('{'), rest.rfind('}')) {
            let before = place(text.len() - rest.len());
            let span =
                Span::new(self.source, start + before + place(open), start + before + place(close) + 1);
            let node = rest.get(open..=close).unwrap_or_default().to_owned();
            self.attributes = Some(Spanned { node, span });
        }
    }

    /// `$name`. Old code has blanks in such names as well; only words that are operators elsewhere do not join.
    fn local(&mut self, lexeme: Lexeme, line: &mut Vec<Lexeme>) {
        let Lexeme { start, end, .. } = lexeme;
        let slice = self.slice(start, end);
        let member = line.last().is_some_and(|last| last.token == Token::Dot);
        let token = if slice.bytes().skip(1).any(|byte| !byte.is_ascii_digit()) || (slice == "$" && member) {
            Token::Local
        } else if slice == "$" {
            Token::Unknown
        } else {
            Token::Parameter
        };
        let may_go_on = token == Token::Local && !member && !self.plain && self.byte(end) == b' ';
        let run = if may_go_on { self.words_after_local(end) } else { None };
        line.push(Lexeme { token, start, end: run.map_or(end, |run| run.end()) });
    }

    fn words_after_local(&mut self, end: u32) -> Option<Run> {
        if !self.byte_after_blanks(end).is_ascii_alphabetic() {
            return None;
        }
        let next = self.next_raw()?;
        let word = self.slice(next.start, next.end);
        if next.token != Token::Word || FOREIGN_WORDS.iter().any(|(foreign, _)| is_word(word, foreign)) {
            self.ahead = Some(next);
            return None;
        }
        Some(self.run(next.start, next.end))
    }

    /// What means nothing; a run of it becomes one token, so that garbage is one problem a line.
    fn unknown(&mut self, lexeme: Lexeme, line: &mut Vec<Lexeme>) {
        if self.slice(lexeme.start, lexeme.end).starts_with("/*") {
            let span = Span::new(self.source, lexeme.start, lexeme.end);
            self.comments.push(Comment { span });
            self.unclosed_comment = Some(span);
            return;
        }
        match line.last_mut() {
            Some(last) if last.token == Token::Unknown && last.end == lexeme.start => last.end = lexeme.end,
            _ => line.push(Lexeme { token: Token::Unknown, ..lexeme }),
        }
    }

    /// `#DECLARE` is a word at the beginning of a line only; elsewhere it is `#` and a name.
    fn declare(&mut self, lexeme: Lexeme, first: bool, line: &mut Vec<Lexeme>) {
        if first && !is_word_byte(self.byte(lexeme.end)) {
            self.plain = true;
            line.push(lexeme);
        } else {
            self.seek(lexeme.start + 1);
            let token = Token::Binary(BinaryOp::NotEqual);
            line.push(Lexeme { token, start: lexeme.start, end: lexeme.start + 1 });
        }
    }

    /// `[` or `[[` behind a value.
    fn index(&mut self, lexeme: Lexeme, line: &mut Vec<Lexeme>) {
        if self.byte(lexeme.end) == b'[' {
            self.raw.bump(1);
            line.push(Lexeme { token: Token::OpenCharacter, start: lexeme.start, end: lexeme.end + 1 });
        } else {
            line.push(lexeme);
        }
    }

    /// `[` where a value begins: `[Table]`, `[Table:3]Field:5`, or a collection.
    fn table(&mut self, lexeme: Lexeme, line: &mut Vec<Lexeme>) {
        let Some((number, end)) = self.table_end(lexeme.end) else {
            line.push(lexeme);
            return;
        };
        self.raw.bump((end - lexeme.end) as usize);
        line.push(Lexeme { token: Token::Table(number), start: lexeme.start, end });
        if number.is_some() && self.byte(end) == b':' {
            // `[Table:1]:13`: a field whose name is not known any more.
            if let Some((field, after)) = self.number_suffix(end) {
                self.raw.bump((after - end) as usize);
                line.push(Lexeme { token: Token::Field(Some(field)), start: end, end: after });
            }
        }
        if !is_word_byte(self.byte(end)) {
            return;
        }
        let Some(first) = self.next_raw() else { return };
        if !matches!(first.token, Token::Word | Token::Number) {
            self.ahead = Some(first);
            return;
        }
        let run = self.run(first.start, first.end);
        let number = self.number_suffix(run.end());
        let end = number.map_or(run.end(), |(_, end)| end);
        self.bump_to(run.end(), end);
        line.push(Lexeme { token: Token::Field(number.map(|(n, _)| n)), start: first.start, end });
    }

    /// When `[` is followed by a name and `]`: the number of the table and the byte after `]`.
    fn table_end(&self, start: u32) -> Option<(Option<u32>, u32)> {
        let rest = self.text.get(start as usize..)?;
        let stop = rest
            .find([']', ';', '"', '(', ')', '{', '[', '$', '.', ',', '=', '\r', '\n', '+', '*', '<', '>'])?;
        let content = rest.get(..stop)?;
        if rest.as_bytes().get(stop) != Some(&b']') {
            return None;
        }
        let end = start + place(stop) + 1;
        let (name, number) = match content.split_once(':') {
            Some((name, digits)) => (name.trim(), Some(digits.trim_end().parse::<u32>().ok()?)),
            None => (content.trim(), None),
        };
        let mut characters = name.chars();
        let begins = characters.next().is_some_and(|c| c.is_alphanumeric() || c == '_');
        if !begins
            || !characters.all(is_name_character)
            || name.bytes().all(|b| b.is_ascii_digit() || b == b' ')
        {
            return None;
        }
        // `[True]` and `[Is text]` are collections: tables have no names of commands.
        let known = || matches!(self.names.find(name), Some(Known::Command(_) | Known::Constant(_)));
        if number.is_none() && known() { None } else { Some((number, end)) }
    }

    /// `:12` right behind a name.
    fn number_suffix(&self, at: u32) -> Option<(u32, u32)> {
        if self.byte(at) != b':' {
            return None;
        }
        let end = self.digits_end(at + 1);
        Some((self.slice(at + 1, end).parse().ok()?, end))
    }

    fn digits_end(&self, at: u32) -> u32 {
        let rest = self.text.as_bytes().get(at as usize..).unwrap_or_default();
        at + place(rest.iter().take_while(|byte| byte.is_ascii_digit()).count())
    }

    /// Goes on behind a suffix that was read by hand.
    fn bump_to(&mut self, from: u32, to: u32) {
        if self.ahead.is_some() {
            self.seek(to);
        } else if to > from {
            self.raw.bump((to - from) as usize);
        }
    }

    /// `<>name`, `◊name`
    fn interprocess(&mut self, lexeme: Lexeme, line: &mut Vec<Lexeme>) {
        let next = self.next_raw();
        match next {
            Some(word) if word.start == lexeme.end && matches!(word.token, Token::Word) => {
                let run = self.run(word.start, word.end);
                line.push(Lexeme { token: Token::Interprocess, start: lexeme.start, end: run.end() });
            }
            _ => {
                self.ahead = next;
                line.push(lexeme);
            }
        }
    }

    /// A number that words follow begins a name: `00 Start`. Nothing else allows a word there.
    fn begins_name(&self, start: u32, end: u32) -> bool {
        matches!(self.byte(end), b' ' | b'\t' | 0xC2)
            && self.slice(start, end).bytes().all(|byte| byte.is_ascii_digit())
            && self.text.get(end as usize..).is_some_and(|rest| {
                rest.trim_start_matches([' ', '\t', '\u{A0}'])
                    .starts_with(|c: char| c.is_alphabetic() || c == '_')
            })
    }

    /// Joins the words that follow with nothing but blanks between.
    fn run(&mut self, start: u32, end: u32) -> Run {
        let mut run = Run { words: SmallVec::new(), tidy: true };
        run.words.push((start, end));
        loop {
            let end = run.end();
            if !self.goes_on(end) {
                return run;
            }
            let Some(next) = self.next_raw() else { return run };
            let digits = || self.slice(next.start, next.end).bytes().all(|byte| byte.is_ascii_digit());
            if !(next.token == Token::Word || next.token == Token::Number && digits()) {
                self.ahead = Some(next);
                return run;
            }
            run.tidy &= next.start == end + 1 && self.byte(end) == b' ';
            run.words.push((next.start, next.end));
        }
    }

    /// Whether another word may follow. Most names are one word: this looks at bytes before asking for a token.
    fn goes_on(&self, end: u32) -> bool {
        matches!(self.byte(end), b' ' | b'\t' | 0xC2) && is_word_byte(self.byte_after_blanks(end))
    }

    /// A name of one word.
    fn single(&mut self, start: u32, end: u32, line: &mut Vec<Lexeme>) {
        let (token, end) = if let Some((token, after)) = self.suffix(end) {
            self.bump_to(end, after);
            (token, after)
        } else if self.plain {
            (Token::Name, end)
        } else {
            (self.meaning(self.names.find(self.slice(start, end)), start, end), end)
        };
        line.push(Lexeme { token, start, end });
    }

    /// A run of words: the keywords that it begins with, and the name that is left.
    fn words(&mut self, start: u32, end: u32, line: &mut Vec<Lexeme>) {
        let may_be_keyword =
            line.is_empty() || line.last().is_some_and(|last| last.token == Token::CloseParen);
        if !may_be_keyword && !self.goes_on(end) {
            self.single(start, end, line);
            return;
        }
        let run = self.run(start, end);
        let left = if line.is_empty() { self.keywords(&run, line) } else { self.clause(&run, line) };
        if left < run.words.len() {
            self.name(run, left, line);
        }
    }

    /// `While` and `Until` behind the parenthesis of a `For each`.
    fn clause(&self, run: &Run, line: &mut Vec<Lexeme>) -> usize {
        let after_heading = line.first().is_some_and(|first| first.token == Token::Keyword(Keyword::ForEach))
            && line.last().is_some_and(|last| last.token == Token::CloseParen);
        if !after_heading {
            return 0;
        }
        let Some((start, end)) = run.words.first().copied() else { return 0 };
        let keyword = match first_word(self.slice(start, end)) {
            Some(First::While) => Keyword::While,
            Some(First::Until) => Keyword::Until,
            _ => return 0,
        };
        line.push(Lexeme { token: Token::Keyword(keyword), start, end });
        1
    }

    /// The name that the words from `from` on make.
    fn name(&mut self, run: Run, from: usize, line: &mut Vec<Lexeme>) {
        let Some((start, _)) = run.words.get(from).copied() else { return };
        let end = run.end();
        // `return 42`: digits alone behind a keyword are a number, while `return 00 Start` names a method.
        if from > 0 && self.slice(start, end).bytes().all(|byte| byte.is_ascii_digit()) {
            line.push(Lexeme { token: Token::Number, start, end });
            return;
        }
        if let Some((token, after)) = self.suffix(end) {
            self.bump_to(end, after);
            line.push(Lexeme { token, start, end: after });
            return;
        }
        let token = if self.plain { Token::Name } else { self.known(&run, from, start, end) };
        line.push(Lexeme { token, start, end });
    }

    /// What the set of known names says of the words from `from` on.
    fn known(&mut self, run: &Run, from: usize, start: u32, end: u32) -> Token {
        let found = if run.tidy {
            self.names.find(self.slice(start, end))
        } else {
            self.joined.clear();
            for (start, end) in run.words.iter().skip(from) {
                if !self.joined.is_empty() {
                    self.joined.push(' ');
                }
                self.joined.push_str(self.text.get(*start as usize..*end as usize).unwrap_or_default());
            }
            self.names.find(&self.joined)
        };
        self.meaning(found, start, end)
    }

    /// The token of a name of which this is known.
    fn meaning(&self, found: Option<Known>, start: u32, end: u32) -> Token {
        match found {
            Some(Known::Command(SUPER_CALL | SUPER_MEMBER)) => {
                Token::Command(if self.byte_after_blanks(end) == b'(' { SUPER_CALL } else { SUPER_MEMBER })
            }
            Some(Known::Command(number)) => Token::Command(number),
            Some(Known::Constant(number)) => Token::Constant(number),
            None if self.byte_after_blanks(end) == b'(' && is_word(self.slice(start, end), "try") => {
                Token::TryCall
            }
            Some(Known::Method) | None => Token::Name,
        }
    }

    /// `:C41`, `:K8:3`, `:P12000:42` right behind a name, and the byte after it.
    fn suffix(&self, at: u32) -> Option<(Token, u32)> {
        if self.byte(at) != b':' || !self.byte(at + 2).is_ascii_digit() {
            return None;
        }
        let letter = self.byte(at + 1);
        let end = self.digits_end(at + 2);
        let first = self.slice(at + 2, end);
        if letter == b'C' {
            return Some((Token::Command(first.parse().ok()?), end));
        }
        let (second, end) = self.number_suffix(end)?;
        match letter {
            b'K' => Some((Token::ConstantToken((first.parse().ok()?, u16::try_from(second).ok()?)), end)),
            b'P' => Some((Token::Plugin, end)),
            _ => None,
        }
    }
}

/// Whether a word may begin or go on with this byte of UTF-8.
fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn is_name_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | ' ' | '\t' | '\u{A0}' | '$' | '’' | '°' | '-' | '&' | '/' | '\'')
}

/// Whether this is that word, in whatever case. `lower` is in lower case.
pub(super) fn is_word(text: &str, lower: &str) -> bool {
    text.eq_ignore_ascii_case(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `Session info`, `Is text`, `Super`, `True` and a method `Use log`.
    struct Few;

    impl Names for Few {
        fn find(&self, words: &str) -> Option<Known> {
            match words.to_lowercase().as_str() {
                "session info" => Some(Known::Command(1844)),
                "session" => Some(Known::Command(1714)),
                "super" => Some(Known::Command(1706)),
                "true" => Some(Known::Command(214)),
                "is text" => Some(Known::Constant(7)),
                "use log" => Some(Known::Method),
                _ => None,
            }
        }
    }

    /// The tokens of all lines; lines are parted by a bar.
    fn lex(text: &str, kind: FileKind) -> String {
        let mut lexer = Lexer::new(text, SourceId(0), kind, &Few);
        let mut line = Vec::new();
        let mut lines = Vec::new();
        while lexer.next_line(&mut line) {
            let tokens = line.iter().map(|l| format!("{:?}<{}>", l.token, lexer.slice(l.start, l.end)));
            lines.push(tokens.collect::<Vec<_>>().join(" "));
        }
        lines.join(" | ")
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(lex(text, FileKind::Method), expected, "{text}");
    }

    #[test]
    fn words_join_into_names() {
        check("Session \t info", "Command(1844)<Session \t info>");
        check("My own method ($a)", "Name<My own method> OpenParen<(> Local<$a> CloseParen<)>");
        check("00 Start", "Name<00 Start>");
        check("Is text", "Constant(7)<Is text>");
        check("Est un texte:K8:3", "ConstantToken((8, 3))<Est un texte:K8:3>");
        check("ALERT:C41", "Command(41)<ALERT:C41>");
        check("$o.Session info", "Local<$o> Dot<.> Name<Session> Name<info>");
    }

    #[test]
    fn keywords_are_words_only_where_they_mean_it() {
        check("If(True)", "Keyword(If)<If> OpenParen<(> Command(214)<True> CloseParen<)>");
        check("End if ", "Keyword(EndIf)<End if>");
        check("end", "Name<end>");
        check("Use log", "Name<Use log>");
        check("return Session info", "Keyword(Return)<return> Command(1844)<Session info>");
        check("Repeat:=1", "Name<Repeat> Assign(Assign)<:=> Number<1>");
        check("$o.end.for", "Local<$o> Dot<.> Name<end> Dot<.> Name<for>");
        check("property a", "Name<property a>");
    }

    #[test]
    fn declarations_of_a_class() {
        let lex = |text| lex(text, FileKind::Class);
        assert_eq!(lex("property True"), "Keyword(Property)<property> Name<True>");
        assert_eq!(lex("Function get"), "Keyword(Function)<Function> Name<get>");
        let expected = "Keyword(Exposed)<exposed> Keyword(Function)<Function> Keyword(Get)<get> Name<x>";
        assert_eq!(
            lex("exposed function GET x"),
            expected.replace("Function>", "function>").replace("<get>", "<GET>")
        );
        assert_eq!(lex("Class extends Session"), "Keyword(ClassExtends)<Class extends> Name<Session>");
    }

    #[test]
    fn brackets_open_tables_collections_and_indexes() {
        check(
            "[Order lines:12]Unit price:3",
            "Table(Some(12))<[Order lines:12]> Field(Some(3))<Unit price:3>",
        );
        check("[True]", "OpenBracket<[> Command(214)<True> CloseBracket<]>");
        check("$a[b]", "Local<$a> OpenBracket<[> Name<b> CloseBracket<]>");
        check("$a[[1", "Local<$a> OpenCharacter<[[> Number<1>");
        check("->[T]F", "Arrow<->> Table(None)<[T]> Field(None)<F>");
    }

    #[test]
    fn lines() {
        check("a\\  \r\n  b // c\n\n/* d\n*/ e\rf", "Name<a> Name<b> | Name<e> | Name<f>");
        check(
            "Begin SQL\nSELECT 'it''s\n end  sql // x\na",
            "Keyword(BeginSql)<Begin SQL> Sql<\nSELECT 'it''s\n> | Name<a>",
        );
    }

    #[test]
    fn attributes() {
        let mut lexer = Lexer::new("//%attributes = {\"a\":{}}\n", SourceId(0), FileKind::Method, &Few);
        assert!(!lexer.next_line(&mut Vec::new()));
        let (comments, attributes, _) = lexer.finish();
        assert_eq!(comments.len(), 1);
        assert_eq!(attributes.map(|a| (a.node, a.span.start)), Some(("{\"a\":{}}".to_owned(), 16)));
    }
}
