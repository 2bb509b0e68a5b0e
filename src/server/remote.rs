//! Remote users: the protocol of `quatre connect`, and the process in which a remote user's code runs.
//!
//! The client asks for the path [`PATH`] and to speak [`PROTOCOL`] from then on: lines of JSON in both directions. Pages
//! of a browser cannot ask for that. The first line says who wants to connect; the session lives as long as the
//! connection, its code runs in one process on a thread of its own, and what that process writes goes to the client.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::Duration;

use hyper::body::Incoming;
use hyper::header::{CONNECTION, HeaderValue, UPGRADE};
use hyper_util::rt::TokioIo;
use serde_json::{Value as Json, json};
use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
};
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::diagnostics::render::{Look, call_chain, human};
use crate::engine::{failure, shown};
use crate::runtime::TextKind;
use crate::runtime::fixture::{HostType, SessionType};
use crate::runtime::pool;
use crate::runtime::process::Process;
use crate::runtime::process_table::{Kind, Standing, Start};
use crate::runtime::sandbox;
use crate::runtime::session::{DEFAULT_USER, Facts, Session, moment};
use crate::runtime::session_table::Client;
use crate::runtime::text_code::Locals;
use crate::server::http::Body;
use crate::server::{Site, Told};
use crate::value::Value;

/// Where remote users knock.
pub const PATH: &str = "/.quatre/remote";
/// What they want to speak.
pub const PROTOCOL: &str = "quatre-remote";
/// No line is longer.
const MOST_LINE: u64 = 4 * 1024 * 1024;
/// The first line must come within this time.
const GREETING: Duration = Duration::from_secs(15);
/// The server asks so often whether the client is still there.
const PULSE: Duration = Duration::from_secs(20);
/// A client from which nothing comes for so long is gone.
const SILENCE: Duration = Duration::from_secs(60);
/// A wrong password is answered after this time, so that guessing is slow.
const PENANCE: Duration = Duration::from_millis(700);
/// Passwords are checked one after the other: it takes time on purpose.
static CHECKING: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);
/// A hash that no password has, checked for users that are not there, so that both take the same time.
const NOBODY: &str = "$2b$10$CwTycUXWue0Thq9StjUM0uJ8oFW1xq5l6F0yQx1p8m7xT4JHk2o9W";

/// Users and the hashes of their passwords.
#[derive(Debug, Default)]
pub struct Users(Vec<(String, String)>);

impl Users {
    /// Reads a file of lines `NAME:HASH`, the hash as `Generate password hash` makes it.
    ///
    /// # Errors
    /// It cannot be read, or a line is none of these.
    pub fn read(path: &Path) -> Result<Self, String> {
        let bytes = sandbox::read(path)
            .map_err(|problem| format!("cannot read `{}`: {}", path.display(), sandbox::reason(&problem)))?;
        Self::parse(&String::from_utf8_lossy(&bytes)).map_err(|why| format!("`{}`: {why}", path.display()))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let mut users = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let parts = line.split_once(':').map(|(name, hash)| (name.trim(), hash.trim()));
            match parts.filter(|(name, hash)| !name.is_empty() && hash.starts_with("$2") && hash.len() == 60)
            {
                Some((name, hash)) => users.push((name.to_owned(), hash.to_owned())),
                None => {
                    return Err(format!(
                        "line {} is not NAME:HASH, the hash from `Generate password hash`",
                        number + 1
                    ));
                }
            }
        }
        Ok(Self(users))
    }

    /// Whether this is the password of this user; `None` when the user is not in the list.
    pub fn check(&self, name: &str, password: &str) -> Option<bool> {
        self.0.iter().any(|(other, _)| other == name).then(|| self.admit(name, password))
    }

    /// Whether this is the password of this user. It takes about the same time whoever asks.
    fn admit(&self, name: &str, password: &str) -> bool {
        let found = self.0.iter().find(|(other, _)| other == name);
        let hash = found.map_or(NOBODY, |(_, hash)| hash);
        // As `Generate password hash` does, only the first 72 bytes count.
        let bytes = password.as_bytes();
        let bytes = bytes.get(..bytes.len().min(72)).unwrap_or_default();
        bcrypt::verify(bytes, hash).unwrap_or(false) && found.is_some()
    }
}

/// Whether a request wants to be a remote user.
pub fn is_wanted(request: &hyper::Request<Incoming>) -> bool {
    let wants = |value: &HeaderValue| value.as_bytes().eq_ignore_ascii_case(PROTOCOL.as_bytes());
    request.uri().path() == PATH && request.headers().get(UPGRADE).is_some_and(wants)
}

