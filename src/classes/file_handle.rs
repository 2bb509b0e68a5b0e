//! Class 4D.FileHandle: a file that is open, with a place in it where the next reading or writing happens.
//!
//! As in 4D the place counts bytes for BLOBs and characters for texts. Texts are read from the whole document, decoded
//! once, with its line ends made one kind; whatever is written makes that text invalid.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use crate::builtin::{Class, Function, Property};
use crate::classes::file::{self, File};
use crate::native;
use crate::runtime::documents::{Breaks, Encoding, failed};
use crate::runtime::sandbox::{Access, OpenFile};
use crate::value::blob::Blob;
use crate::value::convert::boxed;
use crate::value::error::{Error, Result};
use crate::value::instance::Instance;
use crate::value::object::Object;
use crate::value::text::Text;

/// 4D.FileHandle
pub const CLASS: Class = Class {
    store: "4D",
    name: "FileHandle",
    extends: None,
    constructor: None,
    functions: &[GET_SIZE, READ_BLOB, READ_LINE, READ_TEXT, SET_SIZE, WRITE_BLOB, WRITE_LINE, WRITE_TEXT],
    properties: &[BREAK_MODE_READ, BREAK_MODE_WRITE, CHARSET, EOF, FILE, MODE, OFFSET],
};

/// What a file is opened for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// `"read"`
    #[default]
    Read,
    /// `"write"`
    Write,
    /// `"append"`
    Append,
}

impl Mode {
    /// By its name; case matters.
    ///
    /// # Errors
    /// There is no such name.
    pub fn named(name: &str) -> Result<Self> {
        match name {
            "read" => Ok(Self::Read),
            "write" => Ok(Self::Write),
            "append" => Ok(Self::Append),
            other => Err(Error::quatre(5505, format!("`{other}` is no way to open a file"))
                .help("open it with \"read\", \"write\" or \"append\", in small letters")),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Append => "append",
        }
    }
}

/// How a file is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// For what.
    pub mode: Mode,
    /// The name of the character set, as it was given.
    pub charset: String,
    /// The character set.
    pub encoding: Encoding,
    /// What line ends become when read.
    pub break_read: Breaks,
    /// What line ends become when written.
    pub break_write: Breaks,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            mode: Mode::Read,
            charset: "UTF-8".to_owned(),
            encoding: Encoding::default(),
            break_read: Breaks::default(),
            break_write: Breaks::default(),
        }
    }
}

struct State {
    open: OpenFile,
    /// In bytes, or in characters once texts are read.
    offset: u64,
    /// The whole document, once a text was read of it.
    text: Option<Text>,
}

/// A file that is open.
pub struct FileHandle {
    file: File,
    options: Options,
    state: RefCell<State>,
}

impl Instance for FileHandle {
    fn class_name(&self) -> &'static str {
        "FileHandle"
    }

    fn into_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
}

/// Opens a file.
///
/// # Errors
/// It is not there, or the program is writing it already.
pub fn open(file: &File, options: Options) -> Result<Object> {
    let path = file.place.path();
    let access = if options.mode == Mode::Read { Access::Read } else { Access::Create };
    let open = OpenFile::open(&path, access).map_err(|problem| failed("open", &path, &problem))?;
    let mut state = State { open, offset: 0, text: None };
    if options.mode == Mode::Append {
        state.offset = state.open.size().map_err(|problem| failed("open", &path, &problem))?;
    }
    Ok(Object::native(Rc::new(FileHandle { file: file.clone(), options, state: RefCell::new(state) })))
}

impl FileHandle {
    fn failed(&self, doing: &str, problem: &std::io::Error) -> Error {
        failed(doing, &self.file.place.path(), problem)
    }

    fn size(&self) -> Result<u64> {
        self.state.borrow().open.size().map_err(|problem| self.failed("measure", &problem))
    }

