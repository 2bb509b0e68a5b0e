//! The world as a program sees it: streams, clock, chance, environment.
//!
//! Everything that could differ between two runs comes in through the trait [`Host`], so a frozen clock, a seed or a
//! recorded stream is a matter of which host is given. [`SystemHost`] is the machine; [`RecordingHost`] keeps what was
//! written and answers from a script, for tests. Files, network and programs are the business of `sandbox`.

use crate::runtime::sandbox::permissions::Permissions;
use std::collections::VecDeque;
use std::io::{BufRead, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, TimeZone};

/// The kind of operating system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Linux and what behaves like it.
    Linux,
    /// macOS
    Mac,
    /// Windows
    Windows,
}

impl Platform {
    /// The one this binary was built for.
    pub const CURRENT: Self = if cfg!(windows) {
        Self::Windows
    } else if cfg!(target_os = "macos") {
        Self::Mac
    } else {
        Self::Linux
    };
}

/// What all processes of a program share of the outside world.
pub trait Host: Send + Sync {
    /// Writes to standard output, exactly this text.
    fn write_out(&self, text: &str);

    /// Whether the program has written more than it may; what was too much was not written.
    fn has_written_too_much(&self) -> bool {
        false
    }

    /// Writes to standard error what the program itself sends there, exactly this text.
    fn write_err(&self, text: &str);

    /// True once the program has written to standard error.
    fn has_written_err(&self) -> bool;

    /// Asks a person for input: on standard error, without counting as something that the program wrote there.
    fn prompt(&self, _text: &str) {}

    /// Brings all that was written to its reader.
    fn flush(&self);

    /// One line of standard input without its line end, `None` at the end of input.
    fn read_line(&self) -> Option<String>;

    /// Whether a person types the input.
    fn is_interactive(&self) -> bool;

    /// Whether `Request` and `CONFIRM` read standard input at all; otherwise they answer themselves as tool4d's do.
    fn takes_input(&self) -> bool {
        true
    }

    /// Keeps a line in the diagnostic log, when there is one.
    fn log(&self, _line: &str) {}

    /// Date and time with the offset of the time zone in force.
    fn now(&self) -> DateTime<FixedOffset>;

    /// The offset of the time zone in force at a local date and time, the earlier one when clocks show it twice.
    fn offset_at(&self, _local: NaiveDateTime) -> FixedOffset {
        *self.now().offset()
    }

    /// The time since the program began; goes on under a frozen clock, so that a loop that waits comes to its end.
    fn elapsed(&self) -> Duration;

    /// Sixty-four random bits, the same sequence under the same seed.
    fn random(&self) -> u64;

    /// The bits of a new UUID: unpredictable, unless a seed was given.
    fn random_uuid(&self) -> u128 {
        (u128::from(self.random()) << 64) | u128::from(self.random())
    }

    /// Fills bytes for keys: nobody can foresee them, unless a seed was given. False when the system has none.
    fn secret(&self, bytes: &mut [u8]) -> bool {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(self.random().to_le_bytes().get(..chunk.len()).unwrap_or_default());
        }
        true
    }

    /// A variable of the environment.
    fn variable(&self, name: &str) -> Option<String>;

    /// The name of the machine.
    fn host_name(&self) -> String;

    /// The name of the system's user.
    fn user_name(&self) -> String;

    /// The folder in which the program was started.
    fn current_directory(&self) -> PathBuf;

    /// The file of Quatre itself; empty when it is not known.
    fn executable(&self) -> PathBuf {
        PathBuf::new()
    }

    /// The number of the system's process; 0 when it is not known.
    fn process_id(&self) -> u32 {
        0
    }

    /// How many threads can run at the same time.
    fn parallelism(&self) -> usize {
        1
    }

    /// The kind of operating system.
    fn platform(&self) -> Platform {
        Platform::CURRENT
    }
}

