//! `quatre fmt PATH...`: lays files out as 4D's editor does.
//!
//! A file is written only when its text changes, and never when it has errors of syntax or when what came out would not
//! be the same code.

use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::cli::args::{Arguments, Group, Opt, Usage};
use crate::cli::output::{Output, choice, counted, exit_of, plural};
use crate::cli::{Command, Exit};
use crate::diagnostics::place::path_name;
use crate::diagnostics::{Code, Diagnostic};
use crate::engine::{catalog, project};
use crate::format::{Refusal, Tokens, Vocabulary, format};
use crate::golden::diff;
use crate::runtime::host::SystemHost;
use crate::runtime::sandbox::{self, Kind};
use crate::source::{SourceFile, Sources};
use crate::syntax::lexer::FileKind;
use crate::syntax::{Known, Names};

/// Options of `fmt` alone.
static OPTIONS: Group = Group {
    title: "Options of fmt",
    options: &[
        Opt::flag("check", "write nothing; name the files that would change, and exit 1 if there are any")
            .daily(),
        Opt::flag("diff", "write nothing; show what would change, and exit 1 if anything would").daily(),
        Opt::value(
            "tokens",
            "add|remove|keep",
            "tokens such as `:C41` behind the names of commands and constants",
        ),
        Opt::value("stdin-name", "FILE", "what the text read from `-` is called; `Classes/X.4dm` is a class"),
    ],
};

/// The row of the table of commands.
pub const COMMAND: Command = Command {
    name: "fmt",
    arguments: "PATH...",
    summary: "lay files out as 4D's editor does",
    details: "PATH is a file, a folder (all .4dm files below it), a project, or - for standard input, whose text goes \
              to standard output.\nIndentation, blanks and the spelling of keywords and commands become those of 4D's \
              editor, so that a method saved in 4D\nstays as it is. Comments, names, texts and numbers stay as they are. \
              A file with errors of syntax is left alone.",
    examples: &[
        "quatre fmt Project",
        "quatre fmt --check Project",
        "quatre fmt --diff Project/Sources/Methods/hello.4dm",
        "quatre fmt --tokens=remove - < hello.4dm",
    ],
    groups: &[&OPTIONS],
    run: Some(run),
};

/// What is done with a text that changes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Write,
    Check,
    Diff,
}

fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Usage> {
    if arguments.values.is_empty() {
        return Err(Usage::new("nothing to lay out", "write it as: quatre fmt PATH..."));
    }
    let tokens = match arguments.text("tokens").as_deref() {
        None | Some("keep") => Tokens::Keep,
        Some("add") => Tokens::Add,
        Some("remove") => Tokens::Remove,
        Some(other) => return Err(choice("tokens", other, &["add", "remove", "keep"])),
    };
    let mode = if arguments.has("diff") {
        Mode::Diff
    } else if arguments.has("check") {
        Mode::Check
    } else {
        Mode::Write
    };
    let mut work = Work {
        tokens,
        mode,
        output,
        sources: Sources::new(),
        projects: Projects::default(),
        problems: Vec::new(),
        changed: 0,
        seen: 0,
    };
    for value in &arguments.values {
        if value == "-" {
            work.input(&arguments.text("stdin-name").unwrap_or_else(|| "<stdin>".into()));
        } else {
            work.path(Path::new(value));
        }
    }
    Ok(work.end())
}

/// The names of the methods around a file.
#[derive(Default)]
struct Projects {
    /// Which project, or lone folder, a folder belongs to.
    homes: FxHashMap<PathBuf, PathBuf>,
    methods: FxHashMap<PathBuf, FxHashSet<String>>,
}

/// The commands and constants, and the methods of a project.
struct Known4D<'a> {
    methods: Option<&'a FxHashSet<String>>,
}

impl Names for Known4D<'_> {
    fn find(&self, words: &str) -> Option<Known> {
        let is_method = || self.methods.is_some_and(|methods| methods.contains(&words.to_lowercase()));
        catalog().find(words).or_else(|| is_method().then_some(Known::Method))
    }
}

impl Projects {
    fn methods(&mut self, file: &Path) -> Option<&FxHashSet<String>> {
        let folder = file.parent()?.to_owned();
        let find = || project::enclosing(file).unwrap_or_else(|| project::home(file));
        let home = self.homes.entry(folder).or_insert_with(find).clone();
        Some(self.methods.entry(home).or_insert_with(|| {
            let opened = project::open(file).ok();
            let methods = opened.into_iter().flat_map(|opened| opened.project.methods);
            methods.map(|method| method.name.to_lowercase()).collect()
        }))
    }
}

/// The work on all paths.
struct Work<'a> {
    tokens: Tokens,
    mode: Mode,
    output: &'a Output,
    sources: Sources,
    projects: Projects,
    problems: Vec<Diagnostic>,
    seen: usize,
    changed: usize,
}

