// A file has one writer at a time; readers do not count, and what is open to be read is not written.
var $f : 4D.File
var $h; $r : 4D.FileHandle
$f:=Folder(Temporary folder; fk platform path).file("q_"+Generate UUID+".txt")
$h:=$f.open("write")
$h.writeText("abc")
Try
	$r:=$f.open("append")
Catch
	ALERT(String(Last errors[0].errCode))
End try
Try
	$f.setText("lost")
Catch
	ALERT(String(Last errors[0].errCode))
End try
$r:=$f.open()
ALERT($r.readText())
Try
	$r.writeText("x")
Catch
	ALERT(String(Last errors[0].errCode))
End try
$h:=Null
$h:=$f.open("append")
$h.writeLine("d")
$h:=Null
ALERT(String($f.size))
$r:=Null
$f.delete()
Try
	$h:=$f.open("Read")
Catch
	ALERT(Last errors[0].message)
End try
Try
	$h:=$f.open("read")
Catch
	ALERT(String(Last errors[0].errCode))
End try
