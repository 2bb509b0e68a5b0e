//! A live session on one process: inputs are run one after the other, and what they leave stays.
//!
//! Every local of an input lives in a variable of its own that the next input finds by name, so that an error or an
//! interruption in the middle loses nothing, and a pointer to a local stays good. The prompt of the terminal and the
//! one over a connection stand on this.

use std::sync::Arc;
use std::time::Duration;

use indexmap::IndexMap;

use crate::diagnostics::suggest::nearest;
use crate::diagnostics::{Code, Diagnostic};
use crate::engine::library::late::Last;
use crate::engine::literal::{Bounds, literal, type_of};
use crate::engine::{Engine, Failure, completeness, failure, project};
use crate::program::ids::{LocalId, VariableId};
use crate::program::tree::Home;
use crate::resolve::has_errors;
use crate::runtime::process::Process;
use crate::runtime::process_table::Entry;
use crate::runtime::session::Session;
use crate::source::span::Span;
use crate::syntax::{dump, parse_snippet};
use crate::value::error::Result;
use crate::value::function::{ClassRef, MethodId};
use crate::value::pointer::Variable;
use crate::value::{Type, Value};

/// The number of 4D for an interruption.
const INTERRUPTED: Code = Code::Native(1006);

/// What an input did.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The value to show.
    pub value: Option<Value>,
    /// The error that nothing caught, and those of other processes that ended meanwhile.
    pub failures: Vec<Failure>,
    /// A remark on what was probably meant.
    pub hint: Option<String>,
    /// It was stopped from outside, after this time; where it was.
    pub interrupted: Option<(Duration, Vec<(String, u32)>)>,
    /// The name of the method or class that it defined.
    pub defined: Option<String>,
    /// The program asked to end: `QUIT 4D`.
    pub quits: bool,
}

/// Stops what a prompt runs, from any thread.
#[derive(Clone)]
pub struct Interrupter(Arc<Entry>);

impl Interrupter {
    /// Stops the input that runs, at its next loop turn or call.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

/// A live session.
pub struct Prompt {
    engine: Engine,
    process: Process,
    locals: IndexMap<String, Variable>,
    inputs: u32,
}

impl Prompt {
    /// A session in the main process of a program. The thread needs [`crate::runtime::process::NATIVE_STACK`] bytes
    /// of stack.
    pub fn new(engine: Engine) -> Self {
        let process = Process::new(Arc::clone(engine.runtime()));
        Self::with_process(engine, process)
    }

    /// A session in a process of its own.
    pub fn with_process(engine: Engine, process: Process) -> Self {
        Self { engine, process, locals: IndexMap::new(), inputs: 0 }
    }

    /// The program.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Stops what runs, from another thread.
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(Arc::clone(&self.process.entry))
    }

    /// Runs an input.
    pub fn evaluate(&mut self, text: &str) -> Outcome {
        self.process.begin_input();
        if completeness::defines(text) {
            return self.define(text);
        }
        self.inputs += 1;
        let name = format!("input {}", self.inputs);
        let mut outcome = Outcome::default();
        let id = match self.engine.library.add_input(&name, text, self.kept()) {
            Ok(id) => id,
            Err(problems) => {
                outcome.failures.extend(problems.into_iter().map(failure_of));
                return outcome;
            }
        };
        let host = Arc::clone(&self.engine.runtime.host);
        let start = host.elapsed();
        let result = self.run(id);
        match result {
            Ok(value) => self.show(id, text, value, &mut outcome),
            Err(_) if self.process.is_stopping() => {
                outcome.quits = self.engine.runtime.processes.is_quitting();
                self.process.begin_again();
            }
            Err(error) => {
                let told = failure(&self.engine.runtime, &error, None);
                if told.diagnostic.code == INTERRUPTED {
                    outcome.interrupted = Some((host.elapsed().saturating_sub(start), told.chain));
                } else {
                    outcome.failures.push(told);
                }
            }
        }
        for report in self.engine.runtime.processes.take_reports() {
            outcome.failures.push(Failure {
                diagnostic: report.diagnostic,
                chain: super::lines(&self.engine.runtime, &report.chain),
                process: Some(report.name),
            });
        }
        host.flush();
        outcome
    }

    /// The value of an expression, for commands of the prompt; nothing is kept as `$_`.
    pub fn value_of(&mut self, text: &str) -> std::result::Result<Value, Vec<Failure>> {
        self.process.begin_input();
        let problems = |problems: Vec<Diagnostic>| problems.into_iter().map(failure_of).collect::<Vec<_>>();
        let id = self.engine.library.add_input("expression", text, self.kept()).map_err(problems)?;
        self.run(id).map_err(|error| {
            self.process.begin_again();
            vec![failure(&self.engine.runtime, &error, None)]
        })
    }

