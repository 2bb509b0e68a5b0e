//! Reads the text of a query: tokens, then conditions by descent.

use crate::value::Value;
use crate::value::collection::Collection;
use crate::value::date::Date;
use crate::value::error::{Error, Result};
use crate::value::object::Object;
use crate::value::query::{Comparator, Condition, Formula, Query, Step};
use crate::value::text::Text;

/// Deeper brackets, and negations of negations, are a mistake.
const DEEPEST: usize = 200;
/// So are longer paths.
const LONGEST: usize = 200;

/// What placeholders stand for.
#[derive(Debug)]
pub struct Given {
    values: Vec<Value>,
    parameters: Option<Object>,
    attributes: Option<Object>,
    formulas: bool,
    /// What formulas receive.
    pub arguments: Value,
}

impl Given {
    /// The values behind a query, the last of which may be its settings.
    pub fn new(values: &[Value]) -> Self {
        let settings = values.last().and_then(as_settings);
        let setting = |key: &str| settings.as_ref().and_then(|settings| settings.get_str(key));
        let object =
            |key: &str| if let Some(Value::Object(object)) = setting(key) { Some(object) } else { None };
        Self {
            values: values.to_vec(),
            parameters: object("parameters"),
            attributes: object("attributes"),
            formulas: !matches!(setting("allowFormulas"), Some(Value::Boolean(false))),
            arguments: setting("args").unwrap_or(Value::Null),
        }
    }

    /// The value of `:1`, `:name` or `:name.property`.
    fn find(&self, name: &str, attribute: bool) -> Result<Value> {
        let missing = || problem(format!("no value was given for `:{name}`"));
        if let Ok(number) = name.parse::<usize>() {
            let value = number.checked_sub(1).and_then(|index| self.values.get(index));
            return value.cloned().ok_or_else(missing);
        }
        let sources = if attribute {
            [&self.attributes, &self.parameters]
        } else {
            [&self.parameters, &self.attributes]
        };
        let under = |object: &Object| {
            let whole = object.get_str(name);
            whole.or_else(|| {
                name.split('.').try_fold(Value::Object(object.clone()), |value, part| {
                    if let Value::Object(object) = value { object.get_str(part) } else { None }
                })
            })
        };
        sources.into_iter().flatten().find_map(under).ok_or_else(missing)
    }
}

/// Tells settings from an object to compare with by what they are made of.
fn as_settings(value: &Value) -> Option<Object> {
    let Value::Object(object) = value else { return None };
    let known = ["parameters", "attributes", "allowFormulas", "context", "args", "queryPath", "queryPlan"];
    let is = object.as_function().is_none() && known.iter().any(|key| object.get_str(key).is_some());
    is.then(|| object.clone())
}

#[cold]
fn problem(message: impl Into<String>) -> Error {
    Error::native(1300, format!("the query cannot be understood: {}", message.into()))
}

/// Reads a query.
pub fn read(text: &str, given: &Given) -> Result<Query> {
    let tokens = tokens(text)?;
    let mut parser = Parser { given, tokens: &tokens, next: 0, depth: 0, formulas: Vec::new() };
    let condition = parser.any_of()?;
    parser.end()?;
    Ok(Query { condition: condition.link(&mut Vec::new()), formulas: parser.formulas })
}

// ---- tokens ----

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
        let (token, after) = if let Some(formula) = formula(rest)? {
            formula
        } else if matches!(first, '\'' | '"') {
            quoted(rest, first)?
        } else if first == ':' {
            placeholder(rest)
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (Token::Sign(sign), rest.get(sign.len()..).unwrap_or_default())
        } else {
            word(rest)
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
    let mut inside_text = false;
    for (index, c) in inner.char_indices() {
        match c {
            '"' => inside_text = !inside_text,
            '(' if !inside_text => depth += 1,
            ')' if !inside_text => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let code = inner.get(..index).unwrap_or_default().to_owned();
            return Ok(Some((Token::Formula(code), inner.get(index + 1..).unwrap_or_default())));
        }
    }
    Err(problem("`eval(` is never closed"))
}

