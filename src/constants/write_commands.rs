//! The constants of the theme 4D Write Commands.
//!
//! The theme has a number in tokens and no name in the documentation; the name is ours.

use crate::builtin::ConstantTheme;
use crate::constants::unknown;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(12007),
    name: "4D Write Commands",
    constants: &[
        unknown("wr cmd copy", 4),
        unknown("wr cmd paste", 5),
        unknown("wr cmd select all", 7),
        unknown("wr cmd compute references", 172),
    ],
};
