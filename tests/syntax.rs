//! The parser from outside: `tests/syntax/ok/*.4dm` must give the tree beside it and nothing to complain about,
//! `tests/syntax/err/*.4dm` must give exactly the problems beside it. `QUATRE_BLESS=1` rewrites both; read the diff.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads its cases, and may fail by a panic"
)]

use quatre::diagnostics::Diagnostic;
use quatre::source::SourceFile;
use quatre::syntax::print::{AsWritten, Style, block};
use quatre::syntax::tree::Tree;
use quatre::syntax::{Known, Names, dump, parse_class, parse_method, parse_snippet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The few names that the cases use.
struct Few;

impl Names for Few {
    fn find(&self, words: &str) -> Option<Known> {
        const COMMANDS: &[(&str, u16)] = &[
            ("alert", 41),
            ("query", 277),
            ("order by", 49),
            ("session info", 1844),
            ("session", 1714),
            ("storage", 1525),
            ("this", 1470),
            ("super", 1706),
            ("true", 214),
            ("table", 252),
            ("field", 253),
            ("formula", 1597),
            ("string", 10),
            ("new collection", 1472),
            ("date", 102),
        ];
        let lower = words.to_lowercase();
        let command =
            COMMANDS.iter().find(|(name, _)| *name == lower).map(|(_, number)| Known::Command(*number));
        let constant = ["is text", "object named"].iter().position(|name| *name == lower);
        let constant = constant.and_then(|at| u32::try_from(at).ok()).map(Known::Constant);
        let method = (lower == "use log").then_some(Known::Method);
        command.or(constant).or(method)
    }
}

fn cases(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/syntax").join(folder);
    let mut cases: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.extension().is_some_and(|extension| extension == "4dm"));
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

fn load(path: &Path) -> (SourceFile, Tree, Vec<Diagnostic>) {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let file = SourceFile::detached(name, std::fs::read_to_string(path).unwrap());
    let (tree, diagnostics) = if file.name.starts_with("class_") {
        let (class, diagnostics) = parse_class(&file, &Few);
        (Tree::Class(class), diagnostics)
    } else {
        let (method, diagnostics) = parse_method(&file, &Few);
        (Tree::Method(method), diagnostics)
    };
    (file, tree, diagnostics)
}

/// Compares with the file beside the case; collects what differs.
fn compare(path: &Path, extension: &str, got: &str, failures: &mut String) {
    let expected_path = path.with_extension(extension);
    if std::env::var_os("QUATRE_BLESS").is_some() {
        std::fs::write(&expected_path, got).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&expected_path).unwrap_or_default().replace("\r\n", "\n");
    if expected != got {
        let _ = writeln!(failures, "== {}\n-- expected\n{expected}-- got\n{got}", path.display());
    }
}

/// A problem with all its places, one line each.
fn report(file: &SourceFile, diagnostic: &Diagnostic) -> String {
    let place = |span: quatre::source::span::Span| {
        let (from, to) = (file.position(span.start), file.position(span.end));
        format!("{}:{}-{}:{}", from.line, from.column, to.line, to.column)
    };
    let primary = diagnostic.primary.as_ref().unwrap();
    let mut text = format!("{} {} {}\n", place(primary.span), diagnostic.code, diagnostic.message);
    let _ = writeln!(text, "    {}", primary.text);
    for label in &diagnostic.secondary {
        let _ = writeln!(text, "    {} {}", place(label.span), label.text);
    }
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(text, "    help: {help}");
    }
    text
}

