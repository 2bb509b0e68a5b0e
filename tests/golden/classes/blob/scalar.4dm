// A BLOB and a 4D.Blob have the same functions, and either is taken for the other.
var $b : Blob
var $o : 4D.Blob
TEXT TO BLOB("abcdef"; $b; UTF8 text without length)
ALERT(String($b.size)+" "+Convert to text($b.slice(1; 3); "UTF-8"))
$o:=$b
ALERT(String(OB Instance of($o; 4D.Blob))+" "+String(BLOB size($o)))
ALERT(String($o[5])+" "+String($o[6]=Null))
$b:=$o.slice(-2)
ALERT(BLOB to text($b; UTF8 text without length))
ALERT(String($o.slice(4; 2).size)+" "+String($o.slice(-99; 99).size))
