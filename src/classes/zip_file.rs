//! Class 4D.ZipFile: a file in an archive, by its path there. It can be read and copied out, never changed.

use std::any::Any;
use std::rc::Rc;

use crate::builtin::parameter::OneOf;
use crate::builtin::{Class, Function, Property};
use crate::classes::document::{NewName, copy_target, text_options};
use crate::classes::file;
use crate::classes::folder::Folder;
use crate::classes::zip_folder::{self, last_name, parent_path};
use crate::native;
use crate::runtime::archive::{Archive, Node};
use crate::runtime::documents::failed;
use crate::runtime::location::{Location, split_extension};
use crate::runtime::sandbox::{Kind, NewFile};
use crate::value::blob::Blob;
use crate::value::convert::boxed;
use crate::value::date::Date;
use crate::value::error::{Error, Result};
use crate::value::instance::Instance;
use crate::value::object::Object;
use crate::value::text::Text;
use crate::value::time::Time;

/// 4D.ZipFile
pub const CLASS: Class = Class {
    store: "4D",
    name: "ZipFile",
    extends: Some("Document"),
    constructor: None,
    functions: &[COPY_TO, GET_CONTENT, GET_TEXT],
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
        IS_WRITABLE,
        MODIFICATION_DATE,
        MODIFICATION_TIME,
        NAME,
        ORIGINAL,
        PARENT,
        PATH,
        PLATFORM_PATH,
        SIZE,
    ],
};

/// A path in an archive, where a file may or may not be.
pub struct ZipFile {
    archive: Rc<Archive>,
    path: String,
}

impl Instance for ZipFile {
    fn class_name(&self) -> &'static str {
        "ZipFile"
    }

    fn into_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
}

/// The object for a file at this path of an archive.
pub fn object(archive: &Rc<Archive>, path: String) -> Object {
    Object::native(Rc::new(ZipFile { archive: Rc::clone(archive), path }))
}

impl ZipFile {
    fn node(&self) -> Option<&Node> {
        self.archive.node(&self.path).filter(|node| node.kind == Kind::File)
    }

    fn content(&self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.archive.extract(&self.path, &mut bytes)?;
        Ok(bytes)
    }

    fn modified(&self) -> (Date, Time) {
        self.node().map(|node| node.modified).unwrap_or_default()
    }
}

/// Writes a file of an archive to a place on disk; what is not complete leaves no trace.
///
/// # Errors
/// It cannot be read or written.
pub fn extract(archive: &Archive, path: &str, target: &Location) -> Result<()> {
    let to = target.path();
    let cannot = |problem: std::io::Error| failed("copy to", &to, &problem);
    let mut file = NewFile::create(&to).map_err(cannot)?;
    archive.extract(path, &mut file)?;
    file.finish().map_err(cannot)
}

const COPY_TO: Function = Function {
    name: "copyTo",
    help: "Copies the file out of the archive into a folder on disk, and gives the copy.",
    syntaxes: &[native!(copy_to(this, destinationFolder, newName, overwrite))],
};

fn copy_to(this: Rc<ZipFile>, folder: Rc<Folder>, name: NewName, option: Option<i32>) -> Result<Object> {
    let (target, _) = copy_target(last_name(&this.path), &folder, name, option)?;
    extract(&this.archive, &this.path, &target)?;
    Ok(file::object(target))
}

const GET_CONTENT: Function =
    Function { name: "getContent", help: "All bytes of the file.", syntaxes: &[native!(get_content(this))] };

fn get_content(this: Rc<ZipFile>) -> Result<Object> {
    Ok(boxed(Blob::from_vec(this.content()?)))
}

const GET_TEXT: Function = Function {
    name: "getText",
    help: "The content of the file as a text, with line ends of one kind.",
    syntaxes: &[native!(get_text(this, charSet, breakMode))],
};

fn get_text(this: Rc<ZipFile>, set: Option<OneOf<Text, i32>>, breaks: Option<i32>) -> Result<Text> {
    let (encoding, breaks) = text_options(set, breaks)?;
    Ok(breaks.apply(encoding.decode(&this.content()?)))
}

const CREATION_DATE: Property = Property {
    name: "creationDate",
    help: "The date that the archive keeps of the file, which is that of its last change.",
    get: native!(modification_date(this)),
    set: None,
};

const CREATION_TIME: Property = Property {
    name: "creationTime",
    help: "The time that the archive keeps of the file, which is that of its last change.",
    get: native!(modification_time(this)),
    set: None,
};

