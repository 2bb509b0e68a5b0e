//! The help texts: every example does what it says, and what works has an entry.

#![expect(
    clippy::disallowed_methods,
    reason = "classes and methods of an example are files of a project that the test makes"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use quatre::builtin::native::Native;
use quatre::engine::{Engine, Target, catalog, project};
use quatre::help::page::{self, Example, Section, sections};
use quatre::help::search::{search, suggestion};
use quatre::help::{self, Kind};
use quatre::runtime::host::{Host, RecordingHost};
use quatre::runtime::{Options, TextKind};
use quatre::syntax::token::Keyword;
use quatre::{classes, commands, constants};

/// Every page with its name, as it stands on the disk: so a text can be tried without building anything.
fn all_pages() -> Vec<(String, Vec<Section>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/help");
    let folder = |name: &str| std::fs::read_dir(root.join(name)).expect("a folder of the crate");
    let mut paths = vec![root.join("keywords.md"), root.join("constants.md")];
    let inner = folder("commands").chain(folder("classes"));
    paths.extend(inner.map(|entry| entry.expect("an entry").path()));
    paths.sort();
    let read = |path: &Path| -> &'static str { std::fs::read_to_string(path).expect("UTF-8").leak() };
    let name = |path: &Path| path.strip_prefix(&root).expect("below").display().to_string();
    paths.iter().map(|path| (name(path), sections(read(path)))).collect()
}

/// Names that the catalog has and the pages have not.
fn missing() -> Vec<String> {
    let mut missing = Vec::new();
    for command in commands::THEMES.iter().flat_map(|theme| theme.commands) {
        match page::command(command.name) {
            None => missing.push(command.name.to_owned()),
            Some(section) => lacks(command.name, command.syntaxes, section, &mut missing),
        }
    }
    for class in classes::CLASSES {
        if page::class(class.name).is_none() {
            missing.push(format!("4D.{}", class.name));
        }
        for function in class.functions {
            let name = format!("4D.{}.{}", class.name, function.name);
            match page::member(class.name, function.name) {
                None => missing.push(name),
                Some(section) => lacks(&name, function.syntaxes, section, &mut missing),
            }
        }
        for property in class.properties {
            if page::member(class.name, property.name).is_none() {
                missing.push(format!("4D.{}.{}", class.name, property.name));
            }
        }
        if class.constructor.is_some() && page::member(class.name, "new").is_none() {
            missing.push(format!("4D.{}.new", class.name));
        }
    }
    missing.extend(
        Keyword::ALL
            .iter()
            .filter(|k| page::keyword(k.spelling()).is_none())
            .map(|k| k.spelling().to_owned()),
    );
    let themes = constants::THEMES.iter().filter(|theme| page::constants(theme.name).is_none());
    missing.extend(themes.map(|theme| theme.name.to_owned()));
    missing
}

/// Adds the parameters of which a section says nothing.
fn lacks(name: &str, forms: &[Native], section: &Section, missing: &mut Vec<String>) {
    for parameter in forms.iter().flat_map(|form| form.names).filter(|name| **name != "this") {
        if !section.parameters.iter().any(|(known, _)| *known == parameter.trim_end_matches('_')) {
            missing.push(format!("{name}: {parameter}"));
        }
    }
}

#[test]
fn what_works_has_an_entry() {
    let missing = missing();
    assert!(missing.is_empty(), "{} entries are missing:\n{}", missing.len(), missing.join("\n"));
}

/// The code of a line and the value that it should give.
fn expectation(line: &str) -> Option<(&str, &str)> {
    line.split_once("//->").map(|(code, value)| (code.trim(), value.trim()))
}

