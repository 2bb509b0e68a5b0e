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
use crate::syntax::token::{Keyword, Token};
use crate::syntax::tree::{Attributes, Comment};
use crate::syntax::{Known, Names};
use smallvec::SmallVec;

/// How many tokens a logical line may have. Real lines have fewer than a thousand.
pub(super) const MAX_LINE_TOKENS: usize = 1 << 20;

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
    text: &'t str,
    source: SourceId,
    names: &'t dyn Names,
    kind: FileKind,
    raw: logos::Lexer<'t, Token>,
    /// A token that was looked at and not used.
    ahead: Option<Lexeme>,
    /// The words of this line are declared, not looked up, until `:=`.
    plain: bool,
    /// The line has more than [`MAX_LINE_TOKENS`].
    too_long: bool,
    joined: String,
    comments: Vec<Comment>,
    unclosed_comment: Option<Span>,
    attributes: Option<Attributes>,
}

/// Adjacent words.
#[derive(Debug, Default)]
struct Run {
    words: SmallVec<[(u32, u32); 8]>,
    /// The words are joined by one blank each, so that the source itself is the name.
    tidy: bool,
}

impl Run {
    fn start(&self) -> u32 {
        self.words.first().map_or(0, |word| word.0)
    }

    fn end(&self) -> u32 {
        self.words.last().map_or(0, |word| word.1)
    }
}

