//! Arrays: declared, changed, searched and sorted.

use std::cmp::Ordering;

use crate::builtin::native::Native;
use crate::builtin::parameter::{Argument, Arguments, Order, Rest, Shape, Take, Var};
use crate::builtin::{Command, Special, Theme};
use crate::native;
use crate::runtime::process::Process;
use crate::value::array::{Array, Items};
use crate::value::compare;
use crate::value::convert::{convert, to_element};
use crate::value::error::{Error, Result};
use crate::value::pointer::Pointer;
use crate::value::{ArrayType, Type, Value};

/// The theme.
#[rustfmt::skip]
pub const THEME: Theme = Theme {
    name: "Arrays",
    commands: &[
        ARRAY_BLOB, ARRAY_BOOLEAN, ARRAY_DATE, ARRAY_INTEGER, ARRAY_LONGINT, ARRAY_OBJECT, ARRAY_PICTURE,
        ARRAY_POINTER, ARRAY_REAL, ARRAY_STRING, ARRAY_TEXT, ARRAY_TIME,
        APPEND_TO_ARRAY, COPY_ARRAY, COUNT_IN_ARRAY, DELETE_FROM_ARRAY, FIND_IN_ARRAY, FIND_IN_SORTED_ARRAY,
        INSERT_IN_ARRAY, MULTI_SORT_ARRAY, SIZE_OF_ARRAY, SORT_ARRAY,
    ],
};

macro_rules! declarations {
    ($($constant:ident $number:literal $name:literal $type_:ident $help:literal;)*) => {
        $(const $constant: Command = Command {
            number: $number,
            name: $name,
            thread_safe: true,
            help: $help,
            syntaxes: &[Native::special(Special::DeclareArray(ArrayType::$type_), &["arrayName", "size", "size2"])],
        };)*
    };
}

declarations! {
    ARRAY_BLOB 1222 "ARRAY BLOB" Blob "Makes or resizes an array of blobs.";
    ARRAY_BOOLEAN 223 "ARRAY BOOLEAN" Boolean "Makes or resizes an array of Booleans.";
    ARRAY_DATE 224 "ARRAY DATE" Date "Makes or resizes an array of dates.";
    ARRAY_INTEGER 220 "ARRAY INTEGER" Integer "Makes or resizes an array of whole numbers of 16 bits.";
    ARRAY_LONGINT 221 "ARRAY LONGINT" Longint "Makes or resizes an array of whole numbers of 32 bits.";
    ARRAY_OBJECT 1221 "ARRAY OBJECT" Object "Makes or resizes an array of objects.";
    ARRAY_PICTURE 279 "ARRAY PICTURE" Picture "Makes or resizes an array of pictures.";
    ARRAY_POINTER 280 "ARRAY POINTER" Pointer "Makes or resizes an array of pointers.";
    ARRAY_REAL 219 "ARRAY REAL" Real "Makes or resizes an array of numbers.";
    ARRAY_TEXT 222 "ARRAY TEXT" Text "Makes or resizes an array of texts.";
    ARRAY_TIME 1223 "ARRAY TIME" Time "Makes or resizes an array of times.";
}

const ARRAY_STRING: Command = Command {
    number: 218,
    name: "_O_ARRAY STRING",
    thread_safe: true,
    help: "Makes or resizes an array of texts in code of long ago, with their length first.",
    syntaxes: &[Native::special(
        Special::DeclareArray(ArrayType::Text),
        &["strLen", "arrayName", "size", "size2"],
    )],
};

/// The size of an array as 4D gives it.
fn number(size: usize) -> i32 {
    i32::try_from(size).unwrap_or(i32::MAX)
}

/// A position from 1 on; smaller ones stand for the first.
fn place(position: i32) -> usize {
    usize::try_from(position).unwrap_or(0).max(1)
}

const SIZE_OF_ARRAY: Command = Command {
    number: 274,
    name: "Size of array",
    thread_safe: true,
    help: "The number of elements of an array, element zero not counted.",
    syntaxes: &[native!(size_of_array(array))],
};

fn size_of_array(array: Array) -> i32 {
    number(array.size())
}

const APPEND_TO_ARRAY: Command = Command {
    number: 911,
    name: "APPEND TO ARRAY",
    thread_safe: true,
    help: "Adds an element at the end of an array; a variable that is none becomes one.",
    syntaxes: &[native!(append_to_array(array, value))],
};

fn append_to_array(array: Var<Array>, value: Value) -> Result<()> {
    let array = array.array(type_of(&value));
    let value = element(&array, value)?;
    let size = array.size();
    array.with_mut(|items| {
        items.resize(size + 1);
        items.set(size + 1, value);
    });
    Ok(())
}

