//! What a run needs before it begins: the host, the session table, the flags that decide how it ends.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};

use crate::cli::args::{Arguments, Usage};
use crate::cli::output::Output;
use crate::diagnostics::{Code, Diagnostic};
use crate::runtime::Options;
use crate::runtime::fixture::{self, Fixture};
use crate::runtime::host::{Host, Settings, SystemHost, end_on_signals};
use crate::runtime::sandbox;
use crate::runtime::sandbox::permissions::{Grant, Permissions, resolved};
use crate::source::Sources;
use crate::value::bounds::Bounds;

/// Why a run does not begin.
pub enum Stop {
    /// The command line is wrong.
    Usage(Usage),
    /// Something was wrong with a file, and it was reported: exit code 2.
    Reported,
}

impl From<Usage> for Stop {
    fn from(usage: Usage) -> Self {
        Self::Usage(usage)
    }
}

/// The bounds of a program; 0 and none stand for the defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// `--max-time`
    pub time: Option<Duration>,
    /// `--max-steps`
    pub steps: u64,
    /// `--max-depth`
    pub depth: usize,
    /// `--max-output`
    pub output: u64,
    /// `--max-memory`, `--max-text`, `--max-elements`
    pub bounds: Bounds,
    /// `--sandbox` and what is given back; `None` is everything.
    pub permissions: Option<Arc<Permissions>>,
}

impl Limits {
    /// The same, as the options of a program.
    pub fn apply(&self, options: &mut Options) {
        options.max_depth = self.depth;
        options.max_steps = self.steps;
        options.max_time = self.time;
        options.max_output = self.output != 0;
        options.bounds = self.bounds;
        options.permissions.clone_from(&self.permissions);
    }
}

/// What `--sandbox` sets unless said otherwise.
const SANDBOX_TIME: Duration = Duration::from_secs(10);
/// The same for memory.
const SANDBOX_MEMORY: u64 = 512 * 1024 * 1024;
/// The same for the depth of calls.
const SANDBOX_DEPTH: usize = 1000;

/// Everything that the options of a run say.
pub struct Prepared {
    /// The machine as the program sees it.
    pub host: Arc<SystemHost>,
    /// The sessions of `--sessions`.
    pub fixture: Option<Fixture>,
    /// The text of `--user-param`.
    pub user_param: Option<String>,
    /// The bounds of the program.
    pub limits: Limits,
    error_flag: Option<PathBuf>,
    fails_on_err: bool,
}

impl Prepared {
    /// Reads the options, the session table, and opens what they name. A signal then ends the program.
    pub fn new(arguments: &Arguments, output: &Output) -> Result<Self, Stop> {
        let prepared = Self::read(arguments, output)?;
        end_on_signals(Arc::clone(&prepared.host));
        Ok(prepared)
    }

    /// The same for a program that has an answer of its own to signals.
    pub fn read(arguments: &Arguments, output: &Output) -> Result<Self, Stop> {
        let fixture = sessions(arguments, output)?;
        let clock = match arguments.text("clock") {
            Some(text) => Some(moment(&text)?),
            None => fixture.as_ref().and_then(|fixture| fixture.clock),
        };
        let seed = match arguments.text("seed") {
            Some(text) => Some(seed(&text)?),
            None => None,
        };
        let user_param = arguments.text("user-param");
        if user_param.as_ref().is_some_and(|text| text.starts_with('-')) {
            let message = "the text of `--user-param` begins with `-`, which is reserved";
            return Err(Usage::new(message, "write another text").into());
        }
        let log = match arguments.value("log") {
            Some(path) => Some(open_log(Path::new(path))?),
            None => None,
        };
        let error_flag = arguments.value("error-flag").map(PathBuf::from);
        if let Some(path) = &error_flag {
            sandbox::remove_file(path).map_err(|problem| {
                let why = sandbox::reason(&problem);
                Usage::new(format!("cannot remove `{}`: {why}", path.display()), "--error-flag names a file")
            })?;
        }
        let limits = limits(arguments)?;
        let no_input = arguments.has("no-input");
        let permissions = limits.permissions.clone();
        let settings = Settings { clock, seed, no_input, log, permissions, most_output: limits.output };
        let host = Arc::new(SystemHost::new(settings));
        Ok(Self {
            host,
            fixture,
            user_param,
            limits,
            error_flag,
            fails_on_err: arguments.has("fail-on-stderr"),
        })
    }

