//! The constants of the theme Standard System Signatures.

use crate::builtin::ConstantTheme;
use crate::constants::text;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(4),
    name: "Standard System Signatures",
    constants: &[
        text("Text document", 1, "TEXT"),
        text("Picture document", 2, "PICT"),
        text("Windows sound document", 3, "WAV"),
        text("Windows video document", 4, "AVI"),
        text("Windows MIDI document", 5, "MID"),
    ],
};
