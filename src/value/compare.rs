//! Comparison as 4D does it: blind to case and accents, with `@` standing for anything on the right side of `=`.
//!
//! Unicode's root collation decides. Texts of ASCII and accented Latin-1 letters never reach it: a table gives their
//! weights, one byte a character, and a test holds the table against the collation.

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::options::{CaseLevel, CollatorOptions, Strength as Level};
use icu_collator::{Collator, CollatorBorrowed};
use smallvec::SmallVec;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::value::Value;
use crate::value::search::{Folded, find_slice};
use crate::value::text::{Text, Units};

/// The difference below which two Reals are equal, unless `SET REAL COMPARISON LEVEL` says another.
pub const EPSILON: f64 = 1e-6;

/// What a comparison of texts looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Strength {
    /// Neither case nor accents: `a` = `A` = `à`. What the operators use.
    #[default]
    Letters,
    /// Accents, not case: `a` = `A` # `à`.
    Accents,
    /// Case, not accents: `a` = `à` # `A`.
    Case,
    /// Both.
    Strict,
}

/// Weights of the characters that need no collation, in its order, equal for equal letters; 0 for all others. U+0085
/// and U+00A0 are white space.
#[rustfmt::skip]
const WEIGHTS: [u8; 256] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    7, 13, 17, 29, 39, 30, 28, 16, 18, 19, 25, 33, 10, 9, 15, 26,
    40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 12, 11, 34, 35, 36, 14,
    24, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64,
    65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 20, 27, 21, 32, 8,
    31, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64,
    65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 22, 37, 23, 38, 0,
    0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    50, 50, 50, 50, 50, 50, 0, 52, 54, 54, 54, 54, 58, 58, 58, 58,
    0, 63, 64, 64, 64, 64, 64, 0, 0, 70, 70, 70, 70, 74, 0, 0,
    50, 50, 50, 50, 50, 50, 0, 52, 54, 54, 54, 54, 58, 58, 58, 58,
    0, 63, 64, 64, 64, 64, 64, 0, 0, 70, 70, 70, 70, 74, 0, 74,
];

const AT: u8 = b'@';

static COLLATORS: LazyLock<[CollatorBorrowed<'static>; 4]> = LazyLock::new(|| {
    [
        (Level::Primary, CaseLevel::Off),
        (Level::Secondary, CaseLevel::Off),
        (Level::Primary, CaseLevel::On),
        (Level::Tertiary, CaseLevel::Off),
    ]
    .map(|(level, case_level)| {
        let mut options = CollatorOptions::default();
        options.strength = Some(level);
        options.case_level = Some(case_level);
        Collator::try_new(icu_collator::CollatorPreferences::default(), options)
            .expect("the root collation is compiled in")
    })
});

fn collator(strength: Strength) -> &'static CollatorBorrowed<'static> {
    let [letters, accents, case, strict] = &*COLLATORS;
    match strength {
        Strength::Letters => letters,
        Strength::Accents => accents,
        Strength::Case => case,
        Strength::Strict => strict,
    }
}

/// The weight of a Latin-1 character, 0 when only the collation knows.
#[inline]
pub(super) fn weight(byte: u8) -> u8 {
    WEIGHTS.get(usize::from(byte)).copied().unwrap_or_default()
}

/// Eight ASCII characters with small letters for capital ones; `None` when they are not all ASCII.
#[inline]
fn folded(eight: u64) -> Option<u64> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    if eight & HIGH != 0 {
        return None;
    }
    // The high bit of each byte: set from `A` on, set after `Z`.
    let from_a = eight + (0x80 - b'A' as u64) * EACH;
    let after_z = eight + (0x7F - b'Z' as u64) * EACH;
    Some(eight | ((from_a ^ after_z) & HIGH) >> 2)
}

/// How many characters at the start of both texts are surely equal, counted in eights.
#[inline]
fn equal_start(left: &[u8], right: &[u8]) -> usize {
    let (left, _) = left.as_chunks::<8>();
    let (right, _) = right.as_chunks::<8>();
    let pairs = left.iter().zip(right).map(|(a, b)| (u64::from_le_bytes(*a), u64::from_le_bytes(*b)));
    8 * pairs.take_while(|(a, b)| a == b || (folded(*a).is_some() && folded(*a) == folded(*b))).count()
}

