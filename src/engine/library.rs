//! All code of a program, found by name, read and resolved when it is first needed.
//!
//! A program is a realm of its own; each component is another, which sees its own methods and classes and is seen
//! through its namespace. Every unit of code knows its realm, so that names mean there what they mean in its files.

mod linting;

pub mod late;

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::builtin::catalog::{Catalog, Entry};
use crate::builtin::native::Native;
use crate::diagnostics::suggest::Dictionary;
use crate::diagnostics::{Code, Diagnostic};
use crate::engine::project::{Member, Project};
use crate::lint::shape::Shape;
use crate::lint::threads::Threading;
use crate::program::tree::{Method, Signature};
use crate::program::{Class, Program, Resolved};
use crate::resolve::class::{ClassSource, resolve_class};
use crate::resolve::scope::Scope;
use crate::resolve::{Code4D, Environment, InClass, Near, has_errors, resolve};
use crate::runtime::TextKind;
use crate::runtime::sandbox::{self, permissions};
use crate::source::span::SourceId;
use crate::source::{SourceFile, Sources};
use crate::syntax::print::{self, Spelling};
use crate::syntax::tree as syntax;
use crate::syntax::{Known, Names, parse_class, parse_expression, parse_method, parse_snippet};
use crate::value::Type;
use crate::value::function::{ClassId, MethodId};

/// The realm of the program itself.
pub const HOST: usize = 0;

/// The names that one project brings: its own, and what its components show it.
#[derive(Default)]
pub struct Realm {
    methods: FxHashMap<String, MethodId>,
    method_names: Vec<String>,
    /// The same, for suggestions.
    dictionary: OnceLock<Dictionary>,
    classes: FxHashMap<String, ClassId>,
    class_names: Vec<String>,
    /// The names of the tables, when they are known.
    tables: Option<FxHashSet<String>>,
    /// Namespaces of components and their realms.
    components: FxHashMap<String, usize>,
}

/// A text that has been read.
struct Parsed {
    file: SourceId,
    method: syntax::Method,
    problems: Vec<Diagnostic>,
}

/// A class file that has been read.
struct ParsedClass {
    file: SourceId,
    class: syntax::ClassFile,
    problems: Vec<Diagnostic>,
}

/// What keeps code from being resolved; shared by all that ask for it.
type Problems = Arc<Vec<Diagnostic>>;

/// What the file of a class gives.
struct ReadClass {
    class: Class,
    /// It names a parent.
    extends: bool,
    /// Warnings about its text.
    told: Vec<Diagnostic>,
    /// What is wrong with its heading.
    problems: Vec<Diagnostic>,
    /// Its functions and constructor.
    units: Vec<MethodId>,
}

/// Where the code of a unit comes from.
#[derive(Clone)]
enum Origin {
    /// A method file.
    File(PathBuf, Arc<OnceLock<Arc<Parsed>>>),
    /// A text that is no file of the project.
    Text(Arc<Parsed>, TextKind),
    /// An input of a prompt, with the locals that earlier ones left.
    Input(Arc<Parsed>, Arc<[(String, Type)]>),
    /// A function of a class, by its place; the constructor has none.
    Function(Arc<ParsedClass>, ClassId, Option<usize>, bool),
    /// Resolved together with the code around it.
    Resolved,
}

/// A unit's origin and realm.
#[derive(Clone)]
struct Home {
    origin: Origin,
    realm: usize,
}

/// The file of a class, once read.
type ClassCell = OnceLock<Result<Arc<ParsedClass>, Problems>>;

/// So many texts are kept as code.
const MOST_TEXTS: usize = 10_000;

