//! What the user is told: one [`Diagnostic`] a problem, whatever stage found it.
//!
//! A diagnostic says what is wrong in one sentence of 4D's own words, where (a label on the exact span), and what to
//! do. Rendering is [`render`]'s business; wording is the business of the stage that found the problem.

pub mod codes;
pub mod machine;
pub mod place;
pub mod render;
pub mod suggest;

use crate::source::span::Span;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something a reader may want to know.
    Note,
    /// Probably not what was meant; never changes the exit code by itself.
    Warning,
    /// The program is wrong.
    Error,
}

/// The stable name of a kind of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// One of Quatre's own, shown as `Q2001`; every one has a row in [`codes`].
    Quatre(u16),
    /// 4D's own error number, shown as it is: `-10518`, `54`.
    Native(i32),
}

impl Code {
    /// The number alone, as the language gives it.
    pub fn number(self) -> i32 {
        match self {
            Self::Quatre(number) => i32::from(number),
            Self::Native(number) => number,
        }
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Quatre(number) => write!(f, "Q{number:04}"),
            Self::Native(number) => write!(f, "{number}"),
        }
    }
}

/// A remark on a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is there, in lower case, without a final dot.
    pub text: String,
}

/// A correction that can be made as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does: ``replace by `Session info` ``.
    pub title: String,
    /// What it replaces.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// One problem.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Its stable code.
    pub code: Code,
    /// What is wrong, in one sentence, lower case, without a final dot.
    pub message: String,
    /// Where; `None` only when there is no source at all.
    pub primary: Option<Label>,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// What to do about it; at most one, typed as it stands.
    pub help: Option<String>,
    /// The same as an edit, when it can be made mechanically.
    pub fix: Option<Fix>,
    /// Facts that add something.
    pub notes: Vec<String>,
}

impl Diagnostic {
    /// An error with nothing but a code and a sentence.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message: message.into(),
            primary: None,
            secondary: Vec::new(),
            help: None,
            fix: None,
            notes: Vec::new(),
        }
    }

    /// A warning with nothing but a code and a sentence.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// The same, placed.
    #[must_use]
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.primary = Some(Label { span, text: text.into() });
        self
    }

    /// The same, with one more place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// The same, with advice.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// The same, with one more fact.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// The same, with a correction that an editor can make.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some(Fix { title: title.into(), span, text: text.into() });
        self
    }
}
