//! ZIP archives: reading what is in one, writing a new one. The only code that names the crate `zip`.
//!
//! What an archive says of itself is not believed: its names may not lead out of it, an entry may not be longer than it
//! says nor grow out of all proportion, and no part of the file may belong to two entries.

#![expect(clippy::wildcard_enum_match_arm, reason = "the errors of the crate are not ours, and grow")]

use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{AesMode, CompressionMethod};

use crate::runtime::documents::{failed, moment};
use crate::runtime::sandbox::{self, Access, Kind, NewFile, OpenFile};
use crate::value::date::Date;
use crate::value::error::{Error, Result};
use crate::value::time::Time;

/// Folders in folders that an archive may have.
const MOST_LEVELS: usize = 200;
/// From so many bytes on, an entry must not be larger than its compressed form by more than [`MOST_GROWTH`].
const MUCH: u64 = 256 * 1024 * 1024;
/// No honest file of that size is compressed so well.
const MOST_GROWTH: u64 = 200;
/// How much is copied at a time.
const CHUNK: usize = 64 * 1024;

/// A file or folder in an archive.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// The size of a file in bytes.
    pub size: u64,
    /// When it was last changed; the null date of a folder that only the paths of files name.
    pub modified: (Date, Time),
    /// Its number in the archive.
    index: Option<usize>,
    compressed: u64,
    /// The names of what a folder holds, in the order of the archive.
    children: Vec<String>,
}

impl Node {
    fn folder() -> Self {
        Self {
            kind: Kind::Folder,
            size: 0,
            modified: Default::default(),
            index: None,
            compressed: 0,
            children: Vec::new(),
        }
    }
}

/// An archive that is open to be read.
pub struct Archive {
    path: PathBuf,
    password: Option<String>,
    reader: RefCell<zip::ZipArchive<OpenFile>>,
    /// By their paths from the root of the archive, without `/` at either end; that of the root is "".
    nodes: IndexMap<String, Node>,
}

impl Archive {
    /// Opens the archive in a file.
    ///
    /// # Errors
    /// The file cannot be read, is no archive, or is one that wants to do harm.
    pub fn open(path: &Path, password: Option<String>) -> Result<Self> {
        let file = OpenFile::open(path, Access::Read).map_err(|problem| failed("open", path, &problem))?;
        let mut reader = zip::ZipArchive::new(file).map_err(|problem| unreadable(path, &problem))?;
        if reader.has_overlapping_entries().map_err(|problem| unreadable(path, &problem))? {
            return Err(hostile(path, "two of its files share the same bytes"));
        }
        if reader.has_duplicate_names() {
            return Err(hostile(path, "it holds one path twice"));
        }
        let mut nodes = IndexMap::from([(String::new(), Node::folder())]);
        for index in 0..reader.len() {
            let entry = reader.by_index_data(index).map_err(|problem| unreadable(path, &problem))?;
            let name = entry.name().map_err(|problem| unreadable(path, &problem))?.into_owned();
            let mut node = Node { index: Some(index), ..Node::folder() };
            node.modified = entry.last_modified().map(read_moment).unwrap_or_default();
            if !name.ends_with(['/', '\\']) {
                (node.kind, node.size, node.compressed) = (Kind::File, entry.size(), entry.compressed_size());
            }
            insert(&mut nodes, path, &name, node)?;
        }
        Ok(Self { path: path.to_owned(), password, reader: RefCell::new(reader), nodes })
    }

    /// The file that holds the archive.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What stands at a path of the archive.
    pub fn node(&self, path: &str) -> Option<&Node> {
        self.nodes.get(path)
    }

    /// The paths of what a folder holds of one kind.
    pub fn children(&self, folder: &str, wanted: Kind) -> Vec<String> {
        let names = self.nodes.get(folder).map_or(&[][..], |node| &node.children);
        let paths = names.iter().map(|name| join(folder, name));
        paths.filter(|path| self.nodes.get(path).is_some_and(|node| node.kind == wanted)).collect()
    }

