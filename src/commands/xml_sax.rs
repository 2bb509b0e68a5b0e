//! Theme XML SAX: documents that are read or written piece by piece, by the references of `Open document` and
//! `Create document`.

use rustc_hash::FxHashMap;

use crate::builtin::Theme;
use crate::commands::xml_sax::read::Reading;
use crate::commands::xml_sax::write::Writing;
use crate::runtime::process::Process;
use crate::value::error::Result;
use crate::value::time::Time;
use crate::value::xml::Options;

mod read;

mod write;

/// The theme.
pub const THEME: Theme = Theme {
    name: "XML SAX",
    commands: &[
        write::ADD_INSTRUCTION,
        write::ADD_CDATA,
        write::ADD_COMMENT,
        write::ADD_DOCTYPE,
        write::ADD_VALUE,
        write::CLOSE_ELEMENT,
        read::GET_CDATA,
        read::GET_COMMENT,
        read::GET_DOCUMENT_VALUES,
        read::GET_ELEMENT,
        read::GET_VALUE,
        read::GET_ENTITY,
        read::GET_NODE,
        read::GET_INSTRUCTION,
        write::OPEN_ELEMENT,
        write::OPEN_ELEMENT_ARRAYS,
        write::SET_DECLARATION,
    ],
};

/// What SAX knows of an open document.
#[derive(Default)]
pub(super) struct SaxDocument {
    options: Options,
    reading: Option<Reading>,
    writing: Option<Writing>,
}

/// What SAX keeps for a process.
#[derive(Default)]
pub struct SaxDocuments {
    open: FxHashMap<i32, SaxDocument>,
}

impl SaxDocuments {
    fn document(&mut self, reference: Time) -> &mut SaxDocument {
        self.open.entry(reference.seconds()).or_default()
    }

    /// The options of a document.
    pub fn options(&mut self, reference: Time) -> &mut Options {
        &mut self.document(reference).options
    }
}

/// Ends the elements of a document that is about to be closed, and forgets it.
///
/// # Errors
/// They cannot be written.
pub fn finish(process: &mut Process, reference: Time) -> Result<()> {
    if !process.state::<SaxDocuments>().open.contains_key(&reference.seconds()) {
        return Ok(());
    }
    let outcome = write::close_all(process, reference);
    process.state::<SaxDocuments>().open.remove(&reference.seconds());
    outcome
}
