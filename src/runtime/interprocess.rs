//! Interprocess variables.
//!
//! Every process keeps a copy of its own; giving a value publishes it, and reading takes what another process
//! published last. A change inside an object is seen by the others when the variable is given again.

use std::sync::{Mutex, PoisonError};

use crate::program::ids::InterprocessId;
use crate::value::Value;
use crate::value::error::Result;
use crate::value::portable::Portable;

/// What was published last, by number, with a version that grows.
#[derive(Default)]
pub struct Interprocess {
    published: Mutex<Vec<Option<(u64, Portable)>>>,
}

impl Interprocess {
    /// Publishes a value; gives its version.
    pub fn publish(&self, id: InterprocessId, value: &Value) -> Result<u64> {
        let portable = Portable::from_value(value)?;
        let mut published = self.published.lock().unwrap_or_else(PoisonError::into_inner);
        let index = id.0 as usize;
        if published.len() <= index {
            published.resize_with(index + 1, || None);
        }
        let Some(place) = published.get_mut(index) else { return Ok(0) };
        let version = place.as_ref().map_or(1, |(version, _)| version + 1);
        *place = Some((version, portable));
        Ok(version)
    }

    /// The value published last, when it is newer than `known`.
    pub fn newer(&self, id: InterprocessId, known: u64) -> Option<(u64, Value)> {
        let published = self.published.lock().unwrap_or_else(PoisonError::into_inner);
        let (version, portable) = published.get(id.0 as usize)?.as_ref()?;
        (*version > known).then(|| (*version, portable.to_value()))
    }
}
