//! The commands, one file a theme of 4D; a command is a record beside the Rust function that does it.

use crate::builtin::Theme;

pub mod aliases;

pub mod messages;

pub mod process_communications;

pub mod processes;

pub mod system_environment;

pub mod unavailable;

/// Every theme that has commands which can be used.
#[rustfmt::skip]
pub const THEMES: &[&Theme] = &[
    &messages::THEME,
    &process_communications::THEME,
    &processes::THEME,
    &system_environment::THEME,
];
