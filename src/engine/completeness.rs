//! Whether what was typed at a prompt is whole: no structure, bracket or comment is open. Looks at words only, so that
//! it is quick and never fails.

/// What an input still lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// The words that close the open structures, outermost first: `End if`.
    pub closers: Vec<&'static str>,
    /// Brackets and braces that are open.
    pub brackets: usize,
    /// A `/*` comment is open.
    pub comment: bool,
    /// The last line ends in `\`.
    pub continued: bool,
    /// It defines a function or a class, which an empty line ends.
    pub definition: bool,
}

impl Pending {
    /// Whether nothing is lacking.
    pub fn is_complete(&self) -> bool {
        self.closers.is_empty() && self.brackets == 0 && !self.comment && !self.continued && !self.definition
    }

    /// How far the next line is indented.
    pub fn depth(&self) -> usize {
        self.closers.len() + usize::from(self.brackets > 0)
    }
}

/// First words of a line and what closes the structure they open.
const OPENERS: &[(&str, &str)] = &[
    ("for each", "End for each"),
    ("for", "End for"),
    ("if", "End if"),
    ("while", "End while"),
    ("repeat", "Until ()"),
    ("case of", "End case"),
    ("use", "End use"),
    ("begin sql", "End SQL"),
];

/// What is missing of a text.
pub fn pending(text: &str) -> Pending {
    let mut state = Pending::default();
    let mut brackets = 0_isize;
    for line in text.lines() {
        let code = code_of(line, &mut state.comment, &mut brackets);
        if !state.continued && brackets >= 0 {
            structure(&code, &mut state.closers);
        }
        state.continued = code.trim_end().ends_with('\\');
    }
    state.brackets = usize::try_from(brackets).unwrap_or(0);
    state.definition = defines(text) && !ends_blank(text);
    state
}

/// Whether an input defines a method (`Function name`) or a class (`Class Name`).
pub fn defines(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim_start();
    let mut words = first.split_whitespace();
    let head = words.next().unwrap_or_default();
    (head.eq_ignore_ascii_case("function") || head.eq_ignore_ascii_case("class")) && words.next().is_some()
}

fn ends_blank(text: &str) -> bool {
    text.contains('\n') && text.rsplit('\n').next().is_some_and(|line| line.trim().is_empty())
}

/// A line without texts and comments; brackets are counted.
fn code_of(line: &str, comment: &mut bool, brackets: &mut isize) -> String {
    let mut code = String::new();
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        if *comment {
            if c == '*' && chars.next_if_eq(&'/').is_some() {
                *comment = false;
            }
            continue;
        }
        match c {
            '"' => {
                code.push('"');
                while let Some(c) = chars.next() {
                    if c == '\\' {
                        chars.next();
                    } else if c == '"' {
                        break;
                    }
                }
            }
            '/' if chars.peek() == Some(&'/') => break,
            '/' if chars.peek() == Some(&'*') => {
                chars.next();
                *comment = true;
            }
            '(' | '[' | '{' => {
                *brackets += 1;
                code.push(c);
            }
            ')' | ']' | '}' => {
                *brackets -= 1;
                code.push(c);
            }
            c => code.push(c),
        }
    }
    code
}

fn structure(code: &str, closers: &mut Vec<&'static str>) {
    let words: Vec<String> = code
        .trim_start()
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .take_while(|word| !word.is_empty())
        .take(3)
        .map(str::to_lowercase)
        .collect();
    let line = words.join(" ");
    let starts =
        |phrase: &str| line == phrase || line.strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' '));
    if starts("until") {
        if let Some(place) = closers.iter().rposition(|closer| closer.starts_with("Until")) {
            closers.truncate(place);
        }
        return;
    }
    if starts("end") {
        let place = closers.iter().rposition(|closer| starts(&closer.to_lowercase()));
        // A closer that fits nothing is an error of the parser, which is to be told at once.
        closers.truncate(place.unwrap_or(0));
        return;
    }
    if line == "try" && !code.contains('(') {
        closers.push("End try");
        return;
    }
    // `If` without its bracket is not whole, and a variable may be called `use`.
    if let Some((_, closer)) = OPENERS.iter().find(|(opener, _)| starts(opener))
        && !code.contains(":=")
    {
        closers.push(closer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_structures_are_seen() {
        for text in [
            "If (True)",
            "For each ($x; $c)\nALERT($x)",
            "Repeat",
            "f(1;",
            "/* x",
            "$a:=1+\\",
            "Try",
            "{a: 1",
        ] {
            assert!(!pending(text).is_complete(), "{text}");
        }
    }

    #[test]
    fn whole_inputs_are_seen() {
        for text in [
            "$a:=1",
            "If (True)\nEnd if",
            "For each ($x; $c)\nALERT($x)\nEnd for each",
            "Repeat\nUntil (True)",
            "$a:=Try(f(1))",
            "\"open",
            "// If (",
            "End if",
            "If (True)\nEnd while",
            ")",
            "Case of\n: (True)\nEnd case",
        ] {
            assert!(pending(text).is_complete(), "{text}");
        }
    }

    #[test]
    fn definitions_end_at_an_empty_line() {
        assert!(!pending("Function f($x : Real) : Real\nreturn $x").is_complete());
        assert!(pending("Function f($x : Real) : Real\nreturn $x\n").is_complete());
    }
}