/// Answers such a request, and begins to speak the protocol when the answer has gone.
pub fn upgrade(
    site: &Arc<Site>,
    mut request: hyper::Request<Incoming>,
    peer: SocketAddr,
) -> hyper::Response<Body> {
    let mut response = hyper::Response::new(Body::Whole(None));
    let Ok(permit) = Arc::clone(&site.connections).try_acquire_owned() else {
        *response.status_mut() = hyper::StatusCode::SERVICE_UNAVAILABLE;
        return response;
    };
    let site = Arc::clone(site);
    tokio::spawn(async move {
        if let Ok(stream) = hyper::upgrade::on(&mut request).await {
            converse(TokioIo::new(stream), &site, peer).await;
        }
        drop(permit);
    });
    *response.status_mut() = hyper::StatusCode::SWITCHING_PROTOCOLS;
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("upgrade"));
    response.headers_mut().insert(UPGRADE, HeaderValue::from_static(PROTOCOL));
    response
}

/// Reads one line of JSON; `None` at the end of the connection, and for what is no such line.
async fn next_line<R: AsyncRead + Unpin>(reader: &mut BufReader<R>) -> Option<Json> {
    let mut line = Vec::new();
    let count = reader.take(MOST_LINE).read_until(b'\n', &mut line).await.ok()?;
    (count > 0).then(|| serde_json::from_slice(&line).ok())?
}

/// Writes one line; false when the client is gone or takes nothing any more.
async fn write_line<W: AsyncWrite + Unpin>(writer: &mut W, message: &Json) -> bool {
    let text = format!("{message}\n");
    let sent = timeout(SILENCE, async {
        writer.write_all(text.as_bytes()).await?;
        writer.flush().await
    });
    matches!(sent.await, Ok(Ok(())))
}

/// What a client asks of its process.
enum Errand {
    Run(String),
}

/// The life of a connection.
async fn converse<S: AsyncRead + AsyncWrite + Unpin>(stream: S, site: &Arc<Site>, peer: SocketAddr) {
    let (reader, mut writer) = tokio::io::split(stream);
    let mut reader = BufReader::new(reader);
    let Ok(Some(greeting)) = timeout(GREETING, next_line(&mut reader)).await else { return };
    let session = match welcome(site, &greeting, peer).await {
        Ok(session) => session,
        Err(why) => {
            _ = write_line(&mut writer, &json!({"refused": why})).await;
            return;
        }
    };
    let leaving = Leaving { site: Arc::clone(site), session: Arc::clone(&session) };
    let (out, mut lines) = mpsc::channel::<Json>(256);
    let (errands, inbox) = channel();
    let listener = out.clone();
    // A text that the client has no room for is lost rather than holding up who sent it.
    session.listen(Some(Arc::new(move |text| _ = listener.try_send(json!({"message": text})))));
    let (over, mut ended) = tokio::sync::oneshot::channel::<()>();
    let look =
        Look { color: greeting.get("color").and_then(Json::as_bool).unwrap_or(false), ..Look::default() };
    let work = {
        let out = out.clone();
        Box::new(move |process: &mut Process| {
            live(process, &inbox, &out, &look);
            drop(over);
        })
    };
    let name = format!("Remote {}", session.user_name());
    let Ok(entry) = pool::begin(&site.runtime, start(site, name, &session), work) else {
        _ = write_line(&mut writer, &json!({"refused": "the server has too many processes"})).await;
        return;
    };
    drop(out);
    let greeting =
        json!({"welcome": {"session": session.number, "id": session.id, "project": site.project.name}});
    if !write_line(&mut writer, &greeting).await {
        entry.stop();
        return;
    }
    let mut stopped = site.stopped.clone();
    let mut pulse = tokio::time::interval(PULSE);
    let mut heard = tokio::time::Instant::now();
    let (lines_in, mut said) = mpsc::channel::<Json>(16);
    let listening = async {
        while let Some(line) = next_line(&mut reader).await {
            if lines_in.send(line).await.is_err() {
                return;
            }
        }
    };
    tokio::pin!(listening);
    let last = loop {
        tokio::select! {
            () = &mut listening => break None,
            line = said.recv() => {
                heard = tokio::time::Instant::now();
                let Some(line) = line else { break None };
                if let Some(text) = line.get("run").and_then(Json::as_str) {
                    _ = errands.send(Errand::Run(text.to_owned()));
                    entry.poke();
                } else if line.get("interrupt").is_some() {
                    entry.interrupt();
                } else if line.get("bye").is_some() {
                    break None;
                }
            }
            line = lines.recv() => match line {
                Some(line) => if !write_line(&mut writer, &line).await { break None },
                None => break Some("your session was ended by the server"),
            },
            _ = &mut ended => break Some("your session was ended by the server"),
            _ = stopped.changed() => break Some("the server stops"),
            _ = pulse.tick() => {
                if heard.elapsed() > SILENCE || !write_line(&mut writer, &json!({"ping": true})).await {
                    break None;
                }
            }
        }
    };
    if let Some(why) = last {
        _ = write_line(&mut writer, &json!({"ended": why})).await;
    }
    drop(leaving);
}

