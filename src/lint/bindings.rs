//! The locals of a unit of code: where each is declared, read and given a value.
//!
//! Every mention counts as a read unless it plainly is something else, so that doubt never becomes a warning.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use rustc_hash::{FxHashMap, FxHashSet};

use crate::builtin::Special;
use crate::builtin::catalog::Entry;
use crate::lint::infer::{Kind, kind_of_type, kind_of_value};
use crate::lint::{Unit, folded};
use crate::source::span::Span;
use crate::syntax::operator::UnaryOp;
use crate::syntax::tree::{Argument, Expr, ExprKind, Signature, Statement, StatementKind};
use crate::syntax::visit::{self, Visitor};
use crate::value::Type;

/// One local.
#[derive(Clone, Debug, Default)]
pub struct Local {
    /// Its name, as first written.
    pub name: String,
    /// Its declarations by `var`.
    pub vars: Vec<Span>,
    /// Its other declarations: `C_TEXT`, `ARRAY TEXT`.
    pub declarations: Vec<Span>,
    /// The first place that only gives it a value.
    pub written: Option<Span>,
    /// The first place that reads it, or may.
    pub read: Option<Span>,
    /// It may get its value elsewhere: from a command, through a pointer.
    pub is_given: bool,
    /// It is a parameter of the heading.
    pub is_parameter: bool,
    /// It is the result.
    pub is_result: bool,
    /// It is declared as an array.
    pub is_array: bool,
    /// What it holds, as far as its declaration says.
    pub kind: Kind,
}

/// All locals of a unit.
#[derive(Debug, Default)]
pub struct Bindings {
    locals: FxHashMap<String, Local>,
    /// The order in which they were met.
    order: Vec<String>,
    /// The numbers of sequential parameters that the code mentions, 0 for the result.
    pub numbered: FxHashSet<u32>,
    /// The code asks for its parameters in some other way: `Count parameters`, `${n}`, `Copy parameters`.
    pub counts_parameters: bool,
    /// The code runs texts as code, which may mention anything.
    pub runs_texts: bool,
}

impl Bindings {
    /// Looks at all of a unit.
    pub fn collect(unit: &Unit<'_>) -> Self {
        let mut collector = Collector {
            unit,
            bindings: Self::default(),
            writes: FxHashSet::default(),
            declarations: FxHashSet::default(),
            quiet: FxHashSet::default(),
        };
        if let Some(signature) = unit.code.signature {
            collector.heading(signature);
        }
        visit::block(unit.code.body, &mut collector);
        collector.bindings
    }

    /// A local by its name.
    pub fn get(&self, name: &str) -> Option<&Local> {
        self.locals.get(&folded(name))
    }

    /// All locals in the order in which they were met.
    pub fn iter(&self) -> impl Iterator<Item = &Local> {
        self.order.iter().filter_map(|name| self.locals.get(name))
    }

    fn local(&mut self, name: &str) -> &mut Local {
        let key = folded(name);
        if !self.locals.contains_key(&key) {
            self.order.push(key.clone());
        }
        self.locals.entry(key).or_insert_with(|| Local { name: name.to_owned(), ..Local::default() })
    }
}

struct Collector<'a> {
    unit: &'a Unit<'a>,
    bindings: Bindings,
    /// Mentions that only give a value.
    writes: FxHashSet<(u32, u32)>,
    /// Mentions that declare.
    declarations: FxHashSet<(u32, u32)>,
    /// Mentions that were counted already.
    quiet: FxHashSet<(u32, u32)>,
}

const fn key(span: Span) -> (u32, u32) {
    (span.start, span.end)
}

