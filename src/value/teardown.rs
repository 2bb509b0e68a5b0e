//! The end of objects and collections, however deep they are nested: a list of a million links goes without a stack of
//! a million calls.
//!
//! Dropping goes down the stack as far as it safely can; what lies deeper is put aside and dropped from the top.

use std::cell::{Cell, RefCell};

use crate::value::Value;
use crate::value::shared::SharedValue;

/// How many objects and collections may be dropped inside each other.
const MOST_NESTED: u32 = 128;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static ANY_LATER: Cell<bool> = const { Cell::new(false) };
    static LATER: RefCell<Vec<Content>> = const { RefCell::new(Vec::new()) };
}

/// What an object or a collection held.
#[expect(dead_code, reason = "it is kept only to be dropped")]
pub(super) enum Content {
    /// Of one process.
    Values(Vec<Value>),
    /// Of several.
    Shared(Vec<SharedValue>),
}

/// Drops the content of an object or a collection.
#[inline]
pub(super) fn drop_content(content: Content) {
    let depth = DEPTH.get();
    if depth >= MOST_NESTED {
        put_aside(content);
        return;
    }
    DEPTH.set(depth + 1);
    drop(content);
    DEPTH.set(depth);
    if depth == 0 && ANY_LATER.get() {
        drop_aside();
    }
}

#[cold]
fn put_aside(content: Content) {
    // At the very end of a thread there is no place left to put it; then the stack has to do.
    let mut content = Some(content);
    let _ = LATER.try_with(|later| {
        later.borrow_mut().extend(content.take());
        ANY_LATER.set(true);
    });
}

#[cold]
fn drop_aside() {
    while let Ok(Some(content)) = LATER.try_with(|later| later.borrow_mut().pop()) {
        DEPTH.set(1);
        drop(content);
        DEPTH.set(0);
    }
    ANY_LATER.set(false);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::collection::Collection;
    use crate::value::object::Object;
    use crate::value::shared::{SharedCollection, SharedObject};
    use crate::value::text::Text;

    const DEEP: usize = 50_000;

    #[test]
    fn depth_is_no_danger() {
        let mut value = Value::Null;
        for turn in 0..DEEP {
            value = if turn % 2 == 0 {
                let object = Object::new();
                object.put("next", value);
                object.put("n", 1);
                Value::Object(object)
            } else {
                Value::Collection(Collection::from_vec(vec![value]))
            };
        }
        drop(value);
        let mut shared = Value::Null;
        for turn in 0..DEEP {
            shared = if turn % 2 == 0 {
                let object = SharedObject::new(None);
                object.init(&Text::from("next"), shared).unwrap();
                SharedValue::Object(object).value()
            } else {
                SharedValue::Collection(SharedCollection::new(&[shared]).unwrap()).value()
            };
        }
        drop(shared);
        assert!(!ANY_LATER.get() && DEPTH.get() == 0);
    }

    #[test]
    fn a_thread_may_end_with_deep_values() {
        thread_local!(static KEPT: RefCell<Value> = const { RefCell::new(Value::Null) });
        let thread = std::thread::spawn(|| {
            KEPT.set(Value::Collection(Collection::new()));
            let mut value = Value::Null;
            for _ in 0..10_000 {
                value = Value::Collection(Collection::from_vec(vec![value]));
            }
            KEPT.set(value);
        });
        assert!(thread.join().is_ok());
    }
}
