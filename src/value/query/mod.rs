//! Queries: conditions on the properties of objects, written as a text.
//!
//! The text is read once, by [`read`], into a tree of conditions; what placeholders stand for is data in it, never a
//! condition. AND comes before OR, and EXCEPT is AND NOT. A letter in brackets (`kids[a].age`) stands for one and the
//! same element in all conditions that AND joins: it is chosen by a `Condition::Linked` above them.

pub mod read;

use std::collections::BTreeMap;

use crate::value::Value;
use crate::value::collection::{Collection, Elements};
use crate::value::compare::{self, Strength};
use crate::value::date::Date;
use crate::value::error::Result;
use crate::value::object::Object;
use crate::value::operators;
use crate::value::text::Text;

/// What a query cannot do by itself, since it may run code of the program.
pub trait World {
    /// `value.name`
    fn member(&mut self, value: &Value, name: &Text) -> Result<Value>;
    /// Whether the formula of this number is True of an element.
    fn formula(&mut self, number: usize, element: &Value) -> Result<bool>;
    /// How far two Reals may be apart and be equal.
    fn epsilon(&self) -> f64;
}

/// A query that has been read.
#[derive(Debug)]
pub struct Query {
    condition: Condition,
    /// The formulas in it, by number.
    pub formulas: Vec<Formula>,
}

/// A formula in a query.
#[derive(Clone, Debug)]
pub enum Formula {
    /// `eval(…)`
    Code(String),
    /// A function that a placeholder stood for.
    Function(Object),
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Name(Text),
    /// `[]`: any element.
    Any,
    /// `[a]`: the element that all `[a]` share.
    Letter(char),
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

impl Comparator {
    /// The comparator of which this one is the negation.
    fn negated(self) -> Option<Self> {
        match self {
            Self::NotEqual => Some(Self::Equal),
            Self::IsNot => Some(Self::Is),
            Self::Equal
            | Self::Is
            | Self::Less
            | Self::LessOrEqual
            | Self::Greater
            | Self::GreaterOrEqual
            | Self::In
            | Self::Contains => None,
        }
    }
}

#[derive(Debug)]
enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Compare(Vec<Step>, Comparator, Value),
    Formula(usize),
    /// There is an element of the collection under the path of which the condition holds.
    Linked(char, Vec<Step>, Box<Condition>),
}

/// The elements that letters stand for.
type Links = Vec<(char, usize)>;

fn chosen(links: &Links, letter: char) -> Option<usize> {
    links.iter().rev().find(|(known, _)| *known == letter).map(|(_, index)| *index)
}

impl Query {
    /// Whether an element meets the condition.
    pub fn holds(&self, element: &Value, world: &mut dyn World) -> Result<bool> {
        self.condition.holds(element, world, &mut Vec::new())
    }
}

// ---- letters ----

/// The letters of a condition, each with the path of the collection in which it chooses.
type Letters = BTreeMap<char, Vec<Step>>;

impl Condition {
    fn letters(&self, found: &mut Letters) {
        match self {
            Self::All(conditions) | Self::Any(conditions) => {
                for condition in conditions {
                    condition.letters(found);
                }
            }
            Self::Not(inner) | Self::Linked(_, _, inner) => inner.letters(found),
            Self::Compare(path, ..) => {
                for (index, step) in path.iter().enumerate() {
                    if let Step::Letter(letter) = step {
                        found.entry(*letter).or_insert_with(|| path.iter().take(index).cloned().collect());
                    }
                }
            }
            Self::Formula(_) => {}
        }
    }

    /// The same condition with a choice above all conditions that share a letter.
    fn link(self, bound: &mut Vec<char>) -> Self {
        match self {
            Self::All(conditions) => {
                let mut flat = Vec::with_capacity(conditions.len());
                flatten(conditions, &mut flat);
                link_all(flat, bound)
            }
            // What one side finds says nothing about the other, so each chooses by itself.
            Self::Any(conditions) => {
                Self::Any(conditions.into_iter().map(|condition| condition.link(bound)).collect())
            }
            Self::Not(inner) => Self::Not(Box::new(inner.link(bound))),
            Self::Compare(..) | Self::Formula(_) | Self::Linked(..) => self,
        }
    }
}

fn flatten(conditions: Vec<Condition>, flat: &mut Vec<Condition>) {
    for condition in conditions {
        if let Condition::All(inner) = condition { flatten(inner, flat) } else { flat.push(condition) }
    }
}

