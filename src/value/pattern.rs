//! Regular expressions as `Match regex` takes them: the syntax and the meaning of ICU.
//!
//! A pattern is rewritten once for the engine underneath, which is linear wherever it can be and backtracks within a
//! limit for the rest (look-around, back references). What is rewritten is what ICU takes otherwise: line ends, `$`
//! before the last of them, `\h`, `\v`, `\R`, `\s`, `\uhhhh`, `\Q…\E`, sets of characters.

use std::fmt::Write as _;

use fancy_regex::{Regex, RegexBuilder};
use smallvec::SmallVec;

use crate::value::text::Text;

/// How many steps back the engine takes before it gives up.
const MOST_STEPS: usize = 5_000_000;
/// Groups may be nested so deep in a pattern.
const MOST_NESTED: usize = 200;
/// The distance, in units, of the known places of a text that is not ASCII.
const STRIDE: usize = 64;
/// What ends a line, as the inside of a set.
const LINE_ENDS: &str = r"\n\x0B\x0C\r\x{85}\x{2028}\x{2029}";
/// Horizontal white space, as the inside of a set.
const BLANKS: &str = r"\t\p{Zs}";
/// What ICU's `\s` takes, as the inside of a set.
const SPACES: &str = r"\t\n\x0C\r\p{Z}";

/// Where a match may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// Anywhere from the start on.
    Anywhere,
    /// Exactly at the start.
    Start,
    /// It must be the whole text.
    Whole,
}

/// Why a pattern cannot be used, or a search not be finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The pattern is not a regular expression.
    Syntax(String),
    /// The search takes too many steps.
    TooManySteps,
}

/// A group of a match: position from 0 and length, in units; `None` when it took no part.
pub type Group = Option<(usize, usize)>;

/// A pattern ready to search with.
#[derive(Debug)]
pub struct Pattern {
    regex: Regex,
}

impl Pattern {
    /// Reads a pattern. `line_end_last` says that the text to be searched ends with a line end, before which `$`
    /// matches too.
    pub fn new(pattern: &str, anchor: Anchor, line_end_last: bool) -> Result<Self, Fault> {
        let body = Translation::new(pattern, line_end_last).run()?;
        let source = match anchor {
            Anchor::Anywhere => body,
            Anchor::Start => format!(r"\G(?:{body})"),
            Anchor::Whole => format!(r"\A(?:{body})\z"),
        };
        let built = RegexBuilder::new(&source).crlf(true).backtrack_limit(MOST_STEPS).build();
        built.map(|regex| Self { regex }).map_err(|error| Fault::Syntax(reason(&error.to_string())))
    }

    /// The first match from a position (in units, from 0) on: the whole and its groups.
    pub fn find(&self, subject: &Subject, start: usize) -> Result<Option<SmallVec<[Group; 4]>>, Fault> {
        let start = subject.byte(start);
        let found =
            self.regex.captures_from_pos(subject.utf8.as_str(), start).map_err(|_| Fault::TooManySteps)?;
        Ok(found.map(|captures| {
            captures
                .iter()
                .map(|group| {
                    let group = group?;
                    let (start, end) = (subject.unit(group.start()), subject.unit(group.end()));
                    Some((start, end - start))
                })
                .collect()
        }))
    }
}

/// The engine's own words, without the pattern that it shows as rewritten.
fn reason(error: &str) -> String {
    let last = error.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or(error);
    let last = last.trim().trim_start_matches("error: ");
    last.rsplit_once("Regex error: ").map_or(last, |(_, reason)| reason).to_owned()
}

/// A text to be searched, in the form that the engine takes.
#[derive(Debug)]
pub struct Subject {
    utf8: String,
    /// Units and the bytes at which they stand, at least 64 units apart; empty when units are bytes.
    places: Vec<(usize, usize)>,
}

impl Subject {
    /// Makes a text ready to be searched.
    pub fn new(text: &Text) -> Self {
        let utf8 = text.to_str().into_owned();
        let mut places = Vec::new();
        if !utf8.is_ascii() {
            let mut unit = 0;
            for (byte, character) in utf8.char_indices() {
                if unit >= places.len() * STRIDE {
                    places.push((unit, byte));
                }
                unit += character.len_utf16();
            }
        }
        Self { utf8, places }
    }

