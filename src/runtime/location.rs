//! Places of files and folders, as 4D names them: POSIX paths, paths of the system, and the paths of file systems such as
//! `/DATA/…`, which lead to folders of the project.
//!
//! A [`Location`] keeps the root and the names below it apart. So a path in a file system stays one when parents and
//! children are taken, and `..` cannot lead out of it.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use crate::runtime::Runtime;
use crate::runtime::host::Platform;
use crate::value::error::{Error, Result};

/// A place that may have nothing at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// `/DATA` and its like; "" for the whole disk.
    system: &'static str,
    /// The folder that the root stands for.
    root: PathBuf,
    /// The names below the root.
    names: Vec<String>,
}

/// How a path is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// With `/`, from the root or from a file system.
    Posix,
    /// As the operating system writes it.
    System,
}

/// The error for what is no path, or no place.
#[cold]
fn no_path(path: &str, why: &str) -> Error {
    Error::quatre(5501, format!("`{path}` {why}"))
}

impl Location {
    /// The place that a whole path names.
    ///
    /// # Errors
    /// The path is relative, or leads above its root.
    pub fn parse(runtime: &Runtime, path: &str, syntax: Syntax) -> Result<Self> {
        let relative = || {
            no_path(path, "is a relative path").label("a path from the root is wanted").help(
                "begin the path with a file system such as `/PACKAGE/`, or take it from a folder: `$folder.file(…)`",
            )
        };
        let start = match syntax {
            Syntax::Posix => Self::posix_root(runtime, path),
            Syntax::System => Self::system_root(path),
        };
        let (root, rest) = start.ok_or_else(relative)?;
        root.below(rest, syntax).ok_or_else(|| no_path(path, "leads above its root"))
    }

