//! A document as a sequence of pieces: what SAX hands out and trees are built from.
//!
//! `quick-xml` finds where each piece of markup ends; names, attributes, references, nesting and what may stand where
//! are checked here, so that only well-formed documents come to their end. Entities are read in place, in a measure
//! that no document can exceed.

use std::collections::VecDeque;
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::Event;
use rustc_hash::FxHashSet;

use crate::value::xml::Problem;
use crate::value::xml::dtd::{self, Dtd, Entity};
use crate::value::xml::name;

/// All entities of a document together may become so long.
const MOST_EXPANDED: usize = 10_000_000;
/// Entities may be nested so deep.
const DEEPEST_ENTITY: usize = 64;

/// An attribute as it stands in a document.
pub type Attribute = (Rc<str>, String);

/// A piece of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// `<name a="…">`; of `<name/>` an [`Piece::End`] follows.
    Start(Rc<str>, Vec<Attribute>),
    /// `</name>`
    End(Rc<str>),
    /// Text between markup, with its references replaced.
    Text(String),
    /// `<![CDATA[…]]>`
    CData(String),
    /// `<!--…-->`
    Comment(String),
    /// `<?target content?>`
    Instruction(String, String),
    /// What stands between `<!DOCTYPE` and `>`.
    DocType(String),
    /// The end of the document.
    Done,
}

/// What the declaration of a document says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The version of XML.
    pub version: String,
    /// The encoding.
    pub encoding: String,
    /// Whether it needs no other document.
    pub standalone: bool,
}

impl Default for Declaration {
    fn default() -> Self {
        Self { version: "1.0".to_owned(), encoding: "UTF-8".to_owned(), standalone: false }
    }
}

/// A text that is being read: the document, or an entity in it.
struct Source {
    text: Rc<str>,
    position: usize,
    entity: Option<String>,
    /// How many elements were open when it began.
    open: usize,
}

/// Where in the document it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Prolog,
    Root,
    Epilog,
}

/// Reads a document piece by piece.
pub struct Scanner {
    sources: Vec<Source>,
    open: Vec<Rc<str>>,
    names: FxHashSet<Rc<str>>,
    stage: Stage,
    /// Pieces that were read and not given yet, the next one first.
    pending: VecDeque<Piece>,
    expanded: usize,
    /// A part of a document: any number of elements, text around them.
    fragment: bool,
    /// Declarations of entities that lie outside are no error; they are not read even so.
    external: bool,
    /// What the declaration says.
    pub declaration: Declaration,
    /// What the DOCTYPE says.
    pub dtd: Dtd,
}

type Outcome<T> = Result<T, Problem>;

