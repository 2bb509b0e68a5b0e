//! Theme HTTP: requests that a process waits for, with options that it keeps for the next one.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::builtin::parameter::{OneOf, Star, Var};
use crate::builtin::{Command, Theme};
use crate::classes::http_request::content::{bytes_of, is_text, pairs, text_of};
use crate::classes::http_request::options::{
    address, certificates_folder, set_certificates_folder, user_agent, user_of,
};
use crate::commands::http::messages::parse_message;
use crate::native;
use crate::runtime::location::{document_path, package, system_text};
use crate::runtime::process::Process;
use crate::runtime::process_table::Standing;
use crate::runtime::requests::{Method, Order, Unpacker, User, error_of};
use crate::runtime::sandbox;
use crate::runtime::sandbox::permissions;
use crate::runtime::sandbox::web::pool::{Bounds, Pool};
use crate::runtime::sandbox::web::tls::Security;
use crate::runtime::sandbox::web::{Head, Patience, Problem, Request, find};
use crate::value::array::Array;
use crate::value::blob::Blob;
use crate::value::convert::{boxed, to_text};
use crate::value::error::{Error, Result};
use crate::value::picture::Picture;
use crate::value::text::Text;
use crate::value::{ArrayType, Type, Value, json};

pub mod messages;

/// The theme.
pub const THEME: Theme = Theme {
    name: "HTTP",
    commands: &[
        HTTP_AUTHENTICATE,
        HTTP_GET,
        HTTP_GET_CERTIFICATES_FOLDER,
        HTTP_GET_OPTION,
        HTTP_PARSE_MESSAGE,
        HTTP_REQUEST,
        HTTP_SET_CERTIFICATES_FOLDER,
        HTTP_SET_OPTION,
    ],
};

/// The options of a process, by number from 1 on.
#[derive(Clone)]
struct Options([i32; 7]);

impl Default for Options {
    fn default() -> Self {
        Self([120, 1, 2, 0, 0, 0, 0])
    }
}

/// `HTTP timeout`
const TIMEOUT: usize = 0;
/// `HTTP follow redirect`
const FOLLOW: usize = 1;
/// `HTTP max redirect`
const MOST_REDIRECTIONS: usize = 2;
/// `HTTP reset auth settings`
const RESET: usize = 4;
/// `HTTP compression`
const COMPRESSION: usize = 5;

impl Options {
    fn get(&self, index: usize) -> i32 {
        self.0.get(index).copied().unwrap_or_default()
    }
}

/// What a process keeps from one request to the next.
#[derive(Default)]
struct Kept {
    options: Options,
    user: Option<User>,
    /// Connections that are kept with `*`.
    pool: Arc<Pool>,
}

fn place(option: i32) -> Result<usize> {
    usize::try_from(option)
        .ok()
        .filter(|option| (1..=7).contains(option))
        .map(|option| option - 1)
        .ok_or_else(|| Error::quatre(5656, format!("requests have no option of the number {option}")))
}

const HTTP_SET_OPTION: Command = Command {
    number: 1160,
    name: "HTTP SET OPTION",
    thread_safe: true,
    help: "Sets an option for the requests that the process sends with `HTTP Get` and `HTTP Request`.",
    syntaxes: &[native!(set_option(process, option, value))],
};

fn set_option(process: &mut Process, option: i32, value: i32) -> Result<()> {
    let index = place(option)?;
    if value < 0 {
        return Err(Error::quatre(5656, format!("the option {option} cannot be {value}")));
    }
    if let Some(kept) = process.state::<Kept>().options.0.get_mut(index) {
        *kept = value;
    }
    Ok(())
}

const HTTP_GET_OPTION: Command = Command {
    number: 1159,
    name: "HTTP GET OPTION",
    thread_safe: true,
    help: "Writes the value of an option for requests into a variable.",
    syntaxes: &[native!(get_option(process, option, value))],
};

