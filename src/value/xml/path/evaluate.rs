//! Walking the expressions of paths.

use crate::value::xml::path::functions;
use crate::value::xml::path::steps::{axis, passes};
use crate::value::xml::path::{Axis, Expression, Found, Operator, Step, Test, Value};
use crate::value::xml::tree::{DOCUMENT, Tree};

type Outcome<T> = Result<T, String>;

/// The node that is looked at, and its place among those that are.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    pub(super) node: Found,
    pub(super) position: usize,
    pub(super) size: usize,
}

impl Context {
    /// A node alone.
    pub fn at(node: Found) -> Self {
        Self { node, position: 1, size: 1 }
    }
}

/// Evaluates expressions over a tree.
pub struct Evaluator<'a> {
    pub(super) tree: &'a Tree,
}

impl<'a> Evaluator<'a> {
    /// Over this tree.
    pub fn new(tree: &'a Tree) -> Self {
        Self { tree }
    }

    /// What an expression gives at a node.
    ///
    /// # Errors
    /// It asks for something that there is not: what.
    pub fn evaluate(&self, expression: &Expression, context: Context) -> Outcome<Value> {
        match expression {
            Expression::Path { absolute, steps } => {
                let from = if *absolute { Found::node(DOCUMENT) } else { context.node };
                self.walk(vec![from], steps).map(Value::Nodes)
            }
            Expression::Filter { base, predicates, steps } => {
                let Value::Nodes(mut nodes) = self.evaluate(base, context)? else {
                    return Err("only nodes can be filtered or followed".to_owned());
                };
                for predicate in predicates {
                    nodes = self.filter(nodes, predicate)?;
                }
                self.walk(nodes, steps).map(Value::Nodes)
            }
            Expression::Binary(operator, left, right) => self.binary(*operator, left, right, context),
            Expression::Negate(operand) => Ok(Value::Number(-self.number(&self.evaluate(operand, context)?))),
            Expression::Literal(text) => Ok(Value::Text(text.clone())),
            Expression::Number(number) => Ok(Value::Number(*number)),
            Expression::Call(name, arguments) => {
                let values = arguments.iter().map(|argument| self.evaluate(argument, context));
                functions::call(self, name, values.collect::<Outcome<_>>()?, context)
            }
        }
    }

    fn walk(&self, from: Vec<Found>, steps: &[Step]) -> Outcome<Vec<Found>> {
        let mut nodes = from;
        let mut rest = steps;
        while let Some((step, after)) = rest.split_first() {
            rest = after;
            // `//name` is one step as long as no predicate counts.
            if let (true, Some((next, beyond))) = (is_anywhere(step), after.split_first())
                && next.axis == Axis::Child
                && !next.predicates.iter().any(counts)
            {
                let both = Step { axis: Axis::Descendant, ..next.clone() };
                nodes = self.step(&nodes, &both)?;
                rest = beyond;
                continue;
            }
            nodes = self.step(&nodes, step)?;
        }
        Ok(nodes)
    }

    fn step(&self, from: &[Found], step: &Step) -> Outcome<Vec<Found>> {
        let mut all = Vec::new();
        for node in from {
            let mut found = axis(self.tree, *node, step.axis);
            found.retain(|found| passes(self.tree, *found, step.axis, &step.test));
            for predicate in &step.predicates {
                found = self.filter(found, predicate)?;
            }
            all.extend(found);
        }
        let backward = matches!(
            step.axis,
            Axis::Ancestor | Axis::AncestorOrSelf | Axis::Preceding | Axis::PrecedingSibling
        );
        if all.len() > 1 && (from.len() > 1 || backward) {
            self.sort(&mut all);
        }
        Ok(all)
    }

    fn sort(&self, nodes: &mut Vec<Found>) {
        let order = self.tree.order();
        let place = |found: &Found| usize::try_from(found.node).ok().and_then(|id| order.get(id).copied());
        nodes.sort_by_key(|found| (place(found), found.attribute));
        nodes.dedup();
    }

    fn filter(&self, nodes: Vec<Found>, predicate: &Expression) -> Outcome<Vec<Found>> {
        let size = nodes.len();
        let mut kept = Vec::new();
        for (index, node) in nodes.into_iter().enumerate() {
            let context = Context { node, position: index + 1, size };
            let holds = match self.evaluate(predicate, context)? {
                Value::Number(number) => number == real(context.position),
                other @ (Value::Nodes(_) | Value::Boolean(_) | Value::Text(_)) => boolean(&other),
            };
            if holds {
                kept.push(node);
            }
        }
        Ok(kept)
    }

    fn binary(
        &self,
        operator: Operator,
        left: &Expression,
        right: &Expression,
        context: Context,
    ) -> Outcome<Value> {
        let first = self.evaluate(left, context)?;
        if matches!(operator, Operator::Or | Operator::And) {
            let known = boolean(&first);
            if known == (operator == Operator::Or) {
                return Ok(Value::Boolean(known));
            }
            return Ok(Value::Boolean(boolean(&self.evaluate(right, context)?)));
        }
        let second = self.evaluate(right, context)?;
        let numbers = || (self.number(&first), self.number(&second));
        Ok(match operator {
            Operator::Add => Value::Number(numbers().0 + numbers().1),
            Operator::Subtract => Value::Number(numbers().0 - numbers().1),
            Operator::Multiply => Value::Number(numbers().0 * numbers().1),
            Operator::Divide => Value::Number(numbers().0 / numbers().1),
            Operator::Modulo => Value::Number(numbers().0 % numbers().1),
            Operator::Union => {
                let (Value::Nodes(mut all), Value::Nodes(more)) = (first, second) else {
                    return Err("`|` joins nodes only".to_owned());
                };
                all.extend(more);
                self.sort(&mut all);
                Value::Nodes(all)
            }
            Operator::Or
            | Operator::And
            | Operator::Equal
            | Operator::NotEqual
            | Operator::Less
            | Operator::LessOrEqual
            | Operator::Greater
            | Operator::GreaterOrEqual => Value::Boolean(self.compare(operator, &first, &second)),
        })
    }

