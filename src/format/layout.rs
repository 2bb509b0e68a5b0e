//! Walks through the tokens and comments of a text and writes them down again, choosing what stands between them.

use crate::format::indent::Indent;
use crate::format::spacing::{Role, Spacing, trails};
use crate::format::spelling::spelling;
use crate::format::{Lexed, Tokens, Vocabulary};
use crate::source::span::Span;
use crate::syntax::lexer::Lexeme;
use crate::syntax::token::{Token, stay_apart};

/// What the last thing on the line was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    /// Nothing: the line begins.
    Begin,
    /// A token with these bytes.
    Token(u32, u32),
    /// A comment.
    Comment,
}

struct Layout<'a> {
    lexed: &'a Lexed<'a>,
    vocabulary: Vocabulary<'a>,
    tokens: Tokens,
    out: String,
    line_end: &'static str,
    indent: Indent,
    /// The byte behind what was written last.
    at: u32,
    last: Last,
    /// The blank that belongs to the last token and is owed.
    owed: bool,
    next_comment: usize,
    /// How deep empty lines and comments stand.
    level: usize,
}

/// The whole text, laid out.
pub(super) fn layout(lexed: &Lexed<'_>, vocabulary: Vocabulary<'_>, tokens: Tokens) -> String {
    let mut layout = Layout {
        lexed,
        vocabulary,
        tokens,
        out: String::with_capacity(lexed.text.len() + lexed.text.len() / 8),
        line_end: line_end(lexed.text),
        indent: Indent::default(),
        at: 0,
        last: Last::Begin,
        owed: false,
        next_comment: 0,
        level: 0,
    };
    if lexed.text.starts_with('\u{FEFF}') {
        layout.out.push('\u{FEFF}');
    }
    for line in &lexed.lines {
        layout.line(line);
    }
    layout.comments_before(u32::MAX, None);
    layout.end();
    layout.out
}

/// The line end that is used most.
fn line_end(text: &str) -> &'static str {
    let pairs = text.matches("\r\n").count();
    let (feeds, returns) = (text.matches('\n').count() - pairs, text.matches('\r').count() - pairs);
    if pairs > feeds && pairs >= returns {
        "\r\n"
    } else if returns > feeds {
        "\r"
    } else {
        "\n"
    }
}

