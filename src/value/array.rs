//! Arrays: typed vectors with an element zero, held by a variable and passed by pointer only.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a value of any other type is one and the same case here"
)]

use std::cell::RefCell;
use std::rc::Rc;

use crate::value::blob::Blob;
use crate::value::date::Date;
use crate::value::picture::Picture;
use crate::value::pointer::Pointer;
use crate::value::text::Text;
use crate::value::time::Time;
use crate::value::{ArrayType, Type, Value};

/// The elements, element zero first.
#[derive(Clone, Debug)]
pub enum Items {
    /// `ARRAY TEXT`
    Text(Vec<Text>),
    /// `ARRAY INTEGER`
    Integer(Vec<i16>),
    /// `ARRAY LONGINT`
    Longint(Vec<i32>),
    /// `ARRAY REAL`
    Real(Vec<f64>),
    /// `ARRAY BOOLEAN`
    Boolean(Vec<bool>),
    /// `ARRAY DATE`
    Date(Vec<Date>),
    /// `ARRAY TIME`
    Time(Vec<Time>),
    /// `ARRAY BLOB`
    Blob(Vec<Blob>),
    /// `ARRAY PICTURE`
    Picture(Vec<Picture>),
    /// `ARRAY POINTER`
    Pointer(Vec<Pointer>),
    /// `ARRAY OBJECT`: objects, Null or Undefined.
    Object(Vec<Value>),
    /// Two dimensions: one array a row, row zero first.
    Rows(ArrayType, Vec<Array>),
}

/// Runs `$body` with `$items` bound to the vector of whatever kind it is.
macro_rules! each {
    ($value:expr, $items:ident => $body:expr) => {
        match $value {
            Items::Text($items) => $body,
            Items::Integer($items) => $body,
            Items::Longint($items) => $body,
            Items::Real($items) => $body,
            Items::Boolean($items) => $body,
            Items::Date($items) => $body,
            Items::Time($items) => $body,
            Items::Blob($items) => $body,
            Items::Picture($items) => $body,
            Items::Pointer($items) => $body,
            Items::Object($items) => $body,
            Items::Rows(_, $items) => $body,
        }
    };
}

impl Items {
    /// `size` elements with the default value, and element zero.
    pub fn new(type_: ArrayType, size: usize) -> Self {
        let length = size.saturating_add(1);
        match type_ {
            ArrayType::Text => Self::Text(vec![Text::default(); length]),
            ArrayType::Integer => Self::Integer(vec![0; length]),
            ArrayType::Longint => Self::Longint(vec![0; length]),
            ArrayType::Real => Self::Real(vec![0.0; length]),
            ArrayType::Boolean => Self::Boolean(vec![false; length]),
            ArrayType::Date => Self::Date(vec![Date::NULL; length]),
            ArrayType::Time => Self::Time(vec![Time::default(); length]),
            ArrayType::Blob => Self::Blob(vec![Blob::default(); length]),
            ArrayType::Picture => Self::Picture(vec![Picture::default(); length]),
            ArrayType::Pointer => Self::Pointer(vec![Pointer::NIL; length]),
            ArrayType::Object => Self::Object(vec![Value::Undefined; length]),
        }
    }

    /// The number of elements, element zero not counted.
    #[inline]
    pub fn size(&self) -> usize {
        each!(self, items => items.len()).saturating_sub(1)
    }

    /// The type of the elements; of two dimensions, of the elements of a row.
    pub fn element_type(&self) -> ArrayType {
        match self {
            Self::Text(_) => ArrayType::Text,
            Self::Integer(_) => ArrayType::Integer,
            Self::Longint(_) => ArrayType::Longint,
            Self::Real(_) => ArrayType::Real,
            Self::Boolean(_) => ArrayType::Boolean,
            Self::Date(_) => ArrayType::Date,
            Self::Time(_) => ArrayType::Time,
            Self::Blob(_) => ArrayType::Blob,
            Self::Picture(_) => ArrayType::Picture,
            Self::Pointer(_) => ArrayType::Pointer,
            Self::Object(_) => ArrayType::Object,
            Self::Rows(type_, _) => *type_,
        }
    }

    /// The element at a position (0 is element zero); a row gives its array.
    pub fn get(&self, index: usize) -> Option<Value> {
        match self {
            Self::Text(items) => items.get(index).cloned().map(Value::Text),
            Self::Integer(items) => items.get(index).map(|n| Value::Integer(i32::from(*n))),
            Self::Longint(items) => items.get(index).map(|n| Value::Integer(*n)),
            Self::Real(items) => items.get(index).map(|x| Value::Real(*x)),
            Self::Boolean(items) => items.get(index).map(|b| Value::Boolean(*b)),
            Self::Date(items) => items.get(index).copied().map(Value::Date),
            Self::Time(items) => items.get(index).copied().map(Value::Time),
            Self::Blob(items) => items.get(index).cloned().map(Value::Blob),
            Self::Picture(items) => items.get(index).cloned().map(Value::Picture),
            Self::Pointer(items) => items.get(index).cloned().map(Value::Pointer),
            Self::Object(items) => items.get(index).cloned(),
            Self::Rows(_, rows) => rows.get(index).cloned().map(Value::Array),
        }
    }

