// A link is a file that knows what it leads to.
var $d : 4D.Folder
var $f; $a : 4D.File
$d:=Folder(Temporary folder; fk platform path).folder("q_"+Generate UUID)
$d.folder("sub").create()
$f:=$d.file("real.txt")
$f.setText("content")
$a:=$f.createAlias($d.folder("sub"); "link.txt")
ALERT(String($a.isAlias)+" "+$a.getText()+" "+$a.original.fullName)
ALERT(String($f.isAlias)+" "+$f.original.fullName)
$a:=$d.folder("sub").createAlias($d; "folder link")
ALERT(String($a.original.isFolder)+" "+$a.original.name)
ALERT($d.folders().extract("fullName").join(","))
ALERT($d.files(fk recursive).extract("fullName").join(","))
// What a link leads to is not its content.
$d.folder("folder link").delete(Delete with contents)
ALERT(String($d.file("sub/link.txt").exists))
$d.delete(Delete with contents)
