//! Locking groups of shared objects and collections: what `Use … End use` takes hold of.
//!
//! Every shared object is born with a group of its own. Putting one into another joins their groups for ever: the
//! emptied group points at the one it went into. A group is held by one process at a time, as often as it likes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustc_hash::FxHashMap;

use crate::value::error::{Error, Result};

/// Between two looks at whether the wait should end: short enough to stop a program, long enough to cost nothing.
const PATIENCE: Duration = Duration::from_millis(50);

/// Asked while a process waits: an error ends the wait.
type Interrupt = Rc<dyn Fn() -> Result<()>>;

thread_local! {
    static OWNER: Cell<u64> = const { Cell::new(0) };
    static HELD: RefCell<Vec<Arc<Group>>> = const { RefCell::new(Vec::new()) };
    static INTERRUPT: RefCell<Option<Interrupt>> = const { RefCell::new(None) };
}

/// Numbers for threads that no runtime has named; processes are named from 1 on.
static UNNAMED: AtomicU64 = AtomicU64::new(1 << 63);

/// Which process waits for which group: a cycle in it would never end.
static WAITING: LazyLock<Mutex<FxHashMap<u64, Arc<Group>>>> = LazyLock::new(Mutex::default);

/// Held while two groups become one, the only time when two states are locked at once.
static JOINING: Mutex<()> = Mutex::new(());

/// What stands behind a group that is kept elsewhere too: told when a process takes hold of the group, and before it lets
/// go of it.
pub trait Keeper: Send + Sync + std::fmt::Debug {
    /// A process has taken hold of the group; an error takes it away again.
    fn begin(&self) -> Result<()>;
    /// It is about to let go.
    fn end(&self);
}

#[derive(Debug)]
struct State {
    /// The process that holds the group, 0 for none.
    owner: u64,
    /// How many times it holds it.
    count: usize,
    /// How many objects and collections belong to it.
    members: usize,
    /// The group that this one went into.
    into: Option<Arc<Group>>,
    /// What is told of those who hold it.
    keeper: Option<Arc<dyn Keeper>>,
}

/// A locking group.
#[derive(Debug)]
pub struct Group {
    state: Mutex<State>,
    freed: Condvar,
}

/// The place of one shared object or collection in its group.
#[derive(Debug)]
pub struct Membership(Mutex<Arc<Group>>);

/// Locks whatever happened to others who held the lock: no state here is ever half changed.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Names the process that runs on this thread; `owner` is its number, never 0 nor used again.
pub fn set_owner(owner: u64) {
    OWNER.set(owner);
}

/// Sets what is asked while this process waits for a group.
pub fn set_interrupt(interrupt: impl Fn() -> Result<()> + 'static) {
    INTERRUPT.set(Some(Rc::new(interrupt)));
}

/// An error when this process has to stop waiting.
pub fn check_interrupt() -> Result<()> {
    INTERRUPT.with_borrow(Clone::clone).map_or(Ok(()), |interrupt| interrupt())
}

fn owner() -> u64 {
    if OWNER.get() == 0 {
        OWNER.set(UNNAMED.fetch_add(1, Ordering::Relaxed));
    }
    OWNER.get()
}

/// Lets go of all that this process holds: when it ends, however it ends.
pub fn release_all() {
    while let Some(group) = HELD.with_borrow_mut(Vec::pop) {
        group.root().release();
    }
}

/// How often this process holds any group: to be compared with, and restored by [`release_to`], after an error.
pub fn held() -> usize {
    HELD.with_borrow(Vec::len)
}

/// Lets go of what was taken since [`held`] gave this number.
pub fn release_to(depth: usize) {
    while held() > depth {
        if let Some(group) = HELD.with_borrow_mut(Vec::pop) {
            group.root().release();
        }
    }
}

