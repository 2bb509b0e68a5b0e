//! Properties, elements and functions of values whose type only running tells: the plain path of every access.
//! Generated code has caches in front of it.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a value of any other type is one and the same case here"
)]

use std::sync::Arc;

use crate::program::Class;
use crate::runtime::Loader;
use crate::runtime::process::Process;
use crate::runtime::store::ClassStore;
use crate::source::span::Span;
use crate::value::blob::Blob;
use crate::value::bounds;
use crate::value::collection::{Collection, MOST_ELEMENTS};
use crate::value::convert::boxed;
use crate::value::error::{Error, Result};
use crate::value::function::{ClassId, ClassRef, Function, Origin};
use crate::value::number::to_integer;
use crate::value::object::Object;
use crate::value::text::Text;
use crate::value::{Value, function};

/// What a class of the program, or one that it extends, has under a name.
#[derive(Clone, Copy, Debug)]
pub enum Found {
    /// A function.
    Function(crate::program::Member),
    /// A computed property.
    Computed {
        /// What reads it.
        get: Option<crate::program::Member>,
        /// What writes it.
        set: Option<crate::program::Member>,
    },
}

/// A class of the program, or the error that it cannot be read.
pub fn class(loader: &Arc<dyn Loader>, id: ClassId) -> Result<Arc<Class>> {
    loader.class(id).map_err(|problems| {
        let mut error = Error::quatre(2006, "this class cannot be used, because its file has errors");
        if let Some(problem) = problems.first() {
            error = Error::from_diagnostic(problem).note("the class could not be read");
        }
        error
    })
}

/// What a class of the program, or one that it extends, has under a name.
pub fn find_member(loader: &Arc<dyn Loader>, id: ClassId, name: &str) -> Result<Option<Found>> {
    let mut next = Some(id);
    // A class cannot extend itself for ever: the resolver refuses direct cycles, and this bound the others.
    for _ in 0..64 {
        let Some(id) = next else { return Ok(None) };
        let class = class(loader, id)?;
        if let Some(member) = class.functions.get(name) {
            return Ok(Some(Found::Function(*member)));
        }
        let (get, set) = (class.getters.get(name).copied(), class.setters.get(name).copied());
        if get.is_some() || set.is_some() {
            return Ok(Some(complete(loader, class.parent, name, get, set)?));
        }
        next = class.parent;
    }
    Ok(None)
}

/// A getter and a setter of one property may stand in a class and its parent.
fn complete(
    loader: &Arc<dyn Loader>,
    parent: Option<ClassId>,
    name: &str,
    get: Option<crate::program::Member>,
    set: Option<crate::program::Member>,
) -> Result<Found> {
    if let (Some(parent), true) = (parent, get.is_none() || set.is_none())
        && let Some(Found::Computed { get: inherited_get, set: inherited_set }) =
            find_member(loader, parent, name)?
    {
        return Ok(Found::Computed { get: get.or(inherited_get), set: set.or(inherited_set) });
    }
    Ok(Found::Computed { get, set })
}

#[cold]
fn no_property(base: &Value, name: &str) -> Error {
    match base {
        Value::Null => Error::quatre(5104, format!("cannot read the property `{name}` of Null"))
            .label("Null here")
            .help("test it first: `If ($value#Null)`"),
        other => Error::quatre(
            5104,
            format!("cannot read the property `{name}` of a value of type {}", other.type_name()),
        ),
    }
}

impl Process {
    /// `base.name`
    pub fn get_member(&mut self, base: &Value, name: &Text, site: Span) -> Result<Value> {
        match base {
            Value::Object(object) => self.get_property(object, name, site),
            Value::Undefined => Ok(Value::Undefined),
            Value::Collection(collection) if name.as_ascii() == Some("length") => {
                Ok(Value::Integer(i32::try_from(collection.len()).unwrap_or(i32::MAX)))
            }
            Value::Collection(_) => Ok(self.native_function_value("Collection", &name.to_str())),
            Value::Blob(blob) => self.get_property(&boxed(blob.clone()), name, site),
            Value::Null
            | Value::Boolean(_)
            | Value::Integer(_)
            | Value::Real(_)
            | Value::Text(_)
            | Value::Date(_)
            | Value::Time(_)
            | Value::Picture(_)
            | Value::Pointer(_)
            | Value::Array(_) => Err(no_property(base, &name.to_str())),
            Value::Variable(variable) => {
                let value = variable.get();
                self.get_member(&value, name, site)
            }
        }
    }

