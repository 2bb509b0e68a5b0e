//! Display formats of numbers, as `String` takes them: `###,##0.00;(###,##0.00);none`, `&3`, `&x`, `&xml`, `&/5`.
//!
//! A format has up to three parts, for positive numbers, negative ones and zero. In a part every `#`, `0`, `^` and `*`
//! is the place of one digit; what fills a place without a digit is nothing, `0`, a blank or `*`.

use crate::value::number;
use crate::value::text::Text;
use crate::value::time::Time;
use crate::value::time_format;

/// No format shows more decimals: a double has no more digits to give.
const MOST_DECIMALS: usize = 340;

/// A number by a format.
pub fn format(x: f64, format: &str) -> Text {
    if !x.is_finite() || format.is_empty() || format.starts_with('|') {
        // Custom styles (`|name`) belong to the design environment: without one the default format remains.
        return number::print(x);
    }
    if let Some(special) = format.strip_prefix('&').and_then(|special| by_ampersand(x, special)) {
        return special;
    }
    let mut parts = format.splitn(3, ';');
    let (positive, negative, zero) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    if x == 0.0 {
        return zero.map_or_else(|| Part::read(positive).fill(0.0, false), Text::from);
    }
    match negative {
        Some(negative) if x < 0.0 => Part::read(negative).fill(-x, false),
        _ => Part::read(positive).fill(x.abs(), x < 0.0),
    }
}

/// The formats that begin with `&`; `None` when it is none of them.
fn by_ampersand(x: f64, special: &str) -> Option<Text> {
    match special {
        "x" | "X" => Some(hexadecimal(x, "0x")),
        "$" => Some(hexadecimal(x, "$")),
        "xml" | "XML" => Some(number::print(x)),
        _ => {
            if let Some(order) = special.strip_prefix('/') {
                let order: i32 = order.parse().ok()?;
                return Some(time_format::format(Time::from_number(x), order));
            }
            let digits: usize = special.parse().ok()?;
            Some(scientific(x, digits))
        }
    }
}

/// The bits of a whole number, at least four digits of them after `0x`.
fn hexadecimal(x: f64, prefix: &str) -> Text {
    let bits = number::to_integer(x).cast_unsigned();
    let places = if prefix == "$" {
        0
    } else if bits > 0xFFFF {
        8
    } else {
        4
    };
    Text::format(format_args!("{prefix}{bits:0places$X}"))
}

/// So many significant digits, then the exponent with its sign.
fn scientific(x: f64, digits: usize) -> Text {
    let text = format!("{:.*e}", digits.clamp(1, MOST_DECIMALS) - 1, x);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let sign = if exponent.starts_with('-') { "" } else { "+" };
    Text::from(format!("{mantissa}e{sign}{exponent}"))
}

/// One place, or one character that stands for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    /// A digit, and what stands there when there is none.
    Place(char),
    /// Any other character.
    Literal(char),
}

/// One of the up to three parts of a format.
struct Part {
    before: String,
    whole: Vec<Item>,
    decimals: Vec<Item>,
    after: String,
    length: usize,
}

fn is_place(character: char) -> bool {
    matches!(character, '#' | '0' | '^' | '*')
}

fn items(characters: &[char]) -> Vec<Item> {
    characters.iter().map(|&c| if is_place(c) { Item::Place(c) } else { Item::Literal(c) }).collect()
}

impl Part {
    /// Takes a part to pieces: what stands before the first place and after the last one always shows.
    fn read(part: &str) -> Self {
        let characters: Vec<char> = part.chars().collect();
        let length = characters.len();
        let first = characters.iter().position(|&c| is_place(c));
        let last = characters.iter().rposition(|&c| is_place(c));
        let (Some(first), Some(last)) = (first, last) else {
            return Self {
                before: part.to_owned(),
                whole: Vec::new(),
                decimals: Vec::new(),
                after: String::new(),
                length,
            };
        };
        // `.00` has no place before its point.
        let first = if first > 0 && characters.get(first - 1) == Some(&'.') { first - 1 } else { first };
        let (before, rest) = characters.split_at(first);
        let (body, after) = rest.split_at(last + 1 - first);
        let point = body.iter().position(|&c| c == '.').unwrap_or(body.len());
        Self {
            before: before.iter().collect(),
            whole: items(body.get(..point).unwrap_or_default()),
            decimals: items(body.get(point + 1..).unwrap_or_default()),
            after: after.iter().collect(),
            length,
        }
    }