    /// Compares; of nodes it is enough that it holds for one.
    fn compare(&self, operator: Operator, left: &Value, right: &Value) -> bool {
        match (left, right) {
            (Value::Nodes(_), Value::Boolean(_)) | (Value::Boolean(_), Value::Nodes(_)) => {
                self.compare_plain(operator, &Value::Boolean(boolean(left)), &Value::Boolean(boolean(right)))
            }
            (Value::Nodes(nodes), other) => {
                nodes.iter().any(|node| self.compare(operator, &Value::Text(self.text_of(*node)), other))
            }
            (other, Value::Nodes(nodes)) => {
                nodes.iter().any(|node| self.compare(operator, other, &Value::Text(self.text_of(*node))))
            }
            _ => self.compare_plain(operator, left, right),
        }
    }

    fn compare_plain(&self, operator: Operator, left: &Value, right: &Value) -> bool {
        let (a, b) = (self.number(left), self.number(right));
        let equal = match (left, right) {
            (Value::Boolean(_), _) | (_, Value::Boolean(_)) => boolean(left) == boolean(right),
            (Value::Number(_), _) | (_, Value::Number(_)) => a == b,
            _ => self.text(left) == self.text(right),
        };
        match operator {
            Operator::Equal => equal,
            Operator::NotEqual => !equal,
            Operator::Less => a < b,
            Operator::LessOrEqual => a <= b,
            Operator::Greater => a > b,
            Operator::GreaterOrEqual => a >= b,
            Operator::Or
            | Operator::And
            | Operator::Add
            | Operator::Subtract
            | Operator::Multiply
            | Operator::Divide
            | Operator::Modulo
            | Operator::Union => false,
        }
    }

    /// The text of a node.
    pub(super) fn text_of(&self, found: Found) -> String {
        match (found.attribute, self.tree.element(found.node)) {
            (Some(place), Some(element)) => {
                element.attributes.get(place).map(|(_, value)| value.clone()).unwrap_or_default()
            }
            _ => self.tree.text_of(found.node),
        }
    }

    /// A value as text.
    pub(super) fn text(&self, value: &Value) -> String {
        match value {
            Value::Nodes(nodes) => nodes.first().map(|node| self.text_of(*node)).unwrap_or_default(),
            Value::Boolean(truth) => truth.to_string(),
            Value::Number(number) if number.is_infinite() => {
                if *number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()
            }
            Value::Number(number) if *number == 0.0 => "0".to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Text(text) => text.clone(),
        }
    }

    /// A value as number.
    pub(super) fn number(&self, value: &Value) -> f64 {
        match value {
            Value::Number(number) => *number,
            Value::Boolean(truth) => f64::from(u8::from(*truth)),
            Value::Nodes(_) | Value::Text(_) => {
                let text = self.text(value);
                let text = text.trim();
                let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
                if plain { text.parse().unwrap_or(f64::NAN) } else { f64::NAN }
            }
        }
    }
}

/// A count as number.
pub(super) fn real(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

/// A value as truth.
pub(super) fn boolean(value: &Value) -> bool {
    match value {
        Value::Nodes(nodes) => !nodes.is_empty(),
        Value::Boolean(truth) => *truth,
        Value::Number(number) => *number != 0.0 && !number.is_nan(),
        Value::Text(text) => !text.is_empty(),
    }
}

fn is_anywhere(step: &Step) -> bool {
    step.axis == Axis::DescendantOrSelf && step.test == Test::Node && step.predicates.is_empty()
}

/// Whether a predicate may depend on the place of a node among others.
fn counts(predicate: &Expression) -> bool {
    match predicate {
        Expression::Path { .. } | Expression::Literal(_) => false,
        Expression::Binary(operator, left, right) => {
            let number = matches!(
                operator,
                Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide | Operator::Modulo
            );
            number || mentions_place(left) || mentions_place(right)
        }
        Expression::Call(name, arguments) => {
            !matches!(name.as_str(), "contains" | "starts-with" | "not" | "boolean" | "true" | "false")
                || arguments.iter().any(mentions_place)
        }
        Expression::Filter { .. } | Expression::Negate(_) | Expression::Number(_) => true,
    }
}

fn mentions_place(expression: &Expression) -> bool {
    match expression {
        Expression::Path { .. } | Expression::Literal(_) | Expression::Number(_) => false,
        Expression::Binary(_, left, right) => mentions_place(left) || mentions_place(right),
        Expression::Negate(operand) => mentions_place(operand),
        Expression::Call(name, arguments) => {
            matches!(name.as_str(), "position" | "last") || arguments.iter().any(mentions_place)
        }
        Expression::Filter { base, .. } => mentions_place(base),
    }
}
