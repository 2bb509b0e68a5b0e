//! Properties, elements, characters: caches in front of the plain paths of `runtime::access`.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use std::sync::Arc;

use crate::generate::Generator;
use crate::generate::expression::local_variable;
use crate::generate::fused::{ConstantInteger, Integers, LocalInteger};
use crate::generate::member_call::{MemberCache, call_function};
use crate::generate::numeric::{Leaf, or_fail, with_integer};
use crate::program::ids::Slot;
use crate::program::tree::{Expr, ExprKind, Home};
use crate::runtime::code::{BooleanCode, Code, IntegerCode, RealCode, ValueCode};
use crate::runtime::process::Process;
use crate::source::span::Span;
use crate::value::array::{Array, Items};
use crate::value::collection::Elements;
use crate::value::error::{Error, Result};
use crate::value::object::PropertyCache;
use crate::value::text::Text;
use crate::value::{Type, Value};

/// The error of an element that is not there.
#[cold]
pub fn outside(index: i64, size: usize) -> Error {
    Error::quatre(5105, format!("the array has no element {index}"))
        .label(format!("{size} elements"))
        .note("elements are numbered from 1; element 0 is apart")
}

impl Generator {
    /// The slot of a local whose value can be looked at in place.
    pub(super) fn value_slot(&self, expr: &Expr) -> Option<Slot> {
        let ExprKind::Local(id) = &expr.kind else { return None };
        if let Some(Home::Value(slot)) = self.home(*id) { Some(slot) } else { None }
    }

    /// `base.name`
    pub(super) fn member(&self, base: &Expr, name: &Arc<str>, span: Span) -> ValueCode {
        let key = Text::from(&**name);
        let cache = PropertyCache::default();
        let getter = MemberCache::default();
        let base_span = base.span;
        if let Some(slot) = self.value_slot(base) {
            return Box::new(move |process| {
                if let Value::Object(object) = process.stack.value(slot)
                    && let Some(value) = object.get_cached(&cache)
                {
                    return Ok(value);
                }
                let base = process.stack.value(slot).clone();
                read_member(process, &base, &key, (&cache, &getter), (span, base_span))
            });
        }
        if matches!(base.kind, ExprKind::This) && !self.checks_this {
            return Box::new(move |process| {
                if let Value::Object(object) = &process.this
                    && let Some(value) = object.get_cached(&cache)
                {
                    return Ok(value);
                }
                let base = process.this.clone();
                read_member(process, &base, &key, (&cache, &getter), (span, base_span))
            });
        }
        let base = self.value(base);
        Box::new(move |process| {
            let base = base(process)?;
            if let Value::Object(object) = &base
                && let Some(value) = object.get_cached(&cache)
            {
                return Ok(value);
            }
            read_member(process, &base, &key, (&cache, &getter), (span, base_span))
        })
    }

    /// `$collection.length` where the type is declared.
    pub(super) fn collection_length(&self, base: &Expr, span: Span) -> Option<IntegerCode> {
        let slot = self.value_slot(base)?;
        Some(Box::new(move |process| {
            if let Value::Collection(collection) = process.stack.value(slot) {
                return i64::try_from(collection.len()).unwrap_or(0);
            }
            let base = process.stack.value(slot).clone();
            let result =
                process.get_member(&base, &Text::from("length"), span).map_err(|error| error.at(span));
            or_fail(process, result.and_then(|value| crate::generate::numeric::value_to_integer(value, span)))
        }))
    }

    /// `base[index]`
    pub(super) fn index(&self, base: &Expr, index: &Expr, span: Span) -> ValueCode {
        if self.is_whole(index) {
            return self.element_of_collection(base, index, span);
        }
        let key = self.value(index);
        if let Some(slot) = self.value_slot(base) {
            return Box::new(move |process| {
                let key = key(process)?;
                if let (Value::Object(object), Value::Text(key)) = (process.stack.value(slot), &key)
                    && let Some(value) = object.get(key)
                {
                    return Ok(value);
                }
                let base = process.stack.value(slot).clone();
                process.get_index(&base, &key, span).map_err(|error| error.at(span))
            });
        }
        let base = self.value(base);
        Box::new(move |process| {
            let base = base(process)?;
            let key = key(process)?;
            process.get_index(&base, &key, span).map_err(|error| error.at(span))
        })
    }

