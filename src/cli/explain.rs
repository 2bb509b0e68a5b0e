//! `quatre explain CODE`: what a problem means, with an example and the way out.

use crate::cli::args::{Arguments, Usage};
use crate::cli::output::Output;
use crate::cli::{Command, Exit};
use crate::diagnostics::Code;
use crate::diagnostics::codes::{self, examples};

/// The row of the table of commands.
pub const COMMAND: Command = Command {
    name: "explain",
    arguments: "CODE...",
    summary: "what an error code means",
    details: "CODE is one of Quatre's, like Q6101, or a number of 4D, like -10518. `list` prints all that are explained.",
    examples: &["quatre explain Q6101", "quatre explain -10518", "quatre explain list"],
    groups: &[],
    run: Some(run),
};

fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Usage> {
    if arguments.values.is_empty() {
        return Err(Usage::new("no code to explain", "write it as: quatre explain Q6101"));
    }
    let texts: Result<Vec<String>, Usage> =
        arguments.values.iter().map(|word| explain(&word.to_string_lossy())).collect();
    output.result(&texts?.join("\n"));
    Ok(Exit::Fine)
}

/// What `quatre explain` prints.
pub fn explain(word: &str) -> Result<String, Usage> {
    if word == "list" {
        return Ok(list());
    }
    let unknown = || Usage::new(format!("no code `{word}`"), "all codes: quatre explain list");
    let code = codes::read(word).ok_or_else(unknown)?;
    let (title, text) = match code {
        Code::Quatre(number) => codes::find(number).map(|row| (row.title, row.explanation)),
        Code::Native(number) => codes::find_native(number).map(|row| (row.title, row.explanation)),
    }
    .ok_or_else(unknown)?;
    Ok(format!("{code}: {title}\n\n{text}\n{}", example(code)))
}

/// A program that has the problem, and the same without it.
fn example(code: Code) -> String {
    let Some(example) = examples::find(code) else { return String::new() };
    let shown = |title: &str, side: &examples::Side| {
        let mut text = format!("\n{title}\n\n");
        for (name, content) in &side.files {
            if side.files.len() > 1 || *name != examples::MAIN {
                text.push_str(&format!("    // {name}\n"));
            }
            for line in content.lines() {
                text.push_str(&format!("{}\n", format!("    {line}").trim_end()));
            }
        }
        text.push_str(&format!("    $ {}\n", side.command));
        text
    };
    format!("{}{}", shown("The problem:", &example.bad), shown("The way out:", &example.good))
}

fn list() -> String {
    let own = codes::rows().map(|row| (Code::Quatre(row.number), row.title));
    let native = codes::native_rows().map(|row| (Code::Native(row.number), row.title));
    own.chain(native).map(|(code, title)| format!("{:7} {title}\n", code.to_string())).collect()
}
