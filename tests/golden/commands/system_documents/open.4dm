// A document is opened by one writer and many readers; Document has its path.
var $p : Text
var $h; $r : Time
$p:=Folder(Temporary folder; fk platform path).file("q_"+Generate UUID+".txt").platformPath
Try
	$h:=Open document($p)
Catch
	ALERT(String(Last errors[0].errCode)+" "+String(OK))
End try
$h:=Create document($p)
ALERT(String(Document=$p))
SEND PACKET($h; "0123456789")
$r:=Open document($p; Read mode)
ALERT(String($r#$h)+" "+String(Get document size($r)))
Try
	$r:=Open document($p; Read and write)
Catch
	ALERT(String(Last errors[0].errCode))
End try
SET DOCUMENT POSITION($h; -3; 2)
ALERT(String(Get document position($h)))
SET DOCUMENT POSITION($h; 1; 3)
ALERT(String(Get document position($h)))
SET DOCUMENT SIZE($h; 4)
CLOSE DOCUMENT($h)
ALERT(String(Get document size($p)))
Try
	SEND PACKET($h; "x")
Catch
	ALERT(String(Last errors[0].errCode))
End try
$h:=Open document($p; Get pathname)
ALERT(String($h=?00:00:00?)+" "+String(OK))
DELETE DOCUMENT($p)
