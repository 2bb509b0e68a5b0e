//! Examples in Markdown: fences whose first word is `4d`, with the `output` fence behind them.

use std::path::{Path, PathBuf};

use crate::golden::case::{Case, Subject};
use crate::runtime::sandbox;

/// The beginning of the message of an expectation that does not hold.
pub const DIFFERS: &str = "\u{1}";

/// What is done with an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It runs without an error.
    Run,
    /// It runs and ends in an error.
    Fails,
    /// It is parsed.
    Parse,
    /// It is parsed and resolved.
    Check,
}

/// One example.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its code, without the fence.
    pub code: String,
    /// The line of its first line of code, from 1 on.
    pub line: usize,
    /// What is done with it.
    pub mode: Mode,
    /// Whether it shares the variables of the one before.
    pub continues: bool,
    /// What it should write.
    pub output: Option<String>,
    /// The lines of the output fence in the file: the first, and the one behind the last.
    pub output_lines: Option<(usize, usize)>,
    /// `session=3`
    pub session: Option<String>,
    /// `sessions=FILE`
    pub sessions: Option<PathBuf>,
    /// It is a class, of this name when it has one.
    pub class: Option<Option<String>>,
    /// The classes that stand before it in the file: name and code.
    pub classes: Vec<(String, String)>,
    /// Why it is not run: a word that is not known.
    pub problem: Option<String>,
}

/// A fence as it stands in the file.
struct Fence {
    words: Vec<String>,
    text: String,
    first: usize,
    end: usize,
}

/// The fences of a text, in order. A fence ends at one of its own sign that is at least as long.
fn fences(text: &str) -> Vec<Fence> {
    let lines: Vec<&str> = text.lines().collect();
    let mut fences = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        let trimmed = line.trim_start();
        let indent = line.len() - trimmed.len();
        let Some(sign) = trimmed.chars().next().filter(|c| *c == '`' || *c == '~') else { continue };
        let info = trimmed.trim_start_matches(sign);
        let length = trimmed.len() - info.len();
        if length < 3 || (sign == '`' && info.contains('`')) {
            continue;
        }
        let first = at;
        let mut body = String::new();
        while let Some(line) = lines.get(at) {
            let end = line.trim();
            if end.len() >= length && end.chars().all(|c| c == sign) {
                break;
            }
            let cut = line.len() - line.trim_start_matches(' ').len();
            body.push_str(line.get(cut.min(indent)..).unwrap_or_default());
            body.push('\n');
            at += 1;
        }
        let words = info.split_whitespace().map(str::to_owned).collect();
        fences.push(Fence { words, text: body, first, end: at });
        at += 1;
    }
    fences
}

/// Reads the words behind `4d`; `None` when the example is to be ignored.
fn example(fence: &Fence, unsaid: Mode) -> Option<Example> {
    let mut example = Example {
        code: fence.text.clone(),
        line: fence.first + 1,
        mode: unsaid,
        continues: false,
        output: None,
        output_lines: None,
        session: None,
        sessions: None,
        class: None,
        classes: Vec::new(),
        problem: None,
    };
    let is_class = ["Class constructor", "Class extends", "property ", "Function "]
        .iter()
        .any(|word| fence.text.trim_start().starts_with(word));
    if is_class {
        example.mode = Mode::Parse;
        example.class = Some(None);
    }
    for word in fence.words.iter().skip(1) {
        match word.split_once('=').unwrap_or((word, "")) {
            ("ignore", _) => return None,
            ("parse", _) => example.mode = Mode::Parse,
            ("check", _) => example.mode = Mode::Check,
            ("fails", _) => example.mode = Mode::Fails,
            ("continues", _) => example.continues = true,
            ("session", number) => example.session = Some(number.to_owned()),
            ("sessions", file) => example.sessions = Some(PathBuf::from(file)),
            ("class", name) if !name.is_empty() => {
                example.mode = Mode::Parse;
                example.class = Some(Some(name.to_owned()));
            }
            ("run", _) => example.mode = Mode::Run,
            _ => example.problem = Some(format!("no word `{word}` for an example")),
        }
    }
    Some(example)
}

/// The cases of a Markdown file.
///
/// # Errors
/// It cannot be read.
pub fn cases(file: &Path, name: &str, root: &Path, unsaid: Mode) -> std::io::Result<Vec<Case>> {
    let text = String::from_utf8_lossy(&sandbox::read(file)?).replace("\r\n", "\n");
    Ok(examples(&text, unsaid)
        .into_iter()
        .map(|examples| {
            let line = examples.last().map_or(1, |example| example.line);
            Case {
                name: format!("{name}:{line}"),
                file: file.to_owned(),
                line,
                root: root.to_owned(),
                subject: Subject::Example(examples),
            }
        })
        .collect())
}

