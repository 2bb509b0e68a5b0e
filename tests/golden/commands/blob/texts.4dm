var $b : Blob
var $at : Integer
TEXT TO BLOB("Café";$b;Mac Pascal string)
TEXT TO BLOB("Café";$b;Mac text with length;*)
TEXT TO BLOB("Café";$b;UTF8 text with length;*)
TEXT TO BLOB("Café";$b;UTF8 C string;*)
TEXT TO BLOB("Café";$b;Mac C string;*)
ALERT(String(BLOB size($b)))
ALERT(BLOB to text($b;Mac Pascal string;$at))
ALERT(BLOB to text($b;Mac text with length;$at))
ALERT(BLOB to text($b;UTF8 text with length;$at))
ALERT(BLOB to text($b;UTF8 C string;$at)+String($at))
ALERT(BLOB to text($b;Mac C string;$at))
ALERT(String($at))
$at:=1
ALERT(BLOB to text($b;Mac text without length;$at;2)+String($at))
