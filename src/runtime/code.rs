//! The closures that `generate` builds and a process runs.
//!
//! A typed closure gives a bare scalar; one that fails leaves its error in the process and gives zero. A general
//! closure gives a `Result<Value>`. A statement gives one byte.

use std::sync::Arc;

use crate::program::ids::Slot;
use crate::program::tree::Method;
use crate::runtime::process::Process;
use crate::value::Value;
use crate::value::error::Result;

/// What comes after a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// The next one.
    Next,
    /// Out of the loop.
    Break,
    /// The next turn of the loop.
    Continue,
    /// Out of the method.
    Return,
    /// An error is pending in the process.
    Fail,
}

/// Computes something.
pub type Code<T> = Box<dyn Fn(&mut Process) -> T>;
/// Computes a whole number that fits in 53 bits.
pub type IntegerCode = Code<i64>;
/// Computes a Real.
pub type RealCode = Code<f64>;
/// Computes a Boolean.
pub type BooleanCode = Code<bool>;
/// Computes any value.
pub type ValueCode = Code<Result<Value>>;
/// Does something.
pub type StatementCode = Code<Flow>;

/// Where the result of a unit of code is found when it has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultHome {
    /// There is none.
    Nothing,
    /// Unboxed.
    Integer(Slot),
    /// Unboxed.
    Real(Slot),
    /// Unboxed.
    Boolean(Slot),
    /// A value, or a variable that holds it.
    Value(Slot),
}

/// A unit of code, ready to run in one process.
pub struct MethodCode {
    /// What it was generated from.
    pub method: Arc<Method>,
    /// Runs it in a frame that has been made.
    pub body: StatementCode,
    /// What the values of a new frame hold.
    pub defaults: Vec<Value>,
    /// The size of the unboxed part of the frame.
    pub words: usize,
    /// Where the result is.
    pub result: ResultHome,
    /// Each parameter stands in the slot where a caller that only knows its type puts it: bare ones in the first words,
    /// the others in the first values.
    pub in_place: bool,
}
