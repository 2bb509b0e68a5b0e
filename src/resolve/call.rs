//! Calls: of methods, commands, functions of objects, and what stands in their parentheses.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these matches look for special shapes; everything else takes the general path"
)]

use std::sync::Arc;

use crate::builtin::Special;
use crate::builtin::catalog::Entry;
use crate::builtin::native::Native;
use crate::builtin::parameter::Shape;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::ids::{CommandId, LocalId};
use crate::program::tree::{Argument, Expr, ExprKind, Method, Signature, Statement, StatementKind};
use crate::resolve::expression::{article, assignable, unknown_name};
use crate::resolve::scope::Scope;
use crate::resolve::types::result_type;
use crate::resolve::{Code4D, Resolver, problem};
use crate::source::span::Span;
use crate::syntax::tree as syntax;
use crate::syntax::tree::{ExprKind as Source, Name};
use crate::syntax::visit::{self, Visitor};
use crate::value::Type;
use crate::value::function::MethodId;

impl Resolver<'_> {
    /// `callee(arguments)`
    pub(super) fn call(&mut self, callee: &syntax::Expr, arguments: &[syntax::Argument], span: Span) -> Expr {
        match &callee.kind {
            Source::Command(number, name) => self.command(*number, name, arguments, span),
            Source::Name(name) => self.method_call(name, arguments, span),
            Source::Try => self.try_expression(arguments, span),
            Source::Member(base, name) => self.member_call(base, name, arguments, span),
            Source::Plugin(_) => {
                self.look_at(arguments);
                self.value(callee)
            }
            _ => {
                let callee = self.value(callee);
                let arguments = self.plain_arguments(arguments);
                Expr { kind: ExprKind::CallValue(Box::new(callee), arguments), type_: Type::Variant, span }
            }
        }
    }

    fn try_expression(&mut self, arguments: &[syntax::Argument], span: Span) -> Expr {
        let [syntax::Argument::Value(inner)] = arguments else {
            return self.raise(problem(1015, "`Try(…)` takes one expression", span, ""), span);
        };
        let inner = self.value(inner);
        Expr { kind: ExprKind::Try(Box::new(inner)), type_: Type::Variant, span }
    }

    fn method_call(&mut self, name: &Name, arguments: &[syntax::Argument], span: Span) -> Expr {
        let Some(id) = self.environment.method(&name.text) else {
            let diagnostic = unknown_name(self, name);
            self.look_at(arguments);
            return self.raise(diagnostic, span);
        };
        let signature = self.environment.signature(id);
        let mut resolved = Vec::with_capacity(arguments.len());
        for (index, argument) in arguments.iter().enumerate() {
            let value = match argument {
                syntax::Argument::Value(expr) => Some(self.value(expr)),
                syntax::Argument::Missing(_) => None,
                syntax::Argument::Assign(assignment) => Some(self.assign_expression(assignment, span)),
                syntax::Argument::Operator(op) | syntax::Argument::Clause(op, _) => {
                    let message =
                        format!("the method `{}` cannot be given the operator `{}`", name.text, op.node);
                    Some(self.raise(problem(3005, message, op.span, ""), op.span))
                }
            };
            if let Some(error) =
                value.as_ref().and_then(|value| self.check_argument(name, &signature, index, value, span))
            {
                return error;
            }
            resolved.push(value);
        }
        Expr {
            kind: ExprKind::CallMethod(id, resolved),
            type_: signature.result.unwrap_or(Type::Variant),
            span,
        }
    }

    fn check_argument(
        &mut self,
        name: &Name,
        signature: &Signature,
        index: usize,
        value: &Expr,
        span: Span,
    ) -> Option<Expr> {
        let (parameter, type_) = match signature.parameters.get(index) {
            Some((parameter, type_)) => (Some(parameter), *type_),
            None => (None, signature.variadic?),
        };
        if assignable(type_, value.type_) {
            return None;
        }
        let (wanted, given) = (type_.name(), value.type_.name());
        let subject = parameter
            .map_or_else(|| "this parameter".to_owned(), |parameter| format!("the parameter `${parameter}`"));
        let message = format!(
            "{subject} of `{}` is {} {wanted}, not {} {given}",
            name.text,
            article(wanted),
            article(given)
        );
        Some(self.raise(problem(3002, message, value.span, format!("{} {given}", article(given))), span))
    }

    fn member_call(
        &mut self,
        base: &syntax::Expr,
        name: &Name,
        arguments: &[syntax::Argument],
        span: Span,
    ) -> Expr {
        if let Source::Command(number, _) = base.kind
            && self.environment.catalog().special(number) == Some(Special::Super)
        {
            let arguments = self.plain_arguments(arguments);
            let kind = ExprKind::SuperFunction(Arc::from(name.text.as_str()), arguments);
            return Expr { kind, type_: Type::Variant, span };
        }
        if let Source::Table(table, _) | Source::Field(table, ..) = &base.kind {
            return self.table(table, span);
        }
        let base = self.value(base);
        let arguments = self.plain_arguments(arguments);
        let kind = ExprKind::CallMember(Box::new(base), Arc::from(name.text.as_str()), arguments);
        Expr { kind, type_: Type::Variant, span }
    }

    /// The arguments of a call whose callee is known only when it runs.
    fn plain_arguments(&mut self, arguments: &[syntax::Argument]) -> Vec<Argument> {
        arguments
            .iter()
            .map(|argument| match argument {
                syntax::Argument::Value(expr) => Argument::Value(self.value(expr)),
                syntax::Argument::Missing(_) => Argument::Missing,
                syntax::Argument::Operator(op) | syntax::Argument::Clause(op, _) => {
                    Argument::Operator(op.node)
                }
                syntax::Argument::Assign(assignment) => {
                    let span = assignment.target.span;
                    Argument::Value(self.assign_expression(assignment, span))
                }
            })
            .collect()
    }

    /// Finds what is wrong in the arguments of a call that cannot be made.
    fn look_at(&mut self, arguments: &[syntax::Argument]) {
        for argument in arguments {
            match argument {
                syntax::Argument::Value(expr) if is_place(expr) => drop(self.target(expr)),
                syntax::Argument::Value(expr) | syntax::Argument::Clause(_, expr) => drop(self.value(expr)),
                syntax::Argument::Assign(assignment) => {
                    let span = assignment.target.span;
                    drop(self.assign_expression(assignment, span));
                }
                syntax::Argument::Missing(_) | syntax::Argument::Operator(_) => {}
            }
        }
    }

    /// The same of a query, in whose arguments the first comparison belongs to the command: what stands behind it is
    /// a value of its own.
    fn look_at_query(&mut self, arguments: &[syntax::Argument]) {
        for argument in arguments {
            if let syntax::Argument::Value(expr) | syntax::Argument::Clause(_, expr) = argument
                && let Source::Chain(first, rest) = &expr.kind
                && let Some(((_, operand), rest)) = rest.split_first()
            {
                drop(self.value(first));
                let value = match rest.last() {
                    None => operand.clone(),
                    Some((_, last)) => syntax::Expr {
                        kind: Source::Chain(Box::new(operand.clone()), rest.to_vec()),
                        span: operand.span.to(last.span),
                    },
                };
                drop(self.value(&value));
            } else {
                self.look_at(std::slice::from_ref(argument));
            }
        }
    }

    fn assign_expression(&mut self, assignment: &syntax::Assignment, span: Span) -> Expr {
        match self.assignment(assignment, span) {
            Ok(assignment) => {
                Expr { kind: ExprKind::Assign(Box::new(assignment)), type_: Type::Variant, span }
            }
            Err(error) => error,
        }
    }

    /// A command with its arguments.
    pub(super) fn command(
        &mut self,
        number: u16,
        name: &Name,
        arguments: &[syntax::Argument],
        span: Span,
    ) -> Expr {
        match self.environment.catalog().command(number) {
            None => {
                self.look_at(arguments);
                let message = format!("there is no command with the number {number} (`{}`)", name.text);
                self.raise(problem(2002, message, name.span, "its token is not known"), span)
            }
            Some(Entry::Unavailable(command)) => {
                if QUERIES.contains(&number) {
                    self.look_at_query(arguments);
                } else {
                    self.look_at(arguments);
                }
                let (code, message) = command.reason.explain(command.name);
                self.raise(problem(code, message, name.span, "a command of 4D"), span)
            }
            Some(Entry::Available(command)) => {
                if let Some(special) = self.environment.catalog().special(number) {
                    return self.special(special, name, arguments, span);
                }
                self.plain_command(command.name, CommandId(number), command.syntaxes, arguments, span)
            }
        }
    }

    fn plain_command(
        &mut self,
        name: &'static str,
        id: CommandId,
        syntaxes: &'static [Native],
        arguments: &[syntax::Argument],
        span: Span,
    ) -> Expr {
        let shapes: Vec<Vec<Shape>> = syntaxes
            .iter()
            .filter_map(|native| native.callable().map(|callable| callable.parameters()))
            .collect();
        let fitting: Vec<Vec<Shape>> = shapes.iter().filter_map(|shapes| align(shapes, arguments)).collect();
        if fitting.is_empty() {
            let diagnostic = wrong_count(name, syntaxes, &shapes, arguments, span);
            return self.raise(diagnostic, span);
        }
        let mut resolved = Vec::with_capacity(arguments.len());
        for (index, argument) in arguments.iter().enumerate() {
            let taken: Vec<Shape> = fitting.iter().filter_map(|shapes| shapes.get(index).copied()).collect();
            match self.command_argument(name, argument, &taken, span) {
                Ok(argument) => resolved.push(argument),
                Err(error) => return error,
            }
        }
        Expr { kind: ExprKind::Command(id, resolved), type_: result_type(id.0, self.environment), span }
    }

    fn command_argument(
        &mut self,
        name: &str,
        argument: &syntax::Argument,
        taken: &[Shape],
        span: Span,
    ) -> Result<Argument, Expr> {
        match argument {
            syntax::Argument::Missing(_) => Ok(Argument::Missing),
            syntax::Argument::Operator(op) => Ok(Argument::Operator(op.node)),
            syntax::Argument::Clause(op, _) => {
                let message = format!("`{name}` cannot be given a comparison that begins with `{}`", op.node);
                Err(self.raise(problem(3005, message, op.span, ""), span))
            }
            syntax::Argument::Assign(assignment) => {
                Ok(Argument::Value(self.assign_expression(assignment, span)))
            }
            syntax::Argument::Value(expr) if taken.iter().any(|shape| shape.variable) && is_place(expr) => {
                Ok(Argument::Place(self.target(expr)))
            }
            syntax::Argument::Value(expr) => {
                let value = self.value(expr);
                if !taken.is_empty() && taken.iter().all(|shape| !passable(shape.type_, value.type_)) {
                    let wanted = taken.first().map_or("any", |shape| shape.name);
                    let given = value.type_.name();
                    let message = format!(
                        "`{name}` takes {} {wanted} here, not {} {given}",
                        article(wanted),
                        article(given)
                    );
                    let mut diagnostic = Diagnostic::error(Code::Native(54), message)
                        .at(value.span, format!("{} {given}", article(given)));
                    if wanted == "Text" {
                        diagnostic = diagnostic.help("`String(…)` makes a Text of a value");
                    }
                    return Err(self.raise(diagnostic, span));
                }
                Ok(Argument::Value(value))
            }
        }
    }

    fn special(&mut self, special: Special, name: &Name, arguments: &[syntax::Argument], span: Span) -> Expr {
        let values: Vec<&syntax::Expr> = arguments
            .iter()
            .filter_map(
                |argument| if let syntax::Argument::Value(expr) = argument { Some(expr) } else { None },
            )
            .collect();
        match special {
            Special::Super => {
                let arguments = self.plain_arguments(arguments);
                Expr { kind: ExprKind::SuperConstructor(arguments), type_: Type::Variant, span }
            }
            Special::Formula => self.formula(arguments, span),
            Special::Undefined => match values.as_slice() {
                [inner] => {
                    let inner = self.target(inner);
                    Expr { kind: ExprKind::IsUndefined(Box::new(inner)), type_: Type::Boolean, span }
                }
                _ => self.wrong_special(name, "one expression", span),
            },
            Special::Type => match values.as_slice() {
                [inner] => self.type_of(inner, span),
                _ => self.wrong_special(name, "one variable", span),
            },
            Special::Assert | Special::Asserted => match values.as_slice() {
                [condition] => self.assert(condition, None, special, span),
                [condition, message] => self.assert(condition, Some(message), special, span),
                _ => self.wrong_special(name, "a condition and a message", span),
            },
            Special::Declare(type_) => self.declaration(type_, &values, span),
            Special::DeclareArray(element) => self.array_declaration(element, name, arguments, span),
            Special::CountParameters => Expr { kind: ExprKind::CountParameters, type_: Type::Integer, span },
            Special::CopyParameters => {
                let start = values.first().map(|start| Box::new(self.value(start)));
                Expr { kind: ExprKind::CopyParameters(start), type_: Type::Collection, span }
            }
            Special::This
            | Special::Null
            | Special::True
            | Special::False
            | Special::ClassStore
            | Special::BuiltInClasses => self.wrong_special(name, "no parameters", span),
        }
    }

    fn wrong_special(&mut self, name: &Name, takes: &str, span: Span) -> Expr {
        let message = format!("`{}` takes {takes}", name.text);
        self.raise(problem(3004, message, span, ""), span)
    }

    /// `Type($x)` is known from the declaration when there is one.
    fn type_of(&mut self, inner: &syntax::Expr, span: Span) -> Expr {
        let target = self.target(inner);
        Expr { kind: ExprKind::TypeOf(Box::new(target)), type_: Type::Integer, span }
    }

    fn assert(
        &mut self,
        condition: &syntax::Expr,
        message: Option<&syntax::Expr>,
        special: Special,
        span: Span,
    ) -> Expr {
        let condition = self.value(condition);
        let message = message.map(|message| Box::new(self.value(message)));
        let wanted = special == Special::Asserted;
        Expr { kind: ExprKind::Assert(Box::new(condition), message, wanted), type_: Type::Boolean, span }
    }

    /// `C_TEXT(…)`: locals got their type from the scope; process variables take theirs when this runs.
    fn declaration(&mut self, type_: Type, values: &[&syntax::Expr], span: Span) -> Expr {
        let speaks_of_method = values.first().is_some_and(
            |first| matches!(&first.kind, Source::Name(name) if self.environment.method(&name.text).is_some()),
        );
        if let Some(conflict) = values.iter().find_map(|value| self.scope.conflict(value.span)).cloned() {
            return Expr { kind: ExprKind::Raise(Box::new(conflict)), type_: Type::Variant, span };
        }
        let declared: Vec<Expr> = if speaks_of_method {
            Vec::new()
        } else {
            values
                .iter()
                .map(|value| self.target(value))
                .filter(|target| matches!(target.kind, ExprKind::Process(_) | ExprKind::Interprocess(_)))
                .collect()
        };
        self.pending_declarations.extend(
            declared
                .into_iter()
                .map(|target| Statement { span: target.span, kind: StatementKind::Declare(target, type_) }),
        );
        Expr { kind: ExprKind::Literal(crate::program::tree::Literal::Undefined), type_: Type::Variant, span }
    }

    fn array_declaration(
        &mut self,
        element: crate::value::ArrayType,
        name: &Name,
        arguments: &[syntax::Argument],
        span: Span,
    ) -> Expr {
        let mut values: Vec<&syntax::Expr> = arguments
            .iter()
            .filter_map(
                |argument| if let syntax::Argument::Value(expr) = argument { Some(expr) } else { None },
            )
            .collect();
        // The old `ARRAY STRING(80; $a; 10)` says the length of its texts first.
        if values.len() > 2 && matches!(values.first().map(|value| &value.kind), Some(Source::Number(_))) {
            values.remove(0);
        }
        let (place, rows, columns) = match values.as_slice() {
            [place, rows] => (place, rows, None),
            [place, rows, columns] => (place, rows, Some(columns)),
            _ => return self.wrong_special(name, "an array and its size", span),
        };
        if !is_place(place) {
            return self.wrong_special(name, "the name of an array first", span);
        }
        let place = self.target(place);
        let rows = self.value(rows);
        let columns = columns.map(|columns| Box::new(self.value(columns)));
        let kind = ExprKind::DeclareArray(element, Box::new(place), Box::new(rows), columns);
        Expr { kind, type_: Type::Variant, span }
    }

    // ---- formulas ----

    fn formula(&mut self, arguments: &[syntax::Argument], span: Span) -> Expr {
        let [argument] = arguments else {
            return self.raise(problem(3004, "`Formula` takes one expression", span, ""), span);
        };
        // `Formula(method)` hands its parameters on to the method.
        if let syntax::Argument::Value(expr) = argument
            && let Source::Name(name) = &expr.kind
            && let Some(method) = self.environment.method(&name.text)
        {
            let kind = ExprKind::Formula(method, Vec::new(), Arc::from(name.text.as_str()));
            return Expr { kind, type_: Type::Object, span };
        }
        let mut free = Free::default();
        match argument {
            syntax::Argument::Value(expr) => visit::expression(expr, &mut free),
            syntax::Argument::Assign(assignment) => {
                visit::expression(&assignment.target, &mut free);
                visit::expression(&assignment.value, &mut free);
            }
            syntax::Argument::Missing(_) | syntax::Argument::Operator(_) | syntax::Argument::Clause(..) => {
                return self.raise(problem(3004, "`Formula` takes one expression", span, ""), span);
            }
        }
        let captured: Vec<(String, LocalId, Type)> = free
            .locals
            .iter()
            .map(|name| {
                let id = self.scope.local(name);
                (name.clone(), id, self.scope.type_of(id))
            })
            .collect();
        let source = self.source_text(argument);
        let (id, _) = self.formula_unit(argument, &captured, free.highest, &source, span);
        let pairs = captured
            .iter()
            .enumerate()
            .map(|(index, (_, outer, _))| (*outer, LocalId(u32::try_from(index).unwrap_or(u32::MAX))))
            .collect();
        Expr { kind: ExprKind::Formula(id, pairs, Arc::from(source.as_str())), type_: Type::Object, span }
    }

    /// The text of a formula, as `.source` gives it.
    fn source_text(&self, argument: &syntax::Argument) -> String {
        let span = match argument {
            syntax::Argument::Value(expr) | syntax::Argument::Clause(_, expr) => expr.span,
            syntax::Argument::Assign(assignment) => assignment.target.span.to(assignment.value.span),
            syntax::Argument::Operator(op) => op.span,
            syntax::Argument::Missing(span) => *span,
        };
        let sources = &self.environment.program().sources;
        sources.get(span.source).map(|file| file.slice(span).to_owned()).unwrap_or_default()
    }

    fn formula_unit(
        &mut self,
        argument: &syntax::Argument,
        captured: &[(String, LocalId, Type)],
        parameters: u32,
        source: &str,
        span: Span,
    ) -> (MethodId, Type) {
        let types: Vec<(String, Type)> =
            captured.iter().map(|(name, _, type_)| (name.clone(), *type_)).collect();
        let mut inner = Resolver {
            environment: self.environment,
            scope: Scope::for_formula(&types, parameters),
            diagnostics: Vec::new(),
            class: self.class,
            loops: 0,
            pending_declarations: Vec::new(),
        };
        let value = match argument {
            syntax::Argument::Assign(assignment) => inner.assign_expression(assignment, span),
            syntax::Argument::Value(expr) => inner.value(expr),
            syntax::Argument::Missing(_) | syntax::Argument::Operator(_) | syntax::Argument::Clause(..) => {
                return (MethodId(0), Type::Variant);
            }
        };
        let type_ = value.type_;
        let body = vec![Statement { kind: StatementKind::Return(Some(value)), span }];
        self.diagnostics.append(&mut inner.diagnostics);
        let name =
            if source.chars().count() > 40 { "Formula".to_owned() } else { format!("Formula({source})") };
        let empty = syntax::Block::default();
        let code = Code4D {
            name: &name,
            source: span.source,
            signature: None,
            body: &empty,
            class: None,
            wants_value: true,
            kept: None,
        };
        let method: Method = inner.scope.finish(&code, body);
        (self.environment.add_unit(method), type_)
    }
}

