//! Class 4D.Session: the session of a process, its storage and its privileges.
//!
//! Privileges are kept and answered for every kind of session, as 4D does; what they guard, requests from the web, is
//! not here. Their names and what they include come from `roles.json` of the project; without that file every name is
//! taken as it is.

use std::any::Any;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use crate::builtin::{Class, Function, Property};
use crate::native;
use crate::runtime::fixture::{Application, SessionType};
use crate::runtime::process::Process;
use crate::runtime::roles::{Roles, same};
use crate::runtime::session::Session;
use crate::source::span::Span;
use crate::value::Value;
use crate::value::collection::Collection;
use crate::value::error::{Error, Result};
use crate::value::function::MethodId;
use crate::value::instance::{Instance, PortableInstance};
use crate::value::object::Object;
use crate::value::text::Text;

/// 4D.Session
pub const CLASS: Class = Class {
    store: "4D",
    name: "Session",
    extends: None,
    constructor: None,
    functions: &[
        CLEAR_PRIVILEGES,
        CREATE_OTP,
        DEMOTE,
        GET_PRIVILEGES,
        HAS_PRIVILEGE,
        IS_GUEST,
        PROMOTE,
        RESTORE,
        SET_PRIVILEGES,
    ],
    properties: &[EXPIRATION_DATE, ID, IDLE_TIMEOUT, INFO, STORAGE, USER_NAME],
};

/// A session as an object.
pub struct SessionObject(Arc<Session>);

impl Instance for SessionObject {
    fn class_name(&self) -> &'static str {
        "Session"
    }
    fn into_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
    fn portable(&self) -> Option<Arc<dyn PortableInstance>> {
        Some(Arc::new(Travelling(Arc::clone(&self.0))))
    }
}

/// The same between processes.
struct Travelling(Arc<Session>);

impl PortableInstance for Travelling {
    fn class_name(&self) -> &'static str {
        "Session"
    }
    fn instance(&self) -> Rc<dyn Instance> {
        Rc::new(SessionObject(Arc::clone(&self.0)))
    }
}

/// The object of this process's session, one as long as the session is.
#[derive(Default)]
struct Current(Option<(Arc<Session>, Object)>);

/// The session of a process.
pub fn current(process: &mut Process) -> Option<Object> {
    let session = process.entry.session()?;
    let current = &mut process.state::<Current>().0;
    if let Some((known, object)) = current
        && Arc::ptr_eq(known, &session)
    {
        return Some(object.clone());
    }
    let object = Object::native(Rc::new(SessionObject(Arc::clone(&session))));
    *current = Some((session, object.clone()));
    Some(object)
}

// ---- properties ----

const EXPIRATION_DATE: Property = Property {
    name: "expirationDate",
    help: "When the cookie of a web session expires.",
    get: native!(expiration_date(process, this)),
    set: None,
};

fn expiration_date(process: &mut Process, this: Rc<SessionObject>) -> Value {
    let date = this.0.expiration_date(process.runtime.host.now());
    date.map_or(Value::Undefined, |date| Value::text(&date))
}

const ID: Property =
    Property { name: "id", help: "The UUID of the session.", get: native!(id(this)), set: None };

fn id(this: Rc<SessionObject>) -> String {
    this.0.id.clone()
}

const IDLE_TIMEOUT: Property = Property {
    name: "idleTimeout",
    help: "After how many minutes without requests a web session ends, 60 at least.",
    get: native!(idle_timeout(this)),
    set: Some(native!(set_idle_timeout(process, this, value))),
};

fn idle_timeout(this: Rc<SessionObject>) -> Value {
    this.0.idle_timeout().map_or(Value::Undefined, Value::Integer)
}

fn set_idle_timeout(process: &mut Process, this: Rc<SessionObject>, value: i32) -> Result<()> {
    if !this.0.is_web() {
        return Err(web_only("idleTimeout"));
    }
    this.0.set_idle_timeout(value, process.runtime.host.now());
    Ok(())
}

const INFO: Property = Property {
    name: "info",
    help: "What Session info answers for the session, made anew at each reading.",
    get: native!(info(this)),
    set: None,
};

fn info(this: Rc<SessionObject>) -> Object {
    this.0.info()
}

const STORAGE: Property = Property {
    name: "storage",
    help: "A shared object that all processes of the session see.",
    get: native!(storage(this)),
    set: None,
};

fn storage(this: Rc<SessionObject>) -> Object {
    Object::shared(Arc::clone(&this.0.storage))
}

const USER_NAME: Property = Property {
    name: "userName",
    help: "The name of the session's user.",
    get: native!(user_name(this)),
    set: None,
};