impl Scanner {
    /// A whole document.
    ///
    /// # Errors
    /// Its declaration is malformed.
    pub fn document(text: &str, external: bool) -> Outcome<Self> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let mut scanner = Self::over(text, false);
        scanner.external = external;
        scanner.read_declaration()?;
        Ok(scanner)
    }

    /// A part of one.
    pub fn fragment(text: &str) -> Self {
        let mut scanner = Self::over(text, true);
        scanner.stage = Stage::Root;
        scanner
    }

    fn over(text: &str, fragment: bool) -> Self {
        let text: Rc<str> = if text.contains('\r') {
            text.replace("\r\n", "\n").replace('\r', "\n").into()
        } else {
            text.into()
        };
        Self {
            sources: vec![Source { text, position: 0, entity: None, open: 0 }],
            open: Vec::new(),
            names: FxHashSet::default(),
            stage: Stage::Prolog,
            pending: VecDeque::new(),
            expanded: 0,
            fragment,
            external: false,
            declaration: Declaration::default(),
            dtd: Dtd::default(),
        }
    }

    /// A problem where reading stands, in an entity where that is used.
    #[cold]
    fn problem(&self, message: impl Into<String>) -> Problem {
        let offset = self.sources.first().map_or(0, |source| source.position);
        self.problem_at(offset, message)
    }

    #[cold]
    fn problem_at(&self, offset: usize, message: impl Into<String>) -> Problem {
        self.sources.first().map_or_else(
            || Problem::at("", 0, ""),
            |source| {
                let inside = self.sources.len() > 1;
                Problem::at(&source.text, if inside { source.position } else { offset }, message)
            },
        )
    }

    fn intern(&mut self, name: &str) -> Rc<str> {
        if let Some(known) = self.names.get(name) {
            return Rc::clone(known);
        }
        let made: Rc<str> = name.into();
        self.names.insert(Rc::clone(&made));
        made
    }

    fn read_declaration(&mut self) -> Outcome<()> {
        let Some(source) = self.sources.first_mut() else { return Ok(()) };
        let text = Rc::clone(&source.text);
        let Some(rest) = text.strip_prefix("<?xml").filter(|rest| rest.starts_with(name::is_space)) else {
            return Ok(());
        };
        let Some((inside, after)) = rest.split_once("?>") else {
            return Err(self.problem("the declaration of the document has no end"));
        };
        source.position = text.len() - after.len();
        let attributes = raw_attributes(inside).map_err(|message| self.problem_at(0, message))?;
        let mut given = attributes.iter().peekable();
        let mut next = |wanted: &str| given.next_if(|(name, _)| *name == wanted).map(|(_, value)| *value);
        let (version, encoding, standalone) = (next("version"), next("encoding"), next("standalone"));
        let good = version.is_some_and(|version| version.starts_with("1."))
            && standalone.is_none_or(|standalone| matches!(standalone, "yes" | "no"))
            && encoding.is_none_or(|encoding| encoding.starts_with(|c: char| c.is_ascii_alphabetic()))
            && given.next().is_none();
        if !good {
            return Err(self.problem_at(0, "the declaration of the document is malformed"));
        }
        self.declaration.version = version.unwrap_or("1.0").to_owned();
        self.declaration.encoding = encoding.unwrap_or("UTF-8").to_owned();
        self.declaration.standalone = standalone == Some("yes");
        Ok(())
    }

    /// The next piece. Texts between two pieces of markup come as one.
    ///
    /// # Errors
    /// The document is malformed.
    pub fn next_piece(&mut self) -> Outcome<Piece> {
        if let Some(piece) = self.pending.pop_front() {
            return Ok(piece);
        }
        let mut text = String::new();
        loop {
            if let Some(piece) = self.step(&mut text)? {
                if text.is_empty() {
                    return Ok(piece);
                }
                self.pending.push_front(piece);
                return Ok(Piece::Text(text));
            }
        }
    }

    /// Reads some text, or gives a piece.
    fn step(&mut self, text: &mut String) -> Outcome<Option<Piece>> {
        let Some(source) = self.sources.last() else { return Ok(Some(Piece::Done)) };
        let whole = Rc::clone(&source.text);
        let rest = whole.get(source.position..).unwrap_or_default();
        match rest.as_bytes().first() {
            None => self.end_of_source(),
            Some(b'<') => self.markup(rest).map(Some),
            Some(b'&') => self.reference(rest, text).map(|()| None),
            Some(_) => {
                let plain = rest.split(['<', '&']).next().unwrap_or_default();
                self.plain(plain, text)?;
                Ok(None)
            }
        }
    }

    fn advance(&mut self, count: usize) {
        if let Some(source) = self.sources.last_mut() {
            source.position += count;
        }
    }

    fn end_of_source(&mut self) -> Outcome<Option<Piece>> {
        let balanced = self.sources.last().is_none_or(|source| source.open == self.open.len());
        if self.sources.len() > 1 {
            if !balanced {
                return Err(self.problem("an element begins or ends inside an entity and not outside"));
            }
            self.sources.pop();
            return Ok(None);
        }
        if let Some(name) = self.open.last() {
            return Err(self.problem(format!("the element `{name}` has no end")));
        }
        if self.stage == Stage::Prolog {
            return Err(self.problem("there is no root element"));
        }
        Ok(Some(Piece::Done))
    }

    fn inside(&self) -> bool {
        self.fragment || self.stage == Stage::Root
    }

    fn plain(&mut self, plain: &str, text: &mut String) -> Outcome<()> {
        let offset = self.sources.last().map_or(0, |source| source.position);
        if !self.inside() {
            if let Some(at) = plain.find(|c| !name::is_space(c)) {
                return Err(self.problem_at(offset + at, "text stands outside the root element"));
            }
            self.advance(plain.len());
            return Ok(());
        }
        if let Some(at) = plain.find("]]>") {
            return Err(self.problem_at(offset + at, "`]]>` stands outside a CDATA section"));
        }
        if let Some(at) = plain.find(|c| !name::is_char(c)) {
            return Err(self.problem_at(offset + at, "this character may not stand in XML"));
        }
        text.push_str(plain);
        self.advance(plain.len());
        Ok(())
    }

    fn reference(&mut self, rest: &str, text: &mut String) -> Outcome<()> {
        if !self.inside() {
            return Err(self.problem("a reference stands outside the root element"));
        }
        let Some(name) = reference_name(rest) else {
            return Err(self.problem("`&` does not begin a reference; write `&amp;`"));
        };
        if let Some(c) = simple_reference(name) {
            text.push(c);
            self.advance(name.len() + 2);
            return Ok(());
        }
        let value = self.entity(name, self.sources.iter().filter_map(|source| source.entity.as_deref()))?;
        self.count_expansion(&value)?;
        self.advance(name.len() + 2);
        let open = self.open.len();
        let (name, value) = (name.to_owned(), value.into());
        self.sources.push(Source { text: value, position: 0, entity: Some(name), open });
        Ok(())
    }

    /// The text of an entity that is used inside those of `around`.
    fn entity<'a>(&self, name: &str, around: impl Iterator<Item = &'a str>) -> Outcome<String> {
        let mut depth = 0;
        for outer in around {
            depth += 1;
            if outer == name || depth > DEEPEST_ENTITY {
                return Err(
                    self.problem(format!("the entity `{name}` contains itself, or is nested too deep"))
                );
            }
        }
        match self.dtd.entities.get(name) {
            Some(Entity::Internal(value)) => Ok(value.clone()),
            Some(Entity::External) => {
                Err(self
                    .problem(format!("the entity `{name}` lies outside the document, which is never read")))
            }
            None => Err(self.problem(format!("the entity `{name}` is not declared"))),
        }
    }

    fn count_expansion(&mut self, value: &str) -> Outcome<()> {
        self.expanded += value.len() + 16;
        if self.expanded > MOST_EXPANDED {
            return Err(self.problem("the entities of the document grow beyond all measure"));
        }
        Ok(())
    }

    fn markup(&mut self, rest: &str) -> Outcome<Piece> {
        let mut reader = Reader::from_str(rest);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.check_comments = true;
        let event = reader.read_event();
        let here = self.sources.last().map_or(0, |source| source.position);
        let event = event.map_err(|problem| {
            let offset = usize::try_from(reader.error_position()).unwrap_or_default();
            self.problem_at(here + offset, problem.to_string())
        })?;
        let length = usize::try_from(reader.buffer_position()).unwrap_or(rest.len());
        let piece = self.piece(&event)?;
        self.advance(length);
        Ok(piece)
    }

    fn piece(&mut self, event: &Event<'_>) -> Outcome<Piece> {
        match event {
            Event::Start(tag) => self.start(tag.name().as_ref(), tag.attributes_raw()),
            Event::Empty(tag) => {
                let piece = self.start(tag.name().as_ref(), tag.attributes_raw())?;
                let name = tag.name().as_ref().to_owned();
                let end = self.end(&name)?;
                self.pending.push_back(end);
                Ok(piece)
            }
            Event::End(tag) => self.end(tag.name().as_ref()),
            Event::CData(data) if self.inside() => Ok(Piece::CData(self.clean(data)?)),
            Event::CData(_) => Err(self.problem("a CDATA section stands outside the root element")),
            Event::Comment(comment) => {
                if comment.ends_with('-') {
                    return Err(self.problem("a comment may not end in `--->`"));
                }
                Ok(Piece::Comment(self.clean(comment)?))
            }
            Event::PI(instruction) => {
                let (target, content) = (instruction.target(), instruction.content());
                if !name::is_name(target) || target.eq_ignore_ascii_case("xml") {
                    return Err(self.problem(format!("no processing instruction can be named `{target}`")));
                }
                Ok(Piece::Instruction(
                    target.to_owned(),
                    self.clean(content.trim_start_matches(name::is_space))?,
                ))
            }
            Event::DocType(source) => self.doctype(source),
            Event::Decl(_) => {
                Err(self.problem("the declaration of a document stands only at its very beginning"))
            }
            Event::Text(_) | Event::GeneralRef(_) | Event::Eof => Err(self.problem("this is no XML")),
        }
    }

    fn clean(&self, text: &str) -> Outcome<String> {
        if name::is_clean(text) {
            return Ok(text.to_owned());
        }
        Err(self.problem("a character stands here that may not stand in XML"))
    }

    fn doctype(&mut self, source: &str) -> Outcome<Piece> {
        if self.stage != Stage::Prolog || self.fragment || !self.dtd.name.is_empty() {
            return Err(self.problem("a DOCTYPE stands once, before the root element"));
        }
        let source = self.clean(source)?;
        self.dtd = dtd::read(&source).map_err(|message| self.problem(format!("in the DOCTYPE {message}")))?;
        if let (Some(name), false) = (&self.dtd.external_entity, self.external) {
            return Err(
                self.problem(format!("the entity `{name}` lies outside the document, which is not allowed"))
            );
        }
        Ok(Piece::DocType(source))
    }

    fn start(&mut self, name: &str, raw: &str) -> Outcome<Piece> {
        if self.stage == Stage::Epilog {
            return Err(self.problem("a document has one root element only"));
        }
        if !name::is_qualified(name) {
            return Err(self.problem(format!("`{name}` is no name for an element")));
        }
        let given = raw_attributes(raw).map_err(|message| self.problem(message))?;
        let mut attributes: Vec<Attribute> = Vec::with_capacity(given.len());
        for (key, value) in given {
            if attributes.iter().any(|(known, _)| **known == *key) {
                return Err(self.problem(format!("the element `{name}` has two attributes `{key}`")));
            }
            let value = self.attribute_value(value)?;
            attributes.push((self.intern(key), value));
        }
        if !self.dtd.defaults.is_empty() {
            self.add_defaults(name, &mut attributes)?;
        }
        let name = self.intern(name);
        self.open.push(Rc::clone(&name));
        self.stage = Stage::Root;
        Ok(Piece::Start(name, attributes))
    }

    fn add_defaults(&mut self, element: &str, attributes: &mut Vec<Attribute>) -> Outcome<()> {
        for default in self.dtd.defaults.get(element).cloned().unwrap_or_default() {
            if attributes.iter().all(|(known, _)| **known != *default.attribute) {
                let value = self.attribute_value(&default.value)?;
                attributes.push((self.intern(&default.attribute), value));
            }
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Outcome<Piece> {
        let floor = self.sources.last().map_or(0, |source| source.open);
        match self.open.pop() {
            Some(open) if *open == *name && self.open.len() >= floor => {
                if self.open.is_empty() && !self.fragment {
                    self.stage = Stage::Epilog;
                }
                Ok(Piece::End(open))
            }
            Some(open) => Err(self.problem(format!("`</{name}>` does not end the element `{open}`"))),
            None => Err(self.problem(format!("`</{name}>` ends no element"))),
        }
    }

    /// The value of an attribute: references replaced, line ends and tabs made blanks.
    fn attribute_value(&mut self, raw: &str) -> Outcome<String> {
        if !raw.contains(['&', '<', '\n', '\t']) && name::is_clean(raw) {
            return Ok(raw.to_owned());
        }
        let mut value = String::with_capacity(raw.len());
        // Entities under way, with what is left of each.
        let mut stack: Vec<(Option<String>, String)> = vec![(None, raw.to_owned())];
        while let Some((entity, rest)) = stack.pop() {
            let at = rest.find('&').unwrap_or(rest.len());
            let (plain, after) = rest.split_at(at);
            if plain.contains('<') {
                return Err(self.problem("`<` may not stand in the value of an attribute; write `&lt;`"));
            }
            self.clean(plain)?;
            value.extend(plain.chars().map(|c| if name::is_space(c) { ' ' } else { c }));
            if after.is_empty() {
                continue;
            }
            let Some(reference) = reference_name(after) else {
                return Err(self.problem("`&` does not begin a reference; write `&amp;`"));
            };
            let remaining = after.get(reference.len() + 2..).unwrap_or_default().to_owned();
            stack.push((entity, remaining));
            if let Some(c) = simple_reference(reference) {
                value.push(c);
                continue;
            }
            let around = stack.iter().filter_map(|(entity, _)| entity.as_deref());
            let text = self.entity(reference, around)?;
            self.count_expansion(&text)?;
            stack.push((Some(reference.to_owned()), text));
        }
        Ok(value)
    }
}

/// The name in a reference that begins a text.
fn reference_name(text: &str) -> Option<&str> {
    let (name, _) = text.strip_prefix('&')?.split_once(';')?;
    (name.starts_with('#') || name::is_name(name)).then_some(name)
}

/// The character of a reference that names one.
fn simple_reference(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => dtd::character(name.strip_prefix('#')?),
    }
}

