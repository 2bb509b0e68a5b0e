//! Expressions as values: one function a kind of node, the big match only chooses.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use std::sync::Arc;

use crate::diagnostics::Diagnostic;
use crate::generate::Generator;
use crate::generate::operators::{integer_from_real, whole_value};
use crate::program::ids::{LocalId, Slot};
use crate::program::tree::{Expr, ExprKind, Home, Literal};
use crate::runtime::code::ValueCode;
use crate::runtime::process::Process;
use crate::source::span::Span;
use crate::value::collection::Collection;
use crate::value::date::Date;
use crate::value::error::Error;
use crate::value::function::ClassRef;
use crate::value::object::{Object, Shape};
use crate::value::pointer::{Pointer, Target, Variable};
use crate::value::text::Text;
use crate::value::time::Time;
use crate::value::{Type, Value};

impl Generator {
    /// An expression as a value.
    pub(super) fn value(&self, expr: &Expr) -> ValueCode {
        if let Some(code) = self.scalar_value(expr) {
            return code;
        }
        if matches!(expr.kind, ExprKind::Binary(..))
            && let Some(peek) = self.peek(expr)
        {
            let value = self.general_value(expr);
            return Box::new(move |process| match peek(process) {
                Some(x) => Ok(Value::Real(x)),
                None => value(process),
            });
        }
        self.general_value(expr)
    }

