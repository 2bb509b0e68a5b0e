//! Compiler: the check of a project, and the declarations of before `var`.

use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use crate::builtin::native::Native;
use crate::builtin::{Command, Special, Theme};
use crate::classes::file::{self, File};
use crate::native;
use crate::runtime::location::Location;
use crate::runtime::process::Process;
use crate::value::Type;
use crate::value::error::{Error, Result};
use crate::value::object::Object;
use crate::value::{Value, json};

/// The theme.
pub const THEME: Theme = Theme {
    name: "Compiler",
    commands: &[
        IDLE,
        COMPILE_PROJECT,
        C_BLOB,
        C_BOOLEAN,
        C_COLLECTION,
        C_DATE,
        C_LONGINT,
        C_OBJECT,
        C_PICTURE,
        C_POINTER,
        C_REAL,
        C_TEXT,
        C_TIME,
        C_VARIANT,
        C_INTEGER,
        C_STRING,
    ],
};

const IDLE: Command = Command {
    number: 311,
    name: "IDLE",
    thread_safe: true,
    help: "Lets other processes go on for a moment, for loops that wait.",
    syntaxes: &[native!(idle(process))],
};

fn idle(process: &mut Process) -> Result<()> {
    std::thread::yield_now();
    process.attend()
}

const COMPILE_PROJECT: Command = Command {
    number: 1760,
    name: "Compile project",
    thread_safe: false,
    help: "Checks a project as the compiler does and gives what is wrong with it; no compiled code is made.",
    syntaxes: &[
        native!(compile_file(process, projectFile, options)),
        native!(compile_project(process, options)),
    ],
};

fn compile_project(process: &mut Process, options: Option<Object>) -> Result<Object> {
    let file = process.runtime.options.structure.clone();
    let file =
        file.ok_or_else(|| Error::quatre(6003, "no project is open, so there is nothing to compile"))?;
    compiled(process, &file, options.as_ref())
}

fn compile_file(process: &mut Process, file: Rc<File>, options: Option<Object>) -> Result<Object> {
    compiled(process, &file.place.path(), options.as_ref())
}

fn compiled(process: &mut Process, file: &Path, options: Option<&Object>) -> Result<Object> {
    let without = options.map(switched_off).unwrap_or_default();
    let loader = Arc::clone(&process.runtime.loader);
    let document =
        loader.check_project(file, &without).map_err(|problem| Error::from_diagnostic(&problem))?;
    let Value::Object(result) = json::parse(&document)? else { return Ok(Object::new()) };
    if let Some(Value::Collection(errors)) = result.get_str("errors") {
        for error in errors.to_vec() {
            let Value::Object(error) = error else { continue };
            let Some(Value::Object(code)) = error.get_str("code") else { continue };
            // The file is a text in the document, and a file here.
            if let Some(Value::Text(path)) = code.get_str("file")
                && let Ok(place) = Location::of_path(&process.runtime, Path::new(&*path.to_str()))
            {
                code.put("file", Value::Object(file::object(place)));
            }
        }
    }
    Ok(result)
}

/// The numbers of the warnings that `options.warnings` switches off.
fn switched_off(options: &Object) -> Vec<String> {
    let Some(Value::Collection(warnings)) = options.get_str("warnings") else { return Vec::new() };
    let number = |object: &Object, key: &str| object.get_str(key).and_then(|value| value.as_real());
    let off = warnings.to_vec().into_iter().filter_map(|warning| {
        let Value::Object(warning) = warning else { return None };
        let is_off = matches!(warning.get_str("enabled"), Some(Value::Boolean(false)));
        let (major, minor) = (number(&warning, "major")?, number(&warning, "minor")?);
        is_off.then(|| format!("{major}.{minor}"))
    });
    off.collect()
}

/// The names of the parameters: a method whose parameters are meant, and variables.
const NAMES: &[&str] = &["method", "variable"];

macro_rules! declarations {
    ($($constant:ident $number:literal $name:literal $type_:ident $help:literal;)*) => {
        $(const $constant: Command = Command {
            number: $number,
            name: $name,
            thread_safe: true,
            help: $help,
            syntaxes: &[Native::special(Special::Declare(Type::$type_), NAMES)],
        };)*
    };
}

declarations! {
    C_BLOB 604 "C_BLOB" Blob "Declares Blob variables; `var $x : Blob` is the form of today.";
    C_BOOLEAN 305 "C_BOOLEAN" Boolean "Declares Boolean variables; `var $x : Boolean` is the form of today.";
    C_COLLECTION 1488 "C_COLLECTION" Collection "Declares Collection variables; `var $x : Collection` is the form of today.";
    C_DATE 307 "C_DATE" Date "Declares Date variables; `var $x : Date` is the form of today.";
    C_LONGINT 283 "C_LONGINT" Integer "Declares Integer variables; `var $x : Integer` is the form of today.";
    C_OBJECT 1216 "C_OBJECT" Object "Declares Object variables; `var $x : Object` is the form of today.";
    C_PICTURE 286 "C_PICTURE" Picture "Declares Picture variables; `var $x : Picture` is the form of today.";
    C_POINTER 301 "C_POINTER" Pointer "Declares Pointer variables; `var $x : Pointer` is the form of today.";
    C_REAL 285 "C_REAL" Real "Declares Real variables; `var $x : Real` is the form of today.";
    C_TEXT 284 "C_TEXT" Text "Declares Text variables; `var $x : Text` is the form of today.";
    C_TIME 306 "C_TIME" Time "Declares Time variables; `var $x : Time` is the form of today.";
    C_VARIANT 1683 "C_VARIANT" Variant "Declares variables of any type; `var $x : Variant` is the form of today.";
    C_INTEGER 282 "_O_C_INTEGER" Integer "Declares Integer variables in code of long ago.";
}

const C_STRING: Command = Command {
    number: 293,
    name: "_O_C_STRING",
    thread_safe: true,
    help: "Declares Text variables in code of long ago, with their length first.",
    syntaxes: &[Native::special(Special::Declare(Type::Text), &["method", "size", "variable"])],
};
