//! What the runtime asks of the engine: code made ready, and the functions and properties of built-in classes.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use crate::builtin::catalog::{Catalog, Entry};
use crate::builtin::parameter::Argument;
use crate::diagnostics::Diagnostic;
use crate::engine::library::Library;
use crate::generate::generate;
use crate::generate::native::call_class_function;
use crate::program::tree::Signature;
use crate::program::{Class, Resolved};
use crate::runtime::code::MethodCode;
use crate::runtime::process::Process;
use crate::runtime::{Loader, TextKind};
use crate::syntax::print::Spelling;
use crate::syntax::tree::ConstantRef;
use crate::value::Value;
use crate::value::error::{Error, Result};
use crate::value::function::{ClassId, MethodId};
use crate::value::object::Object;

/// The names of today, with their tokens when they are wanted.
struct Today {
    catalog: &'static Catalog,
    tokens: bool,
}

impl Spelling for Today {
    fn command(&self, number: u16) -> Option<Cow<'_, str>> {
        let name = self.catalog.command(number)?.name();
        Some(if self.tokens { Cow::Owned(format!("{name}:C{number}")) } else { Cow::Borrowed(name) })
    }

    fn constant(&self, constant: ConstantRef) -> Option<Cow<'_, str>> {
        let (name, token) = match constant {
            ConstantRef::Known(id) => (self.catalog.constant(id)?.name, self.catalog.constant_token(id)),
            ConstantRef::Token(theme, index) => {
                (self.catalog.constant_by_token(theme, index)?.name, Some((theme, index)))
            }
        };
        Some(match token {
            Some((theme, index)) if self.tokens => Cow::Owned(format!("{name}:K{theme}:{index}")),
            _ => Cow::Borrowed(name),
        })
    }
}

impl Loader for Library {
    fn code(&self, process: &mut Process, id: MethodId) -> Result<Rc<MethodCode>> {
        match self.resolved(id) {
            Ok(method) => Ok(generate(self.catalog, &process.runtime, &method, self.is_derived(id))),
            Err(problems) => Err(unreadable(&problems)),
        }
    }

    fn signature(&self, id: MethodId) -> Arc<Signature> {
        Self::signature(self, id)
    }

    fn method(&self, name: &str) -> Option<MethodId> {
        Self::method(self, name)
    }

    fn method_names(&self) -> Vec<String> {
        Self::method_names(self)
    }

    fn class_id(&self, name: &str) -> Option<ClassId> {
        Self::class_id(self, name)
    }

    fn class_names(&self) -> Vec<String> {
        Self::class_names(self)
    }

    fn class(&self, id: ClassId) -> Resolved<Class> {
        Self::class(self, id)
    }

    fn compile(
        &self,
        text: &str,
        kind: TextKind,
        name: &str,
    ) -> std::result::Result<MethodId, Vec<Diagnostic>> {
        self.known_text(text, kind, name)
    }

    fn add_method(&self, text: &str, name: &str) -> MethodId {
        let bytes = text.as_bytes().to_vec();
        self.add_bytes(name, bytes, TextKind::Method).unwrap_or_else(|_| self.program.add_unit(name))
    }

    fn is_published(&self, id: MethodId) -> bool {
        Self::is_published(self, id)
    }

    fn check_project(
        &self,
        file: &std::path::Path,
        without: &[String],
    ) -> std::result::Result<String, Box<Diagnostic>> {
        crate::engine::checking::check_project(file, without)
    }

    fn problems(&self, id: MethodId) -> Vec<Diagnostic> {
        Self::problems(self, id)
    }

    fn normalized(&self, formula: &str, tokens: bool) -> std::result::Result<String, Vec<Diagnostic>> {
        let spelling = Today { catalog: self.catalog, tokens };
        self.rewritten(formula, &spelling)
    }

    fn command_name(&self, number: u16) -> Option<&'static str> {
        self.catalog.command(number).map(Entry::name)
    }

    fn native_class(&self, name: &str) -> Option<&'static str> {
        self.catalog.class(name).map(|class| class.name)
    }

    fn construct_native(
        &self,
        process: &mut Process,
        class: &str,
        arguments: Vec<Value>,
    ) -> Option<Result<Value>> {
        let native = self.catalog.class(class)?.constructor.as_ref()?;
        let mut arguments: Vec<Argument> = arguments.into_iter().map(Argument::Value).collect();
        Some(native.callable()?.call(process, class, native.names, &mut arguments))
    }

    fn get_native(
        &self,
        process: &mut Process,
        object: &Object,
        class: &str,
        name: &str,
    ) -> Option<Result<Value>> {
        let property = self.catalog.class_property(class, name)?;
        let mut arguments = [Argument::Value(Value::Object(object.clone()))];
        let callable = property.get.callable()?;
        Some(callable.call(process, property.name, property.get.names, &mut arguments))
    }

    fn set_native(
        &self,
        process: &mut Process,
        object: &Object,
        class: &str,
        name: &str,
        value: Value,
    ) -> Option<Result<()>> {
        let set = self.catalog.class_property(class, name)?.set.as_ref()?;
        let mut arguments = [Argument::Value(Value::Object(object.clone())), Argument::Value(value)];
        let callable = set.callable()?;
        Some(callable.call(process, name, set.names, &mut arguments).map(|_| ()))
    }

    fn call_native(
        &self,
        process: &mut Process,
        this: &Value,
        class: &str,
        name: &str,
        arguments: Vec<Value>,
    ) -> Option<Result<Value>> {
        let function = self.catalog.class_function(class, name)?;
        Some(call_class_function(process, function.name, function.syntaxes, this.clone(), arguments))
    }

    fn native_function(&self, class: &str, name: &str) -> Option<&'static str> {
        self.catalog.class_function(class, name).map(|function| function.name)
    }

    fn native_class_names(&self) -> Vec<&'static str> {
        let mut names: Vec<&'static str> = self.catalog.class_names().collect();
        names.sort_unstable();
        names
    }

    fn native_function_names(&self, class: &str) -> Vec<&'static str> {
        self.catalog
            .ancestry(class)
            .flat_map(|class| class.functions.iter().map(|function| function.name))
            .collect()
    }
}

/// The error of calling code that cannot be read.
fn unreadable(problems: &[Diagnostic]) -> Error {
    let Some(first) = problems.first() else {
        return Error::quatre(2007, "this code is not there any more");
    };
    let mut error = Error::from_diagnostic(first);
    if problems.len() > 1 {
        error = error.note(format!("and {} more in this file", problems.len() - 1));
    }
    error
}
