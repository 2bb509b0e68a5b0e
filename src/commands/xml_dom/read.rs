//! What nodes hold: names, values, attributes, and the tree as a text or a document.

use crate::builtin::Command;
use crate::builtin::parameter::Var;
use crate::commands::xml_dom::reference::{Trees, name_of, put, with_ok, with_trees};
use crate::native;
use crate::runtime::documents;
use crate::runtime::location::document_path;
use crate::runtime::process::Process;
use crate::value::blob::Blob;
use crate::value::charset::Charset;
use crate::value::error::{Error, Result};
use crate::value::text::Text;
use crate::value::xml::write;
use crate::value::{Type, Value};

pub(super) const GET_NAME: Command = Command {
    number: 730,
    name: "DOM GET XML ELEMENT NAME",
    thread_safe: true,
    help: "Gives the name of an element.",
    syntaxes: &[native!(get_name(process, elementRef, elementName))],
};

fn get_name(process: &mut Process, reference: Text, target: Var<Value>) -> Result<()> {
    let name = with_trees(process, |trees| {
        let place = trees.place(&reference)?;
        Ok(name_of(trees.tree(place)?, place.node))
    })?;
    put(process, &target, &name);
    Ok(())
}

pub(super) const GET_VALUE: Command = Command {
    number: 731,
    name: "DOM GET XML ELEMENT VALUE",
    thread_safe: true,
    help: "Gives the value of an element, converted to the type of the variable, and its CDATA sections.",
    syntaxes: &[native!(get_value(process, elementRef, elementValue, cDATA))],
};

fn get_value(
    process: &mut Process,
    reference: Text,
    target: Var<Value>,
    cdata: Option<Var<Value>>,
) -> Result<()> {
    let (value, section) = with_trees(process, |trees| {
        let place = trees.place(&reference)?;
        let tree = trees.tree(place)?;
        Ok((tree.own_text(place.node), tree.own_cdata(place.node)))
    })?;
    put(process, &target, &value);
    if let Some(cdata) = cdata {
        put(process, &cdata, &section);
    }
    Ok(())
}

pub(super) const COUNT_ATTRIBUTES: Command = Command {
    number: 727,
    name: "DOM Count XML attributes",
    thread_safe: true,
    help: "How many attributes an element has.",
    syntaxes: &[native!(count_attributes(process, elementRef))],
};

fn count_attributes(process: &mut Process, reference: Text) -> Result<i32> {
    with_trees(process, |trees| {
        let place = trees.element(&reference)?;
        let count = trees.tree(place)?.element(place.node).map_or(0, |element| element.attributes.len());
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    })
}

pub(super) const GET_ATTRIBUTE_BY_INDEX: Command = Command {
    number: 729,
    name: "DOM GET XML ATTRIBUTE BY INDEX",
    thread_safe: true,
    help: "Gives name and value of an attribute by its place in the order of the names.",
    syntaxes: &[native!(get_attribute_by_index(process, elementRef, attribIndex, attribName, attribValue))],
};

fn get_attribute_by_index(
    process: &mut Process,
    reference: Text,
    index: i32,
    name: Var<Value>,
    value: Var<Value>,
) -> Result<()> {
    let (its_name, its_value) = with_trees(process, |trees| {
        let place = trees.element(&reference)?;
        let attributes =
            trees.tree(place)?.element(place.node).map_or(&[][..], |element| &element.attributes);
        let mut sorted: Vec<_> = attributes.iter().collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        let at = usize::try_from(index).ok().and_then(|index| index.checked_sub(1));
        let found = at.and_then(|at| sorted.get(at)).map(|(name, value)| (name.to_string(), value.clone()));
        found.ok_or_else(|| {
            Error::quatre(5755, format!("there is no attribute {index}, the element has {}", sorted.len()))
        })
    })?;
    put(process, &name, &its_name);
    put(process, &value, &its_value);
    Ok(())
}

