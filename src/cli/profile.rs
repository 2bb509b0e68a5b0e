//! `quatre run --profile[=FILE]`: where the time went, as a table and as a file for speedscope.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value as Json, json};

use crate::engine::profile::{Profile, Share};

/// So many lines and methods are shown.
const SHOWN: usize = 15;

/// The table that is shown at the end of a run.
pub fn table(profile: &Profile) -> String {
    let total = profile.total();
    if total == 0 {
        return "profile: the run was too short for a sample\n".to_owned();
    }
    let mut text = format!("profile: {}, a sample each millisecond\n", time(total));
    for (title, shares) in [("line", profile.by_line()), ("method", profile.by_method())] {
        _ = writeln!(text, "\n  own  with calls  {title}");
        let seen = shares.iter().take(SHOWN).filter(|share| share.whole > 0);
        for Share { what, own, whole } in seen {
            _ = writeln!(text, "{:>5}  {:>10}  {what}", percent(*own, total), percent(*whole, total));
        }
    }
    text
}

/// Tenths of a percent, rounded.
fn percent(part: u64, total: u64) -> String {
    let tenths = (u128::from(part) * 1000 + u128::from(total) / 2) / u128::from(total.max(1));
    format!("{}.{}%", tenths / 10, tenths % 10)
}

fn time(micros: u64) -> String {
    if micros < 1_000_000 {
        format!("{} ms", (micros + 500) / 1000)
    } else {
        format!("{}.{:02} s", micros / 1_000_000, micros % 1_000_000 / 10_000)
    }
}

/// The file format of speedscope, one profile a process:
/// <https://www.speedscope.app/file-format-schema.json>.
pub fn speedscope(profile: &Profile, name: &Path) -> Json {
    let frames: Vec<Json> = profile
        .places
        .iter()
        .map(|place| {
            let name = format!("{}:{}", place.method, place.line);
            json!({"name": name, "file": place.file, "line": place.line})
        })
        .collect();
    let profiles: Vec<Json> = profile
        .processes
        .iter()
        .map(|process| {
            let total: u64 = process.samples.iter().map(|(_, time)| time).sum();
            let stacks: Vec<&[usize]> = process
                .samples
                .iter()
                .map(|(stack, _)| profile.stacks.get(*stack as usize).map(Vec::as_slice).unwrap_or_default())
                .collect();
            let weights: Vec<u64> = process.samples.iter().map(|(_, time)| *time).collect();
            json!({
                "type": "sampled", "name": format!("{} ({})", process.name, process.number), "unit": "microseconds",
                "startValue": 0, "endValue": total, "samples": stacks, "weights": weights,
            })
        })
        .collect();
    json!({
        "$schema": "https://www.speedscope.app/file-format-schema.json",
        "exporter": concat!("quatre ", env!("CARGO_PKG_VERSION")),
        "name": name.display().to_string(),
        "activeProfileIndex": 0,
        "shared": {"frames": frames},
        "profiles": profiles,
    })
}
