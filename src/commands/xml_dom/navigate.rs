//! From one node to another.

use crate::builtin::Command;
use crate::builtin::parameter::Var;
use crate::commands::xml_dom::reference::{NOTHING, Place, Trees, name_of, put, with_ok};
use crate::native;
use crate::runtime::process::Process;
use crate::value::array::{Array, Items};
use crate::value::error::{Error, Result};
use crate::value::text::Text;
use crate::value::xml::path;
use crate::value::xml::tree::{DOCUMENT, Data, NodeId, Tree};
use crate::value::{ArrayType, Value};

/// Goes from a node to one that `way` finds, and fills name and value.
fn go(
    process: &mut Process,
    reference: &Text,
    name: Option<&Var<Text>>,
    value: Option<&Var<Value>>,
    way: impl FnOnce(&Tree, NodeId) -> Option<NodeId>,
) -> Result<Text> {
    let outcome = (|| {
        let trees = process.state::<Trees>();
        let place = trees.place(reference)?;
        let tree = trees.tree(place)?;
        let found = way(tree, place.node);
        let parts = found.map(|node| (name_of(tree, node), tree.own_text(node)));
        Ok((place, found, parts))
    })();
    let (place, found, parts): (Place, Option<NodeId>, Option<(String, String)>) = with_ok(process, outcome)?;
    let (Some(node), Some((its_name, its_value))) = (found, parts) else {
        process.set_ok(false);
        return Ok(Text::from(NOTHING));
    };
    if let Some(name) = name {
        name.set(Text::from(its_name));
    }
    if let Some(value) = value {
        put(process, value, &its_value);
    }
    Ok(place.with(node).text())
}

macro_rules! ways {
    ($($record:ident, $function:ident, $number:literal, $name:literal, $names:ident, $values:ident, $help:literal, $way:expr;)*) => {
        $(
            pub(super) const $record: Command = Command {
                number: $number,
                name: $name,
                thread_safe: true,
                help: $help,
                syntaxes: &[native!($function(process, elementRef, $names, $values))],
            };

            fn $function(
                process: &mut Process,
                reference: Text,
                name: Option<Var<Text>>,
                value: Option<Var<Value>>,
            ) -> Result<Text> {
                go(process, &reference, name.as_ref(), value.as_ref(), $way)
            }
        )*
    };
}

ways! {
    FIRST_CHILD, first_child, 723, "DOM Get first child XML element", childElemName, childElemValue,
        "The first element in an element, its name and its value.", |tree, id| tree.elements(id).next();
    LAST_CHILD, last_child, 925, "DOM Get last child XML element", childElemName, childElemValue,
        "The last element in an element, its name and its value.", last_element;
    NEXT_SIBLING, next_sibling, 724, "DOM Get next sibling XML element", siblingElemName, siblingElemValue,
        "The element after an element, its name and its value.", next_element;
    PREVIOUS_SIBLING, previous_sibling, 924, "DOM Get previous sibling XML element", siblingElemName, siblingElemValue,
        "The element before an element, its name and its value.", previous_element;
    PARENT, parent, 923, "DOM Get parent XML element", parentElemName, parentElemValue,
        "The element around an element, its name and its value.", |tree, id| tree.parent(id);
}

fn last_element(tree: &Tree, id: NodeId) -> Option<NodeId> {
    let mut at = tree.last(id);
    while let Some(node) = at.filter(|node| tree.element(*node).is_none()) {
        at = tree.previous(node);
    }
    at
}

fn next_element(tree: &Tree, id: NodeId) -> Option<NodeId> {
    let mut at = tree.next(id);
    while let Some(node) = at.filter(|node| tree.element(*node).is_none()) {
        at = tree.next(node);
    }
    at
}

fn previous_element(tree: &Tree, id: NodeId) -> Option<NodeId> {
    let mut at = tree.previous(id);
    while let Some(node) = at.filter(|node| tree.element(*node).is_none()) {
        at = tree.previous(node);
    }
    at
}

