//! Waiting for files to change: the only code that names `notify`.
//!
//! Editors write a file in several steps, so a change is told of when nothing more has happened for a moment.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// So long nothing may happen before a change counts as made.
const QUIET: Duration = Duration::from_millis(120);

/// Files and folders that are watched.
pub struct Watch {
    /// Kept, because dropping it ends the watch.
    _watcher: RecommendedWatcher,
    changes: Receiver<Vec<PathBuf>>,
}

impl Watch {
    /// Watches these paths, folders with all that is below them.
    ///
    /// # Errors
    /// The system cannot watch one of them.
    pub fn new<'a>(paths: impl IntoIterator<Item = &'a Path>) -> io::Result<Self> {
        let (sender, changes) = mpsc::channel();
        let told = move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            // Reading a file is an event too.
            if !matches!(event.kind, EventKind::Access(_)) {
                // Nobody waits any more when the program ends.
                _ = sender.send(event.paths);
            }
        };
        let mut watcher = notify::recommended_watcher(told).map_err(io::Error::other)?;
        for path in paths {
            // A file that is written anew is another one: its folder is what stays.
            let place = if super::is_file(path) { path.parent().unwrap_or(Path::new(".")) } else { path };
            let place = if place.as_os_str().is_empty() { Path::new(".") } else { place };
            let mode =
                if super::is_file(path) { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };
            watcher.watch(place, mode).map_err(io::Error::other)?;
        }
        Ok(Self { _watcher: watcher, changes })
    }

    /// Waits until something has changed and gives the paths; none when there is nothing to be watched any more.
    pub fn wait(&self) -> Option<Vec<PathBuf>> {
        let mut changed = self.changes.recv().ok()?;
        loop {
            match self.changes.recv_timeout(QUIET) {
                Ok(more) => changed.extend(more),
                Err(RecvTimeoutError::Timeout) => return Some(changed),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }
}
