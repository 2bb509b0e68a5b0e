//! The prompt from outside: dialogues through a pipe, and keys on a terminal of its own.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "the test starts the program")]

mod folder;

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use folder::Folder;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long anything may take on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(20);

// ---- through a pipe ----

/// Runs a dialogue; gives standard output, standard error and the exit code.
fn piped(input: &str, options: &[&str]) -> (String, String, Option<i32>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_quatre"))
        .arg("repl")
        .args(options)
        .env("NO_COLOR", "1")
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut stdin = child.stdin.take().expect("its input");
    let text = input.to_owned();
    let writer = std::thread::spawn(move || _ = stdin.write_all(text.as_bytes()));
    let output = child.wait_with_output().expect("its end");
    writer.join().expect("all is written");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (text(output.stdout), text(output.stderr), output.status.code())
}

/// Each `NAME.4d` writes `NAME.out`, and `NAME.err` where that is there; with it, the dialogue may fail.
#[test]
fn dialogues_write_what_they_should() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/repl");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "4d"));
    files.sort();
    assert!(files.len() >= 5, "the dialogues are found");
    let bless = std::env::var_os("QUATRE_BLESS").is_some();
    let mut wrong = Vec::new();
    for path in files {
        let input = std::fs::read_to_string(&path).expect("a dialogue");
        let sessions = folder.join("three.sessions.json");
        let sessions = sessions.to_str().expect("a path");
        let (out, err, code) =
            piped(&input, &["--seed", "1", "--clock", "2026-01-05T09:12:44Z", "--sessions", sessions]);
        let wants_error = path.with_extension("err").is_file();
        for (extension, got) in [("out", &out), ("err", &err)] {
            let file = path.with_extension(extension);
            if extension == "err" && !wants_error {
                continue;
            }
            if bless {
                std::fs::write(&file, got).expect("written");
            }
            let wanted = std::fs::read_to_string(&file).unwrap_or_default();
            if *got != wanted {
                wrong.push(format!("{}\n--- wanted\n{wanted}--- got\n{got}", file.display()));
            }
        }
        if (code != Some(0)) != wants_error {
            wrong.push(format!("{}: exit code {code:?}\n{err}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A generator of numbers that is the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % bound
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words.get(self.below(words.len())).expect("below the length")
    }
}

const SOUP: &[&str] = &[
    "$a",
    "$b",
    ":=",
    "+",
    "-",
    "*",
    "/",
    "\\",
    "=",
    "#",
    "<",
    ">",
    "&",
    "|",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "[[",
    "]]",
    ";",
    ":",
    ".",
    "..",
    "->",
    "?",
    "!",
    "\"",
    "\"x\"",
    "'",
    "`",
    "//",
    "/*",
    "*/",
    "1",
    "0.5",
    "1e9",
    "0xFF",
    "2147483647",
    "!2024-01-31!",
    "?12:00:00?",
    "If",
    "Else",
    "End if",
    "For",
    "For each",
    "End for each",
    "While",
    "Repeat",
    "Until",
    "Case of",
    "End case",
    "Use",
    "Try",
    "Catch",
    "End try",
    "return",
    "break",
    "var",
    "#DECLARE",
    "Function",
    "Class",
    "New object",
    "New collection",
    "Session info",
    "Length",
    "Substring",
    "This",
    "Null",
    "Undefined",
    "True",
    "$_",
    "cs.",
    "4D.",
    "map",
    "new",
    "Formula",
    "Storage",
    "throw",
    "Date",
    "String",
    "Is text",
    "\t",
    " ",
    " ",
    "  ",
    "é",
    "ﬁ",
    "\u{1F600}",
    "\u{0}",
    "\u{7f}",
    "\u{2028}",
    "◊",
    "<>",
    "\\\"",
    ".help",
    ".tree",
    ".tokens",
    ".type",
    ".show",
    ".json",
    ".vars",
    ".sessions",
    ".session",
    ".explain",
    ".set",
    ".time",
    ".history",
    ".methods",
    ".doc",
];

const LINES: &[&str] = &[
    "$c:=New collection(1; 2; 3).map(Formula($1.value*2))",
    "$o:={a: 1; b: [1; 2; {c: \"x\"}]}",
    "For each ($x; [1; 2; 3])",
    "If ($a=1) | ($b=2)",
    "$t:=Substring(\"abcdef\"; 2; 3)",
    "ALERT(String(Current date; ISO date))",
    "$p:=->$a",
    "$p->:=Session info(1).userName",
    ".help Substring",
    ".tree $a:=1+2*3",
    "Function f($x : Real) : Real",
    "Class Person",
    "throw(1; \"x\")",
];

fn soup(chance: &mut Chance) -> String {
    let mut text = String::new();
    match chance.below(3) {
        0 => {
            for _ in 0..=chance.below(12) {
                text.push_str(chance.pick(SOUP));
                if chance.below(2) == 0 {
                    text.push(' ');
                }
            }
        }
        1 => {
            let mut line: Vec<char> = chance.pick(LINES).chars().collect();
            for _ in 0..=chance.below(3) {
                let at = chance.below(line.len().max(1));
                if chance.below(2) == 0 && !line.is_empty() {
                    line.remove(at);
                } else {
                    line.splice(at..at, chance.pick(SOUP).chars());
                }
            }
            text.extend(line);
        }
        _ => {
            for _ in 0..=chance.below(24) {
                let code = u32::try_from(chance.below(0x300)).expect("small");
                text.extend(char::from_u32(code).filter(|c| *c != '\n' && *c != '\r'));
            }
        }
    }
    text.replace("QUIT", "").replace(".q", "").replace(".reset", "")
}

#[test]
fn nothing_typed_ends_it() {
    let mut input = String::new();
    let mut chance = Chance(7);
    for _ in 0..10_000 {
        input.push_str(&soup(&mut chance));
        input.push_str("\n.break\n");
    }
    input.push_str("$still:=\"here\"\n");
    let options = [
        "--keep-going",
        "--sandbox",
        "--max-time",
        "2s",
        "--max-steps",
        "2000",
        "--max-depth",
        "50",
        "--max-text",
        "1M",
    ];
    let (out, err, code) = piped(&input, &options);
    assert!(out.ends_with("\"here\" : Text\n"), "{}\n{}", tail(&out), tail(&err));
    assert_eq!(code, Some(1), "{}", tail(&err));
    assert!(!err.contains("panicked"), "no panic");
}

fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines.get(lines.len().saturating_sub(12)..).unwrap_or_default().join("\n")
}

#[test]
fn the_first_error_ends_a_script() {
    let (out, err, code) = piped("1+1\n$x:=Sesion info(1)\n2+2\n", &[]);
    assert_eq!((out.as_str(), code), ("2 : Real\n", Some(1)));
    assert!(err.contains("did you mean the command `Session info`?"), "{err}");
    let (out, _, code) = piped("throw(17; \"x\")\n2+2\n.quit\n3+3\n", &["--keep-going"]);
    assert_eq!((out.as_str(), code), ("4 : Real\n", Some(1)));
}

#[test]
fn changed_files_are_taken() {
    let folder = Folder::new("reload");
    folder
        .write("P/Project/P.4DProject", "{}")
        .write("P/Project/Sources/Methods/price.4dm", "#DECLARE() : Real\nreturn 10\n")
        .write("P/Project/Sources/Methods/total.4dm", "#DECLARE() : Real\nreturn price*2\n")
        .write("P/Project/Sources/Classes/Thing.4dm", "Function name() : Text\nreturn \"old\"\n")
        .write("new-price.4dm", "#DECLARE() : Real\nreturn 11\n");
    let methods = folder.0.join("P/Project/Sources/Methods");
    let project = folder.0.join("P");
    let input = format!(
        "total\ncs.Thing.new().name()\nFile(\"{}\").setText(\"#DECLARE() : Real\\nreturn 12\\n\")\n\
         File(\"{}\").setText(\"Function name() : Text\\nreturn \\\"new\\\"\\n\")\ntotal\n.reload\ntotal\ncs.Thing.new().name()\n",
        methods.join("price.4dm").display(),
        project.join("Project/Sources/Classes/Thing.4dm").display(),
    );
    let (out, err, code) = piped(&input, &[project.to_str().expect("a path")]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines, ["20 : Real", "\"old\" : Text", "20 : Real", "24 : Real", "\"new\" : Text"], "{err}");
    assert_eq!(code, Some(0), "{err}");
}

// ---- on a terminal ----

/// A prompt on a terminal of its own.
struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn std::io::Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<Mutex<Vec<u8>>>,
    /// What was looked at already.
    at: usize,
}

