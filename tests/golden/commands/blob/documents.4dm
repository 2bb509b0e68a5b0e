// The whole content of a document, as bytes.
var $p : Text
var $a; $b : Blob
$p:=Folder(Temporary folder; fk platform path).file("q_"+Generate UUID).platformPath
SET BLOB SIZE($a; 300; 7)
BLOB TO DOCUMENT($p; $a)
ALERT(String(OK)+" "+String(Get document size($p)))
DOCUMENT TO BLOB($p; $b)
ALERT(String(OK)+" "+String(BLOB size($b))+" "+String($b{299}))
DELETE DOCUMENT($p)
Try
	DOCUMENT TO BLOB($p; $b)
Catch
	ALERT(String(Last errors[0].errCode)+" "+String(OK)+" "+String(BLOB size($b)))
End try
