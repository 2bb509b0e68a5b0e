//! Reports of a run, one file a form. A reporter is told each end in order, then the whole.

pub mod dots;

pub mod github;

pub mod json;

pub mod junit;

pub mod pretty;

pub mod tap;

use std::time::Duration;

use crate::golden::{Ended, Status};

/// How reports are written.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// The times are left out, so that two runs give the same report.
    pub no_times: bool,
    /// The words that run a case again, without its path.
    pub command: String,
}

/// A form of report.
pub trait Reporter {
    /// What is written before the first case.
    fn begin(&self, count: usize) -> String;
    /// What is written when a case has ended; `index` counts from 1.
    fn case(&self, index: usize, ended: &Ended) -> String;
    /// What is written at the end.
    fn end(&self, all: &[Ended], time: Duration) -> String;
}

/// How many there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// As expected.
    pub passed: usize,
    /// Not as expected.
    pub failed: usize,
    /// Not run.
    pub skipped: usize,
    /// Failed as they must.
    pub expected: usize,
}

/// Counts ends.
pub fn counts(all: &[Ended]) -> Counts {
    let mut counts = Counts::default();
    for ended in all {
        match ended.status {
            Status::Passed => counts.passed += 1,
            Status::Failed(_) => counts.failed += 1,
            Status::Skipped(_) => counts.skipped += 1,
            Status::Expected(_) => counts.expected += 1,
        }
    }
    counts
}

/// `2 passed, 1 failed, 1 skipped`
pub fn summary(all: &[Ended]) -> String {
    let Counts { passed, failed, skipped, expected } = counts(all);
    let mut text = format!("{passed} passed, {failed} failed");
    if skipped > 0 {
        text.push_str(&format!(", {skipped} skipped"));
    }
    if expected > 0 {
        text.push_str(&format!(", {expected} failed as expected"));
    }
    text
}

/// `2 ms`, `1.25 s`
pub fn time(time: Duration) -> String {
    if time.as_millis() < 1000 {
        format!("{} ms", time.as_millis())
    } else {
        format!("{:.2} s", time.as_secs_f64())
    }
}

/// The forms by name.
pub const NAMES: &[&str] = &["pretty", "dots", "tap", "json", "junit", "github"];

/// The reporter of that name.
pub fn named(name: &str, look: &Look) -> Option<Box<dyn Reporter>> {
    let look = look.clone();
    Some(match name {
        "pretty" => Box::new(pretty::Pretty(look)),
        "dots" => Box::new(dots::Dots(look)),
        "tap" => Box::new(tap::Tap),
        "json" => Box::new(json::Json(look)),
        "junit" => Box::new(junit::Junit(look)),
        "github" => Box::new(github::Github),
        _ => return None,
    })
}