/// The attributes in what follows the name in a tag.
fn raw_attributes(raw: &str) -> Result<Vec<(&str, &str)>, String> {
    let mut attributes = Vec::new();
    let mut rest = raw;
    loop {
        let trimmed = rest.trim_start_matches(name::is_space);
        if trimmed.is_empty() {
            return Ok(attributes);
        }
        let (key, after) = trimmed.split_at(name::length(trimmed));
        if !name::is_qualified(key) || trimmed.len() == rest.len() {
            let found: String = trimmed.chars().take(12).collect();
            return Err(format!("an attribute is expected, not `{found}`"));
        }
        let after = after.trim_start_matches(name::is_space);
        let quoted = after.strip_prefix('=').map(|after| after.trim_start_matches(name::is_space));
        let split = quoted.and_then(|quoted| {
            let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            quoted.get(1..)?.split_once(quote)
        });
        let Some((value, after)) = split else {
            return Err(format!("the attribute `{key}` has no value in quotes"));
        };
        attributes.push((key, value));
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem_of(text: &str) -> Option<Problem> {
        let mut scanner = match Scanner::document(text, false) {
            Ok(scanner) => scanner,
            Err(problem) => return Some(problem),
        };
        loop {
            match scanner.next_piece() {
                Ok(Piece::Done) => return None,
                Ok(_) => {}
                Err(problem) => return Some(problem),
            }
        }
    }

    #[test]
    fn malformed_documents_are_refused() {
        let bad = [
            "",
            " ",
            "text",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a/>x",
            "<a b=1/>",
            "<a b/>",
            "<a b='1' b='2'/>",
            "<a b='1'c='2'/>",
            "<1a/>",
            "<a>&</a>",
            "<a>&x;</a>",
            "<a>]]></a>",
            "<a b='<'/>",
            "<a><!-- -- --></a>",
            "<a><![CDATA[x]></a>",
            "<a>\u{1}</a>",
            "<a>&#0;</a>",
            "<a>&#x110000;</a>",
            " <?xml version='1.0'?><a/>",
            "<?xml version='2.0'?><a/>",
            "<?xml encoding='UTF-8'?><a/>",
            "<a><?xml x?></a>",
            "<a/><!DOCTYPE a>",
            "</a>",
            "<a:b:c/>",
            "<a><b></a></b>",
            "<!DOCTYPE a><!DOCTYPE a><a/>",
            "<![CDATA[x]]><a/>",
            "<a",
            "<a b='",
            "<!DOCTYPE a [<!ENTITY e '<b>'>]><a>&e;</a>",
            "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///x'>]><a/>",
            "<!DOCTYPE a [<!ENTITY e '&e;'>]><a>&e;</a>",
            "<!DOCTYPE a [<!ENTITY e '&e;'>]><a b='&e;'/>",
        ];
        for text in bad {
            assert!(problem_of(text).is_some(), "{text}");
        }
    }

    #[test]
    fn well_formed_documents_are_read() {
        let good = [
            "<a/>",
            "\u{FEFF}<a/>",
            "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<a/>\n<!--x-->",
            "<a b='>' c=\"'\">x &lt; &#x41;<!-- c --><?p q?><![CDATA[<>]]></a >",
            "<!DOCTYPE a [<!ENTITY e '<b>]</b>'> <!ATTLIST a x CDATA 'd' y (p|q) #IMPLIED>]><a>&e;</a>",
            "<a>\u{FEFF}<b/>\u{FEFF}</a>",
        ];
        for text in good {
            assert_eq!(problem_of(text), None, "{text}");
        }
    }

    #[test]
    fn entities_that_explode_are_stopped() {
        let mut text = "<!DOCTYPE a [<!ENTITY e0 'lol'>".to_owned();
        for level in 1..20 {
            let inner = format!("&e{};", level - 1).repeat(10);
            text.push_str(&format!("<!ENTITY e{level} '{inner}'>"));
        }
        assert!(problem_of(&format!("{text}]><a>&e19;</a>")).is_some());
        assert!(problem_of(&format!("{text}]><a b='&e19;'/>")).is_some());
    }

    #[test]
    fn text_before_an_empty_element_keeps_its_end() {
        let mut scanner = Scanner::document("<a>x<b/>y</a>", false).expect("a document");
        let mut kinds = String::new();
        loop {
            kinds.push(match scanner.next_piece().expect("a piece") {
                Piece::Start(..) => '<',
                Piece::End(_) => '>',
                Piece::Text(_) => 't',
                Piece::Done => break,
                Piece::CData(_) | Piece::Comment(_) | Piece::Instruction(..) | Piece::DocType(_) => '?',
            });
        }
        assert_eq!(kinds, "<t<>t>");
    }

    #[test]
    fn problems_have_a_place() {
        let problem = problem_of("<a>\n  <b>\n</a>").expect("a problem");
        assert_eq!((problem.line, problem.column), (3, 1));
    }
}
