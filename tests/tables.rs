//! The tables of builtins against the facts of the language in `tests/data` (`scripts/update-reference` refreshes them),
//! and the list of commands in the documentation against the tables.

#![expect(clippy::wildcard_enum_match_arm, reason = "a type that needs no words of its own has its name")]

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;

use quatre::builtin::catalog::{Catalog, Entry};
use quatre::builtin::native::Native;
use quatre::builtin::{Command, Constant, ConstantValue, Reason};
use quatre::syntax::{Known, Names};
use quatre::value::Type;
use quatre::{classes, commands, constants};
use serde_json::Value as Json;

/// The facts of one table: a JSON list.
fn facts(text: &str) -> Vec<Json> {
    serde_json::from_str(text).expect("the reference is JSON")
}

fn command_facts() -> Vec<Json> {
    facts(include_str!("data/commands.json"))
}

fn constant_facts() -> Vec<Json> {
    facts(include_str!("data/constants.json"))
}

fn class_facts() -> Vec<Json> {
    facts(include_str!("data/classes.json"))
}

fn list(json: &Json) -> &[Json] {
    json.as_array().map_or(&[], Vec::as_slice)
}

fn text(json: &Json) -> &str {
    json.as_str().unwrap_or_default()
}

fn number(fact: &Json) -> u16 {
    fact["number"].as_u64().and_then(|number| u16::try_from(number).ok()).expect("a number of a command")
}

fn catalog() -> &'static Catalog {
    quatre::engine::catalog()
}

fn declared() -> impl Iterator<Item = &'static Command> {
    commands::THEMES.iter().flat_map(|theme| theme.commands)
}

