//! The command line: the table of subcommands, and [`run()`].
//!
//! Arguments go through two steps: what was typed (`args`), then what it means (`output` for what all commands share,
//! one file a subcommand for the rest). Results go to standard output, everything that Quatre itself says to standard
//! error. A new subcommand is a file and a row in [`COMMANDS`]; help and suggestions come from the row.

pub mod args;
pub mod check;
pub mod completions;
pub mod config;
pub mod connect;
pub mod convert;
pub mod crash;
pub mod doc;
pub mod eval;
pub mod explain;
pub mod fmt;
pub mod help;
pub mod man;
pub mod options;
pub mod output;
pub mod prepare;
pub mod profile;
pub mod project;
pub mod repl;
pub mod run;
pub mod schema;
pub mod serve;
pub mod test;

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::ExitCode;

use crate::cli::args::{Arguments, Group, Usage};
use crate::cli::config::Config;
use crate::cli::output::Output;
use crate::diagnostics::suggest::nearest;
use crate::engine::project::has_extension;
use crate::runtime::host::SystemHost;
use crate::runtime::sandbox;

/// How a command ended. The order is that in which the worst of several wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: all well.
    #[default]
    Fine,
    /// 1: a problem in the user's code.
    Problem,
    /// 2: bad usage.
    Usage,
    /// 70: a defect of Quatre.
    Defect,
}

impl Exit {
    /// The code that the system gets.
    pub const fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Problem => 1,
            Self::Usage => 2,
            Self::Defect => 70,
        }
    }
}

/// A subcommand.
pub struct Command {
    /// Its name.
    pub name: &'static str,
    /// What stands after it: `FILE.4dm [ARG...]`.
    pub arguments: &'static str,
    /// What it does, in a line.
    pub summary: &'static str,
    /// What the long help adds.
    pub details: &'static str,
    /// Command lines worth trying.
    pub examples: &'static [&'static str],
    /// Its options; those that every command takes are added.
    pub groups: &'static [&'static Group],
    /// What it does; none when this version cannot do it yet.
    pub run: Option<Run>,
}

/// What a subcommand does with its arguments.
pub type Run = fn(&Arguments, &Output) -> Result<Exit, Usage>;

/// All subcommands, in the order of the help.
pub static COMMANDS: &[Command] = &[
    run::COMMAND,
    eval::COMMAND,
    repl::COMMAND,
    check::COMMAND,
    test::COMMAND,
    doc::COMMAND,
    explain::COMMAND,
    schema::COMMAND,
    fmt::COMMAND,
    serve::COMMAND,
    connect::COMMAND,
    completions::COMMAND,
    later("lsp", "", "the language server"),
    later("bench", "PATH...", "time programs"),
];

/// A command that is part of the plan but not of this version.
const fn later(name: &'static str, arguments: &'static str, summary: &'static str) -> Command {
    Command { name, arguments, summary, details: "", examples: &[], groups: &[], run: None }
}

/// The interpreter runs on a stack of its own: 4D programs may call themselves thousands of times. The memory is only
/// reserved, not used.
const STACK: usize = 1 << 30;

/// Runs the program with these arguments (the first is its own name).
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    crash::catch();
    let work = move || dispatch(arguments.into_iter().skip(1).collect());
    // A system that grants less room still runs all but the deepest programs.
    let sizes = [STACK, STACK / 4, STACK / 16];
    let thread = sizes.into_iter().find_map(|size| {
        let work = work.clone();
        std::thread::Builder::new().name("main".into()).stack_size(size).spawn(work).ok()
    });
    let exit = match thread {
        Some(thread) => thread.join().unwrap_or(Exit::Defect),
        None => work(),
    };
    let exit = if crash::has_happened() { Exit::Defect } else { exit };
    ExitCode::from(exit.code())
}

/// Finds out which command is meant, and runs it.
fn dispatch(words: Vec<OsString>) -> Exit {
    let result = match intended(&words) {
        Ok(Intended::Command(command, rest)) => start(command, rest),
        Ok(Intended::Help(is_long)) => {
            Output::plain().result(&help::overview(is_long));
            Ok(Exit::Fine)
        }
        Ok(Intended::Version) => {
            Output::plain().result(&format!("quatre {}\n", env!("CARGO_PKG_VERSION")));
            Ok(Exit::Fine)
        }
        Err(usage) => Err(usage),
    };
    result.unwrap_or_else(|usage| {
        Output::plain().usage(&usage);
        Exit::Usage
    })
}

