//! Statements.

use crate::program::tree::{Assignment, Expr, ExprKind, For, ForEach, Statement, StatementKind};
use crate::resolve::expression::{unknown_name, with_article};
use crate::resolve::types::{declared_type, shallow_type};
use crate::resolve::{Resolver, problem};
use crate::source::span::Span;
use crate::syntax::operator::{AssignOp, BinaryOp};
use crate::syntax::tree as syntax;
use crate::syntax::tree::{ExprKind as Source, StatementKind as SourceKind};

impl Resolver<'_> {
    /// A run of statements.
    pub(super) fn block(&mut self, block: &syntax::Block) -> Vec<Statement> {
        block.statements.iter().flat_map(|statement| self.statement(statement)).collect()
    }

    /// A statement, and the declarations that it makes.
    pub(super) fn statement(&mut self, statement: &syntax::Statement) -> Vec<Statement> {
        let span = statement.span;
        let kind = match &statement.kind {
            SourceKind::Expression(expr) => return self.expression_statement(expr, span),
            SourceKind::Assign(assignment) => match self.assignment(assignment, span) {
                Ok(assignment) => StatementKind::Assign(assignment),
                Err(error) => StatementKind::Expression(error),
            },
            SourceKind::Var(var) => return self.var(var, span),
            SourceKind::If { condition, then, otherwise } => StatementKind::If(
                self.value(condition),
                self.block(then),
                otherwise.as_ref().map(|otherwise| self.block(otherwise)).unwrap_or_default(),
            ),
            SourceKind::CaseOf { branches, otherwise } => StatementKind::CaseOf(
                branches
                    .iter()
                    .map(|branch| (self.value(&branch.condition), self.block(&branch.body)))
                    .collect(),
                otherwise.as_ref().map(|otherwise| self.block(otherwise)).unwrap_or_default(),
            ),
            SourceKind::While { condition, body } => {
                let condition = self.value(condition);
                StatementKind::While(condition, self.loop_body(body))
            }
            SourceKind::Repeat { body, condition } => {
                let body = self.loop_body(body);
                StatementKind::Repeat(body, self.value(condition))
            }
            SourceKind::For(source) => self.for_(source),
            SourceKind::ForEach(source) => self.for_each(source),
            SourceKind::Use { target, body } => {
                let target = self.value(target);
                StatementKind::Use(target, self.block(body))
            }
            SourceKind::Try { body, catch } => StatementKind::Try(
                self.block(body),
                catch.as_ref().map(|catch| self.block(catch)).unwrap_or_default(),
            ),
            SourceKind::Return(value) => {
                StatementKind::Return(value.as_ref().map(|value| self.returned(value)))
            }
            SourceKind::Break if self.loops == 0 => return vec![self.outside_loop("break", span)],
            SourceKind::Continue if self.loops == 0 => return vec![self.outside_loop("continue", span)],
            SourceKind::Break => StatementKind::Break,
            SourceKind::Continue => StatementKind::Continue,
            SourceKind::Sql(_) => {
                let diagnostic =
                    problem(9003, "`Begin SQL` needs a data engine, which Quatre does not have", span, "SQL");
                return vec![self.raise_statement(diagnostic, span)];
            }
            SourceKind::Error => return Vec::new(),
        };
        vec![Statement { kind, span }]
    }

    fn outside_loop(&mut self, word: &str, span: Span) -> Statement {
        let diagnostic =
            problem(3013, format!("`{word}` stands outside of a loop"), span, "no loop around it");
        self.raise_statement(diagnostic, span)
    }

    /// The value of `return`, checked against the declared result.
    fn returned(&mut self, value: &syntax::Expr) -> Expr {
        let value = self.value(value);
        let Some(result) = self.scope.result() else { return value };
        let declared = self.scope.type_of(result);
        if crate::resolve::expression::assignable(declared, value.type_) {
            return value;
        }
        let message = format!(
            "this method gives {}, not {}",
            with_article(declared.name()),
            with_article(value.type_.name())
        );
        let span = value.span;
        self.raise(problem(3002, message, span, with_article(value.type_.name())), span)
    }

    fn loop_body(&mut self, body: &syntax::Block) -> Vec<Statement> {
        self.loops += 1;
        let body = self.block(body);
        self.loops -= 1;
        body
    }

    fn expression_statement(&mut self, expr: &syntax::Expr, span: Span) -> Vec<Statement> {
        // `$a=3` compares and forgets: what was meant is `:=`.
        if let Source::Chain(first, rest) = &expr.kind {
            let diagnostic = problem(3005, "this computes a value and does nothing with it", span, "a value");
            let first_op = rest.first().map(|(op, _)| op);
            let diagnostic = match first_op {
                Some(op) if op.node == BinaryOp::Equal && is_assignable(first) => diagnostic
                    .help("`=` compares; write `:=` to give a value")
                    .fix("write `:=`", op.span, ":="),
                _ => diagnostic,
            };
            return vec![self.raise_statement(diagnostic, span)];
        }
        if let Source::Number(_)
        | Source::Text(_)
        | Source::Date(..)
        | Source::Time(_)
        | Source::Hexadecimal(_) = expr.kind
        {
            let diagnostic = problem(3005, "this is a value, and nothing is done with it", span, "a value");
            return vec![self.raise_statement(diagnostic, span)];
        }
        if let Source::Name(name) = &expr.kind
            && self.environment.method(&name.text).is_none()
            && self.environment.program().known_variable(&name.text).is_none()
        {
            let diagnostic = unknown_name(self, name);
            return vec![self.raise_statement(diagnostic, span)];
        }
        let value = self.value(expr);
        let mut statements = std::mem::take(&mut self.pending_declarations);
        if !matches!(value.kind, ExprKind::Literal(_)) {
            statements.push(Statement { kind: StatementKind::Expression(value), span });
        }
        statements
    }

    fn var(&mut self, var: &syntax::VarDeclaration, span: Span) -> Vec<Statement> {
        if var.names.len() > 1 && var.value.is_some() {
            let diagnostic = problem(
                3014,
                "only one variable can be given a value where it is declared",
                span,
                "several variables",
            )
            .help("declare them one by one");
            return vec![self.raise_statement(diagnostic, span)];
        }
        if let Some(conflict) = var.names.iter().find_map(|name| self.scope.conflict(name.span)).cloned() {
            return vec![Statement { kind: StatementKind::Raise(Box::new(conflict)), span }];
        }
        let mut ignored = Vec::new();
        let type_ = match (&var.type_, &var.value) {
            (Some(name), _) => declared_type(name, self.environment, &mut ignored),
            (None, Some(value)) => shallow_type(value, self.environment),
            (None, None) => crate::value::Type::Variant,
        };
        let mut statements: Vec<Statement> = var
            .names
            .iter()
            .map(|name| self.target(name))
            .filter(|target| matches!(target.kind, ExprKind::Process(_) | ExprKind::Interprocess(_)))
            .map(|target| Statement { span: target.span, kind: StatementKind::Declare(target, type_) })
            .collect();
        if let (Some(target), Some(value)) = (var.names.first(), &var.value) {
            let assignment =
                syntax::Assignment { target: target.clone(), op: AssignOp::Assign, value: value.clone() };
            let kind = match self.assignment(&assignment, span) {
                Ok(assignment) => StatementKind::Assign(assignment),
                Err(error) => StatementKind::Expression(error),
            };
            statements.push(Statement { kind, span });
        }
        statements
    }

    fn for_(&mut self, source: &syntax::For) -> StatementKind {
        let counter = self.target(&source.counter);
        let start = self.value(&source.start);
        let end = self.value(&source.end);
        let step = source.step.as_ref().map(|step| self.value(step));
        let body = self.loop_body(&source.body);
        StatementKind::For(Box::new(For { counter, start, end, step, body }))
    }

    fn for_each(&mut self, source: &syntax::ForEach) -> StatementKind {
        let item = self.target(&source.item);
        let values = self.value(&source.values);
        let begin = source.begin.as_ref().map(|begin| self.value(begin));
        let end = source.end.as_ref().map(|end| self.value(end));
        let clause = source.clause.as_ref().map(|(word, condition)| (*word, self.value(condition)));
        let body = self.loop_body(&source.body);
        StatementKind::ForEach(Box::new(ForEach { item, values, begin, end, clause, body }))
    }
}

fn is_assignable(expr: &syntax::Expr) -> bool {
    matches!(
        expr.kind,
        Source::Local(_)
            | Source::Parameter(_)
            | Source::Interprocess(_)
            | Source::Name(_)
            | Source::Member(..)
            | Source::Index(..)
            | Source::Element(..)
            | Source::Deref(_)
            | Source::Character(..)
    )
}

/// A statement that gives a value to a property of `This`: how a class's declared properties get theirs.
pub fn property_assignment(target: Expr, value: Expr, span: Span) -> Statement {
    Statement { kind: StatementKind::Assign(Assignment { target, op: AssignOp::Assign, value }), span }
}
