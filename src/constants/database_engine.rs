//! The constants of the theme Database Engine.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(29),
    name: "Database Engine",
    constants: &[integer("New record", 1, -3), integer("No current record", 2, -1)],
};
