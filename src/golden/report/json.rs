//! One JSON document.

use std::time::Duration;

use serde_json::{Value, json};

use crate::golden::report::{Look, Reporter, counts};
use crate::golden::{Ended, Status};

/// The report in JSON.
pub struct Json(pub Look);

impl Reporter for Json {
    fn begin(&self, _count: usize) -> String {
        String::new()
    }

    fn case(&self, _index: usize, _ended: &Ended) -> String {
        String::new()
    }

    fn end(&self, all: &[Ended], time: Duration) -> String {
        let tests: Vec<Value> = all
            .iter()
            .map(|ended| {
                let (status, messages) = match &ended.status {
                    Status::Passed => ("passed", json!([])),
                    Status::Failed(reasons) => ("failed", json!(reasons)),
                    Status::Skipped(reason) => ("skipped", json!([reason])),
                    Status::Expected(reason) => ("xfailed", json!([reason])),
                };
                let mut test = json!({
                    "name": ended.name, "file": ended.file.to_string_lossy(), "line": ended.line,
                    "status": status, "messages": messages,
                });
                if let Some(object) = test.as_object_mut()
                    && !self.0.no_times
                {
                    object.insert("seconds".into(), json!(ended.time.as_secs_f64()));
                }
                test
            })
            .collect();
        let total = counts(all);
        let mut document = json!({
            "success": total.failed == 0, "passed": total.passed, "failed": total.failed,
            "skipped": total.skipped, "xfailed": total.expected, "tests": tests,
        });
        if let Some(object) = document.as_object_mut()
            && !self.0.no_times
        {
            object.insert("seconds".into(), json!(time.as_secs_f64()));
        }
        format!("{document:#}\n")
    }
}
