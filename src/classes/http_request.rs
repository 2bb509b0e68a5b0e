//! Class 4D.HTTPRequest: a request to a server, under way on a thread of its own, that calls back when it is answered.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::builtin::{Class, Function, Property};
use crate::classes::http_request::content::{body_of, objects_of};
use crate::classes::http_request::options::{Settings, read};
use crate::native;
use crate::runtime::errands::Errand;
use crate::runtime::process::Process;
use crate::runtime::requests::{Order, Unpacker, error_of};
use crate::runtime::sandbox::permissions;
use crate::runtime::sandbox::program::Wake;
use crate::runtime::sandbox::web::{Head, Patience, Problem};
use crate::value::Value;
use crate::value::blob::Blob;
use crate::value::collection::Collection;
use crate::value::convert::boxed;
use crate::value::error::{Error, Result};
use crate::value::instance::Instance;
use crate::value::object::Object;
use crate::value::text::Text;

pub mod content;
pub mod options;

/// 4D.HTTPRequest
pub const CLASS: Class = Class {
    store: "4D",
    name: "HTTPRequest",
    extends: None,
    constructor: Some(native!(make(process, url, options))),
    functions: &[TERMINATE, WAIT],
    properties: &[
        AGENT,
        DATA_TYPE,
        ENCODING,
        ERRORS,
        HEADERS,
        METHOD,
        PROTOCOL,
        RESPONSE,
        RETURN_RESPONSE_BODY,
        TERMINATED,
        TIMEOUT,
        URL,
    ],
};

/// No body may be larger.
const MOST_BYTES: usize = i32::MAX as usize;

/// What has come so far; the thread of the request writes it.
#[derive(Default)]
struct Progress {
    head: Option<Head>,
    /// The body, unpacked.
    body: Vec<u8>,
    /// What `onData` is still to be told.
    news: Vec<u8>,
    end: Option<std::result::Result<(), Problem>>,
}

/// A request.
pub struct HTTPRequest {
    this: RefCell<Weak<Self>>,
    url: Text,
    settings: Settings,
    order: Order,
    stop: Arc<AtomicBool>,
    progress: Arc<Mutex<Progress>>,
    told_head: Cell<bool>,
    over: Cell<bool>,
    /// The answer, once it is complete: the same object each time.
    response: RefCell<Option<Object>>,
}

impl Instance for HTTPRequest {
    fn class_name(&self) -> &'static str {
        "HTTPRequest"
    }

    fn into_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
}

fn lock(progress: &Mutex<Progress>) -> MutexGuard<'_, Progress> {
    progress.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `4D.HTTPRequest.new(url; options)`
fn make(process: &mut Process, url: Text, options: Option<Object>) -> Result<Object> {
    let (settings, order) = read(process, &url.to_str(), options.unwrap_or_default())?;
    permissions::net(order.url.bare_host(), order.url.port)?;
    let request = Rc::new(HTTPRequest {
        this: RefCell::default(),
        url,
        settings,
        order,
        stop: Arc::default(),
        progress: Arc::default(),
        told_head: Cell::new(false),
        over: Cell::new(false),
        response: RefCell::default(),
    });
    *request.this.borrow_mut() = Rc::downgrade(&request);
    request.start(process)?;
    process.send_out(Rc::clone(&request) as Rc<dyn Errand>);
    Ok(Object::native(request))
}

impl HTTPRequest {
    fn start(&self, process: &Process) -> Result<()> {
        let wake: Wake = {
            let entry = Arc::clone(&process.entry);
            Arc::new(move || entry.poke())
        };
        let (order, progress) = (self.order.clone(), Arc::clone(&self.progress));
        let patience = Patience::new(self.settings.time(), Arc::clone(&self.stop));
        let (keeps, tells, decodes) =
            (self.settings.returns_body, self.settings.listens, self.settings.decodes);
        let permitted = permissions::current();
        let body = move || {
            permissions::set(permitted);
            let unpacker = RefCell::new(Unpacker::Plain);
            let mut on_head = |head: &Head| {
                *unpacker.borrow_mut() = Unpacker::of(head);
                lock(&progress).head = Some(head.clone());
                wake();
            };
            let mut on_data = |bytes: &[u8]| {
                let unpacked = unpacker.borrow_mut().unpack(bytes);
                let mut progress = lock(&progress);
                if tells {
                    progress.news.extend_from_slice(if decodes { &unpacked } else { bytes });
                }
                if keeps && progress.body.len() + unpacked.len() <= MOST_BYTES {
                    progress.body.extend(unpacked);
                }
                drop(progress);
                wake();
            };
            let end = order.perform(&patience, &mut on_head, &mut on_data).map(drop);
            lock(&progress).end = Some(end);
            wake();
        };
        let thread = std::thread::Builder::new().name("request".to_owned()).stack_size(512 * 1024);
        let started = thread.spawn(body).map(drop);
        started.map_err(|_| Error::quatre(5651, "no more requests can be sent at the same time"))
    }