    /// A file system, when its name begins the path, or the root of the disk; and what follows.
    fn posix_root<'a>(runtime: &Runtime, path: &'a str) -> Option<(Self, &'a str)> {
        let rest = path.strip_prefix('/')?;
        let (first, after) = rest.split_once('/').unwrap_or((rest, ""));
        if let Some(system) = Self::file_system(runtime, first) {
            return Some((system, after));
        }
        // `/C:/folder`
        if cfg!(windows) && first.ends_with(':') {
            return Some((Self::disk(format!("{first}\\").into()), after));
        }
        Some((Self::disk(PathBuf::from(MAIN_SEPARATOR.to_string())), rest))
    }

    /// The root of a path of the operating system, and what follows.
    fn system_root(path: &str) -> Option<(Self, &str)> {
        if !cfg!(windows) {
            return path.strip_prefix('/').map(|rest| (Self::disk(PathBuf::from("/")), rest));
        }
        if let Some(rest) = path.strip_prefix("\\\\") {
            let (server, rest) = rest.split_once('\\')?;
            let (share, rest) = rest.split_once('\\').unwrap_or((rest, ""));
            return Some((Self::disk(format!("\\\\{server}\\{share}\\").into()), rest));
        }
        let (drive, rest) = path.split_at_checked(2)?;
        (drive.ends_with(':') && rest.starts_with(['\\', '/']))
            .then(|| (Self::disk(format!("{drive}\\").into()), rest.trim_start_matches(['\\', '/'])))
    }

    fn disk(root: PathBuf) -> Self {
        Self { system: "", root, names: Vec::new() }
    }

    /// The folder of a file system: of `DATA` for `/DATA/`.
    fn file_system(runtime: &Runtime, name: &str) -> Option<Self> {
        let package = package(runtime);
        let project = project(runtime);
        // Beside a script there is no folder `Project`, and its logs are not those of a data file.
        let (data, sources) = (package.join("Data"), project.as_ref().map(|project| project.join("Sources")));
        let (system, root) = match name {
            "PACKAGE" => ("/PACKAGE", package),
            "PROJECT" => ("/PROJECT", project.unwrap_or(package)),
            "SOURCES" => ("/SOURCES", sources.unwrap_or(package)),
            "RESOURCES" => ("/RESOURCES", package.join("Resources")),
            "DATA" => ("/DATA", data),
            "LOGS" => ("/LOGS", if project.is_some() { data.join("Logs") } else { package.join("Logs") }),
            _ => return None,
        };
        Some(Self { system, root, names: Vec::new() })
    }

    /// The folder of the logs, on the disk.
    pub fn logs(runtime: &Runtime) -> PathBuf {
        Self::file_system(runtime, "LOGS").map_or_else(PathBuf::new, |place| place.root)
    }

    /// The place of a folder that the system or 4D has, by a constant of the theme File and Folder.
    ///
    /// # Errors
    /// There is no such constant.
    pub fn of_folder(runtime: &Runtime, number: i32) -> Result<Self> {
        let host = &runtime.host;
        let variable = |name: &str| host.variable(name).map(PathBuf::from).unwrap_or_default();
        let home =
            if host.platform() == Platform::Windows { variable("USERPROFILE") } else { variable("HOME") };
        let user = match host.platform() {
            Platform::Windows => variable("APPDATA").join("Quatre"),
            Platform::Mac => home.join("Library/Application Support/Quatre"),
            Platform::Linux => home.join(".config/quatre"),
        };
        let system =
            |name: &str| Self::file_system(runtime, name).ok_or_else(|| no_path(name, "is no file system"));
        let path = match (number, host.platform()) {
            (3 | 4, _) => return system("PACKAGE"),
            (6, _) => return system("RESOURCES"),
            (7, _) => return system("LOGS"),
            (9, _) => return system("DATA"),
            (0, _) => user,
            (1, _) => user.join("Licenses"),
            (8, _) => package(runtime).join("WebFolder"),
            (10, _) => package(runtime).join("MobileApps"),
            (12, _) => user.join("4D Editor Themes"),
            (100, Platform::Linux) => PathBuf::from("/"),
            (100, Platform::Mac) => PathBuf::from("/System"),
            (100, Platform::Windows) => variable("SystemRoot"),
            (115, _) => home.join("Desktop"),
            (116, Platform::Linux) => PathBuf::from("/opt"),
            (116, Platform::Mac) => PathBuf::from("/Applications"),
            (116, Platform::Windows) => variable("ProgramFiles"),
            (117, _) => home.join("Documents"),
            (118, _) => home,
            _ => {
                return Err(Error::quatre(5218, format!("there is no folder of the number {number}"))
                    .help("use a constant such as `fk documents folder`"));
            }
        };
        Self::of_path(runtime, &path)
    }

    /// The place of a file that 4D keeps, by a constant such as `Diagnostic log file`.
    ///
    /// # Errors
    /// There is no such constant.
    pub fn of_file(runtime: &Runtime, number: i32) -> Result<Self> {
        let path = match number {
            1 | 18 => "/PACKAGE/Settings/backup.4DSettings",
            17 => "/DATA/Settings/backup.4DSettings",
            20 => "/PACKAGE/Settings/buildApp.4DSettings",
            16 => "/PACKAGE/Settings/directory.json",
            8 => "/LOGS/logweb.txt",
            11 => "/LOGS/4DDiagnosticLog.txt",
            12 => "/LOGS/4DDebugLog.txt",
            13 => "/LOGS/Backup Log.txt",
            14 => "/LOGS/BuildApp.log.xml",
            15 => "/LOGS/4DRequestsLog.txt",
            19 => "/LOGS/Backup History.json",
            _ => {
                return Err(Error::quatre(5218, format!("there is no file of the number {number}"))
                    .help("use a constant such as `Diagnostic log file`, or name the file by its path"));
            }
        };
        Self::parse(runtime, path, Syntax::Posix)
    }

    /// The place of a path of the machine.
    ///
    /// # Errors
    /// The path leads above the root.
    pub fn of_path(runtime: &Runtime, path: &Path) -> Result<Self> {
        let path = absolute(runtime, path);
        Self::parse(runtime, &path.to_string_lossy(), Syntax::System)
    }

    /// The path on the machine.
    pub fn path(&self) -> PathBuf {
        let mut path = self.root.clone();
        path.extend(&self.names);
        path
    }

    /// With `/`, as `path` of a file gives it; the name of a file system stays.
    pub fn posix(&self, folder: bool) -> String {
        let mut text = match self.system {
            "" if cfg!(windows) => format!("/{}", self.root.to_string_lossy().trim_end_matches('\\')),
            system => system.to_owned(),
        };
        for name in &self.names {
            text.push('/');
            text.push_str(name);
        }
        if folder || text.is_empty() {
            text.push('/');
        }
        text
    }

    /// As the operating system writes it; that of a folder ends with a separator.
    pub fn platform(&self, folder: bool) -> String {
        system_text(&self.path(), folder)
    }

    /// The name with its extension; "" of a root of the disk.
    pub fn full_name(&self) -> String {
        let root = || self.root.file_name().map(|name| name.to_string_lossy().into_owned());
        self.names.last().cloned().or_else(root).unwrap_or_default()
    }

    /// The name without its extension, and the extension with its dot.
    pub fn name_and_extension(&self) -> (String, String) {
        let full = self.full_name();
        let (name, extension) = split_extension(&full);
        (name.to_owned(), extension.to_owned())
    }

    /// The folder that it is in: of the root of a file system itself, of the root of the disk none.
    pub fn parent(&self) -> Option<Self> {
        let mut parent = self.clone();
        if parent.names.pop().is_none() && self.system.is_empty() {
            return None;
        }
        Some(parent)
    }

    /// What a relative path leads to from here; `None` above the root.
    pub fn below(&self, path: &str, syntax: Syntax) -> Option<Self> {
        let mut place = self.clone();
        let back = cfg!(windows) && syntax == Syntax::System;
        for name in path.split(|c| c == '/' || (back && c == '\\')) {
            match name {
                "" | "." => {}
                ".." => {
                    place.names.pop()?;
                }
                name => place.names.push(name.to_owned()),
            }
        }
        Some(place)
    }

    /// The place of this name in this folder.
    pub fn child(&self, name: &str) -> Self {
        let mut place = self.clone();
        place.names.push(name.to_owned());
        place
    }

    /// Where something of another name stands beside this.
    ///
    /// # Errors
    /// It is a root, which cannot have another name.
    pub fn beside(&self, name: &str) -> Result<Self> {
        let mut place = self.clone();
        match place.names.last_mut() {
            Some(last) => *last = name.to_owned(),
            None => return Err(no_path(&self.posix(true), "is a root, which cannot be given another name")),
        }
        Ok(place)
    }
}

