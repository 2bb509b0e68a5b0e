//! Texts of paths to expressions: tokens as the recommendation defines them, operators by their precedence.

use crate::value::xml::name;
use crate::value::xml::path::{Axis, Expression, Operator, Step, Test};

/// Expressions may be nested so deep.
const DEEPEST: usize = 64;

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Symbol(&'static str),
    Operator(Operator),
    Name(String),
    Literal(String),
    Number(f64),
}

const SYMBOLS: &[&str] = &["::", "//", "..", "/", "(", ")", "[", "]", "@", ",", "."];
const OPERATORS: &[(&str, Operator)] = &[
    ("!=", Operator::NotEqual),
    ("<=", Operator::LessOrEqual),
    (">=", Operator::GreaterOrEqual),
    ("=", Operator::Equal),
    ("<", Operator::Less),
    (">", Operator::Greater),
    ("+", Operator::Add),
    ("-", Operator::Subtract),
    ("|", Operator::Union),
];
const WORDS: &[(&str, Operator)] =
    &[("or", Operator::Or), ("and", Operator::And), ("div", Operator::Divide), ("mod", Operator::Modulo)];
const AXES: &[(&str, Axis)] = &[
    ("ancestor", Axis::Ancestor),
    ("ancestor-or-self", Axis::AncestorOrSelf),
    ("attribute", Axis::Attribute),
    ("child", Axis::Child),
    ("descendant", Axis::Descendant),
    ("descendant-or-self", Axis::DescendantOrSelf),
    ("following", Axis::Following),
    ("following-sibling", Axis::FollowingSibling),
    ("namespace", Axis::Namespace),
    ("parent", Axis::Parent),
    ("preceding", Axis::Preceding),
    ("preceding-sibling", Axis::PrecedingSibling),
    ("self", Axis::Myself),
];

type Outcome<T> = Result<T, String>;

/// Reads an expression.
///
/// # Errors
/// It is none: what is wrong.
pub fn expression(source: &str) -> Outcome<Expression> {
    let mut parser = Parser { tokens: tokens(source)?, next: 0, depth: 0 };
    let expression = parser.binary(0)?;
    match parser.peek() {
        None => Ok(expression),
        Some(token) => Err(format!("{} is not expected there", shown(token))),
    }
}

fn shown(token: &Token) -> String {
    match token {
        Token::Symbol(symbol) => format!("`{symbol}`"),
        Token::Operator(operator) => {
            let mut all = OPERATORS.iter().chain(WORDS).chain(&[("*", Operator::Multiply)]);
            format!("`{}`", all.find(|(_, known)| known == operator).map_or("", |(text, _)| text))
        }
        Token::Name(name) => format!("`{name}`"),
        Token::Literal(text) => format!("'{text}'"),
        Token::Number(number) => format!("`{number}`"),
    }
}

fn tokens(source: &str) -> Outcome<Vec<Token>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = source.trim_start_matches(name::is_space);
    while let Some(first) = rest.chars().next() {
        // After an operand `*` multiplies and a word may be an operator.
        let after_operand = match tokens.last() {
            None | Some(Token::Operator(_)) => false,
            Some(Token::Symbol(symbol)) => matches!(*symbol, ")" | "]" | "." | ".."),
            Some(Token::Name(_) | Token::Literal(_) | Token::Number(_)) => true,
        };
        let (token, length) = if first == '"' || first == '\'' {
            let body =
                rest.get(1..).and_then(|rest| rest.split_once(first)).ok_or("a text in quotes has no end")?.0;
            (Token::Literal(body.to_owned()), body.len() + 2)
        } else if let Some(number) = number(rest) {
            (Token::Number(number.parse().map_err(|_| format!("`{number}` is no number"))?), number.len())
        } else if first == '*' && after_operand {
            (Token::Operator(Operator::Multiply), 1)
        } else if let Some((symbol, operator)) = OPERATORS.iter().find(|(symbol, _)| rest.starts_with(symbol))
        {
            (Token::Operator(*operator), symbol.len())
        } else if let Some(symbol) = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
            (Token::Symbol(symbol), symbol.len())
        } else {
            let word = word(rest).ok_or_else(|| format!("`{first}` is not expected there"))?;
            let operator = WORDS.iter().find(|(known, _)| after_operand && *known == word);
            let token = operator.map_or_else(|| Token::Name(word.to_owned()), |(_, op)| Token::Operator(*op));
            (token, word.len())
        };
        tokens.push(token);
        rest = rest.get(length..).unwrap_or_default().trim_start_matches(name::is_space);
    }
    Ok(tokens)
}

