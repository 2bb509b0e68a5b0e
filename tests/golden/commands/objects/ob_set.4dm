// What holds no object is given one.
var $o; $s : Object
var $c : Collection
OB SET($o;"First";"John";"Last";"Smith")
OB SET($o;"First";"Paul";"at";?00:00:30?)
ALERT(JSON Stringify($o))
ALERT(String(Value type($o.at)=Is real))
OB SET($o.sub;"k";1)
ALERT(JSON Stringify($o.sub))
OB SET NULL($o;"Last")
ALERT(String($o.Last=Null)+String(OB Is defined($o;"Last")))
$s:=New shared object
Try(OB SET($s;"a";1))

Use ($s)
OB SET($s;"a";1)
End use
ALERT(JSON Stringify($s))
ARRAY OBJECT($objects;2)
OB SET($objects{2};"n";5)
ALERT(String($objects{2}.n))