    /// Writes what a file holds.
    ///
    /// # Errors
    /// There is no such file, it is damaged, the password is wrong, or it cannot be written.
    pub fn extract(&self, path: &str, target: &mut dyn Write) -> Result<()> {
        let node = self.nodes.get(path).filter(|node| node.kind == Kind::File);
        let Some((node, index)) = node.and_then(|node| Some((node, node.index?))) else {
            return Err(Error::native(
                -43,
                format!("there is no file `{path}` in `{}`", self.path.display()),
            ));
        };
        let mut reader = self.reader.borrow_mut();
        let options = zip::read::ZipReadOptions::new().password(self.password.as_deref().map(str::as_bytes));
        let opened = reader.by_index_with_options(index, options);
        let mut entry = opened.map_err(|problem| self.damaged(path, &problem))?;
        let limit = (node.compressed.saturating_mul(MOST_GROWTH)).max(MUCH);
        if node.size > limit {
            return Err(hostile(
                &self.path,
                &format!("`{path}` grows to {} bytes when it is read", node.size),
            ));
        }
        let mut chunk = vec![0; CHUNK];
        let mut left = node.size;
        loop {
            let count = match entry.read(&mut chunk) {
                Ok(0) => break,
                Ok(count) => count,
                Err(problem) if problem.kind() == io::ErrorKind::Interrupted => continue,
                Err(problem) => return Err(self.damaged(path, &ZipError::Io(problem))),
            };
            left = left
                .checked_sub(u64::try_from(count).unwrap_or(u64::MAX))
                .ok_or_else(|| self.damage(path, "it is longer than the archive says"))?;
            target
                .write_all(chunk.get(..count).unwrap_or_default())
                .map_err(|problem| failed("extract to a file from", &self.path, &problem))?;
        }
        if left > 0 {
            return Err(self.damage(path, "it is shorter than the archive says"));
        }
        Ok(())
    }

    #[cold]
    fn damage(&self, path: &str, why: &str) -> Error {
        Error::quatre(5601, format!("cannot read `{path}` in the archive `{}`: {why}", self.path.display()))
    }

    #[cold]
    fn damaged(&self, path: &str, problem: &ZipError) -> Error {
        let password = |what: &str| {
            Error::quatre(5603, format!("{what} to read `{path}` in the archive `{}`", self.path.display()))
                .help("pass the password as the second parameter of `ZIP Read archive`")
        };
        match problem {
            ZipError::UnsupportedArchive(why) if *why == ZipError::PASSWORD_REQUIRED => {
                password("a password is needed")
            }
            ZipError::InvalidPassword => password("another password is needed"),
            other => self.damage(path, &reason(other)),
        }
    }
}

/// A path in an archive.
pub fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// A path as an archive keeps it: without empty and idle parts; `None` when it leads out of its folder, or is a path of
/// one machine only.
pub fn plain_path(path: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    for name in path.split(['/', '\\']) {
        match name {
            "" | "." => {}
            ".." => return None,
            name if name.contains('\0') || (names.is_empty() && name.ends_with(':')) => return None,
            name => names.push(name),
        }
    }
    Some(names)
}

/// Adds a file or folder, and the folders on the way to it.
fn insert(nodes: &mut IndexMap<String, Node>, archive: &Path, name: &str, node: Node) -> Result<()> {
    let names = plain_path(name)
        .ok_or_else(|| hostile(archive, &format!("the name `{name}` leads out of the archive")))?;
    if names.len() > MOST_LEVELS {
        return Err(hostile(archive, "its folders are too deep"));
    }
    let Some((last, folders)) = names.split_last() else { return Ok(()) };
    let mut folder = String::new();
    for name in folders {
        folder = add(nodes, archive, &folder, name, Node::folder())?;
    }
    add(nodes, archive, &folder, last, node)?;
    Ok(())
}

fn add(
    nodes: &mut IndexMap<String, Node>,
    archive: &Path,
    folder: &str,
    name: &str,
    node: Node,
) -> Result<String> {
    let path = join(folder, name);
    if let Some(known) = nodes.get_mut(&path) {
        if known.kind != node.kind || node.kind == Kind::File {
            return Err(hostile(archive, &format!("it holds `{path}` twice")));
        }
        if node.index.is_some() {
            (known.index, known.modified) = (node.index, node.modified);
        }
        return Ok(path);
    }
    nodes.insert(path.clone(), node);
    if let Some(parent) = nodes.get_mut(folder) {
        parent.children.push(name.to_owned());
    }
    Ok(path)
}

fn read_moment(time: zip::DateTime) -> (Date, Time) {
    let date = Date::from_ymd(i32::from(time.year()), i32::from(time.month()), i32::from(time.day()));
    let clock = Time::from_hms(i32::from(time.hour()), i32::from(time.minute()), i32::from(time.second()));
    date.map_or_else(Default::default, |date| (date, clock))
}

/// What is wrong, without the words that the crate puts before it.
fn reason(problem: &ZipError) -> String {
    match problem {
        ZipError::Io(problem) => sandbox::reason(problem),
        ZipError::InvalidArchive(why) => why.to_string(),
        ZipError::UnsupportedArchive(why) => (*why).to_owned(),
        ZipError::CompressionMethodNotSupported(number) => {
            format!("it is compressed in a way that Quatre cannot read (method {number})")
        }
        other => other.to_string(),
    }
}

#[cold]
fn unreadable(path: &Path, problem: &ZipError) -> Error {
    Error::quatre(5601, format!("`{}` cannot be read as a ZIP archive: {}", path.display(), reason(problem)))
}

