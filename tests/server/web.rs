//! Web clients: files, methods, handlers, sessions, and clients that behave badly.

use std::io::Write as _;
use std::net::Shutdown;
use std::process::Command;
use std::time::Duration;

use crate::support::{Server, project, read_reply};

#[test]
fn files_are_sent_and_nothing_outside_the_folder() {
    let server = Server::start(&[]);
    let home = server.get("/");
    assert_eq!((home.status, home.body.as_str()), (200, "<html><body>home</body></html>\n"));
    assert_eq!(home.header("content-type").as_deref(), Some("text/html;charset=UTF-8"));
    assert_eq!(home.header("set-cookie"), None, "a file needs no session");
    assert_eq!(server.get("/sub/a.txt").body, "plain\n");
    let date = home.header("last-modified").expect("a date");
    assert_eq!(server.get_with("/", &format!("If-Modified-Since: {date}\r\n")).status, 304);
    let part = server.get_with("/sub/a.txt", "Range: bytes=1-2\r\n");
    assert_eq!((part.status, part.body.as_str()), (206, "la"));
    for path in [
        "/../Project/Shop.4DProject",
        "/sub/../../Project/Shop.4DProject",
        "/%2e%2e/Project/Shop.4DProject",
        "/..%2fProject/Shop.4DProject",
        "/..%5cProject%5cShop.4DProject",
        "/sub/%2e%2e/%2e%2e/Project/Shop.4DProject",
        "//../Project/Shop.4DProject",
        "/%00",
    ] {
        let reply = server.get(path);
        assert_eq!((reply.status, reply.body.contains("$4d")), (404, false), "{path}: {reply:?}");
    }
    assert_eq!(server.get("/../x").body, "<h1>own 404</h1>\n");
    assert_eq!(server.get("/page.shtml").body, "<p>2</p>\n");
}

#[test]
fn methods_and_handlers_answer() {
    let server = Server::start(&[]);
    assert_eq!(server.get("/somewhere?x=%20").body, "connection /somewhere?x= ");
    assert_eq!(server.get("/forbidden").status, 401);
    assert_eq!(server.get("/4DACTION/Count/a/b").body, "1 a/b");
    assert_eq!(server.get("/4daction/count").body, "1 ");
    assert_eq!(server.get("/4DACTION/Secret").status, 403);
    assert_eq!(server.get("/4DACTION/No%20such").status, 403);
    let moved = server.get("/moved");
    assert_eq!((moved.status, moved.header("location").as_deref()), (302, Some("/there%20is")));
    let own = server.get("/header");
    assert_eq!(
        (own.status, own.header("x-own").as_deref(), own.body.as_str()),
        (418, Some("yes"), "short and stout")
    );
    assert!(server.get("/pieces").body.contains("[1]"));
    assert_eq!(server.get("/variables?a=b%20c").body, "a=b c");
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    assert_eq!(server.post("/variables", form, "name=Ada+L").body, "name=Ada L");
    let parts = "Content-Type: multipart/form-data; boundary=XX\r\n";
    let body = "--XX\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\nvalue\r\n--XX--\r\n";
    assert_eq!(server.post("/variables", parts, body).body, "f=value");
    let read = server.get_with("/api/a%20b?x=1&y='[2]'", "User-Agent: test\r\n");
    assert_eq!(
        read.body,
        r#"{"verb":"get","path":["api","a b"],"query":{"x":"1","y":"[2]"},"agent":"test"}"#
    );
    let made = server.post("/api", "Content-Type: application/json\r\n", "{\"n\":5}");
    assert_eq!(
        (made.status, made.header("x-made").as_deref(), made.body.as_str()),
        (201, Some("yes"), "got 5")
    );
    assert_eq!(server.post("/api", "", "no JSON").status, 500);
    assert_eq!(server.send("DELETE /api HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").status, 405);
    assert_eq!(server.get("/missing").status, 500);
    assert!(server.says("cannot find the singleton function `cs.Missing.read`"), "{}", server.said());
    assert_eq!(server.get("/fail").status, 500);
    assert_eq!(server.get("/server").body, "True 4DSID_Shop");
    assert_eq!(server.get("/rest/$catalog").status, 501);
}

