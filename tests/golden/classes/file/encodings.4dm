// A byte order mark is written when a Unicode set is named, and goes before the set that is named when read.
var $d : 4D.Folder
var $f : 4D.File
$d:=Folder(Temporary folder; fk platform path).folder("q_"+Generate UUID)
$d.create()
$f:=$d.file("x.txt")
$f.setText("é€"; "UTF-16LE")
ALERT(String($f.size)+" "+String($f.getContent()[0])+" "+String($f.getContent()[1]))
ALERT($f.getText()+" "+$f.getText("ISO-8859-1"))
$f.setText("é€"; "UTF-16BE-no-bom")
ALERT(String($f.size)+" "+$f.getText("UTF-16BE"))
$f.setText("é€"; 106)
ALERT(String($f.size))
$f.setText("é€"; "ISO-8859-1")
ALERT($f.getText("ISO-8859-1"))
$f.setText("a\rb\nc\r\nd"; "UTF-8-no-bom"; Document with CR)
ALERT(String($f.size)+" "+String($f.getContent()[1])+String($f.getContent()[3])+String($f.getContent()[5]))
$d.delete(Delete with contents)
