//! `cs` and `4D` as objects, for code that names a class by a text: its properties are classes, found by
//! [`Process::get_member`](crate::runtime::process::Process::get_member).

use crate::builtin::Class;

/// The class.
pub const CLASS: Class = Class {
    store: "4D",
    name: "ClassStore",
    extends: None,
    constructor: None,
    functions: &[],
    properties: &[],
};
