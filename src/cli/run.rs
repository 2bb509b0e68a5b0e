//! `quatre run FILE.4dm [ARG...]`: runs a script, or a method inside a project.
//!
//! The one place where the command line meets the engine: `eval` and the form of tool4d come through here too.

use std::path::Path;
use std::sync::Arc;

use crate::cli::args::{Arguments, Usage};
use crate::cli::output::Output;
use crate::cli::prepare::{Prepared, Stop};
use crate::cli::{Command, Exit, options};
use crate::diagnostics::Code;
use crate::engine::{self, Engine, Outcome, Target, project};
use crate::program::tree::Signature;
use crate::resolve::expression::article;
use crate::resolve::has_errors;
use crate::runtime::host::Host;
use crate::runtime::{Options, TextKind};
use crate::source::Sources;
use crate::value::function::MethodId;
use crate::value::{Type, Value};

/// The row of the table of commands.
pub const COMMAND: Command = Command {
    name: "run",
    arguments: "FILE.4dm [ARG...]",
    summary: "run a .4dm script or a method of a project",
    details: "FILE is a script, a method inside a project, a project or its folder (runs `On Startup`), or - for \
              standard input.\nARGs become the parameters of the method, converted to their declared types: dates \
              as 2024-01-31, times as 12:30:00,\nobjects and collections as JSON. An ARG that begins with - stands \
              behind --.",
    examples: &[
        "quatre run hello.4dm Ada",
        "quatre run who.4dm --sessions three.json --session 2",
        "quatre run MyApp/Project/Sources/Methods/report.4dm 2024-01-31",
    ],
    groups: &[&options::RUN, &options::LIMITS],
    run: Some(run),
};

/// What is to be run.
pub enum Job {
    /// A file, a project or its folder.
    Path(std::ffi::OsString),
    /// A text: its name in reports and its code.
    Text(String, Vec<u8>),
    /// A snippet, whose last expression is shown.
    Snippet(String),
}

fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Usage> {
    let Some((file, values)) = arguments.values.split_first() else {
        return Err(Usage::new("nothing to run", "write it as: quatre run FILE.4dm"));
    };
    let job = if file == "-" { Job::Text("<stdin>".into(), read_input()?) } else { Job::Path(file.clone()) };
    let words: Vec<String> = values.iter().map(|value| value.to_string_lossy().into_owned()).collect();
    execute(job, &words, arguments, output)
}

/// The program on standard input.
fn read_input() -> Result<Vec<u8>, Usage> {
    crate::runtime::host::SystemHost::read_all_input().map_err(|problem| {
        Usage::new(format!("cannot read standard input: {problem}"), "give a file instead")
    })
}

/// Runs a job with these arguments.
pub fn execute(job: Job, words: &[String], arguments: &Arguments, output: &Output) -> Result<Exit, Usage> {
    let prepared = match Prepared::new(arguments, output) {
        Ok(prepared) => prepared,
        Err(Stop::Usage(usage)) => return Err(usage),
        Err(Stop::Reported) => return Ok(Exit::Usage),
    };
    let wants_value = matches!(job, Job::Snippet(_));
    let target = match open(job, output)? {
        Some(target) => target,
        None => return Ok(Exit::Usage),
    };
    let settings = Options {
        user_param: prepared.user_param.clone().unwrap_or_else(|| words.join(" ")),
        no_input: arguments.has("no-input"),
        verbose: output.is_verbose,
        sessions: prepared.fixture.clone(),
        ..Options::default()
    };
    let host: Arc<dyn Host> = Arc::clone(&prepared.host) as Arc<dyn Host>;
    let engine = match Engine::open(target, host, settings) {
        Ok(engine) => engine,
        Err(problems) => {
            output.problems(&problems, &Sources::new(), &[]);
            return Ok(Exit::Usage);
        }
    };
    let codes = match units(&engine, arguments, output) {
        Ok(codes) => codes,
        Err(exit) => return Ok(exit),
    };
    let given = match codes.last() {
        Some(last) => convert_words(&engine, *last, words, arguments)?,
        None => Vec::new(),
    };
    let outcome = engine.run(&codes, given);
    let exit = report(&engine, &outcome, output);
    if exit == Exit::Fine && wants_value {
        if let Some(value) = &outcome.value {
            show(&value.to_value(), arguments.has("json"), output);
        }
    }
    if exit == Exit::Fine && prepared.has_failed_by_convention() { Ok(Exit::Problem) } else { Ok(exit) }
}

