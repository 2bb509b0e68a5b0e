//! Conversions: what assignment to a typed variable does, and what the commands `String`, `Num`, `Bool`, `Date` and
//! `Time` make of any value.

use crate::value::blob::Blob;
use crate::value::date::Date;
use crate::value::error::{Error, Result};
use crate::value::number;
use crate::value::object::Object;
use crate::value::pointer::Pointer;
use crate::value::text::Text;
use crate::value::time::Time;
use crate::value::{ArrayType, Type, Value};

/// A value as a variable of this type takes it: an undefined one becomes the type's default, numbers become the
/// variable's kind of number. Another type is an error.
#[inline]
pub fn convert(value: Value, to: Type) -> Result<Value> {
    match (to, value) {
        (Type::Variant, value) => Ok(value),
        (Type::Integer, value @ Value::Integer(_))
        | (Type::Real, value @ Value::Real(_))
        | (Type::Text, value @ Value::Text(_))
        | (Type::Boolean, value @ Value::Boolean(_))
        | (Type::Object, value @ (Value::Object(_) | Value::Null))
        | (Type::Collection, value @ (Value::Collection(_) | Value::Null)) => Ok(value),
        (Type::Integer, Value::Real(x)) => Ok(Value::Integer(number::to_integer(x))),
        (Type::Real, Value::Integer(n)) => Ok(Value::Real(f64::from(n))),
        (to, value) => convert_rest(value, to),
    }
}

fn convert_rest(value: Value, to: Type) -> Result<Value> {
    match (to, value) {
        (to, Value::Undefined) => Ok(to.default_value()),
        (Type::Date, value @ Value::Date(_))
        | (Type::Time, value @ Value::Time(_))
        | (Type::Blob, value @ Value::Blob(_))
        | (Type::Picture, value @ Value::Picture(_))
        | (Type::Pointer, value @ Value::Pointer(_)) => Ok(value),
        (Type::Integer, Value::Time(time)) => Ok(Value::Integer(time.seconds())),
        (Type::Real, Value::Time(time)) => Ok(Value::Real(f64::from(time.seconds()))),
        (Type::Time, Value::Integer(n)) => Ok(Value::Time(Time::from_seconds(n))),
        (Type::Time, Value::Real(x)) => Ok(Value::Time(Time::from_number(x))),
        (Type::Pointer, Value::Null) => Ok(Value::Pointer(Pointer::NIL)),
        (Type::Picture, Value::Null) => Ok(Type::Picture.default_value()),
        (Type::Object, Value::Blob(blob)) => Ok(Value::Object(boxed(blob))),
        (Type::Blob, Value::Object(object)) => match object.as_native::<Blob>() {
            Some(blob) => Ok(Value::Blob((*blob).clone())),
            None => Err(wrong_type(&Value::Object(object), to)),
        },
        (to, Value::Variable(variable)) => convert(variable.get(), to),
        (to, value) => Err(wrong_type(&value, to)),
    }
}

/// The `4D.Blob` that stands for a scalar blob in objects and collections.
pub fn boxed(blob: Blob) -> Object {
    Object::native(std::rc::Rc::new(blob))
}

fn with_article(name: &str) -> String {
    match name {
        "Null" | "Undefined" => name.to_owned(),
        _ if name.starts_with(['A', 'E', 'I', 'O', 'U', 'a']) => format!("an {name}"),
        _ => format!("a {name}"),
    }
}

#[cold]
fn wrong_type(value: &Value, to: Type) -> Error {
    let found = with_article(value.type_name());
    let error = Error::types(format!("expected {}, found {found}", with_article(to.name())));
    match (to, value) {
        (Type::Integer | Type::Real, Value::Text(_)) => error.help("make a number of the text with `Num`"),
        (Type::Text, Value::Null | Value::Object(_) | Value::Collection(_)) => error
            .help("give another value when it is Null: `$x || \"\"`; print objects with `JSON Stringify`"),
        (Type::Text, _) => error.help("make a text of it with `String`"),
        (Type::Date, Value::Text(_)) => error.help("make a date of the text with `Date`"),
        (Type::Time, Value::Text(_)) => error.help("make a time of the text with `Time`"),
        (Type::Array(_) | Type::Rows(_), _) => {
            error.help("fill arrays with `COPY ARRAY` or `COLLECTION TO ARRAY`")
        }
        _ => error,
    }
}

