//! Language: types, pointers, parameters, methods by name, where execution stands.

mod facts;

use crate::builtin::native::Native;
use crate::builtin::parameter::{Rest, Star, Var};
use crate::builtin::{Command, Special, Theme};
use crate::native;
use crate::program::ids::InterprocessId;
use crate::program::tree::Home;
use crate::runtime::process::Process;
use crate::value::Value;
use crate::value::collection::Collection;
use crate::value::error::{Error, Result};
use crate::value::object::Object;
use crate::value::pointer::{Pointer, Target, row_of};
use crate::value::text::Text;

/// The theme.
pub const THEME: Theme = Theme {
    name: "Language",
    commands: &[
        BUILT_IN_CLASSES,
        CALL_CHAIN,
        COPY_PARAMETERS,
        COUNT_PARAMETERS,
        CLASS_STORE,
        COMMAND_NAME,
        CURRENT_METHOD_NAME,
        EXECUTE_METHOD,
        GET_POINTER,
        IS_A_VARIABLE,
        IS_NIL_POINTER,
        NULL,
        RESOLVE_POINTER,
        SELF,
        SUPER,
        SUPER_CONSTRUCTOR,
        THIS,
        TRACE,
        TYPE,
        UNDEFINED,
        VALUE_TYPE,
    ],
};

const BUILT_IN_CLASSES: Command = Command {
    number: 1709,
    name: "4D",
    thread_safe: true,
    help: "The store of the classes that 4D brings.",
    syntaxes: &[Native::special(Special::BuiltInClasses, &[])],
};

const CLASS_STORE: Command = Command {
    number: 1710,
    name: "cs",
    thread_safe: true,
    help: "The store of the classes of the project.",
    syntaxes: &[Native::special(Special::ClassStore, &[])],
};

const COMMAND_NAME: Command = Command {
    number: 538,
    name: "Command name",
    thread_safe: true,
    help: "The name of the command of a number, and what is known of it.",
    syntaxes: &[native!(command_name(process, command, info, theme))],
};

fn command_name(
    process: &mut Process,
    command: i32,
    info: Option<Var<i32>>,
    theme: Option<Var<Text>>,
) -> &'static str {
    let number = u16::try_from(command).ok();
    let known = number.and_then(facts::facts);
    let name = number.and_then(|number| process.runtime.loader.command_name(number));
    process.set_ok(known.is_some() || name.is_some());
    let (of, bits) = known.unwrap_or_default();
    if let Some(info) = info {
        info.set(i32::from(bits));
    }
    if let Some(theme) = theme {
        theme.set(of);
    }
    // A command that is switched off has a number and no name.
    name.filter(|name| !name.to_ascii_lowercase().starts_with("_o_")).unwrap_or_default()
}

const COPY_PARAMETERS: Command = Command {
    number: 1790,
    name: "Copy parameters",
    thread_safe: true,
    help: "A collection of the parameters that the method received, from a position on.",
    syntaxes: &[Native::special(Special::CopyParameters, &["startFrom"])],
};

const COUNT_PARAMETERS: Command = Command {
    number: 259,
    name: "Count parameters",
    thread_safe: true,
    help: "The number of parameters that the method received.",
    syntaxes: &[Native::special(Special::CountParameters, &[])],
};

const NULL: Command = Command {
    number: 1517,
    name: "Null",
    thread_safe: true,
    help: "The value of an object, a collection or a pointer that leads nowhere.",
    syntaxes: &[Native::special(Special::Null, &[])],
};

const SUPER: Command = Command {
    number: 1706,
    name: "Super",
    thread_safe: true,
    help: "Calls the constructor of the parent class, or stands for the parent before a dot.",
    syntaxes: &[Native::special(Special::Super, &["param"]), Native::special(Special::Super, &[])],
};

/// The form before parentheses has a token of its own.
const SUPER_CONSTRUCTOR: Command = Command {
    number: 1705,
    name: "Super",
    thread_safe: true,
    help: "Calls the constructor of the parent class.",
    syntaxes: &[Native::special(Special::Super, &["param"])],
};

const THIS: Command = Command {
    number: 1470,
    name: "This",
    thread_safe: true,
    help: "The object that the running function or formula was called on.",
    syntaxes: &[Native::special(Special::This, &[])],
};

