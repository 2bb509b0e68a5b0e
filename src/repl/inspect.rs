//! The dot commands that look: at variables, sessions, processes, at code as the parser sees it.

use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic};
use crate::engine::catalog;
use crate::engine::literal::{Bounds, literal};
use crate::repl::dialogue::{Dialogue, Next};
use crate::runtime::fixture;
use crate::runtime::process_table::Kind;
use crate::runtime::sandbox;
use crate::source::span::SourceId;
use crate::syntax::Names;
use crate::syntax::lexer::{FileKind, Lexer};
use crate::value::{Type, Value};

// ---- names ----

/// `.vars`
pub fn variables(dialogue: &mut Dialogue<'_>, _: &str) -> Next {
    let columns = if dialogue.screen.is_person { dialogue.screen.columns() } else { usize::MAX };
    let bounds =
        Bounds { depth: 1, elements: 5, characters: 60, ..dialogue.screen.bounds(&dialogue.settings) };
    let bounds = Bounds { width: usize::MAX, ..bounds };
    let mut text = String::new();
    for (name, declared, value) in dialogue.prompt().variables() {
        if declared == Type::Variant && matches!(value, Value::Undefined) {
            continue;
        }
        let type_ = if declared == Type::Variant {
            dialogue.prompt().type_name(&value)
        } else {
            declared.name().to_owned()
        };
        let line = format!("{name} : {type_} = {}", literal(&value, bounds));
        text.push_str(&cut(&line, columns, dialogue.screen.sign("…", "...")));
        text.push('\n');
    }
    dialogue.screen.result(&text);
    Next::Input
}

/// A line of at most so many characters.
pub fn cut(line: &str, most: usize, dots: &str) -> String {
    if line.chars().count() <= most {
        return line.to_owned();
    }
    let kept: String = line.chars().take(most.saturating_sub(dots.chars().count())).collect();
    format!("{}{dots}", kept.trim_end())
}

/// `.methods [PATTERN]`
pub fn methods(dialogue: &mut Dialogue<'_>, pattern: &str) -> Next {
    let mut names = dialogue.prompt().method_names();
    names.sort_by_key(|name| name.to_lowercase());
    names.retain(|name| fits(name, pattern));
    let columns = columns(dialogue, &names);
    dialogue.screen.result(&columns);
    Next::Input
}

/// Whether a name has a text in it; `@` stands for any letters, and then the pattern is the whole name.
fn fits(name: &str, pattern: &str) -> bool {
    let (name, pattern) = (name.to_lowercase(), pattern.to_lowercase());
    let parts: Vec<&str> = pattern.split('@').collect();
    let [first, middle @ .., last] = parts.as_slice() else { return name.contains(&pattern) };
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    for part in middle {
        let Some(place) = rest.find(part) else { return false };
        rest = rest.get(place + part.len()..).unwrap_or_default();
    }
    rest.ends_with(last)
}

