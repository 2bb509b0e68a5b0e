//! A document in memory that can be changed: nodes in one vector, tied together by their numbers.
//!
//! The number of a node is never used again, so what was removed can be told from what is there.

use std::cell::RefCell;
use std::rc::Rc;

use crate::value::xml::Options;
use crate::value::xml::dtd::Dtd;
use crate::value::xml::scan::{Attribute, Declaration};

/// The number of a node in its document.
pub type NodeId = u32;

/// The number of the document node.
pub const DOCUMENT: NodeId = 0;

/// An element.
#[derive(Clone, Debug)]
pub struct Element {
    /// Its name, with its prefix.
    pub name: Rc<str>,
    /// Its attributes, in the order of the document.
    pub attributes: Vec<Attribute>,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum Data {
    /// The document, parent of the root element.
    Document,
    /// `<name>…</name>`
    Element(Box<Element>),
    /// Text.
    Text(Box<str>),
    /// `<![CDATA[…]]>`
    CData(Box<str>),
    /// `<!--…-->`
    Comment(Box<str>),
    /// `<?target content?>`
    Instruction(Box<(String, String)>),
    /// `<!DOCTYPE …>`
    DocType(Box<str>),
    /// An attribute of its parent to which somebody holds a reference; it is among no children.
    Attribute(Rc<str>),
    /// Nothing any more.
    Removed,
}

#[derive(Clone, Debug)]
struct Node {
    parent: Option<NodeId>,
    previous: Option<NodeId>,
    next: Option<NodeId>,
    first: Option<NodeId>,
    last: Option<NodeId>,
    data: Data,
}

/// A document.
#[derive(Debug)]
pub struct Tree {
    nodes: Vec<Node>,
    /// What its declaration says, or will say.
    pub declaration: Declaration,
    /// What its DOCTYPE says.
    pub dtd: Dtd,
    /// Where it was read from.
    pub uri: String,
    /// How it is written.
    pub options: Options,
    order: RefCell<Option<Rc<[u32]>>>,
}

impl Default for Tree {
    fn default() -> Self {
        Self::new()
    }
}

impl Tree {
    /// A document without a root.
    pub fn new() -> Self {
        let mut tree = Self {
            nodes: Vec::new(),
            declaration: Declaration::default(),
            dtd: Dtd::default(),
            uri: String::new(),
            options: Options::default(),
            order: RefCell::new(None),
        };
        tree.make(Data::Document);
        tree
    }

    /// A node that is nowhere yet.
    pub fn make(&mut self, data: Data) -> NodeId {
        let id = NodeId::try_from(self.nodes.len()).unwrap_or(NodeId::MAX);
        self.nodes.push(Node { parent: None, previous: None, next: None, first: None, last: None, data });
        id
    }

    fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(usize::try_from(id).ok()?)
    }