struct Setup<'a> {
    columns: u16,
    environment: &'a [(&'a str, &'a str)],
    arguments: &'a [&'a str],
    state: &'a Path,
}

impl Terminal {
    fn open(state: &Path) -> Self {
        Self::with(&Setup { columns: 100, environment: &[], arguments: &["repl"], state })
    }

    fn with(setup: &Setup<'_>) -> Self {
        let size = PtySize { rows: 30, cols: setup.columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_quatre"));
        command.args(setup.arguments);
        command.env_remove("NO_COLOR");
        for (name, value) in
            [("TERM", "xterm-256color"), ("LC_ALL", "C.UTF-8")].iter().chain(setup.environment)
        {
            command.env(name, value);
        }
        command.env("XDG_STATE_HOME", setup.state);
        let child = pair.slave.spawn_command(command).expect("the program");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("its screen");
        let keys = pair.master.take_writer().expect("its keys");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&seen);
        std::thread::spawn(move || {
            let mut bytes = [0_u8; 4096];
            while let Ok(count) = reader.read(&mut bytes) {
                if count == 0 {
                    break;
                }
                sink.lock().expect("no panic").extend_from_slice(bytes.get(..count).unwrap_or_default());
            }
        });
        let mut terminal = Self { master: pair.master, keys, child, seen, at: 0 };
        terminal.expect("> ");
        terminal
    }

