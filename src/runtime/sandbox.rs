//! The gate in front of files: the only code that names `std::fs`.
//!
//! Small functions over paths, so that what reads a project or a script says what it needs and nothing else, and so
//! that one place decides what a program may touch.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this is the one door to the file system"
)]

pub mod permissions;

pub mod program;
pub mod web;

pub mod watch;

use std::collections::BTreeSet;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// What may be read is asked of the permissions of the program.
fn may_read(path: &Path) -> io::Result<()> {
    permissions::as_io(permissions::read(path))
}

/// What may be written is asked of the permissions of the program.
fn may_write(path: &Path) -> io::Result<()> {
    permissions::as_io(permissions::write(path))
}

/// Asks to change an entry of a folder: a link there is changed itself, not what it leads to.
fn may_change(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if is_link_raw(path) => may_write(folder),
        _ => may_write(path),
    }
}

fn is_link_raw(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|data| data.file_type().is_symlink())
}

fn kind_raw(path: &Path) -> Option<Kind> {
    let data = std::fs::metadata(path).ok()?;
    Some(if data.is_dir() { Kind::Folder } else { Kind::File })
}

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
    may_read(path).ok()?;
    kind_raw(path)
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
    may_read(path)?;
    if is_folder(path) {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder"));
    }
    std::fs::read(path)
}

/// Writes a whole file, over what was there.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    may_write(path)?;
    std::fs::write(path, bytes)
}

/// Removes a file; its absence is no error.
pub fn remove_file(path: &Path) -> io::Result<()> {
    may_change(path)?;
    match std::fs::remove_file(path) {
        Err(problem) if problem.kind() != io::ErrorKind::NotFound => Err(problem),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// What a folder holds, in the order of names, so that every run sees the same order.
pub fn list(folder: &Path) -> io::Result<Vec<Entry>> {
    may_read(folder)?;
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        // The folder itself says what its entries are; only a link has to be followed.
        let own = entry.file_type().ok();
        let is_link = own.is_some_and(|own| own.is_symlink());
        let kind = match own {
            Some(own) if own.is_dir() => Some(Kind::Folder),
            Some(own) if own.is_file() => Some(Kind::File),
            Some(_) | None => kind_raw(&path),
        };
        let Some(kind) = kind else { continue };
        entries.push(Entry { name: entry.file_name().to_string_lossy().into_owned(), path, kind, is_link });
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

/// What is known of a file or folder.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// What it is, links followed.
    pub kind: Kind,
    /// Its size in bytes.
    pub size: u64,
    /// When it was made; where the system does not keep that, when it was last changed.
    pub created: SystemTime,
    /// When it was last changed.
    pub modified: SystemTime,
    /// Whether its rights forbid to write to it.
    pub read_only: bool,
}

/// What is known of the file or folder at `path`, links followed.
pub fn facts(path: &Path) -> io::Result<Facts> {
    may_read(path)?;
    let data = std::fs::metadata(path)?;
    let modified = data.modified()?;
    Ok(Facts {
        kind: if data.is_dir() { Kind::Folder } else { Kind::File },
        size: data.len(),
        created: data.created().unwrap_or(modified),
        modified,
        read_only: data.permissions().readonly(),
    })
}

/// Whether a link stands at `path`, even one that leads nowhere.
pub fn is_link(path: &Path) -> bool {
    // A link to what may not be read is refused like what it leads to.
    is_link_raw(path) && may_read(path).is_ok()
}

/// Where the link at `path` leads, as a path that begins at the root.
pub fn link_target(path: &Path) -> io::Result<PathBuf> {
    may_read(path)?;
    let target = std::fs::read_link(path)?;
    Ok(path.parent().map_or(target.clone(), |folder| folder.join(&target)))
}

/// Makes a link at `path` that leads to `target`.
#[cfg(unix)]
pub fn make_link(target: &Path, path: &Path) -> io::Result<()> {
    may_change(path)?;
    std::os::unix::fs::symlink(target, path)
}

/// Makes a link at `path` that leads to `target`.
#[cfg(not(unix))]
pub fn make_link(_target: &Path, _path: &Path) -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "this system has no links that Quatre can make"))
}

/// Whether the file at `path` can be opened to write to it; nothing is written.
pub fn is_writable(path: &Path) -> bool {
    is_file(path) && may_write(path).is_ok() && std::fs::OpenOptions::new().append(true).open(path).is_ok()
}

