//! The constants of the theme BLOB.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(22),
    name: "BLOB",
    constants: &[
        integer("Native byte ordering", 1, 0),
        integer("Macintosh byte ordering", 2, 1),
        integer("PC byte ordering", 3, 2),
        integer("Native real format", 4, 0),
        integer("Extended real format", 5, 1),
        integer("Macintosh double real format", 6, 2),
        integer("Mac C string", 7, 0),
        integer("Mac Pascal string", 8, 1),
        integer("Mac text with length", 9, 2),
        integer("Mac text without length", 10, 3),
        integer("Is not compressed", 11, 0),
        integer("Compact compression mode", 12, 1),
        integer("Fast compression mode", 13, 2),
        integer("PC double real format", 14, 3),
        integer("UTF8 C string", 15, 4),
        integer("UTF8 text with length", 16, 5),
        integer("UTF8 text without length", 17, 6),
        integer("GZIP best compression mode", 18, -1),
        integer("GZIP fast compression mode", 19, -2),
    ],
};
