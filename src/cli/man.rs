//! The manual page, in the language of `man`, from the tables that the help comes from.

use crate::cli::args::{Group, Opt};
use crate::cli::help::spelling;
use crate::cli::{COMMANDS, options};

/// The page of all commands.
pub fn page() -> String {
    let mut page = format!(
        ".TH QUATRE 1 \"\" \"quatre {}\" \"Quatre\"\n.SH NAME\nquatre \\- the 4D language without 4D\n.SH SYNOPSIS\n.B quatre\n[COMMAND] [OPTIONS]\n.SH COMMANDS\n",
        env!("CARGO_PKG_VERSION")
    );
    for command in COMMANDS.iter().filter(|command| command.run.is_some()) {
        page.push_str(&format!(
            ".SS quatre {} {}\n{}.\n",
            command.name,
            text(command.arguments),
            text(command.summary)
        ));
        if !command.details.is_empty() {
            page.push_str(&format!(".PP\n{}\n", text(command.details)));
        }
        for example in command.examples {
            page.push_str(&format!(".PP\n.RS\n.B {}\n.RE\n", text(example)));
        }
        for group in command.groups {
            push(&mut page, group);
        }
    }
    page.push_str(".SH OPTIONS OF ALL COMMANDS\n");
    push(&mut page, &options::COMMON);
    page.push_str(".SH OPTIONS OF TOOL4D\n");
    push(&mut page, &options::TOOL4D);
    page.push_str(
        ".SH EXIT STATUS\n0: all well. 1: a problem in the code that was run, checked or tested. 2: bad usage. 70: a defect of Quatre. 130, 143: interrupted.\n",
    );
    page
}

fn push(page: &mut String, group: &Group) {
    let is_shown = |option: &&Opt| option.is_built;
    for option in group.options.iter().filter(is_shown) {
        page.push_str(&format!(".TP\n.B {}\n{}.\n", text(&spelling(option)), text(option.help)));
    }
}

/// A text that holds no command of `man`.
fn text(plain: &str) -> String {
    let escaped = plain.replace('\\', "\\e").replace('-', "\\-");
    let line =
        |line: &str| if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line.to_owned() };
    escaped.lines().map(line).collect::<Vec<_>>().join("\n")
}
