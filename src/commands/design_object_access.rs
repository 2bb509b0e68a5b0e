//! Theme Design Object Access: the code of the project as data, by the internal paths of 4D.
//!
//! The commands read the folders of the sources each time, so that what a program has written a moment ago is seen.
//! There are no locks to wait for and no counter of changes: a stamp is the time of a file, in seconds.

use crate::builtin::parameter::{OneOf, Rest, Star, Var};
use crate::builtin::{Command, Theme};
use crate::commands::design_object_access::sources::{Kind, Place, Sources, unknown};
use crate::native;
use crate::runtime::documents::{moment, read, write};
use crate::runtime::process::Process;
use crate::runtime::sandbox;
use crate::source::decode::decode;
use crate::value::array::{Array, Items};
use crate::value::compare;
use crate::value::error::{Error, Result};
use crate::value::object::Object;
use crate::value::pointer::Pointer;
use crate::value::text::Text;
use crate::value::{ArrayType, Value, json};

mod code;

mod sources;

/// The theme.
pub const THEME: Theme = Theme {
    name: "Design Object Access",
    commands: &[
        CURRENT_METHOD_PATH,
        FORM_GET_NAMES,
        METHOD_GET_ATTRIBUTE,
        METHOD_GET_ATTRIBUTES,
        METHOD_GET_CODE,
        METHOD_GET_COMMENTS,
        METHOD_GET_FOLDERS,
        METHOD_GET_MODIFICATION_DATE,
        METHOD_GET_NAMES,
        METHOD_GET_PATH,
        METHOD_GET_PATHS,
        METHOD_GET_PATHS_FORM,
        METHOD_RESOLVE_PATH,
        METHOD_SET_ACCESS_MODE,
        METHOD_SET_ATTRIBUTE,
        METHOD_SET_ATTRIBUTES,
        METHOD_SET_CODE,
        METHOD_SET_COMMENTS,
    ],
};

/// Several variables or one: how most of these commands take paths and give what stands there.
type Paths = OneOf<Array, Text>;

fn fill(target: &Var<Array>, texts: Vec<String>) {
    let mut items = vec![Text::default()];
    items.extend(texts.into_iter().map(Text::from));
    target.array(ArrayType::Text).with_mut(|old| *old = Items::Text(items));
}

/// Whether a name passes a filter with `@`; an empty one lets all pass.
fn passes(name: &str, filter: Option<&Text>) -> bool {
    filter.is_none_or(|filter| filter.is_empty() || compare::equal(&Text::from(name), filter))
}

/// What a command gives for each path, into an array of that type or into the one variable.
fn for_each_path(
    paths: &Paths,
    target: &Var<Value>,
    type_: ArrayType,
    mut give: impl FnMut(&str) -> Result<Value>,
) -> Result<()> {
    match paths {
        OneOf::Second(path) => {
            target.set(give(&path.to_str())?);
        }
        OneOf::First(paths) => {
            let mut items = Items::new(type_, paths.size());
            for index in 1..=paths.size() {
                if let Some(Value::Text(path)) = paths.get(index) {
                    items.set(index, give(&path.to_str())?);
                }
            }
            if let Value::Array(array) = target.value()
                && array.with(|old| old.element_type() == type_)
            {
                array.with_mut(|old| *old = items);
            } else {
                target.set(Value::Array(Array::with_items(items)));
            }
        }
    }
    Ok(())
}

/// The pairs of a path and the value that goes there.
fn pairs(paths: &Paths, values: Value) -> Result<Vec<(String, Value)>> {
    match (paths, values) {
        (OneOf::Second(path), value) => Ok(vec![(path.to_str().into_owned(), value)]),
        (OneOf::First(paths), Value::Array(values)) => Ok((1..=paths.size())
            .filter_map(|index| match (paths.get(index), values.get(index)) {
                (Some(Value::Text(path)), Some(value)) => Some((path.to_str().into_owned(), value)),
                _short => None,
            })
            .collect()),
        (OneOf::First(_), _) => {
            Err(Error::types("an array of paths goes with an array of what belongs to them"))
        }
    }
}

