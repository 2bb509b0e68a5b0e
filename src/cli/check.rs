//! `quatre check PATH...`: finds the problems of files without running them.
//!
//! Files are read and checked side by side on all cores; reports come in the order of their paths, so the same files
//! always give the same text.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::cli::args::{Arguments, Usage};
use crate::cli::output::{Output, counted, exit_of};
use crate::cli::{Command, Exit, options};
use crate::diagnostics::place::{merged, path_name};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::engine::checking::{Checker, Depth};
use crate::engine::project::{self, code_below, has_extension};
use crate::runtime::host::SystemHost;
use crate::runtime::sandbox::watch::Watch;
use crate::runtime::sandbox::{self, Kind};
use crate::source::Sources;

/// The row of the table of commands.
pub const COMMAND: Command = Command {
    name: "check",
    arguments: "PATH...",
    summary: "find the errors without running",
    details: "PATH is a file, a folder (all .4dm files below it), a project, or - for standard input.",
    examples: &[
        "quatre check Project",
        "quatre check --syntax-only legacy/ --format short",
        "quatre check --syntax-only - --stdin-name hello.4dm < hello.4dm",
    ],
    groups: &[&options::CHECK],
    run: Some(run),
};

/// One text to be checked.
enum Text {
    /// A file that is read when its turn comes.
    File(PathBuf),
    /// Standard input under this name.
    Input(String),
}

fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Usage> {
    if arguments.values.is_empty() {
        return Err(Usage::new("nothing to check", "write it as: quatre check PATH..."));
    }
    let jobs = jobs(arguments)?;
    if arguments.has("watch") {
        return watch(arguments, jobs, output);
    }
    once(arguments, jobs, output)
}

/// Checks again after each change, until the program is interrupted.
fn watch(arguments: &Arguments, jobs: usize, output: &Output) -> Result<Exit, Usage> {
    if arguments.values.iter().any(|value| value == "-") {
        return Err(Usage::new("standard input cannot be watched", "name files or folders"));
    }
    let mut exit = once(arguments, jobs, output)?;
    let paths: Vec<&Path> =
        arguments.values.iter().map(Path::new).filter(|p| sandbox::kind(p).is_some()).collect();
    let unable = |problem: std::io::Error| {
        Usage::new(format!("cannot watch: {}", sandbox::reason(&problem)), "leave out --watch")
    };
    if paths.is_empty() {
        return Ok(exit);
    }
    let watch = Watch::new(paths).map_err(unable)?;
    output.say_unless_quiet("waiting for changes\n");
    while let Some(changed) = watch.wait() {
        let is_code = |path: &PathBuf| {
            ["4dm", "4DProject", "4DCatalog", "4DSettings"].iter().any(|e| has_extension(path, e))
        };
        if changed.iter().any(is_code) {
            exit = once(arguments, jobs, output)?;
        }
    }
    Ok(exit)
}

/// Checks all paths once.
fn once(arguments: &Arguments, jobs: usize, output: &Output) -> Result<Exit, Usage> {
    let start = Instant::now();
    let (texts, mut problems) = texts(arguments, output)?;
    let sources = Arc::new(Sources::new());
    let checker = Checker::new(
        Arc::clone(&sources),
        if arguments.has("syntax-only") { Depth::Syntax } else { Depth::Names },
    );
    for found in check_all(&texts, &checker, jobs, output) {
        problems.extend(found);
    }
    let is_unread = problems.iter().any(|problem| matches!(problem.code, Code::Quatre(6000..=6999)));
    let worst = if is_unread { Exit::Usage } else { Exit::Fine };
    let away = set_aside(&mut problems, output.is_verbose);
    let problems = output.judge(merged(problems, &sources));
    // A machine reads a document even when it says that nothing was found.
    if !problems.is_empty() || !output.is_human() {
        output.problems(&problems, &sources, &[]);
    }
    output.problems_for_github(&problems, &sources);
    if output.is_human() && !output.is_quiet {
        let files = grouped(texts.len());
        let unit = if texts.len() == 1 { "file" } else { "files" };
        output.say(&format!("checked {files} {unit} in {}: {}\n", time(start.elapsed()), counted(&problems)));
        if away > 0 {
            let places = if away == 1 { "one place uses" } else { "places use" };
            let count = if away == 1 { String::new() } else { format!("{} ", grouped(away)) };
            output.say(&format!("{count}{places} what 4D has and Quatre cannot run: -v lists them\n"));
        }
    }
    Ok(worst.max(exit_of(&problems)))
}

/// What is real 4D and cannot run here is no mistake in the code: it is left out and counted, or shown as notes.
fn set_aside(problems: &mut Vec<Diagnostic>, is_shown: bool) -> usize {
    let is_away = |problem: &Diagnostic| matches!(problem.code, Code::Quatre(9000..=9999));
    if is_shown {
        problems.iter_mut().filter(|problem| is_away(problem)).for_each(|p| p.severity = Severity::Note);
        return 0;
    }
    let all = problems.len();
    problems.retain(|problem| !is_away(problem));
    all - problems.len()
}

fn jobs(arguments: &Arguments) -> Result<usize, Usage> {
    match arguments.text("jobs") {
        None => Ok(std::thread::available_parallelism().map_or(1, usize::from)),
        Some(text) => {
            let number = text.parse::<usize>().ok().filter(|number| *number > 0);
            number.ok_or_else(|| {
                Usage::new(format!("`--jobs` is a number from 1 on, not `{text}`"), "write it as: -j 4")
            })
        }
    }
}

