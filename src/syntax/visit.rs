//! Going through a tree: every statement and expression, outermost first. Nesting is bounded by the parser.

use crate::syntax::tree::{Argument, Block, Expr, ExprKind, Statement, StatementKind};

/// What a walk calls.
pub trait Visitor {
    /// A statement, before what it holds.
    fn statement(&mut self, _statement: &Statement) {}

    /// An expression, before what it holds; false leaves out what it holds.
    fn expression(&mut self, expr: &Expr) -> bool;
}

/// Walks a block.
pub fn block(block: &Block, visitor: &mut dyn Visitor) {
    for statement in &block.statements {
        self::statement(statement, visitor);
    }
}

/// Walks a statement and what it holds.
pub fn statement(statement: &Statement, visitor: &mut dyn Visitor) {
    visitor.statement(statement);
    match &statement.kind {
        StatementKind::Expression(expr) => expression(expr, visitor),
        StatementKind::Assign(assignment) => {
            expression(&assignment.target, visitor);
            expression(&assignment.value, visitor);
        }
        StatementKind::Var(var) => {
            var.names.iter().for_each(|name| expression(name, visitor));
            var.value.iter().for_each(|value| expression(value, visitor));
        }
        StatementKind::If { condition, then, otherwise } => {
            expression(condition, visitor);
            block(then, visitor);
            otherwise.iter().for_each(|otherwise| block(otherwise, visitor));
        }
        StatementKind::CaseOf { branches, otherwise } => {
            for branch in branches {
                expression(&branch.condition, visitor);
                block(&branch.body, visitor);
            }
            otherwise.iter().for_each(|otherwise| block(otherwise, visitor));
        }
        StatementKind::While { condition, body } | StatementKind::Repeat { body, condition } => {
            expression(condition, visitor);
            block(body, visitor);
        }
        StatementKind::For(statement) => {
            [&statement.counter, &statement.start, &statement.end]
                .into_iter()
                .for_each(|e| expression(e, visitor));
            statement.step.iter().for_each(|step| expression(step, visitor));
            block(&statement.body, visitor);
        }
        StatementKind::ForEach(statement) => {
            [&statement.item, &statement.values].into_iter().for_each(|e| expression(e, visitor));
            statement.begin.iter().chain(&statement.end).for_each(|e| expression(e, visitor));
            statement.clause.iter().for_each(|(_, condition)| expression(condition, visitor));
            block(&statement.body, visitor);
        }
        StatementKind::Use { target, body } => {
            expression(target, visitor);
            block(body, visitor);
        }
        StatementKind::Try { body, catch } => {
            block(body, visitor);
            catch.iter().for_each(|catch| block(catch, visitor));
        }
        StatementKind::Return(value) => value.iter().for_each(|value| expression(value, visitor)),
        StatementKind::Break | StatementKind::Continue | StatementKind::Sql(_) | StatementKind::Error => {}
    }
}

/// Walks an expression and what it holds.
pub fn expression(expr: &Expr, visitor: &mut dyn Visitor) {
    if !visitor.expression(expr) {
        return;
    }
    match &expr.kind {
        ExprKind::ParameterAt(inner)
        | ExprKind::Paren(inner)
        | ExprKind::Unary(_, inner)
        | ExprKind::Member(inner, _)
        | ExprKind::Deref(inner) => expression(inner, visitor),
        ExprKind::Index(base, index) | ExprKind::Character(base, index) | ExprKind::Element(base, index) => {
            expression(base, visitor);
            expression(index, visitor);
        }
        ExprKind::Object(members) => members.iter().for_each(|(_, value)| expression(value, visitor)),
        ExprKind::Collection(values) => values.iter().for_each(|value| expression(value, visitor)),
        ExprKind::Chain(first, rest) => {
            expression(first, visitor);
            rest.iter().for_each(|(_, operand)| expression(operand, visitor));
        }
        ExprKind::Ternary(parts) => parts.iter().for_each(|part| expression(part, visitor)),
        ExprKind::Call(callee, arguments) => {
            expression(callee, visitor);
            for argument in arguments {
                match argument {
                    Argument::Value(value) | Argument::Clause(_, value) => expression(value, visitor),
                    Argument::Assign(assignment) => {
                        expression(&assignment.target, visitor);
                        expression(&assignment.value, visitor);
                    }
                    Argument::Missing(_) | Argument::Operator(_) => {}
                }
            }
        }
        ExprKind::Error
        | ExprKind::Number(_)
        | ExprKind::Hexadecimal(_)
        | ExprKind::Text(_)
        | ExprKind::Date(..)
        | ExprKind::Time(_)
        | ExprKind::Local(_)
        | ExprKind::Parameter(_)
        | ExprKind::Interprocess(_)
        | ExprKind::Name(_)
        | ExprKind::Command(..)
        | ExprKind::Constant(..)
        | ExprKind::Plugin(_)
        | ExprKind::Table(..)
        | ExprKind::Field(..)
        | ExprKind::Try => {}
    }
}
