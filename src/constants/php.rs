//! The constants of the theme PHP.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(64),
    name: "PHP",
    constants: &[integer("_o_PHP privileges", 1, 1), integer("PHP raw result", 2, 2)],
};
