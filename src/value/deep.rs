//! Deep copies and deep comparison of objects and collections.
//!
//! Both keep a list of what is left to do instead of calling themselves, and remember what they have met: neither depth
//! nor cycles are a danger, and an object that is met twice is one object in the copy too.

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::value::Value;
use crate::value::collection::{Collection, Elements};
use crate::value::compare::{Strength, equal_values_with};
use crate::value::error::Result;
use crate::value::group::Membership;
use crate::value::object::{Body, Dictionary, Object};
use crate::value::pointer::Pointer;
use crate::value::shared::{SharedCollection, SharedObject};

/// How long a chain of pointers is followed.
const MOST_POINTERS: usize = 100;

/// Gives the value that a pointer leads to.
pub type Resolve<'a> = &'a dyn Fn(&Pointer) -> Option<Value>;

/// What a copy is to be.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// `ck shared`: shared objects and collections, all of one group.
    pub shared: bool,
    /// The group that the copy joins, when it is shared.
    pub group: Option<&'a Membership>,
    /// `ck resolve pointers`: the values that pointers lead to take their place.
    pub resolve: Option<Resolve<'a>>,
}

/// A container, and the empty copy that waits for its content.
struct Task {
    source: Value,
    copy: Value,
}

struct Copier<'a> {
    options: Options<'a>,
    made: FxHashMap<usize, Value>,
    tasks: Vec<Task>,
}

/// A copy of a value that shares no object and no collection with it, but for functions, classes and instances of
/// built-in classes.
pub fn copy(value: &Value, options: Options<'_>) -> Result<Value> {
    let mut copier = Copier { options, made: FxHashMap::default(), tasks: Vec::new() };
    let root = copier.item(value);
    if let Some(group) = options.group.filter(|_| options.shared)
        && let Some(membership) = Copied::of(&root)
    {
        group.join(membership.membership())?;
    }
    while let Some(task) = copier.tasks.pop() {
        copier.fill(&task)?;
    }
    Ok(root)
}

/// A shared copy.
enum Copied {
    Object(Arc<SharedObject>),
    Collection(Arc<SharedCollection>),
}

impl Copied {
    fn of(value: &Value) -> Option<Self> {
        if let Value::Object(object) = value {
            return object.as_shared().map(Self::Object);
        }
        if let Value::Collection(collection) = value {
            collection.as_shared().map(Self::Collection)
        } else {
            None
        }
    }

    fn membership(&self) -> &Membership {
        match self {
            Self::Object(object) => object.membership(),
            Self::Collection(collection) => collection.membership(),
        }
    }
}

