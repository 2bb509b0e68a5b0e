//! `query` and `indices`: conditions on the properties of elements, written as a text.
//!
//! The text is read once into a tree of conditions; AND comes before OR. A placeholder is data, never a condition.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a value of any other type is one and the same case here"
)]

use crate::builtin::Function;
use crate::builtin::parameter::Rest;
use crate::native;
use crate::runtime::TextKind;
use crate::runtime::process::Process;
use crate::value::Value;
use crate::value::collection::Collection;
use crate::value::compare::{self, Strength};
use crate::value::error::{Error, Result};
use crate::value::function::MethodId;
use crate::value::object::Object;
use crate::value::operators;
use crate::value::text::Text;

/// `.query(queryString {; value…}{; querySettings})`
pub const QUERY: Function = Function {
    name: "query",
    help: "A new collection of the elements that meet a condition written as a text.",
    syntaxes: &[native!(query(process, this, queryString, value))],
};

/// `.indices(queryString {; value…})`
pub const INDICES: Function = Function {
    name: "indices",
    help: "The positions of the elements that meet a condition written as a text.",
    syntaxes: &[native!(indices(process, this, queryString, value))],
};

fn query(process: &mut Process, this: Collection, text: Text, values: Rest<Value>) -> Result<Collection> {
    let found = matching(process, &this, &text, &values.0)?;
    Ok(found.into_iter().map(|(_, value)| value).collect())
}

fn indices(process: &mut Process, this: Collection, text: Text, values: Rest<Value>) -> Result<Collection> {
    let found = matching(process, &this, &text, &values.0)?;
    Ok(found.into_iter().map(|(index, _)| Value::Integer(i32::try_from(index).unwrap_or(i32::MAX))).collect())
}

fn matching(
    process: &mut Process,
    this: &Collection,
    text: &Text,
    values: &[Value],
) -> Result<Vec<(usize, Value)>> {
    let given = Given::new(values);
    let tokens = tokens(&text.to_str())?;
    let mut parser = Parser { process, given: &given, tokens: &tokens, next: 0, depth: 0 };
    let condition = parser.any_of()?;
    parser.end()?;
    let mut found = Vec::new();
    for (index, value) in this.to_vec().into_iter().enumerate() {
        if !matches!(value, Value::Object(_)) {
            continue;
        }
        let mut links = Vec::new();
        if holds(process, &condition, &value, &given, &mut links)? {
            found.push((index, value));
        }
        if !process.tick() {
            process.check()?;
        }
    }
    Ok(found)
}

/// What placeholders stand for.
struct Given {
    values: Vec<Value>,
    parameters: Option<Object>,
    attributes: Option<Object>,
    arguments: Value,
    formulas: bool,
}

impl Given {
    fn new(values: &[Value]) -> Self {
        let settings = match values.last() {
            Some(Value::Object(object)) if is_settings(object) => Some(object.clone()),
            _ => None,
        };
        let object = |key: &str| match settings.as_ref().and_then(|settings| settings.get_str(key)) {
            Some(Value::Object(object)) => Some(object),
            _ => None,
        };
        let allowed = settings.as_ref().and_then(|settings| settings.get_str("allowFormulas"));
        Self {
            values: values.to_vec(),
            parameters: object("parameters"),
            attributes: object("attributes"),
            arguments: settings.as_ref().and_then(|settings| settings.get_str("args")).unwrap_or(Value::Null),
            formulas: !matches!(allowed, Some(Value::Boolean(false))),
        }
    }

    fn find(&self, name: &str, attribute: bool) -> Result<Value> {
        if let Ok(number) = name.parse::<usize>() {
            let value = number.checked_sub(1).and_then(|index| self.values.get(index));
            return value.cloned().ok_or_else(|| problem(format!("no value was given for `:{name}`")));
        }
        let sources = if attribute {
            [&self.attributes, &self.parameters]
        } else {
            [&self.parameters, &self.attributes]
        };
        let value = sources.into_iter().flatten().find_map(|object| object.get_str(name));
        value.ok_or_else(|| problem(format!("no value was given for `:{name}`")))
    }
}

fn is_settings(object: &Object) -> bool {
    object.as_function().is_none()
        && ["parameters", "attributes", "allowFormulas", "context", "args", "queryPath", "queryPlan"]
            .iter()
            .any(|key| object.get_str(key).is_some())
}

