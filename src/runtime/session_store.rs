//! Sessions that live outside the program, so that several servers serve the same ones.
//!
//! The table keeps a copy of each session that it has met; the store has the truth. A record (name, privileges, times)
//! is written whenever it changes. The storage is written under a lock of the store: `Use` of anything in it takes the
//! lock and reads what another server has changed, `End use` writes and gives the lock back. So nothing that one server
//! writes inside `Use` is lost by another, whatever else a session's processes do at the same time.

use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};
use std::thread::ThreadId;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value as Json, json};

use crate::value::Value;
use crate::value::blob::Blob;
use crate::value::collection::{Collection, Elements};
use crate::value::date::Date;
use crate::value::error::{Error, Result};
use crate::value::group::{Keeper, check_interrupt};
use crate::value::object::Object;
use crate::value::picture::Picture;
use crate::value::shared::{SharedCollection, SharedObject};
use crate::value::text::Text;
use crate::value::time::Time;

/// No process waits longer for the storage of a session.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two attempts to get the lock of the store.
const PAUSE: Duration = Duration::from_millis(5);
/// Deeper values are not shared, nor more than so many: a value that holds itself has no end.
const DEEPEST: usize = 200;
const MOST: usize = 1_000_000;

/// Why the store does not answer.
pub type Trouble = String;

/// What the store answers, or why it does not.
pub type Answer<T> = std::result::Result<T, Trouble>;

/// What came of asking for the storage of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Locked {
    /// Another server has it.
    Busy,
    /// The session has ended.
    Gone,
    /// This one has it; with what it holds when that is not of the version that was known.
    Held(i64, Option<String>),
}

/// Where sessions live when several servers share them. Times say after how long without a request a session ends.
pub trait SessionStore: Send + Sync + std::fmt::Debug {
    /// A number that no session has had.
    fn next_number(&self) -> Answer<i32>;
    /// Writes the record of a session, a new one or a changed one; false when it has ended meanwhile.
    fn save(&self, id: &str, number: Option<i32>, record: &str, life: Duration) -> Answer<bool>;
    /// The record of a session, and its storage when it is not of the version that is known.
    fn load(&self, id: &str, known: i64) -> Answer<Option<(String, Locked)>>;
    /// The ID of the session with a number.
    fn by_number(&self, number: i32) -> Answer<Option<String>>;
    /// The ID of the session that a cookie leads to.
    fn by_cookie(&self, cookie: &str) -> Answer<Option<String>>;
    /// A cookie leads to a session from now on, instead of an old one.
    fn set_cookie(&self, id: &str, old: Option<&str>, cookie: &str, life: Duration) -> Answer<()>;
    /// A request has come.
    fn touch(&self, id: &str, number: i32, cookie: &str, life: Duration) -> Answer<()>;
    /// The session has ended.
    fn remove(&self, id: &str) -> Answer<()>;
    /// A pass leads to a session, once and for some time.
    fn put_pass(&self, pass: &str, id: &str, life: Duration) -> Answer<()>;
    /// The session that a pass leads to; it is used up.
    fn take_pass(&self, pass: &str) -> Answer<Option<String>>;
    /// Asks for the storage of a session.
    fn lock(&self, id: &str, holder: &str, known: i64) -> Answer<Locked>;
    /// Gives it back, with what it holds now when that has changed; the new version, `None` when it was too late.
    fn unlock(&self, id: &str, holder: &str, known: i64, storage: Option<&str>) -> Answer<Option<i64>>;
    /// Says once what the trouble is.
    fn complain(&self, trouble: &str);
}

/// The error of a process that needs the store and does not get it.
pub fn error(trouble: &str) -> Error {
    Error::quatre(5808, format!("the store of the sessions does not answer: {trouble}"))
}

// ---- values as text ----

/// What a storage holds, as a text.
pub fn written(storage: &SharedObject) -> String {
    properties(&storage.entries(), 0, &mut MOST.clone()).to_string()
}

