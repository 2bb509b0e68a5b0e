//! The locals of a unit of code: collected from its whole text before anything is resolved, because a declaration
//! anywhere gives a local its type everywhere.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::builtin::Special;
use crate::diagnostics::Diagnostic;
use crate::program::ids::{LocalId, Slot};
use crate::program::tree::{Home, Local, Method, Parameter, Signature, Statement};
use crate::resolve::types::{declared_type, shallow_type};
use crate::resolve::{Code4D, Environment, problem};
use crate::runtime::frame::MOST_BARE;
use crate::source::span::Span;
use crate::syntax::operator::UnaryOp;
use crate::syntax::tree as syntax;
use crate::syntax::tree::{ExprKind, StatementKind};
use crate::syntax::visit::{self, Visitor};
use crate::value::{ArrayType, Type};

/// More sequential parameters than this are no parameters but a mistake: `$4000`.
const MOST_PARAMETERS: u32 = 255;

/// The locals of a unit of code.
pub struct Scope {
    locals: Vec<Local>,
    spans: Vec<Option<Span>>,
    names: FxHashMap<String, LocalId>,
    parameters: Vec<Parameter>,
    variadic: Option<Type>,
    result: Option<LocalId>,
    /// Declarations that contradict an earlier one: reaching them is an error.
    conflicts: Vec<Diagnostic>,
    /// Every local lives in a variable, because the next input of the prompt sees it.
    keeps: bool,
}

/// What a first look at the code finds.
struct Collector<'a> {
    environment: &'a dyn Environment,
    diagnostics: &'a mut Vec<Diagnostic>,
    declared: Vec<(String, Span, Option<Type>)>,
    numbered: FxHashMap<u32, Type>,
    highest: u32,
    uses_result: bool,
    returns_value: bool,
    pointed: Vec<String>,
}

impl Collector<'_> {
    fn declare(&mut self, target: &syntax::Expr, type_: Option<Type>) {
        match &target.kind {
            ExprKind::Local(name) => self.declared.push((name.text.clone(), target.span, type_)),
            ExprKind::Parameter(0) => {
                self.uses_result = true;
                self.numbered.insert(0, type_.unwrap_or_default());
            }
            ExprKind::Parameter(n) if *n <= MOST_PARAMETERS => {
                self.highest = self.highest.max(*n);
                self.numbered.insert(*n, type_.unwrap_or_default());
            }
            _ => {}
        }
    }

    fn declaration_call(&mut self, number: u16, arguments: &[syntax::Argument]) {
        let targets = arguments.iter().filter_map(|argument| match argument {
            syntax::Argument::Value(expr) => Some(expr),
            _ => None,
        });
        match self.environment.catalog().special(number) {
            // `C_TEXT(My method; $1)` speaks of another method.
            Some(Special::Declare(type_)) if !self.speaks_of_method(arguments) => {
                targets.for_each(|target| self.declare(target, Some(type_)));
            }
            Some(Special::DeclareArray(element)) => self.declare_array(element, arguments),
            _ => {}
        }
    }

    fn speaks_of_method(&self, arguments: &[syntax::Argument]) -> bool {
        let Some(syntax::Argument::Value(first)) = arguments.first() else { return false };
        matches!(&first.kind, ExprKind::Name(name) if self.environment.method(&name.text).is_some())
    }

    fn declare_array(&mut self, element: ArrayType, arguments: &[syntax::Argument]) {
        // `ARRAY STRING(80; $a; 0)` has the length of a text first.
        let is_length = matches!(
            arguments.first(),
            Some(syntax::Argument::Value(syntax::Expr { kind: ExprKind::Number(_), .. }))
        );
        let place = usize::from(is_length);
        let type_ = if arguments.len() > place + 2 { Type::Rows(element) } else { Type::Array(element) };
        if let Some(syntax::Argument::Value(target)) = arguments.get(place) {
            self.declare(target, Some(type_));
        }
    }
}

impl Visitor for Collector<'_> {
    fn statement(&mut self, statement: &syntax::Statement) {
        match &statement.kind {
            StatementKind::Var(var) => {
                let type_ = match (&var.type_, &var.value) {
                    (Some(name), _) => Some(declared_type(name, self.environment, self.diagnostics)),
                    (None, Some(value)) => Some(shallow_type(value, self.environment)),
                    (None, None) => Some(Type::Variant),
                };
                var.names.iter().for_each(|name| self.declare(name, type_));
            }
            StatementKind::Return(Some(_)) => self.returns_value = true,
            _ => {}
        }
    }

    fn expression(&mut self, expr: &syntax::Expr) -> bool {
        match &expr.kind {
            ExprKind::Parameter(0) => self.uses_result = true,
            ExprKind::Parameter(n) if *n <= MOST_PARAMETERS => self.highest = self.highest.max(*n),
            ExprKind::Unary(UnaryOp::PointerTo, inner) => {
                if let ExprKind::Local(name) = &inner.kind {
                    self.pointed.push(name.text.clone());
                }
                if let ExprKind::Parameter(n) = &inner.kind {
                    self.pointed.push(n.to_string());
                }
            }
            ExprKind::Call(callee, arguments) => {
                if let ExprKind::Command(number, _) = callee.kind {
                    self.declaration_call(number, arguments);
                    // What stands inside `Formula(…)` is code of its own: its `$1` is not ours.
                    if self.environment.catalog().special(number) == Some(Special::Formula) {
                        return false;
                    }
                }
            }
            _ => {}
        }
        true
    }
}

