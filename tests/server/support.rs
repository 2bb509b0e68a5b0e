//! A server under test, and a small HTTP client that can also behave badly.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

pub(crate) const PATIENCE: Duration = Duration::from_secs(25);

/// A server that runs, and what it has said.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) port: u16,
    said: Arc<Mutex<String>>,
}

pub(crate) fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/server/shop")
}

/// A copy of the project with other files in it; it is gone with the value.
pub(crate) struct Copy(pub(crate) PathBuf);

impl Copy {
    /// `files` are paths below the project and what they hold.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        static LAST: AtomicUsize = AtomicUsize::new(0);
        let number = LAST.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("quatre-shop-{}-{number}", std::process::id()));
        copy(&project(), &folder.join("shop"));
        let copy = Self(folder);
        for (name, text) in files {
            let path = copy.project().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        copy
    }

    pub(crate) fn project(&self) -> PathBuf {
        self.0.join("shop")
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        _ = std::fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(&path, &to).expect("a copy");
        }
    }
}

impl Server {
    pub(crate) fn start(options: &[&str]) -> Self {
        Self::start_in(&project(), options)
    }

    pub(crate) fn start_in(project: &Path, options: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_quatre"))
            .arg("serve")
            .arg(project)
            .args(["--port", "0", "--color", "never"])
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .stdin(Stdio::null())
            .spawn()
            .expect("the server starts");
        let said = Arc::new(Mutex::new(String::new()));
        let err = BufReader::new(child.stderr.take().expect("a pipe"));
        let heard = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in err.lines().map_while(Result::ok) {
                heard.lock().expect("a lock").push_str(&(line + "\n"));
            }
        });
        let mut server = Self { child, port: 0, said };
        server.port = server.wait_for_port();
        server
    }

    pub(crate) fn said(&self) -> String {
        self.said.lock().expect("a lock").clone()
    }

    /// Whether the server says this; its lines may come after the answer that they belong to.
    pub(crate) fn says(&self, words: &str) -> bool {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if self.said().contains(words) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }

    fn wait_for_port(&mut self) -> u16 {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            let said = self.said();
            if let Some(line) = said.lines().find(|line| line.starts_with("serving ")) {
                return line.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
            }
            assert!(self.child.try_wait().expect("a state").is_none(), "it ended: {said}");
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the server said nothing: {}", self.said());
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        stream
    }

    pub(crate) fn send(&self, request: &str) -> Reply {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("sent");
        read_reply(&mut stream)
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.get_with(path, "")
    }

    pub(crate) fn get_with(&self, path: &str, headers: &str) -> Reply {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n"))
    }

    pub(crate) fn post(&self, path: &str, headers: &str, body: &str) -> Reply {
        let size = body.len();
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {size}\r\n{headers}\r\n{body}"
        ))
    }

    /// Asks it to stop, and gives its exit code and what it wrote.
    #[cfg(unix)]
    pub(crate) fn terminate(mut self) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status().expect("a signal");
        self.finish()
    }

    pub(crate) fn finish(&mut self) -> (Option<i32>, String) {
        let until = Instant::now() + PATIENCE;
        let code = loop {
            if let Some(status) = self.child.try_wait().expect("a state") {
                break status.code();
            }
            assert!(Instant::now() < until, "it does not end: {}", self.said());
            std::thread::sleep(Duration::from_millis(20));
        };
        let mut out = String::new();
        self.child.stdout.take().expect("a pipe").read_to_string(&mut out).expect("text");
        (code, out)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    }

    /// The name and value of the session cookie.
    pub(crate) fn cookie(&self) -> String {
        let cookie = self.header("set-cookie").unwrap_or_else(|| panic!("a cookie in {}", self.head));
        cookie.split(';').next().expect("a value").to_owned()
    }
}

/// Reads one reply, to the end of its body or of the connection.
pub(crate) fn read_reply(stream: &mut TcpStream) -> Reply {
    let mut bytes = Vec::new();
    let mut buffer = [0; 65_536];
    loop {
        if let Some(reply) = whole(&bytes) {
            return reply;
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => break,
            Ok(count) => bytes.extend_from_slice(buffer.get(..count).unwrap_or_default()),
        }
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    Reply { status: status(head), head: head.to_owned(), body: body.to_owned() }
}

fn status(head: &str) -> u16 {
    head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

/// The reply, when it says its length and all of it is there.
fn whole(bytes: &[u8]) -> Option<Reply> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(bytes.get(..end)?).into_owned();
    let mut reply = Reply { status: status(&head), head, body: String::new() };
    let size: usize = reply.header("content-length")?.parse().ok()?;
    let body = bytes.get(end + 4..end + 4 + size)?;
    reply.body = String::from_utf8_lossy(body).into_owned();
    Some(reply)
}
