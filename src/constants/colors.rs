//! The constants of the theme Colors.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(11),
    name: "Colors",
    constants: &[
        integer("White", 1, 0),
        integer("Yellow", 2, 1),
        integer("Orange", 3, 2),
        integer("Red", 4, 3),
        integer("Purple", 5, 4),
        integer("Dark blue", 6, 5),
        integer("Blue", 7, 6),
        integer("Light blue", 8, 7),
        integer("Green", 9, 8),
        integer("Dark green", 10, 9),
        integer("Dark brown", 11, 10),
        integer("Dark grey", 12, 11),
        integer("Light grey", 13, 12),
        integer("Brown", 14, 13),
        integer("Grey", 15, 14),
        integer("Black", 16, 15),
    ],
};
