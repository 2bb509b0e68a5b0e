//! XML: text to pieces, pieces to a tree that can be changed, paths through it, and the tree as text again.
//!
//! Nothing here fetches anything: what a document says about other documents is kept, never followed. All walks are
//! loops, so that the depth of a document is bounded by memory alone.

pub mod build;
pub mod convert;
pub mod dtd;
pub mod input;
pub mod name;
pub mod path;
pub mod scan;
pub mod tree;
pub mod write;

/// What is wrong with an XML text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, in one sentence.
    pub message: String,
    /// The line, from 1 on.
    pub line: usize,
    /// The character in the line, from 1 on.
    pub column: usize,
}

impl Problem {
    /// A problem at a byte of a text.
    #[cold]
    pub fn at(text: &str, position: usize, message: impl Into<String>) -> Self {
        let mut end = position.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = text.get(..end).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self { message: message.into(), line, column }
    }
}

/// What `XML SET OPTIONS` sets for a document, by the numbers of its constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// `XML String encoding`
    pub strings: i32,
    /// `XML date encoding`
    pub dates: i32,
    /// `XML time encoding`
    pub times: i32,
    /// `XML indentation`
    pub indentation: i32,
    /// `XML binary encoding`
    pub binaries: i32,
    /// `XML picture encoding`
    pub pictures: i32,
    /// `XML DOM case sensitivity`
    pub case: i32,
    /// `XML BOM`
    pub mark: i32,
    /// `XML line ending`
    pub line_end: i32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            strings: 1,
            dates: 1,
            times: 1,
            indentation: 1,
            binaries: 1,
            pictures: 1,
            case: 1,
            mark: 0,
            line_end: 0,
        }
    }
}

impl Options {
    /// Whether written documents are indented.
    pub fn indents(&self) -> bool {
        self.indentation != 2
    }

    /// Whether texts are written without being escaped.
    pub fn raw(&self) -> bool {
        self.strings == 2
    }

    /// What ends a line in a written document.
    pub fn line_end(&self) -> &'static str {
        match self.line_end {
            1 => "\n",
            2 => "\r\n",
            3 => "\r",
            _ => {
                if cfg!(windows) {
                    "\r\n"
                } else {
                    "\n"
                }
            }
        }
    }
}
