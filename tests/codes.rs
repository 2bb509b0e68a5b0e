//! Every code that the sources raise is explained: `quatre explain` never has to say that it does not know one.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the test reads the sources of the crate and runs the program"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use quatre::diagnostics::codes::find;

/// What stands before the number of a code where one is raised.
const RAISERS: &[&str] = &["Code::Quatre(", "Error::quatre(", "problem(", "fail(", "report(", "self.error("];

/// The codes of a file.
fn raised(text: &str) -> Vec<u16> {
    // Tests may make up codes.
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut codes = Vec::new();
    for raiser in RAISERS {
        for (start, _) in text.match_indices(raiser) {
            let rest = text[start + raiser.len()..].trim_start();
            // The first argument may be the place, which a range of the source follows.
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            let is_range = rest[digits.len()..].starts_with("..");
            if digits.len() == 4 && !is_range {
                codes.extend(digits.parse::<u16>());
            }
        }
    }
    // A code and its message, chosen together.
    for (start, _) in text.match_indices(", format!(") {
        let before = &text[..start];
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let opening = &before[..before.len() - digits];
        // `Error::native(1300, …)` carries a number of 4D's.
        if digits == 4 && opening.ends_with('(') && !opening.ends_with("native(") {
            codes.extend(before[before.len() - 4..].parse::<u16>());
        }
    }
    codes
}

fn sources() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the crate") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files
}

#[test]
fn every_code_is_explained() {
    let mut missing: BTreeMap<u16, String> = BTreeMap::new();
    let mut count = 0;
    for path in sources() {
        let text = std::fs::read_to_string(&path).expect("readable");
        for code in raised(&text) {
            count += 1;
            if find(code).is_none() {
                missing.entry(code).or_insert_with(|| path.display().to_string());
            }
        }
    }
    assert!(count > 50, "the sources raise only {count} codes: is the test still reading them?");
    assert!(missing.is_empty(), "no row in diagnostics::codes for {missing:#?}");
}

#[test]
fn codes_are_found_where_they_are_raised() {
    let text = "Error::quatre(5101, x); problem(\n    3006,\n m); matches!(c, Code::Quatre(6000..=6999)); (9001, format!(\"x\")); native(1300, format!(\"y\"))";
    assert_eq!(raised(text), [5101, 3006, 9001]);
}

/// Codes that no small program can show: they need two machines, a full disk, a defect, or minutes.
const WITHOUT_EXAMPLE: &[&str] = &[
    "Q1010", "Q2006", "Q2007", "Q3014", "Q5113", "Q5203", "Q5210", "Q5211", "Q5215", "Q5216", "Q5217",
    "Q5221", "Q5422", "Q5504", "Q5606", "Q5627", "Q5643", "Q5652", "Q5653", "Q5654", "Q5655", "Q5751",
    "Q5752", "Q5753", "Q5754", "Q5755", "Q5756", "Q5757", "Q5758", "Q5805", "Q5807", "Q5808", "Q5809",
    "Q6002", "Q6007", "Q9009", "Q9010", "Q9012", "Q9102", "-108", "-34", "-36", "-49", "-54",
];

#[test]
fn examples_show_their_code_and_their_cure() {
    use quatre::diagnostics::codes::{examples, native_rows, rows};
    let next = std::sync::atomic::AtomicUsize::new(0);
    let found = std::sync::Mutex::new(Vec::new());
    // Most of the time goes to starting programs, which several cores do at once.
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some((index, example)) = {
                    let index = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    examples::all().get(index).map(|example| (index, example))
                } {
                    found.lock().expect("no panic").extend(judge(example, index));
                }
            });
        }
    });
    let mut problems = found.into_inner().expect("no panic");
    let own = rows().map(|row| format!("Q{}", row.number));
    for code in own.chain(native_rows().map(|row| row.number.to_string())) {
        let has_example = examples::all().iter().any(|example| example.code.to_string() == code);
        if has_example == WITHOUT_EXAMPLE.contains(&code.as_str()) {
            problems.push(format!("{code}: an example is missing, or the list of those without is wrong"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// What is wrong with an example.
fn judge(example: &quatre::diagnostics::codes::examples::Example, index: usize) -> Vec<String> {
    let code = example.code.to_string();
    let mut problems = Vec::new();
    let bad = show(&example.bad, index);
    if !bad.contains(&format!("[{code}]")) && !bad.contains(&format!("({code})")) {
        problems.push(format!("{code}: the problem does not show\n{bad}"));
    }
    let good = show(&example.good, index);
    if good.contains("error[") || good.contains("warning[") || good.contains("error:") {
        problems.push(format!("{code}: the cure is none\n{good}"));
    }
    problems
}

/// What a program says when it is run as its example has it.
fn show(side: &quatre::diagnostics::codes::examples::Side, index: usize) -> String {
    let folder = std::env::temp_dir().join(format!("quatre-codes-{}-{index}", std::process::id()));
    _ = std::fs::remove_dir_all(&folder);
    for (name, text) in &side.files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    std::fs::create_dir_all(&folder).expect("made");
    let words: Vec<&str> = side.command.split(' ').skip(1).collect();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_quatre"))
        .args(words)
        .current_dir(&folder)
        .env("LANG", "en_US.UTF-8")
        .env_remove("GITHUB_ACTIONS")
        .stdin(std::process::Stdio::null())
        .output()
        .expect("the program starts");
    _ = std::fs::remove_dir_all(&folder);
    let text = [output.stdout, output.stderr].concat();
    String::from_utf8_lossy(&text).into_owned()
}
