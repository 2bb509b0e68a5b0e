//! Assignments: what receives a value, and how.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use std::sync::Arc;

use crate::generate::Generator;
use crate::generate::access::outside;
use crate::generate::expression::local_variable;
use crate::generate::fused::{
    AddIntegers, AddReals, Binary, Integers, MultiplyIntegers, MultiplyReals, Reals, SubtractIntegers,
    SubtractReals,
};
use crate::generate::fused::{ConstantInteger, ConstantReal, LocalInteger, LocalIntegerAsReal, LocalReal};
use crate::generate::numeric::{Leaf, with_integer, with_real, wrap};
use crate::generate::operators::function;
use crate::program::ids::{LocalId, Slot};
use crate::program::tree::{Assignment, Expr, ExprKind, Home};
use crate::runtime::code::{Code, Flow, StatementCode, ValueCode};
use crate::runtime::process::{Process, assign_variable};
use crate::source::span::Span;
use crate::syntax::operator::{AssignOp, BinaryOp};
use crate::value::array::{Array, Items};
use crate::value::blob::Blob;
use crate::value::convert::convert;
use crate::value::error::{Error, Result};
use crate::value::object::PropertyCache;
use crate::value::text::Text;
use crate::value::{Type, Value};

/// A closure that gives a value to a place.
pub type Setter = Box<dyn Fn(&mut Process, Value) -> Result<()>>;

/// What reads a place that has been found.
type PlaceReader = Box<dyn Fn(&mut Process, &Place) -> Result<Value>>;
/// What writes a place that has been found.
type PlaceWriter = Box<dyn Fn(&mut Process, &Place, Value) -> Result<()>>;

/// A place whose parts have been computed once: what reads it and what writes it.
enum Place {
    /// Nothing is computed to find it.
    Fixed,
    /// A property or an element: the base and the name or number.
    Of(Value, Value),
    /// What a pointer leads to.
    Through(crate::value::pointer::Pointer),
    /// An element of an array.
    Element(Value, i64),
}

impl Generator {
    /// `target:=value` and its compound forms as a statement.
    pub(super) fn assignment(&self, assignment: &Assignment, span: Span) -> StatementCode {
        if let Some(code) = self.scalar_assignment(assignment) {
            return code;
        }
        if let Some(code) = self.append(assignment, span) {
            return code;
        }
        if let Some(code) = self.element_assignment(assignment, span) {
            return code;
        }
        if let Some(code) = self.store(assignment, span) {
            return code;
        }
        let done = self.assign(assignment, span);
        Box::new(move |process| match done(process) {
            Ok(_) => Flow::Next,
            Err(error) => {
                process.fail(error);
                Flow::Fail
            }
        })
    }

    /// An assignment used as an expression: its value is what was given.
    pub(super) fn assignment_value(&self, assignment: &Assignment, span: Span) -> ValueCode {
        self.assign(assignment, span)
    }

    /// Every assignment that has no path of its own.
    fn assign(&self, assignment: &Assignment, span: Span) -> ValueCode {
        let value = self.value(&assignment.value);
        let Some(op) = assignment.op.binary() else {
            let set = self.setter(&assignment.target);
            return Box::new(move |process| {
                let value = value(process)?;
                set(process, value.clone()).map_err(|error| error.at(span))?;
                Ok(value)
            });
        };
        self.compound(&assignment.target, op, value, span)
    }

    /// `target op= value`: the parts of the target are computed once.
    fn compound(&self, target: &Expr, op: BinaryOp, value: ValueCode, span: Span) -> ValueCode {
        let Some(apply) = function(op) else { return value };
        let place = self.place(target);
        let read = self.place_reader(target);
        let write = self.place_writer(target);
        Box::new(move |process| {
            let place = place(process)?;
            let old = read(process, &place).map_err(|error| error.at(span))?;
            let given = value(process)?;
            let new = apply(old, given).map_err(|error| error.at(span))?;
            write(process, &place, new.clone()).map_err(|error| error.at(span))?;
            Ok(new)
        })
    }

