//! Class 4D.SystemWorker: another program that is spoken with, and that calls back when it says something or ends.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use crate::builtin::parameter::OneOf;
use crate::builtin::{Class, Function, Property};
use crate::classes::folder::{self, Folder};
use crate::native;
use crate::runtime::documents::Encoding;
use crate::runtime::errands::{Errand, check_callbacks};
use crate::runtime::process::Process;
use crate::runtime::sandbox::program::{Employed, Program, Wake, words};
use crate::runtime::sandbox::{self, reason};
use crate::value::Value;
use crate::value::blob::Blob;
use crate::value::collection::Collection;
use crate::value::convert::{boxed, to_boolean, to_text};
use crate::value::error::{Error, Result};
use crate::value::instance::Instance;
use crate::value::object::Object;
use crate::value::text::Text;

/// 4D.SystemWorker
pub const CLASS: Class = Class {
    store: "4D",
    name: "SystemWorker",
    extends: None,
    constructor: Some(native!(make(process, commandLine, options))),
    functions: &[CLOSE_INPUT, POST_MESSAGE, TERMINATE, WAIT],
    properties: &[
        COMMAND_LINE,
        CURRENT_DIRECTORY,
        DATA_TYPE,
        ENCODING,
        ERRORS,
        EXIT_CODE,
        HIDE_WINDOW,
        PID,
        RESPONSE,
        RESPONSE_ERROR,
        TERMINATED,
        TIMEOUT,
    ],
};

/// The functions that the options may hold.
const CALLBACKS: &[&str] = &["onResponse", "onData", "onDataError", "onError", "onTerminate"];

/// A program at work.
pub struct SystemWorker {
    this: RefCell<std::rc::Weak<Self>>,
    command_line: Text,
    options: Object,
    folder: Option<Object>,
    /// `None` when data are BLOBs.
    encoding: Option<(Encoding, String)>,
    timeout: Option<f64>,
    hide_window: Cell<bool>,
    program: Employed,
    out: RefCell<Stream>,
    err: RefCell<Stream>,
    /// `terminate` was called.
    stopped: Cell<bool>,
    over: Cell<bool>,
}

/// What has come out of the program.
#[derive(Default)]
struct Stream {
    bytes: Vec<u8>,
    /// How many of them the callbacks were told.
    told: usize,
}

impl Stream {
    /// What the callbacks were not told, up to the last whole character unless the stream has ended.
    fn news(&mut self, whole: bool, ended: bool) -> Vec<u8> {
        let new = self.bytes.get(self.told..).unwrap_or_default();
        let count = match std::str::from_utf8(new) {
            Err(problem) if whole && !ended && problem.error_len().is_none() => problem.valid_up_to(),
            Ok(_) | Err(_) => new.len(),
        };
        let news = new.get(..count).unwrap_or_default().to_vec();
        self.told += count;
        news
    }
}

impl Instance for SystemWorker {
    fn class_name(&self) -> &'static str {
        "SystemWorker"
    }

    fn into_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
}

/// An option that is there.
fn option(options: &Object, name: &str) -> Option<Value> {
    options.get_str(name).filter(|value| !value.is_nothing())
}

/// `4D.SystemWorker.new(commandLine; options)`
fn make(process: &mut Process, command_line: Text, options: Option<Object>) -> Result<Object> {
    let options = options.unwrap_or_default();
    check_callbacks(process, &options, CALLBACKS)?;
    let encoding = read_encoding(&options)?;
    let timeout = match option(&options, "timeout") {
        Some(value) => Some(value.as_real().ok_or_else(|| wrong("timeout", "a number of seconds", &value))?),
        None => None,
    };
    let mut variables = Vec::new();
    if let Some(Value::Object(all)) = option(&options, "variables") {
        for (name, value) in all.entries() {
            variables.push((name.to_str().into_owned(), to_text(&value).to_str().into_owned()));
        }
    }
    let folder = match option(&options, "currentDirectory") {
        Some(value) => Some(read_folder(&value)?),
        None => None,
    };
    let path = folder.as_ref().map(|folder| folder.place.path());
    if let Some(path) = &path
        && !sandbox::is_folder(path)
    {
        return Err(Error::native(-120, format!("there is no folder `{}`", path.display())));
    }
    let program = Program { words: words(&command_line.to_str()), folder: path, variables };
    let wake: Wake = {
        let entry = Arc::clone(&process.entry);
        Arc::new(move || entry.poke())
    };
    // What the program says stands after what was said before it.
    process.runtime.host.flush();
    let time = timeout.and_then(|seconds| Duration::try_from_secs_f64(seconds.max(0.0)).ok());
    let program = program.employ(time, &wake).map_err(|problem| {
        let name = words(&command_line.to_str()).into_iter().next().unwrap_or_default();
        Error::quatre(5641, format!("cannot start the program `{name}`: {}", reason(&problem)))
    })?;
    let hide = option(&options, "hideWindow").is_none_or(|value| to_boolean(&value));
    let worker = Rc::new(SystemWorker {
        this: RefCell::default(),
        command_line,
        options,
        folder: folder.map(|folder| folder::object(folder.place.clone())),
        encoding,
        timeout,
        hide_window: Cell::new(hide),
        program,
        out: RefCell::default(),
        err: RefCell::default(),
        stopped: Cell::new(false),
        over: Cell::new(false),
    });
    *worker.this.borrow_mut() = Rc::downgrade(&worker);
    process.send_out(Rc::clone(&worker) as Rc<dyn Errand>);
    Ok(Object::native(worker))
}

