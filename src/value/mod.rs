//! What a program computes with: no process, no input or output.
//!
//! A [`Value`] is 16 bytes: a tag and either a scalar or one counted pointer. Values belong to one process; what
//! crosses processes is [`shared`], everything else is copied ([`portable`]).

pub mod text;

pub mod compare;

pub mod charset;

pub mod search;

pub mod pattern;

pub mod number;

pub mod number_format;

pub mod date;

pub mod date_format;

pub mod time;

pub mod time_format;

pub mod object;

pub mod collection;

pub mod array;

pub mod group;

pub mod shared;

pub mod portable;

pub mod query;

pub mod vector;

pub mod certificate;

pub mod key;

pub mod cipher;

mod teardown;

pub mod blob;

pub mod bounds;

pub mod picture;

pub mod pointer;

pub mod function;

pub mod instance;

pub mod convert;

pub mod operators;

pub mod sort;

pub mod deep;

pub mod json;

pub mod stream;
pub mod xml;

pub mod error;

use array::Array;
use blob::Blob;
use collection::Collection;
use date::Date;
use object::Object;
use picture::Picture;
use pointer::{Pointer, Variable};
use text::Text;
use time::Time;

/// A value of the language.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// What a property that does not exist gives.
    #[default]
    Undefined,
    /// `Null`
    Null,
    /// `True`
    Boolean(bool),
    /// The value of a variable declared Integer.
    Integer(i32),
    /// `12.5`; every number literal, property and element is a Real.
    Real(f64),
    /// `"text"`
    Text(Text),
    /// `!2024-01-31!`
    Date(Date),
    /// `?12:30:00?`
    Time(Time),
    /// Bytes.
    Blob(Blob),
    /// An image.
    Picture(Picture),
    /// `->$x`
    Pointer(Pointer),
    /// `{a: 1}`, an instance of any class, a function, a class.
    Object(Object),
    /// `[1; 2]`
    Collection(Collection),
    /// The content of an array variable. Never the value of an expression, a property or an element.
    Array(Array),
    /// A local variable that a pointer refers to: the slot holds the variable, not the value. Never the value of an
    /// expression, a property or an element.
    Variable(Variable),
}

const _: () = assert!(size_of::<Value>() <= 16);

/// The element type of an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ArrayType {
    /// `ARRAY TEXT`, and the old `ARRAY STRING`
    Text,
    /// `ARRAY INTEGER`: 16 bits
    Integer,
    /// `ARRAY LONGINT`: 32 bits
    Longint,
    /// `ARRAY REAL`
    Real,
    /// `ARRAY BOOLEAN`
    Boolean,
    /// `ARRAY DATE`
    Date,
    /// `ARRAY TIME`
    Time,
    /// `ARRAY BLOB`
    Blob,
    /// `ARRAY PICTURE`
    Picture,
    /// `ARRAY POINTER`
    Pointer,
    /// `ARRAY OBJECT`
    Object,
}

/// The declared type of a variable, a parameter, a result or a property.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Type {
    /// Any type; what a variable without a declaration has.
    #[default]
    Variant,
    /// 32-bit whole number.
    Integer,
    /// 64-bit number.
    Real,
    /// True or False.
    Boolean,
    /// Text.
    Text,
    /// Date.
    Date,
    /// Time of day, or a duration.
    Time,
    /// Bytes.
    Blob,
    /// Image.
    Picture,
    /// Pointer.
    Pointer,
    /// Object, whatever its class.
    Object,
    /// Collection.
    Collection,
    /// A one-dimensional array.
    Array(ArrayType),
    /// A two-dimensional array.
    Rows(ArrayType),
}

impl Type {
    /// The name that declarations use: `Integer`, `4D.Object` being just `Object`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Variant => "Variant",
            Self::Integer => "Integer",
            Self::Real => "Real",
            Self::Boolean => "Boolean",
            Self::Text => "Text",
            Self::Date => "Date",
            Self::Time => "Time",
            Self::Blob => "Blob",
            Self::Picture => "Picture",
            Self::Pointer => "Pointer",
            Self::Object => "Object",
            Self::Collection => "Collection",
            Self::Array(_) => "array",
            Self::Rows(_) => "two-dimensional array",
        }
    }

    /// What the command `Type` answers for a variable of this type (constants `Is text`, `Is longint`, …).
    pub fn code(self) -> i32 {
        match self {
            Self::Variant => 12,
            Self::Integer => 9,
            Self::Real => 1,
            Self::Boolean => 6,
            Self::Text => 2,
            Self::Date => 4,
            Self::Time => 11,
            Self::Blob => 30,
            Self::Picture => 3,
            Self::Pointer => 23,
            Self::Object => 38,
            Self::Collection => 42,
            Self::Array(element) => element.code(),
            Self::Rows(_) => 13,
        }
    }

    /// What a variable of this type holds before anything is given to it.
    pub fn default_value(self) -> Value {
        match self {
            Self::Variant | Self::Object | Self::Collection => Value::Undefined,
            Self::Integer => Value::Integer(0),
            Self::Real => Value::Real(0.0),
            Self::Boolean => Value::Boolean(false),
            Self::Text => Value::Text(Text::default()),
            Self::Date => Value::Date(Date::NULL),
            Self::Time => Value::Time(Time::default()),
            Self::Blob => Value::Blob(Blob::default()),
            Self::Picture => Value::Picture(Picture::default()),
            Self::Pointer => Value::Pointer(Pointer::NIL),
            Self::Array(element) => Value::Array(Array::new(element, 0)),
            Self::Rows(element) => Value::Array(Array::new_rows(element, 0, 0)),
        }
    }
}

