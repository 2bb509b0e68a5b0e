//! Theme XML DOM: documents as trees in memory.
//!
//! Nothing is ever fetched: external entities are refused, DTDs and schemas outside a document are not read.

use crate::builtin::Theme;

pub mod reference;

pub mod change;

mod create;

pub mod navigate;

mod parse;

mod read;

/// The theme.
pub const THEME: Theme = Theme {
    name: "XML DOM",
    commands: &[
        change::APPEND_CHILD_NODE,
        change::APPEND_ELEMENT,
        parse::CLOSE,
        read::COUNT_ATTRIBUTES,
        navigate::COUNT_ELEMENTS,
        create::CREATE_ELEMENT,
        create::CREATE_ELEMENT_ARRAYS,
        parse::CREATE_REF,
        read::EXPORT_TO_FILE,
        read::EXPORT_TO_VAR,
        navigate::FIND,
        navigate::FIND_BY_ID,
        navigate::FIRST_CHILD,
        navigate::LAST_CHILD,
        navigate::NEXT_SIBLING,
        navigate::PARENT,
        navigate::PREVIOUS_SIBLING,
        navigate::ROOT,
        read::GET_ATTRIBUTE_BY_INDEX,
        read::GET_ATTRIBUTE_BY_NAME,
        navigate::CHILD_NODES,
        navigate::DOCUMENT_REF,
        navigate::GET_ELEMENT,
        read::GET_NAME,
        read::GET_VALUE,
        read::INFORMATION,
        change::INSERT_ELEMENT,
        parse::PARSE_SOURCE,
        parse::PARSE_VARIABLE,
        change::REMOVE_ATTRIBUTE,
        change::REMOVE_ELEMENT,
        change::SET_ATTRIBUTE,
        change::SET_DECLARATION,
        change::SET_NAME,
        change::SET_VALUE,
    ],
};
