//! The error stack of a process: what `Try`, `ON ERR CALL`, `Last errors` and `throw` read and write.

use crate::value::error::Error;
use crate::value::text::Text;

/// The state of error handling in one process.
#[derive(Debug, Default)]
pub struct ErrorState {
    /// The method that `ON ERR CALL` installed for this process; empty when none is.
    pub handler: Text,
    /// How many `Try` are under way.
    pub tries: u32,
    /// What `Last errors` gives: the most recent first, unless several were deferred together.
    pub last: Vec<Error>,
    /// Errors thrown with `deferred`, not raised yet, with the depth of the frame that threw them.
    pub deferred: Vec<(usize, Error)>,
    /// Errors that were deferred together and raised as one.
    pub together: Vec<Error>,
    /// The error handler runs; it is not called again for its own errors.
    pub handling: bool,
    /// The error handler called `ABORT`: execution does not go on.
    pub aborted: bool,
    /// An error that no handler caught ended the process.
    pub uncaught: Option<Error>,
}

impl ErrorState {
    /// Remembers errors raised together; a new error that another caused stands before it.
    pub fn record(&mut self, errors: Vec<Error>) {
        self.last.splice(0..0, errors);
    }
}