impl Work<'_> {
    fn path(&mut self, path: &Path) {
        match sandbox::kind(path) {
            None => self.problems.push(unable("read", path, "there is nothing of that name")),
            Some(Kind::File)
                if project::has_extension(path, "4DProject") || project::has_extension(path, "4DLink") =>
            {
                match project::open(path) {
                    Ok(opened) => opened.project.files().for_each(|member| self.file(&member.path)),
                    Err(problem) => self.problems.push(*problem),
                }
            }
            Some(Kind::File) => self.file(path),
            Some(Kind::Folder) => {
                let mut files = Vec::new();
                project::code_below(path, &mut files);
                files.iter().for_each(|file| self.file(file));
            }
        }
    }

    fn file(&mut self, path: &Path) {
        let bytes = match sandbox::read(path) {
            Ok(bytes) => bytes,
            Err(problem) => return self.problems.push(unable("read", path, &sandbox::reason(&problem))),
        };
        let name = path.to_string_lossy().into_owned();
        let file = match self.sources.add(name, Some(path.to_owned()), bytes.clone()) {
            Ok(file) => file,
            Err(problem) => return self.problems.push(unable("read", path, &problem.to_string())),
        };
        let Some(text) = self.laid_out(&file, kind_of(path), path) else { return };
        let name = path_name(path, &self.output.look.base);
        if text.as_bytes() == bytes {
            return self.output.say_if_verbose(&format!("{name}: as it should be"));
        }
        self.changed += 1;
        match self.mode {
            Mode::Check => self.output.result(&format!("{name}\n")),
            Mode::Diff => self.output.result(&diff::unified(&name, &file.text, &text)),
            Mode::Write => match sandbox::replace(path, text.as_bytes()) {
                Ok(()) => self.output.say_if_verbose(&format!("{name}: laid out")),
                Err(problem) => self.problems.push(unable("write", path, &sandbox::reason(&problem))),
            },
        }
    }

    fn input(&mut self, name: &str) {
        let read = SystemHost::read_all_input().map_err(|problem| sandbox::reason(&problem));
        let file =
            read.and_then(|bytes| self.sources.add(name.to_owned(), None, bytes).map_err(|p| p.to_string()));
        let file = match file {
            Ok(file) => file,
            Err(why) => return self.problems.push(unable("read", Path::new(name), &why)),
        };
        let path = Path::new(name);
        let Some(text) = self.laid_out(&file, kind_of(path), path) else {
            // A filter in an editor must not lose the text.
            if self.mode == Mode::Write {
                self.output.result(&file.text);
            }
            return;
        };
        self.changed += usize::from(*text != *file.text);
        match self.mode {
            Mode::Write => self.output.result(&text),
            Mode::Check if *text != *file.text => self.output.result(&format!("{name}\n")),
            Mode::Diff => self.output.result(&diff::unified(name, &file.text, &text)),
            Mode::Check => {}
        }
    }

    /// The text of a file laid out; none, and a problem told, when it cannot be.
    fn laid_out(&mut self, file: &SourceFile, kind: FileKind, path: &Path) -> Option<String> {
        self.seen += 1;
        let names = Known4D { methods: self.projects.methods(path) };
        match format(file, kind, Vocabulary { names: &names, catalog: catalog() }, self.tokens) {
            Ok(text) => Some(text),
            Err(Refusal::Syntax(problems)) => {
                self.problems.extend(problems);
                None
            }
            Err(Refusal::Differs) => {
                let message = format!("no layout of `{}` was found that is the same code", file.name);
                let problem = Diagnostic::error(Code::Quatre(6007), message);
                self.problems.push(problem.help("the file is as it was; please report it with its text"));
                None
            }
        }
    }

    fn end(self) -> Exit {
        let is_unread = self.problems.iter().any(|problem| matches!(problem.code, Code::Quatre(6000..=6006)));
        let problems = self.output.judge(self.problems);
        if !problems.is_empty() || !self.output.is_human() {
            self.output.problems(&problems, &self.sources, &[]);
        }
        let (verb, rest) = match self.mode {
            Mode::Write => ("changed", ""),
            Mode::Check | Mode::Diff => ("would change", ": quatre fmt does it"),
        };
        let rest = if self.changed == 0 { "" } else { rest };
        let counted = if problems.is_empty() { String::new() } else { format!(", {}", counted(&problems)) };
        let changed = if self.changed == 0 { "none".to_owned() } else { self.changed.to_string() };
        let all = plural(self.seen, "file");
        self.output.say_unless_quiet(&format!("{all}, {changed} {verb}{counted}{rest}\n"));
        let found = self.mode != Mode::Write && self.changed > 0;
        let is_defect = problems.iter().any(|problem| problem.code == Code::Quatre(6007));
        let exit = if is_unread { Exit::Usage } else { Exit::Fine };
        let exit = if is_defect { Exit::Defect } else { exit };
        exit.max(exit_of(&problems)).max(if found { Exit::Problem } else { Exit::Fine })
    }
}

/// A file in a folder `Classes` is a class.
fn kind_of(path: &Path) -> FileKind {
    let folder = path.parent().and_then(|folder| folder.file_name());
    if folder.is_some_and(|name| name.eq_ignore_ascii_case("Classes")) {
        FileKind::Class
    } else {
        FileKind::Method
    }
}

fn unable(verb: &str, path: &Path, why: &str) -> Diagnostic {
    let message = format!("cannot {verb} `{}`: {why}", path_name(path, &SystemHost::working_directory()));
    Diagnostic::error(Code::Quatre(6001), message)
}
