//! What processes share besides variables: `Storage`, semaphores, and the settings that hold for all of them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

use crate::runtime::process_table::{Entry, lock};
use crate::value::shared::SharedObject;

/// The name of a semaphore counts up to this many characters.
const LONGEST_NAME: usize = 255;

/// `Storage` and the semaphores of a program.
pub struct Storage {
    /// `Storage`
    pub catalog: Arc<SharedObject>,
    semaphores: Mutex<FxHashMap<String, Semaphore>>,
    /// What `SET ASSERT ENABLED` said for all processes.
    asserts: AtomicBool,
    /// The methods that `ON ERR CALL` installed for more than one process, by their scope.
    handlers: Mutex<FxHashMap<i32, String>>,
    /// What `SET DATABASE PARAMETER` gave, by selector: a number and a text.
    parameters: Mutex<FxHashMap<i32, (f64, String)>>,
}

/// A semaphore that is set, and who waits for it.
struct Semaphore {
    owner: i32,
    waiting: Vec<Arc<Entry>>,
}

impl Default for Storage {
    fn default() -> Self {
        Self {
            catalog: SharedObject::catalog(),
            semaphores: Mutex::default(),
            asserts: AtomicBool::new(true),
            handlers: Mutex::default(),
            parameters: Mutex::default(),
        }
    }
}

fn cut(name: &str) -> String {
    name.chars().take(LONGEST_NAME).collect()
}

impl Storage {
    /// Whether a failed `ASSERT` is an error in processes that do not say otherwise.
    pub fn asserts(&self) -> bool {
        self.asserts.load(Ordering::Relaxed)
    }

    /// Says for all processes whether a failed `ASSERT` is an error.
    pub fn set_asserts(&self, asserts: bool) {
        self.asserts.store(asserts, Ordering::Relaxed);
    }

    /// The method that handles errors in a scope wider than one process; "" when there is none.
    pub fn handler(&self, scope: i32) -> String {
        lock(&self.handlers).get(&scope).cloned().unwrap_or_default()
    }

    /// Installs a method that handles errors in a scope wider than one process.
    pub fn set_handler(&self, scope: i32, method: &str) {
        lock(&self.handlers).insert(scope, method.to_owned());
    }

    /// What a database parameter was set to.
    pub fn parameter(&self, selector: i32) -> Option<(f64, String)> {
        lock(&self.parameters).get(&selector).cloned()
    }

    /// Sets a database parameter.
    pub fn set_parameter(&self, selector: i32, number: f64, text: &str) {
        lock(&self.parameters).insert(selector, (number, text.to_owned()));
    }

    /// Sets a semaphore for a process; false when another process has it set.
    pub fn set_semaphore(&self, name: &str, process: i32) -> bool {
        let mut semaphores = lock(&self.semaphores);
        semaphores.entry(cut(name)).or_insert(Semaphore { owner: process, waiting: Vec::new() }).owner
            == process
    }

    /// Has a process woken when a semaphore is cleared.
    pub fn await_semaphore(&self, name: &str, entry: &Arc<Entry>) {
        if let Some(semaphore) = lock(&self.semaphores).get_mut(&cut(name))
            && !semaphore.waiting.iter().any(|other| Arc::ptr_eq(other, entry))
        {
            semaphore.waiting.push(Arc::clone(entry));
        }
    }

    /// Whether a semaphore is set.
    pub fn has_semaphore(&self, name: &str) -> bool {
        lock(&self.semaphores).contains_key(&cut(name))
    }

    /// Clears a semaphore that this process has set.
    pub fn clear_semaphore(&self, name: &str, process: i32) {
        let name = cut(name);
        let mut semaphores = lock(&self.semaphores);
        if semaphores.get(&name).is_none_or(|semaphore| semaphore.owner != process) {
            return;
        }
        let waiting = semaphores.remove(&name).map(|semaphore| semaphore.waiting).unwrap_or_default();
        drop(semaphores);
        for entry in waiting {
            entry.poke();
        }
    }

    /// Clears all semaphores of a process that ends.
    pub fn clear_semaphores_of(&self, process: i32) {
        let mut semaphores = lock(&self.semaphores);
        let mut woken = Vec::new();
        semaphores.retain(|_, semaphore| {
            let stays = semaphore.owner != process;
            if !stays {
                woken.append(&mut semaphore.waiting);
            }
            stays
        });
        drop(semaphores);
        for entry in woken {
            entry.poke();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_semaphore_belongs_to_the_process_that_set_it() {
        let storage = Storage::default();
        assert!(storage.set_semaphore("door", 1) && storage.set_semaphore("door", 1));
        assert!(!storage.set_semaphore("door", 2));
        assert!(storage.set_semaphore("Door", 2), "case matters");
        storage.clear_semaphore("door", 2);
        assert!(storage.has_semaphore("door"));
        storage.clear_semaphore("door", 1);
        assert!(!storage.has_semaphore("door"));
        storage.clear_semaphores_of(2);
        assert!(!storage.has_semaphore("Door"));
    }

    #[test]
    fn long_names_are_cut() {
        let storage = Storage::default();
        storage.set_semaphore(&"x".repeat(300), 1);
        assert!(storage.has_semaphore(&"x".repeat(255)));
    }
}
