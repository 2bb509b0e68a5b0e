//! The constants of the theme Export structure.

use crate::builtin::ConstantTheme;
use crate::constants::text;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(94),
    name: "Export structure",
    constants: &[text("xml format", 1, "xml"), text("html format", 2, "html")],
};
