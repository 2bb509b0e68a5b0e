//! Q6xxx: projects, files and session tables.

use crate::diagnostics::codes::{Row, row};

/// The rows, in order.
pub(super) const ROWS: &[Row] = &[
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
        6007,
        "a file cannot be laid out",
        "`quatre fmt` reads what it has laid out and compares it with what it was made from. Here they were not the same code,
so the file was left as it is. That is a defect of Quatre: please report it with the text of the file.",
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
    row(
        6201,
        "the settings are not valid TOML",
        "`quatre.toml` could not be read. Sections stand in brackets, texts in quotes, lists in brackets:

    [check]
    deny = [\"Q4001\"]

`--no-config` does without the file.",
    ),
    row(
        6202,
        "a section or key of the settings that there is not",
        "`quatre.toml` has the sections `check`, `test`, `run` and `repl`. Everything else is most likely a slip of the pen, and
a setting that does nothing would go unnoticed. `quatre schema config` lists all keys.",
    ),
    row(
        6203,
        "a value in the settings that its key cannot have",
        "Each key of `quatre.toml` has a type: a list of texts, a number, `true` or `false`, a time such as \"5s\".

    [test]
    jobs = 4
    timeout = \"5s\"",
    ),
];
