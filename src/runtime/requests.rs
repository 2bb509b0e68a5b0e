//! What a request of a program becomes: redirections followed, users authenticated, contents unpacked.

use std::io::Write as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use sha2::{Digest as _, Sha256};

use crate::runtime::sandbox::web::pool::Pool;
use crate::runtime::sandbox::web::tls::Security;
use crate::runtime::sandbox::web::url::Url;
use crate::runtime::sandbox::web::{Head, Patience, Problem, Request};
use crate::value::error::Error;

/// A body that is unpacked may not grow larger than a BLOB.
const MOST_BYTES: usize = i32::MAX as usize;

/// How a user is authenticated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// As the server asks.
    #[default]
    Auto,
    /// By name and password.
    Basic,
    /// By a digest of the password and what the server says.
    Digest,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The name.
    pub name: String,
    /// The password.
    pub password: String,
    /// How the server is told.
    pub method: Method,
}

/// All that belongs to a request.
#[derive(Clone)]
pub struct Order {
    /// Where to.
    pub url: Url,
    /// What is sent.
    pub request: Request,
    /// How many redirections are followed.
    pub redirections: usize,
    /// Who asks.
    pub user: Option<User>,
    /// How the connection is secured.
    pub security: Security,
    /// The connections that may be used again.
    pub pool: Arc<Pool>,
    /// A number that nobody can foresee, for digests.
    pub chance: u64,
}

/// What a server said that asks for another request.
enum Next {
    Redirect(Url),
    Authenticate(String),
}

impl Order {
    /// Sends the request and reads the answer. The callbacks are told of the last answer only.
    ///
    /// # Errors
    /// There is no answer.
    pub fn perform(
        &self,
        patience: &Patience,
        on_head: &mut dyn FnMut(&Head),
        on_data: &mut dyn FnMut(&[u8]),
    ) -> Result<Head, Problem> {
        let mut url = self.url.clone();
        let mut request = self.request.clone();
        let mut left = self.redirections;
        let mut asked = false;
        if let Some(user) = self.user.as_ref().filter(|user| user.method == Method::Basic) {
            authorize(&mut request, basic(user));
            asked = true;
        }
        loop {
            let next = std::cell::RefCell::new(None);
            let mut told = |head: &Head| {
                let found = self.next(head, &url, &request, left, asked);
                if found.is_none() {
                    on_head(head);
                }
                *next.borrow_mut() = found;
            };
            let mut data = |bytes: &[u8]| {
                if next.borrow().is_none() {
                    on_data(bytes);
                }
            };
            let head = self.pool.exchange(&url, &self.security, &request, patience, &mut told, &mut data)?;
            match next.into_inner() {
                None => return Ok(head),
                Some(Next::Authenticate(line)) => {
                    asked = true;
                    authorize(&mut request, line);
                }
                Some(Next::Redirect(to)) => {
                    left -= 1;
                    redirect(&mut request, head.status);
                    if !to.is_same_server(&url) {
                        // A password is for one server.
                        request.headers.retain(|(name, _)| !is_secret(name));
                        asked = true;
                    }
                    request.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("host"));
                    url = to;
                }
            }
        }
    }

    fn next(&self, head: &Head, url: &Url, request: &Request, left: usize, asked: bool) -> Option<Next> {
        if matches!(head.status, 301 | 302 | 303 | 307 | 308) && left > 0 {
            return head.header("location").and_then(|place| url.join(place)).map(Next::Redirect);
        }
        if head.status != 401 || asked {
            return None;
        }
        let user = self.user.as_ref()?;
        let mut challenges =
            head.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("www-authenticate"));
        let is = |text: &str, scheme: &str| text.to_ascii_lowercase().starts_with(scheme);
        if user.method != Method::Basic
            && let Some((_, challenge)) = challenges.clone().find(|(_, value)| is(value, "digest"))
        {
            return digest(user, challenge, request, url, self.chance).map(Next::Authenticate);
        }
        let is_basic = challenges.any(|(_, value)| is(value, "basic"));
        (user.method == Method::Auto && is_basic).then(|| Next::Authenticate(basic(user)))
    }
}

fn is_secret(name: &str) -> bool {
    ["authorization", "cookie", "proxy-authorization"].iter().any(|secret| name.eq_ignore_ascii_case(secret))
}

fn authorize(request: &mut Request, line: String) {
    request.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
    request.headers.push(("Authorization".to_owned(), line));
}

/// What a request becomes that is sent elsewhere: unless the server says that it stays the same, it asks only.
fn redirect(request: &mut Request, status: u16) {
    if matches!(status, 307 | 308) || matches!(request.method.as_str(), "GET" | "HEAD") {
        return;
    }
    "GET".clone_into(&mut request.method);
    request.body = None;
    request.headers.retain(|(name, _)| !name.to_ascii_lowercase().starts_with("content-"));
}

fn basic(user: &User) -> String {
    format!("Basic {}", STANDARD.encode(format!("{}:{}", user.name, user.password)))
}

