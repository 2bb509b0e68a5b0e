//! A sign a case, the failures at the end.

use std::time::Duration;

use crate::golden::report::{Look, Reporter, pretty, summary};
use crate::golden::{Ended, Status};

/// So many signs stand on a line.
const WIDTH: usize = 80;

/// The report in signs.
pub struct Dots(pub Look);

impl Reporter for Dots {
    fn begin(&self, _count: usize) -> String {
        String::new()
    }

    fn case(&self, index: usize, ended: &Ended) -> String {
        let sign = match ended.status {
            Status::Passed => '.',
            Status::Failed(_) => 'F',
            Status::Skipped(_) => 's',
            Status::Expected(_) => 'x',
        };
        if index.is_multiple_of(WIDTH) { format!("{sign}\n") } else { sign.to_string() }
    }

    fn end(&self, all: &[Ended], _time: Duration) -> String {
        let mut text = String::from("\n");
        for ended in all {
            if let Status::Failed(reasons) = &ended.status {
                text.push_str(&format!(
                    "\n FAIL  {}\n{}",
                    ended.name,
                    pretty::details(ended, reasons, &self.0)
                ));
            }
        }
        text.push_str(&format!("\n{}\n", summary(all)));
        text
    }
}