/// `QUERY`, `QUERY SELECTION`, `QUERY BY ATTRIBUTE`, `QUERY SELECTION BY ATTRIBUTE`
const QUERIES: &[u16] = &[277, 341, 1331, 1424];

/// What an expression refers to of the code around it.
#[derive(Default)]
struct Free {
    locals: Vec<String>,
    highest: u32,
}

impl Visitor for Free {
    fn expression(&mut self, expr: &syntax::Expr) -> bool {
        match &expr.kind {
            Source::Local(name)
                if !self.locals.iter().any(|known| known.eq_ignore_ascii_case(&name.text)) =>
            {
                self.locals.push(name.text.clone());
            }
            Source::Parameter(n) => self.highest = self.highest.max(*n),
            _ => {}
        }
        true
    }
}

/// Whether an argument can be written: a variable, a property, an element.
fn is_place(expr: &syntax::Expr) -> bool {
    matches!(
        expr.kind,
        Source::Local(_)
            | Source::Parameter(_)
            | Source::ParameterAt(_)
            | Source::Interprocess(_)
            | Source::Name(_)
            | Source::Member(..)
            | Source::Index(..)
            | Source::Element(..)
            | Source::Deref(_)
    )
}

/// Whether a value of this static type may be what a command takes.
fn passable(wanted: Type, given: Type) -> bool {
    assignable(wanted, given) || (matches!(wanted, Type::Integer | Type::Real) && given == Type::Time)
}