/// A text in quotes; a backslash only stands before a quote or another backslash.
fn quoted(text: &str, quote: char) -> Result<(Token, &str)> {
    let mut content = String::new();
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((index, c)) = characters.next() {
        if c == quote {
            return Ok((Token::Quoted(content), text.get(index + 1..).unwrap_or_default()));
        }
        let escaped = characters.next_if(|(_, next)| c == '\\' && matches!(next, '\\' | '"' | '\''));
        content.push(escaped.map_or(c, |(_, next)| next));
    }
    Err(problem("a text is never closed"))
}

fn placeholder(text: &str) -> (Token, &str) {
    let rest = text.strip_prefix(':').unwrap_or(text);
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    (Token::Placeholder(name.to_owned()), after)
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

struct Parser<'a> {
    given: &'a Given,
    tokens: &'a [Token],
    next: usize,
    depth: usize,
    formulas: Vec<Formula>,
}

impl Parser<'_> {
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

    fn end(&self) -> Result<()> {
        match self.peek() {
            None => Ok(()),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("order") => {
                Err(problem("a collection is sorted with `.orderBy()`, not in the query"))
            }
            Some(_) => Err(problem("something stands behind the last condition")),
        }
    }

    fn any_of(&mut self) -> Result<Condition> {
        let mut all = vec![self.all_of()?];
        while self.takes_sign(&["|", "||"]) || self.takes_word("or") {
            all.push(self.all_of()?);
        }
        Ok(single_or(all, Condition::Any))
    }

    fn all_of(&mut self) -> Result<Condition> {
        let mut all = vec![self.one()?];
        loop {
            if self.takes_sign(&["&", "&&"]) || self.takes_word("and") {
                all.push(self.one()?);
            } else if self.takes_sign(&["^"]) || self.takes_word("except") {
                all.push(Condition::Not(Box::new(self.one()?)));
            } else {
                return Ok(single_or(all, Condition::All));
            }
        }
    }

    fn one(&mut self) -> Result<Condition> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(problem("it is nested too deep"));
        }
        let condition = if self.takes_sign(&["("]) {
            let inner = self.any_of()?;
            if !self.takes_sign(&[")"]) {
                return Err(problem("a bracket is never closed"));
            }
            inner
        } else if self.takes_word("not") {
            Condition::Not(Box::new(self.one()?))
        } else {
            self.simple()?
        };
        self.depth -= 1;
        Ok(condition)
    }

    fn simple(&mut self) -> Result<Condition> {
        match self.take() {
            Some(Token::Formula(code)) => self.formula(Formula::Code(code)),
            Some(Token::Placeholder(name)) => self.placeholder(&name),
            Some(Token::Word(path) | Token::Quoted(path)) => {
                let steps = steps(&path)?;
                self.comparison(steps)
            }
            Some(Token::Sign(sign)) => Err(problem(format!("`{sign}` stands where a property should"))),
            None => Err(problem("a condition is missing at its end")),
        }
    }

    fn formula(&mut self, formula: Formula) -> Result<Condition> {
        if !self.given.formulas {
            return Err(problem("formulas are not allowed in it"));
        }
        self.formulas.push(formula);
        Ok(Condition::Formula(self.formulas.len() - 1))
    }

    /// A placeholder before a comparator names a property; a formula is a condition by itself.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a value of any other type names no property")]
    fn placeholder(&mut self, name: &str) -> Result<Condition> {
        match self.given.find(name, true)? {
            Value::Text(path) => {
                let steps = steps(&path.to_str())?;
                self.comparison(steps)
            }
            // The names of a list are names, whatever characters are in them.
            Value::Collection(parts) if parts.len() <= LONGEST => {
                let names = parts.to_vec().into_iter();
                let steps = names.filter_map(|part| {
                    if let Value::Text(name) = part { Some(Step::Name(name)) } else { None }
                });
                let steps = steps.collect();
                self.comparison(steps)
            }
            other => {
                if let Value::Object(object) = &other
                    && object.as_function().is_some()
                {
                    return self.formula(Formula::Function(object.clone()));
                }
                Err(problem(format!("`:{name}` stands for a property, and holds a {}", other.type_name())))
            }
        }
    }

    fn comparison(&mut self, path: Vec<Step>) -> Result<Condition> {
        let negated = self.takes_word("not");
        let comparator = self.comparator()?;
        let value = self.value(true)?;
        let condition = Condition::Compare(path, comparator, value);
        Ok(if negated { Condition::Not(Box::new(condition)) } else { condition })
    }

    fn comparator(&mut self) -> Result<Comparator> {
        let comparator = match self.take() {
            Some(Token::Sign(sign)) => sign_comparator(sign),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("in") => Some(Comparator::In),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("is") => {
                Some(if self.takes_word("not") { Comparator::IsNot } else { Comparator::Is })
            }
            Some(Token::Word(_) | Token::Quoted(_) | Token::Placeholder(_) | Token::Formula(_)) | None => {
                None
            }
        };
        comparator.ok_or_else(|| problem("a comparator is missing behind a property"))
    }

    /// A value; only the outermost one may be a list.
    fn value(&mut self, list: bool) -> Result<Value> {
        match self.take() {
            Some(Token::Placeholder(name)) => self.given.find(&name, false),
            Some(Token::Quoted(text)) => Ok(Value::from(text)),
            Some(Token::Word(word)) => Ok(plain(&word)),
            Some(Token::Sign("[")) if list => {
                let mut values = Vec::new();
                while !self.takes_sign(&["]"]) {
                    values.push(self.value(false)?);
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

fn sign_comparator(sign: &str) -> Option<Comparator> {
    Some(match sign {
        "=" | "==" => Comparator::Equal,
        "===" => Comparator::Is,
        "#" | "!=" => Comparator::NotEqual,
        "!==" => Comparator::IsNot,
        "<" => Comparator::Less,
        "<=" => Comparator::LessOrEqual,
        ">" => Comparator::Greater,
        ">=" => Comparator::GreaterOrEqual,
        "%" => Comparator::Contains,
        _ => return None,
    })
}

fn single_or(mut all: Vec<Condition>, join: impl FnOnce(Vec<Condition>) -> Condition) -> Condition {
    match (all.pop(), all.is_empty()) {
        (Some(only), true) => only,
        (last, _) => {
            all.extend(last);
            join(all)
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
    if word.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
        && word.ends_with(|c: char| c.is_ascii_digit() || c == '.')
        && let Ok(number) = word.parse::<f64>()
    {
        return Value::Real(number);
    }
    match Date::parse_iso(word) {
        Some(date) if word.len() >= 10 => Value::Date(date),
        _ => Value::text(word),
    }
}

/// `address.city`, `tags[]`, `kids[a].age`, `list[2]`
fn steps(path: &str) -> Result<Vec<Step>> {
    let mut found = Vec::new();
    for part in path.split('.') {
        let mut pieces = part.split('[');
        let name = pieces.next().unwrap_or_default();
        if !name.is_empty() {
            found.push(Step::Name(Text::from(name)));
        }
        for inside in pieces.map(|piece| piece.trim_end_matches(']').trim()) {
            found.push(match (inside.parse::<usize>(), inside.chars().next()) {
                (Ok(index), _) => Step::At(index),
                (Err(_), None) => Step::Any,
                (Err(_), Some(letter)) if inside.len() == 1 && letter.is_ascii_alphabetic() => {
                    Step::Letter(letter.to_ascii_lowercase())
                }
                (Err(_), Some(_)) => {
                    return Err(problem(format!("`[{inside}]` is neither a letter nor a number")));
                }
            });
        }
        if found.len() > LONGEST {
            return Err(problem("a path is too long"));
        }
    }
    Ok(found)
}
