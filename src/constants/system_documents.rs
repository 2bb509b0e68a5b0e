//! The constants of the theme System Documents.

use crate::builtin::ConstantTheme;
use crate::constants::{NO_TOKEN, folder_separator, integer};

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(24),
    name: "System Documents",
    constants: &[
        integer("Is a document", 1, 1),
        integer("Is a folder", 2, 0),
        integer("Read and write", 3, 0),
        integer("Write mode", 4, 1),
        integer("Read mode", 5, 2),
        integer("Get pathname", 6, 3),
        integer("Multiple files", 7, 1),
        integer("Package open", 8, 2),
        integer("Package selection", 9, 4),
        integer("Allow alias files", 10, 8),
        integer("Use sheet window", 11, 16),
        folder_separator("Folder separator", 12),
        integer("Recursive parsing", 13, 1),
        integer("Absolute path", 14, 2),
        integer("Posix path", 15, 4),
        integer("Ignore invisible", 16, 8),
        integer("File name entry", 17, 32),
        integer("Document unchanged", 18, 0),
        integer("Document with native format", 19, 1),
        integer("Document with CRLF", 20, 2),
        integer("Document with CR", 21, 3),
        integer("Document with LF", 22, 4),
        integer("Delete with contents", 24, 1),
        integer("Path is system", 25, 0),
        integer("Path is POSIX", 26, 1),
        integer("Delete only if empty", NO_TOKEN, 0),
    ],
};
