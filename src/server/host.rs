//! The machine as a server's program sees it: what the process of a remote user writes goes to its client, all else
//! where it always goes.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveDateTime};

use crate::runtime::host::{Host, Platform, SystemHost};
use crate::server::remote::write_to_client;

/// A machine whose streams lead to remote users.
pub struct ServerHost(pub Arc<SystemHost>);

impl Host for ServerHost {
    fn write_out(&self, text: &str) {
        if !write_to_client("out", text) {
            self.0.write_out(text);
        }
    }

    fn write_err(&self, text: &str) {
        if !write_to_client("err", text) {
            self.0.write_err(text);
        }
    }

    fn has_written_err(&self) -> bool {
        self.0.has_written_err()
    }

    fn prompt(&self, text: &str) {
        if !write_to_client("err", text) {
            self.0.prompt(text);
        }
    }

    fn flush(&self) {
        self.0.flush();
    }

    /// Nobody sits in front of a server, and a remote user sends code.
    fn read_line(&self) -> Option<String> {
        None
    }

    fn is_interactive(&self) -> bool {
        false
    }

    fn takes_input(&self) -> bool {
        false
    }

    fn log(&self, line: &str) {
        self.0.log(line);
    }

    fn now(&self) -> DateTime<FixedOffset> {
        self.0.now()
    }

    fn offset_at(&self, local: NaiveDateTime) -> FixedOffset {
        self.0.offset_at(local)
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn random(&self) -> u64 {
        self.0.random()
    }

    fn random_uuid(&self) -> u128 {
        self.0.random_uuid()
    }

    fn secret(&self, bytes: &mut [u8]) -> bool {
        self.0.secret(bytes)
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.0.variable(name)
    }

    fn host_name(&self) -> String {
        self.0.host_name()
    }

    fn user_name(&self) -> String {
        self.0.user_name()
    }

    fn current_directory(&self) -> PathBuf {
        self.0.current_directory()
    }

    fn executable(&self) -> PathBuf {
        self.0.executable()
    }

    fn process_id(&self) -> u32 {
        self.0.process_id()
    }

    fn parallelism(&self) -> usize {
        self.0.parallelism()
    }

    fn platform(&self) -> Platform {
        self.0.platform()
    }
}
