// Base64 in place, into texts and blobs; what is not Base64 gives nothing; digests.
var $text; $out : Text
$text:="Aé"
BASE64 ENCODE($text)
ALERT($text)
BASE64 DECODE("!!"; $out)
ALERT("["+$out+"]")
BASE64 DECODE($text; $out)
ALERT($out)
ALERT(Generate digest("abc"; MD5 digest))
Try
	ALERT(Generate digest("abc"; 2))
Catch
	ALERT("unknown")
End try
