//! Files: lines to methods and classes.
//!
//! Every line is parsed quickly first. One that fails is parsed once more with an error that remembers, told, and stands
//! in the tree as what its first word says it is, so that the structure around it is unharmed.

use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;
use crate::source::span::Span;
use crate::syntax::Names;
use crate::syntax::block::{Blocks, Placed};
use crate::syntax::declaration::Heading;
use crate::syntax::lexer::{FileKind, Lexeme, Lexer};
use crate::syntax::primitive::{Careful, Context, Extra, In, Quick, Tokens};
use crate::syntax::recovery::{
    BadLine, code_outside_function, declaration_out_of_place, too_long_line, unclosed_comment,
};
use crate::syntax::statement::{Line, Structure, line, lone_expression};
use crate::syntax::token::{Keyword, Token};
use crate::syntax::tree::{
    Block, ClassFile, Expr, ExprKind, For, ForEach, Function, FunctionKind, Method, Modifiers, Name,
    Signature, StatementKind,
};
use chumsky::extra::SimpleState;
use chumsky::prelude::*;

/// After so many problems in one file nobody reads on, and a file of garbage must not fill the memory with them.
const MAX_PROBLEMS: usize = 1_000;

/// Reads a method or a snippet.
pub(super) fn method(file: &SourceFile, names: &dyn Names) -> (Method, Vec<Diagnostic>) {
    let mut reader = Reader::new(file, FileKind::Method, names);
    let mut blocks = Blocks::default();
    let mut method = Method::default();
    let mut told_class = false;
    while let Some(placed) = reader.next_line(&mut blocks) {
        match placed.line {
            Line::Declare(signature) => {
                if method.signature.is_some() || !blocks.is_empty() {
                    reader.tell(late_declaration(placed.word, method.signature.is_some()));
                }
                method.signature.get_or_insert(signature);
            }
            Line::Heading(_) | Line::Extends(_) | Line::Properties(_) | Line::Alias(_) => {
                if !told_class {
                    reader.tell(declaration_out_of_place(
                        "a declaration of a class in a method",
                        placed.span,
                        "only a class file has this",
                        "move it to a file in `Project/Sources/Classes`",
                    ));
                }
                told_class = true;
            }
            Line::Simple(_)
            | Line::Open(_)
            | Line::Else
            | Line::Catch
            | Line::Branch(_)
            | Line::Until(_)
            | Line::Close(_) => blocks.push(placed),
        }
    }
    method.body = blocks.finish();
    reader.tell_all(blocks.take_problems());
    let (comments, attributes, problems) = reader.finish();
    method.comments = comments;
    method.attributes = attributes;
    (method, problems)
}

fn late_declaration(word: Span, second: bool) -> Diagnostic {
    let message = if second { "a second `#DECLARE`" } else { "`#DECLARE` after other code" };
    declaration_out_of_place(
        message,
        word,
        "must be the first line of code",
        "put one `#DECLARE` with all parameters at the top of the method",
    )
}

/// Reads an expression that stands alone.
pub(super) fn expression(file: &SourceFile, names: &dyn Names) -> (Option<Expr>, Vec<Diagnostic>) {
    let mut reader = Reader::new(file, FileKind::Method, names);
    let mut expression = None;
    while reader.fill() {
        if expression.is_some() {
            let span = reader.span();
            reader.tell(declaration_out_of_place(
                "more than one line where an expression was expected",
                span,
                "one line too many",
                "write one expression",
            ));
            break;
        }
        expression = Some(reader.read_expression());
    }
    let (_, _, problems) = reader.finish();
    (expression, problems)
}

/// Reads a class.
pub(super) fn class(file: &SourceFile, names: &dyn Names) -> (ClassFile, Vec<Diagnostic>) {
    let mut reader = Reader::new(file, FileKind::Class, names);
    let mut building = ClassBuilder::default();
    while let Some(placed) = reader.next_line(&mut building.blocks) {
        building.push(placed, &mut reader);
    }
    building.end_function(&mut reader);
    let mut class = building.class;
    let (comments, attributes, problems) = reader.finish();
    class.comments = comments;
    class.attributes = attributes;
    (class, problems)
}