impl Group {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(State { owner: 0, count: 0, members: 1, into: None, keeper: None }),
            freed: Condvar::new(),
        })
    }

    /// The group that this one has become.
    fn root(self: &Arc<Self>) -> Arc<Self> {
        let mut group = Arc::clone(self);
        loop {
            let next = lock(&group.state).into.clone();
            match next {
                Some(next) => group = next,
                None => return group,
            }
        }
    }

    /// Takes hold of the group for this process; false when it is held by another or is no longer a group.
    fn try_acquire(&self, me: u64) -> Result<bool> {
        let mut state = lock(&self.state);
        if state.into.is_some() || (state.owner != 0 && state.owner != me) {
            return Ok(false);
        }
        state.owner = me;
        state.count += 1;
        if state.count == 1
            && let Some(keeper) = state.keeper.clone()
        {
            // Whoever asks may wait for another machine: nobody shall wait for the lock of the state meanwhile.
            drop(state);
            if let Err(problem) = keeper.begin() {
                self.let_go();
                return Err(problem);
            }
        }
        Ok(true)
    }

    fn release(&self) {
        let state = lock(&self.state);
        let last = state.keeper.clone().filter(|_| state.count == 1);
        drop(state);
        if let Some(keeper) = last {
            keeper.end();
        }
        self.let_go();
    }

    fn let_go(&self) {
        let mut state = lock(&self.state);
        state.count = state.count.saturating_sub(1);
        if state.count == 0 {
            state.owner = 0;
            self.freed.notify_one();
        }
    }

    fn is_held_by(&self, me: u64) -> bool {
        lock(&self.state).owner == me
    }

    fn wait(&self) {
        let state = lock(&self.state);
        if state.owner != 0 && state.into.is_none() {
            drop(self.freed.wait_timeout(state, PATIENCE));
        }
    }
}

/// Whether waiting for this group would be waiting for oneself, through whatever chain of processes.
fn would_never_end(me: u64, group: &Arc<Group>, waiting: &FxHashMap<u64, Arc<Group>>) -> bool {
    let mut group = group.root();
    for _ in 0..=waiting.len() {
        let owner = lock(&group.state).owner;
        if owner == me {
            return true;
        }
        match waiting.get(&owner) {
            Some(next) => group = next.root(),
            None => return false,
        }
    }
    false
}

/// Says that this process waits for a group, unless that would never end: then it is the last to come that gives up.
fn announce(me: u64, group: &Arc<Group>) -> Result<()> {
    let mut waiting = lock(&WAITING);
    waiting.insert(me, Arc::clone(group));
    if !would_never_end(me, group, &waiting) {
        return Ok(());
    }
    waiting.remove(&me);
    Err(Error::quatre(5203, "two processes wait for each other in `Use`")
        .help("use shared objects in the same order in every process"))
}

impl Default for Membership {
    fn default() -> Self {
        Self(Mutex::new(Group::new()))
    }
}

impl Membership {
    fn group(&self) -> Arc<Group> {
        let mut group = lock(&self.0);
        *group = group.root();
        Arc::clone(&group)
    }

    /// Takes hold of the group, waiting while another process has it.
    pub fn acquire(&self) -> Result<()> {
        let me = owner();
        let group = self.group();
        if group.try_acquire(me)? {
            HELD.with_borrow_mut(|held| held.push(group));
            return Ok(());
        }
        let outcome = self.acquire_slowly(me);
        lock(&WAITING).remove(&me);
        outcome
    }

    fn acquire_slowly(&self, me: u64) -> Result<()> {
        loop {
            let group = self.group();
            if group.try_acquire(me)? {
                HELD.with_borrow_mut(|held| held.push(group));
                return Ok(());
            }
            announce(me, &group)?;
            group.wait();
            check_interrupt()?;
        }
    }

    /// Lets go of the group once.
    pub fn release(&self) {
        let group = self.group();
        let known = HELD.with_borrow_mut(|held| {
            let place = held.iter().rposition(|other| Arc::ptr_eq(&other.root(), &group));
            place.map(|place| held.remove(place)).is_some()
        });
        if known {
            group.release();
        }
    }

    /// What is told of those who hold the group.
    pub fn keeper(&self) -> Option<Arc<dyn Keeper>> {
        lock(&self.group().state).keeper.clone()
    }

    /// Says what is told of those who hold the group from now on. One who holds it now is told of too.
    pub fn attach(&self, keeper: &Arc<dyn Keeper>) -> Result<()> {
        let group = self.group();
        let mut state = lock(&group.state);
        if state.keeper.as_ref().is_some_and(|known| Arc::ptr_eq(known, keeper)) {
            return Ok(());
        }
        let (old, is_held) = (state.keeper.replace(Arc::clone(keeper)), state.count > 0);
        drop(state);
        if is_held {
            keeper.begin()?;
            if let Some(old) = old {
                old.end();
            }
        }
        Ok(())
    }

