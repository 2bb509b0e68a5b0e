//! Theme File and Folder: objects for files and folders by their paths.

use crate::builtin::{Command, Theme};
use crate::classes::{file, folder};
use crate::commands::file_and_folder::archives::{ZIP_CREATE_ARCHIVE, ZIP_READ_ARCHIVE};
use crate::native;

pub mod archives;

/// The theme.
pub const THEME: Theme =
    Theme { name: "File and Folder", commands: &[FILE, FOLDER, ZIP_CREATE_ARCHIVE, ZIP_READ_ARCHIVE] };

const FILE: Command = Command {
    number: 1566,
    name: "File",
    thread_safe: true,
    help: "The file at a path from the root, or a file that 4D keeps.",
    syntaxes: &[native!(make_file(process, path, pathType, star))],
};

const FOLDER: Command = Command {
    number: 1567,
    name: "Folder",
    thread_safe: true,
    help: "The folder at a path from the root, or a folder of the project or of the system.",
    syntaxes: &[native!(make_folder(process, path, pathType, star))],
};

use file::make as make_file;
use folder::make as make_folder;
