var $o : Object
var $t : Text
ALERT(JSON Stringify("a\"b\\c\td"))
ALERT(JSON Stringify(120))
ALERT(JSON Stringify(True))
ALERT(JSON Stringify(Null))
ALERT(JSON Stringify(!2024-01-31!))
ALERT(JSON Stringify(?20:00:00?))
ALERT(JSON Stringify(0.1))
ALERT(JSON Stringify({a: [1; {}]; b: []};*))
$o:={}
$o.me:=$o
$t:=Try(JSON Stringify($o))
ALERT(Last errors[0].message)
$o:={p: ->$t}
$t:="x"
ALERT(JSON Stringify($o))
