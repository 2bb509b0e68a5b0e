//! A session table written by hand: the JSON file of `--sessions`.
//!
//! A test of code that asks `Session info` needs sessions that no real server made. The file says which there are;
//! this reads it into plain data and finds everything that is wrong with it at once, each problem with its place.
//!
//! ```json
//! {"application": "server", "sessions": [{"type": "remote", "userName": "Vanessa"}]}
//! ```

use chrono::{DateTime, FixedOffset};
use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::{Range, Ranged};

use crate::diagnostics::suggest::nearest;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::span::{SourceId, Span};

/// The JSON Schema of the file, which `quatre schema sessions` prints.
pub const SCHEMA: &str = include_str!("sessions.schema.json");

/// Which kind of 4D the program believes to run in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Application {
    /// `"local"`: 4D in local mode, application type 0.
    Local,
    /// `"remote"`: a client, application type 4.
    Remote,
    /// `"server"`: application type 5.
    Server,
    /// `"tool4d"`: application type 6.
    #[default]
    Tool4d,
}

/// What a session belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionType {
    /// `"remote"`: a client.
    Remote,
    /// `"storedProcedure"`: what the server runs by itself.
    StoredProcedure,
    /// `"standalone"`: an application without a server.
    Standalone,
    /// `"rest"`: requests to the REST server.
    Rest,
    /// `"web"`: a browser.
    Web,
}

impl SessionType {
    /// All of them with the word that 4D uses.
    pub const ALL: &[(&str, Self)] = &[
        ("remote", Self::Remote),
        ("storedProcedure", Self::StoredProcedure),
        ("standalone", Self::Standalone),
        ("rest", Self::Rest),
        ("web", Self::Web),
    ];

    /// The word that 4D uses.
    pub fn name(self) -> &'static str {
        word(Self::ALL, self)
    }
}

/// Where a session comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostType {
    /// `"windows"`
    Windows,
    /// `"mac"`
    Mac,
    /// `"browser"`
    Browser,
    /// `"linux"`, which 4D has no word for.
    Linux,
}

impl HostType {
    /// All of them with the word that 4D uses.
    pub const ALL: &[(&str, Self)] =
        &[("windows", Self::Windows), ("mac", Self::Mac), ("browser", Self::Browser), ("linux", Self::Linux)];

    /// The word that 4D uses.
    pub fn name(self) -> &'static str {
        word(Self::ALL, self)
    }
}

/// What a session does at the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SessionState {
    /// `"active"`
    #[default]
    Active,
    /// `"postponed"`
    Postponed,
    /// `"sleeping"`
    Sleeping,
}

impl SessionState {
    /// All of them with the word that 4D uses.
    pub const ALL: &[(&str, Self)] =
        &[("active", Self::Active), ("postponed", Self::Postponed), ("sleeping", Self::Sleeping)];

    /// The word that 4D uses.
    pub fn name(self) -> &'static str {
        word(Self::ALL, self)
    }
}

/// A whole file.
#[derive(Clone, Debug, PartialEq)]
pub struct Fixture {
    /// What the program believes to run in.
    pub application: Application,
    /// The moment at which the clock stands still.
    pub clock: Option<DateTime<FixedOffset>>,
    /// The place in `sessions` of the one in which the program runs; `None` when there is no session at all.
    pub current: Option<usize>,
    /// In the order of the file.
    pub sessions: Vec<FixtureSession>,
}

impl Fixture {
    /// Makes another session the current one: by its number, or by its UUID in either form.
    /// False when there is no such session.
    pub fn select(&mut self, wanted: &str) -> bool {
        let id = uuid(wanted);
        let number = wanted.parse::<i32>().ok();
        let matches =
            |session: &FixtureSession| id.as_ref() == Some(&session.id) || number == Some(session.number);
        let found = self.sessions.iter().position(matches);
        if found.is_some() {
            self.current = found;
        }
        found.is_some()
    }
}

