var $o : Object
var $t : Text
$o:={}
ALERT(String("abc";"##0"))
ALERT(String(True)+String(1=2))
ALERT(String(Null))
ALERT("["+String($o.none)+"]")
$t:=Try(String($o))
ALERT(Last errors[0].message)
