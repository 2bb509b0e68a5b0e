//! Texts: UTF-16 semantics over compact storage.
//!
//! The units of a text are UTF-16 code units; one byte holds a unit when all of them are Latin-1. Short texts stand in
//! the counted allocation itself, the empty one needs none. Wide storage is used only when a unit demands it, so that
//! equal contents look alike.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt::{self, Write as _};
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use memchr::memmem;

use crate::value::search::find_slice;

/// The longest text that stands in its counted allocation: with it the allocation has 48 bytes.
const INLINE: usize = 30;

/// No text may have more units.
pub const MOST_UNITS: usize = i32::MAX as usize;

#[derive(Clone)]
enum Storage {
    Small { length: u8, bytes: [u8; INLINE] },
    Latin(Vec<u8>),
    Wide(Vec<u16>),
}

/// The units of a text, as they are stored.
#[derive(Clone, Copy, Debug)]
pub enum Units<'a> {
    /// All of them are Latin-1.
    Latin(&'a [u8]),
    /// At least one is not.
    Wide(&'a [u16]),
}

/// A text. Cloning counts a reference; the default is the empty text.
#[derive(Clone, Default)]
pub struct Text(Option<Rc<Storage>>);

const _: () = assert!(size_of::<Text>() == 8 && size_of::<Storage>() == 32);

thread_local! {
    static SINGLES: [Text; 256] = std::array::from_fn(|unit| {
        Text::wrap(Storage::of_bytes(&[u8::try_from(unit).unwrap_or_default()]))
    });
}

impl Storage {
    #[inline]
    fn of_bytes(bytes: &[u8]) -> Self {
        let mut inline = [0; INLINE];
        match (inline.get_mut(..bytes.len()), u8::try_from(bytes.len())) {
            (Some(room), Ok(length)) => {
                room.copy_from_slice(bytes);
                Self::Small { length, bytes: inline }
            }
            _ => Self::Latin(bytes.to_vec()),
        }
    }

    #[inline]
    fn units(&self) -> Units<'_> {
        match self {
            Self::Small { length, bytes } => {
                Units::Latin(bytes.get(..usize::from(*length)).unwrap_or_default())
            }
            Self::Latin(bytes) => Units::Latin(bytes),
            Self::Wide(units) => Units::Wide(units),
        }
    }

    fn push(&mut self, more: Units<'_>) {
        match (&mut *self, more) {
            (Self::Small { length, bytes }, Units::Latin(more)) => {
                let start = usize::from(*length);
                let end = start + more.len();
                if let (Some(room), Ok(end)) = (bytes.get_mut(start..end), u8::try_from(end)) {
                    room.copy_from_slice(more);
                    *length = end;
                    return;
                }
                let mut all = Vec::with_capacity(end.max(2 * INLINE));
                all.extend_from_slice(bytes.get(..start).unwrap_or_default());
                all.extend_from_slice(more);
                *self = Self::Latin(all);
            }
            (Self::Latin(bytes), Units::Latin(more)) => bytes.extend_from_slice(more),
            (Self::Wide(units), Units::Latin(more)) => units.extend(more.iter().map(|byte| u16::from(*byte))),
            (Self::Wide(units), Units::Wide(more)) => units.extend_from_slice(more),
            (Self::Small { .. } | Self::Latin(_), Units::Wide(more)) => {
                let start = self.units();
                let mut all = Vec::with_capacity(start.len() + more.len());
                all.extend(start.iter());
                all.extend_from_slice(more);
                *self = Self::Wide(all);
            }
        }
    }
}

impl<'a> Units<'a> {
    /// Their number.
    #[inline]
    pub fn len(self) -> usize {
        match self {
            Self::Latin(bytes) => bytes.len(),
            Self::Wide(units) => units.len(),
        }
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The unit at a position.
    #[inline]
    pub fn get(self, index: usize) -> Option<u16> {
        match self {
            Self::Latin(bytes) => bytes.get(index).map(|byte| u16::from(*byte)),
            Self::Wide(units) => units.get(index).copied(),
        }
    }

    /// All of them, in order.
    #[inline]
    pub fn iter(self) -> UnitsIter<'a> {
        match self {
            Self::Latin(bytes) => UnitsIter::Latin(bytes.iter()),
            Self::Wide(units) => UnitsIter::Wide(units.iter()),
        }
    }

    /// Up to `count` of them from a position on.
    pub fn slice(self, start: usize, count: usize) -> Self {
        let start = start.min(self.len());
        let end = start.saturating_add(count).min(self.len());
        match self {
            Self::Latin(bytes) => Self::Latin(bytes.get(start..end).unwrap_or_default()),
            Self::Wide(units) => Self::Wide(units.get(start..end).unwrap_or_default()),
        }
    }
}

