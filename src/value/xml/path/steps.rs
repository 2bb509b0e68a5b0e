//! Steps of paths: the nodes of an axis that pass a test.

use crate::value::xml::name;
use crate::value::xml::path::{Axis, Found, Test};
use crate::value::xml::tree::{DOCUMENT, Data, NodeId, Tree};

/// The nodes of an axis, those nearest first.
pub(super) fn axis(tree: &Tree, from: Found, axis: Axis) -> Vec<Found> {
    if let Some(place) = from.attribute {
        return axis_of_attribute(tree, from.node, place, axis);
    }
    let id = from.node;
    let nodes = |list: Vec<NodeId>| list.into_iter().map(Found::node).collect();
    match axis {
        Axis::Myself => vec![from],
        Axis::Child => tree.children(id).map(Found::node).collect(),
        Axis::Descendant => tree.descendants(id).map(Found::node).collect(),
        Axis::DescendantOrSelf => std::iter::once(id).chain(tree.descendants(id)).map(Found::node).collect(),
        Axis::Parent => tree.parent(id).into_iter().map(Found::node).collect(),
        Axis::Ancestor => tree.ancestors(id).map(Found::node).collect(),
        Axis::AncestorOrSelf => std::iter::once(id).chain(tree.ancestors(id)).map(Found::node).collect(),
        Axis::Attribute => {
            let count = tree.element(id).map_or(0, |element| element.attributes.len());
            (0..count).map(|place| Found { node: id, attribute: Some(place) }).collect()
        }
        Axis::FollowingSibling => nodes(std::iter::successors(tree.next(id), |at| tree.next(*at)).collect()),
        Axis::PrecedingSibling => {
            nodes(std::iter::successors(tree.previous(id), |at| tree.previous(*at)).collect())
        }
        Axis::Following => {
            let first = tree.following_outside(id, DOCUMENT);
            nodes(std::iter::successors(first, |at| tree.following(*at, DOCUMENT)).collect())
        }
        Axis::Preceding => preceding(tree, id),
        Axis::Namespace => Vec::new(),
    }
}

fn preceding(tree: &Tree, id: NodeId) -> Vec<Found> {
    let above: Vec<NodeId> = tree.ancestors(id).collect();
    let before = tree.descendants(DOCUMENT).take_while(|at| *at != id).filter(|at| !above.contains(at));
    let mut all: Vec<Found> = before.map(Found::node).collect();
    all.reverse();
    all
}

fn axis_of_attribute(tree: &Tree, owner: NodeId, place: usize, axis: Axis) -> Vec<Found> {
    let me = Found { node: owner, attribute: Some(place) };
    let above = || std::iter::once(owner).chain(tree.ancestors(owner)).map(Found::node);
    match axis {
        Axis::Myself | Axis::DescendantOrSelf => vec![me],
        Axis::Parent => vec![Found::node(owner)],
        Axis::Ancestor => above().collect(),
        Axis::AncestorOrSelf => std::iter::once(me).chain(above()).collect(),
        Axis::Following => {
            let next = tree.following(owner, DOCUMENT);
            std::iter::successors(next, |at| tree.following(*at, DOCUMENT)).map(Found::node).collect()
        }
        Axis::Preceding => preceding(tree, owner),
        Axis::Attribute
        | Axis::Child
        | Axis::Descendant
        | Axis::FollowingSibling
        | Axis::PrecedingSibling
        | Axis::Namespace => Vec::new(),
    }
}

/// The name of a node, with its prefix.
pub(super) fn name_of(tree: &Tree, found: Found) -> &str {
    match (tree.data(found.node), found.attribute) {
        (Data::Element(element), None) => &element.name,
        (Data::Element(element), Some(place)) => element.attributes.get(place).map_or("", |(name, _)| name),
        (Data::Instruction(pair), _) => &pair.0,
        _ => "",
    }
}

/// Whether a node of an axis is meant.
pub(super) fn passes(tree: &Tree, found: Found, axis: Axis, test: &Test) -> bool {
    let principal = if axis == Axis::Attribute {
        found.attribute.is_some()
    } else {
        found.attribute.is_none() && tree.element(found.node).is_some()
    };
    let plain = found.attribute.is_none();
    match test {
        Test::Any => principal,
        Test::Name(wanted) => principal && name_of(tree, found) == wanted,
        Test::Prefix(wanted) => principal && name::split(name_of(tree, found)).0 == wanted,
        // The DOCTYPE is no node for XPath.
        Test::Node => !matches!(tree.data(found.node), Data::DocType(_)),
        Test::Text => plain && matches!(tree.data(found.node), Data::Text(_) | Data::CData(_)),
        Test::Comment => plain && matches!(tree.data(found.node), Data::Comment(_)),
        Test::Instruction(target) => {
            plain
                && matches!(tree.data(found.node), Data::Instruction(_))
                && target.as_ref().is_none_or(|target| name_of(tree, found) == target)
        }
    }
}
