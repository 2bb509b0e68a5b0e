//! Class 4D.ZipArchive: what `ZIP Read archive` gives.

use std::any::Any;
use std::rc::Rc;

use crate::builtin::{Class, Property};
use crate::classes::zip_folder;
use crate::native;
use crate::runtime::archive::Archive;
use crate::value::instance::Instance;
use crate::value::object::Object;

/// 4D.ZipArchive
pub const CLASS: Class = Class {
    store: "4D",
    name: "ZipArchive",
    extends: None,
    constructor: None,
    functions: &[],
    properties: &[ROOT],
};

/// An archive that is open; its file is closed when nothing refers to it or to what is in it.
pub struct ZipArchive(Rc<Archive>);

impl Instance for ZipArchive {
    fn class_name(&self) -> &'static str {
        "ZipArchive"
    }

    fn into_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
}

/// The object for an archive.
pub fn object(archive: Archive) -> Object {
    Object::native(Rc::new(ZipArchive(Rc::new(archive))))
}

const ROOT: Property = Property {
    name: "root",
    help: "The folder that holds all that is in the archive.",
    get: native!(root(this)),
    set: None,
};

fn root(this: Rc<ZipArchive>) -> Object {
    zip_folder::object(&this.0, String::new())
}
