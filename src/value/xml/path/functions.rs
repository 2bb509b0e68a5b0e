//! The functions of paths, those of version 1.0.

use crate::value::xml::name;
use crate::value::xml::path::evaluate::{Context, Evaluator, boolean, real};
use crate::value::xml::path::steps::name_of;
use crate::value::xml::path::{Found, Value};
use crate::value::xml::tree::{DOCUMENT, NodeId, Tree};

type Outcome<T> = Result<T, String>;

/// The functions, with the least and the greatest number of arguments.
const FUNCTIONS: &[(&str, usize, usize)] = &[
    ("last", 0, 0),
    ("position", 0, 0),
    ("count", 1, 1),
    ("id", 1, 1),
    ("local-name", 0, 1),
    ("namespace-uri", 0, 1),
    ("name", 0, 1),
    ("string", 0, 1),
    ("concat", 2, usize::MAX),
    ("starts-with", 2, 2),
    ("contains", 2, 2),
    ("substring-before", 2, 2),
    ("substring-after", 2, 2),
    ("substring", 2, 3),
    ("string-length", 0, 1),
    ("normalize-space", 0, 1),
    ("translate", 3, 3),
    ("boolean", 1, 1),
    ("not", 1, 1),
    ("true", 0, 0),
    ("false", 0, 0),
    ("lang", 1, 1),
    ("number", 0, 1),
    ("sum", 1, 1),
    ("floor", 1, 1),
    ("ceiling", 1, 1),
    ("round", 1, 1),
];

/// Calls a function.
pub(super) fn call(
    evaluator: &Evaluator<'_>,
    function: &str,
    arguments: Vec<Value>,
    context: Context,
) -> Outcome<Value> {
    let (_, least, most) = FUNCTIONS
        .iter()
        .find(|(known, _, _)| *known == function)
        .ok_or_else(|| format!("there is no function `{function}`"))?;
    if arguments.len() < *least || arguments.len() > *most {
        return Err(format!("`{function}` does not take {} arguments", arguments.len()));
    }
    if let Some(value) = on_nodes(evaluator, function, &arguments, context)? {
        return Ok(value);
    }
    let here = [Value::Nodes(vec![context.node])];
    let given = if arguments.is_empty() { &here[..] } else { &arguments };
    let text = |place: usize| given.get(place).map(|value| evaluator.text(value)).unwrap_or_default();
    let number = || given.first().map_or(f64::NAN, |value| evaluator.number(value));
    Ok(match function {
        "string" => Value::Text(text(0)),
        "concat" => Value::Text((0..given.len()).map(text).collect()),
        "starts-with" => Value::Boolean(text(0).starts_with(&text(1))),
        "contains" => Value::Boolean(text(0).contains(&text(1))),
        "substring-before" => {
            Value::Text(text(0).split_once(&text(1)).map_or("", |(before, _)| before).to_owned())
        }
        "substring-after" => {
            Value::Text(text(0).split_once(&text(1)).map_or("", |(_, after)| after).to_owned())
        }
        "substring" => {
            let numbers = (given.get(1), given.get(2));
            let from = numbers.0.map_or(f64::NAN, |value| evaluator.number(value));
            Value::Text(substring(&text(0), from, numbers.1.map(|value| evaluator.number(value))))
        }
        "string-length" => Value::Number(real(text(0).chars().count())),
        "normalize-space" => Value::Text(text(0).split_whitespace().collect::<Vec<_>>().join(" ")),
        "translate" => {
            let (from, to): (Vec<char>, Vec<char>) = (text(1).chars().collect(), text(2).chars().collect());
            let translated = text(0)
                .chars()
                .filter_map(|c| match from.iter().position(|known| *known == c) {
                    Some(place) => to.get(place).copied(),
                    None => Some(c),
                })
                .collect();
            Value::Text(translated)
        }
        "boolean" => Value::Boolean(given.first().is_some_and(boolean)),
        "not" => Value::Boolean(!given.first().is_some_and(boolean)),
        "true" => Value::Boolean(true),
        "number" => Value::Number(number()),
        "floor" => Value::Number(number().floor()),
        "ceiling" => Value::Number(number().ceil()),
        "round" => Value::Number((number() + 0.5).floor()),
        _ => Value::Boolean(false),
    })
}

/// The functions that are about nodes.
fn on_nodes(
    evaluator: &Evaluator<'_>,
    function: &str,
    arguments: &[Value],
    context: Context,
) -> Outcome<Option<Value>> {
    let tree = evaluator.tree;
    let nodes = || match arguments.first() {
        None => Ok(vec![context.node]),
        Some(Value::Nodes(nodes)) => Ok(nodes.clone()),
        Some(Value::Boolean(_) | Value::Number(_) | Value::Text(_)) => {
            Err(format!("`{function}` takes nodes"))
        }
    };
    let first_name = || nodes().map(|nodes| nodes.first().map_or("", |node| name_of(tree, *node)).to_owned());
    Ok(Some(match function {
        "last" => Value::Number(real(context.size)),
        "position" => Value::Number(real(context.position)),
        "count" => Value::Number(real(nodes()?.len())),
        "sum" => {
            let values = nodes()?;
            Value::Number(values.iter().map(|node| evaluator.number(&Value::Nodes(vec![*node]))).sum())
        }
        "name" => Value::Text(first_name()?),
        "local-name" => Value::Text(name::split(&first_name()?).1.to_owned()),
        "namespace-uri" => {
            let found = nodes()?.first().copied();
            Value::Text(found.map(|found| namespace(tree, found)).unwrap_or_default())
        }
        "id" => {
            let wanted = match arguments.first() {
                Some(Value::Nodes(nodes)) => {
                    nodes.iter().map(|node| evaluator.text_of(*node) + " ").collect()
                }
                Some(other) => evaluator.text(other),
                None => String::new(),
            };
            let wanted: Vec<&str> = wanted.split_whitespace().collect();
            let has = |id: &NodeId| tree.attribute(*id, "id").is_some_and(|id| wanted.contains(&id));
            Value::Nodes(tree.descendants(DOCUMENT).filter(has).map(Found::node).collect())
        }
        "lang" => {
            let wanted = arguments.first().map(|value| evaluator.text(value)).unwrap_or_default();
            let mut way = std::iter::once(context.node.node).chain(tree.ancestors(context.node.node));
            let lang =
                way.find_map(|id| tree.attribute(id, "xml:lang")).unwrap_or_default().to_ascii_lowercase();
            let wanted = wanted.to_ascii_lowercase();
            Value::Boolean(lang == wanted || lang.starts_with(&format!("{wanted}-")))
        }
        _ => return Ok(None),
    }))
}

