//! Operators: typed paths where types are known, `value::operators` for the rest.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use crate::generate::Generator;
use crate::generate::fused::{ConstantInteger, ConstantReal, LocalInteger, LocalIntegerAsReal, LocalReal};
use crate::generate::fused::{
    EqualIntegers, GreaterIntegers, GreaterOrEqualIntegers, GreaterOrEqualReals, GreaterReals, LessIntegers,
    LessOrEqualIntegers, LessOrEqualReals, LessReals, NotEqualIntegers, compare_integers, compare_reals,
};
use crate::generate::numeric::{Leaf, integer_value, or_fail, with_integer, with_real};
use crate::program::tree::{Expr, ExprKind, Home, Literal};
use crate::runtime::code::{BooleanCode, ValueCode};
use crate::runtime::process::Process;
use crate::source::span::Span;
use crate::syntax::operator::BinaryOp;
use crate::value::error::{Error, Result};
use crate::value::text::Text;
use crate::value::{Type, Value, compare, number, operators};

/// A binary operator over values.
pub type Operator = fn(Value, Value) -> Result<Value>;

/// The general path of an operator that computes a value.
pub fn function(op: BinaryOp) -> Option<Operator> {
    Some(match op {
        BinaryOp::Add => operators::add,
        BinaryOp::Subtract => operators::subtract,
        BinaryOp::Multiply => operators::multiply,
        BinaryOp::Divide => operators::divide,
        BinaryOp::IntegerDivide => operators::integer_divide,
        BinaryOp::Modulo => operators::modulo,
        BinaryOp::Power => operators::power,
        BinaryOp::And => operators::and,
        BinaryOp::Or => operators::or,
        BinaryOp::Xor => operators::xor,
        BinaryOp::ShiftLeft => operators::shift_left,
        BinaryOp::ShiftRight => operators::shift_right,
        BinaryOp::BitSet => operators::bit_set,
        BinaryOp::BitClear => operators::bit_clear,
        BinaryOp::BitTest => operators::bit_test,
        BinaryOp::ScaleWidth => operators::scale_horizontally,
        BinaryOp::ScaleHeight => operators::scale_vertically,
        BinaryOp::Equal
        | BinaryOp::NotEqual
        | BinaryOp::Less
        | BinaryOp::LessOrEqual
        | BinaryOp::Greater
        | BinaryOp::GreaterOrEqual
        | BinaryOp::ShortAnd
        | BinaryOp::ShortOr => return None,
    })
}

/// The order of two texts for `<` and its like: an `@` at the end of the right side is dropped.
fn order(left: &Text, right: &Text) -> std::cmp::Ordering {
    compare::order(left, &compare::without_wildcard(right))
}

/// A comparison over values, whatever its operator.
pub fn compare_values(op: BinaryOp, left: &Value, right: &Value, epsilon: f64) -> Result<bool> {
    match op {
        BinaryOp::Equal => operators::equal(left, right, epsilon),
        BinaryOp::NotEqual => operators::not_equal(left, right, epsilon),
        BinaryOp::Less => operators::less(left, right),
        BinaryOp::LessOrEqual => operators::less_or_equal(left, right),
        BinaryOp::Greater => operators::greater(left, right),
        _ => operators::greater_or_equal(left, right),
    }
}

/// Whether the operator compares.
pub fn is_comparison(op: BinaryOp) -> bool {
    matches!(
        op,
        BinaryOp::Equal
            | BinaryOp::NotEqual
            | BinaryOp::Less
            | BinaryOp::LessOrEqual
            | BinaryOp::Greater
            | BinaryOp::GreaterOrEqual
    )
}

impl Generator {
    /// An expression as a Boolean: the condition of `If`, where Undefined is False and other types are errors.
    pub(super) fn boolean(&self, expr: &Expr) -> BooleanCode {
        match &expr.kind {
            ExprKind::Literal(Literal::Boolean(b)) => {
                let b = *b;
                return Box::new(move |_| b);
            }
            ExprKind::Local(id) => {
                if let Some(Home::Boolean(slot)) = self.home(*id) {
                    return Box::new(move |process| process.stack.boolean(slot));
                }
            }
            ExprKind::Binary(op, left, right) => {
                if let Some(code) = self.boolean_binary(*op, left, right, expr.span) {
                    return code;
                }
            }
            ExprKind::Command(id, arguments) if expr.type_ == Type::Boolean => {
                if let Some(code) = self.boolean_command(*id, arguments, expr.span) {
                    return code;
                }
            }
            ExprKind::Element(array, index) if expr.type_ == Type::Boolean => {
                if let Some(code) = self.boolean_element(array, index, expr.span) {
                    return code;
                }
            }
            ExprKind::Index(base, index) => {
                if let Some(code) = self.boolean_index(base, index, condition, expr.span) {
                    return code;
                }
            }
            _ => {}
        }
        let (value, span) = (self.value(expr), expr.span);
        Box::new(move |process| {
            let result = value(process).and_then(|value| condition(&value, span));
            or_fail(process, result)
        })
    }

