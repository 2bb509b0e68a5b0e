//! Q3xxx: types and calls.

use crate::diagnostics::codes::{Row, row};

/// The rows, in order.
pub(super) const ROWS: &[Row] = &[
    row(
        3001,
        "an operator that does not fit its operands",
        "4D combines values of the same kind: a Text with a Text, a number with a number. It does not turn a number
into a text by itself, and it computes from left to right without precedence:

    ALERT(\"total: \"+String($total))
    $n:=$n+Num($text)
    $ok:=($a=1) & ($b=2)      // without the brackets: (($a=1) & $b)=2",
    ),
    row(
        3002,
        "a value of another type",
        "A declared variable, parameter or result keeps its type, and takes values of that type only; an Integer and a
Real may stand for each other. Convert the value first:

    var $n : Integer
    $n:=Num(\"12\")
    $t:=String($n)",
    ),
    row(
        3003,
        "too many arguments",
        "The command or function takes fewer values than it is given. Its form stands in the note; arguments are
separated by `;`, and a comma is none of 4D's signs.",
    ),
    row(
        3004,
        "arguments that do not fit",
        "The command needs other values: one is missing, or of a type it does not take. Its form stands in the note;
braces mark what may be left out:

    Substring(source ; firstChar {; numChars})",
    ),
    row(
        3005,
        "something that cannot stand here",
        "A line that only computes a value does nothing: give the value to a variable, or call a command with it.
An operator alone is an argument of few commands, such as `ORDER BY` or `JSON Stringify($o; *)`.

    $total:=$a+$b             // not: $a+$b
    $a:=3                     // not: $a=3, which compares",
    ),
    row(
        3006,
        "declared twice",
        "A name is declared once. A parameter of `#DECLARE` or of a function is declared by its heading already.",
    ),
    row(
        3007,
        "declared with two types",
        "The type of a variable cannot change: two declarations of one name must agree, even on different branches.",
    ),
    row(
        3008,
        "a pointer that can lead nowhere",
        "`->` makes a pointer to something that can be written: a variable, an element of an array, a table or a field;
not to a computed value, a property or an element of a collection.",
    ),
    row(
        3009,
        "a property or element of something that has none",
        "Properties belong to objects, elements to collections and arrays, characters to texts:

    $o.name         $c[0]         $array{1}         $text[[1]]",
    ),
    row(
        3010,
        "brackets of another kind",
        "An array is indexed with braces and from 1, a collection with brackets and from 0, a text with double brackets
and from 1:

    $array{1}       $collection[0]       $text[[1]]",
    ),
    row(
        3011,
        "something that cannot be given a value",
        "On the left of `:=` stands a variable, a property, an element, a character of a text, or what a pointer leads
to. A constant, a literal and the result of a call cannot be written.",
    ),
    row(
        3012,
        "an operator that does not work on a whole array",
        "`+=` and its like work on single values. Name an element, or loop over them:

    $a{1}+=1",
    ),
    row(
        3013,
        "`break` or `continue` outside of a loop",
        "These leave or repeat the innermost `For`, `For each`, `While` or `Repeat`, and no loop stands around this one.
`return` leaves the method.",
    ),
    row(
        3014,
        "one value for several variables",
        "A declaration may give a value to the one variable that it declares. Declare them one by one:

    var $a : Integer:=1
    var $b : Integer:=1",
    ),
    row(
        3015,
        "a function that 4D does not have",
        "The value is of a class of 4D, which has no function of this name. Case matters in names of functions.",
    ),
    row(
        3016,
        "a command that gives no value",
        "Commands whose names are written in capitals do something and give nothing. Many have a function beside them that
gives a value.",
    ),
    row(
        3017,
        "something that preemptive processes cannot do",
        "The attributes of the method say that it can run in a preemptive process, and its code, or a method that it calls,
uses a command or an interprocess variable that cannot. Take out the attribute, or put the line between `//%T-` and
`//%T+` when it never runs there.",
    ),
];
