//! The options of a request: those of its own, and those of its agent where it has none.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::classes::folder::Folder;
use crate::classes::http_agent::{self, HTTPAgent};
use crate::classes::http_request::content::{Shape, bytes_of, lists_of};
use crate::runtime::errands::check_callbacks;
use crate::runtime::process::Process;
use crate::runtime::requests::{Method, Order, User};
use crate::runtime::sandbox::web::tls::Security;
use crate::runtime::sandbox::web::url::Url;
use crate::runtime::sandbox::web::{Request, find};
use crate::value::Value;
use crate::value::convert::to_boolean;
use crate::value::error::{Error, Result};
use crate::value::object::Object;

/// The functions that the options may hold.
const CALLBACKS: &[&str] = &["onHeaders", "onData", "onResponse", "onError", "onTerminate"];
/// So many redirections are followed.
const REDIRECTIONS: usize = 5;

/// What a request remembers of its options.
pub struct Settings {
    /// The options themselves: callbacks are called on them.
    pub options: Object,
    /// The agent.
    pub agent: Object,
    /// What the body of the answer becomes.
    pub shape: Shape,
    /// The character set of a text that is sent.
    pub encoding: String,
    /// The headers that were given.
    pub headers: Object,
    /// `auto` or `HTTP1`
    pub protocol: String,
    /// Whether the answer keeps its body.
    pub returns_body: bool,
    /// Whether there is an `onData`.
    pub listens: bool,
    /// Whether there is any callback.
    pub calls_back: bool,
    /// Whether `onData` gets what was packed unpacked.
    pub decodes: bool,
    /// After how many seconds the request is given up.
    pub timeout: Option<f64>,
}

impl Settings {
    /// The time of the request.
    pub fn time(&self) -> Option<Duration> {
        self.timeout.and_then(|seconds| Duration::try_from_secs_f64(seconds.max(0.0)).ok())
    }
}

/// The folder of certificates that `HTTP SET CERTIFICATES FOLDER` set, for all processes.
static CERTIFICATES: Mutex<Option<PathBuf>> = Mutex::new(None);

/// The folder of certificates of the program, when one was set.
pub fn certificates_folder() -> Option<PathBuf> {
    CERTIFICATES.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Sets the folder of certificates.
pub fn set_certificates_folder(folder: PathBuf) {
    *CERTIFICATES.lock().unwrap_or_else(PoisonError::into_inner) = Some(folder);
}

/// What `User-Agent` says.
pub fn user_agent() -> String {
    format!("Quatre/{}", env!("CARGO_PKG_VERSION"))
}

/// The options of a request, looked up in its own and then in those of its agent.
struct Reader<'a> {
    options: &'a Object,
    agent: &'a HTTPAgent,
}

#[cold]
fn wrong(name: &str, expected: &str, value: &Value) -> Error {
    Error::types(format!("the option `{name}` is {expected}, not {}", value.type_name()))
}

impl Reader<'_> {
    fn own(&self, name: &str) -> Option<Value> {
        self.options.get_str(name).filter(|value| !value.is_nothing())
    }

    fn any(&self, name: &str) -> Option<Value> {
        self.own(name).or_else(|| self.agent.option(name))
    }

    fn text(&self, name: &str) -> Result<Option<String>> {
        match self.any(name) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text.to_str().into_owned())),
            Some(value) => Err(wrong(name, "a Text", &value)),
        }
    }

    fn boolean(&self, name: &str, default: bool) -> Result<bool> {
        match self.any(name) {
            None => Ok(default),
            Some(value @ (Value::Boolean(_) | Value::Integer(_) | Value::Real(_))) => Ok(to_boolean(&value)),
            Some(value) => Err(wrong(name, "a Boolean", &value)),
        }
    }

    fn choice(&self, name: &str, known: &[&str], default: &str) -> Result<String> {
        let Some(text) = self.text(name)? else { return Ok(default.to_owned()) };
        known.iter().find(|one| one.eq_ignore_ascii_case(&text)).map(|one| (*one).to_owned()).ok_or_else(
            || {
                Error::quatre(5656, format!("the option `{name}` cannot be `{text}`"))
                    .help(format!("take one of {}", known.join(", ")))
            },
        )
    }

    fn security(&self) -> Result<Security> {
        if self.any("storeCertificateName").is_some() {
            return Err(Error::quatre(5656, "certificates of the system's store cannot be used")
                .help("put `cert.pem` and `key.pem` into a folder, and pass it as `certificatesFolder`"));
        }
        let versions = ["TLSv1_0", "TLSv1_1", "TLSv1_2", "TLSv1_3"];
        let certificates = match self.any("certificatesFolder") {
            None => certificates_folder(),
            Some(value) => {
                let folder =
                    if let Value::Object(object) = &value { object.as_native::<Folder>() } else { None };
                Some(folder.ok_or_else(|| wrong("certificatesFolder", "a 4D.Folder", &value))?.place.path())
            }
        };
        Ok(Security {
            validate: self.boolean("validateTLSCertificate", true)?,
            newest: self.choice("minTLSVersion", &versions, "TLSv1_2")? == "TLSv1_3",
            certificates,
        })
    }

    fn user(&self, name: &str) -> Result<Option<User>> {
        let object = match self.own(name) {
            None => return Ok(None),
            Some(Value::Object(object)) => object,
            Some(value) => return Err(wrong(name, "an Object", &value)),
        };
        let inner = Reader { options: &object, agent: self.agent };
        let method = match inner.choice("method", &["basic", "digest", "auto"], "auto")?.as_str() {
            "basic" => Method::Basic,
            "digest" => Method::Digest,
            _ => Method::Auto,
        };
        Ok(Some(User {
            name: inner.text("name")?.unwrap_or_default(),
            password: inner.text("password")?.unwrap_or_default(),
            method,
        }))
    }
}

