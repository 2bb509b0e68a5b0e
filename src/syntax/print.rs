//! The tree as 4D text, in one canonical spelling.
//!
//! Two styles: compact, as 4D shows the source of a formula (no blank around operators or after `;`), and spaced, as
//! its editor writes code. What is printed reads back as the same tree; where two signs would run together into a third
//! one, a blank keeps them apart.

use crate::syntax::operator::{AssignOp, BinaryOp, UnaryOp};
use crate::syntax::token::Keyword;
use crate::syntax::tree::{
    Argument, Assignment, Block, ConstantRef, Expr, ExprKind, LoopClause, Name, Signature, Statement,
    StatementKind, TypeName, VarDeclaration,
};
use std::borrow::Cow;
use std::fmt::Write;

/// How much room is left between the parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// `String(Current time;HH MM AM PM)`
    #[default]
    Compact,
    /// `String(Current time; HH MM AM PM)`
    Spaced,
}

/// Where the English names of commands and constants come from. Without one, names stay as they were written.
pub trait Spelling {
    /// The name of a command.
    fn command(&self, number: u16) -> Option<Cow<'_, str>>;
    /// The name of a constant.
    fn constant(&self, constant: ConstantRef) -> Option<Cow<'_, str>>;
}

/// Names as they were written.
#[derive(Clone, Copy, Debug, Default)]
pub struct AsWritten;

impl Spelling for AsWritten {
    fn command(&self, _number: u16) -> Option<Cow<'_, str>> {
        None
    }

    fn constant(&self, _constant: ConstantRef) -> Option<Cow<'_, str>> {
        None
    }
}

/// An expression as text.
pub fn expression(expr: &Expr, style: Style, spelling: &dyn Spelling) -> String {
    let mut printer = Printer::new(style, spelling);
    printer.expression(expr);
    printer.text
}

/// Statements as text, one a line, the lines ended by `line_end`, structures indented by tabs.
pub fn block(block: &Block, style: Style, spelling: &dyn Spelling, line_end: &str) -> String {
    let mut printer = Printer::new(style, spelling);
    printer.line_end.push_str(line_end);
    printer.block(block);
    printer.text
}

/// `#DECLARE` with its parameters.
pub fn declaration(signature: &Signature, style: Style, spelling: &dyn Spelling) -> String {
    let mut printer = Printer::new(style, spelling);
    printer.text.push_str("#DECLARE");
    printer.signature(signature);
    printer.text
}

/// A text as a literal: its quotes and escapes.
pub fn text_literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for c in text.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

struct Printer<'a> {
    text: String,
    style: Style,
    spelling: &'a dyn Spelling,
    line_end: String,
    indent: usize,
}