    /// `base[n]` with a whole number.
    fn element_of_collection(&self, base: &Expr, index: &Expr, span: Span) -> ValueCode {
        let index = self.integer(index);
        if let Some(slot) = self.value_slot(base) {
            return Box::new(move |process| {
                let n = index(process);
                process.check()?;
                if let Value::Collection(collection) = process.stack.value(slot)
                    && let Ok(n) = usize::try_from(n)
                {
                    return Ok(collection.get(n).unwrap_or_default());
                }
                let base = process.stack.value(slot).clone();
                read_element(process, &base, n, span)
            });
        }
        let base = self.value(base);
        Box::new(move |process| {
            let base = base(process)?;
            let n = index(process);
            process.check()?;
            read_element(process, &base, n, span)
        })
    }

    /// `$c[n]` as a condition, where the collection may hold packed Booleans.
    pub(super) fn boolean_index(
        &self,
        base: &Expr,
        index: &Expr,
        test: fn(&Value, Span) -> Result<bool>,
        span: Span,
    ) -> Option<BooleanCode> {
        let slot = self.value_slot(base)?;
        if !self.is_whole(index) {
            return None;
        }
        let fails = self.may_fail(index);
        Some(with_integer!(self, index, index => boolean_at(slot, fails, index, test, span)))
    }

    /// `text[[position]]`
    pub(super) fn character(&self, base: &Expr, index: &Expr, span: Span) -> ValueCode {
        let index = self.integer(index);
        if let Some(slot) = self.value_slot(base) {
            return Box::new(move |process| {
                let n = index(process);
                process.check()?;
                match process.stack.value(slot) {
                    Value::Text(text) => read_character(text, n, span),
                    other => Err(no_characters(other).at(span)),
                }
            });
        }
        let base = self.value(base);
        Box::new(move |process| {
            let base = base(process)?;
            let n = index(process);
            process.check()?;
            match &base {
                Value::Text(text) => read_character(text, n, span),
                Value::Undefined => Ok(Value::Text(Text::default())),
                other => Err(no_characters(other).at(span)),
            }
        })
    }

    /// `array{index}`
    pub(super) fn element(&self, base: &Expr, index: &Expr, span: Span) -> ValueCode {
        let raw = self.raw_element(base, index, span);
        Box::new(move |process| raw(process).map(|value| crate::generate::expression::decayed(&value)))
    }

    /// `array{index}`, a row of two dimensions staying an array.
    pub(super) fn raw_element(&self, base: &Expr, index: &Expr, span: Span) -> ValueCode {
        let (array, index) = (self.raw(base), self.integer(index));
        Box::new(move |process| {
            let array = array(process)?;
            let n = index(process);
            process.check()?;
            match &array {
                Value::Array(array) => usize::try_from(n)
                    .ok()
                    .and_then(|index| array.get(index))
                    .ok_or_else(|| outside(n, array.size()).at(span)),
                Value::Blob(blob) => usize::try_from(n)
                    .ok()
                    .and_then(|index| blob.bytes().get(index))
                    .map(|byte| Value::Integer(i32::from(*byte)))
                    .ok_or_else(|| Error::quatre(5105, format!("the blob has no byte {n}")).at(span)),
                other => Err(no_array(other).at(span)),
            }
        })
    }