/// The order of two texts that the table knows; `None` when it does not.
#[inline]
fn order_by_weight(left: &[u8], right: &[u8]) -> Option<Ordering> {
    let start = equal_start(left, right);
    let (left, right) = (left.get(start..)?, right.get(start..)?);
    for (a, b) in left.iter().zip(right) {
        let (a, b) = (weight(*a), weight(*b));
        if a == 0 || b == 0 {
            return None;
        }
        if a != b {
            // What follows cannot change the order, unless it is a mark on these characters: none is Latin-1.
            return Some(a.cmp(&b));
        }
    }
    let rest = if left.len() > right.len() { left.get(right.len()..) } else { right.get(left.len()..) };
    if rest.is_some_and(|rest| rest.iter().any(|byte| weight(*byte) == 0)) {
        return None;
    }
    Some(left.len().cmp(&right.len()))
}

fn order_by_collation(left: &Text, right: &Text, strength: Strength) -> Ordering {
    fn units(text: &Text) -> SmallVec<[u16; 64]> {
        text.units().collect()
    }
    match (left.view(), right.view()) {
        (Units::Wide(a), Units::Wide(b)) => collator(strength).compare_utf16(a, b),
        (Units::Wide(a), Units::Latin(_)) => collator(strength).compare_utf16(a, &units(right)),
        (Units::Latin(_), Units::Wide(b)) => collator(strength).compare_utf16(&units(left), b),
        (Units::Latin(_), Units::Latin(_)) => collator(strength).compare_utf16(&units(left), &units(right)),
    }
}

/// The order of two texts, of `<` and of sorts; `@` is a character.
#[inline]
pub fn order(left: &Text, right: &Text) -> Ordering {
    if let (Units::Latin(a), Units::Latin(b)) = (left.view(), right.view())
        && let Some(order) = order_by_weight(a, b)
    {
        return order;
    }
    order_by_collation(left, right, Strength::Letters)
}

/// The order of two texts by this strength; `@` is a character.
pub fn order_with(left: &Text, right: &Text, strength: Strength) -> Ordering {
    if strength == Strength::Letters { order(left, right) } else { order_by_collation(left, right, strength) }
}

/// The right side of `<` or `>` as they take it: without an `@` at its end.
pub fn without_wildcard(right: &Text) -> Text {
    match right.len().checked_sub(1) {
        Some(last) if right.unit(last) == Some(u16::from(AT)) => right.slice(0, last),
        _ => right.clone(),
    }
}

/// Whether two texts are equal; `@` is a character.
#[inline]
pub fn equal_plain(left: &Text, right: &Text) -> bool {
    order(left, right) == Ordering::Equal
}

/// `left=right`: every `@` on the right side stands for any characters or none; two in a row equal nothing.
#[inline]
pub fn equal(left: &Text, right: &Text) -> bool {
    let wild = match right.view() {
        Units::Latin(bytes) if bytes.len() < 16 => bytes.contains(&AT),
        Units::Latin(bytes) => memchr::memchr(AT, bytes).is_some(),
        Units::Wide(units) => units.contains(&u16::from(AT)),
    };
    if wild { matches_pattern(left, right) } else { equal_plain(left, right) }
}

/// Whether the texts are equal by this strength; `@` is a character.
pub fn equal_with(left: &Text, right: &Text, strength: Strength) -> bool {
    left == right || order_with(left, right, strength) == Ordering::Equal
}

fn matches_pattern(text: &Text, pattern: &Text) -> bool {
    if let (Units::Latin(text), Units::Latin(pattern)) = (text.view(), pattern.view()) {
        // The commonest pattern, `start@`, needs no more of the text than its start.
        if let Some((last, stem)) = pattern.split_last()
            && *last == AT
            && !stem.contains(&AT)
            && let Some(order) = text.get(..stem.len()).and_then(|start| order_by_weight(start, stem))
        {
            return order == Ordering::Equal;
        }
        if let Some(answer) = matches_by_weight(text, pattern) {
            return answer;
        }
    }
    let (text, pattern) = (Folded::of(text, Strength::Letters), Folded::of(pattern, Strength::Letters));
    matches_segments(text.folded(), pattern.folded(), u32::from(AT), find_slice)
}