/// Makes an empty file; one that is there already is an error.
pub fn create_file(path: &Path) -> io::Result<()> {
    may_write(path)?;
    std::fs::OpenOptions::new().write(true).create_new(true).open(path).map(drop)
}

/// Makes a folder in one that is there.
pub fn create_folder(path: &Path) -> io::Result<()> {
    may_write(path)?;
    std::fs::create_dir(path)
}

/// Makes a folder, and those on the way to it that are not there.
pub fn create_folders(path: &Path) -> io::Result<()> {
    may_write(path)?;
    std::fs::create_dir_all(path)
}

/// Removes an empty folder.
pub fn remove_folder(path: &Path) -> io::Result<()> {
    may_write(path)?;
    std::fs::remove_dir(path)
}

/// Removes a folder with all that it holds; links in it are removed, not what they lead to.
pub fn remove_folder_with_contents(path: &Path) -> io::Result<()> {
    may_write(path)?;
    std::fs::remove_dir_all(path)
}

/// Gives a file or folder another path, on the same volume or another one.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    // What is moved can be read at its new place.
    may_read(from)?;
    may_change(from)?;
    may_change(to)?;
    match std::fs::rename(from, to) {
        Err(problem) if problem.kind() == io::ErrorKind::CrossesDevices => {
            copy(from, to)?;
            if is_folder(from) && !is_link(from) {
                remove_folder_with_contents(from)
            } else {
                remove_file(from)
            }
        }
        outcome => outcome,
    }
}

/// Copies a file, or a folder with all that it holds, over what is there. Links in a folder are copied as links.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    may_read(from)?;
    may_write(to)?;
    if !is_folder(from) {
        return std::fs::copy(from, to).map(drop);
    }
    // What is to be copied is listed before anything is made, so a copy into the folder itself comes to an end.
    let mut folders = vec![PathBuf::new()];
    let mut files = Vec::new();
    let mut at = 0;
    while let Some(inner) = folders.get(at).cloned() {
        at += 1;
        for entry in list(&from.join(&inner))? {
            let inner = inner.join(entry.path.file_name().unwrap_or_default());
            if entry.kind == Kind::Folder && !entry.is_link { folders.push(inner) } else { files.push(inner) }
        }
    }
    for inner in &folders {
        create_folders(&to.join(inner))?;
    }
    for inner in &files {
        let (source, target) = (from.join(inner), to.join(inner));
        if is_link(&source) && is_folder(&source) {
            make_link(&std::fs::read_link(&source)?, &target)?;
        } else {
            may_read(&source)?;
            may_write(&target)?;
            std::fs::copy(source, target)?;
        }
    }
    Ok(())
}

/// A name that no other file has, in the folder of this one: for a file that will take its place.
fn part_beside(path: &Path) -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    path.with_file_name(format!(".{name}.{}-{count}.tmp", std::process::id()))
}

/// Writes a whole file so that nobody ever sees a part of it: the bytes go to a new file, which then takes its name.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    may_write(path)?;
    if kind_raw(path) == Some(Kind::Folder) {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder"));
    }
    // A link keeps leading to the file that is written.
    let path = if is_link_raw(path) { real_path(path) } else { path.to_owned() };
    let there = std::fs::metadata(&path).ok();
    // What is no ordinary file, such as a pipe, has no name to give away; and a file that may not be written stays.
    if there.as_ref().is_some_and(|data| !data.is_file() || data.permissions().readonly()) {
        return std::fs::write(&path, bytes);
    }
    let new = part_beside(&path);
    let made = std::fs::OpenOptions::new().write(true).create_new(true).open(&new);
    let Ok(mut file) = made else {
        // The folder takes no new files, or the name becomes too long.
        return std::fs::write(&path, bytes);
    };
    let written = file.write_all(bytes).and_then(|()| match &there {
        Some(data) => file.set_permissions(data.permissions()),
        None => Ok(()),
    });
    drop(file);
    let outcome = written.and_then(|()| std::fs::rename(&new, &path));
    if outcome.is_err() {
        let _ = std::fs::remove_file(&new);
    }
    outcome
}

