//! The constants of the theme Picture Transformation.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(61),
    name: "Picture Transformation",
    constants: &[
        integer("Reset", 1, 0),
        integer("Scale", 2, 1),
        integer("Translate", 3, 2),
        integer("Flip horizontally", 4, 3),
        integer("Flip vertically", 5, 4),
        integer("Fade to grey scale", 6, 101),
        integer("Crop", 7, 100),
        integer("Horizontal concatenation", 8, 1),
        integer("Vertical concatenation", 9, 2),
        integer("Superimposition", 10, 3),
        integer("Transparency", 11, 102),
    ],
};