    /// The locals and process variables that hold something, with `$` or without.
    pub fn variables(&mut self) -> Vec<(String, Type, Value)> {
        let mut all: Vec<(String, Type, Value)> = self
            .locals
            .values()
            .map(|variable| (variable.name().to_owned(), variable.declared(), variable.get()))
            .collect();
        for number in 0.. {
            let Some(name) = self.engine.runtime.program.variable_name(VariableId(number)) else { break };
            let variable = self.process.variable(VariableId(number));
            let value = variable.get();
            if !matches!(value, Value::Undefined) {
                all.push((name.to_string(), variable.declared(), value));
            }
        }
        all
    }

    /// A local by its name without `$`.
    pub fn local(&self, name: &str) -> Option<Value> {
        self.locals.get(&name.to_lowercase()).map(Variable::get)
    }

    /// Forgets all locals.
    pub fn forget_locals(&mut self) {
        self.locals.clear();
    }

    /// A process variable that holds something, by its name.
    pub fn process_variable(&mut self, name: &str) -> Option<Value> {
        let id = self.engine.runtime.program.known_variable(name)?;
        Some(self.process.variable(id).get()).filter(|value| !matches!(value, Value::Undefined))
    }

    /// The session in which inputs run.
    pub fn session(&self) -> Option<Arc<Session>> {
        self.process.entry.session()
    }

    /// Runs the inputs from now on in another session.
    pub fn set_session(&mut self, session: Arc<Session>) {
        self.process.entry.set_session(session);
    }

    /// Reads the names of the methods and classes of the project again; their code is read when it is next needed.
    /// Gives how many there are, and what is wrong with classes.
    ///
    /// # Errors
    /// There is no project, or it can no longer be opened.
    pub fn reload(&mut self) -> std::result::Result<(usize, usize, Vec<Failure>), Vec<Failure>> {
        let Some(file) = self.engine.project.file.clone() else {
            let problem = Diagnostic::error(Code::Quatre(6001), "no project is open")
                .help("open one: quatre repl PROJECT");
            return Err(vec![failure_of(problem)]);
        };
        let opened = project::open(&file).map_err(|problem| vec![failure_of(*problem)])?;
        let problems = self.engine.library.renew(&opened.project);
        let counts = (opened.project.methods.len(), opened.project.classes.len());
        self.engine.project = opened.project;
        Ok((counts.0, counts.1, problems.into_iter().map(failure_of).collect()))
    }

    /// Defines a method from the text of its file.
    pub fn define_method(&mut self, name: &str, text: &str) -> Outcome {
        let mut outcome = Outcome::default();
        match self.engine.library.define_method(name, text) {
            Ok(()) => outcome.defined = Some(name.to_owned()),
            Err(problems) => outcome.failures.extend(problems.into_iter().map(failure_of)),
        }
        outcome
    }

    /// Defines a class from the text of its file.
    pub fn define_class(&mut self, name: &str, text: &str) -> Outcome {
        let mut outcome = Outcome::default();
        match self.engine.library.define_class(name, text) {
            Ok(()) => outcome.defined = Some(format!("cs.{name}")),
            Err(problems) => outcome.failures.extend(problems.into_iter().map(failure_of)),
        }
        outcome
    }

