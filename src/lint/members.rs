//! Functions and properties of values whose class is known.

use rustc_hash::FxHashSet;

use crate::builtin::Special;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::suggest::nearest;
use crate::lint::bindings::Bindings;
use crate::lint::calls::too_many_of;
use crate::lint::infer::{Kind, kind_of_value};
use crate::lint::shape::{MemberKind, Shape};
use crate::lint::{Unit, error, warning};
use crate::syntax::tree::{Argument, Expr, ExprKind, Name, Statement, StatementKind};
use crate::syntax::visit::{self, Visitor};
use crate::value::Type;

/// Tells of members that are not there.
pub fn unknown(unit: &Unit<'_>, bindings: &Bindings, found: &mut Vec<Diagnostic>) {
    let mut members =
        Members { unit, bindings, found, called: FxHashSet::default(), quiet: FxHashSet::default() };
    visit::block(unit.code.body, &mut members);
}

/// Built-in classes whose objects hold what 4D gives them, and nothing of the program's.
const CLOSED: &[&str] = &[
    "Blob",
    "Collection",
    "CryptoKey",
    "Directory",
    "Document",
    "File",
    "FileHandle",
    "Folder",
    "Function",
    "HTTPAgent",
    "HTTPRequest",
    "IMAPTransporter",
    "POP3Transporter",
    "SMTPTransporter",
    "Session",
    "SystemWorker",
    "TCPConnection",
    "TCPListener",
    "UDPSocket",
    "Vector",
    "WebServer",
    "WebSocket",
    "WebSocketConnection",
    "WebSocketServer",
    "ZipArchive",
];

struct Members<'a> {
    unit: &'a Unit<'a>,
    bindings: &'a Bindings,
    found: &'a mut Vec<Diagnostic>,
    /// Members that are called.
    called: FxHashSet<(u32, u32)>,
    /// Members that are only given a value, or asked whether they are there.
    quiet: FxHashSet<(u32, u32)>,
}

impl Members<'_> {
    fn quiet(&mut self, expr: &Expr) {
        self.quiet.insert((expr.span.start, expr.span.end));
    }

    fn member(&mut self, base: &Expr, name: &Name, arguments: Option<&[Argument]>) {
        match kind_of_value(base, self.unit, self.bindings) {
            Kind::Instance(id) => {
                if let Some(shape) = self.unit.facts.shape(id) {
                    self.of_instance(&shape, base, name, arguments);
                }
            }
            Kind::BuiltIn(class) if CLOSED.contains(&class) => {
                self.of_built_in(class, name, arguments.is_some());
            }
            Kind::Plain(Type::Collection) => self.of_built_in("Collection", name, arguments.is_some()),
            Kind::Class(id) if name.text == "new" => {
                let shape = self.unit.facts.shape(id);
                let most = shape.as_ref().filter(|shape| !shape.is_open).and_then(|shape| shape.constructor);
                if let (Some(arguments), Some(most), Some(shape)) = (arguments, most, shape)
                    && arguments.len() > most
                {
                    let class = format!("{}.new", shape.name);
                    self.found.push(too_many_of(&class, most, arguments, name.span));
                }
            }
            Kind::Unknown | Kind::Plain(_) | Kind::Class(_) | Kind::BuiltIn(_) | Kind::BuiltInClass(_) => {}
        }
    }

    fn of_instance(&mut self, shape: &Shape, base: &Expr, name: &Name, arguments: Option<&[Argument]>) {
        let text = name.text.as_str();
        if let Some(member) = shape.members.get(text) {
            if let (Some(arguments), Some(most), MemberKind::Function) = (arguments, member.most, member.kind)
                && arguments.len() > most
            {
                self.found.push(too_many_of(text, most, arguments, name.span));
            }
            return;
        }
        let catalog = self.unit.facts.environment().catalog();
        if shape.is_open || is_of(catalog, "Object", text) {
            return;
        }
        let near = nearest(text, shape.members.keys().map(|known| &**known));
        // A class below may have what its parent calls; a property may come from any code.
        let is_this = matches!(base.kind, ExprKind::Command(number, _)
            if catalog.special(number) == Some(Special::This));
        let is_elsewhere = self.unit.facts.is_member_somewhere(text);
        let is_sure =
            if arguments.is_some() { !(is_this && is_elsewhere) } else { near.is_some() && !is_elsewhere };
        if !is_sure {
            return;
        }
        let what = if arguments.is_some() { "function" } else { "property" };
        let message = format!("the class `{}` has no {what} `{text}`", shape.name);
        let diagnostic =
            warning(4021, message, name.span, "not declared in the class, nor given by its code");
        self.found.push(suggest(diagnostic, near, name));
    }

    fn of_built_in(&mut self, class: &'static str, name: &Name, is_called: bool) {
        let catalog = self.unit.facts.environment().catalog();
        let text = name.text.as_str();
        if is_of(catalog, class, text) || is_of(catalog, "Object", text) {
            return;
        }
        let functions = catalog.ancestry(class).flat_map(|class| class.functions.iter().map(|f| f.name));
        let properties = catalog.ancestry(class).flat_map(|class| class.properties.iter().map(|p| p.name));
        let missing =
            catalog.missing_class(class).into_iter().flat_map(|class| class.members.iter().copied());
        let near = nearest(text, functions.chain(properties).chain(missing));
        let shown = if class == "Collection" { "a Collection".to_owned() } else { format!("`4D.{class}`") };
        let diagnostic = if is_called {
            error(3015, format!("{shown} has no function `{text}`"), name.span, "not a function of 4D")
        } else {
            warning(4021, format!("{shown} has no property `{text}`"), name.span, "this is always Undefined")
        };
        self.found.push(suggest(diagnostic, near, name));
    }
}

