//! What a project says of who may do what: roles, rules for replies, authentication, and the logs.

use md5::{Digest as _, Md5};

use crate::support::{Copy, Reply, Server};

const ROLES: &str = r#"{
  "privileges": [{"privilege": "seller", "includes": ["viewer"]}, {"privilege": "viewer"}, {"privilege": "writer"}],
  "roles": [{"role": "Boss", "privileges": ["seller", "writer"]}],
  "permissions": {"allowed": [
    {"applyTo": "Api", "type": "singleton", "execute": ["viewer"]},
    {"applyTo": "Api.write", "type": "singletonMethod", "execute": ["seller"], "promote": ["writer"]},
    {"applyTo": "Api.restore", "type": "singletonMethod", "execute": ["guest"]}
  ]},
  "restrictedByDefault": true,
  "forceLogin": true
}"#;

/// A handler that tells its privileges.
const API: &str = r#"shared singleton Class constructor()

Function read($request : 4D.IncomingMessage) : 4D.OutgoingMessage
	return This.tell()

Function write($request : 4D.IncomingMessage) : 4D.OutgoingMessage
	return This.tell()

Function restore($request : 4D.IncomingMessage) : 4D.OutgoingMessage
	return This.tell()

Function tell() : 4D.OutgoingMessage
	var $reply:=4D.OutgoingMessage.new()
	$reply.setBody(Session.getPrivileges().join(" ")+"|"+String(Session.hasPrivilege("writer"))+"|"+String(Session.isGuest()))
	return $reply
"#;

fn with_cookie(reply: &Reply) -> String {
    format!("Cookie: {}\r\n", reply.cookie())
}

#[test]
fn permissions_guard_the_handlers() {
    let copy = Copy::with(&[
        ("Project/Sources/roles.json", ROLES),
        ("Project/Sources/Classes/Api.4dm", API),
        ("Data/Logs/Roles_Errors.json", "[]"),
    ]);
    let server = Server::start_in(&copy.project(), &[]);
    assert_eq!(server.get("/api").status, 403, "a guest");
    assert_eq!(server.get("/restore").body, "|False|True", "allowed to guests");
    let signed = with_cookie(&server.get("/login"));
    assert_eq!(server.get_with("/api", &signed).body, "viewer seller|False|False");
    let written = server.post("/api", &signed, "");
    assert_eq!(written.body, "viewer seller|True|False", "the function is promoted, the session is not");
    assert_eq!(server.get_with("/api", &signed).body, "viewer seller|False|False", "only while it ran");
    // The class does not exist, and nobody is told so who may not call it.
    assert_eq!(server.get("/missing").status, 500);
    assert!(
        !copy.project().join("Data/Logs/Roles_Errors.json").exists(),
        "a good file has no list of errors"
    );
}

#[test]
fn bad_roles_are_told_and_open_nothing() {
    let broken = r#"{"privileges": [{"privilege": "seller", "includes": ["sellr"]}], "roles": {}}"#;
    let copy = Copy::with(&[("Project/Sources/roles.json", broken)]);
    let server = Server::start_in(&copy.project(), &[]);
    assert!(server.says("roles.json: `roles` is an object, not a list"), "{}", server.said());
    assert!(server.says("the privilege `seller` names the privilege `sellr`, which is not declared"));
    assert_eq!(server.get("/sub/a.txt").status, 200, "the server goes on");
    assert_eq!(server.get("/api").status, 403);
    let signed = with_cookie(&server.get("/login"));
    assert!(server.get_with("/whoami", &signed).body.ends_with(" Ada True"), "nobody is given a privilege");
    let errors = std::fs::read_to_string(copy.project().join("Data/Logs/Roles_Errors.json")).expect("a list");
    assert!(errors.contains("`roles` is an object"), "{errors}");
}

#[test]
fn rules_change_replies() {
    let rules = r#"[
      {"comment": "all", "regexPattern": "/(.*)", "setHeaders": {"X-Frame-Options": "SAMEORIGIN"}, "removeHeaders": ["Server"]},
      {"regexPattern": "^/maintenance", "status": 503},
      {"RegExPattern": "/sub/", "denyAccess": true},
      {"regexPattern": "/sub/a.txt$", "denyAccess": false, "addHeaders": {"X-Two": "2"}},
      {"regexPattern": "/old/(.*)", "redirect": "https://example.com/new", "status": 301},
      {"regexPattern": "/x", "status": "late"}
    ]"#;
    let copy = Copy::with(&[
        ("Project/Sources/HTTPRules.json", rules),
        ("WebFolder/sub/b.txt", "b"),
        ("WebFolder/maintenance.html", "later"),
    ]);
    let server = Server::start_in(&copy.project(), &[]);
    assert!(server.says("HTTP rule 6: `status` is \"late\""), "{}", server.said());
    let home = server.get("/");
    assert_eq!(
        (home.header("x-frame-options").as_deref(), home.header("server")),
        (Some("SAMEORIGIN"), None)
    );
    assert_eq!(server.get("/whoami").header("x-frame-options").as_deref(), Some("SAMEORIGIN"), "code too");
    let late = server.get("/maintenance.html");
    assert_eq!((late.status, late.body.as_str()), (503, "later"));
    for path in ["/sub/b.txt", "//sub/b.txt", "/%73ub/b.txt", "/sub//b.txt", "/sub/a.txt/../b.txt"] {
        let reply = server.get(path);
        assert!(reply.status == 403 || reply.status == 404, "{path}: {reply:?}");
    }
    let free = server.get("/sub/a.txt");
    assert_eq!((free.status, free.header("x-two").as_deref()), (200, Some("2")));
    let moved = server.get("/old/page");
    assert_eq!((moved.status, moved.header("location").as_deref()), (301, Some("https://example.com/new")));
}

