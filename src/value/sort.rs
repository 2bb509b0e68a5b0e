//! Sorting and what rests on it: by the order of values, by several keys, by a callback, the distinct values, the
//! smallest and the greatest.
//!
//! All sorts are stable and take n log n comparisons. A callback is never trusted to be an order: whatever it answers,
//! the result is a permutation.

use std::cmp::Ordering;

use crate::value::Value;
use crate::value::collection::Elements;
use crate::value::compare::{Strength, equal_values_with, order_reals, order_values, order_with, weight};
use crate::value::error::Result;

/// Below it a sort of texts is not worth preparing.
const FEW: usize = 32;

/// Which way a sort goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Small before great.
    #[default]
    Ascending,
    /// Great before small, the types too; equal ones stay as they stand.
    Descending,
}

impl Direction {
    #[inline]
    fn apply(self, order: Ordering) -> Ordering {
        match self {
            Self::Ascending => order,
            Self::Descending => order.reverse(),
        }
    }
}

/// Sorts values in place by type and value.
pub fn sort_values(values: &mut Vec<Value>, direction: Direction) {
    let prefixes: Option<Vec<u64>> = values.iter().map(text_prefix).collect();
    let Some(prefixes) = prefixes.filter(|prefixes| prefixes.len() >= FEW) else {
        values.sort_by(|a, b| direction.apply(order_values(a, b)));
        return;
    };
    // Most comparisons end at the first characters, which stand here side by side in memory.
    let mut prefixed: Vec<(u64, Value)> = prefixes.into_iter().zip(values.drain(..)).collect();
    prefixed.sort_by(|(a, x), (b, y)| direction.apply(a.cmp(b).then_with(|| order_values(x, y))));
    values.extend(prefixed.into_iter().map(|(_, value)| value));
}

/// The weights of the first characters of a text as one number; `None` when the value is no text or its order does not
/// follow from weights.
fn text_prefix(value: &Value) -> Option<u64> {
    let Value::Text(text) = value else { return None };
    let bytes = text.as_latin1()?;
    if bytes.iter().any(|byte| weight(*byte) == 0) {
        return None;
    }
    let mut prefix = [0; 8];
    for (slot, byte) in prefix.iter_mut().zip(bytes) {
        *slot = weight(*byte);
    }
    Some(u64::from_be_bytes(prefix))
}

/// Sorts the elements of a local collection in place, packed ones as they are packed.
pub fn sort_elements(elements: &mut Elements, direction: Direction) {
    match elements {
        Elements::Values(values) => sort_values(values, direction),
        Elements::Reals(values) => values.sort_by(|a, b| direction.apply(order_reals(*a, *b))),
        Elements::Booleans(values) => values.sort_by(|a, b| direction.apply(a.cmp(b))),
        Elements::Shared(_) => {}
    }
}

/// One level of a sort: a value for each item.
#[derive(Clone, Debug, Default)]
pub struct Key {
    /// The values that decide, one for each item.
    pub values: Vec<Value>,
    /// Which way.
    pub direction: Direction,
}

/// The order in which `count` items stand when they are sorted by these keys, the first one first: the places from
/// which they come.
pub fn order_by_keys(count: usize, keys: &[Key]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|a, b| {
        keys.iter()
            .map(|key| match (key.values.get(*a), key.values.get(*b)) {
                (Some(a), Some(b)) => key.direction.apply(order_values(a, b)),
                _ => Ordering::Equal,
            })
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    });
    places
}

/// The items in the order of these places, each of which stands there once.
pub fn permute<T>(items: Vec<T>, places: &[usize]) -> Vec<T> {
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    places.iter().filter_map(|place| items.get_mut(*place)?.take()).collect()
}

/// The order in which `count` items stand when `less` says whether the first of two goes before the second. The first
/// error ends the sort.
pub fn order_by(count: usize, mut less: impl FnMut(usize, usize) -> Result<bool>) -> Result<Vec<usize>> {
    let mut places: Vec<usize> = (0..count).collect();
    let mut merged: Vec<usize> = Vec::with_capacity(count);
    let mut run = 1;
    while run < count {
        merged.clear();
        for pair in places.chunks(run.saturating_mul(2)) {
            let (left, right) = pair.split_at(run.min(pair.len()));
            merge(left, right, &mut merged, &mut less)?;
        }
        std::mem::swap(&mut places, &mut merged);
        run = run.saturating_mul(2);
    }
    Ok(places)
}

/// Merges two sorted runs; the left one wins when neither goes before the other.
fn merge(
    mut left: &[usize],
    mut right: &[usize],
    merged: &mut Vec<usize>,
    less: &mut impl FnMut(usize, usize) -> Result<bool>,
) -> Result<()> {
    // Runs that are in order already, the commonest case in practice, cost one comparison.
    if let (Some(last), Some(first)) = (left.last(), right.first())
        && !less(*first, *last)?
    {
        merged.extend_from_slice(left);
        merged.extend_from_slice(right);
        return Ok(());
    }
    while let (Some((l, more_left)), Some((r, more_right))) = (left.split_first(), right.split_first()) {
        if less(*r, *l)? {
            merged.push(*r);
            right = more_right;
        } else {
            merged.push(*l);
            left = more_left;
        }
    }
    merged.extend_from_slice(left);
    merged.extend_from_slice(right);
    Ok(())
}