#[cold]
fn problem(message: impl Into<String>) -> Error {
    Error::native(1300, format!("the query cannot be understood: {}", message.into()))
}

// ---- the text ----

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Quoted(String),
    Placeholder(String),
    Sign(&'static str),
    Formula(String),
}

/// The signs, longest first.
const SIGNS: &[&str] = &[
    "===", "!==", "<=", ">=", "==", "!=", "&&", "||", "=", "#", "<", ">", "&", "|", "^", "%", "(", ")", "[",
    "]", ",", ";",
];

fn tokens(text: &str) -> Result<Vec<Token>> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if let Some((token, after)) = formula(rest)? {
            found.push(token);
            rest = after.trim_start();
            continue;
        }
        let (token, after) = match first {
            '\'' | '"' => quoted(rest, first)?,
            ':' => {
                let name: String =
                    rest.chars().skip(1).take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let after = rest.get(1 + name.len()..).unwrap_or_default();
                (Token::Placeholder(name), after)
            }
            _ => match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
                Some(sign) => (Token::Sign(sign), rest.get(sign.len()..).unwrap_or_default()),
                None => word(rest),
            },
        };
        found.push(token);
        rest = after.trim_start();
    }
    Ok(found)
}

/// `eval(formula)`
fn formula(text: &str) -> Result<Option<(Token, &str)>> {
    let Some(head) = text.get(..4).filter(|head| head.eq_ignore_ascii_case("eval")) else { return Ok(None) };
    let Some(inner) = text.get(head.len()..).map(str::trim_start).and_then(|rest| rest.strip_prefix('('))
    else {
        return Ok(None);
    };
    let mut depth = 1_usize;
    for (index, c) in inner.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let code = inner.get(..index).unwrap_or_default().to_owned();
            return Ok(Some((Token::Formula(code), inner.get(index + 1..).unwrap_or_default())));
        }
    }
    Err(problem("`eval(` is never closed"))
}

fn quoted(text: &str, quote: char) -> Result<(Token, &str)> {
    let mut content = String::new();
    let mut characters = text.char_indices().skip(1);
    while let Some((index, c)) = characters.next() {
        if c == '\\' {
            content.extend(characters.next().map(|(_, c)| c));
        } else if c == quote {
            return Ok((Token::Quoted(content), text.get(index + 1..).unwrap_or_default()));
        } else {
            content.push(c);
        }
    }
    Err(problem("a text is never closed"))
}

/// A path or a plain value: it ends at a blank or a sign; brackets belong to a path.
fn word(text: &str) -> (Token, &str) {
    let mut end = text.len();
    let mut inside = false;
    for (index, c) in text.char_indices() {
        match c {
            '[' => inside = true,
            ']' if inside => inside = false,
            _ if inside => {}
            _ if c.is_whitespace() || "=#<>&|^%()],;!'\":".contains(c) => {
                end = index;
                break;
            }
            _ => {}
        }
    }
    // A sign that begins no token by itself would stand still.
    let end = end.max(text.chars().next().map_or(0, char::len_utf8));
    let (word, rest) = text.split_at(end);
    (Token::Word(word.to_owned()), rest)
}

// ---- conditions ----

