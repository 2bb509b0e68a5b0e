//! Times: seconds, of a day or of any duration, before midnight too.

use std::fmt;

use crate::value::number;
use crate::value::text::Text;

/// A time of day or a duration; the default is `?00:00:00?`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Time(i32);

impl Time {
    /// The time of so many seconds.
    #[inline]
    pub fn from_seconds(seconds: i32) -> Self {
        Self(seconds)
    }

    /// The same of a number, rounded to whole seconds.
    #[inline]
    pub fn from_number(seconds: f64) -> Self {
        Self(number::to_integer(seconds))
    }

    /// The time of hours, minutes and seconds, as far as it can be held.
    pub fn from_hms(hours: i32, minutes: i32, seconds: i32) -> Self {
        let sum = i64::from(hours) * 3600 + i64::from(minutes) * 60 + i64::from(seconds);
        Self(i32::try_from(sum).unwrap_or(if sum < 0 { i32::MIN } else { i32::MAX }))
    }

    /// How many seconds it is.
    #[inline]
    pub fn seconds(self) -> i32 {
        self.0
    }

    /// Whether it is negative, and its hours, minutes and seconds.
    pub fn parts(self) -> (bool, u32, u32, u32) {
        let seconds = self.0.unsigned_abs();
        (self.0 < 0, seconds / 3600, seconds / 60 % 60, seconds % 60)
    }

    /// The hour of the day, whatever the day.
    pub fn hour_of_day(self) -> u32 {
        u32::try_from(self.0.rem_euclid(86_400) / 3600).unwrap_or_default()
    }

    /// `09:30:00`
    pub fn to_text(self) -> Text {
        Text::format(format_args!("{self}"))
    }

    /// What the command `Time` reads: up to three numbers, hours first, with whatever between them; `PM` adds twelve
    /// hours, a leading minus makes it negative. The null time when there is no number.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        let text = text.split_once('T').filter(|(date, _)| date.len() == 10).map_or(text, |(_, time)| time);
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |text| (true, text));
        let mut numbers = text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|group| !group.is_empty())
            .map(|group| group.parse::<i32>().unwrap_or_default());
        let mut hours = numbers.next().unwrap_or_default();
        let (minutes, seconds) = (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default());
        match half_of_day(text) {
            Some(Half::Afternoon) if hours < 12 => hours += 12,
            Some(Half::Morning) if hours == 12 => hours = 0,
            Some(Half::Morning | Half::Afternoon) | None => {}
        }
        let time = Self::from_hms(hours, minutes, seconds);
        if negative { Self(time.0.saturating_neg()) } else { time }
    }
}

#[derive(Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

fn half_of_day(text: &str) -> Option<Half> {
    let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
    if letters.eq_ignore_ascii_case("pm") {
        Some(Half::Afternoon)
    } else if letters.eq_ignore_ascii_case("am") {
        Some(Half::Morning)
    } else {
        None
    }
}

impl fmt::Display for Time {
    /// `09:30:00`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (negative, hours, minutes, seconds) = self.parts();
        let sign = if negative { "-" } else { "" };
        write!(f, "{sign}{hours:02}:{minutes:02}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_and_printing() {
        for (text, expected) in [
            ("13:00:00", "13:00:00"),
            ("01:00 PM", "13:00:00"),
            ("12:15 am", "00:15:00"),
            ("25:30:00", "25:30:00"),
            ("-00:00:01", "-00:00:01"),
            ("2024-01-31T10:20:30", "10:20:30"),
            ("1 hour 5 minutes", "01:05:00"),
            ("noon", "00:00:00"),
        ] {
            assert_eq!(Time::parse(text).to_text(), expected, "{text}");
        }
        assert_eq!(Time::from_seconds(i32::MIN).to_text(), "-596523:14:08");
    }
}