/// A class whose functions are being read.
#[derive(Default)]
struct ClassBuilder {
    class: ClassFile,
    function: Option<Function>,
    blocks: Blocks,
    told_code: bool,
}

impl ClassBuilder {
    fn push(&mut self, placed: Placed, reader: &mut Reader<'_>) {
        let Placed { line, span, word, indent } = placed;
        match line {
            Line::Heading(heading) => self.begin_function(*heading, span, reader),
            Line::Properties(properties) => self.class.properties.extend(properties),
            Line::Alias(alias) => self.class.aliases.push(alias),
            Line::Extends(name) => {
                if self.class.extends.is_some() || self.function.is_some() {
                    reader.tell(declaration_out_of_place(
                        "`Class extends` below other code",
                        word,
                        "must be the first line of the class",
                        "put one `Class extends` at the top of the file",
                    ));
                }
                self.class.extends.get_or_insert(name);
            }
            Line::Declare(_) => reader.tell(declaration_out_of_place(
                "`#DECLARE` in a class",
                word,
                "only methods have this",
                "write the parameters behind the name of the function: `Function f($a : Text)`",
            )),
            Line::Simple(_)
            | Line::Open(_)
            | Line::Else
            | Line::Catch
            | Line::Branch(_)
            | Line::Until(_)
            | Line::Close(_) => self.code(Placed { line, span, word, indent }, reader),
        }
    }

    /// A line of code: part of a function, or a mistake at the head of the class, told once.
    fn code(&mut self, placed: Placed, reader: &mut Reader<'_>) {
        if self.function.is_some() {
            self.blocks.push(placed);
        } else if !self.told_code && placed.line != Line::Simple(StatementKind::Error) {
            reader.tell(code_outside_function(placed.span));
            self.told_code = true;
        }
    }

    fn begin_function(&mut self, heading: Heading, span: Span, reader: &mut Reader<'_>) {
        self.end_function(reader);
        let Heading { kind, modifiers, name, signature } = heading;
        if kind == FunctionKind::Constructor && !self.class.constructors.is_empty() {
            reader.tell(declaration_out_of_place(
                "a second `Class constructor`",
                span,
                "a class has one constructor at most",
                "join the two",
            ));
        }
        self.function = Some(Function { kind, modifiers, name, signature, body: Block::default(), span });
    }

    fn end_function(&mut self, reader: &mut Reader<'_>) {
        let body = self.blocks.finish();
        reader.tell_all(self.blocks.take_problems());
        let Some(function) = self.function.take() else { return };
        let function = Function { body, ..function };
        if function.kind == FunctionKind::Constructor {
            self.class.constructors.push(function);
        } else {
            self.class.functions.push(function);
        }
    }
}

/// Reads lines and collects what is wrong with them.
struct Reader<'t> {
    file: &'t SourceFile,
    lexer: Lexer<'t>,
    tokens: Vec<Lexeme>,
    problems: Vec<Diagnostic>,
}

impl<'t> Reader<'t> {
    fn new(file: &'t SourceFile, kind: FileKind, names: &'t dyn Names) -> Self {
        let lexer = Lexer::new(&file.text, file.id, kind, names);
        Self { file, lexer, tokens: Vec::new(), problems: Vec::new() }
    }

