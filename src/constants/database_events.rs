//! The constants of the theme Database Events.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(74),
    name: "Database Events",
    constants: &[
        integer("On application background move", 1, 1),
        integer("On application foreground move", 2, 2),
        integer("On before host database startup", 3, 1),
        integer("On after host database startup", 4, 2),
        integer("On before host database exit", 5, 3),
        integer("On after host database exit", 6, 4),
    ],
};