    /// Whether the text ends with a line end.
    pub fn ends_with_line_end(&self) -> bool {
        self.utf8.ends_with(['\n', '\u{B}', '\u{C}', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
    }

    /// The byte at a unit; at the end, or past it, the end.
    fn byte(&self, unit: usize) -> usize {
        if self.places.is_empty() {
            return unit.min(self.utf8.len());
        }
        let index = self.places.partition_point(|(at, _)| *at <= unit).saturating_sub(1);
        let (mut at, place) = self.places.get(index).copied().unwrap_or_default();
        for (byte, character) in self.utf8.get(place..).unwrap_or_default().char_indices() {
            if at >= unit {
                return place + byte;
            }
            at += character.len_utf16();
        }
        self.utf8.len()
    }

    /// The unit at a byte.
    fn unit(&self, byte: usize) -> usize {
        if self.places.is_empty() {
            return byte;
        }
        let index = self.places.partition_point(|(_, at)| *at <= byte).saturating_sub(1);
        let (unit, place) = self.places.get(index).copied().unwrap_or_default();
        unit + self.utf8.get(place..byte).unwrap_or_default().encode_utf16().count()
    }
}

/// The flags that change how a pattern is rewritten.
#[derive(Clone, Copy, Debug, Default)]
struct Flags {
    dot_all: bool,
    multi_line: bool,
    extended: bool,
}

/// A pattern on its way from ICU's syntax to the engine's.
struct Translation {
    source: Vec<char>,
    at: usize,
    out: String,
    flags: Flags,
    outer: Vec<Flags>,
    line_end_last: bool,
    groups: usize,
}

impl Translation {
    fn new(pattern: &str, line_end_last: bool) -> Self {
        let source: Vec<char> = pattern.chars().collect();
        let groups = count_groups(&source);
        let out = String::with_capacity(source.len() + 16);
        Self { source, at: 0, out, flags: Flags::default(), outer: Vec::new(), line_end_last, groups }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.source.get(self.at + ahead).copied()
    }

    fn next(&mut self) -> Option<char> {
        let character = self.peek(0)?;
        self.at += 1;
        Some(character)
    }

    fn fault<T>(&self, what: &str) -> Result<T, Fault> {
        Err(Fault::Syntax(format!("{what} at position {}", self.at)))
    }

    fn run(mut self) -> Result<String, Fault> {
        while let Some(character) = self.next() {
            match character {
                '\\' => self.escape()?,
                '[' => self.set(0)?,
                '(' => self.open()?,
                ')' => {
                    let Some(flags) = self.outer.pop() else { return self.fault("a `)` without its `(`") };
                    self.flags = flags;
                    self.out.push(')');
                }
                '.' if !self.flags.dot_all => self.set_of("^", LINE_ENDS),
                '.' => self.out.push_str("(?s:.)"),
                '^' if self.flags.multi_line => self.out.push_str("(?m:^)"),
                '$' if self.flags.multi_line => self.out.push_str("(?m:$)"),
                '$' => self.end_of_text(),
                '#' if self.flags.extended => self.comment('\n'),
                _ if self.flags.extended && character.is_whitespace() => {}
                _ => self.out.push(character),
            }
        }
        if self.outer.is_empty() { Ok(self.out) } else { self.fault("a `(` without its `)`") }
    }

    fn set_of(&mut self, negation: &str, inside: &str) {
        // Writing to a string cannot fail.
        let _ = write!(self.out, "[{negation}{inside}]");
    }

    /// The end of the text, or what stands before the line end that ends it.
    fn end_of_text(&mut self) {
        if self.line_end_last {
            let _ = write!(self.out, r"(?=(?:\r\n|[{LINE_ENDS}])?\z)");
        } else {
            self.out.push_str(r"\z");
        }
    }

    fn comment(&mut self, end: char) {
        while self.next().is_some_and(|character| character != end) {}
    }

    /// What follows a `(`.
    fn open(&mut self) -> Result<(), Fault> {
        if self.outer.len() >= MOST_NESTED {
            return self.fault("too many nested groups");
        }
        if self.peek(0) != Some('?') {
            self.outer.push(self.flags);
            self.out.push('(');
            return Ok(());
        }
        if self.peek(1) == Some('#') {
            self.comment(')');
            return Ok(());
        }
        let plain = matches!(self.peek(1), Some(':' | '>' | '=' | '!' | '<'));
        if plain {
            self.outer.push(self.flags);
            self.out.push_str("(?");
            self.at += 1;
            // The angle bracket of a look behind, or of a name, goes with what follows.
            let sign = self.next();
            self.out.extend(sign);
            return Ok(());
        }
        self.flags_group()
    }

    /// `(?ism-ismx)` or `(?i:…)`.
    fn flags_group(&mut self) -> Result<(), Fault> {
        self.at += 1;
        let (mut flags, mut on) = (self.flags, true);
        let (mut set, mut cleared) = (false, false);
        loop {
            match self.next() {
                Some('-') => on = false,
                Some('i') => (set, cleared) = if on { (true, cleared) } else { (set, true) },
                Some('s') => flags.dot_all = on,
                Some('m') => flags.multi_line = on,
                Some('x') => flags.extended = on,
                // Unix lines and Unicode words: what is rewritten here makes no difference of them.
                Some('d' | 'w') => {}
                Some(')') => {
                    self.flags = flags;
                    self.case_flag(set, cleared, ")");
                    return Ok(());
                }
                Some(':') => {
                    self.outer.push(self.flags);
                    self.flags = flags;
                    self.case_flag(set, cleared, ":");
                    return Ok(());
                }
                Some(_) | None => return self.fault("an unknown flag"),
            }
        }
    }

    /// Case is left to the engine, all other flags are rewritten.
    fn case_flag(&mut self, set: bool, cleared: bool, end: &str) {
        match (set, cleared) {
            (true, _) => self.out.push_str("(?i"),
            (false, true) => self.out.push_str("(?-i"),
            (false, false) if end == ":" => self.out.push_str("(?"),
            (false, false) => return,
        }
        self.out.push_str(end);
    }

    /// What follows a backslash, outside of a set.
    fn escape(&mut self) -> Result<(), Fault> {
        let Some(character) = self.next() else { return self.fault("a backslash at the end") };
        match character {
            'Q' => self.quoted(),
            'h' => self.set_of("", BLANKS),
            'H' => self.set_of("^", BLANKS),
            'v' => self.set_of("", LINE_ENDS),
            'V' => self.set_of("^", LINE_ENDS),
            's' => self.set_of("", SPACES),
            'S' => self.set_of("^", SPACES),
            'R' => {
                let _ = write!(self.out, r"(?:\r\n|[{LINE_ENDS}])");
            }
            'X' => self.out.push_str(r"(?:\r\n|\P{M}\p{M}*|\p{M}+)"),
            'Z' => self.end_of_text(),
            'd' | 'D' | 'w' | 'W' | 'b' | 'B' | 'A' | 'z' | 'G' => {
                self.out.push('\\');
                self.out.push(character);
            }
            'p' | 'P' => self.property(character)?,
            'k' => {
                self.out.push_str(r"\k");
            }
            '1'..='9' => self.back_reference(character),
            _ => {
                let code = self.character(character)?;
                self.literal(code);
            }
        }
        Ok(())
    }

    /// As many digits as name a group.
    fn back_reference(&mut self, first: char) {
        let mut number = first.to_digit(10).map_or(0, |digit| digit as usize);
        while let Some(digit) = self.peek(0).and_then(|c| c.to_digit(10)) {
            let longer = number * 10 + digit as usize;
            if longer > self.groups {
                break;
            }
            number = longer;
            self.at += 1;
        }
        let _ = write!(self.out, r"(?:\{number})");
    }

    /// The character that an escape stands for.
    fn character(&mut self, escape: char) -> Result<char, Fault> {
        let code = match escape {
            'a' => 0x7,
            'e' => 0x1B,
            'f' => 0xC,
            'n' => 0xA,
            'r' => 0xD,
            't' => 0x9,
            'c' => self.next().map_or(0, |c| u32::from(c) & 0x1F),
            'u' => {
                let high = self.digits(16, 4, 4)?;
                if (0xD800..0xDC00).contains(&high) && self.peek(0) == Some('\\') && self.peek(1) == Some('u')
                {
                    self.at += 2;
                    let low = self.digits(16, 4, 4)?;
                    0x10000 + ((high - 0xD800) << 10) + (low & 0x3FF)
                } else {
                    high
                }
            }
            'U' => self.digits(16, 8, 8)?,
            'x' if self.peek(0) == Some('{') => {
                self.at += 1;
                let code = self.digits(16, 1, 6)?;
                if self.next() != Some('}') {
                    return self.fault("`}` expected");
                }
                code
            }
            'x' => self.digits(16, 1, 2)?,
            '0' => self.digits(8, 1, 3)?,
            _ if escape.is_ascii_alphanumeric() => return self.fault("an unknown escape"),
            _ => u32::from(escape),
        };
        // Half a surrogate pair can stand nowhere: texts are searched by whole characters.
        Ok(char::from_u32(code).unwrap_or('\u{FFFD}'))
    }

    fn digits(&mut self, base: u32, least: usize, most: usize) -> Result<u32, Fault> {
        let (mut code, mut count) = (0_u32, 0);
        while let Some(digit) = self.peek(0).and_then(|c| c.to_digit(base)).filter(|_| count < most) {
            code = code.saturating_mul(base).saturating_add(digit);
            count += 1;
            self.at += 1;
        }
        if count < least { self.fault("a digit is missing") } else { Ok(code) }
    }

    /// A character for its own sake, in a set or outside.
    fn literal(&mut self, character: char) {
        if character.is_alphanumeric() {
            self.out.push(character);
        } else {
            let _ = write!(self.out, r"\x{{{:X}}}", u32::from(character));
        }
    }

    /// `\Q…\E`
    fn quoted(&mut self) {
        while let Some(character) = self.next() {
            if character == '\\' && self.peek(0) == Some('E') {
                self.at += 1;
                return;
            }
            self.literal(character);
        }
    }

    /// `\p{…}`, `\pL`
    fn property(&mut self, letter: char) -> Result<(), Fault> {
        self.out.push('\\');
        self.out.push(letter);
        match self.next() {
            Some('{') => {
                self.out.push('{');
                loop {
                    match self.next() {
                        Some('}') => break,
                        Some(c) if c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '=' | '^') => {
                            self.out.push(c);
                        }
                        Some(_) | None => return self.fault("a property without its `}`"),
                    }
                }
                self.out.push('}');
                Ok(())
            }
            Some(c) if c.is_ascii_alphabetic() => {
                self.out.push(c);
                Ok(())
            }
            Some(_) | None => self.fault("a property is missing"),
        }
    }

    /// A set, after its `[`.
    fn set(&mut self, depth: usize) -> Result<(), Fault> {
        if depth >= MOST_NESTED {
            return self.fault("too many nested sets");
        }
        self.out.push('[');
        if self.peek(0) == Some('^') {
            self.at += 1;
            self.out.push('^');
        }
        let start = self.at;
        while let Some(character) = self.next() {
            match character {
                ']' if self.at > start + 1 => {
                    self.out.push(']');
                    return Ok(());
                }
                '[' if self.peek(0) == Some(':') && self.posix()? => {}
                '[' => self.set(depth + 1)?,
                '\\' => self.set_escape()?,
                // `&` and `-` between sets are intersection and difference, doubled or not.
                '&' | '-' if self.peek(0) == Some(character) => {
                    self.at += 1;
                    self.out.push(character);
                    self.out.push(character);
                }
                '&' | '-' if self.peek(0) == Some('[') && self.out.ends_with(']') => {
                    self.out.push(character);
                    self.out.push(character);
                }
                '-' => self.range_sign(start),
                _ => self.literal(character),
            }
        }
        self.fault("a `[` without its `]`")
    }

    /// A `-` is a character at either end of a set, else the sign of a range.
    fn range_sign(&mut self, start: usize) {
        if self.at == start + 1 || self.peek(0) == Some(']') {
            self.literal('-');
        } else {
            self.out.push('-');
        }
    }

    /// What follows a backslash in a set.
    fn set_escape(&mut self) -> Result<(), Fault> {
        let Some(character) = self.next() else { return self.fault("a backslash at the end") };
        match character {
            'Q' => self.quoted(),
            'd' | 'D' | 'w' | 'W' => {
                self.out.push('\\');
                self.out.push(character);
            }
            's' => self.out.push_str(SPACES),
            'h' => self.out.push_str(BLANKS),
            'v' => self.out.push_str(LINE_ENDS),
            'S' => self.set_of("^", SPACES),
            'H' => self.set_of("^", BLANKS),
            'V' => self.set_of("^", LINE_ENDS),
            'p' | 'P' => self.property(character)?,
            'b' => self.literal('\u{8}'),
            _ => {
                let code = self.character(character)?;
                self.literal(code);
            }
        }
        Ok(())
    }

    /// `[:alpha:]`, after its `[`; false when it is a set that begins with a colon.
    fn posix(&mut self) -> Result<bool, Fault> {
        let rest = self.source.get(self.at + 1..).unwrap_or_default();
        let Some(length) = rest.windows(2).position(|pair| pair == [':', ']']) else { return Ok(false) };
        let name: String = rest.iter().take(length).collect();
        let (negation, plain) = name.strip_prefix('^').map_or(("", name.as_str()), |name| ("^", name));
        let inside = match plain {
            "alpha" => r"\p{Alphabetic}".to_owned(),
            "alnum" => r"\p{Alphabetic}\p{Nd}".to_owned(),
            "lower" => r"\p{Lowercase}".to_owned(),
            "upper" => r"\p{Uppercase}".to_owned(),
            "digit" => r"\p{Nd}".to_owned(),
            "xdigit" => "0-9A-Fa-f".to_owned(),
            "space" => r"\p{White_Space}".to_owned(),
            "blank" => BLANKS.to_owned(),
            "punct" => r"\p{P}".to_owned(),
            "cntrl" => r"\p{Cc}".to_owned(),
            "word" => r"\w".to_owned(),
            "graph" => {
                self.at += length + 3;
                let (negation, more) = if negation.is_empty() { ("^", r"\p{C}") } else { ("", r"\p{C}") };
                self.set_of(negation, &format!(r"\p{{Z}}{more}"));
                return Ok(true);
            }
            _ if plain.chars().all(|c| c.is_alphanumeric() || c == '_') && !plain.is_empty() => {
                format!(r"\p{{{plain}}}")
            }
            _ => return self.fault("an unknown class of characters"),
        };
        self.at += length + 3;
        self.set_of(negation, &inside);
        Ok(true)
    }
}

/// The number of groups that capture.
fn count_groups(source: &[char]) -> usize {
    let (mut count, mut at, mut in_set) = (0, 0, false);
    while let Some(&character) = source.get(at) {
        match character {
            '\\' => at += 1,
            '[' => in_set = true,
            ']' => in_set = false,
            '(' if !in_set => {
                let rest = (source.get(at + 1), source.get(at + 2), source.get(at + 3));
                let named = matches!(rest, (Some('?'), Some('<'), Some(c)) if *c != '=' && *c != '!');
                count += usize::from(rest.0 != Some(&'?') || named);
            }
            _ => {}
        }
        at += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first match as `position+length` of the whole and its groups, `-` for a group without part, "" for none.
    fn find(pattern: &str, text: &str) -> String {
        find_from(pattern, text, 0, Anchor::Anywhere)
    }

    fn find_from(pattern: &str, text: &str, start: usize, anchor: Anchor) -> String {
        let subject = Subject::new(&Text::from(text));
        let pattern = match Pattern::new(pattern, anchor, subject.ends_with_line_end()) {
            Ok(pattern) => pattern,
            Err(fault) => return format!("{fault:?}"),
        };
        let groups = match pattern.find(&subject, start) {
            Ok(groups) => groups.unwrap_or_default(),
            Err(fault) => return format!("{fault:?}"),
        };
        let shown: Vec<String> = groups
            .iter()
            .map(|group| group.map_or("-".to_owned(), |(start, length)| format!("{start}+{length}")))
            .collect();
        shown.join(" ")
    }

    #[test]
    fn positions_are_units() {
        assert_eq!(find("b", "aéb"), "2+1");
        assert_eq!(find("b+", "😀😀bb"), "4+2");
        let long = "é😀".repeat(100) + "x";
        assert_eq!(find("x", &long), "300+1");
        assert_eq!(find_from("é", &long, 250, Anchor::Anywhere), "252+1");
    }

    #[test]
    fn anchors() {
        assert_eq!(find_from("a.b", "---a-b---", 3, Anchor::Start), "3+3");
        assert_eq!(find_from("a.b", "---a-b---", 0, Anchor::Start), "");
        assert_eq!(find_from("a|ab", "ab", 0, Anchor::Whole), "0+2");
        assert_eq!(find_from("smith", "the smithy", 0, Anchor::Whole), "");
    }

    #[test]
    fn line_ends_are_those_of_icu() {
        assert_eq!(find("a.b", "a\rb a\u{2028}b a-b"), "8+3");
        assert_eq!(find("(?s)a.b", "a\rb"), "0+3");
        assert_eq!(find("(?m)^b$", "a\rb\rc"), "2+1");
        assert_eq!(find("c$", "abc\n"), "2+1");
        assert_eq!(find("c$", "abc\r\n"), "2+1");
        assert_eq!(find(r"c\z", "abc\n"), "");
        assert_eq!(find("b$", "ab\nc"), "");
        assert_eq!(find(r"a\R+b", "a\r\n\u{85}b"), "0+5");
    }

    #[test]
    fn escapes_and_sets() {
        assert_eq!(find(r"\u0041\x42\x{43}\U00000044\0105", "ABCDE"), "0+5");
        assert_eq!(find(r"\uD83D\uDE00", "a😀"), "1+2");
        assert_eq!(find(r"\Qa.b\E+", "a.bb"), "0+4");
        assert_eq!(find("[[a-z]&&[^aeiou]]+", "aeblmo"), "2+3");
        assert_eq!(find("[[a-z]-[aeiou]]+", "aeblmo"), "2+3");
        assert_eq!(find("[[:alpha:]_]+", "12é_x"), "2+3");
        assert_eq!(find("[[:^alpha:]]+", "ab12"), "2+2");
        assert_eq!(find(r"[\w.-]+@[\w-]+", "mail: j.d-e@x-y"), "6+9");
        assert_eq!(find(r"\h+", "a\t b"), "1+2");
        assert_eq!(find("[a~&#]+", "x~&#a"), "1+4");
        assert_eq!(find(r"\p{Lu}\p{Ll}+\P{L}", "xÉlan "), "1+5");
    }

    #[test]
    fn groups_and_references() {
        assert_eq!(find(r"(a)?(b)", "b"), "0+1 - 0+1");
        assert_eq!(find(r"(?<x>\w)\k<x>", "hello"), "2+2 2+1");
        assert_eq!(find(r"(\w)\11", "aa1"), "0+3 0+1");
        assert_eq!(find(r"(?i)AB(?-i)c", "abc abC"), "0+3");
        assert_eq!(find(r"(?i:A)b", "Ab"), "0+2");
        assert_eq!(find("(?x) a b # both \n c", "abc"), "0+3");
        assert_eq!(find("a(?# nothing )b", "ab"), "0+2");
        assert_eq!(find(r"(?<=\$)\d+(?!\d)", "12 $345"), "4+3");
        assert_eq!(find(r"a++b", "aaab"), "0+4");
        assert_eq!(find("(?>a|ab)c", "abc"), "");
    }

    #[test]
    fn what_is_no_expression_is_said_so() {
        for wrong in ["(", ")", "[a", "a**", r"\", r"\y", r"\2(a)", "(?z)", r"\p{Nonsense}"] {
            let found = find(wrong, "a");
            assert!(found.starts_with("Syntax"), "{wrong}: {found}");
        }
    }

    #[test]
    fn a_search_without_end_is_given_up() {
        assert_eq!(find("(a|b|ab)*(?>c)", &"ab".repeat(40)), "TooManySteps");
    }
}
