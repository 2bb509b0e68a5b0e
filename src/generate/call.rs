//! Calls of methods.
//!
//! The caller computes the arguments straight into the first slots of the frame to be: a bare argument goes above the
//! words of the innermost frame, any other above its values, and the call makes its frame over them. So nothing is
//! allocated and nothing is moved. Arguments that the callee does not declare, and parameters that pointers refer to,
//! take the plain path, `Process::give_arguments`.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use std::rc::Rc;

use crate::generate::Generator;
use crate::generate::fused::{
    AddIntegers, Binary, ConstantInteger, Integers, LocalInteger, SubtractIntegers,
};
use crate::generate::numeric::{Leaf, or_fail, wrap};
use crate::program::tree::{Expr, ExprKind, Signature};
use crate::runtime::code::{
    BooleanCode, Flow, IntegerCode, MethodCode, RealCode, ResultHome, StatementCode, ValueCode,
};
use crate::runtime::frame::Mark;
use crate::runtime::process::Process;
use crate::source::span::Span;
use crate::syntax::operator::BinaryOp;
use crate::value::error::Error;
use crate::value::function::MethodId;
use crate::value::{Type, Value};

/// An argument of a call whose parameter is known, computed as the parameter wants it.
enum Given {
    Integer(IntegerCode),
    Real(RealCode),
    Boolean(BooleanCode),
    /// Any other value, and the type that the parameter gives it.
    Value(ValueCode, Type),
}

/// What a call gives to the code around it, read while the frame is still there.
trait Finish: 'static {
    type Output: Default + 'static;
    fn read(process: &mut Process, code: &MethodCode) -> Self::Output;
}

struct ToInteger;
struct ToReal;
struct ToValue;
struct ToNothing;

impl Finish for ToInteger {
    type Output = i64;
    #[inline]
    fn read(process: &mut Process, code: &MethodCode) -> i64 {
        if let ResultHome::Integer(slot) = code.result {
            return process.stack.integer(slot);
        }
        if let Value::Integer(n) = process.result(code.result) { i64::from(n) } else { 0 }
    }
}

impl Finish for ToReal {
    type Output = f64;
    #[inline]
    fn read(process: &mut Process, code: &MethodCode) -> f64 {
        if let ResultHome::Real(slot) = code.result {
            return process.stack.real(slot);
        }
        if let Value::Real(x) = process.result(code.result) { x } else { 0.0 }
    }
}

impl Finish for ToValue {
    type Output = Value;
    #[inline]
    fn read(process: &mut Process, code: &MethodCode) -> Value {
        process.result(code.result)
    }
}

impl Finish for ToNothing {
    type Output = ();
    #[inline]
    fn read(_process: &mut Process, _code: &MethodCode) {}
}

/// A method call, ready to be made.
enum Call {
    /// One whole number, of the shapes that recursion has.
    Local(MethodId, LocalInteger, Span),
    Less(MethodId, Binary<SubtractIntegers, LocalInteger, ConstantInteger>, Span),
    More(MethodId, Binary<AddIntegers, LocalInteger, ConstantInteger>, Span),
    /// Anything.
    Any(MethodId, Box<[Given]>, Span),
    /// Arguments are left out, or there are more than the callee declares.
    Plain(MethodId, Vec<Option<ValueCode>>, Span),
}

/// Makes a closure of a call: one for each shape, so that running does not ask which it is.
macro_rules! closure {
    ($call:expr, $process:ident, $finish:ty, $result:ident => $body:expr) => {
        match $call {
            Call::Local(id, operand, span) => Box::new(move |$process: &mut Process| {
                let $result = call_with_integer::<$finish>($process, id, &operand, span);
                $body
            }),
            Call::Less(id, operand, span) => Box::new(move |$process: &mut Process| {
                let $result = call_with_integer::<$finish>($process, id, &operand, span);
                $body
            }),
            Call::More(id, operand, span) => Box::new(move |$process: &mut Process| {
                let $result = call_with_integer::<$finish>($process, id, &operand, span);
                $body
            }),
            Call::Any(id, given, span) => Box::new(move |$process: &mut Process| {
                let $result = call_with::<$finish>($process, id, &given, span);
                $body
            }),
            Call::Plain(id, given, span) => Box::new(move |$process: &mut Process| {
                let $result = call_plainly::<$finish>($process, id, &given, span);
                $body
            }),
        }
    };
}

