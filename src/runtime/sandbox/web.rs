//! Requests to servers over HTTP/1.1: one request on a connection, plain or encrypted, and its answer as it comes.
//!
//! Nothing of an answer is believed beyond its form: heads, names and chunks are bounded, and every wait has a deadline.

#![expect(clippy::disallowed_types, reason = "this is the one door to servers")]

pub mod pool;
pub mod tls;
pub mod url;

use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::runtime::sandbox::web::tls::{Secured, Security};
use crate::runtime::sandbox::web::url::Url;

/// The head of an answer may not be larger.
const MOST_HEAD: usize = 256 * 1024;
/// It may not have more names.
const MOST_NAMES: usize = 512;
/// A line that says how long a chunk is may not be longer.
const MOST_LINE: u64 = 1024;
/// Between two looks whether the program has stopped waiting.
const LOOK: Duration = Duration::from_millis(100);
/// How long an address is tried when the request has no time of its own.
const TRY: Duration = Duration::from_secs(120);

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is no such server, or it does not take connections.
    Unreachable(String),
    /// The time of the request is over.
    TimedOut,
    /// No encrypted connection could be made.
    Security(String),
    /// What came is no answer, or is cut off.
    Broken(String),
    /// The program has ended the request.
    Stopped,
}

/// A request.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// `GET`
    pub method: String,
    /// The names and values of its head.
    pub headers: Vec<(String, String)>,
    /// What it carries.
    pub body: Option<Vec<u8>>,
}

impl Request {
    /// The value of a name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }
}

/// The value of a name, whatever its case.
pub fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// The head of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// 200
    pub status: u16,
    /// `OK`
    pub reason: String,
    /// `HTTP/1.1`
    pub version: &'static str,
    /// Names, as the server writes them, and values.
    pub headers: Vec<(String, String)>,
}

impl Head {
    /// The value of a name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }
}

/// When a request must be over, and whether the program still wants it.
#[derive(Clone, Debug)]
pub struct Patience {
    until: Option<Instant>,
    stop: Arc<AtomicBool>,
}

impl Patience {
    /// So much time, until the flag says that the program does not want it any more.
    pub fn new(time: Option<Duration>, stop: Arc<AtomicBool>) -> Self {
        Self { until: time.and_then(|time| Instant::now().checked_add(time)), stop }
    }

    /// An error when the time is over, or the program does not want it.
    pub fn check(&self) -> Result<(), Problem> {
        if self.stop.load(Ordering::Acquire) {
            return Err(Problem::Stopped);
        }
        match self.until {
            Some(until) if until <= Instant::now() => Err(Problem::TimedOut),
            Some(_) | None => Ok(()),
        }
    }

    fn left(&self, most: Duration) -> Duration {
        let left = self.until.map_or(most, |until| until.saturating_duration_since(Instant::now()));
        left.min(most).max(Duration::from_millis(1))
    }
}

/// A socket that gives up when patience ends.
#[derive(Debug)]
pub struct Socket {
    stream: TcpStream,
    patience: Arc<Mutex<Patience>>,
}

impl Socket {
    fn patience(&self) -> Patience {
        self.patience.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn attempt<R>(&mut self, mut act: impl FnMut(&mut TcpStream) -> io::Result<R>) -> io::Result<R> {
        let patience = self.patience();
        loop {
            patience.check().map_err(|problem| io::Error::other(Ended(problem)))?;
            let time = Some(patience.left(LOOK));
            self.stream.set_read_timeout(time)?;
            self.stream.set_write_timeout(time)?;
            match act(&mut self.stream) {
                Err(problem) if is_wait(&problem) => {}
                outcome => return outcome,
            }
        }
    }
}

fn is_wait(problem: &io::Error) -> bool {
    matches!(problem.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted)
}

/// The end of patience on its way through a reader.
#[derive(Debug)]
struct Ended(Problem);

impl std::fmt::Display for Ended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl std::error::Error for Ended {}

/// What a problem of a stream is for the request.
fn problem_of(problem: &io::Error) -> Problem {
    if let Some(ended) = problem.get_ref().and_then(|inner| inner.downcast_ref::<Ended>()) {
        return ended.0.clone();
    }
    if let Some(security) = tls::problem_of(problem) {
        return Problem::Security(security);
    }
    if problem.kind() == io::ErrorKind::UnexpectedEof {
        return Problem::Broken("the server has closed the connection too early".to_owned());
    }
    Problem::Broken(super::reason(problem))
}

impl Read for Socket {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.attempt(|stream| stream.read(bytes))
    }
}

impl Write for Socket {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.attempt(|stream| stream.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.attempt(TcpStream::flush)
    }
}

