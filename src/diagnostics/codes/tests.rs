//! Q7xxx: golden files and their directives.

use crate::diagnostics::codes::Row;

/// The rows, in order.
pub(super) const ROWS: &[Row] = &[];
