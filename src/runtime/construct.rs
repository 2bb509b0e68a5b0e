//! Instances of classes of the program: constructors, initial values of properties, singletons, `Use`.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a value of any other type is one and the same case here"
)]

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::runtime::Loader;
use crate::runtime::access::{Found, class, find_member};
use crate::runtime::process::Process;
use crate::source::span::Span;
use crate::value::Value;
use crate::value::deep;
use crate::value::error::{Error, Result};
use crate::value::function::{ClassId, ClassRef};
use crate::value::group;
use crate::value::object::Object;
use crate::value::shared::SharedObject;
use crate::value::text::Text;

/// A constructor under way.
#[derive(Debug)]
pub struct Construction {
    /// The object being made.
    pub this: Object,
    /// The class whose constructor runs.
    pub class: ClassId,
    /// Its parent's constructor has run, or it has no parent.
    pub parent_done: bool,
}

/// Singletons and attributes of classes that all processes share.
#[derive(Default)]
pub struct ClassState {
    singletons: Mutex<FxHashMap<ClassId, Arc<SharedObject>>>,
    attributes: Mutex<FxHashMap<ClassRef, Arc<SharedObject>>>,
}

/// Singletons of one process.
#[derive(Default)]
struct ProcessSingletons(FxHashMap<ClassId, Object>);

/// How many locks were held when a `Use` began.
#[derive(Clone, Copy, Debug)]
pub struct Held(usize);

impl Process {
    /// `cs.X.new(arguments)`
    pub fn construct(&mut self, id: ClassId, arguments: Vec<Value>, site: Span) -> Result<Value> {
        let loader = Arc::clone(&self.runtime.loader);
        let info = class(&loader, id)?;
        if info.singleton {
            return self.singleton(id, arguments, site);
        }
        self.make(id, info.shared, arguments, site).map(Value::Object)
    }

    fn make(&mut self, id: ClassId, shared: bool, arguments: Vec<Value>, site: Span) -> Result<Object> {
        if !shared {
            let object = Object::of_class(Some(ClassRef::User(id)));
            self.run_constructor(id, &object, arguments, site)?;
            return Ok(object);
        }
        let object = Object::shared(SharedObject::new(Some(ClassRef::User(id))));
        let held = self.use_shared(&Value::Object(object.clone()))?;
        let done = self.run_constructor(id, &object, arguments, site);
        self.end_use(held);
        done?;
        Ok(object)
    }

    /// `cs.X.me`, and `cs.X.new()` of a singleton: made on first use.
    pub fn singleton(&mut self, id: ClassId, arguments: Vec<Value>, site: Span) -> Result<Value> {
        let loader = Arc::clone(&self.runtime.loader);
        let info = class(&loader, id)?;
        if !info.singleton {
            return Ok(Value::Undefined);
        }
        if info.session_singleton {
            return self.session_singleton(id, arguments, site);
        }
        if !info.shared {
            if let Some(object) = self.state::<ProcessSingletons>().0.get(&id) {
                return Ok(Value::Object(object.clone()));
            }
            let object = self.make(id, false, arguments, site)?;
            self.state::<ProcessSingletons>().0.insert(id, object.clone());
            return Ok(Value::Object(object));
        }
        if let Some(object) = lock(&self.runtime.classes.singletons).get(&id) {
            return Ok(Value::Object(Object::shared(Arc::clone(object))));
        }
        // Made outside the lock, because a constructor runs code; the first one to finish is the singleton.
        let object = self.make(id, true, arguments, site)?;
        let Some(shared) = object.as_shared() else { return Ok(Value::Object(object)) };
        let winner = Arc::clone(lock(&self.runtime.classes.singletons).entry(id).or_insert(shared));
        Ok(Value::Object(Object::shared(winner)))
    }

    fn session_singleton(&mut self, id: ClassId, arguments: Vec<Value>, site: Span) -> Result<Value> {
        let Some(session) = self.entry.session() else {
            return Err(Error::quatre(
                5212,
                "a session singleton needs a session, and this process has none",
            )
            .at(site));
        };
        if let Some(object) = session.singletons.get(id) {
            return Ok(Value::Object(Object::shared(object)));
        }
        let object = self.make(id, true, arguments, site)?;
        let Some(shared) = object.as_shared() else { return Ok(Value::Object(object)) };
        let winner = session.singletons.insert(id, shared);
        Ok(Value::Object(Object::shared(winner)))
    }

