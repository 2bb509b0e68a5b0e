//! Runs one case, whatever it does: an error of its own, a hang, a defect of Quatre.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use crate::diagnostics::Diagnostic;
use crate::diagnostics::render::{Look, call_chain, human};
use crate::engine::checking::{Checker, Depth};
use crate::engine::{Argument, Engine, Target, project};
use crate::golden::case::{Case, Subject, nearest_sessions};
use crate::golden::directives::{self, Directives};
use crate::golden::markdown::{self, Example, Mode};
use crate::golden::{Convert, Ended, Settings, Status, diff, patterns};
use crate::runtime::fixture::{self, Fixture};
use crate::runtime::host::{Host, RecordingHost};
use crate::runtime::sandbox;
use crate::runtime::{Options, TextKind};
use crate::source::Sources;
use crate::value::Type;
use crate::value::function::MethodId;

/// A case that does not even stop when its time is over is left behind after so long.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a run of code gave.
#[derive(Debug, Default)]
struct Got {
    out: String,
    err: String,
    codes: Vec<String>,
    messages: Vec<String>,
    defect: bool,
    hangs: bool,
}

/// What is to be run, all that a thread of its own needs.
struct Job {
    target: Work,
    host: Arc<RecordingHost>,
    options: Options,
    words: Vec<String>,
    base: PathBuf,
    convert: Convert,
}

enum Work {
    File(PathBuf, Option<PathBuf>),
    Method(PathBuf, String),
    /// A text with its name, and the classes that it knows: name and code.
    Text(String, Vec<u8>, Vec<(String, String)>),
}

/// Runs a case and judges it.
pub fn run(case: &Case, settings: &Settings) -> Ended {
    let (status, blessed) = match &case.subject {
        Subject::File => file(case, settings),
        Subject::Example(examples) => example(case, examples, settings),
        Subject::Method(name) => (method(case, name, settings), None),
    };
    let (name, file) = (case.name.clone(), case.file.clone());
    Ended { name, file, line: case.line, status, time: Duration::ZERO, blessed }
}

fn failed(reason: impl Into<String>) -> Status {
    Status::Failed(vec![reason.into()])
}

fn text_of(path: &Path) -> Option<String> {
    let bytes = sandbox::read(path).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Some(text.replace("\r\n", "\n"))
}

fn read_fixture(path: &Path) -> Result<Fixture, String> {
    let told = |why: &str| format!("{}: {why}", path.display());
    let bytes = sandbox::read(path).map_err(|problem| told(&sandbox::reason(&problem)))?;
    let sources = Sources::new();
    let name = path.to_string_lossy().into_owned();
    let file =
        sources.add(name, Some(path.to_owned()), bytes).map_err(|problem| told(&problem.to_string()))?;
    fixture::parse(&file.text, file.id).map_err(|problems| {
        let first = problems.first().map_or("cannot be read", |problem| problem.message.as_str());
        told(first)
    })
}

/// The options of a case with its session table.
fn options(
    settings: &Settings,
    sessions: Option<&Path>,
    session: Option<&str>,
    timeout: Duration,
) -> Result<Options, String> {
    let mut fixture = sessions.map(read_fixture).transpose()?;
    let found = match (&mut fixture, session) {
        (Some(fixture), Some(wanted)) => fixture.select(wanted),
        (None, Some(wanted)) => wanted == "1",
        (_, None) => true,
    };
    if !found {
        return Err(format!("there is no session {}", session.unwrap_or_default()));
    }
    Ok(Options {
        reproducible: true,
        max_time: Some(timeout),
        sessions: fixture,
        bounds: settings.bounds,
        permissions: settings.permissions.clone(),
        ..Options::default()
    })
}

