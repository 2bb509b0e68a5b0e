//! What is known at a prompt when something is completed, highlighted or hinted at. The prompt of a program knows its
//! methods and looks at its variables; one over a connection knows the language only.

use std::cell::RefCell;
use std::rc::Rc;

use crate::builtin::native::Body;
use crate::engine::catalog;
use crate::help::signature;
use crate::repl::dialogue::Dialogue;
use crate::syntax::{Known, Names};
use crate::value::Value;
use crate::value::function::{ClassId, ClassRef};

/// What stands before a dot.
#[derive(Clone, Debug)]
pub enum Receiver {
    /// A value that is there.
    Value(Value),
    /// An object of a built-in class, whatever it holds.
    BuiltIn(&'static str),
    /// An object of a class of the program.
    User(ClassId),
    /// A class of the program itself: `cs.Person`.
    UserClass(ClassId),
    /// A built-in class itself: `4D.File`.
    BuiltInClass(&'static str),
    /// `cs`
    Classes,
    /// `4D`
    BuiltInClasses,
}

/// Something that may stand behind a dot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// What is said beside it.
    pub about: String,
}

/// What is known at a prompt.
pub trait Knowledge {
    /// What a name stands for.
    fn find(&self, words: &str) -> Option<Known> {
        catalog().find(words)
    }

    /// The methods that can be called.
    fn methods(&self) -> Vec<String> {
        Vec::new()
    }

    /// How a method is called.
    fn signature(&self, _method: &str) -> Option<(Vec<String>, String)> {
        None
    }

    /// The locals and process variables that hold something, with their types.
    fn variables(&self) -> Vec<(String, String)> {
        Vec::new()
    }

    /// What a variable holds: `$name` or `name`.
    fn value(&self, _name: &str) -> Option<Value> {
        None
    }

    /// A class of the program by its name in `cs`.
    fn class(&self, _name: &str) -> Option<ClassId> {
        None
    }

    /// The names of the classes of the program.
    fn class_names(&self) -> Vec<String> {
        Vec::new()
    }

    /// The members of a class of the program, and the built-in class above it.
    fn class_members(&self, _class: ClassId) -> (Vec<(String, bool)>, Option<&'static str>) {
        (Vec::new(), None)
    }

    /// Whether a setting is on.
    fn shows_hints(&self) -> bool {
        true
    }

    /// Whether what is typed is colored.
    fn highlights(&self) -> bool {
        true
    }
}

/// Nothing but the language.
#[derive(Clone, Copy, Debug, Default)]
pub struct LanguageOnly;

impl Knowledge for LanguageOnly {}

/// A dialogue that others look into between two inputs.
pub type Shared<'a> = Rc<RefCell<Dialogue<'a>>>;

impl Knowledge for Shared<'_> {
    fn find(&self, words: &str) -> Option<Known> {
        self.borrow_mut().prompt().engine().names().find(words)
    }

    fn methods(&self) -> Vec<String> {
        self.borrow_mut().prompt().method_names()
    }

    fn signature(&self, method: &str) -> Option<(Vec<String>, String)> {
        let mut dialogue = self.borrow_mut();
        let engine = dialogue.prompt().engine();
        let signature = engine.signature(engine.method(method)?);
        let parameters =
            signature.parameters.iter().map(|(name, type_)| format!("${name} : {}", type_.name())).collect();
        let result = signature.result.map(|type_| format!(" : {}", type_.name())).unwrap_or_default();
        Some((parameters, result))
    }

    fn variables(&self) -> Vec<(String, String)> {
        let mut dialogue = self.borrow_mut();
        let prompt = dialogue.prompt();
        let all = prompt.variables();
        all.into_iter().map(|(name, _, value)| (name, prompt.type_name(&value))).collect()
    }

    fn value(&self, name: &str) -> Option<Value> {
        let mut dialogue = self.borrow_mut();
        match name.strip_prefix('$') {
            Some(local) => dialogue.prompt().local(local),
            None => dialogue.prompt().process_variable(name),
        }
    }

    fn class(&self, name: &str) -> Option<ClassId> {
        self.borrow_mut().prompt().engine().runtime().loader.class_id(name)
    }

    fn class_names(&self) -> Vec<String> {
        self.borrow_mut().prompt().class_names()
    }

    fn class_members(&self, class: ClassId) -> (Vec<(String, bool)>, Option<&'static str>) {
        self.borrow_mut().prompt().engine().members(class)
    }

    fn shows_hints(&self) -> bool {
        self.borrow().settings.hints
    }

