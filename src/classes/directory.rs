//! Class 4D.Directory: what folders on disk and folders in archives have in common. Only folders on disk are built.

use std::rc::Rc;

use crate::builtin::{Class, Function, Property};
use crate::classes::document::{NewName, copy_target, created, is_hidden, modified};
use crate::classes::file;
use crate::classes::folder::{self, Folder};
use crate::native;
use crate::runtime::documents::failed;
use crate::runtime::host::Platform;
use crate::runtime::location::{Location, Syntax};
use crate::runtime::process::Process;
use crate::runtime::sandbox::{self, Kind};
use crate::value::Value;
use crate::value::collection::Collection;
use crate::value::date::Date;
use crate::value::error::{Error, Result};
use crate::value::object::Object;
use crate::value::text::Text;
use crate::value::time::Time;

/// 4D.Directory
pub const CLASS: Class = Class {
    store: "4D",
    name: "Directory",
    extends: None,
    constructor: None,
    functions: &[COPY_TO, FILE, FILES, FOLDER, FOLDERS],
    properties: &[
        CREATION_DATE,
        CREATION_TIME,
        EXISTS,
        EXTENSION,
        FULL_NAME,
        HIDDEN,
        IS_ALIAS,
        IS_FILE,
        IS_FOLDER,
        IS_PACKAGE,
        MODIFICATION_DATE,
        MODIFICATION_TIME,
        NAME,
        ORIGINAL,
        PARENT,
        PATH,
        PLATFORM_PATH,
    ],
};

const COPY_TO: Function = Function {
    name: "copyTo",
    help: "Copies the folder with all that it holds into another one, and gives the copy.",
    syntaxes: &[native!(copy_to(this, destinationFolder, newName, overwrite))],
};

fn copy_to(this: Rc<Folder>, folder: Rc<Folder>, name: NewName, option: Option<i32>) -> Result<Object> {
    let from = this.place.path();
    let (target, _) = copy_target(&this.place.full_name(), &folder, name, option)?;
    if !sandbox::is_folder(&from) {
        return Err(Error::native(-120, format!("there is no folder `{}`", from.display())));
    }
    let to = target.path();
    sandbox::copy(&from, &to).map_err(|problem| failed("copy to", &to, &problem))?;
    Ok(folder::object(target))
}

/// The place of a relative path below a folder; `None` when it is none.
fn below(this: &Folder, path: &Text) -> Option<Location> {
    let path = path.to_str();
    if path.is_empty() || path.starts_with('/') || path.contains('\0') {
        return None;
    }
    this.place.below(&path, Syntax::Posix)
}

const FILE: Function = Function {
    name: "file",
    help: "The file at a relative path below the folder, Null when the path is none.",
    syntaxes: &[native!(file(this, path))],
};

fn file(this: Rc<Folder>, path: Text) -> Option<Object> {
    below(&this, &path).map(file::object)
}

const FOLDER: Function = Function {
    name: "folder",
    help: "The folder at a relative path below the folder, Null when the path is none.",
    syntaxes: &[native!(folder(this, path))],
};

fn folder(this: Rc<Folder>, path: Text) -> Option<Object> {
    below(&this, &path).map(folder::object)
}

/// `fk recursive`
const RECURSIVE: i32 = 1;
/// `fk ignore invisible`
const IGNORE_INVISIBLE: i32 = 8;

/// What a folder holds of one kind. A link is a file, so no way leads round in a circle.
fn contents(this: &Folder, wanted: Kind, options: i32) -> Result<Vec<Location>> {
    let top = this.place.path();
    if !sandbox::is_folder(&top) {
        return Err(Error::native(-120, format!("there is no folder `{}`", top.display())));
    }
    let mut found = Vec::new();
    let mut folders = vec![this.place.clone()];
    while let Some(place) = folders.pop() {
        let path = place.path();
        let entries = sandbox::list(&path).map_err(|problem| failed("list", &path, &problem))?;
        let mut inner = Vec::new();
        for entry in entries {
            if options & IGNORE_INVISIBLE != 0 && entry.name.starts_with('.') {
                continue;
            }
            let child = place.child(&entry.name);
            let kind = if entry.is_link { Kind::File } else { entry.kind };
            if kind == wanted {
                found.push(child.clone());
            }
            if kind == Kind::Folder && options & RECURSIVE != 0 {
                inner.push(child);
            }
        }
        // The last one pushed is the first one read.
        folders.extend(inner.into_iter().rev());
    }
    Ok(found)
}

fn list(
    this: &Folder,
    wanted: Kind,
    options: Option<i32>,
    make: fn(Location) -> Object,
) -> Result<Collection> {
    let found = contents(this, wanted, options.unwrap_or_default())?;
    Ok(Collection::from_vec(found.into_iter().map(|place| Value::Object(make(place))).collect()))
}

const FILES: Function = Function {
    name: "files",
    help: "The files in the folder, and with `fk recursive` those in the folders in it.",
    syntaxes: &[native!(files(this, options))],
};

