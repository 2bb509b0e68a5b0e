var $m; $t : Integer
$m:=Milliseconds
$t:=Tickcount
ALERT(String((Milliseconds-$m)>=0))
ALERT(String((Tickcount-$t)>=0))
ALERT(String(Value type($m)=Is longint))
