//! Quatre: the 4D language without 4D.
//!
//! The modules stand in the order in which text becomes behaviour; reading this list from top to bottom is reading the
//! architecture. A module uses only what stands before it (`tests/layers.rs` holds that).

pub mod source;

pub mod diagnostics;

pub mod syntax;

pub mod value;

pub mod program;

pub mod runtime;

pub mod builtin;

pub mod constants;

pub mod classes;

pub mod commands;

pub mod help;

pub mod resolve;

pub mod lint;

pub mod format;

pub mod generate;

pub mod engine;

pub mod golden;

pub mod repl;

pub mod server;

pub mod cli;