impl Copier<'_> {
    /// The copy of a value: itself when it is a scalar, an empty container that a task will fill otherwise.
    fn item(&mut self, value: &Value) -> Value {
        if let Some(resolve) = self.options.resolve
            && let Value::Pointer(_) = value
        {
            let mut value = value.clone();
            for _ in 0..MOST_POINTERS {
                let Value::Pointer(pointer) = &value else { return self.item(&value) };
                value = resolve(pointer).unwrap_or_default();
            }
            return Value::Null;
        }
        match value {
            Value::Object(object) => self.object(object),
            Value::Collection(collection) => {
                if let Some(copy) = self.made.get(&collection.address()) {
                    return copy.clone();
                }
                let copy = if self.options.shared {
                    Collection::with_elements(Elements::Shared(Arc::default()))
                } else {
                    Collection::new()
                };
                self.begin(collection.address(), value, Value::Collection(copy))
            }
            Value::Variable(variable) => {
                let value = variable.get();
                self.item(&value)
            }
            Value::Undefined
            | Value::Null
            | Value::Boolean(_)
            | Value::Integer(_)
            | Value::Real(_)
            | Value::Text(_)
            | Value::Date(_)
            | Value::Time(_)
            | Value::Blob(_)
            | Value::Picture(_)
            | Value::Pointer(_)
            | Value::Array(_) => value.clone(),
        }
    }

    fn object(&mut self, object: &Object) -> Value {
        let opaque = object.with(|body| match body {
            Body::Plain { .. } | Body::Dictionary(_) => false,
            // A signal is one for all: a copy of it would signal nothing.
            Body::Shared(shared) => shared.native().is_some(),
            Body::Native(_) | Body::Function(_) | Body::Class(_) => true,
        });
        if opaque {
            return Value::Object(object.clone());
        }
        if let Some(copy) = self.made.get(&object.address()) {
            return copy.clone();
        }
        let copy = if self.options.shared {
            Object::shared(SharedObject::new(object.class()))
        } else {
            Object::of_class(object.class())
        };
        self.begin(object.address(), &Value::Object(object.clone()), Value::Object(copy))
    }

    /// Remembers a new container. The task keeps the source alive, so that its address is not used again.
    fn begin(&mut self, address: usize, source: &Value, copy: Value) -> Value {
        self.made.insert(address, copy.clone());
        self.tasks.push(Task { source: source.clone(), copy: copy.clone() });
        copy
    }

    fn fill(&mut self, task: &Task) -> Result<()> {
        match (&task.source, &task.copy) {
            (Value::Object(source), Value::Object(copy)) => match copy.as_shared() {
                Some(shared) => {
                    for (key, value) in source.entries() {
                        shared.init(&key, self.item(&value))?;
                    }
                }
                None => copy.replace_body(source.with(|body| self.body(body))),
            },
            (Value::Collection(source), Value::Collection(copy)) => match copy.as_shared() {
                Some(shared) => {
                    shared.replace(source.to_vec().iter().map(|value| self.item(value)).collect())?;
                }
                None => self.fill_collection(source, copy),
            },
            _ => {}
        }
        Ok(())
    }

    /// The content of a local copy, in the shape of the source.
    fn body(&mut self, source: &Body) -> Body {
        match source {
            Body::Plain { shape, slots } => Body::Plain {
                shape: Rc::clone(shape),
                slots: slots.iter().map(|value| self.item(value)).collect(),
            },
            Body::Dictionary(dictionary) => {
                let copy: Dictionary =
                    dictionary.1.iter().map(|(key, value)| (key.clone(), self.item(value))).collect();
                Body::Dictionary(Box::new((dictionary.0, copy)))
            }
            Body::Shared(shared) => {
                let copy: Dictionary =
                    shared.entries().into_iter().map(|(key, value)| (key, self.item(&value))).collect();
                Body::Dictionary(Box::new((shared.class(), copy)))
            }
            Body::Native(instance) => Body::Native(Rc::clone(instance)),
            Body::Function(function) => Body::Function(Rc::clone(function)),
            Body::Class(class) => Body::Class(*class),
        }
    }

    fn fill_collection(&mut self, source: &Collection, copy: &Collection) {
        let content = source.with(|elements| match elements {
            Elements::Values(values) => {
                Elements::Values(values.iter().map(|value| self.item(value)).collect())
            }
            Elements::Reals(values) => Elements::Reals(values.clone()),
            Elements::Booleans(values) => Elements::Booleans(values.clone()),
            Elements::Shared(shared) => {
                Elements::Values(shared.to_vec().iter().map(|value| self.item(value)).collect())
            }
        });
        copy.with_mut(|elements| *elements = content);
    }
}

/// Whether two values have the same content: objects the same properties in any order, collections the same elements in
/// the same order. Null and Undefined differ.
pub fn equal(a: &Value, b: &Value, strength: Strength, epsilon: f64) -> bool {
    let mut met: FxHashSet<(usize, usize)> = FxHashSet::default();
    let mut pairs = vec![(a.clone(), b.clone())];
    while let Some((a, b)) = pairs.pop() {
        let same = match (&a, &b) {
            (Value::Undefined, Value::Undefined) => true,
            (Value::Undefined, _) | (_, Value::Undefined) => false,
            (Value::Object(a), Value::Object(b)) => {
                a.is_same(b) || !met.insert((a.address(), b.address())) || push_properties(a, b, &mut pairs)
            }
            (Value::Collection(a), Value::Collection(b)) => {
                a.is_same(b) || !met.insert((a.address(), b.address())) || push_elements(a, b, &mut pairs)
            }
            (a, b) => equal_values_with(a, b, epsilon, strength),
        };
        if !same {
            return false;
        }
    }
    true
}

