//! The trees that a process has open, and the references to their nodes: sixteen hexadecimal digits, eight for the tree
//! and eight for the node. The number of a tree is that of no other in the program, so a reference that wandered into
//! another process is told from one of its own.

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{Datelike, FixedOffset, NaiveDateTime};
use rustc_hash::FxHashMap;

use crate::builtin::parameter::Var;
use crate::runtime::process::Process;
use crate::value::Value;
use crate::value::error::{Error, Result};
use crate::value::text::Text;
use crate::value::xml::path::Found;
use crate::value::xml::tree::{DOCUMENT, Data, NodeId, Tree};
use crate::value::xml::{Options, Problem, convert, name};

/// The reference of nothing.
pub const NOTHING: &str = "0000000000000000";

static LAST_TREE: AtomicU32 = AtomicU32::new(0);

/// What the XML commands keep for a process.
#[derive(Default)]
pub struct Trees {
    open: FxHashMap<u32, Tree>,
    /// The last problem of reading a document.
    pub problem: Option<Problem>,
    /// Entities that lie outside may be declared.
    pub external: bool,
}

/// A node of an open tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The number of the tree.
    pub tree: u32,
    /// The node.
    pub node: NodeId,
}

impl Place {
    /// The reference.
    pub fn text(self) -> Text {
        Text::from(format!("{:08X}{:08X}", self.tree, self.node))
    }

    /// Another node of the same tree.
    pub fn with(self, node: NodeId) -> Self {
        Self { node, ..self }
    }
}

#[cold]
fn unknown(reference: &Text) -> Error {
    let shown = reference.slice(0, 40);
    Error::quatre(5751, format!("`{}` is no reference of an open XML tree", shown.to_str()))
}

impl Trees {
    /// Keeps a tree; its root.
    pub fn add(&mut self, tree: Tree) -> Place {
        let number = LAST_TREE.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        let node = tree.root().unwrap_or(DOCUMENT);
        self.open.insert(number, tree);
        Place { tree: number, node }
    }

    /// The node of a reference.
    ///
    /// # Errors
    /// There is none.
    pub fn place(&self, reference: &Text) -> Result<Place> {
        let text = reference.to_str();
        let place = text.split_at_checked(8).filter(|_| text.len() == 16 && !text.contains('+')).and_then(
            |(tree, node)| {
                let (tree, node) = (u32::from_str_radix(tree, 16).ok()?, u32::from_str_radix(node, 16).ok()?);
                let open = self.open.get(&tree)?;
                let place = Place { tree, node };
                let here = match open.data(node) {
                    Data::Removed => false,
                    Data::Attribute(name) => {
                        let owner = open.parent(node)?;
                        open.attribute(owner, name).is_some()
                    }
                    Data::Document
                    | Data::Element(_)
                    | Data::Text(_)
                    | Data::CData(_)
                    | Data::Comment(_)
                    | Data::Instruction(_)
                    | Data::DocType(_) => true,
                };
                here.then_some(place)
            },
        );
        place.ok_or_else(|| unknown(reference))
    }

    /// The tree of a node.
    ///
    /// # Errors
    /// It was closed.
    pub fn tree(&self, place: Place) -> Result<&Tree> {
        self.open.get(&place.tree).ok_or_else(|| unknown(&place.text()))
    }

    /// The same, to be changed.
    ///
    /// # Errors
    /// It was closed.
    pub fn tree_mut(&mut self, place: Place) -> Result<&mut Tree> {
        self.open.get_mut(&place.tree).ok_or_else(|| unknown(&place.text()))
    }

    /// The node of a reference, which must be an element.
    ///
    /// # Errors
    /// There is none, or it is no element.
    pub fn element(&self, reference: &Text) -> Result<Place> {
        let place = self.place(reference)?;
        if self.tree(place)?.element(place.node).is_none() {
            return Err(Error::quatre(
                5756,
                format!("`{}` is the reference of no element", reference.to_str()),
            ));
        }
        Ok(place)
    }

    /// Closes a tree.
    pub fn close(&mut self, place: Place) {
        self.open.remove(&place.tree);
    }

    /// The reference of what a path found; an attribute gets a node of its own.
    ///
    /// # Errors
    /// The tree was closed.
    pub fn found(&mut self, place: Place, found: Found) -> Result<Text> {
        let tree = self.tree_mut(place)?;
        let attribute = found.attribute.and_then(|at| tree.element(found.node)?.attributes.get(at));
        let node = match attribute.map(|(name, _)| std::rc::Rc::clone(name)) {
            Some(name) => tree.attribute_node(found.node, &name),
            None => found.node,
        };
        Ok(place.with(node).text())
    }
}

/// The name of a node, as the commands give it.
pub fn name_of(tree: &Tree, node: NodeId) -> String {
    match tree.data(node) {
        Data::Document => "#document".to_owned(),
        Data::Element(element) => element.name.to_string(),
        Data::Text(_) => "#text".to_owned(),
        Data::CData(_) => "#cdata-section".to_owned(),
        Data::Comment(_) => "#comment".to_owned(),
        Data::Instruction(pair) => pair.0.clone(),
        Data::DocType(_) => tree.dtd.name.clone(),
        Data::Attribute(name) => name.to_string(),
        Data::Removed => String::new(),
    }
}

/// The error for a malformed document, which `XML GET ERROR` tells afterwards.
pub fn malformed(process: &mut Process, problem: Problem) -> Error {
    let message =
        format!("malformed XML in line {}, column {}: {}", problem.line, problem.column, problem.message);
    process.state::<Trees>().problem = Some(problem);
    Error::quatre(5752, message)
}

/// Sets OK to whether it went well.
pub fn with_ok<T>(process: &mut Process, outcome: Result<T>) -> Result<T> {
    process.set_ok(outcome.is_ok());
    outcome
}

/// Runs a change of the trees, and sets OK.
pub fn with_trees<T>(process: &mut Process, run: impl FnOnce(&mut Trees) -> Result<T>) -> Result<T> {
    let outcome = run(process.state::<Trees>());
    with_ok(process, outcome)
}

/// The offset of the time zone in force at a local time.
fn offset(process: &Process, moment: NaiveDateTime) -> FixedOffset {
    // Times without a day have the zone of today.
    if moment.year() < 1971 {
        return *process.runtime.host.now().offset();
    }
    process.runtime.host.offset_at(moment)
}

/// Writes a text into a variable, as a value of its type.
pub fn put(process: &Process, target: &Var<Value>, text: &str) {
    target.set(convert::decode(text, target.declared(), &|moment| offset(process, moment)));
}

/// The text for a value.
///
/// # Errors
/// It has none.
pub fn encoded(process: &Process, value: &Value, options: &Options) -> Result<String> {
    convert::encode(value, options, &|moment| offset(process, moment))
}

/// Checks the name of an element or attribute.
///
/// # Errors
/// It is none.
pub fn checked_name(given: &str) -> Result<()> {
    if name::is_qualified(given) {
        return Ok(());
    }
    Err(Error::quatre(5754, format!("`{given}` is no name for XML")))
}
