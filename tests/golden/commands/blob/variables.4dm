// What a pointer leads to is stored; a copy comes back.
var $b : Blob
var $t : Text
var $o; $o2 : Object
var $c : Collection
var $at : Integer
var $d : Date
ARRAY LONGINT($a;2)
ARRAY LONGINT($a2;0)
$a{0}:=5
$a{2}:=7
$t:="héllo 😀"
$o:={n: 1; d: !2024-01-31!; deep: [1; {x: Null}]; p: ->$t}
VARIABLE TO BLOB($t;$b)
VARIABLE TO BLOB($o;$b;*)
VARIABLE TO BLOB($a;$b;*)
$t:=""
BLOB TO VARIABLE($b;$t;$at)
BLOB TO VARIABLE($b;$o2;$at)
BLOB TO VARIABLE($b;$a2;$at)
ALERT($t)
ALERT(JSON Stringify($o2))
ALERT(String(Value type($o2.d)=Is date))
ALERT(String(Size of array($a2))+" "+String($a2{0})+" "+String($a2{2}))
ALERT(String($at=BLOB size($b))+String(OK))
BLOB TO VARIABLE($b;$t;$at)
ALERT(String(OK))
$o.me:=$o
Try(VARIABLE TO BLOB($o;$b))
ALERT(String(OK)+" "+Last errors[0].message)