    fn tell(&mut self, problem: Diagnostic) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(problem);
        }
    }

    fn tell_all(&mut self, problems: Vec<Diagnostic>) {
        for problem in problems {
            self.tell(problem);
        }
    }

    fn finish(
        mut self,
    ) -> (Vec<crate::syntax::tree::Comment>, Option<crate::syntax::tree::Attributes>, Vec<Diagnostic>) {
        let (comments, attributes, unclosed) = self.lexer.finish();
        self.problems.extend(unclosed.map(unclosed_comment));
        self.problems.sort_by_key(|problem| problem.primary.as_ref().map_or(0, |label| label.span.start));
        (comments, attributes, self.problems)
    }

    /// Takes the tokens of the next line; false at the end.
    fn fill(&mut self) -> bool {
        self.lexer.next_line(&mut self.tokens)
    }

    /// The place of the line.
    fn span(&self) -> Span {
        let start = self.tokens.first().map_or(0, |first| first.start);
        let end = self.tokens.last().map_or(0, |last| last.end);
        Span::new(self.file.id, start, end)
    }

    fn next_line(&mut self, blocks: &mut Blocks) -> Option<Placed> {
        if !self.fill() {
            return None;
        }
        let span = self.span();
        let first = self.tokens.first().copied()?;
        let word = Span::new(self.file.id, first.start, first.end);
        if self.lexer.is_too_long() {
            self.tell(too_long_line(word));
            return Some(Placed { line: fallback(&self.tokens, span), span, word, indent: 0 });
        }
        let line = match quick(line::<Quick>, &self.tokens, self.file) {
            Some(line) => line,
            None => {
                let problems = careful(line::<Careful<'_>>, &self.tokens, self.file);
                self.tell_all(problems);
                if first.token == Token::Keyword(Keyword::ElseIf) {
                    blocks.excuse();
                }
                fallback(&self.tokens, span)
            }
        };
        let indent = self.indent(first.start, &line);
        Some(Placed { line, span, word, indent })
    }

    /// How many bytes stand before the line; only structures ask.
    fn indent(&self, start: u32, line: &Line) -> u32 {
        if matches!(line, Line::Simple(_)) {
            return 0;
        }
        let before = self.file.text.as_bytes().get(..start as usize).unwrap_or_default();
        let blanks = before.iter().rev().take_while(|byte| !matches!(byte, b'\n' | b'\r')).count();
        u32::try_from(blanks).unwrap_or(u32::MAX)
    }

    fn read_expression(&mut self) -> Expr {
        if let Some(expression) = quick(lone_expression::<Quick>, &self.tokens, self.file) {
            return expression;
        }
        let problems = careful(lone_expression::<Careful<'_>>, &self.tokens, self.file);
        self.tell_all(problems);
        Expr { kind: ExprKind::Error, span: self.span() }
    }
}

/// Parses a line with no thought of errors.
fn quick<'s, T: Send>(
    parser: fn(&mut In<'s, '_, Quick>) -> Result<T, Quick>,
    tokens: Tokens<'s>,
    file: &'s SourceFile,
) -> Option<T> {
    with_room(tokens, move || {
        let mut state = SimpleState(Context::new(&file.text, file.id));
        let parser = custom::<_, Tokens<'s>, T, Extra<'s, Quick>>(parser);
        parser.parse_with_state(tokens, &mut state).into_output()
    })
}

/// Parses a line that is known to be wrong, and tells what is wrong.
fn careful<'s, T>(
    parser: fn(&mut In<'s, '_, Careful<'s>>) -> Result<T, Careful<'s>>,
    tokens: Tokens<'s>,
    file: &'s SourceFile,
) -> Vec<Diagnostic> {
    with_room(tokens, move || {
        let mut state = SimpleState(Context::new(&file.text, file.id));
        // The error is an output here: chumsky would weigh it against errors that were overcome.
        let parser = custom::<_, Tokens<'s>, Option<Careful<'s>>, Extra<'s, Careful<'s>>>(move |inp| {
            let error = parser(inp).err();
            while inp.next_ref().is_some() {}
            Ok(error)
        });
        let error = parser.parse_with_state(tokens, &mut state).into_output().flatten();
        let bad = BadLine { text: &file.text, source: file.id, tokens };
        error.map(|error| bad.explain(&error)).unwrap_or_default()
    })
}

/// How many levels are read on the stack of the caller, who may be deep in a program already: about half a megabyte.
const LEVELS_AT_HAND: usize = if cfg!(debug_assertions) { 24 } else { 64 };
/// Enough for the deepest expression that is read, even without optimisation.
const LARGE_STACK: usize = 32 << 20;

