//! True, False and what becomes them.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a command names the types that it takes; all others are one case"
)]

use crate::builtin::native::Native;
use crate::builtin::{Command, Special, Theme};
use crate::native;
use crate::value::Value;

/// The theme.
pub const THEME: Theme = Theme { name: "Boolean", commands: &[BOOL, FALSE, NOT, TRUE] };

const BOOL: Command = Command {
    number: 1537,
    name: "Bool",
    thread_safe: true,
    help: "The value as a Boolean: a number is True unless it is 0, what is neither is False.",
    syntaxes: &[native!(bool_of(expression))],
};

fn bool_of(value: Value) -> bool {
    match value {
        Value::Boolean(b) => b,
        Value::Integer(n) => n != 0,
        Value::Real(x) => x != 0.0,
        Value::Time(time) => time.seconds() != 0,
        _ => false,
    }
}

const FALSE: Command = Command {
    number: 215,
    name: "False",
    thread_safe: true,
    help: "The Boolean that is not true.",
    syntaxes: &[Native::special(Special::False, &[])],
};

const NOT: Command = Command {
    number: 34,
    name: "Not",
    thread_safe: true,
    help: "The opposite of a Boolean.",
    syntaxes: &[native!(not(boolean))],
};

fn not(boolean: bool) -> bool {
    !boolean
}

const TRUE: Command = Command {
    number: 214,
    name: "True",
    thread_safe: true,
    help: "The Boolean that is true.",
    syntaxes: &[Native::special(Special::True, &[])],
};