/// A stream to a server.
#[derive(Debug)]
enum Stream {
    Plain(Socket),
    Secured(Box<Secured>),
}

impl Read for Stream {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.read(bytes),
            Self::Secured(secured) => secured.read(bytes),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.write(bytes),
            Self::Secured(secured) => secured.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(socket) => socket.flush(),
            Self::Secured(secured) => secured.flush(),
        }
    }
}

/// A connection to a server, which takes one request after the other.
#[derive(Debug)]
pub struct Connection {
    stream: BufReader<Stream>,
    patience: Arc<Mutex<Patience>>,
}

impl Connection {
    /// Connects to the server of an address.
    pub fn open(url: &Url, security: &Security, patience: &Patience) -> Result<Self, Problem> {
        let unreachable = |problem: &io::Error| {
            Problem::Unreachable(format!("`{}` cannot be reached: {}", url.host, super::reason(problem)))
        };
        let addresses =
            (url.bare_host(), url.port).to_socket_addrs().map_err(|problem| unreachable(&problem))?;
        let mut last = io::Error::from(io::ErrorKind::NotFound);
        for address in addresses {
            patience.check()?;
            match TcpStream::connect_timeout(&address, patience.left(TRY)) {
                Ok(stream) => return Self::on(stream, url, security, patience),
                Err(problem) => last = problem,
            }
        }
        patience.check()?;
        Err(unreachable(&last))
    }

    fn on(stream: TcpStream, url: &Url, security: &Security, patience: &Patience) -> Result<Self, Problem> {
        drop(stream.set_nodelay(true));
        let shared = Arc::new(Mutex::new(patience.clone()));
        let socket = Socket { stream, patience: Arc::clone(&shared) };
        let stream = if url.secure {
            Stream::Secured(Box::new(tls::secure(socket, url.bare_host(), security)?))
        } else {
            Stream::Plain(socket)
        };
        Ok(Self { stream: BufReader::with_capacity(32 * 1024, stream), patience: shared })
    }

    /// Sends a request and reads its answer; says whether the connection takes another one.
    ///
    /// `on_head` is told of the head, `on_data` of the body as it comes.
    pub fn exchange(
        &mut self,
        url: &Url,
        request: &Request,
        patience: &Patience,
        on_head: impl FnOnce(&Head),
        on_data: &mut dyn FnMut(&[u8]),
    ) -> Result<(Head, bool), Problem> {
        *self.patience.lock().unwrap_or_else(PoisonError::into_inner) = patience.clone();
        let outcome = self.send(url, request);
        // A server may answer before it has read all: its answer says more than the end of the stream.
        let head = match (self.read_head(), outcome) {
            (Ok(head), _) => head,
            (Err(_), Err(problem)) => return Err(problem_of(&problem)),
            (Err(problem), Ok(())) => return Err(problem),
        };
        on_head(&head);
        let whole = self.read_body(&request.method, &head, on_data)?;
        let is = |value: Option<&str>, word: &str| {
            value.is_some_and(|value| value.to_ascii_lowercase().contains(word))
        };
        let asked = is(request.header("connection"), "close");
        let told = head.header("connection");
        let stays = if head.version == "HTTP/1.0" { is(told, "keep-alive") } else { !is(told, "close") };
        Ok((head, whole && stays && !asked))
    }

    fn send(&mut self, url: &Url, request: &Request) -> io::Result<()> {
        let mut text = format!("{} {} HTTP/1.1\r\n", request.method, url.path);
        if request.header("host").is_none() {
            text.push_str(&format!("Host: {}\r\n", url.authority()));
        }
        for (name, value) in &request.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        let wants_length =
            request.body.is_some() || matches!(request.method.as_str(), "POST" | "PUT" | "PATCH");
        if wants_length && request.header("content-length").is_none() {
            let length = request.body.as_ref().map_or(0, Vec::len);
            text.push_str(&format!("Content-Length: {length}\r\n"));
        }
        text.push_str("\r\n");
        let mut bytes = text.into_bytes();
        bytes.extend(request.body.iter().flatten());
        let stream = self.stream.get_mut();
        stream.write_all(&bytes)?;
        stream.flush()
    }

    fn read_head(&mut self) -> Result<Head, Problem> {
        loop {
            let mut bytes = Vec::new();
            while !ends_head(&bytes) {
                let most = u64::try_from(MOST_HEAD - bytes.len()).unwrap_or_default();
                let count = (&mut self.stream).take(most).read_until(b'\n', &mut bytes);
                if count.map_err(|problem| problem_of(&problem))? == 0 {
                    let why = if bytes.len() >= MOST_HEAD {
                        "the head of its answer is too long"
                    } else {
                        "the server has closed the connection without an answer"
                    };
                    return Err(Problem::Broken(why.to_owned()));
                }
            }
            let head =
                parse_head(&bytes).ok_or_else(|| Problem::Broken("what it says is not HTTP".to_owned()))?;
            // What is only on the way to the answer, such as 100 Continue.
            if !(100..200).contains(&head.status) || head.status == 101 {
                return Ok(head);
            }
        }
    }

