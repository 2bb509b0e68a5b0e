//! The constants of the theme Vector.

use crate::builtin::ConstantTheme;
use crate::constants::{integer, text};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(95),
    name: "Vector",
    constants: &[
        text("mk cosine", 1, "cosine"),
        text("mk dot", 2, "dot"),
        text("mk euclidean", 3, "euclidean"),
        integer("mk single precision", 4, 32),
        integer("mk double precision", 5, 64),
    ],
};
