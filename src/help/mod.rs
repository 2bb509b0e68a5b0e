//! The texts behind `quatre doc NAME` and the prompt's `.help`: what each command, class, function, property, constant
//! and keyword does, with an example.
//!
//! Names, signatures and one-line summaries come from the catalog; the words around them from Markdown files in this
//! folder, one a theme or class ([`pages`]), which are read once ([`page`]). A test runs every example and fails when
//! something that works has no entry.

pub mod page;

pub mod pages;

pub mod print;

pub mod search;

pub mod signature;

use crate::builtin::catalog::{self, Catalog};
use crate::builtin::{Class, Constant, ConstantTheme, ConstantValue, Function, Property};
use crate::constants;
use crate::help::page::{Example, Section};
use crate::syntax::{Known, Names};

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `ALERT`
    Command,
    /// `4D.File`
    Class,
    /// `4D.Collection.map`
    Function,
    /// `4D.File.fullName`
    Property,
    /// `Is text`
    Constant,
    /// `Field and Variable Types`
    ConstantTheme,
    /// `For each`
    Keyword,
}

impl Kind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Command => "command",
            Self::Class => "class",
            Self::Function => "function",
            Self::Property => "property",
            Self::Constant => "constant",
            Self::ConstantTheme => "constants",
            Self::Keyword => "keyword",
        }
    }
}

/// All that is known of one name.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// The name as 4D spells it; of a class and its members with `4D.` in front.
    pub title: String,
    /// The forms in which it may be written.
    pub signatures: Vec<String>,
    /// `command 12`, `thread-safe`, …
    pub facts: Vec<String>,
    /// One sentence.
    pub summary: String,
    /// The parameters, each with a few words.
    pub parameters: Vec<(&'static str, &'static str)>,
    /// What else is worth knowing; may be empty.
    pub text: &'static str,
    /// What belongs to it, each with a sentence: the members of a class, the constants of a theme.
    pub members: Vec<(String, String)>,
    /// Code that works as it stands.
    pub examples: &'static [Example],
    /// Names worth reading next.
    pub see_also: Vec<&'static str>,
    /// Whether it can be used; otherwise the summary says why not.
    pub is_built: bool,
}

/// The entry of a name: `Session info`, `substring:C12`, `4D.File`, `Collection.map`, `.map`, `Is text`, `for each`.
/// When several things share the name a command comes first; `session (keyword)` says which one is meant.
pub fn entry(catalog: &Catalog, name: &str) -> Option<Entry> {
    entries(catalog, name).into_iter().next()
}

/// The entries of all things that have exactly this name, case left aside.
pub fn entries(catalog: &Catalog, name: &str) -> Vec<Entry> {
    let name = name.trim().trim_end_matches("()").trim_end();
    if let Some((name, kind)) = name.strip_suffix(')').and_then(|name| name.rsplit_once(" (")) {
        let all = entries(catalog, name).into_iter();
        return all.filter(|entry| entry.kind.word().eq_ignore_ascii_case(kind)).collect();
    }
    let name = without_token(name);
    if let Some(part) = name.strip_prefix('.') {
        return members_called(catalog, part);
    }
    let lower = name.to_lowercase();
    let inner = lower.strip_prefix("4d.").and_then(|_| name.get("4d.".len()..));
    if let Some((class, part)) = inner.unwrap_or(name).split_once('.') {
        return member(catalog, class, part).into_iter().collect();
    }
    if let Some(class) = inner {
        return class_entry(catalog, class).into_iter().collect();
    }
    let known = match catalog.find(name) {
        Some(Known::Command(number)) => catalog.command(number).map(|command| command_entry(number, command)),
        Some(Known::Constant(id)) => catalog.constant(id).map(constant_entry),
        Some(Known::Method) | None => None,
    };
    let theme = constants::THEMES.iter().find(|theme| theme.name.eq_ignore_ascii_case(name));
    let rest = [keyword_entry(name), class_entry(catalog, name), theme.map(|theme| theme_entry(theme))];
    known.into_iter().chain(rest.into_iter().flatten()).collect()
}

