//! One session: what is known of it, what it keeps, and who listens to it.
//!
//! What never changes is a [`Facts`]; what code or the server changes stands behind one lock. A session of a server
//! ends when its client leaves or when nothing was heard of it for too long; who holds it then still sees it, but it is
//! found by nobody any more.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use serde_json::{Value as Json, json};

use chrono::{DateTime, FixedOffset, SecondsFormat, TimeDelta};

use crate::runtime::construct::SessionSingletons;
use crate::runtime::fixture::{FixtureSession, HostType, SessionState, SessionType};
use crate::runtime::host::{Host, Platform};
use crate::runtime::session_store::{Locked, SessionStore, StorageKeeper};
use crate::value::Value;
use crate::value::collection::{Collection, Elements};
use crate::value::error::Result;
use crate::value::object::Object;
use crate::value::shared::{SharedCollection, SharedObject};
use crate::value::text::Text;

/// The name of the user when no other is known.
pub const DEFAULT_USER: &str = "Designer";
/// The shortest time, in minutes, after which a web session without requests ends.
pub const LEAST_IDLE_TIMEOUT: i32 = 60;

/// One session.
pub struct Session {
    /// Its number: 1 or more, never used again.
    pub number: i32,
    /// Its UUID, 32 capital hexadecimal digits.
    pub id: String,
    /// What it belongs to.
    pub type_: SessionType,
    /// `Session.storage`
    pub storage: Arc<SharedObject>,
    /// Singletons of classes that have one for each session.
    pub singletons: SessionSingletons,
    facts: Facts,
    changing: Mutex<Changing>,
    listener: Mutex<Option<Listener>>,
    shared: OnceLock<Shared>,
}

/// What a session has that several servers share.
struct Shared {
    store: Arc<dyn SessionStore>,
    keeper: Arc<StorageKeeper>,
    /// The record as the store has it.
    known: Mutex<String>,
}

/// Takes texts that are sent to the client of a session.
pub type Listener = Arc<dyn Fn(&str) + Send + Sync>;

/// What never changes; what is absent is left out of `Session info`.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The name of the client's machine.
    pub machine_name: Option<String>,
    /// The user of the system on the client's machine.
    pub system_user_name: Option<String>,
    /// The client's address.
    pub ip_address: Option<String>,
    /// What the client is.
    pub host_type: Option<HostType>,
    /// When it began.
    pub creation_date_time: Option<String>,
    /// What stays the same when the client comes back.
    pub persistent_id: Option<String>,
}

struct Changing {
    user_name: Option<String>,
    /// What `SET USER ALIAS` gave; shown instead of the name.
    alias: Option<String>,
    state: SessionState,
    privileges: Vec<String>,
    /// `setPrivileges` was called, with whatever privileges.
    has_signed_in: bool,
    idle_timeout: i32,
    expiration_date: Option<String>,
    /// When it ends unless a request comes before; only of sessions that real clients have.
    ends: Option<DateTime<FixedOffset>>,
    /// How often its privileges were set or cleared.
    changes: u64,
    /// The page that its client sees first instead of the usual one.
    home_page: String,
}

impl Changing {
    fn new(user_name: Option<String>) -> Self {
        Self {
            user_name,
            alias: None,
            state: SessionState::Active,
            privileges: Vec::new(),
            has_signed_in: false,
            idle_timeout: LEAST_IDLE_TIMEOUT,
            expiration_date: None,
            ends: None,
            changes: 0,
            home_page: String::new(),
        }
    }
}

