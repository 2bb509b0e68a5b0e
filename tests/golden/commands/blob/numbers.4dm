// Offsets count from 0 and move on; 70000 keeps its last 16 bits.
var $b : Blob
var $at : Integer
INTEGER TO BLOB(518;$b;Macintosh byte ordering)
LONGINT TO BLOB(-2;$b;PC byte ordering;*)
REAL TO BLOB(-1.5;$b;Extended real format;*)
ALERT(String(BLOB size($b)))
ALERT(String($b{0})+" "+String($b{1})+" "+String($b{2}))
ALERT(String(BLOB to integer($b;PC byte ordering)))
$at:=2
ALERT(String(BLOB to longint($b;PC byte ordering;$at))+" "+String($at))
ALERT(String(BLOB to real($b;Extended real format;$at))+" "+String($at))
Try(BLOB to integer($b;PC byte ordering;$at))
ALERT(String(Last errors[0].errCode))
$at:=20
INTEGER TO BLOB(70000;$b;Native byte ordering;$at)
ALERT(String(BLOB size($b))+" "+String($at)+" "+String($b{18}))
$at:=20
ALERT(String(BLOB to integer($b;Native byte ordering;$at)))
