//! Display formats of dates: by number (`Internal date long`, `ISO Date GMT`, …), and patterns of letters
//! (`EEEE d MMMM y`) for dates and times.
//!
//! The words are English. Weeks are those of ISO 8601, from Monday on, as in the examples of the documentation.

use chrono::{Datelike, Duration, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

use crate::value::date::{Century, Date};
use crate::value::text::Text;
use crate::value::time::Time;

/// Added to a format: the null date gives the empty text.
const BLANK_IF_NULL: i32 = 100;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// The English name of a month from 1 to 12.
pub fn month_name(month: i32) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or_default()
}

/// The English name of a day of the week, 1 for Sunday.
pub fn day_name(weekday: i32) -> &'static str {
    usize::try_from(weekday - 1).ok().and_then(|index| DAYS.get(index)).copied().unwrap_or_default()
}

fn short(name: &str) -> &str {
    name.get(..3).unwrap_or(name)
}

/// A date by the number of a format, with the time added to it; an unknown number is the short format. `zone` is the
/// time zone of the process.
pub fn format(date: Date, format: i32, time: Option<Time>, zone: FixedOffset) -> Text {
    let (blank, format) =
        if format >= BLANK_IF_NULL { (true, format - BLANK_IF_NULL) } else { (false, format) };
    if date.is_null() {
        return null(blank, format, time);
    }
    let (year, month, day) = (date.year(), month_name(date.month()), date.day());
    let weekday = day_name(date.weekday());
    Text::from(match format {
        2 => format!("{}, {} {day}, {year}", short(weekday), short(month)),
        3 => format!("{weekday}, {month} {day}, {year}"),
        4 if Century::current().complete(year % 100) == year => {
            format!("{:02}/{day:02}/{:02}", date.month(), year % 100)
        }
        5 => format!("{month} {day}, {year}"),
        6 => format!("{} {day}, {year}", short(month)),
        8 => format!("{}T{}", date.to_iso(), time.unwrap_or_default()),
        9 => universal(date, time, zone)
            .map_or_else(String::new, |at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
        10 => universal(date, time, zone)
            .map_or_else(String::new, |at| at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()),
        _ => return date.to_short(),
    })
}

fn null(blank: bool, format: i32, time: Option<Time>) -> Text {
    match format {
        _ if blank => Text::EMPTY,
        8 => Text::from(format!("0000-00-00T{}", time.unwrap_or_default())),
        9 => Text::from(format!("0000-00-00T{}Z", time.unwrap_or_default())),
        _ => Date::NULL.to_short(),
    }
}

/// A local moment in universal time.
fn universal(date: Date, time: Option<Time>, zone: FixedOffset) -> Option<NaiveDateTime> {
    let midnight = date.calendar()?.and_time(NaiveTime::MIN);
    let seconds = i64::from(time.unwrap_or_default().seconds()) - i64::from(zone.local_minus_utc());
    midnight.checked_add_signed(Duration::seconds(seconds))
}

/// A moment as a pattern sees it.
struct Moment {
    date: Date,
    calendar: Option<NaiveDate>,
    seconds: u32,
    /// Seconds east of Greenwich.
    offset: i32,
}

/// A date, a time or both by a pattern of letters.
pub fn pattern(pattern: &str, date: Date, time: Time, zone: FixedOffset) -> Text {
    let moment = Moment {
        date,
        calendar: date.calendar(),
        seconds: time.seconds().rem_euclid(86_400).unsigned_abs(),
        offset: zone.local_minus_utc(),
    };
    let characters: Vec<char> = pattern.trim_matches(' ').chars().collect();
    let mut out = String::new();
    let mut index = 0;
    while let Some(&character) = characters.get(index) {
        if character == '\'' {
            index = quoted(&characters, index + 1, &mut out);
        } else if character.is_ascii_alphabetic() {
            let count = characters
                .get(index..)
                .map_or(0, |rest| rest.iter().take_while(|c| **c == character).count());
            moment.field(character, count, &mut out);
            index += count;
        } else {
            out.push(character);
            index += 1;
        }
    }
    Text::from(out)
}

/// Copies what stands between quotes; two of them are one. Gives the position after the closing quote.
fn quoted(characters: &[char], start: usize, out: &mut String) -> usize {
    let mut index = start;
    while let Some(&character) = characters.get(index) {
        if character != '\'' {
            out.push(character);
        } else if characters.get(index + 1) == Some(&'\'') {
            out.push('\'');
            index += 1;
        } else {
            if index == start {
                out.push('\'');
            }
            return index + 1;
        }
        index += 1;
    }
    index
}

/// A number with zeros before it.
fn padded(n: i32, width: usize) -> String {
    if n < 0 { format!("-{:0width$}", n.unsigned_abs()) } else { format!("{n:0width$}") }
}

/// A name by the number of letters: up to three the short form, then the whole, the first letter, two letters.
fn named(name: &str, count: usize) -> &str {
    match count {
        0..=3 => short(name),
        4 => name,
        5 => name.get(..1).unwrap_or(name),
        _ => name.get(..2).unwrap_or(name),
    }
}

impl Moment {
    fn hour(&self) -> i32 {
        i32::try_from(self.seconds / 3600).unwrap_or_default()
    }

    /// One run of a letter.
    fn field(&self, letter: char, count: usize, out: &mut String) {
        let date = self.date;
        let text = match letter {
            'G' => match count {
                0..=3 => "AD".to_owned(),
                4 => "Anno Domini".to_owned(),
                _ => "A".to_owned(),
            },
            'y' | 'Y' | 'u' => self.year(letter, count),
            'Q' | 'q' => quarter((date.month() + 2) / 3, count),
            'M' | 'L' if count > 2 => named(month_name(date.month()), count).to_owned(),
            'M' | 'L' => padded(date.month(), count),
            'w' => padded(
                self.calendar.map_or(0, |c| i32::try_from(c.iso_week().week()).unwrap_or_default()),
                count,
            ),
            'd' => padded(date.day(), count),
            'D' => padded(self.calendar.map_or(0, |c| i32::try_from(c.ordinal()).unwrap_or_default()), count),
            'E' => named(day_name(date.weekday()), count).to_owned(),
            'e' | 'c' if count > 2 => named(day_name(date.weekday()), count).to_owned(),
            'e' => padded((date.weekday() + 5) % 7 + 1, count),
            'c' => padded((date.weekday() + 5) % 7 + 1, 1),
            'a' if count == 5 => if self.hour() < 12 { "a" } else { "p" }.to_owned(),
            'a' => if self.hour() < 12 { "AM" } else { "PM" }.to_owned(),
            'b' => self.noon_or_half(count),
            'B' => self.part_of_day(count).to_owned(),
            'X' | 'x' | 'O' | 'z' | 'Z' => self.zone(letter, count),
            _ => match self.clock(letter) {
                Some(n) => padded(n, count),
                None => std::iter::repeat_n(letter, count).collect(),
            },
        };
        out.push_str(&text);
    }

    /// The number that a letter of the clock stands for.
    fn clock(&self, letter: char) -> Option<i32> {
        let hour = self.hour();
        Some(match letter {
            'h' => (hour + 11) % 12 + 1,
            'H' => hour,
            'K' => hour % 12,
            'k' => (hour + 23) % 24 + 1,
            'm' => i32::try_from(self.seconds / 60 % 60).unwrap_or_default(),
            's' => i32::try_from(self.seconds % 60).unwrap_or_default(),
            'S' => 0,
            _ => return None,
        })
    }

    fn year(&self, letter: char, count: usize) -> String {
        let year = match self.calendar {
            Some(calendar) if letter == 'Y' => calendar.iso_week().year(),
            _ => self.date.year(),
        };
        if count == 2 && letter != 'u' { padded(year % 100, 2) } else { padded(year, count) }
    }

    fn noon_or_half(&self, count: usize) -> String {
        let name = match (self.seconds, count) {
            (0, 0..=3) => "mid.",
            (0, 4) => "midnight",
            (0, _) => "md",
            (43_200, 0..=4) => "noon",
            (43_200, _) => "n",
            (_, 5) => return if self.hour() < 12 { "a" } else { "p" }.to_owned(),
            _ => return if self.hour() < 12 { "AM" } else { "PM" }.to_owned(),
        };
        name.to_owned()
    }

    fn part_of_day(&self, count: usize) -> &'static str {
        match (self.seconds, self.hour()) {
            (0, _) if count == 5 => "mi",
            (0, _) => "midnight",
            (43_200, _) if count == 5 => "n",
            (43_200, _) => "noon",
            (_, 6..=11) => "in the morning",
            (_, 12..=17) => "in the afternoon",
            (_, 18..=20) => "in the evening",
            _ => "at night",
        }
    }

    /// The time zone.
    fn zone(&self, letter: char, count: usize) -> String {
        let sign = if self.offset < 0 { '-' } else { '+' };
        let size = self.offset.unsigned_abs();
        let (hours, minutes, seconds) = (size / 3600, size / 60 % 60, size % 60);
        let zulu = self.offset == 0 && (letter == 'X' || (matches!(letter, 'z' | 'Z') && count == 5));
        if zulu {
            return "Z".to_owned();
        }
        let basic = format!("{sign}{hours:02}{minutes:02}");
        let extended = format!("{sign}{hours:02}:{minutes:02}");
        match (letter, count) {
            ('X' | 'x', 1) if minutes == 0 => format!("{sign}{hours:02}"),
            ('X' | 'x', 4) if seconds != 0 => format!("{basic}{seconds:02}"),
            ('X' | 'x', 5) | ('z' | 'Z', 5) if seconds != 0 => format!("{extended}:{seconds:02}"),
            ('X' | 'x', 3 | 5) | ('z' | 'Z', 5) => extended,
            ('O' | 'z' | 'Z', 4) if self.offset == 0 => "GMT".to_owned(),
            ('O' | 'z' | 'Z', 4) => format!("GMT{extended}"),
            ('O', _) if self.offset == 0 => "GMT".to_owned(),
            ('O', _) if minutes == 0 => format!("GMT{sign}{hours}"),
            ('O', _) => format!("GMT{sign}{hours}:{minutes:02}"),
            _ => basic,
        }
    }
}