fn user_name(this: Rc<SessionObject>) -> String {
    this.0.user_name()
}

#[cold]
fn web_only(name: &str) -> Error {
    Error::quatre(9009, format!("`{name}` is for web sessions, and there is no web server here"))
        .help("a session of the type \"web\" in a file of `--sessions` stands for one")
}

/// On a client, privileges can be asked for but not changed.
fn on_server(process: &Process, name: &str) -> Result<()> {
    if process.runtime.sessions.application == Application::Remote {
        return Err(Error::quatre(5215, format!("`{name}` cannot be called on a client"))
            .help("call it in a method that is executed on the server"));
    }
    Ok(())
}

// ---- privileges ----

/// The privileges to keep for those and those roles that were asked for: without a file every name counts.
fn resolve(roles: Option<&Roles>, privileges: &[String], role_names: &[String]) -> Vec<String> {
    if let Some(roles) = roles {
        return roles.resolve(privileges, role_names);
    }
    let mut result = Vec::new();
    for name in privileges {
        if !result.contains(name) {
            result.push(name.clone());
        }
    }
    result
}

/// Names separated by commas.
fn names(text: &Text) -> Vec<String> {
    text.to_str().split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// Names in a text or in a collection of texts.
fn names_in(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Text(text)) => names(text),
        Some(Value::Collection(collection)) => {
            collection.to_vec().iter().flat_map(|value| names_in(Some(value))).collect()
        }
        _ => Vec::new(),
    }
}

const SET_PRIVILEGES: Function = Function {
    name: "setPrivileges",
    help: "Gives the session privileges, and those of roles, instead of the ones that it has.",
    syntaxes: &[
        native!(set_privileges(process, this, privilege)),
        native!(set_privileges_of_list(process, this, privileges)),
        native!(set_privileges_of_settings(process, this, settings)),
    ],
};

fn set_privileges(process: &mut Process, this: Rc<SessionObject>, privilege: Text) -> Result<bool> {
    give(process, &this, &names(&privilege), &[])
}

fn set_privileges_of_list(process: &mut Process, this: Rc<SessionObject>, list: Collection) -> Result<bool> {
    give(process, &this, &names_in(Some(&Value::Collection(list))), &[])
}

fn set_privileges_of_settings(
    process: &mut Process,
    this: Rc<SessionObject>,
    settings: Object,
) -> Result<bool> {
    let privileges = names_in(settings.get_str("privileges").as_ref());
    let roles = names_in(settings.get_str("roles").as_ref());
    let done = give(process, &this, &privileges, &roles)?;
    if let Some(Value::Text(name)) = settings.get_str("userName")
        && this.0.is_web()
    {
        this.0.set_user_name(&name.to_str());
    }
    Ok(done)
}

fn give(
    process: &Process,
    this: &SessionObject,
    privileges: &[String],
    role_names: &[String],
) -> Result<bool> {
    on_server(process, "setPrivileges")?;
    let roles = process.runtime.roles();
    this.0.set_privileges(resolve(roles.as_deref(), privileges, role_names));
    Ok(true)
}

const CLEAR_PRIVILEGES: Function = Function {
    name: "clearPrivileges",
    help: "Takes all privileges from the session.",
    syntaxes: &[native!(clear_privileges(process, this))],
};

fn clear_privileges(process: &mut Process, this: Rc<SessionObject>) -> Result<bool> {
    on_server(process, "clearPrivileges")?;
    this.0.clear_privileges();
    Ok(true)
}

const GET_PRIVILEGES: Function = Function {
    name: "getPrivileges",
    help: "The names of the session's privileges.",
    syntaxes: &[native!(get_privileges(this))],
};

fn get_privileges(this: Rc<SessionObject>) -> Collection {
    this.0.privileges().iter().map(|name| Value::text(name)).collect()
}

const HAS_PRIVILEGE: Function = Function {
    name: "hasPrivilege",
    help: "Whether the session has a privilege, or this process was promoted to it.",
    syntaxes: &[native!(has_privilege(process, this, privilege))],
};

fn has_privilege(process: &mut Process, this: Rc<SessionObject>, privilege: Text) -> bool {
    let name = privilege.to_str();
    this.0.has_privilege(&name) || promotions(process).given.iter().any(|given| same(&given.name, &name))
}

const IS_GUEST: Function = Function {
    name: "isGuest",
    help: "Whether it is a web session without privileges.",
    syntaxes: &[native!(is_guest(process, this))],
};

fn is_guest(process: &mut Process, this: Rc<SessionObject>) -> bool {
    // With `forceLogin` it is the signing in that counts, without it the privileges.
    let forces = process.runtime.roles().is_some_and(|roles| roles.force_login);
    if forces { this.0.is_web() && !this.0.has_signed_in() } else { this.0.is_guest() }
}

