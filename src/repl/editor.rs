//! Lines typed on a terminal: history, colors, completion, indentation. The only file that knows `rustyline`.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::path::PathBuf;
use std::rc::Rc;

use rustyline::completion::{Completer, Pair};
use rustyline::config::Configurer;
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hint, Hinter};
use rustyline::history::FileHistory;
use rustyline::validate::Validator;
use rustyline::{
    Cmd, ColorMode, CompletionType, ConditionalEventHandler, Config, Context, EditMode, Editor, Event,
    EventContext, EventHandler, Helper, KeyCode, KeyEvent, Modifiers, RepeatCount,
};

use crate::engine::completeness::pending;
use crate::repl::complete::{complete, row};
use crate::repl::highlight::{CONTINUED, colored, with_marks};
use crate::repl::hint::hint;
use crate::repl::inspect::cut;
use crate::repl::knowledge::Knowledge;
use crate::repl::settings::Keys;
use crate::runtime::host::SystemHost;
use crate::runtime::sandbox;

/// What came of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A whole input.
    Input(String),
    /// Ctrl-C.
    Interrupted {
        /// Something was being typed.
        dropped: bool,
    },
    /// Ctrl-D, or the terminal is gone.
    End,
}

/// How lines are read.
#[derive(Clone, Debug)]
pub struct Manner {
    /// Colors.
    pub color: bool,
    /// ASCII signs only.
    pub ascii: bool,
    /// How lines are edited.
    pub keys: Keys,
    /// Where the history is kept.
    pub history: Option<PathBuf>,
}

/// So many inputs are remembered.
const REMEMBERED: usize = 10_000;

/// A reader of lines.
pub struct LineEditor<'a> {
    editor: Editor<Help<'a>, FileHistory>,
    history: Option<PathBuf>,
    /// Something is being typed.
    typing: Rc<Cell<bool>>,
}

impl<'a> LineEditor<'a> {
    /// A reader of lines; none when there is no terminal that it could use.
    pub fn new(manner: Manner, knowledge: Rc<dyn Knowledge + 'a>) -> Option<Self> {
        let config = Config::builder()
            .max_history_size(REMEMBERED)
            .ok()?
            .history_ignore_dups(true)
            .ok()?
            .history_ignore_space(true)
            .completion_type(CompletionType::List)
            .completion_show_all_if_ambiguous(true)
            // The marks of continued lines are drawn without colors too.
            .color_mode(ColorMode::Forced)
            .edit_mode(edit_mode(manner.keys))
            .tab_stop(4)
            .build();
        let mut editor: Editor<Help<'a>, FileHistory> = Editor::with_config(config).ok()?;
        let typing = Rc::new(Cell::new(false));
        let help = Help {
            knowledge,
            color: manner.color,
            ascii: manner.ascii,
            current: RefCell::default(),
            typing: Rc::clone(&typing),
        };
        editor.set_helper(Some(help));
        editor.bind_sequence(
            KeyEvent(KeyCode::Enter, Modifiers::NONE),
            EventHandler::Conditional(Box::new(Enter)),
        );
        editor.bind_sequence(
            KeyEvent(KeyCode::Enter, Modifiers::ALT),
            EventHandler::Conditional(Box::new(NewLine)),
        );
        let mut reader = Self { editor, history: None, typing };
        if let Some(path) = manner.history {
            // Without a history one can work too.
            let has_folder = path.parent().is_some_and(|folder| sandbox::create_folders(folder).is_ok());
            if has_folder {
                _ = reader.editor.load_history(&path);
                reader.history = Some(path);
            }
        }
        Some(reader)
    }

    /// Changes how lines are edited.
    pub fn set_keys(&mut self, keys: Keys) {
        self.editor.set_edit_mode(edit_mode(keys));
    }

    /// Reads an input.
    pub fn read(&mut self, prompt: &str) -> Line {
        self.typing.set(false);
        match self.editor.readline(prompt) {
            Ok(text) => {
                self.remember(&text);
                Line::Input(text)
            }
            Err(ReadlineError::Interrupted) => Line::Interrupted { dropped: self.typing.get() },
            Err(_) => Line::End,
        }
    }

    fn remember(&mut self, text: &str) {
        if text.trim().is_empty() || !self.editor.add_history_entry(text).unwrap_or(false) {
            return;
        }
        if let Some(path) = &self.history {
            // A history that cannot be written is no reason to stop.
            _ = self.editor.append_history(path);
        }
    }
}

/// Where the history of the user is kept, as the system has it.
pub fn history_file() -> Option<PathBuf> {
    let folder =
        |name: &str| SystemHost::environment(name).filter(|path| !path.is_empty()).map(PathBuf::from);
    let state = if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else {
        folder("XDG_STATE_HOME")
            .filter(|path| path.is_absolute())
            .or_else(|| folder("HOME").map(|home| home.join(".local").join("state")))
    };
    Some(state?.join("quatre").join("history"))
}

fn edit_mode(keys: Keys) -> EditMode {
    match keys {
        Keys::Emacs => EditMode::Emacs,
        Keys::Vi => EditMode::Vi,
    }
}

// ---- keys ----

/// A new line below this text, indented by what is open.
fn indented(text: &str) -> String {
    format!("{CONTINUED}{}", "  ".repeat(pending(text).depth()))
}

/// The rest of the word that closes the innermost structure, when the last line is `End` alone.
fn rest_of_closer(text: &str) -> Option<&'static str> {
    let (before, last) = text.rsplit_once('\n')?;
    if !last.trim().eq_ignore_ascii_case("end") {
        return None;
    }
    pending(before).closers.last().and_then(|closer| closer.strip_prefix("End"))
}

