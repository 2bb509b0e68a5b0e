//! What Tab offers: names with their blanks, members by the value before the dot, locals, files, dot commands.
//!
//! A phrase fits a name when each of its words begins a word of the name, in order: `sess inf` finds `Session info`.
//! Case and accents do not matter; what is inserted is spelt as 4D spells it.

use std::path::Path;
use std::sync::LazyLock;

use crate::builtin::catalog::Entry;
use crate::diagnostics::suggest::plain;
use crate::engine::catalog;
use crate::engine::completeness::pending;
use crate::help::signature;
use crate::repl::before::{Place, last_expression, last_name, last_words, phrases, place, receiver};
use crate::repl::dots::{self, Takes};
use crate::repl::inspect::cut;
use crate::repl::knowledge::{Knowledge, members};
use crate::repl::settings;
use crate::runtime::sandbox;
use crate::syntax::token::Keyword;

/// Something that may be inserted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What is inserted.
    pub text: String,
    /// What is said beside it in a list.
    pub about: String,
}

/// What fits at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The byte from which on the text is replaced.
    pub start: usize,
    /// The best first.
    pub candidates: Vec<Candidate>,
}

/// A name of the language, with its form in which it is searched.
struct Name {
    name: &'static str,
    plain: String,
    is_constant: bool,
}

/// All commands that can be used, all constants and keywords.
static NAMES: LazyLock<Vec<Name>> = LazyLock::new(|| {
    let commands = catalog().commands().filter_map(|entry| match entry {
        Entry::Available(command) => Some((command.name, false)),
        Entry::Unavailable(_) => None,
    });
    let constants = catalog().constant_names().map(|name| (name, true));
    let keywords = Keyword::ALL
        .iter()
        .map(|word| (word.spelling(), false))
        .filter(|(name, _)| !name.starts_with("End "));
    let mut names: Vec<Name> = commands
        .chain(constants)
        .chain(keywords)
        .map(|(name, is_constant)| Name { name, plain: plain(name), is_constant })
        .collect();
    names.sort_by(|a, b| a.plain.cmp(&b.plain));
    names.dedup_by(|a, b| a.name == b.name);
    names
});

/// So many candidates are told with their signatures.
const TOLD: usize = 60;
/// The longest list.
const MOST: usize = 400;

/// What may stand at the end of `line`.
pub fn complete(line: &str, knowledge: &dyn Knowledge) -> Found {
    if line.starts_with('.') {
        return dot_command(line, knowledge);
    }
    code(line, knowledge)
}

fn code(line: &str, knowledge: &dyn Knowledge) -> Found {
    match place(line).0 {
        Place::Comment => return Found::default(),
        Place::Text(start) => return in_text(line, start),
        Place::Code => {}
    }
    let name = last_name(line);
    let start = line.len() - name.len();
    let before = line.get(..start).unwrap_or_default();
    if let Some(before) = before.strip_suffix('.')
        && !before.ends_with(|c: char| c.is_ascii_digit() && !before.ends_with("4D"))
    {
        return Found { start, candidates: of_dot(before, name, knowledge) };
    }
    if before.ends_with('$') {
        return Found { start: start - 1, candidates: locals(name, knowledge) };
    }
    if is_type(before) {
        return Found { start, candidates: types(name, knowledge) };
    }
    names(line, knowledge)
}

// ---- names ----

/// How well a phrase fits a name, smaller is better; both in plain form.
fn rank(phrase: &str, name: &str) -> Option<u8> {
    if name.starts_with(phrase) {
        return Some(0);
    }
    let mut words = phrase.split(' ').filter(|word| !word.is_empty());
    let first = words.next()?;
    let mut parts = name.split(' ');
    let skipped = parts.by_ref().position(|part| part.starts_with(first))?;
    let is_rest = words.all(|word| parts.by_ref().any(|part| part.starts_with(word)));
    // In the middle of names only longer beginnings are looked for.
    match (skipped, is_rest) {
        (_, false) => None,
        (0, true) => Some(1),
        (_, true) if phrase.len() >= 3 => Some(2),
        (_, true) => None,
    }
}

