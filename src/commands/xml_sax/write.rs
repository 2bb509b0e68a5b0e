//! Writing a document piece by piece. A start tag stays open until it is known whether anything follows in it.

use crate::builtin::Command;
use crate::builtin::parameter::{OneOf, Rest, Star};
use crate::commands::xml_dom::change::{array_pairs, known_encoding, pairs};
use crate::commands::xml_dom::reference::{checked_name, encoded, with_ok};
use crate::commands::xml_sax::SaxDocuments;
use crate::native;
use crate::runtime::documents::{Documents, failed};
use crate::runtime::process::Process;
use crate::value::Value;
use crate::value::array::Array;
use crate::value::blob::Blob;
use crate::value::charset::Charset;
use crate::value::error::{Error, Result};
use crate::value::text::Text;
use crate::value::time::Time;
use crate::value::xml::write::{self, Place};
use crate::value::xml::{Options, name};

/// An element that is open.
struct Open {
    name: String,
    /// There are elements or comments in it.
    has_nodes: bool,
    /// There is text in it.
    has_text: bool,
}

/// A document that is being written.
#[derive(Default)]
pub(super) struct Writing {
    open: Vec<Open>,
    /// The last start tag has no `>` yet.
    tag_open: bool,
    has_root: bool,
    encoding: String,
}

/// What is to be written, and how.
struct Out<'a> {
    writing: &'a mut Writing,
    options: Options,
    text: String,
}

impl Out<'_> {
    fn charset(&self) -> Option<Charset> {
        Charset::named(&self.writing.encoding)
    }

    fn end_tag_open(&mut self) {
        if std::mem::take(&mut self.writing.tag_open) {
            self.text.push('>');
        }
    }

    /// Begins a line of its own, unless there is text around.
    fn line(&mut self) {
        self.end_tag_open();
        let flat = !self.options.indents() || self.writing.open.iter().any(|open| open.has_text);
        if !flat {
            self.text.push('\n');
            self.text.extend(std::iter::repeat_n("  ", self.writing.open.len().min(60)));
        }
        if let Some(open) = self.writing.open.last_mut() {
            open.has_nodes = true;
        }
    }

    fn close(&mut self) -> Result<()> {
        let last = self.writing.open.pop().ok_or_else(|| order("no element is open"))?;
        if std::mem::take(&mut self.writing.tag_open) {
            self.text.push_str("/>");
            return Ok(());
        }
        let flat =
            !self.options.indents() || last.has_text || self.writing.open.iter().any(|open| open.has_text);
        if last.has_nodes && !flat {
            self.text.push('\n');
            self.text.extend(std::iter::repeat_n("  ", self.writing.open.len().min(60)));
        }
        self.text.push_str(&format!("</{}>", last.name));
        Ok(())
    }

    /// The element in which text may stand.
    fn content(&mut self) -> Result<()> {
        self.end_tag_open();
        let open = self.writing.open.last_mut().ok_or_else(|| order("no element is open"))?;
        open.has_text = true;
        Ok(())
    }
}

#[cold]
fn order(message: &str) -> Error {
    Error::quatre(5757, message.to_owned())
}

