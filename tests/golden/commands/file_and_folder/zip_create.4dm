// Archives of a file, of a folder with and without itself, and of a description.
var $d; $src : 4D.Folder
var $z : 4D.File
var $status; $zip : Object
var $root : 4D.ZipFolder
var percents : Collection
$d:=Folder(Temporary folder; fk platform path).folder("t_"+Generate UUID)
$src:=$d.folder("src")
$src.file("sub/two.txt").create()
$src.file("sub/two.txt").setText("second")
$src.file("one.txt").setText("first")
$src.file(".secret").setText("s")
$src.folder("none").create()
$z:=$d.file("a.zip")
$status:=ZIP Create archive($src; $z)
ALERT(JSON Stringify($status))
ALERT(ZIP Read archive($z).root.files(fk recursive).extract("path").orderBy().join(","))
ALERT(ZIP Read archive($z).root.folders(fk recursive).extract("path").orderBy().join(","))
$status:=ZIP Create archive($src; $z; ZIP Without enclosing folder)
ALERT(ZIP Read archive($z).root.files(fk recursive).extract("path").orderBy().join(","))
// An archive in the folder that it holds
$status:=ZIP Create archive($d; $d.file("self.zip"))
ALERT(String($status.success))
// A description
percents:=New collection()
$zip:=New object
$zip.files:=New collection($src.file("one.txt"); $src.folder("sub"))
$zip.files.push(New object("source"; $src; "destination"; "copy/of"; "option"; ZIP Ignore invisible files))
$zip.files.push(New object("source"; $src.file("one.txt"); "destination"; "x/renamed.md"))
$zip.files.push(New object("source"; $src.file("one.txt"); "destination"; "y/"))
$zip.level:=9
$zip.callback:=Formula(percents.push($1))
$status:=ZIP Create archive($zip; $z)
ALERT(String($status.success)+" "+String(percents[percents.length-1])+" "+String(percents.length=percents.distinct().length))
ALERT(ZIP Read archive($z).root.files(fk recursive).extract("path").orderBy().join(","))
// Without compression an archive is larger
$src.file("long.txt").setText("a"*5000)
$zip:=New object("files"; New collection($src.file("long.txt")))
$status:=ZIP Create archive($zip; $z)
var $small : Real
$small:=$z.size
$zip.compression:=ZIP Compression none
$status:=ZIP Create archive($zip; $z)
ALERT(String($z.size>5000)+" "+String($small<1000))
// Passwords
var $encryption : Integer
For each ($encryption; New collection(ZIP Encryption AES128; ZIP Encryption AES192; ZIP Encryption AES256))
	$zip:=New object("files"; New collection($src.file("one.txt")); "password"; "pass é"; "encryption"; $encryption)
	$status:=ZIP Create archive($zip; $z)
	ALERT(ZIP Read archive($z; "pass é").root.file("one.txt").getText())
End for each
var $password : Text
For each ($password; New collection(""; "other"))
	Try
		$root:=ZIP Read archive($z; $password).root
		ALERT($root.files()[0].fullName)
		ALERT($root.files()[0].getText())
	Catch
		ALERT("password: "+String(Last errors[0].errCode))
	End try
End for each
OB REMOVE($zip; "password")
$status:=ZIP Create archive($zip; $z)
ALERT(String($status.success)+" "+$status.statusText)
// What cannot be archived leaves the archive as it was
$status:=ZIP Create archive($src.file("no.txt"); $z)
ALERT(String($status.success)+" "+String($status.statusText="Cannot create ZIP archive@")+" "+String($status.status)+" "+String($z.exists))
$status:=ZIP Create archive($src.folder("no"); $z)
ALERT(String($status.success)+" "+String($status.status))
$status:=ZIP Create archive($src; $d.file("no/a.zip"))
ALERT(String($status.success)+" "+String($status.status))
$zip:=New object("files"; New collection($src.file("one.txt"); $d.file("src/one.txt")))
$status:=ZIP Create archive($zip; $z)
ALERT(String($status.success)+" "+String($status.status))
$zip:=New object("files"; New collection(New object("source"; $src.file("one.txt"); "destination"; "../up")))
$status:=ZIP Create archive($zip; $z)
ALERT(String($status.success)+" "+String($status.status))
Try
	$status:=ZIP Create archive(New object("files"; New collection(12)); $z)
Catch
	ALERT(String(Last errors[0].errCode))
End try
Try
	$status:=ZIP Create archive(New object("files"; New collection; "compression"; 77); $z)
Catch
	ALERT(String(Last errors[0].errCode))
End try
$d.delete(Delete with contents)
