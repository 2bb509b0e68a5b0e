//! `roles.json`: the privileges of a project, its roles, and what they allow.
//!
//! A file with a mistake declares nothing: nobody is given a privilege by a slip, and what web clients may reach is
//! closed until the file is mended. Here Quatre departs from 4D, which opens everything then. Every mistake is told,
//! each with its place in the file.

use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::diagnostics::suggest::nearest;

/// The privilege that every session has.
const GUEST: &str = "guest";
/// The privilege that the application itself knows.
const ADMINISTRATOR: &str = "WebAdmin";

/// What a permission is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// `datastore`: the whole project.
    Datastore,
    /// `singleton`: all functions of a singleton.
    Singleton,
    /// `singletonMethod`: one function of a singleton.
    SingletonFunction,
    /// `dataclass`, `attribute` and `method`: what only a database has.
    OfDatabase,
}

/// The names of resources in the file.
const RESOURCES: [(&str, Resource); 6] = [
    ("datastore", Resource::Datastore),
    ("dataclass", Resource::OfDatabase),
    ("attribute", Resource::OfDatabase),
    ("method", Resource::OfDatabase),
    ("singletonMethod", Resource::SingletonFunction),
    ("singleton", Resource::Singleton),
];

const ACTIONS: [&str; 6] = ["read", "create", "update", "drop", "execute", "promote"];

#[derive(Clone, Debug, PartialEq, Eq)]
struct Permission {
    resource: Resource,
    applies_to: String,
    execute: Vec<String>,
    promote: Vec<String>,
}

/// What the file declares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// Each privilege with those that it includes.
    privileges: Vec<(String, Vec<String>)>,
    /// Each role with its privileges.
    roles: Vec<(String, Vec<String>)>,
    permissions: Vec<Permission>,
    /// What no permission names is closed.
    restricted: bool,
    /// `forceLogin`
    pub force_login: bool,
    /// What is wrong with the file.
    pub problems: Vec<String>,
}

/// Whether two names of privileges are the same: case does not matter.
pub fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// Where a project declares its privileges.
pub fn file(package: &Path) -> PathBuf {
    package.join("Project/Sources/roles.json")
}

impl Roles {
    /// What a text declares.
    pub fn parse(text: &str) -> Self {
        let json = match serde_json::from_str::<Json>(text) {
            Ok(json) => json,
            Err(problem) => return Self::broken(vec![format!("it is not valid JSON: {problem}")]),
        };
        let mut reader = Reader::default();
        let roles = reader.roles(&json);
        if reader.problems.is_empty() { roles } else { Self::broken(reader.problems) }
    }

    fn broken(problems: Vec<String>) -> Self {
        Self { problems, restricted: true, ..Self::default() }
    }

    /// The name of a privilege as it is declared.
    pub fn declared(&self, name: &str) -> Option<&str> {
        self.privileges.iter().map(|(declared, _)| declared.as_str()).find(|declared| same(declared, name))
    }

    /// The privileges that come with those and those roles that are asked for; what is not declared is left out.
    pub fn resolve(&self, privileges: &[String], roles: &[String]) -> Vec<String> {
        let mut result = Vec::new();
        for name in roles {
            for (_, privileges) in self.roles.iter().filter(|(role, _)| same(role, name)) {
                for privilege in privileges {
                    self.add(privilege, &mut result);
                }
            }
        }
        for name in privileges {
            self.add(name, &mut result);
        }
        result
    }

    /// A privilege with all that it includes, those first; nothing when it is not declared.
    fn add(&self, name: &str, to: &mut Vec<String>) {
        let mut found = Vec::new();
        let mut open = vec![name];
        while let Some(name) = open.pop() {
            let Some((declared, includes)) = self.privileges.iter().find(|(other, _)| same(other, name))
            else {
                continue;
            };
            if !found.contains(declared) {
                found.push(declared.clone());
                open.extend(includes.iter().map(String::as_str));
            }
        }
        for name in found.into_iter().rev() {
            if !to.contains(&name) {
                to.push(name);
            }
        }
    }