    /// The same for an expression of no known type.
    pub(super) fn general_value(&self, expr: &Expr) -> ValueCode {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Literal(literal) => constant(literal),
            ExprKind::Local(id) => self.local_value(*id),
            ExprKind::Extra(n) => extra(*n),
            ExprKind::ParameterAt(index) => self.parameter_at(index),
            ExprKind::Process(id) => {
                let id = *id;
                Box::new(move |process| Ok(process.with_variable(id, decayed)))
            }
            ExprKind::Interprocess(id) => {
                let id = *id;
                Box::new(move |process| Ok(process.interprocess(id).with(decayed)))
            }
            ExprKind::This => self.this(span),
            ExprKind::Binary(op, left, right) => self.binary(*op, left, right, span),
            ExprKind::Fold(first, rest) => self.fold(first, rest, span),
            ExprKind::Negate(inner) => self.negate(inner, span),
            ExprKind::Ternary(parts) => {
                let [condition, then, otherwise] = &**parts;
                let condition = self.truth(condition);
                let (then, otherwise) = (self.value(then), self.value(otherwise));
                Box::new(move |process| {
                    let chosen = condition(process);
                    process.check()?;
                    if chosen { then(process) } else { otherwise(process) }
                })
            }
            ExprKind::Member(base, name) => self.member(base, name, span),
            ExprKind::Index(base, index) => self.index(base, index, span),
            ExprKind::Character(base, index) => self.character(base, index, span),
            ExprKind::Element(base, index) => self.element(base, index, span),
            ExprKind::PointerTo(target) => self.pointer_to(target),
            ExprKind::Deref(pointer) => self.deref(pointer, span),
            ExprKind::Object(members) => self.object(members.iter().map(|(name, value)| (&**name, value))),
            ExprKind::Collection(values) => self.collection(values),
            ExprKind::CallMethod(id, arguments) => self.method_call(*id, arguments, span),
            ExprKind::CallMember(base, name, arguments) => self.member_call(base, name, arguments, span),
            ExprKind::CallValue(callee, arguments) => self.value_call(callee, arguments, span),
            ExprKind::SuperConstructor(arguments) => {
                let arguments = self.plain_arguments(arguments);
                Box::new(move |process| {
                    let arguments = arguments(process)?;
                    process.super_constructor(arguments, span)
                })
            }
            ExprKind::SuperFunction(name, arguments) => self.super_call(name, arguments, span),
            ExprKind::SuperMember(name) => self.super_member(name, span),
            ExprKind::Command(id, arguments) => self.command(*id, arguments, span),
            ExprKind::Class(id) => {
                let class = ClassRef::User(*id);
                Box::new(move |_| Ok(Value::Object(Object::class_object(class))))
            }
            ExprKind::BuiltInClass(name) => {
                let class = ClassRef::BuiltIn(name);
                Box::new(move |_| Ok(Value::Object(Object::class_object(class))))
            }
            ExprKind::ClassStore => class_store("cs"),
            ExprKind::BuiltInClasses => class_store("4D"),
            ExprKind::Formula(id, captured, source) => self.formula(*id, captured, source),
            ExprKind::IsUndefined(inner) => self.is_undefined(inner),
            ExprKind::TypeOf(inner) => self.type_of(inner),
            ExprKind::Assert(condition, message, wanted) => {
                self.assert(condition, message.as_deref(), *wanted)
            }
            ExprKind::DeclareArray(type_, place, rows, columns) => {
                self.declare_array(*type_, place, rows, columns.as_deref(), span)
            }
            ExprKind::CountParameters => Box::new(|process| {
                let given = process.stack.frame().map_or(0, |frame| frame.given);
                Ok(Value::Integer(i32::try_from(given).unwrap_or(i32::MAX)))
            }),
            ExprKind::CopyParameters(start) => self.copy_parameters(start.as_deref()),
            ExprKind::Try(inner) => self.try_value(inner),
            ExprKind::Assign(assignment) => self.assignment_value(assignment, span),
            ExprKind::Raise(diagnostic) => raise(diagnostic),
        }
    }

    /// A scalar expression: computed bare, boxed once.
    fn scalar_value(&self, expr: &Expr) -> Option<ValueCode> {
        if matches!(expr.kind, ExprKind::Literal(_) | ExprKind::Local(_)) {
            return None;
        }
        // An element is not among these: only the general path knows arrays that have a cell of their own.
        if !matches!(expr.kind, ExprKind::Binary(..) | ExprKind::Negate(_) | ExprKind::Ternary(_)) {
            return None;
        }
        let fails = self.may_fail(expr);
        if self.is_whole(expr) {
            let (whole, value) = (self.integer(expr), whole_value(expr.type_));
            return Some(checked(fails, move |process| value(whole(process))));
        }
        match expr.type_ {
            Type::Real if self.computes_real(expr) => {
                let real = self.real(expr);
                Some(checked(fails, move |process| Value::Real(real(process))))
            }
            Type::Integer if self.computes_real(expr) => {
                let real = self.real(expr);
                Some(checked(fails, move |process| integer_from_real(real(process))))
            }
            Type::Boolean if matches!(&expr.kind, ExprKind::Binary(_, left, right) if left.type_ == Type::Boolean && right.type_ == Type::Boolean) =>
            {
                let boolean = self.boolean(expr);
                Some(checked(fails, move |process| Value::Boolean(boolean(process))))
            }
            _ => None,
        }
    }

    /// A local as a value.
    pub(super) fn local_value(&self, id: LocalId) -> ValueCode {
        let type_ = self.local_type(id);
        match self.home(id) {
            Some(Home::Integer(slot)) => Box::new(move |process| {
                Ok(Value::Integer(crate::generate::numeric::wrap(process.stack.integer(slot))))
            }),
            Some(Home::Real(slot)) => Box::new(move |process| Ok(Value::Real(process.stack.real(slot)))),
            Some(Home::Boolean(slot)) => {
                Box::new(move |process| Ok(Value::Boolean(process.stack.boolean(slot))))
            }
            Some(Home::Value(slot)) => match type_ {
                Type::Variant | Type::Array(_) | Type::Rows(_) => {
                    Box::new(move |process| Ok(decayed(process.stack.value(slot))))
                }
                _ => Box::new(move |process| Ok(process.stack.value(slot).clone())),
            },
            Some(Home::Variable(slot)) => {
                let name = self.variable_name(id);
                Box::new(move |process| Ok(local_variable(process, slot, &name, type_).with(decayed)))
            }
            None => Box::new(|_| Ok(Value::Undefined)),
        }
    }

    /// The name of a local with its `$`.
    pub(super) fn variable_name(&self, id: LocalId) -> Arc<str> {
        Arc::from(format!("${}", self.local(id).map_or("", |local| &local.name)))
    }

    fn this(&self, span: Span) -> ValueCode {
        if self.checks_this {
            return Box::new(move |process| process.this_in_constructor(span));
        }
        Box::new(|process| Ok(process.this.clone()))
    }

    /// `${n}`: a declared parameter by its number, or one past them.
    fn parameter_at(&self, index: &Expr) -> ValueCode {
        let index = self.integer(index);
        let method = Arc::clone(&self.method);
        Box::new(move |process| {
            let n = index(process);
            process.check()?;
            Ok(process.parameter(&method, n))
        })
    }

    /// `->place`
    fn pointer_to(&self, target: &Expr) -> ValueCode {
        match &target.kind {
            ExprKind::Local(id) => {
                let (name, type_) = (self.variable_name(*id), self.local_type(*id));
                let Some(Home::Variable(slot)) = self.home(*id) else {
                    return Box::new(|_| Ok(Value::Pointer(Pointer::NIL)));
                };
                Box::new(move |process| {
                    let variable = local_variable(process, slot, &name, type_);
                    Ok(Value::Pointer(Pointer::to(Target::Variable(variable))))
                })
            }
            ExprKind::Process(id) => {
                let id = *id;
                Box::new(move |process| {
                    Ok(Value::Pointer(Pointer::to(Target::Variable(process.variable(id)))))
                })
            }
            ExprKind::Interprocess(id) => {
                let id = *id;
                Box::new(move |process| {
                    let name = process.interprocess(id).name().to_owned();
                    Ok(Value::Pointer(Pointer::to(Target::Interprocess(id.0, name))))
                })
            }
            ExprKind::Element(base, index) => self.pointer_to_element(base, index, target.span),
            // `->($p->)` is the pointer again.
            ExprKind::Deref(pointer) => self.value(pointer),
            _ => self.value(target),
        }
    }

    fn pointer_to_element(&self, base: &Expr, index: &Expr, span: Span) -> ValueCode {
        let (array, index) = (self.raw(base), self.integer(index));
        // `RESOLVE POINTER` names the array when it is a process variable, or a row of one.
        let id = match &base.kind {
            ExprKind::Process(id) => Some(*id),
            ExprKind::Element(whole, _) => {
                if let ExprKind::Process(id) = whole.kind {
                    Some(id)
                } else {
                    None
                }
            }
            _ => None,
        };
        Box::new(move |process| {
            let array = array(process)?;
            let n = index(process);
            process.check()?;
            let Value::Array(array) = array else {
                return Err(Error::types(format!(
                    "`{{…}}` names an element of an array, not of a value of type {}",
                    array.type_name()
                ))
                .at(span));
            };
            match usize::try_from(n) {
                Ok(n) if n <= array.size() => Ok(Value::Pointer(Pointer::to(Target::Element(
                    id.map(|id| process.variable(id)),
                    array,
                    n,
                )))),
                _ => Err(crate::generate::access::outside(n, array.size()).at(span)),
            }
        })
    }

    /// `pointer->` as a value.
    fn deref(&self, pointer: &Expr, span: Span) -> ValueCode {
        let raw = self.raw_deref(pointer, span);
        Box::new(move |process| raw(process).map(|value| decayed(&value)))
    }

    /// An object of these names and values, in this order.
    pub(super) fn object<'e>(&self, members: impl Iterator<Item = (&'e str, &'e Expr)>) -> ValueCode {
        let (keys, values): (Vec<Text>, Vec<ValueCode>) =
            members.map(|(name, value)| (Text::from(name), self.value(value))).unzip();
        // All objects of one literal share a shape, made once; a literal too long for a shape is filled key by key.
        let shape = keys.iter().try_fold(Shape::root(None), |shape, key| shape.with(key));
        Box::new(move |process| {
            let mut slots = Vec::with_capacity(values.len());
            let mut complete = true;
            for value in &values {
                let value = value(process)?;
                complete &= !matches!(value, Value::Undefined);
                slots.push(value.stored());
            }
            match &shape {
                Some(shape) if complete => {
                    Ok(Value::Object(Object::of_shape(std::rc::Rc::clone(shape), slots)))
                }
                _ => {
                    let object = Object::new();
                    for (key, value) in keys.iter().zip(slots) {
                        if !matches!(value, Value::Undefined) && !object.set(key, value) {
                            return Err(Error::quatre(5107, "the object cannot be written"));
                        }
                    }
                    Ok(Value::Object(object))
                }
            }
        })
    }

    fn collection(&self, values: &[Expr]) -> ValueCode {
        let values: Vec<ValueCode> = values.iter().map(|value| self.value(value)).collect();
        Box::new(move |process| {
            let mut elements = Vec::with_capacity(values.len());
            for value in &values {
                elements.push(match value(process)? {
                    Value::Undefined => Value::Null,
                    value => value,
                });
            }
            Ok(Value::Collection(Collection::from_vec(elements)))
        })
    }
}

