//! The constants of the theme HTTP Client.

use crate::builtin::ConstantTheme;
use crate::constants::{integer, text};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(71),
    name: "HTTP Client",
    constants: &[
        text("HTTP GET method", 1, "GET"),
        text("HTTP POST method", 2, "POST"),
        text("HTTP HEAD method", 3, "HEAD"),
        text("HTTP TRACE method", 4, "TRACE"),
        text("HTTP DELETE method", 5, "DELETE"),
        text("HTTP PUT method", 6, "PUT"),
        text("HTTP OPTIONS method", 7, "OPTIONS"),
        integer("HTTP basic", 8, 1),
        integer("HTTP digest", 9, 2),
        integer("HTTP timeout", 10, 1),
        integer("HTTP follow redirect", 11, 2),
        integer("HTTP max redirect", 12, 3),
        integer("HTTP display auth dial", 13, 4),
        integer("HTTP reset auth settings", 14, 5),
        integer("HTTP compression", 15, 6),
        integer("HTTP client log", 16, 7),
        integer("HTTP disable log", 17, 0),
        integer("HTTP enable log without body", 18, 1),
        integer("HTTP enable log with request body", 19, 3),
        integer("HTTP enable log with response body", 20, 5),
        integer("HTTP enable log with all body parts", 21, 7),
    ],
};
