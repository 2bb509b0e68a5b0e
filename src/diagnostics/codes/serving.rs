//! Q58xx: the web server and the clients of a server.

use crate::diagnostics::codes::{Row, row};

pub(super) const ROWS: &[Row] = &[
    row(
        5801,
        "the web server cannot be started",
        "A program has a web server when it is run by `quatre serve`. There the port may be taken, or the server may run already.",
    ),
    row(
        5802,
        "an unknown web server",
        "`WEB Server` takes one of the constants `Web server database`, `Web server host database` and
`Web server receiving request`; all three mean the one web server that there is.",
    ),
    row(
        5803,
        "an unknown web option",
        "`WEB SET OPTION` and `WEB GET OPTION` take one of the constants of the theme Web Server. Those that belong to
sessions of the legacy kind are not built.",
    ),
    row(
        5804,
        "a web option cannot have this value",
        "Ports go from 0 to 65535, the greatest size of a request from 500000 on; the message says what this option takes.",
    ),
    row(
        5805,
        "the body of a request is no JSON",
        "`getJSON` reads a body that holds JSON in UTF-8. `getBlob` and `getText` read any.",
    ),
    row(
        5806,
        "what cannot be the body of a reply",
        "The body of a `4D.OutgoingMessage` is a text, a Blob, an object, a collection or a picture. A number is sent as a text:
`$message.setBody(String($n))`.",
    ),
    row(
        5807,
        "a request handler that is not there",
        "A handler of `HTTPHandlers.json` names a class and a function of it. The class must be a shared singleton
(`shared singleton Class constructor`), and the function must exist, spelt as in the file.",
    ),
    row(
        5808,
        "the store of the sessions does not answer",
        "With `quatre serve --session-store` web sessions live in Redis. A process that needs `Session.storage` gets this error
when Redis cannot be reached; the server goes on, and serves sessions again as soon as it can.",
    ),
    row(
        5809,
        "`Session.storage` is in use for too long",
        "With `quatre serve --session-store` only one process of all servers changes the storage of a session at a time. This one
has waited for half a minute. Keep `Use` short.",
    ),
];
