//! Theme Processes: starting processes, holding them up, asking about them and about sessions.

use std::sync::Arc;
use std::time::Duration;

use crate::builtin::parameter::{Argument, Arguments, OneOf, Shape, Star, Take, Var};
use crate::builtin::{Command, Theme};
use crate::classes::session;
use crate::diagnostics::suggest::nearest;
use crate::native;
use crate::runtime::fixture::FixtureProcess;
use crate::runtime::process::Process;
use crate::runtime::process_table::{Call, Entry, Kind, Message};
use crate::runtime::session::Session;
use crate::runtime::waiting::{start, start_of};
use crate::value::collection::Collection;
use crate::value::error::{Error, Result};
use crate::value::function::MethodId;
use crate::value::object::Object;
use crate::value::portable::Portable;
use crate::value::text::Text;
use crate::value::{Type, Value};

/// Processes
pub const THEME: Theme = Theme {
    name: "Processes",
    commands: &[
        ABORT_PROCESS_BY_ID,
        COUNT_TASKS,
        COUNT_USER_PROCESSES,
        COUNT_USERS,
        CURRENT_PROCESS,
        CURRENT_PROCESS_NAME,
        DELAY_PROCESS,
        EXECUTE_ON_SERVER,
        NEW_PROCESS,
        PAUSE_PROCESS,
        PROCESS_ABORTED,
        PROCESS_ACTIVITY,
        PROCESS_INFO,
        PROCESS_NUMBER,
        PROCESS_PROPERTIES,
        PROCESS_STATE,
        RESUME_PROCESS,
        SESSION,
        SESSION_INFO,
        SESSION_STORAGE,
    ],
};

// ---- starting ----

/// The parameters for a method that another process runs, and the star that may end them.
pub(super) struct Parameters {
    values: Vec<Value>,
    star: bool,
}

impl Take for Parameters {
    fn shape() -> Shape {
        Shape { optional: true, rest: true, ..Value::shape() }
    }
    fn accepts(argument: &Argument) -> bool {
        Value::accepts(argument) || Star::accepts(argument)
    }
    fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
        let mut parameters = Self { values: Vec::new(), star: false };
        while arguments.remaining() > 0 {
            if arguments.remaining() == 1 && arguments.peek().is_some_and(Star::accepts) {
                Star::take(arguments)?;
                parameters.star = true;
            } else if matches!(arguments.peek(), Some(Argument::Missing)) {
                arguments.shift();
                parameters.values.push(Value::Undefined);
            } else {
                parameters.values.push(Value::take(arguments)?);
            }
        }
        Ok(parameters)
    }
}

/// The method of a name, or 4D's error -10508.
pub(super) fn method(process: &Process, name: &Text) -> Result<MethodId> {
    let loader = &process.runtime.loader;
    let name = name.to_str();
    loader.method(&name).ok_or_else(|| {
        let names = loader.method_names();
        let error = Error::native(-10508, format!("there is no method `{name}`"));
        match nearest(&name, names.iter().map(String::as_str)) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error,
        }
    })
}

const NEW_PROCESS: Command = Command {
    number: 317,
    name: "New process",
    thread_safe: true,
    help: "Starts a process that runs a method and gives its number; with * only when none of that name runs.",
    syntaxes: &[native!(new_process(process, method, stack, name, param))],
};

fn new_process(
    process: &mut Process,
    method: Text,
    stack: i32,
    name: Option<Text>,
    parameters: Parameters,
) -> Result<i32> {
    // On a server it does what `Execute on server` does, except in a web session, whose processes stay in it.
    let server = process.runtime.sessions.is_server();
    let web = process.entry.session().is_some_and(|session| session.is_web());
    let kind = if server && !web { Kind::StoredProcedure } else { Kind::User };
    begin(process, &method, stack, name, parameters, kind)
}

const EXECUTE_ON_SERVER: Command = Command {
    number: 373,
    name: "Execute on server",
    thread_safe: false,
    help: "Starts a process that runs a method as a stored procedure, on this machine, and gives its number.",
    syntaxes: &[native!(execute_on_server(process, procedure, stack, name, param))],
};

