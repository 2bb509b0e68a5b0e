//! The façade: everything outside the crate goes through here.
//!
//! An [`Engine`] is a program that has been opened: its code by name and the state that its processes share. It runs
//! on a thread of its own with a large stack, so that deep recursion ends in a 4D error.

pub mod profile;

pub mod project;

pub mod structure;

pub mod library;

pub mod loading;

pub mod checking;

pub mod completeness;

pub mod literal;

pub mod prompt;

use std::path::PathBuf;
use std::sync::Arc;

use crate::builtin::catalog::{Catalog, Tables};
use crate::diagnostics::Diagnostic;
use crate::engine::library::Library;
use crate::engine::profile::Profile;
use crate::engine::project::{Opened, Project};
use crate::program::Program;
use crate::program::tree::Signature;
use crate::runtime::host::Host;
use crate::runtime::process::{NATIVE_STACK, Process};
use crate::runtime::process_table::Report;
use crate::runtime::{Options, Runtime, TextKind};
use crate::source::Sources;
use crate::source::span::Span;
use crate::syntax::Names;
use crate::value::error::Error;
use crate::value::function::{ClassId, MethodId};
use crate::value::portable::Portable;
use crate::value::{Value, convert, json};
use crate::{classes, commands, constants};

static CATALOG: Catalog = Catalog::new(&Tables {
    themes: commands::THEMES,
    unavailable: commands::unavailable::COMMANDS,
    command_aliases: commands::aliases::ALIASES,
    constants: constants::THEMES,
    constant_aliases: constants::aliases::ALIASES,
    classes: classes::CLASSES,
    unavailable_classes: classes::unavailable::CLASSES,
});

/// All commands, constants and classes of 4D.
pub fn catalog() -> &'static Catalog {
    &CATALOG
}

/// What is run: the code and where it comes from.
pub enum Target {
    /// What a path turned out to be.
    Opened(Box<Opened>),
    /// A text that comes from no file: its name in reports and its bytes; a snippet gives the value of its last line.
    Text(String, Vec<u8>, TextKind),
    /// The same among the methods and classes of a project.
    Among(Box<Project>, String, Vec<u8>, TextKind),
}

/// A program that has been opened.
pub struct Engine {
    runtime: Arc<Runtime>,
    library: Arc<Library>,
    project: Project,
    entry: Option<MethodId>,
}

/// How a run ended.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The value that the code gave, as text that the caller may show; only of a snippet.
    pub value: Option<Portable>,
    /// The error that nothing caught, in any process: the main one's first.
    pub errors: Vec<Failure>,
}

/// An error that nothing caught, ready to be reported.
#[derive(Debug)]
pub struct Failure {
    /// What the user reads.
    pub diagnostic: Diagnostic,
    /// The calls that were under way, innermost first, with their lines.
    pub chain: Vec<(String, u32)>,
    /// The process it ended, unless it is the main one.
    pub process: Option<String>,
}

/// What the main process does between the code of a program and its exit.
pub type Hold = Box<dyn FnOnce(&mut Process) + Send>;

/// An argument of the entry, already converted.
pub type Argument = Portable;

impl Engine {
    /// Opens a program.
    ///
    /// # Errors
    /// The text is too large, or the session table cannot be made.
    pub fn open(
        target: Target,
        host: Arc<dyn Host>,
        mut options: Options,
    ) -> std::result::Result<Self, Vec<Diagnostic>> {
        let program = Arc::new(Program::default());
        let (project, entry_path, text) = match target {
            Target::Opened(opened) => (opened.project, opened.entry, None),
            Target::Text(name, bytes, kind) => (Project::default(), None, Some((name, bytes, kind))),
            Target::Among(project, name, bytes, kind) => (*project, None, Some((name, bytes, kind))),
        };
        let library = Arc::new(Library::new(&project, Arc::clone(&program), catalog()));
        let entry = match (&entry_path, text) {
            (Some(path), _) => Some(entry_of(&library, &project, path)),
            (None, Some((name, bytes, kind))) => Some(library.add_bytes(&name, bytes, kind)?),
            (None, None) => None,
        };
        options.package.get_or_insert_with(|| project.folders.package.clone());
        if options.structure.is_none() {
            options.structure = project.file.clone().or(entry_path);
        }
        let loader = Arc::clone(&library);
        let runtime =
            Runtime::new(program, loader, host, options).map_err(|error| vec![error.to_diagnostic()])?;
        Ok(Self { runtime, library, project, entry })
    }

