//! `ZIP Create archive` and `ZIP Read archive`.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::builtin::Command;
use crate::builtin::parameter::Callback;
use crate::classes::file::File;
use crate::classes::folder::Folder;
use crate::classes::zip_archive;
use crate::native;
use crate::runtime::archive::{Archive, Settings, Writer, join, plain_path};
use crate::runtime::documents::failed;
use crate::runtime::process::Process;
use crate::runtime::sandbox::{self, Kind};
use crate::value::Value;
use crate::value::error::{Error, Result};
use crate::value::number::to_integer;
use crate::value::object::Object;
use crate::value::text::Text;

pub(super) const ZIP_READ_ARCHIVE: Command = Command {
    number: 1637,
    name: "ZIP Read archive",
    thread_safe: true,
    help: "The archive in a file, to look at what it holds and to copy it out.",
    syntaxes: &[native!(read_archive(zipFile, password))],
};

fn read_archive(file: Rc<File>, password: Option<Text>) -> Result<Object> {
    let password = password.filter(|password| !password.is_empty());
    let archive = Archive::open(&file.place.path(), password.map(|password| password.to_str().into_owned()))?;
    Ok(zip_archive::object(archive))
}

pub(super) const ZIP_CREATE_ARCHIVE: Command = Command {
    number: 1640,
    name: "ZIP Create archive",
    thread_safe: true,
    help: "Writes a file, a folder or several of them into a new archive, and gives an object that says how it went.",
    syntaxes: &[
        native!(archive_file(process, fileToZip, destinationFile)),
        native!(archive_folder(process, folderToZip, destinationFile, options)),
        native!(archive_structure(process, zipStructure, destinationFile)),
    ],
};

/// `ZIP Without enclosing folder`
const WITHOUT_ENCLOSING: i32 = 4;
/// `ZIP Ignore invisible files`
const IGNORE_INVISIBLE: i32 = 8;
/// `ZIP Compression none`
const STORE: i32 = 1;

/// What goes into an archive.
#[derive(Default)]
struct Plan {
    items: Vec<Item>,
    settings: Settings,
    callback: Option<Callback>,
}

struct Item {
    name: String,
    source: PathBuf,
    kind: Kind,
    size: u64,
}

fn archive_file(process: &mut Process, file: Rc<File>, destination: Rc<File>) -> Result<Object> {
    let mut plan = Plan::default();
    let planned = plan.add_file(file.place.full_name(), &file.place.path());
    finish(process, planned.map(|()| plan), &destination)
}

fn archive_folder(
    process: &mut Process,
    folder: Rc<Folder>,
    destination: Rc<File>,
    options: Option<i32>,
) -> Result<Object> {
    let mut plan = Plan::default();
    let options = options.unwrap_or_default();
    let name = if options & WITHOUT_ENCLOSING != 0 { String::new() } else { folder.place.full_name() };
    let planned = plan.add_folder(&name, &folder.place.path(), options);
    finish(process, planned.map(|()| plan), &destination)
}

fn archive_structure(process: &mut Process, structure: Object, destination: Rc<File>) -> Result<Object> {
    let plan = read_structure(&structure)?;
    finish(process, plan, &destination)
}

/// The object that says how it went. A process that must end does not get one.
fn finish(process: &mut Process, plan: Result<Plan>, destination: &File) -> Result<Object> {
    let outcome = plan.and_then(|plan| write(process, &plan, &destination.place.path()));
    let status = Object::new();
    match outcome {
        Ok(()) => {
            status.put("success", true);
            status.put("statusText", "");
            status.put("status", 0);
        }
        Err(error) if error.details().fatal => return Err(error),
        Err(error) => {
            let details = error.details();
            let number = details.code.number();
            let text = if number == i32::from(NO_PASSWORD) {
                details.message.clone()
            } else {
                format!("Cannot create ZIP archive: {}", details.message)
            };
            status.put("success", false);
            status.put("statusText", text);
            status.put("status", number);
        }
    }
    Ok(status)
}

