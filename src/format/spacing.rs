//! Which signs have blanks around them, and what a colon or a name means where it stands.

use crate::syntax::lexer::Lexeme;
use crate::syntax::operator::BinaryOp;
use crate::syntax::token::{Keyword, Token};

/// An open bracket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bracket {
    /// `{` of an object; whether a name stands next.
    Object(bool),
    /// Every other.
    Other,
}

/// What a token is in its line, beyond its kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Role {
    /// A blank before it.
    pub before: bool,
    /// A blank behind it.
    pub after: bool,
    /// The name of a member of an object: as it is written, whatever it means elsewhere.
    pub is_key: bool,
    /// The name of a type, or the `cs` or `4D` at its beginning.
    pub is_type: bool,
}

/// Reads a logical line from left to right.
#[derive(Debug, Default)]
pub(super) struct Spacing {
    brackets: Vec<Bracket>,
    /// The line declares: a colon is followed by a type.
    declares: bool,
    last: Option<Token>,
    /// A type was announced by a colon, and is not over.
    in_type: bool,
}

impl Spacing {
    /// What the next token is.
    pub(super) fn role(&mut self, token: Token, next: Option<Token>) -> Role {
        let mut role = Role::default();
        let first = self.last.is_none();
        if first {
            self.declares = matches!(token, Token::Declare);
        }
        self.in_type &= matches!(token, Token::Dot | Token::Name | Token::Command(_));
        let was_in_type = self.in_type;
        match (token, first) {
            (Token::Binary(op), _) if is_spaced(op) => (role.before, role.after) = (true, true),
            (Token::Question | Token::Ellipsis, _) => (role.before, role.after) = (true, true),
            (Token::Semicolon, _) => {
                role.after = true;
                if let Some(Bracket::Object(expects)) = self.brackets.last_mut() {
                    *expects = true;
                }
            }
            (Token::Colon, first) => role = self.colon(first),
            (Token::Assign(_), _) => self.declares &= !self.brackets.is_empty(),
            (Token::Keyword(keyword), first) => {
                self.declares |= declares(keyword);
                role.before = !first && !matches!(self.last, Some(Token::Keyword(_)));
                role.after = !(keyword == Keyword::ClassConstructor && next == Some(Token::OpenParen));
            }
            (Token::OpenBrace, _) => {
                let is_object = !self.last.is_some_and(Token::ends_value);
                self.brackets.push(if is_object { Bracket::Object(true) } else { Bracket::Other });
            }
            (Token::OpenParen | Token::OpenBracket | Token::OpenCharacter | Token::OpenParameter, _) => {
                self.brackets.push(Bracket::Other);
            }
            (Token::CloseParen | Token::CloseBracket | Token::CloseBrace, _) => {
                self.brackets.pop();
            }
            _ => {
                role.is_key = matches!(self.brackets.last(), Some(Bracket::Object(true)));
                role.is_type = was_in_type && !role.is_key;
                role.before = matches!(token, Token::Name) && self.last == Some(Token::Name);
            }
        }
        self.last = Some(token);
        role
    }

    fn colon(&mut self, first: bool) -> Role {
        if let Some(Bracket::Object(expects @ true)) = self.brackets.last_mut() {
            *expects = false;
            return Role { after: true, ..Role::default() };
        }
        self.in_type = self.declares;
        Role { before: !first, after: true, ..Role::default() }
    }
}

/// Whether the words of a line that begins so are declared.
fn declares(keyword: Keyword) -> bool {
    matches!(keyword, Keyword::Var | Keyword::Property | Keyword::Function | Keyword::ClassConstructor)
}

fn is_spaced(op: BinaryOp) -> bool {
    match op {
        BinaryOp::And
        | BinaryOp::Or
        | BinaryOp::Xor
        | BinaryOp::ShortAnd
        | BinaryOp::ShortOr
        | BinaryOp::ShiftLeft
        | BinaryOp::ShiftRight
        | BinaryOp::BitSet
        | BinaryOp::BitClear
        | BinaryOp::BitTest => true,
        BinaryOp::Add
        | BinaryOp::Subtract
        | BinaryOp::Multiply
        | BinaryOp::Divide
        | BinaryOp::IntegerDivide
        | BinaryOp::Modulo
        | BinaryOp::Power
        | BinaryOp::Equal
        | BinaryOp::NotEqual
        | BinaryOp::Less
        | BinaryOp::LessOrEqual
        | BinaryOp::Greater
        | BinaryOp::GreaterOrEqual
        | BinaryOp::ScaleWidth
        | BinaryOp::ScaleHeight => false,
    }
}

/// Whether the editor leaves a blank behind this word when nothing else stands in its line.
pub(super) fn trails(line: &[Lexeme]) -> bool {
    let [Lexeme { token: Token::Keyword(keyword), .. }] = line else { return false };
    matches!(
        keyword,
        Keyword::CaseOf
            | Keyword::Else
            | Keyword::EndCase
            | Keyword::EndFor
            | Keyword::EndForEach
            | Keyword::EndIf
            | Keyword::EndUse
            | Keyword::EndWhile
            | Keyword::Repeat
            | Keyword::Return
    )
}