    /// The whole document as a text, and the place in it.
    fn text(&self) -> Result<(Text, usize)> {
        let mut state = self.state.borrow_mut();
        if state.text.is_none() {
            let size = state.open.size().map_err(|problem| self.failed("read", &problem))?;
            let bytes = state.open.read_at(0, size).map_err(|problem| self.failed("read", &problem))?;
            state.text = Some(self.options.break_read.apply(self.options.encoding.decode(&bytes)));
        }
        let text = state.text.clone().unwrap_or_default();
        let offset = usize::try_from(state.offset).unwrap_or(usize::MAX).min(text.len());
        Ok((text, offset))
    }

    fn set_offset(&self, offset: usize) {
        self.state.borrow_mut().offset = u64::try_from(offset).unwrap_or(u64::MAX);
    }

    fn write(&self, bytes: &[u8]) -> Result<()> {
        let mut state = self.state.borrow_mut();
        if !state.open.may_write() {
            let path = self.file.place.path();
            return Err(Error::native(-61, format!("`{}` is open to be read, not written", path.display()))
                .help("open it with \"write\" or \"append\""));
        }
        let offset = state.offset;
        state.open.write_at(offset, bytes).map_err(|problem| self.failed("write", &problem))?;
        state.offset = offset.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        state.text = None;
        Ok(())
    }
}

/// A number of bytes as 4D counts them.
#[expect(clippy::cast_precision_loss, reason = "no file is so large that its size is not exact")]
fn real(count: u64) -> f64 {
    count as f64
}

/// A number of bytes from 4D: none when it is negative.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast goes to the nearest number that there is"
)]
fn count(number: f64) -> u64 {
    number.max(0.0) as u64
}

const GET_SIZE: Function = Function {
    name: "getSize",
    help: "The size of the document in bytes.",
    syntaxes: &[native!(get_size(this))],
};

fn get_size(this: Rc<FileHandle>) -> Result<f64> {
    this.size().map(real)
}

const SET_SIZE: Function = Function {
    name: "setSize",
    help: "Makes the document shorter, or longer by zeros.",
    syntaxes: &[native!(set_size(this, size))],
};

fn set_size(this: Rc<FileHandle>, size: f64) -> Result<()> {
    // Writing nothing makes sure that it may be written.
    this.write(&[])?;
    let mut state = this.state.borrow_mut();
    state.open.set_size(count(size)).map_err(|problem| this.failed("resize", &problem))
}

const READ_BLOB: Function = Function {
    name: "readBlob",
    help: "The next bytes of the file, fewer than asked for at its end.",
    syntaxes: &[native!(read_blob(this, bytes))],
};

fn read_blob(this: Rc<FileHandle>, bytes: f64) -> Result<Object> {
    let mut state = this.state.borrow_mut();
    let offset = state.offset;
    let read = state.open.read_at(offset, count(bytes)).map_err(|problem| this.failed("read", &problem))?;
    state.offset = offset.saturating_add(u64::try_from(read.len()).unwrap_or(u64::MAX));
    Ok(boxed(Blob::from_vec(read)))
}

const READ_LINE: Function = Function {
    name: "readLine",
    help: "The text up to the next line end or the end of the file.",
    syntaxes: &[native!(read_line(this))],
};

fn read_line(this: Rc<FileHandle>) -> Result<Text> {
    let (text, start) = this.text()?;
    let is_break = |at: usize| matches!(text.unit(at), Some(10 | 13));
    let end = (start..text.len()).find(|at| is_break(*at)).unwrap_or(text.len());
    let is_pair = text.unit(end) == Some(13) && text.unit(end + 1) == Some(10);
    this.set_offset((end + 1 + usize::from(is_pair)).min(text.len()));
    Ok(text.slice(start, end - start))
}

const READ_TEXT: Function = Function {
    name: "readText",
    help: "The text up to a text where it stops, which is passed over, or to the end of the file.",
    syntaxes: &[native!(read_text(this, stopChar))],
};