/// How a [`SystemHost`] departs from the machine.
#[derive(Debug, Default)]
pub struct Settings {
    /// The clock stands still at this moment.
    pub clock: Option<DateTime<FixedOffset>>,
    /// The start of the random sequence.
    pub seed: Option<u64>,
    /// So many bytes may be written; 0 for no bound.
    pub most_output: u64,
    /// What of the environment the program may see; none stands for all.
    pub permissions: Option<Arc<Permissions>>,
    /// `Request` and `CONFIRM` answer themselves.
    pub no_input: bool,
    /// Where `LOG EVENT` to other channels is kept.
    #[expect(clippy::disallowed_types, reason = "opened by `SystemHost::open_log`, written by it alone")]
    pub log: Option<std::fs::File>,
}

/// The machine.
pub struct SystemHost {
    settings: Settings,
    out: Mutex<BufWriter<std::io::Stdout>>,
    #[expect(clippy::disallowed_types, reason = "the one door to the machine")]
    log: Option<Mutex<std::fs::File>>,
    out_is_terminal: bool,
    has_written_err: AtomicBool,
    written: AtomicU64,
    random: SplitMix,
    start: Instant,
}

/// Standard output is brought on its way at this many bytes.
const BUFFER: usize = 64 * 1024;

#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this is the one door to the machine"
)]
impl SystemHost {
    /// Whether the program may see a variable of the environment, or what one usually says.
    fn shows(&self, name: &str) -> bool {
        self.settings.permissions.as_ref().is_none_or(|permissions| permissions.shows(name))
    }

    /// The machine under these settings.
    pub fn new(mut settings: Settings) -> Self {
        let log = settings.log.take().map(Mutex::new);
        let out = std::io::stdout();
        Self {
            out_is_terminal: out.is_terminal(),
            out: Mutex::new(BufWriter::with_capacity(BUFFER, out)),
            log,
            has_written_err: AtomicBool::new(false),
            written: AtomicU64::new(0),
            random: SplitMix::new(settings.seed.unwrap_or_else(fresh_seed)),
            start: Instant::now(),
            settings,
        }
    }

    /// Opens the file of the diagnostic log for adding to it.
    pub fn open_log(path: &Path) -> std::io::Result<std::fs::File> {
        std::fs::OpenOptions::new().create(true).append(true).open(path)
    }

    /// Writes a report of Quatre's own to standard error, after everything that the program wrote.
    pub fn report(&self, text: &str) {
        self.flush();
        // Nobody is left to be told when standard error itself is gone.
        _ = std::io::stderr().lock().write_all(text.as_bytes());
    }

    /// Writes to standard error whatever state the streams are in: for the report of a defect.
    pub fn report_at_once(text: &str) {
        _ = std::io::stderr().lock().write_all(text.as_bytes());
    }

    /// Whether standard error is a terminal.
    pub fn err_is_terminal() -> bool {
        std::io::stderr().is_terminal()
    }

    /// Whether standard input is a terminal.
    pub fn in_is_terminal() -> bool {
        std::io::stdin().is_terminal()
    }

    /// Whether standard output is a terminal.
    pub fn out_is_terminal() -> bool {
        std::io::stdout().is_terminal()
    }

    /// All of standard input.
    pub fn read_all_input() -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)?;
        Ok(bytes)
    }

    /// A variable of the environment, without a host.
    pub fn environment(name: &str) -> Option<String> {
        std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
    }

    /// The folder in which the program was started; empty when it no longer exists.
    pub fn working_directory() -> PathBuf {
        std::env::current_dir().unwrap_or_default()
    }

    /// The width of the terminal on standard error.
    pub fn terminal_width() -> Option<usize> {
        terminal_size::terminal_size_of(std::io::stderr()).map(|(width, _)| usize::from(width.0))
    }

    /// Counts what is about to be written; false when it is too much.
    fn may_write(&self, text: &str) -> bool {
        let most = self.settings.most_output;
        if most == 0 {
            return true;
        }
        let count = text.len() as u64;
        self.written.fetch_add(count, Ordering::Relaxed).saturating_add(count) <= most
    }

    fn out(&self) -> MutexGuard<'_, BufWriter<std::io::Stdout>> {
        self.out.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A reader that has gone away ends the program quietly; no report could reach him.
    fn expect_written(result: std::io::Result<()>) {
        if let Err(problem) = result {
            let quiet = problem.kind() == std::io::ErrorKind::BrokenPipe;
            if !quiet {
                _ = writeln!(std::io::stderr(), "error: cannot write to standard output: {problem}");
            }
            end_now(if quiet { 0 } else { 2 });
        }
    }
}

