//! HTTP rules: what a project changes in the replies to requests, by patterns of their addresses.
//!
//! All rules that fit are followed in their order; the last word counts. A pattern sees the path as the server
//! understands it, decoded and without empty steps, so that no other spelling leads around a rule that denies access.

use std::path::Path;

use serde_json::{Map, Value as Json};

use crate::runtime::exchange::{Reply, Request, decoded};
use crate::runtime::sandbox;
use crate::runtime::web::Settings;
use crate::server::files::error_page;
use crate::server::handlers::parse;
use crate::value::pattern::{Anchor, Pattern, Subject};
use crate::value::text::Text;

/// Headers that no rule changes.
const FIXED: &[&str] = &["date", "content-length", "content-encoding"];

/// A rule for the replies to requests whose address fits a pattern.
pub struct Rule {
    pattern: Pattern,
    remove: Vec<String>,
    add: Vec<(String, String)>,
    set: Vec<(String, String)>,
    deny: Option<bool>,
    redirect: Option<String>,
    status: Option<u16>,
}

/// Rules, the list that they were made of, and what is wrong with it.
pub struct Rules {
    /// In their order.
    pub rules: Vec<Rule>,
    /// As `4D.WebServer.rules` shows them.
    pub list: Json,
    /// What is wrong; the rules that are right are followed.
    pub problems: Vec<String>,
}

/// Reads the rules: those of the settings, else those of the project's file.
pub fn read(settings: &Settings, sources: &Path) -> Rules {
    let given = settings.get("rules").as_array().filter(|list| !list.is_empty()).cloned();
    let mut problems = Vec::new();
    let list = given.unwrap_or_else(|| {
        let path = sources.join("HTTPRules.json");
        let Ok(bytes) = sandbox::read(&path) else { return Vec::new() };
        parse(&String::from_utf8_lossy(&bytes)).unwrap_or_else(|why| {
            problems.push(format!("{}: {why}", path.display()));
            Vec::new()
        })
    });
    let mut rules = Vec::new();
    for (index, entry) in list.iter().enumerate() {
        match rule(entry) {
            Ok(rule) => rules.push(rule),
            Err(why) => problems.push(format!("HTTP rule {}: {why}", index + 1)),
        }
    }
    Rules { rules, list: Json::Array(list), problems }
}

fn headers(entry: &Json, name: &str) -> Result<Vec<(String, String)>, String> {
    let Some(value) = entry.get(name) else { return Ok(Vec::new()) };
    let all =
        value.as_object().ok_or_else(|| format!("`{name}` is no object of headers and their values"))?;
    all.iter()
        .map(|(key, value)| match value {
            Json::String(text) => Ok((key.clone(), text.clone())),
            Json::Number(_) | Json::Bool(_) => Ok((key.clone(), value.to_string())),
            Json::Null | Json::Array(_) | Json::Object(_) => {
                Err(format!("the header `{key}` of `{name}` is no text"))
            }
        })
        .collect()
}

fn rule(entry: &Json) -> Result<Rule, String> {
    let whole = Map::new();
    let object = entry.as_object().unwrap_or(&whole);
    let pattern = object.iter().find(|(key, _)| key.eq_ignore_ascii_case("regexPattern"));
    let text = pattern.and_then(|(_, value)| value.as_str()).ok_or("it has no `regexPattern`")?;
    let pattern = Pattern::new(text, Anchor::Anywhere, false)
        .map_err(|fault| format!("`{text}` is no pattern: {fault:?}"))?;
    let remove = match entry.get("removeHeaders") {
        None => Vec::new(),
        Some(Json::String(name)) => vec![name.clone()],
        Some(Json::Array(names)) => names.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
        Some(_) => return Err("`removeHeaders` is neither a text nor a list of texts".to_owned()),
    };
    let deny = match entry.get("denyAccess") {
        None => None,
        Some(Json::Bool(deny)) => Some(*deny),
        Some(_) => return Err("`denyAccess` is neither true nor false".to_owned()),
    };
    let redirect = match entry.get("redirect") {
        None => None,
        Some(Json::String(address)) => Some(address.clone()),
        Some(_) => return Err("`redirect` is no address".to_owned()),
    };
    let status = match entry.get("status") {
        None => None,
        Some(value) => {
            let number = value.as_f64().and_then(|number| format!("{number:.0}").parse::<u16>().ok());
            Some(
                number
                    .filter(|number| (200..=599).contains(number))
                    .ok_or_else(|| format!("`status` is {value}, not a number from 200 to 599"))?,
            )
        }
    };
    let (add, set) = (headers(entry, "addHeaders")?, headers(entry, "setHeaders")?);
    Ok(Rule { pattern, remove, add, set, deny, redirect, status })
}

/// The path of a request as the server understands it.
fn plain_path(request: &Request) -> String {
    let path = decoded(request.path(), false);
    let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
    let end = if path.ends_with('/') && !steps.is_empty() { "/" } else { "" };
    format!("/{}{end}", steps.join("/"))
}

