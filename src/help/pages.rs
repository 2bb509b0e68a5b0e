//! The Markdown files, as they stand in this folder.

/// One file a theme of commands.
#[rustfmt::skip]
pub const COMMANDS: &[&str] = &[
    include_str!("commands/arrays.md"),
    include_str!("commands/blob.md"),
    include_str!("commands/boolean.md"),
    include_str!("commands/collections.md"),
    include_str!("commands/communications.md"),
    include_str!("commands/compiler.md"),
    include_str!("commands/data_security.md"),
    include_str!("commands/date_and_time.md"),
    include_str!("commands/design_object_access.md"),
    include_str!("commands/environment.md"),
    include_str!("commands/file_and_folder.md"),
    include_str!("commands/form_events.md"),
    include_str!("commands/forms.md"),
    include_str!("commands/formulas.md"),
    include_str!("commands/http.md"),
    include_str!("commands/interruptions.md"),
    include_str!("commands/json.md"),
    include_str!("commands/language.md"),
    include_str!("commands/math.md"),
    include_str!("commands/messages.md"),
    include_str!("commands/objects.md"),
    include_str!("commands/on_a_series.md"),
    include_str!("commands/pictures.md"),
    include_str!("commands/process_communications.md"),
    include_str!("commands/processes.md"),
    include_str!("commands/secured_protocol.md"),
    include_str!("commands/string.md"),
    include_str!("commands/styled_text.md"),
    include_str!("commands/system_documents.md"),
    include_str!("commands/system_environment.md"),
    include_str!("commands/tools.md"),
    include_str!("commands/user_interface.md"),
    include_str!("commands/users_and_groups.md"),
    include_str!("commands/variables.md"),
    include_str!("commands/web_server.md"),
    include_str!("commands/xml.md"),
    include_str!("commands/xml_dom.md"),
    include_str!("commands/xml_sax.md"),
];

/// One file a class, with its name.
#[rustfmt::skip]
pub const CLASSES: &[(&str, &str)] = &[
    ("Blob", include_str!("classes/blob.md")),
    ("Class", include_str!("classes/class.md")),
    ("ClassStore", include_str!("classes/class_store.md")),
    ("Collection", include_str!("classes/collection.md")),
    ("CryptoKey", include_str!("classes/crypto_key.md")),
    ("Directory", include_str!("classes/directory.md")),
    ("Document", include_str!("classes/document.md")),
    ("File", include_str!("classes/file.md")),
    ("FileHandle", include_str!("classes/file_handle.md")),
    ("Folder", include_str!("classes/folder.md")),
    ("Formula", include_str!("classes/formula.md")),
    ("Function", include_str!("classes/function.md")),
    ("HTTPAgent", include_str!("classes/http_agent.md")),
    ("HTTPRequest", include_str!("classes/http_request.md")),
    ("IncomingMessage", include_str!("classes/incoming_message.md")),
    ("Method", include_str!("classes/method.md")),
    ("Object", include_str!("classes/object.md")),
    ("OutgoingMessage", include_str!("classes/outgoing_message.md")),
    ("Session", include_str!("classes/session.md")),
    ("Signal", include_str!("classes/signal.md")),
    ("SystemWorker", include_str!("classes/system_worker.md")),
    ("Vector", include_str!("classes/vector.md")),
    ("WebServer", include_str!("classes/web_server.md")),
    ("ZipArchive", include_str!("classes/zip_archive.md")),
    ("ZipFile", include_str!("classes/zip_file.md")),
    ("ZipFolder", include_str!("classes/zip_folder.md")),
];

/// Keywords.
pub const KEYWORDS: &str = include_str!("keywords.md");

/// Themes of constants.
pub const CONSTANTS: &str = include_str!("constants.md");
