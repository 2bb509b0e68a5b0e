//! A program in a sandbox touches nothing that it was not given, by whatever command or class; and no program outlives
//! its limits, whatever it catches.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the test starts the program and makes files"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder with a secret beside the script.
fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("quatre-sandbox-{}-{name}", std::process::id()));
    _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(path.join("app")).expect("folders");
    std::fs::write(path.join("secret.txt"), "secret").expect("a file");
    path.canonicalize().expect("a real path")
}

/// Runs a script with these options: its code, standard output, standard error.
fn run(folder: &Path, script: &str, options: &[&str]) -> (i32, String, String) {
    let file = folder.join("app/script.4dm");
    std::fs::write(&file, script).expect("a script");
    let output = Command::new(env!("CARGO_BIN_EXE_quatre"))
        .args(["run", "--format", "short"])
        .args(options)
        .arg(&file)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

/// What could touch the world, with the code of the refusal; `SECRET` and `NEW` are paths outside of the script.
const ATTEMPTS: &[(&str, &str)] = &[
    ("ALERT(Current machine)", "Q8105"),
    ("ALERT(Current system user)", "Q8105"),
    ("ALERT(System folder(Desktop))", "Q8105"),
    ("ALERT(File(\"SECRET\"; fk posix path).getText())", "Q8101"),
    ("ALERT(String(File(\"SECRET\"; fk posix path).exists))", "Q8101"),
    ("ALERT(String(File(\"SECRET\"; fk posix path).size))", "Q8101"),
    ("ALERT(String(BLOB size(File(\"SECRET\"; fk posix path).getContent())))", "Q8101"),
    ("ALERT(File(\"SECRET\"; fk posix path).open(\"read\").readText())", "Q8101"),
    ("ALERT(String(Folder(\"/\"; fk posix path).files().length))", "Q8101"),
    ("ALERT(String(Folder(\"/\"; fk posix path).folders().length))", "Q8101"),
    ("ALERT(Document to text(\"SECRET\"))", "Q8101"),
    ("ALERT(String(Test path name(\"SECRET\")))", "Q8101"),
    ("var $b : Blob\nDOCUMENT TO BLOB(\"SECRET\"; $b)", "Q8101"),
    ("File(\"NEW\"; fk posix path).setText(\"x\")", "Q8102"),
    ("File(\"NEW\"; fk posix path).create()", "Q81"),
    ("Folder(\"NEW\"; fk posix path).create()", "Q81"),
    ("File(\"SECRET\"; fk posix path).delete()", "Q81"),
    ("TEXT TO DOCUMENT(\"NEW\"; \"x\")", "Q81"),
    ("CREATE FOLDER(\"NEW\")", "Q81"),
    ("DELETE DOCUMENT(\"SECRET\")", "Q81"),
    ("COPY DOCUMENT(\"SECRET\"; \"NEW\")", "Q81"),
    ("MOVE DOCUMENT(\"SECRET\"; \"NEW\")", "Q81"),
    ("var $in; $out : Text\nLAUNCH EXTERNAL PROCESS(\"ls\"; $in; $out)", "Q8104"),
];

#[test]
fn a_sandbox_keeps_the_world_out() {
    let folder = folder("world");
    let secret = folder.join("secret.txt");
    for (code, refusal) in ATTEMPTS {
        let script = code
            .replace("SECRET", &secret.to_string_lossy())
            .replace("NEW", &folder.join("new.txt").to_string_lossy());
        let (exit, out, err) = run(&folder, &script, &["--sandbox"]);
        assert!(exit == 1 && out.is_empty() && err.contains(refusal), "{code}: {exit} {out} {err}");
        assert!(secret.exists() && !folder.join("new.txt").exists(), "{code}");
        let caught = format!("Try\n{script}\nCatch\nALERT(\"caught\")\nEnd try\n");
        let (exit, out, err) = run(&folder, &caught, &["--sandbox"]);
        assert!(exit == 0 && out == "caught\n", "{code}: {exit} {out} {err}");
    }
    _ = std::fs::remove_dir_all(folder);
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere_that_was_not_given() {
    let folder = folder("links");
    std::fs::create_dir_all(folder.join("given")).expect("a folder");
    std::os::unix::fs::symlink(folder.join("secret.txt"), folder.join("given/link")).expect("a link");
    std::os::unix::fs::symlink(folder.join("later.txt"), folder.join("given/loose")).expect("a link");
    let given = folder.join("given").to_string_lossy().into_owned();
    let (read, write) = (format!("--allow-read={given}"), format!("--allow-write={given}"));
    let options = ["--sandbox", &read, &write];
    let text =
        |name: &str, call: &str| format!("ALERT(String(File(\"{given}/{name}\"; fk posix path).{call}))");
    let (exit, _, err) = run(&folder, &text("link", "getText()"), &options);
    assert!(exit == 1 && err.contains("Q8101"), "{err}");
    let (exit, _, err) =
        run(&folder, &format!("File(\"{given}/loose\"; fk posix path).setText(\"x\")"), &options);
    assert!(exit == 1 && err.contains("Q8102") && !folder.join("later.txt").exists(), "{err}");
    let (exit, _, err) =
        run(&folder, &format!("File(\"{given}/own\"; fk posix path).setText(\"x\")"), &options);
    assert!(exit == 0 && folder.join("given/own").exists(), "{err}");
    _ = std::fs::remove_dir_all(folder);
}

/// Programs that never end by themselves, and the limit that ends them.
const ENDLESS: &[(&str, &str, &str)] = &[
    ("Repeat\nTry\nThrow({errCode: 1})\nCatch\nEnd try\nUntil (False)", "--max-time=300ms", "Q8001"),
    ("While (True)\nTry\nWhile (True)\nEnd while\nCatch\nEnd try\nEnd while", "--max-time=300ms", "Q8001"),
    ("While (True)\nEnd while", "--max-steps=5000", "Q8003"),
    (
        "var $f : Object\n$f:={}\n$f.f:=Formula(This.f())\nTry\n$f.f()\nCatch\nALERT(\"x\")\nEnd try",
        "--max-depth=100",
        "Q8004",
    ),
    ("var $t : Text\n$t:=\"ab\"\nWhile (True)\n$t:=$t+$t\nEnd while", "--max-text=1M", "Q8005"),
    ("var $t : Text\n$t:=\"ab\"*100000000", "--max-text=1M", "Q8005"),
    ("var $c : Collection\n$c:=[]\n$c.resize(100000000)", "--max-elements=1000", "Q8005"),
    (
        "var $c : Collection\n$c:=[]\nWhile (True)\n$c.push($c.length)\nEnd while",
        "--max-elements=1000",
        "Q8005",
    ),
    ("ARRAY LONGINT($a; 100000)", "--max-elements=1000", "Q8005"),
    ("While (True)\nALERT(\"0123456789\")\nEnd while", "--max-output=1K", "Q8006"),
    (
        "var $c : Collection\n$c:=[]\nWhile (True)\n$c.push(\"x\"*100000)\nEnd while",
        "--max-memory=200M",
        "Q8002",
    ),
    (
        "While (True)\nTry(Match regex(\"^(a|a)*\\\\1$\"; \"a\"*30+\"b\"; 1))\nEnd while",
        "--max-time=1s",
        "Q8001",
    ),
    (
        "var $t : Text\n$t:=\"ab\"\nWhile (True)\nTry\n$t:=$t+$t\nCatch\nEnd try\nEnd while",
        "--max-memory=200M",
        "Q8002",
    ),
];

#[test]
fn no_program_outlives_its_limits() {
    let folder = folder("limits");
    for (script, limit, code) in ENDLESS {
        let (exit, out, err) = run(&folder, script, &[limit]);
        assert!(exit == 1 && err.contains(code), "{limit} {script}: {exit} {err}");
        assert!(out.len() <= 1024, "{limit}: {} bytes", out.len());
    }
    _ = std::fs::remove_dir_all(folder);
}

/// What a program lets go is freed at once: loops that make and drop values of all kinds for ever need no more memory
/// at their end than at their beginning.
#[test]
fn a_program_that_churns_stays_small() {
    let folder = folder("churn");
    let script = r#"var $i; $k : Integer
var $t : Text
var $o : Object
var $c; $parts : Collection
var $b : Blob
ARRAY TEXT($names; 0)
For ($i; 1; 20000)
	$o:=New object("n"; $i; "list"; New collection(1; 2; New object("deep"; String($i))))
	$o["key"+String($i%500)]:=$o.list
	OB REMOVE($o; "list")
	$c:=New collection
	For ($k; 1; 4)
		$c.push($o; String($k); New object)
	End for
	$c:=$c.filter(Formula(Value type($1.value)=Is object)).slice(1)
	$t:=("x"*200)+JSON Stringify($c[0])
	$parts:=Split string($t; ",")
	ARRAY TEXT($names; 20)
	$names{7}:=$t
	SET BLOB SIZE($b; 2000; $i%256)
	Try
		throw(1; "again")
	Catch
		$t:=Last errors[0].message
	End try
End for
ALERT($t)
"#;
    let (code, out, err) = run(&folder, script, &["--max-memory=64M"]);
    assert_eq!((code, out.as_str()), (0, "again\n"), "{err}");
    // The bound would have been met: keeping it all does not fit.
    let keeping = script.replace("End for\nALERT", "\t$all.push($c; $parts)\nEnd for\nALERT");
    let keeping = keeping.replace("20000", "2000000");
    let keeping = format!("var $all : Collection\n$all:=New collection\n{keeping}");
    let (code, _, err) = run(&folder, &keeping, &["--max-memory=64M"]);
    assert!(code == 1 && err.contains("Q8002"), "{code} {err}");
}
