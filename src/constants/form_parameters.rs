//! The constants of the theme Form Parameters.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(50),
    name: "Form Parameters",
    constants: &[
        integer("Single selection", 2, 1),
        integer("Multiple selection", 3, 2),
        integer("_o_NonInverted objects", NO_TOKEN, 0),
        integer("No selection", NO_TOKEN, 0),
    ],
};
