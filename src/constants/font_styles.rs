//! The constants of the theme Font Styles.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer, text};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(14),
    name: "Font Styles",
    constants: &[
        integer("Plain", 1, 0),
        integer("Bold", 2, 1),
        integer("Italic", 3, 2),
        integer("Underline", 4, 4),
        integer("_o_Outline", 5, 8),
        integer("_o_Shadow", 6, 16),
        integer("_o_Condensed", 7, 32),
        integer("_o_Extended", 8, 64),
        integer("Bold and Italic", 9, 3),
        integer("Bold and Underline", 10, 5),
        integer("Italic and Underline", 11, 6),
        text("Automatic style sheet", 12, "__automatic__"),
        text("Automatic style sheet_main text", 13, "__automatic_main_text__"),
        text("Automatic style sheet_additional", 14, "__automatic_additional_text__"),
        integer("Normal", 15, 0),
        text("Automatic style sheet_main", NO_TOKEN, "__automatic_main_text__"),
    ],
};
