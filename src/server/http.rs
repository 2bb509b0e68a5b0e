//! From sockets to requests and back: connections, bounds of what a client may send, replies.
//!
//! A client may be slow, may stop in the middle, may send too much or nonsense: each of these ends his connection by a
//! bound of its own and costs no process anything, because a request reaches a process only when it is complete.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body as _, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{HeaderMap, Response, StatusCode, Version};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, mpsc, oneshot, watch};
use tokio::time::{Sleep, sleep, timeout};
use tokio_rustls::TlsAcceptor;

use crate::runtime::exchange::{Current, Exchange, Outlet, Reply, Request};
use crate::runtime::pool::Refusal;
use crate::runtime::process::Process;
use crate::runtime::process_table::{Kind, Start, lock};
use crate::runtime::session::{Session, moment};
use crate::runtime::web_digest;
use crate::runtime::web_folder::{Place, find};
use crate::server::files::{complete, error_page, file};
use crate::server::handlers::{Answer, Route, route, run};
use crate::server::web_session::Visit;
use crate::server::weblog::Connection;
use crate::server::{Scheme, Site, files, remote, rules};

/// The head of a request must be there after this time, and the connection may be idle for it.
const HEAD_TIME: Duration = Duration::from_secs(15);
/// No head is longer.
const MOST_HEAD: usize = 64 * 1024;
/// No piece of a body may take longer to come, or a client longer to take something.
const SILENCE: Duration = Duration::from_secs(30);
/// No body may take longer as a whole.
const BODY_TIME: Duration = Duration::from_secs(300);
/// Pieces of a reply that wait for a slow client; then the process waits.
const PIECES: usize = 16;

/// Accepts connections until the server is stopped.
pub async fn listen(
    listener: TcpListener,
    acceptor: Option<TlsAcceptor>,
    site: Arc<Site>,
    connections: Arc<Semaphore>,
    mut stopped: watch::Receiver<bool>,
) {
    loop {
        let Ok(permit) = Arc::clone(&connections).acquire_owned().await else { return };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.changed() => return,
        };
        let Ok((stream, peer)) = accepted else {
            // No more files can be opened, or the client is gone already.
            sleep(Duration::from_millis(20)).await;
            continue;
        };
        _ = stream.set_nodelay(true);
        let local = stream.local_addr().unwrap_or(peer);
        let (site, acceptor, stopped) = (Arc::clone(&site), acceptor.clone(), stopped.clone());
        tokio::spawn(async move {
            let stream = Patient::new(stream);
            match acceptor {
                Some(acceptor) => {
                    if let Ok(Ok(stream)) = timeout(HEAD_TIME, acceptor.accept(stream)).await {
                        converse(stream, site, peer, local, stopped).await;
                    }
                }
                None => converse(stream, site, peer, local, stopped).await,
            }
            drop(permit);
        });
    }
}