impl Generator {
    fn given(&self, argument: &Expr, type_: Type) -> Given {
        match type_ {
            Type::Integer => Given::Integer(self.integer(argument)),
            Type::Real => Given::Real(self.real(argument)),
            Type::Boolean if argument.type_ == Type::Boolean => Given::Boolean(self.boolean(argument)),
            type_ => Given::Value(self.value(argument), type_),
        }
    }

    fn prepare(&self, id: MethodId, arguments: &[Option<Expr>], span: Span) -> Call {
        let signature = self.runtime.loader.signature(id);
        self.single_integer(id, &signature, arguments, span).unwrap_or_else(|| {
            let complete = arguments.len() <= signature.parameters.len();
            let given: Option<Box<[Given]>> = arguments
                .iter()
                .zip(&signature.parameters)
                .map(|(argument, (_, type_))| Some(self.given(argument.as_ref()?, *type_)))
                .collect();
            match given {
                Some(given) if complete => Call::Any(id, given, span),
                Some(_) | None => {
                    let values = arguments.iter().map(|argument| argument.as_ref().map(|a| self.value(a)));
                    Call::Plain(id, values.collect(), span)
                }
            }
        })
    }

    /// The calls that recursion is made of: `f($n)`, `f($n-1)`, `f($n+1)`.
    fn single_integer(
        &self,
        id: MethodId,
        signature: &Signature,
        arguments: &[Option<Expr>],
        span: Span,
    ) -> Option<Call> {
        let ([Some(argument)], [(_, Type::Integer)]) = (arguments, signature.parameters.as_slice()) else {
            return None;
        };
        if let Some(Leaf::Integer(slot)) = self.leaf(argument) {
            return Some(Call::Local(id, LocalInteger(slot), span));
        }
        let ExprKind::Binary(op, left, right) = &argument.kind else { return None };
        let (Some(Leaf::Integer(slot)), Some(Leaf::Whole(n))) = (self.leaf(left), self.leaf(right)) else {
            return None;
        };
        let (local, constant) = (LocalInteger(slot), ConstantInteger(n));
        if *op == BinaryOp::Subtract {
            return Some(Call::Less(id, Binary::new(SubtractIntegers, local, constant), span));
        }
        (*op == BinaryOp::Add).then(|| Call::More(id, Binary::new(AddIntegers, local, constant), span))
    }

    /// A method call whose result is an Integer.
    pub(super) fn integer_call(&self, id: MethodId, arguments: &[Option<Expr>], span: Span) -> IntegerCode {
        closure!(self.prepare(id, arguments, span), process, ToInteger, n => n)
    }

    /// A method call whose result is a Real.
    pub(super) fn real_call(&self, id: MethodId, arguments: &[Option<Expr>], span: Span) -> RealCode {
        closure!(self.prepare(id, arguments, span), process, ToReal, x => x)
    }

