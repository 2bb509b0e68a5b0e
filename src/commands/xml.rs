//! Theme XML: what the commands on trees (DOM) and on documents (SAX) have in common.

use crate::builtin::parameter::{OneOf, Rest, Var};
use crate::builtin::{Command, Theme};
use crate::commands::xml_dom::reference::{Trees, put, with_ok};
use crate::commands::xml_sax::SaxDocuments;
use crate::native;
use crate::runtime::documents::Documents;
use crate::runtime::process::Process;
use crate::value::Value;
use crate::value::error::{Error, Result};
use crate::value::text::Text;
use crate::value::time::Time;
use crate::value::xml::Options;

/// The theme.
pub const THEME: Theme = Theme { name: "XML", commands: &[DECODE, GET_ERROR, GET_OPTIONS, SET_OPTIONS] };

const DECODE: Command = Command {
    number: 1091,
    name: "XML DECODE",
    thread_safe: true,
    help: "Converts a text from XML to the type of a variable.",
    syntaxes: &[native!(decode(process, xmlValue, fourDVar))],
};

fn decode(process: &mut Process, text: Text, target: Var<Value>) {
    put(process, &target, &text.to_str());
}

const GET_ERROR: Command = Command {
    number: 732,
    name: "XML GET ERROR",
    thread_safe: true,
    help: "Tells what was wrong with the last XML document that could not be read, and where.",
    syntaxes: &[native!(get_error(process, elementRef, errorText, row, column))],
};

fn get_error(
    process: &mut Process,
    _reference: OneOf<Text, Time>,
    text: Var<Value>,
    row: Option<Var<Value>>,
    column: Option<Var<Value>>,
) {
    let problem = process.state::<Trees>().problem.clone();
    let (message, line, at) =
        problem.map_or((String::new(), 0, 0), |problem| (problem.message, problem.line, problem.column));
    put(process, &text, &message);
    for (target, number) in [(row, line), (column, at)] {
        if let Some(target) = target {
            target.set(Value::Integer(i32::try_from(number).unwrap_or(i32::MAX)));
        }
    }
    process.set_ok(true);
}

const SET_OPTIONS: Command = Command {
    number: 1090,
    name: "XML SET OPTIONS",
    thread_safe: true,
    help: "Sets how the values of an XML tree or document are written and read.",
    syntaxes: &[native!(set_options(process, ref, selector, value, selectors))],
};

fn set_options(
    process: &mut Process,
    reference: OneOf<Text, Time>,
    selector: i32,
    value: i32,
    more: Rest<(i32, i32)>,
) -> Result<()> {
    let outcome = std::iter::once((selector, value)).chain(more.0).try_for_each(|(selector, value)| {
        if selector == 7 {
            check(selector, value)?;
            process.state::<Trees>().external = value == 1;
            return Ok(());
        }
        let slot = option_of(process, &reference, selector)?;
        check(selector, value)?;
        *slot = value;
        Ok(())
    });
    with_ok(process, outcome)
}

const GET_OPTIONS: Command = Command {
    number: 1096,
    name: "XML GET OPTIONS",
    thread_safe: true,
    help: "Gives how the values of an XML tree or document are written and read.",
    syntaxes: &[native!(get_options(process, ref, selector, value, selectors))],
};

fn get_options(
    process: &mut Process,
    reference: OneOf<Text, Time>,
    selector: i32,
    value: Var<i32>,
    more: Rest<(i32, Var<i32>)>,
) -> Result<()> {
    let outcome = std::iter::once((selector, value)).chain(more.0).try_for_each(|(selector, target)| {
        let value = if selector == 7 {
            if process.state::<Trees>().external { 1 } else { 2 }
        } else {
            *option_of(process, &reference, selector)?
        };
        target.set(Value::Integer(value));
        Ok(())
    });
    with_ok(process, outcome)
}

/// Checks the value of an option.
fn check(selector: i32, value: i32) -> Result<()> {
    let (least, most) = match selector {
        2 | 3 => (1, 5),
        9 => (0, 2),
        10 => (0, 3),
        _ => (1, 2),
    };
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(Error::quatre(5758, format!("the option {selector} of XML has no value {value}")))
}

/// The place of an option of a tree or document.
fn option_of<'a>(
    process: &'a mut Process,
    reference: &OneOf<Text, Time>,
    selector: i32,
) -> Result<&'a mut i32> {
    let options: &mut Options = match reference {
        OneOf::First(text) => {
            let trees = process.state::<Trees>();
            let place = trees.place(text)?;
            &mut trees.tree_mut(place)?.options
        }
        OneOf::Second(document) => {
            process.state::<Documents>().get(*document)?;
            process.state::<SaxDocuments>().options(*document)
        }
    };
    Ok(match selector {
        1 => &mut options.strings,
        2 => &mut options.dates,
        3 => &mut options.times,
        4 => &mut options.indentation,
        5 => &mut options.binaries,
        6 => &mut options.pictures,
        8 => &mut options.case,
        9 => &mut options.mark,
        10 => &mut options.line_end,
        _ => {
            return Err(Error::quatre(5758, format!("XML has no option {selector}"))
                .help("use a constant such as `XML indentation`"));
        }
    })
}