/// One step of a path.
#[derive(Clone, Debug)]
enum Step {
    Name(Text),
    /// `[]`: any element; `[a]`: the element that all `[a]` share.
    Any(Option<String>),
    /// `[3]`
    At(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparator {
    Equal,
    NotEqual,
    Is,
    IsNot,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Contains,
}

#[derive(Debug)]
enum Condition {
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    Except(Box<Condition>, Box<Condition>),
    Not(Box<Condition>),
    Compare(Vec<Step>, Comparator, Value),
    Formula(Value),
    Code(MethodId),
}

/// Deeper brackets are a mistake.
const DEEPEST: usize = 200;

struct Parser<'a, 'p> {
    process: &'p mut Process,
    given: &'a Given,
    tokens: &'a [Token],
    next: usize,
    depth: usize,
}

impl Parser<'_, '_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.next).cloned();
        self.next += 1;
        token
    }

    fn takes_sign(&mut self, signs: &[&str]) -> bool {
        let is = matches!(self.peek(), Some(Token::Sign(sign)) if signs.contains(sign));
        self.next += usize::from(is);
        is
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let is = matches!(self.peek(), Some(Token::Word(found)) if found.eq_ignore_ascii_case(word));
        self.next += usize::from(is);
        is
    }

    fn end(&mut self) -> Result<()> {
        match self.peek() {
            None => Ok(()),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("order") => {
                Err(problem("a collection is sorted with `.orderBy()`, not in the query"))
            }
            Some(_) => Err(problem("something stands behind the last condition")),
        }
    }

    fn any_of(&mut self) -> Result<Condition> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(problem("its brackets are nested too deep"));
        }
        let mut left = self.all_of()?;
        while self.takes_sign(&["|", "||"]) || self.takes_word("or") {
            left = Condition::Or(Box::new(left), Box::new(self.all_of()?));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn all_of(&mut self) -> Result<Condition> {
        let mut left = self.one()?;
        loop {
            if self.takes_sign(&["&", "&&"]) || self.takes_word("and") {
                left = Condition::And(Box::new(left), Box::new(self.one()?));
            } else if self.takes_sign(&["^"]) || self.takes_word("except") {
                left = Condition::Except(Box::new(left), Box::new(self.one()?));
            } else {
                return Ok(left);
            }
        }
    }

    fn one(&mut self) -> Result<Condition> {
        if self.takes_sign(&["("]) {
            let inner = self.any_of()?;
            return if self.takes_sign(&[")"]) {
                Ok(inner)
            } else {
                Err(problem("a bracket is never closed"))
            };
        }
        if self.takes_word("not") {
            return Ok(Condition::Not(Box::new(self.one()?)));
        }
        match self.take() {
            Some(Token::Formula(code)) => {
                if !self.given.formulas {
                    return Err(problem("formulas are not allowed in it"));
                }
                self.process.compile_text(&code, TextKind::Formula).map(Condition::Code)
            }
            Some(Token::Placeholder(name)) => self.placeholder(&name),
            Some(Token::Word(path) | Token::Quoted(path)) => self.comparison(steps(&path)),
            Some(Token::Sign(sign)) => Err(problem(format!("`{sign}` stands where a property should"))),
            None => Err(problem("a condition is missing at its end")),
        }
    }

    /// A placeholder before a comparator names a property; a formula is a condition by itself.
    fn placeholder(&mut self, name: &str) -> Result<Condition> {
        let value = self.given.find(name, true)?;
        match value {
            Value::Text(path) => self.comparison(steps(&path.to_str())),
            Value::Collection(parts) => {
                let steps = parts
                    .to_vec()
                    .into_iter()
                    .filter_map(
                        |part| if let Value::Text(name) = part { Some(Step::Name(name)) } else { None },
                    )
                    .collect();
                self.comparison(steps)
            }
            Value::Object(object) if object.as_function().is_some() => {
                if !self.given.formulas {
                    return Err(problem("formulas are not allowed in it"));
                }
                Ok(Condition::Formula(Value::Object(object)))
            }
            other => {
                Err(problem(format!("`:{name}` stands for a property, and holds a {}", other.type_name())))
            }
        }
    }

    fn comparison(&mut self, path: Vec<Step>) -> Result<Condition> {
        let negated = self.takes_word("not");
        let comparator = match self.take() {
            Some(Token::Sign("=" | "==")) => Comparator::Equal,
            Some(Token::Sign("===")) => Comparator::Is,
            Some(Token::Sign("#" | "!=")) => Comparator::NotEqual,
            Some(Token::Sign("!==")) => Comparator::IsNot,
            Some(Token::Sign("<")) => Comparator::Less,
            Some(Token::Sign("<=")) => Comparator::LessOrEqual,
            Some(Token::Sign(">")) => Comparator::Greater,
            Some(Token::Sign(">=")) => Comparator::GreaterOrEqual,
            Some(Token::Sign("%")) => Comparator::Contains,
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("in") => Comparator::In,
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("is") => {
                if self.takes_word("not") {
                    Comparator::IsNot
                } else {
                    Comparator::Is
                }
            }
            _ => return Err(problem("a comparator is missing behind a property")),
        };
        let value = self.value()?;
        let condition = Condition::Compare(path, comparator, value);
        Ok(if negated { Condition::Not(Box::new(condition)) } else { condition })
    }

    fn value(&mut self) -> Result<Value> {
        match self.take() {
            Some(Token::Placeholder(name)) => self.given.find(&name, false),
            Some(Token::Quoted(text)) => Ok(Value::from(text)),
            Some(Token::Word(word)) => Ok(plain(&word)),
            Some(Token::Sign("[")) => {
                let mut values = Vec::new();
                while !self.takes_sign(&["]"]) {
                    values.push(self.value()?);
                    if !self.takes_sign(&[",", ";"]) && !matches!(self.peek(), Some(Token::Sign("]"))) {
                        return Err(problem("a list is never closed"));
                    }
                }
                Ok(Value::Collection(Collection::from_vec(values)))
            }
            Some(Token::Sign(_) | Token::Formula(_)) | None => {
                Err(problem("a value is missing behind a comparator"))
            }
        }
    }
}

