//! TAP version 14.

use std::time::Duration;

use crate::golden::report::Reporter;
use crate::golden::{Ended, Status};

/// The report in TAP.
pub struct Tap;

impl Reporter for Tap {
    fn begin(&self, count: usize) -> String {
        format!("TAP version 14\n1..{count}\n")
    }

    fn case(&self, index: usize, ended: &Ended) -> String {
        let name = ended.name.replace('\\', "\\\\").replace('#', "\\#");
        match &ended.status {
            Status::Passed => format!("ok {index} - {name}\n"),
            Status::Skipped(reason) => format!("ok {index} - {name} # SKIP {reason}\n"),
            Status::Expected(reason) => format!("not ok {index} - {name} # TODO {reason}\n"),
            Status::Failed(reasons) => {
                let lines: String = reasons
                    .iter()
                    .flat_map(|reason| reason.lines())
                    .map(|line| format!("    {line}\n"))
                    .collect();
                format!("not ok {index} - {name}\n  ---\n  message: |\n{lines}  ...\n")
            }
        }
    }

    fn end(&self, _all: &[Ended], _time: Duration) -> String {
        String::new()
    }
}
