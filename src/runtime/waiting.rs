//! What a process does when it is not running its own code: it looks at what others have asked of it, waits, runs the
//! messages of its box, ends.
//!
//! All waits go through [`Process::wait_until`], so a process that waits can always be stopped, paused and looked at.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::program::ids::InterprocessId;
use crate::runtime::Runtime;
use crate::runtime::errands::Task;
use crate::runtime::process::{NATIVE_STACK, Process, assign_variable};
use crate::runtime::process_table::{Call, Condition, Delivery, Entry, Kind, Message, Peek, Standing, Start};
use crate::runtime::session::moment;
use crate::source::span::Span;
use crate::value::Value;
use crate::value::bounds;
use crate::value::convert::convert;
use crate::value::error::{Error, Result};
use crate::value::group;
use crate::value::pointer::Variable;
use crate::value::portable::Portable;

/// The native stack of a process that is not the main one: there may be many of them.
pub(super) const SMALL_STACK: usize = 64 * 1024 * 1024;
/// How long the program waits, when it ends, for processes that were told to stop.
const PATIENCE: Duration = Duration::from_secs(13);
/// Between two looks at the time that is left for the program.
const LOOK: Duration = Duration::from_millis(50);

/// Why a process ends before its code does. It is never shown: whoever meets it asks [`Process::is_stopping`].
#[cold]
pub(super) fn stopped() -> Error {
    Error::quatre(5210, "this process was told to stop").fatal()
}

/// An error when a process was interrupted or told to stop, for those who wait without looking at anything else.
pub(super) fn check_requests(entry: &Entry) -> Result<()> {
    match (entry.is_stopping(), entry.must_end()) {
        (true, _) => Err(stopped()),
        (false, true) => Err(interrupted()),
        (false, false) => Ok(()),
    }
}

#[cold]
fn interrupted() -> Error {
    Error::native(1006, "interrupted by the user").fatal()
}

impl Process {
    /// Does what others have asked for: answers looks at variables, waits while paused or delayed. An error when the
    /// process must end.
    pub fn attend(&mut self) -> Result<()> {
        loop {
            self.check_end()?;
            let entry = Arc::clone(&self.entry);
            let seen = entry.wakes();
            while let Some(peek) = entry.next_peek() {
                self.answer(peek);
            }
            let standing = if entry.is_paused() {
                Standing::Paused
            } else if entry.delayed_until().is_some() {
                Standing::Delayed
            } else {
                return Ok(());
            };
            let until = if matches!(standing, Standing::Paused) { None } else { entry.delayed_until() };
            let before = self.rest(standing);
            entry.sleep(seen, self.next_look(until));
            self.resume(before);
        }
    }

    /// An error when the process was told to stop, was interrupted, or has used up its time.
    fn check_end(&mut self) -> Result<()> {
        if self.entry.is_stopping() {
            return Err(stopped());
        }
        if self.entry.take_interrupt() {
            return Err(interrupted());
        }
        self.check_output()?;
        bounds::check_memory(0)?;
        let Some(limit) = self.runtime.options.max_time else { return Ok(()) };
        if self.runtime.host.elapsed().saturating_sub(self.began) < limit {
            return Ok(());
        }
        if self.entry.kind != Kind::Main {
            // The main process says it for all.
            self.entry.stop();
            return Err(stopped());
        }
        self.out_of_time = true;
        Err(Error::quatre(8001, format!("the program has run for {} s", limit.as_secs_f64()))
            .help("give it more time with `--max-time`")
            .fatal())
    }

    /// An error when the program has written too much.
    pub fn check_output(&self) -> Result<()> {
        if self.runtime.options.max_output && self.runtime.host.has_written_too_much() {
            let error = Error::quatre(8006, "the program has written more than it may");
            return Err(error.help("allow more with `--max-output`").fatal());
        }
        Ok(())
    }

    /// Says what the process does instead of running code; gives what it did before.
    fn rest(&self, standing: Standing) -> Standing {
        self.runtime.processes.will_rest();
        let before = self.entry.stand(standing, self.runtime.host.elapsed());
        self.runtime.processes.rested();
        before
    }

