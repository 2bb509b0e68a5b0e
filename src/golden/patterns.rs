//! Expected output with gaps: `[..]`, `[UUID]`, `[INT:n]`, and a line `...` for any lines.

use std::collections::BTreeMap;

/// A piece of a line of a pattern.
enum Piece {
    Literal(String),
    Any,
    Word(&'static dyn Fn(&str) -> bool, Option<String>),
}

type Names = BTreeMap<String, String>;

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn integer(text: &str) -> bool {
    digits(text.strip_prefix('-').unwrap_or(text))
}

fn real(text: &str) -> bool {
    !text.is_empty() && text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// Digits stand where the form has a 9, the same sign elsewhere.
fn has_form(text: &str, form: &str) -> bool {
    text.len() == form.len()
        && text.bytes().zip(form.bytes()).all(|(b, f)| if f == b'9' { b.is_ascii_digit() } else { b == f })
}

fn date(text: &str) -> bool {
    has_form(text, "9999-99-99")
}

fn time(text: &str) -> bool {
    has_form(text, "99:99:99")
}

fn date_time(text: &str) -> bool {
    let Some((before, after)) = text.split_at_checked(19) else { return false };
    let tail = after.strip_suffix('Z').unwrap_or(after);
    has_form(before, "9999-99-99T99:99:99") && (tail.is_empty() || tail.strip_prefix('.').is_some_and(digits))
}

fn uuid(text: &str) -> bool {
    let plain = text.replace('-', "");
    plain.len() == 32
        && (text.len() == 32 || text.len() == 36)
        && plain.bytes().all(|b| b.is_ascii_hexdigit())
}

fn path(text: &str) -> bool {
    text.contains(['/', ':', '\\']) && !text.contains('\n')
}

fn kind(word: &str) -> Option<&'static dyn Fn(&str) -> bool> {
    Some(match word {
        "UUID" => &uuid,
        "DATE" => &date,
        "TIME" => &time,
        "DATETIME" => &date_time,
        "INT" => &integer,
        "REAL" => &real,
        "PATH" => &path,
        _ => return None,
    })
}

/// Takes a line of a pattern apart; brackets that mean nothing are themselves.
fn pieces(line: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("[[") {
            literal.push('[');
            rest = after;
            continue;
        }
        let word = rest.strip_prefix('[').and_then(|inner| inner.split_once(']'));
        let found = word.and_then(|(inner, after)| {
            let (name, label) = inner.split_once(':').map_or((inner, None), |(n, l)| (n, Some(l.to_owned())));
            if inner == ".." {
                return Some((Piece::Any, after));
            }
            Some((Piece::Word(kind(name)?, label), after))
        });
        if let Some((piece, after)) = found {
            if !literal.is_empty() {
                pieces.push(Piece::Literal(std::mem::take(&mut literal)));
            }
            pieces.push(piece);
            rest = after;
        } else {
            literal.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    pieces
}

/// Whether a line fits; the names it fixes are added.
fn line_fits(pieces: &[Piece], line: &str, names: &mut Names) -> bool {
    let Some((piece, rest)) = pieces.split_first() else { return line.is_empty() };
    let ends = || line.char_indices().map(|(at, _)| at).chain([line.len()]);
    match piece {
        Piece::Literal(text) => {
            line.strip_prefix(text.as_str()).is_some_and(|line| line_fits(rest, line, names))
        }
        Piece::Any => ends().any(|at| {
            let mut tried = names.clone();
            let fits = line_fits(rest, line.get(at..).unwrap_or_default(), &mut tried);
            if fits {
                *names = tried;
            }
            fits
        }),
        // The longest text first, as one reads.
        Piece::Word(is_it, label) => ends().collect::<Vec<_>>().into_iter().rev().any(|at| {
            let (text, after) = line.split_at_checked(at).unwrap_or((line, ""));
            if !is_it(text) {
                return false;
            }
            let mut tried = names.clone();
            if let Some(label) = label
                && tried.entry(label.clone()).or_insert_with(|| text.to_owned()) != text
            {
                return false;
            }
            let fits = line_fits(rest, after, &mut tried);
            if fits {
                *names = tried;
            }
            fits
        }),
    }
}

/// Whether `got` is what the pattern says.
pub fn fits(pattern: &str, got: &str) -> bool {
    let pattern: Vec<&str> = pattern.split('\n').collect();
    let got: Vec<&str> = got.split('\n').collect();
    // The states after each line of the pattern: how many lines of `got` are used, with the names fixed on the way.
    let mut states: BTreeMap<usize, Names> = BTreeMap::from([(0, Names::new())]);
    for line in pattern {
        let mut next = BTreeMap::new();
        for (used, names) in &states {
            if line == "..." {
                for more in *used..=got.len() {
                    next.entry(more).or_insert_with(|| names.clone());
                }
            } else if let Some(text) = got.get(*used) {
                let mut names = names.clone();
                if line_fits(&pieces(line), text, &mut names) {
                    next.entry(used + 1).or_insert(names);
                }
            }
        }
        states = next;
    }
    states.contains_key(&got.len())
}

/// What a blessed pattern becomes: lines of the pattern that still fit stay.
pub fn keep(pattern: &str, got: &str) -> String {
    let old: Vec<&str> = pattern.split('\n').collect();
    let lines = got.split('\n').enumerate().map(|(index, line)| {
        let kept = old.get(index).filter(|old| line_fits(&pieces(old), line, &mut Names::new()));
        kept.map_or_else(|| line.replace('[', "[["), |old| (*old).to_owned())
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_by_their_kind_only() {
        assert!(fits("a [INT] b\n", "a -12 b\n"));
        assert!(!fits("a [INT] b\n", "a x b\n"));
        assert!(fits("[..]end", "the end"));
        assert!(fits("[REAL];[DATE];[TIME]", "1.5;2026-01-05;09:00:00"));
        assert!(fits("[DATETIME]", "2000-01-01T00:00:00.000Z"));
        assert!(fits("[[1,2]", "[1,2]"));
        assert!(fits("[other]", "[other]"));
    }

    #[test]
    fn a_name_stands_for_one_text() {
        let (a, b) = ("0123456789ABCDEF0123456789ABCDEF", "1123456789ABCDEF0123456789ABCDEF");
        assert!(fits("[UUID:a]\n[UUID:a]", &format!("{a}\n{a}")));
        assert!(!fits("[UUID:a]\n[UUID:a]", &format!("{a}\n{b}")));
    }

    #[test]
    fn dots_are_any_lines() {
        assert!(fits("a\n...\nz\n", "a\nb\nc\nz\n"));
        assert!(fits("a\n...\nz\n", "a\nz\n"));
        assert!(!fits("a\n...\nz\n", "a\nb\n"));
    }
}
