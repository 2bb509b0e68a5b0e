//! The constants of the theme Picture Display Formats.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(6),
    name: "Picture Display Formats",
    constants: &[
        integer("Truncated centered", 1, 1),
        integer("Scaled to fit", 2, 2),
        integer("On background", 3, 3),
        integer("Truncated non centered", 4, 4),
        integer("Scaled to fit proportional", 5, 5),
        integer("Scaled to fit prop centered", 6, 6),
        integer("Replicated", 7, 7),
    ],
};
