// Archives that are damaged or want to do harm give errors, and leave no file.
var $d : 4D.Folder
var $names : Collection
$d:=Folder(Temporary folder; fk platform path).folder("t_"+Generate UUID)
$d.create()
$names:=New collection("slip"; "twice"; "file and folder"; "cut"; "no archive"; "empty"; "longer")
var $contents : Collection
$contents:=New collection()
$contents.push("UEsDBBQAAAAIAIMYIliDFtyMAwAAAAEAAAALAAAALi4vZXZpbC50eHSrAABQSwECFAMUAAAACACDGCJYgxbcjAMAAAABAAAACwAAAAAAAAAAAAAAgAEAAAAALi4vZXZpbC50eHRQSwUGAAAAAAEAAQA5AAAALAAAAAAA")
$contents.push("UEsDBBQAAAAIAIMYIli379yDAwAAAAEAAAAFAAAAYS50eHQzBABQSwMEFAAAAAgAgxgiWA2+1RoDAAAAAQAAAAUAAABhLnR4dDMCAFBLAQIUAxQAAAAIAIMYIli379yDAwAAAAEAAAAFAAAAAAAAAAAAAACAAQAAAABhLnR4dFBLAQIUAxQAAAAIAIMYIlgNvtUaAwAAAAEAAAAFAAAAAAAAAAAAAACAASYAAABhLnR4dFBLBQYAAAAAAgACAGYAAABMAAAAAAA=")
$contents.push("UEsDBBQAAAAIAIMYIli379yDAwAAAAEAAAABAAAAYTMEAFBLAwQUAAAACACDGCJYDb7VGgMAAAABAAAAAwAAAGEvYjMCAFBLAQIUAxQAAAAIAIMYIli379yDAwAAAAEAAAABAAAAAAAAAAAAAACAAQAAAABhUEsBAhQDFAAAAAgAgxgiWA2+1RoDAAAAAQAAAAMAAAAAAAAAAAAAAIABIgAAAGEvYlBLBQYAAAAAAgACAGAAAABGAAAAAAA=")
$contents.push("UEsDBBQAAAAIAIMYIlhqOeDQBwAAAAUAAAAKAAAAZG9jcy9hLnR4dEvMKchIBABQSwMEFAAAAAgAgxgiWOcGa5EDAAAAAQAAAAwAAABkb2NzLy5oaWRkZW7LAABQSwMEFAAAAAgAgxgiWGMEkY8GAAAABAAAABEAAABkb2NzL3N1Yi9iLnRhci5nektKLUkEAFBLAwQUAAAACACDGCJYqFpqhQMAAAABAAAAAwAAAHRvcCsBAFBLAQIUAxQAAAAIAIMYIlhqOeDQBwAAAAUAAAAKAAAAAAAAAAAAAACAAQAAAABkb2NzL2EudHh0UEsBAhQDFAAAAAgAgxgiWOcGa5EDAAAAAQAAAAwAAAAAAAAAAAAAAIABLwAAAGRvY3MvLmhpZGRlblBLAQIUAxQAAAAIAIMYIlhjBJGPBgAAAAQAAAARAAAAAAAAAAAAAACAAVwAAABkb2NzL3N1Yi9iLnRhci5nelBLAQIUAxQAAAAI")
$contents.push("aGVsbG8=")
$contents.push("")
$contents.push("UEsDBBQAAAAIAIMYIlg7zuLqEAAAAAUAAAAFAAAAYS50eHTLSM3JyVcozy/KSVHIQLABUEsBAhQDFAAAAAgAgxgiWDvO4uoQAAAABQAAAAUAAAAAAAAAAAAAAIABAAAAAGEudHh0UEsFBgAAAAABAAEAMwAAADMAAAAAAA==")
var $i : Integer
var $x : Blob
var $file : 4D.File
var $archive : 4D.ZipArchive
For ($i; 0; $names.length-1)
	BASE64 DECODE($contents[$i]; $x)
	$file:=$d.file("f.zip")
	$file.setContent($x)
	Try
		$archive:=ZIP Read archive($file)
		$archive.root.copyTo($d; "out"; fk overwrite)
		ALERT($names[$i]+": read")
	Catch
		ALERT($names[$i]+": "+String(Last errors[0].errCode))
	End try
End for
ALERT(String($d.folder("out").files(fk recursive).length)+" "+String($d.file("evil.txt").exists))
ALERT(String($d.folder("out").files().length))
$d.delete(Delete with contents)
Try
	$archive:=ZIP Read archive($d.file("nothing.zip"))
Catch
	ALERT("missing: "+String(Last errors[0].errCode))
End try