/// Ends the session of a client who is gone, with all its processes.
struct Leaving {
    site: Arc<Site>,
    session: Arc<Session>,
}

impl Drop for Leaving {
    fn drop(&mut self) {
        let runtime = &self.site.runtime;
        runtime.sessions.end(&self.session);
        self.session.listen(None);
        runtime.processes.stop_session(&self.session);
    }
}

fn start(site: &Site, name: String, session: &Arc<Session>) -> Start {
    Start {
        name,
        kind: Kind::Remote,
        session: Some(Arc::clone(session)),
        created: moment(site.runtime.host.now()),
        now: site.runtime.host.elapsed(),
    }
}

/// Checks who wants to connect, and begins the session.
async fn welcome(site: &Arc<Site>, greeting: &Json, peer: SocketAddr) -> Result<Arc<Session>, String> {
    let hello = greeting.get("hello").ok_or("the first line must be a greeting")?;
    let text = |name: &str| -> String {
        let text = hello.get(name).and_then(Json::as_str).unwrap_or_default();
        text.chars().filter(|sign| !sign.is_control()).take(255).collect()
    };
    if site.runtime.sessions.is_rejecting() {
        return Err("the server takes no new users at the moment".to_owned());
    }
    let user = text("user");
    match &site.users {
        None if !site.is_local || !peer.ip().to_canonical().is_loopback() => {
            return Err("the server has no list of users, so it takes none from other machines".to_owned());
        }
        None => {}
        Some(users) => {
            let (users, name) = (Arc::clone(users), user.clone());
            let password = hello.get("password").and_then(Json::as_str).unwrap_or_default().to_owned();
            let _turn = CHECKING.acquire().await.map_err(|_| "the server stops")?;
            let check = tokio::task::spawn_blocking(move || users.admit(&name, &password));
            if !check.await.unwrap_or(false) {
                tokio::time::sleep(PENANCE).await;
                (site.teller)(Told::Note(format!("refused the remote user `{user}` from {}", peer.ip())));
                return Err("wrong user or password".to_owned());
            }
        }
    }
    let host_type = text("hostType");
    let facts = Facts {
        machine_name: Some(text("machineName")),
        system_user_name: Some(text("systemUserName")),
        ip_address: Some(peer.ip().to_canonical().to_string()),
        host_type: HostType::ALL.iter().find(|(word, _)| *word == host_type).map(|(_, kind)| *kind),
        persistent_id: Some(format!("{:032X}", site.runtime.host.random_uuid())),
        creation_date_time: None,
    };
    let user_name = if user.is_empty() { DEFAULT_USER.to_owned() } else { user };
    let client = Client { type_: SessionType::Remote, user_name: Some(user_name), facts };
    site.runtime
        .sessions
        .begin(client, &*site.runtime.host)
        .ok_or_else(|| "the server has no numbers left".to_owned())
}

// ---- the process ----

/// Where a process writes.
type Out = mpsc::Sender<Json>;

thread_local! {
    /// The client to which this thread writes, when it is the process of a remote user.
    static CONSOLE: RefCell<Option<Out>> = const { RefCell::new(None) };
}

/// Sends a text to the client of this thread; false when there is none.
pub fn write_to_client(kind: &str, text: &str) -> bool {
    let console = CONSOLE.with_borrow(Clone::clone);
    console.is_some_and(|out| {
        // The process waits for a slow client; one that is gone is noticed by its connection.
        _ = out.blocking_send(json!({kind: text}));
        true
    })
}

