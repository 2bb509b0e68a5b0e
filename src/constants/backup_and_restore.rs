//! The constants of the theme Backup and Restore.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(54),
    name: "Backup and Restore",
    constants: &[
        integer("Last backup date", 1, 0),
        integer("Last backup status", 2, 2),
        integer("Next backup date", 3, 4),
        integer("Auto repair mode", NO_TOKEN, 1),
        integer("Field attribute with name", NO_TOKEN, 2),
        integer("Field attribute with number", NO_TOKEN, 1),
        integer("Last Backup information", NO_TOKEN, 5),
        integer("Last Restore Date", NO_TOKEN, 0),
        integer("Last Restore Status", NO_TOKEN, 2),
        integer("Strict mode", NO_TOKEN, 0),
    ],
};
