//! The rules of Integer and Real: rounding, overflow, reading, printing.
//!
//! Each rule that the documentation leaves open is one function here, so that it is decided, and could be changed, in
//! one place.

use std::fmt::Write as _;

use smallvec::SmallVec;

use crate::value::text::Text;

/// How many significant digits a Real is printed with.
const DIGITS: usize = 13;
/// The decimal exponent from which a Real is printed in exponent form.
const LARGE: i32 = 15;
/// The decimal exponent below which a Real is printed in exponent form.
const SMALL: i32 = -5;
/// Whole numbers below it are printed digit by digit.
const PLAIN: f64 = 1e13;
/// What is added to a scaled number before it is rounded, relative to it, so that 1.005 rounds as it reads.
const NUDGE: f64 = 1e-15;

/// The one conversion of Real to Integer: rounds halves away from zero, wraps to 32 bits beyond; NaN and infinities
/// give 0.
#[inline]
pub fn to_integer(x: f64) -> i32 {
    // Most Reals that become Integers are whole, and rounding is a call on a machine of the oldest kind.
    #[expect(clippy::cast_possible_truncation, reason = "what was cut off is seen in the comparison")]
    let whole = x as i32;
    if f64::from(whole) == x {
        return whole;
    }
    let rounded = x.round();
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    if rounded >= f64::from(i32::MIN) && rounded <= f64::from(i32::MAX) {
        return rounded as i32;
    }
    wrap(rounded)
}

