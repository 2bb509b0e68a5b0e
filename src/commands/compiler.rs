//! Theme Compiler: what is left of it when code runs.

use crate::builtin::{Command, Theme};
use crate::native;
use crate::runtime::process::Process;
use crate::value::error::Result;

/// Compiler
pub const THEME: Theme = Theme { name: "Compiler", commands: &[IDLE] };

const IDLE: Command = Command {
    number: 311,
    name: "IDLE",
    thread_safe: true,
    help: "Lets other processes go on for a moment, for loops that wait.",
    syntaxes: &[native!(idle(process))],
};

fn idle(process: &mut Process) -> Result<()> {
    std::thread::yield_now();
    process.attend()
}