    /// An expression as truthy or falsy: the condition of `? :`, the operands of `&&` and `||`.
    pub(super) fn truth(&self, expr: &Expr) -> BooleanCode {
        if expr.type_ == Type::Boolean {
            return self.boolean(expr);
        }
        if self.is_numeric(expr) && !self.may_fail(expr) {
            return Box::new(|_| true);
        }
        let value = self.value(expr);
        Box::new(move |process| {
            let result = value(process).map(|value| value.is_truthy());
            or_fail(process, result)
        })
    }

    fn boolean_binary(&self, op: BinaryOp, left: &Expr, right: &Expr, span: Span) -> Option<BooleanCode> {
        if is_comparison(op) {
            return Some(self.comparison(op, left, right, span));
        }
        if left.type_ == Type::Boolean && right.type_ == Type::Boolean {
            let (a, b) = (self.boolean(left), self.boolean(right));
            return match op {
                BinaryOp::ShortAnd => {
                    Some(Box::new(move |process| a(process) && !process.failing() && b(process)))
                }
                BinaryOp::ShortOr => {
                    Some(Box::new(move |process| a(process) || (!process.failing() && b(process))))
                }
                // Both sides are always computed.
                BinaryOp::And => Some(Box::new(move |process| {
                    let a = a(process);
                    let b = !process.failing() && b(process);
                    a & b
                })),
                BinaryOp::Or => Some(Box::new(move |process| {
                    let a = a(process);
                    let b = !process.failing() && b(process);
                    a | b
                })),
                _ => None,
            };
        }
        // `a || b` gives `a` when it is truthy, else `b`; as a condition, what it gives must be a Boolean.
        (op == BinaryOp::ShortOr).then(|| {
            let (a, b) = (self.condition_by(left, either), self.boolean(right));
            let code: BooleanCode = Box::new(move |process| a(process) || (!process.failing() && b(process)));
            code
        })
    }

    /// The operand of `||` in a condition.
    fn condition_by(&self, expr: &Expr, test: fn(&Value, Span) -> Result<bool>) -> BooleanCode {
        if expr.type_ == Type::Boolean {
            return self.boolean(expr);
        }
        if let ExprKind::Binary(BinaryOp::ShortOr, left, right) = &expr.kind {
            let (a, b) = (self.condition_by(left, test), self.condition_by(right, test));
            return Box::new(move |process| a(process) || (!process.failing() && b(process)));
        }
        if let ExprKind::Index(base, index) = &expr.kind
            && let Some(code) = self.boolean_index(base, index, test, expr.span)
        {
            return code;
        }
        let (value, span) = (self.value(expr), expr.span);
        Box::new(move |process| {
            let result = value(process).and_then(|value| test(&value, span));
            or_fail(process, result)
        })
    }

    fn comparison(&self, op: BinaryOp, left: &Expr, right: &Expr, span: Span) -> BooleanCode {
        if self.is_whole(left) && self.is_whole(right) {
            return self.compare_whole(op, left, right);
        }
        if self.is_numeric(left) && self.is_numeric(right) {
            return self.compare_real(op, left, right);
        }
        if left.type_ == Type::Text && right.type_ == Type::Text {
            return self.compare_text(op, left, right);
        }
        if matches!(op, BinaryOp::Equal | BinaryOp::NotEqual) {
            let negate = op == BinaryOp::NotEqual;
            if matches!(right.kind, ExprKind::Literal(Literal::Null)) {
                return self.compare_null(left, negate);
            }
            if matches!(left.kind, ExprKind::Literal(Literal::Null)) {
                return self.compare_null(right, negate);
            }
        }
        let (a, b) = (self.value(left), self.value(right));
        Box::new(move |process| {
            let epsilon = process.epsilon;
            let result = a(process).and_then(|a| {
                let b = b(process)?;
                compare_values(op, &a, &b, epsilon).map_err(|error| error.at(span))
            });
            or_fail(process, result)
        })
    }

    /// `$x=Null` is a question about the value, not a comparison of two.
    fn compare_null(&self, operand: &Expr, negate: bool) -> BooleanCode {
        let value = self.value(operand);
        Box::new(move |process| {
            let result = value(process).map(|value| operators::equals_null(&value) != negate);
            or_fail(process, result)
        })
    }

