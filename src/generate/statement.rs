//! Statements and blocks.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use crate::diagnostics::Diagnostic;
use crate::generate::Generator;
use crate::generate::fused::{
    AddIntegers, Binary, Compared, ConstantInteger, EqualIntegers, GreaterIntegers, GreaterOrEqualIntegers,
    Integers, LessIntegers, LessOrEqualIntegers, LocalInteger, NotEqualIntegers, Test,
};
use crate::generate::numeric::{Leaf, with_integer, wrap};
use crate::generate::operators::is_comparison;
use crate::program::tree::{Expr, ExprKind, Home, Statement, StatementKind};
use crate::runtime::code::{BooleanCode, Flow, StatementCode};
use crate::runtime::process::Process;
use crate::source::span::Span;
use crate::syntax::operator::BinaryOp;
use crate::value::Type;
use crate::value::error::Error;

/// Runs `$body` with `$test` bound to a condition: a comparison of an Integer local with another or with a literal is read
/// inline, everything else is a closure.
macro_rules! with_test {
    ($generator:expr, $condition:expr, $test:ident => $body:expr) => {
        match $generator.compared_leaves($condition) {
            Some((op, left, Leaf::Integer(right))) => {
                with_test!(@ op, left, LocalInteger(right), $test => $body)
            }
            Some((op, left, Leaf::Whole(right))) => {
                with_test!(@ op, left, ConstantInteger(right), $test => $body)
            }
            Some((_, _, Leaf::Real(_) | Leaf::Literal(_))) | None => {
                let $test = $generator.boolean($condition);
                $body
            }
        }
    };
    (@ $op:expr, $left:expr, $right:expr, $test:ident => $body:expr) => {
        match $op {
            BinaryOp::Equal => {
                let $test = Compared::new(EqualIntegers, $left, $right);
                $body
            }
            BinaryOp::NotEqual => {
                let $test = Compared::new(NotEqualIntegers, $left, $right);
                $body
            }
            BinaryOp::Less => {
                let $test = Compared::new(LessIntegers, $left, $right);
                $body
            }
            BinaryOp::LessOrEqual => {
                let $test = Compared::new(LessOrEqualIntegers, $left, $right);
                $body
            }
            BinaryOp::Greater => {
                let $test = Compared::new(GreaterIntegers, $left, $right);
                $body
            }
            _ => {
                let $test = Compared::new(GreaterOrEqualIntegers, $left, $right);
                $body
            }
        }
    };
}

/// A loop whose heading is the place of errors that have none: the end of the time or of the steps allowed.
fn placed(code: StatementCode, span: Span) -> StatementCode {
    Box::new(move |process| {
        let flow = code(process);
        if matches!(flow, Flow::Fail) {
            process.place_error(span);
        }
        flow
    })
}

impl Generator {
    /// A run of statements.
    pub(super) fn block(&self, statements: &[Statement]) -> StatementCode {
        let codes: Vec<StatementCode> =
            statements.iter().map(|statement| self.statement(statement)).collect();
        // Small blocks are the rule, and a loop of known length costs less.
        let codes = match sized::<1>(codes) {
            Ok(code) => return code,
            Err(codes) => codes,
        };
        let codes = match sized::<2>(codes) {
            Ok(code) => return code,
            Err(codes) => codes,
        };
        let codes = match sized::<3>(codes) {
            Ok(code) => return code,
            Err(codes) => codes,
        };
        Box::new(move |process| run(process, &codes))
    }

    fn statement(&self, statement: &Statement) -> StatementCode {
        let (code, span) = (self.plain_statement(statement), statement.span);
        if self.runtime.options.profiler.is_none() {
            return code;
        }
        Box::new(move |process| {
            let flow = code(process);
            process.sample(span);
            flow
        })
    }

