//! `quatre doc NAME`: what a command, class, function, property, constant or keyword does, with an example.
//!
//! A name that is known is shown, and others that hold the word are listed below it; a word that is no name is looked
//! for in all names and summaries. Nothing found is bad usage, with the nearest name as advice.

use serde_json::json;

use crate::cli::args::{Arguments, Usage};
use crate::cli::output::Output;
use crate::cli::{Command, Exit, options};
use crate::engine::catalog;
use crate::help::search::{Hit, search, suggestion};
use crate::help::{self, Entry, print};

/// The row of the table of commands.
pub const COMMAND: Command = Command {
    name: "doc",
    arguments: "NAME",
    summary: "help on a command, class or constant",
    details: "NAME is a command, a class like 4D.File, a member like Collection.map or .map, a constant, a theme of \
              constants or a keyword; case does not matter, and words that are no name are searched for. Several things \
              may share a name: `quatre doc 'session (keyword)'` says which one is meant. The texts are Quatre's own and \
              need no network.",
    examples: &[
        "quatre doc Substring",
        "quatre doc session",
        "quatre doc Collection.map",
        "quatre doc 'Session info' --json",
    ],
    groups: &[&options::DOC],
    run: Some(run),
};

/// So many names stand below an entry, so many in a list.
const BELOW: usize = 12;
const LISTED: usize = 60;

fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Usage> {
    let words: Vec<String> =
        arguments.values.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let name = words.join(" ");
    if name.trim().is_empty() {
        return Err(Usage::new("no name to look up", "write it as: quatre doc Substring"));
    }
    let only_search = arguments.has("search");
    let entries = if only_search { Vec::new() } else { help::entries(catalog(), &name) };
    let hits = search(catalog(), &name);
    if entries.is_empty() && hits.is_empty() {
        return Err(unknown(&name));
    }
    if arguments.has("json") {
        output.result(&as_json(&entries, &hits));
        return Ok(Exit::Fine);
    }
    let width = output.look.width;
    let mut page = String::new();
    if let Some(entry) = entries.first() {
        page.push_str(&print::text(entry, width));
        let others = others(entry, &hits);
        if !others.is_empty() {
            page.push_str(&format!("\nOther names with `{}`\n", name.trim()));
            page.push_str(&print::list(&others, BELOW, width));
        }
    } else {
        page.push_str(&print::list(&hits, LISTED, width));
    }
    output.result(&page);
    Ok(Exit::Fine)
}

/// What was found beside the entry: names only, not what merely speaks of the word.
fn others(entry: &Entry, hits: &[Hit]) -> Vec<Hit> {
    let wanted = entry.title.strip_prefix("4D.").unwrap_or(&entry.title).to_lowercase();
    let names = hits.iter().filter(|hit| hit.title.to_lowercase().contains(&wanted));
    names.filter(|hit| hit.title != entry.title).cloned().collect()
}

fn as_json(entries: &[Entry], hits: &[Hit]) -> String {
    let document = json!({
        "entries": entries.iter().map(print::json).collect::<Vec<_>>(),
        "found": hits.iter().map(print::hit_json).collect::<Vec<_>>(),
    });
    format!("{}\n", serde_json::to_string_pretty(&document).unwrap_or_default())
}

fn unknown(name: &str) -> Usage {
    let name = name.trim();
    match suggestion(catalog(), name) {
        Some(near) => Usage::new(
            format!("nothing is known of `{name}`; did you mean `{near}`?"),
            format!("quatre doc '{near}'"),
        ),
        None => Usage::new(
            format!("nothing is known of `{name}`"),
            "all commands are listed in docs/commands.md; a part of a name finds it: quatre doc string",
        ),
    }
}
