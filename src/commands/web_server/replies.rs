//! What code sends back to the client whose request its process serves. Without a request nothing happens.

use std::path::Path;

use crate::builtin::Command;
use crate::builtin::parameter::Star;
use crate::commands::tools::tags::expand;
use crate::native;
use crate::runtime::documents::failed;
use crate::runtime::exchange::Reply;
use crate::runtime::process::Process;
use crate::runtime::sandbox;
use crate::runtime::web_folder::{Place, find, kind_of, kind_of_file};
use crate::value::array::Array;
use crate::value::blob::Blob;
use crate::value::error::{Error, Result};
use crate::value::text::Text;
use crate::value::{Value, convert};

/// The kind that a text has unless another is named.
const HTML: &str = "text/html;charset=UTF-8";

/// The kind that the parameter of a command names: a kind, an extension with its point, or nothing.
fn kind(text: &str) -> String {
    match text {
        "" => String::new(),
        extension if extension.starts_with('.') => kind_of(extension).to_owned(),
        kind if kind.starts_with("text/") && !kind.contains("charset") => format!("{kind};charset=UTF-8"),
        kind => kind.to_owned(),
    }
}

fn is_text(kind: &str) -> bool {
    kind.starts_with("text/")
}

/// Runs the tags of a text that is sent. A text in whose request the visitor has written tags himself is sent as it is.
fn with_tags(process: &mut Process, text: String) -> Result<String> {
    let has_tags = text.contains("<!--") || text.contains("$4");
    let brought = process.exchange().is_some_and(|exchange| exchange.brings_tags);
    if !has_tags || brought {
        return Ok(text);
    }
    expand(process, &text, Vec::new())
}

fn send(process: &mut Process, kind: &str, body: Vec<u8>) {
    if let Some(exchange) = process.exchange() {
        exchange.send(kind, body);
    }
}

pub(super) const WEB_SEND_TEXT: Command = Command {
    number: 677,
    name: "WEB SEND TEXT",
    thread_safe: true,
    help: "Sends a text to the client, as HTML unless another kind is named; tags in it are run.",
    syntaxes: &[native!(web_send_text(process, htmlText, type_))],
};

fn web_send_text(process: &mut Process, text: Text, type_: Option<Text>) -> Result<()> {
    if process.exchange().is_none() {
        return Ok(());
    }
    let kind = type_.map_or_else(|| HTML.to_owned(), |text| kind(&text.to_str()));
    let text = text.to_str().into_owned();
    let text = if is_text(&kind) { with_tags(process, text)? } else { text };
    send(process, &kind, text.into_bytes());
    Ok(())
}

pub(super) const WEB_SEND_BLOB: Command = Command {
    number: 654,
    name: "WEB SEND BLOB",
    thread_safe: true,
    help: "Sends bytes to the client, with their kind or the extension of such a file.",
    syntaxes: &[native!(web_send_blob(process, blob, type_))],
};

fn web_send_blob(process: &mut Process, blob: Blob, type_: Text) -> Result<()> {
    if process.exchange().is_none() {
        return Ok(());
    }
    let kind = kind(&type_.to_str());
    let bytes = blob.into_vec();
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if kind.starts_with("text/html") => with_tags(process, text)?.into_bytes(),
        Ok(text) => text.into_bytes(),
        Err(raw) => raw.into_bytes(),
    };
    send(process, &kind, bytes);
    Ok(())
}

pub(super) const WEB_SEND_FILE: Command = Command {
    number: 619,
    name: "WEB SEND FILE",
    thread_safe: true,
    help: "Sends a file of the web folder to the client, the tags in it run, and sets OK.",
    syntaxes: &[native!(web_send_file(process, htmlFile))],
};

