//! Handles of classes and of code: numbers, never the code itself, which each process generates for itself.

use std::sync::Arc;

use crate::value::Value;

/// The number of a unit of code in the program: a method, a class function, a formula.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MethodId(pub u32);

/// The number of a class of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassId(pub u32);

/// A class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClassRef {
    /// A class of the program: `cs.Person`.
    User(ClassId),
    /// A class that 4D brings, by its name: `File` of `4D.File`.
    BuiltIn(&'static str),
}

/// What a function object was made from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// `Formula(…)`, `Formula from string(…)`
    Formula,
    /// `4D.Method.new(…)`
    Method,
    /// A function of a class of the program.
    ClassFunction,
    /// A function of a built-in class, by class and name, or a class store's `new`.
    BuiltIn(&'static str, &'static str),
}

/// A function as a value.
#[derive(Clone, Debug)]
pub struct Function {
    /// What it was made from.
    pub origin: Origin,
    /// Its code; of a built-in function without meaning.
    pub code: MethodId,
    /// The values of the locals that a formula refers to, as they were when it was made.
    pub captured: Vec<Value>,
    /// Its text, as `.source` gives it.
    pub source: Arc<str>,
    /// Its name, when it has one.
    pub name: Arc<str>,
}

impl Function {
    /// The name of its class in `4D`.
    pub fn class_name(&self) -> &'static str {
        match self.origin {
            Origin::Formula => "Formula",
            Origin::Method => "Method",
            Origin::ClassFunction | Origin::BuiltIn(..) => "Function",
        }
    }
}
