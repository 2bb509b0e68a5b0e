//! What is found on disk: projects, their parts, and the files beside a script.

#![expect(clippy::disallowed_methods, reason = "the test makes files")]

mod folder;

use std::path::{Path, PathBuf};

use quatre::engine::project::{Member, open};

use folder::Folder;

impl Folder {
    fn with(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = Self::new(name);
        for (file, text) in files {
            folder.write(file, text);
        }
        folder
    }

    fn path(&self, inner: &str) -> PathBuf {
        self.0.join(inner)
    }
}

fn names(members: &[Member]) -> Vec<&str> {
    members.iter().map(|member| member.name.as_str()).collect()
}

const PROJECT: &[(&str, &str)] = &[
    ("Project/Shop.4DProject", "{}"),
    ("Project/Sources/Methods/sell.4dm", ""),
    ("Project/Sources/Methods/a%2Fb.4dm", ""),
    ("Project/Sources/Methods/notes.txt", ""),
    ("Project/Sources/Classes/Invoice.4dm", ""),
    ("Project/Sources/DatabaseMethods/onStartup.4dm", ""),
    ("Project/Sources/Forms/Main/ObjectMethods/OK.4dm", ""),
    ("Project/Sources/TableForms/1/Input/method.4dm", ""),
    ("Project/Sources/Triggers/table_1.4dm", ""),
    (
        "Project/Sources/catalog.4DCatalog",
        "<base><table name=\"Bill\" id=\"1\"><field name=\"No\" type=\"4\" id=\"1\"/></table></base>",
    ),
    (
        "Project/Sources/settings.4DSettings",
        "<preferences><com.4d><general component_classStore_name=\"Shop\"/></com.4d></preferences>",
    ),
    ("Components/Kit.4dbase/Project/Kit.4DProject", "{}"),
    ("Components/Kit.4dbase/Project/Sources/Classes/Tool.4dm", ""),
    (
        "Components/Kit.4dbase/Project/Sources/settings.4DSettings",
        "<preferences><com.4d><general component_classStore_name=\"kit\"/></com.4d></preferences>",
    ),
    ("Components/Old.4dbase/Old.4DC", ""),
    ("Components/readme.txt", ""),
];

#[test]
fn a_project_is_found_from_every_side() {
    let folder = Folder::with("sides", PROJECT);
    let file = folder.path("Project/Shop.4DProject");
    std::fs::write(
        folder.path("Shop.4DLink"),
        "<database_shortcut structure_file=\"Project/Shop.4DProject\"/>",
    )
    .expect("a file");
    for start in ["", "Project", "Project/Shop.4DProject", "Shop.4DLink"] {
        let opened = open(&folder.path(start)).expect("a project");
        assert_eq!(opened.project.file.as_deref(), Some(file.as_path()), "from `{start}`");
        assert_eq!(opened.entry, None);
    }
    let method = folder.path("Project/Sources/Methods/sell.4dm");
    let opened = open(&method).expect("a method");
    assert_eq!(opened.project.file.as_deref(), Some(file.as_path()));
    assert_eq!(opened.entry.as_deref(), Some(method.as_path()));
}

#[test]
fn the_parts_of_a_project_are_known_by_name() {
    let folder = Folder::with("parts", PROJECT);
    let project = open(&folder.0).expect("a project").project;
    assert_eq!(project.name, "Shop");
    assert_eq!(names(&project.methods), ["a/b", "sell"]);
    assert_eq!(names(&project.classes), ["Invoice"]);
    assert_eq!(names(&project.database_methods), ["onStartup"]);
    assert_eq!(
        names(&project.form_methods),
        ["Forms/Main/ObjectMethods/OK", "TableForms/1/Input/method", "Triggers/table_1"]
    );
    assert_eq!(project.tables[0].fields[0].name, "No");
    assert_eq!(project.settings.namespace.as_deref(), Some("Shop"));
    let components: Vec<_> = project
        .components
        .iter()
        .map(|c| (c.name.as_str(), c.namespace.as_deref(), c.project.is_some()))
        .collect();
    assert_eq!(components, [("Kit", Some("kit"), true), ("Old", None, false)]);
    assert_eq!(project.folders.package, folder.0);
    assert_eq!(project.folders.logs, folder.path("Data/Logs"));
    assert_eq!(project.files().count(), 7);
    assert!(project.problems.is_empty(), "{:?}", project.problems);
}

#[test]
fn a_script_sees_what_lies_beside_it() {
    let folder = Folder::with(
        "script",
        &[("main.4dm", ""), ("helper.4dm", ""), ("Classes/Person.4dm", ""), ("data.json", "")],
    );
    let opened = open(&folder.path("main.4dm")).expect("a script");
    assert_eq!(opened.project.file, None);
    assert_eq!(names(&opened.project.methods), ["helper", "main"]);
    assert_eq!(names(&opened.project.classes), ["Person"]);
    assert_eq!(opened.entry, Some(folder.path("main.4dm")));
    assert_eq!(opened.project.folders.package, folder.0);
}

#[test]
fn what_is_wrong_is_said() {
    let code = |path: &Path| open(path).expect_err("no project").code.to_string();
    let folder = Folder::with("wrong", &[("sub/x.txt", ""), ("Sell.4dm", ""), ("sell.4dm", "")]);
    assert_eq!(code(&folder.path("none")), "Q6001");
    assert_eq!(code(&folder.path("sub")), "Q6003");
    let project = open(&folder.path("sell.4dm")).expect("a script").project;
    let found: Vec<String> = project.problems.iter().map(|problem| problem.message.clone()).collect();
    // Where the file system does not tell the two apart, there is only one file.
    if project.methods.len() == 2 {
        assert_eq!(found, ["two methods are called `sell`"]);
    }
    let folder = Folder::with(
        "damaged",
        &[("Project/P.4DProject", ""), ("Project/Sources/catalog.4DCatalog", "<base>")],
    );
    let project = open(&folder.0).expect("a project").project;
    assert_eq!(project.problems.first().map(|problem| problem.code.to_string()).as_deref(), Some("Q6005"));
    let missing = project.startup_method("sel").expect_err("no method");
    assert_eq!(missing.message, "there is no project method `sel`");
}
