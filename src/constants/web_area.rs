//! The constants of the theme Web Area.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(62),
    name: "Web Area",
    constants: &[
        integer("WA previous URLs", 1, 0),
        integer("WA next URLs", 2, 1),
        integer("_o_WA enable Java applets", 3, 1),
        integer("_o_WA enable JavaScript", 4, 2),
        integer("_o_WA enable plugins", 5, 3),
        integer("WA enable contextual menu", 6, 4),
        integer("WA enable Web inspector", 7, 100),
        integer("WA enable URL drop", 8, 101),
    ],
};
