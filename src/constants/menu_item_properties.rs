//! The constants of the theme Menu Item Properties.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, text};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(56),
    name: "Menu Item Properties",
    constants: &[
        text("Associated standard action", 1, "4D_standard_action_name"),
        text("Access privileges", 3, "4D_access_group"),
        text("Start a New Process", NO_TOKEN, "4D_start_new_process"),
    ],
};