    fn send(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).expect("keys");
        self.keys.flush().expect("keys");
        self
    }

    fn raw(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().expect("no panic")).into_owned()
    }

    /// Waits for a text behind what was looked at; gives the text up to it, without control sequences.
    fn expect(&mut self, wanted: &str) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            let all = plain(&self.raw());
            let fresh = all.get(self.at..).unwrap_or_default();
            if let Some(place) = fresh.find(wanted) {
                let found = fresh[..place + wanted.len()].to_owned();
                self.at += found.len();
                return found;
            }
            assert!(Instant::now() < until, "`{wanted}` does not come; on the screen:\n{fresh}");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Drops what is being typed, and waits until the prompt is there again.
    fn drop_line(&mut self) {
        std::thread::sleep(Duration::from_millis(100));
        self.at = plain(&self.raw()).len();
        self.send("\x03").expect("\n> ");
        std::thread::sleep(Duration::from_millis(50));
    }

    fn end(&mut self) -> u32 {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return status.exit_code();
            }
            assert!(Instant::now() < until, "it does not end; on the screen:\n{}", plain(&self.raw()));
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// What a screen shows, without the sequences that move the cursor and give colors.
fn plain(raw: &str) -> String {
    let mut text = String::new();
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\x1b' {
            if chars.next_if_eq(&'[').is_some() {
                while chars.next_if(|c| !c.is_ascii_alphabetic()).is_some() {}
                chars.next();
            }
        } else if c != '\r' {
            text.push(c);
        }
    }
    text
}

