//! `quatre.toml`: settings that hold for the files around it.
//!
//! Each key stands for an option, so that what it may hold, and what happens with it, is said in one place: the option.
//! The file gives the option its value where neither the command line nor a variable (`QUATRE_MAX_TIME` for
//! `--max-time`) does. A key that is no option (`exclude`, `markdown`, `paths`) is asked for by the command itself.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::cli::args::{Arguments, Usage};
use crate::diagnostics::suggest::nearest;
use crate::diagnostics::{Code, Diagnostic};
use crate::engine::project;
use crate::golden::directives::duration;
use crate::runtime::host::SystemHost;
use crate::runtime::sandbox;
use crate::source::span::Span;
use crate::source::{SourceFile, Sources};

/// The name of the file.
pub const NAME: &str = "quatre.toml";

/// What a key may hold.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Texts,
    Codes,
    Paths,
    Text,
    Path,
    Time,
    Flag,
    Number,
    Choice(&'static [&'static str]),
}

/// One key of a section.
#[derive(Debug)]
struct Key {
    section: &'static str,
    name: &'static str,
    kind: Kind,
    /// The option that it stands for.
    option: Option<&'static str>,
    about: &'static str,
}

const fn key(section: &'static str, name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { section, name, kind, option: Some(name), about }
}

const fn own(section: &'static str, name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { section, name, kind, option: None, about }
}

/// All keys, by section.
static KEYS: &[Key] = &[
    key("check", "deny", Kind::Codes, "warnings that are errors; `warnings` means all"),
    key("check", "allow", Kind::Codes, "warnings that are not shown"),
    own("check", "exclude", Kind::Texts, "files that are not checked; `*` and `**` stand for any text"),
    own("test", "paths", Kind::Paths, "where tests are when no path is given"),
    own(
        "test",
        "markdown",
        Kind::Choice(&["run", "check", "parse"]),
        "what is done with examples that say nothing",
    ),
    key("test", "timeout", Kind::Time, "the time of a test that names none"),
    key("test", "sessions", Kind::Path, "the sessions of tests that have none"),
    key("test", "jobs", Kind::Number, "how many tests run at once"),
    key("run", "sandbox", Kind::Flag, "no files, no network, no programs, no environment"),
    key("run", "max-time", Kind::Time, "end the program after this time"),
    key("run", "max-memory", Kind::Text, "at most so much memory, like 256M"),
    key("run", "max-steps", Kind::Number, "at most so many statements and calls"),
    key("run", "max-depth", Kind::Number, "at most so many calls inside each other"),
    key("run", "max-text", Kind::Text, "the longest text, like 64M"),
    key("run", "max-elements", Kind::Number, "the most elements of a collection or an array"),
    key("run", "max-output", Kind::Text, "the most that may be written, like 16M"),
    key("run", "allow-read", Kind::Paths, "files that a sandboxed program may read"),
    key("run", "allow-write", Kind::Paths, "files that a sandboxed program may write"),
    key("run", "allow-net", Kind::Texts, "addresses that a sandboxed program may reach"),
    key("run", "allow-run", Kind::Texts, "programs that a sandboxed program may start"),
    key("run", "allow-env", Kind::Texts, "variables that a sandboxed program may read"),
    key("run", "sessions", Kind::Path, "the sessions that programs see"),
    own("repl", "history", Kind::Number, "how many entries the history of the prompt keeps"),
    own("repl", "theme", Kind::Choice(&["auto", "light", "dark", "none"]), "the colors of the prompt"),
];

/// Which sections hold for a command.
fn sections(command: &str) -> &'static [&'static str] {
    match command {
        "check" => &["check"],
        "test" => &["test"],
        "run" | "eval" | "project" | "serve" => &["run", "check"],
        "repl" => &["repl", "run"],
        _ => &[],
    }
}

/// The values of a file.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The file, when there is one.
    pub file: Option<PathBuf>,
    values: Vec<(&'static str, &'static str, Vec<String>)>,
}

/// A file that cannot be used, and what is wrong with it.
pub struct Wrong {
    /// All problems, in the order of the file.
    pub problems: Vec<Diagnostic>,
    /// The text they point into.
    pub sources: Sources,
}

/// Why there are no settings.
pub enum Stop {
    /// The file of `--config` cannot be read.
    Usage(Usage),
    /// What the file says is wrong.
    Wrong(Wrong),
}

