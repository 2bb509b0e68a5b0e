//! Copies of values for other processes: the parameters of a message, what an interprocess variable publishes.
//!
//! A copy is a flat list of nodes that refer to each other by place. So an object that is met twice stays one object,
//! a cycle stays a cycle, and no depth of nesting can exhaust a stack. Shared objects and collections are not copied.

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::value::array::{Array, Items};
use crate::value::blob::Blob;
use crate::value::collection::{Collection, Elements};
use crate::value::date::Date;
use crate::value::error::{Error, Result};
use crate::value::function::{ClassRef, Function};
use crate::value::instance::PortableInstance;
use crate::value::object::{Body, Object};
use crate::value::picture::Picture;
use crate::value::pointer::{Pointer, Target, Variable, row_of};
use crate::value::shared::{FunctionHead, SharedCollection, SharedObject, SharedText};
use crate::value::text::Text;
use crate::value::time::Time;
use crate::value::{ArrayType, Type, Value};

/// A value, or several that may share parts, that belongs to no process.
#[derive(Clone)]
pub struct Portable {
    roots: Vec<Item>,
    nodes: Vec<Node>,
}

impl std::fmt::Debug for Portable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Portable({} nodes)", self.nodes.len())
    }
}

/// A value, or the place of the node that it is.
#[derive(Clone)]
enum Item {
    Undefined,
    Null,
    Boolean(bool),
    Integer(i32),
    Real(f64),
    Text(SharedText),
    Date(Date),
    Time(Time),
    Blob(Arc<[u8]>),
    Picture(Arc<[u8]>, Arc<str>),
    SharedObject(Arc<SharedObject>),
    SharedCollection(Arc<SharedCollection>),
    Native(Arc<dyn PortableInstance>),
    Class(ClassRef),
    Nil,
    Interprocess(u32, String),
    Table(u32),
    Field(u32, u32),
    /// A process variable, by name: a pointer to it leads to the variable of that name where it arrives.
    Process(String),
    /// An element of an array in a process variable.
    Element(String, Option<usize>, usize),
    Node(usize),
}

/// What values hold other values.
#[derive(Clone)]
enum Node {
    Object(Option<ClassRef>, Vec<(SharedText, Item)>),
    Collection(Vec<Item>),
    Function(FunctionHead, Vec<Item>),
    /// The type of the elements, whether they are rows, the selected element, the elements with element zero.
    Array(ArrayType, bool, i32, Vec<Item>),
}

/// What still has to be taken apart.
enum Pending {
    Object(Object),
    Collection(Collection),
    Function(Rc<Function>),
    Array(Array),
}

#[derive(Default)]
struct Packer {
    pending: Vec<Pending>,
    seen: FxHashMap<usize, usize>,
}

impl Packer {
    /// The place of a node that has this address; what is pending keeps it alive, so no address comes twice.
    fn node(&mut self, address: Option<usize>, pending: Pending) -> Item {
        let place = self.pending.len();
        if let Some(address) = address {
            if let Some(place) = self.seen.get(&address) {
                return Item::Node(*place);
            }
            self.seen.insert(address, place);
        }
        self.pending.push(pending);
        Item::Node(place)
    }

    fn item(&mut self, value: &Value) -> Result<Item> {
        Ok(match value {
            Value::Undefined => Item::Undefined,
            Value::Null => Item::Null,
            Value::Boolean(b) => Item::Boolean(*b),
            Value::Integer(n) => Item::Integer(*n),
            Value::Real(x) => Item::Real(*x),
            Value::Text(text) => Item::Text(SharedText::from(text)),
            Value::Date(date) => Item::Date(*date),
            Value::Time(time) => Item::Time(*time),
            Value::Blob(blob) => Item::Blob(blob.bytes().into()),
            Value::Picture(picture) => Item::Picture(picture.bytes().into(), picture.mime_type().into()),
            Value::Pointer(pointer) => pointer_item(pointer),
            Value::Object(object) => self.object(object)?,
            Value::Collection(collection) => match collection.as_shared() {
                Some(shared) => Item::SharedCollection(shared),
                None => self.node(Some(collection.address()), Pending::Collection(collection.clone())),
            },
            Value::Array(array) => self.node(None, Pending::Array(array.clone())),
            Value::Variable(variable) => variable.with(|value| self.item(value))?,
        })
    }

