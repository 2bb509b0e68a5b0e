// Errors carry the numbers of the file manager; what would be lost is kept.
var $d : 4D.Folder
var $f; $g : 4D.File
var $t : Text
$d:=Folder(Temporary folder; fk platform path).folder("q_"+Generate UUID)
$d.create()
$f:=$d.file("one.txt")
$g:=$d.file("two.txt")
Try
	$t:=$f.getText()
Catch
	ALERT(String(Last errors[0].errCode))
End try
$f.setText("1")
$g.setText("2")
Try
	$f.rename("two.txt")
Catch
	ALERT(String(Last errors[0].errCode)+" "+$g.getText())
End try
Try
	$f.rename("a/b")
Catch
	ALERT(String(Last errors[0].errCode)+" "+String($f.exists))
End try
Try
	$f.copyTo($d; "two.txt")
Catch
	ALERT(String(Last errors[0].errCode)+" "+$g.getText())
End try
Try
	$f.copyTo($d.folder("nowhere"))
Catch
	ALERT(String(Last errors[0].errCode))
End try
Try
	$d.file("nowhere/x.txt").setText("x")
Catch
	ALERT(String(Last errors[0].errCode))
End try
Try
	$f.setText("x"; "klingon")
Catch
	ALERT(Last errors[0].message+" "+$f.getText())
End try
$d.delete(Delete with contents)
