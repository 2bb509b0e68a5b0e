//! The constants of the theme Quick Report Destinations.
//!
//! The theme has a number in tokens and no name in the documentation; the name is ours.

use crate::builtin::ConstantTheme;
use crate::constants::{integer, unknown};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(14903),
    name: "Quick Report Destinations",
    constants: &[
        integer("qr printer", 1, 1),
        integer("qr text file", 2, 2),
        unknown("_o_qr 4D View area", 3),
        unknown("_O_qr 4D Chart area", 4),
        integer("qr HTML file", 5, 5),
    ],
};
