//! Text as found on disk: decoding, places, and the table of loaded files.
//!
//! Reading files is not done here: whoever may touch the disk hands the bytes in.

pub mod span;

pub mod decode;

use crate::source::decode::{Encoding, decode};
use crate::source::span::{LineIndex, Position, SourceId, Span};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock, RwLock};

/// One loaded text.
#[derive(Debug)]
pub struct SourceFile {
    /// Its number in the table of sources.
    pub id: SourceId,
    /// How messages call it: `price.4dm`, `Project/Sources/Methods/price.4dm`, `<eval>`.
    pub name: String,
    /// Where it lies on disk; none for a snippet.
    pub path: Option<PathBuf>,
    /// The decoded text, line ends and byte order mark included.
    pub text: Arc<str>,
    /// How its bytes were read.
    pub encoding: Encoding,
    lines: OnceLock<LineIndex>,
}

/// A text that is too long for places of 32 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

impl std::fmt::Display for TooLarge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the file is larger than 4 GB")
    }
}

impl std::error::Error for TooLarge {}

impl SourceFile {
    /// A text that stands alone, outside any table: tests, and snippets that nobody points into later.
    pub fn detached(name: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Self::new(SourceId::default(), name.into(), None, text.into(), Encoding::Utf8)
    }

    fn new(id: SourceId, name: String, path: Option<PathBuf>, text: Arc<str>, encoding: Encoding) -> Self {
        Self { id, name, path, text, encoding, lines: OnceLock::new() }
    }

    /// The text of a span of this file; empty when the span does not fit it.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// The span of the whole text.
    pub fn span(&self) -> Span {
        Span::new(self.id, 0, u32::try_from(self.text.len()).unwrap_or(u32::MAX))
    }

    /// The line and column of a byte of the text.
    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(&self.text, offset)
    }

    /// The text of a line, without its end; empty when there is no such line. The first line is 1.
    pub fn line(&self, number: u32) -> &str {
        self.lines().line(&self.text, number)
    }

    /// How many lines there are, at least one.
    pub fn line_count(&self) -> u32 {
        self.lines().count()
    }

    /// Where a byte of the text lies on disk.
    pub fn offset_on_disk(&self, offset: u32) -> u64 {
        if self.encoding == Encoding::Utf8 {
            return u64::from(offset);
        }
        let before = self.text.char_indices().take_while(|(at, _)| *at < offset as usize);
        before.map(|(_, c)| self.encoding.width(c) as u64).sum()
    }

    fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// All texts loaded so far. It only grows, and many threads may share it.
#[derive(Debug, Default)]
pub struct Sources {
    files: RwLock<Vec<Arc<SourceFile>>>,
}

impl Sources {
    /// An empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the bytes of a file.
    pub fn add(
        &self,
        name: impl Into<String>,
        path: Option<PathBuf>,
        bytes: Vec<u8>,
    ) -> Result<Arc<SourceFile>, TooLarge> {
        let (text, encoding) = decode(bytes);
        self.insert(name.into(), path, text.into(), encoding)
    }

    /// Adds a text that comes from no file: a snippet, a line of the REPL.
    pub fn add_text(
        &self,
        name: impl Into<String>,
        text: impl Into<Arc<str>>,
    ) -> Result<Arc<SourceFile>, TooLarge> {
        self.insert(name.into(), None, text.into(), Encoding::Utf8)
    }

    /// The file of that number.
    pub fn get(&self, id: SourceId) -> Option<Arc<SourceFile>> {
        let files = self.files.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        files.get(id.0 as usize).cloned()
    }

    fn insert(
        &self,
        name: String,
        path: Option<PathBuf>,
        text: Arc<str>,
        encoding: Encoding,
    ) -> Result<Arc<SourceFile>, TooLarge> {
        // One below the limit, so that the place after the last byte has a number too.
        if u32::try_from(text.len()).map_or(true, |length| length == u32::MAX) {
            return Err(TooLarge);
        }
        let mut files = self.files.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        let id = SourceId(u32::try_from(files.len()).map_err(|_| TooLarge)?);
        let file = Arc::new(SourceFile::new(id, name, path, text, encoding));
        files.push(Arc::clone(&file));
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_numbered_in_order() {
        let sources = Sources::new();
        let first = sources.add("a.4dm", None, b"ALERT".to_vec()).unwrap();
        let second = sources.add_text("<eval>", "1+2").unwrap();
        assert_eq!((first.id, second.id), (SourceId(0), SourceId(1)));
        assert_eq!(sources.get(SourceId(1)).unwrap().name, "<eval>");
        assert!(sources.get(SourceId(2)).is_none());
    }

    #[test]
    fn places_are_translated_back_to_the_disk() {
        let sources = Sources::new();
        let bytes: Vec<u8> = "\u{FEFF}é=x".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let file = sources.add("u.4dm", None, bytes).unwrap();
        let x = u32::try_from(file.text.find('x').unwrap()).unwrap();
        assert_eq!(file.offset_on_disk(x), 6);
        let file = sources.add("m.4dm", None, b"\x8E\x8E\x8Ex".to_vec()).unwrap();
        assert_eq!(&*file.text, "éééx");
        assert_eq!(file.offset_on_disk(6), 3);
        let file = sources.add("b.4dm", None, b"\xEF\xBB\xBFx".to_vec()).unwrap();
        assert_eq!(file.offset_on_disk(3), 3);
    }
}
