//! The constants of the theme Quick Report Kinds.
//!
//! The theme has a number in tokens and no name in the documentation; the name is ours.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(14902),
    name: "Quick Report Kinds",
    constants: &[integer("qr list report", 1, 1), integer("qr cross report", 2, 2)],
};
