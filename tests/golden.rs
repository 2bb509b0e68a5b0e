//! Runs the golden cases of `tests/golden`: each `.4dm` with an `.out` beside it, through the binary, as a user would.
//!
//! Beside a case may stand `.args` (one argument a line), `.in` (standard input) and `.sessions.json`. Directives at its
//! top: `// test: exit N`, `// test: error CODE`, `// test: skip REASON`, `// test: session N`. A case marked
//! `// test: reproducible` runs inside the library, in the session that is the same in every run.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests look at the binary and its files from outside"
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use quatre::engine::{Engine, Target, project};
use quatre::runtime::Options;
use quatre::runtime::host::{Host, RecordingHost};

/// The cases below a folder, in order.
fn cases(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("readable").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            cases(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "4dm")
            && path.with_extension("out").exists()
        {
            found.push(path);
        }
    }
}

/// The word behind a directive.
fn directive(source: &str, name: &str) -> Option<String> {
    source
        .lines()
        .take_while(|line| line.starts_with("//"))
        .filter_map(|line| line.strip_prefix("// test: "))
        .find_map(|line| line.strip_prefix(name).map(|rest| rest.trim().to_owned()))
}

/// Runs a case inside the library: what it wrote, and what nothing caught.
fn run_inside(case: &Path) -> Option<String> {
    let host = Arc::new(RecordingHost::new([]));
    let opened = project::open(case).expect("a case is a script");
    let options = Options { reproducible: true, ..Options::default() };
    let engine = Engine::open(Target::Opened(Box::new(opened)), Arc::clone(&host) as Arc<dyn Host>, options)
        .expect("a case opens");
    let outcome = engine.run(&[engine.entry().expect("a case is code")], Vec::new(), None);
    let wanted = std::fs::read_to_string(case.with_extension("out")).expect("UTF-8");
    let got = host.out();
    let errors: Vec<&str> =
        outcome.errors.iter().map(|failure| failure.diagnostic.message.as_str()).collect();
    (got != wanted || !errors.is_empty()).then(|| format!("wanted:\n{wanted}\ngot:\n{got}\n{errors:?}"))
}

/// What a case should have done and did not; `None` when all is well.
fn failure(case: &Path) -> Option<String> {
    let source = std::fs::read_to_string(case).expect("a case is UTF-8");
    if directive(&source, "skip").is_some() {
        return None;
    }
    if directive(&source, "reproducible").is_some() {
        return run_inside(case);
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_quatre"));
    command.arg("run").arg(case.file_name().expect("a file"));
    command.current_dir(case.parent().expect("a folder"));
    let sessions = case.with_extension("sessions.json");
    if sessions.exists() {
        command.arg("--sessions").arg(sessions.file_name().expect("a file"));
    }
    if let Some(session) = directive(&source, "session") {
        command.arg("--session").arg(session);
    }
    if let Ok(arguments) = std::fs::read_to_string(case.with_extension("args")) {
        command.arg("--").args(arguments.lines());
    }
    let input = std::fs::read(case.with_extension("in")).unwrap_or_default();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary runs");
    // A case that reads nothing closes its input, which is no failure.
    let _: Result<(), _> = child.stdin.take().expect("piped").write_all(&input);
    let output = child.wait_with_output().expect("the binary ends");
    let wanted = std::fs::read_to_string(case.with_extension("out")).expect("UTF-8").replace("\r\n", "\n");
    let got = String::from_utf8_lossy(&output.stdout).replace("\r\n", "\n");
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    let error = directive(&source, "error");
    let exit = directive(&source, "exit").and_then(|code| code.parse().ok());
    let exit: i32 = exit.unwrap_or(i32::from(error.is_some()));
    if output.status.code() != Some(exit) {
        return Some(format!("exit {:?} instead of {exit}\n{report}", output.status.code()));
    }
    if error.is_some_and(|code| !report.contains(&format!("[{code}]"))) {
        return Some(format!("another error\n{report}"));
    }
    (got != wanted).then(|| format!("wanted:\n{wanted}\ngot:\n{got}\n{report}"))
}

#[test]
fn golden_cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut found = Vec::new();
    cases(&root, &mut found);
    assert!(found.len() > 50, "only {} cases were found", found.len());
    let failures: Vec<String> = found
        .iter()
        .filter_map(|case| failure(case).map(|why| format!("{}: {why}", case.display())))
        .collect();
    assert!(failures.is_empty(), "{} of {} cases fail\n{}", failures.len(), found.len(), failures.join("\n"));
}
