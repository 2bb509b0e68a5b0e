//! Class 4D.Blob: bytes as an object, which nothing changes. Parts of it are blobs of their own.

use std::rc::Rc;

use crate::builtin::{Class, Function, Property};
use crate::native;
use crate::value::blob::Blob;
use crate::value::convert::boxed;
use crate::value::object::Object;

/// 4D.Blob
pub const CLASS: Class = Class {
    store: "4D",
    name: "Blob",
    extends: None,
    constructor: Some(native!(make(blob))),
    functions: &[SLICE],
    properties: &[SIZE],
};

fn make(blob: Option<Blob>) -> Object {
    boxed(blob.unwrap_or_default())
}

const SLICE: Function = Function {
    name: "slice",
    help: "The bytes from a place on up to another one, both counted from the end when negative.",
    syntaxes: &[native!(slice(this, start, end))],
};

/// The place that a number names in so many bytes.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "the number is within the bytes, or the cast goes to the nearest that is"
)]
fn place(number: f64, length: usize) -> usize {
    let number = if number < 0.0 { length as f64 + number } else { number };
    (number.max(0.0) as usize).min(length)
}

fn slice(this: Rc<Blob>, start: Option<f64>, end: Option<f64>) -> Object {
    let bytes = this.bytes();
    let start = place(start.unwrap_or(0.0), bytes.len());
    let end = end.map_or(bytes.len(), |end| place(end, bytes.len()));
    boxed(Blob::from(bytes.get(start..end).unwrap_or_default()))
}

const SIZE: Property =
    Property { name: "size", help: "The number of bytes.", get: native!(size(this)), set: None };

#[expect(clippy::cast_precision_loss, reason = "no blob is so large that its size is not exact")]
fn size(this: Rc<Blob>) -> f64 {
    this.len() as f64
}
