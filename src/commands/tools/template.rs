//! A template taken apart: text, and the tags `<!--#4DTEXT …-->` and `$4DTEXT(…)` in it.
//!
//! Nothing is run here. A block tag holds the nodes up to its end; one without an end becomes a problem in the text, as
//! 4D shows it, and so does an end without a beginning.

/// How a value is put into the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Insert {
    /// `4DTEXT`: with the signs of HTML escaped.
    Text,
    /// `4DHTML`: as it is.
    Html,
    /// `4DEVAL`: as it is, and a statement may stand there.
    Eval,
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Text that stays.
    Text(String),
    /// A value in the form of a comment; what it gives is a template again.
    Value(Insert, String),
    /// A value in the form `$4DTEXT(…)`; what it gives stays.
    Plain(Insert, String),
    /// `4DCODE`: lines of code.
    Code(String),
    /// `4DSCRIPT/method/parameter`
    Script(String),
    /// `4DINCLUDE path`
    Include(String),
    /// `4DBASE path`
    Base(String),
    /// `4DIF`: conditions and what stands under each, and what stands under none.
    If(Vec<(String, Vec<Node>)>, Vec<Node>),
    /// `4DLOOP`
    Loop(String, Vec<Node>),
    /// `4DEACH item in values`
    Each(String, String, Vec<Node>),
    /// A tag as written, and what is wrong with it.
    Problem(String, String),
}

/// Blocks are nested no deeper.
const DEEPEST: usize = 64;

/// One tag or piece of text, in order.
#[derive(Debug)]
enum Token<'a> {
    Text(&'a str),
    /// The name in capitals, what follows it, and the whole tag.
    Tag(String, &'a str, &'a str),
    Dollar(Insert, &'a str),
}

/// Takes a template apart.
pub fn parse(template: &str) -> Vec<Node> {
    let tokens = tokens(template);
    let mut reader = Reader { tokens: &tokens, next: 0 };
    let mut nodes = Vec::new();
    while let Some(end) = reader.nodes(&mut nodes, 0) {
        nodes.push(Node::Problem(end.written.to_owned(), format!("{} without a beginning", end.name)));
    }
    nodes
}

const OPENING: &str = "<!--#4D";
const CLOSING: &str = "-->";
const DOLLARS: [(&str, Insert); 3] =
    [("$4DTEXT", Insert::Text), ("$4DHTML", Insert::Html), ("$4DEVAL", Insert::Eval)];

/// The place of a text in another one, capitals or not; both are ASCII where they match.
fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn tokens(template: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = template;
    let mut from = 0;
    while let Some(found) = rest.get(from..).and_then(|tail| tail.find(['<', '$'])) {
        let place = from + found;
        let (before, here) = rest.split_at(place);
        match tag(here) {
            Some((token, length)) => {
                if !before.is_empty() {
                    tokens.push(Token::Text(before));
                }
                tokens.push(token);
                rest = here.get(length..).unwrap_or_default();
                from = 0;
            }
            None => from = place + 1,
        }
    }
    if !rest.is_empty() {
        tokens.push(Token::Text(rest));
    }
    tokens
}

/// The tag at the beginning of a text, and its length.
fn tag(text: &str) -> Option<(Token<'_>, usize)> {
    if starts_with(text, OPENING) {
        let end = text.find(CLOSING)?;
        let inner = text.get(OPENING.len()..end)?;
        let length = end + CLOSING.len();
        let name_end = inner.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(inner.len());
        let (name, rest) = inner.split_at(name_end);
        return Some((Token::Tag(name.to_ascii_uppercase(), rest.trim(), text.get(..length)?), length));
    }
    let (name, insert) = DOLLARS.iter().find(|(name, _)| starts_with(text, name))?;
    let after = text.get(name.len()..)?;
    let open = name.len() + (after.len() - after.trim_start().len());
    let inner = text.get(open..)?.strip_prefix('(')?;
    let length = closing_bracket(inner)?;
    Some((Token::Dollar(*insert, inner.get(..length)?), open + 1 + length + 1))
}

/// The place of the bracket that closes one already open; brackets in texts do not count.
fn closing_bracket(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (place, sign) in text.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth == 0 => return Some(place),
            ')' if !quoted => depth -= 1,
            _ => {}
        }
    }
    None
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    next: usize,
}

/// A tag that ends or divides a block.
struct End<'a> {
    name: &'a str,
    argument: &'a str,
    written: &'a str,
}