fn properties(entries: &[(Text, Value)], depth: usize, left: &mut usize) -> Json {
    let mut map = Map::new();
    for (key, value) in entries {
        let key = key.to_str();
        // A dollar at the beginning marks what JSON has no word for.
        let key = if key.starts_with('$') { format!("${key}") } else { key.into_owned() };
        map.insert(key, of_value(value, depth + 1, left));
    }
    Json::Object(map)
}

fn of_value(value: &Value, depth: usize, left: &mut usize) -> Json {
    *left = left.saturating_sub(1);
    if depth > DEEPEST || *left == 0 {
        return Json::Null;
    }
    match value {
        Value::Boolean(b) => json!(b),
        Value::Integer(n) => json!(n),
        Value::Real(x) if x.is_finite() => json!(x),
        Value::Real(x) => json!({"$real": x.to_string()}),
        Value::Text(text) => json!(text.to_str()),
        Value::Date(date) => json!({"$date": [date.year(), date.month(), date.day()]}),
        Value::Time(time) => json!({"$time": time.seconds()}),
        Value::Blob(blob) => json!({"$blob": STANDARD.encode(blob.bytes())}),
        Value::Picture(picture) => {
            json!({"$picture": [picture.mime_type(), STANDARD.encode(picture.bytes())]})
        }
        Value::Object(object) => match object.as_shared() {
            Some(shared) => properties(&shared.entries(), depth, left),
            // Functions and native objects belong to the program that made them.
            None => Json::Null,
        },
        Value::Collection(collection) => {
            collection.to_vec().iter().map(|value| of_value(value, depth + 1, left)).collect()
        }
        Value::Undefined | Value::Null | Value::Pointer(_) | Value::Array(_) | Value::Variable(_) => {
            Json::Null
        }
    }
}

fn special(map: &Map<String, Json>) -> Option<Value> {
    let (key, value) = map.iter().next().filter(|_| map.len() == 1)?;
    let bytes = |value: &Json| STANDARD.decode(value.as_str()?).ok();
    let number = |value: Option<&Json>| value.and_then(Json::as_i64).and_then(|n| i32::try_from(n).ok());
    match key.as_str() {
        "$real" => value.as_str()?.parse().ok().map(Value::Real),
        "$date" => {
            let (year, month, day) = (number(value.get(0))?, number(value.get(1))?, number(value.get(2))?);
            Some(Value::Date(Date::from_ymd(year, month, day).unwrap_or(Date::NULL)))
        }
        "$time" => number(Some(value)).map(|seconds| Value::Time(Time::from_seconds(seconds))),
        "$blob" => bytes(value).map(|bytes| Value::Blob(Blob::from_vec(bytes))),
        "$picture" => {
            let kind = value.get(0)?.as_str()?;
            Some(Value::Picture(Picture::new(bytes(value.get(1)?)?, kind)))
        }
        _ => None,
    }
}

/// Puts into a storage what a text holds. What is there already stays the same object, so that a process which has it in
/// hand sees the change.
pub fn merge(storage: &SharedObject, text: &str) -> Result<()> {
    match serde_json::from_str::<Json>(text) {
        Ok(Json::Object(map)) => merge_object(storage, &map),
        _ => Ok(()),
    }
}

fn merge_object(object: &SharedObject, map: &Map<String, Json>) -> Result<()> {
    let mut entries = Vec::new();
    for (key, value) in map {
        let key =
            Text::from(key.strip_prefix("$$").map_or_else(|| key.clone(), |key| format!("${key}")).as_str());
        let value = to_value(value, object.get(&key).as_ref())?;
        entries.push((key, value));
    }
    object.overwrite(&entries)
}

