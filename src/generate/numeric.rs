//! Numbers without boxes: closures that give an `i64` or an `f64`.
//!
//! What is whole and small enough for a Real to hold exactly is computed as an `i64`; the result is that of computing
//! in Reals, bit for bit, because no intermediate value passes 53 bits (`Generator::magnitude` proves it).

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use crate::generate::Generator;
use crate::generate::fused::{
    AddIntegers, AddReals, Binary, ConstantInteger, ConstantReal, DivideIntegers, DivideReals, LocalInteger,
    LocalIntegerAsReal, LocalReal, ModuloConstant, ModuloIntegers, MultiplyIntegers, MultiplyReals,
    SubtractIntegers, SubtractReals, integer_code, real_code,
};
use crate::program::ids::Slot;
use crate::program::tree::{Expr, ExprKind, Home, Literal};
use crate::runtime::code::{IntegerCode, RealCode, ValueCode};
use crate::runtime::process::Process;
use crate::source::span::Span;
use crate::syntax::operator::BinaryOp;
use crate::value::error::{Error, Result};
use crate::value::{Type, Value, number};

/// The largest whole number that a Real holds exactly with all those below it.
const EXACT: f64 = 9_007_199_254_740_992.0;
/// The magnitude of an Integer.
const INTEGER: f64 = 2_147_483_648.0;

/// A numeric expression that is read inline.
pub enum Leaf {
    /// An Integer local.
    Integer(Slot),
    /// A Real local.
    Real(Slot),
    /// A whole literal.
    Whole(i64),
    /// Any other literal.
    Literal(f64),
}

/// Runs `$body` with `$operand` bound to the operand for an integer expression: a leaf read inline, else a closure.
macro_rules! with_integer {
    ($generator:expr, $expr:expr, $operand:ident => $body:expr) => {
        match $generator.leaf($expr) {
            Some(Leaf::Integer(slot)) => {
                let $operand = LocalInteger(slot);
                $body
            }
            Some(Leaf::Whole(n)) => {
                let $operand = ConstantInteger(n);
                $body
            }
            Some(Leaf::Real(_) | Leaf::Literal(_)) | None => {
                let $operand = $generator.integer($expr);
                $body
            }
        }
    };
}

/// The same for a Real expression.
macro_rules! with_real {
    ($generator:expr, $expr:expr, $operand:ident => $body:expr) => {
        match $generator.leaf($expr) {
            Some(Leaf::Real(slot)) => {
                let $operand = LocalReal(slot);
                $body
            }
            #[expect(clippy::cast_precision_loss, reason = "a whole leaf has at most 53 bits")]
            Some(Leaf::Whole(n)) => {
                let $operand = ConstantReal(n as f64);
                $body
            }
            Some(Leaf::Literal(x)) => {
                let $operand = ConstantReal(x);
                $body
            }
            Some(Leaf::Integer(slot)) => {
                let $operand = LocalIntegerAsReal(slot);
                $body
            }
            None => {
                let $operand = $generator.real($expr);
                $body
            }
        }
    };
}

pub(super) use {with_integer, with_real};

impl Generator {
    /// What the expression is when it is read inline.
    pub(super) fn leaf(&self, expr: &Expr) -> Option<Leaf> {
        match &expr.kind {
            ExprKind::Local(id) => match self.home(*id)? {
                Home::Integer(slot) => Some(Leaf::Integer(slot)),
                Home::Real(slot) => Some(Leaf::Real(slot)),
                Home::Boolean(_) | Home::Value(_) | Home::Variable(_) => None,
            },
            ExprKind::Literal(Literal::Integer(n)) => Some(Leaf::Whole(i64::from(*n))),
            ExprKind::Literal(Literal::Real(x)) => Some(match whole(*x) {
                Some(n) => Leaf::Whole(n),
                None => Leaf::Literal(*x),
            }),
            _ => None,
        }
    }

    /// A bound of the magnitude of an expression that is certainly whole and exact; `None` when that is not known.
    pub(super) fn magnitude(&self, expr: &Expr) -> Option<f64> {
        let bound = match &expr.kind {
            ExprKind::Literal(Literal::Integer(_)) => INTEGER,
            #[expect(clippy::cast_precision_loss, reason = "whole() gives at most 53 bits")]
            ExprKind::Literal(Literal::Real(x)) => whole(*x)?.unsigned_abs() as f64,
            ExprKind::Local(id) => match self.home(*id)? {
                Home::Integer(_) => INTEGER,
                Home::Real(_) | Home::Boolean(_) | Home::Value(_) | Home::Variable(_) => return None,
            },
            ExprKind::Negate(inner) => self.magnitude(inner)?,
            ExprKind::Binary(op, left, right) => self.binary_magnitude(*op, left, right)?,
            ExprKind::Ternary(parts) => {
                let [_, then, otherwise] = &**parts;
                self.magnitude(then)?.max(self.magnitude(otherwise)?)
            }
            ExprKind::CallMethod(..)
            | ExprKind::Command(..)
            | ExprKind::Element(..)
            | ExprKind::CountParameters
            | ExprKind::TypeOf(_)
            | ExprKind::Member(..)
                if expr.type_ == Type::Integer =>
            {
                INTEGER
            }
            _ => return None,
        };
        (bound <= EXACT).then_some(bound)
    }

