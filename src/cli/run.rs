//! `quatre run FILE.4dm [ARG...]`: runs a script, or a method inside a project.
//!
//! The one place where the command line meets the engine: `eval` and the form of tool4d come through here too.

use crate::cli::args::{Arguments, Usage};
use crate::cli::output::Output;
use crate::cli::prepare::{Prepared, Stop};
use crate::cli::{Command, Exit, options};

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
}

fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Usage> {
    let Some((file, values)) = arguments.values.split_first() else {
        return Err(Usage::new("nothing to run", "write it as: quatre run FILE.4dm"));
    };
    let job = if file == "-" { Job::Text("<stdin>".into(), read_input()?) } else { Job::Path(file.clone()) };
    let words: Vec<String> = values.iter().map(|value| value.to_string_lossy().into_owned()).collect();
    execute(&job, &words, arguments, output)
}

/// The program on standard input.
fn read_input() -> Result<Vec<u8>, Usage> {
    crate::runtime::host::SystemHost::read_all_input().map_err(|problem| {
        Usage::new(format!("cannot read standard input: {problem}"), "give a file instead")
    })
}

/// Runs a job with these arguments.
pub fn execute(job: &Job, words: &[String], arguments: &Arguments, output: &Output) -> Result<Exit, Usage> {
    let prepared = match Prepared::new(arguments, output) {
        Ok(prepared) => prepared,
        Err(Stop::Usage(usage)) => return Err(usage),
        Err(Stop::Reported) => return Ok(Exit::Usage),
    };
    _ = (job, words, prepared.has_failed_by_convention(), prepared.fixture, prepared.user_param);
    Err(Usage::new("running is not built yet (Q9101)", "what works: quatre --help"))
}
