//! Theme Web Server: the server itself; what is read of a request and what is sent back stand in files of their own.
//!
//! A program has a web server when it is served (`quatre serve`). Elsewhere the commands that ask about it say that it
//! does not run, those that belong to a request do nothing, as 4D has it, and starting it is an error.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::json;

use crate::builtin::parameter::{OneOf, Var};
use crate::builtin::{Command, Theme};
use crate::classes::web_server;
use crate::commands::web_server::replies::{
    WEB_SEND_BLOB, WEB_SEND_FILE, WEB_SEND_HTTP_REDIRECT, WEB_SEND_RAW_DATA, WEB_SEND_TEXT,
    WEB_SET_HTTP_HEADER,
};
use crate::commands::web_server::requests::{
    WEB_GET_BODY_PART, WEB_GET_BODY_PART_COUNT, WEB_GET_CURRENT_SESSION_ID, WEB_GET_HTTP_BODY,
    WEB_GET_HTTP_HEADER, WEB_GET_VARIABLES, WEB_IS_SECURED_CONNECTION, WEB_VALIDATE_DIGEST,
};
use crate::native;
use crate::runtime::location::document_path;
use crate::runtime::process::Process;
use crate::runtime::sandbox;
use crate::runtime::web::Settings;
use crate::value::array::{Array, Items};
use crate::value::collection::Collection;
use crate::value::date::Date;
use crate::value::error::{Error, Result};
use crate::value::object::Object;
use crate::value::text::Text;
use crate::value::time::Time;
use crate::value::{ArrayType, Value, json as value_json};

pub mod replies;

pub mod requests;

/// Web Server
pub const THEME: Theme = Theme {
    name: "Web Server",
    commands: &[
        WEB_GET_BODY_PART,
        WEB_GET_BODY_PART_COUNT,
        WEB_GET_CURRENT_SESSION_ID,
        WEB_GET_HTTP_BODY,
        WEB_GET_HTTP_HEADER,
        WEB_GET_OPTION,
        WEB_GET_SERVER_INFO,
        WEB_GET_STATISTICS,
        WEB_GET_VARIABLES,
        WEB_IS_SECURED_CONNECTION,
        WEB_IS_SERVER_RUNNING,
        WEB_LEGACY_CLOSE_SESSION,
        WEB_LEGACY_GET_SESSION_EXPIRATION,
        WEB_SEND_BLOB,
        WEB_SEND_FILE,
        WEB_SEND_HTTP_REDIRECT,
        WEB_SEND_RAW_DATA,
        WEB_SEND_TEXT,
        WEB_SERVER,
        WEB_SERVER_LIST,
        WEB_SET_HOME_PAGE,
        WEB_SET_HTTP_HEADER,
        WEB_SET_OPTION,
        WEB_SET_ROOT_FOLDER,
        WEB_START_SERVER,
        WEB_STOP_SERVER,
        WEB_VALIDATE_DIGEST,
    ],
};

/// Gives an array these texts.
fn fill(array: &Var<Array>, texts: Vec<String>) {
    let items =
        std::iter::once(Text::default()).chain(texts.into_iter().map(|text| Text::from(text.as_str())));
    let items = Items::Text(items.collect());
    array.array(ArrayType::Text).with_mut(|old| *old = items);
}

/// A value as JSON, and the other way round: settings are kept so.
fn to_json(value: &Value) -> Result<serde_json::Value> {
    let text = value_json::stringify(value, false)?;
    Ok(serde_json::from_str(&text.to_str()).unwrap_or_default())
}

fn of_json(value: &serde_json::Value) -> Result<Value> {
    value_json::parse(&value.to_string())
}

// ---- starting and stopping ----

const WEB_START_SERVER: Command = Command {
    number: 617,
    name: "WEB START SERVER",
    thread_safe: true,
    help: "Starts the web server of a program that is served, and sets OK.",
    syntaxes: &[native!(web_start_server(process))],
};

fn web_start_server(process: &mut Process) -> Result<()> {
    let runtime = Arc::clone(&process.runtime);
    if runtime.web.is_running() {
        process.set_ok(true);
        return Ok(());
    }
    let started = runtime.web.start(&runtime, runtime.web.settings());
    process.set_ok(started.is_ok());
    started.map_err(|why| Error::quatre(5801, format!("the web server cannot be started: {why}")))
}

const WEB_STOP_SERVER: Command = Command {
    number: 618,
    name: "WEB STOP SERVER",
    thread_safe: true,
    help: "Stops the web server and ends the web sessions; requests under way are answered.",
    syntaxes: &[native!(web_stop_server(process))],
};

