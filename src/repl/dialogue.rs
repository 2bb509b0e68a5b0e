//! What a prompt answers to a whole input, wherever it comes from.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use crate::engine::prompt::{Outcome, Prompt};
use crate::engine::{Engine, Failure, Target};
use crate::repl::dots;
use crate::repl::interrupts::Stop;
use crate::repl::screen::{Screen, time};
use crate::repl::settings::Settings;
use crate::runtime::host::Host;
use crate::runtime::{Options, TextKind};

/// What happens after an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The next one is read.
    Input,
    /// It went wrong; a script may end here.
    Failed,
    /// The prompt is left.
    Leave,
}

/// Opens the program of a prompt; again for `.reset`.
pub type Open<'a> = Rc<dyn Fn() -> Option<Engine> + 'a>;

/// What a code of an error means; the other way is the reason why that is not known.
pub type Explain = fn(&str) -> Result<String, String>;

/// A prompt under way.
pub struct Dialogue<'a> {
    /// What runs the inputs; none once it was left.
    prompt: Option<Prompt>,
    /// Where it writes.
    pub screen: Screen,
    /// What `.set` changes.
    pub settings: Settings,
    /// The inputs that did not fail, for `.save`.
    pub kept: Vec<String>,
    /// All inputs, for `.history`.
    pub typed: Vec<String>,
    /// What `.explain` says.
    pub explain: Explain,
    /// How many files `.load` is in the middle of.
    pub loading: usize,
    /// What Ctrl-C stops.
    pub stop: Option<Arc<Stop>>,
    open: Open<'a>,
}

impl<'a> Dialogue<'a> {
    /// A prompt for a program; none when that cannot be opened, which was told.
    pub fn new(open: Open<'a>, explain: Explain, screen: Screen) -> Option<Self> {
        let prompt = Prompt::new(open()?);
        Some(Self {
            prompt: Some(prompt),
            screen,
            settings: Settings::default(),
            kept: Vec::new(),
            typed: Vec::new(),
            explain,
            loading: 0,
            stop: None,
            open,
        })
    }

    /// What runs the inputs.
    pub fn prompt(&mut self) -> &mut Prompt {
        self.prompt.as_mut().expect("there is a prompt until the dialogue is closed")
    }

    /// Forgets everything: variables, definitions, processes.
    pub fn reset(&mut self) -> bool {
        let Some(engine) = (self.open)() else { return false };
        if let Some(old) = self.prompt.replace(Prompt::new(engine)) {
            self.leave(old, false);
        }
        if let Some(stop) = self.stop.clone() {
            stop.aim(self.prompt().interrupter());
        }
        self.kept.clear();
        true
    }

    /// Ends the program; `wait` gives its processes the time to come to their end.
    pub fn close(mut self, wait: bool) {
        if let Some(prompt) = self.prompt.take() {
            self.leave(prompt, wait);
        }
    }

    fn leave(&self, prompt: Prompt, wait: bool) {
        let runtime = Arc::clone(prompt.engine().runtime());
        if let Err(error) = prompt.close(wait) {
            self.screen.problem(&error.to_diagnostic(), &runtime.program.sources);
        }
        for report in runtime.processes.take_reports() {
            self.screen.problem(&report.diagnostic, &runtime.program.sources);
        }
        runtime.host.flush();
    }

    /// Answers an input.
    pub fn take(&mut self, input: &str) -> Next {
        let input = input.trim_end();
        let bare = input.trim();
        if bare.is_empty() {
            return Next::Input;
        }
        if self.loading == 0 {
            self.typed.push(input.trim_start().to_owned());
        }
        if bare.starts_with('.') {
            return dots::run(self, bare);
        }
        if let Some(command) = ["exit", "quit", "help"].iter().find(|word| bare.eq_ignore_ascii_case(word))
            && self.prompt().engine().method(command).is_none()
            && self.prompt().process_variable(command).is_none()
        {
            let meant = if *command == "help" { ".help" } else { ".quit" };
            self.screen.hint(&format!("`{bare}` is no command of 4D; the prompt knows `{meant}`"));
            return Next::Input;
        }
        let start = self.screen.host.elapsed();
        let outcome = self.prompt().evaluate(input);
        let took = self.screen.host.elapsed().saturating_sub(start);
        self.show(input, outcome, took)
    }

    /// Shows what an input did.
    pub fn show(&mut self, input: &str, outcome: Outcome, took: Duration) -> Next {
        if outcome.quits {
            return Next::Leave;
        }
        if let Some((time, chain)) = &outcome.interrupted {
            self.interrupted(input, *time, chain);
            return Next::Failed;
        }
        if !outcome.failures.is_empty() {
            self.failed(&outcome.failures);
            return Next::Failed;
        }
        self.kept.push(input.to_owned());
        if let Some(value) = &outcome.value {
            let bounds = self.screen.bounds(&self.settings);
            let text = self.prompt().shown(value, bounds);
            self.screen.result(&format!("{text}\n"));
        }
        if let Some(name) = &outcome.defined
            && self.screen.is_person
        {
            self.screen.say(&format!("  defined {name}\n"));
        }
        if let Some(hint) = &outcome.hint
            && self.settings.hints
        {
            self.screen.hint(hint);
        }
        if self.settings.time {
            self.screen.say(&format!("  {}\n", time(took)));
        }
        Next::Input
    }

    /// Shows errors.
    pub fn failed(&mut self, failures: &[Failure]) {
        let sources = Arc::clone(&self.prompt().engine().runtime().program.sources);
        self.screen.failures(failures, &sources);
    }

    fn interrupted(&self, input: &str, took: Duration, chain: &[(String, u32)]) {
        let place = match chain {
            [(_, line)] => {
                let word = first_word(input, *line);
                let word = if word.is_empty() { word } else { format!("{word}, ") };
                format!(" ({word}line {line})")
            }
            [(name, line), ..] => format!(" ({name}, line {line})"),
            [] => String::new(),
        };
        // The terminal has written `^C` itself.
        let sign = if self.screen.is_person { "" } else { "^C" };
        self.screen.say(&format!("{sign} interrupted after {}{place}; variables are kept\n", time(took)));
    }
}

/// The words with which a line begins: `For each`.
fn first_word(text: &str, line: u32) -> String {
    let line = text.lines().nth((line as usize).saturating_sub(1)).unwrap_or_default().trim_start();
    let end = line.find(|c: char| !c.is_alphabetic() && c != ' ').unwrap_or(line.len());
    line.get(..end).unwrap_or_default().trim().to_owned()
}

/// What is opened when no program is named: nothing but the language.
pub fn nothing() -> Target {
    Target::Text("prompt".to_owned(), Vec::new(), TextKind::Snippet)
}

/// The options of a program, as a prompt needs them.
pub fn options(options: Options) -> Options {
    Options { is_prompt: true, ..options }
}
