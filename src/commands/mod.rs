//! The commands, one file a theme of 4D; a command is a record beside the Rust function that does it.

use crate::builtin::Theme;

pub mod aliases;

pub mod compiler;

pub mod environment;

pub mod interruptions;

pub mod messages;

pub mod process_communications;

pub mod processes;

pub mod system_environment;

pub mod tools;

pub mod unavailable;

pub mod users_and_groups;

/// Every theme that has commands which can be used.
#[rustfmt::skip]
pub const THEMES: &[&Theme] = &[
    &compiler::THEME,
    &environment::THEME,
    &interruptions::THEME,
    &messages::THEME,
    &process_communications::THEME,
    &processes::THEME,
    &system_environment::THEME,
    &tools::THEME,
    &users_and_groups::THEME,
];
