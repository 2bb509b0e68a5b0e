//! The tree as nested lists, for tests and for whoever wants to see how a line was read.
//!
//! `$a+$b*2` is `(chain $a + $b * 2)`, `f($x.name)` is `(call f (. $x name))`.
//! A statement is a line; blocks are indented under what they belong to.

use crate::syntax::operator::UnaryOp;
use crate::syntax::tree::{
    Argument, Assignment, Block, ClassFile, ConstantRef, Expr, ExprKind, Function, FunctionKind, LoopClause,
    Method, Modifiers, Signature, Statement, StatementKind, Tree, TypeName,
};
use std::fmt::Write;

/// A whole file.
pub fn tree(tree: &Tree) -> String {
    match tree {
        Tree::Method(method) => self::method(method),
        Tree::Class(class) => self::class(class),
    }
}

/// A method.
pub fn method(method: &Method) -> String {
    let mut dump = Dump::default();
    if let Some(attributes) = &method.attributes {
        dump.line(format_args!("attributes {}", attributes.node));
    }
    if let Some(signature) = &method.signature {
        dump.line(format_args!("declare{}", signature_text(signature)));
    }
    dump.block(&method.body);
    dump.text
}

/// A class.
pub fn class(class: &ClassFile) -> String {
    let mut dump = Dump::default();
    if let Some(attributes) = &class.attributes {
        dump.line(format_args!("attributes {}", attributes.node));
    }
    if let Some(name) = &class.extends {
        dump.line(format_args!("extends {}", name.text));
    }
    for property in &class.properties {
        let value =
            property.value.as_ref().map(|value| format!(" := {}", expression(value))).unwrap_or_default();
        dump.line(format_args!(
            "property {}{}{value}",
            property.name.text,
            type_text(property.type_.as_ref())
        ));
    }
    for alias in &class.aliases {
        let exposed = if alias.exposed { "exposed " } else { "" };
        let path: Vec<&str> = alias.path.iter().map(|name| name.text.as_str()).collect();
        dump.line(format_args!("{exposed}alias {} {}", alias.name.text, path.join(".")));
    }
    for function in class.constructors.iter().chain(&class.functions) {
        dump.function(function);
    }
    dump.text
}

/// An expression.
pub fn expression(expr: &Expr) -> String {
    let mut text = String::new();
    write_expression(&mut text, expr);
    text
}

#[derive(Default)]
struct Dump {
    text: String,
    indent: usize,
}

impl Dump {
    fn line(&mut self, line: impl std::fmt::Display) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.text, "{:width$}{line}", "", width = 2 * self.indent);
    }

    fn block(&mut self, block: &Block) {
        for statement in &block.statements {
            self.statement(statement);
        }
    }

    fn inner(&mut self, block: &Block) {
        self.indent += 1;
        self.block(block);
        self.indent -= 1;
    }

    fn part(&mut self, word: &str, block: Option<&Block>) {
        if let Some(block) = block {
            self.line(word);
            self.inner(block);
        }
    }

    fn function(&mut self, function: &Function) {
        let kind = match &function.kind {
            FunctionKind::Plain => "function".to_owned(),
            FunctionKind::Get => "get".to_owned(),
            FunctionKind::Set => "set".to_owned(),
            FunctionKind::Query => "query".to_owned(),
            FunctionKind::OrderBy => "orderBy".to_owned(),
            FunctionKind::Event(event) => format!("event {event}"),
            FunctionKind::Constructor => "new".to_owned(),
        };
        let modifiers = modifiers_text(function.modifiers);
        self.line(format_args!(
            "{modifiers}{kind} {}{}",
            function.name.text,
            signature_text(&function.signature)
        ));
        self.inner(&function.body);
    }

    fn statement(&mut self, statement: &Statement) {
        match &statement.kind {
            StatementKind::Expression(expr) => self.line(expression(expr)),
            StatementKind::Assign(assignment) => self.line(assignment_text(assignment)),
            StatementKind::Var(declaration) => {
                let names: Vec<String> = declaration.names.iter().map(expression).collect();
                let value =
                    declaration.value.as_ref().map(|v| format!(" := {}", expression(v))).unwrap_or_default();
                let type_ = type_text(declaration.type_.as_ref());
                self.line(format_args!("var {}{type_}{value}", names.join(" ")));
            }
            StatementKind::If { condition, then, otherwise } => {
                self.line(format_args!("if {}", expression(condition)));
                self.inner(then);
                self.part("else", otherwise.as_ref());
            }
            StatementKind::CaseOf { branches, otherwise } => {
                self.line("case");
                for branch in branches {
                    self.line(format_args!("when {}", expression(&branch.condition)));
                    self.inner(&branch.body);
                }
                self.part("else", otherwise.as_ref());
            }
            StatementKind::While { condition, body } => {
                self.line(format_args!("while {}", expression(condition)));
                self.inner(body);
            }
            StatementKind::Repeat { body, condition } => {
                self.line("repeat");
                self.inner(body);
                self.line(format_args!("until {}", expression(condition)));
            }
            StatementKind::For(heading) => {
                let step =
                    heading.step.as_ref().map(|step| format!(" {}", expression(step))).unwrap_or_default();
                let (start, end) = (expression(&heading.start), expression(&heading.end));
                self.line(format_args!("for {} {start} {end}{step}", expression(&heading.counter)));
                self.inner(&heading.body);
            }
            StatementKind::ForEach(heading) => {
                let mut line =
                    format!("for each {} {}", expression(&heading.item), expression(&heading.values));
                for bound in heading.begin.iter().chain(&heading.end) {
                    let _ = write!(line, " {}", expression(bound));
                }
                if let Some((clause, condition)) = &heading.clause {
                    let word = match clause {
                        LoopClause::While => "while",
                        LoopClause::Until => "until",
                    };
                    let _ = write!(line, " {word} {}", expression(condition));
                }
                self.line(line);
                self.inner(&heading.body);
            }
            StatementKind::Use { target, body } => {
                self.line(format_args!("use {}", expression(target)));
                self.inner(body);
            }
            StatementKind::Try { body, catch } => {
                self.line("try");
                self.inner(body);
                self.part("catch", catch.as_ref());
            }
            StatementKind::Return(None) => self.line("return"),
            StatementKind::Return(Some(value)) => self.line(format_args!("return {}", expression(value))),
            StatementKind::Break => self.line("break"),
            StatementKind::Continue => self.line("continue"),
            StatementKind::Sql(text) => self.line(format_args!("sql {text:?}")),
            StatementKind::Error => self.line("error"),
        }
    }
}

