//! The constants of the theme Quick Report Document Properties.
//!
//! The theme has a number in tokens and no name in the documentation; the name is ours.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(14907),
    name: "Quick Report Document Properties",
    constants: &[
        integer("qr printing dialog", 1, 1),
        integer("qr field separator", 3, 3),
        integer("qr record separator", 4, 4),
        integer("qr unit", NO_TOKEN, 2),
    ],
};
