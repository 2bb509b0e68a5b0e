//! The server of `quatre serve`: it listens, and turns what clients want into work for processes.
//!
//! Only this folder is asynchronous. A few threads of the asynchronous library wait for all sockets; whatever runs code
//! of the language goes to a thread of its own, as a process of a session, and its answer comes back through a channel.
//! So the language never waits on a future, and a slow client never holds a process.
//!
//! It stops in order: no new connections, requests under way end, remote users are told, then `On Exit` runs.

pub mod client;

pub mod files;

pub mod handlers;

pub mod host;

pub mod http;

pub mod redis_store;

pub mod remote;

pub mod rules;

pub mod tls;

pub mod web_session;

pub mod weblog;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use crate::engine::{Failure, failure_of_report};
use crate::runtime::Runtime;
use crate::runtime::location::Location;
use crate::runtime::pool::Pool;
use crate::runtime::process::Process;
use crate::runtime::sandbox;
use crate::runtime::web::{Settings, WebControl};
use crate::server::handlers::Handler;
use crate::server::redis_store::RedisStore;
use crate::server::remote::Users;
use crate::server::rules::Rule;
use crate::server::weblog::WebLog;
use crate::value::function::MethodId;

/// No more connections are open at the same time; others wait to be accepted.
const MOST_CONNECTIONS: usize = 10_000;
/// How long requests under way may take when the server stops.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often the server looks whether calls wait for a thread.
const LOOK: Duration = Duration::from_millis(20);
/// How often what the program has written is brought to its reader.
const FLUSH: Duration = Duration::from_millis(300);
/// How often it looks at sessions of which nothing was heard.
const SWEEP: Duration = Duration::from_secs(30);

/// What the server has to say to whoever runs it.
#[derive(Debug)]
pub enum Told {
    /// A sentence.
    Note(String),
    /// An error that nothing caught in a process of a client.
    Failure(Box<Failure>),
}

/// Takes what the server has to say.
pub type Teller = Arc<dyn Fn(Told) + Send + Sync>;

/// What the command line says.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// `--host`
    pub host: Option<String>,
    /// `--port`
    pub port: Option<u16>,
    /// `--tls-cert` and `--tls-key`
    pub tls: Option<(PathBuf, PathBuf)>,
    /// `--users`
    pub users: Option<PathBuf>,
    /// `--auth`
    pub scheme: Scheme,
    /// `--session-store`
    pub store: Option<String>,
}

/// How web clients say who they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// As the project's code has it.
    #[default]
    Custom,
    /// By name and password in every request.
    Basic,
    /// By name and a digest of the password.
    Digest,
}

/// What of a project is called for web clients.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// Its name.
    pub name: String,
    /// The folder of its sources.
    pub sources: PathBuf,
    /// `On Web Authentication`
    pub authentication: Option<MethodId>,
    /// `On Web Connection`
    pub connection: Option<MethodId>,
}

/// A web server that listens.
struct Running {
    stop: watch::Sender<bool>,
    connections: Arc<Semaphore>,
    pool: Arc<Pool>,
    log: Arc<WebLog>,
}

/// What all requests of a running server share.
pub struct Site {
    /// The program.
    pub runtime: Arc<Runtime>,
    /// The threads that serve requests.
    pub pool: Arc<Pool>,
    /// What the server runs with.
    pub settings: Settings,
    /// The folder whose files are sent.
    pub root: PathBuf,
    /// What is asked before anything else.
    pub handlers: Vec<Handler>,
    /// What is changed in replies.
    pub rules: Vec<Rule>,
    /// How web clients say who they are.
    pub scheme: Scheme,
    /// What is written down of requests.
    pub log: Arc<WebLog>,
    /// The methods of the project that are called.
    pub project: Project,
    /// Takes errors and notes.
    pub teller: Teller,
    /// It listens with TLS.
    pub is_secure: bool,
    /// It can be reached from this machine only.
    pub is_local: bool,
    /// The remote users that it knows; without a list anybody on this machine is one.
    pub users: Option<Arc<Users>>,
    /// So many connections are open.
    pub connections: Arc<Semaphore>,
    /// Says when the server stops.
    pub stopped: watch::Receiver<bool>,
}