/// Fails with every problem found, not the first.
fn report(problems: &[String]) {
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn every_command_of_the_reference_is_known_by_number_and_name() {
    let catalog = catalog();
    let mut problems = Vec::new();
    for fact in command_facts() {
        let (number, name) = (number(&fact), text(&fact["name"]));
        match catalog.command(number) {
            None => problems.push(format!("{number} {name}: unknown")),
            Some(entry) if entry.name() != name => {
                problems.push(format!("{number} {name}: called {}", entry.name()));
            }
            Some(_) => {}
        }
        // `Super` is one name with two tokens.
        if catalog.find(name) != Some(Known::Command(number)) && name != "Super" {
            problems.push(format!("{number} {name}: the name gives {:?}", catalog.find(name)));
        }
        for alias in list(&fact["aliases"]) {
            if catalog.find(text(alias)) != Some(Known::Command(number)) {
                problems.push(format!(
                    "{number} {name}: the alias {alias} gives {:?}",
                    catalog.find(text(alias))
                ));
            }
        }
    }
    report(&problems);
}

#[test]
fn no_command_is_declared_twice() {
    let reference: HashSet<u16> = command_facts().iter().map(number).collect();
    let mut problems = Vec::new();
    let mut seen = HashMap::new();
    for theme in commands::THEMES {
        for command in theme.commands {
            if let Some(other) = seen.insert(command.number, theme.name) {
                problems
                    .push(format!("{} {}: in {other} and in {}", command.number, command.name, theme.name));
            }
            if !reference.contains(&command.number) {
                problems.push(format!("{} {}: 4D has no such command", command.number, command.name));
            }
        }
    }
    let mut last = 0;
    for command in commands::unavailable::COMMANDS {
        let (number, name) = (command.number, command.name);
        if let Some(theme) = seen.get(&number) {
            problems
                .push(format!("{number} {name}: built in {theme}, so its entry must leave unavailable.rs"));
        }
        if !reference.contains(&number) {
            problems.push(format!("{number} {name}: 4D has no such command"));
        }
        if number <= last {
            problems.push(format!("{number} {name}: stands out of order in unavailable.rs"));
        }
        last = number;
    }
    report(&problems);
}

#[test]
fn commands_are_thread_safe_as_the_reference_says() {
    let facts: HashMap<u16, Json> = command_facts().into_iter().map(|fact| (number(&fact), fact)).collect();
    let mut problems = Vec::new();
    for command in declared() {
        let Some(safe) = facts.get(&command.number).and_then(|fact| fact["thread_safe"].as_bool()) else {
            continue;
        };
        if safe != command.thread_safe {
            problems.push(format!("{}: thread_safe is {safe}", command.name));
        }
    }
    report(&problems);
}

/// How many arguments a form takes; no upper bound when the last parameter repeats.
type Arity = (usize, Option<usize>);

fn arity_of_fact(form: &Json) -> Arity {
    let params = list(&form["params"]);
    let is = |param: &&Json, mark: &str| param[mark].as_bool() == Some(true);
    let needed = params.iter().filter(|param| !is(param, "optional")).count();
    let endless = params.iter().any(|param| is(&param, "variadic"));
    (needed, (!endless).then_some(params.len()))
}

/// `None` for a special, whose arguments are read by the code generator.
fn arity(native: &Native) -> Option<Arity> {
    let shapes = native.callable()?.parameters();
    let needed = shapes.iter().filter(|shape| !shape.optional).count();
    let endless = shapes.iter().any(|shape| shape.rest);
    Some((needed, (!endless).then_some(shapes.len())))
}

/// Whether one of the forms takes so many arguments; `None` is no upper bound.
fn takes(forms: &[Arity], count: Option<usize>) -> bool {
    forms.iter().any(|&(least, most)| match count {
        Some(count) => least <= count && most.is_none_or(|most| count <= most),
        None => most.is_none(),
    })
}

/// What is wrong with the number of arguments of the declared forms.
fn compare_arity(name: &str, ours: &[Arity], theirs: &[Arity], problems: &mut Vec<String>) {
    for &(least, most) in theirs {
        if !takes(ours, Some(least)) {
            problems.push(format!("{name}: must take {least} arguments, takes {ours:?}"));
        }
        if !takes(ours, most) {
            problems.push(format!("{name}: must take up to {most:?} arguments, takes {ours:?}"));
        }
    }
    for &(least, most) in ours {
        // Parameters that repeat in pairs are one parameter of ours: the command itself misses the second of a pair.
        if most.is_some() && theirs.iter().all(|&(theirs, _)| least < theirs) {
            problems.push(format!("{name}: takes as few as {least} arguments, the reference {theirs:?}"));
        }
        if theirs
            .iter()
            .all(|&(_, theirs)| theirs.is_some_and(|theirs| most.is_none_or(|most| most > theirs)))
        {
            problems.push(format!("{name}: takes as many as {most:?} arguments, the reference {theirs:?}"));
        }
    }
}

/// What is wrong with the results of the declared forms.
fn compare_result(name: &str, natives: &[Native], forms: &[Json], problems: &mut Vec<String>) {
    let callables: Vec<_> = natives.iter().filter_map(Native::callable).collect();
    if callables.is_empty() {
        return;
    }
    let ours = callables.iter().any(|callable| callable.result().is_some());
    let theirs = forms.iter().any(|form| !list(&form["result"]).is_empty());
    if ours != theirs {
        problems.push(format!("{name}: {} a result", if theirs { "must give" } else { "gives" }));
    }
    let types: BTreeSet<&str> = forms.iter().flat_map(|form| list(&form["result"])).map(text).collect();
    for callable in callables {
        let Some(type_) = callable.result().filter(|type_| *type_ != Type::Variant) else { continue };
        let named = types.iter().any(|name| match type_ {
            Type::Object => *name == "Object" || name.contains('.') || *name == "Email",
            Type::Integer | Type::Real => matches!(*name, "Integer" | "Real" | "Longint" | "Number"),
            _ => *name == type_.name(),
        });
        if !named && !types.contains("any") && !types.contains("Variant") {
            problems.push(format!("{name}: gives {}, the reference {types:?}", type_.name()));
        }
    }
}

fn compare_forms(
    name: &str,
    natives: &[Native],
    forms: &[Json],
    receiver: usize,
    problems: &mut Vec<String>,
) {
    if forms.is_empty() {
        return;
    }
    let theirs: Vec<Arity> = forms
        .iter()
        .map(arity_of_fact)
        .map(|(least, most)| (least + receiver, most.map(|most| most + receiver)))
        .collect();
    let ours: Option<Vec<Arity>> = natives.iter().map(arity).collect();
    if let Some(ours) = ours {
        compare_arity(name, &ours, &theirs, problems);
    }
    compare_result(name, natives, forms, problems);
}

/// Commands whose arguments are on purpose other than the fact table says, and why.
const OTHER_FORMS: &[(&str, &str)] = &[(
    "Is nil pointer",
    "a pointer that leads nowhere may be Null, which is taken only where nothing may stand",
)];

#[test]
fn commands_take_and_give_what_the_reference_says() {
    let facts: HashMap<u16, Json> = command_facts().into_iter().map(|fact| (number(&fact), fact)).collect();
    let mut problems = Vec::new();
    for command in declared().filter(|command| OTHER_FORMS.iter().all(|(name, _)| *name != command.name)) {
        let Some(fact) = facts.get(&command.number) else { continue };
        compare_forms(command.name, command.syntaxes, list(&fact["syntaxes"]), 0, &mut problems);
    }
    report(&problems);
}

fn check_help(name: &str, help: &str, problems: &mut Vec<String>) {
    let sentence = help.ends_with('.') && !help.trim_end_matches('.').contains(". ");
    if !sentence || !help.starts_with(|c: char| c.is_uppercase()) || help.len() < 8 {
        problems.push(format!("{name}: the help is not one sentence: {help:?}"));
    }
}

#[test]
fn help_is_one_sentence() {
    let mut problems = Vec::new();
    for command in declared() {
        check_help(command.name, command.help, &mut problems);
        if command.syntaxes.is_empty() {
            problems.push(format!("{}: has no form", command.name));
        }
    }
    for class in classes::CLASSES {
        for function in class.functions {
            check_help(&format!("{}.{}", class.name, function.name), function.help, &mut problems);
        }
        for property in class.properties {
            check_help(&format!("{}.{}", class.name, property.name), property.help, &mut problems);
        }
    }
    report(&problems);
}

fn same_value(value: ConstantValue, fact: &Json) -> bool {
    match value {
        ConstantValue::Integer(n) => fact.as_i64() == Some(i64::from(n)),
        ConstantValue::Real(x) => fact.as_f64() == Some(x),
        ConstantValue::Text(t) => fact.as_str() == Some(t),
        ConstantValue::Unknown => fact.is_null(),
    }
}

#[test]
fn constants_have_the_values_and_tokens_of_the_reference() {
    let catalog = catalog();
    let by_name = |name: &str| -> Option<&'static Constant> {
        if let Some(Known::Constant(id)) = catalog.find(name) { catalog.constant(id) } else { None }
    };
    let mut problems = Vec::new();
    for fact in constant_facts() {
        let name = text(&fact["name"]);
        let Some(constant) = by_name(name) else {
            problems.push(format!("{name}: unknown"));
            continue;
        };
        if constant.name != name {
            problems.push(format!("{name}: called {}", constant.name));
        }
        if fact.get("value").is_some_and(|value| !same_value(constant.value, value)) {
            problems.push(format!("{name}: {:?} instead of {}", constant.value, fact["value"]));
        }
        for token in list(&fact["tokens"]) {
            let part = |at: usize| token[at].as_u64().and_then(|n| u16::try_from(n).ok()).expect("a token");
            let found = catalog.constant_by_token(part(0), part(1));
            if found.is_none_or(|found| found.name != name) {
                problems.push(format!("{name}: its token {token} gives {:?}", found.map(|found| found.name)));
            }
        }
        for alias in list(&fact["aliases"]) {
            // A command of that name goes first.
            let found = catalog.find(text(alias));
            if matches!(found, Some(Known::Constant(_)) | None)
                && by_name(text(alias)).is_none_or(|found| found.name != name)
            {
                problems.push(format!("{name}: its alias {alias} gives {found:?}"));
            }
        }
    }
    report(&problems);
}