/// Names side by side; in a script each on its line.
fn columns(dialogue: &Dialogue<'_>, names: &[String]) -> String {
    let widest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0) + 2;
    let count = if dialogue.screen.is_person { (dialogue.screen.columns() / widest).max(1) } else { 1 };
    let mut text = String::new();
    for row in names.chunks(count) {
        let line: String = row.iter().map(|name| format!("{name:widest$}")).collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// `.classes`
pub fn classes(dialogue: &mut Dialogue<'_>, _: &str) -> Next {
    let mut names: Vec<String> =
        dialogue.prompt().class_names().into_iter().map(|name| format!("cs.{name}")).collect();
    names.sort_by_key(|name| name.to_lowercase());
    let mut built_in: Vec<String> = catalog().class_names().map(|name| format!("4D.{name}")).collect();
    built_in.sort_unstable();
    names.extend(built_in);
    let text = columns(dialogue, &names);
    dialogue.screen.result(&text);
    Next::Input
}

// ---- sessions and processes ----

/// A table with its heading; columns are as wide as what stands in them.
fn table(dialogue: &Dialogue<'_>, heading: &[&str], rows: &[(bool, Vec<String>)]) -> String {
    let mut widths: Vec<usize> = heading.iter().map(|word| word.chars().count()).collect();
    for (_, row) in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |mark: &str, cells: &[&str]| {
        let cells: Vec<String> =
            cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        format!("{}\n", format!("{mark} {}", cells.join("  ")).trim_end())
    };
    let mut text = line(" ", heading);
    for (is_current, row) in rows {
        let mark = if *is_current { dialogue.screen.sign("▸", ">") } else { " " };
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        text.push_str(&line(mark, &cells));
    }
    text
}

/// `.sessions [load FILE]`
pub fn sessions(dialogue: &mut Dialogue<'_>, words: &str) -> Next {
    if let Some(file) = words.strip_prefix("load") {
        return load_sessions(dialogue, file.trim().trim_matches('"'));
    }
    if !words.is_empty() {
        dialogue
            .screen
            .error(&format!("`.sessions` does not know `{words}`"), "write it as: .sessions load FILE.json");
        return Next::Failed;
    }
    let runtime = Arc::clone(dialogue.prompt().engine().runtime());
    let current = dialogue.prompt().session();
    let rows: Vec<(bool, Vec<String>)> = runtime
        .sessions
        .all()
        .iter()
        .map(|session| {
            let info = session.info();
            let of = |key: &str| {
                info.get_str(key)
                    .map(|value| crate::value::convert::to_text(&value).to_string())
                    .unwrap_or_default()
            };
            let since = of("creationDateTime").replace('T', " ");
            let since = since.get(..19).unwrap_or(&since).to_owned();
            let cells = vec![
                session.number.to_string(),
                of("type"),
                of("userName"),
                of("machineName"),
                of("state"),
                since,
                of("ID"),
            ];
            (current.as_ref().is_some_and(|current| Arc::ptr_eq(current, session)), cells)
        })
        .collect();
    let text = table(dialogue, &["#", "type", "user", "machine", "state", "since", "ID"], &rows);
    dialogue.screen.result(&text);
    Next::Input
}

fn load_sessions(dialogue: &mut Dialogue<'_>, file: &str) -> Next {
    let path = PathBuf::from(file);
    let runtime = Arc::clone(dialogue.prompt().engine().runtime());
    let sources = &runtime.program.sources;
    let fail = |dialogue: &Dialogue<'_>, problems: &[Diagnostic]| {
        for problem in problems {
            dialogue.screen.problem(problem, sources);
        }
        Next::Failed
    };
    let unreadable = |why: String| {
        Diagnostic::error(Code::Quatre(6001), format!("cannot read `{}`: {why}", path.display()))
    };
    let bytes = match sandbox::read(&path) {
        Ok(bytes) => bytes,
        Err(problem) => return fail(dialogue, &[unreadable(sandbox::reason(&problem))]),
    };
    let file = match sources.add(path.to_string_lossy().into_owned(), Some(path.clone()), bytes) {
        Ok(file) => file,
        Err(problem) => return fail(dialogue, &[unreadable(problem.to_string())]),
    };
    let fixture = match fixture::parse(&file.text, file.id) {
        Ok(fixture) => fixture,
        Err(problems) => return fail(dialogue, &problems),
    };
    match runtime.sessions.replace(&fixture) {
        Ok(current) => {
            if let Some(current) = current {
                dialogue.prompt().set_session(current);
            }
            let count = fixture.sessions.len();
            let word = if count == 1 { "session" } else { "sessions" };
            dialogue.screen.say(&format!("  {count} {word}\n"));
            Next::Input
        }
        Err(error) => fail(dialogue, &[error.to_diagnostic()]),
    }
}

/// `.session N`
pub fn session(dialogue: &mut Dialogue<'_>, word: &str) -> Next {
    let runtime = Arc::clone(dialogue.prompt().engine().runtime());
    let found = match word.parse::<i32>() {
        Ok(number) => runtime.sessions.by_number(number),
        Err(_) => runtime.sessions.by_id(word),
    };
    let Some(found) = found else {
        let numbers: Vec<String> =
            runtime.sessions.all().iter().map(|session| session.number.to_string()).collect();
        dialogue
            .screen
            .error(&format!("there is no session {word}"), &format!("sessions: {}", numbers.join(", ")));
        return Next::Failed;
    };
    let told = format!("  session {}, {}, {}\n", found.number, found.type_.name(), found.user_name());
    dialogue.prompt().set_session(found);
    dialogue.screen.say(&told);
    Next::Input
}

