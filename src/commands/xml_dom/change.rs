//! Changes of elements: values, names, attributes, elements put in and taken out.

use crate::builtin::Command;
use crate::builtin::parameter::{Rest, Star};
use crate::commands::xml_dom::navigate::find_nodes;
use crate::commands::xml_dom::read::no_attribute;
use crate::commands::xml_dom::reference::{
    Place, Trees, checked_name, encoded, malformed, with_ok, with_trees,
};
use crate::native;
use crate::runtime::process::Process;
use crate::value::Value;
use crate::value::array::Array;
use crate::value::charset::Charset;
use crate::value::error::{Error, Result};
use crate::value::text::Text;
use crate::value::xml::tree::{DOCUMENT, Data, NodeId, Tree};
use crate::value::xml::{Options, build, name};

/// The options of the tree to which a reference belongs.
fn options(process: &mut Process, reference: &Text) -> Result<Options> {
    let trees = process.state::<Trees>();
    let place = trees.place(reference)?;
    Ok(trees.tree(place)?.options)
}

/// Names of attributes with their values as texts.
pub(crate) fn pairs(
    process: &Process,
    given: Vec<(Text, Value)>,
    options: &Options,
) -> Result<Vec<(String, String)>> {
    let mut pairs = Vec::with_capacity(given.len());
    for (name, value) in given {
        let name = name.to_str().into_owned();
        checked_name(&name)?;
        pairs.push((name, encoded(process, &value, options)?));
    }
    Ok(pairs)
}

/// The same from pairs of arrays.
pub(crate) fn array_pairs(arrays: Vec<(Array, Array)>) -> Vec<(Text, Value)> {
    let mut pairs = Vec::new();
    for (names, values) in arrays {
        for index in 1..=names.size() {
            if let (Some(Value::Text(name)), Some(value)) = (names.get(index), values.get(index)) {
                pairs.push((name, value));
            }
        }
    }
    pairs
}

pub(super) const SET_ATTRIBUTE: Command = Command {
    number: 866,
    name: "DOM SET XML ATTRIBUTE",
    thread_safe: true,
    help: "Sets attributes of an element.",
    syntaxes: &[native!(set_attribute(process, elementRef, attribName, attrValue, attribNames))],
};

fn set_attribute(
    process: &mut Process,
    reference: Text,
    name: Text,
    value: Value,
    more: Rest<(Text, Value)>,
) -> Result<()> {
    let outcome = options(process, &reference).and_then(|options| {
        let given = std::iter::once((name, value)).chain(more.0).collect();
        let pairs = pairs(process, given, &options)?;
        let trees = process.state::<Trees>();
        let place = trees.element(&reference)?;
        let tree = trees.tree_mut(place)?;
        for (name, value) in pairs {
            tree.set_attribute(place.node, &name, value);
        }
        Ok(())
    });
    with_ok(process, outcome)
}

pub(super) const REMOVE_ATTRIBUTE: Command = Command {
    number: 1084,
    name: "DOM REMOVE XML ATTRIBUTE",
    thread_safe: true,
    help: "Removes an attribute from an element.",
    syntaxes: &[native!(remove_attribute(process, elementRef, attribName))],
};

fn remove_attribute(process: &mut Process, reference: Text, wanted: Text) -> Result<()> {
    with_trees(process, |trees| {
        let place = trees.element(&reference)?;
        let name = wanted.to_str();
        let attributes =
            trees.tree_mut(place)?.element_mut(place.node).map(|element| &mut element.attributes);
        let attributes = attributes.ok_or_else(|| no_attribute(&wanted))?;
        let at =
            attributes.iter().position(|(known, _)| **known == *name).ok_or_else(|| no_attribute(&wanted))?;
        attributes.remove(at);
        Ok(())
    })
}

pub(super) const SET_NAME: Command = Command {
    number: 867,
    name: "DOM SET XML ELEMENT NAME",
    thread_safe: true,
    help: "Renames an element.",
    syntaxes: &[native!(set_name(process, elementRef, elementName))],
};

fn set_name(process: &mut Process, reference: Text, name: Text) -> Result<()> {
    with_trees(process, |trees| {
        let place = trees.element(&reference)?;
        let name = name.to_str();
        checked_name(&name)?;
        if let Some(element) = trees.tree_mut(place)?.element_mut(place.node) {
            element.name = (*name).into();
        }
        Ok(())
    })
}

pub(super) const SET_VALUE: Command = Command {
    number: 868,
    name: "DOM SET XML ELEMENT VALUE",
    thread_safe: true,
    help: "Sets the value of an element, with `*` as a CDATA section.",
    syntaxes: &[
        native!(set_value(process, elementRef, elementValue, star)),
        native!(set_value_at(process, elementRef, xPath, elementValue, star)),
    ],
};

fn set_value(process: &mut Process, reference: Text, value: Value, cdata: Option<Star>) -> Result<()> {
    let place = process.state::<Trees>().place(&reference);
    let outcome = place.and_then(|place| change_value(process, place, &value, cdata.is_some()));
    with_ok(process, outcome)
}