fn write(process: &mut Process, plan: &Plan, path: &Path) -> Result<()> {
    let total: u64 = plan.items.iter().map(|item| item.size).sum();
    let mut writer = Writer::create(path, plan.settings.clone())?;
    let mut names = HashSet::new();
    let mut done = 0;
    let mut told = -1;
    for item in &plan.items {
        if !names.insert(&item.name) {
            if item.kind == Kind::Folder {
                continue;
            }
            return Err(Error::quatre(5604, format!("there would be two files `{}` in it", item.name)));
        }
        if item.kind == Kind::Folder {
            writer.add_folder(&item.name, &item.source)?;
            continue;
        }
        writer.add_file(&item.name, &item.source, |count| {
            done += count;
            let percent = i32::try_from(done.saturating_mul(100) / total.max(1)).unwrap_or(100).min(100);
            let Some(callback) = plan.callback.as_ref().filter(|_| percent > told) else {
                return process.attend();
            };
            told = percent;
            callback.call(process, vec![Value::Integer(percent)]).map(drop)
        })?;
    }
    writer.finish()?;
    match &plan.callback {
        Some(callback) if told < 100 => callback.call(process, vec![Value::Integer(100)]).map(drop),
        Some(_) | None => Ok(()),
    }
}

impl Plan {
    fn add_file(&mut self, name: String, source: &Path) -> Result<()> {
        let facts = sandbox::facts(source).map_err(|problem| failed("read", source, &problem))?;
        if facts.kind == Kind::Folder {
            return Err(failed("read", source, &std::io::ErrorKind::IsADirectory.into()));
        }
        self.items.push(Item { name, source: source.to_owned(), kind: Kind::File, size: facts.size });
        Ok(())
    }

    /// A folder with all that it holds. A link to a file is that file; a link to a folder is left out, since it may
    /// lead round in a circle.
    fn add_folder(&mut self, name: &str, source: &Path, options: i32) -> Result<()> {
        if !sandbox::is_folder(source) {
            return Err(Error::native(-120, format!("there is no folder `{}`", source.display())));
        }
        let mut folders = vec![(name.to_owned(), source.to_owned())];
        while let Some((name, source)) = folders.pop() {
            if !name.is_empty() {
                self.items.push(Item {
                    name: name.clone(),
                    source: source.clone(),
                    kind: Kind::Folder,
                    size: 0,
                });
            }
            let entries = sandbox::list(&source).map_err(|problem| failed("list", &source, &problem))?;
            let mut inner = Vec::new();
            for entry in entries {
                if options & IGNORE_INVISIBLE != 0 && entry.name.starts_with('.') {
                    continue;
                }
                let name = join(&name, &entry.name);
                match entry.kind {
                    Kind::Folder if entry.is_link => {}
                    Kind::Folder => inner.push((name, entry.path)),
                    Kind::File => self.add_file(name, &entry.path)?,
                }
            }
            folders.extend(inner.into_iter().rev());
        }
        Ok(())
    }

    /// An element of `files`: a file, a folder, or an object that names one as its `source`.
    fn add_source(&mut self, value: &Value) -> Result<()> {
        let Value::Object(object) = value else { return Err(no_source(value)) };
        if let Some(file) = object.as_native::<File>() {
            return self.add_file(file.place.full_name(), &file.place.path());
        }
        if let Some(folder) = object.as_native::<Folder>() {
            return self.add_folder(&folder.place.full_name(), &folder.place.path(), 0);
        }
        let Some(Value::Object(source)) = object.get_str("source") else { return Err(no_source(value)) };
        let destination = match object.get_str("destination") {
            Some(Value::Text(path)) if !path.is_empty() => Some(destination(&path.to_str())?),
            Some(_) | None => None,
        };
        let options = object.get_str("option").and_then(|option| option.as_real()).map_or(0, to_integer);
        if let Some(file) = source.as_native::<File>() {
            let name = match destination {
                Some((path, true)) => join(&path, &file.place.full_name()),
                Some((path, false)) => path,
                None => file.place.full_name(),
            };
            return self.add_file(name, &file.place.path());
        }
        if let Some(folder) = source.as_native::<Folder>() {
            let name = destination.map_or_else(|| folder.place.full_name(), |(path, _)| path);
            return self.add_folder(&name, &folder.place.path(), options);
        }
        Err(no_source(&Value::Object(source)))
    }
}

