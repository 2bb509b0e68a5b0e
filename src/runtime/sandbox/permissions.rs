//! What a program may touch.
//!
//! The permissions of a program hold for the threads of its processes. Whoever is about to touch the world asks here
//! first, on the thread of the process: [`read`], [`write()`], [`net`], [`run`], [`variable`]. A refusal is an error that
//! `Try` can catch; it is also remembered until the command under way ends, so that a command which would only answer
//! "there is nothing" tells the truth.

use std::cell::{Cell, RefCell};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::value::error::{Error, Result};

/// So many links may follow each other in a path.
const MOST_LINKS: usize = 40;

/// What of one kind is permitted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Grant<T> {
    /// Everything.
    #[default]
    All,
    /// These, and nothing when there are none.
    Only(Vec<T>),
}

/// The permissions of a program; the default permits everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permissions {
    /// Files and folders, with what is in them, that may be read.
    pub read: Grant<PathBuf>,
    /// Files and folders, with what is in them, that may be written.
    pub write: Grant<PathBuf>,
    /// `HOST:PORT` or `HOST` that may be reached.
    pub net: Grant<String>,
    /// Names or paths of programs that may be started.
    pub run: Grant<String>,
    /// Variables of the environment that may be read.
    pub env: Grant<String>,
}

thread_local! {
    static CURRENT: RefCell<Option<Arc<Permissions>>> = const { RefCell::new(None) };
    static HAS_REFUSED: Cell<bool> = const { Cell::new(false) };
    static REFUSED: RefCell<Option<Error>> = const { RefCell::new(None) };
}

impl Permissions {
    /// Whether a variable of the environment may be read.
    pub fn shows(&self, name: &str) -> bool {
        match &self.env {
            Grant::All => true,
            Grant::Only(names) => names.iter().any(|granted| granted == name),
        }
    }

    /// Nothing is permitted.
    pub fn none() -> Self {
        let (read, write) = (Grant::Only(Vec::new()), Grant::Only(Vec::new()));
        let (net, run, env) = (Grant::Only(Vec::new()), Grant::Only(Vec::new()), Grant::Only(Vec::new()));
        Self { read, write, net, run, env }
    }
}

/// The permissions of this thread, for a thread that works on behalf of it.
pub fn current() -> Option<Arc<Permissions>> {
    CURRENT.with_borrow(Clone::clone)
}

/// Says what this thread may do from now on; `None` is everything.
pub fn set(permissions: Option<Arc<Permissions>>) {
    CURRENT.set(permissions);
}

/// Does what Quatre itself does, such as reading a file of code, whatever the program may.
pub fn suspended<R>(action: impl FnOnce() -> R) -> R {
    let outer = CURRENT.take();
    let result = action();
    CURRENT.set(outer);
    result
}

/// The refusal since this was last asked, if any.
#[inline]
pub fn take_refusal() -> Option<Error> {
    if HAS_REFUSED.get() { refusal() } else { None }
}

#[cold]
fn refusal() -> Option<Error> {
    HAS_REFUSED.set(false);
    REFUSED.take()
}

#[cold]
fn refuse(code: u16, doing: &str, what: &str, option: &str) -> Error {
    let error = Error::quatre(code, format!("this program may not {doing} `{what}`"))
        .label("stopped here")
        .help(format!("allow it with --allow-{option}={what}"));
    HAS_REFUSED.set(true);
    REFUSED.set(Some(error.clone()));
    error
}

fn permits<T>(pick: impl Fn(&Permissions) -> &Grant<T>, matches: impl Fn(&T) -> bool) -> bool {
    CURRENT.with_borrow(|current| match current.as_deref().map(pick) {
        None | Some(Grant::All) => true,
        Some(Grant::Only(items)) => items.iter().any(matches),
    })
}

/// Whether nothing is forbidden, the usual case.
fn is_free() -> bool {
    CURRENT.with_borrow(Option::is_none)
}

/// Asks to read a file or folder, or to look whether it is there.
///
/// # Errors
/// It is not permitted.
pub fn read(path: &Path) -> Result<()> {
    if is_free() {
        return Ok(());
    }
    let real = resolved(path);
    let allowed = permits(|all| &all.read, |granted| real.starts_with(granted));
    if allowed { Ok(()) } else { Err(refuse(8101, "read", &path.to_string_lossy(), "read")) }
}

/// Asks to make, change or remove a file or folder.
///
/// # Errors
/// It is not permitted.
pub fn write(path: &Path) -> Result<()> {
    if is_free() {
        return Ok(());
    }
    let real = resolved(path);
    let allowed = permits(|all| &all.write, |granted| real.starts_with(granted));
    if allowed { Ok(()) } else { Err(refuse(8102, "write", &path.to_string_lossy(), "write")) }
}

