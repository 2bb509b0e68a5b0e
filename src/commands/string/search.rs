//! Searching and comparing: by letters (neither case nor accents count), by character codes, by regular expressions.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a command names the types that it takes; all others are one case"
)]

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{count, index};
use crate::builtin::Command;
use crate::builtin::parameter::{Star, Var};
use crate::native;
use crate::runtime::process::Process;
use crate::value::array::{Array, Items};
use crate::value::compare::{self, Strength};
use crate::value::error::{Error, Result};
use crate::value::pattern::{Anchor, Fault, Group, Pattern, Subject};
use crate::value::search::{self, Folded, Place};
use crate::value::text::{Text, Units};
use crate::value::{ArrayType, Type, Value};

/// `sk char codes`
const CHAR_CODES: i32 = 1;
/// `sk case insensitive`
const CASE_INSENSITIVE: i32 = 2;
/// `sk diacritic insensitive`
const DIACRITIC_INSENSITIVE: i32 = 4;
/// `sk whole word`
const WHOLE_WORD: i32 = 32;

/// How texts are compared, as the options say.
#[derive(Clone, Copy)]
enum Comparison {
    /// By the letters that they are.
    Letters(Strength),
    /// By code.
    Codes,
    /// By code, but `a` to `z` are equal to `A` to `Z`.
    CodesOfAnyCase,
}

impl Comparison {
    /// The two options for Japanese are accepted and change nothing.
    fn of(options: Option<i32>) -> Self {
        let Some(options) = options else { return Self::Letters(Strength::Letters) };
        let has = |option: i32| options & option != 0;
        match (has(CHAR_CODES), has(CASE_INSENSITIVE), has(DIACRITIC_INSENSITIVE)) {
            (true, false, _) => Self::Codes,
            (true, true, _) => Self::CodesOfAnyCase,
            (false, true, true) => Self::Letters(Strength::Letters),
            (false, true, false) => Self::Letters(Strength::Accents),
            (false, false, true) => Self::Letters(Strength::Case),
            (false, false, false) => Self::Letters(Strength::Strict),
        }
    }

    fn find(self, needle: &Text, haystack: &Text, from: usize) -> Option<Place> {
        match self {
            Self::Letters(strength) => search::find_with(needle, haystack, from, strength),
            Self::Codes if needle.is_empty() => None,
            Self::Codes => haystack.find_exact(needle, from).map(|place| (place, needle.len())),
            Self::CodesOfAnyCase => {
                Self::Codes.find(&ascii_lowercase(needle), &ascii_lowercase(haystack), from)
            }
        }
    }
}

fn ascii_lowercase(text: &Text) -> Text {
    match text.view() {
        Units::Latin(bytes) => Text::from_latin1_vec(bytes.to_ascii_lowercase()),
        Units::Wide(units) => {
            let small =
                |unit: &u16| u8::try_from(*unit).map_or(*unit, |byte| u16::from(byte.to_ascii_lowercase()));
            // Above ASCII a byte is not changed either.
            Text::from_units_vec(units.iter().map(small).collect())
        }
    }
}

pub(super) const COMPARE_STRINGS: Command = Command {
    number: 1756,
    name: "Compare strings",
    thread_safe: true,
    help: "Whether a text stands before (-1) or after (1) another one, or is equal to it (0).",
    syntaxes: &[native!(compare_strings(aString, bString, options))],
};

fn compare_strings(a: Text, b: Text, options: Option<i32>) -> i32 {
    let order = match Comparison::of(options) {
        Comparison::Letters(strength) => compare::order_with(&a, &b, strength),
        Comparison::Codes => a.cmp(&b),
        Comparison::CodesOfAnyCase => ascii_lowercase(&a).cmp(&ascii_lowercase(&b)),
    };
    order as i32
}

pub(super) const GET_TEXT_KEYWORDS: Command = Command {
    number: 1141,
    name: "GET TEXT KEYWORDS",
    thread_safe: true,
    help: "Fills an array with the words of a text, with `*` each of them once.",
    syntaxes: &[native!(get_text_keywords(text, arrKeywords, star))],
};

fn get_text_keywords(text: Text, keywords: Var<Array>, unique: Option<Star>) -> Result<()> {
    let array = text_array(&keywords)?;
    let text = without_tags(&text.to_str());
    let mut seen: FxHashSet<Vec<u32>> = FxHashSet::default();
    let mut words = vec![Text::EMPTY];
    for word in compare::keywords(&text).map(Text::from) {
        let new = unique.is_none() || seen.insert(Folded::of(&word, Strength::Letters).folded().to_vec());
        if new {
            words.push(word);
        }
    }
    array.with_mut(|items| *items = Items::Text(words));
    Ok(())
}

