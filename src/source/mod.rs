//! Text as found on disk: loading, decoding, places.

pub mod span;
