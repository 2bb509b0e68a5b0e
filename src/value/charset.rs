//! Character sets, by the names and the IANA numbers (`MIBEnum`) that 4D's commands take.
//!
//! Unicode, Latin-1 and ASCII are converted here, a few old sets by tables, the rest by `encoding_rs`.

use encoding_rs::{EncoderResult, Encoding};

use crate::value::text::Text;

/// The order of the bytes of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The first byte is the least one.
    Little,
    /// The first byte is the greatest one.
    Big,
}

/// A character set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// `UTF-8`
    Utf8,
    /// `UTF-16LE`, `UTF-16BE`; without an order it is little, and written with a byte order mark.
    Utf16(Option<Order>),
    /// `UTF-32LE`, `UTF-32BE`, `UTF-32`
    Utf32(Option<Order>),
    /// `ISO-8859-1`
    Latin1,
    /// `US-ASCII`
    Ascii,
    /// ASCII, and these 128 characters above it.
    Table(&'static str),
    /// `ebcdic-cp-us`
    Ebcdic,
    /// All others.
    Legacy(&'static Encoding),
}

/// Names that only 4D uses, or that `encoding_rs` takes for other sets, in lower case.
#[rustfmt::skip]
const NAMES: &[(&str, Charset)] = &[
    ("utf-16", Charset::Utf16(None)),
    ("utf-16le", Charset::Utf16(Some(Order::Little))),
    ("utf-16be", Charset::Utf16(Some(Order::Big))),
    ("utf-32", Charset::Utf32(None)),
    ("utf-32le", Charset::Utf32(Some(Order::Little))),
    ("utf-32be", Charset::Utf32(Some(Order::Big))),
    ("us-ascii", Charset::Ascii),
    ("ansi_x3.4-1968", Charset::Ascii),
    ("ansi_x3.4-1986", Charset::Ascii),
    ("ascii", Charset::Ascii),
    ("cp367", Charset::Ascii),
    ("csascii", Charset::Ascii),
    ("ibm367", Charset::Ascii),
    ("iso-ir-6", Charset::Ascii),
    ("iso_646.irv:1991", Charset::Ascii),
    ("iso646-us", Charset::Ascii),
    ("us", Charset::Ascii),
    ("iso-8859-1", Charset::Latin1),
    ("cp819", Charset::Latin1),
    ("csisolatin1", Charset::Latin1),
    ("ibm819", Charset::Latin1),
    ("iso-ir-100", Charset::Latin1),
    ("iso_8859-1", Charset::Latin1),
    ("iso_8859-1:1987", Charset::Latin1),
    ("l1", Charset::Latin1),
    ("latin1", Charset::Latin1),
    ("ibm437", Charset::Table(CP437)),
    ("cp437", Charset::Table(CP437)),
    ("437", Charset::Table(CP437)),
    ("cspc8codepage437", Charset::Table(CP437)),
    ("ebcdic-cp-us", Charset::Ebcdic),
    ("ebcdic-cp-ca", Charset::Ebcdic),
    ("ebcdic-cp-n", Charset::Ebcdic),
    ("ebcdic-cp-wt", Charset::Ebcdic),
    ("cp037", Charset::Ebcdic),
    ("csibm037", Charset::Ebcdic),
    ("ibm037", Charset::Ebcdic),
    ("macroman", Charset::Legacy(encoding_rs::MACINTOSH)),
    ("macce", Charset::Table(MAC_CENTRAL_EUROPE)),
    ("x-mac-ce", Charset::Table(MAC_CENTRAL_EUROPE)),
    ("x-mac-greek", Charset::Table(MAC_GREEK)),
    ("x-mac-turkish", Charset::Table(MAC_TURKISH)),
    ("x-mac-chinesesimp", Charset::Legacy(encoding_rs::GBK)),
    ("latin-9", Charset::Legacy(encoding_rs::ISO_8859_15)),
    ("gb_2312-80", Charset::Legacy(encoding_rs::GBK)),
    ("windows-31j", Charset::Legacy(encoding_rs::SHIFT_JIS)),
];

/// The numbers of the sets, with one of their names.
#[rustfmt::skip]
const NUMBERS: &[(i32, &str)] = &[
    (3, "us-ascii"), (4, "iso-8859-1"), (5, "iso-8859-2"), (6, "iso-8859-3"), (7, "iso-8859-4"), (8, "iso-8859-5"),
    (9, "iso-8859-6"), (10, "iso-8859-7"), (11, "iso-8859-8"), (12, "iso-8859-9"), (13, "iso-8859-10"),
    (17, "shift_jis"), (18, "euc-jp"), (38, "euc-kr"), (39, "iso-2022-jp"), (57, "gb_2312-80"), (106, "utf-8"),
    (109, "iso-8859-13"), (110, "iso-8859-14"), (111, "iso-8859-15"), (112, "iso-8859-16"), (113, "gbk"),
    (114, "gb18030"), (1013, "utf-16be"), (1014, "utf-16le"), (1015, "utf-16"), (1017, "utf-32"), (1018, "utf-32be"),
    (1019, "utf-32le"), (1250, "x-mac-ce"), (1251, "x-mac-cyrillic"), (1253, "x-mac-greek"), (1254, "x-mac-turkish"),
    (1257, "x-mac-ce"), (2011, "ibm437"), (2024, "windows-31j"), (2025, "gb2312"), (2026, "big5"), (2027, "macintosh"),
    (2028, "ebcdic-cp-us"), (2084, "koi8-r"), (2088, "koi8-u"), (2109, "windows-874"), (2250, "windows-1250"),
    (2251, "windows-1251"), (2252, "windows-1252"), (2253, "windows-1253"), (2254, "windows-1254"),
    (2255, "windows-1255"), (2256, "windows-1256"), (2257, "windows-1257"), (2258, "windows-1258"),
];

impl Charset {
    /// The set of this name, case aside.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        if let Some((_, charset)) = NAMES.iter().find(|(known, _)| *known == name) {
            return Some(*charset);
        }
        let encoding = Encoding::for_label(name.as_bytes())?;
        // What stands for «no known encoding» in the tables of the web is not one here.
        (encoding != encoding_rs::REPLACEMENT && encoding != encoding_rs::X_USER_DEFINED)
            .then(|| if encoding == encoding_rs::UTF_8 { Self::Utf8 } else { Self::Legacy(encoding) })
    }

    /// The set of this number.
    pub fn numbered(number: i32) -> Option<Self> {
        NUMBERS.iter().find(|(known, _)| *known == number).and_then(|(_, name)| Self::named(name))
    }

    /// Whether a byte order mark may stand at the beginning.
    fn is_unicode(self) -> bool {
        matches!(self, Self::Utf8 | Self::Utf16(_) | Self::Utf32(_))
    }

    /// The bytes of a text; what the set does not have becomes `?`.
    pub fn encode(self, text: &Text) -> Vec<u8> {
        match self {
            Self::Utf8 => text.to_str().into_owned().into_bytes(),
            Self::Utf16(order) => {
                let mark = order.is_none().then_some(0xFEFF);
                let units = mark.into_iter().chain(text.units());
                units
                    .flat_map(
                        |unit| {
                            if order == Some(Order::Big) { unit.to_be_bytes() } else { unit.to_le_bytes() }
                        },
                    )
                    .collect()
            }
            Self::Utf32(order) => {
                let text = text.to_str();
                let mark = order.is_none().then_some(0xFEFF);
                let codes = mark.into_iter().chain(text.chars().map(u32::from));
                codes
                    .flat_map(
                        |code| {
                            if order == Some(Order::Big) { code.to_be_bytes() } else { code.to_le_bytes() }
                        },
                    )
                    .collect()
            }
            Self::Latin1 => by_character(text, |c| u8::try_from(u32::from(c)).ok()),
            Self::Ascii => by_character(text, |c| u8::try_from(u32::from(c)).ok().filter(u8::is_ascii)),
            Self::Table(upper) => by_character(text, |c| {
                let ascii = u8::try_from(u32::from(c)).ok().filter(u8::is_ascii);
                ascii.or_else(|| {
                    upper.chars().position(|known| known == c).and_then(|at| u8::try_from(at + 128).ok())
                })
            }),
            Self::Ebcdic => by_character(text, |c| {
                let code = u8::try_from(u32::from(c)).ok()?;
                EBCDIC.iter().position(|known| *known == code).and_then(|at| u8::try_from(at).ok())
            }),
            Self::Legacy(encoding) => legacy(text, encoding),
        }
    }

    /// The text of bytes. A byte order mark goes before the set, and is no part of the text.
    pub fn decode(self, bytes: &[u8]) -> Text {
        let (charset, bytes) = match self.is_unicode().then(|| marked(bytes)).flatten() {
            Some((charset, length)) => (charset, bytes.get(length..).unwrap_or_default()),
            None => (self, bytes),
        };
        match charset {
            Self::Utf8 => Text::from(String::from_utf8_lossy(bytes).as_ref()),
            Self::Utf16(order) => {
                let units = bytes.chunks_exact(2).map(|pair| {
                    let pair =
                        [pair.first().copied().unwrap_or_default(), pair.get(1).copied().unwrap_or_default()];
                    if order == Some(Order::Big) {
                        u16::from_be_bytes(pair)
                    } else {
                        u16::from_le_bytes(pair)
                    }
                });
                Text::from_units_vec(units.collect())
            }
            Self::Utf32(order) => {
                let characters = bytes.chunks_exact(4).map(|four| {
                    let four: [u8; 4] = four.try_into().unwrap_or_default();
                    let code = if order == Some(Order::Big) {
                        u32::from_be_bytes(four)
                    } else {
                        u32::from_le_bytes(four)
                    };
                    char::from_u32(code).unwrap_or('\u{FFFD}')
                });
                Text::from(characters.collect::<String>())
            }
            Self::Latin1 => Text::from_latin1(bytes),
            Self::Ascii => Text::from(
                bytes
                    .iter()
                    .map(|b| if b.is_ascii() { char::from(*b) } else { '\u{FFFD}' })
                    .collect::<String>(),
            ),
            Self::Table(upper) => {
                let upper: Vec<char> = upper.chars().collect();
                let character = |byte: &u8| match byte.checked_sub(128) {
                    None => char::from(*byte),
                    Some(at) => upper.get(usize::from(at)).copied().unwrap_or('\u{FFFD}'),
                };
                Text::from(bytes.iter().map(character).collect::<String>())
            }
            Self::Ebcdic => Text::from_latin1_vec(
                bytes.iter().map(|byte| EBCDIC.get(usize::from(*byte)).copied().unwrap_or(b'?')).collect(),
            ),
            Self::Legacy(encoding) => Text::from(encoding.decode_without_bom_handling(bytes).0.as_ref()),
        }
    }
}