/// All code of a program.
pub struct Library {
    /// Numbered units, classes and variables.
    pub program: Arc<Program>,
    /// The builtins.
    pub catalog: &'static Catalog,
    realms: Vec<Realm>,
    homes: RwLock<FxHashMap<MethodId, Home>>,
    /// Which methods the web may call, once asked.
    published: RwLock<FxHashMap<MethodId, bool>>,
    /// Texts that were made code of, by kind, name and text: a template that a server runs for every request is read
    /// once.
    texts: RwLock<FxHashMap<(TextKind, String, String), MethodId>>,
    class_homes: FxHashMap<ClassId, (PathBuf, usize, ClassCell)>,
    /// What was defined while the program ran.
    late: RwLock<late::Late>,
    /// The members of classes, for warnings.
    shapes: RwLock<FxHashMap<ClassId, Option<Arc<Shape>>>>,
    /// What callers of methods must know, for warnings.
    threadings: RwLock<FxHashMap<MethodId, Arc<Threading>>>,
    /// The names of all members of all classes, for warnings.
    members: OnceLock<FxHashSet<String>>,
    /// What unknown names may have meant, by realm: the same ones come again and again.
    near: Mutex<FxHashMap<(usize, String), Option<Near>>>,
    /// The names of commands, for suggestions.
    commands: OnceLock<Dictionary>,
}

fn folded(name: &str) -> String {
    name.to_lowercase()
}

impl Library {
    /// The code of a project, or of the surroundings of a script.
    pub fn new(project: &Project, program: Arc<Program>, catalog: &'static Catalog) -> Self {
        let mut library = Self {
            program,
            catalog,
            realms: vec![Realm::default()],
            homes: RwLock::default(),
            class_homes: FxHashMap::default(),
            late: RwLock::default(),
            published: RwLock::default(),
            texts: RwLock::default(),
            shapes: RwLock::default(),
            threadings: RwLock::default(),
            members: OnceLock::new(),
            near: Mutex::default(),
            commands: OnceLock::new(),
        };
        library.fill(HOST, project, "");
        if let (Some(namespace), Some(host)) = (&project.settings.namespace, library.realms.first_mut()) {
            // The classes of a component are reached through its own namespace too.
            host.components.insert(namespace.clone(), HOST);
        }
        for component in &project.components {
            let Some(code) = &component.project else { continue };
            let realm = library.realms.len();
            library.realms.push(Realm::default());
            let namespace = component.namespace.clone().unwrap_or_else(|| component.name.clone());
            library.fill(realm, code, &namespace);
            library.show(realm, code, &namespace);
        }
        library
    }

    /// Gives a realm its own methods and classes.
    fn fill(&mut self, realm: usize, project: &Project, namespace: &str) {
        // A script has no tables; a project without its catalog may have any.
        let is_script = project.folders.package == project.folders.sources;
        if let Some(realm) = self.realms.get_mut(realm)
            && (is_script || project.file.is_some())
        {
            let live = project.tables.iter().filter(|table| table.is_live);
            realm.tables = Some(live.map(|table| table.name.to_lowercase()).collect());
        }
        for member in &project.methods {
            let id = self.program.add_unit(&member.name);
            self.set_home(id, Home { origin: Origin::File(member.path.clone(), Arc::default()), realm });
            self.name_method(realm, &member.name, id);
        }
        for member in &project.classes {
            let name = if namespace.is_empty() {
                member.name.clone()
            } else {
                format!("{namespace}.{}", member.name)
            };
            let id = self.program.add_class(&name);
            self.class_homes.insert(id, (member.path.clone(), realm, OnceLock::new()));
            if let Some(realm) = self.realms.get_mut(realm) {
                realm.classes.insert(member.name.clone(), id);
                realm.class_names.push(member.name.clone());
            }
        }
    }

    /// Shows the program a component: its classes by namespace, its shared methods by name.
    fn show(&mut self, realm: usize, project: &Project, namespace: &str) {
        for member in &project.methods {
            let shared = is_shared(member);
            let known =
                self.realms.first().is_some_and(|host| host.methods.contains_key(&folded(&member.name)));
            if !shared || known {
                continue;
            }
            if let Some(id) =
                self.realms.get(realm).and_then(|realm| realm.methods.get(&folded(&member.name)).copied())
            {
                self.name_method(HOST, &member.name, id);
            }
        }
        if let Some(host) = self.realms.first_mut() {
            host.components.insert(namespace.to_owned(), realm);
        }
    }

