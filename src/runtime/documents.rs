//! What commands and classes do with documents: whole texts with their character sets and line ends, documents that stay
//! open from one command to the next, and 4D's numbers for what may go wrong with a file.

use std::io;
use std::path::Path;

use chrono::{DateTime, Datelike as _, Local, NaiveDateTime, TimeZone as _, Timelike as _};
use rustc_hash::FxHashMap;

use crate::runtime::sandbox::{self, OpenFile};
use crate::value::blob::Blob;
use crate::value::charset::{Charset, Order};
use crate::value::date::Date;
use crate::value::error::{Error, Result};
use crate::value::text::Text;
use crate::value::time::Time;

/// The error for what could not be done with a file: `doing` says what, as in «cannot read».
#[cold]
#[expect(clippy::wildcard_enum_match_arm, reason = "the kinds of the system's errors are not ours, and grow")]
pub fn failed(doing: &str, path: &Path, problem: &io::Error) -> Error {
    use io::ErrorKind as Kind;
    let folder_is_there = || path.parent().is_none_or(sandbox::is_folder);
    let (number, why) = match problem.kind() {
        Kind::NotFound if folder_is_there() => (-43, "there is nothing of that name".to_owned()),
        Kind::NotFound => (-120, "its folder is not there".to_owned()),
        Kind::NotADirectory => (-120, "what should be its folder is none".to_owned()),
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => (-54, "access is denied".to_owned()),
        Kind::AlreadyExists => (-48, "there is something of that name already".to_owned()),
        Kind::DirectoryNotEmpty => (-47, "the folder is not empty".to_owned()),
        Kind::ResourceBusy => (-49, "it is open to be written already".to_owned()),
        Kind::StorageFull | Kind::QuotaExceeded => (-34, "the disk is full".to_owned()),
        Kind::OutOfMemory => (-108, "it is too large for the memory".to_owned()),
        Kind::IsADirectory => (-43, "it is a folder".to_owned()),
        Kind::InvalidFilename => (-37, "a file cannot have that name".to_owned()),
        _ => (-36, sandbox::reason(problem)),
    };
    Error::native(number, format!("cannot {doing} `{}`: {why}", path.display()))
}

/// What line ends become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Breaks {
    /// They stay.
    Unchanged,
    /// Those of the system.
    #[default]
    Native,
    /// CR LF
    CrLf,
    /// CR
    Cr,
    /// LF
    Lf,
}

impl Breaks {
    /// By a constant such as `Document with LF`.
    ///
    /// # Errors
    /// There is no such constant.
    pub fn numbered(number: i32) -> Result<Self> {
        match number {
            0 => Ok(Self::Unchanged),
            1 => Ok(Self::Native),
            2 => Ok(Self::CrLf),
            3 => Ok(Self::Cr),
            4 => Ok(Self::Lf),
            other => Err(no_breaks(&other.to_string())),
        }
    }

    /// By the name that `open` of a file takes; case matters.
    ///
    /// # Errors
    /// There is no such name.
    pub fn named(name: &str) -> Result<Self> {
        match name {
            "unchanged" => Ok(Self::Unchanged),
            "native" => Ok(Self::Native),
            "crlf" => Ok(Self::CrLf),
            "cr" => Ok(Self::Cr),
            "lf" => Ok(Self::Lf),
            other => Err(no_breaks(other)),
        }
    }

    /// The name that `open` of a file takes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Native => "native",
            Self::CrLf => "crlf",
            Self::Cr => "cr",
            Self::Lf => "lf",
        }
    }

    /// What stands at the end of a line that is written.
    pub fn mark(self) -> &'static str {
        match self {
            Self::CrLf => "\r\n",
            Self::Cr => "\r",
            Self::Lf => "\n",
            Self::Unchanged | Self::Native => {
                if cfg!(windows) {
                    "\r\n"
                } else {
                    "\n"
                }
            }
        }
    }

    /// The text with these line ends.
    pub fn apply(self, text: Text) -> Text {
        let is_break = |unit: u16| unit == 10 || unit == 13;
        if self == Self::Unchanged || !text.units().any(is_break) {
            return text;
        }
        let mut units = Vec::with_capacity(text.len());
        let mut after_cr = false;
        for unit in text.units() {
            if is_break(unit) {
                if !(unit == 10 && after_cr) {
                    units.extend(self.mark().encode_utf16());
                }
            } else {
                units.push(unit);
            }
            after_cr = unit == 13;
        }
        Text::from_units_vec(units)
    }
}

