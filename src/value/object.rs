//! Objects: ordered, case-sensitive properties with reference semantics.
//!
//! A plain object is a [`Shape`] (which property stands where) and its values. Objects built alike share their shape,
//! so an access site that remembers a shape's number finds its value with one comparison ([`PropertyCache`]). Objects
//! with many or computed keys become dictionaries. Everything that 4D shows as an object is one: shared objects,
//! functions, classes and instances of built-in classes are other bodies of the same handle.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::value::Value;
use crate::value::function::{ClassRef, Function};
use crate::value::instance::Instance;
use crate::value::shared::SharedObject;
use crate::value::teardown::{Content, drop_content};
use crate::value::text::Text;

/// A plain object with more properties than this becomes a dictionary.
const MOST_SLOTS: usize = 64;
/// A shape from which more different properties than this were added makes dictionaries instead: its keys are data.
const MOST_TRANSITIONS: usize = 128;

/// A process that has made more shapes than this makes dictionaries from then on: keys that come from outside must not
/// fill its memory.
const MOST_SHAPES: u64 = 100_000;

/// The properties of a dictionary, in insertion order.
pub type Dictionary = IndexMap<Text, Value, FxBuildHasher>;

/// Which property stands where, shared by all objects built alike. Shapes belong to one thread.
pub struct Shape {
    /// Never used again, so that a cache cannot take one shape for another.
    number: u64,
    class: Option<ClassRef>,
    keys: Vec<Text>,
    places: FxHashMap<Text, usize>,
    next: RefCell<FxHashMap<Text, Rc<Shape>>>,
}

thread_local! {
    static SHAPES: Cell<u64> = const { Cell::new(1) };
    static ROOTS: RefCell<FxHashMap<Option<ClassRef>, Rc<Shape>>> = RefCell::default();
}

impl Shape {
    fn new(class: Option<ClassRef>, keys: Vec<Text>) -> Rc<Self> {
        let number = SHAPES.get();
        SHAPES.set(number + 1);
        let places = keys.iter().enumerate().map(|(place, key)| (key.clone(), place)).collect();
        Rc::new(Self { number, class, keys, places, next: RefCell::default() })
    }

    /// The shape of an object of this class without properties.
    pub fn root(class: Option<ClassRef>) -> Rc<Self> {
        ROOTS.with_borrow_mut(|roots| {
            Rc::clone(roots.entry(class).or_insert_with_key(|class| Self::new(*class, Vec::new())))
        })
    }

    /// The names of the properties, in order.
    #[inline]
    pub fn keys(&self) -> &[Text] {
        &self.keys
    }

    /// The place of a property.
    pub fn place(&self, key: &Text) -> Option<usize> {
        self.places.get(key).copied()
    }

    /// The shape with one property more; `None` when objects that grow so should be dictionaries.
    pub fn with(&self, key: &Text) -> Option<Rc<Self>> {
        if let Some(next) = self.next.borrow().get(key) {
            return Some(Rc::clone(next));
        }
        let is_full = self.keys.len() >= MOST_SLOTS || self.next.borrow().len() >= MOST_TRANSITIONS;
        if is_full || SHAPES.get() > MOST_SHAPES {
            return None;
        }
        let mut keys = self.keys.clone();
        keys.push(key.clone());
        let next = Self::new(self.class, keys);
        self.next.borrow_mut().insert(key.clone(), Rc::clone(&next));
        Some(next)
    }

    /// A number that no other shape of this thread has or will have.
    #[inline]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The class of the objects of this shape.
    pub fn class(&self) -> Option<ClassRef> {
        self.class
    }
}

/// How many shapes an access site remembers: classes that extend one another meet in the functions they share.
pub const REMEMBERED: usize = 4;

/// What an access site remembers: the shapes it met and the place it found in each.
#[derive(Debug, Default)]
pub struct PropertyCache {
    entries: [Cell<(u64, u32)>; REMEMBERED],
    next: Cell<u8>,
}

impl PropertyCache {
    /// The place of the property in objects of this shape.
    #[inline]
    fn place(&self, shape: u64) -> Option<usize> {
        self.entries.iter().map(Cell::get).find(|(known, _)| *known == shape).map(|(_, place)| place as usize)
    }

    fn learn(&self, shape: u64, place: usize) {
        let (next, Ok(place)) = (self.next.get(), u32::try_from(place)) else { return };
        if let Some(entry) = self.entries.get(usize::from(next) % REMEMBERED) {
            entry.set((shape, place));
        }
        self.next.set(next.wrapping_add(1));
    }
}

