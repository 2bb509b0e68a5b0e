//! The constants of the theme Quick Report Areas.
//!
//! The theme has a number in tokens and no name in the documentation; the name is ours.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer, unknown};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(14905),
    name: "Quick Report Areas",
    constants: &[
        unknown("_o_qr view menubar", 1),
        unknown("_o_qr view standard toolbar", 2),
        unknown("_o_qr view style toolbar", 3),
        unknown("_o_qr view operators toolbar", 4),
        unknown("_o_qr view color toolbar", 5),
        unknown("_o_qr view column toolbar", 6),
        integer("qr view contextual menus", 7, 7),
        integer("qr average", NO_TOKEN, 2),
        integer("qr count", NO_TOKEN, 16),
        integer("qr max", NO_TOKEN, 8),
        integer("qr min", NO_TOKEN, 4),
        integer("qr standard deviation", NO_TOKEN, 32),
        integer("qr sum", NO_TOKEN, 1),
    ],
};
