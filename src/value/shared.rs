//! Shared objects and collections: the values that several processes see.
//!
//! Reading never waits for a process that holds the group; writing is allowed to the process that does. What they hold
//! is [`SharedValue`], which owns nothing of one process: reading makes values of the process that reads.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use indexmap::{Equivalent, IndexMap};
use rustc_hash::FxBuildHasher;

use crate::value::Value;
use crate::value::blob::Blob;
use crate::value::collection::{Collection, Elements};
use crate::value::date::Date;
use crate::value::error::{Error, Result};
use crate::value::function::{ClassRef, Function};
use crate::value::group::Membership;
use crate::value::instance::{PortableInstance, SharedInstance};
use crate::value::object::{Body, Object};
use crate::value::picture::Picture;
use crate::value::teardown::{Content, drop_content};
use crate::value::text::{Text, Units};
use crate::value::time::Time;

/// A text that crosses processes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SharedText {
    /// All units are Latin-1.
    Latin(Arc<[u8]>),
    /// At least one is not.
    Wide(Arc<[u16]>),
}

impl From<&Text> for SharedText {
    fn from(text: &Text) -> Self {
        match text.view() {
            Units::Latin(bytes) => Self::Latin(bytes.into()),
            Units::Wide(units) => Self::Wide(units.into()),
        }
    }
}

impl From<&SharedText> for Text {
    fn from(text: &SharedText) -> Self {
        Self::from_view(text.view())
    }
}

impl SharedText {
    fn view(&self) -> Units<'_> {
        match self {
            Self::Latin(bytes) => Units::Latin(bytes),
            Self::Wide(units) => Units::Wide(units),
        }
    }
}

impl Hash for SharedText {
    /// As the hash of [`Text`], so that one is found by the other.
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Latin(bytes) => state.write(bytes),
            Self::Wide(units) => units.hash(state),
        }
    }
}

impl Equivalent<SharedText> for Text {
    fn equivalent(&self, key: &SharedText) -> bool {
        match (self.view(), key) {
            (Units::Latin(a), SharedText::Latin(b)) => a == &**b,
            (Units::Wide(a), SharedText::Wide(b)) => a == &**b,
            _ => false,
        }
    }
}

/// A function that crosses processes.
#[derive(Clone)]
pub struct SharedFunction {
    /// All but what it captured.
    pub(super) function: FunctionHead,
    captured: Vec<SharedValue>,
}

/// What a function is but for the values that it captured.
#[derive(Clone)]
pub struct FunctionHead {
    origin: crate::value::function::Origin,
    code: crate::value::function::MethodId,
    source: Arc<str>,
    name: Arc<str>,
}

impl FunctionHead {
    /// The head of a function.
    pub fn of(function: &Function) -> Self {
        Self {
            origin: function.origin.clone(),
            code: function.code,
            source: Arc::clone(&function.source),
            name: Arc::clone(&function.name),
        }
    }

    /// The function that captured these values.
    pub fn with_captured(&self, captured: Vec<Value>) -> Function {
        Function {
            origin: self.origin.clone(),
            code: self.code,
            captured,
            source: Arc::clone(&self.source),
            name: Arc::clone(&self.name),
        }
    }
}

/// A value inside a shared object or collection.
#[derive(Clone, Default)]
pub enum SharedValue {
    /// Only of an element that was never written.
    #[default]
    Null,
    /// A Boolean.
    Boolean(bool),
    /// A number; all are Real.
    Real(f64),
    /// A text.
    Text(SharedText),
    /// A date.
    Date(Date),
    /// A time.
    Time(Time),
    /// Bytes.
    Blob(Arc<[u8]>),
    /// The bytes of an image and its MIME type.
    Picture(Arc<[u8]>, Arc<str>),
    /// A shared object.
    Object(Arc<SharedObject>),
    /// A shared collection.
    Collection(Arc<SharedCollection>),
    /// An instance of a built-in class that can cross processes, as a `4D.Blob` is.
    Native(Arc<dyn PortableInstance>),
    /// A class.
    Class(ClassRef),
    /// A function.
    Function(Arc<SharedFunction>),
}

fn refuse(value: &Value) -> Error {
    let found = if matches!(value, Value::Object(_)) {
        "an object that is not shared"
    } else if matches!(value, Value::Collection(_)) {
        "a collection that is not shared"
    } else {
        "a pointer"
    };
    Error::native(-10721, format!("a shared object or collection cannot hold {found}"))
        .help("make it with `New shared object` or `New shared collection`, or copy it with `OB Copy(…; ck shared)`")
}

