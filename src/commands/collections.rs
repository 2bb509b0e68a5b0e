//! New collections, and collections to arrays and back; all else is in the class `Collection`.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a command names the types that it takes; all others are one case"
)]

use crate::builtin::parameter::{Made, OneOf, Rest, Var};
use crate::builtin::{Command, Theme};
use crate::native;
use crate::value::array::{Array, Items};
use crate::value::collection::{Collection, Elements};
use crate::value::convert;
use crate::value::error::{Error, Result};
use crate::value::object::Object;
use crate::value::shared::SharedCollection;
use crate::value::text::Text;
use crate::value::{ArrayType, Type, Value};

/// The theme.
pub const THEME: Theme = Theme {
    name: "Collections",
    commands: &[ARRAY_TO_COLLECTION, COLLECTION_TO_ARRAY, NEW_COLLECTION, NEW_SHARED_COLLECTION],
};

const ARRAY_TO_COLLECTION: Command = Command {
    number: 1563,
    name: "ARRAY TO COLLECTION",
    thread_safe: true,
    help: "Fills a collection with the elements of an array, or with objects whose properties are those of arrays.",
    syntaxes: &[native!(array_to_collection(collection, array, propertyName))],
};

fn array_to_collection(target: Made<Collection>, array: Array, rest: Rest<OneOf<Text, Array>>) -> Result<()> {
    let mut columns = vec![(array, None)];
    for argument in rest.0 {
        match (argument, columns.last_mut()) {
            (OneOf::First(name), Some(column)) => column.1 = Some(name),
            (OneOf::First(_), None) => {}
            (OneOf::Second(array), _) => columns.push((array, None)),
        }
    }
    let values = match columns.as_slice() {
        [(array, None)] => elements(array),
        columns => objects_of(columns)?,
    };
    fill(&target.0, values)
}

/// The elements of an array as a collection holds them; element zero is left out.
pub(super) fn elements(array: &Array) -> Vec<Value> {
    (1..=array.size()).map(|index| array.get(index).map_or(Value::Null, element)).collect()
}

fn element(value: Value) -> Value {
    match value {
        Value::Array(row) => Value::Collection(Collection::from_vec(elements(&row))),
        Value::Undefined => Value::Null,
        other => other,
    }
}

/// One object for each element, as many as the longest array has.
fn objects_of(columns: &[(Array, Option<Text>)]) -> Result<Vec<Value>> {
    let length = columns.iter().map(|(array, _)| array.size()).max().unwrap_or_default();
    let objects: Vec<Object> = (0..length).map(|_| Object::new()).collect();
    for (array, name) in columns {
        let Some(name) = name else {
            return Err(Error::types(
                "every array of `ARRAY TO COLLECTION` but a single one needs a property name",
            ));
        };
        for (object, value) in objects.iter().zip(elements(array)) {
            let written = object.set(name, value);
            debug_assert!(written, "the objects have just been made");
        }
    }
    Ok(objects.into_iter().map(Value::Object).collect())
}

/// Gives a collection other elements; a shared one must be in use.
fn fill(target: &Collection, values: Vec<Value>) -> Result<()> {
    let Some(shared) = target.as_shared() else {
        target.replace(values);
        return Ok(());
    };
    shared.replace(values)
}

const COLLECTION_TO_ARRAY: Command = Command {
    number: 1562,
    name: "COLLECTION TO ARRAY",
    thread_safe: true,
    help: "Fills an array with the elements of a collection, or arrays with properties of its objects.",
    syntaxes: &[native!(collection_to_array(collection, array, propertyName))],
};

fn collection_to_array(
    source: Collection,
    array: Var<Array>,
    rest: Rest<OneOf<Text, Var<Array>>>,
) -> Result<()> {
    let mut columns = vec![(array, None)];
    for argument in rest.0 {
        match (argument, columns.last_mut()) {
            (OneOf::First(name), Some(column)) => column.1 = Some(name),
            (OneOf::First(_), None) => {}
            (OneOf::Second(array), _) => columns.push((array, None)),
        }
    }
    let values = source.to_vec();
    for (array, name) in columns {
        let column: Vec<Value> = match name.filter(|name| !name.is_empty()) {
            None => values.clone(),
            Some(name) => values.iter().map(|value| property(value, &name)).collect(),
        };
        give(&array, column)?;
    }
    Ok(())
}

fn property(value: &Value, name: &Text) -> Value {
    if let Value::Object(object) = value { object.get(name).unwrap_or_default() } else { Value::Undefined }
}

/// Fills the array of a variable with values, converted to its type. A variable without an array is given one of the
/// type of the first value.
pub(super) fn give(variable: &Var<Array>, values: Vec<Value>) -> Result<()> {
    let wanted = values.first().map_or(ArrayType::Text, array_type);
    let array = variable.array(wanted);
    let Type::Array(type_) = array.type_() else {
        return Err(Error::types("an array of two dimensions cannot hold the elements of a collection"));
    };
    let mut items = Items::new(type_, values.len());
    for (index, value) in values.into_iter().enumerate() {
        items.set(index + 1, convert::to_element(value, type_));
    }
    array.with_mut(|old| *old = items);
    Ok(())
}

/// The array that holds values like this one.
fn array_type(value: &Value) -> ArrayType {
    match value {
        Value::Integer(_) | Value::Real(_) => ArrayType::Real,
        Value::Boolean(_) => ArrayType::Boolean,
        Value::Date(_) => ArrayType::Date,
        Value::Time(_) => ArrayType::Time,
        Value::Blob(_) => ArrayType::Blob,
        Value::Picture(_) => ArrayType::Picture,
        Value::Pointer(_) => ArrayType::Pointer,
        Value::Object(_) => ArrayType::Object,
        Value::Undefined
        | Value::Null
        | Value::Text(_)
        | Value::Collection(_)
        | Value::Array(_)
        | Value::Variable(_) => ArrayType::Text,
    }
}

const NEW_COLLECTION: Command = Command {
    number: 1472,
    name: "New collection",
    thread_safe: true,
    help: "A new collection of these values.",
    syntaxes: &[native!(new_collection(value))],
};

fn new_collection(values: Rest<Value>) -> Collection {
    Collection::from_vec(values.0.into_iter().map(element).collect())
}

const NEW_SHARED_COLLECTION: Command = Command {
    number: 1527,
    name: "New shared collection",
    thread_safe: true,
    help: "A new collection of these values that several processes can see.",
    syntaxes: &[native!(new_shared_collection(value))],
};

fn new_shared_collection(values: Rest<Value>) -> Result<Collection> {
    let values: Vec<Value> = values.0.into_iter().map(element).collect();
    Ok(Collection::with_elements(Elements::Shared(SharedCollection::new(&values)?)))
}
