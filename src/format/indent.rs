//! How deep each line stands: a tab for each structure around it, two inside a branch of `Case of`.

use crate::syntax::lexer::Lexeme;
use crate::syntax::token::{Keyword, Token};

/// A structure that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    /// `If`, `For` and all others.
    Plain,
    /// `Case of`, whose branches stand one deeper and their code two.
    Case,
}

impl Open {
    fn depth(self) -> usize {
        match self {
            Self::Plain => 1,
            Self::Case => 2,
        }
    }
}

/// What a line does to the structures around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    Nothing,
    Opens,
    OpensCase,
    Divides,
    Closes,
    /// The heading of a function: its code stands one deeper.
    Heading,
    /// A declaration of a class: at the margin.
    Declares,
    /// `:` at the beginning of a line.
    Branch,
}

/// The structures that are open where the layout is.
#[derive(Debug, Default)]
pub(super) struct Indent {
    base: usize,
    open: Vec<Open>,
}

impl Indent {
    /// How deep a line stands that opens and closes nothing.
    pub(super) fn level(&self) -> usize {
        self.base + self.open.iter().map(|open| open.depth()).sum::<usize>()
    }

    /// Takes a logical line, and tells how deep it stands itself.
    pub(super) fn take(&mut self, line: &[Lexeme]) -> usize {
        match effect(line) {
            Effect::Nothing => self.level(),
            Effect::Opens => self.push(Open::Plain),
            Effect::OpensCase => self.push(Open::Case),
            Effect::Branch | Effect::Divides => self.level().saturating_sub(1),
            Effect::Closes => {
                self.open.pop();
                self.level()
            }
            Effect::Heading => {
                self.open.clear();
                self.base = 1;
                0
            }
            Effect::Declares => 0,
        }
    }

    fn push(&mut self, open: Open) -> usize {
        let level = self.level();
        self.open.push(open);
        level
    }
}

fn effect(line: &[Lexeme]) -> Effect {
    let mut keywords = line
        .iter()
        .map_while(|lexeme| if let Token::Keyword(keyword) = lexeme.token { Some(keyword) } else { None });
    let first = keywords.next();
    if first.is_none() {
        let is_branch = line.first().is_some_and(|lexeme| lexeme.token == Token::Colon);
        return if is_branch { Effect::Branch } else { Effect::Nothing };
    }
    first
        .into_iter()
        .chain(keywords)
        .map(of_keyword)
        .find(|effect| *effect != Effect::Nothing)
        .unwrap_or(Effect::Nothing)
}

fn of_keyword(keyword: Keyword) -> Effect {
    match keyword {
        Keyword::If
        | Keyword::While
        | Keyword::Repeat
        | Keyword::For
        | Keyword::ForEach
        | Keyword::Use
        | Keyword::Try => Effect::Opens,
        Keyword::CaseOf => Effect::OpensCase,
        Keyword::Else | Keyword::ElseIf | Keyword::Catch => Effect::Divides,
        Keyword::EndIf
        | Keyword::EndCase
        | Keyword::EndWhile
        | Keyword::Until
        | Keyword::EndFor
        | Keyword::EndForEach
        | Keyword::EndUse
        | Keyword::EndTry => Effect::Closes,
        Keyword::Function | Keyword::ClassConstructor => Effect::Heading,
        Keyword::Property | Keyword::ClassExtends | Keyword::Alias => Effect::Declares,
        Keyword::Return
        | Keyword::Break
        | Keyword::Continue
        | Keyword::Var
        | Keyword::BeginSql
        | Keyword::EndSql
        | Keyword::Exposed
        | Keyword::Local
        | Keyword::Server
        | Keyword::Shared
        | Keyword::Session
        | Keyword::Singleton
        | Keyword::OnHttpGet
        | Keyword::Get
        | Keyword::Set
        | Keyword::Query
        | Keyword::OrderBy
        | Keyword::Event => Effect::Nothing,
    }
}