/// The server of a program.
pub struct Server {
    wishes: Wishes,
    teller: Teller,
    tokio: tokio::runtime::Runtime,
    project: Mutex<Project>,
    running: Mutex<Vec<Running>>,
    has_failed: AtomicBool,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Server({:?})", self.wishes)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Server {
    /// A server that does not listen yet.
    ///
    /// # Errors
    /// The system gives no threads.
    pub fn new(wishes: Wishes, teller: Teller) -> std::io::Result<Arc<Self>> {
        let tokio = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("server")
            .enable_all()
            .build()?;
        Ok(Arc::new(Self {
            wishes,
            teller,
            tokio,
            project: Mutex::default(),
            running: Mutex::default(),
            has_failed: AtomicBool::new(false),
        }))
    }

    /// Says what of the project is called.
    pub fn serve(&self, project: Project) {
        *lock(&self.project) = project;
    }

    /// Whether it could not begin to listen.
    pub fn has_failed(&self) -> bool {
        self.has_failed.load(Ordering::Acquire)
    }

    fn note(&self, text: String) {
        (self.teller)(Told::Note(text));
    }

    /// What the main process does between startup and exit: it serves until it is told to stop.
    pub fn hold(&self, process: &mut Process) {
        let runtime = Arc::clone(&process.runtime);
        if !runtime.web.was_touched()
            && let Err(why) = runtime.web.start(&runtime, runtime.web.settings())
        {
            self.has_failed.store(true, Ordering::Release);
            self.note(format!("the server cannot be started: {why}"));
            return;
        }
        process.hold();
        runtime.web.stop(&runtime);
        self.drain();
    }

    /// Waits for the requests under way, for some time; those that take longer are told to stop.
    fn drain(&self) {
        let all = std::mem::take(&mut *lock(&self.running));
        let until = Instant::now() + PATIENCE;
        for running in all {
            let every = u32::try_from(MOST_CONNECTIONS).unwrap_or(u32::MAX);
            let left = until.saturating_duration_since(Instant::now());
            let is_late = self.tokio.block_on(async {
                tokio::time::timeout(left, running.connections.acquire_many(every)).await.is_err()
            });
            if is_late {
                self.note("some requests did not end in time and were stopped".to_owned());
                running.pool.stop_calls();
            }
            running.pool.close();
            running.log.close();
        }
    }

    fn address(&self, settings: &Settings) -> (String, u16) {
        let host = self.wishes.host.clone().unwrap_or_else(|| settings.text("IPAddressToListen"));
        let host = if host.is_empty() { "127.0.0.1".to_owned() } else { host };
        let is_secure = self.wishes.tls.is_some();
        let configured = settings.number(if is_secure { "HTTPSPort" } else { "HTTPPort" });
        (host, self.wishes.port.unwrap_or_else(|| u16::try_from(configured).unwrap_or(0)))
    }
}

impl Server {
    /// Opens the store of the sessions, when there is to be one.
    fn open_store(&self, runtime: &Arc<Runtime>) -> Result<(), String> {
        let Some(address) = self.wishes.store.as_deref().filter(|_| !runtime.sessions.is_shared()) else {
            return Ok(());
        };
        // The name is asked of the project: the state of the web server is locked while it starts.
        let name = lock(&self.project).name.clone();
        let store = RedisStore::open(address, &name, Arc::clone(&self.teller))
            .map_err(|why| format!("the store of the sessions does not answer: {why}"))?;
        let holder = format!("{:032X}", runtime.host.random_uuid());
        runtime.sessions.keep_in(Arc::new(store), holder);
        Ok(())
    }

    /// Says what is wrong with `roles.json`, and keeps it in a file where programs look for it.
    fn tell_roles(&self, runtime: &Arc<Runtime>) {
        let logs = Location::logs(runtime);
        let file = logs.join("Roles_Errors.json");
        let problems = runtime.roles().map(|roles| roles.problems.clone()).unwrap_or_default();
        if problems.is_empty() {
            if sandbox::is_file(&file) {
                _ = sandbox::remove_file(&file);
            }
            return;
        }
        for problem in &problems {
            self.note(format!("roles.json: {problem}"));
        }
        self.note(
            "roles.json has mistakes, so it gives nobody a privilege and closes the request handlers"
                .to_owned(),
        );
        let list: Vec<_> = problems.iter().map(|problem| json!({"message": problem})).collect();
        let text = serde_json::to_vec_pretty(&list).unwrap_or_default();
        let written = sandbox::create_folders(&logs).and_then(|()| sandbox::write(&file, &text));
        if let Err(problem) = written {
            self.note(format!("cannot write `{}`: {}", file.display(), sandbox::reason(&problem)));
        }
    }
}

