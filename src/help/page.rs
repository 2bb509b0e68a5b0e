//! The Markdown of the help texts, read once: sections, parameters, examples.
//!
//! A section is a heading, a list of parameters (`- name: words`), some prose, examples in fences marked `4d` with what
//! they give (`//-> VALUE` behind a line, or a fence marked `output`), and a line `See also: A, B`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::help::pages;

/// What stands under one heading.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// The heading.
    pub name: &'static str,
    /// The parameters, each with a few words.
    pub parameters: Vec<(&'static str, &'static str)>,
    /// The prose before the first example.
    pub text: &'static str,
    /// The examples, in order.
    pub examples: Vec<Example>,
    /// Names worth reading next.
    pub see_also: Vec<&'static str>,
    /// The line of its heading, from one.
    pub line: usize,
}

impl Section {
    /// The first sentence of the prose.
    pub fn first_sentence(&self) -> &'static str {
        let end = self.text.find(". ").or_else(|| self.text.find(".\n"));
        end.and_then(|end| self.text.get(..=end)).unwrap_or(self.text)
    }
}

/// A piece of code that works as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The words behind `4d`: `class=Person`.
    pub words: &'static str,
    /// The code.
    pub code: &'static str,
    /// What it writes, when that is told.
    pub output: Option<&'static str>,
}

/// All sections by kind and lower-case name.
static SECTIONS: LazyLock<FxHashMap<String, Section>> = LazyLock::new(|| {
    let mut all = FxHashMap::default();
    for text in pages::COMMANDS {
        add(&mut all, "command", text);
    }
    for (class, text) in pages::CLASSES {
        for section in sections(text) {
            let name = if section.name == *class { String::new() } else { section.name.to_lowercase() };
            all.entry(format!("class {}.{name}", class.to_lowercase())).or_insert(section);
        }
    }
    add(&mut all, "keyword", pages::KEYWORDS);
    add(&mut all, "constants", pages::CONSTANTS);
    all
});

fn add(all: &mut FxHashMap<String, Section>, kind: &str, text: &'static str) {
    // The first heading is that of the page.
    for section in sections(text).into_iter().filter(|section| section.line != 1) {
        all.entry(format!("{kind} {}", section.name.to_lowercase())).or_insert(section);
    }
}

/// The section of a command.
pub fn command(name: &str) -> Option<&'static Section> {
    SECTIONS.get(&format!("command {}", name.to_lowercase()))
}

/// The section of a class.
pub fn class(name: &str) -> Option<&'static Section> {
    member(name, "")
}

/// The section of a function or property of a class. What is in an archive has much in common with what is on disk,
/// and formulas and methods with functions.
pub fn member(class: &str, name: &str) -> Option<&'static Section> {
    let of = |class: &str| SECTIONS.get(&format!("class {}.{}", class.to_lowercase(), name.to_lowercase()));
    of(class).or_else(|| match class {
        "ZipFile" => of("Document"),
        "ZipFolder" => of("Directory"),
        "Formula" | "Method" => of("Function"),
        _ => None,
    })
}

/// The section of a keyword.
pub fn keyword(name: &str) -> Option<&'static Section> {
    SECTIONS.get(&format!("keyword {}", name.to_lowercase()))
}

/// The section of a theme of constants.
pub fn constants(theme: &str) -> Option<&'static Section> {
    SECTIONS.get(&format!("constants {}", theme.to_lowercase()))
}

/// The keywords that have a section, in no order.
pub fn keywords() -> impl Iterator<Item = &'static Section> {
    SECTIONS.iter().filter(|(key, _)| key.starts_with("keyword ")).map(|(_, section)| section)
}

/// The sections of a page: each heading of the first or second level begins one.
pub fn sections(text: &'static str) -> Vec<Section> {
    let mut all: Vec<Section> = Vec::new();
    let mut fence: Option<(&'static str, usize)> = None;
    let mut offset = 0;
    let mut prose: Option<(usize, usize)> = None;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let start = offset;
        offset += line.len();
        let line = line.trim_end();
        if let Some((words, from)) = fence {
            if line == "```" {
                fence = None;
                if let Some(section) = all.last_mut() {
                    close_fence(section, words, text.get(from..start).unwrap_or_default());
                }
            }
            continue;
        }
        if let Some(words) = line.strip_prefix("```") {
            fence = Some((words, offset));
        } else if let Some(name) = line.strip_prefix("## ").or_else(|| line.strip_prefix("# ")) {
            all.push(Section { name: name.trim(), line: number + 1, ..Section::default() });
            prose = None;
        } else if let Some(section) = all.last_mut() {
            read_line(section, text, line, start, &mut prose);
        }
    }
    all
}

/// A line outside of fences.
fn read_line(
    section: &mut Section,
    text: &'static str,
    line: &'static str,
    start: usize,
    prose: &mut Option<(usize, usize)>,
) {
    if let Some(names) = line.strip_prefix("See also: ") {
        section.see_also = names.split(", ").map(str::trim).collect();
    } else if let Some((name, words)) = line.strip_prefix("- ").and_then(|rest| rest.split_once(": "))
        && section.text.is_empty()
    {
        section.parameters.push((name.trim_matches('`'), words));
    } else if !line.is_empty() && section.examples.is_empty() {
        let (from, _) = prose.unwrap_or((start, start));
        *prose = Some((from, start + line.len()));
        section.text = text.get(from..start + line.len()).unwrap_or_default();
    }
}

/// A fence has ended: an example, or the output of the one before.
fn close_fence(section: &mut Section, words: &'static str, code: &'static str) {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    if first.eq_ignore_ascii_case("4d") {
        section.examples.push(Example { words: rest.trim(), code: code.trim_end(), output: None });
    } else if first == "output"
        && let Some(example) = section.examples.last_mut()
    {
        example.output = Some(code);
    }
}

#[cfg(test)]
mod tests {
    use super::sections;

    #[test]
    fn a_section_is_taken_apart() {
        let text = "Preamble\n\n## Session info\n- id: number or UUID\n- x: more\n\nOne. Two\nlines.\n\n```4d\nALERT(\"a\")\n```\n\
                    ```output\na\n```\n\nSee also: Session, ALERT\n\n## Next\nText.\n";
        let all = sections(text);
        assert_eq!(all.len(), 2);
        let first = &all[0];
        assert_eq!((first.name, first.line), ("Session info", 3));
        assert_eq!(first.parameters, [("id", "number or UUID"), ("x", "more")]);
        assert_eq!(first.text, "One. Two\nlines.");
        assert_eq!(first.first_sentence(), "One.");
        assert_eq!(first.examples.len(), 1);
        assert_eq!(first.examples[0].code, "ALERT(\"a\")");
        assert_eq!(first.examples[0].output, Some("a\n"));
        assert_eq!(first.see_also, ["Session", "ALERT"]);
        assert_eq!(all[1].text, "Text.");
    }
}
