//! Class 4D.OutgoingMessage: what a handler answers. It stays in its process.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a value of any other type is one and the same case here"
)]

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use crate::builtin::{Class, Function, Property};
use crate::native;
use crate::runtime::exchange::Reply;
use crate::value::blob::Blob;
use crate::value::error::{Error, Result};
use crate::value::instance::Instance;
use crate::value::object::Object;
use crate::value::text::Text;
use crate::value::{Value, json};

/// 4D.OutgoingMessage
pub const CLASS: Class = Class {
    store: "4D",
    name: "OutgoingMessage",
    extends: None,
    constructor: Some(native!(make())),
    functions: &[SET_BODY, SET_HEADER, SET_STATUS],
    properties: &[BODY, HEADERS, STATUS],
};

struct Content {
    status: i32,
    headers: Vec<(String, String)>,
    body: Value,
}

/// A reply as an object.
pub struct OutgoingMessage(RefCell<Content>);

impl Instance for OutgoingMessage {
    fn class_name(&self) -> &'static str {
        "OutgoingMessage"
    }
    fn into_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
}

fn make() -> Object {
    let content = Content { status: 200, headers: Vec::new(), body: Value::Undefined };
    Object::native(Rc::new(OutgoingMessage(RefCell::new(content))))
}

impl OutgoingMessage {
    /// The reply that it stands for.
    ///
    /// # Errors
    /// Its body cannot be sent.
    pub fn reply(&self) -> Result<Reply> {
        let content = self.0.borrow();
        let status = u16::try_from(content.status).ok().filter(|status| (100..=999).contains(status));
        let mut reply =
            Reply { status: status.unwrap_or(500), headers: Vec::new(), body: bytes(&content.body)? };
        for (name, value) in &content.headers {
            reply.set_header(name, value);
        }
        Ok(reply)
    }
}

fn wrong_body() -> Error {
    Error::quatre(5806, "the body of a reply is a text, a Blob, an object or a picture")
}

/// The bytes of a body.
fn bytes(body: &Value) -> Result<Vec<u8>> {
    match body {
        Value::Undefined | Value::Null => Ok(Vec::new()),
        Value::Text(text) => Ok(text.to_str().into_owned().into_bytes()),
        Value::Blob(blob) => Ok(blob.bytes().to_vec()),
        Value::Picture(picture) => Ok(picture.bytes().to_vec()),
        Value::Object(object) => match object.as_native::<Blob>() {
            Some(blob) => Ok(blob.bytes().to_vec()),
            None => Ok(json::stringify(body, false)?.to_str().into_owned().into_bytes()),
        },
        Value::Collection(_) => Ok(json::stringify(body, false)?.to_str().into_owned().into_bytes()),
        _ => Err(wrong_body()),
    }
}

/// The kind that a body has by itself.
fn kind(body: &Value) -> Result<String> {
    match body {
        Value::Text(_) => Ok("text/plain".to_owned()),
        Value::Blob(_) => Ok("application/octet-stream".to_owned()),
        Value::Picture(picture) => Ok(picture.mime_type().to_owned()),
        Value::Object(object) if object.as_native::<Blob>().is_some() => {
            Ok("application/octet-stream".to_owned())
        }
        Value::Object(_) | Value::Collection(_) => Ok("application/json".to_owned()),
        _ => Err(wrong_body()),
    }
}

const SET_BODY: Function = Function {
    name: "setBody",
    help: "Gives the reply a body, and the header `Content-Type` that fits it.",
    syntaxes: &[native!(set_body(this, body))],
};

fn set_body(this: Rc<OutgoingMessage>, body: Value) -> Result<()> {
    let kind = kind(&body)?;
    this.0.borrow_mut().body = body;
    put_header(&this, "Content-Type", &kind);
    Ok(())
}

const SET_HEADER: Function = Function {
    name: "setHeader",
    help: "Gives the reply a header.",
    syntaxes: &[native!(set_header(this, key, value))],
};

fn set_header(this: Rc<OutgoingMessage>, key: Text, value: Text) {
    put_header(&this, &key.to_str(), &value.to_str());
}

fn put_header(this: &OutgoingMessage, name: &str, value: &str) {
    let headers = &mut this.0.borrow_mut().headers;
    match headers.iter_mut().find(|(key, _)| key.eq_ignore_ascii_case(name)) {
        Some(header) => value.clone_into(&mut header.1),
        None => headers.push((name.to_owned(), value.to_owned())),
    }
}

const SET_STATUS: Function = Function {
    name: "setStatus",
    help: "Gives the reply a status, 200 unless it is called.",
    syntaxes: &[native!(set_status(this, status))],
};

fn set_status(this: Rc<OutgoingMessage>, status: i32) {
    this.0.borrow_mut().status = status;
}

const BODY: Property = Property {
    name: "body",
    help: "The body of the reply.",
    get: native!(body(this)),
    set: Some(native!(write_body(this, value))),
};

fn body(this: Rc<OutgoingMessage>) -> Value {
    this.0.borrow().body.clone()
}

/// Given so, the body brings no header with it.
fn write_body(this: Rc<OutgoingMessage>, value: Value) -> Result<()> {
    bytes(&value)?;
    this.0.borrow_mut().body = value;
    Ok(())
}

const HEADERS: Property =
    Property { name: "headers", help: "The headers of the reply.", get: native!(headers(this)), set: None };

fn headers(this: Rc<OutgoingMessage>) -> Object {
    let object = Object::new();
    for (name, value) in &this.0.borrow().headers {
        object.put(name, value.as_str());
    }
    object
}

const STATUS: Property =
    Property { name: "status", help: "The status of the reply.", get: native!(status(this)), set: None };

fn status(this: Rc<OutgoingMessage>) -> i32 {
    this.0.borrow().status
}
