//! Searching in texts as comparison sees them: `é` is found by `E`, `œ` by `oe`.
//!
//! Both texts are folded to the letters that the comparison looks at, each remembering the character it came from. A
//! match begins and ends with whole characters, and takes the accents that follow with it.

use std::sync::LazyLock;

use icu_casemap::{CaseMapper, CaseMapperBorrowed};
use icu_normalizer::{DecomposingNormalizer, DecomposingNormalizerBorrowed};
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};
use memchr::memmem;
use smallvec::SmallVec;

use crate::value::compare::{Strength, weight};
use crate::value::text::{Text, Units};

static NORMALIZER: LazyLock<DecomposingNormalizerBorrowed<'static>> =
    LazyLock::new(DecomposingNormalizer::new_nfkd);
const CASES: CaseMapperBorrowed<'static> = CaseMapper::new();
const CATEGORIES: CodePointMapDataBorrowed<'static, GeneralCategory> =
    CodePointMapData::<GeneralCategory>::new();

/// How many characters are folded at first when a match may be near; each further part is twice as long.
const FIRST_WINDOW: usize = 64;

/// A place in a text: the position from 0 and the length, in units.
pub type Place = (usize, usize);

/// A folded text.
#[derive(Debug, Default)]
pub struct Folded {
    letters: Vec<u32>,
    /// For every letter the first unit of its character and the unit after its last one.
    origins: Vec<(usize, usize)>,
}

/// Knuth, Morris and Pratt: never more than one look at each item, whatever the slices.
pub(super) fn find_slice<T: PartialEq>(text: &[T], needle: &[T]) -> Option<usize> {
    let Some(first) = needle.first() else { return Some(0) };
    let start = text.iter().position(|item| item == first)?;
    let mut borders: SmallVec<[usize; 32]> = SmallVec::from_elem(0, needle.len());
    let mut border = 0;
    for (index, item) in needle.iter().enumerate().skip(1) {
        border = next_border(needle, &borders, border, item);
        if let Some(slot) = borders.get_mut(index) {
            *slot = border;
        }
    }
    let mut matched = 0;
    for (index, item) in text.iter().enumerate().skip(start) {
        matched = next_border(needle, &borders, matched, item);
        if matched == needle.len() {
            return Some(index + 1 - matched);
        }
    }
    None
}

/// How much of the needle is matched after one more item.
fn next_border<T: PartialEq>(needle: &[T], borders: &[usize], mut matched: usize, item: &T) -> usize {
    while matched > 0 && needle.get(matched) != Some(item) {
        matched = borders.get(matched - 1).copied().unwrap_or_default();
    }
    if needle.get(matched) == Some(item) { matched + 1 } else { 0 }
}

/// Letters with a stroke, and ligatures: what the collation takes for their base letters with a mark, which Unicode's
/// decompositions leave whole.
fn base_letters(character: char) -> Option<&'static str> {
    Some(match character {
        'æ' => "ae",
        'Æ' => "AE",
        'œ' => "oe",
        'Œ' => "OE",
        'ø' => "o",
        'Ø' => "O",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'ħ' => "h",
        'Ħ' => "H",
        'ł' => "l",
        'Ł' => "L",
        'ß' => "ss",
        'ẞ' => "SS",
        _ => return None,
    })
}

/// The Hiragana of a Katakana letter.
fn hiragana(character: char) -> char {
    match character {
        'ァ'..='ヶ' => char::from_u32(u32::from(character) - 0x60).unwrap_or(character),
        _ => character,
    }
}

/// Control characters that no comparison sees.
fn is_ignorable(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}' | '\u{AD}')
}

fn is_mark(character: char) -> bool {
    character > '\u{2FF}'
        && GeneralCategoryGroup::NonspacingMark
            .union(GeneralCategoryGroup::EnclosingMark)
            .contains(CATEGORIES.get(character))
}

impl Folded {
    /// A text folded to what a comparison of this strength looks at.
    pub fn of(text: &Text, strength: Strength) -> Self {
        let mut folded =
            Self { letters: Vec::with_capacity(text.len()), origins: Vec::with_capacity(text.len()) };
        let mut start = 0;
        for decoded in char::decode_utf16(text.units()) {
            match decoded {
                Ok(character) => {
                    let end = start + character.len_utf16();
                    folded.add(character, strength, (start, end));
                    start = end;
                }
                Err(half) => {
                    folded.push(u32::from(half.unpaired_surrogate()), (start, start + 1));
                    start += 1;
                }
            }
        }
        folded
    }