impl Collector<'_> {
    fn heading(&mut self, signature: &Signature) {
        for parameter in &signature.parameters {
            let kind = parameter.type_.as_ref().map_or(Kind::Unknown, |name| kind_of_type(name, self.unit));
            let local = self.bindings.local(&parameter.name.text);
            local.declarations.push(parameter.name.span);
            local.is_parameter = true;
            local.is_given = true;
            local.kind = kind;
        }
        if let Some(name) = &signature.result_name {
            let kind =
                signature.result_type.as_ref().map_or(Kind::Unknown, |name| kind_of_type(name, self.unit));
            let local = self.bindings.local(&name.text);
            local.declarations.push(name.span);
            local.is_result = true;
            local.is_given = true;
            local.kind = kind;
        }
        self.bindings.counts_parameters |= signature.variadic.is_some();
    }

    fn write(&mut self, target: &Expr) {
        if matches!(target.kind, ExprKind::Local(_)) {
            self.writes.insert(key(target.span));
        }
    }

    /// A loop gives its counter values, and may have it only to count.
    fn count(&mut self, target: &Expr) {
        if let ExprKind::Local(name) = &target.kind {
            self.quiet.insert(key(target.span));
            let local = self.bindings.local(&name.text);
            local.is_given = true;
            local.read.get_or_insert(target.span);
        }
    }

    fn declare_var(&mut self, target: &Expr, kind: Kind, has_value: bool) {
        let ExprKind::Local(name) = &target.kind else { return };
        self.quiet.insert(key(target.span));
        let local = self.bindings.local(&name.text);
        local.vars.push(target.span);
        if local.kind == Kind::Unknown {
            local.kind = kind;
        }
        if has_value {
            local.written.get_or_insert(target.span);
        }
    }

    fn call(&mut self, callee: &Expr, arguments: &[Argument]) {
        let places = |argument: &Argument| match argument {
            Argument::Value(expr) => match &expr.kind {
                ExprKind::Local(name) => Some((name.text.clone(), expr.span)),
                _ => None,
            },
            Argument::Missing(_) | Argument::Operator(_) | Argument::Clause(..) | Argument::Assign(_) => None,
        };
        for argument in arguments {
            if let Argument::Assign(assignment) = argument {
                self.write(&assignment.target);
            }
        }
        let number = match &callee.kind {
            ExprKind::Command(number, _) => *number,
            // A plug-in may write its arguments.
            ExprKind::Plugin(_) => {
                for (name, _) in arguments.iter().filter_map(places) {
                    self.bindings.local(&name).is_given = true;
                }
                return;
            }
            _ => return,
        };
        self.bindings.runs_texts |= RUNS_TEXTS.contains(&number);
        match self.unit.facts.environment().catalog().special(number) {
            Some(Special::Declare(type_)) => {
                for (name, span) in arguments.iter().filter_map(places) {
                    self.declarations.insert(key(span));
                    let local = self.bindings.local(&name);
                    if local.kind == Kind::Unknown && type_ != Type::Object {
                        local.kind = Kind::Plain(type_);
                    }
                }
            }
            Some(Special::DeclareArray(_)) => {
                if let Some((name, span)) = arguments.iter().find_map(places) {
                    self.declarations.insert(key(span));
                    let local = self.bindings.local(&name);
                    local.is_array = true;
                    local.is_given = true;
                }
            }
            Some(Special::CountParameters | Special::CopyParameters) => {
                self.bindings.counts_parameters = true;
            }
            Some(_) | None if self.may_write(number) => {
                for (name, _) in arguments.iter().filter_map(places) {
                    self.bindings.local(&name).is_given = true;
                }
            }
            Some(_) | None => {}
        }
    }

    /// Whether a command may write one of its arguments: known of those that are built.
    fn may_write(&self, number: u16) -> bool {
        let Some(Entry::Available(command)) = self.unit.facts.environment().catalog().command(number) else {
            return true;
        };
        let mut shapes = command.syntaxes.iter().filter_map(|n| n.callable()).flat_map(|c| c.parameters());
        shapes.any(|shape| shape.variable)
    }

    /// A text may name locals: code that is run later, a pointer by name, SQL.
    fn text(&mut self, text: &str, span: Span) {
        for part in text.split('$').skip(1) {
            let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            if let Some(local) = self.bindings.locals.get_mut(&folded(&name)) {
                local.read.get_or_insert(span);
                local.is_given = true;
            }
        }
    }
}

/// `EXECUTE FORMULA`, `PROCESS 4D TAGS`, `Process 4D tags`: code in texts, which may mention locals.
const RUNS_TEXTS: &[u16] = &[63, 816];

impl Visitor for Collector<'_> {
    fn statement(&mut self, statement: &Statement) {
        match &statement.kind {
            StatementKind::Assign(assignment) => self.write(&assignment.target),
            StatementKind::Var(var) => {
                let kind = match (&var.type_, &var.value) {
                    (Some(name), _) => kind_of_type(name, self.unit),
                    (None, Some(value)) => kind_of_value(value, self.unit, &self.bindings),
                    (None, None) => Kind::Unknown,
                };
                for name in &var.names {
                    self.declare_var(name, kind.clone(), var.value.is_some());
                }
            }
            StatementKind::For(source) => self.count(&source.counter),
            StatementKind::ForEach(source) => self.count(&source.item),
            StatementKind::Sql(text) => {
                for part in text.split('$').skip(1) {
                    let name: String =
                        part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    if !name.is_empty() {
                        let local = self.bindings.local(&name);
                        local.read.get_or_insert(statement.span);
                        local.is_given = true;
                    }
                }
            }
            _ => {}
        }
    }

    fn expression(&mut self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Local(name) => {
                let place = key(expr.span);
                if self.quiet.contains(&place) {
                    return true;
                }
                let local = self.bindings.local(&name.text);
                if self.declarations.contains(&place) {
                    local.declarations.push(expr.span);
                } else if self.writes.contains(&place) {
                    local.written.get_or_insert(expr.span);
                } else {
                    local.read.get_or_insert(expr.span);
                }
            }
            ExprKind::Parameter(n) => {
                self.bindings.numbered.insert(*n);
            }
            ExprKind::ParameterAt(_) => self.bindings.counts_parameters = true,
            ExprKind::Unary(UnaryOp::PointerTo, inner) => {
                if let ExprKind::Local(name) = &inner.kind {
                    self.bindings.local(&name.text).is_given = true;
                }
            }
            // `$a{1}:=…` gives an array a value, and `$o.x:=…` an object.
            ExprKind::Element(base, _) | ExprKind::Character(base, _) => {
                if let ExprKind::Local(name) = &base.kind {
                    self.bindings.local(&name.text).is_given = true;
                }
            }
            ExprKind::Command(number, _) => {
                let special = self.unit.facts.environment().catalog().special(*number);
                self.bindings.counts_parameters |=
                    matches!(special, Some(Special::CountParameters | Special::CopyParameters));
                self.bindings.runs_texts |= RUNS_TEXTS.contains(number);
            }
            ExprKind::Call(callee, arguments) => self.call(callee, arguments),
            ExprKind::Text(text) if text.contains('$') => self.text(text, expr.span),
            _ => {}
        }
        true
    }
}
