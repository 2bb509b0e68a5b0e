//! Values as bytes and back: what `VARIABLE TO BLOB` and the commands that save variables write.
//!
//! The format is Quatre's own: a mark, then a tag and the content of each value, numbers in little-endian order. Objects
//! and collections are copied; the value that a pointer leads to is written in its place.

use std::rc::Rc;

use crate::value::array::{Array, Items};
use crate::value::blob::Blob;
use crate::value::collection::Collection;
use crate::value::date::Date;
use crate::value::error::{Error, Result};
use crate::value::json::MOST_DEPTH;
use crate::value::object::{Body, Object};
use crate::value::picture::Picture;
use crate::value::pointer::Pointer;
use crate::value::text::{Text, Units};
use crate::value::time::Time;
use crate::value::vector::Vector;
use crate::value::{ArrayType, Type, Value};

/// What every stored value begins with.
const MARK: &[u8; 4] = b"Q4V\x01";

/// The kinds of values; the number is what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Tag {
    Undefined,
    Null,
    False,
    True,
    Integer,
    Real,
    Latin,
    Wide,
    Date,
    Time,
    Blob,
    Picture,
    Object,
    Collection,
    Array,
    Rows,
    BlobObject,
    Vector,
}

const TAGS: [Tag; 18] = [
    Tag::Undefined,
    Tag::Null,
    Tag::False,
    Tag::True,
    Tag::Integer,
    Tag::Real,
    Tag::Latin,
    Tag::Wide,
    Tag::Date,
    Tag::Time,
    Tag::Blob,
    Tag::Picture,
    Tag::Object,
    Tag::Collection,
    Tag::Array,
    Tag::Rows,
    Tag::BlobObject,
    Tag::Vector,
];

const ARRAY_TYPES: [ArrayType; 11] = [
    ArrayType::Text,
    ArrayType::Integer,
    ArrayType::Longint,
    ArrayType::Real,
    ArrayType::Boolean,
    ArrayType::Date,
    ArrayType::Time,
    ArrayType::Blob,
    ArrayType::Picture,
    ArrayType::Pointer,
    ArrayType::Object,
];

/// Gives the value that a pointer leads to.
pub type Resolve<'a> = &'a dyn Fn(&Pointer) -> Option<Value>;

/// A value as bytes.
pub fn write(value: &Value, resolve: Resolve<'_>) -> Result<Vec<u8>> {
    let mut writer = Writer { bytes: MARK.to_vec(), depth: 0, resolve };
    writer.value(value)?;
    Ok(writer.bytes)
}

struct Writer<'a> {
    bytes: Vec<u8>,
    depth: usize,
    resolve: Resolve<'a>,
}

