//! Texts: parts, case, conversion to and from numbers, bytes and pieces. Positions count UTF-16 units from 1.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a command names the types that it takes; all others are one case"
)]

mod localized;

mod search;

use chrono::{FixedOffset, NaiveTime, TimeDelta};

use crate::builtin::parameter::{OneOf, Star, Var, mismatch};
use crate::builtin::{Command, Theme};
use crate::native;
use crate::runtime::process::Process;
use crate::value::Value;
use crate::value::blob::Blob;
use crate::value::charset::Charset;
use crate::value::collection::Collection;
use crate::value::date::Date;
use crate::value::error::{Error, Result};
use crate::value::text::Text;
use crate::value::time::Time;
use crate::value::{date_format, number, number_format, time_format};

/// The theme.
pub const THEME: Theme = Theme {
    name: "String",
    commands: &[
        CHANGE_STRING,
        CHAR,
        CHARACTER_CODE,
        search::COMPARE_STRINGS,
        CONVERT_FROM_TEXT,
        CONVERT_TO_TEXT,
        DELETE_STRING,
        search::GET_TEXT_KEYWORDS,
        INSERT_STRING,
        LENGTH,
        localized::LOCALIZED_STRING,
        LOWERCASE,
        search::MATCH_REGEX,
        NUM,
        search::POSITION,
        search::REPLACE_STRING,
        SPLIT_STRING,
        STRING,
        SUBSTRING,
        TRIM,
        TRIM_END,
        TRIM_START,
        UPPERCASE,
    ],
};

/// `sk ignore empty strings`
const IGNORE_EMPTY: i32 = 1;
/// `sk trim spaces`
const TRIM_SPACES: i32 = 2;

/// A count, or the distance of a position from 1: what is negative is nothing.
fn count(n: i32) -> usize {
    usize::try_from(n).unwrap_or(0)
}

/// A position from 1 as one from 0; what stands before the first is the first.
fn index(position: i32) -> usize {
    count(position.saturating_sub(1))
}

/// The text with `removed` units from `start` on replaced.
fn replaced(source: &Text, start: usize, removed: usize, by: &Text) -> Text {
    let mut text = source.slice(0, start);
    text.push_text(by);
    let rest = start.saturating_add(removed);
    text.push_view(source.view().slice(rest, source.len().saturating_sub(rest)));
    text
}

const CHANGE_STRING: Command = Command {
    number: 234,
    name: "Change string",
    thread_safe: true,
    help: "The text with its characters from a position on overwritten; its length stays.",
    syntaxes: &[native!(change_string(source, newChars, where))],
};

fn change_string(source: Text, new: Text, position: i32) -> Text {
    if position < 1 || index(position) >= source.len() {
        return source;
    }
    let start = index(position);
    let new = new.slice(0, source.len() - start);
    replaced(&source, start, new.len(), &new)
}

const CHAR: Command = Command {
    number: 90,
    name: "Char",
    thread_safe: true,
    help: "The character of a UTF-16 code.",
    syntaxes: &[native!(char(charCode))],
};

fn char(code: i32) -> Text {
    Text::from_unit(u16::try_from(code & 0xFFFF).unwrap_or_default())
}

const CHARACTER_CODE: Command = Command {
    number: 91,
    name: "Character code",
    thread_safe: true,
    help: "The UTF-16 code of the first character, 0 when there is none.",
    syntaxes: &[native!(character_code(character))],
};

fn character_code(character: Text) -> i32 {
    character.unit(0).map_or(0, i32::from)
}

fn charset(charset: &OneOf<Text, i32>) -> Option<Charset> {
    match charset {
        OneOf::First(name) => Charset::named(&name.to_str()),
        OneOf::Second(number) => Charset::numbered(*number),
    }
}

