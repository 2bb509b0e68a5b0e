//! The constants of the theme Design Object Access.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer, unknown};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(72),
    name: "Design Object Access",
    constants: &[
        integer("Path project method", 1, 1),
        integer("Path database method", 2, 2),
        integer("Path project form", 3, 4),
        integer("Path trigger", 4, 8),
        integer("Path table form", 5, 16),
        integer("Attribute invisible", 6, 1),
        integer("Attribute published Web", 7, 2),
        integer("Attribute published SOAP", 8, 3),
        integer("Attribute published WSDL", 9, 4),
        integer("Attribute shared", 10, 5),
        integer("Attribute published SQL", 11, 7),
        integer("Attribute executed on server", 12, 8),
        integer("On object locked abort", 13, 0),
        integer("On object locked retry", 14, 1),
        integer("On object locked confirm", 15, 2),
        integer("Path all objects", 16, -1),
        integer("Attribute folder name", 17, 1024),
        integer("Code with tokens", 18, 1),
        integer("Path class", 19, 32),
        integer("Path volatile method", 20, 128),
        unknown("dk silent mode", NO_TOKEN),
    ],
};