/// Does the work on a stack that is large enough for what nests in these tokens.
fn with_room<T: Send>(tokens: Tokens<'_>, work: impl Fn() -> T + Send + Sync) -> T {
    if tokens.len() <= LEVELS_AT_HAND || levels(tokens) <= LEVELS_AT_HAND {
        return work();
    }
    let on_large_stack = || {
        std::thread::scope(|scope| {
            let thread =
                std::thread::Builder::new().stack_size(LARGE_STACK).spawn_scoped(scope, &work).ok()?;
            thread.join().ok()
        })
    };
    // Where there are no threads left the stack at hand has to do.
    on_large_stack().unwrap_or_else(&work)
}

/// How many brackets and ternaries may be open at once, at most.
fn levels(tokens: Tokens<'_>) -> usize {
    let mut open = 0_usize;
    let mut most = 0;
    let mut ternaries = 0;
    for lexeme in tokens {
        if lexeme.token.closer().is_some() {
            open += 1;
            most = most.max(open);
        } else if lexeme.token.closes() {
            open = open.saturating_sub(1);
        } else if lexeme.token == Token::Question {
            ternaries += 1;
        }
    }
    most + ternaries
}

/// What a bad line is taken for, from its first word.
fn fallback(tokens: &[Lexeme], span: Span) -> Line {
    let nothing = || Expr { kind: ExprKind::Error, span };
    let body = Block::default();
    let word = match tokens.first().map(|first| first.token) {
        Some(Token::Keyword(word)) => word,
        Some(Token::Colon) => return Line::Branch(nothing()),
        Some(Token::Declare) => return Line::Declare(Signature { span, ..Signature::default() }),
        _ => return Line::Simple(StatementKind::Error),
    };
    match Some(word) {
        Some(Keyword::If) => Line::Open(Structure::If(nothing())),
        Some(Keyword::While) => Line::Open(Structure::While(nothing())),
        Some(Keyword::Use) => Line::Open(Structure::Use(nothing())),
        Some(Keyword::CaseOf) => Line::Open(Structure::CaseOf),
        Some(Keyword::Repeat) => Line::Open(Structure::Repeat),
        Some(Keyword::Try) => Line::Open(Structure::Try),
        Some(Keyword::For) => {
            let heading = For { counter: nothing(), start: nothing(), end: nothing(), step: None, body };
            Line::Open(Structure::For(Box::new(heading)))
        }
        Some(Keyword::ForEach) => {
            let heading =
                ForEach { item: nothing(), values: nothing(), begin: None, end: None, clause: None, body };
            Line::Open(Structure::ForEach(Box::new(heading)))
        }
        Some(Keyword::Until) => Line::Until(nothing()),
        Some(Keyword::Else | Keyword::ElseIf) => Line::Else,
        Some(Keyword::Catch) => Line::Catch,
        Some(
            Keyword::EndIf
            | Keyword::EndCase
            | Keyword::EndWhile
            | Keyword::EndFor
            | Keyword::EndForEach
            | Keyword::EndUse
            | Keyword::EndTry
            | Keyword::EndSql,
        ) => Line::Close(word),
        Some(Keyword::Property) => Line::Properties(Vec::new()),
        _ => fallback_heading(tokens, span),
    }
}

/// A heading that could not be read still begins a function.
fn fallback_heading(tokens: &[Lexeme], span: Span) -> Line {
    let has = |word| tokens.iter().any(|lexeme| lexeme.token == Token::Keyword(word));
    let kind = if has(Keyword::Function) {
        FunctionKind::Plain
    } else if has(Keyword::ClassConstructor) {
        FunctionKind::Constructor
    } else {
        return Line::Simple(StatementKind::Error);
    };
    let name = Name { text: String::new(), span };
    let signature = Signature { span, ..Signature::default() };
    Line::Heading(Box::new(Heading { kind, modifiers: Modifiers::default(), name, signature }))
}
