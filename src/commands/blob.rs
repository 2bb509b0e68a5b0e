//! BLOBs: bytes written and read as numbers, texts and variables, moved, compressed. Offsets count from 0.

use std::cell::RefCell;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::{GzDecoder, ZlibDecoder};
use flate2::write::{GzEncoder, ZlibEncoder};

use crate::builtin::parameter::{Star, Var};
use crate::builtin::{Command, Theme};
use crate::commands::blob::encryption::{DECRYPT_BLOB, ENCRYPT_BLOB};
use crate::native;
use crate::runtime::documents;
use crate::runtime::location::document_path;
use crate::runtime::process::Process;
use crate::value::blob::Blob;
use crate::value::charset::Charset;
use crate::value::error::{Error, Result};
use crate::value::pointer::Pointer;
use crate::value::text::Text;
use crate::value::{Value, stream};

pub mod encryption;

/// The theme.
pub const THEME: Theme = Theme {
    name: "BLOB",
    commands: &[
        BLOB_PROPERTIES,
        BLOB_SIZE,
        BLOB_TO_DOCUMENT,
        BLOB_TO_INTEGER,
        BLOB_TO_LONGINT,
        BLOB_TO_REAL,
        BLOB_TO_TEXT,
        BLOB_TO_VARIABLE,
        COMPRESS_BLOB,
        COPY_BLOB,
        DECRYPT_BLOB,
        DELETE_FROM_BLOB,
        DOCUMENT_TO_BLOB,
        ENCRYPT_BLOB,
        EXPAND_BLOB,
        INSERT_IN_BLOB,
        INTEGER_TO_BLOB,
        LONGINT_TO_BLOB,
        REAL_TO_BLOB,
        SET_BLOB_SIZE,
        TEXT_TO_BLOB,
        VARIABLE_TO_BLOB,
    ],
};

/// No BLOB may be larger.
const MOST_BYTES: usize = i32::MAX as usize;
/// Smaller BLOBs are not compressed.
const LEAST_COMPRESSED: usize = 255;
/// What a BLOB that is compressed otherwise than as GZIP begins with, before its mode and its size.
const MARK: &[u8; 4] = b"Q4Z\x01";

fn count(n: i32) -> usize {
    usize::try_from(n).unwrap_or(0)
}

fn number(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// Gives a BLOB another size, or fails for want of memory.
fn resize(bytes: &mut Vec<u8>, size: usize, filler: u8) -> Result<()> {
    let more = size.saturating_sub(bytes.len());
    if size > MOST_BYTES || bytes.try_reserve(more).is_err() {
        return Err(Error::native(-108, format!("there is not enough memory for a BLOB of {size} bytes")));
    }
    bytes.resize(size, filler);
    Ok(())
}

/// Writes bytes over those that stand at an offset, the BLOB growing as it must.
fn put(target: &mut Vec<u8>, offset: usize, bytes: &[u8]) -> Result<()> {
    let end = offset.saturating_add(bytes.len());
    if end > target.len() {
        resize(target, end, 0)?;
    }
    if let Some(place) = target.get_mut(offset..end) {
        place.copy_from_slice(bytes);
    }
    Ok(())
}

/// Changes the BLOB of a variable.
fn change(variable: &Var<Blob>, change: impl FnOnce(&mut Vec<u8>) -> Result<()>) -> Result<()> {
    let mut bytes = variable.get()?.into_vec();
    change(&mut bytes)?;
    variable.set(Blob::from_vec(bytes));
    Ok(())
}

/// Stores bytes in a BLOB: at an offset that moves on, or instead of all that was there.
fn store(variable: &Var<Blob>, bytes: &[u8], offset: Option<Var<i32>>) -> Result<()> {
    let Some(offset) = offset else {
        variable.set(Blob::from(bytes));
        return Ok(());
    };
    let at = offset.get()?;
    change(variable, |target| put(target, count(at), bytes))?;
    offset.set(at.max(0).saturating_add(number(bytes.len())));
    Ok(())
}

/// Adds bytes at the end of a BLOB.
fn append(variable: &Var<Blob>, bytes: &[u8]) -> Result<()> {
    change(variable, |target| {
        let end = target.len();
        put(target, end, bytes)
    })
}

/// Reads a fixed number of bytes at an offset, which moves on.
fn fixed<const N: usize>(blob: &Blob, offset: Option<Var<i32>>) -> Result<[u8; N]> {
    let at = offset.as_ref().map_or(Ok(0), Var::get)?;
    let start = usize::try_from(at).ok();
    let found = start.and_then(|start| blob.bytes().get(start..start.checked_add(N)?)?.try_into().ok());
    let Some(found) = found else {
        return Err(Error::native(-111, format!("the BLOB has no {N} bytes at the offset {at}")));
    };
    if let Some(offset) = offset {
        offset.set(at.saturating_add(number(N)));
    }
    Ok(found)
}

/// The order of bytes that a constant names: Macintosh is big-endian, PC and native are little-endian.
fn is_big(order: i32) -> bool {
    order == 1
}

const BLOB_PROPERTIES: Command = Command {
    number: 536,
    name: "BLOB PROPERTIES",
    thread_safe: true,
    help: "Tells how a BLOB is compressed, its size when it is not, and its size.",
    syntaxes: &[native!(blob_properties(blob, compressed, expandedSize, currentSize))],
};

fn blob_properties(
    blob: Blob,
    compressed: Var<i32>,
    expanded_size: Option<Var<i32>>,
    current_size: Option<Var<i32>>,
) {
    let bytes = blob.bytes();
    let (mode, size) = match packing(bytes) {
        Some((mode, size)) => (mode, size),
        None => (0, bytes.len()),
    };
    compressed.set(mode);
    if let Some(variable) = expanded_size {
        variable.set(number(size));
    }
    if let Some(variable) = current_size {
        variable.set(number(bytes.len()));
    }
}

/// How bytes are compressed, and their size when they are not; `None` when they are not compressed.
fn packing(bytes: &[u8]) -> Option<(i32, usize)> {
    let size = |four: &[u8]| {
        let four: [u8; 4] = four.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(four)).ok()
    };
    if let Some(rest) = bytes.strip_prefix(MARK) {
        let (mode, rest) = rest.split_first()?;
        return Some((i32::from(*mode), size(rest.get(..4)?)?));
    }
    if bytes.starts_with(&[0x1F, 0x8B]) && bytes.len() >= 18 {
        // The extra flags say which effort was made: 4 is the least.
        let mode = if bytes.get(8) == Some(&4) { -2 } else { -1 };
        return Some((mode, size(bytes.get(bytes.len() - 4..)?)?));
    }
    None
}