/// The type of the array that a variable becomes when this is appended to it.
fn type_of(value: &Value) -> ArrayType {
    match value {
        Value::Boolean(_) => ArrayType::Boolean,
        Value::Integer(_) => ArrayType::Longint,
        Value::Real(_) => ArrayType::Real,
        Value::Date(_) => ArrayType::Date,
        Value::Time(_) => ArrayType::Time,
        Value::Blob(_) => ArrayType::Blob,
        Value::Picture(_) => ArrayType::Picture,
        Value::Pointer(_) => ArrayType::Pointer,
        Value::Object(_) | Value::Null => ArrayType::Object,
        Value::Text(_) | Value::Undefined | Value::Collection(_) | Value::Array(_) | Value::Variable(_) => {
            ArrayType::Text
        }
    }
}

/// A value as an element of this array.
fn element(array: &Array, value: Value) -> Result<Value> {
    if let Type::Rows(_) = array.type_() {
        return Err(Error::types("the rows of a two-dimensional array are arrays"));
    }
    let type_ = array.with(Items::element_type).element();
    convert(value, type_)
}

const INSERT_IN_ARRAY: Command = Command {
    number: 227,
    name: "INSERT IN ARRAY",
    thread_safe: true,
    help: "Inserts empty elements in an array.",
    syntaxes: &[native!(insert_in_array(process, array, where, howMany))],
};

fn insert_in_array(process: &mut Process, array: Array, position: i32, count: Option<i32>) -> Result<()> {
    let count = usize::try_from(count.unwrap_or(1)).unwrap_or(0);
    process.check_elements(array.size().saturating_add(count))?;
    array.with_mut(|items| items.insert(place(position), count));
    Ok(())
}

const DELETE_FROM_ARRAY: Command = Command {
    number: 228,
    name: "DELETE FROM ARRAY",
    thread_safe: true,
    help: "Removes elements from an array.",
    syntaxes: &[native!(delete_from_array(array, where, howMany))],
};

fn delete_from_array(array: Array, position: i32, count: Option<i32>) {
    let count = usize::try_from(count.unwrap_or(1)).unwrap_or(0);
    array.with_mut(|items| items.delete(place(position), count));
}

const COPY_ARRAY: Command = Command {
    number: 226,
    name: "COPY ARRAY",
    thread_safe: true,
    help: "Gives an array the content, the size and the type of another.",
    syntaxes: &[native!(copy_array(source, destination))],
};

fn copy_array(source: Array, destination: Var<Value>) {
    // An array of the same type stays the one that pointers lead to, and so does one of another type of number.
    if let Value::Array(held) = destination.value()
        && !held.is_same(&source)
        && let Some(items) = copied_to(&source, held.type_())
    {
        held.with_mut(|old| *old = items);
        held.select(source.selected());
        return;
    }
    destination.set(Value::Array(source.copy()));
}

/// The elements of an array as one of this type keeps them; `None` when the array itself takes the other's place.
fn copied_to(source: &Array, type_: Type) -> Option<Items> {
    if source.type_() == type_ {
        return Some(source.copy().with(Clone::clone));
    }
    let (Type::Array(from), Type::Array(to)) = (source.type_(), type_) else { return None };
    let is_number =
        |type_: ArrayType| matches!(type_, ArrayType::Integer | ArrayType::Longint | ArrayType::Real);
    if !is_number(from) || !is_number(to) {
        return None;
    }
    let mut items = Items::new(to, source.size());
    for index in 0..=source.size() {
        items.set(index, to_element(source.get(index).unwrap_or_default(), to));
    }
    Some(items)
}

// ---- searching ----

const FIND_IN_ARRAY: Command = Command {
    number: 230,
    name: "Find in array",
    thread_safe: true,
    help: "The number of the first element equal to a value, -1 when there is none.",
    syntaxes: &[native!(find_in_array(process, array, value, start))],
};

fn find_in_array(process: &mut Process, array: Array, value: Value, start: Option<i32>) -> Result<i32> {
    let found = positions(process, &array, value, start.map_or(1, place))?.next();
    Ok(found.map_or(-1, number))
}

const COUNT_IN_ARRAY: Command = Command {
    number: 907,
    name: "Count in array",
    thread_safe: true,
    help: "How many elements are equal to a value.",
    syntaxes: &[native!(count_in_array(process, array, value))],
};