#[test]
fn sound_code_gives_its_tree() {
    let mut failures = String::new();
    for path in cases("ok") {
        let (file, tree, diagnostics) = load(&path);
        for diagnostic in &diagnostics {
            let _ = write!(failures, "== {}\n{}", path.display(), report(&file, diagnostic));
        }
        compare(&path, "tree", &dump::tree(&tree), &mut failures);
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn wrong_code_gives_its_problems() {
    let mut failures = String::new();
    for path in cases("err") {
        let (file, _, diagnostics) = load(&path);
        let got: String = diagnostics.iter().map(|diagnostic| report(&file, diagnostic)).collect();
        compare(&path, "err", &got, &mut failures);
    }
    assert!(failures.is_empty(), "\n{failures}");
}

/// What is printed reads back as the same tree, in both styles. Tokens are not printed, so the case of tokens is left out.
#[test]
fn printed_code_reads_back() {
    for path in cases("ok") {
        let (_, tree, _) = load(&path);
        let Tree::Method(method) = tree else { continue };
        if path.ends_with("tokens.4dm") {
            continue;
        }
        let expected = dump::method(&quatre::syntax::tree::Method {
            attributes: None,
            signature: None,
            ..method.clone()
        });
        for style in [Style::Compact, Style::Spaced] {
            let printed = block(&method.body, style, &AsWritten, "\n");
            let (again, diagnostics) =
                parse_snippet(&SourceFile::detached("printed", printed.as_str()), &Few);
            assert_eq!(diagnostics, [], "{printed}");
            // A field keeps no number, a name no odd blanks: the trees are the same all the same.
            assert_eq!(dump::method(&again), expected, "{printed}");
        }
    }
}

/// The messages that a text gives.
fn messages(text: &str) -> Vec<String> {
    let (_, diagnostics) = parse_method(&SourceFile::detached("limits", text), &Few);
    diagnostics.into_iter().map(|diagnostic| diagnostic.message).collect()
}

#[test]
fn nesting_is_bounded() {
    let deep = |n: usize, open: &str, inside: &str, close: &str| {
        format!("$x:={}{inside}{}", open.repeat(n), close.repeat(n))
    };
    let too_deep = ["this expression is nested too deeply"];
    assert_eq!(messages(&deep(255, "(", "1", ")")), [""; 0]);
    for n in [257, 100_000] {
        assert_eq!(messages(&deep(n, "(", "1", ")")), too_deep);
        assert_eq!(messages(&deep(n, "f(", "1", ")")), too_deep);
        assert_eq!(messages(&deep(n, "{a: ", "1", "}")), too_deep);
        assert_eq!(messages(&deep(n, "$c[", "1", "]")), too_deep);
        assert_eq!(messages(&deep(n, "-", "1", "")), too_deep);
        assert_eq!(messages(&deep(n, "$a ? 1 : ", "1", "")), too_deep);
        assert_eq!(messages(&deep(n, "[", "", "]")), too_deep);
    }
    assert_eq!(messages(&deep(100_000, "(", "", "")), too_deep);
}

#[test]
fn chains_are_bounded_where_they_are_deep() {
    let too_long = ["this chain of members and calls is too long"];
    assert_eq!(messages(&format!("$x{}", ".a".repeat(1_900))), [""; 0]);
    assert_eq!(messages(&format!("$x{}", ".a".repeat(100_000))), too_long);
    assert_eq!(messages(&format!("$x{}", ".a()".repeat(100_000))), too_long);
    assert_eq!(messages(&format!("$x{}", "->".repeat(100_000))), too_long);
    // The bound is on the height of the whole tree, so chains inside chains do not add up either.
    let nested = (0..200).fold("$x".to_owned(), |inside, _| format!("({inside}{})", ".a".repeat(200)));
    assert_eq!(messages(&nested), too_long);
    // A sum is flat.
    assert_eq!(messages(&format!("$x:=1{}", "+$a".repeat(100_000))), [""; 0]);
}

#[test]
fn blocks_are_bounded() {
    let blocks = |n: usize| format!("{}{}", "If ($a)\n".repeat(n), "End if\n".repeat(n));
    assert_eq!(messages(&blocks(256)), [""; 0]);
    assert_eq!(messages(&blocks(300)), ["structures are nested too deeply"]);
    assert_eq!(messages(&"Repeat\n".repeat(5_000)).len(), 257);
}

#[test]
fn garbage_is_told_and_ends() {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 24
    };
    let bytes: Vec<u8> = (0..200_000).map(|_| u8::try_from(next()).unwrap()).collect();
    let (text, _) = quatre::source::decode::decode(bytes);
    assert!(!messages(&text).is_empty());
    // Signs and words of the language in any order.
    let parts = [
        "If ", "(", ")", "[", "]", "{", "}", ":", ";", "$a", "[T]", "->", "\"", "\n", ":=", "End if\n", "//",
        "/*", "<>",
    ];
    let soup: String = (0..100_000).map(|_| parts[next() as usize % parts.len()]).collect();
    assert!(!messages(&soup).is_empty());
}

#[test]
fn time_grows_with_length_only() {
    let started = std::time::Instant::now();
    for text in [
        "$x:=1+2\n".repeat(100_000),
        "If\n".repeat(100_000),
        "[".repeat(300_000),
        "[a ".repeat(100_000),
        "a ".repeat(300_000),
        "(a;".repeat(100_000),
        "/* ".repeat(100_000),
        "$a".repeat(100_000),
        "1 ".repeat(100_000),
        "\\ \n".repeat(100_000),
        "// \\\n".repeat(100_000),
        "Begin SQL\n".repeat(100_000),
        "f(\"".repeat(100_000),
        "#declare ".repeat(100_000),
        "<<>".repeat(100_000),
    ] {
        let _ = messages(&text);
    }
    // Seconds even without optimisation; anything quadratic takes minutes.
    assert!(started.elapsed() < std::time::Duration::from_secs(60), "{:?}", started.elapsed());
}