const CURRENT_METHOD_PATH: Command = Command {
    number: 1201,
    name: "Current method path",
    thread_safe: true,
    help: "The internal path of the method that runs.",
    syntaxes: &[native!(current_method_path(process))],
};

fn current_method_path(process: &mut Process) -> Result<String> {
    let code = process.stack.frame().map(|frame| frame.code);
    let name = code.map(|code| process.unit_name(code)).unwrap_or_default();
    let sources = Sources::of(process)?;
    if let Some((class, function)) = name.split_once('.') {
        return Ok(format!("[class]/{class}/{function}"));
    }
    let database = format!("[databaseMethod]/{name}");
    let is_database = Place::parse(&database).is_some_and(|place| sandbox::is_file(&sources.file(&place)));
    Ok(if is_database { database } else { name })
}

const FORM_GET_NAMES: Command = Command {
    number: 1167,
    name: "FORM GET NAMES",
    thread_safe: false,
    help: "Fills an array with the names of the project's forms.",
    syntaxes: &[
        native!(form_get_names(process, arrNames, filter, marker, star)),
        native!(form_get_names_of_table(aTable, arrNames, filter, marker, star)),
    ],
};

fn form_get_names(
    process: &mut Process,
    names: Var<Array>,
    filter: Option<Text>,
    marker: Option<Var<f64>>,
    _host: Option<Star>,
) -> Result<()> {
    let sources = Sources::of(process)?;
    let forms = sources.folders("Forms");
    fill(&names, forms.into_iter().filter(|name| passes(name, filter.as_ref())).collect());
    if let Some(marker) = marker {
        marker.set(sources.stamp(Kind::ProjectForm));
    }
    Ok(())
}

fn form_get_names_of_table(
    _table: Value,
    _names: Var<Array>,
    _filter: Option<Text>,
    _marker: Option<Var<f64>>,
    _host: Option<Star>,
) -> Result<()> {
    Err(no_tables())
}

#[cold]
fn no_tables() -> Error {
    Error::quatre(9003, "a table needs a data engine, which Quatre does not have")
}

const METHOD_GET_NAMES: Command = Command {
    number: 1166,
    name: "METHOD GET NAMES",
    thread_safe: true,
    help: "Fills an array with the names of the project methods.",
    syntaxes: &[native!(method_get_names(process, arrNames, filter, star))],
};

fn method_get_names(
    process: &mut Process,
    names: Var<Array>,
    filter: Option<Text>,
    _host: Option<Star>,
) -> Result<()> {
    let sources = Sources::of(process)?;
    let methods = sources.items(Kind::ProjectMethod).into_iter().map(|item| sources::decoded(&item.path));
    fill(&names, methods.filter(|name| passes(name, filter.as_ref())).collect());
    Ok(())
}

const METHOD_GET_FOLDERS: Command = Command {
    number: 1206,
    name: "METHOD GET FOLDERS",
    thread_safe: false,
    help: "Fills an array with the names of the folders that the project sorts its methods in.",
    syntaxes: &[native!(method_get_folders(process, arrNames, filter, star))],
};

fn method_get_folders(
    process: &mut Process,
    names: Var<Array>,
    filter: Option<Text>,
    _host: Option<Star>,
) -> Result<()> {
    let mut folders: Vec<String> =
        Sources::of(process)?.home_page().into_iter().map(|(name, _)| name).collect();
    folders.sort_by_key(|name| name.to_lowercase());
    folders.retain(|name| passes(name, filter.as_ref()));
    fill(&names, folders);
    Ok(())
}

const METHOD_GET_PATHS: Command = Command {
    number: 1163,
    name: "METHOD GET PATHS",
    thread_safe: false,
    help: "Fills an array with the internal paths of methods of some kinds.",
    syntaxes: &[
        native!(method_get_paths(process, methodType, arrPaths, stamp, star)),
        native!(method_get_paths_of_folder(process, folderName, methodType, arrPaths, stamp, star)),
    ],
};

fn method_get_paths(
    process: &mut Process,
    kinds: i32,
    paths: Var<Array>,
    stamp: Option<Var<f64>>,
    _host: Option<Star>,
) -> Result<()> {
    give_paths(process, None, kinds, &paths, stamp)
}

