//! `While`, `Repeat`, `For`, `For each`.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use crate::generate::Generator;
use crate::generate::assign::Setter;
use crate::generate::numeric::{or_fail, wrap};
use crate::program::ids::Slot;
use crate::program::tree::{Expr, ExprKind, For, ForEach, Home, Statement};
use crate::runtime::code::{BooleanCode, Flow, IntegerCode, RealCode, StatementCode};
use crate::runtime::process::Process;
use crate::source::span::Span;
use crate::syntax::tree::LoopClause;
use crate::value::error::{Error, Result};
use crate::value::text::Text;
use crate::value::{Type, Value};

/// What a loop does after its body ended so: `Some` leaves it.
#[inline]
fn leaves(flow: Flow) -> Option<Flow> {
    match flow {
        Flow::Next | Flow::Continue => None,
        Flow::Break => Some(Flow::Next),
        Flow::Return | Flow::Fail => Some(flow),
    }
}

impl Generator {
    pub(super) fn while_(&self, condition: &Expr, body: &[Statement]) -> StatementCode {
        let (condition, body) = (self.boolean(condition), self.block(body));
        Box::new(move |process| {
            while condition(process) {
                if let Some(flow) = leaves(body(process)) {
                    return flow;
                }
                if !process.tick() {
                    return Flow::Fail;
                }
            }
            if process.failing() { Flow::Fail } else { Flow::Next }
        })
    }

    pub(super) fn repeat(&self, body: &[Statement], condition: &Expr) -> StatementCode {
        let (body, condition) = (self.block(body), self.boolean(condition));
        Box::new(move |process| {
            loop {
                if let Some(flow) = leaves(body(process)) {
                    return flow;
                }
                if condition(process) {
                    return if process.failing() { Flow::Fail } else { Flow::Next };
                }
                if process.failing() || !process.tick() {
                    return Flow::Fail;
                }
            }
        })
    }

    pub(super) fn for_(&self, statement: &For, span: Span) -> StatementCode {
        let body = self.block(&statement.body);
        let whole = |expr: &Expr| self.is_whole(expr) || expr.type_ == Type::Integer;
        if let ExprKind::Local(id) = statement.counter.kind
            && let Some(Home::Integer(slot)) = self.home(id)
            && whole(&statement.start)
            && whole(&statement.end)
            && statement.step.as_ref().is_none_or(whole)
        {
            let (start, end) = (self.integer(&statement.start), self.integer(&statement.end));
            return match &statement.step {
                None => count_up(slot, start, end, body),
                Some(step) => count_by(slot, start, end, self.integer(step), body),
            };
        }
        let (start, end) = (self.real(&statement.start), self.real(&statement.end));
        let step: RealCode = match &statement.step {
            Some(step) => self.real(step),
            None => Box::new(|_| 1.0),
        };
        let read = self.real(&statement.counter);
        let write = self.setter(&statement.counter);
        general_for(Counter { start, end, step, read, write, span }, body)
    }

    pub(super) fn for_each(&self, statement: &ForEach, span: Span) -> StatementCode {
        let values = self.value(&statement.values);
        let begin = statement.begin.as_ref().map(|begin| self.integer(begin));
        let end = statement.end.as_ref().map(|end| self.integer(end));
        let set = self.setter(&statement.item);
        let clause = statement.clause.as_ref().map(|(word, condition)| (*word, self.boolean(condition)));
        let body = self.block(&statement.body);
        let turn = Turn { set, clause, body, span };
        let values_span = statement.values.span;
        Box::new(move |process| {
            let range =
                |process: &mut Process, code: &Option<IntegerCode>| code.as_ref().map(|code| code(process));
            let values = match values(process) {
                Ok(values) => values,
                Err(error) => return fail(process, error),
            };
            let begin = range(process, &begin);
            let end = range(process, &end);
            if process.failing() {
                return Flow::Fail;
            }
            go_through(process, &values, begin, end, &turn, values_span)
        })
    }
}

fn fail(process: &mut Process, error: Error) -> Flow {
    process.fail(error);
    Flow::Fail
}

/// `For` over an Integer local with a step of one.
fn count_up(slot: Slot, start: IntegerCode, end: IntegerCode, body: StatementCode) -> StatementCode {
    Box::new(move |process| {
        let mut n = start(process);
        let end = end(process);
        if process.failing() {
            return Flow::Fail;
        }
        process.stack.set_integer(slot, i64::from(wrap(n)));
        while n <= end {
            if let Some(flow) = leaves(body(process)) {
                return flow;
            }
            // The body may have changed the counter.
            n = process.stack.integer(slot) + 1;
            process.stack.set_integer(slot, i64::from(wrap(n)));
            if !process.tick() {
                return Flow::Fail;
            }
        }
        Flow::Next
    })
}

