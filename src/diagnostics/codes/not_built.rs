//! Q9xxx: real 4D that Quatre knows by name only.

use crate::diagnostics::codes::{Row, row};

/// The rows, in order.
pub(super) const ROWS: &[Row] = &[
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
        9012,
        "XML that is to be validated or fetched",
        "Documents are read without being compared with a DTD or a schema, and from files only. Leave the parameter out, or pass
False, when the structure is checked elsewhere; read a document of a server with an HTTP command and parse the variable.",
    ),
    row(
        9020,
        "a method of a component, or a command of a plug-in, of 4D",
        "Every 4D brings some components: 4D SVG, 4D Widgets, 4D Progress, 4D View Pro, 4D Write Pro Interface. Their methods
are known by the beginning of their names, and Quatre does not bring them; nor does it bring plug-ins such as 4D Internet
Commands. A component whose sources stand in the folder
`Components` of the project is used.",
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