#[test]
fn constants_stand_once_and_in_order() {
    let reference: HashSet<String> =
        constant_facts().iter().map(|fact| text(&fact["name"]).to_lowercase()).collect();
    let mut problems = Vec::new();
    let mut names = HashSet::new();
    let mut last_theme = 0;
    for theme in constants::THEMES {
        let number = theme.number.unwrap_or(u16::MAX);
        if number <= last_theme {
            problems.push(format!("{}: stands out of order", theme.name));
        }
        last_theme = number;
        let mut last = 0;
        for constant in theme.constants {
            let index = constant.index.unwrap_or(u16::MAX);
            if index < last {
                problems.push(format!("{}: stands out of order", constant.name));
            }
            last = index;
            if !names.insert(constant.name.to_lowercase())
                || !reference.contains(&constant.name.to_lowercase())
            {
                problems.push(format!("{}: stands twice, or 4D does not have it", constant.name));
            }
        }
    }
    report(&problems);
}

#[test]
fn the_separator_of_folders_is_that_of_the_host() {
    let catalog = catalog();
    let separator = catalog.constant_by_token(24, 12).map(|constant| constant.value);
    assert_eq!(separator, Some(ConstantValue::Text(std::path::MAIN_SEPARATOR_STR)));
}

#[test]
fn every_class_and_member_of_the_reference_is_built_or_known_to_be_missing() {
    let catalog = catalog();
    let mut problems = Vec::new();
    let facts = class_facts();
    for fact in &facts {
        let name = text(&fact["name"]);
        let built = catalog.class(name);
        let missing = classes::unavailable::CLASSES.iter().find(|class| class.name == name);
        if built.is_none() && missing.is_none() {
            problems.push(format!("{name}: unknown"));
        }
        if built.is_some_and(|class| class.extends != fact["extends"].as_str()) {
            problems.push(format!("{name}: extends {}", fact["extends"]));
        }
        for kind in ["properties", "functions"] {
            for member in list(&fact[kind]).iter().map(|member| text(&member["name"])) {
                let here = match kind {
                    "functions" => catalog.class_function(name, member).is_some(),
                    _ => catalog.class_property(name, member).is_some(),
                };
                let listed = missing.is_some_and(|class| class.members.contains(&member));
                if here == listed {
                    let why = if here { "built, so it must leave unavailable.rs" } else { "unknown" };
                    problems.push(format!("{name}.{member}: {why}"));
                }
            }
        }
    }
    for class in classes::unavailable::CLASSES {
        if facts.iter().all(|fact| text(&fact["name"]) != class.name) {
            problems.push(format!("{}: 4D has no such class", class.name));
        }
        if class.members.is_empty() && catalog.class(class.name).is_some() {
            problems.push(format!("{}: all is built, so it must leave unavailable.rs", class.name));
        }
    }
    report(&problems);
}