    /// The permissions for a function of a singleton, the nearest one first.
    fn permissions(&self, class: &str, function: &str) -> impl Iterator<Item = &Permission> {
        let whole = format!("{class}.{function}");
        let wanted = [
            (Resource::SingletonFunction, whole),
            (Resource::Singleton, class.to_owned()),
            (Resource::Datastore, "ds".to_owned()),
        ];
        wanted.into_iter().flat_map(|(resource, name)| {
            self.permissions.iter().filter(move |permission| {
                permission.resource == resource && permission.applies_to.trim_start_matches("cs.") == name
            })
        })
    }

    /// Whether somebody may call a function of a singleton; `has` says which privileges he has.
    pub fn allows(&self, class: &str, function: &str, has: impl Fn(&str) -> bool) -> bool {
        let nearest = self.permissions(class, function).find(|permission| !permission.execute.is_empty());
        match nearest {
            Some(permission) => permission.execute.iter().any(|name| same(name, GUEST) || has(name)),
            None => !self.restricted,
        }
    }

    /// The privileges that a process has while it runs a function of a singleton.
    pub fn promotions(&self, class: &str, function: &str) -> Vec<String> {
        let nearest = self.permissions(class, function).find(|permission| !permission.promote.is_empty());
        nearest.map(|permission| permission.promote.clone()).unwrap_or_default()
    }
}

/// Reads the file, and gathers what is wrong with it.
#[derive(Default)]
struct Reader {
    problems: Vec<String>,
}

