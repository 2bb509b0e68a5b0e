//! The constants of the theme DataStore Request Log.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(93),
    name: "DataStore Request Log",
    constants: &[
        integer("srl log all", 1, 0),
        integer("srl log no response", 2, 1),
        integer("srl log response without body", 3, 2),
    ],
};
