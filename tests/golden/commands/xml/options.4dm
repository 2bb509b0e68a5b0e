// Options change how values are written; texts from XML become values of the type of the variable.
var $root; $t : Text
var $r : Real
var $b : Blob
var $h : Time
var $i : Integer
$root:=DOM Create XML Ref("r")
DOM SET XML ATTRIBUTE($root; "v"; !2003-01-01!)
DOM GET XML ATTRIBUTE BY NAME($root; "v"; $t)
ALERT($t)
XML SET OPTIONS($root; XML date encoding; XML datetime UTC; XML time encoding; XML seconds)
DOM SET XML ATTRIBUTE($root; "v"; !2003-01-01!; "h"; ?02:00:46?)
DOM GET XML ATTRIBUTE BY NAME($root; "v"; $t)
ALERT($t)
DOM GET XML ATTRIBUTE BY NAME($root; "h"; $t)
ALERT($t)
XML SET OPTIONS($root; XML time encoding; XML duration)
DOM SET XML ATTRIBUTE($root; "h"; ?02:00:46?)
DOM GET XML ATTRIBUTE BY NAME($root; "h"; $t)
ALERT($t)
XML DECODE($t; $h)
ALERT(String($h=?02:00:46?))
XML SET OPTIONS($root; XML String encoding; XML raw data)
DOM SET XML ELEMENT VALUE($root; "<a>1</a><b/>")
ALERT(String(DOM Count XML elements($root; "b")))
XML GET OPTIONS($root; XML String encoding; $i)
ALERT(String($i))
XML GET OPTIONS(""; XML external entity resolution; $i)
ALERT(String($i))
Try
	XML SET OPTIONS($root; 77; 1)
Catch
	ALERT(String(Last errors[0].errCode))
End try
XML DECODE("8,5"; $r)
ALERT(String($r))
XML DECODE("2009-10-25T01:03:20"; $h)
ALERT(String($h=?01:03:20?))
XML DECODE("SGk="; $b)
ALERT(BLOB to text($b; UTF8 text without length))
DOM CLOSE XML($root)
