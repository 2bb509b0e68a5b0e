//! Where a request goes, and the code that answers it: request handlers, `4DACTION`, templates, `On Web Connection`.
//!
//! A request handler comes before everything else and is called without `On Web Authentication`, as 4D has it. Then
//! come methods that are allowed to the web, files, and in the end `On Web Connection`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value as Json;

use crate::classes::incoming_message;
use crate::classes::outgoing_message::OutgoingMessage;
use crate::classes::session;
use crate::commands::tools::tags::expand;
use crate::engine::failure;
use crate::runtime::access::find_member;
use crate::runtime::exchange::{Reply, Request, decoded};
use crate::runtime::process::Process;
use crate::runtime::sandbox;
use crate::runtime::web::Settings;
use crate::runtime::web_digest;
use crate::runtime::web_folder::{Place, find, is_template};
use crate::server::{Scheme, Site, Told};
use crate::source::span::Span;
use crate::value::Value;
use crate::value::error::{Error, Result};
use crate::value::function::MethodId;
use crate::value::pattern::{Anchor, Pattern, Subject};
use crate::value::text::Text;

/// As much of a request is given to the methods of the project as one text.
const MOST_CONTENT: usize = 32 * 1024;
/// Addresses that belong to the server itself.
const RESERVED: &[&str] = &["/4DACTION", "/rest", "/$lib/renderer", "/$shared"];

/// What handles the requests of a pattern.
pub struct Handler {
    pattern: Pattern,
    /// In capital letters; none for all.
    verbs: Vec<String>,
    class: String,
    function: String,
}

/// Where a request goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// To the handler at this place of the list.
    Handler(usize),
    /// A handler has this address, but not this verb.
    WrongVerb,
    /// To a method of the project, with a text.
    Action(String, Option<String>),
    /// To a file of the web folder.
    File(PathBuf),
    /// To a file that is run as a template.
    Template(PathBuf),
    /// To `On Web Connection`.
    Connection,
    /// To what the server does not have.
    NotBuilt,
    /// Out of the web folder.
    Outside,
}

/// Reads the handlers: those of the settings, else those of the project's file. What is wrong with one is told, and
/// the others are taken.
pub fn read(settings: &Settings, sources: &Path) -> (Vec<Handler>, Vec<String>) {
    let given = settings.get("handlers").as_array().filter(|list| !list.is_empty()).cloned();
    let list = match given {
        Some(list) => list,
        None => {
            let path = sources.join("HTTPHandlers.json");
            let Ok(bytes) = sandbox::read(&path) else { return (Vec::new(), Vec::new()) };
            match parse(&String::from_utf8_lossy(&bytes)) {
                Ok(list) => list,
                Err(why) => return (Vec::new(), vec![format!("{}: {why}", path.display())]),
            }
        }
    };
    let mut problems = Vec::new();
    let mut handlers = Vec::new();
    for (index, entry) in list.iter().enumerate() {
        match handler(entry) {
            Ok(handler) => handlers.push(handler),
            Err(why) => problems.push(format!("HTTP request handler {}: {why}", index + 1)),
        }
    }
    (handlers, problems)
}

/// The list that a file holds; comments are allowed in it.
pub fn parse(text: &str) -> std::result::Result<Vec<Json>, String> {
    let bare = without_comments(text);
    match serde_json::from_str::<Json>(&bare) {
        Ok(Json::Array(list)) => Ok(list),
        Ok(_) => Err("it holds no list".to_owned()),
        Err(problem) => Err(format!("it is not valid JSON: {problem}")),
    }
}

/// Comments replaced by blanks, so that places in errors stay what they are.
fn without_comments(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    let mut is_text = false;
    while let Some(sign) = signs.next() {
        match (sign, signs.peek()) {
            ('\\', Some(_)) if is_text => {
                result.push(sign);
                result.extend(signs.next());
            }
            ('"', _) => {
                is_text = !is_text;
                result.push(sign);
            }
            ('/', Some('/')) if !is_text => {
                while signs.peek().is_some_and(|next| *next != '\n') {
                    signs.next();
                }
            }
            ('/', Some('*')) if !is_text => {
                signs.next();
                let mut last = ' ';
                for next in signs.by_ref() {
                    if last == '*' && next == '/' {
                        break;
                    }
                    if next == '\n' {
                        result.push('\n');
                    }
                    last = next;
                }
            }
            _ => result.push(sign),
        }
    }
    result
}

