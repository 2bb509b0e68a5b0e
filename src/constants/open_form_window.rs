//! The constants of the theme Open Form Window.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(39),
    name: "Open Form Window",
    constants: &[
        integer("Horizontally centered", 1, 65536),
        integer("On the left", 2, 131072),
        integer("On the right", 3, 196608),
        integer("Vertically centered", 4, 262144),
        integer("At the top", 5, 327680),
        integer("At the bottom", 6, 393216),
        integer("Modal form dialog box", 7, 1),
        integer("Movable form dialog box", 8, 5),
        integer("Palette form window", 9, 1984),
        integer("Plain form window", 10, 8),
        integer("Pop up form window", 11, 32),
        integer("Sheet form window", 12, 33),
        integer("_o_Compositing mode form window", 13, 4096),
        integer("_o_Form Has toolbar button Mac", 14, 8192),
        integer("Form has full screen mode Mac", 15, 65536),
        integer("Toolbar form window", 16, 35),
        integer("Controller form window", 17, 133056),
        integer("Form has no menu bar", 18, 2048),
        integer("Plain form window no title", 19, 524296),
        integer("Movable form dialog box no title", 20, 524293),
    ],
};
