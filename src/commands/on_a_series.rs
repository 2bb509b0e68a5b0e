//! Theme On a Series: sums, means and extremes of arrays; fields need a data engine.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a command names the types that it takes; all others are one case"
)]

use crate::builtin::{Command, Theme};
use crate::native;
use crate::runtime::process::Process;
use crate::value::array::Array;
use crate::value::error::{Error, Result};
use crate::value::sort::{greatest, smallest};
use crate::value::text::Text;
use crate::value::{ArrayType, Type, Value};

/// The theme.
pub const THEME: Theme =
    Theme { name: "On a Series", commands: &[AVERAGE, MAX, MIN, STD_DEVIATION, SUM, SUM_SQUARES, VARIANCE] };

/// All elements of an array, of all rows when it has two dimensions.
fn all(array: &Array) -> Vec<Value> {
    let mut values = Vec::with_capacity(array.size());
    for index in 1..=array.size() {
        match array.get(index) {
            Some(Value::Array(row)) => values.extend(all(&row)),
            Some(value) => values.push(value),
            None => {}
        }
    }
    values
}

/// The values of a series: the elements, or what stands in them under a path. Other attributes than numbers are left
/// out.
fn values(process: &mut Process, command: &str, array: &Array, path: Option<&Text>) -> Result<Vec<Value>> {
    process.set_ok(true);
    let Some(path) = path else { return Ok(all(array)) };
    if array.type_() != Type::Array(ArrayType::Object) {
        return Err(Error::types(format!("`{command}` takes a path for an array of objects only")));
    }
    let path = path.to_str();
    let under_path = |value: Value| {
        path.split('.').try_fold(value, |value, name| {
            if let Value::Object(object) = value { object.get_str(name) } else { None }
        })
    };
    Ok(all(array)
        .into_iter()
        .filter_map(under_path)
        .filter(|value| matches!(value, Value::Integer(_) | Value::Real(_)))
        .collect())
}

/// The same as numbers.
fn numbers(process: &mut Process, command: &str, array: &Array, path: Option<&Text>) -> Result<Vec<f64>> {
    let values = values(process, command, array, path)?;
    let wrong = || Error::types(format!("parameter `series` of `{command}` is an array of numbers"));
    values.iter().map(|value| value.as_real().ok_or_else(wrong)).collect()
}

const AVERAGE: Command = Command {
    number: 2,
    name: "Average",
    thread_safe: true,
    help: "The mean of the elements of an array.",
    syntaxes: &[native!(average(process, series, attributePath))],
};

fn average(process: &mut Process, series: Array, path: Option<Text>) -> Result<f64> {
    Ok(mean(&numbers(process, "Average", &series, path.as_ref())?))
}

#[expect(clippy::cast_precision_loss, reason = "an array has less than 2^31 elements")]
fn mean(numbers: &[f64]) -> f64 {
    if numbers.is_empty() { 0.0 } else { numbers.iter().sum::<f64>() / numbers.len() as f64 }
}

const MAX: Command = Command {
    number: 3,
    name: "Max",
    thread_safe: true,
    help: "The greatest element of an array, 0 when there is none.",
    syntaxes: &[native!(max(process, series, attributePath))],
};

fn max(process: &mut Process, series: Array, path: Option<Text>) -> Result<Value> {
    let values = values(process, "Max", &series, path.as_ref())?;
    Ok(greatest(values.iter()).cloned().unwrap_or_else(|| nothing(&series)))
}

/// What the extremes of an empty array are.
fn nothing(series: &Array) -> Value {
    match series.type_() {
        Type::Array(type_ @ (ArrayType::Date | ArrayType::Time)) => type_.element().default_value(),
        _ => Value::Real(0.0),
    }
}

const MIN: Command = Command {
    number: 4,
    name: "Min",
    thread_safe: true,
    help: "The smallest element of an array, 0 when there is none.",
    syntaxes: &[native!(min(process, series, attributePath))],
};

fn min(process: &mut Process, series: Array, path: Option<Text>) -> Result<Value> {
    let values = values(process, "Min", &series, path.as_ref())?;
    Ok(smallest(values.iter()).cloned().unwrap_or_else(|| nothing(&series)))
}

const STD_DEVIATION: Command = Command {
    number: 26,
    name: "Std deviation",
    thread_safe: true,
    help: "The standard deviation of the elements of an array, taken as a sample.",
    syntaxes: &[native!(std_deviation(process, series))],
};

fn std_deviation(process: &mut Process, series: Array) -> Result<f64> {
    Ok(spread(&numbers(process, "Std deviation", &series, None)?).sqrt())
}

const SUM: Command = Command {
    number: 1,
    name: "Sum",
    thread_safe: true,
    help: "The sum of the elements of an array.",
    syntaxes: &[native!(sum(process, series, attributePath))],
};

fn sum(process: &mut Process, series: Array, path: Option<Text>) -> Result<f64> {
    Ok(numbers(process, "Sum", &series, path.as_ref())?.iter().sum())
}

const SUM_SQUARES: Command = Command {
    number: 28,
    name: "Sum squares",
    thread_safe: true,
    help: "The sum of the squares of the elements of an array.",
    syntaxes: &[native!(sum_squares(process, series))],
};

fn sum_squares(process: &mut Process, series: Array) -> Result<f64> {
    Ok(numbers(process, "Sum squares", &series, None)?.iter().map(|x| x * x).sum())
}

const VARIANCE: Command = Command {
    number: 27,
    name: "Variance",
    thread_safe: true,
    help: "The variance of the elements of an array, taken as a sample.",
    syntaxes: &[native!(variance(process, series))],
};

fn variance(process: &mut Process, series: Array) -> Result<f64> {
    Ok(spread(&numbers(process, "Variance", &series, None)?))
}

/// The sum of the squared distances from the mean, divided by one less than their number.
#[expect(clippy::cast_precision_loss, reason = "an array has less than 2^31 elements")]
fn spread(numbers: &[f64]) -> f64 {
    if numbers.len() < 2 {
        return 0.0;
    }
    let mean = mean(numbers);
    numbers.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (numbers.len() - 1) as f64
}
