//! Help, made from the tables: an overview, and a page a command in a short and a long form.

use crate::cli::args::{Group, Opt, Takes};
use crate::cli::{COMMANDS, Command};

/// The page of `quatre --help`; the short one leaves out what is rarely used.
pub fn overview(is_long: bool) -> String {
    let mut text = String::from(
        "Quatre runs the 4D language: scripts, projects, tests, and a prompt to try it.\n\nUsage: quatre [COMMAND] [OPTIONS]\n\n",
    );
    let rows: Vec<(String, &str)> = COMMANDS
        .iter()
        .filter(|command| command.run.is_some())
        .map(|command| (format!("{} {}", command.name, command.arguments), command.summary))
        .collect();
    push_rows(&mut text, &rows);
    text.push_str("\nExamples\n");
    for command in COMMANDS.iter().filter(|command| command.run.is_some()) {
        if let Some(example) = command.examples.first() {
            text.push_str(&format!("  {example}\n"));
        }
    }
    text.push_str("  quatre --project P/Project/P.4DProject --startup-method test --dataless\n");
    if is_long {
        let later: Vec<&str> =
            COMMANDS.iter().filter(|c| c.run.is_none()).map(|command| command.name).collect();
        text.push_str(&format!("\nNot built yet: {}\n", later.join(", ")));
        push_group(&mut text, &crate::cli::options::TOOL4D, true);
        push_group(&mut text, &crate::cli::options::COMMON, true);
    }
    text.push_str("\nAll options: quatre COMMAND --help\n");
    text
}

/// The page of a command.
pub fn of(command: &Command, groups: &[&'static Group], is_long: bool) -> String {
    let mut text = format!("{}: {}\n\n", call(command).trim_end(), command.summary);
    text.push_str(&format!("Usage: {}{} [OPTIONS]\n", call(command), command.arguments));
    if !command.examples.is_empty() {
        text.push_str("\nExamples\n");
    }
    let count = if is_long { usize::MAX } else { 2 };
    for example in command.examples.iter().take(count) {
        text.push_str(&format!("  {example}\n"));
    }
    if is_long && !command.details.is_empty() {
        text.push_str(&format!("\n{}\n", command.details));
    }
    for group in groups {
        push_group(&mut text, group, is_long);
    }
    if !is_long {
        text.push_str(&format!("\nAll options: {} --help\n", call(command).trim_end()));
    }
    text
}

/// What a user types to reach a command. The form of tool4d has no name.
pub fn call(command: &Command) -> String {
    if command.name == crate::cli::project::COMMAND.name {
        "quatre ".into()
    } else {
        format!("quatre {} ", command.name)
    }
}

fn push_group(text: &mut String, group: &Group, is_long: bool) {
    let shown = group.options.iter().filter(|option| option.is_built && (is_long || option.is_daily));
    let rows: Vec<(String, &str)> = shown.map(|option| (spelling(option), option.help)).collect();
    if !rows.is_empty() {
        text.push_str(&format!("\n{}\n", group.title));
        push_rows(text, &rows);
    }
}

/// `-q, --quiet`, `--color WHEN`
pub fn spelling(option: &Opt) -> String {
    let letter = option.short.map_or_else(String::new, |letter| format!("-{letter}, "));
    match option.takes {
        Takes::Nothing => format!("{letter}--{}", option.name),
        Takes::Value(value) => format!("{letter}--{} {value}", option.name),
        Takes::Perhaps(value) => format!("{letter}--{}[={value}]", option.name),
    }
}

/// Two columns; a left side that is too wide gets a line of its own.
fn push_rows(text: &mut String, rows: &[(String, &str)]) {
    const WIDEST: usize = 26;
    let width =
        rows.iter().map(|(left, _)| left.chars().count()).filter(|width| *width <= WIDEST).max().unwrap_or(0);
    for (left, right) in rows {
        if left.chars().count() > width {
            text.push_str(&format!("  {left}\n  {:width$}   {right}\n", ""));
        } else {
            text.push_str(&format!("  {left:width$}   {right}\n"));
        }
    }
}