/// What an object is made of.
pub enum Body {
    /// Properties by shape.
    Plain {
        /// Where each property stands.
        shape: Rc<Shape>,
        /// The values.
        slots: Vec<Value>,
    },
    /// Properties by key.
    Dictionary(Box<(Option<ClassRef>, Dictionary)>),
    /// An object that several processes see.
    Shared(Arc<SharedObject>),
    /// An instance of a built-in class.
    Native(Rc<dyn Instance>),
    /// A formula, a method object or a function of a class.
    Function(Rc<Function>),
    /// `cs.Person`, `4D.File`
    Class(ClassRef),
}

struct ObjectCell {
    body: RefCell<Body>,
}

impl Drop for ObjectCell {
    #[inline]
    fn drop(&mut self) {
        match self.body.get_mut() {
            Body::Plain { slots, .. } => drop_content(Content::Values(std::mem::take(slots))),
            Body::Dictionary(dictionary) => {
                drop_content(Content::Values(std::mem::take(&mut dictionary.1).into_values().collect()));
            }
            Body::Shared(_) | Body::Native(_) | Body::Function(_) | Body::Class(_) => {}
        }
    }
}

/// A reference to an object.
#[derive(Clone)]
pub struct Object(Rc<ObjectCell>);

impl Default for Object {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Object {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Object({:p})", Rc::as_ptr(&self.0))
    }
}

impl Object {
    /// An object with this body.
    pub fn with_body(body: Body) -> Self {
        Self(Rc::new(ObjectCell { body: RefCell::new(body) }))
    }

    /// `{}`
    pub fn new() -> Self {
        Self::of_class(None)
    }

    /// An object without properties of this class.
    pub fn of_class(class: Option<ClassRef>) -> Self {
        Self::with_body(Body::Plain { shape: Shape::root(class), slots: Vec::new() })
    }

    /// An object of a shape, with one value for each of its properties.
    pub fn of_shape(shape: Rc<Shape>, slots: Vec<Value>) -> Self {
        debug_assert_eq!(shape.keys.len(), slots.len());
        Self::with_body(Body::Plain { shape, slots })
    }

    /// An instance of a built-in class.
    pub fn native(instance: Rc<dyn Instance>) -> Self {
        Self::with_body(Body::Native(instance))
    }

    /// A function.
    pub fn function(function: Function) -> Self {
        Self::with_body(Body::Function(Rc::new(function)))
    }

    /// A shared object.
    pub fn shared(shared: Arc<SharedObject>) -> Self {
        Self::with_body(Body::Shared(shared))
    }

    /// A class.
    pub fn class_object(class: ClassRef) -> Self {
        Self::with_body(Body::Class(class))
    }

    /// Gives the object another body, for whoever builds it in steps.
    pub fn replace_body(&self, body: Body) {
        let old = self.0.body.replace(body);
        drop(old);
    }

    /// Reads the body. The closure must not run code of the program.
    #[inline]
    pub fn with<R>(&self, read: impl FnOnce(&Body) -> R) -> R {
        read(&self.0.body.borrow())
    }

    /// The function that this object is.
    pub fn as_function(&self) -> Option<Rc<Function>> {
        self.with(|body| if let Body::Function(function) = body { Some(Rc::clone(function)) } else { None })
    }

    /// The class that this object is.
    pub fn as_class(&self) -> Option<ClassRef> {
        self.with(|body| if let Body::Class(class) = body { Some(*class) } else { None })
    }

    /// The shared object behind this reference.
    pub fn as_shared(&self) -> Option<Arc<SharedObject>> {
        self.with(|body| if let Body::Shared(shared) = body { Some(Arc::clone(shared)) } else { None })
    }

    /// The instance of a built-in class that this object is, when it is a `T`.
    pub fn as_native<T: Instance>(&self) -> Option<Rc<T>> {
        let instance = self
            .with(|body| if let Body::Native(instance) = body { Some(Rc::clone(instance)) } else { None })?;
        instance.into_any().downcast::<T>().ok()
    }

    /// The class that this object is an instance of; `None` for a plain `4D.Object`.
    pub fn class(&self) -> Option<ClassRef> {
        self.with(|body| match body {
            Body::Plain { shape, .. } => shape.class,
            Body::Dictionary(dictionary) => dictionary.0,
            Body::Shared(shared) => shared.class(),
            Body::Native(instance) => Some(ClassRef::BuiltIn(instance.class_name())),
            Body::Function(function) => Some(ClassRef::BuiltIn(function.class_name())),
            Body::Class(_) => Some(ClassRef::BuiltIn("Class")),
        })
    }

