//! The gate in front of files: the only code that names `std::fs`.
//!
//! Small functions over paths, so that what reads a project or a script says what it needs and nothing else, and so
//! that one place decides what a program may touch.

#![expect(clippy::disallowed_methods, reason = "this is the one door to the file system")]

use std::io;
use std::path::{Path, PathBuf};

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file, or anything that can be read like one.
    File,
    /// A folder.
    Folder,
}

/// One thing in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its full path.
    pub path: PathBuf,
    /// Its name without the path; bytes that are not text are replaced.
    pub name: String,
    /// What it is, links followed.
    pub kind: Kind,
    /// Whether it is a link to elsewhere.
    pub is_link: bool,
}

/// What stands at `path`, links followed; `None` when nothing does.
pub fn kind(path: &Path) -> Option<Kind> {
    let data = std::fs::metadata(path).ok()?;
    Some(if data.is_dir() { Kind::Folder } else { Kind::File })
}

/// Whether a file stands at `path`.
pub fn is_file(path: &Path) -> bool {
    kind(path) == Some(Kind::File)
}

/// Whether a folder stands at `path`.
pub fn is_folder(path: &Path) -> bool {
    kind(path) == Some(Kind::Folder)
}

/// All bytes of a file. A folder is an error that says so.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    if is_folder(path) {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder"));
    }
    std::fs::read(path)
}

/// Writes a whole file, over what was there.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    std::fs::write(path, bytes)
}

/// Removes a file; its absence is no error.
pub fn remove_file(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(problem) if problem.kind() != io::ErrorKind::NotFound => Err(problem),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// What a folder holds, in the order of names, so that every run sees the same order.
pub fn list(folder: &Path) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let Some(kind) = kind(&path) else { continue };
        let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        entries.push(Entry { name: entry.file_name().to_string_lossy().into_owned(), path, kind, is_link });
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

/// The path with all links resolved, or the path itself when it cannot be.
pub fn real_path(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// The folder for files that need not last.
pub fn temporary_folder() -> PathBuf {
    std::env::temp_dir()
}

/// Why something could not be done, in plain words without the system's number.
pub fn reason(problem: &io::Error) -> String {
    let known = [
        (io::ErrorKind::NotFound, "there is nothing of that name"),
        (io::ErrorKind::PermissionDenied, "it may not be read"),
        (io::ErrorKind::IsADirectory, "it is a folder"),
        (io::ErrorKind::OutOfMemory, "it is too large for the memory"),
    ];
    let text = problem.to_string();
    let system = text.split(" (os error").next().unwrap_or(&text);
    known.iter().find(|(kind, _)| *kind == problem.kind()).map_or(system, |(_, words)| words).to_owned()
}
