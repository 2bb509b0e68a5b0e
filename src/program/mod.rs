//! The resolved program: plain data, `Send + Sync`, shared by all processes.
//!
//! Units of code and classes are known by name from the start and resolved when first used; a table only grows, so a
//! number once given stays valid.

pub mod ids;

pub mod tree;

use std::sync::{Arc, OnceLock, RwLock};

use rustc_hash::FxHashMap;

use crate::diagnostics::Diagnostic;
use crate::program::ids::{InterprocessId, VariableId};
use crate::program::tree::{Method, Signature};
use crate::source::Sources;
use crate::source::span::Span;
use crate::value::function::{ClassId, MethodId};

/// The outcome of reading code: the thing, or what is wrong with it.
pub type Resolved<T> = std::result::Result<Arc<T>, Arc<Vec<Diagnostic>>>;

/// A unit of code that is known by number, resolved on first use.
pub struct Unit {
    /// Its name, as call chains show it.
    pub name: String,
    /// Its code, once resolved.
    pub method: OnceLock<Resolved<Method>>,
    /// What callers must know, once its heading has been read.
    pub signature: OnceLock<Arc<Signature>>,
}

/// A function of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its code.
    pub code: MethodId,
    /// `shared Function`
    pub shared: bool,
}

/// A class of the program.
#[derive(Debug, Default)]
pub struct Class {
    /// `Person`
    pub name: String,
    /// The parent, a class of the program.
    pub parent: Option<ClassId>,
    /// The parent, a built-in class.
    pub built_in_parent: Option<&'static str>,
    /// Code that gives the declared properties their initial values, when any has one.
    pub initializer: Option<MethodId>,
    /// The constructor.
    pub constructor: Option<MethodId>,
    /// Functions by name.
    pub functions: FxHashMap<Arc<str>, Member>,
    /// Getters by name.
    pub getters: FxHashMap<Arc<str>, Member>,
    /// Setters by name.
    pub setters: FxHashMap<Arc<str>, Member>,
    /// The names of functions and computed properties in order of declaration.
    pub order: Vec<Arc<str>>,
    /// Declared properties and their types.
    pub properties: FxHashMap<Arc<str>, crate::value::Type>,
    /// `shared Class constructor`
    pub shared: bool,
    /// `singleton Class constructor`
    pub singleton: bool,
    /// `session singleton Class constructor`
    pub session_singleton: bool,
    /// The heading of the constructor or the start of the file.
    pub span: Span,
}

/// A class that is known by number, read on first use.
pub struct ClassUnit {
    /// Its name.
    pub name: String,
    /// The class, once read.
    pub class: OnceLock<Resolved<Class>>,
}

/// Everything that code refers to by number.
#[derive(Default)]
pub struct Program {
    /// Files loaded so far; several programs that are checked together share them.
    pub sources: Arc<Sources>,
    units: RwLock<Vec<Arc<Unit>>>,
    classes: RwLock<Vec<Arc<ClassUnit>>>,
    variables: RwLock<Names>,
    interprocess: RwLock<Names>,
}

/// Numbered names, found whatever their case.
#[derive(Default)]
struct Names {
    names: Vec<Arc<str>>,
    numbers: FxHashMap<String, u32>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        let folded = name.to_lowercase();
        if let Some(number) = self.numbers.get(&folded) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(Arc::from(name));
        self.numbers.insert(folded, number);
        number
    }
}

/// Nothing that holds these locks runs code of the program, so they are never poisoned by it.
macro_rules! lock {
    (read $lock:expr) => {
        $lock.read().unwrap_or_else(std::sync::PoisonError::into_inner)
    };
    (write $lock:expr) => {
        $lock.write().unwrap_or_else(std::sync::PoisonError::into_inner)
    };
}

impl Program {
    /// An empty program whose texts go into this table.
    pub fn sharing(sources: Arc<Sources>) -> Self {
        Self { sources, ..Self::default() }
    }

    /// Adds a unit of code that is still to be resolved.
    pub fn add_unit(&self, name: &str) -> MethodId {
        let mut units = lock!(write self.units);
        let id = MethodId(u32::try_from(units.len()).unwrap_or(u32::MAX));
        units.push(Arc::new(Unit {
            name: name.to_owned(),
            method: OnceLock::new(),
            signature: OnceLock::new(),
        }));
        id
    }

    /// A unit of code by number.
    pub fn unit(&self, id: MethodId) -> Option<Arc<Unit>> {
        lock!(read self.units).get(id.0 as usize).cloned()
    }

    /// Adds a class that is still to be read.
    pub fn add_class(&self, name: &str) -> ClassId {
        let mut classes = lock!(write self.classes);
        let id = ClassId(u32::try_from(classes.len()).unwrap_or(u32::MAX));
        classes.push(Arc::new(ClassUnit { name: name.to_owned(), class: OnceLock::new() }));
        id
    }

    /// A class by number.
    pub fn class(&self, id: ClassId) -> Option<Arc<ClassUnit>> {
        lock!(read self.classes).get(id.0 as usize).cloned()
    }

    /// The number of a process variable; a name never met before is added.
    pub fn variable(&self, name: &str) -> VariableId {
        VariableId(lock!(write self.variables).number(name))
    }

    /// The number of a process variable that was met before.
    pub fn known_variable(&self, name: &str) -> Option<VariableId> {
        lock!(read self.variables).numbers.get(&name.to_lowercase()).copied().map(VariableId)
    }

    /// The name of a process variable, as first written.
    pub fn variable_name(&self, id: VariableId) -> Option<Arc<str>> {
        lock!(read self.variables).names.get(id.0 as usize).cloned()
    }

    /// The number of an interprocess variable; a name never met before is added.
    pub fn interprocess(&self, name: &str) -> InterprocessId {
        InterprocessId(lock!(write self.interprocess).number(name))
    }

    /// The name of an interprocess variable, as first written.
    pub fn interprocess_name(&self, id: InterprocessId) -> Option<Arc<str>> {
        lock!(read self.interprocess).names.get(id.0 as usize).cloned()
    }
}