/// What is to be run, found; `None` when that failed and was reported.
fn open(job: Job, output: &Output) -> Result<Option<Target>, Usage> {
    Ok(match job {
        Job::Path(path) => match project::open(Path::new(&path)) {
            Ok(opened) => Some(Target::Opened(Box::new(opened))),
            Err(problem) => {
                output.problems(&[*problem], &Sources::new(), &[]);
                None
            }
        },
        Job::Text(name, bytes) => Some(Target::Text(name, bytes, TextKind::Method)),
        Job::Snippet(text) => Some(Target::Text("<eval>".to_owned(), text.into_bytes(), TextKind::Snippet)),
    })
}

/// The units of code to run, in order; what cannot be read is reported before anything runs.
fn units(engine: &Engine, arguments: &Arguments, output: &Output) -> Result<Vec<MethodId>, Exit> {
    let mut codes = Vec::new();
    match engine.entry() {
        Some(entry) => codes.push(entry),
        None if arguments.has("skip-onstartup") => {}
        None => codes.extend(engine.database_method("onStartup")),
    }
    if let Some(name) = arguments.text("startup-method") {
        match (engine.method(&name), engine.project().startup_method(&name)) {
            (Some(method), _) => codes.push(method),
            (None, Err(problem)) => {
                output.problems(&[*problem], engine.sources(), &[]);
                return Err(Exit::Usage);
            }
            (None, Ok(_)) => {}
        }
    }
    for code in &codes {
        let problems = engine.problems(*code);
        if has_errors(&problems) {
            output.problems(&problems, engine.sources(), &[]);
            output.count(&problems);
            let unread = problems.iter().any(|problem| matches!(problem.code, Code::Quatre(6000..=6999)));
            return Err(if unread { Exit::Usage } else { Exit::Problem });
        }
    }
    Ok(codes)
}

/// The words of the command line as parameters of the entry.
fn convert_words(
    engine: &Engine,
    code: MethodId,
    words: &[String],
    _arguments: &Arguments,
) -> Result<Vec<engine::Argument>, Usage> {
    let signature = engine.signature(code);
    words
        .iter()
        .enumerate()
        .map(|(index, word)| {
            let type_ = signature.parameters.get(index).map_or(Type::Text, |(_, type_)| *type_);
            engine::argument(word, type_).ok_or_else(|| {
                Usage::new(
                    format!(
                        "argument {} is {} {}: `{word}` is none",
                        index + 1,
                        article(type_.name()),
                        type_.name()
                    ),
                    usage_of(&signature),
                )
            })
        })
        .collect()
}

/// How the parameters of a method are given on the command line.
fn usage_of(signature: &Signature) -> String {
    let parameters: Vec<String> = signature
        .parameters
        .iter()
        .map(|(name, type_)| format!("{}:{}", name.to_uppercase(), type_.name()))
        .collect();
    format!("usage: {}", parameters.join(" "))
}

/// Tells what nothing caught.
fn report(engine: &Engine, outcome: &Outcome, output: &Output) -> Exit {
    for failure in &outcome.errors {
        output.problems(std::slice::from_ref(&failure.diagnostic), engine.sources(), &failure.chain);
    }
    if outcome.errors.is_empty() { Exit::Fine } else { Exit::Problem }
}

/// Prints the value of a snippet.
fn show(value: &Value, json: bool, output: &Output) {
    if let Some(text) = engine::shown(value, json) {
        output.result(&text);
    }
}