    /// Whether the conventions of old pipelines call this run a failure, though the program ended well.
    pub fn has_failed_by_convention(&self) -> bool {
        let made_flag = self.error_flag.as_ref().is_some_and(|path| sandbox::is_file(path));
        made_flag || (self.fails_on_err && self.host.has_written_err())
    }
}

/// The session table of `--sessions` or of the environment, with the current session of `--session`.
fn sessions(arguments: &Arguments, output: &Output) -> Result<Option<Fixture>, Stop> {
    let path = arguments.value("sessions").map(PathBuf::from);
    let path = path.or_else(|| {
        SystemHost::environment("QUATRE_SESSIONS").filter(|path| !path.is_empty()).map(PathBuf::from)
    });
    let wanted = arguments.text("session");
    let Some(path) = path else {
        return match wanted {
            // Without a table there is one session, number 1.
            Some(wanted) if wanted != "1" => Err(Usage::new(
                format!("there is no session {wanted}"),
                "give a table with --sessions FILE.json",
            )
            .into()),
            Some(_) | None => Ok(None),
        };
    };
    output.say_if_verbose(&format!("sessions: {}", path.display()));
    let sources = Sources::new();
    let fail = |problems: &[Diagnostic]| {
        output.problems(problems, &sources, &[]);
        output.count(problems);
        Stop::Reported
    };
    let unreadable = |why: &str| {
        fail(&[Diagnostic::error(Code::Quatre(6001), format!("cannot read `{}`: {why}", path.display()))])
    };
    let bytes = sandbox::read(&path).map_err(|problem| unreadable(&sandbox::reason(&problem)))?;
    let name = path.to_string_lossy().into_owned();
    let file =
        sources.add(name, Some(path.clone()), bytes).map_err(|problem| unreadable(&problem.to_string()))?;
    let mut fixture = fixture::parse(&file.text, file.id).map_err(|problems| fail(&problems))?;
    if let Some(wanted) = wanted
        && !fixture.select(&wanted)
    {
        let numbers: Vec<String> =
            fixture.sessions.iter().map(|session| session.number.to_string()).collect();
        let hint = format!("sessions in the table: {}", numbers.join(", "));
        return Err(Usage::new(format!("there is no session {wanted} in {}", path.display()), hint).into());
    }
    Ok(Some(fixture))
}

/// The bounds and permissions that the options ask for.
pub fn limits(arguments: &Arguments) -> Result<Limits, Usage> {
    let sandbox = arguments.has("sandbox");
    let time = arguments.text("max-time").map(|text| duration(&text)).transpose()?;
    let depth = count(arguments, "max-depth")?.map(|depth| usize::try_from(depth).unwrap_or(usize::MAX));
    let memory = size(arguments, "max-memory")?;
    let words = |name: &str| -> Vec<String> {
        arguments.list(name).iter().flat_map(|word| word.split(',')).map(str::to_owned).collect()
    };
    let paths = |name: &str| grant(arguments, name, words(name).iter().map(|path| resolved(Path::new(path))));
    let named = |name: &str| grant(arguments, name, words(name).into_iter());
    let permissions = sandbox.then(|| {
        Arc::new(Permissions {
            read: paths("allow-read"),
            write: paths("allow-write"),
            net: named("allow-net"),
            run: named("allow-run"),
            env: named("allow-env"),
        })
    });
    let bytes = |size: Option<u64>| size.map_or(0, |size| usize::try_from(size).unwrap_or(usize::MAX));
    Ok(Limits {
        time: time.or(sandbox.then_some(SANDBOX_TIME)),
        steps: count(arguments, "max-steps")?.unwrap_or(0),
        depth: depth.or(sandbox.then_some(SANDBOX_DEPTH)).unwrap_or(0),
        output: size(arguments, "max-output")?.unwrap_or(0),
        bounds: Bounds {
            memory: bytes(memory.or(sandbox.then_some(SANDBOX_MEMORY))),
            text: bytes(size(arguments, "max-text")?),
            elements: bytes(count(arguments, "max-elements")?),
        },
        permissions,
    })
}