/// The text with the word that closes the innermost structure, when its last line is `End` alone.
pub fn closed(text: &str) -> Option<String> {
    rest_of_closer(text).map(|rest| format!("{}{rest}", text.trim_end()))
}

/// Enter: runs what is whole, else begins a line.
struct Enter;

impl ConditionalEventHandler for Enter {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        let (text, at) = (context.line(), context.pos());
        if text.starts_with('.') || text.trim().is_empty() {
            return Some(Cmd::AcceptLine);
        }
        let rest = rest_of_closer(text).unwrap_or_default();
        let whole = format!("{text}{rest}");
        if pending(&whole).is_complete() {
            return Some(Cmd::AcceptLine);
        }
        if at < text.len() {
            return Some(Cmd::Insert(1, indented(text.get(..at).unwrap_or_default())));
        }
        Some(Cmd::Insert(1, format!("{rest}{}", indented(&whole))))
    }
}

/// Alt-Enter: always begins a line.
struct NewLine;

impl ConditionalEventHandler for NewLine {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        let before = context.line().get(..context.pos()).unwrap_or_default();
        Some(Cmd::Insert(1, indented(before)))
    }
}

// ---- help while typing ----

/// What the editor asks while something is typed.
struct Help<'a> {
    knowledge: Rc<dyn Knowledge + 'a>,
    color: bool,
    ascii: bool,
    /// Where the current parameter stands in the hint.
    current: RefCell<Option<Range<usize>>>,
    typing: Rc<Cell<bool>>,
}

impl Helper for Help<'_> {}

impl Validator for Help<'_> {}

impl Completer for Help<'_> {
    type Candidate = Pair;

    fn complete(&self, line: &str, at: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let found = complete(line.get(..at).unwrap_or_default(), &*self.knowledge);
        let width = columns();
        let column =
            found.candidates.iter().map(|c| c.text.chars().count()).max().unwrap_or(0).min(width / 2);
        let dots = if self.ascii { "..." } else { "…" };
        let pairs = found.candidates.into_iter().map(|candidate| Pair {
            display: ascii(row(&candidate, column, width, dots), self.ascii),
            replacement: candidate.text,
        });
        Ok((found.start, pairs.collect()))
    }
}

/// A hint that is only looked at.
struct Shown(String);

impl Hint for Shown {
    fn display(&self) -> &str {
        &self.0
    }

    fn completion(&self) -> Option<&str> {
        None
    }
}

impl Hinter for Help<'_> {
    type Hint = Shown;

    fn hint(&self, line: &str, at: usize, _: &Context<'_>) -> Option<Shown> {
        *self.current.borrow_mut() = None;
        if !self.knowledge.shows_hints() {
            return None;
        }
        let signature = hint(line.get(..at)?, &*self.knowledge)?;
        let mut text = signature.text;
        let mut current = signature.current;
        // Without colors and bold letters, signs mark the parameter.
        if !self.color
            && let Some(range) = current.take()
        {
            let inside = text.get(range.clone())?.to_owned();
            text.replace_range(range, &format!(">{inside}<"));
        }
        let room = columns().saturating_sub(4);
        if text.chars().count() > room {
            // The name and what follows is less worth than the parameter.
            let keep = current.as_ref().map_or(0, |range| range.end);
            if text.get(..keep).is_none_or(|head| head.chars().count() > room) {
                current = None;
            }
            text = cut(&text, room, if self.ascii { "..." } else { "…" });
        }
        let lead = "\n  ";
        *self.current.borrow_mut() = current
            .filter(|range| range.end <= text.len())
            .map(|range| range.start + lead.len()..range.end + lead.len());
        Some(Shown(ascii(format!("{lead}{text}"), self.ascii)))
    }
}

/// A text with ASCII signs only.
fn ascii(text: String, wanted: bool) -> String {
    if wanted { text.replace('…', "...").replace('·', "-") } else { text }
}

impl Highlighter for Help<'_> {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        self.typing.set(!line.is_empty());
        let mark = if self.ascii { "." } else { "·" };
        if self.color && self.knowledge.highlights() {
            return Cow::Owned(with_marks(&colored(line, &*self.knowledge), mark));
        }
        if line.contains('\n') { Cow::Owned(with_marks(line, mark)) } else { Cow::Borrowed(line) }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        if !self.color {
            return Cow::Borrowed(hint);
        }
        let parts = self.current.borrow().clone().and_then(|range| {
            Some((hint.get(..range.start)?, hint.get(range.clone())?, hint.get(range.end..)?))
        });
        Cow::Owned(match parts {
            Some((before, current, after)) => {
                format!("\x1b[2m{before}\x1b[0;1m{current}\x1b[0;2m{after}\x1b[0m")
            }
            None => format!("\x1b[2m{hint}\x1b[0m"),
        })
    }

    fn highlight_char(&self, _: &str, _: usize, kind: CmdKind) -> bool {
        // A word may become a name, a bracket may open a call: everything is drawn again.
        kind != CmdKind::MoveCursor
    }
}

fn columns() -> usize {
    SystemHost::terminal_width().unwrap_or(80).max(20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_indented_by_what_is_open() {
        assert_eq!(indented("If (True)"), "\n    ");
        assert_eq!(indented("If (True)\n    For ($i; 1; 2)"), "\n      ");
    }

    #[test]
    fn end_alone_closes_the_innermost_structure() {
        assert_eq!(
            closed("For each ($x; $c)\n    End").as_deref(),
            Some("For each ($x; $c)\n    End for each")
        );
        assert_eq!(closed("Repeat\n    End"), None);
        assert_eq!(closed("End"), None);
    }
}
