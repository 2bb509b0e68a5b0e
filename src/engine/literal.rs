//! Values as 4D writes them in code, so that what a prompt shows can be pasted back: `{a: 1; b: "x"}`.
//!
//! Bounded in every direction: depth, elements, length of texts; a structure that holds itself shows `↻`.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a value of any other type is one and the same case here"
)]

use crate::value::Value;
use crate::value::collection::Collection;
use crate::value::convert;
use crate::value::function::ClassRef;
use crate::value::object::Object;

/// How much of a value is shown.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Structures inside structures.
    pub depth: usize,
    /// Elements or properties of one structure.
    pub elements: usize,
    /// Characters of a text.
    pub characters: usize,
    /// A structure wider than this becomes a tree.
    pub width: usize,
    /// Only ASCII signs.
    pub ascii: bool,
}

impl Bounds {
    /// What a prompt shows.
    pub const fn of_prompt(width: usize, ascii: bool) -> Self {
        Self { depth: 3, elements: 20, characters: 200, width, ascii }
    }

    /// All of it, as far as a screen can bear it.
    pub const fn everything(width: usize, ascii: bool) -> Self {
        Self { depth: 64, elements: usize::MAX, characters: usize::MAX, width, ascii }
    }

    fn dots(self) -> &'static str {
        if self.ascii { "..." } else { "…" }
    }
}

/// A value in the form of code, without its type.
pub fn literal(value: &Value, bounds: Bounds) -> String {
    let mut writer = Writer { bounds, open: Vec::new() };
    let line = writer.line(value);
    if line.chars().count() <= bounds.width || !line.contains(['{', '[']) {
        return line;
    }
    writer.tree(value, 0)
}

/// The type beside a value: the class of an object, the kind of an array.
pub fn type_of(value: &Value) -> String {
    match value {
        Value::Object(object) => match object.class() {
            Some(ClassRef::BuiltIn(name)) => format!("4D.{name}"),
            Some(ClassRef::User(_)) | None => "Object".to_owned(),
        },
        Value::Array(array) => {
            format!("array of {}", array.with(|items| items.element_type()).element().name())
        }
        other => other.type_name().to_owned(),
    }
}

struct Writer {
    bounds: Bounds,
    /// The addresses of the structures that are being written.
    open: Vec<usize>,
}

impl Writer {
    fn line(&mut self, value: &Value) -> String {
        match value {
            Value::Object(object) => self.structure(object.address(), |writer| {
                let (shown, rest) = writer.entries(object);
                let mut parts: Vec<String> = Vec::new();
                for (key, value) in &shown {
                    parts.push(format!("{}: {}", quoted_key(key), writer.line(value)));
                }
                writer.joined('{', parts, rest, '}')
            }),
            Value::Collection(collection) => self.structure(collection.address(), |writer| {
                let (shown, rest) = writer.elements(collection);
                let parts = shown.iter().map(|value| writer.line(value)).collect();
                writer.joined('[', parts, rest, ']')
            }),
            Value::Array(array) => {
                let count = array.size().min(self.bounds.elements);
                let parts = (1..=count).filter_map(|i| array.get(i)).map(|value| self.line(&value)).collect();
                self.joined('[', parts, array.size() - count, ']')
            }
            other => self.scalar(other),
        }
    }