fn by_character(text: &Text, byte: impl Fn(char) -> Option<u8>) -> Vec<u8> {
    text.to_str().chars().map(|character| byte(character).unwrap_or(b'?')).collect()
}

fn legacy(text: &Text, encoding: &'static Encoding) -> Vec<u8> {
    let text = text.to_str();
    let mut encoder = encoding.new_encoder();
    let mut bytes = Vec::with_capacity(text.len() + 16);
    let mut rest: &str = &text;
    loop {
        bytes.reserve(rest.len() * 2 + 16);
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut bytes, true);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            EncoderResult::InputEmpty => return bytes,
            EncoderResult::OutputFull => {}
            EncoderResult::Unmappable(_) => bytes.push(b'?'),
        }
    }
}

/// The set that a byte order mark names, and the length of the mark.
fn marked(bytes: &[u8]) -> Option<(Charset, usize)> {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Some((Charset::Utf8, 3)),
        [0xFF, 0xFE, 0, 0, ..] => Some((Charset::Utf32(Some(Order::Little)), 4)),
        [0, 0, 0xFE, 0xFF, ..] => Some((Charset::Utf32(Some(Order::Big)), 4)),
        [0xFF, 0xFE, ..] => Some((Charset::Utf16(Some(Order::Little)), 2)),
        [0xFE, 0xFF, ..] => Some((Charset::Utf16(Some(Order::Big)), 2)),
        _ => None,
    }
}

