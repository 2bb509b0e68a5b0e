//! What all commands share: how problems are shown, where results go, which warnings count.

use std::sync::Arc;

use crate::cli::Exit;
use crate::cli::args::{Arguments, Usage};
use crate::cli::config::Config;
use crate::diagnostics::render::{Look, call_chain, human, short};
use crate::diagnostics::{Code, Diagnostic, Severity, codes, machine};
use crate::runtime::host::{Settings, SystemHost};
use crate::source::Sources;

/// How problems are reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// With lines of source, for people.
    #[default]
    Human,
    /// One line a problem.
    Short,
    /// One JSON document.
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// Workflow commands of GitHub.
    Github,
    /// Lines like those of tool4d.
    Tool4d,
}

const FORMATS: &[(&str, Format)] = &[
    ("human", Format::Human),
    ("short", Format::Short),
    ("json", Format::Json),
    ("sarif", Format::Sarif),
    ("github", Format::Github),
    ("tool4d", Format::Tool4d),
];

/// Where and how Quatre speaks.
pub struct Output {
    /// How problems are reported; none when nothing was said.
    pub format: Option<Format>,
    /// How reports for people are drawn.
    pub look: Look,
    /// No progress and no summary.
    pub is_quiet: bool,
    /// Say which files and settings are used.
    pub is_verbose: bool,
    /// The settings of `quatre.toml`.
    pub config: Config,
    deny_all: bool,
    deny: Vec<Code>,
    allow: Vec<Code>,
    /// The streams when no program runs; a program brings its own host.
    host: Arc<SystemHost>,
}

impl Output {
    /// What holds before any option is read.
    pub fn plain() -> Self {
        Self {
            format: None,
            look: Look {
                color: false,
                ascii: !locale_is_utf8(),
                width: SystemHost::terminal_width().unwrap_or(80).clamp(40, 100),
                base: SystemHost::working_directory(),
            },
            is_quiet: false,
            is_verbose: false,
            config: Config::default(),
            deny_all: false,
            deny: Vec::new(),
            allow: Vec::new(),
            host: Arc::new(SystemHost::new(Settings::default())),
        }
    }

    /// What the options say.
    pub fn new(arguments: &Arguments) -> Result<Self, Usage> {
        let mut output = Self::plain();
        if let Some(name) = arguments.text("format") {
            let format = FORMATS.iter().find(|(word, _)| *word == name).map(|(_, format)| *format);
            let words: Vec<&str> = FORMATS.iter().map(|(word, _)| *word).collect();
            output.format = Some(format.ok_or_else(|| choice("format", &name, &words))?);
        }
        output.look.color = colors(arguments.text("color").as_deref())?;
        output.look.ascii |= arguments.has("ascii");
        output.is_quiet = arguments.has("quiet");
        output.is_verbose = arguments.has("verbose");
        for word in arguments.list("deny") {
            if word == "warnings" {
                output.deny_all = true;
            } else {
                output.deny.push(code(&word)?);
            }
        }
        for word in arguments.list("allow") {
            output.allow.push(code(&word)?);
        }
        Ok(output)
    }

    /// Writes a result to standard output.
    pub fn result(&self, text: &str) {
        use crate::runtime::host::Host;
        self.host.write_out(text);
        self.host.flush();
    }

    /// Writes a word of Quatre's own to standard error.
    pub fn say(&self, text: &str) {
        self.host.report(text);
    }

    /// The same, but not with `--quiet` and not when a machine reads.
    pub fn say_unless_quiet(&self, text: &str) {
        if !self.is_quiet && self.is_human() {
            self.say(text);
        }
    }

    /// The same, only with `--verbose`.
    pub fn say_if_verbose(&self, text: &str) {
        if self.is_verbose {
            self.say(&format!("{text}\n"));
        }
    }

    /// Two lines: what is wrong with the command line, and the way out.
    pub fn usage(&self, usage: &Usage) {
        self.say(&format!("error: {}\n  = {}\n", usage.message, usage.hint));
    }

    /// The diagnostics that count: allowed warnings are left out, denied ones are errors.
    pub fn judge(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let is_warning = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Warning;
        let kept = diagnostics.into_iter().filter(|d| !(is_warning(d) && self.allow.contains(&d.code)));
        kept.map(|mut diagnostic| {
            if is_warning(&diagnostic) && (self.deny_all || self.deny.contains(&diagnostic.code)) {
                diagnostic.severity = Severity::Error;
            }
            diagnostic
        })
        .collect()
    }

