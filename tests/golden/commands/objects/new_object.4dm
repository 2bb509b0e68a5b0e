var $o : Object
$o:={}
ALERT(JSON Stringify(New object))
ALERT(JSON Stringify(New object("a";1;"A";"x";"t";?00:01:00?;"d";!2024-01-31!;"n";Null)))
ALERT(JSON Stringify(New object("a";$o.none;"b";2)))
ALERT(JSON Stringify(New object("a";1;"a";2)))
ALERT(String(Value type(New object("a";1).a)=Is real))
