// Every digest, both paddings, both encodings, texts and blobs; and what goes wrong.
var $rsa; $ec; $public; $other : 4D.CryptoKey
var $hash : Text
var $options : Object
var $signature; $coded : Text
var $blob : Blob
$rsa:=4D.CryptoKey.new(New object("type"; "RSA"; "size"; 1024))
$other:=4D.CryptoKey.new(New object("type"; "rsa"; "size"; 1024))
$ec:=4D.CryptoKey.new(New object("type"; "ECDSA"))
$public:=4D.CryptoKey.new(New object("type"; "PEM"; "pem"; $rsa.getPublicKey()))
ALERT($rsa.type+" "+String($rsa.size)+" "+String(Undefined($rsa.curve))+" "+String(Undefined($rsa.pem)))
ALERT($ec.type+" "+$ec.curve+" "+String(Undefined($ec.size)))
For each ($hash; New collection("MD5"; "SHA1"; "SHA224"; "SHA256"; "SHA384"; "SHA512"; "sha-256"))
	$options:=New object("hash"; $hash)
	$signature:=$rsa.sign("é"; $options)
	$coded:=$hash+" "+String($public.verify("é"; $signature; $options).success)+" "+String($public.verify("e"; $signature; $options).success)
	$signature:=$ec.sign("é"; $options)
	$coded:=$coded+" "+String($ec.verify("é"; $signature; $options).success)+" "+String($ec.verify("e"; $signature; $options).success)
	$options.pss:=True
	If ($hash#"SHA512")  // PSS with SHA512 needs more than 1024 bits
		$signature:=$rsa.sign("é"; $options)
		$coded:=$coded+" "+String($public.verify("é"; $signature; $options).success)+" "+String($other.verify("é"; $signature; $options).success)
	End if
	ALERT($coded)
End for each
// The digest by its constant; none is SHA256
ALERT(String($rsa.verify("x"; $rsa.sign("x"; New object("hash"; SHA256 digest)); New object()).success))
// Base64URL has none of + / =
$options:=New object("hash"; "SHA256"; "encoding"; "Base64URL")
$signature:=$ec.sign("x"; $options)
ALERT(String(Length($signature))+" "+String(Position("="; $signature)+Position("+"; $signature)+Position("/"; $signature))+" "+String($ec.verify("x"; $signature; $options).success))
TEXT TO BLOB("é"; $blob; UTF8 text without length)
ALERT(String($rsa.verify($blob; $rsa.sign("é"; $options); $options).success)+" "+String($rsa.verify("é"; $rsa.sign($blob; $options); $options).success))
ALERT(JSON Stringify($rsa.verify("x"; "not base64 !"; $options).errors.extract("errCode")))
// Encryption
$options:=New object("hash"; "SHA1"; "encodingEncrypted"; "Base64URL")
$coded:=$public.encrypt("grüße"; $options)
ALERT(JSON Stringify($rsa.decrypt($coded; $options)))
ALERT(String($other.decrypt($coded; $options).success)+" "+JSON Stringify($other.decrypt($coded; $options).errors.extract("errCode")))
$options.encodingDecrypted:="Base64"
ALERT($rsa.decrypt($coded; $options).result)
$coded:=$rsa.encrypt("AP8="; $options)
ALERT($rsa.decrypt($coded; $options).result)
$options.encodingDecrypted:="UTF-8"
ALERT(String($rsa.decrypt($coded; $options).success))
var $i : Integer
For ($i; 1; 12)
	Try
		Case of
			: ($i=1)
				$ec.encrypt("x"; New object())
			: ($i=2)
				$ec.decrypt("x"; New object())
			: ($i=3)
				$public.sign("x"; New object())
			: ($i=4)
				$public.decrypt("AAAA"; New object())
			: ($i=5)
				$rsa.encrypt("x"*500; New object())
			: ($i=6)
				$rsa.sign("x"; New object("hash"; "SHA1024"))
			: ($i=7)
				$rsa.sign("x"; New object("encoding"; "hex"))
			: ($i=8)
				$rsa:=4D.CryptoKey.new(New object("type"; "DSA"))
			: ($i=9)
				$rsa:=4D.CryptoKey.new(New object("type"; "RSA"; "size"; 7))
			: ($i=10)
				$rsa:=4D.CryptoKey.new(New object("type"; "ECDSA"; "curve"; "secp256k2"))
			: ($i=11)
				$rsa:=4D.CryptoKey.new(New object("type"; "PEM"; "pem"; "rubbish"))
			: ($i=12)
				$rsa:=4D.CryptoKey.new(New object("type"; "PEM"; "pem"; "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"))
		End case
		ALERT("no error in "+String($i))
	Catch
		ALERT(String($i)+": "+String(Last errors[0].errCode))
	End try
End for
