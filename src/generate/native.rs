//! Calls of commands and of functions of built-in classes.
//!
//! Every Rust function behind a builtin can be called with a list of arguments. Functions of a few common shapes are
//! called directly, found by their type: no declaration says so and no command is named here.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use std::any::Any;
use std::rc::Rc;
use std::sync::Arc;

use smallvec::SmallVec;

use crate::builtin::catalog::Entry;
use crate::builtin::native::{Callable, Native, Plain, honest};
use crate::builtin::parameter::{self, Accepts, Place, PlaceOrigin, Rest, Shape};
use crate::generate::Generator;
use crate::generate::assign::Setter;
use crate::generate::numeric::{settle, value_to_integer, wrap};
use crate::program::ids::{CommandId, InterprocessId, VariableId};
use crate::program::tree::{Argument, Expr, ExprKind, Literal};
use crate::runtime::code::{BooleanCode, IntegerCode, RealCode, ValueCode};
use crate::runtime::process::Process;
use crate::source::span::Span;
use crate::value::collection::Collection;
use crate::value::error::{Error, Result};
use crate::value::object::Object;
use crate::value::text::Text;
use crate::value::{Type, Value};

/// The arguments of most calls, without an allocation.
type Arguments = SmallVec<[parameter::Argument; 4]>;

/// One argument, as it is computed.
enum Given {
    Missing,
    Operator(crate::syntax::operator::BinaryOp),
    Value(ValueCode),
    Place { read: ValueCode, write: Setter, write_array: Setter, declared: Type, origin: Option<Origin> },
}

impl Given {
    fn value(self) -> Option<ValueCode> {
        if let Self::Value(code) = self { Some(code) } else { None }
    }
}

/// Which variable a place is, for the few commands that must know it.
enum Origin {
    Process(VariableId),
    Interprocess(InterprocessId),
    Element(VariableId, IntegerCode),
}

impl Origin {
    fn compute(&self, process: &mut Process) -> Result<PlaceOrigin> {
        let program = Arc::clone(&process.runtime.program);
        let name =
            |id: VariableId| program.variable_name(id).map(|name| name.to_string()).unwrap_or_default();
        Ok(match self {
            Self::Process(id) => PlaceOrigin { name: name(*id), element: None },
            Self::Interprocess(id) => {
                let name = program.interprocess_name(*id).unwrap_or_else(|| Arc::from(""));
                PlaceOrigin { name: format!("<>{name}"), element: None }
            }
            Self::Element(id, index) => {
                let index = index(process);
                process.check()?;
                PlaceOrigin { name: name(*id), element: usize::try_from(index).ok() }
            }
        })
    }
}

