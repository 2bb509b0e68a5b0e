//! `quatre repl [PATH]`: the prompt, on a terminal or for a script of inputs.

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use crate::cli::args::{Arguments, Usage};
use crate::cli::explain::explain;
use crate::cli::output::Output;
use crate::cli::prepare::{Prepared, Stop};
use crate::cli::run::{open_path, settings};
use crate::cli::{Command, Exit, options};
use crate::diagnostics::Diagnostic;
use crate::engine::Engine;
use crate::repl::dialogue::{Dialogue, nothing, options as of_prompt};
use crate::repl::editor::{Manner, history_file};
use crate::repl::interrupts;
use crate::repl::screen::Screen;
use crate::repl::script;
use crate::repl::terminal;
use crate::runtime::host::{Host, SystemHost};
use crate::runtime::process::NATIVE_STACK;
use crate::source::Sources;

/// The row of the table of commands.
pub const COMMAND: Command = Command {
    name: "repl",
    arguments: "[PATH]",
    summary: "type 4D, see the result",
    details: "PATH is a project, whose methods and classes can be called; nothing of it runs by itself. On a terminal \
              the prompt completes names, keeps a history and shows signatures: `.help` tells more. With input from a \
              file or a pipe there is no prompt, and the first input that fails ends it with exit code 1.",
    examples: &["quatre repl", "quatre repl MyApp", "quatre repl < dialogue.4d"],
    groups: &[&options::REPL, &options::RUN, &options::LIMITS],
    run: Some(run),
};

fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Usage> {
    if arguments.values.len() > 1 {
        return Err(Usage::new("only one project can be opened", "write it as: quatre repl MyApp"));
    }
    let prepared = match Prepared::read(arguments, output) {
        Ok(prepared) => prepared,
        Err(Stop::Usage(usage)) => return Err(usage),
        Err(Stop::Reported) => return Ok(Exit::Usage),
    };
    let path = arguments.values.first().map(PathBuf::from);
    std::thread::scope(|scope| {
        let work = || live(path.as_deref(), arguments, &prepared, output);
        // The main process of the program lives on this thread.
        let thread = std::thread::Builder::new().name("main process".into()).stack_size(NATIVE_STACK);
        match thread.spawn_scoped(scope, work) {
            Ok(thread) => thread.join().map_err(std::panic::resume_unwind).unwrap_or(Ok(Exit::Defect)),
            Err(problem) => {
                Err(Usage::new(format!("the system gives no thread: {problem}"), "try again later"))
            }
        }
    })
}

/// Opens the program and answers inputs until the prompt is left.
fn live(
    path: Option<&Path>,
    arguments: &Arguments,
    prepared: &Prepared,
    output: &Output,
) -> Result<Exit, Usage> {
    let is_person = SystemHost::in_is_terminal() && SystemHost::out_is_terminal();
    let open = || -> Result<Engine, Vec<Diagnostic>> {
        let target = match path {
            Some(path) => open_path(path, output)?,
            None => nothing(),
        };
        let options = of_prompt(settings(&[], arguments, prepared, output, &target));
        let host: Arc<dyn Host> = Arc::<SystemHost>::clone(&prepared.host);
        Engine::open(target, host, options)
    };
    let open = || {
        open()
            .inspect_err(|problems| {
                output.problems(problems, &Sources::new(), &[]);
                output.count(problems);
            })
            .ok()
    };
    let screen = Screen { host: Arc::clone(&prepared.host), look: output.look.clone(), is_person };
    let explain = |code: &str| explain(code).map_err(|usage| usage.message);
    let Some(mut dialogue) = Dialogue::new(Rc::new(open), explain, screen) else { return Ok(Exit::Usage) };
    let stop = interrupts::watch(&prepared.host, dialogue.prompt().interrupter());
    dialogue.stop = Some(stop);
    if is_person {
        let is_sandboxed = prepared.limits.permissions.is_some();
        let manner = Manner {
            color: output.look.color,
            ascii: output.look.ascii,
            keys: dialogue.settings.keys,
            history: if is_sandboxed { None } else { history_file() },
        };
        match terminal::run(dialogue, manner) {
            Ok(left) => {
                if let Some(left) = left {
                    left.close(false);
                }
                return Ok(Exit::Fine);
            }
            // There is nothing that lines could be edited on: they are read as they come.
            Err(back) => dialogue = *back,
        }
    }
    let host = Arc::clone(&prepared.host);
    let (is_well, _) = script::run(&mut dialogue, |_| host.read_line(), arguments.has("keep-going"));
    dialogue.close(true);
    let is_well = is_well && !prepared.has_failed_by_convention();
    Ok(if is_well { Exit::Fine } else { Exit::Problem })
}
