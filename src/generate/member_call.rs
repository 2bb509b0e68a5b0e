//! Calls of functions: of objects, of classes, of what a value holds. A call site remembers the shape of the object it
//! met last and the function it has there.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use std::cell::Cell;
use std::sync::Arc;

use crate::generate::Generator;
use crate::program::Member;
use crate::program::tree::{Argument, Expr, ExprKind};
use crate::runtime::access::{Found, find_member};
use crate::runtime::code::{Code, ValueCode};
use crate::runtime::process::Process;
use crate::source::span::Span;
use crate::value::error::{Error, Result};
use crate::value::function::ClassRef;
use crate::value::object::{Object, REMEMBERED};
use crate::value::text::Text;
use crate::value::{Type, Value};

impl Generator {
    /// Arguments of a call whose callee is known only when it runs.
    pub(super) fn plain_arguments(&self, arguments: &[Argument]) -> Code<Result<Vec<Value>>> {
        let codes = self.argument_values(arguments);
        Box::new(move |process| {
            let mut values = Vec::with_capacity(codes.len());
            for code in &codes {
                values.push(code(process)?);
            }
            Ok(values)
        })
    }

    fn argument_values(&self, arguments: &[Argument]) -> Vec<ValueCode> {
        arguments
            .iter()
            .map(|argument| -> ValueCode {
                match argument {
                    Argument::Value(expr) | Argument::Place(expr) => self.value(expr),
                    Argument::Missing => Box::new(|_| Ok(Value::Undefined)),
                    Argument::Operator(op) => {
                        let op = *op;
                        Box::new(move |_| {
                            Err(Error::quatre(
                                3005,
                                format!("the operator `{op}` cannot be an argument of a function"),
                            ))
                        })
                    }
                }
            })
            .collect()
    }

    /// `base.name(arguments)`
    pub(super) fn member_call(
        &self,
        base: &Expr,
        name: &Arc<str>,
        arguments: &[Argument],
        span: Span,
    ) -> ValueCode {
        match &base.kind {
            ExprKind::Class(id) if &**name == "new" => {
                let (id, arguments) = (*id, self.plain_arguments(arguments));
                return Box::new(move |process| {
                    let arguments = arguments(process)?;
                    process.construct(id, arguments, span).map_err(|error| error.at(span))
                });
            }
            ExprKind::BuiltInClass(class) if &**name == "new" => {
                return self.built_in_constructor(class, arguments, span);
            }
            _ => {}
        }
        if base.type_ == Type::Collection
            && let Some(code) = self.built_in_call("Collection", base, name, arguments, span)
        {
            return code;
        }
        let key = Text::from(&**name);
        let cache = MemberCache::default();
        let codes = self.argument_values(arguments);
        let base_span = base.span;
        let base = self.value(base);
        Box::new(move |process| {
            let base = base(process)?;
            if let Value::Object(object) = &base
                && let Some(member) = cache.function(process, object, &key)?
            {
                return call_function(process, base, member, &codes, span);
            }
            let mut values = Vec::with_capacity(codes.len());
            for code in &codes {
                values.push(code(process)?);
            }
            process.call_member(&base, &key, values, span).map_err(|error| match base {
                Value::Null | Value::Undefined => error.at(base_span),
                _ => error.at(span),
            })
        })
    }

    /// `callee(arguments)` where the callee is a value.
    pub(super) fn value_call(&self, callee: &Expr, arguments: &[Argument], span: Span) -> ValueCode {
        let arguments = self.plain_arguments(arguments);
        if let ExprKind::Index(base, index) = &callee.kind {
            let (base, index) = (self.value(base), self.value(index));
            return Box::new(move |process| {
                let base = base(process)?;
                let index = index(process)?;
                let arguments = arguments(process)?;
                if let (Value::Object(_), Value::Text(name)) = (&base, &index) {
                    return process.call_member(&base, name, arguments, span).map_err(|error| error.at(span));
                }
                let callee = process.get_index(&base, &index, span).map_err(|error| error.at(span))?;
                process
                    .call_value(&callee, base, &Text::from("this element"), arguments, span)
                    .map_err(|error| error.at(span))
            });
        }
        let callee = self.value(callee);
        Box::new(move |process| {
            let callee = callee(process)?;
            let arguments = arguments(process)?;
            process
                .call_value(&callee, Value::Null, &Text::from("this value"), arguments, span)
                .map_err(|error| error.at(span))
        })
    }

