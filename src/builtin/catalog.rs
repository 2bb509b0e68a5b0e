//! Every builtin by number and by name: what the lexer cuts names with, what the resolver looks up, what completion
//! and suggestions search.

use std::hash::Hasher;

use rustc_hash::FxHashMap;

use crate::builtin::native::{Body, Native};
use crate::builtin::{
    Class, Command, Constant, ConstantTheme, Function, Property, Special, Theme, Unavailable,
    UnavailableClass,
};
use crate::syntax::{Known, Names};

/// The command, constant and class tables, indexed.
pub struct Catalog {
    commands: FxHashMap<u16, Entry>,
    constants: Vec<&'static Constant>,
    constants_by_token: FxHashMap<(u16, u16), u32>,
    /// By the number that the folded name hashes to.
    names: FxHashMap<u64, (&'static str, Known)>,
    /// Names whose number another name has: hardly ever any.
    clashes: Vec<(&'static str, Known)>,
    classes: FxHashMap<String, &'static Class>,
    missing_classes: FxHashMap<String, &'static UnavailableClass>,
}

/// A command of 4D, whether it can be used here or not.
#[derive(Clone, Copy)]
pub enum Entry {
    /// It can.
    Available(&'static Command),
    /// It cannot; the record says why.
    Unavailable(&'static Unavailable),
}

impl Entry {
    /// The name today.
    pub fn name(self) -> &'static str {
        match self {
            Self::Available(command) => command.name,
            Self::Unavailable(command) => command.name,
        }
    }
}

/// The tables that a catalog is made from.
pub struct Tables {
    /// `commands::THEMES`
    pub themes: &'static [&'static Theme],
    /// `commands::unavailable::COMMANDS`
    pub unavailable: &'static [Unavailable],
    /// Older names and other spellings of commands.
    pub command_aliases: &'static [(&'static str, u16)],
    /// `constants::THEMES`
    pub constants: &'static [&'static ConstantTheme],
    /// Older names and other spellings of constants: the alias and the name today.
    pub constant_aliases: &'static [(&'static str, &'static str)],
    /// `classes::CLASSES`
    pub classes: &'static [&'static Class],
    /// `classes::unavailable::CLASSES`
    pub unavailable_classes: &'static [UnavailableClass],
}

/// About as many names as there are.
const MANY: usize = 8192;

/// A number for a name that does not depend on its case; nothing is allocated, since the lexer asks for every word.
fn fold_hash(name: &str) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    if name.is_ascii() {
        name.bytes().for_each(|byte| hasher.write_u8(byte.to_ascii_lowercase()));
    } else {
        name.chars().flat_map(char::to_lowercase).for_each(|c| match u8::try_from(c) {
            Ok(byte) if byte.is_ascii() => hasher.write_u8(byte),
            _ => hasher.write_u32(u32::from(c)),
        });
    }
    hasher.finish()
}

/// Whether two names are one but for case.
fn folds_alike(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
        || (!(a.is_ascii() && b.is_ascii())
            && a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase)))
}

/// A name as the index holds it: lower case.
fn folded(name: &str) -> String {
    name.to_lowercase()
}

impl Catalog {
    /// Indexes the tables.
    pub fn new(tables: &Tables) -> Self {
        let mut catalog = Self {
            commands: FxHashMap::default(),
            constants: Vec::new(),
            constants_by_token: FxHashMap::default(),
            names: FxHashMap::with_capacity_and_hasher(MANY, Default::default()),
            clashes: Vec::new(),
            classes: tables.classes.iter().map(|class| (folded(class.name), *class)).collect(),
            missing_classes: tables
                .unavailable_classes
                .iter()
                .map(|class| (folded(class.name), class))
                .collect(),
        };
        for command in tables.themes.iter().flat_map(|theme| theme.commands) {
            catalog.add_command(command.number, Entry::Available(command));
        }
        for command in tables.unavailable {
            catalog.add_command(command.number, Entry::Unavailable(command));
        }
        for (alias, number) in tables.command_aliases {
            catalog.add_name(alias, Known::Command(*number));
        }
        catalog.add_constants(tables);
        catalog
    }

    fn add_command(&mut self, number: u16, entry: Entry) {
        self.commands.entry(number).or_insert(entry);
        self.add_name(entry.name(), Known::Command(number));
    }

    fn add_constants(&mut self, tables: &Tables) {
        for theme in tables.constants {
            for constant in theme.constants {
                let Ok(id) = u32::try_from(self.constants.len()) else { return };
                self.constants.push(constant);
                if let (Some(theme), Some(index)) = (theme.number, constant.index) {
                    self.constants_by_token.entry((theme, index)).or_insert(id);
                }
                self.add_name(constant.name, Known::Constant(id));
            }
        }
        for (alias, name) in tables.constant_aliases {
            if let Some(known) = self.named(name) {
                self.add_name(alias, known);
            }
        }
    }

