//! Theme Styled Text: texts with `<SPAN>` tags, as rich text in variables; what is shown in forms needs an interface.
//!
//! A styled text is read into characters that each know their style, so that a place in the plain text is a place in
//! the list. A link or a reference to an expression is one element, as it is one character to the user.

use std::rc::Rc;

use crate::builtin::parameter::{Star, Var};
use crate::builtin::{Command, Theme};
use crate::native;
use crate::runtime::process::Process;
use crate::value::Value;
use crate::value::error::{Error, Result};
use crate::value::text::Text;

/// The theme.
pub const THEME: Theme =
    Theme { name: "Styled Text", commands: &[GET_PLAIN_TEXT, GET_TEXT, SET_PLAIN_TEXT, SET_TEXT] };

/// An element of a styled text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Element {
    /// A character and its style, empty when it has none.
    Character(char, Rc<str>),
    /// A link or a reference, as it is written.
    Reference(String),
}

/// Reads a styled text; none when its tags do not fit together.
fn parse(source: &str) -> Option<Vec<Element>> {
    let mut elements = Vec::new();
    let mut styles: Vec<Rc<str>> = vec![Rc::from("")];
    let mut rest = source;
    while !rest.is_empty() {
        let style = styles.last().cloned()?;
        if let Some(inner) = rest.strip_prefix('<') {
            let (tag, after) = inner.split_once('>')?;
            let name = tag.split([' ', '/', '\t']).find(|part| !part.is_empty())?.to_ascii_lowercase();
            match (name.as_str(), tag.starts_with('/')) {
                ("br", false) => elements.push(Element::Character('\r', style)),
                ("span", true) => {
                    styles.pop();
                }
                ("span", false) if tag.contains("-d4-ref") => {
                    let length = closing(after, "</span>")?;
                    let whole = rest.len() - after.len() + length;
                    elements.push(Element::Reference(rest.get(..whole)?.to_owned()));
                    rest = rest.get(whole..)?;
                    continue;
                }
                ("span", false) => styles.push(joined(&style, attribute(tag))),
                ("a", false) => {
                    let length = closing(after, "</a>")?;
                    let whole = rest.len() - after.len() + length;
                    elements.push(Element::Reference(rest.get(..whole)?.to_owned()));
                    rest = rest.get(whole..)?;
                    continue;
                }
                _unknown => return None,
            }
            rest = after;
        } else {
            let (c, after) = character(rest)?;
            elements.push(Element::Character(c, style));
            rest = after;
        }
    }
    (styles.len() == 1).then_some(elements)
}

/// Where an element ends: behind its closing tag.
fn closing(text: &str, tag: &str) -> Option<usize> {
    text.to_ascii_lowercase().find(tag).map(|place| place + tag.len())
}

/// The value of the attribute `style`.
fn attribute(tag: &str) -> &str {
    let lower = tag.to_ascii_lowercase();
    let value = lower.find("style").and_then(|place| tag.get(place + 5..));
    let value =
        value.map(|value| value.trim_start().trim_start_matches('=').trim_start()).unwrap_or_default();
    let mut characters = value.chars();
    match characters.next() {
        Some(quote @ ('"' | '\'')) => characters.as_str().split(quote).next().unwrap_or_default(),
        _none => "",
    }
}

fn joined(outer: &Rc<str>, inner: &str) -> Rc<str> {
    match (outer.is_empty(), inner.is_empty()) {
        (_, true) => Rc::clone(outer),
        (true, false) => Rc::from(inner),
        (false, false) => Rc::from(format!("{};{inner}", outer.trim_end_matches(';'))),
    }
}