const CONVERT_FROM_TEXT: Command = Command {
    number: 1011,
    name: "CONVERT FROM TEXT",
    thread_safe: true,
    help: "Puts the bytes of a text in a character set into a BLOB.",
    syntaxes: &[native!(convert_from_text(process, text, charSet, convertedBLOB))],
};

fn convert_from_text(process: &mut Process, text: Text, set: OneOf<Text, i32>, target: Var<Blob>) {
    let set = charset(&set);
    process.set_ok(set.is_some());
    target.set(Blob::from_vec(set.map(|set| set.encode(&text)).unwrap_or_default()));
}

const CONVERT_TO_TEXT: Command = Command {
    number: 1012,
    name: "Convert to text",
    thread_safe: true,
    help: "The text that the bytes of a BLOB are in a character set.",
    syntaxes: &[native!(convert_to_text(process, blob, charSet))],
};

fn convert_to_text(process: &mut Process, blob: Blob, set: OneOf<Text, i32>) -> Text {
    let set = charset(&set);
    process.set_ok(set.is_some());
    set.map(|set| set.decode(blob.bytes())).unwrap_or_default()
}

const DELETE_STRING: Command = Command {
    number: 232,
    name: "Delete string",
    thread_safe: true,
    help: "The text without some characters from a position on.",
    syntaxes: &[native!(delete_string(source, where, numChars))],
};

fn delete_string(source: Text, position: i32, characters: i32) -> Text {
    replaced(&source, index(position), count(characters), &Text::EMPTY)
}

const INSERT_STRING: Command = Command {
    number: 231,
    name: "Insert string",
    thread_safe: true,
    help: "The text with another one inserted before a position.",
    syntaxes: &[native!(insert_string(process, source, what, where))],
};

fn insert_string(process: &mut Process, source: Text, what: Text, position: i32) -> Result<Text> {
    process.check_text(source.len().saturating_add(what.len()))?;
    Ok(replaced(&source, index(position).min(source.len()), 0, &what))
}

const LENGTH: Command = Command {
    number: 16,
    name: "Length",
    thread_safe: true,
    help: "The number of characters.",
    syntaxes: &[native!(length(string))],
};

fn length(text: Text) -> i32 {
    i32::try_from(text.len()).unwrap_or(i32::MAX)
}

const LOWERCASE: Command = Command {
    number: 14,
    name: "Lowercase",
    thread_safe: true,
    help: "The text in small letters, which lose their accents unless `*` is there.",
    syntaxes: &[native!(lowercase(aString, star))],
};

fn lowercase(text: Text, accents: Option<Star>) -> Text {
    if let Some(ascii) = text.as_ascii() {
        return Text::from(ascii.to_ascii_lowercase());
    }
    Text::from(with_accents(&text, accents).to_lowercase())
}

/// The text as it is with `*`, else without the accents of its letters. Only marks go: `œ` and `ß` stay.
fn with_accents(text: &Text, accents: Option<Star>) -> String {
    let text = text.to_str();
    if accents.is_some() {
        return text.into_owned();
    }
    let decomposer = icu_normalizer::DecomposingNormalizerBorrowed::new_nfd();
    let composer = icu_normalizer::ComposingNormalizerBorrowed::new_nfc();
    let bare: String =
        decomposer.normalize_iter(text.chars()).filter(|c| !matches!(c, '\u{300}'..='\u{36F}')).collect();
    composer.normalize(&bare).into_owned()
}

const NUM: Command = Command {
    number: 11,
    name: "Num",
    thread_safe: true,
    help: "The number that the digits of a text make, or that a Boolean or a number is.",
    syntaxes: &[native!(num(expression, separator)), native!(num_in_base(expression, base))],
};

