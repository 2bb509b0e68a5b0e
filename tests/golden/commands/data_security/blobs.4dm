// A key of a passphrase, and BLOBs encrypted with it.
var $key : Object
var $data; $coded; $plain; $coded2 : Blob
$key:=New data key("hello world")
ALERT($key.encodedKey)
ALERT(String(New data key("")=Null))
TEXT TO BLOB("sixteen bytes 16"; $data; UTF8 text without length)
ALERT(String(Encrypt data BLOB($data; $key; 5; $coded))+" "+String(BLOB size($coded)))
ALERT(String(Decrypt data BLOB($coded; "hello world"; 5; $plain))+" "+BLOB to text($plain; UTF8 text without length))
ALERT(String(Encrypt data BLOB($data; "hello world"; 6; $coded2))+" "+String($coded{0}=$coded2{0}))
TEXT TO BLOB("not sixteen"; $data; UTF8 text without length)
ALERT(String(Encrypt data BLOB($data; $key; MAXLONG; $coded))+" "+String(BLOB size($coded)))
ALERT(String(Decrypt data BLOB($coded; $key; MAXLONG; $plain))+" "+String(BLOB size($plain))+" "+String($plain{11}))
// What cannot be done gives an empty BLOB
ALERT(String(Decrypt data BLOB($data; $key; 1; $plain))+" "+String(BLOB size($plain)))
ALERT(String(Encrypt data BLOB($data; New object("encodedKey"; "12"); 1; $coded))+" "+String(BLOB size($coded)))
ALERT(String(Encrypt data BLOB($data; ""; 1; $coded)))
