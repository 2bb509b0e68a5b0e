//! `JSON Resolve pointers`: objects that are only a reference (`{"$ref": "file.json#/a/b"}`) give way to what they
//! refer to, in the same document or in a file.
//!
//! A reference becomes the very object that it leads to, so that a document may refer to itself; with `merge` it
//! becomes a new object that has the properties of both. What is left to do stands in a list: depth is no danger.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a command names the types that it takes; all others are one case"
)]

use std::path::{Component, Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::builtin::Command;
use crate::native;
use crate::runtime::process::Process;
use crate::runtime::sandbox;
use crate::value::Value;
use crate::value::collection::Collection;
use crate::value::error::Result;
use crate::value::json;
use crate::value::object::Object;
use crate::value::text::Text;

/// A reference may lead to another one, so many times.
const MOST_STEPS: usize = 100;

pub(super) const JSON_RESOLVE_POINTERS: Command = Command {
    number: 1478,
    name: "JSON Resolve pointers",
    thread_safe: true,
    help: "Puts what JSON pointers refer to in the place of the pointers of an object.",
    syntaxes: &[native!(json_resolve_pointers(process, object, options))],
};

fn json_resolve_pointers(process: &mut Process, object: Object, options: Option<Object>) -> Result<Object> {
    let package = process.runtime.options.package.clone();
    let resources = package.as_ref().map(|package| package.join("Resources"));
    let option = |name: &str| options.as_ref().and_then(|options| options.get_str(name));
    let root = match option("rootFolder") {
        Some(Value::Text(folder)) => Some(PathBuf::from(folder.to_str().as_ref())),
        _ => resources,
    };
    let mut resolver = Resolver {
        package,
        merge: matches!(option("merge"), Some(Value::Boolean(true))),
        documents: vec![Document { root: Value::Object(object.clone()), folder: root.unwrap_or_default() }],
        files: FxHashMap::default(),
        met: FxHashSet::default(),
        tasks: Vec::new(),
        errors: Vec::new(),
    };
    let value = resolver.run(&object)?;
    let result = Object::new();
    result.put("value", value);
    result.put("success", resolver.errors.is_empty());
    if !resolver.errors.is_empty() {
        result.put("errors", Collection::from_vec(resolver.errors));
    }
    Ok(result)
}

/// A JSON document, and the folder that its relative references begin in.
struct Document {
    root: Value,
    folder: PathBuf,
}

/// The number of a document.
type DocumentId = usize;

/// A property or an element whose value may be a reference.
enum Slot {
    Property(Object, Text),
    Element(Collection, usize),
}

struct Resolver {
    package: Option<PathBuf>,
    merge: bool,
    documents: Vec<Document>,
    files: FxHashMap<PathBuf, DocumentId>,
    /// The addresses of the objects and collections whose content is in the list.
    met: FxHashSet<usize>,
    tasks: Vec<(Slot, DocumentId)>,
    errors: Vec<Value>,
}

/// The reference that a value is.
fn reference(value: &Value) -> Option<(&Object, Text)> {
    let Value::Object(object) = value else { return None };
    if let Some(Value::Text(reference)) = object.get_str("$ref") { Some((object, reference)) } else { None }
}

impl Slot {
    fn value(&self) -> Value {
        match self {
            Self::Property(object, name) => object.get(name).unwrap_or_default(),
            Self::Element(collection, index) => collection.get(*index).unwrap_or_default(),
        }
    }

    fn set(&self, value: Value) -> Result<()> {
        match self {
            Self::Property(object, name) => match object.as_shared() {
                Some(shared) => shared.set(name, value),
                None => {
                    // Only instances of built-in classes are not made of properties, and they hold no reference.
                    let _written = object.set(name, value);
                    Ok(())
                }
            },
            Self::Element(collection, index) => match collection.as_shared() {
                Some(shared) => shared.set(*index, value),
                None => {
                    collection.set(*index, value);
                    Ok(())
                }
            },
        }
    }
}

impl Resolver {
    fn run(&mut self, object: &Object) -> Result<Value> {
        let mut value = Value::Object(object.clone());
        if reference(&value).is_some()
            && let Some(resolved) = self.resolved(&value, 0)
        {
            value = resolved;
            if let Value::Object(target) = &value {
                let entries = target.entries();
                for key in object.keys() {
                    object.remove(&key);
                }
                for (key, value) in entries {
                    Slot::Property(object.clone(), key).set(value)?;
                }
                value = Value::Object(object.clone());
            }
        }
        self.add(&value, 0);
        while let Some((slot, document)) = self.tasks.pop() {
            let value = slot.value();
            if reference(&value).is_none() {
                self.add(&value, document);
            } else if let Some(resolved) = self.resolved(&value, document) {
                slot.set(resolved)?;
            }
        }
        Ok(value)
    }

    /// Puts the content of an object or a collection into the list, once.
    fn add(&mut self, value: &Value, document: DocumentId) {
        match value {
            Value::Object(object) if self.met.insert(object.address()) => {
                let names = object.keys();
                self.tasks
                    .extend(names.into_iter().map(|name| (Slot::Property(object.clone(), name), document)));
            }
            Value::Collection(collection) if self.met.insert(collection.address()) => {
                let length = collection.len();
                self.tasks
                    .extend((0..length).map(|index| (Slot::Element(collection.clone(), index), document)));
            }
            _ => {}
        }
    }

    /// What a reference leads to in the end, its content being in the list; `None` when it leads nowhere.
    fn resolved(&mut self, value: &Value, document: DocumentId) -> Option<Value> {
        let (mut value, mut document) = (value.clone(), document);
        let mut layers: Vec<(Object, DocumentId)> = Vec::new();
        for _ in 0..MOST_STEPS {
            let Some((object, target)) = reference(&value) else {
                return Some(self.merged(value, document, layers));
            };
            layers.push((object.clone(), document));
            match self.find(&target.to_str(), document) {
                Ok(found) => (value, document) = found,
                Err((reason, path)) => {
                    self.error(&reason, &target, &path);
                    return None;
                }
            }
        }
        let (_, target) = reference(&value)?;
        self.error("the pointer leads back to itself", &target, Path::new(""));
        None
    }

    /// With `merge` the properties of the references on the way go over those of the object that was found.
    fn merged(&mut self, found: Value, document: DocumentId, layers: Vec<(Object, DocumentId)>) -> Value {
        let own = |object: &Object| object.len() > 1;
        let Value::Object(target) = &found else {
            self.add(&found, document);
            return found;
        };
        if !self.merge || !layers.iter().any(|(object, _)| own(object)) {
            self.add(&found, document);
            return found;
        }
        let merged = Object::new();
        self.met.insert(merged.address());
        let sources = std::iter::once((target.clone(), document)).chain(layers.into_iter().rev());
        for (source, document) in sources {
            for (name, value) in source.entries().into_iter().filter(|(name, _)| *name != "$ref") {
                let written = merged.set(&name, value);
                debug_assert!(written, "the object has just been made");
                self.tasks.push((Slot::Property(merged.clone(), name), document));
            }
        }
        Value::Object(merged)
    }

    /// What `path#pointer` names in a document; else the reason and the file.
    fn find(
        &mut self,
        target: &str,
        document: DocumentId,
    ) -> std::result::Result<(Value, DocumentId), (String, PathBuf)> {
        let (path, pointer) = target.split_once('#').unwrap_or((target, ""));
        let (document, file) = if path.is_empty() {
            (document, PathBuf::new())
        } else {
            let file = self.file(path, document);
            (self.load(&file).map_err(|reason| (reason, file.clone()))?, file)
        };
        let root = self.documents.get(document).map(|document| document.root.clone()).unwrap_or_default();
        let found = follow(root, pointer).ok_or_else(|| ("the pointer leads nowhere".to_owned(), file))?;
        Ok((found, document))
    }

    fn file(&self, path: &str, document: DocumentId) -> PathBuf {
        let package = self.package.clone().unwrap_or_default();
        let system =
            [("/RESOURCES/", "Resources"), ("/PACKAGE/", ""), ("/PROJECT/", "Project"), ("/DATA/", "Data")];
        for (prefix, folder) in system {
            if let Some(rest) = path.strip_prefix(prefix) {
                return plain(&package.join(folder).join(rest));
            }
        }
        let folder = self.documents.get(document).map(|document| document.folder.clone()).unwrap_or_default();
        plain(&folder.join(path))
    }

    fn load(&mut self, file: &Path) -> std::result::Result<DocumentId, String> {
        if let Some(document) = self.files.get(file) {
            return Ok(*document);
        }
        let bytes = sandbox::read(file)
            .map_err(|problem| format!("the file cannot be read: {}", sandbox::reason(&problem)))?;
        let root =
            json::parse(&String::from_utf8_lossy(&bytes)).map_err(|error| error.details().message.clone())?;
        self.documents.push(Document { root, folder: file.parent().map(Path::to_owned).unwrap_or_default() });
        let document = self.documents.len() - 1;
        self.files.insert(file.to_owned(), document);
        Ok(document)
    }

    fn error(&mut self, message: &str, target: &Text, path: &Path) {
        let error = Object::new();
        error.put("code", 5422);
        error.put("message", message);
        error.put("pointerURI", target.clone());
        error.put("referredPath", path.to_string_lossy().as_ref());
        self.errors.push(Value::Object(error));
    }
}

/// The path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(component),
        }
    }
    plain
}

/// What a JSON pointer (`/list/0/name`) leads to.
pub(super) fn follow(root: Value, pointer: &str) -> Option<Value> {
    let pointer = percent_decoded(pointer);
    if pointer.is_empty() {
        return Some(root);
    }
    pointer.strip_prefix('/')?.split('/').try_fold(root, |value, part| {
        let part = part.replace("~1", "/").replace("~0", "~");
        match value {
            Value::Object(object) => object.get_str(&part),
            Value::Collection(collection) => collection.get(part.parse().ok()?),
            _ => None,
        }
    })
}

/// The text with its `%20` and the like undone.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = tail
            .get(..2)
            .and_then(|two| std::str::from_utf8(two).ok())
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        match (first, code) {
            (b'%', Some(code)) => {
                bytes.push(code);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