    fn problem(&self) -> Option<Problem> {
        lock(&self.progress).end.clone().and_then(std::result::Result::err)
    }

    fn call(&self, process: &mut Process, name: &str, type_: &str, data: Option<Value>) -> Result<()> {
        let Some(this) = self.this.borrow().upgrade() else { return Ok(()) };
        let event = Object::new();
        event.put("type", type_);
        if let Some(data) = data {
            event.put("data", data);
        }
        let arguments = vec![Value::Object(Object::native(this)), Value::Object(event)];
        process.call_back(&self.settings.options, name, arguments)
    }

    /// What is known of the answer.
    fn answer(&self) -> Option<Object> {
        if let Some(response) = &*self.response.borrow() {
            return Some(response.clone());
        }
        let (head, body, ended) = {
            let progress = lock(&self.progress);
            let head = progress.head.clone()?;
            let ended = progress.end.is_some();
            (head, if ended { progress.body.clone() } else { Vec::new() }, ended)
        };
        let response = Object::new();
        response.put("status", i32::from(head.status));
        response.put("statusText", head.reason.as_str());
        let (lower, raw) = objects_of(&head.headers);
        response.put("headers", lower);
        response.put("rawHeaders", raw);
        if ended {
            if self.settings.returns_body {
                let kind = head.header("content-type").unwrap_or_default();
                response.put("body", body_of(self.settings.shape, kind, body));
            }
            *self.response.borrow_mut() = Some(response.clone());
        }
        Some(response)
    }
}

impl Errand for HTTPRequest {
    fn has_news(&self) -> bool {
        let progress = lock(&self.progress);
        let head = progress.head.is_some() && !self.told_head.get();
        !self.over.get() && (head || !progress.news.is_empty() || progress.end.is_some())
    }

    fn deliver(&self, process: &mut Process) -> Result<()> {
        let (has_head, news, ended) = {
            let mut progress = lock(&self.progress);
            (progress.head.is_some(), std::mem::take(&mut progress.news), progress.end.is_some())
        };
        let stopped = self.stop.load(Ordering::Acquire);
        if has_head && !self.told_head.replace(true) && !stopped {
            self.call(process, "onHeaders", "headers", None)?;
        }
        if !news.is_empty() && !stopped {
            self.call(process, "onData", "data", Some(Value::Object(boxed(Blob::from_vec(news)))))?;
        }
        if !ended {
            return Ok(());
        }
        let outcome = match self.problem() {
            None => self.call(process, "onResponse", "response", None),
            Some(Problem::Stopped) => Ok(()),
            Some(_) => self.call(process, "onError", "error", None),
        };
        // The request is over whatever a callback says.
        let last = self.call(process, "onTerminate", "terminate", None);
        self.over.set(true);
        outcome.and(last)
    }

    fn is_over(&self) -> bool {
        self.over.get()
    }
}

// ---- functions ----

const TERMINATE: Function =
    Function { name: "terminate", help: "Ends the request.", syntaxes: &[native!(terminate(this))] };

fn terminate(this: Rc<HTTPRequest>) {
    this.stop.store(true, Ordering::Release);
}

const WAIT: Function = Function {
    name: "wait",
    help: "Waits until the request is answered and all callbacks have run, or for a number of seconds, and gives it.",
    syntaxes: &[native!(wait(process, this, timeout))],
};

