//! `JSON Validate`: values against JSON schemas, of draft 4 (the default) and of 2020-12.
//!
//! One function a keyword, over the value, the schema and the place of both. An applicator that only asks whether a
//! schema holds (`anyOf`, `not`, `if`) collects errors and throws them away. For `unevaluated…` every schema says which
//! properties and how many elements it has looked at.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a command names the types that it takes; all others are one case"
)]

mod format;

use rustc_hash::{FxHashMap, FxHashSet};

use super::pointers::follow;
use crate::builtin::Command;
use crate::builtin::parameter::OneOf;
use crate::native;
use crate::value::Value;
use crate::value::collection::Collection;
use crate::value::compare::Strength;
use crate::value::deep;
use crate::value::error::{Error, Result};
use crate::value::number;
use crate::value::object::Object;
use crate::value::pattern::{Anchor, Pattern, Subject};
use crate::value::text::Text;

/// Schemas may refer to schemas so deep.
const MOST_DEPTH: usize = 2500;
/// What `JSON Parse` adds to say where properties stand.
const SYMBOLS: &str = "__symbols";

pub(super) const JSON_VALIDATE: Command = Command {
    number: 1456,
    name: "JSON Validate",
    thread_safe: true,
    help: "Whether a value keeps to a JSON schema, and where it does not.",
    syntaxes: &[native!(json_validate(vJson, vSchema))],
};

fn json_validate(value: OneOf<Object, Collection>, schema: Object) -> Result<Object> {
    let value = match value {
        OneOf::First(object) => Value::Object(object),
        OneOf::Second(collection) => Value::Collection(collection),
    };
    let mut validator = Validator {
        modern: is_modern(&schema)?,
        root: Value::Object(schema.clone()),
        errors: Vec::new(),
        depth: 0,
        circular: false,
        patterns: FxHashMap::default(),
    };
    validator.check(&value, &Value::Object(schema), &Place::default());
    let symbols = if let Value::Object(object) = &value { object.get_str(SYMBOLS) } else { None };
    let result = Object::new();
    result.put("success", validator.errors.is_empty());
    if !validator.errors.is_empty() {
        let errors: Collection =
            validator.errors.iter().map(|problem| problem.to_value(symbols.as_ref())).collect();
        result.put("errors", errors);
    }
    Ok(result)
}

/// Whether the schema is one of 2020-12; without `$schema` it is one of draft 4.
fn is_modern(schema: &Object) -> Result<bool> {
    let named = match schema.get_str("$schema") {
        None => return Ok(false),
        Some(Value::Text(named)) => named.to_str().trim_end_matches('#').to_owned(),
        Some(_) => String::new(),
    };
    match named.as_str() {
        "https://json-schema.org/draft/2020-12/schema" => Ok(true),
        "http://json-schema.org/draft-04/schema" => Ok(false),
        _ => Err(Error::quatre(5423, format!("the schema is of a draft that is not known: `{named}`"))
            .help("known are https://json-schema.org/draft/2020-12/schema and http://json-schema.org/draft-04/schema#")),
    }
}

/// Where a value stands in the document, and the schema in its own.
#[derive(Clone, Default)]
struct Place {
    json: String,
    schema: String,
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

impl Place {
    /// The same value under a keyword of the schema.
    fn keyword(&self, keyword: &str) -> Self {
        Self { json: self.json.clone(), schema: joined(&self.schema, keyword) }
    }

    fn property(&self, name: &str) -> Self {
        Self { json: joined(&self.json, name), schema: self.schema.clone() }
    }