/// The namespace of an element or attribute: that of the nearest declaration of its prefix.
fn namespace(tree: &Tree, found: Found) -> String {
    let (prefix, _) = name::split(name_of(tree, found));
    if prefix.is_empty() && found.attribute.is_some() {
        return String::new();
    }
    let declaration = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
    let mut way = std::iter::once(found.node).chain(tree.ancestors(found.node));
    way.find_map(|id| tree.attribute(id, &declaration)).unwrap_or_default().to_owned()
}

/// The characters from a place on, counted from 1, as many as given; both are rounded.
fn substring(text: &str, from: f64, count: Option<f64>) -> String {
    let round = |x: f64| (x + 0.5).floor();
    let first = round(from);
    let end = count.map_or(f64::INFINITY, |count| first + round(count));
    let inside = |place: usize| real(place) >= first && real(place) < end;
    (1..).zip(text.chars()).filter(|(place, _)| inside(*place)).map(|(_, c)| c).collect()
}

#[cfg(test)]
mod tests {
    use crate::value::xml::build;
    use crate::value::xml::path::find;
    use crate::value::xml::tree::Tree;

    fn names(tree: &Tree, path: &str) -> String {
        let found = find(tree, tree.root().expect("a root"), path).expect("a path");
        let names = found.into_iter().map(|found| match (found.attribute, tree.element(found.node)) {
            (Some(place), Some(element)) => format!("@{}", element.attributes.get(place).expect("one").0),
            (None, Some(element)) => {
                format!("{}{}", element.name, tree.attribute(found.node, "n").unwrap_or_default())
            }
            (_, None) => format!("'{}'", tree.text_of(found.node)),
        });
        names.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn paths_lead_where_they_say() {
        let source = "<r><a n='1'><b n='2'>x</b><a n='3' k='v'><b n='4'>7</b></a></a><b n='5'>12</b><x:b n='6' xmlns:x='u'/></r>";
        let tree = build::document(source, false).expect("a document");
        for (path, expected) in [
            ("a", "a1"),
            ("/r/a/a", "a3"),
            ("//b", "b2 b4 b5"),
            ("//b[1]", "b2 b4 b5"),
            ("(//b)[1]", "b2"),
            ("//b[last()]", "b2 b4 b5"),
            ("a/b | b", "b2 b5"),
            ("//@k", "@k"),
            ("//*[@k]", "a3"),
            ("x:b", "x:b6"),
            ("//*[local-name()='b']", "b2 b4 b5 x:b6"),
            ("*[position()>1]", "b5 x:b6"),
            ("//b[.>8]", "b5"),
            ("//b/text()", "'x' '7' '12'"),
            ("a/following-sibling::*", "b5 x:b6"),
            ("//b[@n='4']/ancestor::a", "a1 a3"),
            ("//b[@n=4]/ancestor::a[1]", "a3"),
            ("b/preceding::b", "b2 b4"),
            ("a//b", "b2 b4"),
            (".", "r"),
            ("/*", "r"),
            ("//a[b='7' and not(@x)]", "a3"),
            ("//*[namespace-uri()='u']", "x:b6"),
            ("*[@n mod 2 = 1]", "a1 b5"),
            ("//b[starts-with(., '1') or contains(., 'x')]", "b2 b5"),
            ("//b[string-length()=2]", "b5"),
            ("//a[count(b)=1][2]", ""),
            ("//b[../@k='v']", "b4"),
            ("a/../b", "b5"),
            ("nothing", ""),
            ("//b[substring('12345', 2, 3)='234'][@n=2]", "b2"),
            ("//b[@n=sum(//a/@n)]", "b4"),
            ("a/node()", "b2 a3"),
        ] {
            assert_eq!(names(&tree, path), expected, "{path}");
        }
    }

    #[test]
    fn what_is_no_path_is_refused() {
        let tree = build::document("<r/>", false).expect("a document");
        for path in [
            "",
            "/r[",
            "//",
            "r[1",
            "a b",
            "f()",
            "count(r)",
            "r/",
            "1",
            "@",
            "r[last(1)]",
            "'x",
            "a::b",
            "$x",
        ] {
            assert!(find(&tree, 0, path).is_err(), "{path}");
        }
        assert!(find(&tree, 0, &"(".repeat(100_000)).is_err());
        assert!(find(&tree, 0, &"-".repeat(100_000)).is_err());
        assert!(find(&tree, 0, &"a[".repeat(100_000)).is_err());
    }
}
