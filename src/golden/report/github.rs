//! Workflow commands of GitHub: one line a failure.

use std::time::Duration;

use crate::golden::report::Reporter;
use crate::golden::{Ended, Status};

/// The report in workflow commands.
pub struct Github;

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

impl Reporter for Github {
    fn begin(&self, _count: usize) -> String {
        String::new()
    }

    fn case(&self, _index: usize, ended: &Ended) -> String {
        let Status::Failed(reasons) = &ended.status else { return String::new() };
        let file = escaped(&ended.file.to_string_lossy()).replace(':', "%3A").replace(',', "%2C");
        let title = escaped(&ended.name).replace(':', "%3A").replace(',', "%2C");
        format!(
            "::error file={file},line={},title={title}::{}\n",
            ended.line,
            escaped(reasons.join("\n").trim_end())
        )
    }

    fn end(&self, _all: &[Ended], _time: Duration) -> String {
        String::new()
    }
}
