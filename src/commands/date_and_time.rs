//! The clock and the calendar.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a command names the types that it takes; all others are one case"
)]

use chrono::{SecondsFormat, Timelike};

use crate::builtin::parameter::{OneOf, Star, mismatch};
use crate::builtin::{Command, Theme};
use crate::native;
use crate::runtime::process::Process;
use crate::value::Value;
use crate::value::date::{Century, Date};
use crate::value::error::Result;
use crate::value::text::Text;
use crate::value::time::Time;

/// The theme.
pub const THEME: Theme = Theme {
    name: "Date and Time",
    commands: &[
        ADD_TO_DATE,
        CURRENT_DATE,
        CURRENT_TIME,
        DATE,
        DAY_NUMBER,
        DAY_OF,
        MILLISECONDS,
        MONTH_OF,
        SET_DEFAULT_CENTURY,
        TICKCOUNT,
        TIME,
        TIME_STRING,
        TIMESTAMP,
        YEAR_OF,
    ],
};

const ADD_TO_DATE: Command = Command {
    number: 393,
    name: "Add to date",
    thread_safe: true,
    help: "The date so many years, months and days later; a day that the month lacks becomes its last one.",
    syntaxes: &[native!(add_to_date(date, years, months, days))],
};

fn add_to_date(date: Date, years: i32, months: i32, days: i32) -> Date {
    date.add(years, months, days)
}

const CURRENT_DATE: Command = Command {
    number: 33,
    name: "Current date",
    thread_safe: true,
    help: "The date of today; with `*` that of the server, which is this machine.",
    syntaxes: &[native!(current_date(process, star))],
};

fn current_date(process: &mut Process, _server: Option<Star>) -> Date {
    Date::from_calendar(process.runtime.host.now().date_naive())
}

const CURRENT_TIME: Command = Command {
    number: 178,
    name: "Current time",
    thread_safe: true,
    help: "The time of day; with `*` that of the server, which is this machine.",
    syntaxes: &[native!(current_time(process, star))],
};

fn current_time(process: &mut Process, _server: Option<Star>) -> Time {
    let seconds = process.runtime.host.now().num_seconds_from_midnight();
    Time::from_seconds(i32::try_from(seconds).unwrap_or_default())
}

const DATE: Command = Command {
    number: 102,
    name: "Date",
    thread_safe: true,
    help: "The date that a text holds, in the ISO form or as month, day and year.",
    syntaxes: &[native!(date(expression))],
};

fn date(expression: Value) -> Result<Date> {
    match expression {
        Value::Date(date) => Ok(date),
        Value::Text(text) => Ok(Date::parse(&text.to_str())),
        Value::Undefined | Value::Null => Ok(Date::NULL),
        other => Err(mismatch("Date", "expression", "Text or Date", &other)),
    }
}

const DAY_NUMBER: Command = Command {
    number: 114,
    name: "Day number",
    thread_safe: true,
    help: "The day of the week, from 1 for Sunday to 7 for Saturday.",
    syntaxes: &[native!(day_number(aDate))],
};

fn day_number(date: Date) -> i32 {
    date.weekday()
}

const DAY_OF: Command = Command {
    number: 23,
    name: "Day of",
    thread_safe: true,
    help: "The day of the month, from 1 to 31.",
    syntaxes: &[native!(day_of(date))],
};

fn day_of(date: Date) -> i32 {
    date.day()
}

const MILLISECONDS: Command = Command {
    number: 459,
    name: "Milliseconds",
    thread_safe: true,
    help: "Milliseconds on a clock that only goes forward, to measure durations with.",
    syntaxes: &[native!(milliseconds(process))],
};

/// A count that starts again from the most negative number after the greatest one.
#[expect(clippy::cast_possible_truncation, reason = "the count wraps, as 4D's does after 24 days")]
fn wrapped(count: u128) -> i32 {
    count as i32
}

fn milliseconds(process: &mut Process) -> i32 {
    wrapped(process.runtime.host.elapsed().as_millis())
}

const MONTH_OF: Command = Command {
    number: 24,
    name: "Month of",
    thread_safe: true,
    help: "The month, from 1 to 12.",
    syntaxes: &[native!(month_of(aDate))],
};

fn month_of(date: Date) -> i32 {
    date.month()
}

const SET_DEFAULT_CENTURY: Command = Command {
    number: 392,
    name: "SET DEFAULT CENTURY",
    thread_safe: true,
    help: "Sets how years of two digits are understood: the hundreds, and the year from which on they hold.",
    syntaxes: &[native!(set_default_century(century, pivotYear))],
};

fn set_default_century(century: i32, pivot: Option<i32>) {
    // Without a pivot every year of two digits belongs to that century.
    Century { century: century.clamp(0, 320), pivot: pivot.unwrap_or(0).clamp(0, 100) }.make_current();
}

const TICKCOUNT: Command = Command {
    number: 458,
    name: "Tickcount",
    thread_safe: true,
    help: "Ticks (sixtieths of a second) on a clock that only goes forward.",
    syntaxes: &[native!(tickcount(process))],
};

fn tickcount(process: &mut Process) -> i32 {
    wrapped(process.runtime.host.elapsed().as_millis() * 60 / 1000)
}

const TIME: Command = Command {
    number: 179,
    name: "Time",
    thread_safe: true,
    help: "The time that a text or a number of seconds is.",
    syntaxes: &[native!(time(timeValue))],
};

fn time(value: Value) -> Result<Time> {
    match value {
        Value::Time(time) => Ok(time),
        Value::Integer(seconds) => Ok(Time::from_seconds(seconds)),
        Value::Real(seconds) => Ok(Time::from_number(seconds)),
        Value::Text(text) => Ok(Time::parse(&text.to_str())),
        Value::Undefined | Value::Null => Ok(Time::default()),
        other => Err(mismatch("Time", "timeValue", "Text or Integer", &other)),
    }
}

const TIME_STRING: Command = Command {
    number: 180,
    name: "Time string",
    thread_safe: true,
    help: "A time as text: hours, minutes and seconds.",
    syntaxes: &[native!(time_string(seconds))],
};

fn time_string(time: OneOf<Time, i32>) -> Text {
    match time {
        OneOf::First(time) => time.to_text(),
        OneOf::Second(seconds) => Time::from_seconds(seconds).to_text(),
    }
}

const TIMESTAMP: Command = Command {
    number: 1445,
    name: "Timestamp",
    thread_safe: true,
    help: "The present moment in universal time, as 2024-01-31T23:59:59.999Z.",
    syntaxes: &[native!(timestamp(process))],
};

fn timestamp(process: &mut Process) -> String {
    process.runtime.host.now().to_utc().to_rfc3339_opts(SecondsFormat::Millis, true)
}

const YEAR_OF: Command = Command {
    number: 25,
    name: "Year of",
    thread_safe: true,
    help: "The year.",
    syntaxes: &[native!(year_of(date))],
};

fn year_of(date: Date) -> i32 {
    date.year()
}