    /// Puts the digits of a number that is not negative into the places; `minus` puts a minus sign before them.
    fn fill(&self, x: f64, minus: bool) -> Text {
        if self.whole.is_empty() && self.decimals.is_empty() {
            return Text::from(format!("{}{}", if minus { "-" } else { "" }, self.before));
        }
        let places = self.decimals.iter().filter(|item| matches!(item, Item::Place(_))).count();
        // The documentation shows 1234 for 1234.5 in the format ####: digits are those of the nearest number, ties to
        // the even one.
        let digits = format!("{:.*}", places.min(MOST_DECIMALS), x);
        let (whole, decimals) = digits.split_once('.').unwrap_or((&digits, ""));
        let whole = whole.trim_start_matches('0');
        let minus = minus && digits.contains(|c: char| ('1'..='9').contains(&c));
        let Some(whole) = self.fill_whole(whole, minus) else {
            return Text::from("<".repeat(self.length));
        };
        Text::from(format!("{}{whole}{}{}", self.before, self.fill_decimals(decimals), self.after))
    }

    /// From the last place to the first; `None` when there are more digits, with the minus sign, than places.
    fn fill_whole(&self, digits: &str, mut minus: bool) -> Option<String> {
        let mut digits: Vec<char> = digits.chars().collect();
        let mut left = self.whole.iter().filter(|item| matches!(item, Item::Place(_))).count();
        if digits.len() + usize::from(minus) > left {
            return None;
        }
        // From the first `0` on every place has a digit.
        let zeros = self.whole.iter().position(|item| *item == Item::Place('0')).unwrap_or(usize::MAX);
        let mut out: Vec<char> = Vec::with_capacity(self.whole.len());
        for (index, item) in self.whole.iter().enumerate().rev() {
            if let Item::Place(_) = item {
                left -= 1;
            }
            let digit = if let Item::Place(_) = item { digits.pop() } else { None };
            match *item {
                Item::Place(_) if digit.is_some() => out.extend(digit),
                Item::Place(_) if index >= zeros && !(minus && left == 0) => out.push('0'),
                // Between two places a character shows only with digits on both sides.
                Item::Literal(character) if !digits.is_empty() || index >= zeros => out.push(character),
                Item::Place(_) | Item::Literal(_) if minus => {
                    out.push('-');
                    minus = false;
                }
                Item::Place(kind) => out.extend(filler(kind)),
                Item::Literal(_) => out.extend(self.place_before(index).and_then(filler)),
            }
        }
        out.reverse();
        Some(out.into_iter().collect())
    }

    /// The kind of the last place before a position.
    fn place_before(&self, index: usize) -> Option<char> {
        let before = self.whole.get(..index).unwrap_or_default();
        before.iter().rev().find_map(|item| if let Item::Place(kind) = item { Some(*kind) } else { None })
    }

    /// From the first place to the last; zeros at the end show only in places that are `0`.
    fn fill_decimals(&self, digits: &str) -> String {
        let mut digits: Vec<char> = digits.chars().collect();
        let kinds: Vec<char> = self
            .decimals
            .iter()
            .filter_map(|item| if let Item::Place(kind) = item { Some(*kind) } else { None })
            .collect();
        let needed = kinds.iter().rposition(|kind| *kind == '0').map_or(0, |last| last + 1);
        while digits.len() > needed && digits.last() == Some(&'0') {
            digits.pop();
        }
        let mut out = String::new();
        let mut shown = digits.iter();
        let mut pending = String::new();
        for item in &self.decimals {
            match item {
                Item::Literal(character) => pending.push(*character),
                Item::Place(kind) => {
                    if let Some(digit) = shown.next() {
                        out.push_str(&std::mem::take(&mut pending));
                        out.push(*digit);
                    } else {
                        out.extend(filler(*kind));
                    }
                }
            }
        }
        if out.is_empty() { out } else { format!(".{out}") }
    }
}

