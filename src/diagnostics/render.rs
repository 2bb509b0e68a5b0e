//! Problems as people read them: a headline, the lines of source with labels under them, help and notes.
//!
//! The only file that names ariadne. Ariadne draws the box with the labels; it is given an excerpt made for it, in
//! which only the lines with labels have text, tabs and odd characters take one column each, and long lines are cut
//! around the labels. Headline, places, help and notes are written here.
//!
//! ```text
//! error[Q2001]: unknown command or method `Sesion info`
//!    ╭─[price.4dm:3:11]
//!    │
//!  3 │ $session:=Sesion info($id)
//!    │           ─────┬─────
//!    │                ╰─────── not a command, a method of this project, or a plug-in
//!    │
//!    │ help: did you mean the command `Session info`?
//! ───╯
//! ```

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};

use ariadne::{CharSet, Color, Config, Label as Mark, Report, ReportKind, Source};

use crate::diagnostics::place::{file_name, in_order, primary};
use crate::diagnostics::{Diagnostic, Label, Severity};
use crate::source::span::{Position, SourceId};
use crate::source::{SourceFile, Sources};

/// How reports are drawn.
#[derive(Clone, Debug)]
pub struct Look {
    /// Colors for a terminal. Nothing is said by color alone.
    pub color: bool,
    /// Only ASCII signs: for terminals that know no others.
    pub ascii: bool,
    /// How many columns there are.
    pub width: usize,
    /// The folder from which files are named.
    pub base: PathBuf,
}

impl Default for Look {
    fn default() -> Self {
        Self { color: false, ascii: false, width: 100, base: PathBuf::new() }
    }
}

/// At most so many problems of one file are shown; the rest is counted.
const MOST_OF_A_FILE: usize = 20;

/// So many calls are named at each end of a chain that is cut.
const CALLS_AT_ENDS: usize = 5;

/// All problems, in the order of the files, each with its lines of source.
pub fn human(diagnostics: &[Diagnostic], sources: &Sources, look: &Look) -> String {
    limited(diagnostics, sources, &look.base, |diagnostic| one(diagnostic, sources, look))
}

/// All problems, one a line: `file:line:col: error[Q2001]: message`.
pub fn short(diagnostics: &[Diagnostic], sources: &Sources, base: &Path) -> String {
    limited(diagnostics, sources, base, |diagnostic| {
        let place = primary(diagnostic, sources, base).map_or_else(String::new, |place| {
            format!("{}:{}:{}: ", place.file, place.start.line, place.start.column)
        });
        format!("{place}{}: {}\n", kind(diagnostic), diagnostic.message.replace(['\r', '\n'], " "))
    })
}

/// The line under an error of a running program: the calls that were under way, innermost first, each with its
/// line. The middle of a long chain is counted.
pub fn call_chain(calls: &[(String, u32)], look: &Look) -> String {
    if calls.is_empty() {
        return String::new();
    }
    let arrow = if look.ascii { " <- " } else { " ← " };
    let name = |(method, line): &(String, u32)| format!("{method} (line {line})");
    let mut parts: Vec<String> = Vec::new();
    if calls.len() > 2 * CALLS_AT_ENDS + 1 {
        parts.extend(calls.iter().take(CALLS_AT_ENDS).map(name));
        parts.push(format!("{} more", calls.len() - 2 * CALLS_AT_ENDS));
        parts.extend(calls.iter().skip(calls.len() - CALLS_AT_ENDS).map(name));
    } else {
        parts.extend(calls.iter().map(name));
    }
    format!("call chain: {}\n", parts.join(arrow))
}

/// `error[Q2001]`, the word and the code that begin a report.
pub fn kind(diagnostic: &Diagnostic) -> String {
    format!("{}[{}]", severity_word(diagnostic.severity), diagnostic.code)
}

/// The word for how bad a problem is.
pub fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// Draws the problems in order, twenty a file, and counts the rest.
fn limited(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    base: &Path,
    draw: impl Fn(&Diagnostic) -> String,
) -> String {
    let mut shown: BTreeMap<Option<SourceId>, usize> = BTreeMap::new();
    let mut text = String::new();
    let ordered = in_order(diagnostics, sources, base);
    let source_of = |diagnostic: &Diagnostic| diagnostic.primary.as_ref().map(|label| label.span.source);
    for (index, diagnostic) in ordered.iter().enumerate() {
        let source = source_of(diagnostic);
        let count = shown.entry(source).or_default();
        *count += 1;
        if *count <= MOST_OF_A_FILE {
            text.push_str(&draw(diagnostic));
        }
        let is_last = ordered.get(index + 1).is_none_or(|next| source_of(next) != source);
        if is_last && *count > MOST_OF_A_FILE {
            let more = *count - MOST_OF_A_FILE;
            let place =
                source.and_then(|id| sources.get(id)).map(|file| format!(" in {}", file_name(&file, base)));
            _ = writeln!(text, "and {more} more{}", place.unwrap_or_default());
        }
    }
    text
}