fn web_send_file(process: &mut Process, file: Text) -> Result<()> {
    if process.exchange().is_none() {
        return Ok(());
    }
    let root = process.runtime.web.settings().root();
    let path = file.to_str().replace('\\', "/");
    // A path from the root of the disk is one that begins with the folder.
    let inner = Path::new(&path).strip_prefix(&root).map(|inner| inner.to_string_lossy().into_owned());
    let inner = inner.unwrap_or(path);
    // The name of a file is no address: a percent sign is one.
    let Place::File(found) = find(&root, &inner.replace('%', "%25")) else {
        process.set_ok(false);
        return Err(Error::native(-43, format!("there is no file `{inner}` in the web folder")));
    };
    let bytes = sandbox::read(&found).map_err(|problem| {
        process.set_ok(false);
        failed("read", &found, &problem)
    })?;
    let kind = kind_of_file(&found);
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if kind.starts_with("text/html") => expand(process, &text, Vec::new())?.into_bytes(),
        Ok(text) => text.into_bytes(),
        Err(raw) => raw.into_bytes(),
    };
    send(process, kind, bytes);
    process.set_ok(true);
    Ok(())
}

pub(super) const WEB_SEND_HTTP_REDIRECT: Command = Command {
    number: 659,
    name: "WEB SEND HTTP REDIRECT",
    thread_safe: true,
    help: "Sends the client to another address; with * its signs are sent as they are.",
    syntaxes: &[native!(web_send_http_redirect(process, url, star))],
};

fn web_send_http_redirect(process: &mut Process, url: Text, star: Option<Star>) {
    let url = url.to_str().into_owned();
    let url = if star.is_some() { url } else { encoded(&url) };
    if let Some(exchange) = process.exchange() {
        exchange.redirect = Some(url);
    }
}

/// An address whose signs that cannot stand in one are coded; those that have a meaning in it stay, and what is coded
/// already stays so.
fn encoded(url: &str) -> String {
    let mut result = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte) {
            result.push(char::from(byte));
        } else {
            result.push_str(&format!("%{byte:02X}"));
        }
    }
    result
}

// ---- headers ----

pub(super) const WEB_SET_HTTP_HEADER: Command = Command {
    number: 660,
    name: "WEB SET HTTP HEADER",
    thread_safe: true,
    help: "Sets headers and the status of the reply, from a text of lines or from two arrays.",
    syntaxes: &[
        native!(web_set_http_header(process, header)),
        native!(web_set_http_header_arrays(process, fieldArray, valueArray)),
    ],
};

