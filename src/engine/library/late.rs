//! Code that comes in while the program runs: the inputs of a prompt, and the methods and classes defined at it.
//!
//! A definition that is made again gets a new number, and so do the other methods of the prompt, because those that
//! were resolved already refer to the old one.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::builtin::catalog::Entry;
use crate::builtin::native::Native;
use crate::diagnostics::Diagnostic;
use crate::engine::library::{HOST, Home, Library, Origin, ParsedClass, folded, load, too_large};
use crate::engine::project::Project;
use crate::resolve::has_errors;
use crate::runtime::TextKind;
use crate::source::SourceFile;
use crate::source::span::Span;
use crate::syntax::operator::BinaryOp;
use crate::syntax::tree::{ExprKind, StatementKind};
use crate::syntax::visit::{self, Visitor};
use crate::syntax::{parse_class, tree as syntax};
use crate::value::Type;
use crate::value::function::{ClassId, MethodId};

/// What was defined while the program ran.
#[derive(Default)]
pub struct Late {
    /// By folded name: the name, the number, the text.
    methods: indexmap::IndexMap<String, (String, MethodId, Text)>,
    classes: FxHashMap<String, ClassId>,
    class_names: Vec<String>,
    parsed: FxHashMap<ClassId, Arc<ParsedClass>>,
}

/// Where the text of a method is found.
#[derive(Clone)]
enum Text {
    /// It was typed.
    Typed(String),
    /// A file of the project that was read again.
    File(PathBuf),
}

/// What the last statement of an input leaves to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Last {
    /// Nothing.
    Nothing,
    /// The value of an expression; when it is a call, one that gives Undefined gave nothing.
    Value {
        /// It is a call.
        is_call: bool,
        /// It is a comparison of a target with a value, by the text of both: perhaps `:=` was meant.
        compares: Option<(Span, Span)>,
        /// It reads a property: the span of the object and the name.
        reads: Option<(Span, String)>,
    },
    /// What an assignment gave to this place, which can be read again without doing anything.
    Target(Span),
}

