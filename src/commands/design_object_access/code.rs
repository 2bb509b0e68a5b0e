//! The code of a method as `METHOD GET CODE` gives it: attributes in the first line, lines that end with a carriage
//! return, with the numbers of commands and constants or without.

use crate::value::object::Object;
use crate::value::text::Text;
use crate::value::{Value, json};

const MARK: &str = "//%attributes";

/// The first line when it holds attributes, and the rest.
fn parts(text: &str) -> (Option<&str>, &str) {
    let text = text.trim_start_matches('\u{FEFF}');
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let line = text.get(..end).unwrap_or_default();
    let plain: String = line.chars().filter(|c| !c.is_whitespace()).take(MARK.len()).collect();
    if plain != MARK {
        return (None, text);
    }
    let rest = text.get(end..).unwrap_or_default();
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\r', '\n'])).unwrap_or(rest);
    (line.split_once('=').map(|(_, json)| json.trim()), rest)
}

/// The attributes that the first line holds.
pub(super) fn attributes(text: &str) -> Object {
    match parts(text).0.map(json::parse) {
        Some(Ok(Value::Object(object))) => object,
        _none => Object::new(),
    }
}

/// The code with other attributes.
pub(super) fn with_attributes(text: &str, line: &str) -> String {
    format!("{MARK} = {line}\n{}", parts(text).1)
}

/// The code as a text: `tokens` keeps the numbers behind names.
pub(super) fn exported(text: &str, tokens: bool) -> String {
    let head = Object::new();
    let _ = head.set(&Text::from("lang"), Value::Text(Text::from("en")));
    for (name, value) in attributes(text).entries() {
        let _ = head.set(&name, value);
    }
    let head = json::stringify(&Value::Object(head), false).unwrap_or_default();
    let body = parts(text).1.replace("\r\n", "\r").replace('\n', "\r");
    let body = if tokens { body } else { without_tokens(&body) };
    format!("{MARK} = {}\r{body}", head.to_str())
}

/// The file that such a text becomes.
pub(super) fn imported(text: &str, with_head: bool) -> String {
    let attributes = attributes(text);
    let _ = attributes.remove(&Text::from("lang"));
    let _ = attributes.remove(&Text::from("folder"));
    let body = parts(text).1.replace("\r\n", "\n").replace('\r', "\n");
    if !with_head {
        return body;
    }
    let head = json::stringify(&Value::Object(attributes), false).unwrap_or_default();
    format!("{MARK} = {}\n{body}", head.to_str())
}

/// The code without `:C41` and `:K8:3`; texts and comments stay as they are.
fn without_tokens(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while !rest.is_empty() {
        let take = skipped(rest);
        if take > 0 {
            let (kept, after) = rest.split_at_checked(take).unwrap_or((rest, ""));
            out.push_str(kept);
            rest = after;
        } else if let Some(length) = token(rest) {
            rest = rest.get(length..).unwrap_or_default();
        } else {
            let mut characters = rest.chars();
            out.extend(characters.next());
            rest = characters.as_str();
        }
    }
    out
}

/// How many bytes are a text or a comment.
fn skipped(rest: &str) -> usize {
    if rest.starts_with("//") {
        return rest.find('\r').unwrap_or(rest.len());
    }
    if let Some(inner) = rest.strip_prefix("/*") {
        return inner.find("*/").map_or(rest.len(), |end| end + 4);
    }
    let Some(inner) = rest.strip_prefix('"') else { return 0 };
    let mut escaped = false;
    for (place, c) in inner.char_indices() {
        match c {
            '\r' => return place + 1,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return place + 2,
            _other => {}
        }
    }
    rest.len()
}

/// The length of the token that begins here.
fn token(rest: &str) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (head, after) = rest.split_at_checked(2)?;
    let first = digits(after);
    if first == 0 {
        return None;
    }
    match head {
        ":C" => Some(2 + first),
        ":K" | ":P" => {
            let more = after.get(first..)?.strip_prefix(':')?;
            let second = digits(more);
            (second > 0).then_some(2 + first + 1 + second)
        }
        _other => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_leave_code_but_not_texts_and_comments() {
        let code = "ALERT:C41(\"a:C41\"+String:C10(Is text:K8:3))  // :C41\r/* :K8:3 */$x:=1";
        assert_eq!(without_tokens(code), "ALERT(\"a:C41\"+String(Is text))  // :C41\r/* :K8:3 */$x:=1");
    }

    #[test]
    fn the_head_names_the_language() {
        assert_eq!(
            exported("//%attributes = {\"shared\":true}\nBEEP\n", false),
            "//%attributes = {\"lang\":\"en\",\"shared\":true}\rBEEP\r"
        );
        assert_eq!(imported("//%attributes = {\"lang\":\"en\"}\rBEEP\r", true), "//%attributes = {}\nBEEP\n");
    }
}
