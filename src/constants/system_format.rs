//! The constants of the theme System Format.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(60),
    name: "System Format",
    constants: &[
        integer("Decimal separator", 1, 0),
        integer("Thousand separator", 2, 1),
        integer("Currency symbol", 3, 2),
        integer("System time short pattern", 4, 3),
        integer("System time medium pattern", 5, 4),
        integer("System time long pattern", 6, 5),
        integer("System date short pattern", 7, 6),
        integer("System date medium pattern", 8, 7),
        integer("System date long pattern", 9, 8),
        integer("Date separator", 10, 13),
        integer("Time separator", 11, 14),
        integer("Short date day position", 12, 15),
        integer("Short date month position", 13, 16),
        integer("Short date year position", 14, 17),
        integer("System time AM label", 15, 18),
        integer("System time PM label", 16, 19),
    ],
};
