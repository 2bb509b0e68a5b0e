//! The constants of the theme LDAP.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer, text, unknown};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(83),
    name: "LDAP",
    constants: &[
        text("LDAP root only", 1, "base"),
        text("LDAP root and next", 2, "one"),
        text("LDAP all levels", 3, "sub"),
        integer("LDAP password MD5", 4, 0),
        integer("LDAP password plain text", 5, 1),
        unknown("LDAP digest MD5 password", NO_TOKEN),
    ],
};
