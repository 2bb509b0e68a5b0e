//! Internal paths of methods, and the files they stand for.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::runtime::location::{Location, Syntax};
use crate::runtime::process::Process;
use crate::runtime::sandbox::{self, Kind as EntryKind};
use crate::value::error::{Error, Result};
use crate::value::text::Text;
use crate::value::{Value, compare, json};

/// What stands in a path for the method of a form itself.
pub(super) const FORM_METHOD: &str = "{formMethod}";

/// The kinds of methods, as the constants of the theme number them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    ProjectMethod,
    DatabaseMethod,
    ProjectForm,
    Trigger,
    TableForm,
    Class,
}

impl Kind {
    pub(super) const ALL: [Self; 6] = [
        Self::ProjectMethod,
        Self::DatabaseMethod,
        Self::ProjectForm,
        Self::Trigger,
        Self::TableForm,
        Self::Class,
    ];

    pub(super) fn bit(self) -> i32 {
        match self {
            Self::ProjectMethod => 1,
            Self::DatabaseMethod => 2,
            Self::ProjectForm => 4,
            Self::Trigger => 8,
            Self::TableForm => 16,
            Self::Class => 32,
        }
    }

    /// The kind of this number.
    pub(super) fn of(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.bit() == number)
    }

    /// How its paths begin.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::ProjectMethod => "",
            Self::DatabaseMethod => "[databaseMethod]/",
            Self::ProjectForm => "[projectForm]/",
            Self::Trigger => "[trigger]/",
            Self::TableForm => "[tableForm]/",
            Self::Class => "[class]/",
        }
    }

    /// The folder of its files.
    fn folder(self) -> &'static str {
        match self {
            Self::ProjectMethod => "Methods",
            Self::DatabaseMethod => "DatabaseMethods",
            Self::ProjectForm => "Forms",
            Self::Trigger => "Triggers",
            Self::TableForm => "TableForms",
            Self::Class => "Classes",
        }
    }
}

/// An internal path taken apart. Names are as files have them: `a%2Fb`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) kind: Kind,
    /// The method, class or form; of a form of a table with the table before it.
    pub(super) name: String,
    /// The object of a form, or `{formMethod}`.
    pub(super) inner: Option<String>,
}

impl Place {
    pub(super) fn parse(path: &str) -> Option<Self> {
        if path.is_empty() {
            return None;
        }
        if !path.starts_with('[') {
            return Some(Self { kind: Kind::ProjectMethod, name: path.to_owned(), inner: None });
        }
        let kind = Kind::ALL.into_iter().filter(|kind| !kind.prefix().is_empty()).find(|kind| {
            path.get(..kind.prefix().len()).is_some_and(|start| start.eq_ignore_ascii_case(kind.prefix()))
        })?;
        let rest = path.get(kind.prefix().len()..)?;
        let safe = rest.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
        if !safe || rest.contains('\\') {
            return None;
        }
        let (name, inner) = match kind {
            Kind::ProjectForm | Kind::TableForm => {
                let (name, inner) = rest.rsplit_once('/')?;
                (name.to_owned(), Some(inner.to_owned()))
            }
            // A path of a function leads to its class.
            Kind::Class => (rest.split('/').next()?.to_owned(), None),
            Kind::ProjectMethod | Kind::DatabaseMethod | Kind::Trigger => (rest.to_owned(), None),
        };
        Some(Self { kind, name, inner })
    }
}

/// A method on disk.
pub(super) struct Item {
    /// Its internal path.
    pub(super) path: String,
    /// When its file was changed, in seconds.
    pub(super) stamp: f64,
}

/// The folders that hold code: those of a project, or what stands beside a script.
pub(super) struct Sources {
    root: PathBuf,
    is_project: bool,
}

impl Sources {
    pub(super) fn of(process: &Process) -> Result<Self> {
        let root = Location::parse(&process.runtime, "/SOURCES/", Syntax::Posix)?.path();
        let is_project = root.file_name().is_some_and(|name| name == "Sources");
        Ok(Self { root, is_project })
    }

    fn folder(&self, kind: Kind) -> PathBuf {
        if kind == Kind::ProjectMethod && !self.is_project {
            return self.root.clone();
        }
        self.root.join(kind.folder())
    }

    /// The file that a path stands for, whether or not it is there.
    pub(super) fn file(&self, place: &Place) -> PathBuf {
        let folder = self.folder(place.kind);
        let Some(inner) = &place.inner else { return folder.join(format!("{}.4dm", place.name)) };
        let form = folder.join(&place.name);
        if inner == FORM_METHOD {
            form.join("method.4dm")
        } else {
            form.join("ObjectMethods").join(format!("{inner}.4dm"))
        }
    }

    /// The file of a path, which must be there.
    pub(super) fn existing(&self, path: &str) -> Result<PathBuf> {
        let place = Place::parse(path).ok_or_else(|| unknown(path))?;
        let file = self.file(&place);
        if sandbox::is_file(&file) {
            return Ok(file);
        }
        // Names of methods have no case, those of files may.
        let same = |item: &Item| item.path.eq_ignore_ascii_case(path);
        let found = self.items(place.kind).into_iter().find(same);
        let place = found.and_then(|item| Place::parse(&item.path)).ok_or_else(|| unknown(path))?;
        Ok(self.file(&place))
    }

    /// The Markdown file of its documentation.
    pub(super) fn documentation(&self, place: &Place) -> PathBuf {
        let package = if self.is_project { self.root.ancestors().nth(2) } else { Some(self.root.as_path()) };
        let folder = package.unwrap_or(&self.root).join("Documentation").join(place.kind.folder());
        folder.join(match &place.inner {
            Some(inner) if inner != FORM_METHOD => format!("{}/{inner}.md", place.name),
            _itself => format!("{}.md", place.name),
        })
    }