    fn get_property(&mut self, object: &Object, name: &Text, site: Span) -> Result<Value> {
        if let Some(value) = object.get(name) {
            return Ok(value);
        }
        let Some(class) = object.class() else { return Ok(Value::Undefined) };
        if let Some(store) = object.as_native::<ClassStore>() {
            return Ok(self.class_of_store(store.name, &name.to_str()));
        }
        let loader = Arc::clone(&self.runtime.loader);
        match class {
            ClassRef::User(id) => match find_member(&loader, id, &name.to_str())? {
                Some(Found::Function(member)) => Ok(self.function_value(member.code)),
                Some(Found::Computed { get: Some(get), .. }) => {
                    self.call_member_code(Value::Object(object.clone()), get, Vec::new(), site)
                }
                Some(Found::Computed { get: None, .. }) | None => Ok(Value::Undefined),
            },
            ClassRef::BuiltIn(class) => match loader.get_native(self, object, class, &name.to_str()) {
                Some(value) => value,
                None if object.as_class().is_some()
                    && loader.native_function(class, &name.to_str()).is_none() =>
                {
                    let attributes = object.as_class().map(|class| self.class_attributes(class));
                    Ok(attributes.and_then(|attributes| attributes.get(name)).unwrap_or_default())
                }
                None => Ok(self.native_function_value(class, &name.to_str())),
            },
        }
    }

    /// `cs[name]`, `4D[name]`: Undefined when there is no such class.
    fn class_of_store(&self, store: &str, name: &str) -> Value {
        let class = if store == "cs" {
            self.runtime.loader.class_id(name).map(ClassRef::User)
        } else {
            self.runtime.loader.native_class(name).map(ClassRef::BuiltIn)
        };
        class.map_or(Value::Undefined, |class| Value::Object(Object::class_object(class)))
    }

    /// A function of a class of the program as a value.
    pub fn function_value(&self, code: function::MethodId) -> Value {
        let name = self.unit_name(code);
        Value::Object(Object::function(Function {
            origin: Origin::ClassFunction,
            code,
            captured: Vec::new(),
            source: Arc::from(""),
            name: Arc::from(name.rsplit('.').next().unwrap_or_default()),
        }))
    }

    /// A function of a built-in class as a value; Undefined when it has none of that name.
    fn native_function_value(&self, class: &'static str, name: &str) -> Value {
        let Some(name) = self.runtime.loader.native_function(class, name) else { return Value::Undefined };
        Value::Object(Object::function(Function {
            origin: Origin::BuiltIn(class, name),
            code: function::MethodId(u32::MAX),
            captured: Vec::new(),
            source: Arc::from(""),
            name: Arc::from(name),
        }))
    }

    /// Runs a function of a class of the program; a `shared Function` runs inside `Use (This)`.
    pub fn call_member_code(
        &mut self,
        this: Value,
        member: crate::program::Member,
        arguments: Vec<Value>,
        site: Span,
    ) -> Result<Value> {
        if !member.shared {
            return self.call_on(this, member.code, arguments, site);
        }
        let held = self.use_shared(&this).map_err(|error| error.at(site))?;
        let result = self.call_on(this, member.code, arguments, site);
        self.end_use(held);
        result
    }

