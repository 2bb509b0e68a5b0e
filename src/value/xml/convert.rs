//! Values as XML has them, and back.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{FixedOffset, NaiveDate, NaiveDateTime};

use crate::value::blob::Blob;
use crate::value::date::Date;
use crate::value::error::{Error, Result};
use crate::value::number;
use crate::value::picture::Picture;
use crate::value::text::Text;
use crate::value::time::Time;
use crate::value::xml::{Options, name};
use crate::value::{Type, Value};

/// The offset of the time zone in force at a local date and time.
pub type Zone<'a> = &'a dyn Fn(NaiveDateTime) -> FixedOffset;

/// The text for a value.
///
/// # Errors
/// The value is of a type that has none, or the text has characters that may not stand in XML.
pub fn encode(value: &Value, options: &Options, zone: Zone<'_>) -> Result<String> {
    Ok(match value {
        Value::Text(text) => {
            let text = text.to_str().replace("\r\n", "\n").replace('\r', "\n");
            if let Some(c) = text.chars().find(|c| !name::is_char(*c)) {
                let code = u32::from(c);
                return Err(Error::quatre(5754, format!("the character {code} may not stand in XML")));
            }
            text
        }
        Value::Integer(n) => n.to_string(),
        Value::Real(x) => number::print(*x).to_str().into_owned(),
        Value::Boolean(truth) => truth.to_string(),
        Value::Date(date) => encode_date(*date, options, zone),
        Value::Time(time) => encode_time(*time, options, zone),
        Value::Blob(blob) => binary(blob.bytes(), "", options),
        Value::Picture(picture) => binary(picture.bytes(), picture.mime_type(), options),
        Value::Undefined | Value::Null => String::new(),
        Value::Pointer(_)
        | Value::Object(_)
        | Value::Collection(_)
        | Value::Array(_)
        | Value::Variable(_) => {
            return Err(Error::types(format!("a value of type {} cannot stand in XML", value.type_name())));
        }
    })
}

fn binary(bytes: &[u8], kind: &str, options: &Options) -> String {
    let encoded = STANDARD.encode(bytes);
    if options.binaries == 2 { format!("data:{kind};base64,{encoded}") } else { encoded }
}

/// Midnight of a day.
fn midnight(date: Date) -> NaiveDateTime {
    date.calendar().unwrap_or(NaiveDate::MIN).and_time(chrono::NaiveTime::MIN)
}

fn encode_date(date: Date, options: &Options, zone: Zone<'_>) -> String {
    if date.is_null() {
        return String::new();
    }
    let day = format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
    match options.dates {
        2 => format!("{day} {}", zone(midnight(date))),
        3 => format!("{day}T00:00:00 {}", zone(midnight(date))),
        4 => format!("{day}Z"),
        5 => format!("{day}T00:00:00Z"),
        _ => day,
    }
}

/// What dates are taken for when there is only a time.
fn no_day() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(1970, 1, 1).unwrap_or(NaiveDate::MIN).and_time(chrono::NaiveTime::MIN)
}

fn encode_time(time: Time, options: &Options, zone: Zone<'_>) -> String {
    let clock = |time: Time| {
        let (_, hours, minutes, seconds) = time.parts();
        format!("0000-00-00T{hours:02}:{minutes:02}:{seconds:02}")
    };
    match options.times {
        2 => {
            let (negative, hours, minutes, seconds) = time.parts();
            format!("{}PT{hours:02}H{minutes:02}M{seconds:02}S", if negative { "-" } else { "" })
        }
        3 => format!("{}{}", clock(time), zone(no_day())),
        4 => time.seconds().to_string(),
        5 => {
            let utc = (time.seconds() - zone(no_day()).local_minus_utc()).rem_euclid(86_400);
            format!("{}Z", clock(Time::from_seconds(utc)))
        }
        _ => clock(time),
    }
}

