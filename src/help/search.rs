//! Looking for a name of which only a part is known.

use crate::builtin::catalog::{Catalog, Entry};
use crate::constants;
use crate::diagnostics::suggest::nearest;
use crate::help::{Kind, page};

/// A name that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// What [`crate::help::entry`] takes.
    pub title: String,
    /// One sentence.
    pub summary: String,
}

/// The names in which all these words stand, the best first: the name itself, then names that begin so, then the
/// rest; after them what only says the words in its summary.
pub fn search(catalog: &Catalog, words: &str) -> Vec<Hit> {
    let wanted: Vec<String> = words.to_lowercase().split_whitespace().map(str::to_owned).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let whole = wanted.join(" ");
    let mut ranked: Vec<(u8, Hit)> = all(catalog)
        .into_iter()
        .filter_map(|hit| rank(&hit, &wanted, &whole).map(|rank| (rank, hit)))
        .collect();
    ranked.sort_by(|(a, x), (b, y)| {
        (a, order(x.kind), x.title.to_lowercase()).cmp(&(b, order(y.kind), y.title.to_lowercase()))
    });
    ranked.into_iter().map(|(_, hit)| hit).collect()
}

/// What people look for most comes first.
fn order(kind: Kind) -> u8 {
    match kind {
        Kind::Command => 0,
        Kind::Class => 1,
        Kind::Keyword => 2,
        Kind::Function | Kind::Property => 3,
        Kind::ConstantTheme => 4,
        Kind::Constant => 5,
    }
}

/// The known name nearest to one that is not known.
pub fn suggestion(catalog: &Catalog, name: &str) -> Option<String> {
    let titles: Vec<String> = all(catalog).into_iter().map(|hit| hit.title).collect();
    // Members are looked for with and without the name of their class.
    let short: Vec<&str> = titles.iter().filter_map(|title| title.strip_prefix("4D.")).collect();
    nearest(name, titles.iter().map(String::as_str).chain(short)).map(str::to_owned)
}

fn rank(hit: &Hit, wanted: &[String], whole: &str) -> Option<u8> {
    let title = hit.title.to_lowercase();
    let name = title.strip_prefix("4d.").unwrap_or(&title);
    let name = name.strip_suffix(" (keyword)").unwrap_or(name);
    let member = name.rsplit('.').next().unwrap_or(name);
    if name == whole {
        return Some(0);
    }
    if member == whole {
        return Some(1);
    }
    if wanted.iter().all(|word| name.contains(word.as_str())) {
        let starts = name.starts_with(whole) || member.starts_with(whole);
        let constant = matches!(hit.kind, Kind::Constant | Kind::ConstantTheme);
        return Some(match (starts, constant) {
            (true, false) => 2,
            (false, false) => 3,
            (true, true) => 4,
            (false, true) => 5,
        });
    }
    let summary = hit.summary.to_lowercase();
    let in_words = |word: &String| summary.contains(word.as_str()) || name.contains(word.as_str());
    (hit.kind != Kind::Constant && wanted.iter().all(in_words)).then_some(6)
}

/// Everything that can be looked up and used.
fn all(catalog: &Catalog) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut push = |kind, title: String, summary: &str| {
        hits.push(Hit { kind, title, summary: summary.to_owned() });
    };
    for entry in catalog.commands() {
        if let Entry::Available(command) = entry {
            push(Kind::Command, command.name.to_owned(), command.help);
        }
    }
    for name in catalog.class_names() {
        let Some(class) = catalog.class(name) else { continue };
        let summary = page::class(name).map_or("", |section| section.first_sentence());
        push(Kind::Class, format!("4D.{name}"), summary);
        for function in class.functions {
            push(Kind::Function, format!("4D.{name}.{}", function.name), function.help);
        }
        for property in class.properties {
            push(Kind::Property, format!("4D.{name}.{}", property.name), property.help);
        }
    }
    for section in page::keywords() {
        push(Kind::Keyword, keyword_title(catalog, section.name), section.first_sentence());
    }
    for theme in constants::THEMES {
        let summary = page::constants(theme.name).map_or("", |section| section.first_sentence());
        push(Kind::ConstantTheme, theme.name.to_owned(), summary);
        for constant in theme.constants {
            push(Kind::Constant, constant.name.to_owned(), theme.name);
        }
    }
    hits
}

/// A keyword that a command or a class has as its name too is told apart by its kind.
fn keyword_title(catalog: &Catalog, name: &str) -> String {
    use crate::syntax::Names;
    if catalog.find(name).is_some() { format!("{name} (keyword)") } else { name.to_owned() }
}
