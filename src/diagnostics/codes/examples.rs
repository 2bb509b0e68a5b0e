//! For each code a small program that has the problem, and the same program without it. `quatre explain` shows them, and
//! a test runs them: the first gives its code, the second does not.
//!
//! They stand in a text of their own, because code is read more easily as code:
//!
//! ```text
//! == Q3013 check
//! break
//! --
//! While (True)
//!     break
//! End while
//! ```
//!
//! The word behind the code says what is done with the program: it is checked, or run. A line `$ quatre …` names another
//! command line, `@ NAME` begins another file.

use std::sync::LazyLock;

use crate::diagnostics::{Code, codes};

/// The file of an example that names none.
pub const MAIN: &str = "main.4dm";

/// The problem and the way out.
#[derive(Debug)]
pub struct Example {
    /// The code that the first program gives.
    pub code: Code,
    /// A program that has the problem.
    pub bad: Side,
    /// The same without it.
    pub good: Side,
}

/// One program.
#[derive(Debug, Default)]
pub struct Side {
    /// Its files: name and text.
    pub files: Vec<(&'static str, String)>,
    /// The command line that shows it.
    pub command: String,
}

/// The text of all examples.
const TEXT: &str = include_str!("examples.txt");

static EXAMPLES: LazyLock<Vec<Example>> =
    LazyLock::new(|| TEXT.split("\n== ").skip(1).filter_map(read).collect());

/// All examples, in the order of their codes.
pub fn all() -> &'static [Example] {
    &EXAMPLES
}

/// The example of a code.
pub fn find(code: Code) -> Option<&'static Example> {
    EXAMPLES.iter().find(|example| example.code == code)
}

fn read(text: &'static str) -> Option<Example> {
    let (head, body) = text.split_once('\n')?;
    let (code, how) = head.split_once(' ')?;
    let (bad, good) = body.split_once("\n--\n")?;
    let code = codes::read(code)?;
    Some(Example { code, bad: side(bad, how), good: side(good, how) })
}

fn side(text: &'static str, how: &str) -> Side {
    let mut side = Side { files: Vec::new(), command: format!("quatre {how} {MAIN}") };
    let mut name = MAIN;
    let mut content = String::new();
    for line in text.trim_end().lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            side.command = command.to_owned();
        } else if let Some(next) = line.strip_prefix("@ ") {
            if !content.is_empty() {
                side.files.push((name, std::mem::take(&mut content)));
            }
            name = next;
        } else {
            content.push_str(line);
            content.push('\n');
        }
    }
    if !content.is_empty() {
        side.files.push((name, content));
    }
    side
}