impl<'a> Reader<'a> {
    /// Reads nodes up to a tag that ends or divides a block, which is given; `None` at the end of the template.
    fn nodes(&mut self, nodes: &mut Vec<Node>, depth: usize) -> Option<End<'a>> {
        while let Some(token) = self.tokens.get(self.next) {
            self.next += 1;
            match token {
                Token::Text(text) => nodes.push(Node::Text((*text).to_owned())),
                Token::Dollar(insert, code) => nodes.push(Node::Plain(*insert, (*code).to_owned())),
                Token::Tag(name, argument, written) => {
                    let ends = ["ELSE", "ELSEIF", "ENDIF", "ENDLOOP", "ENDEACH"];
                    if ends.contains(&name.as_str()) {
                        return Some(End { name, argument, written });
                    }
                    let node = self.tag(name, argument, written, depth);
                    nodes.push(node);
                }
            }
        }
        None
    }

    fn tag(&mut self, name: &str, argument: &str, written: &str, depth: usize) -> Node {
        let text = argument.to_owned();
        if depth >= DEEPEST && matches!(name, "IF" | "LOOP" | "EACH") {
            return Node::Problem(written.to_owned(), "nested too deep".to_owned());
        }
        match name {
            "TEXT" | "VAR" => Node::Value(Insert::Text, text),
            "HTML" | "HTMLVAR" => Node::Value(Insert::Html, text),
            "EVAL" => Node::Value(Insert::Eval, text),
            "CODE" => Node::Code(text),
            "SCRIPT" | "ACTION" => Node::Script(text),
            "INCLUDE" => Node::Include(text),
            "BASE" => Node::Base(text),
            "IF" => self.condition(argument, written, depth),
            "LOOP" => {
                let body = self.block("ENDLOOP", depth);
                body.map_or_else(|| missing(written, "4DENDLOOP"), |body| Node::Loop(text, body))
            }
            "EACH" => {
                let Some(body) = self.block("ENDEACH", depth) else { return missing(written, "4DENDEACH") };
                match split_each(argument) {
                    Some((item, values)) => Node::Each(item.to_owned(), values.to_owned(), body),
                    None => {
                        Node::Problem(written.to_owned(), "it is written `4DEACH item in values`".to_owned())
                    }
                }
            }
            _ => Node::Text(written.to_owned()),
        }
    }

    /// What stands before the tag that ends a block; `None` when there is no such tag.
    fn block(&mut self, end: &str, depth: usize) -> Option<Vec<Node>> {
        let mut body = Vec::new();
        let found = self.nodes(&mut body, depth + 1)?;
        (found.name == end).then_some(body)
    }

    fn condition(&mut self, first: &str, written: &str, depth: usize) -> Node {
        let mut branches = Vec::new();
        let mut condition = Some(first.to_owned());
        loop {
            let mut body = Vec::new();
            let end = self.nodes(&mut body, depth + 1);
            let last = match condition.take() {
                Some(test) => {
                    branches.push((test, body));
                    None
                }
                None => Some(body),
            };
            match (end, last) {
                (Some(End { name: "ENDIF", .. }), otherwise) => {
                    return Node::If(branches, otherwise.unwrap_or_default());
                }
                (Some(End { name: "ELSEIF", argument, .. }), None) => condition = Some(argument.to_owned()),
                (Some(End { name: "ELSE", .. }), None) => {}
                _ => return missing(written, "4DENDIF"),
            }
        }
    }
}

fn missing(written: &str, end: &str) -> Node {
    Node::Problem(written.to_owned(), format!("{end} expected"))
}

/// `item in values`
fn split_each(argument: &str) -> Option<(&str, &str)> {
    let (item, rest) = argument.split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    let values = rest.get(2..).filter(|_| starts_with(rest, "in"))?;
    values.starts_with(char::is_whitespace).then(|| (item, values.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Node {
        Node::Text(text.to_owned())
    }

    #[test]
    fn texts_and_values() {
        assert_eq!(
            parse("a<!--#4DTEXT $1-->b$4DEVAL( f(\")\")+1 )c<!-- no tag -->$4D"),
            [
                text("a"),
                Node::Value(Insert::Text, "$1".to_owned()),
                text("b"),
                Node::Plain(Insert::Eval, " f(\")\")+1 ".to_owned()),
                text("c<!-- no tag -->$4D"),
            ]
        );
    }

    #[test]
    fn blocks_are_nested() {
        let nodes = parse(
            "<!--#4dif (a)-->1<!--#4DELSEIF (b)-->2<!--#4DLOOP x-->3<!--#4DENDLOOP--><!--#4DELSE-->4<!--#4DENDIF-->",
        );
        let loop_ = Node::Loop("x".to_owned(), vec![text("3")]);
        let branches = vec![("(a)".to_owned(), vec![text("1")]), ("(b)".to_owned(), vec![text("2"), loop_])];
        assert_eq!(nodes, [Node::If(branches, vec![text("4")])]);
    }

    #[test]
    fn what_is_not_closed_is_a_problem() {
        assert!(
            matches!(parse("<!--#4DIF (a)-->x").as_slice(), [Node::Problem(_, why)] if why == "4DENDIF expected")
        );
        assert!(matches!(
            parse("x<!--#4DENDIF-->y").as_slice(),
            [Node::Text(_), Node::Problem(..), Node::Text(_)]
        ));
        let deep = "<!--#4DIF (a)-->".repeat(5000);
        assert!(!parse(&deep).is_empty());
    }

    #[test]
    fn each_names_its_item() {
        assert_eq!(split_each("$item in  f($1)"), Some(("$item", "f($1)")));
        assert_eq!(split_each("item inside"), None);
    }
}
