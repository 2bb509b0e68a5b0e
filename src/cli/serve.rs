//! `quatre serve`: a project as a server, for web clients and for remote users.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::cli::args::{Arguments, Group, Opt, Usage};
use crate::cli::output::Output;
use crate::cli::prepare::{Prepared, Stop};
use crate::cli::run::{report, report_failure};
use crate::cli::{Command, Exit, options};
use crate::diagnostics::{Diagnostic, Severity};
use crate::engine::project::{self, Opened};
use crate::engine::{Engine, Target};
use crate::resolve::has_errors;
use crate::runtime::Options;
use crate::runtime::host::{Host, stop_on_signals};
use crate::runtime::web::WebControl;
use crate::server::host::ServerHost;
use crate::server::{Project, Scheme, Server, Told, Wishes};
use crate::source::Sources;
use crate::value::function::MethodId;

/// What only a server takes.
static SERVE: Group = Group {
    title: "Options of the server",
    options: &[
        Opt::value("port", "N", "the port at which it listens; 0 for any that is free").daily(),
        Opt::value("host", "ADDRESS", "the address at which it listens; 127.0.0.1 unless named").daily(),
        Opt::value("tls-cert", "FILE.pem", "the certificate; with it the server listens with TLS"),
        Opt::value("tls-key", "FILE.pem", "the private key of the certificate"),
        Opt::value("users", "FILE", "remote users: lines NAME:HASH, as `Generate password hash` makes them"),
        Opt::value(
            "auth",
            "SCHEME",
            "how web clients say who they are: custom (the default), basic or digest",
        ),
        Opt::value(
            "session-store",
            "URL",
            "where web sessions live, for several servers to share: redis://HOST:PORT",
        ),
        Opt::flag("skip-onstartup", "run neither `On Server Startup` nor `On Startup`"),
    ],
};

/// The row of the table of commands.
pub const COMMAND: Command = Command {
    name: "serve",
    arguments: "PROJECT",
    summary: "serve a project over HTTP",
    details: "Files of the folder `WebFolder` beside `Project` are sent as they are; request handlers (HTTPHandlers.json), \
              `4DACTION` for methods allowed to it, `On Web Authentication` and `On Web Connection` answer the rest. \
              Ctrl-C stops it in order: requests under way end, then `On Exit` runs. Remote users connect with \
              `quatre connect`; those of --users with a password, without a list anybody on this machine.",
    examples: &[
        "quatre serve Shop --port 8080",
        "quatre serve Shop --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem",
    ],
    groups: &[&SERVE, &options::RUN, &options::LIMITS],
    run: Some(run),
};

fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Usage> {
    let Some(path) = arguments.values.first() else {
        return Err(Usage::new("no project to serve", "write it as: quatre serve PROJECT"));
    };
    let wishes = wishes(arguments)?;
    let prepared = match Prepared::read(arguments, output) {
        Ok(prepared) => prepared,
        Err(Stop::Usage(usage)) => return Err(usage),
        Err(Stop::Reported) => return Ok(Exit::Usage),
    };
    let refuse = |problems: &[Diagnostic]| {
        output.problems(problems, &Sources::new(), &[]);
        output.count(problems);
        Ok(Exit::Usage)
    };
    let opened = match project::open(Path::new(path)) {
        Ok(opened) if opened.project.file.is_some() => opened,
        Ok(_) => {
            return Err(Usage::new(
                "a script cannot be served",
                "serve a project: its folder or its .4DProject",
            ));
        }
        Err(problem) => return refuse(&[*problem]),
    };
    tell_problems(&opened, output);
    let (sender, told) = channel();
    let teller = {
        let sender = sender.clone();
        Arc::new(move |told| _ = sender.send(Some(told)))
    };
    let server = Server::new(wishes, teller)
        .map_err(|problem| Usage::new(format!("the server has no threads: {problem}"), "try again later"))?;
    let settings = settings(&prepared, output, &server);
    let host: Arc<dyn Host> = Arc::new(ServerHost(Arc::clone(&prepared.host)));
    let engine = match Engine::open(Target::Opened(Box::new(opened)), host, settings) {
        Ok(engine) => engine,
        Err(problems) => return refuse(&problems),
    };
    let Some(plan) = plan(&engine, arguments, output) else { return Ok(Exit::Problem) };
    server.serve(plan.project.clone());
    engine.runtime().web.name_application(&engine.project().name);
    let runtime = Arc::clone(engine.runtime());
    stop_on_signals(move || runtime.processes.quit());
    let exit = std::thread::scope(|scope| {
        scope.spawn(|| listen(&engine, told, output));
        let holder = Arc::clone(&server);
        let hold = Box::new(move |process: &mut _| holder.hold(process));
        let _last = LastWord(sender);
        engine.run_holding(&plan.startup, Vec::new(), Some(hold), plan.on_exit)
    });
    let exit = report(&engine, &exit, output);
    Ok(if server.has_failed() { exit.max(Exit::Usage) } else { exit })
}

