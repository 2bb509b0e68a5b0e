//! What a case says of itself: `// test: error -10518`, one a line, in the comments at its top.

use std::time::Duration;

use chrono::{DateTime, FixedOffset};

use crate::diagnostics::suggest::nearest;

/// The directives of a case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Directives {
    /// `exit N`
    pub exit: Option<i32>,
    /// `error CODE`
    pub error: Option<String>,
    /// `match patterns`
    pub patterns: bool,
    /// `skip REASON`, or the `only` or `needs` that does not hold here
    pub skip: Option<String>,
    /// `xfail REASON`
    pub must_fail: Option<String>,
    /// `timeout 2s`
    pub timeout: Option<Duration>,
    /// `tags a, b`
    pub tags: Vec<String>,
    /// `clock ISO`
    pub clock: Option<DateTime<FixedOffset>>,
    /// `seed N`
    pub seed: Option<u64>,
    /// `session N`
    pub session: Option<String>,
}

/// The words that begin a directive.
const WORDS: &[&str] = &[
    "exit",
    "error",
    "match",
    "skip",
    "only",
    "needs",
    "xfail",
    "timeout",
    "tags",
    "clock",
    "seed",
    "session",
    "reproducible",
];

/// Reads the comments at the top of a case.
///
/// # Errors
/// A directive that there is not, or that makes no sense: the line and what is wrong.
pub fn read(source: &str) -> Result<Directives, (usize, String)> {
    let mut directives = Directives::default();
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    for (index, line) in source.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let Some(comment) = line.strip_prefix("//") else { break };
        let Some(text) = comment.trim_start().strip_prefix("test:") else { continue };
        directives.take(text.trim()).map_err(|why| (index + 1, why))?;
    }
    Ok(directives)
}

impl Directives {
    fn take(&mut self, text: &str) -> Result<(), String> {
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let rest = rest.trim();
        let bad = || format!("`{rest}` is nothing that `{word}` can have");
        let reason = || if rest.is_empty() { word.to_owned() } else { rest.to_owned() };
        match word {
            "exit" => self.exit = Some(rest.parse().map_err(|_| bad())?),
            "error" if !rest.is_empty() => self.error = Some(rest.trim_matches(['[', ']']).to_owned()),
            "match" if rest == "patterns" => self.patterns = true,
            "skip" => self.skip = Some(reason()),
            "only" => {
                if rest != system() {
                    self.skip = Some(format!("only {rest}"));
                }
            }
            "needs" => self.skip = Some(format!("needs: {rest}")),
            "xfail" => self.must_fail = Some(reason()),
            "timeout" => self.timeout = Some(duration(rest).ok_or_else(bad)?),
            "tags" => self.tags = rest.split(',').map(|tag| tag.trim().to_owned()).collect(),
            "clock" => self.clock = Some(DateTime::parse_from_rfc3339(rest).map_err(|_| bad())?),
            "seed" => self.seed = Some(rest.parse().map_err(|_| bad())?),
            "session" if !rest.is_empty() => self.session = Some(rest.to_owned()),
            // The session is the same in every run anyhow.
            "reproducible" => {}
            _ if WORDS.contains(&word) => return Err(bad()),
            _ => {
                let near = nearest(word, WORDS.iter().copied());
                let guess = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
                return Err(format!("no directive `{word}`{guess}"));
            }
        }
        Ok(())
    }
}

/// The system as directives name it.
fn system() -> &'static str {
    if cfg!(target_os = "macos") {
        "mac"
    } else if cfg!(windows) {
        "windows"
    } else {
        "linux"
    }
}

/// `5s`, `250ms`, `2m`; a number alone is seconds.
pub fn duration(text: &str) -> Option<Duration> {
    let units = [("ms", 0.001), ("s", 1.0), ("m", 60.0), ("h", 3600.0), ("", 1.0)];
    let seconds = units.iter().find_map(|(unit, factor)| {
        let number: f64 = text.trim().strip_suffix(unit)?.trim().parse().ok()?;
        Some(number * factor)
    })?;
    Duration::try_from_secs_f64(seconds).ok().filter(|time| !time.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_stand_at_the_top() {
        let text = "// about\n// test: error -10518\n//test: timeout 250ms\n// test: tags slow, db\nALERT(\"\")\n// test: no\n";
        let read = read(text).expect("fine");
        assert_eq!(read.error.as_deref(), Some("-10518"));
        assert_eq!(read.timeout, Some(Duration::from_millis(250)));
        assert_eq!(read.tags, ["slow", "db"]);
    }

    #[test]
    fn unknown_ones_are_errors() {
        assert_eq!(
            read("// a\n// test: timout 2s"),
            Err((2, "no directive `timout`; did you mean `timeout`?".into()))
        );
        assert!(read("// test: exit soon").is_err());
    }
}
