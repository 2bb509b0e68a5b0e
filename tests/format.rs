//! `quatre fmt` on all code of the repository: a second time changes nothing, and the tree is that of before.
//!
//! `QUATRE_FORMAT` names further folders to try, such as a collection of public projects.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests look at files from outside")]

use std::path::{Path, PathBuf};
use std::process::Command;

use quatre::engine::catalog;
use quatre::format::{Refusal, Tokens, Vocabulary, format};
use quatre::source::SourceFile;
use quatre::syntax::dump;
use quatre::syntax::lexer::FileKind;
use quatre::syntax::{parse_class, parse_method};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() && !path.is_symlink() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "4dm") {
            found.push(path);
        }
    }
}

fn vocabulary() -> Vocabulary<'static> {
    Vocabulary { names: catalog(), catalog: catalog() }
}

fn tree(text: &str, kind: FileKind) -> String {
    let file = SourceFile::detached("x", text);
    match kind {
        FileKind::Method => dump::method(&parse_method(&file, catalog()).0),
        FileKind::Class => dump::class(&parse_class(&file, catalog()).0),
    }
}

/// The tree without the difference between a constant by name and one by token, and between spellings of types.
fn meaning(text: &str, kind: FileKind) -> String {
    tree(text, kind).to_lowercase()
}

/// What is wrong with the layout of a text; `None` when it cannot be laid out at all.
fn judge(text: &str, kind: FileKind) -> Option<Result<(), String>> {
    let laid_out = |text: &str, tokens| format(&SourceFile::detached("x", text), kind, vocabulary(), tokens);
    let once = match laid_out(text, Tokens::Keep) {
        Ok(once) => once,
        Err(Refusal::Syntax(_)) => return None,
        Err(Refusal::Differs) => return Some(Err("other code".into())),
    };
    if meaning(text, kind) != meaning(&once, kind) {
        return Some(Err("another tree".into()));
    }
    if laid_out(&once, Tokens::Keep).as_ref() != Ok(&once) {
        return Some(Err("a second time changes something".into()));
    }
    let (Ok(with), Ok(without)) = (laid_out(&once, Tokens::Add), laid_out(&once, Tokens::Remove)) else {
        return Some(Err("other code with tokens".into()));
    };
    let back = (laid_out(&with, Tokens::Remove), laid_out(&without, Tokens::Add));
    if back.0.as_ref() != Ok(&without) {
        return Some(Err("tokens do not go as they came".into()));
    }
    Some(Ok(()))
}

#[test]
fn all_code_keeps_its_meaning() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["tests", "examples", "../shared/conformance"] {
        files(&root.join(folder), &mut found);
    }
    if let Ok(more) = std::env::var("QUATRE_FORMAT") {
        files(Path::new(&more), &mut found);
    }
    let (mut judged, mut failures) = (0, Vec::new());
    for path in &found {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let is_class = path.parent().and_then(Path::file_name).is_some_and(|name| name == "Classes");
        let kind = if is_class { FileKind::Class } else { FileKind::Method };
        if let Some(verdict) = judge(&text, kind) {
            judged += 1;
            failures.extend(verdict.err().map(|why| format!("{}: {why}", path.display())));
        }
    }
    assert!(judged > 300, "only {judged} of {} files were laid out", found.len());
    assert!(failures.is_empty(), "{} of {judged}\n{}", failures.len(), failures.join("\n"));
    eprintln!("{judged} of {} files were laid out", found.len());
}

fn one(text: &str, tokens: Tokens) -> String {
    format(&SourceFile::detached("x", text), FileKind::Method, vocabulary(), tokens).expect("it reads")
}

#[test]
fn names_are_spelled_as_today() {
    assert_eq!(one("alert( STRING(1) )", Tokens::Keep), "ALERT(String(1))");
    assert_eq!(one("$a:={alert: 1; String: IS TEXT}", Tokens::Keep), "$a:={alert: 1; String: Is text}");
    assert_eq!(one("$a:=session  INFO(1)", Tokens::Keep), "$a:=Session info(1)");
    assert_eq!(one("this.alert(TRUE)", Tokens::Keep), "This.alert(True)");
}

