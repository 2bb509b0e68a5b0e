//! Static types: what a declaration proves, and what operators make of it.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use crate::builtin::Special;
use crate::builtin::catalog::Entry;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::suggest::nearest;
use crate::resolve::{Environment, problem};
use crate::syntax::operator::{BinaryOp, UnaryOp};
use crate::syntax::tree::{Expr, ExprKind, TypeName};
use crate::value::Type;

/// The types that declarations name.
const TYPES: &[(&str, Type)] = &[
    ("text", Type::Text),
    ("integer", Type::Integer),
    ("real", Type::Real),
    ("boolean", Type::Boolean),
    ("date", Type::Date),
    ("time", Type::Time),
    ("pointer", Type::Pointer),
    ("picture", Type::Picture),
    ("blob", Type::Blob),
    ("object", Type::Object),
    ("collection", Type::Collection),
    ("variant", Type::Variant),
];

/// What a type name in a declaration means; an unknown one is reported and is a Variant.
pub fn declared_type(
    name: &TypeName,
    environment: &dyn Environment,
    diagnostics: &mut Vec<Diagnostic>,
) -> Type {
    let path: Vec<&str> = name.path.iter().map(String::as_str).collect();
    match path.as_slice() {
        [single] => {
            let folded = single.to_lowercase();
            if let Some((_, type_)) = TYPES.iter().find(|(known, _)| *known == folded) {
                return *type_;
            }
            let mut diagnostic =
                problem(2004, format!("there is no type `{single}`"), name.span, "not a type of 4D");
            let known = [
                "Text",
                "Integer",
                "Real",
                "Boolean",
                "Date",
                "Time",
                "Pointer",
                "Picture",
                "Blob",
                "Object",
                "Collection",
                "Variant",
            ];
            if let Some(near) = nearest(single, known) {
                diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
            } else if environment.class(&[single]).is_some() {
                diagnostic = diagnostic.help(format!("a class of the project is written `cs.{single}`"));
            }
            diagnostics.push(diagnostic);
            Type::Variant
        }
        [store, class] if store.eq_ignore_ascii_case("4D") && class.eq_ignore_ascii_case("Collection") => {
            Type::Collection
        }
        _ => Type::Object,
    }
}

/// The type that the initial value of `var $x:=value` gives, seen without resolving it.
pub fn shallow_type(value: &Expr, environment: &dyn Environment) -> Type {
    match &value.kind {
        ExprKind::Number(_) | ExprKind::Hexadecimal(_) => Type::Real,
        ExprKind::Text(_) => Type::Text,
        ExprKind::Date(..) => Type::Date,
        ExprKind::Time(_) => Type::Time,
        ExprKind::Object(_) => Type::Object,
        ExprKind::Collection(_) => Type::Collection,
        ExprKind::Paren(inner) => shallow_type(inner, environment),
        ExprKind::Unary(UnaryOp::PointerTo, _) => Type::Pointer,
        ExprKind::Unary(_, inner) => shallow_type(inner, environment),
        ExprKind::Command(number, _) => command_type(*number, environment),
        ExprKind::Name(name) => method_type(&name.text, environment),
        ExprKind::Call(callee, _) => match &callee.kind {
            ExprKind::Command(number, _) => command_type(*number, environment),
            ExprKind::Name(name) => method_type(&name.text, environment),
            ExprKind::Member(base, name) if name.text == "new" && is_class_path(base, environment) => {
                Type::Object
            }
            _ => Type::Variant,
        },
        ExprKind::Chain(first, rest) => {
            rest.iter().fold(shallow_type(first, environment), |type_, (op, operand)| {
                let other = shallow_type(operand, environment);
                binary_type(op.node, type_, other).unwrap_or(Type::Variant)
            })
        }
        _ => Type::Variant,
    }
}

fn is_class_path(expr: &Expr, environment: &dyn Environment) -> bool {
    match &expr.kind {
        ExprKind::Member(base, _) => is_class_path(base, environment),
        ExprKind::Command(number, _) => matches!(
            environment.catalog().special(*number),
            Some(Special::ClassStore | Special::BuiltInClasses)
        ),
        _ => false,
    }
}

fn command_type(number: u16, environment: &dyn Environment) -> Type {
    match environment.catalog().special(number) {
        Some(Special::True | Special::False | Special::Undefined) => return Type::Boolean,
        Some(Special::Formula) => return Type::Object,
        Some(Special::CountParameters) => return Type::Integer,
        Some(Special::CopyParameters) => return Type::Collection,
        Some(_) => return Type::Variant,
        None => {}
    }
    result_type(number, environment)
}

/// The static type of what a plain command gives: that of all its forms.
pub fn result_type(number: u16, environment: &dyn Environment) -> Type {
    let Some(Entry::Available(command)) = environment.catalog().command(number) else { return Type::Variant };
    let mut types =
        command.syntaxes.iter().map(|native| native.callable().and_then(|callable| callable.result()));
    match types.next() {
        Some(Some(first)) if types.all(|type_| type_ == Some(first)) => first,
        _ => Type::Variant,
    }
}