/// What `String` without a format prints: also what messages and texts built by Quatre show. Objects and other values
/// that have no text of their own give "".
pub fn to_text(value: &Value) -> Text {
    match value {
        Value::Text(text) => text.clone(),
        Value::Integer(n) => number::print_integer(i64::from(*n)),
        Value::Real(x) => number::print(*x),
        Value::Boolean(b) => Text::from(if *b { "True" } else { "False" }),
        Value::Date(date) => date.to_short(),
        Value::Time(time) => time.to_text(),
        Value::Null => Text::from("null"),
        Value::Variable(variable) => variable.with(to_text),
        Value::Undefined
        | Value::Blob(_)
        | Value::Picture(_)
        | Value::Pointer(_)
        | Value::Object(_)
        | Value::Collection(_)
        | Value::Array(_) => Text::EMPTY,
    }
}

/// What `Num` makes of a value; `None` when it makes nothing of its type.
pub fn to_number(value: &Value) -> Option<f64> {
    match value {
        Value::Real(x) => Some(*x),
        Value::Integer(n) => Some(f64::from(*n)),
        Value::Time(time) => Some(f64::from(time.seconds())),
        Value::Boolean(b) => Some(f64::from(u8::from(*b))),
        Value::Text(text) => Some(number::parse(text, ".")),
        Value::Undefined | Value::Null => Some(0.0),
        Value::Variable(variable) => variable.with(to_number),
        Value::Date(_)
        | Value::Blob(_)
        | Value::Picture(_)
        | Value::Pointer(_)
        | Value::Object(_)
        | Value::Collection(_)
        | Value::Array(_) => None,
    }
}

/// What `Bool` makes of a value: True of a number other than 0 and of True.
pub fn to_boolean(value: &Value) -> bool {
    match value {
        Value::Boolean(b) => *b,
        Value::Integer(n) => *n != 0,
        Value::Real(x) => *x != 0.0,
        Value::Variable(variable) => variable.with(to_boolean),
        Value::Undefined
        | Value::Null
        | Value::Text(_)
        | Value::Date(_)
        | Value::Time(_)
        | Value::Blob(_)
        | Value::Picture(_)
        | Value::Pointer(_)
        | Value::Object(_)
        | Value::Collection(_)
        | Value::Array(_) => false,
    }
}

/// A value as an element of an array of this type takes it, whatever it was: what cannot be converted becomes the
/// default of the type.
pub fn to_element(value: Value, type_: ArrayType) -> Value {
    match (type_, value) {
        (ArrayType::Text, value) => Value::Text(to_text(&value)),
        (ArrayType::Integer | ArrayType::Longint, value) => {
            Value::Integer(number::to_integer(to_number(&value).unwrap_or_default()))
        }
        (ArrayType::Real, value) => Value::Real(to_number(&value).unwrap_or_default()),
        (ArrayType::Boolean, value) => Value::Boolean(to_boolean(&value)),
        (ArrayType::Date, value) => Value::Date(to_date(&value)),
        (ArrayType::Time, value) => Value::Time(to_time(&value)),
        (ArrayType::Blob, Value::Object(object)) => {
            convert(Value::Object(object), Type::Blob).unwrap_or_default()
        }
        (ArrayType::Blob, value @ Value::Blob(_))
        | (ArrayType::Picture, value @ Value::Picture(_))
        | (ArrayType::Pointer, value @ Value::Pointer(_))
        | (ArrayType::Object, value @ (Value::Object(_) | Value::Null)) => value,
        (ArrayType::Blob | ArrayType::Picture | ArrayType::Pointer | ArrayType::Object, _) => {
            type_.element().default_value()
        }
    }
}

/// What `Date` makes of a value: the null date of all but dates and texts.
pub fn to_date(value: &Value) -> Date {
    if let Value::Text(text) = value {
        return Date::parse(&text.to_str());
    }
    if let Value::Date(date) = value { *date } else { Date::NULL }
}

/// What `Time` makes of a value: the null time of all but times, texts and numbers.
pub fn to_time(value: &Value) -> Time {
    if let Value::Text(text) = value {
        return Time::parse(&text.to_str());
    }
    value.as_real().map_or_else(Time::default, Time::from_number)
}
