//! `quatre test [PATH...]`: golden files, examples in Markdown, test methods.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::cli::args::{Arguments, Group, Opt, Usage};
use crate::cli::output::Output;
use crate::cli::{Command, Exit, convert, prepare};
use crate::engine::project;
use crate::golden::case::{Case, Subject, find};
use crate::golden::directives::{self, duration};
use crate::golden::markdown::Mode;
use crate::golden::report::{self, Look, Reporter};
use crate::golden::{self, Ended, Settings};
use crate::runtime::host::SystemHost;
use crate::runtime::sandbox;
use crate::value::pattern::{Anchor, Pattern, Subject as Searched};
use crate::value::text::Text;

/// Options of `test` alone.
static OPTIONS: Group = Group {
    title: "Options of test",
    options: &[
        Opt::perhaps("bless", "new|force", "what was got becomes what is expected").daily(),
        Opt::value("filter", "TEXT|/REGEX/", "only tests whose name holds this").daily(),
        Opt::value("tag", "TAG", "only tests with this tag"),
        Opt::value("skip-tag", "TAG", "no tests with this tag"),
        Opt::value("methods", "PATTERN", "run the methods of a project whose names match, like 'test_*'"),
        Opt::value(
            "reporter",
            "FORM[=FILE]",
            "pretty, dots, tap, json, junit, github; may be given more than once",
        ),
        Opt::flag("list", "name the tests and run none"),
        Opt::value("jobs", "N", "run so many at once").letter('j'),
        Opt::value("timeout", "TIME", "the time of a test that names none; 10s unless said otherwise"),
        Opt::perhaps("fail-fast", "N", "end after the first failure, or after N"),
        Opt::perhaps("shuffle", "SEED", "in another order"),
        Opt::value("shard", "I/N", "only the I-th of N parts"),
        Opt::flag("last-failed", "only those that failed the last time"),
        Opt::flag("no-times", "leave out the times, so that two runs give the same report"),
        Opt::value("sessions", "FILE.json", "the sessions of tests that have none"),
        Opt::value("clock", "ISO", "the clock of tests that name none"),
        Opt::value("seed", "N", "the seed of tests that name none"),
        Opt::flag("watch", "run again on each change"),
    ],
};

/// The row of the table of commands.
pub const COMMAND: Command = Command {
    name: "test",
    arguments: "[PATH...]",
    summary: "run golden tests and the examples in Markdown",
    details: "A test is NAME.4dm with NAME.out beside it: what the program writes is compared with it. Beside them may \
              stand NAME.err,\nNAME.in (standard input), NAME.args, NAME.sessions.json and NAME.project. Comments at \
              the top say more: `// test: error -10518`,\n`exit 1`, `match patterns`, `skip REASON`, `xfail REASON`, \
              `timeout 2s`, `tags a, b`, `clock ISO`, `seed N`, `session N`.\nIn Markdown, a fence that begins with \
              `4d` is a test; an `output` fence behind it is what it writes.",
    examples: &[
        "quatre test tests",
        "quatre test --bless tests/new.4dm",
        "quatre test README.md",
        "quatre test --methods 'test_*' P.4DProject",
        "quatre test --reporter pretty --reporter junit=out.xml",
    ],
    groups: &[&OPTIONS, &crate::cli::options::LIMITS],
    run: Some(run),
};

/// Between two looks whether a file has changed.
const LOOK: Duration = Duration::from_millis(300);

fn run(arguments: &Arguments, output: &Output) -> Result<Exit, Usage> {
    let settings = settings(arguments)?;
    let exit = once(arguments, output, &settings)?;
    if !arguments.has("watch") {
        return Ok(exit);
    }
    let mut seen = state(arguments);
    loop {
        std::thread::sleep(LOOK);
        let now = state(arguments);
        if now != seen {
            seen = now;
            output.result("\n");
            once(arguments, output, &settings)?;
        }
    }
}

/// When the files below the paths were changed.
fn state(arguments: &Arguments) -> Vec<(PathBuf, Option<std::time::SystemTime>)> {
    let mut files = Vec::new();
    let mut folders = paths(arguments);
    while let Some(path) = folders.pop() {
        for entry in sandbox::list(&path).unwrap_or_default() {
            let is_folder = entry.kind == sandbox::Kind::Folder && !entry.is_link;
            if is_folder && !entry.name.starts_with('.') && entry.name != "target" {
                folders.push(entry.path.clone());
            }
            files.push((entry.path.clone(), sandbox::facts(&entry.path).ok().map(|facts| facts.modified)));
        }
        files.push((path.clone(), sandbox::facts(&path).ok().map(|facts| facts.modified)));
    }
    files
}

