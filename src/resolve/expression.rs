//! Expressions.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use std::sync::Arc;

use crate::builtin::catalog::Entry;
use crate::builtin::{ConstantValue, Special};
use crate::diagnostics::suggest::nearest;
use crate::program::tree::{Assignment, Expr, ExprKind, Literal};
use crate::resolve::types::binary_type;
use crate::resolve::{Near, Resolver, literal, problem};
use crate::source::span::Span;
use crate::syntax::operator::{AssignOp, BinaryOp, UnaryOp};
use crate::syntax::tree as syntax;
use crate::syntax::tree::{ConstantRef, ExprKind as Source, Name};
use crate::value::Type;
use crate::value::date::Date;

/// A chain of more operators than this is kept flat, so that neither generating nor running it goes deep.
const DEEPEST_CHAIN: usize = 200;

impl Resolver<'_> {
    /// An expression whose value is wanted.
    pub fn value(&mut self, expr: &syntax::Expr) -> Expr {
        let span = expr.span;
        match &expr.kind {
            Source::Error => literal(Literal::Undefined, Type::Variant, span),
            Source::Number(x) => literal(Literal::Real(*x), Type::Real, span),
            Source::Hexadecimal(n) => literal(Literal::Integer(*n), Type::Integer, span),
            Source::Text(text) => literal(Literal::Text(Arc::from(text.as_str())), Type::Text, span),
            Source::Date(year, month, day) => self.date(*year, *month, *day, span),
            Source::Time(seconds) => literal(Literal::Time(*seconds), Type::Time, span),
            Source::Local(_) | Source::Parameter(_) | Source::ParameterAt(_) | Source::Interprocess(_) => {
                self.variable(expr)
            }
            Source::Name(name) => self.name(name, span),
            Source::Command(number, name) => self.bare_command(*number, name, span),
            Source::Constant(reference, name) => self.constant(*reference, name),
            Source::Plugin(name) => self.unavailable_plugin(name),
            Source::Table(name, _) | Source::Field(name, ..) => self.table(name, span),
            Source::Object(members) => self.object(members, span),
            Source::Collection(values) => {
                let values = values.iter().map(|value| self.value(value)).collect();
                Expr { kind: ExprKind::Collection(values), type_: Type::Collection, span }
            }
            // The brackets belong to the place: `($a+$b)`.
            Source::Paren(inner) => Expr { span, ..self.value(inner) },
            Source::Unary(op, inner) => self.unary(*op, inner, span),
            Source::Chain(first, rest) => self.chain(first, rest, span),
            Source::Ternary(parts) => self.ternary(parts, span),
            Source::Member(base, name) => self.member(base, name, span),
            Source::Index(base, index) => self.index(base, index, span),
            Source::Character(base, index) => self.character(base, index, span),
            Source::Element(base, index) => self.element(base, index, span),
            Source::Deref(base) => {
                let base = self.value(base);
                Expr { kind: ExprKind::Deref(Box::new(base)), type_: Type::Variant, span }
            }
            Source::Call(callee, arguments) => self.call(callee, arguments, span),
            Source::Try => self
                .raise(problem(1015, "`Try` needs an expression in parentheses", span, "alone here"), span),
        }
    }

    fn date(&mut self, year: i32, month: u32, day: u32, span: Span) -> Expr {
        if year == 0 && month == 0 && day == 0 {
            return literal(Literal::Date(Date::NULL.raw()), Type::Date, span);
        }
        // 4D reads an impossible date as the null date.
        let part = |n: u32| i32::try_from(n).unwrap_or(0);
        let date = Date::from_ymd(year, part(month), part(day)).unwrap_or(Date::NULL);
        literal(Literal::Date(date.raw()), Type::Date, span)
    }

    /// `$x`, `$1`, `${n}`, `<>x`
    fn variable(&mut self, expr: &syntax::Expr) -> Expr {
        let span = expr.span;
        match &expr.kind {
            Source::Local(name) => self.local(&name.text, span),
            Source::Parameter(0) => match self.scope.result() {
                Some(_) => self.local("0", span),
                None => literal(Literal::Undefined, Type::Variant, span),
            },
            Source::Parameter(n) => match self.scope.parameter(*n) {
                Some(id) => Expr { kind: ExprKind::Local(id), type_: self.scope.type_of(id), span },
                None => Expr { kind: ExprKind::Extra(*n), type_: Type::Variant, span },
            },
            Source::ParameterAt(index) => {
                let index = self.value(index);
                Expr { kind: ExprKind::ParameterAt(Box::new(index)), type_: Type::Variant, span }
            }
            Source::Interprocess(name) => {
                let id = self.environment.program().interprocess(&name.text);
                Expr { kind: ExprKind::Interprocess(id), type_: Type::Variant, span }
            }
            _ => literal(Literal::Undefined, Type::Variant, span),
        }
    }

    fn local(&mut self, name: &str, span: Span) -> Expr {
        let id = self.scope.local(name);
        let declared = self.scope.type_of(id);
        // Read as a value, an array is the number of its selected element.
        let type_ = if matches!(declared, Type::Array(_) | Type::Rows(_)) { Type::Integer } else { declared };
        Expr { kind: ExprKind::Local(id), type_, span }
    }

    /// A bare name: a method called without parameters, else a process variable.
    fn name(&mut self, name: &Name, span: Span) -> Expr {
        if let Some(method) = self.environment.method(&name.text) {
            let type_ = self.environment.signature(method).result.unwrap_or(Type::Variant);
            return Expr { kind: ExprKind::CallMethod(method, Vec::new()), type_, span };
        }
        let id = self.environment.program().variable(&name.text);
        Expr { kind: ExprKind::Process(id), type_: Type::Variant, span }
    }

    /// A command without parentheses.
    fn bare_command(&mut self, number: u16, name: &Name, span: Span) -> Expr {
        let kind = match self.environment.catalog().special(number) {
            Some(Special::This) => ExprKind::This,
            Some(Special::Null) => return literal(Literal::Null, Type::Variant, span),
            Some(Special::True) => return literal(Literal::Boolean(true), Type::Boolean, span),
            Some(Special::False) => return literal(Literal::Boolean(false), Type::Boolean, span),
            Some(Special::ClassStore) => ExprKind::ClassStore,
            Some(Special::BuiltInClasses) => ExprKind::BuiltInClasses,
            Some(_) | None => {
                // `level` is a variable where the code gives it a value, even though a command has that name.
                if let Some(id) = self.environment.program().known_variable(&name.text)
                    && !self.has_token(span)
                    && !is_available(self, number)
                {
                    return Expr { kind: ExprKind::Process(id), type_: Type::Variant, span };
                }
                return self.command(number, name, &[], span);
            }
        };
        Expr { kind, type_: Type::Variant, span }
    }

    fn constant(&mut self, reference: ConstantRef, name: &Name) -> Expr {
        let catalog = self.environment.catalog();
        let constant = match reference {
            ConstantRef::Known(id) => catalog.constant(id),
            ConstantRef::Token(theme, index) => catalog.constant_by_token(theme, index),
        };
        let span = name.span;
        let Some(constant) = constant else {
            let message = format!("there is no constant `{}`", name.text);
            return self.raise(problem(2005, message, span, "its token is not known"), span);
        };
        match constant.value {
            ConstantValue::Integer(n) => literal(Literal::Integer(n), Type::Integer, span),
            ConstantValue::Real(x) => literal(Literal::Real(x), Type::Real, span),
            ConstantValue::Text(text) => literal(Literal::Text(Arc::from(text)), Type::Text, span),
            ConstantValue::Unknown => {
                let message = format!("the value of the constant `{}` is not known", constant.name);
                self.raise(problem(9006, message, span, "4D has it, Quatre does not know its value"), span)
            }
        }
    }

    fn unavailable_plugin(&mut self, name: &Name) -> Expr {
        let message = format!("`{}` belongs to a plug-in, and Quatre loads none", name.text);
        self.raise(problem(9007, message, name.span, "a plug-in command"), name.span)
    }

    pub(super) fn table(&mut self, name: &Name, span: Span) -> Expr {
        let message = format!("the table `[{}]` needs a data engine, which Quatre does not have", name.text);
        self.raise(problem(9003, message, span, "a table or a field"), span)
    }

    fn object(&mut self, members: &[(Name, syntax::Expr)], span: Span) -> Expr {
        let mut resolved: Vec<(Arc<str>, Expr)> = Vec::with_capacity(members.len());
        for (name, value) in members {
            let value = self.value(value);
            // The last value wins, at the place of the first.
            match resolved.iter_mut().find(|(known, _)| **known == *name.text) {
                Some(known) => known.1 = value,
                None => resolved.push((Arc::from(name.text.as_str()), value)),
            }
        }
        Expr { kind: ExprKind::Object(resolved), type_: Type::Object, span }
    }

    fn unary(&mut self, op: UnaryOp, inner: &syntax::Expr, span: Span) -> Expr {
        match op {
            UnaryOp::Negate => {
                let operand = self.value(inner);
                match operand.kind {
                    ExprKind::Literal(Literal::Real(x)) => literal(Literal::Real(-x), Type::Real, span),
                    _ if matches!(operand.type_, Type::Integer | Type::Real | Type::Time | Type::Variant) => {
                        let type_ = if operand.type_ == Type::Time { Type::Variant } else { operand.type_ };
                        Expr { kind: ExprKind::Negate(Box::new(operand)), type_, span }
                    }
                    _ => {
                        let message = format!("{} cannot be negated", with_article(operand.type_.name()));
                        self.raise(problem(3001, message, span, ""), span)
                    }
                }
            }
            UnaryOp::Plus => Expr { span, ..self.value(inner) },
            UnaryOp::PointerTo => self.pointer(inner, span),
        }
    }

    fn pointer(&mut self, inner: &syntax::Expr, span: Span) -> Expr {
        if let Source::Table(name, _) | Source::Field(name, ..) = &inner.kind {
            return self.table(name, span);
        }
        // `->name` speaks of the variable, even when a method has that name.
        let target = match &inner.kind {
            Source::Name(name) => {
                let id = self.environment.program().variable(&name.text);
                Expr { kind: ExprKind::Process(id), type_: Type::Variant, span: inner.span }
            }
            Source::Paren(inner) => return self.pointer(inner, span),
            _ => self.value(inner),
        };
        if matches!(
            target.kind,
            ExprKind::Local(_)
                | ExprKind::Process(_)
                | ExprKind::Interprocess(_)
                | ExprKind::Element(..)
                | ExprKind::Deref(_)
                | ExprKind::Raise(_)
        ) {
            return Expr { kind: ExprKind::PointerTo(Box::new(target)), type_: Type::Pointer, span };
        }
        self.raise(
            problem(
                3008,
                "a pointer can only lead to a variable, an array element, a table or a field",
                span,
                "not one of these",
            ),
            span,
        )
    }

    fn chain(
        &mut self,
        first: &syntax::Expr,
        rest: &[(crate::source::span::Spanned<BinaryOp>, syntax::Expr)],
        span: Span,
    ) -> Expr {
        let first = self.value(first);
        if rest.len() > DEEPEST_CHAIN {
            let mut type_ = first.type_;
            let rest = rest
                .iter()
                .map(|(op, operand)| {
                    let operand = self.value(operand);
                    type_ = binary_type(op.node, type_, operand.type_).unwrap_or(Type::Variant);
                    (op.node, operand)
                })
                .collect();
            return Expr { kind: ExprKind::Fold(Box::new(first), rest), type_, span };
        }
        rest.iter().fold(first, |left, (op, operand)| {
            let right = self.value(operand);
            self.binary(left, op.node, right)
        })
    }

    /// `left op right`, or the error that these types cannot be combined so.
    pub(super) fn binary(&mut self, left: Expr, op: BinaryOp, right: Expr) -> Expr {
        let span = left.span.to(right.span);
        if matches!(left.kind, ExprKind::Raise(_)) || matches!(right.kind, ExprKind::Raise(_)) {
            return Expr {
                kind: ExprKind::Binary(op, Box::new(left), Box::new(right)),
                type_: Type::Variant,
                span,
            };
        }
        let Some(type_) = binary_type(op, left.type_, right.type_) else {
            let (a, b) = (left.type_.name(), right.type_.name());
            let mut diagnostic = problem(
                3001,
                format!("`{op}` cannot combine {} {a} and {} {b}", article(a), article(b)),
                span,
                format!("{a} {op} {b}"),
            );
            if op == BinaryOp::Add && (left.type_ == Type::Text || right.type_ == Type::Text) {
                diagnostic = diagnostic.help("`String(…)` makes a Text of a value");
            } else if matches!(left.kind, ExprKind::Binary(..)) && left.type_ == Type::Boolean {
                diagnostic =
                    diagnostic.help("4D computes from left to right: put each comparison in brackets");
            } else if matches!(op, BinaryOp::And | BinaryOp::Or) && left.type_ == Type::Boolean {
                diagnostic = diagnostic.help("put each comparison in brackets: `($a>0) & ($b>0)`");
            }
            return self.raise(diagnostic, span);
        };
        Expr { kind: ExprKind::Binary(op, Box::new(left), Box::new(right)), type_, span }
    }

    fn ternary(&mut self, parts: &[syntax::Expr; 3], span: Span) -> Expr {
        let [condition, then, otherwise] = parts;
        let parts = [self.value(condition), self.value(then), self.value(otherwise)];
        let [_, then, otherwise] = &parts;
        let type_ = if then.type_ == otherwise.type_ { then.type_ } else { Type::Variant };
        Expr { kind: ExprKind::Ternary(Box::new(parts)), type_, span }
    }

    fn member(&mut self, base: &syntax::Expr, name: &Name, span: Span) -> Expr {
        if let Some(class) = self.class_path(base, name, span) {
            return class;
        }
        if let Source::Command(number, _) = base.kind
            && self.environment.catalog().special(number) == Some(Special::Super)
        {
            return Expr {
                kind: ExprKind::SuperMember(Arc::from(name.text.as_str())),
                type_: Type::Variant,
                span,
            };
        }
        if let Source::Table(table, _) | Source::Field(table, ..) = &base.kind {
            return self.table(table, span);
        }
        let base = self.value(base);
        let type_ = if base.type_ == Type::Collection && name.text == "length" {
            Type::Integer
        } else {
            Type::Variant
        };
        if is_scalar(base.type_) {
            let message = format!("{} has no properties", with_article(base.type_.name()));
            return self.raise(problem(3009, message, span, format!("`.{}` read here", name.text)), span);
        }
        Expr { kind: ExprKind::Member(Box::new(base), Arc::from(name.text.as_str())), type_, span }
    }

    /// `cs.Person`, `cs.Package.Person`, `4D.File`
    pub(super) fn class_path(&mut self, base: &syntax::Expr, name: &Name, span: Span) -> Option<Expr> {
        match &base.kind {
            Source::Command(number, _) => match self.environment.catalog().special(*number)? {
                Special::ClassStore => {
                    if self.environment.is_component(&name.text) {
                        return Some(Expr { kind: ExprKind::ClassStore, type_: Type::Variant, span });
                    }
                    Some(self.user_class(&[&name.text], span))
                }
                Special::BuiltInClasses => Some(self.built_in_class(&name.text, span)),
                _ => None,
            },
            Source::Member(store, component) => {
                let Source::Command(number, _) = &store.kind else { return None };
                if self.environment.catalog().special(*number) != Some(Special::ClassStore)
                    || !self.environment.is_component(&component.text)
                {
                    return None;
                }
                Some(self.user_class(&[&component.text, &name.text], span))
            }
            _ => None,
        }
    }

    fn user_class(&mut self, path: &[&str], span: Span) -> Expr {
        if let Some(id) = self.environment.class(path) {
            return Expr { kind: ExprKind::Class(id), type_: Type::Object, span };
        }
        let name = path.join(".");
        if let Some(diagnostic) = self.table_class(&name, span) {
            return self.raise(diagnostic, span);
        }
        let mut diagnostic =
            problem(2003, format!("there is no class `{name}`"), span, "not a class of this project");
        let names = self.environment.class_names();
        if let Some(near) = nearest(&name, names.iter().map(String::as_str)) {
            diagnostic = diagnostic.help(format!("did you mean `cs.{near}`?"));
        }
        self.raise(diagnostic, span)
    }

    /// What is wrong with a class that 4D makes for a table, or may make.
    fn table_class(&self, name: &str, span: Span) -> Option<crate::diagnostics::Diagnostic> {
        match self.environment.is_table_class(name) {
            Some(false) => None,
            Some(true) => {
                let message = format!("the class `{name}` is that of a table, which needs a data engine");
                Some(problem(9003, message, span, "the class of a table"))
            }
            None => {
                let message = format!("there is no class `{name}` here");
                let problem = problem(2003, message, span, "not a class of this project")
                    .note("the tables of the project are not known; it may be the class of one");
                Some(crate::diagnostics::Diagnostic {
                    severity: crate::diagnostics::Severity::Warning,
                    ..problem
                })
            }
        }
    }

    fn built_in_class(&mut self, name: &str, span: Span) -> Expr {
        if let Some(class) = self.environment.catalog().class(name) {
            return Expr { kind: ExprKind::BuiltInClass(class.name), type_: Type::Object, span };
        }
        if let Some(class) = self.environment.catalog().missing_class(name) {
            let (code, message) = class.explain();
            return self.raise(problem(code, message, span, "a class of 4D"), span);
        }
        let mut diagnostic =
            problem(2003, format!("there is no class `4D.{name}`"), span, "not a class of 4D");
        if let Some(near) = nearest(name, self.environment.catalog().class_names()) {
            diagnostic = diagnostic.help(format!("did you mean `4D.{near}`?"));
        }
        self.raise(diagnostic, span)
    }

    fn index(&mut self, base: &syntax::Expr, index: &syntax::Expr, span: Span) -> Expr {
        let base = self.value(base);
        let index = self.value(index);
        if let ExprKind::Local(id) = base.kind
            && matches!(self.scope.type_of(id), Type::Array(_) | Type::Rows(_))
        {
            let diagnostic = problem(3010, "an array is not indexed with `[…]`", span, "an array")
                .help("the elements of an array are numbered from 1: `$a{1}`");
            return self.raise(diagnostic, span);
        }
        if is_scalar(base.type_) {
            let given = with_article(base.type_.name());
            let mut diagnostic = problem(3009, format!("{given} has no elements"), base.span, given);
            if base.type_ == Type::Text {
                diagnostic = diagnostic.help("one character of a Text is written `$text[[n]]`");
            }
            return self.raise(diagnostic, span);
        }
        Expr { kind: ExprKind::Index(Box::new(base), Box::new(index)), type_: Type::Variant, span }
    }

    fn character(&mut self, base: &syntax::Expr, index: &syntax::Expr, span: Span) -> Expr {
        let base = self.value(base);
        let index = self.value(index);
        if !matches!(base.type_, Type::Text | Type::Variant) {
            let message =
                format!("`[[…]]` reads a character of a Text, not of {}", with_article(base.type_.name()));
            return self.raise(problem(3009, message, span, ""), span);
        }
        Expr { kind: ExprKind::Character(Box::new(base), Box::new(index)), type_: Type::Text, span }
    }

    fn element(&mut self, base: &syntax::Expr, index: &syntax::Expr, span: Span) -> Expr {
        let array = self.array(base);
        let index = self.value(index);
        let type_ = self.element_type(&array);
        if array.type_ == Type::Collection {
            let diagnostic = problem(3010, "a collection is not indexed with `{…}`", span, "a collection")
                .help("the elements of a collection are numbered from 0: `$c[0]`");
            return self.raise(diagnostic, span);
        }
        Expr { kind: ExprKind::Element(Box::new(array), Box::new(index)), type_, span }
    }

    /// An expression that stands for a whole array, a blob or a row, not for the number of a selected element.
    fn array(&mut self, base: &syntax::Expr) -> Expr {
        match &base.kind {
            Source::Name(name) => {
                let id = self.environment.program().variable(&name.text);
                Expr { kind: ExprKind::Process(id), type_: Type::Variant, span: base.span }
            }
            Source::Paren(inner) => self.array(inner),
            _ => self.value(base),
        }
    }

    fn element_type(&self, array: &Expr) -> Type {
        match &array.kind {
            ExprKind::Local(id) => match self.scope.type_of(*id) {
                Type::Array(element) => element.element(),
                Type::Blob => Type::Integer,
                _ => Type::Variant,
            },
            ExprKind::Element(base, _) => match &base.kind {
                ExprKind::Local(id) => match self.scope.type_of(*id) {
                    Type::Rows(element) => element.element(),
                    _ => Type::Variant,
                },
                _ => Type::Variant,
            },
            _ => Type::Variant,
        }
    }

    /// What stands left of `:=`.
    pub(super) fn target(&mut self, expr: &syntax::Expr) -> Expr {
        match &expr.kind {
            Source::Name(name) => {
                let id = self.environment.program().variable(&name.text);
                Expr { kind: ExprKind::Process(id), type_: Type::Variant, span: expr.span }
            }
            // No command can be given a value: without a token this name is a variable that happens to share it.
            Source::Command(_, name) | Source::Constant(_, name) if !self.has_token(expr.span) => {
                let id = self.environment.program().variable(&name.text);
                Expr { kind: ExprKind::Process(id), type_: Type::Variant, span: expr.span }
            }
            Source::Paren(inner) => self.target(inner),
            _ => self.value(expr),
        }
    }

    /// Whether a name is written with its token.
    fn has_token(&self, span: Span) -> bool {
        let sources = &self.environment.program().sources;
        sources.get(span.source).is_some_and(|file| file.slice(span).contains(':'))
    }

    /// `target:=value`, checked.
    pub(super) fn assignment(
        &mut self,
        assignment: &syntax::Assignment,
        span: Span,
    ) -> Result<Assignment, Expr> {
        let target = self.target(&assignment.target);
        let value = self.value(&assignment.value);
        if !matches!(
            target.kind,
            ExprKind::Local(_)
                | ExprKind::Extra(_)
                | ExprKind::ParameterAt(_)
                | ExprKind::Process(_)
                | ExprKind::Interprocess(_)
                | ExprKind::Member(..)
                | ExprKind::SuperMember(_)
                | ExprKind::Index(..)
                | ExprKind::Character(..)
                | ExprKind::Element(..)
                | ExprKind::Deref(_)
                | ExprKind::Raise(_)
        ) {
            let diagnostic = problem(
                3011,
                "this cannot be given a value",
                target.span,
                "not a variable, a property or an element",
            );
            return Err(self.raise(diagnostic, span));
        }
        if let Some(error) = self.check_assignment(&target, assignment.op, &value, span) {
            return Err(error);
        }
        Ok(Assignment { target, op: assignment.op, value })
    }

    fn check_assignment(&mut self, target: &Expr, op: AssignOp, value: &Expr, span: Span) -> Option<Expr> {
        let ExprKind::Local(id) = target.kind else { return None };
        let declared = self.scope.type_of(id);
        if matches!(declared, Type::Array(_) | Type::Rows(_)) {
            if op == AssignOp::Assign {
                return None;
            }
            let diagnostic =
                problem(3012, "a compound assignment does not work on an array", target.span, "an array")
                    .help("name an element: `$a{1}+=1`");
            return Some(self.raise(diagnostic, span));
        }
        let given = match op.binary() {
            None => value.type_,
            Some(binary) => match binary_type(binary, declared, value.type_) {
                // A Time plus a number is a number, which a Time variable takes back.
                Some(type_) => type_,
                None => {
                    let (a, b) = (declared.name(), value.type_.name());
                    let message =
                        format!("`{}` cannot combine {} {a} and {} {b}", op.symbol(), article(a), article(b));
                    return Some(self.raise(problem(3001, message, span, ""), span));
                }
            },
        };
        if assignable(declared, given) {
            return None;
        }
        let name = self.scope.info(id).map(|local| Arc::clone(&local.name)).unwrap_or_default();
        let message = format!(
            "`${name}` is {} {}, not {} {}",
            article(declared.name()),
            declared.name(),
            article(given.name()),
            given.name()
        );
        Some(self.raise(
            problem(3002, message, value.span, format!("{} {}", article(given.name()), given.name())),
            span,
        ))
    }
}

