//! Q4xxx: probably not what was meant.

use crate::diagnostics::codes::Row;

/// The rows, in order.
pub(super) const ROWS: &[Row] = &[];
