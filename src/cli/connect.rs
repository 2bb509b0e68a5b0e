//! `quatre connect`: a prompt on a server, in a session of its own there.
//!
//! Lines are read here and run there. What the code writes comes back to the streams that it would have gone to, so a
//! file of lines can be piped in.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use crate::cli::args::{Arguments, Group, Opt, Usage};
use crate::cli::output::Output;
use crate::cli::{Command, Exit};
use crate::runtime::host::{Host, Settings, SystemHost, stop_on_signals};
use crate::runtime::sandbox;
use crate::server::client::{Heard, Said, Voice, Wishes, talk, voice};

static CONNECT: Group = Group {
    title: "Options of the connection",
    options: &[
        Opt::value("user", "NAME", "the user that the server knows").daily(),
        Opt::value("password-file", "FILE", "the user's password; or the variable QUATRE_PASSWORD"),
        Opt::value(
            "tls-ca",
            "FILE.pem",
            "connect with TLS, trusting this certificate or those it has signed",
        ),
    ],
};

/// The row of the table of commands.
pub const COMMAND: Command = Command {
    name: "connect",
    arguments: "HOST:PORT",
    summary: "a prompt on a running server",
    details: "What is typed runs on the server, in a session of the type \"remote\" that ends when the prompt is left. \
              Ctrl-C stops what runs, a second one leaves.",
    examples: &[
        "quatre connect localhost:8080",
        "echo 'Session.info' | quatre connect localhost:8080 --user Ada",
    ],
    groups: &[&CONNECT],
    run: Some(run),
};

fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Usage> {
    let wishes = wishes(arguments, output)?;
    let host = Arc::new(SystemHost::new(Settings::default()));
    let (speaker, said) = voice();
    let speaker: Voice = Arc::new(speaker);
    let (events, happened) = channel();
    let interrupter = Arc::clone(&speaker);
    stop_on_signals(move || _ = interrupter.send(Said::Interrupt));
    let talker = {
        let (host, events) = (Arc::clone(&host), events.clone());
        move || talk(&wishes, &*host, said, &|heard| _ = events.send(Event::Heard(heard)))
    };
    let reader = {
        let host = Arc::clone(&host);
        move || {
            while let Some(line) = host.read_line() {
                _ = events.send(Event::Line(line));
            }
            _ = events.send(Event::End);
        }
    };
    let thread = |name: &str| std::thread::Builder::new().name(name.to_owned());
    if thread("connection").spawn(talker).is_err() || thread("input").spawn(reader).is_err() {
        return Err(Usage::new("the system gives no thread", "try again later"));
    }
    let prompt = Prompt { output, is_person: host.is_interactive(), speaker, exit: Exit::Fine };
    Ok(prompt.run(&happened))
}

/// What happens at a prompt, from either side.
enum Event {
    Heard(Heard),
    Line(String),
    End,
}

fn wishes(arguments: &Arguments, output: &Output) -> Result<Wishes, Usage> {
    let form = "write it as: quatre connect localhost:8080";
    let address = arguments.values.first().map(|word| word.to_string_lossy().into_owned());
    let address = address.ok_or_else(|| Usage::new("no server to connect to", form))?;
    let parts = address.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse::<u16>().ok()?)));
    let (host, port) = parts.ok_or_else(|| Usage::new(format!("`{address}` is not HOST:PORT"), form))?;
    let password = match arguments.value("password-file") {
        Some(path) => {
            let bytes = sandbox::read(&PathBuf::from(path)).map_err(|problem| {
                let why = sandbox::reason(&problem);
                Usage::new(format!("cannot read the password: {why}"), "--password-file names a file")
            })?;
            String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned()
        }
        None => SystemHost::environment("QUATRE_PASSWORD").unwrap_or_default(),
    };
    Ok(Wishes {
        host: host.trim_start_matches('[').trim_end_matches(']').to_owned(),
        port,
        user: arguments.text("user").unwrap_or_default(),
        password,
        trusted: arguments.value("tls-ca").map(PathBuf::from),
        color: output.look.color,
    })
}

struct Prompt<'a> {
    output: &'a Output,
    is_person: bool,
    speaker: Voice,
    exit: Exit,
}

/// What the server does with the last input.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// It is the user's.
    User,
    /// The same, in the middle of a block.
    UserAgain,
    /// It is the server's.
    Server,
}

impl Prompt<'_> {
    /// Sends lines, one after the other is done, and shows what comes of them, until either side leaves.
    fn run(mut self, happened: &Receiver<Event>) -> Exit {
        let mut turn = Turn::Server;
        let mut lines = VecDeque::new();
        let mut is_end = false;
        while let Ok(event) = happened.recv() {
            match event {
                Event::Line(line) => lines.push_back(line),
                Event::End => is_end = true,
                Event::Heard(heard) => match self.hear(heard) {
                    Some(next) => turn = next.unwrap_or(turn),
                    None => return self.exit,
                },
            }
            if turn == Turn::Server {
                continue;
            }
            let next = match lines.pop_front() {
                Some(line) => Some(line),
                // An empty line ends a block that was left open.
                None if is_end && turn == Turn::UserAgain => Some(String::new()),
                None if is_end => break,
                None => None,
            };
            if let Some(line) = next {
                _ = self.speaker.send(Said::Run(line));
                turn = Turn::Server;
            }
        }
        _ = self.speaker.send(Said::Bye);
        self.exit
    }

    fn prompt(&self, sign: &str) {
        if self.is_person {
            self.output.say(sign);
        }
    }

    /// Shows what the server says: whose turn it is then, when that has changed. `None` when the session is over.
    fn hear(&mut self, heard: Heard) -> Option<Option<Turn>> {
        match heard {
            Heard::Welcome(number, project) => {
                self.prompt(&format!("session {number} on {project}\n> "));
                return Some(Some(Turn::User));
            }
            Heard::Out(text) => self.output.result(&text),
            Heard::Err(text) => self.output.say(&text),
            Heard::Message(text) => self.output.say(&format!("[message] {text}\n")),
            Heard::Done(value) => {
                if let Some(value) = value {
                    self.output.result(&format!("{value}\n"));
                }
                self.prompt("> ");
                return Some(Some(Turn::User));
            }
            Heard::Failed(report) => {
                self.output.say(&report);
                self.exit = self.exit.max(Exit::Problem);
                self.prompt("> ");
                return Some(Some(Turn::User));
            }
            Heard::More => {
                self.prompt("… ");
                return Some(Some(Turn::UserAgain));
            }
            Heard::Refused(why) | Heard::Ended(why) => {
                self.output.say(&format!("error: {why}\n"));
                self.exit = self.exit.max(Exit::Usage);
                return None;
            }
        }
        Some(None)
    }
}
