//! `quatre run FILE.4dm [ARG...]`: runs a script, or a method inside a project.
//!
//! The one place where the command line meets the engine: `eval` and the form of tool4d come through here too.

use std::path::Path;
use std::sync::Arc;

use crate::cli::args::{Arguments, Usage};
use crate::cli::convert::{Parameter, convert};
use crate::cli::output::Output;
use crate::cli::prepare::{Prepared, Stop};
use crate::cli::{Command, Exit, options, profile};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::engine::profile::Profile;
use crate::engine::{self, Argument, Engine, Failure, Outcome, Target, project};
use crate::resolve::has_errors;
use crate::runtime::host::{Host, SystemHost};
use crate::runtime::profile::Profiler;
use crate::runtime::sandbox;
use crate::runtime::sandbox::permissions::{Grant, resolved};
use crate::runtime::{Options, TextKind};
use crate::source::Sources;
use crate::value::Type;
use crate::value::function::MethodId;

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
    groups: &[&options::RUN, &options::LIMITS, &options::PROFILE],
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
    SystemHost::read_all_input().map_err(|problem| {
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
    let engine = match open(job, words, arguments, &prepared, output) {
        Ok(engine) => engine,
        Err(problems) => {
            output.problems(&problems, &Sources::new(), &[]);
            output.count(&problems);
            return Ok(Exit::Usage);
        }
    };
    let plan = match plan(&engine, arguments, output) {
        Ok(plan) => plan,
        Err(exit) => return Ok(exit),
    };
    let values = values(&engine, plan.codes.last().copied(), words)?;
    let outcome = engine.run(&plan.codes, values, plan.on_exit);
    if let Some(profile) = engine.profile() {
        tell_profile(&profile, arguments, output)?;
    }
    let exit = report(&engine, &outcome, output);
    if exit != Exit::Fine {
        return Ok(exit);
    }
    if let Some(value) = outcome.value.filter(|_| engine.is_expression())
        && let Some(text) = engine::shown(&value.to_value(), arguments.has("json"))
    {
        output.result(&format!("{text}\n"));
    }
    Ok(if prepared.has_failed_by_convention() { Exit::Problem } else { Exit::Fine })
}

/// Shows where the time went, and writes the file that was asked for.
fn tell_profile(profile: &Profile, arguments: &Arguments, output: &Output) -> Result<(), Usage> {
    output.say(&profile::table(profile));
    let Some(file) = arguments.value("profile").filter(|file| !file.is_empty()) else { return Ok(()) };
    let (path, name) = (Path::new(file), arguments.values.first().map(Path::new));
    let text = format!("{}\n", profile::speedscope(profile, name.unwrap_or(Path::new(""))));
    sandbox::write(path, text.as_bytes()).map_err(|problem| {
        let why = sandbox::reason(&problem);
        Usage::new(format!("cannot write `{}`: {why}", path.display()), "--profile=FILE names a file")
    })
}

/// Finds what is to be run.
fn open(
    job: Job,
    words: &[String],
    arguments: &Arguments,
    prepared: &Prepared,
    output: &Output,
) -> Result<Engine, Vec<Diagnostic>> {
    let target = match job {
        Job::Path(path) => open_path(Path::new(&path), output)?,
        Job::Text(name, bytes) => Target::Text(name, bytes, TextKind::Method),
        Job::Snippet(text) => Target::Text("<eval>".to_owned(), text.into_bytes(), TextKind::Snippet),
    };
    let settings = settings(words, arguments, prepared, output, &target);
    let host: Arc<dyn Host> = Arc::<SystemHost>::clone(&prepared.host);
    Engine::open(target, host, settings)
}

/// Opens a path. What is wrong with a project as a whole is told, and does not keep its code from running.
pub fn open_path(path: &Path, output: &Output) -> Result<Target, Vec<Diagnostic>> {
    let opened = project::open(path).map_err(|problem| vec![*problem])?;
    if let Some(file) = &opened.project.file {
        output.say_if_verbose(&format!("project: {}", file.display()));
    }
    let mut problems = opened.project.problems.clone();
    for problem in &mut problems {
        problem.severity = Severity::Warning;
    }
    let problems = output.judge(problems);
    if !problems.is_empty() && output.is_human() {
        output.problems(&problems, &Sources::new(), &[]);
    }
    Ok(Target::Opened(Box::new(opened)))
}

/// The options of a program.
pub fn settings(
    words: &[String],
    arguments: &Arguments,
    prepared: &Prepared,
    output: &Output,
    target: &Target,
) -> Options {
    let mut settings = Options {
        user_param: prepared.user_param.clone().unwrap_or_else(|| words.join(" ")),
        no_input: arguments.has("no-input"),
        verbose: output.is_verbose,
        sessions: prepared.fixture.clone(),
        profiler: arguments.has("profile").then(Profiler::start),
        ..Options::default()
    };
    prepared.limits.apply(&mut settings);
    permit_program(&mut settings, target);
    settings
}

/// The script itself and its project can always be read.
fn permit_program(settings: &mut Options, target: &Target) {
    let (Some(permissions), Target::Opened(opened)) = (&settings.permissions, target) else { return };
    let mut permissions = (**permissions).clone();
    if let Grant::Only(paths) = &mut permissions.read {
        let project = opened.project.file.is_some().then(|| opened.project.folders.package.clone());
        paths.extend(project.iter().chain(&opened.entry).map(|path| resolved(path)));
    }
    settings.permissions = Some(Arc::new(permissions));
}

/// The units of code to run.
struct Plan {
    /// In order; the last one gets the arguments.
    codes: Vec<MethodId>,
    /// What runs at the end of a project, however its code ended.
    on_exit: Option<MethodId>,
}

/// Finds the units of code to run, and reports what keeps them from being read before anything runs.
fn plan(engine: &Engine, arguments: &Arguments, output: &Output) -> Result<Plan, Exit> {
    let (mut codes, mut on_exit) = (Vec::new(), None);
    if let Some(entry) = engine.entry() {
        codes.push(entry);
    } else if !arguments.has("skip-onstartup") {
        codes.extend(engine.database_method("onStartup"));
        on_exit = engine.database_method("onExit");
    }
    if let Some(name) = arguments.text("startup-method") {
        match engine.project().startup_method(&name) {
            Ok(member) => codes.extend(engine.method(&member.name)),
            Err(problem) => {
                output.problems(&[*problem], engine.sources(), &[]);
                return Err(Exit::Usage);
            }
        }
    }
    if codes.is_empty() {
        output.say_if_verbose(
            "nothing to run: the project has no `On Startup`, and no startup method was named",
        );
    }
    for code in codes.iter().chain(&on_exit) {
        let problems = output.judge(engine.problems(*code));
        if has_errors(&problems) {
            output.problems(&problems, engine.sources(), &[]);
            output.count(&problems);
            // A file that is not there is no mistake in the code.
            let is_unread = problems.iter().any(|problem| matches!(problem.code, Code::Quatre(6000..=6999)));
            return Err(if is_unread { Exit::Usage } else { Exit::Problem });
        }
    }
    Ok(Plan { codes, on_exit })
}

/// The words of the command line as values of the declared parameters.
fn values(engine: &Engine, code: Option<MethodId>, words: &[String]) -> Result<Vec<Argument>, Usage> {
    let Some(code) = code else { return Ok(Vec::new()) };
    let declared = engine.signature(code);
    let parameter = |(name, type_): &(_, Type)| Parameter { name: ToString::to_string(name), type_: *type_ };
    let parameters: Vec<Parameter> = declared.parameters.iter().map(parameter).collect();
    let values = convert(words, &parameters, &engine.name(code))?;
    // Texts, numbers, dates, times, and what JSON holds: all of it can be handed to another thread.
    Ok(values.iter().filter_map(|value| Argument::from_value(value).ok()).collect())
}

/// Tells one error that nothing caught, with its calls.
pub fn report_failure(engine: &Engine, failure: &Failure, output: &Output) {
    let problem = std::slice::from_ref(&failure.diagnostic);
    // A name or a type that is wrong in the script itself was not called by anybody.
    let is_of_text = matches!(failure.diagnostic.code, Code::Quatre(1000..=3999 | 9000..=9999));
    if is_of_text && failure.chain.len() < 2 {
        output.problems(problem, engine.sources(), &[]);
        output.count(problem);
    } else {
        output.problems(problem, engine.sources(), &failure.chain);
    }
    if let Some(process) = &failure.process {
        output.say(&format!("in the process `{process}`\n"));
    }
}

/// Tells what nothing caught: for people each error with its calls, for programs one document.
pub fn report(engine: &Engine, outcome: &Outcome, output: &Output) -> Exit {
    if output.is_human() {
        for failure in &outcome.errors {
            report_failure(engine, failure, output);
        }
    } else {
        let problems: Vec<Diagnostic> =
            outcome.errors.iter().map(|failure| failure.diagnostic.clone()).collect();
        output.problems(&problems, engine.sources(), &[]);
    }
    if outcome.errors.is_empty() { Exit::Fine } else { Exit::Problem }
}