#[cold]
fn no_breaks(given: &str) -> Error {
    Error::quatre(5502, format!("`{given}` is no way to treat line ends"))
        .help("use a constant such as `Document with LF`, or for `open` a name such as \"lf\"")
}

/// A character set for documents, and whether a byte order mark begins what is written with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding {
    charset: Charset,
    mark: bool,
}

impl Default for Encoding {
    /// UTF-8 without a mark.
    fn default() -> Self {
        Self { charset: Charset::Utf8, mark: false }
    }
}

impl Encoding {
    /// By its name, which may end in `-no-bom`.
    ///
    /// # Errors
    /// There is no such set.
    pub fn named(name: &str) -> Result<Self> {
        let bare = name.len().checked_sub("-no-bom".len()).and_then(|at| name.split_at_checked(at));
        let bare = bare.filter(|(_, end)| end.eq_ignore_ascii_case("-no-bom")).map(|(bare, _)| bare);
        match Charset::named(bare.unwrap_or(name)) {
            Some(charset) => Ok(Self { charset, mark: bare.is_none() }),
            None => Err(no_charset(name)),
        }
    }

    /// By its number.
    ///
    /// # Errors
    /// There is no such set.
    pub fn numbered(number: i32) -> Result<Self> {
        let charset = Charset::numbered(number).ok_or_else(|| no_charset(&number.to_string()))?;
        Ok(Self { charset, mark: true })
    }

    /// The same, never with a mark.
    #[must_use]
    pub fn without_mark(self) -> Self {
        Self { mark: false, ..self }
    }

    /// The bytes of a text.
    pub fn encode(self, text: &Text) -> Vec<u8> {
        let (charset, mark): (Charset, &[u8]) = match self.charset {
            Charset::Utf8 => (Charset::Utf8, &[0xEF, 0xBB, 0xBF]),
            Charset::Utf16(order) => {
                let big = order == Some(Order::Big);
                let order = if big { Order::Big } else { Order::Little };
                (Charset::Utf16(Some(order)), if big { &[0xFE, 0xFF] } else { &[0xFF, 0xFE] })
            }
            Charset::Utf32(order) => {
                let big = order == Some(Order::Big);
                let order = if big { Order::Big } else { Order::Little };
                (Charset::Utf32(Some(order)), if big { &[0, 0, 0xFE, 0xFF] } else { &[0xFF, 0xFE, 0, 0] })
            }
            other @ (Charset::Latin1
            | Charset::Ascii
            | Charset::Table(_)
            | Charset::Ebcdic
            | Charset::Legacy(_)) => (other, &[]),
        };
        let bytes = charset.encode(text);
        if self.mark && !mark.is_empty() { [mark, &bytes].concat() } else { bytes }
    }

    /// The text of bytes; a byte order mark goes before the set.
    pub fn decode(self, bytes: &[u8]) -> Text {
        let marks: [&[u8]; 4] = [&[0xEF, 0xBB, 0xBF], &[0xFF, 0xFE], &[0xFE, 0xFF], &[0, 0, 0xFE, 0xFF]];
        let is_marked = marks.iter().any(|mark| bytes.starts_with(mark));
        // Any Unicode set follows the mark.
        if is_marked { Charset::Utf8.decode(bytes) } else { self.charset.decode(bytes) }
    }
}

#[cold]
fn no_charset(given: &str) -> Error {
    Error::quatre(5503, format!("`{given}` is no character set that Quatre knows"))
        .help("use a name such as \"UTF-8\" or \"ISO-8859-1\"")
}

/// All bytes of a document.
///
/// # Errors
/// It cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    sandbox::read(path).map_err(|problem| failed("read", path, &problem))
}

/// Writes a whole document.
///
/// # Errors
/// It cannot be written, or the program has it open to write to it.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if sandbox::is_open_for_writing(path) {
        return Err(failed("write", path, &io::ErrorKind::ResourceBusy.into()));
    }
    sandbox::replace(path, bytes).map_err(|problem| failed("write", path, &problem))
}

