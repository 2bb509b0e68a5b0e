//! The commands, one file a theme of 4D; a command is a record beside the Rust function that does it.

use crate::builtin::Theme;

pub mod aliases;

pub mod arrays;

pub mod blob;

pub mod boolean;

pub mod collections;

pub mod communications;

pub mod compiler;

pub mod data_security;

pub mod date_and_time;

pub mod design_object_access;

pub mod environment;

pub mod file_and_folder;

pub mod form_events;

pub mod forms;

pub mod formulas;

pub mod http;

pub mod interruptions;

pub mod json;

pub mod language;

pub mod math;

pub mod messages;

pub mod objects;

pub mod on_a_series;

pub mod pictures;

pub mod process_communications;

pub mod processes;

pub mod secured_protocol;

pub mod string;

pub mod styled_text;

pub mod system_documents;

pub mod system_environment;

pub mod thread_unsafe;

pub mod tools;

pub mod user_interface;

pub mod unavailable;

pub mod users_and_groups;

pub mod variables;

pub mod web_server;
pub mod xml;

pub mod xml_dom;

pub mod xml_sax;

/// Every theme that has commands which can be used.
#[rustfmt::skip]
pub const THEMES: &[&Theme] = &[
    &arrays::THEME,
    &blob::THEME,
    &boolean::THEME,
    &collections::THEME,
    &communications::THEME,
    &compiler::THEME,
    &data_security::THEME,
    &date_and_time::THEME,
    &design_object_access::THEME,
    &environment::THEME,
    &file_and_folder::THEME,
    &form_events::THEME,
    &forms::THEME,
    &formulas::THEME,
    &http::THEME,
    &interruptions::THEME,
    &json::THEME,
    &language::THEME,
    &math::THEME,
    &messages::THEME,
    &objects::THEME,
    &on_a_series::THEME,
    &pictures::THEME,
    &process_communications::THEME,
    &processes::THEME,
    &secured_protocol::THEME,
    &string::THEME,
    &styled_text::THEME,
    &system_documents::THEME,
    &system_environment::THEME,
    &tools::THEME,
    &user_interface::THEME,
    &users_and_groups::THEME,
    &variables::THEME,
    &web_server::THEME,
    &xml::THEME,
    &xml_dom::THEME,
    &xml_sax::THEME,
];