/// Ends the whole program at once, without flushing anything more.
#[expect(clippy::disallowed_methods, reason = "this is the one door to the machine")]
pub fn end_now(code: i32) -> ! {
    std::process::exit(code)
}

/// Ends the program in an orderly way on Ctrl-C (130) and on a request to terminate (143): what was written is
/// brought to its reader first.
#[cfg(unix)]
pub fn end_on_signals(host: std::sync::Arc<SystemHost>) {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) else { return };
    let watch = move || {
        if let Some(signal) = signals.forever().next() {
            host.flush_if_free();
            end_now(128 + signal);
        }
    };
    // Without the thread a signal still ends the program, only less politely.
    _ = std::thread::Builder::new().name("signals".into()).spawn(watch);
}

/// Calls `first` on the first Ctrl-C or request to terminate, so that a server can stop in order; the second one ends
/// the program at once.
#[cfg(unix)]
pub fn stop_on_signals(first: impl FnOnce() + Send + 'static) {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) else { return };
    let watch = move || {
        let mut coming = signals.forever();
        if coming.next().is_some() {
            first();
        }
        if let Some(signal) = coming.next() {
            end_now(128 + signal);
        }
    };
    _ = std::thread::Builder::new().name("signals".into()).spawn(watch);
}

/// Calls `interrupted` on each Ctrl-C; a request to terminate ends the program in an orderly way. For a prompt, which
/// lives on when what it runs is interrupted.
#[cfg(unix)]
pub fn tell_interrupts(host: std::sync::Arc<SystemHost>, mut interrupted: impl FnMut() + Send + 'static) {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) else { return };
    let watch = move || {
        for signal in signals.forever() {
            if signal == SIGINT {
                interrupted();
            } else {
                host.flush_if_free();
                end_now(128 + signal);
            }
        }
    };
    _ = std::thread::Builder::new().name("signals".into()).spawn(watch);
}