fn method_get_paths_of_folder(
    process: &mut Process,
    folder: Text,
    kinds: i32,
    paths: Var<Array>,
    stamp: Option<Var<f64>>,
    _host: Option<Star>,
) -> Result<()> {
    give_paths(process, Some(folder), kinds, &paths, stamp)
}

fn give_paths(
    process: &mut Process,
    folder: Option<Text>,
    kinds: i32,
    target: &Var<Array>,
    stamp: Option<Var<f64>>,
) -> Result<()> {
    let sources = Sources::of(process)?;
    let least = stamp.as_ref().and_then(|stamp| stamp.get().ok()).unwrap_or(0.0);
    let mut newest = least;
    let mut found = Vec::new();
    for kind in Kind::ALL.into_iter().filter(|kind| kinds & kind.bit() != 0) {
        for item in sources.items(kind) {
            newest = newest.max(item.stamp);
            if item.stamp >= least {
                found.push(item.path);
            }
        }
    }
    if let Some(folder) = folder.filter(|folder| !folder.is_empty()) {
        let members = sources.members_of(&folder);
        found.retain(|path| members.iter().any(|member| member == path));
    }
    fill(target, found);
    if let Some(stamp) = stamp {
        stamp.set(newest);
    }
    Ok(())
}

const METHOD_GET_PATHS_FORM: Command = Command {
    number: 1168,
    name: "METHOD GET PATHS FORM",
    thread_safe: false,
    help: "Fills an array with the internal paths of the methods of the project's forms and of their objects.",
    syntaxes: &[
        native!(method_get_paths_form(process, arrPaths, filter, stamp, star)),
        native!(form_get_names_of_table(aTable, arrPaths, filter, stamp, star)),
    ],
};

fn method_get_paths_form(
    process: &mut Process,
    paths: Var<Array>,
    filter: Option<Text>,
    stamp: Option<Var<f64>>,
    _host: Option<Star>,
) -> Result<()> {
    let sources = Sources::of(process)?;
    let least = stamp.as_ref().and_then(|stamp| stamp.get().ok()).unwrap_or(0.0);
    let items = sources.items(Kind::ProjectForm).into_iter().filter(|item| item.stamp >= least);
    let named = items.filter(|item| passes(item.path.split('/').nth(1).unwrap_or_default(), filter.as_ref()));
    fill(&paths, named.map(|item| item.path).collect());
    if let Some(stamp) = stamp {
        stamp.set(sources.stamp(Kind::ProjectForm).max(least));
    }
    Ok(())
}

const METHOD_GET_PATH: Command = Command {
    number: 1164,
    name: "METHOD Get path",
    thread_safe: false,
    help: "The internal path of a method, by its kind and its names.",
    syntaxes: &[
        native!(method_get_path(methodType, objectName, formObjectName, star)),
        native!(method_get_path_of_table(methodType, aTable, objectName, formObjectName, star)),
    ],
};

fn method_get_path(
    kind: i32,
    object: Option<Text>,
    inner: Option<Text>,
    _host: Option<Star>,
) -> Result<String> {
    let kind = Kind::of(kind).ok_or_else(|| {
        Error::types(format!("{kind} is no kind of methods")).help("use `Path project method`")
    })?;
    let object = object.map(|name| sources::encoded(&name.to_str())).unwrap_or_default();
    Ok(match kind {
        Kind::ProjectForm => {
            let inner = inner
                .map_or_else(|| sources::FORM_METHOD.to_owned(), |name| sources::encoded(&name.to_str()));
            format!("{}{object}/{inner}", kind.prefix())
        }
        Kind::Trigger | Kind::TableForm => return Err(no_tables()),
        Kind::ProjectMethod | Kind::DatabaseMethod | Kind::Class => format!("{}{object}", kind.prefix()),
    })
}

fn method_get_path_of_table(
    _kind: i32,
    _table: Value,
    _object: Option<Text>,
    _inner: Option<Text>,
    _host: Option<Star>,
) -> Result<String> {
    Err(no_tables())
}

