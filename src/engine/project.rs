//! What is on disk: a project with its methods, classes and components, or a script that stands alone.
//!
//! Nothing is read but names and the few settings that change how code behaves; texts are loaded when they are needed.
//! A script sees the `.4dm` files beside it as methods and `Classes/*.4dm` beside it as classes, so that a folder of
//! scripts is a small project without a project file.

use std::path::{Path, PathBuf};

use crate::diagnostics::suggest::nearest;
use crate::diagnostics::{Code, Diagnostic};
use crate::engine::structure::{Settings, Table, read_settings, read_tables};
use crate::runtime::sandbox::{self, Entry, Kind};

/// A file of code and the name that 4D knows it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The name: of `%2Fa.4dm` it is `/a`.
    pub name: String,
    /// The file.
    pub path: PathBuf,
}

/// The folders that the file system paths `/PACKAGE/` and its like stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folders {
    /// `/PACKAGE/`: the root of the project; of a script, its folder.
    pub package: PathBuf,
    /// `/PROJECT/`: the folder of the project file.
    pub project: PathBuf,
    /// `/SOURCES/`
    pub sources: PathBuf,
    /// `/RESOURCES/`
    pub resources: PathBuf,
    /// `/DATA/`
    pub data: PathBuf,
    /// `/LOGS/`
    pub logs: PathBuf,
}

/// A component beside a project.
#[derive(Clone, Debug, PartialEq)]
pub struct Component {
    /// The name of its folder or file, without extension.
    pub name: String,
    /// What stands after `cs.` before its classes; none when it shows no classes.
    pub namespace: Option<String>,
    /// Its code; none when it holds only compiled code, which cannot be run.
    pub project: Option<Project>,
}

/// A project, or the surroundings of a script, as found on disk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Project {
    /// The name of the project file, or of the script's folder.
    pub name: String,
    /// The `.4DProject` file; none around a script.
    pub file: Option<PathBuf>,
    /// Where its parts are.
    pub folders: Folders,
    /// Project methods, in the order of their names.
    pub methods: Vec<Member>,
    /// Classes, in the order of their names.
    pub classes: Vec<Member>,
    /// `onStartup`, `onExit` and the like.
    pub database_methods: Vec<Member>,
    /// Methods of forms, form objects and triggers: known and checked, never run. Named by their path in `Sources`.
    pub form_methods: Vec<Member>,
    /// Components, in the order of their names.
    pub components: Vec<Component>,
    /// Tables with their fields, from the catalog.
    pub tables: Vec<Table>,
    /// The settings that change how code behaves.
    pub settings: Settings,
    /// What is wrong with the project itself.
    pub problems: Vec<Diagnostic>,
}

impl Project {
    /// The project method of that name, case aside.
    pub fn method(&self, name: &str) -> Option<&Member> {
        find(&self.methods, name)
    }

    /// The class of that name.
    pub fn class(&self, name: &str) -> Option<&Member> {
        find(&self.classes, name)
    }

    /// The database method of that name: `onStartup`.
    pub fn database_method(&self, name: &str) -> Option<&Member> {
        find(&self.database_methods, name)
    }

    /// The startup method of that name.
    ///
    /// # Errors
    /// There is none: the diagnostic suggests the nearest.
    pub fn startup_method(&self, name: &str) -> Result<&Member, Box<Diagnostic>> {
        self.method(name).ok_or_else(|| {
            let names = self.methods.iter().map(|method| method.name.as_str());
            let problem =
                Diagnostic::error(Code::Quatre(6004), format!("there is no project method `{name}`"));
            Box::new(match nearest(name, names) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.note(format!("methods are looked for in {}", self.folders.sources.display())),
            })
        })
    }

    /// All files of code, in a fixed order.
    pub fn files(&self) -> impl Iterator<Item = &Member> {
        self.database_methods.iter().chain(&self.methods).chain(&self.classes).chain(&self.form_methods)
    }
}

/// What a path given on the command line turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// The project, or the surroundings of the script.
    pub project: Project,
    /// The file of code that was named; none when a project as a whole was.
    pub entry: Option<PathBuf>,
}