fn handler(entry: &Json) -> std::result::Result<Handler, String> {
    let text = |name: &str| entry.get(name).and_then(Json::as_str).map(str::to_owned);
    let class = text("class").ok_or("it names no `class`")?;
    let function = text("method").ok_or("it names no `method`")?;
    let (shown, pattern) = match (text("regexPattern"), text("pattern")) {
        (Some(regex), _) => (regex.clone(), regex),
        (None, Some(prefix)) => {
            let inner = prefix.trim_matches('/').to_owned();
            (format!("/{inner}"), format!("/{inner}(?:/|$)"))
        }
        (None, None) => return Err("it has neither `pattern` nor `regexPattern`".to_owned()),
    };
    let pattern = Pattern::new(&pattern, Anchor::Start, false)
        .map_err(|fault| format!("`{shown}` is no pattern: {fault:?}"))?;
    if let Some(address) = RESERVED.iter().find(|address| is_below(&shown, address)) {
        return Err(format!("`{shown}` would take `{address}`, which belongs to the server"));
    }
    let verbs = text("verbs").unwrap_or_default();
    let verbs = verbs.split(',').map(|verb| verb.trim().to_uppercase()).filter(|verb| !verb.is_empty());
    Ok(Handler {
        pattern,
        verbs: verbs.collect(),
        class: class.trim_start_matches("cs.").to_owned(),
        function,
    })
}

/// Whether an address is another one or stands below it, whatever its case.
fn is_below(address: &str, upper: &str) -> bool {
    let (start, rest) = (address.get(..upper.len()), address.get(upper.len()..).unwrap_or_default());
    start.is_some_and(|start| start.eq_ignore_ascii_case(upper)) && (rest.is_empty() || rest.starts_with('/'))
}

/// Where a request goes.
pub fn route(site: &Site, request: &Request) -> Route {
    let path = decoded(request.path(), false);
    // A pattern for everything does not reach what belongs to the server.
    let is_own = RESERVED.iter().any(|address| is_below(&path, address));
    if !is_own && let Some(route) = handled(&site.handlers, &path, &request.verb) {
        return route;
    }
    let mut steps = path.trim_start_matches('/').splitn(3, '/');
    match (steps.next(), steps.next()) {
        (Some(first), Some(method)) if first.eq_ignore_ascii_case("4DACTION") => {
            return Route::Action(method.to_owned(), steps.next().map(str::to_owned));
        }
        (Some(first), _) if first.eq_ignore_ascii_case("4DCGI") => return Route::Connection,
        (Some(first), _) if first.eq_ignore_ascii_case("rest") => return Route::NotBuilt,
        _ => {}
    }
    match find(&site.root, request.path()) {
        Place::File(file) if is_template(&file) => Route::Template(file),
        Place::File(file) => Route::File(file),
        Place::Outside => Route::Outside,
        Place::Nothing => Route::Connection,
    }
}

/// The first handler for an address and a verb.
fn handled(handlers: &[Handler], path: &str, verb: &str) -> Option<Route> {
    let mut is_known = false;
    let subject = Subject::new(&Text::from(path));
    for (index, handler) in handlers.iter().enumerate() {
        // A pattern that takes too long to match matches nothing.
        if !handler.pattern.find(&subject, 0).is_ok_and(|found| found.is_some()) {
            continue;
        }
        is_known = true;
        if handler.verbs.is_empty() || handler.verbs.iter().any(|other| other.eq_ignore_ascii_case(verb)) {
            return Some(Route::Handler(index));
        }
    }
    is_known.then_some(Route::WrongVerb)
}

/// How code has answered.
#[derive(Debug)]
pub enum Answer {
    /// By the commands that it called.
    Exchange,
    /// By a reply of its own.
    Reply(Reply),
    /// With this status and the page for it.
    Status(u16),
}

