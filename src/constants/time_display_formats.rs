//! The constants of the theme Time Display Formats.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(7),
    name: "Time Display Formats",
    constants: &[
        integer("HH MM SS", 1, 1),
        integer("HH MM", 2, 2),
        integer("Hour min sec", 3, 3),
        integer("Hour min", 4, 4),
        integer("HH MM AM PM", 5, 5),
        integer("MM SS", 6, 6),
        integer("Min sec", 7, 7),
        integer("ISO time", 8, 8),
        integer("System time short", 9, 9),
        integer("System time long abbreviated", 10, 10),
        integer("System time long", 11, 11),
        integer("Blank if null time", 12, 100),
    ],
};