fn get_option(process: &mut Process, option: i32, value: Var<i32>) -> Result<()> {
    let index = place(option)?;
    value.set(process.state::<Kept>().options.get(index));
    Ok(())
}

const HTTP_AUTHENTICATE: Command = Command {
    number: 1161,
    name: "HTTP AUTHENTICATE",
    thread_safe: true,
    help: "Sets the name and the password with which the next requests of the process are authenticated.",
    syntaxes: &[native!(authenticate(process, name, password, authMethod, star))],
};

/// With the star it is meant for a proxy; Quatre asks servers itself, so nobody would be told.
fn authenticate(
    process: &mut Process,
    name: Text,
    password: Text,
    method: Option<i32>,
    proxy: Option<Star>,
) -> Result<()> {
    let method = match method.unwrap_or_default() {
        0 => Method::Auto,
        1 => Method::Basic,
        2 => Method::Digest,
        other => {
            return Err(Error::quatre(
                5656,
                format!("there is no way to authenticate of the number {other}"),
            )
            .help("use `HTTP basic` or `HTTP digest`"));
        }
    };
    if proxy.is_none() {
        let (name, password) = (name.to_str().into_owned(), password.to_str().into_owned());
        process.state::<Kept>().user = Some(User { name, password, method });
    }
    Ok(())
}

const HTTP_SET_CERTIFICATES_FOLDER: Command = Command {
    number: 1306,
    name: "HTTP SET CERTIFICATES FOLDER",
    thread_safe: true,
    help: "Sets the folder with the certificate and the key by which requests prove who sends them.",
    syntaxes: &[native!(set_certificates(process, certificatesFolder))],
};

fn set_certificates(process: &mut Process, folder: Text) -> Result<()> {
    let path = document_path(&process.runtime, &folder.to_str());
    if folder.is_empty() || !sandbox::is_folder(&path) {
        return Err(Error::native(-120, format!("there is no folder `{}`", path.display())));
    }
    set_certificates_folder(path);
    Ok(())
}

const HTTP_GET_CERTIFICATES_FOLDER: Command = Command {
    number: 1307,
    name: "HTTP Get certificates folder",
    thread_safe: true,
    help: "The path of the folder with the certificates of requests.",
    syntaxes: &[native!(get_certificates(process))],
};

fn get_certificates(process: &mut Process) -> String {
    let default = || package(&process.runtime).join("ClientCertificatesFolder");
    system_text(&certificates_folder().unwrap_or_else(default), true)
}

const HTTP_PARSE_MESSAGE: Command = Command {
    number: 1824,
    name: "HTTP Parse message",
    thread_safe: false,
    help: "The first line, the headers and the parts of an HTTP message, as an object.",
    syntaxes: &[native!(parse(data))],
};

fn parse(data: OneOf<Text, Blob>) -> Result<crate::value::object::Object> {
    match data {
        OneOf::First(text) => parse_message(text.to_str().as_bytes()),
        OneOf::Second(blob) => parse_message(blob.bytes()),
    }
}

// ---- requests ----

const HTTP_GET: Command = Command {
    number: 1157,
    name: "HTTP Get",
    thread_safe: true,
    help: "Asks a server for what stands at an address, writes it into a variable, and gives the status.",
    syntaxes: &[native!(get(process, url, response, headerNames, headerValues, star))],
};

fn get(
    process: &mut Process,
    url: Text,
    response: Var<Value>,
    names: Option<Var<Array>>,
    values: Option<Var<Array>>,
    keep: Option<Star>,
) -> Result<i32> {
    let request = Request { method: "GET".to_owned(), ..Request::default() };
    send(process, &url, request, &response, names.zip(values), keep.is_some())
}

const HTTP_REQUEST: Command = Command {
    number: 1158,
    name: "HTTP Request",
    thread_safe: true,
    help: "Sends a request of any kind to a server, writes the answer into a variable, and gives the status.",
    syntaxes: &[native!(request(
        process,
        httpMethod,
        url,
        contents,
        response,
        headerNames,
        headerValues,
        star
    ))],
};