/// A file is shorter than 4 GB: `Sources` takes no longer one.
#[expect(clippy::cast_possible_truncation, reason = "places of a source file fit 32 bits")]
fn place(offset: usize) -> u32 {
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

    /// Whether the line just read was cut at [`MAX_LINE_TOKENS`].
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
    fn seek(&mut self, at: u32) {
        self.ahead = None;
        self.raw = logos::Lexer::new(self.text);
        self.raw.bump(at as usize);
    }

    fn slice(&self, start: u32, end: u32) -> &'t str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    fn byte(&self, at: u32) -> u8 {
        self.text.as_bytes().get(at as usize).copied().unwrap_or_default()
    }

    /// The next byte that is no blank.
    fn byte_after_blanks(&self, at: u32) -> u8 {
        let rest = self.text.as_bytes().get(at as usize..).unwrap_or_default();
        rest.iter().copied().find(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or_default()
    }

    /// Puts a raw token into the line, as what it means there.
    fn take(&mut self, lexeme: Lexeme, line: &mut Vec<Lexeme>) {
        let Lexeme { token, start, end } = lexeme;
        match (token, line.last().map(|last| last.token)) {
            (Token::Continuation, _) => {}
            (Token::LineComment | Token::BlockComment, _) | (Token::OldComment, None) => self.comment(start, end),
            (Token::Word, Some(Token::Dot | Token::Deref)) => line.push(Lexeme { token: Token::Name, start, end }),
            (Token::Word, _) => self.words(start, end, line),
            (Token::Number, _) if self.begins_name(start, end) => self.words(start, end, line),
            (Token::Local, _) => line.push(Lexeme { token: local_or_parameter(self.slice(start, end)), start, end }),
            (Token::Assign(_), _) => {
                self.plain = false;
                line.push(lexeme);
            }
            (Token::Arrow, Some(last)) if last.ends_value() => line.push(Lexeme { token: Token::Deref, start, end }),
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
            let span = Span::new(self.source, start + before + place(open), start + before + place(close) + 1);
            let node = rest.get(open..=close).unwrap_or_default().to_owned();
            self.attributes = Some(Spanned { node, span });
        }
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
            let token = Token::Binary(crate::syntax::operator::BinaryOp::NotEqual);
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
        let stop = rest.find([']', ';', '"', '(', ')', '{', '[', '$', '.', ',', '=', '\r', '\n', '+', '*', '<', '>'])?;
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
        if !begins || !characters.all(is_name_character) || name.bytes().all(|b| b.is_ascii_digit() || b == b' ') {
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
                rest.trim_start_matches([' ', '\t', '\u{A0}']).starts_with(|c: char| c.is_alphabetic() || c == '_')
            })
    }

    /// Joins the words that follow with nothing but blanks between.
    fn run(&mut self, start: u32, end: u32) -> Run {
        let mut run = Run { words: SmallVec::new(), tidy: true };
        run.words.push((start, end));
        loop {
            let end = run.end();
            // Most names are one word: look at the next byte before asking for a token.
            if !matches!(self.byte(end), b' ' | b'\t' | 0xC2) || !is_word_byte(self.byte_after_blanks(end)) {
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

    /// A run of words: the keywords that it begins with, and the name that is left.
    fn words(&mut self, start: u32, end: u32, line: &mut Vec<Lexeme>) {
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
        match found {
            Some(Known::Command(SUPER_CALL | SUPER_MEMBER)) => {
                Token::Command(if self.byte_after_blanks(end) == b'(' { SUPER_CALL } else { SUPER_MEMBER })
            }
            Some(Known::Command(number)) => Token::Command(number),
            Some(Known::Constant(number)) => Token::Constant(number),
            None if self.byte_after_blanks(end) == b'(' && is_word(self.slice(start, end), "try") => Token::TryCall,
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

fn local_or_parameter(text: &str) -> Token {
    if text.bytes().skip(1).all(|byte| byte.is_ascii_digit()) { Token::Parameter } else { Token::Local }
}

/// Whether a word may begin or go on with this byte of UTF-8.
fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn is_name_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | ' ' | '\t' | '\u{A0}' | '$' | '’' | '°' | '-' | '&' | '/' | '\'')
}

/// Whether this is that word, in whatever case. `lower` is in lower case.
fn is_word(text: &str, lower: &str) -> bool {
    text.eq_ignore_ascii_case(lower)
}

/// The words that a keyword begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum First {
    If,
    Else,
    End,
    Case,
    While,
    Repeat,
    Until,
    For,
    Use,
    Try,
    Catch,
    Return,
    Break,
    Continue,
    Var,
    Property,
    Begin,
    Declaration,
}

/// Tells the words that may begin a keyword from all others, by their lower-case letters.
fn first_word(word: &str) -> Option<First> {
    let mut buffer = [0; 9];
    let lower = buffer.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"if" => Some(First::If),
        b"else" => Some(First::Else),
        b"end" => Some(First::End),
        b"case" => Some(First::Case),
        b"while" => Some(First::While),
        b"repeat" => Some(First::Repeat),
        b"until" => Some(First::Until),
        b"for" => Some(First::For),
        b"use" => Some(First::Use),
        b"try" => Some(First::Try),
        b"catch" => Some(First::Catch),
        b"return" => Some(First::Return),
        b"break" => Some(First::Break),
        b"continue" => Some(First::Continue),
        b"var" => Some(First::Var),
        b"property" => Some(First::Property),
        b"begin" => Some(First::Begin),
        b"function" | b"class" | b"alias" | b"exposed" | b"local" | b"server" | b"shared" | b"session"
        | b"singleton" | b"onhttpget" => Some(First::Declaration),
        _ => None,
    }
}

/// The words that stand before `Function`, `Class constructor` or `Alias`.
const MODIFIERS: &[(&str, Keyword)] = &[
    ("exposed", Keyword::Exposed),
    ("local", Keyword::Local),
    ("server", Keyword::Server),
    ("shared", Keyword::Shared),
    ("session", Keyword::Session),
    ("singleton", Keyword::Singleton),
    ("onhttpget", Keyword::OnHttpGet),
];

/// The words that stand between `Function` and its name.
const FUNCTION_KINDS: &[(&str, Keyword)] = &[
    ("get", Keyword::Get),
    ("set", Keyword::Set),
    ("query", Keyword::Query),
    ("orderby", Keyword::OrderBy),
    ("event", Keyword::Event),
];

/// The words that follow `End`.
const CLOSERS: &[(&[&str], Keyword)] = &[
    (&["if"], Keyword::EndIf),
    (&["case"], Keyword::EndCase),
    (&["while"], Keyword::EndWhile),
    (&["for"], Keyword::EndFor),
    (&["for", "each"], Keyword::EndForEach),
    (&["use"], Keyword::EndUse),
    (&["try"], Keyword::EndTry),
    (&["sql"], Keyword::EndSql),
];

fn find(words: &[(&str, Keyword)], word: &str) -> Option<Keyword> {
    words.iter().find(|(lower, _)| is_word(word, lower)).map(|(_, keyword)| *keyword)
}

/// Keywords at the beginning of a line.
impl Lexer<'_> {
    /// Pushes the keywords that the run begins with, and tells how many words they are.
    fn keywords(&mut self, run: &Run, line: &mut Vec<Lexeme>) -> usize {
        let Some((start, end)) = run.words.first().copied() else { return 0 };
        let Some(first) = first_word(self.slice(start, end)) else { return 0 };
        let count = run.words.len();
        let alone = count == 1;
        let keyword = match first {
            First::If if self.begins_condition(run) => Some((Keyword::If, 1)),
            First::While if self.begins_condition(run) => Some((Keyword::While, 1)),
            First::Until if self.begins_condition(run) => Some((Keyword::Until, 1)),
            First::Else if alone => Some((Keyword::Else, 1)),
            First::Else if self.word_is(run, 1, "if") => Some((Keyword::ElseIf, 2)),
            First::End => self.closer(run),
            First::Case if count == 2 && self.word_is(run, 1, "of") => Some((Keyword::CaseOf, 2)),
            First::Repeat if alone => Some((Keyword::Repeat, 1)),
            First::For if alone && self.opens(run) => Some((Keyword::For, 1)),
            First::For if count == 2 && self.word_is(run, 1, "each") => Some((Keyword::ForEach, 2)),
            First::Use if alone && self.opens(run) => Some((Keyword::Use, 1)),
            First::Try if alone && !self.opens(run) => Some((Keyword::Try, 1)),
            First::Catch if alone => Some((Keyword::Catch, 1)),
            First::Return if alone || self.begins_condition(run) => Some((Keyword::Return, 1)),
            First::Break if alone => Some((Keyword::Break, 1)),
            First::Continue if alone => Some((Keyword::Continue, 1)),
            First::Var if !alone || matches!(self.byte_after_blanks(end), b'$' | b'<' | 0xE2) => Some((Keyword::Var, 1)),
            First::Property if self.kind == FileKind::Class && !alone => Some((Keyword::Property, 1)),
            First::Begin if count == 2 && self.word_is(run, 1, "sql") => Some((Keyword::BeginSql, 2)),
            First::Declaration => return self.declaration(run, line),
            _ => None,
        };
        // `If:=1`, `break(2)`: a variable or a method of that name, not the statement.
        let Some((keyword, words)) = keyword.filter(|(keyword, words)| !self.is_used_as_name(*keyword, run, *words))
        else {
            return 0;
        };
        self.plain = matches!(keyword, Keyword::Var | Keyword::Property);
        self.push_words(run, 0, words, Token::Keyword(keyword), line);
        if keyword == Keyword::BeginSql {
            self.sql(line);
        }
        words
    }

    fn word(&self, run: &Run, index: usize) -> &str {
        run.words.get(index).map_or("", |(start, end)| self.slice(*start, *end))
    }

    fn word_is(&self, run: &Run, index: usize, lower: &str) -> bool {
        is_word(self.word(run, index), lower)
    }

    fn opens(&self, run: &Run) -> bool {
        self.byte_after_blanks(run.end()) == b'('
    }

    /// After `If`, `While`, `Until`, `return`: a whole name that is known (`Use log`) is that name.
    fn begins_condition(&self, run: &Run) -> bool {
        run.words.len() == 1 || self.names.find(self.slice(run.start(), run.end())).is_none()
    }

    /// Keywords are not reserved: what is assigned to, or read through a dot, is a name. So is `break(…)`.
    fn is_used_as_name(&self, keyword: Keyword, run: &Run, words: usize) -> bool {
        if words < run.words.len() {
            return false;
        }
        let after = self.text.get(run.end() as usize..).unwrap_or_default().trim_start_matches([' ', '\t']);
        let assigned = [":=", "+=", "-=", "*=", "/="].iter().any(|symbol| after.starts_with(symbol));
        let takes_nothing = matches!(
            keyword,
            Keyword::Else | Keyword::Repeat | Keyword::Catch | Keyword::Break | Keyword::Continue | Keyword::Try
        );
        assigned || after.starts_with('.') || (takes_nothing && after.starts_with('('))
    }

    fn closer(&self, run: &Run) -> Option<(Keyword, usize)> {
        let words = run.words.len();
        CLOSERS.iter().find_map(|(after, keyword)| {
            let same = after.len() + 1 == words && after.iter().enumerate().all(|(i, w)| self.word_is(run, i + 1, w));
            same.then_some((*keyword, words))
        })
    }

    /// `exposed Function get name`, `shared singleton Class constructor`, `Class extends Name`, `Alias name path`:
    /// pushes keywords and names, and tells how many words that were; 0 when it is nothing of the kind.
    fn declaration(&mut self, run: &Run, line: &mut Vec<Lexeme>) -> usize {
        let modifiers = (0..).take_while(|i| find(MODIFIERS, self.word(run, *i)).is_some()).count();
        let class = self.word_is(run, modifiers, "class");
        let (keyword, words) = if self.word_is(run, modifiers, "function") {
            (Keyword::Function, 1)
        } else if class && self.word_is(run, modifiers + 1, "constructor") {
            (Keyword::ClassConstructor, 2)
        } else if class && self.word_is(run, modifiers + 1, "extends") {
            (Keyword::ClassExtends, 2)
        } else if self.kind == FileKind::Class && self.word_is(run, modifiers, "alias") {
            (Keyword::Alias, 1)
        } else {
            return 0;
        };
        if modifiers + words == run.words.len() && self.is_used_as_name(keyword, run, run.words.len()) {
            return 0;
        }
        self.plain = true;
        for index in 0..modifiers {
            if let Some(modifier) = find(MODIFIERS, self.word(run, index)) {
                self.push_words(run, index, 1, Token::Keyword(modifier), line);
            }
        }
        self.push_words(run, modifiers, words, Token::Keyword(keyword), line);
        let mut next = modifiers + words;
        // `Function get` alone is a function of that name.
        if keyword == Keyword::Function && next + 1 < run.words.len() {
            if let Some(kind) = find(FUNCTION_KINDS, self.word(run, next)) {
                self.push_words(run, next, 1, Token::Keyword(kind), line);
                next += 1;
            }
        }
        for index in next..run.words.len() {
            self.push_words(run, index, 1, Token::Name, line);
        }
        run.words.len()
    }

    fn push_words(&self, run: &Run, from: usize, count: usize, token: Token, line: &mut Vec<Lexeme>) {
        let first = run.words.get(from);
        let last = run.words.get(from + count - 1);
        if let (Some((start, _)), Some((_, end))) = (first, last) {
            line.push(Lexeme { token, start: *start, end: *end });
        }
    }

    /// Takes everything up to a line that begins with `End SQL`, as one token.
    fn sql(&mut self, line: &mut Vec<Lexeme>) {
        let from = line.last().map_or(0, |last| last.end);
        let mut start = from as usize;
        let bytes = self.text.as_bytes();
        let line_end = |at: usize| {
            let rest = bytes.get(at..).unwrap_or_default();
            rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).map(|length| at + length)
        };
        let rest = self.text.get(start..).unwrap_or_default();
        if rest.trim_start_matches([' ', '\t']).starts_with("//") {
            start = line_end(start).unwrap_or(bytes.len());
        }
        let mut at = start;
        while let Some(end) = line_end(at) {
            at = end + 1;
            if let Some(after) = end_of_sql(self.text.get(at..).unwrap_or_default()) {
                line.push(Lexeme { token: Token::Sql, start: place(start), end: place(at) });
                self.seek(place(at) + after);
                return;
            }
        }
        line.push(Lexeme { token: Token::UnterminatedSql, start: place(start), end: place(bytes.len()) });
        self.seek(place(bytes.len()));
    }
}