/// Runs the code of a route in the process of the request; an error that it leaves is told, and the client gets 500.
pub fn run(process: &mut Process, site: &Site, request: &Arc<Request>, route: &Route) -> Answer {
    let result = match route {
        Route::Handler(index) => call_handler(process, site, request, *index),
        Route::Action(method, parameter) => action(process, site, request, method, parameter.as_deref()),
        Route::Template(path) => template(process, site, request, path),
        Route::Connection => connection(process, site, request),
        Route::WrongVerb => Ok(Answer::Status(405)),
        Route::NotBuilt => Ok(Answer::Status(501)),
        Route::File(_) | Route::Outside => Ok(Answer::Status(404)),
    };
    match result {
        Ok(answer) => answer,
        Err(_) if process.is_stopping() => Answer::Status(503),
        Err(error) => {
            let what = format!("{} {}", request.verb, request.path());
            (site.teller)(Told::Failure(Box::new(failure(&process.runtime, &error, Some(what)))));
            Answer::Status(500)
        }
    }
}

/// Calls a method; an error that it caught nowhere is its result.
fn call(process: &mut Process, id: MethodId, arguments: Vec<Value>) -> Result<Value> {
    let value = process.call(id, arguments, Span::default())?;
    process.errors.uncaught.take().map_or(Ok(value), Err)
}

fn call_handler(process: &mut Process, site: &Site, request: &Arc<Request>, index: usize) -> Result<Answer> {
    let Some(handler) = site.handlers.get(index) else { return Ok(Answer::Status(404)) };
    let loader = Arc::clone(&process.runtime.loader);
    let missing = |what: &str| {
        Error::quatre(5807, format!("cannot find the {what} `cs.{}.{}`", handler.class, handler.function))
            .help("a handler is a function of a `shared singleton` class")
    };
    let id = loader.class_id(&handler.class).ok_or_else(|| missing("singleton function"))?;
    let class = crate::runtime::access::class(&loader, id)?;
    if !class.singleton || !(class.shared || class.session_singleton) {
        return Err(missing("singleton"));
    }
    if find_member(&loader, id, &handler.function)?.is_none() {
        return Err(missing("singleton function"));
    }
    if !is_allowed(process, &handler.class, &handler.function) {
        return Ok(Answer::Status(403));
    }
    let singleton = process.singleton(id, Vec::new(), Span::default())?;
    let message = Value::Object(incoming_message::object(Arc::clone(request)));
    let name = Text::from(handler.function.as_str());
    let value = process.call_member(&singleton, &name, vec![message], Span::default())?;
    if let Some(error) = process.errors.uncaught.take() {
        return Err(error);
    }
    if let Value::Object(object) = &value
        && let Some(message) = object.as_native::<OutgoingMessage>()
    {
        return message.reply().map(Answer::Reply);
    }
    Ok(Answer::Exchange)
}

/// Whether the permissions of `roles.json` let the session call a function; then it has what they promote it to.
fn is_allowed(process: &mut Process, class: &str, function: &str) -> bool {
    let Some(roles) = process.runtime.roles() else { return true };
    let session = process.entry.session();
    let has = |name: &str| session.as_ref().is_some_and(|session| session.has_privilege(name));
    let allowed = roles.allows(class, function, has);
    if allowed {
        session::promote_whole(process, roles.promotions(class, function));
    }
    allowed
}

/// The six parameters of the database methods of the web.
fn parameters(request: &Request, (user, password): (String, String)) -> Vec<Value> {
    let mut content = request.head();
    content.push_str("\r\n");
    content.push_str(&request.text());
    if content.len() > MOST_CONTENT {
        let end = (0..=MOST_CONTENT).rev().find(|place| content.is_char_boundary(*place)).unwrap_or(0);
        content.truncate(end);
    }
    // An address of version 4 is written in the way of version 6, as 4D does.
    let address = |text: &str| if text.contains(':') { text.to_owned() } else { format!("::ffff:{text}") };
    let url = decoded(&request.target, false);
    [url, content, address(&request.client), address(&request.server), user, password]
        .iter()
        .map(|text| Value::text(text))
        .collect()
}

