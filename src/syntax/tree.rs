//! The syntax tree: what was written, with its place, before anything is known of its meaning.
//!
//! Structs with named fields, spans everywhere. A binary expression is a flat [`ExprKind::Chain`], because 4D applies
//! its operators from left to right without precedence; so a sum of a hundred thousand terms is not a deep tree.

use crate::source::span::{Span, Spanned};
use crate::syntax::operator::{AssignOp, BinaryOp, UnaryOp};

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// `Sources/Methods/x.4dm` and every other file that is run from its first line on.
    Method(Method),
    /// `Sources/Classes/X.4dm`
    Class(ClassFile),
}

/// A comment, kept for formatters and documentation tools.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comment {
    /// From the first `/` (or backquote) to the last character.
    pub span: Span,
}

/// `//%attributes = {"invisible":true}`: the JSON text, braces included.
pub type Attributes = Spanned<String>;

/// A method file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Method {
    /// The line of attributes.
    pub attributes: Option<Attributes>,
    /// `#DECLARE`, when there is one.
    pub signature: Option<Signature>,
    /// The code.
    pub body: Block,
    /// All comments, in order.
    pub comments: Vec<Comment>,
}

/// A class file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClassFile {
    /// The line of attributes.
    pub attributes: Option<Attributes>,
    /// `Class extends Name`
    pub extends: Option<Name>,
    /// `property a; b : Text`, one entry a name.
    pub properties: Vec<Property>,
    /// `Class constructor`, at most one; a second is reported and kept here too.
    pub constructors: Vec<Function>,
    /// `Function`s, getters and setters, in order.
    pub functions: Vec<Function>,
    /// `Alias name path.to.x`
    pub aliases: Vec<Alias>,
    /// All comments, in order.
    pub comments: Vec<Comment>,
}

/// One name of a `property` line.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// The name.
    pub name: Name,
    /// `: Text`
    pub type_: Option<TypeName>,
    /// `:= value`
    pub value: Option<Expr>,
    /// The whole line.
    pub span: Span,
}

/// `Alias name path.to.x`
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    /// The new name.
    pub name: Name,
    /// The attributes it stands for.
    pub path: Vec<Name>,
    /// `exposed`
    pub exposed: bool,
    /// The whole line.
    pub span: Span,
}

/// What a function of a class is for.
#[derive(Clone, Debug, PartialEq)]
pub enum FunctionKind {
    /// `Function f`
    Plain,
    /// `Function get f`
    Get,
    /// `Function set f`
    Set,
    /// `Function query f`
    Query,
    /// `Function orderBy f`
    OrderBy,
    /// `Function event restrict`, `Function event touched name`: the word after `event`.
    Event(String),
    /// `Class constructor`
    Constructor,
}

/// Words before `Function` or `Class constructor`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers {
    /// `exposed`
    pub exposed: bool,
    /// `local`
    pub local: bool,
    /// `server`
    pub server: bool,
    /// `shared`
    pub shared: bool,
    /// `singleton`
    pub singleton: bool,
    /// `session`, before `singleton`
    pub session: bool,
    /// `onHTTPGet`
    pub on_http_get: bool,
}

/// A function or the constructor of a class.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// What it is for.
    pub kind: FunctionKind,
    /// The words before it.
    pub modifiers: Modifiers,
    /// Its name; of a constructor: `constructor`; of `event restrict`: the attribute, or empty.
    pub name: Name,
    /// Parameters and result.
    pub signature: Signature,
    /// The code.
    pub body: Block,
    /// The heading line.
    pub span: Span,
}

/// `($a : Text; ... : Real) -> $r : Text`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signature {
    /// Named parameters in order.
    pub parameters: Vec<Parameter>,
    /// `...` as the last parameter: `Some(None)` without a type.
    pub variadic: Option<Option<TypeName>>,
    /// `-> $r`
    pub result_name: Option<Name>,
    /// The type of the result, in either form.
    pub result_type: Option<TypeName>,
    /// From `(` or `#DECLARE` to the end.
    pub span: Span,
}

