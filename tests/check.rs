//! `quatre check` from outside: the exact text of reports, the formats that machines read, options, exit codes.
//!
//! `tests/diagnostics/<code>/NAME.4dm` is checked in its folder, and what is said must be `NAME.err`, without the line
//! that tells the time it took.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the test starts the program and makes files"
)]

mod folder;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use folder::Folder;

impl Folder {
    fn check(&self, words: &[&str]) -> Run {
        run(command(&self.0).arg("check").args(words), "")
    }
}

#[derive(Debug)]
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|problem| panic!("{problem}: {}", self.out))
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quatre"));
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "LC_ALL", "LC_CTYPE", "GITHUB_ACTIONS"] {
        command.env_remove(name);
    }
    command.env("LANG", "en_US.UTF-8").current_dir(folder);
    command
}

fn run(command: &mut Command, input: &str) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("the program ends");
    Run {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// What is said, without the line that tells how long it took.
fn reports(err: &str) -> String {
    err.lines().filter(|line| !line.starts_with("checked ")).map(|line| format!("{line}\n")).collect()
}

#[test]
fn reports_read_as_written() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(&root).expect("there").map(|entry| entry.expect("an entry").path()).collect();
    folders.sort();
    let (mut count, mut problems) = (0, Vec::new());
    for folder in folders {
        let code = folder.file_name().expect("a name").to_string_lossy().into_owned();
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let wanted = path.with_extension("err");
            if path.extension().is_none_or(|extension| extension != "4dm") || !wanted.is_file() {
                continue;
            }
            count += 1;
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let said = reports(&run(command(&folder).args(["check", &name]), "").err);
            let expected = std::fs::read_to_string(&wanted).expect("readable");
            if said != expected || !said.contains(&format!("[{code}]")) {
                problems.push(format!("{code}/{name}\n--- expected\n{expected}--- said\n{said}"));
            }
        }
    }
    assert!(count >= 10, "only {count} reports");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

const PRICE: &str = "var $id : Integer\n$id:=1\nALERT(JSON Stringify(Sesion info($id)))\n";

#[test]
fn a_project_is_checked_as_a_whole() {
    let folder = Folder::new("project");
    folder
        .write("Project/Shop.4DProject", "{}")
        .write("Project/Sources/Methods/closeInvoice.4dm", "If (True)\n\tALERT(\"closed\")\n")
        .write("Project/Sources/Methods/start.4dm", "closeInvoice\n")
        .write("Project/Sources/Classes/Invoice.4dm", "Function total() : Real\n\treturn 1+2*3\n")
        .write("Project/Sources/Forms/Main/method.4dm", "FORM GOTO PAGE(1)\nstart\n")
        .write("Project/Trash/Methods/(old).4dm", "this is no code at all (\n");
    let run = folder.check(&["."]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("error[Q1003]: this `If` is never closed\n"), "{}", run.err);
    assert!(run.err.contains("[Project/Sources/Methods/closeInvoice.4dm:1:1]"), "{}", run.err);
    assert!(run.err.contains("warning[Q4001]"), "{}", run.err);
    let last: Vec<&str> = run.err.lines().rev().take(2).collect();
    assert!(
        last[1].starts_with("checked 4 files in ") && last[1].ends_with(": 1 error, 1 warning"),
        "{last:?}"
    );
    assert_eq!(last[0], "one place uses what 4D has and Quatre cannot run: -v lists them");
    // Real 4D that cannot run here is no mistake: it is a note when it is asked for, and counts for nothing.
    let verbose = folder.check(&[".", "-v", "--deny", "warnings"]);
    assert!(verbose.err.contains("note[Q9002]: the command `FORM GOTO PAGE` needs"), "{}", verbose.err);
    let named = folder.check(&["Project/Shop.4DProject"]);
    assert!(named.err.contains("checked 4 files"), "{}", named.err);
}

#[test]
fn warnings_are_chosen() {
    let folder = Folder::new("choice");
    folder.write("a.4dm", "ALERT(String(1+2*3))\nreturn\nALERT(\"never\")\n");
    assert_eq!(folder.check(&["a.4dm"]).code, 0);
    assert_eq!(folder.check(&["a.4dm", "--deny", "Q4001"]).code, 1);
    assert_eq!(folder.check(&["a.4dm", "--deny", "warnings"]).code, 1);
    let allowed = folder.check(&["a.4dm", "--allow", "Q4001", "--deny=Q4001"]);
    assert!(
        allowed.code == 0 && !allowed.err.contains("Q4001") && allowed.err.contains("Q4010"),
        "{}",
        allowed.err
    );
    assert_eq!(folder.check(&["a.4dm", "--allow", "Q4001,Q4010", "--deny", "warnings"]).code, 0);
    let wrong = folder.check(&["a.4dm", "--allow", "banana"]);
    assert!(wrong.code == 2 && wrong.err.contains("`banana` is not a code of a problem"), "{}", wrong.err);
}

