//! The golden cases of `tests/golden`, run by the library's own runner, as `quatre test tests/golden` does.
//!
//! `QUATRE_BLESS=1` makes what was got what is expected.

use std::path::Path;
use std::time::Duration;

use quatre::cli::test::convert_words;
use quatre::golden::case::find;
use quatre::golden::markdown::Mode;
use quatre::golden::{Settings, Status, run};

#[test]
#[expect(clippy::disallowed_methods, reason = "the test is told by its environment")]
fn golden_cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let cases = find(&root, Mode::Run).expect("the folder is there");
    assert!(cases.len() > 50, "only {} cases were found", cases.len());
    let settings = Settings {
        timeout: Duration::from_secs(30),
        jobs: std::thread::available_parallelism().map_or(1, usize::from),
        bless: std::env::var_os("QUATRE_BLESS").is_some(),
        convert: convert_words,
        ..Settings::default()
    };
    let all = run(&cases, &settings, |_| {});
    let failures: Vec<String> = all
        .iter()
        .filter_map(|ended| match &ended.status {
            Status::Failed(reasons) => Some(format!("{}: {}", ended.name, reasons.join("\n"))),
            Status::Passed | Status::Skipped(_) | Status::Expected(_) => None,
        })
        .collect();
    assert!(failures.is_empty(), "{} of {} cases fail\n{}", failures.len(), all.len(), failures.join("\n"));
}
