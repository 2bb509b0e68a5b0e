//! Functions that call a formula or a method for each element.
//!
//! The formula receives an object with `value`, may set `result` and `stop` in it, and what it gives counts when it
//! set no result.

use crate::builtin::Function;
use crate::builtin::parameter::{Callback, Rest};
use crate::classes::collection::{alike, flatten, position};
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

/// The object that a formula receives as `$1`, used again for the next call while nobody else holds it.
pub struct Event {
    names: Vec<Text>,
    result: Text,
    stop: Text,
    spare: Option<Object>,
    /// The number of the shape that the object has before each call; 0 before the first.
    shape: u64,
}

/// What one call gave.
pub struct Answer {
    /// What it put in `result`, or else what it gave back.
    pub value: Value,
    /// Whether it set `stop`.
    pub stop: bool,
}

impl Event {
    /// One whose object has these properties before the call.
    pub fn new(names: &[&str]) -> Self {
        Self {
            names: names.iter().map(|name| Text::from(*name)).collect(),
            result: Text::from("result"),
            stop: Text::from("stop"),
            spare: None,
            shape: 0,
        }
    }

    /// An object with these values in its properties.
    fn object(&mut self, values: impl IntoIterator<Item = Value>) -> Result<Object> {
        if let Some(object) = self.spare.take().filter(Object::is_held_once)
            && object.shape_number() == self.shape
        {
            for (place, value) in values.into_iter().enumerate() {
                object.set_at(place, value);
            }
            return Ok(object);
        }
        let object = Object::default();
        for (name, value) in self.names.iter().zip(values) {
            if !object.set(name, value) {
                return Err(Error::types("the element cannot be given to a formula"));
            }
        }
        self.shape = object.shape_number();
        Ok(object)
    }

    /// Calls with an object of these values as the first argument.
    pub fn call(
        &mut self,
        process: &mut Process,
        callback: &Callback,
        values: impl IntoIterator<Item = Value>,
        parameters: &[Value],
    ) -> Result<Answer> {
        let object = self.object(values)?;
        let shape = object.shape_number();
        let value = callback.call_with(process, Value::Object(object.clone()), parameters)?;
        if !process.tick() {
            process.check()?;
        }
        // Without new properties there is neither a result nor a stop.
        if object.shape_number() == shape && shape != 0 {
            self.spare = Some(object);
            return Ok(Answer { value, stop: false });
        }
        let stop = is_true(&object.get(&self.stop).unwrap_or_default());
        Ok(Answer { value: object.get(&self.result).unwrap_or(value), stop })
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
    let mut event = Event::new(&["value"]);
    let length = this.len();
    for index in position(start, length)..length {
        let value = this.get(index).unwrap_or_default();
        let answer = event.call(process, callback, [value.clone()], parameters)?;
        if !action(index, value, answer.value) || answer.stop {
            return Ok(());
        }
    }
    Ok(())
}

/// Whether a formula said yes: only True is.
pub fn is_true(value: &Value) -> bool {
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
    flatten(process, &mapped, 1, &mut result)?;
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
    alike(&this, result)
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

/// The formula finds the value so far in `accumulator` and leaves the new one there; at first it is undefined, unless
/// a value is given.
fn accumulate(
    process: &mut Process,
    values: Vec<Value>,
    callback: &Callback,
    initial: Option<Value>,
    parameters: &[Value],
) -> Result<Value> {
    let (accumulator, key, stop) = (Text::from("accumulator"), Text::from("value"), Text::from("stop"));
    let mut event = Object::new();
    if let Some(initial) = initial {
        write(&event, &accumulator, initial)?;
    }
    for value in values {
        // The object goes on to the next call, so that the accumulator has one holder; one that the formula kept stays
        // as it is.
        if !event.is_held_once() {
            let next = Object::new();
            write(&next, &accumulator, event.get(&accumulator).unwrap_or_default())?;
            event = next;
        }
        write(&event, &key, value)?;
        let mut arguments = Vec::with_capacity(1 + parameters.len());
        arguments.push(Value::Object(event.clone()));
        arguments.extend_from_slice(parameters);
        callback.call(process, arguments)?;
        if is_true(&event.get(&stop).unwrap_or_default()) {
            break;
        }
        if !process.tick() {
            process.check()?;
        }
    }
    Ok(event.get(&accumulator).unwrap_or_default())
}

fn write(object: &Object, key: &Text, value: Value) -> Result<()> {
    if object.set(key, value) {
        Ok(())
    } else {
        Err(Error::types("the element cannot be given to a formula"))
    }
}
