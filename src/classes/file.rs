//! Class 4D.File: a file on disk that may or may not be there, by its place.

use std::any::Any;
use std::rc::Rc;
use std::sync::Arc;

use crate::builtin::parameter::{OneOf, Star};
use crate::builtin::{Class, Function};
use crate::classes::document::{target_in, text_options};
use crate::classes::file_handle;
use crate::classes::folder::Folder;
use crate::native;
use crate::runtime::documents::{self, Breaks, Encoding, failed};
use crate::runtime::location::{Location, Syntax, check_name};
use crate::runtime::process::Process;
use crate::runtime::sandbox::{self, Kind};
use crate::value::Value;
use crate::value::blob::Blob;
use crate::value::error::{Error, Result};
use crate::value::instance::{Instance, PortableInstance};
use crate::value::object::Object;
use crate::value::text::Text;

/// 4D.File
pub const CLASS: Class = Class {
    store: "4D",
    name: "File",
    extends: Some("Document"),
    constructor: Some(native!(make(process, path, pathType, star))),
    functions: &[CREATE, CREATE_ALIAS, DELETE, MOVE_TO, OPEN, RENAME, SET_CONTENT, SET_TEXT],
    properties: &[],
};

/// A place for a file.
#[derive(Clone)]
pub struct File {
    /// Where it is.
    pub place: Location,
}

impl File {
    /// Whether it is on disk; a link is, wherever it leads.
    pub fn exists(&self) -> bool {
        let path = self.place.path();
        sandbox::is_file(&path) || sandbox::is_link(&path)
    }
}

impl Instance for File {
    fn class_name(&self) -> &'static str {
        "File"
    }

    fn into_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }

    fn portable(&self) -> Option<Arc<dyn PortableInstance>> {
        Some(Arc::new(self.clone()))
    }
}

impl PortableInstance for File {
    fn class_name(&self) -> &'static str {
        "File"
    }

    fn instance(&self) -> Rc<dyn Instance> {
        Rc::new(self.clone())
    }
}

/// The object for a file at this place.
pub fn object(place: Location) -> Object {
    Object::native(Rc::new(File { place }))
}

/// How the constant `fk platform path` or `fk posix path` says that a path is written.
///
/// # Errors
/// It is another number.
pub fn syntax(number: Option<i32>) -> Result<Syntax> {
    match number.unwrap_or_default() {
        0 => Ok(Syntax::Posix),
        1 => Ok(Syntax::System),
        other => Err(Error::quatre(5218, format!("there is no way of writing paths of the number {other}"))
            .help("use `fk posix path` or `fk platform path`")),
    }
}

/// `File(path)`, `File(fileConstant)`, `4D.File.new(…)`. The star is that of components: the host is the only project.
///
/// # Errors
/// The path is none from the root, or the constant is unknown.
pub fn make(
    process: &mut Process,
    path: OneOf<Text, i32>,
    path_type: Option<i32>,
    _host: Option<Star>,
) -> Result<Object> {
    let place = match path {
        OneOf::First(path) => Location::parse(&process.runtime, &path.to_str(), syntax(path_type)?)?,
        OneOf::Second(number) => Location::of_file(&process.runtime, number)?,
    };
    Ok(object(place))
}

const CREATE: Function = Function {
    name: "create",
    help: "Makes an empty file, and the folders on the way to it, and says whether it was not there before.",
    syntaxes: &[native!(create(this))],
};

fn create(this: Rc<File>) -> Result<bool> {
    let path = this.place.path();
    if sandbox::kind(&path).is_some() || sandbox::is_link(&path) {
        return Ok(false);
    }
    let made =
        path.parent().map_or(Ok(()), sandbox::create_folders).and_then(|()| sandbox::create_file(&path));
    made.map(|()| true).map_err(|problem| failed("create", &path, &problem))
}

const CREATE_ALIAS: Function = Function {
    name: "createAlias",
    help: "Makes a link to the file in a folder, and gives the link.",
    syntaxes: &[native!(create_alias(this, destinationFolder, aliasName, aliasType))],
};

fn create_alias(this: Rc<File>, folder: Rc<Folder>, name: Text, _type: Option<i32>) -> Result<Object> {
    make_alias(&this.place, &folder, name)
}

/// Makes a link in a folder; the kinds of links that macOS has are one here.
///
/// # Errors
/// The folder is not there, or there is something of that name.
pub fn make_alias(target: &Location, folder: &Folder, name: Text) -> Result<Object> {
    check_name(&name.to_str())?;
    let place = target_in("", folder, Some(name))?;
    let path = place.path();
    sandbox::make_link(&target.path(), &path).map_err(|problem| failed("make the link", &path, &problem))?;
    Ok(object(place))
}

