//! Reading a document event by event.

use std::rc::Rc;

use crate::builtin::Command;
use crate::builtin::parameter::Var;
use crate::commands::xml_dom::navigate::fill_attributes;
use crate::commands::xml_dom::reference::{Trees, malformed, put, with_ok};
use crate::commands::xml_sax::SaxDocuments;
use crate::native;
use crate::runtime::documents::{Documents, failed};
use crate::runtime::process::Process;
use crate::value::array::Array;
use crate::value::blob::Blob;
use crate::value::error::{Error, Result};
use crate::value::text::Text;
use crate::value::time::Time;
use crate::value::xml::dtd::Entity;
use crate::value::xml::scan::{Declaration, Piece, Scanner};
use crate::value::xml::{convert, input, name};
use crate::value::{Type, Value};

/// An event, with what the commands may ask of it.
#[derive(Clone)]
enum Event {
    StartDocument(Declaration),
    Comment(String),
    Instruction(String, String),
    StartElement(Rc<str>, Vec<(Rc<str>, String)>),
    EndElement(Rc<str>),
    Data(String),
    CData(String),
    Entity(String, String),
    EndDocument,
}

impl Event {
    fn number(&self) -> i32 {
        match self {
            Self::StartDocument(_) => 1,
            Self::Comment(_) => 2,
            Self::Instruction(..) => 3,
            Self::StartElement(..) => 4,
            Self::EndElement(_) => 5,
            Self::Data(_) => 6,
            Self::CData(_) => 7,
            Self::Entity(..) => 8,
            Self::EndDocument => 9,
        }
    }
}

/// A document that is being read.
pub(super) struct Reading {
    scanner: Scanner,
    event: Event,
    /// Entities that were declared and not told yet, the next one last.
    entities: Vec<(String, String)>,
}

/// Reads the document from where it stands.
fn begin(process: &mut Process, reference: Time) -> Result<Reading> {
    let document = process.state::<Documents>().get(reference)?;
    let read = document.file.size().and_then(|size| {
        let bytes = document.file.read_at(document.position, size.saturating_sub(document.position))?;
        document.position = size;
        Ok(bytes)
    });
    let bytes = read.map_err(|problem| failed("read", &document.path, &problem))?;
    let external = process.state::<Trees>().external;
    let scanner = input::decode(&bytes).and_then(|text| Scanner::document(&text, external));
    let scanner = scanner.map_err(|problem| malformed(process, problem))?;
    let event = Event::StartDocument(scanner.declaration.clone());
    Ok(Reading { scanner, event, entities: Vec::new() })
}

pub(super) const GET_NODE: Command = Command {
    number: 860,
    name: "SAX Get XML node",
    thread_safe: true,
    help: "Reads on in an XML document and tells what comes next.",
    syntaxes: &[native!(get_node(process, document))],
};

fn get_node(process: &mut Process, reference: Time) -> Result<i32> {
    let outcome = next_event(process, reference);
    with_ok(process, outcome)
}

fn next_event(process: &mut Process, reference: Time) -> Result<i32> {
    process.state::<Documents>().get(reference)?;
    let document = process.state::<SaxDocuments>().document(reference);
    if document.writing.is_some() {
        return Err(Error::quatre(5757, "the document is being written, and cannot be read"));
    }
    let Some(mut reading) = document.reading.take() else {
        let reading = begin(process, reference)?;
        let number = reading.event.number();
        process.state::<SaxDocuments>().document(reference).reading = Some(reading);
        return Ok(number);
    };
    let outcome = advance(&mut reading);
    let number = reading.event.number();
    process.state::<SaxDocuments>().document(reference).reading = Some(reading);
    outcome.map_err(|problem| malformed(process, problem))?;
    Ok(number)
}

fn advance(reading: &mut Reading) -> std::result::Result<(), crate::value::xml::Problem> {
    if let Some((name, value)) = reading.entities.pop() {
        reading.event = Event::Entity(name, value);
        return Ok(());
    }
    loop {
        reading.event = match reading.scanner.next_piece()? {
            Piece::Start(name, attributes) => Event::StartElement(name, attributes),
            Piece::End(name) => Event::EndElement(name),
            Piece::Text(text) => Event::Data(text),
            Piece::CData(text) => Event::CData(text),
            Piece::Comment(text) => Event::Comment(text),
            Piece::Instruction(target, content) => Event::Instruction(target, content),
            Piece::Done => Event::EndDocument,
            Piece::DocType(_) => {
                let dtd = &reading.scanner.dtd;
                let told = dtd.order.iter().rev().filter_map(|name| match dtd.entities.get(name) {
                    Some(Entity::Internal(value)) => Some((name.clone(), value.clone())),
                    Some(Entity::External) | None => None,
                });
                reading.entities = told.collect();
                let Some((name, value)) = reading.entities.pop() else { continue };
                Event::Entity(name, value)
            }
        };
        return Ok(());
    }
}

/// What the present event holds, when it is of the kind that `pick` wants.
fn of_event<T>(
    process: &mut Process,
    reference: Time,
    wanted: &str,
    pick: impl FnOnce(Event) -> Option<T>,
) -> Result<T> {
    let outcome = process.state::<Documents>().get(reference).map(drop);
    let outcome = outcome.and_then(|()| {
        let document = process.state::<SaxDocuments>().document(reference);
        let event = document.reading.as_ref().map(|reading| reading.event.clone());
        event.and_then(pick).ok_or_else(|| {
            Error::quatre(5757, format!("the last event of the document was no `{wanted}`"))
                .help("call it when `SAX Get XML node` has given that event")
        })
    });
    with_ok(process, outcome)
}