#[expect(clippy::too_many_arguments, reason = "they are those of the command")]
fn request(
    process: &mut Process,
    method: Text,
    url: Text,
    contents: Value,
    response: Var<Value>,
    names: Option<Var<Array>>,
    values: Option<Var<Array>>,
    keep: Option<Star>,
) -> Result<i32> {
    let method = method.to_str().to_ascii_uppercase();
    if method.is_empty() || !method.chars().all(|c| c.is_ascii_alphabetic() || c == '-' || c == '_') {
        return Err(Error::quatre(5656, format!("`{method}` is no method of a request")));
    }
    let mut request = Request { method, ..Request::default() };
    let is_empty = if let Value::Text(text) = &contents { text.is_empty() } else { false };
    if !is_empty && let Some((bytes, kind)) = bytes_of(&contents, "UTF-8", "application/byte-stream")? {
        request.headers.push(("Content-Type".to_owned(), kind));
        request.body = Some(bytes);
    }
    send(process, &url, request, &response, names.zip(values), keep.is_some())
}

fn texts(array: &Var<Array>) -> Vec<String> {
    let array = array.array(ArrayType::Text);
    let text = |index| array.get(index).map(|value| to_text(&value).to_str().into_owned());
    (1..=array.size()).map(|index| text(index).unwrap_or_default()).collect()
}

fn fill<'a>(array: &Var<Array>, values: impl ExactSizeIterator<Item = &'a str>) {
    let new = Array::new(ArrayType::Text, values.len());
    new.with_mut(|items| {
        for (index, value) in values.enumerate() {
            items.set(index + 1, Value::text(value));
        }
    });
    array.set(Value::Array(new));
}

type HeaderArrays = Option<(Var<Array>, Var<Array>)>;

fn send(
    process: &mut Process,
    url: &Text,
    mut request: Request,
    response: &Var<Value>,
    headers: HeaderArrays,
    keep: bool,
) -> Result<i32> {
    let url = address(&url.to_str(), false)?;
    permissions::net(url.bare_host(), url.port)?;
    if let Some((names, values)) = &headers {
        let given = pairs(texts(names), texts(values))?;
        request.headers.retain(|(name, _)| find(&given, name).is_none());
        request.headers.extend(given);
    }
    let chance = process.runtime.host.random();
    let kept = process.state::<Kept>();
    let options = kept.options.clone();
    let user = user_of(&url).or_else(|| kept.user.clone());
    if options.get(RESET) != 0 {
        kept.user = None;
    }
    let alone = Bounds { keep: false, ..Bounds::default() };
    let pool = if keep { Arc::clone(&kept.pool) } else { Arc::new(Pool::new(alone)) };
    let mut usual = vec![("User-Agent", user_agent()), ("Accept", "*/*".to_owned())];
    if !keep {
        usual.push(("Connection", "close".to_owned()));
    }
    if options.get(COMPRESSION) != 0 {
        usual.push(("Accept-Encoding", "gzip, deflate".to_owned()));
    }
    for (name, value) in usual {
        if request.header(name).is_none() {
            request.headers.push((name.to_owned(), value));
        }
    }
    let most = usize::try_from(options.get(MOST_REDIRECTIONS)).unwrap_or_default();
    let order = Order {
        url,
        request,
        redirections: if options.get(FOLLOW) == 0 { 0 } else { most },
        user,
        // As 4D says of these commands, they do not check who has signed a certificate.
        security: Security { validate: false, newest: false, certificates: certificates_folder() },
        pool,
        chance,
    };
    let seconds = u64::try_from(options.get(TIMEOUT)).unwrap_or_default();
    let time = (seconds > 0).then(|| Duration::from_secs(seconds));
    let (head, body) = await_answer(process, order, time)?;
    if let Some((names, values)) = &headers {
        fill(names, head.headers.iter().map(|(name, _)| name.as_str()));
        fill(values, head.headers.iter().map(|(_, value)| value.as_str()));
    }
    response.set(answer(response, &head, body));
    Ok(i32::from(head.status))
}