impl Writer<'_> {
    fn tag(&mut self, tag: Tag) {
        self.bytes.push(tag as u8);
    }

    fn count(&mut self, count: usize) -> Result<()> {
        let count =
            u32::try_from(count).map_err(|_| Error::quatre(5441, "the value is too large to be stored"))?;
        self.bytes.extend(count.to_le_bytes());
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        self.count(bytes.len())?;
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn text(&mut self, text: &Text) -> Result<()> {
        match text.view() {
            Units::Latin(bytes) => {
                self.tag(Tag::Latin);
                self.bytes(bytes)
            }
            Units::Wide(units) => {
                self.tag(Tag::Wide);
                self.count(units.len())?;
                self.bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
                Ok(())
            }
        }
    }

    fn value(&mut self, value: &Value) -> Result<()> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            let message =
                format!("the value is nested more than {MOST_DEPTH} levels deep, or contains itself");
            return Err(Error::quatre(5441, message));
        }
        match value {
            Value::Undefined => self.tag(Tag::Undefined),
            Value::Null => self.tag(Tag::Null),
            Value::Boolean(b) => self.tag(if *b { Tag::True } else { Tag::False }),
            Value::Integer(n) => self.fixed(Tag::Integer, &n.to_le_bytes()),
            Value::Real(x) => self.fixed(Tag::Real, &x.to_le_bytes()),
            Value::Text(text) => self.text(text)?,
            Value::Date(date) => self.fixed(Tag::Date, &date.raw().to_le_bytes()),
            Value::Time(time) => self.fixed(Tag::Time, &time.seconds().to_le_bytes()),
            Value::Blob(blob) => {
                self.tag(Tag::Blob);
                self.bytes(blob.bytes())?;
            }
            Value::Picture(picture) => {
                self.tag(Tag::Picture);
                self.bytes(picture.mime_type().as_bytes())?;
                self.bytes(picture.bytes())?;
            }
            Value::Pointer(pointer) => {
                let target = (self.resolve)(pointer).unwrap_or(Value::Null);
                self.value(&target)?;
            }
            Value::Object(object) => self.object(object)?,
            Value::Collection(collection) => {
                self.tag(Tag::Collection);
                self.count(collection.len())?;
                collection.to_vec().iter().try_for_each(|value| self.value(value))?;
            }
            Value::Array(array) => self.array(array)?,
            Value::Variable(variable) => self.value(&variable.get())?,
        }
        self.depth -= 1;
        Ok(())
    }

    fn fixed(&mut self, tag: Tag, bytes: &[u8]) {
        self.tag(tag);
        self.bytes.extend_from_slice(bytes);
    }

    fn object(&mut self, object: &Object) -> Result<()> {
        if let Some(blob) = object.as_native::<Blob>() {
            self.tag(Tag::BlobObject);
            return self.bytes(blob.bytes());
        }
        if let Some(vector) = Vector::of(object) {
            self.tag(Tag::Vector);
            self.count(vector.components().len())?;
            self.bytes.extend(vector.components().iter().flat_map(|x| x.to_le_bytes()));
            return Ok(());
        }
        let streamable = object.with(|body| match body {
            Body::Plain { .. } | Body::Dictionary(_) | Body::Shared(_) => true,
            Body::Native(_) | Body::Function(_) | Body::Class(_) => false,
        });
        if !streamable {
            return Err(Error::quatre(
                5441,
                "functions, classes and objects of built-in classes cannot be stored",
            ));
        }
        let entries = object.entries();
        self.tag(Tag::Object);
        self.count(entries.len())?;
        for (name, value) in &entries {
            self.text(name)?;
            self.value(value)?;
        }
        Ok(())
    }

    /// Element zero is stored too.
    fn array(&mut self, array: &Array) -> Result<()> {
        let tag = if let Type::Rows(_) = array.type_() { Tag::Rows } else { Tag::Array };
        let type_ = array.with(Items::element_type);
        let type_ = ARRAY_TYPES.iter().position(|known| *known == type_).unwrap_or_default();
        self.fixed(tag, &[u8::try_from(type_).unwrap_or_default()]);
        self.bytes.extend(array.selected().to_le_bytes());
        self.count(array.size() + 1)?;
        (0..=array.size()).try_for_each(|index| self.value(&array.get(index).unwrap_or_default()))
    }
}

/// The value that stands at the beginning of bytes, and how many of them it takes; `None` when there is none.
pub fn read(bytes: &[u8]) -> Option<(Value, usize)> {
    let mut reader = Reader { rest: bytes.strip_prefix(MARK)?, depth: 0 };
    let value = reader.value()?;
    Some((value, bytes.len() - reader.rest.len()))
}

