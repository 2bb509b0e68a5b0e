//! The constants of the theme Quick Report Commands.
//!
//! The theme has a number in tokens and no name in the documentation; the name is ours.

use crate::builtin::ConstantTheme;
use crate::constants::{integer, unknown};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(14900),
    name: "Quick Report Commands",
    constants: &[
        unknown("qr cmd new", 18),
        integer("qr cmd open", 19, 2001),
        integer("qr cmd save", 20, 2002),
        integer("qr cmd save as", 21, 2003),
        unknown("qr cmd revert to save", 22),
        unknown("qr cmd header and footer", 23),
        integer("qr cmd page setup", 24, 2006),
        integer("qr cmd print preview", 25, 2007),
        integer("qr cmd generate", 26, 2008),
        unknown("qr cmd insert column", 37),
        unknown("qr cmd delete column", 38),
        unknown("qr cmd edit column", 40),
        unknown("qr cmd add column", 45),
        unknown("qr cmd borders", 46),
        unknown("qr cmd move left", 49),
        unknown("qr cmd move right", 50),
    ],
};
