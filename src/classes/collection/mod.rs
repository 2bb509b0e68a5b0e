//! `4D.Collection`: what collections can do.
//!
//! Functions that change a collection give it back; the others give a new one. Those over formulas are in
//! [`callbacks`], searches and sorts in [`order`], the query language in [`query`].

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a value of any other type is one and the same case here"
)]

pub mod callbacks;

pub mod order;

pub mod query;

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::builtin::parameter::{OneOf, Rest};
use crate::builtin::{Class, Function, Property};
use crate::native;
use crate::runtime::process::Process;
use crate::value::bounds;
use crate::value::collection::{Collection, Elements, MOST_ELEMENTS, too_many};
use crate::value::compare::{Strength, equal_values};
use crate::value::error::{Error, Result};
use crate::value::object::Object;
use crate::value::shared::SharedCollection;
use crate::value::text::Text;
use crate::value::{Value, convert, deep, json};

/// `ck shared`
const CK_SHARED: i32 = 16;
/// `ck ignore null or empty`
const CK_IGNORE_NULL: i32 = 1;
/// `ck diacritical`
pub const CK_DIACRITICAL: i32 = 8;
/// `ck keep null`
const CK_KEEP_NULL: i32 = 2;

/// The class.
#[rustfmt::skip]
pub const CLASS: Class = Class {
    store: "4D",
    name: "Collection",
    extends: None,
    constructor: None,
    functions: &[
        AT, CLEAR, COMBINE, CONCAT, COPY, COUNT, COUNT_VALUES, EQUAL, EXTRACT, FILL, FIRST, FLAT, INCLUDES,
        INDEX_OF, INSERT, JOIN, LAST, LAST_INDEX_OF, POP, PUSH, REMOVE, RESIZE, REVERSE, SHIFT, SLICE, UNSHIFT,
        callbacks::EVERY, callbacks::FILTER, callbacks::FIND, callbacks::FIND_INDEX, callbacks::FLAT_MAP,
        callbacks::MAP, callbacks::REDUCE, callbacks::REDUCE_RIGHT, callbacks::SOME,
        order::AVERAGE, order::DISTINCT, order::MAX, order::MIN, order::MULTI_SORT, order::ORDER_BY,
        order::ORDER_BY_METHOD, order::SORT, order::SUM,
        query::INDICES, query::QUERY,
    ],
    properties: &[LENGTH],
};

macro_rules! functions {
    ($($constant:ident $name:literal $help:literal: $($native:expr),+;)*) => {
        $(const $constant: Function = Function { name: $name, help: $help, syntaxes: &[$($native),+] };)*
    };
}