fn names(line: &str, knowledge: &dyn Knowledge) -> Found {
    let words = last_words(line);
    if words.is_empty() {
        return Found::default();
    }
    // `End` alone closes nothing yet, so only the lines before say what is open.
    let before = line.rsplit_once('\n').map_or("", |(before, _)| before);
    let closer = pending(before).closers.last().copied();
    if let Some(closer) = closer
        && plain(closer).starts_with(&plain(words))
        && line.strip_suffix(words).is_some_and(|rest| rest.ends_with(['\n', ' ', '\t']))
    {
        let candidates = vec![Candidate { text: closer.to_owned(), about: String::new() }];
        return Found { start: line.len() - words.len(), candidates };
    }
    let methods: Vec<(String, String)> =
        knowledge.methods().into_iter().map(|name| (plain(&name), name)).collect();
    let variables: Vec<(String, String)> = knowledge
        .variables()
        .into_iter()
        .filter(|(name, _)| !name.starts_with('$'))
        .map(|(name, _)| (plain(&name), name))
        .collect();
    for phrase in phrases(words) {
        let wanted = plain(phrase);
        let mut fitting: Vec<(u8, &str)> = Vec::new();
        let own =
            methods.iter().chain(&variables).map(|(plain, name)| (plain.as_str(), name.as_str(), false));
        let all = NAMES.iter().map(|name| (name.plain.as_str(), name.name, name.is_constant));
        for (plain, name, is_constant) in own.chain(all) {
            if let Some(rank) = rank(&wanted, plain) {
                // Constants are many; they come behind the rest of their rank.
                fitting.push((rank * 2 + u8::from(is_constant), name));
            }
        }
        // What fits less well is offered only when nothing fits better.
        let best = fitting.iter().map(|(rank, _)| rank / 2).min();
        fitting.retain(|(rank, _)| Some(rank / 2) == best);
        fitting.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| plain(a.1).cmp(&plain(b.1))));
        fitting.dedup_by(|a, b| a.1 == b.1);
        fitting.truncate(MOST);
        if !fitting.is_empty() {
            let tells = fitting.len() <= TOLD;
            let candidates = fitting
                .iter()
                .map(|(_, name)| Candidate {
                    text: (*name).to_owned(),
                    about: if tells { about(name, knowledge) } else { String::new() },
                })
                .collect();
            return Found { start: line.len() - phrase.len(), candidates };
        }
    }
    Found::default()
}

/// What is said of a name: its signature and what it does.
fn about(name: &str, knowledge: &dyn Knowledge) -> String {
    use crate::syntax::{Known, Names};
    match catalog().find(name) {
        Some(Known::Command(number)) => {
            let Some(Entry::Available(command)) = catalog().command(number) else { return String::new() };
            let call =
                command.syntaxes.first().map(|form| signature::of("", form, false)).unwrap_or_default();
            format!("{}  {}", call.trim_start(), command.help)
        }
        Some(Known::Constant(_)) => "constant".to_owned(),
        Some(Known::Method) | None => match knowledge.signature(name) {
            Some((parameters, result)) if parameters.is_empty() => format!("method{result}"),
            Some((parameters, result)) => format!("( {} ){result}", parameters.join(" ; ")),
            None => String::new(),
        },
    }
}

fn locals(name: &str, knowledge: &dyn Knowledge) -> Vec<Candidate> {
    let wanted = plain(&format!("${name}"));
    let mut all: Vec<Candidate> = knowledge
        .variables()
        .into_iter()
        .filter(|(name, _)| plain(name).starts_with(&wanted))
        .map(|(text, about)| Candidate { text, about })
        .collect();
    all.sort_by(|a, b| a.text.cmp(&b.text));
    all
}

fn of_dot(before: &str, name: &str, knowledge: &dyn Knowledge) -> Vec<Candidate> {
    let Some(receiver) = receiver(last_expression(before), knowledge) else { return Vec::new() };
    let wanted = plain(name);
    let fits = |text: &str| plain(text).starts_with(&wanted);
    let all = members(&receiver, knowledge).into_iter();
    all.filter(|member| fits(&member.name)).map(|m| Candidate { text: m.name, about: m.about }).collect()
}

/// The types that a declaration may name.
const TYPES: &[&str] = &[
    "Blob",
    "Boolean",
    "Collection",
    "Date",
    "Integer",
    "Object",
    "Picture",
    "Pointer",
    "Real",
    "Text",
    "Time",
    "Variant",
];

/// Whether a type stands behind this: `var $x : `.
fn is_type(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default().trim_start().to_lowercase();
    let declares = ["var ", "property ", "#declare", "function "].iter().any(|word| line.starts_with(word));
    declares && line.trim_end().ends_with(':')
}

fn types(name: &str, knowledge: &dyn Knowledge) -> Vec<Candidate> {
    let wanted = plain(name);
    let built_in = TYPES.iter().map(|name| (*name).to_owned());
    let own = knowledge.class_names().into_iter().map(|name| format!("cs.{name}"));
    let all = built_in.chain(own).filter(|name| plain(name).starts_with(&wanted));
    all.map(|text| Candidate { text, about: String::new() }).collect()
}

// ---- files ----

/// Files inside `File("…")` and its like.
fn in_text(line: &str, start: usize) -> Found {
    let call = line.get(..start).unwrap_or_default().trim_end();
    let Some(callee) = call.strip_suffix('(') else { return Found::default() };
    let callee = last_words(callee).to_lowercase();
    let takes_file =
        ["file", "folder", "document to text", "test path name", "open document", "document to blob", "new"]
            .iter()
            .any(|name| callee == *name || callee.ends_with(&format!(" {name}")));
    if !takes_file {
        return Found::default();
    }
    files(line, start + 1)
}

