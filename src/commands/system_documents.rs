//! Theme System Documents: documents and folders by their paths as the operating system writes them.
//!
//! A relative path begins in the folder of the project. The commands that 4D documents so set the system variable OK,
//! and those that open a document set Document as well.

use std::path::{Path, PathBuf};

use crate::builtin::parameter::{OneOf, Star, Var};
use crate::builtin::{Command, Theme};
use crate::classes::document::text_options;
use crate::classes::folder::delete_at;
use crate::native;
use crate::runtime::documents::{self, failed, moment, system_time};
use crate::runtime::location::{document_path, system_text};
use crate::runtime::process::Process;
use crate::runtime::sandbox::{self, Kind};
use crate::value::ArrayType;
use crate::value::array::{Array, Items};
use crate::value::date::Date;
use crate::value::error::{Error, Result};
use crate::value::text::Text;
use crate::value::time::Time;

mod opening;

mod paths;

/// The theme.
pub const THEME: Theme = Theme {
    name: "System Documents",
    commands: &[
        opening::APPEND_DOCUMENT,
        opening::CLOSE_DOCUMENT,
        paths::CONVERT_PATH_POSIX_TO_SYSTEM,
        paths::CONVERT_PATH_SYSTEM_TO_POSIX,
        COPY_DOCUMENT,
        CREATE_ALIAS,
        opening::CREATE_DOCUMENT,
        CREATE_FOLDER,
        DELETE_DOCUMENT,
        DELETE_FOLDER,
        DOCUMENT_LIST,
        DOCUMENT_TO_TEXT,
        FOLDER_LIST,
        opening::GET_DOCUMENT_POSITION,
        GET_DOCUMENT_PROPERTIES,
        opening::GET_DOCUMENT_SIZE,
        paths::LOCALIZED_DOCUMENT_PATH,
        MOVE_DOCUMENT,
        paths::OBJECT_TO_PATH,
        opening::OPEN_DOCUMENT,
        paths::PATH_TO_OBJECT,
        RESOLVE_ALIAS,
        opening::SET_DOCUMENT_POSITION,
        SET_DOCUMENT_PROPERTIES,
        opening::SET_DOCUMENT_SIZE,
        TEST_PATH_NAME,
        TEXT_TO_DOCUMENT,
        VOLUME_LIST,
    ],
};

/// The path that a text names.
///
/// # Errors
/// The text is empty: where 4D would ask for a document with a dialog, nobody can answer.
fn place(process: &Process, command: &str, text: &Text) -> Result<PathBuf> {
    if text.is_empty() {
        return Err(Error::native(-43, format!("`{command}` is given no path"))
            .help("4D asks for a document when the path is \"\", and there is no dialog here"));
    }
    Ok(document_path(&process.runtime, &text.to_str()))
}

/// Whether a text ends as the path of a folder does.
fn names_folder(text: &Text) -> bool {
    let text = text.to_str();
    text.ends_with('/') || text.ends_with(std::path::MAIN_SEPARATOR)
}

/// Sets OK to whether it went well.
fn with_ok<T>(process: &mut Process, outcome: Result<T>) -> Result<T> {
    process.set_ok(outcome.is_ok());
    outcome
}

fn already_there(doing: &str, path: &Path) -> Error {
    failed(doing, path, &std::io::ErrorKind::AlreadyExists.into())
}

fn not_there(doing: &str, path: &Path) -> Error {
    failed(doing, path, &std::io::ErrorKind::NotFound.into())
}

// ---- texts ----

const DOCUMENT_TO_TEXT: Command = Command {
    number: 1236,
    name: "Document to text",
    thread_safe: true,
    help: "The content of a document as a text, with line ends of one kind.",
    syntaxes: &[native!(document_to_text(process, fileName, charSet, breakMode))],
};

