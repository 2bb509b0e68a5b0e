//! Checking files without running them: each is read, and its names and types are resolved, among the methods and
//! classes of the project to which it belongs, or of the folder in which it lies.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::diagnostics::{Code, Diagnostic, Severity, machine};
use crate::engine::catalog;
use crate::engine::library::{Library, load};
use crate::engine::project::{self, Project};
use crate::lint::suppress;
use crate::program::Program;
use crate::runtime::TextKind;
use crate::source::Sources;
use crate::syntax::parse_file;
use crate::value::function::{ClassId, MethodId};

/// What a file is in its project.
#[derive(Clone, Copy)]
enum Role {
    Method(MethodId),
    Class(ClassId),
}

/// A project, or a folder of scripts.
struct Surroundings {
    library: Library,
    /// Its methods and classes by the name of their file.
    members: FxHashMap<OsString, Vec<(PathBuf, Role)>>,
}

impl Surroundings {
    fn new(project: &Project, sources: &Arc<Sources>) -> Self {
        let program = Arc::new(Program::sharing(Arc::clone(sources)));
        let library = Library::new(project, program, catalog());
        let methods = project.methods.iter().map(|m| (m, library.method(&m.name).map(Role::Method)));
        let classes = project.classes.iter().map(|m| (m, library.class_id(&m.name).map(Role::Class)));
        let mut members: FxHashMap<OsString, Vec<(PathBuf, Role)>> = FxHashMap::default();
        for (member, role) in methods.chain(classes) {
            if let (Some(name), Some(role)) = (member.path.file_name(), role) {
                members.entry(name.to_owned()).or_default().push((member.path.clone(), role));
            }
        }
        Self { library, members }
    }

    fn check(&self, path: &Path) -> Vec<Diagnostic> {
        let named = path.file_name().and_then(|name| self.members.get(name));
        let found = named.into_iter().flatten().find(|(other, _)| project::same_file(other, path));
        match found {
            Some((_, Role::Class(class))) => self.library.check_class(*class),
            Some((_, Role::Method(method))) => self.library.check(*method),
            // The method of a form or of the database, a trigger: nobody calls it by name.
            None => self.library.check(self.library.add_file(&path.to_string_lossy(), path.to_owned())),
        }
    }
}

/// How far a check goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// The text is parsed.
    Syntax,
    /// Names and types are resolved too.
    Names,
}

/// Checks files; what surrounds them is read once for all that have it in common. Many threads may share it.
pub struct Checker {
    depth: Depth,
    sources: Arc<Sources>,
    /// By the file of the project, or by the folder of a script.
    known: Mutex<FxHashMap<PathBuf, Arc<Surroundings>>>,
    /// Which surroundings a folder has.
    folders: Mutex<FxHashMap<PathBuf, PathBuf>>,
}

impl Checker {
    /// A checker that loads texts into this table.
    pub fn new(sources: Arc<Sources>, depth: Depth) -> Self {
        Self { depth, sources, known: Mutex::default(), folders: Mutex::default() }
    }

    /// Everything that is wrong with a file.
    pub fn check(&self, path: &Path) -> Vec<Diagnostic> {
        if self.depth == Depth::Syntax {
            return match load(path, &self.sources) {
                Ok(file) => parse_file(&file, catalog()).1,
                Err(problem) => vec![*problem],
            };
        }
        self.surroundings(path).map_or_else(|problem| vec![*problem], |surroundings| surroundings.check(path))
    }

    /// Everything that is wrong with a text that comes from no file.
    pub fn check_text(&self, name: &str, bytes: Vec<u8>) -> Vec<Diagnostic> {
        let alone = Surroundings::new(&Project::default(), &self.sources);
        match alone.library.add_bytes(name, bytes, TextKind::Method) {
            Ok(unit) if self.depth == Depth::Syntax => alone.library.problems(unit),
            Ok(unit) => alone.library.check(unit),
            Err(problems) => problems,
        }
    }

    /// What surrounds a file. The lock is held while it is read, so that nothing is read twice.
    fn surroundings(&self, path: &Path) -> Result<Arc<Surroundings>, Box<Diagnostic>> {
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = folders.get(&folder).and_then(|key| known.get(key)) {
            return Ok(Arc::clone(found));
        }
        let key = project::enclosing(path).unwrap_or_else(|| project::home(path));
        folders.insert(folder, key.clone());
        if let Some(found) = known.get(&key) {
            return Ok(Arc::clone(found));
        }
        let project = project::open(path)?.project;
        let found = Arc::new(Surroundings::new(&project, &self.sources));
        known.insert(key, Arc::clone(&found));
        Ok(found)
    }
}

/// Checks a whole project and gives the document of `check --format json`. What real 4D can do and Quatre cannot run is
/// left out, and so are the warnings of these numbers of 4D.
///
/// # Errors
/// The project cannot be opened.
pub fn check_project(file: &Path, without: &[String]) -> Result<String, Box<Diagnostic>> {
    let sources = Arc::new(Sources::new());
    let opened = project::open(file)?;
    let checker = Checker::new(Arc::clone(&sources), Depth::Names);
    let mut problems = opened.project.problems.clone();
    problems.extend(opened.project.files().flat_map(|member| checker.check(&member.path)));
    let hidden: Vec<u16> = without.iter().flat_map(|number| suppress::codes_of(number)).copied().collect();
    problems.retain(|problem| match problem.code {
        Code::Quatre(9000..=9999) => false,
        Code::Quatre(number) => problem.severity != Severity::Warning || !hidden.contains(&number),
        Code::Native(_) => true,
    });
    Ok(machine::json(&problems, &sources, Path::new("")))
}
