//! Functions that call a formula or a method for each element.
//!
//! The formula receives an object with `value`, may set `result` and `stop` in it, and what it gives counts when it
//! set no result.

use crate::builtin::Function;
use crate::builtin::parameter::{Callback, Rest};
use crate::classes::collection::{flatten, position};
use crate::native;
use crate::runtime::process::Process;
use crate::value::Value;
use crate::value::collection::Collection;
use crate::value::error::{Error, Result};
use crate::value::object::Object;
use crate::value::text::Text;

macro_rules! functions {
    ($($constant:ident $name:literal $help:literal: $($native:expr),+;)*) => {
        $(
            #[doc = $help]
            pub const $constant: Function = Function { name: $name, help: $help, syntaxes: &[$($native),+] };
        )*
    };
}

functions! {
    EVERY "every" "Whether a formula gives True for every element.": native!(every(process, this, formula, param)), native!(every_from(process, this, startFrom, formula, param));
    FILTER "filter" "A new collection of the elements for which a formula gives True.": native!(filter(process, this, formula, param));
    FIND "find" "The first element for which a formula gives True.": native!(find(process, this, formula, param)), native!(find_from(process, this, startFrom, formula, param));
    FIND_INDEX "findIndex" "The position of the first element for which a formula gives True.": native!(find_index(process, this, formula, param)), native!(find_index_from(process, this, startFrom, formula, param));
    FLAT_MAP "flatMap" "A new collection of what a formula gives for each element, one level flatter.": native!(flat_map(process, this, formula, param));
    MAP "map" "A new collection of what a formula gives for each element.": native!(map(process, this, formula, param));
    REDUCE "reduce" "One value that a formula builds from all elements, from left to right.": native!(reduce(process, this, formula, initValue, param));
    REDUCE_RIGHT "reduceRight" "One value that a formula builds from all elements, from right to left.": native!(reduce_right(process, this, formula, initValue, param));
    SOME "some" "Whether a formula gives True for at least one element.": native!(some(process, this, formula, param)), native!(some_from(process, this, startFrom, formula, param));
}

/// The names of the properties of the object that a formula receives.
pub struct Keys {
    value: Text,
    result: Text,
    stop: Text,
}

impl Default for Keys {
    fn default() -> Self {
        Self { value: Text::from("value"), result: Text::from("result"), stop: Text::from("stop") }
    }
}

/// Calls a formula or a method.
pub fn invoke(process: &mut Process, callback: &Callback, arguments: Vec<Value>) -> Result<Value> {
    let site = process.site().unwrap_or_default();
    match callback {
        Callback::Function(object) => match object.as_function() {
            Some(function) => process.call_function(&function, Value::Null, arguments, site),
            None => Err(Error::types("this object is no function")),
        },
        Callback::Method(name) => {
            let method = process.runtime.loader.method(&name.to_str());
            match method {
                Some(id) => process.call(id, arguments, site),
                None => Err(Error::quatre(2001, format!("there is no method `{}`", name.to_str()))),
            }
        }
    }
}

/// What one call for an element gave, and whether it said to stop.
struct Answer {
    value: Value,
    stop: bool,
}

/// Calls for elements one after the other.
struct Caller<'a> {
    callback: &'a Callback,
    parameters: &'a [Value],
    keys: Keys,
}

impl<'a> Caller<'a> {
    fn new(callback: &'a Callback, parameters: &'a [Value]) -> Self {
        Self { callback, parameters, keys: Keys::default() }
    }

    fn call(&self, process: &mut Process, value: Value) -> Result<Answer> {
        let event = Object::new();
        if !event.set(&self.keys.value, value) {
            return Err(Error::types("the element cannot be given to a formula"));
        }
        let mut arguments = Vec::with_capacity(1 + self.parameters.len());
        arguments.push(Value::Object(event.clone()));
        arguments.extend_from_slice(self.parameters);
        let given = invoke(process, self.callback, arguments)?;
        let stop = matches!(event.get(&self.keys.stop), Some(Value::Boolean(true)));
        Ok(Answer { value: event.get(&self.keys.result).unwrap_or(given), stop })
    }
}

/// Goes through the elements from a position on; `action` says whether to go on.
fn go(
    process: &mut Process,
    this: &Collection,
    start: i32,
    callback: &Callback,
    parameters: &[Value],
    mut action: impl FnMut(usize, Value, Value) -> bool,
) -> Result<()> {
    let caller = Caller::new(callback, parameters);
    let length = this.len();
    for index in position(start, length)..length {
        let value = this.get(index).unwrap_or_default();
        let answer = caller.call(process, value.clone())?;
        if !action(index, value, answer.value) || answer.stop {
            return Ok(());
        }
        if !process.tick() {
            process.check()?;
        }
    }
    Ok(())
}

fn is_true(value: &Value) -> bool {
    matches!(value, Value::Boolean(true))
}

fn map(
    process: &mut Process,
    this: Collection,
    callback: Callback,
    parameters: Rest<Value>,
) -> Result<Collection> {
    let mut result = Vec::with_capacity(this.len());
    go(process, &this, 0, &callback, &parameters.0, |_, _, answer| {
        result.push(if matches!(answer, Value::Undefined) { Value::Null } else { answer });
        true
    })?;
    Ok(Collection::from_vec(result))
}