/// Checks a name that a file or folder is to have.
///
/// # Errors
/// It is empty, or has characters that would make it a path.
pub fn check_name(name: &str) -> Result<()> {
    if name.is_empty() || name == "." || name == ".." || name.contains(['/', '\\', ':', '\0']) {
        return Err(Error::native(-37, format!("`{name}` cannot be the name of a file"))
            .help("a name has at least one character, and none of `/`, `\\` and `:`"));
    }
    Ok(())
}

/// A name and its extension, which begins with the last dot unless that is the first character.
pub fn split_extension(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(at) if at > 0 => name.split_at(at),
        Some(_) | None => (name, ""),
    }
}

/// A path as the operating system writes it; that of a folder ends with a separator.
pub fn system_text(path: &Path, folder: bool) -> String {
    let mut text = path.to_string_lossy().into_owned();
    if folder && !text.is_empty() && !text.ends_with(MAIN_SEPARATOR) {
        text.push(MAIN_SEPARATOR);
    }
    text
}

/// The folder of the project, or of the script.
pub fn package(runtime: &Runtime) -> PathBuf {
    let package = runtime.options.package.clone().unwrap_or_default();
    absolute(runtime, &package)
}

/// The folder of the project file, when there is one.
fn project(runtime: &Runtime) -> Option<PathBuf> {
    let file = runtime.options.structure.as_ref()?;
    let is_project = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("4DProject"));
    is_project.then(|| absolute(runtime, file.parent().unwrap_or(Path::new(""))))
}

/// A path from the root; a relative one begins where the program was started.
pub fn absolute(runtime: &Runtime, path: &Path) -> PathBuf {
    if path.is_absolute() {
        return path.to_owned();
    }
    let mut whole = runtime.host.current_directory();
    whole.extend(path.components().filter(|part| !matches!(part, std::path::Component::CurDir)));
    whole
}

/// The path that a text given to the commands on documents names: relative ones begin in the folder of the project.
pub fn document_path(runtime: &Runtime, text: &str) -> PathBuf {
    // `join` takes an absolute path as it is.
    package(runtime).join(text)
}
