//! The members of a class, read off its text: what is declared, and what its own code gives `This`.
//!
//! Objects of 4D are open: any code may add a property. So a shape also says whether the class adds properties whose
//! names only running can tell.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::builtin::Special;
use crate::builtin::catalog::Catalog;
use crate::source::span::Span;
use crate::syntax::tree::{
    Argument, ClassFile, Expr, ExprKind, Function, FunctionKind, Statement, StatementKind, TypeName,
};
use crate::syntax::visit::{self, Visitor};
use crate::value::function::ClassId;

/// What a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberKind {
    /// `property x`, `Alias x`
    Property,
    /// `Function x`
    Function,
    /// `Function get x`
    Getter,
    /// `Function set x` alone
    Setter,
    /// `This.x:=…` somewhere in the class
    Assigned,
}

/// A member of a class.
#[derive(Clone, Debug)]
pub struct Member {
    /// What it is.
    pub kind: MemberKind,
    /// Its declared type; of a function, that of the result.
    pub type_: Option<TypeName>,
    /// How many arguments a function takes at most; none when it takes any number.
    pub most: Option<usize>,
    /// Where it is declared.
    pub span: Span,
}

/// The members of a class, and of the classes above it.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// The name of the class.
    pub name: String,
    /// By name.
    pub members: BTreeMap<Arc<str>, Member>,
    /// There may be more: the class stands below one that is not known, or adds properties under computed names.
    pub is_open: bool,
    /// How many arguments the constructor takes at most; none when it takes any number.
    pub constructor: Option<usize>,
}

/// Where a class gets the rest of its members from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parent {
    /// From nowhere.
    None,
    /// From a class of the program.
    Class(ClassId),
    /// From something that is not known well enough.
    Open,
}

impl Shape {
    /// The members that the file of a class gives.
    pub fn own(name: &str, file: &ClassFile, catalog: &Catalog) -> Self {
        let mut shape = Self { name: name.to_owned(), ..Self::default() };
        for property in &file.properties {
            shape.add(&property.name.text, MemberKind::Property, property.type_.clone(), property.name.span);
        }
        for alias in &file.aliases {
            shape.add(&alias.name.text, MemberKind::Property, None, alias.name.span);
        }
        for function in &file.functions {
            shape.add_function(function);
        }
        let mut writes = Writes { catalog, shape: &mut shape };
        for function in file.functions.iter().chain(&file.constructors) {
            visit::block(&function.body, &mut writes);
        }
        shape.constructor = file.constructors.first().map_or(Some(usize::MAX), most);
        shape
    }

    fn add_function(&mut self, function: &Function) {
        let (kind, type_) = match &function.kind {
            FunctionKind::Plain => (MemberKind::Function, function.signature.result_type.clone()),
            FunctionKind::Get => (MemberKind::Getter, function.signature.result_type.clone()),
            FunctionKind::Set => (MemberKind::Setter, None),
            FunctionKind::Query | FunctionKind::OrderBy | FunctionKind::Event(_) => return,
            FunctionKind::Constructor => return,
        };
        self.add(&function.name.text, kind, type_, function.name.span);
        if kind == MemberKind::Function
            && let Some(member) = self.members.get_mut(function.name.text.as_str())
        {
            member.most = most(function);
        }
    }

    /// The first declaration wins, but a getter says more than its setter.
    fn add(&mut self, name: &str, kind: MemberKind, type_: Option<TypeName>, span: Span) {
        let member = Member { kind, type_, most: None, span };
        match self.members.get_mut(name) {
            Some(known) if known.kind == MemberKind::Setter && kind == MemberKind::Getter => *known = member,
            Some(known) if known.kind == MemberKind::Assigned && kind != MemberKind::Assigned => {
                *known = member;
            }
            Some(_) => {}
            None => {
                self.members.insert(Arc::from(name), member);
            }
        }
    }

    /// Adds what the class above has.
    pub fn inherit(&mut self, parent: &Self) {
        self.is_open |= parent.is_open;
        for (name, member) in &parent.members {
            self.members.entry(Arc::clone(name)).or_insert_with(|| member.clone());
        }
    }
}

/// How many arguments a function takes at most; none when its code takes what it gets.
fn most(function: &Function) -> Option<usize> {
    struct Counts(bool);
    impl Visitor for Counts {
        fn expression(&mut self, expr: &Expr) -> bool {
            self.0 |= match &expr.kind {
                ExprKind::ParameterAt(_) => true,
                ExprKind::Parameter(n) => *n > 0,
                ExprKind::Command(_, name) => {
                    let name = name.text.to_lowercase();
                    name == "count parameters" || name == "copy parameters"
                }
                _ => false,
            };
            true
        }
    }
    let mut counts = Counts(function.signature.variadic.is_some());
    visit::block(&function.body, &mut counts);
    (!counts.0).then_some(function.signature.parameters.len())
}

/// Finds what code gives `This`.
struct Writes<'a> {
    catalog: &'a Catalog,
    shape: &'a mut Shape,
}

/// `OB SET`
const OB_SET: u16 = 1220;

impl Writes<'_> {
    fn is_this(&self, expr: &Expr) -> bool {
        matches!(expr.kind, ExprKind::Command(number, _) if self.catalog.special(number) == Some(Special::This))
    }

    fn target(&mut self, target: &Expr) {
        match &target.kind {
            ExprKind::Member(base, name) if self.is_this(base) => {
                self.shape.add(&name.text, MemberKind::Assigned, None, name.span);
            }
            ExprKind::Index(base, index) if self.is_this(base) => match &index.kind {
                ExprKind::Text(name) => self.shape.add(name, MemberKind::Assigned, None, index.span),
                _ => self.shape.is_open = true,
            },
            _ => {}
        }
    }
}

impl Visitor for Writes<'_> {
    fn statement(&mut self, statement: &Statement) {
        match &statement.kind {
            StatementKind::Assign(assignment) => self.target(&assignment.target),
            StatementKind::For(source) => self.target(&source.counter),
            StatementKind::ForEach(source) => self.target(&source.item),
            _ => {}
        }
    }

    fn expression(&mut self, expr: &Expr) -> bool {
        let ExprKind::Call(callee, arguments) = &expr.kind else { return true };
        for argument in arguments {
            match argument {
                Argument::Assign(assignment) => self.target(&assignment.target),
                // What gets the object as a whole may give it anything.
                Argument::Value(value) if self.is_this(value) => match &callee.kind {
                    ExprKind::Command(OB_SET, _) => self.pairs(arguments),
                    ExprKind::Command(..) => {}
                    _ => self.shape.is_open = true,
                },
                _ => {}
            }
        }
        true
    }
}

impl Writes<'_> {
    /// `OB SET(This; "name"; value; …)`
    fn pairs(&mut self, arguments: &[Argument]) {
        for argument in arguments.iter().skip(1).step_by(2) {
            match argument {
                Argument::Value(Expr { kind: ExprKind::Text(name), span }) => {
                    self.shape.add(name, MemberKind::Assigned, None, *span);
                }
                _ => self.shape.is_open = true,
            }
        }
    }
}