/// What a value is, in the words of JSON.
fn kind(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "a Boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

impl Reader {
    fn problem(&mut self, place: &str, what: impl std::fmt::Display) {
        self.problems.push(format!("{place} {what}"));
    }

    fn roles(&mut self, json: &Json) -> Roles {
        if !json.is_object() {
            self.problem("the file", format!("holds {}, not an object", kind(json)));
            return Roles::default();
        }
        let known = ["privileges", "roles", "permissions", "restrictedByDefault", "forceLogin"];
        self.keys(json, "", &known);
        let privileges = self.groups(json, "privileges", "privilege", "includes");
        let roles = self.groups(json, "roles", "role", "privileges");
        let result = Roles {
            permissions: self.permissions(json),
            restricted: self.switch(json, "restrictedByDefault"),
            force_login: self.switch(json, "forceLogin"),
            privileges,
            roles,
            problems: Vec::new(),
        };
        self.names(&result);
        result
    }

    /// Keys that only a slip explains.
    fn keys(&mut self, object: &Json, place: &str, known: &[&str]) {
        for key in object.as_object().into_iter().flat_map(serde_json::Map::keys) {
            if known.contains(&key.as_str()) {
                continue;
            }
            // What resembles no known key is a remark of the author's.
            if let Some(near) = nearest(key, known.iter().copied()) {
                let path = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
                self.problem(&format!("`{path}`"), format!("is not known; did you mean `{near}`?"));
            }
        }
    }

    fn switch(&mut self, object: &Json, name: &str) -> bool {
        match object.get(name) {
            None => false,
            Some(Json::Bool(is_on)) => *is_on,
            Some(other) => {
                self.problem(&format!("`{name}`"), format!("is {}, not true or false", kind(other)));
                false
            }
        }
    }

    fn list<'a>(&mut self, object: &'a Json, place: &str, name: &str) -> &'a [Json] {
        match object.get(name) {
            None | Some(Json::Null) => &[],
            Some(Json::Array(list)) => list,
            Some(other) => {
                self.problem(&format!("`{place}{name}`"), format!("is {}, not a list", kind(other)));
                &[]
            }
        }
    }

    fn texts(&mut self, object: &Json, place: &str, name: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for (index, value) in self.list(object, place, name).iter().enumerate() {
            match value.as_str() {
                Some(text) => texts.push(text.to_owned()),
                None => self
                    .problem(&format!("`{place}{name}[{index}]`"), format!("is {}, not a text", kind(value))),
            }
        }
        texts
    }

    fn text(&mut self, object: &Json, place: &str, name: &str) -> Option<String> {
        match object.get(name) {
            Some(Json::String(text)) if !text.is_empty() => Some(text.clone()),
            Some(Json::String(_)) => {
                self.problem(&format!("`{place}.{name}`"), "is empty");
                None
            }
            Some(other) => {
                self.problem(&format!("`{place}.{name}`"), format!("is {}, not a text", kind(other)));
                None
            }
            None => {
                self.problem(&format!("`{place}`"), format!("has no `{name}`"));
                None
            }
        }
    }

    /// A list of names, each with its members.
    fn groups(&mut self, json: &Json, list: &str, name: &str, members: &str) -> Vec<(String, Vec<String>)> {
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for (index, entry) in self.list(json, "", list).iter().enumerate() {
            let place = format!("{list}[{index}]");
            self.keys(entry, &place, &[name, members]);
            let Some(own) = self.text(entry, &place, name) else { continue };
            if groups.iter().any(|(other, _)| same(other, &own)) {
                self.problem(&format!("`{place}`"), format!("declares `{own}` a second time"));
                continue;
            }
            let members = self.texts(entry, &format!("{place}."), members);
            groups.push((own, members));
        }
        groups
    }

    fn permissions(&mut self, json: &Json) -> Vec<Permission> {
        let Some(permissions) = json.get("permissions") else { return Vec::new() };
        let mut result = Vec::new();
        for (index, entry) in self.list(permissions, "permissions.", "allowed").iter().enumerate() {
            let place = format!("permissions.allowed[{index}]");
            let known: Vec<&str> = ["applyTo", "type"].into_iter().chain(ACTIONS).collect();
            self.keys(entry, &place, &known);
            let applies_to = self.text(entry, &place, "applyTo");
            let type_ = self.text(entry, &place, "type");
            let mut lists: Vec<Vec<String>> =
                ACTIONS.iter().map(|action| self.texts(entry, &format!("{place}."), action)).collect();
            let (Some(applies_to), Some(type_)) = (applies_to, type_) else { continue };
            let Some((_, resource)) = RESOURCES.iter().find(|(name, _)| *name == type_) else {
                let names: Vec<&str> = RESOURCES.iter().map(|(name, _)| *name).collect();
                let near = nearest(&type_, names.iter().copied())
                    .map_or_else(|| format!("one of {}", names.join(", ")), |near| format!("`{near}`"));
                self.problem(&format!("`{place}.type`"), format!("is `{type_}`, not {near}"));
                continue;
            };
            let (promote, execute) = (lists.pop().unwrap_or_default(), lists.pop().unwrap_or_default());
            result.push(Permission { resource: *resource, applies_to, execute, promote });
        }
        result
    }

    /// Privileges that are named but not declared.
    fn names(&mut self, roles: &Roles) {
        let lists = roles.privileges.iter().map(|(name, list)| (format!("the privilege `{name}`"), list));
        let lists = lists.chain(roles.roles.iter().map(|(name, list)| (format!("the role `{name}`"), list)));
        let permissions = roles.permissions.iter().flat_map(|permission| {
            let place = format!("the permission for `{}`", permission.applies_to);
            [(place.clone(), &permission.execute), (place, &permission.promote)]
        });
        for (place, list) in lists.chain(permissions) {
            for name in list {
                if roles.declared(name).is_some() || same(name, GUEST) || same(name, ADMINISTRATOR) {
                    continue;
                }
                let near = nearest(name, roles.privileges.iter().map(|(name, _)| name.as_str()));
                let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                self.problem(&place, format!("names the privilege `{name}`, which is not declared{near}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn roles_bring_their_privileges_and_what_those_include() {
        let roles = Roles::parse(
            r#"{"privileges": [{"privilege": "simple", "includes": []}, {"privilege": "medium", "includes": ["simple"]},
                {"privilege": "ring", "includes": ["ring"]}],
                "roles": [{"role": "Medium", "privileges": ["medium"]}], "permissions": {"allowed": []}}"#,
        );
        assert!(roles.problems.is_empty(), "{:?}", roles.problems);
        assert_eq!(roles.resolve(&[], &owned(&["Medium"])), ["simple", "medium"]);
        assert_eq!(roles.resolve(&owned(&["SIMPLE", "unknown", "ring"]), &[]), ["simple", "ring"]);
        assert_eq!(roles.declared("MEDIUM"), Some("medium"));
    }

    #[test]
    fn the_nearest_permission_decides() {
        let roles = Roles::parse(
            r#"{"privileges": [{"privilege": "see"}, {"privilege": "do"}, {"privilege": "all"}],
                "permissions": {"allowed": [
                    {"applyTo": "ds", "type": "datastore", "execute": ["all"]},
                    {"applyTo": "Api", "type": "singleton", "execute": ["see"], "promote": ["do"]},
                    {"applyTo": "Api.write", "type": "singletonMethod", "execute": ["do"]},
                    {"applyTo": "Api.open", "type": "singletonMethod", "execute": ["guest"]}]}}"#,
        );
        let may = |function: (&str, &str), own: &[&str]| {
            roles.allows(function.0, function.1, |name| own.iter().any(|other| same(other, name)))
        };
        assert!(may(("Api", "read"), &["SEE"]) && !may(("Api", "read"), &["all"]));
        assert!(may(("Api", "write"), &["do"]) && !may(("Api", "write"), &["see"]));
        assert!(may(("Api", "open"), &[]) && may(("Other", "x"), &["all"]) && !may(("Other", "x"), &[]));
        assert_eq!(roles.promotions("Api", "read"), ["do"]);
        assert!(roles.promotions("Other", "x").is_empty());
    }

    #[test]
    fn what_no_permission_names_goes_by_the_default() {
        assert!(Roles::parse("{}").allows("A", "f", |_| false));
        assert!(!Roles::parse(r#"{"restrictedByDefault": true}"#).allows("A", "f", |_| true));
        // The file that 4D makes for a new project restricts nothing.
        let made = r#"{"permissions": {"allowed": [{"applyTo": "ds", "type": "datastore", "execute": []}]}}"#;
        assert!(Roles::parse(made).allows("A", "f", |_| false));
    }

    #[test]
    fn every_mistake_is_told() {
        let problems = |text: &str| Roles::parse(text).problems.join("\n");
        for (text, told) in [
            ("{\"privileges\": [", "it is not valid JSON: EOF while parsing a list at line 1 column 16"),
            ("[]", "the file holds a list, not an object"),
            (r#"{"privilege": []}"#, "`privilege` is not known; did you mean `privileges`?"),
            (r#"{"privileges": {}}"#, "`privileges` is an object, not a list"),
            (r#"{"privileges": [{"includes": []}]}"#, "`privileges[0]` has no `privilege`"),
            (r#"{"privileges": [{"privilege": 1}]}"#, "`privileges[0].privilege` is a number, not a text"),
            (r#"{"forceLogin": "yes"}"#, "`forceLogin` is a text, not true or false"),
            (
                r#"{"roles": [{"role": "r", "privileges": ["sell"]}], "privileges": [{"privilege": "sells"}]}"#,
                "the role `r` names the privilege `sell`, which is not declared; did you mean `sells`?",
            ),
            (
                r#"{"permissions": {"allowed": [{"applyTo": "A.b", "type": "singletonMethode"}]}}"#,
                "`permissions.allowed[0].type` is `singletonMethode`, not `singletonMethod`",
            ),
        ] {
            assert_eq!(problems(text), told, "{text}");
            assert!(!Roles::parse(text).allows("A", "b", |_| true), "a broken file opens nothing");
        }
        let two = problems(r#"{"roles": 1, "privileges": [{"privilege": "a"}, {"privilege": "A"}]}"#);
        assert_eq!(two, "`privileges[1]` declares `A` a second time\n`roles` is a number, not a list");
    }
}
