// A variable without a collection is given one; the longest array says how many objects there are.
var $c : Collection
ARRAY TEXT($names;2)
ARRAY LONGINT($ages;3)
$names{1}:="Ann"
$names{2}:="Bo"
$ages{3}:=7
ARRAY TO COLLECTION($c;$names)
ALERT(JSON Stringify($c))
ARRAY TO COLLECTION($c;$names;"name";$ages;"age")
ALERT(JSON Stringify($c))
$c:=New shared collection(1;2;3)
Use ($c)
ARRAY TO COLLECTION($c;$names)
End use
ALERT(JSON Stringify($c))
