//! Names of properties that differ by case only: two properties for 4D, one for most readers.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use std::collections::BTreeMap;

use crate::builtin::Special;
use crate::diagnostics::Diagnostic;
use crate::lint::{Unit, folded, warning};
use crate::source::span::Span;
use crate::syntax::tree::{Expr, ExprKind};
use crate::syntax::visit::{self, Visitor};

/// Warns of two spellings of a property of the same variable, or of `This`; and of a key that stands twice.
pub fn properties(unit: &Unit<'_>, found: &mut Vec<Diagnostic>) {
    let mut names = Names { unit, found, seen: BTreeMap::new() };
    visit::block(unit.code.body, &mut names);
    let seen = std::mem::take(&mut names.seen);
    for ((_, _), spellings) in seen {
        let [first, others @ ..] = spellings.as_slice() else { continue };
        for other in others {
            // Both on one line are both meant.
            if first.lines.iter().any(|line| other.lines.contains(line)) {
                continue;
            }
            let (used, rare) = if other.count > first.count { (other, first) } else { (first, other) };
            let message = format!("`{}` and `{}` are two properties: case matters", rare.name, used.name);
            let diagnostic = warning(4004, message, rare.span, "written so here");
            found.push(
                diagnostic.also(used.span, "and so here").help(format!("did you mean `{}`?", used.name)).fix(
                    format!("replace by `{}`", used.name),
                    rare.span,
                    used.name.clone(),
                ),
            );
        }
    }
}

/// One way to write a name.
struct Spelling {
    name: String,
    span: Span,
    count: u32,
    lines: Vec<u32>,
}

struct Names<'a> {
    unit: &'a Unit<'a>,
    found: &'a mut Vec<Diagnostic>,
    /// By the base and the name without its case.
    seen: BTreeMap<(String, String), Vec<Spelling>>,
}

impl Names<'_> {
    /// The base as a text, when it is surely one object: a variable, `This`, or a property of these.
    fn base(&self, expr: &Expr) -> Option<String> {
        match &expr.kind {
            ExprKind::Local(name) => Some(format!("${}", folded(&name.text))),
            ExprKind::Command(number, _) => {
                let special = self.unit.facts.environment().catalog().special(*number);
                (special == Some(Special::This)).then(|| "This".to_owned())
            }
            ExprKind::Member(base, name) => Some(format!("{}.{}", self.base(base)?, name.text)),
            _ => None,
        }
    }
}

impl Visitor for Names<'_> {
    fn expression(&mut self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Member(base, name) => {
                let Some(base) = self.base(base) else { return true };
                let spellings = self.seen.entry((base, folded(&name.text))).or_default();
                let line = self.unit.file.position(name.span.start).line;
                match spellings.iter_mut().find(|known| known.name == name.text) {
                    Some(known) => {
                        known.count += 1;
                        known.lines.push(line);
                    }
                    None => spellings.push(Spelling {
                        name: name.text.clone(),
                        span: name.span,
                        count: 1,
                        lines: vec![line],
                    }),
                }
            }
            ExprKind::Object(members) => {
                for (index, (name, _)) in members.iter().enumerate() {
                    let before = members.iter().take(index).find(|(other, _)| other.text == name.text);
                    if let Some((first, _)) = before {
                        let message = format!("the key `{}` stands twice", name.text);
                        let diagnostic = warning(4017, message, name.span, "this value is kept");
                        self.found.push(diagnostic.also(first.span, "this one is lost"));
                    }
                }
            }
            _ => {}
        }
        true
    }
}