#[test]
fn a_name_is_completed_and_its_signature_shown() {
    let state = Folder::new("complete");
    let mut terminal = Terminal::open(&state.0);
    terminal.send("$s:=Session in\t").expect("Session info");
    terminal.send("(").expect("sessionId : Integer | Text");
    terminal.send("Session.id)\r").expect("userName: \"Designer\"");
    terminal.send("$s.us\t\r").expect("\"Designer\" : Text");
    // Several that fit are listed with what they do.
    terminal.send("Session \t").expect("Session storage");
    terminal.drop_line();
    terminal.send("\x04");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_structure_goes_over_lines() {
    let state = Folder::new("lines");
    let mut terminal = Terminal::open(&state.0);
    terminal.send("For each ($n; New collection(1; 2; 3))\r").expect("·");
    terminal.send("ALERT(String($n*7))\r").expect("·");
    terminal.send("End\t").expect("End for each");
    terminal.send("\r").expect("7\n14\n21\n");
    // Dropped input does nothing.
    terminal.send("If (True)\rALERT(\"never\")\r");
    terminal.drop_line();
    terminal.send("$n\r").expect("3 : Real");
    terminal.send("exit\r").expect("`.quit`");
    terminal.send(".quit\r");
    assert_eq!(terminal.end(), 0);
    assert!(!plain(&terminal.raw()).contains("\nnever\n"));
}

#[test]
fn an_endless_loop_is_interrupted() {
    let state = Folder::new("loop");
    let mut terminal = Terminal::open(&state.0);
    terminal.send("$n:=0\r").expect("0 : Real");
    terminal.send("Repeat\r").expect("·");
    terminal.send("$n:=$n+1\r").expect("·");
    terminal.send("Until (False)\r").expect("Until (False)");
    std::thread::sleep(Duration::from_millis(300));
    let start = Instant::now();
    terminal.send("\x03").expect("interrupted after");
    // 50 ms are promised on a machine that has nothing else to do.
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    terminal.send("$n>100\r").expect("True : Boolean");
    // A second one within a second leaves.
    std::thread::sleep(Duration::from_millis(1100));
    terminal.send("DELAY PROCESS(Current process; 60*60)\r");
    std::thread::sleep(Duration::from_millis(300));
    terminal.send("\x03").expect("interrupted");
    terminal.send("\x03");
    assert_eq!(terminal.end(), 130);
}

#[test]
fn the_history_lasts() {
    let state = Folder::new("history");
    let mut terminal = Terminal::open(&state.0);
    terminal.send("If (True)\rALERT(\"again\")\rEnd if\r").expect("\nagain\n");
    terminal.send(" $secret:=1\r").expect("1 : Real");
    terminal.send("\x04");
    assert_eq!(terminal.end(), 0);
    let mut terminal = Terminal::open(&state.0);
    terminal.send("\x1b[A").expect("End if");
    terminal.send("\r").expect("\nagain\n");
    terminal.send("\x12ALE").expect("ALERT");
    terminal.send("\r").expect("\nagain\n");
    terminal.send("\x04");
    assert_eq!(terminal.end(), 0);
    let file = std::fs::read_to_string(state.0.join("quatre/history")).expect("the file of the history");
    assert!(file.contains("again") && !file.contains("secret"), "{file}");
}

#[test]
fn a_paste_runs_at_enter_only() {
    let state = Folder::new("paste");
    let mut terminal = Terminal::open(&state.0);
    terminal.send("$n:=0\r").expect("0 : Real");
    let lines: Vec<String> = (1..=200).map(|n| format!("$n:=$n+{n}")).collect();
    terminal.send(&format!("\x1b[200~{}\x1b[201~", lines.join("\r"))).expect("$n:=$n+200");
    std::thread::sleep(Duration::from_millis(100));
    assert!(!plain(&terminal.raw()).contains("20100"));
    terminal.send("\r").expect("20100 : Real");
    terminal.send("\x1b[A");
    terminal.drop_line();
    terminal.send("$n\r").expect("20100 : Real");
}

#[test]
fn values_fit_the_terminal() {
    let state = Folder::new("widths");
    let show = |columns: u16| {
        let mut terminal =
            Terminal::with(&Setup { columns, environment: &[], arguments: &["repl"], state: &state.0 });
        terminal.send("New object(\"first\"; \"aaaaaaaa\"; \"second\"; \"bbbbbbbb\"; \"third\"; 3)\r");
        terminal.expect(" : Object\n")
    };
    assert!(show(30).contains("{\n  first: \"aaaaaaaa\";\n  second: \"bbbbbbbb\";\n  third: 3\n}"));
    assert!(show(200).contains("{first: \"aaaaaaaa\"; second: \"bbbbbbbb\"; third: 3}"));
    // Narrower than anything, and resized in the middle.
    let mut terminal =
        Terminal::with(&Setup { columns: 12, environment: &[], arguments: &["repl"], state: &state.0 });
    terminal.send("Substring(\"abc\"; 2)\r").expect("\"bc\" : Text");
    let size = PtySize { rows: 30, cols: 120, pixel_width: 0, pixel_height: 0 };
    terminal.master.resize(size).expect("another size");
    terminal.send("1+1\r").expect("2 : Real");
}

#[test]
fn colors_and_signs_are_those_of_the_terminal() {
    let state = Folder::new("signs");
    let run = |environment: &[(&str, &str)]| {
        // Without arguments a terminal gets the prompt as well.
        let mut terminal =
            Terminal::with(&Setup { columns: 80, environment, arguments: &[], state: &state.0 });
        terminal.send("If (True)\r").expect("If (True)");
        terminal.send("$o:={a: 1}\rEnd if\r").expect("End if\n> ");
        terminal.send("$o.self:=$o\r").expect(" : Object\n");
        terminal.send("Sesion info(1)\r").expect("did you mean");
        terminal.drop_line();
        terminal.send("\x04");
        terminal.end();
        terminal.raw()
    };
    // Sequences that end in `m` are colors; others move the cursor.
    let is_color = |sequence: &str| {
        sequence.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m')
    };
    let has_color = |raw: &str| raw.split("\x1b[").skip(1).any(is_color);
    let raw = run(&[]);
    assert!(has_color(&raw) && raw.contains('·') && raw.contains('↻'), "{raw:?}");
    let raw = run(&[("NO_COLOR", "1")]);
    assert!(!has_color(&raw) && raw.contains('·'), "{raw:?}");
    let raw = run(&[("LC_ALL", "C")]);
    assert!(raw.is_ascii(), "{raw:?}");
}

// ---- how long and how large ----

/// The memory that a process holds, in megabytes.
fn memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? / 1024)
}

