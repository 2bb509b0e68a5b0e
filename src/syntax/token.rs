//! The tokens, with an example of source on each.
//!
//! `logos` finds those that can be told from their characters alone. The others, the second half of the list, are made
//! by [`super::lexer`], which knows where in a line a word stands and what the words next to it are.

use crate::syntax::operator::{AssignOp, BinaryOp};
use logos::Logos;

/// One token. `Copy`, and without text: its place in the source says what was written.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[logos(skip r"[ \t\u{A0}\u{FEFF}\f\v]+")]
pub enum Token {
    /// The end of a line: LF, CR or CR LF.
    #[regex(r"\r\n|\n|\r")]
    Newline,
    /// `\` as the last character of a line but for blanks: the line goes on in the next.
    #[regex(r"\\[ \t\u{A0}]*(\r\n|\n|\r)")]
    Continuation,
    /// `// to the end of the line`; when it ends with `\` the next line belongs to it as well.
    #[token("//", line_comment)]
    LineComment,
    /// `/* a /* nested */ comment */`
    #[token("/*", block_comment)]
    BlockComment,
    /// A line that begins with a backquote: how comments looked long ago.
    #[regex(r"`[^\r\n]*", allow_greedy = true)]
    OldComment,

    /// `"text with \"escapes\""`
    #[regex(r#""([^"\\\r\n]|\\[^\r\n])*""#)]
    Text,
    /// `"a text whose end is missing`
    #[regex(r#""([^"\\\r\n]|\\[^\r\n])*"#, priority = 1)]
    UnterminatedText,
    /// `12`, `0.5`, `5.`, `.5`, `1e+21`
    #[regex(r"[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?", priority = 20)]
    #[regex(r"\.[0-9]+([eE][+-]?[0-9]+)?", priority = 20)]
    Number,
    /// `0x00FF`
    #[regex(r"0[xX][0-9A-Fa-f]+", priority = 21)]
    Hexadecimal,
    /// `!2024-01-31!`, `!12/25/98!`
    #[regex(r"![0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}!")]
    Date,
    /// `?12:30:00?`
    #[regex(r"\?[0-9]+:[0-9]+(:[0-9]+)?\?")]
    Time,
    /// `ALERT`, `Größe`, `4D`, `00_Start`: one word. The lexer joins words into names.
    #[regex(r"[0-9]*[\p{L}_\u{2600}-\u{27BF}\u{2B00}-\u{2BFF}\u{1F000}-\u{1FAFF}][\p{L}\p{M}\p{N}_$’°\u{200D}\u{2600}-\u{27BF}\u{2B00}-\u{2BFF}\u{1F000}-\u{1FAFF}]*", priority = 10)]
    Word,
    /// `$name`, `$4Dtable`
    #[regex(
        r"\$[\p{L}\p{M}\p{N}_$’°\u{200D}\u{2600}-\u{27BF}\u{2B00}-\u{2BFF}\u{1F000}-\u{1FAFF}]*",
        priority = 10
    )]
    Local,

    /// `:=`
    #[token(":=", |_| AssignOp::Assign)]
    #[token("+=", |_| AssignOp::Add)]
    #[token("-=", |_| AssignOp::Subtract)]
    #[token("*=", |_| AssignOp::Multiply)]
    #[token("/=", |_| AssignOp::Divide)]
    Assign(AssignOp),
    /// `+`, `#`, `??`: an operator between two values.
    #[token("+", |_| BinaryOp::Add)]
    #[token("-", |_| BinaryOp::Subtract)]
    #[token("*", |_| BinaryOp::Multiply)]
    #[token("/", |_| BinaryOp::Divide)]
    #[token("\\", |_| BinaryOp::IntegerDivide)]
    #[token("%", |_| BinaryOp::Modulo)]
    #[token("^", |_| BinaryOp::Power)]
    #[token("=", |_| BinaryOp::Equal)]
    #[token("#", |_| BinaryOp::NotEqual)]
    #[token("<", |_| BinaryOp::Less)]
    #[token("<=", |_| BinaryOp::LessOrEqual)]
    #[token(">", |_| BinaryOp::Greater)]
    #[token(">=", |_| BinaryOp::GreaterOrEqual)]
    #[token("&", |_| BinaryOp::And)]
    #[token("|", |_| BinaryOp::Or)]
    #[token("^|", |_| BinaryOp::Xor)]
    #[token("&&", |_| BinaryOp::ShortAnd)]
    #[token("||", |_| BinaryOp::ShortOr)]
    #[token("<<", |_| BinaryOp::ShiftLeft)]
    #[token(">>", |_| BinaryOp::ShiftRight)]
    #[token("?+", |_| BinaryOp::BitSet)]
    #[token("?-", |_| BinaryOp::BitClear)]
    #[token("??", |_| BinaryOp::BitTest)]
    #[token("*+", |_| BinaryOp::ScaleWidth)]
    #[token("*|", |_| BinaryOp::ScaleHeight)]
    Binary(BinaryOp),
    /// `->` before a variable, a field or a table: a pointer to it.
    #[token("->")]
    Arrow,
    /// `<>` or `◊` that no name follows.
    #[token("<>")]
    #[token("◊")]
    Diamond,
    /// `<<>`: less than an interprocess variable, as in `$a<<>b`.
    #[token("<<>")]
    LessDiamond,
    /// `?` of the ternary `condition ? a : b`
    #[token("?")]
    Question,
    /// `:` of a type, a branch, a ternary or an object member.
    #[token(":")]
    Colon,
    /// `;`
    #[token(";")]
    Semicolon,
    /// `,`, which separates nothing in 4D.
    #[token(",")]
    Comma,
    /// `.`
    #[token(".")]
    Dot,
    /// `...`, more parameters.
    #[token("...")]
    Ellipsis,
    /// `(`
    #[token("(")]
    OpenParen,
    /// `)`
    #[token(")")]
    CloseParen,
    /// `[` of a collection or an index.
    #[token("[")]
    OpenBracket,
    /// `]`
    #[token("]")]
    CloseBracket,
    /// `{` of an object or an element.
    #[token("{")]
    OpenBrace,
    /// `}`
    #[token("}")]
    CloseBrace,
    /// `${`, the beginning of a parameter by number.
    #[token("${")]
    OpenParameter,
    /// `#DECLARE`, at the beginning of a line.
    #[token("#DECLARE", ignore(case))]
    Declare,

    // From here on: made by the lexer.
    /// `[[` behind a value: a character of a text.
    OpenCharacter,
    /// `->` behind a value: what it points to.
    Deref,
    /// A name that is no command and no constant; also a member after a dot.
    Name,
    /// `$0`, `$1`
    Parameter,
    /// `<>name`, `◊name`
    Interprocess,
    /// `ALERT`, `ALERT:C41`
    Command(u16),
    /// `Is text`: the number that the set of known names gave it.
    Constant(u32),
    /// `Is text:K8:3`: theme and index.
    ConstantToken((u16, u16)),
    /// `NAME:P12000:42`
    Plugin,
    /// `[Table]`, `[Table:3]`
    Table(Option<u32>),
    /// The field that stands right behind a table: `Name`, `Name:5`
    Field(Option<u32>),
    /// `Try` before a parenthesis: the expression, not the statement.
    TryCall,
    /// A word of the language where it means one.
    Keyword(Keyword),
    /// The text between `Begin SQL` and `End SQL`.
    Sql,
    /// The text after a `Begin SQL` that has no `End SQL`.
    UnterminatedSql,
    /// Characters that mean nothing in 4D.
    Unknown,
}

