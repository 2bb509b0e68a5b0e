//! Theme 4D Environment: which 4D this is, where its files are, how it ends.

use std::path::{Path, PathBuf};

use crate::builtin::parameter::{OneOf, Star, Var};
use crate::builtin::{Command, Theme};
use crate::native;
use crate::runtime::fixture::{Application, SessionType};
use crate::runtime::host::Platform;
use crate::runtime::location::{self, Location};
use crate::runtime::process::Process;
use crate::value::ArrayType;
use crate::value::array::{Array, Items};
use crate::value::error::{Error, Result};
use crate::value::json::{self, Dates, Times};
use crate::value::number;
use crate::value::object::Object;
use crate::value::pointer::Pointer;
use crate::value::text::Text;

/// 4D Environment
pub const THEME: Theme = Theme {
    name: "4D Environment",
    commands: &[
        APPLICATION_FILE,
        APPLICATION_INFO,
        APPLICATION_TYPE,
        APPLICATION_VERSION,
        COMPONENT_LIST,
        DATA_FILE,
        DROP_REMOTE_USER,
        GET_4D_FOLDER,
        GET_DATABASE_LOCALIZATION,
        GET_DATABASE_PARAMETER,
        IS_COMPILED_MODE,
        IS_DATA_FILE_LOCKED,
        PLUGIN_LIST,
        QUIT_4D,
        REJECT_NEW_REMOTE_CONNECTIONS,
        SEND_MESSAGE_TO_REMOTE_USER,
        SET_DATABASE_PARAMETER,
        STRUCTURE_FILE,
        VERSION_TYPE,
    ],
};

// ---- which 4D ----

/// The version whose language this is: 21 R3.
const VERSION: &str = "2130";

const APPLICATION_TYPE: Command = Command {
    number: 494,
    name: "Application type",
    thread_safe: true,
    help: "Which kind of 4D runs: 6 for tool4d, unless a session file says otherwise.",
    syntaxes: &[native!(application_type(process))],
};

fn application_type(process: &mut Process) -> i32 {
    match process.runtime.sessions.application {
        Application::Local => 0,
        Application::Remote => 4,
        Application::Server => 5,
        Application::Tool4d => 6,
    }
}

const APPLICATION_VERSION: Command = Command {
    number: 493,
    name: "Application version",
    thread_safe: true,
    help: "The version of 4D whose language runs, in four characters, or eight with *.",
    syntaxes: &[native!(application_version(buildNum, star))],
};

fn application_version(build: Option<Var<i32>>, long: Option<Star>) -> String {
    if let Some(build) = build {
        build.set(0);
    }
    // A final version, compilation 1.
    if long.is_some() { format!("F001{VERSION}") } else { VERSION.to_owned() }
}

const VERSION_TYPE: Command = Command {
    number: 495,
    name: "Version type",
    thread_safe: true,
    help: "A bit field: bit 1 is set, for a version of 64 bits.",
    syntaxes: &[native!(version_type())],
};

fn version_type() -> i32 {
    1 << 1
}

const IS_COMPILED_MODE: Command = Command {
    number: 492,
    name: "Is compiled mode",
    thread_safe: true,
    help: "False: the code is interpreted.",
    syntaxes: &[native!(is_compiled_mode(star))],
};

fn is_compiled_mode(_host: Option<Star>) -> bool {
    false
}

const APPLICATION_INFO: Command = Command {
    number: 1599,
    name: "Application info",
    thread_safe: true,
    help: "An object that describes how the application runs.",
    syntaxes: &[native!(application_info(process))],
};

fn application_info(process: &mut Process) -> Object {
    let host = &process.runtime.host;
    let sessions = &process.runtime.sessions;
    let (_, usage) = process.entry.running_time(host.elapsed());
    let object = Object::new();
    object.put("launchedAsService", false);
    object.put("volumeShadowCopyStatus", "notAvailable");
    object.put("cpuUsage", usage * 100.0);
    object.put("uptime", host.elapsed().as_secs_f64().floor());
    object.put("headless", sessions.application == Application::Tool4d);
    object.put("pid", f64::from(host.process_id()));
    object.put("networkInputThroughput", 0);
    object.put("networkOutputThroughput", 0);
    object.put("SDIMode", false);
    object.put("canUseFluentUI", false);
    object.put("useFluentUI", false);
    if sessions.is_server() {
        object.put("newConnectionsAllowed", true);
    }
    object
}