/// A `.4dm` file with what stands beside it.
fn file(case: &Case, settings: &Settings) -> (Status, Option<String>) {
    let Some(source) = text_of(&case.file) else { return (failed("the file cannot be read"), None) };
    let directives = match directives::read(&source) {
        Ok(directives) => directives,
        Err((line, why)) => return (failed(format!("line {line}: {why}")), None),
    };
    if let Some(reason) = &directives.skip {
        return (Status::Skipped(reason.clone()), None);
    }
    let timeout = directives.timeout.unwrap_or(settings.timeout);
    let beside = |extension: &str| case.file.with_extension(extension);
    let own = Some(beside("sessions.json")).filter(|path| sandbox::is_file(path));
    let sessions = own.or_else(|| nearest_sessions(case)).or_else(|| settings.sessions.clone());
    let options = match options(settings, sessions.as_deref(), directives.session.as_deref(), timeout) {
        Ok(options) => options,
        Err(why) => return (failed(why), None),
    };
    let clock = directives.clock.or_else(|| options.sessions.as_ref().and_then(|fixture| fixture.clock));
    let (clock, seed) = (clock.or(settings.clock), directives.seed.or(settings.seed));
    let input = text_of(&beside("in")).unwrap_or_default();
    let base = case.file.parent().unwrap_or(Path::new("")).to_owned();
    let named = text_of(&beside("project")).map(|path| base.join(path.trim()));
    let words = text_of(&beside("args")).unwrap_or_default().lines().map(str::to_owned).collect();
    let host = Arc::new(RecordingHost::with(input.lines(), clock, seed));
    let got = start(
        Job {
            target: Work::File(case.file.clone(), named),
            host,
            options,
            words,
            base,
            convert: settings.convert,
        },
        timeout,
    );
    judge_file(case, &directives, &got, timeout, settings)
}

/// Compares what a file gave with what stands beside it.
fn judge_file(
    case: &Case,
    directives: &Directives,
    got: &Got,
    timeout: Duration,
    settings: &Settings,
) -> (Status, Option<String>) {
    let mut reasons = Vec::new();
    let mut blessed = String::new();
    let wanted_err = text_of(&case.file.with_extension("err"));
    judge_end(directives, got, timeout, wanted_err.is_some(), &mut reasons);
    for (extension, what, text) in [("out", "stdout", &got.out), ("err", "stderr", &got.err)] {
        let path = case.file.with_extension(extension);
        let Some(wanted) = text_of(&path) else {
            if extension == "out" && settings.bless {
                blessed.push_str(&write(&path, "", text));
            }
            continue;
        };
        let text = text.replace("\r\n", "\n");
        let is_pattern = directives.patterns && extension == "out";
        let agrees = if is_pattern { patterns::fits(&wanted, &text) } else { wanted == text };
        if agrees {
            continue;
        }
        if settings.bless {
            let new = if is_pattern { patterns::keep(&wanted, &text) } else { text };
            blessed.push_str(&write(&path, &wanted, &new));
            continue;
        }
        let file = Path::new(&case.name).with_extension(extension);
        reasons.push(format!("{what} differs from {}\n{}", file.display(), diff::lines(&wanted, &text)));
    }
    let blessed = (!blessed.is_empty()).then_some(blessed);
    let status = match (&directives.must_fail, reasons.is_empty()) {
        (Some(reason), false) => Status::Expected(reason.clone()),
        (Some(reason), true) => failed(format!("it passes, though it must fail: {reason}")),
        (None, true) => Status::Passed,
        (None, false) => Status::Failed(reasons),
    };
    (status, blessed)
}

/// Writes what was got over what was wanted; gives the difference.
fn write(path: &Path, old: &str, new: &str) -> String {
    match sandbox::replace(path, new.as_bytes()) {
        Ok(()) => format!("{}\n{}", path.display(), diff::lines(old, new)),
        Err(problem) => format!("{}: cannot be written: {}\n", path.display(), sandbox::reason(&problem)),
    }
}

