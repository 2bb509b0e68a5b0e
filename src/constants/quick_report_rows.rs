//! The constants of the theme Quick Report Rows.
//!
//! The theme has a number in tokens and no name in the documentation; the name is ours.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(14906),
    name: "Quick Report Rows",
    constants: &[
        integer("qr title", 1, -1),
        integer("qr detail", 2, -2),
        integer("qr grand total", 3, -3),
        integer("qr header", 4, -4),
        integer("qr footer", 5, -5),
    ],
};