    fn compare_whole(&self, op: BinaryOp, left: &Expr, right: &Expr) -> BooleanCode {
        match op {
            BinaryOp::Equal => {
                with_integer!(self, left, a => with_integer!(self, right, b => compare_integers(EqualIntegers, a, b)))
            }
            BinaryOp::NotEqual => {
                with_integer!(self, left, a => with_integer!(self, right, b => compare_integers(NotEqualIntegers, a, b)))
            }
            BinaryOp::Less => {
                with_integer!(self, left, a => with_integer!(self, right, b => compare_integers(LessIntegers, a, b)))
            }
            BinaryOp::LessOrEqual => {
                with_integer!(self, left, a => with_integer!(self, right, b => compare_integers(LessOrEqualIntegers, a, b)))
            }
            BinaryOp::Greater => {
                with_integer!(self, left, a => with_integer!(self, right, b => compare_integers(GreaterIntegers, a, b)))
            }
            _ => {
                with_integer!(self, left, a => with_integer!(self, right, b => compare_integers(GreaterOrEqualIntegers, a, b)))
            }
        }
    }

    fn compare_real(&self, op: BinaryOp, left: &Expr, right: &Expr) -> BooleanCode {
        match op {
            BinaryOp::Equal | BinaryOp::NotEqual => {
                let (a, b) = (self.real(left), self.real(right));
                let negate = op == BinaryOp::NotEqual;
                Box::new(move |process| {
                    let a = a(process);
                    let b = b(process);
                    (a == b || compare::equal_reals(a, b, process.epsilon)) != negate
                })
            }
            BinaryOp::Less => {
                with_real!(self, left, a => with_real!(self, right, b => compare_reals(LessReals, a, b)))
            }
            BinaryOp::LessOrEqual => {
                with_real!(self, left, a => with_real!(self, right, b => compare_reals(LessOrEqualReals, a, b)))
            }
            BinaryOp::Greater => {
                with_real!(self, left, a => with_real!(self, right, b => compare_reals(GreaterReals, a, b)))
            }
            _ => {
                with_real!(self, left, a => with_real!(self, right, b => compare_reals(GreaterOrEqualReals, a, b)))
            }
        }
    }

    fn compare_text(&self, op: BinaryOp, left: &Expr, right: &Expr) -> BooleanCode {
        let (a, b) = (self.value(left), self.value(right));
        let test: fn(&Text, &Text) -> bool = match op {
            BinaryOp::Equal => compare::equal,
            BinaryOp::NotEqual => |a, b| !compare::equal(a, b),
            BinaryOp::Less => |a, b| order(a, b).is_lt(),
            BinaryOp::LessOrEqual => |a, b| order(a, b).is_le(),
            BinaryOp::Greater => |a, b| order(a, b).is_gt(),
            _ => |a, b| order(a, b).is_ge(),
        };
        Box::new(move |process| {
            let result = a(process).and_then(|a| Ok((a, b(process)?)));
            match result {
                Ok((Value::Text(a), Value::Text(b))) => test(&a, &b),
                Ok(_) => false,
                Err(error) => {
                    process.fail(error);
                    false
                }
            }
        })
    }

    /// A binary expression as a value.
    pub(super) fn binary(&self, op: BinaryOp, left: &Expr, right: &Expr, span: Span) -> ValueCode {
        match op {
            BinaryOp::ShortAnd | BinaryOp::ShortOr => return self.short_circuit(op, left, right),
            BinaryOp::Add if left.type_ == Type::Text && right.type_ == Type::Text => {
                return self.concatenation(left, right);
            }
            _ => {}
        }
        let (a, b) = (self.value(left), self.value(right));
        if is_comparison(op) {
            let test = self.comparison(op, left, right, span);
            return Box::new(move |process| {
                let result = test(process);
                process.check()?;
                Ok(Value::Boolean(result))
            });
        }
        let Some(apply) = function(op) else { return Box::new(|_| Ok(Value::Undefined)) };
        match op {
            BinaryOp::Add => reals_first(a, b, |a, b| a + b, apply, span),
            BinaryOp::Subtract => reals_first(a, b, |a, b| a - b, apply, span),
            BinaryOp::Multiply => reals_first(a, b, |a, b| a * b, apply, span),
            _ => Box::new(move |process| {
                let a = a(process)?;
                let b = b(process)?;
                apply(a, b).map_err(|error| error.at(span))
            }),
        }
    }