fn matches_by_weight(text: &[u8], pattern: &[u8]) -> Option<bool> {
    let at = weight(AT);
    let pattern: SmallVec<[u8; 64]> = pattern.iter().map(|byte| weight(*byte)).collect();
    if pattern.contains(&0) {
        return None;
    }
    let text: SmallVec<[u8; 64]> = text.iter().map(|byte| weight(*byte)).collect();
    if text.contains(&0) {
        return None;
    }
    Some(matches_segments(&text, &pattern, at, memchr::memmem::find))
}

/// Matches the parts between wildcards one after the other, each at its first possible place.
fn matches_segments<T: PartialEq + Copy>(
    text: &[T],
    pattern: &[T],
    at: T,
    find: impl Fn(&[T], &[T]) -> Option<usize>,
) -> bool {
    if pattern.windows(2).any(|pair| pair == [at, at]) {
        return false;
    }
    let mut parts = pattern.split(|item| *item == at);
    let first = parts.next().unwrap_or_default();
    let last = parts.next_back().unwrap_or_default();
    let Some(text) = text.strip_prefix(first) else { return false };
    let Some(mut text) = text.strip_suffix(last) else { return false };
    for part in parts {
        let Some(place) = find(text, part) else { return false };
        text = text.get(place + part.len()..).unwrap_or_default();
    }
    true
}

/// The words of a text, as keyword searches take them: no spaces, punctuation or dashes. An apostrophe before a vowel
/// or an `h` ends a word, as in `l'arbre`.
pub fn keywords(text: &str) -> impl Iterator<Item = &str> {
    text.unicode_words().flat_map(|word| {
        let (article, rest) = elided(word).map_or((None, word), |at| {
            let (article, rest) = word.split_at(at);
            (Some(article), rest)
        });
        article.into_iter().chain(std::iter::once(rest))
    })
}

/// The byte after an apostrophe that ends a word inside of a longer one.
fn elided(word: &str) -> Option<usize> {
    let (at, apostrophe) = word.char_indices().find(|(_, c)| matches!(c, '\'' | '’'))?;
    let after = at + apostrophe.len_utf8();
    let next = word.get(after..)?.chars().next()?;
    let folded = Folded::of(&Text::from(next), Strength::Letters);
    let bare = folded.folded().first().copied().and_then(char::from_u32)?;
    matches!(bare, 'a' | 'e' | 'i' | 'o' | 'u' | 'h').then_some(after)
}

/// `text%keyword`: whether one of the words of the text equals the keyword, which may have wildcards.
pub fn contains_keyword(text: &Text, keyword: &Text) -> bool {
    !keyword.is_empty() && keywords(&text.to_str()).any(|word| equal(&Text::from(word), keyword))
}

/// Whether two Reals are equal: they differ by no more than `epsilon`, with some slack for the last binary digit.
#[inline]
pub fn equal_reals(a: f64, b: f64, epsilon: f64) -> bool {
    a == b || (a - b).abs() <= epsilon * (1.0 + 1e-6)
}

/// The place of a type in the order of mixed values.
fn rank(value: &Value) -> u8 {
    match value {
        Value::Undefined | Value::Null => 1,
        Value::Pointer(pointer) if pointer.is_nil() => 1,
        Value::Boolean(_) => 2,
        Value::Text(_) => 3,
        Value::Integer(_) | Value::Real(_) | Value::Time(_) => 4,
        Value::Object(_) | Value::Blob(_) | Value::Picture(_) | Value::Pointer(_) => 5,
        Value::Collection(_) | Value::Array(_) => 6,
        Value::Date(_) => 7,
        Value::Variable(variable) => variable.with(rank),
    }
}