fn to_value(json: &Json, old: Option<&Value>) -> Result<Value> {
    Ok(match json {
        Json::Null => Value::Null,
        Json::Bool(b) => Value::Boolean(*b),
        Json::Number(n) => Value::Real(n.as_f64().unwrap_or_default()),
        Json::String(text) => Value::text(text),
        Json::Array(list) => {
            let known = if let Some(Value::Collection(old)) = old { old.as_shared() } else { None };
            let shared = known.map_or_else(|| SharedCollection::new(&[]), Ok)?;
            let before = shared.to_vec();
            let values: Result<Vec<Value>> =
                list.iter().enumerate().map(|(index, json)| to_value(json, before.get(index))).collect();
            shared.overwrite(&values?)?;
            Value::Collection(Collection::with_elements(Elements::Shared(shared)))
        }
        Json::Object(map) => {
            if let Some(value) = special(map) {
                return Ok(value);
            }
            let known = if let Some(Value::Object(old)) = old { old.as_shared() } else { None };
            let shared = known.unwrap_or_else(|| SharedObject::new(None));
            merge_object(&shared, map)?;
            Value::Object(Object::shared(shared))
        }
    })
}

// ---- the storage of one session ----

#[derive(Debug, Default)]
struct State {
    /// The thread that has the storage, and how often.
    owner: Option<ThreadId>,
    count: usize,
    /// The lock of the store is held.
    is_locked: bool,
    version: i64,
    /// What it held when it was locked.
    before: String,
}

/// Keeps the storage of a session the same as in the store.
#[derive(Debug)]
pub struct StorageKeeper {
    store: Arc<dyn SessionStore>,
    id: String,
    /// Who asks: another name for each server and session.
    holder: String,
    storage: Weak<SharedObject>,
    state: Mutex<State>,
    freed: Condvar,
}

impl StorageKeeper {
    /// Ties a storage to the store.
    ///
    /// # Errors
    /// It is in use, and the store does not answer.
    pub fn attach(
        store: &Arc<dyn SessionStore>,
        id: &str,
        holder: String,
        storage: &Arc<SharedObject>,
    ) -> Result<Arc<Self>> {
        let keeper = Arc::new(Self {
            store: Arc::clone(store),
            id: id.to_owned(),
            holder,
            storage: Arc::downgrade(storage),
            state: Mutex::default(),
            freed: Condvar::new(),
        });
        let told: Arc<dyn Keeper> = Arc::<Self>::clone(&keeper);
        storage.membership().attach(&told)?;
        Ok(keeper)
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The version that is here.
    pub fn version(&self) -> i64 {
        self.state().version
    }

    /// Takes over what was read without the lock, unless a process of this server has the storage just now.
    pub fn refresh(&self, version: i64, text: &str) {
        let mut state = self.state();
        if state.owner.is_some() || version <= state.version {
            return;
        }
        state.owner = Some(std::thread::current().id());
        drop(state);
        let merged = self.storage.upgrade().map(|storage| merge(&storage, text));
        let mut state = self.state();
        state.owner = None;
        if matches!(merged, Some(Ok(()))) {
            state.version = version;
        }
        self.freed.notify_one();
    }

    /// Waits for the other processes of this server; true when this one has the storage already.
    fn take_turn(&self, until: Instant) -> Result<bool> {
        let me = std::thread::current().id();
        let mut state = self.state();
        loop {
            match state.owner {
                None => {
                    state.owner = Some(me);
                    state.count = 1;
                    return Ok(false);
                }
                Some(owner) if owner == me => {
                    state.count += 1;
                    return Ok(true);
                }
                Some(_) => {}
            }
            let waited = self.freed.wait_timeout(state, Duration::from_millis(50));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            if Instant::now() > until {
                return Err(too_long());
            }
            drop(state);
            check_interrupt()?;
            state = self.state();
        }
    }

    fn lock(&self, until: Instant) -> Result<()> {
        loop {
            let known = self.version();
            match self.store.lock(&self.id, &self.holder, known).map_err(|trouble| error(&trouble))? {
                Locked::Busy => {}
                Locked::Gone => return Ok(()),
                Locked::Held(version, text) => {
                    let storage = self.storage.upgrade();
                    if let (Some(storage), Some(text)) = (&storage, text) {
                        merge(storage, &text)?;
                    }
                    let mut state = self.state();
                    (state.is_locked, state.version) = (true, version);
                    state.before = storage.map(|storage| written(&storage)).unwrap_or_default();
                    return Ok(());
                }
            }
            if Instant::now() > until {
                return Err(too_long());
            }
            check_interrupt()?;
            std::thread::sleep(PAUSE);
        }
    }

    fn give_up(&self) {
        let mut state = self.state();
        (state.owner, state.count) = (None, 0);
        self.freed.notify_one();
    }

    /// Writes what has changed, and gives the lock back.
    fn unlock(&self) {
        let (known, before) = {
            let mut state = self.state();
            if !std::mem::take(&mut state.is_locked) {
                return;
            }
            (state.version, std::mem::take(&mut state.before))
        };
        let after = self.storage.upgrade().map(|storage| written(&storage)).filter(|after| *after != before);
        match self.store.unlock(&self.id, &self.holder, known, after.as_deref()) {
            Ok(Some(version)) => self.state().version = version,
            Ok(None) => {
                // The next `Use` reads what the other server has written.
                self.state().version = -1;
                self.store.complain("a `Use` of `Session.storage` took so long that its changes were lost");
            }
            Err(trouble) => {
                self.state().version = -1;
                self.store.complain(&trouble);
            }
        }
    }
}

#[cold]
fn too_long() -> Error {
    Error::quatre(5809, "another process has `Session.storage` in use for too long")
        .help("keep `Use` short: read and write, and do what takes time outside")
}

impl Keeper for StorageKeeper {
    fn begin(&self) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        if self.take_turn(until)? {
            return Ok(());
        }
        let locked = self.lock(until);
        if locked.is_err() {
            self.give_up();
        }
        locked
    }

