//! The Digest scheme of authentication (RFC 7616, with MD5 as `WEB Validate digest` needs it): challenges, and what
//! browsers answer to them.
//!
//! A challenge holds the moment when it was made and a seal of it that only this server can make, so nothing has to be
//! remembered; one that is too old is renewed without asking the user again.

use md5::Md5;
use sha2::{Digest as _, Sha256};

use crate::runtime::exchange::Request;

/// So many seconds a challenge can be answered.
const LIFE: i64 = 300;

/// What a browser answers to a challenge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The user.
    pub user: String,
    realm: String,
    nonce: String,
    uri: String,
    response: String,
    quality: String,
    count: String,
    own: String,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn md5(text: &str) -> String {
    hex(&Md5::digest(text))
}

/// `a="b, c", d=e` taken apart.
fn parts(text: &str) -> Vec<(String, String)> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((name, after)) = rest.split_once('=') {
        let name = name.trim_matches([',', ' ']).to_ascii_lowercase();
        let (value, next) = match after.trim_start().strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_once(',').unwrap_or((after, "")),
        };
        parts.push((name, value.trim().to_owned()));
        rest = next;
    }
    parts
}

fn seal(secret: &str, moment: i64) -> String {
    hex(&Sha256::digest(format!("{secret}:{moment}"))).chars().take(32).collect()
}

/// The challenge of a realm at a moment, in seconds; `stale` says that only the old challenge was the trouble.
pub fn challenge(realm: &str, secret: &str, now: i64, stale: bool) -> String {
    let realm: String = realm.chars().filter(|sign| !sign.is_control() && *sign != '"').collect();
    let stale = if stale { ", stale=true" } else { "" };
    format!(
        "Digest realm=\"{realm}\", qop=\"auth\", algorithm=MD5, nonce=\"{now}:{}\"{stale}",
        seal(secret, now)
    )
}

impl Answer {
    /// The answer that a request brings.
    pub fn of(request: &Request) -> Option<Self> {
        let header = request.header("authorization")?;
        let (scheme, rest) = header.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("digest") {
            return None;
        }
        let parts = parts(rest);
        let part = |name: &str| -> String {
            parts.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
        };
        Some(Self {
            user: part("username"),
            realm: part("realm"),
            nonce: part("nonce"),
            uri: part("uri"),
            response: part("response").to_ascii_lowercase(),
            quality: part("qop"),
            count: part("nc"),
            own: part("cnonce"),
        })
    }

    /// Whether the challenge that it answers was made by this server; `None` when it was, but too long ago.
    pub fn is_of(&self, secret: &str, now: i64) -> Option<bool> {
        let Some((moment, sealed)) = self.nonce.split_once(':') else { return Some(false) };
        let Ok(moment) = moment.parse::<i64>() else { return Some(false) };
        if seal(secret, moment) != sealed || moment > now {
            return Some(false);
        }
        (now - moment <= LIFE).then_some(true)
    }

    /// Whether it proves that the user knows this password.
    pub fn proves(&self, request: &Request, user: &str, password: &str) -> bool {
        if self.user != user || self.uri != request.target {
            return false;
        }
        let known = md5(&format!("{user}:{}:{password}", self.realm));
        let what = md5(&format!("{}:{}", request.verb, self.uri));
        let expected = if self.quality.is_empty() {
            md5(&format!("{known}:{}:{what}", self.nonce))
        } else {
            md5(&format!("{known}:{}:{}:{}:{}:{what}", self.nonce, self.count, self.own, self.quality))
        };
        expected == self.response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(verb: &str, target: &str, authorization: &str) -> Request {
        Request {
            verb: verb.to_owned(),
            target: target.to_owned(),
            headers: vec![("Authorization".to_owned(), authorization.to_owned())],
            ..Request::default()
        }
    }

    #[test]
    fn the_example_of_the_standard_is_proved() {
        // RFC 2617, 3.5.
        let line = "Digest username=\"Mufasa\", realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", \
                    uri=\"/dir/index.html\", qop=auth, nc=00000001, cnonce=\"0a4f113b\", \
                    response=\"6629fae49393a05397450978507c4ef1\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";
        let request = request("GET", "/dir/index.html", line);
        let answer = Answer::of(&request).expect("an answer");
        assert!(answer.proves(&request, "Mufasa", "Circle Of Life"));
        assert!(!answer.proves(&request, "Mufasa", "circle of life"));
        assert!(!answer.proves(&request, "Scar", "Circle Of Life"));
        assert_eq!(answer.is_of("secret", 100), Some(false));
    }

    #[test]
    fn challenges_age_and_cannot_be_made_up() {
        let line = challenge("Shop", "secret", 1000, false);
        let nonce = parts(line.strip_prefix("Digest ").expect("a scheme"))
            .into_iter()
            .find(|(name, _)| name == "nonce")
            .expect("a nonce")
            .1;
        let answer = Answer { nonce, ..Answer::default() };
        assert_eq!(answer.is_of("secret", 1010), Some(true));
        assert_eq!(answer.is_of("secret", 1000 + LIFE + 1), None);
        assert_eq!(answer.is_of("secret", 999), Some(false));
        assert_eq!(answer.is_of("other", 1010), Some(false));
    }

    #[test]
    fn odd_headers_are_no_answers() {
        for odd in ["", "Basic x", "Digest", "Digest =", "Digest username", "Digest a=\"b"] {
            let request = request("GET", "/", odd);
            assert!(Answer::of(&request).is_none_or(|answer| !answer.proves(&request, "a", "b")), "{odd}");
        }
    }
}
