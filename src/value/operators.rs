//! The operators on values: one function each, one `match` on the types of both sides, numbers first.
//!
//! Two Integers give an Integer when the result is one, else a Real, so that no result is silently wrong. What is not
//! in a `match` is 4D's error 54, with the names of both types.

use std::cmp::Ordering;

use crate::value::Value;
use crate::value::bounds;
use crate::value::compare;
use crate::value::error::{Error, Result};
use crate::value::number;
use crate::value::text::{MOST_UNITS, Text};
use crate::value::time::Time;

use Value::{Array, Boolean, Date, Integer, Null, Real, Undefined};

/// How a sentence names the type of a value.
fn noun(value: &Value) -> &'static str {
    match value {
        Value::Undefined => "an undefined value",
        Value::Null => "Null",
        Value::Boolean(_) => "a Boolean",
        Value::Integer(_) | Value::Real(_) => "a Number",
        Value::Text(_) => "a Text",
        Value::Date(_) => "a Date",
        Value::Time(_) => "a Time",
        Value::Blob(_) => "a Blob",
        Value::Picture(_) => "a Picture",
        Value::Pointer(_) => "a Pointer",
        Value::Object(_) => "an Object",
        Value::Collection(_) => "a Collection",
        Value::Array(_) => "an array",
        Value::Variable(_) => "a variable",
    }
}

/// The error of two types that do not go together. `sentence` has `{a}` and `{b}` where the types are named.
#[cold]
fn mismatch(sentence: &str, a: &Value, b: &Value) -> Error {
    let error = Error::types(sentence.replace("{a}", noun(a)).replace("{b}", noun(b)));
    let is_text = |value: &Value| matches!(value, Value::Text(_));
    let prints =
        |value: &Value| matches!(value, Integer(_) | Real(_) | Date(_) | Value::Time(_) | Boolean(_));
    if a.is_nothing() || b.is_nothing() {
        error.help("test the value first: `If ($x#Null)`, or give another one: `$x || 0`")
    } else if (is_text(a) && prints(b)) || (prints(a) && is_text(b)) {
        error.help("make a text of it with `String`, or a number of the text with `Num`")
    } else if matches!(a, Value::Picture(_)) {
        error.note("the picture operators are not built yet")
    } else {
        error
    }
}

#[cold]
fn too_long() -> Error {
    Error::quatre(8005, "the text would be longer than a text may be").fatal()
}

#[inline]
fn reals(a: &Value, b: &Value) -> Option<(f64, f64)> {
    Some((a.as_real()?, b.as_real()?))
}

/// The sum, difference or product of two Integers, in the wider type when it does not fit.
#[inline]
fn fitting(n: i64) -> Value {
    #[expect(
        clippy::cast_precision_loss,
        reason = "products of 32-bit numbers that are no longer exact are Real in 4D too"
    )]
    i32::try_from(n).map_or_else(|_| Real(n as f64), Integer)
}

fn time(x: f64) -> Value {
    Value::Time(Time::from_number(x))
}

/// `a+b`
#[inline]
pub fn add(a: Value, b: Value) -> Result<Value> {
    match (a, b) {
        (Real(a), Real(b)) => Ok(Real(a + b)),
        (Integer(a), Integer(b)) => Ok(fitting(i64::from(a) + i64::from(b))),
        (Value::Text(mut a), Value::Text(b)) => {
            if a.len() + b.len() > MOST_UNITS {
                return Err(too_long());
            }
            bounds::check_text(a.len() + b.len())?;
            a.push_text(&b);
            Ok(Value::Text(a))
        }
        (a, b) => add_rest(&a, &b),
    }
}

fn add_rest(a: &Value, b: &Value) -> Result<Value> {
    match (a, b) {
        (Value::Time(a), Value::Time(b)) => Ok(time(f64::from(a.seconds()) + f64::from(b.seconds()))),
        (Date(a), Integer(_) | Real(_)) => Ok(Date(a.add_days(b.as_real().unwrap_or_default()))),
        _ => match reals(a, b) {
            Some((a, b)) => Ok(Real(a + b)),
            None => Err(mismatch("cannot add {b} to {a}", a, b)),
        },
    }
}

/// `a-b`
#[inline]
pub fn subtract(a: Value, b: Value) -> Result<Value> {
    match (a, b) {
        (Real(a), Real(b)) => Ok(Real(a - b)),
        (Integer(a), Integer(b)) => Ok(fitting(i64::from(a) - i64::from(b))),
        (a, b) => subtract_rest(&a, &b),
    }
}