const BLOB_SIZE: Command = Command {
    number: 605,
    name: "BLOB size",
    thread_safe: true,
    help: "The number of bytes.",
    syntaxes: &[native!(blob_size(blob))],
};

fn blob_size(blob: Blob) -> i32 {
    number(blob.len())
}

const BLOB_TO_INTEGER: Command = Command {
    number: 549,
    name: "BLOB to integer",
    thread_safe: true,
    help: "The whole number that two bytes are.",
    syntaxes: &[native!(blob_to_integer(blob, byteOrder, offset))],
};

fn blob_to_integer(blob: Blob, order: i32, offset: Option<Var<i32>>) -> Result<i32> {
    let bytes = fixed(&blob, offset)?;
    Ok(i32::from(if is_big(order) { i16::from_be_bytes(bytes) } else { i16::from_le_bytes(bytes) }))
}

const BLOB_TO_LONGINT: Command = Command {
    number: 551,
    name: "BLOB to longint",
    thread_safe: true,
    help: "The whole number that four bytes are.",
    syntaxes: &[native!(blob_to_longint(blob, byteOrder, offset))],
};

fn blob_to_longint(blob: Blob, order: i32, offset: Option<Var<i32>>) -> Result<i32> {
    let bytes = fixed(&blob, offset)?;
    Ok(if is_big(order) { i32::from_be_bytes(bytes) } else { i32::from_le_bytes(bytes) })
}

const BLOB_TO_REAL: Command = Command {
    number: 553,
    name: "BLOB to real",
    thread_safe: true,
    help: "The number that eight bytes are, or ten in the extended format.",
    syntaxes: &[native!(blob_to_real(blob, realFormat, offset))],
};

fn blob_to_real(blob: Blob, format: i32, offset: Option<Var<i32>>) -> Result<f64> {
    Ok(match format {
        1 => from_extended(fixed(&blob, offset)?),
        2 => f64::from_be_bytes(fixed(&blob, offset)?),
        _ => f64::from_le_bytes(fixed(&blob, offset)?),
    })
}

