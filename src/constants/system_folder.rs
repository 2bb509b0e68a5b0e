//! The constants of the theme System Folder.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(41),
    name: "System Folder",
    constants: &[
        integer("System", 1, 0),
        integer("Fonts", 2, 1),
        integer("User preferences_all", 3, 2),
        integer("User preferences_user", 4, 3),
        integer("Startup Win_all", 5, 4),
        integer("Startup Win_user", 6, 5),
        integer("_o_Mac shutdown items_all", 7, 6),
        integer("_o_Mac shutdown items_user", 8, 7),
        integer("Start menu Win_all", 9, 8),
        integer("Start menu Win_user", 10, 9),
        integer("_o_Mac extensions", 11, 10),
        integer("_o_Mac control panels", 12, 11),
        integer("System Win", 13, 12),
        integer("System32 Win", 14, 13),
        integer("Favorites Win", 15, 14),
        integer("Desktop", 16, 15),
        integer("Applications or program files", 17, 16),
        integer("Documents folder", 18, 17),
        integer("Home folder", 19, 18),
    ],
};