    fn name_method(&mut self, realm: usize, name: &str, id: MethodId) {
        let Some(realm) = self.realms.get_mut(realm) else { return };
        let key = folded(name);
        realm.methods.insert(key, id);
        realm.method_names.push(name.to_owned());
    }

    fn set_home(&self, id: MethodId, home: Home) {
        self.homes.write().unwrap_or_else(PoisonError::into_inner).insert(id, home);
    }

    fn home(&self, id: MethodId) -> Option<Home> {
        self.homes.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    /// A realm as the resolver and the parser see it.
    fn view(&self, realm: usize) -> View<'_> {
        View { library: self, number: realm, realm: self.realms.get(realm).or(self.realms.first()) }
    }

    /// The names that code of the program may use.
    pub fn names(&self) -> impl Names {
        self.view(HOST)
    }

    /// Code of a text, the same for the same text.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn known_text(&self, text: &str, kind: TextKind, name: &str) -> Result<MethodId, Vec<Diagnostic>> {
        let key = (kind, name.to_owned(), text.to_owned());
        if let Some(known) = self.texts.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(*known);
        }
        let id = self.add_text(text, kind, name)?;
        let mut texts = self.texts.write().unwrap_or_else(PoisonError::into_inner);
        if texts.len() < MOST_TEXTS {
            texts.insert(key, id);
        }
        Ok(id)
    }

    /// Whether a method of the project may be called from the web: `"publishedWeb":true` in its attributes.
    pub fn is_published(&self, id: MethodId) -> bool {
        if let Some(known) = self.published.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return *known;
        }
        let home = self.home(id);
        let published = home.is_some_and(|home| match &home.origin {
            Origin::File(path, _) => has_attribute(path, "\"publishedWeb\":true"),
            Origin::Text(..) | Origin::Input(..) | Origin::Function(..) | Origin::Resolved => false,
        });
        self.published.write().unwrap_or_else(PoisonError::into_inner).insert(id, published);
        published
    }

    /// A method of the program by its name, whatever its case.
    pub fn method(&self, name: &str) -> Option<MethodId> {
        self.late_method(name).or_else(|| self.realms.first()?.methods.get(&folded(name)).copied())
    }

    /// The names of all methods of the program.
    pub fn method_names(&self) -> Vec<String> {
        let own = self.realms.first().map(|realm| realm.method_names.clone()).unwrap_or_default();
        self.with_late_methods(own)
    }

    /// A class of the program by its name, `Package.Name` in a component.
    pub fn class_id(&self, name: &str) -> Option<ClassId> {
        let path: Vec<&str> = name.split('.').collect();
        self.view(HOST).class(&path)
    }

    /// The names of all classes of the program.
    pub fn class_names(&self) -> Vec<String> {
        let own = self.realms.first().map(|realm| realm.class_names.clone()).unwrap_or_default();
        self.with_late_classes(own)
    }

    // ---- units of code ----

    /// Adds a file of code that is no method of the project: a script, a database method.
    pub fn add_file(&self, name: &str, path: PathBuf) -> MethodId {
        let id = self.program.add_unit(name);
        self.set_home(id, Home { origin: Origin::File(path, Arc::default()), realm: HOST });
        id
    }

    /// Adds a text as code.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn add_text(&self, text: &str, kind: TextKind, name: &str) -> Result<MethodId, Vec<Diagnostic>> {
        let file = self.program.sources.add_text(name, text).map_err(|_| vec![too_large(name)])?;
        let parsed = self.parse(&file, HOST, kind);
        if has_errors(&parsed.problems) {
            return Err(parsed.problems);
        }
        let id = self.program.add_unit(name);
        self.set_home(id, Home { origin: Origin::Text(Arc::new(parsed), kind), realm: HOST });
        Ok(id)
    }

    /// Adds the bytes of a script that comes from no file, whatever is wrong with it.
    pub fn add_bytes(&self, name: &str, bytes: Vec<u8>, kind: TextKind) -> Result<MethodId, Vec<Diagnostic>> {
        let file = self.program.sources.add(name, None, bytes).map_err(|_| vec![too_large(name)])?;
        let parsed = self.parse(&file, HOST, kind);
        let id = self.program.add_unit(name);
        self.set_home(id, Home { origin: Origin::Text(Arc::new(parsed), kind), realm: HOST });
        Ok(id)
    }

    /// A formula written again in the compact style; what cannot be read otherwise.
    pub fn rewritten(&self, formula: &str, spelling: &dyn Spelling) -> Result<String, Vec<Diagnostic>> {
        let file = SourceFile::detached("formula", formula);
        let names = self.view(HOST);
        let (expr, problems) = parse_expression(&file, &names);
        if let Some(expr) = expr
            && !has_errors(&problems)
        {
            return Ok(print::expression(&expr, print::Style::Compact, spelling));
        }
        // `EXECUTE FORMULA` runs statements too.
        let (method, others) = parse_snippet(&file, &names);
        if has_errors(&others) {
            return Err(if has_errors(&problems) { problems } else { others });
        }
        Ok(print::block(&method.body, print::Style::Compact, spelling, "").trim_end().to_owned())
    }

    fn parse(&self, file: &SourceFile, realm: usize, kind: TextKind) -> Parsed {
        let names = self.view(realm);
        let (method, problems) = match kind {
            TextKind::Method => parse_method(file, &names),
            TextKind::Formula | TextKind::Snippet => parse_snippet(file, &names),
        };
        Parsed { file: file.id, method, problems }
    }

    /// The file of a unit, read.
    fn parsed(&self, path: &Path, cell: &OnceLock<Arc<Parsed>>, realm: usize) -> Arc<Parsed> {
        Arc::clone(cell.get_or_init(|| {
            Arc::new(match load(path, &self.program.sources) {
                Ok(file) => self.parse(&file, realm, TextKind::Method),
                Err(problem) => Parsed {
                    file: SourceId::default(),
                    method: syntax::Method::default(),
                    problems: vec![*problem],
                },
            })
        }))
    }

    /// What is wrong with the text of a unit; names and types are not looked at.
    pub fn problems(&self, id: MethodId) -> Vec<Diagnostic> {
        match self.home(id) {
            Some(Home { origin: Origin::File(path, cell), realm }) => {
                self.parsed(&path, &cell, realm).problems.clone()
            }
            Some(Home { origin: Origin::Text(parsed, _) | Origin::Input(parsed, _), .. }) => {
                parsed.problems.clone()
            }
            Some(Home { origin: Origin::Function(class, ..), .. }) => class.problems.clone(),
            Some(Home { origin: Origin::Resolved, .. }) | None => Vec::new(),
        }
    }

    /// Everything that is wrong with a unit: its text, its names and its types.
    pub fn check(&self, id: MethodId) -> Vec<Diagnostic> {
        let mut problems = self.problems(id);
        if let (false, Some(home), Some(unit)) = (has_errors(&problems), self.home(id), self.program.unit(id))
        {
            let environment = self.view(home.realm);
            let found = self.with_code(&home, &unit.name, |code| {
                let mut found = resolve(code, &environment).1;
                found.extend(self.lint(&home, code));
                found
            });
            problems.extend(found.unwrap_or_default());
            return self.sifted(&home, problems);
        }
        problems
    }

    /// Everything that is wrong with a class and its functions.
    pub fn check_class(&self, id: ClassId) -> Vec<Diagnostic> {
        let Some(unit) = self.program.class(id) else { return Vec::new() };
        match self.class_parts(id, &unit.name) {
            Err(problems) => problems.to_vec(),
            Ok(read) => {
                let functions = read.units.iter().flat_map(|unit| {
                    // What is wrong with the text of the class is told once, not by each function.
                    let mut problems = self.check(*unit);
                    problems.retain(|problem| !read.told.contains(problem));
                    problems
                });
                let functions: Vec<Diagnostic> = functions.collect();
                read.told.iter().cloned().chain(read.problems).chain(functions).collect()
            }
        }
    }

    /// The name of the file of a unit; the name of the unit when it comes from none.
    pub fn file_name(&self, id: MethodId) -> String {
        if let Some(Home { origin: Origin::File(path, _), .. }) = self.home(id)
            && let Some(name) = path.file_name()
        {
            return name.to_string_lossy().into_owned();
        }
        self.program.unit(id).map_or_else(String::new, |unit| unit.name.clone())
    }

    /// Whether a unit is a text of one expression whose value is worth showing: not a call of a command that gives
    /// nothing.
    pub fn is_expression(&self, id: MethodId) -> bool {
        let Some(Home { origin: Origin::Text(parsed, TextKind::Snippet), .. }) = self.home(id) else {
            return false;
        };
        let [syntax::Statement { kind: syntax::StatementKind::Expression(expr), .. }] =
            parsed.method.body.statements.as_slice()
        else {
            return false;
        };
        let callee = if let syntax::ExprKind::Call(callee, _) = &expr.kind { callee } else { expr };
        let syntax::ExprKind::Command(number, _) = &callee.kind else { return true };
        let Some(Entry::Available(command)) = self.catalog.command(*number) else { return true };
        let gives_nothing =
            |native: &Native| native.callable().is_some_and(|callable| callable.result().is_none());
        !command.syntaxes.iter().all(gives_nothing)
    }

    /// The code of a unit, resolved.
    pub fn resolved(&self, id: MethodId) -> Resolved<Method> {
        let Some(unit) = self.program.unit(id) else { return Err(Arc::new(Vec::new())) };
        unit.method.get_or_init(|| self.resolve_unit(id, &unit.name)).clone()
    }

    fn resolve_unit(&self, id: MethodId, name: &str) -> Resolved<Method> {
        let Some(home) = self.home(id) else { return Err(Arc::new(Vec::new())) };
        let environment = self.view(home.realm);
        let problems = self.problems(id);
        if has_errors(&problems) {
            return Err(Arc::new(problems));
        }
        self.with_code(&home, name, |code| Ok(Arc::new(resolve(code, &environment).0)))
            .unwrap_or_else(|| Err(Arc::new(Vec::new())))
    }

    /// Runs `action` on the heading and body of a unit.
    fn with_code<R>(&self, home: &Home, name: &str, action: impl FnOnce(&Code4D<'_>) -> R) -> Option<R> {
        match &home.origin {
            Origin::File(path, cell) => {
                let parsed = self.parsed(path, cell, home.realm);
                Some(action(&method_code(name, &parsed, false)))
            }
            Origin::Text(parsed, kind) => Some(action(&method_code(name, parsed, *kind != TextKind::Method))),
            Origin::Input(parsed, kept) => {
                Some(action(&Code4D { kept: Some(kept), ..method_code(name, parsed, true) }))
            }
            Origin::Function(parsed, id, place, derived) => {
                let function = match place {
                    Some(place) => parsed.class.functions.get(*place)?,
                    None => parsed.class.constructors.first()?,
                };
                let class = InClass {
                    id: *id,
                    derived: *derived,
                    constructor: place.is_none(),
                    shared: function.modifiers.shared,
                };
                Some(action(&Code4D {
                    name,
                    source: parsed.file,
                    signature: Some(&function.signature),
                    body: &function.body,
                    class: Some(class),
                    wants_value: false,
                    kept: None,
                }))
            }
            Origin::Resolved => None,
        }
    }

    /// What callers of a unit must know.
    pub fn signature(&self, id: MethodId) -> Arc<Signature> {
        let Some(unit) = self.program.unit(id) else { return Arc::default() };
        Arc::clone(unit.signature.get_or_init(|| {
            let Some(home) = self.home(id) else { return Arc::default() };
            let environment = self.view(home.realm);
            self.with_code(&home, &unit.name, |code| Arc::new(Scope::signature(code, &environment)))
                .unwrap_or_default()
        }))
    }

    /// Whether the class of a unit has a parent: then its constructor must call it.
    pub fn is_derived(&self, id: MethodId) -> bool {
        matches!(self.home(id), Some(Home { origin: Origin::Function(_, _, _, true), .. }))
    }

    // ---- classes ----

    /// A class, read if it was not yet.
    pub fn class(&self, id: ClassId) -> Resolved<Class> {
        let Some(unit) = self.program.class(id) else { return Err(Arc::new(Vec::new())) };
        unit.class.get_or_init(|| self.read_class(id, &unit.name)).clone()
    }

    fn read_class(&self, id: ClassId, name: &str) -> Resolved<Class> {
        let read = self.class_parts(id, name)?;
        let (class, extends) = (read.class, read.extends);
        let fatal: Vec<Diagnostic> = read
            .problems
            .into_iter()
            .filter(|problem| {
                matches!(problem.code, Code::Quatre(2003 | 9003 | 9008))
                    && class.parent.is_none()
                    && class.built_in_parent.is_none()
            })
            .collect();
        if fatal.is_empty() || !extends { Ok(Arc::new(class)) } else { Err(Arc::new(fatal)) }
    }

    /// The file of a class, read; an error when its text is no class.
    fn parsed_class(&self, id: ClassId) -> Result<Arc<ParsedClass>, Problems> {
        let Some((path, realm, cell)) = self.class_homes.get(&id) else {
            return self.late_parsed(id).ok_or_else(Problems::default);
        };
        let read = || {
            let file = load(path, &self.program.sources).map_err(|problem| Arc::new(vec![*problem]))?;
            let (class, problems) = parse_class(&file, &self.view(*realm));
            if has_errors(&problems) {
                return Err(Arc::new(problems));
            }
            Ok(Arc::new(ParsedClass { file: file.id, class, problems }))
        };
        cell.get_or_init(read).clone()
    }

    /// What the file of a class gives; an error when its text is no class.
    fn class_parts(&self, id: ClassId, name: &str) -> Result<ReadClass, Problems> {
        let realm = self.class_homes.get(&id).map_or(HOST, |(_, realm, _)| *realm);
        let environment = self.view(realm);
        let parsed = self.parsed_class(id)?;
        let derived = parsed.class.extends.as_ref().is_some_and(|name| environment.is_user_class(&name.text));
        let source = ClassSource {
            id,
            name: name.rsplit('.').next().unwrap_or(name),
            source: parsed.file,
            file: &parsed.class,
        };
        let units = RefCell::new(Vec::new());
        let unit = |place: Option<usize>, unit_name: String| {
            let unit = self.program.add_unit(&unit_name);
            let origin = Origin::Function(Arc::clone(&parsed), id, place, derived);
            self.set_home(unit, Home { origin, realm });
            units.borrow_mut().push(unit);
            unit
        };
        let (class, problems) = resolve_class(&source, &environment, unit);
        let extends = parsed.class.extends.is_some();
        Ok(ReadClass { class, extends, told: parsed.problems.clone(), problems, units: units.into_inner() })
    }
}

