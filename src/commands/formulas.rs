//! Formulas: code as values, and text as code.

use std::sync::Arc;

use crate::builtin::native::Native;
use crate::builtin::parameter::Var;
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
    Theme { name: "Formulas", commands: &[FORMULA, FORMULA_FROM_STRING, EXECUTE_FORMULA, PARSE_FORMULA] };

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

const PARSE_FORMULA: Command = Command {
    number: 1576,
    name: "Parse formula",
    thread_safe: false,
    help: "A formula with the names of today, or with tokens; what is wrong with it goes to a variable.",
    syntaxes: &[
        native!(parse_formula(process, formula)),
        native!(parse_formula_for(process, formula, options, errorMessage)),
    ],
};

/// `Formula out with tokens`
const WITH_TOKENS: i32 = 4;

fn parse_formula(process: &mut Process, formula: Text) -> Text {
    parse_formula_for(process, formula, 0, None)
}

fn parse_formula_for(process: &mut Process, formula: Text, options: i32, message: Option<Var<Text>>) -> Text {
    // The names of tables are never virtual here: there is no structure.
    let text = formula.to_str();
    let (result, problem) = match process.runtime.loader.normalized(text.trim(), options & WITH_TOKENS != 0) {
        Ok(result) => (result, String::new()),
        Err(problems) => {
            (String::new(), problems.into_iter().next().map(|problem| problem.message).unwrap_or_default())
        }
    };
    if let Some(message) = message {
        message.set(problem);
    }
    Text::from(result)
}
