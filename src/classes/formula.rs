//! `4D.Formula`: what `Formula` and `Formula from string` give.

use crate::builtin::Class;
use crate::classes::function::{APPLY, CALL, SOURCE};

/// The class.
pub const CLASS: Class = Class {
    store: "4D",
    name: "Formula",
    extends: Some("Function"),
    constructor: None,
    functions: &[APPLY, CALL],
    properties: &[SOURCE],
};