/// The address of a request.
///
/// # Errors
/// It is none.
pub fn address(url: &str, secure: bool) -> Result<Url> {
    Url::parse(url, secure).ok_or_else(|| {
        Error::quatre(5657, format!("`{url}` is no address of the web"))
            .help("write it as `https://www.example.com/path?query`")
    })
}

/// The user in an address.
pub fn user_of(url: &Url) -> Option<User> {
    let (name, password) = url.user.clone()?;
    Some(User { name, password, method: Method::Auto })
}

/// Reads the options of a request.
///
/// # Errors
/// The address or an option is none.
pub fn read(process: &mut Process, url: &str, options: Object) -> Result<(Settings, Order)> {
    let url = address(url, true)?;
    check_callbacks(process, &options, CALLBACKS)?;
    let agent_object = match options.get_str("agent").filter(|value| !value.is_nothing()) {
        None => http_agent::global(),
        Some(Value::Object(object)) => object,
        Some(value) => return Err(wrong("agent", "a 4D.HTTPAgent", &value)),
    };
    let agent = HTTPAgent::of(&agent_object)
        .ok_or_else(|| wrong("agent", "a 4D.HTTPAgent", &Value::Object(agent_object.clone())))?;
    let reader = Reader { options: &options, agent: &agent };
    let shape = Shape::named(&reader.choice("dataType", &["text", "blob", "object", "auto"], "auto")?);
    let encoding = reader.text("encoding")?.unwrap_or_else(|| "UTF-8".to_owned());
    let given = match reader.own("headers") {
        None => Object::new(),
        Some(Value::Object(headers)) => headers,
        Some(value) => return Err(wrong("headers", "an Object", &value)),
    };
    let method = reader.text("method")?.unwrap_or_else(|| "GET".to_owned());
    if method.is_empty() || !method.chars().all(|c| c.is_ascii_alphabetic() || c == '-' || c == '_') {
        return Err(Error::quatre(5656, format!("`{method}` is no method of a request")));
    }
    let mut headers = lists_of(&given)?;
    let mut body = None;
    if let Some(value) = reader.own("body")
        && let Some((bytes, kind)) = bytes_of(&value, &encoding, "application/octet-stream")?
    {
        if find(&headers, "content-type").is_none() {
            headers.push(("Content-Type".to_owned(), kind));
        }
        body = Some(bytes);
    }
    for (name, value) in [("User-Agent", user_agent()), ("Accept", "*/*".to_owned())] {
        if find(&headers, name).is_none() {
            headers.push((name.to_owned(), value));
        }
    }
    // There is no proxy to be told, but a mistake in what it would be told is one.
    reader.user("proxyAuthentication")?;
    let user = reader.user("serverAuthentication")?.or_else(|| user_of(&url));
    // The time of an agent is that of its connections.
    let timeout = match reader.own("timeout") {
        None => None,
        Some(value) => Some(value.as_real().ok_or_else(|| wrong("timeout", "a number of seconds", &value))?),
    };
    let redirections = if reader.boolean("automaticRedirections", true)? { REDIRECTIONS } else { 0 };
    let returns_body = reader.boolean("returnResponseBody", true)?;
    let (decodes, security) = (reader.boolean("decodeData", false)?, reader.security()?);
    let protocol = reader.choice("protocol", &["auto", "HTTP1"], "auto")?;
    let callback = |process: &mut Process, name: &str| {
        let options = Value::Object(options.clone());
        let site = process.at;
        process
            .get_member(&options, &crate::value::text::Text::from(name), site)
            .map(|value| !value.is_nothing())
    };
    let listens = callback(process, "onData")?;
    let mut calls_back = false;
    for name in CALLBACKS {
        calls_back |= callback(process, name)?;
    }
    if !returns_body && !listens {
        return Err(Error::quatre(5656, "nobody would see the body of the answer")
            .help("give the request an `onData`, or leave `returnResponseBody` out"));
    }
    let order = Order {
        url,
        request: Request { method: method.to_ascii_uppercase(), headers, body },
        redirections,
        user,
        security,
        pool: Arc::clone(&agent.pool),
        chance: process.runtime.host.random(),
    };
    let settings = Settings {
        options: options.clone(),
        agent: agent_object,
        shape: shape.unwrap_or_default(),
        encoding,
        headers: given,
        protocol,
        returns_body,
        listens,
        calls_back,
        decodes,
        timeout,
    };
    Ok((settings, order))
}
