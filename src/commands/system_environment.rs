//! Theme System Environment: the machine, its user and its log.

use crate::builtin::{Command, Theme};
use crate::native;
use crate::runtime::host::Platform;
use crate::runtime::process::Process;
use crate::value::text::Text;

/// System Environment
pub const THEME: Theme = Theme {
    name: "System Environment",
    commands: &[CURRENT_MACHINE, CURRENT_SYSTEM_USER, IS_MACOS, IS_WINDOWS, LOG_EVENT],
};

const CURRENT_MACHINE: Command = Command {
    number: 483,
    name: "Current machine",
    thread_safe: true,
    help: "The name of the machine.",
    syntaxes: &[native!(current_machine(process))],
};

fn current_machine(process: &mut Process) -> String {
    process.runtime.host.host_name()
}

const CURRENT_SYSTEM_USER: Command = Command {
    number: 484,
    name: "Current system user",
    thread_safe: true,
    help: "The name of the system's user.",
    syntaxes: &[native!(current_system_user(process))],
};

fn current_system_user(process: &mut Process) -> String {
    process.runtime.host.user_name()
}

const IS_MACOS: Command = Command {
    number: 1572,
    name: "Is macOS",
    thread_safe: true,
    help: "True on macOS.",
    syntaxes: &[native!(is_macos(process))],
};

fn is_macos(process: &mut Process) -> bool {
    process.runtime.host.platform() == Platform::Mac
}

const IS_WINDOWS: Command = Command {
    number: 1573,
    name: "Is Windows",
    thread_safe: true,
    help: "True on Windows.",
    syntaxes: &[native!(is_windows(process))],
};

fn is_windows(process: &mut Process) -> bool {
    process.runtime.host.platform() == Platform::Windows
}

const LOG_EVENT: Command = Command {
    number: 667,
    name: "LOG EVENT",
    thread_safe: true,
    help: "Writes a text, exactly as it is, to standard output, to standard error or to the log.",
    syntaxes: &[
        native!(log_event(process, outputType, message, importance)),
        native!(log_windows_event(process, message, importance)),
    ],
};

/// `Into system standard outputs`
const STANDARD_OUTPUTS: i32 = 6;

/// The other channels, by their number.
const CHANNELS: &[(i32, &str)] =
    &[(0, "Windows events"), (1, "debug"), (2, "requests"), (3, "commands"), (5, "diagnostic")];

/// `Information message`, `Warning message` and `Error message`, by their number.
const LEVELS: &[&str] = &["Information", "Warning", "Error"];

fn log_event(process: &mut Process, output: i32, message: Text, importance: Option<i32>) {
    // What is no level counts as information.
    let level = importance.and_then(|level| usize::try_from(level).ok()).unwrap_or(0);
    let name = LEVELS.get(level).unwrap_or(&"Information");
    let host = &process.runtime.host;
    if output == STANDARD_OUTPUTS {
        match *name {
            "Error" => host.write_err(&message.to_str()),
            _ => host.write_out(&message.to_str()),
        }
        return;
    }
    let channel =
        CHANNELS.iter().find(|(number, _)| *number == output).map_or("Windows events", |(_, name)| name);
    host.log(&format!(
        "{} [{channel}] {name}: {}",
        host.now().format("%Y-%m-%dT%H:%M:%S%.3f"),
        message.to_str()
    ));
}

fn log_windows_event(process: &mut Process, message: Text, importance: Option<i32>) {
    log_event(process, 0, message, importance);
}
