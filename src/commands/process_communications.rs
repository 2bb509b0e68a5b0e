//! Theme Process (Communications): workers, signals, semaphores, variables of other processes.

use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::Instant;

use crate::builtin::parameter::{
    Argument, Arguments, Callback, OneOf, Place, PlaceOrigin, Rest, Shape, Take,
};
use crate::builtin::{Command, Theme};
use crate::classes::signal;
use crate::commands::processes::{method, ticks};
use crate::native;
use crate::runtime::process::Process;
use crate::runtime::process_table::{Call, Entry, Kind, Message, Peek, Standing};
use crate::runtime::waiting::{call_worker as bring, start_of};
use crate::value::Value;
use crate::value::error::{Error, Result};
use crate::value::object::Object;
use crate::value::portable::Portable;
use crate::value::text::Text;

/// Process (Communications)
pub const THEME: Theme = Theme {
    name: "Process (Communications)",
    commands: &[
        CALL_WORKER,
        CLEAR_SEMAPHORE,
        GET_PROCESS_VARIABLE,
        KILL_WORKER,
        NEW_SIGNAL,
        SEMAPHORE,
        SET_PROCESS_VARIABLE,
        TEST_SEMAPHORE,
        VARIABLE_TO_VARIABLE,
    ],
};

// ---- workers ----

const CALL_WORKER: Command = Command {
    number: 1389,
    name: "CALL WORKER",
    thread_safe: true,
    help: "Has a worker, a process that waits for such calls, run a formula or a method with parameters.",
    syntaxes: &[native!(call_worker(process, process, formula, param))],
};

fn call_worker(
    process: &mut Process,
    worker: OneOf<Text, i32>,
    formula: Callback,
    parameters: Rest<Value>,
) -> Result<()> {
    let runtime = Arc::clone(&process.runtime);
    let table = &runtime.processes;
    let name = match worker {
        OneOf::First(name) => name.to_str().into_owned(),
        OneOf::Second(number) => match table.get(number) {
            Some(entry) if table.is_worker(&entry.name) => entry.name.clone(),
            _ => return Ok(()),
        },
    };
    // A worker that ends at its own request is not called again by itself.
    if name == process.entry.name && process.entry.is_killed() {
        return Ok(());
    }
    let call = match formula {
        Callback::Method(text) if text.is_empty() => match table.startup_of(&name) {
            Some(call) => call,
            None => return Ok(()),
        },
        Callback::Method(text) => Call::Method(method(process, &text)?),
        Callback::Function(object) => Call::Function(Portable::from_value(&Value::Object(object))?),
    };
    let message = Message { call, arguments: Portable::from_values(&parameters.0)? };
    bring(&runtime, start_of(&runtime, &name, Kind::Worker, &process.entry), message)
}

const KILL_WORKER: Command = Command {
    number: 1390,
    name: "KILL WORKER",
    thread_safe: true,
    help: "Empties the message box of a worker, this one by default, and ends it after its present task.",
    syntaxes: &[native!(kill_worker(process, process))],
};

fn kill_worker(process: &mut Process, worker: Option<OneOf<Text, i32>>) {
    let table = &process.runtime.processes;
    let name = match worker {
        None => process.entry.name.clone(),
        Some(OneOf::First(name)) => name.to_str().into_owned(),
        Some(OneOf::Second(number)) => match table.get(number) {
            Some(entry) => entry.name.clone(),
            None => return,
        },
    };
    table.kill(&name);
}

// ---- signals and semaphores ----

const NEW_SIGNAL: Command = Command {
    number: 1641,
    name: "New signal",
    thread_safe: true,
    help: "A new signal, for which processes can wait until another one sets it.",
    syntaxes: &[native!(new_signal(description))],
};

fn new_signal(description: Option<Text>) -> Result<Object> {
    signal::make(description)
}

const SEMAPHORE: Command = Command {
    number: 143,
    name: "Semaphore",
    thread_safe: true,
    help: "False when the semaphore is now set for this process, True when another process has it set.",
    syntaxes: &[native!(semaphore(process, semaphore, tickCount))],
};

fn semaphore(process: &mut Process, name: Text, tick_count: Option<i32>) -> Result<bool> {
    let name = name.to_str().into_owned();
    let number = process.entry.number;
    let runtime = Arc::clone(&process.runtime);
    if runtime.storage.set_semaphore(&name, number) {
        return Ok(false);
    }
    let time = ticks(f64::from(tick_count.unwrap_or(0)));
    let until = Instant::now().checked_add(time);
    let condition = {
        let (runtime, name) = (Arc::clone(&runtime), name.clone());
        Arc::new(move || !runtime.storage.has_semaphore(&name))
    };
    let standing = Standing::Waiting { condition, timed: true };
    let set = process.wait_until(&standing, until, |process| {
        // Asked to be woken first, so that a release in between is not lost.
        runtime.storage.await_semaphore(&name, &process.entry);
        runtime.storage.set_semaphore(&name, number).then_some(())
    })?;
    Ok(set.is_none())
}

const CLEAR_SEMAPHORE: Command = Command {
    number: 144,
    name: "CLEAR SEMAPHORE",
    thread_safe: true,
    help: "Clears a semaphore that this process has set.",
    syntaxes: &[native!(clear_semaphore(process, semaphore))],
};

fn clear_semaphore(process: &mut Process, name: Text) {
    process.runtime.storage.clear_semaphore(&name.to_str(), process.entry.number);
}

const TEST_SEMAPHORE: Command = Command {
    number: 652,
    name: "Test semaphore",
    thread_safe: true,
    help: "True when the semaphore is set, by whatever process.",
    syntaxes: &[native!(test_semaphore(process, semaphore))],
};

