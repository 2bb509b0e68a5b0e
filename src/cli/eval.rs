//! `quatre eval CODE`: runs a snippet; of a single expression the value is printed.

use crate::cli::args::{Arguments, Usage};
use crate::cli::output::Output;
use crate::cli::run::{Job, execute};
use crate::cli::{Command, Exit, options};

/// The row of the table of commands.
pub const COMMAND: Command = Command {
    name: "eval",
    arguments: "CODE",
    summary: "run a snippet, print the value of an expression",
    details: "Several statements stand on several lines; then nothing is printed but what they print.",
    examples: &[
        "quatre eval '1+2*3'",
        "quatre eval 'Session info(Session.id).type'",
        "quatre eval --json '\"text\"'",
    ],
    groups: &[&options::EVAL, &options::RUN, &options::LIMITS],
    run: Some(run),
};

fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Usage> {
    let Some((code, words)) = arguments.values.split_first() else {
        return Err(Usage::new("nothing to evaluate", "write it as: quatre eval '1+2*3'"));
    };
    let code = code.to_string_lossy().into_owned();
    let words: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    execute(Job::Snippet(code), &words, arguments, output)
}
