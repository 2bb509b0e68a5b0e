//! The constants of the theme SQL.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer, text, unknown};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(49),
    name: "SQL",
    constants: &[
        integer("SQL param in", 1, 1),
        integer("SQL param in out", 2, 2),
        integer("SQL param out", 3, 4),
        integer("SQL asynchronous", 4, 1),
        integer("SQL max rows", 5, 2),
        integer("SQL max data length", 6, 3),
        integer("SQL query timeout", 7, 4),
        integer("SQL connection timeout", 8, 5),
        integer("SQL param set size", 9, 6),
        integer("SQL all records", 10, -1),
        text("SQL_INTERNAL", 11, ";DB4D_SQL_LOCAL;"),
        integer("User data source", 12, 1),
        integer("System data source", 13, 2),
        integer("SQL charset", 14, 100),
        integer("SQL On error abort", 15, 1),
        integer("SQL On error confirm", 16, 2),
        integer("SQL On error continue", 17, 3),
        text("SQL use access rights", 18, "SQL_Use_Access_Rights"),
        integer("SQL data chunk size", 19, 6),
        unknown("SQL Connection Time Out", NO_TOKEN),
        unknown("SQL Query Time Out", NO_TOKEN),
    ],
};
