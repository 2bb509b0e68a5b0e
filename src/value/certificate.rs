//! Certificates, as far as a program needs them: the request that an authority signs, and the public key of one.
//!
//! Both are nested values of a tag, a length and bytes (DER), few enough to be written and read here.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The tags that are written.
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const INTEGER: u8 = 0x02;
const BITS: u8 = 0x03;
const NULL: u8 = 0x05;
const OBJECT_ID: u8 = 0x06;
const UTF8: u8 = 0x0c;
const PRINTABLE: u8 = 0x13;
const ATTRIBUTES: u8 = 0xa0;
const VERSION: u8 = 0xa0;

/// `sha256WithRSAEncryption`
const SHA256_WITH_RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b];

/// A part of the name of the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The name of the web site.
    CommonName,
    /// Two letters.
    Country,
    /// The town.
    Locality,
    /// The state or region.
    State,
    /// The company.
    Organization,
    /// The department.
    Unit,
}

impl Part {
    /// By the code that 4D gives it.
    pub fn numbered(code: i32) -> Option<Self> {
        Some(match code {
            13 => Self::CommonName,
            14 => Self::Country,
            15 => Self::Locality,
            16 => Self::State,
            17 => Self::Organization,
            18 => Self::Unit,
            _ => return None,
        })
    }

    /// The last byte of its object identifier, 2.5.4.n.
    fn id(self) -> u8 {
        match self {
            Self::CommonName => 3,
            Self::Country => 6,
            Self::Locality => 7,
            Self::State => 8,
            Self::Organization => 10,
            Self::Unit => 11,
        }
    }
}

/// A value: its tag, the length of what it holds, and that.
fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag];
    match u8::try_from(content.len()) {
        Ok(length) if length < 0x80 => bytes.push(length),
        _ => {
            let length = content.len().to_be_bytes();
            let digits: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
            bytes.push(0x80 | u8::try_from(digits.len()).unwrap_or_default());
            bytes.extend(digits);
        }
    }
    bytes.extend_from_slice(content);
    bytes
}

fn name(parts: &[(Part, String)]) -> Vec<u8> {
    let parts = parts.iter().map(|(part, text)| {
        let id = value(OBJECT_ID, &[0x55, 0x04, part.id()]);
        // A country is written in letters that every machine knows.
        let tag = if *part == Part::Country { PRINTABLE } else { UTF8 };
        value(SET, &value(SEQUENCE, &[id, value(tag, text.as_bytes())].concat()))
    });
    value(SEQUENCE, &parts.collect::<Vec<_>>().concat())
}

/// A request for a certificate in PEM: `sign` signs its bytes with RSA and SHA-256.
///
/// # Errors
/// Those of `sign`.
pub fn request<E>(
    public_der: &[u8],
    parts: &[(Part, String)],
    sign: impl FnOnce(&[u8]) -> Result<Vec<u8>, E>,
) -> Result<String, E> {
    let version = value(INTEGER, &[0]);
    let info = value(SEQUENCE, &[version, name(parts), public_der.to_vec(), value(ATTRIBUTES, &[])].concat());
    let signature = sign(&info)?;
    let algorithm = value(SEQUENCE, &[value(OBJECT_ID, SHA256_WITH_RSA), value(NULL, &[])].concat());
    // The first byte says how many bits of the last one are not used.
    let signature = value(BITS, &[&[0][..], &signature].concat());
    let request = value(SEQUENCE, &[info, algorithm, signature].concat());
    let text = STANDARD.encode(request);
    let lines: Vec<&str> =
        text.as_bytes().chunks(64).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    Ok(format!(
        "-----BEGIN CERTIFICATE REQUEST-----\n{}\n-----END CERTIFICATE REQUEST-----\n",
        lines.join("\n")
    ))
}

/// A value that has been read.
struct Front<'a> {
    tag: u8,
    content: &'a [u8],
    /// Its tag and length too.
    whole: &'a [u8],
    /// What follows it.
    after: &'a [u8],
}

/// The value at the front.
fn front(bytes: &[u8]) -> Option<Front<'_>> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let count = usize::from(first & 0x7f);
        let digits = rest.get(..count).filter(|_| (1..=4).contains(&count))?;
        let length = digits.iter().fold(0, |length: usize, digit| length << 8 | usize::from(*digit));
        (length, rest.get(count..)?)
    };
    let content = rest.get(..length)?;
    let after = rest.get(length..)?;
    let whole = bytes.get(..bytes.len() - after.len())?;
    Some(Front { tag, content, whole, after })
}

/// The public key of a certificate, with its kind.
pub fn public_key(certificate: &[u8]) -> Option<&[u8]> {
    let signed = front(front(certificate)?.content)?;
    let mut rest = signed.content;
    if front(rest)?.tag == VERSION {
        rest = front(rest)?.after;
    }
    // The serial number, the algorithm, the issuer, the validity, the subject.
    for _ in 0..5 {
        rest = front(rest)?.after;
    }
    Some(front(rest)?.whole)
}