const METHOD_RESOLVE_PATH: Command = Command {
    number: 1165,
    name: "METHOD RESOLVE PATH",
    thread_safe: false,
    help: "Takes an internal path of a method apart.",
    syntaxes: &[native!(method_resolve_path(path, methodType, ptrTable, objectName, formObjectName, star))],
};

fn method_resolve_path(
    path: Text,
    kind: Var<i32>,
    table: Var<Pointer>,
    object: Var<Text>,
    inner: Var<Text>,
    _host: Option<Star>,
) -> Result<()> {
    let place = Place::parse(&path.to_str()).ok_or_else(|| unknown(&path.to_str()))?;
    kind.set(Value::Integer(place.kind.bit()));
    table.set(Value::Pointer(Pointer::default()));
    let form_object = place.inner.as_deref().filter(|inner| *inner != sources::FORM_METHOD);
    object.set(Value::Text(Text::from(sources::decoded(&place.name))));
    inner.set(Value::Text(form_object.map(|name| Text::from(sources::decoded(name))).unwrap_or_default()));
    Ok(())
}

const METHOD_GET_CODE: Command = Command {
    number: 1190,
    name: "METHOD GET CODE",
    thread_safe: false,
    help: "Gives the code of one method, or of several, by their internal paths.",
    syntaxes: &[native!(method_get_code(process, path, code, option, star))],
};

fn method_get_code(
    process: &mut Process,
    paths: Paths,
    target: Var<Value>,
    option: Option<i32>,
    _host: Option<Star>,
) -> Result<()> {
    let sources = Sources::of(process)?;
    let tokens = option == Some(1);
    for_each_path(&paths, &target, ArrayType::Text, |path| {
        let text = text_at(&sources, path)?;
        Ok(Value::Text(Text::from(code::exported(&text, tokens))))
    })
}

/// The text of the file of a method.
fn text_at(sources: &Sources, path: &str) -> Result<String> {
    Ok(decode(read(&sources.existing(path)?)?).0)
}

const METHOD_SET_CODE: Command = Command {
    number: 1194,
    name: "METHOD SET CODE",
    thread_safe: false,
    help: "Writes the code of one method, or of several; a method that is new is made.",
    syntaxes: &[native!(method_set_code(process, path, code, star))],
};

fn method_set_code(
    process: &mut Process,
    paths: Paths,
    value: Var<Value>,
    _host: Option<Star>,
) -> Result<()> {
    let sources = Sources::of(process)?;
    for (path, value) in pairs(&paths, value.value())? {
        let place = Place::parse(&path).ok_or_else(|| unknown(&path))?;
        let Value::Text(text) = value else { return Err(Error::types("the code of a method is a Text")) };
        let file = sources.file(&place);
        if let Some(folder) = file.parent() {
            sandbox::create_folders(folder)
                .map_err(|problem| crate::runtime::documents::failed("create", folder, &problem))?;
        }
        write(&file, code::imported(&text.to_str(), place.kind == Kind::ProjectMethod).as_bytes())?;
    }
    Ok(())
}

const METHOD_GET_COMMENTS: Command = Command {
    number: 1189,
    name: "METHOD GET COMMENTS",
    thread_safe: false,
    help: "Gives the documentation of one method, or of several, by their internal paths.",
    syntaxes: &[native!(method_get_comments(process, path, comments, star))],
};

fn method_get_comments(
    process: &mut Process,
    paths: Paths,
    target: Var<Value>,
    _host: Option<Star>,
) -> Result<()> {
    let sources = Sources::of(process)?;
    for_each_path(&paths, &target, ArrayType::Text, |path| {
        sources.existing(path)?;
        let place = Place::parse(path).ok_or_else(|| unknown(path))?;
        let file = sources.documentation(&place);
        let text = if sandbox::is_file(&file) { decode(read(&file)?).0 } else { String::new() };
        Ok(Value::Text(Text::from(text)))
    })
}

const METHOD_SET_COMMENTS: Command = Command {
    number: 1193,
    name: "METHOD SET COMMENTS",
    thread_safe: false,
    help: "Writes the documentation of one method, or of several.",
    syntaxes: &[native!(method_set_comments(process, path, comments, star))],
};