/// The user and the password that a request names in the scheme of the server. The password stays out of code where
/// code cannot need it.
fn credentials(site: &Site, request: &Request) -> (String, String) {
    match site.scheme {
        Scheme::Custom => Default::default(),
        Scheme::Basic => request.credentials().unwrap_or_default(),
        Scheme::Digest => {
            (web_digest::Answer::of(request).map(|answer| answer.user).unwrap_or_default(), String::new())
        }
    }
}

/// Whether code may run for a request.
enum Admission {
    Granted,
    /// No, and the client gets what the method has sent, or a refusal.
    Refused,
    /// The client has to say who he is, in the words of this header.
    Asked(String),
}

/// Asks who the client is, and `On Web Authentication` whether he may come in; without the method everybody may, unless
/// the server asks for passwords. An error in it is a refusal.
fn admit(process: &mut Process, site: &Site, request: &Request) -> Result<Admission> {
    let challenge = |stale: bool| match site.scheme {
        Scheme::Custom => None,
        Scheme::Basic => {
            Some(format!("Basic realm=\"{}\", charset=\"UTF-8\"", site.project.name.replace('"', "'")))
        }
        Scheme::Digest => {
            let runtime = &site.runtime;
            let (secret, now) = (runtime.web.secret(&*runtime.host), runtime.host.now().timestamp());
            Some(web_digest::challenge(&site.project.name, secret, now, stale))
        }
    };
    let asked = |stale: bool| challenge(stale).map_or(Admission::Refused, Admission::Asked);
    let refused = || if site.scheme == Scheme::Custom { Admission::Refused } else { asked(false) };
    match site.scheme {
        Scheme::Custom => {}
        Scheme::Basic => {
            let Some((user, password)) = request.credentials() else { return Ok(asked(false)) };
            if let Some(right) = site.users.as_ref().and_then(|users| users.check(&user, &password)) {
                return Ok(if right { Admission::Granted } else { asked(false) });
            }
        }
        Scheme::Digest => {
            let Some(answer) = web_digest::Answer::of(request) else { return Ok(asked(false)) };
            let runtime = &site.runtime;
            let secret = runtime.web.secret(&*runtime.host);
            match answer.is_of(secret, runtime.host.now().timestamp()) {
                Some(true) => {}
                Some(false) => return Ok(asked(false)),
                None => return Ok(asked(true)),
            }
        }
    }
    let Some(id) = site.project.authentication else {
        return Ok(if site.scheme == Scheme::Custom { Admission::Granted } else { refused() });
    };
    prepare(process)?;
    let value = call(process, id, parameters(request, credentials(site, request)))?;
    Ok(if matches!(value, Value::Boolean(false)) { refused() } else { Admission::Granted })
}

/// What a client gets whom the project does not admit; `None` for one whom it does.
fn turned_away(process: &mut Process, site: &Site, request: &Request) -> Result<Option<Answer>> {
    Ok(match admit(process, site, request)? {
        Admission::Granted => None,
        Admission::Refused => Some(refusal(process)),
        Admission::Asked(challenge) => {
            let answer = refusal(process);
            if let Some(exchange) = process.exchange() {
                exchange.status.get_or_insert(401);
                exchange.headers.push(("WWW-Authenticate".to_owned(), challenge));
                return Ok(Some(Answer::Exchange));
            }
            Some(answer)
        }
    })
}

/// Calls `COMPILER_WEB`, when the project has it.
fn prepare(process: &mut Process) -> Result<()> {
    #[derive(Default)]
    struct Prepared(bool);
    if std::mem::replace(&mut process.state::<Prepared>().0, true) {
        return Ok(());
    }
    let id = process.runtime.loader.method("COMPILER_WEB");
    id.map_or(Ok(()), |id| call(process, id, Vec::new()).map(drop))
}

/// What a client gets whom the project does not admit: what the method has sent itself, or a refusal.
fn refusal(process: &mut Process) -> Answer {
    let exchange = process.exchange();
    match exchange {
        Some(exchange) if exchange.has_answered() || exchange.status.is_some() => {
            exchange.status.get_or_insert(401);
            Answer::Exchange
        }
        Some(_) | None => Answer::Status(401),
    }
}

