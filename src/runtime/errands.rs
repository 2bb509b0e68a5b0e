//! What runs beside a process and calls it back: other programs, requests to servers.
//!
//! An errand goes on by itself, on threads of its own that only move bytes; each wakes the process when something has
//! happened. Callbacks run in the process itself, when it waits for an errand, or when it is a worker without other work.

use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::runtime::process::Process;
use crate::runtime::process_table::{Kind, Message, Standing};
use crate::source::span::Span;
use crate::value::Value;
use crate::value::error::{Error, Result};
use crate::value::object::Object;
use crate::value::text::Text;

/// Something that runs beside a process.
pub trait Errand {
    /// Whether something has happened that the program has not been told.
    fn has_news(&self) -> bool;

    /// Tells it, by calling back.
    ///
    /// # Errors
    /// Those of the callbacks.
    fn deliver(&self, process: &mut Process) -> Result<()>;

    /// Whether all has been told.
    fn is_over(&self) -> bool;
}

/// The errands of a process that are not over.
#[derive(Default)]
struct Errands {
    all: Vec<Rc<dyn Errand>>,
    /// Those whose callbacks are under way: what they wait for themselves must not call them again.
    told: Vec<*const ()>,
}

fn address(errand: &Rc<dyn Errand>) -> *const () {
    Rc::as_ptr(errand).cast()
}

/// What a worker does next.
pub(super) enum Task {
    /// A message of its box.
    Message(Message),
    /// It ends.
    End,
}

impl Process {
    /// Keeps an errand until it is over.
    pub fn send_out(&mut self, errand: Rc<dyn Errand>) {
        self.state::<Errands>().all.push(errand);
    }

    /// An errand that has something to tell.
    fn next_news(&mut self) -> Option<Rc<dyn Errand>> {
        let errands = self.state::<Errands>();
        errands.all.retain(|errand| !errand.is_over());
        let told = &errands.told;
        errands.all.iter().find(|errand| !told.contains(&address(errand)) && errand.has_news()).cloned()
    }

    fn tell(&mut self, errand: &Rc<dyn Errand>) -> Result<()> {
        self.state::<Errands>().told.push(address(errand));
        let outcome = errand.deliver(self);
        self.state::<Errands>().told.retain(|told| *told != address(errand));
        outcome
    }

    /// Waits until an errand is over, or for a number of seconds; then false. Meanwhile the callbacks of all errands run,
    /// and in a worker its messages.
    ///
    /// # Errors
    /// Those of callbacks; or the process must end.
    pub fn await_errand(&mut self, wanted: &dyn Errand, seconds: Option<f64>) -> Result<bool> {
        let time = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds.max(0.0)).ok());
        let until = time.and_then(|time| Instant::now().checked_add(time));
        let standing = Standing::Waiting { condition: Arc::new(|| false), timed: true };
        loop {
            if let Some(errand) = self.next_news() {
                self.tell(&errand)?;
                continue;
            }
            if wanted.is_over() {
                return Ok(true);
            }
            if self.entry.kind == Kind::Worker
                && let Some(message) = self.entry.next_message()
            {
                self.run_message(&message)?;
                continue;
            }
            let entry = Arc::clone(&self.entry);
            let is_worker = entry.kind == Kind::Worker;
            let woken = self.wait_until(&standing, until, |process| {
                let work = wanted.is_over() || (is_worker && process.entry.has_message());
                (work || process.next_news().is_some()).then_some(())
            })?;
            if woken.is_none() {
                return Ok(wanted.is_over());
            }
        }
    }

    /// What a worker does next, after its errands have told what is new.
    pub(super) fn next_task(&mut self) -> Result<Task> {
        loop {
            while let Some(errand) = self.next_news() {
                self.tell(&errand)?;
            }
            // A worker that waits for an errand has something to do: the program does not end before.
            let standing = if self.state::<Errands>().all.is_empty() {
                Standing::Idle
            } else {
                Standing::Waiting { condition: Arc::new(|| false), timed: true }
            };
            let found = self.wait_until(&standing, None, |process| {
                let entry = &process.entry;
                if entry.is_killed() {
                    return Some(Some(Task::End));
                }
                if let Some(message) = entry.next_message() {
                    return Some(Some(Task::Message(message)));
                }
                process.next_news().map(|_| None)
            })?;
            if let Some(Some(task)) = found {
                return Ok(task);
            }
        }
    }

    /// Calls the function that an object of options holds, when it holds one: the object is its `This`.
    ///
    /// # Errors
    /// Those of the function.
    pub fn call_back(&mut self, options: &Object, name: &str, arguments: Vec<Value>) -> Result<()> {
        let site = self.at;
        let callback = self.get_member(&Value::Object(options.clone()), &Text::from(name), site)?;
        let Value::Object(callback) = callback else { return Ok(()) };
        let Some(function) = callback.as_function() else { return Ok(()) };
        let outcome = self.call_function(&function, Value::Object(options.clone()), arguments, site);
        // The commands that it ran left their own places there.
        self.at = site;
        outcome?;
        self.errors.uncaught.take().map_or(Ok(()), Err)
    }
}

/// What may stand at a callback in an object of options: a function, or nothing.
///
/// # Errors
/// Something else stands there.
pub fn check_callbacks(process: &mut Process, options: &Object, names: &[&str]) -> Result<()> {
    for name in names {
        let value =
            process.get_member(&Value::Object(options.clone()), &Text::from(*name), Span::default())?;
        let is_function =
            if let Value::Object(object) = &value { object.as_function().is_some() } else { false };
        if !is_function && !value.is_nothing() {
            let found = value.type_name();
            return Err(Error::types(format!("the option `{name}` is a formula, not {found}")).help(
                format!("write `{name}: Formula(…)`, or give a method as `Formula(my method($1; $2))`"),
            ));
        }
    }
    Ok(())
}
