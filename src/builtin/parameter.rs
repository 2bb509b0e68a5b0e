//! What a Rust function may take from 4D: one implementation of [`Take`] a type.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a value of any other type is one and the same case here"
)]

use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::Arc;

use crate::runtime::process::Process;
use crate::syntax::operator::BinaryOp;
use crate::value::array::Array;
use crate::value::blob::Blob;
use crate::value::collection::Collection;
use crate::value::date::Date;
use crate::value::error::{Error, Result};
use crate::value::function::Origin;
use crate::value::instance::{Instance, SharedInstance};
use crate::value::number;
use crate::value::object::Object;
use crate::value::picture::Picture;
use crate::value::pointer::Pointer;
use crate::value::text::Text;
use crate::value::time::Time;
use crate::value::{ArrayType, Type, Value};

/// One argument of a call, as evaluated.
#[derive(Debug, Default)]
pub enum Argument {
    /// Left out: `f(1; ; 3)`.
    #[default]
    Missing,
    /// A value.
    Value(Value),
    /// A variable that the command may write.
    Place(Rc<Place>),
    /// An operator alone: `*`, `>`, `<`.
    Operator(BinaryOp),
}

impl Argument {
    /// The value, of a variable its present one.
    pub fn value(&self) -> Value {
        match self {
            Self::Missing | Self::Operator(_) => Value::Undefined,
            Self::Value(value) => value.clone(),
            Self::Place(place) => place.get(),
        }
    }

    /// Looks at the value without a copy.
    fn is(&self, test: impl FnOnce(&Value) -> bool) -> bool {
        match self {
            Self::Missing | Self::Operator(_) => false,
            Self::Value(value) => test(value),
            Self::Place(place) => test(&place.value.borrow()),
        }
    }
}

/// A variable that a command may write: what it held, and what was written. The caller stores what was written when
/// the command has ended without error.
#[derive(Debug, Default)]
pub struct Place {
    value: RefCell<Value>,
    declared: Type,
    written: Cell<bool>,
    origin: Option<PlaceOrigin>,
}

/// Which variable a place is: for the commands that mean the variable of that name in another process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceOrigin {
    /// The name of the variable, with its `<>` when it is an interprocess variable.
    pub name: String,
    /// The element, when the place is an element of an array.
    pub element: Option<usize>,
}

impl Place {
    /// A variable that holds this value (an array is shared with it) and has this declared type.
    pub fn new(value: Value, declared: Type) -> Rc<Self> {
        Rc::new(Self { value: RefCell::new(value), declared, written: Cell::new(false), origin: None })
    }

    /// The same for a process or interprocess variable, or an element of an array in one.
    pub fn of_variable(value: Value, declared: Type, origin: PlaceOrigin) -> Rc<Self> {
        Rc::new(Self {
            value: RefCell::new(value),
            declared,
            written: Cell::new(false),
            origin: Some(origin),
        })
    }

    /// Which variable it is, when it is one that has a name in other processes too.
    pub fn origin(&self) -> Option<&PlaceOrigin> {
        self.origin.as_ref()
    }

    /// Writes it; the caller of the command stores what was written.
    pub fn set(&self, value: Value) {
        *self.value.borrow_mut() = value;
        self.written.set(true);
    }

    /// What it holds now.
    pub fn get(&self) -> Value {
        self.value.borrow().clone()
    }

    /// What was written, when anything was.
    pub fn written(&self) -> Option<Value> {
        self.written.get().then(|| self.get())
    }
}

/// What a parameter takes: for arity, checks, hints and help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The type, as help shows it: `Text`, `Text, Integer`, `any`, `*`.
    pub name: &'static str,
    /// The static type of the value, Variant when several are taken.
    pub type_: Type,
    /// It may be left out.
    pub optional: bool,
    /// It takes all arguments that remain.
    pub rest: bool,
    /// It must be a variable, which the command may write.
    pub variable: bool,
    /// It is an operator alone.
    pub operator: bool,
    /// The command must know which variable it is: [`Place::origin`].
    pub named: bool,
}

impl Shape {
    const fn value(name: &'static str, type_: Type) -> Self {
        Self { name, type_, optional: false, rest: false, variable: false, operator: false, named: false }
    }
}

/// Whether an argument would be taken.
pub type Accepts = fn(&Argument) -> bool;

