//! Elements made along a path.

use crate::builtin::Command;
use crate::builtin::parameter::Rest;
use crate::commands::xml_dom::change::{array_pairs, pairs};
use crate::commands::xml_dom::reference::{Trees, checked_name, with_ok};
use crate::native;
use crate::runtime::process::Process;
use crate::value::Value;
use crate::value::array::Array;
use crate::value::error::{Error, Result};
use crate::value::text::Text;
use crate::value::xml::path;
use crate::value::xml::tree::{DOCUMENT, Data, Element, NodeId, Tree};

/// An element is not made as the ten millionth of its name by a slip.
const MOST_INDEX: usize = 1_000_000;

pub(super) const CREATE_ELEMENT: Command = Command {
    number: 865,
    name: "DOM Create XML element",
    thread_safe: true,
    help: "Makes an element at a path, with those on the way that are missing, and gives its reference.",
    syntaxes: &[native!(create_element(process, elementRef, xPath, attribName))],
};

fn create_element(
    process: &mut Process,
    reference: Text,
    xpath: Text,
    given: Rest<(Text, Value)>,
) -> Result<Text> {
    let outcome = create(process, &reference, &xpath.to_str(), given.0);
    with_ok(process, outcome)
}

pub(super) const CREATE_ELEMENT_ARRAYS: Command = Command {
    number: 1097,
    name: "DOM Create XML element arrays",
    thread_safe: true,
    help: "Makes an element at a path with attributes from arrays, and gives its reference.",
    syntaxes: &[native!(create_element_arrays(process, elementRef, xPath, attribNamesArray))],
};

fn create_element_arrays(
    process: &mut Process,
    reference: Text,
    xpath: Text,
    arrays: Rest<(Array, Array)>,
) -> Result<Text> {
    let outcome = create(process, &reference, &xpath.to_str(), array_pairs(arrays.0));
    with_ok(process, outcome)
}

fn create(process: &mut Process, reference: &Text, xpath: &str, given: Vec<(Text, Value)>) -> Result<Text> {
    let trees = process.state::<Trees>();
    let options = trees.tree(trees.place(reference)?)?.options;
    let pairs = pairs(process, given, &options)?;
    let trees = process.state::<Trees>();
    let place = trees.place(reference)?;
    let tree = trees.tree_mut(place)?;
    let made = along(tree, place.node, xpath)?;
    for (name, value) in pairs {
        tree.set_attribute(made, &name, value);
    }
    Ok(place.with(made).text())
}

#[cold]
fn no_path(xpath: &str, why: &str) -> Error {
    Error::quatre(5753, format!("no element can be made at `{xpath}`: {why}"))
}

/// The steps of a path; what stands in brackets is not cut.
fn steps(path: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let mut quote = None;
    path.split(|c: char| {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '[') => depth += 1,
            (None, ']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == '/' && depth == 0 && quote.is_none()
    })
    .collect()
}

/// A step as a name and a number.
fn plain(step: &str) -> Option<(&str, Option<usize>)> {
    let Some((name, rest)) = step.split_once('[') else { return Some((step, None)) };
    let index =
        rest.strip_suffix(']')?.trim().parse().ok().filter(|index| (1..=MOST_INDEX).contains(index))?;
    Some((name, Some(index)))
}

/// Makes the element of a path.
fn along(tree: &mut Tree, from: NodeId, xpath: &str) -> Result<NodeId> {
    let trimmed = xpath.trim();
    let absolute = trimmed.starts_with('/');
    let mut steps = steps(trimmed.strip_prefix('/').unwrap_or(trimmed));
    let mut at = from;
    if absolute {
        let first = steps.first().copied().unwrap_or_default();
        let root =
            path::find(tree, DOCUMENT, &format!("/{first}")).ok().and_then(|found| found.first().copied());
        at = root.ok_or_else(|| no_path(xpath, "it does not begin with the root"))?.node;
        steps.remove(0);
    }
    let Some((last, way)) = steps.split_last() else {
        return Err(no_path(xpath, "a document has one root only"));
    };
    if tree.element(from).is_none() && !absolute {
        return Err(no_path(xpath, "it begins at no element"));
    }
    // All names are looked at before anything is made.
    for step in steps.iter().filter_map(|step| plain(step)) {
        if !matches!(step.0, "." | "..") {
            checked_name(step.0)?;
        }
    }
    for step in way {
        at = existing(tree, at, step, xpath)?;
    }
    let (name, index) = plain(last)
        .filter(|(name, _)| !matches!(*name, "." | ".."))
        .ok_or_else(|| no_path(xpath, "it does not end in a name, with a number or without"))?;
    Ok(add(tree, at, name, index))
}

/// The element of a step that is on the way, made when it is not there.
fn existing(tree: &mut Tree, at: NodeId, step: &str, xpath: &str) -> Result<NodeId> {
    let found = path::find(tree, at, step).map_err(|message| no_path(xpath, &message))?;
    let found =
        found.into_iter().find(|found| found.attribute.is_none() && tree.element(found.node).is_some());
    if let Some(found) = found {
        return Ok(found.node);
    }
    match plain(step) {
        Some((name, index)) if !matches!(name, "." | "..") => Ok(add(tree, at, name, index)),
        Some(_) | None => Err(no_path(xpath, &format!("`{step}` leads nowhere"))),
    }
}

/// Adds elements of a name: one at the end, or before the one of this number, or as many as make it that.
fn add(tree: &mut Tree, parent: NodeId, name: &str, index: Option<usize>) -> NodeId {
    let data = || Data::Element(Box::new(Element { name: name.into(), attributes: Vec::new() }));
    let Some(index) = index else { return tree.append(parent, data()) };
    let same: Vec<NodeId> = tree
        .elements(parent)
        .filter(|id| tree.element(*id).is_some_and(|element| *element.name == *name))
        .collect();
    if let Some(there) = same.get(index - 1) {
        let id = tree.make(data());
        tree.insert(parent, id, Some(*there));
        return id;
    }
    let mut made = parent;
    for _ in same.len()..index {
        made = tree.append(parent, data());
    }
    made
}
