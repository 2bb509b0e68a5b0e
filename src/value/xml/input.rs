//! The bytes of a document as text: by their byte order mark, else by what the declaration says, else as UTF-8.

use crate::value::charset::Charset;
use crate::value::text::Text;
use crate::value::xml::Problem;

/// The text of a document.
///
/// # Errors
/// The encoding is not known, or the bytes are not of it.
pub fn decode(bytes: &[u8]) -> Result<String, Problem> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => return utf8(rest),
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => return legacy(bytes, "UTF-32"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => return legacy(bytes, "UTF-16"),
        [b'<', 0, ..] => return legacy(bytes, "UTF-16LE"),
        [0, b'<', ..] => return legacy(bytes, "UTF-16BE"),
        _ => {}
    }
    match declared(bytes) {
        Some(name) if !name.eq_ignore_ascii_case("UTF-8") => {
            // Bytes that could be read so far are no UTF-16, whatever they say.
            if name.to_ascii_lowercase().starts_with("utf-16") {
                return Err(Problem::at("", 0, format!("the document says that it is {name}, and is not")));
            }
            legacy(bytes, &name)
        }
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Result<String, Problem> {
    String::from_utf8(bytes.to_vec()).map_err(|problem| {
        let valid = problem.utf8_error().valid_up_to();
        let read = String::from_utf8_lossy(bytes.get(..valid).unwrap_or_default());
        Problem::at(&read, valid, "these bytes are no UTF-8")
    })
}

fn legacy(bytes: &[u8], name: &str) -> Result<String, Problem> {
    let Some(charset) = Charset::named(name) else {
        return Err(Problem::at("", 0, format!("the encoding `{name}` is not known")));
    };
    let text: Text = charset.decode(bytes);
    let text = text.to_str().into_owned();
    Ok(text.strip_prefix('\u{FEFF}').map_or_else(|| text.clone(), str::to_owned))
}

/// The encoding that the declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head: String =
        bytes.iter().take(200).take_while(|byte| **byte != b'>').map(|byte| char::from(*byte)).collect();
    let rest = head.strip_prefix("<?xml")?;
    let rest = rest.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest.get(1..)?.split_once(quote).map(|(name, _)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let latin = b"<?xml version=\"1.0\" encoding='ISO-8859-1'?><a>\xE9</a>";
        assert!(decode(latin).is_ok_and(|text| text.contains('\u{E9}')));
        assert!(decode(b"<a>\xE9</a>").is_err());
        assert!(decode(b"<?xml version=\"1.0\" encoding=\"no-such\"?><a/>").is_err());
        assert_eq!(decode(b"\xFF\xFE<\0a\0/\0>\0").as_deref(), Ok("<a/>"));
        assert_eq!(decode(b"\xEF\xBB\xBF<a/>").as_deref(), Ok("<a/>"));
    }
}
