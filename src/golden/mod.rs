//! `quatre test`: programs beside what they should write.
//!
//! A case is a `.4dm` file with its `.out`, an example in Markdown, or a test method of a project. Each runs in a
//! runtime of its own, on a recorded host, in the session that is the same in every run; many run at once, and their
//! reports come in the order of their names.

pub mod case;

pub mod directives;

pub mod patterns;

pub mod diff;

pub mod markdown;

pub mod running;

pub mod report;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset};

use crate::golden::case::Case;
use crate::value::text::Text;
use crate::value::{Type, Value};

/// Words as values of declared parameters, of the code of that name; or why that cannot be.
pub type Convert = fn(&[String], &[(String, Type)], &str) -> Result<Vec<Value>, String>;

/// What holds for all cases of a run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How long a case may run that says nothing itself.
    pub timeout: Duration,
    /// So many cases run at once.
    pub jobs: usize,
    /// The run ends after so many failures; 0 for never.
    pub most_failures: usize,
    /// What was got becomes what is expected.
    pub bless: bool,
    /// The session table of cases that have none.
    pub sessions: Option<PathBuf>,
    /// The clock of cases that name none.
    pub clock: Option<DateTime<FixedOffset>>,
    /// The seed of cases that name none.
    pub seed: Option<u64>,
    /// Makes values of the lines of `.args` for the parameters of a case.
    pub convert: Convert,
    /// The program's texts are kept to these bounds.
    pub bounds: crate::value::bounds::Bounds,
    /// What the cases may touch; `None` is everything.
    pub permissions: Option<std::sync::Arc<crate::runtime::sandbox::permissions::Permissions>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(10),
            jobs: 1,
            most_failures: 0,
            bless: false,
            sessions: None,
            clock: None,
            seed: None,
            convert: |words, _, _| Ok(words.iter().map(|word| Text::from(word.as_str()).into()).collect()),
            bounds: crate::value::bounds::Bounds::default(),
            permissions: None,
        }
    }
}

/// How a case ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// All is as expected.
    Passed,
    /// Something is not; each reason with its details, indented nowhere.
    Failed(Vec<String>),
    /// It was not run.
    Skipped(String),
    /// It failed, as it says that it must.
    Expected(String),
}

/// The end of a case.
#[derive(Clone, Debug)]
pub struct Ended {
    /// The name of the case.
    pub name: String,
    /// Its file, and the line of it where the case stands.
    pub file: PathBuf,
    /// The line, 1 for a whole file.
    pub line: usize,
    /// How it ended.
    pub status: Status,
    /// How long it took.
    pub time: Duration,
    /// What was written to it, when it was blessed.
    pub blessed: Option<String>,
}

impl Ended {
    /// Whether it failed.
    pub fn has_failed(&self) -> bool {
        matches!(self.status, Status::Failed(_))
    }
}

/// Runs cases, many at once, and tells each end in the order of the cases.
pub fn run(cases: &[Case], settings: &Settings, mut tell: impl FnMut(&Ended)) -> Vec<Ended> {
    let next = AtomicUsize::new(0);
    let over = AtomicBool::new(false);
    let (send, receive) = mpsc::channel::<(usize, Ended)>();
    let send = Mutex::new(send);
    let mut told = Vec::new();
    std::thread::scope(|scope| {
        for _ in 0..settings.jobs.clamp(1, cases.len().max(1)) {
            let sender = send.lock().map(|sender| sender.clone()).ok();
            let (next, over) = (&next, &over);
            scope.spawn(move || {
                while !over.load(Ordering::Relaxed) {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let (Some(case), Some(sender)) = (cases.get(index), &sender) else { return };
                    let start = Instant::now();
                    let mut ended = running::run(case, settings);
                    ended.time = start.elapsed();
                    if sender.send((index, ended)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut waiting: BTreeMap<usize, Ended> = BTreeMap::new();
        let mut failures = 0;
        for (index, ended) in receive {
            waiting.insert(index, ended);
            while let Some(ended) = waiting.remove(&told.len()) {
                failures += usize::from(ended.has_failed());
                if !over.load(Ordering::Relaxed) {
                    tell(&ended);
                }
                told.push(ended);
                if settings.most_failures != 0 && failures >= settings.most_failures {
                    over.store(true, Ordering::Relaxed);
                    return;
                }
            }
        }
    });
    told
}
