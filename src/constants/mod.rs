//! The constants of 4D, one file a theme, each a table of name, index in the theme and value.
//!
//! A constant is written by name (`Is text`) or with its token (`Is text:K8:2`): the two numbers of the token are the
//! number of the theme and the index. `tests/tables.rs` holds the tables against the reference.

use crate::builtin::{Constant, ConstantTheme, ConstantValue};

pub mod aliases;

mod ascii_codes;
mod backup_and_restore;
mod blob;
mod cache_management;
mod colors;
mod communications;
mod compression;
mod data_file_maintenance;
mod database_engine;
mod database_events;
mod database_parameters;
mod datastore_request_log;
mod date_display_formats;
mod days_and_months;
mod design_object_access;
mod digest_type;
mod environment;
mod error_handler;
mod euro_currencies;
mod events_modifiers;
mod events_what;
mod export_structure;
mod expressions;
mod field_and_variable_types;
mod file_and_folder;
mod font_styles;
mod font_type_list;
mod form_area;
mod form_events;
mod form_object_types;
mod form_objects_access;
mod form_objects_properties;
mod form_parameters;
mod function_keys;
mod graph_parameters;
mod hierarchical_lists;
mod http_client;
mod index_type;
mod is_license_available;
mod iso_latin_character_entities;
mod ldap;
mod list_box;
mod listbox_footer_calculation;
mod log_events;
mod mail;
mod math;
mod menu_item_properties;
mod multistyle_text;
mod multistyle_text_attributes;
mod objects_and_collections;
mod open_form_window;
mod open_window;
mod parse_formula;
mod pasteboard;
mod php;
mod picture_display_formats;
mod picture_metadata_names;
mod picture_metadata_values;
mod picture_transformation;
mod platform_properties;
mod print_options;
mod process_state;
mod process_type;
mod queries;
mod quick_report_areas;
mod quick_report_borders;
mod quick_report_commands;
mod quick_report_destinations;
mod quick_report_document_properties;
mod quick_report_kinds;
mod quick_report_rows;
mod quick_report_text_properties;
mod relations;
mod resources_properties;
mod screen_depth;
mod set_rgb_colors;
mod shortcut_and_associated_keys;
mod sql;
mod standard_action;
mod standard_system_signatures;
mod strings;
mod system_documents;
mod system_folder;
mod system_format;
mod tcp_port_numbers;
mod time_display_formats;
mod trigger_events;
mod value_for_associated_standard_action;
mod vector;
mod view_pro;
mod web_area;
mod web_server;
mod web_services_client;
mod web_services_server;
mod windows;
mod write_areas;
mod write_commands;
mod write_preferences;
mod write_printing;
mod write_pro;
mod xml;

/// All themes, in the order of their numbers.
pub const THEMES: &[&ConstantTheme] = &[
    &date_display_formats::THEME,
    &form_events::THEME,
    &trigger_events::THEME,
    &standard_system_signatures::THEME,
    &environment::THEME,
    &picture_display_formats::THEME,
    &time_display_formats::THEME,
    &field_and_variable_types::THEME,
    &days_and_months::THEME,
    &colors::THEME,
    &function_keys::THEME,
    &process_state::THEME,
    &font_styles::THEME,
    &ascii_codes::THEME,
    &events_modifiers::THEME,
    &events_what::THEME,
    &resources_properties::THEME,
    &queries::THEME,
    &pasteboard::THEME,
    &tcp_port_numbers::THEME,
    &blob::THEME,
    &set_rgb_colors::THEME,
    &system_documents::THEME,
    &platform_properties::THEME,
    &windows::THEME,
    &hierarchical_lists::THEME,
    &database_engine::THEME,
    &math::THEME,
    &communications::THEME,
    &iso_latin_character_entities::THEME,
    &screen_depth::THEME,
    &open_window::THEME,
    &expressions::THEME,
    &process_type::THEME,
    &database_parameters::THEME,
    &log_events::THEME,
    &open_form_window::THEME,
    &euro_currencies::THEME,
    &system_folder::THEME,
    &form_objects_properties::THEME,
    &form_area::THEME,
    &is_license_available::THEME,
    &xml::THEME,
    &web_services_server::THEME,
    &print_options::THEME,
    &web_services_client::THEME,
    &sql::THEME,
    &form_parameters::THEME,
    &relations::THEME,
    &list_box::THEME,
    &backup_and_restore::THEME,
    &menu_item_properties::THEME,
    &data_file_maintenance::THEME,
    &index_type::THEME,
    &value_for_associated_standard_action::THEME,
    &system_format::THEME,
    &picture_transformation::THEME,
    &web_area::THEME,
    &php::THEME,
    &multistyle_text_attributes::THEME,
    &digest_type::THEME,
    &form_objects_access::THEME,
    &picture_metadata_names::THEME,
    &picture_metadata_values::THEME,
    &listbox_footer_calculation::THEME,
    &http_client::THEME,
    &design_object_access::THEME,
    &web_server::THEME,
    &database_events::THEME,
    &shortcut_and_associated_keys::THEME,
    &standard_action::THEME,
    &multistyle_text::THEME,
    &form_object_types::THEME,
    &font_type_list::THEME,
    &write_pro::THEME,
    &graph_parameters::THEME,
    &ldap::THEME,
    &cache_management::THEME,
    &objects_and_collections::THEME,
    &strings::THEME,
    &file_and_folder::THEME,
    &parse_formula::THEME,
    &view_pro::THEME,
    &mail::THEME,
    &compression::THEME,
    &error_handler::THEME,
    &datastore_request_log::THEME,
    &export_structure::THEME,
    &vector::THEME,
    &write_areas::THEME,
    &write_preferences::THEME,
    &write_commands::THEME,
    &write_printing::THEME,
    &quick_report_commands::THEME,
    &quick_report_kinds::THEME,
    &quick_report_destinations::THEME,
    &quick_report_text_properties::THEME,
    &quick_report_areas::THEME,
    &quick_report_rows::THEME,
    &quick_report_document_properties::THEME,
    &quick_report_borders::THEME,
];

/// The index of a constant whose token is not known.
const NO_TOKEN: u16 = u16::MAX;

const fn constant(name: &'static str, index: u16, value: ConstantValue) -> Constant {
    Constant { name, index: if index == NO_TOKEN { None } else { Some(index) }, value }
}

const fn integer(name: &'static str, index: u16, value: i32) -> Constant {
    constant(name, index, ConstantValue::Integer(value))
}

const fn real(name: &'static str, index: u16, value: f64) -> Constant {
    constant(name, index, ConstantValue::Real(value))
}

const fn text(name: &'static str, index: u16, value: &'static str) -> Constant {
    constant(name, index, ConstantValue::Text(value))
}

/// A constant whose value no document gives.
const fn unknown(name: &'static str, index: u16) -> Constant {
    constant(name, index, ConstantValue::Unknown)
}

/// The one constant that depends on the machine: paths are those of the host, POSIX everywhere but on Windows.
const fn folder_separator(name: &'static str, index: u16) -> Constant {
    text(name, index, if cfg!(windows) { "\\" } else { "/" })
}
