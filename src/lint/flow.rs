//! The order in which lines run: code that never does, results that are never given.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use crate::builtin::Special;
use crate::diagnostics::Diagnostic;
use crate::lint::bindings::Bindings;
use crate::lint::{Unit, warning};
use crate::syntax::tree::{Block, Expr, ExprKind, Statement, StatementKind};
use crate::syntax::visit::{self, Visitor};

/// Warns of code behind a line that always leads away.
pub fn unreachable(unit: &Unit<'_>, found: &mut Vec<Diagnostic>) {
    block(unit, unit.code.body, found);
}

fn block(unit: &Unit<'_>, block: &Block, found: &mut Vec<Diagnostic>) {
    let mut is_over = false;
    for statement in &block.statements {
        if is_over {
            let by = "nothing leads here";
            // What only declares does so wherever it stands.
            if !matches!(statement.kind, StatementKind::Var(_) | StatementKind::Error) {
                found.push(warning(4010, "this line never runs", statement.span, by));
                return;
            }
            continue;
        }
        inner(unit, statement, found);
        is_over = leads_away(unit, statement);
    }
}

fn inner(unit: &Unit<'_>, statement: &Statement, found: &mut Vec<Diagnostic>) {
    for inner in blocks(statement) {
        block(unit, inner, found);
    }
    if let StatementKind::CaseOf { branches, .. } = &statement.kind {
        same_conditions(unit, branches.iter().map(|branch| &branch.condition), found);
    }
}

/// The blocks that a statement holds.
fn blocks(statement: &Statement) -> Vec<&Block> {
    match &statement.kind {
        StatementKind::If { then, otherwise, .. } => std::iter::once(then).chain(otherwise).collect(),
        StatementKind::CaseOf { branches, otherwise } => {
            branches.iter().map(|branch| &branch.body).chain(otherwise).collect()
        }
        StatementKind::While { body, .. }
        | StatementKind::Repeat { body, .. }
        | StatementKind::Use { body, .. } => vec![body],
        StatementKind::For(source) => vec![&source.body],
        StatementKind::ForEach(source) => vec![&source.body],
        StatementKind::Try { body, catch } => std::iter::once(body).chain(catch).collect(),
        StatementKind::Expression(_)
        | StatementKind::Assign(_)
        | StatementKind::Var(_)
        | StatementKind::Return(_)
        | StatementKind::Break
        | StatementKind::Continue
        | StatementKind::Sql(_)
        | StatementKind::Error => Vec::new(),
    }
}

/// Whether what stands behind a statement never runs.
fn leads_away(unit: &Unit<'_>, statement: &Statement) -> bool {
    match &statement.kind {
        StatementKind::Return(_) | StatementKind::Break | StatementKind::Continue => true,
        StatementKind::If { then, otherwise: Some(otherwise), .. } => {
            ends(unit, then) && ends(unit, otherwise)
        }
        StatementKind::CaseOf { branches, otherwise: Some(otherwise) } => {
            branches.iter().all(|branch| ends(unit, &branch.body)) && ends(unit, otherwise)
        }
        StatementKind::While { condition, body } => is_true(unit, condition) && !breaks(body),
        StatementKind::Use { body, .. } => ends(unit, body),
        StatementKind::Try { body, catch: Some(catch) } => ends(unit, body) && ends(unit, catch),
        StatementKind::If { .. }
        | StatementKind::CaseOf { .. }
        | StatementKind::Try { .. }
        | StatementKind::Repeat { .. }
        | StatementKind::For(_)
        | StatementKind::ForEach(_)
        | StatementKind::Expression(_)
        | StatementKind::Assign(_)
        | StatementKind::Var(_)
        | StatementKind::Sql(_)
        | StatementKind::Error => false,
    }
}

fn ends(unit: &Unit<'_>, block: &Block) -> bool {
    block.statements.iter().any(|statement| leads_away(unit, statement))
}

fn is_true(unit: &Unit<'_>, expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Paren(inner) => is_true(unit, inner),
        ExprKind::Command(number, _) => {
            unit.facts.environment().catalog().special(*number) == Some(Special::True)
        }
        _ => false,
    }
}

