//! `quatre test` itself: what passes, what fails and why, what is blessed, what the reports hold.

#![expect(clippy::disallowed_methods, reason = "the test makes files and starts the program")]

mod folder;

use std::path::Path;
use std::time::Duration;

use quatre::golden::case::find;
use quatre::golden::markdown::Mode;
use quatre::golden::report::{Look, named};
use quatre::golden::{Ended, Settings, Status, run};

use folder::Folder;

impl Folder {
    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).expect("a file")
    }

    fn run(&self, settings: &Settings) -> Vec<Ended> {
        run(&find(&self.0, Mode::Run).expect("a folder"), settings, |_| {})
    }
}

/// The reasons of a failure; of anything else, how it ended.
fn reasons(ended: &Ended) -> String {
    match &ended.status {
        Status::Failed(reasons) => reasons.join("\n"),
        other @ (Status::Passed | Status::Skipped(_) | Status::Expected(_)) => format!("{other:?}"),
    }
}

/// Runs one program with this `.out` and gives what was said of it.
fn one(name: &str, code: &str, out: &str) -> String {
    let folder = Folder::new(name);
    folder.write("a.4dm", code).write("a.out", out);
    let all = folder.run(&Settings { timeout: Duration::from_secs(5), ..Settings::default() });
    reasons(all.first().expect("one case"))
}

#[test]
fn the_output_decides() {
    assert_eq!(one("same", "ALERT(\"a\")\n", "a\n"), "Passed");
    assert_eq!(one("crlf", "ALERT(\"a\")\n", "a\r\n"), "Passed");
    let differs = one("differs", "ALERT(\"a\")\nALERT(\"c\")\n", "a\nb\n");
    assert!(
        differs.starts_with("stdout differs from a.out\n    1   1   a\n-   2       b\n+       2   c"),
        "{differs}"
    );
}

#[test]
fn an_error_must_be_wanted() {
    let failing = "ASSERT(False; \"no\")\n";
    assert!(one("uncaught", failing, "").contains("nothing caught"));
    assert_eq!(one("wanted", &format!("// test: error -10518\n{failing}"), ""), "Passed");
    assert_eq!(one("exit", &format!("// test: exit 1\n{failing}"), ""), "Passed");
    assert!(one("other", &format!("// test: error 54\n{failing}"), "").contains("ended with -10518"));
    assert!(one("none", "// test: error 54\n", "").contains("without an error"));
    assert!(one("unknown", "// test: eror 54\n", "").contains("did you mean `error`?"));
}

#[test]
fn directives_change_the_verdict() {
    assert_eq!(one("skip", "// test: skip later\nno code at all\n", ""), "Skipped(\"later\")");
    assert_eq!(one("xfail", "// test: xfail a bug\nALERT(\"a\")\n", "b\n"), "Expected(\"a bug\")");
    assert!(one("xpass", "// test: xfail a bug\n", "").contains("it passes"));
    assert_eq!(
        one("gaps", "// test: match patterns\nALERT(\"n=5\")\nALERT(\"x\")\n", "n=[INT]\n...\n"),
        "Passed"
    );
    let hangs = one("hangs", "// test: timeout 100ms\nWhile (True)\nTry\nCatch\nEnd try\nEnd while\n", "");
    assert!(hangs.contains("did not end within 0.1 s"), "{hangs}");
}

#[test]
fn files_beside_a_case_are_used() {
    let folder = Folder::new("beside");
    folder
        .write(
            "a.4dm",
            "#DECLARE($n : Text; $who : Text)\nALERT($who+String(Num($n)+1))\nALERT(Request(\"?\"))\n",
        )
        .write("a.args", "2\nAda\n")
        .write("a.in", "line\n")
        .write("a.out", "Ada3\nline\n");
    assert_eq!(reasons(folder.run(&Settings::default()).first().expect("one case")), "Passed");
}

