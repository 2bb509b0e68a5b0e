//! The constants of the theme File and Folder.

use crate::builtin::ConstantTheme;
use crate::constants::integer;

pub(super) const THEME: ConstantTheme = ConstantTheme {
    number: Some(87),
    name: "File and Folder",
    constants: &[
        integer("fk posix path", 1, 0),
        integer("fk platform path", 2, 1),
        integer("fk alias link", 3, 0),
        integer("fk symbolic link", 4, 1),
        integer("fk overwrite", 5, 4),
        integer("fk recursive", 7, 1),
        integer("fk remote database folder", 8, 3),
        integer("fk user preferences folder", 10, 0),
        integer("fk resources folder", 11, 6),
        integer("fk data folder", 12, 9),
        integer("fk system folder", 13, 100),
        integer("fk database folder", 14, 4),
        integer("fk web root folder", 15, 8),
        integer("fk licenses folder", 16, 1),
        integer("fk logs folder", 17, 7),
        integer("fk mobileApps folder", 18, 10),
        integer("fk desktop folder", 19, 115),
        integer("fk applications folder", 20, 116),
        integer("fk documents folder", 21, 117),
        integer("fk ignore invisible", 22, 8),
        integer("fk editor theme folder", 23, 12),
        integer("fk home folder", 24, 118),
    ],
};
