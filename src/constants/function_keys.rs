//! The constants of the theme Function Keys.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(12),
    name: "Function Keys",
    constants: &[
        integer("F1 key", 1, -122),
        integer("F2 key", 2, -120),
        integer("F3 key", 3, -99),
        integer("F4 key", 4, -118),
        integer("F5 key", 5, -96),
        integer("F6 key", 6, -97),
        integer("F7 key", 7, -98),
        integer("F8 key", 8, -100),
        integer("F9 key", 9, -101),
        integer("F10 key", 10, -109),
        integer("F11 key", 11, -103),
        integer("F12 key", 12, -111),
        integer("F13 key", 13, -105),
        integer("F14 key", 14, -107),
        integer("F15 key", 15, -113),
        integer("Left arrow key", 16, 28),
        integer("Right arrow key", 17, 29),
        integer("Up arrow key", 18, 30),
        integer("Down arrow key", 19, 31),
        integer("Page up key", 20, 11),
        integer("Page down key", 21, 12),
        integer("Home key", 22, 1),
        integer("End key", 23, 4),
        integer("Help key", 24, 5),
        integer("Escape key", 25, 27),
        integer("Enter key", 26, 3),
        integer("ReturnKey", 27, 13),
        integer("Tab key", 28, 9),
        integer("Backspace key", 29, 8),
    ],
};
