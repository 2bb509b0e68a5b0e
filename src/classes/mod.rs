//! The built-in classes, one file each; a class is a record of functions and properties over a Rust type.

use crate::builtin::Class;

pub mod blob;

pub mod class;

pub mod class_store;

pub mod collection;

pub mod crypto_key;

pub mod directory;

pub mod document;

pub mod file;

pub mod file_handle;

pub mod folder;

pub mod formula;

pub mod function;

pub mod incoming_message;

pub mod http_agent;

pub mod http_request;

pub mod method;

pub mod object;

pub mod outgoing_message;

pub mod session;

pub mod signal;

pub mod system_worker;

pub mod unavailable;

pub mod vector;

pub mod zip_archive;

pub mod zip_file;

pub mod web_server;
pub mod zip_folder;

/// Every class that can be used.
#[rustfmt::skip]
pub const CLASSES: &[&Class] = &[
    &blob::CLASS,
    &class::CLASS,
    &class_store::CLASS,
    &collection::CLASS,
    &crypto_key::CLASS,
    &directory::CLASS,
    &document::CLASS,
    &file::CLASS,
    &file_handle::CLASS,
    &folder::CLASS,
    &formula::CLASS,
    &function::CLASS,
    &incoming_message::CLASS,
    &http_agent::CLASS,
    &http_request::CLASS,
    &method::CLASS,
    &object::CLASS,
    &outgoing_message::CLASS,
    &session::CLASS,
    &signal::CLASS,
    &system_worker::CLASS,
    &vector::CLASS,
    &zip_archive::CLASS,
    &zip_file::CLASS,
    &zip_folder::CLASS,
    &web_server::CLASS,
];

/// The built-in class that a built-in class extends; `Object` stands above all of them and is not named.
pub fn parent(class: &str) -> Option<&'static str> {
    let built = CLASSES.iter().find(|known| known.name == class).and_then(|known| known.extends);
    built.or_else(|| {
        unavailable::CLASSES.iter().find(|known| known.name == class).and_then(|known| known.extends)
    })
}
