//! Inputs that nobody types: from a pipe, or a file that `.load` reads. Lines are gathered until an input is whole.

use crate::engine::completeness::pending;
use crate::repl::dialogue::{Dialogue, Next};
use crate::repl::dots;

/// Gathers lines to whole inputs.
#[derive(Debug, Default)]
pub struct Gatherer {
    text: String,
}

impl Gatherer {
    /// Takes a line; gives the input that is whole with it.
    pub fn take(&mut self, line: &str) -> Option<String> {
        if line.trim() == dots::BREAK {
            self.text.clear();
            return None;
        }
        // No line of 4D begins with a dot, unless it goes on with the one before.
        if self.text.is_empty() && line.trim_start().starts_with('.') {
            return Some(line.to_owned());
        }
        if self.text.is_empty() && line.trim().is_empty() {
            return None;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(line);
        if pending(&self.text).is_complete() { self.rest() } else { None }
    }

    /// What was gathered when no line comes any more.
    pub fn rest(&mut self) -> Option<String> {
        let text = std::mem::take(&mut self.text);
        (!text.trim().is_empty()).then_some(text)
    }
}

/// Answers all inputs of a source of lines; `false` when one failed, which ends them unless they go on.
pub fn run(
    dialogue: &mut Dialogue<'_>,
    mut next_line: impl FnMut(&mut Dialogue<'_>) -> Option<String>,
    goes_on: bool,
) -> (bool, Next) {
    let mut gatherer = Gatherer::default();
    let mut is_well = true;
    loop {
        let line = next_line(dialogue);
        let input = match &line {
            Some(line) => gatherer.take(line),
            None => gatherer.rest(),
        };
        match input.map(|input| dialogue.take(&input)) {
            Some(Next::Failed) => {
                is_well = false;
                if !goes_on {
                    return (false, Next::Failed);
                }
            }
            Some(Next::Leave) => return (is_well, Next::Leave),
            Some(Next::Input) | None => {}
        }
        if line.is_none() {
            return (is_well, Next::Input);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs(text: &str) -> Vec<String> {
        let mut gatherer = Gatherer::default();
        let mut all: Vec<String> = text.lines().filter_map(|line| gatherer.take(line)).collect();
        all.extend(gatherer.rest());
        all
    }

    #[test]
    fn lines_become_inputs() {
        assert_eq!(
            inputs("$a:=1\n\n.vars\nIf ($a=1)\n$a:=2\nEnd if\n$a"),
            ["$a:=1", ".vars", "If ($a=1)\n$a:=2\nEnd if", "$a"]
        );
        assert_eq!(inputs("$c:=$c\\\n.map()\n$a"), ["$c:=$c\\\n.map()", "$a"]);
        assert_eq!(inputs("If (True)\n.break\n$a"), ["$a"]);
        assert_eq!(inputs("Repeat\n$a"), ["Repeat\n$a"]);
    }
}
