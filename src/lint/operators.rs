//! Operators of different kinds without brackets: 4D computes from left to right, most readers do not.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use crate::diagnostics::Diagnostic;
use crate::lint::{Unit, warning};
use crate::source::span::Spanned;
use crate::syntax::operator::BinaryOp;
use crate::syntax::tree::{Argument, Expr, ExprKind};
use crate::syntax::visit::{self, Visitor};

/// Warns where the usual ranks of operators would give another order than 4D's.
pub fn mixed(unit: &Unit<'_>, found: &mut Vec<Diagnostic>) {
    visit::block(unit.code.body, &mut Mixed { unit, found, queries: Vec::new() });
}

struct Mixed<'a> {
    unit: &'a Unit<'a>,
    found: &'a mut Vec<Diagnostic>,
    /// The starts of arguments of queries: their first comparison belongs to the query.
    queries: Vec<u32>,
}

/// How tightly an operator binds for readers who learnt it elsewhere.
const fn rank(op: BinaryOp) -> u8 {
    match op {
        BinaryOp::Power => 7,
        BinaryOp::Multiply
        | BinaryOp::Divide
        | BinaryOp::IntegerDivide
        | BinaryOp::Modulo
        | BinaryOp::ScaleWidth
        | BinaryOp::ScaleHeight => 6,
        BinaryOp::Add | BinaryOp::Subtract => 5,
        BinaryOp::ShiftLeft
        | BinaryOp::ShiftRight
        | BinaryOp::BitSet
        | BinaryOp::BitClear
        | BinaryOp::BitTest => 4,
        BinaryOp::Equal
        | BinaryOp::NotEqual
        | BinaryOp::Less
        | BinaryOp::LessOrEqual
        | BinaryOp::Greater
        | BinaryOp::GreaterOrEqual => 3,
        BinaryOp::And | BinaryOp::ShortAnd => 2,
        BinaryOp::Or | BinaryOp::ShortOr | BinaryOp::Xor => 1,
    }
}

impl Mixed<'_> {
    fn chain(&mut self, first: &Expr, rest: &[(Spanned<BinaryOp>, Expr)], expr: &Expr) {
        let is_query = self.queries.contains(&expr.span.start)
            && rest.first().is_some_and(|(op, _)| rank(op.node) == rank(BinaryOp::Equal));
        let rest = if is_query { rest.get(1..).unwrap_or_default() } else { rest };
        let mut loosest: Option<&Spanned<BinaryOp>> = None;
        for (op, _) in rest {
            if let Some(before) = loosest
                && rank(op.node) > rank(before.node)
            {
                self.report(first, rest, op, before, expr);
                return;
            }
            if loosest.is_none_or(|before| rank(op.node) < rank(before.node)) {
                loosest = Some(op);
            }
        }
    }

    fn report(
        &mut self,
        first: &Expr,
        rest: &[(Spanned<BinaryOp>, Expr)],
        op: &Spanned<BinaryOp>,
        before: &Spanned<BinaryOp>,
        expr: &Expr,
    ) {
        let message =
            format!("`{}` after `{}` without brackets: 4D computes from left to right", op.node, before.node);
        let label = if rest.len() > 8 {
            "from left to right".to_owned()
        } else {
            format!("computed as {}", self.order(first, rest))
        };
        let diagnostic =
            warning(4001, message, expr.span, label).help("brackets show the order that is meant");
        self.found.push(diagnostic);
    }

    /// The chain with the brackets that 4D sees.
    fn order(&self, first: &Expr, rest: &[(Spanned<BinaryOp>, Expr)]) -> String {
        let text = |expr: &Expr| {
            let text: String =
                self.unit.file.slice(expr.span).split_whitespace().collect::<Vec<_>>().join(" ");
            if text.chars().count() > 30 { "…".to_owned() } else { text }
        };
        let mut shown = text(first);
        for (index, (op, operand)) in rest.iter().enumerate() {
            let is_last = index + 1 == rest.len();
            let joined = format!("{shown} {} {}", op.node, text(operand));
            shown = if is_last { joined } else { format!("({joined})") };
        }
        shown
    }
}

impl Visitor for Mixed<'_> {
    fn expression(&mut self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Chain(first, rest) if rest.len() > 1 => self.chain(first, rest, expr),
            ExprKind::Call(callee, arguments) => {
                if let ExprKind::Command(number, _) = &callee.kind
                    && QUERIES.contains(number)
                {
                    self.queries.extend(arguments.iter().filter_map(|argument| match argument {
                        Argument::Value(value) | Argument::Clause(_, value) => Some(value.span.start),
                        Argument::Missing(_) | Argument::Operator(_) | Argument::Assign(_) => None,
                    }));
                }
            }
            _ => {}
        }
        true
    }
}

/// `QUERY`, `QUERY SELECTION`, `QUERY BY ATTRIBUTE`, `QUERY SELECTION BY ATTRIBUTE`
const QUERIES: &[u16] = &[277, 341, 1331, 1424];
