//! Collections: vectors of values with reference semantics, numbered from 0.
//!
//! A collection that holds only Reals, or only Booleans, keeps them packed; the first other value widens it.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use crate::value::Value;
use crate::value::bounds;
use crate::value::error::{Error, Result};
use crate::value::shared::SharedCollection;
use crate::value::teardown::{Content, drop_content};

/// No collection may be longer (`--max-elements` lowers it).
pub const MOST_ELEMENTS: usize = i32::MAX as usize;

/// How the elements are kept.
pub enum Elements {
    /// Anything.
    Values(Vec<Value>),
    /// Reals only.
    Reals(Vec<f64>),
    /// Booleans only.
    Booleans(Vec<bool>),
    /// A collection that several processes see.
    Shared(Arc<SharedCollection>),
}

struct CollectionCell {
    elements: RefCell<Elements>,
}

impl Drop for CollectionCell {
    #[inline]
    fn drop(&mut self) {
        if let Elements::Values(values) = self.elements.get_mut() {
            drop_content(Content::Values(std::mem::take(values)));
        }
    }
}

/// A reference to a collection.
#[derive(Clone)]
pub struct Collection(Rc<CollectionCell>);

impl Default for Collection {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Collection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Collection({:p})", Rc::as_ptr(&self.0))
    }
}

impl FromIterator<Value> for Collection {
    fn from_iter<I: IntoIterator<Item = Value>>(values: I) -> Self {
        Self::from_vec(values.into_iter().collect())
    }
}