    fn object(&mut self, object: &Object) -> Result<Item> {
        object.with(|body| match body {
            Body::Plain { .. } | Body::Dictionary(_) => {
                Ok(self.node(Some(object.address()), Pending::Object(object.clone())))
            }
            Body::Shared(shared) => Ok(Item::SharedObject(Arc::clone(shared))),
            Body::Function(function) => {
                Ok(self.node(Some(Rc::as_ptr(function).addr()), Pending::Function(Rc::clone(function))))
            }
            Body::Class(class) => Ok(Item::Class(*class)),
            Body::Native(instance) => instance.portable().map(Item::Native).ok_or_else(|| {
                let class = instance.class_name();
                Error::quatre(5204, format!("a `4D.{class}` cannot be given to another process"))
                    .help("give what is needed to make one there")
            }),
        })
    }

    fn unpack(&mut self, pending: &Pending) -> Result<Node> {
        match pending {
            Pending::Object(object) => {
                let mut entries = Vec::new();
                for (key, value) in object.entries() {
                    entries.push((SharedText::from(&key), self.item(&value)?));
                }
                Ok(Node::Object(object.class(), entries))
            }
            Pending::Collection(collection) => Ok(Node::Collection(self.items(&collection.to_vec())?)),
            Pending::Function(function) => {
                Ok(Node::Function(FunctionHead::of(function), self.items(&function.captured)?))
            }
            Pending::Array(array) => {
                let values: Vec<Value> = (0..=array.size()).filter_map(|index| array.get(index)).collect();
                let type_ = array.with(Items::element_type);
                let rows = matches!(array.type_(), Type::Rows(_));
                Ok(Node::Array(type_, rows, array.selected(), self.items(&values)?))
            }
        }
    }

    fn items(&mut self, values: &[Value]) -> Result<Vec<Item>> {
        values.iter().map(|value| self.item(value)).collect()
    }
}

fn pointer_item(pointer: &Pointer) -> Item {
    match pointer.target() {
        Some(Target::Interprocess(id, name)) => Item::Interprocess(*id, name.clone()),
        Some(Target::Table(table)) => Item::Table(*table),
        Some(Target::Field(table, field)) => Item::Field(*table, *field),
        Some(Target::Variable(variable)) if !variable.name().starts_with('$') => {
            Item::Process(variable.name().to_owned())
        }
        Some(Target::Element(Some(variable), array, index)) if !variable.name().starts_with('$') => {
            Item::Element(variable.name().to_owned(), row_of(variable, array), *index)
        }
        // A local variable of another process cannot be reached.
        Some(Target::Variable(_) | Target::Element(..)) | None => Item::Nil,
    }
}

/// Finds the process variable of a name where a copy arrives.
pub type FindVariable<'a> = &'a mut dyn FnMut(&str) -> Option<Variable>;

impl Portable {
    /// A copy of a value; an error when some instance in it cannot leave its process.
    pub fn from_value(value: &Value) -> Result<Self> {
        Self::from_values(std::slice::from_ref(value))
    }

    /// A copy of several values, the arguments of a call.
    pub fn from_values(values: &[Value]) -> Result<Self> {
        let mut packer = Packer::default();
        let roots = packer.items(values)?;
        let mut nodes = Vec::new();
        let mut done: Vec<Pending> = Vec::new();
        while nodes.len() < packer.pending.len() {
            let place = nodes.len();
            // Taken out while it is unpacked, and kept afterwards so that its address is not used again.
            let Some(pending) = packer.pending.get_mut(place) else { break };
            let pending = std::mem::replace(pending, Pending::Array(Array::new(ArrayType::Text, 0)));
            nodes.push(packer.unpack(&pending)?);
            done.push(pending);
        }
        Ok(Self { roots, nodes })
    }

    /// The value in the present process. Pointers to process variables lead nowhere.
    pub fn to_value(&self) -> Value {
        self.to_value_in(&mut |_| None)
    }

    /// The value in the present process, whose variables are found by name.
    pub fn to_value_in(&self, find: FindVariable<'_>) -> Value {
        self.to_values_in(find).into_iter().next().unwrap_or_default()
    }