    /// Reports problems where their format belongs: reports for people on standard error, documents on standard
    /// output. `calls` is the chain of an error of a running program, innermost call first.
    pub fn problems(&self, diagnostics: &[Diagnostic], sources: &Sources, calls: &[(String, u32)]) {
        let base = &self.look.base;
        match self.format.unwrap_or_default() {
            Format::Human => {
                let chain = call_chain(calls, &self.look);
                self.say(&format!("{}{chain}", human(diagnostics, sources, &self.look)));
            }
            Format::Short => self.say(&short(diagnostics, sources, base)),
            Format::Tool4d => self.say(&machine::tool4d(diagnostics, sources, base)),
            Format::Json => self.result(&machine::json(diagnostics, sources, base)),
            Format::Sarif => self.result(&machine::sarif(diagnostics, sources, base)),
            Format::Github => self.result(&machine::github(diagnostics, sources, base)),
        }
    }

    /// The lines of GitHub beside the report for people, when its runner is at work and no format was asked for.
    pub fn problems_for_github(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        let is_runner = SystemHost::environment("GITHUB_ACTIONS").as_deref() == Some("true");
        if self.format.is_none() && is_runner {
            self.result(&machine::github(diagnostics, sources, &self.look.base));
        }
    }

    /// Whether reports are read by people.
    pub fn is_human(&self) -> bool {
        self.format.unwrap_or_default() == Format::Human
    }

    /// The line under reports: how many problems there are, and where to read more.
    pub fn count(&self, diagnostics: &[Diagnostic]) {
        if self.is_quiet || !self.is_human() || diagnostics.is_empty() {
            return;
        }
        let known =
            diagnostics.iter().map(|diagnostic| diagnostic.code).find(|code| !codes::title(*code).is_empty());
        let more = known.map_or_else(String::new, |code| format!(" `quatre explain {code}` tells more."));
        self.say(&format!("{}.{more}\n", counted(diagnostics)));
    }
}

/// The exit code that diagnostics deserve.
pub fn exit_of(diagnostics: &[Diagnostic]) -> Exit {
    let has_error = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    if has_error { Exit::Problem } else { Exit::Fine }
}

/// `1 error, 3 warnings`; `no problems`.
pub fn counted(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let parts: Vec<String> = [
        (count(Severity::Error), "error"),
        (count(Severity::Warning), "warning"),
        (count(Severity::Note), "note"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, word)| plural(number, word))
    .collect();
    if parts.is_empty() { "no problems".into() } else { parts.join(", ") }
}

/// `1 file`, `2 files`
pub fn plural(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// The error of a value that is none of the words allowed.
pub fn choice(option: &str, found: &str, words: &[&str]) -> Usage {
    let near = crate::diagnostics::suggest::nearest(found, words.iter().copied());
    let guess = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Usage::new(format!("`--{option}` cannot be `{found}`{guess}"), format!("one of: {}", words.join(", ")))
}

fn code(word: &str) -> Result<Code, Usage> {
    codes::read(word)
        .ok_or_else(|| Usage::new(format!("`{word}` is not a code of a problem"), "a code looks like Q4001"))
}

/// Whether reports are colored; the option wins over the environment, the environment over the terminal.
fn colors(option: Option<&str>) -> Result<bool, Usage> {
    let set = |name: &str| SystemHost::environment(name).is_some_and(|value| !value.is_empty());
    let forced =
        |name: &str| SystemHost::environment(name).is_some_and(|value| !value.is_empty() && value != "0");
    Ok(match option.unwrap_or("auto") {
        "always" => true,
        "never" => false,
        "auto" if set("NO_COLOR") => false,
        "auto" if forced("CLICOLOR_FORCE") || forced("FORCE_COLOR") => true,
        "auto" if SystemHost::environment("TERM").as_deref() == Some("dumb") => false,
        "auto" => SystemHost::err_is_terminal(),
        other => return Err(choice("color", other, &["auto", "always", "never"])),
    })
}

/// False only when the environment names another encoding: nothing said counts as UTF-8.
fn locale_is_utf8() -> bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"];
    let locale =
        names.iter().filter_map(|name| SystemHost::environment(name)).find(|value| !value.is_empty());
    locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}