pub(super) const GET_ATTRIBUTE_BY_NAME: Command = Command {
    number: 728,
    name: "DOM GET XML ATTRIBUTE BY NAME",
    thread_safe: true,
    help: "Gives the value of an attribute by its name, converted to the type of the variable.",
    syntaxes: &[native!(get_attribute_by_name(process, elementRef, attribName, attribValue))],
};

fn get_attribute_by_name(
    process: &mut Process,
    reference: Text,
    name: Text,
    value: Var<Value>,
) -> Result<()> {
    let found = with_trees(process, |trees| {
        let place = trees.element(&reference)?;
        let found = trees.tree(place)?.attribute(place.node, &name.to_str());
        found.map(str::to_owned).ok_or_else(|| no_attribute(&name))
    })?;
    put(process, &value, &found);
    Ok(())
}

/// The error for an attribute that is not there.
#[cold]
pub(super) fn no_attribute(name: &Text) -> Error {
    Error::quatre(5755, format!("the element has no attribute `{}`", name.to_str()))
}

pub(super) const INFORMATION: Command = Command {
    number: 721,
    name: "DOM Get XML information",
    thread_safe: true,
    help: "A fact about an XML document: its encoding, its version, its DOCTYPE.",
    syntaxes: &[native!(information(process, elementRef, xmlInfo))],
};

fn information(process: &mut Process, reference: Text, which: i32) -> Result<Text> {
    with_trees(process, |trees| {
        let tree = trees.tree(trees.place(&reference)?)?;
        Ok(Text::from(match which {
            1 => &tree.dtd.public,
            2 => &tree.dtd.system,
            3 => &tree.dtd.name,
            4 => &tree.declaration.encoding,
            5 => &tree.declaration.version,
            6 => &tree.uri,
            _ => {
                return Err(Error::quatre(
                    5758,
                    format!("`DOM Get XML information` knows no information {which}"),
                )
                .help("use a constant such as `Encoding`"));
            }
        }))
    })
}

/// The text of a tree, its encoding, and whether a byte order mark begins it.
fn written(trees: &Trees, reference: &Text, for_bytes: bool) -> Result<(String, String, bool)> {
    let place = trees.place(reference)?;
    let tree = trees.tree(place)?;
    let encoding = tree.declaration.encoding.clone();
    let charset = if for_bytes { Charset::named(&encoding) } else { None };
    Ok((write::tree(tree, place.node, charset), encoding, tree.options.mark == 1))
}

pub(super) const EXPORT_TO_VAR: Command = Command {
    number: 863,
    name: "DOM EXPORT TO VAR",
    thread_safe: true,
    help: "Writes an XML tree into a text or a BLOB.",
    syntaxes: &[native!(export_to_var(process, elementRef, vXmlVar))],
};

fn export_to_var(process: &mut Process, reference: Text, target: Var<Value>) -> Result<()> {
    let is_blob = target.declared() == Type::Blob || matches!(target.value(), Value::Blob(_));
    let (text, encoding, mark) = with_trees(process, |trees| written(trees, &reference, is_blob))?;
    if is_blob {
        target.set(Value::Blob(Blob::from_vec(write::encode(text, &encoding, mark))));
    } else {
        target.set(Value::Text(Text::from(text)));
    }
    Ok(())
}

pub(super) const EXPORT_TO_FILE: Command = Command {
    number: 862,
    name: "DOM EXPORT TO FILE",
    thread_safe: true,
    help: "Writes an XML tree into a document.",
    syntaxes: &[native!(export_to_file(process, elementRef, filePath))],
};

fn export_to_file(process: &mut Process, reference: Text, path: Text) -> Result<()> {
    let outcome = written(process.state::<Trees>(), &reference, true).and_then(|(text, encoding, mark)| {
        if path.is_empty() {
            return Err(Error::native(-43, "`DOM EXPORT TO FILE` is given no path")
                .help("4D asks for a document when the path is \"\", and there is no dialog here"));
        }
        let path = document_path(&process.runtime, &path.to_str());
        documents::write(&path, &write::encode(text, &encoding, mark))
    });
    with_ok(process, outcome)
}
