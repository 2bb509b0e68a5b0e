//! The resolved program: names have become slots and numbers, expressions have static types. Plain data that all
//! processes share; each generates its own closures from it.

use std::sync::Arc;

use crate::diagnostics::Diagnostic;
use crate::program::ids::{CommandId, InterprocessId, LocalId, Slot, VariableId};
use crate::source::span::{SourceId, Span};
use crate::syntax::operator::{AssignOp, BinaryOp};
use crate::syntax::tree::LoopClause;
use crate::value::function::{ClassId, MethodId};
use crate::value::{ArrayType, Type};

/// A unit of code: a method, a function of a class, a formula, a snippet.
#[derive(Clone, Debug)]
pub struct Method {
    /// Its name, as call chains show it.
    pub name: String,
    /// The file it stands in.
    pub source: SourceId,
    /// Declared parameters, in order.
    pub parameters: Vec<Parameter>,
    /// The type of the parameters that follow, when more are declared.
    pub variadic: Option<Type>,
    /// The result, when there is one.
    pub result: Option<LocalId>,
    /// All locals, parameters and result among them.
    pub locals: Vec<Local>,
    /// Words of the unboxed part of the frame.
    pub words: u32,
    /// Values of the other part.
    pub values: u32,
    /// The code.
    pub body: Vec<Statement>,
    /// The code is a function of this class.
    pub class: Option<ClassId>,
    /// It is a constructor.
    pub constructor: bool,
    /// It is a `shared Function`: it runs inside `Use (This)`.
    pub shared: bool,
}

/// A declared parameter.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Where it lives.
    pub local: LocalId,
    /// Its declared type.
    pub type_: Type,
}

/// A local variable.
#[derive(Clone, Debug)]
pub struct Local {
    /// Its name without `$`, as first written.
    pub name: Arc<str>,
    /// Its declared type, Variant when it has none.
    pub type_: Type,
    /// Declared anywhere in the code.
    pub declared: bool,
    /// Where it lives.
    pub home: Home,
}

/// Where a local lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// Unboxed, an `i32` in a word.
    Integer(Slot),
    /// Unboxed, an `f64` in a word.
    Real(Slot),
    /// Unboxed, 0 or 1 in a word.
    Boolean(Slot),
    /// As a value.
    Value(Slot),
    /// As a value that holds a variable, because pointers may refer to it.
    Variable(Slot),
}

/// What another unit of code must know to call this one.
#[derive(Clone, Debug, Default)]
pub struct Signature {
    /// The names and types of declared parameters.
    pub parameters: Vec<(Arc<str>, Type)>,
    /// The type of the parameters that follow, when more are declared.
    pub variadic: Option<Type>,
    /// The declared type of the result: Variant when none is declared but `$0` or `return` may give one.
    pub result: Option<Type>,
    /// Parameters beyond the declared ones are welcome (`${n}`, `Count parameters`, or nothing declared at all).
    pub open: bool,
}

/// A statement and its place.
#[derive(Clone, Debug)]
pub struct Statement {
    /// What it does.
    pub kind: StatementKind,
    /// Where.
    pub span: Span,
}

/// What a statement does.
#[derive(Clone, Debug)]
pub enum StatementKind {
    /// Computes and forgets.
    Expression(Expr),
    /// `target:=value`
    Assign(Assignment),
    /// `var` of a process or interprocess variable: takes its type. Locals are declared by their slot alone.
    Declare(Expr, Type),
    /// `If`
    If(Expr, Vec<Statement>, Vec<Statement>),
    /// `Case of`
    CaseOf(Vec<(Expr, Vec<Statement>)>, Vec<Statement>),
    /// `While`
    While(Expr, Vec<Statement>),
    /// `Repeat`
    Repeat(Vec<Statement>, Expr),
    /// `For`
    For(Box<For>),
    /// `For each`
    ForEach(Box<ForEach>),
    /// `Use`
    Use(Expr, Vec<Statement>),
    /// `Try`
    Try(Vec<Statement>, Vec<Statement>),
    /// `return`
    Return(Option<Expr>),
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// A line that cannot be executed: reaching it is this error.
    Raise(Box<Diagnostic>),
}

/// `target:=value`
#[derive(Clone, Debug)]
pub struct Assignment {
    /// What receives the value.
    pub target: Expr,
    /// How.
    pub op: AssignOp,
    /// The value.
    pub value: Expr,
}

/// `For`
#[derive(Clone, Debug)]
pub struct For {
    /// The counter.
    pub counter: Expr,
    /// First value.
    pub start: Expr,
    /// Last value.
    pub end: Expr,
    /// Increment.
    pub step: Option<Expr>,
    /// The code.
    pub body: Vec<Statement>,
}

