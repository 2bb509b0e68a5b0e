// The folders on the way are made with the star only; OK follows what was done.
var $d : Text
ARRAY TEXT($names; 0)
$d:=Folder(Temporary folder; fk platform path).folder("q_"+Generate UUID).platformPath
Try
	CREATE FOLDER($d+"a"+Folder separator+"b")
Catch
	ALERT(String(Last errors[0].errCode)+" "+String(OK))
End try
CREATE FOLDER($d+"a"+Folder separator+"b"+Folder separator; *)
ALERT(String(Test path name($d+"a"+Folder separator+"b"))+" "+String(OK))
// With the star the name of a document at the end is ignored.
CREATE FOLDER($d+"c"+Folder separator+"doc.txt"; *)
ALERT(String(Test path name($d+"c"))+" "+String(Test path name($d+"c"+Folder separator+"doc.txt")))
TEXT TO DOCUMENT($d+"a"+Folder separator+"x.txt"; "x")
TEXT TO DOCUMENT($d+".secret"; "x")
DOCUMENT LIST($d; $names; Recursive parsing)
ALERT(String(Size of array($names))+" "+$names{1}+" "+$names{2})
DOCUMENT LIST($d; $names; Recursive parsing+Posix path+Ignore invisible)
ALERT(String(Size of array($names))+" "+$names{1})
FOLDER LIST($d; $names)
ALERT($names{1}+$names{2})
COPY DOCUMENT($d+"a"+Folder separator; $d+"c"+Folder separator)
ALERT(String(Test path name($d+"c"+Folder separator+"a"+Folder separator+"x.txt")))
Try
	COPY DOCUMENT($d+"a"+Folder separator; $d+"c"+Folder separator)
Catch
	ALERT(String(Last errors[0].errCode))
End try
COPY DOCUMENT($d+"a"+Folder separator; $d+"c"+Folder separator; *)
COPY DOCUMENT($d+"a"+Folder separator+"x.txt"; $d; "y.txt")
ALERT(String(Test path name($d+"y.txt")))
Try
	MOVE DOCUMENT($d+"y.txt"; $d+".secret")
Catch
	ALERT(String(Last errors[0].errCode)+" "+String(OK))
End try
Try
	DELETE FOLDER($d)
Catch
	ALERT(String(Last errors[0].errCode))
End try
DELETE FOLDER($d; Delete with contents)
Try
	DELETE DOCUMENT($d+"y.txt")
Catch
	ALERT(String(OK))
End try
