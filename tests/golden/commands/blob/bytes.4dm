// A filler counts modulo 256; what grows is filled with zeros.
var $a; $b : Blob
TEXT TO BLOB("abcdef";$a;UTF8 text without length)
TEXT TO BLOB("UVW";$b;UTF8 text without length)
COPY BLOB($a;$b;1;2;99)
ALERT(Convert to text($b;"UTF-8"))
INSERT IN BLOB($a;2;2;0x012D)
ALERT(Convert to text($a;"UTF-8"))
DELETE FROM BLOB($a;-1;3)
ALERT(Convert to text($a;"UTF-8"))
DELETE FROM BLOB($a;3;99)
ALERT(Convert to text($a;"UTF-8"))
$b:=$a
SET BLOB SIZE($a;5)
ALERT(String(BLOB size($b))+" "+String($a{4}))
COPY BLOB($b;$a;0;7;1)
ALERT(String(BLOB size($a))+" "+String($a{6})+" "+String($a{7}))
