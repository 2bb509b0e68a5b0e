//! The constants of the theme Platform Properties.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(25),
    name: "Platform Properties",
    constants: &[
        integer("_o_Macintosh 68K", 1, 1),
        integer("Mac OS", 2, 2),
        integer("Windows", 3, 3),
        integer("_o_INTEL 386", 4, 386),
        integer("_o_INTEL 486", 5, 486),
        integer("Intel compatible", 6, 586),
        integer("Power PC", NO_TOKEN, 406),
    ],
};
