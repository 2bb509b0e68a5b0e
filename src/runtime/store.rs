//! `cs` and `4D` as objects.

use std::any::Any;
use std::rc::Rc;

use crate::value::instance::Instance;

/// A class store.
#[derive(Debug)]
pub struct ClassStore {
    /// `cs` or `4D`
    pub name: &'static str,
}

impl Instance for ClassStore {
    fn class_name(&self) -> &'static str {
        "ClassStore"
    }

    fn into_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
}
