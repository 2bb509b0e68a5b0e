//! `XPath` 1.0 over the trees of XML: all axes, operators and functions.
//!
//! The trees of 4D are open to changes, so no index is kept: a path is read into a small tree and walked. Prefixes are
//! compared as they are written, because the commands know no binding of prefixes for a path.

pub mod evaluate;
mod functions;
pub mod parse;
mod steps;

use crate::value::xml::tree::{NodeId, Tree};

/// A node that a path leads to: of an attribute its element, and its place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Found {
    /// The node.
    pub node: NodeId,
    /// The place of the attribute, when it is one.
    pub attribute: Option<usize>,
}

impl Found {
    /// A node that is no attribute.
    pub fn node(node: NodeId) -> Self {
        Self { node, attribute: None }
    }
}

/// An axis: where a step leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// `ancestor`
    Ancestor,
    /// `ancestor-or-self`
    AncestorOrSelf,
    /// `attribute`, `@`
    Attribute,
    /// `child`
    Child,
    /// `descendant`
    Descendant,
    /// `descendant-or-self`
    DescendantOrSelf,
    /// `following`
    Following,
    /// `following-sibling`
    FollowingSibling,
    /// `namespace`: there are no such nodes here.
    Namespace,
    /// `parent`
    Parent,
    /// `preceding`
    Preceding,
    /// `preceding-sibling`
    PrecedingSibling,
    /// `self`
    Myself,
}

/// Which nodes of an axis are meant.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// `*`
    Any,
    /// `prefix:*`
    Prefix(String),
    /// `name`
    Name(String),
    /// `node()`
    Node,
    /// `text()`
    Text,
    /// `comment()`
    Comment,
    /// `processing-instruction('target')`
    Instruction(Option<String>),
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Where it leads.
    pub axis: Axis,
    /// Which nodes.
    pub test: Test,
    /// What must hold for them.
    pub predicates: Vec<Expression>,
}

/// An operator between two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `or`
    Or,
    /// `and`
    And,
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `div`
    Divide,
    /// `mod`
    Modulo,
    /// `|`
    Union,
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A path, from the document or from the node that is looked at.
    Path {
        /// It begins with `/`.
        absolute: bool,
        /// Its steps.
        steps: Vec<Step>,
    },
    /// A set of nodes given by an expression, then filtered and followed.
    Filter {
        /// The nodes.
        base: Box<Self>,
        /// What must hold for them.
        predicates: Vec<Self>,
        /// Where it goes on.
        steps: Vec<Step>,
    },
    /// An operator between two expressions.
    Binary(Operator, Box<Self>, Box<Self>),
    /// `-x`
    Negate(Box<Self>),
    /// A text.
    Literal(String),
    /// A number.
    Number(f64),
    /// A function.
    Call(String, Vec<Self>),
}

/// What an expression gives.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nodes, in the order of the document.
    Nodes(Vec<Found>),
    /// A truth.
    Boolean(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

/// The nodes that a path leads to from a node, in the order of the document.
///
/// # Errors
/// It is no path.
pub fn find(tree: &Tree, from: NodeId, path: &str) -> Result<Vec<Found>, String> {
    let expression = parse::expression(path)?;
    match evaluate::Evaluator::new(tree).evaluate(&expression, evaluate::Context::at(Found::node(from)))? {
        Value::Nodes(nodes) => Ok(nodes),
        Value::Boolean(_) | Value::Number(_) | Value::Text(_) => {
            Err("the expression leads to no nodes".to_owned())
        }
    }
}