/// `$a : Text`
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The name without `$`; the span covers the `$`.
    pub name: Name,
    /// Its type, Variant when there is none.
    pub type_: Option<TypeName>,
}

/// `Text`, `cs.Person`, `4D.File`, `cs.Package.Name`, as written without tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeName {
    /// One part a dot: `["cs", "Person"]`.
    pub path: Vec<String>,
    /// Where.
    pub span: Span,
}

/// A name as written, without `$`, `<>`, brackets or token.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Name {
    /// The text; words are joined by one blank.
    pub text: String,
    /// Where it stands, sigil and token included.
    pub span: Span,
}

/// A run of statements.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// In order.
    pub statements: Vec<Statement>,
}

/// A statement and its place: of a structure, the heading line.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What it does.
    pub kind: StatementKind,
    /// Where: the logical line, without blanks and comments around it.
    pub span: Span,
}

/// One branch of `Case of`.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// What stands after the colon.
    pub condition: Expr,
    /// The code.
    pub body: Block,
}

/// The word of a `For each` clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoopClause {
    /// `For each (…) While (condition)`
    While,
    /// `For each (…) Until (condition)`
    Until,
}

/// What a statement does.
#[derive(Clone, Debug, PartialEq)]
pub enum StatementKind {
    /// A line that is one expression: a call, or a bare name.
    Expression(Expr),
    /// `target:=value` and its compound forms.
    Assign(Assignment),
    /// `var $a; b; <>c : Text:=value`
    Var(VarDeclaration),
    /// `If (…) … Else … End if`
    If {
        /// The whole expression after `If`.
        condition: Expr,
        /// When true.
        then: Block,
        /// After `Else`.
        otherwise: Option<Block>,
    },
    /// `Case of : (…) … Else … End case`
    CaseOf {
        /// In order.
        branches: Vec<Branch>,
        /// After `Else`.
        otherwise: Option<Block>,
    },
    /// `While (…) … End while`
    While {
        /// Tested before each turn.
        condition: Expr,
        /// The code.
        body: Block,
    },
    /// `Repeat … Until (…)`
    Repeat {
        /// The code.
        body: Block,
        /// Tested after each turn.
        condition: Expr,
    },
    /// `For ($i; start; end; step) … End for`
    For(Box<For>),
    /// `For each ($x; values; begin; end) Until (…) … End for each`
    ForEach(Box<ForEach>),
    /// `Use (shared) … End use`
    Use {
        /// The shared object or collection.
        target: Expr,
        /// The code.
        body: Block,
    },
    /// `Try … Catch … End try`
    Try {
        /// The code tried.
        body: Block,
        /// After `Catch`.
        catch: Option<Block>,
    },
    /// `return`, `return value`
    Return(Option<Expr>),
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `Begin SQL … End SQL`: the text between, as it stands.
    Sql(String),
    /// A line that could not be read; it was reported.
    Error,
}

/// `target:=value`
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// What receives the value.
    pub target: Expr,
    /// How.
    pub op: AssignOp,
    /// The value.
    pub value: Expr,
}

/// `var $a; b : Text:=value`
#[derive(Clone, Debug, PartialEq)]
pub struct VarDeclaration {
    /// `Local`, `Name`, `Interprocess`, `Parameter` or `ParameterAt` expressions.
    pub names: Vec<Expr>,
    /// After the colon.
    pub type_: Option<TypeName>,
    /// After `:=`.
    pub value: Option<Expr>,
}

/// The heading and body of a `For`.
#[derive(Clone, Debug, PartialEq)]
pub struct For {
    /// The counter, any assignable expression.
    pub counter: Expr,
    /// First value.
    pub start: Expr,
    /// Last value.
    pub end: Expr,
    /// Increment, 1 when absent.
    pub step: Option<Expr>,
    /// The code.
    pub body: Block,
}