const AUTHENTICATION: &str = r##"#DECLARE($url : Text; $content : Text; $client : Text; $server : Text; $user : Text; $password : Text) -> $accept : Boolean
LOG EVENT(Into system standard outputs; $user+":"+$password+"\n")
$accept:=($user="Ada") & ((WEB Validate digest($user; "secret")) | ($password="secret"))
"##;

fn authentication() -> Copy {
    Copy::with(&[("Project/Sources/DatabaseMethods/onWebAuthentication.4dm", AUTHENTICATION)])
}

#[test]
fn names_and_passwords_can_be_asked_for() {
    use base64::Engine as _;
    let copy = authentication();
    let users = copy.0.join("users");
    // The hash of "green".
    let hash = bcrypt::hash("green", 4).expect("a hash");
    std::fs::write(&users, format!("Grace:{hash}\n")).expect("a file");
    let server =
        Server::start_in(&copy.project(), &["--auth", "basic", "--users", users.to_str().expect("a path")]);
    let asked = server.get("/whoami");
    assert_eq!(
        (asked.status, asked.header("www-authenticate")),
        (401, Some("Basic realm=\"Shop\", charset=\"UTF-8\"".to_owned()))
    );
    assert_eq!(server.get("/sub/a.txt").status, 200, "files need nobody's name");
    let with = |pair: &str| {
        let coded = base64::engine::general_purpose::STANDARD.encode(pair);
        server.get_with("/whoami", &format!("Authorization: Basic {coded}\r\n")).status
    };
    assert_eq!((with("Ada:secret"), with("Ada:wrong"), with("Eve:secret")), (200, 401, 401));
    assert_eq!((with("Grace:green"), with("Grace:secret")), (200, 401), "the list comes first");
    for nonsense in ["Authorization: Basic\r\n", "Authorization: Basic %%%\r\n", "Authorization: \r\n"] {
        assert_eq!(server.get_with("/whoami", nonsense).status, 401, "{nonsense}");
    }
}

fn md5(text: &str) -> String {
    Md5::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn digests_prove_passwords_that_are_not_sent() {
    let copy = authentication();
    let mut server = Server::start_in(&copy.project(), &["--auth", "digest"]);
    let asked = server.get("/whoami");
    let challenge = asked.header("www-authenticate").expect("a challenge");
    assert!(
        asked.status == 401 && challenge.starts_with("Digest realm=\"Shop\", qop=\"auth\""),
        "{challenge}"
    );
    let nonce = challenge.split("nonce=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a nonce");
    let prove = |user: &str, password: &str, nonce: &str, path: &str| {
        let known = md5(&format!("{user}:Shop:{password}"));
        let answer = md5(&format!("{known}:{nonce}:00000001:abc:auth:{}", md5("GET:/whoami")));
        let line = format!(
            "Authorization: Digest username=\"{user}\", realm=\"Shop\", nonce=\"{nonce}\", uri=\"/whoami\", qop=auth, \
             nc=00000001, cnonce=\"abc\", response=\"{answer}\"\r\n"
        );
        server.get_with(path, &line).status
    };
    assert_eq!(prove("Ada", "secret", nonce, "/whoami"), 200);
    assert_eq!(prove("Ada", "wrong", nonce, "/whoami"), 401);
    assert_eq!(prove("Ada", "secret", "1:00", "/whoami"), 401, "a challenge that the server did not make");
    assert_eq!(prove("Ada", "secret", nonce, "/info"), 401, "the answer is for another address");
    server.get("/stop");
    #[cfg(unix)]
    {
        let id = server.child.id().to_string();
        std::process::Command::new("kill").args(["-TERM", &id]).status().expect("a signal");
    }
    let (_, out) = server.finish();
    assert!(out.contains("Ada:\n") && !out.contains("secret"), "no password reaches the code: {out}");
}

#[cfg(unix)]
#[test]
fn requests_are_written_down() {
    let startup = "WEB SET OPTION(Web log recording; 2)\nWEB SET OPTION(Web debug log; wdl enable with response body)\n";
    let copy = Copy::with(&[("Project/Sources/DatabaseMethods/onStartup.4dm", startup)]);
    let server = Server::start_in(&copy.project(), &[]);
    server.get_with("/sub/a.txt", "User-Agent: Me \"x\"\r\n");
    server.get("/nowhere?a=1");
    assert_eq!(server.terminate().0, Some(0));
    let logs = copy.project().join("Data/Logs");
    let web = std::fs::read_to_string(logs.join("logweb.txt")).expect("a log");
    let lines: Vec<&str> = web.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 2, "{web}");
    assert!(
        lines[0].starts_with("127.0.0.1 - - [")
            && lines[0].ends_with("] \"GET /sub/a.txt HTTP/1.1\" 200 6 \"-\" \"Me 'x'\""),
        "{web}"
    );
    assert!(lines[1].contains("\"GET /nowhere?a=1 HTTP/1.1\" 200 "), "{web}");
    let debug = std::fs::read_to_string(logs.join("HTTPDebugLog.txt")).expect("a log");
    for part in [
        "# REQUEST\r\n# SocketID: 1\r\n# PeerIP: 127.0.0.1\r\n",
        "# SequenceNumber: 4\r\n",
        "GET /sub/a.txt HTTP/1.1\r\n",
        "\r\n\r\nplain\n",
    ] {
        assert!(debug.contains(part), "{part:?} in {debug}");
    }
}

#[test]
fn data_is_out_of_reach_and_that_is_said() {
    let server = Server::start(&[]);
    let reply = server.get("/rest/Employee");
    assert_eq!(reply.status, 501);
    assert!(reply.body.contains("REST needs a database"), "{reply:?}");
}
