//! The sessions of a program: by number and by UUID, what `Session info`, `Session` and `Session storage` answer from.
//!
//! A program without a server has one session, made when it starts. A file of `--sessions` replaces the table, so that
//! code written for a server can be tried without one. A number belongs to its session for ever.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use chrono::{DateTime, FixedOffset, SecondsFormat, TimeDelta};
use rustc_hash::FxHashMap;

use crate::runtime::construct::SessionSingletons;
use crate::runtime::fixture::{
    Application, Fixture, FixtureProcess, FixtureSession, HostType, SessionState, SessionType, uuid,
    uuid_of_number,
};
use crate::runtime::host::{Host, Platform};
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
}

/// What never changes; what is absent is left out of `Session info`.
struct Facts {
    machine_name: Option<String>,
    system_user_name: Option<String>,
    ip_address: Option<String>,
    host_type: Option<HostType>,
    creation_date_time: Option<String>,
    persistent_id: Option<String>,
}

struct Changing {
    user_name: Option<String>,
    /// What `SET USER ALIAS` gave; shown instead of the name.
    alias: Option<String>,
    state: SessionState,
    privileges: Vec<String>,
    /// No privileges were ever set, or all were cleared.
    guest: bool,
    idle_timeout: i32,
    expiration_date: Option<String>,
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
    /// A session of this machine.
    fn local(number: i32, id: String, type_: SessionType, host: &dyn Host) -> Self {
        Self {
            number,
            id,
            type_,
            storage: SharedObject::apart(),
            singletons: SessionSingletons::default(),
            facts: Facts {
                machine_name: Some(host.host_name()),
                system_user_name: (type_ == SessionType::Standalone).then(|| host.user_name()),
                ip_address: Some("localhost".to_owned()),
                host_type: Some(host_type(host.platform())),
                creation_date_time: Some(moment(host.now())),
                persistent_id: None,
            },
            changing: Mutex::new(Changing {
                user_name: Some(DEFAULT_USER.to_owned()),
                alias: None,
                state: SessionState::Active,
                privileges: Vec::new(),
                guest: true,
                idle_timeout: LEAST_IDLE_TIMEOUT,
                expiration_date: None,
            }),
        }
    }

    fn of_fixture(fixture: &FixtureSession) -> Result<Self> {
        let storage = SharedObject::apart();
        for (key, value) in fixture.storage.iter().flatten() {
            storage.init(&Text::from(key.as_str()), shared_of_json(value)?)?;
        }
        Ok(Self {
            number: fixture.number,
            id: fixture.id.clone(),
            type_: fixture.type_,
            storage,
            singletons: SessionSingletons::default(),
            facts: Facts {
                machine_name: fixture.machine_name.clone(),
                system_user_name: fixture.system_user_name.clone(),
                ip_address: fixture.ip_address.clone(),
                host_type: fixture.host_type,
                creation_date_time: fixture.creation_date_time.clone(),
                persistent_id: fixture.persistent_id.clone(),
            },
            changing: Mutex::new(Changing {
                user_name: fixture.user_name.clone(),
                alias: None,
                state: fixture.state,
                privileges: fixture.privileges.clone(),
                guest: fixture.privileges.is_empty(),
                idle_timeout: fixture.idle_timeout.unwrap_or(LEAST_IDLE_TIMEOUT),
                expiration_date: fixture.expiration_date.clone(),
            }),
        })
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
    }

    /// Gives the user of a web session a name.
    pub fn set_user_name(&self, name: &str) {
        lock(&self.changing).user_name = Some(name.to_owned());
    }

    /// Whether it is a session of the web server, which its clients reach by requests.
    pub fn is_web(&self) -> bool {
        matches!(self.type_, SessionType::Web | SessionType::Rest)
    }

