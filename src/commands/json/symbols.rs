//! Where the properties of a JSON text stand: the line, and the characters before the name on it.

use crate::value::Value;
use crate::value::object::Object;
use crate::value::text::Text;

/// An object with one property for each property of the text, by its path (`list[0].name`). The text has been parsed:
/// it is JSON, and not nested too deep.
pub(super) fn places(source: &str) -> Value {
    let mut scanner =
        Scanner { rest: source, line: 1, column: 0, path: String::new(), places: Object::new() };
    scanner.value();
    Value::Object(scanner.places)
}

struct Scanner<'a> {
    rest: &'a str,
    line: i32,
    column: i32,
    path: String,
    places: Object,
}

impl Scanner<'_> {
    fn next(&mut self) -> Option<char> {
        let character = self.rest.chars().next()?;
        self.rest = self.rest.get(character.len_utf8()..).unwrap_or_default();
        if character == '\n' || (character == '\r' && !self.rest.starts_with('\n')) {
            self.line += 1;
            self.column = 0;
        } else if character != '\r' {
            self.column += 1;
        }
        Some(character)
    }

    fn space(&mut self) {
        while self.rest.starts_with(|c: char| c.is_ascii_whitespace()) {
            self.next();
        }
    }

    /// Goes over a string and gives what stood between its quotes, escapes undone.
    fn string(&mut self) -> String {
        let start = self.rest;
        self.next();
        while let Some(character) = self.next() {
            match character {
                '\\' => drop(self.next()),
                '"' => break,
                _ => {}
            }
        }
        let literal = start.get(..start.len() - self.rest.len()).unwrap_or_default();
        serde_json::from_str(literal).unwrap_or_default()
    }

    fn value(&mut self) {
        self.space();
        match self.rest.chars().next() {
            Some('{') => self.object(),
            Some('[') => self.array(),
            Some('"') => drop(self.string()),
            _ => {
                while self
                    .rest
                    .starts_with(|c: char| !matches!(c, ',' | ']' | '}') && !c.is_ascii_whitespace())
                {
                    self.next();
                }
            }
        }
        self.space();
    }

    fn object(&mut self) {
        self.next();
        self.space();
        while self.rest.starts_with('"') {
            let place = Object::new();
            place.put("line", self.line);
            place.put("offset", self.column);
            let name = self.string();
            let length = self.path.len();
            if length > 0 {
                self.path.push('.');
            }
            self.path.push_str(&name);
            let written = self.places.set(&Text::from(&self.path), Value::Object(place));
            debug_assert!(written, "the object has been made here");
            self.space();
            self.next();
            self.value();
            self.path.truncate(length);
            if self.rest.starts_with(',') {
                self.next();
                self.space();
            }
        }
        self.next();
    }

    fn array(&mut self) {
        self.next();
        self.space();
        let mut index = 0;
        while !self.rest.is_empty() && !self.rest.starts_with(']') {
            let length = self.path.len();
            self.path.push_str(&format!("[{index}]"));
            self.value();
            self.path.truncate(length);
            index += 1;
            if self.rest.starts_with(',') {
                self.next();
            }
        }
        self.next();
    }
}
