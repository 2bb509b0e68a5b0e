//! Form Events: what it answers where no form is shown, and so no event takes place.

use crate::builtin::{Command, Theme};
use crate::native;
use crate::value::object::Object;

/// The theme.
pub const THEME: Theme = Theme { name: "Form Events", commands: &[FORM_EVENT, FORM_EVENT_CODE] };

const FORM_EVENT: Command = Command {
    number: 1606,
    name: "FORM Event",
    thread_safe: true,
    help: "The event of the form that is shown: Null, because none is.",
    syntaxes: &[native!(form_event())],
};

fn form_event() -> Option<Object> {
    None
}

const FORM_EVENT_CODE: Command = Command {
    number: 388,
    name: "Form event code",
    thread_safe: false,
    help: "The number of the event of the form that is shown: 0, because none is.",
    syntaxes: &[native!(form_event_code())],
};

fn form_event_code() -> i32 {
    0
}