fn read_text(this: Rc<FileHandle>, stop: Option<Text>) -> Result<Text> {
    let (text, start) = this.text()?;
    let Some(stop) = stop.filter(|stop| !stop.is_empty()) else {
        this.set_offset(text.len());
        return Ok(text.slice(start, text.len() - start));
    };
    // Not found: nothing is read, and the place stays.
    let Some(end) = text.find_exact(&stop, start) else { return Ok(Text::EMPTY) };
    this.set_offset(end + stop.len());
    Ok(text.slice(start, end - start))
}

const WRITE_BLOB: Function = Function {
    name: "writeBlob",
    help: "Writes bytes at the current place.",
    syntaxes: &[native!(write_blob(this, blob))],
};

fn write_blob(this: Rc<FileHandle>, blob: Blob) -> Result<()> {
    this.write(blob.bytes())
}

const WRITE_LINE: Function = Function {
    name: "writeLine",
    help: "Writes a text and a line end at the current place.",
    syntaxes: &[native!(write_line(this, lineOfText))],
};

fn write_line(this: Rc<FileHandle>, line: Text) -> Result<()> {
    let breaks = this.options.break_write;
    let mut line = breaks.apply(line);
    line.push_str(breaks.mark());
    this.write(&this.options.encoding.encode(&line))
}

const WRITE_TEXT: Function = Function {
    name: "writeText",
    help: "Writes a text at the current place.",
    syntaxes: &[native!(write_text(this, textToWrite))],
};

fn write_text(this: Rc<FileHandle>, text: Text) -> Result<()> {
    this.write(&this.options.encoding.encode(&this.options.break_write.apply(text)))
}

const BREAK_MODE_READ: Property = Property {
    name: "breakModeRead",
    help: "What line ends become when texts are read.",
    get: native!(break_mode_read(this)),
    set: None,
};

fn break_mode_read(this: Rc<FileHandle>) -> &'static str {
    this.options.break_read.name()
}

const BREAK_MODE_WRITE: Property = Property {
    name: "breakModeWrite",
    help: "What line ends become when texts are written.",
    get: native!(break_mode_write(this)),
    set: None,
};

fn break_mode_write(this: Rc<FileHandle>) -> &'static str {
    this.options.break_write.name()
}

const CHARSET: Property = Property {
    name: "charset",
    help: "The character set in which texts are read and written.",
    get: native!(charset(this)),
    set: None,
};

fn charset(this: Rc<FileHandle>) -> String {
    this.options.charset.clone()
}

const EOF: Property = Property {
    name: "eof",
    help: "Whether the current place is the end of the file.",
    get: native!(eof(this)),
    set: None,
};

fn eof(this: Rc<FileHandle>) -> Result<bool> {
    let read = this.state.borrow().text.as_ref().map(Text::len);
    let end = match read {
        Some(characters) => u64::try_from(characters).unwrap_or(u64::MAX),
        None => this.size()?,
    };
    Ok(this.state.borrow().offset >= end)
}

const FILE: Property =
    Property { name: "file", help: "The file that is open.", get: native!(file(this)), set: None };

fn file(this: Rc<FileHandle>) -> Object {
    file::object(this.file.place.clone())
}

const MODE: Property = Property {
    name: "mode",
    help: "For what the file is open: \"read\", \"write\" or \"append\".",
    get: native!(mode(this)),
    set: None,
};

fn mode(this: Rc<FileHandle>) -> &'static str {
    this.options.mode.name()
}

const OFFSET: Property = Property {
    name: "offset",
    help: "The current place: a number of bytes, or of characters when texts are read.",
    get: native!(offset(this)),
    set: Some(native!(set_offset(this, value))),
};

fn offset(this: Rc<FileHandle>) -> f64 {
    real(this.state.borrow().offset)
}

fn set_offset(this: Rc<FileHandle>, value: f64) -> Result<()> {
    let size = this.size()?;
    this.state.borrow_mut().offset = count(value).min(size);
    Ok(())
}