/// Runs a piece of writing, and sets OK.
fn writing(
    process: &mut Process,
    reference: Time,
    run: impl FnOnce(&mut Out<'_>) -> Result<()>,
) -> Result<()> {
    let outcome = write_piece(process, reference, run);
    with_ok(process, outcome)
}

fn write_piece(
    process: &mut Process,
    reference: Time,
    run: impl FnOnce(&mut Out<'_>) -> Result<()>,
) -> Result<()> {
    process.state::<Documents>().get(reference)?;
    let document = process.state::<SaxDocuments>().document(reference);
    if document.reading.is_some() {
        return Err(order("the document is being read, and cannot be written"));
    }
    let options = document.options;
    let first = document.writing.is_none();
    let mut state = document
        .writing
        .take()
        .unwrap_or_else(|| Writing { encoding: "UTF-8".to_owned(), ..Writing::default() });
    let mut out = Out { writing: &mut state, options, text: String::new() };
    let outcome = run(&mut out);
    let text = std::mem::take(&mut out.text);
    if outcome.is_ok() || !first {
        process.state::<SaxDocuments>().document(reference).writing = Some(state);
    }
    outcome?;
    put(process, reference, first, text)
}

/// Writes a text at the end of what was written.
fn put(process: &mut Process, reference: Time, first: bool, text: String) -> Result<()> {
    let sax = process.state::<SaxDocuments>().document(reference);
    let options = sax.options;
    let encoding = sax.writing.as_ref().map_or("UTF-8".to_owned(), |writing| writing.encoding.clone());
    let text = if first { text.trim_start_matches('\n').to_owned() } else { text };
    let text = text.replace('\n', options.line_end());
    let charset = Charset::named(&encoding).unwrap_or(Charset::Utf8);
    let mut bytes = write::encode(text, &encoding, first && options.mark == 1);
    if !first && matches!(charset, Charset::Utf16(None)) {
        bytes.drain(..2.min(bytes.len()));
    }
    if !first && matches!(charset, Charset::Utf32(None)) {
        bytes.drain(..4.min(bytes.len()));
    }
    let document = process.state::<Documents>().get(reference)?;
    let written = document.file.write_at(document.position, &bytes);
    written.map_err(|problem| failed("write", &document.path, &problem))?;
    document.position += u64::try_from(bytes.len()).unwrap_or_default();
    Ok(())
}

/// Ends all elements that are open.
pub(super) fn close_all(process: &mut Process, reference: Time) -> Result<()> {
    if process.state::<SaxDocuments>().document(reference).writing.is_none() {
        return Ok(());
    }
    write_piece(process, reference, |out| {
        while !out.writing.open.is_empty() {
            out.close()?;
        }
        Ok(())
    })
}

pub(super) const SET_DECLARATION: Command = Command {
    number: 858,
    name: "SAX SET XML DECLARATION",
    thread_safe: true,
    help: "Begins an XML document with a declaration.",
    syntaxes: &[native!(set_declaration(process, document, encoding, standalone, indentation))],
};

fn set_declaration(
    process: &mut Process,
    reference: Time,
    encoding: Text,
    standalone: Option<bool>,
    indentation: Option<bool>,
) -> Result<()> {
    if process.state::<SaxDocuments>().document(reference).writing.is_some() {
        return with_ok(
            process,
            Err(order("the declaration stands once, at the very beginning of a document")),
        );
    }
    if let Some(indentation) = indentation {
        process.state::<SaxDocuments>().options(reference).indentation = if indentation { 1 } else { 2 };
    }
    writing(process, reference, |out| {
        out.writing.encoding = known_encoding(&encoding.to_str());
        let standalone = if standalone == Some(true) { "yes" } else { "no" };
        let encoding = &out.writing.encoding;
        out.text = format!("<?xml version=\"1.0\" encoding=\"{encoding}\" standalone=\"{standalone}\"?>");
        Ok(())
    })
}

pub(super) const ADD_DOCTYPE: Command = Command {
    number: 851,
    name: "SAX ADD XML DOCTYPE",
    thread_safe: true,
    help: "Writes a DOCTYPE.",
    syntaxes: &[native!(add_doctype(process, document, docType))],
};

fn add_doctype(process: &mut Process, reference: Time, source: Text) -> Result<()> {
    writing(process, reference, |out| {
        if out.writing.has_root {
            return Err(order("a DOCTYPE stands before the root element"));
        }
        out.line();
        out.text.push_str(&format!("<!DOCTYPE {}>", source.to_str()));
        Ok(())
    })
}

pub(super) const ADD_COMMENT: Command = Command {
    number: 852,
    name: "SAX ADD XML COMMENT",
    thread_safe: true,
    help: "Writes a comment.",
    syntaxes: &[native!(add_comment(process, document, comment))],
};

fn add_comment(process: &mut Process, reference: Time, comment: Text) -> Result<()> {
    writing(process, reference, |out| {
        let comment = comment.to_str();
        if comment.contains("--") || comment.ends_with('-') {
            return Err(Error::quatre(5754, "a comment may not contain `--`"));
        }
        out.line();
        out.text.push_str(&format!("<!--{comment}-->"));
        Ok(())
    })
}

pub(super) const ADD_INSTRUCTION: Command = Command {
    number: 857,
    name: "SAX ADD PROCESSING INSTRUCTION",
    thread_safe: true,
    help: "Writes a processing instruction.",
    syntaxes: &[native!(add_instruction(process, document, statement))],
};

fn add_instruction(process: &mut Process, reference: Time, statement: Text) -> Result<()> {
    writing(process, reference, |out| {
        let statement = statement.to_str();
        if statement.contains("?>") || name::length(&statement) == 0 {
            return Err(Error::quatre(5754, "this is no processing instruction"));
        }
        out.line();
        out.text.push_str(&format!("<?{statement}?>"));
        Ok(())
    })
}

pub(super) const OPEN_ELEMENT: Command = Command {
    number: 853,
    name: "SAX OPEN XML ELEMENT",
    thread_safe: true,
    help: "Begins an element, with attributes.",
    syntaxes: &[native!(open_element(process, document, tag, attribName))],
};

fn open_element(process: &mut Process, reference: Time, tag: Text, given: Rest<(Text, Value)>) -> Result<()> {
    open(process, reference, &tag, given.0)
}

pub(super) const OPEN_ELEMENT_ARRAYS: Command = Command {
    number: 921,
    name: "SAX OPEN XML ELEMENT ARRAYS",
    thread_safe: true,
    help: "Begins an element, with attributes from arrays.",
    syntaxes: &[
        native!(open_element_arrays(process, document, tag, attribNamesArray)),
        native!(open_element(process, document, tag, attribNamesArray)),
    ],
};

fn open_element_arrays(
    process: &mut Process,
    reference: Time,
    tag: Text,
    arrays: Rest<(Array, Array)>,
) -> Result<()> {
    open(process, reference, &tag, array_pairs(arrays.0))
}

fn open(process: &mut Process, reference: Time, tag: &Text, given: Vec<(Text, Value)>) -> Result<()> {
    let options = *process.state::<SaxDocuments>().options(reference);
    let attributes = pairs(process, given, &options);
    let attributes = with_ok(process, attributes)?;
    writing(process, reference, |out| {
        let tag = tag.to_str();
        checked_name(&tag)?;
        if out.writing.open.is_empty() && out.writing.has_root {
            return Err(order("a document has one root element only"));
        }
        for (index, (name, _)) in attributes.iter().enumerate() {
            if attributes.iter().take(index).any(|(known, _)| known == name) {
                return Err(Error::quatre(5754, format!("the element has two attributes `{name}`")));
            }
        }
        out.line();
        let attributes: Vec<_> = attributes.into_iter().map(|(name, value)| (name.into(), value)).collect();
        let charset = out.charset();
        write::open_tag(&mut out.text, &tag, &attributes, charset);
        out.writing.open.push(Open { name: tag.into_owned(), has_nodes: false, has_text: false });
        (out.writing.tag_open, out.writing.has_root) = (true, true);
        Ok(())
    })
}

pub(super) const CLOSE_ELEMENT: Command = Command {
    number: 854,
    name: "SAX CLOSE XML ELEMENT",
    thread_safe: true,
    help: "Ends the element that was opened last.",
    syntaxes: &[native!(close_element(process, document))],
};

fn close_element(process: &mut Process, reference: Time) -> Result<()> {
    writing(process, reference, |out| out.close())
}

pub(super) const ADD_VALUE: Command = Command {
    number: 855,
    name: "SAX ADD XML ELEMENT VALUE",
    thread_safe: true,
    help: "Writes a value into the open element; with `*` it is escaped whatever the options say.",
    syntaxes: &[native!(add_value(process, document, data, star))],
};

fn add_value(process: &mut Process, reference: Time, data: Value, escaped: Option<Star>) -> Result<()> {
    let options = *process.state::<SaxDocuments>().options(reference);
    // The bytes of a BLOB are taken for text: to be encoded they go through BASE64 ENCODE.
    let text = if let Value::Blob(blob) = &data {
        Ok(Charset::Utf8.decode(blob.bytes()).to_str().into_owned())
    } else {
        encoded(process, &data, &options)
    };
    let text = with_ok(process, text)?;
    writing(process, reference, |out| {
        out.content()?;
        if options.raw() && escaped.is_none() {
            out.text.push_str(&text);
        } else {
            let charset = out.charset();
            write::escape(&mut out.text, &text, Place::Content, charset);
        }
        Ok(())
    })
}

pub(super) const ADD_CDATA: Command = Command {
    number: 856,
    name: "SAX ADD XML CDATA",
    thread_safe: true,
    help: "Writes a CDATA section into the open element.",
    syntaxes: &[native!(add_cdata(process, document, data))],
};

fn add_cdata(process: &mut Process, reference: Time, data: OneOf<Blob, Text>) -> Result<()> {
    let text = match data {
        OneOf::First(blob) => Charset::Utf8.decode(blob.bytes()),
        OneOf::Second(text) => text,
    };
    writing(process, reference, |out| {
        let text = text.to_str();
        if !name::is_clean(&text) {
            return Err(Error::quatre(5754, "a character of the section may not stand in XML"));
        }
        out.content()?;
        write::cdata(&mut out.text, &text);
        Ok(())
    })
}
