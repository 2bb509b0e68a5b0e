//! The constants of the theme Date Display Formats.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(1),
    name: "Date Display Formats",
    constants: &[
        integer("System date short", 1, 1),
        integer("System date abbreviated", 2, 2),
        integer("System date long", 3, 3),
        integer("Internal date short special", 4, 4),
        integer("Internal date long", 5, 5),
        integer("Internal date abbreviated", 6, 6),
        integer("Internal date short", 7, 7),
        integer("ISO date", 8, 8),
        integer("Blank if null date", 9, 100),
        integer("ISO date GMT", 10, 9),
        integer("Date RFC 1123", 11, 10),
    ],
};
