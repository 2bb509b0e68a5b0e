//! The constants of the theme 4D Write Preferences.
//!
//! The theme has a number in tokens and no name in the documentation; the name is ours.

use crate::builtin::ConstantTheme;
use crate::constants::unknown;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(12004),
    name: "4D Write Preferences",
    constants: &[
        unknown("wr save preview", 2),
        unknown("wr allow undo", 3),
        unknown("wr fixed print size", 5),
    ],
};
