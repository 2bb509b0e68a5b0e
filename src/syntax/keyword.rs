//! Keywords at the beginning of a line, and the declarations that are made of them.
//!
//! Nothing is reserved: `Repeat:=1` gives a variable a value, `Use log` is a method when one has that name. So a word is
//! a keyword by what stands around it.

use crate::syntax::lexer::{FileKind, Lexeme, Lexer, Run, is_word, place};
use crate::syntax::token::{Keyword, Token};

/// The words that a keyword begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First {
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
pub(super) fn first_word(word: &str) -> Option<First> {
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
    pub(super) fn keywords(&mut self, run: &Run, line: &mut Vec<Lexeme>) -> usize {
        let Some((start, end)) = run.words.first().copied() else { return 0 };
        let Some(first) = first_word(self.slice(start, end)) else { return 0 };
        let count = run.words.len();
        let alone = count == 1;
        let keyword = match Some(first) {
            Some(First::If) if self.begins_condition(run) => Some((Keyword::If, 1)),
            Some(First::While) if self.begins_condition(run) => Some((Keyword::While, 1)),
            Some(First::Until) if self.begins_condition(run) => Some((Keyword::Until, 1)),
            Some(First::Else) if alone => Some((Keyword::Else, 1)),
            Some(First::Else) if self.word_is(run, 1, "if") => Some((Keyword::ElseIf, 2)),
            Some(First::End) => self.closer(run),
            Some(First::Case) if count == 2 && self.word_is(run, 1, "of") => Some((Keyword::CaseOf, 2)),
            Some(First::Repeat) if alone => Some((Keyword::Repeat, 1)),
            Some(First::For) if alone && self.opens_heading(run) => Some((Keyword::For, 1)),
            Some(First::For) if count == 2 && self.word_is(run, 1, "each") => Some((Keyword::ForEach, 2)),
            Some(First::Use) if alone && self.opens_heading(run) => Some((Keyword::Use, 1)),
            Some(First::Try) if alone && !self.opens(run) => Some((Keyword::Try, 1)),
            Some(First::Catch) if alone => Some((Keyword::Catch, 1)),
            Some(First::Return) if alone || self.begins_condition(run) => Some((Keyword::Return, 1)),
            Some(First::Break) if alone => Some((Keyword::Break, 1)),
            Some(First::Continue) if alone => Some((Keyword::Continue, 1)),
            Some(First::Var)
                if !alone || matches!(self.byte_after_blanks(end), b'$' | b'<' | b'\\' | b':' | 0xE2) =>
            {
                Some((Keyword::Var, 1))
            }
            Some(First::Property) if self.kind == FileKind::Class => {
                (!alone || self.byte_after_blanks(end) == b'\\').then_some((Keyword::Property, 1))
            }
            Some(First::Begin) if count == 2 && self.word_is(run, 1, "sql") => Some((Keyword::BeginSql, 2)),
            Some(First::Declaration) => return self.declaration(run, line),
            _ => None,
        };
        // `If:=1`, `break(2)`: a variable or a method of that name, not the statement.
        let Some((keyword, words)) =
            keyword.filter(|(keyword, words)| !self.is_used_as_name(*keyword, run, *words))
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

    /// The parenthesis of a heading, or a variable where it was forgotten.
    fn opens_heading(&self, run: &Run) -> bool {
        matches!(self.byte_after_blanks(run.end()), b'(' | b'$')
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
            Keyword::Else
                | Keyword::Repeat
                | Keyword::Catch
                | Keyword::Break
                | Keyword::Continue
                | Keyword::Try
        );
        assigned || after.starts_with('.') || (takes_nothing && after.starts_with('('))
    }

    fn closer(&self, run: &Run) -> Option<(Keyword, usize)> {
        let words = run.words.len();
        CLOSERS.iter().find_map(|(after, keyword)| {
            let same = after.len() + 1 == words
                && after.iter().enumerate().all(|(i, w)| self.word_is(run, i + 1, w));
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
        if keyword == Keyword::Function
            && next + 1 < run.words.len()
            && let Some(kind) = find(FUNCTION_KINDS, self.word(run, next))
        {
            self.push_words(run, next, 1, Token::Keyword(kind), line);
            next += 1;
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
    let whole = is_word(end, "end")
        && is_word(sql, "sql")
        && !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    whole.then(|| place(text.len() - rest.len()))
}