/// Tells the listener that nothing more comes, however the server ends.
struct LastWord(Sender<Option<Told>>);

impl Drop for LastWord {
    fn drop(&mut self) {
        _ = self.0.send(None);
    }
}

/// Shows what the server has to say, until it has ended.
fn listen(engine: &Engine, told: Receiver<Option<Told>>, output: &Output) {
    while let Ok(Some(told)) = told.recv() {
        match told {
            Told::Note(text) => output.say(&format!("{text}\n")),
            Told::Failure(failure) => report_failure(engine, &failure, output),
        }
    }
}

/// What is wrong with a project as a whole is told, and does not keep it from being served.
fn tell_problems(opened: &Opened, output: &Output) {
    let mut problems = opened.project.problems.clone();
    for problem in &mut problems {
        problem.severity = Severity::Warning;
    }
    let problems = output.judge(problems);
    if !problems.is_empty() {
        output.problems(&problems, &Sources::new(), &[]);
    }
}

fn wishes(arguments: &Arguments) -> Result<Wishes, Usage> {
    let port = arguments.text("port").map(|text| {
        text.parse::<u16>().map_err(|_| {
            Usage::new(
                format!("`--port` is a number from 0 to 65535, not `{text}`"),
                "write it as: --port 8080",
            )
        })
    });
    let host = arguments.text("host");
    if let Some(host) = host.as_ref().filter(|host| *host != "localhost" && host.parse::<IpAddr>().is_err()) {
        let message = format!("`--host` is an address of this machine, not `{host}`");
        return Err(Usage::new(message, "127.0.0.1 for this machine alone, 0.0.0.0 for all its addresses"));
    }
    let file = |name: &str| arguments.value(name).map(PathBuf::from);
    let tls = match (file("tls-cert"), file("tls-key")) {
        (Some(certificate), Some(key)) => Some((certificate, key)),
        (None, None) => None,
        (Some(_), None) | (None, Some(_)) => {
            return Err(Usage::new("`--tls-cert` and `--tls-key` belong together", "name both files"));
        }
    };
    let scheme = match arguments.text("auth").as_deref() {
        None | Some("custom") => Scheme::Custom,
        Some("basic") => Scheme::Basic,
        Some("digest") => Scheme::Digest,
        Some(other) => {
            let message = format!("`--auth` is custom, basic or digest, not `{other}`");
            return Err(Usage::new(message, "custom leaves it to the code of the project"));
        }
    };
    let store = arguments.text("session-store");
    if let Some(address) = store.as_ref().filter(|address| !address.starts_with("redis://")) {
        let message = format!("`--session-store` is an address redis://HOST:PORT, not `{address}`");
        return Err(Usage::new(message, "sessions can live in Redis; TLS and other stores are not built"));
    }
    Ok(Wishes { host, port: port.transpose()?, tls, users: file("users"), scheme, store })
}

fn settings(prepared: &Prepared, output: &Output, server: &Arc<Server>) -> Options {
    let web: Arc<dyn WebControl> = Arc::<Server>::clone(server);
    Options {
        user_param: prepared.user_param.clone().unwrap_or_default(),
        // Nobody sits in front of a server.
        no_input: true,
        verbose: output.is_verbose,
        sessions: prepared.fixture.clone(),
        max_depth: prepared.limits.depth,
        max_steps: prepared.limits.steps,
        max_time: prepared.limits.time,
        web: Some(web),
        ..Options::default()
    }
}

/// The code that a server runs.
struct Plan {
    startup: Vec<MethodId>,
    on_exit: Option<MethodId>,
    project: Project,
}

/// Finds the code, and reports what keeps it from being read; `None` when something does.
fn plan(engine: &Engine, arguments: &Arguments, output: &Output) -> Option<Plan> {
    // On 4D Server a project has methods of its own for this; one made for a single user has the others.
    let first = |names: [&str; 2]| names.into_iter().find_map(|name| engine.database_method(name));
    let skips = arguments.has("skip-onstartup");
    let startup: Vec<MethodId> =
        first(["onServerStartup", "onStartup"]).filter(|_| !skips).into_iter().collect();
    let on_exit = first(["onServerShutdown", "onExit"]).filter(|_| !skips);
    let project = Project {
        name: engine.project().name.clone(),
        sources: engine.project().folders.sources.clone(),
        authentication: engine.database_method("onWebAuthentication"),
        connection: engine.database_method("onWebConnection"),
    };
    let mut is_readable = true;
    for code in startup.iter().chain(&on_exit).chain(&project.authentication).chain(&project.connection) {
        let problems = output.judge(engine.problems(*code));
        if has_errors(&problems) {
            output.problems(&problems, engine.sources(), &[]);
            output.count(&problems);
            is_readable = false;
        }
    }
    is_readable.then_some(Plan { startup, on_exit, project })
}