/// Whether a built-in class has a member, built here or not.
fn is_of(catalog: &crate::builtin::catalog::Catalog, class: &str, name: &str) -> bool {
    catalog.class_function(class, name).is_some()
        || catalog.class_property(class, name).is_some()
        || catalog.missing_member(class, name).is_some()
}

fn suggest(diagnostic: Diagnostic, near: Option<&str>, name: &Name) -> Diagnostic {
    let Some(near) = near else { return diagnostic };
    diagnostic.help(format!("did you mean `{near}`?")).fix(format!("replace by `{near}`"), name.span, near)
}

/// Commands that ask whether something is there.
const ASKS: &[Special] = &[Special::Undefined, Special::Type];

impl Visitor for Members<'_> {
    fn statement(&mut self, statement: &Statement) {
        if let StatementKind::Assign(assignment) = &statement.kind {
            self.quiet(&assignment.target);
        }
    }

    fn expression(&mut self, expr: &Expr) -> bool {
        if let ExprKind::Call(callee, arguments) = &expr.kind {
            if let ExprKind::Member(base, name) = &callee.kind {
                self.called.insert((callee.span.start, callee.span.end));
                self.member(base, name, Some(arguments));
            }
            if let ExprKind::Command(number, _) = callee.kind {
                let special = self.unit.facts.environment().catalog().special(number);
                // Inside of a formula `This` is the object that it is called on.
                if special == Some(Special::Formula) {
                    return false;
                }
                let asks = special.is_some_and(|special| ASKS.contains(&special)) || VALUE_TYPE == number;
                for argument in arguments {
                    if let (true, Argument::Value(value)) = (asks, argument) {
                        self.quiet(value);
                    }
                }
            }
        }
        if let ExprKind::Chain(first, rest) = &expr.kind {
            // `$o.x=Null` and `$o.x#Null` ask too.
            self.quiet(first);
            rest.iter().for_each(|(_, operand)| self.quiet(operand));
        }
        if let ExprKind::Member(base, name) = &expr.kind {
            let place = (expr.span.start, expr.span.end);
            if !self.called.contains(&place) && !self.quiet.contains(&place) {
                self.member(base, name, None);
            }
        }
        true
    }
}

/// `Value type`
const VALUE_TYPE: u16 = 1509;