    /// All values in the present process, whose variables are found by name.
    pub fn to_values_in(&self, find: FindVariable<'_>) -> Vec<Value> {
        let mut built: Vec<Value> = self
            .nodes
            .iter()
            .map(|node| match node {
                Node::Object(class, _) => Value::Object(Object::of_class(*class)),
                Node::Collection(_) => Value::Collection(Collection::new()),
                Node::Function(..) | Node::Array(..) => Value::Undefined,
            })
            .collect();
        self.build_arrays(&mut built, find);
        self.build_functions(&mut built, find);
        for (place, node) in self.nodes.iter().enumerate() {
            match (node, built.get(place).cloned()) {
                (Node::Object(_, entries), Some(Value::Object(object))) => {
                    for (key, item) in entries {
                        // A new object is a local one, which takes every property.
                        let _ = object.set(&Text::from(key), value_of(item, &built, find));
                    }
                }
                (Node::Collection(items), Some(Value::Collection(collection))) => {
                    collection.replace(items.iter().map(|item| value_of(item, &built, find)).collect());
                }
                _ => {}
            }
        }
        self.roots.iter().map(|item| value_of(item, &built, find)).collect()
    }

    /// Rows stand behind the array that holds them.
    fn build_arrays(&self, built: &mut [Value], find: FindVariable<'_>) {
        for (place, node) in self.nodes.iter().enumerate().rev() {
            let Node::Array(type_, rows, selected, items) = node else { continue };
            let values: Vec<Value> = items.iter().map(|item| value_of(item, built, find)).collect();
            let array = if *rows {
                let rows = values
                    .into_iter()
                    .filter_map(|v| if let Value::Array(row) = v { Some(row) } else { None });
                Array::with_items(Items::Rows(*type_, rows.collect()))
            } else {
                let array = Array::new(*type_, values.len().saturating_sub(1));
                for (index, value) in values.into_iter().enumerate() {
                    array.with_mut(|items| items.set(index, value));
                }
                array
            };
            array.select(*selected);
            if let Some(slot) = built.get_mut(place) {
                *slot = Value::Array(array);
            }
        }
    }

    /// A function may have captured another one, made before it: each turn makes those whose captures are there.
    fn build_functions(&self, built: &mut [Value], find: FindVariable<'_>) {
        let mut missing: Vec<usize> = (0..self.nodes.len())
            .filter(|place| matches!(self.nodes.get(*place), Some(Node::Function(..))))
            .collect();
        while !missing.is_empty() {
            let before = missing.len();
            missing.retain(|place| {
                let Some(Node::Function(head, captured)) = self.nodes.get(*place) else { return false };
                let ready = captured.iter().all(|item| {
                    !matches!(item, Item::Node(other) if matches!(built.get(*other), Some(Value::Undefined)))
                });
                if ready {
                    let captured = captured.iter().map(|item| value_of(item, built, find)).collect();
                    if let Some(slot) = built.get_mut(*place) {
                        *slot = Value::Object(Object::function(head.with_captured(captured)));
                    }
                }
                !ready
            });
            if missing.len() == before {
                return;
            }
        }
    }
}

