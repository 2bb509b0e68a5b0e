//! An entry as people read it, and as programs do.

use serde_json::{Value as Json, json};

use crate::help::Entry;
use crate::help::page::Example;
use crate::help::search::Hit;

/// An entry as plain text, lines at most `width` wide where that is possible.
pub fn text(entry: &Entry, width: usize) -> String {
    let mut page = String::new();
    let facts = entry.facts.join(" · ");
    if entry.signatures.is_empty() {
        page.push_str(&format!("{}    {facts}\n", entry.title));
    } else {
        let is_member = entry.title.starts_with("4D.");
        let first = if is_member { Some(&entry.title) } else { None };
        for (index, line) in first.into_iter().chain(&entry.signatures).enumerate() {
            let facts = if index == 0 { format!("    {facts}") } else { String::new() };
            page.push_str(&format!("{line}{facts}\n"));
        }
    }
    push_wrapped(&mut page, &entry.summary, "  ", width);
    if !entry.text.is_empty() && entry.text != entry.summary {
        push_text(&mut page, entry, width);
    }
    push_rows(&mut page, "", entry.parameters.iter().map(|(name, words)| (*name, *words)), width);
    push_rows(&mut page, "Members", entry.members.iter().map(|(a, b)| (a.as_str(), b.as_str())), width);
    for example in entry.examples {
        push_example(&mut page, example);
    }
    if !entry.see_also.is_empty() {
        push_wrapped(&mut page, &format!("See also: {}", entry.see_also.join(", ")), "  ", width);
    }
    page
}

/// The prose; a summary that is its beginning is not said twice.
fn push_text(page: &mut String, entry: &Entry, width: usize) {
    let rest = entry.text.strip_prefix(entry.summary.as_str()).unwrap_or(entry.text).trim();
    for paragraph in rest.split("\n\n") {
        push_wrapped(page, &paragraph.replace('\n', " "), "  ", width);
    }
}

fn push_example(page: &mut String, example: &Example) {
    let name = example.words.split(' ').find_map(|word| word.split_once('='));
    let of = name.map_or_else(String::new, |(kind, name)| format!(" ({kind} {name})"));
    page.push_str(&format!("  Example{of}\n"));
    for line in example.code.lines() {
        let line = line.replace("\t", "    ");
        page.push_str(&format!("    {}\n", line.replace("//->", "// gives")));
    }
    if let Some(output) = example.output {
        page.push_str("  Output\n");
        for line in output.lines() {
            page.push_str(&format!("    {line}\n"));
        }
    }
}

/// Two columns.
fn push_rows<'a>(
    page: &mut String,
    heading: &str,
    rows: impl Iterator<Item = (&'a str, &'a str)>,
    width: usize,
) {
    const WIDEST: usize = 24;
    let rows: Vec<(&str, &str)> = rows.collect();
    if rows.is_empty() {
        return;
    }
    if !heading.is_empty() {
        page.push_str(&format!("  {heading}\n"));
    }
    let column = rows.iter().map(|(left, _)| left.chars().count()).max().unwrap_or(0).min(WIDEST);
    for (left, right) in rows {
        let hang = " ".repeat(column + 7);
        let mut words = String::new();
        push_wrapped(&mut words, right, &hang, width);
        page.push_str(&format!("    {left:column$}   {}", words.trim_start()));
        if words.is_empty() {
            page.push('\n');
        }
    }
}

/// Words in lines of at most `width`, each behind the indent.
fn push_wrapped(page: &mut String, text: &str, indent: &str, width: usize) {
    let mut length = 0;
    for word in text.split_whitespace() {
        let count = word.chars().count();
        if length > 0 && length + 1 + count > width {
            page.push('\n');
            length = 0;
        }
        if length == 0 {
            page.push_str(indent);
            length = indent.len();
        } else {
            page.push(' ');
            length += 1;
        }
        page.push_str(word);
        length += count;
    }
    if length > 0 {
        page.push('\n');
    }
}

/// A list of names, each with its sentence, at most `count` of them.
pub fn list(hits: &[Hit], count: usize, width: usize) -> String {
    let mut page = String::new();
    let shown = hits.iter().take(count).map(|hit| (hit.title.as_str(), hit.summary.as_str()));
    push_rows(&mut page, "", shown, width);
    if hits.len() > count {
        page.push_str(&format!("    … and {} more\n", hits.len() - count));
    }
    page
}

/// An entry for programs.
pub fn json(entry: &Entry) -> Json {
    let pair = |name: &str, words: &str| json!({ "name": name, "text": words });
    json!({
        "kind": entry.kind.word(),
        "name": entry.title,
        "signatures": entry.signatures,
        "facts": entry.facts,
        "summary": entry.summary,
        "text": entry.text,
        "parameters": entry.parameters.iter().map(|(name, words)| pair(name, words)).collect::<Vec<_>>(),
        "members": entry.members.iter().map(|(name, words)| pair(name, words)).collect::<Vec<_>>(),
        "examples": entry.examples.iter().map(|example| json!({
            "code": example.code, "output": example.output,
        })).collect::<Vec<_>>(),
        "seeAlso": entry.see_also,
        "available": entry.is_built,
    })
}

/// A name that was found, for programs.
pub fn hit_json(hit: &Hit) -> Json {
    json!({ "kind": hit.kind.word(), "name": hit.title, "summary": hit.summary })
}