#[test]
fn comments_switch_warnings_off_and_on() {
    let folder = Folder::new("comments");
    let line = "ALERT(String(1+2*3))\n";
    folder.write("a.4dm", format!("{line}//%W-Q4001\n{line}//%W+Q4001\n{line}"));
    folder.write("b.4dm", "var $a : Text\n$a:=\"x\"\n//%W-550.10\nvar $a : Text\n//%W+550.10\nALERT($a)\n");
    folder.write(
        "c.4dm",
        "//%attributes = {\"preemptive\":\"capable\"}\n//%T-\nMESSAGE(\"a\")\n//%T+\nMESSAGE(\"b\")\n",
    );
    assert_eq!(folder.check(&["a.4dm"]).err.matches("warning[Q4001]").count(), 2);
    assert!(folder.check(&["b.4dm"]).err.ends_with(": no problems\n"));
    let threads = folder.check(&["c.4dm", "--format", "short"]);
    assert!(threads.err.starts_with("c.4dm:5:1: error[Q3017]: `MESSAGE` cannot be used"), "{}", threads.err);
}

#[test]
fn a_problem_behind_a_call_is_told_where_the_call_stands() {
    let folder = Folder::new("threads");
    folder
        .write("main.4dm", "//%attributes = {\"preemptive\":\"capable\"}\nmiddle\nfine\n")
        .write("middle.4dm", "inner\n")
        .write("inner.4dm", "DIALOG(\"x\")\n")
        .write("fine.4dm", "LOG EVENT(Into system standard outputs; \"x\")\n");
    let run = folder.check(&["main.4dm"]);
    assert!(
        run.err.contains("error[Q3017]: the method `middle` cannot run in a preemptive process"),
        "{}",
        run.err
    );
    assert!(run.err.contains("note: `inner` uses `DIALOG`, which is not thread-safe"), "{}", run.err);
    assert!(!run.err.contains("`fine`"), "{}", run.err);
}

#[test]
fn short_and_github_lines_have_their_place() {
    let folder = Folder::new("lines");
    folder.write("price.4dm", PRICE);
    let short = folder.check(&["price.4dm", "--format", "short"]);
    assert_eq!(short.err, "price.4dm:3:22: error[Q2001]: unknown command or method `Sesion info`\n");
    let github = folder.check(&["price.4dm", "--format", "github"]);
    assert_eq!(
        github.out,
        "::error file=price.4dm,line=3,col=22,endColumn=33,title=Q2001::unknown command or method `Sesion info`; did you mean the command `Session info`?\n"
    );
    let runner = run(command(&folder.0).env("GITHUB_ACTIONS", "true").args(["check", "price.4dm"]), "");
    assert!(runner.err.contains("╭─[price.4dm:3:22]") && runner.out == github.out, "{runner:?}");
}

