//! Class 4D.WebServer: the web server of a program, its settings, starting and stopping it.
//!
//! There is one web server. Its settings are read one by one; they are given all at once, when it is started, and hold
//! until it is stopped.

use std::any::Any;
use std::rc::Rc;
use std::sync::Arc;

use crate::builtin::{Class, Function, Property};
use crate::classes::folder::Folder;
use crate::native;
use crate::runtime::process::Process;
use crate::value::collection::Collection;
use crate::value::error::Result;
use crate::value::instance::{Instance, PortableInstance};
use crate::value::object::Object;
use crate::value::{Value, json};

/// 4D.WebServer
pub const CLASS: Class = Class {
    store: "4D",
    name: "WebServer",
    extends: None,
    constructor: None,
    functions: &[START, STOP],
    properties: &[
        ACCESS_KEY_DEFINED,
        CERTIFICATE_FOLDER,
        CHARACTER_SET,
        CIPHER_SUITE,
        CORS_ENABLED,
        CORS_SETTINGS,
        DEBUG_LOG,
        DEFAULT_HOMEPAGE,
        HANDLERS,
        HSTS_ENABLED,
        HSTS_MAX_AGE,
        HTTP_COMPRESSION_LEVEL,
        HTTP_COMPRESSION_THRESHOLD,
        HTTP_ENABLED,
        HTTP_PORT,
        HTTP_TRACE,
        HTTPS_ENABLED,
        HTTPS_PORT,
        INACTIVE_PROCESS_TIMEOUT,
        INACTIVE_SESSION_TIMEOUT,
        IP_ADDRESS_TO_LISTEN,
        IS_RUNNING,
        KEEP_SESSION,
        LOG_RECORDING,
        MAX_CONCURRENT_PROCESSES,
        MAX_REQUEST_SIZE,
        MAX_SESSIONS,
        MIN_TLS_VERSION,
        NAME,
        OPEN_SSL_VERSION,
        PERFECT_FORWARD_SECRECY,
        ROOT_FOLDER,
        RULES,
        SCALABLE_SESSION,
        SESSION_COOKIE_DOMAIN,
        SESSION_COOKIE_NAME,
        SESSION_COOKIE_PATH,
        SESSION_COOKIE_SAME_SITE,
        SESSION_IP_ADDRESS_VALIDATION,
    ],
};

/// The web server as an object.
pub struct WebServer;

impl Instance for WebServer {
    fn class_name(&self) -> &'static str {
        "WebServer"
    }
    fn into_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
    fn portable(&self) -> Option<Arc<dyn PortableInstance>> {
        Some(Arc::new(Self))
    }
}

impl PortableInstance for WebServer {
    fn class_name(&self) -> &'static str {
        "WebServer"
    }
    fn instance(&self) -> Rc<dyn Instance> {
        Rc::new(Self)
    }
}

/// The object of the web server.
pub fn object() -> Object {
    Object::native(Rc::new(WebServer))
}

/// A property for each setting, by the name that both have.
macro_rules! settings {
    ($($record:ident $function:ident $name:literal $help:literal;)*) => {
        $(
            const $record: Property =
                Property { name: $name, help: $help, get: native!($function(process, this)), set: None };

            fn $function(process: &mut Process, _this: Rc<WebServer>) -> Result<Value> {
                json::parse(&process.runtime.web.settings().get($name).to_string())
            }
        )*
    };
}

