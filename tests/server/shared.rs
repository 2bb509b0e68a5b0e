//! Several servers that share their sessions through a real Redis; skipped, and said so, where none is installed.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Copy, PATIENCE, Server};

/// Counts in an object inside the storage, which is a group of its own.
const NEST: &str = r#"//%attributes = {"publishedWeb":true}
Use (Session.storage)
	If (Session.storage.nested=Null)
		Session.storage.nested:=New shared object("n"; 0; "list"; New shared collection)
	End if
End use
Use (Session.storage.nested)
	Session.storage.nested.n:=Session.storage.nested.n+1
	Session.storage.nested.list.push(Session.storage.nested.n)
End use
WEB SEND TEXT(String(Session.storage.nested.n)+" "+String(Session.storage.nested.list.length); "text/plain")
"#;

/// Tells of a session that another server has begun.
const ABOUT: &str = r#"//%attributes = {"publishedWeb":true}
#DECLARE($number : Text)
WEB SEND TEXT(JSON Stringify(Session info(Num($number))); "text/plain")
"#;

/// Tells the number of its session.
const NUMBER: &str = r#"//%attributes = {"publishedWeb":true}
var $i : Integer
For ($i; 1; 1000)
	If (Session info($i)#Null)
		If (Session info($i).ID=Session.id)
			WEB SEND TEXT(String($i); "text/plain")
			$i:=1000
		End if
	End if
End for
"#;

struct Redis {
    child: Child,
    port: u16,
}

impl Redis {
    #[expect(clippy::print_stderr, reason = "who reads the tests should know what was not tried")]
    fn start() -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
        let child = Command::new("redis-server")
            .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            .current_dir(std::env::temp_dir())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(child) = child else {
            eprintln!(
                "skipped: there is no redis-server on this machine (Debian: apt-get install redis-server)"
            );
            return None;
        };
        let redis = Self { child, port };
        let until = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < until, "Redis does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(redis)
    }

    fn server(&self, copy: &Copy) -> Server {
        Server::start_in(&copy.project(), &["--session-store", &format!("redis://127.0.0.1:{}", self.port)])
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

fn copy() -> Copy {
    Copy::with(&[
        ("Project/Sources/Methods/Nest.4dm", NEST),
        ("Project/Sources/Methods/About.4dm", ABOUT),
        ("Project/Sources/Methods/Number.4dm", NUMBER),
    ])
}

#[test]
fn a_session_is_the_same_on_every_server() {
    let Some(redis) = Redis::start() else { return };
    let copy = copy();
    let (first, second) = (redis.server(&copy), redis.server(&copy));
    let planted = first.get("/whoami").cookie();
    let with = |cookie: &str| format!("Cookie: {cookie}\r\n");
    let cookie = first.get_with("/login", &with(&planted)).cookie();
    assert_ne!(cookie, planted);
    let here = first.get_with("/whoami", &with(&cookie)).body;
    assert!(here.ends_with(" Ada False"), "{here}");
    assert_eq!(second.get_with("/whoami", &with(&cookie)).body, here, "the other server knows it");
    assert!(second.get_with("/whoami", &with(&planted)).body.ends_with("  True"), "not by the old cookie");
    // What one changes, the other sees.
    assert_eq!(first.get_with("/4DACTION/Count", &with(&cookie)).body, "1 ");
    assert_eq!(second.get_with("/4DACTION/Count", &with(&cookie)).body, "2 ");
    assert_eq!(first.get_with("/4DACTION/Count", &with(&cookie)).body, "3 ");
    assert_eq!(second.get_with("/4DACTION/Nest", &with(&cookie)).body, "1 1");
    assert_eq!(first.get_with("/4DACTION/Nest", &with(&cookie)).body, "2 2");
    assert_eq!(second.get_with("/4DACTION/Nest", &with(&cookie)).body, "3 3");
    // Numbers are never the same on two servers, and each server finds the sessions of the other.
    let stranger = first.get("/4DACTION/Number").body;
    let about = second.get(&format!("/4DACTION/About/{stranger}")).body;
    assert!(
        about.contains("\"type\":\"web\"") && about.contains("\"hostType\":\"browser\""),
        "{stranger}: {about}"
    );
    assert_eq!(second.get("/4DACTION/About/999999").body, "null");
    // A pass made here is good there, once.
    let pass = first.get_with("/otp", &with(&cookie)).body;
    assert_eq!(second.get(&format!("/restore?state={pass}")).body, "True Ada");
    assert_eq!(first.get(&format!("/restore?state={pass}")).body, "False ");
}

#[test]
fn no_write_of_two_servers_is_lost() {
    let Some(redis) = Redis::start() else { return };
    let copy = copy();
    let servers = [redis.server(&copy), redis.server(&copy)];
    let header = format!("Cookie: {}\r\n", servers[0].get("/4DACTION/Count").cookie());
    let (threads, requests) = (3, 12);
    std::thread::scope(|scope| {
        for server in &servers {
            for _ in 0..threads {
                scope.spawn(|| {
                    for _ in 0..requests {
                        assert_eq!(server.get_with("/4DACTION/Count", &header).status, 200);
                        assert_eq!(server.get_with("/4DACTION/Nest", &header).status, 200);
                    }
                });
            }
        }
    });
    let all = servers.len() * threads * requests;
    assert_eq!(servers[1].get_with("/4DACTION/Count", &header).body, format!("{} ", all + 2));
    assert_eq!(servers[0].get_with("/4DACTION/Nest", &header).body, format!("{0} {0}", all + 1));
}

#[test]
fn a_server_that_dies_takes_no_session_with_it() {
    let Some(mut redis) = Redis::start() else { return };
    let copy = copy();
    let (mut first, second) = (redis.server(&copy), redis.server(&copy));
    let header = format!("Cookie: {}\r\n", first.get("/4DACTION/Count").cookie());
    first.child.kill().expect("killed");
    assert_eq!(second.get_with("/4DACTION/Count", &header).body, "2 ");
    // Without the store there are no sessions, and the server goes on with what needs none.
    redis.child.kill().expect("killed");
    redis.child.wait().expect("it ends");
    assert_eq!(second.get("/4DACTION/Count").status, 503);
    assert_eq!(second.get("/sub/a.txt").status, 200);
    assert!(second.says("sessions: "), "{}", second.said());
}

#[test]
fn a_store_that_is_not_there_is_said() {
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    for (address, told) in [
        (format!("redis://127.0.0.1:{port}"), "the store of the sessions does not answer"),
        ("postgres://x".to_owned(), "`--session-store` is an address redis://HOST:PORT"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_quatre"))
            .arg("serve")
            .arg(crate::support::project())
            .args(["--port", "0", "--session-store", &address])
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(2) && said.contains(told), "{said}");
    }
}