    /// The texts that were loaded, which reports show.
    pub fn sources(&self) -> &Sources {
        &self.runtime.program.sources
    }

    /// What was opened.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// What all processes share.
    pub fn runtime(&self) -> &Arc<Runtime> {
        &self.runtime
    }

    /// The code that runs first, when a file or a text was named.
    pub fn entry(&self) -> Option<MethodId> {
        self.entry
    }

    /// A method of the program.
    pub fn method(&self, name: &str) -> Option<MethodId> {
        self.library.method(name)
    }

    /// A database method: `onStartup`.
    pub fn database_method(&self, name: &str) -> Option<MethodId> {
        self.project
            .database_method(name)
            .map(|member| self.library.add_file(&member.name, member.path.clone()))
    }

    /// The names that code of the program may use.
    pub fn names(&self) -> impl Names {
        self.library.names()
    }

    /// The members that a class of the program gives its instances, its parents' too: names, and whether they are
    /// functions; then the built-in class above them.
    pub fn members(&self, class: ClassId) -> (Vec<(String, bool)>, Option<&'static str>) {
        self.library.members(class)
    }

    /// What is wrong with the text of a unit of code.
    pub fn problems(&self, id: MethodId) -> Vec<Diagnostic> {
        self.library.problems(id)
    }

    /// Whether the program is one expression, whose value is worth showing.
    pub fn is_expression(&self) -> bool {
        self.entry.is_some_and(|entry| self.library.is_expression(entry))
    }

    /// How reports call a unit of code: the name of its file, else its own.
    pub fn name(&self, id: MethodId) -> String {
        self.library.file_name(id)
    }

    /// The declared parameters of a unit of code.
    pub fn signature(&self, id: MethodId) -> Arc<Signature> {
        self.library.signature(id)
    }

    /// Runs units of code one after the other in the main process, the last one with these arguments. The first error
    /// that nothing catches ends them, and `QUIT 4D` does. Then `on_exit` runs, and the other processes are ended.
    pub fn run(&self, codes: &[MethodId], arguments: Vec<Argument>, on_exit: Option<MethodId>) -> Outcome {
        self.run_holding(codes, arguments, None, on_exit)
    }

    /// The same, with something that the main process does between the code and the exit: a server serves.
    pub fn run_holding(
        &self,
        codes: &[MethodId],
        arguments: Vec<Argument>,
        hold: Option<Hold>,
        on_exit: Option<MethodId>,
    ) -> Outcome {
        let runtime = Arc::clone(&self.runtime);
        let codes = codes.to_vec();
        let main = std::thread::Builder::new()
            .name("main process".to_owned())
            .stack_size(NATIVE_STACK)
            .spawn(move || run_main(&runtime, &codes, &arguments, hold, on_exit));
        let mut outcome = match main.map(std::thread::JoinHandle::join) {
            Ok(Ok(outcome)) => outcome,
            // The panic was reported by the hook of the program; the run is a defect whatever is said here.
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(problem) => {
                let message = format!("the system gives no thread to run in: {problem}");
                Outcome { value: None, errors: vec![self.failure(&Error::quatre(8002, message), None)] }
            }
        };
        for report in self.runtime.processes.take_reports() {
            outcome.errors.push(failure_of_report(&self.runtime, report));
        }
        outcome
    }

    /// Where the time went, when a profiler was among the options; it takes no more samples.
    pub fn profile(&self) -> Option<Profile> {
        let profiler = self.runtime.options.profiler.as_ref()?;
        Some(Profile::new(profiler.finish(), &self.runtime))
    }