fn document_to_text(
    process: &mut Process,
    name: Text,
    set: Option<OneOf<Text, i32>>,
    breaks: Option<i32>,
) -> Result<Text> {
    let (encoding, breaks) = text_options(set, breaks)?;
    documents::read_text(&place(process, "Document to text", &name)?, encoding, breaks)
}

const TEXT_TO_DOCUMENT: Command = Command {
    number: 1237,
    name: "TEXT TO DOCUMENT",
    thread_safe: true,
    help: "Writes a text as the whole content of a document.",
    syntaxes: &[native!(text_to_document(process, fileName, text, charSet, breakMode))],
};

fn text_to_document(
    process: &mut Process,
    name: Text,
    text: Text,
    set: Option<OneOf<Text, i32>>,
    breaks: Option<i32>,
) -> Result<()> {
    let (encoding, breaks) = text_options(set, breaks)?;
    documents::write_text(&place(process, "TEXT TO DOCUMENT", &name)?, text, encoding, breaks)
}

// ---- what is there ----

const TEST_PATH_NAME: Command = Command {
    number: 476,
    name: "Test path name",
    thread_safe: true,
    help: "Tells a document (1), a folder (0) and nothing (a negative number) apart.",
    syntaxes: &[native!(test_path_name(process, pathname))],
};

fn test_path_name(process: &mut Process, name: Text) -> i32 {
    let path = document_path(&process.runtime, &name.to_str());
    match sandbox::kind(&path).filter(|_| !name.is_empty()) {
        // A separator at the end makes the path that of a folder.
        Some(Kind::File) if !names_folder(&name) => 1,
        Some(Kind::Folder) => 0,
        Some(Kind::File) | None => -43,
    }
}

/// Options of `DOCUMENT LIST`, by the constants of the theme.
mod option {
    pub(super) const RECURSIVE: i32 = 1;
    pub(super) const ABSOLUTE: i32 = 2;
    pub(super) const POSIX: i32 = 4;
    pub(super) const IGNORE_INVISIBLE: i32 = 8;
}

const DOCUMENT_LIST: Command = Command {
    number: 474,
    name: "DOCUMENT LIST",
    thread_safe: true,
    help: "Fills an array with the names or paths of the documents in a folder.",
    syntaxes: &[native!(document_list(process, pathname, documents, options))],
};

fn document_list(process: &mut Process, name: Text, target: Var<Array>, options: Option<i32>) -> Result<()> {
    let options = options.unwrap_or_default();
    let has = |option: i32| options & option != 0;
    let top = place(process, "DOCUMENT LIST", &name)?;
    let mut found = Vec::new();
    let mut folders = vec![top.clone()];
    while let Some(folder) = folders.pop() {
        let entries = sandbox::list(&folder).map_err(|problem| failed("list", &folder, &problem))?;
        let mut inner = Vec::new();
        for entry in entries {
            if has(option::IGNORE_INVISIBLE) && entry.name.starts_with('.') {
                continue;
            }
            if entry.kind == Kind::File {
                found.push(listed(&top, &entry.path, options));
            } else if has(option::RECURSIVE) && !entry.is_link {
                inner.push(entry.path);
            }
        }
        folders.extend(inner.into_iter().rev());
    }
    fill(&target, found);
    Ok(())
}

/// How a document is listed: its path below the folder, or from the root.
fn listed(top: &Path, path: &Path, options: i32) -> String {
    let absolute = options & option::ABSOLUTE != 0;
    let shown = if absolute { path } else { path.strip_prefix(top).unwrap_or(path) };
    let mut text = shown.to_string_lossy().into_owned();
    if options & option::POSIX != 0 {
        return paths::posix(&text);
    }
    // In the syntax of the system a path below a folder in the folder begins with a separator.
    if !absolute && shown.components().count() > 1 {
        text.insert(0, std::path::MAIN_SEPARATOR);
    }
    text
}

fn fill(target: &Var<Array>, texts: Vec<String>) {
    let mut items = vec![Text::default()];
    items.extend(texts.into_iter().map(Text::from));
    target.array(ArrayType::Text).with_mut(|old| *old = Items::Text(items));
}