fn num(value: Value, separator: Option<Text>) -> Result<f64> {
    match value {
        Value::Text(text) => {
            let separator = separator.map(|separator| separator.to_str().into_owned());
            Ok(number::parse(&text, separator.as_deref().unwrap_or(".")))
        }
        Value::Boolean(b) => Ok(f64::from(u8::from(b))),
        Value::Integer(n) => Ok(f64::from(n)),
        Value::Real(x) => Ok(x),
        Value::Time(time) => Ok(f64::from(time.seconds())),
        Value::Undefined | Value::Null => Ok(0.0),
        other => Err(mismatch("Num", "expression", "Text, Boolean or a number", &other)),
    }
}

fn num_in_base(value: Value, base: i32) -> Result<f64> {
    if let Value::Text(text) = &value {
        check_base("Num", base)?;
        return Ok(number::parse_base(&text.to_str(), base));
    }
    num(value, None)
}

fn check_base(command: &str, base: i32) -> Result<()> {
    if base == 0 || (2..=36).contains(&base) {
        return Ok(());
    }
    Err(Error::quatre(5405, format!("the base of `{command}` is from 2 to 36, not {base}")))
}

const SPLIT_STRING: Command = Command {
    number: 1554,
    name: "Split string",
    thread_safe: true,
    help: "The parts of a text between separators; with an empty separator, its characters.",
    syntaxes: &[native!(split_string(stringToSplit, separator, options))],
};

fn split_string(source: Text, separator: Text, options: Option<i32>) -> Collection {
    let options = options.unwrap_or(0);
    let part = |start: usize, length: usize| {
        let part = source.slice(start, length);
        let part = if options & TRIM_SPACES != 0 { trimmed(&part, true, true) } else { part };
        (options & IGNORE_EMPTY == 0 || !part.is_empty()).then_some(Value::Text(part))
    };
    if source.is_empty() {
        return Collection::new();
    }
    if separator.is_empty() {
        return (0..source.len()).filter_map(|start| part(start, 1)).collect();
    }
    let mut parts = Vec::new();
    let mut start = 0;
    while let Some(end) = source.find_exact(&separator, start) {
        parts.extend(part(start, end - start));
        start = end + separator.len();
    }
    parts.extend(part(start, source.len() - start));
    Collection::from_vec(parts)
}

const STRING: Command = Command {
    number: 10,
    name: "String",
    thread_safe: true,
    help: "The value as text, by a display format, or a number in another base.",
    syntaxes: &[
        native!(string(expression)),
        native!(string_by_format(process, expression, format, addTime)),
        native!(string_in_base(expression, base)),
    ],
};

fn string(value: Value) -> Result<Text> {
    match value {
        Value::Text(text) => Ok(text),
        Value::Integer(n) => Ok(number::print_integer(i64::from(n))),
        Value::Real(x) => Ok(number::print(x)),
        Value::Boolean(b) => Ok(Text::from(if b { "True" } else { "False" })),
        Value::Date(date) => Ok(date.to_short()),
        Value::Time(time) => Ok(time.to_text()),
        Value::Null => Ok(Text::from("null")),
        Value::Undefined => Ok(Text::EMPTY),
        other => Err(mismatch("String", "expression", "a number, Text, Date, Time or Boolean", &other)),
    }
}

fn string_by_format(
    process: &mut Process,
    value: Value,
    format: Option<OneOf<i32, Text>>,
    add_time: Option<Time>,
) -> Result<Text> {
    match (value, format) {
        (Value::Integer(n), Some(OneOf::First(base))) => string_in_base(f64::from(n), base),
        (Value::Real(x), Some(OneOf::First(base))) => string_in_base(x, base),
        (Value::Integer(n), Some(OneOf::Second(format))) => {
            Ok(number_format::format(f64::from(n), &format.to_str()))
        }
        (Value::Real(x), Some(OneOf::Second(format))) => Ok(number_format::format(x, &format.to_str())),
        (Value::Date(date), format) => Ok(date_by_format(process, date, format, add_time)),
        (Value::Time(time), Some(OneOf::First(format))) => Ok(time_format::format(time, format)),
        (Value::Time(time), Some(OneOf::Second(pattern))) => {
            Ok(by_pattern(process, Date::NULL, time, &pattern))
        }
        (value, _) => string(value),
    }
}

