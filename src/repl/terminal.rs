//! A dialogue with a person on a terminal.

use std::cell::RefCell;
use std::rc::Rc;

use crate::repl::dialogue::{Dialogue, Next};
use crate::repl::editor::{Line, LineEditor, Manner, closed};
use crate::repl::knowledge::{Knowledge, Shared};
use crate::repl::screen::Screen;

/// What stands before an input.
pub const PROMPT: &str = "> ";

/// What a dialogue with a person begins with.
pub fn greeting(screen: &Screen, of: &str) -> String {
    let dot = screen.sign("·", "-");
    format!(
        "Quatre {}{of} (4D 21 R3) {dot} .help for help {dot} Ctrl-D to leave\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// Answers what is typed until the prompt is left; gives the dialogue back to those who close it, or when there is
/// no terminal that lines could be edited on.
///
/// # Errors
/// There is none.
pub fn run<'a>(dialogue: Dialogue<'a>, manner: Manner) -> Result<Option<Dialogue<'a>>, Box<Dialogue<'a>>> {
    let shared: Shared<'a> = Rc::new(RefCell::new(dialogue));
    let knowledge: Rc<dyn Knowledge + 'a> = Rc::new(Rc::clone(&shared));
    let mut keys = manner.keys;
    let editor = LineEditor::new(manner, knowledge);
    let Some(mut editor) = editor else {
        return match Rc::try_unwrap(shared) {
            Ok(dialogue) => Err(Box::new(dialogue.into_inner())),
            Err(_) => Ok(None),
        };
    };
    {
        let dialogue = shared.borrow();
        dialogue.screen.say(&greeting(&dialogue.screen, ""));
    }
    loop {
        match editor.read(PROMPT) {
            Line::Input(text) => {
                let text = closed(&text).unwrap_or(text);
                let mut dialogue = shared.borrow_mut();
                if let Some(stop) = &dialogue.stop {
                    stop.forget();
                }
                if dialogue.take(&text) == Next::Leave {
                    break;
                }
                if dialogue.settings.keys != keys {
                    keys = dialogue.settings.keys;
                    editor.set_keys(keys);
                }
            }
            Line::Interrupted { dropped } => {
                let dialogue = shared.borrow();
                let Some(stop) = &dialogue.stop else { continue };
                if dropped {
                    stop.forget();
                } else if stop.press() {
                    stop.leave();
                } else {
                    dialogue.screen.say("  Ctrl-C again or Ctrl-D leaves\n");
                }
            }
            Line::End => {
                shared.borrow().screen.say("\n");
                break;
            }
        }
    }
    drop(editor);
    Ok(Rc::try_unwrap(shared).ok().map(RefCell::into_inner))
}
