//! The error codes: one row each, with the text that `quatre explain` prints.
//!
//! The thousands say the stage: 1 syntax, 2 names, 3 types and calls, 4 warnings, 5 run time without a number of
//! 4D's own, 6 projects, files and fixtures, 7 tests, 8 limits and permissions, 9 known by name only (91xx: parts of
//! `quatre` itself). A code never changes its meaning; a row is never removed. To add a code, add a row to the list of
//! its thousand, in order.

mod names;

mod types;

mod run_time;

use crate::diagnostics::Code;

/// One code of Quatre's own.
#[derive(Debug)]
pub struct Row {
    /// The number after the `Q`.
    pub number: u16,
    /// What it is, in a few words.
    pub title: &'static str,
    /// What it means, an example and the way out.
    pub explanation: &'static str,
}

/// One error number of 4D that programs meet often.
#[derive(Debug)]
pub struct NativeRow {
    /// The number that `Last errors` and `Error` show.
    pub number: i32,
    /// What it is, in a few words.
    pub title: &'static str,
    /// What it means and the way out.
    pub explanation: &'static str,
}

const fn row(number: u16, title: &'static str, explanation: &'static str) -> Row {
    Row { number, title, explanation }
}

const fn native(number: i32, title: &'static str, explanation: &'static str) -> NativeRow {
    NativeRow { number, title, explanation }
}

/// All rows, in the order of their numbers.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    [SYNTAX, names::ROWS, types::ROWS, WARNINGS, run_time::ROWS, RUN_TIME, PROJECTS, TESTS, LIMITS, NOT_BUILT]
        .into_iter()
        .flatten()
}

/// The row of a code of Quatre's own.
pub fn find(number: u16) -> Option<&'static Row> {
    rows().find(|row| row.number == number)
}

/// All rows for error numbers of 4D.
pub fn native_rows() -> impl Iterator<Item = &'static NativeRow> {
    NATIVE.iter()
}

/// The row of an error number of 4D.
pub fn find_native(number: i32) -> Option<&'static NativeRow> {
    NATIVE.iter().find(|row| row.number == number)
}

/// What a code is, in a few words; empty when it has no row.
pub fn title(code: Code) -> &'static str {
    match code {
        Code::Quatre(number) => find(number).map_or("", |row| row.title),
        Code::Native(number) => find_native(number).map_or("", |row| row.title),
    }
}

/// The code that a user wrote: `Q2001`, `q2001`, `2001`, `-10518`.
pub fn read(text: &str) -> Option<Code> {
    let text = text.trim();
    if let Some(digits) = text.strip_prefix(['Q', 'q']) {
        return digits.parse().ok().map(Code::Quatre);
    }
    let number: i32 = text.parse().ok()?;
    let own = u16::try_from(number).ok().filter(|&own| find(own).is_some());
    Some(own.filter(|_| find_native(number).is_none()).map_or(Code::Native(number), Code::Quatre))
}

