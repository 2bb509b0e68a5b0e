//! (contract only: see the design)

pub mod project;
pub mod structure;