/// A number of 80 bits, big-endian: sign and exponent, then the whole significand with its first bit.
fn to_extended(x: f64) -> [u8; 10] {
    let bits = x.to_bits();
    let sign = u16::try_from(bits >> 63).unwrap_or_default() << 15;
    let exponent = u16::try_from((bits >> 52) & 0x7FF).unwrap_or_default();
    let fraction = bits & 0x000F_FFFF_FFFF_FFFF;
    let (exponent, significand) = match (exponent, fraction) {
        (0, 0) => (0, 0),
        (0, _) => {
            // What is too small for a leading bit in 64 bits has one in 80.
            let shift = fraction.leading_zeros();
            (
                u16::try_from(15_372 - i32::try_from(shift).unwrap_or_default()).unwrap_or_default(),
                fraction << shift,
            )
        }
        (0x7FF, _) => (0x7FFF, (1 << 63) | (fraction << 11)),
        _ => (exponent + 15_360, (1 << 63) | (fraction << 11)),
    };
    let mut bytes = [0; 10];
    let (head, tail) = bytes.split_at_mut(2);
    head.copy_from_slice(&(sign | exponent).to_be_bytes());
    tail.copy_from_slice(&significand.to_be_bytes());
    bytes
}

#[expect(clippy::cast_precision_loss, reason = "a Real has 53 of the 64 bits")]
fn from_extended(bytes: [u8; 10]) -> f64 {
    let (head, tail) = bytes.split_at(2);
    let head = u16::from_be_bytes(head.try_into().unwrap_or_default());
    let significand = u64::from_be_bytes(tail.try_into().unwrap_or_default());
    let magnitude = match head & 0x7FFF {
        0x7FFF if significand << 1 == 0 => f64::INFINITY,
        0x7FFF => f64::NAN,
        exponent => significand as f64 * 2_f64.powi(i32::from(exponent) - 16_383 - 63),
    };
    if head & 0x8000 == 0 { magnitude } else { -magnitude }
}

/// How a text stands in a BLOB.
#[derive(Clone, Copy)]
enum Layout {
    /// A zero ends it.
    Terminated,
    /// One byte says its length.
    Pascal,
    /// Two bytes say its length, or four in UTF-8.
    Counted,
    /// Nothing says its length.
    Bare,
}

/// The character set and the layout that a constant names.
fn text_format(format: i32) -> (Charset, Layout) {
    let mac = Charset::numbered(2027).unwrap_or(Charset::Latin1);
    match format {
        1 => (mac, Layout::Pascal),
        2 => (mac, Layout::Counted),
        3 => (mac, Layout::Bare),
        4 => (Charset::Utf8, Layout::Terminated),
        5 => (Charset::Utf8, Layout::Counted),
        6 => (Charset::Utf8, Layout::Bare),
        _ => (mac, Layout::Terminated),
    }
}

const BLOB_TO_TEXT: Command = Command {
    number: 555,
    name: "BLOB to text",
    thread_safe: true,
    help: "The text that stands in a BLOB.",
    syntaxes: &[native!(blob_to_text(blob, textFormat, offset, textLength))],
};

fn blob_to_text(blob: Blob, format: i32, offset: Option<Var<i32>>, length: Option<i32>) -> Result<Text> {
    let (set, layout) = text_format(format);
    let at = offset.as_ref().map_or(Ok(0), Var::get)?;
    let rest = blob.bytes().get(count(at)..).unwrap_or_default();
    let start = |size: usize| rest.get(..size).unwrap_or_default();
    let (head, size, tail) = match (layout, set) {
        (Layout::Terminated, _) => {
            let end = rest.iter().position(|byte| *byte == 0);
            (0, end.unwrap_or(rest.len()), usize::from(end.is_some()))
        }
        (Layout::Pascal, _) => (1, rest.first().map_or(0, |size| usize::from(*size)), 0),
        (Layout::Counted, Charset::Utf8) => {
            let size = u32::from_be_bytes(start(4).try_into().unwrap_or_default());
            (4, usize::try_from(size).unwrap_or(usize::MAX), 0)
        }
        (Layout::Counted, _) => {
            (2, usize::from(u16::from_be_bytes(start(2).try_into().unwrap_or_default())), 0)
        }
        (Layout::Bare, _) => (0, length.map_or(rest.len(), count), 0),
    };
    let text = rest.get(head..).unwrap_or_default();
    let text = text.get(..size).unwrap_or(text);
    if let Some(offset) = offset {
        offset.set(at.max(0).saturating_add(number(head.min(rest.len()) + text.len() + tail)));
    }
    // Bytes in the middle of a BLOB that look like a byte order mark are part of the text.
    Ok(if set == Charset::Utf8 {
        Text::from(String::from_utf8_lossy(text).as_ref())
    } else {
        set.decode(text)
    })
}

