//! The command line.

/// Runs the program with these arguments (the first is its own name).
pub fn run(_arguments: Vec<std::ffi::OsString>) -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