    fn binary_magnitude(&self, op: BinaryOp, left: &Expr, right: &Expr) -> Option<f64> {
        match op {
            BinaryOp::Add | BinaryOp::Subtract => Some(self.magnitude(left)? + self.magnitude(right)?),
            BinaryOp::Multiply => Some(self.magnitude(left)? * self.magnitude(right)?),
            BinaryOp::Modulo => Some(self.magnitude(left)?.min(self.magnitude(right)?)),
            BinaryOp::IntegerDivide => {
                self.magnitude(right)?;
                self.magnitude(left)
            }
            BinaryOp::And | BinaryOp::Or | BinaryOp::Xor | BinaryOp::ShiftLeft | BinaryOp::ShiftRight => {
                self.magnitude(left)?;
                self.magnitude(right)?;
                Some(INTEGER)
            }
            _ => None,
        }
    }

    /// Whether the expression is certainly whole and exact, so that [`Self::integer`] computes it without a Real.
    pub(super) fn is_whole(&self, expr: &Expr) -> bool {
        self.magnitude(expr).is_some()
    }

    /// An expression as a whole number; one that is not whole is computed and rounded as 4D rounds.
    pub(super) fn integer(&self, expr: &Expr) -> IntegerCode {
        match self.leaf(expr) {
            Some(Leaf::Integer(slot)) => return integer_code(LocalInteger(slot)),
            Some(Leaf::Whole(n)) => return integer_code(ConstantInteger(n)),
            Some(Leaf::Real(_) | Leaf::Literal(_)) | None => {}
        }
        if self.is_whole(expr) {
            match &expr.kind {
                ExprKind::Binary(op, left, right) => return self.integer_binary(*op, left, right),
                ExprKind::Negate(inner) => {
                    let inner = self.integer(inner);
                    return Box::new(move |process| -inner(process));
                }
                ExprKind::Ternary(parts) => {
                    let [condition, then, otherwise] = &**parts;
                    let condition = self.truth(condition);
                    let (then, otherwise) = (self.integer(then), self.integer(otherwise));
                    return Box::new(
                        move |process| if condition(process) { then(process) } else { otherwise(process) },
                    );
                }
                _ => {}
            }
        }
        if let Some(code) = self.integer_source(expr) {
            return code;
        }
        if matches!(expr.type_, Type::Real) || self.computes_real(expr) {
            let real = self.real(expr);
            return Box::new(move |process| i64::from(number::to_integer(real(process))));
        }
        if let Some(code) = self.mixed_integer(expr) {
            return code;
        }
        let (value, span) = (self.value(expr), expr.span);
        Box::new(move |process| settle(process, &value, |value| value_to_integer(value, span)))
    }

    /// Typed sources of Integers: calls of methods and commands, elements of arrays.
    fn integer_source(&self, expr: &Expr) -> Option<IntegerCode> {
        match &expr.kind {
            ExprKind::CallMethod(id, arguments) if expr.type_ == Type::Integer => {
                Some(self.integer_call(*id, arguments, expr.span))
            }
            ExprKind::Command(id, arguments) if expr.type_ == Type::Integer => {
                self.integer_command(*id, arguments, expr.span)
            }
            ExprKind::Element(array, index) if expr.type_ == Type::Integer => {
                self.integer_element(array, index, expr.span)
            }
            ExprKind::Member(base, name) if &**name == "length" && base.type_ == Type::Collection => {
                self.collection_length(base, expr.span)
            }
            _ => None,
        }
    }

    fn integer_binary(&self, op: BinaryOp, left: &Expr, right: &Expr) -> IntegerCode {
        match op {
            BinaryOp::Add => {
                with_integer!(self, left, a => with_integer!(self, right, b => integer_code(Binary::new(AddIntegers, a, b))))
            }
            BinaryOp::Subtract => {
                with_integer!(self, left, a => with_integer!(self, right, b => integer_code(Binary::new(SubtractIntegers, a, b))))
            }
            BinaryOp::Multiply => {
                with_integer!(self, left, a => with_integer!(self, right, b => integer_code(Binary::new(MultiplyIntegers, a, b))))
            }
            BinaryOp::Modulo => self.modulo(left, right),
            BinaryOp::IntegerDivide => {
                with_integer!(self, left, a => with_integer!(self, right, b => integer_code(Binary::new(DivideIntegers, a, b))))
            }
            _ => self.integer_bits(op, left, right),
        }
    }

