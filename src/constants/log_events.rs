//! The constants of the theme Log Events.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(38),
    name: "Log Events",
    constants: &[
        integer("Information message", 1, 0),
        integer("Warning message", 2, 1),
        integer("Error message", 3, 2),
        integer("Into Windows log events", 4, 0),
        integer("Into 4D debug message", 5, 1),
        integer("Into 4D request log", 6, 2),
        integer("Into 4D commands log", 7, 3),
        integer("Into 4D diagnostic log", 8, 5),
        integer("Into system standard outputs", 9, 6),
    ],
};
