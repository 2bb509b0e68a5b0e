var $file : 4D.File
$file:=Folder("/PACKAGE/").file("notes.txt")
ALERT($file.fullname)
ALERT($file.gettext())
