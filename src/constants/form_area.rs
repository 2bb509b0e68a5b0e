//! The constants of the theme Form Area.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(43),
    name: "Form Area",
    constants: &[
        integer("Form detail", 1, 0),
        integer("Form footer", 2, 100),
        integer("Form header", 3, 200),
        integer("Form Header1", 4, 201),
        integer("Form Header2", 5, 202),
        integer("Form Header3", 6, 203),
        integer("Form Header4", 7, 204),
        integer("Form Header5", 8, 205),
        integer("Form break0", 14, 300),
        integer("Form break1", 15, 301),
        integer("Form break2", 16, 302),
        integer("Form Break3", 17, 303),
        integer("Form Break4", NO_TOKEN, 304),
        integer("Form Break5", NO_TOKEN, 305),
        integer("Form Break6", NO_TOKEN, 306),
        integer("Form Break7", NO_TOKEN, 307),
        integer("Form Break8", NO_TOKEN, 308),
        integer("Form Break9", NO_TOKEN, 309),
        integer("Form Header10", NO_TOKEN, 210),
        integer("Form Header6", NO_TOKEN, 206),
        integer("Form Header7", NO_TOKEN, 207),
        integer("Form Header8", NO_TOKEN, 208),
        integer("Form Header9", NO_TOKEN, 209),
    ],
};