/// One problem with its lines of source.
fn one(diagnostic: &Diagnostic, sources: &Sources, look: &Look) -> String {
    let (start, end) =
        if look.color { (severity_escape(diagnostic.severity), "\u{1b}[0m") } else { ("", "") };
    let mut text = format!("{start}{}{end}: {}\n", kind(diagnostic), visible_lines(&diagnostic.message));
    let excerpts = excerpts(diagnostic, sources, look);
    if excerpts.is_empty() {
        for (word, line) in remarks(diagnostic) {
            _ = writeln!(text, "  = {word}: {}", visible_lines(line).replace('\n', "\n    "));
        }
        return text;
    }
    draw_box(diagnostic, excerpts, look, &mut text);
    text
}

const fn severity_escape(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "\u{1b}[1;36m",
        Severity::Warning => "\u{1b}[1;33m",
        Severity::Error => "\u{1b}[1;31m",
    }
}

/// Help and notes with the words before them.
fn remarks(diagnostic: &Diagnostic) -> impl Iterator<Item = (&'static str, &str)> {
    let help = diagnostic.help.iter().map(|text| ("help", text.as_str()));
    help.chain(diagnostic.notes.iter().map(|text| ("note", text.as_str())))
}

/// Writes the box: what ariadne draws, its places rewritten, with help and notes before its last line.
fn draw_box(diagnostic: &Diagnostic, mut excerpts: Excerpts, look: &Look, text: &mut String) {
    let mut drawn = Vec::new();
    let start =
        excerpts.0.first().and_then(|excerpt| excerpt.marks.first()).map_or(0..0, |mark| mark.span.clone());
    let mut report = Report::build(ReportKind::Custom("", Color::Primary), (0, start)).with_config(
        Config::default().with_color(look.color).with_char_set(if look.ascii {
            CharSet::Ascii
        } else {
            CharSet::Unicode
        }),
    );
    for (id, excerpt) in excerpts.0.iter().enumerate() {
        for mark in &excerpt.marks {
            let color = if mark.is_primary { severity_color(diagnostic.severity) } else { Color::Blue };
            let drawn = Mark::new((id, mark.span.clone())).with_color(color);
            // Where nothing is said, only the place is underlined.
            report.add_label(if mark.text.is_empty() { drawn } else { drawn.with_message(&mark.text) });
        }
    }
    // Writing to a vector cannot fail.
    _ = report.finish().write(&mut excerpts, &mut drawn);
    let drawn = String::from_utf8_lossy(&drawn);
    // Ariadne's own headline is left out: it orders code and word differently.
    let lines: Vec<&str> = drawn.lines().skip(1).collect();
    let Some((last, body)) = lines.split_last() else { return };
    // The box begins under the last digit of the line numbers.
    let indent = body.first().map_or(3, |line| line.chars().take_while(|c| *c == ' ').count());
    for line in body {
        _ = writeln!(text, "{}", place_line(line, &excerpts).trim_end());
    }
    let bar = if look.ascii { '|' } else { '│' };
    let (grey, end) = if look.color { ("\u{1b}[38;5;246m", "\u{1b}[0m") } else { ("", "") };
    if remarks(diagnostic).next().is_some() {
        _ = writeln!(text, "{:indent$}{grey}{bar}{end}", "");
    }
    for (word, line) in remarks(diagnostic) {
        let gap = format!("\n{:indent$}{grey}{bar}{end}       ", "");
        let line = visible_lines(line).replace('\n', &gap);
        _ = writeln!(text, "{:indent$}{grey}{bar}{end} {word}: {line}", "");
    }
    _ = writeln!(text, "{last}");
}

const fn severity_color(severity: Severity) -> Color {
    match severity {
        Severity::Note => Color::Cyan,
        Severity::Warning => Color::Yellow,
        Severity::Error => Color::Red,
    }
}

