//! What `.set` changes.

/// How lines are edited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keys {
    /// As in emacs and most shells.
    #[default]
    Emacs,
    /// As in vi.
    Vi,
}

/// The settings of a prompt.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Structures inside structures that are shown.
    pub depth: usize,
    /// Elements of a structure that are shown.
    pub elements: usize,
    /// Characters of a text that are shown.
    pub characters: usize,
    /// How lines are edited.
    pub keys: Keys,
    /// Signatures and hints are shown.
    pub hints: bool,
    /// What is typed is colored.
    pub highlight: bool,
    /// The time of each input is shown.
    pub time: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            depth: 3,
            elements: 20,
            characters: 200,
            keys: Keys::Emacs,
            hints: true,
            highlight: true,
            time: false,
        }
    }
}

/// The names, each with what it does and the values that it takes.
pub const NAMES: &[(&str, &str, &str)] = &[
    ("depth", "N", "structures inside structures that are shown"),
    ("elements", "N", "elements of a structure that are shown"),
    ("characters", "N", "characters of a text that are shown"),
    ("keys", "emacs|vi", "how lines are edited"),
    ("hints", "on|off", "signatures below the line, hints below values"),
    ("highlight", "on|off", "colors in what is typed"),
    ("time", "on|off", "the time that each input took"),
];

impl Settings {
    /// The value of a setting as it is written.
    pub fn get(&self, name: &str) -> Option<String> {
        let switch = |on: bool| if on { "on" } else { "off" }.to_owned();
        Some(match name {
            "depth" => self.depth.to_string(),
            "elements" => self.elements.to_string(),
            "characters" => self.characters.to_string(),
            "keys" => if self.keys == Keys::Vi { "vi" } else { "emacs" }.to_owned(),
            "hints" => switch(self.hints),
            "highlight" => switch(self.highlight),
            "time" => switch(self.time),
            _ => return None,
        })
    }

    /// Changes a setting; false when the value is none that it takes.
    pub fn set(&mut self, name: &str, value: &str) -> bool {
        let number = value.parse::<usize>().ok().filter(|number| *number > 0);
        let switch = match value {
            "on" | "true" | "1" => Some(true),
            "off" | "false" | "0" => Some(false),
            _ => None,
        };
        let done = match name {
            "depth" => number.map(|number| self.depth = number.min(64)),
            "elements" => number.map(|number| self.elements = number),
            "characters" => number.map(|number| self.characters = number),
            "keys" => {
                let known = [("emacs", Keys::Emacs), ("vi", Keys::Vi)];
                let keys = known.iter().find(|(name, _)| *name == value);
                keys.map(|(_, keys)| self.keys = *keys)
            }
            "hints" => switch.map(|on| self.hints = on),
            "highlight" => switch.map(|on| self.highlight = on),
            "time" => switch.map(|on| self.time = on),
            _ => None,
        };
        done.is_some()
    }
}