/// Reads a file of code into the table of texts.
///
/// # Errors
/// It cannot be read, or is too large.
pub fn load(path: &Path, sources: &Sources) -> Result<Arc<SourceFile>, Box<Diagnostic>> {
    let name = path.to_string_lossy().into_owned();
    let unreadable =
        |why: String| Box::new(Diagnostic::error(Code::Quatre(6001), format!("cannot read `{name}`: {why}")));
    let bytes = permissions::suspended(|| sandbox::read(path))
        .map_err(|problem| unreadable(sandbox::reason(&problem)))?;
    sources.add(name.clone(), Some(path.to_owned()), bytes).map_err(|problem| unreadable(problem.to_string()))
}

/// Whether a method of a component is shown to the program: `"shared":true` in its attributes.
fn is_shared(member: &Member) -> bool {
    has_attribute(&member.path, "\"shared\":true")
}

/// Whether the first line of a file, where the attributes of a method stand, holds one of them.
fn has_attribute(path: &Path, attribute: &str) -> bool {
    let Ok(bytes) = permissions::suspended(|| sandbox::read(path)) else { return false };
    let head = bytes.get(..bytes.len().min(400)).unwrap_or_default();
    let text = String::from_utf8_lossy(head);
    let line = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    line.starts_with("//%attributes") && line.contains(attribute)
}

