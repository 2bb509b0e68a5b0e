// The copy is deep, and keeps cycles.
var $o; $c : Object
var $v : Text
$v:="first"
$o:={n: 1; sub: {k: 5}; list: [1; {x: 2}]; p: ->$v}
$c:=OB Copy($o)
$o.sub.k:=0
$o.list[1].x:=0
ALERT(String($c.sub.k)+" "+String($c.list[1].x))
ALERT(String(Value type($c.p)=Is pointer))
$c:=OB Copy($o;True)
$v:="later"
ALERT($c.p)
$c:=OB Copy($o;ck resolve pointers+ck shared)
ALERT(String(OB Is shared($c))+String(OB Is shared($c.list))+$c.p)
ALERT(String(OB Copy(Null)=Null))
$o:={}
$o.me:=$o
$c:=OB Copy($o)
ALERT(String($c.me=$c)+String($c.me=$o))
$c:=Try(OB Copy($o;ck shared;{}))
ALERT(Last errors[0].message)
