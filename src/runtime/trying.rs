//! `Try`, `ON ERR CALL`, and what becomes of errors.

use crate::program::ids::VariableId;
use crate::runtime::code::Flow;
use crate::runtime::process::Process;
use crate::value::Value;
use crate::value::error::{Error, Result};
use crate::value::text::Text;

/// What a `Try` puts aside while its code runs.
#[derive(Debug)]
pub struct Outer {
    handler: Text,
    depth: usize,
}

/// The state of an error handler that runs: the system variables it reads.
const ERROR_VARIABLES: [&str; 4] = ["Error", "Error line", "Error method", "Error formula"];

/// `ek global`
pub const GLOBAL_SCOPE: i32 = 1;

impl Process {
    /// `Try`: handlers installed outside do not see its errors.
    pub fn begin_try(&mut self) -> Outer {
        if self.errors.tries == 0 {
            self.errors.last.clear();
        }
        self.errors.tries += 1;
        Outer { handler: std::mem::take(&mut self.errors.handler), depth: self.stack.frames().len() }
    }

    /// The end of the code of a `Try`; true when `Catch` must run.
    pub fn end_try(&mut self, outer: Outer, flow: Flow) -> bool {
        self.close_try(outer);
        if flow != Flow::Fail {
            return false;
        }
        match self.take_error() {
            Some(error) if error.details().fatal => {
                self.fail(error);
                false
            }
            Some(error) => {
                self.record(error);
                true
            }
            None => false,
        }
    }

    /// The end of a `Try(expression)`: Undefined when it failed.
    pub fn end_try_value(&mut self, outer: Outer, result: Result<Value>) -> Result<Value> {
        self.close_try(outer);
        match result {
            Ok(value) => Ok(value),
            Err(error) if error.details().fatal => Err(error),
            Err(error) => {
                self.record(error);
                Ok(Value::Undefined)
            }
        }
    }

    fn close_try(&mut self, outer: Outer) {
        self.errors.tries = self.errors.tries.saturating_sub(1);
        self.errors.handler = outer.handler;
        // What was deferred directly in the code of the `Try` ends with it: kept in `Last errors`, not raised again.
        let mut deferred = Vec::new();
        self.errors.deferred.retain(|(depth, error)| {
            if *depth >= outer.depth {
                deferred.push(error.clone());
            }
            *depth < outer.depth
        });
        if !deferred.is_empty() {
            self.errors.record(deferred);
        }
    }

    /// Keeps an error that was caught, with those deferred together with it.
    fn record(&mut self, mut error: Error) {
        if error.details().chain.is_empty() {
            let span = error.details().span;
            error.details_mut().chain = self.call_chain(span);
        }
        let mut together = std::mem::take(&mut self.errors.together);
        if together.is_empty() {
            together.push(error);
        }
        self.errors.record(together);
    }

    /// A statement failed: the method that `ON ERR CALL` installed handles the error and execution goes on.
    #[cold]
    pub fn recover(&mut self) -> bool {
        if self.errors.handling {
            return false;
        }
        let handler = match self.handler() {
            Some(handler) => handler,
            None => return false,
        };
        let Some(error) = self.take_error() else { return false };
        if error.details().fatal {
            self.fail(error);
            return false;
        }
        let Some(method) = self.runtime.loader.method(&handler) else {
            self.fail(error.note(format!("the error handler `{handler}` is no method of this program")));
            return false;
        };
        self.set_error_variables(&error);
        self.errors.last.clear();
        let site = error.details().span.unwrap_or_default();
        self.record(error);
        self.errors.handling = true;
        let result = self.call(method, Vec::new(), site);
        self.errors.handling = false;
        match result {
            Ok(_) => !std::mem::take(&mut self.errors.aborted),
            Err(error) => {
                self.fail(error);
                false
            }
        }
    }

    /// The method that handles errors here: that of the process or, outside every `Try`, the one for all processes.
    fn handler(&self) -> Option<String> {
        if !self.errors.handler.is_empty() {
            return Some(self.errors.handler.to_str().into_owned());
        }
        let global =
            if self.errors.tries == 0 { self.runtime.storage.handler(GLOBAL_SCOPE) } else { String::new() };
        (!global.is_empty()).then_some(global)
    }

    fn set_error_variables(&mut self, error: &Error) {
        let details = error.details();
        let number = match details.code {
            crate::diagnostics::Code::Native(number) => number,
            crate::diagnostics::Code::Quatre(number) => i32::from(number),
        };
        let line = details.span.and_then(|span| self.line_of(span)).unwrap_or(0);
        let method = self.stack.frame().map(|frame| self.unit_name(frame.code)).unwrap_or_default();
        let formula = details.span.and_then(|span| self.line_text(span)).unwrap_or_default();
        let values =
            [Value::Integer(number), Value::Integer(line), Value::from(method), Value::from(formula)];
        for (name, value) in ERROR_VARIABLES.into_iter().zip(values) {
            let id: VariableId = self.runtime.program.variable(name);
            self.variable(id).set(value);
        }
    }

    /// The line of a place in its file, from 1.
    pub fn line_of(&self, span: crate::source::span::Span) -> Option<i32> {
        let file = self.runtime.program.sources.get(span.source)?;
        i32::try_from(file.position(span.start).line).ok()
    }

    /// The text of the line of a place.
    pub fn line_text(&self, span: crate::source::span::Span) -> Option<String> {
        let file = self.runtime.program.sources.get(span.source)?;
        Some(file.line(file.position(span.start).line).trim().to_owned())
    }
}
