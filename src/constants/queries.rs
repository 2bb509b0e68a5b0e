//! The constants of the theme Queries.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(19),
    name: "Queries",
    constants: &[
        integer("Into current selection", 1, 0),
        integer("Into set", 2, 1),
        integer("Into named selection", 3, 2),
        integer("Into variable", 4, 3),
        integer("Description in text format", 5, 0),
        integer("Description in XML format", 6, 1),
    ],
};
