//! A Rust struct seen from 4D as an object of a built-in class.

use std::any::Any;
use std::rc::Rc;
use std::sync::Arc;

use crate::value::Value;

/// What a struct must be so that an object can stand for it. Its functions and properties are declared in `classes`.
pub trait Instance: Any {
    /// The name of its class in `4D`: `File`.
    fn class_name(&self) -> &'static str;

    /// For the way back from the object to the struct: always `self`.
    fn into_any(self: Rc<Self>) -> Rc<dyn Any>;

    /// What other processes and shared objects get of it; `None` when it cannot leave its process.
    fn portable(&self) -> Option<Arc<dyn PortableInstance>> {
        None
    }
}

/// What an instance is between processes: enough to make one like it.
pub trait PortableInstance: Send + Sync {
    /// The name of its class in `4D`: `File`.
    fn class_name(&self) -> &'static str;

    /// An instance for the process that asks.
    fn instance(&self) -> Rc<dyn Instance>;
}

/// An instance that several processes see, as a signal is: it stands behind a shared object.
pub trait SharedInstance: Any + Send + Sync {
    /// The name of its class in `4D`: `Signal`.
    fn class_name(&self) -> &'static str;

    /// Whether the class computes this property, so that the object cannot be given one of that name.
    fn computes(&self, _key: &str) -> bool {
        false
    }

    /// What `object[index]` gives, of an instance that has elements.
    fn element(&self, _index: usize) -> Option<Value> {
        None
    }

    /// All elements, of an instance that is written as a list in JSON.
    fn elements(&self) -> Option<Vec<Value>> {
        None
    }

    /// For the way back from the object to the struct: always `self`.
    fn into_any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync>;
}
