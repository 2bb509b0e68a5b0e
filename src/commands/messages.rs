//! Theme Messages: what a program tells its user and asks him, over the standard streams.
//!
//! What it tells goes to standard output, a line each. What it asks is prompted for on standard error, and only when
//! a person types the answer, so that standard output holds nothing but the program's own lines.

use crate::builtin::{Command, Theme};
use crate::native;
use crate::runtime::process::Process;
use crate::value::text::Text;

/// Messages
pub const THEME: Theme =
    Theme { name: "Messages", commands: &[ALERT, CONFIRM, MESSAGE, MESSAGES_OFF, MESSAGES_ON, REQUEST] };

const ALERT: Command = Command {
    number: 41,
    name: "ALERT",
    thread_safe: true,
    help: "Writes a text and a line end to standard output.",
    syntaxes: &[native!(alert(process, message, okButtonTitle))],
};

fn alert(process: &mut Process, message: Text, _ok_title: Option<Text>) {
    write_line(process, &message);
}

const MESSAGE: Command = Command {
    number: 88,
    name: "MESSAGE",
    thread_safe: false,
    help: "Writes a text and a line end to standard output.",
    syntaxes: &[native!(message(process, message))],
};

fn message(process: &mut Process, message: Text) {
    write_line(process, &message);
}

/// One write, so that the lines of two processes never mix.
fn write_line(process: &Process, text: &Text) {
    let mut line = text.to_str().into_owned();
    line.push('\n');
    process.runtime.host.write_out(&line);
}

const MESSAGES_OFF: Command = Command {
    number: 175,
    name: "MESSAGES OFF",
    thread_safe: true,
    help: "Switches progress indicators off; there are none here.",
    syntaxes: &[native!(no_indicators())],
};

const MESSAGES_ON: Command = Command {
    number: 181,
    name: "MESSAGES ON",
    thread_safe: true,
    help: "Switches progress indicators on; there are none here.",
    syntaxes: &[native!(no_indicators())],
};

fn no_indicators() {}

const CONFIRM: Command = Command {
    number: 162,
    name: "CONFIRM",
    thread_safe: true,
    help: "Asks a question whose answer, one line of standard input, sets OK to 1 or 0.",
    syntaxes: &[native!(confirm(process, message, okButtonTitle, cancelButtonTitle))],
};

fn confirm(process: &mut Process, message: Text, ok_title: Option<Text>, cancel_title: Option<Text>) {
    let title = |text: Option<Text>, default: &str| match text {
        Some(text) if !text.is_empty() => text.to_str().into_owned(),
        _ => default.to_owned(),
    };
    let (ok_title, cancel_title) = (title(ok_title, "OK"), title(cancel_title, "Cancel"));
    let prompt = format!("{} [{ok_title}/{cancel_title}] ", message.to_str());
    let answer = loop {
        match ask(process, &prompt) {
            Answer::ByItself => break true,
            Answer::End => break false,
            Answer::Line(line) => match meaning(&line, &ok_title, &cancel_title) {
                Some(answer) => break answer,
                None if process.runtime.host.is_interactive() => {}
                None => break false,
            },
        }
    };
    process.set_ok(answer);
}

/// What an answer means; `None` when it is neither yes nor no.
fn meaning(line: &str, ok_title: &str, cancel_title: &str) -> Option<bool> {
    let answer = line.trim().to_lowercase();
    if answer.is_empty() || answer == ok_title.to_lowercase() {
        return Some(true);
    }
    if answer == cancel_title.to_lowercase() {
        return Some(false);
    }
    match answer.as_str() {
        "y" | "yes" | "o" | "oui" | "1" => Some(true),
        "n" | "no" | "non" | "0" => Some(false),
        _ => None,
    }
}

const REQUEST: Command = Command {
    number: 163,
    name: "Request",
    thread_safe: true,
    help: "Asks for a text and gives the line of standard input that answers, or the default for an empty one.",
    syntaxes: &[native!(request(process, message, defaultResponse, OKButtonTitle, CancelButtonTitle))],
};

fn request(
    process: &mut Process,
    message: Text,
    default: Option<Text>,
    _ok_title: Option<Text>,
    _cancel_title: Option<Text>,
) -> Text {
    let default = default.unwrap_or_default();
    let prompt = if default.is_empty() {
        format!("{} ", message.to_str())
    } else {
        format!("{} [{}] ", message.to_str(), default.to_str())
    };
    let answer = match ask(process, &prompt) {
        Answer::ByItself => Some(default),
        Answer::End => None,
        Answer::Line(line) if line.is_empty() => Some(default),
        Answer::Line(line) => Some(Text::from(line.as_str())),
    };
    process.set_ok(answer.is_some());
    answer.unwrap_or_default()
}

/// How a question was answered.
enum Answer {
    /// Nobody is asked: the standard button of the dialog counts as pressed.
    ByItself,
    /// There is no more input.
    End,
    /// With this line.
    Line(String),
}

fn ask(process: &mut Process, prompt: &str) -> Answer {
    let host = &process.runtime.host;
    if process.runtime.options.no_input || !host.takes_input() {
        return Answer::ByItself;
    }
    if host.is_interactive() {
        host.prompt(prompt);
    }
    host.read_line().map_or(Answer::End, Answer::Line)
}

#[cfg(test)]
mod tests {
    use super::meaning;

    #[test]
    fn answers_in_both_languages_and_by_title() {
        let of = |line| meaning(line, "Delete", "Keep");
        assert_eq!([of(""), of("  "), of("Y"), of("oui"), of("delete"), of("1")], [Some(true); 6]);
        assert_eq!([of("n"), of("NON"), of("keep"), of("0")], [Some(false); 4]);
        assert_eq!([of("perhaps"), of("ok")], [None; 2]);
    }
}