/// Whether the parameters of one form take these arguments: how the forms of a builtin are told apart.
pub fn fits(takers: &[(Shape, Accepts)], arguments: &[Argument]) -> bool {
    let mut next = 0;
    for argument in arguments {
        loop {
            let Some((shape, accepts)) = takers.get(next) else { return false };
            if accepts(argument) {
                next += usize::from(!shape.rest);
                break;
            }
            if !shape.optional {
                return false;
            }
            next += 1;
        }
    }
    takers.get(next..).is_none_or(|rest| rest.iter().all(|(shape, _)| shape.optional))
}

/// The arguments of one call, taken from left to right.
pub struct Arguments<'a> {
    command: &'a str,
    names: &'static [&'static str],
    arguments: &'a mut [Argument],
    next: usize,
    parameter: usize,
}

impl<'a> Arguments<'a> {
    /// The arguments of a call of `command`, whose parameters have these names.
    pub fn new(command: &'a str, names: &'static [&'static str], arguments: &'a mut [Argument]) -> Self {
        Self { command, names, arguments, next: 0, parameter: 0 }
    }

    /// The next argument, left in place; `None` past the end.
    pub fn peek(&self) -> Option<&Argument> {
        self.arguments.get(self.next)
    }

    /// Takes the next argument; `Missing` past the end.
    pub fn shift(&mut self) -> Argument {
        let argument = self.arguments.get_mut(self.next).map(std::mem::take).unwrap_or_default();
        self.next += 1;
        argument
    }

    /// How many arguments remain.
    pub fn remaining(&self) -> usize {
        self.arguments.len().saturating_sub(self.next)
    }

    /// 4D's error for an argument of the wrong type.
    #[cold]
    pub fn wrong_type(&self, expected: &str, found: &str) -> Error {
        let name = self.names.get(self.parameter.saturating_sub(1)).or(self.names.last()).unwrap_or(&"");
        let message = if *name == "this" {
            format!("`{}` is a function of a {expected}, not of a value of type {found}", self.command)
        } else {
            format!("parameter `{name}` of `{}` is {expected}, not {found}", self.command)
        };
        Error::types(message)
    }

    /// The error for an argument that is not there.
    #[cold]
    pub fn missing(&self) -> Error {
        let name = self.names.get(self.parameter.saturating_sub(1)).or(self.names.last()).unwrap_or(&"");
        Error::quatre(3004, format!("`{}` needs a value for its parameter `{name}`", self.command))
    }

    /// Fails when arguments remain that no parameter took.
    pub fn finish(&self) -> Result<()> {
        if self.remaining() == 0 {
            return Ok(());
        }
        Err(Error::quatre(3003, format!("too many arguments for `{}`", self.command)))
    }
}

/// The error for an argument of the wrong type, for the builtins that take any value and look at it themselves.
#[cold]
pub fn mismatch(command: &str, parameter: &str, expected: &str, found: &Value) -> Error {
    Error::types(format!("parameter `{parameter}` of `{command}` is {expected}, not {}", found.type_name()))
}

/// A type that a parameter of a builtin may have.
#[diagnostic::on_unimplemented(
    message = "4D cannot pass a `{Self}` to a builtin",
    note = "take Text, i32, f64, bool, Date, Time, Blob, Object, Collection, Array, Pointer, Value, Rc/Arc of an instance, or Option, Rest, Var, OneOf, Star, Order, Callback"
)]
pub trait Take: Sized {
    /// What it takes.
    fn shape() -> Shape;

    /// Whether this argument would be taken: how the forms of a command are told apart.
    fn accepts(argument: &Argument) -> bool;

    /// Takes the next argument.
    fn take(arguments: &mut Arguments<'_>) -> Result<Self>;
}

/// Takes the next argument as one value and converts it.
fn take_value<T>(
    arguments: &mut Arguments<'_>,
    expected: &str,
    convert: impl FnOnce(Value) -> std::result::Result<T, Value>,
) -> Result<T> {
    arguments.parameter += 1;
    let value = match arguments.shift() {
        Argument::Value(value) => value,
        Argument::Place(place) => place.get(),
        Argument::Missing => return Err(arguments.missing()),
        Argument::Operator(op) => return Err(arguments.wrong_type(expected, &format!("the operator `{op}`"))),
    };
    convert(value).map_err(|value| arguments.wrong_type(expected, value.type_name()))
}

macro_rules! take_values {
    ($($type_:ty, $static:ident, $name:literal, $accepts:pat, $convert:expr;)*) => {
        $(impl Take for $type_ {
            fn shape() -> Shape {
                Shape::value($name, Type::$static)
            }
            fn accepts(argument: &Argument) -> bool {
                argument.is(|value| matches!(value, $accepts | Value::Undefined))
            }
            fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
                take_value(arguments, $name, $convert)
            }
        })*
    };
}