impl Library {
    /// Adds an input of a prompt, whose locals outlast it; `kept` are those of earlier ones.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn add_input(
        &self,
        name: &str,
        text: &str,
        kept: Arc<[(String, Type)]>,
    ) -> Result<MethodId, Vec<Diagnostic>> {
        let file = self.program.sources.add_text(name, text).map_err(|_| vec![too_large(name)])?;
        let parsed = self.parse(&file, HOST, TextKind::Snippet);
        if has_errors(&parsed.problems) {
            return Err(parsed.problems);
        }
        let id = self.program.add_unit(name);
        self.set_home(id, Home { origin: Origin::Input(Arc::new(parsed), kept), realm: HOST });
        Ok(id)
    }

    /// Defines a method; one of the same name is replaced.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn define_method(&self, name: &str, text: &str) -> Result<(), Vec<Diagnostic>> {
        let id = self.add_text(text, TextKind::Method, name)?;
        let mut late = self.late.write().unwrap_or_else(PoisonError::into_inner);
        late.methods.insert(folded(name), (name.to_owned(), id, Text::Typed(text.to_owned())));
        drop(late);
        self.renew_methods(Some(name));
        Ok(())
    }

    /// Gives all methods that came late, but for one, a new number.
    fn renew_methods(&self, but: Option<&str>) {
        let late = self.late.read().unwrap_or_else(PoisonError::into_inner);
        let but = but.map(folded);
        let others = late.methods.iter().filter(|(key, _)| Some(*key) != but.as_ref());
        let again: Vec<(String, Text)> =
            others.map(|(_, (name, _, text))| (name.clone(), text.clone())).collect();
        drop(late);
        for (name, text) in again {
            let id = match &text {
                Text::Typed(text) => self.add_text(text, TextKind::Method, &name).ok(),
                Text::File(path) => Some(self.add_file(&name, path.clone())),
            };
            if let Some(id) = id {
                let mut late = self.late.write().unwrap_or_else(PoisonError::into_inner);
                late.methods.insert(folded(&name), (name, id, text));
            }
        }
    }

    /// Reads the classes of a project again, and its methods when they are next called. Gives what is wrong with
    /// classes; one that cannot be read stays as it was.
    pub fn renew(&self, project: &Project) -> Vec<Diagnostic> {
        let mut late = self.late.write().unwrap_or_else(PoisonError::into_inner);
        for member in &project.methods {
            let text = Text::File(member.path.clone());
            late.methods.insert(folded(&member.name), (member.name.clone(), MethodId(u32::MAX), text));
        }
        drop(late);
        let mut problems = Vec::new();
        for member in &project.classes {
            let file = match load(&member.path, &self.program.sources) {
                Ok(file) => file,
                Err(problem) => {
                    problems.push(*problem);
                    continue;
                }
            };
            if let Err(told) = self.add_class(&member.name, &file) {
                problems.extend(told);
            }
        }
        self.renew_methods(None);
        problems
    }

    /// The members that a class gives its instances, and the built-in class above it.
    pub fn members(&self, class: ClassId) -> (Vec<(String, bool)>, Option<&'static str>) {
        /// No program has deeper families.
        const MOST: usize = 64;
        let mut members: Vec<(String, bool)> = Vec::new();
        let mut next = Some(class);
        let mut built_in = None;
        for _ in 0..MOST {
            let Some(Ok(class)) = next.map(|id| self.class(id)) else { break };
            let mut properties: Vec<&str> = class.properties.keys().map(|name| &**name).collect();
            properties.sort_unstable();
            let ordered = class.order.iter().map(|name| (&**name, class.functions.contains_key(name)));
            for (name, is_function) in properties.into_iter().map(|name| (name, false)).chain(ordered) {
                if !members.iter().any(|(known, _)| known == name) {
                    members.push((name.to_owned(), is_function));
                }
            }
            built_in = class.built_in_parent;
            next = class.parent;
        }
        (members, built_in)
    }

    /// Defines a class; one of the same name is replaced, its instances keep the functions they have.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn define_class(&self, name: &str, text: &str) -> Result<(), Vec<Diagnostic>> {
        let file = self.program.sources.add_text(name, text).map_err(|_| vec![too_large(name)])?;
        self.add_class(name, &file)
    }

    fn add_class(&self, name: &str, file: &SourceFile) -> Result<(), Vec<Diagnostic>> {
        let (class, problems) = parse_class(file, &self.view(HOST));
        if has_errors(&problems) {
            return Err(problems);
        }
        let parsed = Arc::new(ParsedClass { file: file.id, class, problems });
        let id = self.program.add_class(name);
        let mut late = self.late.write().unwrap_or_else(PoisonError::into_inner);
        if late.classes.insert(name.to_owned(), id).is_none() {
            late.class_names.push(name.to_owned());
        }
        late.parsed.insert(id, parsed);
        Ok(())
    }

    pub(super) fn late_method(&self, name: &str) -> Option<MethodId> {
        let late = self.late.read().unwrap_or_else(PoisonError::into_inner);
        if late.methods.is_empty() {
            return None;
        }
        late.methods.get(&folded(name)).map(|(_, id, _)| *id)
    }

    pub(super) fn late_class(&self, name: &str) -> Option<ClassId> {
        self.late.read().unwrap_or_else(PoisonError::into_inner).classes.get(name).copied()
    }

    pub(super) fn late_parsed(&self, id: ClassId) -> Option<Arc<ParsedClass>> {
        self.late.read().unwrap_or_else(PoisonError::into_inner).parsed.get(&id).cloned()
    }

    pub(super) fn with_late_methods(&self, mut names: Vec<String>) -> Vec<String> {
        let late = self.late.read().unwrap_or_else(PoisonError::into_inner);
        let known: FxHashSet<String> = names.iter().map(|name| folded(name)).collect();
        let new = late.methods.iter().filter(|(key, _)| !known.contains(*key));
        names.extend(new.map(|(_, (name, ..))| name.clone()));
        names
    }

    pub(super) fn with_late_classes(&self, mut names: Vec<String>) -> Vec<String> {
        let late = self.late.read().unwrap_or_else(PoisonError::into_inner);
        for name in &late.class_names {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names
    }

    /// What the last statement of an input leaves to be shown.
    pub fn last(&self, id: MethodId) -> Last {
        let Some(Home { origin: Origin::Input(parsed, _), .. }) = self.home(id) else { return Last::Nothing };
        match parsed.method.body.statements.last().map(|statement| &statement.kind) {
            Some(StatementKind::Expression(expr)) => self.last_expression(expr),
            Some(StatementKind::Assign(assignment)) if is_quiet(&assignment.target) => {
                Last::Target(assignment.target.span)
            }
            Some(_) | None => Last::Nothing,
        }
    }

    fn last_expression(&self, expr: &syntax::Expr) -> Last {
        if self.gives_nothing(expr) {
            return Last::Nothing;
        }
        let reads = if let ExprKind::Member(object, name) = &expr.kind {
            Some((object.span, name.text.clone()))
        } else {
            None
        };
        let compares = if let ExprKind::Chain(first, rest) = &expr.kind
            && let [(operator, value)] = rest.as_slice()
            && is_target(first)
            && operator.node == BinaryOp::Equal
        {
            Some((first.span, value.span))
        } else {
            None
        };
        let is_call = matches!(expr.kind, ExprKind::Call(..) | ExprKind::Command(..) | ExprKind::Name(_));
        Last::Value { is_call, compares, reads }
    }

    /// A call of a command that gives nothing.
    fn gives_nothing(&self, expr: &syntax::Expr) -> bool {
        let callee = if let ExprKind::Call(callee, _) = &expr.kind { callee } else { expr };
        let ExprKind::Command(number, _) = &callee.kind else { return false };
        let Some(Entry::Available(command)) = self.catalog.command(*number) else { return false };
        let gives_nothing =
            |native: &Native| native.callable().is_some_and(|callable| callable.result().is_none());
        command.syntaxes.iter().all(gives_nothing)
    }
}

/// A place that can be given a value and is worth a hint.
fn is_target(expr: &syntax::Expr) -> bool {
    matches!(expr.kind, ExprKind::Local(_) | ExprKind::Member(..) | ExprKind::Name(_))
}

/// Whether reading a place does nothing but read it.
fn is_quiet(target: &syntax::Expr) -> bool {
    struct Calls(bool);
    impl Visitor for Calls {
        fn expression(&mut self, expr: &syntax::Expr) -> bool {
            self.0 |= matches!(expr.kind, ExprKind::Call(..));
            true
        }
    }
    let mut calls = Calls(false);
    visit::expression(target, &mut calls);
    !calls.0
}
