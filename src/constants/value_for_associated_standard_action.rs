//! The constants of the theme Value for Associated Standard Action.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(59),
    name: "Value for Associated Standard Action",
    constants: &[
        integer("_o_Undo action", 16, 17),
        integer("_o_Redo action", 17, 31),
        integer("_o_Cut action", 18, 18),
        integer("_o_Copy action", 19, 19),
        integer("_o_Paste action", 20, 20),
        integer("_o_Clear action", 21, 21),
        integer("_o_Select all action", 22, 22),
        integer("_o_Show clipboard action", 23, 23),
        integer("_o_Accept action", NO_TOKEN, 2),
        integer("_o_Cancel action", NO_TOKEN, 1),
        integer("_o_No action", NO_TOKEN, 0),
    ],
};