/// A whole number beyond 32 bits, wrapped to them.
#[cold]
fn wrap(x: f64) -> i32 {
    if !x.is_finite() {
        return 0;
    }
    let low = x.rem_euclid(4_294_967_296.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 0 and 2^32")]
    let low = low as u32;
    low.cast_signed()
}

/// `a%b`: the remainder of the whole parts, with the sign of the dividend; 0 when there is nothing to divide by.
#[inline]
pub fn modulo(a: f64, b: f64) -> f64 {
    let divisor = b.trunc();
    if divisor == 0.0 || divisor.is_nan() || !a.is_finite() {
        return 0.0;
    }
    // Adding 0 makes 0 of -0.
    a.trunc() % divisor + 0.0
}

/// `a%b` of Integers.
#[inline]
pub fn modulo_integers(a: i32, b: i32) -> i32 {
    if b == 0 { 0 } else { a.wrapping_rem(b) }
}

/// `a\b`: the whole part of the quotient; 0 when there is nothing to divide by.
#[inline]
pub fn integer_divide(a: f64, b: f64) -> f64 {
    if b == 0.0 {
        return 0.0;
    }
    (a / b).trunc() + 0.0
}

/// `a\b` of Integers; `None` when the quotient is no Integer.
#[inline]
pub fn integer_divide_integers(a: i32, b: i32) -> Option<i32> {
    if b == 0 { Some(0) } else { a.checked_div(b) }
}

/// `a^b`
#[inline]
pub fn power(a: f64, b: f64) -> f64 {
    a.powf(b)
}

/// The bits of an Integer as an unsigned number, and back.
#[inline]
fn bits(n: i32, change: impl FnOnce(u32) -> u32) -> i32 {
    change(n.cast_unsigned()).cast_signed()
}

/// `a<<b`: 0 when the count is not one of 0 to 31.
#[inline]
pub fn shift_left(a: i32, b: i32) -> i32 {
    bits(a, |a| u32::try_from(b).ok().and_then(|b| a.checked_shl(b)).unwrap_or_default())
}

/// `a>>b`, filling with zeros: 0 when the count is not one of 0 to 31.
#[inline]
pub fn shift_right(a: i32, b: i32) -> i32 {
    bits(a, |a| u32::try_from(b).ok().and_then(|b| a.checked_shr(b)).unwrap_or_default())
}

/// The value of bit `b`; 0 when there is no such bit.
#[inline]
fn bit(b: i32) -> u32 {
    u32::try_from(b).ok().and_then(|b| 1_u32.checked_shl(b)).unwrap_or_default()
}

/// `a ?+ b`: unchanged when there is no such bit.
#[inline]
pub fn bit_set(a: i32, b: i32) -> i32 {
    bits(a, |a| a | bit(b))
}

/// `a ?- b`: unchanged when there is no such bit.
#[inline]
pub fn bit_clear(a: i32, b: i32) -> i32 {
    bits(a, |a| a & !bit(b))
}

/// `a ?? b`: False when there is no such bit.
#[inline]
pub fn bit_test(a: i32, b: i32) -> bool {
    a.cast_unsigned() & bit(b) != 0
}

/// Rounds to decimal places, negative ones being tens and hundreds; halves away from zero, as they read in decimal.
pub fn round_to(x: f64, places: i32) -> f64 {
    scale(x, places, |scaled| (scaled + scaled * NUDGE).round())
}

/// Cuts off after decimal places, towards negative infinity as 4D does: -216.897 gives -216.9.
pub fn trunc_to(x: f64, places: i32) -> f64 {
    scale(x, places, |scaled| (scaled + scaled.abs() * NUDGE).floor())
}

fn scale(x: f64, places: i32, cut: impl FnOnce(f64) -> f64) -> f64 {
    let factor = 10_f64.powi(places.abs());
    let scaled = if places < 0 { x / factor } else { x * factor };
    if !scaled.is_finite() || !factor.is_finite() {
        return if places < 0 { 0.0 } else { x };
    }
    let cut = cut(scaled);
    (if places < 0 { cut * factor } else { cut / factor }) + 0.0
}

/// Room for a printed number on the stack.
#[derive(Default)]
pub(super) struct Digits {
    bytes: SmallVec<[u8; 48]>,
}

impl std::fmt::Write for Digits {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.bytes.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

impl Digits {
    /// What has been printed.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// A whole number in decimal.
pub(super) fn integer_digits(n: i64) -> ([u8; 20], usize) {
    let mut buffer = [0_u8; 20];
    let mut rest = n.unsigned_abs();
    let mut start = buffer.len();
    for slot in buffer.iter_mut().rev() {
        *slot = digit(rest % 10);
        rest /= 10;
        start -= 1;
        if rest == 0 {
            break;
        }
    }
    if n < 0 {
        start = start.saturating_sub(1);
        if let Some(slot) = buffer.get_mut(start) {
            *slot = b'-';
        }
    }
    (buffer, start)
}

/// A whole number as text.
pub fn print_integer(n: i64) -> Text {
    let (buffer, start) = integer_digits(n);
    Text::from_latin1(buffer.get(start..).unwrap_or_default())
}

/// The character of a digit below 36.
fn digit(value: u64) -> u8 {
    u8::try_from(value)
        .ok()
        .and_then(|value| b"0123456789abcdefghijklmnopqrstuvwxyz".get(usize::from(value)))
        .copied()
        .unwrap_or(b'?')
}

/// A number as `String` prints it without a format: thirteen significant digits, "" for NaN.
pub fn print(x: f64) -> Text {
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and below 10^13")]
    if x.trunc() == x && x.abs() < PLAIN {
        return print_integer(x as i64);
    }
    if x.is_nan() {
        return Text::EMPTY;
    }
    if x.is_infinite() {
        return Text::from(if x > 0.0 { "INF" } else { "-INF" });
    }
    let mut scientific = Digits::default();
    // Writing to memory never fails.
    let _ = write!(scientific, "{:.*e}", DIGITS - 1, x.abs());
    let scientific = std::str::from_utf8(scientific.bytes()).unwrap_or_default();
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let digits: SmallVec<[u8; 16]> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    let kept = digits.iter().rposition(|digit| *digit != b'0').map_or(1, |last| last + 1);
    let digits = digits.get(..kept).unwrap_or_default();
    let mut out: SmallVec<[u8; 40]> = SmallVec::new();
    if x < 0.0 {
        out.push(b'-');
    }
    if (SMALL..LARGE).contains(&exponent) {
        print_plain(digits, exponent, &mut out);
    } else {
        print_exponent(digits, exponent, &mut out);
    }
    Text::from_latin1(&out)
}

fn print_plain(digits: &[u8], exponent: i32, out: &mut SmallVec<[u8; 40]>) {
    let Ok(whole) = usize::try_from(exponent + 1) else {
        out.extend_from_slice(b"0.");
        out.extend(std::iter::repeat_n(b'0', usize::try_from(-exponent - 1).unwrap_or_default()));
        out.extend_from_slice(digits);
        return;
    };
    if whole == 0 {
        out.push(b'0');
    }
    out.extend(digits.iter().copied().chain(std::iter::repeat(b'0')).take(whole));
    if let Some(fraction) = digits.get(whole..).filter(|fraction| !fraction.is_empty()) {
        out.push(b'.');
        out.extend_from_slice(fraction);
    }
}

fn print_exponent(digits: &[u8], exponent: i32, out: &mut SmallVec<[u8; 40]>) {
    let (first, fraction) = digits.split_first().unwrap_or((&b'0', &[]));
    out.push(*first);
    if !fraction.is_empty() {
        out.push(b'.');
        out.extend_from_slice(fraction);
    }
    out.extend_from_slice(if exponent < 0 { b"e-" } else { b"e+" });
    out.extend_from_slice(exponent.unsigned_abs().to_string().as_bytes());
}

/// What `Num` makes of a text: its digits, whatever stands between them; a hyphen before the first digit makes it
/// negative, one after it ends the number; an `e` between digits begins the exponent.
pub fn parse(text: &Text, separator: &str) -> f64 {
    let text = text.to_str();
    let characters: SmallVec<[char; 32]> = text.chars().collect();
    let separator: SmallVec<[char; 4]> = separator.chars().collect();
    let at = |index: usize| characters.get(index).copied().unwrap_or_default();
    let mut number = String::new();
    let (mut negative, mut fraction, mut exponent) = (false, false, false);
    let mut index = 0;
    while index < characters.len() {
        let character = at(index);
        let rest = characters.get(index..).unwrap_or_default();
        if character.is_ascii_digit() {
            number.push(character);
        } else if !separator.is_empty() && rest.starts_with(&separator) {
            if !fraction && !exponent {
                fraction = true;
                number.push('.');
            }
            index += separator.len() - 1;
        } else if character == '-' {
            if number.is_empty() {
                negative = true;
            } else {
                break;
            }
        } else if matches!(character, 'e' | 'E')
            && !exponent
            && number.ends_with(|c: char| c.is_ascii_digit())
        {
            let sign = usize::from(matches!(at(index + 1), '-' | '+'));
            if index > 0 && at(index - 1).is_ascii_digit() && at(index + 1 + sign).is_ascii_digit() {
                exponent = true;
                number.push('e');
                if sign == 1 {
                    number.push(at(index + 1));
                    index += 1;
                }
            }
        }
        index += 1;
    }
    let value: f64 = number.trim_end_matches('.').parse().unwrap_or_default();
    if negative && value != 0.0 { -value } else { value }
}

/// `Num(text; base)`: the whole number at the start of a text, by the rules of ECMAScript's `parseInt`; 0 when there is
/// none. Base 0 is 16 after `0x`, else 10.
pub fn parse_base(text: &str, base: i32) -> f64 {
    let text = text.trim_start();
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let hexadecimal = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let (base, digits) = match (base, hexadecimal) {
        (0 | 16, Some(digits)) => (16, digits),
        (0, None) => (10, text),
        (2..=36, _) => (u32::try_from(base).unwrap_or(10), text),
        _ => return 0.0,
    };
    let value = digits
        .chars()
        .map_while(|character| character.to_digit(base))
        .fold(0.0, |sum, digit| sum * f64::from(base) + f64::from(digit));
    if negative && value != 0.0 { -value } else { value }
}

/// `String(number; base)`: by the rules of ECMAScript's `toString`; base 0 is 10.
pub fn print_base(x: f64, base: i32) -> Option<Text> {
    let base = if base == 0 { 10 } else { base };
    if !(2..=36).contains(&base) {
        return None;
    }
    if x.is_nan() {
        return Some(Text::from("NaN"));
    }
    if x.is_infinite() {
        return Some(Text::from(if x > 0.0 { "Infinity" } else { "-Infinity" }));
    }
    if base == 10 {
        return Some(Text::from(print_base_ten(x)));
    }
    let base = f64::from(base);
    let magnitude = x.abs();
    let mut digits: Vec<u8> = Vec::new();
    let mut whole = magnitude.trunc();
    while whole >= 1.0 {
        digits.push(digit_of(whole % base));
        whole = (whole / base).trunc();
    }
    if digits.is_empty() {
        digits.push(b'0');
    }
    if x < 0.0 {
        digits.push(b'-');
    }
    digits.reverse();
    print_fraction(magnitude, base, &mut digits);
    Some(Text::from_latin1(&digits))
}

/// The shortest digits that tell a number from its neighbours, with an exponent where ECMAScript's `toString` has one.
fn print_base_ten(x: f64) -> String {
    let magnitude = x.abs();
    if magnitude == 0.0 {
        return "0".to_owned();
    }
    if (1e-6..1e21).contains(&magnitude) {
        return format!("{x}");
    }
    let printed = format!("{x:e}");
    match printed.split_once('e') {
        Some((digits, exponent)) if !exponent.starts_with('-') => format!("{digits}e+{exponent}"),
        _ => printed,
    }
}

/// As many digits of the fraction as tell the number from its neighbours, the last one rounded.
fn print_fraction(magnitude: f64, base: f64, digits: &mut Vec<u8>) {
    let mut fraction = magnitude.fract();
    let mut precision = (magnitude.next_up() - magnitude) / 2.0;
    if fraction < precision || fraction == 0.0 {
        return;
    }
    digits.push(b'.');
    while fraction >= precision {
        fraction *= base;
        precision *= base;
        digits.push(digit_of(fraction.trunc()));
        fraction = fraction.fract();
        if fraction > 0.5 && fraction + precision > 1.0 {
            // One more in the last place; a digit that cannot grow falls away and the one before it grows instead.
            while let Some(last) = digits.pop_if(|last| *last != b'.') {
                let value = char::from(last).to_digit(36).map_or(0.0, f64::from);
                if value + 1.0 < base {
                    digits.push(digit_of(value + 1.0));
                    return;
                }
            }
            return;
        }
    }
}

fn digit_of(value: f64) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a digit is below the base")]
    digit(value as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_to_integer() {
        for (x, n) in [
            (2.5, 3),
            (-2.5, -3),
            (0.4, 0),
            (2_147_483_647.4, i32::MAX),
            (2_147_483_647.5, i32::MIN),
            (4_294_967_295.0, -1),
            (-2_147_483_649.0, i32::MAX),
            (1e300, 0),
            (f64::NAN, 0),
            (f64::INFINITY, 0),
        ] {
            assert_eq!(to_integer(x), n, "{x}");
        }
    }

    #[test]
    fn printing() {
        for (x, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (-7.0, "-7"),
            (1.0 / 3.0, "0.3333333333333"),
            (std::f64::consts::PI, "3.14159265359"),
            (0.1 + 0.2, "0.3"),
            (123_456_789.123_456_78, "123456789.1235"),
            (1e12, "1000000000000"),
            (12_345_678_901_234.0, "12345678901230"),
            (1e14, "100000000000000"),
            (1e15, "1e+15"),
            (-1e21, "-1e+21"),
            (1.5e300, "1.5e+300"),
            (0.000_012_3, "0.0000123"),
            (0.05, "0.05"),
            (-0.000_001_25, "-1.25e-6"),
            (0.999_999_999_999_99, "1"),
            (f64::NAN, ""),
            (f64::NEG_INFINITY, "-INF"),
        ] {
            assert_eq!(print(x), text);
        }
        assert_eq!(print_integer(i64::MIN), "-9223372036854775808");
    }

    #[test]
    fn reading() {
        for (text, x) in [
            ("ABCD", 0.0),
            ("a1b2c3", 123.0),
            ("123.4", 123.4),
            ("123-456", 123.0),
            ("-9", -9.0),
            ("$ -9", -9.0),
            ("123e-2", 1.23),
            ("-3E2", -300.0),
            ("1e", 1.0),
            ("e5", 5.0),
            ("5 apples 3", 53.0),
            ("1.2.3", 1.23),
            (".5", 0.5),
            ("", 0.0),
            ("-", 0.0),
            ("–5", 5.0),
            ("1e999", f64::INFINITY),
        ] {
            assert_eq!(parse(&Text::from(text), "."), x, "{text}");
        }
        assert_eq!(parse(&Text::from("1<>5,3"), "<>"), 1.53);
    }

    #[test]
    fn bases() {
        assert_eq!(parse_base("0xFF", 0), 255.0);
        assert_eq!(parse_base(" -12z", 10), -12.0);
        assert_eq!(parse_base("2", 2), 0.0);
        assert_eq!(print_base(-255.0, 16).unwrap(), "-ff");
        assert_eq!(print_base(0.5, 2).unwrap(), "0.1");
        assert_eq!(print_base(0.1, 2).unwrap(), "0.0001100110011001100110011001100110011001100110011001101");
        assert_eq!(print_base(-3.75, 16).unwrap(), "-3.c");
        assert_eq!(print_base(0.0, 7).unwrap(), "0");
        assert!(print_base(1.0, 37).is_none());
    }

    #[test]
    fn decimal_places() {
        assert_eq!(round_to(1.005, 2), 1.01);
        assert_eq!(round_to(-2.5, 0), -3.0);
        assert_eq!(round_to(2468.0, -2), 2500.0);
        assert_eq!(trunc_to(-11.25, 1), -11.3);
        assert_eq!(trunc_to(0.3, 1), 0.3);
        assert_eq!(trunc_to(8.2 * 10.0, 0), 82.0);
        assert_eq!(round_to(1.5, 400), 1.5);
    }

    #[test]
    fn bit_numbers_and_counts_out_of_range() {
        assert_eq!((shift_left(1, 32), shift_right(-1, 8), shift_right(1, -1)), (0, 0x00FF_FFFF, 0));
        assert_eq!((bit_set(1, 32), bit_clear(3, 1), bit_test(1, 40), bit_test(-1, 31)), (1, 1, false, true));
        assert_eq!(
            (modulo(10.5, 2.0), modulo(-7.0, 3.0), modulo(1.0, 0.0), modulo(f64::NAN, 2.0)),
            (0.0, -1.0, 0.0, 0.0)
        );
        assert_eq!((modulo_integers(i32::MIN, -1), integer_divide_integers(i32::MIN, -1)), (0, None));
        assert_eq!((integer_divide(-7.0, 2.0), integer_divide(7.0, 0.0)), (-3.0, 0.0));
    }
}
