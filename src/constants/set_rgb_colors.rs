//! The constants of the theme SET RGB COLORS.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(23),
    name: "SET RGB COLORS",
    constants: &[
        integer("Foreground color", 1, -1),
        integer("Background color", 2, -2),
        integer("Dark shadow color", 3, -3),
        integer("Light shadow color", 4, -4),
        integer("Highlight text background color", 5, -7),
        integer("Highlight text color", 6, -8),
        integer("Highlight menu background color", 7, -9),
        integer("Highlight menu text color", 8, -10),
        integer("Disable highlight item color", 9, -11),
        integer("Background color none", 10, -16),
    ],
};
