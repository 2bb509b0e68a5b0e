//! `4D.Function`, and what formulas and method objects have in common with it.

use crate::builtin::parameter::Rest;
use crate::builtin::{Class, Function, Property};
use crate::native;
use crate::runtime::process::Process;
use crate::value::Value;
use crate::value::collection::Collection;
use crate::value::error::{Error, Result};
use crate::value::object::Object;

/// The class.
pub const CLASS: Class = Class {
    store: "4D",
    name: "Function",
    extends: None,
    constructor: None,
    functions: &[APPLY, CALL],
    properties: &[SOURCE],
};

/// `.apply({thisObj {; params}})`
pub const APPLY: Function = Function {
    name: "apply",
    help: "Calls the function with an object as `This` and its parameters in a collection.",
    syntaxes: &[native!(apply(process, this, thisObj, params))],
};

fn apply(
    process: &mut Process,
    this: Object,
    receiver: Option<Value>,
    params: Option<Collection>,
) -> Result<Value> {
    let arguments = params.map(|params| params.to_vec()).unwrap_or_default();
    run(process, &this, receiver, arguments)
}

/// `.call({thisObj {; params…}})`
pub const CALL: Function = Function {
    name: "call",
    help: "Calls the function with an object as `This` and its parameters after it.",
    syntaxes: &[native!(call(process, this, thisObj, params))],
};

fn call(process: &mut Process, this: Object, receiver: Option<Value>, params: Rest<Value>) -> Result<Value> {
    run(process, &this, receiver, params.0)
}

/// `.source`
pub const SOURCE: Property =
    Property { name: "source", help: "The text of the function.", get: native!(source(this)), set: None };

fn source(this: Object) -> String {
    this.as_function().map(|function| function.source.to_string()).unwrap_or_default()
}

fn run(
    process: &mut Process,
    function: &Object,
    receiver: Option<Value>,
    arguments: Vec<Value>,
) -> Result<Value> {
    let Some(function) = function.as_function() else {
        return Err(Error::types("this object is no function"));
    };
    let site = process.site().unwrap_or_default();
    process.call_function(&function, receiver.unwrap_or(Value::Null), arguments, site)
}
