//! `4D.Class`: classes as objects.

use crate::builtin::parameter::Rest;
use crate::builtin::{Class, Function, Property};
use crate::native;
use crate::runtime::access;
use crate::runtime::process::Process;
use crate::value::Value;
use crate::value::error::{Error, Result};
use crate::value::function::ClassRef;
use crate::value::object::Object;
use crate::value::text::Text;

/// The class.
pub const CLASS: Class = Class {
    store: "4D",
    name: "Class",
    extends: None,
    constructor: None,
    functions: &[NEW],
    properties: &[IS_SESSION_SINGLETON, IS_SHARED, IS_SINGLETON, ME, NAME, SUPERCLASS],
};

const NEW: Function = Function {
    name: "new",
    help: "Makes an instance of the class; the parameters go to its constructor.",
    syntaxes: &[native!(new(process, this, param))],
};

fn new(process: &mut Process, this: Object, arguments: Rest<Value>) -> Result<Value> {
    let site = process.site().unwrap_or_default();
    match this.as_class() {
        Some(ClassRef::User(id)) => process.construct(id, arguments.0, site),
        Some(ClassRef::BuiltIn(class)) => process.construct_native(class, arguments.0),
        None => Err(Error::types("this object is no class")),
    }
}

const ME: Property = Property {
    name: "me",
    help: "The only instance of a singleton class, made when it is first asked for.",
    get: native!(me(process, this)),
    set: None,
};

fn me(process: &mut Process, this: Object) -> Result<Value> {
    let site = process.site().unwrap_or_default();
    match this.as_class() {
        Some(ClassRef::User(id)) => process.singleton(id, Vec::new(), site),
        Some(ClassRef::BuiltIn(_)) | None => Ok(Value::Undefined),
    }
}

const NAME: Property =
    Property { name: "name", help: "The name of the class.", get: native!(name(process, this)), set: None };

fn name(process: &mut Process, this: Object) -> Text {
    match this.as_class() {
        Some(ClassRef::User(id)) => {
            let unit = process.runtime.program.class(id);
            unit.map(|unit| Text::from(unit.name.rsplit('.').next().unwrap_or_default())).unwrap_or_default()
        }
        Some(ClassRef::BuiltIn(class)) => Text::from(class),
        None => Text::default(),
    }
}

const SUPERCLASS: Property = Property {
    name: "superclass",
    help: "The class that this one extends; Null of `4D.Object`.",
    get: native!(superclass(process, this)),
    set: None,
};

fn superclass(process: &mut Process, this: Object) -> Result<Option<Object>> {
    let parent = match this.as_class() {
        Some(ClassRef::User(id)) => {
            let class = access::class(&process.runtime.loader, id)?;
            let built_in = class.built_in_parent.map(ClassRef::BuiltIn);
            Some(class.parent.map(ClassRef::User).or(built_in).unwrap_or(ClassRef::BuiltIn("Object")))
        }
        Some(ClassRef::BuiltIn("Object")) | None => None,
        Some(ClassRef::BuiltIn(class)) => Some(ClassRef::BuiltIn(super::parent(class).unwrap_or("Object"))),
    };
    Ok(parent.map(Object::class_object))
}

const IS_SHARED: Property = Property {
    name: "isShared",
    help: "Whether instances of the class are shared.",
    get: native!(is_shared(process, this)),
    set: None,
};

fn is_shared(process: &mut Process, this: Object) -> Result<bool> {
    flag(process, &this, |class| class.shared)
}

const IS_SINGLETON: Property = Property {
    name: "isSingleton",
    help: "Whether the class has one instance only.",
    get: native!(is_singleton(process, this)),
    set: None,
};

fn is_singleton(process: &mut Process, this: Object) -> Result<bool> {
    flag(process, &this, |class| class.singleton)
}

const IS_SESSION_SINGLETON: Property = Property {
    name: "isSessionSingleton",
    help: "Whether the class has one instance for each session.",
    get: native!(is_session_singleton(process, this)),
    set: None,
};

fn is_session_singleton(process: &mut Process, this: Object) -> Result<bool> {
    flag(process, &this, |class| class.session_singleton)
}

fn flag(process: &Process, this: &Object, read: fn(&crate::program::Class) -> bool) -> Result<bool> {
    match this.as_class() {
        Some(ClassRef::User(id)) => access::class(&process.runtime.loader, id).map(|class| read(&class)),
        Some(ClassRef::BuiltIn(_)) | None => Ok(false),
    }
}