fn subtract_rest(a: &Value, b: &Value) -> Result<Value> {
    match (a, b) {
        (Value::Time(a), Value::Time(b)) => Ok(time(f64::from(a.seconds()) - f64::from(b.seconds()))),
        (Date(a), Date(b)) => Ok(Real(a.days_since(*b))),
        (Date(a), Integer(_) | Real(_)) => Ok(Date(a.add_days(-b.as_real().unwrap_or_default()))),
        _ => match reals(a, b) {
            Some((a, b)) => Ok(Real(a - b)),
            None => Err(mismatch("cannot subtract {b} from {a}", a, b)),
        },
    }
}

/// `a*b`: a text is repeated.
#[inline]
pub fn multiply(a: Value, b: Value) -> Result<Value> {
    match (a, b) {
        (Real(a), Real(b)) => Ok(Real(a * b)),
        (Integer(a), Integer(b)) => Ok(fitting(i64::from(a) * i64::from(b))),
        (a, b) => multiply_rest(&a, &b),
    }
}

fn multiply_rest(a: &Value, b: &Value) -> Result<Value> {
    match (a, b) {
        (Value::Text(text), Integer(_) | Real(_)) => repeat(text, b.as_real().unwrap_or_default()),
        (Integer(_) | Real(_), Value::Text(text)) => repeat(text, a.as_real().unwrap_or_default()),
        (Value::Time(a), Value::Time(b)) => Ok(time(f64::from(a.seconds()) * f64::from(b.seconds()))),
        _ => match reals(a, b) {
            Some((a, b)) => Ok(Real(a * b)),
            None => Err(mismatch("cannot multiply {a} by {b}", a, b)),
        },
    }
}

/// A text `count` times: none when the count is not positive.
fn repeat(text: &Text, count: f64) -> Result<Value> {
    let count = count.round();
    if text.is_empty() || count < 1.0 || count.is_nan() {
        return Ok(Value::Text(Text::EMPTY));
    }
    #[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^53")]
    if count * text.len() as f64 > MOST_UNITS as f64 {
        return Err(too_long());
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the product is positive and below the most units of a text"
    )]
    bounds::check_text(count as usize * text.len())?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is positive and below the limit"
    )]
    let count = count as usize;
    Ok(Value::Text(text.repeat(count)))
}

/// `a/b`: always a Real of two numbers.
#[inline]
pub fn divide(a: Value, b: Value) -> Result<Value> {
    match (&a, &b) {
        (Real(a), Real(b)) => Ok(Real(a / b)),
        (Value::Time(a), Value::Time(b)) => Ok(time(f64::from(a.seconds()) / f64::from(b.seconds()))),
        _ => match reals(&a, &b) {
            Some((a, b)) => Ok(Real(a / b)),
            None => Err(mismatch("cannot divide {a} by {b}", &a, &b)),
        },
    }
}

/// `a\b`: the whole part of the quotient.
#[inline]
pub fn integer_divide(a: Value, b: Value) -> Result<Value> {
    match (&a, &b) {
        (Integer(n), Integer(d)) => {
            Ok(number::integer_divide_integers(*n, *d).map_or(Real(f64::from(*n) / f64::from(*d)), Integer))
        }
        (Value::Time(a), Value::Time(b)) => {
            Ok(time(number::integer_divide(f64::from(a.seconds()), f64::from(b.seconds()))))
        }
        _ => match reals(&a, &b) {
            Some((a, b)) => Ok(Real(number::integer_divide(a, b))),
            None => Err(mismatch("cannot divide {a} by {b}", &a, &b)),
        },
    }
}

/// `a%b`: the remainder of numbers; of texts, whether the left one contains the word on the right.
#[inline]
pub fn modulo(a: Value, b: Value) -> Result<Value> {
    match (&a, &b) {
        (Real(a), Real(b)) => Ok(Real(number::modulo(*a, *b))),
        (Integer(a), Integer(b)) => Ok(Integer(number::modulo_integers(*a, *b))),
        (Value::Text(a), Value::Text(b)) => Ok(Boolean(compare::contains_keyword(a, b))),
        (Value::Time(a), Value::Time(b)) => {
            Ok(time(number::modulo(f64::from(a.seconds()), f64::from(b.seconds()))))
        }
        _ => match reals(&a, &b) {
            Some((a, b)) => Ok(Real(number::modulo(a, b))),
            None => Err(mismatch("cannot take {a} modulo {b}", &a, &b)),
        },
    }
}

/// `a^b`
#[inline]
pub fn power(a: Value, b: Value) -> Result<Value> {
    match reals(&a, &b) {
        Some((a, b)) => Ok(Real(number::power(a, b))),
        None => Err(mismatch("cannot raise {a} to the power of {b}", &a, &b)),
    }
}