struct Reader<'a> {
    rest: &'a [u8],
    depth: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn fixed<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    /// A number of parts, each of which has `size` bytes or more: no more than there are.
    fn count(&mut self, size: usize) -> Option<usize> {
        let count = usize::try_from(u32::from_le_bytes(self.fixed()?)).ok()?;
        (count.checked_mul(size)? <= self.rest.len()).then_some(count)
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let count = self.count(1)?;
        self.take(count)
    }

    fn value(&mut self) -> Option<Value> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return None;
        }
        let [number] = self.fixed()?;
        let value = match *TAGS.get(usize::from(number))? {
            Tag::Undefined => Value::Undefined,
            Tag::Null => Value::Null,
            Tag::False => Value::Boolean(false),
            Tag::True => Value::Boolean(true),
            Tag::Integer => Value::Integer(i32::from_le_bytes(self.fixed()?)),
            Tag::Real => Value::Real(f64::from_le_bytes(self.fixed()?)),
            Tag::Latin => Value::Text(Text::from_latin1(self.bytes()?)),
            Tag::Wide => {
                let count = self.count(2)?;
                let units = self.take(count * 2)?.chunks_exact(2);
                let units = units.map(|pair| u16::from_le_bytes(pair.try_into().unwrap_or_default()));
                Value::Text(Text::from_units_vec(units.collect()))
            }
            Tag::Date => Value::Date(Date::from_raw(i32::from_le_bytes(self.fixed()?))),
            Tag::Time => Value::Time(Time::from_seconds(i32::from_le_bytes(self.fixed()?))),
            Tag::Blob => Value::Blob(Blob::from(self.bytes()?)),
            Tag::Picture => {
                let mime_type = String::from_utf8_lossy(self.bytes()?).into_owned();
                Value::Picture(Picture::new(self.bytes()?.to_vec(), mime_type))
            }
            Tag::Object => self.object()?,
            Tag::Collection => {
                let count = self.count(1)?;
                let values: Option<Vec<Value>> = (0..count).map(|_| self.value()).collect();
                Value::Collection(Collection::from_vec(values?))
            }
            Tag::Array => self.array()?,
            Tag::Rows => self.rows()?,
            Tag::Vector => {
                let count = self.count(8)?;
                let bytes = self.take(count.checked_mul(8)?)?;
                let components = bytes
                    .chunks_exact(8)
                    .filter_map(|chunk| Some(f64::from_le_bytes(chunk.try_into().ok()?)));
                Value::Object(Vector::new(components.collect()).into_object())
            }
            Tag::BlobObject => Value::Object(Object::native(Rc::new(Blob::from(self.bytes()?)))),
        };
        self.depth -= 1;
        Some(value)
    }

    fn object(&mut self) -> Option<Value> {
        let object = Object::new();
        for _ in 0..self.count(1)? {
            let Value::Text(name) = self.value()? else { return None };
            let written = object.set(&name, self.value()?);
            debug_assert!(written, "the object has just been made");
        }
        Some(Value::Object(object))
    }

    fn heading(&mut self) -> Option<(ArrayType, i32, usize)> {
        let [type_] = self.fixed()?;
        let type_ = *ARRAY_TYPES.get(usize::from(type_))?;
        Some((type_, i32::from_le_bytes(self.fixed()?), self.count(1)?))
    }

    fn array(&mut self) -> Option<Value> {
        let (type_, selected, count) = self.heading()?;
        let mut items = Items::new(type_, count.checked_sub(1)?);
        for index in 0..count {
            // A pointer was stored as what it led to: there is no pointer to give back.
            let value = self.value()?;
            if type_ != ArrayType::Pointer && !items.set(index, value) {
                return None;
            }
        }
        let array = Array::with_items(items);
        array.select(selected);
        Some(Value::Array(array))
    }

    fn rows(&mut self) -> Option<Value> {
        let (type_, selected, count) = self.heading()?;
        let mut rows = Vec::new();
        for _ in 0..count {
            let Value::Array(row) = self.value()? else { return None };
            rows.push(row);
        }
        if rows.is_empty() {
            return None;
        }
        let array = Array::with_items(Items::Rows(type_, rows));
        array.select(selected);
        Some(Value::Array(array))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_all_kinds_are_survived() {
        let object = Object::new();
        object.put("text", "héllo 😀");
        object.put("list", Collection::from_vec(vec![Value::Real(1.5), Value::Null, Value::text("x")]));
        let bytes = write(&Value::Object(object), &|_| None).expect("it can be written");
        let (_, length) = read(&bytes).expect("it can be read");
        assert_eq!(length, bytes.len());
        for cut in 0..bytes.len() {
            assert!(read(&bytes[..cut]).is_none(), "cut at {cut}");
        }
        for place in 4..bytes.len() {
            for byte in [0, 1, 6, 12, 14, 15, 16, 0xFF] {
                let mut damaged = bytes.clone();
                damaged[place] = byte;
                // Whatever it gives: no panic, no endless loop, no allocation beyond the bytes there are.
                drop(read(&damaged));
            }
        }
    }

    #[test]
    fn a_value_that_contains_itself_is_refused() {
        let object = Object::new();
        object.put("me", object.clone());
        assert!(write(&Value::Object(object.clone()), &|_| None).is_err());
        object.put("me", Value::Null);
    }
}
