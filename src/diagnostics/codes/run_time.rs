//! Q51xx: errors of a running program that 4D gives no number.

use crate::diagnostics::codes::{Row, row};

/// The rows, in order.
pub(super) const ROWS: &[Row] = &[
    row(
        5101,
        "a pointer that leads nowhere",
        "The pointer is Nil: it was declared and never given a variable, or was given an empty one. Test it first:

    If (Not(Is nil pointer($p)))
    \t$p->:=1
    End if",
    ),
    row(
        5104,
        "a property or an element of Null",
        "Reading through Null is an error, while reading what is not there is only Undefined. A command that found
nothing often gives Null, as `Session info` does for a number without a session:

    $info:=Session info(9)
    If ($info#Null)
    \tALERT($info.userName)
    End if",
    ),
    row(
        5105,
        "an element that is not there",
        "The index is outside of the array, the blob, or before the first element of the collection. Arrays are counted
from 1 (element 0 is apart), collections and blobs from 0.

    If ($i<=Size of array($a))
    \tALERT($a{$i})
    End if",
    ),
    row(
        5106,
        "the length of a collection is not written",
        "`length` follows the elements. To cut or lengthen a collection:

    $c.resize(10)",
    ),
    row(
        5107,
        "writing into nothing",
        "The variable holds no object or collection yet, so it has no property or element to be written. Create it
first:

    $o:=New object            // or $o:={}
    $o.name:=\"Ada\"",
    ),
    row(
        5108,
        "a function that is not there",
        "The value has no function of this name, or no functions at all. Case matters in names of functions. A function
of a class is called on an instance: `cs.Invoice.new().total()`.",
    ),
    row(
        5109,
        "a property that can only be read",
        "The class computes this property, and has no `Function set` for it; or a built-in class keeps it to itself.",
    ),
    row(
        5110,
        "a character that is not there",
        "`$t[[n]]` reads or writes an existing character, from 1 to `Length($t)`. To append, add: `$t:=$t+\"x\"`.",
    ),
    row(
        5111,
        "`Super` outside of a class",
        "`Super` calls the constructor or a function of the parent class, so it stands in a function of a class that
has `Class extends`.",
    ),
    row(
        5112,
        "a built-in class that is not made with `new`",
        "Instances of this class come from a command or a function, as files come from `File(path)` and sessions from
`Session`.",
    ),
    row(
        5113,
        "a parameter that is not there",
        "`$3` or `${3}` is read and the method was called with fewer arguments:

    If (Count parameters>=3)
    \tALERT($3)
    End if",
    ),
    row(
        5114,
        "`Get pointer` and local variables",
        "The name of a local variable is gone when the program runs, unless the code names it in the same method. Take
a pointer directly: `->$name`.",
    ),
    row(
        5115,
        "a text that is no code",
        "`EXECUTE FORMULA`, `Formula from string` or `4D.Method.new` was given a text that cannot be read as 4D. What is
wrong with it stands in the message, the text in the note.",
    ),
    row(
        5116,
        "arrays of different sizes",
        "`SORT ARRAY` and `MULTI SORT ARRAY` keep the elements of several arrays together, so all of them must have the
same number of elements.",
    ),
];
