//! Variables.

use crate::builtin::parameter::Var;
use crate::builtin::{Command, Theme};
use crate::native;
use crate::value::array::Array;
use crate::value::{Type, Value};

/// The theme.
pub const THEME: Theme = Theme { name: "Variables", commands: &[CLEAR_VARIABLE] };

const CLEAR_VARIABLE: Command = Command {
    number: 89,
    name: "CLEAR VARIABLE",
    thread_safe: true,
    help: "Gives a variable the default value of its type.",
    syntaxes: &[native!(clear_variable(variable))],
};

fn clear_variable(variable: Var<Value>) {
    let value = match (variable.value(), variable.declared()) {
        (Value::Array(array), _) => {
            array.with_mut(|items| items.resize(0));
            array.select(0);
            return;
        }
        (_, Type::Array(type_)) => Value::Array(Array::new(type_, 0)),
        (_, declared) => declared.default_value(),
    };
    variable.set(value);
}