    fn place(&self, target: &Expr) -> Code<Result<Place>> {
        match &target.kind {
            ExprKind::Member(base, name) => {
                let (base, name) = (self.value(base), Value::text(name));
                Box::new(move |process| Ok(Place::Of(base(process)?, name.clone())))
            }
            ExprKind::Index(base, index) => {
                let (base, index) = (self.value(base), self.value(index));
                Box::new(move |process| {
                    let base = base(process)?;
                    Ok(Place::Of(base, index(process)?))
                })
            }
            ExprKind::Deref(pointer) => {
                let (pointer, span) = (self.value(pointer), target.span);
                Box::new(move |process| match pointer(process)? {
                    Value::Pointer(pointer) => Ok(Place::Through(pointer)),
                    other => Err(not_a_pointer(&other).at(span)),
                })
            }
            ExprKind::Element(base, index) => {
                let (base, index) = (self.raw(base), self.integer(index));
                Box::new(move |process| {
                    let base = base(process)?;
                    let index = index(process);
                    process.check()?;
                    Ok(Place::Element(base, index))
                })
            }
            _ => Box::new(|_| Ok(Place::Fixed)),
        }
    }

    fn place_reader(&self, target: &Expr) -> PlaceReader {
        let span = target.span;
        let fixed = matches!(
            target.kind,
            ExprKind::Member(..) | ExprKind::Index(..) | ExprKind::Deref(_) | ExprKind::Element(..)
        );
        let direct = if fixed { None } else { Some(self.value(target)) };
        Box::new(move |process, place| match place {
            Place::Fixed => direct.as_ref().map_or(Ok(Value::Undefined), |read| read(process)),
            Place::Of(base, name) => process.get_index_or_member(base, name, span),
            Place::Through(pointer) => process.dereference(pointer),
            Place::Element(Value::Array(array), index) => usize::try_from(*index)
                .ok()
                .and_then(|i| array.get(i))
                .ok_or_else(|| outside(*index, array.size())),
            Place::Element(Value::Blob(blob), index) => Ok(usize::try_from(*index)
                .ok()
                .and_then(|i| blob.bytes().get(i))
                .map_or(Value::Undefined, |byte| Value::Integer(i32::from(*byte)))),
            Place::Element(other, _) => {
                Err(Error::types(format!("a value of type {} has no elements", other.type_name())))
            }
        })
    }

    fn place_writer(&self, target: &Expr) -> PlaceWriter {
        let span = target.span;
        let direct = self.setter(target);
        Box::new(move |process, place, value| match place {
            Place::Of(base, name) => process.set_index_or_member(base, name, value, span),
            Place::Through(pointer) => process.assign_through(pointer, value),
            Place::Element(Value::Array(array), index) => set_array_element(array, *index, value),
            Place::Fixed | Place::Element(..) => direct(process, value),
        })
    }

    /// A closure that gives a value to a place.
    pub(super) fn setter(&self, target: &Expr) -> Setter {
        let span = target.span;
        match &target.kind {
            ExprKind::Local(id) => self.local_setter(*id),
            ExprKind::Extra(n) => {
                let n = *n;
                Box::new(move |process, value| process.set_extra_parameter(n, value))
            }
            ExprKind::ParameterAt(index) => {
                let index = self.integer(index);
                let method = Arc::clone(&self.method);
                Box::new(move |process, value| {
                    let n = index(process);
                    process.check()?;
                    process.set_parameter(&method, n, value)
                })
            }
            ExprKind::Process(id) => {
                let id = *id;
                Box::new(move |process, value| {
                    let variable = process.variable(id);
                    assign_variable(&variable, value)
                })
            }
            ExprKind::Interprocess(id) => {
                let id = *id;
                Box::new(move |process, value| process.assign_interprocess(id, value))
            }
            ExprKind::Member(base, name) => self.member_setter(base, name, span),
            ExprKind::SuperMember(name) => {
                let (name, class) = (Text::from(&**name), self.method.class);
                Box::new(move |process, value| match class {
                    Some(class) => process.set_super(class, &name, value, span),
                    None => Err(Error::quatre(5111, "`Super` stands for nothing outside of a class")),
                })
            }
            ExprKind::Index(base, index) => {
                let (base, index) = (self.value(base), self.value(index));
                Box::new(move |process, value| {
                    let base = base(process)?;
                    let index = index(process)?;
                    process.set_index(&base, &index, value, span)
                })
            }
            ExprKind::Character(base, index) => self.character_setter(base, index),
            ExprKind::Element(base, index) => self.element_setter(base, index, span),
            ExprKind::Deref(pointer) => {
                let pointer = self.value(pointer);
                Box::new(move |process, value| match pointer(process)? {
                    Value::Pointer(pointer) => process.assign_through(&pointer, value),
                    other => Err(not_a_pointer(&other).at(span)),
                })
            }
            _ => {
                let value = self.value(target);
                Box::new(move |process, _| {
                    value(process)?;
                    Err(Error::quatre(3011, "this cannot be given a value").at(span))
                })
            }
        }
    }

