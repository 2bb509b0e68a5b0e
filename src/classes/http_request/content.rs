//! What is sent to servers and what comes from them: bodies and headers as values of the language.

use std::collections::BTreeMap;

use crate::runtime::documents::Encoding;
use crate::value::blob::Blob;
use crate::value::charset::Charset;
use crate::value::collection::Collection;
use crate::value::convert::{boxed, to_text};
use crate::value::error::{Error, Result};
use crate::value::object::Object;
use crate::value::picture::Picture;
use crate::value::text::Text;
use crate::value::{Value, json};

/// What the body of an answer becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// What its type says.
    #[default]
    Auto,
    /// A text.
    Text,
    /// Bytes.
    Blob,
    /// What JSON says.
    Object,
}

impl Shape {
    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Auto, Self::Text, Self::Blob, Self::Object].into_iter().find(|shape| shape.name() == name)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Text => "text",
            Self::Blob => "blob",
            Self::Object => "object",
        }
    }
}

/// The type in `text/html; charset=utf-8`, in small letters.
fn mime(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn is_json(mime: &str) -> bool {
    mime == "application/json" || mime == "text/json" || mime.ends_with("+json")
}

/// Whether a body of this type is a text.
pub fn is_text(content_type: &str) -> bool {
    let mime = mime(content_type);
    mime.starts_with("text/")
        || is_json(&mime)
        || mime.ends_with("+xml")
        || ["application/xml", "application/javascript", "application/x-javascript", "application/http"]
            .contains(&mime.as_str())
        || ["message/http", "application/x-www-form-urlencoded"].contains(&mime.as_str())
}

/// The word behind `charset=`, `encoding=` in a text.
fn word_behind<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let at = text.to_ascii_lowercase().find(mark)? + mark.len();
    let rest = text.get(at..)?.trim_start().trim_start_matches(['"', '\'']);
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.:".contains(c))).unwrap_or(rest.len());
    rest.get(..end).filter(|word| !word.is_empty())
}

