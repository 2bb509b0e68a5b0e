//! The constants of the theme Parse formula.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(88),
    name: "Parse formula",
    constants: &[
        integer("Formula in with virtual structure", 1, 1),
        integer("Formula out with virtual structure", 2, 2),
        integer("Formula out with tokens", 3, 4),
        integer("sk execute in current database", 4, 0),
        integer("sk execute in host database", 5, 1),
    ],
};
