//! The commands of the prompt itself, which begin with a dot as no line of 4D does. Each is a row of [`ROWS`]; help,
//! suggestions and completion come from the row.

use std::path::Path;

use crate::diagnostics::suggest::nearest;
use crate::engine::catalog;
use crate::engine::literal::Bounds;
use crate::help::search::{search, suggestion};
use crate::help::{self, print};
use crate::repl::dialogue::{Dialogue, Next};
use crate::repl::{inspect, script, settings};
use crate::runtime::sandbox;
use crate::source::decode::decode;
use crate::value::json;

/// Drops the input that is being written: the one dot command that works in the middle of an input.
pub const BREAK: &str = ".break";

/// What stands behind a dot command, for completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Nothing,
    /// Something that cannot be guessed.
    Words,
    /// 4D code.
    Code,
    /// A name of the language.
    Name,
    /// A file.
    File,
    /// The name of a setting.
    Setting,
    /// One of these words.
    One(&'static [&'static str]),
}

/// A dot command.
pub struct Row {
    /// `.vars`
    pub name: &'static str,
    /// What stands behind it.
    pub arguments: &'static str,
    /// What that is.
    pub takes: Takes,
    /// What it does, in a line.
    pub help: &'static str,
    run: fn(&mut Dialogue<'_>, &str) -> Next,
}

const fn row(
    name: &'static str,
    arguments: &'static str,
    takes: Takes,
    help: &'static str,
    run: fn(&mut Dialogue<'_>, &str) -> Next,
) -> Row {
    Row { name, arguments, takes, help, run }
}

/// All of them, in the order of the help.
pub const ROWS: &[Row] = &[
    row(
        ".help",
        "[NAME]",
        Takes::Name,
        "this list, or what a command, class, constant or keyword does",
        show_help,
    ),
    row(".doc", "WORDS", Takes::Name, "the names that have these words in them", doc),
    row(".explain", "CODE", Takes::Words, "what the code of an error means, with an example", explain),
    row(".type", "EXPR", Takes::Code, "the type of a value", type_),
    row(".show", "EXPR", Takes::Code, "all of a value, however long it is", show_all),
    row(".json", "EXPR", Takes::Code, "a value as JSON", show_json),
    row(".vars", "", Takes::Nothing, "the variables that hold something", inspect::variables),
    row(".methods", "[PATTERN]", Takes::Words, "the methods that can be called", inspect::methods),
    row(".classes", "", Takes::Nothing, "the classes in cs and 4D", inspect::classes),
    row(
        ".sessions",
        "[load FILE]",
        Takes::One(&["load"]),
        "the session table, or another one from a file",
        inspect::sessions,
    ),
    row(".session", "N", Takes::Words, "runs the next inputs in another session", inspect::session),
    row(".processes", "", Takes::Nothing, "the processes of the program", inspect::processes),
    row(
        ".load",
        "FILE",
        Takes::File,
        "runs the inputs of a file; of a method or class file, defines it",
        load,
    ),
    row(".reload", "", Takes::Nothing, "takes what has changed in the files of the project", reload),
    row(".save", "FILE", Takes::File, "writes the inputs that worked to a file", save),
    row(".history", "[N]", Takes::Words, "the last inputs", history),
    row(".time", "[on|off]", Takes::One(&["on", "off"]), "shows how long each input takes", time),
    row(".tree", "CODE", Takes::Code, "code as its syntax tree", inspect::tree),
    row(".tokens", "CODE", Takes::Code, "code as its tokens", inspect::tokens),
    row(".set", "[NAME VALUE]", Takes::Setting, "the settings, or another value for one", set),
    row(BREAK, "", Takes::Nothing, "drops the input that is being written, like Ctrl-C", |_, _| Next::Input),
    row(".clear", "", Takes::Nothing, "clears the screen", clear),
    row(".reset", "", Takes::Nothing, "forgets all variables, definitions and processes", reset),
    row(".quit", "", Takes::Nothing, "leaves, as Ctrl-D does", |_, _| Next::Leave),
];

/// Runs a line that begins with a dot.
pub fn run(dialogue: &mut Dialogue<'_>, line: &str) -> Next {
    let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let Some(row) = find(name) else {
        let near = nearest(name, ROWS.iter().map(|row| row.name));
        let guess = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        dialogue.screen.error(&format!("no dot command `{name}`{guess}"), "all of them: .help");
        return Next::Failed;
    };
    let needs = !row.arguments.is_empty() && !row.arguments.starts_with('[');
    if needs && rest.is_empty() {
        let message = format!("`{}` needs something behind it", row.name);
        dialogue.screen.error(&message, &format!("write it as: {} {}", row.name, row.arguments));
        return Next::Failed;
    }
    (row.run)(dialogue, rest)
}

/// A dot command by its name, or by a beginning that only it has.
pub fn find(name: &str) -> Option<&'static Row> {
    let name = name.to_lowercase();
    if let Some(row) = ROWS.iter().find(|row| row.name == name) {
        return Some(row);
    }
    let mut beginning = ROWS.iter().filter(|row| name.len() > 2 && row.name.starts_with(&name));
    beginning.next().filter(|_| beginning.next().is_none())
}

// ---- help ----

fn show_help(dialogue: &mut Dialogue<'_>, name: &str) -> Next {
    if name.is_empty() {
        dialogue.screen.result(&overview());
        return Next::Input;
    }
    if let Some(row) = find(name) {
        dialogue.screen.result(&format!("{} {}\n  {}\n", row.name, row.arguments, row.help));
        return Next::Input;
    }
    let entries = help::entries(catalog(), name);
    let Some(entry) = entries.first() else {
        let near = suggestion(catalog(), name);
        let guess = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        dialogue
            .screen
            .error(&format!("nothing is known of `{name}`{guess}"), "names with a word in them: .doc WORD");
        return Next::Failed;
    };
    let width = width(dialogue);
    dialogue.screen.result(&print::text(entry, width));
    let others: Vec<String> = entries
        .iter()
        .skip(1)
        .map(|other| format!(".help {} ({})", other.title, other.kind.word()))
        .collect();
    if !others.is_empty() {
        dialogue.screen.result(&format!("  See also: {}\n", others.join(", ")));
    }
    Next::Input
}

fn width(dialogue: &Dialogue<'_>) -> usize {
    if dialogue.screen.is_person { dialogue.screen.columns().min(100) } else { dialogue.screen.look.width }
}

fn overview() -> String {
    let mut text = "Type 4D: an expression shows its value, `$_` is the last one.\n\n".to_owned();
    for row in ROWS {
        text.push_str(&format!("  {:24} {}\n", format!("{} {}", row.name, row.arguments), row.help));
    }
    text.push_str(
        "\nTab completes · Enter runs what is whole · Alt-Enter always adds a line · Ctrl-R searches the history\n\
         Ctrl-C stops what runs or drops what is typed · Ctrl-D leaves\n\
         `Function name($x : Real) : Real` and `Class Name` define a method and a class; an empty line ends them\n",
    );
    text
}

fn doc(dialogue: &mut Dialogue<'_>, words: &str) -> Next {
    /// So many names are listed.
    const LISTED: usize = 40;
    let hits = search(catalog(), words);
    if hits.is_empty() {
        dialogue.screen.error(&format!("no name has `{words}` in it"), "all commands: docs/commands.md");
        return Next::Failed;
    }
    dialogue.screen.result(&print::list(&hits, LISTED, width(dialogue)));
    Next::Input
}

fn explain(dialogue: &mut Dialogue<'_>, code: &str) -> Next {
    match (dialogue.explain)(code) {
        Ok(text) => {
            dialogue.screen.result(&text);
            Next::Input
        }
        Err(why) => {
            dialogue.screen.error(&why, "a code looks like Q2001 or -10518");
            Next::Failed
        }
    }
}

// ---- values ----

fn with_value(
    dialogue: &mut Dialogue<'_>,
    code: &str,
    show: impl FnOnce(&mut Dialogue<'_>, &crate::value::Value) -> Result<String, String>,
) -> Next {
    match dialogue.prompt().value_of(code) {
        Ok(value) => match show(dialogue, &value) {
            Ok(text) => {
                dialogue.screen.result(&format!("{text}\n"));
                Next::Input
            }
            Err(why) => {
                dialogue.screen.error(&why, "");
                Next::Failed
            }
        },
        Err(failures) => {
            dialogue.failed(&failures);
            Next::Failed
        }
    }
}

fn type_(dialogue: &mut Dialogue<'_>, code: &str) -> Next {
    with_value(dialogue, code, |dialogue, value| Ok(dialogue.prompt().type_name(value)))
}

fn show_all(dialogue: &mut Dialogue<'_>, code: &str) -> Next {
    with_value(dialogue, code, |dialogue, value| {
        let width = if dialogue.screen.is_person { dialogue.screen.columns() } else { usize::MAX };
        let bounds = Bounds::everything(width, dialogue.screen.look.ascii);
        Ok(dialogue.prompt().shown(value, bounds))
    })
}

fn show_json(dialogue: &mut Dialogue<'_>, code: &str) -> Next {
    with_value(dialogue, code, |_, value| {
        let text = json::stringify(value, true).map_err(|error| error.to_diagnostic().message)?;
        Ok(text.to_string())
    })
}

// ---- files ----

fn load(dialogue: &mut Dialogue<'_>, name: &str) -> Next {
    /// Files may load others so deep.
    const DEEPEST: usize = 16;
    let path = Path::new(unquoted(name));
    if dialogue.loading >= DEEPEST {
        dialogue.screen.error("files that load each other go round in circles", "");
        return Next::Failed;
    }
    let bytes = match sandbox::read(path) {
        Ok(bytes) => bytes,
        Err(problem) => {
            let why = sandbox::reason(&problem);
            dialogue.screen.error(&format!("cannot read `{}`: {why}", path.display()), "");
            return Next::Failed;
        }
    };
    let (text, _) = decode(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let in_classes =
        path.parent().and_then(Path::file_name).is_some_and(|folder| folder.eq_ignore_ascii_case("Classes"));
    let head = text.trim_start().get(..12).unwrap_or_default().to_lowercase();
    let outcome = if in_classes {
        Some(dialogue.prompt().define_class(&stem, text))
    } else if head.starts_with("#declare") || head.starts_with("//%attribute") {
        Some(dialogue.prompt().define_method(&stem, text))
    } else {
        None
    };
    if let Some(outcome) = outcome {
        return dialogue.show(&format!(".load {name}"), outcome, std::time::Duration::ZERO);
    }
    let mut lines = text.lines().map(str::to_owned).collect::<Vec<_>>().into_iter();
    dialogue.loading += 1;
    let (_, next) = script::run(dialogue, |_| lines.next(), false);
    dialogue.loading -= 1;
    next
}

fn save(dialogue: &mut Dialogue<'_>, name: &str) -> Next {
    let path = Path::new(unquoted(name));
    let mut text = String::new();
    for input in &dialogue.kept {
        text.push_str(input);
        text.push('\n');
        if crate::engine::completeness::defines(input) {
            text.push('\n');
        }
    }
    match sandbox::write(path, text.as_bytes()) {
        Ok(()) => {
            let count = dialogue.kept.len();
            let word = if count == 1 { "input" } else { "inputs" };
            dialogue.screen.say(&format!("  {count} {word} saved in {}\n", path.display()));
            Next::Input
        }
        Err(problem) => {
            let why = sandbox::reason(&problem);
            dialogue.screen.error(&format!("cannot write `{}`: {why}", path.display()), "");
            Next::Failed
        }
    }
}

fn unquoted(name: &str) -> &str {
    name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name)
}

fn reload(dialogue: &mut Dialogue<'_>, _: &str) -> Next {
    match dialogue.prompt().reload() {
        Ok((methods, classes, failures)) => {
            if !failures.is_empty() {
                dialogue.failed(&failures);
            }
            let word = |count: usize, one: &str, many: &str| {
                format!("{count} {}", if count == 1 { one } else { many })
            };
            let told = format!(
                "  reloaded: {}, {}\n",
                word(methods, "method", "methods"),
                word(classes, "class", "classes")
            );
            dialogue.screen.say(&told);
            if failures.is_empty() { Next::Input } else { Next::Failed }
        }
        Err(failures) => {
            dialogue.failed(&failures);
            Next::Failed
        }
    }
}

// ---- the prompt itself ----

fn history(dialogue: &mut Dialogue<'_>, count: &str) -> Next {
    let count = if count.is_empty() { Some(20) } else { count.parse::<usize>().ok() };
    let Some(count) = count else {
        dialogue.screen.error("the number of inputs is a whole number", "write it as: .history 20");
        return Next::Failed;
    };
    let all = &dialogue.typed;
    // The line that asks is none of them.
    let inputs = all.split_last().map(|(_, before)| before).unwrap_or_default();
    let first = inputs.len().saturating_sub(count);
    let mut text = String::new();
    for (index, input) in inputs.iter().enumerate().skip(first) {
        text.push_str(&format!("{:4}  {}\n", index + 1, input.replace('\n', "\n      ")));
    }
    dialogue.screen.result(&text);
    Next::Input
}

fn time(dialogue: &mut Dialogue<'_>, value: &str) -> Next {
    let value = match value {
        "" if dialogue.settings.time => "off",
        "" => "on",
        value => value,
    };
    set(dialogue, &format!("time {value}"))
}

fn set(dialogue: &mut Dialogue<'_>, words: &str) -> Next {
    if words.is_empty() {
        let mut text = String::new();
        for (name, values, help) in settings::NAMES {
            let value = dialogue.settings.get(name).unwrap_or_default();
            text.push_str(&format!("  {name:11} {value:6} {values:9} {help}\n"));
        }
        dialogue.screen.result(&text);
        return Next::Input;
    }
    let (name, value) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let value = value.trim();
    let Some((_, values, _)) = settings::NAMES.iter().find(|(known, ..)| *known == name) else {
        let near = nearest(name, settings::NAMES.iter().map(|(name, ..)| *name));
        let guess = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        dialogue.screen.error(&format!("no setting `{name}`{guess}"), "all of them: .set");
        return Next::Failed;
    };
    if value.is_empty() {
        let value = dialogue.settings.get(name).unwrap_or_default();
        dialogue.screen.result(&format!("  {name} {value}\n"));
        return Next::Input;
    }
    if !dialogue.settings.set(name, value) {
        dialogue
            .screen
            .error(&format!("`{name}` cannot be `{value}`"), &format!("write it as: .set {name} {values}"));
        return Next::Failed;
    }
    Next::Input
}

fn clear(dialogue: &mut Dialogue<'_>, _: &str) -> Next {
    if dialogue.screen.is_person {
        dialogue.screen.result("\x1b[H\x1b[2J\x1b[3J");
    }
    Next::Input
}

fn reset(dialogue: &mut Dialogue<'_>, _: &str) -> Next {
    if dialogue.reset() { Next::Input } else { Next::Failed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_enough_when_it_is_clear() {
        let name = |text: &str| find(text).map(|row| row.name);
        assert_eq!(name(".vars"), Some(".vars"));
        assert_eq!(name(".va"), Some(".vars"));
        assert_eq!(name(".session"), Some(".session"));
        assert_eq!(name(".sess"), None);
        assert_eq!(name(".q"), None);
        assert_eq!(name(".banana"), None);
    }

    #[test]
    fn the_rows_are_well_formed() {
        for (index, row) in ROWS.iter().enumerate() {
            assert!(row.name.starts_with('.') && !row.help.ends_with('.'), "{}", row.name);
            assert!(ROWS.iter().skip(index + 1).all(|other| other.name != row.name), "{}", row.name);
        }
    }
}
