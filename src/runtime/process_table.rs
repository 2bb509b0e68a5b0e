//! The processes of a program: numbers, names, states, workers and their message boxes.
//!
//! A process of 4D is a thread. Its [`Entry`] is the part that others see: they ask it for something (to stop, to wait,
//! to run a message) by leaving the request there and waking it; the process itself does what is asked, at its next
//! look, which every loop turn and every wait is. So no process ever touches what belongs to another one.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;

use crate::diagnostics::Diagnostic;
use crate::runtime::fixture::FixtureProcess;
use crate::runtime::session::Session;
use crate::value::error::{Call as ChainLink, Error};
use crate::value::function::MethodId;
use crate::value::portable::Portable;

/// No program may have more processes at a time.
pub const MOST_PROCESSES: usize = 4096;

/// How a process came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The first one.
    Main,
    /// `New process`
    User,
    /// `Execute on server`, and `New process` on a server.
    StoredProcedure,
    /// `CALL WORKER`
    Worker,
    /// A request of a web client.
    Web,
    /// The prompt of a remote user.
    Remote,
}

impl Kind {
    /// What `Process info` answers as its type.
    pub fn code(self) -> i32 {
        match self {
            Self::Main => -1,
            Self::User => 4,
            Self::StoredProcedure => 1,
            Self::Worker => 5,
            // `Web process with no context` and `Created from execution dialog`.
            Self::Web => -3,
            Self::Remote => 3,
        }
    }
}

/// Whether what a process waits for has come.
pub type Condition = Arc<dyn Fn() -> bool + Send + Sync>;

/// What a process does at the moment.
#[derive(Clone, Default)]
pub enum Standing {
    /// It runs code.
    #[default]
    Executing,
    /// It waits for a time.
    Delayed,
    /// It waits until it is resumed.
    Paused,
    /// A worker that waits for a message, or the main process that waits for the others.
    Idle,
    /// It waits for another process, for ever unless it is `timed`.
    Waiting {
        /// Whether it can go on.
        condition: Condition,
        /// It goes on by itself in the end.
        timed: bool,
    },
    /// It is over.
    Ended,
}

/// What others have asked a process to do, as bits.
mod request {
    pub(super) const STOP: u32 = 1;
    pub(super) const INTERRUPT: u32 = 2;
    pub(super) const PAUSE: u32 = 4;
    pub(super) const DELAY: u32 = 8;
    pub(super) const PEEK: u32 = 16;
}

/// Code to run in another process.
#[derive(Clone)]
pub enum Call {
    /// A method.
    Method(MethodId),
    /// A formula or another function.
    Function(Portable),
}

/// A call with its arguments.
#[derive(Clone)]
pub struct Message {
    /// What to run.
    pub call: Call,
    /// What it is given.
    pub arguments: Portable,
}

/// A look at, or a change of, a variable of another process.
pub enum Peek {
    /// Sends what a process variable, or an element of an array, holds.
    Get {
        /// The variable.
        name: String,
        /// The element.
        element: Option<usize>,
        /// Who wants to know.
        answer: Sender<Portable>,
        /// Whom to wake when it is sent.
        asker: Arc<Entry>,
    },
    /// Gives a process variable, or an element of an array, a value.
    Set {
        /// The variable.
        name: String,
        /// The element.
        element: Option<usize>,
        /// The value.
        value: Portable,
        /// Who wants to know that it is done.
        answer: Sender<Portable>,
        /// Whom to wake when it is done.
        asker: Arc<Entry>,
    },
}

#[derive(Default)]
struct Control {
    standing: Standing,
    /// Grows whenever somebody wakes the process, so that no call to wake is lost.
    wakes: u64,
    /// When the delay that another process asked for is over.
    delayed_until: Option<Instant>,
    peeks: VecDeque<Peek>,
    messages: VecDeque<Message>,
    /// `KILL WORKER` was called: it ends after its present message.
    killed: bool,
    /// The time spent waiting, and when the present wait began.
    waited: Duration,
    waiting_since: Option<Duration>,
}