/// The first character, with entities resolved; none when `&` begins no entity.
fn character(text: &str) -> Option<(char, &str)> {
    let Some(inner) = text.strip_prefix('&') else {
        let mut characters = text.chars();
        return characters.next().map(|c| (c, characters.as_str()));
    };
    let (name, after) = inner.split_once(';')?;
    let c = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        number => {
            let digits = number.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((c, after))
}

/// The text with its tags.
fn print(elements: &[Element]) -> String {
    let mut out = String::new();
    let mut open: Rc<str> = Rc::from("");
    for element in elements {
        let style = if let Element::Character(_, style) = element { Rc::clone(style) } else { Rc::from("") };
        if style != open {
            if !open.is_empty() {
                out.push_str("</SPAN>");
            }
            if !style.is_empty() {
                out.push_str(&format!("<SPAN STYLE=\"{style}\">"));
            }
            open = style;
        }
        match element {
            Element::Reference(source) => out.push_str(source),
            Element::Character('<', _) => out.push_str("&lt;"),
            Element::Character('>', _) => out.push_str("&gt;"),
            Element::Character('&', _) => out.push_str("&amp;"),
            Element::Character('\r' | '\n', _) => out.push_str("<BR/>"),
            Element::Character(c, _) => out.push(*c),
        }
    }
    if !open.is_empty() {
        out.push_str("</SPAN>");
    }
    out
}

/// The elements of a text that stands in a variable; one with broken tags is taken as plain text.
fn read(text: &str) -> Vec<Element> {
    parse(text).unwrap_or_else(|| plain(text))
}

fn plain(text: &str) -> Vec<Element> {
    text.chars().map(|c| Element::Character(c, Rc::from(""))).collect()
}

/// The elements before, in and behind a selection; none when it begins behind its end.
fn selection(
    elements: &[Element],
    start: Option<i32>,
    end: Option<i32>,
) -> Option<(&[Element], &[Element], &[Element])> {
    // What is selected on the screen is all of a variable: -1000 and -1001.
    let length = elements.len();
    let first = match start {
        None | Some(-1000) => 1,
        Some(start) => usize::try_from(start).unwrap_or(1).clamp(1, length.saturating_add(1)),
    };
    let last = match (start, end) {
        (_, Some(0 | -1001)) | (None | Some(-1000), None) => length.saturating_add(1),
        (Some(_), None) => first,
        (_, Some(end)) => usize::try_from(end).unwrap_or(0).min(length.saturating_add(1)),
    };
    let (before, rest) = elements.split_at_checked(first.checked_sub(1)?)?;
    let (inside, behind) = rest.split_at_checked(last.checked_sub(first)?)?;
    Some((before, inside, behind))
}

#[cold]
fn no_forms() -> Error {
    Error::quatre(9002, "an object of a form needs a window, a form or a printer")
        .help("pass a variable, without the `*`")
}

const GET_PLAIN_TEXT: Command = Command {
    number: 1092,
    name: "ST Get plain text",
    thread_safe: false,
    help: "A styled text without its tags.",
    syntaxes: &[
        native!(get_plain_text(process, object, refMode)),
        native!(get_plain_text_of_object(star, object, refMode)),
    ],
};

fn get_plain_text(process: &mut Process, text: Text, mode: Option<i32>) -> Result<String> {
    let source = text.to_str();
    let elements = parse(&source);
    process.set_ok(elements.is_some());
    let Some(elements) = elements else { return Ok(source.into_owned()) };
    let mut out = String::new();
    for element in elements {
        match element {
            Element::Character(c, _) => out.push(c),
            Element::Reference(_) if mode.unwrap_or(0) == 0 => out.push('\u{A0}'),
            Element::Reference(_) => {
                return Err(Error::quatre(9001, "references in styled texts are known as spaces only")
                    .help("pass `ST References as spaces`"));
            }
        }
    }
    Ok(out)
}

fn get_plain_text_of_object(_star: Star, _object: Text, _mode: Option<i32>) -> Result<String> {
    Err(no_forms())
}

const GET_TEXT: Command = Command {
    number: 1116,
    name: "ST Get text",
    thread_safe: false,
    help: "A styled text, or a part of it, with its tags.",
    syntaxes: &[
        native!(get_text(process, object, startSel, endSel)),
        native!(get_text_of_object(star, object, startSel, endSel)),
    ],
};

fn get_text(process: &mut Process, text: Text, start: Option<i32>, end: Option<i32>) -> Text {
    if start.is_none() {
        process.set_ok(true);
        return text;
    }
    let elements = read(&text.to_str());
    let part = selection(&elements, start, end).map(|(_, part, _)| part).filter(|part| !part.is_empty());
    process.set_ok(part.is_some());
    Text::from(part.map(print).unwrap_or_default())
}

fn get_text_of_object(_star: Star, _object: Text, _start: Option<i32>, _end: Option<i32>) -> Result<Text> {
    Err(no_forms())
}

const SET_TEXT: Command = Command {
    number: 1115,
    name: "ST SET TEXT",
    thread_safe: false,
    help: "Puts a styled text in the place of a styled text, or of a part of it.",
    syntaxes: &[
        native!(set_text(process, object, newText, startSel, endSel)),
        native!(set_text_of_object(star, object, newText, startSel, endSel)),
    ],
};

fn set_text(
    process: &mut Process,
    target: Var<Text>,
    text: Text,
    start: Option<i32>,
    end: Option<i32>,
) -> Result<()> {
    let new = parse(&text.to_str());
    write(process, &target, new, start, end)
}

/// Replaces the selection; OK tells whether it could be.
fn write(
    process: &mut Process,
    target: &Var<Text>,
    new: Option<Vec<Element>>,
    start: Option<i32>,
    end: Option<i32>,
) -> Result<()> {
    let old = read(&target.get()?.to_str());
    let written = new.and_then(|mut new| {
        let (before, replaced, behind) = selection(&old, start, end)?;
        // Unstyled text takes the style of what it replaces, or of what it follows.
        if let Some(Element::Character(_, style)) = replaced.first().or(before.last()) {
            for element in &mut new {
                if let Element::Character(_, own) = element
                    && own.is_empty()
                {
                    *own = Rc::clone(style);
                }
            }
        }
        Some(print(&[before, &new, behind].concat()))
    });
    process.set_ok(written.is_some());
    if let Some(text) = written {
        target.set(Value::Text(Text::from(text)));
    }
    Ok(())
}

fn set_text_of_object(
    _star: Star,
    _object: Text,
    _text: Text,
    _start: Option<i32>,
    _end: Option<i32>,
) -> Result<()> {
    Err(no_forms())
}

const SET_PLAIN_TEXT: Command = Command {
    number: 1136,
    name: "ST SET PLAIN TEXT",
    thread_safe: false,
    help: "Puts a plain text, whatever its characters, in the place of a styled text or of a part of it.",
    syntaxes: &[
        native!(set_plain_text(process, object, newText, startSel, endSel)),
        native!(set_text_of_object(star, object, newText, startSel, endSel)),
    ],
};

fn set_plain_text(
    process: &mut Process,
    target: Var<Text>,
    text: Text,
    start: Option<i32>,
    end: Option<i32>,
) -> Result<()> {
    write(process, &target, Some(plain(&text.to_str())), start, end)
}
