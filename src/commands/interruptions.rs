//! Theme Interruptions: raising errors, handling them, assertions.

use crate::builtin::native::Native;
use crate::builtin::parameter::{Star, Var};
use crate::builtin::result::OrUndefined;
use crate::builtin::{Command, Special, Theme};
use crate::diagnostics::Code;
use crate::native;
use crate::runtime::process::Process;
use crate::value::array::{Array, Items};
use crate::value::collection::Collection;
use crate::value::error::{Details, Error, Result};
use crate::value::number;
use crate::value::object::Object;
use crate::value::text::Text;
use crate::value::{ArrayType, Value};

/// Interruptions
pub const THEME: Theme = Theme {
    name: "Interruptions",
    commands: &[
        ABORT,
        ASSERT,
        ASSERTED,
        GET_ASSERT_ENABLED,
        GET_LAST_ERROR_STACK,
        LAST_ERRORS,
        METHOD_CALLED_ON_ERROR,
        ON_ERR_CALL,
        SET_ASSERT_ENABLED,
        THROW,
    ],
};

// ---- raising ----

const ABORT: Command = Command {
    number: 156,
    name: "ABORT",
    thread_safe: true,
    help: "Stops what this process runs, usually from an error handler.",
    syntaxes: &[native!(abort(process))],
};

fn abort(process: &mut Process) -> Result<()> {
    Err(process.abort())
}

const THROW: Command = Command {
    number: 1805,
    name: "throw",
    thread_safe: false,
    help: "Raises an error: of a number and a text, of an object, or all present errors again.",
    syntaxes: &[
        native!(throw_number(errorCode, description)),
        native!(throw_object(process, errorObj)),
        native!(throw_again(process)),
    ],
};

/// Who an error of the program's own says that it is from.
const HOST: &str = "host";
/// The number of an error that was given none.
const NO_NUMBER: i32 = -1;

fn raised(number: i32, message: Option<String>, component: &str) -> Error {
    let message = message.unwrap_or_else(|| format!("Error code: {number} ({component})"));
    let mut error = Error::native(number, message);
    error.details_mut().component = component.to_owned();
    error
}

fn throw_number(number: i32, description: Option<Text>) -> Result<()> {
    Err(raised(number, description.map(|text| text.to_str().into_owned()), HOST))
}

fn throw_object(process: &mut Process, thrown: Object) -> Result<()> {
    let text = |key: &str| match thrown.get_str(key) {
        Some(Value::Text(text)) if !text.is_empty() => Some(text.to_str().into_owned()),
        _ => None,
    };
    let number = match thrown.get_str("errCode") {
        Some(Value::Integer(n)) => n,
        Some(Value::Real(x)) => number::to_integer(x),
        _ => NO_NUMBER,
    };
    let component = text("componentSignature").unwrap_or_else(|| HOST.to_owned());
    let message = text("message").map(|message| filled(&message, &thrown));
    let mut error = raised(number, message, &component);
    error.details_mut().thrown = Some(thrown.clone());
    if matches!(thrown.get_str("deferred"), Some(Value::Boolean(true))) {
        defer(process, error);
        return Ok(());
    }
    Err(error)
}

/// A message with the properties that it names in braces put in; names that the object has not stay as they are.
fn filled(message: &str, object: &Object) -> String {
    let mut result = String::with_capacity(message.len());
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        result.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            result.push('{');
            rest = after;
            continue;
        };
        match object.get_str(name) {
            Some(Value::Text(text)) => result.push_str(&text.to_str()),
            Some(Value::Integer(n)) => result.push_str(&n.to_string()),
            Some(Value::Real(x)) => result.push_str(&x.to_string()),
            Some(Value::Boolean(b)) => result.push_str(if b { "true" } else { "false" }),
            Some(Value::Date(date)) => result.push_str(&date.to_iso().to_str()),
            Some(Value::Time(time)) => result.push_str(&time.to_text().to_str()),
            _ => {
                result.push('{');
                result.push_str(name);
                result.push('}');
            }
        }
        rest = tail;
    }
    result.push_str(rest);
    result
}

/// Keeps an error until the method that raises it has ended.
fn defer(process: &mut Process, mut error: Error) {
    error.details_mut().chain = process.call_chain(None);
    let depth = process.stack.frames().len();
    process.errors.deferred.push((depth, error));
}

fn throw_again(process: &mut Process) {
    for error in std::mem::take(&mut process.errors.last) {
        defer(process, error);
    }
}

// ---- handling ----

/// `ek local`
const LOCAL: i32 = 0;

const ON_ERR_CALL: Command = Command {
    number: 155,
    name: "ON ERR CALL",
    thread_safe: true,
    help: "Installs a method that is called on each error, in this process or in all; \"\" takes it away.",
    syntaxes: &[native!(on_err_call(process, errorMethod, scope))],
};

fn on_err_call(process: &mut Process, method: Text, scope: Option<i32>) {
    match scope.unwrap_or(LOCAL) {
        LOCAL => process.errors.handler = method,
        scope => process.runtime.storage.set_handler(scope, &method.to_str()),
    }
}