/// The part of a process that others see.
pub struct Entry {
    /// Its number: from 1 on, never used again.
    pub number: i32,
    /// Its name; case matters for workers.
    pub name: String,
    /// How it came to be.
    pub kind: Kind,
    /// When it began, as 4D writes moments.
    pub created: String,
    /// The time between the start of the program and its own.
    started: Duration,
    /// What the system calls its thread.
    thread: OnceLock<String>,
    session: Mutex<Option<Arc<Session>>>,
    requests: AtomicU32,
    control: Mutex<Control>,
    wake: Condvar,
}

/// A lock whose holder may have ended by a defect.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Entry {
    fn new(
        number: i32,
        name: String,
        kind: Kind,
        session: Option<Arc<Session>>,
        created: String,
        now: Duration,
    ) -> Self {
        Self {
            number,
            name,
            kind,
            created,
            started: now,
            thread: OnceLock::new(),
            session: Mutex::new(session),
            requests: AtomicU32::new(0),
            control: Mutex::default(),
            wake: Condvar::new(),
        }
    }

    /// The session that it belongs to.
    pub fn session(&self) -> Option<Arc<Session>> {
        lock(&self.session).clone()
    }

    /// Moves it to another session.
    pub fn set_session(&self, session: Arc<Session>) {
        *lock(&self.session) = Some(session);
    }

    /// What the system calls its thread.
    pub fn thread(&self) -> &str {
        self.thread.get().map_or("", |thread| thread)
    }

    /// Called once on its own thread.
    pub(super) fn arrive(&self) {
        let digits = format!("{:?}", std::thread::current().id());
        let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
        // The main process may be made anew on the same thread by a prompt.
        _ = self.thread.set(digits);
    }

    /// What `Process state` answers.
    pub fn state(&self) -> i32 {
        let requests = self.requests.load(Ordering::Acquire);
        if requests & request::STOP != 0 {
            return -1;
        }
        match lock(&self.control).standing {
            Standing::Ended => -1,
            Standing::Paused => 5,
            Standing::Executing if requests & request::PAUSE != 0 => 5,
            Standing::Executing => 0,
            Standing::Delayed => 1,
            Standing::Idle => 2,
            Standing::Waiting { .. } => 4,
        }
    }

    /// The seconds in which it ran, and which part of its life that is.
    pub fn running_time(&self, now: Duration) -> (f64, f64) {
        let control = lock(&self.control);
        let waiting = control.waiting_since.map_or(Duration::ZERO, |since| now.saturating_sub(since));
        let life = now.saturating_sub(self.started);
        let running = life.saturating_sub(control.waited + waiting);
        let usage = if life.is_zero() { 0.0 } else { running.as_secs_f64() / life.as_secs_f64() };
        (running.as_secs_f64(), usage.clamp(0.0, 1.0))
    }

    // ---- requests ----

    /// Whether anything was asked of it.
    #[inline]
    pub(super) fn has_requests(&self) -> bool {
        self.requests.load(Ordering::Relaxed) != 0
    }

    fn ask(&self, bit: u32) {
        self.requests.fetch_or(bit, Ordering::AcqRel);
        self.poke();
    }

    /// Wakes it, so that it looks again at what it waits for.
    pub fn poke(&self) {
        lock(&self.control).wakes += 1;
        self.wake.notify_all();
    }

    /// Asks it to stop for good.
    pub fn stop(&self) {
        self.ask(request::STOP);
    }

    /// Whether it was asked to stop.
    pub fn is_stopping(&self) -> bool {
        self.requests.load(Ordering::Acquire) & request::STOP != 0
    }

    /// Takes a request to stop back.
    pub(super) fn forget_stop(&self) {
        self.requests.fetch_and(!request::STOP, Ordering::AcqRel);
    }

    /// Asks it to give up what it runs, as Ctrl-C does.
    pub fn interrupt(&self) {
        self.ask(request::INTERRUPT);
    }

    /// Whether it was interrupted since the last time that this was asked.
    pub(super) fn take_interrupt(&self) -> bool {
        self.requests.fetch_and(!request::INTERRUPT, Ordering::AcqRel) & request::INTERRUPT != 0
    }

    /// Whether it was interrupted or asked to stop, left as it is.
    pub(super) fn must_end(&self) -> bool {
        self.requests.load(Ordering::Acquire) & (request::STOP | request::INTERRUPT) != 0
    }

    /// Asks it to wait until it is resumed. The main process never does.
    pub fn pause(&self) {
        if self.kind != Kind::Main {
            self.ask(request::PAUSE);
        }
    }

    /// Ends its pause and its delay.
    pub fn resume(&self) {
        lock(&self.control).delayed_until = None;
        self.requests.fetch_and(!(request::PAUSE | request::DELAY), Ordering::AcqRel);
        self.poke();
    }

    /// Whether it was asked to pause.
    pub(super) fn is_paused(&self) -> bool {
        self.requests.load(Ordering::Acquire) & request::PAUSE != 0
    }

    /// Asks it to wait for a time, instead of any other delay.
    pub fn delay(&self, time: Duration) {
        lock(&self.control).delayed_until = Instant::now().checked_add(time);
        self.ask(request::DELAY);
    }

    /// When its delay is over; `None` when there is none, or no more.
    pub(super) fn delayed_until(&self) -> Option<Instant> {
        if self.requests.load(Ordering::Acquire) & request::DELAY == 0 {
            return None;
        }
        let mut control = lock(&self.control);
        if control.delayed_until.is_some_and(|until| until > Instant::now()) {
            return control.delayed_until;
        }
        control.delayed_until = None;
        self.requests.fetch_and(!request::DELAY, Ordering::AcqRel);
        None
    }

    /// Leaves a look at its variables for it to answer; false when it is over.
    pub fn peek(&self, peek: Peek) -> bool {
        let mut control = lock(&self.control);
        if matches!(control.standing, Standing::Ended) {
            return false;
        }
        control.peeks.push_back(peek);
        drop(control);
        self.ask(request::PEEK);
        true
    }

    /// The next look at its variables.
    pub(super) fn next_peek(&self) -> Option<Peek> {
        if self.requests.load(Ordering::Acquire) & request::PEEK == 0 {
            return None;
        }
        let mut control = lock(&self.control);
        let peek = control.peeks.pop_front();
        if peek.is_none() {
            self.requests.fetch_and(!request::PEEK, Ordering::AcqRel);
        }
        peek
    }

    // ---- messages ----

    /// Puts a message into its box.
    pub(super) fn post(&self, message: Message) {
        lock(&self.control).messages.push_back(message);
        self.poke();
    }

    /// The next message for it.
    pub(super) fn next_message(&self) -> Option<Message> {
        lock(&self.control).messages.pop_front()
    }

    /// Whether a message is in its box.
    pub(super) fn has_message(&self) -> bool {
        !lock(&self.control).messages.is_empty()
    }

    /// Whether `KILL WORKER` was called for it.
    pub fn is_killed(&self) -> bool {
        lock(&self.control).killed
    }

    /// Empties its message box and, when it is a worker, asks it to end after its present message.
    fn kill(&self) {
        let mut control = lock(&self.control);
        control.messages.clear();
        control.killed = self.kind == Kind::Worker;
        drop(control);
        self.poke();
    }

    // ---- waiting ----

    /// How often it was woken, to be given to [`Self::sleep`].
    pub(super) fn wakes(&self) -> u64 {
        lock(&self.control).wakes
    }

    /// Sleeps until it is woken after `seen`, or until the moment.
    pub(super) fn sleep(&self, seen: u64, until: Option<Instant>) {
        let control = lock(&self.control);
        if control.wakes != seen {
            return;
        }
        match until {
            None => drop(self.wake.wait(control)),
            Some(until) => {
                let time = until.saturating_duration_since(Instant::now());
                drop(self.wake.wait_timeout(control, time));
            }
        }
    }

    pub(super) fn stand(&self, standing: Standing, now: Duration) -> Standing {
        let mut control = lock(&self.control);
        let executing = matches!(standing, Standing::Executing);
        match (executing, control.waiting_since) {
            (true, Some(since)) => {
                control.waited += now.saturating_sub(since);
                control.waiting_since = None;
            }
            (false, None) => control.waiting_since = Some(now),
            _ => {}
        }
        std::mem::replace(&mut control.standing, standing)
    }

    /// Whether it will do nothing any more unless another process makes it.
    fn is_quiet(&self) -> bool {
        let control = lock(&self.control);
        if !control.peeks.is_empty() {
            return false;
        }
        match &control.standing {
            Standing::Executing | Standing::Delayed => false,
            Standing::Idle => control.messages.is_empty() && !control.killed,
            Standing::Paused => self.is_paused(),
            Standing::Waiting { condition, timed } => !timed && !condition(),
            Standing::Ended => true,
        }
    }
}