/// The words of the language. They are words only where a statement or a declaration has them; elsewhere they are names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Keyword {
    /// `If (…)`
    If,
    /// `Else`
    Else,
    /// `Else if`, which 4D does not have.
    ElseIf,
    /// `End if`
    EndIf,
    /// `Case of`
    CaseOf,
    /// `End case`
    EndCase,
    /// `While (…)`
    While,
    /// `End while`
    EndWhile,
    /// `Repeat`
    Repeat,
    /// `Until (…)`
    Until,
    /// `For (…)`
    For,
    /// `End for`
    EndFor,
    /// `For each (…)`
    ForEach,
    /// `End for each`
    EndForEach,
    /// `Use (…)`
    Use,
    /// `End use`
    EndUse,
    /// `Try`
    Try,
    /// `Catch`
    Catch,
    /// `End try`
    EndTry,
    /// `return`
    Return,
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `var`
    Var,
    /// `property`
    Property,
    /// `Function`
    Function,
    /// `Class constructor`
    ClassConstructor,
    /// `Class extends`
    ClassExtends,
    /// `Alias`
    Alias,
    /// `Begin SQL`
    BeginSql,
    /// `End SQL` without a beginning.
    EndSql,
    /// `exposed`
    Exposed,
    /// `local`
    Local,
    /// `server`
    Server,
    /// `shared`
    Shared,
    /// `session`
    Session,
    /// `singleton`
    Singleton,
    /// `onHTTPGet`
    OnHttpGet,
    /// `get` in `Function get`
    Get,
    /// `set` in `Function set`
    Set,
    /// `query` in `Function query`
    Query,
    /// `orderBy` in `Function orderBy`
    OrderBy,
    /// `event` in `Function event`
    Event,
}