/// Conditions that share letters, directly or through others.
struct Group {
    letters: Letters,
    /// How many of the conditions have each letter.
    uses: BTreeMap<char, usize>,
    conditions: Vec<Condition>,
}

fn link_all(conditions: Vec<Condition>, bound: &mut Vec<char>) -> Condition {
    let mut all = Vec::with_capacity(conditions.len());
    let mut groups: Vec<Group> = Vec::new();
    for condition in conditions {
        let mut letters = Letters::new();
        condition.letters(&mut letters);
        letters.retain(|letter, _| !bound.contains(letter));
        if letters.is_empty() {
            all.push(condition.link(bound));
            continue;
        }
        let uses = letters.keys().map(|letter| (*letter, 1)).collect();
        let mut group = Group { letters, uses, conditions: vec![condition] };
        let (same, others) = groups
            .into_iter()
            .partition(|other| other.letters.keys().any(|letter| group.letters.contains_key(letter)));
        groups = others;
        let same: Vec<Group> = same;
        for other in same.into_iter().rev() {
            group.absorb(other);
        }
        groups.push(group);
    }
    all.extend(groups.into_iter().map(|group| group.link(bound)));
    match all.len() {
        1 => all.pop().unwrap_or(Condition::All(Vec::new())),
        _ => Condition::All(all),
    }
}

impl Group {
    fn absorb(&mut self, other: Self) {
        for (letter, path) in other.letters {
            self.letters.insert(letter, path);
        }
        for (letter, count) in other.uses {
            *self.uses.entry(letter).or_default() += count;
        }
        self.conditions.splice(0..0, other.conditions);
    }

    fn link(mut self, bound: &mut Vec<char>) -> Condition {
        let open = |path: &[Step]| {
            path.iter().any(|step| matches!(step, Step::Letter(letter) if !bound.contains(letter)))
        };
        let shared = || self.uses.iter().filter(|(_, count)| **count > 1).map(|(letter, _)| *letter);
        // A letter under another one is chosen after it.
        let next = shared()
            .find(|letter| self.letters.get(letter).is_some_and(|path| !open(path)))
            .or_else(|| shared().next());
        let Some(letter) = next else {
            let mut linked: Vec<Condition> =
                self.conditions.into_iter().map(|condition| condition.link(bound)).collect();
            return if linked.len() == 1 {
                linked.pop().unwrap_or(Condition::All(Vec::new()))
            } else {
                Condition::All(linked)
            };
        };
        let path = self.letters.remove(&letter).unwrap_or_default();
        bound.push(letter);
        let inner = link_all(self.conditions, bound);
        bound.pop();
        Condition::Linked(letter, path, Box::new(inner))
    }
}

// ---- elements ----

/// What is asked of each value that a path leads to: whether it is the one that was looked for.
type Test<'a> = &'a mut dyn FnMut(&Value) -> Result<bool>;

