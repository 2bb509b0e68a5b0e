//! Theme Objects (Language): objects by name of property, copies, classes. Names of properties are case sensitive.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a command names the types that it takes; all others are one case"
)]

use std::cell::RefCell;
use std::sync::Arc;

use super::collections::{elements, give};
use crate::builtin::parameter::{Made, OneOf, Rest, Var, mismatch};
use crate::builtin::{Command, Theme};
use crate::classes;
use crate::native;
use crate::runtime::access;
use crate::runtime::process::Process;
use crate::source::span::Span;
use crate::value::array::{Array, Items};
use crate::value::collection::Collection;
use crate::value::deep;
use crate::value::error::{Error, Result};
use crate::value::function::ClassRef;
use crate::value::json::{Settings, Times};
use crate::value::number;
use crate::value::object::Object;
use crate::value::pointer::Pointer;
use crate::value::shared::SharedObject;
use crate::value::text::Text;
use crate::value::time::Time;
use crate::value::{ArrayType, Type, Value, convert};

/// The theme.
pub const THEME: Theme = Theme {
    name: "Objects (Language)",
    commands: &[
        NEW_OBJECT,
        NEW_SHARED_OBJECT,
        OB_CLASS,
        OB_COPY,
        OB_ENTRIES,
        OB_GET,
        OB_GET_ARRAY,
        OB_GET_PROPERTY_NAMES,
        OB_GET_TYPE,
        OB_INSTANCE_OF,
        OB_IS_DEFINED,
        OB_IS_EMPTY,
        OB_IS_SHARED,
        OB_KEYS,
        OB_REMOVE,
        OB_SET,
        OB_SET_ARRAY,
        OB_SET_NULL,
        OB_VALUES,
        STORAGE,
    ],
};

/// `ck resolve pointers`
const RESOLVE_POINTERS: i32 = 1;
/// `ck shared`
const SHARED: i32 = 16;

/// The object that a parameter for reading is, `None` when there is no object yet.
fn readable(command: &str, value: Value) -> Result<Option<Object>> {
    match value {
        Value::Object(object) => Ok(Some(object)),
        Value::Undefined | Value::Null => Ok(None),
        other => Err(mismatch(command, "object", "Object", &other)),
    }
}

/// Reads a property; computed ones and those of built-in classes too.
fn read(process: &mut Process, object: &Object, name: &Text) -> Result<Value> {
    if let Some(value) = object.get(name) {
        return Ok(value);
    }
    if object.class().is_none() {
        return Ok(Value::Undefined);
    }
    process.get_member(&Value::Object(object.clone()), name, Span::default())
}

/// Writes a property; a shared object must be in use.
fn write(process: &mut Process, object: &Object, name: &Text, value: Value) -> Result<()> {
    if object.class().is_none()
        && object.as_shared().is_none()
        && !matches!(value, Value::Undefined)
        && object.set(name, value.clone())
    {
        return Ok(());
    }
    process.set_member(&Value::Object(object.clone()), name, value, Span::default())
}

const NEW_OBJECT: Command = Command {
    number: 1471,
    name: "New object",
    thread_safe: true,
    help: "A new object with these properties and values.",
    syntaxes: &[native!(new_object(property))],
};

fn new_object(pairs: Rest<(Text, Value)>) -> Object {
    let object = Object::new();
    for (name, value) in pairs.0 {
        if !matches!(value, Value::Undefined) {
            let written = object.set(&name, value);
            debug_assert!(written, "the object has just been made");
        }
    }
    object
}

const NEW_SHARED_OBJECT: Command = Command {
    number: 1526,
    name: "New shared object",
    thread_safe: true,
    help: "A new object with these properties and values that several processes can see.",
    syntaxes: &[native!(new_shared_object(property))],
};

fn new_shared_object(pairs: Rest<(Text, Value)>) -> Result<Object> {
    let object = SharedObject::new(None);
    for (name, value) in pairs.0 {
        if !matches!(value, Value::Undefined) {
            object.init(&name, value)?;
        }
    }
    Ok(Object::shared(object))
}

const OB_CLASS: Command = Command {
    number: 1730,
    name: "OB Class",
    thread_safe: true,
    help: "The class of an object, Null when there is no object.",
    syntaxes: &[native!(ob_class(object))],
};

fn ob_class(value: Value) -> Result<Option<Object>> {
    if let Value::Collection(_) = value {
        return Ok(Some(Object::class_object(ClassRef::BuiltIn("Collection"))));
    }
    let object = readable("OB Class", value)?;
    Ok(object.map(|object| Object::class_object(object.class().unwrap_or(ClassRef::BuiltIn("Object")))))
}