const TYPE: Command = Command {
    number: 295,
    name: "Type",
    thread_safe: true,
    help: "The type of a variable, as a constant such as `Is text`.",
    syntaxes: &[Native::special(Special::Type, &["fieldVar"])],
};

const UNDEFINED: Command = Command {
    number: 82,
    name: "Undefined",
    thread_safe: true,
    help: "Whether an expression has no value at all.",
    syntaxes: &[Native::special(Special::Undefined, &["expression"])],
};

const VALUE_TYPE: Command = Command {
    number: 1509,
    name: "Value type",
    thread_safe: true,
    help: "The type of a value, as a constant such as `Is text`.",
    syntaxes: &[native!(value_type(expression))],
};

fn value_type(expression: Value) -> i32 {
    expression.type_code()
}

const CALL_CHAIN: Command = Command {
    number: 1662,
    name: "Call chain",
    thread_safe: true,
    help: "The calls that are under way, innermost first, each with its line.",
    syntaxes: &[native!(call_chain(process))],
};

fn call_chain(process: &mut Process) -> Collection {
    // The innermost frame stands where this command is called; its line is that of the statement under way.
    let here = process.site();
    let database = process
        .runtime
        .options
        .structure
        .as_ref()
        .and_then(|path| path.file_stem())
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let chain = process.call_chain(here);
    chain
        .into_iter()
        .map(|call| {
            let link = Object::new();
            link.put("type", process.kind_of_code(&call.method));
            link.put("name", call.method.as_str());
            link.put("line", call.span.and_then(|span| process.line_of(span)).unwrap_or(0));
            link.put("database", database.as_str());
            if let Some(formula) = call.span.and_then(|span| process.line_text(span)) {
                link.put("formula", formula);
            }
            Value::Object(link)
        })
        .collect()
}

const CURRENT_METHOD_NAME: Command = Command {
    number: 684,
    name: "Current method name",
    thread_safe: true,
    help: "The name of the method that runs.",
    syntaxes: &[native!(current_method_name(process))],
};

fn current_method_name(process: &mut Process) -> String {
    process.stack.frame().map(|frame| frame.code).map(|code| process.unit_name(code)).unwrap_or_default()
}

const EXECUTE_METHOD: Command = Command {
    number: 1007,
    name: "EXECUTE METHOD",
    thread_safe: true,
    help: "Calls a method by its name, with parameters, and gives its result to a variable.",
    syntaxes: &[
        native!(execute_method(process, methodName)),
        native!(execute_method_star(process, methodName, star, param)),
        native!(execute_method_into(process, methodName, result, param)),
    ],
};

fn execute_method(process: &mut Process, name: Text) -> Result<()> {
    call_by_name(process, &name, Vec::new()).map(|_| ())
}

fn execute_method_star(
    process: &mut Process,
    name: Text,
    _star: Star,
    parameters: Rest<Value>,
) -> Result<()> {
    call_by_name(process, &name, parameters.0).map(|_| ())
}

fn execute_method_into(
    process: &mut Process,
    name: Text,
    result: Var<Value>,
    parameters: Rest<Value>,
) -> Result<()> {
    let value = call_by_name(process, &name, parameters.0)?;
    result.set(value);
    Ok(())
}

/// Calls a method of the program by its name.
fn call_by_name(process: &mut Process, name: &Text, parameters: Vec<Value>) -> Result<Value> {
    let name = name.to_str();
    let Some(id) = process.runtime.loader.method(&name) else {
        let names = process.runtime.loader.method_names();
        let error = Error::quatre(2001, format!("there is no method `{name}`"));
        return Err(match crate::diagnostics::suggest::nearest(&name, names.iter().map(String::as_str)) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error,
        });
    };
    let site = process.site().unwrap_or_default();
    let value = process.call(id, parameters, site)?;
    process.set_ok(true);
    Ok(value)
}

const GET_POINTER: Command = Command {
    number: 304,
    name: "Get pointer",
    thread_safe: true,
    help: "A pointer to the process or interprocess variable of that name.",
    syntaxes: &[native!(get_pointer(process, varName))],
};