/// Whether the run ended as it should have.
fn judge_end(
    directives: &Directives,
    got: &Got,
    timeout: Duration,
    wants_err: bool,
    reasons: &mut Vec<String>,
) {
    if got.defect {
        reasons.push("a defect of Quatre ended it".to_owned());
        return;
    }
    if got.hangs || got.codes.first().is_some_and(|code| code == "Q8001") && directives.error.is_none() {
        reasons.push(format!("it did not end within {} s", timeout.as_secs_f64()));
        return;
    }
    let exit = i32::from(!got.codes.is_empty());
    if let Some(code) = &directives.error {
        if got.codes.first() != Some(code) {
            let end =
                got.codes.first().map_or_else(|| "without an error".to_owned(), |c| format!("with {c}"));
            reasons.push(format!("it must end with the error {code}, and ended {end}\n{}", got.err));
        }
    } else if let Some(wanted) = directives.exit {
        if wanted != exit {
            reasons.push(format!("exit code {exit} instead of {wanted}\n{}", got.err));
        }
    } else if exit != 0 && !wants_err {
        reasons.push(format!("an error that nothing caught\n{}", got.err));
    }
}

/// A method of a project.
fn method(case: &Case, name: &str, settings: &Settings) -> Status {
    let options = match options(settings, settings.sessions.as_deref(), None, settings.timeout) {
        Ok(options) => options,
        Err(why) => return failed(why),
    };
    let base = case.file.parent().unwrap_or(Path::new("")).to_owned();
    let host = Arc::new(RecordingHost::with([], settings.clock, settings.seed));
    let target = Work::Method(case.file.clone(), name.to_owned());
    let got = start(
        Job { target, host, options, words: Vec::new(), base, convert: settings.convert },
        settings.timeout,
    );
    let mut reasons = Vec::new();
    judge_end(&Directives::default(), &got, settings.timeout, false, &mut reasons);
    if reasons.is_empty() { Status::Passed } else { Status::Failed(reasons) }
}

/// An example of a Markdown file; those before it that it continues run first.
fn example(case: &Case, examples: &[Example], settings: &Settings) -> (Status, Option<String>) {
    let Some(last) = examples.last() else { return (Status::Passed, None) };
    if let Some(problem) = &last.problem {
        return (failed(problem.as_str()), None);
    }
    let folder = case.file.parent().unwrap_or(Path::new(""));
    let name = case.name.rsplit_once(':').map_or(case.name.as_str(), |(file, _)| file).to_owned();
    let place = |code: &str| format!("{}{code}", "\n".repeat(last.line - 1)).into_bytes();
    if last.class.is_some() {
        let sources = Sources::new();
        let Ok(file) = sources.add(name, None, place(&last.code)) else {
            return (failed("it is too long"), None);
        };
        let (_, problems) = crate::syntax::parse_class(&file, crate::engine::catalog());
        let problems: Vec<Diagnostic> = problems.into_iter().filter(is_error).collect();
        let told = || failed(format!("it does not read\n{}", human(&problems, &sources, &look(folder))));
        return (if problems.is_empty() { Status::Passed } else { told() }, None);
    }
    if last.mode == Mode::Parse || last.mode == Mode::Check {
        let depth = if last.mode == Mode::Parse { Depth::Syntax } else { Depth::Names };
        let sources = Arc::new(Sources::new());
        let problems: Vec<Diagnostic> =
            Checker::new(Arc::clone(&sources), depth).check_text(&name, place(&last.code));
        let problems: Vec<Diagnostic> = problems.into_iter().filter(is_error).collect();
        if problems.is_empty() {
            return (Status::Passed, None);
        }
        return (failed(format!("it does not read\n{}", human(&problems, &sources, &look(folder)))), None);
    }
    let sessions = last.sessions.as_ref().map(|path| folder.join(path)).or_else(|| settings.sessions.clone());
    let options = match options(settings, sessions.as_deref(), last.session.as_deref(), settings.timeout) {
        Ok(options) => options,
        Err(why) => return (failed(why), None),
    };
    let before: String = examples.iter().rev().skip(1).rev().map(|example| example.runnable(false)).collect();
    let marker = "\u{1}begin\u{1}";
    let text = format!("{before}MESSAGE(\"{marker}\")\n{}", last.runnable(true));
    let text = if before.is_empty() { last.runnable(true) } else { text };
    let clock = options.sessions.as_ref().and_then(|fixture| fixture.clock).or(settings.clock);
    let host = Arc::new(RecordingHost::with([], clock, settings.seed));
    let job = Job {
        target: Work::Text(name, text.into_bytes(), last.classes.clone()),
        host,
        options,
        words: Vec::new(),
        base: folder.to_owned(),
        convert: settings.convert,
    };
    let mut got = start(job, settings.timeout);
    if let Some((_, own)) = got.out.split_once(&format!("{marker}\n")) {
        got.out = own.to_owned();
    }
    judge_example(case, last, &got, settings)
}