/// A value without quotes: a number, `true`, `false`, `null`, a date, or a text.
fn plain(word: &str) -> Value {
    match word.to_lowercase().as_str() {
        "true" => return Value::Boolean(true),
        "false" => return Value::Boolean(false),
        "null" => return Value::Null,
        _ => {}
    }
    if let Ok(number) = word.parse::<f64>() {
        return Value::Real(number);
    }
    match crate::value::date::Date::parse_iso(word) {
        Some(date) if word.len() >= 10 => Value::Date(date),
        _ => Value::text(word),
    }
}

fn steps(path: &str) -> Vec<Step> {
    let mut found = Vec::new();
    for part in path.split('.') {
        let (name, brackets) = part.split_once('[').map_or((part, None), |(name, rest)| (name, Some(rest)));
        if !name.is_empty() {
            found.push(Step::Name(Text::from(name)));
        }
        if let Some(inside) = brackets.map(|rest| rest.trim_end_matches(']').trim()) {
            found.push(match inside.parse::<usize>() {
                Ok(index) => Step::At(index),
                Err(_) if inside.is_empty() => Step::Any(None),
                Err(_) => Step::Any(Some(inside.to_owned())),
            });
        }
    }
    found
}

// ---- elements ----

/// The elements that `[a]` stands for, chosen so far.
type Links = Vec<(String, usize)>;