/// A name without the suffix of its token: `ALERT:C41`, `Is text:K8:3`.
fn without_token(name: &str) -> &str {
    let Some((before, token)) = name.split_once(':') else { return name };
    let is_token = token.starts_with(['C', 'K', 'c', 'k'])
        && token.chars().skip(1).all(|c| c.is_ascii_digit() || c == ':')
        && token.len() > 1;
    if is_token { before.trim_end() } else { name }
}

/// What an entry is before the page is read.
fn bare(kind: Kind, title: String, section: Option<&'static Section>) -> Entry {
    Entry {
        kind,
        title,
        signatures: Vec::new(),
        facts: Vec::new(),
        summary: String::new(),
        parameters: section.map(|section| section.parameters.clone()).unwrap_or_default(),
        text: section.map_or("", |section| section.text),
        members: Vec::new(),
        examples: section.map_or(&[], |section| section.examples.as_slice()),
        see_also: section.map(|section| section.see_also.clone()).unwrap_or_default(),
        is_built: true,
    }
}

fn command_entry(number: u16, command: catalog::Entry) -> Entry {
    let entry = |section| bare(Kind::Command, command.name().to_owned(), section);
    match command {
        catalog::Entry::Available(command) => {
            let safe = if command.thread_safe { "thread-safe" } else { "not thread-safe" };
            Entry {
                signatures: command
                    .syntaxes
                    .iter()
                    .map(|form| signature::of(command.name, form, false))
                    .collect(),
                facts: vec![format!("command {number}"), safe.to_owned()],
                summary: command.help.to_owned(),
                ..entry(page::command(command.name))
            }
        }
        catalog::Entry::Unavailable(command) => {
            let (code, why) = command.reason.explain(command.name);
            Entry {
                facts: vec![format!("command {number}"), "cannot be used".to_owned()],
                summary: format!("Q{code}: {why}."),
                is_built: false,
                ..entry(None)
            }
        }
    }
}

fn class_entry(catalog: &Catalog, name: &str) -> Option<Entry> {
    let Some(class) = catalog.class(name) else {
        let missing = catalog.missing_class(name)?;
        let (code, why) = missing.explain();
        let entry = bare(Kind::Class, format!("4D.{}", missing.name), None);
        return Some(Entry {
            facts: vec!["class".to_owned(), "cannot be used".to_owned()],
            summary: format!("Q{code}: {why}."),
            is_built: false,
            ..entry
        });
    };
    let section = page::class(class.name);
    let mut facts = vec!["class".to_owned()];
    facts.extend(class.extends.map(|parent| format!("extends 4D.{parent}")));
    Some(Entry {
        facts,
        signatures: class
            .constructor
            .iter()
            .map(|form| signature::of(&format!("4D.{}.new", class.name), form, true))
            .collect(),
        members: members_of(catalog, class),
        summary: section.map_or("", |section| section.first_sentence()).to_owned(),
        ..bare(Kind::Class, format!("4D.{}", class.name), section)
    })
}

/// The members of a class and of those that it extends, each with a sentence.
fn members_of(catalog: &Catalog, class: &Class) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for owner in catalog.ancestry(class.name) {
        let functions =
            owner.functions.iter().map(|function| (format!("{}()", function.name), function.help));
        let properties = owner.properties.iter().map(|property| (property.name.to_owned(), property.help));
        for (name, help) in properties.chain(functions) {
            if !all.iter().any(|(other, _)| *other == name) {
                all.push((name, help.to_owned()));
            }
        }
    }
    all
}

/// The member of that name of every class that declares one.
fn members_called(catalog: &Catalog, name: &str) -> Vec<Entry> {
    let mut classes: Vec<&str> = catalog.class_names().collect();
    classes.sort_unstable();
    classes.into_iter().filter_map(|class| own_member(catalog.class(class)?, name)).collect()
}

