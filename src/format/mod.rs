//! The canonical layout of 4D code: what 4D's own editor writes when it saves a method.
//!
//! It works on tokens, not on the tree, so that nothing of a text can get lost: every token and every comment of the old
//! text comes out again, in order, and only what stands between them is chosen anew. How the editor spaces things was
//! measured on public projects, down to the blank behind `End if` and the tabs of an empty line: a file that 4D has saved
//! stays as it is. What was laid out is read again and compared with what it was made from before anyone gets it.

mod compare;
mod indent;
mod layout;
mod spacing;
mod spelling;

use crate::builtin::catalog::Catalog;
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::SourceFile;
use crate::source::span::SourceId;
use crate::syntax::lexer::{FileKind, Lexeme, Lexer};
use crate::syntax::tree::Comment;
use crate::syntax::{Names, parse_class, parse_method};

/// What happens to tokens such as the `:C41` of `ALERT:C41`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tokens {
    /// They stay where they are.
    #[default]
    Keep,
    /// Commands and constants get them.
    Add,
    /// They go, where the name alone says the same.
    Remove,
}

/// Why a text has no layout.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// It has errors of syntax, so nobody knows what it means.
    Syntax(Vec<Diagnostic>),
    /// What came out would not have been the same code: a defect of Quatre, and the text is better left alone.
    Differs,
}

/// What a name means, and how it is spelled.
#[derive(Clone, Copy)]
pub struct Vocabulary<'a> {
    /// All names that a run of words may be cut into.
    pub names: &'a dyn Names,
    /// The commands and constants with their spellings.
    pub catalog: &'a Catalog,
}

/// The text of a file in its canonical layout.
///
/// # Errors
/// The text has errors of syntax.
pub fn format(
    file: &SourceFile,
    kind: FileKind,
    vocabulary: Vocabulary<'_>,
    tokens: Tokens,
) -> Result<String, Refusal> {
    let (_, problems) = match kind {
        FileKind::Method => {
            let (_, problems) = parse_method(file, vocabulary.names);
            ((), problems)
        }
        FileKind::Class => {
            let (_, problems) = parse_class(file, vocabulary.names);
            ((), problems)
        }
    };
    let errors: Vec<Diagnostic> = problems.into_iter().filter(|p| p.severity == Severity::Error).collect();
    if !errors.is_empty() {
        return Err(Refusal::Syntax(errors));
    }
    let old = Lexed::new(&file.text, kind, vocabulary.names);
    let text = layout::layout(&old, vocabulary, tokens);
    let new = Lexed::new(&text, kind, vocabulary.names);
    if compare::same_code(&old, &new, vocabulary.catalog) { Ok(text) } else { Err(Refusal::Differs) }
}

/// A text cut into tokens and comments.
struct Lexed<'t> {
    text: &'t str,
    /// One entry a logical line.
    lines: Vec<Vec<Lexeme>>,
    comments: Vec<Comment>,
}

impl<'t> Lexed<'t> {
    fn new(text: &'t str, kind: FileKind, names: &'t dyn Names) -> Self {
        let mut lexer = Lexer::new(text, SourceId(0), kind, names);
        let mut lines = Vec::new();
        let mut line = Vec::new();
        while lexer.next_line(&mut line) {
            lines.push(line.clone());
        }
        let (comments, _, _) = lexer.finish();
        Self { text, lines, comments }
    }

    fn slice(&self, start: u32, end: u32) -> &'t str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    fn of(&self, lexeme: &Lexeme) -> &'t str {
        self.slice(lexeme.start, lexeme.end)
    }
}

/// The words of a name, joined by one blank.
fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