impl SharedValue {
    /// The value as a shared object or collection holds it; 4D's error -10721 when none may.
    pub fn of(value: &Value) -> Result<Self> {
        Ok(match value {
            Value::Undefined | Value::Null => Self::Null,
            Value::Boolean(b) => Self::Boolean(*b),
            Value::Integer(n) => Self::Real(f64::from(*n)),
            Value::Real(x) => Self::Real(*x),
            Value::Text(text) => Self::Text(SharedText::from(text)),
            Value::Date(date) => Self::Date(*date),
            Value::Time(time) => Self::Time(*time),
            Value::Blob(blob) => Self::Blob(blob.bytes().into()),
            Value::Picture(picture) => Self::Picture(picture.bytes().into(), picture.mime_type().into()),
            Value::Object(object) => return Self::of_object(object).ok_or_else(|| refuse(value)),
            Value::Collection(collection) => {
                Self::Collection(collection.as_shared().ok_or_else(|| refuse(value))?)
            }
            Value::Variable(variable) => return Self::of(&variable.get()),
            Value::Pointer(_) | Value::Array(_) => return Err(refuse(value)),
        })
    }

    fn of_object(object: &Object) -> Option<Self> {
        object.with(|body| match body {
            Body::Shared(shared) => Some(Self::Object(Arc::clone(shared))),
            Body::Native(instance) => instance.portable().map(Self::Native),
            Body::Class(class) => Some(Self::Class(*class)),
            Body::Function(function) => {
                let captured: Option<Vec<Self>> =
                    function.captured.iter().map(|value| Self::of(value).ok()).collect();
                let function = FunctionHead::of(function);
                captured.map(|captured| Self::Function(Arc::new(SharedFunction { function, captured })))
            }
            Body::Plain { .. } | Body::Dictionary(_) => None,
        })
    }

    /// The value for the process that asks.
    pub fn value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Boolean(b) => Value::Boolean(*b),
            Self::Real(x) => Value::Real(*x),
            Self::Text(text) => Value::Text(Text::from(text)),
            Self::Date(date) => Value::Date(*date),
            Self::Time(time) => Value::Time(*time),
            Self::Blob(bytes) => Value::Blob(Blob::from(&**bytes)),
            Self::Picture(bytes, mime_type) => Value::Picture(Picture::new(bytes.to_vec(), &**mime_type)),
            Self::Object(object) => Value::Object(Object::shared(Arc::clone(object))),
            Self::Collection(shared) => {
                Value::Collection(Collection::with_elements(Elements::Shared(Arc::clone(shared))))
            }
            Self::Native(native) => Value::Object(Object::native(native.instance())),
            Self::Class(class) => Value::Object(Object::class_object(*class)),
            Self::Function(shared) => {
                let captured = shared.captured.iter().map(Self::value).collect();
                Value::Object(Object::function(shared.function.with_captured(captured)))
            }
        }
    }

    /// The place in a group of a shared object or collection.
    fn membership(&self) -> Option<&Membership> {
        match self {
            Self::Object(object) => Some(&object.membership),
            Self::Collection(collection) => Some(&collection.membership),
            Self::Null
            | Self::Boolean(_)
            | Self::Real(_)
            | Self::Text(_)
            | Self::Date(_)
            | Self::Time(_)
            | Self::Blob(_)
            | Self::Picture(..)
            | Self::Native(_)
            | Self::Class(_)
            | Self::Function(_) => None,
        }
    }
}

fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

#[cold]
fn not_in_use(what: &str) -> Error {
    Error::quatre(5201, format!("a shared {what} can be changed only between `Use` and `End use`"))
        .help(format!("put the change between `Use` with this {what} and `End use`"))
}

/// What a shared object does when something is put into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Joining {
    /// What is put in joins the group.
    #[default]
    Group,
    /// Nothing joins, and only shared objects and collections may be put in: `Storage`.
    Catalog,
    /// Nothing joins: `Session.storage`.
    Apart,
}

/// A shared object.
#[derive(Default)]
pub struct SharedObject {
    membership: Membership,
    joining: Joining,
    class: Option<ClassRef>,
    native: OnceLock<Arc<dyn SharedInstance>>,
    properties: RwLock<IndexMap<SharedText, SharedValue, FxBuildHasher>>,
}