    fn element(&self, index: usize) -> Self {
        Self { json: format!("{}[{index}]", self.json), schema: self.schema.clone() }
    }
}

/// One thing that is wrong.
struct Problem {
    code: i32,
    message: String,
    place: Place,
}

impl Problem {
    fn to_value(&self, symbols: Option<&Value>) -> Value {
        let error = Object::new();
        error.put("code", self.code);
        error.put("jsonPath", self.place.json.as_str());
        if let Some(Value::Object(symbols)) = symbols
            && let Some(Value::Object(place)) = symbols.get_str(&self.place.json)
        {
            error.put("line", place.get_str("line").unwrap_or_default());
            error.put("offset", place.get_str("offset").unwrap_or_default());
        }
        error.put("message", self.message.as_str());
        error.put("schemaPaths", self.place.schema.as_str());
        Value::Object(error)
    }
}

/// What a schema has looked at, for `unevaluated…`.
#[derive(Default)]
struct Seen {
    properties: FxHashSet<Text>,
    /// The first so many elements, and others by their number.
    items: usize,
    others: FxHashSet<usize>,
}

impl Seen {
    fn add(&mut self, other: Self) {
        self.properties.extend(other.properties);
        self.items = self.items.max(other.items);
        self.others.extend(other.others);
    }
}

struct Validator {
    modern: bool,
    root: Value,
    errors: Vec<Problem>,
    depth: usize,
    /// The schema refers to itself without end: said once.
    circular: bool,
    patterns: FxHashMap<Text, Option<Pattern>>,
}

/// The number that a value is.
fn number_of(value: &Value) -> Option<f64> {
    match value {
        Value::Real(x) => Some(*x),
        Value::Integer(n) => Some(f64::from(*n)),
        Value::Time(time) => Some(f64::from(time.seconds())),
        _ => None,
    }
}

/// The text that a value is; a date was a text in the document.
fn text_of(value: &Value) -> Option<Text> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Date(date) => Some(date.to_iso()),
        _ => None,
    }
}

fn count_of(value: Option<Value>) -> Option<usize> {
    value.as_ref().and_then(number_of).and_then(|x| usize::try_from(number::to_integer(x)).ok())
}

fn same(a: &Value, b: &Value) -> bool {
    match (text_of(a), text_of(b)) {
        (Some(a), Some(b)) => a == b,
        _ => deep::equal(a, b, Strength::Strict, 0.0),
    }
}

fn shown(value: &Value) -> String {
    crate::value::json::stringify(value, false)
        .map_or_else(|_| "…".to_owned(), |text| text.to_str().into_owned())
}

/// The properties of an object of the document.
fn properties(object: &Object) -> Vec<(Text, Value)> {
    object.entries().into_iter().filter(|(name, _)| *name != SYMBOLS).collect()
}

/// The collection under a keyword.
fn list(schema: &Object, keyword: &str) -> Option<Vec<Value>> {
    if let Some(Value::Collection(list)) = schema.get_str(keyword) { Some(list.to_vec()) } else { None }
}

/// The object under a keyword.
fn map(schema: &Object, keyword: &str) -> Option<Object> {
    if let Some(Value::Object(map)) = schema.get_str(keyword) { Some(map) } else { None }
}

impl Validator {
    fn fail(&mut self, code: i32, message: impl Into<String>, place: &Place) {
        self.errors.push(Problem { code, message: message.into(), place: place.clone() });
    }

    /// Checks a value by a schema: an object of keywords, or a Boolean.
    fn check(&mut self, value: &Value, schema: &Value, place: &Place) -> Seen {
        let schema = match schema {
            Value::Object(schema) => schema.clone(),
            Value::Boolean(false) => {
                self.fail(23, "no value is allowed here", place);
                return Seen::default();
            }
            _ => return Seen::default(),
        };
        if self.depth >= MOST_DEPTH {
            if !std::mem::replace(&mut self.circular, true) {
                self.fail(38, "the schema refers to itself without end", place);
            }
            return Seen::default();
        }
        self.depth += 1;
        let seen = self.keywords(value, &schema, place);
        self.depth -= 1;
        seen
    }

    /// Whether a value keeps to a schema, and what the schema looked at.
    fn holds(&mut self, value: &Value, schema: &Value, place: &Place) -> Option<Seen> {
        let before = self.errors.len();
        let seen = self.check(value, schema, place);
        let good = self.errors.len() == before;
        self.errors.truncate(before);
        good.then_some(seen)
    }

    fn keywords(&mut self, value: &Value, schema: &Object, place: &Place) -> Seen {
        let mut seen = Seen::default();
        if let Some(Value::Text(reference)) = schema.get_str("$ref") {
            seen = self.reference(value, &reference, place);
            if !self.modern {
                // In draft 4 a reference stands alone.
                return seen;
            }
        }
        self.any_type(value, schema, place);
        if let Some(x) = number_of(value) {
            self.of_number(x, schema, place);
        }
        if let Some(text) = text_of(value) {
            self.of_text(&text, schema, place);
        }
        self.applicators(value, schema, place, &mut seen);
        if let Value::Object(object) = value {
            self.of_object(object, schema, place, &mut seen);
        }
        if let Value::Collection(collection) = value {
            self.of_collection(&collection.to_vec(), schema, place, &mut seen);
        }
        seen
    }

