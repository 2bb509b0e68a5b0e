//! Paths as texts: taken apart, put together, and changed from the syntax of the system to POSIX and back.

use std::path::MAIN_SEPARATOR;

use crate::builtin::Command;
use crate::builtin::parameter::Star;
use crate::native;
use crate::runtime::location::{document_path, package, split_extension};
use crate::runtime::process::Process;
use crate::runtime::sandbox;
use crate::value::Value;
use crate::value::convert;
use crate::value::error::{Error, Result};
use crate::value::object::Object;
use crate::value::text::Text;

/// A path of the system with the separators of POSIX: `C:\a` is `/C:/a`, `a\b` is `a/b`.
pub(super) fn posix(path: &str) -> String {
    if !cfg!(windows) {
        return path.to_owned();
    }
    let text = path.replace('\\', "/");
    if text.get(1..2) == Some(":") { format!("/{text}") } else { text }
}

pub(super) const CONVERT_PATH_SYSTEM_TO_POSIX: Command = Command {
    number: 1106,
    name: "Convert path system to POSIX",
    thread_safe: true,
    help: "The whole path in POSIX syntax, with `*` encoded as in an address of the web.",
    syntaxes: &[native!(system_to_posix(process, systemPath, star))],
};

fn system_to_posix(process: &mut Process, path: Text, star: Option<Star>) -> String {
    let whole = document_path(&process.runtime, &path.to_str());
    let text = posix(&whole.to_string_lossy());
    if star.is_some() { encoded(&text) } else { text }
}

/// The text with `%20` and its like for what an address of the web cannot hold.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~:!$&'()*+,;=@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|pair| byte == b'%' && pair.iter().all(u8::is_ascii_hexdigit));
        let value = digits.and_then(|pair| std::str::from_utf8(pair).ok());
        match value.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(value) => {
                bytes.push(value);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

pub(super) const CONVERT_PATH_POSIX_TO_SYSTEM: Command = Command {
    number: 1107,
    name: "Convert path POSIX to system",
    thread_safe: true,
    help: "The path in the syntax of the system, with `*` decoded first.",
    syntaxes: &[native!(posix_to_system(posixPath, star))],
};

fn posix_to_system(path: Text, star: Option<Star>) -> String {
    let path = path.to_str();
    let path = if star.is_some() { decoded(&path) } else { path.into_owned() };
    if !cfg!(windows) {
        return path;
    }
    let bare = path.strip_prefix('/').filter(|rest| rest.get(1..2) == Some(":")).unwrap_or(&path);
    bare.replace('/', "\\")
}

/// `Path is POSIX`
const POSIX: i32 = 1;

pub(super) const PATH_TO_OBJECT: Command = Command {
    number: 1547,
    name: "Path to object",
    thread_safe: true,
    help: "An object with the parts of a path: the folder above, the name, the extension, whether it is a folder.",
    syntaxes: &[native!(path_to_object(path, pathType))],
};

fn path_to_object(path: Text, path_type: Option<i32>) -> Object {
    let separator = if path_type == Some(POSIX) { '/' } else { MAIN_SEPARATOR };
    let path = path.to_str();
    let is_folder = path.ends_with(separator);
    let bare = path.strip_suffix(separator).unwrap_or(&path);
    let (parent, full) = match bare.rfind(separator) {
        Some(at) => bare.split_at(at + separator.len_utf8()),
        None => ("", bare),
    };
    let (name, extension) = split_extension(full);
    let object = Object::new();
    object.put("parentFolder", parent);
    object.put("name", name);
    object.put("extension", extension);
    object.put("isFolder", is_folder);
    object
}

pub(super) const OBJECT_TO_PATH: Command = Command {
    number: 1548,
    name: "Object to path",
    thread_safe: true,
    help: "The path of which an object holds the parts.",
    syntaxes: &[native!(object_to_path(pathObject))],
};

fn object_to_path(object: Object) -> Result<String> {
    let text = |key: &str| match object.get_str(key) {
        Some(Value::Text(text)) => Ok(text.to_str().into_owned()),
        None | Some(Value::Undefined | Value::Null) => Ok(String::new()),
        Some(other) => Err(Error::types(format!(
            "the property `{key}` of a path is a Text, not a value of type {}",
            other.type_name()
        ))),
    };
    let parent = text("parentFolder")?;
    let extension = text("extension")?;
    let dot = if extension.is_empty() || extension.starts_with('.') { "" } else { "." };
    let mut path = format!("{parent}{}{dot}{extension}", text("name")?);
    if object.get_str("isFolder").is_some_and(|value| convert::to_boolean(&value)) {
        path.push(if parent.ends_with('/') { '/' } else { MAIN_SEPARATOR });
    }
    Ok(path)
}

pub(super) const LOCALIZED_DOCUMENT_PATH: Command = Command {
    number: 1105,
    name: "Localized document path",
    thread_safe: true,
    help: "The path of a document of the folder Resources for the language of the program.",
    syntaxes: &[native!(localized_document_path(process, relativePath))],
};

/// First in the folder of the language, then in the first folder of any language, then in the folder Resources itself.
fn localized_document_path(process: &mut Process, relative: Text) -> String {
    let resources = package(&process.runtime).join("Resources");
    let relative = relative.to_str().replace('\\', "/");
    let relative = relative.trim_start_matches('/');
    let first = sandbox::list(&resources)
        .unwrap_or_default()
        .into_iter()
        .find(|entry| entry.kind == sandbox::Kind::Folder && entry.name.ends_with(".lproj"));
    let mut folders = vec![resources.join("en.lproj")];
    folders.extend(first.map(|entry| entry.path));
    folders.push(resources);
    let found = folders.into_iter().map(|folder| folder.join(relative));
    let found = found.into_iter().find(|path| sandbox::kind(path).is_some());
    found.map(|path| path.to_string_lossy().into_owned()).unwrap_or_default()
}
