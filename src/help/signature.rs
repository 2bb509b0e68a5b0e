//! How a command or function is called, read off the Rust function behind it:
//! `Substring ( source : Text ; firstChar : Integer {; numChars : Integer} ) : Text`.

use crate::builtin::native::{Body, Native};
use crate::builtin::parameter::Shape;

/// The call of one form. The receiver of a class function is its first parameter and is not shown.
pub fn of(name: &str, form: &Native, has_receiver: bool) -> String {
    let skipped = usize::from(has_receiver && form.names.first() == Some(&"this"));
    let names = form.names.get(skipped..).unwrap_or_default();
    let list = match form.body {
        Body::Rust(callable) => {
            let shapes = callable.parameters();
            let shapes = shapes.get(skipped..).unwrap_or_default();
            list(names.iter().zip(shapes).map(|(name, shape)| (parameter(name, shape), shape.optional)))
        }
        Body::Special(_) => list(names.iter().map(|name| ((*name).to_owned(), false))),
    };
    let brackets = if list.is_empty() { String::new() } else { format!(" ( {list} )") };
    format!("{name}{brackets}{}", result(form))
}

/// The parameters of one form, as they stand in its call.
pub fn parameters(form: &Native, has_receiver: bool) -> Vec<String> {
    let skipped = usize::from(has_receiver && form.names.first() == Some(&"this"));
    let names = form.names.get(skipped..).unwrap_or_default();
    match form.body {
        Body::Rust(callable) => {
            let shapes = callable.parameters();
            let shapes = shapes.get(skipped..).unwrap_or_default();
            names.iter().zip(shapes).map(|(name, shape)| parameter(name, shape)).collect()
        }
        Body::Special(_) => names.iter().map(|name| (*name).to_owned()).collect(),
    }
}

/// ` : Text`, or nothing.
pub fn result(form: &Native) -> String {
    match form.body {
        Body::Rust(callable) if !callable.result_name().is_empty() => {
            format!(" : {}", callable.result_name())
        }
        Body::Rust(_) | Body::Special(_) => String::new(),
    }
}

fn parameter(name: &str, shape: &Shape) -> String {
    if shape.operator {
        return shape.name.to_owned();
    }
    // A name that Rust keeps for itself has a line behind it.
    let name = name.trim_end_matches('_');
    let dots = if shape.rest { "…" } else { "" };
    format!("{dots}{name} : {}", shape.name.replace(", ", " | "))
}

/// Parameters with what may be left out in braces.
fn list(parameters: impl Iterator<Item = (String, bool)>) -> String {
    let mut text = String::new();
    for (parameter, optional) in parameters {
        let separator = if text.is_empty() { "" } else { "; " };
        if optional {
            let blank = if text.is_empty() { "" } else { " " };
            text.push_str(&format!("{blank}{{{separator}{parameter}}}"));
        } else {
            let separator = if text.is_empty() { "" } else { " ; " };
            text.push_str(&format!("{separator}{parameter}"));
        }
    }
    text
}
