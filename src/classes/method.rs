//! `4D.Method`: a method made of a text.

use std::sync::Arc;

use crate::builtin::{Class, Function, Property};
use crate::classes::function::{APPLY, CALL, SOURCE};
use crate::native;
use crate::runtime::process::Process;
use crate::value::Value;
use crate::value::collection::Collection;
use crate::value::error::Result;
use crate::value::function::{Function as Handle, Origin};
use crate::value::object::Object;
use crate::value::text::Text;

/// The class.
pub const CLASS: Class = Class {
    store: "4D",
    name: "Method",
    extends: Some("Function"),
    constructor: Some(native!(new(process, source, name))),
    functions: &[APPLY, CALL, CHECK_SYNTAX],
    properties: &[NAME, SOURCE],
};

fn new(process: &mut Process, source: Text, name: Option<Text>) -> Result<Object> {
    let name =
        name.filter(|name| !name.is_empty()).map_or_else(|| "anonymous".to_owned(), |name| name.to_string());
    let source: Arc<str> = Arc::from(source.to_str());
    let code = process.add_method(&source, &name);
    Ok(Object::function(Handle {
        origin: Origin::Method,
        code,
        captured: Vec::new(),
        source,
        name: Arc::from(name.as_str()),
    }))
}

const CHECK_SYNTAX: Function = Function {
    name: "checkSyntax",
    help: "Checks the text of the method and tells what is wrong with it.",
    syntaxes: &[native!(check_syntax(process, this))],
};

fn check_syntax(process: &mut Process, this: Object) -> Object {
    let result = Object::new();
    let problems = match this.as_function() {
        Some(function) => process.problems_of(function.code),
        None => Vec::new(),
    };
    result.put("success", problems.is_empty());
    if !problems.is_empty() {
        let errors: Collection = problems
            .iter()
            .map(|problem| {
                let error = Object::new();
                error.put("isError", true);
                error.put("message", problem.message.as_str());
                let line = problem.primary.as_ref().and_then(|label| process.line_of(label.span));
                error.put("lineInFile", line.unwrap_or(0));
                Value::Object(error)
            })
            .collect();
        result.put("errors", errors);
    }
    result
}

const NAME: Property = Property {
    name: "name",
    help: "The name of the method, for reports.",
    get: native!(name(this)),
    set: None,
};

fn name(this: Object) -> String {
    this.as_function().map(|function| function.name.to_string()).unwrap_or_default()
}
