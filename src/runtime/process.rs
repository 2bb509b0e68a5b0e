//! One process: a thread of 4D code with its own stack, variables and errors. Most builtins take it first.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a value of any other type is one and the same case here"
)]

use std::any::{Any, TypeId};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use rustc_hash::FxHashMap;

use crate::program::ids::{InterprocessId, LocalId, VariableId};
use crate::program::tree::{Home, Method};
use crate::runtime::Runtime;
use crate::runtime::code::{Flow, MethodCode, ResultHome};
use crate::runtime::construct::Construction;
use crate::runtime::errors::ErrorState;
use crate::runtime::frame::{Mark, Stack};
use crate::runtime::process_table::Entry;
use crate::runtime::profile::{Profiler, Sampling};
use crate::runtime::sandbox::permissions;
use crate::runtime::waiting;
use crate::source::span::Span;
use crate::value::bounds;
use crate::value::convert::convert;
use crate::value::error::{Call, Error, Result};
use crate::value::function::{Function, MethodId, Origin};
use crate::value::group;
use crate::value::pointer::{Pointer, Target, Variable};
use crate::value::text::Text;
use crate::value::{Type, Value};

/// Calls may be nested so deep unless `--max-depth` says otherwise.
pub const MOST_CALLS: usize = 10_000;
/// The native stack that must remain when a call begins: what commands need that do not call 4D code.
const RESERVE: usize = 512 * 1024;
/// The size of the native stack of every process; the system gives only what is touched.
pub const NATIVE_STACK: usize = 512 * 1024 * 1024;
/// How many loop turns and calls pass between two looks at the clock and at requests to stop.
const FUEL: u32 = 512;

/// The state of one process.
pub struct Process {
    /// What all processes share.
    pub runtime: Arc<Runtime>,
    /// What others see of this process.
    pub entry: Arc<Entry>,
    /// Frames.
    pub stack: Stack,
    /// Error handling.
    pub errors: ErrorState,
    /// Where the command that runs was called.
    pub at: Span,
    /// `This`; Null outside functions and formulas.
    pub this: Value,
    /// What `SET REAL COMPARISON LEVEL` set.
    pub epsilon: f64,
    pending: Option<Error>,
    variables: Vec<Option<Variable>>,
    interprocess: FxHashMap<InterprocessId, (u64, Variable)>,
    code: Vec<Option<Rc<MethodCode>>>,
    stack_limit: usize,
    most_calls: usize,
    /// Loop turns and calls until the next look; `tank` is how many there were after the last.
    fuel: u32,
    tank: u32,
    steps: u64,
    /// When its time began, counted from the start of the program.
    pub(super) began: Duration,
    /// `ABORT` was called: the process ends without a report.
    aborted: bool,
    /// It has been said that the time of the program is over.
    pub(super) out_of_time: bool,
    /// What `SET ASSERT ENABLED` said for this process alone.
    asserts: Option<bool>,
    /// Constructors under way, innermost last.
    pub constructions: Vec<Construction>,
    states: FxHashMap<TypeId, Box<dyn Any>>,
    /// The part of the process in the profile, when one is made.
    pub(super) sampling: Option<Sampling>,
}

/// An address near the top of the native stack.
#[inline]
fn stack_pointer() -> usize {
    let marker = 0_u8;
    (&raw const marker).addr()
}

/// The system variables that hold a text: empty until a command sets them.
const SYSTEM_TEXTS: [&str; 3] = ["Document", "Error method", "Error formula"];

/// The system variables that hold a number, with what they hold when a process starts.
const SYSTEM_NUMBERS: [(&str, i32); 5] =
    [("OK", 0), ("Error", 0), ("Error line", 0), ("FldDelimit", 9), ("RecDelimit", 13)];

impl Process {
    /// The main process, on the present thread, whose native stack has about [`NATIVE_STACK`] bytes left.
    pub fn new(runtime: Arc<Runtime>) -> Self {
        let entry = Arc::clone(runtime.processes.main());
        Self::on_thread(runtime, entry, NATIVE_STACK)
    }