/// Whether a value of static type `from` may be given to a variable of type `to`.
pub fn assignable(to: Type, from: Type) -> bool {
    let numeric = |type_| matches!(type_, Type::Integer | Type::Real | Type::Time);
    to == from
        || to == Type::Variant
        || from == Type::Variant
        || (numeric(to) && numeric(from))
        // Bytes become a `4D.Blob` and back.
        || matches!((to, from), (Type::Blob, Type::Object) | (Type::Object, Type::Blob))
        // Both may be Null or Undefined, and a function's declared class says nothing sure.
        || matches!((to, from), (Type::Array(_) | Type::Rows(_), _))
}

fn is_scalar(type_: Type) -> bool {
    matches!(type_, Type::Integer | Type::Real | Type::Boolean | Type::Text | Type::Date | Type::Time)
}

/// A name with its article: `an Object`.
pub fn with_article(word: &str) -> String {
    format!("{} {word}", article(word))
}

/// `a` or `an`.
pub fn article(word: &str) -> &'static str {
    if word.starts_with(['A', 'E', 'I', 'O', 'U', 'a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// How the methods of components that every 4D brings begin, and the components.
const COMPONENTS: &[(&str, &str)] = &[
    ("DatePicker ", "4D Widgets"),
    ("Progress ", "4D Progress"),
    ("SearchPicker ", "4D Widgets"),
    ("SVG_", "4D SVG"),
    ("SVGTool_", "4D SVG"),
    ("TimePicker ", "4D Widgets"),
    ("VP ", "4D View Pro"),
    ("WP ", "4D Write Pro Interface"),
];

/// How the commands of plug-ins begin that are in wide use, and the plug-ins.
const PLUGINS: &[(&str, &str)] = &[
    ("AL_", "AreaList Pro"),
    ("FTP_", "4D Internet Commands"),
    ("IMAP_", "4D Internet Commands"),
    ("IT_", "4D Internet Commands"),
    ("MSG_", "4D Internet Commands"),
    ("NET_", "4D Internet Commands"),
    ("POP3_", "4D Internet Commands"),
    ("PV ", "4D View"),
    ("SMTP_", "4D Internet Commands"),
    ("SR_", "SuperReport Pro"),
    ("TCP_", "4D Internet Commands"),
    ("UDP_", "4D Internet Commands"),
    ("WR ", "4D Write"),
];

/// The error of a name that is no command and no method.
pub fn unknown_name(resolver: &Resolver<'_>, name: &Name) -> crate::diagnostics::Diagnostic {
    let text = &name.text;
    let begins = |start: &str| text.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    if let Some((_, component)) = COMPONENTS.iter().find(|(start, _)| begins(start)) {
        let message = format!("`{text}` belongs to the component {component}, which Quatre does not bring");
        return problem(9020, message, name.span, "a method of a component of 4D");
    }
    let mut diagnostic = problem(
        2001,
        format!("unknown command or method `{text}`"),
        name.span,
        "not a command, a method of this project, or a plug-in",
    );
    let near = resolver.environment.near(text);
    if near.is_none()
        && let Some((_, plugin)) = PLUGINS.iter().find(|(start, _)| begins(start))
    {
        let message = format!("`{text}` belongs to the plug-in {plugin}, which Quatre does not bring");
        return problem(9020, message, name.span, "a command of a plug-in");
    }
    if let Some(Near { name: near, is_method }) = near {
        let kind = if is_method { "method" } else { "command" };
        diagnostic = diagnostic.help(format!("did you mean the {kind} `{near}`?")).fix(
            format!("replace by `{near}`"),
            name.span,
            near,
        );
    }
    diagnostic
}

/// Whether a command can be used here.
pub fn is_available(resolver: &Resolver<'_>, number: u16) -> bool {
    matches!(resolver.environment.catalog().command(number), Some(Entry::Available(_)))
}