// ---- where its files are ----

/// A path as 4D writes it on this system; that of a folder ends with a separator.
pub(super) fn system_path(path: &Path, folder: bool) -> String {
    let mut text = path.to_string_lossy().into_owned();
    if folder && !text.is_empty() && !text.ends_with(std::path::MAIN_SEPARATOR) {
        text.push(std::path::MAIN_SEPARATOR);
    }
    text
}

/// The folder of the project, or of the script.
fn package(process: &Process) -> PathBuf {
    location::package(&process.runtime)
}

const APPLICATION_FILE: Command = Command {
    number: 491,
    name: "Application file",
    thread_safe: true,
    help: "The path of the application.",
    syntaxes: &[native!(application_file(process))],
};

fn application_file(process: &mut Process) -> String {
    system_path(&process.runtime.host.executable(), false)
}

const STRUCTURE_FILE: Command = Command {
    number: 489,
    name: "Structure file",
    thread_safe: true,
    help: "The path of the project file, or of the script.",
    syntaxes: &[native!(structure_file(process, star))],
};

fn structure_file(process: &mut Process, _host: Option<Star>) -> String {
    let file = process.runtime.options.structure.as_deref();
    file.map(|file| system_path(&location::absolute(&process.runtime, file), false)).unwrap_or_default()
}

const DATA_FILE: Command = Command {
    number: 490,
    name: "Data file",
    thread_safe: true,
    help: "The path of the data file: \"\", because no data is opened.",
    syntaxes: &[native!(data_file(segment))],
};

fn data_file(_segment: Option<i32>) -> &'static str {
    ""
}

const IS_DATA_FILE_LOCKED: Command = Command {
    number: 716,
    name: "Is data file locked",
    thread_safe: true,
    help: "False: no data is opened.",
    syntaxes: &[native!(is_data_file_locked())],
};

fn is_data_file_locked() -> bool {
    false
}

const GET_4D_FOLDER: Command = Command {
    number: 485,
    name: "Get 4D folder",
    thread_safe: true,
    help: "The path of a folder of the project or of the application.",
    syntaxes: &[native!(get_4d_folder(process, folder, options, star))],
};

fn get_4d_folder(
    process: &mut Process,
    folder: Option<i32>,
    _options: Option<Object>,
    _host: Option<Star>,
) -> Result<String> {
    let package = package(process);
    let path = match folder.unwrap_or(0) {
        0 => active_folder(process),
        1 => active_folder(process).join("Licenses"),
        3 | 4 => package,
        5 => return Ok(posix_folder(&package)),
        6 => package.join("Resources"),
        7 => Location::of_folder(&process.runtime, 7)?.path(),
        8 => package.join("WebFolder"),
        9 => package.join("Data"),
        10 => package.join("MobileApps"),
        other => return Err(Error::quatre(5218, format!("`Get 4D folder` knows no folder {other}"))),
    };
    Ok(system_path(&path, true))
}

fn posix_folder(path: &Path) -> String {
    let mut text = path.to_string_lossy().replace('\\', "/");
    if !text.ends_with('/') {
        text.push('/');
    }
    text
}

/// Where applications keep what belongs to their user.
fn active_folder(process: &Process) -> PathBuf {
    let host = &process.runtime.host;
    let variable = |name: &str| host.variable(name).map(PathBuf::from).unwrap_or_default();
    match host.platform() {
        Platform::Windows => variable("APPDATA").join("Quatre"),
        Platform::Mac => variable("HOME").join("Library/Application Support/Quatre"),
        Platform::Linux => variable("HOME").join(".config/quatre"),
    }
}