fn method_code<'a>(name: &'a str, parsed: &'a Parsed, wants_value: bool) -> Code4D<'a> {
    Code4D {
        name,
        source: parsed.file,
        signature: parsed.method.signature.as_ref(),
        body: &parsed.method.body,
        class: None,
        wants_value,
        kept: None,
    }
}

#[cold]
fn too_large(name: &str) -> Diagnostic {
    Diagnostic::error(Code::Quatre(6001), format!("cannot read `{name}`: the file is larger than 4 GB"))
}

/// A realm as the resolver and the parser see it.
struct View<'a> {
    library: &'a Library,
    number: usize,
    realm: Option<&'a Realm>,
}

impl View<'_> {
    fn is_user_class(&self, name: &str) -> bool {
        let path: Vec<&str> = name.split('.').filter(|part| *part != "cs").collect();
        self.class(&path).is_some()
    }
}

impl Names for View<'_> {
    fn find(&self, words: &str) -> Option<Known> {
        self.library.catalog.find(words).or_else(|| self.method(words).map(|_| Known::Method))
    }
}

impl Environment for View<'_> {
    fn program(&self) -> &Program {
        &self.library.program
    }

    fn catalog(&self) -> &Catalog {
        self.library.catalog
    }

    fn method(&self, name: &str) -> Option<MethodId> {
        let late = if self.number == HOST { self.library.late_method(name) } else { None };
        late.or_else(|| self.realm?.methods.get(&folded(name)).copied())
    }

    fn signature(&self, id: MethodId) -> Arc<Signature> {
        self.library.signature(id)
    }

    fn class(&self, path: &[&str]) -> Option<ClassId> {
        match path {
            [name] => {
                let late = if self.number == HOST { self.library.late_class(name) } else { None };
                late.or_else(|| self.realm?.classes.get(*name).copied())
            }
            [component, name] => {
                let realm = self.realm?.components.get(*component)?;
                self.library.realms.get(*realm)?.classes.get(*name).copied()
            }
            _ => None,
        }
    }

    fn is_table_class(&self, name: &str) -> Option<bool> {
        let tables = self.realm?.tables.as_ref()?;
        let name = folded(name);
        let is_table = |name: &str| tables.contains(name);
        let base = ["entityselection", "selection", "entity"].iter().find_map(|end| name.strip_suffix(end));
        Some(is_table(&name) || base.is_some_and(is_table))
    }

    fn is_component(&self, name: &str) -> bool {
        self.realm
            .is_some_and(|realm| !realm.classes.contains_key(name) && realm.components.contains_key(name))
    }

    fn near(&self, name: &str) -> Option<Near> {
        let key = (self.number, folded(name));
        let known = &self.library.near;
        if let Some(found) = known.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return found.clone();
        }
        let methods = self.realm.map(|realm| {
            realm.dictionary.get_or_init(|| Dictionary::new(realm.method_names.iter().cloned()))
        });
        let method = methods.and_then(|methods| methods.nearest(name));
        let found = match method {
            Some(method) => Some(Near { name: method.to_owned(), is_method: true }),
            None => {
                let commands = self.library.commands.get_or_init(|| {
                    let mut names: Vec<String> = self.catalog().command_names().map(str::to_owned).collect();
                    names.sort_unstable();
                    Dictionary::new(names)
                });
                commands.nearest(name).map(|name| Near { name: name.to_owned(), is_method: false })
            }
        };
        known.lock().unwrap_or_else(PoisonError::into_inner).insert(key, found.clone());
        found
    }

    fn class_names(&self) -> Vec<String> {
        self.realm.map(|realm| realm.class_names.clone()).unwrap_or_default()
    }

    fn add_unit(&self, method: Method) -> MethodId {
        let id = self.library.program.add_unit(&method.name);
        self.library.set_home(id, Home { origin: Origin::Resolved, realm: self.number });
        if let Some(unit) = self.library.program.unit(id) {
            // A unit just made has no code yet, so this cannot fail.
            let _: Result<(), _> = unit.method.set(Ok(Arc::new(method)));
        }
        id
    }
}