/// Privileges that a process has while the function that asked for them runs.
#[derive(Default)]
struct Promotions {
    last: i32,
    given: Vec<Promotion>,
}

struct Promotion {
    id: i32,
    name: String,
    /// How deep the function stands that asked for it, what it is, and where it was called.
    depth: usize,
    caller: Option<(MethodId, Span)>,
}

/// The promotions of a process without those of functions that have ended.
fn promotions(process: &mut Process) -> &mut Promotions {
    let calls: Vec<(MethodId, Span)> =
        process.stack.frames().iter().map(|frame| (frame.code, frame.site)).collect();
    let promotions = process.state::<Promotions>();
    promotions.given.retain(|given| match given.depth.checked_sub(1) {
        Some(place) => calls.get(place).copied() == given.caller,
        None => true,
    });
    promotions
}

/// Gives the process privileges until it ends: those that the file promotes a function to.
pub fn promote_whole(process: &mut Process, names: Vec<String>) {
    let given = names.into_iter().map(|name| Promotion { id: 0, name, depth: 0, caller: None });
    promotions(process).given.extend(given);
}

const PROMOTE: Function = Function {
    name: "promote",
    help: "Gives this process a privilege while the calling function runs, and the number to take it back with.",
    syntaxes: &[native!(promote(process, this, privilege))],
};

fn promote(process: &mut Process, _this: Rc<SessionObject>, privilege: Text) -> Result<i32> {
    on_server(process, "promote")?;
    let wanted = privilege.to_str().into_owned();
    let name = match process.runtime.roles() {
        Some(roles) => roles.declared(&wanted).map(str::to_owned),
        None => Some(wanted),
    };
    let Some(name) = name else { return Ok(0) };
    let depth = process.stack.frames().len();
    let caller = process.stack.frame().map(|frame| (frame.code, frame.site));
    let promotions = promotions(process);
    if promotions.given.iter().any(|given| same(&given.name, &name)) {
        return Ok(0);
    }
    promotions.last += 1;
    let id = promotions.last;
    promotions.given.push(Promotion { id, name, depth, caller });
    Ok(id)
}

const DEMOTE: Function = Function {
    name: "demote",
    help: "Takes back a privilege that promote gave.",
    syntaxes: &[native!(demote(process, this, promoteId))],
};

fn demote(process: &mut Process, _this: Rc<SessionObject>, id: i32) -> Result<()> {
    on_server(process, "demote")?;
    promotions(process).given.retain(|given| given.id != id);
    Ok(())
}

// ---- passes ----

/// How long a pass to a session that is not a web session lasts.
const PASS: Duration = Duration::from_secs(10);

const CREATE_OTP: Function = Function {
    name: "createOTP",
    help: "Makes a pass that leads back to the session once, within a number of seconds.",
    syntaxes: &[native!(create_otp(process, this, lifespan))],
};

fn create_otp(process: &mut Process, this: Rc<SessionObject>, lifespan: Option<i32>) -> Result<String> {
    if this.0.type_ == SessionType::StoredProcedure {
        return Err(Error::quatre(5216, "the session of stored procedures cannot be shared by a pass"));
    }
    let usual = || match this.0.idle_timeout() {
        Some(minutes) => Duration::from_secs(u64::try_from(minutes).unwrap_or(0) * 60),
        None => PASS,
    };
    let lifespan =
        lifespan.map_or_else(usual, |seconds| Duration::from_secs(u64::try_from(seconds).unwrap_or(0)));
    let runtime = &process.runtime;
    Ok(runtime.sessions.create_token(&this.0, lifespan, &*runtime.host))
}

const RESTORE: Function = Function {
    name: "restore",
    help: "Goes back to the web session that a pass leads to; False when the pass is used up or unknown.",
    syntaxes: &[native!(restore(process, this, token))],
};

fn restore(process: &mut Process, this: Rc<SessionObject>, token: Text) -> Result<bool> {
    on_server(process, "restore")?;
    if !this.0.is_web() {
        return Err(web_only("restore"));
    }
    let runtime = &process.runtime;
    let Some(session) = runtime.sessions.redeem(&token.to_str(), &*runtime.host) else { return Ok(false) };
    process.entry.set_session(session);
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn without_a_file_every_name_counts() {
        assert_eq!(resolve(None, &owned(&["b", "a", "b"]), &owned(&["role"])), ["b", "a"]);
        assert_eq!(names(&Text::from(" a, b ,,c")), ["a", "b", "c"]);
    }
}