const GET_DATABASE_LOCALIZATION: Command = Command {
    number: 1009,
    name: "Get database localization",
    thread_safe: true,
    help: "The language of the program: \"en\".",
    syntaxes: &[native!(get_database_localization(languageType, star))],
};

fn get_database_localization(_type: Option<i32>, _host: Option<Star>) -> &'static str {
    "en"
}

const COMPONENT_LIST: Command = Command {
    number: 1001,
    name: "COMPONENT LIST",
    thread_safe: true,
    help: "Fills an array with the names of the components: none, because components are not loaded.",
    syntaxes: &[native!(component_list(componentsArray))],
};

fn component_list(names: Var<Array>) {
    empty(&names, ArrayType::Text);
}

const PLUGIN_LIST: Command = Command {
    number: 847,
    name: "PLUGIN LIST",
    thread_safe: true,
    help: "Fills arrays with the numbers and names of the plug-ins: none, because plug-ins are not loaded.",
    syntaxes: &[native!(plugin_list(numbersArray, namesArray))],
};

fn plugin_list(numbers: Var<Array>, names: Var<Array>) {
    empty(&numbers, ArrayType::Longint);
    empty(&names, ArrayType::Text);
}

fn empty(array: &Var<Array>, type_: ArrayType) {
    array.array(type_).with_mut(|items| *items = Items::new(type_, 0));
}

// ---- parameters ----

/// Selectors of database parameters.
mod selector {
    pub(super) const UNICODE_MODE: i32 = 41;
    pub(super) const DATES_INSIDE_OBJECTS: i32 = 85;
    pub(super) const USER_PARAM_VALUE: i32 = 108;
    pub(super) const TIMES_INSIDE_OBJECTS: i32 = 109;
    pub(super) const IS_CURRENT_DATABASE_A_PROJECT: i32 = 112;
    pub(super) const IS_HOST_DATABASE_A_PROJECT: i32 = 113;
}

/// What a parameter is that was never set.
fn default_parameter(selector: i32) -> f64 {
    match selector {
        selector::UNICODE_MODE
        | selector::IS_CURRENT_DATABASE_A_PROJECT
        | selector::IS_HOST_DATABASE_A_PROJECT => 1.0,
        _ => 0.0,
    }
}

/// The parameters that are settings of this process: how objects hold dates and times.
fn setting(selector: i32) -> Option<f64> {
    let settings = json::Settings::current();
    Some(match (selector, settings.dates, settings.times) {
        (selector::DATES_INSIDE_OBJECTS, Dates::TextWithoutZone, _) => 0.0,
        (selector::DATES_INSIDE_OBJECTS, Dates::TextWithZone, _) => 1.0,
        (selector::DATES_INSIDE_OBJECTS, Dates::Type, _) => 2.0,
        (selector::TIMES_INSIDE_OBJECTS, _, Times::Seconds) => 0.0,
        (selector::TIMES_INSIDE_OBJECTS, _, Times::Milliseconds) => 1.0,
        _ => return None,
    })
}

/// Changes such a setting; false when the parameter is none.
fn set_setting(selector: i32, number: i32) -> bool {
    let mut settings = json::Settings::current();
    match selector {
        selector::DATES_INSIDE_OBJECTS => {
            settings.dates = match number {
                0 => Dates::TextWithoutZone,
                1 => Dates::TextWithZone,
                _ => Dates::Type,
            };
        }
        selector::TIMES_INSIDE_OBJECTS => {
            settings.times = if number == 1 { Times::Milliseconds } else { Times::Seconds };
        }
        _ => return false,
    }
    settings.make_current();
    true
}

const GET_DATABASE_PARAMETER: Command = Command {
    number: 643,
    name: "Get database parameter",
    thread_safe: false,
    help: "The value of a database parameter; User param value gives the text of --user-param.",
    syntaxes: &[
        native!(get_database_parameter(process, selector, stringValue)),
        native!(get_table_parameter(aTable, selector, stringValue)),
    ],
};

fn no_tables() -> Error {
    Error::quatre(9003, "tables need a data engine, which Quatre does not have")
}