fn count_in_array(process: &mut Process, array: Array, value: Value) -> Result<i32> {
    Ok(number(positions(process, &array, value, 1)?.count()))
}

/// The numbers of the elements equal to a value, from a position on.
fn positions(
    process: &Process,
    array: &Array,
    value: Value,
    start: usize,
) -> Result<impl Iterator<Item = usize>> {
    let wanted = element(array, value)?;
    let epsilon = process.epsilon;
    let array = array.clone();
    Ok((start..=array.size())
        .filter(move |index| array.get(*index).is_some_and(|held| is_equal(&held, &wanted, epsilon))))
}

fn is_equal(held: &Value, wanted: &Value, epsilon: f64) -> bool {
    match (held, wanted) {
        (Value::Text(held), Value::Text(wanted)) => compare::equal(held, wanted),
        (Value::Object(held), Value::Object(wanted)) => held.is_same(wanted),
        (Value::Pointer(held), Value::Pointer(wanted)) => held.is_same(wanted),
        _ => compare::equal_values(held, wanted, epsilon),
    }
}

const FIND_IN_SORTED_ARRAY: Command = Command {
    number: 1333,
    name: "Find in sorted array",
    thread_safe: true,
    help: "Whether a sorted array holds a value, and between which elements.",
    syntaxes: &[native!(find_in_sorted_array(process, array, value, order, posFirst, posLast))],
};

fn find_in_sorted_array(
    process: &mut Process,
    array: Array,
    value: Value,
    order: Order,
    first: Option<Var<i32>>,
    last: Option<Var<i32>>,
) -> Result<bool> {
    let (found, start, end) = if is_sortable(&array, &value) {
        by_halves(process, &array, value, order)?
    } else {
        let mut places = positions(process, &array, value, 1)?;
        let start = places.next();
        let end = places.last().or(start);
        (start.is_some(), start.map_or(-1, number), end.map_or(-1, number))
    };
    if let Some(first) = first {
        first.set(start);
    }
    if let Some(last) = last {
        last.set(end);
    }
    Ok(found)
}

/// Whether elements that are equal stand side by side once sorted: not when a wildcard stands before the end.
fn is_sortable(array: &Array, value: &Value) -> bool {
    if let Value::Text(text) = value {
        let last = text.len().saturating_sub(1);
        return !text.units().take(last).any(|unit| unit == u16::from(b'@'));
    }
    array.with(|items| {
        matches!(
            items,
            Items::Integer(_) | Items::Longint(_) | Items::Real(_) | Items::Date(_) | Items::Time(_)
        )
    })
}

/// Whether the value is there, and the first and the last of its places; both say where it would stand when it is not.
fn by_halves(process: &Process, array: &Array, value: Value, order: Order) -> Result<(bool, i32, i32)> {
    let wanted = element(array, value)?;
    let whole = if let Value::Text(text) = &wanted {
        Value::Text(compare::without_wildcard(text))
    } else {
        wanted.clone()
    };
    let held = |index: usize| array.get(index).unwrap_or_default();
    let equal = |index: usize| is_equal(&held(index), &wanted, process.epsilon);
    let before = |index: usize| {
        let side = compare::order_values(&held(index), &whole);
        // In descending order what begins with a text stands before the text itself.
        if order == Order::Ascending { side.is_lt() } else { side.is_gt() && !equal(index) }
    };
    let start = partition(1, array.size() + 1, before);
    let end = partition(start, array.size() + 1, equal);
    Ok((end > start, number(start), number(if end > start { end - 1 } else { start })))
}

/// The first position of a range from which on a condition no longer holds.
fn partition(mut low: usize, mut high: usize, holds: impl Fn(usize) -> bool) -> usize {
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

// ---- sorting ----

/// An array, or how the ones before it are sorted.
enum Part {
    Array(Array),
    Order(Order),
}

impl Take for Part {
    fn shape() -> Shape {
        Array::shape()
    }
    fn accepts(argument: &Argument) -> bool {
        Array::accepts(argument) || Order::accepts(argument)
    }
    fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
        if arguments.peek().is_some_and(Order::accepts) {
            return Order::take(arguments).map(Self::Order);
        }
        Array::take(arguments).map(Self::Array)
    }
}

const SORT_ARRAY: Command = Command {
    number: 229,
    name: "SORT ARRAY",
    thread_safe: true,
    help: "Sorts an array, and others along with it.",
    syntaxes: &[native!(sort_array(array, array2))],
};