#[test]
fn a_session_follows_its_cookie() {
    let server = Server::start(&[]);
    let first = server.get("/whoami");
    let cookie = first.cookie();
    let written = first.header("set-cookie").expect("a cookie");
    assert!(cookie.starts_with("4DSID_Shop="), "{cookie}");
    for attribute in ["Path=/", "Max-Age=3600", "HttpOnly", "SameSite=Strict"] {
        assert!(written.contains(attribute), "{written}");
    }
    let id = first.body.split(' ').next().expect("an ID").to_owned();
    assert!(
        id.len() == 32 && !cookie.contains(&id),
        "the cookie does not tell the ID, nor the other way round"
    );
    let with = |cookie: &str| format!("Cookie: other=1; {cookie}; last=2\r\n");
    let second = server.get_with("/whoami", &with(&cookie));
    assert_eq!((second.body.clone(), second.cookie()), (format!("{id}  True"), cookie.clone()));
    let info = server.get_with("/info", &with(&cookie)).body;
    for part in [
        format!("\"ID\":\"{id}\""),
        "\"userName\":\"\",\"machineName\":\"\",\"IPAddress\":\"127.0.0.1\",\"hostType\":\"browser\""
            .to_owned(),
        "\"type\":\"web\",\"state\":\"active\",\"creationDateTime\":\"".to_owned(),
    ] {
        assert!(info.contains(&part), "{part} in {info}");
    }
    // Signing in changes the cookie, so that one planted before is worth nothing.
    let signed = server.get_with("/login", &with(&cookie));
    let fresh = signed.cookie();
    assert_ne!(fresh, cookie);
    assert_eq!(server.get_with("/whoami", &with(&fresh)).body, format!("{id} Ada False"));
    let stranger = server.get_with("/whoami", &with(&cookie)).body;
    assert!(!stranger.contains(&id) && stranger.ends_with(" True"), "{stranger}");
    // What a client makes up leads nowhere and is not taken over.
    for made_up in [
        "4DSID_Shop=00000000000000000000000000000001",
        "4DSID_Shop=",
        "4DSID_Shop=\"; x",
        &format!("4DSID_Shop={id}"),
    ] {
        let reply = server.get_with("/whoami", &with(made_up));
        assert!(!reply.body.contains(&id) && reply.cookie() != made_up, "{made_up}: {reply:?}");
    }
    let odd = format!("Cookie: 4DSID_Shop={}\r\n", "x".repeat(5000));
    assert_eq!(server.get_with("/whoami", &odd).status, 200);
}

#[test]
fn a_pass_leads_back_once() {
    let server = Server::start(&[]);
    let cookie = server.get("/login").cookie();
    let with = format!("Cookie: {cookie}\r\n");
    let pass = server.get_with("/otp", &with).body;
    let other = server.get(&format!("/whoami?$4DSID={pass}"));
    assert!(other.body.starts_with("connection"), "the address has parameters: {}", other.body);
    let restored = format!("Cookie: {}\r\n", other.cookie());
    assert!(server.get_with("/whoami", &restored).body.ends_with(" Ada False"));
    assert!(
        server.get_with("/whoami", &with).body.ends_with(" Ada False"),
        "the first client keeps its session"
    );
    let used = server.get(&format!("/whoami?$4DSID={pass}"));
    let guest = format!("Cookie: {}\r\n", used.cookie());
    assert!(server.get_with("/whoami", &guest).body.ends_with("  True"));
    let pass = server.get_with("/otp", &with).body;
    let reply = server.get(&format!("/restore?state={pass}"));
    assert_eq!(reply.body, "True Ada");
    let restored = format!("Cookie: {}\r\n", reply.cookie());
    assert!(server.get_with("/whoami", &restored).body.ends_with(" Ada False"));
    assert_eq!(server.get(&format!("/restore?state={pass}")).body, "False ");
}

#[test]
fn what_a_visitor_writes_is_not_run() {
    let server = Server::start(&[]);
    let reply = server.get("/echo/%3C!--%234DTEXT%201+1--%3E");
    assert!(reply.body.contains("<!--#4DTEXT 1+1-->"), "{reply:?}");
}

