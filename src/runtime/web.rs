//! The web server as the language sees it: its settings, whether it runs, and who starts and stops it.
//!
//! Settings are rows of one table, each with the type of its default; `4D.WebServer`, `WEB SET OPTION` and the server
//! read and write them by name. What really listens is behind [`WebControl`]; a program that is not served has none.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use rustc_hash::FxHashMap;

use serde_json::{Value as Json, json};

use crate::runtime::Runtime;
use crate::runtime::host::Host;
use crate::runtime::process_table::lock;

/// What starts and stops the web server.
pub trait WebControl: Send + Sync + std::fmt::Debug {
    /// Begins to listen; gives the port. What it reads from files of the project goes into the settings.
    ///
    /// # Errors
    /// Why it cannot.
    fn start(&self, runtime: &Arc<Runtime>, settings: &mut Settings) -> Result<u16, String>;
    /// Listens no more; requests under way end by themselves.
    fn stop(&self);
}

/// A setting.
struct Row {
    name: &'static str,
    /// The number of `WEB SET OPTION`; 0 for none.
    option: i32,
    /// What it is unless somebody says otherwise.
    default: fn() -> Json,
    /// The least and the greatest number that it takes.
    bounds: Option<(i64, i64)>,
}

const fn row(name: &'static str, option: i32, default: fn() -> Json) -> Row {
    Row { name, option, default, bounds: None }
}

const fn number(name: &'static str, option: i32, default: fn() -> Json, least: i64, greatest: i64) -> Row {
    Row { name, option, default, bounds: Some((least, greatest)) }
}

/// 2 years, as 4D has it.
const HSTS_AGE: i64 = 63_072_000;

#[rustfmt::skip]
static ROWS: &[Row] = &[
    row("accessKeyDefined", 0, || json!(false)),
    row("certificateFolder", 0, || json!("")),
    row("characterSet", 17, || json!("UTF-8")),
    row("cipherSuite", 0, || json!("")),
    row("CORSEnabled", 92, || json!(false)),
    row("CORSSettings", 93, || json!([])),
    row("debugLog", 84, || json!(0)),
    row("defaultHomepage", 0, || json!("index.html")),
    row("handlers", 0, || json!([])),
    row("HSTSEnabled", 86, || json!(false)),
    number("HSTSMaxAge", 87, || json!(HSTS_AGE), 0, i32::MAX as i64),
    number("HTTPCompressionLevel", 50, || json!(1), -1, 9),
    number("HTTPCompressionThreshold", 51, || json!(1024), 0, i32::MAX as i64),
    row("HTTPEnabled", 88, || json!(true)),
    number("HTTPPort", 15, || json!(80), 0, 65_535),
    row("HTTPTrace", 85, || json!(false)),
    row("HTTPSEnabled", 89, || json!(false)),
    number("HTTPSPort", 39, || json!(443), 0, 65_535),
    row("IPAddressToListen", 16, || json!("127.0.0.1")),
    row("keepSession", 70, || json!(false)),
    row("logRecording", 29, || json!(0)),
    number("maxConcurrentProcesses", 18, || json!(100), 10, 32_000),
    number("maxRequestSize", 27, || json!(2_000_000), 500_000, i32::MAX as i64),
    number("minTLSVersion", 0, || json!(3), 1, 4),
    row("openSSLVersion", 0, || json!("")),
    row("perfectForwardSecrecy", 0, || json!(true)),
    row("rootFolder", 0, || json!("")),
    row("rules", 0, || json!([])),
    row("scalableSession", 90, || json!(true)),
    row("sessionCookieDomain", 81, || json!("")),
    row("sessionCookieName", 73, || json!("")),
    row("sessionCookiePath", 82, || json!("/")),
    row("sessionCookieSameSite", 0, || json!("Strict")),
];

/// Settings that code cannot give.
const READ_ONLY: &[&str] =
    &["accessKeyDefined", "openSSLVersion", "perfectForwardSecrecy", "sessionCookieName"];

/// The settings of a web server, by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings(BTreeMap<&'static str, Json>);

impl Default for Settings {
    fn default() -> Self {
        Self(ROWS.iter().map(|row| (row.name, (row.default)())).collect())
    }
}

impl Settings {
    /// A setting.
    pub fn get(&self, name: &str) -> &Json {
        self.0.get(name).unwrap_or(&Json::Null)
    }

    /// A text.
    pub fn text(&self, name: &str) -> String {
        self.get(name).as_str().unwrap_or_default().to_owned()
    }