/// The parts `name=value` of what a server asks for.
fn parts(challenge: &str) -> Vec<(String, String)> {
    let mut parts = Vec::new();
    let mut rest = challenge.split_once(' ').map_or("", |(_, rest)| rest);
    while let Some((name, after)) = rest.split_once('=') {
        let name = name.trim_matches([' ', ',', '\t']).to_ascii_lowercase();
        let (value, after) = match after.trim_start().strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_once(',').unwrap_or((after, "")),
        };
        parts.push((name, value.trim().to_owned()));
        rest = after;
    }
    parts
}

/// The answer to a server that asks for a digest (RFC 7616).
fn digest(user: &User, challenge: &str, request: &Request, url: &Url, chance: u64) -> Option<String> {
    let parts = parts(challenge);
    let part = |name: &str| parts.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let (realm, nonce) = (part("realm").unwrap_or_default(), part("nonce")?);
    let algorithm = part("algorithm").unwrap_or("MD5");
    let upper = algorithm.to_ascii_uppercase();
    let hash = |text: String| -> String {
        let bytes = if upper.starts_with("SHA-256") {
            Sha256::digest(text).to_vec()
        } else {
            Md5::digest(text).to_vec()
        };
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    };
    if !matches!(upper.as_str(), "MD5" | "MD5-SESS" | "SHA-256" | "SHA-256-SESS") {
        return None;
    }
    let own = format!("{chance:016x}");
    let mut secret = hash(format!("{}:{realm}:{}", user.name, user.password));
    if upper.ends_with("-SESS") {
        secret = hash(format!("{secret}:{nonce}:{own}"));
    }
    let what = hash(format!("{}:{}", request.method, url.path));
    let quality = part("qop").is_some_and(|all| all.split(',').any(|one| one.trim() == "auth"));
    let answer = if quality {
        hash(format!("{secret}:{nonce}:00000001:{own}:auth:{what}"))
    } else {
        hash(format!("{secret}:{nonce}:{what}"))
    };
    let mut line = format!(
        "Digest username=\"{}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{}\", response=\"{answer}\", algorithm={algorithm}",
        user.name, url.path
    );
    if quality {
        line.push_str(&format!(", qop=auth, nc=00000001, cnonce=\"{own}\""));
    }
    if let Some(opaque) = part("opaque") {
        line.push_str(&format!(", opaque=\"{opaque}\""));
    }
    Some(line)
}

/// Unpacks what a server has packed, as it comes.
pub enum Unpacker {
    /// It is not packed.
    Plain,
    /// `gzip`
    Gzip(Box<flate2::write::GzDecoder<Vec<u8>>>),
    /// `deflate`
    Deflate(Box<flate2::write::ZlibDecoder<Vec<u8>>>),
    /// It is not what it says.
    Broken,
}

impl Unpacker {
    /// For an answer with this head.
    pub fn of(head: &Head) -> Self {
        match head.header("content-encoding").map(str::to_ascii_lowercase).as_deref() {
            Some("gzip" | "x-gzip") => Self::Gzip(Box::new(flate2::write::GzDecoder::new(Vec::new()))),
            Some("deflate") => Self::Deflate(Box::new(flate2::write::ZlibDecoder::new(Vec::new()))),
            Some(_) | None => Self::Plain,
        }
    }

    /// What these bytes give; packed bytes that are damaged give nothing.
    pub fn unpack(&mut self, bytes: &[u8]) -> Vec<u8> {
        let done = match self {
            Self::Plain => return bytes.to_vec(),
            Self::Broken => return Vec::new(),
            Self::Gzip(unpacker) => unpacker
                .write_all(bytes)
                .and_then(|()| unpacker.flush())
                .is_ok()
                .then(|| std::mem::take(unpacker.get_mut())),
            Self::Deflate(unpacker) => unpacker
                .write_all(bytes)
                .and_then(|()| unpacker.flush())
                .is_ok()
                .then(|| std::mem::take(unpacker.get_mut())),
        };
        done.filter(|bytes| bytes.len() < MOST_BYTES).unwrap_or_else(|| {
            *self = Self::Broken;
            Vec::new()
        })
    }
}

/// The error that a problem is for the program.
#[cold]
pub fn error_of(problem: &Problem, url: &Url) -> Error {
    let place = &url.host;
    match problem {
        Problem::Unreachable(why) => Error::quatre(5651, why.clone()),
        Problem::TimedOut => Error::quatre(5652, format!("`{place}` has not answered in time"))
            .help("give the request more time with `timeout`"),
        Problem::Security(why) => Error::quatre(5653, why.clone())
            .help("if you trust the server, pass `validateTLSCertificate: False`"),
        Problem::Broken(why) => Error::quatre(5654, format!("the answer of `{place}` cannot be read: {why}")),
        Problem::Stopped => Error::quatre(5655, "the request was ended by the program"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 2617, section 3.5.
    #[test]
    fn a_digest_is_that_of_the_standard() {
        let user = User { name: "Mufasa".into(), password: "Circle Of Life".into(), method: Method::Digest };
        let challenge = "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";
        let url = Url::parse("http://www.nowhere.org/dir/index.html", false).expect("an address");
        let request = Request { method: "GET".into(), ..Request::default() };
        let line = digest(&user, challenge, &request, &url, 1).expect("an answer");
        // Without `qop`, as RFC 2069 has it (its erratum 749).
        assert!(line.contains("response=\"670fd8c2df070c60b045671b8b24ff02\""), "{line}");
        assert!(line.contains("opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""), "{line}");
    }
}
