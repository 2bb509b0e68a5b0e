// The answer is a copy: changing it changes nothing in the table.
var $info : Object
$info:=Session info(1)
$info.userName:="Mallory"
$info.extra:=True
ALERT(Session info(1).userName+" "+String(OB Is defined(Session info(1); "extra")))
ALERT(String(OB Is shared($info)))
