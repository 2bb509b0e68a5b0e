//! The store of sessions in Redis: `--session-store redis://HOST:PORT`.
//!
//! All keys begin with the name of the application. Cookies and passes stand there as digests, so that whoever reads
//! the store cannot show them. What must happen at once is one script: the lock of a storage, and its end.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use redis::{Client, Connection, FromRedisValue, RedisResult, Value};
use sha2::{Digest as _, Sha256};

use crate::runtime::session_store::{Answer, Locked, SessionStore, Trouble};
use crate::server::{Teller, Told};

/// No answer takes longer.
const PATIENCE: Duration = Duration::from_secs(5);
/// A server that has the storage of a session for longer, or that is gone, has it no more; in milliseconds.
const LOCK_LIFE: u32 = 30_000;
/// No more connections are kept.
const MOST_KEPT: usize = 16;

/// Takes the lock of a storage, and reads it when it is of another version.
const LOCK: &str = "
if redis.call('exists', KEYS[1]) == 0 then return {'gone'} end
if not redis.call('set', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return {'busy'} end
local version = redis.call('hget', KEYS[1], 'version') or '0'
if version == ARGV[3] then return {version} end
return {version, redis.call('hget', KEYS[1], 'storage') or '{}'}";

/// Writes a storage and gives its lock back; also when the lock is over and nobody has written meanwhile.
const UNLOCK: &str = "
local holder = redis.call('get', KEYS[2])
local version = redis.call('hget', KEYS[1], 'version') or '0'
local mine = holder == ARGV[1]
if not mine and (holder or version ~= ARGV[2]) then return -1 end
if ARGV[3] == '1' and redis.call('exists', KEYS[1]) == 1 then
  redis.call('hset', KEYS[1], 'storage', ARGV[4])
  version = redis.call('hincrby', KEYS[1], 'version', 1)
end
if mine then redis.call('del', KEYS[2]) end
return tonumber(version)";

/// Writes the record of a session that is still there.
const SAVE: &str = "
if redis.call('exists', KEYS[1]) == 0 then return 0 end
redis.call('hset', KEYS[1], 'record', ARGV[1])
redis.call('pexpire', KEYS[1], ARGV[2])
return 1";

/// Sessions in Redis.
pub struct RedisStore {
    client: Client,
    prefix: String,
    kept: Mutex<Vec<Connection>>,
    teller: Teller,
    has_complained: AtomicBool,
}

impl std::fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RedisStore({})", self.prefix)
    }
}

fn told(problem: &redis::RedisError) -> Trouble {
    problem.to_string()
}

fn digest(secret: &str) -> String {
    Sha256::digest(secret).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn milliseconds(life: Duration) -> u64 {
    u64::try_from(life.as_millis()).unwrap_or(u64::MAX).max(1)
}

impl RedisStore {
    /// The store at an address, for an application.
    ///
    /// # Errors
    /// The address is none, or nobody answers there.
    pub fn open(address: &str, application: &str, teller: Teller) -> Answer<Self> {
        let client = Client::open(address).map_err(|problem| told(&problem))?;
        let store = Self {
            client,
            prefix: format!("quatre:{application}:"),
            kept: Mutex::default(),
            teller,
            has_complained: AtomicBool::new(false),
        };
        store.ask::<String>(&redis::cmd("PING"))?;
        Ok(store)
    }

    fn key(&self, kind: &str, name: impl std::fmt::Display) -> String {
        format!("{}{kind}:{name}", self.prefix)
    }

    fn session(&self, id: &str) -> String {
        self.key("session", id)
    }

    fn connect(&self) -> RedisResult<Connection> {
        let connection = self.client.get_connection_with_timeout(PATIENCE)?;
        connection.set_read_timeout(Some(PATIENCE))?;
        connection.set_write_timeout(Some(PATIENCE))?;
        Ok(connection)
    }

    /// Asks once, and a second time on a new connection when a kept one was stale.
    fn ask<T: FromRedisValue>(&self, command: &redis::Cmd) -> Answer<T> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(mut connection) = kept {
            match command.query::<T>(&mut connection) {
                Ok(answer) => return Ok(self.keep(connection, answer)),
                // A command that may have been done is not sent again, but a closed connection took none.
                Err(problem)
                    if !(problem.is_io_error() || problem.is_connection_dropped())
                        || problem.is_timeout() =>
                {
                    return Err(told(&problem));
                }
                Err(_) => self.kept.lock().unwrap_or_else(PoisonError::into_inner).clear(),
            }
        }
        let mut connection = self.connect().map_err(|problem| told(&problem))?;
        let answer = command.query::<T>(&mut connection).map_err(|problem| told(&problem))?;
        Ok(self.keep(connection, answer))
    }

    fn keep<T>(&self, connection: Connection, answer: T) -> T {
        self.has_complained.store(false, Ordering::Relaxed);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MOST_KEPT {
            kept.push(connection);
        }
        answer
    }

    fn get(&self, key: &str) -> Answer<Option<String>> {
        self.ask(redis::cmd("GET").arg(key))
    }

    fn put(&self, key: &str, value: &str, life: Duration) -> Answer<()> {
        self.ask::<()>(redis::cmd("SET").arg(key).arg(value).arg("PX").arg(milliseconds(life)))
    }
}

