//! The one error of the language: what `Last errors`, `ON ERR CALL`, `Try`, `throw` and the user's report come from.

use crate::diagnostics::{Code, Diagnostic, Fix, Label};
use crate::source::span::Span;
use crate::value::object::Object;

/// What every operation of the language that may fail returns.
pub type Result<T> = std::result::Result<T, Error>;

/// One call that was under way when an error was raised.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The method, formula or class function, as 4D shows it: `price`, `Person.fullName`.
    pub method: String,
    /// Where in it execution stood.
    pub span: Option<Span>,
}

/// Everything known about an error.
#[derive(Clone, Debug)]
pub struct Details {
    /// 4D's number, or one of Quatre's.
    pub code: Code,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Who says so: `host` for code that throws, `4DRT` for the runtime, or what `throw` was given.
    pub component: String,
    /// The expression at fault.
    pub span: Option<Span>,
    /// What is there, shown under the expression.
    pub label: String,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
    /// The same as an edit, when it can be made mechanically.
    pub fix: Option<Fix>,
    /// Facts that add something.
    pub notes: Vec<String>,
    /// The calls that were under way, innermost first.
    pub chain: Vec<Call>,
    /// The object given to `throw`, whose other properties are kept.
    pub thrown: Option<Object>,
    /// A limit was hit: no `Try` and no handler may catch it.
    pub fatal: bool,
}

/// An error under way: one word, so that a result stays small.
#[derive(Clone, Debug)]
pub struct Error(Box<Details>);

impl Error {
    fn with_code(code: Code, message: String) -> Self {
        Self(Box::new(Details {
            code,
            message,
            component: "4DRT".to_owned(),
            span: None,
            label: String::new(),
            secondary: Vec::new(),
            help: None,
            fix: None,
            notes: Vec::new(),
            chain: Vec::new(),
            thrown: None,
            fatal: false,
        }))
    }

    /// An error that 4D numbers.
    #[cold]
    pub fn native(number: i32, message: impl Into<String>) -> Self {
        Self::with_code(Code::Native(number), message.into())
    }

    /// An error without a number in 4D; `code` has a row in `diagnostics::codes`.
    #[cold]
    pub fn quatre(code: u16, message: impl Into<String>) -> Self {
        Self::with_code(Code::Quatre(code), message.into())
    }

    /// 4D's error 54, argument types are incompatible: `what` names what was to be done.
    #[cold]
    pub fn types(what: impl Into<String>) -> Self {
        Self::native(54, what)
    }

    /// The error that a problem found before running becomes when execution gets there.
    #[cold]
    pub fn from_diagnostic(diagnostic: &Diagnostic) -> Self {
        let mut error = Self::with_code(diagnostic.code, diagnostic.message.clone());
        if let Some(label) = &diagnostic.primary {
            error.0.span = Some(label.span);
            error.0.label.clone_from(&label.text);
        }
        error.0.secondary.clone_from(&diagnostic.secondary);
        error.0.help.clone_from(&diagnostic.help);
        error.0.fix.clone_from(&diagnostic.fix);
        error.0.notes.clone_from(&diagnostic.notes);
        error
    }

    /// The same, placed, unless a place is known already.
    #[cold]
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.0.span.get_or_insert(span);
        self
    }

    /// The same, with what is shown under the place.
    #[cold]
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.0.label = text.into();
        self
    }

    /// The same, with advice.
    #[cold]
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.0.help = Some(text.into());
        self
    }

    /// The same, with one more fact.
    #[cold]
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.0.notes.push(text.into());
        self
    }

    /// The same, impossible to catch.
    #[cold]
    #[must_use]
    pub fn fatal(mut self) -> Self {
        self.0.fatal = true;
        self
    }

    /// Everything known about it.
    pub fn details(&self) -> &Details {
        &self.0
    }

    /// The same, to be completed.
    pub fn details_mut(&mut self) -> &mut Details {
        &mut self.0
    }

    /// What the user reads.
    pub fn to_diagnostic(&self) -> Diagnostic {
        let mut diagnostic = Diagnostic::error(self.0.code, self.0.message.clone());
        if let Some(span) = self.0.span.or_else(|| self.0.chain.iter().find_map(|call| call.span)) {
            diagnostic = diagnostic.at(span, self.0.label.clone());
        }
        diagnostic.secondary.clone_from(&self.0.secondary);
        diagnostic.help.clone_from(&self.0.help);
        diagnostic.fix.clone_from(&self.0.fix);
        diagnostic.notes.clone_from(&self.0.notes);
        diagnostic
    }
}
