//! The constants of the theme Process State.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(13),
    name: "Process State",
    constants: &[
        integer("Aborted", 1, -1),
        integer("Delayed", 2, 1),
        integer("Does not exist", 3, -100),
        integer("Executing", 4, 0),
        integer("_o_Hidden modal dialog", 5, 6),
        integer("Paused", 6, 5),
        integer("Waiting for input output", 7, 3),
        integer("Waiting for internal flag", 8, 4),
        integer("Waiting for user event", 9, 2),
    ],
};