fn date_by_format(
    process: &Process,
    date: Date,
    format: Option<OneOf<i32, Text>>,
    add_time: Option<Time>,
) -> Text {
    match format {
        None => date.to_short(),
        Some(OneOf::First(format)) => {
            let zone = zone(process, date, add_time.unwrap_or_default());
            date_format::format(date, format, add_time, zone)
        }
        Some(OneOf::Second(pattern)) => by_pattern(process, date, add_time.unwrap_or_default(), &pattern),
    }
}

/// The time zone in force at a moment.
fn zone(process: &Process, date: Date, time: Time) -> FixedOffset {
    let midnight = date.calendar().unwrap_or_default().and_time(NaiveTime::MIN);
    let local =
        midnight.checked_add_signed(TimeDelta::seconds(i64::from(time.seconds()))).unwrap_or(midnight);
    process.runtime.host.offset_at(local)
}

fn by_pattern(process: &Process, date: Date, time: Time, pattern: &Text) -> Text {
    let zone = zone(process, date, time);
    date_format::pattern(&pattern.to_str(), date, time, zone)
}

fn string_in_base(x: f64, base: i32) -> Result<Text> {
    check_base("String", base)?;
    Ok(number::print_base(x, base).unwrap_or_default())
}

const SUBSTRING: Command = Command {
    number: 12,
    name: "Substring",
    thread_safe: true,
    help: "The part of a text from a position on, for a number of characters or to the end.",
    syntaxes: &[native!(substring(source, firstChar, numChars))],
};

fn substring(source: Text, first: i32, characters: Option<i32>) -> Text {
    source.slice(index(first), characters.map_or(usize::MAX, count))
}

const TRIM: Command = Command {
    number: 1853,
    name: "Trim",
    thread_safe: true,
    help: "The text without the white space at its beginning and its end.",
    syntaxes: &[native!(trim(aString))],
};

fn trim(text: Text) -> Text {
    trimmed(&text, true, true)
}

const TRIM_END: Command = Command {
    number: 1855,
    name: "Trim end",
    thread_safe: true,
    help: "The text without the white space at its end.",
    syntaxes: &[native!(trim_end(aString))],
};

fn trim_end(text: Text) -> Text {
    trimmed(&text, false, true)
}

const TRIM_START: Command = Command {
    number: 1854,
    name: "Trim start",
    thread_safe: true,
    help: "The text without the white space at its beginning.",
    syntaxes: &[native!(trim_start(aString))],
};

fn trim_start(text: Text) -> Text {
    trimmed(&text, true, false)
}

/// White space as ECMAScript sees it.
fn is_space(unit: u16) -> bool {
    char::from_u32(u32::from(unit)).is_some_and(|c| c == '\u{FEFF}' || (c.is_whitespace() && c != '\u{85}'))
}

fn trimmed(text: &Text, start: bool, end: bool) -> Text {
    let first = if start { text.units().position(|unit| !is_space(unit)) } else { Some(0) };
    let Some(first) = first else { return Text::EMPTY };
    let last = if end { text.units().rev().position(|unit| !is_space(unit)) } else { Some(0) };
    let Some(cut) = last else { return Text::EMPTY };
    if first == 0 && cut == 0 {
        return text.clone();
    }
    text.slice(first, text.len() - cut - first)
}

const UPPERCASE: Command = Command {
    number: 13,
    name: "Uppercase",
    thread_safe: true,
    help: "The text in capital letters, which lose their accents unless `*` is there.",
    syntaxes: &[native!(uppercase(aString, star))],
};

fn uppercase(text: Text, accents: Option<Star>) -> Text {
    if let Some(ascii) = text.as_ascii() {
        return Text::from(ascii.to_ascii_uppercase());
    }
    Text::from(with_accents(&text, accents).to_uppercase())
}