/// Q1xxx: the text is not 4D.
const SYNTAX: &[Row] = &[
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

/// Q4xxx: probably not what was meant.
const WARNINGS: &[Row] = &[];

/// Q5xxx: an error of a running program that 4D gives no number.
const RUN_TIME: &[Row] = &[
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

/// Q6xxx: projects, files and session tables.
const PROJECTS: &[Row] = &[
    row(
        6001,
        "a file cannot be read",
        "The file named on the command line, or one that the project needs, is not there or may not be read.

Check the spelling, the folder in which the command is run, and the rights of the file:

    quatre run Project/Sources/Methods/hello.4dm",
    ),
    row(
        6002,
        "a folder stands where a file is wanted",
        "`quatre run` takes a `.4dm` file, a `.4DProject` file or the folder of a project. The folder given holds no
project.

    quatre run hello.4dm
    quatre run MyApp/Project/MyApp.4DProject
    quatre check src        # a folder is fine here",
    ),
    row(
        6003,
        "no project here",
        "A project is a file `NAME.4DProject` in a folder `Project`, beside the folders `Resources`, `Components` and
`Data` when there are any. The path given is none of them.

    quatre --project MyApp/Project/MyApp.4DProject
    quatre --project MyApp",
    ),
    row(
        6004,
        "no such startup method",
        "`--startup-method` names a method of the project that is not in its folder `Project/Sources/Methods`. Case does
not matter, blanks do.",
    ),
    row(
        6005,
        "a file of the project cannot be understood",
        "The catalogue (`catalog.4DCatalog`), the settings (`settings.4DSettings`) or the project file is damaged. These
are XML or JSON files that 4D writes; open the project in 4D once, or take the file from the last version that worked.",
    ),
    row(
        6006,
        "two files give the same name",
        "Two methods, or two classes, of the project have the same name, case aside. 4D cannot hold both: rename one.",
    ),
    row(
        6101,
        "the session table is not valid JSON",
        "The file given to `--sessions` could not be read as JSON. Keys stand in quotes, nothing follows the last entry
of a list, and there are no comments:

    {\"sessions\": [{\"type\": \"remote\", \"userName\": \"Vanessa\"}]}",
    ),
    row(
        6102,
        "unknown key",
        "The session table knows no such key; case matters, so it is `userName` and `ID`. `quatre schema sessions`
prints all of them, in a form that editors understand.",
    ),
    row(
        6103,
        "a key is missing",
        "A session table needs the list `sessions`, a session needs its `type`, a process needs its `name`. All the rest
can be left out.

    {\"sessions\": [{\"type\": \"standalone\"}]}",
    ),
    row(
        6104,
        "a value of another type is wanted",
        "The key is known but its value is of the wrong kind, like a text where a number is wanted. `quatre schema
sessions` says which type each key takes.",
    ),
    row(
        6105,
        "a value that cannot be",
        "The value has the right type but is not one of those allowed: a word that 4D does not use, a number out of
bounds, a text that is no UUID or no date. Dates are written like 2024-09-10T12:00:00.000Z.",
    ),
    row(
        6106,
        "the same twice",
        "The numbers and the IDs of a session table are unique, and a key stands once in an object.",
    ),
    row(
        6107,
        "no such session",
        "`current`, or the option `--session`, names a session that is not in the table. Sessions without a `number` are
counted from 1 in the order of the file.",
    ),
];

/// Q7xxx: golden files and their directives.
const TESTS: &[Row] = &[];

/// Q8xxx: limits and permissions.
const LIMITS: &[Row] = &[
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

/// Q9xxx: real 4D that Quatre knows by name only.
const NOT_BUILT: &[Row] = &[
    row(
        9001,
        "a command that is not built yet",
        "4D has this command and it could work without a window, but this version of Quatre does not have it. The list
of commands in the documentation says which ones work.",
    ),
    row(
        9002,
        "a command that needs an interface",
        "The command works on forms, windows, menus, lists or printers. Quatre runs programs without any of them, so the
command can only be an error. Code that serves both worlds can ask first:

    If (Application type=tool4d)  // what Quatre answers
    \t…
    End if",
    ),
    row(
        9003,
        "something that needs a data engine",
        "Tables, fields, records, selections, sets and SQL belong to the data engine of 4D, which Quatre does not have.",
    ),
    row(
        9004,
        "a command that needs a service",
        "The command works with something that Quatre does not have: an application server with remote 4D clients, a
licence server, LDAP, SOAP.",
    ),
    row(
        9005,
        "a command that 4D no longer has",
        "The command is obsolete (its name begins with `_O_`, as a rule) and does nothing, or is an error, in the present
4D too. Its page in an older documentation names what replaces it.",
    ),
    row(
        9006,
        "a constant whose value is not known",
        "4D has this constant but no document gives its value. Write the value itself if you know it.",
    ),
    row(
        9007,
        "a plug-in command",
        "Commands of plug-ins are native code for 4D; Quatre cannot run them.",
    ),
    row(
        9008,
        "a class, or a member of one, that is not built yet",
        "4D has this built-in class, property or function, and this version of Quatre does not have it.",
    ),
    row(
        9009,
        "something that needs a web server",
        "Web sessions are made by the web server of 4D, which Quatre does not have. A file of `--sessions` can describe one, so
that code for it can be tried.",
    ),
    row(
        9010,
        "a database setting that cannot be changed",
        "Dates inside objects are dates and times inside objects are seconds, the settings of a new project. The older settings are
not built.",
    ),
    row(
        9101,
        "this command of `quatre` is not built yet",
        "The name is reserved for a command that this version of Quatre does not have. `quatre --help` lists what works.",
    ),
    row(
        9102,
        "this option is not built yet",
        "The option is part of the plan, and this version refuses it rather than ignoring it. The help of the command
(`quatre COMMAND --help`) lists what works.",
    ),
];

/// Numbers of 4D's own that a report may show.
const NATIVE: &[NativeRow] = &[
    native(
        -10721,
        "Not supported value type in a shared object or shared collection",
        "What several processes share holds texts, numbers, Booleans, dates, times, Null, and objects and collections that are
shared themselves. Make those with `New shared object` and `New shared collection`, or copy a normal one with
`OB Copy($object; ck shared)`.",
    ),
    native(
        -10518,
        "Assert failed",
        "A condition given to `ASSERT`, or to `Asserted`, was False: the program found itself in a state that its author
had ruled out. The text after the colon is the second argument. `SET ASSERT ENABLED(False)` turns assertions off.",
    ),
    native(
        -34,
        "Disk is full",
        "The disk has no room for what was to be written. What was there before is still there.",
    ),
    native(
        -36,
        "Input or output error",
        "The system could not read or write the file; the message says why as far as the system does.",
    ),
    native(
        -37,
        "Bad file name",
        "A name for a file or folder has at least one character, and no `/`, `\\` or `:`. Where a path is meant, use `File` or
`Folder`, or `file` and `folder` of a folder.",
    ),
    native(
        -43,
        "File not found",
        "There is nothing of that name, or it is a folder where a file is wanted. `exists` of a file, and `Test path name`, tell
before:

    If ($file.exists)
        $text:=$file.getText()
    End if",
    ),
    native(
        -47,
        "The folder is not empty",
        "A folder that holds something is deleted only with `Delete with contents`:

    $folder.delete(Delete with contents)",
    ),
    native(
        -48,
        "Something of that name exists already",
        "Copying, moving and renaming never replace what is there without being told. Pass `fk overwrite` to `copyTo`, `*` to
`COPY DOCUMENT`, or delete what is there first.",
    ),
    native(
        -49,
        "The file is open already to be written",
        "A file has one writer at a time. Set the variable that holds the handle to Null, or close the document, and the file
is free again. It can be opened to be read meanwhile.",
    ),
    native(
        -51,
        "No such document reference",
        "The reference does not belong to a document that this process has opened, or the document is closed.",
    ),
    native(
        -54,
        "Access to the file is denied",
        "The rights of the file or of its folder do not allow it, or it is read-only.",
    ),
    native(
        -61,
        "The file is open to be read only",
        "What was opened to be read cannot be written. Open it with `\"write\"` or `\"append\"`, or without `Read mode`.",
    ),
    native(
        -108,
        "Not enough memory",
        "A text, an array or a BLOB would become larger than the memory allows.",
    ),
    native(
        -111,
        "Not within the BLOB",
        "An offset is negative, or what was to be read reaches beyond the end of the BLOB.",
    ),
    native(
        -120,
        "Folder not found",
        "The folder, or one on the way to a file, is not there. `create` of a folder makes it with all folders on the way.",
    ),
    native(
        54,
        "Argument types are incompatible",
        "A value of one type stands where the language wants another: the operands of an operator, the value given to a
declared variable, a parameter. 4D converts numbers among themselves and nothing else: use `String`, `Num`, `Date`, `Time`
or `Bool`.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_order_and_explained() {
        let mut last = 0;
        for row in rows() {
            assert!(row.number > last, "Q{} stands out of order", row.number);
            assert!((1000..10_000).contains(&row.number), "Q{} has no stage", row.number);
            assert!(!row.title.is_empty() && !row.title.ends_with('.'), "title of Q{}", row.number);
            assert!(row.explanation.len() > 40, "Q{} is not explained", row.number);
            last = row.number;
        }
        for (list, thousand) in [
            (SYNTAX, 1),
            (names::ROWS, 2),
            (types::ROWS, 3),
            (WARNINGS, 4),
            (run_time::ROWS, 5),
            (RUN_TIME, 5),
            (PROJECTS, 6),
            (TESTS, 7),
            (LIMITS, 8),
            (NOT_BUILT, 9),
        ] {
            assert!(
                list.iter().all(|row| row.number / 1000 == thousand),
                "a row of Q{thousand}xxx stands elsewhere"
            );
        }
    }

    #[test]
    fn codes_are_read_as_people_write_them() {
        assert_eq!(read("Q6101"), Some(Code::Quatre(6101)));
        assert_eq!(read("q6101"), Some(Code::Quatre(6101)));
        assert_eq!(read("6101"), Some(Code::Quatre(6101)));
        assert_eq!(read("-10518"), Some(Code::Native(-10518)));
        assert_eq!(read("54"), Some(Code::Native(54)));
        assert_eq!(read("what"), None);
    }
}