#[test]
fn blessing_writes_what_was_got() {
    let folder = Folder::new("bless");
    folder
        .write("a.4dm", "ALERT(\"new\")\n")
        .write("a.out", "old\n")
        .write("b.4dm", "// test: match patterns\nALERT(\"n=5\")\nALERT(\"x\")\n")
        .write("b.out", "n=[INT]\ny\n");
    let all = folder.run(&Settings { bless: true, ..Settings::default() });
    assert!(all.iter().all(|ended| !ended.has_failed() && ended.blessed.is_some()));
    assert_eq!((folder.read("a.out"), folder.read("b.out")), ("new\n".into(), "n=[INT]\nx\n".into()));
}

#[test]
fn examples_in_markdown_run() {
    let folder = Folder::new("markdown");
    folder.write(
        "a.md",
        "```4d\nALERT(\"a\")\n```\n```output\na\n```\n\n```4d\nvar $n : Integer\n$n:=2 //-> 2\n1+1 //-> 3\n```\n\n\
         ```4d fails\nASSERT(False)\n```\n\n```4d parse\nnoSuchMethod(1)\n```\n\n```4d nonsense\n```\n",
    );
    let all = folder.run(&Settings::default());
    let said: Vec<String> = all.iter().map(reasons).collect();
    assert_eq!((said[0].as_str(), said[2].as_str(), said[3].as_str()), ("Passed", "Passed", "Passed"));
    assert!(said[1].contains("line 11: expected 3, got 2"), "{}", said[1]);
    assert!(said[4].contains("no word `nonsense`"));
    assert_eq!(all[1].name, "a.md:9");
}

#[test]
fn reports_are_in_order_and_the_same_twice() {
    let folder = Folder::new("reports");
    for n in 0..12 {
        let wait = if n % 3 == 0 { "DELAY PROCESS(Current process; 6)\n" } else { "" };
        folder
            .write(&format!("t{n:02}.4dm"), format!("{wait}ALERT(\"{n}\")\n"))
            .write(&format!("t{n:02}.out"), "5\n");
    }
    let settings = Settings { jobs: 4, ..Settings::default() };
    let report = |name: &str| {
        let look = Look { no_times: true, command: "quatre test".into() };
        let reporter = named(name, &look).expect("a reporter");
        let mut text = reporter.begin(12);
        let mut index = 0;
        let all = run(&find(&folder.0, Mode::Run).expect("a folder"), &settings, |ended| {
            index += 1;
            text.push_str(&reporter.case(index, ended));
        });
        text + &reporter.end(&all, Duration::ZERO)
    };
    let pretty = report("pretty");
    assert_eq!(pretty, report("pretty"));
    assert!(pretty.ends_with("\n1 passed, 11 failed\n") && pretty.contains(" ok    t05.4dm\n"), "{pretty}");
    let tap = report("tap");
    assert!(
        tap.starts_with("TAP version 14\n1..12\nnot ok 1 - t00.4dm\n") && tap.contains("\nok 6 - t05.4dm\n")
    );
    let junit = report("junit");
    let document = roxmltree::Document::parse(&junit).expect("XML");
    let count = |name: &str| document.descendants().filter(|node| node.has_tag_name(name)).count();
    assert_eq!((count("testcase"), count("failure")), (12, 11));
    let json: serde_json::Value = serde_json::from_str(&report("json")).expect("JSON");
    assert_eq!((json["failed"].as_u64(), json["tests"][5]["status"].as_str()), (Some(11), Some("passed")));
    assert_eq!(report("github").lines().filter(|line| line.starts_with("::error file=")).count(), 11);
    assert!(report("dots").starts_with("FFFFF.FFFFFF\n"));
}

#[test]
fn the_first_failure_may_be_the_last() {
    let folder = Folder::new("fast");
    for name in ["a", "b", "c"] {
        folder.write(&format!("{name}.4dm"), "ALERT(\"x\")\n").write(&format!("{name}.out"), "y\n");
    }
    assert_eq!(folder.run(&Settings { most_failures: 1, ..Settings::default() }).len(), 1);
}

#[test]
fn no_test_is_bad_usage() {
    let folder = Folder::new("empty");
    #[expect(clippy::disallowed_types, reason = "the program from outside")]
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_quatre"));
    let output = command.arg("test").arg(Path::new(&folder.0)).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: no test found in "));
}
