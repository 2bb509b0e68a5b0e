//! User Interface: what it answers where nobody sits at a keyboard. No key is ever held down.

use crate::builtin::{Command, Theme};
use crate::native;

/// The theme.
pub const THEME: Theme = Theme {
    name: "User Interface",
    commands: &[
        BEEP,
        CAPS_LOCK_DOWN,
        MACINTOSH_COMMAND_DOWN,
        MACINTOSH_CONTROL_DOWN,
        MACINTOSH_OPTION_DOWN,
        SHIFT_DOWN,
        WINDOWS_ALT_DOWN,
        WINDOWS_CTRL_DOWN,
    ],
};

const BEEP: Command = Command {
    number: 151,
    name: "BEEP",
    thread_safe: true,
    help: "Makes a sound: none, because nobody sits at the machine.",
    syntaxes: &[native!(beep())],
};

fn beep() {}

const CAPS_LOCK_DOWN: Command = Command {
    number: 547,
    name: "Caps lock down",
    thread_safe: true,
    help: "Whether the key Caps Lock is held down: never, because there is no keyboard.",
    syntaxes: &[native!(key_is_down())],
};

const MACINTOSH_COMMAND_DOWN: Command = Command {
    number: 546,
    name: "Macintosh command down",
    thread_safe: true,
    help: "Whether the key Command is held down: never, because there is no keyboard.",
    syntaxes: &[native!(key_is_down())],
};

const MACINTOSH_CONTROL_DOWN: Command = Command {
    number: 544,
    name: "Macintosh control down",
    thread_safe: true,
    help: "Whether the key Control is held down: never, because there is no keyboard.",
    syntaxes: &[native!(key_is_down())],
};

const MACINTOSH_OPTION_DOWN: Command = Command {
    number: 545,
    name: "Macintosh option down",
    thread_safe: true,
    help: "Whether the key Option is held down: never, because there is no keyboard.",
    syntaxes: &[native!(key_is_down())],
};

const SHIFT_DOWN: Command = Command {
    number: 543,
    name: "Shift down",
    thread_safe: true,
    help: "Whether the key Shift is held down: never, because there is no keyboard.",
    syntaxes: &[native!(key_is_down())],
};

const WINDOWS_ALT_DOWN: Command = Command {
    number: 563,
    name: "Windows Alt down",
    thread_safe: true,
    help: "Whether the key Alt is held down: never, because there is no keyboard.",
    syntaxes: &[native!(key_is_down())],
};

const WINDOWS_CTRL_DOWN: Command = Command {
    number: 562,
    name: "Windows Ctrl down",
    thread_safe: true,
    help: "Whether the key Ctrl is held down: never, because there is no keyboard.",
    syntaxes: &[native!(key_is_down())],
};

fn key_is_down() -> bool {
    false
}
