//! The sessions of a program: by number, by UUID and by cookie.
//!
//! A program without a server has one session, made when it starts. A file of `--sessions` replaces the table, so that
//! code written for a server can be tried without one. On a server sessions come and go with their clients. A number
//! belongs to its session for ever.
//!
//! A web client shows a cookie. What stands in it is not the session's ID, which code may print, but a secret of its
//! own that is replaced whenever the privileges of the session change: so nobody who knows an ID, or has planted a
//! cookie before the user signed in, has the user's rights.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::runtime::fixture::{Application, Fixture, FixtureProcess, SessionType, uuid, uuid_of_number};
use crate::runtime::host::Host;
use crate::runtime::session::{Facts, Session, moment};
use crate::runtime::session_store::{Answer, SessionStore};
use crate::value::error::Result;

/// A server keeps no more sessions of web clients than this: visitors without cookies must not fill its memory.
const MOST_WEB_SESSIONS: usize = 50_000;
/// So many of the oldest guests are let go at once when there are too many.
const LET_GO: usize = 500;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A pass to a session, given out by `createOTP`.
struct Token {
    session: Arc<Session>,
    /// When it is worth nothing any more, on the host's clock since the start.
    until: Duration,
}

/// The sessions that are found, in the order of the table.
#[derive(Default)]
struct Index {
    by_id: IndexMap<String, Arc<Session>, FxBuildHasher>,
    by_number: FxHashMap<i32, Arc<Session>>,
    cookies: FxHashMap<String, Arc<Session>>,
}

impl Index {
    fn insert(&mut self, session: &Arc<Session>) {
        self.by_id.insert(session.id.clone(), Arc::clone(session));
        self.by_number.insert(session.number, Arc::clone(session));
    }

    fn remove(&mut self, gone: &[Arc<Session>]) {
        for session in gone {
            self.by_number.remove(&session.number);
        }
        let is_gone = |session: &Arc<Session>| gone.iter().any(|other| Arc::ptr_eq(other, session));
        if let [one] = gone {
            self.by_id.shift_remove(&one.id);
        } else {
            self.by_id.retain(|_, session| !is_gone(session));
        }
        self.cookies.retain(|_, session| !is_gone(session));
    }
}

/// The sessions of a program.
pub struct SessionTable {
    /// Which kind of 4D the program believes to run in.
    pub application: Application,
    index: RwLock<Index>,
    current: Option<Arc<Session>>,
    tokens: Mutex<FxHashMap<String, Token>>,
    /// The number of the next session that is made; held while one is made, so that one is.
    next: Mutex<i32>,
    /// Sessions made later have IDs of their numbers, as tests need them.
    reproducible: bool,
    /// `REJECT NEW REMOTE CONNECTIONS` was called.
    rejecting: AtomicBool,
    /// Where web sessions live when several servers share them, and the name of this server there.
    store: OnceLock<(Arc<dyn SessionStore>, String)>,
}

/// What a table is made from.
#[derive(Clone, Copy, Debug, Default)]
pub struct SessionOptions<'a> {
    /// The file of `--sessions`.
    pub fixture: Option<&'a Fixture>,
    /// The ID of the session is the same in every run, as tests need it.
    pub reproducible: bool,
    /// The program is served: it runs in the session of stored procedures.
    pub served: bool,
}

/// A client whose session begins.
#[derive(Clone, Debug)]
pub struct Client {
    /// Remote or web.
    pub type_: SessionType,
    /// The user's name; of a web client none before it signs in.
    pub user_name: Option<String>,
    /// What is known of it; the moment is filled in.
    pub facts: Facts,
}

fn random_id(host: &dyn Host) -> String {
    format!("{:032X}", host.random_uuid())
}