    /// Reads the body; says whether it ended as it said, so that the connection can be used again.
    fn read_body(
        &mut self,
        method: &str,
        head: &Head,
        on_data: &mut dyn FnMut(&[u8]),
    ) -> Result<bool, Problem> {
        if method == "HEAD" || matches!(head.status, 101 | 204 | 304) {
            return Ok(true);
        }
        if head
            .header("transfer-encoding")
            .is_some_and(|value| value.to_ascii_lowercase().contains("chunked"))
        {
            return self.read_chunks(on_data).map(|()| true);
        }
        if let Some(length) = head.header("content-length") {
            let length: u64 = length
                .trim()
                .parse()
                .map_err(|_| Problem::Broken("the length of its answer is no number".to_owned()))?;
            return self.read_exactly(length, on_data).map(|()| true);
        }
        self.read_some(u64::MAX, on_data).map(|_| false)
    }

    /// Reads up to so many bytes; gives how many there were.
    fn read_some(&mut self, most: u64, on_data: &mut dyn FnMut(&[u8])) -> Result<u64, Problem> {
        let mut left = most;
        while left > 0 {
            let bytes = match self.stream.fill_buf() {
                Ok(bytes) => bytes,
                // Servers that end an encrypted stream without a word are many.
                Err(problem) if most == u64::MAX && problem.kind() == io::ErrorKind::UnexpectedEof => break,
                Err(problem) => return Err(problem_of(&problem)),
            };
            if bytes.is_empty() {
                break;
            }
            let count = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            on_data(bytes.get(..count).unwrap_or_default());
            self.stream.consume(count);
            left -= u64::try_from(count).unwrap_or_default();
        }
        Ok(most - left)
    }

    fn read_exactly(&mut self, length: u64, on_data: &mut dyn FnMut(&[u8])) -> Result<(), Problem> {
        if self.read_some(length, on_data)? == length {
            return Ok(());
        }
        Err(Problem::Broken("the server has closed the connection in the middle of its answer".to_owned()))
    }

    fn line(&mut self) -> Result<String, Problem> {
        let mut bytes = Vec::new();
        let read = (&mut self.stream).take(MOST_LINE).read_until(b'\n', &mut bytes);
        read.map_err(|problem| problem_of(&problem))?;
        if bytes.pop() != Some(b'\n') {
            return Err(Problem::Broken("a part of its answer is cut off".to_owned()));
        }
        Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
    }

    fn read_chunks(&mut self, on_data: &mut dyn FnMut(&[u8])) -> Result<(), Problem> {
        loop {
            let line = self.line()?;
            let digits = line.split(';').next().unwrap_or_default().trim();
            let length = u64::from_str_radix(digits, 16)
                .map_err(|_| Problem::Broken("the length of a part of its answer is no number".to_owned()))?;
            if length == 0 {
                break;
            }
            self.read_exactly(length, on_data)?;
            if !self.line()?.is_empty() {
                return Err(Problem::Broken("a part of its answer is longer than it says".to_owned()));
            }
        }
        // Names may follow the body; none of them matters.
        for _ in 0..MOST_NAMES {
            if self.line()?.is_empty() {
                return Ok(());
            }
        }
        Err(Problem::Broken("its answer does not end".to_owned()))
    }
}

fn ends_head(bytes: &[u8]) -> bool {
    bytes.ends_with(b"\r\n\r\n") || bytes.ends_with(b"\n\n")
}

fn parse_head(bytes: &[u8]) -> Option<Head> {
    let mut names = vec![httparse::EMPTY_HEADER; MOST_NAMES];
    let mut response = httparse::Response::new(&mut names);
    let mut config = httparse::ParserConfig::default();
    config
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true);
    if !config.parse_response(&mut response, bytes).ok()?.is_complete() {
        return None;
    }
    let text = |bytes: &[u8]| bytes.iter().map(|byte| char::from(*byte)).collect::<String>();
    let value = |bytes: &[u8]| std::str::from_utf8(bytes).map_or_else(|_| text(bytes), str::to_owned);
    Some(Head {
        status: response.code?,
        reason: response.reason.unwrap_or_default().to_owned(),
        version: if response.version == Some(0) { "HTTP/1.0" } else { "HTTP/1.1" },
        headers: response
            .headers
            .iter()
            .map(|header| (header.name.to_owned(), value(header.value).trim().to_owned()))
            .collect(),
    })
}
