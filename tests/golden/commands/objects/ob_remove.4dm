var $o; $s; $u : Object
$o:={a: 1; b: 2}
OB REMOVE($o;"a")
OB REMOVE($o;"none")
ALERT(JSON Stringify($o))
$s:=New shared object("a";1;"b";2)
Use ($s)
OB REMOVE($s;"a")
End use
ALERT(JSON Stringify($s))
OB REMOVE($u;"a")
ALERT(String(OB Is defined($u)))
