//! Defects of Quatre itself: a panic is caught, its circumstances are saved to a file, and the user is asked for a
//! report. The exit code is then 70 whatever else happened.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::runtime::host::SystemHost;
use crate::runtime::sandbox;

static HAS_HAPPENED: AtomicBool = AtomicBool::new(false);

/// Whether any thread of this program has met a defect.
pub fn has_happened() -> bool {
    HAS_HAPPENED.load(Ordering::Relaxed)
}

/// From now on a panic saves a report and says so, instead of printing what only its authors understand.
pub fn catch() {
    std::panic::set_hook(Box::new(|info| {
        // One report is enough; what follows is mostly caused by the first.
        if HAS_HAPPENED.swap(true, Ordering::Relaxed) {
            return;
        }
        let thread = std::thread::current();
        let arguments: Vec<String> =
            std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
        let report = format!(
            "quatre {}\narguments: {arguments:?}\nthread: {}\n{info}\n\n{}\n",
            env!("CARGO_PKG_VERSION"),
            thread.name().unwrap_or("unnamed"),
            std::backtrace::Backtrace::force_capture(),
        );
        let path = sandbox::temporary_folder().join(format!("quatre-defect-{}.txt", std::process::id()));
        let saved = match sandbox::write(&path, report.as_bytes()) {
            Ok(()) => format!("the circumstances were saved to {}", path.display()),
            Err(problem) => format!("the circumstances could not be saved: {problem}"),
        };
        let message = info.payload_as_str().unwrap_or("no message");
        let place =
            info.location().map_or_else(String::new, |place| format!(" ({}:{})", place.file(), place.line()));
        SystemHost::report_at_once(&format!(
            "error: Quatre has met a defect of its own: {message}{place}\n  = {saved}\n  = please report it together with the program that was run\n"
        ));
    }));
}
