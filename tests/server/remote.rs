//! Remote users: sessions that last as long as their clients, passwords, TLS, and what others see of them.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::support::{PATIENCE, Server};

/// A client at its prompt.
struct Client {
    child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
}

fn command(server: &Server, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quatre"));
    command.arg("connect").arg(format!("127.0.0.1:{}", server.port)).args(["--color", "never"]).args(options);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).env_remove("QUATRE_PASSWORD");
    command
}

impl Client {
    fn start(server: &Server, options: &[&str]) -> Self {
        let mut child = command(server, options).spawn().expect("the client starts");
        let out = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                _ = sender.send(line);
            }
        });
        let input = child.stdin.take();
        Self { child, input, lines }
    }

    /// Sends a line and gives the next line of output.
    fn ask(&mut self, line: &str) -> String {
        let input = self.input.as_mut().expect("an open prompt");
        writeln!(input, "{line}").expect("sent");
        self.lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no answer to {line}: {}", self.errors()))
    }

    fn errors(&mut self) -> String {
        _ = self.child.kill();
        let mut text = String::new();
        if let Some(mut err) = self.child.stderr.take() {
            _ = err.read_to_string(&mut text);
        }
        text
    }

    /// Ends the input and gives the exit code.
    fn leave(mut self) -> Option<i32> {
        self.input = None;
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// Runs lines and gives exit code, output and errors.
fn run(server: &Server, options: &[&str], lines: &str) -> (Option<i32>, String, String) {
    let mut child = command(server, options).spawn().expect("the client starts");
    child.stdin.take().expect("a pipe").write_all(lines.as_bytes()).expect("sent");
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// Waits until an expression has a value, as seen by a client.
fn wait_for(client: &mut Client, expression: &str, value: &str) {
    let until = Instant::now() + PATIENCE;
    while client.ask(expression) != value {
        assert!(Instant::now() < until, "{expression} never becomes {value}");
        std::thread::sleep(Duration::from_millis(30));
    }
}

#[test]
fn a_script_sees_exactly_the_clients_that_are_there() {
    let server = Server::start(&[]);
    let mut ada = Client::start(&server, &["--user", "Ada"]);
    assert_eq!(ada.ask("Session.info.userName"), "Ada");
    let mut bob = Client::start(&server, &["--user", "Bob"]);
    assert_eq!(bob.ask("Session.userName"), "Bob");
    let web = server.get("/info").body;
    let host = if cfg!(target_os = "macos") {
        "mac"
    } else if cfg!(windows) {
        "windows"
    } else {
        "linux"
    };
    let mut expected = vec![
        format!("1 storedProcedure Designer {host} localhost True"),
        format!("2 remote Ada {host} 127.0.0.1 True"),
        format!("3 remote Bob {host} 127.0.0.1 True"),
        "4 web  browser 127.0.0.1 True".to_owned(),
        "4 sessions, listed 4".to_owned(),
    ];
    let first = ada.ask("Show sessions");
    let mut lines = vec![first];
    lines.extend((1..expected.len()).map(|_| ada.lines.recv_timeout(PATIENCE).expect("a line")));
    assert_eq!(lines, expected);
    assert!(web.contains("\"type\":\"web\""), "{web}");
    // The ten properties, in their order.
    let keys = r#"["ID","userName","machineName","systemUserName","IPAddress","hostType","type","state","creationDateTime","persistentID"]"#;
    assert_eq!(ada.ask("JSON Stringify(OB Keys(Session info(2)))"), keys);
    assert_eq!(ada.ask("JSON Stringify(Session.info)=JSON Stringify(Session info(2))"), "True");
    let id = bob.ask("Session.id");
    assert_eq!(ada.ask(&format!("Session info(\"{id}\").userName")), "Bob");
    assert_eq!(ada.ask(&format!("Process activity(\"{id}\").processes.length")), "1");
    // Whether it leaves or is killed, its session goes and its number is not used again.
    bob.child.kill().expect("killed");
    wait_for(&mut ada, "Session info(3)=Null", "True");
    assert_eq!(ada.ask(&format!("Session info(\"{id}\")=Null")), "True");
    let carl = Client::start(&server, &["--user", "Carl"]);
    wait_for(&mut ada, "Session info(5)#Null", "True");
    assert_eq!(ada.ask("Session info(5).userName"), "Carl");
    assert_eq!(carl.leave(), Some(0));
    wait_for(&mut ada, "Session info(5)=Null", "True");
    expected.clear();
    assert_eq!(ada.leave(), Some(0));
}

#[test]
fn code_runs_in_the_session_and_writes_to_its_client() {
    let server = Server::start(&[]);
    let lines = "$x:=20\n$x+1\nFor ($i; 1; 2)\nLOG EVENT(Into system standard outputs; String($i)+\" \")\nEnd for\n\
                 Use (Session.storage)\nSession.storage.n:=7\nEnd use\nSession.storage.n\n";
    let (code, out, err) = run(&server, &[], lines);
    assert_eq!((code, out.as_str(), err.as_str()), (Some(0), "21\n1 2 7\n", ""));
    let (code, out, err) = run(&server, &[], "$nothing.call()\nIf (\n\n3\n");
    assert_eq!((code, out.lines().last()), (Some(1), Some("3")), "{out} {err}");
    assert!(err.contains("Undefined"), "{err}");
    let (_, out, _) = run(&server, &[], "ABORT\nSession.info.type\n");
    assert_eq!(out, "remote\n");
}

#[test]
fn stored_procedures_run_in_their_own_session() {
    let server = Server::start(&[]);
    let mut ada = Client::start(&server, &[]);
    ada.ask("$n:=Execute on server(\"Sleep\"; 0; \"nap\")\nString($n>0)");
    assert_eq!(ada.ask("Session info(Process info($n).sessionID).type"), "storedProcedure");
    assert_eq!(ada.ask("Session info(Process info(Current process).sessionID).type"), "remote");
}

#[test]
fn a_user_can_be_told_and_dropped() {
    let server = Server::start(&[]);
    let mut ada = Client::start(&server, &["--user", "Ada"]);
    let mut bob = Client::start(&server, &["--user", "Bob"]);
    let id = bob.ask("Session.id");
    assert_eq!(
        ada.ask(&format!(
            "SEND MESSAGE TO REMOTE USER(\"hello Bob\"; \"{id}\")\nDROP REMOTE USER(\"{id}\")\n1"
        )),
        "1"
    );
    // The client ends although its input is still open.
    assert_eq!(bob.child.wait().expect("it ends").code(), Some(2));
    let mut said = String::new();
    bob.child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("text");
    assert_eq!(said, "[message] hello Bob\nerror: your session was ended by the server\n");
    wait_for(&mut ada, &format!("Session info(\"{id}\")=Null"), "True");
    assert_eq!(ada.ask("REJECT NEW REMOTE CONNECTIONS(True)\n2"), "2");
    let (code, _, err) = run(&server, &[], "1\n");
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("takes no new users"), "{err}");
}

#[test]
fn users_need_their_passwords() {
    let folder = std::env::temp_dir().join(format!("quatre-users-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let (users, right, wrong) = (folder.join("users"), folder.join("right"), folder.join("wrong"));
    std::fs::write(&users, format!("Ada:{}\n", bcrypt::hash("secret", 4).expect("a hash"))).expect("a file");
    std::fs::write(&right, "secret\n").expect("a file");
    std::fs::write(&wrong, "Secret\n").expect("a file");
    let text = |path: &PathBuf| path.to_str().expect("a path").to_owned();
    let server = Server::start(&["--users", &text(&users)]);
    let (code, out, _) =
        run(&server, &["--user", "Ada", "--password-file", &text(&right)], "Session.userName\n");
    assert_eq!((code, out.as_str()), (Some(0), "Ada\n"));
    for (user, password) in [("Ada", &wrong), ("Bob", &right), ("", &right), ("ada", &right)] {
        let (code, out, err) = run(&server, &["--user", user, "--password-file", &text(password)], "1\n");
        assert_eq!((code, out.as_str()), (Some(2), ""), "{user}: {err}");
        assert!(err.contains("wrong user or password"), "{err}");
    }
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn without_a_list_nobody_comes_from_other_machines() {
    let server = Server::start(&["--host", "0.0.0.0"]);
    let (code, _, err) = run(&server, &[], "1\n");
    assert!(code == Some(2) && err.contains("no list of users"), "{err}");
}

#[test]
fn connections_can_be_secret() {
    let folder = std::env::temp_dir().join(format!("quatre-tls-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let (certificate, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
        ])
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout"])
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .stderr(Stdio::null())
        .status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("skipped: there is no openssl to make a certificate with");
        return;
    }
    let text = |path: &PathBuf| path.to_str().expect("a path").to_owned();
    let server = Server::start(&["--tls-cert", &text(&certificate), "--tls-key", &text(&key)]);
    assert!(server.says("https://127.0.0.1:"), "{}", server.said());
    let (code, out, err) = run(&server, &["--tls-ca", &text(&certificate)], "Session.info.type\n");
    assert_eq!((code, out.as_str()), (Some(0), "remote\n"), "{err}");
    let (code, _, err) = run(&server, &[], "1\n");
    assert!(code == Some(2), "{err}");
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn a_prompt_is_not_for_browsers_nor_for_nonsense() {
    let server = Server::start(&[]);
    assert_ne!(server.get("/.quatre/remote").status, 101);
    let ask =
        "GET /.quatre/remote HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: quatre-remote\r\n\r\n";
    for greeting in ["", "nonsense\n", "{}\n", "{\"run\":\"QUIT 4D\"}\n", "{\"hello\":[]}\n", "\u{1}\u{2}"] {
        let mut stream = server.connect();
        stream.write_all(format!("{ask}{greeting}").as_bytes()).expect("sent");
        drop(stream);
    }
    let mut ada = Client::start(&server, &[]);
    assert_eq!(ada.ask("1+1"), "2");
}
