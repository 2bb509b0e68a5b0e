//! Parameters by number, bounds of sizes, and other small questions that generated code asks.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a value of any other type is one and the same case here"
)]

use crate::program::ids::{InterprocessId, LocalId};
use crate::program::tree::{Home, Method};
use crate::runtime::process::Process;
use crate::source::span::Span;
use crate::value::bounds;
use crate::value::convert::convert;
use crate::value::error::{Error, Result};
use crate::value::pointer::{Pointer, Target};
use crate::value::text::Text;
use crate::value::{Type, Value};

/// No text may be longer, in UTF-16 units (`--max-text` lowers it).
const MOST_UNITS: usize = 1 << 30;
/// No array may be larger.
const MOST_ELEMENTS: usize = i32::MAX as usize;
/// From so many elements on the memory is asked first whether there is room.
const PROBED: usize = 1 << 20;

impl Process {
    /// `${n}`: a declared parameter, or one past them; Undefined when it was not given.
    pub fn parameter(&mut self, method: &Method, n: i64) -> Value {
        let Some(index) = usize::try_from(n).ok().and_then(|n| n.checked_sub(1)) else {
            return if n == 0 {
                method.result.map(|id| self.read_local(method, id)).unwrap_or_default()
            } else {
                Value::Undefined
            };
        };
        match method.parameters.get(index) {
            Some(parameter) => self.read_local(method, parameter.local),
            None => self.extra(index - method.parameters.len()),
        }
    }

    /// `${n}:=value`
    pub fn set_parameter(&mut self, method: &Method, n: i64, value: Value) -> Result<()> {
        let Some(index) = usize::try_from(n).ok().and_then(|n| n.checked_sub(1)) else {
            return match method.result {
                Some(id) if n == 0 => self.write_local(method, id, value),
                _ => Err(no_parameter(n)),
            };
        };
        match method.parameters.get(index) {
            Some(parameter) => self.write_local(method, parameter.local, value),
            None => self.set_extra(index - method.parameters.len(), n, value),
        }
    }

    pub(super) fn read_local(&self, method: &Method, id: LocalId) -> Value {
        let Some(local) = method.locals.get(id.0 as usize) else { return Value::Undefined };
        match local.home {
            #[expect(clippy::cast_possible_truncation, reason = "an Integer slot holds 32 bits")]
            Home::Integer(slot) => Value::Integer(self.stack.integer(slot) as i32),
            Home::Real(slot) => Value::Real(self.stack.real(slot)),
            Home::Boolean(slot) => Value::Boolean(self.stack.boolean(slot)),
            Home::Value(slot) | Home::Variable(slot) => match self.stack.value(slot) {
                Value::Variable(variable) => variable.get(),
                value => value.clone(),
            },
        }
    }

    pub(super) fn write_local(&mut self, method: &Method, id: LocalId, value: Value) -> Result<()> {
        let Some(local) = method.locals.get(id.0 as usize) else { return Ok(()) };
        let value = convert(value, local.type_)?;
        self.set_local(method, id, value);
        Ok(())
    }

    fn extra(&self, index: usize) -> Value {
        self.stack.frame().and_then(|frame| frame.extras().get(index)).cloned().unwrap_or_default()
    }

    fn set_extra(&mut self, index: usize, n: i64, value: Value) -> Result<()> {
        let place = self.stack.frame_mut().and_then(|frame| frame.extras_mut().get_mut(index));
        match place {
            Some(place) => {
                *place = value;
                Ok(())
            }
            None => Err(no_parameter(n)),
        }
    }

    /// `$n` past the declared parameters of the running method.
    pub fn extra_parameter(&mut self, n: u32) -> Value {
        let declared = self.declared_parameters();
        (n as usize).checked_sub(declared + 1).map(|index| self.extra(index)).unwrap_or_default()
    }

    /// `$n:=value` past the declared parameters.
    pub fn set_extra_parameter(&mut self, n: u32, value: Value) -> Result<()> {
        let declared = self.declared_parameters();
        match (n as usize).checked_sub(declared + 1) {
            Some(index) => self.set_extra(index, i64::from(n), value),
            None => Err(no_parameter(i64::from(n))),
        }
    }

    fn declared_parameters(&mut self) -> usize {
        let Some(id) = self.stack.frame().map(|frame| frame.code) else { return 0 };
        self.code(id).map_or(0, |code| code.method.parameters.len())
    }

    /// Gives an interprocess variable a value, converted to its declared type.
    pub fn assign_interprocess(&mut self, id: InterprocessId, value: Value) -> Result<()> {
        let variable = self.interprocess(id);
        let value = match variable.declared() {
            Type::Variant | Type::Array(_) | Type::Rows(_) => value,
            declared => convert(value, declared)?,
        };
        if let (Value::Array(array), false) = (variable.get(), matches!(value, Value::Array(_))) {
            if let Value::Integer(index) = convert(value, Type::Integer)? {
                array.select(index);
            }
            return Ok(());
        }
        self.set_interprocess(id, value)
    }

    /// Makes what a pointer leads to hold a value as it is: an array.
    pub fn set_through(&mut self, pointer: &Pointer, value: Value) -> Result<()> {
        match pointer.target() {
            Some(Target::Variable(variable)) => {
                variable.set(value);
                Ok(())
            }
            Some(Target::Interprocess(id, _)) => self.set_interprocess(InterprocessId(*id), value),
            _ => self.assign_through(pointer, value),
        }
    }

    /// `base[name]` or `base.name`, for places that have been computed.
    pub fn get_index_or_member(&mut self, base: &Value, name: &Value, site: Span) -> Result<Value> {
        match (base, name) {
            (Value::Object(_), Value::Text(name)) => self.get_member(base, name, site),
            _ => self.get_index(base, name, site),
        }
    }

    /// `base[name]:=value` or `base.name:=value`, for places that have been computed.
    pub fn set_index_or_member(
        &mut self,
        base: &Value,
        name: &Value,
        value: Value,
        site: Span,
    ) -> Result<()> {
        match name {
            Value::Text(name) => self.set_member(base, name, value, site),
            _ => self.set_index(base, name, value, site),
        }
    }

    /// The names of the classes of `cs` or `4D`.
    pub fn class_store_names(&self, store: &str) -> Vec<Text> {
        let names = if store == "cs" {
            self.runtime.loader.class_names()
        } else {
            self.runtime.loader.native_class_names().into_iter().map(str::to_owned).collect()
        };
        names.into_iter().map(Text::from).collect()
    }

    /// Fails when a text would be too long.
    #[inline]
    pub fn check_text(&self, units: usize) -> Result<()> {
        if units > MOST_UNITS { Err(too_large("a text", units)) } else { bounds::check_text(units) }
    }

    /// Fails when an array would be too large, for an array or for the memory.
    pub fn check_elements(&self, count: usize) -> Result<()> {
        if count > MOST_ELEMENTS || (count >= PROBED && !has_room(count)) {
            return Err(too_large("an array", count));
        }
        bounds::check_elements(count)
    }
}

/// Whether the system would give memory for so many elements of the largest kind.
#[cold]
fn has_room(count: usize) -> bool {
    Vec::<crate::value::Value>::new().try_reserve_exact(count).is_ok()
}

#[cold]
fn too_large(what: &str, size: usize) -> Error {
    Error::quatre(8005, format!("{what} of {size} elements is too large")).fatal()
}

#[cold]
fn no_parameter(n: i64) -> Error {
    Error::quatre(5113, format!("there is no parameter {n}"))
        .help("`Count parameters` tells how many were given")
}
