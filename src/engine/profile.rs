//! A profile in the terms of the program: methods and lines in place of numbers and spans.

use rustc_hash::FxHashMap;

use crate::runtime::Runtime;
use crate::runtime::profile::{Recorded, Step, Timeline};

/// A place where time went by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The method, as call chains name it.
    pub method: String,
    /// The file, when the code stands in one.
    pub file: String,
    /// The line, from 1; 0 when it is not known.
    pub line: u32,
}

/// Where the time of a run went.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// The places, each once.
    pub places: Vec<Place>,
    /// Lists of calls, outermost first, each once: which of the places.
    pub stacks: Vec<Vec<usize>>,
    /// The processes, and when each was where.
    pub processes: Vec<Timeline>,
}

/// The share of a place, or of a method, in the time of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// `method` or `method, line 3`.
    pub what: String,
    /// Microseconds spent in it alone.
    pub own: u64,
    /// The same with all that it called.
    pub whole: u64,
}

impl Profile {
    /// Names what a profiler recorded.
    pub(super) fn new(recorded: Recorded, runtime: &Runtime) -> Self {
        let mut profile = Self::default();
        let mut known: FxHashMap<(Step, u32), usize> = FxHashMap::default();
        let mut lines: FxHashMap<Step, u32> = FxHashMap::default();
        for stack in &recorded.stacks {
            let places = stack.iter().map(|step| {
                let line = *lines.entry(*step).or_insert_with(|| line_of(runtime, *step));
                // Statements of one line are one place.
                let key = ((step.0, Default::default()), line);
                *known.entry(key).or_insert_with(|| {
                    profile.places.push(place(runtime, *step, line));
                    profile.places.len() - 1
                })
            });
            let places = places.collect();
            profile.stacks.push(places);
        }
        profile.processes = recorded.processes;
        profile
    }

    /// All time that was seen, in microseconds.
    pub fn total(&self) -> u64 {
        self.samples().map(|(_, time)| time).sum()
    }

    fn samples(&self) -> impl Iterator<Item = (&[usize], u64)> {
        let all = self.processes.iter().flat_map(|process| &process.samples);
        all.filter_map(|(stack, time)| Some((self.stacks.get(*stack as usize)?.as_slice(), *time)))
    }

    /// The lines, where most time was spent first.
    pub fn by_line(&self) -> Vec<Share> {
        self.shares(|place| format!("{}, line {}", place.method, place.line))
    }

    /// The methods, where most time was spent first.
    pub fn by_method(&self) -> Vec<Share> {
        self.shares(|place| place.method.clone())
    }

    /// A recursive method counts once in each sample.
    fn shares(&self, name: impl Fn(&Place) -> String) -> Vec<Share> {
        let mut shares: Vec<Share> = Vec::new();
        let mut index: FxHashMap<String, usize> = FxHashMap::default();
        let of_place: Vec<usize> = self
            .places
            .iter()
            .map(|place| {
                *index.entry(name(place)).or_insert_with_key(|what| {
                    shares.push(Share { what: what.clone(), own: 0, whole: 0 });
                    shares.len() - 1
                })
            })
            .collect();
        for (stack, time) in self.samples() {
            let mut members: Vec<usize> =
                stack.iter().filter_map(|place| of_place.get(*place).copied()).collect();
            if let Some(share) = members.last().and_then(|last| shares.get_mut(*last)) {
                share.own += time;
            }
            members.sort_unstable();
            members.dedup();
            for member in members {
                if let Some(share) = shares.get_mut(member) {
                    share.whole += time;
                }
            }
        }
        shares.sort_by(|a, b| b.own.cmp(&a.own).then(b.whole.cmp(&a.whole)).then(a.what.cmp(&b.what)));
        shares
    }
}

fn line_of(runtime: &Runtime, (_, span): Step) -> u32 {
    let file = runtime.program.sources.get(span.source);
    file.filter(|_| span.end > 0).map_or(0, |file| file.position(span.start).line)
}

fn place(runtime: &Runtime, (method, span): Step, line: u32) -> Place {
    let unit = runtime.program.unit(method);
    let file = runtime.program.sources.get(span.source);
    Place {
        method: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
        file: file.map(|file| file.name.clone()).unwrap_or_default(),
        line,
    }
}
