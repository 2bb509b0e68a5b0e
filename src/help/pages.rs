//! The Markdown files, as they stand in this folder.

/// One file a theme of commands.
#[rustfmt::skip]
pub const COMMANDS: &[&str] = &[
    include_str!("commands/boolean.md"),
    include_str!("commands/date_and_time.md"),
    include_str!("commands/math.md"),
    include_str!("commands/string.md"),
];

/// One file a class, with its name.
#[rustfmt::skip]
pub const CLASSES: &[(&str, &str)] = &[
    ("Signal", include_str!("classes/signal.md")),
];

/// Keywords.
pub const KEYWORDS: &str = include_str!("keywords.md");

/// Themes of constants.
pub const CONSTANTS: &str = include_str!("constants.md");
