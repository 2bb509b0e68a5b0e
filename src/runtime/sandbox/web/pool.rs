//! Connections that are kept for the next request, by server; and how many there may be at a time.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::runtime::sandbox::permissions;
use crate::runtime::sandbox::web::tls::Security;
use crate::runtime::sandbox::web::url::Url;
use crate::runtime::sandbox::web::{Connection, Head, Patience, Problem, Request};

/// Between two looks whether a request that waits for its turn is still wanted.
const LOOK: Duration = Duration::from_millis(50);

/// A server, and how it is spoken with.
type Server = (bool, String, u16, Security);

/// How many connections there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Whether connections are kept at all.
    pub keep: bool,
    /// For one server.
    pub each: usize,
    /// For all together.
    pub total: usize,
    /// How long one that is not used is kept.
    pub idle: Option<Duration>,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { keep: true, each: 65_535, total: 65_535, idle: None }
    }
}

#[derive(Default)]
struct State {
    idle: Vec<(Server, Connection, Instant)>,
    busy: Vec<Server>,
}

/// The connections of an agent.
#[derive(Default)]
pub struct Pool {
    bounds: Bounds,
    state: Mutex<State>,
    freed: Condvar,
}

/// A place among the connections, given back when it is dropped.
struct Turn<'a> {
    pool: &'a Pool,
    server: Server,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut state = self.pool.lock();
        if let Some(at) = state.busy.iter().position(|busy| *busy == self.server) {
            state.busy.swap_remove(at);
        }
        drop(state);
        self.pool.freed.notify_all();
    }
}

impl Pool {
    /// A pool of so many.
    pub fn new(bounds: Bounds) -> Self {
        Self { bounds, ..Self::default() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many requests are under way.
    pub fn busy(&self) -> usize {
        self.lock().busy.len()
    }

    /// Waits for a turn; gives with it a connection that was kept.
    fn turn(&self, server: Server, patience: &Patience) -> Result<(Turn<'_>, Option<Connection>), Problem> {
        let mut state = self.lock();
        loop {
            let own = state.busy.iter().filter(|busy| **busy == server).count();
            if own < self.bounds.each && state.busy.len() < self.bounds.total {
                break;
            }
            state = self.freed.wait_timeout(state, LOOK).unwrap_or_else(PoisonError::into_inner).0;
            patience.check()?;
        }
        let now = Instant::now();
        if let Some(time) = self.bounds.idle {
            state.idle.retain(|(_, _, since)| now.duration_since(*since) < time);
        }
        let kept = state.idle.iter().rposition(|(known, ..)| *known == server);
        let connection = kept.map(|at| state.idle.swap_remove(at).1);
        state.busy.push(server.clone());
        drop(state);
        Ok((Turn { pool: self, server }, connection))
    }

    /// Sends a request and reads its answer, on a connection that was kept or on a new one.
    pub fn exchange(
        &self,
        url: &Url,
        security: &Security,
        request: &Request,
        patience: &Patience,
        on_head: &mut dyn FnMut(&Head),
        on_data: &mut dyn FnMut(&[u8]),
    ) -> Result<Head, Problem> {
        // A redirection may lead where the program may not go.
        permissions::net(url.bare_host(), url.port)
            .map_err(|error| Problem::Unreachable(error.details().message.clone()))?;
        let server = (url.secure, url.host.to_ascii_lowercase(), url.port, security.clone());
        let (turn, kept) = self.turn(server, patience)?;
        if let Some(mut connection) = kept {
            let mut answered = false;
            let told = |head: &Head| {
                answered = true;
                on_head(head);
            };
            match connection.exchange(url, request, patience, told, on_data) {
                // The server has closed it meanwhile, and seen nothing of the request.
                Err(Problem::Broken(_)) if !answered => {}
                outcome => return self.keep(&turn, connection, outcome),
            }
        }
        let mut connection = Connection::open(url, security, patience)?;
        let outcome = connection.exchange(url, request, patience, |head| on_head(head), on_data);
        self.keep(&turn, connection, outcome)
    }

    fn keep(
        &self,
        turn: &Turn<'_>,
        connection: Connection,
        outcome: Result<(Head, bool), Problem>,
    ) -> Result<Head, Problem> {
        let (head, stays) = outcome?;
        if stays && self.bounds.keep {
            self.lock().idle.push((turn.server.clone(), connection, Instant::now()));
        }
        Ok(head)
    }
}
