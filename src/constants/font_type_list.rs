//! The constants of the theme Font Type List.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(80),
    name: "Font Type List",
    constants: &[
        integer("System fonts", 1, 0),
        integer("Favorite fonts", 2, 1),
        integer("Recent fonts", 3, 2),
    ],
};
