//! The constants of the theme Quick Report Borders.
//!
//! The theme has a number in tokens and no name in the documentation; the name is ours.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(14908),
    name: "Quick Report Borders",
    constants: &[
        integer("qr left border", 1, 1),
        integer("qr top border", 2, 2),
        integer("qr right border", 3, 4),
        integer("qr bottom border", 4, 8),
        integer("qr inside vertical border", 5, 16),
        integer("qr inside horizontal border", 6, 32),
    ],
};