fn set_value_at(
    process: &mut Process,
    reference: Text,
    xpath: Text,
    value: Value,
    cdata: Option<Star>,
) -> Result<()> {
    let trees = process.state::<Trees>();
    let outcome = trees.place(&reference).and_then(|place| {
        let xpath = xpath.to_str();
        let found = find_nodes(trees, place, &xpath)?;
        let first = found.first().ok_or_else(|| {
            Error::quatre(5753, format!("the path `{xpath}` leads to no element"))
                .help("`DOM Create XML element` makes the elements of a path")
        })?;
        let reference = trees.found(place, *first)?;
        trees.place(&reference)
    });
    let outcome = outcome.and_then(|place| change_value(process, place, &value, cdata.is_some()));
    with_ok(process, outcome)
}

/// Replaces the text of an element; the elements in it stay.
fn change_value(process: &mut Process, place: Place, value: &Value, cdata: bool) -> Result<()> {
    let options = process.state::<Trees>().tree(place)?.options;
    let text = encoded(process, value, &options)?;
    let raw = options.raw() && matches!(value, Value::Text(_)) && !cdata;
    let tree = process.state::<Trees>().tree_mut(place)?;
    let owner = tree.parent(place.node).unwrap_or(DOCUMENT);
    match tree.data(place.node).clone() {
        Data::Attribute(name) => {
            tree.set_attribute(owner, &name, text);
            return Ok(());
        }
        Data::Text(_) => {
            tree.set_data(place.node, Data::Text(text.into()));
            return Ok(());
        }
        Data::Element(_) => {}
        Data::Document
        | Data::CData(_)
        | Data::Comment(_)
        | Data::Instruction(_)
        | Data::DocType(_)
        | Data::Removed => return Err(Error::quatre(5756, "only elements have a value that can be set")),
    }
    let is_text = |id: &NodeId| matches!(tree.data(*id), Data::Text(_) | Data::CData(_));
    let old: Vec<NodeId> = tree.children(place.node).filter(is_text).collect();
    for id in old {
        tree.remove(id);
    }
    if raw {
        if build::fragment(tree, place.node, &text).is_err() {
            tree.append(place.node, Data::CData(text.into()));
        }
    } else if !text.is_empty() {
        let data = if cdata { Data::CData(text.into()) } else { Data::Text(text.into()) };
        let id = tree.make(data);
        let first = tree.first(place.node);
        tree.insert(place.node, id, first);
    }
    Ok(())
}

pub(super) const REMOVE_ELEMENT: Command = Command {
    number: 869,
    name: "DOM REMOVE XML ELEMENT",
    thread_safe: true,
    help: "Removes an element with all that is in it.",
    syntaxes: &[native!(remove_element(process, elementRef))],
};

fn remove_element(process: &mut Process, reference: Text) -> Result<()> {
    with_trees(process, |trees| {
        let place = trees.element(&reference)?;
        let tree = trees.tree_mut(place)?;
        if tree.root() == Some(place.node) {
            return Err(Error::quatre(5756, "the root of a tree cannot be removed")
                .help("`DOM CLOSE XML` closes the whole tree"));
        }
        tree.remove(place.node);
        Ok(())
    })
}

pub(super) const APPEND_ELEMENT: Command = Command {
    number: 1082,
    name: "DOM Append XML element",
    thread_safe: true,
    help: "Puts a copy of an element behind the children of another, and gives its reference.",
    syntaxes: &[native!(append_element(process, targetElementRef, sourceElementRef))],
};

fn append_element(process: &mut Process, target: Text, source: Text) -> Result<Text> {
    with_trees(process, |trees| copy(trees, &target, &source, |_, _| None))
}

pub(super) const INSERT_ELEMENT: Command = Command {
    number: 1083,
    name: "DOM Insert XML element",
    thread_safe: true,
    help: "Puts a copy of an element before a child of another, and gives its reference.",
    syntaxes: &[native!(insert_element(process, targetElementRef, sourceElementRef, childIndex))],
};

fn insert_element(process: &mut Process, target: Text, source: Text, index: i32) -> Result<Text> {
    with_trees(process, |trees| {
        copy(trees, &target, &source, |tree, parent| {
            let at = usize::try_from(index).ok().and_then(|index| index.checked_sub(1));
            at.and_then(|at| tree.elements(parent).nth(at)).or_else(|| tree.first(parent))
        })
    })
}

fn copy(
    trees: &mut Trees,
    target: &Text,
    source: &Text,
    before: impl FnOnce(&Tree, NodeId) -> Option<NodeId>,
) -> Result<Text> {
    let (target, source) = (trees.element(target)?, trees.element(source)?);
    let snapshot = trees.tree(source)?.snapshot(source.node);
    let tree = trees.tree_mut(target)?;
    let before = before(tree, target.node);
    let made = tree.copy_from(&snapshot, target.node, before);
    Ok(target.with(made.unwrap_or(target.node)).text())
}

