//! The constants of the theme 4D Write Printing.
//!
//! The theme has a number in tokens and no name in the documentation; the name is ours.

use crate::builtin::ConstantTheme;
use crate::constants::unknown;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(12010),
    name: "4D Write Printing",
    constants: &[unknown("wr destination option", 9)],
};
