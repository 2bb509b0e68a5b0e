//! The constants of the theme Math.

use crate::builtin::ConstantTheme;
use crate::constants::real;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(30),
    name: "Math",
    constants: &[
        real("Pi", 1, std::f64::consts::PI),
        real("Degree", 2, std::f64::consts::PI / 180.0),
        real("Radian", 3, 180.0 / std::f64::consts::PI),
        real("e number", 4, std::f64::consts::E),
    ],
};
