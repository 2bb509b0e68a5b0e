//! Dates: days counted from the first day of year 1, 0 being the null date.

use std::cell::Cell;
use std::fmt;

use chrono::{Datelike as _, Months, NaiveDate};

use crate::value::number;
use crate::value::text::Text;

/// The last year that a date may have.
pub const LAST_YEAR: i32 = 32_767;

/// A date; the default is the null date, `!00-00-00!`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Date(i32);

/// How a year of two digits is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Century {
    /// The hundreds of the default century: 19 for the years from 1900 to 1999.
    pub century: i32,
    /// Years below it belong to the next century.
    pub pivot: i32,
}

thread_local! {
    static CENTURY: Cell<Century> = const { Cell::new(Century { century: 19, pivot: 30 }) };
}

impl Default for Century {
    fn default() -> Self {
        Self { century: 19, pivot: 30 }
    }
}

impl Century {
    /// The setting of this process.
    pub fn current() -> Self {
        CENTURY.get()
    }

    /// Changes the setting of this process (`SET DEFAULT CENTURY`).
    pub fn make_current(self) {
        CENTURY.set(self);
    }

    /// The whole year that a year of two digits stands for.
    pub fn complete(self, year: i32) -> i32 {
        let century = if year < self.pivot { self.century + 1 } else { self.century };
        century * 100 + year
    }
}

impl Date {
    /// `!00-00-00!`
    pub const NULL: Self = Self(0);

    /// The date of a year, a month and a day, when there is such a day.
    pub fn from_ymd(year: i32, month: i32, day: i32) -> Option<Self> {
        if !(1..=LAST_YEAR).contains(&year) {
            return None;
        }
        let date = NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)?;
        Some(Self(date.num_days_from_ce()))
    }

    /// The same of the calendar of `chrono`; beyond the last year it is the null date.
    pub fn from_calendar(date: NaiveDate) -> Self {
        if (1..=LAST_YEAR).contains(&date.year()) { Self(date.num_days_from_ce()) } else { Self::NULL }
    }

    /// The same in the calendar of `chrono`; `None` of the null date.
    pub fn calendar(self) -> Option<NaiveDate> {
        if self.is_null() { None } else { NaiveDate::from_num_days_from_ce_opt(self.0) }
    }

    /// Whether it is the null date.
    #[inline]
    pub fn is_null(self) -> bool {
        self.0 == 0
    }

    /// The number behind it: 0 for the null date, else days, 1 being the first of January of year 1.
    #[inline]
    pub fn raw(self) -> i32 {
        self.0
    }

    /// The date of such a number.
    #[inline]
    pub fn from_raw(raw: i32) -> Self {
        Self(raw)
    }

    /// The year, 0 of the null date.
    pub fn year(self) -> i32 {
        self.calendar().map_or(0, |date| date.year())
    }

    /// The month from 1, 0 of the null date.
    pub fn month(self) -> i32 {
        self.calendar().map_or(0, |date| i32::try_from(date.month()).unwrap_or_default())
    }

    /// The day of the month from 1, 0 of the null date.
    pub fn day(self) -> i32 {
        self.calendar().map_or(0, |date| i32::try_from(date.day()).unwrap_or_default())
    }

    /// The day of the week, 1 for Sunday to 7 for Saturday; 2 of the null date, as 4D has it.
    pub fn weekday(self) -> i32 {
        self.calendar()
            .map_or(2, |date| i32::try_from(date.weekday().number_from_sunday()).unwrap_or_default())
    }

    /// The date so many days later, rounded to whole days. The null date stays null; so does what leaves the calendar.
    pub fn add_days(self, days: f64) -> Self {
        if self.is_null() {
            return self;
        }
        let sum = f64::from(self.0) + days.round();
        let last = NaiveDate::from_ymd_opt(LAST_YEAR, 12, 31).map_or(0, |date| date.num_days_from_ce());
        if sum < 1.0 || sum > f64::from(last) || sum.is_nan() {
            return Self::NULL;
        }
        Self(number::to_integer(sum))
    }

    /// The date so many years, months and days later (each may be negative): months first, and a day that the month
    /// does not have becomes its last one.
    pub fn add(self, years: i32, months: i32, days: i32) -> Self {
        let Some(date) = self.calendar() else { return self };
        let months = i64::from(years) * 12 + i64::from(months);
        let Ok(distance) = u32::try_from(months.unsigned_abs()) else { return Self::NULL };
        let moved = if months < 0 {
            date.checked_sub_months(Months::new(distance))
        } else {
            date.checked_add_months(Months::new(distance))
        };
        moved.map_or(Self::NULL, |date| Self::from_calendar(date).add_days(f64::from(days)))
    }

    /// How many days it lies after another one.
    #[inline]
    pub fn days_since(self, other: Self) -> f64 {
        f64::from(self.0) - f64::from(other.0)
    }

    /// `2024-01-31`; the null date gives `0000-00-00`.
    pub fn to_iso(self) -> Text {
        let calendar = self.calendar();
        let parts = calendar.map_or((0, 0, 0), |date| (date.year().unsigned_abs(), date.month(), date.day()));
        Text::format(format_args!("{:04}-{:02}-{:02}", parts.0, parts.1, parts.2))
    }

    /// The short form, `01/31/2024`; the null date gives `00/00/00`.
    pub fn to_short(self) -> Text {
        if self.is_null() {
            return Text::from("00/00/00");
        }
        Text::format(format_args!("{:02}/{:02}/{:04}", self.month(), self.day(), self.year()))
    }

    /// What the command `Date` reads: an ISO date, with or without a time, else three numbers in the order month, day,
    /// year wherever they stand. The null date when it is no date.
    pub fn parse(text: &str) -> Self {
        Self::parse_iso(text).unwrap_or_else(|| Self::parse_short(text, Century::current()))
    }

    /// An ISO date, with or without a time: `2024-01-31`, `2024-01-31T10:20:00.5Z`.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let (date, time) =
            text.trim().split_once('T').map_or((text.trim(), None), |(date, time)| (date, Some(time)));
        if time.is_some_and(|time| !time.starts_with(|c: char| c.is_ascii_digit())) {
            return None;
        }
        let mut parts = date.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
            return None;
        }
        let [year, month, day] = [digits(year)?, digits(month)?, digits(day)?];
        Some(Self::from_ymd(year, month, day).unwrap_or(Self::NULL))
    }

    fn parse_short(text: &str, century: Century) -> Self {
        let mut groups = text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
        let (Some(month), Some(day), Some(year)) = (groups.next(), groups.next(), groups.next()) else {
            return Self::NULL;
        };
        let (Some(month_number), Some(day_number), Some(year_number)) =
            (digits(month), digits(day), digits(year))
        else {
            return Self::NULL;
        };
        if year.len() == 2 && year_number == 0 && month_number == 0 && day_number == 0 {
            return Self::NULL;
        }
        let full = if year.len() <= 2 { century.complete(year_number) } else { year_number };
        Self::from_ymd(full, month_number, day_number).unwrap_or(Self::NULL)
    }
}

