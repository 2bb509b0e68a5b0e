//! The constants of the theme Strings.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(86),
    name: "Strings",
    constants: &[
        integer("sk ignore empty strings", 1, 1),
        integer("sk trim spaces", 2, 2),
        integer("_o_sk diacritical", 3, 8),
        integer("sk strict", 4, 0),
        integer("sk char codes", 5, 1),
        integer("sk case insensitive", 6, 2),
        integer("sk diacritic insensitive", 7, 4),
        integer("sk kana insensitive", 8, 8),
        integer("sk width insensitive", 9, 16),
        integer("sk whole word", 10, 32),
    ],
};