/// One session. What the file leaves out, `Session info` leaves out.
#[derive(Clone, Debug, PartialEq)]
pub struct FixtureSession {
    /// Its integer ID, unique.
    pub number: i32,
    /// Its UUID: thirty-two hexadecimal digits, capitals; unique.
    pub id: String,
    /// What it belongs to.
    pub type_: SessionType,
    /// `userName`
    pub user_name: Option<String>,
    /// `machineName`
    pub machine_name: Option<String>,
    /// `systemUserName`
    pub system_user_name: Option<String>,
    /// `IPAddress`
    pub ip_address: Option<String>,
    /// `hostType`
    pub host_type: Option<HostType>,
    /// `creationDateTime`, as written.
    pub creation_date_time: Option<String>,
    /// `state`
    pub state: SessionState,
    /// `persistentID`: thirty-two hexadecimal digits, capitals.
    pub persistent_id: Option<String>,
    /// What `Session.storage` holds at the start.
    pub storage: Option<serde_json::Map<String, serde_json::Value>>,
    /// The privileges it has.
    pub privileges: Vec<String>,
    /// `expirationDate`, as written.
    pub expiration_date: Option<String>,
    /// `idleTimeout` in minutes.
    pub idle_timeout: Option<i32>,
    /// What `Process activity` lists for it.
    pub processes: Vec<FixtureProcess>,
}

/// One process of a session.
#[derive(Clone, Debug, PartialEq)]
pub struct FixtureProcess {
    /// `name`
    pub name: String,
    /// `number`
    pub number: Option<i32>,
    /// `ID`
    pub id: Option<i32>,
    /// `type`
    pub type_: i32,
    /// `state`
    pub state: i32,
    /// `visible`
    pub visible: bool,
    /// `preemptive`
    pub preemptive: bool,
    /// `cpuTime` in seconds.
    pub cpu_time: f64,
    /// `cpuUsage`, from 0 to 1.
    pub cpu_usage: f64,
    /// `creationDateTime`, as written.
    pub creation_date_time: Option<String>,
    /// `systemID`
    pub system_id: Option<String>,
}

/// The text of a UUID as 4D writes it: thirty-two hexadecimal digits in capitals, from that form or from the one with
/// hyphens.
pub fn uuid(text: &str) -> Option<String> {
    let digits: String = match text.len() {
        32 => text.to_owned(),
        36 => {
            let parts: Vec<&str> = text.split('-').collect();
            if parts.iter().map(|part| part.len()).ne([8, 4, 4, 4, 12]) {
                return None;
            }
            parts.concat()
        }
        _ => return None,
    };
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| digits.to_ascii_uppercase())
}

/// The UUID of a session that was given none: its number, so that files without UUIDs are reproducible.
pub fn uuid_of_number(number: i32) -> String {
    format!("{number:032X}")
}

/// Reads a file that is already loaded as `source`.
///
/// # Errors
/// Every problem of the file, in its order.
pub fn parse(text: &str, source: SourceId) -> Result<Fixture, Vec<Diagnostic>> {
    let mut reader = Reader { source, problems: Vec::new() };
    let fixture =
        match jsonc_parser::parse_to_ast(text, &jsonc_parser::CollectOptions::default(), &plain_json()) {
            Ok(result) => match result.value {
                Some(value) => reader.fixture(&value),
                None => reader.fail(
                    Range { start: 0, end: 0 },
                    6101,
                    "this file is empty",
                    "a session table is wanted",
                ),
            },
            Err(problem) => {
                let why = problem.kind().to_string().to_lowercase();
                reader.fail(problem.range(), 6101, "this file is not valid JSON", why)
            }
        };
    let Some(fixture) = fixture.filter(|_| reader.problems.is_empty()) else {
        reader.problems.sort_by_key(|problem| problem.primary.as_ref().map(|label| label.span.start));
        return Err(reader.problems);
    };
    Ok(fixture)
}

