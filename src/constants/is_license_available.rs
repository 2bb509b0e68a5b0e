//! The constants of the theme Is License Available.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(44),
    name: "Is License Available",
    constants: &[
        integer("4D Write license", 2, 808464697),
        integer("4D Web license", 3, 808464945),
        integer("4D View license", 4, 808465207),
        integer("4D for OCI license", 5, 808465208),
        integer("4D Client Web license", 6, 808465209),
        integer("4D Client SOAP license", 7, 808465465),
        integer("4D SOAP license", 8, 808465464),
        integer("4D ODBC Pro license", 9, 808464946),
        integer("4D REST Test license", 22, 808465719),
        integer("4D SOAP local license", NO_TOKEN, 808531000),
        integer("4D SOAP one connection license", NO_TOKEN, 825242680),
        integer("4D SQL Server license", NO_TOKEN, 808464949),
        integer("4D SQL Server local license", NO_TOKEN, 808530485),
        integer("4D SQL Server one Conn license", NO_TOKEN, 825242165),
        integer("4D Web local license", NO_TOKEN, 808530481),
        integer("4D Web one connection license", NO_TOKEN, 825242161),
    ],
};
