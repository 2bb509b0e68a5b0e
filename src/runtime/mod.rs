//! The state of a running program.

pub mod fixture;
pub mod host;
pub mod sandbox;