    /// All methods of a kind, in the order of their names.
    pub(super) fn items(&self, kind: Kind) -> Vec<Item> {
        let folder = self.folder(kind);
        let mut items = match kind {
            Kind::ProjectMethod | Kind::DatabaseMethod | Kind::Trigger | Kind::Class => files(&folder)
                .into_iter()
                .map(|(name, stamp)| Item { path: format!("{}{name}", kind.prefix()), stamp })
                .collect(),
            Kind::ProjectForm => form_items(&folder, kind.prefix()),
            Kind::TableForm => entries(&folder, EntryKind::Folder)
                .into_iter()
                .flat_map(|table| form_items(&folder.join(&table), &format!("{}{table}/", kind.prefix())))
                .collect::<Vec<_>>(),
        };
        items.sort_by_key(|item| item.path.to_lowercase());
        items
    }

    /// The newest stamp of a kind.
    pub(super) fn stamp(&self, kind: Kind) -> f64 {
        self.items(kind).iter().map(|item| item.stamp).fold(0.0, f64::max)
    }

    /// The names of the folders in one of the folders of the sources.
    pub(super) fn folders(&self, name: &str) -> Vec<String> {
        let mut names = entries(&self.root.join(name), EntryKind::Folder);
        names.sort_by_key(|name| name.to_lowercase());
        names
    }

    /// The folders that `folders.json` sorts methods and classes in, with the paths in each.
    pub(super) fn home_page(&self) -> Vec<(String, Vec<String>)> {
        let bytes = sandbox::read(&self.root.join("folders.json")).unwrap_or_default();
        let Ok(Value::Object(folders)) = json::parse(&String::from_utf8_lossy(&bytes)) else {
            return Vec::new();
        };
        let in_folder = |folder: &Value| {
            let Value::Object(folder) = folder else { return Vec::new() };
            let list = |key: &str, prefix: &str| match folder.get(&Text::from(key)) {
                Some(Value::Collection(names)) => names
                    .to_vec()
                    .iter()
                    .filter_map(|name| {
                        if let Value::Text(name) = name { Some(name.to_str().into_owned()) } else { None }
                    })
                    .map(|name| format!("{prefix}{}", encoded(&name)))
                    .collect(),
                _none => Vec::new(),
            };
            [list("methods", ""), list("classes", Kind::Class.prefix())].concat()
        };
        folders
            .entries()
            .iter()
            .map(|(name, folder)| (name.to_str().into_owned(), in_folder(folder)))
            .collect()
    }

    /// The paths in the folder of that name.
    pub(super) fn members_of(&self, folder: &Text) -> Vec<String> {
        let same = |name: &String| compare::equal_plain(&Text::from(name.as_str()), folder);
        self.home_page()
            .into_iter()
            .find(|(name, _)| same(name))
            .map(|(_, members)| members)
            .unwrap_or_default()
    }

    /// The folder that holds a path.
    pub(super) fn folder_of(&self, path: &str) -> Option<String> {
        self.home_page()
            .into_iter()
            .find(|(_, members)| members.iter().any(|member| member.eq_ignore_ascii_case(path)))
            .map(|(name, _)| name)
    }
}

fn form_items(folder: &Path, prefix: &str) -> Vec<Item> {
    let mut items = Vec::new();
    for form in entries(folder, EntryKind::Folder) {
        let inside = folder.join(&form);
        let own = files(&inside).into_iter().find(|(name, _)| name == "method");
        items.extend(own.map(|(_, stamp)| Item { path: format!("{prefix}{form}/{FORM_METHOD}"), stamp }));
        let objects = files(&inside.join("ObjectMethods")).into_iter();
        items.extend(objects.map(|(name, stamp)| Item { path: format!("{prefix}{form}/{name}"), stamp }));
    }
    items
}

fn entries(folder: &Path, kind: EntryKind) -> Vec<String> {
    let entries = sandbox::list(folder).unwrap_or_default();
    entries.into_iter().filter(|entry| entry.kind == kind).map(|entry| entry.name).collect()
}

/// The files of code in a folder: their names without extension, and when they were changed.
fn files(folder: &Path) -> Vec<(String, f64)> {
    entries(folder, EntryKind::File)
        .into_iter()
        .filter_map(|name| {
            let facts = sandbox::facts(&folder.join(&name)).ok();
            let since = facts.and_then(|facts| facts.modified.duration_since(UNIX_EPOCH).ok());
            let stem = name.strip_suffix(".4dm")?.to_owned();
            Some((stem, since.map_or(0.0, |since| since.as_secs_f64().floor())))
        })
        .collect()
}

/// A name as a path has it: what file systems do not like is written as `%2F`.
pub(super) fn encoded(name: &str) -> String {
    name.chars().fold(String::new(), |mut text, c| {
        match c {
            '"' | '*' | ':' | '<' | '>' | '?' | '|' | '\\' | '/' | '%' => {
                text.push_str(&format!("%{:02X}", u32::from(c)));
            }
            _other => text.push(c),
        }
        text
    })
}

/// The name that a path has so.
pub(super) fn decoded(name: &str) -> String {
    crate::runtime::exchange::decoded(name, false)
}

#[cold]
pub(super) fn unknown(path: &str) -> Error {
    Error::quatre(2001, format!("there is no method `{path}`"))
        .help("`METHOD GET PATHS` lists the paths of all methods")
}