    fn push(&mut self, letter: u32, origin: (usize, usize)) {
        self.letters.push(letter);
        self.origins.push(origin);
    }

    fn add(&mut self, character: char, strength: Strength, origin: (usize, usize)) {
        let blind_to_case = matches!(strength, Strength::Letters | Strength::Accents);
        if character.is_ascii() {
            let letter = if blind_to_case { character.to_ascii_lowercase() } else { character };
            if !is_ignorable(character) {
                self.push(u32::from(letter), origin);
            }
            return;
        }
        // The one letter of the usual scripts that its mark makes another letter.
        if matches!(character, 'й' | 'Й') {
            self.push(u32::from(if blind_to_case { 'й' } else { character }), origin);
            return;
        }
        let blind_to_accents = matches!(strength, Strength::Letters | Strength::Case);
        for part in NORMALIZER.normalize_iter(std::iter::once(character)) {
            if is_ignorable(part) {
                continue;
            }
            if is_mark(part) {
                if blind_to_accents {
                    // A mark belongs to the character before it, also to the end of a match.
                    if let Some(last) = self.origins.last_mut()
                        && last.1 == origin.0
                    {
                        last.1 = origin.1;
                    }
                } else {
                    self.push(u32::from(part), origin);
                }
                continue;
            }
            let expand = blind_to_accents || (blind_to_case && matches!(part, 'ß' | 'ẞ'));
            if let Some(letters) = base_letters(part).filter(|_| expand) {
                for letter in letters.chars() {
                    let letter = if blind_to_case { letter.to_ascii_lowercase() } else { letter };
                    self.push(u32::from(letter), origin);
                }
                continue;
            }
            let letter = if blind_to_case { hiragana(CASES.simple_fold(part)) } else { part };
            self.push(u32::from(letter), origin);
        }
    }

    /// The letters.
    pub fn folded(&self) -> &[u32] {
        &self.letters
    }

    /// The first place at or after a unit where the needle stands.
    pub fn find(&self, needle: &Self, from: usize) -> Option<Place> {
        let length = needle.letters.len();
        let mut start = self.origins.partition_point(|(first, _)| *first < from);
        loop {
            let place = start + find_slice(self.letters.get(start..)?, &needle.letters)?;
            if let Some(found) = self.whole(place, length) {
                return Some(found);
            }
            start = place + 1;
        }
    }

    /// The units of these letters, when they are those of whole characters.
    fn whole(&self, place: usize, length: usize) -> Option<Place> {
        let last = place + length.checked_sub(1)?;
        let (start, _) = *self.origins.get(place)?;
        let (last_start, end) = *self.origins.get(last)?;
        let begins =
            place.checked_sub(1).and_then(|before| self.origins.get(before)).is_none_or(|o| o.0 != start);
        let ends = self.origins.get(last + 1).is_none_or(|origin| origin.0 != last_start);
        (begins && ends).then(|| (start, end.saturating_sub(start)))
    }
}

/// The weights of Latin-1 characters; `None` when the table does not know them all.
fn weights(bytes: &[u8]) -> Option<SmallVec<[u8; 64]>> {
    let weights: SmallVec<[u8; 64]> = bytes.iter().map(|byte| weight(*byte)).collect();
    (!weights.contains(&0)).then_some(weights)
}

/// Searches by weights, part after part. The outer `None` says that the table does not know a character on the way.
fn find_by_weight(haystack: &[u8], needle: &[u8], from: usize) -> Option<Option<usize>> {
    let needle = weights(needle)?;
    let (mut start, mut window) = (from, FIRST_WINDOW);
    loop {
        let end = start.saturating_add(window + needle.len() - 1).min(haystack.len());
        let Some(part) = haystack.get(start..end).filter(|part| part.len() >= needle.len()) else {
            return Some(None);
        };
        if let Some(place) = memmem::find(&weights(part)?, &needle) {
            return Some(Some(start + place));
        }
        start += window;
        window *= 2;
    }
}

/// The first place at or after a unit where the needle stands, blind to case and accents; `@` is a character. An empty
/// needle stands nowhere.
pub fn find(needle: &Text, haystack: &Text, from: usize) -> Option<Place> {
    find_with(needle, haystack, from, Strength::Letters)
}

