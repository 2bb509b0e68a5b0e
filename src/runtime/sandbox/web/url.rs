//! Addresses of the web: `https://user:password@host:port/path?query`.

/// An address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    /// Whether the connection is encrypted: `https`.
    pub secure: bool,
    /// The name or number of the server; one of the sixth version of IP stands in `[…]`.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The path and the query, as they are sent.
    pub path: String,
    /// The user and the password.
    pub user: Option<(String, String)>,
}

/// Writes what may not stand in a request in the form `%20`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'!' | b'#'..=b';' | b'=' | b'?'..=b'[' | b']' | b'_' | b'a'..=b'z' | b'~' => {
                out.push(char::from(byte));
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .filter(|_| byte == b'%')
            .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(code.unwrap_or(byte));
        rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

impl Url {
    /// Reads an address; one without `http://` or `https://` is encrypted when `secure` says so.
    pub fn parse(text: &str, secure: bool) -> Option<Self> {
        let text = text.trim();
        let (secure, rest) = match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => (true, rest),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => (false, rest),
            // The mark may stand in the path of an address without a scheme.
            Some((before, _)) if !before.contains(['/', '?', '.']) => return None,
            Some(_) | None => (secure, text),
        };
        let rest = rest.split('#').next().unwrap_or_default();
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(end)?;
        let (user, place) = match authority.rsplit_once('@') {
            Some((user, place)) => {
                let (name, password) = user.split_once(':').unwrap_or((user, ""));
                (Some((unescaped(name), unescaped(password))), place)
            }
            None => (None, authority),
        };
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, Some(port)),
            Some(_) | None => (place, None),
        };
        let port = match port {
            Some(port) if !port.is_empty() => port.parse().ok().filter(|port| *port > 0)?,
            Some(_) | None => {
                if secure {
                    443
                } else {
                    80
                }
            }
        };
        if host.is_empty() || host.contains(|c: char| c.is_whitespace() || c.is_control() || c == '/') {
            return None;
        }
        let slash = if path.starts_with('/') { "" } else { "/" };
        Some(Self { secure, host: host.to_owned(), port, path: escaped(&format!("{slash}{path}")), user })
    }

    /// The host without the brackets of a number.
    pub fn bare_host(&self) -> &str {
        self.host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(&self.host)
    }

    /// The host, and the port unless it is the usual one.
    pub fn authority(&self) -> String {
        let usual = if self.secure { 443 } else { 80 };
        if self.port == usual { self.host.clone() } else { format!("{}:{}", self.host, self.port) }
    }

    /// Where an answer that stands at this address sends to.
    pub fn join(&self, location: &str) -> Option<Self> {
        let location = location.trim();
        if location.contains("://") {
            return Self::parse(location, self.secure);
        }
        if let Some(rest) = location.strip_prefix("//") {
            return Self::parse(
                &format!("{}://{rest}", if self.secure { "https" } else { "http" }),
                self.secure,
            );
        }
        let location = location.split('#').next().unwrap_or_default();
        let own = self.path.split('?').next().unwrap_or_default();
        let path = if location.starts_with('/') {
            location.to_owned()
        } else if location.is_empty() || location.starts_with('?') {
            format!("{own}{location}")
        } else {
            format!("{}{location}", own.rfind('/').and_then(|at| own.get(..=at)).unwrap_or("/"))
        };
        Some(Self { path: escaped(&path), ..self.clone() })
    }

    /// Whether both lead to one server.
    pub fn is_same_server(&self, other: &Self) -> bool {
        (self.secure, self.port) == (other.secure, other.port) && self.host.eq_ignore_ascii_case(&other.host)
    }
}

#[cfg(test)]
mod tests {
    use super::Url;

    #[test]
    fn addresses_are_read_in_all_their_forms() {
        let read = |text| Url::parse(text, true).map(|url| (url.secure, url.authority(), url.path, url.user));
        let user = Some(("john".to_owned(), "sm:th".to_owned()));
        assert_eq!(
            read("www.example.com/path"),
            Some((true, "www.example.com".into(), "/path".into(), None))
        );
        assert_eq!(
            read("http://john:sm%3Ath@1.2.3.4:8083"),
            Some((false, "1.2.3.4:8083".into(), "/".into(), user))
        );
        assert_eq!(
            read("http://a?name=\"j ö\"#top"),
            Some((false, "a".into(), "/?name=%22j%20%C3%B6%22".into(), None))
        );
        assert_eq!(read("http://[::1]:80/x"), Some((false, "[::1]".into(), "/x".into(), None)));
        for wrong in ["", "ftp://a/b", "http://", "http://a:99999/", "http://a b/", "http:///x"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn places_are_joined_to_addresses() {
        let base = Url::parse("https://a.org:8443/x/y?z=1", true).unwrap();
        let join = |text| base.join(text).map(|url| format!("{} {}", url.authority(), url.path));
        assert_eq!(join("/q").as_deref(), Some("a.org:8443 /q"));
        assert_eq!(join("q?r").as_deref(), Some("a.org:8443 /x/q?r"));
        assert_eq!(join("?r").as_deref(), Some("a.org:8443 /x/y?r"));
        assert_eq!(join("http://b.org").as_deref(), Some("b.org /"));
        assert_eq!(join("//b.org/c").as_deref(), Some("b.org /c"));
    }
}
