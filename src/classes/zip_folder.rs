//! Class 4D.ZipFolder: a folder in an archive, by its path there; that of the root is empty.

use std::any::Any;
use std::rc::Rc;

use crate::builtin::{Class, Function, Property};
use crate::classes::document::{NewName, copy_target};
use crate::classes::folder::{self, Folder};
use crate::classes::zip_file;
use crate::native;
use crate::runtime::archive::{Archive, Node, join, plain_path};
use crate::runtime::documents::failed;
use crate::runtime::location::{Location, split_extension};
use crate::runtime::sandbox::{self, Kind};
use crate::value::Value;
use crate::value::collection::Collection;
use crate::value::date::Date;
use crate::value::error::{Error, Result};
use crate::value::instance::Instance;
use crate::value::object::Object;
use crate::value::text::Text;
use crate::value::time::Time;

/// 4D.ZipFolder
pub const CLASS: Class = Class {
    store: "4D",
    name: "ZipFolder",
    extends: Some("Directory"),
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

/// A path in an archive, where a folder may or may not be.
pub struct ZipFolder {
    archive: Rc<Archive>,
    path: String,
}

impl Instance for ZipFolder {
    fn class_name(&self) -> &'static str {
        "ZipFolder"
    }

    fn into_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
}

/// The object for a folder at this path of an archive.
pub fn object(archive: &Rc<Archive>, path: String) -> Object {
    Object::native(Rc::new(ZipFolder { archive: Rc::clone(archive), path }))
}

