//! The constants of the theme Web Services (Server).

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(46),
    name: "Web Services (Server)",
    constants: &[
        integer("SOAP input", 1, 1),
        integer("SOAP output", 2, 2),
        integer("SOAP method name", 3, 1),
        integer("SOAP client fault", 5, 1),
        integer("SOAP server fault", 6, 2),
        integer("Is XML", 7, 36),
        integer("SOAP Service Name", NO_TOKEN, 2),
    ],
};
