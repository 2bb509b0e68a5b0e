//! How large values may become: `--max-text`, `--max-elements`, `--max-memory`.
//!
//! The bounds hold for the thread of a process. They are looked at where a value grows by much at once; what grows in
//! small steps is found by the process, which looks at the memory now and then.

use std::cell::Cell;

use crate::value::error::{Error, Result};

/// The bounds of a process; 0 stands for none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of memory that the whole program holds.
    pub memory: usize,
    /// UTF-16 units of a text.
    pub text: usize,
    /// Elements of a collection or an array.
    pub elements: usize,
}

thread_local! {
    static CURRENT: Cell<Bounds> = const { Cell::new(Bounds { memory: 0, text: 0, elements: 0 }) };
}

/// Says what the process of this thread may hold.
pub fn set(bounds: Bounds) {
    CURRENT.set(bounds);
}

/// A value smaller than this is no reason to look at the memory.
const LARGE: usize = 64 * 1024;

/// Asks for a text of so many units.
///
/// # Errors
/// It would be too long, or there is no memory for it.
#[inline]
pub fn check_text(units: usize) -> Result<()> {
    if units < LARGE && CURRENT.get().text == 0 { Ok(()) } else { check_long_text(units) }
}

#[cold]
fn check_long_text(units: usize) -> Result<()> {
    let most = CURRENT.get().text;
    if most != 0 && units > most {
        let error = Error::quatre(8005, format!("the text would be longer than {most} characters"));
        return Err(error.help("allow more with `--max-text`").fatal());
    }
    if units < LARGE { Ok(()) } else { check_memory(units) }
}

/// Asks for a collection or an array of so many elements.
///
/// # Errors
/// It would be too large, or there is no memory for it.
#[inline]
pub fn check_elements(count: usize) -> Result<()> {
    if count < LARGE && CURRENT.get().elements == 0 { Ok(()) } else { check_many(count) }
}

/// The same for a collection that grows by a little: the memory is looked at now and then only.
///
/// # Errors
/// It would be too large, or there is no memory for it.
#[inline]
pub fn check_growing(count: usize) -> Result<()> {
    if count & 0xFFF != 0 && CURRENT.get().elements == 0 { Ok(()) } else { check_many(count) }
}

#[cold]
fn check_many(count: usize) -> Result<()> {
    let most = CURRENT.get().elements;
    if most != 0 && count > most {
        let error = Error::quatre(8005, format!("there would be more than {most} elements"));
        return Err(error.help("allow more with `--max-elements`").fatal());
    }
    if count < LARGE { Ok(()) } else { check_memory(count.saturating_mul(16)) }
}

/// Asks for so many bytes on top of those that the program holds.
///
/// # Errors
/// There is no memory for them.
#[cold]
pub fn check_memory(more: usize) -> Result<()> {
    let most = CURRENT.get().memory;
    if most == 0 {
        return Ok(());
    }
    let held = memory_stats::memory_stats().map_or(0, |stats| stats.physical_mem);
    if held.saturating_add(more) <= most {
        return Ok(());
    }
    let error = Error::quatre(8002, format!("the program wants more than {} MB of memory", most >> 20));
    Err(error.help("allow more with `--max-memory`").fatal())
}
