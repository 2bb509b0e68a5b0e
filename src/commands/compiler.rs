//! Compiler: the declarations of before `var`.

use crate::builtin::native::Native;
use crate::builtin::{Command, Special, Theme};
use crate::native;
use crate::runtime::process::Process;
use crate::value::Type;
use crate::value::error::Result;

/// The theme.
pub const THEME: Theme = Theme {
    name: "Compiler",
    commands: &[
        IDLE,
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