/// The distinct values, sorted, each as it was met first, and how often it was met. Null and undefined ones are left
/// out; objects and collections are never compared, so all of them are kept.
pub fn distinct(mut values: Vec<Value>, strength: Strength, epsilon: f64) -> Vec<(Value, usize)> {
    values.retain(|value| !value.is_nothing());
    values.sort_by(|a, b| match (a, b) {
        (Value::Text(a), Value::Text(b)) => order_with(a, b, strength),
        (a, b) => order_values(a, b),
    });
    let mut found: Vec<(Value, usize)> = Vec::new();
    for value in values {
        match found.last_mut() {
            Some((last, count))
                if !matches!(value, Value::Object(_) | Value::Collection(_))
                    && equal_values_with(last, &value, epsilon, strength) =>
            {
                *count += 1;
            }
            _ => found.push((value, 1)),
        }
    }
    found
}

/// The greatest value: the last one if they were sorted.
pub fn greatest<'a>(values: impl Iterator<Item = &'a Value>) -> Option<&'a Value> {
    values.reduce(|best, value| if order_values(value, best).is_ge() { value } else { best })
}

/// The smallest value: the first one if they were sorted.
pub fn smallest<'a>(values: impl Iterator<Item = &'a Value>) -> Option<&'a Value> {
    values.reduce(|best, value| if order_values(value, best).is_lt() { value } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::error::Error;
    use crate::value::operators::less;

    fn numbers(values: &[Value]) -> Vec<f64> {
        values.iter().filter_map(Value::as_real).collect()
    }

    #[test]
    fn several_keys_are_stable() {
        let column = |values: &[f64]| values.iter().map(|x| Value::Real(*x)).collect::<Vec<_>>();
        let keys = [
            Key { values: column(&[2.0, 1.0, 2.0, 1.0, 2.0]), direction: Direction::Descending },
            Key { values: column(&[5.0, 9.0, 4.0, 8.0, 5.0]), direction: Direction::Ascending },
        ];
        assert_eq!(order_by_keys(5, &keys), [2, 0, 4, 3, 1]);
        assert_eq!(order_by_keys(3, &[]), [0, 1, 2]);
        assert_eq!(permute(vec!["a", "b", "c"], &[2, 0, 1]), ["c", "a", "b"]);
    }

    #[test]
    fn many_texts_sort_as_few_do() {
        let words: Vec<Value> = (0..500)
            .map(|n| Value::text(&format!("Ab{}é{n}", if n % 3 == 0 { "cdefgh" } else { "" })))
            .collect();
        for direction in [Direction::Ascending, Direction::Descending] {
            let (mut all, mut plain) = (words.clone(), words.clone());
            sort_values(&mut all, direction);
            plain.sort_by(|a, b| direction.apply(order_values(a, b)));
            assert!(all.iter().zip(&plain).all(|(a, b)| crate::value::compare::equal_values(a, b, 0.0)));
        }
    }

    #[test]
    fn callbacks() {
        let values: Vec<Value> = (0..1000).map(|n| Value::Real(f64::from(n * 7919 % 1009))).collect();
        let at = |index: usize| values.get(index).cloned().unwrap_or_default();
        let order = order_by(values.len(), |a, b| less(&at(a), &at(b))).unwrap();
        assert!(numbers(&permute(values.clone(), &order)).is_sorted());
        let mut turn = 0;
        let mut nonsense = order_by(100, |_, _| {
            turn += 1;
            Ok(turn % 3 == 0)
        })
        .unwrap();
        nonsense.sort_unstable();
        assert_eq!(nonsense, (0..100).collect::<Vec<_>>());
        assert!(order_by(3, |_, _| Err(Error::types("no"))).is_err());
        assert_eq!(order_by(4, |_, _| Ok(false)).unwrap(), [0, 1, 2, 3]);
    }

    #[test]
    fn distinct_values() {
        let values = || {
            ["b", "A", "a", "B"].map(Value::text).into_iter().chain([Value::Null, Value::Real(1.0)]).collect()
        };
        let printed = |strength| {
            distinct(values(), strength, 1e-6)
                .into_iter()
                .map(|(value, count)| format!("{}{count}", crate::value::convert::to_text(&value)))
                .collect::<Vec<_>>()
        };
        assert_eq!(printed(Strength::Letters), ["A2", "b2", "11"]);
        assert_eq!(printed(Strength::Strict), ["a1", "A1", "b1", "B1", "11"]);
    }

    #[test]
    fn extremes() {
        let values = [Value::Real(2.0), Value::text("x"), Value::Boolean(true), Value::Real(f64::NAN)];
        assert!(matches!(greatest(values.iter()), Some(Value::Real(2.0))));
        assert!(matches!(smallest(values.iter()), Some(Value::Boolean(true))));
        assert!(greatest([].iter()).is_none());
    }
}