/// Opens what stands at `path`: a `.4dm` file (in a project or alone), a `.4DProject`, a `.4DLink`, or the folder of a
/// project.
///
/// # Errors
/// Nothing is there, or it is none of these.
pub fn open(path: &Path) -> Result<Opened, Box<Diagnostic>> {
    match sandbox::kind(path) {
        None => Err(Box::new(missing(path))),
        Some(Kind::Folder) => match project_file(path) {
            Some(file) => Ok(Opened { project: read_project(&file), entry: None }),
            None => Err(Box::new(no_project(path))),
        },
        Some(Kind::File) if has_extension(path, "4DProject") => {
            Ok(Opened { project: read_project(path), entry: None })
        }
        Some(Kind::File) if has_extension(path, "4DLink") => open(&link_target(path)?),
        Some(Kind::File) => {
            let project = enclosing(path).map_or_else(|| surroundings(path), |file| read_project(&file));
            // The same file has one path, that of the project, however it was named.
            let member = project.files().find(|member| same_file(&member.path, path));
            let entry = member.map_or_else(|| path.to_owned(), |member| member.path.clone());
            Ok(Opened { project, entry: Some(entry) })
        }
    }
}

/// The project file that a folder stands for: in it, or in its folder `Project`.
pub fn project_file(folder: &Path) -> Option<PathBuf> {
    [folder.join("Project"), folder.to_owned()].iter().find_map(|folder| {
        let entries = sandbox::list(folder).ok()?;
        let is_project = |entry: &Entry| entry.kind == Kind::File && has_extension(&entry.path, "4DProject");
        entries.into_iter().find(is_project).map(|entry| entry.path)
    })
}

/// The project file of the project to whose sources this file belongs.
pub fn enclosing(file: &Path) -> Option<PathBuf> {
    let file = sandbox::real_path(file);
    let sources =
        file.ancestors().skip(1).find(|folder| folder.file_name().is_some_and(|name| name == "Sources"))?;
    let project = sources.parent()?;
    let entries = sandbox::list(project).ok()?;
    let found = entries.into_iter().find(|entry| has_extension(&entry.path, "4DProject"));
    // Sources that were copied without their project file are a project all the same.
    let nameless = || {
        let folder = file.strip_prefix(sources).ok()?.components().next()?.as_os_str().to_owned();
        let is_known = CODE_FOLDERS.iter().any(|known| folder == *known);
        is_known.then(|| project.join("Sources.4DProject"))
    };
    found.map(|entry| entry.path).or_else(nameless)
}

/// The folders of `Sources` that hold code.
const CODE_FOLDERS: &[&str] = &["Methods", "Classes", "DatabaseMethods", "Forms", "TableForms", "Triggers"];

/// The folder that a script or a class beside scripts belongs to.
pub fn home(file: &Path) -> PathBuf {
    let folder = file.parent().unwrap_or(Path::new(""));
    let is_classes = folder.file_name().is_some_and(|name| name == "Classes");
    let folder = if is_classes { folder.parent().unwrap_or(Path::new("")) } else { folder };
    // A bare file name has the empty path as its parent, which stands for the current folder.
    if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() }
}

/// The small project that a script and the files beside it make.
fn surroundings(file: &Path) -> Project {
    let folder = home(file);
    let name = sandbox::real_path(&folder).file_name().map(|name| name.to_string_lossy().into_owned());
    let mut project = Project {
        name: name.unwrap_or_default(),
        methods: code_in(&folder),
        classes: code_in(&folder.join("Classes")),
        folders: Folders {
            project: folder.clone(),
            sources: folder.clone(),
            resources: folder.join("Resources"),
            data: folder.join("Data"),
            logs: folder.join("Logs"),
            package: folder,
        },
        ..Project::default()
    };
    report_doubles(&mut project);
    project
}

/// Everything that belongs to a project file.
fn read_project(file: &Path) -> Project {
    let mut project = read_without_components(file);
    let folder = project.folders.package.join("Components");
    for entry in sandbox::list(&folder).unwrap_or_default() {
        project.components.extend(read_component(&entry));
    }
    project
}

