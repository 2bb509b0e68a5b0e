//! The constants of the theme Index Type.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(58),
    name: "Index Type",
    constants: &[
        integer("Keywords index", 1, -1),
        integer("Default index type", 2, 0),
        integer("Standard BTree index", 3, 1),
        integer("Cluster BTree index", 4, 3),
    ],
};
