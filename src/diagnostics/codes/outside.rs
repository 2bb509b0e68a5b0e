//! Q56xx: errors of what comes from outside of the program: archives, keys, other programs, servers.

use crate::diagnostics::codes::{Row, row};

/// The rows, in order.
pub(super) const ROWS: &[Row] = &[
    row(
        5601,
        "an archive that cannot be read",
        "The file is no ZIP archive, was cut off, or was changed: what it holds does not agree with what it says of
itself. Nothing of a damaged file is given. Files that are compressed in other ways than Deflate cannot be read.",
    ),
    row(
        5602,
        "an archive that is not safe",
        "The archive has a name that leads out of the folder it is extracted to (`../`), holds one path twice, lets
two files share the same bytes, or a file in it grows to more than 200 times its compressed size. No program for archives
writes such a file; it is made to do harm, and nothing of it is read.",
    ),
    row(
        5603,
        "the password of an archive",
        "The file in the archive is encrypted and no password, or another one, was given:

    $archive:=ZIP Read archive($file; $password)",
    ),
    row(
        5604,
        "an archive that cannot be written",
        "The description of the archive cannot be carried out: two sources have the same path in it, a destination
leads out of it, or a compression is asked for that Quatre does not have.",
    ),
    row(
        5605,
        "nothing in an archive can be changed",
        "The files and folders of an archive can be looked at and copied out with `copyTo`. To change an archive, write
a new one with `ZIP Create archive`.",
    ),
    row(
        5606,
        "an archive without a password",
        "An encryption was asked for and no password given: set the property `password` of the description, or leave
`encryption` out.",
    ),
];