fn get_table_parameter(_table: Pointer, _selector: i32, _text: Option<Var<Text>>) -> Result<f64> {
    Err(no_tables())
}

fn get_database_parameter(process: &mut Process, selector: i32, text: Option<Var<Text>>) -> f64 {
    let setting = setting(selector).map(|number| (number, String::new()));
    let set = setting.or_else(|| process.runtime.storage.parameter(selector));
    let (number, string) = match set {
        Some(set) => set,
        None if selector == selector::USER_PARAM_VALUE => (0.0, process.runtime.options.user_param.clone()),
        None => (default_parameter(selector), String::new()),
    };
    if let Some(text) = text {
        text.set(string);
    }
    number
}

const SET_DATABASE_PARAMETER: Command = Command {
    number: 642,
    name: "SET DATABASE PARAMETER",
    thread_safe: false,
    help: "Sets a database parameter; those of servers, logs and windows are kept but change nothing here.",
    syntaxes: &[
        native!(set_database_parameter(process, selector, value)),
        native!(set_table_parameter(aTable, selector, value)),
    ],
};

fn set_table_parameter(_table: Pointer, _selector: i32, _value: OneOf<f64, Text>) -> Result<()> {
    Err(no_tables())
}

fn set_database_parameter(process: &mut Process, selector: i32, value: OneOf<f64, Text>) -> Result<()> {
    let (number, text) = match value {
        OneOf::First(number) => (number, String::new()),
        OneOf::Second(text) => (0.0, text.to_str().into_owned()),
    };
    if set_setting(selector, number::to_integer(number)) {
        return Ok(());
    }
    process.runtime.storage.set_parameter(selector, number, &text);
    Ok(())
}

// ---- clients ----

const DROP_REMOTE_USER: Command = Command {
    number: 1633,
    name: "DROP REMOTE USER",
    thread_safe: true,
    help: "Disconnects the client of a session from a server; elsewhere it does nothing.",
    syntaxes: &[native!(drop_remote_user(process, userSession))],
};

fn drop_remote_user(process: &mut Process, id: Text) {
    let runtime = &process.runtime;
    if let Some(session) = runtime.sessions.drop_client(&id.to_str()) {
        runtime.processes.stop_session(&session);
    }
}

const SEND_MESSAGE_TO_REMOTE_USER: Command = Command {
    number: 1632,
    name: "SEND MESSAGE TO REMOTE USER",
    thread_safe: true,
    help: "Sends a text to one client of a server, or to all.",
    syntaxes: &[native!(send_message_to_remote_user(process, message, userSession))],
};

fn send_message_to_remote_user(process: &mut Process, message: Text, id: Option<Text>) {
    let runtime = &process.runtime;
    if !runtime.sessions.is_server() {
        return;
    }
    let wanted = match id {
        Some(id) => runtime.sessions.by_id(&id.to_str()).into_iter().collect(),
        None => runtime.sessions.all(),
    };
    for session in wanted.iter().filter(|session| session.type_ == SessionType::Remote) {
        // A client of a session file is not there to read it.
        if !session.tell(&message.to_str()) && runtime.options.verbose {
            runtime.host.prompt(&format!("[message to {}] {}\n", session.user_name(), message.to_str()));
        }
    }
}

const REJECT_NEW_REMOTE_CONNECTIONS: Command = Command {
    number: 1635,
    name: "REJECT NEW REMOTE CONNECTIONS",
    thread_safe: true,
    help: "Says whether a server turns new remote users away.",
    syntaxes: &[native!(reject_new_remote_connections(process, rejectStatus))],
};

fn reject_new_remote_connections(process: &mut Process, reject: bool) {
    process.runtime.sessions.reject(reject);
}

// ---- the end ----

const QUIT_4D: Command = Command {
    number: 291,
    name: "QUIT 4D",
    thread_safe: true,
    help: "Ends the program.",
    syntaxes: &[native!(quit_4d(process, time))],
};

fn quit_4d(process: &mut Process, _time: Option<i32>) -> Result<()> {
    process.runtime.processes.quit();
    Err(process.abort())
}
