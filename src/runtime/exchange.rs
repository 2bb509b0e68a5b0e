//! One request of a web client and the reply to it, as the code of the language sees them.
//!
//! The server fills a [`Request`] before the process begins; commands and handlers fill the [`Exchange`]; what is left
//! in it when the code has ended is the reply. Only data that is sent in pieces leaves earlier, through an [`Outlet`].

use std::sync::Arc;

use crate::runtime::process::Process;

/// No more fields of a form are read: a request cannot fill the memory with empty names.
const MOST_FIELDS: usize = 10_000;

/// A request as it came, its body complete.
#[derive(Debug, Default)]
pub struct Request {
    /// `GET`
    pub verb: String,
    /// What stands behind the address: `/a/b?c=d`, as it was sent.
    pub target: String,
    /// `HTTP/1.1`
    pub version: String,
    /// Names, as they were sent, and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The client's address.
    pub client: String,
    /// The address at which it was received.
    pub server: String,
    /// It came through TLS.
    pub is_secure: bool,
}

/// One part of a body of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The name of the field.
    pub name: String,
    /// Its kind, when the client says it.
    pub mime_type: String,
    /// The name of the file that was sent.
    pub file_name: String,
    /// What it holds.
    pub content: Vec<u8>,
}

impl Request {
    /// The path, as it was sent.
    pub fn path(&self) -> &str {
        self.target.split(['?', '#']).next().unwrap_or_default()
    }

    /// What stands behind the question mark, as it was sent.
    pub fn query(&self) -> &str {
        let target = self.target.split('#').next().unwrap_or_default();
        target.split_once('?').map_or("", |(_, query)| query)
    }

    /// The value of a header; several of one name are joined by commas. The case of the name does not matter.
    pub fn header(&self, name: &str) -> Option<String> {
        let mut values = self.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
        let first = values.next()?.1.clone();
        Some(values.fold(first, |joined, (_, value)| joined + ", " + value))
    }

    /// The first line and the headers, as they stand before a body.
    pub fn head(&self) -> String {
        let mut text = format!("{} {} {}\r\n", self.verb, self.target, self.version);
        for (name, value) in &self.headers {
            text.push_str(name);
            text.push_str(": ");
            text.push_str(value);
            text.push_str("\r\n");
        }
        text
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The fields of the address and of a form in the body, in order.
    pub fn variables(&self) -> Vec<(String, String)> {
        let mut fields = form_fields(self.query());
        let kind = self.header("content-type").unwrap_or_default().to_ascii_lowercase();
        if kind.starts_with("application/x-www-form-urlencoded") {
            fields.extend(form_fields(&self.text()));
        } else if kind.starts_with("multipart/form-data") {
            let text = |part: Part| (part.name, String::from_utf8_lossy(&part.content).into_owned());
            fields.extend(self.parts().into_iter().map(text));
        }
        fields.truncate(MOST_FIELDS);
        fields
    }

    /// The parts of a body of several; none when it is of another kind.
    pub fn parts(&self) -> Vec<Part> {
        let kind = self.header("content-type").unwrap_or_default();
        if !kind.to_ascii_lowercase().starts_with("multipart/") {
            return Vec::new();
        }
        parameter(&kind, "boundary").map_or_else(Vec::new, |boundary| split_parts(&self.body, &boundary))
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case("cookie"));
        cookies
            .flat_map(|(_, value)| value.split(';'))
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| key.trim() == name)
            .map(|(_, value)| value.trim().trim_matches('"').to_owned())
    }

    /// User and password of the `Basic` scheme.
    pub fn credentials(&self) -> Option<(String, String)> {
        use base64::Engine as _;
        let header = self.header("authorization")?;
        let (scheme, coded) = header.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("basic") {
            return None;
        }
        let bytes = base64::engine::general_purpose::STANDARD.decode(coded.trim()).ok()?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        text.split_once(':').map(|(user, password)| (user.to_owned(), password.to_owned()))
    }

    /// Whether the request itself holds the beginning of a 4D tag: then what a method sends back is not run as a
    /// template, because a visitor's text would become code.
    pub fn brings_tags(&self) -> bool {
        let holds = |text: &str| {
            let text = text.to_ascii_lowercase();
            text.contains("<!--#4d") || text.contains("$4d") || text.contains("<!--4d")
        };
        holds(&decoded(&self.target, true))
            || self.headers.iter().any(|(_, value)| holds(&decoded(value, true)))
            || holds(&decoded(&self.text(), true))
    }
}