impl Config {
    /// The settings for these arguments: the file of `--config`, or the one that is found.
    ///
    /// # Errors
    /// The file cannot be read or makes no sense.
    pub fn of(command: &str, arguments: &Arguments) -> Result<Self, Stop> {
        let is_asked = arguments.has("config") || !sections(command).is_empty();
        if arguments.has("no-config") || !is_asked {
            return Ok(Self::default());
        }
        let named = arguments.value("config").map(PathBuf::from);
        let variable =
            || SystemHost::environment("QUATRE_CONFIG").filter(|path| !path.is_empty()).map(PathBuf::from);
        let named = named.or_else(variable);
        let found = named.clone().or_else(|| {
            let given = arguments.values.iter().map(Path::new).find(|path| sandbox::kind(path).is_some());
            find(given.unwrap_or(Path::new("")))
        });
        let Some(path) = found else { return Ok(Self::default()) };
        let bytes = match sandbox::read(&path) {
            Ok(bytes) => bytes,
            Err(problem) => {
                let message = format!("cannot read `{}`: {}", path.display(), sandbox::reason(&problem));
                return Err(Stop::Usage(Usage::new(message, "--no-config does without settings")));
            }
        };
        let sources = Sources::new();
        let file = match sources.add(path.to_string_lossy().into_owned(), Some(path.clone()), bytes) {
            Ok(file) => file,
            Err(problem) => {
                return Err(Stop::Usage(Usage::new(
                    problem.to_string(),
                    "--no-config does without settings",
                )));
            }
        };
        let mut reader =
            Reader { file: &file, folder: folder_of(&path), problems: Vec::new(), config: Self::default() };
        reader.read();
        if reader.problems.is_empty() {
            let config = Self { file: Some(path), ..reader.config };
            return Ok(config);
        }
        let problems = reader.problems;
        Err(Stop::Wrong(Wrong { problems, sources }))
    }

    /// The values of a key.
    pub fn values(&self, section: &str, name: &str) -> Option<&[String]> {
        let found = self.values.iter().find(|(s, n, _)| *s == section && *n == name);
        found.map(|(_, _, values)| values.as_slice())
    }

    /// Gives the options of a command the values that variables and the file have for them.
    pub fn fill(&self, command: &str, arguments: &mut Arguments) {
        if command == "test" && arguments.values.is_empty() && !arguments.has("bless") {
            let paths = self.values("test", "paths").unwrap_or_default();
            arguments.values = paths.iter().map(OsString::from).collect();
        }
        for key in KEYS.iter().filter(|key| sections(command).contains(&key.section)) {
            let Some(option) = key.option else { continue };
            // What is denied or allowed on the command line comes on top of what the file says.
            let adds_up = matches!(key.kind, Kind::Codes);
            if arguments.has(option) && !adds_up {
                continue;
            }
            let variable = format!("QUATRE_{}", option.replace('-', "_").to_uppercase());
            let variable = SystemHost::environment(&variable).filter(|value| !value.is_empty());
            let value =
                variable.or_else(|| self.values(key.section, key.name).map(|values| values.join(",")));
            let Some(value) = value else { continue };
            match key.kind {
                Kind::Flag if value == "true" || value == "1" => arguments.give(option, None),
                Kind::Flag => {}
                Kind::Codes => {
                    let other = if option == "deny" { "allow" } else { "deny" };
                    let said = arguments.list(other);
                    let kept: Vec<&str> =
                        value.split(',').filter(|code| !said.iter().any(|s| s == code)).collect();
                    if !kept.is_empty() {
                        arguments.give(option, Some(OsString::from(kept.join(","))));
                    }
                }
                Kind::Texts
                | Kind::Paths
                | Kind::Text
                | Kind::Path
                | Kind::Time
                | Kind::Number
                | Kind::Choice(_) => {
                    arguments.give(option, Some(OsString::from(value)));
                }
            }
        }
    }

    /// Whether a file is one of those that `check.exclude` names.
    pub fn excludes(&self, file: &Path) -> bool {
        let Some(patterns) = self.values("check", "exclude") else { return false };
        let folder = self.file.as_deref().map(folder_of).unwrap_or_default();
        let (file, folder) = (sandbox::real_path(file), sandbox::real_path(&folder));
        let Ok(relative) = file.strip_prefix(&folder) else { return false };
        let relative = relative.to_string_lossy().replace('\\', "/");
        patterns.iter().any(|pattern| fits(pattern, &relative))
    }
}

/// The folder of a file; that of a bare name is the current one.
fn folder_of(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap_or(Path::new(""));
    if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() }
}

/// The nearest file from a path upwards, to the folder of its project or the root of its repository. Where there is
/// neither, only the folder of the path itself counts: a file in a far parent was not meant.
fn find(given: &Path) -> Option<PathBuf> {
    let given = if given.as_os_str().is_empty() { PathBuf::from(".") } else { given.to_owned() };
    let start = if sandbox::is_folder(&given) { given } else { folder_of(&given) };
    let start = sandbox::real_path(&start);
    let is_top = |folder: &Path| {
        sandbox::kind(&folder.join(".git")).is_some()
            || project::project_file(folder)
                .is_some_and(|file| file.parent().and_then(Path::parent) == Some(folder))
    };
    let reach = start.ancestors().position(is_top).unwrap_or(0);
    start.ancestors().take(reach + 1).map(|folder| folder.join(NAME)).find(|file| sandbox::is_file(file))
}

