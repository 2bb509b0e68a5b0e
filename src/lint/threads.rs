//! Methods that are marked as able to run in preemptive processes, and what they may not do there.
//!
//! 4D looks at a method and at all that it calls. A called method that is marked itself is looked at by itself; one that
//! is not marked hands its problem on to its callers.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::diagnostics::Diagnostic;
use crate::lint::{Facts, Unit, error};
use crate::source::SourceFile;
use crate::source::span::Span;
use crate::syntax::tree::{Attributes, Block, Comment, Expr, ExprKind, Method};
use crate::syntax::visit::{self, Visitor};
use crate::value::function::MethodId;

/// What the attributes of a method say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// `"preemptive":"capable"`
    Capable,
    /// `"preemptive":"incapable"`
    Incapable,
    /// Nothing: the compiler finds out.
    #[default]
    Indifferent,
}

/// What callers of a method must know.
#[derive(Clone, Debug, Default)]
pub struct Threading {
    /// What its attributes say.
    pub mode: Mode,
    /// The name of a command or variable that its code uses and preemptive processes may not.
    pub unsafe_use: Option<String>,
    /// The methods that it calls.
    pub calls: Vec<MethodId>,
    /// How many arguments it takes at most; none when any number is welcome.
    pub most_arguments: Option<usize>,
}

/// Looks at a method for its callers.
pub fn threading(method: &Method, file: &SourceFile, facts: &dyn Facts) -> Threading {
    let mut uses = Uses::new(facts, file, &method.comments);
    visit::block(&method.body, &mut uses);
    let declared = method.signature.as_ref().filter(|signature| signature.variadic.is_none());
    let most_arguments = declared.map(|signature| signature.parameters.len());
    Threading {
        mode: mode(method.attributes.as_ref()),
        unsafe_use: uses.found.into_iter().next().map(|(name, _)| name),
        calls: uses.calls.into_iter().map(|(id, _, _)| id).collect(),
        most_arguments: most_arguments.filter(|_| !uses.counts),
    }
}

fn mode(attributes: Option<&Attributes>) -> Mode {
    let Some(attributes) = attributes else { return Mode::Indifferent };
    let text: String = attributes.node.chars().filter(|c| !c.is_whitespace()).collect();
    if text.contains("\"preemptive\":\"capable\"") {
        Mode::Capable
    } else if text.contains("\"preemptive\":\"incapable\"") {
        Mode::Incapable
    } else {
        Mode::Indifferent
    }
}

/// Tells what a method marked as capable may not do.
pub fn preemptive(unit: &Unit<'_>, found: &mut Vec<Diagnostic>) {
    if mode(unit.attributes) != Mode::Capable {
        return;
    }
    let uses = Uses::of(unit.facts, unit.file, unit.comments, unit.code.body);
    let mut told: FxHashSet<String> = FxHashSet::default();
    for (name, span) in uses.found {
        if told.insert(name.clone()) {
            let message = format!("`{name}` cannot be used in a preemptive process");
            found.push(
                error(3017, message, span, "not thread-safe")
                    .note("the attributes of this method say that it can run in one"),
            );
        }
    }
    for (id, name, span) in uses.calls {
        if let Some(cause) = cause(id, unit.facts)
            && told.insert(name.clone())
        {
            let message = format!("the method `{name}` cannot run in a preemptive process");
            found.push(
                error(3017, message, span, "called here")
                    .note(cause)
                    .note("the attributes of this method say that it can run in one"),
            );
        }
    }
}

/// The most methods that are looked at behind a call.
const MOST: usize = 500;

/// Why a called method cannot run in a preemptive process.
fn cause(id: MethodId, facts: &dyn Facts) -> Option<String> {
    let name = |id: MethodId| {
        facts.environment().program().unit(id).map_or_else(String::new, |unit| unit.name.clone())
    };
    let mut seen: FxHashSet<MethodId> = FxHashSet::default();
    let mut open = vec![id];
    while let Some(next) = open.pop() {
        if seen.len() > MOST || !seen.insert(next) {
            continue;
        }
        let threading: Arc<Threading> = facts.threading(next);
        match threading.mode {
            // It is told of in its own file.
            Mode::Capable => continue,
            Mode::Incapable => return Some(format!("the attributes of `{}` say so", name(next))),
            Mode::Indifferent => {}
        }
        if let Some(command) = &threading.unsafe_use {
            return Some(format!("`{}` uses `{command}`, which is not thread-safe", name(next)));
        }
        open.extend(threading.calls.iter().rev());
    }
    None
}

/// What code uses that is not thread-safe, and what it calls.
struct Uses<'a> {
    facts: &'a dyn Facts,
    /// Where `//%T-` and `//%T+` stand, and whether they end the check.
    switches: Vec<(u32, bool)>,
    found: Vec<(String, Span)>,
    calls: Vec<(MethodId, String, Span)>,
    /// It asks for parameters beyond the declared ones.
    counts: bool,
}

impl<'a> Uses<'a> {
    fn new(facts: &'a dyn Facts, file: &SourceFile, comments: &[Comment]) -> Self {
        let switches = comments.iter().filter_map(|comment| {
            let text = file.slice(comment.span).trim_start_matches('/').trim_start();
            let rest = text.strip_prefix("%T")?;
            Some((comment.span.start, rest.starts_with('-')))
        });
        Self { facts, switches: switches.collect(), found: Vec::new(), calls: Vec::new(), counts: false }
    }

    fn of(facts: &'a dyn Facts, file: &SourceFile, comments: &[Comment], body: &Block) -> Self {
        let mut uses = Self::new(facts, file, comments);
        visit::block(body, &mut uses);
        uses
    }

    fn is_off(&self, span: Span) -> bool {
        self.switches.iter().rev().find(|(at, _)| *at < span.start).is_some_and(|(_, off)| *off)
    }
}

impl Visitor for Uses<'_> {
    fn expression(&mut self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Command(number, name) => {
                let catalog = self.facts.environment().catalog();
                self.counts |= catalog.special(*number).is_some_and(|special| {
                    matches!(
                        special,
                        crate::builtin::Special::CountParameters | crate::builtin::Special::CopyParameters
                    )
                });
                if !self.facts.is_thread_safe(*number) && !self.is_off(expr.span) {
                    let name = catalog.command(*number).map_or(name.text.as_str(), |entry| entry.name());
                    self.found.push((name.to_owned(), expr.span));
                }
            }
            ExprKind::Interprocess(name) if !self.is_off(expr.span) => {
                self.found.push((format!("<>{}", name.text), expr.span));
            }
            ExprKind::Parameter(n) => self.counts |= *n > 0,
            ExprKind::ParameterAt(_) => self.counts = true,
            ExprKind::Name(name) if !self.is_off(expr.span) => {
                if let Some(id) = self.facts.environment().method(&name.text) {
                    self.calls.push((id, name.text.clone(), expr.span));
                }
            }
            _ => {}
        }
        true
    }
}
