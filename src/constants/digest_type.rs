//! The constants of the theme Digest Type.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(66),
    name: "Digest Type",
    constants: &[
        integer("MD5 digest", 1, 0),
        integer("SHA1 digest", 2, 1),
        integer("_o_4D REST digest", 3, 2),
        integer("SHA256 digest", 4, 3),
        integer("SHA512 digest", 5, 4),
    ],
};