#[test]
fn class_functions_take_and_give_what_the_reference_says() {
    let catalog = catalog();
    let mut problems = Vec::new();
    for fact in class_facts() {
        let name = text(&fact["name"]);
        let Some(class) = catalog.class(name) else { continue };
        for function in list(&fact["functions"]) {
            let Some(ours) = class.functions.iter().find(|ours| ours.name == text(&function["name"])) else {
                continue;
            };
            let label = format!("{name}.{}", ours.name);
            if OTHER_FORMS.iter().all(|(name, _)| *name != label) {
                compare_forms(&label, ours.syntaxes, list(&function["syntaxes"]), 1, &mut problems);
            }
        }
        for property in list(&fact["properties"]) {
            let Some(ours) = class.properties.iter().find(|ours| ours.name == text(&property["name"])) else {
                continue;
            };
            if property["read_only"].as_bool().is_some_and(|read_only| read_only == ours.set.is_some()) {
                problems.push(format!("{name}.{}: read-only is {}", ours.name, property["read_only"]));
            }
        }
    }
    report(&problems);
}

#[test]
fn missing_members_are_found_through_the_classes_above() {
    let catalog = catalog();
    let owner = |class: &str, member: &str| catalog.missing_member(class, member).map(|class| class.name);
    for class in classes::unavailable::CLASSES {
        for member in class.members {
            assert_eq!(owner(class.name, member), Some(class.name), "{}.{member}", class.name);
        }
    }
    assert_eq!(owner("File", "noSuchMember"), None);
}