fn holds(
    process: &mut Process,
    condition: &Condition,
    element: &Value,
    given: &Given,
    links: &mut Links,
) -> Result<bool> {
    // A letter that is not chosen yet stands for any element, the same in the whole condition.
    if links.is_empty()
        && let Some((letter, count)) = unlinked(condition, element)
    {
        for index in 0..count {
            links.push((letter.clone(), index));
            let found = holds(process, condition, element, given, links)?;
            links.pop();
            if found {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    match condition {
        Condition::And(a, b) => {
            Ok(holds(process, a, element, given, links)? && holds(process, b, element, given, links)?)
        }
        Condition::Or(a, b) => {
            Ok(holds(process, a, element, given, links)? || holds(process, b, element, given, links)?)
        }
        Condition::Except(a, b) => {
            Ok(holds(process, a, element, given, links)? && !holds(process, b, element, given, links)?)
        }
        Condition::Not(inner) => Ok(!holds(process, inner, element, given, links)?),
        Condition::Formula(formula) => {
            let Value::Object(object) = formula else { return Ok(false) };
            let Some(function) = object.as_function() else { return Ok(false) };
            let site = process.site().unwrap_or_default();
            let result =
                process.call_function(&function, element.clone(), vec![given.arguments.clone()], site)?;
            Ok(matches!(result, Value::Boolean(true)))
        }
        Condition::Code(id) => {
            let site = process.site().unwrap_or_default();
            let result = process.call_on(element.clone(), *id, vec![given.arguments.clone()], site)?;
            Ok(matches!(result, Value::Boolean(true)))
        }
        Condition::Compare(path, comparator, wanted) => {
            let mut any = false;
            visit(process, element, path, links, &mut |process, value| {
                any = any || compares(process, value, *comparator, wanted)?;
                Ok(())
            })?;
            Ok(any)
        }
    }
}

/// The first letter of a condition, and how many elements it may stand for.
fn unlinked(condition: &Condition, element: &Value) -> Option<(String, usize)> {
    match condition {
        Condition::And(a, b) | Condition::Or(a, b) | Condition::Except(a, b) => {
            unlinked(a, element).or_else(|| unlinked(b, element))
        }
        Condition::Not(inner) => unlinked(inner, element),
        Condition::Compare(path, ..) => {
            let mut value = element.clone();
            for step in path {
                match (step, value) {
                    (Step::Name(name), Value::Object(object)) => value = object.get(name).unwrap_or_default(),
                    (Step::Any(Some(letter)), Value::Collection(collection)) => {
                        return Some((letter.clone(), collection.len()));
                    }
                    _ => return None,
                }
            }
            None
        }
        Condition::Formula(_) | Condition::Code(_) => None,
    }
}

/// What is done with each value that a path leads to.
type Action<'a> = &'a mut dyn FnMut(&mut Process, &Value) -> Result<()>;

fn visit(
    process: &mut Process,
    value: &Value,
    path: &[Step],
    links: &Links,
    action: Action<'_>,
) -> Result<()> {
    let Some((step, rest)) = path.split_first() else { return action(process, value) };
    match (step, value) {
        (Step::Name(name), Value::Object(_) | Value::Collection(_)) => {
            let site = process.site().unwrap_or_default();
            let inner = process.get_member(value, name, site)?;
            visit(process, &inner, rest, links, action)
        }
        (Step::At(index), Value::Collection(collection)) => {
            let inner = collection.get(*index).unwrap_or_default();
            visit(process, &inner, rest, links, action)
        }
        (Step::Any(letter), Value::Collection(collection)) => {
            let linked = letter
                .as_ref()
                .and_then(|letter| links.iter().find(|(known, _)| known == letter))
                .map(|(_, index)| *index);
            if let Some(index) = linked {
                let inner = collection.get(index).unwrap_or_default();
                return visit(process, &inner, rest, links, action);
            }
            for inner in collection.to_vec() {
                visit(process, &inner, rest, links, action)?;
            }
            Ok(())
        }
        (Step::Any(_), _) => Ok(()),
        (Step::Name(_) | Step::At(_), _) => action(process, &Value::Undefined),
    }
}

fn compares(process: &Process, value: &Value, comparator: Comparator, wanted: &Value) -> Result<bool> {
    let equal = |wanted: &Value| equals(value, wanted, process.epsilon);
    Ok(match comparator {
        Comparator::Equal => equal(wanted),
        Comparator::NotEqual => !equal(wanted),
        Comparator::Is => strictly(value, wanted, process.epsilon),
        Comparator::IsNot => !strictly(value, wanted, process.epsilon),
        Comparator::In => match wanted {
            Value::Collection(list) => list.to_vec().iter().any(equal),
            other => equal(other),
        },
        Comparator::Contains => match (value, wanted) {
            (Value::Text(value), Value::Text(wanted)) => compare::contains_keyword(value, wanted),
            _ => false,
        },
        Comparator::Less => ordered(value, wanted) && operators::less(value, wanted)?,
        Comparator::LessOrEqual => ordered(value, wanted) && operators::less_or_equal(value, wanted)?,
        Comparator::Greater => ordered(value, wanted) && operators::greater(value, wanted)?,
        Comparator::GreaterOrEqual => ordered(value, wanted) && operators::greater_or_equal(value, wanted)?,
    })
}

fn equals(value: &Value, wanted: &Value, epsilon: f64) -> bool {
    match (value, wanted) {
        (Value::Text(value), Value::Text(wanted)) => compare::equal(value, wanted),
        (Value::Undefined | Value::Null, Value::Undefined | Value::Null) => true,
        // A property that holds a list is equal to what one of its elements is equal to.
        (Value::Collection(list), wanted) if !matches!(wanted, Value::Collection(_)) => list
            .to_vec()
            .iter()
            .any(|value| !matches!(value, Value::Collection(_)) && equals(value, wanted, epsilon)),
        _ => compare::equal_values(value, wanted, epsilon),
    }
}

/// Equality in which `@` is a character like any other.
fn strictly(value: &Value, wanted: &Value, epsilon: f64) -> bool {
    match (value, wanted) {
        (Value::Text(value), Value::Text(wanted)) => compare::equal_plain(value, wanted),
        (Value::Undefined | Value::Null, Value::Undefined | Value::Null) => true,
        _ => compare::equal_values_with(value, wanted, epsilon, Strength::Letters),
    }
}

/// Whether two values have an order between them; those that have none meet no condition.
fn ordered(value: &Value, wanted: &Value) -> bool {
    match (value, wanted) {
        (Value::Text(_), Value::Text(_))
        | (Value::Date(_), Value::Date(_))
        | (Value::Boolean(_), Value::Boolean(_)) => true,
        (value, wanted) => value.as_real().is_some() && wanted.as_real().is_some(),
    }
}