/// `.processes`
pub fn processes(dialogue: &mut Dialogue<'_>, _: &str) -> Next {
    let runtime = Arc::clone(dialogue.prompt().engine().runtime());
    let now = runtime.host.elapsed();
    let state = |code: i32| match code {
        0 => "executing",
        1 => "delayed",
        2 => "waiting for events",
        4 => "waiting for a flag",
        5 => "paused",
        _ => "ended",
    };
    let mut rows: Vec<(bool, Vec<String>)> = Vec::new();
    for entry in runtime.processes.all() {
        let kind = match entry.kind {
            Kind::Main => "main",
            Kind::User => "process",
            Kind::StoredProcedure => "stored procedure",
            Kind::Worker => "worker",
            Kind::Web => "web",
            Kind::Remote => "remote",
        };
        let session = entry.session().map(|session| session.number.to_string()).unwrap_or_default();
        let (time, _) = entry.running_time(now);
        let cells = vec![
            entry.number.to_string(),
            entry.name.clone(),
            kind.to_owned(),
            state(entry.state()).to_owned(),
            session,
            format!("{time:.1} s"),
        ];
        rows.push((entry.kind == Kind::Main, cells));
    }
    for listed in runtime.processes.listed() {
        let process = &listed.process;
        let cells = vec![
            process.number.map(|number| number.to_string()).unwrap_or_default(),
            process.name.clone(),
            "of the session file".to_owned(),
            state(process.state).to_owned(),
            listed.session.number.to_string(),
            format!("{:.1} s", process.cpu_time),
        ];
        rows.push((false, cells));
    }
    // The times differ from run to run, so a script does not show them.
    let heading: &[&str] = if dialogue.screen.is_person {
        &["#", "name", "kind", "state", "session", "time"]
    } else {
        for (_, row) in &mut rows {
            row.pop();
        }
        &["#", "name", "kind", "state", "session"]
    };
    let text = table(dialogue, heading, &rows);
    dialogue.screen.result(&text);
    Next::Input
}

// ---- code ----

/// `.tree CODE`
pub fn tree(dialogue: &mut Dialogue<'_>, code: &str) -> Next {
    match dialogue.prompt().tree(code) {
        Ok(tree) => {
            dialogue.screen.result(&format!("{}\n", tree.trim_end()));
            Next::Input
        }
        Err(failures) => {
            dialogue.failed(&failures);
            Next::Failed
        }
    }
}

/// `.tokens CODE`
pub fn tokens(dialogue: &mut Dialogue<'_>, code: &str) -> Next {
    let mut text = String::new();
    {
        let names = dialogue.prompt().engine().names();
        let names: &dyn Names = &names;
        let mut lexer = Lexer::new(code, SourceId::default(), FileKind::Method, names);
        let mut line = Vec::new();
        while lexer.next_line(&mut line) {
            for lexeme in &line {
                let written = code.get(lexeme.start as usize..lexeme.end as usize).unwrap_or_default();
                text.push_str(&format!("{:3}  {written:24} {:?}\n", lexeme.start + 1, lexeme.token));
            }
        }
    }
    dialogue.screen.result(&text);
    Next::Input
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_have_joker_signs() {
        assert!(fits("closeInvoice", ""));
        assert!(fits("closeInvoice", "INV"));
        assert!(fits("closeInvoice", "close@"));
        assert!(fits("closeInvoice", "c@in@e"));
        assert!(!fits("closeInvoice", "invoice@"));
    }

    #[test]
    fn long_lines_are_cut() {
        assert_eq!(cut("abcdef", 6, "…"), "abcdef");
        assert_eq!(cut("abcdefg", 6, "…"), "abcde…");
        assert_eq!(cut("ab defg", 6, "..."), "ab...");
    }
}