/// The list of commands in the documentation.
fn documentation(catalog: &Catalog) -> String {
    let facts = command_facts();
    let mut page = String::from(
        "# Commands\n\n<!-- Generated from the tables: QUATRE_BLESS=1 cargo test --test tables -->\n\n\
         What Quatre knows of the commands of 4D, by theme. The number is that of the token (`ALERT:C41`).\n",
    );
    let built = declared().count();
    let _ = write!(page, "{built} of {} commands work.\n\n## Commands that work\n", facts.len());
    let mut themes: Vec<_> = commands::THEMES.iter().collect();
    themes.sort_by_key(|theme| theme.name);
    for theme in themes {
        let _ = write!(page, "\n### {}\n\n| command | number | |\n|---|---|---|\n", theme.name);
        let mut commands: Vec<&Command> = theme.commands.iter().collect();
        commands.sort_by_key(|command| command.name.to_lowercase());
        for command in commands {
            let _ = writeln!(page, "| `{}` | {} | {} |", command.name, command.number, command.help);
        }
    }
    page.push_str(
        "\n## Commands that are known by name only\n\nUsing one of them is an error that says so.\n",
    );
    for (reason, title) in [
        (Reason::NotBuilt, "Not built yet (Q9001)"),
        (Reason::Interface, "They need an interface (Q9002)"),
        (Reason::Database, "They need a data engine (Q9003)"),
        (Reason::Service, "They need a service (Q9004)"),
        (Reason::Obsolete, "4D no longer has them (Q9005)"),
    ] {
        let mut themes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for fact in &facts {
            if let Some(Entry::Unavailable(command)) = catalog.command(number(fact))
                && command.reason == reason
            {
                themes
                    .entry(fact["theme"].as_str().unwrap_or("Without a theme"))
                    .or_default()
                    .push(command.name);
            }
        }
        let _ = write!(page, "\n### {title}\n");
        for (theme, mut names) in themes {
            names.sort_by_key(|name| name.to_lowercase());
            let _ = write!(page, "\n**{theme}**: {}\n", names.join(", "));
        }
    }
    page
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads and writes the files of the repository")]
fn the_documentation_lists_what_the_tables_hold() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/commands.md");
    let page = documentation(catalog());
    if std::env::var_os("QUATRE_BLESS").is_some() {
        std::fs::write(path, &page).expect("the page can be written");
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    assert!(there == page, "docs/commands.md is stale: QUATRE_BLESS=1 cargo test --test tables");
}

#[test]
fn commands_that_preemptive_processes_cannot_call_are_those_of_the_reference() {
    let facts = command_facts();
    let mut wanted: Vec<u64> = facts
        .iter()
        .filter(|fact| fact["thread_safe"].as_bool() == Some(false))
        .filter_map(|fact| fact["number"].as_u64())
        .collect();
    wanted.sort_unstable();
    let known: Vec<u64> = quatre::commands::thread_unsafe::NUMBERS.iter().map(|n| u64::from(*n)).collect();
    assert_eq!(known, wanted);
}
