//! What is sent without running code: files of the web folder, pages for errors, and what holds for every reply.

use std::io::Write as _;
use std::path::Path;

use chrono::{DateTime, Utc};

use crate::runtime::exchange::{Reply, Request};
use crate::runtime::sandbox;
use crate::runtime::web::Settings;
use crate::runtime::web_folder::{Place, find, kind_of_file};
use crate::server::Site;

/// Longer replies are not compressed: it would hold a thread for too long.
const MOST_COMPRESSED: usize = 8 * 1024 * 1024;

/// The words of a status.
fn reason(status: u16) -> &'static str {
    hyper::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("")
}

/// The page for an error: that of the web folder for this status or its kind, else a plain one.
pub fn error_page(root: &Path, status: u16) -> Reply {
    for name in [format!("/{status}.html"), format!("/{}xx.html", status / 100)] {
        if let Place::File(path) = find(root, &name)
            && let Ok(bytes) = sandbox::read(&path)
        {
            return Reply::new(status, "text/html;charset=UTF-8", bytes);
        }
    }
    let title = format!("{status} {}", reason(status));
    let page = format!(
        "<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n"
    );
    Reply::new(status, "text/html;charset=UTF-8", page)
}

/// A moment as headers write it.
fn header_date(moment: DateTime<Utc>) -> String {
    moment.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// The reply for a file: whole, a range of it, or that it has not changed.
pub fn file(site: &Site, path: &Path, request: &Request) -> Reply {
    let facts = sandbox::facts(path);
    let modified = facts.as_ref().ok().map(|facts| DateTime::<Utc>::from(facts.modified));
    let date = modified.map(header_date);
    let since = request.header("if-modified-since");
    if let (Some(date), Some(since)) = (&date, &since)
        && is_unchanged(modified, since, date)
    {
        return Reply {
            status: 304,
            headers: vec![("Last-Modified".to_owned(), date.clone())],
            body: Vec::new(),
        };
    }
    let Ok(bytes) = sandbox::read(path) else { return error_page(&site.root, 404) };
    let mut reply = Reply::new(200, kind_of_file(path), bytes);
    if let Some(date) = date {
        reply.set_header("Last-Modified", &date);
    }
    reply.set_header("Accept-Ranges", "bytes");
    if let Some(range) = request.header("range") {
        reply = ranged(reply, &range);
    }
    reply
}

fn is_unchanged(modified: Option<DateTime<Utc>>, since: &str, date: &str) -> bool {
    let since = DateTime::parse_from_rfc2822(since).ok();
    match (modified, since) {
        (Some(modified), Some(since)) => modified.timestamp() <= since.timestamp(),
        _ => since.map(|since| header_date(since.to_utc())) == Some(date.to_owned()),
    }
}

/// The part of a file that `Range: bytes=…` asks for; what is not one simple range gives the whole.
fn ranged(mut reply: Reply, range: &str) -> Reply {
    let size = reply.body.len();
    let Some((from, to)) = range.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return reply;
    };
    let (from, to) = (from.trim(), to.trim());
    let bounds = match (from.parse::<usize>(), to.parse::<usize>()) {
        (Ok(from), Ok(to)) if from <= to => Some((from, to.min(size.saturating_sub(1)))),
        (Ok(from), _) if to.is_empty() => Some((from, size.saturating_sub(1))),
        (_, Ok(last)) if from.is_empty() && last > 0 => {
            Some((size.saturating_sub(last), size.saturating_sub(1)))
        }
        _ => None,
    };
    let Some((from, to)) = bounds else { return reply };
    let Some(part) = reply.body.get(from..=to).filter(|_| from < size) else {
        reply.status = 416;
        reply.body = Vec::new();
        reply.set_header("Content-Range", &format!("bytes */{size}"));
        return reply;
    };
    reply.body = part.to_vec();
    reply.status = 206;
    reply.set_header("Content-Range", &format!("bytes {from}-{to}/{size}"));
    reply
}

/// Whether the kind of a reply is worth compressing.
fn is_compressible(kind: &str) -> bool {
    kind.starts_with("text/") || ["json", "javascript", "xml", "wasm"].iter().any(|word| kind.contains(word))
}

/// Adds to a reply what every reply has, and compresses it when its client takes that.
pub fn complete(settings: &Settings, request: &Request, is_secure: bool, mut reply: Reply) -> Reply {
    if is_secure && settings.is_on("HSTSEnabled") {
        let age = format!("max-age={}", settings.number("HSTSMaxAge"));
        reply.set_header("Strict-Transport-Security", &age);
    }
    if reply.header("server").is_none() {
        reply.set_header("Server", "Quatre");
    }
    let takes_gzip = request.header("accept-encoding").is_some_and(|codings| codings.contains("gzip"));
    let least = usize::try_from(settings.number("HTTPCompressionThreshold")).unwrap_or(0);
    let fits = (least.max(1)..=MOST_COMPRESSED).contains(&reply.body.len());
    let kind = reply.header("content-type").unwrap_or_default().to_ascii_lowercase();
    if takes_gzip
        && fits
        && reply.status == 200
        && reply.header("content-encoding").is_none()
        && is_compressible(&kind)
    {
        let level = u32::try_from(settings.number("HTTPCompressionLevel")).unwrap_or(6).clamp(1, 9);
        let mut coder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
        if coder.write_all(&reply.body).is_ok()
            && let Ok(bytes) = coder.finish()
        {
            reply.body = bytes;
            reply.set_header("Content-Encoding", "gzip");
            reply.set_header("Vary", "Accept-Encoding");
        }
    }
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_cut_to_the_file() {
        let whole = || Reply { status: 200, headers: Vec::new(), body: b"0123456789".to_vec() };
        let cut = |range: &str| {
            let reply = ranged(whole(), range);
            (reply.status, String::from_utf8(reply.body).expect("text"))
        };
        assert_eq!(cut("bytes=2-4"), (206, "234".to_owned()));
        assert_eq!(cut("bytes=8-"), (206, "89".to_owned()));
        assert_eq!(cut("bytes=-3"), (206, "789".to_owned()));
        assert_eq!(cut("bytes=5-99"), (206, "56789".to_owned()));
        assert_eq!(cut("bytes=10-"), (416, String::new()));
        for odd in ["bytes=4-2", "bytes=a-b", "lines=1-2", "bytes=1-2,3-4", "bytes=-"] {
            assert_eq!(cut(odd).0, 200, "{odd}");
        }
    }

    #[test]
    fn an_empty_file_has_no_ranges() {
        assert_eq!(ranged(Reply { status: 200, ..Reply::default() }, "bytes=0-").status, 416);
    }
}