impl<'a> Printer<'a> {
    fn new(style: Style, spelling: &'a dyn Spelling) -> Self {
        Self { text: String::new(), style, spelling, line_end: String::new(), indent: 0 }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// `;` between two things.
    fn separator(&mut self) {
        self.push(if self.style == Style::Spaced { "; " } else { ";" });
    }

    fn separated<T>(&mut self, items: &[T], mut print: impl FnMut(&mut Self, &T)) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.separator();
            }
            print(self, item);
        }
    }

    fn number(&mut self, number: impl std::fmt::Display) {
        // Writing to a String cannot fail.
        let _ = write!(self.text, "{number}");
    }

    fn expression(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Error => self.push("???"),
            ExprKind::Number(number) if number.is_infinite() => self.push("1e999"),
            ExprKind::Number(number) => self.number(number),
            ExprKind::Hexadecimal(number) => self.number(format_args!("0x{:04X}", number.cast_unsigned())),
            ExprKind::Text(text) => self.push(&text_literal(text)),
            ExprKind::Date(0, 0, 0) => self.push("!00-00-00!"),
            ExprKind::Date(year, month, day) => self.number(format_args!("!{year:04}-{month:02}-{day:02}!")),
            ExprKind::Time(seconds) => self.time(*seconds),
            ExprKind::Local(name) => self.number(format_args!("${}", name.text)),
            ExprKind::Parameter(number) => self.number(format_args!("${number}")),
            ExprKind::ParameterAt(number) => self.enclosed("${", number, "}"),
            ExprKind::Interprocess(name) => self.number(format_args!("<>{}", name.text)),
            ExprKind::Name(name) | ExprKind::Plugin(name) => self.push(&name.text),
            ExprKind::Command(number, name) => {
                self.push(&self.spelling.command(*number).unwrap_or(Cow::Borrowed(&name.text)));
            }
            ExprKind::Constant(which, name) => {
                self.push(&self.spelling.constant(*which).unwrap_or(Cow::Borrowed(&name.text)));
            }
            ExprKind::Table(table, _) => self.number(format_args!("[{}]", table.text)),
            ExprKind::Field(table, _, field) => {
                self.number(format_args!("[{}]{}", table.text, field.0.text));
            }
            ExprKind::Object(members) => self.object(members),
            ExprKind::Collection(elements) => {
                self.push("[");
                self.separated(elements, Self::expression);
                self.push("]");
            }
            ExprKind::Paren(inside) => self.enclosed("(", inside, ")"),
            ExprKind::Unary(op, operand) => {
                self.push(unary_symbol(*op));
                self.expression(operand);
            }
            ExprKind::Chain(first, rest) => {
                self.expression(first);
                for (op, operand) in rest {
                    self.operator(op.node, operand);
                    self.expression(operand);
                }
            }
            ExprKind::Ternary(parts) => {
                let [condition, then, otherwise] = &**parts;
                self.expression(condition);
                self.push(" ? ");
                self.expression(then);
                self.push(" : ");
                self.expression(otherwise);
            }
            ExprKind::Member(base, name) => {
                self.expression(base);
                let arrow = matches!(base.kind, ExprKind::Deref(_)) && !name.text.starts_with('$');
                self.push(if arrow { "" } else { "." });
                self.push(&name.text);
            }
            ExprKind::Index(base, index) => self.read_off(base, "[", index, "]"),
            ExprKind::Character(base, index) => self.read_off(base, "[[", index, "]]"),
            ExprKind::Element(base, index) => self.read_off(base, "{", index, "}"),
            ExprKind::Deref(base) => {
                self.expression(base);
                self.push("->");
            }
            ExprKind::Call(callee, arguments) => {
                self.expression(callee);
                self.push("(");
                self.separated(arguments, Self::argument);
                self.push(")");
            }
            ExprKind::Try => self.push("Try"),
        }
    }

    fn enclosed(&mut self, open: &str, inside: &Expr, close: &str) {
        self.push(open);
        self.expression(inside);
        self.push(close);
    }

    fn read_off(&mut self, base: &Expr, open: &str, index: &Expr, close: &str) {
        self.expression(base);
        self.enclosed(open, index, close);
    }

    fn time(&mut self, seconds: i32) {
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        self.number(format_args!("?{hours:02}:{minutes:02}:{seconds:02}?"));
    }

    /// An operator, kept apart from a sign behind it that would make another operator of it: `*` and `+`.
    fn operator(&mut self, op: BinaryOp, operand: &Expr) {
        let clash = op == BinaryOp::Multiply && matches!(operand.kind, ExprKind::Unary(UnaryOp::Plus, _));
        let word = op.symbol();
        if self.style == Style::Spaced && is_logical(op) {
            self.number(format_args!(" {word} "));
        } else if clash {
            self.number(format_args!("{word} "));
        } else {
            self.push(word);
        }
    }

    fn object(&mut self, members: &[(Name, Expr)]) {
        self.push("{");
        self.separated(members, |printer, (name, value)| {
            if is_bare_key(&name.text) {
                printer.push(&name.text);
            } else {
                printer.push(&text_literal(&name.text));
            }
            // Without the blank, `{a: C1}` would hold a token.
            printer.push(": ");
            printer.expression(value);
        });
        self.push("}");
    }

    fn argument(&mut self, argument: &Argument) {
        match argument {
            Argument::Value(value) => self.expression(value),
            Argument::Missing(_) => {}
            Argument::Operator(op) => self.push(op.node.symbol()),
            Argument::Clause(op, value) => {
                self.push(op.node.symbol());
                self.push(" ");
                self.expression(value);
            }
            Argument::Assign(assignment) => self.assignment(assignment),
        }
    }

    fn assignment(&mut self, assignment: &Assignment) {
        self.expression(&assignment.target);
        self.push(assignment.op.symbol());
        self.expression(&assignment.value);
    }

    fn block(&mut self, block: &Block) {
        for statement in &block.statements {
            self.statement(statement);
        }
    }

    fn inner_block(&mut self, block: &Block) {
        self.indent += 1;
        self.block(block);
        self.indent -= 1;
    }

    /// A line of its own.
    fn line(&mut self, print: impl FnOnce(&mut Self)) {
        for _ in 0..self.indent {
            self.push("\t");
        }
        print(self);
        self.text.push_str(&self.line_end);
    }

    fn word(&mut self, keyword: Keyword) {
        self.line(|printer| printer.push(keyword.spelling()));
    }

    fn headed(&mut self, keyword: Keyword, condition: &Expr) {
        self.line(|printer| {
            printer.push(keyword.spelling());
            printer.push(" ");
            printer.expression(condition);
        });
    }

    fn statement(&mut self, statement: &Statement) {
        match &statement.kind {
            StatementKind::Expression(expr) => self.line(|printer| printer.expression(expr)),
            StatementKind::Assign(assignment) => self.line(|printer| printer.assignment(assignment)),
            StatementKind::Var(declaration) => self.line(|printer| printer.variables(declaration)),
            StatementKind::If { condition, then, otherwise } => {
                self.headed(Keyword::If, condition);
                self.inner_block(then);
                self.otherwise(Keyword::Else, otherwise.as_ref());
                self.word(Keyword::EndIf);
            }
            StatementKind::CaseOf { branches, otherwise } => {
                self.word(Keyword::CaseOf);
                self.indent += 1;
                for branch in branches {
                    self.line(|printer| {
                        printer.push(": ");
                        printer.expression(&branch.condition);
                    });
                    self.inner_block(&branch.body);
                }
                self.indent -= 1;
                self.otherwise(Keyword::Else, otherwise.as_ref());
                self.word(Keyword::EndCase);
            }
            StatementKind::While { condition, body } => {
                self.headed(Keyword::While, condition);
                self.inner_block(body);
                self.word(Keyword::EndWhile);
            }
            StatementKind::Repeat { body, condition } => {
                self.word(Keyword::Repeat);
                self.inner_block(body);
                self.headed(Keyword::Until, condition);
            }
            StatementKind::For(heading) => {
                let parts =
                    [Some(&heading.counter), Some(&heading.start), Some(&heading.end), heading.step.as_ref()];
                self.line(|printer| printer.loop_heading(Keyword::For, &parts));
                self.inner_block(&heading.body);
                self.word(Keyword::EndFor);
            }
            StatementKind::ForEach(heading) => {
                let parts = [
                    Some(&heading.item),
                    Some(&heading.values),
                    heading.begin.as_ref(),
                    heading.end.as_ref(),
                ];
                self.line(|printer| {
                    printer.loop_heading(Keyword::ForEach, &parts);
                    if let Some((clause, condition)) = &heading.clause {
                        printer.push(match clause {
                            LoopClause::While => " While ",
                            LoopClause::Until => " Until ",
                        });
                        printer.expression(condition);
                    }
                });
                self.inner_block(&heading.body);
                self.word(Keyword::EndForEach);
            }
            StatementKind::Use { target, body } => {
                self.line(|printer| printer.loop_heading(Keyword::Use, &[Some(target)]));
                self.inner_block(body);
                self.word(Keyword::EndUse);
            }
            StatementKind::Try { body, catch } => {
                self.word(Keyword::Try);
                self.inner_block(body);
                self.otherwise(Keyword::Catch, catch.as_ref());
                self.word(Keyword::EndTry);
            }
            StatementKind::Return(None) => self.word(Keyword::Return),
            StatementKind::Return(Some(value)) => self.headed(Keyword::Return, value),
            StatementKind::Break => self.word(Keyword::Break),
            StatementKind::Continue => self.word(Keyword::Continue),
            StatementKind::Sql(text) => {
                self.word(Keyword::BeginSql);
                self.push(text.trim_end());
                self.text.push_str(&self.line_end);
                self.word(Keyword::EndSql);
            }
            StatementKind::Error => self.line(|printer| printer.push("???")),
        }
    }

    fn otherwise(&mut self, keyword: Keyword, block: Option<&Block>) {
        if let Some(block) = block {
            self.word(keyword);
            self.inner_block(block);
        }
    }

    fn loop_heading(&mut self, keyword: Keyword, parts: &[Option<&Expr>]) {
        self.push(keyword.spelling());
        self.push(" (");
        let parts: Vec<&Expr> = parts.iter().copied().flatten().collect();
        self.separated(&parts, |printer, part| printer.expression(part));
        self.push(")");
    }

    fn variables(&mut self, declaration: &VarDeclaration) {
        self.push("var ");
        self.separated(&declaration.names, Self::expression);
        self.type_(declaration.type_.as_ref());
        if let Some(value) = &declaration.value {
            self.push(AssignOp::Assign.symbol());
            self.expression(value);
        }
    }

    fn type_(&mut self, type_: Option<&TypeName>) {
        if let Some(type_) = type_ {
            self.number(format_args!(" : {}", type_.path.join(".")));
        }
    }

    fn signature(&mut self, signature: &Signature) {
        self.push("(");
        self.separated(&signature.parameters, |printer, parameter| {
            printer.number(format_args!("${}", parameter.name.text));
            printer.type_(parameter.type_.as_ref());
        });
        if let Some(type_) = &signature.variadic {
            if !signature.parameters.is_empty() {
                self.separator();
            }
            self.push("...");
            self.type_(type_.as_ref());
        }
        self.push(")");
        if let Some(name) = &signature.result_name {
            self.number(format_args!("->${}", name.text));
        }
        self.type_(signature.result_type.as_ref());
    }
}

fn unary_symbol(op: UnaryOp) -> &'static str {
    match op {
        UnaryOp::Negate => "-",
        UnaryOp::Plus => "+",
        UnaryOp::PointerTo => "->",
    }
}

fn is_logical(op: BinaryOp) -> bool {
    matches!(op, BinaryOp::And | BinaryOp::Or | BinaryOp::Xor | BinaryOp::ShortAnd | BinaryOp::ShortOr)
}

/// Whether the name of a member needs no quotes.
fn is_bare_key(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|c| c.is_alphabetic() || c == '_' || c == '$')
        && characters.all(|c| c.is_alphanumeric() || c == '_' || c == '$')
        && text != "$"
}
