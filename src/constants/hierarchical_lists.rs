//! The constants of the theme Hierarchical Lists.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer, text};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(28),
    name: "Hierarchical Lists",
    constants: &[
        integer("_o_Ala Macintosh", 1, 1),
        integer("_o_Macintosh node", 5, 860),
        text("Additional text", 7, "4D_additional_text"),
        text("Associated standard action name", 8, "4D_standard_action_name"),
        integer("_o_Ala Windows", NO_TOKEN, 2),
        integer("_o_Use PICT resource", NO_TOKEN, 65536),
        integer("_o_Windows node", NO_TOKEN, 138),
        integer("Use PicRef", NO_TOKEN, 131072),
    ],
};
