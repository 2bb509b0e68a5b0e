//! Q52xx and above: errors of commands and classes in a running program that 4D gives no number.

use crate::diagnostics::codes::{Row, row};

/// The rows, in order.
pub(super) const ROWS: &[Row] = &[
    row(
        5201,
        "a shared object is changed outside `Use`",
        r#"Any process may read a shared object or collection, but only the one that has it in use may change it.

    Use ($config)
        $config.language:="fr"
    End use

Functions that change a shared collection, such as `push`, and `OB REMOVE` take it in use by themselves."#,
    ),
    row(
        5202,
        "a shared object of two groups",
        r#"Putting a shared object or collection into another one joins their groups, which `Use` then holds together, for ever.
What already belongs to a group cannot go into another one, also after it was taken out. Put in a copy instead:

    $copy:=OB Copy($object; ck shared; $target)"#,
    ),
    row(
        5203,
        "processes wait for each other in `Use`",
        r#"This process wants a shared object that another one has in use, which in turn waits, perhaps through more processes,
for one that this process holds. Without this error none of them would ever go on. Use shared objects in the same order
everywhere, and one at a time where that is enough."#,
    ),
    row(
        5204,
        "an object that cannot leave its process",
        "Parameters of processes, workers and messages are copied. An object that stands for something open in one process,
like a file handle or a web server, has no copy: give what is needed to make one there, a path for instance.",
    ),
    row(
        5210,
        "a process was told to stop",
        "Another process, `ABORT` or the end of the program stopped this process. The error is never shown: it only leads out of
the code that runs, and nothing can catch it.",
    ),
    row(
        5211,
        "no more processes",
        "A program can have up to 4096 processes at a time, and the system must have memory for the stack of each. Workers live
until they are killed:

    CALL WORKER(\"worker\"; \"task\")
    KILL WORKER(\"worker\")",
    ),
    row(
        5212,
        "a session singleton without a session",
        "A class with a `session singleton` constructor has one instance in each session, and the process belongs to none. A file
of `--sessions` without any session leaves the program so.",
    ),
    row(
        5213,
        "a local variable of another process",
        "`GET PROCESS VARIABLE`, `SET PROCESS VARIABLE` and `VARIABLE TO VARIABLE` mean the variable of the same name in the other
process. A local variable, with its `$`, has none there.

    GET PROCESS VARIABLE($process; count; $count)",
    ),
    row(
        5214,
        "no such process",
        "The process whose variable is to be written has ended, or there never was one of that number.",
    ),
    row(
        5215,
        "a function that clients cannot call",
        "Privileges are set where the session lives, on the server. On a client they can be asked for only: `getPrivileges`,
`hasPrivilege` and `isGuest`.",
    ),
    row(
        5216,
        "a session that cannot be shared",
        "`createOTP` makes a pass to a session of a client, of the web or of a standalone application. The session of stored
procedures belongs to the server itself.",
    ),
    row(
        5217,
        "a command that a server cannot call",
        "`SET USER ALIAS` names the user in front of the screen, and a server has none.",
    ),
    row(
        5218,
        "an unknown folder",
        "`Get 4D folder` takes one of the constants of its theme, as `Database folder` or `Current resources folder`.",
    ),
    row(
        5219,
        "an unknown system format",
        "`GET SYSTEM FORMAT` takes one of the constants of its theme, as `Decimal separator`.",
    ),
    row(
        5220,
        "an unknown digest",
        "`Generate digest` takes one of the constants of the theme Digest Type. The digest 2, of REST requests of old, is not built.",
    ),
    row(
        5221,
        "a password that cannot be hashed",
        "The library that hashes passwords refused this one.",
    ),
    row(
        5222,
        "an unknown version of UUIDs",
        "`Generate UUID` makes UUIDs of version 4, which are random, and of version 7, which sort by the time of their making.",
    ),
    row(
        5301,
        "a text is not JSON",
        r#"`JSON Parse` was given a text that does not follow the rules of JSON; the note says where. Usual reasons: single quotes,
names without quotes, a comma after the last element, a comment, a text that was cut.

    JSON Parse("{"name": "Ada", "age": 36}")"#,
    ),
    row(
        5302,
        "JSON that is nested too deep",
        "Objects and collections in each other go no deeper than 1000 levels in JSON. A longer chain, such as a linked list,
is better written as a collection.",
    ),
    row(
        5303,
        "a value that contains itself",
        "An object or collection that leads back to itself has no end when it is written as JSON. Remove the reference, or
write an identifier in its place.",
    ),
    row(
        5401,
        "an unknown currency",
        "`Euro converter` knows the Euro and the twelve currencies that it replaced first. Use the constants of the theme
Euro Currencies:

    $price:=Euro converter($price; French Franc; Euro)",
    ),
    row(
        5402,
        "a negative comparison level",
        "`SET REAL COMPARISON LEVEL` takes the difference up to which two numbers are equal, which is 0 or more.",
    ),
    row(
        5403,
        "not a regular expression",
        "The pattern given to `Match regex` cannot be read: a bracket has no partner, a quantifier has nothing before it,
an escape is unknown. In a 4D text a backslash is written twice:

    Match regex(\"\\\\d+\"; $text; 1; $position; $length)",
    ),
    row(
        5404,
        "a search that takes too many steps",
        "A pattern with back references or look-around can be tried in more ways than there is time for, most often because
a group that repeats stands in a group that repeats, as in `(a+)+`. The search was given up.",
    ),
    row(
        5405,
        "not a base of numbers",
        "`String` and `Num` take a base from 2 to 36, or 0: 16 after `0x`, else 10.",
    ),
    row(
        5411,
        "a group that is not shared",
        "`OB Copy` with `ck shared` puts the copy into the locking group of its last argument, which must be a shared object
or a shared collection.",
    ),
    row(
        5412,
        "not a type to convert to",
        "`OB Get` and `JSON Parse` take a constant of the theme Field and Variable Types, such as `Is text`, `Is date` or
`Is longint`.",
    ),
    row(
        5421,
        "not a JSON array",
        "`JSON PARSE ARRAY` reads a JSON text whose value is an array: `[1, 2, 3]`. For any other value use `JSON Parse`.",
    ),
    row(
        5422,
        "a JSON pointer that leads nowhere",
        "An object `{\"$ref\": \"file.json#/a/b\"}` refers to something that is not there: the file cannot be read or is not
JSON, it has nothing at that place, or the pointers lead back to each other. `JSON Resolve pointers` gives this code in
its list of errors.",
    ),
    row(
        5423,
        "a JSON schema of an unknown draft",
        "`JSON Validate` knows two drafts, by the property `$schema` of the schema: 2020-12
(https://json-schema.org/draft/2020-12/schema) and 4 (http://json-schema.org/draft-04/schema#), which is the default.",
    ),
    row(
        5441,
        "a value that cannot be stored",
        "`VARIABLE TO BLOB` stores values of all types with all that they hold, but no functions, no classes and no objects
of built-in classes such as files; and nothing that contains itself.",
    ),
    row(
        5501,
        "not a path from the root",
        "`File` and `Folder` take whole paths only: from the root of the disk, or from a file system such as `/PACKAGE/`,
`/RESOURCES/` and `/DATA/`. Below a folder paths are relative:

    $file:=File(\"/PACKAGE/reports/june.txt\")
    $file:=Folder(fk documents folder).file(\"reports/june.txt\")

No path leads above the root where it begins.",
    ),
    row(
        5502,
        "not a way to treat line ends",
        "Line ends are treated by a constant from `Document unchanged` to `Document with LF`; `open` of a file also takes the
names unchanged, native, crlf, cr and lf.",
    ),
    row(
        5503,
        "not a character set",
        "A character set is given by its name, such as UTF-8, UTF-16LE or ISO-8859-1, or by its number. A name that ends in
`-no-bom` writes no byte order mark:

    $file.setText($text; \"UTF-8-no-bom\")",
    ),
    row(
        5504,
        "a file cannot be hidden so",
        "Whether a file is hidden is a matter of its name: the name of a hidden one begins with a dot.",
    ),
    row(
        5505,
        "not a way to open a file",
        "A file is opened with \"read\", \"write\" or \"append\". Case matters.",
    ),
    row(
        5506,
        "no document for a packet",
        "`SEND PACKET` and `RECEIVE PACKET` work on documents here, not on serial ports. Give the reference of one:

    $doc:=Open document($path)
    RECEIVE PACKET($doc; $line; Char(Line feed))
    CLOSE DOCUMENT($doc)",
    ),
];