    fn end(&self) {
        {
            let mut state = self.state();
            if state.owner != Some(std::thread::current().id()) {
                return;
            }
            if state.count > 1 {
                state.count -= 1;
                return;
            }
        }
        self.unlock();
        self.give_up();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_storage_holds_comes_back() {
        let storage = SharedObject::apart();
        let inner = SharedObject::new(None);
        inner.init(&Text::from("n"), Value::Real(1.5)).unwrap();
        let list = SharedCollection::new(&[Value::text("a"), Value::Null]).unwrap();
        for (key, value) in [
            ("$odd", Value::Boolean(true)),
            ("date", Value::Date(Date::from_ymd(2024, 2, 29).unwrap())),
            ("time", Value::Time(Time::from_seconds(90))),
            ("blob", Value::Blob(Blob::from_vec(vec![0, 255]))),
            ("inner", Value::Object(Object::shared(Arc::clone(&inner)))),
            ("list", Value::Collection(Collection::with_elements(Elements::Shared(list)))),
        ] {
            storage.init(&Text::from(key), value).unwrap();
        }
        let text = written(&storage);
        let other = SharedObject::apart();
        merge(&other, &text).unwrap();
        assert_eq!(written(&other), text);
        // What is there already stays the same object.
        merge(&storage, &text.replace("1.5", "2.5")).unwrap();
        assert!(matches!(inner.get(&Text::from("n")), Some(Value::Real(x)) if x == 2.5));
        merge(&storage, "{}").unwrap();
        assert!(storage.is_empty());
    }

    #[test]
    fn a_value_that_holds_itself_has_an_end() {
        let storage = SharedObject::apart();
        let inner = SharedObject::new(None);
        inner.init(&Text::from("self"), Value::Object(Object::shared(Arc::clone(&inner)))).unwrap();
        storage.init(&Text::from("inner"), Value::Object(Object::shared(inner))).unwrap();
        assert!(written(&storage).ends_with("}"));
    }
}
