//! The constants of the theme Expressions.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(35),
    name: "Expressions",
    constants: &[
        integer("MAXINT", 1, 32767),
        integer("MAXLONG", 2, 2147483647),
        integer("MAXTEXTLENBEFOREV11", 3, 32000),
    ],
};