/// Percent signs and, in forms, plus signs replaced by what they stand for; what is no code stays as it is.
pub fn decoded(text: &str, is_form: bool) -> String {
    let bytes = text.as_bytes();
    let digit = |place: usize| bytes.get(place).and_then(|byte| char::from(*byte).to_digit(16));
    let mut result = Vec::with_capacity(bytes.len());
    let mut place = 0;
    while let Some(byte) = bytes.get(place) {
        match (byte, digit(place + 1), digit(place + 2)) {
            (b'%', Some(high), Some(low)) => {
                result.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                place += 2;
            }
            (b'+', ..) if is_form => result.push(b' '),
            _ => result.push(*byte),
        }
        place += 1;
    }
    String::from_utf8(result).unwrap_or_else(|raw| raw.into_bytes().iter().map(|b| char::from(*b)).collect())
}

/// The fields of `a=1&b=2`.
pub fn form_fields(text: &str) -> Vec<(String, String)> {
    let fields = text.split('&').filter(|field| !field.is_empty()).take(MOST_FIELDS);
    fields
        .map(|field| {
            let (name, value) = field.split_once('=').unwrap_or((field, ""));
            (decoded(name, true), decoded(value, true))
        })
        .collect()
}

/// A parameter behind the value of a header: `boundary` of `multipart/form-data; boundary=x`.
fn parameter(header: &str, name: &str) -> Option<String> {
    header.split(';').skip(1).find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn find(bytes: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    memchr::memmem::find(bytes.get(from..)?, wanted).map(|place| place + from)
}

/// Takes a body apart at its boundary. What does not follow the rules ends the parts.
fn split_parts(body: &[u8], boundary: &str) -> Vec<Part> {
    let mark = format!("--{boundary}");
    let next = format!("\r\n{mark}");
    let mut parts = Vec::new();
    let Some(mut place) = find(body, mark.as_bytes(), 0).map(|place| place + mark.len()) else {
        return parts;
    };
    while parts.len() < MOST_FIELDS && body.get(place..).is_some_and(|rest| rest.starts_with(b"\r\n")) {
        let Some(head_end) = find(body, b"\r\n\r\n", place) else { break };
        let Some(end) = find(body, next.as_bytes(), head_end + 2) else { break };
        let head = String::from_utf8_lossy(body.get(place..head_end).unwrap_or_default()).into_owned();
        let header = |name: &str| {
            head.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            })
        };
        let disposition = header("content-disposition").unwrap_or_default();
        parts.push(Part {
            name: parameter(&disposition, "name").unwrap_or_default(),
            file_name: parameter(&disposition, "filename").unwrap_or_default(),
            mime_type: header("content-type").unwrap_or_default(),
            content: body.get(head_end + 4..end).unwrap_or_default().to_vec(),
        });
        place = end + next.len();
    }
    parts
}

/// A reply, ready to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// 200
    pub status: u16,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// A reply with a body of a kind.
    pub fn new(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type".to_owned(), kind.to_owned())];
        Self { status, headers, body: body.into() }
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Gives a header a value; cookies are added, other headers replaced.
    pub fn set_header(&mut self, name: &str, value: &str) {
        if !name.eq_ignore_ascii_case("set-cookie") {
            self.headers.retain(|(key, _)| !key.eq_ignore_ascii_case(name));
        }
        self.headers.push((name.to_owned(), value.to_owned()));
    }
}

/// The way to a client whose reply is sent in pieces.
pub trait Outlet: Send {
    /// Sends status and headers; the body follows in pieces.
    fn begin(&self, head: Reply) -> bool;
    /// Sends a piece; false when the client is gone.
    fn send(&self, piece: Vec<u8>) -> bool;
}

/// What the code of a request has made so far.
pub struct Exchange {
    /// The request.
    pub request: Arc<Request>,
    /// The status that was asked for.
    pub status: Option<u16>,
    /// Headers that were set.
    pub headers: Vec<(String, String)>,
    /// The data that was sent first, and its kind; a browser gets no more than that.
    pub content: Option<(String, Vec<u8>)>,
    /// Where the client is sent instead.
    pub redirect: Option<String>,
    /// Raw data that brings its own status and headers.
    pub raw: Option<Reply>,
    /// The way out for pieces.
    pub outlet: Option<Box<dyn Outlet>>,
    /// Pieces are being sent.
    pub is_streaming: bool,
    /// The request holds tags, so that no text sent back is run as a template.
    pub brings_tags: bool,
}

impl Exchange {
    /// The exchange of a request to which nothing was answered yet.
    pub fn new(request: Arc<Request>, outlet: Option<Box<dyn Outlet>>) -> Self {
        let brings_tags = request.brings_tags();
        Self {
            request,
            status: None,
            headers: Vec::new(),
            content: None,
            redirect: None,
            raw: None,
            outlet,
            is_streaming: false,
            brings_tags,
        }
    }

    /// Keeps data to be sent, unless some was sent already.
    pub fn send(&mut self, kind: &str, body: Vec<u8>) {
        if self.content.is_none() && self.raw.is_none() {
            self.content = Some((kind.to_owned(), body));
        }
    }