    fn local_setter(&self, id: LocalId) -> Setter {
        let type_ = self.local_type(id);
        match self.home(id) {
            Some(Home::Integer(slot)) => Box::new(move |process, value| {
                if let Value::Integer(n) = convert(value, Type::Integer)? {
                    process.stack.set_integer(slot, i64::from(n));
                }
                Ok(())
            }),
            Some(Home::Real(slot)) => Box::new(move |process, value| {
                if let Value::Real(x) = convert(value, Type::Real)? {
                    process.stack.set_real(slot, x);
                }
                Ok(())
            }),
            Some(Home::Boolean(slot)) => Box::new(move |process, value| {
                if let Value::Boolean(b) = convert(value, Type::Boolean)? {
                    process.stack.set_boolean(slot, b);
                }
                Ok(())
            }),
            Some(Home::Value(slot)) => match type_ {
                Type::Variant | Type::Array(_) | Type::Rows(_) => {
                    Box::new(move |process, value| set_slot(process, slot, value))
                }
                _ => Box::new(move |process, value| {
                    let value = convert(value, type_)?;
                    process.stack.set_value(slot, value);
                    Ok(())
                }),
            },
            Some(Home::Variable(slot)) => {
                let name = self.variable_name(id);
                Box::new(move |process, value| {
                    let variable = local_variable(process, slot, &name, type_);
                    assign_variable(&variable, value)
                })
            }
            None => Box::new(|_, _| Ok(())),
        }
    }

    fn member_setter(&self, base: &Expr, name: &Arc<str>, span: Span) -> Setter {
        let key = Text::from(&**name);
        let cache = PropertyCache::default();
        let base = self.value(base);
        Box::new(move |process, value| {
            let base = base(process)?;
            write_member(process, &base, &key, &cache, value, span)
        })
    }

    fn character_setter(&self, base: &Expr, index: &Expr) -> Setter {
        let index = self.integer(index);
        if let Some(slot) = self.value_slot(base) {
            return Box::new(move |process, value| {
                let n = index(process);
                process.check()?;
                // In place: a copy for each character would make a loop over a text quadratic.
                match process.stack.value_mut(slot) {
                    Some(Value::Text(text)) => set_character(text, n, &value),
                    Some(_) | None => Err(no_text()),
                }
            });
        }
        let read = self.value(base);
        let write = self.setter(base);
        Box::new(move |process, value| {
            let old = read(process)?;
            let n = index(process);
            process.check()?;
            let Value::Text(mut text) = old else { return Err(no_text()) };
            set_character(&mut text, n, &value)?;
            write(process, Value::Text(text))
        })
    }

    fn element_setter(&self, base: &Expr, index: &Expr, span: Span) -> Setter {
        let array = self.raw(base);
        let index = self.integer(index);
        if base.type_ == Type::Blob
            && let Some(slot) = self.value_slot(base)
        {
            return Box::new(move |process, value| {
                let n = index(process);
                process.check()?;
                match process.stack.value_mut(slot) {
                    Some(Value::Blob(blob)) => set_byte(blob, n, value, span),
                    Some(_) | None => Ok(()),
                }
            });
        }
        // A blob is a value: changing a byte gives the variable a changed copy.
        let blob = matches!(
            base.kind,
            ExprKind::Local(_)
                | ExprKind::Process(_)
                | ExprKind::Interprocess(_)
                | ExprKind::Deref(_)
                | ExprKind::Member(..)
        )
        .then(|| self.setter(base));
        Box::new(move |process, value| {
            let held = array(process)?;
            let n = index(process);
            process.check()?;
            match held {
                Value::Array(array) => set_array_element(&array, n, value).map_err(|error| error.at(span)),
                Value::Blob(mut changed) => {
                    set_byte(&mut changed, n, value, span)?;
                    blob.as_ref().map_or(Ok(()), |set| set(process, Value::Blob(changed)))
                }
                other => Err(Error::types(format!(
                    "`{{…}}` names an element of an array, not of a value of type {}",
                    other.type_name()
                ))
                .at(span)),
            }
        })
    }

    // ---- paths of their own ----

