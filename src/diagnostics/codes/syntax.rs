//! Q1xxx: the text is not 4D.

use crate::diagnostics::codes::{Row, row};

/// The rows, in order.
pub(super) const ROWS: &[Row] = &[
    row(
        1001,
        "unexpected code",
        r#"A word, sign or value stands where 4D allows something else there. The message says what was found and what may stand in
that place; the mistake is at the place shown or just before it.

    ALERT("a" "b")    // two values: a `;` or `+` is missing"#,
    ),
    row(
        1002,
        "a text without an end",
        r#"A text stands between quotation marks on one line. When the second mark is missing, the rest of the line would be text.

    ALERT("not complete)

Close the text, and write `\"` for a quotation mark inside it."#,
    ),
    row(
        1003,
        "a structure is never closed",
        r#"`If`, `For`, `Case of` and the other structures end with a line of their own. The place shown is the line that opens the
structure whose end is missing.

    If ($x=1)
        ALERT("one")
    // `End if` is missing"#,
    ),
    row(
        1004,
        "a line closes nothing",
        "`End if`, `End for`, `Until` and the like close the structure that was opened last. Here no such structure is open: the
line is one too many, or the line that should open the structure was lost.",
    ),
    row(
        1005,
        "a line closes another structure",
        "Structures are closed by their own word, in the reverse order in which they were opened.

    For ($i; 1; 10)
        ALERT(String($i))
    End if    // a `For` is closed by `End for`",
    ),
    row(
        1006,
        "a line that belongs to no structure",
        "`Else` belongs to `If` and `Case of`, `Catch` to `Try`, and a line that begins with `:` to `Case of`. Outside of these, after
an `Else`, or before the first branch they mean nothing.",
    ),
    row(
        1007,
        "a bracket is never closed",
        r#"Every `(`, `[` and `{` is closed on its line. A call may go on over several lines only when each line but the last ends
with `\`.

    ALERT(String(3)    // the `)` of ALERT is missing"#,
    ),
    row(
        1008,
        "brackets that do not match",
        "A bracket is closed by its own kind, the innermost first.

    $a:=$list[1)    // `[` is closed by `]`",
    ),
    row(
        1009,
        "a character that means nothing",
        "The character is no part of the language. Typographic quotation marks and dashes often come from a word processor; a
text stands between straight double quotation marks.",
    ),
    row(
        1010,
        "nested too deeply or too long",
        "Expressions may nest 256 levels of brackets, and structures 256 levels of blocks. Real code stays far below; a program
that makes code should use variables for the parts.",
    ),
    row(
        1011,
        "a comma",
        "Arguments, parameters and elements are separated by `;`. The decimal sign of a number is `.`.

    $n:=Round(3.14159; 2)    // not Round(3.14159, 2)",
    ),
    row(
        1012,
        "an operator of another language",
        r#"4D has its own signs: `=` compares, `#` means "not equal", `:=` gives a value, `&` and `|` (or `&&` and `||`) join conditions,
`+=1` counts up."#,
    ),
    row(
        1013,
        "`Else if` on one line",
        r#"4D has no `Else if`. For a choice among several conditions there is

    Case of
        : ($x=1)
            ALERT("one")
        : ($x=2)
            ALERT("two")
    Else
            ALERT("more")
    End case"#,
    ),
    row(
        1014,
        "a value given to a computed value",
        "The left side of `:=` is a variable, a field, a property, an element or what a pointer points to.

    $a+$b:=10    // a sum holds nothing",
    ),
    row(
        1015,
        "a declaration where it may not stand",
        "`#DECLARE` is the first line of a method. `Function`, `Class constructor`, `Class extends` and `property` stand in class
files only; `Class extends` is the first line there, and a class has one constructor.",
    ),
    row(
        1016,
        "several names and one value",
        "A declaration can give a value to one variable only.

    var $a; $b : Integer:=15    // give the values on lines of their own",
    ),
    row(
        1017,
        "a literal that stands for no value",
        "The date is not in the calendar, the time is too large, or the hexadecimal number has more than eight digits.

    $d:=!2023-02-29!",
    ),
    row(
        1018,
        "a comment is never closed",
        "A comment that begins with `/*` ends with `*/`. Comments nest: each `/*` inside needs its own `*/`.",
    ),
    row(
        1019,
        "code outside a function of a class",
        "A class file holds `Class extends`, `property` lines, the constructor and functions. Code before the first of them would
never run.",
    ),
    row(
        1020,
        "the last argument is missing",
        "Arguments in the middle may be left out, the last may not: the `;` before `)` is one too many.

    QUERY([Person];)",
    ),
];
