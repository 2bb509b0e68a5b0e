//! Places in source text.
//!
//! A [`Span`] is a range of bytes in the decoded text of one [`super::SourceFile`]. For a UTF-8 file these are the
//! bytes on disk; for another encoding the file itself translates them back.

/// The number of a loaded file in the table of sources.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub u32);

/// A range of bytes of one file, end excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// A span of `source` from byte `start` up to and without byte `end`.
    pub const fn new(source: SourceId, start: u32, end: u32) -> Self {
        Self { source, start, end }
    }

    /// The smallest span that covers both; they are in the same file.
    pub fn to(self, other: Self) -> Self {
        Self { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The empty span just behind this one.
    pub const fn after(self) -> Self {
        Self { source: self.source, start: self.end, end: self.end }
    }
}

/// A thing and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Spanned<T> {
    /// The thing.
    pub node: T,
    /// Where it stands.
    pub span: Span,
}

/// A place as an editor shows it; both numbers begin with 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The character in the line; a tab counts as one.
    pub column: u32,
}

/// Where the lines of a text begin. A line ends at LF, CR or CR LF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Finds the lines of a text.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        // A byte order mark is no character of the first line.
        let mut starts = vec![if text.starts_with('\u{feff}') { 3 } else { 0 }];
        for (at, byte) in bytes.iter().enumerate() {
            let ends = match byte {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends {
                starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        Self { starts }
    }

    /// How many lines there are, at least one.
    pub fn count(&self) -> u32 {
        u32::try_from(self.starts.len()).unwrap_or(u32::MAX)
    }

    /// The line and column of a byte of the text that this index was made of.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line.wrapping_sub(1)).copied().unwrap_or_default();
        let before = text.as_bytes().get(start as usize..offset as usize).unwrap_or_default();
        // Bytes that go on a character do not count; so a place inside a character is the place behind it.
        let characters = before.iter().filter(|byte| (**byte & 0xC0) != 0x80).count();
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(characters).unwrap_or(u32::MAX).saturating_add(1),
        }
    }

    /// The text of a line, without its end. The first line is 1.
    pub fn line<'t>(&self, text: &'t str, number: u32) -> &'t str {
        let index = number.wrapping_sub(1) as usize;
        let Some(start) = self.starts.get(index) else { return "" };
        let end = self.starts.get(index + 1).map_or(text.len(), |next| *next as usize);
        text.get(*start as usize..end).unwrap_or_default().trim_end_matches(['\r', '\n'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end() {
        let text = "a\nb\rc\r\nd";
        let index = LineIndex::new(text);
        assert_eq!(index.count(), 4);
        let lines: Vec<_> = (0..=5).map(|number| index.line(text, number)).collect();
        assert_eq!(lines, ["", "a", "b", "c", "d", ""]);
        assert_eq!(index.position(text, 0), Position { line: 1, column: 1 });
        assert_eq!(index.position(text, 4), Position { line: 3, column: 1 });
        assert_eq!(index.position(text, 7), Position { line: 4, column: 1 });
        assert_eq!(index.position(text, 8), Position { line: 4, column: 2 });
    }

    #[test]
    fn columns_count_characters() {
        let text = "\té𝄞x";
        let x = u32::try_from(text.find('x').unwrap()).unwrap();
        assert_eq!(LineIndex::new(text).position(text, x), Position { line: 1, column: 4 });
    }
}
