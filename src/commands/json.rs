//! JSON: texts to values and back, pointers between documents, validation against schemas.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a command names the types that it takes; all others are one case"
)]

mod pointers;

mod schema;

mod symbols;

use std::cell::RefCell;

use chrono::NaiveTime;

use super::collections::{elements, give};
use super::objects::as_type;
use crate::builtin::parameter::{OneOf, Star, Var};
use crate::builtin::{Command, Theme};
use crate::native;
use crate::runtime::process::Process;
use crate::value::Value;
use crate::value::array::Array;
use crate::value::collection::Collection;
use crate::value::date::Date;
use crate::value::error::{Error, Result};
use crate::value::json::{self, Dates, Settings};
use crate::value::pointer::Pointer;
use crate::value::text::Text;

/// The theme.
pub const THEME: Theme = Theme {
    name: "JSON",
    commands: &[
        JSON_PARSE,
        JSON_PARSE_ARRAY,
        pointers::JSON_RESOLVE_POINTERS,
        JSON_STRINGIFY,
        JSON_STRINGIFY_ARRAY,
        schema::JSON_VALIDATE,
    ],
};

/// `Is date`
const IS_DATE: i32 = 4;

const JSON_PARSE: Command = Command {
    number: 1218,
    name: "JSON Parse",
    thread_safe: true,
    help: "The value of a JSON text, if wanted converted to a type, or with the places of all properties.",
    syntaxes: &[native!(json_parse(process, jsonString, type, star))],
};

fn json_parse(process: &mut Process, text: Text, type_: Option<i32>, symbols: Option<Star>) -> Result<Value> {
    let source = text.to_str();
    let value = json::parse(&source)?;
    if symbols.is_some()
        && let Value::Object(object) = &value
    {
        object.put("__symbols", symbols::places(&source));
    }
    match type_ {
        None => Ok(value),
        Some(IS_DATE) => Ok(Value::Date(as_date(process, &value))),
        Some(type_) => as_type(value, type_),
    }
}

/// A date in a JSON text. A moment of GMT falls on the day that it has in this time zone, unless the settings say that
/// dates have none.
fn as_date(process: &Process, value: &Value) -> Date {
    let text = match value {
        Value::Date(date) => return *date,
        Value::Text(text) => text.to_str(),
        _ => return Date::NULL,
    };
    let date = Date::parse(&text);
    let zoned = text.ends_with('Z') && Settings::current().dates != Dates::TextWithoutZone;
    let time = text.get(11..19).and_then(|time| NaiveTime::parse_from_str(time, "%H:%M:%S").ok());
    let (true, Some(day), Some(time)) = (zoned, date.calendar(), time) else { return date };
    let moment = day.and_time(time);
    let local = moment.checked_add_offset(process.runtime.host.offset_at(moment));
    local.map_or(date, |local| Date::from_calendar(local.date()))
}

const JSON_PARSE_ARRAY: Command = Command {
    number: 1219,
    name: "JSON PARSE ARRAY",
    thread_safe: true,
    help: "Fills an array with the elements of a JSON text.",
    syntaxes: &[native!(json_parse_array(jsonString, array))],
};

fn json_parse_array(text: Text, array: Var<Array>) -> Result<()> {
    let value = json::parse(&text.to_str())?;
    if let Value::Collection(collection) = value {
        return give(&array, collection.to_vec());
    }
    Err(Error::quatre(5421, format!("this JSON is no array but a value of type {}", value.type_name())))
}

const JSON_STRINGIFY: Command = Command {
    number: 1217,
    name: "JSON Stringify",
    thread_safe: true,
    help: "A value as JSON, with `*` on lines of its own for each property and element.",
    syntaxes: &[native!(json_stringify(process, value, star))],
};

fn json_stringify(process: &mut Process, value: Value, pretty: Option<Star>) -> Result<Text> {
    let process = RefCell::new(process);
    let resolve = |pointer: &Pointer| {
        let value = process.borrow_mut().dereference(pointer).ok()?;
        Some(if let Value::Array(array) = value {
            Value::Collection(Collection::from_vec(elements(&array)))
        } else {
            value
        })
    };
    json::stringify_with(&value, pretty.is_some(), &resolve)
}

const JSON_STRINGIFY_ARRAY: Command = Command {
    number: 1228,
    name: "JSON Stringify array",
    thread_safe: true,
    help: "The elements of an array as a JSON array.",
    syntaxes: &[native!(json_stringify_array(process, array, star))],
};

fn json_stringify_array(
    process: &mut Process,
    array: OneOf<Array, Value>,
    pretty: Option<Star>,
) -> Result<Text> {
    let values = match array {
        OneOf::First(array) => elements(&array),
        OneOf::Second(value) => vec![value],
    };
    json_stringify(process, Value::Collection(Collection::from_vec(values)), pretty)
}