/// A line that names a place gets our own place: ariadne only knows the excerpt.
fn place_line(line: &str, excerpts: &Excerpts) -> String {
    let Some((before, after)) = line.split_once(&format!(" {MARKER}")) else { return line.to_owned() };
    let Some((place, after)) = after.split_once(' ') else { return line.to_owned() };
    let id = place.split(':').next().and_then(|id| id.parse::<usize>().ok());
    let excerpt = id.and_then(|id| excerpts.0.get(id));
    let place = excerpt.map_or_else(String::new, |excerpt| {
        format!("{}:{}:{}", excerpt.file, excerpt.position.line, excerpt.position.column)
    });
    format!("{before}{place}{after}")
}

/// Stands before the number of an excerpt in ariadne's lines; no text of ours holds it.
const MARKER: char = '\u{1}';

/// The part of one file that a report shows.
struct Excerpt {
    file: String,
    position: Position,
    source: Source<String>,
    marks: Vec<PlacedMark>,
}

/// A label in the characters of an excerpt.
struct PlacedMark {
    span: Range<usize>,
    text: String,
    is_primary: bool,
}

/// The excerpts of a report, numbered for ariadne.
struct Excerpts(Vec<Excerpt>);

impl Excerpts {
    const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl ariadne::Cache<usize> for &mut Excerpts {
    type Storage = String;

    fn fetch(&mut self, id: &usize) -> Result<&Source<String>, impl std::fmt::Debug> {
        self.0.get(*id).map(|excerpt| &excerpt.source).ok_or("no such excerpt")
    }

    fn display<'a>(&self, id: &'a usize) -> Option<impl std::fmt::Display + 'a> {
        Some(format!("{MARKER}{id}"))
    }
}

/// One excerpt a file, that of the primary label first.
fn excerpts(diagnostic: &Diagnostic, sources: &Sources, look: &Look) -> Excerpts {
    let labels: Vec<(&Label, bool)> = diagnostic
        .primary
        .iter()
        .map(|l| (l, true))
        .chain(diagnostic.secondary.iter().map(|l| (l, false)))
        .collect();
    let mut ids: Vec<SourceId> = Vec::new();
    for (label, _) in &labels {
        if !ids.contains(&label.span.source) {
            ids.push(label.span.source);
        }
    }
    let of = |id: SourceId| labels.iter().filter(move |(label, _)| label.span.source == id).copied();
    Excerpts(
        ids.into_iter().filter_map(|id| Some(excerpt(&*sources.get(id)?, of(id).collect(), look))).collect(),
    )
}

/// The lines of a file that carry labels; those between are left empty, which ariadne shows as a gap.
fn excerpt(file: &SourceFile, labels: Vec<(&Label, bool)>, look: &Look) -> Excerpt {
    let position =
        labels.first().map_or(Position { line: 1, column: 1 }, |(l, _)| file.position(l.span.start));
    let mut lines: BTreeMap<u32, Vec<Columns<'_>>> = BTreeMap::new();
    for (label, is_primary) in labels {
        let (line, span) = columns(file, label);
        lines.entry(line).or_default().push((span, label, is_primary));
    }
    let last = lines.keys().next_back().copied().unwrap_or(1);
    let room = look.width.saturating_sub(last.to_string().len() + 4).max(20);
    let (mut text, mut offset, mut before, mut marks) = (String::new(), 0, 1, Vec::new());
    for (number, mut spans) in lines {
        for _ in before..number {
            text.push('\n');
            offset += 1;
        }
        spans.sort_by_key(|(span, _, _)| (span.start, span.end));
        let line = cut(
            file.line(number),
            &spans.iter().map(|(s, _, p)| (s.clone(), *p)).collect::<Vec<_>>(),
            room,
            look,
        );
        for (span, label, is_primary) in spans {
            let start = span.start.saturating_sub(line.skipped).min(line.text.len().saturating_sub(1));
            let end = span.end.saturating_sub(line.skipped).clamp(start + 1, line.text.len().max(start + 1));
            let text = visible_lines(&label.text);
            marks.push(PlacedMark { span: offset + start..offset + end, text, is_primary });
        }
        offset += line.text.len();
        text.extend(line.text);
        before = number;
    }
    Excerpt { file: file_name(file, &look.base), position, source: Source::from(text), marks }
}

/// The characters of its line under which a label stands, the label, and whether it is the primary one.
type Columns<'a> = (Range<usize>, &'a Label, bool);

