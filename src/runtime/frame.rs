//! The stack: windows on one contiguous run of 8-byte words, and on one of values.
//!
//! Typed scalars live bare in words. Everything that is counted lives among the values, so leaving a frame drops one
//! contiguous range. The size of the stacks bounds memory; the depth of calls is bounded by the process.
//!
//! The words are read and written without a test of bounds, the one place of the crate where that is so. It is sound by
//! the type alone, whatever slot is asked for: an offset in a window has 16 bits, and behind the beginning of every
//! window there are always 65,536 words of the allocation (`Words::fits`). Measured with callgrind: a turn of
//! `loop_sum` takes 183 instructions with tests and 165 without, a call of `fib` 310 and 305.

use crate::program::ids::Slot;
use crate::source::span::Span;
use crate::value::Value;
use crate::value::function::MethodId;

/// How many words all frames of a process may take: 32 MiB.
const MOST_WORDS: usize = 4 << 20;
/// How many words a process begins with; the stack doubles when they are taken.
const FIRST_WORDS: usize = 4 << 10;
/// How far an offset in a window reaches. The system gives memory for what is touched of it only.
const REACH: usize = 1 << 16;
/// So many unboxed locals can a unit of code have; the resolver keeps the others as values.
pub const MOST_BARE: u32 = 1 << 15;

/// The words of all frames. Behind the limit there is room for one window more.
#[expect(unsafe_code, reason = "words without tests of bounds: see the head of the module")]
mod words {
    use super::{FIRST_WORDS, MOST_WORDS, REACH};

    /// A run of words, and the window on it that the innermost frame has.
    pub(super) struct Words {
        memory: Box<[u64]>,
        /// Where the window begins: always at most `limit`.
        base: usize,
        /// The length of the memory without the room behind it.
        limit: usize,
    }

    impl Default for Words {
        fn default() -> Self {
            Self { memory: vec![0; FIRST_WORDS + REACH].into_boxed_slice(), base: 0, limit: FIRST_WORDS }
        }
    }

    impl Words {
        /// Whether a window may end at this word; makes room when there is none. False when the stack is full.
        #[inline]
        pub(super) fn fits(&mut self, top: usize) -> bool {
            top <= self.limit || self.grow(top)
        }

        #[cold]
        fn grow(&mut self, top: usize) -> bool {
            if top > MOST_WORDS {
                return false;
            }
            self.limit = top.max(self.limit.saturating_mul(2)).min(MOST_WORDS);
            let mut memory = vec![0; self.limit + REACH].into_boxed_slice();
            if let Some(room) = memory.get_mut(..self.memory.len()) {
                room.copy_from_slice(&self.memory);
            }
            self.memory = memory;
            true
        }

        #[inline]
        pub(super) fn base(&self) -> usize {
            self.base
        }

        /// Moves the window. A place past the limit is none: then nothing moves.
        #[inline]
        pub(super) fn set_base(&mut self, base: usize) {
            if base <= self.limit {
                self.base = base;
            }
        }

        #[inline]
        pub(super) fn get(&self, offset: u16) -> u64 {
            // SAFETY: `base <= limit`, `limit + REACH == memory.len()`, and a 16-bit offset is less than REACH.
            unsafe { *self.memory.get_unchecked(self.base + usize::from(offset)) }
        }

        #[inline]
        pub(super) fn set(&mut self, offset: u16, word: u64) {
            // SAFETY: as in `get`.
            unsafe { *self.memory.get_unchecked_mut(self.base + usize::from(offset)) = word }
        }

        /// A word outside of the window, with a test.
        #[inline]
        pub(super) fn at_mut(&mut self, index: usize) -> Option<&mut u64> {
            self.memory.get_mut(index)
        }

        #[inline]
        pub(super) fn range(&self, range: std::ops::Range<usize>) -> &[u64] {
            self.memory.get(range).unwrap_or_default()
        }

