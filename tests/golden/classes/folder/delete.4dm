// A folder that is not empty is kept, one that is not there is an error only when it must be empty.
var $d : 4D.Folder
$d:=Folder(Temporary folder; fk platform path).folder("q_"+Generate UUID)
$d.create()
$d.file("x").setText("x")
Try
	$d.delete()
Catch
	ALERT(String(Last errors[0].errCode)+" "+String($d.exists))
End try
$d.delete(Delete with contents)
Try
	$d.delete()
Catch
	ALERT(String(Last errors[0].errCode))
End try
$d.delete(Delete with contents)
ALERT("done")