    /// Whether both references lead to one object.
    pub fn is_same(&self, other: &Self) -> bool {
        if Rc::ptr_eq(&self.0, &other.0) {
            return true;
        }
        self.with(|a| {
            other.with(|b| match (a, b) {
                (Body::Shared(a), Body::Shared(b)) => Arc::ptr_eq(a, b),
                (Body::Native(a), Body::Native(b)) => Rc::ptr_eq(a, b),
                (Body::Function(a), Body::Function(b)) => Rc::ptr_eq(a, b),
                (Body::Class(a), Body::Class(b)) => a == b,
                _ => false,
            })
        })
    }

    /// An address that tells this object from every other live one: for cycle checks.
    pub fn address(&self) -> usize {
        self.with(|body| match body {
            Body::Shared(shared) => Arc::as_ptr(shared).addr(),
            Body::Plain { .. }
            | Body::Dictionary(_)
            | Body::Native(_)
            | Body::Function(_)
            | Body::Class(_) => Rc::as_ptr(&self.0).addr(),
        })
    }

    /// The object's own property, `None` when it does not exist. Computed properties are not seen here.
    pub fn get(&self, key: &Text) -> Option<Value> {
        self.with(|body| match body {
            Body::Plain { shape, slots } => shape.place(key).and_then(|place| slots.get(place).cloned()),
            Body::Dictionary(dictionary) => dictionary.1.get(key).cloned(),
            Body::Shared(shared) => shared.get(key),
            Body::Native(_) | Body::Function(_) | Body::Class(_) => None,
        })
    }

    /// The same by a Rust string.
    pub fn get_str(&self, key: &str) -> Option<Value> {
        self.get(&Text::from(key))
    }

    /// [`Self::get`] for a plain object of the shape that the site met last; `None` says nothing about the property.
    #[inline]
    pub fn get_cached(&self, cache: &PropertyCache) -> Option<Value> {
        if let Body::Plain { shape, slots } = &*self.0.body.borrow()
            && let Some(place) = cache.place(shape.number)
        {
            return slots.get(place).cloned();
        }
        None
    }

    /// [`Self::get_cached`] for a Real.
    #[inline]
    pub fn real_cached(&self, cache: &PropertyCache) -> Option<f64> {
        if let Body::Plain { shape, slots } = &*self.0.body.borrow()
            && let Some(place) = cache.place(shape.number)
            && let Some(Value::Real(x)) = slots.get(place)
        {
            return Some(*x);
        }
        None
    }

    /// [`Self::set_cached`] where a Real stands and a Real is given.
    #[inline]
    pub fn set_real_cached(&self, cache: &PropertyCache, x: f64) -> bool {
        if let Body::Plain { shape, slots } = &mut *self.0.body.borrow_mut()
            && let Some(place) = cache.place(shape.number)
            && let Some(Value::Real(slot)) = slots.get_mut(place)
        {
            *slot = x;
            return true;
        }
        false
    }

    /// Writes the property that stands at a place of a plain object; false when there is none.
    pub fn set_at(&self, place: usize, value: Value) -> bool {
        let value = value.stored();
        let old = if let Body::Plain { slots, .. } = &mut *self.0.body.borrow_mut()
            && let Some(slot) = slots.get_mut(place)
        {
            std::mem::replace(slot, value)
        } else {
            return false;
        };
        drop(old);
        true
    }

    /// Writes a property that exists, of a local object made of properties. False when nothing was written.
    pub fn replace(&self, key: &Text, value: &mut Value) -> bool {
        let mut body = self.0.body.borrow_mut();
        let slot = match &mut *body {
            Body::Plain { shape, slots } => shape.place(key).and_then(|place| slots.get_mut(place)),
            Body::Dictionary(dictionary) => dictionary.1.get_mut(key),
            Body::Shared(_) | Body::Native(_) | Body::Function(_) | Body::Class(_) => None,
        };
        let Some(slot) = slot else { return false };
        let old = std::mem::replace(slot, std::mem::take(value));
        drop(body);
        drop(old);
        true
    }

    /// Makes the cache remember where this object has the property. False when it is no plain object with it.
    pub fn remember(&self, key: &Text, cache: &PropertyCache) -> bool {
        self.with(|body| {
            if let Body::Plain { shape, .. } = body
                && let Some(place) = shape.place(key)
            {
                cache.learn(shape.number, place);
                return true;
            }
            false
        })
    }

    /// Writes a property of the shape that the site met last. False when nothing was written.
    #[inline]
    pub fn set_cached(&self, cache: &PropertyCache, value: &mut Value) -> bool {
        // The old value is dropped after the borrow ends: dropping it may run down a long chain of objects.
        let old = if let Body::Plain { shape, slots } = &mut *self.0.body.borrow_mut()
            && let Some(place) = cache.place(shape.number)
            && let Some(slot) = slots.get_mut(place)
        {
            std::mem::replace(slot, std::mem::take(value))
        } else {
            return false;
        };
        drop(old);
        true
    }

