//! The constants of the theme Form Objects (Access).

use crate::builtin::ConstantTheme;
use crate::constants::{integer, text};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(67),
    name: "Form Objects (Access)",
    constants: &[
        text("Object first in entry order", 1, ";FirstObject"),
        integer("Object current", 2, 0),
        integer("Object with focus", 3, 1),
        integer("Object subform container", 4, 2),
        integer("Object named", 5, 3),
        integer("Form current page", 6, 1),
        integer("Form all pages", 7, 2),
        integer("Form inherited", 8, 4),
    ],
};