/// A component has no components of its own: 4D loads those of the host only.
fn read_without_components(file: &Path) -> Project {
    let folder = file.parent().map_or_else(PathBuf::new, Path::to_owned);
    let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
    let folders = folders_of(&folder);
    let sources = &folders.sources;
    let mut project = Project {
        name: stem(file),
        file: sandbox::is_file(file).then(|| file.to_owned()),
        methods: code_in(&sources.join("Methods")),
        classes: code_in(&sources.join("Classes")),
        database_methods: code_in(&sources.join("DatabaseMethods")),
        form_methods: form_methods(sources),
        ..Project::default()
    };
    let catalog = sources.join("catalog.4DCatalog");
    if let Some(bytes) = bytes_of(&catalog) {
        match read_tables(bytes) {
            Ok(tables) => project.tables = tables,
            Err(why) => project.problems.push(damaged(&catalog, &why)),
        }
    }
    let settings = sources.join("settings.4DSettings");
    if let Some(bytes) = bytes_of(&settings) {
        match read_settings(bytes) {
            Ok(found) => project.settings = found,
            Err(why) => project.problems.push(damaged(&settings, &why)),
        }
    }
    project.folders = folders;
    report_doubles(&mut project);
    project
}

fn folders_of(project: &Path) -> Folders {
    // The project folder itself may be the package, when it is not called `Project`.
    let is_inner = project.file_name().is_some_and(|name| name == "Project");
    let package = match project.parent() {
        Some(parent) if is_inner && parent.as_os_str().is_empty() => PathBuf::from("."),
        Some(parent) if is_inner => parent.to_owned(),
        Some(_) | None => project.to_owned(),
    };
    Folders {
        project: project.to_owned(),
        sources: project.join("Sources"),
        resources: package.join("Resources"),
        data: package.join("Data"),
        logs: package.join("Data").join("Logs"),
        package,
    }
}

/// One thing in the folder `Components`: the folder of a project, or compiled code.
fn read_component(entry: &Entry) -> Option<Component> {
    let name = stem(&entry.path);
    if entry.kind == Kind::Folder {
        // On the Mac the content of a package stands one folder deeper.
        let inner = [entry.path.clone(), entry.path.join("Contents")];
        let file = inner.iter().find_map(|folder| project_file(folder));
        if let Some(file) = file {
            let project = read_without_components(&file);
            let namespace = project.settings.namespace.clone();
            return Some(Component { name, namespace, project: Some(project) });
        }
    }
    let is_compiled = ["4dbase", "4DZ", "4DC"].iter().any(|extension| has_extension(&entry.path, extension));
    is_compiled.then_some(Component { name, namespace: None, project: None })
}

/// The `.4dm` files directly in a folder.
fn code_in(folder: &Path) -> Vec<Member> {
    let entries = sandbox::list(folder).unwrap_or_default();
    let is_code = |entry: &Entry| entry.kind == Kind::File && has_extension(&entry.path, "4dm");
    entries
        .into_iter()
        .filter(is_code)
        .map(|entry| Member { name: stem(&entry.path), path: entry.path })
        .collect()
}

/// Methods of forms and their objects, and triggers, wherever they stand below their folders.
fn form_methods(sources: &Path) -> Vec<Member> {
    let mut members = Vec::new();
    for folder in ["Forms", "TableForms", "Triggers"] {
        let mut files = Vec::new();
        code_below(&sources.join(folder), &mut files);
        for path in files {
            let inner = path.strip_prefix(sources).unwrap_or(&path).with_extension("");
            members.push(Member { name: decode_name(&inner.to_string_lossy().replace('\\', "/")), path });
        }
    }
    members
}

/// All `.4dm` files below a folder, in the order of their paths. Links to folders are not followed, so there is no
/// way round in a circle.
pub fn code_below(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = sandbox::list(&folder).unwrap_or_default();
        // The last one pushed is the first one read.
        for entry in entries.iter().rev() {
            let is_hidden = entry.is_link || entry.name.starts_with('.') || is_no_code(&folder, &entry.name);
            if entry.kind == Kind::Folder && !is_hidden {
                folders.push(entry.path.clone());
            }
        }
        let is_code = |entry: &&Entry| entry.kind == Kind::File && has_extension(&entry.path, "4dm");
        files.extend(entries.iter().filter(is_code).map(|entry| entry.path.clone()));
    }
}

