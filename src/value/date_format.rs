//! Formats of dates and times: those that `String` knows by number, and patterns such as `dd/MM/yyyy 'at' hh:mm a`.
//!
//! Names of days and months are English; the zone is that of the machine. A pattern is a row of fields, each a letter
//! repeated, and of texts in single quotes or made of other characters.

use chrono::{
    DateTime, Datelike as _, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeZone as _, Utc,
};

use crate::value::date::Date;
use crate::value::text::Text;
use crate::value::time::Time;

/// Added to the number of a format: a null date or time gives "".
pub const BLANK_IF_NULL: i32 = 100;

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

/// A part of a name list by a number from 1; "" when there is none.
fn name(names: &'static [&'static str], number: i32) -> &'static str {
    usize::try_from(number)
        .ok()
        .and_then(|number| names.get(number.checked_sub(1)?))
        .copied()
        .unwrap_or_default()
}

/// The first letters of a name.
fn short(name: &str, count: usize) -> &str {
    name.get(..count).unwrap_or(name)
}

/// The moment that a date and a time of this zone are. A time that the clocks leave out, or show twice, is taken as the
/// earlier of what it may be.
fn moment(date: Date, time: Time) -> Option<DateTime<FixedOffset>> {
    let start = date.calendar()?.and_time(NaiveTime::MIN);
    let local = start.checked_add_signed(chrono::TimeDelta::seconds(i64::from(time.seconds())))?;
    Some(in_zone(local))
}

fn in_zone(local: NaiveDateTime) -> DateTime<FixedOffset> {
    let zoned = Local.from_local_datetime(&local).earliest();
    zoned.map_or_else(|| Utc.from_utc_datetime(&local).fixed_offset(), |moment| moment.fixed_offset())
}

/// The first moment of a day in this zone as GMT has it: `2010-09-12T22:00:00.000Z`.
pub fn iso_gmt_milliseconds(date: Date) -> String {
    gmt(date, Time::default()).map_or_else(
        || "0000-00-00T00:00:00.000Z".to_owned(),
        |moment| moment.format("%Y-%m-%dT%H:%M:%S.000Z").to_string(),
    )
}

fn gmt(date: Date, time: Time) -> Option<DateTime<Utc>> {
    Some(moment(date, time)?.to_utc())
}

