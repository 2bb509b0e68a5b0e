//! `quatre completions SHELL`: a script that completes subcommands, options, files, codes and names.
//!
//! The scripts are small and ask the program itself: `quatre completions words COMMAND` prints what may follow, so they
//! never grow stale.

use crate::cli::args::{Arguments, Group, Takes, Usage};
use crate::cli::output::{Output, choice};
use crate::cli::{COMMANDS, Command, Exit, man, options};
use crate::diagnostics::{Code, codes};
use crate::engine::catalog;

/// The row of the table of commands.
pub const COMMAND: Command = Command {
    name: "completions",
    arguments: "SHELL",
    summary: "the completion script of a shell",
    details: "SHELL is bash, zsh, fish, powershell or elvish. The script completes commands, options, .4dm files, codes \
              for explain and names for doc. bash: put `source <(quatre completions bash)` in ~/.bashrc; zsh: the same \
              in ~/.zshrc behind compinit; fish: write it to ~/.config/fish/completions/quatre.fish; PowerShell: add \
              `quatre completions powershell | Out-String | Invoke-Expression` to $PROFILE; elvish: `eval (quatre \
              completions elvish | slurp)` in rc.elv. `quatre completions man` prints the manual page.",
    examples: &[
        "quatre completions bash > quatre.bash",
        "quatre completions man > quatre.1",
        "quatre completions fish | source",
    ],
    groups: &[],
    run: Some(run),
};

/// The shells that have a script.
const SHELLS: &[(&str, &str)] = &[
    ("bash", include_str!("completions/quatre.bash")),
    ("zsh", include_str!("completions/quatre.zsh")),
    ("fish", include_str!("completions/quatre.fish")),
    ("powershell", include_str!("completions/quatre.ps1")),
    ("elvish", include_str!("completions/quatre.elv")),
];

fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Usage> {
    let mut words = arguments.values.iter().map(|word| word.to_string_lossy());
    let names: Vec<&str> = SHELLS.iter().map(|(name, _)| *name).collect();
    let Some(shell) = words.next() else {
        return Err(Usage::new("no shell named", format!("one of: {}", names.join(", "))));
    };
    if shell == "man" {
        output.result(&man::page());
        return Ok(Exit::Fine);
    }
    if shell == "words" {
        let command = words.next().unwrap_or_default();
        output.result(&lines(&following(&command)));
        return Ok(Exit::Fine);
    }
    let script = SHELLS.iter().find(|(name, _)| *name == shell).map(|(_, script)| *script);
    let unknown = || {
        let Usage { message, hint } = choice("shell", &shell, &names);
        Usage::new(message.replace("`--shell` cannot be", "no completions for"), hint)
    };
    output.result(script.ok_or_else(unknown)?);
    Ok(Exit::Fine)
}

fn lines(words: &[String]) -> String {
    words.iter().map(|word| format!("{word}\n")).collect()
}

/// What may stand behind a command: its options, and the words that it takes; without one, the commands.
fn following(name: &str) -> Vec<String> {
    let built = COMMANDS.iter().filter(|command| command.run.is_some());
    let Some(command) = built.clone().find(|command| command.name == name) else {
        let mut words: Vec<String> = built.map(|command| command.name.to_owned()).collect();
        words.extend(options_of(&[&options::TOOL4D, &options::COMMON]));
        return words;
    };
    let mut words = match name {
        "explain" => explained(),
        "doc" => documented(),
        "completions" => SHELLS.iter().map(|(name, _)| (*name).to_owned()).collect(),
        "schema" => vec!["sessions".to_owned(), "diagnostics".to_owned()],
        _ => Vec::new(),
    };
    words.extend(options_of(command.groups));
    words.extend(options_of(&[&options::COMMON]));
    words
}

fn options_of(groups: &[&'static Group]) -> Vec<String> {
    let all = groups.iter().flat_map(|group| group.options).filter(|option| option.is_built);
    all.map(|option| match option.takes {
        Takes::Nothing | Takes::Perhaps(_) => format!("--{}", option.name),
        Takes::Value(_) => format!("--{}=", option.name),
    })
    .collect()
}

/// The codes that `explain` knows.
fn explained() -> Vec<String> {
    codes::rows().map(|row| Code::Quatre(row.number).to_string()).chain(["list".to_owned()]).collect()
}

/// The names that `doc` knows, but for constants, of which there are thousands.
fn documented() -> Vec<String> {
    let mut names: Vec<String> = catalog()
        .commands()
        .filter(|entry| matches!(entry, crate::builtin::catalog::Entry::Available(_)))
        .map(|entry| entry.name().to_owned())
        .collect();
    names.extend(catalog().class_names().map(|class| format!("4D.{class}")));
    names.extend(crate::help::page::keywords().map(|section| section.name.to_owned()));
    names.sort_unstable();
    names.dedup();
    names
}