const BLOB_TO_VARIABLE: Command = Command {
    number: 533,
    name: "BLOB TO VARIABLE",
    thread_safe: true,
    help: "Gives a variable the value that `VARIABLE TO BLOB` stored in a BLOB.",
    syntaxes: &[native!(blob_to_variable(process, blob, variable, offset))],
};

fn blob_to_variable(
    process: &mut Process,
    blob: Blob,
    variable: Var<Value>,
    offset: Option<Var<i32>>,
) -> Result<()> {
    let at = offset.as_ref().map_or(Ok(0), Var::get)?;
    let found = blob.bytes().get(count(at)..).and_then(stream::read);
    process.set_ok(found.is_some());
    let Some((value, length)) = found else { return Ok(()) };
    variable.set(value);
    if let Some(offset) = offset {
        offset.set(at.max(0).saturating_add(number(length)));
    }
    Ok(())
}

const COMPRESS_BLOB: Command = Command {
    number: 534,
    name: "COMPRESS BLOB",
    thread_safe: true,
    help: "Compresses a BLOB of 255 bytes or more.",
    syntaxes: &[native!(compress_blob(process, blob, compression))],
};

fn compress_blob(process: &mut Process, blob: Var<Blob>, compression: Option<i32>) -> Result<()> {
    let bytes = blob.get()?;
    process.set_ok(false);
    if bytes.len() < LEAST_COMPRESSED {
        return Ok(());
    }
    let compressed = match compression {
        Some(-1) => gzip(bytes.bytes(), Compression::best()),
        Some(-2) => gzip(bytes.bytes(), Compression::fast()),
        Some(2) => packed(bytes.bytes(), 2, Compression::fast()),
        _ => packed(bytes.bytes(), 1, Compression::best()),
    };
    let compressed = compressed.map_err(|_| damaged())?;
    blob.set(Blob::from_vec(compressed));
    process.set_ok(true);
    Ok(())
}

#[cold]
fn damaged() -> Error {
    Error::native(-10600, "the BLOB is not compressed, or is damaged")
}

fn gzip(bytes: &[u8], effort: Compression) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), effort);
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn packed(bytes: &[u8], mode: u8, effort: Compression) -> std::io::Result<Vec<u8>> {
    let mut packed = MARK.to_vec();
    packed.push(mode);
    packed.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes());
    let mut encoder = ZlibEncoder::new(packed, effort);
    encoder.write_all(bytes)?;
    encoder.finish()
}

const COPY_BLOB: Command = Command {
    number: 558,
    name: "COPY BLOB",
    thread_safe: true,
    help: "Writes bytes of one BLOB over those of another, which grows as it must.",
    syntaxes: &[native!(copy_blob(srcBLOB, dstBLOB, srcOffset, dstOffset, len))],
};

fn copy_blob(source: Blob, target: Var<Blob>, from: i32, to: i32, length: i32) -> Result<()> {
    let bytes = source.bytes().get(count(from)..).unwrap_or_default();
    let bytes = bytes.get(..count(length)).unwrap_or(bytes);
    change(&target, |target| put(target, count(to), bytes))
}

const DELETE_FROM_BLOB: Command = Command {
    number: 560,
    name: "DELETE FROM BLOB",
    thread_safe: true,
    help: "Removes bytes from a BLOB.",
    syntaxes: &[native!(delete_from_blob(blob, offset, len))],
};

fn delete_from_blob(blob: Var<Blob>, offset: i32, length: i32) -> Result<()> {
    change(&blob, |bytes| {
        let start = count(offset).min(bytes.len());
        let end = start.saturating_add(count(length)).min(bytes.len());
        bytes.drain(start..end);
        Ok(())
    })
}

const EXPAND_BLOB: Command = Command {
    number: 535,
    name: "EXPAND BLOB",
    thread_safe: true,
    help: "Gives a BLOB that `COMPRESS BLOB` compressed its bytes back.",
    syntaxes: &[native!(expand_blob(process, blob))],
};

fn expand_blob(process: &mut Process, blob: Var<Blob>) -> Result<()> {
    let bytes = blob.get()?;
    process.set_ok(false);
    let expanded = match bytes.bytes().strip_prefix(MARK) {
        Some(rest) => rest.get(5..).and_then(|rest| expand(ZlibDecoder::new(rest))),
        None => expand(GzDecoder::new(bytes.bytes())),
    };
    blob.set(Blob::from_vec(expanded.ok_or_else(damaged)?));
    process.set_ok(true);
    Ok(())
}