functions! {
    AT "at" "The element at a position; a negative one counts from the end.": native!(at(this, index));
    CLEAR "clear" "Removes all elements.": native!(clear(this));
    COMBINE "combine" "Inserts the elements of another collection at a position or at the end.": native!(combine(this, col2, index));
    CONCAT "concat" "A new collection of the elements and the values that follow; collections give their elements.": native!(concat(this, value));
    COPY "copy" "A deep copy, shared when asked for.": native!(copy(process, this, option, groupWith));
    COUNT "count" "The number of elements that are not null, or that have a property.": native!(count(process, this, propertyPath));
    COUNT_VALUES "countValues" "How often a value is found among the elements or in a property of them.": native!(count_values(process, this, value, propertyPath));
    EQUAL "equal" "Whether two collections hold deeply equal values.": native!(equal(process, this, collection2, option));
    EXTRACT "extract" "A new collection of the values of one property, or of objects with some properties.": native!(extract(process, this, propertyPath, option));
    FILL "fill" "Gives a value to all elements, or to those between two positions.": native!(fill(this, value, startFrom, end));
    FIRST "first" "The first element.": native!(first(this));
    FLAT "flat" "A new collection in which collections inside give their elements, to a depth.": native!(flat(process, this, depth));
    INCLUDES "includes" "Whether a value is found among the elements.": native!(includes(process, this, toSearch, startFrom));
    INDEX_OF "indexOf" "The position of the first element equal to a value, -1 when there is none.": native!(index_of(process, this, toSearch, startFrom));
    INSERT "insert" "Inserts an element at a position.": native!(insert(this, index, element));
    JOIN "join" "The elements as one text, with a delimiter between them.": native!(join(this, delimiter, option));
    LAST "last" "The last element.": native!(last(this));
    LAST_INDEX_OF "lastIndexOf" "The position of the last element equal to a value, -1 when there is none.": native!(last_index_of(process, this, toSearch, startFrom));
    POP "pop" "Removes the last element and gives it.": native!(pop(this));
    PUSH "push" "Adds elements at the end.": native!(push(this, element, elementN));
    REMOVE "remove" "Removes elements from a position on.": native!(remove(this, index, howMany));
    RESIZE "resize" "Gives the collection another length; new elements get a value or Null.": native!(resize(this, size, defaultValue));
    REVERSE "reverse" "A new collection with the elements in the opposite order.": native!(reverse(this));
    SHIFT "shift" "Removes the first element and gives it.": native!(shift(this));
    SLICE "slice" "A new collection of the elements between two positions.": native!(slice(this, startFrom, end));
    UNSHIFT "unshift" "Adds elements at the beginning.": native!(unshift(this, value, valueN));
}

const LENGTH: Property =
    Property { name: "length", help: "The number of elements.", get: native!(length(this)), set: None };

fn length(this: Collection) -> i32 {
    i32::try_from(this.len()).unwrap_or(i32::MAX)
}

// ---- shared parts ----

/// Changes the elements of a local or a shared collection as a whole, and gives the collection back.
pub fn change(this: Collection, action: impl FnOnce(&mut Vec<Value>) -> Result<()>) -> Result<Collection> {
    if let Some(shared) = this.as_shared() {
        shared.change(action)?;
        return Ok(this);
    }
    let mut values = this.to_vec();
    action(&mut values)?;
    this.replace(values);
    Ok(this)
}

/// Puts other values in the place of some elements; `range` finds them, given how many there are. Gives those that
/// stood there.
fn splice(
    this: &Collection,
    range: impl FnOnce(usize) -> Range<usize>,
    new: impl FnOnce(Range<usize>) -> Result<Vec<Value>>,
) -> Result<Vec<Value>> {
    let Some(shared) = this.as_shared() else {
        let range = range(this.len());
        return this.splice(range.clone(), new(range)?);
    };
    shared.change(|values| {
        let range = range(values.len());
        let new = new(range.clone())?;
        if values.len() + new.len() > MOST_ELEMENTS || values.try_reserve(new.len()).is_err() {
            return Err(too_many());
        }
        Ok(values.splice(range, new).collect())
    })
}

/// A new collection of elements of `this`: a shared one when `this` is.
pub fn alike(this: &Collection, values: Vec<Value>) -> Result<Collection> {
    if this.as_shared().is_none() {
        return Ok(Collection::from_vec(values));
    }
    Ok(Collection::with_elements(Elements::Shared(SharedCollection::new(&values)?)))
}

/// A position as functions take it: negative ones count from the end, and none passes the ends.
pub fn position(index: i32, length: usize) -> usize {
    match usize::try_from(index) {
        Ok(index) => index.min(length),
        Err(_) => length.saturating_sub(index.unsigned_abs() as usize),
    }
}

/// A path of properties, taken apart once for all elements: `address.city`, `tags.length`, `list[2].name`.
pub struct Path(Vec<Part>);

enum Part {
    Name(Text),
    /// `[2]`; `None` when no position is written there, which leads nowhere.
    At(Option<usize>),
}