/// The files whose path begins with what stands behind this byte.
fn files(line: &str, start: usize) -> Found {
    let typed = line.get(start..).unwrap_or_default();
    let cut = typed.rfind('/').map_or(0, |at| at + 1);
    let (folder, name) = typed.split_at(cut);
    let base = if folder.is_empty() { Path::new(".") } else { Path::new(folder) };
    let mut candidates: Vec<Candidate> = Vec::new();
    for entry in sandbox::list(base).unwrap_or_default() {
        let Some(own) = entry.path.file_name().map(|name| name.to_string_lossy().into_owned()) else {
            continue;
        };
        if !own.starts_with(name) || (own.starts_with('.') && !name.starts_with('.')) {
            continue;
        }
        let slash = if entry.kind == sandbox::Kind::Folder { "/" } else { "" };
        candidates.push(Candidate { text: format!("{folder}{own}{slash}"), about: String::new() });
    }
    candidates.sort_by(|a, b| a.text.cmp(&b.text));
    candidates.truncate(MOST);
    Found { start, candidates }
}

// ---- dot commands ----

fn dot_command(line: &str, knowledge: &dyn Knowledge) -> Found {
    let Some((name, rest)) = line.split_once(char::is_whitespace) else {
        let lower = line.to_lowercase();
        let rows = dots::ROWS.iter().filter(|row| row.name.starts_with(&lower));
        let candidates = rows
            .map(|row| Candidate {
                text: row.name.to_owned(),
                about: format!("{}  {}", row.arguments, row.help),
            })
            .collect();
        return Found { start: 0, candidates };
    };
    let rest = rest.trim_start();
    let start = line.len() - rest.len();
    let words = |words: &[&str]| {
        let fits = words.iter().filter(|word| word.starts_with(rest));
        fits.map(|word| Candidate { text: (*word).to_owned(), about: String::new() }).collect()
    };
    match dots::find(name).map(|row| row.takes) {
        Some(Takes::Code) => {
            let found = code(rest, knowledge);
            Found { start: found.start + start, ..found }
        }
        Some(Takes::Name) => {
            let found = if rest.contains('.') { code(rest, knowledge) } else { names(rest, knowledge) };
            Found { start: found.start + start, ..found }
        }
        Some(Takes::File) => files(line, start),
        Some(Takes::Setting) => {
            let names: Vec<&str> = settings::NAMES.iter().map(|(name, ..)| *name).collect();
            Found { start, candidates: words(&names) }
        }
        Some(Takes::One(_)) if rest.starts_with("load ") => files(line, start + 5),
        Some(Takes::One(list)) => Found { start, candidates: words(list) },
        Some(Takes::Nothing | Takes::Words) | None => Found::default(),
    }
}

/// A line of a list: the name in a column, then what is said of it, no wider than the screen.
pub fn row(candidate: &Candidate, column: usize, width: usize, dots: &str) -> String {
    if candidate.about.is_empty() {
        return candidate.text.clone();
    }
    let line = format!("{:column$}  {}", candidate.text, candidate.about.replace('\n', " "));
    cut(&line, width.saturating_sub(3), dots)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repl::knowledge::LanguageOnly;

    fn offered(line: &str) -> Vec<String> {
        complete(line, &LanguageOnly).candidates.into_iter().map(|candidate| candidate.text).collect()
    }

    /// The line with the only candidate in its place.
    fn completed(line: &str) -> String {
        let found = complete(line, &LanguageOnly);
        let [one] = found.candidates.as_slice() else { return format!("{:?}", offered(line)) };
        format!("{}{}", &line[..found.start], one.text)
    }

    #[test]
    fn names_with_blanks_are_completed_as_one() {
        assert_eq!(completed("Session in"), "Session info");
        assert_eq!(completed("$s:=sess inf"), "$s:=Session info");
        assert_eq!(completed("return New shared coll"), "return New shared collection");
        assert_eq!(completed("ALERT(JSON Stringify a"), "ALERT(JSON Stringify array");
        assert!(offered("For").contains(&"For each".to_owned()));
        assert!(offered("zzz").is_empty());
    }

    #[test]
    fn closers_fit_what_is_open() {
        assert_eq!(offered("If (True)\nFor each ($x; $c)\n  End"), ["End for each"]);
        assert_eq!(completed("If (True)\n  en"), "If (True)\n  End if");
    }

    #[test]
    fn members_follow_the_type_before_the_dot() {
        assert_eq!(completed("New collection(1).sort().rever"), "New collection(1).sort().reverse");
        assert!(offered("$x:=4D.Fi").contains(&"File".to_owned()));
        assert_eq!(completed("4D.File.ne"), "4D.File.new");
        assert!(offered("$unknown.").is_empty());
    }

    #[test]
    fn texts_and_comments_are_left_alone() {
        assert!(offered("ALERT(\"Session in").is_empty());
        assert!(offered("// Session in").is_empty());
    }

    #[test]
    fn dot_commands_are_completed() {
        assert_eq!(completed(".hist"), ".history");
        assert_eq!(completed(".help Session in"), ".help Session info");
        assert_eq!(completed(".type Session in"), ".type Session info");
        assert_eq!(completed(".set high"), ".set highlight");
    }

    #[test]
    fn types_stand_behind_colons() {
        assert_eq!(completed("var $x : Coll"), "var $x : Collection");
    }
}
