//! `query` and `indices`: the elements that meet a condition written as a text.
//!
//! What a condition is and when it holds is the matter of [`crate::value::query`]; here its formulas are run.

use std::rc::Rc;

use crate::builtin::Function;
use crate::builtin::parameter::Rest;
use crate::classes::collection::alike;
use crate::native;
use crate::runtime::TextKind;
use crate::runtime::process::Process;
use crate::source::span::Span;
use crate::value::Value;
use crate::value::collection::Collection;
use crate::value::error::{Error, Result};
use crate::value::function::{self, MethodId};
use crate::value::query::read::{Given, read};
use crate::value::query::{Formula, World};
use crate::value::text::Text;

/// `.query(queryString {; value…}{; querySettings})`
pub const QUERY: Function = Function {
    name: "query",
    help: "A new collection of the elements that meet a condition written as a text.",
    syntaxes: &[native!(query(process, this, queryString, value))],
};

/// `.indices(queryString {; value…})`
pub const INDICES: Function = Function {
    name: "indices",
    help: "The positions of the elements that meet a condition written as a text.",
    syntaxes: &[native!(indices(process, this, queryString, value))],
};

fn query(process: &mut Process, this: Collection, text: Text, values: Rest<Value>) -> Result<Collection> {
    let found = matching(process, &this, &text, &values.0)?;
    alike(&this, found.into_iter().map(|(_, value)| value).collect())
}

fn indices(process: &mut Process, this: Collection, text: Text, values: Rest<Value>) -> Result<Collection> {
    let found = matching(process, &this, &text, &values.0)?;
    Ok(found.into_iter().map(|(index, _)| Value::Integer(i32::try_from(index).unwrap_or(i32::MAX))).collect())
}

fn matching(
    process: &mut Process,
    this: &Collection,
    text: &Text,
    values: &[Value],
) -> Result<Vec<(usize, Value)>> {
    let given = Given::new(values);
    let query = read(&text.to_str(), &given)?;
    let formulas = query.formulas.iter().map(|formula| prepare(process, formula)).collect::<Result<_>>()?;
    let site = process.site().unwrap_or_default();
    let mut ground = Ground { process, formulas, arguments: given.arguments, site };
    let mut found = Vec::new();
    for (index, value) in this.to_vec().into_iter().enumerate() {
        if matches!(value, Value::Object(_)) && query.holds(&value, &mut ground)? {
            found.push((index, value));
        }
        if !ground.process.tick() {
            ground.process.check()?;
        }
    }
    Ok(found)
}

/// A formula that can be run.
enum Ready {
    Code(MethodId),
    Function(Rc<function::Function>),
}

fn prepare(process: &mut Process, formula: &Formula) -> Result<Ready> {
    match formula {
        Formula::Code(code) => process.compile_text(code, TextKind::Formula).map(Ready::Code),
        Formula::Function(object) => object
            .as_function()
            .map(Ready::Function)
            .ok_or_else(|| Error::types("this object is no function")),
    }
}

/// The process in which a query runs.
struct Ground<'p> {
    process: &'p mut Process,
    formulas: Vec<Ready>,
    arguments: Value,
    site: Span,
}

impl World for Ground<'_> {
    fn member(&mut self, value: &Value, name: &Text) -> Result<Value> {
        self.process.get_member(value, name, self.site)
    }

    fn formula(&mut self, number: usize, element: &Value) -> Result<bool> {
        let (this, arguments) = (element.clone(), vec![self.arguments.clone()]);
        let result = match self.formulas.get(number) {
            Some(Ready::Code(id)) => self.process.call_on(this, *id, arguments, self.site)?,
            Some(Ready::Function(function)) => {
                self.process.call_function(function, this, arguments, self.site)?
            }
            None => Value::Undefined,
        };
        self.process.at = self.site;
        Ok(matches!(result, Value::Boolean(true)))
    }

    fn epsilon(&self) -> f64 {
        self.process.epsilon
    }
}
