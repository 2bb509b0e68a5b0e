//! A defect of Quatre itself is caught and reported, whatever thread meets it.

#![expect(clippy::disallowed_methods, reason = "the test reads the report and removes it")]

use quatre::cli::crash;

#[test]
fn a_panic_is_remembered_and_its_circumstances_are_saved() {
    assert!(!crash::has_happened());
    crash::catch();
    let thread = std::thread::spawn(|| panic!("a defect made for this test"));
    assert!(thread.join().is_err());
    assert!(crash::has_happened());
    let path = std::env::temp_dir().join(format!("quatre-defect-{}.txt", std::process::id()));
    let report = std::fs::read_to_string(&path).expect("a report");
    std::fs::remove_file(&path).expect("removed");
    assert!(report.starts_with(concat!("quatre ", env!("CARGO_PKG_VERSION"))), "{report}");
    assert!(report.contains("a defect made for this test"), "{report}");
}