fn test_semaphore(process: &mut Process, name: Text) -> bool {
    process.runtime.storage.has_semaphore(&name.to_str())
}

// ---- variables of other processes ----

/// Variables, two by two.
struct Pairs(Vec<(Rc<Place>, Rc<Place>)>);

/// Variables and values, two by two.
struct Settings(Vec<(Rc<Place>, Value)>);

fn place(arguments: &mut Arguments<'_>) -> Result<Rc<Place>> {
    match arguments.shift() {
        Argument::Place(place) => Ok(place),
        Argument::Missing => Err(arguments.missing()),
        Argument::Value(_) | Argument::Operator(_) => {
            Err(arguments.wrong_type("a variable", "an expression"))
        }
    }
}

impl Take for Pairs {
    fn shape() -> Shape {
        // As every list of arguments it may end anywhere; that there is one pair at least is seen when it is taken.
        Shape { optional: true, rest: true, variable: true, named: true, ..Value::shape() }
    }
    fn accepts(argument: &Argument) -> bool {
        matches!(argument, Argument::Place(_))
    }
    fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
        let mut pairs = Vec::new();
        while arguments.remaining() > 0 || pairs.is_empty() {
            pairs.push((place(arguments)?, place(arguments)?));
        }
        Ok(Self(pairs))
    }
}

impl Take for Settings {
    fn shape() -> Shape {
        Pairs::shape()
    }
    fn accepts(argument: &Argument) -> bool {
        matches!(argument, Argument::Place(_) | Argument::Value(_))
    }
    fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
        let mut settings = Vec::new();
        while arguments.remaining() > 0 || settings.is_empty() {
            let target = place(arguments)?;
            settings.push((target, Value::take(arguments)?));
        }
        Ok(Self(settings))
    }
}

/// The variable that a place is, by its name in every process.
fn origin(place: &Place) -> Result<PlaceOrigin> {
    place.origin().cloned().ok_or_else(|| {
        Error::quatre(5213, "a local variable has no counterpart in another process")
            .help("use a process variable, without `$`")
    })
}

fn no_process(number: i32) -> Error {
    Error::quatre(5214, format!("there is no process {number}"))
        .help("`Process state` tells whether there is one")
}

/// The process of a number; a negative one means a process of the server, which is this machine.
fn find(process: &Process, number: i32) -> Option<Arc<Entry>> {
    process.runtime.processes.get(number.saturating_abs())
}

/// What comes back from another process; `None` when it ended instead.
fn await_answer(process: &mut Process, answers: &Receiver<Portable>) -> Result<Option<Portable>> {
    let standing = Standing::Waiting { condition: Arc::new(|| false), timed: true };
    let answer = process.wait_until(&standing, None, |_| match answers.try_recv() {
        Ok(portable) => Some(Some(portable)),
        Err(TryRecvError::Disconnected) => Some(None),
        Err(TryRecvError::Empty) => None,
    })?;
    Ok(answer.flatten())
}

const GET_PROCESS_VARIABLE: Command = Command {
    number: 371,
    name: "GET PROCESS VARIABLE",
    thread_safe: false,
    help: "Reads process variables of another process into variables of this one.",
    syntaxes: &[native!(get_process_variable(process, process, variables))],
};

fn get_process_variable(process: &mut Process, number: i32, pairs: Pairs) -> Result<()> {
    for (source, target) in pairs.0 {
        let origin = origin(&source)?;
        if number.saturating_abs() == process.entry.number || origin.name.starts_with("<>") {
            target.set(source.get());
            continue;
        }
        let Some(entry) = find(process, number) else { return Ok(()) };
        let (answer, answers) = channel();
        let asker = Arc::clone(&process.entry);
        if entry.peek(Peek::Get { name: origin.name, element: origin.element, answer, asker })
            && let Some(portable) = await_answer(process, &answers)?
        {
            target.set(process.receive(&portable));
        }
    }
    Ok(())
}

const SET_PROCESS_VARIABLE: Command = Command {
    number: 370,
    name: "SET PROCESS VARIABLE",
    thread_safe: false,
    help: "Gives process variables of another process values.",
    syntaxes: &[native!(set_process_variable(process, process, variables))],
};

fn set_process_variable(process: &mut Process, number: i32, settings: Settings) -> Result<()> {
    for (target, value) in settings.0 {
        send(process, number, &target, value)?;
    }
    Ok(())
}

const VARIABLE_TO_VARIABLE: Command = Command {
    number: 635,
    name: "VARIABLE TO VARIABLE",
    thread_safe: false,
    help: "Gives process variables of another process the values of variables of this one, whole arrays too.",
    syntaxes: &[native!(variable_to_variable(process, process, variables))],
};

fn variable_to_variable(process: &mut Process, number: i32, pairs: Pairs) -> Result<()> {
    for (target, source) in pairs.0 {
        send(process, number, &target, source.get())?;
    }
    Ok(())
}

fn send(process: &mut Process, number: i32, target: &Place, value: Value) -> Result<()> {
    let origin = origin(target)?;
    if number.saturating_abs() == process.entry.number || origin.name.starts_with("<>") {
        target.set(value);
        return Ok(());
    }
    let entry = find(process, number).ok_or_else(|| no_process(number))?;
    let (answer, answers) = channel();
    let asker = Arc::clone(&process.entry);
    let value = Portable::from_value(&value)?;
    let peek = Peek::Set { name: origin.name, element: origin.element, value, answer, asker };
    if entry.peek(peek) && await_answer(process, &answers)?.is_some() {
        return Ok(());
    }
    Err(no_process(number))
}