/// What comes of a request: its head and its body.
type Answer = std::result::Result<(Head, Vec<u8>), Problem>;

/// Sends a request on a thread and waits for its answer, so that the process can be told to stop meanwhile.
fn await_answer(process: &mut Process, order: Order, time: Option<Duration>) -> Result<(Head, Vec<u8>)> {
    let stop = Arc::new(AtomicBool::new(false));
    let patience = Patience::new(time, Arc::clone(&stop));
    let slot: Arc<Mutex<Option<Answer>>> = Arc::default();
    let entry = Arc::clone(&process.entry);
    let url = order.url.clone();
    let permitted = permissions::current();
    let body = {
        let slot = Arc::clone(&slot);
        move || {
            permissions::set(permitted);
            let body = std::cell::RefCell::new((Unpacker::Plain, Vec::new()));
            let mut on_head = |head: &Head| body.borrow_mut().0 = Unpacker::of(head);
            let mut on_data = |bytes: &[u8]| {
                let (unpacker, all) = &mut *body.borrow_mut();
                let new = unpacker.unpack(bytes);
                if all.len() + new.len() <= i32::MAX as usize {
                    all.extend(new);
                }
            };
            let outcome = order.perform(&patience, &mut on_head, &mut on_data);
            let outcome = outcome.map(|head| (head, body.into_inner().1));
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
            entry.poke();
        }
    };
    let thread = std::thread::Builder::new().name("request".to_owned()).stack_size(512 * 1024).spawn(body);
    if thread.is_err() {
        return Err(Error::quatre(5651, "no more requests can be sent at the same time"));
    }
    let standing = Standing::Waiting { condition: Arc::new(|| false), timed: true };
    let until: Option<Instant> = None;
    let take = |_: &mut Process| slot.lock().unwrap_or_else(PoisonError::into_inner).take();
    match process.wait_until(&standing, until, take) {
        Ok(Some(Ok(answer))) => Ok(answer),
        Ok(Some(Err(problem))) => Err(error_of(&problem, &url)),
        Ok(None) => Err(error_of(&Problem::TimedOut, &url)),
        Err(error) => {
            stop.store(true, Ordering::Release);
            Err(error)
        }
    }
}

/// The body as the variable takes it; what does not fit the variable leaves it empty.
fn answer(variable: &Var<Value>, head: &Head, body: Vec<u8>) -> Value {
    let kind = head.header("content-type").unwrap_or_default();
    let wanted = match (variable.declared(), variable.value()) {
        (Type::Variant, Value::Blob(_)) => Type::Blob,
        (Type::Variant, Value::Picture(_)) => Type::Picture,
        (Type::Variant, Value::Object(_)) => Type::Object,
        (Type::Variant, Value::Collection(_)) => Type::Collection,
        (declared, _) => declared,
    };
    match wanted {
        Type::Blob => Value::Blob(Blob::from_vec(body)),
        Type::Picture => {
            let kind = kind.split(';').next().unwrap_or_default().trim();
            Value::Picture(if kind.starts_with("image/") {
                Picture::new(body, kind)
            } else {
                Picture::default()
            })
        }
        Type::Object if is_text(kind) => match json::parse(&text_of(kind, &body).to_str()) {
            Ok(Value::Object(object)) => Value::Object(object),
            Ok(_) | Err(_) => Value::Null,
        },
        Type::Object => Value::Object(boxed(Blob::from_vec(body))),
        Type::Collection => match json::parse(&text_of(kind, &body).to_str()) {
            Ok(Value::Collection(collection)) => Value::Collection(collection),
            Ok(_) | Err(_) => Value::Null,
        },
        Type::Variant
        | Type::Text
        | Type::Integer
        | Type::Real
        | Type::Boolean
        | Type::Date
        | Type::Time
        | Type::Pointer
        | Type::Array(_)
        | Type::Rows(_) => Value::Text(text_of(kind, &body)),
    }
}
