//! The vocabulary in which builtins are declared: a const record beside a typed Rust function.
//!
//! Name, number, parameters, result, thread-safety, help and behaviour stand together in the file of their theme; the
//! tables, arity and type checks, completion and help are derived from these records by [`catalog`].

pub mod native;

pub mod parameter;

pub mod result;

pub mod catalog;

mod index;

use crate::value::{ArrayType, Type};
use native::Native;

/// A theme of commands: one file in `commands`.
pub struct Theme {
    /// As 4D's documentation calls it: `Date and Time`.
    pub name: &'static str,
    /// Its commands.
    pub commands: &'static [Command],
}

/// A command.
pub struct Command {
    /// The n of its token `:Cn`.
    pub number: u16,
    /// Its name today.
    pub name: &'static str,
    /// Whether preemptive processes may call it.
    pub thread_safe: bool,
    /// One sentence for a 4D developer.
    pub help: &'static str,
    /// Every form in which it may be written, tried in order.
    pub syntaxes: &'static [Native],
}

/// A command whose arguments are not plain values; `generate::special` knows what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    /// `This`
    This,
    /// `Super`, as a call of the parent's constructor or before a dot.
    Super,
    /// `Null`
    Null,
    /// `True`
    True,
    /// `False`
    False,
    /// `cs`
    ClassStore,
    /// `4D`
    BuiltInClasses,
    /// `Formula(expression)`
    Formula,
    /// `Undefined(expression)`
    Undefined,
    /// `Type(variable)`
    Type,
    /// `ASSERT(condition; message)`: the report shows the condition as written.
    Assert,
    /// `Asserted(condition; message)`: gives the condition, so that it is computed in any case.
    Asserted,
    /// `C_TEXT($a; $b)`
    Declare(Type),
    /// `ARRAY TEXT($a; size)`
    DeclareArray(ArrayType),
    /// `Count parameters`
    CountParameters,
    /// `Copy parameters({start})`
    CopyParameters,
}

/// A class that 4D brings.
pub struct Class {
    /// `4D`
    pub store: &'static str,
    /// `File`
    pub name: &'static str,
    /// The class whose functions and properties it has too.
    pub extends: Option<&'static str>,
    /// `4D.File.new(…)`
    pub constructor: Option<Native>,
    /// Its functions. The receiver is the first parameter, named `this`.
    pub functions: &'static [Function],
    /// Its properties.
    pub properties: &'static [Property],
}

/// A function of a class.
pub struct Function {
    /// `getText`
    pub name: &'static str,
    /// One sentence for a 4D developer.
    pub help: &'static str,
    /// Every form in which it may be written, tried in order.
    pub syntaxes: &'static [Native],
}

/// A property of a class.
pub struct Property {
    /// `fullName`
    pub name: &'static str,
    /// One sentence for a 4D developer.
    pub help: &'static str,
    /// `native!(full_name(this))`
    pub get: Native,
    /// `native!(set_name(this, value))`
    pub set: Option<Native>,
}

/// A theme of constants: one file in `constants`.
pub struct ConstantTheme {
    /// The first number of their tokens `:Kn:m`, when known.
    pub number: Option<u16>,
    /// As 4D's documentation calls it.
    pub name: &'static str,
    /// Its constants.
    pub constants: &'static [Constant],
}

/// A constant.
#[derive(Clone, Copy, Debug)]
pub struct Constant {
    /// `Is text`
    pub name: &'static str,
    /// The second number of its token `:K8:3`, when known.
    pub index: Option<u16>,
    /// Its value.
    pub value: ConstantValue,
}

/// The value of a constant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ConstantValue {
    /// A whole number.
    Integer(i32),
    /// A number.
    Real(f64),
    /// A text.
    Text(&'static str),
    /// 4D has it, its value is not known.
    Unknown,
}

/// A command that 4D has and this table knows by name only.
pub struct Unavailable {
    /// The n of its token `:Cn`.
    pub number: u16,
    /// Its name today.
    pub name: &'static str,
    /// Why it cannot be used.
    pub reason: Reason,
}

/// Why a command cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It could work without a window and will; it is not written yet.
    NotBuilt,
    /// It needs a window, a form, a printer or a menu bar.
    Interface,
    /// It needs a data engine.
    Database,
    /// It needs a service that Quatre has not: a licence, a plug-in, a server application.
    Service,
    /// 4D itself no longer has it.
    Obsolete,
}

impl Reason {
    /// The code and the sentence of the error that using the command is.
    pub fn explain(self, name: &str) -> (u16, String) {
        match self {
            Self::NotBuilt => (9001, format!("the command `{name}` is not built yet")),
            Self::Interface => (9002, format!("the command `{name}` needs a window, a form or a printer")),
            Self::Database => {
                (9003, format!("the command `{name}` needs a data engine, which Quatre does not have"))
            }
            Self::Service => {
                (9004, format!("the command `{name}` needs a service that Quatre does not have"))
            }
            Self::Obsolete => {
                (9005, format!("the command `{name}` is obsolete, and 4D itself no longer has it"))
            }
        }
    }
}

/// A class that 4D has and this table knows by name only; or a class that is partly built, with what is missing of it.
pub struct UnavailableClass {
    /// `File`
    pub name: &'static str,
    /// The class whose functions and properties it has too.
    pub extends: Option<&'static str>,
    /// The names of its functions and properties that cannot be used.
    pub members: &'static [&'static str],
}

impl UnavailableClass {
    /// The code and the message of the error that naming the class gives.
    pub fn explain(&self) -> (u16, String) {
        (9008, format!("the class `4D.{}` is not built yet", self.name))
    }

    /// The code and the message of the error that using one of its members gives.
    pub fn explain_member(&self, member: &str) -> (u16, String) {
        (9008, format!("`{member}` of the class `4D.{}` is not built yet", self.name))
    }
}
