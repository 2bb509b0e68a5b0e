// The offset counts the characters before the name on its line.
var $t : Text
var $s : Object
$t:="{\n  \"alpha\": 4552,\n  \"b.c\": [\n    {\"echo\": 45, \"d\\\"q\": {\"x\": 1}}]}"
$s:=JSON Parse($t;Is object;*).__symbols
ALERT(JSON Stringify($s.alpha))
ALERT(JSON Stringify($s["b.c[0].echo"]))
ALERT(JSON Stringify($s["b.c[0].d\"q.x"]))
ALERT(String(OB Keys($s).length))
