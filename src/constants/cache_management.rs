//! The constants of the theme Cache Management.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(84),
    name: "Cache Management",
    constants: &[
        integer("Cache priority very low", 1, -1),
        integer("Cache priority low", 2, -900),
        integer("Cache priority normal", 3, 0),
        integer("Cache priority high", 4, 1000),
        integer("Cache priority very high", 5, 30000),
    ],
};
