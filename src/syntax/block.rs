//! Lines to blocks: an explicit stack of open structures, so that no program is too deep to read or to drop.
//!
//! Every line was read by itself. What is wrong between lines is told here, one message a mistake: a structure that is
//! never closed is told where it was opened, and a word that closes nothing is left out. Where both explanations are
//! possible the indentation decides, as it does for a reader.

use crate::diagnostics::Diagnostic;
use crate::source::span::Span;
use crate::syntax::recovery::{
    branch_after_else, code_before_branch, never_closed, out_of_place, second_else, stray_closer,
    too_many_blocks, wrong_closer,
};
use crate::syntax::statement::{Line, Structure};
use crate::syntax::token::Keyword;
use crate::syntax::tree::{Block, Branch, Expr, ExprKind, For, ForEach, Statement, StatementKind};
use std::mem::take;

/// How many structures may be open at once.
pub(super) const MAX_BLOCKS: usize = 256;

/// A line and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// What it says.
    pub(super) line: Line,
    /// All of it.
    pub(super) span: Span,
    /// Its first word.
    pub(super) word: Span,
    /// How many characters stand before it.
    pub(super) indent: u32,
}

/// A structure that is open, and the part of it that is being filled.
#[derive(Debug)]
enum Part {
    If(Expr),
    IfElse(Expr, Block),
    CaseOf(Vec<Branch>, Option<Expr>),
    CaseElse(Vec<Branch>),
    While(Expr),
    Repeat,
    For(Box<For>),
    ForEach(Box<ForEach>),
    Use(Expr),
    Try,
    Catch(Block),
}

#[derive(Debug)]
struct Frame {
    part: Part,
    keyword: Keyword,
    span: Span,
    word: Span,
    indent: u32,
    /// `Else if` was reported here; what follows from it is not.
    excused: bool,
    statements: Vec<Statement>,
}

/// Puts lines together.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    frames: Vec<Frame>,
    body: Vec<Statement>,
    /// How many structures are open beyond [`MAX_BLOCKS`]; their lines are dropped.
    beyond: u32,
    problems: Vec<Diagnostic>,
}

impl Blocks {
    /// Whether nothing was put in so far.
    pub(super) fn is_empty(&self) -> bool {
        self.frames.is_empty() && self.body.is_empty()
    }

    /// Ends the method or function: what is open is never closed. Leaves everything ready for the next.
    pub(super) fn finish(&mut self) -> Block {
        while let Some(frame) = self.frames.pop() {
            self.problems.push(never_closed(frame.keyword, frame.word, None));
            self.close_frame(frame, None);
        }
        self.beyond = 0;
        Block { statements: take(&mut self.body) }
    }

    /// What was wrong between lines.
    pub(super) fn take_problems(&mut self) -> Vec<Diagnostic> {
        take(&mut self.problems)
    }