fn get_pointer(process: &mut Process, name: Text) -> Result<Pointer> {
    let name = name.to_str();
    let name = name.trim();
    if let Some(interprocess) = name.strip_prefix("<>").or_else(|| name.strip_prefix('◊')) {
        let InterprocessId(id) = process.runtime.program.interprocess(interprocess);
        return Ok(Pointer::to(Target::Interprocess(id, format!("<>{interprocess}"))));
    }
    if let Some(local) = name.strip_prefix('$') {
        return local_pointer(process, local);
    }
    if let Some((array, index)) = name.strip_suffix('}').and_then(|name| name.split_once('{')) {
        let variable = process.runtime.program.variable(array);
        let variable = process.variable(variable);
        let index = index.trim().parse::<usize>().ok();
        return match (variable.get(), index) {
            (Value::Array(array), Some(index)) if index <= array.size() => {
                Ok(Pointer::to(Target::Element(Some(variable), array, index)))
            }
            _ => Ok(Pointer::NIL),
        };
    }
    if name.is_empty() {
        return Ok(Pointer::NIL);
    }
    let id = process.runtime.program.variable(name);
    Ok(Pointer::to(Target::Variable(process.variable(id))))
}

/// A local of the calling method by its name: only one that a pointer may lead to.
fn local_pointer(process: &mut Process, name: &str) -> Result<Pointer> {
    let Some(code) = process.stack.frame().map(|frame| frame.code) else { return Ok(Pointer::NIL) };
    let code = process.code(code)?;
    let local = code.method.locals.iter().find(|local| local.name.eq_ignore_ascii_case(name));
    if let Some(Home::Variable(slot)) = local.map(|local| local.home)
        && let Value::Variable(variable) = process.stack.value(slot)
    {
        return Ok(Pointer::to(Target::Variable(variable.clone())));
    }
    Err(Error::quatre(5114, format!("`Get pointer` cannot find the local variable `${name}`"))
        .help(format!("write `->${name}`")))
}

const IS_A_VARIABLE: Command = Command {
    number: 294,
    name: "Is a variable",
    thread_safe: true,
    help: "Whether a pointer leads to a variable.",
    syntaxes: &[native!(is_a_variable(aPointer))],
};

fn is_a_variable(pointer: Pointer) -> bool {
    matches!(pointer.target(), Some(Target::Variable(_) | Target::Interprocess(..) | Target::Element(..)))
}

const IS_NIL_POINTER: Command = Command {
    number: 315,
    name: "Is nil pointer",
    thread_safe: true,
    help: "Whether a pointer leads nowhere.",
    syntaxes: &[native!(is_nil_pointer(aPointer))],
};

fn is_nil_pointer(pointer: Option<Pointer>) -> bool {
    pointer.is_none_or(|pointer| pointer.is_nil())
}

const RESOLVE_POINTER: Command = Command {
    number: 394,
    name: "RESOLVE POINTER",
    thread_safe: true,
    help: "Tells what a pointer leads to: the name of a variable, or the numbers of a table and a field.",
    syntaxes: &[native!(resolve_pointer(aPointer, varName, tableNum, fieldNum))],
};

fn resolve_pointer(pointer: Pointer, name: Var<Text>, table: Var<i32>, field: Var<i32>) {
    let number = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    let (text, first, second) = match pointer.target() {
        None => (String::new(), 0, 0),
        Some(Target::Variable(variable)) => (variable.name().to_owned(), -1, -1),
        Some(Target::Interprocess(_, name)) => (name.clone(), -1, -1),
        Some(Target::Element(None, _, index)) => (String::new(), number(*index), -1),
        Some(Target::Element(Some(variable), array, index)) => {
            let name = variable.name().to_owned();
            match row_of(variable, array) {
                Some(row) => (name, number(row), number(*index)),
                None => (name, number(*index), -1),
            }
        }
        Some(Target::Table(table)) => (String::new(), i32::try_from(*table).unwrap_or(0), 0),
        Some(Target::Field(table, field)) => {
            (String::new(), i32::try_from(*table).unwrap_or(0), i32::try_from(*field).unwrap_or(0))
        }
    };
    name.set(text);
    table.set(first);
    field.set(second);
}

const SELF: Command = Command {
    number: 308,
    name: "Self",
    thread_safe: false,
    help: "A pointer to the object of a form whose method runs: Nil, because no form is shown.",
    syntaxes: &[native!(self_pointer())],
};

fn self_pointer() -> Pointer {
    Pointer::NIL
}

const TRACE: Command = Command {
    number: 157,
    name: "TRACE",
    thread_safe: true,
    help: "Opens the debugger; there is none here, and execution goes on.",
    syntaxes: &[native!(trace())],
};

fn trace() {}
