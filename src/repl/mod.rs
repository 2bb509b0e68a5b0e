//! The prompt: 4D is typed, the result is seen.
//!
//! What an input does is the business of [`dialogue`], which knows nothing of where it comes from: a terminal with an
//! editor of lines ([`editor`]), a pipe or a file ([`script`]). Lines that begin with a dot are for the prompt itself
//! ([`dots`]).

pub mod screen;

pub mod settings;

pub mod dialogue;

pub mod dots;

pub mod inspect;

pub mod script;

pub mod interrupts;

pub mod knowledge;

pub mod before;

pub mod complete;

pub mod hint;

pub mod highlight;

pub mod editor;

pub mod terminal;
