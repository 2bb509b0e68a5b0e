//! Formulas: code as values, and text as code.

use std::sync::Arc;

use crate::builtin::native::Native;
use crate::builtin::{Command, Special, Theme};
use crate::native;
use crate::runtime::TextKind;
use crate::runtime::process::Process;
use crate::value::error::{Error, Result};
use crate::value::function::{Function, Origin};
use crate::value::object::Object;
use crate::value::text::Text;

/// The theme.
pub const THEME: Theme =
    Theme { name: "Formulas", commands: &[FORMULA, FORMULA_FROM_STRING, EXECUTE_FORMULA] };

const FORMULA: Command = Command {
    number: 1597,
    name: "Formula",
    thread_safe: true,
    help: "A function made of one expression, which runs when it is called.",
    syntaxes: &[Native::special(Special::Formula, &["formulaExp"])],
};

const FORMULA_FROM_STRING: Command = Command {
    number: 1601,
    name: "Formula from string",
    thread_safe: true,
    help: "A function made of the text of one expression.",
    syntaxes: &[
        native!(formula_from_string(process, formulaString)),
        native!(formula_from_string_in(process, formulaString, context)),
    ],
};

fn formula_from_string(process: &mut Process, text: Text) -> Result<Object> {
    let text = text.to_str();
    let code = process.compile_text(text.trim(), TextKind::Formula)?;
    Ok(Object::function(Function {
        origin: Origin::Formula,
        code,
        captured: Vec::new(),
        source: Arc::from(text.trim()),
        name: Arc::from(""),
    }))
}

fn formula_from_string_in(process: &mut Process, text: Text, context: i32) -> Result<Object> {
    if !(1..=2).contains(&context) && context != 0 {
        return Err(Error::native(54, format!("{context} is no context of a formula")));
    }
    formula_from_string(process, text)
}

const EXECUTE_FORMULA: Command = Command {
    number: 63,
    name: "EXECUTE FORMULA",
    thread_safe: true,
    help: "Runs the text of one line of code.",
    syntaxes: &[native!(execute_formula(process, statement))],
};

fn execute_formula(process: &mut Process, statement: Text) -> Result<()> {
    let text = statement.to_str();
    let text = text.trim();
    if text.is_empty() {
        return Ok(());
    }
    process.execute_text(text)
}
