//! The document type: what a DOCTYPE declares inside itself. What lies outside is never read.

use rustc_hash::FxHashMap;

use crate::value::xml::name;

/// The value of an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entity {
    /// This text.
    Internal(String),
    /// The content of another document, which nobody reads.
    External,
}

/// An attribute that elements of a name have by default.
#[derive(Clone, Debug)]
pub struct Default {
    /// Its name.
    pub attribute: String,
    /// Its value, with references in it.
    pub value: String,
}

/// What a DOCTYPE says.
#[derive(Clone, Debug, std::default::Default)]
pub struct Dtd {
    /// The name of the root element.
    pub name: String,
    /// The public identifier.
    pub public: String,
    /// The system identifier.
    pub system: String,
    /// The entities, by name.
    pub entities: FxHashMap<String, Entity>,
    /// Their names in the order of their declarations.
    pub order: Vec<String>,
    /// Attributes by default, by the name of the element.
    pub defaults: FxHashMap<String, Vec<Default>>,
    /// An entity is declared whose content lies outside.
    pub external_entity: Option<String>,
}

struct Reader<'a> {
    rest: &'a str,
    dtd: Dtd,
    /// Declarations past a parameter entity that was not read do not count.
    blind: bool,
}

type Outcome<T> = Result<T, String>;

/// Reads what stands between `<!DOCTYPE` and `>`.
///
/// # Errors
/// It is not well formed: what is wrong.
pub fn read(source: &str) -> Outcome<Dtd> {
    let mut reader = Reader { rest: source, dtd: Dtd::default(), blind: false };
    reader.skip_space();
    reader.dtd.name = reader.name("the name of the root element")?.to_owned();
    reader.skip_space();
    let (public, system) = reader.external_id()?;
    (reader.dtd.public, reader.dtd.system) = (public.unwrap_or_default(), system.unwrap_or_default());
    reader.skip_space();
    if reader.eat("[") {
        reader.subset()?;
        reader.skip_space();
    }
    if reader.rest.is_empty() { Ok(reader.dtd) } else { Err(reader.unexpected("the end of the DOCTYPE")) }
}

impl<'a> Reader<'a> {
    fn skip_space(&mut self) -> bool {
        let trimmed = self.rest.trim_start_matches(name::is_space);
        let skipped = trimmed.len() < self.rest.len();
        self.rest = trimmed;
        skipped
    }

    fn eat(&mut self, what: &str) -> bool {
        let rest = self.rest.strip_prefix(what);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn until(&mut self, end: &str) -> Outcome<&'a str> {
        let (before, after) = self.rest.split_once(end).ok_or_else(|| format!("`{end}` is missing"))?;
        self.rest = after;
        Ok(before)
    }

    #[cold]
    fn unexpected(&self, wanted: &str) -> String {
        let found: String = self.rest.chars().take(12).collect();
        format!("{wanted} is expected, not `{found}`")
    }

