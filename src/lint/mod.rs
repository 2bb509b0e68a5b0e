//! What `check` says beyond names and types: one file a family of warnings, each a function over a unit of code.
//!
//! The rule of the house: a warning is given only where the code itself proves it. What may come from a form, a
//! database, a component or a plug-in is not known here, and nothing is said about it.

pub mod bindings;

pub mod calls;

pub mod casing;

pub mod flow;

pub mod infer;

pub mod members;

pub mod operators;

pub mod shape;

pub mod suppress;

pub mod threads;

pub mod traps;

pub mod unused;

use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic};
use crate::resolve::{Code4D, Environment};
use crate::source::SourceFile;
use crate::source::span::Span;
use crate::syntax::tree::{Attributes, Comment};
use crate::value::function::{ClassId, MethodId};
use bindings::Bindings;
use shape::Shape;
use threads::Threading;

/// What the rest of the program tells about other units of code.
pub trait Facts {
    /// The names that the code sees.
    fn environment(&self) -> &dyn Environment;
    /// The members of a class and of the classes above it; none when its text cannot be read.
    fn shape(&self, class: ClassId) -> Option<Arc<Shape>>;
    /// Whether any class of the program has a member of this name.
    fn is_member_somewhere(&self, name: &str) -> bool;
    /// What a method does that preemptive processes may not.
    fn threading(&self, method: MethodId) -> Arc<Threading>;
    /// Whether preemptive processes may call a command.
    fn is_thread_safe(&self, command: u16) -> bool;
}

/// What is looked at: a method, or a function of a class.
pub struct Unit<'a> {
    /// What the rest of the program tells.
    pub facts: &'a dyn Facts,
    /// The file.
    pub file: &'a SourceFile,
    /// Heading and body.
    pub code: &'a Code4D<'a>,
    /// The attributes of a method.
    pub attributes: Option<&'a Attributes>,
    /// All comments of the file.
    pub comments: &'a [Comment],
    /// The line of the heading of a function, for what is missing as a whole.
    pub heading: Option<Span>,
}

/// All warnings about a unit of code.
pub fn lint(unit: &Unit<'_>) -> Vec<Diagnostic> {
    let bindings = Bindings::collect(unit);
    let mut found = Vec::new();
    operators::mixed(unit, &mut found);
    flow::unreachable(unit, &mut found);
    flow::missing_result(unit, &bindings, &mut found);
    unused::locals(unit, &bindings, &mut found);
    calls::commands(unit, &mut found);
    calls::too_many(unit, &mut found);
    members::unknown(unit, &bindings, &mut found);
    casing::properties(unit, &mut found);
    traps::all(unit, &bindings, &mut found);
    threads::preemptive(unit, &mut found);
    found
}

fn warning(code: u16, message: impl Into<String>, span: Span, label: impl Into<String>) -> Diagnostic {
    Diagnostic::warning(Code::Quatre(code), message).at(span, label)
}

fn error(code: u16, message: impl Into<String>, span: Span, label: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::Quatre(code), message).at(span, label)
}

/// Names of locals are found whatever their case.
fn folded(name: &str) -> String {
    name.to_lowercase()
}
