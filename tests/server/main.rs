//! `quatre serve` and `quatre connect` from outside: the binary, real sockets, and clients that behave badly.
//!
//! Each test starts a server of its own at a port that the system chooses, and reads the port from what it says.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "tests are clients of a real server"
)]

mod policy;
mod remote;
mod shared;
mod support;
mod web;
