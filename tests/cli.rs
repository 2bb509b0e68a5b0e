//! The binary from outside: exit codes, what goes to which stream, closed pipes, the options of tool4d.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the test starts the program and makes files"
)]

mod folder;

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use folder::Folder;

impl Folder {
    fn run(&self, words: &[&str]) -> Run {
        run(&self.0, words, "")
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
    here(&["lsp"]).gives(
        2,
        "",
        "error: `quatre lsp` is not built yet (Q9101)\n  = what works: quatre --help\n",
    );
    here(&["run", "x.4dm", "--config", "x.toml"]).gives(
        2,
        "",
        "error: cannot read `x.toml`: there is nothing of that name\n  = --no-config does without settings\n",
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

/// The method of the examples: a text and a number of times.
const HELLO: &str = "#DECLARE($name : Text; $times : Integer)\nvar $i : Integer\nFor ($i; 1; $times)\n\tALERT(\"Hello \"+$name)\nEnd for\n";

#[test]
fn arguments_become_parameters() {
    let folder = Folder::new("arguments");
    folder.write("hello.4dm", HELLO);
    folder.run(&["run", "hello.4dm", "Ada", "2"]).gives(0, "Hello Ada\nHello Ada\n", "");
    folder.run(&["hello.4dm", "Ada", "1"]).gives(0, "Hello Ada\n", "");
    folder.run(&["run", "hello.4dm", "Ada", "-1"]).gives(0, "", "");
    folder.run(&["run", "hello.4dm", "Ada", "two"]).gives(
        2,
        "",
        "error: argument 2 of hello.4dm is an Integer: `two` is not a number\n  = usage: quatre run hello.4dm NAME:Text TIMES:Integer\n",
    );
    folder.write("extra.4dm", "ALERT($1+\"|\"+$2+\"|\"+String(Count parameters))\n");
    folder.run(&["run", "extra.4dm", "a b", "7", "--", "--c"]).gives(0, "a b|7|3\n", "");
    folder.write("types.4dm", "#DECLARE($d : Date; $t : Time; $b : Boolean; $o : Object; $c : Collection)\nALERT(String(Year of($d))+\" \"+String($t)+\" \"+String($b)+\" \"+$o.a+\" \"+String($c.length))\n");
    folder.run(&["run", "types.4dm", "2024-01-31", "12:30:00", "1", "{\"a\":\"x\"}", "[1,2]"]).gives(
        0,
        "2024 12:30:00 True x 2\n",
        "",
    );
    let run = folder.run(&["run", "types.4dm", "2024-02-30"]);
    assert!(run.err.contains("`2024-02-30` is not a date like 2024-01-31"), "{}", run.err);
}

#[test]
fn eval_prints_the_value_of_an_expression() {
    let eval = |code: &str, out: &str| here(&["eval", code]).gives(0, out, "");
    eval("1+2*3", "9\n");
    eval("\"a\"+\"b\"", "ab\n");
    eval("1=1", "True\n");
    eval("!2024-01-31!", "2024-01-31\n");
    eval("?12:30:00?", "12:30:00\n");
    eval("Null", "null\n");
    eval("$nothing", "undefined\n");
    eval("{a: 1; b: [True; Null]}", "{\"a\":1,\"b\":[true,null]}\n");
    eval("New collection(3; 1; 2).sort()", "[1,2,3]\n");
    eval("Session info(Session.id).type", "standalone\n");
    // What gives no value prints nothing but what it prints itself.
    eval("ALERT(\"x\")", "x\n");
    eval("var $i : Integer\n$i:=3\nALERT(String($i))", "3\n");
    here(&["eval", "--json", "\"a\""]).gives(0, "\"a\"\n", "");
}

#[test]
fn a_program_on_standard_input_is_run() {
    let program = "ALERT(\"from stdin\")\n";
    run(Path::new("."), &["-"], program).gives(0, "from stdin\n", "");
    run(Path::new("."), &["run", "-"], program).gives(0, "from stdin\n", "");
    run(Path::new("."), &[], program).gives(0, "from stdin\n", "");
    let wrong = run(Path::new("."), &["run", "-", "--format", "short"], UNCLOSED);
    assert_eq!((wrong.code, wrong.out.as_str()), (1, ""));
    assert!(wrong.err.starts_with("<stdin>:4:1: error[Q1005]"), "{}", wrong.err);
}

#[test]
fn the_first_line_may_make_a_script_executable() {
    let folder = Folder::new("shebang");
    folder.write("s.4dm", "#!/usr/bin/env -S quatre run\nALERT(\"ran\")\n");
    folder.run(&["run", "s.4dm"]).gives(0, "ran\n", "");
}

#[test]
fn uncaught_errors_are_reported_after_the_output() {
    let folder = Folder::new("uncaught");
    folder.write("total.4dm", "ALERT(\"before\")\ncheckTotal(-3)\nALERT(\"never\")\n");
    folder.write(
        "checkTotal.4dm",
        "#DECLARE($total : Integer)\nASSERT($total>=0; \"total must not be negative\")\n",
    );
    let run = folder.run(&["run", "total.4dm"]);
    assert_eq!((run.code, run.out.as_str()), (1, "before\n"));
    assert!(run.err.starts_with("error[-10518]: Assert failed: total must not be negative\n"), "{}", run.err);
    assert!(run.err.contains("╭─[checkTotal.4dm:2:"), "{}", run.err);
    assert!(run.err.ends_with("call chain: checkTotal (line 2) ← total (line 2)\n"), "{}", run.err);
    let tool4d = folder.run(&["run", "total.4dm", "--format", "tool4d"]);
    assert!(
        tool4d.err.starts_with("tool4d.4DRT [-10518] Assert failed: total must not be negative"),
        "{}",
        tool4d.err
    );
}

#[test]
fn streams_are_kept_apart() {
    let folder = Folder::new("streams");
    folder.write(
        "log.4dm",
        "LOG EVENT(Into system standard outputs; \"out\\n\")\nLOG EVENT(Into system standard outputs; \"err\\n\"; Error message)\nLOG EVENT(Into 4D diagnostic log; \"kept\")\n",
    );
    folder.run(&["run", "log.4dm"]).gives(0, "out\n", "err\n");
    folder.run(&["run", "log.4dm", "--fail-on-stderr"]).gives(1, "out\n", "err\n");
    folder.run(&["run", "log.4dm", "--log", "d.txt"]).gives(0, "out\n", "err\n");
    let log = std::fs::read_to_string(folder.0.join("d.txt")).expect("the log");
    assert!(log.contains("kept"), "{log}");
}

#[test]
fn sessions_come_from_a_table() {
    here(&["run", "examples/who.4dm", "--sessions", "examples/three.json"]).gives(
        0,
        "1 storedProcedure Designer\n2 remote Designer\n3 remote Vanessa (sleeping)\n",
        "",
    );
    here(&["eval", "JSON Stringify(Session info(4))", "--sessions", "examples/three.json"])
        .gives(0, "null\n", "");
    let own = ["eval", "Session.info.userName", "--sessions", "examples/three.json", "--session", "3"];
    here(&own).gives(0, "Vanessa\n", "");
    let info = here(&["run", "examples/session.4dm"]);
    assert_eq!((info.code, info.err.as_str()), (0, ""));
    let info: serde_json::Value = serde_json::from_str(&info.out).expect("JSON");
    assert_eq!(info["type"], "standalone");
    assert_eq!(info["IPAddress"], "localhost");
}

#[test]
fn a_seed_and_a_clock_make_runs_alike() {
    let words = ["eval", "Generate UUID+String(Random)", "--seed", "7"];
    let first = here(&words);
    assert_eq!(first.code, 0, "{}", first.err);
    assert_eq!(first.out, here(&words).out);
    assert_ne!(first.out, here(&["eval", "Generate UUID+String(Random)", "--seed", "8"]).out);
    here(&["eval", "String(Current date; ISO date)", "--clock", "2024-09-10T12:00:00Z"]).gives(
        0,
        "2024-09-10T00:00:00\n",
        "",
    );
}

/// A project that tells when its parts run.
fn project(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder
        .write("P/Project/P.4DProject", "{}")
        .write("P/Project/Sources/DatabaseMethods/onStartup.4dm", "ALERT(\"startup\")\n")
        .write("P/Project/Sources/DatabaseMethods/onExit.4dm", "ALERT(\"exit\")\n")
        .write("P/Project/Sources/Methods/work.4dm", "ALERT(\"work \"+cs.Greeter.new().hello())\n")
        .write("P/Project/Sources/Methods/leave.4dm", "ALERT(\"leaving\")\nQUIT 4D\nALERT(\"never\")\n")
        .write("P/Project/Sources/Methods/fail.4dm", "ASSERT(False; \"no\")\n")
        .write(
            "P/Project/Sources/Methods/param.4dm",
            "var $t : Text\nvar $r : Real\n$r:=Get database parameter(User param value; $t)\nALERT($t)\n",
        )
        .write("P/Project/Sources/Classes/Greeter.4dm", "Function hello() : Text\n\treturn \"hi\"\n");
    folder
}

#[test]
fn the_options_of_tool4d_are_understood() {
    let folder = project("tool4d");
    let file = "P/Project/P.4DProject";
    folder
        .run(&[
            "--project",
            file,
            "--startup-method",
            "work",
            "--dataless",
            "--headless",
            "--opening-mode=interpreted",
        ])
        .gives(0, "startup\nwork hi\nexit\n", "");
    folder.run(&["--project=P", "--startup-method=WORK", "--skip-onstartup"]).gives(0, "work hi\n", "");
    folder.run(&[file, "--dataless"]).gives(0, "startup\nexit\n", "");
    folder.run(&["run", "P"]).gives(0, "startup\nexit\n", "");
    folder.run(&["run", "P/Project/Sources/Methods/work.4dm"]).gives(0, "work hi\n", "");
    folder.run(&["--project", file, "--startup-method", "leave", "--dataless"]).gives(
        0,
        "startup\nleaving\nexit\n",
        "",
    );
    folder
        .run(&["--project", file, "--startup-method", "param", "--skip-onstartup", "--user-param", "a=1 b"])
        .gives(0, "a=1 b\n", "");
    let failed = folder.run(&["--project", file, "--startup-method", "fail", "--skip-onstartup"]);
    assert_eq!((failed.code, failed.out.as_str()), (1, ""));
}

#[test]
fn mistakes_in_the_options_of_tool4d_are_code_2() {
    let folder = project("tool4d-wrong");
    let run = folder.run(&["--project", "P/Project/P.4DProject", "--startup-method", "wrok"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(
        run.err.contains("there is no project method `wrok`") && run.err.contains("did you mean `work`?"),
        "{}",
        run.err
    );
    assert_eq!(folder.run(&["--project", "none.4DProject"]).code, 2);
    std::fs::create_dir(folder.0.join("empty")).expect("a folder");
    let run = folder.run(&["run", "empty"]);
    assert_eq!(run.code, 2);
    assert!(run.err.starts_with("error[Q6003]: `empty` is a folder without a project"), "{}", run.err);
    assert_eq!(folder.run(&["run", "none.4dm"]).code, 2);
}

#[test]
fn an_error_flag_is_removed_first_and_seen_at_the_end() {
    let folder = Folder::new("flag");
    folder.write("ok.4dm", "ALERT(\"ok\")\n").write("flag.txt", "old");
    folder.run(&["run", "ok.4dm", "--error-flag", "flag.txt"]).gives(0, "ok\n", "");
    assert!(!folder.0.join("flag.txt").exists());
}

#[test]
fn limits_end_a_program() {
    let folder = Folder::new("limits");
    folder.write("ever.4dm", "While (True)\nEnd while\n").write("deep.4dm", "deep\n");
    let steps = folder.run(&["run", "ever.4dm", "--max-steps", "1000", "--format", "short"]);
    assert_eq!(steps.code, 1);
    assert!(steps.err.starts_with("ever.4dm:") && steps.err.contains("error[Q8003]"), "{}", steps.err);
    let time = folder.run(&["run", "ever.4dm", "--max-time", "50ms", "--format", "short"]);
    assert!(time.code == 1 && time.err.contains("error[Q8001]"), "{}", time.err);
    let depth = folder.run(&["run", "deep.4dm", "--max-depth", "50"]);
    assert!(
        depth.code == 1 && depth.err.contains("error[Q8004]") && depth.err.contains("more ←"),
        "{}",
        depth.err
    );
}

#[test]
fn check_finds_unknown_names_once() {
    let folder = Folder::new("names");
    folder.write("a.4dm", "Sesion info(1)\n// again\nSesion info(2)\n").write("b.4dm", "a\n");
    let run = folder.run(&["check", "."]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert_eq!(run.err.matches("error[Q2001]").count(), 1, "{}", run.err);
    assert!(run.err.contains("help: did you mean the command `Session info`?"), "{}", run.err);
    assert!(run.err.contains("note: the same once more, in line 3"), "{}", run.err);
}

#[test]
fn a_wrong_name_is_reported_when_it_is_reached() {
    let folder = Folder::new("price");
    folder.write("price.4dm", "var $id : Integer\nALERT(\"first\")\n$session:=Sesion info($id)\n");
    let expected = "\
error[Q2001]: unknown command or method `Sesion info`
   ╭─[price.4dm:3:11]
   │
 3 │ $session:=Sesion info($id)
   │           ─────┬─────
   │                ╰─────── not a command, a method of this project, or a plug-in
   │
   │ help: did you mean the command `Session info`?
───╯
1 error. `quatre explain Q2001` tells more.
";
    folder.run(&["run", "price.4dm"]).gives(1, "first\n", expected);
    let json = folder.run(&["check", "price.4dm", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).expect("valid JSON");
    assert_eq!(value["errors"][0]["fixes"][0]["edits"][0]["text"], "Session info");
}

#[test]
fn doc_shows_searches_and_suggests() {
    let folder = Folder::new("doc");
    let shown = folder.run(&["doc", "substring"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    assert!(
        shown
            .out
            .starts_with("Substring ( source : Text ; firstChar : Integer {; numChars : Integer} ) : Text")
    );
    let listed = folder.run(&["doc", "--search", "session"]);
    assert!(listed.code == 0 && listed.out.contains("Session info") && listed.out.contains("4D.Session"));
    let machine = folder.run(&["doc", "Session info", "--json"]);
    assert!(machine.code == 0 && machine.out.contains("\"name\": \"Session info\""), "{}", machine.out);
    folder.run(&["doc", "Sesion infoo"]).gives(
        2,
        "",
        "error: nothing is known of `Sesion infoo`; did you mean `Session info`?\n  = quatre doc 'Session info'\n",
    );
    assert_eq!(folder.run(&["doc"]).code, 2);
}

#[test]
fn completions_come_for_every_shell() {
    let folder = Folder::new("completions");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = folder.run(&["completions", shell]);
        assert!(script.code == 0 && script.out.contains("quatre completions words"), "{shell}");
    }
    folder.run(&["completions", "bsh"]).gives(
        2,
        "",
        "error: no completions for `bsh`; did you mean `bash`?\n  = one of: bash, zsh, fish, powershell, elvish\n",
    );
    let words = folder.run(&["completions", "words", "explain"]).out;
    assert!(
        words.lines().any(|word| word == "Q6101") && words.lines().any(|word| word == "--color="),
        "{words}"
    );
    assert!(folder.run(&["completions", "words", "doc"]).out.contains("Session info\n"));
    assert!(folder.run(&["completions", "words", ""]).out.lines().any(|word| word == "run"));
}

#[test]
fn a_profile_names_the_line_that_took_the_time() {
    let folder = Folder::new("profile");
    folder.write(
        "slow.4dm",
        "var $i; $n : Integer\nwaits\nFor ($i; 1; 10)\n\t$n:=$n+$i\nEnd for\nALERT(String($n))\n",
    );
    folder.write("waits.4dm", "ALERT(\"before\")\nDELAY PROCESS(Current process; 18)\n");
    let ran = folder.run(&["run", "--profile=p.json", "slow.4dm"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "before\n55\n"));
    let first = |title: &str| {
        let line = ran.err.lines().skip_while(|line| !line.ends_with(title)).nth(1);
        line.map(|line| line.split_whitespace().skip(2).collect::<Vec<_>>().join(" "))
    };
    assert_eq!(first("with calls  line").as_deref(), Some("waits, line 2"), "{}", ran.err);
    assert_eq!(first("with calls  method").as_deref(), Some("waits"), "{}", ran.err);
    let text = std::fs::read_to_string(folder.0.join("p.json")).unwrap();
    let profile: serde_json::Value = serde_json::from_str(&text).unwrap();
    // 18 ticks are three tenths of a second.
    let all = profile["profiles"][0]["endValue"].as_u64().unwrap();
    assert!((300_000..30_000_000).contains(&all), "{all}");
    let weights = profile["profiles"][0]["weights"].as_array().unwrap();
    assert_eq!(weights.iter().filter_map(serde_json::Value::as_u64).sum::<u64>(), all);
    let frames = profile["shared"]["frames"].as_array().unwrap();
    assert!(frames.iter().any(|frame| frame["name"] == "waits:2" && frame["line"] == 2), "{text}");
    assert_eq!(folder.run(&["run", "--profile=no/where.json", "slow.4dm"]).code, 2);
}

#[test]
fn the_manual_page_has_all_commands() {
    let run = here(&["completions", "man"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.starts_with(".TH QUATRE 1"), "{}", run.out);
    for said in [".SS quatre run ", ".SS quatre fmt ", ".B \\-\\-tokens add|remove|keep", ".SH EXIT STATUS"] {
        assert!(run.out.contains(said), "{said}");
    }
}
