//! Class 4D.Signal: one process waits until another one says that something is done.
//!
//! A signal is a shared object, so that results can be put into it; the flag itself is changed without `Use`.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::builtin::{Class, Function, Property};
use crate::native;
use crate::runtime::process::Process;
use crate::runtime::process_table::Entry;
use crate::value::Value;
use crate::value::error::{Error, Result};
use crate::value::instance::SharedInstance;
use crate::value::object::Object;
use crate::value::shared::SharedObject;
use crate::value::text::Text;

/// 4D.Signal
pub const CLASS: Class = Class {
    store: "4D",
    name: "Signal",
    extends: None,
    constructor: None,
    functions: &[TRIGGER, WAIT],
    properties: &[DESCRIPTION, SIGNALED],
};

/// The flag, and who waits for it.
#[derive(Default)]
pub struct Signal {
    signaled: AtomicBool,
    waiting: Mutex<Vec<Arc<Entry>>>,
}

impl SharedInstance for Signal {
    fn class_name(&self) -> &'static str {
        "Signal"
    }
    fn computes(&self, key: &str) -> bool {
        key == "signaled"
    }
    fn into_any(self: Arc<Self>) -> Arc<dyn std::any::Any + Send + Sync> {
        self
    }
}

/// A new signal.
pub fn make(description: Option<Text>) -> Result<Object> {
    let shared = SharedObject::with_native(Arc::new(Signal::default()));
    if let Some(description) = description {
        shared.init(&Text::from("description"), Value::Text(description))?;
    }
    Ok(Object::shared(shared))
}

const TRIGGER: Function = Function {
    name: "trigger",
    help: "Sets the signal for good and lets all that wait for it go on.",
    syntaxes: &[native!(trigger(this))],
};

fn trigger(this: Arc<Signal>) {
    this.signaled.store(true, Ordering::Release);
    let waiting = std::mem::take(&mut *this.waiting.lock().unwrap_or_else(PoisonError::into_inner));
    for entry in waiting {
        entry.poke();
    }
}

const WAIT: Function = Function {
    name: "wait",
    help: "Holds the process until the signal is set, or for a number of seconds, and says whether it is set.",
    syntaxes: &[native!(wait(process, this, timeout))],
};

fn wait(process: &mut Process, this: Arc<Signal>, timeout: Option<f64>) -> Result<bool> {
    // A time that is too long for a clock is as good as none.
    let time = timeout.and_then(|seconds| Duration::try_from_secs_f64(seconds.max(0.0)).ok());
    this.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&process.entry));
    let condition = {
        let signal = Arc::clone(&this);
        Arc::new(move || signal.signaled.load(Ordering::Acquire))
    };
    let outcome = process.wait_for(condition, time);
    let mut waiting = this.waiting.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(place) = waiting.iter().position(|entry| Arc::ptr_eq(entry, &process.entry)) {
        waiting.swap_remove(place);
    }
    outcome
}

const SIGNALED: Property = Property {
    name: "signaled",
    help: "True once the signal has been set.",
    get: native!(signaled(this)),
    set: None,
};

fn signaled(this: Arc<Signal>) -> bool {
    this.signaled.load(Ordering::Acquire)
}

const DESCRIPTION: Property = Property {
    name: "description",
    help: "What the signal is for; it is changed inside Use.",
    get: native!(description(this)),
    set: Some(native!(set_description(this, value))),
};

/// It is a property as any other; the declaration here gives its value while it was never set.
fn description(this: Object) -> Value {
    this.get_str("description").unwrap_or_else(|| Value::text(""))
}

fn set_description(this: Object, value: Text) -> Result<()> {
    match this.as_shared() {
        Some(shared) => shared.set(&Text::from("description"), Value::Text(value)),
        None => Err(Error::types("`description` is a property of a 4D.Signal")),
    }
}