impl SessionStore for RedisStore {
    fn next_number(&self) -> Answer<i32> {
        // Number 1 is the session of stored procedures of each server.
        let number: i64 = self.ask(redis::cmd("INCR").arg(format!("{}number", self.prefix)))?;
        i32::try_from(number.saturating_add(1)).map_err(|_| "all numbers are used up".to_owned())
    }

    fn save(&self, id: &str, number: Option<i32>, record: &str, life: Duration) -> Answer<bool> {
        let key = self.session(id);
        let Some(number) = number else {
            let script =
                redis::cmd("EVAL").arg(SAVE).arg(1).arg(&key).arg(record).arg(milliseconds(life)).to_owned();
            return self.ask::<i64>(&script).map(|done| done == 1);
        };
        self.ask::<()>(redis::cmd("HSET").arg(&key).arg("record").arg(record).arg("version").arg(0))?;
        self.ask::<()>(redis::cmd("PEXPIRE").arg(&key).arg(milliseconds(life)))?;
        self.put(&self.key("number", number), id, life)?;
        Ok(true)
    }

    fn load(&self, id: &str, known: i64) -> Answer<Option<(String, Locked)>> {
        let key = self.session(id);
        let read = redis::cmd("HMGET").arg(&key).arg("record").arg("version").to_owned();
        let (record, version): (Option<String>, Option<i64>) = self.ask(&read)?;
        let Some(record) = record else { return Ok(None) };
        let version = version.unwrap_or(0);
        if version == known {
            return Ok(Some((record, Locked::Held(version, None))));
        }
        let read = redis::cmd("HMGET").arg(&key).arg("storage").arg("version").to_owned();
        let (storage, version): (Option<String>, Option<i64>) = self.ask(&read)?;
        Ok(Some((record, Locked::Held(version.unwrap_or(0), storage))))
    }

    fn by_number(&self, number: i32) -> Answer<Option<String>> {
        self.get(&self.key("number", number))
    }

    fn by_cookie(&self, cookie: &str) -> Answer<Option<String>> {
        self.get(&self.key("cookie", digest(cookie)))
    }

    fn set_cookie(&self, id: &str, old: Option<&str>, cookie: &str, life: Duration) -> Answer<()> {
        self.put(&self.key("cookie", digest(cookie)), id, life)?;
        match old {
            Some(old) => self.ask::<()>(redis::cmd("DEL").arg(self.key("cookie", digest(old)))),
            None => Ok(()),
        }
    }

    fn touch(&self, id: &str, number: i32, cookie: &str, life: Duration) -> Answer<()> {
        let keys = [self.session(id), self.key("number", number), self.key("cookie", digest(cookie))];
        let script = "for _, key in ipairs(KEYS) do redis.call('pexpire', key, ARGV[1]) end";
        self.ask::<()>(redis::cmd("EVAL").arg(script).arg(keys.len()).arg(&keys).arg(milliseconds(life)))
    }

    fn remove(&self, id: &str) -> Answer<()> {
        self.ask::<()>(redis::cmd("DEL").arg(self.session(id)))
    }

    fn put_pass(&self, pass: &str, id: &str, life: Duration) -> Answer<()> {
        self.put(&self.key("pass", digest(pass)), id, life)
    }

    fn take_pass(&self, pass: &str) -> Answer<Option<String>> {
        let script = "local id = redis.call('get', KEYS[1]); redis.call('del', KEYS[1]); return id";
        self.ask(redis::cmd("EVAL").arg(script).arg(1).arg(self.key("pass", digest(pass))))
    }

    fn lock(&self, id: &str, holder: &str, known: i64) -> Answer<Locked> {
        let script = redis::cmd("EVAL")
            .arg(LOCK)
            .arg(2)
            .arg(self.session(id))
            .arg(self.key("lock", id))
            .arg(holder)
            .arg(LOCK_LIFE)
            .arg(known)
            .to_owned();
        let answer: Vec<Value> = self.ask(&script)?;
        let mut texts = answer.into_iter().map(String::from_redis_value);
        let first = texts.next().and_then(Result::ok).unwrap_or_default();
        Ok(match (first.as_str(), first.parse::<i64>()) {
            ("gone", _) => Locked::Gone,
            (_, Ok(version)) => Locked::Held(version, texts.next().and_then(Result::ok)),
            _ => Locked::Busy,
        })
    }

    fn unlock(&self, id: &str, holder: &str, known: i64, storage: Option<&str>) -> Answer<Option<i64>> {
        let script = redis::cmd("EVAL")
            .arg(UNLOCK)
            .arg(2)
            .arg(self.session(id))
            .arg(self.key("lock", id))
            .arg(holder)
            .arg(known)
            .arg(i32::from(storage.is_some()))
            .arg(storage.unwrap_or_default())
            .to_owned();
        let version: i64 = self.ask(&script)?;
        // Without a change it does not matter that the lock was over.
        Ok(Some(version).filter(|version| *version >= 0 || storage.is_none()))
    }

    fn complain(&self, trouble: &str) {
        if !self.has_complained.swap(true, Ordering::Relaxed) {
            (self.teller)(Told::Note(format!("sessions: {trouble}")));
        }
    }
}