pub(super) const ROOT: Command = Command {
    number: 1053,
    name: "DOM Get root XML element",
    thread_safe: true,
    help: "The root of the tree to which an element belongs.",
    syntaxes: &[native!(root(process, elementRef))],
};

fn root(process: &mut Process, reference: Text) -> Result<Text> {
    go(process, &reference, None, None, |tree, _| tree.root())
}

pub(super) const DOCUMENT_REF: Command = Command {
    number: 1088,
    name: "DOM Get XML document ref",
    thread_safe: true,
    help: "The document node of the tree to which an element belongs: the parent of its root.",
    syntaxes: &[native!(document_ref(process, elementRef))],
};

fn document_ref(process: &mut Process, reference: Text) -> Result<Text> {
    go(process, &reference, None, None, |_, _| Some(DOCUMENT))
}

/// Whether an element has a name, with case or without as the tree says.
fn is_named(tree: &Tree, id: NodeId, wanted: &str) -> bool {
    tree.element(id).is_some_and(|element| {
        *element.name == *wanted
            || (tree.options.case == 2 && element.name.to_lowercase() == wanted.to_lowercase())
    })
}

pub(super) const COUNT_ELEMENTS: Command = Command {
    number: 726,
    name: "DOM Count XML elements",
    thread_safe: true,
    help: "How many elements of a name stand directly in an element.",
    syntaxes: &[native!(count_elements(process, elementRef, elementName))],
};

fn count_elements(process: &mut Process, reference: Text, name: Text) -> Result<i32> {
    let trees = process.state::<Trees>();
    let counted = trees.place(&reference).and_then(|place| {
        let tree = trees.tree(place)?;
        let count = tree.elements(place.node).filter(|id| is_named(tree, *id, &name.to_str())).count();
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    });
    with_ok(process, counted)
}

pub(super) const GET_ELEMENT: Command = Command {
    number: 725,
    name: "DOM Get XML element",
    thread_safe: true,
    help: "The element of a name and a number in an element, with its value and its attributes.",
    syntaxes: &[native!(get_element(
        process,
        elementRef,
        elementName,
        index,
        elementValue,
        attrNames,
        attrValues
    ))],
};

fn get_element(
    process: &mut Process,
    reference: Text,
    name: Text,
    index: i32,
    value: Option<Var<Value>>,
    names: Option<Var<Array>>,
    values: Option<Var<Array>>,
) -> Result<Text> {
    let found = go(process, &reference, None, value.as_ref(), |tree, id| {
        let index = usize::try_from(index).ok()?.checked_sub(1)?;
        tree.elements(id).filter(|id| is_named(tree, *id, &name.to_str())).nth(index)
    })?;
    let trees = process.state::<Trees>();
    let mut pairs = Vec::new();
    if let Ok(place) = trees.place(&found)
        && let Some(element) = trees.tree(place)?.element(place.node)
    {
        pairs.clone_from(&element.attributes);
    }
    fill_attributes(names.as_ref(), values.as_ref(), &pairs);
    Ok(found)
}

/// Fills arrays with names and values of attributes.
pub fn fill_attributes(
    names: Option<&Var<Array>>,
    values: Option<&Var<Array>>,
    pairs: &[(std::rc::Rc<str>, String)],
) {
    if let Some(names) = names {
        fill(names, pairs.iter().map(|(name, _)| Text::from(&**name)));
    }
    if let Some(values) = values {
        fill(values, pairs.iter().map(|(_, value)| Text::from(value)));
    }
}

/// Makes an array one of these texts.
fn fill(target: &Var<Array>, texts: impl Iterator<Item = Text>) {
    let items = std::iter::once(Text::default()).chain(texts).collect();
    target.array(ArrayType::Text).with_mut(|old| *old = Items::Text(items));
}