        /// Clears the words between two places: four at once when there are no more, whether there are four or not,
        /// since above the top nothing is kept and one wide store costs less than counting.
        #[inline]
        pub(super) fn clear(&mut self, from: usize, to: usize) {
            if let Some(first) = self.memory.get_mut(from..).and_then(|rest| rest.first_chunk_mut::<4>()) {
                *first = [0; 4];
            }
            if to > from + 4
                && let Some(rest) = self.memory.get_mut(from + 4..to)
            {
                rest.fill(0);
            }
        }
    }
}

/// One call under way.
#[derive(Debug, Default)]
pub struct Frame {
    /// What runs.
    pub code: MethodId,
    /// Where it was called.
    pub site: Span,
    /// How many arguments it was given.
    pub given: u32,
    /// Arguments past the declared parameters. Boxed, because most calls have none and a small frame is quickly made.
    #[expect(clippy::box_collection, reason = "one word instead of three in every frame")]
    extras: Option<Box<Vec<Value>>>,
    base: usize,
    values_base: usize,
}

impl Frame {
    /// Arguments past the declared parameters.
    pub fn extras(&self) -> &[Value] {
        self.extras.as_deref().map_or(&[], Vec::as_slice)
    }

    /// The same, to be changed.
    pub fn extras_mut(&mut self) -> &mut [Value] {
        self.extras.as_deref_mut().map_or(&mut [], Vec::as_mut_slice)
    }

    /// Gives the call its arguments past the declared parameters.
    pub fn set_extras(&mut self, extras: Vec<Value>) {
        self.extras = (!extras.is_empty()).then(|| Box::new(extras));
    }
}

/// The stack of one process.
#[derive(Default)]
pub struct Stack {
    words: words::Words,
    top: usize,
    values: Vec<Value>,
    values_base: usize,
    /// Frames are written in place, one field at a time: a frame that is built and then moved here costs twice as much,
    /// because its narrow stores are read back in wide ones.
    frames: Vec<Frame>,
    depth: usize,
}

/// Where the arguments of a call that is being prepared begin.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    top: usize,
    values: usize,
}

impl Stack {
    // ---- arguments of a call that is being prepared ----

    /// Where the arguments put from now on will begin.
    #[inline]
    pub fn mark(&self) -> Mark {
        Mark { top: self.top, values: self.values.len() }
    }

    /// Puts a bare argument above the innermost frame; false when the stack is full.
    #[inline]
    #[must_use]
    pub fn put_word(&mut self, word: u64) -> bool {
        if !self.words.fits(self.top + 1) {
            return false;
        }
        if let Some(place) = self.words.at_mut(self.top) {
            *place = word;
        }
        self.top += 1;
        true
    }

    /// Puts an argument above the innermost frame.
    #[inline]
    pub fn put_value(&mut self, value: Value) {
        self.values.push(value);
    }

    /// Takes the arguments back that were put since the mark: the bare ones and the others.
    pub fn take_back(&mut self, mark: Mark) -> (Vec<u64>, Vec<Value>) {
        let words = self.words.range(mark.top..self.top).to_vec();
        self.top = mark.top;
        let values = self.values.split_off(mark.values.min(self.values.len()));
        (words, values)
    }

    /// Makes a frame; false when the stack is full.
    #[inline]
    #[must_use]
    pub fn push(&mut self, code: MethodId, site: Span, words: usize, defaults: &[Value]) -> bool {
        self.push_over(self.mark(), code, site, 0, words, defaults)
    }

