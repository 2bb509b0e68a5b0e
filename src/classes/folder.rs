//! Class 4D.Folder: a folder on disk that may or may not be there, by its place.

use std::any::Any;
use std::rc::Rc;
use std::sync::Arc;

use crate::builtin::parameter::{OneOf, Star};
use crate::builtin::{Class, Function};
use crate::classes::document::target_in;
use crate::classes::file::{make_alias, relocate, syntax};
use crate::native;
use crate::runtime::documents::failed;
use crate::runtime::location::{Location, check_name};
use crate::runtime::process::Process;
use crate::runtime::sandbox;
use crate::value::error::{Error, Result};
use crate::value::instance::{Instance, PortableInstance};
use crate::value::object::Object;
use crate::value::text::Text;

/// 4D.Folder
pub const CLASS: Class = Class {
    store: "4D",
    name: "Folder",
    extends: Some("Directory"),
    constructor: Some(native!(make(process, path, pathType, star))),
    functions: &[CREATE, CREATE_ALIAS, DELETE, MOVE_TO, RENAME],
    properties: &[],
};

/// A place for a folder.
#[derive(Clone)]
pub struct Folder {
    /// Where it is.
    pub place: Location,
}

impl Instance for Folder {
    fn class_name(&self) -> &'static str {
        "Folder"
    }

    fn into_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }

    fn portable(&self) -> Option<Arc<dyn PortableInstance>> {
        Some(Arc::new(self.clone()))
    }
}

impl PortableInstance for Folder {
    fn class_name(&self) -> &'static str {
        "Folder"
    }

    fn instance(&self) -> Rc<dyn Instance> {
        Rc::new(self.clone())
    }
}

/// The object for a folder at this place.
pub fn object(place: Location) -> Object {
    Object::native(Rc::new(Folder { place }))
}

/// `Folder(path)`, `Folder(folderConstant)`, `4D.Folder.new(…)`. The star is that of components: the host is the only
/// project.
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
        OneOf::Second(number) => Location::of_folder(&process.runtime, number)?,
    };
    Ok(object(place))
}

const CREATE: Function = Function {
    name: "create",
    help: "Makes the folder, and those on the way to it, and says whether it was not there before.",
    syntaxes: &[native!(create(this))],
};

fn create(this: Rc<Folder>) -> Result<bool> {
    let path = this.place.path();
    if sandbox::is_folder(&path) {
        return Ok(false);
    }
    if sandbox::is_file(&path) {
        return Err(failed("create the folder", &path, &std::io::ErrorKind::AlreadyExists.into()));
    }
    sandbox::create_folders(&path).map_err(|problem| failed("create the folder", &path, &problem))?;
    Ok(true)
}

const CREATE_ALIAS: Function = Function {
    name: "createAlias",
    help: "Makes a link to the folder in another one, and gives the link.",
    syntaxes: &[native!(create_alias(this, destinationFolder, aliasName, aliasType))],
};

fn create_alias(this: Rc<Folder>, folder: Rc<Folder>, name: Text, _type: Option<i32>) -> Result<Object> {
    make_alias(&this.place, &folder, name)
}

/// `Delete with contents`
const WITH_CONTENTS: i32 = 1;

const DELETE: Function = Function {
    name: "delete",
    help: "Removes the folder from disk when it is empty, or with all that it holds.",
    syntaxes: &[native!(delete(this, option))],
};

fn delete(this: Rc<Folder>, option: Option<i32>) -> Result<()> {
    delete_at(&this.place.path(), option)
}

/// Removes a folder. One that is not there is an error only when it must be empty: so the documentation of 4D has it.
///
/// # Errors
/// It is not empty, or cannot be removed.
pub fn delete_at(path: &std::path::Path, option: Option<i32>) -> Result<()> {
    let with_contents = option == Some(WITH_CONTENTS);
    if !sandbox::is_folder(path) {
        if with_contents && sandbox::kind(path).is_none() {
            return Ok(());
        }
        return Err(Error::native(-120, format!("there is no folder `{}`", path.display())));
    }
    if sandbox::is_link(path) {
        // What it leads to is not its content.
        return sandbox::remove_file(path).map_err(|problem| failed("delete", path, &problem));
    }
    let outcome =
        if with_contents { sandbox::remove_folder_with_contents(path) } else { sandbox::remove_folder(path) };
    outcome.map_err(|problem| {
        let error = failed("delete", path, &problem);
        if problem.kind() == std::io::ErrorKind::DirectoryNotEmpty {
            return error.help("pass `Delete with contents` to delete all that the folder holds");
        }
        error
    })
}

const MOVE_TO: Function = Function {
    name: "moveTo",
    help: "Moves the folder into another one, under its name or another one, and gives it there.",
    syntaxes: &[native!(move_to(this, destinationFolder, newName))],
};

fn move_to(this: Rc<Folder>, folder: Rc<Folder>, name: Option<Text>) -> Result<Object> {
    let target = target_in(&this.place.full_name(), &folder, name)?;
    relocate(&this.place, target, "move").map(object)
}

const RENAME: Function = Function {
    name: "rename",
    help: "Gives the folder another full name, and gives it under that name.",
    syntaxes: &[native!(rename(this, newName))],
};

fn rename(this: Rc<Folder>, name: Text) -> Result<Object> {
    check_name(&name.to_str())?;
    let target = this.place.beside(&name.to_str())?;
    relocate(&this.place, target, "rename").map(object)
}