fn wait(process: &mut Process, this: Rc<HTTPRequest>, timeout: Option<f64>) -> Result<Object> {
    process.await_errand(&*this, timeout)?;
    Ok(Object::native(this))
}

// ---- properties ----

const AGENT: Property = Property {
    name: "agent",
    help: "The agent whose connections the request uses.",
    get: native!(agent(this)),
    set: None,
};

fn agent(this: Rc<HTTPRequest>) -> Object {
    this.settings.agent.clone()
}

const DATA_TYPE: Property = Property {
    name: "dataType",
    help: "What the body of the answer becomes: \"text\", \"blob\", \"object\" or \"auto\".",
    get: native!(data_type(this)),
    set: None,
};

fn data_type(this: Rc<HTTPRequest>) -> &'static str {
    this.settings.shape.name()
}

const ENCODING: Property = Property {
    name: "encoding",
    help: "The character set of the body that is sent, when it is a text.",
    get: native!(encoding(this)),
    set: None,
};

fn encoding(this: Rc<HTTPRequest>) -> String {
    this.settings.encoding.clone()
}

const ERRORS: Property = Property {
    name: "errors",
    help: "What went wrong with the request, when anything did.",
    get: native!(errors(this)),
    set: None,
};

fn errors(this: Rc<HTTPRequest>) -> Value {
    let Some(problem) = this.problem().filter(|problem| *problem != Problem::Stopped) else {
        return Value::Undefined;
    };
    let error = error_of(&problem, &this.order.url);
    let details = error.details();
    let object = Object::new();
    object.put("errCode", details.code.number());
    object.put("message", details.message.as_str());
    object.put("componentSignature", details.component.as_str());
    Value::Collection(Collection::from_vec(vec![Value::Object(object)]))
}

const HEADERS: Property = Property {
    name: "headers",
    help: "The headers that the program gave the request.",
    get: native!(headers(this)),
    set: None,
};

fn headers(this: Rc<HTTPRequest>) -> Object {
    this.settings.headers.clone()
}

const METHOD: Property = Property {
    name: "method",
    help: "The method of the request, such as \"GET\".",
    get: native!(method(this)),
    set: None,
};

fn method(this: Rc<HTTPRequest>) -> String {
    this.order.request.method.clone()
}

const PROTOCOL: Property = Property {
    name: "protocol",
    help: "The version of the protocol that the server speaks.",
    get: native!(protocol(this)),
    set: None,
};

fn protocol(this: Rc<HTTPRequest>) -> String {
    match &lock(&this.progress).head {
        Some(head) if this.settings.protocol == "auto" => head.version.to_owned(),
        Some(_) | None => this.settings.protocol.clone(),
    }
}

const RESPONSE: Property = Property {
    name: "response",
    help: "The answer: `status`, `statusText`, `headers`, `rawHeaders` and `body`, once there is one.",
    get: native!(response(this)),
    set: None,
};

fn response(this: Rc<HTTPRequest>) -> Value {
    this.answer().map_or(Value::Undefined, Value::Object)
}

const RETURN_RESPONSE_BODY: Property = Property {
    name: "returnResponseBody",
    help: "Whether the answer keeps its body.",
    get: native!(return_response_body(this)),
    set: None,
};

fn return_response_body(this: Rc<HTTPRequest>) -> bool {
    this.settings.returns_body
}

const TERMINATED: Property = Property {
    name: "terminated",
    help: "Whether the request is over and `onTerminate` has run.",
    get: native!(terminated(this)),
    set: None,
};

fn terminated(this: Rc<HTTPRequest>) -> bool {
    // Without callbacks there is nothing to be run.
    this.over.get() || (!this.settings.calls_back && lock(&this.progress).end.is_some())
}

const TIMEOUT: Property = Property {
    name: "timeout",
    help: "After how many seconds the request is given up, when there is such a time.",
    get: native!(timeout(this)),
    set: None,
};

fn timeout(this: Rc<HTTPRequest>) -> Value {
    this.settings.timeout.map_or(Value::Undefined, Value::Real)
}

const URL: Property =
    Property { name: "url", help: "The address of the request.", get: native!(url(this)), set: None };

fn url(this: Rc<HTTPRequest>) -> Text {
    this.url.clone()
}