/// The units of a text, one after the other, from either end.
#[derive(Clone, Debug)]
pub enum UnitsIter<'a> {
    /// From one byte each.
    Latin(std::slice::Iter<'a, u8>),
    /// From two bytes each.
    Wide(std::slice::Iter<'a, u16>),
}

impl Iterator for UnitsIter<'_> {
    type Item = u16;

    #[inline]
    fn next(&mut self) -> Option<u16> {
        match self {
            Self::Latin(bytes) => bytes.next().map(|byte| u16::from(*byte)),
            Self::Wide(units) => units.next().copied(),
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::Latin(bytes) => bytes.size_hint(),
            Self::Wide(units) => units.size_hint(),
        }
    }
}

impl DoubleEndedIterator for UnitsIter<'_> {
    fn next_back(&mut self) -> Option<u16> {
        match self {
            Self::Latin(bytes) => bytes.next_back().map(|byte| u16::from(*byte)),
            Self::Wide(units) => units.next_back().copied(),
        }
    }
}

impl ExactSizeIterator for UnitsIter<'_> {}

impl Text {
    /// The empty text.
    pub const EMPTY: Self = Self(None);

    fn wrap(storage: Storage) -> Self {
        Self(Some(Rc::new(storage)))
    }

    /// The text of one unit.
    #[inline]
    pub fn from_unit(unit: u16) -> Self {
        let known = SINGLES.try_with(|singles| singles.get(usize::from(unit)).cloned()).ok().flatten();
        known.unwrap_or_else(|| Self::wrap(Storage::Wide(vec![unit])))
    }

    /// The text of these units.
    pub fn from_units(units: &[u16]) -> Self {
        if let [unit] = units {
            return Self::from_unit(*unit);
        }
        if units.iter().all(|unit| *unit <= 0xFF) {
            Self::from_latin1_vec(units.iter().map(|unit| low_byte(*unit)).collect())
        } else {
            Self::wrap(Storage::Wide(units.to_vec()))
        }
    }

    /// The text of these units, keeping their storage when they need it.
    pub fn from_units_vec(units: Vec<u16>) -> Self {
        if units.len() > 1 && units.iter().any(|unit| *unit > 0xFF) {
            Self::wrap(Storage::Wide(units))
        } else {
            Self::from_units(&units)
        }
    }

    /// The text of these Latin-1 characters.
    #[inline]
    pub fn from_latin1(bytes: &[u8]) -> Self {
        match bytes {
            [] => Self::EMPTY,
            [byte] => Self::from_unit(u16::from(*byte)),
            bytes => Self::wrap(Storage::of_bytes(bytes)),
        }
    }

    /// The text of these Latin-1 characters, keeping their storage when it is long.
    pub fn from_latin1_vec(bytes: Vec<u8>) -> Self {
        if bytes.len() > INLINE { Self::wrap(Storage::Latin(bytes)) } else { Self::from_latin1(&bytes) }
    }

    /// The text that a slice of another one is.
    pub fn from_view(units: Units<'_>) -> Self {
        match units {
            Units::Latin(bytes) => Self::from_latin1(bytes),
            Units::Wide(units) => Self::from_units(units),
        }
    }