    /// A variable as it is: an array stays an array. Of anything that is no variable, its value.
    pub(super) fn raw(&self, expr: &Expr) -> ValueCode {
        match &expr.kind {
            ExprKind::Local(id) => {
                let (name, type_) = (self.variable_name(*id), self.local_type(*id));
                match self.home(*id) {
                    Some(Home::Value(slot)) => Box::new(move |process| Ok(process.stack.value(slot).clone())),
                    Some(Home::Variable(slot)) => {
                        Box::new(move |process| Ok(local_variable(process, slot, &name, type_).get()))
                    }
                    Some(Home::Integer(_) | Home::Real(_) | Home::Boolean(_)) | None => self.local_value(*id),
                }
            }
            ExprKind::Process(id) => {
                let id = *id;
                Box::new(move |process| Ok(process.with_variable(id, Value::clone)))
            }
            ExprKind::Interprocess(id) => {
                let id = *id;
                Box::new(move |process| Ok(process.interprocess(id).get()))
            }
            ExprKind::Element(base, index) => self.raw_element(base, index, expr.span),
            ExprKind::Deref(pointer) => self.raw_deref(pointer, expr.span),
            _ => self.value(expr),
        }
    }

    /// What a pointer leads to, as it is.
    pub(super) fn raw_deref(&self, pointer: &Expr, span: Span) -> ValueCode {
        let pointer = self.value(pointer);
        Box::new(move |process| match pointer(process)? {
            Value::Pointer(pointer) => process.dereference(&pointer).map_err(|error| error.at(span)),
            Value::Undefined | Value::Null => {
                Err(Error::quatre(5101, "this pointer leads nowhere (Nil)").at(span))
            }
            other => Err(Error::types(format!(
                "`->` follows a pointer, not a value of type {}",
                other.type_name()
            ))
            .at(span)),
        })
    }

    // ---- elements of arrays whose type is declared ----

    fn typed_array<T: Default + 'static>(
        &self,
        base: &Expr,
        index: &Expr,
        span: Span,
        read: fn(&Items, usize) -> Option<T>,
    ) -> Option<Code<T>> {
        if let ExprKind::Element(rows, row) = &base.kind {
            return self.typed_row(rows, row, index, span, read);
        }
        let slot = self.value_slot(base)?;
        let index = self.integer(index);
        Some(Box::new(move |process| {
            let n = index(process);
            if process.failing() {
                return T::default();
            }
            let result = match process.stack.value(slot) {
                Value::Array(array) => element_of(array, n, read, span),
                other => Err(no_array(other).at(span)),
            };
            or_fail(process, result)
        }))
    }

    /// `array{row}{column}`: the row is looked at in place.
    fn typed_row<T: Default + 'static>(
        &self,
        rows: &Expr,
        row: &Expr,
        column: &Expr,
        span: Span,
        read: fn(&Items, usize) -> Option<T>,
    ) -> Option<Code<T>> {
        let slot = self.value_slot(rows)?;
        let (row, column) = (self.integer(row), self.integer(column));
        Some(Box::new(move |process| {
            let row = row(process);
            let column = column(process);
            if process.failing() {
                return T::default();
            }
            let result = match process.stack.value(slot) {
                Value::Array(array) => array.with(|items| match items {
                    Items::Rows(_, rows) => usize::try_from(row)
                        .ok()
                        .and_then(|row| rows.get(row))
                        .ok_or_else(|| outside(row, rows.len().saturating_sub(1)).at(span))
                        .and_then(|array| element_of(array, column, read, span)),
                    _ => Err(Error::types("this array has one dimension").at(span)),
                }),
                other => Err(no_array(other).at(span)),
            };
            or_fail(process, result)
        }))
    }

    /// `array{index}` of a declared Integer or Longint array.
    pub(super) fn integer_element(&self, base: &Expr, index: &Expr, span: Span) -> Option<IntegerCode> {
        if matches!(&base.kind, ExprKind::Local(id) if self.local_type(*id) == Type::Blob) {
            return None;
        }
        self.typed_array(base, index, span, |items, index| match items {
            Items::Longint(items) => items.get(index).map(|n| i64::from(*n)),
            Items::Integer(items) => items.get(index).map(|n| i64::from(*n)),
            _ => None,
        })
    }

    /// `array{index}` of a declared Real array.
    pub(super) fn real_element(&self, base: &Expr, index: &Expr, span: Span) -> Option<RealCode> {
        self.typed_array(base, index, span, |items, index| {
            if let Items::Real(items) = items { items.get(index).copied() } else { None }
        })
    }

    /// `array{index}` of a declared Boolean array.
    pub(super) fn boolean_element(&self, base: &Expr, index: &Expr, span: Span) -> Option<BooleanCode> {
        self.typed_array(base, index, span, |items, index| {
            if let Items::Boolean(items) = items { items.get(index).copied() } else { None }
        })
    }
}