/// What went wrong in a process and was caught by nobody.
#[derive(Clone, Debug)]
pub struct Report {
    /// The number of the process.
    pub process: i32,
    /// Its name.
    pub name: String,
    /// What is wrong.
    pub diagnostic: Diagnostic,
    /// The calls that were under way.
    pub chain: Vec<ChainLink>,
}

/// A worker: its message box stays when its process ends.
#[derive(Default)]
struct Worker {
    /// What started it: what an empty name calls again.
    startup: Option<Call>,
    entry: Option<Arc<Entry>>,
    /// Messages for the next process, while the present one is about to end.
    backlog: VecDeque<Message>,
}

#[derive(Default)]
struct Inner {
    entries: BTreeMap<i32, Arc<Entry>>,
    workers: FxHashMap<String, Worker>,
    next: i32,
}

/// A process that a file of `--sessions` lists.
pub struct Listed {
    /// Its session.
    pub session: Arc<Session>,
    /// What the file says, with a number and an ID in any case.
    pub process: FixtureProcess,
}

/// The processes of a program.
pub struct ProcessTable {
    inner: Mutex<Inner>,
    main: Arc<Entry>,
    listed: Vec<Listed>,
    /// Grows whenever a process stops running code.
    rests: AtomicU64,
    /// The main process waits for the others.
    winding_down: AtomicBool,
    /// `QUIT 4D` was called.
    quitting: AtomicBool,
    /// The program ends: no worker is followed by another one.
    closing: AtomicBool,
    reports: Mutex<Vec<Report>>,
}