fn flat_map(
    process: &mut Process,
    this: Collection,
    callback: Callback,
    parameters: Rest<Value>,
) -> Result<Collection> {
    let mapped = map(process, this, callback, parameters)?;
    let mut result = Vec::new();
    flatten(&mapped, 1, &mut result);
    Ok(Collection::from_vec(result))
}

fn filter(
    process: &mut Process,
    this: Collection,
    callback: Callback,
    parameters: Rest<Value>,
) -> Result<Collection> {
    let mut result = Vec::new();
    go(process, &this, 0, &callback, &parameters.0, |_, value, answer| {
        if is_true(&answer) {
            result.push(value);
        }
        true
    })?;
    Ok(Collection::from_vec(result))
}

fn every(
    process: &mut Process,
    this: Collection,
    callback: Callback,
    parameters: Rest<Value>,
) -> Result<bool> {
    every_from(process, this, 0, callback, parameters)
}

fn every_from(
    process: &mut Process,
    this: Collection,
    start: i32,
    callback: Callback,
    parameters: Rest<Value>,
) -> Result<bool> {
    // Nothing is tested from beyond the end, and nothing is then said to hold.
    let mut all = start == 0 || position(start, this.len()) < this.len();
    go(process, &this, start, &callback, &parameters.0, |_, _, answer| {
        all = is_true(&answer);
        all
    })?;
    Ok(all)
}

fn some(
    process: &mut Process,
    this: Collection,
    callback: Callback,
    parameters: Rest<Value>,
) -> Result<bool> {
    some_from(process, this, 0, callback, parameters)
}

fn some_from(
    process: &mut Process,
    this: Collection,
    start: i32,
    callback: Callback,
    parameters: Rest<Value>,
) -> Result<bool> {
    Ok(search(process, &this, start, &callback, &parameters.0)?.is_some())
}

/// The first element for which the formula gives True.
fn search(
    process: &mut Process,
    this: &Collection,
    start: i32,
    callback: &Callback,
    parameters: &[Value],
) -> Result<Option<(usize, Value)>> {
    let mut found = None;
    go(process, this, start, callback, parameters, |index, value, answer| {
        if is_true(&answer) {
            found = Some((index, value));
        }
        found.is_none()
    })?;
    Ok(found)
}

fn find(
    process: &mut Process,
    this: Collection,
    callback: Callback,
    parameters: Rest<Value>,
) -> Result<Value> {
    find_from(process, this, 0, callback, parameters)
}

fn find_from(
    process: &mut Process,
    this: Collection,
    start: i32,
    callback: Callback,
    parameters: Rest<Value>,
) -> Result<Value> {
    let found = search(process, &this, start, &callback, &parameters.0)?;
    Ok(found.map(|(_, value)| value).unwrap_or_default())
}

fn find_index(
    process: &mut Process,
    this: Collection,
    callback: Callback,
    parameters: Rest<Value>,
) -> Result<i32> {
    find_index_from(process, this, 0, callback, parameters)
}

fn find_index_from(
    process: &mut Process,
    this: Collection,
    start: i32,
    callback: Callback,
    parameters: Rest<Value>,
) -> Result<i32> {
    let found = search(process, &this, start, &callback, &parameters.0)?;
    Ok(found.map_or(-1, |(index, _)| i32::try_from(index).unwrap_or(i32::MAX)))
}

fn reduce(
    process: &mut Process,
    this: Collection,
    callback: Callback,
    initial: Option<Value>,
    parameters: Rest<Value>,
) -> Result<Value> {
    accumulate(process, this.to_vec(), &callback, initial, &parameters.0)
}

fn reduce_right(
    process: &mut Process,
    this: Collection,
    callback: Callback,
    initial: Option<Value>,
    parameters: Rest<Value>,
) -> Result<Value> {
    let mut values = this.to_vec();
    values.reverse();
    accumulate(process, values, &callback, initial, &parameters.0)
}

/// The formula finds the value so far in `accumulator` and leaves the new one there.
fn accumulate(
    process: &mut Process,
    values: Vec<Value>,
    callback: &Callback,
    initial: Option<Value>,
    parameters: &[Value],
) -> Result<Value> {
    let (accumulator, key, stop) = (Text::from("accumulator"), Text::from("value"), Text::from("stop"));
    let mut values = values.into_iter();
    let mut so_far = match initial {
        Some(initial) => initial,
        None => values.next().unwrap_or_default(),
    };
    for value in values {
        let event = Object::new();
        if !(event.set(&accumulator, so_far.clone()) && event.set(&key, value)) {
            return Err(Error::types("the element cannot be given to a formula"));
        }
        let mut arguments = vec![Value::Object(event.clone())];
        arguments.extend_from_slice(parameters);
        invoke(process, callback, arguments)?;
        so_far = event.get(&accumulator).unwrap_or_default();
        if is_true(&event.get(&stop).unwrap_or_default()) {
            break;
        }
        if !process.tick() {
            process.check()?;
        }
    }
    Ok(so_far)
}