const OB_COPY: Command = Command {
    number: 1225,
    name: "OB Copy",
    thread_safe: true,
    help: "A deep copy of an object, if wanted shared, or with values in the place of pointers.",
    syntaxes: &[
        native!(ob_copy_resolved(process, object, resolvePtrs)),
        native!(ob_copy(process, object, option, groupWith)),
    ],
};

fn ob_copy_resolved(process: &mut Process, object: Value, resolve: Option<bool>) -> Result<Value> {
    copy(process, object, if resolve == Some(true) { RESOLVE_POINTERS } else { 0 }, None)
}

fn ob_copy(
    process: &mut Process,
    object: Value,
    option: Option<i32>,
    group: Option<OneOf<Object, Collection>>,
) -> Result<Value> {
    copy(process, object, option.unwrap_or(0), group)
}

fn copy(
    process: &mut Process,
    value: Value,
    option: i32,
    group: Option<OneOf<Object, Collection>>,
) -> Result<Value> {
    let Some(object) = readable("OB Copy", value)? else { return Ok(Value::Null) };
    let (group_object, group_collection) = match &group {
        Some(OneOf::First(object)) => {
            // The attributes of a class are shared, so a copy can belong to their group.
            (
                object.as_shared().or_else(|| object.as_class().map(|class| process.class_attributes(class))),
                None,
            )
        }
        Some(OneOf::Second(collection)) => (None, collection.as_shared()),
        None => (None, None),
    };
    if group.is_some() && group_object.is_none() && group_collection.is_none() {
        return Err(Error::quatre(5411, "a copy can be grouped only with a shared object or collection"));
    }
    let process = RefCell::new(process);
    let resolve = |pointer: &Pointer| process.borrow_mut().dereference(pointer).ok();
    let options = deep::Options {
        shared: option & SHARED != 0,
        group: group_object
            .as_ref()
            .map(|object| object.membership())
            .or_else(|| group_collection.as_ref().map(|collection| collection.membership())),
        resolve: if option & RESOLVE_POINTERS != 0 { Some(&resolve) } else { None },
    };
    deep::copy(&Value::Object(object), options)
}

const OB_ENTRIES: Command = Command {
    number: 1720,
    name: "OB Entries",
    thread_safe: false,
    help: "The properties of an object as objects with a `key` and a `value`.",
    syntaxes: &[native!(ob_entries(object))],
};

fn ob_entries(object: Object) -> Collection {
    let entry = |(key, value): (Text, Value)| {
        let entry = Object::new();
        entry.put("key", key);
        entry.put("value", value);
        Value::Object(entry)
    };
    object.entries().into_iter().map(entry).collect()
}

const OB_GET: Command = Command {
    number: 1224,
    name: "OB Get",
    thread_safe: true,
    help: "The value of a property, if wanted converted to a type.",
    syntaxes: &[native!(ob_get(process, object, property, type))],
};

fn ob_get(process: &mut Process, object: Value, name: Text, type_: Option<i32>) -> Result<Value> {
    let Some(object) = readable("OB Get", object)? else { return Ok(Value::Undefined) };
    let value = read(process, &object, &name)?;
    match type_ {
        Some(type_) if !matches!(value, Value::Undefined) => as_type(value, type_),
        _ => Ok(value),
    }
}

/// A value as one of the types that a constant of the theme `Field and Variable Types` names.
pub(super) fn as_type(value: Value, type_: i32) -> Result<Value> {
    Ok(match type_ {
        1 => Value::Real(convert::to_number(&value).unwrap_or_default()),
        2 => Value::Text(convert::to_text(&value)),
        4 => Value::Date(convert::to_date(&value)),
        6 => Value::Boolean(is_true(&value)),
        9 => Value::Integer(number::to_integer(convert::to_number(&value).unwrap_or_default())),
        11 => Value::Time(as_time(&value)),
        255 => Value::Null,
        3 if matches!(value, Value::Picture(_)) => value,
        23 if matches!(value, Value::Pointer(_)) => value,
        38 if matches!(value, Value::Object(_) | Value::Null) => value,
        42 if matches!(value, Value::Collection(_) | Value::Null) => value,
        3 | 23 | 38 | 42 => {
            return Err(Error::types(format!(
                "the value is of type {}, not of the one wanted",
                value.type_name()
            )));
        }
        _ => return Err(Error::quatre(5412, format!("{type_} is no type that a value can be converted to"))),
    })
}

/// An object or a collection is True as soon as there is one.
fn is_true(value: &Value) -> bool {
    matches!(value, Value::Object(_) | Value::Collection(_)) || convert::to_boolean(value)
}

/// A number is a time in the unit that the settings name.
fn as_time(value: &Value) -> Time {
    match (Settings::current().times, value) {
        (Times::Milliseconds, Value::Real(x)) => Time::from_number((x / 1000.0).trunc()),
        _ => convert::to_time(value),
    }
}

