//! The constants of the theme Quick Report Text Properties.
//!
//! The theme has a number in tokens and no name in the documentation; the name is ours.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(14904),
    name: "Quick Report Text Properties",
    constants: &[
        integer("_O_qr font", 1, 1),
        integer("qr font size", 2, 2),
        integer("qr bold", 3, 3),
        integer("qr italic", 4, 4),
        integer("qr underline", 5, 5),
        integer("qr text color", 6, 6),
        integer("qr justification", 7, 7),
        integer("qr background color", 8, 8),
        integer("qr alternate background color", 9, 9),
        integer("qr font name", 10, 10),
    ],
};