impl Condition {
    fn holds(&self, element: &Value, world: &mut dyn World, links: &mut Links) -> Result<bool> {
        match self {
            Self::All(conditions) => {
                for condition in conditions {
                    if !condition.holds(element, world, links)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Self::Any(conditions) => {
                for condition in conditions {
                    if condition.holds(element, world, links)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Self::Not(inner) => Ok(!inner.holds(element, world, links)?),
            Self::Formula(number) => world.formula(*number, element),
            Self::Compare(path, comparator, wanted) => {
                compare_path(element, path, *comparator, wanted, world, links)
            }
            Self::Linked(letter, path, inner) => {
                let mut count = 0;
                walk(element, path, world, links, &mut |value| {
                    if let Value::Collection(collection) = value {
                        count = count.max(collection.len());
                    }
                    Ok(false)
                })?;
                for index in 0..count {
                    links.push((*letter, index));
                    let found = inner.holds(element, world, links);
                    links.pop();
                    if found? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }
}

fn compare_path(
    element: &Value,
    path: &[Step],
    comparator: Comparator,
    wanted: &Value,
    world: &mut dyn World,
    links: &Links,
) -> Result<bool> {
    let epsilon = world.epsilon();
    let open = |step: &Step| matches!(step, Step::Letter(letter) if chosen(links, *letter).is_none());
    // "Not equal" is the negation of "equal": all elements under `[]` differ. Under a letter one is enough.
    if let Some(positive) = comparator.negated().filter(|_| !path.iter().any(open)) {
        let found =
            walk(element, path, world, links, &mut |value| compares(value, positive, wanted, epsilon))?;
        return Ok(!found);
    }
    walk(element, path, world, links, &mut |value| compares(value, comparator, wanted, epsilon))
}

/// Goes along a path until the test finds what it looks for. The recursion is as deep as the path is long.
fn walk(value: &Value, path: &[Step], world: &mut dyn World, links: &Links, test: Test<'_>) -> Result<bool> {
    let Some((step, rest)) = path.split_first() else { return test(value) };
    let collection = if let Value::Collection(collection) = value { Some(collection) } else { None };
    match (step, collection) {
        (Step::Name(name), _) => {
            if !matches!(value, Value::Object(_) | Value::Collection(_)) {
                return test(&Value::Undefined);
            }
            let inner = world.member(value, name)?;
            walk(&inner, rest, world, links, test)
        }
        (Step::At(index), Some(collection)) => {
            walk(&collection.get(*index).unwrap_or_default(), rest, world, links, test)
        }
        (Step::At(_), None) => test(&Value::Undefined),
        (Step::Any | Step::Letter(_), None) => Ok(false),
        (Step::Any | Step::Letter(_), Some(collection)) => {
            if let Step::Letter(letter) = step
                && let Some(index) = chosen(links, *letter)
            {
                return walk(&collection.get(index).unwrap_or_default(), rest, world, links, test);
            }
            for inner in collection.to_vec() {
                if walk(&inner, rest, world, links, test)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }
}

// ---- values ----

fn compares(value: &Value, comparator: Comparator, wanted: &Value, epsilon: f64) -> Result<bool> {
    if let Some(dates) = as_dates(value, wanted) {
        let [value, wanted] = dates.map(Value::Date);
        return compares(&value, comparator, &wanted, epsilon);
    }
    let equal = |wanted: &Value| equals(value, wanted, epsilon);
    Ok(match comparator {
        Comparator::Equal => equal(wanted),
        Comparator::NotEqual => !equal(wanted),
        Comparator::Is => strictly(value, wanted, epsilon),
        Comparator::IsNot => !strictly(value, wanted, epsilon),
        Comparator::In => {
            if let Value::Collection(list) = wanted {
                is_in(value, list, epsilon)
            } else {
                equal(wanted)
            }
        }
        Comparator::Contains => {
            if let (Value::Text(value), Value::Text(wanted)) = (value, wanted) {
                compare::contains_keyword(value, wanted)
            } else {
                false
            }
        }
        Comparator::Less => ordered(value, wanted) && operators::less(value, wanted)?,
        Comparator::LessOrEqual => ordered(value, wanted) && operators::less_or_equal(value, wanted)?,
        Comparator::Greater => ordered(value, wanted) && operators::greater(value, wanted)?,
        Comparator::GreaterOrEqual => ordered(value, wanted) && operators::greater_or_equal(value, wanted)?,
    })
}

/// Whether a value is one of a list, which may be long and is not copied.
fn is_in(value: &Value, list: &Collection, epsilon: f64) -> bool {
    list.with(|elements| match elements {
        Elements::Values(values) => values.iter().any(|wanted| equals(value, wanted, epsilon)),
        Elements::Reals(reals) => reals.iter().any(|x| equals(value, &Value::Real(*x), epsilon)),
        Elements::Booleans(booleans) => booleans.iter().any(|b| equals(value, &Value::Boolean(*b), epsilon)),
        Elements::Shared(_) => elements.to_vec().iter().any(|wanted| equals(value, wanted, epsilon)),
    })
}

/// A date and a text that writes one, as dates.
fn as_dates(value: &Value, wanted: &Value) -> Option<[Date; 2]> {
    match (value, wanted) {
        (Value::Date(date), Value::Text(text)) => Some([*date, Date::parse_iso(&text.to_str())?]),
        (Value::Text(text), Value::Date(date)) => Some([Date::parse_iso(&text.to_str())?, *date]),
        _ => None,
    }
}

fn equals(value: &Value, wanted: &Value, epsilon: f64) -> bool {
    if let Some([value, wanted]) = as_dates(value, wanted) {
        return value == wanted;
    }
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

#[cfg(test)]
mod tests {
    use super::read::{Given, read};
    use super::*;
    use crate::value::error::Error;
    use crate::value::json;

    struct Plain;

    impl World for Plain {
        fn member(&mut self, value: &Value, name: &Text) -> Result<Value> {
            Ok(if let Value::Object(object) = value {
                object.get(name).unwrap_or_default()
            } else {
                Value::Null
            })
        }
        fn formula(&mut self, _: usize, _: &Value) -> Result<bool> {
            Err(Error::types("no formulas here"))
        }
        fn epsilon(&self) -> f64 {
            1e-6
        }
    }

    fn holds(query: &str, element: &str) -> bool {
        let element = json::parse(element).unwrap();
        read(query, &Given::new(&[])).unwrap().holds(&element, &mut Plain).unwrap()
    }

    #[test]
    fn rank_of_operators() {
        let element = r#"{"a":1,"b":2,"c":3}"#;
        assert!(holds("a=1 or b=9 and c=9", element) && !holds("(a=1 or b=9) and c=9", element));
        assert!(holds("a=9 and b=2 or c=3", element) && holds("a=1 except b=9", element));
        assert!(!holds("a=1 ^ b=2", element) && holds("not(a=9) & b=2", element));
        assert!(holds("not a=9 and c=3", element) && !holds("not(a=1 or b=9)", element));
    }

    #[test]
    fn not_equal_is_true_of_all_or_of_one() {
        let all = [r#"{"k":[{"v":1},{"v":1}]}"#, r#"{"k":[{"v":1},{"v":0}]}"#, r#"{"k":[{"v":0},{"v":0}]}"#];
        let found = |query: &str| all.map(|element| holds(query, element));
        assert_eq!(found("k[].v = 0"), [false, true, true]);
        assert_eq!(found("k[].v != 0"), [true, false, false]);
        assert_eq!(found("not(k[].v = 0)"), [true, false, false]);
        assert_eq!(found("k[a].v != 0"), [true, true, false]);
    }

    #[test]
    fn letters_link() {
        let element = r#"{"h":[{"n":"ride","l":2},{"n":"tennis","l":5}],"g":[{"p":[{"x":1,"y":1}]},{"p":[{"x":2,"y":3}]}]}"#;
        assert!(holds("h[].n='ride' and h[].l=5", element) && !holds("h[a].n='ride' and h[a].l=5", element));
        assert!(holds("h[a].n='ride' and h[a].l=2 and h[b].n='tennis' and h[b].l=5", element));
        assert!(!holds("h[a].n='ride' and h[a].l=2 and h[b].n='tennis' and h[B].l=4", element));
        assert!(holds("(h[a].n='ride' or h[a].n='tennis') and h[A].l=5", element));
        assert!(holds("(h[a].n='tennis' and h[a].l>1) and h[a].l>4", element));
        assert!(holds("g[a].p[b].x=2 and g[a].p[b].y=3", element));
        assert!(!holds("g[a].p[b].x=1 and g[a].p[b].y=3", element));
        assert!(holds("h[a].n='ride' & h[a].l=9 | h[a].n='tennis' & h[a].l=5", element));
    }

    #[test]
    fn values_and_comparators() {
        let element =
            r#"{"t":"Nan","n":-1.5,"p":"C:\\new","d":"2020-02-03","b":true,"z":null,"l":["a","b"]}"#;
        for query in [
            "t=nan",
            "n=-1.5",
            "n>-2",
            "n<=-1.5",
            "p='C:\\new'",
            "d>'2019-01-01'",
            "b=true",
            "z=null",
            "missing=null",
            "missing#1",
            "t in [x,'n@']",
            "not(t in [x,y])",
            "l[1]=b",
            "l[]=a",
            "l=b",
            "t===nan",
            "t!==na",
            "t is not 'N@'",
            "t is nan",
            "t%nan",
            "b=true && n<0 || n>0",
        ] {
            assert!(holds(query, element), "{query}");
        }
        for query in ["t=inf", "n>'x'", "t>5", "l[]=c", "l[7]=a", "z#null", "t in []", "t%na"] {
            assert!(!holds(query, element), "{query}");
        }
    }

    #[test]
    fn mistakes() {
        let deep = format!("{}a=1", "not ".repeat(100_000));
        let long = format!("a{}=1", ".a".repeat(100_000));
        for query in [
            "", "a", "a=", "=1", "(a=1", "a=1)", "a=1 b", "a='x", "a=:1", "a=1 and", "a in [1", "eval(x",
            &deep, &long,
        ] {
            assert!(read(query, &Given::new(&[])).is_err(), "{query:.20}");
        }
        let wide = vec!["a=1"; 50_000].join(" and ");
        assert!(
            holds(&wide, r#"{"a":1}"#) && holds(&["a=2"; 9].join(" or ").replacen('2', "1", 1), r#"{"a":1}"#)
        );
        let error = read("a=1 order by b", &Given::new(&[])).unwrap_err();
        assert!(error.details().message.contains("orderBy"));
    }
}
