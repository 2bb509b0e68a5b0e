//! The binary from outside: exit codes, what goes to which stream, closed pipes, the options of tool4d.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the test starts the program and makes files"
)]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder of its own for each test, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("quatre-cli-{}-{name}", std::process::id()));
        _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path.canonicalize().expect("a real path"))
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> &Self {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(path, text).expect("a file");
        self
    }

    fn run(&self, words: &[&str]) -> Run {
        run(&self.0, words, "")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What a run gave.
#[derive(Debug)]
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    /// Fails unless the code and both streams are these.
    #[track_caller]
    fn gives(&self, code: i32, out: &str, err: &str) {
        assert_eq!((self.code, self.out.as_str(), self.err.as_str()), (code, out, err));
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quatre"));
    // The environment of the person who runs the tests must not change their result.
    for name in [
        "NO_COLOR",
        "CLICOLOR_FORCE",
        "FORCE_COLOR",
        "LC_ALL",
        "LC_CTYPE",
        "QUATRE_SESSIONS",
        "GITHUB_ACTIONS",
    ] {
        command.env_remove(name);
    }
    command.env("LANG", "en_US.UTF-8").current_dir(folder);
    command
}

fn run(folder: &Path, words: &[&str], input: &str) -> Run {
    let mut child = command(folder)
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that reads nothing may be gone already.
    _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("the program ends");
    Run {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

fn here(words: &[&str]) -> Run {
    run(Path::new(env!("CARGO_MANIFEST_DIR")), words, "")
}

#[test]
fn help_and_version_are_results() {
    let version = format!("quatre {}\n", env!("CARGO_PKG_VERSION"));
    here(&["--version"]).gives(0, &version, "");
    here(&["-V"]).gives(0, &version, "");
    for words in [["--help"], ["-h"], ["-?"], ["help"]] {
        let help = here(&words);
        assert_eq!((help.code, help.err.as_str()), (0, ""));
        assert!(help.out.starts_with("Quatre runs the 4D language"), "{}", help.out);
    }
    let help = here(&["run", "--help"]);
    assert_eq!(help.code, 0);
    assert!(help.out.contains("--sessions FILE.json") && help.out.contains("--clock ISO"), "{}", help.out);
    // The short form fits a screen.
    assert!(here(&["run", "-h"]).out.lines().count() <= 24);
}

#[test]
fn bad_usage_is_two_lines_and_code_2() {
    here(&["run", "x.4dm", "--session-file", "y"]).gives(
        2,
        "",
        "error: no option `--session-file`; did you mean `--sessions`?\n  = all options: quatre run --help\n",
    );
    here(&["chek", "src"]).gives(
        2,
        "",
        "error: no command `chek`; did you mean `check`?\n  = all commands: quatre --help\n",
    );
    here(&["repl"]).gives(
        2,
        "",
        "error: `quatre repl` is not built yet (Q9001)\n  = what works: quatre --help\n",
    );
    here(&["run", "x.4dm", "--sandbox"]).gives(
        2,
        "",
        "error: the option `--sandbox` is not built yet (Q9002)\n  = all options: quatre run --help\n",
    );
    here(&["check", "x", "--format", "jsno"]).gives(
        2,
        "",
        "error: `--format` cannot be `jsno`; did you mean `json`?\n  = one of: human, short, json, sarif, github, tool4d\n",
    );
    for words in [&["run"][..], &["eval"], &["check"], &["explain"], &["schema"]] {
        let run = here(words);
        assert_eq!(
            (run.code, run.out.as_str(), run.err.lines().count()),
            (2, "", 2),
            "{words:?}: {}",
            run.err
        );
    }
}

#[test]
fn codes_are_explained() {
    let run = here(&["explain", "q6102"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.starts_with("Q6102: unknown key\n\n"), "{}", run.out);
    assert!(here(&["explain", "-10518"]).out.starts_with("-10518: Assert failed\n\n"));
    assert!(here(&["explain", "list"]).out.contains("Q9001"));
    here(&["explain", "Q6666"]).gives(2, "", "error: no code `Q6666`\n  = all codes: quatre explain list\n");
}

#[test]
fn schemas_are_json() {
    for name in ["sessions", "diagnostics"] {
        let run = here(&["schema", name]);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        let schema: serde_json::Value = serde_json::from_str(&run.out).expect("valid JSON");
        assert_eq!(schema["type"], "object");
    }
}

#[test]
fn problems_of_a_session_table_are_all_shown() {
    let folder = Folder::new("table");
    folder.write("a.4dm", "ALERT(\"x\")\n");
    folder.write("s.json", "{\"aplication\": \"server\",\n \"sessions\": [{\"type\": \"remot\"}]}\n");
    let run = folder.run(&["run", "a.4dm", "--sessions", "s.json", "--format", "short"]);
    run.gives(
        2,
        "",
        "s.json:1:2: error[Q6102]: the session table has no key `aplication`\n\
         s.json:2:24: error[Q6105]: `type` cannot be \"remot\"\n",
    );
    let run = folder.run(&["run", "a.4dm", "--sessions", "none.json"]);
    run.gives(2, "", "error[Q6001]: cannot read `none.json`: there is nothing of that name\n1 error. `quatre explain Q6001` tells more.\n");
    folder.write("t.json", "{\"sessions\": [{\"type\": \"remote\"}]}");
    let run = folder.run(&["run", "a.4dm", "--sessions=t.json", "--session", "7"]);
    run.gives(2, "", "error: there is no session 7 in t.json\n  = sessions in the table: 1\n");
}

const UNCLOSED: &str = "var $x : Integer\nIf ($x=1)\n\tALERT(\"é\")\nEnd for\n";

#[test]
fn check_reports_in_every_format() {
    let folder = Folder::new("check");
    folder.write("sub/a.4dm", UNCLOSED).write("sub/b.4dm", "ALERT(\"b\")\n").write("sub/c.txt", "no code");
    let human = folder.run(&["check", "--syntax-only", "sub"]);
    assert_eq!((human.code, human.out.as_str()), (1, ""));
    assert!(human.err.starts_with("error[Q1005]: "), "{}", human.err);
    assert!(human.err.contains("╭─[sub/a.4dm:4:1]"), "{}", human.err);
    let last = human.err.lines().last().expect("a summary");
    assert!(last.starts_with("checked 2 files in ") && last.ends_with(": 1 error"), "{last}");

    let quiet = folder.run(&["check", "--syntax-only", "-q", "--format=short", "sub/a.4dm", "sub/b.4dm"]);
    assert_eq!((quiet.code, quiet.out.as_str(), quiet.err.lines().count()), (1, "", 1), "{}", quiet.err);
    assert!(quiet.err.starts_with("sub/a.4dm:4:1: error[Q1005]: "), "{}", quiet.err);

    let json = folder.run(&["check", "--syntax-only", "sub", "--format", "json"]);
    assert_eq!((json.code, json.err.as_str()), (1, ""));
    let value: serde_json::Value = serde_json::from_str(&json.out).expect("valid JSON");
    assert_eq!(value["errors"][0]["code"]["file"], "sub/a.4dm");
    let fine = folder.run(&["check", "--syntax-only", "sub/b.4dm", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&fine.out).expect("valid JSON");
    assert_eq!((fine.code, &value["success"]), (0, &serde_json::Value::Bool(true)));

    let github = folder.run(&["check", "--syntax-only", "sub", "--format", "github"]);
    assert!(github.out.starts_with("::error file=sub/a.4dm,line=4,col=1,"), "{}", github.out);
    let sarif = folder.run(&["check", "--syntax-only", "sub", "--format", "sarif"]);
    let value: serde_json::Value = serde_json::from_str(&sarif.out).expect("valid JSON");
    assert_eq!(value["runs"][0]["results"][0]["ruleId"], "Q1005");
}

#[test]
fn check_reads_standard_input_under_a_name() {
    let run = run(
        Path::new("."),
        &["check", "--syntax-only", "-", "--stdin-name", "x.4dm", "--format", "short"],
        UNCLOSED,
    );
    assert_eq!(run.code, 1);
    assert!(run.err.starts_with("x.4dm:4:1: error[Q1005]"), "{}", run.err);
}

#[test]
fn reports_are_drawn_as_asked() {
    let folder = Folder::new("look");
    folder.write("a.4dm", UNCLOSED);
    let ascii = folder.run(&["check", "--syntax-only", "a.4dm", "--ascii"]);
    assert!(ascii.err.is_ascii() && ascii.err.contains(",-[a.4dm:4:1]"), "{}", ascii.err);
    let color = folder.run(&["check", "--syntax-only", "a.4dm", "--color=always"]);
    assert!(color.err.starts_with("\u{1b}[1;31merror[Q1005]\u{1b}[0m: "), "{}", color.err);
    let plain = folder.run(&["check", "--syntax-only", "a.4dm"]);
    assert!(!plain.err.contains('\u{1b}'), "{}", plain.err);
}

#[test]
fn any_bytes_can_be_checked() {
    let folder = Folder::new("bytes");
    folder
        .write("empty.4dm", "")
        .write("old.4dm", b"ALERT(\"caf\xe9\")\n")
        .write("noise.4dm", b"\x00\xff\xfe\x01");
    assert_eq!(folder.run(&["check", "--syntax-only", "empty.4dm", "old.4dm"]).code, 0);
    let noise = folder.run(&["check", "--syntax-only", "noise.4dm"]);
    assert!([0, 1].contains(&noise.code), "{}", noise.err);
}

#[test]
fn unreadable_paths_are_usage_errors() {
    let folder = Folder::new("unreadable");
    std::fs::create_dir(folder.0.join("sub")).expect("a folder");
    folder.write("a.4dm", UNCLOSED);
    let run = folder.run(&["check", "--syntax-only", "none.4dm", "a.4dm"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("error[Q6001]: cannot read `none.4dm`"), "{}", run.err);
    let run = folder.run(&["check", "--syntax-only", "sub"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.starts_with("checked 0 files in "), "{}", run.err);
}

#[test]
#[cfg(unix)]
fn a_closed_pipe_is_a_quiet_end() {
    let mut child = command(Path::new(env!("CARGO_MANIFEST_DIR")))
        .args(["explain", "list"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // Nobody will ever read what the program writes.
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut err).expect("UTF-8");
    let status = child.wait().expect("the program ends");
    assert_eq!((status.code(), err.as_str()), (Some(0), ""));
}
