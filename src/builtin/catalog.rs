//! Every builtin by number and by name: what the lexer cuts names with, what the resolver looks up, what completion
//! and suggestions search.

use crate::builtin::index::{Group, Index, Place};
use crate::builtin::native::{Body, Native};
use crate::builtin::{
    Class, Command, Constant, ConstantTheme, Function, Property, Special, Theme, Unavailable,
    UnavailableClass,
};
use crate::syntax::{Known, Names};

/// The command, constant and class tables, with an index over their names that the compiler computes: a program that
/// uses three commands pays nothing for the thousands that it does not use.
pub struct Catalog {
    tables: &'static Tables,
    index: Index,
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

    fn number(self) -> u16 {
        match self {
            Self::Available(command) => command.number,
            Self::Unavailable(command) => command.number,
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

impl Catalog {
    /// Indexes the tables.
    pub const fn new(tables: &'static Tables) -> Self {
        Self { tables, index: Index::new(tables) }
    }

    fn named(&self, name: &str) -> Option<Known> {
        self.index.find(self.tables, name).and_then(|place| self.known(place))
    }

    fn known(&self, place: Place) -> Option<Known> {
        match place.group {
            Group::Command => self.entry(place).map(|entry| Known::Command(entry.number())),
            Group::CommandAlias => {
                let (_, number) = self.tables.command_aliases.get(usize::from(place.item))?;
                Some(Known::Command(*number))
            }
            Group::Constant => Some(Known::Constant(place.number())),
            Group::ConstantAlias => {
                let (_, name) = self.tables.constant_aliases.get(usize::from(place.item))?;
                let today =
                    self.index.find(self.tables, name).filter(|place| place.group != Group::ConstantAlias);
                today.and_then(|place| self.known(place))
            }
        }
    }

    /// What stands at a place of the tables of commands.
    fn entry(&self, place: Place) -> Option<Entry> {
        let (theme, item) = (usize::from(place.theme), usize::from(place.item));
        match self.tables.themes.get(theme) {
            Some(theme) => theme.commands.get(item).map(Entry::Available),
            None => self.tables.unavailable.get(item).map(Entry::Unavailable),
        }
    }

    /// A command by its number.
    pub fn command(&self, number: u16) -> Option<Entry> {
        self.index.command(number).and_then(|place| self.entry(place))
    }

    /// What the command does specially, when it is not a plain function over values.
    pub fn special(&self, number: u16) -> Option<Special> {
        let Some(Entry::Available(command)) = self.command(number) else { return None };
        command.syntaxes.iter().find_map(special_of)
    }

    /// A constant by the number that [`Names::find`] gave.
    pub fn constant(&self, id: u32) -> Option<&'static Constant> {
        let (theme, item) = Place::theme_and_item(id);
        self.tables.constants.get(usize::from(theme))?.constants.get(usize::from(item))
    }

    /// The token of a constant: the number of its theme and its place in it.
    pub fn constant_token(&self, id: u32) -> Option<(u16, u16)> {
        let theme = self.tables.constants.get(usize::from(Place::theme_and_item(id).0))?;
        Some((theme.number?, self.constant(id)?.index?))
    }

    /// A constant by its token `:K8:3`.
    pub fn constant_by_token(&self, theme: u16, index: u16) -> Option<&'static Constant> {
        let mut themes = self.tables.constants.iter().filter(|known| known.number == Some(theme));
        themes.find_map(|theme| theme.constants.iter().find(|constant| constant.index == Some(index)))
    }

    /// A built-in class by its name in `4D`; case does not matter.
    pub fn class(&self, name: &str) -> Option<&'static Class> {
        self.tables.classes.iter().copied().find(|class| class.name.eq_ignore_ascii_case(name))
    }

    /// A class of 4D that is not built, by its name in `4D`; case does not matter.
    pub fn missing_class(&self, name: &str) -> Option<&'static UnavailableClass> {
        self.wanting(name).filter(|class| self.class(class.name).is_none())
    }

    /// What a class wants: all of it, or some members.
    fn wanting(&self, name: &str) -> Option<&'static UnavailableClass> {
        self.tables.unavailable_classes.iter().find(|class| class.name.eq_ignore_ascii_case(name))
    }

    /// A member that 4D gives a class, or one that it extends, and that is not built; case matters.
    pub fn missing_member(&self, class: &str, name: &str) -> Option<&'static UnavailableClass> {
        let parent = |class: &str| {
            let built = self.class(class).and_then(|class| class.extends);
            built.or_else(|| self.wanting(class).and_then(|class| class.extends))
        };
        // No class of 4D has more than two classes above it.
        let ancestry = std::iter::successors(Some(class), |class| parent(class)).take(4);
        let mut missing = ancestry.filter_map(|class| self.wanting(class));
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

    /// The names of all commands, for suggestions.
    pub fn command_names(&self) -> impl Iterator<Item = &'static str> {
        self.commands().map(Entry::name)
    }

    /// All commands of 4D, in no order.
    pub fn commands(&self) -> impl Iterator<Item = Entry> {
        let themes = self.tables.themes.iter();
        let available = themes.flat_map(|theme| theme.commands).map(Entry::Available);
        available.chain(self.tables.unavailable.iter().map(Entry::Unavailable))
    }

    /// The names of all constants, for suggestions.
    pub fn constant_names(&self) -> impl Iterator<Item = &'static str> {
        self.tables.constants.iter().flat_map(|theme| theme.constants).map(|constant| constant.name)
    }

    /// The names of all built-in classes, for suggestions.
    pub fn class_names(&self) -> impl Iterator<Item = &'static str> {
        self.tables.classes.iter().map(|class| class.name)
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
