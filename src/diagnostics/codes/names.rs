//! Q2xxx: a name stands for nothing.

use crate::diagnostics::codes::{Row, row};

/// The rows, in order.
pub(super) const ROWS: &[Row] = &[
    row(
        2001,
        "an unknown name",
        "The name is neither a command of 4D, nor a method of the project, nor a method beside the script. Names may
contain blanks, and a blank too few makes another name:

    $info:=Sesion info(1)     // Session info
    $t:=Uppercase ($t)        // fine: a blank before the bracket does not matter

A method of a project lies in `Project/Sources/Methods`, one of a script beside it, both as `NAME.4dm`. A class is
reached through `cs`: `cs.Invoice.new()`.",
    ),
    row(
        2002,
        "a command token with an unknown number",
        "A name that ends in `:C` and a number is the command of that number, whatever the spelling. There is no
command of this number in the 4D that Quatre follows. Remove the token, or take the number of a newer command:

    ALERT:C41(\"hello\")",
    ),
    row(
        2003,
        "an unknown class",
        "`cs.Name` needs a file `Name.4dm` in the folder `Classes` of the project, or beside the script; case matters.
`4D.Name` needs a built-in class of that name. The classes of a component stand behind its namespace:

    cs.Invoice.new()
    cs.NetKit.Google.new()
    4D.File",
    ),
    row(
        2004,
        "an unknown type",
        "After the colon of a declaration stands one of Boolean, Integer, Real, Text, Date, Time, Object, Collection,
Variant, Pointer, Picture, Blob, or a class:

    var $total : Real
    var $invoice : cs.Invoice
    var $file : 4D.File",
    ),
    row(
        2005,
        "an unknown constant",
        "A name that ends in `:K` and two numbers is a constant, found by these numbers alone. There is no constant
with them; remove the token, or write the value itself.",
    ),
    row(
        2006,
        "a class that cannot be used",
        "The file of the class has errors, which keep it from being read. `quatre check` shows them with their lines.",
    ),
    row(
        2007,
        "code that is gone",
        "A formula or a function refers to code that was replaced while the program runs. Make the formula again.",
    ),
];