/// Asks to reach, or to be reached at, an address.
///
/// # Errors
/// It is not permitted.
pub fn net(host: &str, port: u16) -> Result<()> {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let address = if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") };
    let is_it =
        |granted: &String| granted.eq_ignore_ascii_case(&address) || granted.eq_ignore_ascii_case(host);
    if permits(|all| &all.net, is_it) { Ok(()) } else { Err(refuse(8103, "connect to", &address, "net")) }
}

/// Asks to start a program, given as a name or a path.
///
/// # Errors
/// It is not permitted.
pub fn run(program: &str) -> Result<()> {
    let path = Path::new(program);
    let has_folder = path.components().count() > 1;
    let is_it = |granted: &String| {
        granted == program || (has_folder && resolved(path) == resolved(Path::new(granted)))
    };
    if permits(|all| &all.run, is_it) { Ok(()) } else { Err(refuse(8104, "run", program, "run")) }
}

/// Asks to read a variable of the environment.
///
/// # Errors
/// It is not permitted.
pub fn variable(name: &str) -> Result<()> {
    let allowed = permits(|all| &all.env, |granted| granted == name);
    if allowed { Ok(()) } else { Err(refuse(8105, "read the variable", name, "env")) }
}

/// Whether a program that is started may inherit the environment.
pub fn inherits_environment() -> bool {
    permits(|all| &all.env, |_| false)
}

/// A refusal as an error of the system.
pub(super) fn as_io(answer: Result<()>) -> io::Result<()> {
    answer.map_err(|error| io::Error::new(io::ErrorKind::PermissionDenied, error.details().message.clone()))
}

/// The path with all links resolved, the last one too, of what may not be there yet.
#[expect(clippy::disallowed_methods, reason = "paths are compared as the system sees them")]
pub fn resolved(path: &Path) -> PathBuf {
    let mut path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for _ in 0..MOST_LINKS {
        if let Ok(real) = std::fs::canonicalize(&path) {
            return real;
        }
        // A link that leads nowhere leads to where a file would be made.
        let Ok(target) = std::fs::read_link(&path) else { break };
        path = path.parent().map_or(target.clone(), |folder| folder.join(&target));
    }
    let mut rest = Vec::new();
    let mut there = path.as_path();
    let mut real = loop {
        if let Ok(real) = std::fs::canonicalize(there) {
            break real;
        }
        match (there.parent(), there.components().next_back()) {
            (Some(folder), Some(last)) => {
                rest.push(last);
                there = folder;
            }
            _ => break there.to_owned(),
        }
    };
    for part in rest.iter().rev() {
        match part {
            Component::ParentDir => drop(real.pop()),
            Component::CurDir => {}
            Component::Normal(_) | Component::RootDir | Component::Prefix(_) => real.push(part),
        }
    }
    real
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(permissions: Permissions, test: impl FnOnce()) {
        set(Some(Arc::new(permissions)));
        test();
        set(None);
        drop(take_refusal());
    }

    #[test]
    fn a_sandbox_refuses_everything() {
        with(Permissions::none(), || {
            let codes = [
                read(Path::new("/etc/passwd")),
                write(Path::new("/nowhere/x")),
                net("example.org", 80),
                run("ls"),
                variable("HOME"),
            ]
            .map(|answer| answer.expect_err("refused").details().code.to_string());
            assert_eq!(codes, ["Q8101", "Q8102", "Q8103", "Q8104", "Q8105"]);
            assert!(take_refusal().is_some() && take_refusal().is_none());
            assert!(suspended(|| read(Path::new("/etc/passwd"))).is_ok());
        });
    }

    #[test]
    fn what_is_granted_is_permitted_and_nothing_beside_it() {
        let net_grant = Grant::Only(vec!["example.org:443".into(), "::1".into()]);
        with(Permissions { net: net_grant, ..Permissions::none() }, || {
            assert!(net("Example.org", 443).is_ok() && net("[::1]", 80).is_ok());
            assert!(net("example.org", 80).is_err() && net("example.org.evil.net", 443).is_err());
        });
    }

    #[test]
    fn paths_go_back_before_they_are_compared() {
        let folder = resolved(&crate::runtime::sandbox::temporary_folder()).join("quatre-permissions");
        let grant = Grant::Only(vec![folder.clone()]);
        with(Permissions { write: grant, ..Permissions::none() }, || {
            assert!(write(&folder.join("new/file.txt")).is_ok());
            assert!(write(&folder.join("new/../../else.txt")).is_err());
            assert!(write(&folder.with_file_name("quatre-permissions-2")).is_err());
        });
    }
}