    /// A number.
    pub fn number(&self, name: &str) -> i64 {
        let value = self.get(name);
        #[expect(clippy::cast_possible_truncation, reason = "numbers of the language fit, others saturate")]
        value.as_i64().or_else(|| value.as_f64().map(|x| x as i64)).unwrap_or(0)
    }

    /// Whether it is switched on; a number other than 0 means so too.
    pub fn is_on(&self, name: &str) -> bool {
        self.get(name).as_bool().unwrap_or_else(|| self.number(name) != 0)
    }

    /// The folder that is served.
    pub fn root(&self) -> PathBuf {
        PathBuf::from(self.text("rootFolder"))
    }

    /// Gives a setting a value, whatever it is: for what the server itself knows.
    pub fn put(&mut self, name: &str, value: Json) {
        if let Some(row) = ROWS.iter().find(|row| row.name == name) {
            self.0.insert(row.name, value);
        }
    }

    /// Gives a setting a value that code has chosen.
    ///
    /// # Errors
    /// It is of another type, out of bounds, or not for code to choose. Unknown names are left aside, as 4D does.
    pub fn set(&mut self, name: &str, value: Json) -> Result<(), String> {
        let Some(row) = ROWS.iter().find(|row| row.name == name) else { return Ok(()) };
        if READ_ONLY.contains(&name) {
            return Err(format!("`{name}` can only be read"));
        }
        let default = (row.default)();
        let fits = match &default {
            Json::Bool(_) => value.is_boolean() || value.is_number(),
            Json::Number(_) => value.is_number() || value.is_boolean(),
            Json::String(_) => value.is_string() || name == "characterSet",
            Json::Array(_) => value.is_array(),
            Json::Null | Json::Object(_) => false,
        };
        if !fits {
            return Err(format!("`{name}` cannot be {value}"));
        }
        let mut changed = self.clone();
        changed.0.insert(row.name, value);
        if let Some((least, greatest)) = row.bounds
            && !(least..=greatest).contains(&changed.number(name))
        {
            return Err(format!("`{name}` is a number from {least} to {greatest}"));
        }
        *self = changed;
        Ok(())
    }

    /// The name of the setting that `WEB SET OPTION` knows by a number.
    pub fn of_option(option: i32) -> Option<&'static str> {
        ROWS.iter().find(|row| row.option == option && option != 0).map(|row| row.name)
    }
}

#[derive(Default)]
struct State {
    application: String,
    /// What holds for the next start.
    settings: Settings,
    /// What the server runs with.
    running: Option<Settings>,
    /// Code has started or stopped it.
    was_touched: bool,
    /// The time between the start of the program and its own.
    since: Duration,
    /// How often each page was asked for.
    hits: FxHashMap<String, i32>,
}

/// The web server of a program.
pub struct Web {
    control: Option<Arc<dyn WebControl>>,
    state: Mutex<State>,
    is_running: AtomicBool,
    requests: AtomicU32,
    /// Seals the challenges of the Digest scheme.
    secret: OnceLock<String>,
}

/// So many pages are counted.
const MOST_PAGES: usize = 1000;

/// The name of the cookie of an application: what cannot stand in a cookie's name becomes a low line.
fn cookie_name(application: &str) -> String {
    let sign = |sign: char| if sign.is_ascii_alphanumeric() || "-_.".contains(sign) { sign } else { '_' };
    format!("4DSID_{}", application.chars().map(sign).collect::<String>())
}

impl Web {
    /// The web server of a program in this folder, not yet started.
    pub fn new(control: Option<Arc<dyn WebControl>>, package: Option<&Path>) -> Self {
        let web = Self {
            control,
            state: Mutex::default(),
            is_running: AtomicBool::new(false),
            requests: AtomicU32::new(0),
            secret: OnceLock::new(),
        };
        if let Some(package) = package {
            web.configure(|settings| {
                settings.put("rootFolder", json!(package.join("WebFolder").to_string_lossy()));
                settings.put("certificateFolder", json!(package.to_string_lossy()));
            });
        }
        web
    }

    /// Says what the application is called, which is the name of the server and stands in its cookie.
    pub fn name_application(&self, name: &str) {
        lock(&self.state).application = name.to_owned();
        self.configure(|settings| settings.put("sessionCookieName", json!(cookie_name(name))));
    }

    /// What the application is called.
    pub fn application(&self) -> String {
        lock(&self.state).application.clone()
    }