    fn modulo(&self, left: &Expr, right: &Expr) -> IntegerCode {
        if let Some(Leaf::Whole(n)) = self.leaf(right)
            && let Some(divisor) = u32::try_from(n).ok().and_then(std::num::NonZeroU32::new)
        {
            if let ExprKind::Binary(op, a, b) = &left.kind
                && self.is_whole(left)
            {
                match op {
                    BinaryOp::Add => {
                        return with_integer!(self, a, a => with_integer!(self, b, b => integer_code(ModuloConstant { dividend: Binary::new(AddIntegers, a, b), divisor })));
                    }
                    BinaryOp::Multiply => {
                        return with_integer!(self, a, a => with_integer!(self, b, b => integer_code(ModuloConstant { dividend: Binary::new(MultiplyIntegers, a, b), divisor })));
                    }
                    _ => {}
                }
            }
            return with_integer!(self, left, dividend => integer_code(ModuloConstant { dividend, divisor }));
        }
        with_integer!(self, left, a => with_integer!(self, right, b => integer_code(Binary::new(ModuloIntegers, a, b))))
    }

    fn integer_bits(&self, op: BinaryOp, left: &Expr, right: &Expr) -> IntegerCode {
        let (a, b) = (self.integer(left), self.integer(right));
        let apply: fn(i32, i32) -> i32 = match op {
            BinaryOp::And => |a, b| a & b,
            BinaryOp::Or => |a, b| a | b,
            BinaryOp::Xor => |a, b| a ^ b,
            BinaryOp::ShiftLeft => number::shift_left,
            _ => number::shift_right,
        };
        Box::new(move |process| {
            let a = wrap(a(process));
            let b = wrap(b(process));
            i64::from(apply(a, b))
        })
    }

    /// Whether a Real closure computes the expression with less than a general one would need.
    pub(super) fn computes_real(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Binary(op, left, right) => {
                matches!(op, BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply | BinaryOp::Divide)
                    && self.is_numeric(left)
                    && self.is_numeric(right)
            }
            ExprKind::Negate(inner) => self.is_numeric(inner),
            _ => false,
        }
    }

    /// A number for certain.
    pub(super) fn is_numeric(&self, expr: &Expr) -> bool {
        matches!(expr.type_, Type::Integer | Type::Real)
    }

    /// An expression as a Real.
    pub(super) fn real(&self, expr: &Expr) -> RealCode {
        match self.leaf(expr) {
            Some(Leaf::Real(slot)) => return real_code(LocalReal(slot)),
            Some(Leaf::Integer(slot)) => return real_code(LocalIntegerAsReal(slot)),
            #[expect(clippy::cast_precision_loss, reason = "a whole leaf has at most 53 bits")]
            Some(Leaf::Whole(n)) => return real_code(ConstantReal(n as f64)),
            Some(Leaf::Literal(x)) => return real_code(ConstantReal(x)),
            None => {}
        }
        if self.is_whole(expr) {
            let whole = self.integer(expr);
            #[expect(clippy::cast_precision_loss, reason = "a whole expression has at most 53 bits")]
            return Box::new(move |process| whole(process) as f64);
        }
        match &expr.kind {
            ExprKind::Binary(op, left, right) => {
                if let Some(code) = self.real_binary(*op, left, right) {
                    return code;
                }
            }
            ExprKind::Negate(inner) if self.is_numeric(inner) => {
                let inner = self.real(inner);
                return Box::new(move |process| -inner(process));
            }
            ExprKind::CallMethod(id, arguments) if expr.type_ == Type::Real => {
                return self.real_call(*id, arguments, expr.span);
            }
            ExprKind::Command(id, arguments) if expr.type_ == Type::Real => {
                if let Some(code) = self.real_command(*id, arguments, expr.span) {
                    return code;
                }
            }
            ExprKind::Element(array, index) if expr.type_ == Type::Real => {
                if let Some(code) = self.real_element(array, index, expr.span) {
                    return code;
                }
            }
            _ => {}
        }
        if let Some(code) = self.mixed(expr) {
            return code;
        }
        let (value, span) = (self.value(expr), expr.span);
        Box::new(move |process| settle(process, &value, |value| value_to_real(value, span)))
    }

    fn real_binary(&self, op: BinaryOp, left: &Expr, right: &Expr) -> Option<RealCode> {
        if !self.is_numeric(left) || !self.is_numeric(right) {
            return None;
        }
        Some(match op {
            BinaryOp::Add => {
                with_real!(self, left, a => with_real!(self, right, b => real_code(Binary::new(AddReals, a, b))))
            }
            BinaryOp::Subtract => {
                with_real!(self, left, a => with_real!(self, right, b => real_code(Binary::new(SubtractReals, a, b))))
            }
            BinaryOp::Multiply => {
                with_real!(self, left, a => with_real!(self, right, b => real_code(Binary::new(MultiplyReals, a, b))))
            }
            BinaryOp::Divide => {
                with_real!(self, left, a => with_real!(self, right, b => real_code(Binary::new(DivideReals, a, b))))
            }
            BinaryOp::Power => {
                let (a, b) = (self.real(left), self.real(right));
                Box::new(move |process| {
                    let a = a(process);
                    number::power(a, b(process))
                })
            }
            _ => return None,
        })
    }

    /// One side is a value that running only knows: the whole is peeked at, then computed by the general operators.
    fn mixed(&self, expr: &Expr) -> Option<RealCode> {
        let peek = self.peek(expr)?;
        let (value, span) = (self.general_value(expr), expr.span);
        Some(Box::new(move |process| match peek(process) {
            Some(x) => x,
            None => settle(process, &value, |value| value_to_real(value, span)),
        }))
    }

    /// The same, given to an Integer.
    fn mixed_integer(&self, expr: &Expr) -> Option<IntegerCode> {
        let peek = self.peek(expr)?;
        let (value, span) = (self.general_value(expr), expr.span);
        Some(Box::new(move |process| match peek(process) {
            Some(x) => i64::from(number::to_integer(x)),
            None => settle(process, &value, |value| value_to_integer(value, span)),
        }))
    }

    /// Whether evaluating the expression may leave an error pending.
    pub(super) fn may_fail(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Literal(_) => false,
            ExprKind::Local(id) => {
                !matches!(self.home(*id), Some(Home::Integer(_) | Home::Real(_) | Home::Boolean(_)))
            }
            ExprKind::Negate(inner) => !self.is_numeric(inner) || self.may_fail(inner),
            ExprKind::Binary(op, left, right) => {
                let scalar = |expr: &Expr| matches!(expr.type_, Type::Integer | Type::Real | Type::Boolean);
                !(scalar(left) && scalar(right))
                    || matches!(op, BinaryOp::BitTest | BinaryOp::BitSet | BinaryOp::BitClear)
                    || self.may_fail(left)
                    || self.may_fail(right)
            }
            ExprKind::Ternary(parts) => parts.iter().any(|part| self.may_fail(part)),
            _ => true,
        }
    }
}