/// The value of a text for a variable of a type.
pub fn decode(text: &str, type_: Type, zone: Zone<'_>) -> Value {
    match type_ {
        Type::Integer => Value::Integer(number::to_integer(decode_number(text))),
        Type::Real => Value::Real(decode_number(text)),
        Type::Boolean => {
            Value::Boolean(matches!(text.trim(), "1") || text.trim().eq_ignore_ascii_case("true"))
        }
        Type::Date => Value::Date(decode_date(text)),
        Type::Time => Value::Time(decode_time(text, zone)),
        Type::Blob => Value::Blob(Blob::from_vec(decode_binary(text))),
        Type::Picture => {
            let kind = text.strip_prefix("data:").and_then(|rest| rest.split(';').next()).unwrap_or_default();
            Value::Picture(Picture::new(decode_binary(text), kind))
        }
        Type::Variant
        | Type::Text
        | Type::Pointer
        | Type::Object
        | Type::Collection
        | Type::Array(_)
        | Type::Rows(_) => Value::Text(Text::from(text)),
    }
}

fn decode_number(text: &str) -> f64 {
    let text = text.trim().replace(',', ".");
    // What is no number as XML writes it is read as `Num` does.
    text.parse::<f64>()
        .ok()
        .filter(|x| x.is_finite())
        .unwrap_or_else(|| number::parse(&Text::from(text), "."))
}

/// The day of a date with or without a time; a time zone is ignored.
fn decode_date(text: &str) -> Date {
    text.trim().get(..10).and_then(Date::parse_iso).unwrap_or(Date::NULL)
}

/// The time of a date with a time, a time, a duration, or a number of seconds. A time of another zone becomes local.
fn decode_time(text: &str, zone: Zone<'_>) -> Time {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<i32>() {
        return Time::from_seconds(seconds);
    }
    if let Some(duration) = decode_duration(text) {
        return Time::from_number(duration);
    }
    let (day, clock) = text.split_once(['T', ' ']).unwrap_or(("", text));
    let (Some(hms), rest) = (clock.get(..8), clock.get(8..).unwrap_or_default()) else {
        return Time::default();
    };
    let mut parts = hms.split(':').map(|part| part.parse::<i32>().ok());
    let (Some(Some(hours)), Some(Some(minutes)), Some(Some(seconds))) =
        (parts.next(), parts.next(), parts.next())
    else {
        return Time::default();
    };
    let written = hours * 3600 + minutes * 60 + seconds;
    // A fraction of a second is cut off.
    let rest = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()).trim();
    let Some(theirs) = decode_offset(rest) else { return Time::from_seconds(written) };
    let date = decode_date(day);
    let moment = if date.is_null() { no_day() } else { midnight(date) };
    let moment = moment + chrono::TimeDelta::seconds(i64::from(written));
    let ours = zone(moment).local_minus_utc();
    Time::from_seconds((written - theirs + ours).rem_euclid(86_400))
}

/// The seconds of an offset such as `+01:00` or `Z`.
fn decode_offset(text: &str) -> Option<i32> {
    if text == "Z" {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = text.strip_prefix(['+', '-'])?.split_once(':')?;
    let (hours, minutes) = (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?);
    (hours <= 14 && minutes < 60).then(|| sign * (hours * 3600 + minutes * 60))
}

/// The seconds of a duration such as `PT2H46S`.
fn decode_duration(text: &str) -> Option<f64> {
    let (sign, rest) = text.strip_prefix('-').map_or((1.0, text), |rest| (-1.0, rest));
    let rest = rest.strip_prefix('P')?;
    let (days, clock) = rest.split_once('T').unwrap_or((rest, ""));
    let mut total = 0.0;
    for (part, units) in [
        (days, [('D', 86_400.0), ('\0', 0.0), ('\0', 0.0)]),
        (clock, [('H', 3600.0), ('M', 60.0), ('S', 1.0)]),
    ] {
        let mut rest = part;
        while let Some(at) = rest.find(|c: char| c.is_ascii_alphabetic()) {
            let (number, after) = rest.split_at(at);
            let unit = after.chars().next()?;
            let (_, seconds) = units.iter().find(|(known, _)| *known == unit)?;
            total += number.parse::<f64>().ok()? * seconds;
            rest = after.get(1..)?;
        }
        if !rest.is_empty() {
            return None;
        }
    }
    Some(sign * total)
}

/// The bytes of a text in Base64, with or without the head of a data URI; nothing when it is none.
fn decode_binary(text: &str) -> Vec<u8> {
    try_binary(text).unwrap_or_default()
}

/// The bytes of a text in Base64.
pub fn try_binary(text: &str) -> Option<Vec<u8>> {
    let body = match text.strip_prefix("data:") {
        Some(rest) => rest.split_once(',')?.1,
        None => text,
    };
    let compact: String = body.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    STANDARD.decode(compact).ok()
}
