//! The constants of the theme Shortcut and Associated Keys.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, text};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(75),
    name: "Shortcut and Associated Keys",
    constants: &[
        text("Shortcut with Escape", 20, "[esc]"),
        text("Shortcut with Down arrow", 30, "[down arrow]"),
        text("Shortcut with Backspace", NO_TOKEN, "[backspace]"),
        text("Shortcut with Carriage Return", NO_TOKEN, "[return]"),
        text("Shortcut with Delete", NO_TOKEN, "[del]"),
        text("Shortcut with End", NO_TOKEN, "[end]"),
        text("Shortcut with Enter", NO_TOKEN, "[enter]"),
        text("Shortcut with F1", NO_TOKEN, "[F1]"),
        text("Shortcut with F10", NO_TOKEN, "[F10]"),
        text("Shortcut with F11", NO_TOKEN, "[F11]"),
        text("Shortcut with F12", NO_TOKEN, "[F12]"),
        text("Shortcut with F13", NO_TOKEN, "[F13]"),
        text("Shortcut with F14", NO_TOKEN, "[F14]"),
        text("Shortcut with F15", NO_TOKEN, "[F15]"),
        text("Shortcut with F2", NO_TOKEN, "[F2]"),
        text("Shortcut with F3", NO_TOKEN, "[F3]"),
        text("Shortcut with F4", NO_TOKEN, "[F4]"),
        text("Shortcut with F5", NO_TOKEN, "[F5]"),
        text("Shortcut with F6", NO_TOKEN, "[F6]"),
        text("Shortcut with F7", NO_TOKEN, "[F7]"),
        text("Shortcut with F8", NO_TOKEN, "[F8]"),
        text("Shortcut with F9", NO_TOKEN, "[F9]"),
        text("Shortcut with Help", NO_TOKEN, "[help]"),
        text("Shortcut with Home", NO_TOKEN, "[home]"),
        text("Shortcut with Left Arrow", NO_TOKEN, "[left arrow]"),
        text("Shortcut with Page Down", NO_TOKEN, "[page down]"),
        text("Shortcut with Page Up", NO_TOKEN, "[page up]"),
        text("Shortcut with Right Arrow", NO_TOKEN, "[right arrow]"),
        text("Shortcut with Tabulation", NO_TOKEN, "[tab]"),
        text("Shortcut with Up Arrow", NO_TOKEN, "[up arrow]"),
    ],
};