fn to_text(value: Value) -> std::result::Result<Text, Value> {
    match value {
        Value::Text(text) => Ok(text),
        Value::Undefined => Ok(Text::default()),
        other => Err(other),
    }
}

fn to_integer(value: Value) -> std::result::Result<i32, Value> {
    match value {
        Value::Integer(n) => Ok(n),
        Value::Real(x) => Ok(number::to_integer(x)),
        Value::Time(time) => Ok(time.seconds()),
        Value::Array(array) => Ok(array.selected()),
        Value::Undefined => Ok(0),
        other => Err(other),
    }
}

fn to_real(value: Value) -> std::result::Result<f64, Value> {
    match value {
        Value::Integer(n) => Ok(f64::from(n)),
        Value::Real(x) => Ok(x),
        Value::Time(time) => Ok(f64::from(time.seconds())),
        Value::Array(array) => Ok(f64::from(array.selected())),
        Value::Undefined => Ok(0.0),
        other => Err(other),
    }
}

fn to_time(value: Value) -> std::result::Result<Time, Value> {
    match value {
        Value::Time(time) => Ok(time),
        Value::Integer(n) => Ok(Time::from_seconds(n)),
        Value::Real(x) => Ok(Time::from_seconds(number::to_integer(x))),
        Value::Undefined => Ok(Time::default()),
        other => Err(other),
    }
}

/// Converts by taking one variant of `Value`, Undefined giving the default.
macro_rules! variant {
    ($variant:ident) => {
        |value| match value {
            Value::$variant(inner) => Ok(inner),
            Value::Undefined => Ok(Default::default()),
            other => Err(other),
        }
    };
    ($variant:ident strict) => {
        |value| if let Value::$variant(inner) = value { Ok(inner) } else { Err(value) }
    };
}

take_values! {
    Text, Text, "Text", Value::Text(_), to_text;
    i32, Integer, "Integer", Value::Integer(_) | Value::Real(_) | Value::Time(_), to_integer;
    f64, Real, "Real", Value::Integer(_) | Value::Real(_) | Value::Time(_), to_real;
    bool, Boolean, "Boolean", Value::Boolean(_), variant!(Boolean);
    Date, Date, "Date", Value::Date(_), variant!(Date);
    Time, Time, "Time", Value::Time(_) | Value::Integer(_) | Value::Real(_), to_time;
    Picture, Picture, "Picture", Value::Picture(_), variant!(Picture);
    Pointer, Pointer, "Pointer", Value::Pointer(_), variant!(Pointer);
}

/// A `4D.Blob` is taken for its bytes.
impl Take for Blob {
    fn shape() -> Shape {
        Shape::value("Blob", Type::Blob)
    }
    fn accepts(argument: &Argument) -> bool {
        argument.is(|value| match value {
            Value::Object(object) => object.as_native::<Self>().is_some(),
            other => matches!(other, Value::Blob(_) | Value::Undefined),
        })
    }
    fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
        take_value(arguments, "Blob", |value| match &value {
            Value::Blob(blob) => Ok(blob.clone()),
            Value::Undefined => Ok(Self::default()),
            Value::Object(object) => object.as_native::<Self>().map(|blob| (*blob).clone()).ok_or(value),
            _ => Err(value),
        })
    }
}

macro_rules! take_references {
    ($($type_:ty, $static:ident, $variant:ident, $name:literal;)*) => {
        $(impl Take for $type_ {
            fn shape() -> Shape {
                Shape::value($name, Type::$static)
            }
            fn accepts(argument: &Argument) -> bool {
                argument.is(|value| matches!(value, Value::$variant(_)))
            }
            fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
                take_value(arguments, $name, variant!($variant strict))
            }
        })*
    };
}

