//! `PROCESS 4D TAGS`: runs a template.
//!
//! The code in the tags sees the parameters of the command as `$1`, `$2` …, process variables, and locals of its own
//! that live as long as the command. What a tag in the form of a comment gives is a template again; what `$4DTEXT(…)`
//! gives is not, so that data cannot become code. A problem is written into the text, as 4D does.

use std::path::{Path, PathBuf};

use crate::builtin::parameter::{OneOf, Rest, Var};
use crate::commands::tools::template::{Insert, Node, parse};
use crate::diagnostics::Code;
use crate::runtime::process::Process;
use crate::runtime::text_code::Locals;
use crate::runtime::{TextKind, sandbox};
use crate::value::array::Array;
use crate::value::blob::Blob;
use crate::value::error::{Error, Result};
use crate::value::pointer::Target;
use crate::value::text::Text;
use crate::value::{Type, Value, convert, json};

/// Results that are templates again, and included files, are nested no deeper.
const DEEPEST: usize = 32;
/// A text that begins with this sign is HTML.
const HTML_MARK: char = '\u{1}';

/// `PROCESS 4D TAGS(input; output; parameters)`
pub(super) fn process_tags(
    process: &mut Process,
    template: OneOf<Text, Blob>,
    output: Var<Value>,
    parameters: Rest<Value>,
) -> Result<()> {
    let template = match template {
        OneOf::First(text) => text.to_str().into_owned(),
        OneOf::Second(blob) => String::from_utf8_lossy(blob.bytes()).into_owned(),
    };
    let text = expand(process, &template, parameters.0)?;
    if output.declared() == Type::Blob || matches!(output.value(), Value::Blob(_)) {
        output.set(Blob::from_vec(text.into_bytes()));
    } else {
        output.set(text);
    }
    Ok(())
}

/// Runs a template; included files are looked for beside the project.
///
/// # Errors
/// The process was told to stop.
pub fn expand(process: &mut Process, template: &str, parameters: Vec<Value>) -> Result<String> {
    let base =
        process.runtime.options.package.clone().unwrap_or_else(|| process.runtime.host.current_directory());
    let mut run = Run { process, parameters, locals: Locals::default(), base, out: String::new() };
    run.template(template, 0)?;
    Ok(run.out)
}

struct Run<'a> {
    process: &'a mut Process,
    parameters: Vec<Value>,
    locals: Locals,
    /// The folder of included files.
    base: PathBuf,
    out: String,
}

/// The number that is shown for an error.
fn number(error: &Error) -> i32 {
    match error.details().code {
        Code::Native(number) => number,
        Code::Quatre(number) => i32::from(number),
    }
}

fn escaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => result.push_str("&amp;"),
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '"' => result.push_str("&quot;"),
            other => result.push(other),
        }
    }
    result
}

/// A text for HTML: one that is marked as HTML stays as it is.
fn for_html(text: &str) -> String {
    text.strip_prefix(HTML_MARK).map_or_else(|| escaped(text), str::to_owned)
}

/// A value as it is shown.
fn shown(value: &Value) -> String {
    if matches!(value, Value::Undefined) {
        return String::new();
    }
    if let Value::Blob(blob) = value {
        return String::from_utf8_lossy(blob.bytes()).into_owned();
    }
    if matches!(value, Value::Object(_) | Value::Collection(_)) {
        return json::stringify(value, false).map(|text| text.to_str().into_owned()).unwrap_or_default();
    }
    convert::to_text(value).to_str().into_owned()
}