const MODIFICATION_DATE: Property = Property {
    name: "modificationDate",
    help: "The date on which the file was last changed before it was archived.",
    get: native!(modification_date(this)),
    set: None,
};

fn modification_date(this: Rc<ZipFile>) -> Date {
    this.modified().0
}

const MODIFICATION_TIME: Property = Property {
    name: "modificationTime",
    help: "The time at which the file was last changed before it was archived.",
    get: native!(modification_time(this)),
    set: None,
};

fn modification_time(this: Rc<ZipFile>) -> Time {
    this.modified().1
}

const EXISTS: Property = Property {
    name: "exists",
    help: "Whether the file is in the archive.",
    get: native!(exists(this)),
    set: None,
};

fn exists(this: Rc<ZipFile>) -> bool {
    this.node().is_some()
}

const EXTENSION: Property = Property {
    name: "extension",
    help: "The end of the name from its last dot on, \"\" when there is none.",
    get: native!(extension(this)),
    set: None,
};

fn extension(this: Rc<ZipFile>) -> String {
    split_extension(last_name(&this.path)).1.to_owned()
}

const FULL_NAME: Property = Property {
    name: "fullName",
    help: "The name with its extension.",
    get: native!(full_name(this)),
    set: None,
};

fn full_name(this: Rc<ZipFile>) -> String {
    last_name(&this.path).to_owned()
}

const NAME: Property =
    Property { name: "name", help: "The name without its extension.", get: native!(name(this)), set: None };

fn name(this: Rc<ZipFile>) -> String {
    split_extension(last_name(&this.path)).0.to_owned()
}

const HIDDEN: Property = Property {
    name: "hidden",
    help: "Whether the file is hidden, which here is a matter of its name.",
    get: native!(hidden(this)),
    set: Some(native!(set_hidden(this, value))),
};

fn hidden(this: Rc<ZipFile>) -> bool {
    last_name(&this.path).starts_with('.')
}

fn set_hidden(this: Rc<ZipFile>, _value: bool) -> Result<()> {
    Err(Error::quatre(5605, format!("`{}` is in an archive, where nothing can be changed", this.path)))
}

const IS_ALIAS: Property = Property {
    name: "isAlias",
    help: "False: there are no links in an archive.",
    get: native!(no(this)),
    set: None,
};

const IS_FILE: Property =
    Property { name: "isFile", help: "True: this is a file.", get: native!(yes(this)), set: None };

const IS_FOLDER: Property =
    Property { name: "isFolder", help: "False: this is a file.", get: native!(no(this)), set: None };

const IS_WRITABLE: Property = Property {
    name: "isWritable",
    help: "False: nothing in an archive can be written.",
    get: native!(no(this)),
    set: None,
};

fn yes(_this: Rc<ZipFile>) -> bool {
    true
}

fn no(_this: Rc<ZipFile>) -> bool {
    false
}

const ORIGINAL: Property =
    Property { name: "original", help: "The file itself.", get: native!(original(this)), set: None };

fn original(this: Rc<ZipFile>) -> Object {
    object(&this.archive, this.path.clone())
}

const PARENT: Property = Property {
    name: "parent",
    help: "The folder of the archive that the file is in.",
    get: native!(parent(this)),
    set: None,
};

fn parent(this: Rc<ZipFile>) -> Object {
    zip_folder::object(&this.archive, parent_path(&this.path).to_owned())
}

const PATH: Property = Property {
    name: "path",
    help: "The path in the archive, from its root.",
    get: native!(path(this)),
    set: None,
};

fn path(this: Rc<ZipFile>) -> String {
    format!("/{}", this.path)
}

const PLATFORM_PATH: Property = Property {
    name: "platformPath",
    help: "The path in the archive with the separators of the operating system.",
    get: native!(platform_path(this)),
    set: None,
};

fn platform_path(this: Rc<ZipFile>) -> String {
    path(this).replace('/', std::path::MAIN_SEPARATOR_STR)
}

const SIZE: Property = Property {
    name: "size",
    help: "The size of the file in bytes, 0 when it is not there.",
    get: native!(size(this)),
    set: None,
};

#[expect(clippy::cast_precision_loss, reason = "no file is so large that its size is not exact")]
fn size(this: Rc<ZipFile>) -> f64 {
    this.node().map_or(0.0, |node| node.size as f64)
}
