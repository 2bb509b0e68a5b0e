//! Display formats of times by number, as `String` and `Time string` take them: `HH MM SS`, `Min sec`, …

use crate::value::text::Text;
use crate::value::time::Time;

/// Added to a format: the null time gives the empty text.
const BLANK_IF_NULL: i32 = 100;

/// A time by the number of a format; an unknown one is `HH MM SS`.
pub fn format(time: Time, format: i32) -> Text {
    let (blank, format) =
        if format >= BLANK_IF_NULL { (true, format - BLANK_IF_NULL) } else { (false, format) };
    if blank && time.seconds() == 0 {
        return Text::EMPTY;
    }
    let (negative, hours, minutes, seconds) = time.parts();
    let sign = if negative { "-" } else { "" };
    let all_minutes = hours * 60 + minutes;
    Text::from(match format {
        2 => format!("{sign}{hours:02}:{minutes:02}"),
        3 => format!(
            "{sign}{} {} {}",
            counted(hours, "hour"),
            counted(minutes, "minute"),
            counted(seconds, "second")
        ),
        4 => format!("{sign}{} {}", counted(hours, "hour"), counted(minutes, "minute")),
        5 => format!("{sign}{}:{minutes:02} {}", twelve(hours), half(hours)),
        6 => format!("{sign}{all_minutes:02}:{seconds:02}"),
        7 => format!("{sign}{} {}", counted(all_minutes, "minute"), counted(seconds, "second")),
        8 => format!("0000-00-00T{sign}{hours:02}:{minutes:02}:{seconds:02}"),
        10 => format!("{sign}{}•{minutes:02}•{seconds:02} {}", twelve(hours), half(hours)),
        11 => format!("{sign}{}:{minutes:02}:{seconds:02} {}", twelve(hours), half(hours)),
        _ => format!("{sign}{hours:02}:{minutes:02}:{seconds:02}"),
    })
}

fn counted(count: u32, what: &str) -> String {
    format!("{count} {what}{}", if count < 2 { "" } else { "s" })
}

/// The hour as it stands on the face of a clock.
fn twelve(hours: u32) -> u32 {
    match hours % 12 {
        0 => 12,
        hour => hour,
    }
}

fn half(hours: u32) -> &'static str {
    if hours % 24 < 12 { "AM" } else { "PM" }
}