/// A closure that boxes a scalar, and looks for a pending error when there may be one.
fn checked(fails: bool, code: impl Fn(&mut Process) -> Value + 'static) -> ValueCode {
    if !fails {
        return Box::new(move |process| Ok(code(process)));
    }
    Box::new(move |process| {
        let value = code(process);
        process.check()?;
        Ok(value)
    })
}

/// A value written in the code.
pub fn literal_value(literal: &Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Undefined => Value::Undefined,
        Literal::Boolean(b) => Value::Boolean(*b),
        Literal::Integer(n) => Value::Integer(*n),
        Literal::Real(x) => Value::Real(*x),
        Literal::Text(text) => Value::text(text),
        Literal::Date(raw) => Value::Date(Date::from_raw(*raw)),
        Literal::Time(seconds) => Value::Time(Time::from_seconds(*seconds)),
    }
}

fn constant(literal: &Literal) -> ValueCode {
    let value = literal_value(literal);
    Box::new(move |_| Ok(value.clone()))
}

/// The value of a variable in an expression: an array stands for the number of its selected element.
#[inline]
pub fn decayed(value: &Value) -> Value {
    match value {
        Value::Array(array) => Value::Integer(array.selected()),
        other => other.clone(),
    }
}

/// A local that pointers may refer to; it is made when it is first needed.
pub fn local_variable(process: &mut Process, slot: Slot, name: &str, type_: Type) -> Variable {
    if let Value::Variable(variable) = process.stack.value(slot) {
        return variable.clone();
    }
    let variable = Variable::new(name, type_);
    process.stack.set_value(slot, Value::Variable(variable.clone()));
    variable
}

/// `$n` past the declared parameters.
fn extra(n: u32) -> ValueCode {
    Box::new(move |process| Ok(process.extra_parameter(n)))
}

fn class_store(name: &'static str) -> ValueCode {
    Box::new(move |_| {
        Ok(Value::Object(Object::native(std::rc::Rc::new(crate::runtime::store::ClassStore { name }))))
    })
}

/// An expression that cannot be computed.
fn raise(diagnostic: &Diagnostic) -> ValueCode {
    let diagnostic = diagnostic.clone();
    Box::new(move |_| Err(Error::from_diagnostic(&diagnostic)))
}