const FOLDER_LIST: Command = Command {
    number: 473,
    name: "FOLDER LIST",
    thread_safe: true,
    help: "Fills an array with the names of the folders in a folder.",
    syntaxes: &[native!(folder_list(process, pathname, directories))],
};

fn folder_list(process: &mut Process, name: Text, target: Var<Array>) -> Result<()> {
    let path = place(process, "FOLDER LIST", &name)?;
    let entries = sandbox::list(&path).map_err(|problem| failed("list", &path, &problem))?;
    let folders = entries.into_iter().filter(|entry| entry.kind == Kind::Folder);
    fill(&target, folders.map(|entry| entry.name).collect());
    Ok(())
}

const VOLUME_LIST: Command = Command {
    number: 471,
    name: "VOLUME LIST",
    thread_safe: true,
    help: "Fills an array with the names of the volumes of the machine.",
    syntaxes: &[native!(volume_list(volumes))],
};

fn volume_list(target: Var<Array>) {
    let names = if cfg!(windows) {
        ('A'..='Z')
            .map(|letter| format!("{letter}:\\"))
            .filter(|name| sandbox::is_folder(Path::new(name)))
            .collect()
    } else if cfg!(target_os = "macos") {
        sandbox::list(Path::new("/Volumes")).unwrap_or_default().into_iter().map(|entry| entry.name).collect()
    } else {
        vec!["/".to_owned()]
    };
    fill(&target, names);
}

const GET_DOCUMENT_PROPERTIES: Command = Command {
    number: 477,
    name: "GET DOCUMENT PROPERTIES",
    thread_safe: true,
    help: "Tells whether a document is locked or hidden, when it was made and when it was changed.",
    syntaxes: &[native!(get_document_properties(
        process, document, locked, invisible, createdOn, createdAt, modifiedOn, modifiedAt
    ))],
};

