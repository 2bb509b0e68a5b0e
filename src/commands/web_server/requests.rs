//! What code reads of the request that its process serves.

use std::sync::Arc;

use crate::builtin::Command;
use crate::builtin::parameter::Var;
use crate::commands::web_server::fill;
use crate::native;
use crate::runtime::process::Process;
use crate::runtime::web_digest::Answer;
use crate::value::Type;
use crate::value::Value;
use crate::value::array::Array;
use crate::value::blob::Blob;
use crate::value::text::Text;

/// Gives a variable bytes: as they are to a Blob, else as text.
fn give_bytes(variable: &Var<Value>, bytes: Vec<u8>) {
    if variable.declared() == Type::Blob || matches!(variable.value(), Value::Blob(_)) {
        variable.set(Blob::from_vec(bytes));
    } else {
        variable.set(String::from_utf8_lossy(&bytes).into_owned());
    }
}

pub(super) const WEB_GET_HTTP_BODY: Command = Command {
    number: 814,
    name: "WEB GET HTTP BODY",
    thread_safe: true,
    help: "The body of the request, as it came, in a Blob or as text.",
    syntaxes: &[native!(web_get_http_body(process, body))],
};

fn web_get_http_body(process: &mut Process, body: Var<Value>) {
    let bytes = process.exchange().map(|exchange| exchange.request.body.clone()).unwrap_or_default();
    give_bytes(&body, bytes);
}

pub(super) const WEB_GET_HTTP_HEADER: Command = Command {
    number: 697,
    name: "WEB GET HTTP HEADER",
    thread_safe: true,
    help: "The first line and the headers of the request, as one text or as two arrays.",
    syntaxes: &[
        native!(web_get_http_header(process, header)),
        native!(web_get_http_header_arrays(process, fieldArray, valueArray)),
    ],
};

fn web_get_http_header(process: &mut Process, header: Var<Text>) {
    let text = process.exchange().map(|exchange| exchange.request.head()).unwrap_or_default();
    header.set(text);
}

fn web_get_http_header_arrays(process: &mut Process, fields: Var<Array>, values: Var<Array>) {
    let mut all: Vec<(String, String)> = Vec::new();
    if let Some(exchange) = process.exchange() {
        let request = &exchange.request;
        all.push(("X-METHOD".to_owned(), request.verb.clone()));
        all.push(("X-URL".to_owned(), request.target.clone()));
        all.push(("X-VERSION".to_owned(), request.version.clone()));
        all.extend(request.headers.iter().cloned());
    }
    let (names, contents) = all.into_iter().unzip();
    fill(&fields, names);
    fill(&values, contents);
}

pub(super) const WEB_GET_VARIABLES: Command = Command {
    number: 683,
    name: "WEB GET VARIABLES",
    thread_safe: true,
    help: "Fills two arrays with the names and values of the form that was sent, by address or body.",
    syntaxes: &[native!(web_get_variables(process, nameArray, valueArray))],
};

fn web_get_variables(process: &mut Process, names: Var<Array>, values: Var<Array>) {
    let fields = process.exchange().map(|exchange| exchange.request.variables()).unwrap_or_default();
    let (first, second) = fields.into_iter().unzip();
    fill(&names, first);
    fill(&values, second);
}

pub(super) const WEB_GET_BODY_PART_COUNT: Command = Command {
    number: 1211,
    name: "WEB Get body part count",
    thread_safe: true,
    help: "How many parts the body of the request has.",
    syntaxes: &[native!(web_get_body_part_count(process))],
};

fn web_get_body_part_count(process: &mut Process) -> i32 {
    let count = process.exchange().map_or(0, |exchange| exchange.request.parts().len());
    i32::try_from(count).unwrap_or(i32::MAX)
}

pub(super) const WEB_GET_BODY_PART: Command = Command {
    number: 1212,
    name: "WEB GET BODY PART",
    thread_safe: true,
    help: "One part of the body of the request: what it holds, its field, its kind and the name of its file.",
    syntaxes: &[native!(web_get_body_part(process, part, contents, name, mimeType, fileName))],
};

fn web_get_body_part(
    process: &mut Process,
    number: i32,
    contents: Var<Value>,
    name: Var<Text>,
    mime_type: Var<Text>,
    file_name: Var<Text>,
) {
    let parts = process.exchange().map(|exchange| exchange.request.parts()).unwrap_or_default();
    let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
    let Some(part) = place.and_then(|place| parts.into_iter().nth(place)) else { return };
    give_bytes(&contents, part.content);
    name.set(part.name);
    mime_type.set(part.mime_type);
    file_name.set(part.file_name);
}

pub(super) const WEB_GET_CURRENT_SESSION_ID: Command = Command {
    number: 1162,
    name: "WEB Get current session ID",
    thread_safe: true,
    help: "The UUID of the web session of this process, \"\" when it has none.",
    syntaxes: &[native!(web_get_current_session_id(process))],
};

fn web_get_current_session_id(process: &mut Process) -> String {
    let session = process.entry.session().filter(|session| session.is_web());
    session.map(|session| session.id.clone()).unwrap_or_default()
}

pub(super) const WEB_IS_SECURED_CONNECTION: Command = Command {
    number: 698,
    name: "WEB Is secured connection",
    thread_safe: true,
    help: "Whether the request came through TLS.",
    syntaxes: &[native!(web_is_secured_connection(process))],
};

fn web_is_secured_connection(process: &mut Process) -> bool {
    process.exchange().is_some_and(|exchange| exchange.request.is_secure)
}

pub(super) const WEB_VALIDATE_DIGEST: Command = Command {
    number: 946,
    name: "WEB Validate digest",
    thread_safe: true,
    help: "Whether the client of a request proves, in the Digest scheme, to know this password of this user.",
    syntaxes: &[native!(web_validate_digest(process, userName, password))],
};

fn web_validate_digest(process: &mut Process, user: Text, password: Text) -> bool {
    let Some(request) = process.exchange().map(|exchange| Arc::clone(&exchange.request)) else {
        return false;
    };
    let runtime = &process.runtime;
    let (secret, now) = (runtime.web.secret(&*runtime.host), runtime.host.now().timestamp());
    Answer::of(&request).is_some_and(|answer| {
        answer.is_of(secret, now) == Some(true) && answer.proves(&request, &user.to_str(), &password.to_str())
    })
}