/// All bytes, unless they are damaged or more than a BLOB may have.
fn expand(decoder: impl Read) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
    let length = decoder.take(most).read_to_end(&mut bytes).ok()?;
    (length < MOST_BYTES).then_some(bytes)
}

const INSERT_IN_BLOB: Command = Command {
    number: 559,
    name: "INSERT IN BLOB",
    thread_safe: true,
    help: "Inserts bytes into a BLOB, zeros unless another filler is named.",
    syntaxes: &[native!(insert_in_blob(blob, offset, len, filler))],
};

/// The byte that a number is, modulo 256.
fn byte(filler: Option<i32>) -> u8 {
    u8::try_from(filler.unwrap_or(0) & 0xFF).unwrap_or_default()
}

fn insert_in_blob(blob: Var<Blob>, offset: i32, length: i32, filler: Option<i32>) -> Result<()> {
    change(&blob, |bytes| {
        let start = count(offset).min(bytes.len());
        let size = bytes.len().saturating_add(count(length));
        resize(bytes, size, byte(filler))?;
        if let Some(tail) = bytes.get_mut(start..) {
            tail.rotate_right(count(length));
        }
        Ok(())
    })
}

const INTEGER_TO_BLOB: Command = Command {
    number: 548,
    name: "INTEGER TO BLOB",
    thread_safe: true,
    help: "Stores a whole number as two bytes, with `*` at the end of the BLOB.",
    syntaxes: &[
        native!(integer_to_blob(integer, blob, byteOrder, offset)),
        native!(append_integer(integer, blob, byteOrder, star)),
    ],
};

#[expect(clippy::cast_possible_truncation, reason = "two bytes hold the last 16 bits, as 4D's do")]
fn two_bytes(n: i32, order: Option<i32>) -> [u8; 2] {
    if is_big(order.unwrap_or(0)) { (n as i16).to_be_bytes() } else { (n as i16).to_le_bytes() }
}

fn integer_to_blob(n: i32, blob: Var<Blob>, order: Option<i32>, offset: Option<Var<i32>>) -> Result<()> {
    store(&blob, &two_bytes(n, order), offset)
}

fn append_integer(n: i32, blob: Var<Blob>, order: Option<i32>, _end: Option<Star>) -> Result<()> {
    append(&blob, &two_bytes(n, order))
}

const LONGINT_TO_BLOB: Command = Command {
    number: 550,
    name: "LONGINT TO BLOB",
    thread_safe: true,
    help: "Stores a whole number as four bytes, with `*` at the end of the BLOB.",
    syntaxes: &[
        native!(longint_to_blob(longint, blob, byteOrder, offset)),
        native!(append_longint(longint, blob, byteOrder, star)),
    ],
};

fn four_bytes(n: i32, order: Option<i32>) -> [u8; 4] {
    if is_big(order.unwrap_or(0)) { n.to_be_bytes() } else { n.to_le_bytes() }
}

fn longint_to_blob(n: i32, blob: Var<Blob>, order: Option<i32>, offset: Option<Var<i32>>) -> Result<()> {
    store(&blob, &four_bytes(n, order), offset)
}

fn append_longint(n: i32, blob: Var<Blob>, order: Option<i32>, _end: Option<Star>) -> Result<()> {
    append(&blob, &four_bytes(n, order))
}

const REAL_TO_BLOB: Command = Command {
    number: 552,
    name: "REAL TO BLOB",
    thread_safe: true,
    help: "Stores a number as eight bytes, or ten in the extended format, with `*` at the end of the BLOB.",
    syntaxes: &[
        native!(real_to_blob(real, blob, realFormat, offset)),
        native!(append_real(real, blob, realFormat, star)),
    ],
};

fn real_bytes(x: f64, format: i32) -> Vec<u8> {
    match format {
        1 => to_extended(x).to_vec(),
        2 => x.to_be_bytes().to_vec(),
        _ => x.to_le_bytes().to_vec(),
    }
}

fn real_to_blob(x: f64, blob: Var<Blob>, format: i32, offset: Option<Var<i32>>) -> Result<()> {
    store(&blob, &real_bytes(x, format), offset)
}

fn append_real(x: f64, blob: Var<Blob>, format: i32, _end: Option<Star>) -> Result<()> {
    append(&blob, &real_bytes(x, format))
}