/// Code in which each expectation became a comparison that writes when it fails.
fn checked(code: &str) -> String {
    let mut script = String::new();
    for line in code.lines() {
        let Some((code, value)) = expectation(line) else {
            let _ = writeln!(script, "{line}");
            continue;
        };
        let target =
            code.split_once(":=").map(|(target, _)| target.trim()).filter(|t| !t.contains(['"', '(']));
        let subject = if let Some(target) = target {
            let _ = writeln!(script, "{code}");
            target
        } else {
            code
        };
        let told = line.replace('\\', "\\\\").replace('"', "\\\"");
        let _ = writeln!(
            script,
            "$got_:=New collection({subject})\n$want_:=New collection({value})\n\
             If (Not($got_.equal($want_; ck diacritical)))\n\
             ALERT(\"{}   but got: \"+JSON Stringify($got_))\nEnd if",
            told.trim()
        );
    }
    script
}

/// A project in which the examples of a section are classes and methods; the last one without a name runs.
fn project_of(folder: &Path, examples: &[Example]) -> PathBuf {
    let sources = folder.join("Project/Sources");
    for place in ["Classes", "Methods"] {
        std::fs::create_dir_all(sources.join(place)).expect("a folder can be made");
    }
    std::fs::write(folder.join("Project/example.4DProject"), "{}").expect("written");
    for example in examples {
        let named = |kind: &str| example.words.split(' ').find_map(|word| word.strip_prefix(kind));
        let path = match (named("class="), named("method=")) {
            (Some(class), _) => format!("Classes/{class}.4dm"),
            (_, Some(method)) => format!("Methods/{method}.4dm"),
            (None, None) => continue,
        };
        std::fs::write(sources.join(path), example.code).expect("written");
    }
    sources.join("Methods/example_.4dm")
}

/// Whether an example is a class or a method for the others of its section.
fn is_part(example: &Example) -> bool {
    example.words.contains("class=") || example.words.contains("method=")
}

/// Runs an example; what it wrote, and what stopped it.
fn run(section: &Section, example: &Example, folder: &Path) -> Result<String, String> {
    let input: Vec<&str> = example.words.split(' ').filter_map(|word| word.strip_prefix("in=")).collect();
    let host = Arc::new(RecordingHost::new(input));
    let code = checked(example.code);
    let options = Options { reproducible: true, ..Options::default() };
    let target = if section.examples.iter().any(is_part) {
        let path = project_of(folder, &section.examples);
        std::fs::write(&path, &code).expect("written");
        Target::Opened(Box::new(project::open(&path).map_err(|_| "the project does not open".to_owned())?))
    } else {
        Target::Text(section.name.to_owned(), code.clone().into_bytes(), TextKind::Method)
    };
    let engine = Engine::open(target, Arc::clone(&host) as Arc<dyn Host>, options)
        .map_err(|problems| format!("{problems:?}"))?;
    let entry = engine.entry().ok_or("no code")?;
    let wrong: Vec<String> = engine
        .problems(entry)
        .iter()
        .filter(|p| p.severity == quatre::diagnostics::Severity::Error)
        .map(|p| p.message.clone())
        .collect();
    if !wrong.is_empty() {
        return Err(wrong.join("\n"));
    }
    if example.words.split(' ').any(|word| word == "check") {
        return Ok(String::new());
    }
    let outcome = engine.run(&[entry], Vec::new(), None);
    let errors: Vec<String> = outcome
        .errors
        .iter()
        .map(|failure| {
            format!("{} (line {})", failure.diagnostic.message, failure.chain.first().map_or(0, |c| c.1))
        })
        .collect();
    let fails = example.words.split(' ').any(|word| word == "fails");
    match (errors.is_empty(), fails) {
        (false, false) => Err(format!("{}\n{code}", errors.join("\n"))),
        (true, true) => Err("it should end in an error".to_owned()),
        (true, false) | (false, true) => Ok(host.out()),
    }
}