/// The forms of a builtin that a call may mean.
#[derive(Clone)]
struct Forms {
    name: &'static str,
    natives: Vec<(&'static dyn Callable, &'static [&'static str])>,
    /// What tells the forms apart, a list each; empty when there is one form only.
    takers: Vec<Vec<(Shape, Accepts)>>,
}

impl Forms {
    fn new(name: &'static str, syntaxes: &'static [Native]) -> Self {
        let natives: Vec<_> =
            syntaxes.iter().filter_map(|native| Some((native.callable()?, native.names))).collect();
        let several = natives.iter().filter(|_| natives.len() > 1);
        let takers = several.map(|(callable, _)| callable.takers()).collect();
        Self { name, natives, takers }
    }

    /// Calls the first form that takes the arguments; with one form only, its own errors are the best there are.
    fn call(&self, process: &mut Process, arguments: &mut [parameter::Argument]) -> Result<Value> {
        if let [(callable, names)] = self.natives.as_slice() {
            return callable.call(process, self.name, names, arguments);
        }
        let fitting = self.takers.iter().position(|takers| parameter::fits(takers, arguments));
        match self.natives.get(fitting.unwrap_or_default()) {
            Some((callable, names)) => callable.call(process, self.name, names, arguments),
            None => Err(Error::quatre(9001, format!("`{}` is not built yet", self.name))),
        }
    }
}

impl Generator {
    fn forms(&self, id: CommandId) -> Option<Forms> {
        let Some(Entry::Available(command)) = self.catalog.command(id.0) else { return None };
        Some(Forms::new(command.name, command.syntaxes))
    }

    fn builtin_argument(&self, argument: &Argument, named: bool) -> Given {
        match argument {
            Argument::Missing => Given::Missing,
            Argument::Operator(op) => Given::Operator(*op),
            Argument::Value(expr) => Given::Value(self.value(expr)),
            Argument::Place(expr) => Given::Place {
                read: self.raw(expr),
                write: self.setter(expr),
                write_array: self.array_setter(expr),
                declared: self.declared_type(expr),
                origin: if named { self.origin(expr) } else { None },
            },
        }
    }

    /// Which variable a place is, when it has a name in other processes too.
    fn origin(&self, expr: &Expr) -> Option<Origin> {
        if let ExprKind::Process(id) = &expr.kind {
            return Some(Origin::Process(*id));
        }
        if let ExprKind::Interprocess(id) = &expr.kind {
            return Some(Origin::Interprocess(*id));
        }
        if let ExprKind::Element(base, index) = &expr.kind
            && let ExprKind::Process(id) = base.kind
        {
            return Some(Origin::Element(id, self.integer(index)));
        }
        None
    }

    fn declared_type(&self, expr: &Expr) -> Type {
        match &expr.kind {
            ExprKind::Local(id) => self.local_type(*id),
            ExprKind::Element(..) => expr.type_,
            _ => Type::Variant,
        }
    }

    /// A command with its arguments, as a value.
    pub(super) fn command(&self, id: CommandId, arguments: &[Argument], span: Span) -> ValueCode {
        let Some(forms) = self.forms(id) else {
            return Box::new(move |_| Err(Error::quatre(9001, "this command is not built yet").at(span)));
        };
        if let Some(code) = self.direct(&forms, arguments) {
            return code;
        }
        self.call_forms(forms, None, arguments, span)
    }

    /// Calls one of the forms; `this` is the receiver of a class function.
    fn call_forms(
        &self,
        forms: Forms,
        this: Option<ValueCode>,
        arguments: &[Argument],
        span: Span,
    ) -> ValueCode {
        let named =
            forms.natives.iter().flat_map(|(callable, _)| callable.parameters()).any(|shape| shape.named);
        let given: Vec<Given> =
            arguments.iter().map(|argument| self.builtin_argument(argument, named)).collect();
        if given.iter().all(|given| matches!(given, Given::Value(_))) {
            let values = given.into_iter().filter_map(Given::value).collect();
            return call_of_values(forms, this, values, span);
        }
        Box::new(move |process| {
            let mut computed = Arguments::new();
            if let Some(this) = &this {
                computed.push(parameter::Argument::Value(this(process)?));
            }
            let mut written: SmallVec<[(usize, Rc<Place>); 2]> = SmallVec::new();
            for (index, given) in given.iter().enumerate() {
                let argument = compute(process, given)?;
                if let parameter::Argument::Place(place) = &argument {
                    written.push((index, Rc::clone(place)));
                }
                computed.push(argument);
            }
            process.at = span;
            let value = forms.call(process, &mut computed).map_err(|error| error.at(span))?;
            write_back(process, &given, &written).map_err(|error| error.at(span))?;
            Ok(value)
        })
    }

    /// A function of a built-in class that is known by the static type of its receiver; `None` when it has none.
    pub(super) fn built_in_call(
        &self,
        class: &'static str,
        base: &Expr,
        name: &Arc<str>,
        arguments: &[Argument],
        span: Span,
    ) -> Option<ValueCode> {
        let function = self.catalog.class_function(class, name)?;
        let forms = Forms::new(function.name, function.syntaxes);
        let base_value = self.value(base);
        let base_span = base.span;
        let key = Text::from(&**name);
        let this: ValueCode = Box::new(move |process| match base_value(process)? {
            value @ Value::Collection(_) => Ok(value),
            // The declared type does not keep a variable from being Null.
            other => Err(Error::quatre(
                5108,
                format!("cannot call the function `{}` of {}", key.to_str(), other.type_name()),
            )
            .at(base_span)),
        });
        if let (Some(adder), [Argument::Value(value)]) = (plain_of::<Adder>(&forms), arguments) {
            let value = self.value(value);
            return Some(Box::new(move |process| {
                let Value::Collection(this) = this(process)? else { return Ok(Value::Undefined) };
                let value = value(process)?;
                process.at = span;
                let added = honest(adder(this, value, Rest(Vec::new())).map(Value::Collection));
                added.map_err(|error| error.at(span))
            }));
        }
        Some(self.call_forms(forms, Some(this), arguments, span))
    }

    /// `4D.File.new(arguments)`
    pub(super) fn built_in_constructor(
        &self,
        class: &'static str,
        arguments: &[Argument],
        span: Span,
    ) -> ValueCode {
        let constructor = self.catalog.class(class).and_then(|class| class.constructor.as_ref());
        match constructor {
            Some(native) => {
                self.call_forms(Forms::new(class, std::slice::from_ref(native)), None, arguments, span)
            }
            None => {
                let message = format!("a 4D.{class} is not made with `new`");
                Box::new(move |_| Err(Error::quatre(5112, message.clone()).at(span)))
            }
        }
    }

    // ---- functions of common shapes ----

    /// The only form of a command, when it is a `fn(A) -> R` of these types and is given as many plain values.
    fn plain<F: Copy + 'static>(&self, id: CommandId) -> Option<F> {
        plain_of::<F>(&self.forms(id)?)
    }

    /// A command that gives an Integer, called directly.
    pub(super) fn integer_command(
        &self,
        id: CommandId,
        arguments: &[Argument],
        span: Span,
    ) -> Option<IntegerCode> {
        let [Argument::Value(argument)] = arguments else {
            return self.any_integer_command(id, arguments, span);
        };
        if argument.type_ == Type::Text
            && let Some(function) = self.plain::<fn(Text) -> i32>(id)
        {
            let argument = self.value(argument);
            return Some(Box::new(move |process| {
                settle(process, &argument, |value| match value {
                    Value::Text(text) => Ok(i64::from(function(text))),
                    _ => Ok(0),
                })
            }));
        }
        self.any_integer_command(id, arguments, span)
    }

    fn any_integer_command(&self, id: CommandId, arguments: &[Argument], span: Span) -> Option<IntegerCode> {
        let forms = self.forms(id)?;
        let code =
            self.direct(&forms, arguments).unwrap_or_else(|| self.call_forms(forms, None, arguments, span));
        Some(Box::new(move |process| settle(process, &code, |value| value_to_integer(value, span))))
    }

    /// A command that gives a Real, called directly.
    pub(super) fn real_command(
        &self,
        id: CommandId,
        arguments: &[Argument],
        _span: Span,
    ) -> Option<RealCode> {
        let [Argument::Value(argument)] = arguments else { return None };
        if !self.is_numeric(argument) && argument.type_ != Type::Variant {
            return None;
        }
        let function = self.plain::<fn(f64) -> f64>(id)?;
        let argument = self.real(argument);
        Some(Box::new(move |process| {
            let x = argument(process);
            function(x)
        }))
    }

    /// A command that gives a Boolean, called directly.
    pub(super) fn boolean_command(
        &self,
        id: CommandId,
        arguments: &[Argument],
        _span: Span,
    ) -> Option<BooleanCode> {
        let [Argument::Value(argument)] = arguments else { return None };
        if argument.type_ != Type::Boolean && !matches!(argument.kind, ExprKind::Binary(..)) {
            return None;
        }
        let function = self.plain::<fn(bool) -> bool>(id)?;
        let argument = self.boolean(argument);
        Some(Box::new(move |process| {
            let b = argument(process);
            !process.failing() && function(b)
        }))
    }

    /// A function that makes an object of names and values, given literal names: an object literal says the same, and
    /// objects made by one literal share their shape.
    fn literal_object(&self, forms: &Forms, arguments: &[Argument]) -> Option<ValueCode> {
        plain_of::<fn(Rest<(Text, Value)>) -> Object>(forms)?;
        let mut members: Vec<(Arc<str>, &Expr)> = Vec::with_capacity(arguments.len() / 2);
        for pair in arguments.chunks(2) {
            let [Argument::Value(name), Argument::Value(value)] = pair else { return None };
            let ExprKind::Literal(Literal::Text(name)) = &name.kind else { return None };
            if members.iter().any(|(known, _)| **known == **name) {
                return None;
            }
            members.push((Arc::from(&**name), value));
        }
        Some(self.object(members.iter().map(|(name, value)| (&**name, *value))))
    }

    /// A command of a common shape as a value.
    fn direct(&self, forms: &Forms, arguments: &[Argument]) -> Option<ValueCode> {
        if let Some(code) = self.literal_object(forms, arguments) {
            return Some(code);
        }
        let [Argument::Value(argument)] = arguments else { return None };
        if self.is_whole(argument)
            && let Some(function) = plain_of::<fn(i32) -> Text>(forms)
        {
            let argument = self.integer(argument);
            return Some(Box::new(move |process| {
                let n = argument(process);
                process.check()?;
                Ok(Value::Text(function(wrap(n))))
            }));
        }
        if self.is_numeric(argument)
            && let Some(function) = plain_of::<fn(f64) -> f64>(forms)
        {
            let argument = self.real(argument);
            return Some(Box::new(move |process| {
                let x = argument(process);
                process.check()?;
                Ok(Value::Real(function(x)))
            }));
        }
        None
    }
}

/// A call whose arguments are all values, as most are: nothing is left out and nothing is written back.
fn call_of_values(forms: Forms, this: Option<ValueCode>, values: Vec<ValueCode>, span: Span) -> ValueCode {
    Box::new(move |process| {
        let mut computed = Arguments::new();
        if let Some(this) = &this {
            computed.push(parameter::Argument::Value(this(process)?));
        }
        for value in &values {
            computed.push(parameter::Argument::Value(value(process)?));
        }
        process.at = span;
        forms.call(process, &mut computed).map_err(|error| error.at(span))
    })
}

/// A function that takes a collection, a value and perhaps more of them, as `push` does.
type Adder = fn(Collection, Value, Rest<Value>) -> Result<Collection>;

fn plain_of<F: Copy + 'static>(forms: &Forms) -> Option<F> {
    let [(callable, _)] = forms.natives.as_slice() else { return None };
    let any: &dyn Any = callable.as_any();
    any.downcast_ref::<Plain<F>>().map(|plain| plain.0)
}

