//! Comments that switch warnings off and on: `//%W-550.26`, as 4D's own compiler reads them, and `//%W-Q4001`.
//!
//! A comment holds from its place to the next one of the same number, or to the end of the file.

use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::source::SourceFile;
use crate::syntax::tree::Comment;

/// Numbers of 4D's warnings, and the warnings here that say the same.
const NUMBERS: &[(&str, &[u16])] = &[("550.10", &[4007]), ("550.26", &[4021])];

/// The warnings here that say the same as one of 4D's, by its number: `550.10`.
pub fn codes_of(number: &str) -> &'static [u16] {
    NUMBERS.iter().find(|(known, _)| *known == number).map_or(&[], |(_, codes)| codes)
}

/// The diagnostics without the warnings that comments of the file switch off.
pub fn kept(diagnostics: Vec<Diagnostic>, comments: &[Comment], file: &SourceFile) -> Vec<Diagnostic> {
    let switches: Vec<(u32, bool, Vec<Code>)> =
        comments.iter().filter_map(|comment| switch(file.slice(comment.span), comment.span.start)).collect();
    if switches.is_empty() {
        return diagnostics;
    }
    let is_kept = |diagnostic: &Diagnostic| {
        let Some(label) = &diagnostic.primary else { return true };
        if diagnostic.severity != Severity::Warning || label.span.source != file.id {
            return true;
        }
        let mut before = switches.iter().filter(|(at, ..)| *at < label.span.start);
        let last = before.rfind(|(.., codes)| codes.contains(&diagnostic.code));
        last.is_none_or(|(_, is_on, _)| *is_on)
    };
    diagnostics.into_iter().filter(is_kept).collect()
}

fn switch(text: &str, at: u32) -> Option<(u32, bool, Vec<Code>)> {
    let rest = text.trim_start_matches('/').trim_start().strip_prefix("%W")?;
    let is_on = match rest.chars().next()? {
        '+' => true,
        '-' => false,
        _ => return None,
    };
    let word: String = rest.chars().skip(1).take_while(|c| c.is_ascii_alphanumeric() || *c == '.').collect();
    if let Some(digits) = word.strip_prefix(['Q', 'q']) {
        return Some((at, is_on, vec![Code::Quatre(digits.parse().ok()?)]));
    }
    let (_, codes) = NUMBERS.iter().find(|(number, _)| *number == word)?;
    Some((at, is_on, codes.iter().map(|code| Code::Quatre(*code)).collect()))
}