/// The number that a short group of digits is.
fn digits(group: &str) -> Option<i32> {
    if group.is_empty() || group.len() > 5 || !group.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    group.parse().ok()
}

impl fmt::Display for Date {
    /// The short form.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_null() {
            return f.write_str("00/00/00");
        }
        write!(f, "{:02}/{:02}/{:04}", self.month(), self.day(), self.year())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: i32, day: i32) -> Date {
        Date::from_ymd(year, month, day).expect("a date of the calendar")
    }

    #[test]
    fn reading() {
        assert_eq!(Date::parse("12/25/94"), date(1994, 12, 25));
        assert_eq!(Date::parse("40/40/94"), Date::NULL);
        assert_eq!(Date::parse("It was the 6/30, we were in 2016"), date(2016, 6, 30));
        assert_eq!(Date::parse("2020-11-17T00:00:00.0000"), date(2020, 11, 17));
        assert_eq!(Date::parse("2020-11-17T23:00:00Z"), date(2020, 11, 17));
        assert_eq!(Date::parse("2020-13-17"), Date::NULL);
        assert_eq!(Date::parse("1-25-29"), date(2029, 1, 25));
        assert_eq!(Date::parse("00/00/00"), Date::NULL);
        assert_eq!(Date::parse(""), Date::NULL);
    }

    #[test]
    fn months_end_where_they_end() {
        assert_eq!(date(2023, 1, 31).add(0, 1, 0), date(2023, 2, 28));
        assert_eq!(date(2024, 2, 29).add(-1, 0, 1), date(2023, 3, 1));
        assert_eq!(date(LAST_YEAR, 12, 31).add_days(1.0), Date::NULL);
        assert_eq!(Date::NULL.add_days(1.0), Date::NULL);
        assert_eq!(date(2024, 1, 1).add_days(f64::INFINITY), Date::NULL);
    }

    #[test]
    fn printing() {
        assert_eq!(date(2024, 1, 31).to_iso(), "2024-01-31");
        assert_eq!(date(476, 9, 4).to_short(), "09/04/0476");
        assert_eq!(Date::NULL.to_short(), "00/00/00");
    }
}