fn modifiers_text(modifiers: Modifiers) -> String {
    let Modifiers { exposed, local, server, shared, singleton, session, on_http_get } = modifiers;
    let words = [
        (exposed, "exposed "),
        (local, "local "),
        (server, "server "),
        (shared, "shared "),
        (session, "session "),
        (singleton, "singleton "),
        (on_http_get, "onHTTPGet "),
    ];
    words.iter().filter(|(set, _)| *set).map(|(_, word)| *word).collect()
}

fn type_text(type_: Option<&TypeName>) -> String {
    type_.map(|type_| format!(" : {}", type_.path.join("."))).unwrap_or_default()
}

fn signature_text(signature: &Signature) -> String {
    let parameter = |(name, type_): (&str, Option<&TypeName>)| format!("{name}{}", type_text(type_));
    let mut parameters: Vec<String> = signature
        .parameters
        .iter()
        .map(|p| parameter((&format!("${}", p.name.text), p.type_.as_ref())))
        .collect();
    parameters.extend(signature.variadic.as_ref().map(|type_| parameter(("...", type_.as_ref()))));
    let name = signature.result_name.as_ref().map(|name| format!(" -> ${}", name.text)).unwrap_or_default();
    format!("({}){name}{}", parameters.join("; "), type_text(signature.result_type.as_ref()))
}

fn assignment_text(assignment: &Assignment) -> String {
    let (target, value) = (expression(&assignment.target), expression(&assignment.value));
    format!("({} {target} {value})", assignment.op.symbol())
}

fn write_all<'e>(text: &mut String, head: &str, parts: impl IntoIterator<Item = &'e Expr>) {
    text.push('(');
    text.push_str(head);
    for part in parts {
        text.push(' ');
        write_expression(text, part);
    }
    text.push(')');
}

