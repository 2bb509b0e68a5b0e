//! Text as code: `EXECUTE FORMULA`, `Formula from string`; and small questions about the code that runs.

use crate::program::ids::LocalId;
use crate::runtime::TextKind;
use crate::runtime::code::Flow;
use crate::runtime::process::Process;
use crate::source::span::Span;
use crate::value::Value;
use crate::value::error::{Error, Result};
use crate::value::function::MethodId;

/// How many texts a process keeps as code, so that a loop over one does not read it again and again.
const MOST_TEXTS: usize = 256;

/// The texts that this process has made code of.
#[derive(Default)]
struct Texts(indexmap::IndexMap<(String, bool), MethodId>);

/// Locals that several texts share, by name whatever its case.
#[derive(Debug, Default)]
pub struct Locals(indexmap::IndexMap<String, Value>);

impl Locals {
    /// Gives a local a value; the name is without `$`.
    pub fn set(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_lowercase(), value);
    }
}

impl Process {
    /// Where the command that runs was called.
    pub fn site(&self) -> Option<Span> {
        (self.at != Span::default()).then_some(self.at)
    }

    /// What `Call chain` calls a unit of code of that name.
    pub fn kind_of_code(&self, name: &str) -> &'static str {
        if name.starts_with("Formula(") || name == "Formula" {
            return "formula";
        }
        if name.contains('.') && self.runtime.loader.method(name).is_none() {
            return "classFunction";
        }
        "projectMethod"
    }

    /// Makes code of a text.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn compile_text(&mut self, text: &str, kind: TextKind) -> Result<MethodId> {
        let key = (text.to_owned(), kind == TextKind::Formula);
        if let Some(id) = self.state::<Texts>().0.get(&key) {
            return Ok(*id);
        }
        let name =
            if kind == TextKind::Formula { format!("Formula({text})") } else { "EXECUTE FORMULA".to_owned() };
        let id =
            self.runtime.loader.compile(text, kind, &name).map_err(|problems| unreadable(text, &problems))?;
        let texts = &mut self.state::<Texts>().0;
        if texts.len() >= MOST_TEXTS {
            texts.shift_remove_index(0);
        }
        texts.insert(key, id);
        Ok(id)
    }

    /// Makes a method of a text; what cannot be read is an error when it is called.
    pub fn add_method(&mut self, text: &str, name: &str) -> MethodId {
        self.runtime.loader.add_method(text, name)
    }

    /// What is wrong with the text of a unit of code.
    pub fn problems_of(&self, id: MethodId) -> Vec<crate::diagnostics::Diagnostic> {
        self.runtime.loader.problems(id)
    }

    /// `4D.File.new(arguments)` where the class is a value.
    pub fn construct_native(&mut self, class: &'static str, arguments: Vec<Value>) -> Result<Value> {
        let loader = std::sync::Arc::clone(&self.runtime.loader);
        loader
            .construct_native(self, class, arguments)
            .unwrap_or_else(|| Err(Error::quatre(5112, format!("a 4D.{class} is not made with `new`"))))
    }

    /// Runs code made of a text with arguments, and with locals that it shares with other texts.
    pub fn run_text(&mut self, id: MethodId, arguments: Vec<Value>, locals: &mut Locals) -> Result<Value> {
        let code = self.code(id)?;
        let parameters: Vec<LocalId> =
            code.method.parameters.iter().map(|parameter| parameter.local).collect();
        let known: Vec<(LocalId, String)> = (0_u32..)
            .map(LocalId)
            .zip(code.method.locals.iter())
            .filter(|(id, _)| !parameters.contains(id) && code.method.result != Some(*id))
            .map(|(id, local)| (id, local.name.to_lowercase()))
            .collect();
        let site = self.at;
        self.enter(&code, id, site)?;
        let mut ready = self.give_arguments(&code, arguments.into_iter());
        for (id, name) in &known {
            if let Some(value) = locals.0.get(name) {
                ready = ready.and_then(|()| self.write_local(&code.method, *id, value.clone()));
            }
        }
        let flow = match ready {
            Ok(()) => (code.body)(self),
            Err(error) => {
                self.fail(error);
                Flow::Fail
            }
        };
        for (id, name) in known {
            let value = self.read_local(&code.method, id);
            if !matches!(value, Value::Undefined) {
                locals.0.insert(name, value);
            }
        }
        let value = if flow == Flow::Fail { Value::Undefined } else { self.result(code.result) };
        self.leave(flow);
        self.check()?;
        Ok(value)
    }

    /// Runs the text of one line; it sees the locals of the method that calls it.
    pub fn execute_text(&mut self, text: &str) -> Result<()> {
        let id = self.compile_text(text, TextKind::Snippet)?;
        let code = self.code(id)?;
        let outer = match self.stack.frame().map(|frame| frame.code) {
            Some(outer) => Some(self.code(outer)?),
            None => None,
        };
        // The locals that both have by name, with their values in the calling method.
        let mut shared: Vec<(LocalId, LocalId, Value)> = Vec::new();
        if let Some(outer) = &outer {
            for (inner_index, inner) in code.method.locals.iter().enumerate() {
                let known =
                    outer.method.locals.iter().position(|local| local.name.eq_ignore_ascii_case(&inner.name));
                if let Some(outer_index) = known {
                    let (inner, outer_id) = (local_id(inner_index), local_id(outer_index));
                    let value = self.read_local(&outer.method, outer_id);
                    shared.push((inner, outer_id, value));
                }
            }
        }
        let site = self.at;
        self.enter(&code, id, site)?;
        let mut ready = Ok(());
        for (inner, _, value) in &shared {
            ready = ready.and_then(|()| self.write_local(&code.method, *inner, value.clone()));
        }
        let flow = match ready {
            Ok(()) => (code.body)(self),
            Err(error) => {
                self.fail(error);
                Flow::Fail
            }
        };
        let results: Vec<Value> =
            shared.iter().map(|(inner, _, _)| self.read_local(&code.method, *inner)).collect();
        self.leave(flow);
        if let Some(outer) = &outer {
            for ((_, outer_id, _), value) in shared.iter().zip(results) {
                self.write_local(&outer.method, *outer_id, value)?;
            }
        }
        self.check()
    }
}

fn local_id(index: usize) -> LocalId {
    LocalId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// The error of a text that cannot be read: what is wrong stands in its message, since the text is no file.
fn unreadable(text: &str, problems: &[crate::diagnostics::Diagnostic]) -> Error {
    let what = problems.first().map_or("it cannot be read", |problem| problem.message.as_str());
    Error::quatre(5115, format!("this text is no code: {what}")).note(format!("the text: {text}"))
}