/// What the words of a command line ask for.
enum Intended {
    Command(&'static Command, Vec<OsString>),
    Help(bool),
    Version,
}

/// The command is the first word that is neither an option nor its value; without one, options of tool4d, a file or a
/// project say what is meant.
fn intended(words: &[OsString]) -> Result<Intended, Usage> {
    let Some(index) = words.iter().position(|word| !is_leading_option(word, words)) else {
        return Ok(without_command(words));
    };
    let word = words.get(index).map(OsString::as_os_str).unwrap_or_default();
    let rest = || {
        let mut rest = words.to_vec();
        rest.remove(index);
        rest
    };
    if let Some(command) = COMMANDS.iter().find(|command| word == command.name) {
        return Ok(Intended::Command(command, rest()));
    }
    let path = Path::new(word);
    let text = word.to_string_lossy();
    if text == "help" {
        return Ok(Intended::Help(true));
    }
    if text.starts_with('-') && text != "-" {
        return Ok(Intended::Command(&project::COMMAND, words.to_vec()));
    }
    if text == "-" || has_extension(path, "4dm") {
        return Ok(Intended::Command(&run::COMMAND, words.to_vec()));
    }
    if ["4DProject", "4DLink"].iter().any(|e| has_extension(path, e)) || sandbox::is_folder(path) {
        return Ok(Intended::Command(&project::COMMAND, words.to_vec()));
    }
    let names = COMMANDS.iter().map(|command| command.name);
    Err(if sandbox::is_file(path) {
        Usage::new(
            format!("`{text}` is not a `.4dm` file"),
            format!("to run it all the same: quatre run {text}"),
        )
    } else if let Some(near) = nearest(&text, names) {
        Usage::new(format!("no command `{text}`; did you mean `{near}`?"), "all commands: quatre --help")
    } else {
        Usage::new(format!("no command and no file `{text}`"), "all commands: quatre --help")
    })
}

/// Whether a word is an option that every command takes, or the value of one, so that the command may stand behind
/// it. Help and version are left to the command when there is one.
fn is_leading_option(word: &OsStr, words: &[OsString]) -> bool {
    let text = word.to_string_lossy();
    let option_of = |text: &str| {
        let name = text.strip_prefix("--").map(|name| name.split('=').next().unwrap_or(name).to_owned());
        let letter = text.strip_prefix('-').filter(|rest| rest.chars().count() == 1);
        let letter = letter.and_then(|letter| letter.chars().next());
        let is_it = |option: &args::Opt| {
            name.as_deref() == Some(option.name) || (letter.is_some() && option.short == letter)
        };
        args::find(&[&options::COMMON], is_it)
    };
    if option_of(&text).is_some() || text == "-?" {
        return true;
    }
    // The value behind an option that was written without `=`.
    let before =
        words.iter().position(|other| std::ptr::eq(other.as_os_str(), word)).and_then(|i| i.checked_sub(1));
    let before = before.and_then(|index| words.get(index)).map(|word| word.to_string_lossy());
    before.is_some_and(|before| {
        !before.contains('=')
            && option_of(&before).is_some_and(|option| matches!(option.takes, args::Takes::Value(_)))
    })
}

/// Nothing but options: help, version, or a program on standard input.
fn without_command(words: &[OsString]) -> Intended {
    let has = |names: &[&str]| words.iter().any(|word| names.iter().any(|name| word == name));
    if has(&["--version", "-V"]) {
        return Intended::Version;
    }
    if has(&["--help", "-h", "-?"]) {
        return Intended::Help(has(&["--help"]));
    }
    if SystemHost::in_is_terminal() {
        let repl = COMMANDS.iter().find(|command| command.name == "repl");
        return repl.map_or(Intended::Help(false), |repl| Intended::Command(repl, words.to_vec()));
    }
    let mut words = words.to_vec();
    words.push("-".into());
    Intended::Command(&run::COMMAND, words)
}

/// Parses the arguments of a command and runs it.
fn start(command: &'static Command, words: Vec<OsString>) -> Result<Exit, Usage> {
    let Some(run) = command.run else {
        let message = format!("`quatre {}` is not built yet (Q9101)", command.name);
        return Err(Usage::new(message, "what works: quatre --help"));
    };
    let words = words.into_iter().map(|word| if word == "-?" { "-h".into() } else { word });
    let groups: Vec<&'static Group> = command.groups.iter().copied().chain([&options::COMMON]).collect();
    let words: Vec<OsString> = words.collect();
    // Help is given whatever else stands there.
    let asks =
        |names: &[&str]| words.iter().take_while(|word| *word != "--").any(|w| names.iter().any(|n| w == n));
    if asks(&["--help", "-h"]) {
        Output::plain().result(&help::of(command, &groups, asks(&["--help"])));
        return Ok(Exit::Fine);
    }
    let arguments = Arguments::parse(words, &groups, help::call(command).trim_end())?;
    if arguments.has("version") {
        Output::plain().result(&format!("quatre {}\n", env!("CARGO_PKG_VERSION")));
        return Ok(Exit::Fine);
    }
    let config = match Config::of(command.name, &arguments) {
        Ok(config) => config,
        Err(config::Stop::Usage(usage)) => return Err(usage),
        Err(config::Stop::Wrong(wrong)) => {
            let output = Output::new(&arguments)?;
            output.problems(&wrong.problems, &wrong.sources, &[]);
            output.count(&wrong.problems);
            return Ok(Exit::Usage);
        }
    };
    let mut arguments = arguments;
    config.fill(command.name, &mut arguments);
    let mut output = Output::new(&arguments)?;
    if let Some(file) = &config.file {
        output.say_if_verbose(&format!("settings: {}", file.display()));
    }
    output.config = config;
    run(&arguments, &output)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_of(words: &[&str]) -> String {
        let words: Vec<OsString> = words.iter().map(OsString::from).collect();
        match intended(&words) {
            Ok(Intended::Command(command, rest)) => format!("{} {}", command.name, rest.len()),
            Ok(Intended::Help(is_long)) => format!("help {is_long}"),
            Ok(Intended::Version) => "version".into(),
            Err(usage) => usage.message,
        }
    }

    #[test]
    fn the_command_is_found_behind_options() {
        assert_eq!(name_of(&["run", "a.4dm"]), "run 1");
        assert_eq!(name_of(&["--color", "never", "-q", "check", "src"]), "check 4");
        assert_eq!(name_of(&["a.4dm", "Ada"]), "run 2");
        assert_eq!(name_of(&["-"]), "run 1");
        assert_eq!(name_of(&["--project", "x.4DProject", "--dataless"]), "project 3");
        assert_eq!(name_of(&["x.4DProject", "--startup-method=m"]), "project 2");
        assert_eq!(name_of(&["--help"]), "help true");
        assert_eq!(name_of(&["-h"]), "help false");
        assert_eq!(name_of(&["--version"]), "version");
        assert_eq!(name_of(&["chek"]), "no command `chek`; did you mean `check`?");
        assert_eq!(name_of(&["banana"]), "no command and no file `banana`");
    }

    #[test]
    fn the_worst_exit_wins() {
        assert_eq!(Exit::Problem.max(Exit::Usage).code(), 2);
        assert_eq!(Exit::Usage.max(Exit::Defect).code(), 70);
    }

    #[test]
    fn commands_and_options_are_well_formed() {
        let mut names: Vec<&str> = COMMANDS.iter().map(|command| command.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COMMANDS.len());
        for command in COMMANDS.iter().chain([&project::COMMAND]) {
            let mut options: Vec<&str> = Vec::new();
            for option in
                command.groups.iter().copied().chain([&options::COMMON]).flat_map(|group| group.options)
            {
                assert!(!options.contains(&option.name), "--{} twice in {}", option.name, command.name);
                assert!(!option.help.is_empty() && !option.help.ends_with('.'), "help of --{}", option.name);
                options.push(option.name);
            }
        }
    }
}