fn method_set_comments(
    process: &mut Process,
    paths: Paths,
    value: Var<Value>,
    _host: Option<Star>,
) -> Result<()> {
    let sources = Sources::of(process)?;
    for (path, value) in pairs(&paths, value.value())? {
        sources.existing(&path)?;
        let place = Place::parse(&path).ok_or_else(|| unknown(&path))?;
        let Value::Text(text) = value else { return Err(Error::types("documentation is a Text")) };
        let file = sources.documentation(&place);
        if let Some(folder) = file.parent() {
            sandbox::create_folders(folder)
                .map_err(|problem| crate::runtime::documents::failed("create", folder, &problem))?;
        }
        write(&file, text.to_str().as_bytes())?;
    }
    Ok(())
}

const METHOD_GET_MODIFICATION_DATE: Command = Command {
    number: 1170,
    name: "METHOD GET MODIFICATION DATE",
    thread_safe: false,
    help: "Gives date and time of the last change of one method, or of several.",
    syntaxes: &[native!(method_get_modification_date(process, path, modDate, modTime, star))],
};

fn method_get_modification_date(
    process: &mut Process,
    paths: Paths,
    date: Var<Value>,
    time: Var<Value>,
    _host: Option<Star>,
) -> Result<()> {
    let sources = Sources::of(process)?;
    let of = |path: &str| -> Result<_> {
        let file = sources.existing(path)?;
        let facts = sandbox::facts(&file)
            .map_err(|problem| crate::runtime::documents::failed("read", &file, &problem))?;
        Ok(moment(facts.modified))
    };
    for_each_path(&paths, &date, ArrayType::Date, |path| Ok(Value::Date(of(path)?.0)))?;
    for_each_path(&paths, &time, ArrayType::Longint, |path| {
        let time = of(path)?.1;
        Ok(if matches!(paths, OneOf::First(_)) { Value::Integer(time.seconds()) } else { Value::Time(time) })
    })
}

/// The attributes by their numbers, as files name them.
const ATTRIBUTES: [(i32, &str); 7] = [
    (1, "invisible"),
    (2, "publishedWeb"),
    (3, "publishedSoap"),
    (4, "publishedWsdl"),
    (5, "shared"),
    (7, "publishedSql"),
    (8, "executedOnServer"),
];

/// What the constant `Attribute folder name` stands for.
const FOLDER: i32 = 1024;

const METHOD_GET_ATTRIBUTE: Command = Command {
    number: 1169,
    name: "METHOD Get attribute",
    thread_safe: false,
    help: "Whether a project method has an attribute.",
    syntaxes: &[native!(method_get_attribute(process, path, attribType, star))],
};

fn method_get_attribute(
    process: &mut Process,
    path: Text,
    attribute: i32,
    _host: Option<Star>,
) -> Result<bool> {
    let sources = Sources::of(process)?;
    let name = attribute_name(attribute)?;
    let attributes = code::attributes(&text_at(&sources, &path.to_str())?);
    Ok(attributes.get(&Text::from(name)).is_some_and(|value| matches!(value, Value::Boolean(true))))
}

fn attribute_name(number: i32) -> Result<&'static str> {
    ATTRIBUTES.iter().find(|(known, _)| *known == number).map(|(_, name)| *name).ok_or_else(|| {
        Error::types(format!("{number} is no attribute of methods"))
            .help("use `Attribute invisible` and its like")
    })
}

const METHOD_GET_ATTRIBUTES: Command = Command {
    number: 1334,
    name: "METHOD GET ATTRIBUTES",
    thread_safe: true,
    help: "Gives all attributes of one method, or of several, as objects.",
    syntaxes: &[native!(method_get_attributes(process, path, attributes, star))],
};