/// The rules that a request falls under.
pub fn of<'a>(rules: &'a [Rule], request: &Request) -> Vec<&'a Rule> {
    if rules.is_empty() {
        return Vec::new();
    }
    let path = plain_path(request);
    let mut forms = vec![Subject::new(&Text::from(path.as_str()))];
    if !request.query().is_empty() {
        forms.push(Subject::new(&Text::from(format!("{path}?{}", request.query()).as_str())));
    }
    // A pattern that takes too long to match fits: what it denies stays denied.
    let fits = |rule: &&Rule| {
        forms
            .iter()
            .any(|form| rule.pattern.find(form, 0).map_or(rule.deny == Some(true), |found| found.is_some()))
    };
    rules.iter().filter(fits).collect()
}

/// The reply that rules give instead of the server's own: a refusal or another address.
pub fn instead(rules: &[&Rule], root: &Path) -> Option<Reply> {
    let status = rules.iter().rev().find_map(|rule| rule.status);
    if rules.iter().rev().find_map(|rule| rule.deny) == Some(true) {
        return Some(error_page(root, status.unwrap_or(403)));
    }
    let address = rules.iter().rev().find_map(|rule| rule.redirect.clone())?;
    let status = status.filter(|status| (300..400).contains(status)).unwrap_or(302);
    Some(Reply { status, headers: vec![("Location".to_owned(), address)], body: Vec::new() })
}

/// Changes a reply as rules say.
pub fn apply(rules: &[&Rule], reply: &mut Reply) {
    for rule in rules {
        for name in &rule.remove {
            let is_kept =
                FIXED.iter().chain(&["vary", "set-cookie"]).any(|kept| kept.eq_ignore_ascii_case(name));
            if !is_kept {
                reply.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
            }
        }
        for (name, value) in &rule.add {
            if !FIXED.iter().any(|fixed| fixed.eq_ignore_ascii_case(name)) {
                reply.headers.push((name.clone(), value.clone()));
            }
        }
        for (name, value) in &rule.set {
            // A cookie is added beside the others.
            if !FIXED.iter().chain(&["vary"]).any(|fixed| fixed.eq_ignore_ascii_case(name)) {
                reply.set_header(name, value);
            }
        }
        if let Some(status) = rule.status {
            reply.status = status;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rules(list: &Json) -> Vec<Rule> {
        list.as_array().expect("a list").iter().map(|entry| rule(entry).expect("a rule")).collect()
    }

    fn request(target: &str) -> Request {
        Request { target: target.to_owned(), ..Request::default() }
    }

    #[test]
    fn the_last_rule_that_fits_has_the_last_word() {
        let list = rules(&json!([
            {"regexPattern": "/(.*)", "setHeaders": {"X-A": "1"}, "removeHeaders": ["Server"]},
            {"RegExPattern": "/docs/", "setHeaders": {"x-a": "2"}, "addHeaders": {"X-B": "b"}},
            {"regexPattern": "/private/(.*)", "denyAccess": true},
            {"regexPattern": "/private/allowed/(.*)", "denyAccess": false},
            {"regexPattern": "^(.*\\.(jpg|png))", "redirect": "https://cdn.example.com/", "status": 301},
        ]));
        let of = |target: &str| super::of(&list, &request(target));
        let mut reply = Reply::new(200, "text/plain", "x");
        reply.set_header("Server", "Quatre");
        apply(&of("/docs/a"), &mut reply);
        assert_eq!(
            (reply.header("x-a"), reply.header("x-b"), reply.header("server")),
            (Some("2"), Some("b"), None)
        );
        let root = Path::new("/nowhere");
        let instead = |target: &str| super::instead(&of(target), root).map(|reply| reply.status);
        for denied in ["/private/x", "//private//x", "/%70rivate/x", "/private/x?y"] {
            assert_eq!(instead(denied), Some(403), "{denied}");
        }
        assert_eq!(instead("/private/allowed/x"), None);
        assert_eq!(instead("/a/b.png"), Some(301));
    }

    #[test]
    fn some_headers_cannot_be_changed() {
        let list = rules(&json!([{"regexPattern": "/", "removeHeaders": ["Vary", "Set-Cookie"],
            "setHeaders": {"Content-Length": "1", "Vary": "x", "Set-Cookie": "b=2"}, "addHeaders": {"Date": "x", "vary": "y"}}]));
        let mut reply = Reply { status: 200, ..Reply::default() };
        reply.set_header("Vary", "Accept-Encoding");
        reply.set_header("Set-Cookie", "a=1");
        apply(&of(&list, &request("/")), &mut reply);
        let text: Vec<String> = reply.headers.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(text, ["Vary=Accept-Encoding", "Set-Cookie=a=1", "vary=y", "Set-Cookie=b=2"]);
    }

    #[test]
    fn what_is_wrong_with_a_rule_is_told() {
        for (entry, told) in [
            (json!({}), "it has no `regexPattern`"),
            (json!({"regexPattern": "a", "status": 99}), "`status` is 99, not a number from 200 to 599"),
            (json!({"regexPattern": "a", "denyAccess": 1}), "`denyAccess` is neither true nor false"),
            (
                json!({"regexPattern": "a", "setHeaders": {"X": []}}),
                "the header `X` of `setHeaders` is no text",
            ),
        ] {
            assert_eq!(rule(&entry).err().as_deref(), Some(told));
        }
        assert!(rule(&json!({"regexPattern": "("})).is_err());
    }
}