#[cold]
fn hostile(path: &Path, why: &str) -> Error {
    Error::quatre(5602, format!("the archive `{}` is not safe to be read: {why}", path.display()))
}

/// How an archive is written.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Files are kept as they are.
    pub store: bool,
    /// From 1, quick, to 10, small.
    pub level: Option<i32>,
    /// The length of the key in bits, and the password.
    pub encryption: Option<(u16, String)>,
}

/// An archive that is being written; without [`Writer::finish`] nothing stays.
pub struct Writer {
    zip: zip::ZipWriter<NewFile>,
    path: PathBuf,
    settings: Settings,
}

impl Writer {
    /// Begins an archive, which takes its place when it is complete.
    ///
    /// # Errors
    /// There cannot be a file at the path.
    pub fn create(path: &Path, settings: Settings) -> Result<Self> {
        let file = NewFile::create(path).map_err(|problem| failed("create", path, &problem))?;
        Ok(Self { zip: zip::ZipWriter::new(file), path: path.to_owned(), settings })
    }

    fn options(&self, source: &Path, size: u64) -> SimpleFileOptions {
        let mut options = SimpleFileOptions::default().large_file(size >= u64::from(u32::MAX));
        if self.settings.store {
            options = options.compression_method(CompressionMethod::Stored);
        } else {
            // The algorithm has the levels from 1 to 9.
            let level = self.settings.level.map(|level| i64::from(level.clamp(1, 9)));
            options = options.compression_method(CompressionMethod::Deflated).compression_level(level);
        }
        if let Some(time) =
            sandbox::facts(source).ok().and_then(|facts| written_moment(moment(facts.modified)))
        {
            options = options.last_modified_time(time);
        }
        options
    }

    /// Adds a folder under this path of the archive.
    ///
    /// # Errors
    /// There is something of that path, or the archive cannot be written.
    pub fn add_folder(&mut self, name: &str, source: &Path) -> Result<()> {
        let options = self.options(source, 0);
        let added = self.zip.add_directory(name, options);
        added.map_err(|problem| unwritable(&self.path, &problem))
    }

    /// Adds a file under this path of the archive; `progress` is told of the bytes that were read.
    ///
    /// # Errors
    /// There is something of that path, the file cannot be read, the archive cannot be written, or `progress` fails.
    pub fn add_file(
        &mut self,
        name: &str,
        source: &Path,
        mut progress: impl FnMut(u64) -> Result<()>,
    ) -> Result<()> {
        let unreadable = |problem: io::Error| failed("read", source, &problem);
        let mut file = OpenFile::open(source, Access::Read).map_err(unreadable)?;
        let options = self.options(source, file.size().map_err(unreadable)?);
        let settings = self.settings.clone();
        let started = match &settings.encryption {
            Some((bits, password)) => {
                let mode = match bits {
                    128 => AesMode::Aes128,
                    192 => AesMode::Aes192,
                    _ => AesMode::Aes256,
                };
                self.zip.start_file(name, options.with_aes_encryption(mode, password))
            }
            None => self.zip.start_file(name, options),
        };
        started.map_err(|problem| unwritable(&self.path, &problem))?;
        let mut chunk = vec![0; CHUNK];
        loop {
            let count = match file.read(&mut chunk) {
                Ok(0) => return Ok(()),
                Ok(count) => count,
                Err(problem) if problem.kind() == io::ErrorKind::Interrupted => continue,
                Err(problem) => return Err(unreadable(problem)),
            };
            let bytes = chunk.get(..count).unwrap_or_default();
            self.zip.write_all(bytes).map_err(|problem| failed("write", &self.path, &problem))?;
            progress(u64::try_from(count).unwrap_or(u64::MAX))?;
        }
    }

    /// Puts the archive in its place.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn finish(self) -> Result<()> {
        let path = self.path;
        let file = self.zip.finish().map_err(|problem| unwritable(&path, &problem))?;
        file.finish().map_err(|problem| failed("write", &path, &problem))
    }
}

fn written_moment((date, time): (Date, Time)) -> Option<zip::DateTime> {
    let small = |n: i32| u8::try_from(n).ok();
    let (_, hour, minute, second) = time.parts();
    let part = |n: u32| u8::try_from(n).ok();
    zip::DateTime::from_date_and_time(
        u16::try_from(date.year()).ok()?,
        small(date.month())?,
        small(date.day())?,
        part(hour)?,
        part(minute)?,
        part(second)?,
    )
    .ok()
}

#[cold]
fn unwritable(path: &Path, problem: &ZipError) -> Error {
    if let ZipError::Io(problem) = problem {
        return failed("write", path, problem);
    }
    Error::quatre(5604, format!("cannot write the archive `{}`: {}", path.display(), reason(problem)))
}