const OB_GET_ARRAY: Command = Command {
    number: 1229,
    name: "OB GET ARRAY",
    thread_safe: true,
    help: "Fills an array with the elements of a collection that a property holds.",
    syntaxes: &[native!(ob_get_array(process, object, property, array))],
};

fn ob_get_array(process: &mut Process, object: Value, name: Text, array: Var<Array>) -> Result<()> {
    let value = match readable("OB GET ARRAY", object)? {
        Some(object) => read(process, &object, &name)?,
        None => Value::Undefined,
    };
    give(
        &array,
        match value {
            Value::Collection(collection) => collection.to_vec(),
            Value::Undefined | Value::Null => Vec::new(),
            other => vec![other],
        },
    )
}

const OB_GET_PROPERTY_NAMES: Command = Command {
    number: 1232,
    name: "OB GET PROPERTY NAMES",
    thread_safe: true,
    help: "Fills arrays with the names of the properties of an object and with the types of their values.",
    syntaxes: &[native!(ob_get_property_names(object, arrProperties, arrTypes))],
};

fn ob_get_property_names(object: Value, names: Var<Array>, types: Option<Var<Array>>) -> Result<()> {
    let entries =
        readable("OB GET PROPERTY NAMES", object)?.map(|object| object.entries()).unwrap_or_default();
    if let Some(types) = types {
        let array = types.array(ArrayType::Longint);
        let codes: Vec<Value> = entries.iter().map(|(_, value)| Value::Integer(type_code(value))).collect();
        replace(&array, ArrayType::Longint, codes);
    }
    let array = names.array(ArrayType::Text);
    if array.type_() != Type::Array(ArrayType::Text) {
        return Err(Error::types("parameter `arrProperties` of `OB GET PROPERTY NAMES` is a Text array"));
    }
    replace(&array, ArrayType::Text, entries.into_iter().map(|(name, _)| Value::Text(name)).collect());
    Ok(())
}

fn replace(array: &Array, type_: ArrayType, values: Vec<Value>) {
    array.with_mut(|items| {
        let type_ = if let Items::Rows(..) = items { type_ } else { items.element_type() };
        *items = Items::new(type_, values.len());
        for (index, value) in values.into_iter().enumerate() {
            items.set(index + 1, convert::to_element(value, type_));
        }
    });
}

const OB_GET_TYPE: Command = Command {
    number: 1230,
    name: "OB Get type",
    thread_safe: true,
    help: "The type of the value of a property, `Is undefined` when there is none.",
    syntaxes: &[native!(ob_get_type(process, object, property))],
};

fn ob_get_type(process: &mut Process, object: Value, name: Text) -> Result<i32> {
    let Some(object) = readable("OB Get type", object)? else { return Ok(type_code(&Value::Undefined)) };
    Ok(type_code(&read(process, &object, &name)?))
}

/// The constant that names the type of a value in an object; a picture is an object there.
fn type_code(value: &Value) -> i32 {
    match value {
        Value::Undefined | Value::Array(_) | Value::Variable(_) => 5,
        Value::Null => 255,
        Value::Boolean(_) => 6,
        Value::Integer(_) | Value::Real(_) | Value::Time(_) => 1,
        Value::Text(_) => 2,
        Value::Date(_) => 4,
        Value::Pointer(_) => 23,
        Value::Blob(_) | Value::Picture(_) | Value::Object(_) => 38,
        Value::Collection(_) => 42,
    }
}

const OB_INSTANCE_OF: Command = Command {
    number: 1731,
    name: "OB Instance of",
    thread_safe: true,
    help: "Whether an object is of a class, or of one that extends it.",
    syntaxes: &[native!(ob_instance_of(process, object, class))],
};

fn ob_instance_of(process: &mut Process, value: Value, class: Value) -> Result<bool> {
    let wanted = if let Value::Object(class) = &class { class.as_class() } else { None };
    let Some(wanted) = wanted else {
        return Err(Error::native(-10745, "parameter `class` of `OB Instance of` is not a class"));
    };
    let Some(object) = readable("OB Instance of", value)? else { return Ok(false) };
    if wanted == ClassRef::BuiltIn("Object") {
        return Ok(true);
    }
    let mut class = object.class();
    while let Some(present) = class {
        if present == wanted {
            return Ok(true);
        }
        class = parent(process, present)?;
    }
    Ok(false)
}

fn parent(process: &Process, class: ClassRef) -> Result<Option<ClassRef>> {
    match class {
        ClassRef::User(id) => {
            let class = access::class(&process.runtime.loader, id)?;
            Ok(class.parent.map(ClassRef::User).or_else(|| class.built_in_parent.map(ClassRef::BuiltIn)))
        }
        ClassRef::BuiltIn(name) => Ok(classes::parent(name).map(ClassRef::BuiltIn)),
    }
}

