//! The constants of the theme Relations.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(51),
    name: "Relations",
    constants: &[
        integer("Do not modify", 1, 0),
        integer("Structure configuration", 2, 1),
        integer("Manual", 3, 2),
        integer("Automatic", 4, 3),
        integer("No relation", 5, 0),
    ],
};