    fn resume(&self, before: Standing) {
        self.entry.stand(before, self.runtime.host.elapsed());
    }

    /// When to wake at the latest.
    fn next_look(&self, until: Option<Instant>) -> Option<Instant> {
        if self.runtime.options.max_time.is_none() {
            return until;
        }
        let look = Instant::now() + LOOK;
        Some(until.map_or(look, |until| until.min(look)))
    }

    /// Waits until `ready` gives something, or until the moment; then `None`.
    pub fn wait_until<R>(
        &mut self,
        standing: &Standing,
        until: Option<Instant>,
        mut ready: impl FnMut(&mut Self) -> Option<R>,
    ) -> Result<Option<R>> {
        loop {
            let seen = self.entry.wakes();
            self.attend()?;
            if let Some(result) = ready(self) {
                return Ok(Some(result));
            }
            if until.is_some_and(|until| until <= Instant::now()) {
                return Ok(None);
            }
            let before = self.rest(standing.clone());
            self.entry.sleep(seen, self.next_look(until));
            self.resume(before);
        }
    }

    /// Waits until the condition holds, or for a time; false when the time is over first. Who makes the condition hold
    /// wakes the process.
    pub fn wait_for(&mut self, condition: Condition, time: Option<Duration>) -> Result<bool> {
        let until = time.and_then(|time| Instant::now().checked_add(time));
        let standing = Standing::Waiting { condition: Arc::clone(&condition), timed: until.is_some() };
        Ok(self.wait_until(&standing, until, |_| condition().then_some(()))?.is_some())
    }

    /// Waits for a time.
    pub fn delay(&mut self, time: Duration) -> Result<()> {
        self.entry.delay(time);
        self.attend()
    }

    // ---- looks at variables ----

    fn answer(&mut self, peek: Peek) {
        match peek {
            Peek::Get { name, element, answer, asker } => {
                let value = self.look(&name, element);
                if let Ok(copy) = Portable::from_value(&value) {
                    // Who asked may have given up.
                    _ = answer.send(copy);
                }
                asker.poke();
            }
            Peek::Set { name, element, value, answer, asker } => {
                let new = self.receive(&value);
                self.change(&name, element, new);
                _ = answer.send(value);
                asker.poke();
            }
        }
    }

    fn look(&mut self, name: &str, element: Option<usize>) -> Value {
        let Some(id) = self.runtime.program.known_variable(name) else { return Value::Undefined };
        let value = self.variable(id).get();
        match (element, value) {
            (Some(index), Value::Array(array)) => array.get(index).unwrap_or_default(),
            (_, value) => value,
        }
    }

    fn change(&mut self, name: &str, element: Option<usize>, value: Value) {
        let id = self.runtime.program.variable(name);
        let variable = self.variable(id);
        match (element, variable.get()) {
            (Some(index), Value::Array(array)) => {
                let type_ = array.with(|items| items.element_type()).element();
                if let Ok(value) = convert(value, type_) {
                    array.with_mut(|items| items.set(index, value));
                }
            }
            // As 4D says: a value of another type leaves the variable without meaning; here it stays as it is.
            _ => drop(assign_variable(&variable, value)),
        }
    }

    /// A value that another process has sent.
    pub fn receive(&mut self, portable: &Portable) -> Value {
        portable.to_value_in(&mut |name| self.named_variable(name))
    }

    fn receive_all(&mut self, portable: &Portable) -> Vec<Value> {
        portable.to_values_in(&mut |name| self.named_variable(name))
    }

    /// A process variable, or an interprocess variable when the name says so.
    fn named_variable(&mut self, name: &str) -> Option<Variable> {
        if let Some(name) = name.strip_prefix("<>") {
            let id: InterprocessId = self.runtime.program.interprocess(name);
            return Some(self.interprocess(id));
        }
        Some(self.variable(self.runtime.program.variable(name)))
    }

    // ---- messages ----