#[cold]
fn wrong(name: &str, expected: &str, value: &Value) -> Error {
    Error::types(format!("the option `{name}` is {expected}, not {}", value.type_name()))
}

fn read_folder(value: &Value) -> Result<Rc<Folder>> {
    let folder = if let Value::Object(object) = value { object.as_native::<Folder>() } else { None };
    folder.ok_or_else(|| wrong("currentDirectory", "a 4D.Folder", value))
}

fn read_encoding(options: &Object) -> Result<Option<(Encoding, String)>> {
    let text = |name: &str| match option(options, name) {
        Some(Value::Text(text)) => Ok(Some(text.to_str().into_owned())),
        Some(value) => Err(wrong(name, "a Text", &value)),
        None => Ok(None),
    };
    let name = text("encoding")?.unwrap_or_else(|| "UTF-8".to_owned());
    match text("dataType")?.as_deref() {
        Some("blob") => Ok(None),
        None | Some("text") => Ok(Some((Encoding::named(&name)?.without_mark(), name))),
        Some(other) => Err(Error::quatre(5642, format!("a program does not answer with the type `{other}`"))
            .help("`dataType` is \"text\" or \"blob\"")),
    }
}

impl SystemWorker {
    /// Takes in what the program has said.
    fn listen(&self) {
        let (out, err) = self.program.take_output();
        self.out.borrow_mut().bytes.extend(out);
        self.err.borrow_mut().bytes.extend(err);
    }

    /// Bytes of the program as the options want them.
    fn shown(&self, bytes: &[u8]) -> Value {
        match &self.encoding {
            Some((encoding, _)) => Value::Text(encoding.decode(bytes)),
            None => Value::Object(boxed(Blob::from(bytes))),
        }
    }

    /// What went wrong with the program itself.
    fn error(&self) -> Option<Error> {
        let seconds = self.timeout.filter(|_| self.program.end().is_some_and(|end| end.timed_out))?;
        Some(Error::quatre(5643, format!("the program was ended, because it ran for more than {seconds} s")))
    }

    fn call(&self, process: &mut Process, name: &str, type_: &str, data: Option<Value>) -> Result<()> {
        let Some(this) = self.this.borrow().upgrade() else { return Ok(()) };
        let event = Object::new();
        event.put("type", type_);
        if let Some(data) = data {
            event.put("data", data);
        }
        let arguments = vec![Value::Object(Object::native(this)), Value::Object(event)];
        process.call_back(&self.options, name, arguments)
    }
}

impl Errand for SystemWorker {
    fn has_news(&self) -> bool {
        !self.over.get() && (self.program.has_output() || self.program.end().is_some())
    }

    fn deliver(&self, process: &mut Process) -> Result<()> {
        // Who has ended first has said all that it says.
        let ended = self.program.end().is_some();
        self.listen();
        let whole = self.encoding.is_some();
        let out = self.out.borrow_mut().news(whole, ended);
        if !out.is_empty() {
            self.call(process, "onData", "data", Some(self.shown(&out)))?;
        }
        let err = self.err.borrow_mut().news(whole, ended);
        if !err.is_empty() {
            self.call(process, "onDataError", "error", Some(self.shown(&err)))?;
        }
        if !ended || self.over.get() {
            return Ok(());
        }
        // Over before the last callbacks: an error in one of them must not call them again.
        self.over.set(true);
        if let Some(error) = self.error() {
            let message = Value::text(&error.details().message);
            self.call(process, "onError", "error", Some(message))?;
        } else if !self.stopped.get() {
            self.call(process, "onResponse", "response", None)?;
        }
        self.call(process, "onTerminate", "termination", None)
    }

    fn is_over(&self) -> bool {
        self.over.get()
    }
}

const CLOSE_INPUT: Function = Function {
    name: "closeInput",
    help: "Closes the standard input of the program, so that it knows that nothing more comes.",
    syntaxes: &[native!(close_input(this))],
};

fn close_input(this: Rc<SystemWorker>) {
    this.program.close_input();
}

const POST_MESSAGE: Function = Function {
    name: "postMessage",
    help: "Writes a text or bytes to the standard input of the program.",
    syntaxes: &[native!(post_message(this, message))],
};

fn post_message(this: Rc<SystemWorker>, message: OneOf<Text, Blob>) {
    this.program.send(match message {
        OneOf::First(text) => match &this.encoding {
            Some((encoding, _)) => encoding.encode(&text),
            None => text.to_str().into_owned().into_bytes(),
        },
        OneOf::Second(blob) => blob.into_vec(),
    });
}