fn method_get_attributes(
    process: &mut Process,
    paths: Paths,
    target: Var<Value>,
    _host: Option<Star>,
) -> Result<()> {
    let sources = Sources::of(process)?;
    for_each_path(&paths, &target, ArrayType::Object, |path| {
        let written = code::attributes(&text_at(&sources, path)?);
        let all = Object::new();
        let _ = all.set(&Text::from("invisible"), Value::Boolean(false));
        let _ = all.set(&Text::from("preemptive"), Value::Text(Text::from("indifferent")));
        for (_, name) in ATTRIBUTES.iter().skip(1) {
            let _ = all.set(&Text::from(*name), Value::Boolean(false));
        }
        if let Some(folder) = sources.folder_of(path) {
            let _ = all.set(&Text::from("folder"), Value::Text(Text::from(folder)));
        }
        for (name, value) in written.entries() {
            let _ = all.set(&name, value);
        }
        Ok(Value::Object(all))
    })
}

const METHOD_SET_ATTRIBUTE: Command = Command {
    number: 1192,
    name: "METHOD SET ATTRIBUTE",
    thread_safe: false,
    help: "Gives a project method attributes, or takes them away.",
    syntaxes: &[native!(method_set_attribute(process, path, attribType, attribValue, more))],
};

fn method_set_attribute(
    process: &mut Process,
    path: Text,
    attribute: i32,
    value: OneOf<bool, Text>,
    more: Rest<OneOf<Star, Value>>,
) -> Result<()> {
    let sources = Sources::of(process)?;
    let changes = Object::new();
    let change = |attribute: i32, value: Value| -> Result<()> {
        let name = if attribute == FOLDER { "folder" } else { attribute_name(attribute)? };
        let _ = changes.set(&Text::from(name), value);
        Ok(())
    };
    change(
        attribute,
        match value {
            OneOf::First(on) => Value::Boolean(on),
            OneOf::Second(name) => Value::Text(name),
        },
    )?;
    let rest: Vec<Value> = more
        .0
        .into_iter()
        .filter_map(|part| if let OneOf::Second(value) = part { Some(value) } else { None })
        .collect();
    for pair in rest.chunks(2) {
        let known = match pair {
            [Value::Integer(number), value] => Some((*number, value)),
            [Value::Real(number), value] => Some((crate::value::number::to_integer(*number), value)),
            _other => None,
        };
        let Some((number, value)) = known else {
            return Err(Error::types("attributes and their values go in pairs"));
        };
        change(number, value.clone())?;
    }
    write_attributes(&sources, &path.to_str(), &changes)
}

const METHOD_SET_ATTRIBUTES: Command = Command {
    number: 1335,
    name: "METHOD SET ATTRIBUTES",
    thread_safe: false,
    help: "Gives one method, or several, the attributes that objects hold.",
    syntaxes: &[native!(method_set_attributes(process, path, attributes, star))],
};

fn method_set_attributes(
    process: &mut Process,
    paths: Paths,
    value: Var<Value>,
    _host: Option<Star>,
) -> Result<()> {
    let sources = Sources::of(process)?;
    for (path, value) in pairs(&paths, value.value())? {
        let Value::Object(changes) = value else { return Err(Error::types("attributes are an Object")) };
        write_attributes(&sources, &path, &changes)?;
    }
    Ok(())
}

/// Changes the line of attributes at the head of a method.
fn write_attributes(sources: &Sources, path: &str, changes: &Object) -> Result<()> {
    let file = sources.existing(path)?;
    let text = text_at(sources, path)?;
    let attributes = code::attributes(&text);
    for (name, value) in changes.entries() {
        if &*name.to_str() == "folder" {
            let message =
                "the folder of a method cannot be changed: it stands in folders.json of the project";
            return Err(Error::quatre(9001, message));
        }
        if matches!(value, Value::Boolean(false)) {
            let _ = attributes.remove(&name);
        } else {
            let _ = attributes.set(&name, value);
        }
    }
    let line = json::stringify(&Value::Object(attributes), false)?;
    write(&file, code::with_attributes(&text, &line.to_str()).as_bytes())
}

const METHOD_SET_ACCESS_MODE: Command = Command {
    number: 1191,
    name: "METHOD SET ACCESS MODE",
    thread_safe: false,
    help: "Says what happens when a method is locked by another user: nothing, because there are no locks.",
    syntaxes: &[native!(method_set_access_mode(mode))],
};

fn method_set_access_mode(_mode: i32) {}
