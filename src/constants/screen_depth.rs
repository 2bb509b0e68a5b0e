//! The constants of the theme SCREEN DEPTH.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(33),
    name: "SCREEN DEPTH",
    constants: &[
        integer("Black and white", 1, 0),
        integer("Four colors", 2, 2),
        integer("Sixteen colors", 3, 4),
        integer("Two fifty six colors", 4, 8),
        integer("Thousands of colors", 5, 16),
        integer("Millions of colors 24 bit", 6, 24),
        integer("Millions of colors 32 bit", 7, 32),
        integer("Is gray scale", 8, 0),
        integer("Is color", 9, 1),
    ],
};
