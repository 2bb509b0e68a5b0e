//! The constants of the theme Error handler.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(92),
    name: "Error handler",
    constants: &[
        integer("ek local", 1, 0),
        integer("ek global", 2, 1),
        integer("ek errors from components", 3, 2),
    ],
};
