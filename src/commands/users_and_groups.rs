//! Theme Users and Groups: who uses the program. There is one user, who may take another name for the session.

use crate::builtin::{Command, Theme};
use crate::native;
use crate::runtime::process::Process;
use crate::runtime::session::DEFAULT_USER;
use crate::value::error::{Error, Result};
use crate::value::text::Text;

/// Users and Groups
pub const THEME: Theme = Theme { name: "Users and Groups", commands: &[CURRENT_USER, SET_USER_ALIAS] };

const CURRENT_USER: Command = Command {
    number: 182,
    name: "Current user",
    thread_safe: true,
    help: "The name of the user, or his alias when he has one; the constants of the theme ask for either.",
    syntaxes: &[native!(current_user(process, user))],
};

/// `4D user account` and `4D user alias`
const ACCOUNT: i32 = 1;
const ALIAS: i32 = 2;

fn current_user(process: &mut Process, user: Option<i32>) -> String {
    let session = process.entry.session();
    let default = || DEFAULT_USER.to_owned();
    match user {
        Some(ACCOUNT) => session.and_then(|session| session.account()).unwrap_or_else(default),
        Some(ALIAS) => session.and_then(|session| session.alias()).unwrap_or_default(),
        Some(_) | None => session.map_or_else(default, |session| session.user_name()),
    }
}

const SET_USER_ALIAS: Command = Command {
    number: 1666,
    name: "SET USER ALIAS",
    thread_safe: true,
    help: "Gives the user another name for this session; \"\" takes it back.",
    syntaxes: &[native!(set_user_alias(process, alias))],
};

fn set_user_alias(process: &mut Process, alias: Text) -> Result<()> {
    if process.runtime.sessions.is_server() {
        return Err(Error::quatre(5217, "`SET USER ALIAS` cannot be called on a server"));
    }
    if let Some(session) = process.entry.session() {
        session.set_alias(&alias.to_str());
    }
    Ok(())
}