/// Names of locals are found whatever their case.
fn folded(name: &str) -> String {
    name.to_lowercase()
}

impl Scope {
    /// Collects the locals of a unit of code.
    pub fn collect(
        code: &Code4D<'_>,
        environment: &dyn Environment,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut collector = Collector {
            environment,
            diagnostics,
            declared: Vec::new(),
            numbered: FxHashMap::default(),
            highest: 0,
            uses_result: false,
            returns_value: false,
            pointed: Vec::new(),
        };
        visit::block(code.body, &mut collector);
        let Collector { declared, numbered, highest, uses_result, returns_value, pointed, .. } = collector;
        let mut scope = Self {
            locals: Vec::new(),
            spans: Vec::new(),
            names: FxHashMap::default(),
            parameters: Vec::new(),
            variadic: None,
            result: None,
            conflicts: Vec::new(),
            keeps: false,
        };
        scope.add_parameters(code.signature, &numbered, highest, environment, diagnostics);
        let wants_result = uses_result || returns_value || code.wants_value;
        scope.add_result(code.signature, &numbered, wants_result, environment, diagnostics);
        scope.keeps = code.kept.is_some();
        for (name, span, type_) in declared {
            scope.declare(&name, span, type_.unwrap_or_default());
        }
        for (name, type_) in code.kept.into_iter().flatten() {
            if !scope.names.contains_key(&folded(name)) {
                scope.add(name, *type_, true, None);
            }
        }
        diagnostics.extend(scope.conflicts.iter().cloned());
        for name in pointed {
            let id = scope.local(&name);
            if let Some(local) = scope.locals.get_mut(id.0 as usize) {
                local.home = Home::Variable(Slot(0));
            }
        }
        scope
    }

    /// What callers must know.
    pub fn signature(code: &Code4D<'_>, environment: &dyn Environment) -> Signature {
        let scope = Self::collect(code, environment, &mut Vec::new());
        let local = |id: LocalId| scope.locals.get(id.0 as usize);
        Signature {
            parameters: scope
                .parameters
                .iter()
                .map(|parameter| {
                    (
                        local(parameter.local).map_or_else(|| Arc::from(""), |local| Arc::clone(&local.name)),
                        parameter.type_,
                    )
                })
                .collect(),
            variadic: scope.variadic,
            result: scope.result.and_then(local).map(|local| local.type_),
            open: true,
        }
    }

    fn add_parameters(
        &mut self,
        signature: Option<&syntax::Signature>,
        numbered: &FxHashMap<u32, Type>,
        highest: u32,
        environment: &dyn Environment,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if let Some(signature) = signature {
            for parameter in &signature.parameters {
                let type_ = parameter
                    .type_
                    .as_ref()
                    .map_or(Type::Variant, |name| declared_type(name, environment, diagnostics));
                let local = self.add(&parameter.name.text, type_, true, Some(parameter.name.span));
                self.parameters.push(Parameter { local, type_ });
            }
            self.variadic = signature.variadic.as_ref().map(|type_| {
                type_.as_ref().map_or(Type::Variant, |name| declared_type(name, environment, diagnostics))
            });
            // `$2` read beside a shorter list is an extra parameter.
            if !signature.parameters.is_empty() || self.variadic.is_some() {
                return;
            }
        }
        for n in 1..=highest {
            let type_ = numbered.get(&n).copied().unwrap_or_default();
            let local = self.add(&n.to_string(), type_, true, None);
            self.parameters.push(Parameter { local, type_ });
        }
    }

    fn add_result(
        &mut self,
        signature: Option<&syntax::Signature>,
        numbered: &FxHashMap<u32, Type>,
        wanted: bool,
        environment: &dyn Environment,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let declared = signature.and_then(|signature| signature.result_type.as_ref());
        let named = signature.and_then(|signature| signature.result_name.as_ref());
        if declared.is_none() && named.is_none() && !wanted {
            return;
        }
        let type_ = declared.map_or_else(
            || numbered.get(&0).copied().unwrap_or_default(),
            |name| declared_type(name, environment, diagnostics),
        );
        let id = match named {
            Some(name) => self.add(&name.text, type_, true, Some(name.span)),
            None => self.add("0", type_, true, None),
        };
        self.names.entry("0".to_owned()).or_insert(id);
        self.result = Some(id);
    }