fn web_set_http_header(process: &mut Process, header: Text) {
    let text = header.to_str().into_owned();
    let mut fields = Vec::new();
    let mut status = None;
    for line in text.split(['\r', '\n']).filter(|line| !line.trim().is_empty()) {
        if let Some(found) = status_line(line) {
            status = Some(found);
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    set_fields(process, fields, status);
}

/// The status of a first line: `HTTP/1.0 404 Not found`.
fn status_line(line: &str) -> Option<u16> {
    let rest =
        line.get(..5).filter(|start| start.eq_ignore_ascii_case("HTTP/")).and_then(|_| line.get(5..))?;
    status_number(rest.split_once(' ')?.1)
}

fn status_number(text: &str) -> Option<u16> {
    let digits: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|status| (100..=999).contains(status))
}

fn web_set_http_header_arrays(process: &mut Process, fields: Array, values: Array) {
    let text = |array: &Array, place: usize| {
        array
            .get(place)
            .map(|value: Value| convert::to_text(&value).to_str().into_owned())
            .unwrap_or_default()
    };
    let all = (1..=fields.size()).map(|place| (text(&fields, place), text(&values, place))).collect();
    set_fields(process, all, None);
}

fn set_fields(process: &mut Process, fields: Vec<(String, String)>, status: Option<u16>) {
    let Some(exchange) = process.exchange() else { return };
    exchange.status = status.or(exchange.status);
    for (name, value) in fields {
        if name.eq_ignore_ascii_case("X-STATUS") {
            exchange.status = status_number(&value).or(exchange.status);
        } else if !name.eq_ignore_ascii_case("X-VERSION") {
            exchange.headers.push((name, value));
        }
    }
}

// ---- raw data ----

pub(super) const WEB_SEND_RAW_DATA: Command = Command {
    number: 815,
    name: "WEB SEND RAW DATA",
    thread_safe: true,
    help: "Sends a whole reply with its headers; with * in pieces, as they are made.",
    syntaxes: &[native!(web_send_raw_data(process, data, star))],
};

fn web_send_raw_data(process: &mut Process, data: Blob, star: Option<Star>) -> Result<()> {
    let Some(exchange) = process.exchange() else { return Ok(()) };
    let bytes = data.into_vec();
    if exchange.is_streaming {
        let gone = exchange.outlet.as_ref().is_none_or(|outlet| !outlet.send(bytes));
        return if gone { Err(process.abort()) } else { Ok(()) };
    }
    if exchange.has_answered() {
        return Ok(());
    }
    let reply = raw_reply(&bytes);
    if star.is_none() || exchange.outlet.is_none() {
        exchange.raw = Some(reply);
        return Ok(());
    }
    let piece = reply.body.clone();
    exchange.raw = Some(Reply { body: Vec::new(), ..reply });
    let head = exchange.reply();
    exchange.is_streaming = true;
    let sent = exchange.outlet.as_ref().is_some_and(|outlet| outlet.begin(head) && outlet.send(piece));
    if sent { Ok(()) } else { Err(process.abort()) }
}

/// Takes data apart into status, headers and body; data without headers is a body alone.
fn raw_reply(bytes: &[u8]) -> Reply {
    let mut reply = Reply { status: 200, headers: Vec::new(), body: bytes.to_vec() };
    let is_status = bytes.starts_with(b"HTTP/");
    let end = memchr::memmem::find(bytes, b"\r\n\r\n").map(|place| (place, 4));
    let end = end.or_else(|| memchr::memmem::find(bytes, b"\n\n").map(|place| (place, 2)));
    let (head_end, gap) = end.unwrap_or((bytes.len(), 0));
    let head = String::from_utf8_lossy(bytes.get(..head_end).unwrap_or_default()).into_owned();
    let lines: Vec<&str> = head.lines().filter(|line| !line.is_empty()).collect();
    let is_field = |line: &&str| {
        line.split_once(':').is_some_and(|(name, _)| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        })
    };
    let rest = lines.get(usize::from(is_status)..).unwrap_or_default();
    let has_head = is_status || (!rest.is_empty() && (end.is_some() || rest.len() == lines.len()));
    if !has_head || !rest.iter().all(is_field) {
        return reply;
    }
    let status = lines.first().and_then(|line| status_line(line));
    for (name, value) in rest.iter().filter_map(|line| line.split_once(':')) {
        reply.headers.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    let is_elsewhere = reply.header("location").is_some();
    reply.status = status.unwrap_or(if is_elsewhere { 302 } else { 200 });
    reply.body = bytes.get(head_end + gap..).unwrap_or_default().to_vec();
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_data_brings_its_own_head() {
        let reply = raw_reply(b"HTTP/1.1 404 Not there\r\nX-A: b\r\n\r\nbody");
        assert_eq!(
            (reply.status, reply.header("x-a"), reply.body.as_slice()),
            (404, Some("b"), b"body".as_slice())
        );
        let reply = raw_reply(b"Location: /x");
        assert_eq!((reply.status, reply.header("location"), reply.body.len()), (302, Some("/x"), 0));
        let reply = raw_reply(b"[1]");
        assert_eq!((reply.status, reply.body.as_slice()), (200, b"[1]".as_slice()));
        let reply = raw_reply(b"text with: a colon but\n\nno head: {}");
        assert_eq!(reply.body.len(), 35);
    }

    #[test]
    fn addresses_are_coded_once() {
        assert_eq!(encoded("/a b?x=é&y=%20"), "/a%20b?x=%C3%A9&y=%20");
    }

    #[test]
    fn the_status_is_read_from_a_first_line() {
        assert_eq!(status_line("HTTP/1.0 200 OK"), Some(200));
        assert_eq!(status_line("http/1.1 404"), Some(404));
        assert_eq!(status_line("Set-Cookie: a"), None);
        assert_eq!(status_line("é"), None);
    }
}