/// Whether a `break` leaves the loop of this body. One of a loop inside does not, but doubt keeps silent.
fn breaks(block: &Block) -> bool {
    struct Breaks(bool);
    impl Visitor for Breaks {
        fn statement(&mut self, statement: &Statement) {
            self.0 |= matches!(statement.kind, StatementKind::Break);
        }
        fn expression(&mut self, _expr: &Expr) -> bool {
            false
        }
    }
    let mut breaks = Breaks(false);
    visit::block(block, &mut breaks);
    breaks.0
}

/// Warns of a branch whose condition stands above already.
fn same_conditions<'a>(
    unit: &Unit<'_>,
    conditions: impl Iterator<Item = &'a Expr>,
    found: &mut Vec<Diagnostic>,
) {
    let mut seen: Vec<(String, &Expr)> = Vec::new();
    for condition in conditions {
        let text: String = unit.file.slice(condition.span).split_whitespace().collect();
        // A condition that calls something may be true the second time; `(True)` and the like are meant.
        if has_call(condition) || !has_variable(condition) {
            continue;
        }
        if let Some((_, first)) = seen.iter().find(|(known, _)| *known == text) {
            let message = "this branch never runs: its condition stands above already";
            found.push(
                warning(4016, message, condition.span, "the same again")
                    .also(first.span, "the first one wins"),
            );
            continue;
        }
        seen.push((text, condition));
    }
}

fn has_variable(expr: &Expr) -> bool {
    struct Variables(bool);
    impl Visitor for Variables {
        fn expression(&mut self, expr: &Expr) -> bool {
            self.0 |= matches!(
                expr.kind,
                ExprKind::Local(_)
                    | ExprKind::Parameter(_)
                    | ExprKind::Interprocess(_)
                    | ExprKind::Name(_)
                    | ExprKind::Field(..)
                    | ExprKind::Member(..)
            );
            true
        }
    }
    let mut variables = Variables(false);
    visit::expression(expr, &mut variables);
    variables.0
}

fn has_call(expr: &Expr) -> bool {
    struct Calls(bool);
    impl Visitor for Calls {
        fn expression(&mut self, expr: &Expr) -> bool {
            self.0 |= matches!(expr.kind, ExprKind::Call(..));
            true
        }
    }
    let mut calls = Calls(false);
    visit::expression(expr, &mut calls);
    calls.0
}

/// Warns of a declared result that some way through the code, or all, never gives.
pub fn missing_result(unit: &Unit<'_>, bindings: &Bindings, found: &mut Vec<Diagnostic>) {
    let Some(signature) = unit.code.signature else { return };
    let has_result = signature.result_name.is_some() || signature.result_type.is_some();
    // An empty function is there to be written, or to be overridden.
    if !has_result || unit.code.body.statements.iter().all(|s| matches!(s.kind, StatementKind::Error)) {
        return;
    }
    let mut returns = Returns { with_value: false, others: false, stops: false };
    visit::block(unit.code.body, &mut returns);
    let named = signature.result_name.as_ref().and_then(|name| bindings.get(&name.text));
    let is_mentioned = bindings.numbered.contains(&0)
        || named.is_some_and(|local| local.read.is_some() || local.written.is_some());
    let place = signature.result_name.as_ref().map(|name| name.span);
    let place = place.or_else(|| signature.result_type.as_ref().map(|name| name.span));
    let span = place.or(unit.heading).unwrap_or(signature.span);
    if is_mentioned || returns.stops || bindings.runs_texts {
        return;
    }
    if !returns.with_value {
        let message = "this result is never given a value";
        found.push(warning(4015, message, span, "declared here").help("give it with `return`"));
    } else if signature.result_name.is_none() && !ends(unit, unit.code.body) {
        let message = "not every way through this code gives the result";
        found.push(warning(4015, message, span, "declared here").help("end with a `return`"));
    }
}

/// The ways in which code returns.
struct Returns {
    with_value: bool,
    others: bool,
    /// A line that throws, or that says the code is not to be reached.
    stops: bool,
}

impl Visitor for Returns {
    fn statement(&mut self, statement: &Statement) {
        if let StatementKind::Return(value) = &statement.kind {
            if value.is_some() { self.with_value = true } else { self.others = true }
        }
    }

    fn expression(&mut self, expr: &Expr) -> bool {
        if let ExprKind::Command(THROW | ABORT | ASSERT, _) = expr.kind {
            self.stops = true;
        }
        true
    }
}

const THROW: u16 = 1805;
const ABORT: u16 = 156;
const ASSERT: u16 = 1129;