    /// `base.name:=value`
    pub fn set_member(&mut self, base: &Value, name: &Text, value: Value, site: Span) -> Result<()> {
        match base {
            Value::Object(object) => self.set_property(object, name, value, site),
            Value::Collection(_) if name.as_ascii() == Some("length") => {
                Err(Error::quatre(5106, "the length of a collection is changed with `.resize()`"))
            }
            Value::Undefined | Value::Null => Err(Error::quatre(
                5107,
                format!("cannot write the property `{}` of {}", name.to_str(), base.type_name()),
            )
            .help("create the object first: `New object` or `{}`")),
            Value::Variable(variable) => {
                let value_of = variable.get();
                self.set_member(&value_of, name, value, site)
            }
            Value::Boolean(_)
            | Value::Integer(_)
            | Value::Real(_)
            | Value::Text(_)
            | Value::Date(_)
            | Value::Time(_)
            | Value::Blob(_)
            | Value::Picture(_)
            | Value::Pointer(_)
            | Value::Collection(_)
            | Value::Array(_) => Err(Error::quatre(
                5107,
                format!(
                    "cannot write the property `{}` of a value of type {}",
                    name.to_str(),
                    base.type_name()
                ),
            )),
        }
    }

    fn set_property(&mut self, object: &Object, name: &Text, value: Value, site: Span) -> Result<()> {
        let value = match value {
            Value::Undefined => match object.get(name) {
                // Undefined clears a property that exists and makes none.
                Some(old) => cleared(&old),
                None if object.class().is_none() => return Ok(()),
                None => Value::Undefined,
            },
            Value::Array(array) => Value::Integer(array.selected()),
            other => other,
        };
        let class = object.class();
        let own = object.get(name).is_some();
        if let (Some(ClassRef::User(id)), false) = (class, own)
            && let Some(done) = self.set_computed(object, id, name, &value, site)?
        {
            return done;
        }
        if let Some(shared) = object.as_shared() {
            return shared.set(name, value);
        }
        if matches!(value, Value::Undefined) && !own {
            return Ok(());
        }
        if object.set(name, value.clone()) {
            return Ok(());
        }
        self.set_native_property(object, class, name, value)
    }

    /// Writes a computed property; `None` when the class has none of that name.
    fn set_computed(
        &mut self,
        object: &Object,
        id: ClassId,
        name: &Text,
        value: &Value,
        site: Span,
    ) -> Result<Option<Result<()>>> {
        let loader = Arc::clone(&self.runtime.loader);
        Ok(match find_member(&loader, id, &name.to_str())? {
            Some(Found::Computed { set: Some(set), .. }) => {
                let this = Value::Object(object.clone());
                Some(self.call_member_code(this, set, vec![value.clone()], site).map(|_| ()))
            }
            Some(Found::Computed { set: None, .. }) => {
                Some(Err(Error::quatre(5109, format!("the property `{}` can only be read", name.to_str()))
                    .help(format!("give the class a `Function set {}`", name.to_str()))))
            }
            Some(Found::Function(_)) | None => None,
        })
    }

    fn set_native_property(
        &mut self,
        object: &Object,
        class: Option<ClassRef>,
        name: &Text,
        value: Value,
    ) -> Result<()> {
        if let Some(id) = object.as_class() {
            let attributes = self.class_attributes(id);
            return attributes.set(name, value);
        }
        let Some(ClassRef::BuiltIn(class)) = class else { return Ok(()) };
        let loader = Arc::clone(&self.runtime.loader);
        loader.set_native(self, object, class, &name.to_str(), value).unwrap_or_else(|| {
            Err(Error::quatre(
                5109,
                format!("a 4D.{class} has no property `{}` that can be written", name.to_str()),
            ))
        })
    }

