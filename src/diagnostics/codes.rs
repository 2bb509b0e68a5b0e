//! The error codes: one row each, with the text that `quatre explain` prints.
//!
//! The thousands say the stage: 1 syntax, 2 names, 3 types and calls, 4 warnings, 5 run time without a number of
//! 4D's own, 6 projects, files and fixtures, 7 tests, 8 limits and permissions, 9 known by name only (91xx: parts of
//! `quatre` itself). A code never changes its meaning; a row is never removed. To add a code, add a row to the list of
//! its thousand, in order.

mod syntax;

mod names;

mod types;

mod warnings;

mod xml;

mod run_time;

mod running;

mod outside;

mod serving;

mod projects;

mod tests;

mod limits;

mod not_built;

mod native;

pub mod examples;

use crate::diagnostics::Code;

/// One code of Quatre's own.
#[derive(Debug)]
pub struct Row {
    /// The number after the `Q`.
    pub number: u16,
    /// What it is, in a few words.
    pub title: &'static str,
    /// What it means, an example and the way out.
    pub explanation: &'static str,
}

/// One error number of 4D that programs meet often.
#[derive(Debug)]
pub struct NativeRow {
    /// The number that `Last errors` and `Error` show.
    pub number: i32,
    /// What it is, in a few words.
    pub title: &'static str,
    /// What it means and the way out.
    pub explanation: &'static str,
}

const fn row(number: u16, title: &'static str, explanation: &'static str) -> Row {
    Row { number, title, explanation }
}

const fn native(number: i32, title: &'static str, explanation: &'static str) -> NativeRow {
    NativeRow { number, title, explanation }
}

/// All rows, in the order of their numbers.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    [
        syntax::ROWS,
        names::ROWS,
        types::ROWS,
        warnings::ROWS,
        run_time::ROWS,
        running::ROWS,
        outside::ROWS,
        xml::ROWS,
        serving::ROWS,
        projects::ROWS,
        tests::ROWS,
        limits::ROWS,
        not_built::ROWS,
    ]
    .into_iter()
    .flatten()
}

/// The row of a code of Quatre's own.
pub fn find(number: u16) -> Option<&'static Row> {
    rows().find(|row| row.number == number)
}

/// All rows for error numbers of 4D.
pub fn native_rows() -> impl Iterator<Item = &'static NativeRow> {
    native::ROWS.iter()
}

/// The row of an error number of 4D.
pub fn find_native(number: i32) -> Option<&'static NativeRow> {
    native::ROWS.iter().find(|row| row.number == number)
}

/// What a code is, in a few words; empty when it has no row.
pub fn title(code: Code) -> &'static str {
    match code {
        Code::Quatre(number) => find(number).map_or("", |row| row.title),
        Code::Native(number) => find_native(number).map_or("", |row| row.title),
    }
}

/// The code that a user wrote: `Q2001`, `q2001`, `2001`, `-10518`.
pub fn read(text: &str) -> Option<Code> {
    let text = text.trim();
    if let Some(digits) = text.strip_prefix(['Q', 'q']) {
        return digits.parse().ok().map(Code::Quatre);
    }
    let number: i32 = text.parse().ok()?;
    let own = u16::try_from(number).ok().filter(|&own| find(own).is_some());
    Some(own.filter(|_| find_native(number).is_none()).map_or(Code::Native(number), Code::Quatre))
}

#[cfg(test)]
mod checks {
    use super::*;

    #[test]
    fn rows_are_in_order_and_explained() {
        let mut last = 0;
        for row in rows() {
            assert!(row.number > last, "Q{} stands out of order", row.number);
            assert!((1000..10_000).contains(&row.number), "Q{} has no stage", row.number);
            assert!(!row.title.is_empty() && !row.title.ends_with('.'), "title of Q{}", row.number);
            assert!(row.explanation.len() > 40, "Q{} is not explained", row.number);
            last = row.number;
        }
        for (list, thousand) in [
            (syntax::ROWS, 1),
            (names::ROWS, 2),
            (types::ROWS, 3),
            (warnings::ROWS, 4),
            (run_time::ROWS, 5),
            (running::ROWS, 5),
            (outside::ROWS, 5),
            (xml::ROWS, 5),
            (serving::ROWS, 5),
            (projects::ROWS, 6),
            (tests::ROWS, 7),
            (limits::ROWS, 8),
            (not_built::ROWS, 9),
        ] {
            assert!(
                list.iter().all(|row| row.number / 1000 == thousand),
                "a row of Q{thousand}xxx stands elsewhere"
            );
        }
    }

    #[test]
    fn codes_are_read_as_people_write_them() {
        assert_eq!(read("Q6101"), Some(Code::Quatre(6101)));
        assert_eq!(read("q6101"), Some(Code::Quatre(6101)));
        assert_eq!(read("6101"), Some(Code::Quatre(6101)));
        assert_eq!(read("-10518"), Some(Code::Native(-10518)));
        assert_eq!(read("54"), Some(Code::Native(54)));
        assert_eq!(read("what"), None);
    }
}