/// Whether a path fits a pattern: `*` is any text without `/`, `**` any text.
fn fits(pattern: &str, path: &str) -> bool {
    if pattern.is_empty() {
        return path.is_empty();
    }
    if let Some(rest) = pattern.strip_prefix("**") {
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let starts = path.char_indices().filter(|(_, c)| *c == '/').map(|(at, _)| at + 1);
        return rest.is_empty()
            || std::iter::once(0)
                .chain(starts)
                .any(|at| path.get(at..).is_some_and(|tail| fits(rest, tail)));
    }
    if let Some(rest) = pattern.strip_prefix('*') {
        let end = path.find('/').unwrap_or(path.len());
        let places = path.char_indices().map(|(at, _)| at).chain([path.len()]).take_while(|at| *at <= end);
        return places.into_iter().any(|at| path.get(at..).is_some_and(|tail| fits(rest, tail)));
    }
    let mut letters = pattern.chars();
    let Some(first) = letters.next() else { return false };
    path.strip_prefix(first).is_some_and(|tail| fits(letters.as_str(), tail))
}

/// Reads the text of a file.
struct Reader<'a> {
    file: &'a SourceFile,
    folder: PathBuf,
    problems: Vec<Diagnostic>,
    config: Config,
}

impl Reader<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span::new(self.file.id, place(range.start), place(range.end))
    }

    fn read(&mut self) {
        let text = self.file.text.clone();
        let (table, errors) = DeTable::parse_recoverable(&text);
        for error in errors {
            let span = self.span(error.span().unwrap_or(0..0));
            let problem = Diagnostic::error(Code::Quatre(6201), "the settings are not valid TOML");
            self.problems.push(problem.at(span, error.message().trim().to_owned()));
        }
        if !self.problems.is_empty() {
            return;
        }
        for (name, value) in table.get_ref().iter() {
            let span = self.span(name.span());
            let section = KEYS.iter().map(|key| key.section).find(|section| section == name.get_ref());
            match (section, value.get_ref()) {
                (Some(section), DeValue::Table(table)) => self.section(section, table),
                (Some(section), other) => {
                    let message = format!("`{section}` is a section, not {}", described(other));
                    self.tell(6203, message, span, format!("write it as [{section}]"));
                }
                (None, _) => {
                    let sections = KEYS.iter().map(|key| key.section);
                    self.unknown(&format!("no section `{}`", name.get_ref()), name.get_ref(), sections, span);
                }
            }
        }
    }

    fn section(&mut self, section: &'static str, table: &DeTable<'_>) {
        for (name, value) in table.iter() {
            let key = KEYS.iter().find(|key| key.section == section && key.name == name.get_ref());
            let Some(key) = key else {
                let span = self.span(name.span());
                let names = KEYS.iter().filter(|key| key.section == section).map(|key| key.name);
                self.unknown(
                    &format!("no key `{}` in [{section}]", name.get_ref()),
                    name.get_ref(),
                    names,
                    span,
                );
                continue;
            };
            if let Some(values) = self.values(key, value) {
                self.config.values.push((key.section, key.name, values));
            }
        }
    }

    /// The values of a key as texts; none when they are not of its kind, which is told.
    fn values(&mut self, key: &Key, value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
        let span = self.span(value.span());
        let found = value.get_ref();
        let wanted = wanted(key.kind);
        let one = |value: &DeValue<'_>| value.as_str().map(str::to_owned);
        let values = match key.kind {
            Kind::Texts | Kind::Codes | Kind::Paths => {
                found.as_array().and_then(|array| array.iter().map(|item| one(item.get_ref())).collect())
            }
            Kind::Text | Kind::Path => one(found).map(|text| vec![text]),
            Kind::Time => one(found).filter(|text| duration(text).is_some()).map(|text| vec![text]),
            Kind::Flag => found.as_bool().map(|flag| vec![flag.to_string()]),
            Kind::Number => {
                let number = found.as_integer().filter(|number| number.radix() == 10);
                let number = number.and_then(|number| number.as_str().parse::<u32>().ok());
                number.filter(|number| *number > 0).map(|number| vec![number.to_string()])
            }
            Kind::Choice(words) => {
                let word = one(found);
                if let Some(word) = word.as_deref().filter(|word| !words.contains(word)) {
                    let message = format!("`{}` cannot be `{word}`", key.name);
                    self.unknown_value(message, word, words, span);
                    return None;
                }
                word.map(|word| vec![word])
            }
        };
        let values: Option<Vec<String>> = values;
        let Some(values) = values else {
            let message = format!("`{}` is {wanted}, not {}", key.name, described(found));
            self.tell(6203, message, span, format!("write it as {} = {}", key.name, sample(key.kind)));
            return None;
        };
        if matches!(key.kind, Kind::Codes) {
            let is_code =
                |word: &&String| *word != "warnings" && crate::diagnostics::codes::read(word).is_none();
            if let Some(word) = values.iter().find(is_code) {
                let message = format!("`{word}` is not a code of a problem");
                self.tell(6203, message, span, "a code looks like Q4001".into());
                return None;
            }
        }
        let is_path = matches!(key.kind, Kind::Path | Kind::Paths);
        let placed = |value: String| match is_path {
            true => self.folder.join(value).to_string_lossy().into_owned(),
            false => value,
        };
        Some(values.into_iter().map(placed).collect())
    }

    fn tell(&mut self, code: u16, message: String, span: Span, help: String) {
        self.problems.push(Diagnostic::error(Code::Quatre(code), message).at(span, "this").help(help));
    }

    fn unknown(&mut self, message: &str, name: &str, names: impl Iterator<Item = &'static str>, span: Span) {
        let mut all: Vec<&str> = names.collect();
        all.dedup();
        let near = nearest(name, all.iter().copied());
        let help = near
            .map_or_else(|| format!("one of: {}", all.join(", ")), |near| format!("did you mean `{near}`?"));
        self.tell(6202, message.to_owned(), span, help);
    }

    fn unknown_value(&mut self, message: String, word: &str, words: &[&'static str], span: Span) {
        let near = nearest(word, words.iter().copied());
        let help = near.map_or_else(
            || format!("one of: {}", words.join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        self.tell(6203, message, span, help);
    }
}

fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Texts | Kind::Paths => "a list of texts",
        Kind::Codes => "a list of codes",
        Kind::Text | Kind::Path | Kind::Choice(_) => "a text",
        Kind::Time => "a time such as \"5s\"",
        Kind::Flag => "true or false",
        Kind::Number => "a whole number from 1 on",
    }
}

