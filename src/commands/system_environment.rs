//! Theme System Environment: the machine, its user, its folders and its log.

use std::path::{Path, PathBuf};

use crate::builtin::parameter::Var;
use crate::builtin::{Command, Theme};
use crate::commands::environment::system_path;
use crate::native;
use crate::runtime::host::Platform;
use crate::runtime::process::Process;
use crate::runtime::sandbox::{self, permissions};
use crate::value::Value;
use crate::value::collection::Collection;
use crate::value::error::{Error, Result};
use crate::value::object::Object;
use crate::value::text::Text;

/// System Environment
pub const THEME: Theme = Theme {
    name: "System Environment",
    commands: &[
        CURRENT_CLIENT_AUTHENTICATION,
        CURRENT_MACHINE,
        CURRENT_SYSTEM_USER,
        GET_SYSTEM_FORMAT,
        IS_MACOS,
        IS_WINDOWS,
        LOG_EVENT,
        SYSTEM_FOLDER,
        SYSTEM_INFO,
        TEMPORARY_FOLDER,
    ],
};

// ---- machine and user ----

const CURRENT_MACHINE: Command = Command {
    number: 483,
    name: "Current machine",
    thread_safe: true,
    help: "The name of the machine.",
    syntaxes: &[native!(current_machine(process))],
};

fn current_machine(process: &mut Process) -> Result<String> {
    permissions::variable("HOSTNAME")?;
    Ok(process.runtime.host.host_name())
}

const CURRENT_SYSTEM_USER: Command = Command {
    number: 484,
    name: "Current system user",
    thread_safe: true,
    help: "The name of the system's user.",
    syntaxes: &[native!(current_system_user(process))],
};

fn current_system_user(process: &mut Process) -> Result<String> {
    permissions::variable("USER")?;
    Ok(process.runtime.host.user_name())
}

const CURRENT_CLIENT_AUTHENTICATION: Command = Command {
    number: 1355,
    name: "Current client authentication",
    thread_safe: true,
    help: "The name under which Windows knows the client: \"\", because no client was authenticated.",
    syntaxes: &[native!(current_client_authentication(domain, protocol))],
};

fn current_client_authentication(domain: Var<Text>, protocol: Var<Text>) -> &'static str {
    domain.set("");
    protocol.set("");
    ""
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

const SYSTEM_INFO: Command = Command {
    number: 1571,
    name: "System info",
    thread_safe: true,
    help: "An object that describes the machine: its name, system, processor, memory and volumes.",
    syntaxes: &[native!(system_info(process))],
};

/// What the system says of itself in a file; "" where there is no such file.
fn said(path: &str) -> String {
    sandbox::read(Path::new(path))
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default()
}

/// The value behind a name in lines like `name : value` or `NAME="value"`.
fn named(text: &str, name: &str, separator: char) -> Option<String> {
    let line = text.lines().find_map(|line| {
        let (key, value) = line.split_once(separator)?;
        (key.trim() == name).then_some(value)
    })?;
    Some(line.trim().trim_matches('"').to_owned())
}

fn first_number(text: &str) -> f64 {
    text.split_whitespace().next().and_then(|word| word.parse().ok()).unwrap_or(0.0)
}

fn system_info(process: &mut Process) -> Object {
    let host = &process.runtime.host;
    let processor = said("/proc/cpuinfo");
    let threads = i32::try_from(host.parallelism()).unwrap_or(i32::MAX);
    // Where the system does not tell cores from threads, each thread counts as a core.
    let cores = named(&processor, "cpu cores", ':').and_then(|cores| cores.parse().ok()).unwrap_or(threads);
    let language = host.variable("LANG").unwrap_or_default();
    let language =
        language.split(['_', '.']).next().filter(|word| word.len() == 2).unwrap_or("en").to_owned();
    let system = named(&said("/etc/os-release"), "PRETTY_NAME", '=');
    let memory = named(&said("/proc/meminfo"), "MemTotal", ':').unwrap_or_default();
    let object = Object::new();
    object.put("machineName", host.host_name());
    object.put("osVersion", system.unwrap_or_else(|| std::env::consts::OS.to_owned()));
    object.put("osLanguage", language);
    object.put("accountName", host.user_name());
    object.put("userName", host.user_name());
    object.put("processor", named(&processor, "model name", ':').unwrap_or_default());
    object.put("cores", cores);
    object.put("cpuThreads", threads);
    // The addresses of the machine cannot be asked for without a library of the system.
    object.put("networkInterfaces", Collection::new());
    object.put("uptime", first_number(&said("/proc/uptime")).floor());
    object.put("model", said("/sys/class/dmi/id/product_name").trim());
    object.put("macRosetta", false);
    object.put("physicalMemory", first_number(&memory));
    object.put("volumes", volumes());
    object
}

/// The mounted disks; their sizes cannot be asked for without a library of the system.
fn volumes() -> Collection {
    said("/proc/mounts")
        .lines()
        .filter(|line| line.starts_with("/dev/"))
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let (device, mount_point, file_system) = (words.next()?, words.next()?, words.next()?);
            let disk = Object::new();
            disk.put("identifier", device);
            let volume = Object::new();
            volume.put("mountPoint", mount_point);
            volume.put("fileSystem", file_system);
            volume.put("disk", disk);
            Some(Value::Object(volume))
        })
        .collect()
}

// ---- formats ----