    /// Runs the constructor of a class on an object, and what belongs to it: the parent's, and initial values.
    fn run_constructor(
        &mut self,
        id: ClassId,
        object: &Object,
        arguments: Vec<Value>,
        site: Span,
    ) -> Result<()> {
        let loader = Arc::clone(&self.runtime.loader);
        let info = class(&loader, id)?;
        let this = Value::Object(object.clone());
        match (info.constructor, info.parent) {
            (None, Some(parent)) => {
                self.run_constructor(parent, object, arguments, site)?;
                self.initialize(id, &this, site)
            }
            (None, None) => self.initialize(id, &this, site),
            (Some(constructor), parent) => {
                let parent_done = match parent {
                    None => true,
                    Some(parent) => {
                        let built = !has_constructor(&loader, parent)?;
                        if built {
                            self.run_constructor(parent, object, Vec::new(), site)?;
                        }
                        built
                    }
                };
                if parent_done {
                    self.initialize(id, &this, site)?;
                }
                self.constructions.push(Construction { this: object.clone(), class: id, parent_done });
                let done = self.call_on(this, constructor, arguments, site);
                let construction = self.constructions.pop();
                done?;
                if construction.is_some_and(|construction| !construction.parent_done) {
                    return Err(Error::native(
                        -10748,
                        format!("the constructor of `{}` does not call that of its parent", info.name),
                    )
                    .help("begin it with `Super()`")
                    .at(info.span));
                }
                Ok(())
            }
        }
    }

    fn initialize(&mut self, id: ClassId, this: &Value, site: Span) -> Result<()> {
        let loader = Arc::clone(&self.runtime.loader);
        let Some(initializer) = class(&loader, id)?.initializer else { return Ok(()) };
        let Value::Object(object) = this else { return Ok(()) };
        let Some(shared) = object.as_shared() else {
            self.call_on(this.clone(), initializer, Vec::new(), site)?;
            return Ok(());
        };
        // In a shared class, objects and collections that properties begin with become shared ones.
        let draft = Object::of_class(None);
        self.call_on(Value::Object(draft.clone()), initializer, Vec::new(), site)?;
        for (name, value) in draft.entries() {
            let options =
                deep::Options { shared: true, group: Some(shared.membership()), ..deep::Options::default() };
            shared.init(&name, deep::copy(&value, options)?)?;
        }
        Ok(())
    }

    /// `Super(arguments)` inside a constructor.
    pub fn super_constructor(&mut self, arguments: Vec<Value>, site: Span) -> Result<Value> {
        let loader = Arc::clone(&self.runtime.loader);
        let Some(construction) = self.constructions.last_mut() else {
            return Err(
                Error::native(-10746, "`Super(…)` can only be called in the constructor of a class").at(site)
            );
        };
        if construction.parent_done {
            // No class above it has a constructor: what they declare is there already.
            return Ok(Value::Undefined);
        }
        let (id, object) = (construction.class, construction.this.clone());
        construction.parent_done = true;
        let Some(parent) = class(&loader, id)?.parent else {
            // Every class has 4D.Object above it, whose constructor does nothing.
            return Ok(Value::Undefined);
        };
        self.run_constructor(parent, &object, arguments, site)?;
        self.initialize(id, &Value::Object(object), site)?;
        Ok(Value::Undefined)
    }

    /// `This` in the constructor of a class that has a parent.
    pub fn this_in_constructor(&mut self, site: Span) -> Result<Value> {
        if self.constructions.last().is_some_and(|construction| !construction.parent_done) {
            return Err(Error::native(
                -10743,
                "`This` cannot be used before the parent's constructor has run",
            )
            .help("call `Super(…)` first")
            .at(site));
        }
        Ok(self.this.clone())
    }

    /// `Super.name(arguments)` in a function of class `id`.
    pub fn call_super(
        &mut self,
        id: ClassId,
        name: &Text,
        arguments: Vec<Value>,
        site: Span,
    ) -> Result<Value> {
        let this = self.this.clone();
        match self.parent_member(id, name)? {
            Some(Found::Function(member)) => self.call_member_code(this, member, arguments, site),
            Some(Found::Computed { get: Some(get), .. }) => {
                let value = self.call_member_code(this.clone(), get, Vec::new(), site)?;
                self.call_value(&value, this, name, arguments, site)
            }
            Some(Found::Computed { get: None, .. }) | None => Err(Error::quatre(
                5108,
                format!("no class above this one has a function `{}`", name.to_str()),
            )),
        }
    }