fn element_of<T>(array: &Array, n: i64, read: fn(&Items, usize) -> Option<T>, span: Span) -> Result<T> {
    usize::try_from(n)
        .ok()
        .and_then(|index| array.with(|items| read(items, index)))
        .ok_or_else(|| outside(n, array.size()).at(span))
}

/// The plain path of `base.name`, which teaches the caches.
fn read_member(
    process: &mut Process,
    base: &Value,
    key: &Text,
    (cache, getter): (&PropertyCache, &MemberCache),
    (span, base_span): (Span, Span),
) -> Result<Value> {
    if let Value::Object(object) = base {
        if object.remember(key, cache)
            && let Some(value) = object.get_cached(cache)
        {
            return Ok(value);
        }
        if let Some(member) = getter.getter(process, object, key)? {
            return call_function(process, base.clone(), member, &[], span);
        }
    }
    process.get_member(base, key, span).map_err(|error| match base {
        Value::Null => error.at(base_span),
        _ => error.at(span),
    })
}

fn read_element(process: &mut Process, base: &Value, n: i64, span: Span) -> Result<Value> {
    if let Value::Collection(collection) = base {
        return Ok(usize::try_from(n).ok().and_then(|n| collection.get(n)).unwrap_or_default());
    }
    process.get_index(base, &crate::generate::numeric::integer_value(n), span).map_err(|error| error.at(span))
}

/// An element of a collection as a condition.
fn boolean_at(
    slot: Slot,
    fails: bool,
    index: impl Integers,
    test: fn(&Value, Span) -> Result<bool>,
    span: Span,
) -> BooleanCode {
    Box::new(move |process| {
        let n = index.get(process);
        if fails && process.failing() {
            return false;
        }
        if let Value::Collection(collection) = process.stack.value(slot)
            && let Some(b) = packed_boolean(collection, n)
        {
            return b;
        }
        let base = process.stack.value(slot).clone();
        let result = read_element(process, &base, n, span).and_then(|value| test(&value, span));
        or_fail(process, result)
    })
}

#[inline]
fn packed_boolean(collection: &crate::value::collection::Collection, n: i64) -> Option<bool> {
    let n = usize::try_from(n).ok()?;
    collection.with(
        |elements| if let Elements::Booleans(values) = elements { values.get(n).copied() } else { None },
    )
}

fn read_character(text: &Text, n: i64, span: Span) -> Result<Value> {
    usize::try_from(n)
        .ok()
        .and_then(|n| n.checked_sub(1))
        .and_then(|n| text.character(n))
        .map(Value::Text)
        .ok_or_else(|| {
            Error::quatre(5110, format!("the text has no character {n}"))
                .label(format!("{} characters", text.len()))
                .note("characters are numbered from 1")
                .at(span)
        })
}

#[cold]
fn no_characters(value: &Value) -> Error {
    Error::types(format!("`[[…]]` reads a character of a Text, not of a value of type {}", value.type_name()))
}

#[cold]
fn no_array(value: &Value) -> Error {
    match value {
        Value::Undefined => {
            Error::quatre(5105, "this is no array").help("declare it first: `ARRAY TEXT(name; size)`")
        }
        Value::Collection(_) => Error::types("a collection is not indexed with `{…}`")
            .help("the elements of a collection are numbered from 0: `$c[0]`"),
        other => Error::types(format!(
            "`{{…}}` names an element of an array, not of a value of type {}",
            other.type_name()
        )),
    }
}