fn method_type(name: &str, environment: &dyn Environment) -> Type {
    environment.method(name).and_then(|id| environment.signature(id).result).unwrap_or(Type::Variant)
}

fn is_number(type_: Type) -> bool {
    matches!(type_, Type::Integer | Type::Real)
}

/// The static type of `a op b`; `None` when no values of these types can be combined so.
pub fn binary_type(op: BinaryOp, a: Type, b: Type) -> Option<Type> {
    match op {
        BinaryOp::Equal
        | BinaryOp::NotEqual
        | BinaryOp::Less
        | BinaryOp::LessOrEqual
        | BinaryOp::Greater
        | BinaryOp::GreaterOrEqual => comparison(op, a, b),
        BinaryOp::ShortAnd | BinaryOp::ShortOr => Some(if a == b { a } else { Type::Variant }),
        BinaryOp::And | BinaryOp::Or => logical(a, b),
        BinaryOp::Xor
        | BinaryOp::ShiftLeft
        | BinaryOp::ShiftRight
        | BinaryOp::BitSet
        | BinaryOp::BitClear => bits(a, b, Type::Integer),
        BinaryOp::BitTest => bits(a, b, Type::Boolean),
        BinaryOp::Add
        | BinaryOp::Subtract
        | BinaryOp::Multiply
        | BinaryOp::Divide
        | BinaryOp::IntegerDivide
        | BinaryOp::Modulo
        | BinaryOp::Power
        | BinaryOp::ScaleWidth
        | BinaryOp::ScaleHeight => arithmetic(op, a, b),
    }
}

fn comparison(op: BinaryOp, a: Type, b: Type) -> Option<Type> {
    let scalar = |type_| {
        matches!(
            type_,
            Type::Integer | Type::Real | Type::Text | Type::Boolean | Type::Date | Type::Time | Type::Pointer
        )
    };
    let numeric = |type_| matches!(type_, Type::Integer | Type::Real | Type::Time);
    let ordered = !matches!(op, BinaryOp::Equal | BinaryOp::NotEqual);
    if scalar(a) && scalar(b) && a != b && !(numeric(a) && numeric(b)) {
        return None;
    }
    if ordered && [a, b].iter().any(|type_| matches!(type_, Type::Object | Type::Collection | Type::Pointer))
    {
        return None;
    }
    Some(Type::Boolean)
}

fn logical(a: Type, b: Type) -> Option<Type> {
    let number = |type_| matches!(type_, Type::Integer | Type::Real | Type::Time);
    match (a, b) {
        (Type::Boolean, Type::Boolean) => Some(Type::Boolean),
        (a, b) if number(a) && number(b) => Some(Type::Integer),
        (Type::Picture, Type::Picture) => Some(Type::Picture),
        (Type::Variant, _) | (_, Type::Variant) => Some(Type::Variant),
        _ => None,
    }
}

fn bits(a: Type, b: Type, result: Type) -> Option<Type> {
    let number = |type_| matches!(type_, Type::Integer | Type::Real | Type::Time | Type::Variant);
    (number(a) && number(b)).then_some(if a == Type::Variant || b == Type::Variant {
        Type::Variant
    } else {
        result
    })
}

fn arithmetic(op: BinaryOp, a: Type, b: Type) -> Option<Type> {
    use BinaryOp::{Add, Divide, IntegerDivide, Modulo, Multiply, Subtract};
    if a == Type::Variant || b == Type::Variant {
        return Some(Type::Variant);
    }
    match (a, op, b) {
        (Type::Text, Add, Type::Text) => Some(Type::Text),
        (Type::Text, Multiply, b) if is_number(b) => Some(Type::Text),
        // Code of 4D's own components writes the number first too.
        (a, Multiply, Type::Text) if is_number(a) => Some(Type::Text),
        (Type::Text, Modulo, Type::Text) => Some(Type::Boolean),
        (a, Divide | BinaryOp::Power, b) if is_number(a) && is_number(b) => Some(Type::Real),
        (Type::Integer, _, Type::Integer) if !matches!(op, BinaryOp::ScaleWidth | BinaryOp::ScaleHeight) => {
            Some(Type::Integer)
        }
        (a, Add | Subtract | Multiply | IntegerDivide | Modulo, b) if is_number(a) && is_number(b) => {
            Some(Type::Real)
        }
        (Type::Date, Add | Subtract, b) if is_number(b) => Some(Type::Date),
        (Type::Date, Subtract, Type::Date)
        | (Type::Time, _, Type::Integer | Type::Real)
        | (Type::Integer | Type::Real, _, Type::Time) => Some(Type::Variant),
        (Type::Time, _, Type::Time) => Some(Type::Variant),
        (Type::Picture, _, _) => Some(Type::Variant),
        _ => None,
    }
}
