//! The constants of the theme Days and Months.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(10),
    name: "Days and Months",
    constants: &[
        integer("January", 1, 1),
        integer("February", 2, 2),
        integer("March", 3, 3),
        integer("April", 4, 4),
        integer("May", 5, 5),
        integer("June", 6, 6),
        integer("July", 7, 7),
        integer("August", 8, 8),
        integer("September", 9, 9),
        integer("October", 10, 10),
        integer("November", 11, 11),
        integer("December", 12, 12),
        integer("Monday", 13, 2),
        integer("Tuesday", 14, 3),
        integer("Wednesday", 15, 4),
        integer("Thursday", 16, 5),
        integer("Friday", 17, 6),
        integer("Saturday", 18, 7),
        integer("Sunday", 19, 1),
    ],
};
