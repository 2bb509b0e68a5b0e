//! What the warnings want to know of the rest of the program, and the place where they are asked for.

use std::sync::{Arc, PoisonError};

use rustc_hash::FxHashSet;

use crate::commands::thread_unsafe;
use crate::diagnostics::{Diagnostic, Severity};
use crate::engine::library::{Home, Library, Origin, Parsed, View};
use crate::lint::shape::Shape;
use crate::lint::threads::{Threading, threading};
use crate::lint::{Facts, Unit, lint, suppress};
use crate::resolve::{Code4D, Environment};
use crate::syntax::tree as syntax;
use crate::value::function::{ClassId, MethodId};

/// No chain of classes is longer: beyond it stands a class below itself.
const DEEPEST: usize = 64;

impl Library {
    /// The warnings about a unit whose text could be read.
    pub(super) fn lint(&self, home: &Home, code: &Code4D<'_>) -> Vec<Diagnostic> {
        let facts = self.view(home.realm);
        let Some(file) = self.program.sources.get(code.source) else { return Vec::new() };
        let none = &[][..];
        let parsed: Option<Arc<Parsed>> = match &home.origin {
            Origin::File(path, cell) => Some(self.parsed(path, cell, home.realm)),
            Origin::Text(parsed, _) => Some(Arc::clone(parsed)),
            Origin::Input(..) | Origin::Function(..) | Origin::Resolved => None,
        };
        let (attributes, comments, heading) = match (&parsed, &home.origin) {
            (Some(parsed), _) => (parsed.method.attributes.as_ref(), parsed.method.comments.as_slice(), None),
            (None, Origin::Function(class, _, place, _)) => {
                let function = match place {
                    Some(place) => class.class.functions.get(*place),
                    None => class.class.constructors.first(),
                };
                (None, class.class.comments.as_slice(), function.map(|function| function.span))
            }
            (None, Origin::File(..) | Origin::Text(..) | Origin::Input(..) | Origin::Resolved) => {
                (None, none, None)
            }
        };
        lint(&Unit { facts: &facts, file: &file, code, attributes, comments, heading })
    }

    /// What is left when comments have switched warnings off, and errors stand for the warnings of their line.
    pub(super) fn sifted(&self, home: &Home, problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let line = |problem: &Diagnostic| {
            let span = problem.primary.as_ref()?.span;
            Some((span.source, self.program.sources.get(span.source)?.position(span.start).line))
        };
        let is_error = |problem: &Diagnostic| problem.severity == Severity::Error;
        let lines: FxHashSet<_> =
            problems.iter().filter(|problem| is_error(problem)).filter_map(line).collect();
        let mut problems = problems;
        // On a line with an error a warning is most often its consequence.
        problems
            .retain(|problem| is_error(problem) || !line(problem).is_some_and(|line| lines.contains(&line)));
        let (source, comments) = match &home.origin {
            Origin::File(path, cell) => {
                let parsed = self.parsed(path, cell, home.realm);
                (parsed.file, parsed.method.comments.clone())
            }
            Origin::Text(parsed, _) => (parsed.file, parsed.method.comments.clone()),
            Origin::Function(class, ..) => (class.file, class.class.comments.clone()),
            Origin::Input(..) | Origin::Resolved => return problems,
        };
        match self.program.sources.get(source) {
            Some(file) => suppress::kept(problems, &comments, &file),
            None => problems,
        }
    }

    /// The members that the text of a class gives, and the class above it.
    fn own_shape(&self, id: ClassId) -> Option<(Shape, Option<ClassId>)> {
        let unit = self.program.class(id)?;
        let parsed = self.parsed_class(id).ok()?;
        let (_, realm, _) = self.class_homes.get(&id)?;
        let view = self.view(*realm);
        let name = unit.name.rsplit('.').next().unwrap_or(&unit.name);
        let mut shape = Shape::own(name, &parsed.class, self.catalog);
        let mut parent = None;
        if let Some(extends) = &parsed.class.extends {
            let path: Vec<&str> = extends.text.split('.').filter(|part| *part != "cs").collect();
            parent = view.class(&path).filter(|parent| *parent != id);
            shape.is_open |= parent.is_none();
        }
        Some((shape, parent))
    }

    fn whole_shape(&self, id: ClassId) -> Option<Shape> {
        let (mut shape, mut parent) = self.own_shape(id)?;
        // The arguments of a class without a constructor go to the one above.
        let mut has_constructor = shape.constructor != Some(usize::MAX);
        for _ in 0..DEEPEST {
            let Some(next) = parent else { break };
            let Some((above, beyond)) = self.own_shape(next) else {
                shape.is_open = true;
                break;
            };
            if !has_constructor {
                shape.constructor = above.constructor;
                has_constructor = above.constructor != Some(usize::MAX);
            }
            shape.inherit(&above);
            parent = beyond;
        }
        Some(shape)
    }

    fn all_members(&self) -> &FxHashSet<String> {
        self.members.get_or_init(|| {
            let mut ids: Vec<ClassId> = self.class_homes.keys().copied().collect();
            ids.sort_unstable_by_key(|id| id.0);
            let shapes = ids.into_iter().filter_map(|id| self.own_shape(id));
            shapes.flat_map(|(shape, _)| shape.members.into_keys().map(|name| name.to_string())).collect()
        })
    }

    fn threading_of(&self, id: MethodId) -> Threading {
        let Some(home) = self.home(id) else { return Threading::default() };
        let parsed = match &home.origin {
            Origin::File(path, cell) => self.parsed(path, cell, home.realm),
            Origin::Text(parsed, _) => Arc::clone(parsed),
            Origin::Input(..) | Origin::Function(..) | Origin::Resolved => return Threading::default(),
        };
        let Some(file) = self.program.sources.get(parsed.file) else { return Threading::default() };
        let method: &syntax::Method = &parsed.method;
        threading(method, &file, &self.view(home.realm))
    }
}

impl Facts for View<'_> {
    fn environment(&self) -> &dyn Environment {
        self
    }

    fn shape(&self, class: ClassId) -> Option<Arc<Shape>> {
        let shapes = &self.library.shapes;
        if let Some(found) = shapes.read().unwrap_or_else(PoisonError::into_inner).get(&class) {
            return found.clone();
        }
        let found = self.library.whole_shape(class).map(Arc::new);
        shapes.write().unwrap_or_else(PoisonError::into_inner).insert(class, found.clone());
        found
    }

    fn is_member_somewhere(&self, name: &str) -> bool {
        self.library.all_members().contains(name)
    }

    fn threading(&self, method: MethodId) -> Arc<Threading> {
        let known = &self.library.threadings;
        if let Some(found) = known.read().unwrap_or_else(PoisonError::into_inner).get(&method) {
            return Arc::clone(found);
        }
        let found = Arc::new(self.library.threading_of(method));
        known.write().unwrap_or_else(PoisonError::into_inner).insert(method, Arc::clone(&found));
        found
    }

    fn is_thread_safe(&self, command: u16) -> bool {
        thread_unsafe::NUMBERS.binary_search(&command).is_err()
    }
}
