//! Texts in the language of the user, from the XLIFF files of the folder `Resources`.

use std::path::Path;
use std::rc::Rc;

use roxmltree::{Document, Node};
use rustc_hash::FxHashMap;

use crate::builtin::Command;
use crate::native;
use crate::runtime::process::Process;
use crate::runtime::sandbox;
use crate::value::text::Text;

pub(super) const LOCALIZED_STRING: Command = Command {
    number: 991,
    name: "Localized string",
    thread_safe: true,
    help: "The text of this name in the XLIFF files of the program, in the language of the user.",
    syntaxes: &[native!(localized_string(process, resName))],
};

/// All texts by name, read once in a process.
#[derive(Default)]
struct Texts(Option<Rc<FxHashMap<String, Text>>>);

fn localized_string(process: &mut Process, name: Text) -> Text {
    let texts = texts(process);
    let found = texts.get(name.to_str().as_ref()).cloned();
    process.set_ok(found.is_some());
    found.unwrap_or_default()
}

fn texts(process: &mut Process) -> Rc<FxHashMap<String, Text>> {
    if let Some(texts) = &process.state::<Texts>().0 {
        return Rc::clone(texts);
    }
    let mut texts = FxHashMap::default();
    if let Some(package) = process.runtime.options.package.clone() {
        let resources = package.join("Resources");
        // The names of the folder of a language that 4D accepts, the first ones win.
        for folder in ["en.lproj", "en-us.lproj", "English.lproj", ""] {
            read_folder(&resources.join(folder), &mut texts);
        }
    }
    let texts = Rc::new(texts);
    process.state::<Texts>().0 = Some(Rc::clone(&texts));
    texts
}

fn read_folder(folder: &Path, texts: &mut FxHashMap<String, Text>) {
    for entry in sandbox::list(folder).unwrap_or_default() {
        let xliff = entry.path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlf"));
        let Some(bytes) = xliff.then(|| sandbox::read(&entry.path).ok()).flatten() else { continue };
        let content = String::from_utf8_lossy(&bytes);
        // A file that is not XML has no texts.
        let Ok(document) = Document::parse(content.trim_start_matches('\u{FEFF}')) else { continue };
        for unit in document.descendants().filter(|node| node.has_tag_name("trans-unit")) {
            add(unit, texts);
        }
    }
}

/// The translation of a unit, or its source when there is none.
fn add(unit: Node<'_, '_>, texts: &mut FxHashMap<String, Text>) {
    let child = |name: &str| unit.children().find(|node| node.has_tag_name(name));
    let (Some(name), Some(text)) = (unit.attribute("resname"), child("target").or_else(|| child("source")))
    else {
        return;
    };
    let text: String =
        text.descendants().filter_map(|node| node.is_text().then(|| node.text()).flatten()).collect();
    texts.entry(name.to_owned()).or_insert_with(|| Text::from(text));
}
