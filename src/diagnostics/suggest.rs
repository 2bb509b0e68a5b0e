//! Did you mean: the nearest known name, or silence.
//!
//! Names are compared without case, accents and blanks between words, by the number of single-letter slips (a letter
//! more, less, other, or two swapped). The bound grows with the length and stays small: a wild guess is worse than
//! none.

use icu_normalizer::DecomposingNormalizer;

/// The candidate nearest to `name`, when one is near enough to be what was meant. On a tie the first one wins.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_folded(name, candidates.into_iter().map(|candidate| (candidate, fold(candidate))))
}

/// Names that are searched many times.
#[derive(Debug, Default)]
pub struct Dictionary {
    names: Vec<(String, Vec<char>)>,
}

impl Dictionary {
    /// A dictionary of these names.
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        let names = names.into_iter().map(|name| {
            let folded = fold(&name);
            (name, folded)
        });
        Self { names: names.collect() }
    }

    /// The name nearest to this one, when one is near enough to be what was meant.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest_folded(name, self.names.iter().map(|(name, folded)| (name.as_str(), folded)))
    }
}

fn nearest_folded<'a, F: AsRef<[char]>>(
    name: &str,
    candidates: impl Iterator<Item = (&'a str, F)>,
) -> Option<&'a str> {
    let wanted = fold(name);
    let mut best: Option<(usize, &'a str)> = None;
    for (candidate, folded) in candidates {
        // At one distance below the best so far, only a strictly better one is worth computing.
        let bound = best.map_or_else(|| allowed(wanted.len()), |(distance, _)| distance.saturating_sub(1));
        if candidate == name || (best.is_some() && bound == 0 && best.is_some_and(|(d, _)| d == 0)) {
            continue;
        }
        let Some(distance) = distance_within(&wanted, folded.as_ref(), bound) else { continue };
        best = Some((distance, candidate));
    }
    best.map(|(_, candidate)| candidate)
}

/// How many slips a name of that many letters may have and still be recognised.
const fn allowed(length: usize) -> usize {
    match length {
        0..=2 => 0,
        3..=5 => 1,
        6..=11 => 2,
        _ => 3,
    }
}

/// A name with small letters and without accents, as it is searched for.
pub fn plain(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    DecomposingNormalizer::new_nfd()
        .normalize(name)
        .chars()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The letters of a name, small, without accents and blanks.
fn fold(name: &str) -> Vec<char> {
    DecomposingNormalizer::new_nfd()
        .normalize(name)
        .chars()
        .filter(|&c| !c.is_whitespace() && !('\u{300}'..='\u{36f}').contains(&c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The number of slips between two words, when it is not above `bound` (optimal string alignment).
fn distance_within(left: &[char], right: &[char], bound: usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) > bound {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    let mut previous_left = None;
    for (row, &l) in left.iter().enumerate() {
        let mut line = Vec::with_capacity(right.len() + 1);
        line.push(row + 1);
        let mut previous_right = None;
        for (column, &r) in right.iter().enumerate() {
            let at = |cells: &[usize], index: usize| cells.get(index).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (at(&last, column) + usize::from(l != r))
                .min(at(&last, column + 1) + 1)
                .min(at(&line, column) + 1);
            if previous_left == Some(r) && previous_right == Some(l) {
                cost = cost.min(at(&before, column.wrapping_sub(1)) + 1);
            }
            line.push(cost);
            previous_right = Some(r);
        }
        if line.iter().min().is_some_and(|&least| least > bound) {
            return None;
        }
        before = std::mem::replace(&mut last, line);
        previous_left = Some(l);
    }
    last.last().copied().filter(|&distance| distance <= bound)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    const NAMES: [&str; 5] = ["Session info", "Process info", "ALERT", "Évaluer", "If"];

    #[test]
    fn finds_what_was_meant() {
        assert_eq!(nearest("Sesion info", NAMES), Some("Session info"));
        assert_eq!(nearest("sessioninfo", NAMES), Some("Session info"));
        assert_eq!(nearest("ALRET", NAMES), Some("ALERT"));
        assert_eq!(nearest("evalue", NAMES), Some("Évaluer"));
    }

    #[test]
    fn never_guesses_wildly() {
        assert_eq!(nearest("Printer", NAMES), None);
        assert_eq!(nearest("of", NAMES), None);
        assert_eq!(nearest("", NAMES), None);
    }

    #[test]
    fn never_suggests_the_name_itself() {
        assert_eq!(nearest("ALERT", ["ALERT"]), None);
        assert_eq!(nearest("alert", ["ALERT"]), Some("ALERT"));
    }
}