    /// `Super.name(arguments)`
    pub(super) fn super_call(&self, name: &Arc<str>, arguments: &[Argument], span: Span) -> ValueCode {
        let (key, codes) = (Text::from(&**name), self.argument_values(arguments));
        let arguments = self.plain_arguments(arguments);
        let Some(class) = self.method.class else { return outside_class(span) };
        // The class above this one is the same at every call, and so is its function.
        let known: Cell<Option<Member>> = Cell::new(None);
        Box::new(move |process| {
            if let Some(member) = known.get() {
                let this = process.this.clone();
                return call_function(process, this, member, &codes, span);
            }
            known.set(process.super_function(class, &key)?);
            let arguments = arguments(process)?;
            process.call_super(class, &key, arguments, span).map_err(|error| error.at(span))
        })
    }

    /// `Super.name`
    pub(super) fn super_member(&self, name: &Arc<str>, span: Span) -> ValueCode {
        let key = Text::from(&**name);
        let Some(class) = self.method.class else { return outside_class(span) };
        Box::new(move |process| process.get_super(class, &key, span).map_err(|error| error.at(span)))
    }
}

fn outside_class(span: Span) -> ValueCode {
    Box::new(move |_| Err(Error::quatre(5111, "`Super` stands for nothing outside of a class").at(span)))
}

/// What an access site remembers of the objects it met: the number of their shape, and the function or the getter that
/// their class has under the site's name.
#[derive(Default)]
pub struct MemberCache {
    entries: [Cell<Option<(u64, Member)>>; REMEMBERED],
    next: Cell<u8>,
}

impl MemberCache {
    #[inline]
    fn known(&self, shape: u64) -> Option<Member> {
        self.entries.iter().filter_map(Cell::get).find(|(known, _)| *known == shape).map(|(_, member)| member)
    }

    /// The function of the object's class, when its shape is a plain one and has no property of that name.
    #[inline]
    fn function(&self, process: &Process, object: &Object, key: &Text) -> Result<Option<Member>> {
        let shape = object.shape_number();
        match self.known(shape) {
            Some(member) => Ok(Some(member)),
            None if shape == 0 => Ok(None),
            None => self.learn(process, object, key, |found| match found {
                Found::Function(member) => Some(member),
                Found::Computed { .. } => None,
            }),
        }
    }

    /// The same for what computes a property.
    pub fn getter(&self, process: &Process, object: &Object, key: &Text) -> Result<Option<Member>> {
        let shape = object.shape_number();
        match self.known(shape) {
            Some(member) => Ok(Some(member)),
            None if shape == 0 => Ok(None),
            None => self.learn(process, object, key, |found| match found {
                Found::Computed { get, .. } => get,
                Found::Function(_) => None,
            }),
        }
    }

    #[cold]
    fn learn(
        &self,
        process: &Process,
        object: &Object,
        key: &Text,
        choose: fn(Found) -> Option<Member>,
    ) -> Result<Option<Member>> {
        let Some(ClassRef::User(class)) = object.class() else { return Ok(None) };
        if object.get(key).is_some() {
            return Ok(None);
        }
        let found = find_member(&process.runtime.loader, class, &key.to_str())?;
        let Some(member) = found.and_then(choose) else { return Ok(None) };
        let next = self.next.get();
        if let Some(entry) = self.entries.get(usize::from(next) % REMEMBERED) {
            entry.set(Some((object.shape_number(), member)));
        }
        self.next.set(next.wrapping_add(1));
        Ok(Some(member))
    }
}

/// Calls a function of a class of the program. Its arguments are computed into the first slots of its frame.
pub fn call_function(
    process: &mut Process,
    this: Value,
    member: Member,
    arguments: &[ValueCode],
    span: Span,
) -> Result<Value> {
    let code = process.code(member.code)?;
    if member.shared || !code.in_place || arguments.len() > code.method.parameters.len() {
        let mut values = Vec::with_capacity(arguments.len());
        for argument in arguments {
            values.push(argument(process)?);
        }
        return process.call_member_code(this, member, values, span);
    }
    let mark = process.stack.mark();
    for (argument, parameter) in arguments.iter().zip(&code.method.parameters) {
        let put = argument(process).and_then(|value| process.put_argument(value, parameter.type_));
        if let Err(error) = put {
            drop(process.stack.take_back(mark));
            return Err(error.at(span));
        }
    }
    let given = u32::try_from(arguments.len()).unwrap_or(u32::MAX);
    let outer = std::mem::replace(&mut process.this, this);
    let result = process.run_over(&code, member.code, mark, given, span);
    process.this = outer;
    result
}