fn compute(process: &mut Process, given: &Given) -> Result<parameter::Argument> {
    Ok(match given {
        Given::Missing => parameter::Argument::Missing,
        Given::Operator(op) => parameter::Argument::Operator(*op),
        Given::Value(code) => parameter::Argument::Value(code(process)?),
        Given::Place { declared, origin: Some(origin), read, .. } => {
            let origin = origin.compute(process)?;
            // What is not here may be in the other process.
            let value = read(process).unwrap_or_default();
            parameter::Argument::Place(Place::of_variable(value, *declared, origin))
        }
        Given::Place { read, declared, .. } => {
            parameter::Argument::Place(Place::new(read(process)?, *declared))
        }
    })
}

/// Gives the variables what the command wrote.
fn write_back(process: &mut Process, given: &[Given], written: &[(usize, Rc<Place>)]) -> Result<()> {
    for (index, place) in written {
        let (Some(value), Some(Given::Place { write, write_array, .. })) =
            (place.written(), given.get(*index))
        else {
            continue;
        };
        let write = if matches!(value, Value::Array(_)) { write_array } else { write };
        write(process, value)?;
    }
    Ok(())
}

/// Calls a function of a built-in class by name, for the plain paths of `runtime::access`.
pub fn call_class_function(
    process: &mut Process,
    name: &'static str,
    syntaxes: &'static [Native],
    this: Value,
    arguments: Vec<Value>,
) -> Result<Value> {
    let mut computed: Arguments = SmallVec::new();
    computed.push(parameter::Argument::Value(this));
    computed.extend(arguments.into_iter().map(parameter::Argument::Value));
    Forms::new(name, syntaxes).call(process, &mut computed)
}