    /// Code as its tree.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn tree(&self, code: &str) -> std::result::Result<String, Vec<Failure>> {
        let name = "code";
        let file = self.engine.sources().add_text(name, code);
        let file = file.map_err(|problem| {
            vec![failure_of(Diagnostic::error(Code::Quatre(6001), problem.to_string()))]
        })?;
        let (method, problems) = parse_snippet(&file, &self.engine.names());
        if has_errors(&problems) {
            return Err(problems.into_iter().map(failure_of).collect());
        }
        Ok(dump::method(&method))
    }

    /// The names of the methods that can be called.
    pub fn method_names(&self) -> Vec<String> {
        self.engine.library.method_names()
    }

    /// The names of the classes in `cs`.
    pub fn class_names(&self) -> Vec<String> {
        self.engine.library.class_names()
    }

    /// A value as the prompt shows it, with its type.
    pub fn shown(&self, value: &Value, bounds: Bounds) -> String {
        if matches!(value, Value::Undefined | Value::Null) {
            return literal(value, bounds);
        }
        format!("{} : {}", literal(value, bounds), self.type_name(value))
    }

    /// The name of the type of a value; of an object its class.
    pub fn type_name(&self, value: &Value) -> String {
        if let Value::Object(object) = value
            && let Some(ClassRef::User(id)) = object.class()
            && let Some(class) = self.engine.runtime.program.class(id)
        {
            return format!("cs.{}", class.name);
        }
        type_of(value)
    }

    /// Ends the process in an orderly way, and the others with it; `wait` gives them the time to come to their end.
    ///
    /// # Errors
    /// What the code at its end raises.
    pub fn close(mut self, wait: bool) -> Result<()> {
        if !wait {
            self.engine.runtime.processes.quit();
        }
        self.process.wind_down()
    }

    /// The locals that an input finds, with their declared types.
    fn kept(&self) -> Arc<[(String, Type)]> {
        self.locals.values().map(|local| (bare(local.name()).to_owned(), local.declared())).collect()
    }

    fn run(&mut self, id: MethodId) -> Result<Value> {
        let code = self.process.code(id)?;
        self.process.enter(&code, id, Span::default())?;
        for (index, local) in code.method.locals.iter().enumerate() {
            let id = LocalId(u32::try_from(index).unwrap_or(u32::MAX));
            let Home::Variable(slot) = local.home else { continue };
            if code.method.result == Some(id) {
                continue;
            }
            let known = self.locals.get(&local.name.to_lowercase());
            let variable = match known {
                Some(known) if known.declared() == local.type_ => known.clone(),
                Some(_) | None => {
                    let fresh = Variable::new(&format!("${}", local.name), local.type_);
                    self.locals.insert(local.name.to_lowercase(), fresh.clone());
                    fresh
                }
            };
            self.process.stack.set_value(slot, Value::Variable(variable));
        }
        self.process.run_frame(&code, std::iter::empty(), Span::default())
    }

    /// What of an outcome is to be shown.
    fn show(&mut self, id: MethodId, text: &str, value: Value, outcome: &mut Outcome) {
        let slice = |span: Span| text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let shown = match self.engine.library.last(id) {
            Last::Nothing => None,
            Last::Target(span) => self.value_of(slice(span)).ok(),
            Last::Value { is_call: true, .. } if matches!(value, Value::Undefined) => None,
            Last::Value { compares, reads, .. } => {
                if let Some((target, given)) = compares {
                    let (target, given) = (slice(target), slice(given));
                    outcome.hint =
                        Some(format!("`=` compares; to give {target} a value write {target}:={given}"));
                } else if let (Value::Undefined, Some((object, name))) = (&value, reads) {
                    outcome.hint = self.similar_property(slice(object), &name);
                }
                Some(value)
            }
        };
        if let Some(value) = &shown {
            let last =
                self.locals.entry("_".to_owned()).or_insert_with(|| Variable::new("$_", Type::Variant));
            last.set(value.clone());
        }
        outcome.value = shown;
    }

    /// The property that was probably meant where there is none of that name.
    fn similar_property(&mut self, object: &str, name: &str) -> Option<String> {
        let is_simple = object.chars().all(|c| c.is_alphanumeric() || "_$.<>".contains(c));
        if !is_simple {
            return None;
        }
        let Ok(Value::Object(object)) = self.value_of(object) else { return None };
        let keys: Vec<String> = object.keys().iter().map(ToString::to_string).collect();
        let near = nearest(name, keys.iter().map(String::as_str))?;
        Some(format!("this object has `{near}`"))
    }

    /// `Function name(…)` defines a method, `Class Name` and what follows a class.
    fn define(&mut self, text: &str) -> Outcome {
        let mut outcome = Outcome::default();
        let text = text.trim();
        let (head, body) = text.split_once('\n').unwrap_or((text, ""));
        let (word, rest) = head.split_once(char::is_whitespace).unwrap_or((head, ""));
        let rest = rest.trim();
        if word.eq_ignore_ascii_case("function") {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let (name, signature) = rest.split_at(end);
            let method = if signature.trim().is_empty() {
                format!("\n{body}")
            } else {
                format!("#DECLARE{signature}\n{body}")
            };
            return self.define_method(name, &method);
        }
        if ["constructor", "extends"].iter().any(|word| {
            rest.split_whitespace().next().is_some_and(|first| {
                first.split('(').next().is_some_and(|first| first.eq_ignore_ascii_case(word))
            })
        }) {
            let problem = Diagnostic::error(Code::Quatre(1002), "a class at the prompt begins with its name")
                .help("write `Class Person` on a line of its own, then the class; an empty line ends it");
            outcome.failures.push(failure_of(problem));
            return outcome;
        }
        self.define_class(rest, &format!("\n{body}"))
    }
}

fn failure_of(diagnostic: Diagnostic) -> Failure {
    Failure { diagnostic, chain: Vec::new(), process: None }
}