    fn add(&mut self, name: &str, type_: Type, declared: bool, span: Option<Span>) -> LocalId {
        let id = LocalId(u32::try_from(self.locals.len()).unwrap_or(u32::MAX));
        let home = match type_ {
            _ if self.keeps => Home::Variable(Slot(0)),
            Type::Integer => Home::Integer(Slot(0)),
            Type::Real => Home::Real(Slot(0)),
            Type::Boolean => Home::Boolean(Slot(0)),
            _ => Home::Value(Slot(0)),
        };
        self.locals.push(Local { name: Arc::from(name), type_, declared, home });
        self.spans.push(span);
        self.names.insert(folded(name), id);
        id
    }

    fn declare(&mut self, name: &str, span: Span, type_: Type) {
        let Some(id) = self.names.get(&folded(name)).copied() else {
            self.add(name, type_, true, Some(span));
            return;
        };
        let index = id.0 as usize;
        let (Some(local), Some(first)) = (self.locals.get(index), self.spans.get(index)) else { return };
        let is_parameter =
            self.parameters.iter().any(|parameter| parameter.local == id) || self.result == Some(id);
        if is_parameter && first.is_some() {
            self.conflicts.push(
                problem(
                    3006,
                    format!("the parameter `${name}` is declared again"),
                    span,
                    "declared again here",
                )
                .help("a parameter has the type that its list gives it; remove this declaration"),
            );
        } else if local.type_ != type_
            && !matches!(
                (local.type_, type_),
                (Type::Array(_) | Type::Rows(_), Type::Array(_) | Type::Rows(_))
            )
        {
            let mut diagnostic = problem(
                3007,
                format!("`${name}` is declared as {} and as {}", local.type_.name(), type_.name()),
                span,
                format!("{} here", type_.name()),
            );
            if let Some(first) = first {
                diagnostic = diagnostic.also(*first, format!("{} here", local.type_.name()));
            }
            self.conflicts.push(diagnostic);
        }
    }

    /// The contradiction that a declaration at this place is.
    pub fn conflict(&self, span: Span) -> Option<&Diagnostic> {
        self.conflicts
            .iter()
            .find(|conflict| conflict.primary.as_ref().is_some_and(|label| label.span == span))
    }

    /// A local by its name; a name never met before is an undeclared local.
    pub fn local(&mut self, name: &str) -> LocalId {
        match self.names.get(&folded(name)) {
            Some(id) => *id,
            None => self.add(name, Type::Variant, false, None),
        }
    }

    /// A local that was met before.
    pub fn known(&self, name: &str) -> Option<LocalId> {
        self.names.get(&folded(name)).copied()
    }

    /// The local of a sequential parameter, `None` past the declared ones.
    pub fn parameter(&self, n: u32) -> Option<LocalId> {
        self.parameters.get((n as usize).checked_sub(1)?).map(|parameter| parameter.local)
    }

    /// The local of the result.
    pub fn result(&self) -> Option<LocalId> {
        self.result
    }

    /// What is known of a local.
    pub fn info(&self, id: LocalId) -> Option<&Local> {
        self.locals.get(id.0 as usize)
    }

    /// The type of a local.
    pub fn type_of(&self, id: LocalId) -> Type {
        self.info(id).map_or(Type::Variant, |local| local.type_)
    }

    /// A scope for the code of a formula; it takes the given locals first, in order.
    pub fn for_formula(captured: &[(String, Type)], parameters: u32) -> Self {
        let mut scope = Self {
            locals: Vec::new(),
            spans: Vec::new(),
            names: FxHashMap::default(),
            parameters: Vec::new(),
            variadic: None,
            result: None,
            conflicts: Vec::new(),
            keeps: false,
        };
        for (name, type_) in captured {
            scope.add(name, *type_, true, None);
        }
        for n in 1..=parameters {
            let local = scope.add(&n.to_string(), Type::Variant, true, None);
            scope.parameters.push(Parameter { local, type_: Type::Variant });
        }
        scope.result = Some(scope.add("0", Type::Variant, true, None));
        scope
    }

    /// Gives every local its place and makes the unit of code.
    pub fn finish(mut self, code: &Code4D<'_>, body: Vec<Statement>) -> Method {
        let (mut words, mut values) = (0, 0);
        for local in &mut self.locals {
            let bare = matches!(local.home, Home::Integer(_) | Home::Real(_) | Home::Boolean(_));
            if bare && words >= MOST_BARE {
                local.home = Home::Value(Slot(0));
            }
            let (counter, place): (&mut u32, fn(Slot) -> Home) = match local.home {
                Home::Integer(_) => (&mut words, Home::Integer),
                Home::Real(_) => (&mut words, Home::Real),
                Home::Boolean(_) => (&mut words, Home::Boolean),
                Home::Value(_) => (&mut values, Home::Value),
                Home::Variable(_) => (&mut values, Home::Variable),
            };
            local.home = place(Slot(*counter));
            *counter += 1;
        }
        Method {
            name: code.name.to_owned(),
            source: code.source,
            parameters: self.parameters,
            variadic: self.variadic,
            result: self.result,
            locals: self.locals,
            words,
            values,
            body,
            class: code.class.map(|class| class.id),
            constructor: code.class.is_some_and(|class| class.constructor),
            shared: code.class.is_some_and(|class| class.shared),
        }
    }
}