impl Drop for SharedObject {
    fn drop(&mut self) {
        let properties = std::mem::take(self.properties.get_mut().unwrap_or_else(PoisonError::into_inner));
        drop_content(Content::Shared(properties.into_values().collect()));
    }
}

impl std::fmt::Debug for SharedObject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SharedObject({:p})", std::ptr::from_ref(self))
    }
}

impl SharedObject {
    /// A shared object without properties, an instance of a shared class when one is given.
    pub fn new(class: Option<ClassRef>) -> Arc<Self> {
        let mut object = Self::default();
        object.class = class;
        Arc::new(object)
    }

    /// An object as `Storage` is: it takes shared objects and collections only, and leaves them in their groups.
    pub fn catalog() -> Arc<Self> {
        let mut object = Self::default();
        object.joining = Joining::Catalog;
        Arc::new(object)
    }

    /// An object as `Session.storage` is: what is put in stays in its own group.
    pub fn apart() -> Arc<Self> {
        let mut object = Self::default();
        object.joining = Joining::Apart;
        Arc::new(object)
    }

    /// A shared object with a native part behind it, whose class it has.
    pub fn with_native(native: Arc<dyn SharedInstance>) -> Arc<Self> {
        let mut object = Self::default();
        object.class = Some(ClassRef::BuiltIn(native.class_name()));
        object.native = OnceLock::from(native);
        Arc::new(object)
    }

    /// The native part.
    pub fn native(&self) -> Option<Arc<dyn SharedInstance>> {
        self.native.get().map(Arc::clone)
    }

    /// The class that it is an instance of.
    pub fn class(&self) -> Option<ClassRef> {
        self.class
    }

    /// Its place in a locking group: `Use` acquires it, `End use` releases it.
    pub fn membership(&self) -> &Membership {
        &self.membership
    }

    /// A property, `None` when it does not exist.
    pub fn get(&self, key: &Text) -> Option<Value> {
        read(&self.properties).get(key).map(SharedValue::value)
    }

    /// The names of the properties, in order.
    pub fn keys(&self) -> Vec<Text> {
        read(&self.properties).keys().map(Text::from).collect()
    }

    /// The properties, in order.
    pub fn entries(&self) -> Vec<(Text, Value)> {
        read(&self.properties).iter().map(|(key, value)| (Text::from(key), value.value())).collect()
    }

    /// The number of properties.
    pub fn len(&self) -> usize {
        read(&self.properties).len()
    }

    /// Whether there are no properties.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes a property; the process must have the object in use.
    pub fn set(&self, key: &Text, value: Value) -> Result<()> {
        if let Some(native) = self.native.get()
            && native.computes(&key.to_str())
        {
            return Err(Error::quatre(5109, format!("the property `{}` can only be read", key.to_str())));
        }
        if !self.membership.is_held() {
            return Err(not_in_use("object"));
        }
        self.put(key, &value)
    }

    /// Writes a property of an object that no other process can see yet.
    pub fn init(&self, key: &Text, value: Value) -> Result<()> {
        self.put(key, &value)
    }

    fn put(&self, key: &Text, value: &Value) -> Result<()> {
        let shared = SharedValue::of(value)?;
        if self.joining == Joining::Apart
            && let (Some(keeper), Some(other)) = (self.membership.keeper(), shared.membership())
        {
            other.attach(&keeper)?;
        }
        match (self.joining, shared.membership()) {
            (Joining::Group, Some(other)) => self.membership.join(other)?,
            (Joining::Catalog, None) => {
                return Err(Error::native(
                    -10721,
                    format!("this object cannot hold a {}", value.type_name()),
                )
                .help("it takes shared objects and shared collections only"));
            }
            (Joining::Group, None) | (Joining::Catalog, Some(_)) | (Joining::Apart, _) => {}
        }
        let mut properties = write(&self.properties);
        let old = match properties.get_mut(key) {
            Some(slot) => Some(std::mem::replace(slot, shared)),
            None => properties.insert(SharedText::from(key), shared),
        };
        drop(properties);
        drop(old);
        Ok(())
    }