    // ---- references ----

    fn reference(&mut self, value: &Value, reference: &Text, place: &Place) -> Seen {
        let place = place.keyword("$ref");
        let target = self.target(&reference.to_str());
        match target {
            Some(schema) => self.check(value, &schema, &place),
            None => {
                self.fail(37, format!("the reference `{reference}` leads nowhere"), &place);
                Seen::default()
            }
        }
    }

    /// The schema that a reference names: by pointer, by `$anchor`, or by `$id`.
    fn target(&self, reference: &str) -> Option<Value> {
        let (base, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let root = if base.is_empty() { self.root.clone() } else { self.search(&["$id", "id"], base)? };
        if fragment.is_empty() || fragment.starts_with('/') {
            return follow(root, fragment);
        }
        self.search(&["$anchor"], fragment)
    }

    /// The first schema in the whole document that has this value under one of these keywords.
    fn search(&self, keywords: &[&str], wanted: &str) -> Option<Value> {
        let mut tasks = vec![self.root.clone()];
        let mut met: FxHashSet<usize> = FxHashSet::default();
        while let Some(value) = tasks.pop() {
            match &value {
                Value::Object(object) if met.insert(object.address()) => {
                    let named = |keyword: &&str| matches!(object.get_str(keyword), Some(Value::Text(t)) if t == wanted);
                    if keywords.iter().any(named) {
                        return Some(value);
                    }
                    tasks.extend(object.entries().into_iter().map(|(_, value)| value));
                }
                Value::Collection(collection) if met.insert(collection.address()) => {
                    tasks.extend(collection.to_vec());
                }
                _ => {}
            }
        }
        None
    }

    // ---- keywords for every type ----

    fn any_type(&mut self, value: &Value, schema: &Object, place: &Place) {
        if let Some(wanted) = schema.get_str("type") {
            let names = if let Value::Collection(names) = &wanted { names.to_vec() } else { vec![wanted] };
            if !names.iter().any(|name| is_of_type(value, name)) {
                let names: Vec<String> =
                    names.iter().filter_map(text_of).map(|name| name.to_str().into_owned()).collect();
                self.fail(20, format!("the type is not {}", names.join(" or ")), &place.keyword("type"));
            }
        }
        if let Some(allowed) = list(schema, "enum")
            && !allowed.iter().any(|allowed| same(value, allowed))
        {
            self.fail(
                19,
                format!("{} is not one of the values allowed", shown(value)),
                &place.keyword("enum"),
            );
        }
        if self.modern
            && let Some(wanted) = schema.get_str("const")
            && !same(value, &wanted)
        {
            self.fail(25, format!("{} is not {}", shown(value), shown(&wanted)), &place.keyword("const"));
        }
    }

    fn of_number(&mut self, x: f64, schema: &Object, place: &Place) {
        let limit = |keyword: &str| schema.get_str(keyword).as_ref().and_then(number_of);
        // In draft 4 `exclusiveMaximum` is a Boolean that sharpens `maximum`.
        let sharp = |keyword: &str| matches!(schema.get_str(keyword), Some(Value::Boolean(true)));
        if let Some(step) = limit("multipleOf").filter(|step| *step > 0.0) {
            let times = x / step;
            if (times - times.round()).abs() > 1e-9 * times.abs().max(1.0) {
                self.fail(
                    2,
                    format!("the number is not a multiple of {}", number::print(step)),
                    &place.keyword("multipleOf"),
                );
            }
        }
        let exclusive = sharp("exclusiveMaximum");
        if let Some(most) = limit("maximum") {
            if exclusive && x >= most {
                self.fail(
                    4,
                    format!("the number is not less than {}", number::print(most)),
                    &place.keyword("exclusiveMaximum"),
                );
            } else if x > most {
                self.fail(
                    3,
                    format!("the number is greater than {}", number::print(most)),
                    &place.keyword("maximum"),
                );
            }
        }
        if let Some(most) = limit("exclusiveMaximum").filter(|most| x >= *most) {
            self.fail(
                4,
                format!("the number is not less than {}", number::print(most)),
                &place.keyword("exclusiveMaximum"),
            );
        }
        let exclusive = sharp("exclusiveMinimum");
        if let Some(least) = limit("minimum") {
            if exclusive && x <= least {
                self.fail(
                    6,
                    format!("the number is not greater than {}", number::print(least)),
                    &place.keyword("exclusiveMinimum"),
                );
            } else if x < least {
                self.fail(
                    5,
                    format!("the number is less than {}", number::print(least)),
                    &place.keyword("minimum"),
                );
            }
        }
        if let Some(least) = limit("exclusiveMinimum").filter(|least| x <= *least) {
            self.fail(
                6,
                format!("the number is not greater than {}", number::print(least)),
                &place.keyword("exclusiveMinimum"),
            );
        }
    }

    fn of_text(&mut self, text: &Text, schema: &Object, place: &Place) {
        let length = text.to_str().chars().count();
        if count_of(schema.get_str("maxLength")).is_some_and(|most| length > most) {
            self.fail(7, "the text is too long", &place.keyword("maxLength"));
        }
        if count_of(schema.get_str("minLength")).is_some_and(|least| length < least) {
            self.fail(8, "the text is too short", &place.keyword("minLength"));
        }
        if let Some(pattern) = schema.get_str("pattern").as_ref().and_then(text_of)
            && !self.matches(&pattern, text)
        {
            self.fail(9, format!("the text does not match `{pattern}`"), &place.keyword("pattern"));
        }
        if let Some(format) = schema.get_str("format").as_ref().and_then(text_of)
            && !format::is_valid(&format.to_str(), &text.to_str())
        {
            self.fail(24, format!("the text is not of the format `{format}`"), &place.keyword("format"));
        }
    }

    /// Whether a pattern matches somewhere in a text; one that cannot be read never does.
    fn matches(&mut self, pattern: &Text, text: &Text) -> bool {
        let ready = self
            .patterns
            .entry(pattern.clone())
            .or_insert_with(|| Pattern::new(&pattern.to_str(), Anchor::Anywhere, false).ok());
        ready.as_ref().is_some_and(|ready| matches!(ready.find(&Subject::new(text), 0), Ok(Some(_))))
    }

    // ---- schemas in schemas ----

    fn applicators(&mut self, value: &Value, schema: &Object, place: &Place, seen: &mut Seen) {
        for (index, part) in list(schema, "allOf").unwrap_or_default().iter().enumerate() {
            seen.add(self.check(value, part, &place.keyword(&format!("allOf[{index}]"))));
        }
        if let Some(parts) = list(schema, "anyOf") {
            let place = place.keyword("anyOf");
            let good: Vec<Seen> = parts.iter().filter_map(|part| self.holds(value, part, &place)).collect();
            if good.is_empty() {
                self.fail(22, "the value keeps to none of the schemas", &place);
            }
            good.into_iter().for_each(|part| seen.add(part));
        }
        if let Some(parts) = list(schema, "oneOf") {
            let place = place.keyword("oneOf");
            let mut good: Vec<Seen> =
                parts.iter().filter_map(|part| self.holds(value, part, &place)).collect();
            match good.len() {
                0 => self.fail(22, "the value keeps to none of the schemas", &place),
                1 => good.drain(..).for_each(|part| seen.add(part)),
                _ => self.fail(21, "the value keeps to more than one of the schemas", &place),
            }
        }
        if let Some(not) = schema.get_str("not")
            && self.holds(value, &not, &place.keyword("not")).is_some()
        {
            self.fail(23, "the value keeps to the schema that is ruled out", &place.keyword("not"));
        }
        if self.modern
            && let Some(condition) = schema.get_str("if")
        {
            let holds = self.holds(value, &condition, &place.keyword("if"));
            let branch = if holds.is_some() { "then" } else { "else" };
            seen.add(holds.unwrap_or_default());
            if let Some(branch_schema) = schema.get_str(branch) {
                seen.add(self.check(value, &branch_schema, &place.keyword(branch)));
            }
        }
    }

    // ---- objects ----

    fn of_object(&mut self, object: &Object, schema: &Object, place: &Place, seen: &mut Seen) {
        let entries = properties(object);
        if count_of(schema.get_str("maxProperties")).is_some_and(|most| entries.len() > most) {
            self.fail(14, "there are too many properties", &place.keyword("maxProperties"));
        }
        if count_of(schema.get_str("minProperties")).is_some_and(|least| entries.len() < least) {
            self.fail(15, "there are too few properties", &place.keyword("minProperties"));
        }
        for name in list(schema, "required").unwrap_or_default().iter().filter_map(text_of) {
            if object.get(&name).is_none() {
                self.fail(16, format!("the property `{name}` is missing"), &place.keyword("required"));
            }
        }
        self.named_properties(&entries, schema, place, seen);
        self.dependencies(object, schema, place, seen);
        if self.modern
            && let Some(names) = schema.get_str("propertyNames")
        {
            for (name, _) in &entries {
                if self.holds(&Value::Text(name.clone()), &names, place).is_none() {
                    let place = place.keyword("propertyNames");
                    self.fail(28, format!("the name of the property `{name}` is not allowed"), &place);
                }
            }
        }
        if self.modern
            && let Some(rest) = schema.get_str("unevaluatedProperties")
        {
            self.rest_of_properties(&entries, &rest, (26, "unevaluatedProperties"), place, seen);
        }
    }

    /// `properties`, `patternProperties` and what both leave to `additionalProperties`.
    fn named_properties(
        &mut self,
        entries: &[(Text, Value)],
        schema: &Object,
        place: &Place,
        seen: &mut Seen,
    ) {
        let (named, patterns) = (map(schema, "properties"), map(schema, "patternProperties"));
        let mut here = Seen::default();
        for (name, value) in entries {
            let inner = place.property(&name.to_str());
            if let Some(part) = named.as_ref().and_then(|named| named.get(name)) {
                self.check(value, &part, &inner.keyword("properties").keyword(&name.to_str()));
                here.properties.insert(name.clone());
            }
            for (pattern, part) in patterns.as_ref().map(Object::entries).unwrap_or_default() {
                if self.matches(&pattern, name) {
                    self.check(value, &part, &inner.keyword("patternProperties").keyword(&pattern.to_str()));
                    here.properties.insert(name.clone());
                }
            }
        }
        if let Some(rest) = schema.get_str("additionalProperties") {
            self.rest_of_properties(entries, &rest, (17, "additionalProperties"), place, &mut here);
        }
        seen.add(here);
    }

    fn rest_of_properties(
        &mut self,
        entries: &[(Text, Value)],
        schema: &Value,
        (code, keyword): (i32, &str),
        place: &Place,
        seen: &mut Seen,
    ) {
        let rest: Vec<&(Text, Value)> =
            entries.iter().filter(|(name, _)| !seen.properties.contains(name)).collect();
        if let Value::Boolean(false) = schema {
            if !rest.is_empty() {
                let names: Vec<String> = rest.iter().map(|(name, _)| format!("`{name}`")).collect();
                let message = format!("no other properties are allowed: {}", names.join(", "));
                self.fail(code, message, &place.keyword(keyword));
            }
            return;
        }
        for (name, value) in rest {
            self.check(value, schema, &place.property(&name.to_str()).keyword(keyword));
            seen.properties.insert(name.clone());
        }
    }

    fn dependencies(&mut self, object: &Object, schema: &Object, place: &Place, seen: &mut Seen) {
        for (keyword, code) in [("dependencies", 18), ("dependentRequired", 32), ("dependentSchemas", 36)] {
            if (keyword != "dependencies") != self.modern {
                continue;
            }
            for (name, wanted) in map(schema, keyword).map(|map| map.entries()).unwrap_or_default() {
                if object.get(&name).is_none() {
                    continue;
                }
                let place = place.keyword(keyword).keyword(&name.to_str());
                if let Value::Collection(names) = &wanted {
                    for other in names.to_vec().iter().filter_map(text_of) {
                        if object.get(&other).is_none() {
                            self.fail(
                                code,
                                format!("the property `{name}` needs the property `{other}`"),
                                &place,
                            );
                        }
                    }
                } else if self.modern {
                    match self.holds(&Value::Object(object.clone()), &wanted, &place) {
                        Some(part) => seen.add(part),
                        None => {
                            let message =
                                format!("the value does not keep to what the property `{name}` asks for");
                            self.fail(code, message, &place);
                        }
                    }
                } else {
                    self.check(&Value::Object(object.clone()), &wanted, &place);
                }
            }
        }
    }

    // ---- collections ----

    fn of_collection(&mut self, items: &[Value], schema: &Object, place: &Place, seen: &mut Seen) {
        if count_of(schema.get_str("maxItems")).is_some_and(|most| items.len() > most) {
            self.fail(11, "there are too many elements", &place.keyword("maxItems"));
        }
        if count_of(schema.get_str("minItems")).is_some_and(|least| items.len() < least) {
            self.fail(12, "there are too few elements", &place.keyword("minItems"));
        }
        if matches!(schema.get_str("uniqueItems"), Some(Value::Boolean(true)))
            && let Some(twice) = first_repeated(items)
        {
            self.fail(13, format!("{} stands more than once", shown(twice)), &place.keyword("uniqueItems"));
        }
        let (first, rest) = if self.modern { ("prefixItems", "items") } else { ("items", "additionalItems") };
        let mut here = self.first_items(items, schema, first, place);
        // In draft 4 `additionalItems` means something only after a list of items.
        let listed = list(schema, first).is_some();
        if let Some(rest_schema) = schema.get_str(rest).filter(|_| self.modern || listed) {
            self.rest_of_items(items, &rest_schema, (10, rest), place, &mut here);
        }
        seen.add(here);
        if self.modern {
            self.contains(items, schema, place, seen);
            if let Some(rest) = schema.get_str("unevaluatedItems") {
                self.rest_of_items(items, &rest, (27, "unevaluatedItems"), place, seen);
            }
        }
    }

    /// One schema for each of the first elements; in draft 4 also one for all of them.
    fn first_items(&mut self, items: &[Value], schema: &Object, keyword: &str, place: &Place) -> Seen {
        let mut seen = Seen::default();
        match schema.get_str(keyword) {
            Some(Value::Collection(schemas)) => {
                let schemas = schemas.to_vec();
                for (index, (item, part)) in items.iter().zip(&schemas).enumerate() {
                    self.check(item, part, &place.element(index).keyword(&format!("{keyword}[{index}]")));
                }
                seen.items = schemas.len().min(items.len());
            }
            Some(part @ (Value::Object(_) | Value::Boolean(_))) if !self.modern => {
                for (index, item) in items.iter().enumerate() {
                    self.check(item, &part, &place.element(index).keyword(keyword));
                }
                seen.items = items.len();
            }
            _ => {}
        }
        seen
    }

    fn rest_of_items(
        &mut self,
        items: &[Value],
        schema: &Value,
        (code, keyword): (i32, &str),
        place: &Place,
        seen: &mut Seen,
    ) {
        for (index, item) in items.iter().enumerate() {
            if index < seen.items || seen.others.contains(&index) {
                continue;
            }
            if let Value::Boolean(false) = schema {
                self.fail(code, format!("no schema allows the element {index}"), &place.keyword(keyword));
                return;
            }
            self.check(item, schema, &place.element(index).keyword(keyword));
        }
        seen.items = items.len();
    }

    fn contains(&mut self, items: &[Value], schema: &Object, place: &Place, seen: &mut Seen) {
        let Some(wanted) = schema.get_str("contains") else { return };
        let place = place.keyword("contains");
        let good: Vec<usize> = (0..items.len())
            .filter(|index| items.get(*index).is_some_and(|item| self.holds(item, &wanted, &place).is_some()))
            .collect();
        let least = count_of(schema.get_str("minContains"));
        if good.is_empty() && least.is_none() {
            self.fail(29, "no element keeps to the schema of `contains`", &place);
        } else if let Some(least) = least.filter(|least| good.len() < *least) {
            let message = format!("{} elements keep to the schema of `contains`, not {least}", good.len());
            self.fail(30, message, &place);
        }
        if let Some(most) = count_of(schema.get_str("maxContains")).filter(|most| good.len() > *most) {
            let message =
                format!("{} elements keep to the schema of `contains`, more than {most}", good.len());
            self.fail(31, message, &place);
        }
        seen.others.extend(good);
    }
}

fn is_of_type(value: &Value, name: &Value) -> bool {
    let Some(name) = text_of(name) else { return false };
    match name.to_str().as_ref() {
        "null" => matches!(value, Value::Null),
        "boolean" => matches!(value, Value::Boolean(_)),
        "number" => number_of(value).is_some(),
        "integer" => number_of(value).is_some_and(|x| x.fract() == 0.0),
        "string" => text_of(value).is_some(),
        "array" => matches!(value, Value::Collection(_)),
        "object" => matches!(value, Value::Object(_)),
        _ => false,
    }
}

/// The first element that is equal to one before it.
fn first_repeated(items: &[Value]) -> Option<&Value> {
    let mut simple: FxHashSet<String> = FxHashSet::default();
    let mut containers: Vec<&Value> = Vec::new();
    items.iter().find(|item| {
        if matches!(item, Value::Object(_) | Value::Collection(_)) {
            let again = containers.iter().any(|before| same(before, item));
            containers.push(item);
            return again;
        }
        !simple.insert(shown(item))
    })
}
