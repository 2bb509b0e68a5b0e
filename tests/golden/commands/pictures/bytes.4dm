// A GIF of 3 by 2 points: its sizes stand in the bytes 6 to 9, low byte first.
var $blob; $back : Blob
var $picture; $read : Picture
var $width; $height : Real
TEXT TO BLOB("GIF89a"; $blob; UTF8 text without length)
SET BLOB SIZE($blob; 20; 0)
$blob{6}:=3
$blob{8}:=2
BLOB TO PICTURE($blob; $picture)
PICTURE PROPERTIES($picture; $width; $height)
ALERT(String(OK)+" "+String($width)+"x"+String($height)+" "+String(Picture size($picture)))
PICTURE TO BLOB($picture; $back; ".gif")
ALERT(String(BLOB size($back)))
BLOB TO PICTURE($blob; $read; ".png")
ALERT(String(OK)+" "+String(Picture size($read)))
Try
	PICTURE TO BLOB($picture; $back; "image/png")
Catch
	ALERT(String(OK))
End try
var $path : Text:=Temporary folder+Generate UUID+".gif"
WRITE PICTURE FILE($path; $picture)
READ PICTURE FILE($path; $read)
ALERT(String(OK)+" "+String(Picture size($read))+" "+String(Document=$path))
ALERT(String(Is picture file($path))+" "+String(Is picture file($path; *)))
TEXT TO DOCUMENT($path; "no image")
READ PICTURE FILE($path; $read)
ALERT(String(OK)+" "+String(Picture size($read))+" "+String(Is picture file($path; *)))
DELETE DOCUMENT($path)
TEXT TO BLOB("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 30\" width=\"80px\"/>"; $blob; UTF8 text without length)
BLOB TO PICTURE($blob; $picture)
PICTURE PROPERTIES($picture; $width; $height)
ALERT(String($width)+"x"+String($height))