/// The same by a strength.
pub fn find_with(needle: &Text, haystack: &Text, from: usize, strength: Strength) -> Option<Place> {
    if needle.is_empty() || from >= haystack.len() {
        return None;
    }
    if strength == Strength::Letters
        && let (Units::Latin(text), Units::Latin(pattern)) = (haystack.view(), needle.view())
        && let Some(answer) = find_by_weight(text, pattern, from)
    {
        return answer.map(|place| (place, pattern.len()));
    }
    let needle = Folded::of(needle, strength);
    if needle.letters.is_empty() {
        return None;
    }
    Folded::of(haystack, strength).find(&needle, from)
}

/// All places where the needle stands, none in another, at most `limit` of them.
pub fn find_all(needle: &Text, haystack: &Text, limit: usize) -> Vec<Place> {
    let mut places = Vec::new();
    let mut from = 0;
    let simple = matches!((haystack.view(), needle.view()), (Units::Latin(a), Units::Latin(b))
        if a.iter().chain(b).all(|byte| weight(*byte) != 0));
    let (folded, pattern) = if simple {
        (Folded::default(), Folded::default())
    } else {
        (Folded::of(haystack, Strength::Letters), Folded::of(needle, Strength::Letters))
    };
    if needle.is_empty() || (!simple && pattern.letters.is_empty()) {
        return places;
    }
    while places.len() < limit {
        let found = if simple { find(needle, haystack, from) } else { folded.find(&pattern, from) };
        let Some((place, length)) = found else { break };
        places.push((place, length));
        from = place + length.max(1);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::compare::equal_plain;

    fn place(needle: &str, haystack: &str, from: usize) -> Option<Place> {
        find(&Text::from(needle), &Text::from(haystack), from)
    }

    #[test]
    fn places() {
        assert_eq!(place("ll", "Willow", 0), Some((2, 2)));
        assert_eq!(place("DAY", "Today is the first day", 3), Some((19, 3)));
        assert_eq!(place("œ", "Bœuf", 0), Some((1, 1)));
        assert_eq!(place("aegis", "an ægis", 0), Some((3, 4)));
        assert_eq!(place("o", "Bœuf", 0), None);
        assert_eq!(place("e", "cafe\u{301}s", 0), Some((3, 2)));
        assert_eq!(place("s", "Straße", 0), Some((0, 1)));
        assert_eq!(place("😀É", "x😀é", 0), Some((1, 3)));
        assert_eq!(place("", "a", 0), None);
        assert_eq!(place("a", "bca", 9), None);
        let long = "é".repeat(1000) + "x";
        assert_eq!(place("EX", &long, 0), Some((999, 2)));
        assert_eq!(place("exx", &long, 0), None);
    }

    #[test]
    fn all_places() {
        let all = |needle: &str, text: &str| find_all(&Text::from(needle), &Text::from(text), usize::MAX);
        assert_eq!(all("aa", "aAáà€a"), [(0, 2), (2, 2)]);
        assert_eq!(all("aa", "aAáàa"), [(0, 2), (2, 2)]);
        assert!(all("", "aaa").is_empty());
    }

    #[test]
    fn strengths() {
        let found = |needle: &str, text: &str, strength| {
            find_with(&Text::from(needle), &Text::from(text), 0, strength).map(|(place, _)| place)
        };
        assert_eq!(found("A", "bàa", Strength::Accents), Some(2));
        assert_eq!(found("A", "baÀ", Strength::Case), Some(2));
        assert_eq!(found("à", "baÀa\u{300}", Strength::Strict), Some(3));
    }

    #[test]
    fn folding_agrees_with_the_collation() {
        for code in (0x20..0x250_u32).chain(0x370..0x530).chain(0x1E00..0x1F00).chain(0xFF01..0xFF5F) {
            let Some(character) = char::from_u32(code) else { continue };
            if !character.is_alphanumeric() || character == '\u{37A}' {
                continue;
            }
            let text = Text::from(character);
            let folded = Folded::of(&text, Strength::Letters);
            let letters: String =
                folded.letters.iter().filter_map(|letter| char::from_u32(*letter)).collect();
            assert!(equal_plain(&text, &Text::from(letters.as_str())), "U+{code:04X} {character} {letters}");
        }
    }
}