    fn name(&mut self, what: &str) -> Outcome<&'a str> {
        let (found, rest) = self.rest.split_at(name::length(self.rest));
        if found.is_empty() {
            return Err(self.unexpected(what));
        }
        self.rest = rest;
        Ok(found)
    }

    fn quoted(&mut self, what: &str) -> Outcome<&'a str> {
        if self.eat("\"") {
            return self.until("\"");
        }
        if self.eat("'") { self.until("'") } else { Err(self.unexpected(what)) }
    }

    /// `PUBLIC "…" "…"` or `SYSTEM "…"`.
    fn external_id(&mut self) -> Outcome<(Option<String>, Option<String>)> {
        let mut public = None;
        if self.eat("PUBLIC") {
            self.skip_space();
            public = Some(self.quoted("a public identifier")?.to_owned());
        } else if !self.eat("SYSTEM") {
            return Ok((None, None));
        }
        self.skip_space();
        let system = self.quoted("a system identifier")?.to_owned();
        Ok((public, Some(system)))
    }

    fn subset(&mut self) -> Outcome<()> {
        loop {
            self.skip_space();
            if self.eat("]") {
                return Ok(());
            }
            if self.eat("<!--") {
                self.until("-->")?;
            } else if self.eat("<?") {
                self.until("?>")?;
            } else if self.eat("<!ENTITY") {
                self.entity()?;
            } else if self.eat("<!ATTLIST") {
                self.attributes()?;
            } else if self.eat("<!ELEMENT") || self.eat("<!NOTATION") {
                self.skip_declaration()?;
            } else if self.eat("%") {
                self.name("the name of an entity")?;
                if !self.eat(";") {
                    return Err(self.unexpected("`;`"));
                }
                self.blind = true;
            } else {
                return Err(self.unexpected("a declaration"));
            }
        }
    }

    fn skip_declaration(&mut self) -> Outcome<()> {
        loop {
            let at = self.rest.find(['"', '\'', '>']).ok_or("`>` is missing")?;
            self.rest = self.rest.get(at..).unwrap_or_default();
            if self.eat(">") {
                return Ok(());
            }
            self.quoted("a text in quotes")?;
        }
    }

    fn entity(&mut self) -> Outcome<()> {
        self.skip_space();
        let parameter = self.eat("%");
        self.skip_space();
        let entity = self.name("the name of an entity")?.to_owned();
        self.skip_space();
        let value = if self.rest.starts_with(['"', '\'']) {
            Entity::Internal(characters(self.quoted("a value")?)?)
        } else {
            if self.external_id()?.1.is_none() {
                return Err(self.unexpected("a value or a system identifier"));
            }
            self.skip_space();
            if self.eat("NDATA") {
                self.skip_space();
                self.name("the name of a notation")?;
            }
            Entity::External
        };
        self.skip_space();
        if !self.eat(">") {
            return Err(self.unexpected("`>`"));
        }
        if value == Entity::External {
            self.dtd.external_entity.get_or_insert_with(|| entity.clone());
        }
        if !parameter && !self.blind && !self.dtd.entities.contains_key(&entity) {
            self.dtd.order.push(entity.clone());
            self.dtd.entities.insert(entity, value);
        }
        Ok(())
    }

    fn attributes(&mut self) -> Outcome<()> {
        self.skip_space();
        let element = self.name("the name of an element")?.to_owned();
        loop {
            self.skip_space();
            if self.eat(">") {
                return Ok(());
            }
            let attribute = self.name("the name of an attribute")?.to_owned();
            self.skip_space();
            if self.name("a type").is_ok() {
                self.skip_space();
            }
            if self.eat("(") {
                self.until(")")?;
                self.skip_space();
            }
            if self.eat("#REQUIRED") || self.eat("#IMPLIED") {
                continue;
            }
            self.eat("#FIXED");
            self.skip_space();
            let value = self.quoted("a value by default")?.to_owned();
            if !self.blind {
                let defaults = self.dtd.defaults.entry(element.clone()).or_default();
                if defaults.iter().all(|known| known.attribute != attribute) {
                    defaults.push(Default { attribute, value });
                }
            }
        }
    }
}

/// The value of an entity as declared: references to characters are replaced, those to entities stay.
fn characters(value: &str) -> Outcome<String> {
    let mut result = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("&#") {
        result.push_str(before);
        let (number, after) = after.split_once(';').ok_or("a reference to a character has no `;`")?;
        result.push(character(number).ok_or_else(|| format!("`&#{number};` is no character"))?);
        rest = after;
    }
    if value.contains('%') {
        return Err("a parameter entity stands inside a declaration".to_owned());
    }
    result.push_str(rest);
    Ok(result)
}

/// The character of a number as references write it: `65`, `x41`.
pub fn character(number: &str) -> Option<char> {
    let code = match number.strip_prefix('x') {
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            u32::from_str_radix(digits, 16).ok()?
        }
        None if number.bytes().all(|byte| byte.is_ascii_digit()) => number.parse().ok()?,
        Some(_) | None => return None,
    };
    char::from_u32(code).filter(|c| name::is_char(*c))
}
