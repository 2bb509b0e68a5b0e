//! `HTTP Parse message`: a message in its first line, its headers and its parts.

use crate::classes::http_request::content::{is_text, objects_of, parameters, text_of};
use crate::runtime::sandbox::web::find;
use crate::value::Value;
use crate::value::blob::Blob;
use crate::value::collection::Collection;
use crate::value::convert::boxed;
use crate::value::error::{Error, Result};
use crate::value::object::Object;

/// The names and values at the front, and what follows the empty line behind them.
type Headed<'a> = (Vec<(String, String)>, &'a [u8]);

/// The line at the front without its end, and what follows.
fn line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    let Some((line, rest)) = end.and_then(|end| bytes.split_at_checked(end)) else { return (bytes, &[]) };
    let after = rest.strip_prefix(b"\r\n").or_else(|| rest.get(1..)).unwrap_or_default();
    (line, after)
}

/// Reads names and values up to an empty line; a line that begins with a blank goes on with the one before.
fn headed(mut rest: &[u8]) -> Headed<'_> {
    let mut headers: Vec<(String, String)> = Vec::new();
    while !rest.is_empty() {
        let (bytes, after) = line(rest);
        rest = after;
        let text = String::from_utf8_lossy(bytes);
        if text.is_empty() {
            break;
        }
        if text.starts_with([' ', '\t']) {
            if let Some((_, value)) = headers.last_mut() {
                value.push(' ');
                value.push_str(text.trim());
            }
        } else if let Some((name, value)) = text.split_once(':') {
            headers.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    (headers, rest)
}

fn content(kind: &str, bytes: &[u8]) -> Value {
    if kind.is_empty() || is_text(kind) {
        return Value::Text(text_of(kind, bytes));
    }
    Value::Object(boxed(Blob::from(bytes)))
}

/// The parts between the lines with the mark.
fn parts<'a>(body: &'a [u8], mark: &str) -> Vec<&'a [u8]> {
    let mark = format!("--{mark}");
    let mut parts = Vec::new();
    let mut begun: Option<usize> = None;
    let mut rest = body;
    while !rest.is_empty() {
        let at = body.len() - rest.len();
        let (bytes, after) = line(rest);
        rest = after;
        let text =
            bytes.strip_prefix(mark.as_bytes()).map(|end| String::from_utf8_lossy(end).trim().to_owned());
        let Some(end) = text.filter(|end| end.is_empty() || end == "--") else { continue };
        if let Some(part) = begun.and_then(|begun| body.get(begun..at)) {
            // The line end before a mark belongs to it.
            let part = part.strip_suffix(b"\n").unwrap_or(part);
            parts.push(part.strip_suffix(b"\r").unwrap_or(part));
        }
        begun = (end != "--").then_some(body.len() - rest.len());
        if end == "--" {
            break;
        }
    }
    parts
}

fn part(bytes: &[u8]) -> Object {
    let (headers, body) = headed(bytes);
    let object = Object::new();
    let kind = find(&headers, "content-type").unwrap_or_default();
    if !kind.is_empty() {
        object.put("contentType", kind);
    }
    if let Some(id) = find(&headers, "content-id") {
        object.put("contentID", id.trim_start_matches('<').trim_end_matches('>'));
    }
    if let Some(disposition) = find(&headers, "content-disposition") {
        let parameters = parameters(disposition);
        for (property, name) in [("contentDisposition", ""), ("name", "name"), ("fileName", "filename")] {
            if let Some(value) = parameters.get(name) {
                object.put(property, value.as_str());
            }
        }
    }
    object.put("headers", objects_of(&headers).1);
    object.put("data", content(kind, body));
    object
}

/// A message as an object.
///
/// # Errors
/// It does not begin as a message does.
pub fn parse_message(bytes: &[u8]) -> Result<Object> {
    let (first, rest) = line(bytes);
    let first = String::from_utf8_lossy(first).trim().to_owned();
    let is_status = first.starts_with("HTTP/");
    let is_request = first.split(' ').count() >= 2 && first.contains("HTTP/");
    let object = Object::new();
    let (headers, body) = if is_status || is_request {
        object.put(if is_status { "statusLine" } else { "requestLine" }, first.as_str());
        headed(rest)
    } else if first.contains(':') {
        headed(bytes)
    } else {
        return Err(Error::quatre(5658, "this is no HTTP message: it has no headers"));
    };
    object.put("headers", objects_of(&headers).1);
    let kind = find(&headers, "content-type").unwrap_or_default();
    match parameters(kind).get("boundary").filter(|_| kind.to_ascii_lowercase().starts_with("multipart/")) {
        Some(mark) => {
            let parts = parts(body, mark).into_iter().map(|bytes| Value::Object(part(bytes)));
            object.put("parts", Collection::from_vec(parts.collect()));
        }
        None if !body.is_empty() => object.put("body", content(kind, body)),
        None => {}
    }
    Ok(object)
}
