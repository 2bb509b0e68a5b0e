//! How the program is linked.

#[expect(clippy::disallowed_methods, reason = "cargo asks and answers in this way")]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // The tables of commands hold tens of thousands of addresses. In a program that may be loaded anywhere, the loader
    // writes each of them at every start, and with them it copies the pages that they stand on.
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