impl SessionTable {
    /// The table of a fixture, or one session: that of stored procedures on a server, else a standalone one.
    pub fn new(options: SessionOptions<'_>, host: &dyn Host) -> Result<Self> {
        let (application, sessions, current) = if let Some(fixture) = options.fixture {
            let sessions: Vec<_> = fixture
                .sessions
                .iter()
                .map(|s| Session::of_fixture(s).map(Arc::new))
                .collect::<Result<_>>()?;
            let current = fixture.current.and_then(|place| sessions.get(place).cloned());
            let application = if options.served { Application::Server } else { fixture.application };
            (application, sessions, current)
        } else {
            let id = if options.reproducible { uuid_of_number(1) } else { random_id(host) };
            let (application, type_) = if options.served {
                (Application::Server, SessionType::StoredProcedure)
            } else {
                (Application::Tool4d, SessionType::Standalone)
            };
            let session = Arc::new(Session::local(1, id, type_, host));
            (application, vec![Arc::clone(&session)], Some(session))
        };
        let next = sessions.iter().map(|session| session.number).max().unwrap_or(0).saturating_add(1);
        let mut index = Index::default();
        for session in &sessions {
            index.insert(session);
        }
        Ok(Self {
            application,
            index: RwLock::new(index),
            current,
            tokens: Mutex::default(),
            next: Mutex::new(next),
            reproducible: options.reproducible || options.fixture.is_some(),
            rejecting: AtomicBool::new(false),
            store: OnceLock::new(),
        })
    }

    /// Puts the sessions of a file in the place of all others; gives the one that is current there.
    ///
    /// # Errors
    /// The file holds something that cannot be shared.
    pub fn replace(&self, fixture: &Fixture) -> Result<Option<Arc<Session>>> {
        let sessions: Vec<_> =
            fixture.sessions.iter().map(|s| Session::of_fixture(s).map(Arc::new)).collect::<Result<_>>()?;
        let mut index = Index::default();
        for session in &sessions {
            index.insert(session);
        }
        *self.write() = index;
        *lock(&self.next) =
            sessions.iter().map(|session| session.number).max().unwrap_or(0).saturating_add(1);
        Ok(fixture.current.and_then(|place| sessions.get(place).cloned()))
    }

    fn read(&self) -> RwLockReadGuard<'_, Index> {
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Index> {
        self.index.write().unwrap_or_else(PoisonError::into_inner)
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
        self.read().by_id.values().cloned().collect()
    }

    /// Web sessions live in a store from now on; `holder` is the name of this server there.
    pub fn keep_in(&self, store: Arc<dyn SessionStore>, holder: String) {
        _ = self.store.set((store, holder));
    }

    /// Whether web sessions live in a store, where looking for one takes time.
    pub fn is_shared(&self) -> bool {
        self.store.get().is_some()
    }

    /// What the store answers; trouble is told, and counts as nothing found.
    fn ask<T>(&self, ask: impl FnOnce(&dyn SessionStore) -> Answer<Option<T>>) -> Option<T> {
        let (store, _) = self.store.get()?;
        ask(&**store).unwrap_or_else(|trouble| {
            store.complain(&trouble);
            None
        })
    }

    /// A session as it is now, whatever another server has done to it.
    fn current_state(&self, session: Arc<Session>) -> Option<Arc<Session>> {
        if session.refresh() {
            return Some(session);
        }
        self.write().remove(std::slice::from_ref(&session));
        None
    }

    /// A session that another server has begun.
    fn adopt(&self, id: &str) -> Option<Arc<Session>> {
        if let Some(session) = self.read().by_id.get(id).cloned() {
            return self.current_state(session);
        }
        let (record, _) = self.ask(|store| store.load(id, 0))?;
        let session = Arc::new(Session::of_record(id, &record)?);
        let (store, holder) = self.store.get()?;
        session.share(store, format!("{holder}:{id}")).ok()?;
        let mut index = self.write();
        // Another request of the same session may have come first.
        let session = match index.by_id.get(id) {
            Some(first) => Arc::clone(first),
            None => {
                index.insert(&session);
                session
            }
        };
        drop(index);
        self.current_state(session)
    }

    /// A session by its number.
    pub fn by_number(&self, number: i32) -> Option<Arc<Session>> {
        let here = self.read().by_number.get(&number).cloned();
        match here {
            Some(session) => self.current_state(session),
            None => self.adopt(&self.ask(|store| store.by_number(number))?),
        }
    }

