//! Q8xxx: limits and permissions.

use crate::diagnostics::codes::{Row, row};

/// The rows, in order.
pub(super) const ROWS: &[Row] = &[
    row(
        8001,
        "the time is over",
        "The program has run for longer than `--max-time` allows. The call chain says where it was; a loop that never ends is the
usual reason.",
    ),
    row(
        8002,
        "no memory to run in",
        "The system gave no thread or no memory for the program. Close other programs, or raise the limits of the shell
(`ulimit -v`, `ulimit -u`).",
    ),
    row(
        8003,
        "too many steps",
        "A process has taken more steps than `--max-steps` allows. Every turn of a loop and every call is a step, so that the
bound is met at the same place on every machine.",
    ),
    row(
        8004,
        "calls nested too deep",
        "Methods, functions and formulas call each other deeper than `--max-depth` allows (10,000 unless said otherwise),
or deeper than the stack has room for. The usual reason is a method that calls itself and never stops:

    #DECLARE($n : Integer) -> $result : Integer
    $result:=$n*factorial($n-1)     // nothing ends this

The call chain shows both ends of the nest.",
    ),
    row(
        8005,
        "a text or a collection would be too long",
        "A text holds up to 2 GB, an array or a collection up to 2,147,483,647 elements; `--max-text` and `--max-elements` lower
this. The usual reason is a loop that never ends.",
    ),
];