fn files(this: Rc<Folder>, options: Option<i32>) -> Result<Collection> {
    list(&this, Kind::File, options, file::object)
}

const FOLDERS: Function = Function {
    name: "folders",
    help: "The folders in the folder, and with `fk recursive` those in them.",
    syntaxes: &[native!(folders(this, options))],
};

fn folders(this: Rc<Folder>, options: Option<i32>) -> Result<Collection> {
    list(&this, Kind::Folder, options, folder::object)
}

const CREATION_DATE: Property = Property {
    name: "creationDate",
    help: "The date on which the folder was made.",
    get: native!(creation_date(this)),
    set: None,
};

fn creation_date(this: Rc<Folder>) -> Date {
    created(&this.place).0
}

const CREATION_TIME: Property = Property {
    name: "creationTime",
    help: "The time at which the folder was made.",
    get: native!(creation_time(this)),
    set: None,
};

fn creation_time(this: Rc<Folder>) -> Time {
    created(&this.place).1
}

const MODIFICATION_DATE: Property = Property {
    name: "modificationDate",
    help: "The date on which the folder was last changed.",
    get: native!(modification_date(this)),
    set: None,
};

fn modification_date(this: Rc<Folder>) -> Date {
    modified(&this.place).0
}

const MODIFICATION_TIME: Property = Property {
    name: "modificationTime",
    help: "The time at which the folder was last changed.",
    get: native!(modification_time(this)),
    set: None,
};

fn modification_time(this: Rc<Folder>) -> Time {
    modified(&this.place).1
}

const EXISTS: Property = Property {
    name: "exists",
    help: "Whether the folder is on disk.",
    get: native!(exists(this)),
    set: None,
};

fn exists(this: Rc<Folder>) -> bool {
    sandbox::is_folder(&this.place.path())
}

const EXTENSION: Property = Property {
    name: "extension",
    help: "The end of the name from its last dot on, \"\" when there is none.",
    get: native!(extension(this)),
    set: None,
};

fn extension(this: Rc<Folder>) -> String {
    this.place.name_and_extension().1
}

const FULL_NAME: Property = Property {
    name: "fullName",
    help: "The name with its extension.",
    get: native!(full_name(this)),
    set: None,
};

fn full_name(this: Rc<Folder>) -> String {
    this.place.full_name()
}

const NAME: Property =
    Property { name: "name", help: "The name without its extension.", get: native!(name(this)), set: None };

fn name(this: Rc<Folder>) -> String {
    this.place.name_and_extension().0
}

const HIDDEN: Property = Property {
    name: "hidden",
    help: "Whether the folder is hidden, which here is a matter of its name.",
    get: native!(hidden(this)),
    set: None,
};

fn hidden(this: Rc<Folder>) -> bool {
    is_hidden(&this.place)
}

const IS_ALIAS: Property =
    Property { name: "isAlias", help: "False: a link is a file.", get: native!(is_alias(this)), set: None };

fn is_alias(_this: Rc<Folder>) -> bool {
    false
}

const IS_FILE: Property =
    Property { name: "isFile", help: "False: this is a folder.", get: native!(is_file(this)), set: None };

fn is_file(_this: Rc<Folder>) -> bool {
    false
}

const IS_FOLDER: Property =
    Property { name: "isFolder", help: "True: this is a folder.", get: native!(is_folder(this)), set: None };

fn is_folder(_this: Rc<Folder>) -> bool {
    true
}

const IS_PACKAGE: Property = Property {
    name: "isPackage",
    help: "Whether macOS shows the folder as one thing, such as an application.",
    get: native!(is_package(process, this)),
    set: None,
};

fn is_package(process: &mut Process, this: Rc<Folder>) -> bool {
    let extension = this.place.name_and_extension().1;
    process.runtime.host.platform() == Platform::Mac
        && [".app", ".bundle", ".framework", ".plugin", ".4dbase", ".kext"].contains(&extension.as_str())
        && sandbox::is_folder(&this.place.path())
}

const ORIGINAL: Property =
    Property { name: "original", help: "The folder itself.", get: native!(original(this)), set: None };

fn original(this: Rc<Folder>) -> Object {
    folder::object(this.place.clone())
}

const PARENT: Property = Property {
    name: "parent",
    help: "The folder that the folder is in, Null for the root.",
    get: native!(parent(this)),
    set: None,
};

fn parent(this: Rc<Folder>) -> Option<Object> {
    this.place.parent().map(folder::object)
}

const PATH: Property = Property {
    name: "path",
    help: "The path with `/`, from the root or from a file system such as `/DATA/`.",
    get: native!(path(this)),
    set: None,
};

fn path(this: Rc<Folder>) -> String {
    this.place.posix(true)
}

const PLATFORM_PATH: Property = Property {
    name: "platformPath",
    help: "The path as the operating system writes it, with a separator at its end.",
    get: native!(platform_path(this)),
    set: None,
};

fn platform_path(this: Rc<Folder>) -> String {
    this.place.platform(true)
}
