//! How two texts differ, for people.

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

/// So many lines are shown around a change.
const AROUND: usize = 2;
/// So many lines of a difference are shown at most.
const MOST: usize = 60;

/// The lines that differ, with their numbers on both sides: wanted, got.
pub fn lines(wanted: &str, got: &str) -> String {
    let diff = TextDiff::from_lines(wanted, got);
    let number = |index: Option<usize>| index.map_or_else(String::new, |index| (index + 1).to_string());
    let mut text = String::new();
    let mut count = 0;
    for (group, ops) in diff.grouped_ops(AROUND).iter().enumerate() {
        if group > 0 {
            text.push_str("  ...\n");
        }
        for change in ops.iter().flat_map(|op| diff.iter_changes(op)) {
            count += 1;
            if count > MOST {
                text.push_str("  and more\n");
                return text;
            }
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            let line = change.value();
            let end = if line.ends_with('\n') { "" } else { "  (no line end)" };
            let (old, new) = (number(change.old_index()), number(change.new_index()));
            // Writing to a text cannot fail.
            _ = writeln!(text, "{sign} {old:>3} {new:>3}   {}{end}", line.trim_end_matches('\n'));
        }
    }
    text
}

/// The difference as `patch` reads it.
pub fn unified(name: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().header(&format!("a/{name}"), &format!("b/{name}")).to_string()
}

#[cfg(test)]
mod tests {
    #[test]
    fn unified_has_headers() {
        let text = super::unified("x.4dm", "a\n", "b\n");
        assert_eq!(text, "--- a/x.4dm\n+++ b/x.4dm\n@@ -1 +1 @@\n-a\n+b\n");
    }

    #[test]
    fn both_sides_are_numbered() {
        let text = super::lines("a\nb\n", "a\nc\n");
        assert_eq!(text, "    1   1   a\n-   2       b\n+       2   c\n");
    }
}
