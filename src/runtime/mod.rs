//! The state of a running program.
//!
//! A [`Runtime`] is what all processes share; a [`process::Process`] is one thread of 4D code. What only later stages
//! know (how to read, resolve and generate code) comes in through [`Loader`].

pub mod host;

pub mod sandbox;

pub mod location;

pub mod documents;

pub mod archive;

pub mod requests;

pub mod fixture;

pub mod code;

pub mod frame;

pub mod errors;

pub mod interprocess;

pub mod process;

pub mod trying;

pub mod text_code;

pub mod parameters;

pub mod access;

pub mod construct;

pub mod store;

pub mod profile;

pub mod process_table;

pub mod waiting;

pub mod errands;

pub mod session_store;

pub mod session;

pub mod session_table;

pub mod roles;

pub mod storage;

pub mod exchange;

pub mod web;

pub mod web_folder;

pub mod web_digest;

pub mod pool;

#[cfg(test)]
pub mod rehearsal;

use std::path::PathBuf;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::program::Program;
use crate::program::tree::Signature;
use crate::program::{Class, Resolved};
use crate::runtime::code::MethodCode;
use crate::runtime::construct::ClassState;
use crate::runtime::fixture::Fixture;
use crate::runtime::host::Host;
use crate::runtime::interprocess::Interprocess;
use crate::runtime::process::Process;
use crate::runtime::process_table::{Kind, ProcessTable, Start};
use crate::runtime::roles::Roles;
use crate::runtime::session::moment;
use crate::runtime::session_table::{SessionOptions, SessionTable};
use crate::runtime::storage::Storage;
use crate::runtime::web::{Web, WebControl};
use crate::value::Value;
use crate::value::error::Result;
use crate::value::function::{ClassId, MethodId};
use crate::value::object::Object;

/// The name of the first process.
pub const MAIN_PROCESS: &str = "Main process";

/// What a text that becomes code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextKind {
    /// One expression, its value wanted: `Formula from string`.
    Formula,
    /// Statements: `EXECUTE FORMULA`, the prompt.
    Snippet,
    /// A whole method: `4D.Method.new`.
    Method,
}

/// How code is found and made ready; the engine is one.
pub trait Loader: Send + Sync {
    /// Generates a unit of code for this process.
    fn code(&self, process: &mut Process, id: MethodId) -> Result<Rc<MethodCode>>;
    /// What callers of a unit of code must know.
    fn signature(&self, id: MethodId) -> Arc<Signature>;
    /// A method of the program by its name, whatever its case.
    fn method(&self, name: &str) -> Option<MethodId>;
    /// The names of all methods of the program, in order.
    fn method_names(&self) -> Vec<String>;
    /// A class of the program by its name; case matters.
    fn class_id(&self, name: &str) -> Option<ClassId>;
    /// The names of all classes of the program, in order.
    fn class_names(&self) -> Vec<String>;
    /// A class, read if it was not yet.
    fn class(&self, id: ClassId) -> Resolved<Class>;
    /// Makes code of a text.
    fn compile(
        &self,
        text: &str,
        kind: TextKind,
        name: &str,
    ) -> std::result::Result<MethodId, Vec<crate::diagnostics::Diagnostic>>;
    /// Makes a method of a text, whatever is wrong with it.
    fn add_method(&self, text: &str, name: &str) -> MethodId;
    /// Whether a method of the project may be called from the web.
    fn is_published(&self, id: MethodId) -> bool;
    /// Everything that is wrong with the project of a file, as JSON in the form of `check --format json`, without the
    /// warnings of these numbers.
    ///
    /// # Errors
    /// The project cannot be opened.
    fn check_project(
        &self,
        file: &std::path::Path,
        without: &[String],
    ) -> std::result::Result<String, Box<crate::diagnostics::Diagnostic>>;
    /// What is wrong with the text of a unit of code.
    fn problems(&self, id: MethodId) -> Vec<crate::diagnostics::Diagnostic>;
    /// A formula read and written again with the names of today, with their tokens when they are wanted.
    fn normalized(
        &self,
        formula: &str,
        tokens: bool,
    ) -> std::result::Result<String, Vec<crate::diagnostics::Diagnostic>>;
    /// The name of a command by its number, whether it is built or not.
    fn command_name(&self, number: u16) -> Option<&'static str>;
    /// A built-in class by its name; case does not matter.
    fn native_class(&self, name: &str) -> Option<&'static str>;
    /// Makes an instance of a built-in class; `None` when it has no constructor.
    fn construct_native(
        &self,
        process: &mut Process,
        class: &str,
        arguments: Vec<Value>,
    ) -> Option<Result<Value>>;
    /// Reads a property of an object of a built-in class; `None` when its class has none of that name.
    fn get_native(
        &self,
        process: &mut Process,
        object: &Object,
        class: &str,
        name: &str,
    ) -> Option<Result<Value>>;
    /// Writes a property of an object of a built-in class; `None` when its class has none of that name.
    fn set_native(
        &self,
        process: &mut Process,
        object: &Object,
        class: &str,
        name: &str,
        value: Value,
    ) -> Option<Result<()>>;
    /// Calls a function of a built-in class; `None` when its class has none of that name.
    fn call_native(
        &self,
        process: &mut Process,
        this: &Value,
        class: &str,
        name: &str,
        arguments: Vec<Value>,
    ) -> Option<Result<Value>>;
    /// The name of a function of a built-in class, as the class spells it; `None` when it has none.
    fn native_function(&self, class: &str, name: &str) -> Option<&'static str>;
    /// The names of all built-in classes.
    fn native_class_names(&self) -> Vec<&'static str>;
    /// The names of all functions of a built-in class.
    fn native_function_names(&self, class: &str) -> Vec<&'static str>;
}