/// JSON as the standard has it, none of the looser forms.
const fn plain_json() -> jsonc_parser::ParseOptions {
    jsonc_parser::ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

/// The word that stands for `value`.
fn word<T: Copy + PartialEq>(words: &[(&'static str, T)], value: T) -> &'static str {
    words.iter().find(|(_, other)| *other == value).map_or("", |(word, _)| word)
}

const APPLICATIONS: &[(&str, Application)] = &[
    ("local", Application::Local),
    ("remote", Application::Remote),
    ("server", Application::Server),
    ("tool4d", Application::Tool4d),
];

const FILE_KEYS: &[&str] = &["$schema", "application", "clock", "current", "sessions"];

const SESSION_KEYS: &[&str] = &[
    "number",
    "ID",
    "type",
    "userName",
    "machineName",
    "systemUserName",
    "IPAddress",
    "hostType",
    "creationDateTime",
    "state",
    "persistentID",
    "storage",
    "privileges",
    "expirationDate",
    "idleTimeout",
    "processes",
];

const PROCESS_KEYS: &[&str] = &[
    "name",
    "number",
    "ID",
    "type",
    "state",
    "visible",
    "preemptive",
    "cpuTime",
    "cpuUsage",
    "creationDateTime",
    "systemID",
];

/// Reads values and collects what is wrong with them. Each reading function answers `None` both for what is absent
/// and for what is wrong; the latter has then been reported.
struct Reader {
    source: SourceId,
    problems: Vec<Diagnostic>,
}

impl Reader {
    fn fixture(&mut self, value: &Value<'_>) -> Option<Fixture> {
        let fields = self.object(value, "the session table", FILE_KEYS, &["sessions"])?;
        self.text(fields, "$schema");
        let application = self.choice(fields, "application", APPLICATIONS).unwrap_or_default();
        let clock = self.date_time(fields, "clock").and_then(|text| DateTime::parse_from_rfc3339(&text).ok());
        let values = self.list(fields, "sessions");
        let sessions: Vec<FixtureSession> =
            values.iter().enumerate().filter_map(|(index, value)| self.session(value, index)).collect();
        self.unique(values, "number", sessions.iter().map(|session| session.number.to_string()));
        self.unique(values, "ID", sessions.iter().map(|session| session.id.clone()));
        let first = if sessions.is_empty() { None } else { Some(0) };
        let mut fixture = Fixture { application, clock, current: first, sessions };
        self.current(fields, &mut fixture);
        Some(fixture)
    }

    /// `current`: a number or a UUID of one of the sessions.
    fn current(&mut self, fields: &Object<'_>, fixture: &mut Fixture) {
        let Some(property) = fields.get("current") else { return };
        let wanted = if let Value::StringLit(text) = &property.value
            && uuid(&text.value).is_some()
        {
            text.value.to_string()
        } else if let Value::NumberLit(number) = &property.value
            && number.value.parse::<i32>().is_ok_and(|n| n >= 1)
        {
            number.value.to_owned()
        } else {
            self.wrong_type::<()>(&property.value, "current", "the number or the UUID of a session");
            return;
        };
        if !fixture.select(&wanted) {
            let numbers: Vec<String> =
                fixture.sessions.iter().map(|session| session.number.to_string()).collect();
            let note = format!("sessions in the table: {}", numbers.join(", "));
            let label = "no session has this number or UUID";
            let message = format!("there is no session {wanted}");
            self.problems.push(self.problem(property.value.range(), 6107, message, label).note(note));
        }
    }

    fn session(&mut self, value: &Value<'_>, index: usize) -> Option<FixtureSession> {
        let fields = self.object(value, "a session", SESSION_KEYS, &["type"])?;
        let position = i32::try_from(index + 1).unwrap_or(i32::MAX);
        let number = self.integer(fields, "number", 1).unwrap_or(position);
        let type_ = self.choice(fields, "type", SessionType::ALL);
        let session = FixtureSession {
            number,
            id: self.uuid(fields, "ID").unwrap_or_else(|| uuid_of_number(number)),
            type_: type_.unwrap_or(SessionType::Standalone),
            user_name: self.text(fields, "userName"),
            machine_name: self.text(fields, "machineName"),
            system_user_name: self.text(fields, "systemUserName"),
            ip_address: self.text(fields, "IPAddress"),
            host_type: self.choice(fields, "hostType", HostType::ALL),
            creation_date_time: self.date_time(fields, "creationDateTime"),
            state: self.choice(fields, "state", SessionState::ALL).unwrap_or_default(),
            persistent_id: self.uuid(fields, "persistentID"),
            storage: self.storage(fields),
            privileges: self.texts(fields, "privileges"),
            expiration_date: self.date_time(fields, "expirationDate"),
            idle_timeout: self.integer(fields, "idleTimeout", 60),
            processes: self
                .list(fields, "processes")
                .iter()
                .filter_map(|value| self.process(value))
                .collect(),
        };
        Some(session)
    }

    fn process(&mut self, value: &Value<'_>) -> Option<FixtureProcess> {
        let fields = self.object(value, "a process", PROCESS_KEYS, &["name"])?;
        Some(FixtureProcess {
            name: self.text(fields, "name").unwrap_or_default(),
            number: self.integer(fields, "number", i32::MIN),
            id: self.integer(fields, "ID", i32::MIN),
            type_: self.integer(fields, "type", i32::MIN).unwrap_or(1),
            state: self.integer(fields, "state", i32::MIN).unwrap_or(0),
            visible: self.boolean(fields, "visible").unwrap_or_default(),
            preemptive: self.boolean(fields, "preemptive").unwrap_or_default(),
            cpu_time: self.number(fields, "cpuTime", f64::MAX).unwrap_or_default(),
            cpu_usage: self.number(fields, "cpuUsage", 1.0).unwrap_or_default(),
            creation_date_time: self.date_time(fields, "creationDateTime"),
            system_id: self.text(fields, "systemID"),
        })
    }

    /// An object whose keys are all known, none twice, with the required ones present.
    fn object<'a, 'b>(
        &mut self,
        value: &'b Value<'a>,
        what: &str,
        keys: &[&str],
        required: &[&str],
    ) -> Option<&'b Object<'a>> {
        let Value::Object(object) = value else {
            return self.wrong_type(value, what, "an object");
        };
        let mut seen: Vec<&str> = Vec::new();
        for property in &object.properties {
            let key = property.name.as_str();
            let place = property.name.range();
            if seen.contains(&key) {
                self.report(place, 6106, format!("`{key}` stands twice in {what}"), "the second one");
            } else if !keys.contains(&key) {
                self.unknown_key(place, key, what, keys);
            }
            seen.push(key);
        }
        for key in required.iter().filter(|key| !seen.contains(key)) {
            let opening = Range { start: object.range.start, end: object.range.start + 1 };
            self.report(opening, 6103, format!("{what} needs `{key}`"), format!("`{key}` is missing here"));
        }
        Some(object)
    }

    fn unknown_key(&mut self, place: Range, key: &str, what: &str, keys: &[&str]) {
        let span = self.span(place);
        let message = format!("{what} has no key `{key}`");
        let mut problem = self.problem(place, 6102, message, "not a key of this file");
        if let Some(near) = nearest(key, keys.iter().copied()) {
            problem = problem.help(format!("did you mean `{near}`?"));
            problem = problem.fix(format!("replace by `{near}`"), span, format!("\"{near}\""));
        }
        self.problems.push(problem);
    }

    fn text(&mut self, fields: &Object<'_>, key: &str) -> Option<String> {
        let value = &fields.get(key)?.value;
        let Value::StringLit(text) = value else { return self.wrong_type(value, key, "a text") };
        Some(text.value.to_string())
    }

    fn boolean(&mut self, fields: &Object<'_>, key: &str) -> Option<bool> {
        let value = &fields.get(key)?.value;
        let Value::BooleanLit(boolean) = value else { return self.wrong_type(value, key, "true or false") };
        Some(boolean.value)
    }

    fn integer(&mut self, fields: &Object<'_>, key: &str, least: i32) -> Option<i32> {
        let value = &fields.get(key)?.value;
        let Some(number) = value.as_number_lit().and_then(|number| number.value.parse::<i32>().ok()) else {
            return self.wrong_type(value, key, "a whole number");
        };
        if number < least {
            return self.fail(
                value.range(),
                6105,
                format!("`{key}` is {least} or more"),
                format!("{number} is below"),
            );
        }
        Some(number)
    }

    /// A number from 0 up to `most`.
    fn number(&mut self, fields: &Object<'_>, key: &str, most: f64) -> Option<f64> {
        let value = &fields.get(key)?.value;
        let Some(number) = value.as_number_lit().and_then(|number| number.value.parse::<f64>().ok()) else {
            return self.wrong_type(value, key, "a number");
        };
        if !(0.0..=most).contains(&number) {
            let bounds = if most == f64::MAX { "0 or more".to_owned() } else { format!("from 0 to {most}") };
            return self.fail(value.range(), 6105, format!("`{key}` is {bounds}"), "outside of that");
        }
        Some(number)
    }

    fn choice<T: Copy>(&mut self, fields: &Object<'_>, key: &str, words: &[(&str, T)]) -> Option<T> {
        let value = &fields.get(key)?.value;
        let Some(text) = value.as_string_lit() else { return self.wrong_type(value, key, "a text") };
        if let Some((_, found)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(*found);
        }
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let message = format!("`{key}` cannot be \"{}\"", text.value);
        let label = format!("one of {} is wanted", names.join(", "));
        let mut problem = self.problem(value.range(), 6105, message, label);
        if let Some(near) = nearest(&text.value, names) {
            problem = problem.help(format!("did you mean \"{near}\"?"));
        }
        self.problems.push(problem);
        None
    }

    fn uuid(&mut self, fields: &Object<'_>, key: &str) -> Option<String> {
        let text = self.text(fields, key)?;
        let place = fields.get(key).map_or(fields.range, |property| property.value.range());
        let found = uuid(&text);
        if found.is_none() {
            let label = "thirty-two hexadecimal digits are wanted, or the same with hyphens";
            self.report(place, 6105, format!("`{key}` is not a UUID"), label);
        }
        found
    }

    /// A moment in ISO form, as written.
    fn date_time(&mut self, fields: &Object<'_>, key: &str) -> Option<String> {
        let text = self.text(fields, key)?;
        if DateTime::parse_from_rfc3339(&text).is_ok() {
            return Some(text);
        }
        let place = fields.get(key).map_or(fields.range, |property| property.value.range());
        self.fail(
            place,
            6105,
            format!("`{key}` is not a date and time"),
            "wanted like \"2024-09-10T12:00:00.000Z\"",
        )
    }

    fn list<'a, 'b>(&mut self, fields: &'b Object<'a>, key: &str) -> &'b [Value<'a>] {
        match fields.get(key).map(|property| &property.value) {
            None => &[],
            Some(Value::Array(array)) => &array.elements,
            Some(other) => {
                self.wrong_type::<()>(other, key, "a list");
                &[]
            }
        }
    }

    fn texts(&mut self, fields: &Object<'_>, key: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for value in self.list(fields, key) {
            if let Value::StringLit(text) = value {
                texts.push(text.value.to_string());
            } else {
                self.wrong_type::<()>(value, key, "a list of texts");
            }
        }
        texts
    }

    fn storage(&mut self, fields: &Object<'_>) -> Option<serde_json::Map<String, serde_json::Value>> {
        let value = &fields.get("storage")?.value;
        let Value::Object(object) = value else { return self.wrong_type(value, "storage", "an object") };
        Some(
            object
                .properties
                .iter()
                .map(|pair| (pair.name.as_str().to_owned(), plain(&pair.value)))
                .collect(),
        )
    }

    /// Reports each value of `key` that an earlier session has already. Sessions whose reading failed are left out
    /// of `found`, but then the file has failed anyway.
    fn unique(&mut self, values: &[Value<'_>], key: &str, found: impl Iterator<Item = String>) {
        let mut seen: Vec<String> = Vec::new();
        for (value, text) in values.iter().zip(found) {
            let written = value.as_object().and_then(|object| object.get(key));
            if seen.contains(&text)
                && let Some(property) = written
            {
                let message = format!("two sessions have the {key} {text}");
                self.report(property.value.range(), 6106, message, "the second one");
            }
            seen.push(text);
        }
    }

    fn wrong_type<T>(&mut self, value: &Value<'_>, key: &str, wanted: &str) -> Option<T> {
        let found = match value {
            Value::StringLit(_) => "a text",
            Value::NumberLit(_) => "a number",
            Value::BooleanLit(_) => "a Boolean",
            Value::Object(_) => "an object",
            Value::Array(_) => "a list",
            Value::NullKeyword(_) => "null",
        };
        let subject = if key.contains(' ') { key.to_owned() } else { format!("`{key}`") };
        self.fail(value.range(), 6104, format!("{subject} must be {wanted}"), format!("this is {found}"))
    }

    fn fail<T>(
        &mut self,
        place: Range,
        code: u16,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Option<T> {
        self.report(place, code, message, label);
        None
    }

    fn report(&mut self, place: Range, code: u16, message: impl Into<String>, label: impl Into<String>) {
        self.problems.push(self.problem(place, code, message, label));
    }

    fn problem(
        &self,
        place: Range,
        code: u16,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(Code::Quatre(code), message).at(self.span(place), label)
    }

    fn span(&self, place: Range) -> Span {
        let place_of = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span::new(self.source, place_of(place.start), place_of(place.end))
    }
}

/// The value without its places. The parser bounds how deep it can be.
fn plain(value: &Value<'_>) -> serde_json::Value {
    match value {
        Value::StringLit(text) => text.value.as_ref().into(),
        Value::NumberLit(number) => {
            number.value.parse::<serde_json::Number>().map_or(serde_json::Value::Null, Into::into)
        }
        Value::BooleanLit(boolean) => boolean.value.into(),
        Value::Object(object) => object
            .properties
            .iter()
            .map(|pair| (pair.name.as_str().to_owned(), plain(&pair.value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Value::Array(array) => array.elements.iter().map(plain).collect::<Vec<_>>().into(),
        Value::NullKeyword(_) => serde_json::Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        let found = parse(text, SourceId(0)).expect_err("the file is wrong");
        found
            .iter()
            .map(|p| format!("{} {} {:?}", p.code, p.message, p.primary.as_ref().map(|l| l.span.start)))
            .collect()
    }

    #[test]
    fn a_short_file_is_completed() {
        let text = r#"{"sessions": [{"type": "remote", "userName": "Ada"}, {"type": "web", "number": 9}]}"#;
        let fixture = parse(text, SourceId(0)).expect("valid");
        assert_eq!(fixture.application, Application::Tool4d);
        assert_eq!(fixture.current, Some(0));
        let first = &fixture.sessions[0];
        assert_eq!((first.number, first.id.as_str()), (1, "00000000000000000000000000000001"));
        assert_eq!(first.user_name.as_deref(), Some("Ada"));
        assert_eq!(first.machine_name, None);
        assert_eq!(fixture.sessions[1].number, 9);
    }

    #[test]
    fn all_problems_are_found_in_order() {
        let text = r#"{"aplication": "server", "current": 3,
            "sessions": [{"type": "remot", "ID": "12"}, {"number": 1, "type": "web"}]}"#;
        assert_eq!(
            problems(text),
            [
                "Q6102 the session table has no key `aplication` Some(1)",
                "Q6107 there is no session 3 Some(36)",
                "Q6105 `type` cannot be \"remot\" Some(73)",
                "Q6105 `ID` is not a UUID Some(88)",
                "Q6106 two sessions have the number 1 Some(106)",
            ]
            .iter()
            .map(|line| (*line).to_owned())
            .collect::<Vec<_>>()
        );
    }

    #[test]
    fn broken_json_is_one_problem() {
        assert_eq!(problems("{").len(), 1);
        assert_eq!(problems("").len(), 1);
        assert_eq!(problems("{\"sessions\": [],}").len(), 1);
        assert_eq!(problems("[]"), ["Q6104 the session table must be an object Some(0)"]);
    }

    #[test]
    fn uuids_are_read_in_both_forms() {
        assert_eq!(
            uuid("3c81a8d7-afe6-4c2e-9ccf-fcdc35dc52f5").as_deref(),
            Some("3C81A8D7AFE64C2E9CCFFCDC35DC52F5")
        );
        assert_eq!(uuid("3C81A8D7AFE64C2E9CCFFCDC35DC52F"), None);
        assert_eq!(uuid("3c81a8d7a-fe6-4c2e-9ccf-fcdc35dc52f5"), None);
    }

    #[test]
    fn the_schema_lists_the_keys_that_are_read() {
        let schema: serde_json::Value = serde_json::from_str(SCHEMA).expect("valid JSON");
        let keys = |pointer: &str| {
            let object = schema.pointer(pointer).and_then(serde_json::Value::as_object).expect("an object");
            object.keys().cloned().collect::<Vec<_>>()
        };
        assert_eq!(keys("/properties"), FILE_KEYS);
        assert_eq!(keys("/$defs/session/properties"), SESSION_KEYS);
        assert_eq!(keys("/$defs/session/properties/processes/items/properties"), PROCESS_KEYS);
    }
}
