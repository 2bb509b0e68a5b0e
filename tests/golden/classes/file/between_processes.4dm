// A file can be put into a shared object, and is equal there in its path.
var $o : Object
$o:=New shared object("file"; File("/PACKAGE/a.txt"); "folder"; Folder("/DATA/"))
ALERT($o.file.path+" "+$o.folder.path)
ALERT(String(OB Instance of($o.file; 4D.File)))