/// What an `--allow-…` gives back: without a value everything, without the option nothing.
fn grant<T>(arguments: &Arguments, name: &str, items: impl Iterator<Item = T>) -> Grant<T> {
    let items: Vec<T> = items.collect();
    if items.is_empty() && arguments.has(name) { Grant::All } else { Grant::Only(items) }
}

/// `64M`, `1G`, `512K`; a number alone is bytes.
fn size(arguments: &Arguments, option: &str) -> Result<Option<u64>, Usage> {
    let Some(text) = arguments.text(option) else { return Ok(None) };
    let upper = text.to_ascii_uppercase();
    let upper = upper.trim_end_matches('B').trim_end_matches('I');
    let units = [("K", 10), ("M", 20), ("G", 30), ("", 0)];
    let bytes = units.iter().find_map(|(unit, shift)| {
        let number: u64 = upper.strip_suffix(unit)?.parse().ok()?;
        number.checked_mul(1 << shift).filter(|bytes| *bytes > 0)
    });
    let wrong =
        || Usage::new(format!("`--{option}` cannot be `{text}`"), format!("write it as: --{option} 64M"));
    bytes.map(Some).ok_or_else(wrong)
}

/// A number of 1 or more.
fn count(arguments: &Arguments, option: &str) -> Result<Option<u64>, Usage> {
    let Some(text) = arguments.text(option) else { return Ok(None) };
    let number = text.parse::<u64>().ok().filter(|number| *number > 0);
    let wrong = || {
        Usage::new(
            format!("`--{option}` is a number from 1 on, not `{text}`"),
            format!("write it as: --{option} 1000"),
        )
    };
    number.map(Some).ok_or_else(wrong)
}

/// `5s`, `250ms`, `2m`, `1h`; a number alone is seconds.
fn duration(text: &str) -> Result<Duration, Usage> {
    let units = [("ms", 0.001), ("s", 1.0), ("m", 60.0), ("h", 3600.0), ("", 1.0)];
    let seconds = units.iter().find_map(|(unit, factor)| {
        let number: f64 = text.strip_suffix(unit)?.parse().ok()?;
        Some(number * factor)
    });
    let duration =
        seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).filter(|time| !time.is_zero());
    duration
        .ok_or_else(|| Usage::new(format!("`--max-time` cannot be `{text}`"), "write it as: --max-time 5s"))
}

/// A moment in ISO form; without a zone it is one of UTC.
pub fn moment(text: &str) -> Result<DateTime<FixedOffset>, Usage> {
    let with_zone = DateTime::parse_from_rfc3339(text).ok();
    let without = || {
        ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
            .iter()
            .find_map(|f| NaiveDateTime::parse_from_str(text, f).ok())
    };
    let date = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().and_then(|date| date.and_hms_opt(0, 0, 0));
    with_zone.or_else(|| without().or_else(date).map(|moment| moment.and_utc().fixed_offset())).ok_or_else(
        || Usage::new(format!("`--clock` cannot be `{text}`"), "write it as: --clock 2024-09-10T12:00:00Z"),
    )
}

/// The number of `--seed`.
pub fn seed(text: &str) -> Result<u64, Usage> {
    let number = text.parse::<u64>().ok().or_else(|| text.parse::<i64>().ok().map(i64::cast_unsigned));
    number.ok_or_else(|| {
        Usage::new(format!("`--seed` is a whole number, not `{text}`"), "write it as: --seed 42")
    })
}

#[expect(clippy::disallowed_types, reason = "the file goes straight to the host, which alone writes to it")]
fn open_log(path: &Path) -> Result<std::fs::File, Usage> {
    SystemHost::open_log(path).map_err(|problem| {
        let why = sandbox::reason(&problem);
        Usage::new(format!("cannot write to `{}`: {why}", path.display()), "--log names a file")
    })
}
