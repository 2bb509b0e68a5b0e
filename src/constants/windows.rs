//! The constants of the theme Windows.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(27),
    name: "Windows",
    constants: &[
        integer("Regular window", 1, 8),
        integer("Modal dialog", 2, 9),
        integer("External window", 3, 5),
        integer("Floating window", 4, 14),
        integer("XY Current form", 5, 1),
        integer("XY Current window", 6, 2),
        integer("XY Screen", 7, 3),
        integer("XY Main window", 8, 4),
        integer("Screen size", 9, 0),
        integer("Screen work area", 10, 1),
    ],
};
