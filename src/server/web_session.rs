//! Cookies and web sessions: to whom a request belongs, and what its client must send next time.
//!
//! A client that shows no cookie, or one that leads nowhere, gets a new session with a new cookie; what it showed is
//! never taken over, so nobody can choose the cookie of another. A one-time pass in the address (`$4DSID`) leads to the
//! session that made it.

use std::sync::Arc;

use crate::runtime::exchange::{Request, form_fields};
use crate::runtime::fixture::{HostType, SessionType};
use crate::runtime::session::{Facts, Session};
use crate::runtime::session_table::Client;
use crate::server::Site;

/// The parameter of an address that holds a one-time pass.
const PASS: &str = "$4DSID";

/// A request and the session that it belongs to.
pub struct Visit {
    /// The session; none when sessions are switched off.
    pub session: Option<Arc<Session>>,
    /// The cookie that the client showed, when it leads to the session.
    cookie: Option<String>,
    /// The session was begun for this request.
    is_new: bool,
    /// How often its privileges had been set when the request came.
    changes: u64,
}

impl Visit {
    /// Finds or begins the session of a request; `None` when no session can be begun.
    pub fn begin(site: &Site, request: &Request) -> Option<Self> {
        if !site.settings.is_on("scalableSession") {
            return Some(Self { session: None, cookie: None, is_new: false, changes: 0 });
        }
        let (sessions, host) = (&site.runtime.sessions, &*site.runtime.host);
        let pass = form_fields(request.query()).into_iter().find(|(name, _)| name == PASS);
        let restored = pass.and_then(|(_, pass)| sessions.redeem(&pass, host));
        if let Some(session) = restored {
            return Some(Self::of(session, None, false));
        }
        let shown = request.cookie(&site.settings.text("sessionCookieName"));
        let found = shown.and_then(|cookie| Some((sessions.by_cookie(&cookie, host.now())?, cookie)));
        if let Some((session, cookie)) = found {
            sessions.touch(&session, &cookie, host.now());
            return Some(Self::of(session, Some(cookie), false));
        }
        let facts = Facts {
            machine_name: Some(String::new()),
            ip_address: Some(request.client.clone()),
            host_type: Some(HostType::Browser),
            ..Facts::default()
        };
        let client = Client { type_: SessionType::Web, user_name: Some(String::new()), facts };
        sessions.begin(client, host).map(|session| Self::of(session, None, true))
    }

    fn of(session: Arc<Session>, cookie: Option<String>, is_new: bool) -> Self {
        let changes = session.privilege_changes();
        Self { session: Some(session), cookie, is_new, changes }
    }

    /// What the reply tells the client to show next time, when its process ends in this session.
    pub fn cookie(&self, site: &Site, now: Option<&Arc<Session>>) -> Option<String> {
        let (began, now) = (self.session.as_ref()?, now?);
        let (sessions, host) = (&site.runtime.sessions, &*site.runtime.host);
        let stayed = Arc::ptr_eq(began, now);
        if !stayed && self.is_new {
            // The guest has become somebody else by a pass.
            sessions.end(began);
        }
        let old = self.cookie.as_deref();
        let value = match old {
            Some(old) if stayed && now.privilege_changes() == self.changes => old.to_owned(),
            Some(old) if stayed => sessions.new_cookie(now, Some(old), host),
            Some(_) | None => sessions.new_cookie(now, None, host),
        };
        Some(self.written(site, now, &value))
    }

    fn written(&self, site: &Site, session: &Session, value: &str) -> String {
        let settings = &site.settings;
        let mut text = format!("{}={value}", settings.text("sessionCookieName"));
        let path = settings.text("sessionCookiePath");
        text.push_str(&format!("; Path={}", if path.is_empty() { "/" } else { &path }));
        if let Some(minutes) = session.idle_timeout() {
            text.push_str(&format!("; Max-Age={}", i64::from(minutes) * 60));
        }
        let domain = settings.text("sessionCookieDomain");
        if !domain.is_empty() {
            text.push_str(&format!("; Domain={domain}"));
        }
        text.push_str("; HttpOnly");
        let same_site = settings.text("sessionCookieSameSite");
        if !same_site.is_empty() {
            text.push_str(&format!("; SameSite={same_site}"));
        }
        if site.is_secure {
            text.push_str("; Secure");
        }
        text
    }
}