fn action(
    process: &mut Process,
    site: &Site,
    request: &Request,
    method: &str,
    parameter: Option<&str>,
) -> Result<Answer> {
    if let Some(answer) = turned_away(process, site, request)? {
        return Ok(answer);
    }
    let loader = Arc::clone(&process.runtime.loader);
    // A method that is not there and one that is not allowed look the same from outside.
    let id = loader.method(method).filter(|id| loader.is_published(*id));
    let Some(id) = id else { return Ok(Answer::Status(403)) };
    prepare(process)?;
    call(process, id, vec![Value::text(parameter.unwrap_or_default())])?;
    Ok(Answer::Exchange)
}

fn template(process: &mut Process, site: &Site, request: &Request, path: &Path) -> Result<Answer> {
    if let Some(answer) = turned_away(process, site, request)? {
        return Ok(answer);
    }
    let Ok(bytes) = sandbox::read(path) else { return Ok(Answer::Status(404)) };
    prepare(process)?;
    let text = expand(process, &String::from_utf8_lossy(&bytes), Vec::new())?;
    if let Some(exchange) = process.exchange() {
        exchange.send("text/html;charset=UTF-8", text.into_bytes());
    }
    Ok(Answer::Exchange)
}

/// The page for the root when there is one, else `On Web Connection`.
fn connection(process: &mut Process, site: &Site, request: &Request) -> Result<Answer> {
    if let Some(answer) = turned_away(process, site, request)? {
        return Ok(answer);
    }
    let Some(id) = site.project.connection else { return Ok(Answer::Status(404)) };
    prepare(process)?;
    call(process, id, parameters(request, credentials(site, request)))?;
    Ok(Answer::Exchange)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn handlers(list: &Json) -> Vec<Handler> {
        list.as_array().expect("a list").iter().map(|entry| handler(entry).expect("a handler")).collect()
    }

    fn of(list: &[Handler], path: &str, verb: &str) -> Option<Route> {
        handled(list, path, verb)
    }

    #[test]
    fn the_first_pattern_that_fits_wins() {
        let list = handlers(&json!([
            {"class": "A", "method": "one", "regexPattern": "/docs/invoices/details/theInvoice", "verbs": "GET"},
            {"class": "A", "method": "two", "regexPattern": "/docs/invoices/details/theInvoice"},
            {"class": "A", "method": "three", "pattern": "docs/invoices", "verbs": "get, post"},
            {"class": "A", "method": "four", "regexPattern": "/docs/(past|today)"},
        ]));
        assert_eq!(of(&list, "/docs/invoices/details/theInvoice", "GET"), Some(Route::Handler(0)));
        assert_eq!(of(&list, "/docs/invoices/details/theInvoice/x", "PUT"), Some(Route::Handler(1)));
        assert_eq!(of(&list, "/docs/invoices/", "POST"), Some(Route::Handler(2)));
        assert_eq!(of(&list, "/docs/invoices", "GET"), Some(Route::Handler(2)));
        assert_eq!(of(&list, "/docs/invoices", "DELETE"), Some(Route::WrongVerb));
        assert_eq!(of(&list, "/docs/invoicesX", "GET"), None);
        assert_eq!(of(&list, "/docs/today/latest", "GET"), Some(Route::Handler(3)));
        assert_eq!(of(&list, "/x/docs/today", "GET"), None);
    }

    #[test]
    fn handlers_cannot_take_what_belongs_to_the_server() {
        for pattern in ["4DACTION", "rest", "/$shared/x"] {
            assert!(handler(&json!({"class": "A", "method": "m", "pattern": pattern})).is_err(), "{pattern}");
        }
        assert!(handler(&json!({"class": "A", "method": "m", "regexPattern": "("})).is_err());
        assert!(handler(&json!({"class": "A", "method": "m"})).is_err());
    }

    #[test]
    fn comments_are_allowed_in_the_file() {
        let text =
            "[ // all\n {\"class\": \"A//x\", /* one\n two */ \"method\": \"m\", \"pattern\": \"p\"} ]";
        let list = parse(text).expect("a list");
        assert_eq!(list[0]["class"], json!("A//x"));
        assert!(parse("{}").is_err() && parse("[").is_err());
    }
}