/// Runs what the client sends until it leaves.
fn live(process: &mut Process, inbox: &Receiver<Errand>, out: &Out, look: &Look) {
    CONSOLE.set(Some(out.clone()));
    let mut locals = Locals::default();
    let mut gathered = String::new();
    loop {
        let next = process.wait_until(&Standing::Idle, None, |_| match inbox.try_recv() {
            Ok(errand) => Some(Some(errand)),
            Err(TryRecvError::Disconnected) => Some(None),
            Err(TryRecvError::Empty) => None,
        });
        match next {
            Ok(Some(Some(Errand::Run(text)))) => {
                gathered.push_str(&text);
                if has_open_block(&gathered) && !text.trim().is_empty() {
                    gathered.push('\n');
                    _ = out.blocking_send(json!({"done": {"more": true}}));
                    continue;
                }
                let done = run(process, &std::mem::take(&mut gathered), &mut locals, look);
                _ = out.blocking_send(json!({"done": done}));
            }
            Ok(Some(None)) => break,
            Ok(None) => {}
            // Interrupted while nothing runs: what was gathered is forgotten.
            Err(_) if !process.is_stopping() => {
                gathered.clear();
                _ = out.blocking_send(json!({"done": {}}));
            }
            Err(_) => break,
        }
        if process.is_stopping() {
            break;
        }
    }
    CONSOLE.set(None);
}

/// Runs one input; gives what the client shows.
fn run(process: &mut Process, text: &str, locals: &mut Locals, look: &Look) -> Json {
    let loader = Arc::clone(&process.runtime.loader);
    let sources = &Arc::clone(&process.runtime.program).sources;
    let id = match loader.compile(text, TextKind::Snippet, "<remote>") {
        Ok(id) => id,
        Err(problems) => return json!({"error": human(&problems, sources, look)}),
    };
    let result = process.run_text(id, Vec::new(), locals);
    let result = match process.errors.uncaught.take() {
        Some(error) => Err(error),
        None => result,
    };
    match result {
        Ok(Value::Undefined) => json!({}),
        Ok(value) => json!({"value": shown(&value, false)}),
        Err(_) if process.is_stopping() && !process.entry.is_stopping() => {
            // `ABORT` ends what runs, not the session.
            process.begin_again();
            json!({})
        }
        Err(error) => {
            let failure = failure(&process.runtime, &error, None);
            let report = human(std::slice::from_ref(&failure.diagnostic), sources, look);
            json!({"error": format!("{report}{}", call_chain(&failure.chain, look))})
        }
    }
}

/// Words that begin a block, each with the one that ends it.
const BLOCKS: &[(&str, &str)] = &[
    ("if", "end if"),
    ("for", "end for"),
    ("while", "end while"),
    ("repeat", "until"),
    ("case of", "end case"),
    ("use", "end use"),
    ("try", "end try"),
];

/// Whether a block begins that does not end yet. It is told from the first words of the lines, so a text that is wrong
/// in another way is not waited for in vain: an empty line ends it.
fn has_open_block(text: &str) -> bool {
    let mut open = 0_i32;
    for line in text.lines() {
        let line = line.trim_start().to_lowercase();
        let begins = |word: &str| {
            line.strip_prefix(word)
                .is_some_and(|rest| !rest.starts_with(|sign: char| sign.is_alphanumeric() || sign == '_'))
        };
        if BLOCKS.iter().any(|(_, end)| begins(end)) {
            open -= 1;
        } else if BLOCKS.iter().any(|(start, _)| begins(start)) && !(begins("try") && line.contains("try(")) {
            open += 1;
        }
    }
    open > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_lines_of_names_and_hashes() {
        let hash = bcrypt::hash("secret", 4).expect("a hash");
        let users = Users::parse(&format!("# people\n\nAda:{hash}\n")).expect("users");
        assert!(users.admit("Ada", "secret"));
        assert!(!users.admit("Ada", "Secret") && !users.admit("ada", "secret") && !users.admit("", ""));
        assert!(!users.admit("Bob", "secret"));
        assert!(bcrypt::verify("secret", NOBODY).is_ok_and(|same| !same), "a hash, though nobody's");
        assert!(Users::parse("Ada").is_err() && Users::parse("Ada:secret").is_err());
    }

    #[test]
    fn an_open_block_waits_for_its_end() {
        assert!(has_open_block("For ($i; 1; 3)"));
        assert!(has_open_block("If (True)\nFor each ($x; $c)\nEnd for each"));
        for whole in [
            "$x:=1",
            "If (True)\n$x:=1\nEnd if",
            "Format($x)",
            "$x:=Try(1/0)",
            "Try($x)",
            "use_it",
            "Repeat\nUntil (True)",
        ] {
            assert!(!has_open_block(whole), "{whole}");
        }
    }
}