/// The text array that a variable holds.
fn text_array(variable: &Var<Array>) -> Result<Array> {
    let array = variable.array(ArrayType::Text);
    if array.type_() == Type::Array(ArrayType::Text) {
        return Ok(array);
    }
    Err(Error::types("parameter `arrKeywords` of `GET TEXT KEYWORDS` is a Text array"))
}

/// Styled text without its tags.
fn without_tags(text: &str) -> String {
    if !text.to_ascii_lowercase().contains("<span") {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        plain.push_str(before);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    plain + rest
}

pub(super) const POSITION: Command = Command {
    number: 15,
    name: "Position",
    thread_safe: true,
    help: "Where a text first stands in another one, 0 when it does not; with `*` character codes are compared.",
    syntaxes: &[
        native!(position(find, aString, start, lengthFound, star)),
        native!(position_with(find, aString, start, lengthFound, options)),
    ],
};

fn position(
    needle: Text,
    haystack: Text,
    start: Option<i32>,
    length: Option<Var<i32>>,
    codes: Option<Star>,
) -> i32 {
    let comparison = if codes.is_some() { Comparison::Codes } else { Comparison::of(None) };
    answer(comparison.find(&needle, &haystack, index(start.unwrap_or(1))), length)
}

fn position_with(needle: Text, haystack: Text, start: i32, length: Var<i32>, options: i32) -> i32 {
    // A whole word alone is compared as by default.
    let strength = (options & !WHOLE_WORD != 0 || options == 0).then_some(options);
    let comparison = Comparison::of(strength);
    let mut from = index(start);
    let mut found = comparison.find(&needle, &haystack, from);
    while options & WHOLE_WORD != 0
        && let Some((place, size)) = found
        && !is_whole_word(&haystack, place, size)
    {
        from = place + 1;
        found = comparison.find(&needle, &haystack, from);
    }
    answer(found, Some(length))
}

fn answer(found: Option<Place>, length: Option<Var<i32>>) -> i32 {
    let (position, size) = found.map_or((0, 0), |(place, size)| (place + 1, size));
    if let Some(length) = length {
        length.set(i32::try_from(size).unwrap_or(i32::MAX));
    }
    i32::try_from(position).unwrap_or(i32::MAX)
}

/// Whether no letter or digit stands next to a place.
fn is_whole_word(text: &Text, place: usize, size: usize) -> bool {
    let letter = |unit: Option<u16>| {
        unit.and_then(|unit| char::from_u32(u32::from(unit))).is_some_and(|c| c.is_alphanumeric() || c == '_')
    };
    !letter(place.checked_sub(1).and_then(|before| text.unit(before))) && !letter(text.unit(place + size))
}

pub(super) const REPLACE_STRING: Command = Command {
    number: 233,
    name: "Replace string",
    thread_safe: true,
    help: "The text with another one in the place of each that is found; with `*` character codes are compared.",
    syntaxes: &[native!(replace_string(process, source, oldString, newString, howMany, star))],
};

fn replace_string(
    process: &mut Process,
    source: Text,
    old: Text,
    new: Text,
    how_many: Option<i32>,
    codes: Option<Star>,
) -> Result<Text> {
    let limit = how_many.map_or(usize::MAX, count);
    let places = if codes.is_some() {
        exact_places(&source, &old, limit)
    } else {
        search::find_all(&old, &source, limit)
    };
    if places.is_empty() {
        return Ok(source);
    }
    process.check_text(source.len().saturating_add(places.len().saturating_mul(new.len())))?;
    let mut text = Text::EMPTY;
    let mut from = 0;
    for (place, length) in places {
        text.push_view(source.view().slice(from, place - from));
        text.push_text(&new);
        from = place + length;
    }
    text.push_view(source.view().slice(from, source.len() - from));
    Ok(text)
}

fn exact_places(source: &Text, old: &Text, limit: usize) -> Vec<Place> {
    let mut places = Vec::new();
    let mut from = 0;
    while places.len() < limit
        && let Some(place) = Comparison::Codes.find(old, source, from)
    {
        places.push(place);
        from = place.0 + place.1;
    }
    places
}

pub(super) const MATCH_REGEX: Command = Command {
    number: 1019,
    name: "Match regex",
    thread_safe: true,
    help: "Whether a regular expression matches the whole text, or a part of it that is then given by position.",
    syntaxes: &[
        native!(match_whole(process, pattern, aString)),
        native!(match_part(process, pattern, aString, start, pos_found, length_found, star)),
    ],
};

fn match_whole(process: &mut Process, pattern: Text, text: Text) -> Result<bool> {
    Ok(find(process, &pattern, &text, 0, Anchor::Whole)?.is_some())
}

fn match_part(
    process: &mut Process,
    pattern: Text,
    text: Text,
    start: i32,
    positions: Option<Var<Value>>,
    lengths: Option<Var<Value>>,
    only_there: Option<Star>,
) -> Result<bool> {
    let start = index(start);
    if start > text.len() {
        return Ok(false);
    }
    let anchor = if only_there.is_some() { Anchor::Start } else { Anchor::Anywhere };
    let Some(groups) = find(process, &pattern, &text, start, anchor)? else { return Ok(false) };
    let number = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    // A group that took no part stands at 0.
    let place = |group: &Group| group.map_or((0, 0), |(start, length)| (number(start + 1), number(length)));
    give(positions, groups.iter().map(|group| place(group).0))?;
    give(lengths, groups.iter().map(|group| place(group).1))?;
    Ok(true)
}

/// Gives numbers to an array, the first to element zero, or the first alone to another variable.
fn give(variable: Option<Var<Value>>, numbers: impl Iterator<Item = i32>) -> Result<()> {
    let Some(variable) = variable else { return Ok(()) };
    let numbers: Vec<i32> = numbers.collect();
    let Value::Array(array) = variable.value() else {
        variable.set(numbers.first().copied().unwrap_or_default());
        return Ok(());
    };
    match array.type_() {
        Type::Array(ArrayType::Longint) => array.with_mut(|items| *items = Items::Longint(numbers)),
        Type::Array(ArrayType::Integer | ArrayType::Real) => array.with_mut(|items| {
            items.resize(numbers.len().saturating_sub(1));
            let real = items.element_type() == ArrayType::Real;
            for (index, number) in numbers.iter().enumerate() {
                let value = if real { Value::Real(f64::from(*number)) } else { Value::Integer(*number) };
                items.set(index, value);
            }
        }),
        other => {
            let message =
                format!("`Match regex` gives numbers, which an {} of another type cannot hold", other.name());
            return Err(Error::types(message));
        }
    }
    Ok(())
}

/// The texts and patterns that searches met last: loops meet the same ones again and again.
#[derive(Default)]
struct Cache {
    patterns: FxHashMap<(Text, Anchor, bool), Rc<Pattern>>,
    subject: Option<(Text, Rc<Subject>)>,
}

/// No more patterns than these are kept.
const MOST_PATTERNS: usize = 256;
/// Shorter texts are made ready again faster than they are kept.
const KEPT_FROM: usize = 64;

impl Cache {
    fn subject(&mut self, text: &Text) -> Rc<Subject> {
        if let Some((known, subject)) = &self.subject
            && known.is_same(text)
        {
            return Rc::clone(subject);
        }
        let subject = Rc::new(Subject::new(text));
        self.subject = (text.len() >= KEPT_FROM).then(|| (text.clone(), Rc::clone(&subject)));
        subject
    }

    fn pattern(&mut self, text: &Text, anchor: Anchor, line_end_last: bool) -> Result<Rc<Pattern>> {
        let key = (text.clone(), anchor, line_end_last);
        if let Some(pattern) = self.patterns.get(&key) {
            return Ok(Rc::clone(pattern));
        }
        let pattern =
            Pattern::new(&text.to_str(), anchor, line_end_last).map_err(|fault| failure(&fault, text))?;
        let pattern = Rc::new(pattern);
        if self.patterns.len() >= MOST_PATTERNS {
            self.patterns.clear();
        }
        self.patterns.insert(key, Rc::clone(&pattern));
        Ok(pattern)
    }
}

fn find(
    process: &mut Process,
    pattern: &Text,
    text: &Text,
    start: usize,
    anchor: Anchor,
) -> Result<Option<Vec<Group>>> {
    let cache = process.state::<Cache>();
    let subject = cache.subject(text);
    // Only `$` and `\Z` ask how the text ends.
    let asks = pattern.units().any(|unit| unit == u16::from(b'$') || unit == u16::from(b'Z'));
    let ready = cache.pattern(pattern, anchor, asks && subject.ends_with_line_end())?;
    let found = ready.find(&subject, start);
    // A search may take as long as a million turns of a loop, which look at the time that is left.
    if process.runtime.options.max_time.is_some() {
        process.attend()?;
    }
    let found = found.map_err(|fault| failure(&fault, pattern))?;
    Ok(found.map(|groups| groups.into_vec()))
}

#[cold]
fn failure(fault: &Fault, pattern: &Text) -> Error {
    match fault {
        Fault::Syntax(reason) => {
            Error::quatre(5403, format!("`{pattern}` is no regular expression: {reason}"))
        }
        Fault::TooManySteps => {
            Error::quatre(5404, format!("the search for `{pattern}` takes too many steps"))
                .help("groups that repeat inside of groups that repeat can be matched in very many ways")
        }
    }
}
