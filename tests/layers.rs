//! The layers of the crate: a module uses only what stands to its left in `src/lib.rs`.
//!
//! Every `crate::…` path of every file is read, in `use` lines and in the middle of code. The absences matter most:
//! `syntax` and `value` do not know each other, `runtime` does not know `generate`, only `cli` knows the command line.

#![expect(clippy::disallowed_methods, reason = "the test reads the sources of the crate")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What each module may use beside itself, as the architecture has it.
const MAY_USE: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("diagnostics", &["source"]),
    ("syntax", &["source", "diagnostics"]),
    ("value", &["source", "diagnostics"]),
    ("program", &["source", "diagnostics", "syntax", "value"]),
    ("runtime", &["source", "diagnostics", "syntax", "value", "program"]),
    ("builtin", &["source", "diagnostics", "syntax", "value", "program", "runtime"]),
    ("constants", &["source", "diagnostics", "value", "program", "runtime", "builtin"]),
    ("classes", &["source", "diagnostics", "value", "program", "runtime", "builtin"]),
    (
        "commands",
        &["source", "diagnostics", "value", "program", "runtime", "builtin", "constants", "classes"],
    ),
    ("help", &["diagnostics", "syntax", "builtin", "constants", "commands"]),
    ("resolve", &["source", "diagnostics", "syntax", "value", "program", "runtime", "builtin"]),
    ("lint", &["source", "diagnostics", "syntax", "value", "program", "builtin", "resolve"]),
    ("format", &["source", "diagnostics", "syntax", "builtin"]),
    ("generate", &["source", "diagnostics", "syntax", "value", "program", "runtime", "builtin", "resolve"]),
    ("engine", LEFT_OF_ENGINE),
    ("golden", UP_TO_ENGINE),
    ("repl", UP_TO_ENGINE),
    ("server", UP_TO_ENGINE),
    ("cli", EVERYTHING),
];

const LEFT_OF_ENGINE: &[&str] = &[
    "source",
    "diagnostics",
    "syntax",
    "value",
    "program",
    "runtime",
    "builtin",
    "constants",
    "classes",
    "commands",
    "help",
    "resolve",
    "lint",
    "format",
    "generate",
];

const UP_TO_ENGINE: &[&str] = &[
    "source",
    "diagnostics",
    "syntax",
    "value",
    "program",
    "runtime",
    "builtin",
    "constants",
    "classes",
    "commands",
    "help",
    "resolve",
    "lint",
    "format",
    "generate",
    "engine",
];

const EVERYTHING: &[&str] = &[
    "source",
    "diagnostics",
    "syntax",
    "value",
    "program",
    "runtime",
    "builtin",
    "constants",
    "classes",
    "commands",
    "help",
    "resolve",
    "lint",
    "format",
    "generate",
    "engine",
    "golden",
    "repl",
    "server",
];

/// Which file or folder alone may name a dependency.
const ALONE: &[(&str, &str)] = &[
    ("ariadne", "src/diagnostics/render.rs"),
    ("logos", "src/syntax/"),
    ("chumsky", "src/syntax/"),
    ("rustyline", "src/repl/"),
    ("fancy_regex", "src/value/pattern.rs"),
    ("jsonc_parser", "src/runtime/fixture.rs"),
    ("signal_hook", "src/runtime/host.rs"),
    ("terminal_size", "src/runtime/host.rs"),
    ("whoami", "src/runtime/host.rs"),
    ("getrandom", "src/runtime/host.rs"),
    ("zip", "src/runtime/archive.rs"),
    ("rsa", "src/value/key.rs"),
    ("p256", "src/value/key.rs"),
    ("p384", "src/value/key.rs"),
    ("p521", "src/value/key.rs"),
    ("aes", "src/value/cipher.rs"),
    ("httparse", "src/runtime/sandbox/web.rs"),
    ("hyper", "src/server/"),
    ("tokio", "src/server/"),
    ("tokio_rustls", "src/server/"),
];

/// All files of the crate with their code: comments and texts are taken out.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src")];
    let mut files: Vec<PathBuf> = Vec::new();
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
    files.sort();
    let name =
        |path: &Path| path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
    files
        .iter()
        .map(|path| (name(path), code_of(&std::fs::read_to_string(path).expect("readable"))))
        .collect()
}

/// The lines of a file without line comments. A `//` inside a text only makes the test see less of that line.
fn code_of(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The module of the top level to which a file belongs.
fn module(file: &str) -> &str {
    let inner = file.strip_prefix("src/").unwrap_or(file);
    inner.split('/').next().unwrap_or(inner).trim_end_matches(".rs")
}

/// The modules that a file names behind `crate::`, with the number of the line.
fn uses(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (start, _) in code.match_indices("crate::") {
        let line = code[..start].lines().count();
        let rest = &code[start + "crate::".len()..];
        // `use crate::{value::Value, program::ids}` names several.
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut name = String::new();
            let mut is_new = true;
            for c in group.chars() {
                match c {
                    '}' if depth == 0 => break,
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 0 => is_new = true,
                    ':' if depth == 0 => is_new = false,
                    c if depth == 0 && is_new && (c.is_alphanumeric() || c == '_') => name.push(c),
                    _ => {}
                }
                if !is_new && !name.is_empty() {
                    found.push((line, std::mem::take(&mut name)));
                }
            }
            if !name.is_empty() {
                found.push((line, name));
            }
        } else {
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !name.is_empty() {
                found.push((line, name));
            }
        }
    }
    found
}

#[test]
fn no_arrow_points_right() {
    let rules: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut wrong = Vec::new();
    for (file, code) in files() {
        let own = module(&file);
        if own == "lib" || own == "main" {
            continue;
        }
        let Some(allowed) = rules.get(own) else {
            wrong.push(format!("{file}: the module `{own}` has no place among the layers"));
            continue;
        };
        for (line, name) in uses(&code) {
            let is_module = rules.contains_key(name.as_str());
            if is_module && name != own && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{file}:{line}: `{own}` must not use `{name}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn each_dependency_is_named_in_its_place_only() {
    let mut wrong = Vec::new();
    for (file, code) in files() {
        for (dependency, place) in ALONE {
            let path = format!("{dependency}::");
            let named = code.match_indices(&path).any(|(start, _)| {
                let before = code[..start].chars().next_back();
                before.is_none_or(|c| !c.is_alphanumeric() && c != '_')
            });
            if named && !file.starts_with(place) {
                wrong.push(format!("{file}: only {place} may name {dependency}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn modules_are_listed_in_the_order_of_the_layers() {
    let lib =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("readable");
    let listed: Vec<&str> =
        lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let order: Vec<&str> =
        MAY_USE.iter().map(|(name, _)| *name).filter(|name| listed.contains(name)).collect();
    assert_eq!(listed, order);
}

#[test]
fn paths_are_found_in_every_form() {
    let code =
        "use crate::value::Value;\nuse crate::{program::ids::Slot, syntax};\nlet x = crate::runtime::host();";
    let names: Vec<String> = uses(code).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["value", "program", "syntax", "runtime"]);
}
