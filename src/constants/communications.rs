//! The constants of the theme Communications.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, integer};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(31),
    name: "Communications",
    constants: &[
        integer("MacOS serial port", 2, 1),
        integer("Speed 9600", 13, 10),
        integer("Speed 19200", 14, 4),
        integer("Protocol none", 16, 0),
        integer("Parity none", 17, 0),
        integer("Data bits 8", 23, 3072),
        integer("Stop bits one", 24, 16384),
        integer("Data bits 5", NO_TOKEN, 0),
        integer("Data bits 6", NO_TOKEN, 2048),
        integer("Data bits 7", NO_TOKEN, 1024),
        integer("MacOS printer port", NO_TOKEN, 0),
        integer("Parity even", NO_TOKEN, 12288),
        integer("Parity odd", NO_TOKEN, 4096),
        integer("Protocol DTR", NO_TOKEN, 30),
        integer("Protocol XONXOFF", NO_TOKEN, 20),
        integer("Speed 115200", NO_TOKEN, 1022),
        integer("Speed 1200", NO_TOKEN, 94),
        integer("Speed 1800", NO_TOKEN, 62),
        integer("Speed 230400", NO_TOKEN, 1021),
        integer("Speed 2400", NO_TOKEN, 46),
        integer("Speed 300", NO_TOKEN, 380),
        integer("Speed 3600", NO_TOKEN, 30),
        integer("Speed 4800", NO_TOKEN, 22),
        integer("Speed 57600", NO_TOKEN, 0),
        integer("Speed 600", NO_TOKEN, 189),
        integer("Speed 7200", NO_TOKEN, 14),
        integer("Stop bits one and a half", NO_TOKEN, -32768),
        integer("Stop bits two", NO_TOKEN, -16384),
    ],
};
