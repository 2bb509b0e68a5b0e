//! The formats of texts that a JSON schema may ask for. One that is not known asks for nothing.

use std::net::{Ipv4Addr, Ipv6Addr};

use chrono::{DateTime, NaiveDate, NaiveTime};

use crate::value::pattern::{Anchor, Pattern};

/// Whether a text is of a format.
pub(super) fn is_valid(format: &str, text: &str) -> bool {
    match format {
        "date" => text.len() == 10 && NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok(),
        "date-time" => DateTime::parse_from_rfc3339(text).is_ok(),
        "time" => is_time(text),
        "email" | "idn-email" => is_email(text),
        "hostname" => is_host_name(text),
        "ipv4" => text.parse::<Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<Ipv6Addr>().is_ok(),
        "uri" => is_uri(text),
        "uuid" => text.len() == 36 && uuid::Uuid::try_parse(text).is_ok(),
        "regex" => Pattern::new(text, Anchor::Anywhere, false).is_ok(),
        "json-pointer" => text.is_empty() || text.starts_with('/'),
        _ => true,
    }
}

/// `12:30:00Z`, `12:30:00.5+01:00`
fn is_time(text: &str) -> bool {
    DateTime::parse_from_rfc3339(&format!("2000-01-01T{text}")).is_ok()
        || NaiveTime::parse_from_str(text, "%H:%M:%S").is_ok()
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    !name.is_empty() && !name.contains(char::is_whitespace) && (is_host_name(host) || host.starts_with('['))
}

fn is_host_name(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(label)
}

/// A scheme, a colon and something without blanks.
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(letters)
        && !rest.contains(|c: char| {
            c.is_whitespace() || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
        })
}