impl Keyword {
    /// All of them.
    #[rustfmt::skip]
    pub const ALL: &[Self] = &[
        Self::If, Self::Else, Self::ElseIf, Self::EndIf, Self::CaseOf, Self::EndCase, Self::While,
        Self::EndWhile, Self::Repeat, Self::Until, Self::For, Self::EndFor, Self::ForEach,
        Self::EndForEach, Self::Use, Self::EndUse, Self::Try, Self::Catch, Self::EndTry, Self::Return,
        Self::Break, Self::Continue, Self::Var, Self::Property, Self::Function, Self::ClassConstructor,
        Self::ClassExtends, Self::Alias, Self::BeginSql, Self::EndSql, Self::Exposed, Self::Local,
        Self::Server, Self::Shared, Self::Session, Self::Singleton, Self::OnHttpGet, Self::Get, Self::Set,
        Self::Query, Self::OrderBy, Self::Event,
    ];

    /// The word as 4D spells it.
    pub fn spelling(self) -> &'static str {
        match self {
            Self::If => "If",
            Self::Else => "Else",
            Self::ElseIf => "Else if",
            Self::EndIf => "End if",
            Self::CaseOf => "Case of",
            Self::EndCase => "End case",
            Self::While => "While",
            Self::EndWhile => "End while",
            Self::Repeat => "Repeat",
            Self::Until => "Until",
            Self::For => "For",
            Self::EndFor => "End for",
            Self::ForEach => "For each",
            Self::EndForEach => "End for each",
            Self::Use => "Use",
            Self::EndUse => "End use",
            Self::Try => "Try",
            Self::Catch => "Catch",
            Self::EndTry => "End try",
            Self::Return => "return",
            Self::Break => "break",
            Self::Continue => "continue",
            Self::Var => "var",
            Self::Property => "property",
            Self::Function => "Function",
            Self::ClassConstructor => "Class constructor",
            Self::ClassExtends => "Class extends",
            Self::Alias => "Alias",
            Self::BeginSql => "Begin SQL",
            Self::EndSql => "End SQL",
            Self::Exposed => "exposed",
            Self::Local => "local",
            Self::Server => "server",
            Self::Shared => "shared",
            Self::Session => "session",
            Self::Singleton => "singleton",
            Self::OnHttpGet => "onHTTPGet",
            Self::Get => "get",
            Self::Set => "set",
            Self::Query => "query",
            Self::OrderBy => "orderBy",
            Self::Event => "event",
        }
    }
}

impl Token {
    /// Whether a value ends with this token; then `[`, `(` or `->` behind it belong to that value.
    pub fn ends_value(self) -> bool {
        matches!(
            self,
            Self::Text
                | Self::Number
                | Self::Hexadecimal
                | Self::Date
                | Self::Time
                | Self::Local
                | Self::Parameter
                | Self::Interprocess
                | Self::Name
                | Self::Command(_)
                | Self::Constant(_)
                | Self::ConstantToken(_)
                | Self::Plugin
                | Self::Table(_)
                | Self::Field(_)
                | Self::Deref
                | Self::CloseParen
                | Self::CloseBracket
                | Self::CloseBrace
        )
    }

    /// The bracket that closes this one.
    pub fn closer(self) -> Option<Self> {
        if self == Self::OpenParen {
            Some(Self::CloseParen)
        } else if matches!(self, Self::OpenBracket | Self::OpenCharacter) {
            Some(Self::CloseBracket)
        } else if matches!(self, Self::OpenBrace | Self::OpenParameter) {
            Some(Self::CloseBrace)
        } else {
            None
        }
    }