fn execute_on_server(
    process: &mut Process,
    method: Text,
    stack: i32,
    name: Option<Text>,
    parameters: Parameters,
) -> Result<i32> {
    let kind = if process.runtime.sessions.is_server() { Kind::StoredProcedure } else { Kind::User };
    begin(process, &method, stack, name, parameters, kind)
}

fn begin(
    process: &mut Process,
    name_of_method: &Text,
    stack: i32,
    name: Option<Text>,
    parameters: Parameters,
    kind: Kind,
) -> Result<i32> {
    let name = name.unwrap_or_default();
    if parameters.star
        && let Some(number) = process.runtime.processes.find(&name.to_str())
    {
        return Ok(number);
    }
    let call = Call::Method(method(process, name_of_method)?);
    let message = Message { call, arguments: Portable::from_values(&parameters.values)? };
    let runtime = Arc::clone(&process.runtime);
    let wanted = start_of(&runtime, &name.to_str(), kind, &process.entry);
    start(&runtime, wanted, message, usize::try_from(stack).unwrap_or(0))
}

// ---- holding up ----

const DELAY_PROCESS: Command = Command {
    number: 323,
    name: "DELAY PROCESS",
    thread_safe: true,
    help: "Makes a process wait for a number of ticks, sixtieths of a second.",
    syntaxes: &[native!(delay_process(process, process, duration))],
};

/// A number of ticks as a time; nothing for what is no number or negative.
pub(super) fn ticks(ticks: f64) -> Duration {
    Duration::try_from_secs_f64((ticks / 60.0).max(0.0)).unwrap_or(Duration::ZERO)
}

fn delay_process(process: &mut Process, number: i32, duration: f64) -> Result<()> {
    if number == process.entry.number {
        return process.delay(ticks(duration));
    }
    if let Some(entry) = process.runtime.processes.get(number) {
        entry.delay(ticks(duration));
    }
    Ok(())
}

const PAUSE_PROCESS: Command = Command {
    number: 319,
    name: "PAUSE PROCESS",
    thread_safe: true,
    help: "Makes a process, other than the main one, wait until it is resumed.",
    syntaxes: &[native!(pause_process(process, process))],
};

fn pause_process(process: &mut Process, number: i32) -> Result<()> {
    if let Some(entry) = process.runtime.processes.get(number) {
        entry.pause();
    }
    // When it is this one, it waits here.
    process.attend()
}

const RESUME_PROCESS: Command = Command {
    number: 320,
    name: "RESUME PROCESS",
    thread_safe: true,
    help: "Ends the pause or the delay of a process.",
    syntaxes: &[native!(resume_process(process, process))],
};

fn resume_process(process: &mut Process, number: i32) {
    if let Some(entry) = process.runtime.processes.get(number) {
        entry.resume();
    }
}

const ABORT_PROCESS_BY_ID: Command = Command {
    number: 1634,
    name: "ABORT PROCESS BY ID",
    thread_safe: true,
    help: "Stops the process of this unique ID on a server; elsewhere it does nothing.",
    syntaxes: &[native!(abort_process_by_id(process, uniqueID))],
};

fn abort_process_by_id(process: &mut Process, id: i32) -> Result<()> {
    if process.runtime.sessions.is_server()
        && let Some(entry) = process.runtime.processes.get(id)
    {
        entry.stop();
    }
    process.attend()
}

const PROCESS_ABORTED: Command = Command {
    number: 672,
    name: "Process aborted",
    thread_safe: true,
    help: "True when this process is about to be stopped.",
    syntaxes: &[native!(process_aborted(process))],
};

fn process_aborted(process: &mut Process) -> bool {
    process.is_stopping()
}

// ---- asking ----

const CURRENT_PROCESS: Command = Command {
    number: 322,
    name: "Current process",
    thread_safe: true,
    help: "The number of this process.",
    syntaxes: &[native!(current_process(process))],
};

fn current_process(process: &mut Process) -> i32 {
    process.entry.number
}

const CURRENT_PROCESS_NAME: Command = Command {
    number: 1392,
    name: "Current process name",
    thread_safe: true,
    help: "The name of this process.",
    syntaxes: &[native!(current_process_name(process))],
};