fn sample(kind: Kind) -> &'static str {
    match kind {
        Kind::Texts | Kind::Paths => "[\"…\"]",
        Kind::Codes => "[\"Q4001\"]",
        Kind::Text | Kind::Path | Kind::Choice(_) => "\"…\"",
        Kind::Time => "\"5s\"",
        Kind::Flag => "true",
        Kind::Number => "4",
    }
}

fn described(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text \"{text}\""),
        DeValue::Integer(number) => format!("the number {}", number.as_str()),
        DeValue::Float(number) => format!("the number {}", number.as_str()),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(_) => "a date".into(),
        DeValue::Array(_) => "a list".into(),
        DeValue::Table(_) => "a table".into(),
    }
}

/// The JSON Schema of the file.
pub fn schema() -> String {
    let mut sections = serde_json::Map::new();
    for key in KEYS {
        let mut shape = match key.kind {
            Kind::Texts | Kind::Paths => json!({"type": "array", "items": {"type": "string"}}),
            Kind::Codes => {
                json!({"type": "array", "items": {"type": "string", "pattern": "^(warnings|Q[0-9]{4}|-?[0-9]+)$"}})
            }
            Kind::Text | Kind::Path => json!({"type": "string"}),
            Kind::Time => json!({"type": "string", "pattern": "^[0-9.]+ *(ms|s|m|h)?$"}),
            Kind::Flag => json!({"type": "boolean"}),
            Kind::Number => json!({"type": "integer", "minimum": 1}),
            Kind::Choice(words) => json!({"enum": words}),
        };
        if let Value::Object(shape) = &mut shape {
            shape.insert("description".into(), key.about.into());
        }
        let section = sections
            .entry(key.section)
            .or_insert_with(|| json!({"type": "object", "additionalProperties": false, "properties": {}}));
        if let Some(Value::Object(properties)) = section.get_mut("properties") {
            properties.insert(key.name.into(), shape);
        }
    }
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of Quatre",
        "type": "object",
        "additionalProperties": false,
        "properties": sections,
    });
    format!("{schema:#}\n")
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn stars_know_folders() {
        assert!(fits("Components/**", "Components/a/b.4dm") && fits("**/Trash/**", "Project/Trash/x.4dm"));
        assert!(fits("**/Trash/**", "Trash/x.4dm") && fits("*.4dm", "a.4dm") && fits("a/*.4dm", "a/b.4dm"));
        assert!(!fits("*.4dm", "a/b.4dm") && !fits("Components/**", "Other/Components/x"));
        assert!(!fits("a", "ab"));
    }
}