    /// A scalar local receives a scalar: no value is boxed.
    fn scalar_assignment(&self, assignment: &Assignment) -> Option<StatementCode> {
        let ExprKind::Local(id) = assignment.target.kind else { return None };
        let home = self.home(id)?;
        let value = match assignment.op.binary() {
            None => assignment.value.clone(),
            Some(op) => Expr {
                kind: ExprKind::Binary(
                    op,
                    Box::new(assignment.target.clone()),
                    Box::new(assignment.value.clone()),
                ),
                type_: crate::resolve::types::binary_type(
                    op,
                    assignment.target.type_,
                    assignment.value.type_,
                )?,
                span: assignment.value.span,
            },
        };
        let fails = self.may_fail(&value);
        match home {
            Home::Integer(slot) => Some(self.integer_assignment(slot, &value, fails)),
            Home::Real(slot) => Some(self.real_assignment(slot, &value, fails)),
            Home::Boolean(slot) if value.type_ == Type::Boolean => {
                let boolean = self.boolean(&value);
                Some(Box::new(move |process| {
                    let b = boolean(process);
                    if process.failing() {
                        return Flow::Fail;
                    }
                    process.stack.set_boolean(slot, b);
                    Flow::Next
                }))
            }
            Home::Boolean(_) | Home::Value(_) | Home::Variable(_) => None,
        }
    }

    fn integer_assignment(&self, slot: Slot, value: &Expr, fails: bool) -> StatementCode {
        if fails {
            let code = self.integer(value);
            return Box::new(move |process| {
                let n = code(process);
                if process.failing() {
                    return Flow::Fail;
                }
                process.stack.set_integer(slot, i64::from(wrap(n)));
                Flow::Next
            });
        }
        if self.is_whole(value)
            && let ExprKind::Binary(op, a, b) = &value.kind
        {
            match op {
                BinaryOp::Add => {
                    return with_integer!(self, a, a => with_integer!(self, b, b => set_integer(slot, Binary::new(AddIntegers, a, b))));
                }
                BinaryOp::Subtract => {
                    return with_integer!(self, a, a => with_integer!(self, b, b => set_integer(slot, Binary::new(SubtractIntegers, a, b))));
                }
                BinaryOp::Multiply => {
                    return with_integer!(self, a, a => with_integer!(self, b, b => set_integer(slot, Binary::new(MultiplyIntegers, a, b))));
                }
                _ => {}
            }
        }
        with_integer!(self, value, n => set_integer(slot, n))
    }

    fn real_assignment(&self, slot: Slot, value: &Expr, fails: bool) -> StatementCode {
        if fails {
            let code = self.real(value);
            return Box::new(move |process| {
                let x = code(process);
                if process.failing() {
                    return Flow::Fail;
                }
                process.stack.set_real(slot, x);
                Flow::Next
            });
        }
        if !self.is_whole(value)
            && let ExprKind::Binary(op, a, b) = &value.kind
        {
            match op {
                BinaryOp::Add => {
                    return with_real!(self, a, a => with_real!(self, b, b => set_real(slot, Binary::new(AddReals, a, b))));
                }
                BinaryOp::Subtract => {
                    return with_real!(self, a, a => with_real!(self, b, b => set_real(slot, Binary::new(SubtractReals, a, b))));
                }
                BinaryOp::Multiply => {
                    return with_real!(self, a, a => with_real!(self, b, b => set_real(slot, Binary::new(MultiplyReals, a, b))));
                }
                _ => {}
            }
        }
        with_real!(self, value, x => set_real(slot, x))
    }

    /// `$t:=$t+a+b`, `$t+=a`: appended in place, so that building a text takes time in proportion to its length.
    fn append(&self, assignment: &Assignment, span: Span) -> Option<StatementCode> {
        let ExprKind::Local(id) = assignment.target.kind else { return None };
        let Some(Home::Value(slot)) = self.home(id) else { return None };
        if self.local_type(id) != Type::Text {
            return None;
        }
        let mut operands = Vec::new();
        match assignment.op {
            AssignOp::Add if assignment.value.type_ == Type::Text => operands.push(&assignment.value),
            AssignOp::Assign => collect_appended(&assignment.value, id, &mut operands)?,
            AssignOp::Add | AssignOp::Subtract | AssignOp::Multiply | AssignOp::Divide => return None,
        }
        let mut operands: Vec<ValueCode> = operands.into_iter().map(|operand| self.value(operand)).collect();
        if operands.len() == 1
            && let Some(operand) = operands.pop()
        {
            return Some(Box::new(move |process| match operand(process) {
                Ok(Value::Text(more)) => append_text(process, slot, &[more], span),
                Ok(other) => fail(
                    process,
                    crate::value::operators::add(Value::Text(Text::default()), other).err(),
                    span,
                ),
                Err(error) => fail(process, Some(error), span),
            }));
        }
        Some(Box::new(move |process| {
            let mut texts = Vec::with_capacity(operands.len());
            for operand in &operands {
                match operand(process) {
                    Ok(Value::Text(more)) => texts.push(more),
                    Ok(_) => {}
                    Err(error) => return fail(process, Some(error), span),
                }
            }
            append_text(process, slot, &texts, span)
        }))
    }