take_references! {
    Object, Object, Object, "Object";
    Collection, Collection, Collection, "Collection";
}

impl Take for Array {
    fn shape() -> Shape {
        Shape { variable: true, ..Shape::value("array", Type::Variant) }
    }
    fn accepts(argument: &Argument) -> bool {
        argument.is(|value| matches!(value, Value::Array(_)))
    }
    fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
        take_value(arguments, "an array", variant!(Array strict))
    }
}

impl Take for Value {
    fn shape() -> Shape {
        Shape::value("any", Type::Variant)
    }
    fn accepts(argument: &Argument) -> bool {
        matches!(argument, Argument::Value(_) | Argument::Place(_))
    }
    fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
        take_value(arguments, "a value", |value| {
            // Outside its own commands an array variable stands for the number of its selected element.
            Ok(if let Value::Array(array) = value { Value::Integer(array.selected()) } else { value })
        })
    }
}

/// Left out, or Null where an object, a collection or a pointer is taken.
impl<T: Take> Take for Option<T> {
    fn shape() -> Shape {
        Shape { optional: true, ..T::shape() }
    }
    fn accepts(argument: &Argument) -> bool {
        matches!(argument, Argument::Missing)
            || T::accepts(argument)
            || argument.is(|value| matches!(value, Value::Null))
    }
    fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
        let shape = T::shape();
        let reference = matches!(shape.type_, Type::Object | Type::Collection | Type::Pointer);
        let (present, shift) = match arguments.peek() {
            None | Some(Argument::Missing) => (false, true),
            // An operator that this parameter is not stays for a later one, and so does a value where a star may stand.
            Some(argument @ Argument::Operator(_)) => (T::accepts(argument), false),
            Some(argument) if shape.operator => (T::accepts(argument), false),
            Some(argument) => (shape.variable || !reference || !argument.is(Value::is_nothing), true),
        };
        if !present {
            arguments.parameter += 1;
            if shift {
                arguments.shift();
            }
            return Ok(None);
        }
        T::take(arguments).map(Some)
    }
}

/// All arguments that remain.
#[derive(Debug)]
pub struct Rest<T>(pub Vec<T>);

impl<T: Take> Take for Rest<T> {
    fn shape() -> Shape {
        Shape { optional: true, rest: true, ..T::shape() }
    }
    fn accepts(argument: &Argument) -> bool {
        T::accepts(argument)
    }
    fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
        let mut all = Vec::with_capacity(arguments.remaining());
        let parameter = arguments.parameter;
        while arguments.remaining() > 0 {
            arguments.parameter = parameter;
            all.push(T::take(arguments)?);
        }
        Ok(Self(all))
    }
}

/// Either type.
#[derive(Debug)]
pub enum OneOf<A, B> {
    /// The first.
    First(A),
    /// The second.
    Second(B),
}

impl<A: Take, B: Take> Take for OneOf<A, B> {
    fn shape() -> Shape {
        let variable = A::shape().variable || B::shape().variable;
        Shape { variable, ..Shape::value(one_of_name(A::shape().name, B::shape().name), Type::Variant) }
    }
    fn accepts(argument: &Argument) -> bool {
        A::accepts(argument) || B::accepts(argument)
    }
    fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
        if arguments.peek().is_some_and(|argument| {
            A::accepts(argument) && !argument.is(|value| matches!(value, Value::Undefined))
        }) {
            return A::take(arguments).map(Self::First);
        }
        if arguments.peek().is_some_and(B::accepts) {
            return B::take(arguments).map(Self::Second);
        }
        let found = arguments.peek().map_or("nothing", |argument| argument.value().type_name());
        arguments.parameter += 1;
        Err(arguments.wrong_type(&format!("{} or {}", A::shape().name, B::shape().name), found))
    }
}

/// The names of both types, for the pairs that builtins use; help needs a text that lives as long as the program.
fn one_of_name(a: &'static str, b: &'static str) -> &'static str {
    match (a, b) {
        ("Integer", "Text") => "Integer, Text",
        ("Text", "Integer") => "Text, Integer",
        ("Text", "Object") => "Text, Object",
        ("Object", "Text") => "Object, Text",
        ("Text", "Blob") => "Text, Blob",
        ("Blob", "Text") => "Blob, Text",
        ("Object", "Collection") => "Object, Collection",
        ("Collection", "Object") => "Collection, Object",
        _ => "any",
    }
}