fn sort_array(array: Array, rest: Rest<Part>) -> Result<()> {
    let mut along = Vec::new();
    let mut order = Order::Ascending;
    for part in rest.0 {
        match part {
            Part::Array(array) => along.push(array),
            Part::Order(given) => order = given,
        }
    }
    rearrange(&[(array.clone(), order)], std::iter::once(&array).chain(&along))
}

/// Sorts by some arrays and gives all of them that order.
fn rearrange<'a>(levels: &[(Array, Order)], all: impl Iterator<Item = &'a Array> + Clone) -> Result<()> {
    let Some((first, _)) = levels.first() else {
        return Err(Error::quatre(3004, "a sort needs at least one criterion")
            .help("write `>` or `<` behind an array"));
    };
    for (array, _) in levels {
        check_order(array)?;
    }
    let size = first.size();
    if all.clone().any(|array| array.size() != size) {
        return Err(Error::quatre(5116, "the arrays of a sort have different sizes"));
    }
    let keys: Vec<(Vec<Value>, Order)> = levels
        .iter()
        .map(|(array, order)| ((1..=size).filter_map(|index| array.get(index)).collect(), *order))
        .collect();
    let mut places: Vec<usize> = (0..size).collect();
    places.sort_by(|a, b| {
        keys.iter()
            .map(|(values, order)| {
                let (Some(a), Some(b)) = (values.get(*a), values.get(*b)) else { return Ordering::Equal };
                let side = compare::order_values(a, b);
                if *order == Order::Descending { side.reverse() } else { side }
            })
            .find(|side| side.is_ne())
            .unwrap_or(Ordering::Equal)
    });
    for array in all {
        let values: Vec<Value> = (1..=size).filter_map(|index| array.get(index)).collect();
        array.with_mut(|items| {
            for (index, place) in places.iter().enumerate() {
                if let Some(value) = values.get(*place) {
                    put(items, index + 1, value.clone());
                }
            }
        });
    }
    Ok(())
}

/// Fails for an array whose elements have no order.
fn check_order(array: &Array) -> Result<()> {
    if let Type::Array(
        ArrayType::Text
        | ArrayType::Integer
        | ArrayType::Longint
        | ArrayType::Real
        | ArrayType::Boolean
        | ArrayType::Date
        | ArrayType::Time
        | ArrayType::Object,
    ) = array.type_()
    {
        return Ok(());
    }
    Err(Error::types("arrays of pointers, of pictures, of blobs and of two dimensions cannot be sorted"))
}

/// Writes an element, or a row.
fn put(items: &mut Items, index: usize, value: Value) {
    match (items, value) {
        (Items::Rows(_, rows), Value::Array(row)) => {
            if let Some(slot) = rows.get_mut(index) {
                *slot = row;
            }
        }
        (items, value) => {
            items.set(index, value);
        }
    }
}

const MULTI_SORT_ARRAY: Command = Command {
    number: 718,
    name: "MULTI SORT ARRAY",
    thread_safe: true,
    help: "Sorts several arrays together by several levels.",
    syntaxes: &[native!(multi_sort_array(process, array, sort))],
};

fn multi_sort_array(process: &mut Process, first: Array, rest: Rest<Part>) -> Result<()> {
    // `MULTI SORT ARRAY(pointers; orders)`: the arrays by pointers, and 1, -1 or 0 for each.
    if let (Items::Pointer(pointers), [Part::Array(orders)]) = (first.with(Clone::clone), rest.0.as_slice()) {
        return by_pointers(process, &pointers, orders);
    }
    let mut all = vec![first.clone()];
    let mut levels = Vec::new();
    for part in rest.0 {
        match part {
            Part::Array(array) => all.push(array),
            Part::Order(order) => levels.extend(all.last().map(|array| (array.clone(), order))),
        }
    }
    rearrange(&levels, all.iter())
}

fn by_pointers(process: &mut Process, pointers: &[Pointer], orders: &Array) -> Result<()> {
    // Element zero is not one of them.
    if pointers.len() != orders.size() + 1 {
        return Err(Error::quatre(5116, "there must be one order for each pointer"));
    }
    let mut all = Vec::new();
    let mut levels = Vec::new();
    for (index, pointer) in pointers.iter().enumerate().skip(1) {
        let Value::Array(array) = process.dereference(pointer)? else {
            return Err(Error::types("the first array holds pointers to arrays"));
        };
        match orders.get(index).and_then(|order| order.as_real()) {
            Some(order) if order > 0.0 => levels.push((array.clone(), Order::Ascending)),
            Some(order) if order < 0.0 => levels.push((array.clone(), Order::Descending)),
            _ => {}
        }
        all.push(array);
    }
    rearrange(&levels, all.iter())
}