#[test]
fn json_has_the_shape_of_compile_project() {
    let folder = Folder::new("json");
    folder.write("price.4dm", PRICE);
    let run = folder.check(&["price.4dm", "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    let document = run.json();
    assert_eq!(document["success"], false);
    let error = &document["errors"][0];
    assert_eq!(error["isError"], true);
    assert_eq!(
        error["code"],
        serde_json::json!({"type": "projectMethod", "methodName": "price", "path": "price", "file": "price.4dm"})
    );
    for (key, number) in [("line", 3), ("lineInFile", 3), ("column", 22), ("endLine", 3), ("endColumn", 33)] {
        assert_eq!(error[key], number, "{key}");
    }
    assert_eq!((&error["id"], &error["severity"]), (&"Q2001".into(), &"error".into()));
    assert_eq!(error["help"], "did you mean the command `Session info`?");
    let edit =
        serde_json::json!({"line": 3, "column": 22, "endLine": 3, "endColumn": 33, "text": "Session info"});
    assert_eq!(error["fixes"], serde_json::json!([{"title": "replace by `Session info`", "edits": [edit]}]));
    assert_eq!(error["related"], serde_json::json!([]));
}

/// The rules of SARIF 2.1.0 for the objects that are written here: which keys they may have and which they must.
fn sarif_problems(value: &Value, kind: &str, problems: &mut Vec<String>) {
    let (must, may): (&[&str], &[&str]) = match kind {
        "log" => (&["version", "runs"], &["$schema", "inlineExternalProperties", "properties"]),
        "run" => (
            &["tool"],
            &[
                "results",
                "columnKind",
                "artifacts",
                "invocations",
                "originalUriBaseIds",
                "defaultEncoding",
                "language",
            ],
        ),
        "tool" => (&["driver"], &["extensions", "properties"]),
        "driver" => (
            &["name"],
            &[
                "version",
                "semanticVersion",
                "informationUri",
                "rules",
                "organization",
                "fullName",
                "language",
            ],
        ),
        "rule" => (
            &["id"],
            &[
                "name",
                "shortDescription",
                "fullDescription",
                "help",
                "helpUri",
                "defaultConfiguration",
                "properties",
            ],
        ),
        "result" => (
            &["message"],
            &[
                "ruleId",
                "ruleIndex",
                "level",
                "kind",
                "locations",
                "relatedLocations",
                "partialFingerprints",
                "fingerprints",
                "fixes",
                "properties",
                "occurrenceCount",
            ],
        ),
        "message" | "description" => (&["text"], &["markdown", "id", "arguments"]),
        "location" => (&["physicalLocation"], &["id", "message", "logicalLocations"]),
        "physicalLocation" => (&["artifactLocation"], &["region", "contextRegion"]),
        "artifactLocation" => (&["uri"], &["uriBaseId", "index"]),
        "region" => {
            (&["startLine"], &["startColumn", "endLine", "endColumn", "snippet", "charOffset", "charLength"])
        }
        _ => panic!("no rules for {kind}"),
    };
    let Some(object) = value.as_object() else {
        problems.push(format!("{kind} is no object: {value}"));
        return;
    };
    problems.extend(
        must.iter().filter(|key| !object.contains_key(**key)).map(|key| format!("{kind} lacks {key}")),
    );
    for (key, value) in object {
        if !must.contains(&key.as_str()) && !may.contains(&key.as_str()) {
            problems.push(format!("{kind} may not have {key}"));
        }
        let inner = match (kind, key.as_str()) {
            ("log", "runs") => "run",
            ("run", "tool") => "tool",
            ("run", "results") => "result",
            ("tool", "driver") => "driver",
            ("driver", "rules") => "rule",
            ("rule", "shortDescription" | "fullDescription" | "help") => "description",
            ("result", "message") => "message",
            ("result", "locations") => "location",
            ("location", "physicalLocation") => "physicalLocation",
            ("physicalLocation", "artifactLocation") => "artifactLocation",
            ("physicalLocation", "region") => "region",
            _ => "",
        };
        let is_list = ["runs", "results", "rules", "locations"].contains(&key.as_str());
        match (inner, value.as_array()) {
            ("", _) => sarif_value(kind, key, value, problems),
            (inner, Some(list)) if is_list => {
                list.iter().for_each(|value| sarif_problems(value, inner, problems));
            }
            (inner, _) if !is_list => sarif_problems(value, inner, problems),
            _ => problems.push(format!("{key} of {kind} is no list")),
        }
    }
}

fn sarif_value(kind: &str, key: &str, value: &Value, problems: &mut Vec<String>) {
    let fits = match key {
        "version" if kind == "log" => value == "2.1.0",
        "level" => ["none", "note", "warning", "error"].iter().any(|level| value == level),
        "columnKind" => ["utf16CodeUnits", "unicodeCodePoints"].iter().any(|kind| value == kind),
        "startLine" | "startColumn" | "endLine" | "endColumn" => value.as_u64().is_some_and(|n| n >= 1),
        "partialFingerprints" => value.as_object().is_some_and(|map| map.values().all(Value::is_string)),
        _ => value.is_string(),
    };
    if !fits {
        problems.push(format!("{key} of {kind} cannot be {value}"));
    }
}

#[test]
fn sarif_follows_its_rules() {
    let folder = Folder::new("sarif");
    folder
        .write("price.4dm", PRICE)
        .write("a b/é.4dm", "ALERT(String(1+2*3))\nALERT(String(1+2*3))\nIf (True)\n");
    folder.write("a b/ok.4dm", "ALERT(String(1+2*3))\nALERT(String(1+2*3))\n");
    let document = folder.check(&[".", "missing.4dm", "--format", "sarif"]).json();
    let mut problems = Vec::new();
    sarif_problems(&document, "log", &mut problems);
    assert!(problems.is_empty(), "{problems:#?}\n{document:#}");
    let run = &document["runs"][0];
    let results = run["results"].as_array().expect("a list");
    let rules: Vec<&Value> =
        run["tool"]["driver"]["rules"].as_array().expect("a list").iter().map(|r| &r["id"]).collect();
    assert!(results.iter().all(|result| rules.contains(&&result["ruleId"])), "every rule is explained");
    let mut prints: Vec<String> = results.iter().map(|r| r["partialFingerprints"].to_string()).collect();
    prints.sort();
    prints.dedup();
    assert_eq!(prints.len(), results.len(), "each result has a name of its own");
    let uris: Vec<&str> = results
        .iter()
        .filter_map(|result| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str())
        .collect();
    assert!(uris.contains(&"a%20b/%C3%A9.4dm") && uris.contains(&"price.4dm"), "{uris:?}");
    assert_eq!(
        document,
        folder.check(&[".", "missing.4dm", "--format", "sarif"]).json(),
        "the same each time"
    );
}

#[test]
fn names_and_files_that_are_not_there() {
    let folder = Folder::new("files");
    folder.write("notes.txt", "ALERT(\"by name it is checked\";)\n").write("sub/notes.txt", "ALERT(;\n");
    assert!(folder.check(&["notes.txt"]).err.contains("error[Q1020]"));
    assert!(folder.check(&["sub"]).err.starts_with("checked 0 files in "));
    let missing = folder.check(&["none.4dm", "notes.txt"]);
    assert!(
        missing.code == 2 && missing.err.contains("error[Q6001]") && missing.err.contains("error[Q1020]")
    );
    let input = run(
        command(&folder.0).args(["check", "-", "--stdin-name", "x.4dm", "--format", "short"]),
        "ALERT(\"a\";)\n",
    );
    assert!(input.code == 1 && input.err.starts_with("x.4dm:1:"), "{}", input.err);
}

#[test]
fn twenty_problems_of_a_file_are_shown_and_the_rest_is_counted() {
    let folder = Folder::new("many");
    let lines: String = (0..25).map(|n| format!("unknown_{n}(1)\n")).collect();
    folder.write("a.4dm", &lines);
    let run = folder.check(&["a.4dm", "--format", "short"]);
    assert_eq!(run.err.lines().count(), 21);
    assert!(run.err.ends_with("and 5 more in a.4dm\n"), "{}", run.err);
    // Machines get them all.
    assert_eq!(
        folder.check(&["a.4dm", "--format", "json"]).json()["errors"].as_array().map(Vec::len),
        Some(25)
    );
}

#[test]
fn changes_are_checked_again() {
    let folder = Folder::new("watch");
    folder.write("a.4dm", "ALERT(\"one\"\n");
    let mut child = command(&folder.0)
        .args(["check", "--watch", "."])
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
    let mut until = |start: &str| {
        lines
            .by_ref()
            .map(|line| line.expect("text"))
            .find(|line| line.starts_with(start))
            .unwrap_or_default()
    };
    assert!(until("checked ").ends_with(": 1 error"));
    assert_eq!(until("waiting"), "waiting for changes");
    folder.write("a.4dm", "ALERT(\"one\")\n");
    assert!(until("checked ").ends_with(": no problems"));
    child.kill().expect("it still waits");
    _ = child.wait();
}

#[test]
fn compile_project_gives_what_check_finds() {
    let folder = Folder::new("compile");
    folder
        .write("Project/Shop.4DProject", "{}")
        .write("Project/Sources/Methods/price.4dm", PRICE)
        .write(
            "Project/Sources/Methods/test.4dm",
            "var $status; $error : Object\n$status:=Compile project({targets: []})\nALERT(String($status.success))\n\
             For each ($error; $status.errors)\n\tALERT($error.code.methodName+\":\"+String($error.line)+\" \"+$error.message)\n\
             \tALERT($error.code.file.fullName+\" \"+$error.code.type+\" \"+String($error.isError))\nEnd for each\n",
        )
        .write("other.4dm", "ALERT(JSON Stringify(Compile project(File(\"/PACKAGE/Project/Shop.4DProject\")).success))\n");
    let words = ["--project", "Project/Shop.4DProject", "--startup-method", "test", "--dataless"];
    let run = run(command(&folder.0).args(words), "");
    assert_eq!(
        (run.out.as_str(), run.err.as_str()),
        ("False\nprice:3 unknown command or method `Sesion info`\nprice.4dm projectMethod True\n", "")
    );
    let other = super_run(&folder);
    assert_eq!(other.out, "false\n", "{}", other.err);
}

fn super_run(folder: &Folder) -> Run {
    run(command(&folder.0).args(["run", "other.4dm"]), "")
}
