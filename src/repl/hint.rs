//! The signature of the call in which the cursor stands, with the parameter that is being written.

use std::ops::Range;

use crate::builtin::catalog::Entry;
use crate::builtin::native::Native;
use crate::engine::catalog;
use crate::help::signature;
use crate::repl::before::{is_name, last_expression, last_name, last_words, phrases, place, receiver};
use crate::repl::knowledge::{Knowledge, Receiver};
use crate::syntax::Known;
use crate::value::Value;
use crate::value::function::ClassRef;

/// A signature and the bytes of the parameter that is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// `Substring ( source : Text ; …`
    pub text: String,
    /// The parameter.
    pub current: Option<Range<usize>>,
}

/// The signature of the innermost call that is open at the end of `text`.
pub fn hint(text: &str, knowledge: &dyn Knowledge) -> Option<Signature> {
    if text.starts_with('.') {
        return None;
    }
    let (_, open) = place(text);
    // An object or a collection that is an argument belongs to its call.
    let call = open.iter().rev().find(|bracket| bracket.sign == '(')?;
    let callee = text.get(..call.at)?;
    let name = last_name(callee);
    let before = callee.get(..callee.len() - name.len())?;
    if let Some(object) = before.strip_suffix('.') {
        let receiver = receiver(last_expression(object), knowledge)?;
        return of_function(&receiver, name, call.separators);
    }
    if !callee.ends_with(is_name) {
        return None;
    }
    for phrase in phrases(last_words(callee)) {
        match knowledge.find(phrase) {
            Some(Known::Command(number)) => {
                let Some(Entry::Available(command)) = catalog().command(number) else { return None };
                return of_forms(command.name, command.syntaxes, false, call.separators);
            }
            Some(Known::Method) => {
                let (parameters, result) = knowledge.signature(phrase)?;
                if parameters.is_empty() {
                    return None;
                }
                let text = format!("{phrase} ( {} ){result}", parameters.join(" ; "));
                return Some(with_current(text, &parameters, call.separators));
            }
            Some(Known::Constant(_)) | None => {}
        }
    }
    None
}

fn of_function(receiver: &Receiver, name: &str, place: usize) -> Option<Signature> {
    let class = match receiver {
        Receiver::BuiltIn(class) => class,
        Receiver::BuiltInClass(class) if name == "new" => {
            let form = catalog().class(class)?.constructor.as_ref()?;
            return of_forms("new", std::slice::from_ref(form), true, place);
        }
        Receiver::Value(Value::Collection(_)) => "Collection",
        Receiver::Value(Value::Object(object)) => match object.class()? {
            ClassRef::BuiltIn(class) => class,
            ClassRef::User(_) => return None,
        },
        Receiver::Value(_)
        | Receiver::User(_)
        | Receiver::UserClass(_)
        | Receiver::BuiltInClass(_)
        | Receiver::Classes
        | Receiver::BuiltInClasses => return None,
    };
    let function = catalog().class_function(class, name)?;
    of_forms(function.name, function.syntaxes, true, place)
}

/// The first form that has the parameter, else the longest.
fn of_forms(name: &str, forms: &[Native], has_receiver: bool, place: usize) -> Option<Signature> {
    let lists: Vec<Vec<String>> =
        forms.iter().map(|form| signature::parameters(form, has_receiver)).collect();
    let fitting = lists.iter().position(|list| list.len() > place);
    let longest = || lists.iter().enumerate().max_by_key(|(_, list)| list.len()).map(|(index, _)| index);
    let index = fitting.or_else(longest)?;
    let (form, list) = (forms.get(index)?, lists.get(index)?);
    if list.is_empty() {
        return None;
    }
    Some(with_current(signature::of(name, form, has_receiver), list, place))
}

/// Finds the parameter in the text of its signature; parameters that repeat are the last one.
fn with_current(text: String, parameters: &[String], place: usize) -> Signature {
    let repeats = parameters.last().is_some_and(|last| last.starts_with('…'));
    let place = if repeats { place.min(parameters.len() - 1) } else { place };
    let mut from = text.find('(').unwrap_or(0);
    let mut current = None;
    for (index, parameter) in parameters.iter().enumerate() {
        let Some(at) = text.get(from..).and_then(|rest| rest.find(parameter.as_str())) else { break };
        let range = from + at..from + at + parameter.len();
        from = range.end;
        if index == place {
            current = Some(range);
            break;
        }
    }
    Signature { text, current }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repl::knowledge::LanguageOnly;

    fn current(text: &str) -> Option<String> {
        let signature = hint(text, &LanguageOnly)?;
        Some(signature.text[signature.current?].to_owned())
    }

    #[test]
    fn the_current_parameter_is_found() {
        assert_eq!(current("Substring(").as_deref(), Some("source : Text"));
        assert_eq!(current("$t:=Substring($x; ").as_deref(), Some("firstChar : Integer"));
        assert_eq!(current("Substring(Uppercase(").as_deref(), Some("aString : Text"));
        assert_eq!(current("Substring(Uppercase(\"a\"); 1; ").as_deref(), Some("numChars : Integer"));
        assert_eq!(current("Substring($x)"), None);
        assert_eq!(current("$x:=(1+"), None);
    }

    #[test]
    fn functions_have_signatures_too() {
        let signature = hint("New collection(1).indexOf(", &LanguageOnly).expect("a signature");
        assert!(signature.text.starts_with("indexOf ("), "{}", signature.text);
    }
}
