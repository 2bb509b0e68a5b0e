//! Class 4D.IncomingMessage: a request, as a handler receives it. It stays in its process.

use std::any::Any;
use std::rc::Rc;
use std::sync::Arc;

use crate::builtin::{Class, Function, Property};
use crate::native;
use crate::runtime::exchange::{Request, decoded, form_fields};
use crate::value::blob::Blob;
use crate::value::collection::Collection;
use crate::value::error::{Error, Result};
use crate::value::instance::Instance;
use crate::value::object::Object;
use crate::value::picture::Picture;
use crate::value::text::Text;
use crate::value::{Value, json};

/// 4D.IncomingMessage
pub const CLASS: Class = Class {
    store: "4D",
    name: "IncomingMessage",
    extends: None,
    constructor: None,
    functions: &[GET_BLOB, GET_HEADER, GET_JSON, GET_PICTURE, GET_TEXT],
    properties: &[HEADERS, URL, URL_PATH, URL_QUERY, VERB],
};

/// A request as an object.
pub struct IncomingMessage(Arc<Request>);

impl Instance for IncomingMessage {
    fn class_name(&self) -> &'static str {
        "IncomingMessage"
    }
    fn into_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
}

/// The object of a request.
pub fn object(request: Arc<Request>) -> Object {
    Object::native(Rc::new(IncomingMessage(request)))
}

const GET_BLOB: Function =
    Function { name: "getBlob", help: "The body as bytes.", syntaxes: &[native!(get_blob(this))] };

fn get_blob(this: Rc<IncomingMessage>) -> Blob {
    Blob::from_vec(this.0.body.clone())
}

const GET_TEXT: Function =
    Function { name: "getText", help: "The body as text.", syntaxes: &[native!(get_text(this))] };

fn get_text(this: Rc<IncomingMessage>) -> String {
    this.0.text()
}

const GET_JSON: Function = Function {
    name: "getJSON",
    help: "What the body holds as JSON; an error when it holds none.",
    syntaxes: &[native!(get_json(this))],
};

fn get_json(this: Rc<IncomingMessage>) -> Result<Value> {
    let text = std::str::from_utf8(&this.0.body)
        .map_err(|_| Error::quatre(5805, "the body of the request is no text, so it is no JSON"))?;
    json::parse(text)
}

const GET_PICTURE: Function = Function {
    name: "getPicture",
    help: "The body as a picture, Null when it is none.",
    syntaxes: &[native!(get_picture(this))],
};

fn get_picture(this: Rc<IncomingMessage>) -> Option<Picture> {
    let kind = this.0.header("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    (kind.starts_with("image/") && !this.0.body.is_empty()).then(|| Picture::new(this.0.body.clone(), kind))
}

const GET_HEADER: Function = Function {
    name: "getHeader",
    help: "The value of a header, \"\" when the request has none; the case of the name does not matter.",
    syntaxes: &[native!(get_header(this, key))],
};

fn get_header(this: Rc<IncomingMessage>, key: Text) -> String {
    this.0.header(&key.to_str()).unwrap_or_default()
}

const HEADERS: Property = Property {
    name: "headers",
    help: "All headers, their names in small letters.",
    get: native!(headers(this)),
    set: None,
};

fn headers(this: Rc<IncomingMessage>) -> Object {
    let object = Object::new();
    for (name, _) in &this.0.headers {
        let name = name.to_ascii_lowercase();
        let value = this.0.header(&name).unwrap_or_default();
        object.put(&name, value);
    }
    object
}

const URL: Property = Property {
    name: "url",
    help: "The address behind that of the server, as it was sent.",
    get: native!(url(this)),
    set: None,
};

fn url(this: Rc<IncomingMessage>) -> String {
    this.0.target.clone()
}

const URL_PATH: Property =
    Property { name: "urlPath", help: "The steps of the address.", get: native!(url_path(this)), set: None };

fn url_path(this: Rc<IncomingMessage>) -> Collection {
    let steps = this.0.path().split('/').filter(|step| !step.is_empty());
    steps.map(|step| Value::text(&decoded(step, false))).collect()
}

const URL_QUERY: Property = Property {
    name: "urlQuery",
    help: "The parameters of the address, all of them texts.",
    get: native!(url_query(this)),
    set: None,
};

fn url_query(this: Rc<IncomingMessage>) -> Object {
    let object = Object::new();
    for (name, value) in form_fields(this.0.query()) {
        // JSON stands between apostrophes, which are not part of it.
        let inner = value.strip_prefix('\'').and_then(|value| value.strip_suffix('\''));
        object.put(&name, inner.unwrap_or(&value));
    }
    object
}

const VERB: Property = Property {
    name: "verb",
    help: "The verb of the request, in small letters.",
    get: native!(verb(this)),
    set: None,
};

fn verb(this: Rc<IncomingMessage>) -> String {
    this.0.verb.to_ascii_lowercase()
}