/// The order of two Reals, NaN before all others.
#[inline]
pub fn order_reals(a: f64, b: f64) -> Ordering {
    a.partial_cmp(&b).unwrap_or_else(|| b.is_nan().cmp(&a.is_nan()))
}

/// The number behind a value of the fourth rank.
fn as_real(value: &Value) -> f64 {
    value.as_real().unwrap_or_default()
}

/// The order of two values of any types, as sorts and minima take it: by type first, then within the type. Objects are
/// equal to each other, and so are collections: a stable sort leaves them as they stand.
pub fn order_values(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Real(a), Value::Real(b)) => order_reals(*a, *b),
        (Value::Text(a), Value::Text(b)) => order(a, b),
        (Value::Boolean(a), Value::Boolean(b)) => a.cmp(b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Variable(a), b) => a.with(|a| order_values(a, b)),
        (a, Value::Variable(b)) => b.with(|b| order_values(a, b)),
        (a, b) if rank(a) == 4 && rank(b) == 4 => order_reals(as_real(a), as_real(b)),
        (a, b) => rank(a).cmp(&rank(b)),
    }
}

/// Whether two values are equal as the operator `=` takes them, types that differ never being: what `indexOf`,
/// `includes` and `countValues` look for. A wildcard counts in `b` only.
pub fn equal_values(a: &Value, b: &Value, epsilon: f64) -> bool {
    if let (Value::Text(a), Value::Text(b)) = (a, b) { equal(a, b) } else { equal_scalars(a, b, epsilon) }
}

/// The same, texts being compared by a strength and without wildcards: what `distinct` and `equal` look for.
pub fn equal_values_with(a: &Value, b: &Value, epsilon: f64, strength: Strength) -> bool {
    if let (Value::Text(a), Value::Text(b)) = (a, b) {
        equal_with(a, b, strength)
    } else {
        equal_scalars(a, b, epsilon)
    }
}

