//! `LAUNCH EXTERNAL PROCESS`: another program, with text in and text out.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::builtin::parameter::{OneOf, Var};
use crate::commands::tools::{data_bytes, put_bytes};
use crate::runtime::process::Process;
use crate::runtime::process_table::Standing;
use crate::runtime::sandbox::program::{Program, Running, Wake, words};
use crate::value::Value;
use crate::value::blob::Blob;
use crate::value::error::Result;
use crate::value::text::Text;

/// Between two looks whether a program has ended whose streams have.
const LOOK: Duration = Duration::from_millis(20);

/// What `SET ENVIRONMENT VARIABLE` set in a process, in order.
#[derive(Default)]
struct Variables(Vec<(String, String)>);

/// Variables that speak to 4D and not to the program, for the next call only.
const FOLDER: &str = "_4D_OPTION_CURRENT_DIRECTORY";
const BLOCKING: &str = "_4D_OPTION_BLOCKING_EXTERNAL_PROCESS";
const OPTIONS: &str = "_4D_OPTION_";

/// `SET ENVIRONMENT VARIABLE(name; value)`
pub(super) fn set_environment_variable(process: &mut Process, name: Text, value: Text) {
    let (name, value) = (name.to_str().into_owned(), value.to_str().into_owned());
    let variables = &mut process.state::<Variables>().0;
    variables.retain(|(other, _)| *other != name);
    if !value.is_empty() {
        variables.push((name, value));
    }
}

/// `LAUNCH EXTERNAL PROCESS(command; input; output; errors; pid)`
pub(super) fn launch(
    process: &mut Process,
    command: Text,
    input: Option<OneOf<Text, Blob>>,
    output: Option<Var<Value>>,
    errors: Option<Var<Value>>,
    pid: Option<Var<i32>>,
) -> Result<()> {
    let variables = &mut process.state::<Variables>().0;
    let option =
        |name: &str| variables.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone());
    let blocking = option(BLOCKING).is_none_or(|value| !value.eq_ignore_ascii_case("false"));
    let folder = option(FOLDER).map(PathBuf::from);
    variables.retain(|(name, _)| !name.starts_with(OPTIONS));
    let program = Program { words: words(&command.to_str()), folder, variables: variables.clone() };
    let give_id = |id: u32| {
        if let Some(pid) = &pid {
            pid.set(id.cast_signed());
        }
    };
    if !blocking {
        let started = program.start_alone();
        process.set_ok(started.is_ok());
        if let Ok(id) = started {
            give_id(id);
        }
        return Ok(());
    }
    let wake: Wake = {
        let entry = Arc::clone(&process.entry);
        Arc::new(move || entry.poke())
    };
    // What the program says stands after what was said before it.
    process.runtime.host.flush();
    let Ok(running) = program.start(input.map(data_bytes).unwrap_or_default(), &wake) else {
        process.set_ok(false);
        return Ok(());
    };
    give_id(running.id());
    let (out, err) = await_end(process, running)?;
    for (target, bytes) in [(output, out), (errors, err)] {
        if let Some(target) = target {
            put_bytes(&target, bytes);
        }
    }
    process.set_ok(true);
    Ok(())
}

/// Waits for the end of a program; it is ended when this process must end first.
fn await_end(process: &mut Process, mut running: Running) -> Result<(Vec<u8>, Vec<u8>)> {
    let standing = Standing::Waiting { condition: Arc::new(|| false), timed: true };
    loop {
        let look = Instant::now() + LOOK;
        match process.wait_until(&standing, Some(look), |_| running.has_ended().then_some(())) {
            Ok(Some(())) => return Ok(running.take_output()),
            Ok(None) => {}
            Err(error) => {
                running.kill();
                return Err(error);
            }
        }
    }
}