pub(super) const FIND: Command = Command {
    number: 864,
    name: "DOM Find XML element",
    thread_safe: true,
    help: "The first node to which an XPath leads, and in an array all of them.",
    syntaxes: &[native!(find(process, elementRef, xPath, arrElementRefs))],
};

fn find(process: &mut Process, reference: Text, xpath: Text, all: Option<Var<Array>>) -> Result<Text> {
    let outcome = find_all(process.state::<Trees>(), &reference, &xpath.to_str());
    let found = with_ok(process, outcome)?;
    let first = found.first().cloned();
    if let Some(all) = all {
        fill(&all, found.into_iter());
    }
    process.set_ok(first.is_some());
    Ok(first.unwrap_or_else(|| Text::from(NOTHING)))
}

fn find_all(trees: &mut Trees, reference: &Text, xpath: &str) -> Result<Vec<Text>> {
    let place = trees.place(reference)?;
    let found = find_nodes(trees, place, xpath)?;
    found.into_iter().map(|found| trees.found(place, found)).collect()
}

/// What a path leads to.
///
/// # Errors
/// It is no path.
pub fn find_nodes(trees: &Trees, place: Place, xpath: &str) -> Result<Vec<path::Found>> {
    path::find(trees.tree(place)?, place.node, xpath)
        .map_err(|message| Error::quatre(5753, format!("`{xpath}` is no path: {message}")))
}

pub(super) const FIND_BY_ID: Command = Command {
    number: 1010,
    name: "DOM Find XML element by ID",
    thread_safe: true,
    help: "The element of a tree whose attribute `id` has a value.",
    syntaxes: &[native!(find_by_id(process, elementRef, id))],
};

fn find_by_id(process: &mut Process, reference: Text, wanted: Text) -> Result<Text> {
    let wanted = wanted.to_str();
    go(process, &reference, None, None, |tree, _| {
        let attribute = |id: NodeId, name: &str| tree.attribute(id, name) == Some(&*wanted);
        let has = |id: &NodeId| attribute(*id, "id") || attribute(*id, "ID") || attribute(*id, "xml:id");
        tree.descendants(DOCUMENT).find(has)
    })
}

pub(super) const CHILD_NODES: Command = Command {
    number: 1081,
    name: "DOM GET XML CHILD NODES",
    thread_safe: true,
    help: "Fills arrays with the kinds of all nodes in an element, and with their references or contents.",
    syntaxes: &[native!(child_nodes(process, elementRef, childTypesArr, nodeRefsArr))],
};

fn child_nodes(
    process: &mut Process,
    reference: Text,
    kinds: Var<Array>,
    contents: Var<Array>,
) -> Result<()> {
    let trees = process.state::<Trees>();
    let listed = trees.place(&reference).and_then(|place| {
        let tree = trees.tree(place)?;
        let (mut types, mut texts) = (vec![0], vec![Text::default()]);
        for child in tree.children(place.node) {
            let (kind, text) = match tree.data(child) {
                Data::Element(_) => (11, place.with(child).text()),
                Data::Text(text) => (6, Text::from(&**text)),
                Data::CData(text) => (7, Text::from(&**text)),
                Data::Comment(text) => (2, Text::from(&**text)),
                Data::Instruction(pair) => (3, Text::from(format!("{} {}", pair.0, pair.1).trim_end())),
                Data::DocType(text) => (10, Text::from(&**text)),
                Data::Document | Data::Attribute(_) | Data::Removed => continue,
            };
            types.push(kind);
            texts.push(text);
        }
        Ok((types, texts))
    });
    let (types, texts) = with_ok(process, listed)?;
    let array = kinds.array(ArrayType::Longint);
    let text_kinds = array.with(|items| items.element_type() == ArrayType::Text);
    let items = if text_kinds {
        Items::Text(types.iter().map(|kind| Text::from(kind.to_string())).collect())
    } else {
        Items::Longint(types)
    };
    array.with_mut(|old| *old = items);
    contents.array(ArrayType::Text).with_mut(|old| *old = Items::Text(texts));
    Ok(())
}
