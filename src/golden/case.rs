//! Cases: what they are, and how they are found below the paths of the command line.

use std::path::{Path, PathBuf};

use crate::engine::project::has_extension;
use crate::golden::markdown::{self, Example, Mode};
use crate::runtime::sandbox::{self, Kind};

/// What is run.
#[derive(Clone, Debug)]
pub enum Subject {
    /// A file with the files beside it.
    File,
    /// Examples of a Markdown file that share their variables, the last one being the case.
    Example(Vec<Example>),
    /// A method of a project.
    Method(String),
}

/// One case.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name in reports: a path from the folder that was searched.
    pub name: String,
    /// The file it stands in; of a method, the project.
    pub file: PathBuf,
    /// The line of the file where it stands.
    pub line: usize,
    /// The folder named on the command line below which it was found.
    pub root: PathBuf,
    /// What is run.
    pub subject: Subject,
}

/// Cases below a path: a file named by itself counts even without expectations. `unsaid` is what is done with examples
/// in prose that do not say it.
///
/// # Errors
/// The path cannot be read.
pub fn find(path: &Path, unsaid: Mode) -> std::io::Result<Vec<Case>> {
    let mut files = Vec::new();
    let is_folder = sandbox::kind(path) == Some(Kind::Folder);
    if is_folder {
        below(path, &mut files)?;
    } else {
        files.push(path.to_owned());
    }
    let root = if is_folder { path.to_owned() } else { path.parent().unwrap_or(path).to_owned() };
    let mut cases = Vec::new();
    for file in files {
        let name = file.strip_prefix(&root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        if has_extension(&file, "md") {
            cases.extend(markdown::cases(&file, &name, &root, unsaid)?);
        } else if has_extension(&file, "4dm") && (!is_folder || sandbox::is_file(&file.with_extension("out")))
        {
            cases.push(Case { name, file, line: 1, root: root.clone(), subject: Subject::File });
        }
    }
    Ok(cases)
}

/// The files of code and prose below a folder, in order; links are not followed, so the search comes to an end.
fn below(top: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut folders = vec![top.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in sandbox::list(&folder)? {
            if entry.kind == Kind::Folder {
                if !entry.is_link && !entry.name.starts_with('.') {
                    folders.push(entry.path);
                }
            } else if has_extension(&entry.path, "4dm") || has_extension(&entry.path, "md") {
                files.push(entry.path);
            }
        }
    }
    files.sort();
    Ok(())
}

/// The nearest `sessions.json` from the folder of a case up to the folder that was searched.
pub fn nearest_sessions(case: &Case) -> Option<PathBuf> {
    let mut folder = case.file.parent()?;
    loop {
        let file = folder.join("sessions.json");
        if sandbox::is_file(&file) {
            return Some(file);
        }
        if folder == case.root {
            return None;
        }
        folder = folder.parent()?;
    }
}