/// A process to be started.
pub struct Start {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The session that it belongs to.
    pub session: Option<Arc<Session>>,
    /// When, as 4D writes moments.
    pub created: String,
    /// The time since the start of the program.
    pub now: Duration,
}

/// What becomes of a message for a worker.
pub enum Delivery {
    /// A process has it, or nobody wants it.
    Done,
    /// This process must be started; it has the message.
    Start(Arc<Entry>),
}

impl ProcessTable {
    /// A table with the main process, number 1.
    pub fn new(main: Start, listed: Vec<(Arc<Session>, FixtureProcess)>) -> Self {
        let main = Arc::new(Entry::new(1, main.name, Kind::Main, main.session, main.created, main.now));
        let listed = numbered(listed);
        let highest = listed.iter().filter_map(|listed| listed.process.number).max().unwrap_or(1);
        let inner = Inner {
            entries: BTreeMap::from([(1, Arc::clone(&main))]),
            workers: FxHashMap::default(),
            next: highest.max(1).saturating_add(1),
        };
        Self {
            inner: Mutex::new(inner),
            main,
            listed,
            rests: AtomicU64::new(0),
            winding_down: AtomicBool::new(false),
            quitting: AtomicBool::new(false),
            closing: AtomicBool::new(false),
            reports: Mutex::default(),
        }
    }

    /// The main process.
    pub fn main(&self) -> &Arc<Entry> {
        &self.main
    }

    /// A process that is not over.
    pub fn get(&self, number: i32) -> Option<Arc<Entry>> {
        lock(&self.inner).entries.get(&number).cloned()
    }

    /// All processes that are not over, in the order of their numbers.
    pub fn all(&self) -> Vec<Arc<Entry>> {
        lock(&self.inner).entries.values().cloned().collect()
    }

    /// The processes that the file of `--sessions` lists.
    pub fn listed(&self) -> &[Listed] {
        &self.listed
    }

    /// One of the processes that the file of `--sessions` lists.
    pub fn find_listed(&self, number: i32) -> Option<&Listed> {
        self.listed.iter().find(|listed| listed.process.number == Some(number))
    }