    /// A session by its UUID: 32 hexadecimal digits, or the form with hyphens, in either case.
    pub fn by_id(&self, id: &str) -> Option<Arc<Session>> {
        let id = uuid(id)?;
        let here = self.read().by_id.get(&id).cloned();
        match here {
            Some(session) => self.current_state(session),
            None => self.adopt(&id),
        }
    }

    /// The one session of all stored procedures of a server; made when the table has none.
    pub fn stored_procedures(&self, host: &dyn Host) -> Arc<Session> {
        let mut next = lock(&self.next);
        let is_it = |session: &&Arc<Session>| session.type_ == SessionType::StoredProcedure;
        if let Some(session) = self.read().by_id.values().find(is_it) {
            return Arc::clone(session);
        }
        let number = *next;
        *next = number.saturating_add(1);
        let id = if self.reproducible { uuid_of_number(number) } else { random_id(host) };
        let session = Arc::new(Session::local(number, id, SessionType::StoredProcedure, host));
        self.write().insert(&session);
        drop(next);
        session
    }

    /// Begins the session of a client. `None` when all numbers are used up.
    pub fn begin(&self, client: Client, host: &dyn Host) -> Option<Arc<Session>> {
        let number = if self.is_shared() {
            self.ask(|store| store.next_number().map(Some))?
        } else {
            let mut next = lock(&self.next);
            let number = *next;
            *next = number.checked_add(1)?;
            number
        };
        let facts = Facts { creation_date_time: Some(moment(host.now())), ..client.facts };
        let session = Session::new(number, random_id(host), client.type_, client.user_name, facts);
        let session = Arc::new(session);
        session.touch(host.now());
        if session.is_web() {
            self.make_room();
            if let Some((store, holder)) = self.store.get() {
                session.share(store, format!("{holder}:{}", session.id)).ok()?;
                let (record, life) = (session.record(), session.life());
                self.ask(|store| store.save(&session.id, Some(number), &record, life).map(Some))?;
            }
        }
        self.write().insert(&session);
        Some(session)
    }

    /// Says whether new remote users are turned away.
    pub fn reject(&self, rejecting: bool) {
        self.rejecting.store(rejecting, Ordering::Release);
    }

    /// Whether new remote users are turned away.
    pub fn is_rejecting(&self) -> bool {
        self.rejecting.load(Ordering::Acquire)
    }

    /// Lets the oldest guests go when there are too many web sessions.
    fn make_room(&self) {
        if self.read().by_id.len() < MOST_WEB_SESSIONS {
            return;
        }
        let mut guests: Vec<Arc<Session>> =
            self.all().into_iter().filter(|session| session.is_guest()).collect();
        guests.sort_by_key(|session| session.ends());
        guests.truncate(LET_GO);
        self.write().remove(&guests);
    }

    /// Ends a session: it is no longer found.
    pub fn end(&self, session: &Arc<Session>) {
        if session.is_shared() {
            self.ask(|store| store.remove(&session.id).map(Some));
        }
        self.write().remove(std::slice::from_ref(session));
    }

    /// Ends the web sessions of which nothing was heard for too long; gives how many. Those of a store end there, when no
    /// server has heard of them.
    pub fn end_idle(&self, now: DateTime<FixedOffset>) -> usize {
        let is_over = |session: &Arc<Session>| session.ends().is_some_and(|ends| ends <= now);
        let gone: Vec<Arc<Session>> = self.all().into_iter().filter(is_over).collect();
        self.write().remove(&gone);
        gone.len()
    }

    /// Ends all web sessions, as a web server that is stopped does. Those of a store go on at the other servers.
    pub fn end_web(&self) {
        let gone: Vec<Arc<Session>> = self.all().into_iter().filter(|session| session.is_web()).collect();
        self.write().remove(&gone);
    }

    /// The session that a cookie leads to.
    pub fn by_cookie(&self, cookie: &str, now: DateTime<FixedOffset>) -> Option<Arc<Session>> {
        if self.is_shared() {
            // The cookies of this server may have been replaced by another one.
            let session = self.adopt(&self.ask(|store| store.by_cookie(cookie))?)?;
            return Some(session);
        }
        let session = self.read().cookies.get(cookie).cloned()?;
        session.ends().is_none_or(|ends| ends > now).then_some(session)
    }

