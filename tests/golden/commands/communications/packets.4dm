// Packets end before a text of any length, or after a number of bytes; at the end of a document OK is 0.
var $p; $t : Text
var $b : Blob
var $h : Time
$p:=Folder(Temporary folder; fk platform path).file("q_"+Generate UUID).platformPath
$h:=Create document($p)
SET BLOB SIZE($b; 3; 200)
SEND PACKET($h; "a<>b<c><>é")
SEND PACKET($h; $b)
SET DOCUMENT POSITION($h; 0)
RECEIVE PACKET($h; $t; "<>")
ALERT($t)
RECEIVE PACKET($h; $t; "<>")
ALERT($t)
RECEIVE PACKET($h; $t; 2)
ALERT($t)
SET BLOB SIZE($b; 0)
RECEIVE PACKET($h; $b; 100)
ALERT(String(BLOB size($b))+" "+String($b{2})+" "+String(OK))
RECEIVE PACKET($h; $t; "<>")
ALERT("["+$t+"] "+String(OK))
CLOSE DOCUMENT($h)
DELETE DOCUMENT($p)