/// A moment as 4D writes it: UTC with milliseconds.
pub fn moment(time: DateTime<FixedOffset>) -> String {
    time.to_utc().to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The kind of machine, as sessions name it.
fn host_type(platform: Platform) -> HostType {
    match platform {
        Platform::Linux => HostType::Linux,
        Platform::Mac => HostType::Mac,
        Platform::Windows => HostType::Windows,
    }
}

impl Session {
    /// A session that begins, its ID and number given by the table.
    pub(super) fn new(
        number: i32,
        id: String,
        type_: SessionType,
        user_name: Option<String>,
        facts: Facts,
    ) -> Self {
        Self {
            number,
            id,
            type_,
            storage: SharedObject::apart(),
            singletons: SessionSingletons::default(),
            facts,
            changing: Mutex::new(Changing::new(user_name)),
            listener: Mutex::default(),
            shared: OnceLock::new(),
        }
    }

    /// A session of this machine.
    pub(super) fn local(number: i32, id: String, type_: SessionType, host: &dyn Host) -> Self {
        let facts = Facts {
            machine_name: Some(host.host_name()),
            system_user_name: (type_ == SessionType::Standalone).then(|| host.user_name()),
            ip_address: Some("localhost".to_owned()),
            host_type: Some(host_type(host.platform())),
            creation_date_time: Some(moment(host.now())),
            persistent_id: None,
        };
        Self::new(number, id, type_, Some(DEFAULT_USER.to_owned()), facts)
    }

    pub(super) fn of_fixture(fixture: &FixtureSession) -> Result<Self> {
        let storage = SharedObject::apart();
        for (key, value) in fixture.storage.iter().flatten() {
            storage.init(&Text::from(key.as_str()), shared_of_json(value)?)?;
        }
        let facts = Facts {
            machine_name: fixture.machine_name.clone(),
            system_user_name: fixture.system_user_name.clone(),
            ip_address: fixture.ip_address.clone(),
            host_type: fixture.host_type,
            creation_date_time: fixture.creation_date_time.clone(),
            persistent_id: fixture.persistent_id.clone(),
        };
        let changing = Changing {
            state: fixture.state,
            privileges: fixture.privileges.clone(),
            has_signed_in: !fixture.privileges.is_empty(),
            idle_timeout: fixture.idle_timeout.unwrap_or(LEAST_IDLE_TIMEOUT),
            expiration_date: fixture.expiration_date.clone(),
            ..Changing::new(fixture.user_name.clone())
        };
        Ok(Self {
            number: fixture.number,
            id: fixture.id.clone(),
            type_: fixture.type_,
            storage,
            singletons: SessionSingletons::default(),
            facts,
            changing: Mutex::new(changing),
            listener: Mutex::default(),
            shared: OnceLock::new(),
        })
    }

    /// Keeps the session in a store from now on; `holder` is the name of this server there.
    ///
    /// # Errors
    /// The store does not answer.
    pub fn share(&self, store: &Arc<dyn SessionStore>, holder: String) -> Result<()> {
        let keeper = StorageKeeper::attach(store, &self.id, holder, &self.storage)?;
        _ = self.shared.set(Shared { store: Arc::clone(store), keeper, known: Mutex::default() });
        Ok(())
    }

    /// Whether it lives in a store.
    pub fn is_shared(&self) -> bool {
        self.shared.get().is_some()
    }

    /// What the store keeps of it besides its storage.
    pub fn record(&self) -> String {
        let (facts, changing) = (&self.facts, lock(&self.changing));
        json!({
            "number": self.number,
            "userName": changing.user_name,
            "alias": changing.alias,
            "machineName": facts.machine_name,
            "IPAddress": facts.ip_address,
            "creationDateTime": facts.creation_date_time,
            "privileges": changing.privileges,
            "hasSignedIn": changing.has_signed_in,
            "changes": changing.changes,
            "idleTimeout": changing.idle_timeout,
            "homePage": changing.home_page,
        })
        .to_string()
    }

    /// The session of a record, as another server has begun it.
    pub(super) fn of_record(id: &str, record: &str) -> Option<Self> {
        let json: Json = serde_json::from_str(record).ok()?;
        let text = |name: &str| json.get(name).and_then(Json::as_str).map(str::to_owned);
        let number = i32::try_from(json.get("number")?.as_i64()?).ok()?;
        let facts = Facts {
            machine_name: text("machineName"),
            ip_address: text("IPAddress"),
            host_type: Some(HostType::Browser),
            creation_date_time: text("creationDateTime"),
            ..Facts::default()
        };
        let session = Self::new(number, id.to_owned(), SessionType::Web, text("userName"), facts);
        session.apply(&json);
        Some(session)
    }

    fn apply(&self, json: &Json) {
        let text = |name: &str| json.get(name).and_then(Json::as_str).map(str::to_owned);
        let mut changing = lock(&self.changing);
        (changing.user_name, changing.alias) = (text("userName"), text("alias"));
        let names = json.get("privileges").and_then(Json::as_array).into_iter().flatten();
        changing.privileges = names.filter_map(Json::as_str).map(str::to_owned).collect();
        changing.has_signed_in = json.get("hasSignedIn").and_then(Json::as_bool).unwrap_or(false);
        changing.changes = json.get("changes").and_then(Json::as_u64).unwrap_or(0);
        let minutes = json.get("idleTimeout").and_then(Json::as_i64).and_then(|n| i32::try_from(n).ok());
        changing.idle_timeout = minutes.unwrap_or(LEAST_IDLE_TIMEOUT).max(LEAST_IDLE_TIMEOUT);
        changing.home_page = text("homePage").unwrap_or_default();
    }

    /// Takes over what other servers have changed; false when the session has ended. Without a store there is nothing
    /// to do, and without an answer of the store the session stays what it is here.
    pub(super) fn refresh(&self) -> bool {
        let Some(shared) = self.shared.get() else { return true };
        match shared.store.load(&self.id, shared.keeper.version()) {
            Ok(None) => false,
            Ok(Some((record, storage))) => {
                if std::mem::replace(&mut *lock(&shared.known), record.clone()) != record
                    && let Ok(json) = serde_json::from_str(&record)
                {
                    self.apply(&json);
                }
                if let Locked::Held(version, Some(text)) = storage {
                    shared.keeper.refresh(version, &text);
                }
                true
            }
            Err(trouble) => {
                shared.store.complain(&trouble);
                true
            }
        }
    }

    /// Writes the record into the store.
    fn publish(&self) {
        let Some(shared) = self.shared.get() else { return };
        let record = self.record();
        lock(&shared.known).clone_from(&record);
        if let Err(trouble) = shared.store.save(&self.id, None, &record, self.life()) {
            shared.store.complain(&trouble);
        }
    }

    /// How long it lasts without a request.
    pub fn life(&self) -> Duration {
        let minutes = lock(&self.changing).idle_timeout;
        Duration::from_secs(u64::try_from(minutes).unwrap_or(0) * 60)
    }

    /// What `Session info` gives: a new object with the properties that are known, in the documented order.
    pub fn info(&self) -> Object {
        let object = Object::new();
        let user_name = self.shown_name();
        let state = lock(&self.changing).state;
        let facts = &self.facts;
        let all = [
            ("ID", Some(self.id.as_str())),
            ("userName", user_name.as_deref()),
            ("machineName", facts.machine_name.as_deref()),
            ("systemUserName", facts.system_user_name.as_deref()),
            ("IPAddress", facts.ip_address.as_deref()),
            ("hostType", facts.host_type.map(HostType::name)),
            ("type", Some(self.type_.name())),
            ("state", Some(state.name())),
            ("creationDateTime", facts.creation_date_time.as_deref()),
            ("persistentID", facts.persistent_id.as_deref()),
        ];
        for (key, value) in all {
            if let Some(value) = value {
                object.put(key, value);
            }
        }
        object
    }

    fn shown_name(&self) -> Option<String> {
        let changing = lock(&self.changing);
        changing.alias.clone().or_else(|| changing.user_name.clone())
    }

    /// The user's name, or his alias; "" when none is known.
    pub fn user_name(&self) -> String {
        self.shown_name().unwrap_or_default()
    }

    /// The user's own name.
    pub fn account(&self) -> Option<String> {
        lock(&self.changing).user_name.clone()
    }

    /// The other name that the user has for this session.
    pub fn alias(&self) -> Option<String> {
        lock(&self.changing).alias.clone()
    }

    /// Gives the user another name for this session, or his own again.
    pub fn set_alias(&self, alias: &str) {
        lock(&self.changing).alias = (!alias.is_empty()).then(|| alias.to_owned());
        self.publish();
    }

    /// Gives the user of a web session a name.
    pub fn set_user_name(&self, name: &str) {
        lock(&self.changing).user_name = Some(name.to_owned());
        self.publish();
    }

    /// Whether it is a session of the web server, which its clients reach by requests.
    pub fn is_web(&self) -> bool {
        matches!(self.type_, SessionType::Web | SessionType::Rest)
    }

    /// Whether it is a web session without privileges.
    pub fn is_guest(&self) -> bool {
        self.is_web() && lock(&self.changing).privileges.is_empty()
    }

    /// Whether `setPrivileges` was called for it.
    pub fn has_signed_in(&self) -> bool {
        lock(&self.changing).has_signed_in
    }

    /// The names of its privileges.
    pub fn privileges(&self) -> Vec<String> {
        lock(&self.changing).privileges.clone()
    }

    /// Whether it has a privilege; case does not matter.
    pub fn has_privilege(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        lock(&self.changing).privileges.iter().any(|other| other.to_lowercase() == name)
    }

    /// Replaces its privileges.
    pub fn set_privileges(&self, privileges: Vec<String>) {
        let mut changing = lock(&self.changing);
        changing.has_signed_in = true;
        changing.privileges = privileges;
        changing.changes += 1;
        drop(changing);
        self.publish();
    }

    /// Takes all its privileges.
    pub fn clear_privileges(&self) {
        let mut changing = lock(&self.changing);
        changing.privileges.clear();
        changing.changes += 1;
        drop(changing);
        self.publish();
    }

    /// How often its privileges were set or cleared: a cookie that was given out before is then worth nothing.
    pub fn privilege_changes(&self) -> u64 {
        lock(&self.changing).changes
    }

    /// After how many minutes without requests it ends; only web sessions do.
    pub fn idle_timeout(&self) -> Option<i32> {
        self.is_web().then(|| lock(&self.changing).idle_timeout)
    }

    /// Sets the minutes after which it ends, from `now` on.
    pub fn set_idle_timeout(&self, minutes: i32, now: DateTime<FixedOffset>) {
        let minutes = minutes.max(LEAST_IDLE_TIMEOUT);
        let mut changing = lock(&self.changing);
        changing.idle_timeout = minutes;
        let ends = now + TimeDelta::minutes(i64::from(minutes));
        changing.expiration_date = Some(moment(ends));
        changing.ends = changing.ends.map(|_| ends);
        drop(changing);
        self.publish();
    }

    /// A request has come: the session lives on for its whole time again.
    pub fn touch(&self, now: DateTime<FixedOffset>) {
        if !self.is_web() {
            return;
        }
        let mut changing = lock(&self.changing);
        let ends = now + TimeDelta::minutes(i64::from(changing.idle_timeout));
        changing.expiration_date = Some(moment(ends));
        changing.ends = Some(ends);
    }

    /// When it ends unless a request comes before.
    pub fn ends(&self) -> Option<DateTime<FixedOffset>> {
        lock(&self.changing).ends
    }

    /// The page that its client sees first; "" for the usual one.
    pub fn home_page(&self) -> String {
        lock(&self.changing).home_page.clone()
    }

    /// Says which page its client sees first.
    pub fn set_home_page(&self, page: &str) {
        lock(&self.changing).home_page = page.to_owned();
        self.publish();
    }

    /// Says who takes texts for its client.
    pub fn listen(&self, listener: Option<Listener>) {
        *lock(&self.listener) = listener;
    }

    /// Sends a text to its client; false when nobody listens.
    pub fn tell(&self, text: &str) -> bool {
        let listener = lock(&self.listener).clone();
        listener.is_some_and(|listener| {
            listener(text);
            true
        })
    }

    /// When its cookie expires; only that of a web session does.
    pub fn expiration_date(&self, now: DateTime<FixedOffset>) -> Option<String> {
        if !self.is_web() {
            return None;
        }
        let changing = lock(&self.changing);
        let computed = || moment(now + TimeDelta::minutes(i64::from(changing.idle_timeout)));
        Some(changing.expiration_date.clone().unwrap_or_else(computed))
    }
}

/// A JSON value as `Session.storage` can hold it. The reader of the file bounds how deep it can be.
fn shared_of_json(value: &serde_json::Value) -> Result<Value> {
    Ok(match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(b) => Value::Boolean(*b),
        serde_json::Value::Number(n) => Value::Real(n.as_f64().unwrap_or_default()),
        serde_json::Value::String(text) => Value::text(text),
        serde_json::Value::Array(values) => {
            let values = values.iter().map(shared_of_json).collect::<Result<Vec<_>>>()?;
            Value::Collection(Collection::with_elements(Elements::Shared(SharedCollection::new(&values)?)))
        }
        serde_json::Value::Object(properties) => {
            let shared = SharedObject::new(None);
            for (key, value) in properties {
                shared.init(&Text::from(key.as_str()), shared_of_json(value)?)?;
            }
            Value::Object(Object::shared(shared))
        }
    })
}
