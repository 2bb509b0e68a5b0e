//! Trees that come into being, and go.

use crate::builtin::Command;
use crate::builtin::parameter::{OneOf, Rest};
use crate::commands::xml_dom::reference::{Trees, checked_name, malformed, with_ok, with_trees};
use crate::native;
use crate::runtime::documents;
use crate::runtime::location::document_path;
use crate::runtime::process::Process;
use crate::value::blob::Blob;
use crate::value::error::{Error, Result};
use crate::value::text::Text;
use crate::value::xml::tree::{DOCUMENT, Data, Element, Tree};
use crate::value::xml::{build, input, name};

pub(super) const PARSE_SOURCE: Command = Command {
    number: 719,
    name: "DOM Parse XML source",
    thread_safe: true,
    help: "Reads an XML document from disk and gives the reference of its root.",
    syntaxes: &[native!(parse_source(process, document, validation, dtd))],
};

fn parse_source(
    process: &mut Process,
    document: Text,
    validation: Option<bool>,
    _dtd: Option<Text>,
) -> Result<Text> {
    let outcome = read_source(process, &document, validation);
    with_ok(process, outcome)
}

fn read_source(process: &mut Process, document: &Text, validation: Option<bool>) -> Result<Text> {
    no_validation(validation)?;
    let text = document.to_str();
    if text.is_empty() {
        return Err(Error::native(-43, "`DOM Parse XML source` is given no path")
            .help("4D asks for a document when the path is \"\", and there is no dialog here"));
    }
    let lower = text.to_ascii_lowercase();
    if ["http://", "https://", "ftp://"].iter().any(|scheme| lower.starts_with(scheme)) {
        return Err(Error::quatre(9012, "`DOM Parse XML source` does not fetch documents")
            .help("read the document with an HTTP command, then use `DOM Parse XML variable`"));
    }
    let path = document_path(&process.runtime, &text);
    let bytes = documents::read(&path)?;
    let source = input::decode(&bytes).map_err(|problem| malformed(process, problem))?;
    keep(process, &source, path.to_string_lossy().into_owned())
}

/// Documents are not compared with a DTD or a schema.
fn no_validation(validation: Option<bool>) -> Result<()> {
    if validation == Some(true) {
        return Err(Error::quatre(9012, "documents are not validated by a DTD or a schema")
            .help("pass False, or leave the parameter out, to read the document without validation"));
    }
    Ok(())
}

fn keep(process: &mut Process, source: &str, uri: String) -> Result<Text> {
    let external = process.state::<Trees>().external;
    let mut tree = build::document(source, external).map_err(|problem| malformed(process, problem))?;
    tree.uri = uri;
    let trees = process.state::<Trees>();
    trees.problem = None;
    Ok(trees.add(tree).text())
}

pub(super) const PARSE_VARIABLE: Command = Command {
    number: 720,
    name: "DOM Parse XML variable",
    thread_safe: true,
    help: "Reads an XML document from a text or a BLOB and gives the reference of its root.",
    syntaxes: &[native!(parse_variable(process, variable, validation, dtd))],
};

fn parse_variable(
    process: &mut Process,
    variable: OneOf<Blob, Text>,
    validation: Option<bool>,
    _dtd: Option<Text>,
) -> Result<Text> {
    let outcome = no_validation(validation).and_then(|()| {
        let source = match variable {
            OneOf::First(blob) => input::decode(blob.bytes()),
            // A text is decoded already, whatever it says.
            OneOf::Second(text) => Ok(text.to_str().into_owned()),
        };
        let source = source.map_err(|problem| malformed(process, problem))?;
        keep(process, &source, String::new())
    });
    with_ok(process, outcome)
}

pub(super) const CREATE_REF: Command = Command {
    number: 861,
    name: "DOM Create XML Ref",
    thread_safe: true,
    help: "Makes an XML tree with an empty root, and gives the reference of that.",
    syntaxes: &[native!(create_ref(process, root, nameSpace, nameSpaceName))],
};

fn create_ref(
    process: &mut Process,
    root: Text,
    namespace: Option<Text>,
    more: Rest<(Text, Text)>,
) -> Result<Text> {
    with_trees(process, |trees| {
        let root = root.to_str();
        checked_name(&root)?;
        let (prefix, _) = name::split(&root);
        let namespace =
            namespace.map(|namespace| namespace.to_str().into_owned()).filter(|text| !text.is_empty());
        if !prefix.is_empty() && namespace.is_none() {
            return Err(Error::quatre(5754, format!("the prefix `{prefix}` has no namespace"))
                .help("pass the namespace as the second parameter"));
        }
        let mut tree = Tree::new();
        let element = Element { name: (*root).into(), attributes: Vec::new() };
        let id = tree.append(DOCUMENT, Data::Element(Box::new(element)));
        if let Some(namespace) = namespace {
            tree.set_attribute(id, &declaration(prefix), namespace);
        }
        for (name, value) in more.0 {
            let name = name.to_str();
            checked_name(&name)?;
            let name = if name.starts_with("xmlns") { name.into_owned() } else { declaration(&name) };
            tree.set_attribute(id, &name, value.to_str().into_owned());
        }
        Ok(trees.add(tree).text())
    })
}

/// The attribute that declares a prefix.
fn declaration(prefix: &str) -> String {
    if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") }
}

pub(super) const CLOSE: Command = Command {
    number: 722,
    name: "DOM CLOSE XML",
    thread_safe: true,
    help: "Frees the memory of an XML tree; its references are good no more.",
    syntaxes: &[native!(close(process, elementRef))],
};

fn close(process: &mut Process, reference: Text) -> Result<()> {
    with_trees(process, |trees| {
        let place = trees.place(&reference)?;
        let tree = trees.tree(place)?;
        if place.node != DOCUMENT && tree.root() != Some(place.node) {
            return Err(Error::quatre(5756, "`DOM CLOSE XML` takes the reference of a root"));
        }
        trees.close(place);
        Ok(())
    })
}
