// A path in a file system stays one, and nothing leads out of it.
var $f : 4D.File
var $d : 4D.Folder
$f:=File("/PACKAGE/reports/june.txt")
ALERT($f.path)
ALERT($f.parent.path)
ALERT($f.parent.parent.path)
ALERT($f.parent.parent.parent.path)
ALERT(Folder("/DATA").path)
ALERT(Folder("/RESOURCES/").file("../x")=Null ? "no way out" : "out")
ALERT(Folder("/RESOURCES/a").file("../x.txt").path)
ALERT(Folder(fk database folder).path+" "+Folder(fk resources folder).path+" "+Folder(fk logs folder).path)
ALERT(String(Folder("/PACKAGE/").platformPath=Get 4D folder(Database folder)))
// The root of the disk has no folder above it.
$d:=Folder("/")
ALERT($d.path+String($d.parent=Null))
Try
  $f:=File("/DATA/../secret.txt")
Catch
  ALERT(Last errors[0].message)
End try
Try
  $f:=File("june.txt")
Catch
  ALERT(Last errors[0].message)
End try
