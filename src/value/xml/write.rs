//! Trees as texts.

use crate::value::charset::Charset;
use crate::value::text::Text;
use crate::value::xml::name;
use crate::value::xml::scan::{Attribute, Declaration};
use crate::value::xml::tree::{DOCUMENT, Data, NodeId, Tree};

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Between tags.
    Content,
    /// In the value of an attribute.
    Attribute,
}

/// Adds a text with all characters escaped that would be markup. Characters that `charset` does not have become
/// references.
pub fn escape(out: &mut String, text: &str, place: Place, charset: Option<Charset>) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            '"' if place == Place::Attribute => out.push_str("&quot;"),
            '\n' if place == Place::Attribute => out.push_str("&#10;"),
            '\t' if place == Place::Attribute => out.push_str("&#9;"),
            c if c.is_ascii() || has(charset, c) => out.push(c),
            c => out.push_str(&format!("&#{};", u32::from(c))),
        }
    }
}

/// Whether a character can be written in a set.
fn has(charset: Option<Charset>, c: char) -> bool {
    match charset {
        None | Some(Charset::Utf8 | Charset::Utf16(_) | Charset::Utf32(_)) => true,
        Some(
            set @ (Charset::Latin1
            | Charset::Ascii
            | Charset::Table(_)
            | Charset::Ebcdic
            | Charset::Legacy(_)),
        ) => set.decode(&set.encode(&Text::from(c))).to_str().chars().eq([c]),
    }
}

/// A CDATA section; where its text holds the end of one, two sections.
pub fn cdata(out: &mut String, text: &str) {
    out.push_str("<![CDATA[");
    out.push_str(&text.replace("]]>", "]]]]><![CDATA[>"));
    out.push_str("]]>");
}

/// A start tag without its end.
pub fn open_tag(out: &mut String, name: &str, attributes: &[Attribute], charset: Option<Charset>) {
    out.push('<');
    out.push_str(name);
    for (name, value) in attributes {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escape(out, value, Place::Attribute, charset);
        out.push('"');
    }
}

/// The declaration of a document.
pub fn declaration(declaration: &Declaration) -> String {
    let standalone = if declaration.standalone { "yes" } else { "no" };
    let (version, encoding) = (&declaration.version, &declaration.encoding);
    format!("<?xml version=\"{version}\" encoding=\"{encoding}\" standalone=\"{standalone}\" ?>")
}

struct Writer<'a> {
    tree: &'a Tree,
    out: String,
    charset: Option<Charset>,
    indents: bool,
}

/// What is still to be written.
enum Task {
    /// A node, at this depth, on a line of its own when it is not `flat`.
    Node { id: NodeId, depth: usize, flat: bool },
    /// The end tag of an element, on a line of its own when `line`.
    End { id: NodeId, depth: usize, line: bool },
}

/// The text of a tree: the whole document, or an element of it.
pub fn tree(tree: &Tree, top: NodeId, charset: Option<Charset>) -> String {
    let mut writer =
        Writer { tree, out: declaration(&tree.declaration), charset, indents: tree.options.indents() };
    let whole = top == DOCUMENT || tree.parent(top) == Some(DOCUMENT);
    let tops: Vec<NodeId> = if whole { tree.children(DOCUMENT).collect() } else { vec![top] };
    let mut tasks: Vec<Task> =
        tops.into_iter().rev().map(|id| Task::Node { id, depth: 0, flat: false }).collect();
    while let Some(task) = tasks.pop() {
        match task {
            Task::Node { id, depth, flat } => writer.node(id, depth, flat, &mut tasks),
            Task::End { id, depth, line } => writer.end(id, depth, line),
        }
    }
    let mut out = writer.out;
    if tree.options.indents() {
        out.push('\n');
    }
    let line_end = tree.options.line_end();
    if line_end == "\n" { out } else { out.replace('\n', line_end) }
}