    /// A request has come with a cookie of a session.
    pub fn touch(&self, session: &Session, cookie: &str, now: DateTime<FixedOffset>) {
        session.touch(now);
        if session.is_shared() {
            self.ask(|store| store.touch(&session.id, session.number, cookie, session.life()).map(Some));
        }
    }

    /// A new cookie that leads to a session, instead of an old one.
    pub fn new_cookie(&self, session: &Arc<Session>, old: Option<&str>, host: &dyn Host) -> String {
        let cookie = random_id(host);
        if session.is_shared() {
            self.ask(|store| store.set_cookie(&session.id, old, &cookie, session.life()).map(Some));
            return cookie;
        }
        let mut index = self.write();
        if let Some(old) = old {
            index.cookies.remove(old);
        }
        // A session that has ended meanwhile is not brought back.
        if index.by_id.contains_key(&session.id) {
            index.cookies.insert(cookie.clone(), Arc::clone(session));
        }
        cookie
    }

    /// Disconnects a client: its session is no longer found. Does nothing away from a server, nor to other sessions.
    pub fn drop_client(&self, id: &str) -> Option<Arc<Session>> {
        let session = self.by_id(id).filter(|_| self.is_server())?;
        if !session.is_web() && session.type_ != SessionType::Remote {
            return None;
        }
        self.end(&session);
        Some(session)
    }

    /// A pass that leads back to a session once, within a time.
    pub fn create_token(&self, session: &Arc<Session>, lifespan: Duration, host: &dyn Host) -> String {
        let token = random_id(host);
        if session.is_shared() {
            self.ask(|store| store.put_pass(&token, &session.id, lifespan).map(Some));
            return token;
        }
        let now = host.elapsed();
        let until = now.saturating_add(lifespan);
        let mut tokens = lock(&self.tokens);
        tokens.retain(|_, token| token.until >= now);
        tokens.insert(token.clone(), Token { session: Arc::clone(session), until });
        drop(tokens);
        token
    }

    /// The session that a pass leads to; the pass is used up. `None` when it is unknown, too old or used already, or
    /// when its session has ended.
    pub fn redeem(&self, token: &str, host: &dyn Host) -> Option<Arc<Session>> {
        let token = uuid(token)?;
        let here = lock(&self.tokens).remove(&token);
        let Some(token) = here else {
            return self.adopt(&self.ask(|store| store.take_pass(&token))?);
        };
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
    use crate::value::Value;
    use crate::value::object::Object;
    use crate::value::text::Text;

    fn host() -> RecordingHost {
        RecordingHost::new([])
    }

    fn table(text: &str) -> SessionTable {
        let fixture = parse(text, SourceId(0)).expect("a valid file");
        SessionTable::new(
            SessionOptions { fixture: Some(&fixture), reproducible: false, served: false },
            &host(),
        )
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
        let table =
            SessionTable::new(SessionOptions { fixture: None, reproducible: true, served: false }, &host())
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
    fn a_web_session_ends_when_no_request_comes() {
        let (table, host) = (table(r#"{"application": "server", "sessions": []}"#), host());
        let client = Client { type_: SessionType::Web, user_name: None, facts: Facts::default() };
        let session = table.begin(client, &host).expect("a session");
        let cookie = table.new_cookie(&session, None, &host);
        let later = |minutes: i64| host.now() + chrono::TimeDelta::minutes(minutes);
        assert!(table.by_cookie(&cookie, later(59)).is_some() && table.end_idle(later(59)) == 0);
        assert!(table.by_cookie(&cookie, later(61)).is_none(), "before anybody has swept");
        table.touch(&session, &cookie, later(59));
        assert!(table.by_cookie(&cookie, later(118)).is_some(), "a request has come");
        assert_eq!(table.end_idle(later(120)), 1);
        assert!(table.by_number(session.number).is_none());
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
