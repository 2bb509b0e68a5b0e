//! JSON: values to text and back.
//!
//! Reading builds values straight from the events of `serde_json`. Objects that begin with the same key are expected to go on
//! like the last one did, so that a list of records costs neither a key nor a shape for each of them. Writing goes
//! straight into the storage of a text.

use std::cell::{Cell, RefCell};
use std::fmt::{self, Write as _};
use std::rc::Rc;

use chrono::{Local, NaiveTime, TimeZone as _};
use rustc_hash::FxHashMap;
use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};

use crate::value::Value;
use crate::value::collection::{Collection, Elements};
use crate::value::date::Date;
use crate::value::error::{Error, Result};
use crate::value::number::{Digits, integer_digits};
use crate::value::object::{Body, Object, Shape};
use crate::value::pointer::{Pointer, Target};
use crate::value::text::{Text, Units};
use crate::value::time::Time;

/// No text is read, and no value written, that is nested deeper: both go down the stack.
pub const MOST_DEPTH: usize = 1000;
/// How many different keys a parse remembers; more are data rather than names.
const MOST_KEYS: usize = 4096;

/// How dates are written, and whether they are read (`Dates inside objects`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dates {
    /// `"2024-01-31"`, read back as a date.
    #[default]
    Type,
    /// `"2024-01-31T00:00:00.000Z"`, read back as a text.
    TextWithoutZone,
    /// The first moment of the day in this time zone, as GMT has it; read back as a text.
    TextWithZone,
}

/// How times are written (`Times inside objects`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Times {
    /// As seconds.
    #[default]
    Seconds,
    /// As milliseconds.
    Milliseconds,
}

impl Dates {
    /// The text that stands for a date, when it is not a date itself.
    pub fn text(self, date: Date) -> Option<Text> {
        match self {
            Self::Type => None,
            Self::TextWithoutZone => Some(Text::format(format_args!("{}T00:00:00.000Z", date.to_iso()))),
            Self::TextWithZone => Some(first_moment(date)),
        }
    }
}

impl Times {
    /// The number that stands for a time.
    pub fn number(self, time: Time) -> f64 {
        f64::from(time.seconds()) * if self == Self::Milliseconds { 1000.0 } else { 1.0 }
    }
}

/// The database settings that JSON follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Of dates.
    pub dates: Dates,
    /// Of times.
    pub times: Times,
}

thread_local! {
    static SETTINGS: Cell<Settings> = const { Cell::new(Settings { dates: Dates::Type, times: Times::Seconds }) };
}

impl Settings {
    /// The settings of this process.
    pub fn current() -> Self {
        SETTINGS.get()
    }

    /// Changes the settings of this process.
    pub fn make_current(self) {
        SETTINGS.set(self);
    }
}

#[cold]
fn too_deep(what: &str) -> Error {
    Error::quatre(5302, format!("{what} is nested more than {MOST_DEPTH} levels deep"))
}

// ---- reading ----

/// What is remembered during one parse.
#[derive(Default)]
struct Memory {
    settings: Settings,
    keys: RefCell<FxHashMap<Box<str>, Text>>,
    /// By the first key of an object, the shape that the last such object had.
    shapes: RefCell<FxHashMap<Box<str>, Rc<Shape>>>,
}

/// The value of a JSON text.
pub fn parse(text: &str) -> Result<Value> {
    let memory = Memory { settings: Settings::current(), ..Memory::default() };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer.disable_recursion_limit();
    let reader = Reader { memory: &memory, depth: 0 };
    reader.deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value)).map_err(
        |error| {
            if error.is_data() {
                return too_deep("this JSON");
            }
            let message = error.to_string();
            let what = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
            Error::quatre(5301, format!("this text is not JSON: {what}")).note(format!(
                "at line {}, column {} of the text",
                error.line(),
                error.column()
            ))
        },
    )
}

#[derive(Clone, Copy)]
struct Reader<'a> {
    memory: &'a Memory,
    depth: usize,
}

