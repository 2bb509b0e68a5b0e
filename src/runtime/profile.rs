//! Where the time of a program goes: samples of the calls under way.
//!
//! A thread counts milliseconds. Behind each statement a process looks whether the count has changed since its last
//! sample; if so it notes its calls, with the time that has passed, in favour of the statement that has just ended. So
//! a command that took a second is seen to have taken a second, whatever it did meanwhile; and code that was generated
//! without a profiler does not look at all.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;

use crate::runtime::process::Process;
use crate::source::span::Span;
use crate::value::function::MethodId;

/// How often samples are taken.
const EVERY: Duration = Duration::from_millis(1);
/// So many calls of a sample are kept, the innermost ones.
const MOST_CALLS: usize = 256;

/// A call under way: the unit of code, and the statement or the call where it stands.
pub type Step = (MethodId, Span);

/// Collects the samples of all processes.
#[derive(Debug, Default)]
pub struct Profiler {
    count: AtomicU32,
    ended: AtomicBool,
    recorded: Mutex<Recorded>,
}

/// What was seen.
#[derive(Clone, Debug, Default)]
pub struct Recorded {
    /// The calls of the samples, outermost first, each list once.
    pub stacks: Vec<Vec<Step>>,
    known: FxHashMap<Vec<Step>, u32>,
    /// The processes that were seen, in the order of their first samples.
    pub processes: Vec<Timeline>,
}

/// The samples of one process.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// The number of the process.
    pub number: i32,
    /// Its name.
    pub name: String,
    /// In order of time: which of the stacks, and for how many microseconds.
    pub samples: Vec<(u32, u64)>,
}

/// The part of a process in it.
#[derive(Debug)]
pub(super) struct Sampling {
    profiler: Arc<Profiler>,
    seen: u32,
    last: Instant,
}

impl Profiler {
    /// A profiler whose count runs until [`Self::finish`]. Without a thread to count there is nothing to see.
    pub fn start() -> Arc<Self> {
        let profiler = Arc::new(Self::default());
        let counting = Arc::clone(&profiler);
        let count = move || {
            while !counting.ended.load(Ordering::Relaxed) {
                std::thread::sleep(EVERY);
                counting.count.fetch_add(1, Ordering::Relaxed);
            }
        };
        // Failing to start it leaves the profile empty, which its report says.
        _ = std::thread::Builder::new().name("profile".to_owned()).stack_size(64 * 1024).spawn(count);
        profiler
    }

    /// Ends the count, and gives what was seen.
    pub fn finish(&self) -> Recorded {
        self.ended.store(true, Ordering::Relaxed);
        self.recorded.lock().map(|mut recorded| std::mem::take(&mut *recorded)).unwrap_or_default()
    }

    /// The part of a process that begins now.
    pub(super) fn join(profiler: &Arc<Self>) -> Sampling {
        Sampling {
            profiler: Arc::clone(profiler),
            seen: profiler.count.load(Ordering::Relaxed),
            last: Instant::now(),
        }
    }
}

impl Recorded {
    fn add(&mut self, process: (i32, &str), stack: Vec<Step>, time: Duration) {
        let next = u32::try_from(self.stacks.len()).unwrap_or(u32::MAX);
        let id = *self.known.entry(stack).or_insert_with_key(|stack| {
            self.stacks.push(stack.clone());
            next
        });
        let time = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let (number, name) = process;
        let index =
            self.processes.iter().position(|process| process.number == number && process.name == name);
        let timeline = match index.and_then(|index| self.processes.get_mut(index)) {
            Some(timeline) => timeline,
            None => {
                self.processes.push(Timeline { number, name: name.to_owned(), samples: Vec::new() });
                let Some(timeline) = self.processes.last_mut() else { return };
                timeline
            }
        };
        match timeline.samples.last_mut() {
            Some((last, sum)) if *last == id => *sum += time,
            Some(_) | None => timeline.samples.push((id, time)),
        }
    }
}

impl Process {
    /// A statement has ended: takes a sample in its favour, when one is due.
    #[inline]
    pub fn sample(&mut self, statement: Span) {
        if let Some(sampling) = &mut self.sampling {
            let count = sampling.profiler.count.load(Ordering::Relaxed);
            if count != sampling.seen {
                sampling.seen = count;
                self.take_sample(statement);
            }
        }
    }

    #[cold]
    fn take_sample(&mut self, statement: Span) {
        let Some(sampling) = &mut self.sampling else { return };
        let now = Instant::now();
        let time = now.duration_since(sampling.last);
        sampling.last = now;
        let mut at = statement;
        let frames = self.stack.frames().iter().rev().take(MOST_CALLS);
        let mut stack: Vec<Step> =
            frames.map(|frame| (frame.code, std::mem::replace(&mut at, frame.site))).collect();
        stack.reverse();
        if let Ok(mut recorded) = sampling.profiler.recorded.lock() {
            recorded.add((self.entry.number, &self.entry.name), stack, time);
        }
    }
}