/// `For each`
#[derive(Clone, Debug)]
pub struct ForEach {
    /// The current item.
    pub item: Expr,
    /// What is gone through.
    pub values: Expr,
    /// The first position.
    pub begin: Option<Expr>,
    /// The position after the last.
    pub end: Option<Expr>,
    /// A condition to go on or to stop.
    pub clause: Option<(LoopClause, Expr)>,
    /// The code.
    pub body: Vec<Statement>,
}

/// An expression: what it computes, its static type, its place.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it computes.
    pub kind: ExprKind,
    /// The type that its value certainly has; Variant when that is not known.
    pub type_: Type,
    /// Where.
    pub span: Span,
}

/// A value written in the code.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `Null`
    Null,
    /// What stands for a value that is not there.
    Undefined,
    /// `True`
    Boolean(bool),
    /// A hexadecimal literal or a constant.
    Integer(i32),
    /// `12.5`
    Real(f64),
    /// `"text"`
    Text(Arc<str>),
    /// `!2024-01-31!`, as `Date::raw` gives it.
    Date(i32),
    /// `?12:30:00?` in seconds.
    Time(i32),
}

/// One argument of a command.
#[derive(Clone, Debug)]
pub enum Argument {
    /// A value.
    Value(Expr),
    /// A variable that the command may write.
    Place(Expr),
    /// Left out.
    Missing,
    /// An operator alone.
    Operator(BinaryOp),
}

/// What an expression computes.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A value written in the code.
    Literal(Literal),
    /// `$x`, a declared parameter, the result.
    Local(LocalId),
    /// `$n` past the declared parameters.
    Extra(u32),
    /// `${n}`
    ParameterAt(Box<Expr>),
    /// A process variable.
    Process(VariableId),
    /// An interprocess variable.
    Interprocess(InterprocessId),
    /// `This`
    This,
    /// `$a+$b`
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// A long chain of operators, from left to right, kept flat.
    Fold(Box<Expr>, Vec<(BinaryOp, Expr)>),
    /// `-$x`
    Negate(Box<Expr>),
    /// `condition ? then : otherwise`
    Ternary(Box<[Expr; 3]>),
    /// `base.name`
    Member(Box<Expr>, Arc<str>),
    /// `base[index]`
    Index(Box<Expr>, Box<Expr>),
    /// `base[[position]]`
    Character(Box<Expr>, Box<Expr>),
    /// `array{index}`; the base is an array variable, a row or what a pointer leads to.
    Element(Box<Expr>, Box<Expr>),
    /// `->place`
    PointerTo(Box<Expr>),
    /// `pointer->`
    Deref(Box<Expr>),
    /// `{a: 1}`
    Object(Vec<(Arc<str>, Expr)>),
    /// `[1; 2]`
    Collection(Vec<Expr>),
    /// A method by its number; a missing argument is `None`.
    CallMethod(MethodId, Vec<Option<Expr>>),
    /// `base.name(arguments)`
    CallMember(Box<Expr>, Arc<str>, Vec<Argument>),
    /// `base[index](arguments)` and every other call of a function value.
    CallValue(Box<Expr>, Vec<Argument>),
    /// `Super(arguments)`
    SuperConstructor(Vec<Argument>),
    /// `Super.name(arguments)`
    SuperFunction(Arc<str>, Vec<Argument>),
    /// `Super.name`
    SuperMember(Arc<str>),
    /// A command.
    Command(CommandId, Vec<Argument>),
    /// `cs.Person`
    Class(ClassId),
    /// `4D.File`
    BuiltInClass(&'static str),
    /// `cs`
    ClassStore,
    /// `4D`
    BuiltInClasses,
    /// `Formula(…)`: the code and, for each local that it refers to, the local here and its place there.
    Formula(MethodId, Vec<(LocalId, LocalId)>, Arc<str>),
    /// `Undefined(expression)`
    IsUndefined(Box<Expr>),
    /// `Type(variable)` where only running can tell.
    TypeOf(Box<Expr>),
    /// `ASSERT(condition; message)`; true of `Asserted`, whose value is the condition.
    Assert(Box<Expr>, Option<Box<Expr>>, bool),
    /// `ARRAY TEXT(place; rows; columns)`
    DeclareArray(ArrayType, Box<Expr>, Box<Expr>, Option<Box<Expr>>),
    /// `Count parameters`
    CountParameters,
    /// `Copy parameters({start})`
    CopyParameters(Option<Box<Expr>>),
    /// `Try(expression)`
    Try(Box<Expr>),
    /// An assignment used as an expression, inside a formula.
    Assign(Box<Assignment>),
    /// An expression that cannot be computed: reaching it is this error.
    Raise(Box<Diagnostic>),
}
