//! Small mistakes that 4D developers list: each is legal, and hardly ever meant.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use crate::builtin::Special;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::suggest::nearest;
use crate::lint::bindings::Bindings;
use crate::lint::{Unit, warning};
use crate::source::span::Span;
use crate::syntax::tree::{Argument, Expr, ExprKind, Name, Statement, StatementKind};
use crate::syntax::visit::{self, Visitor};

/// Warns of all of them.
pub fn all(unit: &Unit<'_>, bindings: &Bindings, found: &mut Vec<Diagnostic>) {
    attributes(unit, found);
    let mut zeros = Zeros { unit, written: Vec::new() };
    visit::block(unit.code.body, &mut zeros);
    visit::block(
        unit.code.body,
        &mut Traps { unit, bindings, found, zeros: zeros.written, written: Vec::new() },
    );
}

/// `//%attributes` means something on the first line only.
fn attributes(unit: &Unit<'_>, found: &mut Vec<Diagnostic>) {
    if unit.code.class.is_some() {
        return;
    }
    for comment in unit.comments {
        let before = unit.file.text.get(..comment.span.start as usize).unwrap_or_default();
        let is_first = before.trim_start_matches('\u{feff}').trim().is_empty() || before.starts_with("#!");
        if !is_first && unit.file.slice(comment.span).starts_with("//%attributes") {
            let message = "`//%attributes` means something on the first line only";
            found.push(
                warning(4006, message, comment.span, "a comment like any other here")
                    .help("move it to the first line"),
            );
            return;
        }
    }
}

/// The arrays whose element 0 is given a value.
struct Zeros<'a> {
    unit: &'a Unit<'a>,
    written: Vec<String>,
}

impl Visitor for Zeros<'_> {
    fn statement(&mut self, statement: &Statement) {
        if let StatementKind::Assign(assignment) = &statement.kind
            && let ExprKind::Element(base, _) = &assignment.target.kind
            && let ExprKind::Local(name) = match &base.kind {
                // A row of an array with two dimensions.
                ExprKind::Element(rows, _) => &rows.kind,
                kind => kind,
            }
        {
            self.written.push(name.text.to_lowercase());
        }
    }

    fn expression(&mut self, expr: &Expr) -> bool {
        // An array given to a command may get its element 0 there.
        if let ExprKind::Call(callee, arguments) = &expr.kind {
            let special = match callee.kind {
                ExprKind::Command(number, _) => self.unit.facts.environment().catalog().special(number),
                _ => None,
            };
            let is_declaration = matches!(special, Some(Special::DeclareArray(_)));
            for argument in arguments.iter().filter(|_| !is_declaration) {
                if let Argument::Value(Expr { kind: ExprKind::Local(name), .. }) = argument {
                    self.written.push(name.text.to_lowercase());
                }
            }
        }
        if let ExprKind::Unary(_, inner) = &expr.kind
            && let ExprKind::Local(name) = &inner.kind
        {
            self.written.push(name.text.to_lowercase());
        }
        true
    }
}

struct Traps<'a> {
    unit: &'a Unit<'a>,
    bindings: &'a Bindings,
    found: &'a mut Vec<Diagnostic>,
    /// Arrays whose element 0, or any under a computed number, is given a value.
    zeros: Vec<String>,
    /// Elements that are given a value.
    written: Vec<Span>,
}

impl Traps<'_> {
    fn text(&self, expr: &Expr) -> String {
        self.unit.file.slice(expr.span).split_whitespace().collect()
    }

    /// `$a{0}`
    fn zero(&mut self, base: &Expr, index: &Expr, span: Span) {
        let ExprKind::Local(name) = &base.kind else { return };
        let is_array = self.bindings.get(&name.text).is_some_and(|local| local.is_array);
        let is_zero = matches!(index.kind, ExprKind::Number(number) if number == 0.0);
        if !is_array
            || !is_zero
            || self.written.contains(&span)
            || self.zeros.contains(&name.text.to_lowercase())
        {
            return;
        }
        let message = format!("the elements of the array `${}` are numbered from 1", name.text);
        self.found.push(
            warning(4005, message, span, "element 0 stands apart, and nothing gives it a value here")
                .help(format!("the first element is `${}{{1}}`", name.text)),
        );
    }

    /// `$c[$c.length]`
    fn behind(&mut self, base: &Expr, index: &Expr, span: Span) {
        if self.written.contains(&span) {
            return;
        }
        let ExprKind::Member(counted, name) = &index.kind else { return };
        if name.text != "length" || self.text(counted) != self.text(base) {
            return;
        }
        let text = self.text(base);
        let message = "there is no element at the place `length`: the first one is 0";
        self.found.push(
            warning(4005, message, span, "behind the last element")
                .help(format!("the last element is `{text}.last()`")),
        );
    }

    /// `Is texxt`: a name of several words that is nearly that of a constant.
    fn constant(&mut self, name: &Name) {
        let environment = self.unit.facts.environment();
        if environment.method(&name.text).is_some() || self.written.contains(&name.span) {
            return;
        }
        let Some(near) = nearest(&name.text, environment.catalog().constant_names()) else { return };
        let message = format!("`{}` is taken for a variable, and no constant has this name", name.text);
        self.found.push(
            warning(4002, message, name.span, "not a constant").help(format!("did you mean `{near}`?")).fix(
                format!("replace by `{near}`"),
                name.span,
                near,
            ),
        );
    }

    /// `.query("name = :1"; Null)`
    fn query(&mut self, arguments: &[Argument]) {
        let Some(Argument::Value(Expr { kind: ExprKind::Text(query), .. })) = arguments.first() else {
            return;
        };
        for (index, argument) in arguments.iter().enumerate().skip(1) {
            let Argument::Value(value) = argument else { continue };
            let ExprKind::Command(number, _) = value.kind else { continue };
            let special = self.unit.facts.environment().catalog().special(number);
            if special == Some(Special::Null) && query.contains(&format!(":{index}")) {
                let message = "Null cannot be given through a placeholder";
                self.found.push(
                    warning(4003, message, value.span, "Null through a placeholder")
                        .help("write it into the text: `\"name = null\"`"),
                );
            }
        }
    }
}

impl Visitor for Traps<'_> {
    fn statement(&mut self, statement: &Statement) {
        if let StatementKind::Assign(assignment) = &statement.kind {
            self.written.push(assignment.target.span);
        }
    }

    fn expression(&mut self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Name(name) if name.text.contains(' ') => self.constant(name),
            ExprKind::Element(base, index) => self.zero(base, index, expr.span),
            ExprKind::Index(base, index) => self.behind(base, index, expr.span),
            ExprKind::Call(callee, arguments) => {
                if let ExprKind::Member(_, name) = &callee.kind
                    && name.text == "query"
                {
                    self.query(arguments);
                }
            }
            _ => {}
        }
        true
    }
}
