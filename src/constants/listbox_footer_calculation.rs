//! The constants of the theme Listbox Footer Calculation.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(70),
    name: "Listbox Footer Calculation",
    constants: &[
        integer("lk footer min", 2, 2),
        integer("lk footer max", 3, 3),
        integer("lk footer sum", 4, 4),
        integer("lk footer count", 5, 5),
        integer("lk footer average", 6, 6),
        integer("Listbox footer std deviation", NO_TOKEN, 7),
        integer("lk footer custom", NO_TOKEN, 1),
        integer("lk footer std deviation", NO_TOKEN, 7),
        integer("lk footer sum squares", NO_TOKEN, 9),
        integer("lk footer variance", NO_TOKEN, 8),
    ],
};