    /// Replaces all properties of an object, whoever has it in use: for what was changed elsewhere.
    pub fn overwrite(&self, entries: &[(Text, Value)]) -> Result<()> {
        for (key, value) in entries {
            self.put(key, value)?;
        }
        let wanted = |key: &SharedText| entries.iter().any(|(other, _)| SharedText::from(other) == *key);
        let mut gone = Vec::new();
        write(&self.properties).retain(|key, value| {
            let stays = wanted(key);
            if !stays {
                gone.push(std::mem::take(value));
            }
            stays
        });
        drop(gone);
        Ok(())
    }

    /// Removes a property, taking the object in use by itself; false when it was not there.
    pub fn remove(&self, key: &Text) -> Result<bool> {
        self.membership.hold(|| {
            let old = write(&self.properties).shift_remove(key);
            Ok(old.is_some())
        })
    }
}

/// A shared collection.
#[derive(Default)]
pub struct SharedCollection {
    membership: Membership,
    elements: RwLock<Vec<SharedValue>>,
}

impl Drop for SharedCollection {
    fn drop(&mut self) {
        let elements = std::mem::take(self.elements.get_mut().unwrap_or_else(PoisonError::into_inner));
        drop_content(Content::Shared(elements));
    }
}

impl std::fmt::Debug for SharedCollection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SharedCollection({:p})", std::ptr::from_ref(self))
    }
}

impl SharedCollection {
    /// A shared collection of these values.
    pub fn new(values: &[Value]) -> Result<Arc<Self>> {
        let collection = Self::default();
        let elements = values.iter().map(|value| collection.share(value)).collect::<Result<_>>()?;
        *write(&collection.elements) = elements;
        Ok(Arc::new(collection))
    }

    /// A value as this collection holds it, joined to its group.
    fn share(&self, value: &Value) -> Result<SharedValue> {
        let shared = SharedValue::of(value)?;
        if let Some(other) = shared.membership() {
            self.membership.join(other)?;
        }
        Ok(shared)
    }

    /// Its place in a locking group: `Use` acquires it, `End use` releases it.
    pub fn membership(&self) -> &Membership {
        &self.membership
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        read(&self.elements).len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element at a position, `None` past the end.
    pub fn get(&self, index: usize) -> Option<Value> {
        read(&self.elements).get(index).map(SharedValue::value)
    }

    /// A copy of the elements.
    pub fn to_vec(&self) -> Vec<Value> {
        read(&self.elements).iter().map(SharedValue::value).collect()
    }

    /// Writes an element, filling the gap with Null when it lies past the end; the process must have the collection in
    /// use.
    pub fn set(&self, index: usize, value: Value) -> Result<()> {
        if !self.membership.is_held() {
            return Err(not_in_use("collection"));
        }
        let shared = self.share(&value)?;
        let mut elements = write(&self.elements);
        if index >= elements.len() {
            elements.resize(index.saturating_add(1), SharedValue::Null);
        }
        let old = elements.get_mut(index).map(|slot| std::mem::replace(slot, shared));
        drop(elements);
        drop(old);
        Ok(())
    }

    /// Replaces all elements, whoever has the collection in use: for what was changed elsewhere.
    pub fn overwrite(&self, values: &[Value]) -> Result<()> {
        let elements = values.iter().map(|value| self.share(value)).collect::<Result<Vec<_>>>()?;
        let old = std::mem::replace(&mut *write(&self.elements), elements);
        drop(old);
        Ok(())
    }

    /// Adds an element at the end, taking the collection in use by itself.
    pub fn push(&self, value: Value) -> Result<()> {
        self.membership.hold(|| {
            let shared = self.share(&value)?;
            write(&self.elements).push(shared);
            Ok(())
        })
    }

    /// Replaces all elements, taking the collection in use by itself.
    pub fn replace(&self, values: Vec<Value>) -> Result<()> {
        self.membership.hold(|| {
            let elements = values.iter().map(|value| self.share(value)).collect::<Result<Vec<_>>>()?;
            let old = std::mem::replace(&mut *write(&self.elements), elements);
            drop(old);
            Ok(())
        })
    }

    /// Changes the elements as a vector, taking the collection in use by itself from before they are read until they
    /// are written. An error leaves them as they were.
    pub fn change<R>(&self, change: impl FnOnce(&mut Vec<Value>) -> Result<R>) -> Result<R> {
        self.membership.hold(|| {
            let mut values = self.to_vec();
            let result = change(&mut values)?;
            self.replace(values)?;
            Ok(result)
        })
    }
}