impl Path {
    /// Takes a path apart; an empty one leads to the element itself.
    pub fn new(path: &Text) -> Self {
        let mut parts = Vec::new();
        let path = path.to_str();
        for part in path.split('.').filter(|_| !path.is_empty()) {
            match part.strip_suffix(']').and_then(|part| part.split_once('[')) {
                Some((name, index)) => {
                    parts.push(Part::Name(Text::from(name)));
                    parts.push(Part::At(index.parse().ok()));
                }
                None => parts.push(Part::Name(Text::from(part))),
            }
        }
        Self(parts)
    }

    /// What it leads to in an element.
    pub fn follow(&self, process: &mut Process, value: &Value) -> Result<Value> {
        let mut value = value.clone();
        for part in &self.0 {
            value = match (part, &value) {
                (Part::Name(name), Value::Object(_) | Value::Collection(_)) => {
                    let site = process.at;
                    let inner = process.get_member(&value, name, site)?;
                    // A computed property left its own place there.
                    process.at = site;
                    inner
                }
                (Part::At(Some(index)), Value::Collection(collection)) => {
                    collection.get(*index).unwrap_or_default()
                }
                _ => return Ok(Value::Undefined),
            };
        }
        Ok(value)
    }
}

fn nothing_as_null(value: Value) -> Value {
    if matches!(value, Value::Undefined) { Value::Null } else { value }
}

// ---- one element ----

fn at(this: Collection, index: i32) -> Value {
    let length = i64::try_from(this.len()).unwrap_or(i64::MAX);
    let index = if index < 0 { length + i64::from(index) } else { i64::from(index) };
    usize::try_from(index).ok().and_then(|index| this.get(index)).unwrap_or_default()
}

fn first(this: Collection) -> Value {
    this.get(0).unwrap_or_default()
}

fn last(this: Collection) -> Value {
    this.len().checked_sub(1).and_then(|index| this.get(index)).unwrap_or_default()
}

fn pop(this: Collection) -> Result<Value> {
    if this.as_shared().is_none() {
        return Ok(this.with_mut(|elements| match elements {
            Elements::Values(values) => values.pop().unwrap_or_default(),
            Elements::Reals(values) => values.pop().map(Value::Real).unwrap_or_default(),
            Elements::Booleans(values) => values.pop().map(Value::Boolean).unwrap_or_default(),
            Elements::Shared(_) => Value::Undefined,
        }));
    }
    let taken = splice(&this, |length| length.saturating_sub(1)..length, |_| Ok(Vec::new()))?;
    Ok(taken.into_iter().next().unwrap_or_default())
}

fn shift(this: Collection) -> Result<Value> {
    let taken = splice(&this, |length| 0..length.min(1), |_| Ok(Vec::new()))?;
    Ok(taken.into_iter().next().unwrap_or_default())
}

fn push(this: Collection, element: Value, more: Rest<Value>) -> Result<Collection> {
    bounds::check_growing(this.len() + 1 + more.0.len())?;
    if this.as_shared().is_none() && more.0.is_empty() {
        this.push(nothing_as_null(element));
        return Ok(this);
    }
    for value in std::iter::once(element).chain(more.0) {
        match this.as_shared() {
            Some(shared) => shared.push(nothing_as_null(value))?,
            None => this.push(nothing_as_null(value)),
        }
    }
    Ok(this)
}

fn unshift(this: Collection, value: Value, more: Rest<Value>) -> Result<Collection> {
    let new = std::iter::once(value).chain(more.0).map(nothing_as_null).collect();
    splice(&this, |_| 0..0, |_| Ok(new))?;
    Ok(this)
}

fn insert(this: Collection, index: i32, element: Value) -> Result<Collection> {
    splice(&this, |length| empty_at(index, length), |_| Ok(vec![nothing_as_null(element)]))?;
    Ok(this)
}

/// The empty range at a position.
fn empty_at(index: i32, length: usize) -> Range<usize> {
    let index = position(index, length);
    index..index
}

