//! The tables of options, by what they are about.

use crate::cli::args::{Group, Opt};

/// What every command takes.
pub static COMMON: Group = Group {
    title: "Options every command takes",
    options: &[
        Opt::value("color", "WHEN", "auto, always or never").daily(),
        Opt::flag("ascii", "draw reports with ASCII signs only"),
        Opt::value(
            "format",
            "FORMAT",
            "how problems are reported: human, short, json, sarif, github, tool4d",
        )
        .daily(),
        Opt::value("deny", "CODE", "make a warning an error; `warnings` means all"),
        Opt::value("allow", "CODE", "hide a warning"),
        Opt::flag("quiet", "no progress, no summary; problems are still shown").letter('q').daily(),
        Opt::flag("verbose", "say which files and settings are used").letter('v'),
        Opt::value("config", "FILE", "settings from this file"),
        Opt::flag("no-config", "no settings from `quatre.toml`"),
        Opt::flag("help", "all about the command; -h is shorter").letter('h'),
        Opt::flag("version", "the version of Quatre").letter('V'),
    ],
};

/// What commands that run a program take.
pub static RUN: Group = Group {
    title: "Options of a run",
    options: &[
        Opt::value("sessions", "FILE.json", "the sessions that the program sees").daily(),
        Opt::value("session", "N|UUID", "the session in which it runs").daily(),
        Opt::value("clock", "ISO", "the clock stands still at this moment"),
        Opt::value("seed", "N", "seeds `Random` and `Generate UUID`"),
        Opt::value("user-param", "TEXT", "what `Get database parameter(User param value)` answers"),
        Opt::flag("no-input", "`ALERT`, `CONFIRM` and `Request` answer themselves, as under tool4d"),
        Opt::value("log", "FILE", "keep what `LOG EVENT` sends to other channels"),
        Opt::value("error-flag", "FILE", "remove FILE first; exit 1 if the program makes it"),
        Opt::flag("fail-on-stderr", "exit 1 if the program wrote a `LOG EVENT` of level Error"),
    ],
};

/// Bounds and permissions of a program.
pub static LIMITS: Group = Group {
    title: "Limits and permissions",
    options: &[
        Opt::value("max-time", "TIME", "end the program after this time, like 5s"),
        Opt::value("max-memory", "SIZE", "at most so much memory, like 256M"),
        Opt::value("max-steps", "N", "at most so many statements and calls"),
        Opt::value("max-depth", "N", "at most so many calls inside each other"),
        Opt::value("max-text", "SIZE", "the longest text"),
        Opt::value("max-elements", "N", "the most elements of a collection or an array"),
        Opt::value("max-output", "SIZE", "the most that may be written"),
        Opt::flag("sandbox", "no files, no network, no programs, no environment"),
        Opt::perhaps("allow-read", "PATH,…", "these files may be read"),
        Opt::perhaps("allow-write", "PATH,…", "these files may be written"),
        Opt::perhaps("allow-net", "HOST:PORT,…", "these addresses may be reached"),
        Opt::perhaps("allow-run", "PROGRAM,…", "these programs may be started"),
        Opt::perhaps("allow-env", "NAME,…", "these variables may be read"),
    ],
};

/// Options of `run` alone.
pub static PROFILE: Group = Group {
    title: "Measuring a run",
    options: &[Opt::perhaps("profile", "FILE", "show where the time went; FILE is written for speedscope")],
};

/// Options of `eval` alone.
pub static EVAL: Group = Group {
    title: "Options of eval",
    options: &[Opt::flag("json", "print the value as JSON, whatever it is").daily()],
};

/// Options of `repl` alone.
pub static REPL: Group = Group {
    title: "Options of repl",
    options: &[
        Opt::flag("keep-going", "with input from a file or a pipe: go on behind an input that fails").daily()
    ],
};

/// Options of `doc` alone.
pub static DOC: Group = Group {
    title: "Options of doc",
    options: &[
        Opt::flag("json", "print what is known as JSON").daily(),
        Opt::flag("search", "only list the names that are found"),
    ],
};

/// Options of `check` alone.
pub static CHECK: Group = Group {
    title: "Options of check",
    options: &[
        Opt::flag("syntax-only", "parse only, resolve no names").daily(),
        Opt::value("stdin-name", "FILE", "what the text read from `-` is called"),
        Opt::value("jobs", "N", "check so many files at once").letter('j'),
        Opt::flag("watch", "check again on each change"),
    ],
};

/// The options of tool4d, which need no command in front.
pub static TOOL4D: Group = Group {
    title: "Options of tool4d",
    options: &[
        Opt::value("project", "PATH", "open this project").daily(),
        Opt::value("startup-method", "NAME", "run this method after `On Startup`").daily(),
        Opt::flag("skip-onstartup", "run neither `On Startup` nor `On Exit`"),
        Opt::flag("dataless", "accepted: there is no data engine").daily(),
        Opt::value("opening-mode", "MODE", "accepted without effect"),
        Opt::flag("headless", "accepted: nothing else is possible"),
        Opt::value("data", "PATH", "accepted without effect"),
        Opt::flag("create-data", "accepted without effect"),
        Opt::flag("utility", "accepted without effect"),
        Opt::value("webadmin-settings-file", "FILE", "accepted without effect"),
        Opt::value("webadmin-access-key", "TEXT", "accepted without effect"),
        Opt::value("webadmin-auto-start", "BOOLEAN", "accepted without effect"),
        Opt::flag("webadmin-store-settings", "accepted without effect"),
    ],
};