/// `-a`
#[inline]
pub fn negate(a: Value) -> Result<Value> {
    if let Integer(n) = a {
        return Ok(fitting(-i64::from(n)));
    }
    match a.as_real() {
        Some(x) => Ok(Real(-x)),
        None => Err(mismatch("cannot negate {a}", &a, &a)),
    }
}

/// The 32 bits that the operands of bitwise operators are.
#[inline]
fn longs(a: &Value, b: &Value) -> Option<(i32, i32)> {
    if let (Integer(a), Integer(b)) = (a, b) {
        return Some((*a, *b));
    }
    let (a, b) = reals(a, b)?;
    Some((number::to_integer(a), number::to_integer(b)))
}

/// A bitwise operator on numbers.
#[inline]
fn bitwise(a: &Value, b: &Value, sentence: &str, operator: impl FnOnce(i32, i32) -> i32) -> Result<Value> {
    match longs(a, b) {
        Some((a, b)) => Ok(Integer(operator(a, b))),
        None => Err(mismatch(sentence, a, b)),
    }
}

/// `a & b`, of Booleans or of bits.
#[inline]
pub fn and(a: Value, b: Value) -> Result<Value> {
    if let (Boolean(a), Boolean(b)) = (&a, &b) {
        return Ok(Boolean(*a & *b));
    }
    bitwise(&a, &b, "cannot combine {a} and {b} by `&`", |a, b| a & b)
}

/// `a | b`, of Booleans or of bits.
#[inline]
pub fn or(a: Value, b: Value) -> Result<Value> {
    if let (Boolean(a), Boolean(b)) = (&a, &b) {
        return Ok(Boolean(*a | *b));
    }
    bitwise(&a, &b, "cannot combine {a} and {b} by `|`", |a, b| a | b)
}

/// `a ^| b`
#[inline]
pub fn xor(a: Value, b: Value) -> Result<Value> {
    bitwise(&a, &b, "cannot combine {a} and {b} by `^|`", |a, b| a ^ b)
}

/// `a << b`
#[inline]
pub fn shift_left(a: Value, b: Value) -> Result<Value> {
    bitwise(&a, &b, "cannot shift {a} by {b}", number::shift_left)
}

/// `a >> b`
#[inline]
pub fn shift_right(a: Value, b: Value) -> Result<Value> {
    bitwise(&a, &b, "cannot shift {a} by {b}", number::shift_right)
}

/// `a ?+ b`
#[inline]
pub fn bit_set(a: Value, b: Value) -> Result<Value> {
    bitwise(&a, &b, "cannot set bit {b} of {a}", number::bit_set)
}

/// `a ?- b`
#[inline]
pub fn bit_clear(a: Value, b: Value) -> Result<Value> {
    bitwise(&a, &b, "cannot clear bit {b} of {a}", number::bit_clear)
}

/// `a ?? b`
#[inline]
pub fn bit_test(a: Value, b: Value) -> Result<Value> {
    match longs(&a, &b) {
        Some((a, b)) => Ok(Boolean(number::bit_test(a, b))),
        None => Err(mismatch("cannot test bit {b} of {a}", &a, &b)),
    }
}

/// `a *+ b`, of pictures only.
pub fn scale_horizontally(a: Value, b: Value) -> Result<Value> {
    Err(mismatch("cannot widen {a} by {b}", &a, &b))
}

/// `a *| b`, of pictures only.
pub fn scale_vertically(a: Value, b: Value) -> Result<Value> {
    Err(mismatch("cannot heighten {a} by {b}", &a, &b))
}

/// `a=b`. Values of different types are not equal; Null and Undefined are, and so is a pointer that leads nowhere.
#[inline]
pub fn equal(a: &Value, b: &Value, epsilon: f64) -> Result<bool> {
    match (a, b) {
        (Real(a), Real(b)) => Ok(compare::equal_reals(*a, *b, epsilon)),
        (Integer(a), Integer(b)) => Ok(a == b),
        (Value::Text(a), Value::Text(b)) => Ok(compare::equal(a, b)),
        (Boolean(a), Boolean(b)) => Ok(a == b),
        (Undefined | Null, _) => Ok(equals_null(b)),
        (_, Undefined | Null) => Ok(equals_null(a)),
        _ => equal_rest(a, b, epsilon),
    }
}