/// The last name of a path in an archive.
pub fn last_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The folder of a path in an archive.
pub fn parent_path(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

impl ZipFolder {
    fn node(&self) -> Option<&Node> {
        self.archive.node(&self.path).filter(|node| node.kind == Kind::Folder)
    }

    fn modified(&self) -> (Date, Time) {
        self.node().map(|node| node.modified).unwrap_or_default()
    }

    fn check(&self) -> Result<()> {
        if self.node().is_some() {
            return Ok(());
        }
        let archive = self.archive.path().display();
        Err(Error::native(-120, format!("there is no folder `{}` in `{archive}`", self.path)))
    }

    /// What the folder, and with `fk recursive` those in it, hold.
    fn contents(&self, wanted: Kind, options: i32) -> Result<Vec<String>> {
        self.check()?;
        let mut found = Vec::new();
        let mut folders = vec![self.path.clone()];
        while let Some(folder) = folders.pop() {
            let visible =
                |path: &String| options & IGNORE_INVISIBLE == 0 || !last_name(path).starts_with('.');
            found.extend(self.archive.children(&folder, wanted).into_iter().filter(visible));
            if options & RECURSIVE != 0 {
                // The last one pushed is the first one read.
                let inner = self.archive.children(&folder, Kind::Folder);
                folders.extend(inner.into_iter().filter(visible).rev());
            }
        }
        Ok(found)
    }

    /// The path of something in the folder; `None` when a relative path is none.
    fn below(&self, path: &Text) -> Option<String> {
        let path = path.to_str();
        let names = plain_path(&path).filter(|_| !path.starts_with('/'))?;
        (!names.is_empty()).then(|| join(&self.path, &names.join("/")))
    }
}

/// `fk recursive`
const RECURSIVE: i32 = 1;
/// `fk ignore invisible`
const IGNORE_INVISIBLE: i32 = 8;

const COPY_TO: Function = Function {
    name: "copyTo",
    help: "Copies the folder out of the archive, with all that it holds, into a folder on disk, and gives the copy.",
    syntaxes: &[native!(copy_to(this, destinationFolder, newName, overwrite))],
};

fn copy_to(this: Rc<ZipFolder>, folder: Rc<Folder>, name: NewName, option: Option<i32>) -> Result<Object> {
    this.check()?;
    // The root has no name of its own: what it holds goes into the folder itself.
    let named = matches!(&name, Some(crate::builtin::parameter::OneOf::First(name)) if !name.is_empty());
    let target = if this.path.is_empty() && !named {
        if !sandbox::is_folder(&folder.place.path()) {
            let path = folder.place.path();
            return Err(Error::native(-120, format!("there is no folder `{}`", path.display())));
        }
        folder.place.clone()
    } else {
        copy_target(last_name(&this.path), &folder, name, option)?.0
    };
    make_folder(&target)?;
    for path in this.contents(Kind::Folder, RECURSIVE)? {
        make_folder(&place_of(&this.path, &path, &target))?;
    }
    for path in this.contents(Kind::File, RECURSIVE)? {
        zip_file::extract(&this.archive, &path, &place_of(&this.path, &path, &target))?;
    }
    Ok(folder::object(target))
}

fn make_folder(place: &Location) -> Result<()> {
    let path = place.path();
    sandbox::create_folders(&path).map_err(|problem| failed("create the folder", &path, &problem))
}

/// Where something of the archive goes, when the folder `from` becomes `target`. The names of an archive have been
/// checked when it was opened: none leads elsewhere.
fn place_of(from: &str, path: &str, target: &Location) -> Location {
    let inner = path.strip_prefix(from).unwrap_or(path);
    let names = inner.split('/').filter(|name| !name.is_empty());
    names.fold(target.clone(), |place, name| place.child(name))
}

const FILE: Function = Function {
    name: "file",
    help: "The file at a relative path below the folder, Null when the path is none.",
    syntaxes: &[native!(file(this, path))],
};

fn file(this: Rc<ZipFolder>, path: Text) -> Option<Object> {
    this.below(&path).map(|path| zip_file::object(&this.archive, path))
}

const FOLDER: Function = Function {
    name: "folder",
    help: "The folder at a relative path below the folder, Null when the path is none.",
    syntaxes: &[native!(folder_below(this, path))],
};

fn folder_below(this: Rc<ZipFolder>, path: Text) -> Option<Object> {
    this.below(&path).map(|path| object(&this.archive, path))
}

const FILES: Function = Function {
    name: "files",
    help: "The files in the folder, and with `fk recursive` those in the folders in it.",
    syntaxes: &[native!(files(this, options))],
};

fn files(this: Rc<ZipFolder>, options: Option<i32>) -> Result<Collection> {
    let paths = this.contents(Kind::File, options.unwrap_or_default())?;
    let objects = paths.into_iter().map(|path| Value::Object(zip_file::object(&this.archive, path)));
    Ok(Collection::from_vec(objects.collect()))
}

const FOLDERS: Function = Function {
    name: "folders",
    help: "The folders in the folder, and with `fk recursive` those in them.",
    syntaxes: &[native!(folders(this, options))],
};

fn folders(this: Rc<ZipFolder>, options: Option<i32>) -> Result<Collection> {
    let paths = this.contents(Kind::Folder, options.unwrap_or_default())?;
    let objects = paths.into_iter().map(|path| Value::Object(object(&this.archive, path)));
    Ok(Collection::from_vec(objects.collect()))
}

const CREATION_DATE: Property = Property {
    name: "creationDate",
    help: "The date that the archive keeps of the folder, which is that of its last change.",
    get: native!(modification_date(this)),
    set: None,
};

const CREATION_TIME: Property = Property {
    name: "creationTime",
    help: "The time that the archive keeps of the folder, which is that of its last change.",
    get: native!(modification_time(this)),
    set: None,
};

const MODIFICATION_DATE: Property = Property {
    name: "modificationDate",
    help: "The date on which the folder was last changed before it was archived.",
    get: native!(modification_date(this)),
    set: None,
};

fn modification_date(this: Rc<ZipFolder>) -> Date {
    this.modified().0
}

const MODIFICATION_TIME: Property = Property {
    name: "modificationTime",
    help: "The time at which the folder was last changed before it was archived.",
    get: native!(modification_time(this)),
    set: None,
};

fn modification_time(this: Rc<ZipFolder>) -> Time {
    this.modified().1
}

const EXISTS: Property = Property {
    name: "exists",
    help: "Whether the folder is in the archive.",
    get: native!(exists(this)),
    set: None,
};

fn exists(this: Rc<ZipFolder>) -> bool {
    this.node().is_some()
}

const EXTENSION: Property = Property {
    name: "extension",
    help: "The end of the name from its last dot on, \"\" when there is none.",
    get: native!(extension(this)),
    set: None,
};

fn extension(this: Rc<ZipFolder>) -> String {
    split_extension(last_name(&this.path)).1.to_owned()
}

const FULL_NAME: Property = Property {
    name: "fullName",
    help: "The name with its extension, \"\" of the root.",
    get: native!(full_name(this)),
    set: None,
};

fn full_name(this: Rc<ZipFolder>) -> String {
    last_name(&this.path).to_owned()
}

const NAME: Property =
    Property { name: "name", help: "The name without its extension.", get: native!(name(this)), set: None };

fn name(this: Rc<ZipFolder>) -> String {
    split_extension(last_name(&this.path)).0.to_owned()
}

const HIDDEN: Property = Property {
    name: "hidden",
    help: "Whether the folder is hidden, which here is a matter of its name.",
    get: native!(hidden(this)),
    set: None,
};

fn hidden(this: Rc<ZipFolder>) -> bool {
    last_name(&this.path).starts_with('.')
}

const IS_ALIAS: Property = Property {
    name: "isAlias",
    help: "False: there are no links in an archive.",
    get: native!(no(this)),
    set: None,
};

const IS_FILE: Property =
    Property { name: "isFile", help: "False: this is a folder.", get: native!(no(this)), set: None };

const IS_FOLDER: Property =
    Property { name: "isFolder", help: "True: this is a folder.", get: native!(yes(this)), set: None };

const IS_PACKAGE: Property = Property {
    name: "isPackage",
    help: "False: an archive holds plain folders only.",
    get: native!(no(this)),
    set: None,
};

fn yes(_this: Rc<ZipFolder>) -> bool {
    true
}

fn no(_this: Rc<ZipFolder>) -> bool {
    false
}

const ORIGINAL: Property =
    Property { name: "original", help: "The folder itself.", get: native!(original(this)), set: None };

fn original(this: Rc<ZipFolder>) -> Object {
    object(&this.archive, this.path.clone())
}

const PARENT: Property = Property {
    name: "parent",
    help: "The folder that the folder is in, Null for the root of the archive.",
    get: native!(parent(this)),
    set: None,
};

fn parent(this: Rc<ZipFolder>) -> Option<Object> {
    (!this.path.is_empty()).then(|| object(&this.archive, parent_path(&this.path).to_owned()))
}

const PATH: Property = Property {
    name: "path",
    help: "The path in the archive, from its root.",
    get: native!(path(this)),
    set: None,
};

fn path(this: Rc<ZipFolder>) -> String {
    if this.path.is_empty() { "/".to_owned() } else { format!("/{}/", this.path) }
}

const PLATFORM_PATH: Property = Property {
    name: "platformPath",
    help: "The path in the archive with the separators of the operating system.",
    get: native!(platform_path(this)),
    set: None,
};

fn platform_path(this: Rc<ZipFolder>) -> String {
    path(this).replace('/', std::path::MAIN_SEPARATOR_STR)
}