    fn highlights(&self) -> bool {
        self.borrow().settings.highlight
    }
}

/// The receiver that a result of this type is: `Collection`, `4D.File`.
pub fn of_type(name: &str) -> Option<Receiver> {
    let name = name.strip_prefix("4D.").unwrap_or(name);
    catalog().class(name).map(|class| Receiver::BuiltIn(class.name))
}

/// The members of a receiver, those of the value first.
pub fn members(receiver: &Receiver, knowledge: &dyn Knowledge) -> Vec<Member> {
    let mut all: Vec<Member> = Vec::new();
    let mut push = |name: String, about: String| {
        if !all.iter().any(|member| member.name == name) {
            all.push(Member { name, about });
        }
    };
    match receiver {
        Receiver::Classes => {
            for name in knowledge.class_names() {
                push(name, "class".to_owned());
            }
        }
        Receiver::BuiltInClasses => {
            let mut names: Vec<&str> = catalog().class_names().collect();
            names.sort_unstable();
            for name in names {
                push(name.to_owned(), "class".to_owned());
            }
        }
        Receiver::UserClass(_) | Receiver::BuiltInClass(_) => {
            for name in ["new", "name", "superclass", "me"] {
                push(name.to_owned(), String::new());
            }
        }
        Receiver::User(id) => of_user_class(*id, knowledge, &mut push),
        Receiver::BuiltIn(class) => of_built_in(class, &mut push),
        Receiver::Value(Value::Object(object)) => {
            for (key, value) in object.entries() {
                push(key.to_string(), crate::engine::literal::type_of(&value));
            }
            match object.class() {
                Some(ClassRef::User(id)) => of_user_class(id, knowledge, &mut push),
                Some(ClassRef::BuiltIn(name)) => of_built_in(name, &mut push),
                None => {}
            }
        }
        Receiver::Value(Value::Collection(_)) => of_built_in("Collection", &mut push),
        Receiver::Value(Value::Blob(_)) => of_built_in("Blob", &mut push),
        Receiver::Value(_) => {}
    }
    all
}

fn of_user_class(id: ClassId, knowledge: &dyn Knowledge, push: &mut impl FnMut(String, String)) {
    let (members, above) = knowledge.class_members(id);
    for (name, is_function) in members {
        push(name, if is_function { "function" } else { "property" }.to_owned());
    }
    if let Some(above) = above {
        of_built_in(above, push);
    }
}

fn of_built_in(class: &str, push: &mut impl FnMut(String, String)) {
    for owner in catalog().ancestry(class) {
        for property in owner.properties {
            push(
                property.name.to_owned(),
                signature::result(&property.get).trim_start_matches([' ', ':']).to_owned(),
            );
        }
        for function in owner.functions {
            let form = function.syntaxes.first();
            let call = form.map(|form| signature::of("", form, true)).unwrap_or_default();
            push(function.name.to_owned(), format!("{}  {}", call.trim_start(), function.help));
        }
    }
}

/// What a member of a receiver is: a property's value, or what a function gives.
pub fn member(receiver: &Receiver, name: &str, knowledge: &dyn Knowledge) -> Option<Receiver> {
    let result = |form: &crate::builtin::native::Native| match form.body {
        Body::Rust(callable) => of_type(callable.result_name()),
        Body::Special(_) => None,
    };
    let of_class = |class: &str| {
        let property = catalog().class_property(class, name).and_then(|property| result(&property.get));
        let function =
            || catalog().class_function(class, name).and_then(|f| f.syntaxes.first()).and_then(result);
        property.or_else(function)
    };
    match receiver {
        Receiver::Classes => knowledge.class(name).map(Receiver::UserClass),
        Receiver::BuiltInClasses => catalog().class(name).map(|class| Receiver::BuiltInClass(class.name)),
        Receiver::UserClass(id) => ["new", "me"].contains(&name).then_some(Receiver::User(*id)),
        Receiver::BuiltInClass(class) => ["new", "me"].contains(&name).then_some(Receiver::BuiltIn(class)),
        Receiver::BuiltIn(class) => of_class(class),
        Receiver::User(_) => None,
        Receiver::Value(Value::Object(object)) => match (object.get_str(name), object.class()) {
            (Some(value), _) => Some(Receiver::Value(value)),
            (None, Some(ClassRef::BuiltIn(class))) => of_class(class),
            (None, Some(ClassRef::User(_)) | None) => None,
        },
        Receiver::Value(Value::Collection(_)) => of_class("Collection"),
        Receiver::Value(Value::Blob(_)) => of_class("Blob"),
        Receiver::Value(_) => None,
    }
}
