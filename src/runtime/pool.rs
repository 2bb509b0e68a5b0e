//! Threads that serve clients: each call becomes a process of its own, on a thread that is kept.
//!
//! Making a thread and generating the code of methods costs more than most requests. So the thread stays, and with it
//! the code; all else (variables, errors, number, session) belongs to the call and goes with it. There are as many
//! threads as calls that really run or wait: another one is made when the oldest call has waited for too long.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::runtime::Runtime;
use crate::runtime::process::Process;
use crate::runtime::process_table::{Entry, Start, lock};
use crate::runtime::waiting::{SMALL_STACK, finish};
use crate::value::date::Century;
use crate::value::error::{Error, Result};
use crate::value::json::Settings;

/// A call that waits for longer is given a thread of its own.
const PATIENCE: Duration = Duration::from_millis(20);
/// No more calls wait for a thread.
const LONGEST_QUEUE: usize = 20_000;
/// A thread without work ends after this time, unless it is one of the first.
const REST: Duration = Duration::from_secs(30);

/// What a call does in its process; an error is reported by whoever made the call.
pub type Work = Box<dyn FnOnce(&mut Process) + Send>;

/// A call that waits for a thread.
struct Job {
    start: Start,
    work: Work,
    since: Instant,
}

/// Why a call is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Too many wait already.
    Full,
    /// The program ends.
    Closing,
}

#[derive(Default)]
struct Inner {
    jobs: VecDeque<Job>,
    idle: usize,
    threads: usize,
    closing: bool,
    busy: BTreeMap<i32, Arc<Entry>>,
}

/// The threads of a server.
pub struct Pool {
    runtime: Arc<Runtime>,
    inner: Mutex<Inner>,
    wake: Condvar,
    /// So many threads are kept and made at once.
    usual: usize,
    /// There are never more.
    most: usize,
}

impl Pool {
    /// A pool of at most so many threads.
    pub fn new(runtime: Arc<Runtime>, most: usize) -> Arc<Self> {
        let usual = (runtime.host.parallelism() * 2).clamp(2, most.max(2));
        let most = most.max(usual);
        Arc::new(Self { runtime, inner: Mutex::default(), wake: Condvar::new(), usual, most })
    }

    /// What all processes share.
    pub fn runtime(&self) -> &Arc<Runtime> {
        &self.runtime
    }

    /// Takes a call.
    ///
    /// # Errors
    /// Too many wait already, or the program ends.
    pub fn submit(self: &Arc<Self>, start: Start, work: Work) -> std::result::Result<(), Refusal> {
        let mut inner = lock(&self.inner);
        if inner.closing {
            return Err(Refusal::Closing);
        }
        if inner.jobs.len() >= LONGEST_QUEUE {
            return Err(Refusal::Full);
        }
        inner.jobs.push_back(Job { start, work, since: Instant::now() });
        let wants_thread = inner.jobs.len() > inner.idle && inner.threads < self.usual;
        if wants_thread {
            self.hire(&mut inner);
        }
        drop(inner);
        self.wake.notify_one();
        Ok(())
    }

    /// Makes another thread when calls wait for too long; to be called now and then.
    pub fn look(self: &Arc<Self>) {
        let mut inner = lock(&self.inner);
        let waits = inner.jobs.front().is_some_and(|job| job.since.elapsed() > PATIENCE);
        if waits && inner.idle == 0 && inner.threads < self.most {
            self.hire(&mut inner);
        }
    }

    fn hire(self: &Arc<Self>, inner: &mut Inner) {
        let pool = Arc::clone(self);
        let thread = std::thread::Builder::new().name("web process".to_owned()).stack_size(SMALL_STACK);
        // Without another thread the call waits for one of those that are there.
        if thread.spawn(move || pool.serve()).is_ok() {
            inner.threads += 1;
        }
    }

    /// How many calls wait or run.
    pub fn load(&self) -> usize {
        let inner = lock(&self.inner);
        inner.jobs.len() + inner.busy.len()
    }

    /// Takes no more calls; the threads end when those that wait are done.
    pub fn close(&self) {
        lock(&self.inner).closing = true;
        self.wake.notify_all();
    }

    /// Asks the calls that run to stop.
    pub fn stop_calls(&self) {
        let mut inner = lock(&self.inner);
        inner.jobs.clear();
        for entry in inner.busy.values() {
            entry.stop();
        }
    }

    fn next_job(&self) -> Option<Job> {
        let mut inner = lock(&self.inner);
        inner.idle += 1;
        let job = loop {
            if let Some(job) = inner.jobs.pop_front() {
                break Some(job);
            }
            if inner.closing {
                break None;
            }
            let (back, waited) = self.wake.wait_timeout(inner, REST).unwrap_or_else(PoisonError::into_inner);
            inner = back;
            if waited.timed_out() && inner.jobs.is_empty() && inner.threads > self.usual {
                break None;
            }
        };
        inner.idle -= 1;
        job
    }

    /// The life of a thread.
    fn serve(&self) {
        let leaving = Leaving(self);
        let mut code = Vec::new();
        while let Some(job) = self.next_job() {
            let Some(entry) = self.runtime.processes.add(job.start) else { continue };
            lock(&self.inner).busy.insert(entry.number, Arc::clone(&entry));
            let _ending = Ending { pool: self, entry: &entry };
            let mut process = Process::on_thread(Arc::clone(&self.runtime), Arc::clone(&entry), SMALL_STACK);
            process.adopt_code(std::mem::take(&mut code));
            // What the call before has set for its process.
            Century::default().make_current();
            Settings::default().make_current();
            (job.work)(&mut process);
            code = process.give_up_code();
        }
        drop(leaving);
    }
}

/// Counts a thread out, also when it ends by a defect.
struct Leaving<'a>(&'a Pool);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        lock(&self.0.inner).threads -= 1;
    }
}

/// Takes the process of a call out of the table whatever happens in it.
struct Ending<'a> {
    pool: &'a Pool,
    entry: &'a Arc<Entry>,
}

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        lock(&self.pool.inner).busy.remove(&self.entry.number);
        finish(&self.pool.runtime, self.entry);
    }
}

/// Begins a process with a thread of its own for as long as a client stays.
///
/// # Errors
/// There are too many processes.
pub fn begin(runtime: &Arc<Runtime>, start: Start, work: Work) -> Result<Arc<Entry>> {
    let too_many = || Error::quatre(5211, "no more processes can be started");
    let entry = runtime.processes.add(start).ok_or_else(too_many)?;
    let (held, seen) = (Arc::clone(runtime), Arc::clone(&entry));
    let thread = std::thread::Builder::new().name("client process".to_owned()).stack_size(SMALL_STACK);
    let body = move || {
        let _ending = Last { runtime: &held, entry: &seen };
        let mut process = Process::on_thread(Arc::clone(&held), Arc::clone(&seen), SMALL_STACK);
        work(&mut process);
    };
    if thread.spawn(body).is_err() {
        finish(runtime, &entry);
        return Err(too_many());
    }
    Ok(entry)
}

struct Last<'a> {
    runtime: &'a Arc<Runtime>,
    entry: &'a Arc<Entry>,
}

impl Drop for Last<'_> {
    fn drop(&mut self) {
        finish(self.runtime, self.entry);
    }
}