const GET_SYSTEM_FORMAT: Command = Command {
    number: 994,
    name: "GET SYSTEM FORMAT",
    thread_safe: true,
    help: "Gives one of the formats in which numbers, dates and times are written, the same on every machine.",
    syntaxes: &[native!(get_system_format(format, value))],
};

/// The formats, by the constants of their theme.
const FORMATS: &[(i32, &str)] = &[
    (0, "."),
    (1, ","),
    (2, "$"),
    (3, "HH:mm"),
    (4, "HH:mm:ss"),
    (5, "HH:mm:ss"),
    (6, "MM/dd/yyyy"),
    (7, "EEE, MMM d, yyyy"),
    (8, "EEEE, MMMM d, yyyy"),
    (13, "/"),
    (14, ":"),
    (15, "2"),
    (16, "1"),
    (17, "3"),
    (18, "AM"),
    (19, "PM"),
];

fn get_system_format(format: i32, value: Var<Text>) -> Result<()> {
    let Some((_, text)) = FORMATS.iter().find(|(number, _)| *number == format) else {
        return Err(Error::quatre(5219, format!("`GET SYSTEM FORMAT` knows no format {format}")));
    };
    value.set(*text);
    Ok(())
}

// ---- folders ----

const TEMPORARY_FOLDER: Command = Command {
    number: 486,
    name: "Temporary folder",
    thread_safe: true,
    help: "The path of the folder for files that need not last.",
    syntaxes: &[native!(temporary_folder(process))],
};

fn temporary_folder(process: &mut Process) -> String {
    let own = process.runtime.options.temporary.clone();
    system_path(&own.unwrap_or_else(sandbox::temporary_folder), true)
}

const SYSTEM_FOLDER: Command = Command {
    number: 487,
    name: "System folder",
    thread_safe: true,
    help: "The path of a folder of the system; \"\" when this system has none of that kind.",
    syntaxes: &[native!(system_folder(process, folderType))],
};

/// Folders that `System folder` knows, by the constants of their theme.
mod folder {
    pub(super) const SYSTEM: i32 = 0;
    pub(super) const FONTS: i32 = 1;
    pub(super) const PREFERENCES_ALL: i32 = 2;
    pub(super) const PREFERENCES_USER: i32 = 3;
    pub(super) const DESKTOP: i32 = 15;
    pub(super) const APPLICATIONS: i32 = 16;
    pub(super) const DOCUMENTS: i32 = 17;
    pub(super) const HOME: i32 = 18;
}

fn system_folder(process: &mut Process, kind: Option<i32>) -> Result<String> {
    if matches!(kind, Some(folder::HOME | folder::DESKTOP | folder::DOCUMENTS | folder::PREFERENCES_USER)) {
        permissions::variable("HOME")?;
    }
    let host = &process.runtime.host;
    let variable = |name: &str| host.variable(name).map(PathBuf::from).unwrap_or_default();
    let windows = host.platform() == Platform::Windows;
    let home = if windows { variable("USERPROFILE") } else { variable("HOME") };
    let path = match (kind.unwrap_or(folder::SYSTEM), host.platform()) {
        (folder::HOME, _) => home,
        (folder::DESKTOP, _) => home.join("Desktop"),
        (folder::DOCUMENTS, _) => home.join("Documents"),
        (folder::SYSTEM, Platform::Linux) => PathBuf::from("/"),
        (folder::SYSTEM, Platform::Mac) => PathBuf::from("/System"),
        (folder::SYSTEM, Platform::Windows) => variable("SystemRoot"),
        (folder::FONTS, Platform::Linux) => PathBuf::from("/usr/share/fonts"),
        (folder::FONTS, Platform::Mac) => PathBuf::from("/Library/Fonts"),
        (folder::FONTS, Platform::Windows) => variable("SystemRoot").join("Fonts"),
        (folder::PREFERENCES_ALL, Platform::Linux) => PathBuf::from("/etc"),
        (folder::PREFERENCES_ALL, Platform::Mac) => PathBuf::from("/Library/Preferences"),
        (folder::PREFERENCES_ALL, Platform::Windows) => variable("ProgramData"),
        (folder::PREFERENCES_USER, Platform::Linux) => home.join(".config"),
        (folder::PREFERENCES_USER, Platform::Mac) => home.join("Library/Preferences"),
        (folder::PREFERENCES_USER, Platform::Windows) => variable("APPDATA"),
        (folder::APPLICATIONS, Platform::Linux) => PathBuf::from("/opt"),
        (folder::APPLICATIONS, Platform::Mac) => PathBuf::from("/Applications"),
        (folder::APPLICATIONS, Platform::Windows) => variable("ProgramFiles"),
        _ => PathBuf::new(),
    };
    Ok(system_path(&path, true))
}

// ---- log ----

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
    let time = host.now().format("%Y-%m-%dT%H:%M:%S%.3f");
    host.log(&format!("{time} [{channel}] {name}: {}", message.to_str()));
}

fn log_windows_event(process: &mut Process, message: Text, importance: Option<i32>) {
    log_event(process, 0, message, importance);
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn values_are_found_by_their_whole_name() {
        let text = "NAME=\"Debian\"\nPRETTY_NAME=\"Debian 12\"\n";
        assert_eq!(named(text, "PRETTY_NAME", '='), Some("Debian 12".to_owned()));
        assert_eq!(named("MemTotal:  2048 kB", "MemTotal", ':'), Some("2048 kB".to_owned()));
        assert_eq!(named(text, "VERSION", '='), None);
    }
}