    /// `base[index]`
    pub fn get_index(&mut self, base: &Value, index: &Value, site: Span) -> Result<Value> {
        match (base, index) {
            (Value::Collection(collection), Value::Integer(_) | Value::Real(_) | Value::Undefined) => {
                Ok(position(index).and_then(|index| collection.get(index)).unwrap_or_default())
            }
            (Value::Object(_), Value::Text(name)) => self.get_member(base, name, site),
            (Value::Undefined, _) => Ok(Value::Undefined),
            (Value::Blob(blob), Value::Integer(_) | Value::Real(_)) => Ok(position(index)
                .and_then(|index| blob.bytes().get(index))
                .map_or(Value::Undefined, |byte| Value::Integer(i32::from(*byte)))),
            (Value::Object(object), Value::Integer(_) | Value::Real(_)) if object.class().is_some() => {
                if let Some(blob) = object.as_native::<Blob>() {
                    return self.get_index(&Value::Blob((*blob).clone()), index, site);
                }
                if let Some(native) = object.as_shared().and_then(|shared| shared.native())
                    && let Some(element) = position(index).and_then(|index| native.element(index))
                {
                    return Ok(element);
                }
                let name = Text::from(position(index).unwrap_or_default().to_string());
                self.get_member(base, &name, site)
            }
            (Value::Null, _) => Err(Error::quatre(5104, "cannot read an element of Null").label("Null here")),
            (Value::Object(_), _) => Err(Error::types(format!(
                "a property is named by a Text, not by a value of type {}",
                index.type_name()
            ))),
            (Value::Collection(_), _) => Err(Error::types(format!(
                "an element is named by a number, not by a value of type {}",
                index.type_name()
            ))),
            (Value::Text(_), _) => Err(Error::types("a Text has no elements")
                .help("one character of a Text is written `$text[[n]]`")),
            _ => Err(Error::types(format!("a value of type {} has no elements", base.type_name()))),
        }
    }

    /// `base[index]:=value`
    pub fn set_index(&mut self, base: &Value, index: &Value, value: Value, site: Span) -> Result<()> {
        match (base, index) {
            (Value::Object(_), Value::Text(name)) => self.set_member(base, name, value, site),
            (Value::Collection(collection), Value::Integer(_) | Value::Real(_) | Value::Undefined) => {
                set_element(collection, index, value)
            }
            (Value::Undefined | Value::Null, _) => {
                Err(Error::quatre(5107, format!("cannot write an element of {}", base.type_name()))
                    .help("create the collection first: `New collection` or `[]`"))
            }
            _ => Err(Error::types(format!(
                "a value of type {} has no element named by a value of type {}",
                base.type_name(),
                index.type_name()
            ))),
        }
    }

    /// `base.name(arguments)`
    pub fn call_member(
        &mut self,
        base: &Value,
        name: &Text,
        arguments: Vec<Value>,
        site: Span,
    ) -> Result<Value> {
        match base {
            Value::Object(object) => self.call_property(object, name, arguments, site),
            Value::Collection(_) => self.call_built_in(base, "Collection", name, arguments),
            Value::Blob(blob) => {
                self.call_built_in(&Value::Object(boxed(blob.clone())), "Blob", name, arguments)
            }
            // Calling a function of what is undefined gives Undefined, as reading its properties does, only for reads:
            // the call itself is an error, since nothing would be done in silence.
            Value::Undefined | Value::Null => Err(Error::quatre(
                5108,
                format!("cannot call the function `{}` of {}", name.to_str(), base.type_name()),
            )
            .label(format!("{} here", base.type_name()))),
            Value::Variable(variable) => {
                let value = variable.get();
                self.call_member(&value, name, arguments, site)
            }
            Value::Boolean(_)
            | Value::Integer(_)
            | Value::Real(_)
            | Value::Text(_)
            | Value::Date(_)
            | Value::Time(_)
            | Value::Picture(_)
            | Value::Pointer(_)
            | Value::Array(_) => Err(Error::quatre(
                5108,
                format!("a value of type {} has no function `{}`", base.type_name(), name.to_str()),
            )),
        }
    }

    fn call_property(
        &mut self,
        object: &Object,
        name: &Text,
        arguments: Vec<Value>,
        site: Span,
    ) -> Result<Value> {
        let this = Value::Object(object.clone());
        if let Some(own) = object.get(name) {
            return self.call_value(&own, this, name, arguments, site);
        }
        match object.class() {
            Some(ClassRef::User(id)) => {
                let loader = Arc::clone(&self.runtime.loader);
                match find_member(&loader, id, &name.to_str())? {
                    Some(Found::Function(member)) => self.call_member_code(this, member, arguments, site),
                    Some(Found::Computed { get: Some(get), .. }) => {
                        let value = self.call_member_code(this.clone(), get, Vec::new(), site)?;
                        self.call_value(&value, this, name, arguments, site)
                    }
                    Some(Found::Computed { get: None, .. }) | None => {
                        self.call_built_in(&this, "Object", name, arguments)
                    }
                }
            }
            Some(ClassRef::BuiltIn(class)) => self.call_built_in(&this, class, name, arguments),
            None => self.call_built_in(&this, "Object", name, arguments),
        }
    }