fn remove(this: Collection, index: i32, count: Option<i32>) -> Result<Collection> {
    let count = usize::try_from(count.unwrap_or(1)).unwrap_or(0);
    let range = |length| {
        let start = position(index, length);
        start..start.saturating_add(count).min(length)
    };
    splice(&this, range, |_| Ok(Vec::new()))?;
    Ok(this)
}

// ---- the whole ----

fn clear(this: Collection) -> Result<Collection> {
    splice(&this, |length| 0..length, |_| Ok(Vec::new()))?;
    Ok(this)
}

fn resize(this: Collection, size: i32, value: Option<Value>) -> Result<Collection> {
    let size = usize::try_from(size)
        .map_err(|_| Error::native(54, format!("a collection cannot have {size} elements")))?;
    bounds::check_elements(size)?;
    let value = value.map_or(Value::Null, nothing_as_null);
    let grown = |range: Range<usize>| {
        let missing = if range.is_empty() { size.saturating_sub(range.start) } else { 0 };
        let mut new = Vec::new();
        // There may be no memory for so many.
        new.try_reserve_exact(missing).map_err(|_| too_many())?;
        new.resize(missing, value);
        Ok(new)
    };
    splice(&this, |length| size.min(length)..length, grown)?;
    Ok(this)
}

fn fill(this: Collection, value: Value, start: Option<i32>, end: Option<i32>) -> Result<Collection> {
    let range = |length| {
        let start = start.map_or(0, |start| position(start, length));
        let end = end.map_or(length, |end| position(end, length));
        start..end.max(start)
    };
    splice(&this, range, |range| Ok(vec![nothing_as_null(value); range.len()]))?;
    Ok(this)
}

fn combine(this: Collection, other: Collection, index: Option<i32>) -> Result<Collection> {
    let more = other.to_vec();
    splice(&this, |length| index.map_or(length..length, |index| empty_at(index, length)), |_| Ok(more))?;
    Ok(this)
}

fn concat(this: Collection, more: Rest<Value>) -> Collection {
    let mut values = this.to_vec();
    for value in more.0 {
        match value {
            Value::Collection(collection) => values.extend(collection.to_vec()),
            value => values.push(nothing_as_null(value)),
        }
    }
    Collection::from_vec(values)
}

fn slice(this: Collection, start: i32, end: Option<i32>) -> Result<Collection> {
    let length = this.len();
    let start = position(start, length);
    let end = end.map_or(length, |end| position(end, length));
    let part = (start..end).filter_map(|index| this.get(index)).collect();
    alike(&this, part)
}

fn reverse(this: Collection) -> Result<Collection> {
    let mut values = this.to_vec();
    values.reverse();
    alike(&this, values)
}

fn flat(process: &mut Process, this: Collection, depth: Option<i32>) -> Result<Collection> {
    let mut result = Vec::new();
    flatten(process, &this, depth.unwrap_or(1), &mut result)?;
    Ok(Collection::from_vec(result))
}

/// A collection whose elements are being added.
struct Open {
    address: usize,
    values: std::vec::IntoIter<Value>,
}

/// Adds the elements, those of collections inside down to a depth. A collection inside of itself is added as it is.
pub fn flatten(
    process: &mut Process,
    collection: &Collection,
    depth: i32,
    result: &mut Vec<Value>,
) -> Result<()> {
    let depth = usize::try_from(depth).unwrap_or(0);
    let open = |collection: &Collection| Open {
        address: collection.address(),
        values: collection.to_vec().into_iter(),
    };
    let mut path = vec![open(collection)];
    // Looked up by address, so that a deep chain is not searched for every element.
    let mut inside: FxHashSet<usize> = std::iter::once(collection.address()).collect();
    while let Some(innermost) = path.last_mut() {
        match innermost.values.next() {
            None => {
                inside.remove(&innermost.address);
                path.pop();
            }
            Some(Value::Collection(inner)) if path.len() <= depth && inside.insert(inner.address()) => {
                path.push(open(&inner));
            }
            Some(value) => result.push(value),
        }
        if result.len() > MOST_ELEMENTS {
            return Err(too_many());
        }
        if !process.tick() {
            process.check()?;
        }
    }
    Ok(())
}

