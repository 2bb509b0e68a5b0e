//! Trees from texts.

use crate::value::xml::Problem;
use crate::value::xml::scan::{Piece, Scanner};
use crate::value::xml::tree::{DOCUMENT, Data, Element, NodeId, Tree};

/// The tree of a document.
///
/// # Errors
/// It is malformed.
pub fn document(text: &str, external: bool) -> Result<Tree, Problem> {
    let mut tree = Tree::new();
    let mut scanner = Scanner::document(text, external)?;
    fill(&mut tree, &mut scanner, DOCUMENT)?;
    tree.declaration = scanner.declaration;
    tree.dtd = scanner.dtd;
    Ok(tree)
}

/// Adds what a part of a document holds to the children of a node.
///
/// # Errors
/// It is malformed; then nothing is added.
pub fn fragment(tree: &mut Tree, parent: NodeId, text: &str) -> Result<Option<NodeId>, Problem> {
    let mut part = Tree::new();
    fill(&mut part, &mut Scanner::fragment(text), DOCUMENT)?;
    let children: Vec<NodeId> = part.children(DOCUMENT).collect();
    let mut first = None;
    for child in children {
        let added = tree.copy_from(&part.snapshot(child), parent, None);
        if part.element(child).is_some() {
            first = first.or(added);
        }
    }
    Ok(first)
}

fn fill(tree: &mut Tree, scanner: &mut Scanner, top: NodeId) -> Result<(), Problem> {
    let mut at = top;
    loop {
        let data = match scanner.next_piece()? {
            Piece::Start(name, attributes) => {
                at = tree.append(at, Data::Element(Box::new(Element { name, attributes })));
                continue;
            }
            Piece::End(_) => {
                at = tree.parent(at).unwrap_or(top);
                continue;
            }
            Piece::Text(text) => Data::Text(text.into()),
            Piece::CData(text) => Data::CData(text.into()),
            Piece::Comment(text) => Data::Comment(text.into()),
            Piece::Instruction(target, content) => Data::Instruction(Box::new((target, content))),
            Piece::DocType(text) => Data::DocType(text.into()),
            Piece::Done => return Ok(()),
        };
        tree.append(at, data);
    }
}
