//! What stands before the cursor: in a text or a comment, inside which call, behind which dot. Looks at characters only,
//! so that half-typed code is no trouble.

use crate::builtin::catalog::Entry;
use crate::builtin::native::Body;
use crate::engine::catalog;
use crate::repl::knowledge::{Knowledge, Receiver, member, of_type};
use crate::syntax::Known;
use crate::value::Value;

/// Where the cursor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In code.
    Code,
    /// In a text that begins at this byte.
    Text(usize),
    /// In a comment.
    Comment,
}

/// An open bracket: its byte, the sign, and how many separators stand behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bracket {
    /// Where it is.
    pub at: usize,
    /// `(`, `[` or `{`.
    pub sign: char,
    /// How many `;` stand behind it.
    pub separators: usize,
}

/// Where the end of a text is, and the brackets that are open there, innermost last.
pub fn place(text: &str) -> (Place, Vec<Bracket>) {
    let mut open: Vec<Bracket> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => {
                let mut is_closed = false;
                while let Some((_, c)) = chars.next() {
                    match c {
                        '\\' => _ = chars.next(),
                        '"' => {
                            is_closed = true;
                            break;
                        }
                        '\n' => {
                            // A text ends on its line.
                            is_closed = true;
                            break;
                        }
                        _ => {}
                    }
                }
                if !is_closed {
                    return (Place::Text(at), open);
                }
            }
            '/' if chars.peek().is_some_and(|(_, c)| *c == '/') => {
                let is_open = chars.by_ref().all(|(_, c)| c != '\n');
                if is_open {
                    return (Place::Comment, open);
                }
            }
            '/' if chars.peek().is_some_and(|(_, c)| *c == '*') => {
                chars.next();
                let mut last = ' ';
                if chars.by_ref().all(|(_, c)| {
                    let goes_on = !(last == '*' && c == '/');
                    last = c;
                    goes_on
                }) {
                    return (Place::Comment, open);
                }
            }
            '(' | '[' | '{' => open.push(Bracket { at, sign: c, separators: 0 }),
            ')' | ']' | '}' => _ = open.pop(),
            ';' => {
                if let Some(bracket) = open.last_mut() {
                    bracket.separators += 1;
                }
            }
            _ => {}
        }
    }
    (Place::Code, open)
}

/// Whether a letter may stand in a name.
pub fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The name that ends a text, without blanks.
pub fn last_name(text: &str) -> &str {
    let start =
        text.char_indices().rev().take_while(|(_, c)| is_name(*c)).last().map_or(text.len(), |(at, _)| at);
    text.get(start..).unwrap_or_default()
}

/// The words that end a text, with the blanks between them.
pub fn last_words(text: &str) -> &str {
    let letters = |c: char| is_name(c) || c == ' ';
    let start =
        text.char_indices().rev().take_while(|(_, c)| letters(*c)).last().map_or(text.len(), |(at, _)| at);
    text.get(start..).unwrap_or_default().trim_start()
}

/// All ends of a phrase that begin with a word, the longest first: `return New coll`, `New coll`, `coll`.
pub fn phrases(words: &str) -> impl Iterator<Item = &str> {
    let starts = std::iter::once(0).chain(words.match_indices(' ').map(|(at, _)| at + 1));
    starts.filter_map(|at| words.get(at..)).filter(|phrase| !phrase.is_empty() && !phrase.starts_with(' '))
}