/// What is wrong with the examples of a section.
fn problems(page: &str, section: &Section, number: usize) -> Vec<String> {
    let mut wrong = Vec::new();
    for (index, example) in section.examples.iter().enumerate().filter(|(_, example)| !is_part(example)) {
        let folder =
            std::env::temp_dir().join(format!("quatre-help-{}-{number}-{index}", std::process::id()));
        let got = run(section, example, &folder);
        let _: Result<(), _> = std::fs::remove_dir_all(&folder);
        match got {
            Err(why) => wrong.push(format!("{page}: {}: {why}", section.name)),
            Ok(got) if got != example.output.unwrap_or_default() => wrong.push(format!(
                "{page}: {}:\n{}{got}",
                section.name,
                example.output.map_or_else(String::new, |wanted| format!("wanted: {wanted}got: "))
            )),
            Ok(_) => {}
        }
    }
    wrong
}

#[test]
fn every_example_does_what_it_says() {
    let only = std::env::var("HELP_PAGE").unwrap_or_default().to_lowercase();
    let pages = all_pages();
    let all: Vec<(&str, &Section)> = pages
        .iter()
        .filter(|(name, _)| name.to_lowercase().contains(&only))
        .flat_map(|(name, all)| all.iter().map(move |section| (name.as_str(), section)))
        .collect();
    let middle = all.len().div_ceil(2).max(1);
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = all
            .chunks(middle)
            .enumerate()
            .map(|(part, chunk)| {
                scope.spawn(move || {
                    let sections = chunk.iter().enumerate();
                    sections
                        .flat_map(|(index, (page, section))| problems(page, section, part * 10_000 + index))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
    });
    assert!(wrong.is_empty(), "{} examples are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn names_are_found_in_every_form() {
    let catalog = catalog();
    let title = |name: &str| help::entry(catalog, name).map(|entry| (entry.kind, entry.title));
    let is = |name: &str, kind: Kind, wanted: &str| assert_eq!(title(name), Some((kind, wanted.to_owned())));
    is("substring", Kind::Command, "Substring");
    is("ALERT:C41", Kind::Command, "ALERT");
    is("Is text:K8:3", Kind::Constant, "Is text");
    is("File", Kind::Command, "File");
    is("4D.File", Kind::Class, "4D.File");
    is("file.fullname", Kind::Property, "4D.Document.fullName");
    is("4D.Collection.map()", Kind::Function, "4D.Collection.map");
    is(".orderByMethod", Kind::Function, "4D.Collection.orderByMethod");
    is("for each", Kind::Keyword, "For each");
    is("session (keyword)", Kind::Keyword, "session");
    is("Days and Months", Kind::ConstantTheme, "Days and Months");
    assert_eq!(title("no such thing"), None);
    let unbuilt = help::entry(catalog, "PAGE BREAK").expect("4D has it");
    assert!(!unbuilt.is_built && unbuilt.summary.starts_with("Q900"), "{unbuilt:?}");
}

#[test]
fn signatures_show_what_may_be_left_out() {
    let of = |name: &str| help::entry(catalog(), name).expect("known").signatures;
    assert_eq!(
        of("Substring"),
        ["Substring ( source : Text ; firstChar : Integer {; numChars : Integer} ) : Text"]
    );
    assert_eq!(of("Current date"), ["Current date ( {*} ) : Date"]);
    assert_eq!(of("Random"), ["Random : Integer"]);
}

#[test]
fn searches_list_the_best_first() {
    let titles: Vec<String> = search(catalog(), "session").into_iter().map(|hit| hit.title).collect();
    let place = |title: &str| titles.iter().position(|other| other == title);
    assert_eq!(titles.first().map(String::as_str), Some("Session"));
    assert!(place("Session info").is_some() && place("Session storage").is_some(), "{titles:?}");
    assert!(place("Storage").is_none_or(|at| place("Session info") < Some(at)), "{titles:?}");
    assert_eq!(suggestion(catalog(), "Sesion info").as_deref(), Some("Session info"));
    assert!(search(catalog(), "xyzzy").is_empty());
}

#[test]
fn see_also_leads_somewhere() {
    let catalog = catalog();
    let mut lost = Vec::new();
    for (page, all) in all_pages() {
        for section in all {
            for name in section.see_also.iter().filter(|name| help::entry(catalog, name).is_none()) {
                lost.push(format!("{page}: {}: {name}", section.name));
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}