/// The line of a label and its characters in it, counted from 0; a label of several lines stands on its first.
fn columns(file: &SourceFile, label: &Label) -> (u32, Range<usize>) {
    let start = file.position(label.span.start);
    let end = file.position(label.span.end.max(label.span.start));
    let first = start.column.saturating_sub(1) as usize;
    let last = if end.line == start.line {
        end.column.saturating_sub(1) as usize
    } else {
        file.line(start.line).trim_end().chars().count()
    };
    (start.line, first..last.max(first + 1))
}

/// A line as it is shown.
struct CutLine {
    /// One entry a column of source.
    text: Vec<char>,
    /// How many characters were cut off before.
    skipped: usize,
}

/// The characters of a line around its labels, at most `room` of them.
fn cut(line: &str, spans: &[(Range<usize>, bool)], room: usize, look: &Look) -> CutLine {
    let mut text: Vec<char> = line.chars().map(visible).collect();
    // A label may stand behind the last character, where something is missing.
    let needed = spans.iter().map(|(span, _)| span.start + 1).max().unwrap_or_default();
    while text.len() < needed {
        text.push(' ');
    }
    if text.len() <= room {
        return CutLine { text, skipped: 0 };
    }
    let first = spans.iter().map(|(span, _)| span.start).min().unwrap_or_default();
    let all = first..spans.iter().map(|(span, _)| span.end).max().unwrap_or_default();
    let main = spans.iter().find(|(_, is_primary)| *is_primary).map_or(all.clone(), |(span, _)| span.clone());
    let focus = if all.end.saturating_sub(all.start) + 2 <= room { all } else { main };
    let length = focus.end.saturating_sub(focus.start).min(room);
    let skipped = focus.start.saturating_sub((room - length) / 2).min(text.len() - room);
    let ends_early = skipped + room < text.len();
    let mut text: Vec<char> = text.into_iter().skip(skipped).take(room).collect();
    let dots = if look.ascii { '.' } else { '…' };
    if skipped > 0
        && let Some(first) = text.first_mut()
    {
        *first = dots;
    }
    if ends_early && let Some(last) = text.last_mut() {
        *last = dots;
    }
    CutLine { text, skipped }
}

/// A character that takes one column and does nothing to a terminal.
const fn visible(c: char) -> char {
    match c {
        '\t' | '\u{a0}' => ' ',
        // Controls, line separators, and marks that turn the direction of text and so hide what is written.
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => '\u{fffd}',
        _ => c,
    }
}