    /// A process by its name; one that is spelt exactly so comes first.
    pub fn find(&self, name: &str) -> Option<i32> {
        let mut named: Vec<(i32, String)> =
            self.all().into_iter().map(|entry| (entry.number, entry.name.clone())).collect();
        named.extend(self.listed.iter().filter_map(|l| Some((l.process.number?, l.process.name.clone()))));
        let folded = name.to_lowercase();
        let exact = named.iter().find(|(_, other)| other == name);
        exact
            .or_else(|| named.iter().find(|(_, other)| other.to_lowercase() == folded))
            .map(|(number, _)| *number)
    }

    /// The highest number of a process that is not over.
    pub fn highest(&self) -> i32 {
        let own = lock(&self.inner).entries.keys().next_back().copied().unwrap_or(1);
        self.listed.iter().filter_map(|listed| listed.process.number).fold(own, i32::max)
    }

    /// Puts a process into the table; it is for the caller to start its thread.
    pub fn add(&self, start: Start) -> Option<Arc<Entry>> {
        lock(&self.inner).add(start)
    }

    /// Brings a message to a worker, whom it makes when there is none.
    pub fn deliver(&self, start: Start, message: Message) -> Option<Delivery> {
        let mut inner = lock(&self.inner);
        let name = start.name.clone();
        if name == self.main.name {
            drop(inner);
            self.deliver_to_main(message);
            return Some(Delivery::Done);
        }
        let worker = inner.workers.entry(name.clone()).or_default();
        worker.startup.get_or_insert_with(|| message.call.clone());
        if let Some(entry) = &worker.entry {
            let mut control = lock(&entry.control);
            if control.killed || matches!(control.standing, Standing::Ended) {
                drop(control);
                worker.backlog.push_back(message);
            } else {
                control.messages.push_back(message);
                drop(control);
                entry.poke();
            }
            return Some(Delivery::Done);
        }
        let entry = inner.add(start)?;
        lock(&entry.control).messages.push_back(message);
        inner.workers.entry(name).or_default().entry = Some(Arc::clone(&entry));
        Some(Delivery::Start(entry))
    }

    /// Brings a message to the main process, which looks at it when its method has ended.
    pub fn deliver_to_main(&self, message: Message) {
        self.main.post(message);
    }

    /// What started a worker.
    pub fn startup_of(&self, name: &str) -> Option<Call> {
        lock(&self.inner).workers.get(name)?.startup.clone()
    }

    /// Whether a process is a worker that can be called.
    pub fn is_worker(&self, name: &str) -> bool {
        name == self.main.name || lock(&self.inner).workers.contains_key(name)
    }

    /// `KILL WORKER`
    pub fn kill(&self, name: &str) {
        if name == self.main.name {
            self.main.kill();
            return;
        }
        let mut inner = lock(&self.inner);
        let Some(worker) = inner.workers.get_mut(name) else { return };
        worker.backlog.clear();
        if let Some(entry) = worker.entry.clone() {
            drop(inner);
            entry.kill();
        }
    }

    /// Takes a process out of the table when it has ended. The process that follows it must be started, when messages
    /// wait for a worker of its name.
    pub(super) fn end(&self, entry: &Arc<Entry>, successor: impl FnOnce() -> Start) -> Option<Arc<Entry>> {
        self.will_rest();
        let mut inner = lock(&self.inner);
        inner.entries.remove(&entry.number);
        let mut control = lock(&entry.control);
        control.standing = Standing::Ended;
        // Who waits for an answer learns that none will come.
        control.peeks.clear();
        let left = std::mem::take(&mut control.messages);
        drop(control);
        let next = if entry.kind == Kind::Worker && !self.closing.load(Ordering::Acquire) {
            inner.succeed(entry, left, successor)
        } else {
            None
        };
        drop(inner);
        self.rested();
        next
    }

    // ---- the end of the program ----

    /// A process is about to stop running code: counted before anybody can see it rest.
    pub(super) fn will_rest(&self) {
        self.rests.fetch_add(1, Ordering::AcqRel);
    }

    /// A process has stopped running code.
    pub(super) fn rested(&self) {
        if self.winding_down.load(Ordering::Acquire) {
            self.main.poke();
        }
    }

    /// Says that the main process waits for the others.
    pub(super) fn wind_down(&self) {
        self.winding_down.store(true, Ordering::Release);
    }