    /// A method call whose result is any value.
    pub(super) fn method_call(&self, id: MethodId, arguments: &[Option<Expr>], span: Span) -> ValueCode {
        closure!(self.prepare(id, arguments, span), process, ToValue, value => {
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
        closure!(self.prepare(id, arguments, span), process, ToNothing, _done => {
            if process.failing() { Flow::Fail } else { Flow::Next }
        })
    }
}

/// Calls a method whose only argument is a whole number.
#[inline(always)]
fn call_with_integer<F: Finish>(
    process: &mut Process,
    id: MethodId,
    operand: &impl Integers,
    span: Span,
) -> F::Output {
    let mark = process.stack.mark();
    let word = i64::from(wrap(operand.get(process))).cast_unsigned();
    if !process.stack.put_word(word) {
        return give_up::<F>(process, mark);
    }
    run::<F>(process, id, mark, 1, span)
}

/// Calls a method with as many arguments as it declares, or fewer.
fn call_with<F: Finish>(process: &mut Process, id: MethodId, given: &[Given], span: Span) -> F::Output {
    let mark = process.stack.mark();
    for (index, argument) in given.iter().enumerate() {
        if !put(process, argument, id, index, span) {
            return give_up::<F>(process, mark);
        }
    }
    run::<F>(process, id, mark, given.len(), span)
}

/// Computes an argument into its slot of the frame to be; false when that failed.
#[inline]
fn put(process: &mut Process, given: &Given, id: MethodId, index: usize, span: Span) -> bool {
    let word = match given {
        Given::Integer(code) => i64::from(wrap(code(process))).cast_unsigned(),
        Given::Real(code) => code(process).to_bits(),
        Given::Boolean(code) => u64::from(code(process)),
        Given::Value(code, type_) => {
            return match code(process).map(|value| process.put_argument(value, *type_)) {
                Ok(Ok(())) => true,
                Ok(Err(error)) => {
                    unfit(process, error, id, index, span);
                    false
                }
                Err(error) => {
                    process.fail(error);
                    false
                }
            };
        }
    };
    !process.failing() && process.stack.put_word(word)
}

/// An argument does not fit its parameter.
#[cold]
fn unfit(process: &mut Process, error: Error, id: MethodId, index: usize, span: Span) {
    let name = process.unit_name(id);
    let signature = process.runtime.loader.signature(id);
    let parameter = signature.parameters.get(index).map_or("", |(name, _)| name);
    process.fail(error.note(format!("for the parameter `${parameter}` of `{name}`")).at(span));
}

/// Takes back the arguments of a call that is not made.
#[cold]
fn give_up<F: Finish>(process: &mut Process, mark: Mark) -> F::Output {
    drop(process.stack.take_back(mark));
    if !process.failing() {
        process.fail(Error::quatre(8004, "the stack is full").fatal());
    }
    F::Output::default()
}

/// Runs a method over the arguments put since the mark.
#[inline(always)]
fn run<F: Finish>(process: &mut Process, id: MethodId, mark: Mark, given: usize, span: Span) -> F::Output {
    let code = match process.code(id) {
        Ok(code) => code,
        Err(error) => {
            process.fail(error.at(span));
            return give_up::<F>(process, mark);
        }
    };
    if !code.in_place {
        return run_plainly::<F>(process, &code, id, mark, given, span);
    }
    if !process.enter_over(&code, id, span, mark, u32::try_from(given).unwrap_or(u32::MAX)) {
        return give_up::<F>(process, mark);
    }
    let flow = (code.body)(process);
    end::<F>(process, &code, flow)
}

/// Reads the result and leaves the frame.
#[inline(always)]
fn end<F: Finish>(process: &mut Process, code: &MethodCode, flow: Flow) -> F::Output {
    let result = if flow == Flow::Fail { F::Output::default() } else { F::read(process, code) };
    process.leave(flow);
    result
}

/// The arguments put since the mark become values again: the callee keeps some of its parameters otherwise.
#[cold]
fn run_plainly<F: Finish>(
    process: &mut Process,
    code: &Rc<MethodCode>,
    id: MethodId,
    mark: Mark,
    given: usize,
    span: Span,
) -> F::Output {
    let (words, values) = process.stack.take_back(mark);
    let (mut words, mut values) = (words.into_iter(), values.into_iter());
    let arguments: Vec<Value> = code
        .method
        .parameters
        .iter()
        .take(given)
        .map(|parameter| match parameter.type_ {
            Type::Integer => Value::Integer(wrap(words.next().unwrap_or(0).cast_signed())),
            Type::Real => Value::Real(f64::from_bits(words.next().unwrap_or(0))),
            Type::Boolean => Value::Boolean(words.next().unwrap_or(0) != 0),
            _ => values.next().unwrap_or_default(),
        })
        .collect();
    run_with_values::<F>(process, code, id, arguments, span)
}

/// Calls a method with arguments that it may not declare.
fn call_plainly<F: Finish>(
    process: &mut Process,
    id: MethodId,
    given: &[Option<ValueCode>],
    span: Span,
) -> F::Output {
    let mut arguments = Vec::with_capacity(given.len());
    for code in given {
        match code.as_ref().map_or(Ok(Value::Undefined), |code| code(process)) {
            Ok(value) => arguments.push(value),
            Err(error) => return or_fail(process, Err(error)),
        }
    }
    match process.code(id) {
        Ok(code) => run_with_values::<F>(process, &code, id, arguments, span),
        Err(error) => or_fail(process, Err(error.at(span))),
    }
}

fn run_with_values<F: Finish>(
    process: &mut Process,
    code: &Rc<MethodCode>,
    id: MethodId,
    arguments: Vec<Value>,
    span: Span,
) -> F::Output {
    if let Err(error) = process.enter(code, id, span) {
        return or_fail(process, Err(error));
    }
    let flow = match process.give_arguments(code, arguments.into_iter()) {
        Ok(()) => (code.body)(process),
        Err(error) => {
            process.fail(error.at(span));
            Flow::Fail
        }
    };
    end::<F>(process, code, flow)
}
