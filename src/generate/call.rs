//! Calls of methods and functions.
//!
//! The caller computes the arguments, makes the frame, and puts them bare into the parameters' slots; nothing is
//! allocated for a call whose arguments are scalars. Function calls on objects remember the shape and what it had.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use smallvec::SmallVec;

use crate::generate::Generator;
use crate::generate::numeric::{or_fail, wrap};
use crate::program::Member;
use crate::program::ids::Slot;
use crate::program::tree::{Argument, Expr, ExprKind, Home, Signature};
use crate::runtime::access::{Found, find_member};
use crate::runtime::code::{
    BooleanCode, Code, Flow, IntegerCode, MethodCode, RealCode, ResultHome, StatementCode, ValueCode,
};
use crate::runtime::process::Process;
use crate::source::span::Span;
use crate::value::error::{Error, Result};
use crate::value::function::{ClassRef, MethodId};
use crate::value::pointer::Variable;
use crate::value::text::Text;
use crate::value::{Type, Value};

/// An argument of a call whose parameter is known, computed as the parameter wants it.
enum Given {
    Integer(IntegerCode),
    Real(RealCode),
    Boolean(BooleanCode),
    Value(ValueCode),
    Missing,
}

/// An argument that has been computed.
enum Computed {
    Word(u64),
    Value(Value),
    Missing,
}

/// The arguments of most calls, without an allocation.
type Arguments = SmallVec<[Computed; 6]>;

/// Arguments as values.
pub type Values = SmallVec<[Value; 4]>;

impl Generator {
    fn given(&self, signature: &Signature, index: usize, argument: Option<&Expr>) -> Given {
        let Some(argument) = argument else { return Given::Missing };
        let type_ = signature.parameters.get(index).map(|(_, type_)| *type_).or(signature.variadic);
        match type_ {
            Some(Type::Integer) if index < signature.parameters.len() => {
                Given::Integer(self.integer(argument))
            }
            Some(Type::Real) if index < signature.parameters.len() => Given::Real(self.real(argument)),
            Some(Type::Boolean) if index < signature.parameters.len() && argument.type_ == Type::Boolean => {
                Given::Boolean(self.boolean(argument))
            }
            _ => Given::Value(self.value(argument)),
        }
    }