const SET_BLOB_SIZE: Command = Command {
    number: 606,
    name: "SET BLOB SIZE",
    thread_safe: true,
    help: "Gives a BLOB another size; new bytes are zeros unless another filler is named.",
    syntaxes: &[native!(set_blob_size(blob, size, filler))],
};

fn set_blob_size(blob: Var<Blob>, size: i32, filler: Option<i32>) -> Result<()> {
    change(&blob, |bytes| resize(bytes, count(size), byte(filler)))
}

const TEXT_TO_BLOB: Command = Command {
    number: 554,
    name: "TEXT TO BLOB",
    thread_safe: true,
    help: "Stores a text in one of the formats of texts, with `*` at the end of the BLOB.",
    syntaxes: &[
        native!(text_to_blob(text, blob, textFormat, offset)),
        native!(append_text(text, blob, textFormat, star)),
    ],
};

fn text_bytes(text: &Text, format: Option<i32>) -> Vec<u8> {
    let (set, layout) = text_format(format.unwrap_or(0));
    let mut text = set.encode(text);
    match (layout, set) {
        (Layout::Terminated, _) => text.push(0),
        (Layout::Pascal, _) => {
            text.truncate(255);
            text.insert(0, u8::try_from(text.len()).unwrap_or(255));
        }
        (Layout::Counted, Charset::Utf8) => {
            let size = u32::try_from(text.len()).unwrap_or(u32::MAX);
            text.splice(0..0, size.to_be_bytes());
        }
        (Layout::Counted, _) => {
            text.truncate(usize::from(u16::MAX));
            let size = u16::try_from(text.len()).unwrap_or(u16::MAX);
            text.splice(0..0, size.to_be_bytes());
        }
        (Layout::Bare, _) => {}
    }
    text
}

fn text_to_blob(text: Text, blob: Var<Blob>, format: Option<i32>, offset: Option<Var<i32>>) -> Result<()> {
    store(&blob, &text_bytes(&text, format), offset)
}

fn append_text(text: Text, blob: Var<Blob>, format: Option<i32>, _end: Option<Star>) -> Result<()> {
    append(&blob, &text_bytes(&text, format))
}

const VARIABLE_TO_BLOB: Command = Command {
    number: 532,
    name: "VARIABLE TO BLOB",
    thread_safe: true,
    help: "Stores the value of a variable of any type, with `*` at the end of the BLOB.",
    syntaxes: &[
        native!(variable_to_blob(process, variable, blob, offset)),
        native!(append_variable(process, variable, blob, star)),
    ],
};

fn variable_bytes(process: &mut Process, variable: &Var<Value>) -> Result<Vec<u8>> {
    process.set_ok(false);
    let shared = RefCell::new(&mut *process);
    let resolve = |pointer: &Pointer| shared.borrow_mut().dereference(pointer).ok();
    let bytes = stream::write(&variable.value(), &resolve)?;
    process.set_ok(true);
    Ok(bytes)
}

fn variable_to_blob(
    process: &mut Process,
    variable: Var<Value>,
    blob: Var<Blob>,
    offset: Option<Var<i32>>,
) -> Result<()> {
    let bytes = variable_bytes(process, &variable)?;
    store(&blob, &bytes, offset)
}

fn append_variable(
    process: &mut Process,
    variable: Var<Value>,
    blob: Var<Blob>,
    _end: Option<Star>,
) -> Result<()> {
    let bytes = variable_bytes(process, &variable)?;
    append(&blob, &bytes)
}

const BLOB_TO_DOCUMENT: Command = Command {
    number: 526,
    name: "BLOB TO DOCUMENT",
    thread_safe: true,
    help: "Writes the bytes of a BLOB as the whole content of a document.",
    syntaxes: &[native!(blob_to_document(process, document, blob))],
};

fn blob_to_document(process: &mut Process, document: Text, blob: Blob) -> Result<()> {
    let path = document_path(&process.runtime, &document.to_str());
    let outcome = documents::write(&path, blob.bytes());
    process.set_ok(outcome.is_ok());
    outcome
}

const DOCUMENT_TO_BLOB: Command = Command {
    number: 525,
    name: "DOCUMENT TO BLOB",
    thread_safe: true,
    help: "Reads the whole content of a document into a BLOB.",
    syntaxes: &[native!(document_to_blob(process, document, blob))],
};

fn document_to_blob(process: &mut Process, document: Text, target: Var<Blob>) -> Result<()> {
    let path = document_path(&process.runtime, &document.to_str());
    let outcome = documents::read_blob(&path);
    process.set_ok(outcome.is_ok());
    target.set(outcome?);
    Ok(())
}
