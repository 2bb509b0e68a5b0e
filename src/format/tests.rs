use super::*;
use crate::syntax::Known;

/// No commands at all: names stay as they are.
struct Nothing;

impl Names for Nothing {
    fn find(&self, words: &str) -> Option<Known> {
        (words == "Use log").then_some(Known::Method)
    }
}

fn laid_out(text: &str, kind: FileKind) -> String {
    let catalog = Catalog::new(&crate::builtin::catalog::Tables {
        themes: &[],
        unavailable: &[],
        command_aliases: &[],
        classes: &[],
        unavailable_classes: &[],
        constants: &[],
        constant_aliases: &[],
    });
    let file = SourceFile::detached("x", text);
    let vocabulary = Vocabulary { names: &Nothing, catalog: &catalog };
    let once = format(&file, kind, vocabulary, Tokens::Keep).expect("it reads");
    let twice = format(&SourceFile::detached("x", once.as_str()), kind, vocabulary, Tokens::Keep);
    assert_eq!(twice.as_ref(), Ok(&once), "a second time changes nothing");
    once
}

fn method(text: &str) -> String {
    laid_out(text, FileKind::Method)
}

#[test]
fn structures_indent_their_code() {
    let text = "if($a)\nb\n\ncase  of\n// c\n:($x=1)\nb\n  else\nd\nend case\nelse\nrepeat\ne\nuntil ( f )\nend  if // g\n";
    let wanted = "If ($a)\n\tb\n\t\n\tCase of \n\t\t\t// c\n\t\t: ($x=1)\n\t\t\tb\n\t\tElse \n\t\t\td\n\tEnd case \nElse \n\tRepeat \n\t\te\n\tUntil (f)\nEnd if   // g\n";
    assert_eq!(method(text), wanted);
}

#[test]
fn signs_have_the_blanks_of_the_editor() {
    assert_eq!(method("$a := $b+ -1 & ($c = 2)"), "$a:=$b+-1 & ($c=2)");
    assert_eq!(method("f( 1 ;2;*)//x"), "f(1; 2; *)  //x");
    assert_eq!(
        method("var $a;$b:text\n$c:={a:1;b c:$x?1:2}"),
        "var $a; $b : Text\n$c:={a: 1; b c: $x ? 1 : 2}"
    );
    assert_eq!(method("$a:=$b* +1"), "$a:=$b* +1");
    assert_eq!(method("#declare($a:Text;...:real)->$r:cs.X"), "#DECLARE($a : Text;  ...  : Real)->$r : cs.X");
    assert_eq!(method("return[1;2]"), "return [1; 2]");
    assert_eq!(method("a /* b */ (1)"), "a /* b */ (1)");
}

#[test]
fn lines_that_go_on_stand_deeper() {
    assert_eq!(method("f(1;\\\n2 \\\n & 3;\\\r\n4)\n\ng"), "f(1; \\\n\t2\\\n\t & 3; \\\n\t4)\n\ng");
}

#[test]
fn functions_begin_at_the_margin() {
    let text = "class extends A\n property a:text\nshared  function get b:Text\nreturn \"\"\n//c\n\nclass constructor( $x : Text )\nd\n";
    let wanted = "Class extends A\nproperty a : Text\nshared Function get b : Text\n\treturn \"\"\n\t//c\n\t\nClass constructor($x : Text)\n\td\n";
    assert_eq!(laid_out(text, FileKind::Class), wanted);
}

#[test]
fn line_ends_marks_and_sql_stay() {
    assert_eq!(method("\u{FEFF}a \r\n\r\n b"), "\u{FEFF}a\r\n\r\nb");
    assert_eq!(
        method("if(a)\nbegin sql // x\n select  1\n  end sql\nend if"),
        "If (a)\n\tBegin SQL // x\n select  1\n\tEnd SQL\nEnd if "
    );
    assert_eq!(method("#!/usr/bin/env quatre\na"), "#!/usr/bin/env quatre\na");
    assert_eq!(method("  /* a\n  b */\n\t// c"), "  /* a\n  b */\n// c");
    assert_eq!(method(""), "");
}

#[test]
fn what_does_not_read_is_left_alone() {
    let catalog = Catalog::new(&crate::builtin::catalog::Tables {
        themes: &[],
        unavailable: &[],
        command_aliases: &[],
        classes: &[],
        unavailable_classes: &[],
        constants: &[],
        constant_aliases: &[],
    });
    let file = SourceFile::detached("x", "If (a)");
    let refused =
        format(&file, FileKind::Method, Vocabulary { names: &Nothing, catalog: &catalog }, Tokens::Keep);
    assert!(matches!(refused, Err(Refusal::Syntax(problems)) if problems.len() == 1));
}
