// Where a value is not, the first position says where it would stand.
var $p; $q : Integer
ARRAY TEXT($t;4)
$t{1}:="tab"
$t{2}:="test"
$t{3}:="test2"
$t{4}:="zoo"
ALERT(String(Find in sorted array($t;"test@";>;$p;$q))+" "+String($p)+" "+String($q))
ALERT(String(Find in sorted array($t;"TEST";>;$p;$q))+" "+String($p)+" "+String($q))
ALERT(String(Find in sorted array($t;"u";>;$p;$q))+" "+String($p)+" "+String($q))
ALERT(String(Find in sorted array($t;"@oo";>;$p;$q))+" "+String($p)+" "+String($q))
ALERT(String(Find in sorted array($t;"@x";>;$p;$q))+" "+String($p)+" "+String($q))
SORT ARRAY($t;<)
ALERT(String(Find in sorted array($t;"test@";<;$p;$q))+" "+String($p)+" "+String($q))
ALERT(String(Find in sorted array($t;"a";<;$p))+" "+String($p))
ARRAY LONGINT($none;0)
ALERT(String(Find in sorted array($none;1;>;$p;$q))+" "+String($p)+" "+String($q))
