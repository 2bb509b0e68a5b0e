//! The constants of the theme Open Window.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer, unknown};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(34),
    name: "Open Window",
    constants: &[
        integer("Plain no zoom box window", 1, 0),
        integer("Modal dialog box", 2, 1),
        integer("Palette window", 3, 1984),
        integer("Plain dialog box", 4, 2),
        integer("Alternate dialog box", 5, 3),
        integer("Plain fixed size window", 6, 4),
        integer("Movable dialog box", 7, 5),
        integer("Round corner window", 8, 16),
        integer("Has zoom box", 9, 8),
        integer("Has grow box", 10, 4),
        integer("Has window title", 11, 2),
        integer("Has highlight", 12, 1),
        integer("Plain window", 13, 8),
        integer("Pop up window", 14, 32),
        integer("Sheet window", 15, 33),
        integer("Resizable sheet window", 16, 34),
        integer("Texture appearance", 17, 2048),
        integer("_o_Compositing mode", 18, 4096),
        integer("_o_Has toolbar button Mac", 19, 8192),
        integer("Has full screen mode Mac", 20, 65536),
        unknown("In contents", NO_TOKEN),
    ],
};