/// Answers the requests of one connection.
async fn converse<S>(
    stream: S,
    site: Arc<Site>,
    peer: SocketAddr,
    local: SocketAddr,
    mut stopped: watch::Receiver<bool>,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let from = Arc::new(Connection::new(site.runtime.host.random_uuid(), peer));
    let service = service_fn(move |request| {
        let (site, from) = (Arc::clone(&site), Arc::clone(&from));
        async move { Ok::<_, Infallible>(answer(site, request, &from, (peer, local)).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(MOST_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    tokio::pin!(connection);
    let is_stopped = tokio::select! {
        // What goes wrong in a connection is the client's affair, who is gone.
        _ = connection.as_mut() => false,
        _ = stopped.changed() => true,
    };
    if is_stopped {
        connection.as_mut().graceful_shutdown();
        _ = connection.await;
    }
}

/// Answers one request.
async fn answer(
    site: Arc<Site>,
    request: hyper::Request<Incoming>,
    from: &Connection,
    (peer, local): (SocketAddr, SocketAddr),
) -> Response<Body> {
    if remote::is_wanted(&request) {
        return remote::upgrade(&site, request, peer);
    }
    site.runtime.web.count_request();
    let (head, body) = request.into_parts();
    // The library reads a little more than its bound when it comes at once.
    let size: usize = head.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if size + head.uri.path().len() > MOST_HEAD {
        return refused(&site, 431);
    }
    let most = usize::try_from(site.settings.number("maxRequestSize")).unwrap_or(usize::MAX);
    let body = match timeout(BODY_TIME, read_body(body, most)).await {
        Ok(Ok(body)) => body,
        Ok(Err(status)) => return refused(&site, status),
        Err(_) => return refused(&site, 408),
    };
    let request = Arc::new(Request {
        verb: head.method.as_str().to_owned(),
        target: head.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
        version: if head.version == Version::HTTP_10 { "HTTP/1.0" } else { "HTTP/1.1" }.to_owned(),
        headers: headers_of(&head.headers),
        body,
        client: peer.ip().to_canonical().to_string(),
        server: local.ip().to_canonical().to_string(),
        is_secure: site.is_secure,
    });
    let rules = rules::of(&site.rules, &request);
    let mut sent = match rules::instead(&rules, &site.root) {
        Some(reply) => Sent::whole(reply),
        None => reply_to(&site, &request).await,
    };
    rules::apply(&rules, &mut sent.reply);
    let now = (site.runtime.host.now(), site.runtime.host.elapsed());
    site.log.record(from, now, &request, &sent.reply, user_of(&site, &request).as_deref());
    response(sent)
}

/// The name that a request gives in the scheme of the server, for the log.
fn user_of(site: &Site, request: &Request) -> Option<String> {
    match site.scheme {
        Scheme::Custom => None,
        Scheme::Basic => request.credentials().map(|(user, _)| user),
        Scheme::Digest => web_digest::Answer::of(request).map(|answer| answer.user),
    }
}

/// The reply to a request that is not decided by a rule.
async fn reply_to(site: &Arc<Site>, request: &Arc<Request>) -> Sent {
    match cross_origin(site, request) {
        Origin::Refused => Sent::whole(error_page(&site.root, 403)),
        Origin::Answered(reply) => Sent::whole(reply),
        Origin::Same | Origin::Allowed(_) if request.verb == "TRACE" => Sent::whole(trace(site, request)),
        Origin::Same => dispatch(site, request).await,
        Origin::Allowed(origin) => {
            let mut sent = dispatch(site, request).await;
            sent.reply.set_header("Access-Control-Allow-Origin", &origin);
            sent.reply.set_header("Access-Control-Allow-Credentials", "true");
            sent
        }
    }
}

fn refused(site: &Site, status: u16) -> Response<Body> {
    let mut reply = error_page(&site.root, status);
    // What is left of the body is not read, so the connection cannot go on.
    reply.set_header("Connection", "close");
    response(Sent::whole(reply))
}

/// What is sent: a reply, or its head and the pieces that follow.
struct Sent {
    reply: Reply,
    pieces: Option<mpsc::Receiver<Bytes>>,
}

impl Sent {
    fn whole(reply: Reply) -> Self {
        Self { reply, pieces: None }
    }
}

fn headers_of(map: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| {
        let bytes = value.as_bytes();
        std::str::from_utf8(bytes)
            .map_or_else(|_| bytes.iter().map(|b| char::from(*b)).collect(), str::to_owned)
    };
    map.iter().map(|(name, value)| (capitalized(name.as_str()), text(value))).collect()
}

/// The usual spelling of a header's name, which the library gives in small letters.
fn capitalized(name: &str) -> String {
    let mut is_first = true;
    let sign = |sign: char| {
        let shown = if is_first { sign.to_ascii_uppercase() } else { sign };
        is_first = sign == '-';
        shown
    };
    name.chars().map(sign).collect()
}

/// The body of a request, or the status with which it is refused.
async fn read_body(mut body: Incoming, most: usize) -> Result<Vec<u8>, u16> {
    if body.size_hint().lower() > u64::try_from(most).unwrap_or(u64::MAX) {
        return Err(413);
    }
    let mut bytes = Vec::new();
    loop {
        let next = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context));
        match timeout(SILENCE, next).await {
            Err(_) => return Err(408),
            Ok(None) => return Ok(bytes),
            Ok(Some(Err(_))) => return Err(400),
            Ok(Some(Ok(frame))) => {
                let Ok(data) = frame.into_data() else { continue };
                if bytes.len() + data.len() > most {
                    return Err(413);
                }
                bytes.extend_from_slice(&data);
            }
        }
    }
}

// ---- other hosts ----

/// What another host's page may do.
enum Origin {
    /// The request comes from nowhere else, or nobody asks.
    Same,
    /// Its pages may do this.
    Allowed(String),
    /// They may not.
    Refused,
    /// It only asked whether they may.
    Answered(Reply),
}

fn cross_origin(site: &Site, request: &Request) -> Origin {
    let Some(origin) = request.header("origin").filter(|_| site.settings.is_on("CORSEnabled")) else {
        return Origin::Same;
    };
    let asked = request.header("access-control-request-method").filter(|_| request.verb == "OPTIONS");
    let verb = asked.clone().unwrap_or_else(|| request.verb.clone());
    let rules = site.settings.get("CORSSettings").as_array().cloned().unwrap_or_default();
    let is_allowed = rules.iter().any(|rule| {
        let text = |name: &str| rule.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
        let verbs = text("methods");
        let takes_verb =
            verbs.is_empty() || verbs.split(';').any(|other| other.trim().eq_ignore_ascii_case(&verb));
        takes_verb && is_host(text("host"), &origin)
    });
    if !is_allowed {
        return Origin::Refused;
    }
    if asked.is_none() {
        return Origin::Allowed(origin);
    }
    let mut reply = Reply { status: 204, ..Reply::default() };
    reply.set_header("Access-Control-Allow-Origin", &origin);
    reply.set_header("Access-Control-Allow-Credentials", "true");
    reply.set_header("Access-Control-Allow-Methods", &verb);
    if let Some(headers) = request.header("access-control-request-headers") {
        reply.set_header("Access-Control-Allow-Headers", &headers);
    }
    Origin::Answered(reply)
}

/// Whether an origin is the host of a rule, in which stars stand for anything; scheme and port count when it has them.
fn is_host(rule: &str, origin: &str) -> bool {
    if rule.is_empty() {
        return false;
    }
    let (_, address) = origin.split_once("://").unwrap_or(("", origin));
    let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
    let rule = rule.to_ascii_lowercase();
    [origin, address, host].iter().any(|form| fits(&rule, &form.to_ascii_lowercase()))
}

fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let others: Vec<&str> = parts.collect();
    let Some((last, middle)) = others.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(place) => rest = rest.get(place + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}

fn trace(site: &Site, request: &Request) -> Reply {
    if !site.settings.is_on("HTTPTrace") {
        return error_page(&site.root, 405);
    }
    let mut body = request.head().into_bytes();
    body.extend_from_slice(b"\r\n");
    body.extend_from_slice(&request.body);
    Reply::new(200, "message/http", body)
}

// ---- answering ----

/// Sends a request where it goes.
async fn dispatch(site: &Arc<Site>, request: &Arc<Request>) -> Sent {
    let found = {
        let (site, request) = (Arc::clone(site), Arc::clone(request));
        // Looking for files may wait for a disk.
        tokio::task::spawn_blocking(move || quick(&site, &request)).await
    };
    match found {
        Ok(Found::Reply(reply)) => Sent::whole(reply),
        Ok(Found::Code(route)) => call(site, request, route).await,
        Err(_) => Sent::whole(error_page(&site.root, 500)),
    }
}

/// What needs no code, or where the code is.
enum Found {
    Reply(Reply),
    Code(Route),
}

fn quick(site: &Site, request: &Request) -> Found {
    let wants_file = request.verb == "GET" || request.verb == "HEAD";
    let done = |reply| Found::Reply(complete(&site.settings, request, site.is_secure, reply));
    match route(site, request) {
        Route::File(path) if wants_file => {
            site.runtime.web.count_page(request.path());
            done(file(site, &path, request))
        }
        // What is sent to a file is a matter for code.
        Route::File(_) => Found::Code(Route::Connection),
        Route::Outside => done(error_page(&site.root, 404)),
        Route::WrongVerb => done(error_page(&site.root, 405)),
        Route::NotBuilt => done(no_rest()),
        Route::Connection if wants_file && request.path().trim_matches('/').is_empty() => {
            match find(&site.root, &home_page(site, request)) {
                Place::File(path) if crate::runtime::web_folder::is_template(&path) => {
                    Found::Code(Route::Template(path))
                }
                Place::File(path) => done(file(site, &path, request)),
                Place::Nothing | Place::Outside => Found::Code(Route::Connection),
            }
        }
        code @ (Route::Handler(_) | Route::Action(..) | Route::Template(_) | Route::Connection) => {
            Found::Code(code)
        }
    }
}

/// What is said to who asks for data: 4D answers such requests from a database, and there is none.
fn no_rest() -> Reply {
    let error = serde_json::json!({"__ERROR": [{
        "message": "REST needs a database, and Quatre has none: write a request handler (HTTPHandlers.json) instead",
        "componentSignature": "quatre",
        "errCode": 9003,
    }]});
    Reply::new(501, "application/json;charset=UTF-8", error.to_string())
}

/// The page that a client sees first.
fn home_page(site: &Site, request: &Request) -> String {
    let cookie = request.cookie(&site.settings.text("sessionCookieName"));
    let now = site.runtime.host.now();
    let session = cookie.and_then(|cookie| site.runtime.sessions.by_cookie(&cookie, now));
    let own = session.map(|session| session.home_page()).unwrap_or_default();
    if own.is_empty() { site.settings.text("defaultHomepage") } else { own }
}

/// The channel of an answer: the process sends one, through whichever of its ends.
type Way = Arc<Mutex<Option<oneshot::Sender<Sent>>>>;

/// What the process of a request needs besides it.
struct Errand {
    site: Arc<Site>,
    request: Arc<Request>,
    visit: Visit,
    way: Way,
}

impl Errand {
    fn send(&self, sent: Sent) -> bool {
        let sender = lock(&self.way).take();
        sender.is_some_and(|sender| sender.send(sent).is_ok())
    }

    fn with_cookie(&self, mut reply: Reply, session: Option<&Arc<Session>>) -> Reply {
        if let Some(cookie) = self.visit.cookie(&self.site, session) {
            reply.set_header("Set-Cookie", &cookie);
            if reply.header("cache-control").is_none() {
                // What carries a cookie must not be kept for others.
                reply.set_header("Cache-Control", "private, no-cache");
            }
        }
        reply
    }
}

/// Runs the code of a request in a process of its own and waits for what it answers.
async fn call(site: &Arc<Site>, request: &Arc<Request>, route: Route) -> Sent {
    let visit = if site.runtime.sessions.is_shared() {
        // The store of the sessions may take its time.
        let (site, request) = (Arc::clone(site), Arc::clone(request));
        tokio::task::spawn_blocking(move || Visit::begin(&site, &request)).await.ok().flatten()
    } else {
        Visit::begin(site, request)
    };
    let Some(visit) = visit else { return Sent::whole(error_page(&site.root, 503)) };
    let (sender, receiver) = oneshot::channel();
    let start = Start {
        name: "Web Process".to_owned(),
        kind: Kind::Web,
        session: visit.session.clone(),
        created: moment(site.runtime.host.now()),
        now: site.runtime.host.elapsed(),
    };
    let errand = Arc::new(Errand {
        site: Arc::clone(site),
        request: Arc::clone(request),
        visit,
        way: Arc::new(Mutex::new(Some(sender))),
    });
    let work = Box::new(move |process: &mut Process| serve(process, &errand, &route));
    match site.pool.submit(start, work) {
        Ok(()) => {}
        Err(Refusal::Full | Refusal::Closing) => return Sent::whole(error_page(&site.root, 503)),
    }
    // The process ends without an answer only by a defect.
    receiver.await.unwrap_or_else(|_| Sent::whole(error_page(&site.root, 500)))
}

/// What the process of a request does.
fn serve(process: &mut Process, errand: &Arc<Errand>, route: &Route) {
    let outlet =
        Pieces { errand: Arc::clone(errand), session: process.entry.session(), sender: Mutex::default() };
    let exchange = Exchange::new(Arc::clone(&errand.request), Some(Box::new(outlet)));
    process.state::<Current>().0 = Some(exchange);
    let site = &errand.site;
    let answer = run(process, site, &errand.request, route);
    let exchange = process.state::<Current>().0.take();
    let reply = match (answer, exchange) {
        (_, Some(exchange)) if exchange.is_streaming => return,
        (Answer::Reply(reply), _) => reply,
        (Answer::Exchange, Some(mut exchange)) => exchange.reply(),
        (Answer::Exchange, None) => error_page(&site.root, 500),
        (Answer::Status(status), _) => error_page(&site.root, status),
    };
    let is_bare_error = reply.status >= 400 && reply.body.is_empty();
    let reply = if is_bare_error {
        let page = error_page(&site.root, reply.status);
        Reply { headers: [page.headers, reply.headers].concat(), ..page }
    } else {
        reply
    };
    let reply = errand.with_cookie(reply, process.entry.session().as_ref());
    errand.send(Sent::whole(files::complete(&site.settings, &errand.request, site.is_secure, reply)));
}

/// The way out for a reply in pieces.
struct Pieces {
    errand: Arc<Errand>,
    session: Option<Arc<Session>>,
    sender: Mutex<Option<mpsc::Sender<Bytes>>>,
}

impl Outlet for Pieces {
    fn begin(&self, head: Reply) -> bool {
        let (sender, receiver) = mpsc::channel(PIECES);
        *lock(&self.sender) = Some(sender);
        let head = self.errand.with_cookie(head, self.session.as_ref());
        self.errand.send(Sent { reply: head, pieces: Some(receiver) })
    }

    fn send(&self, piece: Vec<u8>) -> bool {
        let sender = lock(&self.sender).clone();
        sender.is_some_and(|sender| sender.blocking_send(Bytes::from(piece)).is_ok())
    }
}

// ---- sending ----

/// Headers that the library writes itself.
const OWN_HEADERS: &[&str] = &["content-length", "transfer-encoding", "date"];

fn response(sent: Sent) -> Response<Body> {
    let Sent { reply, pieces } = sent;
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let is_empty =
        status == StatusCode::NO_CONTENT || status == StatusCode::NOT_MODIFIED || status.is_informational();
    let body = match pieces {
        Some(receiver) => Body::Pieces(receiver),
        None if is_empty => Body::Whole(None),
        None => Body::Whole(Some(Bytes::from(reply.body))),
    };
    let mut response = Response::new(body);
    // A status below 200 would be no answer at all.
    *response.status_mut() =
        if status.is_informational() { StatusCode::INTERNAL_SERVER_ERROR } else { status };
    for (name, value) in &reply.headers {
        // What cannot stand in a header, such as the end of a line, is not sent.
        let name = HeaderName::from_bytes(name.as_bytes());
        let value = HeaderValue::from_bytes(value.as_bytes());
        if let (Ok(name), Ok(value)) = (name, value)
            && !OWN_HEADERS.contains(&name.as_str())
        {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// The body of a reply.
pub enum Body {
    /// All at once, or nothing more.
    Whole(Option<Bytes>),
    /// In pieces, as a process makes them.
    Pieces(mpsc::Receiver<Bytes>),
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match &mut *self {
            Self::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Pieces(receiver) => {
                receiver.poll_recv(context).map(|piece| piece.map(|bytes| Ok(Frame::data(bytes))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => {
                let size = bytes.as_ref().map_or(0, Bytes::len);
                SizeHint::with_exact(u64::try_from(size).unwrap_or(u64::MAX))
            }
            Self::Pieces(_) => SizeHint::default(),
        }
    }
}

/// A stream whose client must take what is sent to it within a time.
struct Patient<S> {
    stream: S,
    patience: Option<Pin<Box<Sleep>>>,
}

impl<S> Patient<S> {
    fn new(stream: S) -> Self {
        Self { stream, patience: None }
    }

    /// Turns a wait that lasts too long into an error.
    fn bounded<T>(&mut self, context: &mut Context<'_>, result: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if result.is_ready() {
            self.patience = None;
            return result;
        }
        let patience = self.patience.get_or_insert_with(|| Box::pin(sleep(SILENCE)));
        if patience.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Poll::Pending
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut tokio::io::ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.bounded(context, result)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.stream).poll_flush(context);
        self.bounded(context, result)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.stream).poll_shutdown(context);
        self.bounded(context, result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_rules_may_hold_stars() {
        for rule in [
            "*",
            "192.168.*",
            "192.168.5.17",
            "192.168.5.17:8081",
            "http://192.168.5.17:8081",
            "192.168.*:8081",
        ] {
            assert!(is_host(rule, "http://192.168.5.17:8081"), "{rule}");
        }
        assert!(is_host("*.myDomain.com", "http://a.mydomain.com"));
        for rule in ["", "192.168.5.18", "*.myDomain.com", "192.168.5.17:80", "https://192.168.5.17:8081"] {
            assert!(!is_host(rule, "http://192.168.5.17:8081"), "{rule}");
        }
        assert!(!is_host("mydomain.com", "http://mydomain.com.evil.org"));
    }

    #[test]
    fn headers_are_spelt_as_usual() {
        assert_eq!(capitalized("user-agent"), "User-Agent");
        assert_eq!(capitalized("x"), "X");
    }
}