    /// Whether it is a web session without privileges.
    pub fn is_guest(&self) -> bool {
        self.is_web() && lock(&self.changing).guest
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
        changing.guest = privileges.is_empty();
        changing.privileges = privileges;
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
        changing.expiration_date = Some(moment(now + TimeDelta::minutes(i64::from(minutes))));
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

/// A pass to a session, given out by `createOTP`.
struct Token {
    session: Arc<Session>,
    /// When it is worth nothing any more, on the host's clock since the start.
    until: Duration,
}

/// The sessions of a program.
pub struct SessionTable {
    /// Which kind of 4D the program believes to run in.
    pub application: Application,
    sessions: RwLock<Vec<Arc<Session>>>,
    current: Option<Arc<Session>>,
    tokens: Mutex<FxHashMap<String, Token>>,
    /// The number of the next session that is made; held while one is made, so that one is.
    next: Mutex<i32>,
}

/// What a table is made from.
#[derive(Clone, Copy, Debug, Default)]
pub struct SessionOptions<'a> {
    /// The file of `--sessions`.
    pub fixture: Option<&'a Fixture>,
    /// The ID of the session is the same in every run, as tests need it.
    pub reproducible: bool,
}

impl SessionTable {
    /// The table of a fixture, or one standalone session.
    pub fn new(options: SessionOptions<'_>, host: &dyn Host) -> Result<Self> {
        let (application, sessions, current) = if let Some(fixture) = options.fixture {
            let sessions: Vec<_> = fixture
                .sessions
                .iter()
                .map(|s| Session::of_fixture(s).map(Arc::new))
                .collect::<Result<_>>()?;
            let current = fixture.current.and_then(|place| sessions.get(place).cloned());
            (fixture.application, sessions, current)
        } else {
            let id =
                if options.reproducible { uuid_of_number(1) } else { format!("{:032X}", host.random_uuid()) };
            let session = Arc::new(Session::local(1, id, SessionType::Standalone, host));
            (Application::Tool4d, vec![Arc::clone(&session)], Some(session))
        };
        let next = sessions.iter().map(|session| session.number).max().unwrap_or(0).saturating_add(1);
        Ok(Self {
            application,
            sessions: RwLock::new(sessions),
            current,
            tokens: Mutex::default(),
            next: Mutex::new(next),
        })
    }

    /// The session in which the program starts; a file without sessions has none.
    pub fn current(&self) -> Option<&Arc<Session>> {
        self.current.as_ref()
    }

    /// Whether the program believes to run on a server.
    pub fn is_server(&self) -> bool {
        self.application == Application::Server
    }

    /// All sessions, in the order of the table.
    pub fn all(&self) -> Vec<Arc<Session>> {
        self.sessions.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A session by its number.
    pub fn by_number(&self, number: i32) -> Option<Arc<Session>> {
        self.all().into_iter().find(|session| session.number == number)
    }

    /// A session by its UUID: 32 hexadecimal digits, or the form with hyphens, in either case.
    pub fn by_id(&self, id: &str) -> Option<Arc<Session>> {
        let id = uuid(id)?;
        self.all().into_iter().find(|session| session.id == id)
    }

    /// The one session of all stored procedures of a server; made when the table has none.
    pub fn stored_procedures(&self, host: &dyn Host) -> Arc<Session> {
        let mut next = lock(&self.next);
        let all = self.all();
        if let Some(session) = all.iter().find(|session| session.type_ == SessionType::StoredProcedure) {
            return Arc::clone(session);
        }
        let number = *next;
        *next = number.saturating_add(1);
        let session = Session::local(number, uuid_of_number(number), SessionType::StoredProcedure, host);
        let session = Arc::new(session);
        self.sessions.write().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&session));
        drop(next);
        session
    }