    fn plain_statement(&self, statement: &Statement) -> StatementCode {
        let span = statement.span;
        match &statement.kind {
            StatementKind::Expression(expr) => self.effect(expr),
            StatementKind::Assign(assignment) => self.assignment(assignment, span),
            StatementKind::Declare(target, type_) => self.declare(target, *type_),
            StatementKind::If(condition, then, otherwise) => self.if_(condition, then, otherwise),
            StatementKind::CaseOf(branches, otherwise) => self.case_of(branches, otherwise),
            StatementKind::While(condition, body) => placed(self.while_(condition, body), span),
            StatementKind::Repeat(body, condition) => placed(self.repeat(body, condition), span),
            StatementKind::For(statement) => placed(self.for_(statement, span), span),
            StatementKind::ForEach(statement) => placed(self.for_each(statement, span), span),
            StatementKind::Use(target, body) => self.use_(target, body),
            StatementKind::Try(body, catch) => self.try_(body, catch),
            StatementKind::Return(value) => self.return_(value.as_ref()),
            StatementKind::Break => Box::new(|_| Flow::Break),
            StatementKind::Continue => Box::new(|_| Flow::Continue),
            StatementKind::Raise(diagnostic) => raise(diagnostic),
        }
    }

    /// An expression computed for what it does.
    pub(super) fn effect(&self, expr: &Expr) -> StatementCode {
        if let ExprKind::CallMethod(id, arguments) = &expr.kind {
            return self.method_call_statement(*id, arguments, expr.span);
        }
        let value = self.value(expr);
        Box::new(move |process| match value(process) {
            Ok(_) => Flow::Next,
            Err(error) => {
                process.fail(error);
                Flow::Fail
            }
        })
    }

    fn declare(&self, target: &Expr, type_: Type) -> StatementCode {
        match target.kind {
            ExprKind::Process(id) => Box::new(move |process| {
                process.variable(id).declare(type_);
                Flow::Next
            }),
            ExprKind::Interprocess(id) => Box::new(move |process| {
                process.interprocess(id).declare(type_);
                Flow::Next
            }),
            _ => Box::new(|_| Flow::Next),
        }
    }

    fn if_(&self, condition: &Expr, then: &[Statement], otherwise: &[Statement]) -> StatementCode {
        let fails = self.may_fail(condition);
        let then = self.body(then);
        if otherwise.is_empty() {
            return with_test!(self, condition, test => if_then(test, fails, then));
        }
        let otherwise = self.body(otherwise);
        with_test!(self, condition, test => if_then_else(test, fails, then, otherwise))
    }

    /// The parts of a comparison of an Integer local with another one or with a literal.
    fn compared_leaves(&self, condition: &Expr) -> Option<(BinaryOp, LocalInteger, Leaf)> {
        let ExprKind::Binary(op, left, right) = &condition.kind else { return None };
        let Some(Leaf::Integer(left)) = self.leaf(left) else { return None };
        is_comparison(*op).then_some((*op, LocalInteger(left), self.leaf(right)?))
    }

    /// The statements of a block, for a closure that runs them itself.
    fn body(&self, statements: &[Statement]) -> Body {
        let mut codes: Vec<StatementCode> =
            statements.iter().map(|statement| self.statement(statement)).collect();
        match (codes.len(), codes.pop()) {
            (1, Some(code)) => Body::One(code),
            (_, last) => {
                codes.extend(last);
                Body::Many(codes)
            }
        }
    }

    fn case_of(&self, branches: &[(Expr, Vec<Statement>)], otherwise: &[Statement]) -> StatementCode {
        let branches: Vec<(BooleanCode, StatementCode)> =
            branches.iter().map(|(condition, body)| (self.boolean(condition), self.block(body))).collect();
        let otherwise = self.block(otherwise);
        Box::new(move |process| {
            for (condition, body) in &branches {
                if condition(process) {
                    return body(process);
                }
                if process.failing() {
                    return Flow::Fail;
                }
            }
            otherwise(process)
        })
    }

    fn use_(&self, target: &Expr, body: &[Statement]) -> StatementCode {
        let (target, span) = (self.value(target), target.span);
        let body = self.block(body);
        Box::new(move |process| {
            let held = match target(process)
                .and_then(|value| process.use_shared(&value).map_err(|error| error.at(span)))
            {
                Ok(held) => held,
                Err(error) => {
                    process.fail(error);
                    return Flow::Fail;
                }
            };
            let flow = body(process);
            process.end_use(held);
            flow
        })
    }

    fn try_(&self, body: &[Statement], catch: &[Statement]) -> StatementCode {
        let (body, catch) = (self.block(body), self.block(catch));
        Box::new(move |process| {
            let outer = process.begin_try();
            let flow = body(process);
            if process.end_try(outer, flow) { catch(process) } else { flow }
        })
    }

