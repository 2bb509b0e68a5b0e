//! The constants of the theme Data File Maintenance.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(57),
    name: "Data File Maintenance",
    constants: &[
        integer("Verify all", 1, 16),
        integer("Compact address table", NO_TOKEN, 131072),
        integer("Create process", NO_TOKEN, 32768),
        integer("Do not compact index", NO_TOKEN, 2),
        integer("Do not create log file", NO_TOKEN, 16384),
        integer("Move to replaced files folder", NO_TOKEN, 4),
        integer("New file", NO_TOKEN, 0),
        integer("New file dialog", NO_TOKEN, 1),
        integer("Renumber records", NO_TOKEN, 1),
        integer("Timestamp log file name", NO_TOKEN, 262144),
        integer("Update records", NO_TOKEN, 65536),
        integer("Use default folder", NO_TOKEN, 1),
        integer("Use selected file", NO_TOKEN, 2),
        integer("Use structure definition", NO_TOKEN, 0),
        integer("Verify indexes", NO_TOKEN, 8),
        integer("Verify records", NO_TOKEN, 4),
    ],
};
