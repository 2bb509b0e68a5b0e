//! The XML files of a project: tables and fields from the catalog, the settings that matter, links.
//!
//! ```xml
//! <table name="Invoice" id="1"><field name="Total" type="6" id="2"/></table>
//! ```

use roxmltree::{Document, Node, ParsingOptions};

use crate::source::decode::decode;

/// A table of the structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its number, as `[Invoice:1]` writes it.
    pub number: u32,
    /// False when it lies in the trash: known, but out of reach of code.
    pub is_live: bool,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A field of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its number, as `[Invoice:1]Total:2` writes it.
    pub number: u32,
    /// The number of its type in the catalog: 10 is a text, 6 a real.
    pub type_: u32,
}

/// The settings of a project that change how its code behaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// What stands after `cs.` before the classes of the project when it is a component.
    pub namespace: Option<String>,
}

/// Reads `catalog.4DCatalog`.
///
/// # Errors
/// Why it is not XML.
pub fn read_tables(bytes: Vec<u8>) -> Result<Vec<Table>, String> {
    let text = text_of(bytes);
    let document = parse(&text)?;
    Ok(children(document.root_element(), "table").filter_map(table).collect())
}

/// Reads `settings.4DSettings`.
///
/// # Errors
/// Why it is not XML.
pub fn read_settings(bytes: Vec<u8>) -> Result<Settings, String> {
    let text = text_of(bytes);
    let document = parse(&text)?;
    let general = document.descendants().find(|node| node.has_tag_name("general"));
    let namespace = general.and_then(|node| node.attribute("component_classStore_name"));
    Ok(Settings { namespace: namespace.filter(|name| !name.is_empty()).map(str::to_owned) })
}

/// Reads a `.4DLink`: where the project file is.
///
/// # Errors
/// Why it is not XML, or that it names no project.
pub fn read_link(bytes: Vec<u8>) -> Result<String, String> {
    let text = text_of(bytes);
    let document = parse(&text)?;
    let target = document.root_element().attribute("structure_file");
    target.map(str::to_owned).ok_or_else(|| "it names no `structure_file`".to_owned())
}

fn table(node: Node<'_, '_>) -> Option<Table> {
    let is_trashed = children(node, "table_extra").any(|extra| extra.attribute("trashed") == Some("true"));
    Some(Table {
        name: node.attribute("name")?.to_owned(),
        number: number(node, "id")?,
        is_live: !is_trashed,
        fields: children(node, "field").filter_map(field).collect(),
    })
}

fn field(node: Node<'_, '_>) -> Option<Field> {
    Some(Field {
        name: node.attribute("name")?.to_owned(),
        number: number(node, "id")?,
        type_: number(node, "type").unwrap_or_default(),
    })
}

fn number(node: Node<'_, '_>, name: &str) -> Option<u32> {
    node.attribute(name)?.parse().ok()
}

fn children<'a, 'b: 'a>(node: Node<'a, 'b>, name: &'a str) -> impl Iterator<Item = Node<'a, 'b>> {
    node.children().filter(move |child| child.has_tag_name(name))
}

fn text_of(bytes: Vec<u8>) -> String {
    let (text, _) = decode(bytes);
    text.trim_start_matches('\u{feff}').to_owned()
}

fn parse(text: &str) -> Result<Document<'_>, String> {
    // 4D writes a document type; it is never fetched.
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|problem| problem.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_fields_have_names_and_numbers() {
        let text = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<!DOCTYPE base SYSTEM \"http://www.4d.com/dtd/2007/base.dtd\" >
<base name=\"x\"><schema name=\"DEFAULT_SCHEMA\"/>
<table name=\"Stock\" id=\"1\"><field name=\"UUID\" type=\"10\" id=\"1\"/><field name=\"Price\" type=\"6\" id=\"4\"/></table>
<table name=\"(Old)\" id=\"2\"><table_extra trashed=\"true\"/></table></base>";
        let tables = read_tables(text.as_bytes().to_vec()).expect("valid");
        let names: Vec<_> =
            tables.iter().map(|table| (table.name.as_str(), table.number, table.is_live)).collect();
        assert_eq!(names, [("Stock", 1, true), ("(Old)", 2, false)]);
        assert_eq!(tables[0].fields[1], Field { name: "Price".into(), number: 4, type_: 6 });
        assert!(read_tables(b"<base>".to_vec()).is_err());
    }

    #[test]
    fn the_namespace_is_a_setting() {
        let text =
            "<preferences><com.4d><general component_classStore_name=\"NetKit\"/></com.4d></preferences>";
        assert_eq!(
            read_settings(text.as_bytes().to_vec()).expect("valid").namespace.as_deref(),
            Some("NetKit")
        );
        assert_eq!(read_settings(b"<preferences/>".to_vec()).expect("valid").namespace, None);
    }
}
