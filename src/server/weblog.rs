//! What the server writes down of requests: `logweb.txt` for statistics, `HTTPDebugLog.txt` for looking closely.
//!
//! A thread of its own writes, so that no request waits for a disk. Lines are gathered, and a file is open only while
//! some are written, so that it can be moved away at any time. What a client sends cannot break a line.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, Utc};

use crate::runtime::exchange::{Reply, Request};
use crate::runtime::sandbox::{self, Access, OpenFile};
use crate::runtime::web::Settings;

/// So many lines are written at once.
const MOST_LINES: usize = 1000;
/// The bits of the setting of the debug log.
const RESPONSE_BODY: i64 = 2;
const REQUEST_BODY: i64 = 4;

/// How `logweb.txt` looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// Common log format.
    Common,
    /// The same with referer and user agent.
    Combined,
    /// Extended log format: fields named at the top.
    Extended,
    /// The format of `WebStar`: fields in capitals between tabs.
    WebStar,
}

impl Format {
    fn of(number: i64) -> Option<Self> {
        Some(match number {
            1 => Self::Common,
            2 => Self::Combined,
            3 => Self::Extended,
            4 => Self::WebStar,
            _ => return None,
        })
    }

    /// What stands at the top of a new file.
    fn title(self, now: DateTime<Utc>) -> String {
        match self {
            Self::Common | Self::Combined => String::new(),
            Self::Extended => format!(
                "#Version: 1.0\r\n#Date: {}\r\n#Fields: date time c-ip s-ip cs-method cs-uri-stem cs-uri-query \
                 sc-status bytes cs-version cs(User-Agent) cs(Referer)\r\n",
                now.format("%Y-%m-%d %H:%M:%S")
            ),
            Self::WebStar => {
                "!!LOG_FORMAT DATE\tTIME\tC_IP\tCS_SIP\tMETHOD\tCS_URI\tCS_URI_QUERY\tSTATUS\tBYTES_SENT\t\
                 CS(USER_AGENT)\tCS(REFERER)\r\n"
                    .to_owned()
            }
        }
    }

    fn line(
        self,
        now: DateTime<FixedOffset>,
        request: &Request,
        reply: &Reply,
        user: Option<&str>,
    ) -> String {
        let Reply { status, body, .. } = reply;
        let header = |name: &str| request.header(name).map_or_else(|| "-".to_owned(), |text| tame(&text));
        let (agent, referer, size) = (header("user-agent"), header("referer"), body.len());
        match self {
            Self::Common | Self::Combined => {
                let user = user.map_or_else(|| "-".to_owned(), |user| tame(user).replace(' ', "_"));
                let date = now.format("%d/%b/%Y:%H:%M:%S");
                let asked = tame(&format!("{} {} {}", request.verb, request.target, request.version));
                let mut line = format!("{} - {user} [{date}] \"{asked}\" {status} {size}", request.client);
                if self == Self::Combined {
                    line.push_str(&format!(" \"{referer}\" \"{agent}\""));
                }
                line + "\r\n"
            }
            Self::Extended | Self::WebStar => {
                let now = now.to_utc();
                let or_none = |text: &str| if text.is_empty() { "-".to_owned() } else { tame(text) };
                let fields = [
                    now.format("%Y-%m-%d").to_string(),
                    now.format("%H:%M:%S").to_string(),
                    request.client.clone(),
                    request.server.clone(),
                    request.verb.clone(),
                    tame(request.path()),
                    or_none(request.query()),
                    status.to_string(),
                    size.to_string(),
                ];
                let (between, mut all) = (if self == Self::Extended { " " } else { "\t" }, fields.to_vec());
                if self == Self::Extended {
                    all.extend([request.version.clone(), agent.replace(' ', "+"), referer.replace(' ', "+")]);
                } else {
                    all.extend([agent, referer]);
                }
                all.join(between) + "\r\n"
            }
        }
    }
}

/// A text of a client as it may stand in a line.
fn tame(text: &str) -> String {
    text.chars().map(|sign| if sign.is_control() || sign == '"' { '\'' } else { sign }).collect()
}

/// A connection, as the debug log names it.
pub struct Connection {
    number: u64,
    id: String,
    peer: SocketAddr,
}

impl Connection {
    /// The next connection.
    pub fn new(id: u128, peer: SocketAddr) -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Self { number: LAST.fetch_add(1, Ordering::Relaxed) + 1, id: format!("{id:032X}"), peer }
    }
}

/// What is written into which file.
enum Entry {
    Web(String),
    Debug(Vec<u8>),
}

