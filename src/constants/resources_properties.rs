//! The constants of the theme Resources Properties.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(18),
    name: "Resources Properties",
    constants: &[
        integer("System heap resource mask", 1, 64),
        integer("System heap resource bit", 2, 6),
        integer("Purgeable resource mask", 3, 32),
        integer("Purgeable resource bit", 4, 5),
        integer("Locked resource mask", 5, 16),
        integer("Locked resource bit", 6, 4),
        integer("Protected resource mask", 7, 8),
        integer("Protected resource bit", 8, 3),
        integer("Preloaded resource mask", 9, 4),
        integer("Preloaded resource bit", 10, 2),
        integer("Changed resource mask", 11, 2),
        integer("Changed resource bit", 12, 1),
    ],
};