impl WebControl for Server {
    fn start(&self, runtime: &Arc<Runtime>, settings: &mut Settings) -> Result<u16, String> {
        let (host, port) = self.address(settings);
        let acceptor = match &self.wishes.tls {
            Some((certificate, key)) => Some(tls::acceptor(certificate, key, settings)?),
            None => None,
        };
        let users = self.wishes.users.as_deref().map(Users::read).transpose()?.map(Arc::new);
        self.open_store(runtime)?;
        let bound = self.tokio.block_on(TcpListener::bind((host.as_str(), port)));
        let listener = bound.map_err(|problem| format!("cannot listen at {host}:{port}: {problem}"))?;
        let address = listener.local_addr().ok();
        let port = address.map_or(port, |address| address.port());
        let is_local = address.is_some_and(|address| address.ip().is_loopback());
        if users.is_some() && !is_local && acceptor.is_none() {
            self.note(
                "passwords of remote users are sent as they are: use --tls-cert and --tls-key".to_owned(),
            );
        }
        let most = usize::try_from(settings.number("maxConcurrentProcesses")).unwrap_or(100);
        let pool = Pool::new(Arc::clone(runtime), most);
        let project = lock(&self.project).clone();
        let (handlers, problems) = handlers::read(settings, &project.sources);
        let rules = rules::read(settings, &project.sources);
        settings.put("rules", rules.list);
        for problem in problems.into_iter().chain(rules.problems) {
            self.note(problem);
        }
        self.tell_roles(runtime);
        let teller = Arc::clone(&self.teller);
        let log = Arc::new(WebLog::new(
            settings,
            Location::logs(runtime),
            runtime.host.now().to_utc(),
            move |why| teller(Told::Note(why)),
        ));
        let (stop, stopped) = watch::channel(false);
        let connections = Arc::new(Semaphore::new(MOST_CONNECTIONS));
        let site = Arc::new(Site {
            runtime: Arc::clone(runtime),
            pool: Arc::clone(&pool),
            settings: settings.clone(),
            root: settings.root(),
            handlers,
            rules: rules.rules,
            scheme: self.wishes.scheme,
            log: Arc::clone(&log),
            project,
            teller: Arc::clone(&self.teller),
            is_secure: acceptor.is_some(),
            is_local,
            users,
            connections: Arc::clone(&connections),
            stopped: stopped.clone(),
        });
        self.tokio.spawn(watch_over(Arc::clone(&site), stopped.clone()));
        self.tokio.spawn(http::listen(
            listener,
            acceptor,
            Arc::clone(&site),
            Arc::clone(&connections),
            stopped,
        ));
        lock(&self.running).push(Running { stop, connections, pool, log });
        let scheme = if site.is_secure { "https" } else { "http" };
        let shown = if host.contains(':') { format!("[{host}]") } else { host };
        self.note(format!("serving {} at {scheme}://{shown}:{port}", site.project.name));
        Ok(port)
    }

    fn stop(&self) {
        for running in lock(&self.running).iter() {
            _ = running.stop.send(true);
        }
    }
}

/// Looks now and then at what nobody else looks at: calls that wait, errors of processes, sessions that are over.
async fn watch_over(site: Arc<Site>, mut stopped: watch::Receiver<bool>) {
    let mut swept = Instant::now();
    let mut flushed = Instant::now();
    loop {
        let is_over = tokio::time::timeout(LOOK, stopped.changed()).await.is_ok();
        site.pool.look();
        for report in site.runtime.processes.take_reports() {
            (site.teller)(Told::Failure(Box::new(failure_of_report(&site.runtime, report))));
        }
        if flushed.elapsed() > FLUSH {
            flushed = Instant::now();
            site.runtime.host.flush();
        }
        if swept.elapsed() > SWEEP {
            swept = Instant::now();
            site.runtime.sessions.end_idle(site.runtime.host.now());
        }
        // Calls under way may still need another thread after the server has stopped to listen.
        if is_over && (stopped.has_changed().is_err() || site.pool.load() == 0) {
            return;
        }
        if is_over {
            tokio::time::sleep(LOOK).await;
        }
    }
}