/// The parameter that takes each argument, or `None` when the arguments do not fit the form.
fn align(shapes: &[Shape], arguments: &[syntax::Argument]) -> Option<Vec<Shape>> {
    let mut taken = Vec::with_capacity(arguments.len());
    let mut next = 0;
    for argument in arguments {
        let operator = matches!(argument, syntax::Argument::Operator(_));
        loop {
            let shape = shapes.get(next)?;
            if shape.operator == operator || shape.rest || matches!(argument, syntax::Argument::Missing(_)) {
                taken.push(*shape);
                if !shape.rest {
                    next += 1;
                }
                break;
            }
            if !shape.optional {
                return None;
            }
            next += 1;
        }
    }
    shapes.get(next..).is_none_or(|rest| rest.iter().all(|shape| shape.optional)).then_some(taken)
}

/// The error of a command whose arguments fit none of its forms.
fn wrong_count(
    name: &str,
    syntaxes: &[Native],
    shapes: &[Vec<Shape>],
    arguments: &[syntax::Argument],
    span: Span,
) -> Diagnostic {
    let most = shapes
        .iter()
        .map(|shapes| if shapes.iter().any(|shape| shape.rest) { usize::MAX } else { shapes.len() })
        .max()
        .unwrap_or(0);
    let form = syntaxes
        .iter()
        .zip(shapes)
        .next()
        .map(|(native, shapes)| {
            let parameters: Vec<String> = native
                .names
                .iter()
                .zip(shapes)
                .map(|(name, shape)| {
                    let name = if shape.operator { "*" } else { name };
                    if shape.optional { format!("{{{name}}}") } else { name.to_owned() }
                })
                .collect();
            format!("{name}({})", parameters.join("; "))
        })
        .unwrap_or_default();
    let (code, message) = if arguments.len() > most {
        (3003, format!("too many arguments for `{name}`"))
    } else {
        (3004, format!("the arguments do not fit `{name}`"))
    };
    problem(code, message, span, format!("{} given", arguments.len())).note(format!("it is written {form}"))
}