    /// `$array{i}:=value` where the type of the array is declared.
    fn element_assignment(&self, assignment: &Assignment, span: Span) -> Option<StatementCode> {
        let ExprKind::Element(base, index) = &assignment.target.kind else { return None };
        if assignment.op != AssignOp::Assign {
            return None;
        }
        let slot_of = |expr: &Expr| self.value_slot(expr);
        let (slot, row) = match &base.kind {
            ExprKind::Element(rows, row) => (slot_of(rows)?, Some(self.integer(row))),
            _ => (slot_of(base)?, None),
        };
        let index = self.integer(index);
        match assignment.target.type_ {
            Type::Integer if !self.is_blob(base) => {
                let value = self.integer(&assignment.value);
                Some(store_element(slot, row, index, value, span, |items, index, n| match items {
                    Items::Longint(items) => items.get_mut(index).map(|place| *place = wrap(n)),
                    #[expect(
                        clippy::cast_possible_truncation,
                        reason = "an Integer element wraps to 16 bits"
                    )]
                    Items::Integer(items) => items.get_mut(index).map(|place| *place = n as i16),
                    _ => None,
                }))
            }
            Type::Real => {
                let value = self.real(&assignment.value);
                Some(store_element(slot, row, index, value, span, |items, index, x| {
                    if let Items::Real(items) = items {
                        items.get_mut(index).map(|place| *place = x)
                    } else {
                        None
                    }
                }))
            }
            Type::Boolean if assignment.value.type_ == Type::Boolean => {
                let value = self.boolean(&assignment.value);
                Some(store_element(slot, row, index, value, span, |items, index, b| {
                    if let Items::Boolean(items) = items {
                        items.get_mut(index).map(|place| *place = b)
                    } else {
                        None
                    }
                }))
            }
            _ => None,
        }
    }

    pub(super) fn is_blob(&self, expr: &Expr) -> bool {
        matches!(&expr.kind, ExprKind::Local(id) if self.local_type(*id) == Type::Blob)
    }
}

fn fail(process: &mut Process, error: Option<Error>, span: Span) -> Flow {
    if let Some(error) = error {
        process.fail(error.at(span));
    }
    Flow::Fail
}

/// Appends to the text in a slot, in place when nothing else holds it.
fn append_text(process: &mut Process, slot: Slot, more: &[Text], span: Span) -> Flow {
    let added = more.iter().fold(0_usize, |sum, text| sum.saturating_add(text.len()));
    let length = if let Value::Text(text) = process.stack.value(slot) { text.len() } else { 0 };
    if let Err(error) = process.check_text(length.saturating_add(added)) {
        return fail(process, Some(error), span);
    }
    if let Some(Value::Text(text)) = process.stack.value_mut(slot) {
        more.iter().for_each(|more| text.push_text(more));
    }
    Flow::Next
}

/// The operands after `$t` in `$t+a+b`, all of them texts; `None` when the expression has another form.
fn collect_appended<'e>(expr: &'e Expr, id: LocalId, operands: &mut Vec<&'e Expr>) -> Option<()> {
    let ExprKind::Binary(BinaryOp::Add, left, right) = &expr.kind else { return None };
    if right.type_ != Type::Text {
        return None;
    }
    if !matches!(left.kind, ExprKind::Local(local) if local == id) {
        collect_appended(left, id, operands)?;
    }
    operands.push(right);
    Some(())
}

fn set_integer(slot: Slot, value: impl Integers) -> StatementCode {
    Box::new(move |process| {
        let n = value.get(process);
        process.stack.set_integer(slot, i64::from(wrap(n)));
        Flow::Next
    })
}

fn set_real(slot: Slot, value: impl Reals) -> StatementCode {
    Box::new(move |process| {
        let x = value.get(process);
        process.stack.set_real(slot, x);
        Flow::Next
    })
}