    pub(super) fn run_message(&mut self, message: &Message) -> Result<()> {
        let arguments = self.receive_all(&message.arguments);
        let site = Span::default();
        match &message.call {
            Call::Method(id) => self.call(*id, arguments, site)?,
            Call::Function(function) => {
                let Value::Object(object) = self.receive(function) else { return Ok(()) };
                let Some(function) = object.as_function() else { return Ok(()) };
                self.call_function(&function, Value::Null, arguments, site)?
            }
        };
        self.errors.uncaught.take().map_or(Ok(()), Err)
    }

    /// Runs what a process was started for; a worker then waits for messages until it is told to end.
    fn live(&mut self) -> Result<()> {
        loop {
            let message = match self.entry.kind {
                Kind::Worker => match self.next_task()? {
                    Task::Message(message) => Some(message),
                    Task::End => None,
                },
                Kind::Main | Kind::User | Kind::StoredProcedure | Kind::Web | Kind::Remote => {
                    self.entry.next_message()
                }
            };
            let Some(message) = message else { return Ok(()) };
            self.run_message(&message)?;
        }
    }

    /// Ends the program: to be called when the main method has ended, whether well or not.
    ///
    /// As tool4d does, the program ends with its main method; what it does for processes that still run is kinder: it
    /// waits for them, and runs what they send to the main process, as long as one of them has something to do. A
    /// worker that waits for messages has not, nor has a process that waits for what nobody will do. Those, and after
    /// `QUIT 4D` all, are then told to stop and waited for, for 13 seconds at most, as 4D does.
    ///
    /// # Errors
    /// The time of the program is over, or an error in code that another process had the main one run.
    pub fn wind_down(&mut self) -> Result<()> {
        let result = self.await_others();
        let table = &Arc::clone(&self.runtime).processes;
        table.stop_others();
        let until = Instant::now() + PATIENCE;
        while !table.is_alone() && Instant::now() < until {
            let seen = self.entry.wakes();
            if !table.is_alone() {
                self.entry.sleep(seen, Some(Instant::now() + LOOK));
            }
        }
        self.release();
        result
    }

    /// Waits, and runs what is sent to the main process, until it is told to stop: what a server does all day.
    pub fn hold(&mut self) {
        loop {
            let waited = self.wait_until(&Standing::Idle, None, |process| process.entry.next_message());
            let Ok(next) = waited else { return };
            let Some(message) = next else { continue };
            let done = self.run_message(&message);
            if self.is_stopping() {
                return;
            }
            if let Err(error) = done {
                self.runtime.processes.report(&self.entry, &error);
            }
        }
    }

    fn await_others(&mut self) -> Result<()> {
        let runtime = Arc::clone(&self.runtime);
        let table = &runtime.processes;
        table.wind_down();
        if table.is_quitting() || self.entry.is_stopping() || self.out_of_time {
            return Ok(());
        }
        self.begin_again();
        loop {
            let outcome = self.wait_until(&Standing::Idle, None, |process| {
                // Looked at first: who is quiet now has sent all that it sends.
                let quiet = table.is_quiet();
                match process.entry.next_message() {
                    Some(message) => Some(Some(message)),
                    None => quiet.then_some(None),
                }
            });
            let outcome = if self.is_stopping() { return Ok(()) } else { outcome? };
            let Some(Some(message)) = outcome else { return Ok(()) };
            let done = self.run_message(&message);
            if self.is_stopping() {
                return Ok(());
            }
            if let Err(error) = done {
                table.report(&self.entry, &error);
            }
        }
    }

    /// Lets go of what the process holds against others.
    fn release(&self) {
        group::release_all();
        self.runtime.storage.clear_semaphores_of(self.entry.number);
    }
}

/// What is needed to put a process into the table.
pub fn start_of(runtime: &Runtime, name: &str, kind: Kind, parent: &Entry) -> Start {
    let sessions = &runtime.sessions;
    let session = match kind {
        Kind::StoredProcedure if sessions.is_server() => Some(sessions.stored_procedures(&*runtime.host)),
        Kind::Main | Kind::User | Kind::StoredProcedure | Kind::Worker | Kind::Web | Kind::Remote => {
            parent.session()
        }
    };
    Start {
        name: name.to_owned(),
        kind,
        session,
        created: moment(runtime.host.now()),
        now: runtime.host.elapsed(),
    }
}

