//! The rules of Integer and Real: rounding, overflow, reading, printing.

/// Rounds to the nearest whole number, halves away from zero.
#[inline]
pub fn round_half_away(x: f64) -> f64 {
    x.round()
}

/// The one conversion of Real to Integer: rounds halves away from zero, wraps to 32 bits beyond; NaN and infinities
/// give 0.
#[inline]
pub fn to_integer(x: f64) -> i32 {
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