/// The text that a body is: its set is named by its type, by a mark of its own, or in its first lines; otherwise it is
/// UTF-8, or when it is not, what Windows writes.
pub fn text_of(content_type: &str, bytes: &[u8]) -> Text {
    let named = |name: &str| Encoding::named(name).ok();
    if let Some(encoding) = word_behind(content_type, "charset=").and_then(named) {
        return encoding.decode(bytes);
    }
    if let [0xef, 0xbb, 0xbf, ..] | [0xfe, 0xff, ..] | [0xff, 0xfe, ..] = bytes {
        return Encoding::default().decode(bytes);
    }
    let start: String = bytes.iter().take(1024).map(|byte| char::from(*byte)).collect();
    let kind = mime(content_type);
    let inside = if kind.contains("html") {
        word_behind(&start, "charset=")
    } else if start.trim_start().starts_with("<?xml") {
        start.split("?>").next().and_then(|line| word_behind(line, "encoding="))
    } else {
        None
    };
    if let Some(encoding) = inside.and_then(named) {
        return encoding.decode(bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Text::from(text),
        Err(_) => {
            Charset::named("windows-1252").map_or_else(|| Text::from_latin1(bytes), |set| set.decode(bytes))
        }
    }
}

/// A body as a value.
pub fn body_of(shape: Shape, content_type: &str, bytes: Vec<u8>) -> Value {
    let blob = |bytes: Vec<u8>| Value::Object(boxed(Blob::from_vec(bytes)));
    let parsed = |bytes: &[u8]| json::parse(&text_of(content_type, bytes).to_str()).ok();
    match shape {
        Shape::Blob => blob(bytes),
        Shape::Text => Value::Text(text_of(content_type, &bytes)),
        Shape::Object => parsed(&bytes).unwrap_or(Value::Null),
        Shape::Auto if is_json(&mime(content_type)) => {
            parsed(&bytes).unwrap_or_else(|| Value::Text(text_of(content_type, &bytes)))
        }
        Shape::Auto if is_text(content_type) => Value::Text(text_of(content_type, &bytes)),
        Shape::Auto => blob(bytes),
    }
}

/// What is sent for a value, and its type; `None` when nothing is.
///
/// # Errors
/// The value cannot be sent.
pub fn bytes_of(value: &Value, encoding: &str, type_of_bytes: &str) -> Result<Option<(Vec<u8>, String)>> {
    let type_of_picture = |picture: &Picture| (picture.bytes().to_vec(), picture.mime_type().to_owned());
    Ok(Some(match value {
        Value::Undefined | Value::Null => return Ok(None),
        Value::Text(text) => {
            let set = Encoding::named(encoding)?.without_mark();
            (set.encode(text), format!("text/plain; charset={encoding}"))
        }
        Value::Blob(blob) => (blob.bytes().to_vec(), type_of_bytes.to_owned()),
        Value::Picture(picture) => type_of_picture(picture),
        Value::Object(object) => match object.as_native::<Blob>() {
            Some(blob) => (blob.bytes().to_vec(), type_of_bytes.to_owned()),
            None => (json_of(value)?, "application/json".to_owned()),
        },
        Value::Collection(_) => (json_of(value)?, "application/json".to_owned()),
        Value::Variable(variable) => return bytes_of(&variable.get(), encoding, type_of_bytes),
        Value::Boolean(_)
        | Value::Integer(_)
        | Value::Real(_)
        | Value::Date(_)
        | Value::Time(_)
        | Value::Pointer(_)
        | Value::Array(_) => {
            return Err(Error::types(format!("a value of type {} cannot be sent", value.type_name()))
                .help("send a Text, a Blob, an Object or a Collection"));
        }
    }))
}

fn json_of(value: &Value) -> Result<Vec<u8>> {
    Ok(json::stringify(value, false)?.to_str().into_owned().into_bytes())
}

/// Headers as objects: with their names in small letters, and as the server writes them. Of a name that stands several
/// times the values are a collection.
pub fn objects_of(headers: &[(String, String)]) -> (Object, Object) {
    let made = |name: fn(&str) -> String| {
        let object = Object::new();
        for (key, value) in headers {
            let key = name(key);
            match object.get_str(&key) {
                None => object.put(&key, value.as_str()),
                Some(Value::Collection(values)) => values.push(Value::text(value)),
                Some(first) => {
                    object.put(&key, Collection::from_vec(vec![first, Value::text(value)]));
                }
            }
        }
        object
    };
    (made(|name| name.to_ascii_lowercase()), made(str::to_owned))
}

/// The headers that an object names.
///
/// # Errors
/// A name or a value cannot stand in a request.
pub fn lists_of(headers: &Object) -> Result<Vec<(String, String)>> {
    let mut list = Vec::new();
    for (name, value) in headers.entries() {
        let name = name.to_str().into_owned();
        if let Value::Collection(values) = &value {
            for value in values.to_vec() {
                list.push(checked(name.clone(), to_text(&value).to_str().into_owned())?);
            }
        } else if !value.is_nothing() {
            list.push(checked(name, to_text(&value).to_str().into_owned())?);
        }
    }
    Ok(list)
}

/// A header that can stand in a request: one with a line end would be two.
///
/// # Errors
/// It cannot.
pub fn checked(name: String, value: String) -> Result<(String, String)> {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || !name.chars().all(is_token) {
        return Err(Error::quatre(5656, format!("`{name}` cannot be the name of a header")));
    }
    if value.contains(['\r', '\n', '\0']) {
        return Err(Error::quatre(5656, format!("the value of the header `{name}` has more than one line")));
    }
    Ok((name, value))
}

/// The names and values of arrays of headers.
///
/// # Errors
/// A name or a value cannot stand in a request.
pub fn pairs(names: Vec<String>, values: Vec<String>) -> Result<Vec<(String, String)>> {
    let mut values = values.into_iter();
    names
        .into_iter()
        .filter(|name| !name.is_empty())
        .map(|name| checked(name, values.next().unwrap_or_default()))
        .collect()
}

/// The parts of a header value such as `form-data; name="x"`, by name; the value itself has the name "".
pub fn parameters(value: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut parts = value.split(';');
    found.insert(String::new(), parts.next().unwrap_or_default().trim().to_owned());
    for part in parts {
        if let Some((name, value)) = part.split_once('=') {
            found.insert(name.trim().to_ascii_lowercase(), value.trim().trim_matches('"').to_owned());
        }
    }
    found
}