impl Run<'_> {
    fn template(&mut self, template: &str, depth: usize) -> Result<()> {
        self.nodes(&parse(template), depth)
    }

    fn nodes(&mut self, nodes: &[Node], depth: usize) -> Result<()> {
        nodes.iter().try_for_each(|node| self.node(node, depth))
    }

    /// A result that is a template again.
    fn again(&mut self, text: &str, depth: usize) -> Result<()> {
        if depth >= DEEPEST {
            self.out.push_str(text);
            return Ok(());
        }
        self.template(text, depth + 1)
    }

    /// A problem, written where the tag stood.
    fn problem(&mut self, tag: &str, argument: &str, what: &str) {
        let blank = if argument.is_empty() { "" } else { " " };
        self.out.push_str(&format!("<!--#{tag}{blank}{argument}-->: {what}"));
    }

    /// What an error leaves in the text; limits and the end of the program are no such errors.
    fn failed(&mut self, tag: &str, argument: &str, error: Error) -> Result<()> {
        if error.details().fatal {
            return Err(error);
        }
        let what = format!("## error # {}", number(&error));
        self.problem(tag, argument, &what);
        Ok(())
    }

    fn node(&mut self, node: &Node, depth: usize) -> Result<()> {
        match node {
            Node::Text(text) => self.out.push_str(text),
            Node::Value(insert, code) => match self.value(*insert, code) {
                Ok(text) => self.again(&text, depth)?,
                Err(error) => self.failed(tag_name(*insert), code, error)?,
            },
            Node::Plain(insert, code) => match self.value(*insert, code) {
                Ok(text) => self.out.push_str(&text),
                Err(error) => self.failed(tag_name(*insert), code, error)?,
            },
            Node::Code(code) => {
                if let Err(error) = self.statements(code) {
                    self.failed("4DCODE", code, error)?;
                }
            }
            Node::Script(script) => self.script(script, depth)?,
            Node::Include(path) => self.include(path, depth)?,
            Node::Base(path) => self.set_base(path),
            Node::If(branches, otherwise) => self.condition(branches, otherwise, depth)?,
            Node::Loop(values, body) => self.repeat(values, body, depth)?,
            Node::Each(item, values, body) => self.each(item, values, body, depth)?,
            Node::Problem(written, what) => self.out.push_str(&format!("{written}: {what}")),
        }
        Ok(())
    }

    // ---- code ----

    fn value(&mut self, insert: Insert, code: &str) -> Result<String> {
        let value = self.evaluate(code, insert == Insert::Eval)?;
        let text = shown(&value);
        Ok(if insert == Insert::Text { for_html(&text) } else { text })
    }

    /// The value of an expression; where a statement may stand, one that is no expression is run.
    fn evaluate(&mut self, code: &str, statement: bool) -> Result<Value> {
        match self.process.compile_text(code.trim(), TextKind::Formula) {
            Ok(id) => self.process.run_text(id, self.parameters.clone(), &mut self.locals),
            Err(_) if statement => self.statements(code).map(|()| Value::Undefined),
            Err(error) => Err(error),
        }
    }

    fn statements(&mut self, code: &str) -> Result<()> {
        let id = self.process.compile_text(code, TextKind::Snippet)?;
        self.process.run_text(id, self.parameters.clone(), &mut self.locals).map(drop)
    }

    /// `method/parameter`: the method is given "/parameter" and gives a text.
    fn script(&mut self, script: &str, depth: usize) -> Result<()> {
        let script = script.trim_start_matches('/');
        let (name, parameter) = match script.find('/') {
            Some(place) => script.split_at(place),
            None => (script, ""),
        };
        let Some(id) = self.process.runtime.loader.method(name.trim()) else {
            self.problem("4DSCRIPT", &format!("/{script}"), "The method does not exist");
            return Ok(());
        };
        let site = self.process.site().unwrap_or_default();
        match self.process.call(id, vec![Value::text(parameter)], site) {
            Ok(value) => self.again(&for_html(&shown(&value)), depth),
            Err(error) => self.failed("4DSCRIPT", &format!("/{script}"), error),
        }
    }

    // ---- files ----

    fn set_base(&mut self, path: &str) {
        let package = self.process.runtime.options.package.clone();
        let root = package.unwrap_or_else(|| self.process.runtime.host.current_directory());
        self.base = if path.eq_ignore_ascii_case("WEBFOLDER") { root } else { root.join(path) };
    }

    fn include(&mut self, path: &str, depth: usize) -> Result<()> {
        let path = path.trim().trim_matches('"');
        let file = self.base.join(Path::new(path));
        let text = sandbox::read(&file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        match text {
            Ok(text) if depth < DEEPEST => {
                // The folder is that of the including page again afterwards.
                let base = self.base.clone();
                let done = self.template(body(&text), depth + 1);
                self.base = base;
                done
            }
            Ok(_) | Err(_) => {
                self.problem("4DINCLUDE", path, "The document cannot be opened");
                Ok(())
            }
        }
    }

    // ---- blocks ----

    fn condition(
        &mut self,
        branches: &[(String, Vec<Node>)],
        otherwise: &[Node],
        depth: usize,
    ) -> Result<()> {
        for (test, body) in branches {
            match self.evaluate(test, false) {
                Ok(Value::Boolean(true)) => return self.nodes(body, depth),
                Ok(Value::Boolean(false)) => {}
                Err(error) if error.details().fatal => return Err(error),
                Ok(_) | Err(_) => {
                    self.problem("4DIF", test, "A Boolean expression was expected");
                    return Ok(());
                }
            }
        }
        self.nodes(otherwise, depth)
    }

    fn repeat(&mut self, values: &str, body: &[Node], depth: usize) -> Result<()> {
        if values.starts_with('[') {
            self.problem("4DLOOP", values, "Incorrect table name");
            return Ok(());
        }
        if let Some(id) = self.process.runtime.loader.method(values) {
            return self.repeat_while_method(id, values, body, depth);
        }
        if let Some(array) = self.array_named(values) {
            return self.repeat_over_array(&array, body, depth);
        }
        match self.evaluate(values, false) {
            Ok(Value::Boolean(go_on)) => self.repeat_while(go_on, values, body, depth),
            Ok(Value::Pointer(pointer)) => {
                if let Some(Target::Variable(variable)) = pointer.target()
                    && let Value::Array(array) = variable.get()
                {
                    return self.repeat_over_array(&array, body, depth);
                }
                self.not_an_array(values)
            }
            Ok(_) => self.not_an_array(values),
            Err(error) => self.failed("4DLOOP", values, error),
        }
    }

    fn not_an_array(&mut self, values: &str) -> Result<()> {
        self.problem("4DLOOP", values, "An array was expected");
        Ok(())
    }

    /// A process variable that holds a one-dimensional array.
    fn array_named(&mut self, name: &str) -> Option<Array> {
        let id = self.process.runtime.program.known_variable(name)?;
        let Value::Array(array) = self.process.variable(id).get() else { return None };
        matches!(array.type_(), Type::Array(_)).then_some(array)
    }

    fn repeat_over_array(&mut self, array: &Array, body: &[Node], depth: usize) -> Result<()> {
        for index in 1..=array.size() {
            self.step()?;
            array.select(i32::try_from(index).unwrap_or(i32::MAX));
            self.nodes(body, depth)?;
        }
        Ok(())
    }

    fn repeat_while(&mut self, mut go_on: bool, condition: &str, body: &[Node], depth: usize) -> Result<()> {
        while go_on {
            self.step()?;
            self.nodes(body, depth)?;
            go_on = match self.evaluate(condition, false) {
                Ok(value) => matches!(value, Value::Boolean(true)),
                Err(error) => return self.failed("4DLOOP", condition, error),
            };
        }
        Ok(())
    }

    /// The method is called with 0 first, then with 1, 2 and so on, as long as it gives True.
    fn repeat_while_method(
        &mut self,
        id: crate::value::function::MethodId,
        name: &str,
        body: &[Node],
        depth: usize,
    ) -> Result<()> {
        let site = self.process.site().unwrap_or_default();
        for turn in 0..=i32::MAX {
            match self.process.call(id, vec![Value::Integer(turn)], site) {
                Ok(Value::Boolean(true)) => {}
                Ok(_) => return Ok(()),
                Err(error) => return self.failed("4DLOOP", name, error),
            }
            if turn > 0 {
                self.step()?;
                self.nodes(body, depth)?;
            }
        }
        Ok(())
    }

    fn each(&mut self, item: &str, values: &str, body: &[Node], depth: usize) -> Result<()> {
        let items = match self.evaluate(values, false) {
            Ok(Value::Collection(collection)) => collection.to_vec(),
            Ok(Value::Object(object)) => object.keys().into_iter().map(Value::Text).collect(),
            Ok(Value::Null | Value::Undefined) => Vec::new(),
            Ok(_) => {
                self.problem("4DEACH", &format!("{item} in {values}"), "Unexpected expression type");
                return Ok(());
            }
            Err(error) => return self.failed("4DEACH", &format!("{item} in {values}"), error),
        };
        for value in items {
            self.step()?;
            match item.strip_prefix('$') {
                Some(name) => self.locals.set(name, value),
                None => {
                    let id = self.process.runtime.program.variable(item);
                    self.process.variable(id).set(value);
                }
            }
            self.nodes(body, depth)?;
        }
        Ok(())
    }

    /// A turn of a loop: the program can be stopped there, and its limits hold.
    fn step(&mut self) -> Result<()> {
        if self.process.tick() { Ok(()) } else { self.process.check() }
    }
}

fn tag_name(insert: Insert) -> &'static str {
    match insert {
        Insert::Text => "4DTEXT",
        Insert::Html => "4DHTML",
        Insert::Eval => "4DEVAL",
    }
}

/// What stands between `<body>` and `</body>`, all of it when they are not there.
fn body(page: &str) -> &str {
    let lower = page.to_ascii_lowercase();
    let inner = || {
        let open = lower.find("<body")?;
        let start = open + lower.get(open..)?.find('>')? + 1;
        let end = lower.rfind("</body>").filter(|end| *end >= start)?;
        page.get(start..end)
    };
    inner().unwrap_or(page)
}

#[cfg(test)]
mod tests {
    use super::{body, for_html};

    #[test]
    fn pages_lend_their_body() {
        assert_eq!(body("<html><BODY class=\"a\">x</body></html>"), "x");
        assert_eq!(body("x"), "x");
    }

    #[test]
    fn html_is_escaped_unless_it_is_marked() {
        assert_eq!(for_html("a<b & \"c\""), "a&lt;b &amp; &quot;c&quot;");
        assert_eq!(for_html("\u{1}<b>"), "<b>");
    }
}