    /// A process on the present thread, whose native stack has about `native_stack` bytes left.
    pub fn on_thread(runtime: Arc<Runtime>, entry: Arc<Entry>, native_stack: usize) -> Self {
        entry.arrive();
        let asked = Arc::clone(&entry);
        group::set_interrupt(move || waiting::check_requests(&asked));
        let options = &runtime.options;
        permissions::set(options.permissions.clone());
        bounds::set(options.bounds);
        let fuel = match options.max_steps {
            0 => FUEL,
            steps => u32::try_from(steps).unwrap_or(FUEL).min(FUEL),
        };
        let most_calls = match options.max_depth {
            0 => MOST_CALLS,
            depth => depth,
        };
        let sampling = options.profiler.as_ref().map(Profiler::join);
        let began = if options.is_prompt { runtime.host.elapsed() } else { Duration::ZERO };
        let mut process = Self {
            runtime,
            entry,
            stack: Stack::default(),
            errors: ErrorState::default(),
            at: Span::default(),
            this: Value::Null,
            epsilon: 1e-6,
            pending: None,
            variables: Vec::new(),
            interprocess: FxHashMap::default(),
            code: Vec::new(),
            stack_limit: stack_pointer().saturating_sub(native_stack.saturating_sub(RESERVE)),
            most_calls,
            constructions: Vec::new(),
            fuel,
            tank: fuel,
            steps: 0,
            began,
            aborted: false,
            out_of_time: false,
            asserts: None,
            states: FxHashMap::default(),
            sampling,
        };
        for name in SYSTEM_TEXTS {
            process.set_system(name, Text::default());
        }
        for (name, value) in SYSTEM_NUMBERS {
            process.set_system(name, value);
        }
        process
    }

    /// Takes over code that was generated on this thread for a process that has ended.
    pub(super) fn adopt_code(&mut self, code: Vec<Option<Rc<MethodCode>>>) {
        self.code = code;
    }

    /// The code that was generated so far, for the next process on this thread.
    pub(super) fn give_up_code(self) -> Vec<Option<Rc<MethodCode>>> {
        self.code
    }