/// The logs of a server that runs.
pub struct WebLog {
    format: Option<Format>,
    /// 0 for no debug log.
    debug: i64,
    sequence: AtomicU64,
    sender: Mutex<Option<Sender<Entry>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl WebLog {
    /// The logs that the settings want, in a folder; `fail` is told once when one cannot be written.
    pub fn new(
        settings: &Settings,
        folder: PathBuf,
        now: DateTime<Utc>,
        fail: impl Fn(String) + Send + 'static,
    ) -> Self {
        let (format, debug) = (Format::of(settings.number("logRecording")), settings.number("debugLog"));
        let log = Self {
            format,
            debug,
            sequence: AtomicU64::new(0),
            sender: Mutex::default(),
            writer: Mutex::default(),
        };
        if format.is_some() || debug != 0 {
            let (sender, entries) = channel();
            let thread = std::thread::Builder::new().name("web log".to_owned());
            match thread.spawn(move || write(&entries, &folder, (format, now), &fail)) {
                Ok(handle) => {
                    *log.sender.lock().unwrap_or_else(PoisonError::into_inner) = Some(sender);
                    *log.writer.lock().unwrap_or_else(PoisonError::into_inner) = Some(handle);
                }
                Err(_) => return Self { format: None, debug: 0, ..log },
            }
        }
        log
    }

    /// Writes down a request that was answered.
    pub fn record(
        &self,
        connection: &Connection,
        now: (DateTime<FixedOffset>, Duration),
        request: &Request,
        reply: &Reply,
        user: Option<&str>,
    ) {
        if self.format.is_none() && self.debug == 0 {
            return;
        }
        let sender = self.sender.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(sender) = sender else { return };
        if let Some(format) = self.format {
            _ = sender.send(Entry::Web(format.line(now.0, request, reply, user)));
        }
        if self.debug != 0 {
            _ = sender.send(Entry::Debug(self.debug_entry(connection, now.1, request, reply)));
        }
    }

    fn debug_entry(
        &self,
        connection: &Connection,
        since: Duration,
        request: &Request,
        reply: &Reply,
    ) -> Vec<u8> {
        let title = |what: &str| {
            format!(
                "# {what}\r\n# SocketID: {}\r\n# PeerIP: {}\r\n# PeerPort: {}\r\n# TimeStamp: {}\r\n\
                 # ConnectionID: {}\r\n# SequenceNumber: {}\r\n",
                connection.number,
                connection.peer.ip().to_canonical(),
                connection.peer.port(),
                since.as_millis(),
                connection.id,
                self.sequence.fetch_add(1, Ordering::Relaxed) + 1,
            )
        };
        let mut bytes = (title("REQUEST") + &request.head() + "\r\n").into_bytes();
        if self.debug & REQUEST_BODY != 0 && !request.body.is_empty() {
            bytes.extend_from_slice(&request.body);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(title("RESPONSE").as_bytes());
        bytes.extend_from_slice(format!("{} {}\r\n", request.version, reply.status).as_bytes());
        for (name, value) in &reply.headers {
            bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        bytes.extend_from_slice(b"\r\n");
        if self.debug & RESPONSE_BODY != 0 && !reply.body.is_empty() {
            bytes.extend_from_slice(&reply.body);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes
    }

    /// Waits until all is written.
    pub fn close(&self) {
        *self.sender.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(writer) = writer {
            _ = writer.join();
        }
    }
}

/// Writes entries until nobody sends any more.
fn write(
    entries: &Receiver<Entry>,
    folder: &Path,
    (format, began): (Option<Format>, DateTime<Utc>),
    fail: &impl Fn(String),
) {
    let mut has_failed = false;
    while let Ok(first) = entries.recv() {
        let (mut web, mut debug) = (Vec::new(), Vec::new());
        for entry in std::iter::once(first).chain(entries.try_iter().take(MOST_LINES)) {
            match entry {
                Entry::Web(line) => web.extend_from_slice(line.as_bytes()),
                Entry::Debug(bytes) => debug.extend_from_slice(&bytes),
            }
        }
        for (name, bytes) in [("logweb.txt", web), ("HTTPDebugLog.txt", debug)] {
            if bytes.is_empty() {
                continue;
            }
            let title = || match format {
                Some(format) if name == "logweb.txt" => format.title(began),
                Some(_) | None => String::new(),
            };
            let path = folder.join(name);
            if let Err(problem) = append(&path, title, &bytes)
                && !std::mem::replace(&mut has_failed, true)
            {
                fail(format!("cannot write `{}`: {}", path.display(), sandbox::reason(&problem)));
            }
        }
    }
}

fn append(path: &Path, title: impl Fn() -> String, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        sandbox::create_folders(folder)?;
    }
    let mut file = OpenFile::open(path, Access::Create)?;
    let mut end = file.size()?;
    if end == 0 {
        let title = title();
        file.write_at(0, title.as_bytes())?;
        end = file.size()?;
    }
    file.write_at(end, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> Request {
        Request {
            verb: "GET".to_owned(),
            target: "/a b\"?x=1".to_owned(),
            version: "HTTP/1.1".to_owned(),
            headers: vec![("User-Agent".to_owned(), "Test \"1\"\r\n".to_owned())],
            client: "192.100.100.10".to_owned(),
            server: "10.0.0.1".to_owned(),
            ..Request::default()
        }
    }

    fn line(format: Format) -> String {
        let now = DateTime::parse_from_rfc3339("2020-09-04T15:50:07+02:00").expect("a moment");
        format.line(now, &request(), &Reply::new(200, "text/plain", "12345"), Some("Ada L"))
    }

    #[test]
    fn lines_have_the_form_of_their_format() {
        assert_eq!(
            line(Format::Common),
            "192.100.100.10 - Ada_L [04/Sep/2020:15:50:07] \"GET /a b'?x=1 HTTP/1.1\" 200 5\r\n"
        );
        assert!(line(Format::Combined).ends_with(" 200 5 \"-\" \"Test '1'''\"\r\n"));
        assert_eq!(
            line(Format::Extended),
            "2020-09-04 13:50:07 192.100.100.10 10.0.0.1 GET /a b' x=1 200 5 HTTP/1.1 Test+'1''' -\r\n"
        );
        assert_eq!(line(Format::WebStar).matches('\t').count(), 10);
    }

    #[test]
    fn numbers_name_formats() {
        assert_eq!(Format::of(0), None);
        assert_eq!(Format::of(2), Some(Format::Combined));
        assert_eq!(Format::of(9), None);
    }
}