    /// Whether anything was answered.
    pub fn has_answered(&self) -> bool {
        self.content.is_some() || self.redirect.is_some() || self.raw.is_some() || self.is_streaming
    }

    /// The reply as it stands.
    pub fn reply(&mut self) -> Reply {
        let mut reply = match (self.redirect.take(), self.raw.take(), self.content.take()) {
            (Some(url), ..) => {
                Reply { status: 302, headers: vec![("Location".to_owned(), url)], body: Vec::new() }
            }
            (None, Some(raw), _) => raw,
            (None, None, Some((kind, body))) if kind.is_empty() => {
                Reply { status: 200, headers: Vec::new(), body }
            }
            (None, None, Some((kind, body))) => Reply::new(200, &kind, body),
            (None, None, None) => Reply { status: 200, ..Reply::default() },
        };
        for (name, value) in std::mem::take(&mut self.headers) {
            reply.set_header(&name, &value);
        }
        reply.status = self.status.unwrap_or(reply.status);
        reply
    }
}

/// The exchange of a process; none when it serves no request.
#[derive(Default)]
pub struct Current(pub Option<Exchange>);

impl Process {
    /// The request that this process serves, and the reply to it.
    pub fn exchange(&mut self) -> Option<&mut Exchange> {
        self.state::<Current>().0.as_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(target: &str, headers: &[(&str, &str)], body: &str) -> Request {
        Request {
            verb: "POST".to_owned(),
            target: target.to_owned(),
            version: "HTTP/1.1".to_owned(),
            headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            body: body.as_bytes().to_vec(),
            ..Request::default()
        }
    }

    #[test]
    fn fields_come_from_the_address_and_from_the_form() {
        let kind = [("Content-Type", "application/x-www-form-urlencoded")];
        let fields = request("/a?x=1+2&y", &kind, "z=%C3%A9&=3").variables();
        let expected = [("x", "1 2"), ("y", ""), ("z", "é"), ("", "3")];
        assert_eq!(fields, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn percent_signs_that_are_no_codes_stay() {
        assert_eq!(decoded("100%", false), "100%");
        assert_eq!(decoded("%zz%4", false), "%zz%4");
        assert_eq!(decoded("%2e%2E%2f", false), "../");
        assert_eq!(decoded("%ff", false), "\u{ff}");
    }

    #[test]
    fn a_body_of_parts_is_taken_apart() {
        let body = "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--XX\r\n\
                    Content-Disposition: form-data; name=\"f\"; filename=\"t.txt\"\r\nContent-Type: text/plain\r\n\r\n\
                    two\r\nlines\r\n--XX--\r\n";
        let parts = request("/", &[("Content-Type", "multipart/form-data; boundary=XX")], body).parts();
        assert_eq!(parts.len(), 2);
        assert_eq!((parts[0].name.as_str(), parts[0].content.as_slice()), ("a", b"one".as_slice()));
        assert_eq!((parts[1].file_name.as_str(), parts[1].mime_type.as_str()), ("t.txt", "text/plain"));
        assert_eq!(parts[1].content, b"two\r\nlines");
        for broken in ["", "--XX", "--XX\r\n", "--XX\r\nA: b\r\n\r\nno end"] {
            assert!(request("/", &[("Content-Type", "multipart/x; boundary=XX")], broken).parts().is_empty());
        }
    }

    #[test]
    fn cookies_and_credentials_are_read() {
        let request = request(
            "/",
            &[("Cookie", "a=1; 4DSID_x=\"AB\" ;broken"), ("Authorization", "Basic QWRhOmE6Yg==")],
            "",
        );
        assert_eq!(request.cookie("4DSID_x").as_deref(), Some("AB"));
        assert_eq!(request.cookie("b"), None);
        assert_eq!(request.credentials(), Some(("Ada".to_owned(), "a:b".to_owned())));
    }

    #[test]
    fn a_redirection_prevails_and_the_first_data_counts() {
        let mut exchange = Exchange::new(Arc::new(request("/", &[], "")), None);
        exchange.send("text/plain", b"one".to_vec());
        exchange.send("text/plain", b"two".to_vec());
        exchange.redirect = Some("/there".to_owned());
        let reply = exchange.reply();
        assert_eq!((reply.status, reply.header("location"), reply.body.len()), (302, Some("/there"), 0));
    }

    #[test]
    fn tags_of_a_visitor_are_noticed_however_they_are_written() {
        assert!(request("/?a=%3C!--%234DEVAL", &[], "").brings_tags());
        assert!(request("/", &[], "x=<!--#4dtext a-->").brings_tags());
        assert!(!request("/4DACTION/x", &[], "").brings_tags());
    }
}