/// A text of ours or of the program, of any number of lines, without what a terminal would obey.
fn visible_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().map(|c| if c == '\n' { c } else { visible(c) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Code;
    use crate::source::span::Span;

    fn look() -> Look {
        Look { width: 80, ..Look::default() }
    }

    fn span_of(file: &SourceFile, part: &str) -> Span {
        let start = file.text.find(part).expect("the part is there");
        let place = |at: usize| u32::try_from(at).expect("short");
        Span::new(file.id, place(start), place(start + part.len()))
    }

    #[test]
    fn a_report_has_headline_place_label_and_help() {
        let sources = Sources::new();
        let file = sources
            .add_text("price.4dm", "var $id : Integer\n\n$session:=Sesion info($id)\n")
            .expect("short");
        let problem = Diagnostic::error(Code::Quatre(2001), "unknown command or method `Sesion info`")
            .at(span_of(&file, "Sesion info"), "not a command, a method of this project, or a plug-in")
            .help("did you mean the command `Session info`?");
        let expected = "\
error[Q2001]: unknown command or method `Sesion info`
   ╭─[price.4dm:3:11]
   │
 3 │ $session:=Sesion info($id)
   │           ─────┬─────
   │                ╰─────── not a command, a method of this project, or a plug-in
   │
   │ help: did you mean the command `Session info`?
───╯
";
        assert_eq!(human(std::slice::from_ref(&problem), &sources, &look()), expected);
        assert_eq!(
            short(&[problem], &sources, Path::new("")),
            "price.4dm:3:11: error[Q2001]: unknown command or method `Sesion info`\n"
        );
    }

    #[test]
    fn labels_of_two_lines_and_of_two_files_stand_in_order() {
        let sources = Sources::new();
        let kick =
            sources.add_text("kick.4dm", "$info:=Session info(9)\n\tALERT($info.userName)\n").expect("short");
        let other = sources.add_text("other.4dm", "// here\n").expect("short");
        let problem = Diagnostic::error(Code::Quatre(5104), "cannot read the property `userName` of Null")
            .at(span_of(&kick, "$info.userName"), "read here")
            .also(span_of(&kick, "Session info(9)"), "this gave Null")
            .also(span_of(&other, "here"), "and this is elsewhere")
            .note("sessions in the table: 1, 2, 3");
        let expected = "\
error[Q5104]: cannot read the property `userName` of Null
   ,-[kick.4dm:2:8]
   |
 1 | $info:=Session info(9)
   |        ^^^^^^^|^^^^^^^
   |               `--------- this gave Null
 2 |  ALERT($info.userName)
   |        ^^^^^^^|^^^^^^
   |               `-------- read here
   |
   |-[other.4dm:1:4]
   |
 1 | // here
   |    ^^|^
   |      `--- and this is elsewhere
   |
   | note: sessions in the table: 1, 2, 3
---'
";
        let ascii = Look { ascii: true, ..look() };
        assert_eq!(human(&[problem], &sources, &ascii), expected);
    }

    #[test]
    fn a_long_line_is_cut_around_the_label() {
        let sources = Sources::new();
        let line = format!("$a:={}Oops{}", "1+".repeat(100), "+2".repeat(100));
        let file = sources.add_text("long.4dm", line).expect("short");
        let problem = Diagnostic::error(Code::Quatre(2001), "unknown").at(span_of(&file, "Oops"), "here");
        let text = human(&[problem], &sources, &Look { width: 50, ..look() });
        let shown = text.lines().nth(3).expect("the line of source");
        assert_eq!(shown.chars().count(), 50, "{shown}");
        assert!(shown.starts_with(" 1 │ …") && shown.ends_with('…') && shown.contains("Oops"), "{text}");
        let marks = text.lines().nth(4).expect("the line of marks");
        let column = |line: &str, part: char| line.chars().position(|c| c == part);
        assert_eq!(column(shown, 'O'), column(marks, '─').or_else(|| column(marks, '┬')), "{text}");
    }

    #[test]
    fn twenty_problems_a_file_are_shown() {
        let sources = Sources::new();
        let file = sources.add_text("many.4dm", "x\n".repeat(30)).expect("short");
        let at = |n: u32| Span::new(file.id, 2 * n, 2 * n + 1);
        let problems: Vec<Diagnostic> =
            (0..25).map(|n| Diagnostic::error(Code::Quatre(2001), "unknown").at(at(n), "here")).collect();
        let text = short(&problems, &sources, Path::new(""));
        assert_eq!(text.lines().count(), 21);
        assert!(text.ends_with("and 5 more in many.4dm\n"));
    }

    #[test]
    fn chains_are_cut_in_the_middle() {
        let calls: Vec<(String, u32)> = (1..=100).map(|n| (format!("m{n}"), n)).collect();
        let few = calls.get(..2).expect("two calls");
        assert_eq!(call_chain(few, &look()), "call chain: m1 (line 1) ← m2 (line 2)\n");
        let text = call_chain(&calls, &look());
        assert!(text.contains("m5 (line 5) ← 90 more ← m96 (line 96)"), "{text}");
        assert_eq!(call_chain(&[], &look()), "");
    }

    #[test]
    fn a_problem_without_a_place_still_says_everything() {
        let problem = Diagnostic::error(Code::Quatre(6001), "cannot read `x.4dm`").help("check the spelling");
        let text = human(&[problem], &Sources::new(), &look());
        assert_eq!(text, "error[Q6001]: cannot read `x.4dm`\n  = help: check the spelling\n");
    }

    /// Ariadne has known faults on odd spans: whatever the labels, drawing must come to its end.
    #[test]
    fn no_labels_make_the_drawing_fail() {
        let sources = Sources::new();
        let file = sources
            .add_text("odd.4dm", "é\u{301}\t\u{feff}日本\r\r\n\u{2028}x\n\n\"\u{202e}\"\n")
            .expect("short");
        let end = u32::try_from(file.text.len()).expect("short");
        let places: Vec<u32> = (0..=end + 2).collect();
        for &start in &places {
            for &stop in &places {
                let problem = Diagnostic::error(Code::Quatre(1), "m")
                    .at(Span::new(file.id, start, stop), "a")
                    .also(Span::new(file.id, stop, start), "b\nc")
                    .also(Span::new(file.id, 0, stop), "");
                for color in [false, true] {
                    let text = human(std::slice::from_ref(&problem), &sources, &Look { color, ..look() });
                    assert!(text.contains("odd.4dm:"), "{text}");
                }
            }
        }
    }
}
