//! Fast paths against plain ones: random programs are written three times, with typed locals, with process variables and
//! with properties and elements, and must print the same lines. The first takes bare words and fused closures, the second
//! the general operators, the third what is looked at in place.

#![expect(clippy::disallowed_methods, reason = "the test makes the files of its programs")]

use std::fmt::Write as _;
use std::sync::Arc;

use quatre::engine::{Engine, Target, project};
use quatre::runtime::Options;
use quatre::runtime::host::{Host, RecordingHost};

/// A small generator of its own, so that a failing program can be made again from its seed.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn pick<'a>(&mut self, items: &[&'a str]) -> &'a str {
        let index = usize::try_from(self.below(items.len() as u64)).expect("small");
        items.get(index).expect("in range")
    }
}

/// The variables of a program: Integers at the edges of their type, and Reals.
const VARIABLES: [(&str, &str, &str); 7] = [
    ("a", "Integer", "7"),
    ("b", "Integer", "-3"),
    ("c", "Integer", "2147483647"),
    ("d", "Integer", "0"),
    ("x", "Real", "2.5"),
    ("y", "Real", "-1000000.125"),
    ("z", "Real", "0"),
];

fn leaf(random: &mut Random) -> String {
    if random.below(3) == 0 {
        return random.pick(&["0", "1", "2", "3", "10", "0.5", "1000003", "2147483647"]).to_owned();
    }
    let variables = VARIABLES.map(|(name, ..)| name);
    format!("@{}", random.pick(&variables))
}

fn number(random: &mut Random, depth: u32) -> String {
    if depth == 0 || random.below(5) == 0 {
        return leaf(random);
    }
    let left = number(random, depth - 1);
    let right = number(random, depth - 1);
    let op = random.pick(&["+", "+", "-", "-", "*", "*", "/", "%", "\\"]);
    format!("({left}{op}{right})")
}

/// One line of output: an expression given to a Real or an Integer, or a comparison of two.
fn line(random: &mut Random) -> String {
    let value = number(random, 3);
    match random.below(3) {
        0 => format!("$real:={value}\nALERT(String($real))\n"),
        1 => format!("$whole:={value}\nALERT(String($whole))\n"),
        _ => {
            let other = number(random, 2);
            let op = random.pick(&["<", "<=", ">", ">=", "=", "#"]);
            format!("If ({value}{op}{other})\nALERT(\"yes\")\nElse\nALERT(\"no\")\nEnd if\n")
        }
    }
}

/// A turn of a loop that changes the variables, so that values and branches are not the same all the time.
fn change(random: &mut Random) -> String {
    let (target, _, _) = VARIABLES.get(usize::try_from(random.below(7)).expect("small")).expect("in range");
    format!("@{target}:={}\n", number(random, 2))
}

fn program(seed: u64) -> String {
    let mut random = Random(seed);
    let mut body = String::new();
    for _ in 0..12 {
        body += &line(&mut random);
        body += &change(&mut random);
    }
    format!("For ($turn; 1; 3)\n{body}End for\n")
}

/// The program with its variables declared and written in one of the three ways.
fn written(body: &str, declare: &str, name: impl Fn(&str) -> String) -> String {
    let mut text = String::from("var $real : Real\nvar $whole; $turn : Integer\n");
    text += declare;
    for (variable, _, value) in VARIABLES {
        _ = writeln!(text, "{}:={value}", name(variable));
    }
    let mut body = body.to_owned();
    for (variable, ..) in VARIABLES {
        body = body.replace(&format!("@{variable}"), &name(variable));
    }
    text + &body
}

fn output(folder: &std::path::Path, text: &str) -> String {
    let path = folder.join("program.4dm");
    std::fs::write(&path, text).expect("a file");
    let host = Arc::new(RecordingHost::new([]));
    let opened = project::open(&path).expect("a script");
    let options = Options { reproducible: true, ..Options::default() };
    let engine = Engine::open(Target::Opened(Box::new(opened)), Arc::clone(&host) as Arc<dyn Host>, options)
        .expect("a program opens");
    let outcome = engine.run(&[engine.entry().expect("code")], Vec::new(), None);
    let errors: Vec<&str> = outcome.errors.iter().map(|e| e.diagnostic.message.as_str()).collect();
    assert!(errors.is_empty(), "{errors:?} in\n{text}");
    host.out()
}

/// Locals and process variables have the same types, so that every line must agree.
#[test]
fn typed_locals_and_process_variables_agree() {
    let folder = std::env::temp_dir().join(format!("quatre-differential-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut typed = String::new();
    let mut process = String::new();
    for (name, type_, _) in VARIABLES {
        _ = writeln!(typed, "var ${name} : {type_}");
        _ = writeln!(process, "var v_{name} : {type_}");
    }
    for seed in 1..120 {
        let body = program(seed);
        let fast = output(&folder, &written(&body, &typed, |name| format!("${name}")));
        let plain = output(&folder, &written(&body, &process, |name| format!("v_{name}")));
        assert_eq!(fast, plain, "the programs of seed {seed} differ:\n{body}");
        assert!(!fast.is_empty());
    }
    _ = std::fs::remove_dir_all(&folder);
}

/// Everything in an object or a collection is a Real, so that these two agree with each other.
#[test]
fn properties_and_variants_agree() {
    let folder = std::env::temp_dir().join(format!("quatre-differential-o-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let place = |name: &str| VARIABLES.iter().position(|(known, ..)| *known == name).unwrap_or(0);
    let mut reals = String::new();
    for (name, ..) in VARIABLES {
        _ = writeln!(reals, "var ${name} : Real");
    }
    for seed in 1..120 {
        let body = program(seed);
        let real = output(&folder, &written(&body, &reals, |name| format!("${name}")));
        let property =
            output(&folder, &written(&body, "var $o : Object\n$o:={}\n", |name| format!("$o.{name}")));
        let element = output(
            &folder,
            &written(&body, "var $l : Collection\n$l:=[]\n", |name| format!("$l[{}]", place(name))),
        );
        assert_eq!(real, property, "the programs of seed {seed} differ:\n{body}");
        assert_eq!(property, element, "the programs of seed {seed} differ:\n{body}");
    }
    _ = std::fs::remove_dir_all(&folder);
}