/// The text of a whole document.
///
/// # Errors
/// It cannot be read.
pub fn read_text(path: &Path, encoding: Encoding, breaks: Breaks) -> Result<Text> {
    Ok(breaks.apply(encoding.decode(&read(path)?)))
}

/// Writes a text as a whole document.
///
/// # Errors
/// It cannot be written.
pub fn write_text(path: &Path, text: Text, encoding: Encoding, breaks: Breaks) -> Result<()> {
    write(path, &encoding.encode(&breaks.apply(text)))
}

/// The whole document as a BLOB.
///
/// # Errors
/// It cannot be read.
pub fn read_blob(path: &Path) -> Result<Blob> {
    read(path).map(Blob::from_vec)
}

/// Date and time of a moment, on the clock of the machine.
pub fn moment(time: std::time::SystemTime) -> (Date, Time) {
    let local = DateTime::<Local>::from(time).naive_local();
    let part = |n: u32| i32::try_from(n).unwrap_or_default();
    let clock = Time::from_hms(part(local.hour()), part(local.minute()), part(local.second()));
    (Date::from_ymd(local.year(), part(local.month()), part(local.day())).unwrap_or_default(), clock)
}

/// The moment of a date and time on the clock of the machine; `None` of the null date.
pub fn system_time(date: Date, time: Time) -> Option<std::time::SystemTime> {
    let local = date.calendar()?.and_hms_opt(0, 0, 0)?;
    let local: NaiveDateTime = local + chrono::TimeDelta::seconds(i64::from(time.seconds()));
    Local.from_local_datetime(&local).earliest().map(Into::into)
}

/// A document that commands have opened.
#[derive(Debug)]
pub struct OpenDocument {
    /// The file.
    pub file: OpenFile,
    /// Its path.
    pub path: std::path::PathBuf,
    /// Where the next packet is read or written.
    pub position: u64,
}

/// The documents that a process has opened with commands, by their reference.
#[derive(Debug, Default)]
pub struct Documents {
    open: FxHashMap<i32, OpenDocument>,
    last: i32,
}

impl Documents {
    /// Keeps a document; the reference is never that of another one.
    pub fn add(&mut self, document: OpenDocument) -> Time {
        self.last = self.last.wrapping_add(1).max(1);
        self.open.insert(self.last, document);
        Time::from_seconds(self.last)
    }

    /// The document of a reference.
    ///
    /// # Errors
    /// There is none.
    pub fn get(&mut self, reference: Time) -> Result<&mut OpenDocument> {
        self.open.get_mut(&reference.seconds()).ok_or_else(|| no_document(reference))
    }

    /// Closes a document.
    ///
    /// # Errors
    /// There is none.
    pub fn close(&mut self, reference: Time) -> Result<()> {
        self.open.remove(&reference.seconds()).map(drop).ok_or_else(|| no_document(reference))
    }
}

#[cold]
fn no_document(reference: Time) -> Error {
    Error::native(-51, format!("no document is open with the reference {}", reference.seconds()))
        .help("take the reference from `Open document`, `Create document` or `Append document`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_counted_once() {
        let text = Text::from("a\r\nb\rc\n\n");
        assert_eq!(Breaks::Lf.apply(text.clone()).to_str(), "a\nb\nc\n\n");
        assert_eq!(Breaks::CrLf.apply(text.clone()).to_str(), "a\r\nb\r\nc\r\n\r\n");
        assert_eq!(Breaks::Unchanged.apply(text.clone()), text);
    }

    #[test]
    fn marks_are_written_when_a_set_is_named() {
        let encode = |name: &str| Encoding::named(name).expect("a character set").encode(&Text::from("a"));
        assert_eq!(encode("UTF-8"), b"\xEF\xBB\xBFa");
        assert_eq!(encode("utf-8-no-bom"), b"a");
        assert_eq!(encode("UTF-16BE"), [0xFE, 0xFF, 0, b'a']);
        assert_eq!(encode("UTF-16LE-no-bom"), [b'a', 0]);
        assert_eq!(encode("ISO-8859-1"), b"a");
    }
}