fn current_process_name(process: &mut Process) -> String {
    process.entry.name.clone()
}

const COUNT_TASKS: Command = Command {
    number: 335,
    name: "Count tasks",
    thread_safe: true,
    help: "The highest number of a process that runs.",
    syntaxes: &[native!(count_tasks(process))],
};

fn count_tasks(process: &mut Process) -> i32 {
    process.runtime.processes.highest()
}

const COUNT_USER_PROCESSES: Command = Command {
    number: 343,
    name: "Count user processes",
    thread_safe: true,
    help: "How many processes run.",
    syntaxes: &[native!(count_user_processes(process))],
};

/// The types of processes that do not count: internal timer, client manager, server interface.
const UNCOUNTED_TYPES: [i32; 3] = [-25, -31, -15];

fn count_user_processes(process: &mut Process) -> i32 {
    let table = &process.runtime.processes;
    let listed = table.listed().iter().filter(|listed| !UNCOUNTED_TYPES.contains(&listed.process.type_));
    i32::try_from(table.all().len() + listed.count()).unwrap_or(i32::MAX)
}

const COUNT_USERS: Command = Command {
    number: 342,
    name: "Count users",
    thread_safe: true,
    help: "How many clients are connected to the server; 1 without a server.",
    syntaxes: &[native!(count_users(process))],
};

fn count_users(process: &mut Process) -> i32 {
    use crate::runtime::fixture::SessionType;
    let sessions = &process.runtime.sessions;
    if !sessions.is_server() {
        return 1;
    }
    let remote = sessions.all().iter().filter(|session| session.type_ == SessionType::Remote).count();
    i32::try_from(remote).unwrap_or(i32::MAX)
}

const PROCESS_NUMBER: Command = Command {
    number: 372,
    name: "Process number",
    thread_safe: true,
    help: "The number of the process of this name or ID, 0 when there is none.",
    syntaxes: &[native!(process_number(process, name, star))],
};

fn process_number(process: &mut Process, name: Text, _star: Option<Star>) -> i32 {
    let table = &process.runtime.processes;
    let name = name.to_str();
    let by_id = || {
        let id: i32 = name.parse().ok()?;
        let own = table.get(id).map(|entry| entry.number);
        own.or_else(|| {
            table.listed().iter().find(|l| l.process.id == Some(id)).and_then(|l| l.process.number)
        })
    };
    table.find(&name).or_else(by_id).unwrap_or(0)
}

const PROCESS_STATE: Command = Command {
    number: 330,
    name: "Process state",
    thread_safe: false,
    help: "What a process does: Executing, Delayed, Paused and so on; -100 when there is none of that number.",
    syntaxes: &[native!(process_state(process, process))],
};

/// `Does not exist`
const DOES_NOT_EXIST: i32 = -100;
/// `Aborted`
const ABORTED: i32 = -1;

fn process_state(process: &mut Process, number: i32) -> i32 {
    let table = &process.runtime.processes;
    if let Some(entry) = table.get(number) {
        return entry.state();
    }
    if let Some(listed) = table.find_listed(number) {
        return listed.process.state;
    }
    // A number that was used already belongs to a process that has ended.
    if (1..=table.highest()).contains(&number) { ABORTED } else { DOES_NOT_EXIST }
}

const PROCESS_PROPERTIES: Command = Command {
    number: 336,
    name: "PROCESS PROPERTIES",
    thread_safe: true,
    help: "Gives name, state, running time in ticks, mode, unique ID and origin of a process.",
    syntaxes: &[native!(process_properties(
        process, process, procName, procState, procTime, procMode, uniqueID, origin
    ))],
};