/// A member of a class or of those that it extends.
fn member(catalog: &Catalog, class: &str, name: &str) -> Option<Entry> {
    if let Some(class) = catalog.class(class)
        && name.eq_ignore_ascii_case("new")
        && let Some(form) = &class.constructor
    {
        return Some(Entry {
            signatures: vec![signature::of(&format!("4D.{}.new", class.name), form, true)],
            facts: vec!["constructor".to_owned()],
            summary: format!("Makes a new object of the class 4D.{}.", class.name),
            ..bare(Kind::Function, format!("4D.{}.new", class.name), page::member(class.name, "new"))
        });
    }
    catalog
        .ancestry(class)
        .find_map(|class| own_member(class, name))
        .or_else(|| missing(catalog, class, name))
}

/// A member that 4D has and Quatre has not.
fn missing(catalog: &Catalog, class: &str, name: &str) -> Option<Entry> {
    let class = catalog.missing_member(class, name)?;
    let (code, why) = class.explain_member(name);
    Some(Entry {
        facts: vec!["cannot be used".to_owned()],
        summary: format!("Q{code}: {why}."),
        is_built: false,
        ..bare(Kind::Function, format!("4D.{}.{name}", class.name), None)
    })
}

fn own_member(class: &Class, name: &str) -> Option<Entry> {
    let function = class.functions.iter().find(|function| function.name.eq_ignore_ascii_case(name));
    let property = || class.properties.iter().find(|property| property.name.eq_ignore_ascii_case(name));
    match function {
        Some(function) => Some(function_entry(class, function)),
        None => property().map(|property| property_entry(class, property)),
    }
}

fn function_entry(class: &Class, function: &Function) -> Entry {
    let title = format!("4D.{}.{}", class.name, function.name);
    let call = format!(".{}", function.name);
    Entry {
        signatures: function.syntaxes.iter().map(|form| signature::of(&call, form, true)).collect(),
        facts: vec!["function".to_owned()],
        summary: function.help.to_owned(),
        ..bare(Kind::Function, title, page::member(class.name, function.name))
    }
}

fn property_entry(class: &Class, property: &Property) -> Entry {
    let title = format!("4D.{}.{}", class.name, property.name);
    let access = if property.set.is_some() { "may be set" } else { "read-only" };
    Entry {
        signatures: vec![format!(".{}{}", property.name, signature::result(&property.get))],
        facts: vec!["property".to_owned(), access.to_owned()],
        summary: property.help.to_owned(),
        ..bare(Kind::Property, title, page::member(class.name, property.name))
    }
}

fn keyword_entry(name: &str) -> Option<Entry> {
    let section = page::keyword(name)?;
    Some(Entry {
        facts: vec!["keyword".to_owned()],
        summary: section.first_sentence().to_owned(),
        ..bare(Kind::Keyword, section.name.to_owned(), Some(section))
    })
}

fn constant_entry(constant: &'static Constant) -> Entry {
    let theme = constants::THEMES
        .iter()
        .find(|theme| theme.constants.iter().any(|other| other.name == constant.name))
        .map_or("", |theme| theme.name);
    Entry {
        signatures: vec![format!("{} = {}", constant.name, shown(constant.value))],
        facts: vec!["constant".to_owned()],
        summary: format!("A constant of the theme {theme}."),
        see_also: vec![theme],
        is_built: constant.value != ConstantValue::Unknown,
        ..bare(Kind::Constant, constant.name.to_owned(), None)
    }
}

fn theme_entry(theme: &ConstantTheme) -> Entry {
    let section = page::constants(theme.name);
    Entry {
        facts: vec!["constants".to_owned()],
        summary: section.map_or("", |section| section.first_sentence()).to_owned(),
        members: theme.constants.iter().map(|c| (c.name.to_owned(), shown(c.value))).collect(),
        ..bare(Kind::ConstantTheme, theme.name.to_owned(), section)
    }
}

/// A value of a constant as 4D writes it.
fn shown(value: ConstantValue) -> String {
    match value {
        ConstantValue::Integer(number) => number.to_string(),
        ConstantValue::Real(number) => number.to_string(),
        ConstantValue::Text(text) => format!("\"{}\"", text.escape_debug()),
        ConstantValue::Unknown => "a value that 4D does not publish".to_owned(),
    }
}
