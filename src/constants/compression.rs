//! The constants of the theme Compression.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(91),
    name: "Compression",
    constants: &[
        integer("ZIP Compression standard", 1, 0),
        integer("ZIP Compression none", 2, 1),
        integer("ZIP Encryption none", 3, 0),
        integer("ZIP Encryption AES128", 4, 1),
        integer("ZIP Encryption AES192", 5, 2),
        integer("ZIP Encryption AES256", 6, 3),
        integer("ZIP Without enclosing folder", 7, 4),
        integer("ZIP Ignore invisible files", 8, 8),
        integer("ZIP Compression LZMA", 9, 2),
        integer("ZIP Compression XZ", NO_TOKEN, 3),
    ],
};