settings! {
    ACCESS_KEY_DEFINED access_key_defined "accessKeyDefined" "Whether there is an access key; there is none.";
    CERTIFICATE_FOLDER certificate_folder "certificateFolder" "The folder of the certificate.";
    CHARACTER_SET character_set "characterSet" "The character set of what is sent.";
    CIPHER_SUITE cipher_suite "cipherSuite" "The ciphers of TLS; \"\" for those of the library.";
    CORS_ENABLED cors_enabled "CORSEnabled" "Whether pages of other hosts may send requests.";
    CORS_SETTINGS cors_settings "CORSSettings" "The hosts that may, and with which verbs.";
    DEBUG_LOG debug_log "debugLog" "What HTTPDebugLog.txt holds: 0 for nothing, 1 for heads, 3, 5 and 7 for bodies too.";
    DEFAULT_HOMEPAGE default_homepage "defaultHomepage" "The page that stands for the folder itself.";
    HANDLERS handlers "handlers" "What handles requests before anything else does.";
    HSTS_ENABLED hsts_enabled "HSTSEnabled" "Whether browsers are told to use TLS only.";
    HSTS_MAX_AGE hsts_max_age "HSTSMaxAge" "For how many seconds they are told so.";
    HTTP_COMPRESSION_LEVEL compression_level "HTTPCompressionLevel" "How strongly replies are compressed.";
    HTTP_COMPRESSION_THRESHOLD compression_threshold "HTTPCompressionThreshold" "Shorter replies are not compressed.";
    HTTP_ENABLED http_enabled "HTTPEnabled" "Whether it listens without TLS.";
    HTTP_PORT http_port "HTTPPort" "The port at which it listens.";
    HTTP_TRACE http_trace "HTTPTrace" "Whether requests of the verb TRACE are answered.";
    HTTPS_ENABLED https_enabled "HTTPSEnabled" "Whether it listens with TLS.";
    HTTPS_PORT https_port "HTTPSPort" "The port at which it listens with TLS.";
    IP_ADDRESS_TO_LISTEN ip_address "IPAddressToListen" "The address at which it listens.";
    KEEP_SESSION keep_session "keepSession" "Whether there are sessions of the legacy kind; there are none.";
    LOG_RECORDING log_recording "logRecording" "The format of logweb.txt: 1 CLF, 2 DLF, 3 ELF, 4 WLF; 0 for no log.";
    MAX_CONCURRENT_PROCESSES max_processes "maxConcurrentProcesses" "So many requests run at the same time.";
    MAX_REQUEST_SIZE max_request_size "maxRequestSize" "The greatest size of a body in bytes.";
    MIN_TLS_VERSION min_tls_version "minTLSVersion" "The oldest version of TLS: 3 for 1.2, 4 for 1.3.";
    OPEN_SSL_VERSION open_ssl_version "openSSLVersion" "The version of OpenSSL; \"\", because another library is used.";
    PERFECT_FORWARD_SECRECY forward_secrecy "perfectForwardSecrecy" "Whether old connections stay secret for ever.";
    ROOT_FOLDER root_folder "rootFolder" "The folder whose files are sent.";
    RULES rules "rules" "What is changed in replies, by patterns of addresses.";
    SCALABLE_SESSION scalable_session "scalableSession" "Whether web clients have sessions.";
    SESSION_COOKIE_DOMAIN cookie_domain "sessionCookieDomain" "The domain of the session cookie.";
    SESSION_COOKIE_NAME cookie_name "sessionCookieName" "The name of the session cookie.";
    SESSION_COOKIE_PATH cookie_path "sessionCookiePath" "The path of the session cookie.";
    SESSION_COOKIE_SAME_SITE same_site "sessionCookieSameSite" "Strict, Lax or None.";
}

const INACTIVE_PROCESS_TIMEOUT: Property = Property {
    name: "inactiveProcessTimeout",
    help: "A setting of sessions of the legacy kind, which are not built.",
    get: native!(legacy(this)),
    set: None,
};

const INACTIVE_SESSION_TIMEOUT: Property = Property {
    name: "inactiveSessionTimeout",
    help: "A setting of sessions of the legacy kind, which are not built.",
    get: native!(legacy(this)),
    set: None,
};

const MAX_SESSIONS: Property = Property {
    name: "maxSessions",
    help: "A setting of sessions of the legacy kind, which are not built.",
    get: native!(legacy(this)),
    set: None,
};

const SESSION_IP_ADDRESS_VALIDATION: Property = Property {
    name: "sessionIPAddressValidation",
    help: "A setting of sessions of the legacy kind, which are not built.",
    get: native!(legacy(this)),
    set: None,
};

/// 4D does not give these in the mode of scalable sessions, which is the only one here.
fn legacy(_this: Rc<WebServer>) -> Value {
    Value::Undefined
}

const IS_RUNNING: Property = Property {
    name: "isRunning",
    help: "Whether it runs.",
    get: native!(is_running(process, this)),
    set: None,
};

fn is_running(process: &mut Process, _this: Rc<WebServer>) -> bool {
    process.runtime.web.is_running()
}

const NAME: Property = Property {
    name: "name",
    help: "The name of the application.",
    get: native!(name(process, this)),
    set: None,
};

fn name(process: &mut Process, _this: Rc<WebServer>) -> String {
    process.runtime.web.application()
}

const START: Function = Function {
    name: "start",
    help: "Starts it with settings that hold until it is stopped; the result says whether it runs.",
    syntaxes: &[native!(start(process, this, settings))],
};

fn start(process: &mut Process, _this: Rc<WebServer>, wanted: Option<Object>) -> Result<Object> {
    let runtime = Arc::clone(&process.runtime);
    let mut settings = runtime.web.configure(|settings| settings.clone());
    let mut problems = Vec::new();
    for (key, value) in wanted.iter().flat_map(Object::entries) {
        let folder = if let Value::Object(object) = &value { object.as_native::<Folder>() } else { None };
        let value = folder.map_or(value, |folder| Value::text(&folder.place.path().to_string_lossy()));
        let value = json::stringify(&value, false)?;
        let value = serde_json::from_str(&value.to_str()).unwrap_or_default();
        problems.extend(settings.set(&key.to_str(), value).err());
    }
    if problems.is_empty() {
        problems.extend(runtime.web.start(&runtime, settings).err());
    }
    let result = Object::new();
    result.put("success", problems.is_empty());
    if !problems.is_empty() {
        let error = |message: &String| {
            let error = Object::new();
            error.put("errCode", 5801);
            error.put("message", message.as_str());
            error.put("componentSignature", "quatre");
            Value::Object(error)
        };
        result.put("errors", problems.iter().map(error).collect::<Collection>());
    }
    Ok(result)
}

const STOP: Function = Function {
    name: "stop",
    help: "Stops it and ends the web sessions; requests under way are answered.",
    syntaxes: &[native!(stop(process, this))],
};

fn stop(process: &mut Process, _this: Rc<WebServer>) {
    let runtime = Arc::clone(&process.runtime);
    runtime.web.stop(&runtime);
}