/// The texts that the paths stand for, and the problems of paths that stand for none.
fn texts(arguments: &Arguments, output: &Output) -> Result<(Vec<Text>, Vec<Diagnostic>), Usage> {
    let (mut texts, mut problems) = (Vec::new(), Vec::new());
    // A file that is named is wanted; one that is found may be excluded.
    let is_wanted = |file: &PathBuf| !output.config.excludes(file);
    for value in &arguments.values {
        let path = Path::new(value);
        if value == "-" {
            texts.push(Text::Input(arguments.text("stdin-name").unwrap_or_else(|| "<stdin>".into())));
            continue;
        }
        match sandbox::kind(path) {
            None => problems.push(unreadable(path, "there is nothing of that name")),
            Some(Kind::File) if has_extension(path, "4DProject") || has_extension(path, "4DLink") => {
                match project::open(path) {
                    Ok(opened) => {
                        let files = opened.project.files().map(|member| member.path.clone());
                        texts.extend(files.filter(is_wanted).map(Text::File));
                        problems.extend(opened.project.problems);
                    }
                    Err(problem) => problems.push(*problem),
                }
            }
            Some(Kind::File) => texts.push(Text::File(path.to_owned())),
            Some(Kind::Folder) => {
                let mut files = Vec::new();
                code_below(path, &mut files);
                texts.extend(files.into_iter().filter(is_wanted).map(Text::File));
            }
        }
    }
    Ok((texts, problems))
}

/// Checks all texts, `jobs` at a time; the results come in the order of the texts.
fn check_all(texts: &[Text], checker: &Checker, jobs: usize, output: &Output) -> Vec<Vec<Diagnostic>> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel::<(usize, Vec<Diagnostic>)>();
    let mut all: Vec<Vec<Diagnostic>> = vec![Vec::new(); texts.len()];
    std::thread::scope(|scope| {
        for _ in 0..jobs.min(texts.len()) {
            let (sender, next) = (sender.clone(), &next);
            let work = move || {
                while let Some((index, text)) = take(texts, next) {
                    if sender.send((index, check(text, checker))).is_err() {
                        return;
                    }
                }
            };
            // Without a further thread the others do the work.
            _ = std::thread::Builder::new().name("check".into()).stack_size(STACK).spawn_scoped(scope, work);
        }
        drop(sender);
        let mut progress = Progress::new(texts.len(), output);
        for (done, (index, checked)) in receiver.iter().enumerate() {
            progress.show(done + 1, texts.get(index));
            if let Some(place) = all.get_mut(index) {
                *place = checked;
            }
        }
        progress.wipe();
    });
    all
}

/// The parser goes down as deep as brackets are nested.
const STACK: usize = 64 << 20;

fn take<'a>(texts: &'a [Text], next: &AtomicUsize) -> Option<(usize, &'a Text)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    Some((index, texts.get(index)?))
}

fn check(text: &Text, checker: &Checker) -> Vec<Diagnostic> {
    match text {
        Text::File(path) => checker.check(path),
        Text::Input(name) => match SystemHost::read_all_input() {
            Ok(bytes) => checker.check_text(name, bytes),
            Err(problem) => vec![unreadable(Path::new(name), &sandbox::reason(&problem))],
        },
    }
}

fn unreadable(path: &Path, why: &str) -> Diagnostic {
    let message = format!("cannot read `{}`: {why}", path_name(path, &SystemHost::working_directory()));
    Diagnostic::error(Code::Quatre(6001), message)
}

/// A line that tells how far the work is: on a terminal, after half a second, rewritten ten times a second at most.
struct Progress<'a> {
    is_shown: bool,
    has_line: bool,
    all: usize,
    last: Instant,
    output: &'a Output,
}

impl<'a> Progress<'a> {
    fn new(all: usize, output: &'a Output) -> Self {
        let is_shown = !output.is_quiet && output.is_human() && SystemHost::err_is_terminal();
        // As if the last line had been written later, so that the first one waits half a second.
        let last = Instant::now() + Duration::from_millis(400);
        Self { is_shown, has_line: false, all, last, output }
    }

    fn show(&mut self, done: usize, text: Option<&Text>) {
        if !self.is_shown || Instant::now().saturating_duration_since(self.last) < Duration::from_millis(100)
        {
            return;
        }
        let name = match text {
            Some(Text::File(path)) => path_name(path, &self.output.look.base),
            Some(Text::Input(name)) => name.clone(),
            None => String::new(),
        };
        let line = format!("checking {} / {}  {name}", grouped(done), grouped(self.all));
        let line: String = line.chars().take(self.output.look.width.saturating_sub(1)).collect();
        self.output.say(&format!("\r\u{1b}[K{line}"));
        self.has_line = true;
        self.last = Instant::now();
    }

    fn wipe(&self) {
        if self.has_line {
            self.output.say("\r\u{1b}[K");
        }
    }
}

/// Milliseconds below a second, else seconds with two digits.
fn time(elapsed: Duration) -> String {
    if elapsed < Duration::from_secs(1) {
        format!("{} ms", elapsed.as_millis())
    } else {
        format!("{:.2} s", elapsed.as_secs_f64())
    }
}

/// A number with its digits in groups of three on a terminal, plain elsewhere.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    if !SystemHost::err_is_terminal() {
        return digits;
    }
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('\u{2009}');
        }
        text.push(digit);
    }
    text
}
