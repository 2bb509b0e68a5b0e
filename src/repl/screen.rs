//! Where a prompt writes: values to standard output, what Quatre says itself to standard error.

use std::sync::Arc;
use std::time::Duration;

use crate::diagnostics::render::{Look, call_chain, human};
use crate::diagnostics::{Code, Diagnostic};
use crate::engine::Failure;
use crate::engine::literal::Bounds;
use crate::repl::settings::Settings;
use crate::runtime::host::{Host, SystemHost};
use crate::source::Sources;

/// Narrower is no terminal.
const NARROWEST: usize = 20;

/// The two streams, and how they are written to.
pub struct Screen {
    /// The streams, those of the program as well.
    pub host: Arc<SystemHost>,
    /// How reports are drawn.
    pub look: Look,
    /// A person is there: on a terminal, in both directions.
    pub is_person: bool,
}

impl Screen {
    /// Writes a result.
    pub fn result(&self, text: &str) {
        self.host.write_out(text);
        self.host.flush();
    }

    /// Writes a word of Quatre's own.
    pub fn say(&self, text: &str) {
        self.host.report(text);
    }

    /// The columns of the terminal at this moment.
    pub fn columns(&self) -> usize {
        SystemHost::terminal_width().unwrap_or(80).max(NARROWEST)
    }

    /// How much of a value is shown; in a script each value has one line.
    pub fn bounds(&self, settings: &Settings) -> Bounds {
        let width = if self.is_person { self.columns() } else { usize::MAX };
        Bounds {
            depth: settings.depth,
            elements: settings.elements,
            characters: settings.characters,
            ..Bounds::of_prompt(width, self.look.ascii)
        }
    }

    /// One of two signs.
    pub fn sign<'a>(&self, unicode: &'a str, ascii: &'a str) -> &'a str {
        if self.look.ascii { ascii } else { unicode }
    }

    /// A hint below a value.
    pub fn hint(&self, text: &str) {
        self.say(&format!("  hint: {text}\n"));
    }

    /// Shows errors, with the lines of the input.
    pub fn failures(&self, failures: &[Failure], sources: &Sources) {
        let mut look = self.look.clone();
        if self.is_person {
            look.width = self.columns().min(100);
        }
        let mut report = String::new();
        for failure in failures {
            report.push_str(&human(std::slice::from_ref(&failure.diagnostic), sources, &look));
            // What is wrong with the text of an input was not called by anybody.
            let is_of_text = matches!(failure.diagnostic.code, Code::Quatre(1000..=3999 | 9000..=9999));
            if !is_of_text || failure.chain.len() > 1 {
                report.push_str(&call_chain(&failure.chain, &look));
            }
            if let Some(process) = &failure.process {
                report.push_str(&format!("in the process `{process}`\n"));
            }
        }
        self.say(&report);
    }

    /// An error of the prompt itself: one sentence, and the way out.
    pub fn error(&self, message: &str, help: &str) {
        let help = if help.is_empty() { String::new() } else { format!("  = {help}\n") };
        self.say(&format!("error: {message}\n{help}"));
    }

    /// Problems that belong to no input.
    pub fn problem(&self, diagnostic: &Diagnostic, sources: &Sources) {
        self.say(&human(std::slice::from_ref(diagnostic), sources, &self.look));
    }
}

/// A time as people read it: `12 ms`, `1.4 s`.
pub fn time(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds >= 1.0 {
        format!("{seconds:.1} s")
    } else if seconds >= 0.01 {
        format!("{:.0} ms", seconds * 1000.0)
    } else {
        format!("{:.2} ms", seconds * 1000.0)
    }
}
