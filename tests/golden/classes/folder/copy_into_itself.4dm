// A copy of a folder into itself holds what was there before.
var $d; $c : 4D.Folder
$d:=Folder(Temporary folder; fk platform path).folder("q_"+Generate UUID)
$d.folder("a").create()
$d.file("a/x.txt").setText("x")
$c:=$d.copyTo($d; "copy")
ALERT($c.files(fk recursive).extract("fullName").join(",")+" "+$c.folders(fk recursive).extract("fullName").join(","))
Try
	$c:=$d.folder("a").copyTo($d; "copy")
Catch
	ALERT(String(Last errors[0].errCode))
End try
$d.file("a/x.txt").setText("newer")
$c:=$d.folder("a").copyTo($d.folder("copy"); fk overwrite)
ALERT($c.file("x.txt").getText())
$d.delete(Delete with contents)
