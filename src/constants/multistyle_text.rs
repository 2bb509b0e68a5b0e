//! The constants of the theme Multistyle Text.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(78),
    name: "Multistyle Text",
    constants: &[
        integer("ST Expressions display mode", 5, 1),
        integer("ST Values", 6, 0),
        integer("ST References", 7, 1),
        integer("ST References as spaces", 8, 0),
        integer("ST 4D Expressions as values", 9, 1),
        integer("ST User type", 12, 5),
        integer("ST Start highlight", 13, -1000),
        integer("ST End highlight", 14, -1001),
        integer("ST Start text", 15, 1),
        integer("ST End text", 16, 0),
        integer("ST 4D Expressions as sources", NO_TOKEN, 2),
        integer("ST Expression type", NO_TOKEN, 2),
        integer("ST Mixed type", NO_TOKEN, 3),
        integer("ST Picture type", NO_TOKEN, 6),
        integer("ST Plain type", NO_TOKEN, 0),
        integer("ST Tags as plain text", NO_TOKEN, 64),
        integer("ST Tags as XML code", NO_TOKEN, 128),
        integer("ST Text displayed with 4D Expression sources", NO_TOKEN, 86),
        integer("ST Text displayed with 4D Expression values", NO_TOKEN, 85),
        integer("ST Unknown tag type", NO_TOKEN, 4),
        integer("ST URL as labels", NO_TOKEN, 4),
        integer("ST URL as links", NO_TOKEN, 8),
        integer("ST Url type", NO_TOKEN, 1),
        integer("ST User links as labels", NO_TOKEN, 16),
        integer("ST User links as links", NO_TOKEN, 32),
    ],
};
