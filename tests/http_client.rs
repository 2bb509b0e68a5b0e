//! Requests of programs to a small server of the test: `tests/http/*.4dm`, each with its `.out`. The address of the server
//! is the parameter of the script.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the test looks at the binary and its network from outside"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// A request as the server has read it.
struct Asked {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Asked {
    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }
}

fn read(stream: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut line = String::new();
    stream.read_line(&mut line).ok().filter(|count| *count > 0)?;
    let mut words = line.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim().split_once(':') else { break };
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let mut asked = Asked { method, path, headers, body: Vec::new() };
    let length = asked.header("content-length").parse().unwrap_or(0);
    asked.body = vec![0; length];
    stream.read_exact(&mut asked.body).ok()?;
    Some(asked)
}

/// The answer to a request, as bytes; `None` closes the connection without one.
fn answer(asked: &Asked, count: usize) -> Option<Vec<u8>> {
    let plain = |status: &str, headers: &str, body: &str| {
        let length = body.len();
        Some(format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n{body}").into_bytes())
    };
    let text = "Content-Type: text/plain; charset=utf-8\r\n";
    match asked.path.split('?').next().unwrap_or_default() {
        "/hello" => plain("200 OK", text, "héllo"),
        "/query" => plain("200 OK", text, &asked.path),
        "/json" => plain(
            "200 Very Well",
            "content-TYPE: application/json\r\nX-One: a\r\nx-two: b\r\nX-Two: c\r\n",
            "{\"list\":[1,2],\"n\":null}",
        ),
        "/bytes" => Some(b"HTTP/1.1 200 OK\r\nContent-Type: image/x-none\r\nContent-Length: 3\r\n\r\n\x00\xff\x01".to_vec()),
        "/latin" => Some(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n\xe9t\xe9".to_vec()),
        "/html" => Some(
            b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<meta charset='iso-8859-1'>\xe9".to_vec(),
        ),
        "/gzip" => {
            let packed = {
                let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
                packer.write_all(b"packed text").expect("in memory");
                packer.finish().expect("in memory")
            };
            let head = format!("HTTP/1.1 200 OK\r\n{text}Content-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", packed.len());
            Some([head.into_bytes(), packed].concat())
        }
        "/chunks" => Some(
            format!("HTTP/1.1 200 OK\r\n{text}Transfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n7;x=y\r\n second\r\n0\r\nTrailer: t\r\n\r\n")
                .into_bytes(),
        ),
        "/echo" => {
            let body = String::from_utf8_lossy(&asked.body);
            let kind = asked.header("content-type");
            plain("200 OK", text, &format!("{} [{kind}] {body} {}", asked.method, asked.header("x-mine")))
        }
        "/count" => plain("200 OK", text, &format!("{count} {}", asked.header("connection"))),
        "/agent" => plain("200 OK", text, asked.header("user-agent").split('/').next().unwrap_or_default()),
        "/empty" => plain("204 No Content", "", ""),
        "/missing" => plain("404 Not Found", text, "not here"),
        "/go" => plain("302 Found", "Location: /echo?gone\r\n", "moved"),
        "/keep" => plain("307 Temporary Redirect", "Location: echo\r\n", ""),
        "/round" => plain("301 Moved", "Location: /round\r\n", "again"),
        "/basic" if asked.header("authorization") == "Basic am9objpzbWl0aA==" => plain("200 OK", text, "in"),
        "/basic" => plain("401 Unauthorized", "WWW-Authenticate: Basic realm=\"r\"\r\n", "out"),
        "/digest" if asked.header("authorization").starts_with("Digest username=\"john\"") => {
            plain("200 OK", text, "digested")
        }
        "/digest" => plain(
            "401 Unauthorized",
            "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256\r\n",
            "out",
        ),
        "/slow" => {
            std::thread::sleep(Duration::from_secs(5));
            plain("200 OK", text, "late")
        }
        "/cut" => Some(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort".to_vec()),
        "/rubbish" => Some(b"what is this\r\n\r\n".to_vec()),
        "/close" => None,
        _ => plain("404 Not Found", text, ""),
    }
}

fn serve(stream: TcpStream) {
    let mut stream = BufReader::new(stream);
    let mut count = 0;
    while let Some(asked) = read(&mut stream) {
        count += 1;
        let Some(bytes) = answer(&asked, count) else { return };
        let bytes = if asked.method == "HEAD" {
            let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head") + 4;
            bytes.get(..end).expect("the head is there").to_vec()
        } else {
            bytes
        };
        if stream.get_mut().write_all(&bytes).is_err() {
            return;
        }
        let ends = bytes.starts_with(b"HTTP/1.0") || asked.path == "/cut" || asked.path == "/rubbish";
        if ends || asked.header("connection").eq_ignore_ascii_case("close") {
            return;
        }
    }
}

fn start() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || serve(stream));
        }
    });
    port
}

fn run(case: &str) {
    let port = start();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/http");
    let output = Command::new(env!("CARGO_BIN_EXE_quatre"))
        .current_dir(&folder)
        .args(["run", &format!("{case}.4dm"), "--", &format!("127.0.0.1:{port}")])
        .output()
        .expect("the binary runs");
    let wanted = std::fs::read_to_string(folder.join(format!("{case}.out"))).expect("UTF-8");
    let got = String::from_utf8_lossy(&output.stdout).replace(&port.to_string(), "PORT");
    assert_eq!(got, wanted.replace("\r\n", "\n"), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn requests_of_the_class() {
    run("request");
}

#[test]
fn callbacks_of_requests() {
    run("callbacks");
}

#[test]
fn commands() {
    run("commands");
}

#[test]
fn problems() {
    run("problems");
}