    /// Whether this process holds the group.
    pub fn is_held(&self) -> bool {
        self.group().is_held_by(owner())
    }

    /// Runs `action` with the group held.
    pub fn hold<R>(&self, action: impl FnOnce() -> Result<R>) -> Result<R> {
        self.acquire()?;
        let result = action();
        self.release();
        result
    }

    /// Makes one group of this one and another one's, for ever.
    pub fn join(&self, other: &Self) -> Result<()> {
        if Arc::ptr_eq(&self.group(), &other.group()) {
            return Ok(());
        }
        // While this process holds the other group nobody else does, and what it holds goes over to the joined group.
        let me = owner();
        other.hold(|| {
            let joining = lock(&JOINING);
            let (mine, theirs) = (self.group(), other.group());
            if Arc::ptr_eq(&mine, &theirs) {
                return Ok(());
            }
            let (state, other_state) = (lock(&mine.state), lock(&theirs.state));
            if state.members > 1 && other_state.members > 1 {
                return Err(Error::quatre(5202, "a shared object or collection cannot belong to two groups")
                    .help("put in a copy made with `OB Copy` or `.copy()` and `ck shared`"));
            }
            // The smaller one is emptied, so that no chain of emptied groups grows long.
            let (kept, mut kept_state, emptied, mut emptied_state) = if state.members >= other_state.members {
                (&mine, state, &theirs, other_state)
            } else {
                (&theirs, other_state, &mine, state)
            };
            // Both may be told of; together they are told of once, and now, because they are held.
            let was_told = kept_state.count > 0;
            let other_keeper = emptied_state.keeper.take();
            let (begins, ends) = match &kept_state.keeper {
                Some(keeper) => (Some(Arc::clone(keeper)).filter(|_| !was_told), other_keeper),
                None => {
                    kept_state.keeper = other_keeper;
                    (kept_state.keeper.clone().filter(|_| emptied_state.count == 0), None)
                }
            };
            let ends = ends.filter(|_| emptied_state.count > 0);
            kept_state.owner = me;
            kept_state.count += emptied_state.count;
            kept_state.members += emptied_state.members;
            emptied_state.into = Some(Arc::clone(kept));
            emptied.freed.notify_all();
            drop((kept_state, emptied_state, joining));
            if let Some(keeper) = begins {
                keeper.begin()?;
            }
            if let Some(keeper) = ends {
                keeper.end();
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn joined_groups_are_held_together() {
        let (a, b) = (Arc::new(Membership::default()), Arc::new(Membership::default()));
        a.acquire().unwrap();
        b.acquire().unwrap();
        a.join(&b).unwrap();
        b.release();
        assert!(b.is_held());
        a.release();
        assert!(!a.is_held() && !b.is_held());
        assert_eq!(held(), 0);
    }

    #[test]
    fn two_groups_never_join() {
        let all: [Membership; 4] = Default::default();
        let [a, b, c, d] = &all;
        a.join(b).unwrap();
        c.join(d).unwrap();
        assert!(a.join(d).is_err());
        assert!(a.join(b).is_ok());
        assert_eq!(held(), 0);
    }

    #[test]
    fn processes_wait_their_turn() {
        let group = Arc::new(Membership::default());
        let count = Arc::new(Mutex::new(0));
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let (group, count) = (Arc::clone(&group), Arc::clone(&count));
                std::thread::spawn(move || {
                    for _ in 0..200 {
                        group
                            .hold(|| {
                                *lock(&count) += 1;
                                group.hold(|| Ok(()))
                            })
                            .unwrap();
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(*lock(&count), 800);
    }

    #[test]
    fn waiting_for_each_other_is_an_error_for_one() {
        let (a, b) = (Arc::new(Membership::default()), Arc::new(Membership::default()));
        let (ready, other_is_ready) = mpsc::channel();
        a.acquire().unwrap();
        let other = {
            let (a, b) = (Arc::clone(&a), Arc::clone(&b));
            std::thread::spawn(move || {
                b.acquire().unwrap();
                ready.send(()).unwrap();
                let outcome = a.acquire();
                release_all();
                outcome.is_err()
            })
        };
        other_is_ready.recv().unwrap();
        let mine = b.acquire().is_err();
        release_all();
        assert!(mine != other.join().unwrap());
    }
}