impl Layout<'_> {
    fn line(&mut self, line: &[Lexeme]) {
        let Some(first) = line.first() else { return };
        self.comments_before(first.start, None);
        let level = self.indent.take(line);
        let mut spacing = Spacing::default();
        for (index, lexeme) in line.iter().enumerate() {
            let next = line.get(index + 1).map(|lexeme| lexeme.token);
            let role = spacing.role(lexeme.token, next);
            if index > 0 {
                self.comments_before(lexeme.start, Some(level));
            }
            if matches!(lexeme.token, Token::Sql) {
                self.sql(lexeme, level);
                continue;
            }
            self.gap(lexeme.start, level, index > 0);
            self.token(lexeme, role, next);
            if index == 0 && trails(line) {
                self.out.push(' ');
                self.owed = false;
            } else if next.is_none() {
                self.owed = false;
            }
        }
        self.level = self.indent.level();
    }

    fn token(&mut self, lexeme: &Lexeme, role: Role, next: Option<Token>) {
        let clashes = self.clashes(lexeme, role);
        let blanks = usize::from(std::mem::take(&mut self.owed)) + usize::from(role.before || clashes);
        self.out.extend(std::iter::repeat_n(' ', blanks));
        let text = spelling(self.lexed, lexeme, role, next, self.vocabulary, self.tokens);
        self.out.push_str(&text);
        self.last = Last::Token(lexeme.start, lexeme.end);
        self.owed = role.after;
        self.at = lexeme.end;
    }

    /// Whether two tokens that stood apart would become another one without a blank.
    fn clashes(&self, lexeme: &Lexeme, role: Role) -> bool {
        let (start, end) = match self.last {
            Last::Token(start, end) => (start, end),
            // Behind a comment nothing clashes, but the blank that its writer left is his.
            Last::Comment => return !self.owed && !role.before && self.at != lexeme.start,
            Last::Begin => return false,
        };
        if self.owed || role.before || end == lexeme.start {
            return false;
        }
        let left = self.lexed.slice(start, end);
        let left = left.rsplit([' ', '\t']).next().unwrap_or(left);
        !stay_apart(left, self.lexed.of(lexeme))
    }

    /// Goes on to the next thing in the text: over blanks, empty lines and the marks of lines that go on.
    fn gap(&mut self, start: u32, level: usize, in_line: bool) {
        let between = self.lexed.slice(self.at, start);
        let breaks = breaks(between);
        if breaks.is_empty() {
            if self.last == Last::Begin {
                self.tabs(level);
            }
            return;
        }
        for (index, goes_on) in breaks.iter().enumerate() {
            if *goes_on {
                if std::mem::take(&mut self.owed) {
                    self.out.push(' ');
                }
                self.out.push('\\');
            }
            self.out.push_str(self.line_end);
            let is_last = index + 1 == breaks.len();
            let deep = if is_last { level } else { self.level };
            self.tabs(deep + usize::from(*goes_on && in_line));
        }
        self.owed = false;
        self.last = Last::Begin;
    }

    fn tabs(&mut self, count: usize) {
        self.out.extend(std::iter::repeat_n('\t', count));
    }

    /// Writes the comments that stand before this byte. Inside a logical line, `level` is that of the line.
    fn comments_before(&mut self, start: u32, level: Option<usize>) {
        while let Some(comment) = self.lexed.comments.get(self.next_comment)
            && comment.span.start < start
        {
            let span = comment.span;
            self.next_comment += 1;
            if span.start >= self.at {
                self.comment(span, level);
            }
        }
    }

    fn comment(&mut self, span: Span, level: Option<usize>) {
        let text = self.lexed.slice(span.start, span.end);
        let is_block = text.starts_with("/*");
        let owed = self.owed;
        self.gap(span.start, level.unwrap_or(self.level), level.is_some());
        match self.last {
            // A block stands where its writer put it; so does the code that it holds.
            Last::Begin if is_block => {
                let kept = self.out.trim_end_matches('\t').len();
                self.out.truncate(kept);
                let margin = self.margin(span.start).to_owned();
                self.out.push_str(&margin);
            }
            Last::Begin => {}
            Last::Token(..) | Last::Comment if is_block => {
                self.owed = false;
                if owed || self.at != span.start {
                    self.out.push(' ');
                }
            }
            Last::Token(..) | Last::Comment => self.out.push_str("  "),
        }
        self.out.push_str(text);
        self.at = span.end;
        self.last = Last::Comment;
    }

    /// The blanks before this byte on its line.
    fn margin(&self, start: u32) -> &str {
        let before = self.lexed.slice(self.at, start);
        let from = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        before.get(from..).unwrap_or_default().trim_start_matches('\u{FEFF}')
    }

    /// The text between `Begin SQL` and `End SQL`, as it stands; a comment behind the first is part of what stands.
    fn sql(&mut self, lexeme: &Lexeme, level: usize) {
        let text = self.lexed.slice(self.at, lexeme.end);
        self.out.push_str(text);
        self.tabs(level);
        self.out.push_str("End SQL");
        let rest = self.lexed.text.get(lexeme.end as usize..).unwrap_or_default();
        let lower = rest.to_ascii_lowercase();
        let end = lower.find("sql").map_or(0, |at| at + "sql".len());
        self.at = lexeme.end + u32::try_from(end).unwrap_or(0);
        self.last = Last::Token(lexeme.end, self.at);
        self.owed = false;
    }

    /// What stands behind the last token.
    fn end(&mut self) {
        let rest = self.lexed.text.get(self.at as usize..).unwrap_or_default();
        let breaks = breaks(rest);
        for (index, goes_on) in breaks.iter().enumerate() {
            if *goes_on {
                self.out.push('\\');
            }
            self.out.push_str(self.line_end);
            if index + 1 < breaks.len() {
                self.tabs(self.level);
            }
        }
    }
}

/// The line ends of what stands between two tokens: for each, whether it was marked to go on.
fn breaks(between: &str) -> Vec<bool> {
    let mut breaks = Vec::new();
    let mut goes_on = false;
    let mut before = ' ';
    for c in between.chars() {
        match c {
            '\\' => goes_on = true,
            '\n' if before == '\r' => {}
            '\n' | '\r' => breaks.push(std::mem::take(&mut goes_on)),
            _ => {}
        }
        before = c;
    }
    breaks
}