fn too_many() -> Error {
    Error::quatre(5211, "no more processes can be started")
        .help("end those that are not needed any more: `KILL WORKER` for workers")
}

/// Starts a process that runs one message; gives its number. `stack` is the native stack it wants, 0 for the usual.
pub fn start(runtime: &Arc<Runtime>, start: Start, message: Message, stack: usize) -> Result<i32> {
    let entry = runtime.processes.add(start).ok_or_else(too_many)?;
    entry.post(message);
    spawn(runtime, &entry, stack)?;
    Ok(entry.number)
}

/// Brings a message to a worker, which is started when there is none of its name.
pub fn call_worker(runtime: &Arc<Runtime>, start: Start, message: Message) -> Result<()> {
    match runtime.processes.deliver(start, message).ok_or_else(too_many)? {
        Delivery::Done => Ok(()),
        Delivery::Start(entry) => spawn(runtime, &entry, 0),
    }
}

/// Gives a process its thread.
fn spawn(runtime: &Arc<Runtime>, entry: &Arc<Entry>, stack: usize) -> Result<()> {
    let stack = stack.clamp(SMALL_STACK, NATIVE_STACK);
    let name = if entry.name.is_empty() {
        format!("process {}", entry.number)
    } else {
        entry.name.replace('\0', " ")
    };
    let body = {
        let (runtime, entry) = (Arc::clone(runtime), Arc::clone(entry));
        move || run(&runtime, &entry, stack)
    };
    if std::thread::Builder::new().name(name).stack_size(stack).spawn(body).is_err() {
        runtime.processes.end(entry, || start_of(runtime, &entry.name, entry.kind, entry));
        return Err(too_many());
    }
    Ok(())
}

/// Takes the process out of the table whatever happens on its thread.
struct Ending<'a> {
    runtime: &'a Arc<Runtime>,
    entry: &'a Arc<Entry>,
}

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        finish(self.runtime, self.entry);
    }
}

/// Takes a process out of the table on its own thread, with all that it holds against others.
pub(super) fn finish(runtime: &Arc<Runtime>, entry: &Arc<Entry>) {
    group::release_all();
    runtime.storage.clear_semaphores_of(entry.number);
    let successor = || start_of(runtime, &entry.name, entry.kind, entry);
    if let Some(next) = runtime.processes.end(entry, successor)
        && let Err(error) = spawn(runtime, &next, 0)
    {
        runtime.processes.report(&next, &error);
    }
}