fn write_expression(text: &mut String, expr: &Expr) {
    // Writing to a String cannot fail.
    let _ = match &expr.kind {
        ExprKind::Error => write!(text, "error"),
        ExprKind::Number(number) => write!(text, "{number}"),
        ExprKind::Hexadecimal(number) => write!(text, "0x{number:X}"),
        ExprKind::Text(literal) => write!(text, "{literal:?}"),
        ExprKind::Date(year, month, day) => write!(text, "!{year}-{month}-{day}!"),
        ExprKind::Time(seconds) => write!(text, "?{seconds}?"),
        ExprKind::Local(name) => write!(text, "${}", spaced(&name.text)),
        ExprKind::Parameter(number) => write!(text, "${number}"),
        ExprKind::Interprocess(name) => write!(text, "<>{}", spaced(&name.text)),
        ExprKind::Name(name) => write!(text, "{}", spaced(&name.text)),
        ExprKind::Command(number, _) => write!(text, "C{number}"),
        ExprKind::Constant(ConstantRef::Token(theme, index), _) => write!(text, "K{theme}:{index}"),
        ExprKind::Constant(ConstantRef::Known(number), name) => {
            write!(text, "K{number}:{}", spaced(&name.text))
        }
        ExprKind::Plugin(name) => write!(text, "plugin:{}", spaced(&name.text)),
        ExprKind::Table(table, number) => write!(text, "[{}{}]", table.text, number_text(*number)),
        ExprKind::Field(table, number, field) => {
            let (field, field_number) = (&field.0, number_text(field.1));
            let number = number_text(*number);
            write!(text, "[{}{number}]{}{field_number}", table.text, spaced(&field.text))
        }
        ExprKind::Try => write!(text, "Try"),
        ExprKind::Member(base, name) => {
            write_all(text, ".", [&**base]);
            text.pop();
            write!(text, " {})", spaced(&name.text))
        }
        ExprKind::ParameterAt(_)
        | ExprKind::Object(_)
        | ExprKind::Collection(_)
        | ExprKind::Paren(_)
        | ExprKind::Unary(..)
        | ExprKind::Chain(..)
        | ExprKind::Ternary(_)
        | ExprKind::Index(..)
        | ExprKind::Character(..)
        | ExprKind::Element(..)
        | ExprKind::Deref(_)
        | ExprKind::Call(..) => {
            write_compound(text, expr);
            Ok(())
        }
    };
}

fn number_text(number: Option<u32>) -> String {
    number.map(|number| format!(":{number}")).unwrap_or_default()
}

/// A name of several words in bars, so that it is seen to be one.
fn spaced(name: &str) -> String {
    if name.contains(' ') { format!("|{name}|") } else { name.to_owned() }
}

fn write_compound(text: &mut String, expr: &Expr) {
    match &expr.kind {
        ExprKind::ParameterAt(number) => write_all(text, "$", [&**number]),
        ExprKind::Object(members) => {
            text.push_str("(object");
            for (name, value) in members {
                let _ = write!(text, " {:?}: ", name.text);
                write_expression(text, value);
            }
            text.push(')');
        }
        ExprKind::Collection(elements) => write_all(text, "collection", elements),
        ExprKind::Paren(inside) => write_all(text, "paren", [&**inside]),
        ExprKind::Unary(op, operand) => {
            let head = match op {
                UnaryOp::Negate => "-",
                UnaryOp::Plus => "+",
                UnaryOp::PointerTo => "->",
            };
            write_all(text, head, [&**operand]);
        }
        ExprKind::Chain(first, rest) => {
            write_all(text, "chain", [&**first]);
            text.pop();
            for (op, operand) in rest {
                let _ = write!(text, " {} ", op.node);
                write_expression(text, operand);
            }
            text.push(')');
        }
        ExprKind::Ternary(parts) => write_all(text, "?", parts.iter()),
        ExprKind::Index(base, index) => write_all(text, "index", [&**base, &**index]),
        ExprKind::Character(base, index) => write_all(text, "character", [&**base, &**index]),
        ExprKind::Element(base, index) => write_all(text, "element", [&**base, &**index]),
        ExprKind::Deref(base) => write_all(text, "deref", [&**base]),
        ExprKind::Call(callee, arguments) => {
            write_all(text, "call", [&**callee]);
            text.pop();
            for argument in arguments {
                text.push(' ');
                write_argument(text, argument);
            }
            text.push(')');
        }
        ExprKind::Error
        | ExprKind::Number(_)
        | ExprKind::Hexadecimal(_)
        | ExprKind::Text(_)
        | ExprKind::Date(..)
        | ExprKind::Time(_)
        | ExprKind::Local(_)
        | ExprKind::Parameter(_)
        | ExprKind::Interprocess(_)
        | ExprKind::Name(_)
        | ExprKind::Command(..)
        | ExprKind::Constant(..)
        | ExprKind::Plugin(_)
        | ExprKind::Table(..)
        | ExprKind::Field(..)
        | ExprKind::Member(..)
        | ExprKind::Try => {}
    }
}

fn write_argument(text: &mut String, argument: &Argument) {
    match argument {
        Argument::Value(value) => write_expression(text, value),
        Argument::Missing(_) => text.push('_'),
        Argument::Operator(op) => text.push_str(op.node.symbol()),
        Argument::Clause(op, value) => write_all(text, &format!("{} _", op.node), [value]),
        Argument::Assign(assignment) => text.push_str(&assignment_text(assignment)),
    }
}