/// Gives a value to a variable that has no declared type; an array selects an element.
fn set_slot(process: &mut Process, slot: Slot, value: Value) -> Result<()> {
    if let Value::Array(array) = process.stack.value(slot)
        && !matches!(value, Value::Array(_))
    {
        let array = array.clone();
        if let Value::Integer(index) = convert(value, Type::Integer)? {
            array.select(index);
        }
        return Ok(());
    }
    process.stack.set_value(slot, value);
    Ok(())
}

/// `array{index}:=value`, converted to the type of the elements.
pub fn set_array_element(array: &Array, index: i64, value: Value) -> Result<()> {
    let element = array.with(Items::element_type).element();
    let value = convert(value, element)?;
    let done =
        usize::try_from(index).ok().is_some_and(|index| array.with_mut(|items| items.set(index, value)));
    if done { Ok(()) } else { Err(outside(index, array.size())) }
}

/// The plain path of `base.name:=value`, which teaches the cache.
pub fn write_member(
    process: &mut Process,
    base: &Value,
    key: &Text,
    cache: &PropertyCache,
    value: Value,
    span: Span,
) -> Result<()> {
    if let Value::Object(object) = base
        && !matches!(value, Value::Undefined | Value::Array(_))
    {
        let mut value = value.stored();
        if object.set_cached(cache, &mut value) {
            return Ok(());
        }
        let known = object.remember(key, cache);
        if known && object.set_cached(cache, &mut value) {
            return Ok(());
        }
        return process.set_member(base, key, value, span).map_err(|error| error.at(span));
    }
    process.set_member(base, key, value, span).map_err(|error| error.at(span))
}

fn store_element<T: 'static>(
    slot: Slot,
    row: Option<crate::runtime::code::IntegerCode>,
    index: crate::runtime::code::IntegerCode,
    value: Code<T>,
    span: Span,
    store: fn(&mut Items, usize, T) -> Option<()>,
) -> StatementCode {
    Box::new(move |process| {
        let value = value(process);
        let row = row.as_ref().map(|row| row(process));
        let n = index(process);
        if process.failing() {
            return Flow::Fail;
        }
        let array = match process.stack.value(slot) {
            Value::Array(array) => array,
            _ => return fail(process, Some(Error::quatre(5105, "this is no array")), span),
        };
        let stored = match (row, usize::try_from(n)) {
            (None, Ok(index)) => array.with_mut(|items| store(items, index, value)),
            (Some(row), Ok(index)) => array.with(|items| match items {
                Items::Rows(_, rows) => {
                    let row = usize::try_from(row).ok().and_then(|row| rows.get(row))?;
                    row.with_mut(|items| store(items, index, value))
                }
                _ => None,
            }),
            (_, Err(_)) => None,
        };
        if stored.is_some() {
            return Flow::Next;
        }
        let error = outside(n, array.size());
        fail(process, Some(error), span)
    })
}

#[cold]
fn not_a_pointer(value: &Value) -> Error {
    match value {
        Value::Undefined | Value::Null => Error::quatre(5101, "this pointer leads nowhere (Nil)"),
        other => Error::types(format!("`->` follows a pointer, not a value of type {}", other.type_name())),
    }
}

fn no_text() -> Error {
    Error::types("`[[…]]` gives a character to a Text")
}

/// Gives a text a character at a position from 1; "" leaves the text as it is.
fn set_character(text: &mut Text, n: i64, value: &Value) -> Result<()> {
    let Value::Text(given) = value else { return Err(no_text()) };
    let position = usize::try_from(n).ok().and_then(|n| n.checked_sub(1)).filter(|n| *n < text.len());
    let Some(position) = position else {
        return Err(Error::quatre(5110, format!("the text has no character {n}"))
            .label(format!("{} characters", text.len())));
    };
    if let Some(unit) = given.unit(0) {
        text.set_unit(position, unit);
    }
    Ok(())
}

/// Gives a blob a byte at a position from 0.
fn set_byte(blob: &mut Blob, n: i64, value: Value, span: Span) -> Result<()> {
    let Value::Integer(byte) = convert(value, Type::Integer)? else { return Ok(()) };
    let Some(place) = usize::try_from(n).ok().and_then(|n| blob.make_mut().get_mut(n)) else {
        return Err(Error::quatre(5105, format!("the blob has no byte {n}")).at(span));
    };
    *place = u8::try_from(byte & 0xFF).unwrap_or(0);
    Ok(())
}