pub(super) const GET_COMMENT: Command = Command {
    number: 874,
    name: "SAX GET XML COMMENT",
    thread_safe: true,
    help: "Gives the text of a comment.",
    syntaxes: &[native!(get_comment(process, document, comment))],
};

fn get_comment(process: &mut Process, reference: Time, target: Var<Text>) -> Result<()> {
    let text = of_event(process, reference, "XML comment", |event| {
        if let Event::Comment(text) = event { Some(text) } else { None }
    })?;
    target.set(Text::from(text));
    Ok(())
}

pub(super) const GET_DOCUMENT_VALUES: Command = Command {
    number: 873,
    name: "SAX GET XML DOCUMENT VALUES",
    thread_safe: true,
    help: "Gives what the declaration of a document says.",
    syntaxes: &[native!(get_document_values(process, document, encoding, version, standalone))],
};

fn get_document_values(
    process: &mut Process,
    reference: Time,
    encoding: Var<Text>,
    version: Var<Text>,
    standalone: Var<bool>,
) -> Result<()> {
    let declaration = of_event(process, reference, "XML start document", |event| {
        if let Event::StartDocument(declaration) = event { Some(declaration) } else { None }
    })?;
    encoding.set(Text::from(declaration.encoding));
    version.set(Text::from(declaration.version));
    standalone.set(declaration.standalone);
    Ok(())
}

pub(super) const GET_ELEMENT: Command = Command {
    number: 876,
    name: "SAX GET XML ELEMENT",
    thread_safe: true,
    help: "Gives name, prefix and attributes of an element that begins or ends.",
    syntaxes: &[native!(get_element(process, document, name, prefix, attrNames, attrValues))],
};

fn get_element(
    process: &mut Process,
    reference: Time,
    target: Var<Text>,
    prefix: Var<Text>,
    names: Var<Array>,
    values: Var<Array>,
) -> Result<()> {
    let (element, attributes) =
        of_event(process, reference, "XML start element` or `XML end element", |event| match event {
            Event::StartElement(name, attributes) => Some((name, Some(attributes))),
            Event::EndElement(name) => Some((name, None)),
            Event::StartDocument(_)
            | Event::Comment(_)
            | Event::Instruction(..)
            | Event::Data(_)
            | Event::CData(_)
            | Event::Entity(..)
            | Event::EndDocument => None,
        })?;
    let (its_prefix, local) = name::split(&element);
    target.set(Text::from(local));
    prefix.set(Text::from(its_prefix));
    // At the end of an element the arrays are left alone.
    if let Some(attributes) = attributes {
        fill_attributes(Some(&names), Some(&values), &attributes);
    }
    Ok(())
}

/// Gives a text, or to a BLOB the bytes that it stands for.
fn give(process: &Process, target: &Var<Value>, text: &str) {
    let is_blob = target.declared() == Type::Blob || matches!(target.value(), Value::Blob(_));
    if is_blob {
        let bytes = convert::try_binary(text).unwrap_or_else(|| text.as_bytes().to_vec());
        target.set(Value::Blob(Blob::from_vec(bytes)));
    } else {
        put(process, target, text);
    }
}

pub(super) const GET_VALUE: Command = Command {
    number: 877,
    name: "SAX GET XML ELEMENT VALUE",
    thread_safe: true,
    help: "Gives the text in an element.",
    syntaxes: &[native!(get_value(process, document, value))],
};

fn get_value(process: &mut Process, reference: Time, target: Var<Value>) -> Result<()> {
    let text = of_event(process, reference, "XML DATA", |event| {
        if let Event::Data(text) = event { Some(text) } else { None }
    })?;
    give(process, &target, &text);
    Ok(())
}

pub(super) const GET_CDATA: Command = Command {
    number: 878,
    name: "SAX GET XML CDATA",
    thread_safe: true,
    help: "Gives the content of a CDATA section.",
    syntaxes: &[native!(get_cdata(process, document, value))],
};

fn get_cdata(process: &mut Process, reference: Time, target: Var<Value>) -> Result<()> {
    let text = of_event(process, reference, "XML CDATA", |event| {
        if let Event::CData(text) = event { Some(text) } else { None }
    })?;
    give(process, &target, &text);
    Ok(())
}

pub(super) const GET_ENTITY: Command = Command {
    number: 879,
    name: "SAX GET XML ENTITY",
    thread_safe: true,
    help: "Gives name and value of an entity.",
    syntaxes: &[native!(get_entity(process, document, name, value))],
};

fn get_entity(process: &mut Process, reference: Time, target: Var<Text>, value: Var<Text>) -> Result<()> {
    let (its_name, its_value) = of_event(process, reference, "XML entity", |event| {
        if let Event::Entity(name, value) = event { Some((name, value)) } else { None }
    })?;
    target.set(Text::from(its_name));
    value.set(Text::from(its_value));
    Ok(())
}

pub(super) const GET_INSTRUCTION: Command = Command {
    number: 875,
    name: "SAX GET XML PROCESSING INSTRUCTION",
    thread_safe: true,
    help: "Gives name and content of a processing instruction.",
    syntaxes: &[native!(get_instruction(process, document, name, value))],
};

fn get_instruction(
    process: &mut Process,
    reference: Time,
    target: Var<Text>,
    value: Var<Text>,
) -> Result<()> {
    let (its_name, its_value) = of_event(process, reference, "XML processing instruction", |event| {
        if let Event::Instruction(name, value) = event { Some((name, value)) } else { None }
    })?;
    target.set(Text::from(its_name));
    value.set(Text::from(its_value));
    Ok(())
}
