//! What processes share besides variables: `Storage` and semaphores.

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
}

/// A semaphore that is set, and who waits for it.
struct Semaphore {
    owner: i32,
    waiting: Vec<Arc<Entry>>,
}

impl Default for Storage {
    fn default() -> Self {
        Self { catalog: SharedObject::catalog(), semaphores: Mutex::default() }
    }
}

fn cut(name: &str) -> String {
    name.chars().take(LONGEST_NAME).collect()
}

impl Storage {
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
