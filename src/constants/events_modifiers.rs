//! The constants of the theme Events (Modifiers).

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(16),
    name: "Events (Modifiers)",
    constants: &[
        integer("Command key mask", 1, 256),
        integer("Command key bit", 2, 8),
        integer("Shift key mask", 3, 512),
        integer("Shift key bit", 4, 9),
        integer("Caps lock key mask", 5, 1024),
        integer("Caps lock key bit", 6, 10),
        integer("Option key mask", 7, 2048),
        integer("Option key bit", 8, 11),
        integer("Control key mask", 9, 4096),
        integer("Control key bit", 10, 12),
        integer("Right shift key mask", 11, 8192),
        integer("Right shift key bit", 12, 13),
        integer("Right option key mask", 13, 16384),
        integer("Right option key bit", 14, 14),
        integer("Right control key mask", 15, 32768),
        integer("Right control key bit", 16, 15),
        integer("Activate window mask", 17, 1),
        integer("Activate window bit", 18, 0),
        integer("Mouse button mask", 19, 128),
        integer("Mouse button bit", 20, 7),
    ],
};
