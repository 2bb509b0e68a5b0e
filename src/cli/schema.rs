//! `quatre schema NAME`: the JSON Schema of a file that Quatre reads or writes.

use crate::cli::args::{Arguments, Usage};
use crate::cli::output::{Output, choice};
use crate::cli::{Command, Exit, config};
use crate::diagnostics::machine;
use crate::runtime::fixture;

/// The row of the table of commands.
pub const COMMAND: Command = Command {
    name: "schema",
    arguments: "sessions|config|diagnostics",
    summary: "print a JSON Schema",
    details: "Editors check and complete files by it: `sessions` is the file of --sessions, `diagnostics` what \
              --format json writes, `config` the file quatre.toml.",
    examples: &["quatre schema sessions > sessions.schema.json"],
    groups: &[],
    run: Some(run),
};

fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Usage> {
    let name = arguments.values.first().map(|word| word.to_string_lossy().into_owned()).unwrap_or_default();
    let text = match name.as_str() {
        "sessions" => fixture::SCHEMA,
        "diagnostics" => machine::SCHEMA,
        "config" => &config::schema(),
        "" => return Err(Usage::new("no schema named", "one of: sessions, config, diagnostics")),
        other => {
            let Usage { message, hint } = choice("schema", other, &["sessions", "config", "diagnostics"]);
            return Err(Usage::new(message.replace("`--schema` cannot be", "no schema"), hint));
        }
    };
    output.result(text);
    Ok(Exit::Fine)
}