#[cold]
fn no_source(value: &Value) -> Error {
    Error::types(format!("`files` of an archive holds files and folders, not {}", value.type_name()))
        .help("put `4D.File` and `4D.Folder` objects there, or objects with one of them as `source`")
}

/// A path for the archive, and whether it names a folder for the source.
fn destination(path: &str) -> Result<(String, bool)> {
    let names = plain_path(path).ok_or_else(|| {
        Error::quatre(5604, format!("the destination `{path}` leads out of the archive"))
            .help("write a relative path such as `docs/index.html`")
    })?;
    Ok((names.join("/"), path.ends_with('/') || names.is_empty()))
}

/// The code of the one error whose text 4D documents.
const NO_PASSWORD: u16 = 5606;

/// What the object says. A setting of the wrong kind is an error of the program; a source that is not there is a matter
/// of the status.
fn read_structure(structure: &Object) -> Result<Result<Plan>> {
    let integer = |key: &str| match structure.get_str(key) {
        None | Some(Value::Null | Value::Undefined) => Ok(None),
        Some(value) => match value.as_real() {
            Some(number) => Ok(Some(to_integer(number))),
            None => Err(Error::types(format!("`{key}` of an archive is Integer, not {}", value.type_name()))),
        },
    };
    let mut plan = Plan::default();
    match integer("compression")?.unwrap_or_default() {
        0 => {}
        STORE => plan.settings.store = true,
        other => {
            return Err(Error::quatre(5604, format!("archives cannot be written with compression {other}"))
                .help("use `ZIP Compression standard` or `ZIP Compression none`"));
        }
    }
    plan.settings.level = integer("level")?;
    if let Some(value) = structure.get_str("callback").filter(|value| !value.is_nothing()) {
        let function = if let Value::Object(object) = &value { object.as_function() } else { None };
        let (Value::Object(object), Some(_)) = (&value, function) else {
            let found = value.type_name();
            return Err(Error::types(format!("`callback` of an archive is a formula, not {found}")));
        };
        plan.callback = Some(Callback::Function(object.clone()));
    }
    let password = match structure.get_str("password") {
        Some(Value::Text(password)) if !password.is_empty() => Some(password.to_str().into_owned()),
        Some(_) | None => None,
    };
    let bits = match integer("encryption")? {
        None if password.is_some() => Some(256),
        None | Some(0) => None,
        Some(1) => Some(128),
        Some(2) => Some(192),
        Some(3) => Some(256),
        Some(other) => {
            return Err(Error::quatre(5604, format!("archives cannot be written with encryption {other}"))
                .help("use one of the constants `ZIP Encryption AES128`, `AES192`, `AES256` and `none`"));
        }
    };
    plan.settings.encryption = match (bits, password) {
        (None, _) => None,
        (Some(bits), Some(password)) => Some((bits, password)),
        (Some(_), None) => {
            return Ok(Err(Error::quatre(NO_PASSWORD, "Password is required for encryption")));
        }
    };
    let Some(Value::Collection(files)) = structure.get_str("files") else {
        return Err(Error::types("an archive is described by an object with a collection `files`"));
    };
    for source in files.to_vec() {
        match plan.add_source(&source) {
            Ok(()) => {}
            Err(error) if error.details().code.number() == 54 => return Err(error),
            Err(error) => return Ok(Err(error)),
        }
    }
    Ok(Ok(plan))
}