impl Elements {
    /// The number of elements.
    #[inline]
    pub fn len(&self) -> usize {
        match self {
            Self::Values(values) => values.len(),
            Self::Reals(values) => values.len(),
            Self::Booleans(values) => values.len(),
            Self::Shared(shared) => shared.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element at a position.
    #[inline]
    pub fn get(&self, index: usize) -> Option<Value> {
        match self {
            Self::Values(values) => values.get(index).cloned(),
            Self::Reals(values) => values.get(index).map(|x| Value::Real(*x)),
            Self::Booleans(values) => values.get(index).map(|b| Value::Boolean(*b)),
            Self::Shared(shared) => shared.get(index),
        }
    }

    /// A copy of all elements.
    pub fn to_vec(&self) -> Vec<Value> {
        match self {
            Self::Values(values) => values.clone(),
            Self::Reals(values) => values.iter().map(|x| Value::Real(*x)).collect(),
            Self::Booleans(values) => values.iter().map(|b| Value::Boolean(*b)).collect(),
            Self::Shared(shared) => shared.to_vec(),
        }
    }

    /// All elements, widened in place, to be changed.
    fn values_mut(&mut self) -> Option<&mut Vec<Value>> {
        match self {
            Self::Values(_) | Self::Shared(_) => {}
            Self::Reals(values) => {
                *self = Self::Values(std::mem::take(values).into_iter().map(Value::Real).collect());
            }
            Self::Booleans(values) => {
                *self = Self::Values(std::mem::take(values).into_iter().map(Value::Boolean).collect());
            }
        }
        if let Self::Values(values) = self { Some(values) } else { None }
    }

    /// Makes room for so many more elements; false when there is none.
    fn reserve(&mut self, more: usize) -> bool {
        match self {
            Self::Values(values) => values.try_reserve(more).is_ok(),
            Self::Reals(values) => values.try_reserve(more).is_ok(),
            Self::Booleans(values) => values.try_reserve(more).is_ok(),
            Self::Shared(_) => true,
        }
    }

    /// Whether these values can stand among the elements as those are packed.
    fn suit(&self, new: &[Value]) -> bool {
        match self {
            Self::Values(_) | Self::Shared(_) => true,
            Self::Reals(_) => new.iter().all(|value| matches!(value, Value::Real(_))),
            Self::Booleans(_) => new.iter().all(|value| matches!(value, Value::Boolean(_))),
        }
    }

    /// Puts other values, as collections store them, in the place of a range, and gives those that stood there.
    fn splice(&mut self, range: Range<usize>, new: Vec<Value>) -> Vec<Value> {
        if range == (0..self.len()) {
            return std::mem::replace(self, Self::from_vec(new)).into_vec();
        }
        if !self.suit(&new) {
            self.values_mut();
        }
        match self {
            Self::Values(values) => values.splice(range, new).collect(),
            Self::Reals(values) => {
                let new = new.into_iter().filter_map(|value| value.as_real());
                values.splice(range, new).map(Value::Real).collect()
            }
            Self::Booleans(values) => {
                let new = new.into_iter().map(|value| matches!(value, Value::Boolean(true)));
                values.splice(range, new).map(Value::Boolean).collect()
            }
            Self::Shared(_) => Vec::new(),
        }
    }

    fn into_vec(self) -> Vec<Value> {
        if let Self::Values(values) = self { values } else { self.to_vec() }
    }

    fn from_vec(values: Vec<Value>) -> Self {
        if values.first().is_some_and(|v| matches!(v, Value::Real(_) | Value::Integer(_)))
            && values.iter().all(|v| matches!(v, Value::Real(_) | Value::Integer(_)))
        {
            return Self::Reals(
                values
                    .into_iter()
                    .map(|value| if let Value::Real(x) = value.stored() { x } else { 0.0 })
                    .collect(),
            );
        }
        if values.first().is_some_and(|v| matches!(v, Value::Boolean(_)))
            && values.iter().all(|v| matches!(v, Value::Boolean(_)))
        {
            return Self::Booleans(values.into_iter().map(|v| matches!(v, Value::Boolean(true))).collect());
        }
        Self::Values(values.into_iter().map(Value::stored).collect())
    }
}

/// The error of a collection that would be too long.
#[cold]
pub fn too_many() -> Error {
    Error::quatre(8005, "a collection cannot have so many elements").fatal()
}

impl Collection {
    /// A collection with these elements behind it.
    pub fn with_elements(elements: Elements) -> Self {
        Self(Rc::new(CollectionCell { elements: RefCell::new(elements) }))
    }

    /// `[]`
    pub fn new() -> Self {
        Self::with_elements(Elements::Values(Vec::new()))
    }

    /// A collection of these values.
    pub fn from_vec(values: Vec<Value>) -> Self {
        Self::with_elements(Elements::from_vec(values))
    }

    /// Reads the elements. The closure must not run code of the program.
    #[inline]
    pub fn with<R>(&self, read: impl FnOnce(&Elements) -> R) -> R {
        read(&self.0.elements.borrow())
    }

    /// Changes the elements of a local collection. The closure must not run code of the program, nor drop values.
    #[inline]
    pub fn with_mut<R>(&self, change: impl FnOnce(&mut Elements) -> R) -> R {
        change(&mut self.0.elements.borrow_mut())
    }

    /// The shared collection behind this reference.
    pub fn as_shared(&self) -> Option<Arc<SharedCollection>> {
        self.with(
            |elements| {
                if let Elements::Shared(shared) = elements { Some(Arc::clone(shared)) } else { None }
            },
        )
    }

    /// The number of elements.
    #[inline]
    pub fn len(&self) -> usize {
        self.with(Elements::len)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element at a position, `None` past the end.
    #[inline]
    pub fn get(&self, index: usize) -> Option<Value> {
        self.with(|elements| elements.get(index))
    }

    /// A copy of the elements.
    pub fn to_vec(&self) -> Vec<Value> {
        self.with(Elements::to_vec)
    }

    /// Replaces all elements of a local collection.
    pub fn replace(&self, values: Vec<Value>) {
        let old = self.0.elements.replace(Elements::from_vec(values));
        drop(old);
    }

    /// Puts other values in the place of a range of elements of a local collection, and gives those that stood there.
    pub fn splice(&self, range: Range<usize>, new: Vec<Value>) -> Result<Vec<Value>> {
        let end = range.end.min(self.len());
        let range = range.start.min(end)..end;
        self.check_growth(new.len().saturating_sub(range.len()))?;
        let new = new.into_iter().map(Value::stored).collect();
        Ok(self.with_mut(|elements| elements.splice(range, new)))
    }

    /// Fails when a local collection cannot have so many more elements: there may be no memory for them.
    pub fn check_growth(&self, more: usize) -> Result<()> {
        bounds::check_elements(self.len() + more)?;
        if more == 0
            || (self.len() + more <= MOST_ELEMENTS && self.with_mut(|elements| elements.reserve(more)))
        {
            return Ok(());
        }
        Err(too_many())
    }

    /// Writes an element of a local collection; writing past the end fills the gap with Null.
    pub fn set(&self, index: usize, value: Value) {
        let value = value.stored();
        let old = self.with_mut(|elements| match (&mut *elements, value) {
            (Elements::Reals(values), Value::Real(x)) if index <= values.len() => {
                if let Some(slot) = values.get_mut(index) {
                    *slot = x;
                } else {
                    values.push(x);
                }
                None
            }
            (Elements::Booleans(values), Value::Boolean(b)) if index <= values.len() => {
                if let Some(slot) = values.get_mut(index) {
                    *slot = b;
                } else {
                    values.push(b);
                }
                None
            }
            (_, value) => {
                let values = elements.values_mut()?;
                if index >= values.len() {
                    values.resize(index, Value::Null);
                    values.push(value);
                    return None;
                }
                values.get_mut(index).map(|slot| std::mem::replace(slot, value))
            }
        });
        drop(old);
    }

    /// Writes a Boolean over another where all elements are Booleans; false when nothing was written.
    #[inline]
    pub fn set_packed_boolean(&self, index: usize, b: bool) -> bool {
        if let Elements::Booleans(values) = &mut *self.0.elements.borrow_mut()
            && let Some(slot) = values.get_mut(index)
        {
            *slot = b;
            return true;
        }
        false
    }

    /// Writes a Real over another where all elements are Reals; false when nothing was written.
    #[inline]
    pub fn set_packed_real(&self, index: usize, x: f64) -> bool {
        if let Elements::Reals(values) = &mut *self.0.elements.borrow_mut()
            && let Some(slot) = values.get_mut(index)
        {
            *slot = x;
            return true;
        }
        false
    }

    /// Adds an element at the end of a local collection.
    #[inline]
    pub fn push(&self, value: Value) {
        let value = value.stored();
        self.with_mut(|elements| match (&mut *elements, value) {
            (Elements::Reals(values), Value::Real(x)) => values.push(x),
            (Elements::Booleans(values), Value::Boolean(b)) => values.push(b),
            (Elements::Values(values), Value::Real(x)) if values.is_empty() => {
                *elements = Elements::Reals(vec![x]);
            }
            (Elements::Values(values), Value::Boolean(b)) if values.is_empty() => {
                *elements = Elements::Booleans(vec![b]);
            }
            (_, value) => {
                if let Some(values) = elements.values_mut() {
                    values.push(value);
                }
            }
        });
    }

    /// Whether both references lead to one collection.
    pub fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
            || matches!((self.as_shared(), other.as_shared()), (Some(a), Some(b)) if Arc::ptr_eq(&a, &b))
    }

    /// An address that tells this collection from every other live one: for cycle checks.
    pub fn address(&self) -> usize {
        self.with(|elements| {
            if let Elements::Shared(shared) = elements {
                Arc::as_ptr(shared).addr()
            } else {
                Rc::as_ptr(&self.0).addr()
            }
        })
    }
}
