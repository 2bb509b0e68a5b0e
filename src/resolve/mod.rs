//! Syntax tree to resolved program: names become slots and numbers, expressions get static types.
//!
//! Nothing here stops at a mistake: what cannot be executed becomes a `Raise` that carries its diagnostic, which
//! running raises when it gets there and `check` lists at once.

pub mod scope;

pub mod types;

pub mod statement;

pub mod expression;

pub mod call;

pub mod class;

use std::sync::Arc;

use crate::builtin::catalog::Catalog;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::program::Program;
use crate::program::tree::{Expr, ExprKind, Literal, Method, Signature, Statement, StatementKind};
use crate::source::span::{SourceId, Span};
use crate::syntax::tree as syntax;
use crate::value::Type;
use crate::value::function::{ClassId, MethodId};
use scope::Scope;

/// What the rest of the program offers to the code being resolved.
pub trait Environment {
    /// Numbered units, classes and variables.
    fn program(&self) -> &Program;
    /// The builtins.
    fn catalog(&self) -> &Catalog;
    /// A method of the program by its name, whatever its case.
    fn method(&self, name: &str) -> Option<MethodId>;
    /// What callers of a unit must know.
    fn signature(&self, id: MethodId) -> Arc<Signature>;
    /// A class by the path after `cs.`: `["Person"]`, `["Package", "Person"]`.
    fn class(&self, path: &[&str]) -> Option<ClassId>;
    /// Whether `cs.name` is the class that 4D makes for a table; none when the tables are not known.
    fn is_table_class(&self, name: &str) -> Option<bool>;
    /// Whether `cs.name` is the class store of a component.
    fn is_component(&self, name: &str) -> bool;
    /// The method or command whose name is nearest to one that is unknown.
    fn near(&self, name: &str) -> Option<Near>;
    /// The names of all classes, for suggestions.
    fn class_names(&self) -> Vec<String>;
    /// Adds a unit of code that is resolved already: the code of a formula.
    fn add_unit(&self, method: Method) -> MethodId;
}

/// What a misspelt name may have meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// Its name.
    pub name: String,
    /// It is a method, not a command.
    pub is_method: bool,
}

/// The class that the code belongs to.
#[derive(Clone, Copy, Debug)]
pub struct InClass {
    /// The class.
    pub id: ClassId,
    /// It has a parent.
    pub derived: bool,
    /// The code is its constructor.
    pub constructor: bool,
    /// `shared Function`
    pub shared: bool,
}

/// What is resolved: a heading and a body.
#[derive(Clone, Copy)]
pub struct Code4D<'a> {
    /// As call chains show it.
    pub name: &'a str,
    /// The file.
    pub source: SourceId,
    /// Declared parameters and result.
    pub signature: Option<&'a syntax::Signature>,
    /// The statements.
    pub body: &'a syntax::Block,
    /// The class that it belongs to.
    pub class: Option<InClass>,
    /// Its value is wanted: a snippet of one expression gives it.
    pub wants_value: bool,
    /// An input of a prompt: its locals live in variables that outlast it. These are known already.
    pub kept: Option<&'a [(String, Type)]>,
}

/// Resolves a unit of code.
pub fn resolve(code: &Code4D<'_>, environment: &dyn Environment) -> (Method, Vec<Diagnostic>) {
    let mut resolver = Resolver::new(environment, code);
    let body = if code.wants_value { resolver.snippet(code.body) } else { resolver.block(code.body) };
    let Resolver { scope, mut diagnostics, .. } = resolver;
    let method = scope.finish(code, body);
    diagnostics.sort_by_key(|diagnostic| diagnostic.primary.as_ref().map(|label| label.span.start));
    (method, diagnostics)
}

/// The state of resolving one unit of code.
pub struct Resolver<'a> {
    environment: &'a dyn Environment,
    scope: Scope,
    diagnostics: Vec<Diagnostic>,
    class: Option<InClass>,
    loops: u32,
    /// Process variables that the statement under way declares.
    pending_declarations: Vec<Statement>,
}

impl<'a> Resolver<'a> {
    fn new(environment: &'a dyn Environment, code: &Code4D<'_>) -> Self {
        let mut diagnostics = Vec::new();
        let scope = Scope::collect(code, environment, &mut diagnostics);
        Self {
            environment,
            scope,
            diagnostics,
            class: code.class,
            loops: 0,
            pending_declarations: Vec::new(),
        }
    }

    /// Reports a problem and gives the expression that raises it.
    fn raise(&mut self, diagnostic: Diagnostic, span: Span) -> Expr {
        let diagnostic = if diagnostic.primary.is_some() { diagnostic } else { diagnostic.at(span, "") };
        self.diagnostics.push(diagnostic.clone());
        Expr { kind: ExprKind::Raise(Box::new(diagnostic)), type_: Type::Variant, span }
    }

    /// Reports a problem and gives the statement that raises it.
    fn raise_statement(&mut self, diagnostic: Diagnostic, span: Span) -> Statement {
        let diagnostic = if diagnostic.primary.is_some() { diagnostic } else { diagnostic.at(span, "") };
        self.diagnostics.push(diagnostic.clone());
        Statement { kind: StatementKind::Raise(Box::new(diagnostic)), span }
    }

    /// A snippet whose last statement may be an expression that gives the value of the whole.
    fn snippet(&mut self, block: &syntax::Block) -> Vec<Statement> {
        let mut body = Vec::new();
        for (index, statement) in block.statements.iter().enumerate() {
            if index + 1 == block.statements.len()
                && let syntax::StatementKind::Expression(expr) = &statement.kind
            {
                let value = self.value(expr);
                body.push(Statement { kind: StatementKind::Return(Some(value)), span: statement.span });
            } else {
                body.extend(self.statement(statement));
            }
        }
        body
    }
}

/// A diagnostic of our own with a place.
fn problem(code: u16, message: impl Into<String>, span: Span, label: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::Quatre(code), message).at(span, label)
}

/// Whether a list of diagnostics holds an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

fn literal(value: Literal, type_: Type, span: Span) -> Expr {
    Expr { kind: ExprKind::Literal(value), type_, span }
}