/// Whether a folder in this one holds files that end like code and are none: what a project threw away, and templates
/// among its resources.
fn is_no_code(folder: &Path, name: &str) -> bool {
    (name == "Trash" && sandbox::is_folder(&folder.join("Sources")))
        || (name == "Resources" && sandbox::is_folder(&folder.join("Project").join("Sources")))
}

/// Where a `.4DLink` points.
fn link_target(path: &Path) -> Result<PathBuf, Box<Diagnostic>> {
    let bytes = bytes_of(path).ok_or_else(|| Box::new(missing(path)))?;
    let target = crate::engine::structure::read_link(bytes).map_err(|why| Box::new(damaged(path, &why)))?;
    let target = target.strip_prefix("file://").map_or(target.clone(), decode_name);
    let target = path.parent().unwrap_or(Path::new("")).join(target);
    if has_extension(&target, "4DLink") {
        return Err(Box::new(damaged(path, "it points to another link")));
    }
    Ok(target)
}

/// Reports each method and each class that has the same name as the one before, case aside.
fn report_doubles(project: &mut Project) {
    let mut problems = Vec::new();
    for (kind, members) in [("methods", &project.methods), ("classes", &project.classes)] {
        let mut names: Vec<(String, &Member)> = members.iter().map(|m| (m.name.to_lowercase(), m)).collect();
        names.sort_by(|a, b| a.0.cmp(&b.0));
        for pair in names.windows(2) {
            if let [(first, one), (second, other)] = pair
                && first == second
            {
                let message = format!("two {kind} are called `{}`", other.name);
                let note = format!("{} and {}", one.path.display(), other.path.display());
                problems.push(Diagnostic::error(Code::Quatre(6006), message).note(note));
            }
        }
    }
    project.problems.extend(problems);
}

/// Whether two paths lead to the same file. Links to a file under another name are not looked for.
pub fn same_file(one: &Path, other: &Path) -> bool {
    one == other
        || (one.file_name() == other.file_name() && sandbox::real_path(one) == sandbox::real_path(other))
}

fn find<'a>(members: &'a [Member], name: &str) -> Option<&'a Member> {
    let wanted = name.to_lowercase();
    members.iter().find(|member| member.name.to_lowercase() == wanted)
}

/// The bytes of a file that need not be there.
fn bytes_of(path: &Path) -> Option<Vec<u8>> {
    sandbox::is_file(path).then(|| sandbox::read(path).ok()).flatten()
}

/// The name of a file without its extension, with `%2F` and the like decoded.
fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |stem| decode_name(&stem.to_string_lossy()))
}

/// Whether a path ends in this extension, case aside.
pub fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

/// The text with `%2F` and its like replaced by what they stand for. What is no valid text then stays as it was.
fn decode_name(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        // Checked first, because reading a number would allow a sign.
        let digits = after.get(..2).filter(|pair| byte == b'%' && pair.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|pair| std::str::from_utf8(pair).ok());
        let decoded = digits.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        bytes.push(decoded.unwrap_or(byte));
        rest = if decoded.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn missing(path: &Path) -> Diagnostic {
    Diagnostic::error(Code::Quatre(6001), format!("there is no file `{}`", path.display()))
}

fn no_project(path: &Path) -> Diagnostic {
    let message = format!("`{}` is a folder without a project", path.display());
    Diagnostic::error(Code::Quatre(6003), message)
        .note("a project is a file `NAME.4DProject` in a folder `Project`")
}

fn damaged(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::error(Code::Quatre(6005), format!("cannot understand `{}`: {why}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::decode_name;

    #[test]
    fn file_names_are_decoded() {
        assert_eq!(decode_name("Pop-up%2FDrop-down List1"), "Pop-up/Drop-down List1");
        assert_eq!(decode_name("%25report"), "%report");
        assert_eq!(decode_name("caf%C3%A9"), "café");
        assert_eq!(decode_name("100%"), "100%");
        assert_eq!(decode_name("%FF"), "%FF");
        assert_eq!(decode_name("%+1"), "%+1");
    }
}
