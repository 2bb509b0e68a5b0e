//! The arguments as typed: which options were given, with which values, and what else stands there.
//!
//! What they mean is the business of the subcommands; nothing here touches the disk. Options come from tables
//! ([`Opt`]), so help, suggestions and parsing cannot disagree. Long options take their value as `--name value` or
//! `--name=value`; `--` ends the options; a number with a minus sign is a value.

use std::ffi::{OsStr, OsString};

use crate::diagnostics::suggest::nearest;

/// What stands after an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Nothing,
    /// A value, called so in the help.
    Value(&'static str),
    /// A value after `=`, or nothing.
    Perhaps(&'static str),
}

/// One option.
#[derive(Debug)]
pub struct Opt {
    /// Its name without the dashes.
    pub name: &'static str,
    /// Its letter, when it has one.
    pub short: Option<char>,
    /// What stands after it.
    pub takes: Takes,
    /// What it does, in one line.
    pub help: &'static str,
    /// Whether the short help shows it.
    pub is_daily: bool,
    /// Whether it works in this version; otherwise using it is an error that says so.
    pub is_built: bool,
}

impl Opt {
    /// An option without a value.
    pub const fn flag(name: &'static str, help: &'static str) -> Self {
        Self { name, short: None, takes: Takes::Nothing, help, is_daily: false, is_built: true }
    }

    /// An option with a value.
    pub const fn value(name: &'static str, value: &'static str, help: &'static str) -> Self {
        Self { name, short: None, takes: Takes::Value(value), help, is_daily: false, is_built: true }
    }

    /// An option that may have a value after `=`.
    pub const fn perhaps(name: &'static str, value: &'static str, help: &'static str) -> Self {
        Self { name, short: None, takes: Takes::Perhaps(value), help, is_daily: false, is_built: true }
    }

    /// The same, with a letter.
    pub const fn letter(self, short: char) -> Self {
        Self { short: Some(short), ..self }
    }

    /// The same, shown in the short help.
    pub const fn daily(self) -> Self {
        Self { is_daily: true, ..self }
    }

    /// The same, part of the plan but not of this version.
    pub const fn later(self) -> Self {
        Self { is_built: false, ..self }
    }
}

/// Options that belong together.
#[derive(Debug)]
pub struct Group {
    /// The heading in the help.
    pub title: &'static str,
    /// The options, in the order of the help.
    pub options: &'static [Opt],
}

/// The command line cannot be understood: exit code 2, two lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl Usage {
    /// A message with the way out.
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into() }
    }
}

/// What was typed after the name of the command.
#[derive(Debug, Default)]
pub struct Arguments {
    given: Vec<(&'static Opt, Option<OsString>)>,
    groups: Vec<&'static Group>,
    /// What is no option, in order.
    pub values: Vec<OsString>,
}

impl Arguments {
    /// Parses `words` by the tables of `groups`; `command` is named in messages: `quatre run`.
    pub fn parse(
        words: impl IntoIterator<Item = OsString>,
        groups: &[&'static Group],
        command: &str,
    ) -> Result<Self, Usage> {
        let mut arguments = Self { groups: groups.to_vec(), ..Self::default() };
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            let text = word.to_string_lossy();
            if text == "--" {
                arguments.values.extend(words.by_ref());
            } else if let Some(long) = text.strip_prefix("--") {
                let (name, value) = match long.split_once('=') {
                    Some((name, value)) => (name, Some(OsString::from(value))),
                    None => (long, None),
                };
                let option = find(groups, |option| option.name == name);
                let option = option.ok_or_else(|| unknown(name, groups, command))?;
                arguments.take(option, value, &mut words, command)?;
            } else if is_short(&text) {
                arguments.take_letters(&text, groups, &mut words, command)?;
            } else {
                drop(text);
                arguments.values.push(word);
            }
        }
        Ok(arguments)
    }