    fn node_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(usize::try_from(id).ok()?)
    }

    /// What a node is.
    pub fn data(&self, id: NodeId) -> &Data {
        self.node(id).map_or(&Data::Removed, |node| &node.data)
    }

    /// Changes what a node is.
    pub fn set_data(&mut self, id: NodeId, data: Data) {
        if let Some(node) = self.node_mut(id) {
            node.data = data;
        }
    }

    /// The element that a node is.
    pub fn element(&self, id: NodeId) -> Option<&Element> {
        if let Data::Element(element) = self.data(id) { Some(element) } else { None }
    }

    /// The element that a node is, to be changed.
    pub fn element_mut(&mut self, id: NodeId) -> Option<&mut Element> {
        match self.node_mut(id).map(|node| &mut node.data) {
            Some(Data::Element(element)) => Some(element),
            _ => None,
        }
    }

    /// The parent.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.parent
    }

    /// The first child.
    pub fn first(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.first
    }

    /// The last child.
    pub fn last(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.last
    }

    /// The node after this one, of the same parent.
    pub fn next(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.next
    }

    /// The node before this one, of the same parent.
    pub fn previous(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.previous
    }

    /// The children.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.first(id), |child| self.next(*child))
    }

    /// The children that are elements.
    pub fn elements(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.children(id).filter(|child| self.element(*child).is_some())
    }

    /// The nodes on the way up, beginning with the parent.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), |above| self.parent(*above))
    }

    /// The node that follows in the order of the document, within the tree below `top`.
    pub fn following(&self, id: NodeId, top: NodeId) -> Option<NodeId> {
        if let Some(first) = self.first(id) {
            return Some(first);
        }
        self.following_outside(id, top)
    }

    /// The same, past what is below the node.
    pub fn following_outside(&self, id: NodeId, top: NodeId) -> Option<NodeId> {
        let mut at = id;
        while at != top {
            if let Some(next) = self.next(at) {
                return Some(next);
            }
            at = self.parent(at)?;
        }
        None
    }

    /// All nodes below one, in order.
    pub fn descendants(&self, top: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.first(top), move |at| self.following(*at, top))
    }

    /// The root element.
    pub fn root(&self) -> Option<NodeId> {
        self.elements(DOCUMENT).next()
    }

    /// The value of an attribute.
    pub fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        let element = self.element(id)?;
        element.attributes.iter().find(|(known, _)| **known == *name).map(|(_, value)| value.as_str())
    }

    /// Sets an attribute.
    pub fn set_attribute(&mut self, id: NodeId, name: &str, value: String) {
        let Some(element) = self.element_mut(id) else { return };
        match element.attributes.iter_mut().find(|(known, _)| **known == *name) {
            Some((_, old)) => *old = value,
            None => element.attributes.push((name.into(), value)),
        }
    }

    /// All text below a node, CDATA sections included.
    pub fn text_of(&self, id: NodeId) -> String {
        match self.data(id) {
            Data::Text(text) | Data::CData(text) | Data::Comment(text) | Data::DocType(text) => {
                text.to_string()
            }
            Data::Instruction(pair) => pair.1.clone(),
            Data::Attribute(name) => {
                let owner = self.parent(id).unwrap_or(DOCUMENT);
                self.attribute(owner, name).unwrap_or_default().to_owned()
            }
            Data::Document | Data::Element(_) => {
                let mut all = String::new();
                for below in self.descendants(id) {
                    if let Data::Text(text) | Data::CData(text) = self.data(below) {
                        all.push_str(text);
                    }
                }
                all
            }
            Data::Removed => String::new(),
        }
    }

    /// The text that stands directly in an element.
    pub fn own_text(&self, id: NodeId) -> String {
        if self.element(id).is_none() {
            return self.text_of(id);
        }
        let mut all = String::new();
        for child in self.children(id) {
            if let Data::Text(text) = self.data(child) {
                all.push_str(text);
            }
        }
        all
    }

    /// The CDATA sections that stand directly in an element.
    pub fn own_cdata(&self, id: NodeId) -> String {
        let mut all = String::new();
        for child in self.children(id) {
            if let Data::CData(text) = self.data(child) {
                all.push_str(text);
            }
        }
        all
    }

    /// Puts a node that is nowhere before a child of `parent`, or after the last.
    pub fn insert(&mut self, parent: NodeId, id: NodeId, before: Option<NodeId>) {
        let previous = match before {
            Some(before) => self.previous(before),
            None => self.last(parent),
        };
        if let Some(node) = self.node_mut(id) {
            (node.parent, node.previous, node.next) = (Some(parent), previous, before);
        }
        match previous.and_then(|previous| self.node_mut(previous)) {
            Some(previous) => previous.next = Some(id),
            None => {
                if let Some(parent) = self.node_mut(parent) {
                    parent.first = Some(id);
                }
            }
        }
        match before.and_then(|before| self.node_mut(before)) {
            Some(before) => before.previous = Some(id),
            None => {
                if let Some(parent) = self.node_mut(parent) {
                    parent.last = Some(id);
                }
            }
        }
        self.order.take();
    }

    /// Makes a node the last child of another.
    pub fn append(&mut self, parent: NodeId, data: Data) -> NodeId {
        let id = self.make(data);
        self.insert(parent, id, None);
        id
    }

    /// Removes a node and all below it.
    pub fn remove(&mut self, id: NodeId) {
        let below: Vec<NodeId> = self.descendants(id).collect();
        let Some(node) = self.node(id) else { return };
        let (parent, previous, next) = (node.parent, node.previous, node.next);
        match previous.and_then(|previous| self.node_mut(previous)) {
            Some(previous) => previous.next = next,
            None => {
                if let Some(parent) = parent.and_then(|parent| self.node_mut(parent)) {
                    parent.first = next;
                }
            }
        }
        match next.and_then(|next| self.node_mut(next)) {
            Some(next) => next.previous = previous,
            None => {
                if let Some(parent) = parent.and_then(|parent| self.node_mut(parent)) {
                    parent.last = previous;
                }
            }
        }
        for gone in below.into_iter().chain([id]) {
            if let Some(node) = self.node_mut(gone) {
                *node = Node {
                    parent: None,
                    previous: None,
                    next: None,
                    first: None,
                    last: None,
                    data: Data::Removed,
                };
            }
        }
        self.order.take();
    }

    /// A node for an attribute, so that there can be a reference to it.
    pub fn attribute_node(&mut self, owner: NodeId, name: &Rc<str>) -> NodeId {
        let id = self.make(Data::Attribute(Rc::clone(name)));
        if let Some(node) = self.node_mut(id) {
            node.parent = Some(owner);
        }
        id
    }

    /// Copies a node and all below it, of this or another document, to a place among the children of `parent`.
    pub fn copy_from(
        &mut self,
        source: &[(usize, Data)],
        parent: NodeId,
        before: Option<NodeId>,
    ) -> Option<NodeId> {
        let mut path: Vec<NodeId> = vec![parent];
        let mut top = None;
        for (depth, data) in source {
            path.truncate(depth + 1);
            let id = self.make(data.clone());
            let above = path.last().copied().unwrap_or(parent);
            self.insert(above, id, if *depth == 0 { before } else { None });
            path.push(id);
            if *depth == 0 {
                top = Some(id);
            }
        }
        top
    }

    /// A node and all below it, each with its depth: what [`Tree::copy_from`] takes.
    pub fn snapshot(&self, id: NodeId) -> Vec<(usize, Data)> {
        let mut all = vec![(0, self.data(id).clone())];
        let mut depth = 0;
        let mut at = id;
        loop {
            if let Some(first) = self.first(at) {
                depth += 1;
                at = first;
            } else {
                while at != id && self.next(at).is_none() {
                    depth -= 1;
                    let Some(above) = self.parent(at) else { return all };
                    at = above;
                }
                let (false, Some(next)) = (at == id, self.next(at)) else { return all };
                at = next;
            }
            all.push((depth, self.data(at).clone()));
        }
    }

    /// The place of every node in the order of the document, by its number.
    pub fn order(&self) -> Rc<[u32]> {
        if let Some(known) = &*self.order.borrow() {
            return Rc::clone(known);
        }
        let mut places = vec![0; self.nodes.len()];
        for (place, id) in (1..).zip(self.descendants(DOCUMENT)) {
            if let Some(slot) = usize::try_from(id).ok().and_then(|id| places.get_mut(id)) {
                *slot = place;
            }
        }
        let places: Rc<[u32]> = places.into();
        *self.order.borrow_mut() = Some(Rc::clone(&places));
        places
    }
}