    fn failure(&self, error: &Error, process: Option<String>) -> Failure {
        failure(&self.runtime, error, process)
    }
}

fn entry_of(library: &Library, project: &Project, path: &PathBuf) -> MethodId {
    let member = project.methods.iter().find(|member| member.path == *path);
    match member.and_then(|member| library.method(&member.name)) {
        Some(id) => id,
        None => {
            let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            library.add_file(&name, path.clone())
        }
    }
}

/// What the thread of the main process does.
fn run_main(
    runtime: &Arc<Runtime>,
    codes: &[MethodId],
    arguments: &[Argument],
    hold: Option<Hold>,
    on_exit: Option<MethodId>,
) -> Outcome {
    let mut process = Process::new(Arc::clone(runtime));
    let mut outcome = Outcome::default();
    for (index, id) in codes.iter().enumerate() {
        let last = index + 1 == codes.len();
        let values = if last { arguments.iter().map(Portable::to_value).collect() } else { Vec::new() };
        let result = process.call(*id, values, Span::default());
        match result {
            Ok(value) if last => outcome.value = Portable::from_value(&value).ok(),
            Ok(_) => {}
            Err(_) if process.is_stopping() => break,
            Err(error) => {
                outcome.errors.push(failure(runtime, &error, None));
                break;
            }
        }
    }
    if let Some(hold) = hold
        && outcome.errors.is_empty()
        && !process.is_stopping()
    {
        hold(&mut process);
    }
    if let Some(code) = on_exit {
        process.begin_again();
        let result = process.call(code, Vec::new(), Span::default());
        if let Err(error) = result
            && !process.is_stopping()
        {
            outcome.errors.push(failure(runtime, &error, None));
        }
    }
    let over = if outcome.errors.is_empty() { process.check_output() } else { Ok(()) };
    if let Err(error) = over.and_then(|()| process.wind_down()) {
        let last = failure(runtime, &error, None);
        // A limit that ended the program is met again by those who wait for its processes.
        if !outcome.errors.iter().any(|told| told.diagnostic.code == last.diagnostic.code) {
            outcome.errors.push(last);
        }
    }
    runtime.host.flush();
    outcome
}

/// An error that a process left, as its table keeps it.
pub fn failure_of_report(runtime: &Runtime, report: Report) -> Failure {
    Failure {
        chain: lines(runtime, &report.chain),
        diagnostic: report.diagnostic,
        process: Some(report.name),
    }
}

/// An error that nothing caught, in the process of that name.
pub fn failure(runtime: &Runtime, error: &Error, process: Option<String>) -> Failure {
    Failure { diagnostic: error.to_diagnostic(), chain: lines(runtime, &error.details().chain), process }
}

/// The lines of a call chain.
fn lines(runtime: &Runtime, chain: &[crate::value::error::Call]) -> Vec<(String, u32)> {
    chain
        .iter()
        .map(|call| {
            let line = call.span.and_then(|span| {
                let file = runtime.program.sources.get(span.source)?;
                Some(file.position(span.start).line)
            });
            (call.method.clone(), line.unwrap_or(0))
        })
        .collect()
}

/// A value as `eval` prints it; `None` for what has no text.
pub fn shown(value: &Value, as_json: bool) -> Option<String> {
    let is_structure = matches!(value, Value::Object(_) | Value::Collection(_));
    if as_json || is_structure {
        return json::stringify(value, false).ok().map(|text| text.to_string());
    }
    if let Value::Date(date) = value {
        return Some(date.to_iso().to_string());
    }
    let word = match value {
        Value::Undefined => Some("undefined"),
        Value::Null => Some("null"),
        Value::Boolean(_)
        | Value::Integer(_)
        | Value::Real(_)
        | Value::Text(_)
        | Value::Date(_)
        | Value::Time(_)
        | Value::Blob(_)
        | Value::Picture(_)
        | Value::Pointer(_)
        | Value::Object(_)
        | Value::Collection(_)
        | Value::Array(_)
        | Value::Variable(_) => None,
    };
    Some(word.map_or_else(|| convert::to_text(value).to_string(), str::to_owned))
}