const TERMINATE: Function =
    Function { name: "terminate", help: "Ends the program.", syntaxes: &[native!(terminate(this))] };

fn terminate(this: Rc<SystemWorker>) {
    if this.program.end().is_none() {
        this.stopped.set(true);
        this.program.stop();
    }
}

const WAIT: Function = Function {
    name: "wait",
    help: "Waits until the program has ended and all callbacks have run, or for a number of seconds, and gives the worker.",
    syntaxes: &[native!(wait(process, this, timeout))],
};

fn wait(process: &mut Process, this: Rc<SystemWorker>, timeout: Option<f64>) -> Result<Object> {
    process.await_errand(&*this, timeout)?;
    Ok(Object::native(this))
}

const COMMAND_LINE: Property = Property {
    name: "commandLine",
    help: "The command line that started the program.",
    get: native!(command_line(this)),
    set: None,
};

fn command_line(this: Rc<SystemWorker>) -> Text {
    this.command_line.clone()
}

const CURRENT_DIRECTORY: Property = Property {
    name: "currentDirectory",
    help: "The folder in which the program was started, Null when none was given.",
    get: native!(current_directory(this)),
    set: None,
};

fn current_directory(this: Rc<SystemWorker>) -> Option<Object> {
    this.folder.clone()
}

const DATA_TYPE: Property = Property {
    name: "dataType",
    help: "What the program's answer becomes: \"text\" or \"blob\".",
    get: native!(data_type(this)),
    set: None,
};

fn data_type(this: Rc<SystemWorker>) -> &'static str {
    if this.encoding.is_some() { "text" } else { "blob" }
}

const ENCODING: Property = Property {
    name: "encoding",
    help: "The character set of the program's answer, when it is a text.",
    get: native!(encoding(this)),
    set: None,
};

fn encoding(this: Rc<SystemWorker>) -> Value {
    this.encoding.as_ref().map_or(Value::Undefined, |(_, name)| Value::text(name))
}

const ERRORS: Property = Property {
    name: "errors",
    help: "What went wrong with the program itself, when anything did.",
    get: native!(errors(this)),
    set: None,
};

fn errors(this: Rc<SystemWorker>) -> Value {
    let Some(error) = this.error() else { return Value::Undefined };
    let details = error.details();
    let object = Object::new();
    object.put("errorCode", details.code.number());
    object.put("message", details.message.as_str());
    object.put("componentSignature", details.component.as_str());
    Value::Collection(Collection::from_vec(vec![Value::Object(object)]))
}

const EXIT_CODE: Property = Property {
    name: "exitCode",
    help: "What the program gave back when it ended by itself.",
    get: native!(exit_code(this)),
    set: None,
};

fn exit_code(this: Rc<SystemWorker>) -> Value {
    this.program.end().and_then(|end| end.code).map_or(Value::Undefined, Value::Integer)
}

const HIDE_WINDOW: Property = Property {
    name: "hideWindow",
    help: "Whether a window of the program is hidden, which matters on Windows only.",
    get: native!(hide_window(this)),
    set: Some(native!(set_hide_window(this, value))),
};

fn hide_window(this: Rc<SystemWorker>) -> bool {
    this.hide_window.get()
}

fn set_hide_window(this: Rc<SystemWorker>, value: bool) {
    this.hide_window.set(value);
}

const PID: Property = Property {
    name: "pid",
    help: "The number of the program in the system.",
    get: native!(pid(this)),
    set: None,
};

fn pid(this: Rc<SystemWorker>) -> i32 {
    this.program.id().cast_signed()
}

const RESPONSE: Property = Property {
    name: "response",
    help: "All that the program has written to its standard output.",
    get: native!(response(this)),
    set: None,
};

fn response(this: Rc<SystemWorker>) -> Value {
    this.listen();
    this.shown(&this.out.borrow().bytes)
}

const RESPONSE_ERROR: Property = Property {
    name: "responseError",
    help: "All that the program has written to its standard error.",
    get: native!(response_error(this)),
    set: None,
};

fn response_error(this: Rc<SystemWorker>) -> Text {
    this.listen();
    let encoding = this.encoding.as_ref().map_or_else(|| Encoding::default().without_mark(), |(set, _)| *set);
    encoding.decode(&this.err.borrow().bytes)
}

const TERMINATED: Property = Property {
    name: "terminated",
    help: "Whether the program has ended.",
    get: native!(terminated(this)),
    set: None,
};

fn terminated(this: Rc<SystemWorker>) -> bool {
    this.program.end().is_some()
}

const TIMEOUT: Property = Property {
    name: "timeout",
    help: "After how many seconds the program is ended, when there is such a time.",
    get: native!(timeout(this)),
    set: None,
};

fn timeout(this: Rc<SystemWorker>) -> Value {
    this.timeout.map_or(Value::Undefined, Value::Real)
}