fn judge_example(case: &Case, last: &Example, got: &Got, settings: &Settings) -> (Status, Option<String>) {
    let mut reasons = Vec::new();
    if got.defect {
        reasons.push("a defect of Quatre ended it".to_owned());
    } else if got.hangs {
        reasons.push("it did not end in time".to_owned());
    } else if last.mode == Mode::Fails {
        if got.codes.is_empty() {
            reasons.push("it must end in an error, and did not".to_owned());
        }
    } else if let Some(message) = got.messages.first() {
        let expectation = message.strip_prefix(markdown::DIFFERS).map(str::to_owned);
        reasons.push(expectation.unwrap_or_else(|| format!("an error that nothing caught\n{}", got.err)));
    }
    let mut blessed = None;
    if let Some(wanted) = &last.output
        && reasons.is_empty()
        && *wanted != got.out
    {
        if settings.bless {
            blessed = Some(match markdown::rewrite(&case.file, last, &got.out) {
                Ok(()) => format!("{}\n{}", case.name, diff::lines(wanted, &got.out)),
                Err(problem) => format!("{}: {}\n", case.name, sandbox::reason(&problem)),
            });
        } else {
            reasons.push(format!("stdout differs from the output fence\n{}", diff::lines(wanted, &got.out)));
        }
    }
    (if reasons.is_empty() { Status::Passed } else { Status::Failed(reasons) }, blessed)
}

fn is_error(problem: &Diagnostic) -> bool {
    problem.severity == crate::diagnostics::Severity::Error
}

/// How reports look in every run: no colors, signs of Unicode, 80 columns.
fn look(base: &Path) -> Look {
    Look { color: false, ascii: false, width: 80, base: base.to_owned() }
}

/// Runs a job on a thread of its own, so that a defect or a hang stays there.
fn start(job: Job, timeout: Duration) -> Got {
    let (send, receive) = mpsc::channel();
    let host = Arc::clone(&job.host);
    let work = move || {
        let got = carry_out(job);
        // Nobody listens any more when the time was over.
        _ = send.send(got);
    };
    let thread = std::thread::Builder::new().name("test".to_owned()).stack_size(16 << 20).spawn(work);
    if thread.is_err() {
        return Got {
            err: "the system gives no thread to run in".to_owned(),
            defect: true,
            ..Got::default()
        };
    }
    match receive.recv_timeout(timeout + PATIENCE) {
        Ok(mut got) => {
            got.out = host.out();
            let written = host.err();
            got.err = format!("{written}{}", got.err);
            got
        }
        Err(mpsc::RecvTimeoutError::Timeout) => Got { out: host.out(), hangs: true, ..Got::default() },
        Err(mpsc::RecvTimeoutError::Disconnected) => Got { out: host.out(), defect: true, ..Got::default() },
    }
}

fn problems_of(problems: &[Diagnostic], sources: &Sources, base: &Path) -> Got {
    Got {
        err: human(problems, sources, &look(base)),
        codes: problems.iter().map(|problem| problem.code.to_string()).collect(),
        messages: problems.iter().map(|problem| problem.message.clone()).collect(),
        ..Got::default()
    }
}