    fn tree(&mut self, value: &Value, indent: usize) -> String {
        let pad = "  ".repeat(indent + 1);
        let line = self.line(value);
        if indent >= self.bounds.depth || line.chars().count() + 2 * indent <= self.bounds.width {
            return line;
        }
        let (open, close, rest, parts) = match value {
            Value::Object(object) => {
                let (shown, rest) = self.entries(object);
                self.open.push(object.address());
                let parts: Vec<String> = shown
                    .iter()
                    .map(|(key, value)| format!("{pad}{}: {}", quoted_key(key), self.tree(value, indent + 1)))
                    .collect();
                ("{", "}", rest, parts)
            }
            Value::Collection(collection) => {
                let (shown, rest) = self.elements(collection);
                self.open.push(collection.address());
                let parts: Vec<String> =
                    shown.iter().map(|value| format!("{pad}{}", self.tree(value, indent + 1))).collect();
                ("[", "]", rest, parts)
            }
            _ => return line,
        };
        self.open.pop();
        let mut text = format!("{open}\n{}", parts.join(";\n"));
        if rest > 0 {
            text.push_str(&format!("\n{pad}{}{rest} more", self.bounds.dots()));
        }
        text.push_str(&format!("\n{}{close}", "  ".repeat(indent)));
        text
    }

    fn structure(&mut self, address: usize, write: impl FnOnce(&mut Self) -> String) -> String {
        if self.open.contains(&address) {
            return if self.bounds.ascii { "(cycle)".to_owned() } else { "↻".to_owned() };
        }
        if self.open.len() >= self.bounds.depth {
            return self.bounds.dots().to_owned();
        }
        self.open.push(address);
        let text = write(self);
        self.open.pop();
        text
    }

    fn entries(&self, object: &Object) -> (Vec<(String, Value)>, usize) {
        let mut entries = object.entries();
        let rest = entries.len().saturating_sub(self.bounds.elements);
        entries.truncate(self.bounds.elements);
        (entries.into_iter().map(|(key, value)| (key.to_string(), value)).collect(), rest)
    }

    fn elements(&self, collection: &Collection) -> (Vec<Value>, usize) {
        let count = collection.len().min(self.bounds.elements);
        let shown = (0..count).filter_map(|index| collection.get(index)).collect();
        (shown, collection.len().saturating_sub(count))
    }

    fn joined(&self, open: char, mut parts: Vec<String>, rest: usize, close: char) -> String {
        if rest > 0 {
            parts.push(format!("{}{rest} more", self.bounds.dots()));
        }
        format!("{open}{}{close}", parts.join("; "))
    }

    fn scalar(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => self.text(&text.to_str()),
            Value::Date(date) if date.is_null() => "!00-00-00!".to_owned(),
            Value::Date(date) => {
                format!("!{:04}-{:02}-{:02}!", date.year(), date.month(), date.day())
            }
            Value::Time(time) => format!("?{}?", time.to_text()),
            Value::Boolean(true) => "True".to_owned(),
            Value::Boolean(false) => "False".to_owned(),
            Value::Null => "Null".to_owned(),
            Value::Undefined => "Undefined".to_owned(),
            Value::Variable(variable) => self.scalar(&variable.get()),
            Value::Blob(_) => "(blob)".to_owned(),
            Value::Picture(_) => "(picture)".to_owned(),
            Value::Pointer(_) => "(pointer)".to_owned(),
            other => convert::to_text(other).to_string(),
        }
    }

    /// A text in quotes, its special characters written as escapes.
    fn text(&self, text: &str) -> String {
        let count = text.chars().count();
        let mut shown = String::from("\"");
        for c in text.chars().take(self.bounds.characters) {
            match c {
                '"' => shown.push_str("\\\""),
                '\\' => shown.push_str("\\\\"),
                '\n' => shown.push_str("\\n"),
                '\r' => shown.push_str("\\r"),
                '\t' => shown.push_str("\\t"),
                // A control character could do anything to a terminal.
                c if c.is_control() => shown.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
                c => shown.push(c),
            }
        }
        shown.push('"');
        if count > self.bounds.characters {
            shown.push_str(&format!(" {}{} more", self.bounds.dots(), count - self.bounds.characters));
        }
        shown
    }
}

/// A property as an object literal names it.
fn quoted_key(key: &str) -> String {
    let is_plain = key.chars().all(|c| c.is_alphanumeric() || c == '_')
        && key.chars().next().is_some_and(|c| !c.is_ascii_digit());
    if is_plain { key.to_owned() } else { format!("\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\"")) }
}