/// The life of a process on its own thread.
fn run(runtime: &Arc<Runtime>, entry: &Arc<Entry>, stack: usize) {
    let _ending = Ending { runtime, entry };
    let mut process = Process::on_thread(Arc::clone(runtime), Arc::clone(entry), stack);
    let outcome = process.live();
    if let Err(error) = outcome
        && !process.is_stopping()
    {
        runtime.processes.report(entry, &error);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::Options;
    use crate::runtime::rehearsal::{Body, runtime};
    use crate::value::function::MethodId;
    use std::sync::atomic::{AtomicBool, Ordering};

    fn message(runtime: &Runtime, method: &str, arguments: &[Value]) -> Message {
        let call = Call::Method(runtime.loader.method(method).expect("a method"));
        Message { call, arguments: Portable::from_values(arguments).expect("portable") }
    }

    fn begin(process: &Process, method: &str, arguments: &[Value]) -> i32 {
        let runtime = &process.runtime;
        let wanted = start_of(runtime, "", Kind::User, &process.entry);
        start(runtime, wanted, message(runtime, method, arguments), 0).expect("started")
    }

    fn hire(process: &Process, worker: &str, method: &str, arguments: &[Value]) {
        let runtime = &process.runtime;
        let wanted = start_of(runtime, worker, Kind::Worker, &process.entry);
        call_worker(runtime, wanted, message(runtime, method, arguments)).expect("called");
    }

    const SAY: (&str, Body) = ("say", |process, arguments| {
        let Some(Value::Text(text)) = arguments.first() else { return Ok(()) };
        process.runtime.host.write_out(&format!("{}\n", text.to_str()));
        Ok(())
    });
    const COUNT: (&str, Body) = ("count", |process, _| {
        let id = process.runtime.program.variable("count");
        let variable = process.variable(id);
        let count = if let Value::Integer(n) = variable.get() { n } else { 0 } + 1;
        variable.set(Value::Integer(count));
        process.runtime.host.write_out(&format!("{} {count}\n", process.entry.name));
        Ok(())
    });
    const SLOW: (&str, Body) = ("slow", |process, _| {
        process.delay(Duration::from_millis(30))?;
        process.runtime.host.write_out("slow\n");
        Ok(())
    });
    const FAIL: (&str, Body) = ("fail", |_, _| Err(Error::quatre(5101, "as planned")));
    const ENDLESS: (&str, Body) = ("endless", |process, _| {
        loop {
            if !process.tick() {
                return process.check();
            }
        }
    });
    const FOR_EVER: (&str, Body) =
        ("for ever", |process, _| process.wait_for(Arc::new(|| false), None).map(|_| ()));

    fn main_process(methods: &[(&'static str, Body)]) -> (Process, Arc<crate::runtime::host::RecordingHost>) {
        let (runtime, host) = runtime(methods, Options::default());
        // The thread of a test has a small stack.
        let entry = Arc::clone(runtime.processes.main());
        (Process::on_thread(runtime, entry, 1024 * 1024), host)
    }

    #[test]
    fn the_program_waits_for_processes_that_work() {
        let (mut process, host) = main_process(&[SLOW]);
        assert_eq!(begin(&process, "slow", &[]), 2);
        process.wind_down().expect("well");
        assert_eq!(host.out(), "slow\n");
        assert!(process.runtime.processes.is_alone());
    }

    #[test]
    fn workers_keep_their_variables_and_end_with_the_program() {
        let (mut process, host) = main_process(&[COUNT]);
        for _ in 0..3 {
            hire(&process, "w", "count", &[]);
        }
        assert_eq!(process.runtime.processes.all().len(), 2);
        process.wind_down().expect("well");
        assert_eq!(host.out(), "w 1\nw 2\nw 3\n");
    }

    #[test]
    fn a_killed_worker_is_followed_by_a_new_one() {
        let (mut process, host) = main_process(&[COUNT]);
        hire(&process, "w", "count", &[]);
        while host.out().is_empty() {
            std::thread::yield_now();
        }
        process.runtime.processes.kill("w");
        hire(&process, "w", "count", &[]);
        process.wind_down().expect("well");
        assert_eq!(host.out(), "w 1\nw 1\n");
    }

    #[test]
    fn an_error_ends_its_process_only_and_is_reported() {
        let (mut process, host) = main_process(&[FAIL, SAY]);
        hire(&process, "w", "fail", &[]);
        hire(&process, "w", "say", &[Value::text("still here")]);
        process.wind_down().expect("well");
        let reports = process.runtime.processes.take_reports();
        assert_eq!(reports.len(), 1);
        assert_eq!((reports[0].name.as_str(), reports[0].diagnostic.message.as_str()), ("w", "as planned"));
        assert_eq!(reports[0].chain[0].method, "fail");
        assert_eq!(host.out(), "still here\n");
    }

    #[test]
    fn who_waits_for_nothing_is_stopped_without_a_report() {
        let (mut process, _) = main_process(&[FOR_EVER]);
        begin(&process, "for ever", &[]);
        let paused = begin(&process, "for ever", &[]);
        process.runtime.processes.get(paused).expect("it runs").pause();
        process.wind_down().expect("well");
        assert!(process.runtime.processes.take_reports().is_empty());
        assert!(process.runtime.processes.is_alone());
    }

    #[test]
    fn quitting_stops_loops() {
        let (mut process, _) = main_process(&[ENDLESS]);
        begin(&process, "endless", &[]);
        process.runtime.processes.quit();
        process.wind_down().expect("well");
        assert!(process.runtime.processes.is_alone() && process.is_stopping());
    }

    #[test]
    fn the_main_process_runs_what_it_is_sent_when_it_is_done() {
        const BACK: (&str, Body) = ("back", |process, _| {
            let message = message(&process.runtime, "say", &[Value::text("hello")]);
            process.runtime.processes.deliver_to_main(message);
            Ok(())
        });
        let (mut process, host) = main_process(&[BACK, SAY]);
        hire(&process, "w", "back", &[]);
        process.wind_down().expect("well");
        assert_eq!(host.out(), "hello\n");
    }

    #[test]
    fn a_paused_process_goes_on_when_resumed() {
        static GO: AtomicBool = AtomicBool::new(false);
        const STEP: (&str, Body) = ("step", |process, _| {
            while !GO.load(Ordering::Acquire) {
                process.attend()?;
                std::thread::yield_now();
            }
            Ok(())
        });
        let (mut process, _) = main_process(&[STEP]);
        let entry = process.runtime.processes.get(begin(&process, "step", &[])).expect("it runs");
        entry.pause();
        while entry.state() != 5 {
            std::thread::yield_now();
        }
        GO.store(true, Ordering::Release);
        entry.resume();
        process.wind_down().expect("well");
        assert_eq!(entry.state(), -1);
    }

    #[test]
    fn variables_of_a_waiting_process_can_be_read_and_written() {
        let (mut process, _) = main_process(&[COUNT]);
        hire(&process, "w", "count", &[]);
        let worker = process.runtime.processes.get(2).expect("it runs");
        let ask = |process: &mut Process,
                   peek: &dyn Fn(std::sync::mpsc::Sender<Portable>, Arc<Entry>) -> Peek| {
            let (answer, answers) = std::sync::mpsc::channel();
            assert!(worker.peek(peek(answer, Arc::clone(&process.entry))));
            let standing = Standing::Waiting { condition: Arc::new(|| false), timed: true };
            let portable =
                process.wait_until(&standing, None, |_| answers.try_recv().ok()).expect("no error");
            portable.expect("an answer").to_value()
        };
        let get = |answer, asker| Peek::Get { name: "count".to_owned(), element: None, answer, asker };
        while !matches!(ask(&mut process, &get), Value::Integer(1)) {}
        let ten = Portable::from_value(&Value::Integer(10)).expect("portable");
        let set = |answer, asker| Peek::Set {
            name: "count".to_owned(),
            element: None,
            value: ten.clone(),
            answer,
            asker,
        };
        ask(&mut process, &set);
        assert!(matches!(ask(&mut process, &get), Value::Integer(10)));
        process.wind_down().expect("well");
    }

    #[test]
    fn arguments_keep_their_types() {
        const TYPES: (&str, Body) = ("types", |process, arguments| {
            let names: Vec<&str> = arguments.iter().map(Value::type_name).collect();
            process.runtime.host.write_out(&names.join(" "));
            Ok(())
        });
        let (mut process, host) = main_process(&[TYPES]);
        let values =
            [Value::Integer(1), Value::Real(1.0), Value::Null, Value::Undefined, Value::Boolean(true)];
        begin(&process, "types", &values);
        process.wind_down().expect("well");
        assert_eq!(host.out(), "Integer Real Null Undefined Boolean");
    }

    #[test]
    fn steps_are_counted_and_time_is_limited() {
        let (steps, _) = runtime(&[ENDLESS], Options { max_steps: 1000, ..Options::default() });
        let entry = Arc::clone(steps.processes.main());
        let mut process = Process::on_thread(steps, entry, 1024 * 1024);
        let error = process.call(MethodId(0), Vec::new(), Span::default()).expect_err("a limit");
        assert!(error.details().fatal && error.details().code.to_string() == "Q8003");
        let limit = Some(Duration::ZERO);
        let (time, _) = runtime(&[ENDLESS], Options { max_time: limit, ..Options::default() });
        let entry = Arc::clone(time.processes.main());
        let mut process = Process::on_thread(time, entry, 1024 * 1024);
        let error = process.call(MethodId(0), Vec::new(), Span::default()).expect_err("a limit");
        assert_eq!(error.details().code.to_string(), "Q8001");
    }
}