    /// Excuses what an `Else if` brings about.
    pub(super) fn excuse(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.excused = true;
        }
    }

    /// Puts a line of a body where it belongs.
    pub(super) fn push(&mut self, placed: Placed) {
        if self.beyond > 0 {
            if matches!(placed.line, Line::Open(_)) {
                self.beyond += 1;
            } else if matches!(placed.line, Line::Close(_) | Line::Until(_)) {
                self.beyond -= 1;
            }
            return;
        }
        let Placed { line, span, word, indent } = placed;
        match line {
            Line::Simple(kind) => self.statement(Statement { kind, span }),
            Line::Open(structure) => self.open(structure, span, word, indent),
            Line::Else => self.otherwise(word, indent),
            Line::Catch => self.catch(word),
            Line::Branch(condition) => self.branch(condition, word),
            Line::Until(condition) => self.close(Keyword::Until, word, indent, Some(condition)),
            Line::Close(keyword) => self.close(keyword, word, indent, None),
            // Declarations are no part of a body: whoever reads the file takes them out before.
            Line::Declare(_) | Line::Heading(_) | Line::Extends(_) | Line::Properties(_) | Line::Alias(_) => {
            }
        }
    }

    fn statement(&mut self, statement: Statement) {
        let Some(frame) = self.frames.last_mut() else {
            self.body.push(statement);
            return;
        };
        let before_branch = matches!(&frame.part, Part::CaseOf(branches, None) if branches.is_empty());
        if before_branch && !frame.excused {
            frame.excused = true;
            self.problems.push(code_before_branch(statement.span, frame.word));
        }
        frame.statements.push(statement);
    }

    fn open(&mut self, structure: Structure, span: Span, word: Span, indent: u32) {
        if self.frames.len() >= MAX_BLOCKS {
            self.problems.push(too_many_blocks(word));
            self.beyond = 1;
            return;
        }
        let (part, keyword) = match structure {
            Structure::If(condition) => (Part::If(condition), Keyword::If),
            Structure::CaseOf => (Part::CaseOf(Vec::new(), None), Keyword::CaseOf),
            Structure::While(condition) => (Part::While(condition), Keyword::While),
            Structure::Repeat => (Part::Repeat, Keyword::Repeat),
            Structure::For(heading) => (Part::For(heading), Keyword::For),
            Structure::ForEach(heading) => (Part::ForEach(heading), Keyword::ForEach),
            Structure::Use(target) => (Part::Use(target), Keyword::Use),
            Structure::Try => (Part::Try, Keyword::Try),
        };
        self.frames.push(Frame { part, keyword, span, word, indent, excused: false, statements: Vec::new() });
    }

    /// Closes what stands above a frame, each with its message.
    fn unwind_above(&mut self, index: usize, noticed: (Span, &str)) {
        while self.frames.len() > index + 1 {
            if let Some(frame) = self.frames.pop() {
                self.problems.push(never_closed(frame.keyword, frame.word, Some(noticed)));
                self.close_frame(frame, None);
            }
        }
    }

    fn otherwise(&mut self, word: Span, indent: u32) {
        let takes_else = |frame: &Frame| matches!(frame.part, Part::If(_) | Part::CaseOf(..));
        let has_else = |frame: &Frame| matches!(frame.part, Part::IfElse(..) | Part::CaseElse(_));
        let inner = self.frames.iter().rposition(|frame| takes_else(frame) || has_else(frame));
        let aligned = self.frames.iter().rposition(|frame| takes_else(frame) && frame.indent == indent);
        let index = match (inner, aligned) {
            (None, _) => {
                self.problems.push(out_of_place("Else", "outside `If` and `Case of`", word));
                return;
            }
            (Some(inner), Some(aligned)) if self.frames.get(inner).is_some_and(has_else) => aligned,
            (Some(inner), _) => inner,
        };
        self.unwind_above(index, (word, "Else"));
        let Some(frame) = self.frames.last_mut() else { return };
        let block = Block { statements: take(&mut frame.statements) };
        // `Repeat` holds the place while the part is taken apart.
        let part = std::mem::replace(&mut frame.part, Part::Repeat);
        frame.part = if let Part::If(condition) = part {
            Part::IfElse(condition, block)
        } else if let Part::CaseOf(mut branches, current) = part {
            branches.extend(current.map(|condition| Branch { condition, body: block }));
            Part::CaseElse(branches)
        } else {
            frame.statements = block.statements;
            if !frame.excused {
                self.problems.push(second_else(word, frame.word));
            }
            part
        };
    }

    fn catch(&mut self, word: Span) {
        let Some(index) = self.frames.iter().rposition(|frame| matches!(frame.part, Part::Try)) else {
            self.problems.push(out_of_place("Catch", "outside `Try`", word));
            return;
        };
        self.unwind_above(index, (word, "Catch"));
        if let Some(frame) = self.frames.last_mut() {
            frame.part = Part::Catch(Block { statements: take(&mut frame.statements) });
        }
    }

    fn branch(&mut self, condition: Expr, word: Span) {
        let is_case = |frame: &Frame| matches!(frame.part, Part::CaseOf(..) | Part::CaseElse(_));
        let Some(index) = self.frames.iter().rposition(is_case) else {
            self.problems.push(out_of_place(":", "outside `Case of`", word));
            return;
        };
        self.unwind_above(index, (word, ":"));
        let Some(frame) = self.frames.last_mut() else { return };
        let block = Block { statements: take(&mut frame.statements) };
        let part = std::mem::replace(&mut frame.part, Part::Repeat);
        let branches = if let Part::CaseOf(mut branches, current) = part {
            branches.extend(current.map(|condition| Branch { condition, body: block }));
            branches
        } else if let Part::CaseElse(branches) = part {
            self.problems.push(branch_after_else(word));
            branches
        } else {
            Vec::new()
        };
        frame.part = Part::CaseOf(branches, Some(condition));
    }

    fn close(&mut self, closer: Keyword, word: Span, indent: u32, condition: Option<Expr>) {
        let wanted = opener(closer);
        let opened = self.frames.iter().rposition(|frame| Some(frame.keyword) == wanted);
        let top = self.frames.len().wrapping_sub(1);
        let aligned = |index: usize| self.frames.get(index).is_some_and(|frame| frame.indent == indent);
        match opened {
            Some(index) if index == top || !aligned(top) || aligned(index) => {
                self.unwind_above(index, (word, closer.spelling()));
                if let Some(frame) = self.frames.pop() {
                    self.close_frame(frame, condition);
                }
            }
            _ if aligned(top) => {
                if let Some(frame) = self.frames.pop() {
                    self.problems.push(wrong_closer(closer, word, frame.keyword, frame.word));
                    self.close_frame(frame, condition);
                }
            }
            _ => self.problems.push(stray_closer(closer, wanted, word)),
        }
    }

    /// Makes a statement of a structure that is complete.
    fn close_frame(&mut self, frame: Frame, until: Option<Expr>) {
        let Frame { part, span, statements, .. } = frame;
        let block = Block { statements };
        let kind = match part {
            Part::If(condition) => StatementKind::If { condition, then: block, otherwise: None },
            Part::IfElse(condition, then) => StatementKind::If { condition, then, otherwise: Some(block) },
            Part::CaseOf(mut branches, current) => {
                branches.extend(current.map(|condition| Branch { condition, body: block }));
                StatementKind::CaseOf { branches, otherwise: None }
            }
            Part::CaseElse(branches) => StatementKind::CaseOf { branches, otherwise: Some(block) },
            Part::While(condition) => StatementKind::While { condition, body: block },
            Part::Repeat => {
                let condition = until.unwrap_or(Expr { kind: ExprKind::Error, span: span.after() });
                StatementKind::Repeat { body: block, condition }
            }
            Part::For(heading) => StatementKind::For(Box::new(For { body: block, ..*heading })),
            Part::ForEach(heading) => StatementKind::ForEach(Box::new(ForEach { body: block, ..*heading })),
            Part::Use(target) => StatementKind::Use { target, body: block },
            Part::Try => StatementKind::Try { body: block, catch: None },
            Part::Catch(body) => StatementKind::Try { body, catch: Some(block) },
        };
        self.statement(Statement { kind, span });
    }
}

/// What this word closes.
fn opener(closer: Keyword) -> Option<Keyword> {
    const PAIRS: &[(Keyword, Keyword)] = &[
        (Keyword::EndIf, Keyword::If),
        (Keyword::EndCase, Keyword::CaseOf),
        (Keyword::EndWhile, Keyword::While),
        (Keyword::Until, Keyword::Repeat),
        (Keyword::EndFor, Keyword::For),
        (Keyword::EndForEach, Keyword::ForEach),
        (Keyword::EndUse, Keyword::Use),
        (Keyword::EndTry, Keyword::Try),
        (Keyword::EndSql, Keyword::BeginSql),
    ];
    PAIRS.iter().find(|(close, _)| *close == closer).map(|(_, open)| *open)
}
