//! Text to tree. Knows nothing of meaning: the names of commands, constants and methods come in through [`Names`].

pub mod tree;

pub mod visit;

pub mod operator;

pub mod token;

pub mod lexer;

mod keyword;

mod primitive;

mod expression;

mod statement;

mod declaration;

mod block;

mod recovery;

mod file;

pub mod print;

pub mod dump;

use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;
use crate::syntax::tree::{ClassFile, Expr, Method, Tree};

/// Reads a method. Never fails: what could not be read is told in the diagnostics.
pub fn parse_method(file: &SourceFile, names: &dyn Names) -> (Method, Vec<Diagnostic>) {
    file::method(file, names)
}

/// Reads a class.
pub fn parse_class(file: &SourceFile, names: &dyn Names) -> (ClassFile, Vec<Diagnostic>) {
    file::class(file, names)
}

/// Reads a snippet: like a method; a single expression is one too.
pub fn parse_snippet(file: &SourceFile, names: &dyn Names) -> (Method, Vec<Diagnostic>) {
    file::method(file, names)
}

/// Reads an expression that stands alone in its text, such as a formula.
pub fn parse_expression(file: &SourceFile, names: &dyn Names) -> (Option<Expr>, Vec<Diagnostic>) {
    file::expression(file, names)
}

/// Reads a file as what its place on disk says: a class when its folder is `Classes`, a method otherwise.
pub fn parse_file(file: &SourceFile, names: &dyn Names) -> (Tree, Vec<Diagnostic>) {
    let folder = file.path.as_deref().and_then(|path| path.parent()).and_then(|folder| folder.file_name());
    if folder.is_some_and(|name| name.eq_ignore_ascii_case("Classes")) {
        let (class, diagnostics) = file::class(file, names);
        (Tree::Class(class), diagnostics)
    } else {
        let (method, diagnostics) = file::method(file, names);
        (Tree::Method(method), diagnostics)
    }
}

/// What a name that the lexer met stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// A command, by its number.
    Command(u16),
    /// A constant, by the number that the set of names gives it.
    Constant(u32),
    /// A method of the project.
    Method,
}

/// The names that a run of words may be cut into.
pub trait Names {
    /// What these words, joined by one blank, name. Case does not matter.
    fn find(&self, words: &str) -> Option<Known>;
}

/// No names at all: what `check --syntax-only` of a lone file may fall back on, and tests use.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoNames;

impl Names for NoNames {
    fn find(&self, _words: &str) -> Option<Known> {
        None
    }
}
