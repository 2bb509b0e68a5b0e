//! Q575x: what goes wrong with XML.

use crate::diagnostics::codes::{Row, row};

/// The rows, in order.
pub(super) const ROWS: &[Row] = &[
    row(
        5751,
        "not a reference of an XML tree",
        "The text is no reference of an element, or of one that was removed, or whose tree was closed with `DOM CLOSE XML`.
References come from commands such as `DOM Parse XML variable` and are good in the process that asked for them. Sixteen
zeros are the reference of nothing: look at `OK` before using what a search gives.",
    ),
    row(
        5752,
        "malformed XML",
        "The document breaks a rule of XML; the message says which one, and where. `XML GET ERROR` gives the same to a program:

    XML GET ERROR($ref; $text; $line; $column)

What a document says about other documents is never fetched, and entities that grow beyond ten million characters are
refused.",
    ),
    row(
        5753,
        "not a path",
        "Elements are found by XPath 1.0 expressions that lead to nodes: `/root/item[2]`, `//item[@id='a']/name`. Elements are made
by a plain path of names, each with a number if need be: `/root/list/item[3]`.",
    ),
    row(
        5754,
        "this cannot stand in XML",
        "A name begins with a letter or `_` and goes on with letters, digits, `-`, `_`, `.`, with at most one `:`. A comment has no
`--` in it and a processing instruction no `?>`. Control characters other than tab and line ends stand nowhere.",
    ),
    row(
        5755,
        "no such attribute",
        "The element has no attribute of that name or number. `DOM Count XML attributes` tells how many there are; they are
numbered in the order of their names.",
    ),
    row(
        5756,
        "not the right node for this",
        "Only whole trees are closed, by the reference of their root; only elements have children and attributes; the root cannot
be removed, nor an element be put into itself.",
    ),
    row(
        5757,
        "SAX commands out of order",
        "A document is either read or written. When it is read, each `SAX GET …` belongs to one event of `SAX Get XML node`. When
it is written, the declaration comes first, values and CDATA stand in an open element, and nothing follows the root.",
    ),
    row(
        5758,
        "not an option of XML",
        "`XML SET OPTIONS` takes pairs of an option and a value, both constants of the theme XML.",
    ),
];
