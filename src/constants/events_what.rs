//! The constants of the theme Events (What).

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(17),
    name: "Events (What)",
    constants: &[
        integer("Null event", 1, 0),
        integer("Mouse down event", 2, 1),
        integer("Mouse up event", 3, 2),
        integer("Key down event", 4, 3),
        integer("Key up event", 5, 4),
        integer("Auto key event", 6, 5),
        integer("Update event", 7, 6),
        integer("Disk event", 8, 7),
        integer("Activate event", 9, 8),
        integer("Operating system event", 10, 15),
    ],
};
