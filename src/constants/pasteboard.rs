//! The constants of the theme Pasteboard.

use crate::builtin::ConstantTheme;
use crate::constants::{integer, text};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(20),
    name: "Pasteboard",
    constants: &[
        integer("No such data in pasteboard", 1, -102),
        text("Text data", 2, "TEXT"),
        text("Picture data", 3, "4PCT"),
    ],
};