/// The examples of a text, each with those that it continues.
pub fn examples(text: &str, unsaid: Mode) -> Vec<Vec<Example>> {
    let fences = fences(text);
    let mut all: Vec<Vec<Example>> = Vec::new();
    let mut classes: Vec<(String, String)> = Vec::new();
    for (index, fence) in fences.iter().enumerate() {
        if fence.words.first().is_none_or(|word| !word.eq_ignore_ascii_case("4d")) {
            continue;
        }
        let Some(mut example) = example(fence, unsaid) else { continue };
        if let Some(Some(name)) = &example.class {
            classes.retain(|(other, _)| other != name);
            classes.push((name.clone(), example.code.clone()));
        }
        example.classes.clone_from(&classes);
        let output = fences.get(index + 1).filter(|next| {
            let between =
                text.lines().skip(fence.end + 1).take((next.first - 1).saturating_sub(fence.end + 1));
            next.words.first().is_some_and(|word| word == "output")
                && between.into_iter().all(|l| l.trim().is_empty())
        });
        if let Some(output) = output {
            example.output = Some(output.text.clone());
            example.output_lines = Some((output.first, output.end));
        }
        let mut chain = Vec::new();
        if example.continues {
            chain = all.last().cloned().unwrap_or_default();
        }
        chain.push(example);
        all.push(chain);
    }
    all
}

/// A line with an expectation: what stands before `//->`, and behind it. A text may hold the same signs.
fn expectation(line: &str) -> Option<(&str, &str)> {
    let mut in_text = false;
    for (at, sign) in line.char_indices() {
        match sign {
            '"' => in_text = !in_text,
            '/' if !in_text => {
                let rest = line.get(at..).unwrap_or_default();
                if let Some(value) = rest.strip_prefix("//->") {
                    return Some((line.get(..at).unwrap_or_default().trim(), value.trim()));
                }
                if rest.starts_with("//") {
                    return None;
                }
            }
            _ => {}
        }
    }
    None
}

impl Example {
    /// The code with its expectations made tests; placed on the lines of the file when it runs alone.
    pub fn runnable(&self, placed: bool) -> String {
        let mut code = if placed { "\n".repeat(self.line - 1) } else { String::new() };
        for (index, line) in self.code.lines().enumerate() {
            let Some((tested, wanted)) = expectation(line) else {
                code.push_str(line);
                code.push('\n');
                continue;
            };
            let value = match tested.split_once(":=").filter(|(target, _)| !target.contains(['"', '('])) {
                Some((target, _)) => {
                    code.push_str(tested);
                    code.push('\n');
                    target.trim()
                }
                None => tested,
            };
            let place = self.line + index;
            let said = wanted.replace('\\', "\\\\").replace('"', "\\\"");
            code.push_str(&format!(
                "var $quatreGot : Collection\n$quatreGot:=New collection({value})\n\
                 ASSERT($quatreGot.equal(New collection({wanted}); ck diacritical); \
                 \"{DIFFERS}line {place}: expected {said}, got \"+JSON Stringify($quatreGot[0]))\n"
            ));
        }
        code
    }
}

/// Writes what an example wrote into its `output` fence.
///
/// # Errors
/// The file cannot be read or written.
pub fn rewrite(file: &Path, example: &Example, got: &str) -> std::io::Result<()> {
    let text = String::from_utf8_lossy(&sandbox::read(file)?).into_owned();
    let old = example.output.clone().unwrap_or_default();
    // An earlier fence may have been rewritten, so the fence is found by what it held.
    let Some((first, end)) = example.output_lines else { return Ok(()) };
    let lines: Vec<&str> = text.lines().collect();
    let held = |at: usize| {
        let size = end - first;
        lines.get(at..at + size).is_some_and(|lines| {
            lines.iter().map(|line| format!("{}\n", line.trim_end_matches('\r'))).collect::<String>() == old
        })
    };
    let by_distance = (0..lines.len()).filter(|at| held(*at)).min_by_key(|at| at.abs_diff(first));
    let Some(at) = by_distance else { return Ok(()) };
    let mut new = String::new();
    for line in lines.iter().take(at) {
        new.push_str(line);
        new.push('\n');
    }
    new.push_str(got);
    if !got.is_empty() && !got.ends_with('\n') {
        new.push('\n');
    }
    for line in lines.iter().skip(at + end - first) {
        new.push_str(line);
        new.push('\n');
    }
    sandbox::replace(file, new.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# A\n```4d\nALERT(\"a\")\n```\n\n```output\na\n```\n````4D fails\nx\n```\n````\n```4d ignore\n?\n```\n```4d continues\n$a:=1 //-> 1\n```\n";

    #[test]
    fn fences_become_examples() {
        let all = examples(TEXT, Mode::Run);
        assert_eq!(all.len(), 3);
        let first = &all[0][0];
        assert_eq!((first.line, first.output.as_deref()), (3, Some("a\n")));
        assert_eq!((all[1][0].mode, all[1][0].code.as_str()), (Mode::Fails, "x\n```\n"));
        assert!(all[2].len() == 2 && all[2][1].continues);
    }

    #[test]
    fn an_expectation_is_no_text() {
        assert_eq!(expectation("1+1 //-> 2"), Some(("1+1", "2")));
        assert_eq!(expectation("ALERT(\"//-> 2\")"), None);
        assert_eq!(expectation("1 // so //-> 2"), None);
    }
}