    /// Makes a frame whose first slots are the arguments put since the mark; false when the stack is full.
    #[inline(always)]
    #[must_use]
    pub fn push_over(
        &mut self,
        mark: Mark,
        code: MethodId,
        site: Span,
        given: u32,
        words: usize,
        defaults: &[Value],
    ) -> bool {
        let top = mark.top + words;
        if !self.words.fits(top) {
            return false;
        }
        self.words.clear(self.top, top);
        if self.depth == self.frames.len() {
            self.add_frames();
        }
        let Some(frame) = self.frames.get_mut(self.depth) else { return false };
        frame.code = code;
        frame.site = site;
        frame.given = given;
        frame.base = self.words.base();
        frame.values_base = self.values_base;
        self.depth += 1;
        self.words.set_base(mark.top);
        self.top = top;
        self.values_base = mark.values;
        if !defaults.is_empty() {
            let put = self.values.len() - mark.values;
            self.values.extend_from_slice(defaults.get(put..).unwrap_or_default());
        }
        true
    }

    #[cold]
    fn add_frames(&mut self) {
        let count = self.frames.len().max(32) * 2;
        self.frames.resize_with(count, Frame::default);
    }

    /// Leaves the innermost frame.
    #[inline(always)]
    pub fn pop(&mut self) {
        let Some(depth) = self.depth.checked_sub(1) else { return };
        self.depth = depth;
        let Some(frame) = self.frames.get_mut(depth) else { return };
        if frame.extras.is_some() {
            frame.extras = None;
        }
        if self.values.len() > self.values_base {
            self.values.truncate(self.values_base);
        }
        self.top = self.words.base();
        self.words.set_base(frame.base);
        self.values_base = frame.values_base;
    }

    /// How many calls are under way.
    #[inline]
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The calls under way, outermost first.
    pub fn frames(&self) -> &[Frame] {
        self.frames.get(..self.depth).unwrap_or_default()
    }

    /// The innermost call.
    #[inline]
    pub fn frame(&self) -> Option<&Frame> {
        self.frames.get(self.depth.wrapping_sub(1))
    }

    /// The innermost call, to be changed.
    #[inline]
    pub fn frame_mut(&mut self) -> Option<&mut Frame> {
        self.frames.get_mut(self.depth.wrapping_sub(1))
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "a bare local has a slot below MOST_BARE")]
    fn word(&self, slot: Slot) -> u64 {
        self.words.get(slot.0 as u16)
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "a bare local has a slot below MOST_BARE")]
    fn set_word(&mut self, slot: Slot, word: u64) {
        self.words.set(slot.0 as u16, word);
    }

    /// An unboxed Integer.
    #[inline]
    pub fn integer(&self, slot: Slot) -> i64 {
        self.word(slot).cast_signed()
    }

    /// Writes an unboxed Integer, which fits in 32 bits.
    #[inline]
    pub fn set_integer(&mut self, slot: Slot, n: i64) {
        self.set_word(slot, n.cast_unsigned());
    }

    /// An unboxed Real.
    #[inline]
    pub fn real(&self, slot: Slot) -> f64 {
        f64::from_bits(self.word(slot))
    }

    /// Writes an unboxed Real.
    #[inline]
    pub fn set_real(&mut self, slot: Slot, x: f64) {
        self.set_word(slot, x.to_bits());
    }

    /// An unboxed Boolean.
    #[inline]
    pub fn boolean(&self, slot: Slot) -> bool {
        self.word(slot) != 0
    }

    /// Writes an unboxed Boolean.
    #[inline]
    pub fn set_boolean(&mut self, slot: Slot, b: bool) {
        self.set_word(slot, u64::from(b));
    }

    /// A value.
    #[inline]
    pub fn value(&self, slot: Slot) -> &Value {
        const UNDEFINED: &Value = &Value::Undefined;
        self.values.get(self.values_base + slot.0 as usize).unwrap_or(UNDEFINED)
    }

    /// A value, to be changed.
    #[inline]
    pub fn value_mut(&mut self, slot: Slot) -> Option<&mut Value> {
        self.values.get_mut(self.values_base + slot.0 as usize)
    }

    /// Writes a value.
    #[inline]
    pub fn set_value(&mut self, slot: Slot, value: Value) {
        if let Some(place) = self.values.get_mut(self.values_base + slot.0 as usize) {
            let old = std::mem::replace(place, value);
            drop(old);
        }
    }
}