    /// Whether it closes a bracket.
    pub fn closes(self) -> bool {
        matches!(self, Self::CloseParen | Self::CloseBracket | Self::CloseBrace)
    }
}

/// Whether two tokens are still these two when nothing stands between them: `*` and `+` would be one.
pub fn stay_apart(left: &str, right: &str) -> bool {
    let both = format!("{left}{right}");
    let mut raw = Token::lexer(&both);
    let mut end = 0;
    while end < left.len() && raw.next().is_some() {
        end = raw.span().end;
    }
    end == left.len()
}

/// Takes the rest of the line, and the next line too when this one ends with `\`.
fn line_comment(lexer: &mut logos::Lexer<'_, Token>) {
    let rest = lexer.remainder().as_bytes();
    let mut end = 0;
    loop {
        let line = rest.get(end..).unwrap_or_default();
        let length = line.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(line.len());
        let content = line.get(..length).unwrap_or_default();
        end += length;
        if content.trim_ascii_end().last() != Some(&b'\\') || length == line.len() {
            break;
        }
        end += if line.get(length..).is_some_and(|rest| rest.starts_with(b"\r\n")) { 2 } else { 1 };
    }
    lexer.bump(end);
}

/// Takes everything up to the `*/` that belongs to this `/*`; false when there is none.
fn block_comment(lexer: &mut logos::Lexer<'_, Token>) -> bool {
    let rest = lexer.remainder().as_bytes();
    let mut depth = 1_u32;
    let mut at = 0;
    while let Some(found) = rest.get(at..).and_then(|rest| rest.iter().position(|b| matches!(b, b'*' | b'/')))
    {
        at += found;
        match rest.get(at..at + 2) {
            Some(b"*/") => {
                at += 2;
                depth -= 1;
                if depth == 0 {
                    lexer.bump(at);
                    return true;
                }
            }
            Some(b"/*") => {
                at += 2;
                depth += 1;
            }
            _ => at += 1,
        }
    }
    lexer.bump(rest.len());
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<(Result<Token, ()>, &str)> {
        Token::lexer(text).spanned().map(|(token, span)| (token, &text[span])).collect()
    }

    fn check(text: &str, expected: &[(Token, &str)]) {
        let expected: Vec<_> = expected.iter().map(|(token, slice)| (Ok(*token), *slice)).collect();
        assert_eq!(tokens(text), expected);
    }

    #[test]
    fn numbers_and_words_that_begin_with_digits() {
        use Token::{Hexadecimal, Number, Word};
        check("12 0.5 5. 1e+21", &[(Number, "12"), (Number, "0.5"), (Number, "5."), (Number, "1e+21")]);
        check("1e3 1e3x", &[(Number, "1e3"), (Word, "1e3x")]);
        check("0x1F 0x1Fz 4D 00_a", &[(Hexadecimal, "0x1F"), (Word, "0x1Fz"), (Word, "4D"), (Word, "00_a")]);
    }

    #[test]
    fn arrows_win_over_shifts() {
        let greater = Token::Binary(BinaryOp::Greater);
        check("$p->>0", &[(Token::Local, "$p"), (Token::Arrow, "->"), (greater, ">"), (Token::Number, "0")]);
    }

    #[test]
    fn texts_with_and_without_an_end() {
        check(r#""a\"b" "c"#, &[(Token::Text, r#""a\"b""#), (Token::UnterminatedText, "\"c")]);
    }

    #[test]
    fn times_and_ternaries() {
        check("?12:30:00?", &[(Token::Time, "?12:30:00?")]);
        let colon = (Token::Colon, ":");
        check("?1:2", &[(Token::Question, "?"), (Token::Number, "1"), colon, (Token::Number, "2")]);
    }

    #[test]
    fn comments() {
        check(
            "// a \\ \n b\nx",
            &[(Token::LineComment, "// a \\ \n b"), (Token::Newline, "\n"), (Token::Word, "x")],
        );
        check("/* a /* b */ c */x", &[(Token::BlockComment, "/* a /* b */ c */"), (Token::Word, "x")]);
        assert_eq!(tokens("/* a"), [(Err(()), "/* a")]);
        check("//a\\\r\nb\r\n", &[(Token::LineComment, "//a\\\r\nb"), (Token::Newline, "\r\n")]);
    }
}
