//! The built-in classes, one file each; a class is a record of functions and properties over a Rust type.

use crate::builtin::Class;

pub mod session;

pub mod signal;

pub mod unavailable;

/// Every class that can be used.
#[rustfmt::skip]
pub const CLASSES: &[&Class] = &[
    &session::CLASS,
    &signal::CLASS,
];