    /// Calls what a property holds.
    pub fn call_value(
        &mut self,
        callee: &Value,
        this: Value,
        name: &Text,
        arguments: Vec<Value>,
        site: Span,
    ) -> Result<Value> {
        if let Value::Object(object) = callee
            && let Some(function) = object.as_function()
        {
            return self.call_function(&function, this, arguments, site);
        }
        Err(Error::quatre(
            5108,
            format!("`{}` is no function but a value of type {}", name.to_str(), callee.type_name()),
        ))
    }

    fn call_built_in(
        &mut self,
        this: &Value,
        class: &str,
        name: &Text,
        arguments: Vec<Value>,
    ) -> Result<Value> {
        let loader = Arc::clone(&self.runtime.loader);
        let name = name.to_str();
        loader
            .call_native(self, this, class, &name, arguments)
            .unwrap_or_else(|| Err(unknown_function(&loader, class, &name)))
    }
}

#[cold]
fn unknown_function(loader: &Arc<dyn Loader>, class: &str, name: &str) -> Error {
    let owner = if class == "Collection" {
        "a collection".to_owned()
    } else if class == "Object" {
        "this object".to_owned()
    } else {
        format!("a 4D.{class}")
    };
    let mut error = Error::quatre(5108, format!("{owner} has no function `{name}`"));
    let names = loader.native_function_names(class);
    if let Some(near) = crate::diagnostics::suggest::nearest(name, names.iter().copied()) {
        error = error.help(format!("did you mean `{near}`?"));
    }
    error
}

/// What a property becomes when Undefined is given to it.
fn cleared(old: &Value) -> Value {
    match old {
        Value::Object(_) | Value::Collection(_) | Value::Pointer(_) | Value::Null => Value::Null,
        Value::Undefined => Value::Undefined,
        Value::Boolean(_) => Value::Boolean(false),
        Value::Integer(_) | Value::Real(_) => Value::Real(0.0),
        Value::Text(_) => Value::Text(Text::default()),
        Value::Date(_) => Value::Date(crate::value::date::Date::NULL),
        Value::Time(_) => Value::Time(crate::value::time::Time::default()),
        Value::Blob(_) => Value::Blob(Blob::default()),
        Value::Picture(_) => Value::Picture(crate::value::picture::Picture::default()),
        Value::Array(_) | Value::Variable(_) => Value::Null,
    }
}

/// A position of an element from 0 on; `None` for a negative number.
fn position(index: &Value) -> Option<usize> {
    match index {
        Value::Integer(n) => usize::try_from(*n).ok(),
        Value::Real(x) => usize::try_from(to_integer(*x)).ok(),
        _ => Some(0),
    }
}

/// `collection[index]:=value`
pub fn set_element(collection: &Collection, index: &Value, value: Value) -> Result<()> {
    let Some(index) = position(index) else {
        return Err(Error::quatre(5105, "a collection has no element before the first")
            .help("elements are numbered from 0"));
    };
    if index >= MOST_ELEMENTS {
        return Err(Error::quatre(8005, "a collection cannot have so many elements").fatal());
    }
    bounds::check_elements(index + 1)?;
    let value = match value {
        Value::Undefined => collection.get(index).map_or(Value::Null, |old| cleared(&old)),
        Value::Array(array) => Value::Integer(array.selected()),
        other => other,
    };
    if let Some(shared) = collection.as_shared() {
        return shared.set(index, value);
    }
    // Only a gap needs more room than one element.
    if index > collection.len() {
        collection.check_growth(index - collection.len() + 1)?;
    }
    collection.set(index, value);
    Ok(())
}