    /// Changes what holds for the next start.
    pub fn configure<R>(&self, change: impl FnOnce(&mut Settings) -> R) -> R {
        change(&mut lock(&self.state).settings)
    }

    /// What the server runs with, or what holds for its next start.
    pub fn settings(&self) -> Settings {
        let state = lock(&self.state);
        state.running.clone().unwrap_or_else(|| state.settings.clone())
    }

    /// Whether there is a web server at all.
    pub fn is_there(&self) -> bool {
        self.control.is_some()
    }

    /// Whether it listens.
    pub fn is_running(&self) -> bool {
        self.is_running.load(Ordering::Acquire)
    }

    /// Whether code has started or stopped it.
    pub fn was_touched(&self) -> bool {
        lock(&self.state).was_touched
    }

    /// Starts it with settings that hold until it is stopped.
    ///
    /// # Errors
    /// Why it does not start.
    pub fn start(&self, runtime: &Arc<Runtime>, settings: Settings) -> Result<(), String> {
        let Some(control) = &self.control else {
            return Err("a program has a web server when it is run by `quatre serve`".to_owned());
        };
        let mut state = lock(&self.state);
        state.was_touched = true;
        if state.running.is_some() {
            return Err("the web server runs already".to_owned());
        }
        let mut settings = settings;
        let port = control.start(runtime, &mut settings)?;
        settings.put("HTTPPort", json!(port));
        state.running = Some(settings);
        state.since = runtime.host.elapsed();
        state.hits.clear();
        self.requests.store(0, Ordering::Relaxed);
        drop(state);
        self.is_running.store(true, Ordering::Release);
        Ok(())
    }

    /// What seals the challenges of the Digest scheme; made when it is first needed.
    pub fn secret(&self, host: &dyn Host) -> &str {
        self.secret.get_or_init(|| format!("{:032X}", host.random_uuid()))
    }

    /// A request has come.
    pub fn count_request(&self) {
        self.requests.fetch_add(1, Ordering::Relaxed);
    }

    /// How many requests have come since it was started.
    pub fn request_count(&self) -> u32 {
        self.requests.load(Ordering::Relaxed)
    }

    /// How long it has been running.
    pub fn uptime(&self, now: Duration) -> Duration {
        let state = lock(&self.state);
        if state.running.is_some() { now.saturating_sub(state.since) } else { Duration::ZERO }
    }

    /// A page was sent.
    pub fn count_page(&self, path: &str) {
        let mut state = lock(&self.state);
        if let Some(count) = state.hits.get_mut(path) {
            *count = count.saturating_add(1);
        } else if state.hits.len() < MOST_PAGES {
            state.hits.insert(path.to_owned(), 1);
        }
    }

    /// The pages that were sent, the most wanted first.
    pub fn hits(&self) -> Vec<(String, i32)> {
        let state = lock(&self.state);
        let mut all: Vec<(String, i32)> =
            state.hits.iter().map(|(page, count)| (page.clone(), *count)).collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        all
    }

    /// Stops it, and ends the web sessions.
    pub fn stop(&self, runtime: &Runtime) {
        let mut state = lock(&self.state);
        state.was_touched = true;
        let was_running = state.running.take().is_some();
        drop(state);
        self.is_running.store(false, Ordering::Release);
        if was_running && let Some(control) = &self.control {
            control.stop();
            runtime.sessions.end_web();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_know_their_types_and_bounds() {
        let mut settings = Settings::default();
        assert!(settings.set("HTTPPort", json!(8080)).is_ok());
        assert_eq!(settings.number("HTTPPort"), 8080);
        assert!(settings.set("HTTPPort", json!(70_000)).is_err());
        assert!(settings.set("HTTPPort", json!("80")).is_err());
        assert!(settings.set("maxRequestSize", json!(1)).is_err());
        assert!(settings.set("sessionCookieName", json!("x")).is_err());
        assert!(settings.set("nonsense", json!("x")).is_ok());
        assert_eq!(settings.number("HTTPPort"), 8080);
        assert_eq!(Settings::of_option(15), Some("HTTPPort"));
        assert_eq!(Settings::of_option(0), None);
    }

    #[test]
    fn the_cookie_is_named_after_the_application() {
        assert_eq!(cookie_name("MyApp"), "4DSID_MyApp");
        assert_eq!(cookie_name("My App; x=é"), "4DSID_My_App__x__");
    }

    #[test]
    fn without_a_server_it_cannot_be_started() {
        let web = Web::new(None, None);
        assert!(!web.is_there() && !web.is_running());
    }
}
