//! For tests: a runtime whose methods are Rust functions, so that processes can be tried without a language.

use std::rc::Rc;
use std::sync::Arc;

use crate::diagnostics::Diagnostic;
use crate::program::tree::{Method, Signature};
use crate::program::{Class, Program, Resolved};
use crate::runtime::code::{Flow, MethodCode, ResultHome};
use crate::runtime::host::RecordingHost;
use crate::runtime::process::Process;
use crate::runtime::{Loader, Options, Runtime, TextKind};
use crate::source::span::SourceId;
use crate::value::Value;
use crate::value::error::Result;
use crate::value::function::{ClassId, MethodId};
use crate::value::object::Object;

/// What a method does with its arguments.
pub type Body = fn(&mut Process, &[Value]) -> Result<()>;

/// A loader of methods written in Rust.
struct Actor {
    methods: Vec<(&'static str, Body)>,
}

/// A runtime with these methods, and its host.
pub fn runtime(methods: &[(&'static str, Body)], options: Options) -> (Arc<Runtime>, Arc<RecordingHost>) {
    let host = Arc::new(RecordingHost::new([]));
    let program = Arc::new(Program::default());
    for (name, _) in methods {
        program.add_unit(name);
    }
    let loader = Arc::new(Actor { methods: methods.to_vec() });
    let runtime =
        Runtime::new(program, loader, Arc::<RecordingHost>::clone(&host), options).expect("a valid table");
    (runtime, host)
}

impl Loader for Actor {
    fn code(&self, _process: &mut Process, id: MethodId) -> Result<Rc<MethodCode>> {
        let (name, body) = self.methods[id.0 as usize];
        let method = Method {
            name: name.to_owned(),
            source: SourceId(0),
            parameters: Vec::new(),
            variadic: None,
            result: None,
            locals: Vec::new(),
            words: 0,
            values: 0,
            body: Vec::new(),
            class: None,
            constructor: false,
            shared: false,
        };
        let run = move |process: &mut Process| {
            let arguments = process.stack.frame().map(|frame| frame.extras().to_vec()).unwrap_or_default();
            match body(process, &arguments) {
                Ok(()) => Flow::Next,
                Err(error) => {
                    process.fail(error);
                    Flow::Fail
                }
            }
        };
        Ok(Rc::new(MethodCode {
            in_place: false,
            method: Arc::new(method),
            body: Box::new(run),
            defaults: Vec::new(),
            words: 0,
            result: ResultHome::Nothing,
        }))
    }
    fn signature(&self, _id: MethodId) -> Arc<Signature> {
        Arc::default()
    }
    fn method(&self, name: &str) -> Option<MethodId> {
        let place = self.methods.iter().position(|(other, _)| other.eq_ignore_ascii_case(name))?;
        u32::try_from(place).ok().map(MethodId)
    }
    fn method_names(&self) -> Vec<String> {
        self.methods.iter().map(|(name, _)| (*name).to_owned()).collect()
    }
    fn class_id(&self, _name: &str) -> Option<ClassId> {
        None
    }
    fn class_names(&self) -> Vec<String> {
        Vec::new()
    }
    fn class(&self, _id: ClassId) -> Resolved<Class> {
        Ok(Arc::default())
    }
    fn check_project(
        &self,
        _file: &std::path::Path,
        _without: &[String],
    ) -> std::result::Result<String, Box<Diagnostic>> {
        Ok(String::new())
    }
    fn compile(
        &self,
        _text: &str,
        _kind: TextKind,
        _name: &str,
    ) -> std::result::Result<MethodId, Vec<Diagnostic>> {
        Err(Vec::new())
    }
    fn add_method(&self, _text: &str, _name: &str) -> MethodId {
        MethodId(u32::MAX)
    }

    fn is_published(&self, _id: MethodId) -> bool {
        false
    }

    fn problems(&self, _id: MethodId) -> Vec<crate::diagnostics::Diagnostic> {
        Vec::new()
    }

    fn normalized(
        &self,
        formula: &str,
        _tokens: bool,
    ) -> std::result::Result<String, Vec<crate::diagnostics::Diagnostic>> {
        Ok(formula.to_owned())
    }

    fn command_name(&self, _number: u16) -> Option<&'static str> {
        None
    }

    fn native_class(&self, _name: &str) -> Option<&'static str> {
        None
    }

    fn construct_native(
        &self,
        _process: &mut Process,
        _class: &str,
        _arguments: Vec<Value>,
    ) -> Option<Result<Value>> {
        None
    }

    fn get_native(&self, _: &mut Process, _: &Object, _: &str, _: &str) -> Option<Result<Value>> {
        None
    }
    fn set_native(&self, _: &mut Process, _: &Object, _: &str, _: &str, _: Value) -> Option<Result<()>> {
        None
    }
    fn call_native(
        &self,
        _: &mut Process,
        _: &Value,
        _: &str,
        _: &str,
        _: Vec<Value>,
    ) -> Option<Result<Value>> {
        None
    }
    fn native_function(&self, _class: &str, _name: &str) -> Option<&'static str> {
        None
    }
    fn native_class_names(&self) -> Vec<&'static str> {
        Vec::new()
    }
    fn native_function_names(&self, _class: &str) -> Vec<&'static str> {
        Vec::new()
    }
}