    /// The units as they are stored.
    #[inline]
    pub fn view(&self) -> Units<'_> {
        self.0.as_deref().map_or(Units::Latin(&[]), Storage::units)
    }

    /// The number of units.
    #[inline]
    pub fn len(&self) -> usize {
        self.view().len()
    }

    /// Whether it is "".
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The unit at a position from 0.
    #[inline]
    pub fn unit(&self, index: usize) -> Option<u16> {
        self.view().get(index)
    }

    /// The text of one unit at a position from 0.
    #[inline]
    pub fn character(&self, index: usize) -> Option<Self> {
        self.unit(index).map(Self::from_unit)
    }

    /// All units.
    #[inline]
    pub fn units(&self) -> UnitsIter<'_> {
        self.view().iter()
    }

    /// Up to `count` units from a position from 0 on.
    #[must_use]
    pub fn slice(&self, start: usize, count: usize) -> Self {
        if start == 0 && count >= self.len() {
            return self.clone();
        }
        Self::from_view(self.view().slice(start, count))
    }

    /// The Latin-1 characters, unless there are others.
    #[inline]
    pub fn as_latin1(&self) -> Option<&[u8]> {
        if let Units::Latin(bytes) = self.view() { Some(bytes) } else { None }
    }

    /// The text as a Rust string, when it is all ASCII.
    #[inline]
    pub fn as_ascii(&self) -> Option<&str> {
        let bytes = self.as_latin1()?;
        if bytes.is_ascii() { std::str::from_utf8(bytes).ok() } else { None }
    }

    /// The text as a Rust string; half a surrogate pair becomes U+FFFD.
    pub fn to_str(&self) -> Cow<'_, str> {
        if let Some(ascii) = self.as_ascii() {
            return Cow::Borrowed(ascii);
        }
        Cow::Owned(match self.view() {
            Units::Latin(bytes) => bytes.iter().copied().map(char::from).collect(),
            Units::Wide(units) => String::from_utf16_lossy(units),
        })
    }

    /// Adds a text at the end, in place when no other reference exists.
    #[inline]
    pub fn push_text(&mut self, more: &Self) {
        if self.0.is_none() {
            self.clone_from(more);
        } else if more.0.is_some() {
            self.push_view(more.view());
        }
    }

    /// Adds units at the end, in place when no other reference exists.
    pub fn push_view(&mut self, more: Units<'_>) {
        if more.is_empty() {
            return;
        }
        let Some(storage) = &mut self.0 else {
            *self = Self::from_view(more);
            return;
        };
        if let Some(storage) = Rc::get_mut(storage) {
            storage.push(more);
        } else {
            *self = Self::join(storage.units(), more);
        }
    }

    /// Adds one unit at the end.
    pub fn push_unit(&mut self, unit: u16) {
        match u8::try_from(unit) {
            Ok(byte) => self.push_view(Units::Latin(&[byte])),
            Err(_) => self.push_view(Units::Wide(&[unit])),
        }
    }

    /// Adds a Rust string at the end.
    pub fn push_str(&mut self, more: &str) {
        if more.is_ascii() {
            self.push_view(Units::Latin(more.as_bytes()));
        } else {
            self.push_text(&Self::from(more));
        }
    }

    /// The second text after the first.
    #[must_use]
    pub fn concat(first: &Self, second: &Self) -> Self {
        match (&first.0, &second.0) {
            (None, _) => second.clone(),
            (_, None) => first.clone(),
            (Some(first), Some(second)) => Self::join(first.units(), second.units()),
        }
    }

    fn join(first: Units<'_>, second: Units<'_>) -> Self {
        let length = first.len() + second.len();
        if let (Units::Latin(first), Units::Latin(second)) = (first, second) {
            if length <= INLINE {
                let mut storage = Storage::of_bytes(first);
                storage.push(Units::Latin(second));
                return Self::wrap(storage);
            }
            let mut bytes = Vec::with_capacity(length);
            bytes.extend_from_slice(first);
            bytes.extend_from_slice(second);
            return Self::wrap(Storage::Latin(bytes));
        }
        let mut units = Vec::with_capacity(length);
        units.extend(first.iter());
        units.extend(second.iter());
        Self::wrap(Storage::Wide(units))
    }

    /// The text `count` times. The caller has checked that the result is not longer than [`MOST_UNITS`].
    #[must_use]
    pub fn repeat(&self, count: usize) -> Self {
        match (self.view(), count) {
            (_, 0) => Self::EMPTY,
            (_, 1) => self.clone(),
            (Units::Latin(bytes), _) => Self::from_latin1_vec(bytes.repeat(count)),
            (Units::Wide(units), _) => Self::wrap(Storage::Wide(units.repeat(count))),
        }
    }

    /// Writes the unit at a position from 0; past the end nothing happens.
    pub fn set_unit(&mut self, index: usize, unit: u16) {
        let Some(old) = self.unit(index) else { return };
        let Some(storage) = &mut self.0 else { return };
        let storage = Rc::make_mut(storage);
        match (&mut *storage, u8::try_from(unit)) {
            (Storage::Small { bytes, .. }, Ok(byte)) => put(bytes, index, byte),
            (Storage::Latin(bytes), Ok(byte)) => put(bytes, index, byte),
            (Storage::Wide(units), _) => {
                put(units, index, unit);
                if old > 0xFF && unit <= 0xFF && units.iter().all(|unit| *unit <= 0xFF) {
                    *self = Self::from_units(&std::mem::take(units));
                }
            }
            (Storage::Small { .. } | Storage::Latin(_), Err(_)) => {
                let mut units: Vec<u16> = storage.units().iter().collect();
                put(&mut units, index, unit);
                *storage = Storage::Wide(units);
            }
        }
    }

    /// Where exactly this text stands in itself from a position on; positions are from 0.
    pub fn find_exact(&self, needle: &Self, from: usize) -> Option<usize> {
        let rest = self.view().slice(from, usize::MAX);
        if from > self.len() {
            return None;
        }
        let place = match (rest, needle.view()) {
            (Units::Latin(text), Units::Latin(needle)) => memmem::find(text, needle),
            (Units::Latin(_), Units::Wide(_)) => None,
            (Units::Wide(text), Units::Wide(needle)) => find_slice(text, needle),
            (Units::Wide(text), Units::Latin(needle)) => {
                find_slice(text, &needle.iter().map(|byte| u16::from(*byte)).collect::<Vec<_>>())
            }
        }?;
        Some(from + place)
    }

    /// Whether both are one text in memory.
    #[inline]
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(a), Some(b)) => Rc::ptr_eq(a, b),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }
}

