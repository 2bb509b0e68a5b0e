//! Numbers of 4D's own that a report may show.

use crate::diagnostics::codes::{NativeRow, native};

/// The rows, in order.
pub(super) const ROWS: &[NativeRow] = &[
    native(
        -10721,
        "Not supported value type in a shared object or shared collection",
        "What several processes share holds texts, numbers, Booleans, dates, times, Null, and objects and collections that are
shared themselves. Make those with `New shared object` and `New shared collection`, or copy a normal one with
`OB Copy($object; ck shared)`.",
    ),
    native(
        -10518,
        "Assert failed",
        "A condition given to `ASSERT`, or to `Asserted`, was False: the program found itself in a state that its author
had ruled out. The text after the colon is the second argument. `SET ASSERT ENABLED(False)` turns assertions off.",
    ),
    native(
        -34,
        "Disk is full",
        "The disk has no room for what was to be written. What was there before is still there.",
    ),
    native(
        -36,
        "Input or output error",
        "The system could not read or write the file; the message says why as far as the system does.",
    ),
    native(
        -37,
        "Bad file name",
        "A name for a file or folder has at least one character, and no `/`, `\\` or `:`. Where a path is meant, use `File` or
`Folder`, or `file` and `folder` of a folder.",
    ),
    native(
        -43,
        "File not found",
        "There is nothing of that name, or it is a folder where a file is wanted. `exists` of a file, and `Test path name`, tell
before:

    If ($file.exists)
        $text:=$file.getText()
    End if",
    ),
    native(
        -47,
        "The folder is not empty",
        "A folder that holds something is deleted only with `Delete with contents`:

    $folder.delete(Delete with contents)",
    ),
    native(
        -48,
        "Something of that name exists already",
        "Copying, moving and renaming never replace what is there without being told. Pass `fk overwrite` to `copyTo`, `*` to
`COPY DOCUMENT`, or delete what is there first.",
    ),
    native(
        -49,
        "The file is open already to be written",
        "A file has one writer at a time. Set the variable that holds the handle to Null, or close the document, and the file
is free again. It can be opened to be read meanwhile.",
    ),
    native(
        -51,
        "No such document reference",
        "The reference does not belong to a document that this process has opened, or the document is closed.",
    ),
    native(
        -54,
        "Access to the file is denied",
        "The rights of the file or of its folder do not allow it, or it is read-only.",
    ),
    native(
        -61,
        "The file is open to be read only",
        "What was opened to be read cannot be written. Open it with `\"write\"` or `\"append\"`, or without `Read mode`.",
    ),
    native(
        -108,
        "Not enough memory",
        "A text, an array or a BLOB would become larger than the memory allows.",
    ),
    native(
        -111,
        "Not within the BLOB",
        "An offset is negative, or what was to be read reaches beyond the end of the BLOB.",
    ),
    native(
        -120,
        "Folder not found",
        "The folder, or one on the way to a file, is not there. `create` of a folder makes it with all folders on the way.",
    ),
    native(
        54,
        "Argument types are incompatible",
        "A value of one type stands where the language wants another: the operands of an operator, the value given to a
declared variable, a parameter. 4D converts numbers among themselves and nothing else: use `String`, `Num`, `Date`, `Time`
or `Bool`.",
    ),
];
