//! `quatre.toml`: where it is found, what it sets, what it may not say; and the schemas against what Quatre writes.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the tests make files and start the program"
)]

mod folder;

use std::process::{Command, Stdio};

use folder::Folder;
use serde_json::Value;

struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Folder {
    fn quatre(&self, below: &str, words: &[&str], variables: &[(&str, &str)]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_quatre"))
            .args(words)
            .current_dir(self.0.join(below))
            .env("LANG", "en_US.UTF-8")
            .env_remove("GITHUB_ACTIONS")
            .env_remove("CI")
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .output()
            .expect("the program starts");
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Run { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// The file of the documentation.
const SAMPLE: &str = r#"[check]
deny = ["Q4001"]          # mixed operators without brackets
allow = ["Q4007"]
exclude = ["Components/**", "**/Trash/**"]

[test]
paths = ["tests", "Documentation"]
markdown = "check"        # run | check | parse
timeout = "5s"
sessions = "tests/sessions.json"
jobs = 4

[run]
sandbox = false
max-time = "30s"

[repl]
history = 10000
theme = "auto"
"#;

#[test]
fn the_sample_is_read_and_named() {
    let folder = Folder::new("sample");
    folder
        .write(".git/HEAD", "")
        .write("quatre.toml", SAMPLE)
        .write("a/b/mixed.4dm", "ALERT(String(1+2*3))\n");
    let run = folder.quatre("a", &["check", "b", "-v"], &[]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("quatre.toml") && run.err.contains("error[Q4001]"), "{}", run.err);
    assert_eq!(folder.quatre("a", &["check", "b", "--no-config"], &[]).code, 0);
    assert_eq!(folder.quatre("a", &["check", "b", "--allow", "Q4001"], &[]).code, 0, "the option wins");
}

#[test]
fn the_search_ends_at_the_project_or_repository() {
    let folder = Folder::new("search");
    folder
        .write("quatre.toml", "[check]\ndeny = [\"warnings\"]\n")
        .write("lone/x.4dm", "ALERT(String(1+2*3))\n");
    assert_eq!(folder.quatre("", &["check", "lone/x.4dm"], &[]).code, 0, "a far parent was not meant");
    folder
        .write("P/Project/P.4DProject", "{}")
        .write("P/Project/Sources/Methods/m.4dm", "ALERT(String(1+2*3))\n");
    assert_eq!(folder.quatre("", &["check", "P"], &[]).code, 0);
    folder.write("P/quatre.toml", "[check]\ndeny = [\"warnings\"]\n");
    assert_eq!(folder.quatre("", &["check", "P"], &[]).code, 1);
    assert_eq!(folder.quatre("P", &["check", "Project/Sources/Methods/m.4dm"], &[]).code, 1);
    let run = folder.quatre("", &["check", "--config", "quatre.toml", "lone/x.4dm"], &[]);
    assert_eq!(run.code, 1, "a file that is named is used: {}", run.err);
    assert_eq!(folder.quatre("", &["check", "--config", "gone.toml", "lone/x.4dm"], &[]).code, 2);
}

#[test]
fn files_that_are_excluded_are_not_checked() {
    let folder = Folder::new("exclude");
    folder
        .write("quatre.toml", "[check]\nexclude = [\"old/**\"]\n")
        .write("old/x.4dm", "If (")
        .write("new/y.4dm", "ALERT(\"\")\n");
    let run = folder.quatre("", &["check", "."], &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("checked 1 file "), "{}", run.err);
    assert_eq!(
        folder.quatre("", &["check", "old/x.4dm"], &[]).code,
        1,
        "named, it is wanted: but only beside the file"
    );
}

#[test]
fn a_variable_stands_between_option_and_file() {
    let folder = Folder::new("variable");
    folder
        .write("quatre.toml", "[run]\nmax-steps = 5\n")
        .write("a.4dm", "var $i : Integer\nFor ($i; 1; 100)\nEnd for\n");
    let run = folder.quatre("", &["run", "a.4dm"], &[]);
    assert!(run.code == 1 && run.err.contains("[Q8003]"), "{}", run.err);
    let run = folder.quatre("", &["run", "a.4dm"], &[("QUATRE_MAX_STEPS", "100000")]);
    assert_eq!(run.code, 0, "{}", run.err);
    let run = folder.quatre("", &["run", "a.4dm", "--max-steps", "7"], &[("QUATRE_MAX_STEPS", "100000")]);
    assert_eq!(run.code, 1, "{}", run.err);
}

#[test]
fn sandbox_can_be_set_for_a_folder() {
    let folder = Folder::new("sandbox");
    folder
        .write("quatre.toml", "[run]\nsandbox = true\n")
        .write("a.4dm", "Folder(fk desktop folder).file(\"x\").setText(\"y\")\n");
    let run = folder.quatre("", &["run", "a.4dm"], &[]);
    assert!(run.code == 1 && run.err.contains("[Q81"), "{}", run.err);
}

#[test]
fn mistakes_are_shown_with_their_place() {
    let folder = Folder::new("mistakes");
    let text = "[chek]\ndeny = []\n[check]\ndenny = []\nallow = \"Q4001\"\n[test]\nmarkdown = \"chek\"\njobs = 0\ntimeout = \"soon\"\n[run]\nsandbox = 1\n[repl]\nhistory = 1.5\n";
    folder.write("quatre.toml", text).write("a.4dm", "ALERT(\"\")\n");
    let run = folder.quatre("", &["check", "a.4dm", "--format", "short"], &[]);
    assert_eq!(run.code, 2);
    for said in [
        "quatre.toml:1:2: error[Q6202]: no section `chek`",
        "quatre.toml:4:1: error[Q6202]: no key `denny` in [check]",
        "quatre.toml:5:9: error[Q6203]: `allow` is a list of codes, not the text \"Q4001\"",
        "quatre.toml:7:12: error[Q6203]: `markdown` cannot be `chek`",
        "quatre.toml:8:8: error[Q6203]: `jobs` is a whole number from 1 on, not the number 0",
        "quatre.toml:9:11: error[Q6203]: `timeout` is a time such as \"5s\"",
        "quatre.toml:11:11: error[Q6203]: `sandbox` is true or false, not the number 1",
        "quatre.toml:13:11: error[Q6203]: `history` is a whole number from 1 on, not the number 1.5",
    ] {
        assert!(run.err.contains(said), "{said}\n{}", run.err);
    }
    let run = folder.quatre("", &["check", "a.4dm"], &[]);
    assert!(
        run.err.contains("did you mean `deny`?") && run.err.contains("did you mean `check`?"),
        "{}",
        run.err
    );
    folder.write("quatre.toml", "[check\n");
    let run = folder.quatre("", &["check", "a.4dm"], &[]);
    assert!(run.code == 2 && run.err.contains("error[Q6201]"), "{}", run.err);
    assert_eq!(folder.quatre("", &["explain", "Q6201"], &[]).code, 0, "what reads no settings does not mind");
}

#[test]
fn tests_are_where_the_settings_say() {
    let folder = Folder::new("tests");
    folder
        .write("quatre.toml", "[test]\npaths = [\"cases\", \"guide.md\"]\nmarkdown = \"parse\"\n")
        .write("cases/a.4dm", "ALERT(\"a\")\n")
        .write("cases/a.out", "a\n")
        .write("guide.md", "```4d\nALERT(nobody)\nno such thing(1)\n```\n");
    let run = folder.quatre("", &["test", "--no-times"], &[]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("2 passed"), "{}", run.out);
    assert_eq!(folder.quatre("", &["test", "guide.md", "--no-config"], &[]).code, 1);
}

#[test]
fn classes_in_prose_are_known_to_the_examples_behind_them() {
    let folder = Folder::new("classes");
    let text = "```4d class=Point\nproperty x : Integer\nClass constructor($x : Integer)\n\tThis.x:=$x\nFunction twice() : Integer\n\treturn This.x*2\n```\n\n```4d\nALERT(String(cs.Point.new(21).twice()))\n```\n```output\n42\n```\n\n```4d\nFunction broken(\n```\n";
    folder.write("guide.md", text);
    let run = folder.quatre("", &["test", "guide.md", "--no-times"], &[]);
    assert!(run.out.contains("2 passed, 1 failed"), "{}{}", run.out, run.err);
    assert!(run.out.contains("[guide.md:17:16]"), "the line of the file: {}", run.out);
}

#[test]
fn clock_and_seed_of_tests() {
    let folder = Folder::new("clock");
    folder.write("a.4dm", "ALERT(String(Year of(Current date)))\n").write("a.out", "2020\n");
    assert_eq!(folder.quatre("", &["test", "a.4dm"], &[]).code, 1, "without a word it is 2000");
    assert_eq!(
        folder.quatre("", &["test", "a.4dm", "--clock", "2020-05-01T12:00:00Z", "--seed", "7"], &[]).code,
        0
    );
}

/// What is wrong with a value by a schema; what of JSON Schema is used here, and no more.
fn violations(value: &Value, schema: &Value, root: &Value, path: &str, found: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#')).expect("a definition");
        violations(value, target, root, path, found);
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        violations(value, part, root, path, found);
    }
    let fits = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64(),
        Some(other) => panic!("type {other}"),
        None => true,
    };
    if !fits {
        found.push(format!("{path}: {value} is no {}", schema["type"]));
    }
    if schema["enum"].as_array().is_some_and(|words| !words.contains(value)) {
        found.push(format!("{path}: {value} is none of {}", schema["enum"]));
    }
    if schema["minimum"].as_i64().is_some_and(|least| value.as_i64().is_some_and(|number| number < least)) {
        found.push(format!("{path}: {value} is too small"));
    }
    if let Some(object) = value.as_object() {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !object.contains_key(name) {
                found.push(format!("{path} lacks {name}"));
            }
        }
        for (name, inner) in object {
            match schema["properties"].get(name) {
                Some(shape) => violations(inner, shape, root, &format!("{path}.{name}"), found),
                None if schema["additionalProperties"] == Value::Bool(false) => {
                    found.push(format!("{path} may not have {name}"));
                }
                None => {}
            }
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        violations(item, &schema["items"], root, &format!("{path}[{index}]"), found);
    }
}

fn judged(value: &Value, schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    violations(value, schema, schema, "$", &mut found);
    found
}

fn schema(folder: &Folder, name: &str) -> Value {
    let run = folder.quatre("", &["schema", name], &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).expect("a schema is JSON")
}

#[test]
fn reports_are_what_their_schema_says() {
    let folder = Folder::new("reports");
    folder
        .write("a.4dm", "var $x : Integer\n$x:=Sesion info(1)\nIf (1+2*3=4)\n$x:=\"a\"\n")
        .write("Classes/A.4dm", "Function f\n\treturn This.g\n")
        .write("b.4dm", "ALERT(\"fine\")\n");
    let schema = schema(&folder, "diagnostics");
    for words in [
        &["check", ".", "--format", "json"][..],
        &["check", "b.4dm", "--format=json"],
        &["run", "a.4dm", "--format", "json"],
    ] {
        let run = folder.quatre("", words, &[]);
        let document: Value = serde_json::from_str(&run.out).expect("JSON");
        assert_eq!(judged(&document, &schema), [""; 0], "{words:?}");
    }
    let wrong = serde_json::json!({"success": 1, "tool": "x"});
    assert_eq!(judged(&wrong, &schema).len(), 2, "the judge can say no");
}

/// A table of TOML as JSON.
fn as_json(value: &toml::de::DeValue<'_>) -> Value {
    use toml::de::DeValue;
    match value {
        DeValue::String(text) => Value::from(text.to_string()),
        DeValue::Integer(number) => Value::from(number.as_str().parse::<i64>().expect("a number")),
        DeValue::Boolean(flag) => Value::from(*flag),
        DeValue::Array(array) => array.iter().map(|item| as_json(item.get_ref())).collect(),
        DeValue::Table(table) => {
            table.iter().map(|(name, value)| (name.get_ref().to_string(), as_json(value.get_ref()))).collect()
        }
        DeValue::Float(_) | DeValue::Datetime(_) => panic!("nothing of the kind"),
    }
}

#[test]
fn the_sample_is_what_its_schema_says() {
    let folder = Folder::new("schema");
    let schema = schema(&folder, "config");
    let table = toml::de::DeTable::parse(SAMPLE).expect("valid");
    let sample = as_json(&toml::de::DeValue::Table(table.into_inner()));
    assert_eq!(judged(&sample, &schema), [""; 0]);
    assert_eq!(judged(&serde_json::json!({"check": {"denny": []}, "more": {}}), &schema).len(), 2);
}