/// `String(date; format; time)` with the number of a format; an unknown number gives the short form.
pub fn date_by_number(date: Date, format: i32, time: Option<Time>) -> Text {
    let blank = format >= BLANK_IF_NULL;
    let format = if blank { format - BLANK_IF_NULL } else { format };
    if date.is_null() {
        return Text::from(match format {
            _ if blank => "",
            8 => "0000-00-00T00:00:00",
            9 => "0000-00-00T00:00:00Z",
            _ => "00/00/00",
        });
    }
    let (year, month, day) = (date.year(), name(&MONTHS, date.month()), date.day());
    let weekday = name(&DAYS, date.weekday());
    let text = match format {
        2 => format!("{}, {} {day}, {year}", short(weekday, 3), short(month, 3)),
        3 => format!("{weekday}, {month} {day}, {year}"),
        4 => short_special(date),
        5 => format!("{month} {day}, {year}"),
        6 => format!("{} {day}, {year}", short(month, 3)),
        8 => format!("{}T{}", date.to_iso(), time.unwrap_or_default()),
        9 => gmt(date, time.unwrap_or_default())
            .map_or_else(String::new, |moment| moment.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
        10 => gmt(date, time.unwrap_or_default())
            .map_or_else(String::new, |moment| moment.format("%a, %d %b %Y %H:%M:%S GMT").to_string()),
        _ => date.to_string(),
    };
    match time {
        Some(time) if !(8..=10).contains(&format) => Text::format(format_args!("{text} {time}")),
        _ => Text::from(text),
    }
}

/// Two digits of the year when they are enough to know it.
fn short_special(date: Date) -> String {
    let year = date.year();
    if crate::value::date::Century::current().complete(year % 100) == year {
        format!("{:02}/{:02}/{:02}", date.month(), date.day(), year % 100)
    } else {
        date.to_string()
    }
}

/// `String(time; format)` with the number of a format; an unknown number gives hours, minutes and seconds.
pub fn time_by_number(time: Time, format: i32) -> Text {
    let blank = format >= BLANK_IF_NULL;
    let format = if blank { format - BLANK_IF_NULL } else { format };
    if blank && time == Time::default() {
        return Text::EMPTY;
    }
    let (negative, hours, minutes, seconds) = time.parts();
    let all_minutes = hours * 60 + minutes;
    let text = match format {
        2 => format!("{hours:02}:{minutes:02}"),
        3 => [counted(hours, "hour"), counted(minutes, "minute"), counted(seconds, "second")].join(" "),
        4 => [counted(hours, "hour"), counted(minutes, "minute")].join(" "),
        5 => format!("{}:{minutes:02} {}", twelve(hours), half_of_day(hours)),
        6 => format!("{all_minutes:02}:{seconds:02}"),
        7 => [counted(all_minutes, "minute"), counted(seconds, "second")].join(" "),
        8 => format!("0000-00-00T{hours:02}:{minutes:02}:{seconds:02}"),
        10 | 11 => format!("{}:{minutes:02}:{seconds:02} {}", twelve(hours), half_of_day(hours)),
        _ => format!("{hours:02}:{minutes:02}:{seconds:02}"),
    };
    Text::from(if negative { format!("-{text}") } else { text })
}

fn counted(count: u32, unit: &str) -> String {
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

/// The hour on a dial of twelve.
fn twelve(hours: u32) -> u32 {
    (hours + 11) % 12 + 1
}

fn half_of_day(hours: u32) -> &'static str {
    if hours % 24 < 12 { "AM" } else { "PM" }
}

/// `String(date; pattern; time)`.
pub fn date_by_pattern(date: Date, pattern: &str, time: Option<Time>) -> Text {
    if date.is_null() {
        return Text::from("00/00/00");
    }
    by_pattern(Some(date), time.unwrap_or_default(), pattern)
}

/// `String(time; pattern)`.
pub fn time_by_pattern(time: Time, pattern: &str) -> Text {
    by_pattern(None, time, pattern)
}

/// What the fields of a pattern are about.
struct Subject {
    /// The null date when only a time is printed: its fields give nothing.
    date: Date,
    calendar: Option<NaiveDate>,
    hours: u32,
    minutes: u32,
    seconds: u32,
    /// Seconds east of Greenwich.
    offset: i32,
}

fn by_pattern(date: Option<Date>, time: Time, pattern: &str) -> Text {
    let (_, hours, minutes, seconds) = time.parts();
    let zone_date = date.unwrap_or_else(|| Date::from_calendar(Local::now().date_naive()));
    let subject = Subject {
        date: date.unwrap_or_default(),
        calendar: date.and_then(Date::calendar),
        hours,
        minutes,
        seconds,
        offset: moment(zone_date, time).map_or(0, |moment| moment.offset().local_minus_utc()),
    };
    // Blanks at the ends fall away unless they are quoted; what they stand beside in the pattern tells.
    let pattern = pattern.trim_matches(' ');
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        if first == '\'' {
            rest = quoted(rest, &mut out);
        } else if first.is_ascii_alphabetic() {
            let length = rest.find(|c| c != first).unwrap_or(rest.len());
            subject.field(first, length, &mut out);
            rest = rest.get(length..).unwrap_or_default();
        } else {
            out.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    Text::from(out)
}

/// Copies a quoted text, in which two quotes are one, and gives what follows it.
fn quoted<'a>(pattern: &'a str, out: &mut String) -> &'a str {
    let inside = pattern.get(1..).unwrap_or_default();
    if let Some(rest) = inside.strip_prefix('\'') {
        out.push('\'');
        return rest;
    }
    let mut rest = inside;
    loop {
        let Some((text, after)) = rest.split_once('\'') else {
            out.push_str(rest);
            return "";
        };
        out.push_str(text);
        match after.strip_prefix('\'') {
            Some(more) => {
                out.push('\'');
                rest = more;
            }
            None => return after,
        }
    }
}

/// A number with at least so many digits.
fn padded(number: impl Into<i64>, width: usize) -> String {
    let number: i64 = number.into();
    format!("{number:0width$}")
}

impl Subject {
    fn field(&self, letter: char, count: usize, out: &mut String) {
        let text = match letter {
            'G' | 'y' | 'Y' | 'u' | 'Q' | 'q' | 'M' | 'L' | 'w' | 'd' | 'D' | 'E' | 'e' | 'c' => {
                match self.calendar {
                    Some(calendar) => self.date_field(calendar, letter, count),
                    None => return,
                }
            }
            'a' | 'b' | 'B' | 'h' | 'H' | 'K' | 'k' | 'm' | 's' => self.time_field(letter, count),
            'X' | 'x' | 'O' | 'z' | 'Z' => self.zone_field(letter, count),
            _ => letter.to_string().repeat(count),
        };
        out.push_str(&text);
    }