    /// Writes an element whose type has been converted to the array's. False past the end or on a wrong type.
    pub fn set(&mut self, index: usize, value: Value) -> bool {
        fn put<T>(items: &mut [T], index: usize, value: T) -> bool {
            items.get_mut(index).map(|slot| *slot = value).is_some()
        }
        match (self, value) {
            (Self::Text(items), Value::Text(text)) => put(items, index, text),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "an Integer element wraps to 16 bits, as 4D's does"
            )]
            (Self::Integer(items), Value::Integer(n)) => put(items, index, n as i16),
            (Self::Longint(items), Value::Integer(n)) => put(items, index, n),
            (Self::Real(items), Value::Real(x)) => put(items, index, x),
            (Self::Boolean(items), Value::Boolean(b)) => put(items, index, b),
            (Self::Date(items), Value::Date(date)) => put(items, index, date),
            (Self::Time(items), Value::Time(time)) => put(items, index, time),
            (Self::Blob(items), Value::Blob(blob)) => put(items, index, blob),
            (Self::Picture(items), Value::Picture(picture)) => put(items, index, picture),
            (Self::Pointer(items), Value::Pointer(pointer)) => put(items, index, pointer),
            (Self::Object(items), value @ (Value::Object(_) | Value::Null | Value::Undefined)) => {
                put(items, index, value)
            }
            _ => false,
        }
    }

    /// Gives the array another size; new elements have the default value.
    pub fn resize(&mut self, size: usize) {
        let length = size.saturating_add(1);
        match self {
            Self::Text(items) => items.resize(length, Text::default()),
            Self::Integer(items) => items.resize(length, 0),
            Self::Longint(items) => items.resize(length, 0),
            Self::Real(items) => items.resize(length, 0.0),
            Self::Boolean(items) => items.resize(length, false),
            Self::Date(items) => items.resize(length, Date::NULL),
            Self::Time(items) => items.resize(length, Time::default()),
            Self::Blob(items) => items.resize(length, Blob::default()),
            Self::Picture(items) => items.resize(length, Picture::default()),
            Self::Pointer(items) => items.resize(length, Pointer::NIL),
            Self::Object(items) => items.resize(length, Value::Undefined),
            Self::Rows(type_, rows) => {
                let type_ = *type_;
                rows.resize_with(length, || Array::new(type_, 0));
            }
        }
    }

    /// Inserts `count` default elements before a position from 1 to size + 1.
    pub fn insert(&mut self, index: usize, count: usize) {
        let size = self.size();
        let index = index.clamp(1, size + 1);
        self.resize(size.saturating_add(count));
        each!(self, items => if let Some(tail) = items.get_mut(index..) { tail.rotate_right(count) });
    }

    /// Removes up to `count` elements from a position from 1 on.
    pub fn delete(&mut self, index: usize, count: usize) {
        let size = self.size();
        let first = index.max(1);
        if first > size {
            return;
        }
        let last = first.saturating_add(count).min(size + 1);
        each!(self, items => drop(items.drain(first..last)));
    }
}

struct ArrayCell {
    selected: i32,
    items: Items,
}

/// A reference to the content of an array variable, or to a row of a two-dimensional one.
#[derive(Clone)]
pub struct Array(Rc<RefCell<ArrayCell>>);

impl std::fmt::Debug for Array {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Array({:?}; {})", self.type_(), self.size())
    }
}

impl Array {
    /// An array with these items.
    pub fn with_items(items: Items) -> Self {
        Self(Rc::new(RefCell::new(ArrayCell { selected: 0, items })))
    }

    /// `ARRAY TEXT(x; size)`
    pub fn new(type_: ArrayType, size: usize) -> Self {
        Self::with_items(Items::new(type_, size))
    }

    /// `ARRAY TEXT(x; rows; columns)`
    pub fn new_rows(type_: ArrayType, rows: usize, columns: usize) -> Self {
        // Row zero is a row like the others.
        let all = (0..rows.saturating_add(1)).map(|_| Self::new(type_, columns)).collect();
        Self::with_items(Items::Rows(type_, all))
    }

    /// Its type: one or two dimensions.
    pub fn type_(&self) -> Type {
        match &self.0.borrow().items {
            Items::Rows(type_, _) => Type::Rows(*type_),
            items => Type::Array(items.element_type()),
        }
    }

    /// The number of elements, element zero not counted.
    pub fn size(&self) -> usize {
        self.0.borrow().items.size()
    }

    /// The number of the selected element: the value of the array variable in an expression.
    pub fn selected(&self) -> i32 {
        self.0.borrow().selected
    }

    /// Selects an element.
    pub fn select(&self, index: i32) {
        self.0.borrow_mut().selected = index;
    }

    /// Reads the items. The closure must not run code of the program.
    #[inline]
    pub fn with<R>(&self, read: impl FnOnce(&Items) -> R) -> R {
        read(&self.0.borrow().items)
    }

    /// Changes the items. The closure must not run code of the program.
    #[inline]
    pub fn with_mut<R>(&self, change: impl FnOnce(&mut Items) -> R) -> R {
        change(&mut self.0.borrow_mut().items)
    }

    /// The element at a position, 0 being element zero; `None` past the end.
    pub fn get(&self, index: usize) -> Option<Value> {
        self.with(|items| items.get(index))
    }

    /// A copy of its own, rows included.
    #[must_use]
    pub fn copy(&self) -> Self {
        let cell = self.0.borrow();
        let items = match &cell.items {
            Items::Rows(type_, rows) => Items::Rows(*type_, rows.iter().map(Self::copy).collect()),
            items => items.clone(),
        };
        Self(Rc::new(RefCell::new(ArrayCell { selected: cell.selected, items })))
    }

    /// Whether both are one array.
    pub fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