/// What stands in a place that has no digit.
fn filler(kind: char) -> Option<char> {
    match kind {
        '^' => Some(' '),
        '*' => Some('*'),
        '0' => Some('0'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(format_text: &str, expected: [&str; 3]) {
        for (x, expected) in [1234.5, -1234.5, 0.0].into_iter().zip(expected) {
            assert_eq!(format(x, format_text).to_str(), expected, "{x} in {format_text}");
        }
    }

    #[test]
    fn the_table_of_the_documentation() {
        check("###", ["<<<", "<<<", ""]);
        check("####", ["1234", "<<<<", ""]);
        check("#######", ["1234", "-1234", ""]);
        check("#####.##", ["1234.5", "-1234.5", ""]);
        check("####0.00", ["1234.50", "-1234.50", "0.00"]);
        check("#####0", ["1234", "-1234", "0"]);
        check("+#####0;–#####0;0", ["+1234", "–1234", "0"]);
        check("#####0DB;#####0CR;0", ["1234DB", "1234CR", "0"]);
        check("#####0;(#####0)", ["1234", "(1234)", "0"]);
        check("###,##0", ["1,234", "-1,234", "0"]);
        check("##,##0.00", ["1,234.50", "-1,234.50", "0.00"]);
        check("^^^^^^^", ["   1234", "  -1234", "       "]);
        check("^^^^^^0", ["   1234", "  -1234", "      0"]);
        check("^^^,^^0", ["  1,234", " -1,234", "      0"]);
        check("^^,^^0.00", [" 1,234.50", "-1,234.50", "     0.00"]);
        check("*******", ["***1234", "**-1234", "*******"]);
        check("******0", ["***1234", "**-1234", "******0"]);
        check("***,**0", ["**1,234", "*-1,234", "******0"]);
        check("**,**0.00", ["*1,234.50", "-1,234.50", "*****0.00"]);
        check("$*,**0.00;–$*,**0.00", ["$1,234.50", "–$1,234.50", "$****0.00"]);
        check("$^^^^0", ["$ 1234", "$-1234", "$    0"]);
        check("$^^^0;–$^^^0", ["$1234", "–$1234", "$   0"]);
        check("$^^^0 ;($^^^0)", ["$1234 ", "($1234)", "$   0 "]);
        check("&2", ["1.2e+3", "-1.2e+3", "0.0e+0"]);
        check("&xml", ["1234.5", "-1234.5", "0"]);
    }

    #[test]
    fn other_formats() {
        assert_eq!(format(759.62, "&3").to_str(), "7.60e+2");
        assert_eq!(format(5.0, "000").to_str(), "005");
        assert_eq!(format(-5.0, "000").to_str(), "-05");
        assert_eq!(format(2.0 / 3.0, "##0.000").to_str(), "0.667");
        assert_eq!(format(0.5, "##.##").to_str(), ".5");
        assert_eq!(format(0.5, ".00").to_str(), ".50");
        assert_eq!(format(12.0, "##0.##").to_str(), "12");
        assert_eq!(
            format(5_551_234_567.0, "(###) ###-####").to_str(),
            "(555) 555-4567".replace("555-4567", "123-4567")
        );
        assert_eq!(format(1_234_567.0, "###-####").to_str(), "123-4567");
        assert_eq!(format(567.0, "###-####").to_str(), "567");
        assert_eq!(format(-0.001, "0.00").to_str(), "0.00");
        assert_eq!(format(25_000.0, "&/5").to_str(), "6:56 AM");
        assert_eq!(format(1.0, "Yes;;No").to_str(), "Yes");
        assert_eq!(format(-1.0, "Yes;;No").to_str(), "");
    }
}