fn web_stop_server(process: &mut Process) {
    let runtime = Arc::clone(&process.runtime);
    runtime.web.stop(&runtime);
}

const WEB_IS_SERVER_RUNNING: Command = Command {
    number: 1313,
    name: "WEB Is server running",
    thread_safe: true,
    help: "Whether the web server runs.",
    syntaxes: &[native!(web_is_server_running(process))],
};

fn web_is_server_running(process: &mut Process) -> bool {
    process.runtime.web.is_running()
}

const WEB_SERVER: Command = Command {
    number: 1674,
    name: "WEB Server",
    thread_safe: false,
    help: "The object of the web server; there is one, whichever is asked for.",
    syntaxes: &[native!(web_server_object(option))],
};

/// `Web server database`, `Web server host database` and `Web server receiving request`
fn web_server_object(option: Option<i32>) -> Result<Object> {
    match option {
        None | Some(1..=3) => Ok(web_server::object()),
        Some(other) => Err(Error::quatre(5802, format!("there is no web server {other}"))),
    }
}

const WEB_SERVER_LIST: Command = Command {
    number: 1716,
    name: "WEB Server list",
    thread_safe: true,
    help: "A collection with the object of the web server.",
    syntaxes: &[native!(web_server_list())],
};

fn web_server_list() -> Collection {
    Collection::from_vec(vec![Value::Object(web_server::object())])
}

// ---- settings ----

fn no_option(number: i32) -> Error {
    Error::quatre(5803, format!("there is no web option {number}"))
        .help("the constants of the theme Web Server name them; options of legacy sessions are not built")
}

const WEB_SET_OPTION: Command = Command {
    number: 1210,
    name: "WEB SET OPTION",
    thread_safe: true,
    help: "Changes a setting of the web server for its next start.",
    syntaxes: &[native!(web_set_option(process, selector, value))],
};

fn web_set_option(
    process: &mut Process,
    selector: i32,
    value: OneOf<f64, OneOf<Text, Collection>>,
) -> Result<()> {
    let name = Settings::of_option(selector).ok_or_else(|| no_option(selector))?;
    let value = match value {
        OneOf::First(number) => to_json(&Value::Real(number))?,
        OneOf::Second(OneOf::First(text)) => json!(text.to_str()),
        OneOf::Second(OneOf::Second(list)) => to_json(&Value::Collection(list))?,
    };
    let done = process.runtime.web.configure(|settings| settings.set(name, value));
    done.map_err(|why| Error::quatre(5804, why))
}

const WEB_GET_OPTION: Command = Command {
    number: 1209,
    name: "WEB GET OPTION",
    thread_safe: true,
    help: "Reads a setting of the web server.",
    syntaxes: &[native!(web_get_option(process, selector, value))],
};

fn web_get_option(process: &mut Process, selector: i32, value: Var<Value>) -> Result<()> {
    let name = Settings::of_option(selector).ok_or_else(|| no_option(selector))?;
    let setting = process.runtime.web.settings().get(name).clone();
    // Options that are switched on and off are numbers here.
    let setting = setting.as_bool().map_or(setting.clone(), |is_on| json!(i32::from(is_on)));
    value.set(of_json(&setting)?);
    Ok(())
}

const WEB_SET_ROOT_FOLDER: Command = Command {
    number: 634,
    name: "WEB SET ROOT FOLDER",
    thread_safe: true,
    help: "Says which folder the web server shows from its next start on.",
    syntaxes: &[native!(web_set_root_folder(process, rootFolder))],
};

fn web_set_root_folder(process: &mut Process, folder: Text) -> Result<()> {
    let path: PathBuf = document_path(&process.runtime, &folder.to_str());
    if !sandbox::is_folder(&path) {
        return Err(Error::native(-43, format!("there is no folder {}", path.display())));
    }
    let path = path.to_string_lossy().into_owned();
    process.runtime.web.configure(|settings| settings.put("rootFolder", json!(path)));
    Ok(())
}

const WEB_SET_HOME_PAGE: Command = Command {
    number: 639,
    name: "WEB SET HOME PAGE",
    thread_safe: true,
    help: "Says which page this session sees first; \"\" for the usual one.",
    syntaxes: &[native!(web_set_home_page(process, homePage))],
};

/// A web process lasts as long as a request here, so the page belongs to the session.
fn web_set_home_page(process: &mut Process, page: Text) {
    if process.exchange().is_some()
        && let Some(session) = process.entry.session()
    {
        session.set_home_page(&page.to_str());
    }
}

// ---- looking ----