/// The expression that ends a text: `$a.b[0].c(1; 2)`, `New collection(1)`. Brackets in it are balanced.
pub fn last_expression(text: &str) -> &str {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut i = chars.len();
    let at = |i: usize| i.checked_sub(1).and_then(|i| chars.get(i)).map(|(_, c)| *c);
    while let Some(c) = at(i) {
        match c {
            ')' | ']' | '}' => {
                let mut depth = 0_usize;
                let mut in_text = false;
                while let Some(c) = at(i) {
                    i -= 1;
                    match c {
                        '"' => in_text = !in_text,
                        ')' | ']' | '}' if !in_text => depth += 1,
                        '(' | '[' | '{' if !in_text => depth -= 1,
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
            '"' => {
                i -= 1;
                while at(i).is_some_and(|c| c != '"') {
                    i -= 1;
                }
                i = i.saturating_sub(1);
                break;
            }
            c if is_name(c) => {
                while at(i).is_some_and(is_name) {
                    i -= 1;
                }
                match at(i) {
                    Some('.') => i -= 1,
                    Some('$') => {
                        i -= 1;
                        break;
                    }
                    Some(' ') if at(i - 1).is_some_and(is_name) => i -= 1,
                    _ => break,
                }
            }
            _ => break,
        }
    }
    let start = chars.get(i).map_or(text.len(), |(at, _)| *at);
    text.get(start..).unwrap_or_default()
}

/// What an expression is, as far as that is known without running anything.
pub fn receiver(expression: &str, knowledge: &dyn Knowledge) -> Option<Receiver> {
    let expression = expression.trim();
    let end = expression
        .char_indices()
        .find(|(at, c)| !(is_name(*c) || *c == ' ' || (*c == '$' && *at == 0)))
        .map_or(expression.len(), |(at, _)| at);
    let (root, mut rest) = expression.split_at(end);
    let mut value = root_of(root.trim_end(), knowledge);
    if root.is_empty() {
        value = match rest.chars().next()? {
            '[' => of_type("Collection"),
            '{' => of_type("Object"),
            _ => None,
        };
        rest = behind_brackets(rest);
    } else if rest.starts_with('(') {
        rest = behind_brackets(rest);
    }
    let mut value = value?;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('.') {
            let end = after.find(|c| !is_name(c)).unwrap_or(after.len());
            let (name, behind) = after.split_at(end);
            value = member(&value, name, knowledge)?;
            rest = if behind.starts_with('(') { behind_brackets(behind) } else { behind };
        } else if rest.starts_with(['[', '{']) {
            let behind = behind_brackets(rest);
            let inside = rest.get(1..rest.len() - behind.len() - 1)?;
            value = element(&value, inside.trim())?;
            rest = behind;
        } else {
            return None;
        }
    }
    Some(value)
}

/// An element of a value that is there.
fn element(value: &Receiver, index: &str) -> Option<Receiver> {
    let Receiver::Value(value) = value else { return None };
    if let Value::Collection(collection) = value {
        collection.get(index.parse().ok()?).map(Receiver::Value)
    } else if let Value::Object(object) = value {
        object.get_str(index.trim_matches('"')).map(Receiver::Value)
    } else if let Value::Array(array) = value {
        array.get(index.parse().ok()?).map(Receiver::Value)
    } else {
        None
    }
}

/// What follows the brackets with which a text begins.
fn behind_brackets(text: &str) -> &str {
    let mut depth = 0_usize;
    let mut in_text = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => in_text = !in_text,
            '(' | '[' | '{' if !in_text => depth += 1,
            ')' | ']' | '}' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return text.get(at + c.len_utf8()..).unwrap_or_default();
        }
    }
    ""
}

fn root_of(root: &str, knowledge: &dyn Knowledge) -> Option<Receiver> {
    if root.starts_with('$') {
        return knowledge.value(root).map(Receiver::Value);
    }
    for phrase in phrases(root) {
        match phrase {
            "cs" => return Some(Receiver::Classes),
            "4D" | "4d" => return Some(Receiver::BuiltInClasses),
            _ => {}
        }
        match knowledge.find(phrase) {
            Some(Known::Command(number)) => {
                let Some(Entry::Available(command)) = catalog().command(number) else { return None };
                let Body::Rust(callable) = command.syntaxes.first()?.body else { return None };
                return of_type(callable.result_name());
            }
            Some(Known::Method) => {
                let (_, result) = knowledge.signature(phrase)?;
                return of_type(result.trim_start_matches([' ', ':']));
            }
            Some(Known::Constant(_)) => return None,
            None => {}
        }
    }
    knowledge.value(root).map(Receiver::Value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repl::knowledge::LanguageOnly;

    #[test]
    fn places_are_told_apart() {
        assert_eq!(place("$a:=\"x").0, Place::Text(4));
        assert_eq!(place("$a:=\"x\"").0, Place::Code);
        assert_eq!(place("$a // (").0, Place::Comment);
        assert_eq!(place("/* x */ f(1; g(").1.len(), 2);
        assert_eq!(place("f(1; {a: 2}; ").1, [Bracket { at: 1, sign: '(', separators: 2 }]);
        assert_eq!(place("f(\")\"; ").1, [Bracket { at: 1, sign: '(', separators: 1 }]);
    }

    #[test]
    fn the_last_expression_is_balanced() {
        for (text, wanted) in [
            ("$x:=$a.b[0].c(1; 2)", "$a.b[0].c(1; 2)"),
            ("ALERT(New collection(1; \")\")", "New collection(1; \")\")"),
            ("$x:=1+$o", "$o"),
            ("[1; 2]", "[1; 2]"),
            ("f(cs.Person", "cs.Person"),
            ("", ""),
        ] {
            assert_eq!(last_expression(text), wanted, "{text}");
        }
    }

    #[test]
    fn receivers_are_known_without_running() {
        let class = |text: &str| match receiver(text, &LanguageOnly) {
            Some(Receiver::BuiltIn(name)) => name,
            Some(_) => "other",
            None => "",
        };
        assert_eq!(class("New collection(1; 2)"), "Collection");
        assert_eq!(class("return New collection(1; 2).sort()"), "Collection");
        assert_eq!(class("[1; 2]"), "Collection");
        assert_eq!(class("4D.File.new(\"x\")"), "File");
        assert_eq!(class("$unknown"), "");
        assert_eq!(class("4D"), "other");
    }

    #[test]
    fn phrases_begin_with_words() {
        assert_eq!(phrases("return New coll").collect::<Vec<_>>(), ["return New coll", "New coll", "coll"]);
        assert_eq!(last_words("$a:=New coll"), "New coll");
    }
}