#[test]
fn it_is_quick_and_small_with_everything_loaded() {
    let folder = Folder::new("large");
    folder.write("Large/Project/Large.4DProject", "{}");
    for n in 0..2000 {
        let text = format!("#DECLARE($x : Real) : Real\nreturn $x+{n}\n");
        folder.write(&format!("Large/Project/Sources/Methods/compute_{n:04}.4dm"), text);
    }
    let project = folder.0.join("Large");
    let arguments = ["repl", project.to_str().expect("a path")];
    let start = Instant::now();
    let mut terminal =
        Terminal::with(&Setup { columns: 100, environment: &[], arguments: &arguments, state: &folder.0 });
    let first = start.elapsed();
    terminal.send("compute_0001(1)\r").expect("2 : Real");
    terminal.send("compute_199\t").expect("compute_1999");
    terminal.drop_line();
    let start = Instant::now();
    terminal.send("Session in\t").expect("Session info");
    let completion = start.elapsed();
    let size = terminal.child.process_id().and_then(memory);
    // The promises (50 ms, 20 ms, 60 MB) are for an optimized build on a quiet machine; here only that nothing is off
    // by an order.
    println!("first prompt {first:?}, completion {completion:?}, memory {size:?} MB");
    assert!(first < Duration::from_secs(5), "{first:?}");
    assert!(completion < Duration::from_secs(2), "{completion:?}");
    assert!(size.is_none_or(|size| size < 150), "{size:?} MB");
}