pub(super) const APPEND_CHILD_NODE: Command = Command {
    number: 1080,
    name: "DOM Append XML child node",
    thread_safe: true,
    help: "Adds a text, a comment, a CDATA section, an instruction, a DOCTYPE or an element to a node.",
    syntaxes: &[native!(append_child_node(process, elementRef, childType, childValue))],
};

fn append_child_node(process: &mut Process, reference: Text, kind: i32, value: Value) -> Result<Text> {
    let outcome = add_child(process, &reference, kind, &value);
    with_ok(process, outcome)
}

/// The node of a kind and a text.
fn child_data(kind: i32, text: &str) -> Result<Data> {
    let refuse = |message: &str| Err(Error::quatre(5754, message.to_owned()));
    Ok(match kind {
        2 if text.contains("--") || text.ends_with('-') => return refuse("a comment may not contain `--`"),
        2 => Data::Comment(text.into()),
        3 => {
            let (target, content) = text.split_at(name::length(text));
            if target.is_empty() || target.eq_ignore_ascii_case("xml") || text.contains("?>") {
                return refuse("this is no processing instruction");
            }
            Data::Instruction(Box::new((target.to_owned(), content.trim_start().to_owned())))
        }
        6 => Data::Text(text.into()),
        7 => Data::CData(text.into()),
        10 => Data::DocType(text.into()),
        _ => {
            return Err(Error::quatre(5758, format!("there is no kind {kind} of child node"))
                .help("use a constant such as `XML comment`"));
        }
    })
}

fn add_child(process: &mut Process, reference: &Text, kind: i32, value: &Value) -> Result<Text> {
    let options = options(process, reference)?;
    // The content of a BLOB is a text here, not data to be encoded.
    let text = if let Value::Blob(blob) = value {
        Charset::Utf8.decode(blob.bytes()).to_str().into_owned()
    } else {
        encoded(process, value, &options)?
    };
    let trees = process.state::<Trees>();
    let place = trees.place(reference)?;
    let tree = trees.tree_mut(place)?;
    let on_document = place.node == DOCUMENT;
    if !on_document && tree.element(place.node).is_none() {
        return Err(Error::quatre(5756, "only elements and documents have children"));
    }
    if kind == 11 && !on_document {
        return add_element(process, place, &text);
    }
    let data = child_data(kind, &text)?;
    if on_document && matches!(data, Data::Text(_) | Data::CData(_)) {
        return Err(Error::quatre(
            5756,
            "a document takes comments, processing instructions and a DOCTYPE only",
        ));
    }
    if kind == 10 {
        let dtd = crate::value::xml::dtd::read(&text);
        tree.dtd = dtd.map_err(|message| Error::quatre(5754, format!("this is no DOCTYPE: {message}")))?;
        // There is one DOCTYPE, before the root, wherever it is asked for.
        let old = tree.children(DOCUMENT).find(|id| matches!(tree.data(*id), Data::DocType(_)));
        if let Some(old) = old {
            tree.set_data(old, data);
            return Ok(place.with(old).text());
        }
        let (id, first) = (tree.make(data), tree.first(DOCUMENT));
        tree.insert(DOCUMENT, id, first);
        return Ok(place.with(id).text());
    }
    let id = tree.make(data);
    let before = if on_document { tree.root() } else { None };
    tree.insert(place.node, id, before);
    Ok(place.with(id).text())
}

/// Adds what a part of a document holds, or an empty element of a name.
fn add_element(process: &mut Process, place: Place, text: &str) -> Result<Text> {
    let tree = process.state::<Trees>().tree_mut(place)?;
    let source = if name::is_qualified(text) { format!("<{text}/>") } else { text.to_owned() };
    match build::fragment(tree, place.node, &source) {
        Ok(Some(made)) => Ok(place.with(made).text()),
        Ok(None) => Err(Error::quatre(5754, "this is no element and no part of a document")),
        Err(problem) => Err(malformed(process, problem)),
    }
}

pub(super) const SET_DECLARATION: Command = Command {
    number: 859,
    name: "DOM SET XML DECLARATION",
    thread_safe: true,
    help: "Sets the encoding of an XML tree, whether it stands alone, and whether it is indented.",
    syntaxes: &[native!(set_declaration(process, elementRef, encoding, standalone, indentation))],
};

fn set_declaration(
    process: &mut Process,
    reference: Text,
    encoding: Text,
    standalone: Option<bool>,
    indentation: Option<bool>,
) -> Result<()> {
    with_trees(process, |trees| {
        let place = trees.place(&reference)?;
        let tree = trees.tree_mut(place)?;
        tree.declaration.encoding = known_encoding(&encoding.to_str());
        tree.declaration.standalone = standalone.unwrap_or(false);
        if let Some(indentation) = indentation {
            tree.options.indentation = if indentation { 1 } else { 2 };
        }
        Ok(())
    })
}

/// The name of an encoding; UTF-8 for one that is not known.
pub(crate) fn known_encoding(given: &str) -> String {
    if Charset::named(given).is_some() { given.to_owned() } else { "UTF-8".to_owned() }
}
