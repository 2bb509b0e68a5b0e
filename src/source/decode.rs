//! Bytes to text.
//!
//! Nearly every 4D file is UTF-8. The few others are UTF-16 with a mark, or older single-byte text that is recognised
//! by one thing only: it is not valid UTF-8. Which of the two single-byte encodings it is follows from the letters that
//! come out. A byte order mark stays in the text, where the lexer takes it for a blank; so in a UTF-8 file a place in the
//! text is the same place on disk. Line ends are left as they are, for the same reason.

use encoding_rs::{MACINTOSH, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How the bytes of a file were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8, with or without a mark.
    #[default]
    Utf8,
    /// UTF-16 that begins with `FF FE`.
    Utf16Little,
    /// UTF-16 that begins with `FE FF`.
    Utf16Big,
    /// Mac Roman.
    MacRoman,
    /// Windows-1252.
    Windows1252,
}

impl Encoding {
    /// Its name as people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Little => "UTF-16LE",
            Self::Utf16Big => "UTF-16BE",
            Self::MacRoman => "Mac Roman",
            Self::Windows1252 => "Windows-1252",
        }
    }

    /// How many bytes this character takes on disk.
    pub fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16Little | Self::Utf16Big => 2 * c.len_utf16(),
            Self::MacRoman | Self::Windows1252 => 1,
        }
    }
}

/// The text that these bytes hold, and how they were read. Never fails: what is no text at all becomes odd letters.
pub fn decode(bytes: Vec<u8>) -> (String, Encoding) {
    if bytes.starts_with(&[0xFF, 0xFE]) {
        return (UTF_16LE.decode_without_bom_handling(&bytes).0.into_owned(), Encoding::Utf16Little);
    }
    if bytes.starts_with(&[0xFE, 0xFF]) {
        return (UTF_16BE.decode_without_bom_handling(&bytes).0.into_owned(), Encoding::Utf16Big);
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, Encoding::Utf8),
        Err(error) => decode_single_byte(error.as_bytes()),
    }
}

/// Reads the bytes both ways and keeps the reading that looks more like words.
fn decode_single_byte(bytes: &[u8]) -> (String, Encoding) {
    let mac = MACINTOSH.decode_without_bom_handling(bytes).0;
    let windows = WINDOWS_1252.decode_without_bom_handling(bytes).0;
    if plausibility(&windows) > plausibility(&mac) {
        (windows.into_owned(), Encoding::Windows1252)
    } else {
        (mac.into_owned(), Encoding::MacRoman)
    }
}

/// Adds up how well each character beyond ASCII fits where it stands.
///
/// A small accented letter beside an ASCII letter is what real text has. A capital in the middle of a word, a sign inside
/// a word and a control character are what the wrong table gives: `é` of one is `Ž` or `È` in the other.
fn plausibility(text: &str) -> i64 {
    let mut score = 0;
    let mut previous = ' ';
    for c in text.chars() {
        if !c.is_ascii() {
            score += match c {
                '\u{80}'..='\u{9F}' | '\u{FFFD}' => -5,
                _ if c.is_lowercase() => 2,
                _ if c.is_uppercase() && previous.is_lowercase() => -2,
                _ if c.is_uppercase() => 1,
                '’' | '‘' | '“' | '”' | '…' | '–' | '—' | '«' | '»' | '°' | '€' | '•' | '\u{A0}' => {
                    1
                }
                _ if previous.is_alphabetic() => -2,
                _ => -1,
            };
        }
        previous = c;
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_with_and_without_a_mark() {
        assert_eq!(decode("$é:=1".into()), ("$é:=1".to_owned(), Encoding::Utf8));
        assert_eq!(decode(b"\xEF\xBB\xBFx".to_vec()), ("\u{FEFF}x".to_owned(), Encoding::Utf8));
        assert_eq!(decode(Vec::new()), (String::new(), Encoding::Utf8));
    }

    #[test]
    fn utf16_of_either_order() {
        let little: Vec<u8> = "\u{FEFF}é\r\n𝄞".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "\u{FEFF}é\r\n𝄞".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(little), ("\u{FEFF}é\r\n𝄞".to_owned(), Encoding::Utf16Little));
        assert_eq!(decode(big), ("\u{FEFF}é\r\n𝄞".to_owned(), Encoding::Utf16Big));
        // A last byte without its fellow is a replacement character, not a panic.
        assert_eq!(decode(b"\xFF\xFEa\0b".to_vec()).0, "\u{FEFF}a\u{FFFD}");
    }

    #[test]
    fn single_byte_text_is_told_by_its_letters() {
        let (mac, _, _) = MACINTOSH.encode("// créé à l'été");
        let (windows, _, _) = WINDOWS_1252.encode("// créé à l'été");
        assert_eq!(decode(mac.into_owned()), ("// créé à l'été".to_owned(), Encoding::MacRoman));
        assert_eq!(decode(windows.into_owned()), ("// créé à l'été".to_owned(), Encoding::Windows1252));
        let (german, _, _) = WINDOWS_1252.encode("$Größe:=\"Übung\"");
        assert_eq!(decode(german.into_owned()).1, Encoding::Windows1252);
    }
}
