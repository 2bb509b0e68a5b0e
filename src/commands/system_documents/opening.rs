//! Documents that stay open from one command to the next, known by a reference of type Time.

use std::path::Path;

use crate::builtin::Command;
use crate::builtin::parameter::{OneOf, Star};
use crate::commands::system_documents::{place, with_ok};
use crate::commands::xml_sax;
use crate::native;
use crate::runtime::documents::{Documents, OpenDocument, failed};
use crate::runtime::location::system_text;
use crate::runtime::process::Process;
use crate::runtime::sandbox::{self, Access, OpenFile};
use crate::value::error::{Error, Result};
use crate::value::text::Text;
use crate::value::time::Time;

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
fn bytes(number: f64) -> u64 {
    number.max(0.0) as u64
}

/// Keeps a document that was opened, and sets OK and Document.
fn keep(process: &mut Process, path: &Path, opened: Result<(OpenFile, u64)>) -> Result<Time> {
    let (file, position) = with_ok(process, opened)?;
    process.set_system("Document", system_text(path, false));
    Ok(process.state::<Documents>().add(OpenDocument { file, path: path.to_owned(), position }))
}

/// How a document is opened, by the constants of the theme.
mod mode {
    pub(super) const READ_AND_WRITE: i32 = 0;
    pub(super) const WRITE: i32 = 1;
    pub(super) const READ: i32 = 2;
    pub(super) const GET_PATHNAME: i32 = 3;
}

pub(super) const OPEN_DOCUMENT: Command = Command {
    number: 264,
    name: "Open document",
    thread_safe: true,
    help: "Opens a document that is there and gives the reference for it.",
    syntaxes: &[
        native!(open_in_mode(process, document, mode)),
        native!(open_document(process, document, fileType, mode)),
    ],
};

fn open_in_mode(process: &mut Process, name: Text, mode: i32) -> Result<Time> {
    open_document(process, name, None, Some(mode))
}

fn open_document(process: &mut Process, name: Text, _type: Option<Text>, mode: Option<i32>) -> Result<Time> {
    let path = place(process, "Open document", &name);
    let path = with_ok(process, path)?;
    let opened = match mode {
        Some(mode::GET_PATHNAME) => {
            process.set_ok(true);
            process.set_system("Document", system_text(&path, false));
            return Ok(Time::default());
        }
        Some(mode::READ) => open(&path, Access::Read),
        Some(mode::READ_AND_WRITE | mode::WRITE) => open(&path, Access::Write),
        // A document that may not be written is still there to be read.
        None if sandbox::is_file(&path) && !sandbox::is_writable(&path) => open(&path, Access::Read),
        None => open(&path, Access::Write),
        Some(other) => Err(Error::quatre(5218, format!("`Open document` knows no mode {other}"))
            .help("use a constant such as `Read mode`")),
    };
    keep(process, &path, opened.map(|file| (file, 0)))
}

fn open(path: &Path, access: Access) -> Result<OpenFile> {
    OpenFile::open(path, access).map_err(|problem| {
        let error = failed("open", path, &problem);
        if problem.kind() == std::io::ErrorKind::ResourceBusy {
            return error.help("close it first, or open it with `Read mode`");
        }
        error
    })
}

pub(super) const CREATE_DOCUMENT: Command = Command {
    number: 266,
    name: "Create document",
    thread_safe: true,
    help: "Makes a document, or empties the one that is there, and gives the reference for it.",
    syntaxes: &[native!(create_document(process, document, fileType))],
};

/// The path with the extension that a type asks for: it has none, and the type is one and no type of the old Mac OS.
fn typed(path: std::path::PathBuf, type_: Option<Text>) -> std::path::PathBuf {
    let type_ = type_.map(|type_| type_.to_str().into_owned()).unwrap_or_default();
    let extension =
        type_.strip_prefix('.').filter(|rest| !rest.is_empty() && !rest.contains(['.', ';', '*', '/']));
    match extension {
        Some(extension) if path.extension().is_none() => path.with_extension(extension),
        Some(_) | None => path,
    }
}