    fn concatenation(&self, left: &Expr, right: &Expr) -> ValueCode {
        let (a, b) = (self.value(left), self.value(right));
        Box::new(move |process| {
            let a = a(process)?;
            let b = b(process)?;
            match (a, b) {
                (Value::Text(mut a), Value::Text(b)) => {
                    process.check_text(a.len().saturating_add(b.len()))?;
                    a.push_text(&b);
                    Ok(Value::Text(a))
                }
                (a, b) => operators::add(a, b),
            }
        })
    }

    fn short_circuit(&self, op: BinaryOp, left: &Expr, right: &Expr) -> ValueCode {
        let (a, b) = (self.value(left), self.value(right));
        if op == BinaryOp::ShortAnd {
            return Box::new(move |process| {
                let a = a(process)?;
                if a.is_truthy() { b(process) } else { Ok(a) }
            });
        }
        Box::new(move |process| {
            let a = a(process)?;
            if a.is_truthy() { Ok(a) } else { b(process) }
        })
    }

    /// A long chain of operators, without nesting.
    pub(super) fn fold(&self, first: &Expr, rest: &[(BinaryOp, Expr)], span: Span) -> ValueCode {
        let first = self.value(first);
        let rest: Vec<(BinaryOp, ValueCode)> =
            rest.iter().map(|(op, operand)| (*op, self.value(operand))).collect();
        Box::new(move |process| {
            let mut value = first(process)?;
            for (op, operand) in &rest {
                value = step(process, value, *op, operand, span)?;
            }
            Ok(value)
        })
    }

    /// `-$x` as a value.
    pub(super) fn negate(&self, inner: &Expr, span: Span) -> ValueCode {
        let inner = self.value(inner);
        Box::new(move |process| operators::negate(inner(process)?).map_err(|error| error.at(span)))
    }
}

/// An operator on two values that are most often Reals.
fn reals_first(
    a: ValueCode,
    b: ValueCode,
    reals: impl Fn(f64, f64) -> f64 + 'static,
    apply: fn(Value, Value) -> Result<Value>,
    span: Span,
) -> ValueCode {
    Box::new(move |process| {
        let a = a(process)?;
        let b = b(process)?;
        match (a, b) {
            (Value::Real(a), Value::Real(b)) => Ok(Value::Real(reals(a, b))),
            (a, b) => apply(a, b).map_err(|error| error.at(span)),
        }
    })
}

/// One operator of a long chain.
fn step(process: &mut Process, left: Value, op: BinaryOp, right: &ValueCode, span: Span) -> Result<Value> {
    match op {
        BinaryOp::ShortAnd => return if left.is_truthy() { right(process) } else { Ok(left) },
        BinaryOp::ShortOr => return if left.is_truthy() { Ok(left) } else { right(process) },
        _ => {}
    }
    let right = right(process)?;
    if let (Value::Text(_), Value::Text(more), BinaryOp::Add) = (&left, &right, op) {
        let Value::Text(mut text) = left else { return Ok(left) };
        process.check_text(text.len().saturating_add(more.len()))?;
        text.push_text(more);
        return Ok(Value::Text(text));
    }
    if is_comparison(op) {
        let epsilon = process.epsilon;
        return compare_values(op, &left, &right, epsilon)
            .map(Value::Boolean)
            .map_err(|error| error.at(span));
    }
    match function(op) {
        Some(apply) => apply(left, right).map_err(|error| error.at(span)),
        None => Ok(left),
    }
}

/// A value as the left side of `||` in a condition: what is falsy leaves the answer to the right side.
fn either(value: &Value, span: Span) -> Result<bool> {
    if value.is_truthy() { condition(value, span) } else { Ok(false) }
}

/// A value as the condition of `If`.
pub fn condition(value: &Value, span: Span) -> Result<bool> {
    match value {
        Value::Boolean(b) => Ok(*b),
        Value::Undefined | Value::Null => Ok(false),
        other => {
            Err(Error::types(format!("a condition is a Boolean, not a value of type {}", other.type_name()))
                .at(span))
        }
    }
}

/// The value of a whole expression whose static type is Real.
#[expect(clippy::cast_precision_loss, reason = "a whole expression has at most 53 bits")]
pub fn whole_real(n: i64) -> Value {
    Value::Real(n as f64)
}

/// The value of a numeric expression computed as a Real whose static type is Integer.
pub fn integer_from_real(x: f64) -> Value {
    if x.fract() == 0.0 && x.abs() <= 2_147_483_647.0 {
        Value::Integer(number::to_integer(x))
    } else {
        Value::Real(x)
    }
}

/// The value of a whole expression, by its static type.
pub fn whole_value(type_: Type) -> fn(i64) -> Value {
    if type_ == Type::Integer { integer_value } else { whole_real }
}