/// Adds the pairs of properties to be compared; false when the names differ already.
fn push_properties(a: &Object, b: &Object, pairs: &mut Vec<(Value, Value)>) -> bool {
    // What is not made of properties equals only itself.
    if a.len() != b.len() || a.is_empty() != b.is_empty() || (!a.is_empty() && a.keys().is_empty()) {
        return false;
    }
    for (key, value) in a.entries() {
        let Some(other) = b.get(&key) else { return false };
        pairs.push((value, other));
    }
    true
}

fn push_elements(a: &Collection, b: &Collection, pairs: &mut Vec<(Value, Value)>) -> bool {
    let (a, b) = (a.to_vec(), b.to_vec());
    let same = a.len() == b.len();
    if same {
        pairs.extend(a.into_iter().zip(b));
    }
    same
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::json;
    use crate::value::text::Text;

    const EPSILON: f64 = 1e-6;

    #[test]
    fn copies_keep_content_identity_and_cycles() {
        let source = json::parse(r#"{"a":[1,2],"b":{"c":[true],"d":["x",{"e":null}]}}"#).unwrap();
        let Value::Object(object) = &source else { panic!("no object") };
        let inner = object.get_str("b").unwrap();
        object.put("again", inner);
        let copied = copy(&source, Options::default()).unwrap();
        assert!(equal(&source, &copied, Strength::Strict, EPSILON));
        let Value::Object(copied) = copied else { panic!("no object") };
        let (Some(Value::Object(b)), Some(Value::Object(again))) =
            (copied.get_str("b"), copied.get_str("again"))
        else {
            panic!("no objects")
        };
        assert!(b.is_same(&again) && !copied.is_same(object));
        assert_eq!(copied.shape_number(), object.shape_number());

        let knot = Collection::new();
        knot.push(Value::Collection(knot.clone()));
        let Ok(Value::Collection(other)) = copy(&Value::Collection(knot.clone()), Options::default()) else {
            panic!("no collection")
        };
        assert!(matches!(other.get(0), Some(Value::Collection(inner)) if inner.is_same(&other)));
        assert!(equal(&Value::Collection(knot), &Value::Collection(other), Strength::Strict, EPSILON));
    }

    #[test]
    fn shared_copies_are_of_one_group() {
        let source = json::parse(r#"{"a":[1,{"b":2}],"c":{"d":[]}}"#).unwrap();
        let group = SharedObject::new(None);
        group.init(&Text::from("other"), Value::Object(Object::shared(SharedObject::new(None)))).unwrap();
        let options = Options { shared: true, group: Some(group.membership()), resolve: None };
        let copied = copy(&source, options).unwrap();
        let Value::Object(object) = &copied else { panic!("no object") };
        assert!(object.as_shared().is_some());
        group.init(&Text::from("copy"), copied.clone()).unwrap();
        let back = copy(&copied, Options::default()).unwrap();
        assert!(matches!(&back, Value::Object(object) if object.as_shared().is_none()));
        assert!(equal(&source, &back, Strength::Strict, EPSILON));
        let with_pointer = Collection::from_vec(vec![Value::Pointer(Pointer::NIL)]);
        let options = Options { shared: true, ..Options::default() };
        assert!(copy(&Value::Collection(with_pointer), options).is_err());
    }

    #[test]
    fn depth_is_no_danger() {
        let mut deep = Value::Null;
        for _ in 0..50_000 {
            deep = Value::Collection(Collection::from_vec(vec![deep]));
        }
        let other = copy(&deep, Options::default()).unwrap();
        assert!(equal(&deep, &other, Strength::Letters, EPSILON));
    }

    #[test]
    fn what_differs() {
        let same = |a: &str, b: &str| {
            equal(&json::parse(a).unwrap(), &json::parse(b).unwrap(), Strength::Letters, EPSILON)
        };
        assert!(same(r#"{"a":1,"b":"x"}"#, r#"{"b":"X","a":1}"#));
        assert!(!same(r#"{"a":1}"#, r#"{"A":1}"#) && !same(r#"{"a":1}"#, r#"{"a":1,"b":null}"#));
        assert!(
            !same("[1,2]", "[2,1]")
                && !same("[1]", "[1,1]")
                && same("[[],{}]", "[[],{}]")
                && !same("[[]]", "[{}]")
        );
        assert!(!equal(&Value::Null, &Value::Undefined, Strength::Letters, EPSILON));
    }
}
