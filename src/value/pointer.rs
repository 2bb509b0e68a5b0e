//! Variables that can be pointed at, and pointers.
//!
//! A process variable, and a local variable whose address is taken, is a [`Variable`]: a cell of its own with its
//! declared type. Other locals live unboxed in the frame.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::value::array::Array;
use crate::value::{Type, Value};

struct VariableCell {
    name: String,
    declared: Cell<Type>,
    value: RefCell<Value>,
}

/// A variable in a cell of its own.
#[derive(Clone)]
pub struct Variable(Rc<VariableCell>);

impl std::fmt::Debug for Variable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Variable({})", self.0.name)
    }
}

impl Variable {
    /// A variable of this name (with its `$` or `<>`) and type, with the type's default value.
    pub fn new(name: &str, declared: Type) -> Self {
        Self(Rc::new(VariableCell {
            name: name.to_owned(),
            declared: Cell::new(declared),
            value: RefCell::new(declared.default_value()),
        }))
    }

    /// Its name, with its `$` or `<>`.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Its declared type, Variant when it has none.
    pub fn declared(&self) -> Type {
        self.0.declared.get()
    }

    /// Declares it. An undeclared variable takes the type and, when it holds nothing, the type's default value.
    pub fn declare(&self, declared: Type) {
        self.0.declared.set(declared);
        let empty = matches!(&*self.0.value.borrow(), Value::Undefined);
        if empty {
            *self.0.value.borrow_mut() = declared.default_value();
        }
    }

    /// Its value.
    pub fn get(&self) -> Value {
        self.0.value.borrow().clone()
    }

    /// Reads its value in place. The closure must not run code of the program.
    pub fn with<R>(&self, read: impl FnOnce(&Value) -> R) -> R {
        read(&self.0.value.borrow())
    }

    /// Changes its value in place. The closure must not run code of the program.
    pub fn with_mut<R>(&self, change: impl FnOnce(&mut Value) -> R) -> R {
        change(&mut self.0.value.borrow_mut())
    }

    /// Replaces its value; the caller has converted it to the declared type.
    pub fn set(&self, value: Value) {
        let old = self.0.value.replace(value);
        drop(old);
    }

    /// Whether both are one variable.
    pub fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What a pointer leads to.
#[derive(Clone, Debug)]
pub enum Target {
    /// A variable.
    Variable(Variable),
    /// An interprocess variable, by its number and name.
    Interprocess(u32, String),
    /// An element of an array: the array's variable when known, the row or array, the position.
    Element(Option<Variable>, Array, usize),
    /// A table, by number.
    Table(u32),
    /// A field, by numbers of table and field.
    Field(u32, u32),
}

/// A pointer; the default leads nowhere.
#[derive(Clone, Debug, Default)]
pub struct Pointer(Option<Rc<Target>>);

/// Which row of the two-dimensional array in `variable` this array is; `None` when it is the variable's own array.
pub fn row_of(variable: &Variable, array: &Array) -> Option<usize> {
    variable.with(|value| {
        let Value::Array(whole) = value else { return None };
        (0..=whole.size())
            .find(|row| matches!(whole.get(*row), Some(Value::Array(inner)) if inner.is_same(array)))
    })
}

impl Pointer {
    /// The pointer that leads nowhere.
    pub const NIL: Self = Self(None);

    /// A pointer to this target.
    pub fn to(target: Target) -> Self {
        Self(Some(Rc::new(target)))
    }

    /// Whether it leads nowhere.
    pub fn is_nil(&self) -> bool {
        self.0.is_none()
    }

    /// Where it leads.
    pub fn target(&self) -> Option<&Target> {
        self.0.as_deref()
    }

    /// Whether both lead to the same place.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self.target(), other.target()) {
            (None, None) => true,
            (Some(Target::Variable(a)), Some(Target::Variable(b))) => a.is_same(b),
            (Some(Target::Interprocess(a, _)), Some(Target::Interprocess(b, _))) => a == b,
            (Some(Target::Element(_, a, i)), Some(Target::Element(_, b, j))) => a.is_same(b) && i == j,
            (Some(Target::Table(a)), Some(Target::Table(b))) => a == b,
            (Some(Target::Field(a, b)), Some(Target::Field(c, d))) => (a, b) == (c, d),
            _ => false,
        }
    }
}