/// The `*` parameter, present.
#[derive(Clone, Copy, Debug)]
pub struct Star;

/// `>` or `<`: the direction of a sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `>`
    Ascending,
    /// `<`
    Descending,
}

impl Take for Star {
    fn shape() -> Shape {
        Shape { operator: true, ..Shape::value("*", Type::Variant) }
    }
    fn accepts(argument: &Argument) -> bool {
        matches!(argument, Argument::Operator(BinaryOp::Multiply))
    }
    fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
        arguments.parameter += 1;
        if arguments.peek().is_some_and(Self::accepts) {
            arguments.shift();
            return Ok(Self);
        }
        Err(arguments.missing())
    }
}

impl Take for Order {
    fn shape() -> Shape {
        Shape { operator: true, ..Shape::value("> or <", Type::Variant) }
    }
    fn accepts(argument: &Argument) -> bool {
        matches!(argument, Argument::Operator(BinaryOp::Greater | BinaryOp::Less))
    }
    fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
        arguments.parameter += 1;
        match arguments.shift() {
            Argument::Operator(BinaryOp::Greater) => Ok(Self::Ascending),
            Argument::Operator(BinaryOp::Less) => Ok(Self::Descending),
            Argument::Missing | Argument::Value(_) | Argument::Place(_) | Argument::Operator(_) => {
                Err(arguments.missing())
            }
        }
    }
}

/// A variable that the command writes, and may read.
#[derive(Debug)]
pub struct Var<T> {
    place: Rc<Place>,
    command: String,
    type_: PhantomData<T>,
}

impl<T: Take> Var<T> {
    /// What the variable holds, converted.
    pub fn get(&self) -> Result<T> {
        let mut argument = [Argument::Value(self.place.get())];
        T::take(&mut Arguments::new(&self.command, &[""], &mut argument))
    }

    /// What the variable holds, as it is.
    pub fn value(&self) -> Value {
        self.place.get()
    }

    /// The declared type of the variable.
    pub fn declared(&self) -> Type {
        self.place.declared
    }

    /// Writes the variable; the value is converted to its declared type after the command.
    pub fn set(&self, value: impl Into<Value>) {
        *self.place.value.borrow_mut() = value.into();
        self.place.written.set(true);
    }
}

impl Var<Array> {
    /// The array that the variable holds; a variable that holds none becomes an array of this type.
    pub fn array(&self, type_: ArrayType) -> Array {
        if let Value::Array(array) = self.place.get() {
            return array;
        }
        let array = Array::new(type_, 0);
        self.set(Value::Array(array.clone()));
        array
    }
}

impl<T: Take> Take for Var<T> {
    fn shape() -> Shape {
        Shape { variable: true, ..T::shape() }
    }
    fn accepts(argument: &Argument) -> bool {
        matches!(argument, Argument::Place(_))
    }
    fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
        arguments.parameter += 1;
        match arguments.shift() {
            Argument::Place(place) => {
                Ok(Self { place, command: arguments.command.to_owned(), type_: PhantomData })
            }
            Argument::Missing => Err(arguments.missing()),
            Argument::Value(_) | Argument::Operator(_) => {
                Err(arguments.wrong_type("a variable to be written", "an expression"))
            }
        }
    }
}

/// An object or a collection that the command changes; a variable that holds none is given a new one.
#[derive(Debug)]
pub struct Made<T>(pub T);

impl<T: Take + Default + Clone + Into<Value>> Take for Made<T> {
    fn shape() -> Shape {
        Shape { variable: true, ..T::shape() }
    }
    fn accepts(argument: &Argument) -> bool {
        T::accepts(argument) || matches!(argument, Argument::Place(place) if place.get().is_nothing())
    }
    fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
        if let Some(Argument::Place(place)) = arguments.peek()
            && place.get().is_nothing()
        {
            let made = T::default();
            place.set(made.clone().into());
            arguments.parameter += 1;
            arguments.shift();
            return Ok(Self(made));
        }
        T::take(arguments).map(Self)
    }
}

