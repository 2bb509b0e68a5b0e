//! `4D.Object`: what every object is, without functions of its own.

use crate::builtin::Class;

/// The class.
pub const CLASS: Class =
    Class { store: "4D", name: "Object", extends: None, constructor: None, functions: &[], properties: &[] };
