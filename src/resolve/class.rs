//! Classes: what stands in a class file, by name.

use std::sync::Arc;

use crate::diagnostics::Diagnostic;
use crate::diagnostics::suggest::nearest;
use crate::program::tree::{Expr, ExprKind, Method, Statement};
use crate::program::{Class, Member};
use crate::resolve::scope::Scope;
use crate::resolve::statement::property_assignment;
use crate::resolve::types::declared_type;
use crate::resolve::{Code4D, Environment, InClass, Resolver, problem};
use crate::source::span::{SourceId, Span};
use crate::syntax::tree as syntax;
use crate::syntax::tree::FunctionKind;
use crate::value::Type;
use crate::value::function::{ClassId, MethodId};

/// What a class is made from.
pub struct ClassSource<'a> {
    /// Its number.
    pub id: ClassId,
    /// Its name.
    pub name: &'a str,
    /// The file.
    pub source: SourceId,
    /// What stands in it.
    pub file: &'a syntax::ClassFile,
}

/// Reads a class. `unit` numbers the code of a function by its place in the list of functions; the constructor has
/// none.
pub fn resolve_class(
    class: &ClassSource<'_>,
    environment: &dyn Environment,
    unit: impl Fn(Option<usize>, String) -> MethodId,
) -> (Class, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let file = class.file;
    let mut resolved = Class {
        name: class.name.to_owned(),
        span: file.constructors.first().map_or(Span::new(class.source, 0, 0), |constructor| constructor.span),
        ..Class::default()
    };
    if let Some(extends) = &file.extends {
        resolve_parent(class, extends, environment, &mut resolved, &mut diagnostics);
    }
    for property in &file.properties {
        let type_ = property
            .type_
            .as_ref()
            .map_or(Type::Variant, |name| declared_type(name, environment, &mut diagnostics));
        resolved.properties.insert(Arc::from(property.name.text.as_str()), type_);
    }
    for (place, function) in file.functions.iter().enumerate() {
        let code = unit(Some(place), format!("{}.{}", class.name, function.name.text));
        add_member(&mut resolved, function, code);
    }
    if let Some(constructor) = file.constructors.first() {
        resolved.constructor = Some(unit(None, format!("{}.constructor", class.name)));
        resolved.shared = constructor.modifiers.shared;
        resolved.singleton = constructor.modifiers.singleton;
        resolved.session_singleton = constructor.modifiers.session;
    }
    if file.properties.iter().any(|property| property.value.is_some()) {
        let method = initializer(class, environment, resolved.parent.is_some(), &mut diagnostics);
        resolved.initializer = Some(environment.add_unit(method));
    }
    (resolved, diagnostics)
}

fn resolve_parent(
    class: &ClassSource<'_>,
    extends: &syntax::Name,
    environment: &dyn Environment,
    resolved: &mut Class,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let path: Vec<&str> = extends.text.split('.').filter(|part| *part != "cs").collect();
    if let Some(parent) = environment.class(&path).filter(|parent| *parent != class.id) {
        resolved.parent = Some(parent);
        return;
    }
    if let Some(parent) = environment.catalog().class(path.last().copied().unwrap_or_default()) {
        resolved.built_in_parent = Some(parent.name);
        return;
    }
    let last = path.last().copied().unwrap_or_default();
    if let Some(parent) = environment.catalog().missing_class(last) {
        let (code, message) = parent.explain();
        diagnostics.push(problem(code, message, extends.span, "a class of 4D"));
        return;
    }
    if last.eq_ignore_ascii_case("DataStoreImplementation") || environment.is_table_class(last) == Some(true)
    {
        let message = format!("the class `{}` needs a data engine, which Quatre does not have", extends.text);
        diagnostics.push(problem(9003, message, extends.span, "a class of the database"));
        return;
    }
    let mut diagnostic = problem(
        2003,
        format!("there is no class `{}` to extend", extends.text),
        extends.span,
        "not a class of this project",
    );
    let names = environment.class_names();
    if let Some(near) = nearest(&extends.text, names.iter().map(String::as_str)) {
        diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
    }
    diagnostics.push(diagnostic);
}

fn add_member(class: &mut Class, function: &syntax::Function, code: MethodId) {
    let name: Arc<str> = Arc::from(function.name.text.as_str());
    let member = Member { code, shared: function.modifiers.shared };
    match function.kind {
        FunctionKind::Get => class.getters.insert(Arc::clone(&name), member),
        FunctionKind::Set => class.setters.insert(Arc::clone(&name), member),
        FunctionKind::Plain => class.functions.insert(Arc::clone(&name), member),
        // These belong to data classes, which need a data engine.
        FunctionKind::Query | FunctionKind::OrderBy | FunctionKind::Event(_) | FunctionKind::Constructor => {
            return;
        }
    };
    if !class.order.contains(&name) {
        class.order.push(name);
    }
}

/// The code that gives declared properties their initial values, in order.
fn initializer(
    class: &ClassSource<'_>,
    environment: &dyn Environment,
    derived: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Method {
    let empty = syntax::Block::default();
    let name = format!("{}.constructor", class.name);
    let code = Code4D {
        name: &name,
        source: class.source,
        signature: None,
        body: &empty,
        class: Some(InClass { id: class.id, derived, constructor: false, shared: false }),
        wants_value: false,
        kept: None,
    };
    let mut resolver = Resolver::new(environment, &code);
    let body: Vec<Statement> = class
        .file
        .properties
        .iter()
        .filter_map(|property| {
            let value = resolver.value(property.value.as_ref()?);
            let this = Expr { kind: ExprKind::This, type_: Type::Variant, span: property.span };
            let target = Expr {
                kind: ExprKind::Member(Box::new(this), Arc::from(property.name.text.as_str())),
                type_: Type::Variant,
                span: property.name.span,
            };
            Some(property_assignment(target, value, property.span))
        })
        .collect();
    let Resolver { scope, diagnostics: mut found, .. } = resolver;
    diagnostics.append(&mut found);
    Scope::finish(scope, &code, body)
}