impl Reader<'_> {
    fn deeper<E: serde::de::Error>(self) -> std::result::Result<Self, E> {
        if self.depth >= MOST_DEPTH {
            return Err(E::custom("too deep"));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    fn text(self, text: &str) -> Value {
        if self.memory.settings.dates == Dates::Type
            && let [_, _, _, _, b'-', _, _, b'-', _, _] = text.as_bytes()
        {
            match Date::parse_iso(text) {
                Some(date) if !date.is_null() || text == "0000-00-00" => return Value::Date(date),
                Some(_) | None => {}
            }
        }
        Value::Text(Text::from(text))
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> std::result::Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_bool<E>(self, b: bool) -> std::result::Result<Value, E> {
        Ok(Value::Boolean(b))
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers are Real in 4D")]
    fn visit_i64<E>(self, n: i64) -> std::result::Result<Value, E> {
        Ok(Value::Real(n as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers are Real in 4D")]
    fn visit_u64<E>(self, n: u64) -> std::result::Result<Value, E> {
        Ok(Value::Real(n as f64))
    }

    fn visit_f64<E>(self, x: f64) -> std::result::Result<Value, E> {
        Ok(Value::Real(x))
    }

    fn visit_str<E>(self, text: &str) -> std::result::Result<Value, E> {
        Ok(self.text(text))
    }

    fn visit_unit<E>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> std::result::Result<Value, A::Error> {
        let reader = self.deeper()?;
        let mut values = Vec::new();
        while let Some(value) = elements.next_element_seed(reader)? {
            values.push(value);
        }
        Ok(Value::Collection(Collection::from_vec(values)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> std::result::Result<Value, A::Error> {
        let reader = self.deeper()?;
        let mut builder = Builder::new(self.memory);
        while let Some(()) = entries.next_key_seed(KeyReader(&mut builder))? {
            let value = entries.next_value_seed(reader)?;
            builder.put(value);
        }
        Ok(Value::Object(builder.finish()))
    }
}

/// An object under construction.
struct Builder<'a> {
    memory: &'a Memory,
    stage: Stage,
    slots: Vec<Value>,
    /// Where the value of the key just read goes.
    place: Place,
}

enum Stage {
    /// So far the keys are the first ones of this shape, as many as there are values.
    Following(Rc<Shape>),
    /// The keys are those of this shape.
    Growing(Rc<Shape>),
    /// Too many or too different keys for a shape.
    Loose(Object),
}

enum Place {
    Next,
    Again(usize),
    Key(Text),
}

impl<'a> Builder<'a> {
    fn new(memory: &'a Memory) -> Self {
        Self { memory, stage: Stage::Growing(Shape::root(None)), slots: Vec::new(), place: Place::Next }
    }

    fn key(&mut self, key: &str) {
        if self.slots.is_empty()
            && let Stage::Growing(_) = self.stage
            && let Some(shape) = self.memory.shapes.borrow().get(key)
        {
            self.slots.reserve_exact(shape.keys().len());
            self.stage = Stage::Following(Rc::clone(shape));
        }
        if let Stage::Following(shape) = &self.stage {
            if shape.keys().get(self.slots.len()).is_some_and(|expected| same(expected, key)) {
                self.place = Place::Next;
                return;
            }
            self.stage = Stage::Growing(beginning(shape, self.slots.len()));
        }
        self.new_key(key);
    }

    #[cold]
    fn new_key(&mut self, key: &str) {
        let text = self.remembered(key);
        self.place = match &self.stage {
            Stage::Loose(_) => Place::Key(text),
            Stage::Following(shape) | Stage::Growing(shape) => {
                if let Some(place) = shape.place(&text) {
                    Place::Again(place)
                } else if let Some(next) = shape.with(&text) {
                    self.stage = Stage::Growing(next);
                    Place::Next
                } else {
                    let slots = std::mem::take(&mut self.slots);
                    self.stage = Stage::Loose(Object::of_shape(Rc::clone(shape), slots));
                    Place::Key(text)
                }
            }
        };
    }

    fn remembered(&self, key: &str) -> Text {
        let mut keys = self.memory.keys.borrow_mut();
        if let Some(text) = keys.get(key) {
            return text.clone();
        }
        let text = Text::from(key);
        if keys.len() < MOST_KEYS {
            keys.insert(key.into(), text.clone());
        }
        text
    }

    fn put(&mut self, value: Value) {
        match (&self.stage, std::mem::replace(&mut self.place, Place::Next)) {
            (Stage::Loose(object), Place::Key(key)) => {
                let written = object.set(&key, value);
                debug_assert!(written, "the object is a plain one");
            }
            (_, Place::Again(place)) => {
                if let Some(slot) = self.slots.get_mut(place) {
                    *slot = value;
                }
            }
            (_, Place::Next | Place::Key(_)) => self.slots.push(value),
        }
    }

    fn finish(self) -> Object {
        let shape = match self.stage {
            Stage::Loose(object) => return object,
            Stage::Following(shape) if shape.keys().len() == self.slots.len() => {
                return Object::of_shape(shape, self.slots);
            }
            Stage::Following(shape) => beginning(&shape, self.slots.len()),
            Stage::Growing(shape) => shape,
        };
        let mut shapes = self.memory.shapes.borrow_mut();
        if let Some(first) = shape.keys().first()
            && shapes.len() < MOST_KEYS
        {
            shapes.insert(first.to_str().into(), Rc::clone(&shape));
        }
        Object::of_shape(shape, self.slots)
    }
}

/// The shape of the first keys of another.
fn beginning(shape: &Rc<Shape>, count: usize) -> Rc<Shape> {
    let mut start = Shape::root(shape.class());
    for key in shape.keys().iter().take(count) {
        match start.with(key) {
            Some(next) => start = next,
            None => break,
        }
    }
    start
}

/// Whether a text and a Rust string are the same characters.
#[inline]
fn same(text: &Text, other: &str) -> bool {
    match text.view() {
        Units::Latin(bytes) if bytes.len() == other.len() => bytes == other.as_bytes() && other.is_ascii(),
        Units::Latin(_) | Units::Wide(_) => !other.is_ascii() && *text == *other,
    }
}

/// Reads a key into the builder, where it stands: nothing is allocated for a key that was expected.
struct KeyReader<'a, 'b>(&'b mut Builder<'a>);

impl<'de> DeserializeSeed<'de> for KeyReader<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyReader<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> std::result::Result<(), E> {
        self.0.key(key);
        Ok(())
    }
}

// ---- writing ----

/// A value as JSON. A pointer is written as the value that it leads to.
pub fn stringify(value: &Value, pretty: bool) -> Result<Text> {
    stringify_with(value, pretty, &target_value)
}

/// The same, with `resolve` for the values that pointers lead to.
pub fn stringify_with(
    value: &Value,
    pretty: bool,
    resolve: &dyn Fn(&Pointer) -> Option<Value>,
) -> Result<Text> {
    let mut writer = Writer {
        out: Out::Latin(Vec::new()),
        settings: Settings::current(),
        pretty,
        path: Vec::new(),
        resolve,
    };
    writer.value(value)?;
    Ok(match writer.out {
        Out::Latin(bytes) => Text::from_latin1_vec(bytes),
        Out::Wide(units) => Text::from_units_vec(units),
    })
}

/// The value of the variable or element that a pointer leads to.
fn target_value(pointer: &Pointer) -> Option<Value> {
    match pointer.target()? {
        Target::Variable(variable) => Some(variable.get()),
        Target::Element(_, array, index) => array.get(*index),
        Target::Interprocess(..) | Target::Table(_) | Target::Field(..) => None,
    }
}

/// The first moment of a day in the zone of the machine, as GMT has it.
fn first_moment(date: Date) -> Text {
    let moment =
        date.calendar().and_then(|day| Local.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest());
    moment.map_or_else(
        || Text::format(format_args!("{}T00:00:00.000Z", date.to_iso())),
        |moment| Text::from(moment.to_utc().format("%Y-%m-%dT%H:%M:%S.000Z").to_string()),
    )
}

/// A text under construction: wide from the first unit that demands it.
enum Out {
    Latin(Vec<u8>),
    Wide(Vec<u16>),
}

struct Writer<'a> {
    out: Out,
    settings: Settings,
    pretty: bool,
    /// The addresses of the objects and collections that are being written.
    path: Vec<usize>,
    resolve: &'a dyn Fn(&Pointer) -> Option<Value>,
}

impl Out {
    #[inline]
    fn ascii(&mut self, ascii: &[u8]) {
        match self {
            Self::Latin(bytes) => bytes.extend_from_slice(ascii),
            Self::Wide(units) => units.extend(ascii.iter().map(|byte| u16::from(*byte))),
        }
    }

    fn wide(&mut self) -> &mut Vec<u16> {
        if let Self::Latin(bytes) = self {
            *self = Self::Wide(bytes.iter().map(|byte| u16::from(*byte)).collect());
        }
        match self {
            Self::Wide(units) => units,
            Self::Latin(_) => unreachable!("it has just been widened"),
        }
    }

    fn string(&mut self, text: &Text) {
        self.ascii(b"\"");
        match text.view() {
            Units::Latin(bytes) => {
                let mut rest = bytes;
                while let Some(place) = rest.iter().position(|byte| needs_escape(u16::from(*byte))) {
                    let (plain, special) = rest.split_at(place);
                    self.ascii(plain);
                    let Some((first, tail)) = special.split_first() else { break };
                    self.escape(u16::from(*first));
                    rest = tail;
                }
                self.ascii(rest);
            }
            Units::Wide(units) => {
                for unit in units {
                    if needs_escape(*unit) {
                        self.escape(*unit);
                    } else {
                        self.wide().push(*unit);
                    }
                }
            }
        }
        self.ascii(b"\"");
    }

    #[cold]
    fn escape(&mut self, unit: u16) {
        match unit {
            0x22 => self.ascii(b"\\\""),
            0x5C => self.ascii(b"\\\\"),
            0x08 => self.ascii(b"\\b"),
            0x09 => self.ascii(b"\\t"),
            0x0A => self.ascii(b"\\n"),
            0x0C => self.ascii(b"\\f"),
            0x0D => self.ascii(b"\\r"),
            _ => self.ascii(format!("\\u{unit:04x}").as_bytes()),
        }
    }
}

#[inline]
fn needs_escape(unit: u16) -> bool {
    unit < 0x20 || unit == 0x22 || unit == 0x5C
}

impl Writer<'_> {
    fn value(&mut self, value: &Value) -> Result<()> {
        match value {
            Value::Undefined | Value::Null => self.out.ascii(b"null"),
            Value::Boolean(b) => self.out.ascii(if *b { b"true" } else { b"false" }),
            Value::Integer(n) => self.real(f64::from(*n)),
            Value::Real(x) => self.real(*x),
            Value::Text(text) => self.out.string(text),
            Value::Date(date) => self.date(*date),
            Value::Time(time) => self.real(self.settings.times.number(*time)),
            Value::Blob(_) => self.out.ascii(b"\"[object Blob]\""),
            Value::Picture(_) => self.out.ascii(b"\"[object Picture]\""),
            Value::Pointer(pointer) => return self.pointer(pointer),
            Value::Object(object) => return self.object(object),
            Value::Collection(collection) => return self.collection(collection),
            Value::Array(array) => {
                let values: Vec<Value> = (1..=array.size()).filter_map(|index| array.get(index)).collect();
                return self.elements(values.len(), values.iter());
            }
            Value::Variable(variable) => return variable.with(|value| self.value(value)),
        }
        Ok(())
    }

    fn real(&mut self, x: f64) {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and below 2^53")]
        if x.trunc() == x && x.abs() < 9_007_199_254_740_992.0 {
            let (digits, start) = integer_digits(x as i64);
            return self.out.ascii(digits.get(start..).unwrap_or_default());
        }
        if !x.is_finite() {
            return self.out.ascii(b"null");
        }
        let mut digits = Digits::default();
        // Writing to memory never fails.
        if (1e-6..1e21).contains(&x.abs()) {
            let _ = write!(digits, "{x}");
            return self.out.ascii(digits.bytes());
        }
        let _ = write!(digits, "{x:e}");
        for part in digits.bytes().split_inclusive(|byte| *byte == b'e') {
            self.out.ascii(part);
            if part.ends_with(b"e") && x.abs() > 1.0 {
                self.out.ascii(b"+");
            }
        }
    }

    fn date(&mut self, date: Date) {
        let text = self.settings.dates.text(date);
        self.out.string(&text.unwrap_or_else(|| date.to_iso()));
    }

    fn pointer(&mut self, pointer: &Pointer) -> Result<()> {
        match (self.resolve)(pointer) {
            // The value may be a pointer in its turn, to itself in the worst case.
            Some(value) => self.nested(usize::MAX, |writer| writer.value(&value)),
            None => {
                self.out.ascii(b"null");
                Ok(())
            }
        }
    }

    /// Goes one level down; `address` tells the object or collection from every other one.
    fn nested(&mut self, address: usize, write: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        if self.path.len() >= MOST_DEPTH {
            return Err(too_deep("this value"));
        }
        if address != usize::MAX && self.path.contains(&address) {
            return Err(Error::quatre(5303, "this value contains itself and has no end as JSON")
                .help("remove the reference that leads back before writing it"));
        }
        self.path.push(address);
        let result = write(self);
        self.path.pop();
        result
    }

    fn line(&mut self, less: usize) {
        if self.pretty {
            self.out.ascii(b"\n");
            for _ in less..self.path.len() {
                self.out.ascii(b"\t");
            }
        }
    }

    fn elements<'v>(&mut self, count: usize, values: impl Iterator<Item = &'v Value>) -> Result<()> {
        if count == 0 {
            self.out.ascii(b"[]");
            return Ok(());
        }
        self.out.ascii(b"[");
        for (index, value) in values.enumerate() {
            if index > 0 {
                self.out.ascii(b",");
            }
            self.line(0);
            self.value(value)?;
        }
        self.line(1);
        self.out.ascii(b"]");
        Ok(())
    }

    fn collection(&mut self, collection: &Collection) -> Result<()> {
        self.nested(collection.address(), |writer| {
            collection.with(|elements| match elements {
                Elements::Values(values) => writer.elements(values.len(), values.iter()),
                Elements::Reals(_) | Elements::Booleans(_) | Elements::Shared(_) => {
                    let values = elements.to_vec();
                    writer.elements(values.len(), values.iter())
                }
            })
        })
    }

    fn properties<'v>(&mut self, entries: impl Iterator<Item = (&'v Text, &'v Value)>) -> Result<()> {
        let mut empty = true;
        for (key, value) in entries {
            if matches!(value, Value::Undefined) {
                continue;
            }
            self.out.ascii(if empty { b"{" } else { b"," });
            empty = false;
            self.line(0);
            self.out.string(key);
            self.out.ascii(if self.pretty { b": " } else { b":" });
            self.value(value)?;
        }
        if empty {
            self.out.ascii(b"{}");
            return Ok(());
        }
        self.line(1);
        self.out.ascii(b"}");
        Ok(())
    }

    fn object(&mut self, object: &Object) -> Result<()> {
        self.nested(object.address(), |writer| {
            object.with(|body| match body {
                Body::Plain { shape, slots } => writer.properties(shape.keys().iter().zip(slots)),
                Body::Dictionary(dictionary) => writer.properties(dictionary.1.iter()),
                Body::Shared(shared) => {
                    if let Some(elements) = shared.native().and_then(|native| native.elements()) {
                        return writer.value(&Value::Collection(Collection::from_vec(elements)));
                    }
                    let entries = shared.entries();
                    writer.properties(entries.iter().map(|(key, value)| (key, value)))
                }
                Body::Native(instance) => writer.opaque(instance.class_name()),
                Body::Function(function) => writer.opaque(function.class_name()),
                Body::Class(_) => writer.opaque("Class"),
            })
        })
    }

    fn opaque(&mut self, class: &str) -> Result<()> {
        self.out.ascii(format!("\"[object {class}]\"").as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(text: &str) -> String {
        stringify(&parse(text).unwrap(), false).unwrap().to_string()
    }

    fn failure(text: &str) -> String {
        parse(text).unwrap_err().details().message.clone()
    }

    #[test]
    fn what_is_read_is_written() {
        for text in [
            r#"{"a":[1,2.5,"x",true,null],"b":{"c":[],"d":{}},"e":"été €😀"}"#,
            r#"[{"a":1,"b":2},{"a":3,"b":4},{"a":5},{"a":6,"c":7},{"b":8,"a":9},{"a":1,"b":2,"c":3},{}]"#,
            r#"["2017-10-16","2017-13-16","0000-00-00","1990-12-25T12:00:00Z"]"#,
            r#"[0.1,1e+21,1.7976931348623157e+308,5e-324,-1e-7,123456789012345680,-0.5,9007199254740991]"#,
            r#""\"\\\b\t\n\f\r\u0001/""#,
            r#"{"é":1,"日本":{"é":2}}"#,
            "[[1,2],[true,false],[3,\"x\"]]",
        ] {
            assert_eq!(round(text), text);
        }
        assert_eq!(round(r#" { "a" : 1 , "b" : 2 , "a" : 3 } "#), r#"{"a":3,"b":2}"#);
        assert_eq!(round(r#"[{"a":1,"b":1},{"a":1,"a":2,"b":3}]"#), r#"[{"a":1,"b":1},{"a":2,"b":3}]"#);
        assert_eq!(round(r#""\u00e9\u20AC\ud83d\ude00\/""#), "\"é€😀/\"");
        assert_eq!(round("-0"), "0");
    }

    #[test]
    fn objects_read_alike_share_their_shape() {
        let Ok(Value::Collection(all)) = parse(r#"[{"a":1,"b":2},{"a":3,"b":4}]"#) else {
            panic!("no collection")
        };
        let shape = |index: usize| match all.get(index) {
            Some(Value::Object(object)) => object.shape_number(),
            _ => 0,
        };
        assert!(shape(0) != 0 && shape(0) == shape(1));
    }

    #[test]
    fn many_keys() {
        let text = format!("{{{}}}", (0..500).map(|n| format!("\"k{n}\":{n}")).collect::<Vec<_>>().join(","));
        assert_eq!(round(&text), text);
    }

    #[test]
    fn wrong_texts() {
        for text in [
            "",
            "{\"a\":",
            "[1,2",
            "[1 2]",
            "nul",
            "'a'",
            "{a:1}",
            "[1],",
            "\"\u{1}\"",
            "01",
            "1e999",
            "[1,]",
        ] {
            assert!(failure(text).starts_with("this text is not JSON: "), "{text}");
        }
        assert!(failure(&"[".repeat(100_000)).contains("nested more than 1000 levels"));
        assert!(failure(&"{\"a\":".repeat(100_000)).contains("nested"));
        assert!(parse(&("[".repeat(1000) + &"]".repeat(1000))).is_ok());
    }

    #[test]
    fn pretty() {
        let value = parse(r#"{"a":[1,{"b":[]}],"c":{}}"#).unwrap();
        let expected = "{\n\t\"a\": [\n\t\t1,\n\t\t{\n\t\t\t\"b\": []\n\t\t}\n\t],\n\t\"c\": {}\n}";
        assert_eq!(stringify(&value, true).unwrap(), expected);
    }

    #[test]
    fn values_without_end() {
        let (object, collection) = (Object::new(), Collection::new());
        object.put("c", collection.clone());
        object.put("again", collection.clone());
        assert_eq!(stringify(&Value::Object(object.clone()), false).unwrap(), r#"{"c":[],"again":[]}"#);
        collection.push(Value::Object(object.clone()));
        assert!(stringify(&Value::Object(object), false).unwrap_err().details().message.contains("itself"));
        let mut deep = Collection::new();
        for _ in 0..1000 {
            deep = Collection::from_vec(vec![Value::Collection(deep)]);
        }
        assert!(stringify(&Value::Collection(deep), false).unwrap_err().details().message.contains("nested"));
    }
}
