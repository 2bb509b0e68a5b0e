//! Forms: what it answers where no form is shown.

use crate::builtin::{Command, Theme};
use crate::native;
use crate::value::object::Object;

/// The theme.
pub const THEME: Theme = Theme { name: "Forms", commands: &[CURRENT_FORM_NAME, FORM] };

const CURRENT_FORM_NAME: Command = Command {
    number: 1298,
    name: "Current form name",
    thread_safe: false,
    help: "The name of the form that is shown: empty, because none is.",
    syntaxes: &[native!(current_form_name())],
};

fn current_form_name() -> &'static str {
    ""
}

const FORM: Command = Command {
    number: 1466,
    name: "Form",
    thread_safe: false,
    help: "The object of the form that is shown: Null, because none is.",
    syntaxes: &[native!(form())],
};

fn form() -> Option<Object> {
    None
}