    /// The function that `Super.name` means in a function of class `id`; `None` when it means anything else.
    pub fn super_function(&self, id: ClassId, name: &Text) -> Result<Option<crate::program::Member>> {
        Ok(match self.parent_member(id, name)? {
            Some(Found::Function(member)) => Some(member),
            Some(Found::Computed { .. }) | None => None,
        })
    }

    /// `Super.name` in a function of class `id`.
    pub fn get_super(&mut self, id: ClassId, name: &Text, site: Span) -> Result<Value> {
        let this = self.this.clone();
        match self.parent_member(id, name)? {
            Some(Found::Function(member)) => Ok(self.function_value(member.code)),
            Some(Found::Computed { get: Some(get), .. }) => {
                self.call_member_code(this, get, Vec::new(), site)
            }
            Some(Found::Computed { get: None, .. }) => Ok(Value::Undefined),
            None => self.get_member(&this, name, site),
        }
    }

    /// `Super.name:=value` in a function of class `id`.
    pub fn set_super(&mut self, id: ClassId, name: &Text, value: Value, site: Span) -> Result<()> {
        let this = self.this.clone();
        match self.parent_member(id, name)? {
            Some(Found::Computed { set: Some(set), .. }) => {
                self.call_member_code(this, set, vec![value], site).map(|_| ())
            }
            Some(_) => Err(Error::quatre(5109, format!("the property `{}` can only be read", name.to_str()))),
            None => self.set_member(&this, name, value, site),
        }
    }

    fn parent_member(&self, id: ClassId, name: &Text) -> Result<Option<Found>> {
        let loader = &self.runtime.loader;
        match class(loader, id)?.parent {
            Some(parent) => find_member(loader, parent, &name.to_str()),
            None => Ok(None),
        }
    }

    /// The attributes that code gave to a class itself, inside `Use`.
    pub fn class_attributes(&self, id: ClassRef) -> Arc<SharedObject> {
        Arc::clone(
            lock(&self.runtime.classes.attributes).entry(id).or_insert_with(|| SharedObject::new(None)),
        )
    }

    /// `Use (value)`: locks what it belongs to.
    pub fn use_shared(&mut self, value: &Value) -> Result<Held> {
        let held = group::held();
        match value {
            Value::Object(object) => {
                if let Some(shared) = object.as_shared() {
                    shared.membership().acquire()?;
                    return Ok(Held(held));
                }
                if let Some(class) = object.as_class() {
                    self.class_attributes(class).membership().acquire()?;
                    return Ok(Held(held));
                }
                Err(not_shared("object"))
            }
            Value::Collection(collection) => match collection.as_shared() {
                Some(shared) => {
                    shared.membership().acquire()?;
                    Ok(Held(held))
                }
                None => Err(not_shared("collection")),
            },
            other => Err(Error::types(format!(
                "`Use` takes a shared object or collection, not a value of type {}",
                other.type_name()
            ))),
        }
    }

    /// `End use`
    pub fn end_use(&mut self, held: Held) {
        group::release_to(held.0);
    }
}

/// Whether a class, or one above it, declares a constructor: only then must `Super` be called below it.
fn has_constructor(loader: &Arc<dyn Loader>, id: ClassId) -> Result<bool> {
    let mut next = Some(id);
    while let Some(id) = next {
        let info = class(loader, id)?;
        if info.constructor.is_some() {
            return Ok(true);
        }
        next = info.parent;
    }
    Ok(false)
}

#[cold]
fn not_shared(what: &str) -> Error {
    Error::native(-10721, format!("`Use` takes a shared {what}, and this one is not shared"))
        .help(format!("make it with `New shared {what}`"))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Session singletons, by class.
#[derive(Default)]
pub struct SessionSingletons(Mutex<FxHashMap<ClassId, Arc<SharedObject>>>);

impl SessionSingletons {
    fn get(&self, id: ClassId) -> Option<Arc<SharedObject>> {
        lock(&self.0).get(&id).cloned()
    }

    fn insert(&self, id: ClassId, object: Arc<SharedObject>) -> Arc<SharedObject> {
        Arc::clone(lock(&self.0).entry(id).or_insert(object))
    }
}