    /// A current name wins over an alias: the first one stays.
    fn add_name(&mut self, name: &'static str, known: Known) {
        let (first, _) = self.names.entry(fold_hash(name)).or_insert((name, known));
        if !folds_alike(first, name) {
            self.clashes.push((name, known));
        }
    }

    fn named(&self, name: &str) -> Option<Known> {
        let (first, known) = self.names.get(&fold_hash(name))?;
        if folds_alike(first, name) {
            return Some(*known);
        }
        self.clashes.iter().find(|(other, _)| folds_alike(other, name)).map(|(_, known)| *known)
    }

    /// A command by its number.
    pub fn command(&self, number: u16) -> Option<Entry> {
        self.commands.get(&number).copied()
    }

    /// What the command does specially, when it is not a plain function over values.
    pub fn special(&self, number: u16) -> Option<Special> {
        let Some(Entry::Available(command)) = self.command(number) else { return None };
        command.syntaxes.iter().find_map(special_of)
    }

    /// A constant by the number that [`Names::find`] gave.
    pub fn constant(&self, id: u32) -> Option<&'static Constant> {
        self.constants.get(id as usize).copied()
    }

    /// The token of a constant: the number of its theme and its place in it.
    pub fn constant_token(&self, id: u32) -> Option<(u16, u16)> {
        self.constants_by_token.iter().find(|(_, known)| **known == id).map(|(token, _)| *token)
    }

    /// A constant by its token `:K8:3`.
    pub fn constant_by_token(&self, theme: u16, index: u16) -> Option<&'static Constant> {
        self.constants_by_token.get(&(theme, index)).and_then(|id| self.constant(*id))
    }

    /// A built-in class by its name in `4D`; case does not matter.
    pub fn class(&self, name: &str) -> Option<&'static Class> {
        self.classes.get(&folded(name)).copied()
    }

    /// A class of 4D that is not built, by its name in `4D`; case does not matter.
    pub fn missing_class(&self, name: &str) -> Option<&'static UnavailableClass> {
        self.missing_classes.get(&folded(name)).copied().filter(|class| self.class(class.name).is_none())
    }

    /// A member that 4D gives a class, or one that it extends, and that is not built; case matters.
    pub fn missing_member(&self, class: &str, name: &str) -> Option<&'static UnavailableClass> {
        let parent = |class: &str| {
            let built = self.class(class).and_then(|class| class.extends);
            built.or_else(|| self.missing_classes.get(&folded(class)).and_then(|class| class.extends))
        };
        // No class of 4D has more than two classes above it.
        let ancestry = std::iter::successors(Some(class), |class| parent(class)).take(4);
        let mut missing = ancestry.filter_map(|class| self.missing_classes.get(&folded(class)).copied());
        missing.find(|class| class.members.contains(&name))
    }

    /// A function of a built-in class or of the classes that it extends; case matters.
    pub fn class_function(&self, class: &str, name: &str) -> Option<&'static Function> {
        self.ancestry(class).find_map(|class| class.functions.iter().find(|function| function.name == name))
    }

    /// A property of a built-in class or of the classes that it extends; case matters.
    pub fn class_property(&self, class: &str, name: &str) -> Option<&'static Property> {
        self.ancestry(class).find_map(|class| class.properties.iter().find(|property| property.name == name))
    }

    /// A built-in class and the classes that it extends, nearest first.
    pub fn ancestry(&self, class: &str) -> impl Iterator<Item = &'static Class> {
        std::iter::successors(self.class(class), |class| class.extends.and_then(|name| self.class(name)))
    }

    /// The names of all commands that can be used, for suggestions.
    pub fn command_names(&self) -> impl Iterator<Item = &'static str> {
        self.commands.values().map(|entry| entry.name())
    }

    /// All commands of 4D, in no order.
    pub fn commands(&self) -> impl Iterator<Item = Entry> {
        self.commands.values().copied()
    }

    /// The names of all constants, for suggestions.
    pub fn constant_names(&self) -> impl Iterator<Item = &'static str> {
        self.constants.iter().map(|constant| constant.name)
    }

    /// The names of all built-in classes, for suggestions.
    pub fn class_names(&self) -> impl Iterator<Item = &'static str> {
        self.classes.values().map(|class| class.name)
    }
}

fn special_of(native: &Native) -> Option<Special> {
    if let Body::Special(special) = native.body { Some(special) } else { None }
}

impl Names for Catalog {
    fn find(&self, words: &str) -> Option<Known> {
        self.named(words)
    }
}