#[test]
fn bad_clients_harm_nobody() {
    let server = Server::start(&[]);
    let cookie = server.get("/4DACTION/Count").cookie();
    // Half a head, half a body, nonsense, and clients that go away in the middle.
    let mut half = server.connect();
    half.write_all(b"GET / HTTP/1.1\r\nHost:").expect("sent");
    let mut body = server.connect();
    body.write_all(b"POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{").expect("sent");
    let mut gone = server.connect();
    gone.write_all(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n").expect("sent");
    drop(gone);
    for nonsense in ["\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n"]
    {
        let reply = server.send(nonsense);
        assert!(reply.status == 400 || reply.status == 0, "{nonsense:?}: {reply:?}");
    }
    let reply = server.send(&format!("GET / HTTP/1.1\r\nHost: x\r\nX-Long: {}\r\n\r\n", "x".repeat(100_000)));
    assert!(reply.status == 431 || reply.status == 0, "{reply:?}");
    let many: String = (0..500).map(|number| format!("X-{number}: a\r\n")).collect();
    let reply = server.send(&format!("GET / HTTP/1.1\r\nHost: x\r\n{many}\r\n"));
    assert!(reply.status == 431 || reply.status == 0, "{reply:?}");
    let reply = server.send("POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n");
    assert_eq!(reply.status, 413);
    let reply = server.send("POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n");
    assert!(reply.status == 400 || reply.status == 0, "{reply:?}");
    // A body without a length is counted as it comes.
    let mut chunked = server.connect();
    chunked.write_all(b"POST /api HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n").expect("sent");
    let piece = format!("{:x}\r\n{}\r\n", 100_000, "x".repeat(100_000));
    for _ in 0..40 {
        if chunked.write_all(piece.as_bytes()).is_err() {
            break;
        }
    }
    let reply = read_reply(&mut chunked);
    assert!(reply.status == 413 || reply.status == 0, "{reply:?}");
    _ = half.shutdown(Shutdown::Both);
    _ = body.shutdown(Shutdown::Both);
    // Nobody else has noticed anything.
    assert_eq!(server.get_with("/4DACTION/Count", &format!("Cookie: {cookie}\r\n")).body, "2 ");
}

/// A head must come within a time; then the connection is closed, and nobody has waited for it.
#[test]
fn slow_clients_are_left_alone() {
    let server = Server::start(&[]);
    let mut slow = server.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n").expect("sent");
    let begin = std::time::Instant::now();
    assert_eq!(server.get("/").status, 200);
    let reply = read_reply(&mut slow);
    assert!(reply.status == 0 || reply.status == 408, "{reply:?}");
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
}

#[test]
fn no_count_is_lost() {
    let server = Server::start(&[]);
    let (clients, requests) = (40, 25);
    let first: Vec<String> = (0..clients).map(|_| server.get("/4DACTION/Count").cookie()).collect();
    std::thread::scope(|scope| {
        for cookie in &first {
            let server = &server;
            scope.spawn(move || {
                let mut stream = server.connect();
                for _ in 1..requests {
                    let request =
                        format!("GET /4DACTION/Count HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n\r\n");
                    stream.write_all(request.as_bytes()).expect("sent");
                    assert_eq!(read_reply(&mut stream).status, 200);
                }
            });
        }
    });
    for cookie in &first {
        let reply = server.get_with("/4DACTION/Count", &format!("Cookie: {cookie}\r\n"));
        assert_eq!(reply.body, format!("{} ", requests + 1));
    }
    assert_eq!(server.get("/4DACTION/Total").body, (clients * (requests + 1)).to_string());
}

#[cfg(unix)]
#[test]
fn it_stops_in_order() {
    let server = Server::start(&[]);
    let mut slow = server.connect();
    slow.write_all(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n").expect("sent");
    std::thread::sleep(Duration::from_millis(300));
    let (code, out) = server.terminate();
    assert_eq!((code, out.as_str()), (Some(0), "startup in storedProcedure\nexit\n"));
    assert_eq!(read_reply(&mut slow).body, "slept");
}

#[test]
fn code_can_end_it() {
    let mut server = Server::start(&[]);
    server.get("/stop");
    assert_eq!(server.finish().0, Some(0));
}

#[test]
fn what_cannot_be_served_is_said() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_quatre"))
            .arg("serve")
            .args(arguments)
            .output()
            .expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let shop = project();
    let shop = shop.to_str().expect("a path");
    let (code, said) = run(&[shop, "--port", &port]);
    assert!(code == Some(2) && said.contains("cannot listen"), "{said}");
    for wrong in [&["--port", "x"][..], &["--host", "nowhere"], &["--tls-cert", "x"]] {
        let (code, said) = run(&[&[shop], wrong].concat());
        assert!(code == Some(2), "{wrong:?}: {said}");
    }
    assert_eq!(run(&[]).0, Some(2));
}
