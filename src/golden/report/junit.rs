//! The XML of `JUnit`, as servers of continuous integration read it.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::golden::report::{Look, Reporter};
use crate::golden::{Ended, Status};

/// The report in XML.
pub struct Junit(pub Look);

impl Reporter for Junit {
    fn begin(&self, _count: usize) -> String {
        String::new()
    }

    fn case(&self, _index: usize, _ended: &Ended) -> String {
        String::new()
    }

    fn end(&self, all: &[Ended], time: Duration) -> String {
        let mut suite = TestSuite::new("quatre");
        for ended in all {
            let status = match &ended.status {
                Status::Passed => TestCaseStatus::success(),
                Status::Skipped(reason) | Status::Expected(reason) => {
                    let mut status = TestCaseStatus::skipped();
                    status.set_message(reason.as_str());
                    status
                }
                Status::Failed(reasons) => {
                    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                    let first = reasons.first().and_then(|reason| reason.lines().next()).unwrap_or_default();
                    status.set_message(first);
                    status.set_description(reasons.join("\n"));
                    status
                }
            };
            let mut case = TestCase::new(ended.name.as_str(), status);
            let folder = ended.name.rsplit_once('/').map_or("tests", |(folder, _)| folder);
            case.set_classname(folder.replace('/', "."));
            if !self.0.no_times {
                case.set_time(ended.time);
            }
            suite.add_test_case(case);
        }
        let mut report = Report::new("quatre");
        if !self.0.no_times {
            report.set_time(time);
        }
        report.add_test_suite(suite);
        report.to_string().unwrap_or_default()
    }
}
