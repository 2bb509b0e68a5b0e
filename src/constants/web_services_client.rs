//! The constants of the theme Web Services (Client).

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(48),
    name: "Web Services (Client)",
    constants: &[
        integer("Web Service dynamic", 1, 0),
        integer("Web Service manual", 4, 3),
        integer("Web Service error code", 5, 0),
        integer("Web Service detailed message", 6, 1),
        integer("Web Service HTTP status code", 7, 2),
        integer("Web Service fault actor", 8, 3),
        integer("Web Service SOAP header", 10, 2),
        integer("Web Service compression", NO_TOKEN, 1),
        integer("Web Service display auth dialog", NO_TOKEN, 4),
        integer("Web Service HTTP Compression", NO_TOKEN, 6),
        integer("Web Service HTTP Timeout", NO_TOKEN, 1),
        integer("Web Service Manual In", NO_TOKEN, 1),
        integer("Web Service Manual Out", NO_TOKEN, 2),
        integer("Web Service reset auth settings", NO_TOKEN, 5),
        integer("Web Service SOAP Version", NO_TOKEN, 3),
        integer("Web Service SOAP_1_1", NO_TOKEN, 0),
        integer("Web Service SOAP_1_2", NO_TOKEN, 1),
    ],
};