#[expect(clippy::too_many_arguments, reason = "4D gives them one variable each")]
fn process_properties(
    process: &mut Process,
    number: i32,
    name: Var<Text>,
    state: Var<i32>,
    time: Var<i32>,
    mode: Option<Var<i32>>,
    id: Option<Var<i32>>,
    origin: Option<Var<i32>>,
) {
    let found = describe(process, number);
    name.set(found.as_ref().map(|found| found.name.clone()).unwrap_or_default());
    state.set(found.as_ref().map_or_else(|| process_state(process, number), |found| found.state));
    #[expect(clippy::cast_possible_truncation, reason = "a conversion that saturates")]
    time.set(found.as_ref().map_or(0, |found| (found.cpu_time * 60.0) as i32));
    if let Some(mode) = mode {
        // Bit 0: visible; bit 1: preemptive. A Boolean variable gets the first alone.
        let (visible, preemptive) =
            found.as_ref().map_or((false, false), |found| (found.visible, found.preemptive));
        if mode.declared() == Type::Boolean {
            mode.set(visible);
        } else {
            mode.set(i32::from(visible) | i32::from(preemptive) << 1);
        }
    }
    if let Some(id) = id {
        id.set(found.as_ref().and_then(|found| found.id).unwrap_or(0));
    }
    if let Some(origin) = origin {
        origin.set(found.as_ref().map_or(0, |found| found.type_));
    }
}

/// A process of the program in the words of the session file.
fn described(process: &Process, entry: &Entry) -> FixtureProcess {
    let (cpu_time, cpu_usage) = entry.running_time(process.runtime.host.elapsed());
    FixtureProcess {
        name: entry.name.clone(),
        number: Some(entry.number),
        id: Some(entry.number),
        type_: entry.kind.code(),
        state: entry.state(),
        visible: false,
        // All but the main one run beside each other.
        preemptive: entry.kind != Kind::Main,
        cpu_time,
        cpu_usage,
        creation_date_time: Some(entry.created.clone()),
        system_id: Some(entry.thread().to_owned()),
    }
}

fn describe(process: &Process, number: i32) -> Option<FixtureProcess> {
    let table = &process.runtime.processes;
    let own = table.get(number).map(|entry| described(process, &entry));
    own.or_else(|| table.find_listed(number).map(|listed| listed.process.clone()))
}

/// The object that describes a process.
fn object_of(found: FixtureProcess, session: Option<&Arc<Session>>) -> Object {
    let object = Object::new();
    object.put("number", found.number.unwrap_or_default());
    object.put("name", found.name);
    object.put("sessionID", session.map(|session| session.id.clone()).unwrap_or_default());
    object.put("ID", found.id.unwrap_or_default());
    object.put("visible", found.visible);
    object.put("type", found.type_);
    object.put("state", found.state);
    object.put("creationDateTime", found.creation_date_time.unwrap_or_default());
    object.put("preemptive", found.preemptive);
    object.put("systemID", found.system_id.unwrap_or_default());
    object.put("cpuUsage", found.cpu_usage);
    object.put("cpuTime", found.cpu_time);
    object
}

const PROCESS_INFO: Command = Command {
    number: 1843,
    name: "Process info",
    thread_safe: true,
    help: "An object that describes a process, Null when there is none of that number.",
    syntaxes: &[native!(process_info(process, processNumber))],
};

fn process_info(process: &mut Process, number: i32) -> Option<Object> {
    let table = &process.runtime.processes;
    if let Some(entry) = table.get(number) {
        return Some(object_of(described(process, &entry), entry.session().as_ref()));
    }
    let listed = table.find_listed(number)?;
    Some(object_of(listed.process.clone(), Some(&listed.session)))
}

const PROCESS_ACTIVITY: Command = Command {
    number: 1495,
    name: "Process activity",
    thread_safe: true,
    help: "All processes that run and, on a server, all sessions, or those of one session.",
    syntaxes: &[
        native!(process_activity(process, options)),
        native!(process_activity_of(process, sessionID, options)),
    ],
};

/// `Processes only` and `Sessions only`
const PROCESSES_ONLY: i32 = 1;
const SESSIONS_ONLY: i32 = 2;

fn process_activity(process: &mut Process, options: Option<i32>) -> Object {
    activity(process, options, None)
}

fn process_activity_of(process: &mut Process, id: Text, options: Option<i32>) -> Option<Object> {
    if !process.runtime.sessions.is_server() {
        return Some(activity(process, options, None));
    }
    let session = process.runtime.sessions.by_id(&id.to_str())?;
    Some(activity(process, options, Some(&session)))
}

