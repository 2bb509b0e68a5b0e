// Texts are counted in characters, BLOBs in bytes; the place stays within the file.
var $f : 4D.File
var $h : 4D.FileHandle
$f:=Folder(Temporary folder; fk platform path).file("q_"+Generate UUID+".txt")
$f.setText("é1\r\né2\n\né3"; "UTF-8-no-bom"; Document unchanged)
$h:=$f.open()
ALERT($h.readLine()+" "+String($h.offset))
ALERT($h.readLine()+" "+String($h.offset))
ALERT("["+$h.readLine()+"] "+String($h.offset)+String($h.eof))
ALERT($h.readLine()+" "+String($h.offset)+String($h.eof))
ALERT("["+$h.readLine()+"]")
$h:=$f.open(New object("breakModeRead"; Document unchanged; "charset"; "UTF-8"))
ALERT($h.breakModeRead+" "+$h.charset+" "+$h.mode)
ALERT(String(Length($h.readText())))
$h:=$f.open("write")
$h.offset:=-5
ALERT(String($h.offset))
$h.offset:=1000
ALERT(String($h.offset=$h.getSize()))
$h.setSize(2)
ALERT(String($h.getSize()))
$h.offset:=0
$h.writeText("ab\ncd")
ALERT(String($h.offset)+" "+String($f.size))
$h:=Null
$f.delete()