const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌\
    █▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";

const MAC_GREEK: &str = "Ä¹²É³ÖÜ΅àâä΄¨çéèêë£™îï•½‰ôö¦€ùûü†ΓΔΘΛΞΠß®©ΣΪ§≠°·Α±≤≥¥ΒΕΖΗΙΚΜΦΫΨΩάΝ¬ΟΡ≈Τ«»…\u{A0}ΥΧΆΈœ–―“”‘’\
    ÷ΉΊΌΎέήίόΏύαβψδεφγηιξκλμνοπώρστθωςχυζϊϋΐΰ\u{AD}";

const MAC_TURKISH: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’\
    ÷◊ÿŸĞğİıŞş‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙ\u{F8A0}ˆ˜¯˘˙˚¸˝˛ˇ";

const MAC_CENTRAL_EUROPE: &str = "ÄĀāÉĄÖÜáąČäčĆćéŹźĎíďĒēĖóėôöõúĚěü†°Ę£§•¶ß®©™ę¨≠ģĮįĪ≤≥īĶ∂∑łĻļĽľĹĺŅņŃ¬√ńŇ∆«»…\u{A0}ňŐÕőŌ–—“”‘’\
    ÷◊ōŔŕŘ‹›řŖŗŠ‚„šŚśÁŤťÍŽžŪÓÔūŮÚůŰűŲųÝýķŻŁżĢˇ";