impl ArrayType {
    /// The type of one element.
    pub fn element(self) -> Type {
        match self {
            Self::Text => Type::Text,
            Self::Integer | Self::Longint => Type::Integer,
            Self::Real => Type::Real,
            Self::Boolean => Type::Boolean,
            Self::Date => Type::Date,
            Self::Time => Type::Time,
            Self::Blob => Type::Blob,
            Self::Picture => Type::Picture,
            Self::Pointer => Type::Pointer,
            Self::Object => Type::Object,
        }
    }

    /// What the command `Type` answers.
    pub fn code(self) -> i32 {
        match self {
            Self::Text => 18,
            Self::Integer => 15,
            Self::Longint => 16,
            Self::Real => 14,
            Self::Boolean => 22,
            Self::Date => 17,
            Self::Time => 32,
            Self::Blob => 31,
            Self::Picture => 19,
            Self::Pointer => 20,
            Self::Object => 39,
        }
    }
}

impl Value {
    /// A text value.
    pub fn text(text: &str) -> Self {
        Self::Text(Text::from(text))
    }

    /// The type of the value, as declarations name it; `Undefined` and `Null` have their own names.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Undefined => "Undefined",
            Self::Null => "Null",
            Self::Boolean(_) => "Boolean",
            Self::Integer(_) => "Integer",
            Self::Real(_) => "Real",
            Self::Text(_) => "Text",
            Self::Date(_) => "Date",
            Self::Time(_) => "Time",
            Self::Blob(_) => "Blob",
            Self::Picture(_) => "Picture",
            Self::Pointer(_) => "Pointer",
            Self::Object(_) => "Object",
            Self::Collection(_) => "Collection",
            Self::Array(_) => "array",
            Self::Variable(_) => "variable",
        }
    }

    /// What the command `Value type` answers.
    pub fn type_code(&self) -> i32 {
        match self {
            Self::Undefined => 5,
            Self::Null => 255,
            Self::Boolean(_) => Type::Boolean.code(),
            Self::Integer(_) => Type::Integer.code(),
            Self::Real(_) => Type::Real.code(),
            Self::Text(_) => Type::Text.code(),
            Self::Date(_) => Type::Date.code(),
            Self::Time(_) => Type::Time.code(),
            Self::Blob(_) => Type::Blob.code(),
            Self::Picture(_) => Type::Picture.code(),
            Self::Pointer(_) => Type::Pointer.code(),
            Self::Object(_) => Type::Object.code(),
            Self::Collection(_) => Type::Collection.code(),
            Self::Array(array) => array.type_().code(),
            Self::Variable(variable) => variable.get().type_code(),
        }
    }

    /// What an object or a collection keeps of this value: numbers and times become Real, scalar blobs become `4D.Blob`
    /// objects, dates become texts when the settings say so.
    #[must_use]
    #[inline]
    pub fn stored(self) -> Self {
        if let Self::Integer(n) = self {
            return Self::Real(f64::from(n));
        }
        if let Self::Time(time) = self {
            return Self::Real(json::Settings::current().times.number(time));
        }
        if let Self::Date(date) = self {
            return json::Settings::current().dates.text(date).map_or(self, Self::Text);
        }
        if let Self::Blob(blob) = self { Self::Object(convert::boxed(blob)) } else { self }
    }

    /// The number that it is in arithmetic: a Time is its seconds.
    #[inline]
    pub fn as_real(&self) -> Option<f64> {
        match self {
            Self::Real(x) => Some(*x),
            Self::Integer(n) => Some(f64::from(*n)),
            Self::Time(time) => Some(f64::from(time.seconds())),
            Self::Variable(variable) => variable.with(Self::as_real),
            Self::Undefined
            | Self::Null
            | Self::Boolean(_)
            | Self::Text(_)
            | Self::Date(_)
            | Self::Blob(_)
            | Self::Picture(_)
            | Self::Pointer(_)
            | Self::Object(_)
            | Self::Collection(_)
            | Self::Array(_) => None,
        }
    }

    /// Whether `&&`, `||` and `? :` take it for true (0 is truthy; empty texts, collections and objects are not).
    pub fn is_truthy(&self) -> bool {
        match self {
            Self::Undefined | Self::Null => false,
            Self::Boolean(b) => *b,
            Self::Integer(_) | Self::Real(_) | Self::Time(_) | Self::Blob(_) | Self::Array(_) => true,
            Self::Text(text) => !text.is_empty(),
            Self::Date(date) => !date.is_null(),
            Self::Picture(picture) => !picture.is_empty(),
            Self::Pointer(pointer) => !pointer.is_nil(),
            Self::Object(object) => !object.is_empty(),
            Self::Collection(collection) => !collection.is_empty(),
            Self::Variable(variable) => variable.get().is_truthy(),
        }
    }

    /// Whether it is Null or Undefined.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Undefined | Self::Null)
    }
}

impl From<bool> for Value {
    fn from(b: bool) -> Self {
        Self::Boolean(b)
    }
}

impl From<i32> for Value {
    fn from(n: i32) -> Self {
        Self::Integer(n)
    }
}

impl From<f64> for Value {
    fn from(x: f64) -> Self {
        Self::Real(x)
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::text(&text)
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<Time> for Value {
    fn from(time: Time) -> Self {
        Self::Time(time)
    }
}

impl From<Blob> for Value {
    fn from(blob: Blob) -> Self {
        Self::Blob(blob)
    }
}

impl From<Picture> for Value {
    fn from(picture: Picture) -> Self {
        Self::Picture(picture)
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

impl From<Collection> for Value {
    fn from(collection: Collection) -> Self {
        Self::Collection(collection)
    }
}

impl From<Pointer> for Value {
    fn from(pointer: Pointer) -> Self {
        Self::Pointer(pointer)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
