//! `quatre schema NAME`: the JSON Schema of a file that Quatre reads or writes.

use crate::cli::args::{Arguments, Usage};
use crate::cli::output::{Output, choice};
use crate::cli::{Command, Exit};
use crate::diagnostics::machine;
use crate::runtime::fixture;

/// The row of the table of commands.
pub const COMMAND: Command = Command {
    name: "schema",
    arguments: "sessions|diagnostics",
    summary: "print a JSON Schema",
    details: "Editors check and complete files by it: `sessions` is the file of --sessions, `diagnostics` what \
              --format json writes.",
    examples: &["quatre schema sessions > sessions.schema.json"],
    groups: &[],
    run: Some(run),
};

fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Usage> {
    let name = arguments.values.first().map(|word| word.to_string_lossy().into_owned()).unwrap_or_default();
    let text = match name.as_str() {
        "sessions" => fixture::SCHEMA,
        "diagnostics" => machine::SCHEMA,
        "config" => {
            return Err(Usage::new(
                "there is no configuration file yet (Q9101)",
                "one of: sessions, diagnostics",
            ));
        }
        "" => return Err(Usage::new("no schema named", "one of: sessions, diagnostics")),
        other => {
            let Usage { message, hint } = choice("schema", other, &["sessions", "diagnostics"]);
            return Err(Usage::new(message.replace("`--schema` cannot be", "no schema"), hint));
        }
    };
    output.result(text);
    Ok(Exit::Fine)
}
