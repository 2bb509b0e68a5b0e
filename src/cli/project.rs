//! The form of tool4d: `quatre --project P/Project/P.4DProject --startup-method M`, without a command in front, so
//! that pipelines made for tool4d run as they are.

use crate::cli::args::{Arguments, Usage};
use crate::cli::output::Output;
use crate::cli::run::{Job, execute};
use crate::cli::{Command, Exit, options};

/// Like the row of a subcommand, but reached without a name.
pub const COMMAND: Command = Command {
    name: "project",
    arguments: "--project PATH",
    summary: "open a project as tool4d does",
    details: "PATH is a .4DProject or .4DLink file, or the folder of a project; it may also stand alone.",
    examples: &["quatre --project P/Project/P.4DProject --startup-method test --dataless"],
    groups: &[&options::TOOL4D, &options::RUN, &options::LIMITS],
    run: Some(run),
};

/// Accepted, because pipelines write them, though nothing hangs on them.
const WITHOUT_EFFECT: &[&str] = &[
    "dataless",
    "opening-mode",
    "headless",
    "data",
    "create-data",
    "utility",
    "webadmin-settings-file",
    "webadmin-access-key",
    "webadmin-auto-start",
    "webadmin-store-settings",
];

fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Usage> {
    let given = arguments.value("project").map(std::ffi::OsStr::to_owned);
    let (path, words) = match (given, arguments.values.split_first()) {
        (Some(path), _) => (path, arguments.values.as_slice()),
        (None, Some((path, rest))) => (path.clone(), rest),
        (None, None) => return Err(Usage::new("no project to open", "write it as: quatre --project PATH")),
    };
    for name in arguments.names().filter(|name| WITHOUT_EFFECT.contains(name)) {
        output.say_if_verbose(&format!("--{name} is accepted and has no effect"));
    }
    let words: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    execute(Job::Path(path), &words, arguments, output)
}