    fn date_field(&self, calendar: NaiveDate, letter: char, count: usize) -> String {
        let (year, month, weekday) = (self.date.year(), self.date.month(), self.date.weekday());
        match letter {
            'G' => match count {
                1..=3 => "AD",
                4 => "Anno Domini",
                _ => "A",
            }
            .to_owned(),
            'y' if count == 2 => padded(year % 100, 2),
            'Y' if count == 2 => padded(week(calendar).0 % 100, 2),
            'Y' => padded(week(calendar).0, count),
            'Q' | 'q' => quarter((month + 2) / 3, count),
            'M' | 'L' => named(month, name(&MONTHS, month), count, 1),
            'w' => padded(week(calendar).1, count),
            'd' => padded(self.date.day(), count),
            'D' => padded(calendar.ordinal(), count),
            'E' => named(weekday, name(&DAYS, weekday), count.max(3), 2),
            'e' => named(weekday, name(&DAYS, weekday), count, 2),
            'c' => named(weekday, name(&DAYS, weekday), if count == 2 { 1 } else { count }, 2),
            // y and u
            _ => padded(year, count),
        }
    }

    fn time_field(&self, letter: char, count: usize) -> String {
        let hour = self.hours % 24;
        let half = half_of_day(hour);
        match letter {
            'h' => padded(twelve(self.hours), count),
            'H' => padded(self.hours, count),
            'K' => padded(self.hours % 12, count),
            'k' => padded((hour + 23) % 24 + 1, count),
            'm' => padded(self.minutes, count),
            's' => padded(self.seconds, count),
            'a' if count == 5 => short(half, 1).to_lowercase(),
            'b' if self.minutes == 0 && self.seconds == 0 && hour == 12 => {
                if count == 5 { "n" } else { "noon" }.to_owned()
            }
            'b' if self.minutes == 0 && self.seconds == 0 && hour == 0 => match count {
                5 => "md",
                4 => "midnight",
                _ => "mid.",
            }
            .to_owned(),
            'b' if count == 5 => short(half, 1).to_lowercase(),
            'B' => self.part_of_day().to_owned(),
            // a and b
            _ => half.to_owned(),
        }
    }

    fn part_of_day(&self) -> &'static str {
        match (self.hours % 24, self.minutes, self.seconds) {
            (0, 0, 0) => "midnight",
            (12, 0, 0) => "noon",
            (6..12, ..) => "in the morning",
            (12..18, ..) => "in the afternoon",
            (18..21, ..) => "in the evening",
            _ => "at night",
        }
    }

    fn zone_field(&self, letter: char, count: usize) -> String {
        match (letter, count) {
            ('X', _) if self.offset == 0 => "Z".to_owned(),
            ('X' | 'x', 1) if self.offset % 3600 == 0 => self.offset_text(false, 1),
            ('X' | 'x', 1 | 2) => self.offset_text(false, 2),
            ('X' | 'x', 3) => self.offset_text(true, 2),
            ('X' | 'x', 4) => self.offset_text(false, 3),
            ('X' | 'x', _) => self.offset_text(true, 3),
            ('z' | 'Z', 1..=3) => self.offset_text(false, 2),
            ('z' | 'Z', 5) if self.offset == 0 => "Z".to_owned(),
            ('z' | 'Z', 5) => self.offset_text(true, 3),
            ('O', 1..=3) => self.greenwich(true),
            // OOOO, zzzz and ZZZZ
            _ => self.greenwich(false),
        }
    }

    /// `+01`, `+0130`, `+01:30`, and seconds when they are asked for and there are any.
    fn offset_text(&self, colons: bool, parts: usize) -> String {
        let sign = if self.offset < 0 { '-' } else { '+' };
        let seconds = self.offset.unsigned_abs();
        let separator = if colons { ":" } else { "" };
        let mut text = format!("{sign}{:02}", seconds / 3600);
        if parts > 1 {
            text += &format!("{separator}{:02}", seconds / 60 % 60);
        }
        if parts > 2 && seconds % 60 != 0 {
            text += &format!("{separator}{:02}", seconds % 60);
        }
        text
    }

    /// `GMT`, `GMT+1`, `GMT+5:30`, or the long form `GMT+01:00`.
    fn greenwich(&self, brief: bool) -> String {
        let seconds = self.offset.unsigned_abs();
        let sign = if self.offset < 0 { '-' } else { '+' };
        match (self.offset, brief) {
            (0, _) => "GMT".to_owned(),
            (_, false) => format!("GMT{}", self.offset_text(true, 2)),
            (_, true) if seconds % 3600 == 0 => format!("GMT{sign}{}", seconds / 3600),
            (_, true) => format!("GMT{sign}{}:{:02}", seconds / 3600, seconds / 60 % 60),
        }
    }
}