/// How long the `End SQL` is that this text begins with, blanks before it included.
fn end_of_sql(text: &str) -> Option<u32> {
    let rest = text.trim_start_matches([' ', '\t', '\u{A0}']);
    let (end, rest) = rest.split_at_checked(3)?;
    let rest = rest.strip_prefix([' ', '\t', '\u{A0}'])?.trim_start_matches([' ', '\t', '\u{A0}']);
    let (sql, rest) = rest.split_at_checked(3)?;
    let whole = is_word(end, "end") && is_word(sql, "sql") && !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    whole.then(|| place(text.len() - rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `Session info`, `Is text`, `Super`, `True` and a method `Use log`.
    struct Few;

    impl Names for Few {
        fn longest(&self, first: &str) -> usize {
            if ["session", "is", "use"].iter().any(|word| is_word(first, word)) { 2 } else { 0 }
        }

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
        assert_eq!(lex("exposed function GET x"), expected.replace("Function>", "function>").replace("<get>", "<GET>"));
        assert_eq!(lex("Class extends Session"), "Keyword(ClassExtends)<Class extends> Name<Session>");
    }

    #[test]
    fn brackets_open_tables_collections_and_indexes() {
        check("[Order lines:12]Unit price:3", "Table(Some(12))<[Order lines:12]> Field(Some(3))<Unit price:3>");
        check("[True]", "OpenBracket<[> Command(214)<True> CloseBracket<]>");
        check("$a[b]", "Local<$a> OpenBracket<[> Name<b> CloseBracket<]>");
        check("$a[[1", "Local<$a> OpenCharacter<[[> Number<1>");
        check("->[T]F", "Arrow<->> Table(None)<[T]> Field(None)<F>");
    }

    #[test]
    fn lines() {
        check("a\\  \r\n  b // c\n\n/* d\n*/ e\rf", "Name<a> Name<b> | Name<e> | Name<f>");
        check("Begin SQL\nSELECT 'it''s\n end  sql // x\na", "Keyword(BeginSql)<Begin SQL> Sql<\nSELECT 'it''s\n> | Name<a>");
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