/// Where there are no signals, the system ends the program itself.
#[cfg(not(unix))]
pub fn tell_interrupts(_host: std::sync::Arc<SystemHost>, _interrupted: impl FnMut() + Send + 'static) {}

/// Where there are no signals, the system ends the program itself.
#[cfg(not(unix))]
pub fn stop_on_signals(_first: impl FnOnce() + Send + 'static) {}

/// Where there are no signals, the system ends the program itself.
#[cfg(not(unix))]
pub fn end_on_signals(_host: std::sync::Arc<SystemHost>) {}

impl SystemHost {
    /// Flushes, unless a writer holds the stream at this moment (it may be waiting for a reader for ever).
    #[cfg(unix)]
    fn flush_if_free(&self) {
        if let Ok(mut out) = self.out.try_lock() {
            _ = out.flush();
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one door to the machine")]
impl Host for SystemHost {
    fn has_written_too_much(&self) -> bool {
        let most = self.settings.most_output;
        most != 0 && self.written.load(Ordering::Relaxed) > most
    }

    fn write_out(&self, text: &str) {
        if !self.may_write(text) {
            return;
        }
        let mut out = self.out();
        let result = if self.out_is_terminal && text.contains('\r') {
            out.write_all(lone_returns_as_line_ends(text).as_bytes())
        } else {
            out.write_all(text.as_bytes())
        };
        // A person wants to see each line when it is made.
        let result = if self.out_is_terminal { result.and_then(|()| out.flush()) } else { result };
        drop(out);
        Self::expect_written(result);
    }

    fn write_err(&self, text: &str) {
        if !self.may_write(text) {
            return;
        }
        self.flush();
        self.has_written_err.store(true, Ordering::Relaxed);
        _ = std::io::stderr().lock().write_all(text.as_bytes());
    }

    fn has_written_err(&self) -> bool {
        self.has_written_err.load(Ordering::Relaxed)
    }

    fn prompt(&self, text: &str) {
        self.flush();
        _ = std::io::stderr().lock().write_all(text.as_bytes());
    }

    fn flush(&self) {
        let result = self.out().flush();
        Self::expect_written(result);
    }

    fn read_line(&self) -> Option<String> {
        self.flush();
        let mut bytes = Vec::new();
        match std::io::stdin().lock().read_until(b'\n', &mut bytes) {
            Ok(0) | Err(_) => None,
            Ok(_) => Some(line_of(&bytes)),
        }
    }

    fn is_interactive(&self) -> bool {
        Self::in_is_terminal()
    }

    fn takes_input(&self) -> bool {
        !self.settings.no_input
    }

    fn log(&self, line: &str) {
        if let Some(log) = &self.log {
            let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
            _ = writeln!(log, "{line}");
        }
    }

    fn now(&self) -> DateTime<FixedOffset> {
        self.settings.clock.unwrap_or_else(|| chrono::Local::now().fixed_offset())
    }

    fn offset_at(&self, local: NaiveDateTime) -> FixedOffset {
        let zone = self
            .settings
            .clock
            .is_none()
            .then(|| chrono::Local.offset_from_local_datetime(&local).earliest());
        zone.flatten().map_or_else(|| *self.now().offset(), |offset| offset.fix())
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    fn random(&self) -> u64 {
        self.random.next()
    }

    fn random_uuid(&self) -> u128 {
        let fresh = || u128::from(fresh_seed());
        let next = || u128::from(self.random.next());
        if self.settings.seed.is_none() { (fresh() << 64) | fresh() } else { (next() << 64) | next() }
    }

    fn secret(&self, bytes: &mut [u8]) -> bool {
        if self.settings.seed.is_none() {
            return getrandom::fill(bytes).is_ok();
        }
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(self.random().to_le_bytes().get(..chunk.len()).unwrap_or_default());
        }
        true
    }

    fn variable(&self, name: &str) -> Option<String> {
        if self.shows(name) { Self::environment(name) } else { None }
    }

    fn host_name(&self) -> String {
        if !self.shows("HOSTNAME") {
            return "localhost".into();
        }
        whoami::hostname().unwrap_or_else(|_| "localhost".into())
    }

    fn user_name(&self) -> String {
        if !self.shows("USER") {
            return "user".into();
        }
        whoami::username().unwrap_or_else(|_| "user".into())
    }

    fn current_directory(&self) -> PathBuf {
        Self::working_directory()
    }

    fn executable(&self) -> PathBuf {
        std::env::current_exe().unwrap_or_default()
    }

    fn process_id(&self) -> u32 {
        std::process::id()
    }

    fn parallelism(&self) -> usize {
        std::thread::available_parallelism().map_or(1, usize::from)
    }
}

/// What a [`RecordingHost`] was told and answers.
#[derive(Debug, Default)]
struct Record {
    out: String,
    err: String,
    log: Vec<String>,
    input: VecDeque<String>,
}

/// A host without a machine: keeps what is written and answers from a script. Its calendar stands still, its time goes on.
#[derive(Debug)]
pub struct RecordingHost {
    record: Mutex<Record>,
    clock: DateTime<FixedOffset>,
    random: SplitMix,
    start: Instant,
}

impl RecordingHost {
    /// A host whose standard input holds these lines; the clock stands at the first moment of 2000, the seed is 1.
    pub fn new<'a>(input: impl IntoIterator<Item = &'a str>) -> Self {
        Self::with(input, None, None)
    }

    /// The same with a clock and a seed of one's own.
    pub fn with<'a>(
        input: impl IntoIterator<Item = &'a str>,
        clock: Option<DateTime<FixedOffset>>,
        seed: Option<u64>,
    ) -> Self {
        // 946684800 is 2000-01-01T00:00:00Z, the moment at which the sessions of tests begin.
        let start = || DateTime::from_timestamp(946_684_800, 0).unwrap_or_default().fixed_offset();
        Self {
            record: Mutex::new(Record {
                input: input.into_iter().map(str::to_owned).collect(),
                ..Record::default()
            }),
            clock: clock.unwrap_or_else(start),
            random: SplitMix::new(seed.unwrap_or(1)),
            start: Instant::now(),
        }
    }

    /// All that was written to standard output.
    pub fn out(&self) -> String {
        self.record().out.clone()
    }

    /// All that the program wrote to standard error.
    pub fn err(&self) -> String {
        self.record().err.clone()
    }

    /// The lines of the diagnostic log.
    pub fn logged(&self) -> Vec<String> {
        self.record().log.clone()
    }

    fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Host for RecordingHost {
    fn write_out(&self, text: &str) {
        self.record().out.push_str(text);
    }

    fn write_err(&self, text: &str) {
        self.record().err.push_str(text);
    }

    fn has_written_err(&self) -> bool {
        !self.record().err.is_empty()
    }

    fn flush(&self) {}

    fn read_line(&self) -> Option<String> {
        self.record().input.pop_front()
    }

    fn is_interactive(&self) -> bool {
        false
    }

    fn log(&self, line: &str) {
        self.record().log.push(line.to_owned());
    }

    fn now(&self) -> DateTime<FixedOffset> {
        self.clock
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    fn random(&self) -> u64 {
        self.random.next()
    }

    fn variable(&self, _name: &str) -> Option<String> {
        None
    }

    fn host_name(&self) -> String {
        "localhost".into()
    }

    fn user_name(&self) -> String {
        "user".into()
    }

    fn current_directory(&self) -> PathBuf {
        // Files are real in tests too, so names without a folder are in the real one.
        SystemHost::working_directory()
    }

    fn platform(&self) -> Platform {
        Platform::Mac
    }
}

/// `SplitMix64`: one addition and a mix a number, so that all processes can share it without a lock.
#[derive(Debug)]
struct SplitMix(AtomicU64);

impl SplitMix {
    const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    fn next(&self) -> u64 {
        // The step and the factors are those of the published generator (Steele, Lea and Flood, 2014).
        const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut z = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

/// Unpredictable bits from the system; a machine that has none gives those of the clock.
#[expect(clippy::disallowed_methods, reason = "this is the one door to the machine")]
fn fresh_seed() -> u64 {
    getrandom::u64().unwrap_or_else(|_| chrono::Local::now().timestamp_micros().unsigned_abs())
}

/// The text of a line without its end.
fn line_of(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_suffix('\n').unwrap_or(&text);
    text.strip_suffix('\r').unwrap_or(text).to_owned()
}

/// A lone CR, usual in 4D texts, would make lines overwrite each other on a terminal.
fn lone_returns_as_line_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_fixes_the_sequence() {
        let first = SplitMix::new(42);
        let second = SplitMix::new(42);
        let other = SplitMix::new(43);
        let numbers: Vec<u64> = (0..4).map(|_| first.next()).collect();
        assert_eq!(numbers, (0..4).map(|_| second.next()).collect::<Vec<_>>());
        assert_ne!(numbers, (0..4).map(|_| other.next()).collect::<Vec<_>>());
    }

    #[test]
    fn a_line_loses_its_end_only() {
        assert_eq!(line_of(b"a b \r\n"), "a b ");
        assert_eq!(line_of(b"last"), "last");
        assert_eq!(line_of(b"\n"), "");
        assert_eq!(line_of(b"\xff\n"), "\u{fffd}");
    }

    #[test]
    fn a_recording_host_answers_from_its_script() {
        let host = RecordingHost::new(["Ada"]);
        host.write_out("a");
        host.write_out("b\n");
        assert_eq!(host.read_line().as_deref(), Some("Ada"));
        assert_eq!(host.read_line(), None);
        assert_eq!(host.out(), "ab\n");
        assert_eq!(host.now().to_rfc3339(), "2000-01-01T00:00:00+00:00");
    }

    #[test]
    fn returns_are_shown_as_line_ends() {
        assert_eq!(lone_returns_as_line_ends("a\rb\r\nc\n"), "a\nb\nc\n");
    }
}
