//! Class 4D.Document: what files on disk and files in archives have in common. Only files on disk are built.
//!
//! A file is a place; whether something stands there is asked anew each time.

use std::rc::Rc;

use crate::builtin::parameter::OneOf;
use crate::builtin::{Class, Function, Property};
use crate::classes::file::{self, File};
use crate::classes::folder::{self, Folder};
use crate::native;
use crate::runtime::documents::{self, Breaks, Encoding, failed};
use crate::runtime::location::Location;
use crate::runtime::process::Process;
use crate::runtime::sandbox;
use crate::value::Value;
use crate::value::convert::boxed;
use crate::value::date::Date;
use crate::value::error::{Error, Result};
use crate::value::object::Object;
use crate::value::text::Text;
use crate::value::time::Time;

/// 4D.Document
pub const CLASS: Class = Class {
    store: "4D",
    name: "Document",
    extends: None,
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

/// `fk overwrite`
const OVERWRITE: i32 = 4;

/// A name for a copy, and whether it may replace what is there: the last two parameters of `copyTo`, of which the name
/// may be left out with its separator, as in `copyTo($folder; fk overwrite)`.
pub type NewName = Option<OneOf<Text, i32>>;

/// Where a copy goes.
///
/// # Errors
/// The folder is not there, the name cannot be one, or there is something of that name that is not to be replaced.
pub fn copy_target(
    own_name: &str,
    folder: &Folder,
    name: NewName,
    option: Option<i32>,
) -> Result<(Location, bool)> {
    let (name, option) = match name {
        Some(OneOf::First(name)) => (Some(name), option),
        Some(OneOf::Second(option)) => (None, Some(option)),
        None => (None, option),
    };
    let overwrite = option.unwrap_or_default() & OVERWRITE != 0;
    let target = target_in(own_name, folder, name)?;
    let path = target.path();
    if !overwrite && (sandbox::kind(&path).is_some() || sandbox::is_link(&path)) {
        return Err(failed("copy to", &path, &std::io::ErrorKind::AlreadyExists.into())
            .help("pass `fk overwrite` to replace what is there"));
    }
    Ok((target, overwrite))
}

/// The place in a folder that is there for something of this name.
///
/// # Errors
/// The folder is not there, or the name cannot be one.
pub fn target_in(own_name: &str, folder: &Folder, name: Option<Text>) -> Result<Location> {
    let path = folder.place.path();
    if !sandbox::is_folder(&path) {
        return Err(Error::native(-120, format!("there is no folder `{}`", path.display())));
    }
    let name = name.filter(|name| !name.is_empty());
    let name = name.map_or_else(|| own_name.to_owned(), |name| name.to_str().into_owned());
    crate::runtime::location::check_name(&name)?;
    Ok(folder.place.child(&name))
}

const COPY_TO: Function = Function {
    name: "copyTo",
    help: "Copies the file into a folder, under its name or another one, and gives the copy.",
    syntaxes: &[native!(copy_to(this, destinationFolder, newName, overwrite))],
};

fn copy_to(this: Rc<File>, folder: Rc<Folder>, name: NewName, option: Option<i32>) -> Result<Object> {
    let from = this.place.path();
    let (target, _) = copy_target(&this.place.full_name(), &folder, name, option)?;
    let to = target.path();
    if sandbox::real_path(&from) == sandbox::real_path(&to) {
        return Err(failed("copy onto itself", &from, &std::io::ErrorKind::AlreadyExists.into()));
    }
    // The source first: a target must not be lost to a source that is not there.
    if !sandbox::is_file(&from) {
        return Err(failed("copy", &from, &std::io::ErrorKind::NotFound.into()));
    }
    sandbox::copy(&from, &to).map_err(|problem| failed("copy to", &to, &problem))?;
    Ok(file::object(target))
}

const GET_CONTENT: Function =
    Function { name: "getContent", help: "All bytes of the file.", syntaxes: &[native!(get_content(this))] };

fn get_content(this: Rc<File>) -> Result<Object> {
    documents::read_blob(&this.place.path()).map(boxed)
}

const GET_TEXT: Function = Function {
    name: "getText",
    help: "The content of the file as a text, with line ends of one kind.",
    syntaxes: &[native!(get_text(this, charSet, breakMode))],
};

/// What character set and line ends a call names.
///
/// # Errors
/// There is no such set, or no such way to treat line ends.
pub fn text_options(set: Option<OneOf<Text, i32>>, breaks: Option<i32>) -> Result<(Encoding, Breaks)> {
    let encoding = match set {
        Some(OneOf::First(name)) if !name.is_empty() => Encoding::named(&name.to_str())?,
        Some(OneOf::Second(number)) => Encoding::numbered(number)?,
        Some(OneOf::First(_)) | None => Encoding::default(),
    };
    Ok((encoding, breaks.map_or(Ok(Breaks::default()), Breaks::numbered)?))
}

fn get_text(this: Rc<File>, set: Option<OneOf<Text, i32>>, breaks: Option<i32>) -> Result<Text> {
    let (encoding, breaks) = text_options(set, breaks)?;
    documents::read_text(&this.place.path(), encoding, breaks)
}

/// When something was made; the null date and no time when it is not there.
pub fn created(place: &Location) -> (Date, Time) {
    sandbox::facts(&place.path()).map(|facts| documents::moment(facts.created)).unwrap_or_default()
}

/// When something was last changed; the null date and no time when it is not there.
pub fn modified(place: &Location) -> (Date, Time) {
    sandbox::facts(&place.path()).map(|facts| documents::moment(facts.modified)).unwrap_or_default()
}

const CREATION_DATE: Property = Property {
    name: "creationDate",
    help: "The date on which the file was made.",
    get: native!(creation_date(this)),
    set: None,
};

fn creation_date(this: Rc<File>) -> Date {
    created(&this.place).0
}

const CREATION_TIME: Property = Property {
    name: "creationTime",
    help: "The time at which the file was made.",
    get: native!(creation_time(this)),
    set: None,
};

fn creation_time(this: Rc<File>) -> Time {
    created(&this.place).1
}

const MODIFICATION_DATE: Property = Property {
    name: "modificationDate",
    help: "The date on which the file was last changed.",
    get: native!(modification_date(this)),
    set: None,
};

fn modification_date(this: Rc<File>) -> Date {
    modified(&this.place).0
}

const MODIFICATION_TIME: Property = Property {
    name: "modificationTime",
    help: "The time at which the file was last changed.",
    get: native!(modification_time(this)),
    set: None,
};

fn modification_time(this: Rc<File>) -> Time {
    modified(&this.place).1
}

const EXISTS: Property =
    Property { name: "exists", help: "Whether the file is on disk.", get: native!(exists(this)), set: None };

fn exists(this: Rc<File>) -> bool {
    this.exists()
}

const EXTENSION: Property = Property {
    name: "extension",
    help: "The end of the name from its last dot on, \"\" when there is none.",
    get: native!(extension(this)),
    set: None,
};

fn extension(this: Rc<File>) -> String {
    this.place.name_and_extension().1
}

const FULL_NAME: Property = Property {
    name: "fullName",
    help: "The name with its extension.",
    get: native!(full_name(this)),
    set: None,
};

fn full_name(this: Rc<File>) -> String {
    this.place.full_name()
}

const NAME: Property =
    Property { name: "name", help: "The name without its extension.", get: native!(name(this)), set: None };

fn name(this: Rc<File>) -> String {
    this.place.name_and_extension().0
}

const HIDDEN: Property = Property {
    name: "hidden",
    help: "Whether the file is hidden, which here is a matter of its name.",
    get: native!(hidden(this)),
    set: Some(native!(set_hidden(this, value))),
};

/// Whether the system hides something of this name.
pub fn is_hidden(place: &Location) -> bool {
    place.full_name().starts_with('.')
}

fn hidden(this: Rc<File>) -> bool {
    is_hidden(&this.place)
}

fn set_hidden(this: Rc<File>, value: bool) -> Result<()> {
    if is_hidden(&this.place) == value {
        return Ok(());
    }
    let what = if value { "hidden" } else { "shown" };
    Err(Error::quatre(5504, format!("`{}` cannot be {what} without another name", this.place.full_name()))
        .help("a file is hidden when its name begins with a dot: give it such a name with `rename`"))
}

const IS_ALIAS: Property = Property {
    name: "isAlias",
    help: "Whether the file is a link to something else.",
    get: native!(is_alias(this)),
    set: None,
};

fn is_alias(this: Rc<File>) -> bool {
    sandbox::is_link(&this.place.path())
}

const IS_FILE: Property =
    Property { name: "isFile", help: "True: this is a file.", get: native!(is_file(this)), set: None };

fn is_file(_this: Rc<File>) -> bool {
    true
}

const IS_FOLDER: Property =
    Property { name: "isFolder", help: "False: this is a file.", get: native!(is_folder(this)), set: None };

fn is_folder(_this: Rc<File>) -> bool {
    false
}

const IS_WRITABLE: Property = Property {
    name: "isWritable",
    help: "Whether the file is on disk and can be written.",
    get: native!(is_writable(this)),
    set: None,
};

fn is_writable(this: Rc<File>) -> bool {
    sandbox::is_writable(&this.place.path())
}

const ORIGINAL: Property = Property {
    name: "original",
    help: "What a link leads to; of another file the file itself.",
    get: native!(original(process, this)),
    set: None,
};

fn original(process: &mut Process, this: Rc<File>) -> Result<Object> {
    let path = this.place.path();
    if !sandbox::is_link(&path) {
        return Ok(file::object(this.place.clone()));
    }
    let target = sandbox::link_target(&path).map_err(|problem| failed("follow", &path, &problem))?;
    let place = Location::of_path(&process.runtime, &target)?;
    Ok(if sandbox::is_folder(&target) { folder::object(place) } else { file::object(place) })
}

const PARENT: Property = Property {
    name: "parent",
    help: "The folder that the file is in.",
    get: native!(parent(this)),
    set: None,
};

fn parent(this: Rc<File>) -> Value {
    this.place.parent().map(folder::object).map_or(Value::Null, Value::Object)
}

const PATH: Property = Property {
    name: "path",
    help: "The path with `/`, from the root or from a file system such as `/DATA/`.",
    get: native!(path(this)),
    set: None,
};

fn path(this: Rc<File>) -> String {
    this.place.posix(false)
}

const PLATFORM_PATH: Property = Property {
    name: "platformPath",
    help: "The path as the operating system writes it.",
    get: native!(platform_path(this)),
    set: None,
};

fn platform_path(this: Rc<File>) -> String {
    this.place.platform(false)
}

const SIZE: Property = Property {
    name: "size",
    help: "The size of the file in bytes, 0 when it is not there.",
    get: native!(size(this)),
    set: None,
};

#[expect(clippy::cast_precision_loss, reason = "no file is so large that its size is not exact")]
fn size(this: Rc<File>) -> f64 {
    sandbox::facts(&this.place.path()).map_or(0.0, |facts| facts.size as f64)
}