/// Sets when a file was last changed, and whether its rights forbid to write to it.
pub fn set_facts(path: &Path, modified: Option<SystemTime>, read_only: bool) -> io::Result<()> {
    may_write(path)?;
    let mut rights = std::fs::metadata(path)?.permissions();
    if let Some(time) = modified {
        std::fs::OpenOptions::new().append(true).open(path)?.set_modified(time)?;
    }
    if rights.readonly() != read_only {
        rights.set_readonly(read_only);
        std::fs::set_permissions(path, rights)?;
    }
    Ok(())
}

/// The files that are open to be written, by their real paths.
static WRITTEN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn written() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    WRITTEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether the program has this file open to write to it.
pub fn is_open_for_writing(path: &Path) -> bool {
    let written = written();
    !written.is_empty() && written.contains(&real_path(path))
}

/// What an open file may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It is read.
    Read,
    /// It is read and written, and must be there.
    Write,
    /// It is read and written, and made when it is not there.
    Create,
}

/// A file that is open; it is closed when the last reference goes.
#[derive(Debug)]
pub struct OpenFile {
    file: std::fs::File,
    /// The entry in the list of files that are written.
    held: Option<PathBuf>,
}

impl OpenFile {
    /// Opens a file. One that the program itself is writing already is `ResourceBusy` for a second writer.
    pub fn open(path: &Path, access: Access) -> io::Result<Self> {
        // What is open to be written can be read as well; a new file holds nothing to read.
        let there = kind_raw(path);
        if access != Access::Read {
            may_write(path)?;
        }
        if access != Access::Create || there.is_some() {
            may_read(path)?;
        }
        if there == Some(Kind::Folder) {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder"));
        }
        if access == Access::Read {
            return Ok(Self { file: std::fs::File::open(path)?, held: None });
        }
        let mut options = std::fs::OpenOptions::new();
        let file =
            options.read(true).write(true).create(access == Access::Create).truncate(false).open(path)?;
        let real = real_path(path);
        if !written().insert(real.clone()) {
            return Err(io::Error::new(io::ErrorKind::ResourceBusy, "is open already"));
        }
        Ok(Self { file, held: Some(real) })
    }

    /// Whether it may be written.
    pub fn may_write(&self) -> bool {
        self.held.is_some()
    }

    /// Its size in bytes.
    pub fn size(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    /// Makes it shorter, or longer by zeros.
    pub fn set_size(&mut self, size: u64) -> io::Result<()> {
        self.file.set_len(size)
    }

    /// Up to `count` bytes from an offset on; fewer at the end of the file.
    pub fn read_at(&mut self, offset: u64, count: u64) -> io::Result<Vec<u8>> {
        self.file.seek(SeekFrom::Start(offset))?;
        let mut bytes = Vec::new();
        (&mut self.file).take(count).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Writes bytes from an offset on.
    pub fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(offset))?;
        self.file.write_all(bytes)
    }
}

impl Drop for OpenFile {
    fn drop(&mut self) {
        if let Some(path) = self.held.take() {
            written().remove(&path);
        }
    }
}

impl Read for OpenFile {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.file.read(bytes)
    }
}

impl Seek for OpenFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// A file that is being written beside the one that it will replace; one that is not finished leaves no trace.
#[derive(Debug)]
pub struct NewFile {
    file: std::fs::File,
    /// Where it stands, until it is finished.
    part: Option<PathBuf>,
    path: PathBuf,
}

impl NewFile {
    /// Begins a file that will stand at `path`.
    pub fn create(path: &Path) -> io::Result<Self> {
        may_write(path)?;
        if kind_raw(path) == Some(Kind::Folder) {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder"));
        }
        let path = if is_link_raw(path) { real_path(path) } else { path.to_owned() };
        let part = part_beside(&path);
        let file = std::fs::OpenOptions::new().read(true).write(true).create_new(true).open(&part)?;
        Ok(Self { file, part: Some(part), path })
    }

    /// Puts it in its place, over what was there.
    pub fn finish(mut self) -> io::Result<()> {
        let Some(part) = self.part.take() else { return Ok(()) };
        let outcome = std::fs::rename(&part, &self.path);
        if outcome.is_err() {
            let _ = std::fs::remove_file(&part);
        }
        outcome
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for NewFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if let Some(part) = self.part.take() {
            let _ = std::fs::remove_file(part);
        }
    }
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