#[expect(clippy::too_many_arguments, reason = "the command has that many")]
fn get_document_properties(
    process: &mut Process,
    name: Text,
    locked: Var<bool>,
    invisible: Var<bool>,
    created_on: Var<Date>,
    created_at: Var<Time>,
    modified_on: Var<Date>,
    modified_at: Var<Time>,
) -> Result<()> {
    let path = place(process, "GET DOCUMENT PROPERTIES", &name)?;
    let facts = sandbox::facts(&path).map_err(|problem| failed("look at", &path, &problem))?;
    let (created, modified) = (moment(facts.created), moment(facts.modified));
    locked.set(facts.read_only);
    invisible.set(path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')));
    created_on.set(created.0);
    created_at.set(created.1);
    modified_on.set(modified.0);
    modified_at.set(modified.1);
    Ok(())
}

const SET_DOCUMENT_PROPERTIES: Command = Command {
    number: 478,
    name: "SET DOCUMENT PROPERTIES",
    thread_safe: true,
    help: "Sets whether a document is locked and when it was changed.",
    syntaxes: &[native!(set_document_properties(
        process, document, locked, invisible, createdOn, createdAt, modifiedOn, modifiedAt
    ))],
};

/// When a document was made cannot be set on most systems, and whether it is hidden is a matter of its name: both are
/// taken and left alone.
#[expect(clippy::too_many_arguments, reason = "the command has that many")]
fn set_document_properties(
    process: &mut Process,
    name: Text,
    locked: bool,
    _invisible: bool,
    _created_on: Date,
    _created_at: Time,
    modified_on: Date,
    modified_at: Time,
) -> Result<()> {
    let path = place(process, "SET DOCUMENT PROPERTIES", &name)?;
    sandbox::set_facts(&path, system_time(modified_on, modified_at), locked)
        .map_err(|problem| failed("change the properties of", &path, &problem))
}

// ---- making, moving, removing ----

const CREATE_FOLDER: Command = Command {
    number: 475,
    name: "CREATE FOLDER",
    thread_safe: true,
    help: "Makes a folder, and with `*` those on the way to it.",
    syntaxes: &[native!(create_folder(process, folderPath, star))],
};

fn create_folder(process: &mut Process, name: Text, star: Option<Star>) -> Result<()> {
    let outcome = place(process, "CREATE FOLDER", &name).and_then(|path| {
        if star.is_none() {
            return sandbox::create_folder(&path)
                .map_err(|problem| failed("create the folder", &path, &problem));
        }
        // With the star a path that does not end as one of a folder is that of a document, whose name is ignored.
        let folder = if names_folder(&name) { path.as_path() } else { path.parent().unwrap_or(&path) };
        sandbox::create_folders(folder).map_err(|problem| failed("create the folder", folder, &problem))
    });
    with_ok(process, outcome)
}

const DELETE_DOCUMENT: Command = Command {
    number: 159,
    name: "DELETE DOCUMENT",
    thread_safe: true,
    help: "Removes a document from disk.",
    syntaxes: &[native!(delete_document(process, document))],
};

fn delete_document(process: &mut Process, name: Text) -> Result<()> {
    let outcome = place(process, "DELETE DOCUMENT", &name).and_then(|path| {
        if !sandbox::is_file(&path) && !sandbox::is_link(&path) {
            return Err(not_there("delete the document", &path));
        }
        sandbox::remove_file(&path).map_err(|problem| failed("delete", &path, &problem))
    });
    with_ok(process, outcome)
}

const DELETE_FOLDER: Command = Command {
    number: 693,
    name: "DELETE FOLDER",
    thread_safe: true,
    help: "Removes a folder when it is empty, or with all that it holds.",
    syntaxes: &[native!(delete_folder(process, folder, deleteOption))],
};

fn delete_folder(process: &mut Process, name: Text, option: Option<i32>) -> Result<()> {
    let outcome = place(process, "DELETE FOLDER", &name).and_then(|path| delete_at(&path, option));
    with_ok(process, outcome)
}

const COPY_DOCUMENT: Command = Command {
    number: 541,
    name: "COPY DOCUMENT",
    thread_safe: true,
    help: "Copies a document or a folder to a path or into a folder, with `*` over what is there.",
    syntaxes: &[native!(copy_document(process, sourceName, destinationName, newName, star))],
};

fn copy_document(
    process: &mut Process,
    source: Text,
    destination: Text,
    new_name: Option<Text>,
    star: Option<Star>,
) -> Result<()> {
    let outcome = copied(process, &source, &destination, new_name, star.is_some());
    with_ok(process, outcome)
}

fn copied(
    process: &Process,
    source: &Text,
    destination: &Text,
    new_name: Option<Text>,
    overwrite: bool,
) -> Result<()> {
    let (from, to) =
        (place(process, "COPY DOCUMENT", source)?, place(process, "COPY DOCUMENT", destination)?);
    let kind = sandbox::kind(&from).ok_or_else(|| not_there("copy", &from))?;
    if kind == Kind::Folder && !(names_folder(source) && names_folder(destination)) {
        return Err(Error::native(-43, format!("cannot copy `{}`: it is a folder", from.display()))
            .help("the paths of folders end with a separator, that of the destination as well"));
    }
    let new_name =
        new_name.filter(|name| !name.is_empty()).map(|name| PathBuf::from(name.to_str().into_owned()));
    let target = if names_folder(destination) {
        if !sandbox::is_folder(&to) {
            return Err(Error::native(-120, format!("there is no folder `{}`", to.display())));
        }
        to.join(new_name.unwrap_or_else(|| from.file_name().map(PathBuf::from).unwrap_or_default()))
    } else {
        new_name.map_or(to.clone(), |name| to.with_file_name(name))
    };
    if !overwrite && kind == Kind::File && sandbox::kind(&target).is_some() {
        return Err(
            already_there("copy to", &target).help("`*` as the last parameter replaces what is there")
        );
    }
    if !overwrite && kind == Kind::Folder {
        refuse_doubles(&from, &target)?;
    }
    if sandbox::real_path(&from) == sandbox::real_path(&target) {
        return Err(already_there("copy onto itself", &from));
    }
    sandbox::copy(&from, &target).map_err(|problem| failed("copy to", &target, &problem))
}

/// Fails when a document of a folder is there already where a copy would put it.
fn refuse_doubles(from: &Path, target: &Path) -> Result<()> {
    let mut folders = vec![from.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in sandbox::list(&folder).map_err(|problem| failed("list", &folder, &problem))? {
            let there = target.join(entry.path.strip_prefix(from).unwrap_or(&entry.path));
            if entry.kind == Kind::Folder && !entry.is_link {
                folders.push(entry.path);
            } else if sandbox::kind(&there).is_some() {
                return Err(
                    already_there("copy to", &there).help("`*` as the last parameter replaces what is there")
                );
            }
        }
    }
    Ok(())
}

const MOVE_DOCUMENT: Command = Command {
    number: 540,
    name: "MOVE DOCUMENT",
    thread_safe: true,
    help: "Moves a document or gives it another name.",
    syntaxes: &[native!(move_document(process, srcPathname, dstPathname))],
};

fn move_document(process: &mut Process, source: Text, destination: Text) -> Result<()> {
    let outcome = moved(process, &source, &destination);
    with_ok(process, outcome)
}

fn moved(process: &Process, source: &Text, destination: &Text) -> Result<()> {
    let (from, to) =
        (place(process, "MOVE DOCUMENT", source)?, place(process, "MOVE DOCUMENT", destination)?);
    if sandbox::kind(&from).is_none() {
        return Err(not_there("move", &from));
    }
    let to = if names_folder(destination) { to.join(from.file_name().unwrap_or_default()) } else { to };
    if sandbox::kind(&to).is_some() && sandbox::real_path(&from) != sandbox::real_path(&to) {
        return Err(already_there("move to", &to));
    }
    sandbox::rename(&from, &to).map_err(|problem| failed("move to", &to, &problem))
}

// ---- links ----

const CREATE_ALIAS: Command = Command {
    number: 694,
    name: "CREATE ALIAS",
    thread_safe: true,
    help: "Makes a link to a document or a folder.",
    syntaxes: &[native!(create_alias(process, targetPath, aliasPath))],
};

fn create_alias(process: &mut Process, target: Text, alias: Text) -> Result<()> {
    if target.is_empty() {
        return Ok(());
    }
    let outcome = place(process, "CREATE ALIAS", &alias).and_then(|path| {
        let target = document_path(&process.runtime, &target.to_str());
        if sandbox::kind(&target).is_none() {
            return Err(not_there("make a link to", &target));
        }
        sandbox::make_link(&target, &path).map_err(|problem| failed("make the link", &path, &problem))
    });
    with_ok(process, outcome)
}

const RESOLVE_ALIAS: Command = Command {
    number: 695,
    name: "RESOLVE ALIAS",
    thread_safe: true,
    help: "The path that a link leads to.",
    syntaxes: &[native!(resolve_alias(process, aliasPath, targetPath))],
};

fn resolve_alias(process: &mut Process, alias: Text, target: Var<Text>) -> Result<()> {
    let path = place(process, "RESOLVE ALIAS", &alias)?;
    let is_link = sandbox::is_link(&path);
    process.set_ok(is_link);
    if !is_link && sandbox::kind(&path).is_none() {
        return Err(not_there("follow", &path));
    }
    let found = if is_link {
        sandbox::link_target(&path).map_err(|problem| failed("follow", &path, &problem))?
    } else {
        path
    };
    target.set(system_text(&found, sandbox::is_folder(&found)));
    Ok(())
}