fn quarter(quarter: i32, count: usize) -> String {
    match count {
        0..=2 => padded(quarter, count),
        3 => format!("Q{quarter}"),
        4 => {
            let ending = match quarter {
                1 => "st",
                2 => "nd",
                3 => "rd",
                _ => "th",
            };
            format!("{quarter}{ending} quarter")
        }
        _ => quarter.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: i32, day: i32) -> Date {
        Date::from_ymd(year, month, day).expect("a day of the calendar")
    }

    fn hours_east(hours: i32) -> FixedOffset {
        FixedOffset::east_opt(hours * 3600).expect("less than a day")
    }

    #[test]
    fn universal_formats_follow_the_time_zone() {
        let day = date(2010, 9, 13);
        assert_eq!(format(day, 9, None, hours_east(2)).to_str(), "2010-09-12T22:00:00Z");
        assert_eq!(
            format(date(2010, 9, 9), 10, None, hours_east(2)).to_str(),
            "Wed, 08 Sep 2010 22:00:00 GMT"
        );
    }

    #[test]
    fn letters_of_patterns() {
        let paris = hours_east(1);
        let at = Time::from_hms(13, 30, 15);
        for (letters, expected) in [
            ("EEEE d MMMM y GGGG", "Monday 27 November 2023 Anno Domini"),
            ("E dd/MM/yyyy zzzz", "Mon 27/11/2023 GMT+01:00"),
            ("hh:mm aa O", "01:30 PM GMT+1"),
            ("yyyyyy yy", "002023 23"),
            ("QQQQ q", "4th quarter 4"),
            ("X XX XXX x", "+01 +0100 +01:00 +01"),
            ("  HH 'hours and' mm 'o''clock' ", "13 hours and 30 o'clock"),
            ("' 'HH' '", " 13 "),
            ("B, bbbb, aaaaa", "in the afternoon, PM, p"),
            ("e ee eee EEEEEE", "1 01 Mon Mo"),
            ("k K h", "13 1 1"),
            ("''", "'"),
        ] {
            assert_eq!(pattern(letters, date(2023, 11, 27), at, paris).to_str(), expected, "{letters}");
        }
        assert_eq!(pattern("w e", date(1954, 3, 17), at, paris).to_str(), "11 3");
        assert_eq!(pattern("D", date(2001, 3, 17), at, paris).to_str(), "76");
        assert_eq!(pattern("y Y", date(2010, 1, 1), at, paris).to_str(), "2010 2009");
    }
}