    fn return_(&self, value: Option<&Expr>) -> StatementCode {
        let (Some(value), Some(result)) = (value, self.method.result) else {
            let Some(value) = value else { return Box::new(|_| Flow::Return) };
            let effect = self.effect(value);
            return Box::new(move |process| match effect(process) {
                Flow::Next => Flow::Return,
                flow => flow,
            });
        };
        match self.home(result) {
            Some(Home::Integer(slot)) => {
                let fails = self.may_fail(value);
                // The sum of two calls is what recursion ends with.
                if let ExprKind::Binary(BinaryOp::Add, left, right) = &value.kind
                    && self.is_whole(value)
                {
                    return with_integer!(self, left, a => with_integer!(self, right, b => return_integer(slot, fails, Binary::new(AddIntegers, a, b))));
                }
                return with_integer!(self, value, n => return_integer(slot, fails, n));
            }
            Some(Home::Real(slot)) => {
                let code = self.real(value);
                return Box::new(move |process| {
                    let x = code(process);
                    process.stack.set_real(slot, x);
                    if process.failing() { Flow::Fail } else { Flow::Return }
                });
            }
            Some(Home::Boolean(slot)) if value.type_ == Type::Boolean => {
                let code = self.boolean(value);
                return Box::new(move |process| {
                    let b = code(process);
                    process.stack.set_boolean(slot, b);
                    if process.failing() { Flow::Fail } else { Flow::Return }
                });
            }
            Some(Home::Boolean(_) | Home::Value(_) | Home::Variable(_)) | None => {}
        }
        let span = value.span;
        let code = self.value(value);
        let target = Expr { kind: ExprKind::Local(result), type_: Type::Variant, span };
        let set = self.setter(&target);
        Box::new(move |process| {
            match code(process).and_then(|value| set(process, value).map_err(|error| error.at(span))) {
                Ok(()) => Flow::Return,
                Err(error) => {
                    process.fail(error);
                    Flow::Fail
                }
            }
        })
    }
}

/// The statements of a block.
enum Body {
    One(StatementCode),
    Many(Vec<StatementCode>),
}

impl Body {
    #[inline]
    fn run(&self, process: &mut Process) -> Flow {
        match self {
            Self::One(code) => match code(process) {
                Flow::Fail if process.recover() => Flow::Next,
                flow => flow,
            },
            Self::Many(codes) => run(process, codes),
        }
    }
}

fn if_then(test: impl Test, fails: bool, then: Body) -> StatementCode {
    if !fails {
        return Box::new(move |process| if test.holds(process) { then.run(process) } else { Flow::Next });
    }
    Box::new(move |process| {
        if test.holds(process) {
            return then.run(process);
        }
        if process.failing() { Flow::Fail } else { Flow::Next }
    })
}

fn if_then_else(test: impl Test, fails: bool, then: Body, otherwise: Body) -> StatementCode {
    Box::new(move |process| {
        if test.holds(process) {
            return then.run(process);
        }
        if fails && process.failing() { Flow::Fail } else { otherwise.run(process) }
    })
}

fn return_integer(slot: crate::program::ids::Slot, fails: bool, value: impl Integers) -> StatementCode {
    Box::new(move |process| {
        let n = value.get(process);
        process.stack.set_integer(slot, i64::from(wrap(n)));
        if fails && process.failing() { Flow::Fail } else { Flow::Return }
    })
}

/// A block of exactly `N` statements.
fn sized<const N: usize>(codes: Vec<StatementCode>) -> Result<StatementCode, Vec<StatementCode>> {
    let codes: [StatementCode; N] = codes.try_into()?;
    Ok(Box::new(move |process| run(process, &codes)))
}

/// Runs statements until one says not to go on. A failed one may be handled by `ON ERR CALL`: then the next one runs.
#[inline]
fn run(process: &mut Process, codes: &[StatementCode]) -> Flow {
    for code in codes {
        match code(process) {
            Flow::Next => {}
            Flow::Fail if process.recover() => {}
            flow => return flow,
        }
    }
    Flow::Next
}

fn raise(diagnostic: &Diagnostic) -> StatementCode {
    let diagnostic = diagnostic.clone();
    Box::new(move |process| {
        process.fail(Error::from_diagnostic(&diagnostic));
        Flow::Fail
    })
}