/// Two arguments that belong together, for [`Rest`]: a name and a value.
impl<A: Take, B: Take> Take for (A, B) {
    fn shape() -> Shape {
        Shape { variable: A::shape().variable || B::shape().variable, ..Shape::value("any", Type::Variant) }
    }
    fn accepts(argument: &Argument) -> bool {
        A::accepts(argument) || B::accepts(argument)
    }
    fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
        let first = A::take(arguments)?;
        // Both have the name of the pair in errors.
        arguments.parameter -= 1;
        Ok((first, B::take(arguments)?))
    }
}

/// Code to be called for each element: a formula, or the name of a method.
#[derive(Clone, Debug)]
pub enum Callback {
    /// `Formula(…)`, or another function object.
    Function(Object),
    /// `"my method"`
    Method(Text),
}

impl Callback {
    /// Calls it with one argument and some more; without an allocation when it is a formula that declares them.
    pub fn call_with(&self, process: &mut Process, first: Value, more: &[Value]) -> Result<Value> {
        if let (Self::Function(object), []) = (self, more)
            && let Some(function) = object.as_function()
            && function.captured.is_empty()
            && !matches!(function.origin, Origin::BuiltIn(..))
        {
            let site = process.at;
            let outer = std::mem::replace(&mut process.this, Value::Null);
            let result = process.call_with(function.code, first, site);
            process.this = outer;
            process.at = site;
            return result;
        }
        let mut arguments = Vec::with_capacity(1 + more.len());
        arguments.push(first);
        arguments.extend_from_slice(more);
        self.call(process, arguments)
    }

    /// Calls it; what it is called from is the command that runs.
    pub fn call(&self, process: &mut Process, arguments: Vec<Value>) -> Result<Value> {
        let site = process.at;
        let result = match self {
            Self::Function(object) => match object.as_function() {
                Some(function) => process.call_function(&function, Value::Null, arguments, site),
                None => Err(Error::types("this object is no function")),
            },
            Self::Method(name) => {
                let name = name.to_str();
                match process.runtime.loader.method(&name) {
                    Some(id) => process.call(id, arguments, site),
                    None => Err(Error::quatre(2001, format!("there is no method `{name}`"))),
                }
            }
        };
        // The commands that it ran left their own places there.
        process.at = site;
        result
    }
}

impl Take for Callback {
    fn shape() -> Shape {
        Shape::value("Formula, Text", Type::Variant)
    }
    fn accepts(argument: &Argument) -> bool {
        argument.is(|value| match value {
            Value::Object(object) => object.as_function().is_some(),
            Value::Text(_) => true,
            _ => false,
        })
    }
    fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
        take_value(arguments, "a formula or the name of a method", |value| match value {
            Value::Object(object) if object.as_function().is_some() => Ok(Self::Function(object)),
            Value::Text(name) => Ok(Self::Method(name)),
            other => Err(other),
        })
    }
}

impl<T: Instance> Take for Rc<T> {
    fn shape() -> Shape {
        Shape::value("Object", Type::Object)
    }
    fn accepts(argument: &Argument) -> bool {
        argument.is(
            |value| if let Value::Object(object) = value { object.as_native::<T>().is_some() } else { false },
        )
    }
    fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
        let name = std::any::type_name::<T>();
        let class = name.rsplit("::").next().unwrap_or(name);
        take_value(arguments, &format!("a 4D.{class}"), |value| match &value {
            Value::Object(object) => object.as_native::<T>().ok_or(value),
            _ => Err(value),
        })
    }
}

impl<T: SharedInstance> Take for Arc<T> {
    fn shape() -> Shape {
        Shape::value("Object", Type::Object)
    }
    fn accepts(argument: &Argument) -> bool {
        argument.is(|value| {
            if let Value::Object(object) = value { shared_native::<T>(object).is_some() } else { false }
        })
    }
    fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
        let name = std::any::type_name::<T>();
        let class = name.rsplit("::").next().unwrap_or(name);
        take_value(arguments, &format!("a 4D.{class}"), |value| match &value {
            Value::Object(object) => shared_native::<T>(object).ok_or(value),
            _ => Err(value),
        })
    }
}

/// The instance of a built-in class behind a shared object, when it is a `T`.
fn shared_native<T: SharedInstance>(object: &Object) -> Option<Arc<T>> {
    object.as_shared()?.native()?.into_any().downcast::<T>().ok()
}