fn activity(process: &Process, options: Option<i32>, of: Option<&Arc<Session>>) -> Object {
    let table = &process.runtime.sessions;
    // Without a server the options are ignored: there are only processes to list.
    let options = if table.is_server() { options.unwrap_or(0) } else { PROCESSES_ONLY };
    let wanted = |session: Option<&Arc<Session>>| {
        of.is_none_or(|of| session.is_some_and(|session| Arc::ptr_eq(of, session)))
    };
    let sessions = table.all();
    let result = Object::new();
    if options != SESSIONS_ONLY {
        let with_session = options != PROCESSES_ONLY;
        let mut all = Vec::new();
        let mut list = |found: FixtureProcess, session: Option<&Arc<Session>>| {
            if wanted(session) {
                let object = object_of(found, session);
                if let (true, Some(session)) = (with_session, session) {
                    object.put("session", session.info());
                }
                all.push(Value::Object(object));
            }
        };
        for entry in process.runtime.processes.all() {
            list(described(process, &entry), entry.session().as_ref());
        }
        for listed in process.runtime.processes.listed() {
            // The processes of a client that was dropped are gone with it.
            if sessions.iter().any(|session| Arc::ptr_eq(session, &listed.session)) {
                list(listed.process.clone(), Some(&listed.session));
            }
        }
        result.put("processes", Collection::from_vec(all));
    }
    if options != PROCESSES_ONLY {
        let all = sessions
            .iter()
            .filter(|session| wanted(Some(session)))
            .map(|session| Value::Object(session.info()));
        result.put("sessions", all.collect::<Collection>());
    }
    result
}

// ---- sessions ----

/// What `Session info` finds a session by.
enum SessionKey {
    Number(i32),
    Id(Text),
    /// Null or Undefined: there is no such session.
    Nothing,
}

impl Take for SessionKey {
    fn shape() -> Shape {
        OneOf::<i32, Text>::shape()
    }
    fn accepts(argument: &Argument) -> bool {
        OneOf::<i32, Text>::accepts(argument) || argument.value().is_nothing()
    }
    fn take(arguments: &mut Arguments<'_>) -> Result<Self> {
        let given = arguments
            .peek()
            .filter(|argument| !matches!(argument, Argument::Missing | Argument::Operator(_)));
        if given.is_some_and(|argument| argument.value().is_nothing()) {
            Value::take(arguments)?;
            return Ok(Self::Nothing);
        }
        Ok(match OneOf::<i32, Text>::take(arguments)? {
            OneOf::First(number) => Self::Number(number),
            OneOf::Second(id) => Self::Id(id),
        })
    }
}

const SESSION_INFO: Command = Command {
    number: 1844,
    name: "Session info",
    thread_safe: true,
    help: "An object that describes a session, Null when there is none of that number or ID.",
    syntaxes: &[native!(session_info(process, sessionId))],
};

fn session_info(process: &mut Process, key: SessionKey) -> Option<Object> {
    let sessions = &process.runtime.sessions;
    let session = match key {
        SessionKey::Number(number) => sessions.by_number(number),
        SessionKey::Id(id) => sessions.by_id(&id.to_str()),
        SessionKey::Nothing => None,
    };
    session.map(|session| session.info())
}

const SESSION: Command = Command {
    number: 1714,
    name: "Session",
    thread_safe: true,
    help: "The session of this process, Null when it has none.",
    syntaxes: &[native!(current_session(process))],
};

fn current_session(process: &mut Process) -> Option<Object> {
    session::current(process)
}

const SESSION_STORAGE: Command = Command {
    number: 1839,
    name: "Session storage",
    thread_safe: true,
    help: "The shared object that all processes of a session see, Null when there is no session of that ID.",
    syntaxes: &[native!(session_storage(process, id))],
};

fn session_storage(process: &mut Process, id: Text) -> Option<Object> {
    let session = process.runtime.sessions.by_id(&id.to_str())?;
    Some(Object::shared(Arc::clone(&session.storage)))
}