/// The heading and body of a `For each`.
#[derive(Clone, Debug, PartialEq)]
pub struct ForEach {
    /// The current item, any assignable expression.
    pub item: Expr,
    /// A collection, an object or an entity selection.
    pub values: Expr,
    /// The first position.
    pub begin: Option<Expr>,
    /// The position after the last.
    pub end: Option<Expr>,
    /// `While (…)` or `Until (…)` after the parenthesis.
    pub clause: Option<(LoopClause, Expr)>,
    /// The code.
    pub body: Block,
}

/// An expression and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where, brackets and tokens included.
    pub span: Span,
}

/// Which constant is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConstantRef {
    /// Found by name: the number that the set of known names gave.
    Known(u32),
    /// `:K8:3`, theme and index; wins over the spelling.
    Token(u16, u16),
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// Something that could not be read; it was reported.
    Error,
    /// `12`, `0.5`, `1e3`
    Number(f64),
    /// `0xFF`: a 32-bit Long.
    Hexadecimal(i32),
    /// `"text"` with its escapes resolved.
    Text(String),
    /// `!2024-01-31!`: year, month, day; the null date is all zeros.
    Date(i32, u32, u32),
    /// `?12:30:00?` in seconds.
    Time(i32),
    /// `$name`
    Local(Name),
    /// `$0` the result, `$1`… the parameters.
    Parameter(u32),
    /// `${expression}`
    ParameterAt(Box<Expr>),
    /// `<>name`
    Interprocess(Name),
    /// A name that is no command and no constant: a method, a process variable or a mistake.
    Name(Name),
    /// `ALERT`, `ALERT:C41`, `This`, `True`: resolved by number.
    Command(u16, Name),
    /// `Is text`, `Is text:K8:3`
    Constant(ConstantRef, Name),
    /// `NAME:P12000:42`
    Plugin(Name),
    /// `[Table]`, with its number when tokenised.
    Table(Name, Option<u32>),
    /// `[Table]Field`: the field after the table. Boxed, because the largest variant is what every expression costs.
    Field(Name, Option<u32>, Box<(Name, Option<u32>)>),
    /// `{a: 1; "b c": 2}`
    Object(Vec<(Name, Expr)>),
    /// `[1; 2]`
    Collection(Vec<Expr>),
    /// `(…)`
    Paren(Box<Expr>),
    /// `-$x`, `->$x`
    Unary(UnaryOp, Box<Expr>),
    /// `$a+$b*$c`: the first operand and what follows, from left to right.
    Chain(Box<Expr>, Vec<(Spanned<BinaryOp>, Expr)>),
    /// `condition ? then : otherwise`
    Ternary(Box<[Expr; 3]>),
    /// `base.name`; also `$p->name`, where the base is a `Deref`.
    Member(Box<Expr>, Name),
    /// `base[index]`
    Index(Box<Expr>, Box<Expr>),
    /// `base[[position]]`
    Character(Box<Expr>, Box<Expr>),
    /// `base{index}`
    Element(Box<Expr>, Box<Expr>),
    /// `pointer->`
    Deref(Box<Expr>),
    /// `callee(arguments)`; also a `Try(…)` expression, whose callee is `Try`.
    Call(Box<Expr>, Vec<Argument>),
    /// The word `Try` as the callee of a call.
    Try,
}

/// What stands between two `;` of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// A value or a variable.
    Value(Expr),
    /// Nothing: `f(1; ; 3)`. The span is where it is missing.
    Missing(Span),
    /// An operator alone: `*`, `>`, `<`, `&`, `|`, `#`.
    Operator(Spanned<BinaryOp>),
    /// An operator and a value: `& [T]F=$x`.
    Clause(Spanned<BinaryOp>, Expr),
    /// `$1.result:=$1.value*2` inside `Formula`.
    Assign(Box<Assignment>),
}
