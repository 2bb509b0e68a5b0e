// What an archive holds, seen and copied out.
var $d : 4D.Folder
var $x : Blob
var $root; $docs : 4D.ZipFolder
var $file : 4D.ZipFile
var $t : Text
var $o : Object
$d:=Folder(Temporary folder; fk platform path).folder("t_"+Generate UUID)
$d.create()
BASE64 DECODE("UEsDBBQAAAAIAIMYIlhqOeDQBwAAAAUAAAAKAAAAZG9jcy9hLnR4dEvMKchIBABQSwMEFAAAAAgAgxgiWOcGa5EDAAAAAQAAAAwAAABkb2NzLy5oaWRkZW7LAABQSwMEFAAAAAgAgxgiWGMEkY8GAAAABAAAABEAAABkb2NzL3N1Yi9iLnRhci5nektKLUkEAFBLAwQUAAAACACDGCJYqFpqhQMAAAABAAAAAwAAAHRvcCsBAFBLAQIUAxQAAAAIAIMYIlhqOeDQBwAAAAUAAAAKAAAAAAAAAAAAAACAAQAAAABkb2NzL2EudHh0UEsBAhQDFAAAAAgAgxgiWOcGa5EDAAAAAQAAAAwAAAAAAAAAAAAAAIABLwAAAGRvY3MvLmhpZGRlblBLAQIUAxQAAAAIAIMYIlhjBJGPBgAAAAQAAAARAAAAAAAAAAAAAACAAVwAAABkb2NzL3N1Yi9iLnRhci5nelBLAQIUAxQAAAAIAIMYIlioWmqFAwAAAAEAAAADAAAAAAAAAAAAAACAAZEAAAB0b3BQSwUGAAAAAAQABADiAAAAtQAAAAAA"; $x)
$d.file("a.zip").setContent($x)
$root:=ZIP Read archive($d.file("a.zip")).root
ALERT("["+$root.fullName+"] "+$root.path+" "+String($root.parent=Null)+" "+String($root.exists))
ALERT($root.files().extract("fullName").join(",")+" | "+$root.folders().extract("path").join(","))
ALERT($root.files(fk recursive).extract("path").join(","))
ALERT($root.files(fk recursive+fk ignore invisible).extract("path").join(","))
$docs:=$root.folder("docs")
ALERT($docs.name+" "+String($docs.isFolder)+" "+String($docs.isFile)+" "+$docs.parent.path+" "+String($docs.isPackage)+" "+String($docs.isAlias))
$file:=$docs.file("sub/b.tar.gz")
ALERT($file.name+" "+$file.extension+" "+$file.fullName+" "+$file.path+" "+$file.parent.path+" "+$file.platformPath)
ALERT(String($file.size)+" "+$file.getText()+" "+BLOB to text($file.getContent(); UTF8 text without length))
ALERT(String($file.exists)+" "+String($file.isFile)+" "+String($file.isFolder)+" "+String($file.isWritable)+" "+String($file.isAlias)+" "+String($file.hidden)+" "+String($docs.file(".hidden").hidden))
ALERT(String($file.modificationDate; "yyyy-MM-dd")+" "+String($file.modificationTime)+" "+String($file.creationDate=$file.modificationDate)+" "+$file.original.path)
ALERT(String($docs.file("no").exists)+" "+String($docs.folder("no").exists)+" "+String($docs.file("../top")=Null)+" "+String($docs.file("/top")=Null))
ALERT(OB Class($file).name+" "+OB Class($docs).name+" "+OB Class(ZIP Read archive($d.file("a.zip"))).name)
// A copy of a file, under its name and under another one; what is there is not replaced unless asked for
$o:=$file.copyTo($d)
ALERT(OB Class($o).name+" "+$o.fullName+" "+$o.getText())
Try
	$file.copyTo($d)
Catch
	ALERT("again: "+String(Last errors[0].errCode))
End try
ALERT($file.copyTo($d; "c.txt").getText()+" "+$file.copyTo($d; fk overwrite).getText())
// A copy of a folder; of the root
ALERT($docs.copyTo($d).files(fk recursive).extract("fullName").join(","))
$d.folder("all").create()
$o:=$root.copyTo($d.folder("all"))
ALERT($o.fullName+" "+$o.files(fk recursive).extract("fullName").join(","))
ALERT($root.copyTo($d; "named").files().extract("fullName").join(","))
For each ($t; New collection("getText"; "copyTo"))
	Try
		If ($t="getText")
			$docs.file("no").getText()
		Else
			$docs.folder("no").copyTo($d)
		End if
	Catch
		ALERT($t+": "+String(Last errors[0].errCode))
	End try
End for each
Try
	$file.hidden:=True
Catch
	ALERT("hidden: "+String(Last errors[0].errCode))
End try
$d.delete(Delete with contents)
