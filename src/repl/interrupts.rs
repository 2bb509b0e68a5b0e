//! Ctrl-C: the first one stops what runs, a second one within a second leaves the program.
//!
//! On a terminal the editor of lines gets the key itself while something is typed; a signal comes only while something
//! runs, or from outside.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::engine::prompt::Interrupter;
use crate::runtime::host::{Host, SystemHost, end_now, tell_interrupts};

/// Two that come within this time mean that the user wants to leave.
pub const IMPATIENCE: Duration = Duration::from_secs(1);
/// The exit code of a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// What Ctrl-C stops, and when it was last pressed.
pub struct Stop {
    host: Arc<SystemHost>,
    target: Mutex<Interrupter>,
    last: Mutex<Option<Duration>>,
}

impl Stop {
    /// What runs from now on.
    pub fn aim(&self, target: Interrupter) {
        *self.target.lock().unwrap_or_else(PoisonError::into_inner) = target;
    }

    /// Ctrl-C was pressed: true when it is the second one within a second.
    pub fn press(&self) -> bool {
        let now = self.host.elapsed();
        let before = self.last.lock().unwrap_or_else(PoisonError::into_inner).replace(now);
        before.is_some_and(|before| now.saturating_sub(before) < IMPATIENCE)
    }

    /// The last one was meant for something else.
    pub fn forget(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Leaves the program at once.
    pub fn leave(&self) -> ! {
        end_now(INTERRUPTED)
    }
}

/// Listens to Ctrl-C from now on.
pub fn watch(host: &Arc<SystemHost>, target: Interrupter) -> Arc<Stop> {
    let stop = Arc::new(Stop { host: Arc::clone(host), target: Mutex::new(target), last: Mutex::default() });
    let told = Arc::clone(&stop);
    tell_interrupts(Arc::clone(host), move || {
        if told.press() {
            told.leave();
        }
        told.target.lock().unwrap_or_else(PoisonError::into_inner).interrupt();
    });
    stop
}