    /// The letters of `-qv`; the last one may take a value.
    fn take_letters(
        &mut self,
        text: &str,
        groups: &[&'static Group],
        words: &mut impl Iterator<Item = OsString>,
        command: &str,
    ) -> Result<(), Usage> {
        let letters = text.chars().skip(1);
        let count = letters.clone().count();
        for (index, letter) in letters.enumerate() {
            let option = find(groups, |option| option.short == Some(letter));
            let Some(option) = option else {
                return Err(Usage::new(format!("no option `-{letter}`"), all_options(command)));
            };
            if matches!(option.takes, Takes::Value(_)) && index + 1 < count {
                let message = format!("`-{letter}` takes a value, so it is the last letter of `{text}`");
                return Err(Usage::new(message, all_options(command)));
            }
            self.take(option, None, words, command)?;
        }
        Ok(())
    }

    fn take(
        &mut self,
        option: &'static Opt,
        value: Option<OsString>,
        words: &mut impl Iterator<Item = OsString>,
        command: &str,
    ) -> Result<(), Usage> {
        let name = option.name;
        if !option.is_built {
            let message = format!("the option `--{name}` is not built yet (Q9102)");
            return Err(Usage::new(message, all_options(command)));
        }
        let value = match option.takes {
            Takes::Nothing if value.is_some() => {
                return Err(Usage::new(
                    format!("the option `--{name}` takes no value"),
                    all_options(command),
                ));
            }
            Takes::Value(what) if value.is_none() => {
                let next = words.next().ok_or_else(|| {
                    Usage::new(
                        format!("the option `--{name}` wants a value"),
                        format!("write it as --{name} {what}"),
                    )
                })?;
                Some(next)
            }
            Takes::Nothing | Takes::Value(_) | Takes::Perhaps(_) => value,
        };
        self.given.push((option, value));
        Ok(())
    }

    /// Gives an option a value as if it had been typed first of all; an option that the command does not take is none.
    pub fn give(&mut self, name: &str, value: Option<OsString>) {
        if let Some(option) = find(&self.groups, |option| option.name == name) {
            self.given.insert(0, (option, value));
        }
    }

    /// Whether an option was given.
    pub fn has(&self, name: &str) -> bool {
        self.given.iter().any(|(option, _)| option.name == name)
    }

    /// The value of an option; of the last one, when it was given more than once.
    pub fn value(&self, name: &str) -> Option<&OsStr> {
        let given = self.given.iter().rev().find(|(option, _)| option.name == name);
        given.and_then(|(_, value)| value.as_deref())
    }

    /// The value of an option as text; bytes that are no text are replaced.
    pub fn text(&self, name: &str) -> Option<String> {
        self.value(name).map(|value| value.to_string_lossy().into_owned())
    }

    /// The values of an option that may be given many times, each possibly a list with commas.
    pub fn list(&self, name: &str) -> Vec<String> {
        let given = self.given.iter().filter(|(option, _)| option.name == name);
        let texts =
            given.filter_map(|(_, value)| value.as_ref().map(|value| value.to_string_lossy().into_owned()));
        texts.flat_map(|text| text.split(',').map(str::to_owned).collect::<Vec<_>>()).collect()
    }

    /// The names of the options given, in order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.given.iter().map(|(option, _)| option.name)
    }
}

/// The option for which `wanted` holds.
pub fn find(groups: &[&'static Group], wanted: impl Fn(&Opt) -> bool) -> Option<&'static Opt> {
    groups.iter().flat_map(|group| group.options).find(|option| wanted(option))
}

/// Whether a word is `-q`, and neither `-` alone nor a number below zero.
fn is_short(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next() == Some('-') && letters.next().is_some_and(|c| !c.is_ascii_digit() && c != '.')
}

fn unknown(name: &str, groups: &[&'static Group], command: &str) -> Usage {
    let names = || groups.iter().flat_map(|group| group.options).map(|option| option.name);
    let guess = nearest(name, names()).or_else(|| longest_beginning(name, names()));
    let message = match guess {
        Some(near) => format!("no option `--{name}`; did you mean `--{near}`?"),
        None => format!("no option `--{name}`"),
    };
    Usage::new(message, all_options(command))
}

/// People remember how an option begins: the name that shares the longest beginning, half of itself at least.
fn longest_beginning<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let shared = |other: &str| name.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let near = names.filter(|other| shared(other) >= 4 && 2 * shared(other) >= other.len());
    near.max_by_key(|other| (shared(other), other.len()))
}

fn all_options(command: &str) -> String {
    format!("all options: {command} --help")
}

#[cfg(test)]
mod tests {
    use super::*;

    static GROUPS: &[&Group] = &[&Group {
        title: "Options",
        options: &[
            Opt::flag("quiet", "").letter('q'),
            Opt::value("color", "WHEN", ""),
            Opt::value("sessions", "FILE", ""),
            Opt::value("session", "N", ""),
            Opt::perhaps("allow-read", "PATH", ""),
            Opt::flag("sandbox", "").later(),
        ],
    }];

    fn parse(words: &[&str]) -> Result<Arguments, Usage> {
        Arguments::parse(words.iter().map(OsString::from), GROUPS, "quatre run")
    }

    #[test]
    fn values_stand_behind_a_blank_or_an_equals_sign() {
        let arguments =
            parse(&["a.4dm", "--color", "never", "-q", "--session=3", "-5", "--", "--color"]).expect("valid");
        assert_eq!(arguments.text("color").as_deref(), Some("never"));
        assert_eq!(arguments.text("session").as_deref(), Some("3"));
        assert!(arguments.has("quiet"));
        assert_eq!(arguments.values, ["a.4dm", "-5", "--color"]);
    }

    #[test]
    fn the_last_one_wins_and_lists_add_up() {
        let arguments =
            parse(&["--color=a", "--color=b", "--allow-read=/x,/y", "--allow-read"]).expect("valid");
        assert_eq!(arguments.text("color").as_deref(), Some("b"));
        assert_eq!(arguments.list("allow-read"), ["/x", "/y"]);
    }

    #[test]
    fn mistakes_are_met_with_advice() {
        let message = |words: &[&str]| parse(words).expect_err("wrong").message;
        assert_eq!(
            message(&["--session-file", "x"]),
            "no option `--session-file`; did you mean `--sessions`?"
        );
        assert_eq!(message(&["--colour", "x"]), "no option `--colour`; did you mean `--color`?");
        assert_eq!(message(&["--banana"]), "no option `--banana`");
        assert_eq!(message(&["-x"]), "no option `-x`");
        assert_eq!(message(&["--color"]), "the option `--color` wants a value");
        assert_eq!(message(&["--quiet=yes"]), "the option `--quiet` takes no value");
        assert_eq!(message(&["--sandbox"]), "the option `--sandbox` is not built yet (Q9102)");
    }
}