const METHOD_CALLED_ON_ERROR: Command = Command {
    number: 704,
    name: "Method called on error",
    thread_safe: true,
    help: "The name of the method that handles errors in this process, or in another scope.",
    syntaxes: &[native!(method_called_on_error(process, scope))],
};

fn method_called_on_error(process: &mut Process, scope: Option<i32>) -> Text {
    match scope.unwrap_or(LOCAL) {
        LOCAL => process.errors.handler.clone(),
        scope => Text::from(process.runtime.storage.handler(scope).as_str()),
    }
}

/// The number of an error as 4D code reads it.
fn number_of(details: &Details) -> i32 {
    match details.code {
        Code::Native(number) => number,
        Code::Quatre(number) => i32::from(number),
    }
}

const LAST_ERRORS: Command = Command {
    number: 1799,
    name: "Last errors",
    thread_safe: true,
    help: "The errors that a Try or an error handler has just caught, Null when there are none.",
    syntaxes: &[native!(last_errors(process))],
};

/// Without errors it is undefined, which equals Null: real code reads `length` of it without looking first.
fn last_errors(process: &mut Process) -> OrUndefined<Collection> {
    let errors = &process.errors.last;
    OrUndefined(
        (!errors.is_empty())
            .then(|| errors.iter().map(|error| Value::Object(described(error.details()))).collect()),
    )
}

/// An error as an object, with the properties of one's own that were thrown with it.
fn described(details: &Details) -> Object {
    let object = Object::new();
    object.put("errCode", number_of(details));
    object.put("message", details.message.as_str());
    object.put("componentSignature", details.component.as_str());
    for (key, value) in details.thrown.iter().flat_map(Object::entries) {
        if object.get(&key).is_none() {
            object.put(&key.to_str(), value);
        }
    }
    object
}

const GET_LAST_ERROR_STACK: Command = Command {
    number: 1015,
    name: "GET LAST ERROR STACK",
    thread_safe: true,
    help: "Fills arrays with the numbers, components and texts of the errors that were caught last.",
    syntaxes: &[native!(get_last_error_stack(process, codesArray, intCompArray, textArray))],
};

fn get_last_error_stack(process: &mut Process, codes: Var<Array>, components: Var<Array>, texts: Var<Array>) {
    let all: Vec<(i32, Text, Text)> = process
        .errors
        .last
        .iter()
        .map(Error::details)
        .map(|d| (number_of(d), Text::from(d.component.as_str()), Text::from(d.message.as_str())))
        .collect();
    let fill = |array: &Var<Array>, type_: ArrayType, values: &mut dyn Iterator<Item = Value>| {
        array.array(type_).with_mut(|items| {
            *items = Items::new(type_, all.len());
            for (index, value) in values.enumerate() {
                items.set(index + 1, value);
            }
        });
    };
    fill(&codes, ArrayType::Longint, &mut all.iter().map(|(code, ..)| Value::Integer(*code)));
    fill(
        &components,
        ArrayType::Text,
        &mut all.iter().map(|(_, component, _)| Value::Text(component.clone())),
    );
    fill(&texts, ArrayType::Text, &mut all.iter().map(|(.., text)| Value::Text(text.clone())));
}

// ---- assertions ----

const ASSERT: Command = Command {
    number: 1129,
    name: "ASSERT",
    thread_safe: true,
    help: "Raises the error -10518 when a condition does not hold.",
    syntaxes: &[Native::special(Special::Assert, &["boolExpression", "messageText"])],
};

const ASSERTED: Command = Command {
    number: 1132,
    name: "Asserted",
    thread_safe: true,
    help: "A condition as it is, after raising the error -10518 when it does not hold.",
    syntaxes: &[Native::special(Special::Asserted, &["boolExpression", "messageText"])],
};

const GET_ASSERT_ENABLED: Command = Command {
    number: 1130,
    name: "Get assert enabled",
    thread_safe: true,
    help: "Whether failed assertions raise errors.",
    syntaxes: &[native!(get_assert_enabled(process))],
};

fn get_assert_enabled(process: &mut Process) -> bool {
    process.asserts()
}

const SET_ASSERT_ENABLED: Command = Command {
    number: 1131,
    name: "SET ASSERT ENABLED",
    thread_safe: true,
    help: "Says whether failed assertions raise errors, in all processes or, with *, in this one.",
    syntaxes: &[native!(set_assert_enabled(process, assertions, star))],
};

fn set_assert_enabled(process: &mut Process, assertions: bool, only_here: Option<Star>) {
    match only_here {
        Some(Star) => process.set_asserts(assertions),
        None => process.runtime.storage.set_asserts(assertions),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_take_in_what_they_name() {
        let object = Object::new();
        object.put("name", "a.txt");
        object.put("n", 3.0);
        assert_eq!(filled("File {name} not found ({n})", &object), "File a.txt not found (3)");
        assert_eq!(filled("{missing} {", &object), "{missing} {");
    }
}
