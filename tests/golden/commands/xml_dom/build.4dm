// A tree is made, changed and written: the export is the declaration and the tree, indented by two spaces.
var $root; $e; $f; $t : Text
ARRAY TEXT($names; 2)
ARRAY TEXT($values; 2)
$root:=DOM Create XML Ref("RootElement")
$e:=DOM Create XML element($root; "/RootElement/Elem1/Elem2/Elem3[2]")
DOM SET XML ATTRIBUTE($e; "Size"; 8; "on"; True)
$f:=DOM Create XML element($root; "/RootElement/Elem1/Elem2/Elem3[2]"; "Font"; "Arial")
$names{1}:="Font"
$names{2}:="Style"
$values{1}:="Verdana"
$values{2}:="<\"&"
$f:=DOM Create XML element arrays($root; "/RootElement/Elem1/Elem4"; $names; $values)
DOM SET XML ELEMENT VALUE($f; "12<18"; *)
DOM SET XML ELEMENT VALUE($root; "/RootElement/Elem1/Elem2/Elem3[last()]"; "12<18")
$f:=DOM Append XML child node($root; XML comment; "Hello world")
$f:=DOM Append XML child node(DOM Get XML document ref($root); XML processing instruction; "xml-stylesheet type=\"text/xsl\" href=\"style.xsl\"")
$f:=DOM Append XML child node($root; XML DOCTYPE; "RootElement SYSTEM \"Book.DTD\"")
DOM EXPORT TO VAR($root; $t)
ALERT($t)
ALERT(DOM Get XML information($root; DOCTYPE Name)+" "+DOM Get XML information($root; SYSTEM ID))
DOM SET XML DECLARATION($root; "ISO-8859-1"; True)
XML SET OPTIONS($root; XML indentation; XML no indentation)
DOM REMOVE XML ELEMENT(DOM Find XML element($root; "Elem1"))
DOM SET XML ELEMENT NAME($root; "R")
$f:=DOM Append XML child node($root; XML ELEMENT; "tbreak")
DOM EXPORT TO VAR($root; $t)
ALERT($t)
DOM CLOSE XML($root)
