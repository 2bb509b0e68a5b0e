//! Text to tree. Knows nothing of meaning: the names of commands, constants and methods come in through [`Names`].

pub mod token;

pub mod lexer;

pub mod operator;
pub mod tree;

/// What a name that the lexer met stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// A command, by its number.
    Command(u16),
    /// A constant, by the number that the set of names gives it.
    Constant(u32),
    /// A method of the project.
    Method,
}

/// The names that a run of words may be cut into.
pub trait Names {
    /// How many words the longest known name that begins with `first` has; 0 when no name begins so.
    /// Case does not matter.
    fn longest(&self, first: &str) -> usize;
    /// What these words, joined by one blank, name. Case does not matter.
    fn find(&self, words: &str) -> Option<Known>;
}

/// No names at all: what `check --syntax-only` of a lone file may fall back on, and tests use.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoNames;

impl Names for NoNames {
    fn longest(&self, _first: &str) -> usize {
        0
    }

    fn find(&self, _words: &str) -> Option<Known> {
        None
    }
}