/// The Latin-1 character of every byte.
#[rustfmt::skip]
const EBCDIC: [u8; 256] = [
    0x00, 0x01, 0x02, 0x03, 0x9C, 0x09, 0x86, 0x7F, 0x97, 0x8D, 0x8E, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F,
    0x10, 0x11, 0x12, 0x13, 0x9D, 0x85, 0x08, 0x87, 0x18, 0x19, 0x92, 0x8F, 0x1C, 0x1D, 0x1E, 0x1F,
    0x80, 0x81, 0x82, 0x83, 0x84, 0x0A, 0x17, 0x1B, 0x88, 0x89, 0x8A, 0x8B, 0x8C, 0x05, 0x06, 0x07,
    0x90, 0x91, 0x16, 0x93, 0x94, 0x95, 0x96, 0x04, 0x98, 0x99, 0x9A, 0x9B, 0x14, 0x15, 0x9E, 0x1A,
    0x20, 0xA0, 0xE2, 0xE4, 0xE0, 0xE1, 0xE3, 0xE5, 0xE7, 0xF1, 0xA2, 0x2E, 0x3C, 0x28, 0x2B, 0x7C,
    0x26, 0xE9, 0xEA, 0xEB, 0xE8, 0xED, 0xEE, 0xEF, 0xEC, 0xDF, 0x21, 0x24, 0x2A, 0x29, 0x3B, 0xAC,
    0x2D, 0x2F, 0xC2, 0xC4, 0xC0, 0xC1, 0xC3, 0xC5, 0xC7, 0xD1, 0xA6, 0x2C, 0x25, 0x5F, 0x3E, 0x3F,
    0xF8, 0xC9, 0xCA, 0xCB, 0xC8, 0xCD, 0xCE, 0xCF, 0xCC, 0x60, 0x3A, 0x23, 0x40, 0x27, 0x3D, 0x22,
    0xD8, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0xAB, 0xBB, 0xF0, 0xFD, 0xFE, 0xB1,
    0xB0, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70, 0x71, 0x72, 0xAA, 0xBA, 0xE6, 0xB8, 0xC6, 0xA4,
    0xB5, 0x7E, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7A, 0xA1, 0xBF, 0xD0, 0xDD, 0xDE, 0xAE,
    0x5E, 0xA3, 0xA5, 0xB7, 0xA9, 0xA7, 0xB6, 0xBC, 0xBD, 0xBE, 0x5B, 0x5D, 0xAF, 0xA8, 0xB4, 0xD7,
    0x7B, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0xAD, 0xF4, 0xF6, 0xF2, 0xF3, 0xF5,
    0x7D, 0x4A, 0x4B, 0x4C, 0x4D, 0x4E, 0x4F, 0x50, 0x51, 0x52, 0xB9, 0xFB, 0xFC, 0xF9, 0xFA, 0xFF,
    0x5C, 0xF7, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5A, 0xB2, 0xD4, 0xD6, 0xD2, 0xD3, 0xD5,
    0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0xB3, 0xDB, 0xDC, 0xD9, 0xDA, 0x9F,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn set(name: &str) -> Charset {
        Charset::named(name).expect("a character set")
    }

    #[test]
    fn names_and_numbers_agree() {
        for (number, name) in NUMBERS {
            assert_eq!(Charset::numbered(*number), Some(set(name)), "{name}");
        }
        for upper in [CP437, MAC_GREEK, MAC_TURKISH, MAC_CENTRAL_EUROPE] {
            assert_eq!(upper.chars().count(), 128);
        }
        assert_eq!(Charset::named("klingon"), None);
    }

    #[test]
    fn there_and_back() {
        let text = Text::from("Été {1} ÷");
        for name in [
            "utf-8",
            "UTF-16",
            "utf-16be",
            "UTF-32",
            "utf-32le",
            "ISO-8859-1",
            "cp437",
            "cp037",
            "MacRoman",
            "Windows-1252",
        ] {
            let text = if name == "cp437" { Text::from("été {1} ÷") } else { text.clone() };
            assert_eq!(set(name).decode(&set(name).encode(&text)), text, "{name}");
        }
    }

    #[test]
    fn what_a_set_lacks_is_a_question_mark() {
        assert_eq!(set("latin1").encode(&Text::from("a€")), b"a?");
        assert_eq!(set("us-ascii").encode(&Text::from("é")), b"?");
        assert_eq!(set("koi8-r").encode(&Text::from("日b")), b"?b");
    }

    #[test]
    fn marks_win() {
        assert_eq!(set("utf-8").decode(&[0xFF, 0xFE, 79, 0]).to_str(), "O");
        assert_eq!(set("utf-16be").decode(&[0xEF, 0xBB, 0xBF, b'x']).to_str(), "x");
        assert_eq!(set("latin1").decode(&[0xEF, 0xBB, 0xBF]).to_str(), "ï»¿");
    }
}