impl Writer<'_> {
    fn line(&mut self, depth: usize) {
        if self.indents {
            self.out.push('\n');
            // Past some depth the blanks would outgrow the document.
            self.out.extend(std::iter::repeat_n("  ", depth.min(60)));
        }
    }

    fn node(&mut self, id: NodeId, depth: usize, flat: bool, tasks: &mut Vec<Task>) {
        let tree = self.tree;
        let is_text = matches!(tree.data(id), Data::Text(_) | Data::CData(_));
        if !flat && !is_text {
            self.line(depth);
        }
        match tree.data(id) {
            Data::Element(element) => {
                open_tag(&mut self.out, &element.name, &element.attributes, self.charset);
                self.content(id, depth, flat, tasks);
            }
            Data::Text(text) => escape(&mut self.out, text, Place::Content, self.charset),
            Data::CData(text) => cdata(&mut self.out, text),
            Data::Comment(text) => self.out.push_str(&format!("<!--{text}-->")),
            Data::Instruction(pair) => {
                let (target, content) = &**pair;
                let gap = if content.is_empty() { "" } else { " " };
                self.out.push_str(&format!("<?{target}{gap}{content}?>"));
            }
            Data::DocType(text) => self.out.push_str(&format!("<!DOCTYPE {text}>")),
            Data::Document | Data::Attribute(_) | Data::Removed => {}
        }
    }

    /// What stands in an element. It goes on lines of its own unless there is text among it.
    fn content(&mut self, id: NodeId, depth: usize, flat: bool, tasks: &mut Vec<Task>) {
        let tree = self.tree;
        if tree.first(id).is_none() {
            self.out.push_str("/>");
            return;
        }
        self.out.push('>');
        let is_blank =
            |child: NodeId| matches!(tree.data(child), Data::Text(text) if text.chars().all(name::is_space));
        let is_text = |child: NodeId| matches!(tree.data(child), Data::Text(_) | Data::CData(_));
        let mixed = tree.children(id).any(|child| is_text(child) && !is_blank(child));
        let only_text = tree.children(id).all(is_text);
        let preserved = tree.attribute(id, "xml:space") == Some("preserve");
        let flat = flat || !self.indents || mixed || only_text || preserved;
        tasks.push(Task::End { id, depth, line: !flat });
        let from = tasks.len();
        for child in tree.children(id).filter(|child| flat || !is_blank(*child)) {
            tasks.push(Task::Node { id: child, depth: depth + 1, flat });
        }
        tasks.get_mut(from..).unwrap_or_default().reverse();
    }

    fn end(&mut self, id: NodeId, depth: usize, line: bool) {
        if line {
            self.line(depth);
        }
        if let Some(element) = self.tree.element(id) {
            self.out.push_str("</");
            self.out.push_str(&element.name);
            self.out.push('>');
        }
    }
}

/// The bytes of a written document.
pub fn encode(text: String, encoding: &str, mark: bool) -> Vec<u8> {
    let charset = Charset::named(encoding).unwrap_or(Charset::Utf8);
    let text = if mark && charset == Charset::Utf8 { format!("\u{FEFF}{text}") } else { text };
    charset.encode(&Text::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::xml::build;

    #[test]
    fn what_is_read_is_written() {
        let source = "<!--c--><a x=\"1 &lt; &quot;2&quot;\"><b>t &amp; <i>u</i></b><c/><?p q?><d><![CDATA[<]]></d></a>";
        let mut read = build::document(source, false).expect("a document");
        read.options.indentation = 2;
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\" ?>";
        assert_eq!(tree(&read, DOCUMENT, None), format!("{head}{source}"));
        read.options.indentation = 1;
        let again = build::document(&tree(&read, DOCUMENT, None), false).expect("a document");
        assert_eq!(again.text_of(DOCUMENT).replace(['\n', ' '], ""), "t&u<");
    }

    #[test]
    fn deep_documents_need_no_stack() {
        let deep = format!("{}{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
        let mut read = build::document(&deep, false).expect("a document");
        read.options.indentation = 2;
        assert!(tree(&read, DOCUMENT, None).len() > deep.len());
    }
}
