//! Where a problem is, in the words in which people and tools name places: file, line, column.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostics::{Code, Diagnostic};
use crate::source::span::{Position, SourceId, Span};
use crate::source::{SourceFile, Sources};

/// A place as reports name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file, from the current folder when it is below it, with `/` between folders.
    pub file: String,
    /// The same file on disk; none for a snippet.
    pub path: Option<PathBuf>,
    /// Its first character.
    pub start: Position,
    /// The character behind its last.
    pub end: Position,
    /// The text of its first line.
    pub line: String,
}

/// The place of a span, with files named from the folder `base`; `None` when its file is not in the table.
pub fn place(span: Span, sources: &Sources, base: &Path) -> Option<Place> {
    let file = sources.get(span.source)?;
    let start = file.position(span.start);
    Some(Place {
        file: file_name(&file, base),
        path: file.path.clone(),
        start,
        end: file.position(span.end.max(span.start)),
        line: file.line(start.line).to_owned(),
    })
}

/// The place of the primary label.
pub fn primary(diagnostic: &Diagnostic, sources: &Sources, base: &Path) -> Option<Place> {
    place(diagnostic.primary.as_ref()?.span, sources, base)
}

/// The name of a file in reports.
pub fn file_name(file: &SourceFile, base: &Path) -> String {
    file.path.as_deref().map_or_else(|| file.name.clone(), |path| path_name(path, base))
}

/// The name of a path in reports: from `base` when it is below it.
pub fn path_name(path: &Path, base: &Path) -> String {
    let short =
        path.strip_prefix(base).ok().filter(|short| short.components().next().is_some()).unwrap_or(path);
    let short = short.strip_prefix(".").unwrap_or(short);
    let text = short.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// Diagnostics in the order in which a report shows them: by the name of the file, then by place, those without a
/// place first. The same problem told twice is told once.
pub fn in_order<'a>(diagnostics: &'a [Diagnostic], sources: &Sources, base: &Path) -> Vec<&'a Diagnostic> {
    let mut names: BTreeMap<SourceId, String> = BTreeMap::new();
    for label in diagnostics.iter().filter_map(|diagnostic| diagnostic.primary.as_ref()) {
        let id = label.span.source;
        names
            .entry(id)
            .or_insert_with(|| sources.get(id).map_or_else(String::new, |file| file_name(&file, base)));
    }
    let mut ordered: Vec<&Diagnostic> = diagnostics.iter().collect();
    ordered.sort_by_key(|diagnostic| {
        let span = diagnostic.primary.as_ref().map(|label| label.span);
        span.map(|span| (names.get(&span.source), span.source, span.start))
    });
    ordered.dedup();
    ordered
}

/// The same list in which a name that is unknown in ten places is one problem with a count.
pub fn merged(diagnostics: Vec<Diagnostic>, sources: &Sources) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::new();
    let mut firsts: BTreeMap<(Code, String, Option<SourceId>), usize> = BTreeMap::new();
    let mut lines: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for diagnostic in diagnostics {
        let span = diagnostic.primary.as_ref().map(|label| label.span);
        let is_name = matches!(diagnostic.code, Code::Quatre(2000..=2999 | 9000..=9999));
        let key = (diagnostic.code, diagnostic.message.clone(), span.map(|span| span.source));
        match firsts.get(&key) {
            Some(first) if is_name => {
                let line = span.and_then(|span| Some(sources.get(span.source)?.position(span.start).line));
                lines.entry(*first).or_default().extend(line);
            }
            Some(_) | None => {
                firsts.insert(key, kept.len());
                kept.push(diagnostic);
            }
        }
    }
    for (first, lines) in lines {
        if let Some(diagnostic) = kept.get_mut(first) {
            diagnostic.notes.push(more_lines(&lines));
        }
    }
    kept
}

/// Where the same problem stands again; a long list is cut.
fn more_lines(lines: &[u32]) -> String {
    const MOST: usize = 5;
    let numbers: Vec<String> = lines.iter().take(MOST).map(u32::to_string).collect();
    let (word, cut) =
        (if lines.len() == 1 { "line" } else { "lines" }, if lines.len() > MOST { ", …" } else { "" });
    let times = if lines.len() == 1 { "once".to_owned() } else { format!("{} times", lines.len()) };
    format!("the same {times} more, in {word} {}{cut}", numbers.join(", "))
}
