//! Problems as programs read them: JSON, SARIF, the workflow commands of GitHub, and lines as tool4d writes them.
//!
//! The JSON has the shape of the result of 4D's `Compile project`, with more beside it, so that a pipeline that reads
//! the one reads the other.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::diagnostics::place::{Place, in_order, place, primary};
use crate::diagnostics::render::severity_word;
use crate::diagnostics::{Code, Diagnostic, Fix, Severity, codes};
use crate::source::Sources;

/// The name and version under which reports are signed.
pub const TOOL: &str = concat!("quatre ", env!("CARGO_PKG_VERSION"));

/// The JSON Schema of [`json`](json()), which `quatre schema diagnostics` prints.
pub const SCHEMA: &str = include_str!("diagnostics.schema.json");

/// One JSON document: all problems, with places, advice and edits.
pub fn json(diagnostics: &[Diagnostic], sources: &Sources, base: &Path) -> String {
    let errors: Vec<Value> =
        in_order(diagnostics, sources, base).into_iter().map(|d| json_error(d, sources, base)).collect();
    let success = diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error);
    document(&json!({"success": success, "tool": TOOL, "errors": errors}))
}

/// SARIF 2.1.0: one run, one rule a code.
pub fn sarif(diagnostics: &[Diagnostic], sources: &Sources, base: &Path) -> String {
    let ordered = in_order(diagnostics, sources, base);
    let mut ids: Vec<Code> = ordered.iter().map(|diagnostic| diagnostic.code).collect();
    ids.sort();
    ids.dedup();
    let mut results: Vec<Value> = Vec::new();
    let mut prints: Vec<String> = Vec::new();
    for diagnostic in ordered {
        let place = primary(diagnostic, sources, base);
        // The same problem on two equal lines of a file is told apart by its count.
        let print = fingerprint(diagnostic, place.as_ref());
        let count = prints.iter().filter(|other| **other == print).count();
        results.push(sarif_result(diagnostic, place.as_ref(), &format!("{print}:{}", count + 1)));
        prints.push(print);
    }
    document(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "quatre",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": ids.into_iter().map(sarif_rule).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

/// One workflow command a problem, which GitHub shows beside the line.
pub fn github(diagnostics: &[Diagnostic], sources: &Sources, base: &Path) -> String {
    let mut text = String::new();
    for diagnostic in in_order(diagnostics, sources, base) {
        let command = match diagnostic.severity {
            Severity::Note => "notice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let mut properties = String::new();
        if let Some(place) = primary(diagnostic, sources, base) {
            let file = escape(&place.file, true);
            properties = format!("file={file},line={},col={},", place.start.line, place.start.column);
            if place.end.line == place.start.line {
                properties.push_str(&format!("endColumn={},", place.end.column));
            }
        }
        let message = escape(&with_help(diagnostic), false);
        text.push_str(&format!("::{command} {properties}title={}::{message}\n", diagnostic.code));
    }
    text
}

/// One line an error as tool4d writes it, for scripts that search for them: `tool4d.4DRT [-10518] Assert failed: …`.
pub fn tool4d(diagnostics: &[Diagnostic], sources: &Sources, base: &Path) -> String {
    let mut text = String::new();
    for diagnostic in in_order(diagnostics, sources, base) {
        if diagnostic.severity != Severity::Error {
            continue;
        }
        let place = primary(diagnostic, sources, base);
        let place = place.map_or_else(String::new, |place| format!(" ({}:{})", place.file, place.start.line));
        let message = diagnostic.message.replace(['\r', '\n'], " ");
        text.push_str(&format!("tool4d.4DRT [{}] {message}{place}\n", diagnostic.code));
    }
    text
}

/// The text of a document, on lines so that people can read it too.
fn document(value: &Value) -> String {
    // Values made here hold no maps with other keys than texts, so writing them cannot fail.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// The message with the advice behind it.
fn with_help(diagnostic: &Diagnostic) -> String {
    diagnostic
        .help
        .as_ref()
        .map_or_else(|| diagnostic.message.clone(), |help| format!("{}; {help}", diagnostic.message))
}

fn json_error(diagnostic: &Diagnostic, sources: &Sources, base: &Path) -> Value {
    let mut error = Map::new();
    error.insert("message".into(), diagnostic.message.clone().into());
    error.insert("isError".into(), (diagnostic.severity == Severity::Error).into());
    let found = primary(diagnostic, sources, base);
    if let Some(place) = &found {
        error.insert("code".into(), code_object(place));
        error.insert("line".into(), place.start.line.into());
        error.insert("lineInFile".into(), place.start.line.into());
    }
    error.insert("id".into(), diagnostic.code.to_string().into());
    error.insert("severity".into(), severity_word(diagnostic.severity).into());
    if let Some(place) = &found {
        error.insert("column".into(), place.start.column.into());
        error.insert("endLine".into(), place.end.line.into());
        error.insert("endColumn".into(), place.end.column.into());
    }
    if let Some(label) = diagnostic.primary.as_ref().filter(|label| !label.text.is_empty()) {
        error.insert("label".into(), label.text.clone().into());
    }
    if let Some(help) = &diagnostic.help {
        error.insert("help".into(), help.clone().into());
    }
    if !diagnostic.notes.is_empty() {
        error.insert("notes".into(), diagnostic.notes.clone().into());
    }
    error.insert(
        "fixes".into(),
        diagnostic.fix.iter().filter_map(|fix| json_fix(fix, sources, base)).collect(),
    );
    let related = diagnostic.secondary.iter().filter_map(|label| {
        let mut related = json_range(&place(label.span, sources, base)?);
        related.insert("message".into(), label.text.clone().into());
        related.insert("file".into(), place(label.span, sources, base)?.file.into());
        Some(Value::Object(related))
    });
    error.insert("related".into(), related.collect());
    Value::Object(error)
}

fn json_fix(fix: &Fix, sources: &Sources, base: &Path) -> Option<Value> {
    let mut edit = json_range(&place(fix.span, sources, base)?);
    edit.insert("text".into(), fix.text.clone().into());
    Some(json!({"title": fix.title, "edits": [edit]}))
}

fn json_range(place: &Place) -> Map<String, Value> {
    [
        ("line", place.start.line),
        ("column", place.start.column),
        ("endLine", place.end.line),
        ("endColumn", place.end.column),
    ]
    .into_iter()
    .map(|(key, number)| (key.to_owned(), number.into()))
    .collect()
}

/// What 4D calls the place of an error: the kind of code, its name and its path, read off the path of the file.
fn code_object(place: &Place) -> Value {
    let path = place.file.replace('\\', "/");
    let stem = path.rsplit('/').next().unwrap_or(&path);
    let stem = stem.strip_suffix(".4dm").unwrap_or(stem);
    let parts: Vec<&str> = path.split('/').collect();
    // The folders between `Sources` (or the start) and the file say what the file is.
    let folder = |name: &str| parts.iter().rposition(|part| *part == name);
    let after = |index: usize, n: usize| parts.get(index + n).copied().unwrap_or_default();
    let file = &place.file;
    if let Some(at) = folder("TableForms") {
        let form = after(at, 2);
        return form_object(file, stem, &parts, form, &format!("[tableForm]/{}/{form}", after(at, 1)));
    }
    if let Some(at) = folder("Forms") {
        let form = after(at, 1);
        return form_object(file, stem, &parts, form, &format!("[projectForm]/{form}"));
    }
    match parts.iter().rev().nth(1).copied() {
        Some("Classes") => {
            json!({"type": "class", "className": stem, "path": format!("[class]/{stem}"), "file": file})
        }
        Some("DatabaseMethods") => {
            json!({"type": "databaseMethod", "path": format!("[databaseMethod]/{stem}"), "file": file})
        }
        Some("Triggers") => {
            json!({"type": "triggerMethod", "path": format!("[trigger]/{stem}"), "file": file})
        }
        Some(_) | None => json!({"type": "projectMethod", "methodName": stem, "path": stem, "file": file}),
    }
}

fn form_object(file: &str, stem: &str, parts: &[&str], form: &str, path: &str) -> Value {
    if parts.contains(&"ObjectMethods") {
        return json!({"type": "formObjectMethod", "formName": form, "objectName": stem,
            "path": format!("{path}/{stem}"), "file": file});
    }
    json!({"type": "formMethod", "formName": form, "path": format!("{path}/{{formMethod}}"), "file": file})
}

fn sarif_rule(code: Code) -> Value {
    let (title, explanation) = match code {
        Code::Quatre(number) => codes::find(number).map_or(("", ""), |row| (row.title, row.explanation)),
        Code::Native(number) => {
            codes::find_native(number).map_or(("", ""), |row| (row.title, row.explanation))
        }
    };
    let id = code.to_string();
    let title = if title.is_empty() { id.as_str() } else { title };
    let explanation = if explanation.is_empty() { title } else { explanation };
    json!({"id": id, "shortDescription": {"text": title}, "fullDescription": {"text": explanation},
        "help": {"text": explanation}})
}

fn sarif_result(diagnostic: &Diagnostic, place: Option<&Place>, fingerprint: &str) -> Value {
    let mut result = json!({
        "ruleId": diagnostic.code.to_string(),
        "level": severity_word(diagnostic.severity),
        "message": {"text": with_help(diagnostic)},
        "partialFingerprints": {"quatre/v1": fingerprint},
    });
    if let (Some(place), Some(object)) = (place, result.as_object_mut()) {
        object.insert(
            "locations".into(),
            json!([{"physicalLocation": {
                "artifactLocation": {"uri": uri(&place.file)},
                "region": {"startLine": place.start.line, "startColumn": place.start.column,
                    "endLine": place.end.line, "endColumn": place.end.column},
            }}]),
        );
    }
    result
}

/// Names a problem by what is written there, not by its line, so that it keeps its name when lines move.
fn fingerprint(diagnostic: &Diagnostic, place: Option<&Place>) -> String {
    let (file, line) = place.map_or(("", ""), |place| (place.file.as_str(), place.line.trim()));
    let parts = [diagnostic.code.to_string().as_str(), file, line, &diagnostic.message].join("\u{0}");
    // FNV-1a: short, and the same in every version.
    let hash = parts.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// A relative reference: the path with what a URI may not hold written as `%20`.
fn uri(path: &str) -> String {
    let mut text = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/()!,@".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    if path.starts_with('/') { format!("file://{text}") } else { text }
}

/// A value of a workflow command; those of properties escape two signs more.
fn escape(text: &str, is_property: bool) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    if is_property { text.replace(':', "%3A").replace(',', "%2C") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::span::Span;

    fn sample() -> (Vec<Diagnostic>, Sources) {
        let sources = Sources::new();
        let file = sources.add_text("price.4dm", "a\nb\n$session:=Sesion info($id)\n").expect("short");
        let span = Span::new(file.id, 14, 25);
        let problem = Diagnostic::error(Code::Quatre(2001), "unknown command or method `Sesion info`")
            .at(span, "not a command")
            .help("did you mean the command `Session info`?")
            .fix("replace by `Session info`", span, "Session info");
        (vec![problem], sources)
    }

    #[test]
    fn json_has_the_shape_of_compile_project() {
        let (problems, sources) = sample();
        let text = json(&problems, &sources, Path::new(""));
        let value: Value = serde_json::from_str(&text).expect("valid JSON");
        assert_eq!(value["success"], json!(false));
        let error = &value["errors"][0];
        assert_eq!(
            error["code"],
            json!({"type": "projectMethod", "methodName": "price", "path": "price", "file": "price.4dm"})
        );
        assert_eq!(
            (&error["line"], &error["column"], &error["endColumn"]),
            (&json!(3), &json!(11), &json!(22))
        );
        assert_eq!(error["fixes"][0]["edits"][0]["text"], json!("Session info"));
        assert_eq!(error["related"], json!([]));
    }

    #[test]
    fn files_of_a_project_are_named_as_4d_names_them() {
        let object = |file: &str| {
            code_object(&Place {
                file: file.into(),
                path: None,
                start: crate::source::span::Position { line: 1, column: 1 },
                end: crate::source::span::Position { line: 1, column: 1 },
                line: String::new(),
            })
        };
        assert_eq!(object("P/Project/Sources/Classes/Person.4dm")["path"], json!("[class]/Person"));
        assert_eq!(object("Project/Sources/DatabaseMethods/onStartup.4dm")["type"], json!("databaseMethod"));
        assert_eq!(object("Project/Sources/Triggers/table_1.4dm")["path"], json!("[trigger]/table_1"));
        let button = object("Project/Sources/Forms/Main/ObjectMethods/OK.4dm");
        assert_eq!(button["path"], json!("[projectForm]/Main/OK"));
        assert_eq!(
            object("Project/Sources/Forms/Main/method.4dm")["path"],
            json!("[projectForm]/Main/{formMethod}")
        );
    }

    #[test]
    fn workflow_commands_are_escaped() {
        let (mut problems, sources) = sample();
        problems[0].message = "100%\nsure".into();
        problems[0].help = None;
        assert_eq!(
            github(&problems, &sources, Path::new("")),
            "::error file=price.4dm,line=3,col=11,endColumn=22,title=Q2001::100%25%0Asure\n"
        );
    }

    #[test]
    fn sarif_names_each_rule_once_and_tells_results_apart() {
        let (mut problems, sources) = sample();
        let mut second = problems[0].clone();
        second.primary.as_mut().expect("placed").text = "again".into();
        problems.push(second);
        let value: Value =
            serde_json::from_str(&sarif(&problems, &sources, Path::new(""))).expect("valid JSON");
        let run = &value["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(1));
        let print = |index: usize| run["results"][index]["partialFingerprints"]["quatre/v1"].clone();
        assert_ne!(print(0), print(1));
    }

    #[test]
    fn tool4d_lines_can_be_searched() {
        let problem = Diagnostic::error(Code::Native(-10518), "Assert failed: no");
        assert_eq!(
            tool4d(&[problem], &Sources::new(), Path::new("")),
            "tool4d.4DRT [-10518] Assert failed: no\n"
        );
    }
}