/// Whether a value equals Null.
#[inline]
pub fn equals_null(value: &Value) -> bool {
    match value {
        Undefined | Null => true,
        Value::Pointer(pointer) => pointer.is_nil(),
        Value::Picture(picture) => picture.is_empty(),
        Value::Variable(variable) => variable.with(equals_null),
        Boolean(_)
        | Integer(_)
        | Real(_)
        | Value::Text(_)
        | Date(_)
        | Value::Time(_)
        | Value::Blob(_)
        | Value::Object(_)
        | Value::Collection(_)
        | Array(_) => false,
    }
}

fn equal_rest(a: &Value, b: &Value, epsilon: f64) -> Result<bool> {
    match (a, b) {
        (Value::Blob(_), Value::Blob(_)) | (Array(_), _) | (_, Array(_)) => {
            Err(mismatch("cannot compare {a} with {b}", a, b))
        }
        (Value::Picture(_), Value::Picture(_)) => {
            Err(Error::types("pictures have no comparison operators").help("use `Equal pictures`"))
        }
        _ => Ok(compare::equal_values(a, b, epsilon)),
    }
}

/// `a#b`
#[inline]
pub fn not_equal(a: &Value, b: &Value, epsilon: f64) -> Result<bool> {
    Ok(!equal(a, b, epsilon)?)
}

/// The order of two values for `<` and its like; `None` when they have none and every comparison is False.
#[inline]
fn order(a: &Value, b: &Value, sign: &str) -> Result<Option<Ordering>> {
    match (a, b) {
        (Real(a), Real(b)) => Ok(a.partial_cmp(b)),
        (Integer(a), Integer(b)) => Ok(Some(a.cmp(b))),
        (Value::Text(a), Value::Text(b)) => Ok(Some(compare::order(a, &compare::without_wildcard(b)))),
        (Date(a), Date(b)) => Ok(Some(a.cmp(b))),
        (Boolean(a), Boolean(b)) => Ok(Some(a.cmp(b))),
        (Undefined, Value::Text(_) | Date(_) | Value::Time(_) | Integer(_) | Real(_))
        | (Value::Text(_) | Date(_) | Value::Time(_) | Integer(_) | Real(_), Undefined) => Ok(None),
        _ => match reals(a, b) {
            Some((a, b)) => Ok(a.partial_cmp(&b)),
            None => Err(mismatch(&format!("cannot compare {{a}} with {{b}} by `{sign}`"), a, b)),
        },
    }
}

/// `a<b`
#[inline]
pub fn less(a: &Value, b: &Value) -> Result<bool> {
    Ok(order(a, b, "<")? == Some(Ordering::Less))
}

/// `a<=b`
#[inline]
pub fn less_or_equal(a: &Value, b: &Value) -> Result<bool> {
    Ok(order(a, b, "<=")?.is_some_and(Ordering::is_le))
}

/// `a>b`
#[inline]
pub fn greater(a: &Value, b: &Value) -> Result<bool> {
    Ok(order(a, b, ">")? == Some(Ordering::Greater))
}

/// `a>=b`
#[inline]
pub fn greater_or_equal(a: &Value, b: &Value) -> Result<bool> {
    Ok(order(a, b, ">=")?.is_some_and(Ordering::is_ge))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_widen_rather_than_wrap() {
        let big = || Integer(i32::MAX);
        assert!(matches!(add(big(), Integer(1)), Ok(Real(x)) if x == 2_147_483_648.0));
        assert!(matches!(multiply(big(), big()), Ok(Real(x)) if x == 4_611_686_014_132_420_609.0));
        assert!(matches!(negate(Integer(i32::MIN)), Ok(Real(x)) if x == 2_147_483_648.0));
        assert!(
            matches!(integer_divide(Integer(i32::MIN), Integer(-1)), Ok(Real(x)) if x == 2_147_483_648.0)
        );
        assert!(matches!(subtract(Integer(5), Integer(7)), Ok(Integer(-2))));
        assert!(matches!(divide(Integer(4), Integer(2)), Ok(Real(2.0))));
    }

    #[test]
    fn texts_have_a_longest_length() {
        assert!(multiply(Value::text("ab"), Real(2e9)).unwrap_err().details().fatal);
        assert!(
            matches!(multiply(Value::text("ab"), Real(f64::NAN)), Ok(Value::Text(text)) if text.is_empty())
        );
        assert!(matches!(multiply(Value::text("ab"), Real(2.5)), Ok(Value::Text(text)) if text == "ababab"));
    }

    #[test]
    fn messages_name_both_types() {
        let error = add(Value::text("a"), Real(1.0)).unwrap_err();
        assert_eq!(error.details().message, "cannot add a Number to a Text");
        assert!(error.details().help.as_ref().is_some_and(|help| help.contains("String")));
        assert_eq!(negate(Value::Null).unwrap_err().details().message, "cannot negate Null");
    }
}
