//! The other end of `quatre connect`: connects to a server, greets it, and exchanges lines with it.

use std::sync::Arc;

use serde_json::{Value as Json, json};
use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
};
use tokio::net::TcpStream;
use tokio::sync::mpsc;

use crate::runtime::host::{Host, Platform};
use crate::server::remote::{PATH, PROTOCOL};
use crate::server::tls;

/// Where to connect, and as whom.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// The address of the server without the port.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The user; "" for the server's default.
    pub user: String,
    /// The password.
    pub password: String,
    /// The file of certificates to trust; with it the connection is made with TLS.
    pub trusted: Option<std::path::PathBuf>,
    /// Reports are drawn in color.
    pub color: bool,
}

/// What the server says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It has begun a session with this number for this project.
    Welcome(i64, String),
    /// A text for standard output.
    Out(String),
    /// A text for standard error.
    Err(String),
    /// A message that somebody sent to the user.
    Message(String),
    /// The input has been run: its value.
    Done(Option<String>),
    /// The input has been run and failed: the report.
    Failed(String),
    /// The input is not complete.
    More,
    /// It does not take the user, or cannot be reached.
    Refused(String),
    /// The session is over.
    Ended(String),
}

/// What the user wants.
#[derive(Clone, Debug)]
pub enum Said {
    /// To run a line.
    Run(String),
    /// To stop what runs.
    Interrupt,
    /// To leave.
    Bye,
}

/// Connects and talks until one side leaves; meant for a thread of its own.
pub fn talk(
    wishes: &Wishes,
    host: &dyn Host,
    said: mpsc::UnboundedReceiver<Said>,
    heard: &(dyn Fn(Heard) + Sync),
) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(connect(wishes, host, said, heard)),
        Err(problem) => Err(problem.to_string()),
    };
    if let Err(why) = result {
        heard(Heard::Refused(why));
    }
}

async fn connect(
    wishes: &Wishes,
    host: &dyn Host,
    said: mpsc::UnboundedReceiver<Said>,
    heard: &(dyn Fn(Heard) + Sync),
) -> Result<(), String> {
    let address = (wishes.host.as_str(), wishes.port);
    let stream = TcpStream::connect(address)
        .await
        .map_err(|problem| format!("cannot connect to {}:{}: {problem}", wishes.host, wishes.port))?;
    _ = stream.set_nodelay(true);
    match &wishes.trusted {
        None => speak(stream, wishes, host, said, heard).await,
        Some(path) => {
            let connector = tls::connector(path)?;
            let name = tls::server_name(&wishes.host)?;
            let stream = connector.connect(name, stream).await;
            let stream = stream.map_err(|problem| format!("no secret connection can be made: {problem}"))?;
            speak(stream, wishes, host, said, heard).await
        }
    }
}

fn platform(host: &dyn Host) -> &'static str {
    match host.platform() {
        Platform::Linux => "linux",
        Platform::Mac => "mac",
        Platform::Windows => "windows",
    }
}

async fn speak<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    wishes: &Wishes,
    host: &dyn Host,
    mut said: mpsc::UnboundedReceiver<Said>,
    heard: &(dyn Fn(Heard) + Sync),
) -> Result<(), String> {
    let lost = |problem: std::io::Error| format!("the connection is lost: {problem}");
    let (reader, mut writer) = tokio::io::split(stream);
    let mut reader = BufReader::new(reader);
    let ask = format!(
        "GET {PATH} HTTP/1.1\r\nHost: {}:{}\r\nConnection: upgrade\r\nUpgrade: {PROTOCOL}\r\n\r\n",
        wishes.host, wishes.port
    );
    writer.write_all(ask.as_bytes()).await.map_err(lost)?;
    let status = next_text(&mut reader).await.ok_or("there is no server of Quatre at this address")?;
    if !status.contains(" 101") {
        return Err("there is no server of Quatre at this address, or it speaks TLS (--tls-ca)".to_owned());
    }
    while next_text(&mut reader).await.is_some_and(|line| !line.trim().is_empty()) {}
    let hello = json!({
        "hello": {
            "user": wishes.user, "password": wishes.password, "machineName": host.host_name(),
            "systemUserName": host.user_name(), "hostType": platform(host),
        },
        "color": wishes.color,
    });
    writer.write_all(format!("{hello}\n").as_bytes()).await.map_err(lost)?;
    let (lines_in, mut lines) = mpsc::channel::<Json>(16);
    let listening = async {
        while let Some(line) = next_text(&mut reader).await {
            let Ok(line) = serde_json::from_str(&line) else { continue };
            if lines_in.send(line).await.is_err() {
                return;
            }
        }
    };
    tokio::pin!(listening);
    let mut is_listening = true;
    loop {
        let message = tokio::select! {
            () = &mut listening, if is_listening => { is_listening = false; continue }
            line = lines.recv() => {
                let Some(line) = line else { return Err("the server has gone".to_owned()) };
                if line.get("ping").is_some() {
                    json!({"pong": true})
                } else {
                    let is_last = line.get("refused").is_some() || line.get("ended").is_some();
                    if let Some(told) = heard_of(&line) {
                        heard(told);
                    }
                    if is_last { return Ok(()) }
                    continue;
                }
            }
            wanted = said.recv() => match wanted {
                Some(Said::Run(text)) => json!({"run": text}),
                Some(Said::Interrupt) => json!({"interrupt": true}),
                Some(Said::Bye) | None => {
                    _ = writer.write_all(b"{\"bye\":true}\n").await;
                    _ = writer.shutdown().await;
                    return Ok(());
                }
            },
            () = std::future::pending(), if !is_listening => continue,
        };
        writer.write_all(format!("{message}\n").as_bytes()).await.map_err(lost)?;
    }
}

async fn next_text<R: AsyncRead + Unpin>(reader: &mut BufReader<R>) -> Option<String> {
    let mut line = Vec::new();
    let count = reader.take(64 * 1024 * 1024).read_until(b'\n', &mut line).await.ok()?;
    (count > 0).then(|| String::from_utf8_lossy(&line).into_owned())
}

/// What makes something heard of a text.
type Kind = fn(String) -> Heard;

/// What a line of the server means.
fn heard_of(line: &Json) -> Option<Heard> {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    if let Some(welcome) = line.get("welcome") {
        let number = welcome.get("session").and_then(Json::as_i64).unwrap_or(0);
        return Some(Heard::Welcome(number, welcome.get("project").map(text).unwrap_or_default()));
    }
    if let Some(done) = line.get("done") {
        if done.get("more").is_some() {
            return Some(Heard::More);
        }
        return Some(match done.get("error") {
            Some(report) => Heard::Failed(text(report)),
            None => Heard::Done(done.get("value").and_then(Json::as_str).map(str::to_owned)),
        });
    }
    let kinds: [(&str, Kind); 5] = [
        ("out", Heard::Out),
        ("err", Heard::Err),
        ("message", Heard::Message),
        ("refused", Heard::Refused),
        ("ended", Heard::Ended),
    ];
    kinds.into_iter().find_map(|(key, heard)| line.get(key).map(|value| heard(text(value))))
}

/// Both ends of what the user says.
pub fn voice() -> (mpsc::UnboundedSender<Said>, mpsc::UnboundedReceiver<Said>) {
    mpsc::unbounded_channel()
}

/// The server's words and the user's, for who sends them from another thread.
pub type Voice = Arc<mpsc::UnboundedSender<Said>>;