const WEB_GET_SERVER_INFO: Command = Command {
    number: 1531,
    name: "WEB Get server info",
    thread_safe: true,
    help: "An object with what the web server runs with.",
    syntaxes: &[native!(web_get_server_info(process, withCache))],
};

fn web_get_server_info(process: &mut Process, with_cache: Option<bool>) -> Result<Object> {
    let web = &process.runtime.web;
    let settings = web.settings();
    let setting = |name: &str| of_json(settings.get(name));
    let info = Object::new();
    info.put("started", web.is_running());
    let uptime = web.uptime(process.runtime.host.elapsed());
    info.put("uptime", uptime.as_secs_f64().floor());
    info.put("httpRequestCount", f64::from(web.request_count()));
    info.put("startMode", "automatic");
    info.put("SOAPServerStarted", false);
    let options = Object::new();
    for (key, name) in [
        ("CORSEnabled", "CORSEnabled"),
        ("CORSSettings", "CORSSettings"),
        ("webCharacterSet", "characterSet"),
        ("webHTTPCompressionLevel", "HTTPCompressionLevel"),
        ("webHTTPCompressionThreshold", "HTTPCompressionThreshold"),
        ("webHTTPSPortID", "HTTPSPort"),
        ("webMaxConcurrentProcesses", "maxConcurrentProcesses"),
        ("webPortID", "HTTPPort"),
    ] {
        options.put(key, setting(name)?);
    }
    options.put("webIPAddressToListen", Collection::from_vec(vec![setting("IPAddressToListen")?]));
    info.put("options", options);
    let security = Object::new();
    for name in [
        "cipherSuite",
        "HTTPEnabled",
        "HTTPSEnabled",
        "HSTSEnabled",
        "HSTSMaxAge",
        "openSSLVersion",
        "perfectForwardSecrecy",
    ] {
        security.put(name, setting(name)?);
    }
    security.put("minTLSVersion", if settings.number("minTLSVersion") == 4 { "1.3" } else { "1.2" });
    info.put("security", security);
    if with_cache == Some(true) {
        // Files are read anew for each request: the system's own cache serves.
        let cache = Object::new();
        cache.put("enabled", false);
        cache.put("nbCachedObjects", 0);
        cache.put("cachedObjects", Collection::new());
        info.put("cache", cache);
    }
    Ok(info)
}

const WEB_GET_STATISTICS: Command = Command {
    number: 658,
    name: "WEB GET STATISTICS",
    thread_safe: true,
    help: "Fills arrays with the pages that were asked for most, and how often; there is no cache to be used.",
    syntaxes: &[native!(web_get_statistics(process, pages, hits, usage))],
};

fn web_get_statistics(process: &mut Process, pages: Var<Array>, hits: Var<Array>, usage: Var<i32>) {
    let (names, counts): (Vec<String>, Vec<i32>) = process.runtime.web.hits().into_iter().unzip();
    fill(&pages, names);
    let items = Items::Longint(std::iter::once(0).chain(counts).collect());
    hits.array(ArrayType::Longint).with_mut(|old| *old = items);
    usage.set(0);
}

// ---- sessions, as of old ----

const WEB_LEGACY_CLOSE_SESSION: Command = Command {
    number: 1208,
    name: "WEB LEGACY CLOSE SESSION",
    thread_safe: true,
    help: "Ends a web session.",
    syntaxes: &[native!(web_legacy_close_session(process, sessionID))],
};

fn web_legacy_close_session(process: &mut Process, id: Text) {
    let sessions = &process.runtime.sessions;
    if let Some(session) = sessions.by_id(&id.to_str()).filter(|session| session.is_web()) {
        sessions.end(&session);
    }
}

const WEB_LEGACY_GET_SESSION_EXPIRATION: Command = Command {
    number: 1207,
    name: "WEB LEGACY GET SESSION EXPIRATION",
    thread_safe: true,
    help: "The day and the time at which a web session ends when no request comes.",
    syntaxes: &[native!(web_legacy_get_session_expiration(process, sessionID, expDate, expTime))],
};

fn web_legacy_get_session_expiration(process: &mut Process, id: Text, date: Var<Date>, time: Var<Time>) {
    let runtime = &process.runtime;
    let session = runtime.sessions.by_id(&id.to_str());
    let ends = session.and_then(|session| session.ends());
    let local = ends.map(|ends| ends.with_timezone(&runtime.host.offset_at(ends.naive_utc())));
    date.set(local.map_or(Date::NULL, |moment| Date::from_calendar(moment.date_naive())));
    let seconds = local
        .map_or(0, |moment| i32::try_from(chrono::Timelike::num_seconds_from_midnight(&moment)).unwrap_or(0));
    time.set(Time::from_seconds(seconds));
}
