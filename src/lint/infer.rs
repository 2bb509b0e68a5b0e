//! What an expression holds, as far as declarations prove it: a type, an instance of a class, or a class itself.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use crate::builtin::Special;
use crate::lint::Unit;
use crate::lint::bindings::Bindings;
use crate::lint::shape::MemberKind;
use crate::resolve::types::{result_type, shallow_type};
use crate::syntax::tree::{Expr, ExprKind, Name, TypeName};
use crate::value::Type;
use crate::value::function::ClassId;

/// What a value is known to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Nothing is known.
    #[default]
    Unknown,
    /// A value of a type that is no class.
    Plain(Type),
    /// An instance of a class of the program.
    Instance(ClassId),
    /// A class of the program.
    Class(ClassId),
    /// An instance of a built-in class.
    BuiltIn(&'static str),
    /// A built-in class.
    BuiltInClass(&'static str),
}

/// The commands `File` and `Folder`.
const FILE: u16 = 1566;
const FOLDER: u16 = 1567;

/// What a declaration says.
pub fn kind_of_type(name: &TypeName, unit: &Unit<'_>) -> Kind {
    let environment = unit.facts.environment();
    let path: Vec<&str> = name.path.iter().map(String::as_str).collect();
    match path.as_slice() {
        [store, class] if store.eq_ignore_ascii_case("4D") => built_in(class, unit).map_or_else(
            || Kind::Unknown,
            |name| if name == "Collection" { Kind::Plain(Type::Collection) } else { Kind::BuiltIn(name) },
        ),
        [store, rest @ ..] if store.eq_ignore_ascii_case("cs") => {
            environment.class(rest).map_or(Kind::Unknown, Kind::Instance)
        }
        [_] => {
            let type_ = crate::resolve::types::declared_type(name, environment, &mut Vec::new());
            // An Object may be anything, a Variant too.
            if matches!(type_, Type::Object | Type::Variant) { Kind::Unknown } else { Kind::Plain(type_) }
        }
        _ => Kind::Unknown,
    }
}

/// The name of a built-in class as 4D writes it.
fn built_in(name: &str, unit: &Unit<'_>) -> Option<&'static str> {
    let catalog = unit.facts.environment().catalog();
    catalog
        .class(name)
        .map(|class| class.name)
        .or_else(|| catalog.missing_class(name).map(|class| class.name))
}

/// What an expression holds.
pub fn kind_of_value(expr: &Expr, unit: &Unit<'_>, bindings: &Bindings) -> Kind {
    let environment = unit.facts.environment();
    match &expr.kind {
        ExprKind::Local(name) => bindings
            .get(&name.text)
            .map_or(Kind::Unknown, |local| if local.is_array { Kind::Unknown } else { local.kind.clone() }),
        ExprKind::Paren(inner) => kind_of_value(inner, unit, bindings),
        ExprKind::Command(number, _) => match environment.catalog().special(*number) {
            Some(Special::This) => unit.code.class.map_or(Kind::Unknown, |class| Kind::Instance(class.id)),
            Some(_) => Kind::Unknown,
            None => plain(result_type(*number, environment)),
        },
        ExprKind::Member(base, name) => member(base, name, unit, bindings),
        ExprKind::Call(callee, _) => match &callee.kind {
            ExprKind::Command(FILE, _) => Kind::BuiltIn("File"),
            ExprKind::Command(FOLDER, _) => Kind::BuiltIn("Folder"),
            ExprKind::Command(number, _) => plain(result_type(*number, environment)),
            ExprKind::Member(base, name) => function(base, name, unit, bindings),
            _ => Kind::Unknown,
        },
        ExprKind::Collection(_) => Kind::Plain(Type::Collection),
        ExprKind::Text(_)
        | ExprKind::Number(_)
        | ExprKind::Hexadecimal(_)
        | ExprKind::Date(..)
        | ExprKind::Time(_)
        | ExprKind::Chain(..) => plain(shallow_type(expr, environment)),
        _ => Kind::Unknown,
    }
}

fn plain(type_: Type) -> Kind {
    if matches!(type_, Type::Object | Type::Variant) { Kind::Unknown } else { Kind::Plain(type_) }
}

fn member(base: &Expr, name: &Name, unit: &Unit<'_>, bindings: &Bindings) -> Kind {
    let environment = unit.facts.environment();
    if let ExprKind::Command(number, _) = &base.kind {
        match environment.catalog().special(*number) {
            Some(Special::ClassStore) => {
                return environment.class(&[&name.text]).map_or(Kind::Unknown, Kind::Class);
            }
            Some(Special::BuiltInClasses) => {
                return built_in(&name.text, unit).map_or(Kind::Unknown, Kind::BuiltInClass);
            }
            _ => {}
        }
    }
    if let ExprKind::Member(store, component) = &base.kind
        && let ExprKind::Command(number, _) = &store.kind
        && environment.catalog().special(*number) == Some(Special::ClassStore)
        && environment.is_component(&component.text)
    {
        return environment.class(&[&component.text, &name.text]).map_or(Kind::Unknown, Kind::Class);
    }
    match kind_of_value(base, unit, bindings) {
        Kind::Class(id) if name.text == "me" => Kind::Instance(id),
        Kind::Plain(Type::Collection) if name.text == "length" => Kind::Plain(Type::Integer),
        Kind::Instance(id) => {
            let Some(shape) = unit.facts.shape(id) else { return Kind::Unknown };
            let Some(member) = shape.members.get(name.text.as_str()) else { return Kind::Unknown };
            match member.kind {
                MemberKind::Property | MemberKind::Getter => {
                    // Properties declared as collections are seen to hold entity selections.
                    let kind = member.type_.as_ref().map(|type_| kind_of_type(type_, unit));
                    kind.filter(|kind| *kind != Kind::Plain(Type::Collection)).unwrap_or_default()
                }
                MemberKind::Function | MemberKind::Assigned | MemberKind::Setter => Kind::Unknown,
            }
        }
        Kind::BuiltIn(class) => {
            let property = environment.catalog().class_property(class, &name.text);
            let type_ = property.and_then(|property| property.get.callable()?.result());
            match (class, name.text.as_str()) {
                ("File" | "Folder", "parent") => Kind::BuiltIn("Folder"),
                _ => type_.map_or(Kind::Unknown, plain),
            }
        }
        _ => Kind::Unknown,
    }
}

fn function(base: &Expr, name: &Name, unit: &Unit<'_>, bindings: &Bindings) -> Kind {
    let environment = unit.facts.environment();
    match (kind_of_value(base, unit, bindings), name.text.as_str()) {
        (Kind::Class(id), "new") => Kind::Instance(id),
        (Kind::BuiltInClass(class), "new") => Kind::BuiltIn(class),
        (Kind::BuiltIn("Folder"), "file") => Kind::BuiltIn("File"),
        (Kind::BuiltIn("Folder"), "folder") => Kind::BuiltIn("Folder"),
        (Kind::Instance(id), name) => {
            let Some(shape) = unit.facts.shape(id) else { return Kind::Unknown };
            let Some(member) = shape.members.get(name) else { return Kind::Unknown };
            if member.kind == MemberKind::Function {
                member.type_.as_ref().map_or(Kind::Unknown, |type_| kind_of_type(type_, unit))
            } else {
                Kind::Unknown
            }
        }
        (Kind::Plain(Type::Collection), name) => {
            let function = environment.catalog().class_function("Collection", name);
            let mut types = function.into_iter().flat_map(|function| {
                function.syntaxes.iter().map(|native| native.callable().and_then(|c| c.result()))
            });
            match types.next() {
                Some(Some(first)) if types.all(|type_| type_ == Some(first)) => plain(first),
                _ => Kind::Unknown,
            }
        }
        _ => Kind::Unknown,
    }
}