/// `For` over an Integer local with any step.
fn count_by(
    slot: Slot,
    start: IntegerCode,
    end: IntegerCode,
    step: IntegerCode,
    body: StatementCode,
) -> StatementCode {
    Box::new(move |process| {
        let mut n = start(process);
        let end = end(process);
        let step = step(process);
        if process.failing() {
            return Flow::Fail;
        }
        process.stack.set_integer(slot, i64::from(wrap(n)));
        while if step < 0 { n >= end } else { n <= end } {
            if let Some(flow) = leaves(body(process)) {
                return flow;
            }
            n = process.stack.integer(slot) + step;
            process.stack.set_integer(slot, i64::from(wrap(n)));
            if !process.tick() {
                return Flow::Fail;
            }
        }
        Flow::Next
    })
}

/// The heading of a `For` whose counter is anything.
struct Counter {
    start: RealCode,
    end: RealCode,
    step: RealCode,
    read: RealCode,
    write: Setter,
    span: Span,
}

fn general_for(counter: Counter, body: StatementCode) -> StatementCode {
    Box::new(move |process| {
        let mut x = (counter.start)(process);
        let end = (counter.end)(process);
        let step = (counter.step)(process);
        if process.failing() {
            return Flow::Fail;
        }
        loop {
            if let Err(error) = (counter.write)(process, Value::Real(x)) {
                return fail(process, error.at(counter.span));
            }
            if if step < 0.0 { x < end } else { x > end } || x.is_nan() {
                return Flow::Next;
            }
            if let Some(flow) = leaves(body(process)) {
                return flow;
            }
            x = (counter.read)(process) + step;
            if process.failing() || !process.tick() {
                return Flow::Fail;
            }
        }
    })
}

/// What one turn of a `For each` needs.
struct Turn {
    set: Setter,
    clause: Option<(LoopClause, BooleanCode)>,
    body: StatementCode,
    span: Span,
}

impl Turn {
    /// One turn; `Some` leaves the loop.
    #[inline]
    fn run(&self, process: &mut Process, item: Value) -> Option<Flow> {
        if let Some((word, condition)) = &self.clause {
            let holds = condition(process);
            if process.failing() {
                return Some(Flow::Fail);
            }
            if holds == (*word == LoopClause::Until) {
                return Some(Flow::Next);
            }
        }
        if let Err(error) = (self.set)(process, item) {
            return Some(fail(process, error.at(self.span)));
        }
        if let Some(flow) = leaves((self.body)(process)) {
            return Some(flow);
        }
        if process.tick() { None } else { Some(Flow::Fail) }
    }
}

/// The positions of a `For each` over `count` elements; negative ones count from the end.
fn positions(begin: Option<i64>, end: Option<i64>, count: usize) -> std::ops::Range<usize> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let place = |n: i64| if n < 0 { (count + n).max(0) } else { n.min(count) };
    let begin = begin.map_or(0, place);
    let end = end.map_or(count, place);
    usize::try_from(begin).unwrap_or(0)..usize::try_from(end).unwrap_or(0)
}

fn go_through(
    process: &mut Process,
    values: &Value,
    begin: Option<i64>,
    end: Option<i64>,
    turn: &Turn,
    span: Span,
) -> Flow {
    match values {
        Value::Undefined | Value::Null => Flow::Next,
        Value::Collection(collection) => {
            // The number of turns is fixed; what was removed meanwhile is visited as Undefined.
            for index in positions(begin, end, collection.len()) {
                let item = collection.get(index).unwrap_or_default();
                if let Some(flow) = turn.run(process, item) {
                    return flow;
                }
            }
            Flow::Next
        }
        Value::Object(object) => {
            let names = match names_of(process, object) {
                Ok(names) => names,
                Err(error) => return fail(process, error.at(span)),
            };
            for index in positions(begin, end, names.len()) {
                let item = names.get(index).cloned().unwrap_or_default();
                if let Some(flow) = turn.run(process, Value::Text(item)) {
                    return flow;
                }
            }
            Flow::Next
        }
        other => {
            let error = Error::types(format!(
                "`For each` goes through a collection or an object, not a value of type {}",
                other.type_name()
            ));
            or_fail::<()>(process, Err(error.at(span)));
            Flow::Fail
        }
    }
}

/// What `For each` finds in an object: the names of its properties; of a class store those of its classes.
fn names_of(process: &mut Process, object: &crate::value::object::Object) -> Result<Vec<Text>> {
    if let Some(store) = object.as_native::<crate::runtime::store::ClassStore>() {
        return Ok(process.class_store_names(store.name));
    }
    Ok(object.keys())
}
