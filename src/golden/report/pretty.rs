//! For people: a line a case, the reasons of failures below it.

use std::time::Duration;

use crate::golden::report::{Look, Reporter, summary, time};
use crate::golden::{Ended, Status};

/// The report for people.
pub struct Pretty(pub Look);

/// The lines of a failure, indented.
pub(super) fn details(ended: &Ended, reasons: &[String], look: &Look) -> String {
    let mut text = String::new();
    for line in reasons.iter().flat_map(|reason| reason.lines()) {
        text.push_str(format!("       {line}").trim_end());
        text.push('\n');
    }
    let file = ended.file.display();
    text.push_str(&format!("       run again: {} {file}\n", look.command));
    if reasons.iter().any(|reason| reason.contains(" differs from ")) {
        text.push_str(&format!("       accept:    {} --bless {file}\n", look.command));
    }
    text
}

impl Reporter for Pretty {
    fn begin(&self, _count: usize) -> String {
        String::new()
    }

    fn case(&self, _index: usize, ended: &Ended) -> String {
        let (word, more) = match &ended.status {
            Status::Passed => (" ok  ", String::new()),
            Status::Failed(_) => (" FAIL", String::new()),
            Status::Skipped(reason) => (" skip", reason.clone()),
            Status::Expected(reason) => (" xfail", reason.clone()),
        };
        let more =
            if more.is_empty() && !self.0.no_times { format!("{:>8}", time(ended.time)) } else { more };
        let mut text = format!("{word}  {:<40} {more}", ended.name).trim_end().to_owned();
        text.push('\n');
        if let Status::Failed(reasons) = &ended.status {
            text.push_str(&details(ended, reasons, &self.0));
        }
        if let Some(blessed) = &ended.blessed {
            for line in blessed.lines() {
                text.push_str(&format!("       {line}\n"));
            }
        }
        text
    }

    fn end(&self, all: &[Ended], took: Duration) -> String {
        let took = if self.0.no_times { String::new() } else { format!(" in {:.2} s", took.as_secs_f64()) };
        format!("\n{}{took}\n", summary(all))
    }
}
