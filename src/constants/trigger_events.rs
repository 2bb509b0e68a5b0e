//! The constants of the theme Trigger Events.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(3),
    name: "Trigger Events",
    constants: &[
        integer("On Saving New Record Event", 1, 1),
        integer("On Saving Existing Record Event", 2, 2),
        integer("On Deleting Record Event", 3, 3),
        integer("_o_On Loading Record Event", 4, 4),
    ],
};
