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
    row(
        8006,
        "too much output",
        "The program has written more than `--max-output` allows to standard output and standard error. The usual reason is a
loop that never ends.",
    ),
    row(
        8101,
        "a file may not be read",
        "The program runs in a sandbox, and reads, or looks for, a file or folder that it was not given. The script itself and
its project can always be read. To permit more: `--allow-read` for everything, `--allow-read=PATH,PATH` for these. `Try` and
`ON ERR CALL` can catch this error.",
    ),
    row(
        8102,
        "a file may not be written",
        "The program runs in a sandbox, and makes, changes or removes a file or folder that it was not given. Links are followed
before paths are compared. To permit more: `--allow-write` for everything, `--allow-write=PATH,PATH` for these.",
    ),
    row(
        8103,
        "an address may not be reached",
        "The program runs in a sandbox, and reaches for a server, or waits for others at an address, that it was not given. To
permit more: `--allow-net` for everything, `--allow-net=HOST:PORT,HOST` for these.",
    ),
    row(
        8104,
        "a program may not be started",
        "The program runs in a sandbox, and starts another program that it was not given. To permit more: `--allow-run` for
everything, `--allow-run=NAME,PATH` for these.",
    ),
    row(
        8105,
        "a variable of the environment may not be read",
        "The program runs in a sandbox, and reads a variable of the environment that it was not given. To permit more:
`--allow-env` for everything, `--allow-env=NAME,NAME` for these.",
    ),
];