    /// Whether this reference is the only one to the object.
    pub fn is_held_once(&self) -> bool {
        Rc::strong_count(&self.0) == 1
    }

    /// The number of the shape of a plain object, 0 for every other.
    #[inline]
    pub fn shape_number(&self) -> u64 {
        if let Body::Plain { shape, .. } = &*self.0.body.borrow() { shape.number } else { 0 }
    }

    /// Writes an own property of a local object, at the end when it is new. False when the object is shared or is not
    /// made of properties: then it is for the caller to know what writing means.
    #[must_use]
    pub fn set(&self, key: &Text, value: Value) -> bool {
        let value = value.stored();
        let mut body = self.0.body.borrow_mut();
        let old = match &mut *body {
            Body::Plain { shape, slots } => {
                if let Some(slot) = shape.place(key).and_then(|place| slots.get_mut(place)) {
                    Some(std::mem::replace(slot, value))
                } else if let Some(next) = shape.with(key) {
                    if slots.capacity() == slots.len() {
                        slots.reserve_exact(slots.len().clamp(2, 16));
                    }
                    slots.push(value);
                    *shape = next;
                    None
                } else {
                    let mut dictionary: Dictionary =
                        shape.keys.iter().cloned().zip(std::mem::take(slots)).collect();
                    dictionary.insert(key.clone(), value);
                    let class = shape.class;
                    *body = Body::Dictionary(Box::new((class, dictionary)));
                    None
                }
            }
            Body::Dictionary(dictionary) => dictionary.1.insert(key.clone(), value),
            Body::Shared(_) | Body::Native(_) | Body::Function(_) | Body::Class(_) => return false,
        };
        drop(body);
        drop(old);
        true
    }

    /// Writes a property of an object that Quatre itself makes, which is always a local one.
    pub fn put(&self, key: &str, value: impl Into<Value>) {
        let written = self.set(&Text::from(key), value.into());
        debug_assert!(written, "put is for objects just made");
    }

    /// Removes an own property of a local object; false when it cannot be done or was not there.
    pub fn remove(&self, key: &Text) -> bool {
        let mut body = self.0.body.borrow_mut();
        let old = match &mut *body {
            Body::Plain { shape, slots } => {
                let Some(place) = shape.place(key) else { return false };
                let mut dictionary: Dictionary =
                    shape.keys.iter().cloned().zip(std::mem::take(slots)).collect();
                let old = dictionary.shift_remove_index(place);
                let class = shape.class;
                *body = Body::Dictionary(Box::new((class, dictionary)));
                old.map(|(_, value)| value)
            }
            Body::Dictionary(dictionary) => dictionary.1.shift_remove(key),
            Body::Shared(_) | Body::Native(_) | Body::Function(_) | Body::Class(_) => return false,
        };
        drop(body);
        old.is_some()
    }

    /// The names of the own properties, in order.
    pub fn keys(&self) -> Vec<Text> {
        self.with(|body| match body {
            Body::Plain { shape, .. } => shape.keys.clone(),
            Body::Dictionary(dictionary) => dictionary.1.keys().cloned().collect(),
            Body::Shared(shared) => shared.keys(),
            Body::Native(_) | Body::Function(_) | Body::Class(_) => Vec::new(),
        })
    }

    /// The own properties, in order.
    pub fn entries(&self) -> Vec<(Text, Value)> {
        self.with(|body| match body {
            Body::Plain { shape, slots } => shape.keys.iter().cloned().zip(slots.iter().cloned()).collect(),
            Body::Dictionary(dictionary) => {
                dictionary.1.iter().map(|(key, value)| (key.clone(), value.clone())).collect()
            }
            Body::Shared(shared) => shared.entries(),
            Body::Native(_) | Body::Function(_) | Body::Class(_) => Vec::new(),
        })
    }

    /// The number of own properties.
    pub fn len(&self) -> usize {
        self.with(|body| match body {
            Body::Plain { slots, .. } => slots.len(),
            Body::Dictionary(dictionary) => dictionary.1.len(),
            Body::Shared(shared) => shared.len(),
            Body::Native(_) | Body::Function(_) | Body::Class(_) => 0,
        })
    }

    /// Whether `{}` is all there is to it: functions, classes and instances of built-in classes are never empty.
    pub fn is_empty(&self) -> bool {
        self.with(|body| match body {
            Body::Plain { slots, .. } => slots.is_empty(),
            Body::Dictionary(dictionary) => dictionary.1.is_empty(),
            Body::Shared(shared) => shared.is_empty(),
            Body::Native(_) | Body::Function(_) | Body::Class(_) => false,
        })
    }
}
