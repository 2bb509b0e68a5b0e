//! Where each name of the tables stands, computed while the program is compiled: a hash table with open addressing
//! whose slots are places in the tables. It lies in the read-only part of the program, and a run touches the few pages
//! of it that its own names hash to; filling such a table at every start took longer than running a small script.

use crate::builtin::catalog::Tables;

/// Slots of the table of names, a power of two; less than half of them are taken.
const SLOTS: usize = 16384;
/// Numbers that commands may have.
const NUMBERS: usize = 2048;

/// Which of the tables a name stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// A command; the theme after the last one is the table of those that cannot be used.
    Command,
    /// Another name of a command.
    CommandAlias,
    /// A constant.
    Constant,
    /// Another name of a constant.
    ConstantAlias,
}

/// Where a name stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) group: Group,
    pub(super) theme: u8,
    pub(super) item: u16,
}

impl Place {
    /// One number for theme and item.
    pub(super) fn number(self) -> u32 {
        u32::from(self.theme) << 16 | u32::from(self.item)
    }

    /// The theme and the item of such a number.
    #[expect(clippy::cast_possible_truncation, reason = "the low and the high half of the number are meant")]
    pub(super) fn theme_and_item(number: u32) -> (u16, u16) {
        ((number >> 16) as u16, number as u16)
    }
}

/// The table of names and the table of the numbers of commands.
pub(super) struct Index {
    names: [Option<Place>; SLOTS],
    numbers: [Option<Place>; NUMBERS],
}

impl Index {
    /// Indexes the tables; of two equal names the first is found: one of today wins over an alias.
    #[expect(
        clippy::indexing_slicing,
        reason = "computed by the compiler, which refuses an index that is out of range"
    )]
    pub(super) const fn new(tables: &Tables) -> Self {
        let mut index = Self { names: [None; SLOTS], numbers: [None; NUMBERS] };
        let mut theme = 0;
        while theme < tables.themes.len() {
            let commands = tables.themes[theme].commands;
            let mut item = 0;
            while item < commands.len() {
                index.add_command(commands[item].number, commands[item].name, theme, item);
                item += 1;
            }
            theme += 1;
        }
        let mut item = 0;
        while item < tables.unavailable.len() {
            let command = &tables.unavailable[item];
            index.add_command(command.number, command.name, tables.themes.len(), item);
            item += 1;
        }
        let mut item = 0;
        while item < tables.command_aliases.len() {
            index.add(tables.command_aliases[item].0, place(Group::CommandAlias, 0, item));
            item += 1;
        }
        index.add_constants(tables);
        index
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "computed by the compiler, which refuses an index that is out of range"
    )]
    const fn add_constants(&mut self, tables: &Tables) {
        let mut theme = 0;
        while theme < tables.constants.len() {
            let constants = tables.constants[theme].constants;
            let mut item = 0;
            while item < constants.len() {
                self.add(constants[item].name, place(Group::Constant, theme, item));
                item += 1;
            }
            theme += 1;
        }
        let mut item = 0;
        while item < tables.constant_aliases.len() {
            self.add(tables.constant_aliases[item].0, place(Group::ConstantAlias, 0, item));
            item += 1;
        }
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "computed by the compiler, which refuses an index that is out of range"
    )]
    const fn add_command(&mut self, number: u16, name: &str, theme: usize, item: usize) {
        let place = place(Group::Command, theme, item);
        if self.numbers[number as usize].is_none() {
            self.numbers[number as usize] = Some(place);
        }
        self.add(name, place);
    }

    #[expect(clippy::indexing_slicing, reason = "a slot is taken modulo the number of slots")]
    const fn add(&mut self, name: &str, place: Place) {
        let mut slot = slot(name);
        while self.names[slot].is_some() {
            slot = (slot + 1) % SLOTS;
        }
        self.names[slot] = Some(place);
    }

    /// Where a name stands; case does not matter.
    pub(super) fn find(&self, tables: &Tables, name: &str) -> Option<Place> {
        let first = slot(name);
        let chain = self.names.iter().skip(first).chain(self.names.iter().take(first));
        chain.map_while(|place| *place).find(|place| folds_alike(name_at(tables, *place), name))
    }

    /// Where the command with this number stands.
    pub(super) fn command(&self, number: u16) -> Option<Place> {
        self.numbers.get(usize::from(number)).copied().flatten()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "asserted before")]
const fn place(group: Group, theme: usize, item: usize) -> Place {
    assert!(theme < 256 && item < 65536, "a table outgrew the index");
    Place { group, theme: theme as u8, item: item as u16 }
}

/// The name that stands at a place.
fn name_at(tables: &Tables, place: Place) -> &'static str {
    let (theme, item) = (usize::from(place.theme), usize::from(place.item));
    let name = match place.group {
        Group::Command => match tables.themes.get(theme) {
            Some(theme) => theme.commands.get(item).map(|command| command.name),
            None => tables.unavailable.get(item).map(|command| command.name),
        },
        Group::CommandAlias => tables.command_aliases.get(item).map(|(alias, _)| *alias),
        Group::Constant => {
            tables.constants.get(theme).and_then(|theme| theme.constants.get(item)).map(|known| known.name)
        }
        Group::ConstantAlias => tables.constant_aliases.get(item).map(|(alias, _)| *alias),
    };
    name.unwrap_or_default()
}

/// Where the search for a name begins: FNV-1a over its ASCII letters in lower case. What is not ASCII does not count,
/// since its lower case may have another length.
#[expect(clippy::indexing_slicing, reason = "below the length; a constant function has no iterators")]
const fn slot(name: &str) -> usize {
    let bytes = name.as_bytes();
    let mut hash: u32 = 0x811c_9dc5;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte < 0x80 {
            hash = (hash ^ byte.to_ascii_lowercase() as u32).wrapping_mul(0x0100_0193);
        }
        at += 1;
    }
    (hash ^ hash >> 15) as usize % SLOTS
}

/// Whether two names are one but for case.
fn folds_alike(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
        || (!(a.is_ascii() && b.is_ascii())
            && a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase)))
}
