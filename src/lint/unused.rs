//! Locals and parameters that nothing uses, and locals that nothing gives a value.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::suggest::nearest;
use crate::lint::bindings::{Bindings, Local};
use crate::lint::{Unit, warning};

/// Warns of all of them.
pub fn locals(unit: &Unit<'_>, bindings: &Bindings, found: &mut Vec<Diagnostic>) {
    // Code that is made while it runs may mention any of them; a snippet may go on.
    if bindings.runs_texts || unit.code.wants_value {
        return;
    }
    for local in bindings.iter().filter(|local| !local.is_parameter && !local.is_result) {
        declared_again(local, found);
        if local.read.is_none() {
            unread(local, found);
        } else {
            without_value(local, bindings, found);
        }
    }
    parameters(unit, bindings, found);
}

fn declared_again(local: &Local, found: &mut Vec<Diagnostic>) {
    let [first, again, ..] = local.vars.as_slice() else { return };
    let message = format!("`${}` is declared twice", local.name);
    found.push(warning(4007, message, *again, "again here").also(*first, "first here"));
}

fn unread(local: &Local, found: &mut Vec<Diagnostic>) {
    let name = &local.name;
    let declared = local.vars.first().or(local.declarations.first());
    match (declared, local.written) {
        (_, Some(written)) if !local.is_array => {
            let message = format!("nothing reads `${name}`");
            found.push(warning(4012, message, written, "given a value here"));
        }
        (Some(declared), _) => {
            let message = format!("`${name}` is declared and never used");
            found.push(warning(4011, message, *declared, "declared here"));
        }
        (None, _) => {}
    }
}

fn without_value(local: &Local, bindings: &Bindings, found: &mut Vec<Diagnostic>) {
    let is_declared = !local.vars.is_empty() || !local.declarations.is_empty();
    if is_declared || local.written.is_some() || local.is_given {
        return;
    }
    let Some(read) = local.read else { return };
    let message = format!("`${}` is never given a value", local.name);
    let mut diagnostic = warning(4014, message, read, "read here");
    let others = bindings.iter().filter(|other| other.name != local.name).map(|other| other.name.as_str());
    if let Some(near) = nearest(&local.name, others) {
        diagnostic = diagnostic.help(format!("did you mean `${near}`?")).fix(
            format!("replace by `${near}`"),
            read,
            format!("${near}"),
        );
    }
    found.push(diagnostic);
}

/// Parameters at the end of the list of a method. Those of a function of a class may be there for the classes below
/// or for who calls it back, and one before a used one is there for its place.
fn parameters(unit: &Unit<'_>, bindings: &Bindings, found: &mut Vec<Diagnostic>) {
    let Some(signature) = unit.code.signature else { return };
    if unit.code.class.is_some() || bindings.counts_parameters || unit.code.body.statements.is_empty() {
        return;
    }
    for (index, parameter) in signature.parameters.iter().enumerate().rev() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let is_used = bindings
            .get(&parameter.name.text)
            .is_none_or(|local| local.read.is_some() || local.written.is_some());
        if is_used || bindings.numbered.contains(&number) {
            return;
        }
        let message = format!("the parameter `${}` is never used", parameter.name.text);
        found.push(warning(4013, message, parameter.name.span, "declared here"));
    }
}
