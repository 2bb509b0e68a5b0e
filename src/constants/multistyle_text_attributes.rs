//! The constants of the theme Multistyle Text Attributes.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(65),
    name: "Multistyle Text Attributes",
    constants: &[
        integer("Attribute bold style", 1, 1),
        integer("Attribute italic style", 2, 2),
        integer("Attribute strikethrough style", 3, 3),
        integer("Attribute underline style", 4, 4),
        integer("Attribute font name", 5, 5),
        integer("Attribute text size", 6, 6),
        integer("Attribute text color", 7, 7),
        integer("Attribute background color", 8, 8),
    ],
};