fn equal_scalars(a: &Value, b: &Value, epsilon: f64) -> bool {
    match (a, b) {
        (Value::Real(a), Value::Real(b)) => equal_reals(*a, *b, epsilon),
        (Value::Integer(a), Value::Integer(b)) => a == b,
        (Value::Boolean(a), Value::Boolean(b)) => a == b,
        (Value::Date(a), Value::Date(b)) => a == b,
        (Value::Object(a), Value::Object(b)) => a.is_same(b),
        (Value::Collection(a), Value::Collection(b)) => a.is_same(b),
        (Value::Array(a), Value::Array(b)) => a.is_same(b),
        (Value::Pointer(a), Value::Pointer(b)) => a.is_same(b),
        (Value::Blob(a), Value::Blob(b)) => a == b,
        (Value::Picture(a), Value::Picture(b)) => a == b,
        (Value::Undefined | Value::Null, Value::Undefined | Value::Null) => true,
        (Value::Variable(a), b) => a.with(|a| equal_values(a, b, epsilon)),
        (a, Value::Variable(b)) => b.with(|b| equal_values(a, b, epsilon)),
        (
            Value::Real(_) | Value::Integer(_) | Value::Time(_),
            Value::Real(_) | Value::Integer(_) | Value::Time(_),
        ) => equal_reals(as_real(a), as_real(b), epsilon),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eq(left: &str, right: &str) -> bool {
        equal(&Text::from(left), &Text::from(right))
    }

    #[test]
    fn the_table_agrees_with_the_collation() {
        let known: Vec<u8> = (0..=255).filter(|byte| weight(*byte) != 0).collect();
        assert!(known.len() > 95 + 50);
        for a in &known {
            for b in &known {
                let expected = collator(Strength::Letters).compare_utf16(&[u16::from(*a)], &[u16::from(*b)]);
                assert_eq!(weight(*a).cmp(&weight(*b)), expected, "{a:#x} {b:#x}");
            }
        }
    }

    #[test]
    fn case_and_accents() {
        assert!(
            eq("Hello World, [HELLO]", "hELLO wORLD, [hello]")
                && !eq("Hello@World, [HELLO]", "Hello`World, [HELLO]")
        );
        assert!(!eq("abcdefg[hijk", "abcdefg{hijk") && eq("abcdefé hijklm", "ABCDEFE HIJKLM"));
        assert!(eq("abcdefg\u{1}hijk", "ABCDEFGhijk") && eq("éabcdefghijk\u{1}", "eABCDEFGhijk"));
        assert!(
            eq("a", "A")
                && eq("n", "Ñ")
                && eq("A", "å")
                && eq("été", "ETE")
                && eq("ae", "æ")
                && eq("œ", "OE")
        );
        assert!(
            eq("Straße", "STRASSE")
                && eq("e\u{301}", "é")
                && eq("Ω", "ω")
                && eq("ア", "あ")
                && eq("a\u{1}b", "ab")
        );
        assert!(!eq("a", "b") && !eq("", "a") && !eq("ab", "a") && !eq("€", "e"));
    }

    #[test]
    fn wildcards() {
        for pattern in
            ["abc@", "@", "@j", "abcdefghij@", "@abcdefghij", "abcd@efghij", "@ABCDE@fghij@", "a@c@e@j"]
        {
            assert!(eq("abcdefghij", pattern), "{pattern}");
            assert!(eq("abcdéfghij€", &format!("{pattern}@€").replace("@@", "@")), "{pattern}");
        }
        for pattern in ["abc@@fg", "@@", "abc@k", "b@", "a@b@b@j", "a@abcdefghij"] {
            assert!(!eq("abcdefghij", pattern), "{pattern}");
        }
        assert!(eq("", "@") && !eq("abc@", "abcdefghij") && eq("Größe und Œuvre", "GROSSE@oeuvre"));
        assert!(eq("x@y", "x@y") && eq("日本語", "日@") && !eq("日本語", "@日"));
    }

    #[test]
    fn ordering() {
        let mut words =
            ["zoé", "Zoa", "b", "", "éa", "Eb", "_", "10", "9", "ab", "€", "ß", "Ж"].map(Text::from);
        words.sort_by(order);
        assert_eq!(
            words.map(|word| word.to_string()),
            ["", "_", "€", "10", "9", "ab", "b", "éa", "Eb", "ß", "Zoa", "zoé", "Ж"]
        );
        assert_eq!(order(&Text::from("a"), &Text::from("A")), Ordering::Equal);
        assert_eq!(order_with(&Text::from("a"), &Text::from("A"), Strength::Strict), Ordering::Less);
    }

    #[test]
    fn strengths() {
        let same = |a: &str, b: &str, strength| equal_with(&Text::from(a), &Text::from(b), strength);
        assert!(same("a", "A", Strength::Accents) && !same("a", "à", Strength::Accents));
        assert!(!same("a", "A", Strength::Case) && same("a", "à", Strength::Case));
        assert!(!same("a", "A", Strength::Strict) && !same("a", "à", Strength::Strict));
        assert!(same("e\u{301}", "é", Strength::Strict));
    }

    #[test]
    fn keyword_search() {
        let has = |text: &str, word: &str| contains_keyword(&Text::from(text), &Text::from(word));
        assert!(has("Alpha Bravo Charlie", "bravo") && has("Alpha,Bravo,Charlie", "Alpha"));
        assert!(
            has("Software and Computers", "comput@")
                && has("Today's news", "today's")
                && has("10,000 or so", "10,000")
        );
        assert!(
            !has("Alpha Bravo", "vo")
                && !has("Alpha Bravo Charlie", "Alpha Bravo")
                && !has("", "@")
                && !has("a", "")
        );
    }

    #[test]
    fn mixed_values() {
        let mut values = [
            Value::Real(5.0),
            Value::text("b"),
            Value::Boolean(true),
            Value::Null,
            Value::Real(f64::NAN),
            Value::text("a"),
        ];
        values.sort_by(order_values);
        assert!(
            matches!(values, [Value::Null, Value::Boolean(true), Value::Text(_), Value::Text(_), Value::Real(x), Value::Real(5.0)] if x.is_nan())
        );
        assert!(equal_reals(0.000_001, 0.000_002, EPSILON) && !equal_reals(1.000_004, 1.0, EPSILON));
    }
}