/// How the program was started.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The text of `--user-param`, or the arguments joined by one blank.
    pub user_param: String,
    /// The folder that holds the project folder, or that of the script: `/PACKAGE/`.
    pub package: Option<PathBuf>,
    /// The script or project that was opened.
    pub structure: Option<PathBuf>,
    /// `Request` and `CONFIRM` answer by themselves.
    pub no_input: bool,
    /// `-v`
    pub verbose: bool,
    /// `ASSERT` does nothing.
    pub no_asserts: bool,
    /// Calls may be nested so deep; 0 stands for the default.
    pub max_depth: usize,
    /// The program may run so long.
    pub max_time: Option<Duration>,
    /// A process may take so many steps, which are loop turns and calls; 0 for no bound.
    pub max_steps: u64,
    /// The host bounds what is written.
    pub max_output: bool,
    /// What the process may hold; nothing of it is bounded by default.
    pub bounds: crate::value::bounds::Bounds,
    /// What the program may touch; `None` is everything.
    pub permissions: Option<Arc<crate::runtime::sandbox::permissions::Permissions>>,
    /// The file of `--sessions`.
    pub sessions: Option<Fixture>,
    /// The session of the program is the same in every run, as tests need it.
    pub reproducible: bool,
    /// Takes samples of where the time goes.
    pub profiler: Option<Arc<profile::Profiler>>,
    /// A folder that stands for the temporary folder of the system.
    pub temporary: Option<std::path::PathBuf>,
    /// It is run by a prompt: bounds of time hold for each input, not for all of them together.
    pub is_prompt: bool,
    /// What starts and stops the web server; without it there is none.
    pub web: Option<Arc<dyn WebControl>>,
}

impl Options {
    /// Whether `ASSERT` raises errors.
    pub fn asserts(&self) -> bool {
        !self.no_asserts
    }
}

/// What all processes share.
pub struct Runtime {
    /// Code, classes and variables by number.
    pub program: Arc<Program>,
    /// How code is found and made ready.
    pub loader: Arc<dyn Loader>,
    /// The world.
    pub host: Arc<dyn Host>,
    /// How the program was started.
    pub options: Options,
    /// Interprocess variables.
    pub interprocess: Interprocess,
    /// Singletons and attributes of classes.
    pub classes: ClassState,
    /// Sessions.
    pub sessions: SessionTable,
    /// Processes.
    pub processes: ProcessTable,
    /// `Storage` and semaphores.
    pub storage: Storage,
    /// The web server.
    pub web: Web,
    /// What `roles.json` declares; read once, when it is first asked for.
    roles: OnceLock<Option<Arc<Roles>>>,
}

impl Runtime {
    /// The state of a program that starts: one session or those of the file, and the main process.
    ///
    /// # Errors
    /// The file of `--sessions` holds something that cannot be shared.
    pub fn new(
        program: Arc<Program>,
        loader: Arc<dyn Loader>,
        host: Arc<dyn Host>,
        options: Options,
    ) -> Result<Arc<Self>> {
        let fixture = options.sessions.as_ref();
        let served = options.web.is_some();
        let sessions = SessionTable::new(
            SessionOptions { fixture, reproducible: options.reproducible, served },
            &*host,
        )?;
        let main = Start {
            name: MAIN_PROCESS.to_owned(),
            kind: Kind::Main,
            session: sessions.current().cloned(),
            created: moment(host.now()),
            now: host.elapsed(),
        };
        let processes = ProcessTable::new(main, sessions.listed_processes(fixture));
        let web = Web::new(options.web.clone(), options.package.as_deref());
        Ok(Arc::new(Self {
            program,
            loader,
            host,
            options,
            interprocess: Interprocess::default(),
            classes: ClassState::default(),
            sessions,
            processes,
            storage: Storage::default(),
            web,
            roles: OnceLock::new(),
        }))
    }

    /// What `roles.json` of the project declares; `None` when the program has no such file.
    pub fn roles(&self) -> Option<Arc<Roles>> {
        let read = || {
            let bytes = sandbox::read(&roles::file(self.options.package.as_ref()?)).ok()?;
            Some(Arc::new(Roles::parse(&String::from_utf8_lossy(&bytes))))
        };
        self.roles.get_or_init(read).clone()
    }
}