fn put<T>(items: &mut [T], index: usize, item: T) {
    if let Some(slot) = items.get_mut(index) {
        *slot = item;
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the unit is Latin-1")]
fn low_byte(unit: u16) -> u8 {
    unit as u8
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        if text.is_ascii() {
            return Self::from_latin1(text.as_bytes());
        }
        let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
        bytes.map_or_else(|| Self::wrap(Storage::Wide(text.encode_utf16().collect())), Self::from_latin1_vec)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        if text.is_ascii() { Self::from_latin1_vec(text.into_bytes()) } else { Self::from(text.as_str()) }
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<char> for Text {
    fn from(character: char) -> Self {
        Self::from_units(character.encode_utf16(&mut [0; 2]))
    }
}

impl PartialEq for Text {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other)
            || match (self.view(), other.view()) {
                (Units::Latin(a), Units::Latin(b)) => a == b,
                (Units::Wide(a), Units::Wide(b)) => a == b,
                _ => false,
            }
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        match self.as_ascii() {
            Some(ascii) => ascii == other,
            None => self.units().eq(other.encode_utf16()),
        }
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl Hash for Text {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.view() {
            Units::Latin(bytes) => state.write(bytes),
            Units::Wide(units) => units.hash(state),
        }
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.view(), other.view()) {
            (Units::Latin(a), Units::Latin(b)) => a.cmp(b),
            (Units::Wide(a), Units::Wide(b)) => a.cmp(b),
            (a, b) => a.iter().cmp(b.iter()),
        }
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(ascii) = self.as_ascii() {
            return f.pad(ascii);
        }
        f.pad(&self.to_str())
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_str())
    }
}

impl fmt::Write for Text {
    fn write_str(&mut self, more: &str) -> fmt::Result {
        self.push_str(more);
        Ok(())
    }
}

impl Text {
    /// The text that `format_args!` makes.
    pub fn format(arguments: fmt::Arguments<'_>) -> Self {
        let mut text = Self::EMPTY;
        // Writing to a text never fails.
        let _ = text.write_fmt(arguments);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustc_hash::FxBuildHasher;
    use std::hash::BuildHasher as _;

    #[test]
    fn equal_contents_look_alike_however_they_came_about() {
        let mut narrowed = Text::from("a…b");
        narrowed.set_unit(1, u16::from(b'-'));
        let mut grown = Text::from("a");
        grown.push_text(&Text::from("-b"));
        for text in [&narrowed, &grown, &Text::from_units(&[97, 45, 98]), &Text::from("x…a-b").slice(2, 9)]
        {
            assert_eq!(*text, Text::from("a-b"));
            assert!(text.as_latin1().is_some());
            assert_eq!(FxBuildHasher.hash_one(text), FxBuildHasher.hash_one(Text::from("a-b")));
        }
    }

    #[test]
    fn pushing_leaves_other_references_alone() {
        let mut text = Text::from("abc");
        let other = text.clone();
        text.push_text(&other);
        text.push_text(&text.clone());
        assert_eq!(other, "abc");
        assert_eq!(text, "abcabcabcabc");
        for _ in 0..5 {
            text.push_text(&text.clone());
        }
        text.push_str("é");
        text.push_str("€");
        assert_eq!(text.len(), 12 * 32 + 2);
        assert_eq!(text.slice(383, 9), "cé€");
    }

    #[test]
    fn units_beyond_the_basic_plane_are_two() {
        let text = Text::from("a😀b");
        assert_eq!(text.len(), 4);
        assert_eq!(text.unit(1), Some(0xD83D));
        assert_eq!(text.slice(1, 2), "😀");
        assert_eq!(text.slice(1, 1).to_string(), "\u{FFFD}");
    }

    #[test]
    fn exact_search() {
        let text = Text::from("ababcabab");
        assert_eq!(text.find_exact(&Text::from("abab"), 0), Some(0));
        assert_eq!(text.find_exact(&Text::from("abab"), 1), Some(5));
        assert_eq!(text.find_exact(&Text::from(""), 9), Some(9));
        assert_eq!(text.find_exact(&Text::from("a"), 10), None);
        let wide = Text::from("€aab€aac");
        assert_eq!(wide.find_exact(&Text::from("aac"), 0), Some(5));
        assert_eq!(wide.find_exact(&Text::from("€aac"), 0), Some(4));
        assert_eq!(text.find_exact(&Text::from("€"), 0), None);
    }
}