/// The whole number that a Real is, when 53 bits hold it and it is no negative zero.
fn whole(x: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "what was cut off is seen in the comparison")]
    let n = x as i64;
    #[expect(clippy::cast_precision_loss, reason = "53 bits hold what passes the test of the size")]
    let is_whole = x.abs() <= EXACT && n as f64 == x && !(n == 0 && x.is_sign_negative());
    is_whole.then_some(n)
}

/// An exact whole number in 32 bits, as storing it in an Integer does.
#[expect(clippy::cast_possible_truncation, reason = "4D's Integers wrap")]
#[inline]
pub fn wrap(n: i64) -> i32 {
    n as i32
}

/// An exact whole number as the value of an Integer expression: a Real when 32 bits do not hold it.
#[inline]
pub fn integer_value(n: i64) -> Value {
    match i32::try_from(n) {
        Ok(small) => Value::Integer(small),
        #[expect(clippy::cast_precision_loss, reason = "the number has at most 53 bits")]
        Err(_) => Value::Real(n as f64),
    }
}

/// Runs a general closure for a typed one: an error stays pending and zero is given.
#[inline]
pub fn settle<T: Default>(
    process: &mut Process,
    code: &ValueCode,
    convert: impl FnOnce(Value) -> Result<T>,
) -> T {
    let result = code(process).and_then(convert);
    or_fail(process, result)
}

/// The value of a result; an error stays pending and the default is given.
#[inline]
pub fn or_fail<T: Default>(process: &mut Process, result: Result<T>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => {
            process.fail(error);
            T::default()
        }
    }
}

/// A value given to an Integer.
#[inline]
pub fn value_to_integer(value: Value, span: Span) -> Result<i64> {
    match value {
        Value::Integer(n) => Ok(i64::from(n)),
        Value::Real(x) => Ok(i64::from(number::to_integer(x))),
        other => converted(other, Type::Integer, span)
            .map(|value| if let Value::Integer(n) = value { i64::from(n) } else { 0 }),
    }
}

/// A value given to a Real.
#[inline]
pub fn value_to_real(value: Value, span: Span) -> Result<f64> {
    match value {
        Value::Real(x) => Ok(x),
        Value::Integer(n) => Ok(f64::from(n)),
        other => {
            converted(other, Type::Real, span).map(|value| if let Value::Real(x) = value { x } else { 0.0 })
        }
    }
}

#[cold]
fn converted(value: Value, to: Type, span: Span) -> Result<Value> {
    crate::value::convert::convert(value, to).map_err(|error: Error| error.at(span))
}