/// A number that has a name: its digits, or its name in full, cut to three letters, one, or `cut` of them.
fn named(number: i32, name: &str, count: usize, cut: usize) -> String {
    match count {
        0..=2 => padded(number, count),
        3 => short(name, 3).to_owned(),
        4 => name.to_owned(),
        5 => short(name, 1).to_owned(),
        _ => short(name, cut).to_owned(),
    }
}

fn quarter(number: i32, count: usize) -> String {
    match count {
        1 | 2 => padded(number, count),
        3 => format!("Q{number}"),
        4 => format!("{} quarter", name(&["1st", "2nd", "3rd", "4th"], number)),
        _ => number.to_string(),
    }
}

/// The year and the number of the week: weeks begin on Sunday, the first one is that of the first of January.
fn week(date: NaiveDate) -> (i32, u32) {
    let sunday_of = |date: NaiveDate| {
        i64::from(date.num_days_from_ce()) - i64::from(date.weekday().num_days_from_sunday())
    };
    let first_of = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).map_or(i64::MAX, sunday_of);
    let sunday = sunday_of(date);
    let year = if sunday >= first_of(date.year() + 1) { date.year() + 1 } else { date.year() };
    (year, u32::try_from((sunday - first_of(year)) / 7 + 1).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(year: i32, month: i32, day: i32, pattern: &str) -> String {
        date_by_pattern(Date::from_ymd(year, month, day).unwrap(), pattern, None).to_string()
    }

    fn at(seconds: i32, pattern: &str) -> String {
        time_by_pattern(Time::from_seconds(seconds), pattern).to_string()
    }

    #[test]
    fn dates_by_pattern() {
        assert_eq!(on(2023, 11, 27, "EEEE d MMMM y GGGG"), "Monday 27 November 2023 Anno Domini");
        assert_eq!(on(2023, 11, 7, "dd/MM/yy yyyyyy MMM MMMMM EEEEEE EEEEE"), "07/11/23 002023 Nov N Tu T");
        assert_eq!(on(2000, 6, 15, "QQQQ QQQ QQ q"), "2nd quarter Q2 02 2");
        assert_eq!(on(2001, 3, 17, "D"), "76");
        assert_eq!(on(1954, 3, 17, "w eeee e ee c"), "12 Wednesday 4 04 4");
        assert_eq!(on(2023, 12, 31, "Y ww y"), "2024 01 2023");
        assert_eq!(on(2023, 1, 1, " 'o''clock' '' ' ' "), "o'clock '  ");
        assert_eq!(on(2023, 1, 1, "d é 'unfinished"), "1 é unfinished");
        assert_eq!(date_by_pattern(Date::NULL, "dd", None), "00/00/00");
    }

    #[test]
    fn times_by_pattern() {
        assert_eq!(at(63_045, "hh:mm aa"), "05:30 PM");
        assert_eq!(at(63_045, "'It is' K a"), "It is 5 PM");
        assert_eq!(at(55_800, "HH 'hours and' mm 'minutes'"), "15 hours and 30 minutes");
        assert_eq!(at(32_000 + 1_025, " HH : mm : ss "), "09 : 10 : 25");
        assert_eq!(at(32_000 + 1_025, "' 'HH : mm : ss' '"), " 09 : 10 : 25 ");
        assert_eq!(at(0, "k kk K b bbbb bbbbb B h"), "24 24 0 mid. midnight md midnight 12");
        assert_eq!(at(48_334, "B b aaaaa"), "in the afternoon PM p");
        assert_eq!(at(48_334, "dd"), "");
    }

    #[test]
    fn by_number() {
        let date = Date::from_ymd(2006, 12, 9).unwrap();
        let all: Vec<String> = (1..=8).map(|format| date_by_number(date, format, None).to_string()).collect();
        assert_eq!(
            all,
            [
                "12/09/2006",
                "Sat, Dec 9, 2006",
                "Saturday, December 9, 2006",
                "12/09/06",
                "December 9, 2006",
                "Dec 9, 2006",
                "12/09/2006",
                "2006-12-09T00:00:00"
            ]
        );
        assert_eq!(date_by_number(Date::from_ymd(1896, 12, 29).unwrap(), 4, None), "12/29/1896");
        assert_eq!(date_by_number(Date::NULL, 107, None), "");
        assert_eq!(time_by_number(Time::from_seconds(3_723), 3), "1 hour 2 minutes 3 seconds");
        assert_eq!(time_by_number(Time::from_seconds(300), 5), "12:05 AM");
        assert_eq!(time_by_number(Time::from_seconds(-3_723), 6), "-62:03");
    }
}
