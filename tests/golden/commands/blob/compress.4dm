var $b : Blob
var $mode; $full; $now : Integer
SET BLOB SIZE($b;5000;65)
COMPRESS BLOB($b)
BLOB PROPERTIES($b;$mode;$full;$now)
ALERT(String(OK)+" "+String($mode)+" "+String($full)+" "+String($now<200))
EXPAND BLOB($b)
BLOB PROPERTIES($b;$mode;$full;$now)
ALERT(String(OK)+" "+String($mode)+" "+String($full)+" "+String($now))
COMPRESS BLOB($b;GZIP fast compression mode)
BLOB PROPERTIES($b;$mode;$full;$now)
ALERT(String($mode)+" "+String($full)+" "+String($b{0})+" "+String($b{1}))
$b{20}:=255
SET BLOB SIZE($b;25)
Try(EXPAND BLOB($b))
ALERT(String(OK)+" "+String(Last errors[0].errCode))
SET BLOB SIZE($b;254)
COMPRESS BLOB($b)
ALERT(String(OK)+" "+String(BLOB size($b)))
