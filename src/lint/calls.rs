//! Calls: commands of long ago, commands that give nothing where a value is wanted, too many arguments.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use rustc_hash::FxHashSet;

use crate::builtin::catalog::Entry;
use crate::builtin::{Reason, Special};
use crate::diagnostics::Diagnostic;
use crate::lint::{Unit, error, warning};
use crate::source::span::Span;
use crate::syntax::tree::{Argument, Expr, ExprKind, Name, Statement, StatementKind};
use crate::syntax::visit::{self, Visitor};

/// Looks at every command.
pub fn commands(unit: &Unit<'_>, found: &mut Vec<Diagnostic>) {
    let mut commands = Commands { unit, found, lines: FxHashSet::default(), told: FxHashSet::default() };
    visit::block(unit.code.body, &mut commands);
}

struct Commands<'a> {
    unit: &'a Unit<'a>,
    found: &'a mut Vec<Diagnostic>,
    /// Where a command may stand that gives nothing: lines of their own, formulas, `Try`.
    lines: FxHashSet<(u32, u32)>,
    /// Old commands that were told of.
    told: FxHashSet<u16>,
}

impl Commands<'_> {
    fn may_give_nothing(&mut self, expr: &Expr) {
        self.lines.insert((expr.span.start, expr.span.end));
        match &expr.kind {
            ExprKind::Call(callee, _) => {
                self.lines.insert((callee.span.start, callee.span.end));
            }
            ExprKind::Paren(inner) => self.may_give_nothing(inner),
            ExprKind::Ternary(parts) => {
                let [_, then, otherwise] = parts.as_ref();
                self.may_give_nothing(then);
                self.may_give_nothing(otherwise);
            }
            _ => {}
        }
    }

    fn command(&mut self, number: u16, name: &Name, span: Span) {
        let Some(entry) = self.unit.facts.environment().catalog().command(number) else { return };
        let is_old = matches!(entry, Entry::Unavailable(command) if command.reason == Reason::Obsolete)
            || entry.name().starts_with("_O_");
        if is_old && self.told.insert(number) {
            let today = entry.name();
            let message =
                format!("the command `{}` is obsolete", name.text.split(':').next().unwrap_or(today));
            let mut diagnostic = warning(4020, message, name.span, "a command of long ago");
            if let Some(instead) = instead(today) {
                diagnostic = diagnostic.help(instead);
            }
            self.found.push(diagnostic);
        }
        if gives_nothing(entry) && !self.lines.contains(&(span.start, span.end)) {
            let message = format!("`{}` gives no value", entry.name());
            self.found.push(error(3016, message, name.span, "a value is wanted here"));
        }
    }
}

/// What to write today.
fn instead(name: &str) -> Option<&'static str> {
    Some(match name {
        "_O_C_INTEGER" => "write `var $x : Integer`",
        "_O_C_STRING" => "write `var $x : Text`",
        "_O_ARRAY STRING" => "write `ARRAY TEXT`",
        "_O_ENABLE BUTTON" | "_O_DISABLE BUTTON" => "write `OBJECT SET ENABLED`",
        "_O_OBJECT SET COLOR" => "write `OBJECT SET RGB COLORS`",
        "_O_Mac to Win" | "_O_Win to Mac" | "_O_Mac to ISO" | "_O_ISO to Mac" => {
            "texts are Unicode: `CONVERT FROM TEXT` makes other bytes"
        }
        "_O_PLATFORM PROPERTIES" => "write `System info`",
        "_O_Gestalt" => "write `System info`",
        _ => return None,
    })
}

/// Whether a command gives nothing. Those written in capitals never do, and the records of the others say it.
fn gives_nothing(entry: Entry) -> bool {
    match entry {
        Entry::Available(command) => command.syntaxes.iter().all(|native| match native.callable() {
            Some(callable) => callable.result().is_none(),
            // Special ones are told apart by their names too.
            None => is_capital(command.name),
        }),
        Entry::Unavailable(command) => is_capital(command.name.trim_start_matches("_O_")),
    }
}

fn is_capital(name: &str) -> bool {
    name.chars().any(char::is_alphabetic) && !name.chars().any(char::is_lowercase) && name != "4D"
}

impl Visitor for Commands<'_> {
    fn statement(&mut self, statement: &Statement) {
        if let StatementKind::Expression(expr) = &statement.kind {
            self.may_give_nothing(expr);
        }
    }

    fn expression(&mut self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Call(callee, arguments) => {
                let catalog = self.unit.facts.environment().catalog();
                let takes_code = match &callee.kind {
                    ExprKind::Command(number, _) => catalog.special(*number) == Some(Special::Formula),
                    ExprKind::Try => true,
                    _ => false,
                };
                if takes_code {
                    for argument in arguments {
                        if let Argument::Value(value) = argument {
                            self.may_give_nothing(value);
                        }
                    }
                }
                // The callee stands where the call stands.
                if self.lines.contains(&(expr.span.start, expr.span.end)) {
                    self.lines.insert((callee.span.start, callee.span.end));
                }
            }
            ExprKind::Command(number, name) => self.command(*number, name, expr.span),
            // `FORM.x`: a name before a dot is a variable that a command shares its name with.
            ExprKind::Member(base, _) if matches!(base.kind, ExprKind::Command(..)) => {
                self.may_give_nothing(base);
            }
            _ => {}
        }
        true
    }
}

/// Warns of arguments beyond the declared parameters of a method that never looks at them.
pub fn too_many(unit: &Unit<'_>, found: &mut Vec<Diagnostic>) {
    visit::block(unit.code.body, &mut TooMany { unit, found });
}

struct TooMany<'a> {
    unit: &'a Unit<'a>,
    found: &'a mut Vec<Diagnostic>,
}

impl Visitor for TooMany<'_> {
    fn expression(&mut self, expr: &Expr) -> bool {
        let ExprKind::Call(callee, arguments) = &expr.kind else { return true };
        let ExprKind::Name(name) = &callee.kind else { return true };
        let Some(id) = self.unit.facts.environment().method(&name.text) else { return true };
        let threading = self.unit.facts.threading(id);
        let Some(most) = threading.most_arguments else { return true };
        if arguments.len() > most {
            self.found.push(too_many_of(&name.text, most, arguments, name.span));
        }
        true
    }
}

/// The warning about the arguments of a method or a function that takes fewer.
pub fn too_many_of(name: &str, most: usize, arguments: &[Argument], span: Span) -> Diagnostic {
    let takes = match most {
        0 => "no parameters".to_owned(),
        1 => "one parameter".to_owned(),
        most => format!("{most} parameters"),
    };
    let message = format!("`{name}` declares {takes} and is given {}", arguments.len());
    let extra = arguments.get(most).map_or(span, |argument| match argument {
        Argument::Value(expr) | Argument::Clause(_, expr) => expr.span,
        Argument::Missing(span) => *span,
        Argument::Operator(op) => op.span,
        Argument::Assign(assignment) => assignment.target.span,
    });
    warning(4022, message, extra, "one too many")
}