    /// A closure that calls a method; the frame is still there when `finish` reads the result.
    fn call<T: Default + 'static>(
        &self,
        id: MethodId,
        arguments: &[Option<Expr>],
        span: Span,
        finish: fn(&mut Process, &MethodCode) -> T,
    ) -> Code<T> {
        let signature = self.runtime.loader.signature(id);
        let mut given: Vec<Given> = arguments
            .iter()
            .enumerate()
            .map(|(index, argument)| self.given(&signature, index, argument.as_ref()))
            .collect();
        if given.len() == signature.parameters.len()
            && given.iter().all(|given| matches!(given, Given::Integer(_)))
        {
            let codes: Vec<IntegerCode> = given
                .drain(..)
                .filter_map(|given| if let Given::Integer(code) = given { Some(code) } else { None })
                .collect();
            let codes = match <[IntegerCode; 1]>::try_from(codes) {
                Ok(codes) => return call_with_integers(id, codes, span, finish),
                Err(codes) => codes,
            };
            let codes = match <[IntegerCode; 2]>::try_from(codes) {
                Ok(codes) => return call_with_integers(id, codes, span, finish),
                Err(codes) => codes,
            };
            given.extend(codes.into_iter().map(Given::Integer));
        }
        Box::new(move |process| {
            let mut computed = Arguments::new();
            for code in &given {
                computed.push(compute(process, code));
                if process.failing() {
                    return T::default();
                }
            }
            let result = process.code(id).and_then(|code| {
                process.enter(&code, id, span)?;
                Ok(code)
            });
            match result {
                Ok(code) => run(process, &code, computed, finish),
                Err(error) => or_fail(process, Err(error.at(span))),
            }
        })
    }

    /// A method call whose result is an Integer.
    pub(super) fn integer_call(
        &self,
        id: MethodId,
        arguments: &[Option<Expr>],
        span: Span,
    ) -> Option<IntegerCode> {
        Some(self.call(id, arguments, span, |process, code| match code.result {
            ResultHome::Integer(slot) => process.stack.integer(slot),
            home => match process.result(home) {
                Value::Integer(n) => i64::from(n),
                _ => 0,
            },
        }))
    }

    /// A method call whose result is a Real.
    pub(super) fn real_call(&self, id: MethodId, arguments: &[Option<Expr>], span: Span) -> Option<RealCode> {
        Some(self.call(id, arguments, span, |process, code| match code.result {
            ResultHome::Real(slot) => process.stack.real(slot),
            home => match process.result(home) {
                Value::Real(x) => x,
                _ => 0.0,
            },
        }))
    }

    /// A method call whose result is any value.
    pub(super) fn method_call(&self, id: MethodId, arguments: &[Option<Expr>], span: Span) -> ValueCode {
        let call = self.call(id, arguments, span, |process, code| process.result(code.result));
        Box::new(move |process| {
            let value = call(process);
            process.check()?;
            Ok(value)
        })
    }

    /// A method call whose result is not wanted.
    pub(super) fn method_call_statement(
        &self,
        id: MethodId,
        arguments: &[Option<Expr>],
        span: Span,
    ) -> StatementCode {
        let call = self.call(id, arguments, span, |_, _| ());
        Box::new(move |process| {
            call(process);
            if process.failing() { Flow::Fail } else { Flow::Next }
        })
    }

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
        let cache = FunctionCache::default();
        let codes = self.argument_values(arguments);
        let base_span = base.span;
        let base = self.value(base);
        Box::new(move |process| {
            let base = base(process)?;
            let mut values = Values::new();
            for code in &codes {
                values.push(code(process)?);
            }
            if let Value::Object(object) = &base
                && let Some(member) = cache.find(process, object, &key)?
            {
                return call_function(process, base, member, values, span);
            }
            process.call_member(&base, &key, values.into_vec(), span).map_err(|error| match base {
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
        let (key, arguments) = (Text::from(&**name), self.plain_arguments(arguments));
        let Some(class) = self.method.class else { return outside_class(span) };
        Box::new(move |process| {
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

/// What a call site remembers of the objects it met: the number of their shape and the function it has there.
#[derive(Default)]
struct FunctionCache(Cell<Option<(u64, Member)>>);

impl FunctionCache {
    /// The function of the object's class, when its shape is a plain one and has no property of that name.
    #[inline]
    fn find(
        &self,
        process: &Process,
        object: &crate::value::object::Object,
        key: &Text,
    ) -> Result<Option<Member>> {
        let shape = object.shape_number();
        if let Some((known, member)) = self.0.get()
            && known == shape
        {
            return Ok(Some(member));
        }
        if shape == 0 {
            return Ok(None);
        }
        self.learn(process, object, key, shape)
    }

    #[cold]
    fn learn(
        &self,
        process: &Process,
        object: &crate::value::object::Object,
        key: &Text,
        shape: u64,
    ) -> Result<Option<Member>> {
        let Some(ClassRef::User(class)) = object.class() else { return Ok(None) };
        if object.get(key).is_some() {
            return Ok(None);
        }
        let Some(Found::Function(member)) = find_member(&process.runtime.loader, class, &key.to_str())?
        else {
            return Ok(None);
        };
        self.0.set(Some((shape, member)));
        Ok(Some(member))
    }
}

/// Calls a function of a class of the program.
fn call_function(
    process: &mut Process,
    this: Value,
    member: Member,
    values: Values,
    span: Span,
) -> Result<Value> {
    if member.shared {
        return process.call_member_code(this, member, values.into_vec(), span);
    }
    let code = process.code(member.code)?;
    let outer = std::mem::replace(&mut process.this, this);
    let result = match process.enter(&code, member.code, span) {
        Ok(()) => process.run_frame(&code, values.into_iter(), span),
        Err(error) => Err(error),
    };
    process.this = outer;
    result
}

#[inline]
fn compute(process: &mut Process, given: &Given) -> Computed {
    match given {
        Given::Integer(code) => Computed::Word(i64::from(wrap(code(process))).cast_unsigned()),
        Given::Real(code) => Computed::Word(code(process).to_bits()),
        Given::Boolean(code) => Computed::Word(u64::from(code(process))),
        Given::Value(code) => match code(process) {
            Ok(value) => Computed::Value(value),
            Err(error) => {
                process.fail(error);
                Computed::Missing
            }
        },
        Given::Missing => Computed::Missing,
    }
}

/// Runs a method whose parameters are all unboxed Integers.
fn call_with_integers<T: Default + 'static, const N: usize>(
    id: MethodId,
    codes: [IntegerCode; N],
    span: Span,
    finish: fn(&mut Process, &MethodCode) -> T,
) -> Code<T> {
    Box::new(move |process| {
        let mut words = [0_i64; N];
        for (word, code) in words.iter_mut().zip(&codes) {
            *word = i64::from(wrap(code(process)));
        }
        if process.failing() {
            return T::default();
        }
        let code = match process.code(id).and_then(|code| {
            process.enter(&code, id, span)?;
            Ok(code)
        }) {
            Ok(code) => code,
            Err(error) => return or_fail(process, Err(error.at(span))),
        };
        if let Some(frame) = process.stack.frame_mut() {
            frame.given = u32::try_from(N).unwrap_or(u32::MAX);
        }
        if code.leading_integers >= N {
            for (slot, word) in (0_u32..).zip(words) {
                process.stack.set_integer(Slot(slot), word);
            }
            let flow = (code.body)(process);
            return end(process, &code, flow, finish);
        }
        for (parameter, word) in code.method.parameters.iter().zip(words) {
            match code.method.locals.get(parameter.local.0 as usize).map(|local| local.home) {
                Some(Home::Integer(slot)) => process.stack.set_integer(slot, word),
                _ => process.set_local(&code.method, parameter.local, Value::Integer(wrap(word))),
            }
        }
        let flow = (code.body)(process);
        end(process, &code, flow, finish)
    })
}

/// Reads the result and leaves the frame.
#[inline(always)]
fn end<T: Default>(
    process: &mut Process,
    code: &Rc<MethodCode>,
    flow: Flow,
    finish: fn(&mut Process, &MethodCode) -> T,
) -> T {
    let result = if flow == Flow::Fail { T::default() } else { finish(process, code) };
    process.leave(flow);
    result
}

/// Puts computed arguments into a new frame and runs the method.
fn run<T: Default>(
    process: &mut Process,
    code: &Rc<MethodCode>,
    computed: Arguments,
    finish: fn(&mut Process, &MethodCode) -> T,
) -> T {
    let given = u32::try_from(computed.len()).unwrap_or(u32::MAX);
    let mut extras = Vec::new();
    let mut failed = None;
    for (index, argument) in computed.into_iter().enumerate() {
        let Some(parameter) = code.method.parameters.get(index) else {
            extras.push(match argument {
                Computed::Value(value) => value,
                Computed::Word(_) | Computed::Missing => Value::Undefined,
            });
            continue;
        };
        if let Err(error) = put(process, code, parameter, argument) {
            let span = process.stack.frame().map(|frame| frame.site);
            failed = Some(span.map_or_else(|| error.clone(), |span| error.clone().at(span)));
            break;
        }
    }
    if let (None, Some(type_)) = (&failed, code.method.variadic) {
        for extra in &mut extras {
            match crate::value::convert::convert(std::mem::take(extra), type_) {
                Ok(value) => *extra = value,
                Err(error) => failed = Some(error),
            }
        }
    }
    if let Some(frame) = process.stack.frame_mut() {
        frame.given = given;
        frame.set_extras(extras);
        if let Some(error) = failed.take() {
            let site = frame.site;
            process.fail(error.at(site));
        }
    }
    let flow = if process.failing() { Flow::Fail } else { (code.body)(process) };
    end(process, code, flow, finish)
}

/// Puts one argument into its parameter.
fn put(
    process: &mut Process,
    code: &MethodCode,
    parameter: &crate::program::tree::Parameter,
    argument: Computed,
) -> Result<()> {
    let Some(local) = code.method.locals.get(parameter.local.0 as usize) else { return Ok(()) };
    match (local.home, argument) {
        (_, Computed::Missing) => {}
        (Home::Integer(slot), Computed::Word(word)) => process.stack.set_integer(slot, word.cast_signed()),
        (Home::Real(slot), Computed::Word(word)) => process.stack.set_real(slot, f64::from_bits(word)),
        (Home::Boolean(slot), Computed::Word(word)) => process.stack.set_boolean(slot, word != 0),
        (Home::Value(_), Computed::Word(_)) => {}
        (Home::Variable(slot), Computed::Word(word)) => {
            let variable = Variable::new(&format!("${}", local.name), local.type_);
            variable.set(match local.type_ {
                Type::Real => Value::Real(f64::from_bits(word)),
                Type::Boolean => Value::Boolean(word != 0),
                _ => Value::Integer(wrap(word.cast_signed())),
            });
            process.stack.set_value(slot, Value::Variable(variable));
        }
        (Home::Value(slot), Computed::Value(value)) if parameter.type_ == Type::Variant => {
            process.stack.set_value(slot, value);
        }
        (_, Computed::Value(value)) => {
            let value = crate::value::convert::convert(value, parameter.type_).map_err(|error| {
                error.note(format!("for the parameter `${}` of `{}`", local.name, code.method.name))
            })?;
            process.set_local(&code.method, parameter.local, value);
        }
    }
    Ok(())
}