fn copy(
    process: &mut Process,
    this: Collection,
    option: Option<i32>,
    with: Option<OneOf<Collection, Object>>,
) -> Result<Value> {
    let option = option.unwrap_or(0);
    let collection =
        with.as_ref().and_then(|with| if let OneOf::First(c) = with { c.as_shared() } else { None });
    let object =
        with.as_ref().and_then(|with| if let OneOf::Second(o) = with { o.as_shared() } else { None });
    let group = collection
        .as_ref()
        .map(|shared| shared.membership())
        .or(object.as_ref().map(|shared| shared.membership()));
    let values = std::cell::RefCell::new(process);
    let resolve = |pointer: &crate::value::pointer::Pointer| values.borrow_mut().dereference(pointer).ok();
    let options = deep::Options {
        shared: option & CK_SHARED != 0,
        group,
        resolve: (option & 1 != 0).then_some(&resolve as deep::Resolve<'_>),
    };
    deep::copy(&Value::Collection(this), options)
}

fn equal(process: &mut Process, this: Collection, other: Collection, option: Option<i32>) -> bool {
    let strength = if option == Some(CK_DIACRITICAL) { Strength::Strict } else { Strength::Letters };
    deep::equal(&Value::Collection(this), &Value::Collection(other), strength, process.epsilon)
}

fn join(this: Collection, delimiter: Text, option: Option<i32>) -> Text {
    let ignore = option == Some(CK_IGNORE_NULL);
    let mut text = Text::default();
    let mut first = true;
    for value in this.to_vec() {
        let part = joined(&value);
        if ignore && (value.is_nothing() || part.is_empty()) {
            continue;
        }
        if !first {
            text.push_text(&delimiter);
        }
        first = false;
        text.push_text(&part);
    }
    text
}

/// An element as `join` writes it.
fn joined(value: &Value) -> Text {
    match value {
        Value::Undefined => Text::default(),
        Value::Null => Text::from("null"),
        Value::Boolean(b) => Text::from(if *b { "true" } else { "false" }),
        Value::Date(date) => date.to_iso(),
        Value::Object(_) | Value::Collection(_) => json::stringify(value, false).unwrap_or_default(),
        other => convert::to_text(other),
    }
}

// ---- searching ----

/// The elements, or what a path leads to in each.
pub fn values(process: &mut Process, this: &Collection, path: Option<&Text>) -> Result<Vec<Value>> {
    let values = this.to_vec();
    let Some(path) = path.map(Path::new) else { return Ok(values) };
    values.iter().map(|value| path.follow(process, value)).collect()
}

fn count(process: &mut Process, this: Collection, path: Option<Text>) -> Result<f64> {
    let values = values(process, &this, path.as_ref())?;
    Ok(number_of(&values, |value| !value.is_nothing()))
}

fn count_values(process: &mut Process, this: Collection, wanted: Value, path: Option<Text>) -> Result<f64> {
    let values = values(process, &this, path.as_ref())?;
    Ok(number_of(&values, |value| equal_values(value, &wanted, process.epsilon)))
}

#[expect(clippy::cast_precision_loss, reason = "no collection has 2^53 elements")]
fn number_of(values: &[Value], counts: impl Fn(&Value) -> bool) -> f64 {
    values.iter().filter(|value| counts(value)).count() as f64
}

/// The position of the first element equal to a value, from a position on.
fn search(process: &Process, this: &Collection, wanted: &Value, start: Option<i32>) -> Option<usize> {
    let start = start.map_or(0, |start| position(start, this.len()));
    let epsilon = process.epsilon;
    this.with(|elements| {
        if let (Elements::Reals(values), Some(wanted)) = (elements, wanted.as_real()) {
            let equal = |x: &f64| crate::value::compare::equal_reals(*x, wanted, epsilon);
            return values.iter().enumerate().skip(start).find(|(_, x)| equal(x)).map(|(index, _)| index);
        }
        if let Elements::Values(values) = elements {
            let equal = |value: &Value| equal_values(value, wanted, epsilon);
            return values.iter().skip(start).position(equal).map(|index| start + index);
        }
        (start..elements.len())
            .find(|index| elements.get(*index).is_some_and(|value| equal_values(&value, wanted, epsilon)))
    })
}

fn index_of(process: &mut Process, this: Collection, wanted: Value, start: Option<i32>) -> i32 {
    search(process, &this, &wanted, start).map_or(-1, |index| i32::try_from(index).unwrap_or(i32::MAX))
}

fn includes(process: &mut Process, this: Collection, wanted: Value, start: Option<i32>) -> bool {
    search(process, &this, &wanted, start).is_some()
}

fn last_index_of(process: &mut Process, this: Collection, wanted: Value, start: Option<i32>) -> i32 {
    let length = this.len();
    // The documentation searches nothing from position 0.
    let end = match start {
        Some(0) => 0,
        // Before the first element nothing is searched either.
        Some(start) if start < 0 && start.unsigned_abs() as usize > length => 0,
        Some(start) => position(start, length).saturating_add(1).min(length),
        None => length,
    };
    let epsilon = process.epsilon;
    (0..end)
        .rev()
        .find(|index| this.get(*index).is_some_and(|value| equal_values(&value, &wanted, epsilon)))
        .map_or(-1, |index| i32::try_from(index).unwrap_or(i32::MAX))
}

// ---- properties ----

/// Sets what a target path leads to, with the objects on the way; a path that meets another value goes no further.
fn put(object: &Object, target: &Text, value: Value) -> bool {
    let written = target.to_str();
    let mut names = written.split('.');
    let last = names.next_back().map(Text::from).unwrap_or_default();
    let mut holder = object.clone();
    for name in names.map(Text::from) {
        let inner = match holder.get(&name) {
            Some(Value::Object(inner)) => inner,
            Some(_) => return false,
            None => {
                let inner = Object::new();
                if !holder.set(&name, Value::Object(inner.clone())) {
                    return false;
                }
                inner
            }
        };
        holder = inner;
    }
    holder.set(&last, value)
}

fn extract(
    process: &mut Process,
    this: Collection,
    path: Text,
    rest: Rest<OneOf<i32, Text>>,
) -> Result<Collection> {
    let mut names = vec![path];
    let mut keep_null = false;
    for argument in rest.0 {
        match argument {
            OneOf::First(option) => {
                keep_null |= option & CK_KEEP_NULL != 0;
            }
            OneOf::Second(name) => names.push(name),
        }
    }
    if let [path] = names.as_slice() {
        let mut found = values(process, &this, Some(path))?;
        found.retain(|value| keep_null || !value.is_nothing());
        return Ok(Collection::from_vec(found.into_iter().map(nothing_as_null).collect()));
    }
    let pairs = names.chunks(2).map(|pair| match pair {
        [path, target] => Ok((Path::new(path), target)),
        _ => Err(Error::types("a path of `extract` has no target")),
    });
    let pairs = pairs.collect::<Result<Vec<_>>>()?;
    let mut result = Vec::new();
    for value in this.to_vec() {
        let object = Object::new();
        let mut any = false;
        for (path, target) in &pairs {
            let found = path.follow(process, &value)?;
            if !matches!(found, Value::Undefined) {
                any |= put(&object, target, found);
            }
        }
        if any {
            result.push(Value::Object(object));
        }
    }
    Ok(Collection::from_vec(result))
}