fn carry_out(mut job: Job) -> Got {
    // Cases with the same seed make the same names: each has a temporary folder of its own to make them in.
    let scratch = Shelf::empty().ok();
    job.options.temporary = scratch.as_ref().map(|scratch| scratch.0.clone());
    let opened = |path: &Path| project::open(path).map(|opened| Target::Opened(Box::new(opened)));
    let mut shelf = None;
    let (target, named) = match job.target {
        Work::Text(name, bytes, classes) if classes.is_empty() => {
            (Ok(Target::Text(name, bytes, TextKind::Method)), None)
        }
        Work::Text(name, bytes, classes) => match Shelf::new(&classes) {
            Ok(found) => {
                let project = found.project();
                shelf = Some(found);
                (Ok(Target::Among(Box::new(project), name, bytes, TextKind::Method)), None)
            }
            Err(problem) => return Got { err: sandbox::reason(&problem), defect: true, ..Got::default() },
        },
        Work::Method(path, name) => (opened(&path), Some(name)),
        Work::File(path, project) => match project {
            None => (opened(&path), None),
            Some(project) => (
                project::open(&project).map(|mut all| {
                    all.entry = Some(path);
                    Target::Opened(Box::new(all))
                }),
                None,
            ),
        },
    };
    let target = match target {
        Ok(target) => target,
        Err(problem) => return problems_of(&[*problem], &Sources::new(), &job.base),
    };
    let host: Arc<dyn Host> = job.host;
    let engine = match Engine::open(target, host, job.options) {
        Ok(engine) => engine,
        Err(problems) => return problems_of(&problems, &Sources::new(), &job.base),
    };
    let entry = named.map_or_else(|| engine.entry(), |name| engine.method(&name));
    let Some(entry) = entry else {
        return Got { err: "nothing to run".into(), codes: vec!["Q6001".into()], ..Got::default() };
    };
    let problems: Vec<Diagnostic> = engine.problems(entry).into_iter().filter(is_error).collect();
    if !problems.is_empty() {
        return problems_of(&problems, engine.sources(), &job.base);
    }
    let arguments = match arguments(&engine, entry, &job.words, job.convert) {
        Ok(arguments) => arguments,
        Err(why) => return Got { err: why, codes: vec!["usage".into()], ..Got::default() },
    };
    let outcome = engine.run(&[entry], arguments, None);
    let mut got = Got::default();
    for failure in &outcome.errors {
        let problem = std::slice::from_ref(&failure.diagnostic);
        let look = look(&job.base);
        got.err.push_str(&human(problem, engine.sources(), &look));
        got.err.push_str(&call_chain(&failure.chain, &look));
        got.codes.push(failure.diagnostic.code.to_string());
        got.messages.push(failure.diagnostic.message.clone());
    }
    drop((shelf, scratch));
    got
}

/// A folder that lasts as long as a case runs: its temporary folder, or the classes of an example.
struct Shelf(PathBuf);

impl Shelf {
    fn empty() -> std::io::Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("quatre-test-{}-{number}", std::process::id());
        let shelf = Self(sandbox::real_path(&sandbox::temporary_folder()).join(name));
        sandbox::create_folders(&shelf.0)?;
        Ok(shelf)
    }

    fn new(classes: &[(String, String)]) -> std::io::Result<Self> {
        let shelf = Self::empty()?;
        let folder = shelf.0.join("Classes");
        sandbox::create_folders(&folder)?;
        for (name, code) in classes {
            sandbox::write(&folder.join(format!("{name}.4dm")), code.as_bytes())?;
        }
        sandbox::create_file(&shelf.0.join("example.4dm"))?;
        Ok(shelf)
    }

    fn project(&self) -> project::Project {
        project::open(&self.0.join("example.4dm")).map(|opened| opened.project).unwrap_or_default()
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        // What stays behind lies in the folder of the system for such things.
        _ = sandbox::remove_folder_with_contents(&self.0);
    }
}

/// The lines of `.args` as values of the declared parameters.
fn arguments(
    engine: &Engine,
    entry: MethodId,
    words: &[String],
    convert: Convert,
) -> Result<Vec<Argument>, String> {
    let signature = engine.signature(entry);
    let declared: Vec<(String, Type)> =
        signature.parameters.iter().map(|(name, type_)| (name.to_string(), *type_)).collect();
    let values = convert(words, &declared, &engine.name(entry))?;
    values
        .iter()
        .map(|value| Argument::from_value(value).map_err(|error| error.details().message.clone()))
        .collect()
}