fn value_of(item: &Item, built: &[Value], find: FindVariable<'_>) -> Value {
    match item {
        Item::Undefined => Value::Undefined,
        Item::Null => Value::Null,
        Item::Boolean(b) => Value::Boolean(*b),
        Item::Integer(n) => Value::Integer(*n),
        Item::Real(x) => Value::Real(*x),
        Item::Text(text) => Value::Text(Text::from(text)),
        Item::Date(date) => Value::Date(*date),
        Item::Time(time) => Value::Time(*time),
        Item::Blob(bytes) => Value::Blob(Blob::from(&**bytes)),
        Item::Picture(bytes, mime_type) => Value::Picture(Picture::new(bytes.to_vec(), &**mime_type)),
        Item::SharedObject(shared) => Value::Object(Object::shared(Arc::clone(shared))),
        Item::SharedCollection(shared) => {
            Value::Collection(Collection::with_elements(Elements::Shared(Arc::clone(shared))))
        }
        Item::Native(native) => Value::Object(Object::native(native.instance())),
        Item::Class(class) => Value::Object(Object::class_object(*class)),
        Item::Nil => Value::Pointer(Pointer::NIL),
        Item::Interprocess(id, name) => Value::Pointer(Pointer::to(Target::Interprocess(*id, name.clone()))),
        Item::Table(table) => Value::Pointer(Pointer::to(Target::Table(*table))),
        Item::Field(table, field) => Value::Pointer(Pointer::to(Target::Field(*table, *field))),
        Item::Process(name) => {
            let variable = find(name);
            Value::Pointer(variable.map_or(Pointer::NIL, |variable| Pointer::to(Target::Variable(variable))))
        }
        Item::Element(name, row, index) => Value::Pointer(find(name).map_or(Pointer::NIL, |variable| {
            let Value::Array(whole) = variable.get() else { return Pointer::NIL };
            let array = match row {
                None => whole,
                Some(row) => {
                    let Some(Value::Array(array)) = whole.get(*row) else { return Pointer::NIL };
                    array
                }
            };
            Pointer::to(Target::Element(Some(variable), array, *index))
        })),
        Item::Node(place) => built.get(*place).cloned().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::function::{MethodId, Origin};

    fn copied(value: impl Into<Value>) -> Value {
        let portable = Portable::from_value(&value.into()).expect("portable");
        // What crosses threads must not need the one it came from.
        std::thread::spawn(move || assert!(!portable.clone().to_value().is_nothing()))
            .join()
            .expect("no panic");
        Value::Undefined
    }

    #[test]
    fn copies_are_separate_and_keep_identity() {
        let inner = Object::new();
        inner.put("n", 1);
        let outer = Object::new();
        outer.put("a", inner.clone());
        outer.put("b", inner.clone());
        let copy = Portable::from_value(&outer.clone().into()).expect("portable").to_value();
        let Value::Object(copy) = copy else { panic!("an object") };
        let (Some(Value::Object(a)), Some(Value::Object(b))) = (copy.get_str("a"), copy.get_str("b")) else {
            panic!("both are objects")
        };
        assert!(a.is_same(&b) && !a.is_same(&inner));
        inner.put("n", 2);
        assert!(matches!(a.get_str("n"), Some(Value::Real(1.0))));
        copied(outer);
    }

    #[test]
    fn cycles_and_depth_are_no_danger() {
        let mut chain = Collection::new();
        let bottom = chain.clone();
        for _ in 0..200_000 {
            chain = Collection::from_vec(vec![chain.into()]);
        }
        let copy = Portable::from_value(&chain.clone().into()).expect("portable").to_value();
        let mut depth = 0;
        let mut at = copy;
        while let Value::Collection(collection) = at {
            depth += 1;
            at = collection.get(0).unwrap_or_default();
        }
        assert_eq!(depth, 200_001);
        // Undone by hand: dropping so deep a nest is another module's business.
        bottom.push(Value::Null);
        std::mem::forget(chain);

        let knot = Object::new();
        knot.put("me", knot.clone());
        let Value::Object(copy) = Portable::from_value(&knot.clone().into()).expect("portable").to_value()
        else {
            panic!("an object")
        };
        assert!(matches!(copy.get_str("me"), Some(Value::Object(me)) if me.is_same(&copy)));
    }

    #[test]
    fn functions_come_with_what_they_captured() {
        let function = |captured| {
            Object::function(Function {
                origin: Origin::Formula,
                code: MethodId(7),
                captured,
                source: Arc::from("$f()"),
                name: Arc::from(""),
            })
        };
        let inner = function(vec![Value::text("x")]);
        let list = Collection::from_vec(vec![function(vec![inner.clone().into()]).into(), inner.into()]);
        let Value::Collection(copy) = Portable::from_value(&list.into()).expect("portable").to_value() else {
            panic!("a collection")
        };
        let Some(Value::Object(outer)) = copy.get(0) else { panic!("a function") };
        let outer = outer.as_function().expect("a function");
        let Some(Value::Object(inner)) = outer.captured.first() else { panic!("captured") };
        let inner = inner.as_function().expect("a function");
        assert!(matches!(inner.captured.first(), Some(Value::Text(text)) if text.to_str() == "x"));
    }

    #[test]
    fn shared_objects_stay_what_they_are() {
        let shared = SharedObject::new(None);
        let list = Collection::from_vec(vec![Object::shared(Arc::clone(&shared)).into()]);
        let Value::Collection(copy) = Portable::from_value(&list.into()).expect("portable").to_value() else {
            panic!("a collection")
        };
        let Some(Value::Object(object)) = copy.get(0) else { panic!("an object") };
        assert!(object.as_shared().is_some_and(|other| Arc::ptr_eq(&other, &shared)));
    }

    #[test]
    fn arrays_keep_element_zero_and_rows() {
        let array = Array::new_rows(ArrayType::Longint, 2, 3);
        if let Some(Value::Array(row)) = array.get(2) {
            row.with_mut(|items| items.set(3, Value::Integer(9)));
        }
        array.select(1);
        let Value::Array(copy) = Portable::from_value(&Value::Array(array)).expect("portable").to_value()
        else {
            panic!("an array")
        };
        assert_eq!((copy.size(), copy.selected(), copy.type_()), (2, 1, Type::Rows(ArrayType::Longint)));
        let Some(Value::Array(row)) = copy.get(2) else { panic!("a row") };
        assert!(matches!(row.get(3), Some(Value::Integer(9))));
    }
}