const DELETE: Function = Function {
    name: "delete",
    help: "Removes the file from disk, if it is there.",
    syntaxes: &[native!(delete(this))],
};

fn delete(this: Rc<File>) -> Result<()> {
    let path = this.place.path();
    if sandbox::kind(&path) == Some(Kind::Folder) && !sandbox::is_link(&path) {
        return Err(failed("delete", &path, &std::io::ErrorKind::IsADirectory.into()));
    }
    sandbox::remove_file(&path).map_err(|problem| failed("delete", &path, &problem))
}

/// Gives a file or folder another place, where nothing may be.
///
/// # Errors
/// The source is not there, or something is at the target.
pub fn relocate(from: &Location, to: Location, doing: &str) -> Result<Location> {
    let (source, target) = (from.path(), to.path());
    if sandbox::kind(&source).is_none() && !sandbox::is_link(&source) {
        return Err(failed(doing, &source, &std::io::ErrorKind::NotFound.into()));
    }
    let there = sandbox::kind(&target).is_some() || sandbox::is_link(&target);
    // Where case does not matter, a name may be given another case.
    if there && sandbox::real_path(&source) != sandbox::real_path(&target) {
        return Err(failed(&format!("{doing} to"), &target, &std::io::ErrorKind::AlreadyExists.into()));
    }
    sandbox::rename(&source, &target).map_err(|problem| failed(doing, &source, &problem))?;
    Ok(to)
}

const MOVE_TO: Function = Function {
    name: "moveTo",
    help: "Moves the file into a folder, under its name or another one, and gives it there.",
    syntaxes: &[native!(move_to(this, destinationFolder, newName))],
};

fn move_to(this: Rc<File>, folder: Rc<Folder>, name: Option<Text>) -> Result<Object> {
    let target = target_in(&this.place.full_name(), &folder, name)?;
    relocate(&this.place, target, "move").map(object)
}

const RENAME: Function = Function {
    name: "rename",
    help: "Gives the file another full name in its folder, and gives it under that name.",
    syntaxes: &[native!(rename(this, newName))],
};

fn rename(this: Rc<File>, name: Text) -> Result<Object> {
    check_name(&name.to_str())?;
    let target = this.place.beside(&name.to_str())?;
    relocate(&this.place, target, "rename").map(object)
}

const SET_CONTENT: Function = Function {
    name: "setContent",
    help: "Writes bytes as the whole content of the file.",
    syntaxes: &[native!(set_content(this, content))],
};

fn set_content(this: Rc<File>, content: Blob) -> Result<()> {
    documents::write(&this.place.path(), content.bytes())
}

const SET_TEXT: Function = Function {
    name: "setText",
    help: "Writes a text as the whole content of the file.",
    syntaxes: &[native!(set_text(this, text, charSet, breakMode))],
};

fn set_text(this: Rc<File>, text: Text, set: Option<OneOf<Text, i32>>, breaks: Option<i32>) -> Result<()> {
    let (encoding, breaks) = text_options(set, breaks)?;
    documents::write_text(&this.place.path(), text, encoding, breaks)
}

const OPEN: Function = Function {
    name: "open",
    help: "Opens the file to read, write or append, and gives the handle for it.",
    syntaxes: &[native!(open(this, options))],
};

/// What a handle is asked to do, `read` with the defaults when nothing is said.
fn open(this: Rc<File>, options: Option<OneOf<Text, Object>>) -> Result<Object> {
    let mut how = file_handle::Options::default();
    match options {
        None => {}
        Some(OneOf::First(mode)) => how.mode = file_handle::Mode::named(&mode.to_str())?,
        Some(OneOf::Second(object)) => read_options(&object, &mut how)?,
    }
    file_handle::open(&this, how)
}

fn read_options(object: &Object, how: &mut file_handle::Options) -> Result<()> {
    if let Some(Value::Text(mode)) = object.get_str("mode") {
        how.mode = file_handle::Mode::named(&mode.to_str())?;
    }
    if let Some(Value::Text(name)) = object.get_str("charset") {
        how.encoding = Encoding::named(&name.to_str())?.without_mark();
        how.charset = name.to_str().into_owned();
    }
    let breaks = |key: &str, default: Breaks| match object.get_str(key) {
        Some(Value::Text(name)) => Breaks::named(&name.to_str()),
        Some(value) => value
            .as_real()
            .map_or(Ok(default), |number| Breaks::numbered(crate::value::number::to_integer(number))),
        None => Ok(default),
    };
    how.break_read = breaks("breakModeRead", how.break_read)?;
    how.break_write = breaks("breakModeWrite", how.break_write)?;
    Ok(())
}