    /// State that a theme of commands keeps for each process; made on first use.
    pub fn state<T: Default + 'static>(&mut self) -> &mut T {
        self.states
            .entry(TypeId::of::<T>())
            .or_insert_with(|| Box::<T>::default())
            .downcast_mut::<T>()
            .expect("the entry of a type holds that type")
    }

    /// Stops the process, or what the prompt runs: the error to give back.
    pub fn abort(&mut self) -> Error {
        self.aborted = true;
        waiting::stopped()
    }

    /// Whether the process was told to stop, by itself or by another: then its error is none that anybody should see.
    pub fn is_stopping(&self) -> bool {
        self.aborted || self.entry.is_stopping()
    }

    /// Forgets that it was told to stop: for code that runs afterwards, such as `On Exit` or the next input of a prompt.
    pub fn begin_again(&mut self) {
        self.aborted = false;
        self.entry.forget_stop();
    }

    /// Begins an input of a prompt: an interruption that came after the last one is not meant for it, and it has all
    /// the time and all the steps that the program may take.
    pub fn begin_input(&mut self) {
        self.entry.take_interrupt();
        self.began = self.runtime.host.elapsed();
        self.steps = 0;
        self.out_of_time = false;
    }

    /// Whether a failed `ASSERT` is an error.
    pub fn asserts(&self) -> bool {
        self.asserts.unwrap_or_else(|| self.runtime.storage.asserts() && self.runtime.options.asserts())
    }

    /// Says for this process alone whether a failed `ASSERT` is an error.
    pub fn set_asserts(&mut self, asserts: bool) {
        self.asserts = Some(asserts);
    }

    // ---- errors under way ----

    /// Leaves an error pending; the first one stays.
    #[cold]
    pub fn fail(&mut self, error: Error) {
        self.pending.get_or_insert(error);
    }

    /// Gives the pending error a place, unless it has one.
    #[cold]
    pub fn place_error(&mut self, span: Span) {
        self.pending = self.pending.take().map(|error| error.at(span));
    }

    /// Whether an error is pending.
    #[inline]
    pub fn failing(&self) -> bool {
        self.pending.is_some()
    }

    /// The pending error, which is no longer pending.
    pub fn take_error(&mut self) -> Option<Error> {
        self.pending.take()
    }

    /// Turns a pending error into a result.
    #[inline]
    pub fn check(&mut self) -> Result<()> {
        if self.pending.is_some() { self.check_failed() } else { Ok(()) }
    }

    #[cold]
    fn check_failed(&mut self) -> Result<()> {
        self.pending.take().map_or(Ok(()), Err)
    }

    /// The calls under way, innermost first, where the innermost stands at `span`.
    pub fn call_chain(&self, span: Option<Span>) -> Vec<Call> {
        let mut at = span;
        self.stack
            .frames()
            .iter()
            .rev()
            .map(|frame| Call { method: self.unit_name(frame.code), span: at.replace(frame.site) })
            .collect()
    }

    /// The name of a unit of code, as call chains show it.
    pub fn unit_name(&self, id: MethodId) -> String {
        self.runtime.program.unit(id).map(|unit| unit.name.clone()).unwrap_or_default()
    }

    // ---- time ----

    /// One loop turn or call has passed; false when the process must stop, with the reason pending.
    #[inline]
    pub fn tick(&mut self) -> bool {
        self.fuel -= 1;
        self.fuel != 0 || self.refuel()
    }

    #[cold]
    fn refuel(&mut self) -> bool {
        let options = &self.runtime.options;
        let most_steps = options.max_steps;
        let limited = options.max_time.is_some() || options.bounds.memory != 0 || options.max_output;
        self.fuel = FUEL;
        if most_steps != 0 {
            self.steps += u64::from(self.tank);
            let left = most_steps.saturating_sub(self.steps);
            self.fuel = u32::try_from(left).unwrap_or(FUEL).clamp(1, FUEL);
            if left == 0 {
                self.fail(Error::quatre(8003, format!("the program has taken {most_steps} steps")).fatal());
            }
        }
        self.tank = self.fuel;
        if (limited || self.entry.has_requests())
            && let Err(error) = self.attend()
        {
            self.fail(error);
        }
        !self.failing()
    }

    // ---- variables ----

    /// A process variable.
    pub fn variable(&mut self, id: VariableId) -> Variable {
        let index = id.0 as usize;
        if let Some(Some(variable)) = self.variables.get(index) {
            return variable.clone();
        }
        if self.variables.len() <= index {
            self.variables.resize(index + 1, None);
        }
        let name = self.runtime.program.variable_name(id).unwrap_or_else(|| Arc::from(""));
        let variable = Variable::new(&name, Type::Variant);
        if let Some(place) = self.variables.get_mut(index) {
            *place = Some(variable.clone());
        }
        variable
    }

    /// Gives a system variable (`OK`, `Document`, `Error`) a value.
    pub fn set_system(&mut self, name: &str, value: impl Into<Value>) {
        let id = self.runtime.program.variable(name);
        self.variable(id).set(value.into());
    }

    /// Sets the system variable `OK`.
    pub fn set_ok(&mut self, ok: bool) {
        self.set_system("OK", i32::from(ok));
    }

    /// Reads a process variable in place.
    #[inline]
    pub fn with_variable<R>(&self, id: VariableId, read: impl FnOnce(&Value) -> R) -> R {
        match self.variables.get(id.0 as usize) {
            Some(Some(variable)) => variable.with(read),
            _ => read(&Value::Undefined),
        }
    }

    /// An interprocess variable, as last published.
    pub fn interprocess(&mut self, id: InterprocessId) -> Variable {
        let runtime = Arc::clone(&self.runtime);
        let (version, variable) = self.interprocess.entry(id).or_insert_with(|| {
            let name = runtime.program.interprocess_name(id).unwrap_or_else(|| Arc::from(""));
            (0, Variable::new(&format!("<>{name}"), Type::Variant))
        });
        if let Some((newer, value)) = runtime.interprocess.newer(id, *version) {
            *version = newer;
            variable.set(value);
        }
        variable.clone()
    }

    /// Gives an interprocess variable a value, already converted to its declared type.
    pub fn set_interprocess(&mut self, id: InterprocessId, value: Value) -> Result<()> {
        let variable = self.interprocess(id);
        let version = self.runtime.interprocess.publish(id, &value)?;
        variable.set(value);
        if let Some(entry) = self.interprocess.get_mut(&id) {
            entry.0 = version;
        }
        Ok(())
    }

    /// What a pointer leads to.
    pub fn dereference(&mut self, pointer: &Pointer) -> Result<Value> {
        match pointer.target() {
            None => Err(Error::quatre(5101, "this pointer leads nowhere (Nil)")),
            Some(Target::Variable(variable)) => Ok(variable.get()),
            Some(Target::Interprocess(id, _)) => Ok(self.interprocess(InterprocessId(*id)).get()),
            Some(Target::Element(_, array, index)) => array
                .get(*index)
                .ok_or_else(|| Error::quatre(5105, format!("the array has no element {index} any more"))),
            Some(Target::Table(_) | Target::Field(..)) => {
                Err(Error::quatre(9003, "tables and fields need a data engine, which Quatre does not have"))
            }
        }
    }

    /// Gives a value to what a pointer leads to.
    pub fn assign_through(&mut self, pointer: &Pointer, value: Value) -> Result<()> {
        match pointer.target() {
            None => Err(Error::quatre(5101, "this pointer leads nowhere (Nil)")),
            Some(Target::Variable(variable)) => assign_variable(variable, value),
            Some(Target::Interprocess(id, _)) => {
                let id = InterprocessId(*id);
                let declared = self.interprocess(id).declared();
                self.set_interprocess(id, convert(value, declared)?)
            }
            Some(Target::Element(_, array, index)) => {
                let value = convert(value, array.with(|items| items.element_type()).element())?;
                if array.with_mut(|items| items.set(*index, value)) {
                    return Ok(());
                }
                Err(Error::quatre(5105, format!("the array has no element {index} any more")))
            }
            Some(Target::Table(_) | Target::Field(..)) => {
                Err(Error::quatre(9003, "tables and fields need a data engine, which Quatre does not have"))
            }
        }
    }

    // ---- calls ----

    /// A unit of code, generated on its first call in this process.
    #[inline]
    pub fn code(&mut self, id: MethodId) -> Result<Rc<MethodCode>> {
        if let Some(Some(code)) = self.code.get(id.0 as usize) {
            return Ok(Rc::clone(code));
        }
        self.load(id)
    }

    #[cold]
    fn load(&mut self, id: MethodId) -> Result<Rc<MethodCode>> {
        let loader = Arc::clone(&self.runtime.loader);
        let code = loader.code(self, id)?;
        let index = id.0 as usize;
        if self.code.len() <= index {
            self.code.resize(index + 1, None);
        }
        if let Some(place) = self.code.get_mut(index) {
            *place = Some(Rc::clone(&code));
        }
        Ok(code)
    }

    /// Makes a frame for a call from `site`. Every entry is left by [`Self::leave`].
    #[inline]
    pub fn enter(&mut self, code: &MethodCode, id: MethodId, site: Span) -> Result<()> {
        if self.enter_over(code, id, site, self.stack.mark(), 0) { Ok(()) } else { self.check() }
    }

    /// Makes a frame whose first slots are the arguments put since the mark. False when it cannot be made: then the
    /// reason is pending, and the arguments are still there.
    #[inline(always)]
    pub fn enter_over(
        &mut self,
        code: &MethodCode,
        id: MethodId,
        site: Span,
        mark: Mark,
        given: u32,
    ) -> bool {
        if stack_pointer() < self.stack_limit || self.stack.depth() >= self.most_calls {
            return self.refuse(site);
        }
        if !self.tick() && self.failing() {
            return false;
        }
        self.stack.push_over(mark, id, site, given, code.words, &code.defaults) || self.refuse(site)
    }

    #[cold]
    fn refuse(&mut self, site: Span) -> bool {
        let error = self.too_deep(site);
        self.fail(error);
        false
    }

    #[cold]
    fn too_deep(&self, site: Span) -> Error {
        Error::quatre(8004, format!("calls are nested {} deep", self.stack.frames().len()))
            .help("look for a method that calls itself without end")
            .at(site)
            .fatal()
    }

    /// Leaves the frame of a call that ended with `flow`; the error of a failed one is given its call chain.
    #[inline(always)]
    pub fn leave(&mut self, flow: Flow) {
        if flow == Flow::Fail || !self.errors.deferred.is_empty() {
            self.leave_with_errors();
        }
        self.stack.pop();
    }

    #[cold]
    fn leave_with_errors(&mut self) {
        self.raise_deferred();
        let Some(mut error) = self.pending.take() else { return };
        if error.details().chain.is_empty() {
            let span = error.details().span;
            error.details_mut().chain = self.call_chain(span);
        }
        self.pending = Some(error);
    }

    /// Raises the errors that the innermost frame deferred.
    pub fn raise_deferred(&mut self) {
        let depth = self.stack.frames().len();
        let mut ready: Vec<Error> = Vec::new();
        self.errors.deferred.retain(|(at, error)| {
            if *at >= depth {
                ready.push(error.clone());
            }
            *at < depth
        });
        if ready.is_empty() || self.failing() {
            return;
        }
        let first = ready.first().cloned();
        // Those deferred together are read together; the one that is raised is recorded by whoever catches it.
        self.errors.together = ready;
        self.pending = first;
    }

    /// The result of the innermost frame, which has run to its end.
    pub fn result(&mut self, home: ResultHome) -> Value {
        match home {
            ResultHome::Nothing => Value::Undefined,
            #[expect(clippy::cast_possible_truncation, reason = "an Integer slot holds 32 bits")]
            ResultHome::Integer(slot) => Value::Integer(self.stack.integer(slot) as i32),
            ResultHome::Real(slot) => Value::Real(self.stack.real(slot)),
            ResultHome::Boolean(slot) => Value::Boolean(self.stack.boolean(slot)),
            ResultHome::Value(slot) => match self.stack.value_mut(slot) {
                Some(Value::Variable(variable)) => variable.get(),
                Some(value) => std::mem::take(value),
                None => Value::Undefined,
            },
        }
    }

    /// Gives the innermost frame its arguments, converted to the declared types.
    pub fn give_arguments(
        &mut self,
        code: &MethodCode,
        arguments: impl ExactSizeIterator<Item = Value>,
    ) -> Result<()> {
        let given = u32::try_from(arguments.len()).unwrap_or(u32::MAX);
        let mut extras = Vec::new();
        for (index, value) in arguments.enumerate() {
            if let Some(parameter) = code.method.parameters.get(index) {
                let value = convert(value, parameter.type_).map_err(|error| {
                    let name =
                        code.method.locals.get(parameter.local.0 as usize).map_or("", |local| &local.name);
                    error.note(format!("for the parameter `${name}` of `{}`", code.method.name))
                })?;
                self.set_local(&code.method, parameter.local, value);
            } else if let Some(type_) = code.method.variadic {
                extras.push(convert(value, type_)?);
            } else {
                extras.push(value);
            }
        }
        if let Some(frame) = self.stack.frame_mut() {
            frame.given = given;
            frame.set_extras(extras);
        }
        Ok(())
    }

    /// Writes a local of the innermost frame; the value has its declared type.
    pub fn set_local(&mut self, method: &Method, local: LocalId, value: Value) {
        let Some(local) = method.locals.get(local.0 as usize) else { return };
        match (local.home, value) {
            (Home::Integer(slot), Value::Integer(n)) => self.stack.set_integer(slot, i64::from(n)),
            (Home::Real(slot), Value::Real(x)) => self.stack.set_real(slot, x),
            (Home::Boolean(slot), Value::Boolean(b)) => self.stack.set_boolean(slot, b),
            (Home::Value(slot), value) => self.stack.set_value(slot, value),
            (Home::Variable(slot), value) => match self.stack.value(slot) {
                Value::Variable(variable) => variable.set(value),
                _ => {
                    let variable = Variable::new(&format!("${}", local.name), local.type_);
                    variable.set(value);
                    self.stack.set_value(slot, Value::Variable(variable));
                }
            },
            (Home::Integer(_) | Home::Real(_) | Home::Boolean(_), _) => {}
        }
    }

    /// Calls a unit of code; `This` stays what it is.
    pub fn call(&mut self, id: MethodId, arguments: Vec<Value>, site: Span) -> Result<Value> {
        let code = self.code(id)?;
        self.enter(&code, id, site)?;
        self.run_frame(&code, arguments.into_iter(), site)
    }

    /// Calls a unit of code with one argument.
    pub fn call_with(&mut self, id: MethodId, argument: Value, site: Span) -> Result<Value> {
        let code = self.code(id)?;
        let Some(type_) = code.method.parameters.first().map(|parameter| parameter.type_) else {
            return self.call(id, vec![argument], site);
        };
        if !code.in_place {
            return self.call(id, vec![argument], site);
        }
        let mark = self.stack.mark();
        self.put_argument(argument, type_).map_err(|error| error.at(site))?;
        self.run_over(&code, id, mark, 1, site)
    }

    /// Puts an argument where its parameter will be.
    #[inline]
    pub fn put_argument(&mut self, value: Value, type_: Type) -> Result<()> {
        let word = match convert(value, type_)? {
            Value::Integer(n) if type_ == Type::Integer => i64::from(n).cast_unsigned(),
            Value::Real(x) if type_ == Type::Real => x.to_bits(),
            Value::Boolean(b) if type_ == Type::Boolean => u64::from(b),
            value => {
                self.stack.put_value(value);
                return Ok(());
            }
        };
        if self.stack.put_word(word) {
            return Ok(());
        }
        Err(Error::quatre(8004, "the stack is full").fatal())
    }

    /// Runs code over the arguments put since the mark, in a frame made over them.
    #[inline]
    pub fn run_over(
        &mut self,
        code: &MethodCode,
        id: MethodId,
        mark: Mark,
        given: u32,
        site: Span,
    ) -> Result<Value> {
        if !self.enter_over(code, id, site, mark, given) {
            drop(self.stack.take_back(mark));
            return self.check().map(|()| Value::Undefined);
        }
        let flow = (code.body)(self);
        let value = if flow == Flow::Fail { Value::Undefined } else { self.result(code.result) };
        self.leave(flow);
        self.check()?;
        Ok(value)
    }

    /// Runs code in the frame just made for it: gives it its arguments, reads its result, leaves the frame.
    pub fn run_frame(
        &mut self,
        code: &MethodCode,
        arguments: impl ExactSizeIterator<Item = Value>,
        site: Span,
    ) -> Result<Value> {
        let flow = match self.give_arguments(code, arguments) {
            Ok(()) => (code.body)(self),
            Err(error) => {
                self.fail(error.at(site));
                Flow::Fail
            }
        };
        let value = if flow == Flow::Fail { Value::Undefined } else { self.result(code.result) };
        self.leave(flow);
        self.check()?;
        Ok(value)
    }

    /// Calls a unit of code as a function of `this`.
    pub fn call_on(&mut self, this: Value, id: MethodId, arguments: Vec<Value>, site: Span) -> Result<Value> {
        let outer = std::mem::replace(&mut self.this, this);
        let result = self.call(id, arguments, site);
        self.this = outer;
        result
    }

    /// Calls a function object.
    pub fn call_function(
        &mut self,
        function: &Function,
        this: Value,
        arguments: Vec<Value>,
        site: Span,
    ) -> Result<Value> {
        if let Origin::BuiltIn(class, name) = function.origin {
            let loader = Arc::clone(&self.runtime.loader);
            return loader
                .call_native(self, &this, class, name, arguments)
                .unwrap_or_else(|| {
                    Err(Error::quatre(5108, format!("`{name}` cannot be called on this value")))
                })
                .map_err(|error| error.at(site));
        }
        if function.captured.is_empty() {
            return self.call_on(this, function.code, arguments, site);
        }
        let code = self.code(function.code)?;
        let outer = std::mem::replace(&mut self.this, this);
        let result = self.call_with_captures(function, &code, arguments, site);
        self.this = outer;
        result
    }

    /// A formula's captured locals are the first locals of its code.
    fn call_with_captures(
        &mut self,
        function: &Function,
        code: &Rc<MethodCode>,
        arguments: Vec<Value>,
        site: Span,
    ) -> Result<Value> {
        self.enter(code, function.code, site)?;
        for (index, value) in function.captured.iter().enumerate() {
            let local = LocalId(u32::try_from(index).unwrap_or(u32::MAX));
            self.set_local(&code.method, local, value.clone());
        }
        self.run_frame(code, arguments.into_iter(), site)
    }
}

/// Gives a variable a value, converted to its declared type. Giving a number to an array selects an element.
pub fn assign_variable(variable: &Variable, value: Value) -> Result<()> {
    let array = variable.with(|held| if let Value::Array(array) = held { Some(array.clone()) } else { None });
    if let Some(array) = array
        && !matches!(value, Value::Array(_))
    {
        if let Value::Integer(index) = convert(value, Type::Integer)? {
            array.select(index);
        }
        return Ok(());
    }
    let value = match variable.declared() {
        Type::Variant | Type::Array(_) | Type::Rows(_) => value,
        declared => convert(value, declared)?,
    };
    variable.set(value);
    Ok(())
}