/// A name without its `$`.
fn bare(name: &str) -> &str {
    name.trim_start_matches('$')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Target;
    use crate::runtime::host::RecordingHost;
    use crate::runtime::process::NATIVE_STACK;
    use crate::runtime::{Options, TextKind};

    /// Runs a dialogue on a thread with the stack that a process needs; gives what each input shows.
    fn dialogue(inputs: &'static [&'static str]) -> Vec<String> {
        let work = move || {
            let mut prompt = open();
            inputs.iter().map(|input| told(&mut prompt, input)).collect()
        };
        std::thread::Builder::new()
            .stack_size(NATIVE_STACK)
            .spawn(work)
            .expect("a thread")
            .join()
            .expect("well")
    }

    fn open() -> Prompt {
        let target = Target::Text("prompt".to_owned(), Vec::new(), TextKind::Snippet);
        let engine = Engine::open(target, Arc::new(RecordingHost::new([])), Options::default());
        Prompt::new(engine.map_err(|_| ()).expect("an empty program"))
    }

    fn told(prompt: &mut Prompt, input: &str) -> String {
        let outcome = prompt.evaluate(input);
        if let Some(failure) = outcome.failures.first() {
            return format!("error: {}", failure.diagnostic.message);
        }
        if outcome.interrupted.is_some() {
            return "interrupted".to_owned();
        }
        let value = outcome.value.map(|value| prompt.shown(&value, Bounds::of_prompt(80, false)));
        [value, outcome.hint, outcome.defined].into_iter().flatten().collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn locals_last_with_their_types() {
        let told = dialogue(&[
            "var $n : Integer",
            "$n:=2.6",
            "$n",
            "$t:=\"a\"+\"b\"",
            "$_",
            "$t:=7",
            "For ($i; 1; 3)\n$n:=$n+$i\nEnd for",
            "$n",
        ]);
        assert_eq!(
            told,
            [
                "",
                "3 : Integer",
                "3 : Integer",
                "\"ab\" : Text",
                "\"ab\" : Text",
                "7 : Real",
                "",
                "9 : Integer"
            ]
        );
    }

    #[test]
    fn state_survives_errors_and_pointers_stay_good() {
        let told = dialogue(&[
            "$a:=1",
            "$p:=->$a",
            "$b:=2\n$c:=$a.x.y.z()",
            "$p->:=5",
            "$a",
            "$b",
            "$o:={a: 1}\n$o.self:=$o",
            "$o",
        ]);
        assert_eq!(told.first().map(String::as_str), Some("1 : Real"));
        assert!(told[2].starts_with("error"), "{told:?}");
        assert_eq!(told[4], "5 : Real");
        assert_eq!(told[5], "2 : Real");
        assert_eq!(told[7], "{a: 1; self: ↻} : Object");
    }

    #[test]
    fn methods_and_classes_are_defined_and_replaced() {
        let told = dialogue(&[
            "Function twice($x : Real) : Real\nreturn $x*2",
            "Function four($x : Real) : Real\nreturn twice(twice($x))",
            "four(3)",
            "Function twice($x : Real) : Real\nreturn $x*10",
            "four(3)",
            "Class Person\nproperty name : Text\nClass constructor($n : Text)\nThis.name:=$n\nFunction hello() : Text\nreturn \"Hello \"+This.name",
            "cs.Person.new(\"Ada\").hello()",
        ]);
        assert_eq!(told[2], "12 : Real");
        assert_eq!(told[4], "300 : Real");
        assert_eq!(told[6], "\"Hello Ada\" : Text");
    }

    #[test]
    fn hints_say_what_was_meant() {
        let told = dialogue(&["$total:=38", "$total=38", "$s:={userName: \"Ada\"}", "$s.usrName"]);
        assert_eq!(told[1], "True : Boolean | `=` compares; to give $total a value write $total:=38");
        assert_eq!(told[3], "Undefined | this object has `userName`");
    }

    #[test]
    fn an_interruption_keeps_the_variables() {
        let work = || {
            let mut prompt = open();
            let stop = prompt.interrupter();
            let stopper = std::thread::spawn(move || {
                std::thread::sleep(Duration::from_millis(300));
                stop.interrupt();
            });
            assert_eq!(told(&mut prompt, "$n:=0\nRepeat\n$n:=$n+1\nUntil (False)"), "interrupted");
            stopper.join().expect("well");
            assert_eq!(told(&mut prompt, "$n>0"), "True : Boolean");
        };
        std::thread::Builder::new()
            .stack_size(NATIVE_STACK)
            .spawn(work)
            .expect("a thread")
            .join()
            .expect("well");
    }
}
