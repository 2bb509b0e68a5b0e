// A key pair, a request for a certificate, and BLOBs from one owner of keys to another.
var $private; $public; $private2; $public2; $request; $data; $copy : Blob
var $key : 4D.CryptoKey
ARRAY LONGINT($codes; 0)
ARRAY TEXT($names; 0)
GENERATE ENCRYPTION KEYPAIR($private; $public)
GENERATE ENCRYPTION KEYPAIR($private2; $public2; 1024)
ALERT(Substring(BLOB to text($private; UTF8 text without length); 1; 31)+" "+Substring(BLOB to text($public; UTF8 text without length); 1; 30))
$key:=4D.CryptoKey.new(New object("type"; "PEM"; "pem"; BLOB to text($private2; UTF8 text without length)))
ALERT(String($key.size))
$key:=4D.CryptoKey.new(New object("type"; "PEM"; "pem"; BLOB to text($public; UTF8 text without length)))
ALERT(String($key.size)+" "+String($key.getPrivateKey()=""))
COLLECTION TO ARRAY(New collection(13; 14; 15; 16; 17; 18); $codes)
COLLECTION TO ARRAY(New collection("www.example.com"; "FR"; "Orléans"; "Centre"; "Example"; ""); $names)
GENERATE CERTIFICATE REQUEST($private2; $request; $codes; $names)
ALERT(Substring(BLOB to text($request; UTF8 text without length); 1; 35))
TEXT TO BLOB("for you alone"; $data; UTF8 text without length)
// With the sender's key alone
$copy:=$data
ENCRYPT BLOB($copy; $private)
ALERT(String(BLOB size($copy)>13)+" "+String(Position("alone"; BLOB to text($copy; Mac text without length))))
DECRYPT BLOB($copy; $public)
ALERT(BLOB to text($copy; UTF8 text without length))
// With a reader
$copy:=$data
ENCRYPT BLOB($copy; $private; $public2)
$data:=$copy
DECRYPT BLOB($copy; $public; $private2)
ALERT(BLOB to text($copy; UTF8 text without length))
SET BLOB SIZE($copy; 0)
ENCRYPT BLOB($copy; $private2)
DECRYPT BLOB($copy; $public2)
ALERT(String(BLOB size($copy)))
var $i : Integer
For ($i; 1; 9)
	$copy:=$data
	Try
		Case of
			: ($i=1)
				DECRYPT BLOB($copy; $public)
			: ($i=2)
				DECRYPT BLOB($copy; $public; $private)
			: ($i=3)
				DECRYPT BLOB($copy; $public2; $private2)
			: ($i=4)
				$copy{30}:=($copy{30}+1)%256
				DECRYPT BLOB($copy; $public; $private2)
			: ($i=5)
				SET BLOB SIZE($copy; 40)
				DECRYPT BLOB($copy; $public; $private2)
			: ($i=6)
				DECRYPT BLOB($copy; $request)
			: ($i=7)
				ENCRYPT BLOB($copy; $public)
			: ($i=8)
				GENERATE ENCRYPTION KEYPAIR($private; $public; 100)
			: ($i=9)
				$codes{1}:=99
				GENERATE CERTIFICATE REQUEST($private2; $request; $codes; $names)
		End case
		ALERT("no error in "+String($i))
	Catch
		ALERT(String($i)+": "+String(Last errors[0].errCode))
	End try
End for