fn paths(arguments: &Arguments) -> Vec<PathBuf> {
    let given: Vec<PathBuf> = arguments.values.iter().map(PathBuf::from).collect();
    if given.is_empty() { vec![PathBuf::from("tests")] } else { given }
}

fn number(arguments: &Arguments, name: &str) -> Result<Option<usize>, Usage> {
    let Some(text) = arguments.text(name) else { return Ok(None) };
    let number = text.parse().ok().filter(|n| *n > 0);
    let wrong = || {
        Usage::new(
            format!("`--{name}` is a number from 1 on, not `{text}`"),
            "all options: quatre test --help",
        )
    };
    number.map(Some).ok_or_else(wrong)
}

fn settings(arguments: &Arguments) -> Result<Settings, Usage> {
    let timeout = match arguments.text("timeout") {
        Some(text) => duration(&text).ok_or_else(|| {
            Usage::new(format!("`--timeout` cannot be `{text}`"), "write it as: --timeout 5s")
        })?,
        None => Duration::from_secs(10),
    };
    let bless = arguments.has("bless");
    let how = arguments.text("bless").unwrap_or_default();
    if !["", "new", "force"].contains(&how.as_str()) {
        return Err(crate::cli::output::choice("bless", &how, &["new", "force"]));
    }
    let in_ci = SystemHost::environment("CI").is_some_and(|value| !value.is_empty());
    if bless && in_ci && how != "force" {
        return Err(Usage::new(
            "`--bless` does nothing where CI is set: there, expectations are checked",
            "if you mean it: --bless=force",
        ));
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let limits = prepare::limits(arguments)?;
    let fail_fast = number(arguments, "fail-fast")?;
    Ok(Settings {
        timeout: limits.time.unwrap_or(timeout),
        jobs: number(arguments, "jobs")?.unwrap_or(cores),
        most_failures: fail_fast.unwrap_or(usize::from(arguments.has("fail-fast"))),
        bless: bless && how != "new",
        sessions: arguments.value("sessions").map(PathBuf::from),
        clock: arguments.text("clock").map(|text| prepare::moment(&text)).transpose()?,
        seed: arguments.text("seed").map(|text| prepare::seed(&text)).transpose()?,
        convert: convert_words,
        bounds: limits.bounds,
        permissions: limits.permissions,
    })
}

/// The lines of `.args` as values, as the arguments of `quatre run` are.
///
/// # Errors
/// A line does not fit the type of its parameter.
pub fn convert_words(
    words: &[String],
    parameters: &[(String, crate::value::Type)],
    name: &str,
) -> Result<Vec<crate::value::Value>, String> {
    let parameter = |(name, type_): &(String, crate::value::Type)| convert::Parameter {
        name: name.clone(),
        type_: *type_,
    };
    let parameters: Vec<convert::Parameter> = parameters.iter().map(parameter).collect();
    convert::convert(words, &parameters, name).map_err(|usage| usage.message)
}

/// The cases that the command line asks for.
fn cases(arguments: &Arguments, output: &Output) -> Result<Vec<Case>, Usage> {
    let markdown = match output.config.values("test", "markdown").and_then(|values| values.first()) {
        Some(word) if word == "check" => Mode::Check,
        Some(word) if word == "parse" => Mode::Parse,
        Some(_) | None => Mode::Run,
    };
    let mut all = Vec::new();
    for path in paths(arguments) {
        if let Some(pattern) = arguments.text("methods") {
            all.extend(methods(&path, &pattern)?);
            continue;
        }
        let found = find(&path, markdown).map_err(|problem| {
            let why = sandbox::reason(&problem);
            Usage::new(format!("cannot read `{}`: {why}", path.display()), "name a file or a folder of tests")
        })?;
        all.extend(found);
    }
    let filters = filters(arguments)?;
    let mut kept = Vec::new();
    for case in all {
        if filters.iter().all(|filter| filter.keeps(&case.name)) && has_tags(&case, arguments) {
            kept.push(case);
        }
    }
    if arguments.has("last-failed") {
        let failed = last_failed();
        kept.retain(|case| failed.iter().any(|name| *name == identity(case)));
    }
    if let Some(text) = arguments.text("shard") {
        kept = shard(kept, &text)?;
    }
    if arguments.has("shuffle") {
        let seed = arguments.text("shuffle").and_then(|text| text.parse().ok()).unwrap_or(1);
        shuffle(&mut kept, seed);
    }
    Ok(kept)
}

/// The test methods of a project.
fn methods(path: &Path, pattern: &str) -> Result<Vec<Case>, Usage> {
    let opened = project::open(path)
        .map_err(|problem| Usage::new(problem.message.clone(), "name a project with --methods"))?;
    let file = opened.project.file.clone().unwrap_or_else(|| path.to_owned());
    let names = opened.project.methods.iter().map(|member| member.name.clone());
    let case = |name: String| Case {
        name: name.clone(),
        file: file.clone(),
        line: 1,
        root: file.clone(),
        subject: Subject::Method(name),
    };
    Ok(names.filter(|name| matches_star(&pattern.to_lowercase(), &name.to_lowercase())).map(case).collect())
}

/// `*` stands for any text.
fn matches_star(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    rest.ends_with(last)
}

/// What a name must hold.
enum Filter {
    Words(String),
    Regex(Pattern),
}

impl Filter {
    fn keeps(&self, name: &str) -> bool {
        match self {
            Self::Words(words) => name.to_lowercase().contains(words),
            Self::Regex(pattern) => {
                matches!(pattern.find(&Searched::new(&Text::from(name)), 0), Ok(Some(_)))
            }
        }
    }
}

fn filters(arguments: &Arguments) -> Result<Vec<Filter>, Usage> {
    let one = |text: String| {
        let Some(regex) = text.strip_prefix('/').and_then(|text| text.strip_suffix('/')) else {
            return Ok(Filter::Words(text.to_lowercase()));
        };
        let wrong = |_| Usage::new(format!("`--filter` cannot be `{text}`"), "it is no regular expression");
        Pattern::new(regex, Anchor::Anywhere, false).map(Filter::Regex).map_err(wrong)
    };
    arguments.text("filter").into_iter().map(one).collect()
}

fn has_tags(case: &Case, arguments: &Arguments) -> bool {
    let (wanted, unwanted) = (arguments.list("tag"), arguments.list("skip-tag"));
    if wanted.is_empty() && unwanted.is_empty() {
        return true;
    }
    let text = match &case.subject {
        Subject::File => sandbox::read(&case.file).unwrap_or_default(),
        Subject::Example(_) | Subject::Method(_) => Vec::new(),
    };
    let tags = directives::read(&String::from_utf8_lossy(&text)).map(|read| read.tags).unwrap_or_default();
    let has = |tag: &String| tags.contains(tag);
    (wanted.is_empty() || wanted.iter().any(has)) && !unwanted.iter().any(has)
}

/// Every N-th case from the I-th on.
fn shard(cases: Vec<Case>, text: &str) -> Result<Vec<Case>, Usage> {
    let parts =
        text.split_once('/').and_then(|(i, n)| Some((i.parse::<usize>().ok()?, n.parse::<usize>().ok()?)));
    match parts {
        Some((part, count)) if (1..=count).contains(&part) => Ok(cases
            .into_iter()
            .enumerate()
            .filter(|(at, _)| at % count == part - 1)
            .map(|(_, c)| c)
            .collect()),
        _ => Err(Usage::new(format!("`--shard` cannot be `{text}`"), "write it as: --shard 2/4")),
    }
}

/// The same order for the same seed.
fn shuffle(cases: &mut [Case], seed: u64) {
    let mut state = seed;
    for last in (1..cases.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from(state >> 33).unwrap_or(0) % (last + 1);
        cases.swap(last, other);
    }
}

/// What `--last-failed` knows a case by.
fn identity(case: &Case) -> String {
    format!("{} {}", case.file.display(), case.name)
}

/// Where failures are kept from one run to the next: a file for each folder in which tests are started.
fn memory() -> PathBuf {
    let folder = SystemHost::working_directory().to_string_lossy().into_owned();
    let sum = folder
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    sandbox::temporary_folder().join(format!("quatre-last-failed-{sum:016x}.txt"))
}

fn last_failed() -> Vec<String> {
    let bytes = sandbox::read(&memory()).unwrap_or_default();
    String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect()
}

/// Reporters, each with the file that it writes to; `None` is standard output.
type Reporters = Vec<(Box<dyn Reporter>, Option<PathBuf>)>;

/// The reporters that are asked for.
fn reporters(arguments: &Arguments) -> Result<Reporters, Usage> {
    let mut asked = arguments.list("reporter");
    if asked.is_empty() {
        asked.push("pretty".to_owned());
        if SystemHost::environment("GITHUB_ACTIONS").as_deref() == Some("true") {
            asked.push("github".to_owned());
        }
    }
    let look = Look { no_times: arguments.has("no-times"), command: "quatre test".to_owned() };
    let one = |text: String| {
        let (name, file) =
            text.split_once('=').map_or((text.as_str(), None), |(n, f)| (n, Some(PathBuf::from(f))));
        let reporter = report::named(name, &look);
        let reporter = reporter.ok_or_else(|| crate::cli::output::choice("reporter", name, report::NAMES))?;
        Ok((reporter, file))
    };
    asked.into_iter().map(one).collect()
}

/// Runs the tests once.
fn once(arguments: &Arguments, output: &Output, settings: &Settings) -> Result<Exit, Usage> {
    let reporters = reporters(arguments)?;
    if arguments.text("bless").as_deref() == Some("new") {
        return bless_new(arguments, output, settings);
    }
    let cases = cases(arguments, output)?;
    if cases.is_empty() {
        let searched: Vec<String> = paths(arguments).iter().map(|path| path.display().to_string()).collect();
        let hint = "a test is NAME.4dm with NAME.out beside it, or a `4d` fence in Markdown";
        return Err(Usage::new(format!("no test found in {}", searched.join(", ")), hint));
    }
    if arguments.has("list") {
        output.result(&cases.iter().map(|case| format!("{}\n", case.name)).collect::<String>());
        return Ok(Exit::Fine);
    }
    let mut texts: Vec<String> = reporters.iter().map(|(reporter, _)| reporter.begin(cases.len())).collect();
    let mut index = 0;
    let start = Instant::now();
    let all = golden::run(&cases, settings, |ended| {
        index += 1;
        for ((reporter, file), text) in reporters.iter().zip(&mut texts) {
            text.push_str(&reporter.case(index, ended));
            if file.is_none() {
                output.result(&std::mem::take(text));
            }
        }
    });
    let took = start.elapsed();
    for ((reporter, file), mut text) in reporters.iter().zip(texts) {
        text.push_str(&reporter.end(&all, took));
        match file {
            None => output.result(&text),
            Some(file) => sandbox::write(file, text.as_bytes()).map_err(|problem| {
                let why = sandbox::reason(&problem);
                Usage::new(
                    format!("cannot write `{}`: {why}", file.display()),
                    "--reporter FORM=FILE names a file",
                )
            })?,
        }
    }
    remember(&cases, &all);
    Ok(if all.iter().any(Ended::has_failed) { Exit::Problem } else { Exit::Fine })
}

/// Keeps the names of what failed for `--last-failed`; where that cannot be kept, it is only not known.
fn remember(cases: &[Case], all: &[Ended]) {
    let failed: String = cases
        .iter()
        .zip(all)
        .filter(|(_, ended)| ended.has_failed())
        .map(|(case, _)| format!("{}\n", identity(case)))
        .collect();
    _ = sandbox::write(&memory(), failed.as_bytes());
}

/// Makes the `.out` files that are missing, of the files that were named.
fn bless_new(arguments: &Arguments, output: &Output, settings: &Settings) -> Result<Exit, Usage> {
    if arguments.values.is_empty() {
        return Err(Usage::new(
            "`--bless=new` wants the files it is for",
            "quatre test --bless=new tests/new.4dm",
        ));
    }
    let mut cases = cases(arguments, output)?;
    cases.retain(|case| {
        matches!(case.subject, Subject::File) && !sandbox::is_file(&case.file.with_extension("out"))
    });
    let settings = Settings { bless: true, ..settings.clone() };
    let all = golden::run(&cases, &settings, |_| {});
    for ended in &all {
        output.result(ended.blessed.as_deref().unwrap_or_default());
    }
    Ok(if all.iter().any(Ended::has_failed) { Exit::Problem } else { Exit::Fine })
}

#[cfg(test)]
mod tests {
    use super::matches_star;

    #[test]
    fn stars_stand_for_any_text() {
        assert!(matches_star("test_*", "test_sum") && matches_star("*sum", "test_sum"));
        assert!(matches_star("t*_*m", "test_sum") && matches_star("a", "a"));
        assert!(!matches_star("test_*", "my_test_") && !matches_star("a", "ab"));
    }
}