const OB_IS_DEFINED: Command = Command {
    number: 1231,
    name: "OB Is defined",
    thread_safe: true,
    help: "Whether there is an object, or whether it has a property.",
    syntaxes: &[native!(ob_is_defined(process, object, property))],
};

fn ob_is_defined(process: &mut Process, object: Value, name: Option<Text>) -> Result<bool> {
    match (readable("OB Is defined", object)?, name) {
        (None, _) => Ok(false),
        (Some(_), None) => Ok(true),
        (Some(object), Some(name)) => Ok(!matches!(read(process, &object, &name)?, Value::Undefined)),
    }
}

const OB_IS_EMPTY: Command = Command {
    number: 1297,
    name: "OB Is empty",
    thread_safe: true,
    help: "Whether there is no object, or one without properties.",
    syntaxes: &[native!(ob_is_empty(object))],
};

fn ob_is_empty(object: Value) -> Result<bool> {
    Ok(readable("OB Is empty", object)?.is_none_or(|object| object.is_empty()))
}

const OB_IS_SHARED: Command = Command {
    number: 1759,
    name: "OB Is shared",
    thread_safe: true,
    help: "Whether an object or a collection is shared.",
    syntaxes: &[native!(ob_is_shared(toCheck))],
};

fn ob_is_shared(value: Value) -> bool {
    if let Value::Collection(collection) = &value {
        return collection.as_shared().is_some();
    }
    if let Value::Object(object) = &value { object.as_shared().is_some() } else { false }
}

const OB_KEYS: Command = Command {
    number: 1719,
    name: "OB Keys",
    thread_safe: false,
    help: "The names of the properties of an object, in the order of their definition.",
    syntaxes: &[native!(ob_keys(object))],
};

fn ob_keys(object: Object) -> Collection {
    object.keys().into_iter().map(Value::Text).collect()
}

const OB_REMOVE: Command = Command {
    number: 1226,
    name: "OB REMOVE",
    thread_safe: true,
    help: "Removes a property from an object.",
    syntaxes: &[native!(ob_remove(object, property))],
};

fn ob_remove(object: Value, name: Text) -> Result<()> {
    let Some(object) = readable("OB REMOVE", object)? else { return Ok(()) };
    if let Some(shared) = object.as_shared() {
        return shared.remove(&name).map(|_| ());
    }
    object.remove(&name);
    Ok(())
}

const OB_SET: Command = Command {
    number: 1220,
    name: "OB SET",
    thread_safe: true,
    help: "Writes properties of an object, and makes the object when there is none.",
    syntaxes: &[native!(ob_set(process, object, property, value, more))],
};

fn ob_set(
    process: &mut Process,
    object: Made<Object>,
    name: Text,
    value: Value,
    more: Rest<(Text, Value)>,
) -> Result<()> {
    write(process, &object.0, &name, value)?;
    more.0.into_iter().try_for_each(|(name, value)| write(process, &object.0, &name, value))
}

const OB_SET_ARRAY: Command = Command {
    number: 1227,
    name: "OB SET ARRAY",
    thread_safe: true,
    help: "Writes the elements of an array as a collection into a property.",
    syntaxes: &[native!(ob_set_array(process, object, property, array))],
};

fn ob_set_array(
    process: &mut Process,
    object: Made<Object>,
    name: Text,
    array: OneOf<Array, Value>,
) -> Result<()> {
    let values = match array {
        OneOf::First(array) => elements(&array),
        OneOf::Second(value) => vec![value],
    };
    let collection = Collection::from_vec(values);
    if object.0.as_shared().is_none() {
        return write(process, &object.0, &name, Value::Collection(collection));
    }
    let options = deep::Options { shared: true, ..deep::Options::default() };
    let shared = deep::copy(&Value::Collection(collection), options)?;
    write(process, &object.0, &name, shared)
}

const OB_SET_NULL: Command = Command {
    number: 1233,
    name: "OB SET NULL",
    thread_safe: true,
    help: "Writes Null into a property.",
    syntaxes: &[native!(ob_set_null(process, object, property))],
};

fn ob_set_null(process: &mut Process, object: Made<Object>, name: Text) -> Result<()> {
    write(process, &object.0, &name, Value::Null)
}

const OB_VALUES: Command = Command {
    number: 1718,
    name: "OB Values",
    thread_safe: false,
    help: "The values of the properties of an object, in the order of their definition.",
    syntaxes: &[native!(ob_values(object))],
};

fn ob_values(object: Object) -> Collection {
    object.entries().into_iter().map(|(_, value)| value).collect()
}

const STORAGE: Command = Command {
    number: 1525,
    name: "Storage",
    thread_safe: true,
    help: "The object of shared objects and collections that all processes see.",
    syntaxes: &[native!(storage(process))],
};

fn storage(process: &mut Process) -> Object {
    Object::shared(Arc::clone(&process.runtime.storage.catalog))
}
