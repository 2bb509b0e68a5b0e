//! Words of the command line as values of the types that a method declares.
//!
//! ```console
//! $ quatre run hello.4dm Ada two
//! error: argument 2 of hello.4dm is an Integer: `two` is not a number
//!   = usage: quatre run hello.4dm NAME:Text TIMES:Integer
//! ```

use crate::cli::args::Usage;
use crate::value::date::Date;
use crate::value::text::Text;
use crate::value::time::Time;
use crate::value::{Type, Value, json, number};

/// A parameter as the method declares it.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name without the `$`.
    pub name: String,
    /// Its type; Variant when there is none.
    pub type_: Type,
}

/// The values of the parameters. Words beyond the declared parameters stay texts.
pub fn convert(words: &[String], parameters: &[Parameter], script: &str) -> Result<Vec<Value>, Usage> {
    let value_of = |(index, word): (usize, &String)| {
        let type_ = parameters.get(index).map_or(Type::Variant, |parameter| parameter.type_);
        value(word, type_).map_err(|why| {
            let article = if type_.name().starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
            let message = format!("argument {} of {script} is {article} {}: {why}", index + 1, type_.name());
            Usage::new(message, usage(parameters, script))
        })
    };
    words.iter().enumerate().map(value_of).collect()
}

/// How a script with these parameters is called.
fn usage(parameters: &[Parameter], script: &str) -> String {
    let mut text = format!("usage: quatre run {script}");
    for parameter in parameters {
        text.push_str(&format!(" {}:{}", parameter.name.to_uppercase(), parameter.type_.name()));
    }
    text
}

/// A word as a value of this type, or why it is none.
fn value(word: &str, type_: Type) -> Result<Value, String> {
    let not = |what: &str| format!("`{word}` is not {what}");
    match type_ {
        Type::Variant | Type::Text => Ok(Value::Text(Text::from(word))),
        Type::Integer => {
            let number = finite(word).ok_or_else(|| not("a number"))?;
            let is_in_range = number.round().abs() <= f64::from(i32::MAX);
            is_in_range
                .then(|| Value::Integer(number::to_integer(number)))
                .ok_or_else(|| not("between -2147483647 and 2147483647"))
        }
        Type::Real => finite(word).map(Value::Real).ok_or_else(|| not("a number")),
        Type::Boolean => match word.to_ascii_lowercase().as_str() {
            "true" | "1" => Ok(Value::Boolean(true)),
            "false" | "0" => Ok(Value::Boolean(false)),
            _ => Err(not("true, false, 1 or 0")),
        },
        Type::Date => date(word).map(Value::Date).ok_or_else(|| not("a date like 2024-01-31")),
        Type::Time => time(word).map(Value::Time).ok_or_else(|| not("a time like 12:30:00")),
        Type::Object => match json::parse(word) {
            Ok(value @ Value::Object(_)) => Ok(value),
            Ok(_) => Err(not("an object in JSON")),
            Err(_) => Err(not("valid JSON")),
        },
        Type::Collection => match json::parse(word) {
            Ok(value @ Value::Collection(_)) => Ok(value),
            Ok(_) => Err(not("a collection in JSON")),
            Err(_) => Err(not("valid JSON")),
        },
        Type::Blob | Type::Picture | Type::Pointer | Type::Array(_) | Type::Rows(_) => {
            Err("no word of a command line can be one".into())
        }
    }
}

/// A number written with digits, a sign, a point and an exponent; none of the words that Rust reads too.
fn finite(word: &str) -> Option<f64> {
    let is_plain = word.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    word.parse().ok().filter(|number: &f64| is_plain && number.is_finite())
}

/// `YYYY-MM-DD`, and a day that exists.
fn date(word: &str) -> Option<Date> {
    Date::parse_iso(word).filter(|date| word.len() == 10 && (!date.is_null() || word == "0000-00-00"))
}

/// `HH:MM:SS`
fn time(word: &str) -> Option<Time> {
    let parts: Vec<&str> = word.split(':').collect();
    let [hours, minutes, seconds] = parts.as_slice() else { return None };
    let number =
        |part: &&str| part.parse::<i32>().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()));
    let (hours, minutes, seconds) = (number(hours)?, number(minutes)?, number(seconds)?);
    // 4D's times are durations too: only the hours have no bound of the clock.
    let is_time = hours < 100_000 && minutes < 60 && seconds < 60;
    is_time.then(|| Time::from_hms(hours, minutes, seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(words: &[&str], types: &[Type]) -> Result<usize, String> {
        let parameters: Vec<Parameter> =
            types.iter().map(|type_| Parameter { name: "x".into(), type_: *type_ }).collect();
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        convert(&words, &parameters, "m.4dm").map(|values| values.len()).map_err(|usage| usage.message)
    }

    #[test]
    fn words_become_values_of_the_declared_types() {
        let types = [Type::Text, Type::Integer, Type::Real, Type::Boolean, Type::Date, Type::Time];
        assert_eq!(message(&["a", "2", "1e3", "True", "2024-01-31", "12:30:00", "more"], &types), Ok(7));
        assert_eq!(message(&[], &types), Ok(0));
    }

    #[test]
    fn what_does_not_fit_is_said_in_words() {
        let says = |word: &str, type_: Type| message(&[word], &[type_]).expect_err("does not fit");
        assert_eq!(says("two", Type::Integer), "argument 1 of m.4dm is an Integer: `two` is not a number");
        assert_eq!(says("inf", Type::Real), "argument 1 of m.4dm is a Real: `inf` is not a number");
        assert_eq!(
            says("yes", Type::Boolean),
            "argument 1 of m.4dm is a Boolean: `yes` is not true, false, 1 or 0"
        );
        for word in ["2024-13-01", "2024-02-30", "24-1-1", "2024-01-31T10:00:00"] {
            assert!(says(word, Type::Date).ends_with("is not a date like 2024-01-31"));
        }
        assert!(says("25:61:00", Type::Time).ends_with("is not a time like 12:30:00"));
        assert!(says("x", Type::Pointer).ends_with("no word of a command line can be one"));
    }
}
