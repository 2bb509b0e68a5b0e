//! Theme Communications: packets read from documents and written to them. There are no serial ports, so a document must
//! be named.

use crate::builtin::parameter::{OneOf, Var};
use crate::builtin::{Command, Theme};
use crate::native;
use crate::runtime::documents::{Documents, failed};
use crate::runtime::process::Process;
use crate::value::blob::Blob;
use crate::value::charset::Charset;
use crate::value::error::{Error, Result};
use crate::value::text::Text;
use crate::value::time::Time;
use crate::value::{Type, Value};

/// The theme.
pub const THEME: Theme = Theme { name: "Communications", commands: &[RECEIVE_PACKET, SEND_PACKET] };

#[cold]
fn no_channel(command: &str) -> Error {
    Error::quatre(5506, format!("`{command}` needs the reference of a document"))
        .help("there are no serial ports here: open a document and give its reference as the first parameter")
}

const SEND_PACKET: Command = Command {
    number: 103,
    name: "SEND PACKET",
    thread_safe: true,
    help: "Writes a text or a BLOB at the current place of a document.",
    syntaxes: &[native!(send_packet(process, docRef, packet)), native!(send_to_channel(packet))],
};

fn send_to_channel(_packet: OneOf<Text, Blob>) -> Result<()> {
    Err(no_channel("SEND PACKET"))
}

fn send_packet(process: &mut Process, reference: Time, packet: OneOf<Text, Blob>) -> Result<()> {
    let bytes = match packet {
        OneOf::First(text) => Charset::Utf8.encode(&text),
        OneOf::Second(blob) => blob.into_vec(),
    };
    let document = process.state::<Documents>().get(reference)?;
    if !document.file.may_write() {
        return Err(Error::native(
            -61,
            format!("`{}` is open to be read, not written", document.path.display()),
        ));
    }
    let position = document.position;
    let outcome = document.file.write_at(position, &bytes);
    outcome.map_err(|problem| failed("write", &document.path, &problem))?;
    document.position = position.saturating_add(length(&bytes));
    process.set_ok(true);
    Ok(())
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

const RECEIVE_PACKET: Command = Command {
    number: 104,
    name: "RECEIVE PACKET",
    thread_safe: true,
    help: "Reads a document from its current place on, up to a text or for a number of bytes.",
    syntaxes: &[
        native!(receive_packet(process, docRef, receiveVar, end)),
        native!(receive_from_channel(receiveVar, end)),
    ],
};

fn receive_from_channel(_variable: Var<Value>, _end: OneOf<Text, i32>) -> Result<()> {
    Err(no_channel("RECEIVE PACKET"))
}

/// How much is read at a time when the end is looked for.
const STEP: u64 = 64 * 1024;

fn receive_packet(
    process: &mut Process,
    reference: Time,
    variable: Var<Value>,
    end: OneOf<Text, i32>,
) -> Result<()> {
    let document = process.state::<Documents>().get(reference)?;
    let start = document.position;
    let outcome = match &end {
        OneOf::First(stop) if !stop.is_empty() => {
            read_up_to(&mut document.file, start, &Charset::Utf8.encode(stop))
        }
        OneOf::First(_) => document.file.read_at(start, u64::MAX).map(|bytes| (length(&bytes), bytes)),
        OneOf::Second(count) => {
            let count = u64::try_from(*count).unwrap_or_default();
            document.file.read_at(start, count).map(|bytes| (length(&bytes), bytes))
        }
    };
    let (used, bytes) = outcome.map_err(|problem| failed("read", &document.path, &problem))?;
    document.position = start.saturating_add(used);
    // Nothing is left: the variable becomes empty, and OK says so.
    process.set_ok(used > 0);
    let is_blob = variable.declared() == Type::Blob || matches!(variable.value(), Value::Blob(_));
    if is_blob {
        variable.set(Value::Blob(Blob::from_vec(bytes)));
    } else {
        variable.set(Value::Text(Charset::Utf8.decode(&bytes)));
    }
    Ok(())
}

/// What stands before a text, and how many bytes that is with the text; all that is left when it does not come.
fn read_up_to(
    file: &mut crate::runtime::sandbox::OpenFile,
    start: u64,
    stop: &[u8],
) -> std::io::Result<(u64, Vec<u8>)> {
    let mut bytes = Vec::new();
    loop {
        // What was searched already need not be searched again, but for the beginning of the text at its end.
        let searched = bytes.len().saturating_sub(stop.len());
        let more = file.read_at(start.saturating_add(length(&bytes)), STEP)?;
        let at_end = more.is_empty();
        bytes.extend(more);
        if let Some(at) = memchr::memmem::find(bytes.get(searched..).unwrap_or_default(), stop) {
            let end = searched + at;
            bytes.truncate(end);
            return Ok((length(&bytes).saturating_add(length(stop)), bytes));
        }
        if at_end {
            return Ok((length(&bytes), bytes));
        }
    }
}