    /// Whether all processes but the main one wait for something that only another process could do.
    ///
    /// Looking takes a time in which a process may make another one go on and then rest itself; then the number of rests
    /// has grown since the look began, and the look is taken again.
    pub(super) fn is_quiet(&self) -> bool {
        loop {
            let before = self.rests.load(Ordering::Acquire);
            let quiet = self.all().iter().all(|entry| entry.kind == Kind::Main || entry.is_quiet());
            if self.rests.load(Ordering::Acquire) == before {
                return quiet;
            }
        }
    }

    /// Asks all processes but the main one to stop.
    pub(super) fn stop_others(&self) {
        self.closing.store(true, Ordering::Release);
        for entry in self.all() {
            if entry.kind != Kind::Main {
                entry.stop();
            }
        }
    }

    /// Asks all processes of a session to stop.
    pub fn stop_session(&self, session: &Arc<Session>) {
        for entry in self.all() {
            if entry.kind != Kind::Main && entry.session().is_some_and(|other| Arc::ptr_eq(&other, session)) {
                entry.stop();
            }
        }
    }

    /// Whether only the main process is left.
    pub(super) fn is_alone(&self) -> bool {
        lock(&self.inner).entries.len() <= 1
    }

    /// `QUIT 4D`: the main process ends, and then the others without being waited for.
    pub fn quit(&self) {
        self.quitting.store(true, Ordering::Release);
        self.main.stop();
    }

    /// Whether `QUIT 4D` was called.
    pub fn is_quitting(&self) -> bool {
        self.quitting.load(Ordering::Acquire)
    }

    /// Keeps an error that nobody caught, for the user to be told.
    pub fn report(&self, entry: &Entry, error: &Error) {
        lock(&self.reports).push(Report {
            process: entry.number,
            name: entry.name.clone(),
            diagnostic: error.to_diagnostic(),
            chain: error.details().chain.clone(),
        });
    }

    /// The errors that nobody caught since the last time this was asked, in order.
    pub fn take_reports(&self) -> Vec<Report> {
        std::mem::take(&mut *lock(&self.reports))
    }
}

impl Inner {
    fn add(&mut self, start: Start) -> Option<Arc<Entry>> {
        if self.entries.len() >= MOST_PROCESSES {
            return None;
        }
        // A server that has run for years begins again with numbers that nobody has any more.
        while self.next == i32::MAX || self.entries.contains_key(&self.next) {
            self.next = if self.next == i32::MAX { 2 } else { self.next + 1 };
        }
        let Start { name, kind, session, created, now } = start;
        let entry = Arc::new(Entry::new(self.next, name, kind, session, created, now));
        self.entries.insert(self.next, Arc::clone(&entry));
        self.next += 1;
        Some(entry)
    }

    /// What comes after the process of a worker.
    fn succeed(
        &mut self,
        entry: &Arc<Entry>,
        left: VecDeque<Message>,
        successor: impl FnOnce() -> Start,
    ) -> Option<Arc<Entry>> {
        let worker = self.workers.get_mut(&entry.name)?;
        if !worker.entry.as_ref().is_some_and(|other| Arc::ptr_eq(other, entry)) {
            return None;
        }
        worker.entry = None;
        let mut messages = left;
        messages.append(&mut worker.backlog);
        if messages.is_empty() {
            return None;
        }
        let next = self.add(successor())?;
        lock(&next.control).messages = messages;
        if let Some(worker) = self.workers.get_mut(&entry.name) {
            worker.entry = Some(Arc::clone(&next));
        }
        Some(next)
    }
}

/// Gives each listed process a number and an ID where the file gave none: the first free ones after the main process.
fn numbered(listed: Vec<(Arc<Session>, FixtureProcess)>) -> Vec<Listed> {
    let mut taken: Vec<i32> = listed.iter().filter_map(|(_, process)| process.number).collect();
    taken.push(1);
    let mut free = 2;
    listed
        .into_iter()
        .map(|(session, mut process)| {
            let number = process.number.unwrap_or_else(|| {
                while taken.contains(&free) {
                    free += 1;
                }
                taken.push(free);
                free
            });
            process.number = Some(number);
            process.id = process.id.or(Some(number));
            Listed { session, process }
        })
        .collect()
}
