//! Q4xxx: probably not what was meant.

use crate::diagnostics::codes::{Row, row};

/// The rows, in order.
pub(super) const ROWS: &[Row] = &[
    row(
        4001,
        "operators of different kinds without brackets",
        "4D computes from left to right whatever the operators are: `1+2*3` is 9, and `$a>0 & $b>0` compares the result of
`($a>0) & $b` with 0. Where the usual ranks of other languages would give another order, brackets say what is meant.",
    ),
    row(
        4002,
        "a name that is nearly that of a constant",
        "A name of several words that is no command, no constant and no method is a variable, and empty when nothing gave it
a value. This one is a slip away from a constant.",
    ),
    row(
        4003,
        "Null through a placeholder",
        "A query compares with null only where the word `null` stands in its text. Given for a placeholder, Null is not a
value that can be compared.",
    ),
    row(
        4004,
        "names of properties that differ by case",
        "Names of properties and functions keep their case: `$o.Name` and `$o.name` are two properties. Names of variables,
methods and commands do not.",
    ),
    row(
        4005,
        "an element at the wrong end",
        "The elements of an array are numbered from 1, and its element 0 stands apart. The elements of a collection are
numbered from 0, so that the place `length` is behind the last one.",
    ),
    row(
        4006,
        "attributes that are not on the first line",
        "The line of attributes is read when it is the first of the file, and is a comment anywhere else.",
    ),
    row(4007, "a variable declared twice", "A variable is declared once; the second line does nothing."),
    row(
        4010,
        "code that never runs",
        "The line before leads away in any case: by `return`, `break` or `continue`, on all its branches, or because it
repeats for ever.",
    ),
    row(4011, "a variable that is never used", "It is declared, and nothing mentions it after that."),
    row(
        4012,
        "a value that nothing reads",
        "The variable is given values, and no line reads them. Perhaps another variable was meant; a call whose result is
not needed can stand alone.",
    ),
    row(
        4013,
        "a parameter that is never used",
        "The method does not look at what it is given. Callers may leave out parameters at the end of the list.",
    ),
    row(
        4014,
        "a variable without a value",
        "The variable is read, and no line of the code declares it or gives it a value. Most often its name is misspelt.",
    ),
    row(
        4015,
        "a result that is not given",
        "The heading declares a result, and some way through the code ends without giving one: the caller gets the default
value of its type.",
    ),
    row(
        4016,
        "a condition that stands twice",
        "`Case of` takes the first branch whose condition is true, so the second of two equal ones is never taken.",
    ),
    row(4017, "a key that stands twice", "An object has one value for each key: the last one written is kept."),
    row(
        4020,
        "a command of long ago",
        "Commands whose names begin with `_O_` are kept for old code only, and may go away.",
    ),
    row(
        4021,
        "an unknown member of a class",
        "The class of the value is known, and neither declares this member nor gives it a value anywhere. Names of
properties and functions keep their case.",
    ),
    row(
        4022,
        "more arguments than parameters",
        "The method or function declares fewer parameters, and does not ask for more with `Count parameters`, `${n}` or
`...`: the arguments beyond the last parameter are lost.",
    ),
];
