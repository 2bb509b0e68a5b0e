//! The constants of the theme 4D Write Areas.
//!
//! The theme has a number in tokens and no name in the documentation; the name is ours.

use crate::builtin::ConstantTheme;
use crate::constants::unknown;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(12003),
    name: "4D Write Areas",
    constants: &[
        unknown("wr view rulers", 3),
        unknown("wr view statusbar", 10),
        unknown("wr view menubar", 11),
        unknown("wr view standard palette", 12),
        unknown("wr view format palette", 13),
        unknown("wr view style palette", 14),
        unknown("wr view borders palette", 15),
        unknown("wr view references", 17),
    ],
};