fn number(rest: &str) -> Option<&str> {
    let digits = rest.strip_prefix('.').unwrap_or(rest);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let whole = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let fraction = rest
        .get(whole..)?
        .strip_prefix('.')
        .map_or(0, |after| 1 + after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len()));
    rest.get(..whole + fraction)
}

/// A name with its prefix, `*` or `prefix:*`. Of `axis::` it is the part before the colons.
fn word(rest: &str) -> Option<&str> {
    if rest.starts_with('*') {
        return rest.get(..1);
    }
    if !rest.starts_with(|c| name::is_name_start(c) && c != ':') {
        return None;
    }
    let plain = |text: &str| text.find(|c| !name::is_name_char(c) || c == ':').unwrap_or(text.len());
    let first = plain(rest);
    let after = rest.get(first..)?;
    if let Some(local) = after.strip_prefix(':').filter(|local| !local.starts_with(':')) {
        let length = if local.starts_with('*') { 1 } else { plain(local) };
        if length > 0 {
            return rest.get(..first + 1 + length);
        }
    }
    rest.get(..first)
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
}

fn precedence(operator: Operator) -> usize {
    match operator {
        Operator::Or => 0,
        Operator::And => 1,
        Operator::Equal | Operator::NotEqual => 2,
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => 3,
        Operator::Add | Operator::Subtract => 4,
        Operator::Multiply | Operator::Divide | Operator::Modulo => 5,
        Operator::Union => 6,
    }
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn after(&self) -> Option<&Token> {
        self.tokens.get(self.next + 1)
    }

    fn eat(&mut self, symbol: &'static str) -> bool {
        let found = self.peek() == Some(&Token::Symbol(symbol));
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, symbol: &'static str) -> Outcome<()> {
        if self.eat(symbol) { Ok(()) } else { Err(format!("`{symbol}` is missing")) }
    }

    fn enter(&mut self) -> Outcome<()> {
        self.depth += 1;
        if self.depth > DEEPEST { Err("the expression is nested too deep".to_owned()) } else { Ok(()) }
    }

    fn binary(&mut self, least: usize) -> Outcome<Expression> {
        self.enter()?;
        let mut left = self.unary()?;
        while let Some(Token::Operator(operator)) = self.peek() {
            let operator = *operator;
            let level = precedence(operator);
            if level < least {
                break;
            }
            self.next += 1;
            let right = self.binary(level + 1)?;
            left = Expression::Binary(operator, Box::new(left), Box::new(right));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn unary(&mut self) -> Outcome<Expression> {
        let mut negative = false;
        let mut any = false;
        while self.peek() == Some(&Token::Operator(Operator::Subtract)) {
            self.next += 1;
            (negative, any) = (!negative, true);
        }
        let operand = if any { self.binary(precedence(Operator::Union))? } else { self.path()? };
        Ok(if negative { Expression::Negate(Box::new(operand)) } else { operand })
    }

    fn path(&mut self) -> Outcome<Expression> {
        if let Some(base) = self.primary()? {
            let predicates = self.predicates()?;
            let mut steps = Vec::new();
            if self.eat("//") {
                steps.push(anywhere());
                self.relative(&mut steps)?;
            } else if self.eat("/") {
                self.relative(&mut steps)?;
            }
            if predicates.is_empty() && steps.is_empty() {
                return Ok(base);
            }
            return Ok(Expression::Filter { base: Box::new(base), predicates, steps });
        }
        let mut steps = Vec::new();
        let mut absolute = true;
        if self.eat("//") {
            steps.push(anywhere());
            self.relative(&mut steps)?;
        } else if self.eat("/") {
            if self.begins_step() {
                self.relative(&mut steps)?;
            }
        } else {
            absolute = false;
            self.relative(&mut steps)?;
        }
        Ok(Expression::Path { absolute, steps })
    }

    /// A text, a number, a function or an expression in parentheses.
    fn primary(&mut self) -> Outcome<Option<Expression>> {
        let found = match self.peek() {
            Some(Token::Literal(text)) => Expression::Literal(text.clone()),
            Some(Token::Number(number)) => Expression::Number(*number),
            Some(Token::Symbol("(")) => {
                self.next += 1;
                let inner = self.binary(0)?;
                self.expect(")")?;
                return Ok(Some(inner));
            }
            Some(Token::Name(name)) if self.after() == Some(&Token::Symbol("(")) && !is_node_type(name) => {
                let name = name.clone();
                self.next += 2;
                return Ok(Some(Expression::Call(name, self.arguments()?)));
            }
            Some(Token::Symbol(_) | Token::Operator(_) | Token::Name(_)) | None => return Ok(None),
        };
        self.next += 1;
        Ok(Some(found))
    }

    fn arguments(&mut self) -> Outcome<Vec<Expression>> {
        let mut arguments = Vec::new();
        if self.eat(")") {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.binary(0)?);
            if !self.eat(",") {
                self.expect(")")?;
                return Ok(arguments);
            }
        }
    }

    fn begins_step(&self) -> bool {
        matches!(self.peek(), Some(Token::Name(_) | Token::Symbol("." | ".." | "@")))
    }

    fn relative(&mut self, steps: &mut Vec<Step>) -> Outcome<()> {
        loop {
            steps.push(self.step()?);
            if self.eat("//") {
                steps.push(anywhere());
            } else if !self.eat("/") {
                return Ok(());
            }
        }
    }

    fn step(&mut self) -> Outcome<Step> {
        if self.eat(".") {
            return Ok(Step { axis: Axis::Myself, test: Test::Node, predicates: Vec::new() });
        }
        if self.eat("..") {
            return Ok(Step { axis: Axis::Parent, test: Test::Node, predicates: Vec::new() });
        }
        let mut axis = Axis::Child;
        if self.eat("@") {
            axis = Axis::Attribute;
        } else if let (Some(Token::Name(name)), Some(Token::Symbol("::"))) = (self.peek(), self.after()) {
            let known = AXES.iter().find(|(known, _)| known == name);
            axis = known.ok_or_else(|| format!("there is no axis `{name}`"))?.1;
            self.next += 2;
        }
        let test = self.test()?;
        Ok(Step { axis, test, predicates: self.predicates()? })
    }

    fn test(&mut self) -> Outcome<Test> {
        let Some(Token::Name(name)) = self.peek() else {
            return Err(match self.peek() {
                Some(token) => format!("a step is expected, not {}", shown(token)),
                None => "the path ends where a step is expected".to_owned(),
            });
        };
        let name = name.clone();
        self.next += 1;
        if is_node_type(&name) && self.eat("(") {
            let mut target = None;
            if let Some(Token::Literal(text)) = self.peek()
                && name == "processing-instruction"
            {
                target = Some(text.clone());
                self.next += 1;
            }
            self.expect(")")?;
            return Ok(match name.as_str() {
                "text" => Test::Text,
                "comment" => Test::Comment,
                "processing-instruction" => Test::Instruction(target),
                _ => Test::Node,
            });
        }
        Ok(match name.strip_suffix(":*") {
            Some(prefix) => Test::Prefix(prefix.to_owned()),
            None if name == "*" => Test::Any,
            None => Test::Name(name),
        })
    }

    fn predicates(&mut self) -> Outcome<Vec<Expression>> {
        let mut predicates = Vec::new();
        while self.eat("[") {
            predicates.push(self.binary(0)?);
            self.expect("]")?;
        }
        Ok(predicates)
    }
}

fn is_node_type(name: &str) -> bool {
    matches!(name, "node" | "text" | "comment" | "processing-instruction")
}

/// What `//` stands for.
fn anywhere() -> Step {
    Step { axis: Axis::DescendantOrSelf, test: Test::Node, predicates: Vec::new() }
}