fn create_document(process: &mut Process, name: Text, type_: Option<Text>) -> Result<Time> {
    let path = place(process, "Create document", &name).map(|path| typed(path, type_));
    let path = with_ok(process, path)?;
    let opened = open(&path, Access::Create).and_then(|mut file| {
        file.set_size(0).map_err(|problem| failed("create", &path, &problem))?;
        Ok((file, 0))
    });
    keep(process, &path, opened)
}

pub(super) const APPEND_DOCUMENT: Command = Command {
    number: 265,
    name: "Append document",
    thread_safe: true,
    help: "Opens a document that is there, to write at its end, and gives the reference for it.",
    syntaxes: &[native!(append_document(process, document, fileType))],
};

fn append_document(process: &mut Process, name: Text, _type: Option<Text>) -> Result<Time> {
    let path = place(process, "Append document", &name);
    let path = with_ok(process, path)?;
    let opened = open(&path, Access::Write).and_then(|file| {
        let end = file.size().map_err(|problem| failed("open", &path, &problem))?;
        Ok((file, end))
    });
    keep(process, &path, opened)
}

pub(super) const CLOSE_DOCUMENT: Command = Command {
    number: 267,
    name: "CLOSE DOCUMENT",
    thread_safe: true,
    help: "Closes a document.",
    syntaxes: &[native!(close_document(process, docRef))],
};

fn close_document(process: &mut Process, reference: Time) -> Result<()> {
    // Elements of XML that are still open end with the document.
    let finished = xml_sax::finish(process, reference);
    process.state::<Documents>().close(reference)?;
    finished
}

pub(super) const GET_DOCUMENT_SIZE: Command = Command {
    number: 479,
    name: "Get document size",
    thread_safe: true,
    help: "The size of a document in bytes, by its reference or its path.",
    syntaxes: &[native!(get_document_size(process, document, star))],
};

fn get_document_size(
    process: &mut Process,
    which: OneOf<Text, Time>,
    _resources: Option<Star>,
) -> Result<f64> {
    match which {
        OneOf::First(name) => {
            let path = place(process, "Get document size", &name)?;
            let facts = sandbox::facts(&path).map_err(|problem| failed("measure", &path, &problem))?;
            Ok(real(facts.size))
        }
        OneOf::Second(reference) => {
            let document = process.state::<Documents>().get(reference)?;
            let size = document.file.size();
            size.map(real).map_err(|problem| failed("measure", &document.path, &problem))
        }
    }
}

pub(super) const SET_DOCUMENT_SIZE: Command = Command {
    number: 480,
    name: "SET DOCUMENT SIZE",
    thread_safe: true,
    help: "Makes an open document shorter, or longer by zeros.",
    syntaxes: &[native!(set_document_size(process, docRef, size))],
};

fn set_document_size(process: &mut Process, reference: Time, size: f64) -> Result<()> {
    let document = process.state::<Documents>().get(reference)?;
    let outcome = document.file.set_size(bytes(size));
    outcome.map_err(|problem| failed("resize", &document.path, &problem))
}

pub(super) const GET_DOCUMENT_POSITION: Command = Command {
    number: 481,
    name: "Get document position",
    thread_safe: true,
    help: "Where in a document the next packet is read or written, in bytes.",
    syntaxes: &[native!(get_document_position(process, docRef))],
};

fn get_document_position(process: &mut Process, reference: Time) -> Result<f64> {
    Ok(real(process.state::<Documents>().get(reference)?.position))
}

pub(super) const SET_DOCUMENT_POSITION: Command = Command {
    number: 482,
    name: "SET DOCUMENT POSITION",
    thread_safe: true,
    help: "Sets where in a document the next packet is read or written, from its beginning, its end or the current place.",
    syntaxes: &[native!(set_document_position(process, docRef, offset, anchor))],
};

fn set_document_position(
    process: &mut Process,
    reference: Time,
    offset: f64,
    anchor: Option<i32>,
) -> Result<()> {
    let document = process.state::<Documents>().get(reference)?;
    let origin = match anchor.unwrap_or(1) {
        1 => 0,
        2 => document.file.size().map_err(|problem| failed("measure", &document.path, &problem))?,
        3 => document.position,
        other => {
            return Err(Error::quatre(5218, format!("`SET DOCUMENT POSITION` knows no anchor {other}"))
                .help("1 is the beginning, 2 the end, 3 the current place"));
        }
    };
    document.position = bytes(real(origin) + offset);
    Ok(())
}