#[test]
fn tokens_come_and_go() {
    let bare = "var $f : 4D.File\nALERT(String([People]Name))\n$a:=Is text";
    let full = "var $f : 4D:C1709.File\nALERT:C41(String:C10([People]Name))\n$a:=Is text:K8:3";
    assert_eq!(one(bare, Tokens::Add), full);
    assert_eq!(one(full, Tokens::Remove), bare);
    assert_eq!(one(full, Tokens::Keep), full);
    assert_eq!(one("[People:1]Name:2:=[Gone:4]:5", Tokens::Remove), "[People]Name:=[Gone:4]:5");
    assert_eq!(one("Alerte:C41(1)", Tokens::Keep), "ALERT:C41(1)");
}

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("quatre-fmt-{name}-{}", std::process::id()));
        _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("made");
        Self(path)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).expect("written");
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).expect("read")
    }

    fn quatre(&self, words: &[&str], input: &str) -> (i32, String, String) {
        use std::io::Write as _;
        let mut child = Command::new(env!("CARGO_BIN_EXE_quatre"))
            .args(words)
            .current_dir(&self.0)
            .env("LANG", "en_US.UTF-8")
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("the program starts");
        child.stdin.take().expect("piped").write_all(input.as_bytes()).expect("written");
        let output = child.wait_with_output().expect("the program ends");
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn files_are_laid_out_in_place() {
    let folder = Folder::new("place");
    folder.write("a.4dm", "if(true)\nalert(\"x\")\nend if\n");
    folder.write("b.4dm", "ALERT(\"y\")\n");
    folder.write("c.4dm", "If (True)");
    let (exit, out, err) = folder.quatre(&["fmt", "--check", "a.4dm", "b.4dm"], "");
    assert_eq!((exit, out.as_str()), (1, "a.4dm\n"));
    assert_eq!(err, "2 files, 1 would change: quatre fmt does it\n");
    let (exit, out, _) = folder.quatre(&["fmt", "--diff", "a.4dm"], "");
    assert_eq!(exit, 1);
    assert!(out.starts_with("--- a/a.4dm\n+++ b/a.4dm\n@@ -1,3 +1,3 @@\n-if(true)\n"), "{out}");
    assert_eq!(folder.read("a.4dm"), "if(true)\nalert(\"x\")\nend if\n", "neither writes");
    let (exit, _, err) = folder.quatre(&["fmt", "."], "");
    assert_eq!(exit, 1, "{err}");
    assert!(err.contains("error[Q1") && err.ends_with("3 files, 1 changed, 1 error\n"), "{err}");
    assert_eq!(folder.read("a.4dm"), "If (True)\n\tALERT(\"x\")\nEnd if \n");
    assert_eq!(folder.read("c.4dm"), "If (True)", "what does not read is left alone");
    let (exit, _, err) = folder.quatre(&["fmt", "a.4dm", "b.4dm"], "");
    assert_eq!((exit, err.as_str()), (0, "2 files, none changed\n"));
    assert_eq!(folder.quatre(&["fmt", "gone.4dm"], "").0, 2);
    assert_eq!(folder.quatre(&["fmt", "--tokens=some", "a.4dm"], "").0, 2);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = Folder::new("input");
    let (exit, out, _) = folder.quatre(&["fmt", "--tokens=add", "-"], "alert(1)");
    assert_eq!((exit, out.as_str()), (0, "ALERT:C41(1)"));
    let class = "function f\nreturn 1\n";
    let (exit, out, _) = folder.quatre(&["fmt", "-", "--stdin-name", "Classes/A.4dm"], class);
    assert_eq!((exit, out.as_str()), (0, "Function f\n\treturn 1\n"));
    let (exit, out, err) = folder.quatre(&["fmt", "-"], "If (");
    assert_eq!((exit, out.as_str()), (1, "If ("), "a filter gives the text back: {err}");
}
