// A tree is written to a document and read from it, in the encoding that it names.
var $root; $path; $t : Text
$path:=Folder(Temporary folder; fk platform path).file("q_"+Generate UUID+".xml").platformPath
$root:=DOM Create XML Ref("n:r"; "http://u"; "m"; "http://v")
DOM SET XML ELEMENT VALUE($root; "é€")
DOM SET XML DECLARATION($root; "ISO-8859-1")
DOM EXPORT TO FILE($root; $path)
ALERT(String(OK))
DOM CLOSE XML($root)
$root:=DOM Parse XML source($path)
DOM GET XML ELEMENT VALUE($root; $t)
ALERT($t)
DOM GET XML ATTRIBUTE BY NAME($root; "xmlns:m"; $t)
ALERT($t)
DOM CLOSE XML($root)
DELETE DOCUMENT($path)
Try
	$root:=DOM Parse XML source($path)
Catch
	ALERT(String(Last errors[0].errCode)+" "+String(OK))
End try