    /// Disconnects a client: its session is no longer found. Does nothing away from a server, nor to other sessions.
    pub fn drop_client(&self, id: &str) {
        let Some(id) = uuid(id).filter(|_| self.is_server()) else { return };
        let mut sessions = self.sessions.write().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|session| {
            session.id != id || !(session.is_web() || session.type_ == SessionType::Remote)
        });
    }

    /// A pass that leads back to a session once, within a time.
    pub fn create_token(&self, session: &Arc<Session>, lifespan: Duration, host: &dyn Host) -> String {
        let token = format!("{:032X}", host.random_uuid());
        let until = host.elapsed().saturating_add(lifespan);
        lock(&self.tokens).insert(token.clone(), Token { session: Arc::clone(session), until });
        token
    }

    /// The session that a pass leads to; the pass is used up. `None` when it is unknown, too old or used already, or
    /// when its session has ended.
    pub fn redeem(&self, token: &str, host: &dyn Host) -> Option<Arc<Session>> {
        let token = lock(&self.tokens).remove(&uuid(token)?)?;
        if host.elapsed() > token.until {
            return None;
        }
        self.by_id(&token.session.id)
    }

    /// The processes that the file of `--sessions` lists, each with its session.
    pub fn listed_processes(&self, fixture: Option<&Fixture>) -> Vec<(Arc<Session>, FixtureProcess)> {
        let Some(fixture) = fixture else { return Vec::new() };
        let all = self.all();
        fixture
            .sessions
            .iter()
            .zip(all)
            .flat_map(|(listed, session)| {
                listed.processes.iter().map(move |process| (Arc::clone(&session), process.clone()))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::fixture::parse;
    use crate::runtime::host::RecordingHost;
    use crate::source::span::SourceId;

    fn host() -> RecordingHost {
        RecordingHost::new([])
    }

    fn table(text: &str) -> SessionTable {
        let fixture = parse(text, SourceId(0)).expect("a valid file");
        SessionTable::new(SessionOptions { fixture: Some(&fixture), reproducible: false }, &host())
            .expect("a table")
    }

    fn entries(object: &Object) -> Vec<(String, String)> {
        let text = |value: Value| {
            if let Value::Text(text) = value { text.to_str().into_owned() } else { String::new() }
        };
        object.entries().into_iter().map(|(key, value)| (key.to_str().into_owned(), text(value))).collect()
    }

    #[test]
    fn the_standalone_session_of_a_test_is_always_the_same() {
        let table = SessionTable::new(SessionOptions { fixture: None, reproducible: true }, &host())
            .expect("a table");
        let info = entries(&table.by_number(1).expect("session 1").info());
        let expected = [
            ("ID", "00000000000000000000000000000001"),
            ("userName", "Designer"),
            ("machineName", "localhost"),
            ("systemUserName", "user"),
            ("IPAddress", "localhost"),
            ("hostType", "mac"),
            ("type", "standalone"),
            ("state", "active"),
            ("creationDateTime", "2000-01-01T00:00:00.000Z"),
        ];
        assert_eq!(info, expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
    }

    #[test]
    fn sessions_are_found_by_number_and_by_both_forms_of_the_uuid() {
        let table = table(
            r#"{"sessions": [{"type": "remote", "ID": "3c81a8d7-afe6-4c2e-9ccf-fcdc35dc52f5", "number": 7},
                {"type": "web", "number": 2}]}"#,
        );
        assert!(table.by_number(7).is_some() && table.by_number(2).is_some());
        assert!(
            table.by_number(1).is_none() && table.by_number(0).is_none() && table.by_number(-7).is_none()
        );
        for id in ["3C81A8D7AFE64C2E9CCFFCDC35DC52F5", "3c81a8d7afe64c2e9ccffcdc35dc52f5"] {
            assert_eq!(table.by_id(id).map(|session| session.number), Some(7));
        }
        assert!(table.by_id("3C81A8D7-AFE6-4C2E-9CCF-FCDC35DC52F5").is_some());
        for id in ["7", "", "@", "3C81A8D7AFE64C2E9CCFFCDC35DC52F", "3C81@"] {
            assert!(table.by_id(id).is_none(), "{id}");
        }
    }

    #[test]
    fn what_the_file_leaves_out_is_left_out() {
        let table = table(r#"{"sessions": [{"type": "web"}]}"#);
        let keys: Vec<String> = table
            .by_number(1)
            .expect("session 1")
            .info()
            .keys()
            .iter()
            .map(|key| key.to_str().into_owned())
            .collect();
        assert_eq!(keys, ["ID", "type", "state"]);
    }

    #[test]
    fn clients_are_dropped_on_a_server_only() {
        let text =
            r#"{"application": "server", "sessions": [{"type": "remote"}, {"type": "storedProcedure"}]}"#;
        let server = table(text);
        server.drop_client(&uuid_of_number(1));
        server.drop_client(&uuid_of_number(2));
        assert!(server.by_number(1).is_none() && server.by_number(2).is_some());
        // A number is never used again.
        let local = table(r#"{"sessions": [{"type": "remote"}]}"#);
        local.drop_client(&uuid_of_number(1));
        assert!(local.by_number(1).is_some());
    }

    #[test]
    fn stored_procedures_share_one_session() {
        let table = table(r#"{"application": "server", "sessions": [{"type": "remote", "number": 5}]}"#);
        let made = table.stored_procedures(&host());
        assert_eq!((made.number, made.type_), (6, SessionType::StoredProcedure));
        assert!(Arc::ptr_eq(&made, &table.stored_procedures(&host())));
        assert!(table.by_number(6).is_some());
    }

    #[test]
    fn passes_lead_back_once() {
        let table = table(r#"{"sessions": [{"type": "web"}, {"type": "web"}]}"#);
        let session = table.by_number(2).expect("session 2");
        let token = table.create_token(&session, Duration::from_secs(10), &host());
        assert_eq!(table.redeem(&token, &host()).map(|session| session.number), Some(2));
        assert!(table.redeem(&token, &host()).is_none());
    }

    #[test]
    fn storage_of_a_file_is_shared_and_takes_anything() {
        let table = table(r#"{"sessions": [{"type": "web", "storage": {"n": 1, "user": {"tags": ["a"]}}}]}"#);
        let storage = &table.by_number(1).expect("session 1").storage;
        assert!(matches!(storage.get(&Text::from("n")), Some(Value::Real(1.0))));
        let Some(Value::Object(user)) = storage.get(&Text::from("user")) else { panic!("an object") };
        assert!(user.as_shared().is_some());
    }

    #[test]
    fn an_alias_is_shown_until_it_is_taken_back() {
        let table = SessionTable::new(SessionOptions::default(), &host()).expect("a table");
        let session = table.current().expect("a session");
        session.set_alias("Ada");
        assert_eq!(session.user_name(), "Ada");
        session.set_alias("");
        assert_eq!(session.user_name(), "Designer");
    }
}
